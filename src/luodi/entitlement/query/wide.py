"""How sums meet, one row a unit with a column for each rule: groups and caps are known when the query is made.

A cell is one rule's sum in one calendar year; years stand apart only where a cap counts by the year. The steps are
nodes over the cells' columns, so that every engine does the same: money from elsewhere, exclusive groups (就高), then
caps in their order. The order of the meaning is that of :class:`luodi.entitlement.stacking.Settlement`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

from luodi.entitlement.query.node import (
    UNKNOWN,
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
    Node,
    Some,
)
from luodi.entitlement.query.ranges import Range, range_of
from luodi.entitlement.query.simplify import simplify
from luodi.entitlement.query.term import term_node
from luodi.entitlement.rule import Cap, RuleSet
from luodi.entitlement.stacking import binding, deducted
from luodi.entitlement.term import Term, reads_of
from luodi.record import record


@record
class Cell:
    """A column of sums: of one rule, in one year or (null) where no year is known or none matters."""

    rule: int
    year: int | None
    side: str

    @property
    def column(self) -> str:
        """Its name."""
        return f"{self.side}{self.rule}" + (f"_{self.year}" if self.year is not None else "")


@record
class Step:
    """New values for some columns; all others stay. ``ranges`` holds those of the new values."""

    columns: Mapping[str, Node]
    ranges: Mapping[str, Range]


def by_year(rules: RuleSet) -> frozenset[int]:
    """The rules whose years must stand apart."""
    named = {name for cap in rules.caps() if cap.per == "year" for name in cap.rules}
    return frozenset(at for at, rule in enumerate(rules.rules) if rule.id in named)


def total(cells: Iterable[Cell]) -> Node:
    """The sum of some cells."""
    columns: list[Node] = [Column(cell.column) for cell in cells]
    return reduce(lambda left, right: Arithmetic("+", left, right), columns) if columns else ZERO


def outside(rules: RuleSet, as_of: dt.date, cells: Sequence[Cell], ranges: Mapping[str, Range]) -> dict[str, Node]:
    """What binds sums from outside the rules, for either side, over the unit's facts; never unknown.

    ``got<rule>_<side>`` was received elsewhere for what the rule pays, ``room<cap>_<side>`` is what a cap leaves. What
    is unknown takes all from the sure side (more than it can come to) and nothing from the possible one.
    """
    found: dict[str, Node] = {}
    for side in dict.fromkeys(cell.side for cell in cells):
        own = [cell for cell in cells if cell.side == side]
        for at, rule in enumerate(rules.rules):
            elsewhere = deducted(rule)
            if elsewhere and binding(elsewhere, rules, as_of) in (
                ("strict", "both") if side == "sure" else ("strict",)
            ):
                gone = (
                    Constant(_most([cell for cell in own if cell.rule == at], ranges) + 1) if side == "sure" else ZERO
                )
                found[f"got{at}_{side}"] = FirstKnown((Column(elsewhere.fact), gone))
        for number, cap in enumerate(rules.caps()):
            if not cap.fixed:
                most = _most([cell for cell in own if rules.rules[cell.rule].id in cap.rules], ranges)
                found[f"room{number}_{side}"] = _room(cap, side, most)
    return found


def _most(cells: Sequence[Cell], ranges: Mapping[str, Range]) -> int:
    """The most that some cells can come to together."""
    return sum(ranges[cell.column].high for cell in cells)


def _room(cap: Cap, side: str, most: int) -> Node:
    """A cap's room: see :func:`luodi.entitlement.stacking.room_of`; a cap that nobody knows leaves room for all."""
    fixed = UNKNOWN if cap.fen is None else Constant(cap.fen)
    limit = fixed if cap.at_most is None else term_node(cap.at_most)
    received = ZERO if cap.received is None else term_node(cap.received)
    if cap.at_most is not None and cap.fen is not None:
        limit = Choice(((Is(limit, None), UNKNOWN),), Bound("least", limit, fixed))
    if side == "sure":
        return Choice(((Some((Is(limit, None), Is(received, None))), ZERO),), _left(limit, received))
    known = FirstKnown((limit, fixed))
    return Choice(((Is(known, None), Constant(most)),), _left(known, FirstKnown((received, ZERO))))


def _left(limit: Node, gone: Node) -> Node:
    """What a limit leaves after what was received under it, at least nothing."""
    return Bound("greatest", Arithmetic("-", limit, Bound("greatest", gone, ZERO)), ZERO)


def waits(rules: RuleSet, as_of: dt.date) -> dict[int, Node]:
    """For the rules that money from elsewhere or a cap of the unit's own binds: whether a fact behind them is unknown.

    A dated parameter without a value on the day is no fact: no unit can give it, so nothing is asked.
    """
    unknown: dict[int, list[Node]] = {}
    for at, rule in enumerate(rules.rules):
        elsewhere = deducted(rule)
        if elsewhere and binding(elsewhere, rules, as_of) != "generous":
            unknown.setdefault(at, []).append(Is(Column(elsewhere.fact), None))
        for cap in rules.caps():
            if rule.id in cap.rules:
                terms = [term for term in (cap.at_most, cap.received) if term is not None]
                names = dict.fromkeys(name for term in terms for name in reads_of(term))
                unknown.setdefault(at, []).extend(Is(Column(name), None) for name in names)
    return {at: Some(tuple(nodes)) for at, nodes in unknown.items() if nodes}


