"""Numbered parts of a paper that lists policies: its cards, the parts of a guide, those of a leaflet (LANGUAGE 2).

Each is counted from 1 and stands alone as ``第N条`` does; a single number before a title (``5. 对甲的支持``) numbers nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from luodi.document.cards import FIELD_NAME, TITLE_FIELD
from luodi.document.unbroken import CN
from luodi.quantities.numerals import numeral

# 01 认定奖励 above the fields of a card, 事项编号:01: each card of a list of policies has its number.
_CATALOGUED = re.compile(
    rf"^(?:(?P<w>事项|政策|项目)编号 ?: ?)?(?P<n>\d{{1,2}})(?(w)(?:\n{TITLE_FIELD}:)?| ?(?=[\u4e00-\u9fff“][^\n。;:,\t]{{2,30}}\n))"
    rf"(?=[^\n]*\n(?:{FIELD_NAME})(?::|\n))",
    re.MULTILINE,
)
# 专题一 产业化项目 alone on its line: the parts of a guide, each with articles of its own.
_PART_OF_GUIDE = re.compile(
    rf"^(?P<w>专题|类别|板块|方向)(?P<n>[{CN}]{{1,3}}|\d{{1,2}})[ :]?(?=[\u4e00-\u9fff“][^\n。;:,\t]{{2,30}}\n)",
    re.MULTILINE,
)
# 【事项一】上规奖励
_BRACKETED = re.compile(
    rf"^【(?P<w>事项|政策|项目|专题|措施)(?P<n>[{CN}]{{1,3}}|\d{{1,2}})】 ?(?=[\u4e00-\u9fff“][^\n。;:,\t]{{2,30}}\n)",
    re.MULTILINE,
)
# 01 场地有补贴 alone on its line: the parts of a leaflet.
_PART_OF_LEAFLET = re.compile(
    r"^(?P<w>)(?P<n>0[1-9]|[1-9]\d) ?(?=[\u4e00-\u9fff“][^\n。;:,\t|\d]{2,16}\n)", re.MULTILINE
)
_FEWEST_CARDS = 2


class Part(NamedTuple):
    """The number of a part as it stands in an address, its value and its place in the clean text."""

    label: str
    value: int
    start: int
    end: int


def numbered_parts(clean: str) -> list[Part]:
    """The parts of the first kind of which there are several, in text order."""
    for form in (_CATALOGUED, _BRACKETED, _PART_OF_GUIDE, _PART_OF_LEAFLET):
        run: list[Part] = []
        for at in form.finditer(clean):
            if (value := int(numeral(at["n"]) or 0)) == len(run) + 1:
                run.append(Part(f"{at['w'] or ''}{at['n']}", value, at.start(), at.end()))
        if len(run) >= _FEWEST_CARDS and (form is not _PART_OF_LEAFLET or run[0].label == "01"):
            return run
    return []
