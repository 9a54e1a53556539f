"""What is lent or deposited and paid to nobody (LANGUAGE 6.10): loans, credit, and bounds on them."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Group, Sum
from luodi.policy.passages import Passage

# 贴息贷款额度不超过200万元: how much is lent.
LOAN_AMOUNT = re.compile(
    r"(?:贷款|转贷|借款|授信)(?:额度|额|金额|本金|总额|余额|规模)(?:最高|最多|一般|原则上)*"
    r"(?:不超过|不高于|不得超过|可?(?:[由从][^,。;]{1,16})?(?:提高|提升|上调|调整|增加)(?:到|至|为))\Z"
)
# 单户100万元以内的贷款: how much is lent.
_LENT = re.compile(r"以内(?:、[^,。;%]{2,16}以内)?的(?:各类|小额)?(?:贷款|借款|授信|融资)")
# 个人可申请最高30万元创业担保贷款;小微企业最高400万元: the clause before speaks of loans alone.
_LENT_BEFORE = re.compile(
    rf"(?:(?!{terms.KIND})[^。])*?(?:最高|最多|不超过)[\d.]+[万亿]?元(?:的)?[^,。;\d]{{0,10}}贷款(?:(?!{terms.KIND})[^。;])*;\Z"
)
# 不超过500万元贷款利率的全额贴息: interest is paid, not lent.
OF_INTEREST = re.compile(r"[^,。;\d]{0,12}(?:利率|利息)的?[^,。;\d]{0,4}贴息")
# 给予最高30万元,贷款期限最长3年的创业担保贷款: the loan is named behind its term.
_LOAN_BEHIND = re.compile(r",(?:贷款|担保)期限[^,。;]{0,20}贷款(?!贴息|利息|补)")
# 给予不低于5000万元的政府性资金存款支持: what is deposited.
_DEPOSITED = re.compile(r"(?:以[上内])?的?[^,。;、\d]{0,10}存款(?!利[息率])")
# 享受最高200万元的小额担保贷款扶持: what is lent.
_LOAN_GIVEN = re.compile(r"的?[^,。;、\d]{0,8}(?:贷款|借款|授信)(?:扶持|支持)(?=[,。;]|\Z)")


# 创业担保贷款及贴息。个人最高额度30万元,小微企业最高400万元
_LOAN_HEADING = re.compile(r"贷款(?!贴息|补|奖|利息)")
_CREDIT_LINE = re.compile(r"(?:最高额度|额度(?:为|最高|不超过|上限)*)[\d.]*(?:[万亿]?元[^。;]*)?\Z")


def is_lent(passage: Passage, group: Group, right: str) -> bool:
    """Whether the words behind a sum say that it is lent or deposited."""
    return bool(_DEPOSITED.match(right) or _LOAN_GIVEN.match(right) or _LOAN_BEHIND.match(passage.text, group.end))


def bounds_loan(passage: Passage, group: Group, right: str, before: list[Sum]) -> bool:
    """``对创业贷款,个人最高30万元``: what the clause bounds is the loan it speaks of, not a payment."""
    if _LENT.match(right) or re.match(r",(?:贷款|还款|借款)(?:期限|利率|期)", passage.text[group.end : group.end + 6]):
        return True
    start, _ = passage.stretch(clause=group.phrase.clause)
    told = passage.text[start : group.start]
    if not re.search(terms.KIND, told) and _LENT_BEFORE.match(
        passage.text, passage.stretch(sentence=group.phrase.sentence)[0], start
    ):
        return True
    if any(one.phrase.clause == group.phrase.clause for one in before) or re.search(terms.KIND, told):
        return False
    if _LOAN_HEADING.search(passage.heading) and _CREDIT_LINE.search(told):
        return True
    return bool(
        re.search(
            r"(?:贷款|授信|担保|融资)(?:额度?|金额|规模)?(?:,|(?:对?(?:个人|[^,。;\d]{0,4}企业))?(?:最高|最多|不超过))",
            told,
        )
        or re.search(
            r"贷款(?:额度|金额|限额)(?!内)[^。;贴补奖]*\Z|转贷(?!费)[^,。;:\d]{0,4}[:,][^,。;:\d]{0,8}\Z"
            r"|单[笔户](?:转贷|贷款|借款)(?:最高|最多|不超过)*\Z",
            told,
        )
    )
