"""What a node of the population query can come to: its bounds and whether it may be unknown, proven before it runs.

Bounds come from the checked tables (each column's smallest and largest value) or, where nothing was read, from what
the checks let through. Engines choose 64-bit or wider arithmetic by them, so that nothing can overflow unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from luodi.entitlement.query.node import (
    Arithmetic,
    Bound,
    Choice,
    Column,
    Comparison,
    Constant,
    Every,
    FirstKnown,
    Is,
    Negation,
    Node,
    OneOf,
    Some,
)
from luodi.entitlement.vocabulary import LARGEST, FactKind

BEYOND = 10**60
"""Stands for no bound; far outside of every number type."""
INT64 = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Range:
    """Every known value lies in ``low``…``high`` (none at all when low > high); ``null``: it may be unknown."""

    low: int = -BEYOND
    high: int = BEYOND
    null: bool = True

    @property
    def narrow(self) -> bool:
        """Whether every value fits 64 bits."""
        return self.low >= -INT64 and self.high <= INT64

    def joined(self, other: Range) -> Range:
        """The range of a value that is one or the other."""
        return Range(min(self.low, other.low), max(self.high, other.high), self.null or other.null)


Ranges = Mapping[str, Range]
ANYTHING, TRUTH, NOTHING = Range(), Range(0, 1, False), Range(BEYOND, -BEYOND, True)


def declared(kind: FactKind) -> Range:
    """What the checks of the tables let through for a fact, in the fact's own unit."""
    most = LARGEST // kind.scale
    match kind.type:
        case "money":
            return Range(0, most)
        case "integer":
            return Range(-most, most)
    return ANYTHING


def range_of(node: Node, ranges: Ranges) -> Range:
    """The range of a node, given those of its columns."""
    match node:
        case Column(name):
            return ranges.get(name, ANYTHING)
        case Constant(None):
            return NOTHING
        case Constant(bool()):
            return TRUTH
        case Constant(value):
            return Range(value, value, False) if isinstance(value, int) else Range(null=False)
        case Comparison(_, left, right):
            return Range(0, 1, range_of(left, ranges).null or range_of(right, ranges).null)
        case Every(parts) | Some(parts):
            return Range(0, 1, any(range_of(part, ranges).null for part in parts))
        case Negation(part) | OneOf(part):
            return Range(0, 1, range_of(part, ranges).null)
        case Is():
            return TRUTH
        case Choice(cases, otherwise):
            return _joined([range_of(value, ranges) for _, value in cases] + [range_of(otherwise, ranges)])
        case FirstKnown(parts):
            found = [range_of(part, ranges) for part in parts]
            joined = _joined(found)
            return Range(joined.low, joined.high, all(each.null for each in found))
        case Bound(which, left, right):
            return _bounded(which, range_of(left, ranges), range_of(right, ranges))
        case Arithmetic(op, left, right):
            return _computed(op, range_of(left, ranges), range_of(right, ranges))


def _joined(found: Iterable[Range]) -> Range:
    all_of = Range(BEYOND, -BEYOND, False)
    for each in found:
        all_of = all_of.joined(each)
    return all_of


def _bounded(which: str, left: Range, right: Range) -> Range:
    choose = min if which == "least" else max
    return Range(choose(left.low, right.low), choose(left.high, right.high), left.null or right.null)


def _computed(op: str, left: Range, right: Range) -> Range:
    null = left.null or right.null
    if left.low > left.high or right.low > right.high:
        return NOTHING
    if op == "+":
        return Range(left.low + right.low, left.high + right.high, null)
    if op == "-":
        return Range(left.low - right.high, left.high - right.low, null)
    ends = [(a, b) for a in (left.low, left.high) for b in (right.low, right.high)]
    if op == "*":
        products = [a * b for a, b in ends]
        return Range(min(products), max(products), null)
    assert right.low > 0, "division by what may be zero"
    shares = [abs(a) // b * (1 if a >= 0 else -1) for a, b in ends]
    return Range(min(shares), max(shares), null)


@dataclass(frozen=True)
class Given:
    """What the checked tables have: columns with their ranges (as given, before units), events, and their years."""

    units: Ranges
    events: Ranges
    rows: int
    years: tuple[int, int] | None

    @property
    def unit_column(self) -> str:
        """The column of the unit table that names the unit."""
        return unit_id_column(self.units)

    @property
    def event_unit_column(self) -> str:
        """The column of the event table that names the unit."""
        return unit_id_column(self.events)


def unit_id_column(given: Iterable[str]) -> str:
    """The column that names the unit: ``unit_id``, ``enterprise_id`` or ``id``; the first of them if there is none."""
    names = set(given)
    return next((name for name in ("unit_id", "enterprise_id", "id") if name in names), "unit_id")
