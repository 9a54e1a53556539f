"""Making one move of a workflow: right, state, four eyes, version, transition and audit row, all in one transaction."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied

from luodi import clock
from luodi.errors import UsageError
from luodi.service.accounts.models import Membership
from luodi.service.audit.actions import append, one_act
from luodi.service.audit.actions import record as audit
from luodi.service.duties.locking import save_version
from luodi.service.duties.models import Duty, Goal, Transition
from luodi.service.duties.periods import period_label
from luodi.service.duties.rights import Place
from luodi.service.duties.situations import note_state
from luodi.service.duties.workflow import LABELS, WORKFLOWS, Move
from luodi.service.records import Record


def make_move(
    flow: str, name: str, *, of: Record, about: Duty | Goal, place: Place, version: int, note: str = "", **changes: Any
) -> None:
    """Move ``of`` along its workflow; ``changes`` are written with the new state.

    Raises:
        PermissionDenied: the person lacks the seat or the right, or made the earlier step themselves.
        UsageError: the record stands in another state, or the note is missing.
        Conflict: somebody saved a later version.
    """
    move = WORKFLOWS[flow][name]
    by = place.demand(move.permission, move.seat)
    check_move(move, of, by, note)
    with one_act():
        before = str(of.state)  # type: ignore[attr-defined]
        save_version(of, version, state=move.target, **changes)
        log_step(flow, name, of=of, about=about, by=by, before=before, after=move.target, note=note)


def check_move(move: Move, of: Record, by: Membership, note: str) -> None:
    """Refuse a move that the state, the four eyes or a missing note forbids."""
    state = of.state  # type: ignore[attr-defined]
    if state not in move.sources:
        now = of.get_state_display()  # type: ignore[attr-defined]
        raise UsageError(f"现在的状态是“{now}”，不能“{move.label}”。请刷新页面，看看别人是否已经办理。")
    if move.not_by and getattr(of, f"{move.not_by}_id") == by.user_id:
        raise PermissionDenied(f"“{move.label}”须由另一人办理，不能由前一步的经办人自己办理。")
    if move.needs_note and not note.strip():
        raise UsageError(f"“{move.label}”需要填写说明。请写明理由后再提交。")


def log_step(
    flow: str, name: str, *, of: Record, about: Duty | Goal, by: Membership, before: str, after: str, note: str = ""
) -> None:
    """Add the transition and the audit row of a step; belongs inside the transaction of the change."""
    duty, goal = (about, None) if isinstance(about, Duty) else (None, about)
    step = Transition(
        duty=duty, goal=goal, workflow=flow, record=of.pk, subject=subject(of), move=name, from_state=before,
        to_state=after, by=by.user, organisation=by.organisation.name, on=clock.today(), note=note,
    )  # fmt: skip
    append(step)
    audit(
        by=by.user, action=f"duties.{flow}.{name}", about=of, organisation=by.organisation.name,
        label=LABELS[flow, name], of=str(about.pk), state=[before, after], version=of.version, on=clock.today(),
    )  # fmt: skip
    if duty is not None and flow != "part":
        note_state(duty, clock.today())


def subject(of: Record) -> str:
    """What a step was about, in words short enough for a list."""
    period = getattr(of, "period", "")
    if period:
        return f"{of.unit_name} {period_label(period)}"[:200]  # type: ignore[attr-defined]
    for name in ("number", "title", "milestone", "as_of"):
        if getattr(of, name, None):
            return str(getattr(of, name))[:200]
    return ""
