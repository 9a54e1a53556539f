"""Bounds of an award by a share, or by what the recipient paid or spent (年度奖补总额不超过其当年度地方财政贡献): said, and never calculated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luodi.policy.award_terms import KIND
from luodi.policy.awards.numbers.number_groups import Group, Sum
from luodi.policy.passages import Passage

_OTHER = r"(?:贡献|税收|纳税额?|税[额款金]|留成|财力|支出|费用|投入|成本|租金|价款|(?<=[一-鿿])金额)(?:总额|额|部分)?"
_BOUND = re.compile(
    r"(?:不(?:得)?(?:超过|高于|大于)|(?<=额)以)(?!同期|平均|全[国省市区县]|规定|上级|[国省市]家?级)"
    rf"[^,。;:\d%]{{0,20}}?{_OTHER}(?:\([^()]{{2,20}}\)|的(?:[一两二三\d.]+倍|一半))?(?:为限)?(?=[,。;]|\Z)"
    # 已获上级资助的,配套后总额不超过投入的50%
    rf"|(?<=总额|合计|累计)不(?:得)?超过[^,。;:\d%]{{0,20}}?{_OTHER}的[\d.]+%(?=[,。;]|\Z)"
    # 每平方米补助35元,且补助资金不超过总投资的30%
    rf"|(?<=且)(?:{KIND}|资金|金额|总额)*不(?:得)?超过[^,。;:\d%]{{1,20}}的[\d.]+%(?=[,。;]|\Z)"
)
_AWARDED = re.compile(rf"{KIND}|(?:获得?|享受|兑现)[^,。;]{{0,10}}(?:资金|金额)")

_FOR_EACH = re.compile(rf"(?:按照?每[^,。;每\d]{{1,6}}|每[^,。;每年月日次\d]{{1,4}}(?:{KIND}|给予))\Z")
_BOUNDS_EACH = re.compile(rf"(?:\A|[、,且])(?:最高|但|{KIND}|资金|金额|总额)*不(?:得)?超过[^,。;%\d]{{2,20}}的?\Z")
_BOUNDS_GIVEN = re.compile(rf"且{KIND}(?:资金|金额|总额)*不(?:得)?超过[^,。;%\d]{{2,20}}的?")
# 按租金的30%补贴,补助金额不超过其上年度纳税地方留成的80%
_ALSO_BOUNDED = re.compile(
    r"(?:且|并且?)[^,。;%]{0,12}(?:不超过|不高于|不得超过)[^,。;%]*\Z"
    rf"|(?:其|但|年度?|单[个家户]企业)*{KIND}(?:资金|的)*(?:总?金额|总额度?|额度)(?:不超过|不高于|不得超过)[^,。;%]*"
    rf"(?:贡献|税收|税[额款金]|纳税额?|留成|留存)(?:部分|总额|额)?的?\Z"
)


def find_relative_caps(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where a sentence that speaks of an award bounds it by another amount."""
    for at in _BOUND.finditer(passage.text):
        opened = passage.text.rfind("。", 0, at.start()) + 1
        if _AWARDED.search(passage.text, opened, at.start()):
            yield at.span()


def bounds_beside(left: str, group: Group, before: list[Sum]) -> bool:
    """``按利息的70%,且不超过投资的30%``, ``按每平方米500元、最高不超过费用的50%``: the second share only bounds what stands before."""
    if before[-1].role == "amount" and before[-1].phrase.clause == group.phrase.clause:
        counted = _FOR_EACH.search(before[-1].left) or before[-1].items[0].per
        return bool((counted and _BOUNDS_EACH.search(left)) or _BOUNDS_GIVEN.fullmatch(left))
    return bool(
        before[-1].role == "rate"
        and before[-1].phrase.clause == group.phrase.clause
        and before[-1].phrase is not group.phrase
        and _ALSO_BOUNDED.match(left)
    )
