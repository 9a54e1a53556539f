"""Values within the terms and tests of a rule that can be changed, each with how its part is made anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from luodi.entitlement import term as t
from luodi.entitlement.condition import OP_WORDS, AllOf, AnyOf, ByDay, Compare, NotSo, Share, Test
from luodi.entitlement.result import Span
from luodi.entitlement.simulation.values import FieldKind, FieldValue
from luodi.entitlement.vocabulary import Value, Vocabulary
from luodi.errors import UsageError


@dataclass(frozen=True, slots=True)
class Place:
    """A changeable value within a part (an amount, a test …) and how the part is made anew with another.

    ``paid``: it is a sum that an event or unit gets, or the bound of one; nothing else of the rule hangs on it.
    """

    name: str
    label: str
    kind: FieldKind
    value: FieldValue
    put: Callable[[Any], Any]
    unit: str = ""
    span: Span | None = None
    optional: bool = False
    paid: bool = False

    def within(self, name: str, label: str, rebuild: Callable[[Any], Any]) -> Place:
        """The same place seen from the part around."""
        names = ".".join(filter(None, (name, self.name)))
        return replace(self, name=names, label=label + self.label, put=lambda value: rebuild(self.put(value)))


def put_in(part: Any, name: str) -> Callable[[Any], Any]:
    """How a part is made anew with another value of one of its fields."""
    return lambda value: replace(part, **{name: value})


def then(first: Callable[[Any], Any], second: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """One way of making anew after another."""
    return lambda value: second(first(value))


def term_places(
    term: t.Term, words: Vocabulary, kind: FieldKind = "integer", *, counted: bool = False
) -> Iterator[Place]:
    """The factors and numbers of a base; where it is ``counted``, a factor is how much makes a share."""
    match term:
        case t.Constant(value):
            yield Place("", "常数", kind, value, put_in(term, "value"))
        case t.FactTerm(fact, times) if times != (1, 1):
            yield _factor(term, _label(fact, words), words, counted=counted)
        case t.Minus(left, right):
            money = not counted and any(is_money(side, words) for side in (left, right))
            for side in ("left", "right"):
                inner = term_places(getattr(term, side), words, "money" if money else kind, counted=counted)
                taken = "减去的" if side == "right" else ""
                yield from (place.within("", taken, put_in(term, side)) for place in inner)
        case t.Combined(op, terms):
            money = not counted and op != "product" and is_money(term, words)
            for at, each in enumerate(terms):
                for place in term_places(each, words, "money" if money else kind, counted=counted):
                    yield place.within("", "", member_in(term, "terms", at))
        case t.Scaled(inner, times):
            yield _factor(term, "", words, counted=counted)
            inside = term_places(inner, words, kind, counted=counted and times == (1, 1))
            yield from (place.within("", "", put_in(term, "term")) for place in inside)
        case t.Dated(name, values):
            of_kind: FieldKind = "money" if is_money(term, words) else "integer"
            for at, (start, end, value) in enumerate(values):
                put = then(of_period(start, end), member_in(term, "values", at))
                yield Place("", f"参数“{name}”{_period(start, end)}", of_kind, value, put)


def _factor(term: t.FactTerm | t.Scaled, of: str, words: Vocabulary, *, counted: bool) -> Place:
    """A ratio; where it makes shares of what is counted (每增加50亿元, 每10人), how much makes them."""
    shares, each = term.times
    if not counted or shares >= each:
        return Place("", f"{of}的比例" if of else "比例", "rate", term.times, put_in(term, "times"))

    def put(new: int) -> t.Term:
        if new < 1:
            raise UsageError("每多少计一份不能是零。请填大于零的数。")
        return replace(term, times=(shares, new))

    kind: FieldKind = "money" if is_money(term, words) else "integer"
    return Place("", f"{of}每多少计{shares}份", kind, each, put)


def is_money(term: t.Term, words: Vocabulary) -> bool:
    """Whether a base is money, so that its numbers are sums."""
    match term:
        case t.FactTerm(fact):
            return _kind(fact, words) == "money"
        case t.Minus(left, right):
            return is_money(left, words) or is_money(right, words)
        case t.Combined(_, terms):
            return any(is_money(each, words) for each in terms)
        case t.Scaled(inner):
            return is_money(inner, words)
        case t.Dated(name):  # by its name alone: its values may have been changed already
            return any(p.type == "money" for p in words.parameters.values() if p.label == name)
    return False


def member_in(part: Any, name: str, at: int) -> Callable[[Any], Any]:
    """How a part is made anew with another member of one of its sequences."""

    def put(new: Any) -> Any:
        members = getattr(part, name)
        return replace(part, **{name: (*members[:at], new, *members[at + 1 :])})

    return put


def of_period(start: dt.date | None, end: dt.date | None) -> Callable[[Any], Any]:
    """How a value is put into its period."""
    return lambda new: (start, end, new)


def _period(start: dt.date | None, end: dt.date | None) -> str:
    """The days for which a dated value is laid down, in words."""
    return (f"{start}起" if start else "") + (f"至{end}" if end else "")


def numbered(places: Iterable[Place]) -> Iterator[Place]:
    """Places without names of their own: none where there is one, else 1, 2, 3."""
    found = list(places)
    if len(found) == 1:
        yield from found
        return
    yield from (replace(place, name=str(number)) for number, place in enumerate(found, 1))


def test_places(test: Test | None, words: Vocabulary) -> Iterator[Place]:
    """The thresholds of a test: numbers, money, days, and ratios to another fact."""
    match test:
        case AllOf(tests) | AnyOf(tests):
            for at, each in enumerate(tests):

                def rebuild(new: Test, at: int = at) -> Test:
                    inner = list(tests)
                    inner[at] = new
                    return replace(test, tests=tuple(inner))

                yield from (place.within("", "", rebuild) for place in test_places(each, words))
        case NotSo(inner):
            yield from (place.within("", "", put_in(test, "test")) for place in test_places(inner, words))
        case ByDay(name, periods):
            for at, (start, end, inner) in enumerate(periods):
                put = then(of_period(start, end), member_in(test, "periods", at))
                label = f"按“{name}”{_period(start, end)}的"
                yield from (place.within("", label, put) for place in test_places(inner, words))
        case Compare(fact, op, Share() as share) if share.times != (1, 1):
            label = f"{_label(fact, words)}与{_label(share.fact, words)}之比{OP_WORDS[op]}"
            yield Place("", label, "rate", share.times, lambda new: replace(test, value=replace(share, times=new)))
        case Compare(fact, op, value) if not isinstance(value, Share):
            kind = _kind(fact, words)
            if kind is not None:
                found = words.fact(fact)
                unit = (found.unit or "") if found and kind != "money" else ""
                yield Place(
                    "",
                    f"{_label(fact, words)}{OP_WORDS[op]}",
                    kind,
                    _threshold(value),
                    put_in(test, "value"),
                    unit=unit,
                )


def _threshold(value: Value) -> FieldValue:
    assert isinstance(value, int | dt.date | Decimal)
    return value


def _kind(fact: str, words: Vocabulary) -> FieldKind | None:
    found = words.fact(fact)
    kinds: dict[str, FieldKind] = {"money": "money", "integer": "integer", "number": "number", "date": "date"}
    return kinds.get(found.type) if found else None


def _label(fact: str, words: Vocabulary) -> str:
    found = words.fact(fact)
    return found.label if found else fact
