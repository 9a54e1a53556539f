"""Giving accounts and memberships and taking them away; every act stands in the audit log, refused ones too."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.utils import timezone

from luodi.errors import UsageError
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.accounts.separation import Clash, lasting, refuse_clash
from luodi.service.audit.actions import record

REFUSED = ("membership.refused", "policy.step_refused")
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is mistaken for another when read from paper


def initial_password() -> str:
    """A random password in four groups, to be handed over once and replaced by its owner."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


@transaction.atomic
def add_person(
    *, by: Any, username: str, display_name: str, password: str | None, is_demo: bool = False, initial: bool = False,
    organisation: str = "",
) -> User:  # fmt: skip
    """Create a person who can sign in, or with no password (None) until one is set.

    An ``initial`` password opens nothing but the page on which its owner sets another.
    """
    user = User(username=username, display_name=display_name, is_demo=is_demo, password_is_initial=initial)
    user.set_password(password)
    user.save()
    record(by=by, action="account.added", about=user, organisation=organisation, username=username, name=display_name)
    return user


@transaction.atomic
def add_membership(
    *, by: Any, user: User, organisation: Organisation, role: str,
    valid_from: dt.date | None = None, valid_to: dt.date | None = None, reason: str = "",
) -> Membership:  # fmt: skip
    """Let a person act for an organisation in a role, with an end date where it is delegated.

    Raises:
        Clash: it does not go with what the person holds (:mod:`luodi.service.accounts.separation`), or is for oneself.
    """
    if by is not None and by.pk == user.pk:
        raise Clash("不能给自己授予身份。请由另一位安全管理员办理。")
    held = user.memberships.select_related("user", "organisation").filter(withdrawn_at=None)
    refuse_clash(role, lasting(held, valid_from, valid_to))
    membership, made = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role, valid_from=valid_from, withdrawn_at=None,
        defaults={"valid_to": valid_to, "reason": reason},
    )  # fmt: skip
    if made:
        record(by=by, action="membership.added", about=membership, organisation=organisation.name,
               user=user.username, role=role, valid_from=valid_from, valid_to=valid_to, reason=reason)  # fmt: skip
    return membership


@transaction.atomic
def withdraw_membership(*, by: Any, membership: Membership, reason: str) -> None:
    """Take a membership away from this moment on; it is kept with the reason.

    Raises:
        UsageError: it is one's own, it is withdrawn already, or no reason is given.
    """
    held = (
        Membership.objects.select_for_update(of=("self",)).select_related("user", "organisation").get(pk=membership.pk)
    )
    _of_another(by, held.user, "撤销自己的身份")
    if held.withdrawn_at is not None:
        raise UsageError("这个身份已经撤销。")
    held.withdrawn_at, held.withdrawal_reason = timezone.now(), _given(reason, "撤销的原因")
    held.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    record(by=by, action="membership.withdrawn", about=held, organisation=held.organisation.name,
           user=held.user.username, role=held.role, reason=held.withdrawal_reason)  # fmt: skip


@transaction.atomic
def lock_account(*, by: Any, user: User, lock: bool, reason: str, organisation: str = "") -> None:
    """Lock an account, which ends its sessions with the next request, or open it again.

    Raises:
        UsageError: it is one's own, or no reason is given.
    """
    held = User.objects.select_for_update().get(pk=user.pk)
    _of_another(by, held, "停用自己的账户" if lock else "启用自己的账户")
    held.is_active = not lock
    held.save(update_fields=["is_active"])
    action = "account.locked" if lock else "account.unlocked"
    record(by=by, action=action, about=held, organisation=organisation, username=held.username,
           reason=_given(reason, "停用的原因" if lock else "启用的原因"))  # fmt: skip


@transaction.atomic
def renew_password(*, by: Any, user: User, reason: str, organisation: str = "") -> str:
    """Give a person a new initial password, told once; whoever is signed in with the old one is signed out.

    Raises:
        UsageError: it is one's own, or no reason is given.
    """
    held = User.objects.select_for_update().get(pk=user.pk)
    _of_another(by, held, "给自己发初始密码；自己的密码请在“修改密码”页改")
    password, why = initial_password(), _given(reason, "重发的原因")
    held.set_password(password)
    held.password_is_initial = True
    held.save(update_fields=["password", "password_is_initial"])
    record(by=by, action="account.password_renewed", about=held, organisation=organisation, username=held.username, reason=why)  # fmt: skip
    return password


@transaction.atomic
def withdraw_second_factor(*, by: Any, user: User, reason: str, organisation: str = "") -> None:
    """Take the second factor of somebody who lost the phone; the password alone signs in until it is turned on again.

    Raises:
        UsageError: it is one's own, or no reason is given.
    """
    _of_another(by, user, "撤销自己的第二重验证；自己的在“第二重验证”页管理")
    why = _given(reason, "撤销的原因")
    Authenticator.objects.filter(user_id=user.pk).delete()
    record(by=by, action="account.second_factor_withdrawn", about=user, organisation=organisation, username=user.username, reason=why)  # fmt: skip


@transaction.atomic
def change_own_password(*, user: User, password: str) -> None:
    """Set the password that a person chose."""
    user.set_password(password)
    user.password_is_initial = False
    user.save(update_fields=["password", "password_is_initial"])
    record(by=user, action="account.password_changed", about=user, username=user.username)


@transaction.atomic
def note_refusal(
    *, by: Any, action: str, organisation: str, about: models.Model | None, reason: str, **data: Any
) -> None:
    """Keep that something (``action`` of :data:`REFUSED`) was refused because two parts may not be one person's.

    To be called after the act was taken back.
    """
    record(by=by, action=action, about=about, organisation=organisation, **data, reason=reason)


def _of_another(by: Any, user: User, act: str) -> None:
    if by is not None and by.pk == user.pk:
        raise UsageError(f"不能{act}。请由另一位安全管理员办理。")


def _given(reason: str, what: str) -> str:
    if not reason.strip():
        raise UsageError(f"请填写{what}。")
    return reason.strip()[:200]
