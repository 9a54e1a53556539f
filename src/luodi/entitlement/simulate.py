"""What-if (政策模拟测算): the budget of a population under changed sums, rates, caps, thresholds or windows.

A :class:`Baseline` is computed once and kept; :func:`simulate` compares it with the same rules after some changes.
Whoever shows units or small groups of them applies suppression; nothing here does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from luodi.entitlement.change import Change, Field, changeable, changed, paid_sum, parse_change
from luodi.entitlement.engines.kernel_source import Unfit
from luodi.entitlement.loading import load_rules
from luodi.entitlement.population import Given, evaluate
from luodi.entitlement.query.ranges import unit_id_column
from luodi.entitlement.rule import RuleSet
from luodi.entitlement.scaling import Scale, rescaled, scales
from luodi.entitlement.sweep import Swept, swept
from luodi.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from luodi.entitlement.engines.kernel import Rows
    from luodi.entitlement.engines.kernel_kept import Kept

    Array = np.ndarray[Any, Any]

__all__ = ["Baseline", "Change", "Field", "GroupOutcome", "Moves", "Outcome", "RuleOutcome", "Sums", "baseline"]
__all__ += ["changeable", "changed", "parse_change", "simulate"]

SimulatedReading = Literal["strict", "generous"]


@dataclass(frozen=True, slots=True)
class Sums:
    """Money in fen under both readings, and the number of units that are due or may be due something."""

    sure_fen: int
    upto_fen: int
    sure_units: int
    upto_units: int

    def moved(self, gone: Sums, come: Sums) -> Sums:
        """These sums less what is gone, with what came instead."""
        return Sums(*(whole - old + new for whole, old, new in zip(*map(astuple, (self, gone, come)), strict=True)))

    @property
    def money(self) -> Sums:
        """The money alone."""
        return replace(self, sure_units=0, upto_units=0)


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """One rule before and after."""

    rule: str
    title: str
    article: str
    before: Sums
    after: Sums


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """The units of one value of an attribute (null: the unit has none), before and after."""

    value: str | None
    before: Sums
    after: Sums


@dataclass(frozen=True, slots=True)
class Moves:
    """How many units get more or less; those who had nothing before and those who have nothing now are among them."""

    gaining: int
    losing: int
    newly_in: int
    newly_out: int


@dataclass(frozen=True)
class _Rows:
    """Sums above zero: unit (position), rule (position), both sums."""

    unit: Array
    rule: Array
    sure: Array
    upto: Array

    def side(self, reading: SimulatedReading) -> Array:
        """The sums of one reading."""
        return self.sure if reading == "strict" else self.upto

    def only(self, kept: Collection[int]) -> _Rows:
        """The rows of some rules, by their places."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        where = np.isin(self.rule, np.asarray(sorted(kept), self.rule.dtype))
        return _Rows(self.unit[where], self.rule[where], self.sure[where], self.upto[where])


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
    rows: _Rows
    kept: Kept | None = None
    _swept: dict[tuple[str, str], Swept | None] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def total(self) -> Sums:
        """All rules together."""
        return _together(self.rows)

    @cached_property
    def by_rule(self) -> tuple[Sums, ...]:
        """Rule by rule, in their order."""
        return _by_key(self.rows, self.rows.rule, len(self.rules.rules))

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


@dataclass(frozen=True)
class Known:
    """What is known of changed rules from the changed sum alone: all together, rule by rule, units that move."""

    after: Sums
    rules: tuple[Sums, ...]
    moves: Mapping[SimulatedReading, Moves]


