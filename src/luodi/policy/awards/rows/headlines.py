"""What is announced before it is told: a headline, a maximum or a range before the tiers that it spans (LANGUAGE 6.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy.awards.rows.row import Assembly, Row
from luodi.policy.passages import Passage

_LEAD_LINES = 3
# 甲区发布“航天十条”:最高奖励5000万元,助力产业发展
_IN_HEADLINE = re.compile(r"\A(?=[^,。;:]*(?:发布|出台|推出|印发|实施))[^。;]{6,30}[:,!][^。;]*最高[^。;]{0,30}\Z")
_LONGEST_HEADLINE = 30  # characters of 农民买房每平方米补助200元,最高不超过2万元
_WORDS_BEFORE = 8
_MAY_GET = re.compile(r"可以?获得?\Z")  # 《细则》明确,示范园区可获得100万元奖励
_REPORTED = re.compile(r"发布|出台|公布|印发|获悉|记者|报讯|》明确|有(?:机会|望)获")

# 奖励10万元-30万元。具体为:50千克以下的,奖励10万元;…
_TIERS_NEXT = re.compile(
    r"[^,。;\d]{0,8}[,。;]”?(?:“|其中[:,]|具体(?:为|如下|标准为?|是)?[:,]|即|分[二两三四五六]个?(?:档|等次|等级|级))"
)
# 最高400万元奖励,分三档,基础层100万元,…
_IN_CLASSES = re.compile(r"[^,。;\d]{0,10},分(?:为)?[二两三四五六]个?(?:档|等次|等级|级|类)[,:]")


def drop_spanned(assembly: Assembly) -> None:
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


def drop_announced(told: Sequence[tuple[Passage, list[Row]]]) -> None:
    """``最高奖励500万元`` in a title or in the lines of a report that lead up to it, and told again later: said twice, paid once."""
    for index, (passage, rows) in enumerate(told[:_LEAD_LINES]):
        if passage.article != "0" or ("。" in passage.text and not _REPORTED.search(passage.text)):
            continue
        later = [row for _, rows_of_line in told[index + 1 :] for row in rows_of_line]
        below = [one for one, _ in told[index + 1 :]]
        sums = {row.amount or row.cap for row in later} | {row.cap for row in later if row.cap}
        if later and _IN_HEADLINE.search(passage.text):
            rows.clear()
        if "。" not in passage.text and len(passage.text) <= _LONGEST_HEADLINE:
            whole = {(row.kind, row.amount, row.rate, row.cap) for row in later if row.cap}
            rows[:] = [
                row
                for row in rows
                if not (row.cap and (row.kind, row.amount, row.rate, row.cap) in whole)
                and not _echoed(passage, row, below)
            ]
        rows[:] = [
            row for row in rows if row.kind != "capped" or row.cap not in sums or _says_for_whom(passage, row, below)
        ]
        if _REPORTED.search(passage.text):
            rows[:] = [row for row in rows if not (row.kind == "range" and {row.floor, row.cap} <= sums)]
            rows[:] = [row for row in rows if not (_MAY_GET.search(row.sum.left) and row.amount in sums)]


def _echoed(passage: Passage, row: Row, later: Sequence[Passage]) -> bool:
    """``甲机构按每生每月500元标准发放`` as a headline: the same words stand in a sentence below."""
    words = passage.text[max(0, row.item.start - _WORDS_BEFORE) : row.item.end]
    return row.item.start >= _WORDS_BEFORE and any(words in one.text and "。" in one.text for one in later)


def _says_for_whom(passage: Passage, row: Row, later: Sequence[Passage]) -> bool:
    """``对新建的基地,给予最高200万元``: an award told in full, not the announcement of one; not where it is told of the same once more."""
    start, _ = passage.stretch(clause=row.clause)
    whom = re.search(r"对[^,。;]{4,}的[^,。;]*,", passage.text[start : row.sum.start])
    return whom is not None and not any(whom[0][:-1] in one.text for one in later)
