"""The budget as a function of one amount that changes: exact for every value of it, whatever groups and caps do.

What a unit gets is a line in the amount, up to where another rule of its group becomes the higher one or a cap is
reached, then another line. Summed over the population these lines are kept, sorted by where they begin; a new value
costs a look-up. Taken are the sums that a rule pays and their bounds (:func:`luodi.entitlement.simulation.change.paid_sum`); rates,
amounts that are added up or reduced, and sums that meet others of their own rule in a stage are evaluated anew instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from luodi.entitlement.amount import ByGrade, Fixed
from luodi.entitlement.engines.kernel.compiled.sweep import CELL, COLUMN, EXTRA, LINE
from luodi.entitlement.engines.kernel.fit import LIMIT, Unfit
from luodi.entitlement.engines.kernel.machine import part
from luodi.entitlement.engines.kernel.plan import Compiled, Items, Plan, Space, compiled_rule, judge_rule, plan_from
from luodi.entitlement.engines.kernel.tables import address
from luodi.entitlement.rule import Rule, RuleSet

if TYPE_CHECKING:
    import numpy as np

    from luodi.entitlement.engines.kernel.frames import Frame
    from luodi.entitlement.engines.kernel.kept import Kept

    Array = np.ndarray[Any, Any]

REACH = 4
"""From so small a part of what is in force up to so many times it; other sums are evaluated anew."""


@dataclass(frozen=True)
class Swept:
    """The columns of a population between two values; ``at_now`` are those at the value in force.

    Columns are the strict and the generous sum of each rule, then of all rules together; behind them, both ways again,
    the units that gain, lose, come in and drop out.
    """

    first: int
    last: int
    at_now: Sequence[tuple[int, int]]
    columns: Sequence[tuple[Array, Array, Array, Array]]

    def moved(self, value: int) -> tuple[list[int], list[int]]:
        """What the columns gain in fen, and in units, when the amount becomes ``value``."""
        pairs = list(zip(self.at_now, (_at(column, value) for column in self.columns), strict=True))
        return [new[0] - old[0] for old, new in pairs], [new[1] - old[1] for old, new in pairs]


def _at(column: tuple[Array, Array, Array, Array], value: int) -> tuple[int, int]:
    start, fen, slope, units = column
    if not len(start):
        return 0, 0
    place = int(start.searchsorted(value, "right")) - 1
    return (int(fen[place]) + int(slope[place]) * value, int(units[place])) if place >= 0 else (0, 0)


def swept(kept: Kept, at: int, now: int, put: Callable[[int], RuleSet]) -> Swept:
    """The population as a function of an amount of the rule at a place; ``put`` gives the rules with another value.

    Raises:
        Unfit: the amount is no line between bounds in every unit, or sums may overflow.
    """
    rule, first, last = kept.plan.rules.rules[at], max(1, now // REACH), REACH * now
    if now < 1 or not _alone(rule):
        raise Unfit("sums of one rule meet in a stage")
    place = next(number for number, each in enumerate(kept.plan.compiled) if each.at == at)
    rules = {value: put(value) for value in (0, 1, first, last)}
    made = {
        value: compiled_rule(at, new.rules[at], new, kept.plan.as_of, kept.plan.layout) for value, new in rules.items()
    }
    most = [*kept.plan.compiled]
    most[place] = made[last]
    plan = plan_from(rules[last], kept.plan.as_of, kept.plan.layout, most)
    made[now] = kept.plan.compiled[place]
    space, written = Space(), []
    for frame, items in zip(kept.frames, kept.items, strict=True):
        written.append(_swept_batch(plan, place, (first, now, last), frame, items, made, space))
    columns = _columns(written, 2 * (len(plan.rules.rules) + EXTRA))
    return Swept(first, last, [_at(column, now) for column in columns], columns)


def _alone(rule: Rule) -> bool:
    """Whether events that meet in a stage are of one sum each."""
    graded = all("grade" in stage.keys for stage in rule.stages)
    return not rule.stages or isinstance(rule.amount, Fixed) or (graded and isinstance(rule.amount, ByGrade))


@dataclass(frozen=True)
class _Lines:
    """Items worth ``max(low, min(slope × s, high))``, both sums side by side."""

    unit: Array
    rule: Array
    year: Array
    low: Array
    slope: Array
    high: Array


def _swept_batch(
    plan: Plan,
    place: int,
    values: tuple[int, int, int],
    frame: Frame,
    items: Sequence[Items],
    made: dict[int, Compiled],
    space: Space,
) -> tuple[Array, ...]:
    import numpy as np  # noqa: PLC0415 - only a population needs it

    changing, moves = _changing(plan.compiled[place], frame, made, values, plan.as_of.year, space)
    touched = np.zeros(frame.rows, bool)
    touched[changing.unit[moves]] = True
    parts = [
        _constant(each.where(touched[each.unit]), rule, plan.as_of.year)
        for number, (rule, each) in enumerate(zip(plan.compiled, items, strict=True))
        if number != place
    ]
    kept = touched[changing.unit]
    parts.append(_Lines(*(getattr(changing, name)[kept] for name in _Lines.__dataclass_fields__)))
    columns = [np.concatenate([getattr(each, name) for each in parts]) for name in _Lines.__dataclass_fields__]
    order = np.argsort(columns[0], kind="stable")
    return _written(plan, values, _Lines(*(column[order] for column in columns)))


def _constant(items: Items, rule: Compiled, year: int) -> _Lines:
    import numpy as np  # noqa: PLC0415 - only a population needs it

    both = np.stack([items.sure, items.upto], axis=1)
    return _Lines(items.unit, *_placed(items, rule, year), both, np.zeros_like(both), both)


def _placed(items: Items, rule: Compiled, year: int) -> tuple[Array, Array]:
    """Rule and year of items; what rests on no event stands in the year of the calculation."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    years = items.year if rule.query.kinds is not None else np.full(len(items.unit), year, np.int32)
    return np.full(len(items.unit), rule.at, np.int32), years


