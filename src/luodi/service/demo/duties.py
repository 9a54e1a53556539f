"""Loading the demo's duties, reports and goals through the same actions that people use; idempotent.

A specification (``demo/*-duties.yaml``) says which milestones, reports and observations there are and where the
ordinary course is left on purpose. Steps are made in order of their day, each on its own business date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
import yaml
from django.conf import settings

from luodi import clock
from luodi.quantities.working_days import add_working_days
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.accounts.permissions import Permission as P
from luodi.service.accounts.roles import ROLES
from luodi.service.audit.actions import written_together
from luodi.service.duties import actions
from luodi.service.duties.adopt import adopt_policy
from luodi.service.duties.directory import Carrier, Directory
from luodi.service.duties.duty_page import assembled, expected_parts
from luodi.service.duties.goal_actions import decide_observation, report_observation, set_measures
from luodi.service.duties.models import Duty, Goal, JointReport, ReportingCycle, SlipLevel
from luodi.service.duties.periods import Term, terms
from luodi.service.duties.rights import Place, place_in_goal
from luodi.service.duties.situations import with_all
from luodi.service.duties.workflow import Seat
from luodi.service.policies.models import PolicyVersion
from luodi.service.registry.models import GovernmentUnit

log = structlog.get_logger()
Spec = dict[str, Any]
Step = tuple[dt.date, int, Callable[[], object]]
LONGEST = 6  # lines of parts that a report takes over as they are
_SETTING, _PART, _RETURN, _REPORT, _DECISION = range(5)  # what comes first on one day


def load_duties() -> None:
    """Load every specification whose policy is published and not yet on the board."""
    for file in sorted(Path(settings.DATA).glob("demo/*-duties.yaml")):
        spec = yaml.safe_load(file.read_text("utf-8"))
        version = PolicyVersion.objects.filter(policy__slug=spec["policy"], status="published").first()
        if version and not Duty.objects.filter(policy=version.policy).exists():
            with written_together():
                Demo(spec, version).run()
    _list_the_others()


def _list_the_others() -> None:
    """Policies without a specification get their duties and goals on the board, and nothing more."""
    for version in PolicyVersion.objects.filter(status="published").select_related("policy", "published_by"):
        duties, goals = Duty.objects.filter(policy=version.policy), Goal.objects.filter(policy=version.policy)
        if not duties.exists() and not goals.exists() and version.published_by:
            adopt_policy(version=version, by=version.published_by, organisation=version.policy.issuer)


class Demo:
    """One specification, its people and its steps."""

    def __init__(self, spec: Spec, version: PolicyVersion) -> None:
        self.spec, self.version, self.region = spec, version, spec["region"]
        self.loaded_on = clock.today()
        self._directories: dict[dt.date, Directory] = {}
        self._officers: dict[tuple[UUID, P], Membership] = {}

    def run(self) -> None:
        """List the duties, then make every step in order of its day."""
        with clock.standing_on(self.start):
            adopt_policy(version=self.version, by=self.supervisor.user, organisation=self.supervisor.organisation.name)
        steps = chain(self._settings(), self._reports(), self._slips(), self._goals())
        for day, _, step in sorted(steps, key=lambda found: found[:2]):
            if day <= self.until:
                with clock.standing_on(day):
                    step()

    @cached_property
    def until(self) -> dt.date:
        """The last day of which something is told."""
        return self._day(self.spec["until"])

    @cached_property
    def start(self) -> dt.date:
        """When the lead units set cadence and milestones."""
        reporting = self.spec["reporting"]
        if "set_on" in reporting:
            return self._day(reporting["set_on"])
        return max(self._first_month(reporting["months_back"]), self._starts_on)

    @cached_property
    def _starts_on(self) -> dt.date:
        return self._date(self.version.pack["facts"]["validity"]["effective_from"])

    def _first_month(self, back: int) -> dt.date:
        count = self.until.year * 12 + self.until.month - 1 - back
        return dt.date(count // 12, count % 12 + 1, 1)

    def _day(self, written: Any) -> dt.date:
        """A date, or ±N days from the day of loading, not before the policy's first day."""
        if isinstance(written, str) and written[0] in "+-":
            return max(self.loaded_on + dt.timedelta(int(written)), self._starts_on)
        return self._date(written)

    @staticmethod
    def _date(written: Any) -> dt.date:
        return written if isinstance(written, dt.date) else dt.date.fromisoformat(written)

    # --- people

    def _directory(self) -> Directory:
        day = clock.today()
        return self._directories.setdefault(day, Directory(self.region, day))

    @cached_property
    def supervisor(self) -> Membership:
        """The region's supervisor; one is made where the accounts have none."""
        return self._someone("supervisor", "督查员") or self._new("supervisor", self._office("督查室"), "督查员")

    @cached_property
    def attester(self) -> Membership:
        """A leader who attests what others report."""
        return self._someone("leader", "分管领导") or self._new("leader", self._office("督查室"), "分管领导")

    def _someone(self, role: str, name: str) -> Membership | None:
        held = Membership.objects.filter(role=role, organisation__region=self.region, user__is_demo=True)
        return held.select_related("user", "organisation").first()

    def _office(self, name: str) -> Organisation:
        found, _ = Organisation.objects.get_or_create(
            name=f"{name}（{self.region}）", side="government", region=self.region
        )
        return found

    def _officer(self, unit: GovernmentUnit, permission: P) -> Membership:
        """Who acts for a unit with a permission; a liaison is made where the accounts have nobody."""
        key = (unit.pk, permission)
        if key not in self._officers:
            roles = [code for code, role in ROLES.items() if permission in role.permissions]
            organisation = unit.organisation or self._give_organisation(unit)
            held = Membership.objects.filter(organisation=organisation, role__in=roles)
            found = held.select_related("user", "organisation").first()
            self._officers[key] = found or self._new("liaison", organisation, "联络员")
        return self._officers[key]

    def _give_organisation(self, unit: GovernmentUnit) -> Organisation:
        name = self._directory().full_name(unit)
        unit.organisation = Organisation.objects.create(name=name, side="government", region=self.region)
        GovernmentUnit.objects.filter(pk=unit.pk).update(organisation=unit.organisation)
        return unit.organisation

    def _new(self, role: str, organisation: Organisation, title: str) -> Membership:
        user, _ = User.objects.get_or_create(
            username=f"demo-{role}-{organisation.pk.hex[:10]}",
            defaults={"display_name": f"{organisation.name}{title}"[:100], "is_demo": True, "password": "!"},
        )
        return Membership.objects.get_or_create(user=user, organisation=organisation, role=role)[0]

    def _lead(self, duty: Duty, permission: P = P.FILE_JOINT_REPORT) -> Place:
        unit = next(c.today for c in self._directory().carriers(duty) if c.lead)
        return Place(self._officer(unit, permission), frozenset({Seat.LEAD}))

    def _above(self) -> Place:
        return Place(self.supervisor, frozenset({Seat.SUPERVISOR}))

    # --- cadence and milestones

    @cached_property
    def _duties(self) -> list[tuple[Spec, Duty]]:
        duties = {duty.article: duty for duty in with_all(Duty.objects.filter(policy=self.version.policy))}
        return [(spec, duties[spec["article"]]) for spec in self.spec["duties"]]

    def _settings(self) -> Iterator[Step]:
        for spec, duty in self._duties:
            yield self.start, _SETTING, lambda s=spec, d=duty: self._set_cycle(s, d)
            for entry in spec.get("milestones", []):
                yield from self._milestone(duty, entry)
            if not spec.get("released", True):
                yield self.start, _SETTING, lambda d=duty: self._withhold(d)
            if "closed" in spec:
                yield from self._closing(duty, spec["closed"])

    def _set_cycle(self, spec: Spec, duty: Duty) -> None:
        reporting = self.spec["reporting"]
        first = self._day(reporting["from"]) if "from" in reporting else self.start
        actions.set_cycle(
            duty=duty, place=self._lead(duty, P.SET_MILESTONES), cadence=spec["cadence"], from_day=first,
            parts_day=reporting["parts_day"], report_day=reporting["report_day"],
        )  # fmt: skip

    def _withhold(self, duty: Duty) -> None:
        actions.set_release(duty=duty, place=self._lead(duty, P.SET_MILESTONES), released=False, version=duty.version)

    def _milestone(self, duty: Duty, entry: Spec) -> Iterator[Step]:
        held: dict[str, Any] = {}

        def propose() -> None:
            place = self._lead(duty, P.SET_MILESTONES)
            held["it"] = actions.propose_milestone(
                duty=duty, place=place, title=entry["title"], due=self._day(entry["due"]), weight=entry.get("weight", 1)
            )
            actions.move_milestone(milestone=held["it"], move="accept", place=self._above(), version=1)

        def finish() -> None:
            held["it"].refresh_from_db()
            actions.move_milestone(
                milestone=held["it"], move="finish", place=self._lead(duty, P.SET_MILESTONES), version=held["it"].version,
                note=entry["outcome"], done_on=clock.today(),
            )  # fmt: skip

        yield self.start, _SETTING, propose
        if "extension" in entry:
            yield from self._extension(duty, entry["extension"], held)
        if "done" in entry:
            yield self._day(entry["done"]), _DECISION, finish

    def _extension(self, duty: Duty, entry: Spec, held: dict[str, Any]) -> Iterator[Step]:
        def ask() -> None:
            held["extension"] = actions.ask_extension(
                milestone=held["it"], place=self._lead(duty, P.SET_MILESTONES), new_due=self._day(entry["to"]),
                reason=entry["reason"],
            )  # fmt: skip

        def decide() -> None:
            actions.decide_extension(
                extension=held["extension"], approve=entry["approve"], place=self._above(), version=1,
                note=entry["opinion"],
            )  # fmt: skip

        yield self._day(entry["asked"]), _PART, ask
        if "decided" in entry:
            yield self._day(entry["decided"]), _DECISION, decide

    def _closing(self, duty: Duty, entry: Spec) -> Iterator[Step]:
        def move(name: str, place: Callable[[], Place]) -> Callable[[], None]:
            def step() -> None:
                fresh = Duty.objects.select_related("policy").get(pk=duty.pk)
                actions.move_duty(duty=fresh, move=name, place=place(), version=fresh.version, note=entry["note"])

            return step

        yield self._day(entry["asked"]), _REPORT, move("ask_closing", lambda: self._lead(duty))
        yield self._day(entry["struck_off"]), _DECISION, move("close", self._above)

    # --- parts and reports

    def _reports(self) -> Iterator[Step]:
        for spec, duty in self._duties:
            for number, term in enumerate(self._terms(spec, duty)):
                unusual = spec.get("exceptions", {})
                course = unusual.get(term.period, {})
                if "last" in unusual and term == self._terms(spec, duty)[-1]:
                    course = unusual["last"]
                yield from self._period(spec, duty, term, number, course)

    def _terms(self, spec: Spec, duty: Duty) -> list[Term]:
        """The ended periods; the cycle is not stored yet, so it is taken from the specification."""
        reporting = self.spec["reporting"]
        first = self._day(reporting["from"]) if "from" in reporting else self.start
        cycle = ReportingCycle(
            cadence=spec["cadence"],
            from_day=first,
            parts_day=reporting["parts_day"],
            report_day=reporting["report_day"],
        )
        closed = self._day(spec["closed"]["struck_off"]) if "closed" in spec else self.until
        return [term for term in terms([cycle], self.until) if term.report_due <= closed]

    def _period(self, spec: Spec, duty: Duty, term: Term, number: int, course: Spec) -> Iterator[Step]:
        yield from self._parts(duty, term, number, spec["article"])
        if course.get("none"):
            return
        text = course.get("text") or course.get("no_progress") or spec["reports"][number % len(spec["reports"])]
        sent = add_working_days(term.report_due, course.get("late", 0))[0]
        held: dict[str, JointReport] = {}

        def file() -> None:
            progress = "no_progress" in course
            parts = assembled(duty, term.period, self._directory())
            if parts.count("\n") > LONGEST:  # a lead with many participants writes a summary of its own
                parts = "\n".join(line for line in parts.splitlines() if "无进展" in line or line.startswith("未报送"))
            held["it"] = actions.save_report(
                duty=duty, period=term.period, place=self._lead(duty), version=0, submit=True, no_progress=progress,
                behind=course.get("behind", False), text=text if progress else f"{text}\n{parts}".strip(),
            )  # fmt: skip

        def decide() -> None:
            returned = course.get("returned")
            actions.decide_report(
                report=held["it"],
                adopt=not returned,
                place=self._above(),
                version=held["it"].version,
                note=returned or "",
            )

        yield sent, _REPORT, file
        yield add_working_days(sent, 2)[0], _DECISION, decide

    def _parts(self, duty: Duty, term: Term, number: int, article: str) -> Iterator[Step]:
        with clock.standing_on(term.parts_due):
            carriers = expected_parts(duty, self._directory())
        for place, carrier in enumerate(carriers):
            course = self._course(carrier, term, article)
            if course.get("missing"):
                continue
            day = add_working_days(term.parts_due, course.get("late", -(place % 3)))[0]
            yield day, _PART, self._part(duty, term, carrier, number + place, course)

    def _part(self, duty: Duty, term: Term, carrier: Carrier, number: int, course: Spec) -> Callable[[], None]:
        phrases = self.spec["parts"]["phrases"]

        def send() -> None:
            unit = self._directory().today(carrier.written, duty)
            if not unit.reports_online:
                actions.note_contact(duty=duty, unit=unit, period=term.period, place=self._lead(duty))
                return
            place = Place(self._officer(unit, P.SEND_PART), frozenset({Seat.PARTICIPANT}), (unit,))
            part = actions.save_part(
                duty=duty, unit=unit, period=term.period, place=place, version=0, submit=True,
                text=course.get("no_progress") or phrases[number % len(phrases)], no_progress="no_progress" in course,
            )  # fmt: skip
            if "returned" in course:
                actions.return_part(part=part, place=self._lead(duty), version=part.version, note=course["returned"])

        return send

    def _course(self, carrier: Carrier, term: Term, article: str) -> Spec:
        for entry in self.spec["parts"]["exceptions"]:
            named = (entry["unit"], str(entry["period"]), entry.get("article", article))
            if named == (carrier.role.as_written, term.period, article):
                return dict(entry)
        return {}

    # --- slips and goals

    def _slips(self) -> Iterator[Step]:
        duties = {spec["article"]: duty for spec, duty in self._duties}
        for entry in self.spec["slips"]:
            yield from self._slip(duties[entry["article"]], entry)

    def _slip(self, duty: Duty, entry: Spec) -> Iterator[Step]:
        held: dict[str, Any] = {}

        def issue() -> None:
            held["it"] = actions.issue_slip(
                duty=duty, place=self._above(), level=SlipLevel.objects.get(region="", code=entry["level"]),
                reason=entry["reason"], due=self._day(entry["due"]) if "due" in entry else None,
            )  # fmt: skip

        yield self._day(entry["issued"]), _DECISION, issue
        if "replied" in entry:
            yield (
                self._day(entry["replied"]),
                _REPORT,
                lambda: actions.move_slip(
                    slip=held["it"],
                    move="reply",
                    place=self._lead(duty),
                    version=held["it"].version,
                    note=entry["reply"],
                ),
            )
        if "closed" in entry:
            yield (
                self._day(entry["closed"]),
                _DECISION,
                lambda: actions.move_slip(
                    slip=held["it"], move="close", place=self._above(), version=held["it"].version
                ),
            )

    def _goals(self) -> Iterator[Step]:
        for entry in self.spec["goals"]:
            goal = self._goal(entry["name"])
            if goal is None:
                log.warning("the demo names a goal that the pack does not have", goal=entry["name"])
                continue
            if "measures" in entry:
                yield self.start, _SETTING, lambda g=goal, e=entry: self._measures(g, e)
            for observed in entry["observations"]:
                yield from self._observation(goal.pk, observed)

    def _goal(self, named: str | list[str]) -> Goal | None:
        """The goal whose name holds one of the given pieces; growth rates and multiples are not meant."""
        goals = Goal.objects.filter(policy=self.version.policy, operator__in=["", ">=", "<="])
        for piece in [named] if isinstance(named, str) else named:
            found = goals.filter(name__contains=piece).first()
            if found:
                return found
        return None

    def _measures(self, goal: Goal, entry: Spec) -> None:
        set_measures(
            goal=goal, by=self.supervisor.user, organisation=self.supervisor.organisation.name,
            ambiguity=entry.get("ambiguity", ""), measures=entry["measures"],
        )  # fmt: skip

    def _observation(self, goal_id: UUID, entry: Spec) -> Iterator[Step]:
        held: dict[str, Any] = {}

        def report() -> None:
            goal = Goal.objects.select_related("policy", "reporter__organisation").get(pk=goal_id)
            assert goal.reporter is not None
            place = Place(self._officer(goal.reporter, P.REPORT_GOAL), frozenset({Seat.REPORTER}))
            measure = goal.measures.get(code=entry.get("measure", "reported")) if goal.quantified else None
            held["it"] = report_observation(
                goal=goal, place=place, as_of=self._day(entry["as_of"]), basis=entry["basis"], measure=measure,
                value=entry.get("value"), statement=entry.get("statement", ""),
            )  # fmt: skip

        def attest() -> None:
            place = place_in_goal(self.attester, held["it"].goal)
            decide_observation(observation=held["it"], attest=True, place=place, version=held["it"].version)

        yield self._day(entry["reported"]), _REPORT, report
        if "attested" in entry:
            yield self._day(entry["attested"]), _DECISION, attest
