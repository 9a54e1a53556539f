"""Numbers of one phrase that stand in one list, before and after it is known what they are for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from luodi.policy.passages import Phrase

Role = Literal["amount", "cap", "rate", "ceiling", "case"]
Found = tuple[Role, bool, float]
"""A role, whether a verb of giving says so in the same phrase, and how sure that is."""


@dataclass(frozen=True, slots=True)
class Item:
    """One number of a group: ``fen`` for money, ``rate`` for a share; ``low`` a range's lower end; ``key`` before it."""

    start: int
    end: int
    fen: int | None = None
    rate: Fraction | None = None
    low: int | None = None
    per: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A list of numbers with one role. ``gives``: a verb of giving governs it in its own phrase."""

    role: Role
    items: tuple[Item, ...]
    start: int
    end: int
    phrase: Phrase
    left: str
    right: str
    gives: bool = False
    is_range: bool = False
    bracketed: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """A list of numbers of one phrase; its words lie between ``floor`` and ``ceiling`` (offsets of the passage)."""

    items: tuple[Item, ...]
    phrase: Phrase
    floor: int
    ceiling: int
    money: bool
    is_range: bool
    bracketed: bool
    inferred: bool

    @property
    def start(self) -> int:
        """Where its first number begins."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """Where its last number ends."""
        return self.items[-1].end
