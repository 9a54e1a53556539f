"""A population in batches as the kernel takes it: units as columns, each batch with the events of its units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from luodi.entitlement.checking import missing_readers
from luodi.entitlement.engines.kernel.events import Events, read_events
from luodi.entitlement.engines.kernel.fit import Unfit
from luodi.entitlement.engines.kernel.ids import Seen
from luodi.entitlement.engines.kernel.stored import Stored
from luodi.entitlement.engines.kernel.tables import Held, Table, check_codes, held, let_go, stored
from luodi.entitlement.query.node import Column, Comparison, Constant, Node, OneOf, columns_of, parts_of
from luodi.entitlement.query.ranges import NOTHING, Range, unit_id_column
from luodi.entitlement.query.rule import roots, rule_query
from luodi.entitlement.rule import UNIT_KINDS, Rule, RuleSet
from luodi.entitlement.vocabulary import UNIT_ATTRIBUTES, FactKind

if TYPE_CHECKING:
    import pyarrow as pa

    from luodi.entitlement.engines.kernel.tables import Array

HEAD = "unit.head"
"""A column of our own: whether a unit stands for itself and is no branch."""


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
class Layout:
    """How the tables lie in memory, and the bounds of their numbers."""

    units: Mapping[str, Stored]
    events: Mapping[str, Stored]
    ranges: Mapping[str, Range]
    most_events: int


def asked(rules: RuleSet) -> list[tuple[int, Rule]]:
    """The rules that are computed, each with its place."""
    return [(at, rule) for at, rule in enumerate(rules.rules) if not rule.case_by_case]


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
        seen = Seen(self.event_data, self.unit_table.most)
        texts = [name for name in self.unit_columns.values() if self.layout.units.get(name, _NUMBER).kind == "code"]
        wanted = list(dict.fromkeys([self.unit_id, *self.unit_columns.values(), *(["legal_person"] * self.branches)]))
        for number, batch in enumerate(self.unit_table.batches(wanted, texts)):
            if number % _AT_TIMES == 0:
                let_go()
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

    def _frame(self, ids: pa.Array, columns: Mapping[str, Held], seen: Seen) -> Frame:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        place = seen.places(ids)
        events = self.event_data
        if events is None or place is None:
            return Frame(ids, columns, np.empty(0, np.int32), {}, None)
        rows = np.flatnonzero(place >= 0)
        first, counts = events.start[place[rows]], np.diff(events.start)[place[rows]]
        owner = np.repeat(rows, counts).astype(np.int32)
        at = np.repeat(first - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts) + np.arange(len(owner))
        found = events.at(at)
        found |= {name: columns[name].take(owner) for name in self.joined & columns.keys()}
        return Frame(ids, columns, owner, found, lambda row: events.rank[at[row]])


_AT_TIMES = 8
"""After so many batches what was read is let go."""


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


def frames(rules: RuleSet, units: Table, events: Table, as_of: dt.date) -> Prepared:
    """Look at the tables of a population and lay down how they will lie in memory.

    Raises:
        Unfit: a column that is missing or of another type, values out of bounds, unknown units of events.
    """
    if rules.budgets():
        raise Unfit("a budget that is cut over all units")
    if unit_id_column(units.names) not in units.names or any(missing_readers(rules, set(units.names))):
        raise Unfit("a column of the units is missing")
    queries = [rule_query(rule, rules, as_of) for _, rule in asked(rules)]
    needed = {name for query in queries for node in roots(query) for name in columns_of(node)}
    codes = named_codes(node for query in queries for node in roots(query))
    facts: dict[str, FactKind] = {**rules.words.facts}
    if "kind" in units.names:
        facts["unit.kind"] = UNIT_ATTRIBUTES["unit.kind"]
        codes["unit.kind"] = {kind: at for at, kind in enumerate(UNIT_KINDS)}
    layout, columns, ranges = _unit_layout(units, facts, needed, codes)
    branches = "legal_person" in units.names and units.nulls("legal_person") < units.rows
    if branches:
        layout[HEAD] = Stored("boolean", "uint8", nulls=False)
    found = None
    if any(query.kinds is not None for query in queries):
        heads = _heads(units) if branches else None
        found = read_events(rules, events, needed | {f"event.{key}" for key in _KEYS} | {*rules.ties}, codes, heads)
        ranges |= found.ranges
    most = found.most if found else 0
    event_layout = found.how if found else {}
    numbers = (name for name in needed if (kind := rules.words.fact(name)) and kind.type in ("money", "integer"))
    ranges |= {name: NOTHING for name in numbers if name not in layout and name not in event_layout}
    unit_id = unit_id_column(units.names)
    whole = Layout(layout, event_layout, ranges, most)
    joined = {name for query in queries if query.kinds for node in roots(query) for name in columns_of(node)}
    return Prepared(rules, whole, units, columns, unit_id, branches, frozenset(joined), found)


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
        if column in table.names and name != "unit.kind":
            check_codes(table, column, kind)
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
