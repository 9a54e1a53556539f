"""Tables of a text: lines whose cells stand between tabs or bars, under a line of column names (LANGUAGE 3, 5.1, 11), or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luodi.document.lines import BETWEEN_CELLS
from luodi.policy.cell_lines import cell_tables
from luodi.policy.table import Cell, Row, Table

_NAME = re.compile(r"[^\d。;]{1,24}|.{0,12}20\d\d年.{0,8}|第?[一二三四五]?季度?")


def tables(clean: str) -> Iterator[Table]:
    """Every table that has a line of names and rows: those with one cell a line first, each kind in text order."""
    yield from cell_tables(clean)
    if not BETWEEN_CELLS.search(clean):
        return
    block: list[Row] = []
    above = ""
    start = 0
    for line in [*clean.split("\n"), ""]:
        if BETWEEN_CELLS.search(line):
            block.append(_row(line, start))
        else:
            if len(block) > 1 and _is_header(block[0]):
                yield _table(block, above)
            block = []
            above = line.strip() or above
        start += len(line) + 1


def _row(line: str, start: int) -> Row:
    cells = []
    at = start
    for words in re.split(r"[\t|]", line):
        lead = len(words) - len(words.lstrip())
        cells.append(Cell(words.strip(), at + lead, at + lead + len(words.strip())))
        at += len(words) + 1
    return Row(tuple(cells), start, start + len(line))


def _is_header(row: Row) -> bool:
    named = [cell for cell in row.cells if cell.text]
    return len(named) > 1 and all(_NAME.fullmatch(cell.text) for cell in named)


def _table(block: list[Row], above: str) -> Table:
    names = tuple(cell.text.replace(" ", "") for cell in block[0].cells)
    return Table(names, tuple(block[1:]), above, block[0].start, block[-1].end)
