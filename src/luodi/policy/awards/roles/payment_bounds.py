"""Sums that bound what is paid: behind a word for a maximum, raised for some, or beside a share (LANGUAGE 6.10).

What is bounded must be a payment: its own noun says so, or nothing else (a loan, a price, the size of a firm) is named.
"""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Found, Group, Sum
from luodi.policy.awards.numbers.numbers import LEAST
from luodi.policy.awards.roles.cap_words import comes_to, goes_on_raising, measure_of, raises_bound
from luodi.policy.awards.roles.lending import bounds_loan
from luodi.policy.passages import Passage

SUBJECT_STOCK = re.compile(
    r"面值|(?<!补助)(?<!补贴)(?<!奖励)(?<!资助)规模|贷款|使用额度|授信|担保|融资额|借款|投资额|合同额|销售|营业|收入|资产|面积|注册"
    r"|保额|保险金额|人数|数量|年限|股权|股份|(?<!补贴单)(?<!补助单)价|成本|建设周期|造价|注册资本|单笔投资|投资\Z|租金标准"
    r"|房租标准|(?:培训|会议|住宿|评审|咨询|检测|服务)费标准"
)
# 2024年前建成的每站最高500万元: a bound counted for each of what is paid for.
_FOR_EACH_ONE = re.compile(r"的,?每[^,。;\d]{1,3}(?:最高|最多|不超过)+\Z")
# 给予租金补贴,: what the sums behind it bound.
_GIVEN_BEFORE = re.compile(rf"(?:给予|发放|享受)[^,。;\d]{{0,12}}{terms.KIND}[^。;]*,")
# 面积不足500平方米的最高10万元: whom the maximum is for.
_OF_THAT_SIZE = re.compile(
    r"\A(?:[^,。;]{0,16}\d[^,。;的]*?(?:以[上下内]|不足[\d.]+[^,。;\d的]{1,5})|[^,。;\d]{0,12}(?:不足|低于|小于)[\d.]+[^,。;\d的]{1,5})"
    r"(?:\([^()]{1,8}\))?的,?(?=(?:最高|最多|不超过)(?:给予|奖励|补助|补贴)?\Z)"
)
# 每户安排补助资金不超过600万元: a budget is for nobody in particular.
_SET_ASIDE_FOR_EACH = re.compile(rf"(?:每|单)[户家个][^,。;\d]{{0,6}}安排[^,。;\d]{{0,4}}{terms.KIND}")
# 专精特新“小巨人”企业最高300万元, behind what is paid to all: whose maximum it is.
_OF_CLASS = re.compile(rf"[^,。;:\d]{{2,16}}(?:{terms.PAYEE}|{terms.PAID_FOR_THING})的?(?:{terms.CAP_WORD.pattern})+")
# 甲类以每餐15元为上限,乙类以每餐5元为上限
_UP_TO_EACH = re.compile(r"以每[^,。;\d]{1,4}\Z")
# 给予1万元以下奖励: the most.
AT_MOST = re.compile(r"以下的?(?:一次性)?(?:奖金|奖励金?|补助|补贴|救助金?|慰问金|资助)(?=[,。;]|\Z)")
_CAP_GIVE = re.compile(
    r"最高(?:可)?(?:一次性)?(?:给予|获得?|享受|奖励|奖补|补助|补贴|资助|支持|扶持|贴息|返还|发放|配套)[^,。;\d元]{0,12}\Z"
)

# 最高补助由300万元提高到500万元: the bound from now on.
_BOUND_MOVED = re.compile(
    r"(?:最高|上限|限额)[^,。;\d]{0,10}[由从]\d[^,。;]{0,12}元(?:/[^,。;]{1,4})?(?:提高|提升|上调|增加|放宽|调整|降低|下调)[到至为]\Z"
)


