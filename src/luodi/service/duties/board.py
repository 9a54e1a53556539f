"""The duty board (责任看板): units × duties on a day, for one policy."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from uuid import UUID

from luodi.service.duties.directory import Carrier, Directory
from luodi.service.duties.models import Duty, DutyRole, JointReport
from luodi.service.duties.periods import Term
from luodi.service.duties.situations import shown_state, terms_of, with_all
from luodi.service.duties.states import State
from luodi.service.policies.models import Policy
from luodi.service.registry.models import GovernmentUnit


@dataclass(frozen=True)
class Filing:
    """How the lead's report of a period stands: "未报送" and "无进展" are different words on purpose."""

    word: str
    shape: str
    colour: str


NOT_YET = Filing("未到期", "·", "grey")


@dataclass(frozen=True)
class Column:
    """One duty with its state and the standing of its latest report that is due."""

    duty: Duty
    state: State
    leads: list[Carrier]
    term: Term | None
    filing: Filing | None
    next_due: dt.date | None
    done: int
    steps: int


@dataclass(frozen=True)
class Cell:
    """One unit in one duty."""

    column: Column
    lead: bool
    written: str

    @property
    def word(self) -> str:
        """The unit's part in the duty."""
        return "牵头" if self.lead else "配合"


@dataclass
class Row:
    """A unit, or a class of units that opens into its members; ``was`` are the document's names for it."""

    key: str
    name: str
    unit: GovernmentUnit | None
    was: list[str] = field(default_factory=list)
    cells: dict[UUID, Cell] = field(default_factory=dict)
    members: int = 0
    opened: bool = False
    inside: bool = False
    online: bool = True


@dataclass(frozen=True)
class Board:
    """The whole matrix with its directory, to which the page asks for names."""

    policy: Policy
    day: dt.date
    columns: list[Column]
    rows: list[Row]
    directory: Directory


def board(policy: Policy, day: dt.date, opened: str = "", office: bool = True) -> Board:
    """The board of a policy on a day; ``opened`` names the class of units whose members are shown.

    ``office`` False is the public's view: a duty that is not released shows who carries it and nothing else.
    """
    directory = Directory(policy.region, day)
    duties = list(with_all(Duty.objects.filter(policy=policy)))
    columns = [_column(duty, day, directory, office) for duty in duties]
    rows: dict[str, Row] = {}
    for column in columns:
        for role in column.duty.roles.all():
            if not (role.ended_on and role.ended_on < day):
                _enter(rows, column, role, directory, opened)
    ordered = sorted(rows.values(), key=lambda row: row.inside or bool(row.members))
    return Board(policy, day, columns, _members_below(ordered), directory)


def filtered(found: Board, unit: str = "", state: str = "", part: str = "") -> Board:
    """Only one unit's row and duties, only duties in a state, or only leading (``lead``) or joining (``participant``)."""
    if not (unit or state or part):
        return found
    wanted = [r for r in found.rows if not unit or r.key == unit]
    kept = {c.duty.pk for c in found.columns if not state or c.state.look.word == state}
    rows = [
        replace(
            row, cells={pk: c for pk, c in row.cells.items() if pk in kept and (not part or c.lead == (part == "lead"))}
        )
        for row in wanted
    ]
    shown = {pk for r in rows for pk in r.cells}
    return replace(found, columns=[c for c in found.columns if c.duty.pk in shown], rows=[r for r in rows if r.cells])


def filing_of(report: JointReport | None, term: Term, day: dt.date) -> Filing:
    """The word for a period's report on a day."""
    sent = report is not None and report.first_submitted_on is not None and report.first_submitted_on <= day
    if report is None or not sent:
        return Filing("未报送", "✕", "red" if day > term.report_due else "grey")
    if report.state == JointReport.State.RETURNED:
        return Filing("退回修改", "↩", "yellow")
    if report.no_progress:
        return Filing("无进展", "－", "grey")
    if report.state == JointReport.State.ADOPTED:
        return Filing("采用", "✓", "blue")
    return Filing("已报送", "●", "green")


def _column(duty: Duty, day: dt.date, directory: Directory, office: bool) -> Column:
    ended = [term for term in terms_of(duty, day) if term.end < day]
    struck_off = duty.closed_on is not None and duty.closed_on <= day
    term = ended[-1] if ended and not struck_off else None
    reports = {report.period: report for report in duty.jointreports.all()}
    visible = office or duty.released
    accepted = [m for m in duty.milestones.all() if visible and m.accepted_on and m.accepted_on <= day]
    done = [m for m in accepted if m.done_on and m.done_on <= day]
    return Column(
        duty=duty,
        state=shown_state(duty, day, office),
        leads=[c for c in directory.carriers(duty) if c.lead],
        term=term,
        filing=filing_of(reports.get(term.period), term, day) if term else None,
        next_due=min((m.due for m in accepted if m not in done), default=None),
        done=len(done),
        steps=len(accepted),
    )


def _enter(rows: dict[str, Row], column: Column, role: DutyRole, directory: Directory, opened: str) -> None:
    lead = role.part == DutyRole.Part.LEAD
    if role.unit_class_id is None:
        unit = directory.units.get(role.unit_id) if role.unit_id else None
        today = directory.today(unit, column.duty) if unit else None
        _put(rows, column, lead, role.as_written, today, directory)
        return
    key = f"class-{role.unit_class_id}"
    members = directory.members(role)
    row = rows.setdefault(key, Row(key, role.as_written, None, members=len(members), opened=opened == key))
    row.cells.setdefault(column.duty.pk, Cell(column, lead, role.as_written))
    if row.opened:
        for member in members:
            inner = _put(
                rows, column, lead, role.as_written, directory.today(member, column.duty), directory, within=key
            )
            inner.inside = True


def _put(
    rows: dict[str, Row], column: Column, lead: bool, written: str, unit: GovernmentUnit | None, directory: Directory,
    within: str = "",
) -> Row:  # fmt: skip
    key = f"{within}/{unit.pk}" if within and unit else str(unit.pk) if unit else f"written-{written}"
    name = directory.name(unit) if unit else written
    row = rows.setdefault(key, Row(key, name, unit, online=unit.reports_online if unit else False))
    if not within and written != name and written not in row.was:
        row.was.append(written)
    before = row.cells.get(column.duty.pk)
    if before is None or (lead and not before.lead):
        row.cells[column.duty.pk] = Cell(column, lead, written)
    return row


def _members_below(rows: list[Row]) -> list[Row]:
    """Each opened class followed by its members."""
    inside = [row for row in rows if row.inside]
    ordered: list[Row] = []
    for row in rows:
        if not row.inside:
            ordered.append(row)
            ordered += [member for member in inside if member.key.startswith(f"{row.key}/")]
    return ordered
