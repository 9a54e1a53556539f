"""Where a phrase stops telling whom an award is for and begins to give (举办活动|给予扶持)."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.passages import Passage

# 支持方式为…, 奖励标准按…, 补助资金由…: a verb that is part of the name of a payment.
_OF_PAYMENT = re.compile(
    r"(?:支持)?方式|方面|标准|资?金|期限?|对象|范围|政策|比例|的(?!\d)|基础上|后(?!补)|对(?!象)|支持(?:及|和|与)"
)
# 未给予支持的, 已获资助的: what was or was not given before.
_NOT_GIVEN = re.compile(r"(?:未|不|没有|已|曾|无)[^,。;]{0,4}\Z")
# 获奖, 金奖, 大奖: what was won.
_WON = re.compile(r"[获得中受颁金银铜等大]\Z")
# 享受运营补贴, 由就业补助资金, 发放租赁补贴: where a payment that is named is given.
_GIVING_BEFORE = re.compile(r"(?:可(?:以)?)?(?:享受|领取|申领|发放|兑付|可获得?)[^,。;的]{0,8}\Z|由[^,。;的]{2,16}\Z")


def before_giving(passage: Passage, low: int, high: int) -> int:
    """Where a phrase begins to give (举办活动给予扶持): what is given or not given to others already is a condition."""
    for at in terms.STRONG.finditer(passage.text, low, high):
        before = passage.text[low : at.start()]
        if (
            _NOT_GIVEN.search(before)
            or before.count("“") > before.count("”")
            or passage.depths[at.start()]
            or _OF_PAYMENT.match(passage.text, at.end())
        ):
            continue
        if at[0] == "奖" and (_WON.search(before) or passage.text.startswith((",", ":"), at.end())):
            continue  # 在大赛获奖; 接待累积奖,
        if at[0] in ("给予", "予以") and at.start() == low or "的" not in passage.text[at.end() : high]:
            return _with_name(passage, low, at.start())
    return _with_name(passage, low, high) if terms.STRONG.match(passage.text, high) else high


def _with_name(passage: Passage, low: int, giving: int) -> int:
    """Where giving begins with the verb before the name of what is given (发放租赁补贴)."""
    named = _GIVING_BEFORE.search(passage.text[low:giving])
    return low + named.start() if named else giving
