"""Rules that pay by kind and grade, settled when the query is made: a table of what each written pair pays.

For every word of a kind and of a grade the rule is worked out beforehand; what remains open (the window, a condition)
must be the same for all that pays. Events then join the table, and a rule's sum is a column of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from luodi.entitlement.amount import ByGrade
from luodi.entitlement.query.node import NO, YES, ZERO, Choice, Column, Constant, Every, Node
from luodi.entitlement.query.ranges import Ranges
from luodi.entitlement.query.simplify import simplify, substituted
from luodi.entitlement.rule import Rule, RuleSet
from luodi.entitlement.vocabulary import DatedWord
from luodi.record import record

MOST_KEYS = 24
Pair = tuple[str, str]


@record
class Paid:
    """What a rule pays for each pair of written words while ``when`` holds; ``once``: the keys that count once."""

    when: Node
    sums: Mapping[Pair, int]
    once: Mapping[Pair, int] | None

    def columns(self, at: int) -> dict[str, dict[Pair, int]]:
        """The columns of the table that the rule needs: one, or one for each key that counts once."""
        if self.once is None:
            return {f"pays{at}": dict(self.sums)}
        found: dict[str, dict[Pair, int]] = {}
        for pair, fen in self.sums.items():
            found.setdefault(f"pays{at}_{self.once[pair]}", {})[pair] = fen
        return found


@record
class Written:
    """What a written kind and grade are, and from when to when both names were in use."""

    names: Mapping[str, Node]
    days: tuple[dt.date | None, dt.date | None]


def written_pairs(rules: RuleSet) -> dict[Pair, Written]:
    """Every written kind and grade with what they make of a rule's columns."""
    found: dict[Pair, Written] = {}
    free = list(dict.fromkeys(grade for rule in rules.rules for grade in _grades(rule)))
    for event in rules.words.events.values():
        words = {word: DatedWord(word) for word in (event.id, *event.words)}
        words = {alias.word: alias for alias in event.aliases} | words
        listed = {word: (grade.id, grade.dated) for grade in event.grades for word in (grade.id, *grade.words)}
        listed = listed if event.grades else {word: (word, DatedWord(word)) for word in free}
        for word, name in words.items():
            for grade_word, (grade, dated) in listed.items():
                made = {"event.kind": Constant(event.id), "event.grade": Constant(grade)}
                found[word, grade_word] = Written(made | {"named": YES, "grade_dated": YES}, _both(name, dated))
    return found


def _both(name: DatedWord, other: DatedWord) -> tuple[dt.date | None, dt.date | None]:
    """The days on which both names hold."""
    starts = [each.start for each in (name, other) if each.start]
    ends = [each.end for each in (name, other) if each.end]
    return max(starts, default=None), min(ends, default=None)


def _grades(rule: Rule) -> Iterator[str]:
    if isinstance(rule.amount, ByGrade):
        yield from (grade for grade, _ in rule.amount.sums)


def paid(
    rule: Rule, sure: Node, names: Mapping[str, Node], pairs: Mapping[Pair, Written], ranges: Ranges
) -> Paid | None:
    """A rule as a table over pairs; null where it is none."""
    if not isinstance(rule.amount, ByGrade):
        return None
    sums: dict[Pair, int] = {}
    when: Node | None = None
    triggering = {Constant(kind) for kind in (rule.trigger.events if rule.trigger else ())}
    for pair, made in pairs.items():
        if made.names["event.kind"] not in triggering:
            continue
        condition, fen = _split(simplify(substituted(substituted(sure, made.names), names), ranges))
        if fen is None or (fen and when not in (None, condition)):
            return None
        if fen:
            sums[pair], when = fen, condition
    if not sums:
        return None
    if not rule.stages:
        return Paid(when or NO, sums, None)
    once = _once(rule, {pair: pairs[pair] for pair in sums})
    return None if once is None else Paid(when or NO, sums, once)


def _split(node: Node) -> tuple[Node, int | None]:
    """A sum as a condition and a number; no number where it is anything else."""
    match node:
        case Constant(int() as fen):
            return YES, fen
        case Choice(((condition, Constant(int() as fen)),), otherwise) if otherwise == ZERO:
            return condition, fen
    return YES, None


def _once(rule: Rule, pairs: Mapping[Pair, Written]) -> dict[Pair, int] | None:
    """The key of each pair where one stage counts every key once; null where the stage needs more than that."""
    stage = rule.stages[0]
    if (
        len(rule.stages) > 1
        or stage.when
        or stage.open
        or stage.most is not None
        or not set(stage.keys) <= {"kind", "grade"}
    ):
        return None
    keys: dict[Any, int] = {}
    found = {
        pair: keys.setdefault(tuple(made.names[f"event.{key}"] for key in stage.keys), len(keys))
        for pair, made in pairs.items()
    }
    return found if len(keys) <= MOST_KEYS else None


def conjuncts(node: Node) -> tuple[Node, ...]:
    """The parts that must all hold."""
    return node.parts if isinstance(node, Every) else () if node == YES else (node,)


def common(found: Sequence[Paid]) -> tuple[Node, ...]:
    """The conditions that every rule shares."""
    first, *rest = (conjuncts(each.when) for each in found)
    return tuple(part for part in first if all(part in other for other in rest))


def still(each: Paid, at: int, name: str, shared: tuple[Node, ...]) -> Node:
    """A column of the table, while the rule's own conditions hold."""
    own = Every(tuple(part for part in conjuncts(each.when) if part not in shared))
    return Column(name) if not own.parts else Choice(((own, Column(name)),), ZERO)
