"""What a sum of money is for: an amount that is paid, a cap, or no award (LANGUAGE 6.2, 6.10).

The test: is the number governed by a word of payment in its own phrase? A number to the left of ``的,`` is a condition; a
fund, a loan, a price and the money put in are no awards.
"""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Found, Group, Sum
from luodi.policy.awards.roles.bare_sums import bare_role
from luodi.policy.awards.roles.cap_words import bounds_counted
from luodi.policy.awards.roles.least_paid import is_least_paid
from luodi.policy.awards.roles.lending import OF_INTEREST, is_lent
from luodi.policy.awards.roles.measured_sums import is_only_measured, is_paid_behind
from luodi.policy.awards.roles.payment_bounds import (
    SUBJECT_STOCK,
    bounding_role,
    bounds_share,
    is_capped,
    own_words,
    raises_last,
)
from luodi.policy.awards.roles.standards import EACH, NEAR, as_standard, is_base
from luodi.policy.passages import Passage

# 每人每月200元、300元(中度、重度)给予…: a remark behind the sums names whom each is for.
_BY_EACH = re.compile(
    r"\A(?:\([^()]{1,30}\))?(?:[两二三四五]个?档)?(?:的)?(?:标准)?"
    r"(?:[、,](?:(?:最[多高大长])?不超过|最[多高大长])[\d.]+(?:平方米|平米|m2|个月|个|人|亩|年)的?(?:标准)?"
    r"|、(?:最高|最多|不超过)+[\d.]+[万亿]?元的?(?:标准)?|[、,](?:最[多高])?不超过[^,。;%\d]{2,12}的?\d[\d.]*%)?,?(?:一次性)?"
    r"(?:给予|补助|补贴|补差|奖励|资助|发放|向[^,。;\d]{2,14}申[报请领])"
)
# 20人以下的按每人120元、50人以上的按每人300元的标准给予…: the last of them is handed out, and so is each before.
_BY_EACH_LIST = re.compile(
    r"(?:[、,][^,。;]{2,24}?(?:(?:按照?)?每[^,。;\d]{1,8}[\d.]+[万亿]?元"
    r"|(?<!\d)[\d.]+[万亿]?元(?:/[^,。;、\d/]{1,3}){1,2})){1,5}的?(?:标准)?,?(?:给予|补助|补贴|奖励|资助|发放)"
)
# 按首飞1000万元、后续每次200万元的标准给予: a list of names and sums that its last words hand out.
_LIST_BY_STANDARD = re.compile(
    r"(?:、[^,。;、\d]{1,12}[\d.]+[万亿]?元(?:/[^,。;\d]{1,4})?){1,5}的?标准,?(?:分别)?(?:一次性)?(?:给予|奖励|补助|补贴|资助|发放)"
)
# 新增就业每人4500元培训补助: counted for each, whatever is new.
_EACH_PAID = re.compile(r"(?:\A|[,;])(?![^,]*(?:安排|设立|筹集|列支|投入))[^,。;\d]*每[人户家名]\Z")
# 补贴资金5000元/辆: so much for each; a plain sum of funds is what was handed out in all.
_FUNDS_FOR_EACH = re.compile(r"(?:奖励|补[助贴]|资助)资金(?:标准)?(?:为|是|按)?\Z")
# 每造另增加100元/亩
_ADDED_EACH = re.compile(r"[另再]增加\Z")
_ADJACENT_WEAK = re.compile(
    r"(?:支持|扶持|发放|领取|享受|提供|拨付|兑现|报销|申领|发给)"
    r"(?:企业|单位|个人|资金|经费|其|每[^,\d]{1,8}|不超过|最高|一次性|可达|总额|额度|为|最高不超过)*"
    rf"(?:[^,。;\d]{{0,8}}{terms.PAYMENT})?\Z"
)
_CREDIT = re.compile(r"(?:融资|信贷|金融)支持\Z")  # 提供融资支持1万亿元: what is lent
# 最高奖励金额提高100万元: by how much a maximum is raised.
_RAISES_BY = re.compile(r"(?:最高[^,。;\d]{0,8}(?:金额|额度)|上限|限额)(?:再|分别)?(?:提高|增加|上浮)\Z")
# 设立不超过400万元的专项补助资金
_FOUNDED_WITH = re.compile(
    r"(?:\A|[,;、])(?:[^,。;对]{0,8}财政)?设立(?:总额|总规模|规模)?(?:最高|不超过|不高于|不低于|不少于|约)*\Z"
)
_FUND = re.compile(r"的[^,。;\d]{0,16}资金(?=[,。;、]|\Z|用于)")
# 新建甲站给予100万元;设立乙站的50万元: what is founded and what that is given, where the first sum has the verb.
_FOUNDED = re.compile(r"(?:其中,?|对)?(?:首次|新|成功|批准|获批|自主)*(?:设立|建立|组建|新建|新增)[^,。;:\d]{2,20}的")


