"""The population by a fused column kernel: machine code made from the rules, over batches of units.

Units stream through in batches, each with its own events: every rule is judged over the batch's columns, then each
unit is settled. What the kernel cannot prove exact, or finds unsound, raises :class:`Unfit` before anything is
answered, and the general engine takes over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from luodi.entitlement.engines.kernel.compiled import NO_YEAR
from luodi.entitlement.engines.kernel.fit import LIMIT, Unfit, prove
from luodi.entitlement.engines.kernel.frames import HEAD, Frame, Layout, asked, frames
from luodi.entitlement.engines.kernel.machine import Kernel, kernel, part
from luodi.entitlement.engines.kernel.parts import in_parts
from luodi.entitlement.engines.kernel.source import MOST_STAGES, STAGE_BITS, WITHIN, Source, rule_source
from luodi.entitlement.engines.kernel.tables import Held, Table, address
from luodi.entitlement.query.node import Column, Negation, Some, columns_of
from luodi.entitlement.query.ranges import range_of
from luodi.entitlement.query.rule import RuleQuery, roots, rule_query
from luodi.entitlement.rule import Rule, RuleSet
from luodi.entitlement.stacking import deducted

if TYPE_CHECKING:
    import pyarrow as pa

    from luodi.entitlement.engines.kernel.tables import Array

__all__ = ["GROUPS", "Compiled", "Items", "Plan", "Rows", "Space", "Unfit", "compiled_rule", "found_rows", "judge_rule"]
__all__ += ["plan_for", "plan_from", "settle_items"]

GROUPS = ("not", "sure", "possible", "authority")
"""What users see a row under, by the number that the kernel gives it."""


@dataclass(frozen=True)
class Compiled:
    """One rule, ready to run."""

    at: int
    query: RuleQuery
    source: Source
    code: Kernel
    parameters: Array


@dataclass(frozen=True)
class Rows:
    """Sums of a batch: unit's row, rule's place, group (see ``GROUPS``), both sums in fen."""

    unit: Array
    rule: Array
    group: Array
    sure: Array
    upto: Array

    def where(self, kept: Array) -> Rows:
        """Some of the rows."""
        return Rows(*(column[kept] for column in (self.unit, self.rule, self.group, self.sure, self.upto)))

    def copy(self) -> Rows:
        """The rows in memory of their own."""
        return Rows(*(column.copy() for column in (self.unit, self.rule, self.group, self.sure, self.upto)))


@dataclass(frozen=True)
class Plan:
    """A rule set made for a layout of tables."""

    rules: RuleSet
    as_of: dt.date
    layout: Layout
    compiled: tuple[Compiled, ...]
    group: Array
    cap: Array
    yearly: Array
    member: Array
    groups: int
    rivals: Array

    def run(self, frame: Frame, space: Space) -> Rows:
        """Judge every rule over a batch and settle its units; the rows stand in ``space`` until the next batch."""
        on_events = sum(rule.query.kinds is not None for rule in self.compiled)
        space.reserve(frame.rows * (len(self.compiled) - on_events) + len(frame.owner) * on_events)
        for rule in self.compiled:
            judge_rule(rule, frame, space)
        return settle_items(self, self.compiled, frame.rows, space)


def plan_for(rules: RuleSet, as_of: dt.date, layout: Layout) -> Plan:
    """The machine code of a rule set, after proof that no sum can overflow.

    Raises:
        Unfit: no proof, or a construction that the kernel does not take.
    """
    return plan_from(rules, as_of, layout, [compiled_rule(at, rule, rules, as_of, layout) for at, rule in asked(rules)])


def plan_from(rules: RuleSet, as_of: dt.date, layout: Layout, compiled: Sequence[Compiled]) -> Plan:
    """A plan of rules that are compiled already.

    Raises:
        Unfit: the sum of all rules may overflow.
    """
    import numpy as np  # noqa: PLC0415 - only a population needs it

    if any(deducted(rule) for rule in rules.rules) or not all(cap.fixed for cap in rules.caps()):
        raise Unfit("money received elsewhere, or a cap that differs from unit to unit")
    largest = [_largest(each, layout) for each in compiled]
    if sum(largest) > LIMIT:
        raise Unfit("the sum of all rules may leave 62 bits")
    names = list(dict.fromkeys(rule.exclusive for rule in rules.rules if rule.exclusive))
    group = [names.index(rule.exclusive) if rule.exclusive else -1 for rule in rules.rules]
    caps, rivals = rules.caps(), rules.rivals
    member = [[rule.id in cap.rules for rule in rules.rules] for cap in caps]
    return Plan(
        rules,
        as_of,
        layout,
        tuple(compiled),
        group=np.array(group, np.int32),
        cap=np.array([cap.fen or 0 for cap in caps], np.int64),
        yearly=np.array([cap.per == "year" for cap in caps], np.uint8),
        member=np.array(member, np.uint8).reshape(-1),
        groups=len(names),
        rivals=np.array([at in rivals for at in range(len(rules.rules))], np.uint8),
    )


def compiled_rule(at: int, rule: Rule, rules: RuleSet, as_of: dt.date, layout: Layout) -> Compiled:
    """One rule as machine code for a layout.

    Raises:
        Unfit: a number that may overflow, or a construction that the kernel does not take.
    """
    import numpy as np  # noqa: PLC0415 - only a population needs it

    query = rule_query(rule, rules, as_of)
    if len(query.stages) > MOST_STAGES:
        raise Unfit("too many stages")
    if any(stage.most is not None for stage in query.stages):
        raise Unfit("a limit for each group")
    if query.kinds is None and HEAD in layout.units:
        query = replace(query, failed=Some((query.failed, Negation(Column(HEAD)))))
    today = (as_of - dt.date(1970, 1, 1)).days
    fixed = {"day": today} if query.kinds is None else {}
    for node in roots(query):
        prove(node, layout.ranges)
    columns = layout.units if query.kinds is None else {**layout.units, **layout.events}
    source = rule_source(query, columns, fixed)
    parameters = np.array([*source.parameters, 0], np.int64)
    return Compiled(at, query, source, kernel(source.text, source.signature), parameters)


def _largest(rule: Compiled, layout: Layout) -> int:
    """The most that a unit can get from a rule."""
    due = rule.query.due
    once = max(range_of(due.low, layout.ranges).high, range_of(due.high, layout.ranges).high, rule.query.ceiling or 0)
    return once * (1 if rule.query.kinds is None else max(1, layout.most_events))


class Space:
    """Memory that rules write their items to and units are settled in; used again for every batch.

    Items stand part by part, a part for a rule: unit's row, year (of an event's rule), both sums, flags.
    """

    def __init__(self) -> None:
        self._arrays: dict[str, Array] = {}
        self.first: list[int] = [0]

    def array(self, name: str, size: int, dtype: str) -> Array:
        """An array of at least ``size``; what it held before is gone."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        found = self._arrays.get(name)
        if found is None or len(found) < size:
            found = self._arrays[name] = np.empty(max(size, 1), dtype)
        return found

    def reserve(self, count: int) -> None:
        """Make room for items; those of the batch before are gone."""
        self.first = [0]
        for name, dtype in _ITEMS.items():
            self.array(name, count, dtype)

    def fill(self, parts: Sequence[Items]) -> None:
        """Hold these items instead of those at hand."""
        self.reserve(sum(len(each.unit) for each in parts))
        for each in parts:
            start = self.first[-1]
            self.first.append(start + len(each.unit))
            for name in _ITEMS:
                self._arrays[name][start : self.first[-1]] = getattr(each, name)

    def items(self, part: int) -> Items:
        """The items of one part."""
        start, end = self.first[part : part + 2]
        return Items(*(self._arrays[name][start:end] for name in _ITEMS))


