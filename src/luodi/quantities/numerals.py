"""Numerals as documents write them: Arabic (``1,000``, ``1.5``), Chinese (``一千二百``, ``两``), mixed (``3千``, ``2万``).

Offsets and values only; what the number counts is the business of :mod:`money`, :mod:`rates`, :mod:`counts`.
"""

from __future__ import annotations

import re
from fractions import Fraction

ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,15})(?:\.\d{1,8})?"
CHINESE = r"[一二两三四五六七八九十百千零〇○]{1,15}(?:点[一二三四五六七八九零〇○]{1,4}(?!十))?"
CAPITAL = r"[壹贰叁肆伍陆柒捌玖拾佰仟零]{1,15}"
"""Capital numerals (大写数字) of money: 伍拾万元; elsewhere they are parts of names (大陆, 队伍)."""
SCALE = r"(?:万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百)"

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_TENS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
_MIXED = re.compile(rf"({ARABIC})({SCALE}{{0,4}})")
_YEAR_DIGITS = re.compile(r"[一二三四五六七八九零〇○]{2,}")


def numeral(text: str) -> Fraction | None:
    """The value of a whole numeral (``1.5万`` → 15000, ``二百五十`` → 250); None where it is none."""
    text = "".join(text.split()).translate(_PLAIN)
    mixed = _MIXED.fullmatch(text)
    if mixed:
        return Fraction(mixed[1].replace(",", "")) * scale(mixed[2])
    return _chinese(text)


def scale(word: str) -> int:
    """The factor of a scale word: ``万`` → 10000, ``千万`` → 10000000, empty → 1."""
    factor = 1
    for character in word:
        factor *= _TENS.get(character) or _GROUPS.get(character) or 1
    return factor


def _chinese(text: str) -> Fraction | None:
    whole, point, decimals = text.partition("点")
    if point:
        value, digits = _chinese(whole), [_DIGITS.get(c) for c in decimals]
        if value is None or not digits or None in digits:
            return None
        return value + Fraction(int("".join(map(str, digits))), 10 ** len(digits))
    if not text or any(c not in _DIGITS and c not in _TENS and c not in _GROUPS for c in text):
        return None
    if _YEAR_DIGITS.fullmatch(text):
        return Fraction(int("".join(str(_DIGITS[c]) for c in text)))
    total = section = digit = 0
    pending = False
    for character in text:
        if character in _DIGITS:
            digit, pending = _DIGITS[character], True
        elif character in _TENS:
            section += (digit if pending else 1) * _TENS[character]
            digit, pending = 0, False
        else:
            below = section + digit or (0 if total else 1)
            group = _GROUPS[character]
            total = total + below * group if total >= group else (total + below) * group
            section = digit = 0
            pending = False
    return Fraction(total + section + digit)
