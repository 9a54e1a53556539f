"""What a rule asks of each event or unit, in nodes that an engine prints.

A :class:`Check` splits a test into the two-valued questions that the population needs: does it refuse, does it wait
for the unit, does it wait for the authority. Built from the same :class:`Rule` that ``explain`` reads; the generative
test says when they part.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from luodi.entitlement import amount as a
from luodi.entitlement.query.amount import Due, due_node
from luodi.entitlement.query.condition import between, test_node
from luodi.entitlement.query.node import (
    DAY,
    GRADE,
    KIND,
    NO,
    UNKNOWN,
    YES,
    ZERO,
    Choice,
    Column,
    Comparison,
    Constant,
    Every,
    FirstKnown,
    Is,
    Negation,
    Node,
    OneOf,
    Some,
)
from luodi.entitlement.rule import UNIT_KINDS, Condition, Reading, Rule, RuleSet, Stage
from luodi.entitlement.vocabulary import ATTESTED


@dataclass(frozen=True, slots=True)
class Check:
    """The three questions of one check, each yes or no; ``met`` is yes where all three are no, else no or unknown."""

    met: Node
    failed: Node = NO
    ask: Node = NO
    authority: Node = NO


@dataclass(frozen=True, slots=True)
class Effect:
    """What one reading does to an event: take the sure sum away, the possible one, wait for the unit or the authority."""

    no_sure: Node
    no_upto: Node
    ask: Node
    authority: Node


@dataclass(frozen=True, slots=True)
class StageQuery:
    """A stage over groups: which events take part, and on which of them the reading is strict or generous.

    ``within``: it may take part, so the sure sum does; ``certain``: it does, so the possible sum does too.
    With ``most`` the running total of a group stops there, instead of each event less the largest before it.
    """

    keys: tuple[Node, ...]
    within: Node
    certain: Node
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

    @property
    def hangs(self) -> Node:
        """Whether a missing fact says if a reading or a stage holds."""
        doubtful = (
            Every((stage.within, Negation(stage.certain))) for stage in self.stages if stage.certain != stage.within
        )
        return _any([*(effect.ask for effect in self.effects), *doubtful])


def rule_query(rule: Rule, rules: RuleSet, as_of: dt.date) -> RuleQuery:
    """The query of one rule."""
    checks = list(_checks(rule, rules, as_of))
    due = due_node(rule.amount, rules)
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
        stages=() if kinds is None else tuple(_stages(rule, rules, as_of)),
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
        ask=_any((query.ask, query.hangs)),
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
    return between(day, rule.window.start, rule.window.end)


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
    certain, maybe = _when(reading, rules)
    no_strict, no_generous = (Constant(side == "none") for side in (reading.strict, reading.generous))
    apart = Constant(reading.authority and reading.strict != reading.generous)
    choose = (reading.ambiguity, rules, as_of)
    no_sure = Every((maybe, _side(*choose, no_strict, no_strict, no_generous)))
    return Effect(
        no_sure=no_sure,
        no_upto=Every((certain, _side(*choose, no_strict, no_generous, no_generous))),
        ask=NO if certain == maybe else Every((no_sure, Negation(certain))),
        authority=Every((certain, _side(*choose, NO, apart, NO))),
    )


def _when(part: Reading | Stage, rules: RuleSet) -> tuple[Node, Node]:
    """Whether a reading or a stage holds for certain, and whether it may."""
    if part.when is None:
        return YES, YES
    node = test_node(part.when, rules)
    certain = Is(node, True)
    return certain, certain if part.assume else Negation(Is(node, False))


def _stages(rule: Rule, rules: RuleSet, as_of: dt.date) -> Iterable[StageQuery]:
    for stage in rule.stages:
        certain, maybe = _when(stage, rules)
        choose = (stage.ambiguity, rules, as_of)
        yield StageQuery(
            keys=tuple(Column("year" if key == "year" else f"event.{key}") for key in stage.keys),
            within=maybe,
            certain=certain,
            spares_sure=_side(*choose, NO, NO, YES) if stage.open else NO,
            cuts_upto=Every((certain, _side(*choose, YES, NO, NO))) if stage.open else certain,
            most=stage.most,
        )


def roots(query: RuleQuery) -> Iterator[Node]:
    """All nodes of a rule's query that stand under no other."""
    yield from (query.failed, query.ask, query.authority, query.due.low, query.due.high, query.due.decided)
    for effect in query.effects:
        yield from (effect.no_sure, effect.no_upto, effect.ask, effect.authority)
    for stage in query.stages:
        yield from (*stage.keys, stage.within, stage.certain, stage.spares_sure, stage.cuts_upto)
