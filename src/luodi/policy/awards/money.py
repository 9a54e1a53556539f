"""What a sum of money is for: an amount that is paid, a cap, or no award (LANGUAGE 6.2, 6.10).

The test: is the number governed by a word of payment in its own phrase? A number to the left of ``的,`` is a condition; a
fund, a loan, a price and the money put in are no awards.
"""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers import Found, Group, Sum
from luodi.policy.passages import Passage

_SUBJECT_STOCK = re.compile(
    r"(?<!补助)(?<!补贴)(?<!奖励)(?<!资助)规模|贷款|使用额度|授信|担保|融资额|借款|投资额|合同额|销售|营业|收入|资产|面积|注册|保额|保险金额|人数|数量|年限|股权|股份|价|成本|建设周期|造价|注册资本|单笔投资|投资\Z|租金标准|房租标准|(?:培训|会议|住宿|评审|咨询|检测|服务)费标准"
)
_STANDARD = re.compile(
    rf"{terms.KIND}(?:资金)?(?:标准|金额|额度)\Z|{terms.KIND}(?:金|资金)?的?(?:标准|金额|额度|资金)?(?:统一|一般|分别)?(?:为|是|按)[^,。;]{{0,12}}\Z"
    rf"|{terms.KIND}金?每[人户名生家](?:每[月年天日次])?\Z"
    rf"|每[^,。;\d每]{{1,6}}{terms.KIND}(?:资金|金)\Z|(?:安家费|抚慰金|科研启动(?:费|经费|金))(?:标准)?为?\Z"
    # 奖励标准3A级为5万元
    rf"|{terms.KIND}(?:资金)?标准:?[^,。;:的]{{1,8}}为\Z"
)
LIVING = re.compile(
    r"(?:低保|特困人员|孤儿|保障|养育|生活|饮食|救助|护理|抚恤|优待|供养)(?:(?!认定|准入|收入)[^,。;]){0,8}标准"
)
# 可享受度电补贴,标准为0.4元/千瓦时: a sum for each unit of what the clause pays.
_STANDARD_OF = re.compile(r"(?<!收费)(?<!租金)标准(?:为|是)\Z")
_LIVING_STANDARD = re.compile(rf"{LIVING.pattern}[^,。;]{{0,10}}\Z")
# 5亿元(含)至10亿元的奖励100万元: the bounds of a tier.
_TIER_AFTER = re.compile(
    r"\([^()]{1,8}\)(?:至|到|—|-|~)\d|(?:\([^()]{1,8}\))?的(?:一次性)?(?:给予|奖励|补助|补贴|资助)[^,。;\d]{0,6}\d"
)
# 给予5000元以上奖金: the least that is paid.
_AT_LEAST = re.compile(r"以上的?(?:一次性)?(?:奖金|奖励|补助|补贴|救助金?|慰问金|资助)(?=[,。;]|\Z)")
# 自付1万元以内(含1万元)的给予50%, 500万元以内部分, 500万元以内、500万元以上的: the bound of a tier, where nothing is handed out
# before it.
_WITHIN = re.compile(
    r"(?:以内|之内)(?:\([^()]{1,12}\))?(?:的(?:部分)?,?(?:一次性)?(?:按|给予|予以|奖励|补助|补贴|资助|救助)[^,。;\d]{0,6}\d"
    r"|的?部分|、[^,。;]{0,8}\d[^,。;]{0,40}以上)"
)
# 每发放1亿元贷款: the step that a sum is counted for, not the sum.
_STEP = re.compile(
    r"每再?(?:新?(?:上|登上|跨上|迈上)一?个|新?增加?|发放|投放|完成|实现|销售|出口|进口|投入|递增|超出|超过?)[^,。;\d家个项人名台套户件的]{0,6}\Z"
)
# 按每200万元奖励1万元: a step of what is measured, paid by the sum behind it.
_STEP_PAID = re.compile(r"(?:的)?(?:给予|奖励|补助|补贴)[^,。;\d]{0,6}\d")
# 每人每月1500元, without a verb, under a heading of payments.
_EACH_TIME = r"每(?:人|户|家|生|名|(?:张)?床位?)(?:每?(?:月|年|学年|学期|次|天))?"
_PER_HEAD = re.compile(
    rf"(?:{_EACH_TIME}|每[一-鿿]{{2,4}}一年)(?:(?:工作|生活|交通|岗位)(?:经费|补贴|津贴|补助))?(?:标准)?为?\Z"
)
_CARRIED_OUT = re.compile(r"(?:的?标准)?(?:执行|发放|计发|落实)?|(?:、[^,。;、\d]{2,12}[\d.]+[万亿]?元)+")
# 运营补贴:自理老人每床每月100元: the label names the payment.
_LABELLED = re.compile(rf"(?:{terms.PAID_FOR.pattern})[^,。;:\d]{{0,8}}:[^:。]*\Z")
# 每人每月提高至1900元; 每人每年提高960元,达到每人每年9960元: what is paid from now on.
_RAISED_EACH = re.compile(
    rf"{_EACH_TIME}(?:统一)?(?:提高|提升|上调|调整|增加|调高)(?:到|至|为)\Z|元,(?:调整后|提高后)?(?:达到|达|为){_EACH_TIME}\Z"
)
# 发放高龄津贴,每人每月不低于300元: the least that each is paid.
_GIVEN_EACH = re.compile(rf"{_EACH_TIME}(?:不低于|不少于)\Z")
_PAYS = re.compile(
    r"(?:发放|给予|享受)[^,。;\d]{0,8}(?:津贴|补贴|补助|救助|慰问金?)[^。;]*\Z"
    r"|(?:补贴|补助|津贴|慰问|救助)金?(?:标准)?(?:,|(?:按|为)[^。;]*,)(?:其中)?[^,。;]*\Z"
)
# 父母奖励金每人每月100元: the noun of payment stands before whom it counts.
_EACH_OF_PAYMENT = re.compile(rf"{terms.KIND}(?:金|费|资金)?(?:标准)?(?:为|是|按)?{_EACH_TIME}\Z")
_NOT_FOR_EACH = re.compile(r"认定标准|准入|收入|(?<!不)低于|收费|价格|租金|缴费|筹资|人均(?:补差|支出|消费)[^,。;]*\Z")
# 每人每月200元、300元(中度、重度)给予…: a remark behind the sums names whom each is for.
_BY_EACH = re.compile(
    r"\A(?:\([^()]{1,30}\))?(?:人民币)?(?:的)?(?:标准)?(?:[、,](?:最多|最高)?不超过[\d.]+(?:平方米|个月|个|人|亩|年)的?(?:标准)?|、(?:最高|最多|不超过)+[\d.]+[万亿]?元的?(?:标准)?)?,?(?:给予|予以|补助|补贴|奖励|资助|发放)"
)
# 20人以下的按每人120元、50人以上的按每人300元的标准给予…: the last of them is handed out, and so is each before.
_BY_EACH_LIST = re.compile(
    r"\A(?:、[^,。;]{2,24}?按照?每[^,。;\d]{1,8}[\d.]+[万亿]?元){1,5}的?(?:标准)?,?(?:给予|予以|补助|补贴|奖励|资助|发放)"
)
_EACH = re.compile(r"每(?!年|月)(?:[\d.]+[万亿]?[^,。;:\d]{1,4}|[^,。;:\d]{1,8})\Z")
_RAISED_TO = re.compile(
    r"(?:标准|金额|额度)[^。;]{0,30}(?:提高|提升|上调|调整|增加|调高)(?:到|至|为)(?:每[^,。;\d]{1,8})?(?:不低于|不少于)?\Z"
)
# 人均公共卫生服务经费补助标准提高至89元: what the budget gives for each, not what each is paid.
_PUBLIC_COST = re.compile(r"(?:人均|生均)[^,。;]{0,14}(?:经费|财政)(?:补助)?(?:标准|定额)?[^,。;]{0,12}\Z")
# 2024年前建成的每站最高500万元: a bound counted for each of what is paid for.
_FOR_EACH_ONE = re.compile(r"的,?每[^,。;\d]{1,3}(?:最高|最多|不超过)+\Z")
# 每月增加补助5元,达到每月35元: what is paid in all.
_RAISED_UP = re.compile(
    rf"(?:增加|提高){terms.KIND}(?:金|标准)?[\d.]+元,(?:调整后|提高后)?(?:达到|达|为)每[人户]?每?[年月]\Z"
)
# 科普基地省级10万元,市级5万元: levels in a row, each with its sum.
_OF_LEVEL = re.compile(r"(?:国家|省|市|区|县)级的?\Z")
_NEXT_LEVEL = re.compile(r"[,、;](?:省|市|区|县)级的?[\d.]+[万亿]?元")
# 创业资助:1万元: the label is the payment.
_LABEL_PAYS = re.compile(rf"{terms.KIND}(?:金|资金)?(?:标准)?:\Z")
_PRIZE_MONEY = re.compile(r"奖金(?:分别|各|均|为|是)*\Z")
_ADJACENT_WEAK = re.compile(
    r"(?:支持|扶持|发放|领取|享受|提供|拨付|兑现|报销|申领|发给)(?:企业|单位|个人|资金|其|每[^,\d]{1,8}|不超过|最高|一次性|可达|总额|额度|为|最高不超过)*"
    rf"(?:[^,。;\d]{{0,8}}{terms.PAYMENT})?\Z"
)
# 贴息贷款额度不超过200万元: how much is lent.
_LOAN = re.compile(
    r"贷款(?:额度|金额|本金|总额|余额|规模)(?:最高|最多|一般|原则上)*(?:不超过|不高于|不得超过|(?:[由从][^,。;]{1,16})?(?:提高|提升|上调|调整|增加)(?:到|至|为))\Z"
)
# 单户100万元以内的贷款: how much is lent.
_LENT = re.compile(r"以内(?:、[^,。;%]{2,16}以内)?的(?:各类|小额)?(?:贷款|借款|授信|融资)")
# 不超过500万元贷款利率的全额贴息: interest is paid, not lent.
_OF_INTEREST = re.compile(r"[^,。;\d]{0,12}(?:利率|利息)的?[^,。;\d]{0,4}贴息")
_BY_EACH_TOO = re.compile(r",[^,。;\d]{2,16}按每[^,。;\d]{1,8}\d[^,。;]*(?:给予|予以|奖|补)")
# 一等奖8万元: a prize is money that is won, without a verb.
_PRIZE = re.compile(
    r"(?:(?:[特一二三四]等|金|银|铜|优秀|优胜)奖|冠军|亚军|季军|第[一二三四五六]名)(?:各|均|分别|为|:)*\Z"
)
# 按每张床位保费120元,由财政补贴80%: what the insurance costs.
_PREMIUM = re.compile(r"(?:保费|保险费)(?:标准)?为?\Z")
# Under 租房补贴 or 奖励标准 a key and its sum are an award (博士每月2000元); not under 申报条件 within it.
_TITLED = re.compile(
    r"(?:补贴|补助|奖励|资助|津贴|奖补|救助|慰问)(?:金|资金|费)?(?:标准|额度|金额)?(?:\Z| )|(?:支持|扶持)标准(?:\Z| )"
)
_OTHER_TITLE = re.compile(r"条件|材料|程序|流程|对象|范围|来源|要求|监督|管理|目标|预算|审核|拨付|兑现")
_KEY_ONLY = re.compile(r"(?:(?!预算|[达超满需应可由将从为按不以占第在])[^,。;:\d的]){1,12}(?:为|各|:)?")
_NEAR = 16
_CAP_GIVE = re.compile(
    r"最高(?:可)?(?:一次性)?(?:给予|奖励|奖补|补助|补贴|资助|支持|扶持|贴息|返还|发放)[^,。;\d元]{0,12}\Z"
)
# 法人机构(含总行):200万元; 市级的,10万元: the key of a sum in a phrase of its own.
_LABEL = re.compile(r"(?:\A|[。;:])(?P<key>[^,。;:元%]{2,24}?(?:\([^()]*\))?)(?::|的,)\Z")
_NAMES_PAYMENT = re.compile(rf"{terms.KIND}(?:资金)?(?:标准|金额|额度)?(?:分别|如下|为)*[。:;]?\Z")
_NO_PAYMENT = re.compile(r"注册|保证金|押金|投资|产值|收入|销售|纳税|贡献|贷款|价|资产|资本|规模|面积|利润|成本|缴")
_FUND_AFTER = re.compile(r"\A(?:的|左右的?)?[^,。;\d]{0,6}?(?:资金|经费)(?!补|奖|支持|扶|资助)")


