"""What can be changed of an amount: its sums, rates, caps, tiers, cases and bases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from luodi.entitlement import amount as a
from luodi.entitlement.condition import Test
from luodi.entitlement.result import Span
from luodi.entitlement.simulation.places import Place, is_money, member_in, numbered, put_in, term_places, test_places
from luodi.entitlement.simulation.values import FieldKind, FieldValue
from luodi.entitlement.vocabulary import Vocabulary


def amount_places(amount: a.Amount, words: Vocabulary) -> Iterator[Place]:
    """The places of an amount."""
    match amount:
        case a.Fixed(fen, span):
            yield _sum("amount", "金额", fen, put_in(amount, "fen"), span)
        case a.ByGrade(sums):
            for at, (grade, fixed) in enumerate(sums):
                yield _sum(f"amount.{grade}", f"“{grade}”的金额", fixed.fen, _grade_put(amount, at), fixed.span)
        case a.Rate():
            yield Place("rate", "比率", "rate", amount.rate, put_in(amount, "rate"), span=amount.span)
            yield _sum("floor", "下限", amount.floor, put_in(amount, "floor"), amount.span, optional=True)
            yield _cap(amount)
            yield from _based(amount, "base", words)
        case a.PerUnit():
            yield _sum("amount", "每一单位的金额", amount.fen, put_in(amount, "fen"), amount.span)
            yield _cap(amount)
            yield from _based(amount, "count", words)
        case a.Between():
            yield _sum("floor", "下限", amount.floor, put_in(amount, "floor"), amount.span)
            yield _cap(amount)
        case a.Tiers():
            yield from _tiers(amount, words)
        case a.FirstCase(cases):
            for at, case in enumerate(cases):
                yield from _case(amount, at, *case, words)
        case a.Sum(parts, cap, at_most):
            for at, part in enumerate(parts):
                name, label = ("", "") if len(parts) == 1 else (f"part{at + 1}", f"第{at + 1}部分")
                put = member_in(amount, "parts", at)
                inner = (place.within(name, label, put) for place in amount_places(part, words))
                yield from (replace(place, paid=place.paid and len(parts) == 1) for place in inner)
            yield _sum("most", "合计上限", cap, put_in(amount, "cap"), None, optional=len(parts) > 1)
            for place in numbered(term_places(at_most, words) if at_most is not None else ()):
                yield place.within("at_most", "合计上限中的", put_in(amount, "at_most"))
        case a.Less():
            inner = (place.within("", "", put_in(amount, "amount")) for place in amount_places(amount.amount, words))
            yield from (replace(place, paid=False) for place in inner)


def _sum(
    name: str, label: str, fen: int | None, put: Callable[[Any], Any], span: Span | None, *, optional: bool = False
) -> Place:
    return Place(name, label, "money", fen, put, span=span, optional=optional, paid=True)


def _cap(amount: a.Rate | a.PerUnit | a.Between) -> Place:
    return _sum("cap", "上限", amount.cap, put_in(amount, "cap"), amount.span, optional=True)


def _grade_put(amount: a.ByGrade, at: int) -> Callable[[int], a.ByGrade]:
    def put(fen: int) -> a.ByGrade:
        sums = list(amount.sums)
        sums[at] = (sums[at][0], replace(sums[at][1], fen=fen))
        return replace(amount, sums=tuple(sums))

    return put


def _based(amount: a.Rate | a.PerUnit | a.Tiers, name: str, words: Vocabulary) -> Iterator[Place]:
    for place in numbered(term_places(getattr(amount, name), words, counted=isinstance(amount, a.PerUnit))):
        yield place.within("base", "基数中的", put_in(amount, name))


def _tiers(amount: a.Tiers, words: Vocabulary) -> Iterator[Place]:
    """Each tier's sum, rate or cap, and where it starts: with it ends the tier before."""
    kind: FieldKind = "money" if is_money(amount.base, words) else "integer"

    def put(at: int, name: str) -> Callable[[Any], a.Tiers]:
        def new(value: Any) -> a.Tiers:
            tiers = list(amount.tiers)
            if name == "start" and at and tiers[at - 1].end == tiers[at].start:
                tiers[at - 1] = replace(tiers[at - 1], end=value)
            tiers[at] = replace(tiers[at], **{name: value})
            return replace(amount, tiers=tuple(tiers))

        return new

    for at, tier in enumerate(amount.tiers):
        parts: list[tuple[str, str, str, FieldKind, FieldValue]] = []
        if tier.start is not None:
            parts.append(("start", "from", "起点", kind, tier.start))
        if tier.end is not None and at == len(amount.tiers) - 1:
            parts.append(("end", "to", "终点", kind, tier.end))
        if tier.fen is not None:
            parts.append(("fen", "amount", "金额", "money", tier.fen))
        if tier.rate is not None:
            parts.append(("rate", "rate", "比率", "rate", tier.rate))
        if tier.fen is None:
            parts.append(("cap", "cap", "上限", "money", tier.cap))
        for name, field, label, of_kind, value in parts:
            yield Place(
                f"tier{at + 1}.{field}",
                f"第{at + 1}档{label}",
                of_kind,
                value,
                put(at, name),
                span=tier.span,
                optional=name == "cap" and tier.rate is not None,
                paid=name in ("fen", "cap") and not amount.marginal,
            )
    yield from _based(amount, "base", words)


def _case(amount: a.FirstCase, at: int, test: Test, inner: a.Amount, words: Vocabulary) -> Iterator[Place]:
    def put(part: int, new: Any) -> a.FirstCase:
        cases = list(amount.cases)
        cases[at] = (new, inner) if part == 0 else (test, new)
        return replace(amount, cases=tuple(cases))

    name, label = f"case{at + 1}", f"第{at + 1}种情形"
    for place in numbered(test_places(test, words)):
        yield place.within(f"{name}.when", f"{label}：", lambda new: put(0, new))
    for place in amount_places(inner, words):
        yield place.within(name, label, lambda new: put(1, new))
