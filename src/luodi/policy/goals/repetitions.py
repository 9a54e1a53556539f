"""What a text tells of a goal twice: a headline over its paragraph, the reasons why an aim is set (LANGUAGE 1.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy.facts import Goal

# 增长目标确定为9.5%左右,主要考虑是…: why an aim is set that was told before.
EXPLAINS = re.compile(r"主要考虑(?:是|到|了|今年)|需要说明的是|之所以")
# 云州:到2026年集群产值达到50亿元: a line of news over the paragraph that tells it.
HEADLINE = re.compile(r"(?![—\-•◆●■▪·(\d])[^。;!?\n]{6,70}(?<![,:、)])")


def is_explained(goal: Goal, before: Sequence[Goal]) -> bool:
    """Whether a passage before told the aim that a passage gives the reasons of, by whatever name."""
    told = {(one.article, one.op, one.value, one.unit, one.deadline) for one in before}
    return (goal.article, goal.op, goal.value, goal.unit, goal.deadline) in told


def is_told_again(goal: Goal, later: Sequence[Goal]) -> bool:
    """Whether the paragraph below a headline tells its goal once more, in a sentence of its own."""
    same = [one for one in later if (one.op, one.value, one.unit) == (goal.op, goal.value, goal.unit)]
    names = [(_pairs(goal.metric), _pairs(one.metric)) for one in same]
    return any(2 * len(mine & other) >= min(len(mine), len(other)) for mine, other in names)


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}
