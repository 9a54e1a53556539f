"""A test (:mod:`luodi.entitlement.condition`) as a node, and what is laid down by days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from luodi.entitlement.condition import AllOf, AnyOf, ByDay, Compare, Member, NotSo, Share, Test
from luodi.entitlement.query.node import (
    DAY,
    UNKNOWN,
    Arithmetic,
    Choice,
    Column,
    Comparison,
    Constant,
    Every,
    Negation,
    Node,
    OneOf,
    Some,
)
from luodi.entitlement.rule import RuleSet


def between(day: Node, start: dt.date | None, end: dt.date | None) -> Node:
    """Whether a day lies in a period, both ends included."""
    bounds: list[Node] = []
    if start:
        bounds.append(Comparison(">=", day, Constant(start)))
    if end:
        bounds.append(Comparison("<=", day, Constant(end)))
    return Every(tuple(bounds))


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
            return on_the_day([(start, end, test_node(each, rules)) for start, end, each in periods])


def on_the_day(periods: Iterable[tuple[dt.date | None, dt.date | None, Node]]) -> Node:
    """What is laid down for the day that counts; nothing: unknown."""
    return Choice(tuple((between(DAY, start, end), node) for start, end, node in periods), UNKNOWN)


def _many(fact: str, rules: RuleSet) -> bool:
    kind = rules.words.fact(fact)
    return kind is not None and kind.type == "codes"
