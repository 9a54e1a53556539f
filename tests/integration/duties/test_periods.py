import datetime as dt
from types import SimpleNamespace

import pytest

from luodi.service.duties.periods import period_label, terms
from luodi.service.duties.unit_page import UnitDuty


def cycle(cadence, start, parts=5, report=10):
    return SimpleNamespace(cadence=cadence, from_day=dt.date.fromisoformat(start), parts_day=parts, report_day=report)


def test_monthly_periods_with_two_clocks_moved_past_days_of_rest():
    found = terms([cycle("monthly", "2020-08-01")], dt.date(2020, 10, 15))
    assert [t.period for t in found] == ["2020-08", "2020-09", "2020-10"]
    september = found[1]
    assert september.end == dt.date(2020, 9, 30)
    # 1–8 October 2020 were holidays, the 10th (a Saturday) was worked
    assert (september.parts_due, september.report_due) == (dt.date(2020, 10, 9), dt.date(2020, 10, 10))


def test_quarters_begin_with_the_first_whole_quarter():
    found = terms([cycle("quarterly", "2019-02-01")], dt.date(2019, 10, 2))
    assert [t.period for t in found] == ["2019Q2", "2019Q3", "2019Q4"]
    assert found[0].end == dt.date(2019, 6, 30)


def test_a_new_cycle_leaves_earlier_periods_alone_and_none_between_is_lost():
    found = terms([cycle("monthly", "2020-01-01"), cycle("quarterly", "2020-05-10")], dt.date(2020, 12, 31))
    assert [t.period for t in found] == ["2020-01", "2020-02", "2020-03", "2020-04", "2020-05", "2020-06", "2020Q3",
                                         "2020Q4"]  # fmt: skip


def test_reporting_ends_with_a_cycle_of_none():
    found = terms([cycle("monthly", "2020-01-01"), cycle("none", "2020-03-01")], dt.date(2020, 12, 31))
    assert [t.period for t in found] == ["2020-01", "2020-02"]


def test_labels():
    assert (period_label("2020-09"), period_label("2020Q3")) == ("2020年9月", "2020年第3季度")


@pytest.mark.parametrize(
    ("day", "left", "late"),
    [
        (dt.date(2020, 10, 9), "剩余 4 个工作日", False),  # the Saturday after the holiday is worked
        (dt.date(2020, 10, 13), "剩余 1 个工作日", False),
        (dt.date(2020, 10, 14), "今天到期", False),
        (dt.date(2020, 10, 19), "逾期 5 天", True),
    ],
)
def test_what_is_owed_tells_working_days_left_or_days_late(day, left, late):
    line = UnitDuty(None, True, "", None, None, None, dt.date(2020, 10, 14), day)
    assert (line.left, line.late) == (left, late)
