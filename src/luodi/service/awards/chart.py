"""Horizontal bars as figures for an SVG: the sure part and what may come on top; a withheld figure has no bar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luodi.service.awards.suppression import Figure

WIDTH, ROW, BAR = 250, 40, 14
"""The longest bar, the height of a row (name above, bar below) and of a bar, in SVG units."""


@dataclass(frozen=True)
class Bar:
    """One bar: where its row begins, how long its two parts are, and its figure (None: withheld)."""

    label: str
    figure: Figure | None
    top: int
    sure: int
    more: int

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
    """Bars in the given order, scaled to the largest."""
    given = [(str(label), figure) for label, figure in figures]
    most = max((figure.upto_fen for _, figure in given if figure), default=0) or 1
    drawn = []
    for number, (label, figure) in enumerate(given):
        sure = figure.sure_fen * WIDTH // most if figure else 0
        whole = figure.upto_fen * WIDTH // most if figure else 0
        drawn.append(Bar(label, figure, number * ROW, sure, whole - sure))
    return Bars(tuple(drawn), len(drawn) * ROW)
