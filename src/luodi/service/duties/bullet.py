"""The bullet bar of a goal: places and lengths only; the template draws it with attributes and classes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from luodi.service.duties.goal_queries import Progress

WIDTH = 640
LEFT = 18


@dataclass(frozen=True)
class Bullet:
    """Pixel places on a scale from 0 to a round number past the largest value; None: not drawn."""

    actual: float | None
    path: float | None
    target: float
    ticks: tuple[tuple[float, str], ...]

    @property
    def length(self) -> float:
        """How long the bar of the actual value is."""
        return round((self.actual or LEFT) - LEFT, 1)

    @property
    def anchor(self) -> str:
        """Which end of the target's label stands at its line, so that it stays inside."""
        return "end" if self.target > WIDTH * 0.85 else "middle"


def bullet_of(progress: Progress) -> Bullet | None:
    """The bar of a goal with a number; None where the target is not on a scale from zero."""
    target = progress.goal.target
    if target is None or target <= 0:
        return None
    value = progress.actual.value if progress.actual else None
    largest = max(Fraction(target), Fraction(value or 0)) * Fraction(21, 20)
    step = _round_step(largest / 6)
    most = ceil(largest / step) * step

    def place(number: Fraction) -> float:
        return round(LEFT + float(number / most) * (WIDTH - 2 * LEFT), 1)

    ticks = tuple((place(step * n), _figure(step * n)) for n in range(int(most / step) + 1))
    return Bullet(
        place(Fraction(value)) if value is not None else None,
        place(progress.path) if progress.path is not None else None,
        place(Fraction(target)),
        ticks,
    )


def _round_step(raw: Fraction) -> Fraction:
    """The smallest of 1, 2, 2.5, 5 × a power of ten that is not below ``raw``; whole numbers stay whole."""
    power = Fraction(1)
    while power * 10 <= raw:
        power *= 10
    while power > raw:
        power /= 10
    sizes = (1, 2, 5, 10) if power == 1 else (1, 2, Fraction(5, 2), 5, 10)
    return next(power * size for size in sizes if power * size >= raw)


def _figure(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else f"{float(number):g}"
