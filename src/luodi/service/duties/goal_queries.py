"""How far goals are (目标进展): adopted definition, attested number as of a day, pro-rata path, gap."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from luodi.service.duties.models import Goal, Measure, Observation
from luodi.service.policies.models import Policy
from luodi.service.policies.queries import load_pack

STALE_DAYS = 92  # a number older than a quarter is marked
_AT_LEAST = (">=", ">", "=")


@dataclass(frozen=True)
class Definition:
    """Which candidate definition holds, and on what that rests."""

    measure: Measure | None
    question: str
    settled: bool
    note: str


@dataclass(frozen=True)
class Standing:
    """Word, shape and colour of a goal's progress."""

    word: str
    shape: str
    colour: str


@dataclass(frozen=True)
class Progress:
    """One quantified goal on a day. Numbers are exact; None is unknown, never zero.

    The path is taken on the day of the number it is held against (``path_day``), so that old data are not blamed.
    """

    goal: Goal
    path_day: dt.date
    definition: Definition
    actual: Observation | None
    waiting: Observation | None
    path: Fraction | None
    gap: Fraction | None
    standing: Standing
    history: tuple[Observation, ...]
    stale: int | None


@dataclass(frozen=True)
class Stated:
    """One qualitative goal: its statements, newest first."""

    goal: Goal
    attested: Observation | None
    waiting: Observation | None


def goals_of(policy: Policy, day: dt.date, office: bool) -> tuple[list[Progress], list[Stated]]:
    """All goals of a policy; ``office`` also sees what waits for attestation."""
    goals = (
        Goal.objects.filter(policy=policy)
        .select_related("policy", "policy_version", "reporter")
        .defer("policy_version__pack")
        .prefetch_related("measures", "observations__reported_by", "observations__attested_by", "observations__measure")
    )
    register = _register(goals[0]) if goals else {}
    numbers = [progress_of(goal, day, office, register) for goal in goals if goal.quantified]
    return numbers, [stated_of(goal, day, office) for goal in goals if not goal.quantified]


def progress_of(goal: Goal, day: dt.date, office: bool, register: dict[str, Any] | None = None) -> Progress:
    """How far one quantified goal is, by its adopted definition."""
    definition = definition_of(goal, register if register is not None else _register(goal))
    known = [
        o for o in goal.observations.all() if o.as_of <= day and o.measure_id == getattr(definition.measure, "pk", 0)
    ]
    attested = [o for o in known if o.attested_on and o.attested_on <= day and o.state == Observation.State.ATTESTED]
    waiting = [o for o in known if o.state == Observation.State.REPORTED and o.reported_on <= day] if office else []
    actual = attested[0] if attested else None
    path_day = actual.as_of if actual else day
    path = path_on(goal, definition.measure, path_day)
    return Progress(
        goal, path_day, definition, actual, waiting[0] if waiting else None, path, gap_of(goal, actual),
        standing_of(goal, actual, path, day), tuple(reversed(attested)),
        _stale(goal, actual, day),
    )  # fmt: skip


def _stale(goal: Goal, actual: Observation | None, day: dt.date) -> int | None:
    """Days since the number's day where they are more than a quarter and the goal still runs."""
    if actual is None or (goal.deadline and day > goal.deadline):
        return None
    days = (day - actual.as_of).days
    return days if days > STALE_DAYS else None


def stated_of(goal: Goal, day: dt.date, office: bool) -> Stated:
    """The newest attested statement of a qualitative goal, and for the office the one that waits."""
    known = [o for o in goal.observations.all() if o.as_of <= day]
    attested = [o for o in known if o.attested_on and o.attested_on <= day]
    waiting = [o for o in known if o.state == Observation.State.REPORTED and o.reported_on <= day] if office else []
    return Stated(goal, attested[0] if attested else None, waiting[0] if waiting else None)


def definition_of(goal: Goal, register: dict[str, Any]) -> Definition:
    """The candidate that the register of ambiguities (口径登记) adopts: the official answer, else the default."""
    measures = list(goal.measures.all())
    entry = register.get(goal.ambiguity)
    if entry is None:
        return Definition(measures[0] if measures else None, "", True, "按原文指标")
    answer = entry.get("answer")
    option = answer["option"] if answer else entry["default"]
    found = next((m for m in measures if m.code == option), measures[0] if measures else None)
    note = f"官方答复：{answer['paper']}" if answer else f"口径待定，见口径登记 {goal.ambiguity}，暂按默认口径"
    return Definition(found, entry["question"], answer is not None, note)


def path_on(goal: Goal, measure: Measure | None, day: dt.date) -> Fraction | None:
    """Where the pro-rata path (序时进度) stands: straight from the base on its day to the target on the deadline.

    None where the base or the deadline is unknown, and for growth rates, which hold each year alike.
    """
    if goal.operator not in _AT_LEAST or measure is None or measure.base is None or measure.base_on is None:
        return None
    if goal.deadline is None or goal.target is None or goal.deadline <= measure.base_on:
        return None
    base, target = Fraction(measure.base), Fraction(goal.target)
    whole = (goal.deadline - measure.base_on).days
    gone = min(max((day - measure.base_on).days, 0), whole)
    return base + (target - base) * Fraction(gone, whole)


def gap_of(goal: Goal, actual: Observation | None) -> Fraction | None:
    """What is missing to the target; 0 once it is reached, None where nothing is attested."""
    if actual is None or actual.value is None or goal.target is None:
        return None
    return max(Fraction(goal.target) - Fraction(actual.value), Fraction(0))


def standing_of(goal: Goal, actual: Observation | None, path: Fraction | None, day: dt.date) -> Standing:
    """Word, shape and colour; nothing attested is grey, and red only after the deadline."""
    if actual is None or actual.value is None or goal.target is None:
        return Standing("未填报", "○", "grey")
    if actual.value >= goal.target:
        return Standing("已达目标", "✓", "blue")
    if goal.deadline and day > goal.deadline:
        return Standing("到期未达", "■", "red")
    if path is None:
        return Standing("推进中", "●", "green")
    if Fraction(actual.value) >= path:
        return Standing("达到序时", "●", "green")
    return Standing("落后序时", "▲", "yellow")


def _register(goal: Goal) -> dict[str, Any]:
    return {entry["id"]: entry for entry in load_pack(goal.policy_version).ambiguities}
