"""Sums that a standard, a noun of payment or a heading tells, without a verb of giving (每人每月1500元)."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Found, Group
from luodi.policy.passages import Passage

_STANDARD = re.compile(
    rf"{terms.KIND}(?:资金)?(?:标准|金额|额度)\Z|{terms.KIND}(?:金|费|资金)?的?(?:标准|金额|额度|资金)?(?:统一|一般|分别)?"
    rf"(?:确?定为|设为|调整为|为|是|按)[^,。;]{{0,12}}\Z"
    rf"|{terms.KIND}金?每[人户名生家](?:每[月年天日次])?\Z"
    rf"|每[^,。;\d每]{{1,6}}{terms.KIND}(?:资金|金)\Z|(?:安家费|抚慰金|科研启动(?:费|经费|金))(?:标准)?为?\Z"
    # 资助经费400万元
    r"|资助(?:直接)?(?:经费|金额)(?:约|为|每[项年人])*\Z"
    # 奖励标准3A级为5万元
    rf"|{terms.KIND}(?:资金)?标准:?[^,。;:的]{{1,8}}为\Z"
)
LIVING = re.compile(
    r"(?:低保|特困人员|孤儿|保障|养育|生活|饮食|救助|护理|抚恤|优待|供养|养老金)(?:(?!认定|准入|收入)[^,。;]){0,8}标准"
)
# 可享受度电补贴,标准为0.4元/千瓦时: a sum for each unit of what the clause pays.
_STANDARD_OF = re.compile(
    r"(?<!收费)(?<!租金)标准(?:为|是|不低于|不少于)\Z|\A(?:其中,?)?20\d\d年(?:度?(?:至|到|—|-|~|、)20\d\d年)*度?(?:为|按照?)\Z"
)
_LIVING_STANDARD = re.compile(rf"{LIVING.pattern}[^,。;]{{0,10}}\Z")
# 每人每月1500元, without a verb, under a heading of payments.
_EACH_TIME = r"每(?:人|户|家|生|名|(?:张)?床位?)(?:每?(?:月|年|学年|学期|次|天))?"
# 搬迁补助费按照建筑面积每平方米20元计算: a fee that is paid, by what it is counted for.
_FEE_BY = re.compile(rf"{terms.KIND}(?:费|金|资金)?(?:标准)?按照?[^,。;%]{{0,30}}每[^,。;\d]{{1,8}}\Z")
_COUNTED = re.compile(r"的?(?:标准)?(?:计算|计付|计发|计|支付|给付|发放|核算|执行)")
# 具体标准在每生每年2000元—4500元范围内确定
_STANDARD_IN = re.compile(rf"标准(?:可)?在(?:{_EACH_TIME})?\Z")
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
GIVEN_EACH = re.compile(rf"{_EACH_TIME}(?:不低于|不少于)\Z")
_PAYS = re.compile(
    r"(?:奖励|资助|补助)[^,。;\d]{0,4}\d+万?[名人户][^,。;]*,[^,。;]*\Z"
    r"|(?:发放|给予|享受)[^,。;\d]{0,8}(?:津贴|补贴|补助|救助|慰问金?)[^。;]*\Z"
    r"|(?:补贴|补助|津贴|慰问|救助)金?(?:标准)?(?:,|(?:按|为)[^。;]*,)(?:其中)?[^,。;]*\Z"
)
# 父母奖励金每人每月100元: the noun of payment stands before whom it counts.
_EACH_OF_PAYMENT = re.compile(
    rf"(?:{terms.KIND}(?:金|费|资金)?|(?:优待|抚恤|扶助|护理|保健|长寿|安置|养育|供养)(?:金|费))(?:标准)?(?:为|是|按)?{_EACH_TIME}\Z"
)
# 国家助学金平均3300元/生/年, 免学费每生每年2400元
_SCHOLARSHIP = re.compile(rf"(?:[奖助]学金|免学费)(?:平均|标准)?(?:为)?(?:{_EACH_TIME})?\Z")
# 按最低工资的30%,为600元/月: the standard that a share comes to.
_COMES_TO = re.compile(r"(?:按照?[^,。;%]{0,24}[\d.]+%[^,。;%]{0,8},)(?:即|为|折合)+(?:每人)?(?:每[年月])?\Z")
# 护理费按每人每天50元的标准支付
_PAID_BY_STANDARD = re.compile(r"的?标准(?:支付|计付|结算)(?=[,。;]|\Z)")
_FEE_OF_CARE = re.compile(rf"{terms.KIND}|(?:护理|照料|安葬|丧葬|伙食|生活|交通)费")
_NOT_FOR_EACH = re.compile(r"认定标准|准入|收入|(?<!不)低于|收费|价格|租金|缴费|筹资|人均(?:补差|支出|消费)[^,。;]*\Z")
EACH = re.compile(r"每(?!年|月)(?:[\d.]+[万亿]?[^,。;:\d]{1,4}|[^,。;:\d]{1,8})\Z")
RAISED_TO = re.compile(
    r"(?:标准|金额|额度|(?:优待|抚恤|扶助|护理|保健|长寿|安置|养老)金|补贴|津贴|补助)(?<!增加补助)(?<!提高补助)[^。;]{0,30}"
    r"(?:提高|提升|上调|调整|增加|调高)(?:到|至|为)(?:每[^,。;\d]{1,8})?(?:不低于|不少于)?\Z"
)
# 人均公共卫生服务经费补助标准提高至89元: what the budget gives for each, not what each is paid.
_PUBLIC_COST = re.compile(r"(?:人均|生均)[^,。;]{0,14}(?:经费|财政)(?:补助)?(?:标准|定额)?[^,。;]{0,12}\Z")
# 按每床每年120元标准,由财政资助80%: of what a share is paid.
_SHARED_NEXT = re.compile(r"的?标准,由[^,。;\d%]{2,16}(?:资助|补贴|补助|承担|负担)[\d.]+%")
# 呼援服务费每户每月20元,低保对象由财政全额资助
_FEE = re.compile(r"费(?:标准)?为?每[^,。;\d]{1,6}\Z")
_PAID_FOR_THEM = re.compile(r",[^,。;\d%]{0,16}由[^,。;\d%]{0,8}全额(?:资助|补贴|补助)")
# 每月增加补助5元,达到每月35元: what is paid in all.
_RAISED_UP = re.compile(
    rf"(?:增加|提高){terms.KIND}(?:金|标准)?[\d.]+元,(?:调整后|提高后)?(?:达到|达|为)每[人户]?每?[年月]\Z"
)
# 创业资助:1万元: the label is the payment.
_LABEL_PAYS = re.compile(rf"{terms.KIND}(?:金|资金)?(?:标准)?:\Z")
_PRIZE_MONEY = re.compile(r"奖金(?:分别|各|均|为|是)*\Z")
_BY_EACH_TOO = re.compile(
    r"(?:[,、]|且)(?:[^,。;\d]{2,16}按每[^,。;\d]{1,8}|(?P<bound>(?:每|单|同一|总额)[^,。;\d]{0,12}(?:最高|最多|不超过|不高于)[^,。;\d]{0,6}))"
    r"[\d.]+[万亿]?元(?P<gives>(?:的标准,)?[^,。;]*(?:给予|奖|补))?"
)
# 原种基地每亩3000元,良种基地每亩1000元,验收后给予补助: a list of what each is given, which its last phrase hands out.
GIVEN_LAST = re.compile(
    rf"(?:[,、;][^。;、\d]{{0,20}}每[^,。;、年月\d]{{1,4}}[\d.]+[万亿]?元)*(?:的?标准)?,[^,。;\d元%]{{0,24}}"
    rf"(?:给予)[^,。;\d元%]{{0,8}}{terms.KIND}(?=[,。;]|\Z)"
)
_NO_PAYMENT = re.compile(r"租金|房租|价|成本|收入|产值|造价|投资|缴|收费|利润|产出|费(?:用)?每")
NEAR = 16
_FUND_AFTER = re.compile(r"\A(?:的|左右的?)?[^,。;\d]{0,6}?(?:资金|经费)(?!补|奖|支持|扶|资助)")


def as_standard(passage: Passage, group: Group, left: str, right: str) -> Found | None:
    """A sum that a standard, a noun of payment or a heading of payments tells, without a verb of giving."""
    start, _ = passage.stretch(clause=group.phrase.clause)
    clause = passage.text[start : group.start]
    if _RAISED_UP.search(clause):
        return "amount", True, 0.9
    if _PUBLIC_COST.search(clause):
        return None
    if not left and not right and _LABEL_PAYS.search(clause):
        return "amount", True, 0.8
    if (
        _COMES_TO.search(clause)
        and (named := passage.heading + passage.above + clause)
        and not _NOT_FOR_EACH.search(clause)
    ):
        return ("amount", True, 0.9) if terms.PAID_FOR.search(named) or LIVING.search(named) else None
    if _PAID_BY_STANDARD.match(right) and _FEE_OF_CARE.search(clause) and not _NOT_FOR_EACH.search(clause):
        return "amount", True, 0.9
    if RAISED_TO.search(clause) or _PRIZE_MONEY.search(left):
        return "amount", True, 0.9
    if group.is_range and _STANDARD_IN.search(left) and re.match("的?(?:范围|幅度|区间|之间)", right):
        return "amount", True, 0.9
    if group.is_range and re.match("(?:/每?[^,。;\\d]{1,4})?不等", right) and _varies(passage, group, left):
        return "amount", True, 0.9
    counted = group.items[0].per or EACH.search(left)
    if counted and _STANDARD_OF.search(EACH.sub("", left)) and re.search(terms.KIND, clause):
        return "amount", True, 0.8
    told = passage.text[group.end : group.phrase.end + NEAR]
    by_standard = terms.FOR_RATE.search(re.sub(r"\([^()]*\)", "", left)) and (
        terms.BY_STANDARD.match(told) or (counted and _goes_on(passage, group))
    )
    if by_standard or _STANDARD.search(left) or _LIVING_STANDARD.search(left):
        return "amount", True, 0.9
    if _FEE_BY.search(left) and _COUNTED.fullmatch(right):
        return "amount", True, 0.9
    if terms.KIND_AFTER.match(right) and not terms.RECIPIENT_AFTER.match(right) and not _FUND_AFTER.match(right):
        return "amount", True, 0.9
    if terms.FOR_RATE.search(left) and terms.SHARE_NEXT.match(passage.text, group.end):
        return "amount", True, 0.9
    if EACH.search(left) and GIVEN_LAST.match(passage.text, group.end) and not _NO_PAYMENT.search(left):
        return "amount", True, 0.8
    return ("amount", True, 0.8) if _for_each(passage, group, left, right, clause) else None


def _varies(passage: Passage, group: Group, left: str) -> bool:
    """``补贴额从500元到1.1万元不等;联合收割机分为3000元到1.8万元不等``: a payment that the sentence names."""
    start, _ = passage.stretch(sentence=group.phrase.sentence)
    named = re.search(rf"{terms.KIND}(?:资金|金)?(?:额|标准|金额)?", passage.text[start : group.start])
    return bool(named) and not _NO_PAYMENT.search(left)


def is_base(passage: Passage, group: Group, left: str) -> bool:
    """``按每床每年120元标准,由财政资助80%``, ``服务费每月20元,由财政全额资助``: what something costs, of which a share is paid."""
    if terms.GIVE.search(left):
        return False
    fee = _FEE.search(left) and _PAID_FOR_THEM.match(passage.text, group.end)
    return bool(fee or _SHARED_NEXT.match(passage.text, group.end))


def _for_each(passage: Passage, group: Group, left: str, right: str, clause: str) -> bool:
    """``每人每月A元`` without a verb of giving, under a heading, a line or a label that names a payment."""
    each = (
        _PER_HEAD.search(left)
        or GIVEN_EACH.search(left)
        or _RAISED_EACH.search(clause)
        or re.match("[人户床生](?:/?[年月]|\\Z)", group.items[0].per or "")
    )
    if not each or not _CARRIED_OUT.fullmatch(right) or _NOT_FOR_EACH.search(clause):
        return False
    start, _ = passage.stretch(sentence=group.phrase.sentence)
    named = terms.PAID_FOR.search(passage.heading + passage.above + passage.lead_in + passage.document.titles)
    told = passage.text[start : group.start]
    named = named or _EACH_OF_PAYMENT.search(left) or LIVING.search(told) or _SCHOLARSHIP.search(left)
    return bool(named or _LABELLED.search(told) or _PAYS.search(told))


def _goes_on(passage: Passage, group: Group) -> bool:
    """``甲分别按每分钟A,乙分别按每分钟B给予奖补``, ``按每分钟A,每部最高B的标准给予``: what the next phrase or the sentence hands out."""
    start, _ = passage.stretch(sentence=group.phrase.sentence)
    _, end = passage.stretch(clause=group.phrase.clause)
    told = passage.text[group.end : end]
    at = _BY_EACH_TOO.match(told) if told.startswith("且") else _BY_EACH_TOO.match(passage.text[group.phrase.end : end])
    return bool(at and (at["gives"] or (at["bound"] and terms.GIVE.search(passage.text, start, group.start))))
