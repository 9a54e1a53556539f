"""States and moves as data: who may move what from where to where (谁可以把什么从哪一步办到哪一步)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from luodi.service.accounts.permissions import Permission as P


class Seat(StrEnum):
    """Where a person sits towards a duty or goal; a move asks for one seat."""

    LEAD = "牵头单位"
    PARTICIPANT = "参与单位"
    SUPERVISOR = "督查"
    REPORTER = "填报单位"
    ATTESTER = "确认人"


@dataclass(frozen=True)
class Move:
    """One step: its name in the log, its word, from which states to which, who may, whether a note is asked for.

    ``not_by`` names the field of the record whose person may not make this move (four eyes, 四眼).
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: P
    seat: Seat
    needs_note: bool = False
    not_by: str = ""


def _workflow(*moves: Move) -> dict[str, Move]:
    return {move.name: move for move in moves}


_LEAD, _SENDS, _SUPERVISOR = Seat.LEAD, Seat.PARTICIPANT, Seat.SUPERVISOR
WORKFLOWS: dict[str, dict[str, Move]] = {
    "duty": _workflow(
        Move("ask_closing", "申请办结", ("open",), "closing", P.FILE_JOINT_REPORT, _LEAD, needs_note=True),
        Move("close", "办结销号", ("open", "closing"), "closed", P.SUPERVISE, _SUPERVISOR, needs_note=True),
        Move("refuse_closing", "退回继续办理", ("closing",), "open", P.SUPERVISE, _SUPERVISOR, needs_note=True),
        Move("reopen", "恢复办理", ("closed",), "open", P.SUPERVISE, _SUPERVISOR, needs_note=True),
    ),
    "milestone": _workflow(
        Move("accept", "认可", ("proposed",), "accepted", P.SUPERVISE, _SUPERVISOR, not_by="set_by"),
        Move("drop", "撤回", ("proposed",), "dropped", P.SET_MILESTONES, _LEAD, needs_note=True),
        Move("finish", "标记完成", ("accepted",), "done", P.SET_MILESTONES, _LEAD, needs_note=True),
        Move("undo", "退回重办", ("done",), "accepted", P.SUPERVISE, _SUPERVISOR, needs_note=True, not_by="set_by"),
    ),
    "part": _workflow(
        Move("submit", "报送牵头单位", ("draft", "returned"), "submitted", P.SEND_PART, _SENDS),
        Move("return", "退回修改", ("submitted",), "returned", P.FILE_JOINT_REPORT, _LEAD, needs_note=True),
        Move("contact", "联系已办", ("draft",), "contacted", P.FILE_JOINT_REPORT, _LEAD),
    ),
    "report": _workflow(
        Move("submit", "报送", ("draft", "returned"), "submitted", P.FILE_JOINT_REPORT, _LEAD),
        Move("return", "退回修改", ("submitted",), "returned", P.SUPERVISE, _SUPERVISOR, needs_note=True),
        Move("adopt", "采用", ("submitted",), "adopted", P.SUPERVISE, _SUPERVISOR, not_by="submitted_by"),
    ),
    "extension": _workflow(
        Move("approve", "同意延期", ("asked",), "approved", P.SUPERVISE, _SUPERVISOR, not_by="asked_by"),
        Move("refuse", "不同意延期", ("asked",), "refused", P.SUPERVISE, _SUPERVISOR, needs_note=True, not_by="asked_by"),
    ),
    "slip": _workflow(
        Move("reply", "回复", ("issued",), "replied", P.FILE_JOINT_REPORT, _LEAD, needs_note=True),
        Move("send_back", "要求重新回复", ("replied",), "issued", P.SUPERVISE, _SUPERVISOR, needs_note=True),
        Move("close", "了结", ("replied",), "closed", P.SUPERVISE, _SUPERVISOR),
    ),
    "observation": _workflow(
        Move("attest", "确认", ("reported",), "attested", P.ATTEST_GOAL, Seat.ATTESTER, not_by="reported_by"),
        Move("return", "退回修改", ("reported",), "returned", P.ATTEST_GOAL, Seat.ATTESTER, needs_note=True,
             not_by="reported_by"),
    ),
}  # fmt: skip

LABELS = {(flow, move.name): move.label for flow, moves in WORKFLOWS.items() for move in moves.values()} | {
    ("cycle", "set"): "设定报送周期",
    ("milestone", "propose"): "拟定节点",
    ("extension", "ask"): "申请延期",
    ("slip", "issue"): "签发",
    ("observation", "report"): "填报",
    ("duty", "adopt"): "列入看板",
    ("duty", "release"): "公开进展",
    ("duty", "withhold"): "不公开进展",
    ("part", "save"): "保存",
    ("report", "save"): "保存",
}
