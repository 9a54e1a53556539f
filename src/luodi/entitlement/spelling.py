"""Tests, terms and amounts spelled as plain Python: the same meaning as their functions, without the calls.

:mod:`luodi.entitlement.condition`, ``term`` and ``payable`` say what they mean; a test on random rule sets holds the
spelling to them. Facts are local names of the function in the making, null where nobody gave them; ``day``
is the day that counts. An amount is spelled as statements that leave its least and greatest sum in two names:
the least is null where a fact is missing, the greatest where nothing bounds it.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

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
    Tier,
    Tiers,
    by_parts,
    ceiling,
)
from luodi.entitlement.condition import AllOf, AnyOf, ByDay, Compare, Member, NotSo, Share, Test
from luodi.entitlement.term import Combined, Constant, Dated, FactTerm, Minus, Scaled, Term, round_down
from luodi.entitlement.vocabulary import Vocabulary

Lines = list[str]
_OPS = {">=": ">=", "<=": "<=", ">": ">", "<": "<", "=": "==", "!=": "!="}
_JOINED = {"plus": " + ", "product": " * "}
_CHOSEN = {"least": "min", "most": "max"}


class Spelled(NamedTuple):
    """A number as an expression, and the expressions that must not be null for it, in the order in which they are asked."""

    text: str
    parts: tuple[str, ...] = ()

    @property
    def unknown(self) -> str:
        """A test for a missing part; empty where none can be missing."""
        return " or ".join(f"{part} is None" for part in dict.fromkeys(self.parts))


class Spelling:
    """Spells for one function; collects the facts that it reads (:attr:`facts`) and the values its text names."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.facts: dict[str, str] = {}
        self.values: dict[str, Any] = {"round_down": round_down}
        self._fresh = 0

    def fact(self, name: str) -> str:
        """The local name of a fact."""
        if name not in self.facts:
            plain = f"f_{name}"
            fits = plain.isidentifier() and unicodedata.normalize("NFKC", plain) == plain
            self.facts[name] = plain if fits else f"fact{len(self.facts)}"
        return self.facts[name]

    def value(self, value: Any) -> str:
        """A value as a literal, or a name for what has none."""
        if value is None or isinstance(value, bool | int | str):
            return repr(value)
        name = f"day_{value:%Y_%m_%d}" if isinstance(value, dt.date) else f"value{len(self.values)}"
        self.values[name] = value
        return name

    def fresh(self, what: str) -> str:
        """A local name that nothing else has."""
        self._fresh += 1
        return f"{what}{self._fresh}"

    def test(self, test: Test) -> str:
        """A test as an expression that is true, false or null."""
        match test:
            case Compare(fact, op, Share(other, times)):
                return self._compared_to_fact(fact, op, other, times)
            case Compare(fact, op, value):
                known = f"{self.fact(fact)} {_OPS[op]} {self.value(value)}"
                if self._many(fact):
                    known = f"{self.value(value)} {'in' if op == '=' else 'not in'} {self.fact(fact)}"
                return f"(None if {self.fact(fact)} is None else {known})"
            case Member(fact, values):
                among = "{" + ", ".join(map(self.value, values)) + "}" if values else self.value(frozenset())
                known = (
                    f"not {among}.isdisjoint({self.fact(fact)})"
                    if self._many(fact)
                    else f"{self.fact(fact)} in {among}"
                )
                return f"(None if {self.fact(fact)} is None else {known})"
            case NotSo(inner):
                part = self.fresh("t")
                return f"(None if ({part} := {self.test(inner)}) is None else not {part})"
            case AllOf(tests):
                return self._several(tests, "False", "True")
            case AnyOf(tests):
                return self._several(tests, "True", "False")
            case ByDay(_, periods):
                return self._by_day((start, end, self.test(each)) for start, end, each in periods)

    def _many(self, fact: str) -> bool:
        kind = self.words.fact(fact)
        return kind is not None and kind.type == "codes"

    def _compared_to_fact(self, fact: str, op: str, other: str, times: tuple[int, int]) -> str:
        left, right, (n, d) = self.fact(fact), self.fact(other), times
        sides = (left, right) if n == d else (f"{left} * {d}", f"{right} * {n}")
        return f"(None if {left} is None or {right} is None else {sides[0]} {_OPS[op]} {sides[1]})"

    def _several(self, tests: Sequence[Test], decisive: str, otherwise: str) -> str:
        """All of (the first no decides) or any of (the first yes decides); unknown where one is and none decides."""
        spelled = [(self.fresh("t"), self.test(each)) for each in tests]
        decided = " or ".join(f"({name} := {text}) is {decisive}" for name, text in spelled)
        unknown = " or ".join(f"{name} is None" for name, _ in spelled)
        return f"({decisive} if {decided} else None if {unknown} else {otherwise})"

    def _by_day(self, periods: Iterable[tuple[dt.date | None, dt.date | None, str]]) -> str:
        cases = [f"{text} if {self._within(start, end)} else " for start, end, text in periods]
        return f"({''.join(cases)}None)"

    def _within(self, start: dt.date | int | None, end: dt.date | int | None) -> str:
        first = f"{self.value(start)} <= " if start is not None else ""
        last = f" <= {self.value(end)}" if end is not None else ""
        return f"{first}day{last}" if first or last else "True"

    def number(self, node: Term) -> Spelled:
        """A term as an expression."""
        match node:
            case Constant(value):
                return Spelled(f"({value})" if value < 0 else str(value))
            case FactTerm(fact, times, rounding):
                name = self.fact(fact)
                return Spelled(_times(name, times, rounding), (name,))
            case Minus(left, right):
                one, other = self.number(left), self.number(right)
                return Spelled(f"({one.text} - {other.text})", one.parts + other.parts)
            case Combined(op, terms):
                found = [self.number(each) for each in terms]
                texts = [each.text for each in found]
                chosen = f"{_CHOSEN[op]}({', '.join(texts)})" if op in _CHOSEN and len(texts) > 1 else None
                parts = tuple(part for each in found for part in each.parts)
                return Spelled(chosen or f"({_JOINED.get(op, '').join(texts)})", parts)
            case Scaled(inner, times, rounding):
                found_inner = self.number(inner)
                return Spelled(_times(found_inner.text, times, rounding), found_inner.parts)
            case Dated(_, values):
                name = self.fresh("n")
                return Spelled(name, (f"({name} := {self._by_day((a, b, str(v)) for a, b, v in values)})",))

    def amount(self, amount: Amount, low: str, high: str) -> Lines:
        """Statements that set the names ``low`` and ``high`` to what is due at least and at most."""
        match amount:
            case Fixed(fen):
                return [f"{low} = {high} = {fen}"]
            case Between(floor, cap):
                return [f"{low}, {high} = {floor}, {cap}"]
            case CaseByCase():
                return [f"{low} = {high} = 0"]
            case ByGrade():
                return [_unknown(amount, low, high)]
            case Rate(base=base):
                return self._over(base, amount, low, high, lambda name: _rated(name, amount, low, high))
            case PerUnit(base, fen, cap):
                return self._over(
                    base,
                    amount,
                    low,
                    high,
                    lambda name: [f"{low} = {high} = max({name}, 0) * {fen}", *_cut(low, high, cap)],
                )
            case Tiers(marginal=True):
                return self.amount(by_parts(amount), low, high)
            case Tiers(base=base):
                return self._over(base, amount, low, high, lambda name: _tiered(name, amount, low, high))
            case FirstCase():
                return self._first(amount, low, high)
            case Sum():
                return self._sum(amount, low, high)
            case Less(inner, received):
                return self._less(amount, inner, self.number(received), low, high)

    def _over(self, base: Term, amount: Amount, low: str, high: str, paid: Any) -> Lines:
        """What is paid for a base; unknown without it."""
        found = self.number(base)
        simple = found.text.isidentifier()
        name = found.text if simple else self.fresh("base")
        known = [*([] if simple else [f"{name} = {found.text}"]), *paid(name)]
        return _unless(found.unknown, _unknown(amount, low, high), known)

    def _first(self, amount: FirstCase, low: str, high: str) -> Lines:
        unknown, lines, word = _unknown(amount, low, high), [], "if"
        for test, inner in amount.cases:
            name = self.fresh("t")
            paid = self.amount(inner, low, high)
            lines += [f"{word} ({name} := {self.test(test)}) is None:", f"    {unknown}", f"elif {name}:"]
            lines += indented([*paid, f"if {low} is None:", f"    {unknown}"])
            word = "elif"
        return [*lines, "else:", f"    {low} = {high} = 0"]

    def _sum(self, amount: Sum, low: str, high: str) -> Lines:
        names = [(self.fresh("low"), self.fresh("high")) for _ in amount.parts]
        lines = [line for part, both in zip(amount.parts, names, strict=True) for line in self.amount(part, *both)]
        unknown = _unknown(amount, low, high)
        known = [
            f"{low} = {' + '.join(one for one, _ in names)}",
            f"{high} = None if {_any_null(other for _, other in names)} else {' + '.join(other for _, other in names)}",
            *([f"if {low} > {amount.cap}:", f"    {low} = {amount.cap}"] if amount.cap is not None else []),
            *_at_most(high, amount.cap),
        ]
        if amount.at_most is not None:
            limit, name = self.number(amount.at_most), self.fresh("limit")
            bound = [f"{name} = max({limit.text}, 0)", f"{low} = min({low}, {name})", *_at_most(high, name)]
            known += _unless(limit.unknown, unknown, bound)
        return lines + _unless(_any_null(one for one, _ in names), unknown, known)

    def _less(self, amount: Less, inner: Amount, received: Spelled, low: str, high: str) -> Lines:
        name = self.fresh("received")
        rest = [
            f"{name} = {received.text}",
            f"{low} = max({low} - {name}, 0)",
            f"{high} = None if {high} is None else max({high} - {name}, 0)",
        ]
        missing = " or ".join(filter(None, (f"{low} is None", received.unknown)))
        return self.amount(inner, low, high) + _unless(missing, _unknown(amount, low, high), rest)


