"""One government unit's page: its duties as lead and participant, its names over time, and what it owes now."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from luodi.quantities.working_days import working_days_between
from luodi.service.accounts.models import Membership
from luodi.service.accounts.permissions import Permission
from luodi.service.duties.board import NOT_YET, Filing, filing_of
from luodi.service.duties.directory import Directory
from luodi.service.duties.duty_page import part_filing
from luodi.service.duties.models import Duty, Part
from luodi.service.duties.periods import Term
from luodi.service.duties.situations import shown_state, terms_of, with_all
from luodi.service.duties.states import State
from luodi.service.policies.models import Policy
from luodi.service.registry.models import GovernmentUnit, GovernmentUnitName, Succession


@dataclass(frozen=True)
class UnitDuty:
    """One duty of the unit: as whom the document names it, the state, and what the unit owes for the latest period."""

    duty: Duty
    lead: bool
    written: str
    state: State
    term: Term | None
    filing: Filing | None
    due: dt.date | None
    day: dt.date

    @property
    def late(self) -> bool:
        """Whether the day on which it is due has passed."""
        return self.due is not None and self.due < self.day

    @property
    def left(self) -> str:
        """How long there is still, in working days, or by how many days it is late."""
        if self.due is None:
            return ""
        if self.late:
            return f"逾期 {(self.day - self.due).days} 天"
        days, _ = working_days_between(self.day, self.due)
        return f"剩余 {days} 个工作日" if self.due > self.day else "今天到期"

    @property
    def owed(self) -> bool:
        """Whether something is to be sent now."""
        return self.filing is not None and self.filing.word in ("未报送", "退回修改")


@dataclass(frozen=True)
class UnitPage:
    """All that the page shows; ``mine`` when the person acts for this unit."""

    unit: GovernmentUnit
    name: str
    names: list[GovernmentUnitName]
    before: list[tuple[str, Succession]]
    after: list[tuple[GovernmentUnit, str, Succession]]
    duties: list[tuple[Policy, list[UnitDuty]]]
    mine: bool
    supervised: bool

    @property
    def owed(self) -> list[UnitDuty]:
        """What is to be sent now, oldest date first."""
        found = [line for _, lines in self.duties for line in lines if line.owed]
        return sorted(found, key=lambda line: line.due or dt.date.max)


def unit_page(unit: GovernmentUnit, acting: Membership | None, day: dt.date, office: bool) -> UnitPage:
    """The page of a unit on a day, over all policies of its region."""
    directory = Directory(unit.region, day)
    duties = with_all(Duty.objects.filter(policy__region=unit.region)).order_by("policy__slug", "order")
    parts = _latest_parts(unit) if office else {}
    by_policy: dict[Policy, list[UnitDuty]] = defaultdict(list)
    for duty in duties:
        own = [c for c in directory.carriers(duty) if c.today.pk == unit.pk]
        if own:
            own.sort(key=lambda carrier: not carrier.lead)
            written = "、".join(dict.fromkeys(c.role.as_written for c in own))
            by_policy[duty.policy].append(_line(duty, own[0].lead, written, unit, parts, day, office))
    here = directory.units[unit.pk]
    after = list(Succession.objects.filter(from_unit=unit, date__lte=day).select_related("to_unit"))
    return UnitPage(
        unit=here,
        name=directory.full_name(here),
        names=directory.names(here),
        before=[(directory.name(old), how) for old, how in directory.predecessors(here)],
        after=[(s.to_unit, directory.name(s.to_unit), s) for s in after],
        duties=list(by_policy.items()),
        mine=acting is not None and acting.organisation_id == unit.organisation_id,
        supervised=office,
    )


def own_page(acting: Membership | None, day: dt.date) -> UnitPage | None:
    """The page of the unit that a person sends reports for; None for everybody else."""
    if acting is None or not {Permission.SEND_PART, Permission.FILE_JOINT_REPORT} & acting.permissions:
        return None
    unit = GovernmentUnit.objects.filter(organisation=acting.organisation).first()
    return unit and unit_page(unit, acting, day, office=True)


def _latest_parts(unit: GovernmentUnit) -> dict[tuple[UUID, str], Part]:
    return {(part.duty_id, part.period): part for part in Part.objects.filter(unit=unit).defer("text")}


def _line(
    duty: Duty, lead: bool, written: str, unit: GovernmentUnit, parts: dict[tuple[UUID, str], Part], day: dt.date,
    office: bool,
) -> UnitDuty:  # fmt: skip
    ended = [term for term in terms_of(duty, day) if term.end < day]
    term = ended[-1] if ended else None
    filing, due = None, None
    if term and office and duty.state != Duty.State.CLOSED:
        due = term.report_due if lead else term.parts_due
        reports = {report.period: report for report in duty.jointreports.all()}
        filing = (
            filing_of(reports.get(term.period), term, day)
            if lead
            else part_filing(parts.get((duty.pk, term.period)), term, day, unit.reports_online)
        )
    return UnitDuty(
        duty, lead, written, shown_state(duty, day, office), term, filing or (NOT_YET if office else None), due, day
    )
