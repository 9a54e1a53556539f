"""What a rule pays: fixed, by grade, a rate of a base, tiers, per unit, a range, several of these, the first case.

Money is integer fen; a rate is an exact ratio; results are rounded down to ``rounding`` fen (1 unless the rule
states otherwise). :func:`due` is the meaning: the lowest and highest sum that the known facts allow.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

from luodi.entitlement.condition import Lookup, Test, facts_of, question
from luodi.entitlement.vocabulary import within

if TYPE_CHECKING:
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


@dataclass(frozen=True, slots=True)
class Combined:
    """Several terms added, multiplied, or the least or greatest of them (孰低, 孰高)."""

    op: Literal["plus", "product", "least", "most"]
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Scaled:
    """A term times a ratio, rounded down towards zero to a multiple of ``rounding``: whole steps of 每增加N."""

    term: Term
    times: tuple[int, int]
    rounding: int = 1


@dataclass(frozen=True, slots=True)
class Dated:
    """A parameter (参数) whose value hangs on the day that counts; on a day without one it is unknown."""

    name: str
    values: tuple[tuple[dt.date | None, dt.date | None, int], ...]


Term = FactTerm | Constant | Minus | Combined | Scaled | Dated
Rounding = Literal["down", "half", "up"]


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
    how: Rounding = "down"


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
    """Tiers over a base; the whole base takes its tier's rate (全额). Outside all tiers: nothing.

    ``marginal`` (超额累进): each tier's rate is for the part of the base that lies in it, rounded for itself.
    """

    base: Term
    tiers: tuple[Tier, ...]
    rounding: int = 1
    how: Rounding = "down"
    marginal: bool = False


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


@dataclass(frozen=True, slots=True)
class Sum:
    """Several amounts together (先给A，再给B), at most ``cap``; of one amount, its cap for each event (单项限额).

    ``at_most`` is a further cap that hangs on facts (不超过投资额的30%，含上级资金): below zero it leaves nothing.
    """

    parts: tuple[Amount, ...]
    cap: int | None = None
    at_most: Term | None = None


@dataclass(frozen=True, slots=True)
class Less:
    """An amount less what was already received for the same matter (就高不重复，补差额): never below nothing."""

    amount: Amount
    received: Term


Amount = Fixed | ByGrade | Rate | Tiers | PerUnit | Between | CaseByCase | FirstCase | Sum | Less


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


def by_parts(amount: Tiers) -> Sum:
    """Marginal tiers as what they mean: a rate of each part of the base, added up."""
    parts: list[Amount] = []
    for tier in amount.tiers:
        below = amount.base if tier.end is None else Combined("least", (amount.base, Constant(tier.end)))
        part = Combined("most", (Minus(below, Constant(tier.start or 0)), Constant(0)))
        parts.append(Rate(tier.rate or (0, 1), part, None, tier.cap, amount.rounding, tier.span, amount.how))
    return Sum(tuple(parts))


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


def capped(fen: int, cap: int | None) -> int:
    """At most ``cap``."""
    return fen if cap is None else min(fen, cap)


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


def ceiling(amount: Amount) -> int | None:
    """The most an amount can come to, whatever the facts; null where nothing bounds it."""
    match amount:
        case Fixed(fen):
            return fen
        case ByGrade(sums):
            return max(fixed.fen for _, fixed in sums)
        case Rate(cap=cap) | PerUnit(cap=cap) | Between(cap=cap):
            return cap
        case Tiers(marginal=True):
            return ceiling(by_parts(amount))
        case Tiers(tiers=tiers):
            return _largest([tier.fen if tier.fen is not None else tier.cap for tier in tiers])
        case FirstCase(cases):
            return _largest([ceiling(inner) for _, inner in cases])
        case Sum(parts, cap):
            tops = [top for part in parts if (top := ceiling(part)) is not None]
            return cap if len(tops) < len(parts) else capped(sum(tops), cap)
        case Less(inner):
            return ceiling(inner)
        case CaseByCase():
            return 0


def _largest(bounds: list[int | None]) -> int | None:
    known = [bound for bound in bounds if bound is not None]
    return max(known) if len(known) == len(bounds) else None


def parts_of(amount: Amount) -> tuple[Amount, ...]:
    """The amounts that an amount is made of, all paid together; none where it is simple or one of several cases."""
    return amount.parts if isinstance(amount, Sum) else (amount.amount,) if isinstance(amount, Less) else ()


def grades_of(amount: Amount) -> tuple[str, ...] | None:
    """The grades that an amount pays by; null where it does not hang on the grade."""
    if isinstance(amount, ByGrade):
        return tuple(grade for grade, _ in amount.sums)
    found = [grades for part in parts_of(amount) if (grades := grades_of(part)) is not None]
    return tuple(dict.fromkeys(grade for grades in found for grade in grades)) if found else None


def reads(amount: Amount) -> Iterator[str]:
    """The facts an amount reads, in order, possibly repeated."""
    match amount:
        case Rate(base=base) | Tiers(base=base) | PerUnit(count=base):
            yield from reads_of(base)
        case Sum(parts, _, at_most):
            for part in parts:
                yield from reads(part)
            yield from reads_of(at_most) if at_most is not None else ()
        case Less(inner, received):
            yield from reads(inner)
            yield from reads_of(received)
        case FirstCase(cases):
            for test, inner in cases:
                yield from facts_of(test)
                yield from reads(inner)


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
