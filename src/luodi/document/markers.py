"""Enumerators (条款序号): what may number an article, where it stands and what it counts."""

from __future__ import annotations

import re
from typing import NamedTuple

_CN = "〇零一二三四五六七八九十百两"
_CN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


class Marker(NamedTuple):
    """One enumerator: its kind, its label as it stands in an address, its number and its place in the clean text."""

    kind: str
    label: str
    value: int
    start: int
    end: int
    inline: bool


def chinese_number(text: str) -> int:
    """The value of a small Chinese or Arabic numeral (``二十三`` → 23)."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif char == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            digit = _CN_DIGITS[char]
    return total + digit


_NUMBER = f"(?P<n>[{_CN}]{{1,6}}|\\d{{1,3}})"
_FORMS = {
    "chapter": re.compile(rf"第{_NUMBER}章"),
    "clause": re.compile(rf"第{_NUMBER}条[:、]?"),
    "cn": re.compile(rf"(?P<n>[{_CN}]{{1,4}})、"),
    "pcn": re.compile(rf"\((?P<n>[{_CN}]{{1,4}})\)"),
    "num": re.compile(r"(?P<n>\d{1,3})(?:\.(?!\d)|、)"),
    "pnum": re.compile(r"\((?P<n>\d{1,3})\)"),
    "circled": re.compile("(?P<n>[①-⑳])"),
}


def find(clean: str) -> list[Marker]:
    """All enumerators at the start of a line."""
    found = []
    start = 0
    while start < len(clean):
        for kind, form in _FORMS.items():
            at = form.match(clean, start)
            if at:
                found.append(_marker(kind, at))
                break
        start = clean.find("\n", start) + 1 or len(clean)
    return found


def _marker(kind: str, at: re.Match[str]) -> Marker:
    number = at["n"]
    value = ord(number) - ord("①") + 1 if kind == "circled" else chinese_number(number)
    label = {
        "chapter": f"第{number}章",
        "clause": f"第{number}条",
        "pcn": f"({number})",
        "pnum": f"({number})",
    }.get(kind, number)
    return Marker(kind, label, value, at.start(), at.end(), False)
