"""What amounts are reckoned from (:mod:`luodi.entitlement.term`), as nodes; unknown where a fact is missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Literal

from luodi.entitlement import amount as a
from luodi.entitlement import term as t
from luodi.entitlement.query.condition import on_the_day
from luodi.entitlement.query.node import UNKNOWN, Arithmetic, Bound, Choice, Column, Constant, Is, Node, Some


def term_node(node: t.Term) -> Node:
    """A base as a node; unknown where one of its facts is."""
    match node:
        case t.Constant(value):
            return Constant(value)
        case t.FactTerm(fact, (n, d), rounding):
            return rounded_node(Column(fact), n, d, rounding)
        case t.Minus(left, right):
            return Arithmetic("-", term_node(left), term_node(right))
        case t.Combined(op, terms):
            return reduce(COMBINED[op], map(term_node, terms))
        case t.Scaled(inner, (n, d), rounding):
            return rounded_node(term_node(inner), n, d, rounding)
        case t.Dated(_, values):
            return on_the_day((start, end, Constant(value)) for start, end, value in values)


COMBINED: dict[str, Callable[[Node, Node], Node]] = {
    "plus": lambda left, right: Arithmetic("+", left, right),
    "product": lambda left, right: Arithmetic("*", left, right),
    "least": lambda left, right: _either_bound("least", left, right),
    "most": lambda left, right: _either_bound("greatest", left, right),
}
"""What each way of combining terms does with two of them."""


def _either_bound(which: Literal["least", "greatest"], left: Node, right: Node) -> Node:
    """The smaller or larger of two numbers; unknown where either is."""
    return Choice(((Some((Is(left, None), Is(right, None))), UNKNOWN),), Bound(which, left, right))


def rounded_node(node: Node, n: int, d: int, rounding: int, how: a.Rounding = "down") -> Node:
    """A ratio as a multiple of ``rounding``; only what is dropped below may be less than zero."""
    if (n, d, rounding) == (1, 1, 1):
        return node
    parts, step = Arithmetic("*", node, Constant(n)), d * rounding
    if how == "half":
        parts, step = Arithmetic("+", Arithmetic("*", node, Constant(2 * n)), Constant(step)), 2 * step
    elif how == "up":
        parts = Arithmetic("+", parts, Constant(step - 1))
    return Arithmetic("*", Arithmetic("//", parts, Constant(step)), Constant(rounding))
