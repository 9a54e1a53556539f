"""Dates as documents write them (2019年1月14日, 2019-01-14, 二〇一九年一月十四日), and the year of a paper."""

from __future__ import annotations

import datetime as dt
import re

from luodi.document.tree import Document

DAY = r"\d{4}年\d{1,2}月\d{1,2}日"
"""A whole date in figures, as a pattern."""
NUMBERED_IN = re.compile(r"〔(20\d\d)〕")
"""The year in the number of a paper."""
_DATE_LINE = re.compile(r"^\W{0,4}(20\d\d)年\d{1,2}月\d{1,2}日\W{0,4}$", re.MULTILINE)
_HEAD = 1000
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零O0", 0)
_ARABIC = re.compile(r"(?P<y>\d{4}) ?(?:年|[-/.]) ?(?P<m>\d{1,2}) ?(?:月|[-/.]) ?(?P<d>\d{1,2})(?: ?日)?(?!\d)")
_CHINESE = re.compile(
    r"(?P<y>[一二三四五六七八九〇零○O0]{4})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)


def find_date(text: str) -> dt.date | None:
    """The date a text names; None where it names none, an impossible one, or two different ones."""
    found = {date for at in _ARABIC.finditer(text) if (date := _real(int(at["y"]), int(at["m"]), int(at["d"])))}
    for at in _CHINESE.finditer(text):
        year = int("".join(str(_DIGITS[char]) for char in at["y"]))
        if date := _real(year, _tens(at["m"]), _tens(at["d"])):
            found.add(date)
    return found.pop() if len(found) == 1 else None


def year_of(document: Document) -> int | None:
    """The year of a paper: of a date on a line of its own, else of its number; None where neither tells it."""
    number = NUMBERED_IN.search(document.clean[:_HEAD])
    return year_signed(document.clean) or (int(number[1]) if number else None)


def year_signed(text: str) -> int | None:
    """The year of the first date that stands on a line of its own."""
    found = _DATE_LINE.search(text)
    return int(found[1]) if found else None


def _real(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _tens(text: str) -> int:
    """A Chinese numeral below 100."""
    head, ten, tail = text.partition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return _DIGITS.get(head or "一", 0) * 10 + _DIGITS.get(tail, 0)
