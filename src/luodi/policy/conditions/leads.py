"""Where a run of conditions opens: the label of a passage (支持对象:…), or the words that lead in its list (应符合下列条件:)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.document.tree import Document
from luodi.policy.award_terms import last_match
from luodi.policy.conditions.block import gives
from luodi.policy.conditions.card_items import items_pay
from luodi.policy.conditions.headings import APPLIED
from luodi.policy.passages import Passage

_LABEL = re.compile(
    rf"\A[【(]?(?:(?:[一二三四五六七八九十\d]+)[、.)])?{APPLIED}{{0,3}}"
    rf"(?:条件要求|(?:服务|适用|救助|保障|发放)对象|条件|对象|方向|资格|要求|范围|主体)(?:[及和与、]{APPLIED}{{0,2}}标准)?"
    rf"(?P<mark>[】)]:?|:|\Z|(?=凡))?"
)
_LEAD = re.compile(
    r"(?:符合|具备|满足|达到)[^。;:]{0,24}(?:条件|要求|标准|规定)[^。;:]{0,12}:|(?:条件|要求)(?:如下|包括|为|是)?[^。;:]{0,6}:"
    r"|(?:应当?|须|需)(?:同时)?(?:符合|具备|满足)(?:下列)?:"
    r"|(?:符合|具备|满足|达到)(?:以下|下列|如下)[^。;:]{0,12}(?:条件|要求|情形|情况|标准)[^。;:]{0,80}:\Z"
)
# 符合下列条件之一的企业,给予200万元奖励。 above items that pay nothing
_LEAD_OF_ITEMS = re.compile(
    r"(?:符合|具备|满足|达到)(?:以下|下列|如下)[^。;:]{0,12}(?:条件|要求|情形|情况|标准)[^。;:]{0,80}。\Z"
)
_REFUSED = (
    r"(?:(?:原则上|一律|均|应当?)*不(?:予|得|能|可|再|应|享受|纳入|列入|属于)"
    r"(?:给予|享受|申报|申请|支持|扶持|资助|奖励|补助|补贴|受理|兑现|纳入|列入|安排|推荐|参与)*"
    r"(?:奖励|扶持|支持|资助|补[助贴]|范围|资格|对象|政策|资金)*)"
)
EXCLUDING = re.compile(
    rf"有?(?:下列|以下)[^。;:]{{0,12}}(?:情形|行为|情况|条件)[^。;:]{{0,30}}?(?:{_REFUSED}|取消[^。;:]{{0,12}}资格)[^。;:]{{0,20}}"
    rf"(?::|。?\Z)|不属于[^。;:]{{0,10}}范围:|\A(?:不予|不得)[^。;:,]{{2,8}}(?:情形|情况|对象|范围)(?:[】:]|\Z)"
    rf"|不予?(?:支持|扶持|资助|奖励|补助|受理)下列[^。;:]{{0,12}}:"
)
"""What opens a list of those who get nothing."""


def label_of(passage: Passage) -> re.Match[str] | None:
    """The label that a passage begins with, closed by a mark or set off by a space (奖补对象 在本县经营的…)."""
    found = _LABEL.match(passage.text)
    if found is None or found["mark"] is not None:
        return found
    set_off = passage.offsets[found.end()] - passage.offsets[found.end() - 1] > 1
    return found if set_off else None


def lead_of(passage: Passage, at: int, sums: Sequence[int]) -> re.Match[str] | None:
    """The words that lead in a list of conditions, unless an award stands before them in their sentence."""
    found = EXCLUDING.search(passage.text) or last_match(_LEAD, passage.text)
    if found is None and _has_items(passage.document, at, sums):
        found = _LEAD_OF_ITEMS.search(passage.text)
    if found is None or not gives(passage, 0, found.start(), sums):
        return found
    # 给予A补助。申请本条补助的单位应当符合下列条件:
    behind = found.end() == len(passage.text) and not gives(passage, sentence_of(passage, found), found.start(), sums)
    return found if behind else None


def _has_items(document: Document, at: int, sums: Sequence[int]) -> bool:
    """Whether an article has items below it that pay nothing."""
    here = document.articles[at] if at >= 0 else None
    return here is not None and here.own_end < here.end and not items_pay(here, sums)


def sentence_of(passage: Passage, found: re.Match[str]) -> int:
    """Where the sentence of a lead-in begins."""
    return passage.text.rfind("。", 0, found.start()) + 1
