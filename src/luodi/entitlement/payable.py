"""What an amount comes to: the lowest and the highest sum that the known facts allow, in fen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from luodi.entitlement.amount import (
    Amount,
    Between,
    ByGrade,
    CaseByCase,
    FirstCase,
    Fixed,
    Less,
    PerUnit,
    Rate,
    Rounding,
    Sum,
    Tiers,
    by_parts,
    capped,
    ceiling,
)
from luodi.entitlement.condition import Lookup, question
from luodi.entitlement.term import Number, Term, number

if TYPE_CHECKING:
    from luodi.entitlement.result import Span


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


def due(amount: Amount) -> Due:
    """The meaning of an amount, as one function of the facts."""
    match amount:
        case ByGrade():
            return _by_grade(amount)
        case Rate():
            return _over(amount.base, lambda base: _exactly(rated(base, amount), amount.span), amount)
        case PerUnit():
            return _over(amount.count, lambda count: _exactly(counted(count, amount), amount.span), amount)
        case Tiers(marginal=True):
            return due(by_parts(amount))
        case Tiers():
            return _over(amount.base, lambda base: _tiered(base, amount), amount)
        case FirstCase():
            return _first(amount)
        case Sum(parts, cap):
            whole = _together([due(part) for part in parts], cap, _unknown(amount))
            return whole if amount.at_most is None else _within(whole, number(amount.at_most), _unknown(amount))
        case Less(inner, received):
            return _remaining(due(inner), number(received), _unknown(amount))
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


def _together(parts: Sequence[Due], cap: int | None, other: Payable) -> Due:
    def sum_of(lookup: Lookup) -> Payable:
        found = [part(lookup) for part in parts]
        if not all(each.known for each in found):
            return other
        highs = [each.high for each in found if each.high is not None]
        high = sum(highs) if len(highs) == len(found) else None
        low = capped(sum(each.low for each in found), cap)
        decided = all(each.decided for each in found)
        return Payable(low, cap if high is None else capped(high, cap), True, decided, found[0].span)

    return sum_of


def _within(whole: Due, most: Number, other: Payable) -> Due:
    def bounded(lookup: Lookup) -> Payable:
        found, limit = whole(lookup), most(lookup)
        if limit is None or not found.known:
            return other
        limit = max(limit, 0)
        high = limit if found.high is None else min(found.high, limit)
        return found._replace(low=min(found.low, limit), high=high)

    return bounded


def _remaining(whole: Due, received: Number, other: Payable) -> Due:
    def rest(lookup: Lookup) -> Payable:
        found, less = whole(lookup), received(lookup)
        if less is None or not found.known:
            return other
        high = None if found.high is None else max(found.high - less, 0)
        return Payable(max(found.low - less, 0), high, True, found.decided, found.span)

    return rest


def rounded(numerator: int, denominator: int, rounding: int, how: Rounding) -> int:
    """A ratio, zero or more, as a multiple of ``rounding``: dropped below (down), to the nearest (half), above (up)."""
    step = denominator * rounding
    if how == "half":
        return (2 * numerator + step) // (2 * step) * rounding
    return (numerator + step - 1 if how == "up" else numerator) // step * rounding


def rated(base: int, amount: Rate) -> int:
    """A rate's sum: rounded, lifted to the floor, cut at the cap; a base of zero or less gives nothing."""
    if base <= 0:
        return 0
    fen = rounded(base * amount.rate[0], amount.rate[1], amount.rounding, amount.how)
    return capped(max(fen, amount.floor or 0), amount.cap)


def counted(count: int, amount: PerUnit) -> int:
    """A sum for each unit counted; less than nothing counts as nothing."""
    return capped(max(count, 0) * amount.fen, amount.cap)


def _tiered(base: int, amount: Tiers) -> Payable:
    for tier in amount.tiers:
        if (tier.start is None or base >= tier.start) and (tier.end is None or base < tier.end):
            if tier.rate is not None:
                fen = rounded(max(base, 0) * tier.rate[0], tier.rate[1], amount.rounding, amount.how)
                return _exactly(capped(fen, tier.cap), tier.span)
            if tier.fen is not None:
                return _exactly(tier.fen, tier.span)
            return Payable(0, tier.cap, decided=False, span=tier.span)
    return Payable(0, 0)
