"""What a rule pays: fixed, by grade, a rate of a base, tiers, per unit, a range, by the first case that holds.

Money is integer fen; a rate is an exact ratio; results are rounded down to ``rounding`` fen (1 unless the rule
states otherwise). :func:`due` is the meaning: the lowest and highest sum that the known facts allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from luodi.entitlement.condition import Lookup, Test, facts_of, question
from luodi.entitlement.result import Span


@dataclass(frozen=True, slots=True)
class FactTerm:
    """A fact times a ratio, rounded down to ``rounding``."""

    fact: str
    times: tuple[int, int] = (1, 1)
    rounding: int = 1


@dataclass(frozen=True, slots=True)
class Constant:
    """A number: fen for money, a count for all else."""

    value: int


@dataclass(frozen=True, slots=True)
class Minus:
    """One term less another: an increase, a number beyond a threshold."""

    left: Term
    right: Term


Term = FactTerm | Constant | Minus


@dataclass(frozen=True, slots=True)
class Fixed:
    """Exactly this sum."""

    fen: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ByGrade:
    """A sum for each grade of the event."""

    sums: tuple[tuple[str, Fixed], ...]

    def of(self, grade: str | None) -> Fixed | None:
        """The sum of one grade; null where it pays nothing."""
        return next((fixed for id_, fixed in self.sums if id_ == grade), None)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of a base, at least ``floor`` once the base is above zero, at most ``cap``."""

    rate: tuple[int, int]
    base: Term
    floor: int | None = None
    cap: int | None = None
    rounding: int = 1
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier ``[start, end)`` of the base: a sum, or a rate of the whole base with a cap, or only a cap."""

    start: int | None
    end: int | None
    fen: int | None = None
    rate: tuple[int, int] | None = None
    cap: int | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Tiers:
    """Tiers over a base; the whole base takes its tier's rate (全额, not marginal). Outside all tiers: nothing."""

    base: Term
    tiers: tuple[Tier, ...]
    rounding: int = 1


