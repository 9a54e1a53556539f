"""Tables of a text: lines whose cells stand between tabs, under a line of column names (LANGUAGE 3, 5.1, 11).

A cell that is empty or says the same again (〃, 同上) takes the cell above it, in the columns where a reader asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SAME = re.compile(r"[〃″\"↑]|同上|同前")
_NAME = re.compile(r"[^\d。;]{1,24}|.{0,12}20\d\d年.{0,8}|第?[一二三四五]?季度?")


class Cell(NamedTuple):
    """A cell's words and its place in the clean text."""

    text: str
    start: int
    end: int


class Row(NamedTuple):
    """The cells of a line and its place."""

    cells: tuple[Cell, ...]
    start: int
    end: int


class Table(NamedTuple):
    """Column names and the rows below them; ``caption`` is the line above (单位:万元)."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str
    start: int
    end: int

    def columns(self, pattern: re.Pattern[str]) -> list[int]:
        """The columns whose names match, from the left."""
        return [at for at, name in enumerate(self.names) if pattern.search(name)]


def tables(clean: str) -> Iterator[Table]:
    """Every table that has a line of names and rows, in text order."""
    if "\t" not in clean:
        return
    block: list[Row] = []
    above = ""
    start = 0
    for line in [*clean.split("\n"), ""]:
        if "\t" in line:
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
    for words in line.split("\t"):
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


def filled(table: Table, column: int) -> list[Cell | None]:
    """A column's cells, each empty or repeating one taking the cell above it."""
    found: list[Cell | None] = []
    for row in table.rows:
        cell = row.cells[column] if column < len(row.cells) else None
        if cell is None or not cell.text or SAME.fullmatch(cell.text):
            cell = found[-1] if found else None
        found.append(cell)
    return found
