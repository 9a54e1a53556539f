"""A statement in the making: what is asked for of which tables, and each rule's outcome over their columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal

from luodi.entitlement.engines.dialect import Dialect
from luodi.entitlement.engines.names import event_names, event_ranges, fact_names, unit_ranges
from luodi.entitlement.query.node import (
    NO,
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
from luodi.entitlement.query.ranges import BEYOND, Given, Range, Ranges, range_of
from luodi.entitlement.query.rule import Outcome, RuleQuery, StageQuery, outcome, rule_query
from luodi.entitlement.query.simplify import simplify, substituted
from luodi.entitlement.query.wide import Cell, by_year
from luodi.entitlement.rule import RuleSet
from luodi.record import record

Wanted = Literal["strict", "generous", "verdicts"]
FLAGS = ("ask", "authority", "open", "seen")
NOTHING: dict[str, Node] = {"sure": ZERO, "upto": ZERO, "ask": NO, "authority": NO, "open": NO}
"""What stands for a part of an outcome that nobody asked for."""


@record
class Part:
    """One rule as it is computed: its outcome over columns of the tables, its cells, its flags."""

    at: int
    query: RuleQuery
    outcome: Outcome
    cells: tuple[Cell, ...]


class Draft:
    """What the steps of a statement share; ``ranges`` and ``sources`` grow with the steps that are written."""

    def __init__(self, dialect: Dialect, rules: RuleSet, given: Given, as_of: dt.date, wanted: Wanted) -> None:
        self.dialect, self.rules, self.given, self.as_of, self.wanted = dialect, rules, given, as_of, wanted
        self.sides = ("sure",) if wanted == "strict" else ("sure", "upto")
        self.flags = FLAGS if wanted == "verdicts" else ()
        self.of_units, self.of_events = unit_ranges(rules, given), event_ranges(rules, given)
        self.event_names = event_names(rules, given)
        self.years_apart = by_year(rules)
        self.ranges: dict[str, Range] = {}
        self.sources: list[str] = []

    def part(self, at: int) -> Part:
        """A rule's outcome over columns of the tables, as far as it is asked for."""
        query = rule_query(self.rules.rules[at], self.rules, self.as_of)
        on_events = query.kinds is not None
        names = self.event_names if on_events else fact_names(self.rules, self.given, self.as_of)
        ranges = self.of_events if on_events else self.of_units
        found = outcome(query)
        asked = {"sure"} if self.wanted == "strict" and not self.rules.rules[at].stages else set(NOTHING)
        made = {
            part: self.made(getattr(found, part), names, ranges) if part in asked else nothing
            for part, nothing in NOTHING.items()
        }
        years: tuple[int | None, ...] = (None,)
        if at in self.years_apart:
            years = self.years() if on_events else (self.as_of.year,)
        cells = tuple(Cell(at, year, side) for side in self.sides for year in years)
        return Part(at, query, Outcome(**made), cells)

    def made(self, node: Node, names: Mapping[str, Node], ranges: Ranges) -> Node:
        """A node over the columns of the tables, as short as their bounds allow."""
        return simplify(substituted(node, names), ranges)

    def years(self) -> tuple[int | None, ...]:
        """The years in which events lie, and null for those without a day."""
        first, last = self.given.years or (self.as_of.year, self.as_of.year)
        return (*range(first, min(last, self.as_of.year) + 1), None)

    def flags_of(self, part: Part, seen: Node) -> dict[str, Node]:
        """Who waits for whom, where verdicts are asked for; ``seen``: whether the rule looks at the row."""
        if not self.flags:
            return {}
        own = part.outcome
        found = Some((Comparison(">", own.sure, ZERO), Comparison(">", own.upto, ZERO), own.open))
        made: dict[str, Node] = {"ask": Every((seen, own.ask, found)), "authority": Every((seen, own.authority, found))}
        made |= {"open": Every((seen, own.open)), "seen": seen}
        return {f"{name}{part.at}": simplify(node, self.of_events) for name, node in made.items()}

    def flag_columns(self, parts: Sequence[Part]) -> list[str]:
        """The names of all flags."""
        return [f"{flag}{part.at}" for part in parts for flag in self.flags]

    def keep_ranges(self, columns: Mapping[str, Node], ranges: Ranges, rows: int) -> None:
        """A sum over at most ``rows`` events lies within as many times the largest."""
        for name, node in columns.items():
            found = range_of(node, ranges)
            self.ranges[name] = Range(0, min(BEYOND, max(0, found.high) * max(rows, 1)), False)

    @property
    def day(self) -> str:
        """The day of an event, as SQL over the table as given."""
        return self.dialect.printed(simplify(self.event_names["day"], self.of_events), self.of_events)

    def select(
        self,
        kept: Sequence[str],
        columns: Mapping[str, Node],
        ranges: Ranges,
        source: str,
        *,
        whole: bool = False,
        fits: bool = False,
    ) -> str:
        """Columns kept and columns computed; ``whole``: numbers as 64 bits where they fit, ``fits``: or else refused."""
        listed = ["unit_id", *map(self.dialect.quoted, kept)]
        for name, node in columns.items():
            printed = self.whole(node, ranges, fits=fits) if whole else self.dialect.printed(node, ranges)
            listed.append(f"{printed} AS {self.dialect.quoted(name)}")
        return f"SELECT {', '.join(listed)} FROM {source}"

    def whole(self, node: Node, ranges: Ranges, *, fits: bool = False) -> str:
        """A number as 64 bits where it fits; with ``fits`` a larger one is refused."""
        printed, found = self.dialect.printed(node, ranges), range_of(node, ranges)
        return (
            printed if is_truth(node) or not (found.narrow or fits) else self.dialect.cast(printed, self.dialect.whole)
        )


def in_year(cell: Cell, node: Node, apart: bool) -> Node:
    """What counts for a cell: all of it, or what falls in its year where years stand ``apart``."""
    if not apart:
        return node
    year = Column("year")
    test = Is(year, None) if cell.year is None else Comparison("=", year, Constant(cell.year))
    return Choice(((test, node),), ZERO)


def is_truth(node: Node) -> bool:
    """Whether a node is a verdict rather than a number."""
    match node:
        case Constant(value):
            return isinstance(value, bool)
        case Choice(cases, otherwise):
            return is_truth(otherwise) or any(is_truth(value) for _, value in cases)
        case FirstKnown(parts):
            return any(map(is_truth, parts))
    return isinstance(node, Every | Some | Is | OneOf | Comparison | Negation)


def stage_nodes(stage: StageQuery) -> tuple[Node, ...]:
    """All nodes of a stage."""
    return (stage.within, stage.certain, stage.spares_sure, stage.cuts_upto, *stage.keys)
