"""Exact sums of a population, and the rows that they are added up from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]


SimulatedReading = Literal["strict", "generous"]


@dataclass(frozen=True, slots=True)
class Sums:
    """Money in fen under both readings, and the number of units that are due or may be due something."""

    sure_fen: int
    upto_fen: int
    sure_units: int
    upto_units: int

    def moved(self, gone: Sums, come: Sums) -> Sums:
        """These sums less what is gone, with what came instead."""
        return Sums(*(whole - old + new for whole, old, new in zip(*map(astuple, (self, gone, come)), strict=True)))

    @property
    def money(self) -> Sums:
        """The money alone."""
        return replace(self, sure_units=0, upto_units=0)


@dataclass(frozen=True)
class Owed:
    """Sums above zero: unit (position), rule (position), both sums."""

    unit: Array
    rule: Array
    sure: Array
    upto: Array

    def side(self, reading: SimulatedReading) -> Array:
        """The sums of one reading."""
        return self.sure if reading == "strict" else self.upto

    def only(self, kept: Collection[int]) -> Owed:
        """The rows of some rules, by their places."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        where = np.isin(self.rule, np.asarray(sorted(kept), self.rule.dtype))
        return Owed(self.unit[where], self.rule[where], self.sure[where], self.upto[where])


def together(rows: Owed) -> Sums:
    """Exact sums of all rows; a unit counts once."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    (found,) = by_key(rows, np.zeros(len(rows.unit), np.int64), 1, units=True)
    return found


_AT_ONCE = 1 << 20
"""So many halves of 32 bits are exact when they are summed as floats."""


def by_key(rows: Owed, keys: Array, size: int, *, units: bool = False) -> tuple[Sums, ...]:
    """Exact sums by key; with ``units``, units are counted once in a key, else once for each row."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    columns = []
    for fen in (rows.sure, rows.upto):
        money = [0] * size
        for at in range(0, len(fen), _AT_ONCE):
            part, key = fen[at : at + _AT_ONCE], keys[at : at + _AT_ONCE]
            halves = (np.bincount(key, half, size).tolist() for half in (part >> 32, part & 0xFFFFFFFF))
            money = [old + (int(high) << 32) + int(low) for old, high, low in zip(money, *halves, strict=True)]
        columns.append(money)
    for fen in (rows.sure, rows.upto):
        counted = fen > 0
        if units and counted.any():
            place = np.zeros(int(rows.unit.max()) + 1, np.int64)
            place[rows.unit[counted]] = keys[counted] + 1
            columns.append(np.bincount(place, minlength=size + 1)[1:].tolist())
        else:
            columns.append(np.bincount(keys[counted], minlength=size).tolist())
    return tuple(Sums(*each) for each in zip(*columns, strict=True))
