"""What picks each row of a table of awards: the words of its columns of keys, with their unit and the group they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy.awards.tables.columns import NONE, key_columns, picking_columns
from luodi.policy.awards.words.grades import KEY_WORD
from luodi.policy.table import Cell, Row, Table, filled
from luodi.quantities.numerals import ARABIC

_POLICY = re.compile(r"政策(?:名称|事项|标题)?\Z")  # each row another policy, not a grade of one
_UNIT_OF_NAME = re.compile(r"\((?:单位:)?(?P<unit>(?!含)[^()\d、,]{1,6})\)\Z")
# 1(含)—5, 10(含)以上: a tier without its unit, that stands behind its last number.
_NUMBERS_ONLY = re.compile(
    rf"(?P<told>(?:[≥≤><]|不足|未满|超过|满)?(?:{ARABIC}(?:\(不?含\))?(?:以上)?(?:—|-|~|至))?{ARABIC})"
    rf"(?P<bound>(?:\(不?含\))?(?:及?以[上下内])?(?:\(不?含\))?)"
)
# 80—89分: the lower number leaves its unit to the upper one.
_OWN_UNIT = re.compile(rf"{ARABIC}(?:\(不?含\))?(?:—|-|~|至){ARABIC}(?P<unit>[\u4e00-\u9fff]{{1,3}})")
_ENUMERATOR = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[A-Z][.、])")
_TOTAL = re.compile(r"合 ?计|总 ?计|小 ?计|共 ?计|汇 ?总")


def objects(table: Table) -> list[list[str]]:
    """What each row is for, by its columns of keys."""
    words = [filled(table, key) for key in key_columns(table)]
    return [_texts([column[number] for column in words]) for number in range(len(table.rows))]


def selectors(table: Table) -> list[str | None]:
    """The words that pick each row; None in a list of policies, each of which is an award of its own."""
    columns = [_with_unit(table, key) for key in picking_columns(table)]
    rows = [_texts([column[number] for column in columns]) for number in range(len(table.rows))]
    again = len({tuple(parts) for parts in rows}) < len(rows)
    last = [cell.text for cell in columns[-1] if cell is not None] if columns else []
    shared = len(set(last)) < len(last)
    if table.columns(_POLICY):
        return [None] * len(rows)
    return [
        _selector([*_group(row), *parts] if again else parts, shared=shared)
        for row, parts in zip(table.rows, rows, strict=True)
    ]


def classes(table: Table) -> list[Cell | None]:
    """Of each row the cell that its grade is one of: the first column of keys, where the last tells grades."""
    words = [filled(table, key) for key in picking_columns(table)]
    grades = [cell for cell in words[-1] if cell is not None and KEY_WORD.fullmatch(cell.text)] if words[1:] else []
    found = {cell.text for cell in words[0] if cell is not None} if grades else set()
    return words[0] if len(found) > 1 else [None] * len(table.rows)


def without_totals(table: Table) -> Table:
    """The table without the rows that sum up the others (合计)."""
    firsts = (next((cell.text for cell in row.cells if cell.text), "") for row in table.rows)
    kept = (row for row, first in zip(table.rows, firsts, strict=True) if not _TOTAL.fullmatch(first))
    return table._replace(rows=tuple(kept))


def with_unit(name: str, text: str) -> str:
    """``10(含)以上`` below ``营业收入(亿元)`` is ``10(含)以上(亿元)``, ``5—10`` is ``5—10亿元``: the cell's own words stay together."""
    unit, numbers = _UNIT_OF_NAME.search(name), _NUMBERS_ONLY.fullmatch(text)
    if unit is None or numbers is None:
        return text
    return f"{text}({unit['unit']})" if numbers["bound"] else f"{text}{unit['unit']}"


def units_of(name: str, cell: Cell) -> tuple[str, list[int]]:
    """The words of a tier with the unit of its column behind each number (1亿元(含)—5亿元), and where each character stands."""
    named = _UNIT_OF_NAME.search(name) if _NUMBERS_ONLY.fullmatch(cell.text) else None
    own = _OWN_UNIT.fullmatch(cell.text)
    unit = named["unit"] if named else own["unit"] if own else ""
    last = own.start("unit") if own and not named else -1
    words, offsets = "", []
    for part in re.finditer(rf"{ARABIC}|[^\d]+", cell.text):
        told = part[0] + (unit if part[0][0].isdigit() and part.end() != last else "")
        words += told
        offsets += [cell.start + min(part.start() + n, part.end() - 1) for n in range(len(told))]
    return words, offsets


def _with_unit(table: Table, column: int) -> list[Cell | None]:
    name = table.names[column]
    return [cell and cell._replace(text=with_unit(name, cell.text)) for cell in filled(table, column)]


def _texts(cells: Sequence[Cell | None]) -> list[str]:
    return [cell.text for cell in cells if cell is not None and not NONE.fullmatch(cell.text)]


def _group(row: Row) -> list[str]:
    return [_ENUMERATOR.sub("", row.group.text)] if row.group else []


def _selector(parts: list[str], *, shared: bool) -> str | None:
    """The last key of a row, behind the one before it where other rows share it (一级 × 因战)."""
    if len(parts) < 2:
        return re.sub(r"\A(?:对于?|针对)(?=.{2})", "", parts[-1]) if parts else None
    return "".join(parts[-2:]) if shared else parts[-1]
