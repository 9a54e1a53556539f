"""Sums that are told so that one knows what is paid beside them, in place of them or without them (LANGUAGE 6.10).

What another level pays, what a sum was before, what those just told come to, which part of them goes where.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Group, Sum
from luodi.policy.passages import Passage

# 在省财政每亩补贴25元的基础上,县里再补45元: what another level pays, told so that one knows what comes on top.
_PAID_BY_OTHERS = re.compile(
    rf"(?:中央|国家|上级|自治区|[省市区县]级?)(?:里|上|级|本级)?(?:财政)?(?:按照?[^,。;\d]{{2,12}})?"
    rf"(?:给予|每[^,。;\d]{{1,3}}|{terms.KIND})[^,。;\d]{{0,10}}\Z|原有?{terms.KIND}(?:资金|金额?)?\Z"
)
_ON_TOP_OF = re.compile(r"(?:/[^,。;\d]{1,4})?[^,。;:\d元]{0,12}(?:的)?基础上")
# 奖励50万元(原为30万元); 扣除省级奖励50万元后给予
_FORMERLY = re.compile(r"原(?:来|先|标准|政策)?(?:为|是)\Z")
_LESS = re.compile(r"扣除[^,。;\d]{0,12}\Z")
_LEAST = re.compile(r"(?:低于|不足)([\d.]+[万亿]?元)的?,?按\Z")  # 补助低于1万元的按1万元补助
# 每名奖励3万元,共计30万元; 分别100万元、50万元,总额150万元: what was told comes to
_COMES_TO = re.compile(r"(?:总计|共计|合计|总额|总共|累计)(?:为|达)?")
# 奖励园区50万元,用于奖励管理人员不超过10万元: how much of it
_USED_FOR = re.compile(r"(?:其中,?)?(?:可|须|应当?)?用于[^,。;\d]{2,20}(?:不超过|不低于|不少于|最高)+")


def is_only_told(passage: Passage, group: Group, left: str, right: str, before: Sequence[Sum]) -> bool:
    """Whether a sum is told for the sake of another; ``left`` and ``right`` are its own words, ``before`` the sums already told."""
    text = passage.text
    others = group.money and _PAID_BY_OTHERS.search(left)
    if others and (right == "的" or _ON_TOP_OF.match(text, group.end)):
        return True  # 省财政补助50万元的,市财政再补助20万元
    least = None if before else _LEAST.search(left)
    if least and least[1] == text[group.start : group.end]:
        return True
    if _COMES_TO.fullmatch(left) or _USED_FOR.fullmatch(left):
        return any(one.phrase.sentence == group.phrase.sentence for one in before)
    return group.money and bool(
        (left.endswith("在") and re.match("的?基础上", right))  # 在30万元基础上再奖励20万元
        or _FORMERLY.search(left)
        or (_LESS.search(left) and right.startswith("后"))
    )
