"""Rates in a text: ``30%``, ``2‰``, ``三成``, ``三分之一``, ``2/3``, ``百分之五``, ``1:2``, ``一半``; as exact fractions.

A percentage point (百分点) is no rate of anything and is left out here; see :mod:`counts`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from luodi.quantities.numerals import ARABIC, CHINESE, numeral


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate at ``[start, end)``; ``low`` is the lower end of a range (``10%—30%`` has value 3/10, low 1/10)."""

    start: int
    end: int
    value: Fraction
    low: Fraction | None = None


_DASH = r"\s?(?:[—–~-]{1,2}|至|到)\s?"
_RATE = re.compile(
    rf"(?:(?P<low>{ARABIC})\s?(?:%|‰)?{_DASH})?(?P<number>{ARABIC})\s?(?P<sign>%|‰)"
    rf"|(?P<denominator>百|千|万|{CHINESE})分之(?P<numerator>{CHINESE}(?:点{CHINESE})?)(?!次性|并|同|直)"  # 百分之五一次性补偿
    rf"|(?P<tenths>[一二三四五六七八九]|\d)成(?![为立果员就效都功本交长分熟])"
    r"|(?<![\d:])(?P<own>\d{1,2}(?:\.\d+)?)\s?[:∶比]\s?(?P<their>\d{1,2}(?:\.\d+)?)(?![\d:])"
    r"|(?<=[的费额])(?P<upper>[1-9])/(?P<lower>[2-9])(?![\d/])"
    r"|(?P<half>一半|半[数额])"
)
_ELIDED = re.compile(rf"(?P<number>{ARABIC})(?P<join>\s?(?:[、,]|和|及|与|以及)\s?)\Z")
_MAX_ELIDED = 12


def find_rates(text: str) -> list[Rate]:
    """Every rate of a text in order; in ``10、20和30%`` the sign is carried backwards."""
    found: list[Rate] = []
    end = 0
    for at in _RATE.finditer(text):
        rate = _rate(at)
        if rate is None:
            continue
        if at["sign"]:
            found += _elided(text, end, at)
        found.append(rate)
        end = rate.end
    return found


def _rate(at: re.Match[str]) -> Rate | None:
    value, low = _value(at), None
    if at["low"]:
        low = (numeral(at["low"]) or Fraction(0)) / (1000 if at["sign"] == "‰" else 100)
        if value is not None and low >= value:
            low = None
    return None if value is None else Rate(at.start(), at.end(), value, low)


def _value(at: re.Match[str]) -> Fraction | None:
    if at["sign"]:
        number = numeral(at["number"])
        return None if number is None else number / (1000 if at["sign"] == "‰" else 100)
    if at["denominator"]:
        return _parts(at["denominator"], at["numerator"])
    if at["upper"]:
        return Fraction(int(at["upper"]), int(at["lower"]))
    if at["tenths"]:
        tenths = numeral(at["tenths"])
        return None if tenths is None else tenths / 10
    if at["own"]:
        own, their = Fraction(at["own"]), Fraction(at["their"])
        return their / own if own else None
    return Fraction(1, 2)


def _parts(denominator: str, numerator: str) -> Fraction | None:
    whole, _, decimals = numerator.partition("点")
    value, below = numeral(whole), numeral({"百": "一百", "千": "一千", "万": "一万"}.get(denominator, denominator))
    if value is None or not below:
        return None
    if decimals:
        value += (numeral(decimals) or Fraction(0)) / 10 ** len(decimals)
    return value / below


def _elided(text: str, floor: int, at: re.Match[str]) -> list[Rate]:
    """The bare numbers of a list before a rate (``分别按5、8和10%``)."""
    items: list[Rate] = []
    cut, share = at.start(), 1000 if at["sign"] == "‰" else 100
    while (before := _ELIDED.search(text, max(floor, cut - _MAX_ELIDED), cut)) is not None:
        if before["join"].strip() == "," or (before.start() and text[before.start() - 1] in ".0123456789第"):
            break
        value = numeral(before["number"])
        if value is None or value > share:
            break
        items.append(Rate(before.start(), before.start("join"), value / share))
        cut = before.start()
    return items[::-1]
