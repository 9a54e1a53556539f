"""Which jobs a person sees: those they asked for, and those of the organisation they act for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.accounts.permissions import Permission
from luodi.service.jobs.kinds import Work, name_of
from luodi.service.jobs.models import OVER, Job


def jobs_seen(user: User, acting: Membership | None, may: Collection[Permission]) -> QuerySet[Job]:
    """Newest first; who manages the system of a region sees all of that region, so that parked ones find somebody."""
    found = Job.objects.select_related("by", "organisation")
    if acting is None:
        return found.none()
    if Permission.MANAGE_SYSTEM in may:
        region = acting.organisation.region
        return found.filter(organisation__region=region) if region else found
    return found.filter(Q(by=user) | Q(organisation=acting.organisation))


def unfinished(work: Work, organisation: Organisation | None, **given: Any) -> Job | None:
    """The organisation's job of the same kind and arguments that is not over: whoever asks twice is shown this one."""
    same = Job.objects.filter(kind=name_of(work), given=given, organisation=organisation)
    return same.exclude(state__in=OVER).first()


def unsettled(user: User, acting: Membership | None, may: Collection[Permission], version: UUID) -> list[Job]:
    """Work on a version of a policy that is not done, or came to nothing: of each kind of work the last that was asked for."""
    last: dict[str, Job] = {}
    for job in jobs_seen(user, acting, may).filter(given__version=str(version)):
        last.setdefault(job.kind, job)
    return [job for job in last.values() if job.state != Job.State.DONE]
