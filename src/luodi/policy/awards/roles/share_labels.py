"""Shares that a label or the line above names as payments: tiers on lines of their own, interest, money that is matched."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Group
from luodi.policy.passages import Passage

# 50万元(含)—100万元:40% on a line below 按以下比例奖励:
_TIER_LINE = re.compile(r"[^,。;:]{2,24}:[\d.]+%[。;]?")
_SHARES_BELOW = re.compile(
    rf"(?:比例|标准)[^。;]{{0,8}}(?:{terms.KIND}|执行)[^。;]{{0,24}}:\Z|{terms.KIND}[^。;]{{0,6}}比例[^。;]{{0,12}}:\Z"
)
# 科技奖励配套:国家奖1:1,省奖1:0.5
_MATCHING = re.compile(r"(?:奖励|奖金|资金|经费|补助|资助|项目)配套[^。;:\d]{0,4}:[^。;%]*\Z")
# 贷款贴息:按年利率2%: the label names the payment.
_LABELLED_INTEREST = re.compile(r"贴息:按照?[^,。;%]{0,10}利率的?\Z")


def named_above(passage: Passage, group: Group) -> bool:
    """``50万元—100万元:40%`` below a line that hands out shares, ``国家奖1:1`` behind 配套:, ``按年利率2%`` behind 贴息:."""
    if _TIER_LINE.fullmatch(passage.text) and _SHARES_BELOW.search(passage.lead_in):
        return True
    if _LABELLED_INTEREST.search(passage.text, 0, group.start):
        return True
    ratio = re.search("[:∶]", passage.text[group.start : group.end])
    return ratio is not None and _MATCHING.search(passage.text, 0, group.start) is not None
