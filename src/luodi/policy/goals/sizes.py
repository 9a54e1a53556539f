"""How large those are that a number counts: a size beside a count is no target of its own (LANGUAGE 4.1)."""

from __future__ import annotations

import re

from luodi.quantities.counts import Count

# 3个产值超5000亿元的集群, 2个千亿级产业: the size of the things that the number before it counts.
_SIZE = r"(?:年|总|综合|主营|业务|销售|营业)*(?:产值|规模|交易额|收入|营收)"
_OF_SIZE = re.compile(
    rf"(?:以上|左右)?的?(?:{_SIZE})*(?:达到?|超过?|过|突破)?"
    r"(?:\d[\d.]*|[一二三四五六七八九十百千]+)?[十百千万]{0,2}(?:[万亿]元|亿(?=级|以上|规模|产业|企业|集群|园区|、\d))(?:级|以上|规模)*"
    r"的?(?:(?![和及与左])[一-鿿“]|、\d)"
)
# 6个实现产值超100亿元, 30个县增加值规模超过300亿元: how large each of the counted is to be.
_REACH_SIZE = (
    rf"(?:县|市|区|镇|乡|村|园区|企业|工业园)?(?:实现)?(?:[一-鿿]{{0,4}}(?:{_SIZE}|增加值)(?:规模)?)(?:超过?|突破|过)"
)
_REACHES_SIZE = re.compile(rf"{_REACH_SIZE}\d[\d.]*[十百千万]*[万亿]元")
_COUNTED_TO_REACH = re.compile(rf"\d[个家户座]{_REACH_SIZE}\Z")
_COUNTED_BEFORE = re.compile(
    rf"(?:\d|[一二两三四五六七八九十百千]|[\d一二两三四五六七八九十]万)[个家户条座](?:以上|左右)?(?:(?:企业|园区|产业|集群|项目)(?={_SIZE}))?(?:{_SIZE})*(?:达到?|超过?|过|突破)?\Z"
)
# 2个产业规模均超过2000亿元: how large each of the counted is.
_SIZE_OF_EACH = re.compile(r"(?:\d|[一二两三四五六七八九十])[个家户条][一-鿿“”]{2,14}均(?:达到?|超过?|突破)\Z")


def is_of_size(after: str) -> bool:
    """Whether the things that a number counts are named by their size (``超5000亿元的集群``)."""
    return bool(_OF_SIZE.match(after)) or reaches_size(after)


def reaches_size(after: str) -> bool:
    """Whether a number counts those that are to become as large as that (``6个实现产值超100亿元``)."""
    return bool(_REACHES_SIZE.match(after))


def is_size(one: Count, before: str, after: str) -> bool:
    """``4个超200亿元产业集群``: the size of what was just counted."""
    if one.unit.endswith(("元", "亿")) and (_SIZE_OF_EACH.search(before) or _COUNTED_TO_REACH.search(before)):
        return True
    counted = _COUNTED_BEFORE.search(re.sub(r"(?:超过?|达到?)\Z", "", before))
    return one.unit.endswith(("元", "亿")) and bool(counted) and bool(re.match(r"的?[一-鿿]|、\d", after))