@dataclass(frozen=True, slots=True)
class PerUnit:
    """A sum for each unit counted (每家, 每人, 每平方米), at most ``cap``."""

    count: Term
    fen: int
    cap: int | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """The office decides within bounds (最高不超过, A至B); without ``cap`` there is no upper bound."""

    floor: int
    cap: int | None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class CaseByCase:
    """No sum in the text: 一事一议, guidance, priority elsewhere. Outside all totals."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class FirstCase:
    """The amount of the first case whose test holds; none holds: nothing."""

    cases: tuple[tuple[Test, Amount], ...]


Amount = Fixed | ByGrade | Rate | Tiers | PerUnit | Between | CaseByCase | FirstCase


class Payable(NamedTuple):
    """The sums that remain possible: ``low`` ≤ due ≤ ``high`` (null: no bound).

    ``known`` is false where a fact is missing (then ``high`` is the amount's ceiling); ``decided`` is false where the
    text leaves the sum to the office.
    """

    low: int
    high: int | None
    known: bool = True
    decided: bool = True
    span: Span | None = None


Due = Callable[[Lookup], Payable]
Number = Callable[[Lookup], int | None]


def due(amount: Amount) -> Due:
    """The meaning of an amount, as one function of the facts."""
    match amount:
        case ByGrade():
            return _by_grade(amount)
        case Rate():
            return _over(amount.base, lambda base: _exactly(rated(base, amount), amount.span), amount)
        case PerUnit():
            return _over(amount.count, lambda count: _exactly(counted(count, amount), amount.span), amount)
        case Tiers():
            return _over(amount.base, lambda base: _tiered(base, amount), amount)
        case FirstCase():
            return _first(amount)
    always = _constant(amount)
    return lambda _: always


def _constant(amount: Fixed | Between | CaseByCase) -> Payable:
    match amount:
        case Fixed(fen, span):
            return _exactly(fen, span)
        case Between(floor, cap, span):
            return Payable(floor, cap, decided=False, span=span)
        case CaseByCase():
            return Payable(0, 0)


def _exactly(fen: int, span: Span | None) -> Payable:
    return Payable(fen, fen, True, True, span)


def _unknown(amount: Amount) -> Payable:
    return Payable(0, ceiling(amount), known=False)


def _by_grade(amount: ByGrade) -> Due:
    table: dict[Any, Payable] = {grade: _constant(fixed) for grade, fixed in amount.sums}
    other = _unknown(amount)
    return lambda lookup: table.get(lookup("event.grade"), other)


def _over(base: Term, paid: Callable[[int], Payable], amount: Amount) -> Due:
    """What is paid for a base; unknown without it."""
    read, other = number(base), _unknown(amount)

    def due_for(lookup: Lookup) -> Payable:
        found = read(lookup)
        return other if found is None else paid(found)

    return due_for


def _first(amount: FirstCase) -> Due:
    cases = [(question(test), due(inner)) for test, inner in amount.cases]
    other, nothing = _unknown(amount), Payable(0, 0)

    def first_that_holds(lookup: Lookup) -> Payable:
        for holds, paid in cases:
            verdict = holds(lookup)
            if verdict is None:
                return other
            if verdict:
                found = paid(lookup)
                return found if found.known else other
        return nothing

    return first_that_holds


def number(node: Term) -> Number:
    """The value of a base, as one function of the facts; null where a fact is missing."""
    match node:
        case Constant(value):
            return lambda _: value
        case FactTerm(fact, (n, d), rounding):
            return _fact(fact, n, d, rounding)
        case Minus(left, right):
            return _difference(number(left), number(right))


def _fact(fact: str, n: int, d: int, rounding: int) -> Number:
    def read(lookup: Lookup) -> int | None:
        found: Any = lookup(fact)
        return None if found is None else round_down(found * n, d, rounding)

    return cast(Number, lambda lookup: lookup(fact)) if (n, d, rounding) == (1, 1, 1) else read


def _difference(left: Number, right: Number) -> Number:
    def less(lookup: Lookup) -> int | None:
        a, b = left(lookup), right(lookup)
        return None if a is None or b is None else a - b

    return less


def round_down(numerator: int, denominator: int, rounding: int) -> int:
    """A ratio rounded down (towards zero below it) to a multiple of ``rounding``."""
    size = abs(numerator) // (denominator * rounding) * rounding
    return size if numerator >= 0 else -size


def rated(base: int, amount: Rate) -> int:
    """A rate's sum: rounded down, lifted to the floor, cut at the cap; a base of zero or less gives nothing."""
    if base <= 0:
        return 0
    fen = round_down(base * amount.rate[0], amount.rate[1], amount.rounding)
    return capped(max(fen, amount.floor or 0), amount.cap)


def counted(count: int, amount: PerUnit) -> int:
    """A sum for each unit counted; less than nothing counts as nothing."""
    return capped(max(count, 0) * amount.fen, amount.cap)


def capped(fen: int, cap: int | None) -> int:
    """At most ``cap``."""
    return fen if cap is None else min(fen, cap)


def _tiered(base: int, amount: Tiers) -> Payable:
    for tier in amount.tiers:
        if (tier.start is None or base >= tier.start) and (tier.end is None or base < tier.end):
            if tier.rate is not None:
                fen = round_down(max(base, 0) * tier.rate[0], tier.rate[1], amount.rounding)
                return _exactly(capped(fen, tier.cap), tier.span)
            if tier.fen is not None:
                return _exactly(tier.fen, tier.span)
            return Payable(0, tier.cap, decided=False, span=tier.span)
    return Payable(0, 0)


def ceiling(amount: Amount) -> int | None:
    """The most an amount can come to, whatever the facts; null where nothing bounds it."""
    match amount:
        case Fixed(fen):
            return fen
        case ByGrade(sums):
            return max(fixed.fen for _, fixed in sums)
        case Rate(cap=cap) | PerUnit(cap=cap) | Between(cap=cap):
            return cap
        case Tiers(tiers=tiers):
            return _largest([tier.fen if tier.fen is not None else tier.cap for tier in tiers])
        case FirstCase(cases):
            return _largest([ceiling(inner) for _, inner in cases])
        case CaseByCase():
            return 0


def _largest(bounds: list[int | None]) -> int | None:
    known = [bound for bound in bounds if bound is not None]
    return max(known) if len(known) == len(bounds) else None


def reads(amount: Amount) -> Iterator[str]:
    """The facts an amount reads, in order, possibly repeated."""
    match amount:
        case Rate(base=base) | Tiers(base=base) | PerUnit(count=base):
            yield from reads_of(base)
        case FirstCase(cases):
            for test, inner in cases:
                yield from facts_of(test)
                yield from reads(inner)


def reads_of(node: Term) -> Iterator[str]:
    """The facts a base reads, in order, possibly repeated."""
    if isinstance(node, FactTerm):
        yield node.fact
    elif isinstance(node, Minus):
        yield from reads_of(node.left)
        yield from reads_of(node.right)
