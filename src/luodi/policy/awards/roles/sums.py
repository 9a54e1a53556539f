"""The sums and rates of a passage, each with its role: an amount, a cap, a rate, a ceiling on a share, or a case.

Fines, deductions, payment schedules, money taken back and the past are left out here; what else is no award is told in
:mod:`luodi.policy.awards.roles.money` and :mod:`luodi.policy.awards.roles.rates`.
"""

from __future__ import annotations

import re
from itertools import pairwise

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Found, Group, Sum
from luodi.policy.awards.numbers.numbers import find_groups
from luodi.policy.awards.roles.cap_words import counted_for
from luodi.policy.awards.roles.cases import find_cases, is_headed
from luodi.policy.awards.roles.money import money_role
from luodi.policy.awards.roles.no_longer import find_taken_out, is_no_longer
from luodi.policy.awards.roles.only_told import is_only_told
from luodi.policy.awards.roles.rates import BORNE_BY_POOL, BY_VOUCHER, rate_role
from luodi.policy.awards.roles.reports import find_reports
from luodi.policy.awards.roles.share_parts import without_parts
from luodi.policy.awards.roles.standards import LIVING
from luodi.policy.passages import Passage

# No word farther than this from a number governs it.
_REACH = 240
# 每月发给保健费十元, 按月计发: words of giving that are about payments without any other.
_HANDED_OUT = re.compile(
    r"发给[^,。;]{0,12}[费金]|发放[^,。;\d]{0,12}[费金](?=\d)|[加计]发|[增发]发[^,。;]{0,8}(?:退役金|补助金|奖金)|增发\d"
    r"|颁发[^,。;]{0,12}\d|支付[^,。;]{0,6}护理费|护理费[^,。;]{0,40}支付|抚恤金|补[一-鿿]{1,2}费\d"
    r"|元,分[一二两三四五\d]年[^,。;]{0,14}(?:发放|兑现)|发放[^,。;\d]{0,6}(?:\d[\d.]*元[^,。;\d]{0,6}券|[^,。;\d]券,每)"
)
# 每吨补贴50元,其中区财政承担30元: who bears how much of a sum told before.
_BORNE = re.compile(r"(?:承担|负担|分担)\Z")
# 问:能贷多少? 单户最高300万元: how much is lent.
_ASKS_LOAN = re.compile(r"(?:能|可以?|最高)贷款?多少|贷款?(?:最高)?额度[^?]*\?")
# 罚款金额在15万元以下的,按罚款金额的1%奖励; 追缴赃款的10%发给奖金: what a reward to those who report is measured by.
# 定额扣减税费,并按每招用1人给予5000元: what is given besides.
_BESIDES = re.compile(r",(?=(?:并|同时|另外?|此外)(?:[按给对再可]|一次性|奖励)[^,。;])")
_OF_FINE = re.compile(
    r"(?:罚没?款|罚没|追缴)[^,。;\d]{0,6}?(?:在\d[^,。;]*?(?=的,按[^。;]*奖)|的\d[\d.]*[%‰](?=[^,。;]{0,6}(?:给予|发给|奖)))"
)
# How far before a number the word of a payment schedule may stand.
_SCHEDULED = 24
# 首期拨付合同额的40%,最高不超过15万元: the cap of an instalment.
_ONLY_CAP = re.compile(r"(?:且|并)?(?:最高|最多|金额|总额|不超过|不高于|上限为?)+")
_HOW_PAID = re.compile(rf"[^,。;:\d]{{0,6}}(?:{terms.KIND}|发放|拨付|兑现|支付)方式:")
# 结构封顶后拨付补助总额的50%,竣工后拨付50%
_PART_OF_WHOLE = re.compile(rf"(?:支付|拨付|兑现|发放)(?:{terms.KIND})(?:资金)?(?:总额|总金额)的\d[\d.]*%")
_PAID_PART = re.compile(rf"(?:支付|拨付|兑现|发放)(?:{terms.KIND})?(?:资金|总额|金额)?的?\Z")
_IN_STAGES = re.compile(r"(?:阶段|环节|分期|分批|分次|分步|分年度?|分[一二两三四五\d]年)(?:分别|逐步)?(?:进行)?拨付")
# 由100元提高到120元: the old sum is paid no more.
_RAISED_AFTER = re.compile(
    r"(?:/[^,。;]{1,6})?(?:[^,。;\d]{0,4}(?:补[助贴]|奖励|津贴))?[,、]?(?:最高|统一|大幅|逐步)*"
    r"(?:提高?|提升|上调|调整|增加|调高|改|改变|变)(?:到|至|为)"
)
# 提标所需资金由市与区县按比例负担,省级财政补助2300万元; 名额未用足则统筹使用,补助总额120万元: the money there is, not who is paid.
_MONEY_NEEDED = re.compile(
    r"所需(?:的)?[^,。;\d]{0,6}(?:资金|经费)[^,。;]{0,8}(?:由|从|按|列入|纳入)(?![^,。;]*的,)|统筹使用,(?:补[助贴]|奖励|资助)总额\Z"
)
_SOURCE = re.compile(r"(?:资金|经费)(?:的)?(?:来源|渠道|筹[集措])")
# 筹资标准为每人每年1030元,其中个人缴费380元,财政补助650元: what is paid into a fund.
_PAID_IN = re.compile(r"筹资标准|(?:个人|居民)缴费(?:标准)?(?:为|每人|达到|同步|提高)*\d")
# 分别比2017年提高了7290元: how much more than before. 每月增加补助5元,达到每月35元: the whole is told next.
_MORE_THAN_BEFORE = re.compile(
    r"比(?:20\d\d年|去年|上年|原标准|原来)度?(?:分别)?(?:提高|提升|增加|增长|上涨|上调)了?\Z"
)
_UP_TO_NEXT = re.compile(r",(?:调整后|提高后)?(?:达到|达)(?:每[人户]?每?[年月])")
# 申报条件:贷款不低于100万元、不超过3000万元
# 同一企业同一年度获得本专项资金累计不超过N: no word of payment, yet a bound on all that one may have.
_OF_ALL_RECEIVED = re.compile(
    r"(?:同一|单[个一家]|每[家个])[^,。;\d]{0,16}(?:获得?|享受)[^,。;\d]{0,12}资金[^,。;\d]{0,6}(?:总额|累计|合计)?[^,。;\d]{0,6}(?:不超过|最高)"
)
_CONDITIONS = re.compile(
    r"(?:\(?[一二三四五六\d]+[.、)])?(?:申报|申请|申领|享受|支持|认定|准入|基本|补贴|奖励|补助|资助|设立)*(?:条件|资格)(?:和?要求)?:"
)
_GIVEN = re.compile("给予")
# 申报条件:…。每培育1家奖励3万元。: a later sentence that pays, while 获得奖励10万元以上 is demanded.
_GIVEN_PLAINLY = re.compile(
    rf"{_GIVEN.pattern}|(?<![获得到受过])(?:奖励|补[助贴]|资助)[^,。;\d]{{0,10}}\d(?![^,。;]*以[上下])"
)
# 按每亩3000元建设,其中中央财政补助1200元,省级补助800元: which levels bear it.
_LEVELS_BEAR = re.compile(r"其中,?(?:由)?(?:中央|省|市|区|县)级?财政(?:补助|补贴|安排|投入|负担|承担)[^。;]*\Z")
# 出口额同比增长10%以上的企业: who is paid, nothing of the past.
_GROWTH_DEMANDED = re.compile(
    r"比(?:上年度?(?:同期)?)?(?:增长|增加|提高|提升|上升|下降|减少)\d[\d.]*%(?:\([^()]{1,6}\))?(?:及?以[上下]|的)"
)
# 申请条件:1.…⏎2.…⏎奖补标准:…: the next field of a card, behind the list of the one before.
_STANDARD_LABEL = re.compile(rf"{terms.KIND}(?:标准|金额|额度|内容|方式):")
# 按高级工1500元(三级)、技师2000元(二级)的标准给予: a remark that says the last name once more.
_NAME_BEHIND = re.compile(r"\A\([^()\d,。;]{1,8}\)(?=的?标准)")
# 全年补助不超15万元, 单户≤30万元: short for 不超过, by which caps are known.
_SHORT_MAXIMUM = re.compile(r"(?:不超|≤)\Z")
# 其余每家0.5万元, 其余企业给予100万元: the others, where grades have been told.
_THE_OTHERS = re.compile(
    rf"其余的?(?:{terms.PAYEE}|等[级次])?(?:均|各|分别|为|按|每[一-鿿](?:每[年月])?|一次性)*(?:给予|奖励|奖|补助|补贴|资助|支持)?\Z"
)
# 补助金额不超过自筹资金的50%: what is paid, measured by what the applicant puts in.
_MEASURED_BY_OWN = re.compile(
    rf"(?:按照?|(?:{terms.KIND})(?:金额|额度|总额|资金)[^,。;%\d]{{0,6}}(?:不超过|最高))[^,。;%\d]*自筹资金(?:投入|部分|总?额)?的?\Z"
)
_PAID_OUT = re.compile(r"拨付|兑现|支付|验收|考核(?:合格|通过)?后|首[次期付年]|次年|第[一二三]年|当年|分期|分批|尾款")
_FIRST_PART = re.compile(r"先行?(?:给予|奖励|补助|拨付|兑现|发放)*\Z")
_GIVEN_NEXT = re.compile(
    r",(?:给予)[^,。;\d]{0,6}(?:奖|补|资助)|(?:的标准)?,向[^,。;\d]{2,14}申[报请领][^,。;\d]{0,6}(?:奖|补|资助)"
)
_MADE_UP = re.compile(r"(?:再|后)[^。]{0,24}(?:补齐|补足|兑现剩余|拨付剩余)")