# 购买新能源汽车的,发放3000元消费券; 发放5000万元消费券 is let out to nobody in particular
_VOUCHER = re.compile(r"的?“?[一-鿿]{0,8}券")
_HANDED_TO = re.compile(
    r"(?:的,|(?:对|向|为)[^,。;\d]{2,24}|每[人户家辆台件个名孩次])(?:一次性)?(?:发放|给予|派发)(?:每[人户家辆台件个名孩次])?\Z"
)


def _is_voucher(passage: Passage, group: Group, right: str) -> bool:
    """Whether a voucher of so many yuan is handed to those whom its clause names."""
    start, _ = passage.stretch(clause=group.phrase.clause)
    plain = not re.search("[万亿]", passage.text[group.start : group.end])
    return bool(plain and _VOUCHER.match(right) and _HANDED_TO.search(passage.text, start, group.start))


def money_role(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> Found | None:
    """The role of a list of sums; ``left`` and ``right`` are its own words, ``before`` the sums already told."""
    give = _giving(left, right)
    if (
        _RAISES_BY.search(left)
        or is_lent(passage, group, right)
        or (_FUND.match(right) and _FOUNDED_WITH.search(left))
        or left.endswith("×")  # (总人数-500)×50元=奖励金额: how it is reckoned
        or is_paid_behind(passage, group, left, right, give)
    ):
        return None
    if _is_voucher(passage, group, right) or is_least_paid(passage, group, left, right):
        return "amount", True, 0.9
    if bounds_share(group, left, before) or (
        bounds_counted(passage, group, before) and not terms.STOCK_AFTER.match(right)
    ):
        return "cap", False, 0.9
    if is_only_measured(left, right, give):
        return None
    if raises_last(passage, group, left, before):
        return "cap", False, 0.9
    capped = is_capped(passage, group, left, right, before)
    if give is not None:
        return "cap" if capped else "amount", True, 1.0
    if terms.STOCK_AFTER.match(right) and not terms.KIND_AFTER.match(right):
        return ("cap", True, 0.9) if capped and OF_INTEREST.match(right) else None
    if capped:
        return bounding_role(passage, group, left, right, before)
    return _without_verb(passage, group, left, right, before)


def _without_verb(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> Found | None:
    """The role of sums that no verb of giving governs and no word makes a maximum."""
    if _paid_for_each(passage, group, left, right):
        return "amount", True, 0.9
    founded = _FOUNDED.fullmatch(left) and _is_paid_in(group, before)
    if not founded and (terms.BUDGET.search(left) or terms.PRICE.search(left) or is_base(passage, group, left)):
        return None
    own = own_words(passage, group, left)
    return as_standard(passage, group, left, right) or bare_role(passage, group, own, right, before)


def _paid_for_each(passage: Passage, group: Group, left: str, right: str) -> bool:
    """Whether what is counted one by one, or by a standard, is paid so much for each."""
    each = group.items[0].per
    if each and (_ADDED_EACH.search(left) or (_FUNDS_FOR_EACH.search(left) and not terms.BUDGET.search(left))):
        return True
    by_each = _BY_EACH.match(right) or _BY_EACH_LIST.match(passage.text, group.end)
    if (each or EACH.search(left)) and by_each and terms.FOR_RATE.search(left):
        return True
    if terms.FOR_RATE.search(left) and _LIST_BY_STANDARD.match(right) and not SUBJECT_STOCK.search(left):
        return True
    paid = _EACH_PAID.search(re.sub(r"\([^()]*\)", "", left)) and terms.KIND_AFTER.match(right)
    return bool(paid and not terms.PRICE.search(left))


def _is_paid_in(group: Group, before: list[Sum]) -> bool:
    """Whether the sentence of a sum has paid a plain sum already."""
    last = before[-1] if before else None
    return last is not None and last.phrase.sentence == group.phrase.sentence and last.role == "amount"


def _giving(left: str, right: str) -> re.Match[str] | None:
    """The verb of giving that governs a sum to its right, if one does."""
    last = terms.last_match(terms.GIVE, left)
    if last is None:
        return None
    between = left[last.end() :]
    if _CREDIT.search(left, 0, last.end()) or terms.BUDGET.search(between) or terms.PRICE.search(between):
        return None
    stock = terms.STOCK_AFTER.match(right) and not terms.KIND_AFTER.match(right)
    if stock or (terms.RECIPIENT_AFTER.match(right) and (len(between) > NEAR or "的" in between)):
        return None
    if re.search(r"安排|设立|出资", left[: last.start()]) and not terms.STRONG.match(left, last.start()):
        return None
    if terms.STRONG.match(left, last.start()) or _ADJACENT_WEAK.search(left) or terms.KIND_AFTER.match(right):
        return None if _budget_first(left, last) else last
    return None


def _budget_first(left: str, give: re.Match[str]) -> bool:
    """``每年安排最高100万元补助资金``: the governing verb is the budget's, the word of giving only a noun."""
    return (
        bool(
            re.search(
                rf"(?:安排|(?<!新)设立|筹集|列支)(?![^,。;]{{0,10}}的(?:{terms.PAYEE}|[^,。;]{{0,4}}公司|每))[^,。;]{{0,12}}(?<!的)\Z",
                left[: give.start()],
            )
        )
        and give[0] != "给予"
    )
