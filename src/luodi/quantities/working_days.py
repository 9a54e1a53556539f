"""Working days by our own calendar table (``public_holidays.json``).

Years outside the table are counted by weekends and the fixed public holidays alone, and the answer says so: it is
*provisional* until the State Council's notice for that year is entered.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple

UNANNOUNCED = "节假日安排尚未公布"
"""Why a provisional number of working days, or a day that follows from one, may still change."""
_DAY = dt.timedelta(days=1)
_SATURDAY = 5
# 元旦, 劳动节, 国庆节: fixed by the regulation on public holidays; the lunar ones wait for the yearly notice.
_FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


class _Calendar(NamedTuple):
    off: frozenset[dt.date]
    worked: frozenset[dt.date]
    years: frozenset[int]


def is_working_day(day: dt.date) -> bool:
    """Whether offices work on a day."""
    table = _calendar()
    if day.year not in table.years:
        return day.weekday() < _SATURDAY and (day.month, day.day) not in _FIXED
    return day in table.worked or (day.weekday() < _SATURDAY and day not in table.off)


def is_provisional(day: dt.date) -> bool:
    """Whether the table lacks the day's year."""
    return day.year not in _calendar().years


def add_working_days(start: dt.date, days: int) -> tuple[dt.date, bool]:
    """The n-th working day after a date (before it, where n is negative) and whether that is provisional.

    The starting day itself never counts (法定期间: 开始之日不计算在期间内). ``days`` 0 gives the start.
    """
    day, left, provisional = start, abs(days), is_provisional(start)
    step = _DAY if days >= 0 else -_DAY
    while left:
        day += step
        provisional = provisional or is_provisional(day)
        left -= is_working_day(day)
    return day, provisional


def working_days_between(start: dt.date, end: dt.date) -> tuple[int, bool]:
    """How many working days lie after ``start`` up to and including ``end`` (negative if it is past), and provisional."""
    if end < start:
        count, provisional = working_days_between(end, start)
        return -count, provisional
    days = (end - start).days
    count = sum(is_working_day(start + _DAY * n) for n in range(1, days + 1))
    return count, is_provisional(start) or is_provisional(end)


@cache
def _calendar() -> _Calendar:
    rows = json.loads(files("luodi.quantities").joinpath("public_holidays.json").read_text("utf-8"))
    off: set[dt.date] = set()
    worked: set[dt.date] = set()
    years = {int(year) for year in rows if year.isdigit()}
    for year in years:
        for entry in rows[str(year)]["off"]:
            first, _, last = entry.partition(" ")
            off |= _run(f"{year}-{first}", f"{year}-{last or first}")
        worked |= {dt.date.fromisoformat(f"{year}-{day}") for day in rows[str(year)]["worked"]}
    return _Calendar(frozenset(off), frozenset(worked), frozenset(years))


def _run(first: str, last: str) -> set[dt.date]:
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return {start + _DAY * n for n in range((end - start).days + 1)}
