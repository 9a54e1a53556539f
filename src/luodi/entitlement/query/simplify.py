"""The same query with less to do: rewrites that change no answer, kept out of the query's meaning.

Three concerns: what is known not to be null needs no test for it; factors shared by both sides go (so a column in
yuan is compared and divided as it stands, and constants are scaled instead); what is always so or never so goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import gcd
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from luodi.entitlement.query.node import (
    NO,
    UNKNOWN,
    YES,
    ZERO,
    Arithmetic,
    Bound,
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
from luodi.entitlement.query.ranges import Ranges, range_of


def simplify(node: Node, ranges: Ranges) -> Node:
    """A node that comes to the same for every row whose columns lie in ``ranges``."""
    return _folded(mapped(node, lambda part: simplify(part, ranges)), ranges)


def substituted(node: Node, names: Mapping[str, Node]) -> Node:
    """A node with the columns that have a name there put in their place."""
    if isinstance(node, Column):
        return names.get(node.name, node)
    return mapped(node, lambda part: substituted(part, names))


def mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with each of its direct parts changed."""
    match node:
        case Column() | Constant():
            return node
        case Comparison(op, left, right):
            return Comparison(op, change(left), change(right))
        case Every(parts):
            return Every(tuple(map(change, parts)))
        case Some(parts):
            return Some(tuple(map(change, parts)))
        case FirstKnown(parts):
            return FirstKnown(tuple(map(change, parts)))
        case Negation(part):
            return Negation(change(part))
        case Is(part, verdict):
            return Is(change(part), verdict)
        case OneOf(part, values, many):
            return OneOf(change(part), values, many)
        case Choice(cases, otherwise):
            return Choice(tuple((change(test), change(value)) for test, value in cases), change(otherwise))
        case Arithmetic(op, left, right):
            return Arithmetic(op, change(left), change(right))
        case Bound(which, left, right):
            return Bound(which, change(left), change(right))


def _folded(node: Node, ranges: Ranges) -> Node:
    match node:
        case Every(parts):
            return _together(Every, parts, YES, NO)
        case Some(parts):
            return _together(Some, parts, NO, YES)
        case Negation(Constant(bool() as value)):
            return Constant(not value)
        case Negation(Constant(None)) | OneOf(Constant(None)):
            return UNKNOWN
        case OneOf(Constant(str() as value), values):
            return Constant(value in values)
        case Negation(Negation(part)):
            return part
        case Is(part, verdict):
            return _verdict(part, verdict, ranges)
        case FirstKnown(parts):
            return _first_known(parts, ranges)
        case Choice():
            return _chosen(node)
        case Comparison():
            return _compared(node, ranges)
        case Bound():
            return _bound(node, ranges)
        case Arithmetic():
            return _calculated(node)
    return node


def _together(kind: type[Every] | type[Some], parts: Iterable[Node], dropped: Node, decisive: Node) -> Node:
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part]
    kept = tuple(dict.fromkeys(part for part in flat if part != dropped))
    if decisive in kept:
        return decisive
    return kept[0] if len(kept) == 1 else kind(kept) if kept else dropped


def _verdict(part: Node, verdict: bool | None, ranges: Ranges) -> Node:
    if isinstance(part, Constant):
        return Constant(part.value is verdict) if part.value is None or isinstance(part.value, bool) else NO
    if range_of(part, ranges).null:
        return Is(part, verdict)
    return NO if verdict is None else part if verdict else _folded(Negation(part), ranges)


def _first_known(parts: Iterable[Node], ranges: Ranges) -> Node:
    kept: list[Node] = []
    for part in parts:
        if part != UNKNOWN:
            kept.append(part)
            if not range_of(part, ranges).null:
                break
    return kept[0] if len(kept) == 1 else FirstKnown(tuple(kept)) if kept else UNKNOWN


def _chosen(node: Choice) -> Node:
    cases: list[tuple[Node, Node]] = []
    otherwise = node.otherwise
    for test, value in node.cases:
        if test == YES:
            otherwise = value
            break
        if not _never_holds(test):
            cases.append((test, value))
    while cases and (cases[-1][1] == otherwise or cases[-1] == (Is(otherwise, None), UNKNOWN)):
        cases.pop()
    return Choice(tuple(cases), otherwise) if cases else otherwise


def _never_holds(test: Node) -> bool:
    """Whether a test is true for nobody: a case of a choice is taken only where its test is true, so unknown is as good as no."""
    match test:
        case Every(parts):
            return any(map(_never_holds, parts))
        case Some(parts):
            return all(map(_never_holds, parts))
    return test in (NO, UNKNOWN)