def find_sums(passage: Passage) -> list[Sum]:
    """The sums of a passage that are paid or bound a payment, in text order."""
    about = f"{passage.text}{passage.lead_in}{passage.heading}{passage.above} {passage.document.titles}"
    titled = passage.heading.endswith("奖") or is_headed(passage)
    if not titled and not any(
        words.search(about)
        for words in (
            terms.AWARD,
            LIVING,
            terms.PAID_FOR,
            terms.BRIEFLY_GIVEN,
            _OF_ALL_RECEIVED,
            _HANDED_OUT,
            BY_VOUCHER,
        )
    ):
        return []
    found: list[Sum] = []
    if any(_SOURCE.fullmatch(heading) for heading in (passage.heading, *passage.above.split(" "))):
        return []
    groups = find_groups(passage)
    taken_out = [*find_taken_out(passage.text), *_vetoed_parts(passage, groups)]
    instalment = -1
    for group in groups:
        if _is_condition(passage, group) or any(low <= group.start < high for low, high in taken_out):
            continue
        left = _left(passage, group)
        if group.phrase.clause == instalment and _ONLY_CAP.fullmatch(left):
            continue
        scheduled = terms.SCHEDULE.search(left[-_SCHEDULED:]) and not _is_last_tier(passage, group, left, found)
        if scheduled or _is_instalment(passage, group, left):
            instalment = group.phrase.clause
            continue
        one = _sum(passage, group, left, found)
        if one is not None:
            found.append(one)
    # 上一轮政策奖励20万元,新政策提高到30万元: an old sum says what the new one is, and is none itself.
    of_others = list(find_reports(passage.text)) if found else []
    found = without_parts(
        [one for one in found if not any(low <= one.items[0].start < high for low, high in of_others)]
    )
    return sorted([*found, *find_cases(passage, found)], key=lambda one: one.start)