def money_role(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> Found | None:
    """The role of a list of sums; ``left`` and ``right`` are its own words, ``before`` the sums already told."""
    give = _giving(left, right)
    if _only_measured(left, right, give):
        return None
    capped = bool(terms.CAP_BEFORE.search(left) or _CAP_GIVE.search(left) or terms.INSIDE_AFTER.match(right))
    capped = capped or _capped_before(passage, group, before)
    if give is not None:
        return "cap" if capped else "amount", True, 1.0
    if terms.STOCK_AFTER.match(right) and not terms.KIND_AFTER.match(right):
        return ("cap", True, 0.9) if capped and _OF_INTEREST.match(right) else None
    if capped:
        return _bounding(passage, group, left, right, before)
    by_each = _BY_EACH.match(right) or _BY_EACH_LIST.match(right)
    if (group.items[0].per or _EACH.search(left)) and by_each and terms.FOR_RATE.search(left):
        return "amount", True, 0.9
    if terms.BUDGET.search(left) or terms.PRICE.search(left):
        return None
    return _as_standard(passage, group, left, right) or _bare_role(
        passage, group, _own(passage, group, left), right, before
    )


def _only_measured(left: str, right: str, give: re.Match[str] | None) -> bool:
    """Whether a sum only tells who or how much: a threshold, the bounds of a tier, a step that is counted, a loan."""
    if _LOAN.search(left) or (_PREMIUM.search(left) and not terms.KIND_AFTER.match(right)):
        return True
    if give and _AT_LEAST.match(right):
        return False
    if terms.THRESHOLD_AFTER.match(right) or _TIER_AFTER.match(right) or (give is None and _WITHIN.match(right)):
        return True
    compared = None if terms.CAP_BEFORE.search(left) else terms.COMPARED_BEFORE.search(left)
    at_least = bool(compared and re.search(r"不低于|不少于|至少", compared[0]))
    by_standard = terms.FOR_RATE.search(left) and terms.BY_STANDARD.match(right)
    near = give and len(left) - give.end() <= _NEAR
    if compared and not (at_least and (by_standard or near or _GIVEN_EACH.search(left) or _RAISED_TO.search(left))):
        return True
    return bool(_STEP.search(left) or (left.endswith("每") and _STEP_PAID.match(right)))


def _own(passage: Passage, group: Group, left: str) -> str:
    """The words of its phrase before a sum, from the number before it on."""
    return passage.text[max(group.floor, group.start - len(left)) : group.start]


def _bounding(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> Found | None:
    """A sum behind a word for a maximum: it bounds a payment, unless it is lent or supplied."""
    if _of_loans(passage, group, before) or _LENT.match(right):
        return None
    if terms.KIND_AFTER.match(right) and not terms.RECIPIENT_AFTER.match(right) and "安排" not in left:
        return "cap", False, 0.9
    if _FOR_EACH_ONE.search(left) and any(one.phrase.sentence == group.phrase.sentence for one in before):
        return "cap", False, 0.9
    words = _own(passage, group, left) if group.floor > group.phrase.start else left
    return ("cap", False, 1.0) if _cap_subject(words, group) else None


def _as_standard(passage: Passage, group: Group, left: str, right: str) -> Found | None:
    """A sum that a standard, a noun of payment or a heading of payments tells, without a verb of giving."""
    start, _ = passage.stretch(clause=group.phrase.clause)
    clause = passage.text[start : group.start]
    if _RAISED_UP.search(clause):
        return "amount", True, 0.9
    if _PUBLIC_COST.search(clause):
        return None
    if not left and not right and _LABEL_PAYS.search(clause):
        return "amount", True, 0.8
    if _RAISED_TO.search(clause) or _PRIZE_MONEY.search(left):
        return "amount", True, 0.9
    counted = group.items[0].per or _EACH.search(left)
    if counted and _STANDARD_OF.search(_EACH.sub("", left)) and re.search(terms.KIND, clause):
        return "amount", True, 0.8
    told = passage.text[group.end : group.phrase.end + _NEAR]
    by_standard = terms.FOR_RATE.search(re.sub(r"\([^()]*\)", "", left)) and (
        terms.BY_STANDARD.match(told) or (_EACH.search(left) and _goes_on(passage, group))
    )
    if by_standard or _STANDARD.search(left) or _LIVING_STANDARD.search(left):
        return "amount", True, 0.9
    if terms.KIND_AFTER.match(right) and not terms.RECIPIENT_AFTER.match(right) and not _FUND_AFTER.match(right):
        return "amount", True, 0.9
    return ("amount", True, 0.8) if _for_each(passage, group, left, right, clause) else None


def _for_each(passage: Passage, group: Group, left: str, right: str, clause: str) -> bool:
    """``每人每月A元`` without a verb of giving, under a heading, a line or a label that names a payment."""
    each = (
        _PER_HEAD.search(left)
        or _GIVEN_EACH.search(left)
        or _RAISED_EACH.search(clause)
        or re.match("[人户床]/[年月]", group.items[0].per or "")
    )
    if not each or not _CARRIED_OUT.fullmatch(right) or _NOT_FOR_EACH.search(clause):
        return False
    start, _ = passage.stretch(sentence=group.phrase.sentence)
    named = terms.PAID_FOR.search(passage.heading + passage.above + passage.lead_in)
    told = passage.text[start : group.start]
    named = named or _EACH_OF_PAYMENT.search(left) or LIVING.search(told)
    return bool(named or _LABELLED.search(told) or _PAYS.search(told))


def _goes_on(passage: Passage, group: Group) -> bool:
    """``甲分别按每分钟A,乙分别按每分钟B给予奖补``: what the next phrase hands out is measured in the same way."""
    _, end = passage.stretch(clause=group.phrase.clause)
    return bool(_BY_EACH_TOO.match(passage.text[group.phrase.end : end]))


def _capped_before(passage: Passage, group: Group, before: list[Sum]) -> bool:
    """``最高1000万元租金、200万元物业费``: the bound holds for the whole list."""
    if not before or before[-1].phrase != group.phrase or before[-1].role != "cap":
        return False
    return bool(re.fullmatch(r"[^,。;\d]{1,6}[、和及]", passage.text[before[-1].end : group.start]))


def _giving(left: str, right: str) -> re.Match[str] | None:
    """The verb of giving that governs a sum to its right, if one does."""
    last = terms.last_match(terms.GIVE, left)
    if last is None:
        return None
    between = left[last.end() :]
    if terms.BUDGET.search(between) or terms.PRICE.search(between):
        return None
    stock = terms.STOCK_AFTER.match(right) and not terms.KIND_AFTER.match(right)
    if stock or (terms.RECIPIENT_AFTER.match(right) and (len(between) > _NEAR or "的" in between)):
        return None
    if re.search(r"安排|设立|出资", left[: last.start()]) and not terms.STRONG.match(left, last.start()):
        return None
    if terms.STRONG.match(left, last.start()) or _ADJACENT_WEAK.search(left) or terms.KIND_AFTER.match(right):
        return None if _budget_first(left, last) else last
    return None


def _budget_first(left: str, give: re.Match[str]) -> bool:
    """``每年安排最高100万元补助资金``: the governing verb is the budget's, the word of giving only a noun."""
    return bool(re.search(r"(?:安排|设立|筹集|列支)[^,。;]{0,12}\Z", left[: give.start()])) and give[0] not in (
        "给予",
        "予以",
    )


def _of_loans(passage: Passage, group: Group, before: list[Sum]) -> bool:
    """``对创业贷款,个人最高30万元``: what the clause bounds is the loan it speaks of, not a payment."""
    start, _ = passage.stretch(clause=group.phrase.clause)
    told = passage.text[start : group.start]
    if any(one.phrase.clause == group.phrase.clause for one in before) or re.search(terms.KIND, told):
        return False
    return bool(
        re.search(
            r"(?:贷款|授信|担保|融资)(?:额度?|金额|规模)?(?:,|(?:对?(?:个人|[^,。;\d]{0,4}企业))?(?:最高|最多|不超过))",
            told,
        )
    )


def _cap_subject(left: str, group: Group) -> bool:
    """Whether what is bounded is a payment: its own noun says so, or nothing else is named."""
    own = terms.CAP_WORD.sub("", left)
    if re.search(r"安排|设立|出资|提供", own):
        return False
    kinds = [at.end() for at in terms.AWARD.finditer(own)]
    stocks = [at.end() for at in _SUBJECT_STOCK.finditer(own)]
    if stocks and (not kinds or kinds[-1] < stocks[-1]):
        return False
    if kinds or terms.LEVEL.search(own) or terms.TOTAL.search(own) or terms.YEARLY_CAP.search(own):
        return True
    rest = re.sub(r"\A(?:且|并|但|其中|原则上|一般|标准|额度|金额|资金|每人|每年|年度|单个|即|各|分别)*", "", own)
    return len(re.sub(r"[、和及与]|分别|为|\([^()]*\)", "", rest)) <= 8 or group.bracketed


def _bare_role(passage: Passage, group: Group, own: str, right: str, before: list[Sum]) -> Found | None:
    """``一等奖100万元,二等奖50万元``, ``法人机构:200万元``: a short key and its sum, after a verb that was said once."""
    start, _ = passage.stretch(sentence=group.phrase.sentence)
    head = passage.text[start : group.phrase.start]
    label = _LABEL.search(head)
    key = own + (label["key"] if label else "")
    if len(own) > 26 or not re.fullmatch(r"(?:\([^()]*\))?(?:[/(].*)?(?:(?:的)?(?:奖励|补助|补贴|资助).*)?", right):
        return None
    if not key or _NO_PAYMENT.search(key):
        return None
    same = [one for one in before if one.phrase.sentence == group.phrase.sentence and one.role in ("amount", "cap")]
    told = _introduction(passage, head, start, labelled=label is not None)
    by_level = _OF_LEVEL.search(own) and _NEXT_LEVEL.match(passage.text, group.end)
    if not same and told is None and (_PRIZE.search(own) or by_level or _is_titled(passage, own, right)):
        told = ""
    if not same and (told is None or terms.BUDGET.search(told) or terms.PRICE.search(told)):
        return None
    capped = bool(same and same[-1].role == "cap" and not _bounds_share(same[-1], before)) or bool(
        told and re.search(r"(?:不超过|最高)[^,。;\d]{0,10}(?:标准|额度)?:?\Z", told)
    )
    return "cap" if capped else "amount", True, 0.8


def _bounds_share(cap: Sum, before: list[Sum]) -> bool:
    """Whether a maximum bounds a share of its own clause: what comes next is no maximum for that."""
    return any(one.role == "rate" and one.phrase.clause == cap.phrase.clause for one in before)


def _introduction(passage: Passage, head: str, start: int, *, labelled: bool) -> str | None:
    """What says that the bare sums behind it are paid: the head of their sentence, the line or sentence above; None if nothing does."""
    introduced = re.search(r"(?:其中|如下|以下|标准|分别|档|等级|即)[^。;]{0,14}[:,]", head) or head.endswith(":")
    lead = head if introduced and terms.AWARD.search(head) else ""
    above = passage.lead_in if not head and terms.AWARD.search(passage.lead_in) else ""
    if lead or above:
        return lead + above
    earlier = passage.text[:start] or passage.lead_in or passage.heading
    return earlier if labelled and _NAMES_PAYMENT.search(earlier) else None


def _is_titled(passage: Passage, own: str, right: str) -> bool:
    """Whether the heading names a payment, and the words before a sum are but a key (``博士每月``)."""
    titles = f"{passage.heading} {passage.above}"
    return bool(
        _TITLED.search(titles)
        and not _OTHER_TITLE.search(titles)
        and _KEY_ONLY.fullmatch(own)
        and re.fullmatch(r"(?:\([^()]*\))?", right)
    )
