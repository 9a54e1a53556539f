"""What amounts are reckoned from: facts, numbers and what is done with them; each an integer, or null where a fact is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import TYPE_CHECKING, Any, Literal, cast

from luodi.entitlement.condition import Lookup
from luodi.entitlement.vocabulary import within
from luodi.record import record

if TYPE_CHECKING:
    pass


@record
class FactTerm:
    """A fact times a ratio, rounded down to ``rounding``."""

    fact: str
    times: tuple[int, int] = (1, 1)
    rounding: int = 1


@record
class Constant:
    """A number: fen for money, a count for all else."""

    value: int


@record
class Minus:
    """One term less another: an increase, a number beyond a threshold."""

    left: Term
    right: Term


@record
class Combined:
    """Several terms added, multiplied, or the least or greatest of them (孰低, 孰高)."""

    op: Literal["plus", "product", "least", "most"]
    terms: tuple[Term, ...]


@record
class Scaled:
    """A term times a ratio, rounded down towards zero to a multiple of ``rounding``: whole steps of 每增加N."""

    term: Term
    times: tuple[int, int]
    rounding: int = 1


@record
class Dated:
    """A parameter (参数) whose value hangs on the day that counts; on a day without one it is unknown."""

    name: str
    values: tuple[tuple[dt.date | None, dt.date | None, int], ...]


Term = FactTerm | Constant | Minus | Combined | Scaled | Dated
Number = Callable[[Lookup], int | None]


def number(node: Term) -> Number:
    """The value of a base, as one function of the facts; null where a fact is missing."""
    match node:
        case Constant(value):
            return lambda _: value
        case FactTerm(fact, (n, d), rounding):
            return _fact(fact, n, d, rounding)
        case Minus(left, right):
            return _combined([number(left), number(right)], lambda found: found[0] - found[1])
        case Combined(op, terms):
            return _combined([number(each) for each in terms], _COMBINED[op])
        case Scaled(inner, (n, d), rounding):
            return _combined([number(inner)], lambda found: round_down(found[0] * n, d, rounding))
        case Dated(_, values):
            return _dated(values)


def _fact(fact: str, n: int, d: int, rounding: int) -> Number:
    def read(lookup: Lookup) -> int | None:
        found: Any = lookup(fact)
        return None if found is None else round_down(found * n, d, rounding)

    return cast(Number, lambda lookup: lookup(fact)) if (n, d, rounding) == (1, 1, 1) else read


_COMBINED: dict[str, Callable[[list[int]], int]] = {"plus": sum, "product": prod, "least": min, "most": max}


def _combined(parts: Sequence[Number], made: Callable[[list[int]], int]) -> Number:
    def all_known(lookup: Lookup) -> int | None:
        found = [value for part in parts if (value := part(lookup)) is not None]
        return made(found) if len(found) == len(parts) else None

    return all_known


def _dated(values: Sequence[tuple[dt.date | None, dt.date | None, int]]) -> Number:
    def on_the_day(lookup: Lookup) -> int | None:
        day: Any = lookup("day")
        return next((v for start, end, v in values if day is not None and within(day, start, end)), None)

    return on_the_day


def round_down(numerator: int, denominator: int, rounding: int) -> int:
    """A ratio rounded down (towards zero below it) to a multiple of ``rounding``."""
    size = abs(numerator) // (denominator * rounding) * rounding
    return size if numerator >= 0 else -size


def reads_of(node: Term) -> Iterator[str]:
    """The facts a base reads, in order, possibly repeated."""
    match node:
        case FactTerm(fact):
            yield fact
        case Minus(left, right):
            yield from reads_of(left)
            yield from reads_of(right)
        case Combined(_, terms):
            for each in terms:
                yield from reads_of(each)
        case Scaled(inner):
            yield from reads_of(inner)
