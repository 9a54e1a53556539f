"""Drafting, releasing and withdrawing calls for claims; a withdrawn call that was released stays readable with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from luodi import clock
from luodi.document.secrecy import Mark
from luodi.errors import UsageError
from luodi.service.audit.actions import record
from luodi.service.policies.models import Call, Policy


@transaction.atomic
def draft_call(*, by: Any, policy: Policy, given: dict[str, Any], organisation: str = "") -> Call:
    """Draft a call; ``given`` are its fields as :class:`.call_forms.CallForm` cleans them.

    Raises:
        UsageError: the same call stands already.
    """
    same = Call.objects.filter(policy=policy, title=given["title"], opens=given["opens"], ended_on=None)
    if same.exists():
        raise UsageError("同名、同日开始的申报通知已经有了。要更改内容，请先撤回原通知，再起草新的。")
    call = Call.objects.create(policy=policy, by=by, organisation=organisation, **given)
    record(by=by, action="policy.call_drafted", about=call, organisation=organisation, slug=policy.slug,
           title=call.title, opens=call.opens.isoformat(), closes=call.closes.isoformat())  # fmt: skip
    return call


@transaction.atomic
def release_call(*, by: Any, call: Call, reviewed: bool, organisation: str = "") -> None:
    """Release a drafted call to the public, by somebody else than who drafted it.

    Raises:
        UsageError: the same person, not reviewed, released or withdrawn already, or its last day is over.
    """
    locked = Call.objects.select_for_update(of=("self",)).select_related("policy").get(pk=call.pk)
    if locked.published_on or locked.ended_on:
        raise UsageError("这份申报通知已经发布。" if locked.published_on else "这份申报通知已经撤回。")
    if locked.by_id == by.pk:
        raise UsageError("起草人不能自己发布。请由另一位有权发布的同事审核后发布。")
    if not reviewed:
        raise UsageError("发布前请通读全文，并勾选“已作公开前保密审查”。")
    if locked.closes < clock.today():
        raise UsageError(f"截止日期 {locked.closes} 已经过去（业务日期 {clock.today()}）。请撤回，改好日期后重新起草。")
    locked.published_on, locked.released_by = clock.today(), by
    locked.save(update_fields=["published_on", "released_by"])
    record(by=by, action="policy.call_published", about=locked, organisation=organisation, slug=locked.policy.slug,
           title=locked.title, opens=locked.opens.isoformat(), closes=locked.closes.isoformat())  # fmt: skip


@transaction.atomic
def refuse_call(*, by: Any, policy: Policy, marks: Sequence[Mark], organisation: str = "") -> None:
    """Audit that a call bore marks of secrecy: their kinds alone, nothing of what was written."""
    record(by=by, action="policy.text_refused", about=policy, organisation=organisation, reason="marked",
           kinds=sorted({mark.kind for mark in marks}), count=len(marks))  # fmt: skip


@transaction.atomic
def end_call(*, by: Any, call: Call, reason: str, organisation: str = "") -> None:
    """Withdraw a call.

    Raises:
        UsageError: no reason, or withdrawn already.
    """
    reason = reason.strip()
    if not reason:
        raise UsageError("撤回申报通知要写明原因；已发布的，原因会向公众显示。")
    if len(reason) > 200:
        raise UsageError(f"撤回的原因最多 200 字，现有 {len(reason)} 字。请写短一些。")
    locked = Call.objects.select_for_update(of=("self",)).select_related("policy").get(pk=call.pk)
    if locked.ended_on is not None:
        raise UsageError("这份申报通知已经撤回。")
    locked.ended_on, locked.ended_by, locked.ended_why = clock.today(), by, reason
    locked.save(update_fields=["ended_on", "ended_by", "ended_why"])
    record(by=by, action="policy.call_ended", about=locked, organisation=organisation, slug=locked.policy.slug,
           title=locked.title, reason=reason)  # fmt: skip
