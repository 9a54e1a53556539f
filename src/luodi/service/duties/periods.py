"""Reporting periods (报送期) and their two clocks. A period is written ``2020-09`` or ``2020Q3``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from luodi.quantities.working_days import UNANNOUNCED, is_provisional, is_working_day

_DAY = dt.timedelta(days=1)
_MONTHS = {"monthly": 1, "quarterly": 3}


class Cycle(Protocol):
    """How often a duty is reported from a day on, and on which days of the following month the clocks end."""

    cadence: str
    from_day: dt.date
    parts_day: int
    report_day: int


@dataclass(frozen=True)
class Term:
    """One period to be reported: its last day, when parts are due at the lead, when the report at the supervisor."""

    period: str
    start: dt.date
    end: dt.date
    parts_due: dt.date
    report_due: dt.date
    provisional: bool

    @property
    def label(self) -> str:
        """The period in words."""
        return period_label(self.period)

    @property
    def remark(self) -> str:
        """That its days may still change, and why; empty where they stand."""
        return f"（{UNANNOUNCED}，日期暂定）" if self.provisional else ""


def period_label(period: str) -> str:
    """``2020年9月`` or ``2020年第3季度``."""
    year, rest = period[:4], period[4:]
    return f"{year}年第{rest[1:]}季度" if rest[0] == "Q" else f"{year}年{int(rest[1:])}月"


def terms(cycles: Sequence[Cycle], until: dt.date) -> list[Term]:
    """Every period that began by ``until``, oldest first; ``cycles`` in order of their first day.

    A cycle holds from the first whole period on or after its first day until the next cycle's first period.
    """
    ends = [_first_start(later) for _, later in pairwise(cycles)]
    found: list[Term] = []
    for cycle, before in zip(cycles, [*ends, None], strict=False):
        found += _of_cycle(cycle, until, before)
    return found


def _of_cycle(cycle: Cycle, until: dt.date, before: dt.date | None) -> Iterator[Term]:
    if cycle.cadence not in _MONTHS:
        return
    start = _first_start(cycle)
    while start <= until and (before is None or start < before):
        following = _months_later(start, _MONTHS[cycle.cadence])
        parts, report = _due(following, cycle.parts_day), _due(following, cycle.report_day)
        yield Term(
            _name(start, cycle.cadence), start, following - _DAY, parts, report,
            is_provisional(parts) or is_provisional(report),
        )  # fmt: skip
        start = following


def _first_start(cycle: Cycle) -> dt.date:
    """The first period start on or after the cycle's first day; that day itself where nothing is reported."""
    months = _MONTHS.get(cycle.cadence)
    if months is None:
        return cycle.from_day
    start = dt.date(cycle.from_day.year, (cycle.from_day.month - 1) // months * months + 1, 1)
    return start if start == cycle.from_day else _months_later(start, months)


def _months_later(day: dt.date, months: int) -> dt.date:
    count = day.year * 12 + day.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


def _due(month: dt.date, day_of_month: int) -> dt.date:
    """A day of a month; a day of rest moves it to the next working day."""
    due = month.replace(day=day_of_month)
    while not is_working_day(due):
        due += _DAY
    return due


def _name(start: dt.date, cadence: str) -> str:
    return f"{start:%Y-%m}" if cadence == "monthly" else f"{start.year}Q{(start.month + 2) // 3}"
