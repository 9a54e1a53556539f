"""Word's automatic numbers (自动编号) as people see them: ``一、``, ``（二）``, ``第三条``, ``1.2``.

Source: ECMA-376 part 1, 17.9 (numbering). A number belongs to a level of an abstract list; instances of one list go
on counting together unless an instance overrides the start; a level begins anew behind a higher one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_COUNTED = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "japaneseCounting",
        "ideographEnclosedCircle",
    ]
)
_LEGAL = frozenset(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"))
_DIGITAL = frozenset(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital2"))
_MOST_LEVELS = 9
_LONGEST_CHAIN = 20


class Numbering(NamedTuple):
    """The list instance and level that a paragraph or a style asks for."""

    instance: str
    level: int


@dataclass
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None  # begins anew behind this level (1-based); None: behind any higher; 0: never
    legal: bool = False
    style: str | None = None


@dataclass
class _Instance:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, _Level] = field(default_factory=dict)


class WordLists:
    """The lists of a document; :meth:`next_label` counts on."""

    def __init__(self, numbering: etree._Element | None) -> None:
        self._abstracts: dict[str, dict[int, _Level]] = {}
        self._instances: dict[str, _Instance] = {}
        self._links: dict[str, str] = {}  # an abstract list → the list style that defines it
        self._style_lists: dict[str, str] = {}  # a list style → the abstract list that carries it
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: etree._Element) -> None:
        for abstract in numbering.iterfind(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId", "")
            self._abstracts[key] = {_integer(lvl.get(f"{W}ilvl")): _level(lvl) for lvl in abstract.iterfind(f"{W}lvl")}
            if link := _value(abstract, "numStyleLink"):
                self._links[key] = link
            if style := _value(abstract, "styleLink"):
                self._style_lists[style] = key
        for num in numbering.iterfind(f"{W}num"):
            instance = _Instance(_value(num, "abstractNumId") or "")
            for override in num.iterfind(f"{W}lvlOverride"):
                level = _integer(override.get(f"{W}ilvl"))
                if (start := _value(override, "startOverride")) is not None:
                    instance.starts[level] = _integer(start, 1)
                if (own := override.find(f"{W}lvl")) is not None:
                    instance.levels[level] = _level(own)
            self._instances[num.get(f"{W}numId", "")] = instance

    def level_of_style(self, instance: str, style: str) -> int | None:
        """The level of a list that is linked to a paragraph style."""
        found = self._instances.get(instance)
        levels = self._levels(found) if found else {}
        return next((number for number, level in levels.items() if level.style == style), None)

    def next_label(self, numbering: Numbering) -> str:
        """Count on and give the number with what stands behind it; empty for bullets and unknown lists."""
        instance = self._instances.get(numbering.instance)
        if instance is None or not 0 <= numbering.level < _MOST_LEVELS:
            return ""
        levels = self._levels(instance)
        level = levels.get(numbering.level)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._resolved(instance.abstract), [None] * _MOST_LEVELS)
        self._count(counts, numbering, instance, levels)
        if level.format in ("bullet", "none") and "%" not in level.text:
            return ""
        label = re.sub("%([1-9])", lambda at: _numeral(levels, counts, int(at[1]) - 1, level.legal), level.text)
        return label + (" " if label and level.suffix != "nothing" and label[-1] not in "、．.）)：:，" else "")

    def _count(
        self, counts: list[int | None], numbering: Numbering, instance: _Instance, levels: dict[int, _Level]
    ) -> None:
        at, key = numbering.level, (numbering.instance, numbering.level)
        before = counts[at]
        if at in instance.starts and key not in self._begun:
            counts[at] = instance.starts[at]
        else:
            counts[at] = levels[at].start if before is None else before + 1
        self._begun.add(key)
        for upper in range(at):
            if counts[upper] is None:
                counts[upper] = levels.get(upper, _Level()).start
        for lower in range(at + 1, _MOST_LEVELS):
            restart = levels.get(lower, _Level()).restart
            if restart is None or at < restart:
                counts[lower] = None

    def _levels(self, instance: _Instance) -> dict[int, _Level]:
        return self._abstracts.get(self._resolved(instance.abstract), {}) | instance.levels

    def _resolved(self, abstract: str) -> str:
        """The abstract list itself, behind links over a list style."""
        for _ in range(_LONGEST_CHAIN):
            style = self._links.get(abstract)
            if style is None or style not in self._style_lists:
                break
            abstract = self._style_lists[style]
        return abstract


def _level(lvl: etree._Element) -> _Level:
    restart = _value(lvl, "lvlRestart")
    legal = lvl.find(f"{W}isLgl")
    return _Level(
        start=_integer(_value(lvl, "start"), 1),
        format=_value(lvl, "numFmt") or "decimal",
        text=_value(lvl, "lvlText") or "",
        suffix=_value(lvl, "suff") or "tab",
        restart=None if restart is None else _integer(restart),
        legal=legal is not None and legal.get(f"{W}val", "1") not in ("0", "false", "off"),
        style=_value(lvl, "pStyle"),
    )


def _value(parent: etree._Element, tag: str) -> str | None:
    child = parent.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val")


def _integer(text: str | None, default: int = 0) -> int:
    try:
        return min(max(int(text or ""), 0), 1_000_000)
    except ValueError:
        return default


def _numeral(levels: dict[int, _Level], counts: list[int | None], at: int, legal: bool) -> str:
    if at >= _MOST_LEVELS:
        return ""
    count = counts[at] or 0
    return numeral(count, "decimal" if legal else levels.get(at, _Level()).format)


def numeral(count: int, format_: str) -> str:
    """A count in one of Word's number formats (ST_NumberFormat); an unknown one is decimal."""
    if format_ in _COUNTED:
        return _counted(count, _DIGITS, "十百千万", drop_one=True)
    if format_ in _LEGAL:
        return _counted(count, _LEGAL_DIGITS, "拾佰仟万", drop_one=False)
    if format_ in _DIGITAL:
        return "".join("〇" if digit == "0" else _DIGITS[int(digit)] for digit in str(count))
    if format_ in ("upperRoman", "lowerRoman"):
        roman = _roman(count)
        return roman.upper() if format_ == "upperRoman" else roman
    if format_ in ("upperLetter", "lowerLetter"):
        letter = chr((ord("A") if format_ == "upperLetter" else ord("a")) + (count - 1) % 26)
        return letter * min((count - 1) // 26 + 1, 20) if count else ""
    return _decimal_form(count, format_)


def _decimal_form(count: int, format_: str) -> str:
    if format_ in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= count <= 20:
        return chr(ord("①") + count - 1)
    if format_ == "decimalEnclosedParen":
        return f"({count})"
    if format_ == "decimalEnclosedFullstop":
        return f"{count}."
    if format_ == "decimalZero":
        return f"{count:02d}"
    if format_ == "ideographTraditional" and 1 <= count <= len(_STEMS):
        return _STEMS[count - 1]
    if format_ == "ideographZodiac" and 1 <= count <= len(_BRANCHES):
        return _BRANCHES[count - 1]
    return "" if format_ in ("none", "bullet") else str(count)


def _counted(count: int, digits: str, units: str, *, drop_one: bool) -> str:
    """``二十三`` of 23; ``drop_one``: 10 is ``十`` and not ``一十``."""
    if count == 0 or count > 99_999:
        return digits[0] if count == 0 else str(count)
    found, zero = "", False
    for power, unit in ((10_000, units[3]), (1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
        digit = count // power % 10
        if digit:
            found += (digits[0] if zero else "") + digits[digit] + unit
            zero = False
        elif found:
            zero = True
    return found.removeprefix(digits[1]) if drop_one and 10 <= count < 20 else found


def _roman(count: int) -> str:
    found = ""
    for value, letters in _ROMAN:
        found += letters * min(count // value, 20)
        count %= value
    return found
