"""What stands above a table and says what it is: its unit, its title, the sentence that leads to it (标准如下:)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.document.lines import BETWEEN_CELLS

_UNIT = re.compile(
    r"\((?:计量|金额)?单位 ?:[^,。;()]{1,16}\)|\A(?:计量|金额)?单位 ?:[^,。;]{1,16}\Z"
)  # (单位:元/人·月)
# 注:表中金额单位为万元。
_UNIT_TOLD = re.compile(
    r"(?:(?:备?注|说明)[\d一二三]?[:.、]?)?[^,。;:]{0,12}单位(?:均|都)?(?: ?:|为|是)[^,。;]{1,10}[。;]?"
)
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|第[^ ]{1,4}[章节条]|附[件表]|\d{1,2}[.、])"
)
_LEADS = re.compile(r"(?:如下|下表|附表|见表|下列|以下)[^。;]{0,16}[。;:]?\Z|:\Z")
_LONGEST_TITLE = 40


def caption(above: Sequence[str], below: Sequence[str]) -> str:
    """The lines of which a table is spoken for: those right above it, its titles with the sentence that leads to them, its unit.

    ``above``: the lines before the table, the nearest last; ``below``: notes that may tell the unit.
    """
    told: list[str] = []
    for line in (line.strip() for line in reversed(above) if line.strip()):
        if BETWEEN_CELLS.search(line) or (
            told and not (not _UNIT.sub("", told[0]) or _is_title(line) or _LEADS.search(line))
        ):
            break
        told.insert(0, line)
        if _NUMBERED.match(line) or not _is_title(line):
            break
    told += [line.strip() for line in below if _UNIT_TOLD.fullmatch(line.strip())]
    return " ".join(told)


def _is_title(line: str) -> bool:
    title = _UNIT.sub("", line)
    return not title or (len(title) <= _LONGEST_TITLE and not re.search("[。;:]", title))