def _is_condition(passage: Passage, group: Group) -> bool:
    """Whether a label, a heading or the line above says that these are conditions: a sum there says who, not how much."""
    sentence, _ = passage.stretch(sentence=group.phrase.sentence)
    told = (
        _CONDITIONS.match(passage.text)
        or _CONDITIONS.match(passage.text, sentence)
        or any(_CONDITIONS.fullmatch(f"{title}:") for title in (passage.heading, *passage.above.split(" ")))
        or (_CONDITIONS.fullmatch(passage.lead_in) and not _STANDARD_LABEL.match(passage.text))
    )
    start, end = passage.stretch(clause=group.phrase.clause)
    given = _GIVEN if _CONDITIONS.match(passage.text, sentence) else _GIVEN_PLAINLY
    return bool(told) and not given.search(passage.text, start, end)


def _left(passage: Passage, group: Group) -> str:
    """The words before a number that may govern it."""
    start = group.floor if group.bracketed else group.phrase.start
    return passage.text[max(start, group.start - _REACH) : group.start].rpartition("封顶、")[
        2
    ]  # 甲类500万元封顶、乙类200万元封顶


def _is_instalment(passage: Passage, group: Group, left: str) -> bool:
    """``按两个阶段分别拨付,甲阶段拨付50万元``, ``补贴方式:满1个月后支付补贴50%``: when the sums of an award are paid out."""
    start, _ = passage.stretch(sentence=group.phrase.sentence)
    told = _HOW_PAID.match(passage.text, start) or _PART_OF_WHOLE.search(passage.text, start, group.end)
    if told and _PAID_PART.search(left):
        return True
    return bool(re.search(r"拨付\Z", left) and _IN_STAGES.search(passage.text, start, group.start))


