"""Proof, when rules are loaded, that no calculation can overflow: every intermediate number fits 128 bits.

Facts are at most :data:`~luodi.entitlement.vocabulary.LARGEST` in their canonical unit, so the bounds of every node of
the population query are known before any table is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from luodi.entitlement.query.node import Arithmetic, Node
from luodi.entitlement.query.ranges import Range, range_of
from luodi.entitlement.query.rule import RuleQuery, rule_query
from luodi.entitlement.query.term import term_node
from luodi.entitlement.rule import RuleSet
from luodi.entitlement.vocabulary import FIRST_DAY, LARGEST, FactKind, Vocabulary

WIDEST = 2**127 - 1
LARGEST_SUM = 10**30
"""The largest amount of one event, so that ten million of them still fit 128 bits."""


def unproven(rules: RuleSet) -> Iterator[str]:
    """The rules whose numbers could grow beyond 128 bits, each with what to do about it."""
    ranges = _ranges(rules.words)
    for rule in rules.rules:
        if rule.case_by_case:
            continue
        query = rule_query(rule, rules, FIRST_DAY)
        terms = [term_node(term) for cap in rule.caps for term in (cap.at_most, cap.received) if term is not None]
        widest = max((_size(range_of(node, ranges)) for node in _arithmetic((query, *terms))), default=0)
        amount = _size(range_of(query.due.low, ranges))
        if widest > WIDEST or amount > LARGEST_SUM:
            digits = len(str(max(widest, amount)))
            yield (
                f"规则 {rule.id}（{rule.article}）：计算中的数可能达到 {digits} 位，超出 128 位整数的范围。"
                "请减少相乘的项，用 least 给基数封顶，或核对比率和金额的单位。"
            )


def _ranges(words: Vocabulary) -> Mapping[str, Range]:
    kinds = {**words.facts, **words.attributes}
    return {name: _declared(kind) for name, kind in kinds.items()}


def _declared(kind: FactKind) -> Range:
    if kind.type == "money":
        return Range(0, LARGEST)
    return Range(-LARGEST, LARGEST) if kind.type == "integer" else Range()


def _size(found: Range) -> int:
    return max(abs(found.low), abs(found.high)) if found.low <= found.high else 0


def _arithmetic(part: RuleQuery | Node | Any) -> Iterator[Node]:
    """Every calculation within a query or a node."""
    if isinstance(part, Arithmetic):
        yield part
    if isinstance(part, tuple):
        for each in part:
            yield from _arithmetic(each)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from _arithmetic(getattr(part, field.name))