def _factor(node: Node) -> tuple[Node, int]:
    """A node as another one times a whole number above zero."""
    match node:
        case Arithmetic("*", inner, Constant(int() as times)) if times > 0:
            return inner, times
        case Constant(int() as value) if value and not isinstance(value, bool):
            return Constant(1 if value > 0 else -1), abs(value)
    return node, 1


def times(node: Node, factor: int) -> Node:
    """A node times a whole number above zero."""
    if factor == 1 or node == ZERO:
        return node
    if isinstance(node, Constant):
        assert isinstance(node.value, int)
        return Constant(node.value * factor)
    inner, already = _factor(node)
    return Arithmetic("*", inner, Constant(already * factor))


def _shared(left: Node, right: Node) -> tuple[Node, Node, int]:
    """Both nodes without the factor that they share."""
    (a, n), (b, d) = _factor(left), _factor(right)
    common = n if right == ZERO else d if left == ZERO else gcd(n, d)
    if common == 1:
        return left, right, 1
    return (
        left if left == ZERO else times(a, n // common),
        right if right == ZERO else times(b, d // common),
        common,
    )


def _ordered(left: Any, op: str, right: Any) -> bool:
    compare = {">=": ge, ">": gt, "<=": le, "<": lt, "=": eq, "!=": ne}[op]
    return bool(compare(left, right))


_FLIPPED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "=", "!=": "!="}


def _compared(node: Comparison, ranges: Ranges) -> Node:
    if UNKNOWN in (node.left, node.right):
        return UNKNOWN
    if isinstance(node.left, Constant) and isinstance(node.right, Constant):
        return Constant(_ordered(node.left.value, node.op, node.right.value))
    left, right, _ = _shared(node.left, node.right)
    op = node.op
    if isinstance(left, Constant) and not isinstance(right, Constant):
        left, op, right = right, _FLIPPED[op], left
    inner, factor = _factor(left)
    if factor > 1 and isinstance(right, Constant) and isinstance(right.value, int) and op in (">=", "<", ">", "<="):
        up = op in (">=", "<")
        left, right = inner, Constant(-(-right.value // factor) if up else right.value // factor)
    return _decided(Comparison(op, left, right), ranges)


def _decided(node: Comparison, ranges: Ranges) -> Node:
    """A comparison that the ranges answer: yes or no where both sides are known."""
    if not isinstance(node.right, Constant) or not isinstance(node.right.value, int):
        return node
    found, value = range_of(node.left, ranges), node.right.value
    if found.null or isinstance(value, bool) or found.low > found.high:
        return node
    always = {">=": found.low >= value, ">": found.low > value, "<=": found.high <= value, "<": found.high < value}
    never = {">=": found.high < value, ">": found.high <= value, "<=": found.low > value, "<": found.low >= value}
    return YES if always.get(node.op) else NO if never.get(node.op) else node


def _bound(node: Bound, ranges: Ranges) -> Node:
    if UNKNOWN in (node.left, node.right):
        return UNKNOWN
    left, right, common = _shared(node.left, node.right)
    first, second = range_of(left, ranges), range_of(right, ranges)
    smaller, larger = (left, right) if node.which == "least" else (right, left)
    if not first.null and not second.null and first.low <= first.high and second.low <= second.high:
        if first.high <= second.low:
            return times(smaller, common)
        if second.high <= first.low:
            return times(larger, common)
    return times(Bound(node.which, left, right), common)


def _calculated(node: Arithmetic) -> Node:
    if UNKNOWN in (node.left, node.right):
        return UNKNOWN
    match node:
        case Arithmetic(op, Constant(int() as left), Constant(int() as right)):
            found = {"+": left + right, "-": left - right, "*": left * right}
            return Constant(found[op]) if op in found else Constant(abs(left) // right * (1 if left >= 0 else -1))
        case Arithmetic("*", left, Constant(int() as value)) if value > 0:
            return times(left, value)
        case Arithmetic("//", left, Constant(int() as divisor)):
            inner, factor = _factor(left)
            common = gcd(factor, divisor)
            reduced = times(inner, factor // common)
            return reduced if divisor == common else Arithmetic("//", reduced, Constant(divisor // common))
        case Arithmetic("+" | "-" as op, left, right):
            if right == ZERO:
                return left
            if left == ZERO and op == "+":
                return right
            left, right, common = _shared(left, right)
            return times(Arithmetic(op, left, right), common)
    return node
