"""One duty's page: who carries it, milestones, periods with parts and reports, slips, history, and the steps offered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from luodi.service.accounts.models import Membership
from luodi.service.accounts.permissions import Permission as P
from luodi.service.duties.board import Filing, filing_of
from luodi.service.duties.directory import Carrier, Directory
from luodi.service.duties.forms import CycleForm, ExtensionForm, MilestoneForm, MoveForm, SlipForm
from luodi.service.duties.models import (
    Duty,
    DutyRole,
    JointReport,
    Milestone,
    Part,
    StateOn,
    SupervisionSlip,
    Transition,
)
from luodi.service.duties.offers import Offer, Refused, offer, offers_of
from luodi.service.duties.periods import Term
from luodi.service.duties.rights import Place, of_government, place_in_duty, reads_part, reads_report
from luodi.service.duties.situations import counted_day, shown_state, terms_of
from luodi.service.duties.stated import StatedLimit, stated_limits
from luodi.service.duties.states import State
from luodi.service.duties.workflow import Seat
from luodi.service.policies.queries import load_pack
from luodi.service.registry.models import GovernmentUnit

SHOWN_PERIODS = 4
SHOWN_STEPS = 12


@dataclass(frozen=True)
class PartLine:
    """How one participant's part of a period stands, and its text for those who may read it."""

    unit: GovernmentUnit
    name: str
    filing: Filing
    part: Part | None
    readable: bool
    offers: list[Offer]
    own: bool


@dataclass(frozen=True)
class PeriodLine:
    """One period: the parts, the lead's report, both clocks."""

    term: Term
    parts: list[PartLine]
    report: JointReport | None
    filing: Filing
    readable: bool
    offers: list[Offer]
    ended: bool
    fillable: bool

    @property
    def sent(self) -> int:
        """How many participants sent their part or were contacted."""
        return sum(line.part is not None and line.part.first_submitted_on is not None for line in self.parts)

    @property
    def missing(self) -> list[PartLine]:
        """Participants without a report (未报送)."""
        return [line for line in self.parts if line.filing.word == "未报送"]


@dataclass(frozen=True)
class RoleLine:
    """One role as written, with today's bearers."""

    role: DutyRole
    carriers: list[Carrier]
    names: list[tuple[GovernmentUnit, str]]


@dataclass(frozen=True)
class MilestoneLine:
    """One milestone with the steps offered."""

    milestone: Milestone
    late: int
    offers: list[Offer]
    extensions: list[tuple[object, list[Offer]]]


@dataclass
class DutyPage:
    """All that the page shows to one person."""

    duty: Duty
    state: State
    place: Place
    office: bool
    roles: list[RoleLine]
    milestones: list[MilestoneLine]
    stated: Sequence[StatedLimit]
    cycle: object
    periods: list[PeriodLine] = field(default_factory=list)
    slips: list[tuple[SupervisionSlip, list[Offer]]] = field(default_factory=list)
    history: list[Transition] = field(default_factory=list)
    states: list[StateOn] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    more_periods: int = 0

    @property
    def sets_milestones(self) -> bool:
        """Whether the person may propose a milestone now."""
        return any((each.what, each.move) == ("milestone", "propose") for each in self.offers)

    @property
    def newest(self) -> PeriodLine | None:
        """The newest period with a report that the person may read."""
        return next((line for line in self.periods if line.readable), None)


def duty_page(
    duty: Duty, acting: Membership | None, day: dt.date, refused: Refused | None = None, everything: bool = False,
    limit: int | None = None,
) -> DutyPage:  # fmt: skip
    """The page of a duty as one person may see it; the public sees duty, state, units and milestones only.

    ``limit`` numbers a stated time limit that the form for a milestone opens with.
    """
    directory = Directory(duty.policy.region, day)
    place = place_in_duty(acting, duty, directory)
    office = of_government(acting, duty.policy.region)
    stated = stated_limits(duty, load_pack(duty.policy_version))
    taken = stated[limit] if limit is not None and 0 <= limit < len(stated) else None
    page = DutyPage(
        duty=duty,
        state=shown_state(duty, day, office),
        place=place,
        office=office,
        roles=_roles(duty, directory),
        milestones=_milestones(duty, place, office, day, refused),
        stated=stated,
        cycle=duty.cycles.all()[len(duty.cycles.all()) - 1] if duty.cycles.all() else None,
        offers=_duty_offers(duty, place, refused, taken),
    )
    if office:
        terms = terms_of(duty, day)[::-1]
        shown = terms if everything else terms[:SHOWN_PERIODS]
        page.periods = _periods(duty, shown, directory, place, day, refused)
        page.more_periods = len(terms) - len(shown)
        slips = duty.slips.select_related("level", "to_unit", "issued_by", "replied_by").filter(issued_on__lte=day)
        page.slips = [(slip, offers_of("slip", slip, place, refused)) for slip in slips]
        steps = duty.transitions.filter(on__lte=day).exclude(workflow="part")
        page.history = list(steps if everything else steps[:SHOWN_STEPS])
        page.states = list(duty.states.filter(on__lte=day)[:SHOWN_STEPS])
    return page


def expected_parts(duty: Duty, directory: Directory) -> list[Carrier]:
    """Who owes the lead a part: one entry for each unit that stands for a participant on the day."""
    seen: dict[object, Carrier] = {}
    leads = {c.today.pk for c in directory.carriers(duty) if c.lead}
    for carrier in directory.carriers(duty):
        if not carrier.lead and carrier.today.pk not in leads:
            seen.setdefault(carrier.today.pk, carrier)
    return list(seen.values())


