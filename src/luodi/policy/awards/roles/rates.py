"""What a rate is for: a share that is paid, a ceiling on sums just named, or no award (LANGUAGE 6.2, 6.10)."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Found, Group, Sum
from luodi.policy.awards.roles.cap_words import EACH_OF_THOSE
from luodi.policy.awards.roles.described_shares import CEILING, is_returned, only_described
from luodi.policy.awards.roles.relative_caps import bounds_beside
from luodi.policy.awards.roles.share_labels import named_above
from luodi.policy.awards.roles.shares_beside import told_beside
from luodi.policy.passages import Passage

# 照料护理标准分别不低于最低工资标准的50%、30%: what those who need care are paid at least.
_LIVING_AT_LEAST = re.compile(r"护理(?:补贴|补助)?标准(?:原则上|分别)*不[低少]于[^,。;%]*(?:标准|工资|收入|支出)的\Z")
# 以投资额的5‰作为引荐奖励资金: what the share is given as.
_GIVEN_AS = re.compile(r"作为[^,。;]{0,8}(?:奖|补助|补贴)")
_RATE_NOUN = re.compile(
    rf"(?:{terms.KIND}|报销)(?:资金|金)?的?(?:比例|标准|费率|率|金额|额度|总额|额)?[^,。;%]{{0,30}}\Z|贴息率[^,。;%]{{0,8}}\Z"
)
# 护理补贴目标人群覆盖率达100%: how many of those who should have it do.
_REACHES_PEOPLE = re.compile(
    r"(?:覆盖|达标|参保|普及|合格|发放|到位|落实|知晓|满意)[率面](?:要|均|力争)?(?:达到?|为|实现|保持在|不低于|超过)?\Z"
)
# 按80%给予补助,留用率高的提高到100%: the share of an award already told.
_RAISED = re.compile(r"(?:提高|提升|上浮|上调|增加|放宽)[到至为]\Z")
# 列入重点项目的,比例分别提高到8%、6%: the share told in the sentence before.
_RAISED_ALONE = re.compile(
    r"(?:\A|,)(?:补助|补贴|奖励|资助|支持)?比例可?(?:分别)?(?:提高|提升|上浮|上调)[到至为]\Z"
    r"|\A其中,?[^,。;:%\d]{2,12}?可?(?:提高|提升|上浮|上调|放宽)[到至为]\Z"
)
# 奖励比例提高到1.5%, 补助比例由10%提高到15%: what is paid from now on.
_RAISED_SHARE = re.compile(
    rf"{terms.KIND}(?:资金|金)?的?(?:比例|标准|额度)可?(?:[由从原][^,。;]{{1,16}}%)?(?:提高|提升|上浮|上调|增加|调整)[到至为]\Z"
)
# 按最低工资的30%,为600元/月; 按50%发放,即每人每月100元: the share told in money.
# 按收入45%的标准发放,共发两年,每年13623元: likewise.
_TOLD_IN_MONEY = re.compile(
    r"[^,。;%]{0,8},(?:即|为|折合)+(?:每人)?(?:每[年月])?\d[\d.]*元"
    r"|的?标准(?:发放|发给|给付|计发)(?:,[共连]续?发?[^,。;%\d]{1,4})?,每[年月]\d[\d.]*元"
)
# 过渡期内发放租赁补贴的50%: a share of what is paid by itself.
_HANDS_OUT_SHARE = re.compile(
    rf"(?:发放|发给|领取|享受)[^,。;%\d]{{0,10}}(?:{terms.PAYMENT}|{terms.KIND})(?:标准|金额)?的\Z"
)
# 各级资助总额不超过总投入的60%: a limit over all that is paid.
_OF_ALL_LEVELS = re.compile(r"(?:总额|合计|累计|总计|总和|之和)[^,。;%]{0,4}(?:不超过|不高于|控制在)[^,。;%元]*\Z")
# 区级资助与上级资助合计不超过总投资的50%: the same, whatever stands before.
_PAYER = r"(?:中央|国家|上级|本级|[省市区县])级?(?:财政)?"
_OF_SEVERAL_PAYERS = re.compile(
    rf"(?:各级(?:财政)?|{_PAYER}[^,。;%]{{0,8}}?(?:、|和|与|及|加)本?{_PAYER})(?:配套|{terms.KIND}|资金)[^,。;%\d]{{0,10}}"
    r"(?:总额|合计|累计|总计|总和|之和|金额)[^,。;%]{0,4}(?:不超过|不高于|控制在)[^,。;%元]*\Z"
)
# 各项扶持资金总额不超过其贡献的80%: what all awards together may come to.
_OF_ALL_AWARDS = re.compile(
    rf"(?:以上|上述|同一(?:企业|主体|项目)[^,。;%]{{0,12}})?(?:各项|各类|所有|全部|累计|合计)"
    rf"(?:政策)?[^,。;%]{{0,6}}{terms.KIND}[^,。;%]{{0,8}}(?:不超过|不高于)"
    r"|[^,。;%]{0,6}(?:配套|叠加)后(?:的)?(?:资金)?总额[^,。;%\d]*不超过"
)
# 同一企业年度奖励总额不超过其贡献的100%: what one recipient may have of all.
_OF_ONE_RECIPIENT = re.compile(
    r"\A(?:同一|单个|单户|每[家户]|一家)[^,。;]*(?:年度|当年|每年|一年内)[^,。;]*(?:总额|合计|累计)[^,。;%]{0,4}(?:不超过|不高于)[^,。;%元]*\Z"
)
# 按年利率3%给予贴息: the share of the loan that is paid.
_SUBSIDISED = re.compile(r"(?:的(?:标准|比例|贷款|财政)?)?(?:(?:给予|进行|实施)[^,。;\d]{0,6})?(?:贴息|补[贴助])")
# 对不良贷款,由风险补偿金承担30%: what a bank is paid of its loss.
BORNE_BY_POOL = re.compile(
    r"风险(?:(?:补偿|分担)(?:资金|基金|金)?池?|池)(?:按照?[^,。;%\d]{0,12}的?)?(?:承担|代偿|分担|补偿)\Z"
)
"""A pool that bears part of a loss: it pays the bank."""
# 保费由财政承担80%,农户承担20%: what the insured need not pay; how several levels part it is none.
_PREMIUM_BORNE = re.compile(r"保(?:险)?费[^,。;%\d]{0,4}?由?(?:各级|[省市区县]级?|政府)?财政(?:承担|负担)\Z")
# 中央财政补贴50%,市财政补贴30%,林农承担20%: how a premium is parted among those who pay it.
_PART_OF_LEVEL = re.compile(r"(?:中央|[省市区县]级?)(?:财政)?(?:补贴|补助|承担|负担)\Z")
_PARTS_OF_LEVELS = re.compile(
    r"(?:(?:中央|[省市区县]级?)(?:财政)?(?:补贴|补助|承担|负担)[\d.]+%[、,;和]){2,5}(?:其余)?(?:[农林牧渔养种投参][一-鿿]{1,4}|个人)(?:自[缴付担筹]|承担|负担)"
)
_BORNE_BY_OTHERS = re.compile(r"[、,][^,。;%\d]{0,10}财政[^,。;%\d]{0,6}\d")
# 以创新券抵扣检测费用的50%: what a voucher pays of a fee; 抵扣应纳税所得额 is a deduction.
BY_VOUCHER = re.compile(r"券(?:[^,。;%元]{0,12},?[^,。;%元]{0,4}|[^。;%元]{0,30}[\d.]+%)(?:抵扣|抵用|抵付|抵减)")
"""A voucher by which part of a fee is paid."""
_MAKES_UP_FOR = re.compile(r"(?:的?比例)?(?:进行)?抵[扣用付减]")
_VOUCHER_SHARE = re.compile(rf"{BY_VOUCHER.pattern}[^,。;%元]{{2,20}}的?\Z")
# 算力券可抵扣不超过60%的算力费用: the fee stands behind the share.
_FEE_BEHIND = re.compile(r"的[^,。;%\d]{0,10}(?:费用?|成本)(?=[,。;]|\Z)")
# 奖励30%的会务费用, 按30%的实际支出给予补助: the cost behind its share, and nobody's.
_COST_BEHIND = re.compile(
    r"的(?:(?!企业|单位|机构|个人|项目|人员|主体)[^,。;%\d]){1,8}?(?:费用?|支出|成本|租金|保费)(?=[,。;]|\Z|给予|补[助贴]|奖励|资助)"
)
_BY_AT_LEAST = re.compile(r"按照?(?:不低于|不少于|至少)\Z")
# 按购房款5%一次性补贴最高500万元, 按贷款利率50%贴息: the payment right behind its share.
_PAID_BEHIND = re.compile(rf"(?:的?(?:比例|标准))?(?:一次性)?{terms.KIND}(?=最高|最多|不超过|[、,。;]|\Z)")
# 按市级拨付资金100%进行匹配
_MATCHED = re.compile(r"(?:的?比例)?(?:给予|进行)(?:同比例|等额)?匹配(?=[,。;]|\Z)")
_RATIO_USE = re.compile(r"\A(?:的)?(?:比例)?(?:给予|进行|同比例)?[^,。;]{0,6}?(?:配套|补助|奖励|资助|补贴|支持|匹配)")
# 上级资助资金与地方配套比例不超过1:1; 给予配套资助,配套比例不超过1:1
_MATCHED_AT_MOST = re.compile(
    r"(?:资金与地方|配套(?:资助|奖励|补助|补贴|支持)[^。;]{0,30}[^。;一-鿿])配套(?:的)?比例(?:最高|不超过|不高于)+\Z"
)
_BASE_OF_AWARD = re.compile(
    r"(?:资金|金额|总额|额|部分|标准|投入|费用|经费|补助|奖励|支出|成本|贡献|留成|留存|保费|租金|利息|价|款|薪酬|预算|上限"
    r"|[增存]长?量)的?(?:比例)?(?:不超过|最高)?\Z"
)


def rate_role(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> Found | None:
    """The role of a list of rates; ``left`` and ``right`` are its own words, ``before`` the sums already told."""
    if passage.text[group.start : group.end] == "全额" and re.match("承担|负担|支付", right):
        return "rate", True, 0.8
    if re.fullmatch("[一两二三四五](?:免|减半)", passage.text[group.start : group.end]):
        return "rate", True, 0.9
    if passage.text[group.start : group.end] == "全额" and "%" in left:
        return None  # 按年利率5%给予全额贴息: all of what was just measured
    if named_above(passage, group):
        return "rate", True, 0.9
    opened, closed = passage.stretch(sentence=group.phrase.sentence)
    if _PART_OF_LEVEL.search(left) and _PARTS_OF_LEVELS.search(passage.text, opened, closed):
        return None
    if _FEE_BEHIND.match(right) and _VOUCHER_SHARE.search(passage.text, opened, group.start):
        return "rate", True, 0.9
    if only_described(passage, group, left, right, before):
        return None
    if not right and _LIVING_AT_LEAST.search(left):
        return "rate", True, 0.9
    if terms.FOR_RATE.search(left) and _TOLD_IN_MONEY.match(passage.text, group.end):
        return None
    shares = [one for one in before if one.role == "rate"]
    near = any(one.phrase.sentence == group.phrase.sentence for one in shares)
    if (near and _RAISED.search(left)) or (shares and _RAISED_ALONE.search(left)):
        return "rate", True, 0.9
    if BORNE_BY_POOL.search(left) or (
        len(group.items) == 1 and _PREMIUM_BORNE.search(left) and not _BORNE_BY_OTHERS.match(passage.text, group.end)
    ):
        return "rate", True, 0.9
    if _of_another(passage, group, left, right, before):
        return None
    if _ceiling_of_caps(left, group, before):
        return "ceiling", False, 1.0
    return _paid(passage, group, left, right) or told_beside(passage, group, left, right, before)


# 预支不超过50%的补贴资金: a part of what is awarded, before it is due.
_PAID_AHEAD = re.compile(r"(?:预支|预拨|预付|先行(?:拨付|支付|兑付))[^,。;%\d]{0,8}\Z")


def _of_another(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> bool:
    """Whether a share is of something else than a payment: a comparison, a holding, a limit beside the share paid."""
    numbers = passage.text[group.start : group.end]
    if re.search("[:∶比]", numbers) and not (
        _RATIO_USE.match(right) or _MATCHED_AT_MOST.search(passage.text, 0, group.start)
    ):
        return True
    give = terms.last_match(terms.GIVE, left)
    compared = terms.COMPARED_BEFORE.search(left)
    start, _ = passage.stretch(clause=group.phrase.clause)
    gives = (
        give
        or is_returned(passage.text[start : group.start], right)
        or (terms.FOR_RATE.search(left) and re.match(r"的?比例(?:给予)", right))
        or (_BY_AT_LEAST.search(left) and _COST_BEHIND.match(right))
    )
    if compared and not (gives and re.search(r"不低于|不少于|至少", compared[0])):
        return True
    if (
        _OF_ALL_AWARDS.match(left)
        or _REACHES_PEOPLE.search(left)
        or _PAID_AHEAD.search(left)
        or _OF_ONE_RECIPIENT.search(left)
        or _OF_SEVERAL_PAYERS.search(left)
    ):
        return True
    if before and (_OF_ALL_LEVELS.search(left) or bounds_beside(left, group, before)):
        return True
    share = terms.SHARE_BEFORE.search((left[give.end() :] if give else left)[-14:])
    subsidised = share is not None and share[0].endswith("率") and _SUBSIDISED.match(right)
    whole = numbers == "全额"  # 面积90平方米以下的全额补贴: all of it, whatever else is measured
    return share is not None and not (whole or _BASE_OF_AWARD.search(left) or _RAISED_SHARE.search(left) or subsidised)


def _paid(passage: Passage, group: Group, left: str, right: str) -> Found | None:
    """A share that its own phrase hands out."""
    give = terms.last_match(terms.GIVE, left)
    of_somebody = terms.RECIPIENT_AFTER.match(right) and not _COST_BEHIND.match(right)
    if give and terms.STRONG.match(give[0]) and not of_somebody:
        return "rate", True, 1.0
    if _RATE_NOUN.search(left) and (
        terms.CAP_WORD.search(left)
        or re.search(
            r"为|按|参照|达|不低于|提高[到至]|贴息率|补[助贴]\Z|(?:报销|贴息|补助|补贴|奖励|资助|支持)比例\Z", left
        )
    ):
        return "rate", True, 1.0
    if _RAISED_SHARE.search(left) or ((terms.GIVE.search(right) or _GIVEN_AS.match(right)) and not of_somebody):
        return "rate", True, 1.0
    opened, _ = passage.stretch(sentence=group.phrase.sentence)
    if _VOUCHER_SHARE.search(passage.text, opened, group.start) or (
        _MAKES_UP_FOR.match(right) and "券" in passage.text[opened : group.start]
    ):
        return "rate", True, 0.9
    if not right and _HANDS_OUT_SHARE.search(left):
        return "rate", True, 0.9
    if terms.FOR_RATE.search(left) and (_PAID_BEHIND.match(right) or _MATCHED.match(right)):
        return "rate", True, 0.9
    start, _ = passage.stretch(clause=group.phrase.clause)
    told = passage.text[start : group.start]
    if terms.BY_STANDARD.match(right) and terms.FOR_RATE.search(left) and terms.AWARD.search(told):
        return "rate", False, 0.9
    return None


def _ceiling_of_caps(left: str, group: Group, before: list[Sum]) -> bool:
    """``…不超过200万元,不超过上一年投入的30%``: the share bounds the sum just named."""
    if EACH_OF_THOSE.match(left) and before and before[-1].phrase.sentence == group.phrase.sentence - 1:
        return before[-1].role == "cap"
    near = [one for one in before if one.phrase.clause == group.phrase.clause]
    own = terms.LEVEL.match(left) or left.startswith("其中")
    if not near or near[-1].role != "cap" or not CEILING.search(left) or own:
        return False
    between = left[len(left) - (group.start - near[-1].end) :] if near[-1].phrase == group.phrase else ""
    return near[-1].phrase != group.phrase or bool(re.search(r"(?:且|并|同时)[^,。;]*\Z", between))
