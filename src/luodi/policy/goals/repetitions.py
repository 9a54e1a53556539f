"""What a text tells of a goal twice: a headline over its paragraph, the reasons why an aim is set (LANGUAGE 1.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from luodi.policy.facts import Goal

# 增长目标确定为9.5%左右,主要考虑是…: why an aim is set that was told before.
EXPLAINS = re.compile(r"主要考虑(?:是|到|了|今年)|需要说明的是|之所以")
# 云州:到2026年集群产值达到50亿元: a line of news over the paragraph that tells it.
HEADLINE = re.compile(r"(?![—\-•◆●■▪·(\d])[^。;!?\n]{6,70}(?<![,:、)])")


_FEW = 2  # pairs of characters that do not make a name
_MOST = 0.8


def is_explained(goal: Goal, before: Sequence[Goal]) -> bool:
    """Whether a passage before told the aim that a passage gives the reasons of, by whatever name."""
    told = {(one.article, one.op, one.value, one.unit, one.deadline) for one in before}
    return (goal.article, goal.op, goal.value, goal.unit, goal.deadline) in told


def is_repeated(goal: Goal, before: Sequence[Goal]) -> bool:
    """Whether a paragraph before told the same of the same: news says it in its lead, then in the words of the paper."""
    return any(
        _figure(one) == _figure(goal) and goal.deadline in (None, one.deadline) and _same_name(goal.metric, one.metric)
        for one in before
    )


class Headline(NamedTuple):
    """A goal of a line, how many goals of paragraphs stand before it, and whether the line names a year of its own."""

    goal: Goal
    before: int
    dated: bool


def told_again(headlines: Sequence[Headline], body: Sequence[Goal]) -> set[int]:
    """The identities of those goals of headlines that a paragraph of the article below tells once more."""
    places: dict[tuple[object, ...], list[int]] = {}
    for at, one in enumerate(body):
        places.setdefault(_figure(one), []).append(at)
    return {
        id(head.goal)
        for head in headlines
        if any(_is_same(head, body[at]) for at in places.get(_figure(head.goal), ()) if at >= head.before)
    }


def _is_same(head: Headline, one: Goal) -> bool:
    if head.dated and head.goal.deadline not in (None, one.deadline):
        return False
    mine, other = _pairs(head.goal.metric), _pairs(one.metric)
    shared = len(mine & other)  # 打造千亿元预制菜产业: a line without a date names little but the thing
    return 2 * shared >= min(len(mine), len(other)) or (not head.dated and shared >= _FEW)


def _same_name(name: str, other: str) -> bool:
    """Whether two names differ by a word at most (产业链营收, 产业链群营收); 养老保险参保率 and 医疗保险参保率 are two."""
    mine, its = _pairs(name), _pairs(other)
    few = min(len(mine), len(its))
    return name == other or (few > _FEW and len(mine & its) >= _MOST * few)


def _figure(goal: Goal) -> tuple[object, ...]:
    """How much a goal asks for; a headline is short of words (2800亿)."""
    return goal.article, goal.op, goal.value, (goal.unit or "").removesuffix("元")


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}
