"""A population evaluated under the rules in force, kept to compare changed rules with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from luodi.entitlement.engines.kernel.fit import Unfit
from luodi.entitlement.loading import load_rules
from luodi.entitlement.population import Given, evaluate
from luodi.entitlement.query.ranges import unit_id_column
from luodi.entitlement.rule import RuleSet
from luodi.entitlement.simulation.change import Change, changeable, paid_sum
from luodi.entitlement.simulation.scaling import Scale, scales
from luodi.entitlement.simulation.sums import Owed, Sums, by_key, together
from luodi.entitlement.simulation.sweep import Swept, swept
from luodi.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from luodi.entitlement.engines.kernel.kept import Kept
    from luodi.entitlement.engines.kernel.plan import Rows


@dataclass(frozen=True)
class Baseline:
    """A population evaluated under the rules in force, kept to compare with.

    ``rules`` are those in force, ``unit_ids`` the units in the order of the table, ``groups`` the attributes by
    which an outcome can be broken down. ``kept`` is what the kernel keeps of a large population; without it every
    simulation evaluates the whole.
    """

    rules: RuleSet
    as_of: dt.date
    unit_ids: pa.Array
    groups: dict[str, pa.DictionaryArray]
    units: Path | pa.Table
    events: Path | pa.Table
    rows: Owed
    kept: Kept | None = None
    _swept: dict[tuple[str, str], Swept | None] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def total(self) -> Sums:
        """All rules together."""
        return together(self.rows)

    @cached_property
    def by_rule(self) -> tuple[Sums, ...]:
        """Rule by rule, in their order."""
        return by_key(self.rows, self.rows.rule, len(self.rules.rules))

    @cached_property
    def scales(self) -> Mapping[int, Scale]:
        """The rules whose budget is their amounts times numbers of events (or units), by place."""
        return scales(self.rules, self.kept.items) if self.kept else {}

    def make_ready(self) -> None:
        """Make all that is otherwise made on first use, so that the first change of a sum costs a look-up as every later one."""
        _ = self.total, self.by_rule, self.scales
        for each in changeable(self.rules):
            if each.kind == "money":
                self.swept(Change(each.rule, each.name, each.value))

    def swept(self, change: Change) -> Swept | None:
        """The budget as a function of the sum that a change is of, made on first use; null where it is none."""
        name = (change.rule, change.field)
        if name not in self._swept and self.kept is not None:
            found, place = paid_sum(self.rules, change), [rule.id for rule in self.rules.rules].index(change.rule)
            try:
                self._swept[name] = swept(self.kept, place, *found) if found else None
            except Unfit:
                self._swept[name] = None
        return self._swept.get(name)


def baseline(
    rules: Given, units: Path | pa.Table, events: Path | pa.Table, as_of: dt.date, *, by: Sequence[str] = ()
) -> Baseline:
    """Evaluate a population under the rules in force and keep what simulations need.

    Args:
        rules: the pack, its JSON, or rules already loaded.
        units: as :func:`luodi.entitlement.population.evaluate` takes them.
        events: likewise.
        as_of: the day of the calculation.
        by: columns of the unit table (district, sector, size …) by which outcomes can be broken down.

    Raises:
        ContentError: the rules or the tables are wrong.
        UsageError: a column of ``by`` is not in the unit table.
    """
    loaded = load_rules(rules)
    kept = _kept(loaded, units, events, as_of)
    if kept is not None:
        ids, groups = _attributes(units, by)
        return Baseline(loaded, as_of, ids, groups, units, events, _all_rows(kept), kept)
    found = evaluate(loaded, units, events, as_of, only_due=True)
    ids, groups = _attributes(units, by)
    return Baseline(loaded, as_of, ids, groups, units, events, rows_of(found, loaded, ids))


KERNEL_FROM = 20_000
"""From so many units on the kernel keeps the population; fewer are evaluated whole, sooner than it compiles."""


def _kept(rules: RuleSet, units: Path | pa.Table, events: Path | pa.Table, as_of: dt.date) -> Kept | None:
    from luodi.entitlement.engines.kernel.kept import Kept  # noqa: PLC0415 - only for large populations
    from luodi.entitlement.engines.kernel.tables import Table  # noqa: PLC0415

    try:
        return Kept(rules, units, events, as_of) if Table(units).rows >= KERNEL_FROM else None
    except Unfit:
        return None


def _all_rows(kept: Kept) -> Owed:
    return joined(kept, [(rows, rows) for rows in kept.rows])[0]


def joined(kept: Kept, parts: Sequence[tuple[Rows, Rows]]) -> tuple[Owed, Owed]:
    """Owed of batches as rows of the whole population."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    first = np.cumsum([0, *(frame.rows for frame in kept.frames)])
    sides = []
    for side in (0, 1):
        units = [part[side].unit.astype(np.int64) + at for part, at in zip(parts, first[:-1], strict=True)]
        columns = [[getattr(part[side], name) for part in parts] for name in ("rule", "sure", "upto")]
        empty = [np.empty(0, np.int64)]
        sides.append(Owed(*(np.concatenate(each or empty) for each in (units, *columns))))
    return sides[0], sides[1]


def rows_of(found: pa.Table, rules: RuleSet, ids: pa.Array) -> Owed:
    """What the general engine found, as rows of the whole population."""
    import pyarrow as pa  # noqa: PLC0415 - only a population needs it
    import pyarrow.compute as pc  # noqa: PLC0415

    places = pa.array([rule.id for rule in rules.rules], pa.string())
    unit = pc.index_in(found["unit_id"].cast(pa.string()), ids).to_numpy()
    rule = pc.index_in(found["rule"].cast(pa.string()), places).to_numpy()
    return Owed(unit, rule, found["sure_fen"].to_numpy(), found["upto_fen"].to_numpy())


def _attributes(units: Path | pa.Table, by: Sequence[str]) -> tuple[pa.Array, dict[str, pa.DictionaryArray]]:
    import pyarrow as pa  # noqa: PLC0415 - only a population needs it
    import pyarrow.parquet as pq  # noqa: PLC0415

    names = pq.read_schema(units).names if isinstance(units, Path) else units.column_names
    if missing := [name for name in by if name not in names]:
        raise UsageError(f"单位表没有 {'、'.join(missing)} 列，不能按它分组。可用的列：{'、'.join(names)}。")
    unit = unit_id_column(names)
    wanted = list(dict.fromkeys([unit, *by]))
    table = pq.read_table(units, columns=wanted) if isinstance(units, Path) else units.select(wanted)
    groups = {name: table[name].cast(pa.string()).combine_chunks().dictionary_encode() for name in by}
    return table[unit].cast(pa.string()).combine_chunks(), groups
