"""What a row of a table of awards demands: its cells of conditions, and the tier by which it is picked (LANGUAGE 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from luodi.document.tree import Document
from luodi.policy.awards.tables.columns import NONE, is_measured, key_columns, paying_columns, picking_columns
from luodi.policy.awards.tables.keys import units_of
from luodi.policy.conditions.block import all_of
from luodi.policy.conditions.phrases import says
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage, of_cell
from luodi.policy.table import Cell, Table, filled

_ASKED = re.compile(r"(?:对象|主体|条件|要求|标准|规模|门槛)(?:\([^()]*\))?\Z")
# 1(含)—5, 10亿元以上: what is left of a tier is a unit.
_NUMBERS = re.compile(r"[\d.,()—~≥≤<>%-]|以[上下内]|不?含|及|至|万|亿|元|不足|超过|未?满")
_PAYMENT = re.compile(r"奖励|奖补|补[贴助]|资助|津贴|贴息|扶持|支持")  # the name of an award asks nothing
_BEGINS = re.compile(r"[\d≥≤<>]|不足|超过|未?满|[大小高低]于")
_LONGEST_UNIT = 3
_REMARK = re.compile(r"\([^()]*\)")
_LOWER_ONLY = re.compile(r"\(含\)[^()]*(?:—|-|~|至)[^()]*\Z")


def demanded(document: Document, table: Table) -> dict[tuple[Cell, ...], tuple[Condition, ...]]:
    """The conditions of each row, by its cells."""
    paying, keys = paying_columns(table), key_columns(table)
    asking = [
        (name, column in keys and is_measured(table, column), bool(_ASKED.search(name)), filled(table, column))
        for column, name in enumerate(table.names)
        if column not in paying and (column in keys or _ASKED.search(name))
    ]
    named = [filled(table, column) for column in picking_columns(table) if not is_measured(table, column)]
    asked = {}
    for at, row in enumerate(table.rows):
        found: list[Condition] = []
        for name, measured, words, cells in asking:
            cell = cells[at]
            if cell is None or NONE.fullmatch(cell.text):
                continue
            tier = bool(_BEGINS.match(cell.text)) and len(_NUMBERS.sub("", cell.text)) <= _LONGEST_UNIT
            if tier and measured:
                thing = [one.text for cells in named if (one := cells[at])]
                found += _of_tier(document, thing[0] if thing and _ASKED.search(name) else name, cell)
            elif not tier and words:
                found += _of_words(document, cell)
        if any(one.fact for one in found):  # beside what is compared, of what: 智能温室 | 单体面积5亩以上
            told = [cell for cells in named if (cell := cells[at]) and not _PAYMENT.search(cell.text)]
            found += [_as_written(document, cell) for cell in told]
        asked[row.cells] = tuple(found)
    return asked


def _as_written(document: Document, cell: Cell) -> Condition:
    return Condition(text=cell.text, span=document.text.span(cell.start, cell.end))


def _of_words(document: Document, cell: Cell) -> Iterator[Condition]:
    passage = of_cell(document, cell.start, cell.end)
    for clause in dict.fromkeys(phrase.clause for phrase in passage.phrases):
        yield from (one for one in all_of(passage, *passage.stretch(clause=clause)) if one.fact or says(one.text))


def _of_tier(document: Document, name: str, cell: Cell) -> Iterator[Condition]:
    """``营业收入(亿元): 1(含)—5``: at least one, and less than the five with which the next tier begins."""
    words, offsets = units_of(name, cell)
    named = _REMARK.sub("", name)
    passage = Passage(document, "", f"{named}{words}", (*[cell.start] * len(named), *offsets), "", "", "")
    for one in all_of(passage, 0, len(passage.text)):
        below = one.op == "<=" and one.text in words and _LOWER_ONLY.search(cell.text)
        if one.unit:
            yield replace(one, op="<") if below else one
