"""Publishing and withdrawing calls for claims; a withdrawn call stays readable with its reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from luodi import clock
from luodi.errors import UsageError
from luodi.service.audit.actions import record
from luodi.service.policies.models import Call, Policy


@transaction.atomic
def publish_call(*, by: Any, policy: Policy, given: dict[str, Any], organisation: str = "") -> Call:
    """Publish a call; ``given`` are its fields as :class:`.call_forms.CallForm` cleans them.

    Raises:
        UsageError: the same call stands already.
    """
    same = Call.objects.filter(policy=policy, title=given["title"], opens=given["opens"], ended_on=None)
    if same.exists():
        raise UsageError("同名、同日开始的申报通知已经发布。要更改内容，请先撤回原通知，再发布新的。")
    call = Call.objects.create(
        policy=policy, by=by, organisation=organisation, published_on=clock.today(), **given
    )  # fmt: skip
    record(by=by, action="policy.call_published", about=call, organisation=organisation, slug=policy.slug,
           title=call.title, opens=call.opens.isoformat(), closes=call.closes.isoformat())  # fmt: skip
    return call


@transaction.atomic
def end_call(*, by: Any, call: Call, reason: str, organisation: str = "") -> None:
    """Withdraw a call.

    Raises:
        UsageError: no reason, or withdrawn already.
    """
    reason = reason.strip()
    if not reason:
        raise UsageError("撤回申报通知要写明原因，原因会向公众显示。")
    if len(reason) > 200:
        raise UsageError(f"撤回的原因最多 200 字，现有 {len(reason)} 字。请写短一些。")
    locked = Call.objects.select_for_update(of=("self",)).select_related("policy").get(pk=call.pk)
    if locked.ended_on is not None:
        raise UsageError("这份申报通知已经撤回。")
    locked.ended_on, locked.ended_by, locked.ended_why = clock.today(), by, reason
    locked.save(update_fields=["ended_on", "ended_by", "ended_why"])
    record(by=by, action="policy.call_ended", about=locked, organisation=organisation, slug=locked.policy.slug,
           title=locked.title, reason=reason)  # fmt: skip