@dataclass(frozen=True)
class Items:
    """What one rule came to before units are settled, by unit."""

    unit: Array
    year: Array
    sure: Array
    upto: Array
    flags: Array

    def where(self, kept: Array) -> Items:
        """Some of the items."""
        return Items(*(getattr(self, name)[kept] for name in _ITEMS))

    def copy(self) -> Items:
        """The items in memory of their own."""
        return Items(*(getattr(self, name).copy() for name in _ITEMS))


_ITEMS = {"unit": "int32", "year": "int32", "sure": "int64", "upto": "int64", "flags": "int64"}


def judge_rule(rule: Compiled, frame: Frame, space: Space) -> Array:
    """Add the items of one rule that count, in the order of units, after its stages, as a part of ``space``.

    Returns the rows of the events (or units) that they stand for.
    """
    on_events = rule.query.kinds is not None
    count, columns = (len(frame.owner), frame.events) if on_events else (frame.rows, frame.units)
    start = space.first[-1]
    found = _judged(rule, columns, count, start, space) if count else 0
    space.first.append(start + found)
    items = space.items(len(space.first) - 2)
    if not on_events or not found:
        return items.unit
    row = items.unit.copy()
    items.unit[:], items.year[:] = frame.owner[row], frame.events["year"].data[row]
    for number in range(len(rule.query.stages)):
        _apply_stage(rule.query, number, items, row, frame)
    return row