@dataclass(frozen=True)
class Outcome:
    """A population before and after some changes; what is asked of it is computed then.

    ``scaled`` are budgets by rule that follow from the amounts alone; ``known`` is what is known of all rules without
    evaluating anything; ``among`` are the places of the rules it tells of (null: all).
    """

    baseline: Baseline
    changes: tuple[Change, ...]
    after_rules: RuleSet
    scaled: Mapping[int, Sums] | None = None
    known: Known | None = None
    among: frozenset[int] | None = None

    def only(self, rules: Collection[str]) -> Outcome:
        """The same outcome as far as some rules go: what the others give stands in no figure, before or after."""
        kept = frozenset(at for at, rule in enumerate(self.baseline.rules.rules) if rule.id in rules)
        base = replace(self.baseline, rows=self.baseline.rows.only(kept))
        scaled = None if self.scaled is None else {at: sums for at, sums in self.scaled.items() if at in kept}
        return replace(self, baseline=base, scaled=scaled, known=None, among=kept)

    @cached_property
    def _parts(self) -> tuple[_Rows, _Rows]:
        """The rows of every unit that the changes touch, before and after."""
        before, after = self._all_parts()
        return (before, after) if self.among is None else (before.only(self.among), after.only(self.among))

    def _all_parts(self) -> tuple[_Rows, _Rows]:
        base = self.baseline
        if base.kept is not None:
            try:
                return _joined(base.kept, base.kept.rerun(self.after_rules))
            except Unfit:
                pass
        found = evaluate(self.after_rules, base.units, base.events, base.as_of, only_due=True)
        return base.rows, _rows(found, self.after_rules, base.unit_ids)

    @property
    def before(self) -> Sums:
        """All rules together, as they are in force."""
        return self.baseline.total

    @cached_property
    def after(self) -> Sums:
        """All rules together, with the changes."""
        if self.scaled is not None:
            found = self.before
            for place, sums in self.scaled.items():
                found = found.moved(self.baseline.by_rule[place].money, sums.money)
            return found
        if self.known is not None:
            return self.known.after
        return self.before.moved(*map(_together, self._parts))

    @cached_property
    def rules(self) -> tuple[RuleOutcome, ...]:
        """Rule by rule, in rule order; those decided case by case are not among them."""
        rules, before = self.baseline.rules.rules, self.baseline.by_rule
        if self.scaled is not None:
            after = [self.scaled.get(at, sums) for at, sums in enumerate(before)]
        elif self.known is not None:
            after = [*self.known.rules]
        else:
            gone, come = (_by_key(rows, rows.rule, len(rules)) for rows in self._parts)
            after = [sums.moved(*change) for sums, *change in zip(before, gone, come, strict=True)]
        return tuple(
            RuleOutcome(rule.id, rule.title, rule.article, before[at], after[at])
            for at, rule in enumerate(rules)
            if not rule.case_by_case
        )

    def moves(self, reading: SimulatedReading = "strict") -> Moves:
        """How many units gain, lose, come in and drop out, over all rules together."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        if self.known is not None:
            return self.known.moves[reading]
        before, after = np.zeros((2, len(self.baseline.unit_ids)), np.int64)
        for sums, rows in zip((before, after), self._parts, strict=True):
            np.add.at(sums, rows.unit, rows.side(reading))
        had, has = before > 0, after > 0
        counts = (after > before, after < before, has & ~had, had & ~has)
        return Moves(*(int(each.sum()) for each in counts))

    def by(self, attribute: str) -> tuple[GroupOutcome, ...]:
        """The sums by one of the baseline's attributes, values in order, units without one last.

        Raises:
            UsageError: the baseline has no such attribute.
        """
        import numpy as np  # noqa: PLC0415 - only a population needs it

        if attribute not in self.baseline.groups:
            known = "、".join(self.baseline.groups) or "（没有）"
            raise UsageError(f"基线没有按“{attribute}”分组。可用：{known}。")
        groups = self.baseline.groups[attribute]
        values = groups.dictionary.to_pylist()
        codes = groups.indices.fill_null(len(values)).to_numpy(zero_copy_only=False)
        before, gone, come = (
            _by_key(rows, codes[rows.unit], len(values) + 1, units=True) for rows in (self.baseline.rows, *self._parts)
        )
        order = sorted(np.unique(codes).tolist(), key=lambda code: (code == len(values), str([*values, ""][code])))
        return tuple(
            GroupOutcome([*values, None][code], before[code], before[code].moved(gone[code], come[code]))
            for code in order
        )

    def changed_units(self, reading: SimulatedReading = "strict") -> pa.Table:
        """Every unit and rule whose sum differs: ``unit_id, rule, before, after`` (fen), by unit, in rule order."""
        import numpy as np  # noqa: PLC0415 - only a population needs it
        import pyarrow as pa  # noqa: PLC0415

        rules = [rule.id for rule in self.baseline.rules.rules]
        sides = [(rows.unit.astype(np.int64) * len(rules) + rows.rule, rows.side(reading)) for rows in self._parts]
        keys = np.union1d(sides[0][0], sides[1][0])
        sums = np.zeros((2, len(keys)), np.int64)
        for line, (key, fen) in zip(sums, sides, strict=True):
            line[np.searchsorted(keys, key)] = fen
        differ = sums[0] != sums[1]
        keys, sums = keys[differ], sums[:, differ]
        ids = self.baseline.unit_ids.take(pa.array(keys // max(len(rules), 1)))
        names = pa.array(rules, pa.string()).take(pa.array(keys % max(len(rules), 1)))
        return pa.table({"unit_id": ids, "rule": names, "before": sums[0], "after": sums[1]})


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
    return Baseline(loaded, as_of, ids, groups, units, events, _rows(found, loaded, ids))


def simulate(baseline: Baseline, changes: Sequence[Change]) -> Outcome:
    """The population under the changed rules, against the baseline.

    Raises:
        UsageError: a change names no rule or field, or the changed rules do not hold together.
    """
    rules = changed(baseline.rules, changes)
    scaled = rescaled(baseline.rules, rules, baseline.scales)
    if scaled is not None:
        sums = {at: replace(baseline.by_rule[at], sure_fen=sure, upto_fen=upto) for at, (sure, upto) in scaled.items()}
        return Outcome(baseline, tuple(changes), rules, sums)
    known = _known(baseline, *changes) if len(changes) == 1 else None
    return Outcome(baseline, tuple(changes), rules, known=known)


def _known(baseline: Baseline, change: Change) -> Known | None:
    found, value = baseline.swept(change), change.value
    if found is None or not isinstance(value, int) or not found.first <= value <= found.last:
        return None
    fen, units = (iter(zip(each[::2], each[1::2], strict=True)) for each in found.moved(value))
    *rules, total = [
        Sums(*(old + new for old, new in zip(astuple(sums), (*next(fen), *next(units)), strict=True)))
        for sums in (*baseline.by_rule, baseline.total)
    ]
    sides = zip(*units, strict=True)
    return Known(total, tuple(rules), {"strict": Moves(*next(sides)), "generous": Moves(*next(sides))})


KERNEL_FROM = 20_000
"""From so many units on the kernel keeps the population; fewer are evaluated whole, sooner than it compiles."""


def _kept(rules: RuleSet, units: Path | pa.Table, events: Path | pa.Table, as_of: dt.date) -> Kept | None:
    from luodi.entitlement.engines.kernel_kept import Kept  # noqa: PLC0415 - only for large populations
    from luodi.entitlement.engines.kernel_tables import Table  # noqa: PLC0415

    try:
        return Kept(rules, units, events, as_of) if Table(units).rows >= KERNEL_FROM else None
    except Unfit:
        return None


def _all_rows(kept: Kept) -> _Rows:
    return _joined(kept, [(rows, rows) for rows in kept.rows])[0]


def _joined(kept: Kept, parts: Sequence[tuple[Rows, Rows]]) -> tuple[_Rows, _Rows]:
    """Rows of batches as rows of the whole population."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    first = np.cumsum([0, *(frame.rows for frame in kept.frames)])
    sides = []
    for side in (0, 1):
        units = [part[side].unit.astype(np.int64) + at for part, at in zip(parts, first[:-1], strict=True)]
        columns = [[getattr(part[side], name) for part in parts] for name in ("rule", "sure", "upto")]
        empty = [np.empty(0, np.int64)]
        sides.append(_Rows(*(np.concatenate(each or empty) for each in (units, *columns))))
    return sides[0], sides[1]


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