def _is_last_tier(passage: Passage, group: Group, left: str, before: list[Sum]) -> bool:
    """``优秀每家2万元,良好每家1万元,其余每家0.5万元``: what all others have, behind two tiers or more, is no remainder to be paid out."""
    start, end = passage.stretch(sentence=group.phrase.sentence)
    tiers = [one for one in before if one.phrase.sentence == group.phrase.sentence and one.role in ("amount", "rate")]
    paid_out = _PAID_OUT.search(passage.text, start, end)
    return bool(_THE_OTHERS.search(left)) and sum(len(one.items) for one in tiers) > 1 and not paid_out


def _sum(passage: Passage, group: Group, left: str, before: list[Sum]) -> Sum | None:
    text = passage.text
    right = text[group.end : min(group.ceiling, group.end + _REACH)]
    right = _NAME_BEHIND.sub("", right)
    right = (_given_next(passage, group, left) or right) if right in ("", "的标准") else right
    start, _ = passage.stretch(clause=group.phrase.clause)
    if (
        _vetoed(left)
        or (group.money and _ASKS_LOAN.search(passage.lead_in) and not re.search(terms.KIND, left + right))
        or _MORE_THAN_BEFORE.search(left)
        or is_only_told(passage, group, left, right, before)
        or _UP_TO_NEXT.match(text, group.end)
        or is_no_longer(passage, group, left)
        or _MONEY_NEEDED.search(text, passage.stretch(sentence=group.phrase.sentence)[0], group.start)
        or (
            _LEVELS_BEAR.search(text, start, group.start)
            and re.search(r"(?:中央|[省市区县])级?(?:财政)?[^,。;\d、]{2,4}\Z", left)
        )
        or (
            _BORNE.search(left)
            and not BORNE_BY_POOL.search(left)
            and any(one.phrase.sentence == group.phrase.sentence for one in before)
        )
        or _in_advance(passage, group, left)
        or (_RAISED_AFTER.match(text, group.end) and re.search(r"由|从|原", left))
    ):
        return None
    role = _role(passage, group, left, right, before)
    if role is None:
        return None
    name, gives, confidence = role
    left = counted_for(passage, group) + left if name == "cap" else left
    return Sum(
        name,
        group.items,
        group.start,
        group.end,
        group.phrase,
        _SHORT_MAXIMUM.sub("不超过", left),
        right,
        gives,
        group.is_range,
        group.bracketed,
        confidence * (0.9 if group.inferred else 1.0),
    )


