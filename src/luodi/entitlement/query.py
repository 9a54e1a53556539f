"""The population query: what a rule asks of each event, as small typed nodes that an engine prints.

Every node is three-valued as SQL is: null is unknown. A :class:`Check` splits a test into the two-valued questions
that the population needs: does it refuse, does it wait for the unit, does it wait for the authority. Built from the
same :class:`Rule` that ``explain`` reads; the generative test says when they part.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from luodi.entitlement import amount as a
from luodi.entitlement.condition import AllOf, AnyOf, ByDay, Compare, Member, NotSo, Share, Test
from luodi.entitlement.rule import UNIT_KINDS, Condition, Reading, Rule, RuleSet
from luodi.entitlement.vocabulary import ATTESTED, Value


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the event or the unit, in canonical units."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant; null is unknown."""

    value: Value | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values of one type compared."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Every:
    """And: no when one is no, else unknown when one is."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Or: yes when one is yes, else unknown when one is."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """Not; unknown stays unknown."""

    part: Node


@dataclass(frozen=True, slots=True)
class Is:
    """Whether a verdict is exactly yes, no or unknown; itself never unknown."""

    part: Node
    verdict: bool | None


@dataclass(frozen=True, slots=True)
class OneOf:
    """Membership; ``many``: the column is a list, and any of it counts."""

    part: Node
    values: tuple[Value, ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The value of the first case that is yes."""

    cases: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Integer arithmetic in 128 bits; ``//`` drops the remainder towards zero."""

    op: Literal["+", "-", "*", "//"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Bound:
    """The smaller or larger of two known numbers."""

    which: Literal["least", "greatest"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class FirstKnown:
    """The first value that is not unknown."""

    parts: tuple[Node, ...]


Node = Column | Constant | Comparison | Every | Some | Negation | Is | OneOf | Choice | Arithmetic | Bound | FirstKnown

YES, NO, UNKNOWN, ZERO = Constant(True), Constant(False), Constant(None), Constant(0)
DAY, KIND, GRADE = Column("day"), Column("event.kind"), Column("event.grade")


@dataclass(frozen=True, slots=True)
class Check:
    """The three questions of one check, each yes or no; ``met`` is yes where all three are no, else no or unknown."""

    met: Node
    failed: Node = NO
    ask: Node = NO
    authority: Node = NO


@dataclass(frozen=True, slots=True)
class Due:
    """What an amount comes to: ``low`` null is unknown, ``high`` null has no bound."""

    low: Node
    high: Node
    decided: Node = YES


@dataclass(frozen=True, slots=True)
class Effect:
    """What one reading does to an event: take the sure sum away, the possible one, send it to the authority."""

    no_sure: Node
    no_upto: Node
    authority: Node


@dataclass(frozen=True, slots=True)
class StageQuery:
    """A stage over groups: which events take part, and on which of them the reading is strict or generous.

    With ``most`` the running total of a group stops there, instead of each event less the largest before it.
    """

    keys: tuple[Node, ...]
    within: Node
    spares_sure: Node
    cuts_upto: Node
    most: int | None = None


@dataclass(frozen=True, slots=True)
class RuleQuery:
    """One rule asked of every event of ``kinds``; without kinds, of every unit.

    ``met`` holds every check together, for those who need the sure sum alone.
    """

    kinds: tuple[str, ...] | None
    met: Node
    failed: Node
    ask: Node
    authority: Node
    due: Due
    ceiling: int | None
    effects: tuple[Effect, ...]
    stages: tuple[StageQuery, ...]


def rule_query(rule: Rule, rules: RuleSet, as_of: dt.date) -> RuleQuery:
    """The query of one rule."""
    checks = list(_checks(rule, rules, as_of))
    due = _due(rule.amount, rules)
    kinds = rule.relevant if rule.trigger is not None else None
    return RuleQuery(
        kinds=kinds,
        met=Every(tuple(check.met for check in checks)),
        failed=_any(check.failed for check in checks),
        ask=_any([*(check.ask for check in checks), Is(due.low, None)]),
        authority=_any(check.authority for check in checks),
        due=due,
        ceiling=a.ceiling(rule.amount),
        effects=tuple(_effect(reading, rules, as_of) for reading in rule.readings),
        stages=tuple(_stages(rule, rules, as_of)),
    )


def _any(parts: Iterable[Node]) -> Node:
    kept = tuple(part for part in parts if part != NO)
    return Some(kept) if kept else NO


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one event (or the unit itself) comes to under a rule; sums in fen, never unknown, the rest yes or no."""

    sure: Node
    upto: Node
    ask: Node
    authority: Node
    open: Node


def outcome(query: RuleQuery) -> Outcome:
    """The sums of a rule with its readings of single events; stages over groups come after."""
    due, effects = query.due, query.effects
    no_sure, no_upto = _any(each.no_sure for each in effects), _any(each.no_upto for each in effects)
    none = _any((query.failed, no_upto))
    unknown = Is(due.low, None)
    return Outcome(
        sure=FirstKnown((Choice(((Every((query.met, Negation(no_sure))), due.low),), ZERO), ZERO)),
        upto=Choice(((none, ZERO), (unknown, Constant(query.ceiling or 0))), FirstKnown((due.high, ZERO))),
        ask=query.ask,
        authority=_any((query.authority, Negation(Is(due.decided, True)), *(each.authority for each in effects))),
        open=Every((Negation(none), Choice(((unknown, Constant(query.ceiling is None)),), Is(due.high, None)))),
    )


def _asked(verdict: Node) -> Check:
    return Check(verdict, Is(verdict, False), Is(verdict, None))


def _checks(rule: Rule, rules: RuleSet, as_of: dt.date) -> Iterable[Check]:
    if rule.trigger is not None:
        yield from _refusals(rule)
        yield Check(Column("named"), ask=Negation(Is(Column("named"), True)))
        if rule.trigger.actions is not None:
            yield _asked(OneOf(Column("event.action"), rule.trigger.actions))
        yield _asked(_window(rule))
        yield _asked(Comparison("<=", DAY, Constant(as_of)))
        yield from _grade(rule)
        yield from (Check(Negation(gap), ask=gap) for gap in (Is(Column(name), None) for name in rule.trigger.requires))
        yield _evidence(rule, rules)
    yield from _recipient(rule)
    yield from (_condition(condition, rules) for condition in rule.conditions)


def _refusals(rule: Rule) -> Iterable[Check]:
    for refusal in rule.refusals:
        named = (
            (refusal.events, KIND),
            (refusal.actions, Column("event.action")),
            (refusal.grades, GRADE),
        )
        alike = Is(Every(tuple(OneOf(column, values) for values, column in named if values is not None)), True)
        yield Check(Negation(alike), alike)
    assert rule.trigger is not None
    triggered = OneOf(KIND, rule.trigger.events)
    yield Check(triggered, Is(triggered, False))


def _window(rule: Rule) -> Node:
    """In the window by both days, where both are known; unknown where they fall on different sides."""
    inside = {name: _within(Column(name), rule) for name in ("event.date", "event.paper_date")}
    decision, paper = inside["event.date"], inside["event.paper_date"]
    if rule.window.start is None and rule.window.end is None:
        return YES
    return Choice(
        ((Is(decision, None), paper), (Is(paper, None), decision), (Comparison("=", decision, paper), decision)),
        UNKNOWN,
    )


def _within(day: Node, rule: Rule) -> Node:
    return _between(day, rule.window.start, rule.window.end)


def _between(day: Node, start: dt.date | None, end: dt.date | None) -> Node:
    bounds: list[Node] = []
    if start:
        bounds.append(Comparison(">=", day, Constant(start)))
    if end:
        bounds.append(Comparison("<=", day, Constant(end)))
    return Every(tuple(bounds))


def _grade(rule: Rule) -> Iterable[Check]:
    if grades := a.grades_of(rule.amount):
        yield _asked(Column("grade_dated"))
        yield Check(OneOf(GRADE, grades), Is(OneOf(GRADE, grades), False))


def _evidence(rule: Rule, rules: RuleSet) -> Check:
    attested = tuple(kind for kind in rule.relevant if rules.words.events[kind].evidence in ATTESTED)
    if not attested:
        return Check(YES)
    seen = Is(Comparison("=", Column("event.evidence"), Constant("attested")), True)
    waits = Every((OneOf(KIND, attested), Negation(seen)))
    return Check(Negation(waits), authority=waits)


def _recipient(rule: Rule) -> Iterable[Check]:
    if set(rule.kinds) == set(UNIT_KINDS):
        return
    kind = Column("unit.kind")
    among, unknown = OneOf(kind, rule.kinds), Is(kind, None)
    if rule.otherwise is None:
        yield Check(among, Is(among, False), unknown)
    else:
        yield Check(Negation(unknown), ask=unknown)


def _condition(condition: Condition, rules: RuleSet) -> Check:
    verdict = test_node(condition.test, rules) if condition.test else UNKNOWN
    verdict = FirstKnown((verdict, YES)) if condition.assume else verdict
    applies: tuple[Node, ...] = () if condition.events is None else (OneOf(KIND, condition.events),)
    failed, unknown = (Every((*applies, Is(verdict, which))) for which in (False, None))
    attested = condition.mode == "attest"
    handed = failed if condition.fails == "authority" else NO
    return Check(
        met=verdict if condition.events is None else Some((Negation(OneOf(KIND, condition.events)), verdict)),
        failed=NO if condition.fails == "authority" else failed,
        ask=NO if attested else unknown,
        authority=_any((unknown if attested else NO, handed)),
    )


def test_node(test: Test, rules: RuleSet) -> Node:
    """A test as a node."""
    match test:
        case AllOf(tests):
            return Every(tuple(test_node(each, rules) for each in tests))
        case AnyOf(tests):
            return Some(tuple(test_node(each, rules) for each in tests))
        case NotSo(inner):
            return Negation(test_node(inner, rules))
        case Member(fact, values):
            return OneOf(Column(fact), values, many=_many(fact, rules))
        case Compare(fact, op, Share(other, (n, d))):
            if n == d:
                return Comparison(op, Column(fact), Column(other))
            left, right = Arithmetic("*", Column(fact), Constant(d)), Arithmetic("*", Column(other), Constant(n))
            return Comparison(op, left, right)
        case Compare(fact, op, value):
            assert not isinstance(value, Share)
            if _many(fact, rules):
                found = OneOf(Column(fact), (value,), many=True)
                return found if op == "=" else Negation(found)
            return Comparison(op, Column(fact), Constant(value))
        case ByDay(_, periods):
            return _on_the_day([(start, end, test_node(each, rules)) for start, end, each in periods])


def _on_the_day(periods: Iterable[tuple[dt.date | None, dt.date | None, Node]]) -> Node:
    """What is laid down for the day that counts; nothing: unknown."""
    return Choice(tuple((_between(DAY, start, end), node) for start, end, node in periods), UNKNOWN)


def _many(fact: str, rules: RuleSet) -> bool:
    kind = rules.words.fact(fact)
    return kind is not None and kind.type == "codes"


def _due(amount: a.Amount, rules: RuleSet) -> Due:
    match amount:
        case a.Fixed(fen):
            return Due(Constant(fen), Constant(fen))
        case a.ByGrade(sums):
            by_grade = Choice(tuple((Comparison("=", GRADE, Constant(g)), Constant(f.fen)) for g, f in sums), UNKNOWN)
            return _exact(by_grade)
        case a.Rate():
            return _exact(_rated(amount))
        case a.PerUnit(count, fen, cap):
            number = term_node(count)
            due = _capped(Arithmetic("*", Bound("greatest", number, ZERO), Constant(fen)), cap)
            return _exact(_if_known(number, due))
        case a.Tiers(marginal=True):
            return _due(a.by_parts(amount), rules)
        case a.Tiers():
            return _tiered(amount)
        case a.Between(floor, cap):
            return Due(Constant(floor), Constant(cap), NO)
        case a.FirstCase(cases):
            return _first([(test_node(test, rules), _due(inner, rules)) for test, inner in cases])
        case a.Sum(parts, cap, at_most):
            found = _sum([_due(part, rules) for part in parts], cap)
            return found if at_most is None else _bounded(found, term_node(at_most))
        case a.Less(inner, received):
            return _less(_due(inner, rules), term_node(received))
        case a.CaseByCase():
            return Due(ZERO, ZERO)


def _sum(parts: Sequence[Due], cap: int | None) -> Due:
    low = reduce(_COMBINED["plus"], (part.low for part in parts))
    high = reduce(_COMBINED["plus"], (part.high for part in parts))
    decided = Every(tuple(part.decided for part in parts))
    if cap is None:
        return Due(low, high, decided)
    open_, most = Is(high, None), Constant(cap)
    return Due(_if_known(low, _capped(low, cap)), Choice(((open_, most),), _capped(high, cap)), decided)


def _bounded(due: Due, most: Node) -> Due:
    limit = Bound("greatest", most, ZERO)
    unknown = Some((Is(due.low, None), Is(most, None)))
    high = Choice(((Is(due.high, None), limit),), Bound("least", due.high, limit))
    return Due(
        Choice(((unknown, UNKNOWN),), Bound("least", due.low, limit)), Choice(((unknown, UNKNOWN),), high), due.decided
    )


def _less(due: Due, received: Node) -> Due:
    def rest(whole: Node) -> Node:
        left = Bound("greatest", Arithmetic("-", whole, received), ZERO)
        return Choice(((Some((Is(whole, None), Is(received, None))), UNKNOWN),), left)

    return Due(rest(due.low), rest(due.high), due.decided)


def _exact(node: Node) -> Due:
    return Due(node, node)


def _if_known(given: Node, then: Node) -> Node:
    return Choice(((Is(given, None), UNKNOWN),), then)


def term_node(node: a.Term) -> Node:
    """A base as a node; unknown where one of its facts is."""
    match node:
        case a.Constant(value):
            return Constant(value)
        case a.FactTerm(fact, (n, d), rounding):
            return _rounded(Column(fact), n, d, rounding)
        case a.Minus(left, right):
            return Arithmetic("-", term_node(left), term_node(right))
        case a.Combined(op, terms):
            return reduce(_COMBINED[op], map(term_node, terms))
        case a.Scaled(inner, (n, d), rounding):
            return _rounded(term_node(inner), n, d, rounding)
        case a.Dated(_, values):
            return _on_the_day((start, end, Constant(value)) for start, end, value in values)


_COMBINED: dict[str, Callable[[Node, Node], Node]] = {
    "plus": lambda left, right: Arithmetic("+", left, right),
    "product": lambda left, right: Arithmetic("*", left, right),
    "least": lambda left, right: _either_bound("least", left, right),
    "most": lambda left, right: _either_bound("greatest", left, right),
}


def _either_bound(which: Literal["least", "greatest"], left: Node, right: Node) -> Node:
    """The smaller or larger of two numbers; unknown where either is."""
    return Choice(((Some((Is(left, None), Is(right, None))), UNKNOWN),), Bound(which, left, right))


def _rounded(node: Node, n: int, d: int, rounding: int, how: a.Rounding = "down") -> Node:
    """A ratio as a multiple of ``rounding``; only what is dropped below may be less than zero."""
    if (n, d, rounding) == (1, 1, 1):
        return node
    parts, step = Arithmetic("*", node, Constant(n)), d * rounding
    if how == "half":
        parts, step = Arithmetic("+", Arithmetic("*", node, Constant(2 * n)), Constant(step)), 2 * step
    elif how == "up":
        parts = Arithmetic("+", parts, Constant(step - 1))
    return Arithmetic("*", Arithmetic("//", parts, Constant(step)), Constant(rounding))


def _capped(node: Node, cap: int | None) -> Node:
    return node if cap is None else Bound("least", node, Constant(cap))


def _rated(amount: a.Rate) -> Node:
    base = term_node(amount.base)
    share = _rounded(base, *amount.rate, amount.rounding, amount.how)
    if not amount.floor:
        return _if_known(base, Bound("greatest", _capped(share, amount.cap), ZERO))
    lifted = Bound("greatest", share, Constant(amount.floor))
    return _if_known(base, Choice(((Comparison("<=", base, ZERO), ZERO),), _capped(lifted, amount.cap)))


def _tiered(amount: a.Tiers) -> Due:
    base = term_node(amount.base)
    cases: list[tuple[Node, Due]] = []
    for tier in amount.tiers:
        bounds: list[Node] = [YES]
        if tier.start is not None:
            bounds.append(Comparison(">=", base, Constant(tier.start)))
        if tier.end is not None:
            bounds.append(Comparison("<", base, Constant(tier.end)))
        cases.append((Every(tuple(bounds)), _tier(tier, base, amount)))
    found = _first(cases)
    return Due(_if_known(base, found.low), found.high, found.decided)


def _tier(tier: a.Tier, base: Node, amount: a.Tiers) -> Due:
    if tier.rate is not None:
        share = _rounded(Bound("greatest", base, ZERO), *tier.rate, amount.rounding, amount.how)
        return _exact(_capped(share, tier.cap))
    if tier.fen is not None:
        return _exact(Constant(tier.fen))
    return Due(ZERO, Constant(tier.cap), NO)


def _first(cases: list[tuple[Node, Due]]) -> Due:
    """The first case that holds; a case that is unknown before it makes the whole unknown."""

    def column(name: str, unknown: Node, otherwise: Node) -> Node:
        branches: list[tuple[Node, Node]] = []
        for test, due in cases:
            branches += [(Is(test, None), unknown), (test, getattr(due, name))]
        return Choice(tuple(branches), otherwise)

    return Due(column("low", UNKNOWN, ZERO), column("high", ZERO, ZERO), column("decided", YES, YES))


def _side(ambiguity: str | None, rules: RuleSet, as_of: dt.date, strict: Node, both: Node, generous: Node) -> Node:
    """One of three nodes, by the reading taken on the event's day."""
    sides = {"strict": strict, "both": both, "generous": generous}
    answer = rules.ambiguities[ambiguity].in_force(as_of) if ambiguity else None
    if answer is None:
        return both
    taken = sides[answer.takes]
    if answer.retroactive or answer.start is None:
        return taken
    return Choice(((Comparison(">=", DAY, Constant(answer.start)), taken),), both)


def _effect(reading: Reading, rules: RuleSet, as_of: dt.date) -> Effect:
    when = Is(test_node(reading.when, rules), True) if reading.when else YES
    no_strict, no_generous = (Constant(side == "none") for side in (reading.strict, reading.generous))
    apart = Constant(reading.authority and reading.strict != reading.generous)
    choose = (reading.ambiguity, rules, as_of)
    return Effect(
        no_sure=Every((when, _side(*choose, no_strict, no_strict, no_generous))),
        no_upto=Every((when, _side(*choose, no_strict, no_generous, no_generous))),
        authority=Every((when, _side(*choose, NO, apart, NO))),
    )


def _stages(rule: Rule, rules: RuleSet, as_of: dt.date) -> Iterable[StageQuery]:
    for stage in rule.stages:
        when = Is(test_node(stage.when, rules), True) if stage.when else YES
        choose = (stage.ambiguity, rules, as_of)
        yield StageQuery(
            keys=tuple(Column("year" if key == "year" else f"event.{key}") for key in stage.keys),
            within=when,
            spares_sure=_side(*choose, NO, NO, YES) if stage.open else NO,
            cuts_upto=_side(*choose, YES, NO, NO) if stage.open else YES,
            most=stage.most,
        )


def columns_of(node: Node | None) -> set[str]:
    """The columns that a node reads."""
    match node:
        case None | Constant():
            return set()
        case Column(name):
            return {name}
        case Comparison(_, left, right) | Arithmetic(_, left, right) | Bound(_, left, right):
            return columns_of(left) | columns_of(right)
        case Every(parts) | Some(parts) | FirstKnown(parts):
            return reduce(set.union, (columns_of(part) for part in parts), set())
        case Negation(part) | Is(part) | OneOf(part):
            return columns_of(part)
        case Choice(cases, otherwise):
            inner = [columns_of(test) | columns_of(value) for test, value in cases]
            return reduce(set.union, inner, columns_of(otherwise))
