"""What the columns of a rule's nodes are in the tables at hand: scaled, taken from elsewhere, or unknown throughout."""

from __future__ import annotations

import datetime as dt

from luodi.entitlement.query.node import UNKNOWN, YES, Column, Constant, FirstKnown, Node
from luodi.entitlement.query.ranges import Given, Range
from luodi.entitlement.query.simplify import times
from luodi.entitlement.rule import RuleSet
from luodi.entitlement.vocabulary import DatedWord, FactKind

RESOLVED = ("event.kind", "event.grade", "event.action")
"""Event columns that come from the words of the vocabulary, not as they are written."""


def unit_names(rules: RuleSet, given: Given) -> dict[str, Node]:
    """Each fact's node: its column in canonical units, or unknown where the table has none."""
    names = {name: _column(name, kind) if name in given.units else UNKNOWN for name, kind in rules.words.facts.items()}
    return names | {"unit.kind": Column("unit.kind") if "kind" in given.units else UNKNOWN}


def unit_ranges(rules: RuleSet, given: Given) -> dict[str, Range]:
    """The ranges of the units' columns."""
    found = {name: given.units[name] for name in rules.words.facts if name in given.units}
    return found | ({"unit.kind": given.units["kind"]} if "kind" in given.units else {})


def fact_names(rules: RuleSet, given: Given, as_of: dt.date) -> dict[str, Node]:
    """The names of a rule without trigger: facts, no event, the day of the calculation."""
    events: dict[str, Node] = dict.fromkeys(rules.words.attributes, UNKNOWN)
    return {**unit_names(rules, given), **events, "day": Constant(as_of), "year": Constant(as_of.year)}


def event_names(rules: RuleSet, given: Given) -> dict[str, Node]:
    """The names of a rule on events: facts of the unit, attributes of the event."""
    names = unit_names(rules, given)
    for name, kind in rules.words.attributes.items():
        if name.removeprefix("event.") not in given.events:
            names[name] = UNKNOWN
        elif name not in RESOLVED:
            names[name] = _column(name, kind)
    names |= {"event.kind": Column("event.kind"), "event.grade": Column("event.grade")}
    if not any(dated(alias) for event in rules.words.events.values() for alias in event.aliases):
        names["named"] = YES
    return names | {"day": FirstKnown((names["event.date"], names["event.paper_date"]))}


def event_ranges(rules: RuleSet, given: Given) -> dict[str, Range]:
    """The ranges of the events' columns and of their units'."""
    own = {name: name.removeprefix("event.") for name in rules.words.attributes}
    found = {name: given.events[column] for name, column in own.items() if column in given.events}
    undated = all(found[name].null for name in ("event.date", "event.paper_date") if name in found)
    years = Range(*(given.years or (0, 0)), null=undated)
    return {
        **unit_ranges(rules, given),
        **found,
        "event.kind": Range(null=False),
        "event.grade": Range(),
        "year": years,
    }


def _column(name: str, kind: FactKind) -> Node:
    return times(Column(name), kind.scale)


def dated(name: DatedWord) -> bool:
    """Whether a name has days on which it does not hold."""
    return name.start is not None or name.end is not None
