"""What is missing (还差什么): the nearest change of facts that would grant an award or raise it, and its gain.

A change is found from the rule itself (the threshold that a condition asks for, the start of the next tier, the base
at which a cap is reached) and then tried: the unit is judged again with it, so the gain stands after exclusive groups
and caps. A change that grants nothing is not told. Past days, look-alikes and the kind of unit are nothing to change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from luodi.entitlement.amount import Amount, ByGrade, FirstCase, Less, PerUnit, Rate, Sum, Tiers
from luodi.entitlement.asking import as_text
from luodi.entitlement.assess import Judge
from luodi.entitlement.condition import AllOf, AnyOf, ByDay, Compare, Lookup, Member, NotSo, Op, Share, Test, question
from luodi.entitlement.ready import Ready
from luodi.entitlement.result import Change, Nearest, NextTier
from luodi.entitlement.show import yuan
from luodi.entitlement.stacking import Item, Sums
from luodi.entitlement.term import Term, number, reads_of
from luodi.entitlement.unit import Event, Unit
from luodi.entitlement.vocabulary import LARGEST, FactKind, Value, Vocabulary

Facts = Mapping[str, Value | None]
_TRIED = 12
_INVERSE: dict[Op, Op] = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "=": "!=", "!=": "="}
_WORDS: dict[Op, str] = {">=": "达到", ">": "高于", "<=": "不高于", "<": "低于", "=": "为", "!=": "为"}


class Move(NamedTuple):
    """One fact set to another value; ``op`` and ``stated`` are how it was asked for, by ``condition``."""

    fact: str
    value: Value
    op: Op
    stated: Value
    condition: str | None = None


Moves = tuple[Move, ...]


class Search:
    """Tries changes on one unit. ``facts`` are the unit's, with ``day`` and ``as_of``."""

    def __init__(self, prepared: Ready, unit: Unit, facts: Facts, before: Sequence[Sums]) -> None:
        self._prepared, self._unit, self._facts, self._before = prepared, unit, facts, before
        self._words = prepared.rules.words

    def grants(self, judge: Judge, items: tuple[Item, ...]) -> Nearest | None:
        """The fewest changes that make what is refused or unknown count, with the most gain among equals."""
        if not items:
            return self._first_event(judge)
        best: tuple[int, int, Item, Moves] | None = None
        for item in items:
            moves = self._repairs(judge, item)
            gain = self._gain(judge, item, moves) if moves else 0
            if gain <= 0:
                gain, moves = self._lowest(judge, item)
            if gain > 0 and (best is None or (len(moves), -gain) < best[:2]):
                best = (len(moves), -gain, item, moves)
        if best is None:
            return None
        changes = tuple(self._told(best[2], move) for move in best[3])
        return Nearest("，且".join(change.words for change in changes), -best[1], changes)

    def raises(self, judge: Judge, items: tuple[Item, ...]) -> NextTier | None:
        """The next tier, grade, step or case of what counts already, and how much more it gives."""
        found: list[tuple[int, NextTier]] = []
        for item in items:
            if not item.counts or False in item.verdicts:
                continue
            for moves in list(_higher(judge.rule.amount, item.lookup, self._words))[:_TRIED]:
                if (gain := self._gain(judge, item, moves)) > 0:
                    found.append((gain, NextTier(self._tier(moves), gain, moves[0].fact, self._shown(moves[0]))))
        return min(found, key=lambda pair: pair[0])[1] if found else None

    def _tier(self, moves: Moves) -> str:
        asked = [_asked(kind, move) for move in moves if (kind := self._words.fact(move.fact))]
        return str(moves[0].value) if moves[0].fact == "event.grade" else "，且".join(asked)

    def _shown(self, move: Move) -> Any:
        kind = self._words.fact(move.fact)
        return kind.shown(move.stated) if kind else move.stated

    def _repairs(self, judge: Judge, item: Item) -> Moves:
        """Changes after which nothing refuses and nobody need be asked; empty where there are none."""
        moves: dict[str, Move] = {}
        for check, verdict in zip(judge.checks, item.verdicts, strict=True):
            if verdict is True or (verdict is None and check.waits(item.lookup) == "authority"):
                continue
            asked = check.condition
            if asked is None or asked.condition.test is None:
                return ()
            ways = list(_ways(asked.condition.test, _with(item.lookup, moves), self._words))
            if not ways:
                return ()
            for move in min(ways, key=len):
                moves[move.fact] = move._replace(condition=asked.condition.id)
        for part in item.hangs_on:  # takes the sum away, unless its facts say that it does not hold
            if part.when is None:
                continue
            ways = list(_ways(NotSo(part.when), _with(item.lookup, moves), self._words))
            moves |= {move.fact: move for move in min(ways, key=len, default=())}
        lookup = _with(item.lookup, moves)
        if not moves or any(check.verdict(lookup) is False for check in judge.checks):
            return ()
        return tuple(moves.values())

    def _lowest(self, judge: Judge, item: Item) -> tuple[int, Moves]:
        """Where nothing refuses but no tier or case is reached: the change that reaches the lowest, and what it gives."""
        amount = judge.rule.amount
        if item.counts or False in item.verdicts or not isinstance(amount, FirstCase | Tiers):
            return 0, ()
        if not judge.due(item.lookup).known:
            return 0, ()
        tried = list(_higher(amount, item.lookup, self._words))[:_TRIED]
        found = [(gain, moves) for moves in tried if (gain := self._gain(judge, item, moves)) > 0]
        return min(found, key=lambda pair: pair[0], default=(0, ()))

    def _gain(self, judge: Judge, item: Item, moves: Moves) -> int:
        """How much more the unit could get under the rule, after stacking, less what other rules would lose by it."""
        as_of: Any = self._facts["as_of"]
        own = {move.fact: move.value for move in moves if not move.fact.startswith("event.")}
        unit, event = self._unit, item.event
        if event is not None and len(own) < len(moves):
            changed = {move.fact: move.value for move in moves if move.fact.startswith("event.")}
            unit = replace(unit, events=tuple(_changed(event, changed) if e is event else e for e in unit.events))
        sums, _ = self._prepared.sums(unit, {**self._facts, **own}, as_of)
        return self._more(judge, sums)

    def _more(self, judge: Judge, sums: Sequence[Sums]) -> int:
        """Of both sums the larger gain: what is unknown is within reach already, but not sure."""
        at = self._prepared.judges.index(judge)
        return max(
            min(
                sums[at][side] - self._before[at][side], sum(s[side] for s in sums) - sum(s[side] for s in self._before)
            )
            for side in (0, 1)
        )

    def _told(self, item: Item, move: Move) -> Change:
        kind = self._words.fact(move.fact)
        assert kind is not None
        value, event_id = item.lookup(move.fact), item.event.id if item.event else None
        words = f"{_asked(kind, move)}（{'尚未提供' if value is None else f'现为{named(kind, value)}'}）"
        shown, threshold = kind.shown(value), kind.shown(move.stated)
        return Change(move.fact, kind.label, shown, threshold, kind.unit, words, move.condition, event_id)

    def _first_event(self, judge: Judge) -> Nearest | None:
        """What the first event would be that the rule pays on, and what it would give."""
        trigger, day = judge.rule.trigger, self._facts["as_of"]
        kind = self._words.events.get(trigger.events[0]) if trigger else None
        if trigger is None or kind is None or trigger.requires or not isinstance(day, dt.date):
            return None
        grade = None
        if isinstance(judge.rule.amount, ByGrade):
            own = [(fixed.fen, each) for each, fixed in judge.rule.amount.sums if kind.grade(each)]
            grade = min(own)[1] if own else None
        values: dict[str, Value | None] = dict.fromkeys(self._words.attributes) | {
            "event.kind": kind.id, "event.grade": grade, "event.date": day, "event.evidence": "attested",
            "event.action": trigger.actions[0] if trigger.actions else None,
            "day": day, "named": True, "grade_state": "listed",
        }  # fmt: skip
        unit = replace(self._unit, events=(*self._unit.events, Event(kind, grade, day, values)))
        sums, _ = self._prepared.sums(unit, self._facts, day)
        gain = self._more(judge, sums)
        words = f"取得{kind.label}{f'（{grade}）' if grade else ''}"
        change = Change(kind.id, kind.label, None, grade, None, words)
        return Nearest(words, gain, (change,)) if gain > 0 else None


