"""Shares that the phrases beside them pay: told by a standard, a label or a heading, reckoned or bounded there, paid as the one before (LANGUAGE 6.2)."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Found, Group, Sum
from luodi.policy.awards.roles.bare_sums import MAXIMUM_NEXT
from luodi.policy.awards.roles.described_shares import CEILING, LIVING_RATE
from luodi.policy.awards.roles.standards import LIVING
from luodi.policy.passages import Passage, Phrase

# 按交易额分段奖励:100万元以下部分1%,100—500万元部分0.8%: the share of each tier, paid by the label before them.
_OF_TIER = re.compile(
    r"(?:以[上下内]|\d[\d.]*[万亿]?元)的?部分,?(?:按照?|为)?\Z"
    r"|(?:(?:至|到|—|-|~)\d[\d.]*[万亿]?元|元及?以[上下内])(?:\([^()]{1,6}\))?的,?(?:按照?)?\Z"
)
_LABEL_OF_TIERS = re.compile(rf"{terms.KIND}[^,。;:]{{0,6}}:")
# 保费补助:短期险按保费的50%,中长期险30%: the shares behind a label that names the payment.
_LABELLED = re.compile(rf"[^,。;:%\d]{{0,20}}{terms.KIND}(?:(?:标准|比例)(?:分别)?[为是]?)?:(?:[^。;:%元]*%[,、])*")
_YEARS_ARE = re.compile(
    rf"(?:{terms.YEAR_STEP.pattern})(?:的?(?:{terms.KIND})?比例)?均?为\Z"
)  # 前两年为100%,后三年为60%
_KEY_NAME = r"(?!中央|[省市区县镇乡]|地方|各级|财政|其中|个人|企业|自筹)[一-鿿]{2,12}?"
_KEY = re.compile(rf"{_KEY_NAME}(?:按照?|为)?")
# 二级能效产品按售价的15%给予补贴,一级能效产品按20%: the next class, and the verb and base told for the first.
_NEXT_CLASS = re.compile(rf"(?:对于?)?(?![^,]*(?:[年期次批]|[时前后]的?,?按)){_KEY_NAME}的?,?按照?")
_CARRIED_OUT = re.compile(r"(?:的?(?:标准|比例))?(?:按[月季年])?(?:执行|确定|核定|计发|发放|给付)")
# 低保标准按支出的30%确定,2023年为每人每年7800元: the sum is told next.
_SUM_NEXT = re.compile(r"[,。;][^。;%]{0,12}每人每[年月][^。;%]{0,6}\d")
# 护理费,一级为当地月平均工资的50%,三级为40%
_IS_SHARE = re.compile(r"为[^,。;%]{0,14}(?:工资|收入|标准)的\Z")
_IS_TOO = re.compile(r"[^,。;%\d]{2,12}为")
# 抚恤金按本人工资的一定比例发给…。标准为:配偶每月40%,其他亲属每人每月30%,孤儿…基础上增加10%: shares that follow a base told before.
_EACH_SHARE = re.compile(r"(?:\A|[,;:])[^,。;:%\d]{2,16}(?:每[人月年]){1,2}(?:[^,。;%\d]{0,8}基础上增加)?\Z")
_BY_SHARES = re.compile(
    r"(?:抚恤|补助|优待|救助|津贴|养老)金?[^;]{0,24}(?:工资|收入|支出|标准|费用)的(?:一定|下列|相应)比例[^;]*标准[为是]?:[^。;]*\Z"
)
_PAID_AS = re.compile(r"(?:护理|津贴|抚恤|补助|补贴|优待|生活)(?:费|金)?")
# 后两年缴纳税收地方留成部分的50%,由财政扶持企业: a share of what the reader paid in.
_SHARE_OF = re.compile(r"(?:留成|留存|贡献|税收|租金|费用|保费|利息)(?:部分|额|总额)?的\Z")
# 可享受补贴,标准为费用的20%: told behind what is given.
_STANDARD_IS = re.compile(r"标准(?:为|是|按照?|不低于|不超过)+[^,。;%]{1,24}的\Z")
# 补贴标准为,实际缴纳保险费的70%: parted by a comma.
_STANDARD_OPENS = re.compile(rf"{terms.KIND}(?:的)?(?:标准|比例)(?:为|是),\Z")
# 租房补助以实际支付租金为基数,比例为30%; 租金补贴以合同约定租金为依据,按50%计补
_OF_BASE_TOLD = re.compile(
    rf"{terms.KIND}(?:金额|资金|标准)?以[^,。;:%\d]{{2,24}}(?:租金|费用?|额|支出|投入|保费|利息|收入|贡献|价款)作?为(?:计[算补奖])?(?:基数|依据|基准),\Z"
)
_BY_SHARE = re.compile(rf"(?:{terms.KIND})?(?:比例(?:为|是|不超过)|按照?)")
_RECKONED = re.compile(r"(?:的?(?:标准|比例))?(?:计[补算奖发]|核[算定]|执行)?")
# 资助总额不超过申请额度,不超过总投资的30%: of a payment the phrase before speaks.
_LIMITS_PAYMENT = re.compile(rf"{terms.KIND}(?:总额|金额|额度|资金)(?:最高)?(?:不超过|不高于|不得超过)[^,。;%\d]*,\Z")
# 不超过投资的50%或销售额的30%: a second base, paid like the first.
_OR_OF = re.compile(r"(?:的?比例)?(?:或者?|和|及|、|以及)[^,。;、\d%]{2,16}的")
# 对高管的奖励,按贡献的60%: the phrase before names the payment.
_PAYMENT_NAMED = re.compile(rf"的{terms.KIND},\Z")
# 研发费用5%的补助,其中高新技术企业8%: the share of some of those it is paid to.
_AMONG_THEM = re.compile(r"其中,?(?:对于?)?[一-鿿“”]{2,12}(?:按照?|为)?")
# 装修:30%,最高50万元; 首次订单:合同额10%,最高50万元: a label and its share in a leaflet, with the maximum that says it is paid.
_LABEL_ALONE = re.compile(
    r"(?![^:]*(?:率|比例?|比重|股权?|首付|税)[^:]{0,2}:)[^,。;:%\d]{2,14}:(?:按)?(?:[^,。;:%\d]{0,8}(?:额|费用?|租金|投入|投资)的?)?"
)
# 境内展位费补贴100%,境外展位费80%: the next cost, and the verb told for the first.
_COST = re.compile(r"[^,。;:%\d]{1,12}(?:费用?|租金)")
# 补贴比例为10%,关键设备15%,进口设备20%
_RATIO_IS = re.compile(rf"{terms.KIND}(?:比例|标准)(?:为|是)[\d.]+%(?:,[一-鿿]{{2,10}}[\d.]+%){{0,6}},\Z")
_COST_PAID = re.compile(rf"(?:费用?|租金)(?:{terms.KIND})?\Z")
# 5000万元以上的,按8%奖励;1亿元以上的,按10%: the next tier and its share, and nothing else.
_NEXT_TIER = re.compile(r"[^,。;:%]{0,12}\d[^,。;:%]{0,12}(?:以[上下]|之间|以内|部分)(?:\([^()]{1,8}\))?的?,按照?")
# 省级按投资额的15%、最高200万元: the bound beside a share says that it is paid.
_BOUNDED = re.compile(r"\A的?(?:比例)?[、且](?:最高|不超过|最多|上限)[^,。;\d%]{0,8}[\d.]+[万亿]?元")
# 研发补贴。研发费用的5%,每年最高300万元: the heading names the payment, the words of what it is a share.
_PAYMENT_HEADING = re.compile(r"[一-鿿“”()]{2,12}(?:补[贴助]|奖励?|资助|贴息|返还)")
_OF_BASE = re.compile(
    r"(?:按照?)?[^,。;:%\d]{2,20}(?:额|费用?|投入|支出|租金|保费|利息|金额|总价|价款|贡献|留成)(?:部分)?的"
)


def told_beside(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> Found | None:
    """The role of a share that another phrase of its clause hands out; None where none does."""
    start, _ = passage.stretch(clause=group.phrase.clause)
    told = passage.text[start : group.phrase.start]
    if terms.FOR_RATE.search(left) and _CARRIED_OUT.match(right) and _is_of_living(told + left):
        return None if _SUM_NEXT.match(passage.text, group.phrase.end) else ("rate", True, 0.9)
    return (
        _announced(passage, group, told, left, right)
        or _handed_out(passage, group, told, left, right)
        or _like_last(passage, group, left, right, before)
    )


def _announced(passage: Passage, group: Group, told: str, left: str, right: str) -> Found | None:
    """A share that a standard, a label, a heading or a stage tells as a payment."""
    opened, _ = passage.stretch(sentence=group.phrase.sentence)
    if _IS_SHARE.search(left) and not right and _PAID_AS.search(told + left):
        return "rate", True, 0.8
    if not right and _EACH_SHARE.search(f",{left}") and _BY_SHARES.search(passage.text, 0, group.start):
        return "rate", True, 0.8
    if _STANDARD_OPENS.search(told) and left.endswith("的") and not right:
        return "rate", True, 0.8
    if _STANDARD_IS.search(left) and terms.GIVE.search(told):
        return "rate", False, 0.8
    if (terms.STAGE.search(left[-8:]) or _YEARS_ARE.search(left)) and terms.GIVE.search(told):
        return "rate", False, 0.9
    if not right and _labelled(passage, opened, group.start) and (terms.FOR_RATE.search(left) or _KEY.fullmatch(left)):
        return "rate", True, 0.9
    alone = not right and _LABEL_ALONE.fullmatch(passage.text, opened, group.start)
    if alone and MAXIMUM_NEXT.match(passage.text, group.end):
        return "rate", True, 0.8
    headings = (passage.heading, *passage.above.split(" "))
    if not right and _OF_BASE.fullmatch(left) and any(map(_PAYMENT_HEADING.fullmatch, headings)):
        return "rate", True, 0.9
    if _OF_TIER.search(left) and _LABEL_OF_TIERS.search(passage.text, opened, group.start):
        return "rate", True, 0.9
    return None


def _handed_out(passage: Passage, group: Group, told: str, left: str, right: str) -> Found | None:
    """A share by which something is reckoned, bounded or paid in a phrase beside it."""
    by_share, ceiling = terms.FOR_RATE.search(left), CEILING.search(left)
    by = by_share or ceiling or _SHARE_OF.search(left)
    if by and (_BOUNDED.search(right) or _followed_by_giving(passage, group.phrase)):
        return "rate", False, 1.0
    if by_share and _PAYMENT_NAMED.search(told):
        return "rate", False, 0.9
    if ceiling and terms.LEVEL.match(left) and re.match(r"且(?:最高)?不超过[\d.]+", right):
        return "rate", False, 0.9
    if ceiling and _LIMITS_PAYMENT.search(told):
        return "rate", False, 0.9
    if _OF_BASE_TOLD.search(told) and _BY_SHARE.fullmatch(left) and _RECKONED.fullmatch(right):
        return "rate", True, 0.9
    return None


def _like_last(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> Found | None:
    """A share that is paid as the one before it is: of some among those, of another cost, of the next tier."""
    last = before[-1] if before else None
    if not last or last.role != "rate":
        return None
    like: Found = ("rate", last.gives, 0.9)
    among = last.phrase.clause == group.phrase.clause and not right
    if among and (_AMONG_THEM.fullmatch(left) or (_IS_SHARE.search(last.left) and _IS_TOO.fullmatch(left))):
        return like
    goes_on = last.phrase.sentence == group.phrase.sentence and last.phrase.clause >= group.phrase.clause - 1
    if goes_on and not right and last.gives and _NEXT_CLASS.fullmatch(left):
        return like
    if among and _KEY.fullmatch(left) and _RATIO_IS.search(passage.text, 0, group.phrase.start):
        return like
    if among and _COST.fullmatch(left) and _COST_PAID.search(last.left):
        return "rate", last.gives, 0.8
    start, _ = passage.stretch(clause=group.phrase.clause)
    if not right and _NEXT_TIER.fullmatch(passage.text, start, group.start):
        return like if last.phrase.clause == group.phrase.clause - 1 else None
    if last.phrase == group.phrase and _OR_OF.fullmatch(passage.text[last.end : group.start]):
        return like
    return None


def _labelled(passage: Passage, opened: int, end: int) -> bool:
    """Whether the sentence begins with a label that names a payment, and tells only shares since."""
    at = _LABELLED.match(passage.text, opened, end)
    return at is not None and not re.search("[。;]", passage.text[at.end() : end])


def _is_of_living(words: str) -> bool:
    return bool(LIVING.search(words) or LIVING_RATE.search(words))


def _followed_by_giving(passage: Passage, phrase: Phrase) -> bool:
    """Whether the next phrases of the clause hand out what this phrase measures."""
    for other in passage.phrases:
        if other.clause == phrase.clause and other.start > phrase.start:
            words = passage.phrase_text(other)
            if terms.GIVE.search(words) or terms.CAP_WORD.search(words):
                return True
    return False
