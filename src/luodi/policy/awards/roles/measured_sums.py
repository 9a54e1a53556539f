"""Sums that are not paid: they tell who is paid, or of how much (LANGUAGE 6.2, 6.10).

A threshold, the bounds of a tier, a step that is counted, what rent or insurance costs, what was received before.
"""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Group
from luodi.policy.awards.roles.cap_words import raises_bound
from luodi.policy.awards.roles.lending import LOAN_AMOUNT
from luodi.policy.awards.roles.payment_bounds import AT_MOST
from luodi.policy.awards.roles.standards import GIVEN_EACH, NEAR, RAISED_TO
from luodi.policy.passages import Passage

# 给予5000元以上奖金: the least that is paid.
_AT_LEAST = re.compile(r"以上的?(?:一次性)?(?:奖金|奖励|补助|补贴|救助金?|慰问金|资助)(?=[,。;]|\Z)")
# 申请在5万元以内的,按实际费用补助: whose costs are paid as they are.
_AS_IT_COST = re.compile(r"(?:\([^()]{1,12}\))?以内的,按(?:照)?(?:实际|据实)")
# 合同额5000万元,补贴1%: how much is measured, paid by the share in the next phrase.
_MEASURE = re.compile(r"(?:额|收入|产值|投资|销售)(?:为|在)?\Z")
_SHARE_NEXT = re.compile(r",(?:按|给予|补[助贴]|奖励)\d[\d.]*[%‰]")
# 到账额500万元(含)至2000万元的,按2%: a range that ends its phrase tells who.
_RANGE_OF_WHO = re.compile(r"(?:\([^()]{1,8}\))?的")
# 1亿元(含)—5亿元,最高500万元: a tier, paid by the sum in the next phrase; 10亿元至20亿元奖励20万元: by the sum right behind it.
_TIER_PAID_NEXT = re.compile(
    rf"(?:\([^()]{{1,12}}\))?(?:,(?:一次性)?(?:最高|最多|不超过|给予|{terms.KIND})[^,。;\d]{{0,8}}"
    rf"|(?:一次性)?(?:给予|奖励|补助|补贴|资助))\d[\d.]*[万亿]?元"
)
# 5亿元(含)至10亿元的奖励100万元: the bounds of a tier.
_TIER_AFTER = re.compile(
    r"\([^()]{1,8}\)(?:至|到|—|-|~)\d|(?:\([^()]{1,8}\))?的(?:一次性)?(?:给予|奖励|补助|补贴|资助)[^,。;\d(]{0,6}\d"
)
# 自付1万元以内(含1万元)的给予50%, 500万元以内部分, 500万元以内、500万元以上的: the bound of a tier, where nothing is handed out
# before it.
_WITHIN = re.compile(
    r"(?:\([^()]{1,12}\))?(?:以内|之内)(?:\([^()]{1,12}\))?(?:的(?:部分)?,?(?:一次性)?(?:按|给予|奖励|补助|补贴|资助|救助)[^,。;\d]{0,6}\d"
    r"|的?部分|、[^,。;]{0,8}\d[^,。;]{0,40}以上)"
)
# 自付费用在1万元以内的,按40%补助: the same, paid by the share or the sum in the next phrase.
_WITHIN_NEXT = re.compile(
    r"(?:\([^()]{1,12}\))?(?:以内|之内)(?:\([^()]{1,12}\))?的,(?:一次性)?(?:按照?[^,。;\d]{0,10}\d|(?:给予|奖励|补助|补贴|资助)[^,。;\d]{0,6}\d|全额|据实)"
)
# 每发放1亿元贷款: the step that a sum is counted for, not the sum.
_STEP = re.compile(
    r"每(?:同比)?再?(?:新?(?:上|登上|跨上|迈上)一?个|[新净]?增[加长]?|发放|投放|完成|实现|销售|出口|进口|投入|递增|超出"
    r"|超过?)[^,。;\d家个项人名台套户件的]{0,6}\Z"
)
# 按每200万元奖励1万元, 每登记1亿元合同奖励5万元: a step of what is measured, paid by the sum behind it.
_STEP_PAID = re.compile(r"(?:的)?(?:给予|奖励|补助|补贴)[^,。;\d]{0,6}\d")
_ANY_STEP = re.compile(rf"每(?:(?!{terms.KIND}|给予)[^,。;:\d每]){{2,8}}\Z")
_ANY_STEP_PAID = re.compile(
    rf"(?:(?!{terms.KIND}|给予|标准)[^,。;\d]){{0,8}}(?:给予|奖励|补助|补贴)(?:(?:机构|单位|企业|个人)[^,。;\d]{{0,6}})?\d[\d.]*[万亿]?元"
)
# 年度限额不低于3000元: how low a limit may be set.
_LEAST_LIMIT = re.compile(r"(?:限额|上限|封顶线)(?:原则上)?(?:不低于|不少于|不得低于)\Z")
# 近三年获得补助不超过50万元的企业: who has received little, not how much is paid.
_RECEIVED = re.compile(
    r"(?:(?:近|连续)[一二两三四五\d]年|上一?年度?|此前|以前年度)内?[^,。;\d]{0,8}(?:获得?|享受|取得|得到)[^,。;]*\Z"
)
# 日租金按每平方米1.2元以内据实计算: how dear the rent may be that a share is paid of.
_RENT = re.compile(r"(?:[日月年]租金|租金(?:标准|单价|水平))(?:按照?|在|为)?(?:每[^,。;\d]{1,8})?\Z")
_OF_RENT_WITHIN = re.compile(r"以内(?:的?(?:据实|按|部分|(?:给予)?全额|\d[\d.]*%)|\Z)")
# 每月每平方米40元以内的全额租金补贴: the same where the rent is named behind it.
_OF_AREA = re.compile(r"每(?:平方米|平米|亩|间|套)(?:每[天日月年])?\Z")
_RENT_BEHIND = re.compile(r"以内的?(?:给予)?全额(?:租金|房租)")
# 按每张床位保费120元,由财政补贴80%: what the insurance costs.
_PREMIUM = re.compile(r"(?:保费|保险费)(?:标准)?为?(?:每[^,。;\d]{1,3})?\Z")
# 按能繁母猪保险金额2000元/头的标准给予保费补贴: for how much one is insured.
_INSURED = re.compile(r"(?:保险金额|保额)(?:标准)?为?(?:每[^,。;\d]{1,3})?\Z")
# 每年发放不超过5000万元“算力券”: how many are let out, to nobody in particular.
_VOUCHERS = re.compile(r"的?“?[一-鿿]{1,6}券")
_LET_OUT = re.compile(r"(?:\A|年|共|总计|累计)(?:发放|投放|安排)[^,。;]*\Z")