def assembled(duty: Duty, period: str, directory: Directory) -> str:
    """The lead's report prefilled from the parts: what each unit wrote, then who is without progress, who sent nothing."""
    parts = {part.unit_id: part for part in Part.objects.filter(duty=duty, period=period)}
    lines: list[str] = []
    silent: list[str] = []
    contacted: list[str] = []
    for carrier in expected_parts(duty, directory):
        part, name = parts.get(carrier.today.pk), directory.name(carrier.today)
        if part is not None and part.state == Part.State.CONTACTED:
            contacted.append(name)
        elif part is None or part.first_submitted_on is None:
            silent += [name] if carrier.today.reports_online else []
        else:
            lines.append(f"{name}：{'无进展。' if part.no_progress else ''}{part.text}")
    lines += [f"联系已办：{'、'.join(contacted)}。"] if contacted else []
    return "\n".join(lines + ([f"未报送：{'、'.join(silent)}。"] if silent else []))


def part_filing(part: Part | None, term: Term, day: dt.date, online: bool) -> Filing:
    """The word for a participant's part on a day."""
    if not online:
        return Filing("联系已办", "✓", "green") if part else Filing("线下联系", "·", "grey")
    if part is None or part.first_submitted_on is None or part.first_submitted_on > day:
        return Filing("未报送", "✕", "red" if day > term.parts_due else "grey")
    if part.state == Part.State.RETURNED:
        return Filing("退回修改", "↩", "yellow")
    if part.no_progress:
        return Filing("无进展", "－", "grey")
    return Filing("已报送", "●", "green")


def _roles(duty: Duty, directory: Directory) -> list[RoleLine]:
    carriers = directory.carriers(duty)
    lines = []
    for role in duty.roles.all():
        own = [c for c in carriers if c.role.pk == role.pk]
        lines.append(RoleLine(role, own, [(c.today, directory.name(c.today)) for c in own]))
    return lines


def _milestones(duty: Duty, place: Place, office: bool, day: dt.date, refused: Refused | None) -> list[MilestoneLine]:
    lines = []
    for milestone in duty.milestones.all():
        if milestone.state == Milestone.State.DROPPED or (not office and not (duty.released and milestone.accepted_on)):
            continue
        offers = offers_of("milestone", milestone, place, refused)
        if milestone.state == Milestone.State.ACCEPTED and place.holds(P.SET_MILESTONES, Seat.LEAD):
            offers.append(offer("extension", str(milestone.pk), "ask", "申请延期", ExtensionForm, refused))
        end = milestone.done_on or counted_day(duty, day)
        late = (end - milestone.due).days if milestone.accepted_on else 0
        extensions = [(e, offers_of("extension", e, place, refused)) for e in milestone.extensions.all()]
        lines.append(MilestoneLine(milestone, max(late, 0), offers, extensions if office else []))
    return lines


def _periods(
    duty: Duty, shown: list[Term], directory: Directory, place: Place, day: dt.date, refused: Refused | None
) -> list[PeriodLine]:
    carriers = expected_parts(duty, directory)
    names = [term.period for term in shown]
    reports = {r.period: r for r in duty.jointreports.all()}
    parts = {(p.period, p.unit_id): p for p in duty.parts.filter(period__in=names).select_related("duty")}
    own = {unit.pk for unit in place.units}
    lines = []
    for term in shown:
        report = reports.get(term.period)
        part_lines = []
        for carrier in carriers:
            unit, part = carrier.today, parts.get((term.period, carrier.today.pk))
            part_lines.append(
                PartLine(
                    unit,
                    part.unit_name if part else directory.name(unit),
                    part_filing(part, term, day, unit.reports_online),
                    part,
                    part is not None and reads_part(place, part),
                    offers_of("part", part, place, refused) if part else [],
                    unit.pk in own,
                )  # fmt: skip
            )
        lines.append(
            PeriodLine(
                term,
                part_lines,
                report,
                filing_of(report, term, day),
                report is not None and reads_report(place, report),
                offers_of("report", report, place, refused) if report else [],
                term.end < day,
                report is None or report.state in (JointReport.State.DRAFT, JointReport.State.RETURNED),
            )  # fmt: skip
        )
    return lines


def _duty_offers(duty: Duty, place: Place, refused: Refused | None, taken: StatedLimit | None) -> list[Offer]:
    key = str(duty.pk)
    found = []
    if duty.state != Duty.State.CLOSED and place.holds(P.SET_MILESTONES, Seat.LEAD):
        filled = {"title": taken.act, "due": taken.day.isoformat()} if taken else None
        found.append(offer("milestone", key, "propose", "拟定节点", MilestoneForm, refused, filled=filled))
        found.append(offer("cycle", key, "set", "设定报送周期", CycleForm, refused))
    if place.holds(P.SET_MILESTONES, Seat.LEAD):
        step, label = ("withhold", "不向公众公开进展") if duty.released else ("release", "向公众公开进展")
        found.append(offer("duty", key, step, label, MoveForm, refused, duty.version, plain=True))
    if place.holds(P.SUPERVISE, Seat.SUPERVISOR):
        found.append(offer("slip", key, "issue", "签发督办单", SlipForm, refused, region=duty.policy.region))
    return found + offers_of("duty", duty, place, refused)
