"""The population by a fused column kernel: machine code made from the rules, over batches of units.

Units stream through in batches, each with its own events: every rule is judged over the batch's columns, then each
unit is settled. What the kernel cannot prove exact, or finds unsound, raises :class:`Unfit` before anything is
answered, and the general engine takes over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.entitlement.checking import missing_readers
from luodi.entitlement.engines.kernel_events import Events, read_events
from luodi.entitlement.engines.kernel_parts import NO_YEAR
from luodi.entitlement.engines.kernel_source import (
    LIMIT,
    MOST_STAGES,
    STAGE_BITS,
    WITHIN,
    Source,
    Stored,
    Unfit,
    parts_of,
    prove,
    roots,
    rule_source,
)
from luodi.entitlement.engines.kernel_tables import Held, Table, address, held, stored
from luodi.entitlement.engines.machine import Kernel, kernel
from luodi.entitlement.query import (
    Column,
    Comparison,
    Constant,
    Negation,
    Node,
    OneOf,
    RuleQuery,
    Some,
    columns_of,
    rule_query,
)
from luodi.entitlement.ranges import Range, range_of, unit_id_column
from luodi.entitlement.rule import UNIT_KINDS, Rule, RuleSet
from luodi.entitlement.vocabulary import UNIT_ATTRIBUTES, FactKind

if TYPE_CHECKING:
    import pyarrow as pa

    from luodi.entitlement.engines.kernel_tables import Array

__all__ = [
    "Frame",
    "Items",
    "Plan",
    "Rows",
    "Space",
    "Unfit",
    "frames",
    "judge_rule",
    "plan_for",
    "plan_from",
    "settle_items",
]

HEAD = "unit.head"
"""A column of our own: whether a unit stands for itself and is no branch."""
GROUPS = ("not", "sure", "possible", "authority")
"""What users see a row under, by the number that the kernel gives it."""
_PARTS = Path(__file__).with_name("kernel_parts.py")
_SIGNATURES = {
    "stage": ("int64",) * 3 + ("*int32", "*int64", "*int32", "*int32", "*int64", "*int64", "*int64", "*int32"),
    "settle": ("int64",) * 6
    + ("*int32", "*int32", "*int32", "*int32", "*int32", "*int64", "*int64", "*int64", "*int32", "*int64", "*uint8")
    + ("*uint8", "*uint8", "*int64", "*int32", "*int32", "*int32", "*int32", "*int32", "*int64", "*int64", "*int64")
    + ("*int32", "*int32", "*uint8", "*int64", "*int64"),
    "hashes": ("int64", "*int32", "*uint8", "*uint64"),
    "spread": ("int64", "int64", "int64", "*uint64", "*int32", "*uint64"),
    "repeated": ("int64", "int64", "*uint64", "*uint64"),
    "index": ("int64", "int64", "*uint64", "*int32"),
    "look_up": ("int64",) * 3 + ("*uint64", "*int32", "*uint8", "*int32", "*uint64", "*int32", "*uint8", "*int32"),
}


@cache
def part(name: str) -> Kernel:
    """One of the parts that are the same for all rules."""
    return kernel(_PARTS.read_text(encoding="utf-8"), _SIGNATURES[name], name)


@dataclass(frozen=True)
class Compiled:
    """One rule, ready to run."""

    at: int
    query: RuleQuery
    source: Source
    code: Kernel
    parameters: Array


@dataclass(frozen=True)
class Frame:
    """A batch of units with the events that stand under them (``owner``: the unit's row), all columns as arrays."""

    ids: pa.Array
    units: Mapping[str, Held]
    owner: Array
    events: Mapping[str, Held]
    rank: Any

    @property
    def rows(self) -> int:
        """How many units there are."""
        return len(self.ids)


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
class Layout:
    """How the tables lie in memory, and the bounds of their numbers."""

    units: Mapping[str, Stored]
    events: Mapping[str, Stored]
    ranges: Mapping[str, Range]
    most_events: int


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

    largest = [_largest(each, layout) for each in compiled]
    if sum(largest) > LIMIT:
        raise Unfit("the sum of all rules may leave 62 bits")
    names = list(dict.fromkeys(rule.exclusive for rule in rules.rules if rule.exclusive))
    group = [names.index(rule.exclusive) if rule.exclusive else -1 for rule in rules.rules]
    caps = rules.caps()
    member = [[rule.id in cap.rules for rule in rules.rules] for cap in caps]
    return Plan(
        rules,
        as_of,
        layout,
        tuple(compiled),
        group=np.array(group, np.int32),
        cap=np.array([cap.fen for cap in caps], np.int64),
        yearly=np.array([cap.per == "year" for cap in caps], np.uint8),
        member=np.array(member, np.uint8).reshape(-1),
        groups=len(names),
    )


def asked(rules: RuleSet) -> list[tuple[int, Rule]]:
    """The rules that are computed, each with its place."""
    return [(at, rule) for at, rule in enumerate(rules.rules) if not rule.case_by_case]


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


def judge_rule(rule: Compiled, frame: Frame, space: Space) -> None:
    """Add the items of one rule that count, in the order of units, after its stages, as a part of ``space``."""
    on_events = rule.query.kinds is not None
    count, columns = (len(frame.owner), frame.events) if on_events else (frame.rows, frame.units)
    start = space.first[-1]
    found = _judged(rule, columns, count, start, space) if count else 0
    space.first.append(start + found)
    if not on_events or not found:
        return
    items = space.items(len(space.first) - 2)
    row = items.unit.copy()
    items.unit[:], items.year[:] = frame.owner[row], frame.events["year"].data[row]
    for number in range(len(rule.query.stages)):
        _apply_stage(rule.query, number, items, row, frame)


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
    arrays += [plan.group, plan.cap, plan.yearly, plan.member]
    arrays += [space.array(name, size, dtype) for name, (size, dtype) in sizes.items()]
    numbers = (units, count, len(rules), len(plan.group), plan.groups, len(plan.cap))
    found = part("settle")(*numbers, *map(address, [*arrays, *results])) if count else 0
    return Rows(*(each[:found] for each in results))


@dataclass(frozen=True)
class Prepared:
    """Tables that have been looked at: how they lie in memory, and their batches."""

    rules: RuleSet
    layout: Layout
    unit_table: Table
    unit_columns: Mapping[str, str]
    unit_id: str
    branches: bool
    joined: frozenset[str]
    event_data: Events | None

    def frames(self) -> Iterator[Frame]:
        """The batches, with all checks that need every row.

        Raises:
            Unfit: a unit twice or nowhere, or values that the first look did not see.
        """
        seen = _Seen(self.event_data)
        texts = [name for name in self.unit_columns.values() if self.layout.units.get(name, _NUMBER).kind == "code"]
        wanted = list(dict.fromkeys([self.unit_id, *self.unit_columns.values(), *(["legal_person"] * self.branches)]))
        for batch in self.unit_table.batches(wanted, texts):
            columns = {
                fact: held(batch.column(name), self.layout.units[fact], self.layout.ranges.get(fact))
                for fact, name in self.unit_columns.items()
            }
            if "unit.kind" in columns:
                _check_kinds(columns["unit.kind"])
            if self.branches:
                head = batch.column("legal_person").is_null().cast("uint8").to_numpy(zero_copy_only=False)
                columns[HEAD] = Held(head)
            yield self._frame(_names(batch.column(self.unit_id)), columns, seen)
        seen.check()

    def _frame(self, ids: pa.Array, columns: Mapping[str, Held], seen: _Seen) -> Frame:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        place = seen.places(ids)
        events = self.event_data
        if events is None or place is None:
            return Frame(ids, columns, np.empty(0, np.int32), {}, None)
        rows = np.flatnonzero(place >= 0)
        first, counts = events.start[place[rows]], np.diff(events.start)[place[rows]]
        owner = np.repeat(rows, counts).astype(np.int32)
        at = np.repeat(first - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts) + np.arange(len(owner))
        found = {name: column.take(at) for name, column in events.columns.items()}
        found |= {name: columns[name].take(owner) for name in self.joined & columns.keys()}
        return Frame(ids, columns, owner, found, lambda row: events.rank[at[row]])


def _check_kinds(column: Held) -> None:
    outside = column.data >= len(UNIT_KINDS)
    if (outside if column.known is None else outside & (column.known != 0)).any():
        raise Unfit("an unknown kind of unit")


_NUMBER = Stored("number", "int64", nulls=False)


def _names(column: pa.Array) -> pa.Array:
    import pyarrow as pa  # noqa: PLC0415 - only a population needs it

    found = column.cast(pa.string())
    if found.null_count:
        raise Unfit("a unit without id")
    return found


def frames(rules: RuleSet, units: Path | pa.Table, events: Path | pa.Table, as_of: dt.date) -> Prepared:
    """Look at the tables of a population and lay down how they will lie in memory.

    Raises:
        Unfit: a column that is missing or of another type, values out of bounds, unknown units of events.
    """
    if rules.budgets():
        raise Unfit("a budget that is cut over all units")
    table = Table(units)
    if unit_id_column(table.names) not in table.names or any(missing_readers(rules, set(table.names))):
        raise Unfit("a column of the units is missing")
    queries = [rule_query(rule, rules, as_of) for _, rule in asked(rules)]
    needed = {name for query in queries for node in roots(query) for name in columns_of(node)}
    codes = named_codes(node for query in queries for node in roots(query))
    facts: dict[str, FactKind] = {**rules.words.facts}
    if "kind" in table.names:
        facts["unit.kind"] = UNIT_ATTRIBUTES["unit.kind"]
        codes["unit.kind"] = {kind: at for at, kind in enumerate(UNIT_KINDS)}
    layout, columns, ranges = _unit_layout(table, facts, needed, codes)
    branches = "legal_person" in table.names and table.nulls("legal_person") < table.rows
    if branches:
        layout[HEAD] = Stored("boolean", "uint8", nulls=False)
    found = None
    if any(query.kinds is not None for query in queries):
        heads = _heads(table) if branches else None
        found = read_events(rules, Table(events), needed | {f"event.{key}" for key in _KEYS}, codes, heads)
        ranges |= found.ranges
    most = found.most if found else 0
    event_layout = found.how if found else {}
    unit_id = unit_id_column(table.names)
    whole = Layout(layout, event_layout, ranges, most)
    joined = {name for query in queries if query.kinds for node in roots(query) for name in columns_of(node)}
    return Prepared(rules, whole, table, columns, unit_id, branches, frozenset(joined), found)


_KEYS = ("grade", "action", "issuer", "prize", "id")


def _unit_layout(
    table: Table, facts: Mapping[str, FactKind], needed: set[str], codes: Mapping[str, Mapping[str, int]]
) -> tuple[dict[str, Stored], dict[str, str], dict[str, Range]]:
    """How the facts lie in memory, the column of each, their bounds; facts that no rule reads are only checked."""
    layout: dict[str, Stored] = {}
    columns: dict[str, str] = {}
    ranges: dict[str, Range] = {}
    for name, kind in facts.items():
        column = "kind" if name == "unit.kind" else name
        found = stored(table, column, kind, codes.get(name, {})) if column in table.names else None
        if found is not None and (name in needed or name == "unit.kind"):
            layout[name], ranges[name] = found
            columns[name] = column
    return layout, columns, ranges


def _heads(table: Table) -> pa.Table:
    """Branches with their legal persons."""
    import pyarrow as pa  # noqa: PLC0415 - only a population needs it

    unit = unit_id_column(table.names)
    kept = []
    for batch in table.batches([unit, "legal_person"]):
        ids, heads = (batch.column(name).cast(pa.string()) for name in (unit, "legal_person"))
        there = heads.is_valid()
        kept.append(pa.table({"branch": ids.filter(there), "head": heads.filter(there)}))
    found = pa.concat_tables(kept).combine_chunks()
    if _meets(found["head"], found["branch"]):
        raise Unfit("a legal person that is a branch")
    return found


def _meets(left: pa.ChunkedArray, right: pa.ChunkedArray) -> bool:
    import pyarrow.compute as pc  # noqa: PLC0415 - only a population needs it

    return bool(pc.any(pc.is_in(left, right.combine_chunks())).as_py())


def named_codes(nodes: Iterable[Node]) -> dict[str, dict[str, int]]:
    """The texts that rules compare each column with, numbered in the order in which they are named."""
    found: dict[str, dict[str, int]] = {}

    def name(column: str, values: Iterable[Any]) -> None:
        codes = found.setdefault(column, {})
        for value in values:
            if isinstance(value, str):
                codes.setdefault(value, len(codes))

    def walk(node: Node) -> None:
        match node:
            case Comparison(_, Column(column), Constant(str() as value)):
                name(column, [value])
            case OneOf(Column(column), values):
                name(column, values)
        for each in parts_of(node):
            walk(each)

    for node in nodes:
        walk(node)
    return found


BUCKETS = 1 << 9
"""Digests of ids are kept by their highest bits, so that equal ones are found bucket by bucket in little memory."""


class _Seen:
    """Which units have come by: none twice, and all that events name. Keeps eight bytes for each."""

    def __init__(self, events: Events | None) -> None:
        self._digests: list[tuple[Array, Array]] = []
        self._names = _Index(events.names) if events is not None and len(events.names) else None
        self._found = 0

    def places(self, ids: pa.Array) -> Array | None:
        """The place of each unit among the names of events, -1 where it has none; null where there are no events."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        if not len(ids):
            return None
        digests, text = digested(ids)
        ends, sorted_digests = np.empty(BUCKETS + 1, np.int32), np.empty(len(ids), np.uint64)
        shift = 64 - (BUCKETS - 1).bit_length()
        part("spread")(len(ids), shift, BUCKETS, *map(address, (digests, ends, sorted_digests)))
        self._digests.append((ends, sorted_digests))
        if self._names is None:
            return None
        place = np.empty(len(ids), np.int32)
        self._found += self._names.look_up(digests, text, place)
        return place

    def check(self) -> None:
        """After the last batch.

        Raises:
            Unfit: two units may be the same, or an event's unit did not come by.
        """
        import numpy as np  # noqa: PLC0415 - only a population needs it

        for bucket in range(BUCKETS if self._digests else 0):
            parts = [digests[ends[bucket - 1] if bucket else 0 : ends[bucket]] for ends, digests in self._digests]
            every = np.concatenate(parts)
            slots = np.zeros(1 << (2 * len(every)).bit_length(), np.uint64)
            if part("repeated")(len(every), len(slots), address(every), address(slots)):
                raise Unfit("a unit twice")
        if self._names is not None and self._found != self._names.count:
            raise Unfit("an event of a unit that is not there")


def digested(ids: pa.Array) -> tuple[Array, tuple[Array, Array]]:
    """A digest of each id, and the ids' offsets and bytes."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    _, offsets, data = ids.buffers()
    at = np.frombuffer(offsets, np.int32)[ids.offset : ids.offset + len(ids) + 1] if offsets else np.zeros(1, np.int32)
    text = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
    found = np.empty(len(ids), np.uint64)
    if len(ids):
        part("hashes")(len(ids), address(at), address(text), address(found))
    return found, (at, text)


class _Index:
    """A table of different names, looked up by their bytes."""

    def __init__(self, names: pa.Array) -> None:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        self.count = len(names)
        self._digests, self._text = digested(names)
        self._slots = np.zeros(1 << (2 * self.count).bit_length(), np.int32)
        part("index")(self.count, len(self._slots), *map(address, (self._digests, self._slots)))

    def look_up(self, digests: Array, text: tuple[Array, Array], place: Array) -> int:
        """Fill in the places of names; returns how many there are."""
        arrays: list[Array] = [digests, *text, self._slots, self._digests, *self._text, place]
        return part("look_up")(len(digests), len(self._slots), self.count, *map(address, arrays))


def found_rows(
    rules: RuleSet, units: Path | pa.Table, events: Path | pa.Table, as_of: dt.date
) -> Iterator[tuple[Frame, Rows]]:
    """What is due or may be, batch by batch; complete only when the last batch has come without :class:`Unfit`."""
    prepared = frames(rules, units, events, as_of)
    plan = plan_for(rules, as_of, prepared.layout)
    space = Space()
    for frame in prepared.frames():
        yield frame, plan.run(frame, space)
