"""What-if (政策模拟测算): the budget of a population under changed sums, rates, caps, thresholds or windows.

:func:`simulate` compares a :class:`Baseline` with the same rules after some changes.
Whoever shows units or small groups of them applies suppression; nothing here does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from luodi.entitlement.engines.kernel.fit import Unfit
from luodi.entitlement.population import evaluate
from luodi.entitlement.rule import RuleSet
from luodi.entitlement.simulation.baseline import Baseline, joined, rows_of
from luodi.entitlement.simulation.change import Change, changed
from luodi.entitlement.simulation.scaling import rescaled
from luodi.entitlement.simulation.sums import Owed, SimulatedReading, Sums, by_key, together
from luodi.errors import UsageError

if TYPE_CHECKING:
    import pyarrow as pa


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
    def _parts(self) -> tuple[Owed, Owed]:
        """The rows of every unit that the changes touch, before and after."""
        before, after = self._all_parts()
        return (before, after) if self.among is None else (before.only(self.among), after.only(self.among))

    def _all_parts(self) -> tuple[Owed, Owed]:
        base = self.baseline
        if base.kept is not None:
            try:
                return joined(base.kept, base.kept.rerun(self.after_rules))
            except Unfit:
                pass
        found = evaluate(self.after_rules, base.units, base.events, base.as_of, only_due=True)
        return base.rows, rows_of(found, self.after_rules, base.unit_ids)

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
        return self.before.moved(*map(together, self._parts))

    @cached_property
    def rules(self) -> tuple[RuleOutcome, ...]:
        """Rule by rule, in rule order; those decided case by case are not among them."""
        rules, before = self.baseline.rules.rules, self.baseline.by_rule
        if self.scaled is not None:
            after = [self.scaled.get(at, sums) for at, sums in enumerate(before)]
        elif self.known is not None:
            after = [*self.known.rules]
        else:
            gone, come = (by_key(rows, rows.rule, len(rules)) for rows in self._parts)
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
            by_key(rows, codes[rows.unit], len(values) + 1, units=True) for rows in (self.baseline.rows, *self._parts)
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
