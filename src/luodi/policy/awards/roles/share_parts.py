"""Shares that make up a whole: they tell how it is paid out, and are no awards (LANGUAGE 6.5)."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Group, Sum
from luodi.policy.passages import Passage

_IN_PARTS = re.compile(r"分[一二两三四五\d](?:个)?(?:年|期|次|批)|分年度|分期|分批|[两二三四]个阶段")
# 按租金的50%、30%、20%分三年给予补贴: shares of what the reader spends, not of an award.
_OF_COSTS = re.compile(r"(?:租金|费用|保费|利息|贡献|支出|投入|投资)(?:价格|总额|额|部分|金额)?的\Z")
_OF_THE_WHOLE = re.compile(rf"(?:{terms.KIND}|拨付|兑现|支付|发放)\Z")


def instalments(passage: Passage, group: Group) -> bool:
    """``分三年按50%、30%、20%给予如下奖励``: several shares that make up the whole tell how it is paid out."""
    shares = [item.rate for item in group.items if item.rate is not None]
    start, end = passage.stretch(clause=group.phrase.clause)
    if _OF_COSTS.search(passage.text, start, group.start):
        return False
    return len(shares) > 1 and sum(shares) == 1 and bool(_IN_PARTS.search(passage.text, start, end))


def without_parts(found: list[Sum]) -> list[Sum]:
    """``总额不超过N:受理补贴20%,批准补贴30%,完成补贴50%``: shares of a sum that make it up tell how it is paid out."""
    parts: list[Sum] = []
    for sentence in {one.phrase.sentence for one in found if one.role != "rate"}:
        shares = [one for one in found if one.phrase.sentence == sentence and _OF_THE_WHOLE.search(one.left)]
        rates = [item.rate for one in shares for item in one.items if item.rate is not None]
        if len(rates) > 1 and sum(rates) == 1:
            parts += shares
    return [one for one in found if one not in parts]