def _role(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> Found | None:
    if group.bracketed and group.items[0].key:  # 按8%(智能化项目10%): as the value that the remark stands behind
        first = before[-1] if before and before[-1].start < group.start else None
        told = max((item.end for item in first.items if item.end < group.start), default=None) if first else None
        near = told is not None and "(" not in passage.text[told : group.floor - 1]
        return (first.role, first.gives, 0.9) if first and near else None
    return (money_role if group.money else rate_role)(passage, group, left, right, before)


def _given_next(passage: Passage, group: Group, left: str) -> str:
    """``按1500元/分钟,给予一次性奖励``: the phrase that hands out what this one measures."""
    measured = group.items[0].per and terms.FOR_RATE.search(left)
    told = _GIVEN_NEXT.match(passage.text, group.end) if measured else None
    return told[0] if told else ""


def _in_advance(passage: Passage, group: Group, left: str) -> bool:
    """``先给予30万元,上市后按上述标准补齐``: part of a sum told before."""
    _, end = passage.stretch(sentence=group.phrase.sentence)
    return bool(_FIRST_PART.search(left) and _MADE_UP.search(passage.text, group.end, end))


def _vetoed_parts(passage: Passage, groups: list[Group]) -> list[tuple[int, int]]:
    """Clauses of fines and of what is paid into a fund, and what of a clause deducts: no support for those who read."""
    vetoed = []
    for clause in {group.phrase.clause for group in groups}:
        start, end = passage.stretch(clause=clause)
        words = _without_asides(passage.text[start:end])
        if terms.FINE.search(words) or _PAID_IN.search(words):
            vetoed.append((start, end))
        elif terms.DEDUCTION.search(words):
            cuts = [start, *(at.start() for at in _BESIDES.finditer(passage.text, start, end)), end]
            parts = [(low, high, _without_asides(passage.text[low:high])) for low, high in pairwise(cuts)]
            vetoed += [(low, high) for low, high, told in parts if terms.DEDUCTION.search(told)]
    return vetoed


def _without_asides(words: str) -> str:
    words = re.sub(r"\([^()]*\)", "", words)  # (扣除发行费用) says what a base leaves out
    return _OF_FINE.sub("", BY_VOUCHER.sub("", words))


def _vetoed(left: str) -> bool:
    """The past, money taken back and money of the applicant's own."""
    return bool(
        re.search(
            r"(?<!可)(?<!可申请)获得?(?:国家|中央|部|省|市|级|各类|各级|各|、)+(?:专项|项目)?(?:基金|资金)(?:资助|支持|补助)\Z",
            left,
        )
        or re.search(r"有望(?:获得?|拿到|得到)[^,。;\d]{0,6}\Z", left)  # what somebody may have in the news
        or (re.search(r"自[筹有]资金[^,。;]{0,8}\Z|自[费付筹]\Z", left) and not _MEASURED_BY_OWN.search(left))
        or (terms.HISTORY.search(_GROWTH_DEMANDED.sub("", left)) and "给予" not in left)
        or re.search(r"(?:专项|补助|引导)资金(?:规模|总额)?(?:增加|提高|扩大|增)[到至]\Z", left)  # a fund that grows
        or re.search(
            r"\d个?[^,。;\d]{0,8}(?:项目|企业|平台)(?:共|累计)?获得?[^,。;\d]{0,10}(?:资金|奖励|补助)(?:共|约)?\Z", left
        )
        or re.search(r"\d[家个名户][^,。;\d]{0,8}(?:共|累计|合计)(?:获得?|得到|领取)[^,。;\d]{0,8}\Z", left)
        or re.search(r"[全各本][市县区省](?!级)[^,。;\d]{2,16}(?:奖补|奖励|补助)(?:资金)?(?:共计|合计|总计)\Z", left)
        or re.search(
            r"(?:已经?|曾)(?:按[^,。;\d]{2,10})?(?:获得?|享受|领取)[过了]?(?:[省市区县]级?)?(?:补[助贴]|奖励|资助|资金)?\Z",
            left,
        )
        or re.search(r"(?:扣减|核减|扣罚)[^,。;\d]{0,8}\Z", left)  # 未完成的扣减工作经费5万元
        or re.search(r"追回|退回|收回|扣回|递[减增][至到]\Z|递减\Z|(?:共计|总共)可?(?:获得?|享受)\Z", left)
        or (left.endswith("递增") and not terms.UNIT_AFTER_PER.search(left))
    )
