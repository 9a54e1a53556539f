"""What is paid, spent, asked for or threatened with: sums that are no goals (LANGUAGE 4.2)."""

from __future__ import annotations

import re

from luodi.quantities.counts import Count

# 规划投资1.2亿元: what the work is to cost.
_COST = re.compile(
    r"(?:(?:规划|计划|概算|估算|预计)总?投资|(?:\A|项目|工程)总投资|年度计划完成投资)额?(?:约|为|将达到?)?\Z|\A投资约\Z"
)
# 力争五年落地项目总投资1000亿元: no cost but what is to be won.
_TO_BE_WON = re.compile("力争|争取|确保|落地|引进|签约")
# 引进的50亿元锂电项目上半年投产: how large a project is.
_SUM_OF_PROJECT = re.compile(r"的?[一-鿿A-Z“”]{0,10}项目(?![一-鿿]{0,4}(?:投资|资金|\d))")
# 每年安排专项资金3亿元,三年累计不少于9亿元: the sum of what is spent; 安排重点项目400个 spends none.
_SPENT = r"(?:安排(?![^,。;]{0,12}(?:项目|工程|岗位)\Z)|设立|(?<!研发)(?<!社会资本)(?<!社会资金)投入(?!强度|占|比|相当于|产出|运营|使用|运行))"
_BUDGET_BEFORE = re.compile(rf"{_SPENT}[^,。;]{{0,30}}\Z")
_BUDGET_SUMMED = re.compile(rf"{_SPENT}[^。;]{{0,40}},(?:[\d一二两三四五]年)?(?:累计|总计|合计|共计?)\Z")
_SHARE_OF_WHOLE = re.compile(
    r"(?:比例|占比|比重|率)(?:要|均|力争)?(?:达到?|提高到|不低于|超过)?\Z|(?:增长|增速|增幅)(?:达到?|不低于|超过)?\Z"
)  # 设立…的医院比例达到50%
_SPENT_ON = re.compile(r",(?:主要)?用于")  # 总投资将达到1.8万亿元,主要用于农田水利
# 免租面积不超过1000平方米: how much of it is paid for.
_PAID_AREA = re.compile(r"(?:免租|补贴|补助|奖励|支持)面积[^,。;]{0,6}\Z")
# 担保费率不超过1.5%: what may be asked for.
_PRICE = re.compile(r"(?:费率|利率|税率|收费|价格)不得?(?:超过|突破|高于)\Z")
# 每站不超过400万元: what each may have.
_EACH = re.compile(
    r"(?:每(?!年\Z)|单)[一-鿿]{1,3}(?:补[助贴]|奖励|资助|支持)?(?:最高|最多|不得?超过|不得?突破|不得?高于)*\Z"
)
# 处十万元以下罚款: what a law threatens with; its bounds are no aims.
_PENALTY = re.compile(r"罚款|罚金|拘留|没收|有期徒刑")
# 省会城市奖补总额不超过1.5亿元: what is paid out.
_PAID_OUT = re.compile(
    r"(?:奖补|补助|奖励|资助|补贴)(?:资金|金额|经费)?(?:总额|总量)?(?:最高|不得?(?:超过|突破|高于))+\Z"
)


def is_spent(one: Count, before: str, after: str, *, summed: str, behind: str, section: bool) -> bool:
    """Whether a number is a budget, a cost, a payment for each or a price.

    ``summed`` are the words before it with those of the phrases before, ``behind`` what stands right behind it;
    ``section``: the passage is one of goals.
    """
    of_money = one.unit.endswith("元") and (
        _BUDGET_SUMMED.search(summed)
        or _EACH.search(before)
        or _SPENT_ON.match(behind)
        or _PAID_OUT.search(before)
        or (
            (one.comparator in (None, "~") or "将达" in before)
            and _COST.search(before)
            and not _TO_BE_WON.search(before)
        )
        or (not section and _SUM_OF_PROJECT.match(after))
    )
    return bool(
        of_money or _PAID_AREA.search(before) or _is_budget(one, before) or (_PRICE.search(before) and not section)
    )


def is_fine(sentence: str) -> bool:
    """Whether a sentence threatens with a fine."""
    return bool(_PENALTY.search(sentence))


def _is_budget(one: Count, before: str) -> bool:
    """``安排专项资金3亿元``: what is spent; 设立3个中心 and 设立甲科的医院比例达到50% spend nothing."""
    spent = _BUDGET_BEFORE.search(before)
    if spent is None or (one.unit == "%" and _SHARE_OF_WHOLE.search(before)):
        return False
    return one.unit.endswith("元") or not spent[0].startswith("设立")
