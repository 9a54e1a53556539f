"""Names for rows that share one tier: what stands before it, or the noun behind an age or a number (LANGUAGE 6.4)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from luodi.policy.awards.frames.frame import PAYEE, region
from luodi.policy.awards.rows.naming import LONG, name_in, unbracketed
from luodi.policy.awards.rows.row import Row
from luodi.policy.passages import Passage

# 甲药面积达到100亩以上: how much of what.
_MEASURED = re.compile(
    r"(?P<what>[^,。;:、\d的]{2,12}?)(?:种植|养殖|经营|营业|建筑|使用|流转|连片|累计|年)*"
    r"(?:面积|规模|数量|总?量|存栏|出栏|收入|产值|销售额|投资额?)(?:达到?|超过|突破|在|不低于|满)*\Z"
)
# 有未满18周岁子女的二孩家庭: whom an age or a number only describes.
_DESCRIBED = re.compile(rf"\d[^,。;:]*的(?P<whom>(?!{PAYEE}\Z)[^,。;:、的\d]{{2,10}})\Z")


def beside_shared_tiers(
    passage: Passage, rows: Sequence[Row], tiered: Sequence[tuple[Row, str | None]]
) -> dict[int, str]:
    """``甲药达到100亩以上,奖励A;乙药达到100亩以上,奖励B``: the names (by id of the row) of rows that have one tier in common.

    All rows of a tier are named alike, or none is.
    """
    shared = Counter(tier for _, tier in tiered if tier)
    found: dict[int, str] = {}
    for tier, count in shared.items():
        own = [row for row, told in tiered if told == tier]
        for pick in (_described, _measured) if count > 1 else ():
            names = [pick(passage, rows, row, tier) for row in own]
            if all(names) and len(set(names)) == len(names):
                found.update((id(row), name) for row, name in zip(own, names, strict=True) if name)
                break
    return found


def _measured(passage: Passage, rows: Sequence[Row], row: Row, tier: str) -> str | None:
    """What is measured by the tier, in the phrase that names it."""
    words = next((words for words in _phrases(passage, rows, row) if tier in words), "")
    at = _MEASURED.search(words.partition(tier)[0].rpartition(":")[2])
    return name_in(at["what"]) if at else None


def _described(passage: Passage, rows: Sequence[Row], row: Row, tier: str) -> str | None:
    """Whom a phrase before that of the tier describes by a number."""
    for words in _phrases(passage, rows, row):
        at = _DESCRIBED.search(unbracketed(words)) if tier not in words else None
        if at and len(at["whom"]) <= LONG:
            return at["whom"]
    return None


def _phrases(passage: Passage, rows: Sequence[Row], row: Row) -> list[str]:
    """The phrases before a sum, the nearest first, without their marks."""
    start, end = region(passage, rows, row)
    spans = [
        (max(start, one.start), min(end, one.end)) for one in passage.phrases if one.start < end and one.end > start
    ]
    return [passage.text[begin:stop].rstrip(",。;") for begin, stop in reversed(spans)]
