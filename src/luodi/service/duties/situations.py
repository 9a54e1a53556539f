"""From stored rows to what the state rule reads: a duty as it was known on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from luodi.service.duties.models import Duty, Extension, JointReport, Milestone, StateOn
from luodi.service.duties.periods import Term, terms
from luodi.service.duties.states import RULE_VERSION, Due, Situation, State, Step, state_of

READ = ("cycles", "milestones__extensions", "jointreports")  # what the rule rests on


def with_all(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Duties with everything that their states rest on, in a fixed number of queries."""
    return (
        duties.select_related("policy", "policy_version")
        .defer("policy_version__pack")
        .prefetch_related("roles__unit_class", *READ)
    )


def counted_day(duty: Duty, day: dt.date) -> dt.date:
    """The day the clocks stand on: after the policy has lapsed, its last day."""
    return min(day, duty.ends_on) if duty.ends_on else day


def terms_of(duty: Duty, day: dt.date) -> list[Term]:
    """The periods to be reported that began by the day, oldest first; none after the duty was struck off."""
    day = counted_day(duty, day)
    return terms(list(duty.cycles.all()), min(day, duty.closed_on) if duty.closed_on else day)


def situation_of(duty: Duty, day: dt.date) -> Situation:
    """What the rule reads of a duty on a day; later steps are not known yet."""
    day = counted_day(duty, day)
    milestones = list(duty.milestones.all())
    return Situation(
        day=day,
        starts_on=duty.starts_on,
        closed_on=duty.closed_on if duty.closed_on and duty.closed_on <= day else None,
        steps=[_step(m, day) for m in milestones if m.accepted_on and m.accepted_on <= day],
        proposed=sum(m.state == Milestone.State.PROPOSED for m in milestones),
        reports=_reports(duty, day),
    )


def state_on(duty: Duty, day: dt.date) -> State:
    """The state of a duty on a day."""
    return state_of(situation_of(duty, day))


def shown_state(duty: Duty, day: dt.date, office: bool) -> State:
    """The state as offices see it; the public sees that of a released duty only."""
    if office or duty.released:
        return state_on(duty, day)
    return State("withheld", "牵头单位没有公开进展")


def note_state(duty: Duty, day: dt.date) -> None:
    """Store the state with its rule version where it differs from the last one stored."""
    fresh = Duty.objects.prefetch_related(*READ).get(pk=duty.pk)
    state = state_on(fresh, day)
    last = StateOn.objects.filter(duty=duty).first()
    if last and (last.code, last.rule_version) == (state.code, RULE_VERSION):
        return
    StateOn.objects.create(
        duty=duty, on=day, code=state.code, word=state.word, reason=state.reason[:300], rule_version=RULE_VERSION
    )


def _step(milestone: Milestone, day: dt.date) -> Step:
    granted = [
        e
        for e in milestone.extensions.all()
        if e.state == Extension.State.APPROVED and e.decided_on and e.decided_on <= day
    ]
    due = max((e.new_due for e in granted), default=milestone.first_due)
    done = milestone.done_on if milestone.done_on and milestone.done_on <= day else None
    return Step(milestone.title, due, done)


def _reports(duty: Duty, day: dt.date) -> list[Due]:
    reports = {report.period: report for report in duty.jointreports.all()}
    return [_due(term, reports.get(term.period), day) for term in terms_of(duty, day)]


def _due(term: Term, report: JointReport | None, day: dt.date) -> Due:
    sent = report.first_submitted_on if report else None
    if report is None or sent is None or sent > day:
        return Due(term.label, term.end, term.report_due, None)
    return Due(
        term.label, term.end, term.report_due, sent, report.state == JointReport.State.RETURNED, report.no_progress,
        report.behind,
    )  # fmt: skip