def _asked(kind: FactKind, move: Move) -> str:
    return f"{kind.label}{_WORDS[move.op]}{named(kind, move.stated)}"


def named(kind: FactKind, value: Value) -> str:
    """A fact's value with its unit, in words."""
    if kind.type == "money" and isinstance(value, int):
        return yuan(value)
    return f"{dict(kind.options).get(value, as_text(value))}{kind.behind}"


def _with(lookup: Lookup, moves: Mapping[str, Move]) -> Lookup:
    return lambda name: moves[name].value if name in moves else lookup(name)


def _changed(event: Event, values: Mapping[str, Value]) -> Event:
    grade: Any = values.get("event.grade", event.grade)
    state = {"grade_state": "listed"} if "event.grade" in values else {}
    return replace(event, grade=grade, values={**event.values, **values, **state})


def _ways(test: Test, lookup: Lookup, words: Vocabulary) -> Iterator[Moves]:
    """Each way in which a test would hold: the facts to change, none where it holds already."""
    if question(test)(lookup) is True:
        yield ()
        return
    match test:
        case AllOf(tests):
            parts = [min(_ways(each, lookup, words), key=len, default=None) for each in tests]
            if None not in parts:
                yield tuple(move for part in parts for move in part or ())
        case AnyOf(tests):
            for each in tests:
                yield from _ways(each, lookup, words)
        case NotSo(inner):
            yield from _ways_not(inner, lookup, words)
        case ByDay():
            inner_test = test.on(lookup("day"))  # type: ignore[arg-type]
            if inner_test is not None:
                yield from _ways(inner_test, lookup, words)
        case Member(fact, values):
            yield from _moved(fact, "=", values[0], values[0], lookup, words)
        case Compare(fact, op, Share(other, (n, d))):
            base: Any = lookup(other)
            if isinstance(base, int) and not isinstance(base, bool):
                bound = _bound(op, base * n, d)
                yield from _moved(fact, "<=" if op == "<" else ">=" if op == ">" else op, bound, bound, lookup, words)
        case Compare(fact, op, value) if not isinstance(value, Share):
            yield from _compared(fact, op, value, lookup, words)


