"""Dates, deadlines and terms: ``2019年1月14日``, ``二○○九年十月二十九日``, ``到2020年``, ``“十四五”末``, ``连续5年``."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from luodi.quantities.numerals import CHINESE, numeral


@dataclass(frozen=True, slots=True)
class Date:
    """A full date at ``[start, end)``."""

    start: int
    end: int
    value: dt.date


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when: ``when`` is a year (``2020``) or an ISO date; ``by`` says whether a word such as 到 or 前 marks it."""

    start: int
    end: int
    when: str
    by: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A span of time: ``连续5年``, ``不超过3年``, ``6个月``."""

    start: int
    end: int
    length: int
    unit: Literal["year", "month", "day", "working_day"]


_CHINESE_YEAR = r"(?:[一二三四五六七八九零〇○]{4}|[一二][一二三四五六七八九零〇○0O]{3})"
_DATE = re.compile(rf"(\d{{4}}|{_CHINESE_YEAR})\s?年\s?(\d{{1,2}}|{CHINESE})\s?月\s?(\d{{1,2}}|{CHINESE})\s?日")
_PLANS = {
    "七五": 1990,
    "八五": 1995,
    "九五": 2000,
    "十五": 2005,
    "十一五": 2010,
    "十二五": 2015,
    "十三五": 2020,
    "十四五": 2025,
    "十五五": 2030,
    "十六五": 2035,
}
_DEADLINE = re.compile(
    r"(?P<to>到|至|截至|截止到|力争到?|确保到?|在|于)?"
    r"(?:(?P<year>20\d{2}|(?<=[到至])19[89]\d|"
    + _CHINESE_YEAR
    + r")\s?年(?:\s?(?P<month>\d{1,2})\s?月(?:\s?(?P<day>\d{1,2})\s?日)?)?"
    r"|[“”\"]?(?P<plan>十[一二三四五六]五|(?<=“)(?:[七八九]五|十五)(?=”))[“”\"]?(?:时期|期间|规划期?)?(?P<tail>末|期末|期间)?)"
    r"(?P<end>[春秋]季(?:学期)?开学前|底前?|末前?|年?底|以前|之前|前|期间)?"
)
# 在2018年基础上翻一番, 较2019年底增长: the year that a measure starts from bounds nothing.
_BASE_BEFORE = re.compile(r"(?<!占)(?<!对)(?:比|较|与|以|相对于?)\Z")
_BASE_AFTER = re.compile(r"的?(?:基础(?:之)?上|水平|为基(?:期|数|准)|相比)")
_TERM = re.compile(
    rf"(\d+|{CHINESE})\s?(?:个)?(?:(工作日)|(年)(?![级代份度月底末前初以]|来)|(月)(?!底|末|\d)|(日|天)(?!前))"
)
_TERM_UNITS: tuple[Literal["working_day", "year", "month", "day"], ...] = ("working_day", "year", "month", "day")


def yearly_words(value: str) -> str:
    """A day or month of every year as a sentence has it: ``02`` 每年 2 月底前, ``03-01/03-31`` 每年 3 月 1 日至 3 月 31 日."""
    first, ranged, last = value.partition("/")
    if not ranged:
        return f"每年 {_day_of_year(first)}{'' if '-' in first else '底'}前"
    return f"每年 {_day_of_year(first)}{'至 ' + _day_of_year(last) if last else '起'}"


def _day_of_year(value: str) -> str:
    month, _, day = value.partition("-")
    return f"{int(month)} 月" + (f" {int(day)} 日" if day else "")


def find_dates(text: str) -> list[Date]:
    """Every full date; an impossible one (``2月30日``) is left out."""
    return [date for at in _DATE.finditer(text) if (date := _date(at)) is not None]


def find_deadlines(text: str) -> list[Deadline]:
    """Years, dates and five-year plans that may bound a goal."""
    found = []
    for at in _DEADLINE.finditer(text):
        when = _when(at)
        if when and not _is_base(text, at):
            found.append(
                Deadline(
                    at.start(),
                    at.end(),
                    when,
                    bool(at["to"] or at["end"] or at["tail"] or at[0].endswith(("期间", "时期"))),
                )
            )
    return found


def find_terms(text: str) -> list[Term]:
    """Lengths of time in whole years, months, days or working days."""
    found = []
    for at in _TERM.finditer(text):
        length = numeral(at[1])
        if length is not None and length.denominator == 1 and length < 1000:
            unit = next(name for name, group in zip(_TERM_UNITS, at.groups()[1:], strict=True) if group)
            found.append(Term(at.start(), at.end(), int(length), unit))
    return found


def _date(at: re.Match[str]) -> Date | None:
    parts = [numeral(at[1]), numeral(at[2]), numeral(at[3])]
    if None in parts:
        return None
    try:
        return Date(at.start(), at.end(), dt.date(*(int(part or 0) for part in parts)))
    except ValueError:
        return None


def _is_base(text: str, at: re.Match[str]) -> bool:
    """Whether a year is what another is compared with."""
    before = text[max(0, at.start() - 3) : at.start()]
    return bool(_BASE_BEFORE.search(before) or _BASE_AFTER.match(text, at.end()))


def _when(at: re.Match[str]) -> str | None:
    if at["plan"]:
        year = _PLANS.get(at["plan"])
        return str(year) if year else None
    told: str = at["year"]
    year_number = numeral(told if told.isdigit() else re.sub("[0O]", "〇", told))
    if year_number is None:
        return None
    if at["month"] and at["day"]:
        try:
            return dt.date(int(year_number), int(at["month"]), int(at["day"])).isoformat()
        except ValueError:
            return str(year_number)
    return str(year_number)


def last_day(start: dt.date, years: int) -> dt.date:
    """The last day of so many years: the day before the anniversary (28 February for 29)."""
    day = min(start.day, monthrange(start.year + years, start.month)[1])
    return start.replace(year=start.year + years, day=day) - dt.timedelta(1)


def last_in_force(said: Mapping[str, Any], issued_on: str | None = None) -> dt.date | None:
    """The last day of a time in force as a text tells it: that day, else so many years since its first day or since its issue."""
    if said.get("effective_to"):
        return dt.date.fromisoformat(said["effective_to"])
    start = dt.date.fromisoformat(said["effective_from"]) if said.get("effective_from") else None
    if start is None and issued_on and said.get("days_after_issue") is not None:
        start = dt.date.fromisoformat(issued_on) + dt.timedelta(said["days_after_issue"])
    return last_day(start, said["years"]) if start and said.get("years") else None