def is_paid_behind(passage: Passage, group: Group, left: str, right: str, give: re.Match[str] | None) -> bool:
    """Whether a sum only tells of how much, or of which tier, is paid what the words behind it say."""
    if _AS_IT_COST.match(passage.text, group.end) or (give is None and _WITHIN_NEXT.match(passage.text, group.end)):
        return True
    if not right and _MEASURE.search(left) and _SHARE_NEXT.match(passage.text, group.end):
        return True
    of_tier = _RANGE_OF_WHO.fullmatch(right) or (give is None and _TIER_PAID_NEXT.match(passage.text, group.end))
    return group.is_range and bool(of_tier)


def is_only_measured(left: str, right: str, give: re.Match[str] | None) -> bool:
    """Whether a sum only tells who or how much: a threshold, the bounds of a tier, a step that is counted, a loan."""
    if (
        _RECEIVED.search(left)
        or LOAN_AMOUNT.search(left)
        or _LEAST_LIMIT.search(left)
        or (_PREMIUM.search(left) and not terms.KIND_AFTER.match(right))
        or _INSURED.search(left)
        or (_RENT.search(left) and _OF_RENT_WITHIN.match(right))
        or (_OF_AREA.search(left) and _RENT_BEHIND.match(right))
    ):
        return True
    if _VOUCHERS.match(right) and _LET_OUT.search(left):
        return True
    if give and (_AT_LEAST.match(right) or AT_MOST.match(right)):
        return False
    if terms.THRESHOLD_AFTER.match(right) or _TIER_AFTER.match(right) or (give is None and _WITHIN.match(right)):
        return True
    compared = None if terms.CAP_BEFORE.search(left) or raises_bound(left) else terms.COMPARED_BEFORE.search(left)
    at_least = bool(compared and re.search(r"不低于|不少于|至少", compared[0]))
    by_standard = terms.FOR_RATE.search(left) and terms.BY_STANDARD.match(right)
    near = give and len(left) - give.end() <= NEAR
    if compared and not (at_least and (by_standard or near or GIVEN_EACH.search(left) or RAISED_TO.search(left))):
        return True
    return bool(_STEP.search(left) or (left.endswith("每") and _STEP_PAID.match(right)) or _is_step(left, right))


def _is_step(left: str, right: str) -> bool:
    """``每登记1亿元奖励5万元``: so much of what is measured, and the sum that it earns; 每人5000元 is counted itself."""
    step = _ANY_STEP.search(left) if _ANY_STEP_PAID.match(right) else None
    return bool(step) and not terms.UNIT_AFTER_PER.search(left)
