"""Headings that announce conditions (申报条件, 支持内容、标准和条件), and what stands under them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from luodi.document.tree import Document
from luodi.policy.conditions.card_items import pays

APPLIED = r"(?:申报|申请|申领|支持|奖励|奖补|补贴|补助|扶持|资助|享受|引进|准入|基本|基础|通用|专项|政策|项目|领取|兑现|企业|单位|人员|主体|资格)"
"""What a heading or a label of conditions speaks of."""
HEADED = re.compile(
    rf"(?:\A|[、及和与]|\W|\A[^,。;:]{{2,14}}(?=(?:补[贴助]|资助|奖励|扶持|项目|资金)申[请报])){APPLIED}{{0,3}}(?:的)?"
    rf"(?:条件|对象|资格|要求|(?:适用|支持|扶持|补贴|补助|贴息|奖励|申报)范围)"
    rf"(?:[及和与、](?![^。]{{0,6}}标准)[^。]{{0,8}})?[)】。:?]*\Z"
)
"""A heading that announces conditions."""
CLASS = re.compile(r"认定|评定|评审|命名|评选|备案|入库|验收|考核|评价|解除|退出|材料|程序|流程")
"""What the conditions of a class or a procedure are called, which bind no award."""


# 奖励标准 alone on its line below the last item: what it gives is not that item's.
_STANDARD_LABEL = re.compile(rf"\n[ 　]*[【(]?{APPLIED}{{1,2}}(?:标准|金额|额度|力度|方式)[】)]?[ 　]*(?=\n)")


def headed(document: Document, at: int) -> int | None:
    """The nearest article over a place whose heading announces conditions."""
    headings = ((one, document.articles[one].heading or "") for one in upwards(document, at))
    return next((one for one, words in headings if _announces(words)), None)


@lru_cache(maxsize=1024)  # the same few headings stand over all paragraphs
def _announces(words: str) -> bool:
    return bool(HEADED.search(words)) and not CLASS.search(words)


def amid_awards(document: Document, at: int, owner: int, sums: Sequence[int]) -> bool:
    """Whether a heading (支持内容、标准和条件) stands over several matters and a place is within one that pays or has a heading as those."""
    beneath = [document.articles[one] for one in upwards(document, at) if document.articles[one].parent == owner]
    if not beneath:
        return False
    if pays(beneath[0], sums):
        items = [one for one in document.articles if one.parent == owner]
        alone = beneath[0] is items[-1] and not any(pays(one, sums) for one in items[:-1])
        label = _STANDARD_LABEL.search(document.clean, beneath[0].body, beneath[0].end) if alone else None
        return label is None or bisect_left(sums, beneath[0].start) < bisect_left(sums, label.start())
    beside = [one for one in document.articles if one.parent == owner and one.heading and pays(one, sums)]
    return beneath[0].heading is not None and len(beside) > 1


_OF_KINDS = re.compile(r"(?:范围|类别|种类|方向|内容)\Z")


def names_awards(document: Document, owner: int, sums: Sequence[int]) -> bool:
    """Whether the items of a heading (奖励范围) are no demands but the headings under which the paper pays further on, once more."""
    if not _OF_KINDS.search(document.articles[owner].heading or ""):
        return False
    items = [one.heading for one in document.articles if one.parent == owner]
    paid = {one.heading for one in document.articles if one.heading and one.parent != owner and pays(one, sums)}
    return bool(items) and all(one in paid for one in items)


def upwards(document: Document, at: int) -> Iterator[int]:
    """An article and those over it."""
    here: int | None = at if at >= 0 else None
    while here is not None:
        yield here
        here = document.articles[here].parent


def below(document: Document, at: int, owner: int | None) -> bool:
    """Whether an article stands under ``owner``."""
    return owner is not None and owner != at and owner in upwards(document, at)