def is_capped(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> bool:
    """Whether a word before or behind a sum, or the list that it goes on with, makes it a maximum."""
    return bool(
        terms.CAP_BEFORE.search(left)
        or _CAP_GIVE.search(left)
        or _BOUND_MOVED.search(left)
        or terms.INSIDE_AFTER.match(right)
        or comes_to(group, left, before)
        or _capped_before(passage, group, before)
        or AT_MOST.match(right)
    )


def raises_last(passage: Passage, group: Group, left: str, before: list[Sum]) -> bool:
    """``最高500万元,…的可提高至800万元``: the bound told last, raised for some in its sentence or one that goes on from it."""
    last = before[-1] if before and raises_bound(left) else None
    if last is None or last.role != "cap":
        return False
    return last.phrase.sentence == group.phrase.sentence or goes_on_raising(passage, group.phrase, last.phrase.sentence)


def bounds_share(group: Group, left: str, before: list[Sum]) -> bool:
    """``按订单金额的3%、最低5万元、最高50万元``: both bounds of the share that the clause has told."""
    shares = any(one.role == "rate" and one.phrase.clause == group.phrase.clause for one in before)
    return shares and group.is_range and bool(LEAST.search(left))


def _capped_before(passage: Passage, group: Group, before: list[Sum]) -> bool:
    """``最高1000万元租金、200万元物业费``: the bound holds for the whole list."""
    if not before or before[-1].phrase != group.phrase or before[-1].role != "cap":
        return False
    return bool(re.fullmatch(r"[^,。;\d]{1,6}[、和及]", passage.text[before[-1].end : group.start]))


def own_words(passage: Passage, group: Group, left: str) -> str:
    """The words of its phrase before a sum, from the number before it on."""
    return passage.text[max(group.floor, group.start - len(left)) : group.start]


def bounding_role(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> Found | None:
    """A sum behind a word for a maximum: it bounds a payment, unless it is lent or supplied."""
    start, _ = passage.stretch(clause=group.phrase.clause)
    if terms.RECIPIENT_AFTER.match(right) and not terms.AWARD.search(left):
        return None  # 年营业收入不超过2000万元的企业
    if bounds_loan(passage, group, right, before) or "消费券," in passage.text[start : group.start]:
        return None
    if terms.KIND_AFTER.match(right) and not terms.RECIPIENT_AFTER.match(right) and "安排" not in left:
        return "cap", False, 0.9
    told = any(one.phrase.sentence == group.phrase.sentence for one in before)
    if told and _UP_TO_EACH.search(left) and right.startswith("为上限"):
        return "cap", False, 0.9
    if told and _FOR_EACH_ONE.search(left):
        return "cap", False, 0.9
    words = own_words(passage, group, left) if group.floor > group.phrase.start else left
    if "使用额度" in words and "券" in passage.text[: group.start]:
        words = words.replace("使用额度", "补助额度")  # what a voucher may be used for is what it pays
    if terms.AWARD.search(passage.text, passage.stretch(sentence=group.phrase.sentence)[0], group.start):
        words = _OF_THAT_SIZE.sub("", words)
    near = before and group.phrase.sentence - before[-1].phrase.sentence <= 1
    if _cap_subject(words, group) or (near and _OF_CLASS.fullmatch(words)):
        return "cap", False, 1.0
    return ("cap", False, 0.9) if _of_measure_given(passage, group, words) else None


def _of_measure_given(passage: Passage, group: Group, words: str) -> bool:
    """``给予租金补贴,办公用房每平方米每月不超过30元``: what the payment that the clause has named may be for each measure."""
    start, _ = passage.stretch(clause=group.phrase.clause)
    if not _GIVEN_BEFORE.search(passage.text, start, group.start) or terms.PRICE.search(words):
        return False
    return measure_of(terms.CAP_WORD.sub("", words), None) is not None


def _cap_subject(left: str, group: Group) -> bool:
    """Whether what is bounded is a payment: its own noun says so, or nothing else is named."""
    if "分别" in left and len(group.items) > 1 and not SUBJECT_STOCK.search(left):
        return True  # I期、II期、III期最高分别为A、B、C
    own = terms.CAP_WORD.sub("", left)
    if re.search(r"安排|设立|出资|提供", own) and not _SET_ASIDE_FOR_EACH.search(own):
        return False
    kinds = [at.end() for at in terms.AWARD.finditer(own)]
    stocks = [at.end() for at in SUBJECT_STOCK.finditer(own)]
    if stocks and (not kinds or kinds[-1] < stocks[-1]):
        return False
    if kinds or terms.LEVEL.search(own) or terms.TOTAL.search(own) or terms.YEARLY_CAP.search(own):
        return True
    rest = re.sub(r"每[人孩生户名]每?(?:[年月]|学[期年])?", "", own)
    rest = re.sub(r"\A(?:且|并|但|其中|原则上|一般|标准|额度|金额|资金|每人|每年|年度|单个|即|各|分别)*", "", rest)
    return len(re.sub(r"[、和及与]|分别|为|\([^()]*\)", "", rest)) <= 8 or group.bracketed