def _rows(found: pa.Table, rules: RuleSet, ids: pa.Array) -> _Rows:
    import pyarrow as pa  # noqa: PLC0415 - only a population needs it
    import pyarrow.compute as pc  # noqa: PLC0415

    places = pa.array([rule.id for rule in rules.rules], pa.string())
    unit = pc.index_in(found["unit_id"].cast(pa.string()), ids).to_numpy()
    rule = pc.index_in(found["rule"].cast(pa.string()), places).to_numpy()
    return _Rows(unit, rule, found["sure_fen"].to_numpy(), found["upto_fen"].to_numpy())


def _together(rows: _Rows) -> Sums:
    import numpy as np  # noqa: PLC0415 - only a population needs it

    (found,) = _by_key(rows, np.zeros(len(rows.unit), np.int64), 1, units=True)
    return found


_AT_ONCE = 1 << 20
"""So many halves of 32 bits are exact when they are summed as floats."""


def _by_key(rows: _Rows, keys: Array, size: int, *, units: bool = False) -> tuple[Sums, ...]:
    """Exact sums by key; with ``units``, units are counted once in a key, else once for each row."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    columns = []
    for fen in (rows.sure, rows.upto):
        money = [0] * size
        for at in range(0, len(fen), _AT_ONCE):
            part, key = fen[at : at + _AT_ONCE], keys[at : at + _AT_ONCE]
            halves = (np.bincount(key, half, size).tolist() for half in (part >> 32, part & 0xFFFFFFFF))
            money = [old + (int(high) << 32) + int(low) for old, high, low in zip(money, *halves, strict=True)]
        columns.append(money)
    for fen in (rows.sure, rows.upto):
        counted = fen > 0
        if units and counted.any():
            place = np.zeros(int(rows.unit.max()) + 1, np.int64)
            place[rows.unit[counted]] = keys[counted] + 1
            columns.append(np.bincount(place, minlength=size + 1)[1:].tolist())
        else:
            columns.append(np.bincount(keys[counted], minlength=size).tolist())
    return tuple(Sums(*each) for each in zip(*columns, strict=True))