def outside_facts(rules: RuleSet) -> set[str]:
    """The facts that :func:`outside` and :func:`waits` read."""
    terms: list[Term] = [
        term for cap in rules.caps() for term in (cap.at_most, cap.received) if term is not None
    ]  # fmt: skip
    named = {elsewhere.fact for rule in rules.rules if (elsewhere := deducted(rule))}
    return named | {name for term in terms for name in reads_of(term)}


def settling(rules: RuleSet, cells: Sequence[Cell], ranges: Mapping[str, Range]) -> Iterator[Step]:
    """The steps from raw sums to those that are due, one side (``sure`` or ``upto``) at a time.

    ``cells`` stand in rule order and, within a rule, by year with the unknown one last; ``ranges`` are those of the
    columns at hand, the ones of :func:`outside` among them.
    """
    known = dict(ranges)
    for at, rule in enumerate(rules.rules):
        own = [cell for cell in cells if cell.rule == at]
        if own and f"got{at}_{own[0].side}" in known and rule.elsewhere:
            step = _deducted(rule.elsewhere.takes, own, Column(f"got{at}_{own[0].side}"), known)
            known |= step.ranges
            yield step
    for name in dict.fromkeys(rule.exclusive for rule in rules.rules if rule.exclusive):
        members = [at for at, rule in enumerate(rules.rules) if rule.exclusive == name]
        step = _highest(members, cells, known)
        known |= step.ranges
        yield step
    for number, cap in enumerate(rules.caps()):
        for step in _capped(number, cap, rules, cells, known):
            known |= step.ranges
            yield step


def _deducted(takes: str, cells: Sequence[Cell], got: Column, ranges: Mapping[str, Range]) -> Step:
    """A rule's sums less what was received elsewhere: see :func:`luodi.entitlement.stacking._deduct`."""
    columns: dict[str, Node] = {}
    for place, cell in enumerate(cells):
        if takes == "difference":
            upto_here, before = (
                Bound("greatest", Arithmetic("-", total(cells[:end]), got), ZERO) for end in (place + 1, place)
            )
            node: Node = Arithmetic("-", upto_here, before)
        else:
            bar = total(cells) if takes == "highest" else ZERO
            node = Choice(((Comparison(">", got, bar), ZERO),), Column(cell.column))
        columns[cell.column] = simplify(node, ranges)
    return Step(columns, {name: Range(0, ranges[name].high, False) for name in columns})


def _highest(members: Sequence[int], cells: Sequence[Cell], ranges: Mapping[str, Range]) -> Step:
    """Of a group the highest stays, a tie goes to the first."""
    groups = {at: [cell for cell in cells if cell.rule == at] for at in members}
    groups = {at: own for at, own in groups.items() if own}
    columns: dict[str, Node] = {}
    for at, own in groups.items():
        others = [(other, total(their)) for other, their in groups.items() if other != at]
        wins = [Comparison(">" if other < at else ">=", total(own), sum_) for other, sum_ in others]
        for cell in own:
            columns[cell.column] = Choice(((Every(tuple(wins)), Column(cell.column)),), ZERO)
    return Step(columns, {name: Range(0, ranges[name].high, False) for name in columns})


def _capped(
    number: int, cap: Cap, rules: RuleSet, cells: Sequence[Cell], ranges: Mapping[str, Range]
) -> Iterator[Step]:
    """Running totals, then each sum as what its total adds below the cap; where nothing can exceed it, nothing."""
    members = [cell for cell in cells if rules.rules[cell.rule].id in cap.rules]
    side = cells[0].side if cells else ""
    room: Node = Constant(cap.fen) if cap.fixed else Column(f"room{number}_{side}")
    least = range_of(room, ranges).low
    years = list(dict.fromkeys(cell.year for cell in members)) if cap.per == "year" else [None]
    runs: dict[str, Node] = {}
    cuts: dict[str, Node] = {}
    for year in years:
        own = [cell for cell in members if cap.per == "unit" or cell.year == year]
        for place, cell in enumerate(own):
            upto_here = total(own[: place + 1])
            if range_of(upto_here, ranges).high <= least:
                continue
            runs[f"run{number}_{cell.column}"] = upto_here
            before = total(own[:place])
            if place and range_of(before, ranges).high > least:
                before = Column(f"run{number}_{own[place - 1].column}")
            kept = Bound("least", Column(f"run{number}_{cell.column}"), room)
            cuts[cell.column] = Arithmetic("-", kept, Bound("least", before, room))
    if not runs:
        return
    run_ranges = {name: range_of(node, ranges) for name, node in runs.items()}
    yield Step(runs, run_ranges)
    known = {**ranges, **run_ranges}
    most = range_of(room, ranges).high
    cut_ranges = {name: Range(0, min(ranges[name].high, most), False) for name in cuts}
    yield Step({name: simplify(node, known) for name, node in cuts.items()}, cut_ranges)