def _ways_not(test: Test, lookup: Lookup, words: Vocabulary) -> Iterator[Moves]:
    match test:
        case Compare(fact, op, value):
            yield from _ways(Compare(fact, _INVERSE[op], value), lookup, words)
        case AllOf(tests):
            yield from _ways(AnyOf(tuple(NotSo(each) for each in tests)), lookup, words)
        case AnyOf(tests):
            yield from _ways(AllOf(tuple(NotSo(each) for each in tests)), lookup, words)
        case NotSo(inner):
            yield from _ways(inner, lookup, words)
        case ByDay():
            inner_test = test.on(lookup("day"))  # type: ignore[arg-type]
            if inner_test is not None:
                yield from _ways_not(inner_test, lookup, words)
        case Member(fact, values):
            kind = words.fact(fact)
            other = next((value for value, _ in kind.options if value not in values), None) if kind else None
            if other is not None:
                yield from _moved(fact, "=", other, other, lookup, words)


def _bound(op: Op, numerator: int, denominator: int) -> int:
    """The nearest whole number that stands in that relation to a ratio."""
    floor, exact = numerator // denominator, numerator % denominator == 0
    return {
        ">=": floor if exact else floor + 1, ">": floor + 1, "<=": floor, "<": floor - 1 if exact else floor,
        "=": floor, "!=": floor + 1,
    }[op]  # fmt: skip