def _judged(rule: Compiled, columns: Mapping[str, Held], count: int, start: int, space: Space) -> int:
    scratch = (space.array("mask", count, "uint8"), space.array("picked", count + 1, "uint32"), rule.parameters)
    written = [address(space.array(name, 0, dtype)) + start * size for name, dtype, size in _WRITTEN]
    read = [columns[name].addresses[valid] for name, valid in rule.source.columns]
    return rule.code(count, *map(address, scratch), *written, *read)


_WRITTEN = (("unit", "int32", 4), ("sure", "int64", 8), ("upto", "int64", 8), ("flags", "int64", 8))


def _apply_stage(query: RuleQuery, number: int, items: Items, row: Array, frame: Frame) -> None:
    """Let the items of one stage's groups count by what they add, in place."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    stage, count = query.stages[number], len(row)
    shift = (WITHIN << (STAGE_BITS * number)).bit_length() - 1
    later = int(number + 1 < len(query.stages))
    key = _keys([frame.events[name] for node in stage.keys for name in columns_of(node)], row)
    day = frame.events["day"]
    days = day.data[row] if day.known is None else np.where(day.known[row] != 0, day.data[row], NO_YEAR)
    before = items.sure.copy(), items.upto.copy()
    rank = np.zeros(count, np.int32)
    for _ in range(2):
        arrays = (items.unit, key, days.astype(np.int32), rank, items.sure, items.upto, items.flags)
        order = np.empty(count, np.int32)
        ties = part("stage")(count, shift, later, *map(address, (*arrays, order)))
        if not ties or rank.any():
            return
        rank = frame.rank(row)
        items.sure[:], items.upto[:] = before


def _keys(columns: Sequence[Held], row: Array) -> Array:
    """One number for each combination of the columns' values."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    key = np.zeros(len(row), np.int64)
    for column in columns:
        data = column.data[row].astype(np.int64) + 1
        data = data if column.known is None else np.where(column.known[row] != 0, data, 0)
        key = key * (int(data.max(initial=0)) + 1) + data
        if int(key.max(initial=0)) > 2**31:
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
    return key


def settle_items(plan: Plan, rules: Sequence[Compiled], units: int, space: Space) -> Rows:
    """The units' sums after exclusive groups and caps; the rows stand in ``space`` until the next batch."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    count, groups = space.first[-1], max(1, plan.groups)
    place = np.array([rule.at for rule in rules], np.int32)
    fixed = np.array([plan.as_of.year if rule.query.kinds is None else -1 for rule in rules], np.int32)
    sizes = {"knotty": (units, "uint8"), "dense": (2 * units, "int64"), "winner": (2 * units, "int32")}
    sizes |= {"slow": (count, "int32"), "part": (count, "int32"), "start": (units + 1, "int32")}
    sizes |= {"order": (count, "int32"), "best": (4 * groups, "int64"), "cells": (4 * count, "int64")}
    sizes |= {"sums": (2 * count, "int64")}
    outputs = {"out_unit": "int32", "out_rule": "int32", "out_group": "uint8", "out_sure": "int64", "out_upto": "int64"}
    results = [space.array(name, count, dtype) for name, dtype in outputs.items()]
    arrays = [np.array(space.first, np.int32), place, fixed]
    arrays += [space.array(name, count, dtype) for name, dtype in _ITEMS.items()]
    arrays += [plan.group, plan.rivals, plan.cap, plan.yearly, plan.member]
    arrays += [space.array(name, size, dtype) for name, (size, dtype) in sizes.items()]
    numbers = (units, count, len(rules), len(plan.group), plan.groups, len(plan.cap))
    found = part("settle")(*numbers, *map(address, [*arrays, *results])) if count else 0
    return Rows(*(each[:found] for each in results))


def found_rows(
    rules: RuleSet, units: Path | pa.Table, events: Path | pa.Table, as_of: dt.date
) -> Iterator[tuple[Frame, Rows]]:
    """What is due or may be, batch by batch; complete only when the last batch has come without :class:`Unfit`.

    A large population comes part by part: whoever lets go of a batch before asking for the next lets go of its part.
    """
    space = Space()
    for tables in in_parts(rules, units, events):
        yield from _found(rules, *tables, as_of, space)


def _found(rules: RuleSet, units: Table, events: Table, as_of: dt.date, space: Space) -> Iterator[tuple[Frame, Rows]]:
    prepared = frames(rules, units, events, as_of)
    plan = plan_for(rules, as_of, prepared.layout)
    for frame in prepared.frames():
        yield frame, plan.run(frame, space)
