"""The task breakdown table (责任分解表): task, lead, participants, time limit, progress. One content, two files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from luodi.policy.pack import Pack
from luodi.service.accounts.models import Membership
from luodi.service.duties.board import Board, Column
from luodi.service.duties.directory import Directory
from luodi.service.duties.models import Duty, DutyRole, JointReport
from luodi.service.duties.periods import period_label
from luodi.service.duties.rights import place_in_duty, reads_report
from luodi.service.duties.stated import stated_limits
from luodi.service.policies.models import PolicyText
from luodi.service.policies.outline import first_sentence
from luodi.service.policies.queries import load_packs
from luodi.service.policies.shown_text import shown_text

HEADINGS = ("序号", "任务", "条款", "牵头单位", "配合单位", "时限", "状态", "进展")


@dataclass(frozen=True)
class Line:
    """One task as it is written in the table."""

    number: int
    task: str
    article: str
    lead: str
    participants: str
    due: str
    state: str
    progress: str

    @property
    def cells(self) -> tuple[int | str, ...]:
        """The cells in the order of :data:`HEADINGS`."""
        return (
            self.number, self.task, self.article, self.lead, self.participants, self.due, self.state, self.progress,
        )  # fmt: skip


@dataclass(frozen=True)
class About:
    """What a file says of itself: policy, filter, day, who made it, how many rows."""

    title: str
    rows: tuple[tuple[str, str], ...]


def lines_of(board: Board, acting: Membership | None) -> list[Line]:
    """The table's lines; the progress is the newest report that the person may read, else the state's reason."""
    packs = load_packs({column.duty.policy_version for column in board.columns})
    return [
        _line(number, column, board, acting, packs[column.duty.policy_version])
        for number, column in enumerate(board.columns, 1)
    ]


def about(board: Board, acting: Membership | None, person: str, filters: str, made: dt.datetime, rows: int) -> About:
    """The "about" sheet."""
    return About(
        f"{board.policy.title} 责任分解表",
        (
            ("政策", board.policy.title),
            ("业务日期", board.day.isoformat()),
            ("筛选条件", filters or "全部"),
            ("导出时间", f"{made:%Y-%m-%d %H:%M}"),
            ("导出人", f"{person}（{acting}）" if acting else person),
            ("行数", str(rows)),
            ("单位名称", "原文写法，今日名称不同的写在括号内"),
            ("状态", "按公布的状态规则，由节点和报送日期得出"),
        ),
    )


def _line(number: int, column: Column, board: Board, acting: Membership | None, pack: Pack) -> Line:
    duty = column.duty
    due = f"{column.next_due}" if column.next_due else _without_milestone(duty, pack) if not column.steps else "—"
    state = column.state
    return Line(
        number, task_in_full(duty, pack), duty.article, _named(duty, DutyRole.Part.LEAD, board.directory),
        _named(duty, DutyRole.Part.PARTICIPANT, board.directory), due, f"{state.look.shape} {state.word}",
        _progress(column, board, acting),
    )  # fmt: skip


def task_in_full(duty: Duty, pack: Pack) -> str:
    """The task as a paper names it: where pages call it by the beginning of a sentence, the sentence, as far as the text may be shown."""
    stored: PolicyText | None = getattr(duty.policy_version, "text", None)
    if not duty.title.endswith("…") or stored is None or stored.notice or pack.data["facts_only"]:
        return duty.title
    told = next((each for each in pack.facts["duties"] if each["article"] == duty.article), {})
    clause = next((each["span"] for each in pack.data["articles"] if each["id"] == duty.article), None)
    own = (duty.span_start, duty.span_end) if told.get("told") == "prose" else clause
    words = shown_text(stored, pack.data["source"]["format"]).words(own) if own else ""
    return first_sentence(words, "、".join(told.get("lead", ()))) or duty.title


def _without_milestone(duty: Duty, pack: Pack) -> str:
    """That no milestone is set, with the limits that the text states."""
    limits = "、".join(dict.fromkeys(each.day.isoformat() for each in stated_limits(duty, pack)))
    return f"未设节点（原文时限 {limits}）" if limits else "未设节点"


def _named(duty: Duty, part: str, directory: Directory) -> str:
    names = []
    for role in duty.roles.all():
        if role.part != part or (role.ended_on and role.ended_on < directory.day):
            continue
        unit = directory.units.get(role.unit_id) if role.unit_id else None
        today = directory.name(directory.today(unit, duty)) if unit else role.as_written
        names.append(role.as_written if today == role.as_written else f"{role.as_written}（今{today}）")
    return "、".join(names)


def _progress(column: Column, board: Board, acting: Membership | None) -> str:
    place = place_in_duty(acting, column.duty, board.directory)
    known = [r for r in column.duty.jointreports.all() if r.submitted_on and r.submitted_on <= board.day]
    adopted = [r for r in known if r.state == JointReport.State.ADOPTED and reads_report(place, r)]
    if not adopted:
        return column.state.reason
    last = adopted[-1]
    return f"{period_label(last.period)}：{'无进展。' if last.no_progress else ''}{last.text}"
