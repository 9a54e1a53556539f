"""A maximum or a range announced before the tiers that it spans: the tiers are the awards (LANGUAGE 6.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy.awards.row import Assembly, Row

# 奖励10万元-30万元。具体为:50千克以下的,奖励10万元;…
_TIERS_NEXT = re.compile(
    r"(?:人民币)?[^,。;\d]{0,8}[,。;]”?(?:“|其中[:,]|具体(?:为|如下|标准为?|是)?[:,]|即|分[二两三四五六]个?(?:档|等次|等级|级))"
)
# 最高400万元奖励,分三档,基础层100万元,…
_IN_CLASSES = re.compile(r"[^,。;\d]{0,10},分(?:为)?[二两三四五六]个?(?:档|等次|等级|级|类)[,:]")


def drop_announced(assembly: Assembly) -> None:
    """Leave out the range from the least to the most of its tiers, and the maximum that is the highest of its classes."""
    for head in [row for row in assembly.rows if row.kind in ("range", "capped")]:
        text, end = assembly.passage.text, head.sum.end
        if head.kind == "range" and _TIERS_NEXT.match(text, end):
            tiers = _tiers(assembly, head, head.sentence + 1)
            spans = len(tiers) > 1 and (tiers[0].amount, tiers[-1].amount) in (
                (head.floor, head.cap),
                (head.cap, head.floor),
            )
            if spans and all(row.kind == "fixed" for row in tiers):
                assembly.rows.remove(head)
        elif head.kind == "capped" and _IN_CLASSES.match(text, end):
            tiers = [row for row in _tiers(assembly, head, head.sentence) if row.clause == head.clause]
            if len(tiers) > 1 and max(row.cap or row.amount or 0 for row in tiers) == head.cap:
                assembly.rows.remove(head)
                for row in tiers:
                    if row.kind == "capped":
                        row.kind, row.amount, row.cap = "fixed", row.cap, None


def _tiers(assembly: Assembly, head: Row, last: int) -> Sequence[Row]:
    """The rows behind a headline up to the end of a sentence."""
    return [row for row in assembly.rows if row.sum.start > head.sum.end and row.sentence <= last]
