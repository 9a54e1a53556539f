"""A table of a text: its column names and its rows, each cell with its place.

A cell that is empty or says the same again (〃, 同上) takes the cell above it, in the columns where a reader asks for it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

SAME = re.compile(r"[〃″\"↑]|同上|同前")


class Cell(NamedTuple):
    """A cell's words and its place in the clean text."""

    text: str
    start: int
    end: int


class Row(NamedTuple):
    """The cells of a line and its place; ``group``: what the rows below a name of its own have in common (一、平台类)."""

    cells: tuple[Cell, ...]
    start: int
    end: int
    group: Cell | None = None

    @property
    def only(self) -> Cell | None:
        """The one cell that says something, where the others are empty."""
        told = [cell for cell in self.cells if cell.text]
        return told[0] if len(told) == 1 else None


class Table(NamedTuple):
    """Column names and the rows below them; ``caption`` is the line above (单位:万元), ``groups`` what a first line of names spans.

    ``heads``: the cells of the names.
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    caption: str
    start: int
    end: int
    groups: tuple[str, ...] = ()
    heads: tuple[Cell, ...] = ()

    def columns(self, pattern: re.Pattern[str]) -> list[int]:
        """The columns whose names match, or those of their groups, from the left."""
        names = [at for at, name in enumerate(self.names) if pattern.search(name)]
        groups = [at for at, name in enumerate(self.groups) if pattern.search(name)]
        return sorted({*names, *groups})


def turned(table: Table) -> Table | None:
    """The table on its side: its first column as names, its other names as the first cells of the rows."""
    width = len(table.names)
    if len(table.heads) != width or any(len(row.cells) != width for row in table.rows) or table.groups:
        return None
    heads = (table.heads[0], *(row.cells[0] for row in table.rows))
    cells = [(table.heads[at], *(row.cells[at] for row in table.rows)) for at in range(1, width)]
    rows = tuple(Row(one, table.start, table.end) for one in cells)
    return table._replace(names=tuple(cell.text for cell in heads), rows=rows, heads=heads)


def filled(table: Table, column: int) -> list[Cell | None]:
    """A column's cells, each empty or repeating one taking the cell above it."""
    found: list[Cell | None] = []
    for row in table.rows:
        cell = row.cells[column] if column < len(row.cells) else None
        if cell is None or not cell.text or SAME.fullmatch(cell.text):
            cell = found[-1] if found else None
        found.append(cell)
    return found
