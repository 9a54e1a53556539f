"""How sums meet, one row a unit with a column for each rule: groups and caps are known when the query is made.

A cell is one rule's sum in one calendar year; years stand apart only where a cap counts by the year. The steps are
nodes over the cells' columns, so that every engine does the same: exclusive groups (就高), then caps in their order.
The order of the meaning is that of :func:`luodi.entitlement.stacking.settle`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from luodi.entitlement.query import ZERO, Arithmetic, Bound, Choice, Column, Comparison, Constant, Every, Node
from luodi.entitlement.ranges import Range, range_of
from luodi.entitlement.rule import Cap, RuleSet
from luodi.entitlement.simplify import simplify


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of sums: of one rule, in one year or (null) where no year is known or none matters."""

    rule: int
    year: int | None
    side: str

    @property
    def column(self) -> str:
        """Its name."""
        return f"{self.side}{self.rule}" + (f"_{self.year}" if self.year is not None else "")


@dataclass(frozen=True, slots=True)
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


def settling(rules: RuleSet, cells: Sequence[Cell], ranges: Mapping[str, Range]) -> Iterator[Step]:
    """The steps from raw sums to those that are due, one side (``sure`` or ``upto``) at a time.

    ``cells`` stand in rule order and, within a rule, by year with the unknown one last.
    """
    known = dict(ranges)
    for name in dict.fromkeys(rule.exclusive for rule in rules.rules if rule.exclusive):
        members = [at for at, rule in enumerate(rules.rules) if rule.exclusive == name]
        step = _highest(members, cells, known)
        known |= step.ranges
        yield step
    for number, cap in enumerate(rules.caps()):
        for step in _capped(number, cap, rules, cells, known):
            known |= step.ranges
            yield step


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
    years = list(dict.fromkeys(cell.year for cell in members)) if cap.per == "year" else [None]
    runs: dict[str, Node] = {}
    cuts: dict[str, Node] = {}
    for year in years:
        own = [cell for cell in members if cap.per == "unit" or cell.year == year]
        for place, cell in enumerate(own):
            upto_here = total(own[: place + 1])
            if range_of(upto_here, ranges).high <= cap.fen:
                continue
            runs[f"run{number}_{cell.column}"] = upto_here
            before = total(own[:place])
            if place and range_of(before, ranges).high > cap.fen:
                before = Column(f"run{number}_{own[place - 1].column}")
            kept = Bound("least", Column(f"run{number}_{cell.column}"), Constant(cap.fen))
            cuts[cell.column] = Arithmetic("-", kept, Bound("least", before, Constant(cap.fen)))
    if not runs:
        return
    run_ranges = {name: range_of(node, ranges) for name, node in runs.items()}
    yield Step(runs, run_ranges)
    known = {**ranges, **run_ranges}
    cut_ranges = {name: Range(0, min(ranges[name].high, cap.fen), False) for name in cuts}
    yield Step({name: simplify(node, known) for name, node in cuts.items()}, cut_ranges)
