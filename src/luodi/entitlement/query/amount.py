"""What :mod:`luodi.entitlement.amount` pays, as nodes: the least and the largest sum, null where a fact is missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from luodi.entitlement import amount as a
from luodi.entitlement.query.condition import test_node
from luodi.entitlement.query.node import (
    GRADE,
    NO,
    UNKNOWN,
    YES,
    ZERO,
    Arithmetic,
    Bound,
    Choice,
    Comparison,
    Constant,
    Every,
    Is,
    Node,
    Some,
)
from luodi.entitlement.query.term import COMBINED, rounded_node, term_node
from luodi.entitlement.rule import RuleSet
from luodi.record import record


@record
class Due:
    """What an amount comes to: ``low`` null is unknown, ``high`` null has no bound."""

    low: Node
    high: Node
    decided: Node = YES


def due_node(amount: a.Amount, rules: RuleSet) -> Due:
    """An amount as nodes."""
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
            return due_node(a.by_parts(amount), rules)
        case a.Tiers():
            return _tiered(amount)
        case a.Between(floor, cap):
            return Due(Constant(floor), Constant(cap), NO)
        case a.FirstCase(cases):
            return _first([(test_node(test, rules), due_node(inner, rules)) for test, inner in cases])
        case a.Sum(parts, cap, at_most):
            found = _sum([due_node(part, rules) for part in parts], cap)
            return found if at_most is None else _bounded(found, term_node(at_most))
        case a.Less(inner, received):
            return _less(due_node(inner, rules), term_node(received))
        case a.CaseByCase():
            return Due(ZERO, ZERO)


def _sum(parts: Sequence[Due], cap: int | None) -> Due:
    low = reduce(COMBINED["plus"], (part.low for part in parts))
    high = reduce(COMBINED["plus"], (part.high for part in parts))
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


def _capped(node: Node, cap: int | None) -> Node:
    return node if cap is None else Bound("least", node, Constant(cap))


def _rated(amount: a.Rate) -> Node:
    base = term_node(amount.base)
    share = rounded_node(base, *amount.rate, amount.rounding, amount.how)
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
        share = rounded_node(Bound("greatest", base, ZERO), *tier.rate, amount.rounding, amount.how)
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
