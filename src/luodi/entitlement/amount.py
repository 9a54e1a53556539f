"""What a rule pays: fixed, by grade, a rate of a base, tiers, per unit, a range, several of these, the first case.

Money is integer fen; a rate is an exact ratio; results are rounded to a multiple of ``rounding`` fen (1, and down,
unless the rule states otherwise). What each comes to is said in :mod:`luodi.entitlement.payable`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from luodi.entitlement.condition import Test, facts_of
from luodi.entitlement.term import Combined, Constant, Minus, Term, reads_of
from luodi.record import record

if TYPE_CHECKING:
    from luodi.entitlement.result import Span

Rounding = Literal["down", "half", "up"]


@record
class Fixed:
    """Exactly this sum."""

    fen: int
    span: Span | None = None


@record
class ByGrade:
    """A sum for each grade of the event."""

    sums: tuple[tuple[str, Fixed], ...]

    def of(self, grade: str | None) -> Fixed | None:
        """The sum of one grade; null where it pays nothing."""
        return next((fixed for id_, fixed in self.sums if id_ == grade), None)


@record
class Rate:
    """A share of a base, at least ``floor`` once the base is above zero, at most ``cap``."""

    rate: tuple[int, int]
    base: Term
    floor: int | None = None
    cap: int | None = None
    rounding: int = 1
    span: Span | None = None
    how: Rounding = "down"


@record
class Tier:
    """One tier ``[start, end)`` of the base: a sum, or a rate of the whole base with a cap, or only a cap."""

    start: int | None
    end: int | None
    fen: int | None = None
    rate: tuple[int, int] | None = None
    cap: int | None = None
    span: Span | None = None


@record
class Tiers:
    """Tiers over a base; the whole base takes its tier's rate (全额). Outside all tiers: nothing.

    ``marginal`` (超额累进): each tier's rate is for the part of the base that lies in it, rounded for itself.
    """

    base: Term
    tiers: tuple[Tier, ...]
    rounding: int = 1
    how: Rounding = "down"
    marginal: bool = False


@record
class PerUnit:
    """A sum for each unit counted (每家, 每人, 每平方米), at most ``cap``."""

    count: Term
    fen: int
    cap: int | None = None
    span: Span | None = None


@record
class Between:
    """The office decides within bounds (最高不超过, A至B); without ``cap`` there is no upper bound."""

    floor: int
    cap: int | None
    span: Span | None = None


@record
class CaseByCase:
    """No sum in the text: 一事一议, guidance, priority elsewhere. Outside all totals."""

    note: str = ""


@record
class FirstCase:
    """The amount of the first case whose test holds; none holds: nothing."""

    cases: tuple[tuple[Test, Amount], ...]


@record
class Sum:
    """Several amounts together (先给A，再给B), at most ``cap``; of one amount, its cap for each event (单项限额).

    ``at_most`` is a further cap that hangs on facts (不超过投资额的30%，含上级资金): below zero it leaves nothing.
    """

    parts: tuple[Amount, ...]
    cap: int | None = None
    at_most: Term | None = None


@record
class Less:
    """An amount less what was already received for the same matter (就高不重复，补差额): never below nothing."""

    amount: Amount
    received: Term


Amount = Fixed | ByGrade | Rate | Tiers | PerUnit | Between | CaseByCase | FirstCase | Sum | Less


def by_parts(amount: Tiers) -> Sum:
    """Marginal tiers as what they mean: a rate of each part of the base, added up."""
    parts: list[Amount] = []
    for tier in amount.tiers:
        below = amount.base if tier.end is None else Combined("least", (amount.base, Constant(tier.end)))
        part = Combined("most", (Minus(below, Constant(tier.start or 0)), Constant(0)))
        parts.append(Rate(tier.rate or (0, 1), part, None, tier.cap, amount.rounding, tier.span, amount.how))
    return Sum(tuple(parts))


def capped(fen: int, cap: int | None) -> int:
    """At most ``cap``."""
    return fen if cap is None else min(fen, cap)


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