def _compared(fact: str, op: Op, value: Value, lookup: Lookup, words: Vocabulary) -> Iterator[Moves]:
    kind = words.fact(fact)
    if op == "!=" and kind is not None:
        other = not value if isinstance(value, bool) else next((v for v, _ in kind.options if v != value), None)
        if other is not None:
            yield from _moved(fact, "=", other, other, lookup, words)
    elif isinstance(value, dt.date):
        yield from _moved(fact, op, value + dt.timedelta({">": 1, "<": -1}.get(op, 0)), value, lookup, words)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield from _moved(fact, op, _bound(op, value, 1), value, lookup, words)
    elif op in (">=", "<=", "="):
        given: Any = (value,) if kind and kind.type == "codes" else value
        yield from _moved(fact, op, given, value, lookup, words)


def _moved(fact: str, op: Op, value: Value, stated: Value, lookup: Lookup, words: Vocabulary) -> Iterator[Moves]:
    """A change that can be made at all: not of a kind, not of a day that has passed, no negative money."""
    kind = words.fact(fact)
    if kind is None or fact in ("unit.kind", "event.kind") or (kind.type == "date" and lookup(fact) is not None):
        return
    if isinstance(value, int) and not (0 if kind.type == "money" else -LARGEST) <= value <= LARGEST:
        return
    yield (Move(fact, value, op, stated),)


def _higher(amount: Amount, lookup: Lookup, words: Vocabulary) -> Iterator[Moves]:
    """Changes after which an amount may be higher: the next grade, tier, step, the base that reaches the cap."""
    match amount:
        case ByGrade(sums):
            yield from (
                (Move("event.grade", grade, "=", grade),) for grade, _ in sums if grade != lookup("event.grade")
            )
        case FirstCase(cases):
            for test, inner in cases:
                if question(test)(lookup) is True:
                    yield from _higher(inner, lookup, words)
                else:
                    yield from (moves for moves in _ways(test, lookup, words) if moves)
        case Tiers(base, tiers) if not amount.marginal:
            yield from _reaching(
                base, lookup, lambda now: [t.start for t in tiers if t.start is not None and t.start > now]
            )
        case PerUnit(count):
            yield from _reaching(count, lookup, lambda now: [max(now, 0) + 1])
        case Sum(parts):
            for part in parts:
                yield from _higher(part, lookup, words)
        case Less(inner):
            yield from _higher(inner, lookup, words)
        case Rate((n, d), base, _, cap) if cap is not None:
            yield from _reaching(base, lookup, lambda now: [each for each in (-(-cap * d // n),) if each > now])


def _reaching(base: Term, lookup: Lookup, targets: Callable[[int], list[int]]) -> Iterator[Moves]:
    """For each target of a base the least value of one of its facts that reaches it."""
    read = number(base)
    now = read(lookup)
    if now is None:
        return
    for target in targets(now):
        for fact in dict.fromkeys(reads_of(base)):
            value = _least(read, fact, lookup, target)
            if value is not None:
                yield (Move(fact, value, ">=", value),)
                break


def _least(read: Callable[[Lookup], int | None], fact: str, lookup: Lookup, target: int) -> int | None:
    """The least value of a fact, from where it stands, at which a base that grows with it reaches a target."""

    def reached(value: int) -> bool:
        found = read(lambda name: value if name == fact else lookup(name))
        return found is not None and found >= target

    low: Any = lookup(fact)
    high = LARGEST
    if not isinstance(low, int) or not reached(high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle + 1, high)
    return high
