"""A version's way to publication, step by step: legal check, signing, publishing; back to draft; withdrawal."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from luodi import clock
from luodi.entitlement.loading import load_rules
from luodi.errors import UsageError
from luodi.service.accounts.permissions import Permission, four_eyes
from luodi.service.audit.actions import record
from luodi.service.policies.actions import put_out, refuse_draft
from luodi.service.policies.drafting import seal
from luodi.service.policies.models import PolicyVersion, VersionStep
from luodi.service.policies.rows import open_rows, settings_to_see
from luodi.service.policies.workflow import MOVES, PARTS, Move, published

_ASKED = {"note": "意见或理由", "paper": "文号", "fair_competition": "公平竞争审查"}


@transaction.atomic
def take_step(
    *, by: Any, version: PolicyVersion, move: str, may: Collection[Permission], organisation: str = "", note: str = "",
    paper: str = "", fair_competition: str = "",
) -> PolicyVersion:  # fmt: skip
    """Take one step with a version and keep it in its history.

    Raises:
        UsageError: not from this state, not with this right, not by this person, or something is not filled in.
    """
    held = PolicyVersion.objects.select_for_update(of=("self",)).select_related("policy").get(pk=version.pk)
    step = MOVES.get(move)
    if step is None or held.status not in step.sources:
        raise UsageError(f"这一版现在是“{held.get_status_display()}”，不能这样办理。请刷新页面后再看。")
    if step.permission not in may:
        raise UsageError(f"当前身份没有“{step.permission.value}”权限。")
    given = {"note": note.strip(), "paper": paper.strip(), "fair_competition": fair_competition.strip()}
    if missing := [_ASKED[name] for name in step.needs if not given[name]]:
        raise UsageError(f"请填写{'、'.join(missing)}，再点“{step.label}”。")
    four_eyes(by, {PARTS[name]: getattr(held, name) for name in step.not_by}, step.label)
    source = held.status
    _change(held, step, by)
    VersionStep.objects.create(
        policy_version=held, move=move, source=source, target=held.status, by=by, organisation=organisation,
        day=clock.today(), **given,
    )  # fmt: skip
    record(by=by, action=f"policy.step_{move}", about=held, organisation=organisation, source=source,
           target=held.status, paper=given["paper"], digest=held.pack_digest)  # fmt: skip
    if move == "publish":
        published.send(PolicyVersion, version=held, by=by, organisation=organisation)
    return held


def _change(version: PolicyVersion, step: Move, by: Any) -> None:
    if step.name == "submit":
        _submit(version, by)
    elif step.name == "publish":
        put_out(by=by, version=version)
        return
    version.status = step.target
    if step.target == "draft":
        version.confirmed_by, version.confirmed_at = None, None
    version.save(update_fields=["status", "confirmed_by", "confirmed_at"])


def _submit(version: PolicyVersion, by: Any) -> None:
    """A person confirms the whole; nothing may be left open.

    Raises:
        UsageError: facts are undecided or doubtful, or the paper is a draft.
    """
    refuse_draft(version)
    rows = open_rows(version)
    settings = settings_to_see(version)
    if settings:
        raise UsageError(
            f"还有 {len(settings)} 项从上一版沿用的规则设定、口径没有看过（涉及的奖补有变），不能提交。"
            "请在“测算规则”“口径登记”里逐项点“仍然适用”或重新设定。"
        )
    if rows:
        doubtful = sum(row.state == "doubt" for row in rows)
        raise UsageError(
            f"还有 {len(rows)} 条没有核对完（其中存疑 {doubtful} 条），不能提交。请先逐条采纳、更正或写明不采纳的理由；"
            "文本可以有两种读法的，登记为口径后再采纳。"
        )
    seal(by=by, version=version)
    load_rules(version.pack)
    version.confirmed_by, version.confirmed_at = by, clock.today()
