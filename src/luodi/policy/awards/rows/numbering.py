"""Which rows are one award: the values of a list, stages, time steps and tiers."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.rows.row import Row
from luodi.policy.awards.words.grades import KEY_WORD
from luodi.policy.awards.words.tiers import is_tier
from luodi.policy.passages import Passage


def number_awards(passage: Passage, rows: list[Row], taken: int) -> int:
    """Number the distinct awards of an article from ``taken`` + 1; returns the last number used.

    The values of one list, the caps behind them, stages, time steps and threshold tiers are one award.
    """
    number = taken
    before: Row | None = None
    paid: Row | None = None  # the last that is no bound of several (年度, 累计)
    for row in rows:
        in_place = _IN_ITS_PLACE.search(row.sum.left) or (paid is not None and _of_class(passage, paid, row))
        if paid is not None and in_place and _goes_on(passage, paid, row):
            usual = paid.raises or paid
            if not _IN_ITS_PLACE.search(usual.sum.left):  # 甲标准提高到A,乙标准提高到B: two standards
                _raise(row, usual)
        if before is None or not _same_award(before, row):
            number += 1
        row.award = number
        before, paid = row, paid if row.of_group else row
    return number


# 其中残疾人创业的,标准提高至8000元: what is paid instead of the sum before, not beside it.
_IN_ITS_PLACE = re.compile(
    r"(?:提高|上调|上浮|增加|调高|提升|放宽)(?:到|至|为)[^,。;]{0,6}\Z"
    r"|(?:标准|比例|额度|补贴|奖励)(?:提高|上调|上浮|调高|提升)(?:到|至|为)[^,。;\d]{2,16}的\Z"
)


# 按保费的30%补助;其中,小微企业按照保费的80%: another share for a class of those who have the first
_CLASS_OF_THEM = re.compile(rf"其中,?[^,。;:\d]{{2,16}}(?:{terms.PAYEE})按")


def _of_class(passage: Passage, usual: Row, row: Row) -> bool:
    start, _ = passage.stretch(clause=row.clause)
    shares = usual.rate is not None and row.rate is not None and usual.clause < row.clause
    return shares and _CLASS_OF_THEM.match(passage.text, start) is not None


_OF_PAYMENT = re.compile(
    rf"{terms.KIND}(?:资金)?的?(?:比例|标准|额度)可?(?:提高|上调|上浮|增加|调高|提升|放宽)[到至为](?:[^,。;\d]{{2,16}}的)?\Z"
)


def _goes_on(passage: Passage, before: Row, row: Row) -> bool:
    """Whether a sum stands in the sentence of the one before, or in the next that speaks of a part (其中,…) or of the payment (奖补比例提高至)."""
    opened, _ = passage.stretch(sentence=row.sentence)
    of_payment = passage.text.startswith("其中", opened) or _OF_PAYMENT.search(row.sum.left)
    return row.sentence == before.sentence or (row.sentence == before.sentence + 1 and bool(of_payment))


def _raise(row: Row, usual: Row) -> None:
    """A raised sum is counted and paid as the usual one is."""
    row.raises = usual
    if row.kind == "fixed" and usual.kind == "per_unit":
        row.kind, row.per = usual.kind, usual.per
    if row.kind == "rate" and usual.kind == "interest":
        row.kind = usual.kind
    row.frequency = row.frequency or usual.frequency
    if row.rated and row.frequency == usual.frequency:
        row.years = row.years or usual.years


def _same_award(before: Row, row: Row) -> bool:
    raised = row.raises is not None
    if (before.sum is row.sum and not raised) or (row.staged and before.sentence <= row.sentence):
        return True
    if row.kind == "capped" and row.of_group:
        return True
    if row.cap_key is not None and before.cap_key is not None and row.sentence == before.sentence:
        return True
    if before.sentence != row.sentence or "再" in row.sum.left:
        return False
    if raised:
        return False
    steps = (before.selector or "", row.selector or "")
    if all(terms.YEAR_STEP.fullmatch(word) for word in steps):
        return True
    bounds, classes = zip(*(word.partition("的")[::2] for word in steps), strict=True)
    tiers = all(is_tier(bound) for bound in bounds) and len(set(classes)) == 1
    grades = all(KEY_WORD.match(word) for word in steps)
    # 国家级人才计划的给予A、省级的B、市级的C: the first of the list is told apart from the others
    led = steps[0] != steps[1] and before.clause == row.clause and KEY_WORD.fullmatch(steps[1])
    alone = len(before.sum.items) == 1 and (len(row.sum.items) == 1 or led)
    return bool(before.kind == row.kind and (tiers or grades) and alone)
