"""Which persons a security administrator looks after: those of the region, all where the office is of none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from luodi.service.accounts.actions import REFUSED
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.audit.models import AuditEvent


def people_of(region: str) -> QuerySet[User]:
    """Persons who act or acted for an organisation of the region."""
    found = User.objects.order_by("display_name", "username").prefetch_related("memberships__organisation")
    return found.filter(memberships__organisation__region=region).distinct() if region else found


def looked_for(found: QuerySet[User], words: str) -> QuerySet[User]:
    """Persons with these words in their name, account name or organisation."""
    for word in words.split():
        found = found.filter(
            Q(display_name__icontains=word)
            | Q(username__icontains=word)
            | Q(memberships__organisation__name__icontains=word)
        )
    return found.distinct()


def organisations_of(region: str) -> QuerySet[Organisation]:
    """Organisations that rights may be given for."""
    return Organisation.objects.filter(region=region) if region else Organisation.objects.all()


@dataclass(frozen=True)
class Standing:
    """A person with the memberships of today, those to come, and those that are over."""

    user: User
    held: list[Membership]
    coming: list[Membership]
    over: list[Membership]

    @property
    def state(self) -> tuple[str, str, str]:
        """Colour, shape and word of the account."""
        if not self.user.is_active:
            return "grey", "■", "已停用"
        if self.user.password_is_initial:
            return "yellow", "▲", "待本人设定密码"
        return "green", "●", "可登录"


def standing(user: User) -> Standing:
    """What a person holds today."""
    today, held, coming, over = dt.date.today(), [], [], []
    for membership in user.memberships.all():
        if membership.withdrawn_at or (membership.valid_to and membership.valid_to < today):
            over.append(membership)
        elif membership.valid_from and membership.valid_from > today:
            coming.append(membership)
        else:
            held.append(membership)
    return Standing(user, held, coming, over)


def acts_elsewhere(person: Standing, region: str) -> bool:
    """Whether a person also acts for an organisation that this administrator does not look after."""
    return bool(region) and any(m.organisation.region != region for m in (*person.held, *person.coming))


def refused(region: str) -> QuerySet[AuditEvent]:
    """What was refused because one person may not do both, latest first."""
    found = AuditEvent.objects.filter(action__in=REFUSED).order_by("-sequence")
    return found.filter(organisation__in=organisations_of(region).values_list("name", flat=True)) if region else found
