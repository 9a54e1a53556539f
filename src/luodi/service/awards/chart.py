"""Horizontal bars as figures for an SVG: the sure part and what may come on top; a withheld figure has no bar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from luodi.service.awards.suppression import Figure

LEFT, WIDTH, ROW = 220, 380, 30
"""Room for names, for the longest bar, and the height of a row, in SVG units."""


@dataclass(frozen=True)
class Bar:
    """One bar: where it stands, how long its two parts are, and its figure (None: withheld)."""

    label: str
    figure: Figure | None
    top: int
    sure: int
    more: int

    @property
    def middle(self) -> int:
        """Where the text stands."""
        return self.top + ROW // 2 + 1

    @property
    def more_at(self) -> int:
        """Where the second part begins."""
        return LEFT + self.sure

    @property
    def end(self) -> int:
        """Where the figure is written."""
        return LEFT + self.sure + self.more + 8


@dataclass(frozen=True)
class Bars:
    """A whole chart."""

    bars: tuple[Bar, ...]
    height: int
    left: int = LEFT
    width: int = LEFT + WIDTH + 160


LONGEST_LABEL = 14


def bars(figures: Iterable[tuple[object, Figure | None]]) -> Bars:
    """Bars in the given order, scaled to the largest."""
    given = [(str(label), figure) for label, figure in figures]
    most = max((figure.upto_fen for _, figure in given if figure), default=0) or 1
    drawn = []
    for number, (label, figure) in enumerate(given):
        sure = figure.sure_fen * WIDTH // most if figure else 0
        whole = figure.upto_fen * WIDTH // most if figure else 0
        short = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
        drawn.append(Bar(short, figure, number * ROW + 4, sure, whole - sure))
    return Bars(tuple(drawn), len(drawn) * ROW + 8)
