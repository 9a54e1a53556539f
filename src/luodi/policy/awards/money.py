"""What a sum of money is for: an amount that is paid, a cap, or no award (LANGUAGE 6.2, 6.10).

The test: is the number governed by a word of payment in its own phrase? A number to the left of ``的,`` is a condition; a
fund, a loan, a price and the money put in are no awards.
"""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.bare_sums import bare_role
from luodi.policy.awards.cap_words import bounds_counted, comes_to, goes_on_raising, measure_of, raises_bound
from luodi.policy.awards.least_paid import is_least_paid
from luodi.policy.awards.lending import LOAN_AMOUNT, OF_INTEREST, bounds_loan, is_lent
from luodi.policy.awards.number_groups import Found, Group, Sum
from luodi.policy.awards.numbers import LEAST
from luodi.policy.awards.standards import EACH, GIVEN_EACH, NEAR, RAISED_TO, as_standard, is_base
from luodi.policy.passages import Passage

_SUBJECT_STOCK = re.compile(
    r"面值|(?<!补助)(?<!补贴)(?<!奖励)(?<!资助)规模|贷款|使用额度|授信|担保|融资额|借款|投资额|合同额|销售|营业|收入|资产|面积|注册|保额|保险金额|人数|数量|年限|股权|股份|(?<!补贴单)(?<!补助单)价|成本|建设周期|造价|注册资本|单笔投资|投资\Z|租金标准|房租标准|(?:培训|会议|住宿|评审|咨询|检测|服务)费标准"
)
# 5亿元(含)至10亿元的奖励100万元: the bounds of a tier.
_TIER_AFTER = re.compile(
    r"\([^()]{1,8}\)(?:至|到|—|-|~)\d|(?:\([^()]{1,8}\))?的(?:一次性)?(?:给予|奖励|补助|补贴|资助)[^,。;\d(]{0,6}\d"
)
# 到账额500万元(含)至2000万元的,按2%: a range that ends its phrase tells who.
_RANGE_OF_WHO = re.compile(r"(?:\([^()]{1,8}\))?的")
# 1亿元(含)—5亿元,最高500万元: a tier, paid by the sum in the next phrase; 10亿元至20亿元奖励20万元: by the sum right behind it.
_TIER_PAID_NEXT = re.compile(
    rf"(?:\([^()]{{1,12}}\))?(?:,(?:一次性)?(?:最高|最多|不超过|给予|予以|{terms.KIND})[^,。;\d]{{0,8}}|(?:一次性)?(?:给予|奖励|补助|补贴|资助))\d[\d.]*[万亿]?元"
)
# 申请在5万元以内的,按实际费用补助: whose costs are paid as they are.
_AS_IT_COST = re.compile(r"(?:\([^()]{1,12}\))?以内的,按(?:照)?(?:实际|据实)")
# 合同额5000万元,补贴1%: how much is measured, paid by the share in the next phrase.
_MEASURE = re.compile(r"(?:额|收入|产值|投资|销售)(?:为|在)?\Z")
_SHARE_NEXT = re.compile(r",(?:按|给予|补[助贴]|奖励)\d[\d.]*[%‰]")
# 给予5000元以上奖金: the least that is paid.
_AT_LEAST = re.compile(r"以上的?(?:一次性)?(?:奖金|奖励|补助|补贴|救助金?|慰问金|资助)(?=[,。;]|\Z)")
# 给予1万元以下奖励: the most.
_AT_MOST = re.compile(r"以下的?(?:一次性)?(?:奖金|奖励金?|补助|补贴|救助金?|慰问金|资助)(?=[,。;]|\Z)")
# 自付1万元以内(含1万元)的给予50%, 500万元以内部分, 500万元以内、500万元以上的: the bound of a tier, where nothing is handed out
# before it.
_WITHIN = re.compile(
    r"(?:\([^()]{1,12}\))?(?:以内|之内)(?:\([^()]{1,12}\))?(?:的(?:部分)?,?(?:一次性)?(?:按|给予|予以|奖励|补助|补贴|资助|救助)[^,。;\d]{0,6}\d"
    r"|的?部分|、[^,。;]{0,8}\d[^,。;]{0,40}以上)"
)
# 每发放1亿元贷款: the step that a sum is counted for, not the sum.
_STEP = re.compile(
    r"每(?:同比)?再?(?:新?(?:上|登上|跨上|迈上)一?个|[新净]?增[加长]?|发放|投放|完成|实现|销售|出口|进口|投入|递增|超出|超过?)[^,。;\d家个项人名台套户件的]{0,6}\Z"
)
# 按每200万元奖励1万元: a step of what is measured, paid by the sum behind it.
_STEP_PAID = re.compile(r"(?:的)?(?:给予|奖励|补助|补贴)[^,。;\d]{0,6}\d")
# 每人每月200元、300元(中度、重度)给予…: a remark behind the sums names whom each is for.
_BY_EACH = re.compile(
    r"\A(?:\([^()]{1,30}\))?(?:人民币)?(?:[两二三四五]个?档)?(?:的)?(?:标准)?(?:[、,](?:(?:最[多高大长])?不超过|最[多高大长])[\d.]+(?:平方米|平米|m2|个月|个|人|亩|年)的?(?:标准)?|、(?:最高|最多|不超过)+[\d.]+[万亿]?元的?(?:标准)?|[、,](?:最[多高])?不超过[^,。;%\d]{2,12}的?\d[\d.]*%)?,?(?:一次性)?(?:给予|予以|补助|补贴|补差|奖励|资助|发放|向[^,。;\d]{2,14}申[报请领])"
)
# 20人以下的按每人120元、50人以上的按每人300元的标准给予…: the last of them is handed out, and so is each before.
_BY_EACH_LIST = re.compile(
    r"(?:[、,][^,。;]{2,24}?(?:(?:按照?)?每[^,。;\d]{1,8}[\d.]+[万亿]?元|(?<!\d)[\d.]+[万亿]?元(?:/[^,。;、\d/]{1,3}){1,2})){1,5}的?(?:标准)?,?(?:给予|予以|补助|补贴|奖励|资助|发放)"
)
# 按首飞1000万元、后续每次200万元的标准给予: a list of names and sums that its last words hand out.
_LIST_BY_STANDARD = re.compile(
    r"(?:、[^,。;、\d]{1,12}[\d.]+[万亿]?元(?:/[^,。;\d]{1,4})?){1,5}的?标准,?(?:分别)?(?:一次性)?(?:给予|予以|奖励|补助|补贴|资助|发放)"
)
# 新增就业每人4500元培训补助: counted for each, whatever is new.
_EACH_PAID = re.compile(r"(?:\A|[,;])(?![^,]*(?:安排|设立|筹集|列支|投入))[^,。;\d]*每[人户家名]\Z")
# 2024年前建成的每站最高500万元: a bound counted for each of what is paid for.
_FOR_EACH_ONE = re.compile(r"的,?每[^,。;\d]{1,3}(?:最高|最多|不超过)+\Z")
_ADJACENT_WEAK = re.compile(
    r"(?:支持|扶持|发放|领取|享受|提供|拨付|兑现|报销|申领|发给)(?:企业|单位|个人|资金|经费|其|每[^,\d]{1,8}|不超过|最高|一次性|可达|总额|额度|为|最高不超过)*"
    rf"(?:[^,。;\d]{{0,8}}{terms.PAYMENT})?\Z"
)
# 年度限额不低于3000元: how low a limit may be set.
_LEAST_LIMIT = re.compile(r"(?:限额|上限|封顶线)(?:原则上)?(?:不低于|不少于|不得低于)\Z")
# 近三年获得补助不超过50万元的企业: who has received little, not how much is paid.
_RECEIVED = re.compile(
    r"(?:(?:近|连续)[一二两三四五\d]年|上一?年度?|此前|以前年度)内?[^,。;\d]{0,8}(?:获得?|享受|取得|得到)[^,。;]*\Z"
)
_CREDIT = re.compile(r"(?:融资|信贷|金融)支持\Z")  # 提供融资支持1万亿元: what is lent
# 日租金按每平方米1.2元以内据实计算: how dear the rent may be that a share is paid of.
_RENT = re.compile(r"(?:[日月年]租金|租金(?:标准|单价|水平))(?:按照?|在|为)?(?:每[^,。;\d]{1,8})?\Z")
_OF_RENT_WITHIN = re.compile(r"以内(?:的?(?:据实|按|部分|(?:给予|予以)?全额|\d[\d.]*%)|\Z)")
# 最高奖励金额提高100万元: by how much a maximum is raised.
_RAISES_BY = re.compile(r"(?:最高[^,。;\d]{0,8}(?:金额|额度)|上限|限额)(?:再|分别)?(?:提高|增加|上浮)\Z")
# 每月每平方米40元以内的全额租金补贴: the same where the rent is named behind it.
_OF_AREA = re.compile(r"每(?:平方米|平米|㎡|亩|间|套)(?:每[天日月年])?\Z")
_RENT_BEHIND = re.compile(r"以内的?(?:给予|予以)?全额(?:租金|房租)")
# 按每张床位保费120元,由财政补贴80%: what the insurance costs.
_PREMIUM = re.compile(r"(?:保费|保险费)(?:标准)?为?(?:每[^,。;\d]{1,3})?\Z")
# 按能繁母猪保险金额2000元/头的标准给予保费补贴: for how much one is insured.
_INSURED = re.compile(r"(?:保险金额|保额)(?:标准)?为?(?:每[^,。;\d]{1,3})?\Z")
# 补贴资金5000元/辆: so much for each; a plain sum of funds is what was handed out in all.
_FUNDS_FOR_EACH = re.compile(r"(?:奖励|补[助贴]|资助)资金(?:标准)?(?:为|是|按)?\Z")
# 每年发放不超过5000万元“算力券”: how many are let out, to nobody in particular.
_VOUCHERS = re.compile(r"的?“?[一-鿿]{1,6}券")
_LET_OUT = re.compile(r"(?:\A|年|共|总计|累计)(?:发放|投放|安排)[^,。;]*\Z")
# 给予租金补贴,: what the sums behind it bound.
_GIVEN_BEFORE = re.compile(rf"(?:给予|予以|发放|享受)[^,。;\d]{{0,12}}{terms.KIND}[^。;]*,")
# 面积不足500平方米的最高10万元: whom the maximum is for.
_OF_THAT_SIZE = re.compile(
    r"\A(?:[^,。;]{0,16}\d[^,。;的]*?(?:以[上下内]|不足[\d.]+[^,。;\d的]{1,5})|[^,。;\d]{0,12}(?:不足|低于|小于)[\d.]+[^,。;\d的]{1,5})"
    r"(?:\([^()]{1,8}\))?的,?(?=(?:最高|最多|不超过)(?:给予|奖励|补助|补贴)?\Z)"
)
# 每造另增加100元/亩
_ADDED_EACH = re.compile(r"[另再]增加\Z")
# 设立不超过400万元的专项补助资金
_FOUNDED_WITH = re.compile(
    r"(?:\A|[,;、])(?:[^,。;对]{0,8}财政)?设立(?:总额|总规模|规模)?(?:最高|不超过|不高于|不低于|不少于|约)*\Z"
)
_FUND = re.compile(r"的[^,。;\d]{0,16}资金(?=[,。;、]|\Z|用于)")
# 新建甲站给予100万元;设立乙站的50万元: what is founded and what that is given, where the first sum has the verb.
_FOUNDED = re.compile(r"(?:其中,?|对)?(?:首次|新|成功|批准|获批|自主)*(?:设立|建立|组建|新建|新增)[^,。;:\d]{2,20}的")
_CAP_GIVE = re.compile(
    r"最高(?:可)?(?:一次性)?(?:给予|获得?|享受|奖励|奖补|补助|补贴|资助|支持|扶持|贴息|返还|发放|配套)[^,。;\d元]{0,12}\Z"
)