def indented(lines: Iterable[str]) -> Lines:
    """The lines of a block."""
    return [f"    {line}" for line in lines]


def _times(text: str, times: tuple[int, int], rounding: int) -> str:
    n, d = times
    whole = text if n == 1 else f"{text} * {n}"
    return text if (n, d, rounding) == (1, 1, 1) else f"round_down({whole}, {d}, {rounding})"


def _unknown(amount: Amount, low: str, high: str) -> str:
    return f"{low}, {high} = None, {ceiling(amount)}"


def _unless(missing: str, unknown: str, known: Lines) -> Lines:
    return [f"if {missing}:", f"    {unknown}", "else:", *indented(known)] if missing else known


def _any_null(names: Iterable[str]) -> str:
    return " or ".join(f"{name} is None" for name in names)


def _at_most(high: str, cap: int | str | None) -> Lines:
    """Cut what may have no bound."""
    return [] if cap is None else [f"if {high} is None or {high} > {cap}:", f"    {high} = {cap}"]


def _cut(low: str, high: str, cap: int | None) -> Lines:
    return [] if cap is None else [f"if {low} > {cap}:", f"    {low} = {high} = {cap}"]


def _share(base: str, rate: tuple[int, int], rounding: int, how: Rounding) -> str:
    n, step = rate[0], rate[1] * rounding
    whole = base if n == 1 else f"{base} * {n}"
    numerator = {"half": f"(2 * {whole} + {step})", "up": f"({whole} + {step - 1})", "down": whole}[how]
    divided = f"{numerator} // {2 * step if how == 'half' else step}"
    return divided if rounding == 1 else f"{divided} * {rounding}"


