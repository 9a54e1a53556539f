"""Ruled tables on a page: lines that touch make a grid, cells without a wall between them are one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

_MOST_RULES = 4000
_MOST_LINES = 300
_ABOVE = "〃"


class Rule(NamedTuple):
    """A straight ruled line, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float


class Span(NamedTuple):
    """From where to where something stands across the page."""

    x0: float
    x1: float


class Row(NamedTuple):
    """One row of a table: a cell merged into the one above says ``〃``, one merged to the left is empty.

    ``rooms``: how many em are left behind the last line of each cell; ``column``: of the page, 0 where it has one;
    ``spans``: from where to where the columns of a table without rules stand; ``sure``: its cells are whole as far as can be told.
    """

    cells: list[str]
    page: int
    rooms: list[float]
    confidence: float = 1.0  # of its least sure cell
    column: int = 0
    spans: tuple[Span, ...] = ()
    sure: bool = True


class CellText(NamedTuple):
    """The text of a cell, where its lines begin, where the last one ends, and its em."""

    text: str
    start: float
    end: float
    em: float


class _Line(NamedTuple):
    """A level or upright line: where it lies across, from and to."""

    at: float
    start: float
    end: float


class Table:
    """A grid of at least two columns."""

    def __init__(
        self, xs: list[float], ys: list[float], level: list[_Line], upright: list[_Line], slack: float
    ) -> None:
        self.xs, self.ys = xs, ys
        self.top = ys[0]
        self._owner = self._merged(level, upright, slack)
        self._content: dict[tuple[int, int], list[Any]] = {}
        self._texts: dict[tuple[int, int], CellText] = {}
        self._padding = 0.0

    def _merged(self, level: list[_Line], upright: list[_Line], slack: float) -> dict[tuple[int, int], tuple[int, int]]:
        """Each square of the grid → the first square of its cell."""
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(self.ys) - 1):
            y = (self.ys[row] + self.ys[row + 1]) / 2
            for column in range(len(self.xs) - 1):
                x = (self.xs[column] + self.xs[column + 1]) / 2
                first = (row, column)
                if column and not _walled(upright, self.xs[column], y, slack):
                    first = owner[(row, column - 1)]
                elif row and not _walled(level, self.ys[row], x, slack):
                    first = owner[(row - 1, column)]
                owner[(row, column)] = first
        return owner

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def take(self, x: float, y: float, what: Any) -> bool:
        """Put what stands at a point into its cell."""
        column = sum(1 for edge in self.xs if edge <= x) - 1
        row = sum(1 for edge in self.ys if edge <= y) - 1
        if (row, column) not in self._owner:
            return False
        self._content.setdefault(self._owner[(row, column)], []).append(what)
        return True

    def settle(self, text_of: Callable[[list[Any]], CellText]) -> None:
        """Turn what the cells hold into text."""
        self._texts = {cell: text_of(content) for cell, content in self._content.items()}
        self._padding = min((text.start - self.xs[column] for (_, column), text in self._texts.items()), default=0.0)

    def rows(self, page: int) -> list[Row]:
        """The rows that hold text."""
        found = []
        for row in range(len(self.ys) - 1):
            cells = [self._cell(row, column) for column in range(len(self.xs) - 1)]
            if any(cell not in ("", _ABOVE) for cell in cells):
                found.append(Row(cells, page, [self._room(row, column) for column in range(len(cells))]))
        return found

    def _room(self, row: int, column: int) -> float:
        """How many em are left behind the last line of a cell."""
        first = self._owner[(row, column)]
        text = self._texts.get(first)
        last = max(at for at in range(first[1], len(self.xs) - 1) if self._owner[(first[0], at)] == first)
        return (self.xs[last + 1] - self._padding - text.end) / text.em if text else 0.0

    def _cell(self, row: int, column: int) -> str:
        first = self._owner[(row, column)]
        if first == (row, column):
            return self._texts[first].text if first in self._texts else ""
        return _ABOVE if first[0] < row and first[1] == column and self._texts.get(first) else ""


def tables(rules: list[Rule], size: float) -> list[Table]:
    """The tables that a page's rules draw; ``size`` is the em of its text."""
    if len(rules) < 4 or len(rules) > _MOST_RULES:
        return []
    slack = 0.35 * size
    level = _merge(
        [_Line((r.y0 + r.y1) / 2, min(r.x0, r.x1), max(r.x0, r.x1)) for r in rules if _is_level(r, slack)], slack
    )
    upright = _merge(
        [_Line((r.x0 + r.x1) / 2, min(r.y0, r.y1), max(r.y0, r.y1)) for r in rules if _is_upright(r, slack)], slack
    )
    if len(level) + len(upright) > _MOST_LINES:
        return []
    found = []
    for some_level, some_upright in _touching(level, upright, slack):
        xs = _edges(
            [line.at for line in some_upright] + [e for line in some_level for e in (line.start, line.end)], slack
        )
        ys = _edges(
            [line.at for line in some_level] + [e for line in some_upright for e in (line.start, line.end)], slack
        )
        if len(xs) >= 3 and len(ys) >= 2 and ys[-1] - ys[0] > size:
            found.append(Table(xs, ys, some_level, some_upright, slack))
    return found


def _is_level(rule: Rule, slack: float) -> bool:
    return abs(rule.y1 - rule.y0) <= slack / 2 < abs(rule.x1 - rule.x0)


def _is_upright(rule: Rule, slack: float) -> bool:
    return abs(rule.x1 - rule.x0) <= slack / 2 < abs(rule.y1 - rule.y0)


def _merge(found: list[_Line], slack: float) -> list[_Line]:
    """Pieces of one line, joined."""
    found = sorted(found)
    whole: list[_Line] = []
    group: list[_Line] = []
    for line in [*found, None]:
        if group and (line is None or line.at - group[0].at > slack):
            whole += _joined(group, slack)
            group = []
        if line is not None:
            group.append(line)
    return whole


def _joined(group: list[_Line], slack: float) -> list[_Line]:
    joined: list[_Line] = []
    for line in sorted(group, key=lambda one: one.start):
        if joined and line.start <= joined[-1].end + slack:
            joined[-1] = joined[-1]._replace(end=max(joined[-1].end, line.end))
        else:
            joined.append(line._replace(at=group[0].at))
    return joined


def _touching(level: list[_Line], upright: list[_Line], slack: float) -> list[tuple[list[_Line], list[_Line]]]:
    """Groups of lines that cross or touch one another."""
    group_of = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while group_of[at] != at:
            at = group_of[at]
        return at

    for i, row in enumerate(level):
        for j, column in enumerate(upright):
            crosses = row.start - slack <= column.at <= row.end + slack
            if crosses and column.start - slack <= row.at <= column.end + slack:
                group_of[root(i)] = root(len(level) + j)
    groups: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for i, row in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(row)
    for j, column in enumerate(upright):
        groups.setdefault(root(len(level) + j), ([], []))[1].append(column)
    return [group for group in groups.values() if len(group[0]) >= 2 and group[1]]


def _edges(found: list[float], slack: float) -> list[float]:
    edges: list[float] = []
    for at in sorted(found):
        if not edges or at - edges[-1] > slack:
            edges.append(at)
    return edges


def _walled(found: list[_Line], at: float, across: float, slack: float) -> bool:
    return any(abs(line.at - at) <= slack and line.start - slack <= across <= line.end + slack for line in found)