# 每户安排补助资金不超过600万元: a budget is for nobody in particular.
_SET_ASIDE_FOR_EACH = re.compile(rf"(?:每|单)[户家个][^,。;\d]{{0,6}}安排[^,。;\d]{{0,4}}{terms.KIND}")
# 专精特新“小巨人”企业最高300万元, behind what is paid to all: whose maximum it is.
_OF_CLASS = re.compile(rf"[^,。;:\d]{{2,16}}(?:{terms.PAYEE}|{terms.PAID_FOR_THING})的?(?:{terms.CAP_WORD.pattern})+")

# 甲类以每餐15元为上限,乙类以每餐5元为上限
_UP_TO_EACH = re.compile(r"以每[^,。;\d]{1,4}\Z")


def money_role(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> Found | None:
    """The role of a list of sums; ``left`` and ``right`` are its own words, ``before`` the sums already told."""
    if (
        _RAISES_BY.search(left)
        or is_lent(passage, group, right)
        or (_FUND.match(right) and _FOUNDED_WITH.search(left))
        or left.endswith("×")
    ):
        return None  # (总人数-500)×50元=奖励金额: how it is reckoned
    if _AS_IT_COST.match(passage.text, group.end) or (
        not right and _MEASURE.search(left) and _SHARE_NEXT.match(passage.text, group.end)
    ):
        return None
    give = _giving(left, right)
    if group.is_range and (
        _RANGE_OF_WHO.fullmatch(right) or (give is None and _TIER_PAID_NEXT.match(passage.text, group.end))
    ):
        return None
    if is_least_paid(passage, group, left, right):
        return "amount", True, 0.9
    if _bounds_of_share(group, left, before) or (
        bounds_counted(passage, group, before) and not terms.STOCK_AFTER.match(right)
    ):
        return "cap", False, 0.9
    if _only_measured(left, right, give) or (_VOUCHERS.match(right) and _LET_OUT.search(left)):
        return None
    if _raises_last(passage, group, left, before):
        return "cap", False, 0.9
    capped = (
        terms.CAP_BEFORE.search(left)
        or _CAP_GIVE.search(left)
        or terms.INSIDE_AFTER.match(right)
        or comes_to(group, left, before)
        or _capped_before(passage, group, before)
        or _AT_MOST.match(right)
    )
    if give is not None:
        return "cap" if capped else "amount", True, 1.0
    if terms.STOCK_AFTER.match(right) and not terms.KIND_AFTER.match(right):
        return ("cap", True, 0.9) if capped and OF_INTEREST.match(right) else None
    if capped:
        return _bounding(passage, group, left, right, before)
    if _paid_for_each(passage, group, left, right):
        return "amount", True, 0.9
    if terms.FOR_RATE.search(left) and _LIST_BY_STANDARD.match(right) and not _SUBJECT_STOCK.search(left):
        return "amount", True, 0.9
    founded = _FOUNDED.fullmatch(left) and _is_paid_in(group, before)
    if not founded and (terms.BUDGET.search(left) or terms.PRICE.search(left) or is_base(passage, group, left)):
        return None
    return as_standard(passage, group, left, right) or bare_role(
        passage, group, _own(passage, group, left), right, before
    )


def _raises_last(passage: Passage, group: Group, left: str, before: list[Sum]) -> bool:
    """``最高500万元,…的可提高至800万元``: the bound told last, raised for some in its sentence or one that goes on from it."""
    last = before[-1] if before and raises_bound(left) else None
    if last is None or last.role != "cap":
        return False
    return last.phrase.sentence == group.phrase.sentence or goes_on_raising(passage, group.phrase, last.phrase.sentence)


def _paid_for_each(passage: Passage, group: Group, left: str, right: str) -> bool:
    """Whether what is counted one by one, or by a standard, is paid so much for each."""
    each = group.items[0].per
    if each and (_ADDED_EACH.search(left) or (_FUNDS_FOR_EACH.search(left) and not terms.BUDGET.search(left))):
        return True
    by_each = _BY_EACH.match(right) or _BY_EACH_LIST.match(passage.text, group.end)
    if (each or EACH.search(left)) and by_each and terms.FOR_RATE.search(left):
        return True
    paid = _EACH_PAID.search(re.sub(r"\([^()]*\)", "", left)) and terms.KIND_AFTER.match(right)
    return bool(paid and not terms.PRICE.search(left))


def _bounds_of_share(group: Group, left: str, before: list[Sum]) -> bool:
    """``按订单金额的3%、最低5万元、最高50万元``: both bounds of the share that the clause has told."""
    shares = any(one.role == "rate" and one.phrase.clause == group.phrase.clause for one in before)
    return shares and group.is_range and bool(LEAST.search(left))


def _is_paid_in(group: Group, before: list[Sum]) -> bool:
    """Whether the sentence of a sum has paid a plain sum already."""
    last = before[-1] if before else None
    return last is not None and last.phrase.sentence == group.phrase.sentence and last.role == "amount"


def _only_measured(left: str, right: str, give: re.Match[str] | None) -> bool:
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
    if give and (_AT_LEAST.match(right) or _AT_MOST.match(right)):
        return False
    if terms.THRESHOLD_AFTER.match(right) or _TIER_AFTER.match(right) or (give is None and _WITHIN.match(right)):
        return True
    compared = None if terms.CAP_BEFORE.search(left) or raises_bound(left) else terms.COMPARED_BEFORE.search(left)
    at_least = bool(compared and re.search(r"不低于|不少于|至少", compared[0]))
    by_standard = terms.FOR_RATE.search(left) and terms.BY_STANDARD.match(right)
    near = give and len(left) - give.end() <= NEAR
    if compared and not (at_least and (by_standard or near or GIVEN_EACH.search(left) or RAISED_TO.search(left))):
        return True
    return bool(_STEP.search(left) or (left.endswith("每") and _STEP_PAID.match(right)))


def _own(passage: Passage, group: Group, left: str) -> str:
    """The words of its phrase before a sum, from the number before it on."""
    return passage.text[max(group.floor, group.start - len(left)) : group.start]


def _bounding(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> Found | None:
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
    words = _own(passage, group, left) if group.floor > group.phrase.start else left
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
    return bool(
        re.search(
            rf"(?:安排|(?<!新)设立|筹集|列支)(?![^,。;]{{0,10}}的(?:{terms.PAYEE}|[^,。;]{{0,4}}公司|每))[^,。;]{{0,12}}(?<!的)\Z",
            left[: give.start()],
        )
    ) and give[0] not in (
        "给予",
        "予以",
    )


def _cap_subject(left: str, group: Group) -> bool:
    """Whether what is bounded is a payment: its own noun says so, or nothing else is named."""
    if "分别" in left and len(group.items) > 1 and not _SUBJECT_STOCK.search(left):
        return True  # I期、II期、III期最高分别为A、B、C
    own = terms.CAP_WORD.sub("", left)
    if re.search(r"安排|设立|出资|提供", own) and not _SET_ASIDE_FOR_EACH.search(own):
        return False
    kinds = [at.end() for at in terms.AWARD.finditer(own)]
    stocks = [at.end() for at in _SUBJECT_STOCK.finditer(own)]
    if stocks and (not kinds or kinds[-1] < stocks[-1]):
        return False
    if kinds or terms.LEVEL.search(own) or terms.TOTAL.search(own) or terms.YEARLY_CAP.search(own):
        return True
    rest = re.sub(r"每[人孩生户名]每?(?:[年月]|学[期年])?", "", own)
    rest = re.sub(r"\A(?:且|并|但|其中|原则上|一般|标准|额度|金额|资金|每人|每年|年度|单个|即|各|分别)*", "", rest)
    return len(re.sub(r"[、和及与]|分别|为|\([^()]*\)", "", rest)) <= 8 or group.bracketed
