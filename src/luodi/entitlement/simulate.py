"""What-if (政策模拟测算): the budget of a population under changed sums, rates, caps, thresholds or windows.

A :class:`Baseline` is computed once and kept; :func:`simulate` compares it with the same rules after some changes.
Whoever shows units or small groups of them applies suppression; nothing here does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from luodi.entitlement.change import Change, Field, changeable, changed, parse_change
from luodi.entitlement.loading import load_rules
from luodi.entitlement.population import Given, evaluate
from luodi.entitlement.ranges import unit_id_column
from luodi.entitlement.rule import RuleSet
from luodi.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

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
    """Sums above zero: unit (position), rule (position), both sums; by unit, in rule order."""

    unit: np.ndarray[Any, Any]
    rule: np.ndarray[Any, Any]
    sure: np.ndarray[Any, Any]
    upto: np.ndarray[Any, Any]

    def only(self, kept: Sequence[int]) -> _Rows:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        where = np.isin(self.rule, np.asarray(kept, self.rule.dtype))
        return _Rows(self.unit[where], self.rule[where], self.sure[where], self.upto[where])


@dataclass(frozen=True)
class Baseline:
    """A population evaluated under the rules in force, kept to compare with.

    ``rules`` are those in force, ``unit_ids`` the units in the order of the table, ``groups`` the attributes by
    which an outcome can be broken down.
    """

    rules: RuleSet
    as_of: dt.date
    unit_ids: pa.Array
    groups: dict[str, pa.DictionaryArray]
    units: Path | pa.Table
    events: Path | pa.Table
    rows: _Rows

    @cached_property
    def total(self) -> Sums:
        """All rules together."""
        return _sums(self.rows)


@dataclass(frozen=True)
class Outcome:
    """A population before and after some changes."""

    baseline: Baseline
    changes: tuple[Change, ...]
    after_rules: RuleSet
    rows: _Rows

    def only(self, rules: Collection[str]) -> Outcome:
        """The same outcome as far as some rules go: what the others give stands in no figure, before or after."""
        kept = [at for at, rule in enumerate(self.baseline.rules.rules) if rule.id in rules]
        before, after = (rows.only(kept) for rows in self._both)
        return replace(self, baseline=replace(self.baseline, rows=before), rows=after)

    @property
    def before(self) -> Sums:
        """All rules together, as they are in force."""
        return self.baseline.total

    @cached_property
    def after(self) -> Sums:
        """All rules together, with the changes."""
        return _sums(self.rows)

    @cached_property
    def rules(self) -> tuple[RuleOutcome, ...]:
        """Rule by rule, in rule order; those decided case by case are not among them."""
        found = []
        for at, rule in enumerate(self.baseline.rules.rules):
            if not rule.case_by_case:
                before, after = (_sums(rows, rows.rule == at) for rows in (self.baseline.rows, self.rows))
                found.append(RuleOutcome(rule.id, rule.title, rule.article, before, after))
        return tuple(found)

    def moves(self, reading: SimulatedReading = "strict") -> Moves:
        """How many units gain, lose, come in and drop out, over all rules together."""
        before, after = (self._per_unit(rows, reading) for rows in (self.baseline.rows, self.rows))
        had, has = before > 0, after > 0
        counts = (after > before, after < before, has & ~had, had & ~has)
        return Moves(*(int(each.sum()) for each in counts))

    def _per_unit(self, rows: _Rows, reading: SimulatedReading) -> np.ndarray[Any, Any]:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        found = np.zeros(len(self.baseline.unit_ids), np.int64)
        np.add.at(found, rows.unit, _side(rows, reading))
        return found

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
        order = sorted(np.unique(codes).tolist(), key=lambda code: (code == len(values), str([*values, ""][code])))
        found = []
        for code in order:
            before, after = (_sums(rows, codes[rows.unit] == code) for rows in (self.baseline.rows, self.rows))
            found.append(GroupOutcome([*values, None][code], before, after))
        return tuple(found)

    def changed_units(self, reading: SimulatedReading = "strict") -> pa.Table:
        """Every unit and rule whose sum differs: ``unit_id, rule, before, after`` (fen), by unit, in rule order."""
        import numpy as np  # noqa: PLC0415 - only a population needs it
        import pyarrow as pa  # noqa: PLC0415

        rules = [rule.id for rule in self.baseline.rules.rules]
        sides = [(rows.unit.astype(np.int64) * len(rules) + rows.rule, _side(rows, reading)) for rows in self._both]
        keys = np.union1d(sides[0][0], sides[1][0])
        sums = np.zeros((2, len(keys)), np.int64)
        for line, (key, fen) in zip(sums, sides, strict=True):
            line[np.searchsorted(keys, key)] = fen
        differ = sums[0] != sums[1]
        keys, sums = keys[differ], sums[:, differ]
        ids = self.baseline.unit_ids.take(pa.array(keys // max(len(rules), 1)))
        names = pa.array(rules, pa.string()).take(pa.array(keys % max(len(rules), 1)))
        return pa.table({"unit_id": ids, "rule": names, "before": sums[0], "after": sums[1]})

    @property
    def _both(self) -> tuple[_Rows, _Rows]:
        return self.baseline.rows, self.rows


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
    found = evaluate(loaded, units, events, as_of, only_due=True)
    ids, groups = _attributes(units, by)
    return Baseline(loaded, as_of, ids, groups, units, events, _rows(found, loaded, ids))


def simulate(baseline: Baseline, changes: Sequence[Change]) -> Outcome:
    """The population under the changed rules, against the baseline.

    Raises:
        UsageError: a change names no rule or field, or the changed rules do not hold together.
    """
    rules = changed(baseline.rules, changes)
    found = evaluate(rules, baseline.units, baseline.events, baseline.as_of, only_due=True)
    return Outcome(baseline, tuple(changes), rules, _rows(found, rules, baseline.unit_ids))


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
    import numpy as np  # noqa: PLC0415 - only a population needs it
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    places = pa.array([rule.id for rule in rules.rules], pa.string())
    unit, rule = (
        pc.index_in(found["unit_id"].cast(pa.string()), ids).to_numpy(),
        pc.index_in(found["rule"].cast(pa.string()), places).to_numpy(),
    )
    order = np.lexsort((rule, unit))
    columns = (unit, rule, found["sure_fen"].to_numpy(), found["upto_fen"].to_numpy())
    return _Rows(*(column[order] for column in columns))


def _side(rows: _Rows, reading: SimulatedReading) -> np.ndarray[Any, Any]:
    return rows.sure if reading == "strict" else rows.upto


def _sums(rows: _Rows, where: np.ndarray[Any, Any] | None = None) -> Sums:
    import numpy as np  # noqa: PLC0415 - only a population needs it

    unit, sure, upto = (column if where is None else column[where] for column in (rows.unit, rows.sure, rows.upto))
    fen = [_exact_sum(side) for side in (sure, upto)]
    return Sums(*fen, *(len(np.unique(unit[side > 0])) for side in (sure, upto)))


def _exact_sum(fen: np.ndarray[Any, Any]) -> int:
    """The sum in whole fen, also beyond 64 bits: high and low halves are summed apart."""
    return (int((fen >> 32).sum()) << 32) + int((fen & 0xFFFFFFFF).sum())