def _rated(base: str, amount: Rate, low: str, high: str) -> Lines:
    fen = _share(base, amount.rate, amount.rounding, amount.how)
    lifted = f"max({fen}, {amount.floor})" if amount.floor else fen
    return [f"{low} = {high} = 0 if {base} <= 0 else {lifted}", *_cut(low, high, amount.cap)]


def _tiered(base: str, amount: Tiers, low: str, high: str) -> Lines:
    lines: Lines = []
    for tier in amount.tiers:
        first = f"{tier.start} <= " if tier.start is not None else ""
        last = f" < {tier.end}" if tier.end is not None else ""
        lines += [f"{'elif' if lines else 'if'} {f'{first}{base}{last}' if first or last else True}:"]
        lines += indented(_tier(base, tier, amount, low, high))
    return [*lines, "else:", f"    {low} = {high} = 0"] if lines else [f"{low} = {high} = 0"]


def _tier(base: str, tier: Tier, amount: Tiers, low: str, high: str) -> Lines:
    if tier.rate is not None:
        fen = _share(f"max({base}, 0)", tier.rate, amount.rounding, amount.how)
        return [f"{low} = {high} = {fen}", *_cut(low, high, tier.cap)]
    if tier.fen is not None:
        return [f"{low} = {high} = {tier.fen}"]
    return [f"{low}, {high} = 0, {tier.cap}"]
