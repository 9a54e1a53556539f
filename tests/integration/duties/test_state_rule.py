"""The published rule: what gives which colour, for any situation."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from luodi.service.duties.states import LOOKS, Due, Situation, Step, state_of

DAY = dt.date(2026, 4, 20)
days = st.integers(-400, 400).map(lambda n: DAY + dt.timedelta(n))
past = st.integers(0, 400).map(lambda n: DAY - dt.timedelta(n))
steps = st.builds(Step, title=st.just("节点"), due=days, done_on=st.none() | past)
reports = st.builds(
    Due, label=st.just("2026年3月"), ended=days, due=days, submitted_on=st.none() | past, returned=st.booleans(),
    no_progress=st.booleans(), behind=st.booleans(),
)  # fmt: skip
situations = st.builds(
    Situation, day=st.just(DAY), starts_on=st.none() | days, closed_on=st.none() | past, steps=st.lists(steps, max_size=4),
    proposed=st.integers(0, 3), reports=st.lists(reports, max_size=4),
)  # fmt: skip


def colour(situation: Situation) -> str:
    return state_of(situation).look.colour


@given(situations)
def test_red_needs_a_missed_milestone_or_reporting_date(situation):
    missed = [s for s in situation.steps if s.done_on is None and s.due < DAY]
    missed += [r for r in situation.reports if r.submitted_on is None and r.due < DAY]
    red = colour(situation) == "red"
    begun = situation.starts_on is None or situation.starts_on <= DAY
    assert red == bool(missed and begun and not situation.closed_on)


@given(situations)
def test_without_milestone_and_reports_never_anything_but_grey_or_closed(situation):
    bare = Situation(DAY, situation.starts_on, situation.closed_on, [], situation.proposed, [])
    assert colour(bare) == ("blue" if bare.closed_on else "grey")


@given(situations)
def test_green_and_done_only_with_an_accepted_milestone(situation):
    if state_of(situation).code in ("on_schedule", "done"):
        assert situation.steps


@given(situations)
def test_caught_up_after_the_date_is_yellow_never_green(situation):
    late = [s for s in situation.steps if s.done_on and s.done_on > s.due]
    if late and not situation.closed_on and (situation.starts_on is None or situation.starts_on <= DAY):
        assert colour(situation) in ("yellow", "red")


@given(situations)
def test_proposed_milestones_do_not_count(situation):
    without = Situation(DAY, situation.starts_on, situation.closed_on, situation.steps, 0, situation.reports)
    assert state_of(situation).code == state_of(without).code


@given(situations)
def test_every_state_has_word_shape_reason(situation):
    state = state_of(situation)
    assert state.code in LOOKS and state.word and state.look.shape and state.reason


def test_no_report_is_not_no_progress():
    due, ended = DAY - dt.timedelta(5), DAY - dt.timedelta(20)
    step = Step("节点", DAY + dt.timedelta(90), None)
    silent = Situation(DAY, None, None, [step], 0, [Due("3月", ended, due, None)])
    nothing_done = Situation(DAY, None, None, [step], 0, [Due("3月", ended, due, due, no_progress=True)])
    assert (state_of(silent).code, state_of(nothing_done).code) == ("overdue", "on_schedule")


def test_two_periods_without_progress_are_behind():
    due, ended = DAY - dt.timedelta(5), DAY - dt.timedelta(20)
    report = Due("3月", ended, due, due, no_progress=True)
    step = Step("节点", DAY + dt.timedelta(90), None)
    assert state_of(Situation(DAY, None, None, [step], 0, [report, report])).word == "进度滞后"


def test_due_soon_counts_from_fifteen_days():
    def word(left: int) -> str:
        return state_of(Situation(DAY, None, None, [Step("节点", DAY + dt.timedelta(left), None)], 0, [])).word

    assert [word(left) for left in (16, 15, 0, -1)] == ["正常推进", "临期", "临期", "逾期 1 天"]
