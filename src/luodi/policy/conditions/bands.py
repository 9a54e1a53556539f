"""Bands of one number with a bound for each: 营业收入5000万元以下的,占比不低于5%;5000万元以上的,占比不低于4%."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from luodi.policy.conditions.comparisons import named_before
from luodi.policy.conditions.phrases import attested, stated, stretches
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage

_FEWEST_FACTS = 2  # that which bands and that which is bounded


def bands(passage: Passage, parts: Sequence[tuple[int, int]]) -> Condition | None:
    """One condition of which the side of one's own band must hold, where each part compares the same facts and nothing else."""
    sides: list[tuple[Condition, ...]] = []
    named: dict[str, str] = {}
    for part in parts:
        found = [one for at in stretches(passage, *part) for one in stated(passage, *at, named)]
        named |= named_before(found)
        sides.append(tuple(found))
    facts = {frozenset(one.fact for one in side) for side in sides}
    measured = all(one.fact and one.unit and not one.alternatives for side in sides for one in side)
    if len(sides) < 2 or len(facts) != 1 or not measured or len(next(iter(facts))) < _FEWEST_FACTS:
        return None
    return replace(attested(passage, parts[0][0], parts[-1][1]), alternatives=tuple(sides))
