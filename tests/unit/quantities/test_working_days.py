"""Working days by the calendar table, and past its end."""

import datetime as dt

import pytest

from luodi.quantities.working_days import add_working_days, is_provisional, is_working_day, working_days_between

DAY = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2020-01-23", True), ("2020-01-24", False), ("2020-02-02", False), ("2020-02-03", True),
        ("2022-10-08", True), ("2022-12-31", False), ("2024-02-18", True), ("2025-09-28", True), ("2026-02-23", False),
        ("2026-10-10", True), ("2026-07-18", False), ("2026-07-20", True),
    ],
)  # fmt: skip
def test_weekends_holidays_and_days_made_up(day, works):
    assert is_working_day(DAY(day)) is works
    assert not is_provisional(DAY(day))


def test_the_first_day_does_not_count():
    assert add_working_days(DAY("2020-09-30"), 1) == (DAY("2020-10-09"), False)
    assert add_working_days(DAY("2020-10-09"), 2) == (DAY("2020-10-12"), False)
    assert add_working_days(DAY("2020-10-09"), 0) == (DAY("2020-10-09"), False)


def test_counting_back():
    assert add_working_days(DAY("2020-10-09"), -1) == (DAY("2020-09-30"), False)


def test_a_term_over_the_end_of_the_table_is_provisional():
    day, provisional = add_working_days(DAY("2026-12-28"), 60)
    assert provisional
    assert is_provisional(day)
    assert not is_working_day(DAY("2027-01-01"))


def test_between_is_the_inverse():
    start = DAY("2020-09-21")
    for days in (0, 1, 7, 30):
        end, _ = add_working_days(start, days)
        assert working_days_between(start, end) == (days, False)
        assert working_days_between(end, start) == (-days, False)
