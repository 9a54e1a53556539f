"""Charts as figures for an SVG: bars (the sure part and what may come on top), and two sides from a middle line.

A withheld figure has no bar; every chart stands beside a table with the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luodi.service.awards.suppression import Figure

WIDTH, ROW, BAR = 250, 40, 14
"""The longest bar, the height of a row (name above, bar below) and of a bar, in SVG units."""


@dataclass(frozen=True)
class Row:
    """One line of a chart: its name, where it begins, and what follows from that."""

    label: str
    top: int

    @property
    def name_at(self) -> int:
        """The base line of the name."""
        return self.top + 13

    @property
    def bar_at(self) -> int:
        """The upper edge of the bar."""
        return self.top + 19

    @property
    def figure_at(self) -> int:
        """The base line of the figure."""
        return self.bar_at + BAR - 2


@dataclass(frozen=True)
class Bar(Row):
    """One bar: its figure (None: withheld) and how long its two parts are."""

    figure: Figure | None
    sure: int
    more: int

    @property
    def end(self) -> int:
        """Where the figure is written."""
        return self.sure + self.more + 6


@dataclass(frozen=True)
class Bars:
    """A whole chart; ``thick`` is the height of a bar."""

    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH + 110
    thick: int = BAR


def bars(figures: Iterable[tuple[object, Figure | None]]) -> Bars:
    """Bars in the given order, scaled to the largest; none where nothing but withheld figures would stand there."""
    given = [(str(label), figure) for label, figure in figures]
    if not any(figure for _, figure in given):
        return Bars((), 0)
    most = max((figure.upto_fen for _, figure in given if figure), default=0) or 1
    drawn = []
    for number, (label, figure) in enumerate(given):
        sure = figure.sure_fen * WIDTH // most if figure else 0
        whole = figure.upto_fen * WIDTH // most if figure else 0
        drawn.append(Bar(label, number * ROW, figure, sure, whole - sure))
    return Bars(tuple(drawn), len(drawn) * ROW)


HALF = 110
"""The longest bar of one side, in SVG units."""


@dataclass(frozen=True)
class Side(Row):
    """One line of a two-sided chart: counts to the right and to the left of the middle."""

    counts: tuple[int, int]
    right: int
    left: int

    @property
    def starts(self) -> int:
        """Where the left bar begins."""
        return MIDDLE - self.left

    @property
    def right_figure(self) -> int:
        """Where the right count is written."""
        return MIDDLE + self.right + 5

    @property
    def left_figure(self) -> int:
        """Where the left count ends."""
        return MIDDLE - self.left - 5


MIDDLE = HALF + 60


@dataclass(frozen=True)
class Sides:
    """A whole two-sided chart."""

    lines: tuple[Side, ...]
    height: int
    width: int = 2 * MIDDLE
    middle: int = MIDDLE
    thick: int = BAR


def sides(counts: Iterable[tuple[object, tuple[int, int] | None]]) -> Sides:
    """Counts to the right and to the left, scaled to the largest; withheld lines and lines without any are left out."""
    given = [(str(label), pair) for label, pair in counts if pair and any(pair)]
    most = max((count for _, pair in given for count in pair), default=0) or 1
    drawn = [
        Side(label, number * ROW, pair, *(count * HALF // most for count in pair))
        for number, (label, pair) in enumerate(given)
    ]
    return Sides(tuple(drawn), len(drawn) * ROW)
