"""Giving accounts and memberships."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.audit.actions import record


@transaction.atomic
def add_person(*, by: Any, username: str, display_name: str, password: str | None, is_demo: bool = False) -> User:
    """Create a person who can sign in, or with no password (None) until one is set."""
    user = User(username=username, display_name=display_name, is_demo=is_demo)
    user.set_password(password)
    user.save()
    record(by=by, action="account.added", about=user, username=username)
    return user


@transaction.atomic
def add_membership(
    *, by: Any, user: User, organisation: Organisation, role: str,
    valid_from: dt.date | None = None, valid_to: dt.date | None = None,
) -> Membership:  # fmt: skip
    """Let a person act for an organisation in a role, with an end date where it is delegated."""
    membership, made = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, valid_from=valid_from, defaults={"valid_to": valid_to}
    )
    if made:
        record(by=by, action="membership.added", about=membership, organisation=organisation.name,
               user=user.username, role=role, valid_from=valid_from, valid_to=valid_to)  # fmt: skip
    return membership
