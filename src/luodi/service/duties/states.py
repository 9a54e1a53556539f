"""The published rule that gives a duty its word, shape and colour (状态规则).

The rule reads dates and nothing else: no red without an accepted milestone or a reporting date, and "no report" is
never taken for "no progress". Every stored state names :data:`RULE_VERSION`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

RULE_VERSION = "责任状态规则第 1 版"
MILESTONE_SOON = 15  # days before a milestone's date that it is due soon
REPORT_SOON = 3  # days before a report's date that it is due soon


@dataclass(frozen=True)
class Look:
    """How a state looks: shape and word always stand beside the colour."""

    shape: str
    word: str
    colour: str
    when: str


LOOKS = {
    "closed": Look("✓", "已销号", "blue", "督查员已销号"),
    "idle": Look("○", "未启动", "grey", "政策尚未施行"),
    "overdue": Look("■", "逾期", "red", "已认可的节点过了时限还没完成，或报告过了报送日期还没报送"),
    "due_soon": Look("▲", "临期", "yellow", f"节点在 {MILESTONE_SOON} 天内到期，或报告在 {REPORT_SOON} 天内到期"),
    "behind": Look("▲", "进度滞后", "yellow", "最近一期报告自报滞后或被退回，或连续两期报“无进展”"),
    "late_done": Look("◆", "逾期后完成", "yellow", "有节点逾期后才完成（销号前一直保留），或最近一期报告迟报"),
    "none": Look("○", "未设节点", "grey", "没有经认可的节点"),
    "done": Look("✓", "已完成", "blue", "全部节点按期完成，待销号"),
    "on_schedule": Look("●", "正常推进", "green", "有经认可的节点，没有以上情形"),
}
"""In the order in which the rule asks; the first that fits holds."""

WITHHELD = Look("–", "进展不公开", "grey", "牵头单位决定不向公众公开进展")
"""What the public sees instead of the state; the rule is not asked."""


@dataclass(frozen=True)
class Step:
    """An accepted milestone with the date that holds on the day."""

    title: str
    due: dt.date
    done_on: dt.date | None


@dataclass(frozen=True)
class Due:
    """A report that a period asks for; ``submitted_on`` is the first time it came in."""

    label: str
    ended: dt.date
    due: dt.date
    submitted_on: dt.date | None
    returned: bool = False
    no_progress: bool = False
    behind: bool = False


@dataclass(frozen=True)
class Situation:
    """All that the rule reads, as it was known on ``day``."""

    day: dt.date
    starts_on: dt.date | None
    closed_on: dt.date | None
    steps: Sequence[Step]
    proposed: int
    reports: Sequence[Due]


@dataclass(frozen=True)
class State:
    """What the rule gives: a code of :data:`LOOKS`, why, and how many days late or left."""

    code: str
    reason: str
    days: int | None = None

    @property
    def look(self) -> Look:
        """Shape, word and colour."""
        return WITHHELD if self.code == "withheld" else LOOKS[self.code]

    @property
    def word(self) -> str:
        """The word with its days."""
        if self.code == "overdue":
            return f"逾期 {self.days} 天"
        return self.look.word


def state_of(at: Situation) -> State:
    """The state of a duty on a day: the first of the rule's cases that fits."""
    for case in (_closed, _idle, _overdue, _due_soon, _behind, _late_done, _none, _done):
        found = case(at)
        if found:
            return found
    done = sum(step.done_on is not None for step in at.steps)
    return State("on_schedule", f"{len(at.steps)} 个节点已完成 {done} 个，没有到期未完成的")


def _closed(at: Situation) -> State | None:
    return State("closed", f"{at.closed_on} 销号") if at.closed_on else None


def _idle(at: Situation) -> State | None:
    if at.starts_on and at.day < at.starts_on:
        return State("idle", f"政策自 {at.starts_on} 起施行")
    return None


def _overdue(at: Situation) -> State | None:
    missed = [(s.due, f"节点“{s.title}”应于 {s.due} 完成，未完成") for s in at.steps if s.done_on is None]
    missed += [(r.due, f"{r.label}报告应于 {r.due} 前报送，未报送") for r in at.reports if r.submitted_on is None]
    late = sorted(item for item in missed if item[0] < at.day)
    if not late:
        return None
    first, reason = late[0]
    more = f"；另有 {len(late) - 1} 项逾期" if len(late) > 1 else ""
    return State("overdue", reason + more, (at.day - first).days)


def _due_soon(at: Situation) -> State | None:
    soon = [
        (s.due, f"节点“{s.title}”应于 {s.due} 完成")
        for s in at.steps
        if s.done_on is None and (s.due - at.day).days <= MILESTONE_SOON
    ]
    soon += [
        (r.due, f"{r.label}报告应于 {r.due} 前报送")
        for r in at.reports
        if r.submitted_on is None and r.ended < at.day and (r.due - at.day).days <= REPORT_SOON
    ]
    if not soon:
        return None
    due, reason = min(soon)
    left = (due - at.day).days
    return State("due_soon", f"{reason}，{'今天到期' if left == 0 else f'剩余 {left} 天'}", left)


def _behind(at: Situation) -> State | None:
    filed = [r for r in at.reports if r.submitted_on]
    if not filed:
        return None
    last = filed[-1]
    if last.returned:
        return State("behind", f"{last.label}报告被退回，尚未重报")
    if last.behind:
        return State("behind", f"{last.label}报告自报进度滞后")
    if last.no_progress and len(filed) > 1 and filed[-2].no_progress:
        return State("behind", f"{filed[-2].label}、{last.label}连续报“无进展”")
    return None


def _late_done(at: Situation) -> State | None:
    for step in at.steps:
        if step.done_on and step.done_on > step.due:
            return State(
                "late_done", f"节点“{step.title}”{step.done_on} 完成，逾期 {(step.done_on - step.due).days} 天"
            )
    filed = [r for r in at.reports if r.submitted_on]
    if filed and filed[-1].submitted_on and filed[-1].submitted_on > filed[-1].due:
        last = filed[-1]
        return State("late_done", f"{last.label}报告应于 {last.due} 前报送，{last.submitted_on} 迟报")
    return None


def _none(at: Situation) -> State | None:
    if at.steps:
        return None
    return State("none", f"已拟 {at.proposed} 个节点，待督查员认可" if at.proposed else "牵头单位还没有设定节点")


def _done(at: Situation) -> State | None:
    if all(step.done_on for step in at.steps):
        return State("done", f"{len(at.steps)} 个节点全部按期完成，待销号")
    return None