def _changing(
    rule: Compiled, frame: Frame, made: dict[int, Compiled], values: tuple[int, int, int], year: int, space: Space
) -> tuple[_Lines, Array]:
    """The items of the rule as lines, proved at the first value and at the one in force, and which of them move."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    first, now, last = values
    space.reserve((len(made) + 1) * max(frame.rows, len(frame.owner)))
    rows, sums = {}, {}
    for value in dict.fromkeys((last, 0, 1, first, now)):
        rows[value] = judge_rule(made[value], frame, space).copy()
        items = space.items(len(space.first) - 2)
        found = np.stack([items.sure, items.upto], axis=1)
        if value == last:
            most = items.copy()
        sums[value] = np.zeros((len(rows[last]), 2), np.int64)
        where = np.searchsorted(rows[last], rows[value])
        if len(where) and (where[-1] >= len(rows[last]) or (rows[last][where] != rows[value]).any()):
            raise Unfit("a larger sum pays less")
        sums[value][where] = found
    low, high = sums[0], sums[last]
    slope = np.where(low == 0, sums[1], 1)
    slope = np.where(low == high, 0, slope)
    if any((np.maximum(low, np.minimum(slope * each, high)) != sums[each]).any() for each in values):
        raise Unfit("no line between bounds")
    moves = (sums[first] != high).any(axis=1)
    return _Lines(most.unit, *_placed(most, rule, year), low, slope, high), moves


def _written(plan: Plan, values: tuple[int, int, int], lines: _Lines) -> tuple[Array, ...]:
    """What the units add to the columns: from which value on, column, fen, slope, units."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    count, rules = len(lines.unit), len(plan.group)
    numbers = (count, rules, plan.groups, len(plan.cap), *values)
    given = [np.ascontiguousarray(getattr(lines, name)) for name in _Lines.__dataclass_fields__]
    given += [plan.group, plan.rivals, plan.cap, plan.yearly, plan.member]
    sizes = (CELL * count, LINE * count, 8 * max(plan.groups, 1), 4 * COLUMN * (rules + EXTRA))
    given += [np.empty(max(size, 1), np.int64) for size in sizes]
    room = 4 * count + 4 * (rules + EXTRA)
    while True:
        types = (np.int64, np.int32, np.int64, np.int64, np.int32)
        found = [np.empty(room, each) for each in types]
        written = part("sweep")(*numbers, room, *map(address, [*given, *found]))
        if written >= 0:
            return tuple(each[:written].copy() for each in found)
        room *= 2


def _columns(written: Sequence[tuple[Array, ...]], size: int) -> list[tuple[Array, Array, Array, Array]]:
    """The lines of all batches as columns: sorted by where they begin, added up."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    if not written:
        return [(np.empty(0, np.int64),) * 4] * size
    start, key, fen, slope, units = (np.concatenate(each) for each in zip(*written, strict=True))
    order = np.argsort(start)
    order = order[np.argsort(key[order].astype(np.int16), kind="stable")]
    start, key, fen, slope, units = (each[order] for each in (start, key, fen, slope, units))
    bounds = np.searchsorted(key, np.arange(size + 1))
    found = []
    for first, end in zip(bounds[:-1], bounds[1:], strict=True):
        at = start[first:end]
        ends = np.flatnonzero(np.append(at[1:] != at[:-1], [True])) if len(at) else np.empty(0, np.int64)
        from_there, turning, counted = (
            np.cumsum(each[first:end].astype(np.int64))[ends] for each in (fen, slope, units)
        )
        if any(np.abs(each[first:end].astype(float)).sum() > LIMIT for each in (fen, slope)):
            raise Unfit("sums of the population may leave 62 bits")
        found.append((at[ends], from_there, turning, counted))
    return found
