"""A population kept as the kernel evaluated it, so that changed rules re-evaluate only what depends on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.entitlement.engines.kernel.frames import Frame, asked, frames
from luodi.entitlement.engines.kernel.plan import (
    Compiled,
    Items,
    Plan,
    Rows,
    Space,
    compiled_rule,
    judge_rule,
    plan_from,
    settle_items,
)
from luodi.entitlement.engines.kernel.tables import Table
from luodi.entitlement.rule import Rule, RuleSet

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, Any]


class Kept:
    """The batches of a population with what every rule came to in them, and the settled rows.

    Raises:
        Unfit: the kernel does not take these rules or tables.
    """

    def __init__(self, rules: RuleSet, units: Path | pa.Table, events: Path | pa.Table, as_of: dt.date) -> None:
        prepared = frames(rules, Table(units), Table(events), as_of)
        compiled = [compiled_rule(at, rule, rules, as_of, prepared.layout) for at, rule in asked(rules)]
        self.plan = plan_from(rules, as_of, prepared.layout, compiled)
        self.frames: list[Frame] = []
        self.items: list[list[Items]] = []
        self.rows: list[Rows] = []
        self._space = Space()
        for frame in prepared.frames():
            self.frames.append(frame)
            self._judge(frame, compiled)
            self.items.append([self._space.items(part).copy() for part in range(len(compiled))])
            self.rows.append(settle_items(self.plan, compiled, frame.rows, self._space).copy())

    def ids(self) -> pa.Array:
        """The units, in the order of their table."""
        import pyarrow as pa  # noqa: PLC0415 - only a population needs it

        return pa.concat_arrays([frame.ids for frame in self.frames] or [pa.array([], pa.string())])

    def _judge(self, frame: Frame, rules: Sequence[Compiled]) -> None:
        on_events = sum(rule.query.kinds is not None for rule in rules)
        self._space.reserve(frame.rows * (len(rules) - on_events) + len(frame.owner) * on_events)
        for rule in rules:
            judge_rule(rule, frame, self._space)

    def rerun(self, rules: RuleSet) -> list[tuple[Rows, Rows]]:
        """For each batch, the rows of every unit that changed rules touch, as they were and as they are then.

        Raises:
            Unfit: the kernel does not take the changed rules.
        """
        compiled, again = list(self.plan.compiled), []
        for part, old in enumerate(self.plan.compiled):
            if _judged_anew(self.plan.rules.rules[old.at], rules.rules[old.at]) or self._words(rules):
                compiled[part] = compiled_rule(old.at, rules.rules[old.at], rules, self.plan.as_of, self.plan.layout)
                again.append(part)
        plan = plan_from(rules, self.plan.as_of, self.plan.layout, compiled)
        return [self._frame_again(plan, at, again) for at in range(len(self.frames))]

    def _words(self, rules: RuleSet) -> bool:
        """Whether anything but single rules differs."""
        return rules.ambiguities is not self.plan.rules.ambiguities or rules.words is not self.plan.rules.words

    def _frame_again(self, plan: Plan, at: int, again: Sequence[int]) -> tuple[Rows, Rows]:
        frame, items = self.frames[at], list(self.items[at])
        touched = self._settled_anew(plan, at)
        self._judge(frame, [plan.compiled[part] for part in again])
        for place, part in enumerate(again):
            new = self._space.items(place).copy()
            _touch(touched, items[part], new, once=plan.compiled[part].query.kinds is None)
            items[part] = new
        before = self.rows[at].where(touched[self.rows[at].unit])
        kept = [each.where(touched[each.unit]) for each in items]
        self._space.fill(kept)
        return before, settle_items(plan, plan.compiled, frame.rows, self._space).copy()

    def _settled_anew(self, plan: Plan, at: int) -> Array:
        """The units that other exclusive groups or caps may touch: those with more than a changed cap."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        rows, old, new = self.frames[at].rows, self.plan, plan
        touched = np.zeros(rows, bool)
        same = all(np.array_equal(getattr(old, name), getattr(new, name)) for name in ("group", "yearly", "member"))
        if not same or old.cap.shape != new.cap.shape:
            return ~touched
        rules = len(old.group)
        for number in np.flatnonzero(old.cap != new.cap).tolist():
            total, covered = np.zeros(rows), new.member[number * rules : (number + 1) * rules]
            for rule, items in zip(new.compiled, self.items[at], strict=True):
                if covered[rule.at]:
                    total += np.bincount(items.unit, items.upto, rows) + np.bincount(items.unit, items.sure, rows)
            touched |= total >= min(old.cap[number], new.cap[number]) * _NEARLY
        return touched


_NEARLY = 0.999
"""Sums as floats may be off by their last digit; a few units too many do no harm."""


def _judged_anew(old: Rule, new: Rule) -> bool:
    """Whether a rule differs in anything but how its sums meet those of others."""
    return old is not new and replace(old, caps=new.caps, exclusive=new.exclusive) != new


def _touch(touched: Array, old: Items, new: Items, *, once: bool) -> None:
    """Mark the units whose items differ; ``once``: a unit has one at most.

    Otherwise, where items of events came or went, all units that have any are marked.
    """
    import numpy as np  # noqa: PLC0415 - only a population needs it

    if len(old.unit) == len(new.unit) and np.array_equal(old.unit, new.unit):
        differ = (old.sure != new.sure) | (old.upto != new.upto) | (old.flags != new.flags)
        touched[old.unit[differ]] = True
    elif once:
        for name in ("sure", "upto", "flags"):
            value = np.full(len(touched), -1, np.int64)
            value[old.unit] = getattr(old, name)
            changed = value[new.unit] != getattr(new, name)
            value[new.unit] = -1
            touched |= value >= 0
            touched[new.unit[changed]] = True
    else:
        touched[old.unit] = True
        touched[new.unit] = True
