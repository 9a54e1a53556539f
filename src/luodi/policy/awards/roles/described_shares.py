"""Shares that only tell who, when or how: thresholds, schedules, the parts of a sum already told (LANGUAGE 6.10)."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Group, Sum
from luodi.policy.awards.roles.share_parts import instalments
from luodi.policy.awards.roles.standards import LIVING
from luodi.policy.passages import Passage

# 第二单位按50%奖励: how those who did it together share what was told.
_SHARE_OF_PLACE = re.compile(r"第[一二三四五](?:完成|牵头)?(?:单位|人|作者)[^,。;、%]{0,4}\Z")
# 在省上给予50%补助的基础上: what another pays.
_ON_TOP_OF = re.compile(rf"的?(?:给予)?(?:{terms.KIND})?[^,。;]{{0,4}}基础上")
# 超目标10%的再奖励1万元: who did better than was asked
_BEYOND_AIM = re.compile(r"超[过出]?(?:年度|全年|既定|计划|预期)*(?:目标|任务|计划|基数|指标)(?:任务)?\Z")
# 同比增速20%(含)—30%的奖励20万元: a tier that a sum is paid for.
_TIER_PAID = re.compile(
    rf"(?:\([^()]{{1,6}}\))?(?:[—~至-][\d.]+%(?:\([^()]{{1,6}}\))?)?的,?(?:一次性)?{terms.KIND}[^,。;\d%]{{0,6}}\d[\d.]*[万亿]?元"
)
# 遴选不超过25%的项目予以立项: how many are chosen.
_CHOSEN = re.compile(r"的[^,。;]{2,16}(?:立项|入选|认定)")
# 8%—12%分档补助:2000万元—5000万元的8%,…: each tier tells its own.
_TIERS_FOLLOW = re.compile(rf"的?(?:比例)?分(?:档|段|级|类)[^,。;\d]{{0,8}}(?:{terms.KIND})?[^,。;\d]{{0,4}}:[^。]*\d")
# 给予500万元,分三年按40%、30%、30%发放; 给予300万元,首年拨付50%: the parts of a sum already told.
_PAID_OUT = re.compile(
    r"(?:第[一二三四五]年|首[年期次批]|次年)[^,。;%\d]{0,12}(?:拨付|兑现|支付|到位)\Z|"
    rf"(?:第[一二三四五]年|首[年期次])[^,。;%\d]{{0,8}}{terms.KIND}(?:资金)?(?:总额|金额)的\Z|"
    r"分[一二两三四五\d](?:个)?(?:年|期|次|批)(?:[^,。;]{0,6}按照?|[^,。;]{0,8}(?:拨付|发放|兑现|支付|到位),?(?:其中,?)?[^。;]*)\Z"
)
# 首年按60%,次年按40%拨付: likewise, the verb behind the last.
_PARTS_PAID_OUT = re.compile(
    r"(?:首[年期次批]|[次翌]年|第[一二三四五][年期])(?:按照?)?[\d.]+%(?:[,、;](?:首[年期次批]|[次翌]年|第[一二三四五][年期])(?:按照?)?[\d.]+%)*"
    r"的?(?:比例)?(?:分[年期批])?(?:拨付|兑现|支付|到位)"
)
# 补助分两年拨付,首年拨付60%: the parts of what another article pays.
_PAID_IN_YEAR = re.compile(
    r"分[一二两三四五\d]个?(?:年|期|次|批)[^。;]{0,8}(?:拨付|发放|兑现|支付|到位),[^。;]*"
    r"(?:第[一二三四五][年期]|首[年期次批]|次年)(?:拨付|发放|兑现|支付|到位)(?:比例为)?\Z"
)
# 奖励资金分两年兑现,首年兑现50%: the sum was told before.
_FUNDS_IN_PARTS = re.compile(
    r"(?:上述|以上|各项|该)?(?:奖励|补助|补贴|资助|扶持|奖补|支持)(?:资金|金额?|款项?)?分[一二两三四五\d](?:个)?(?:年度?|期|次|批)"
    r"(?:[^,。;]{0,6}(?:拨付|发放|兑现|支付|到位))"
)
# 改建的按上述标准的一半补助: a share of what another award pays; nothing is computed.
_OF_STANDARD = re.compile(
    r"(?:上述|(?<!级)以上|前述|前款|该|其?[相对]应|新建)[^,。;%]{0,6}(?:标准|等[次级]|档次|级别)的?\Z"
    r"|按照?[^,。;%\d]{1,8}类(?:项目|企业)?标准的\s*\Z|[上前]述(?:奖励|补助)?(?:金额|额度|奖金)的\Z"
)
# 获评个人的,按组织奖励标准的20%奖励: likewise of whom the sentence pays; not of what another level of government pays.
_OF_AWARD_TOLD = re.compile(
    rf"(?:按照?|参照)(?!国家|中央|[省市区县]|上级|部)[^,。;%\d]{{1,8}}(?:{terms.KIND}|[类级]项目|[类级])标准的\Z"
)
# 按激励金额的50%予以支持, 按新开航线补贴标准的50%计算: of sums that stand in the paragraph or above it.
_OF_SUM_ABOVE = re.compile(
    rf"(?:按照?|参照|给予该?)(?:(?!国家|中央|上级|财政|[省市区县]级?|获|实际|到位)[^,。;%\d]){{0,12}}(?:{terms.KIND}|激励)(?:标准|金额|额度)的?\Z"
)
_HAD_OF_OTHERS = re.compile(r"获得?[^。;]{0,40}(?:资助|奖励|补助|支持|奖补|立项)")
_SUM_TOLD = re.compile(r"(?:给予|奖励|激励|补[助贴]|资助|奖补)[^。;\n]{0,30}[\d.]+[万亿]?元")
_ABOVE = 240
# 国家级平台奖励100万元,省级按国家级标准的50%奖励: likewise of a level told in the sentence.
_OF_LEVEL_TOLD = re.compile(r"(?:按照?|参照)(?P<level>(?:国家|[省市区县])级)(?:[^,。;%]{0,6}标准)?的\Z")
MORE = r"(?:叠加|加成|追加|上浮|(?:再|额外|另外?)(?:增加|提高))(?:给予|发放)?"
"""Verbs that raise a sum told before by a share of it (夫妻双方均符合的,叠加50%)."""
_MORE_OF_TOLD = re.compile(rf"(?:\A|[的,再还可均])(?:{MORE})\Z")
_BARE_BY = re.compile(r"[^,。;]{0,16}的?,?按照?")
# 出让底价可按最低价标准的70%执行: what the reader pays.
_CHARGED = re.compile(r"(?:的(?:标准|价格))?(?:给予)?(?:执行|收取|计收|征收|缴纳|出让|出租|租赁|供地|起拍)")
# 护理标准按最低工资标准的15%确定: what a standard of living is by another standard.
LIVING_RATE = re.compile(
    rf"(?:{LIVING.pattern}|(?:保险|抚恤|抚慰|安置)金(?:标准)?|丧葬费|{terms.KIND}(?:标准|金))(?:由[^,。;%]{{2,16}})?[^,。;%]{{0,6}}按"
)
"""A standard of living or of care that is told by another standard."""
# 省级平台按国家级的四分之一补助: the level alone, likewise.
_OF_LEVEL = re.compile(r"按照?(?:国家|[省市区县])级的\Z")
# 奖励资金的30%奖励给研制单位: the use of a payment told before.
_OF_PAYMENT = re.compile(
    rf"(?:\A|,)(?:其中,?)?(?:该项?|上述|所获)?(?:{terms.KIND}(?:资金|金额?)|奖金)的(?:[\d.]+%[^,。;%]{{2,12}}[,、])?\Z"
)
# 给予50万元奖励,其中用于奖励管理团队的比例不低于30%: what part of it goes to whom.
_USE_OF_PAYMENT = re.compile(
    r"其中,?(?:用于|奖励)[^,。;%]{2,24}的?(?:比例|份额|部分|资金)?(?:不得?低于|不少于|不得少于|不超过|不高于|占)\Z"
)
_SET_ASIDE = re.compile(r"(?:奖励|补助|分配|发放)?给|归|由")
# 最高不超过100万元,且50%可以奖励核心团队: likewise.
_PART_FOR_TEAM = re.compile(r"(?:且|其中,?)[\d.]+%(?:可以?|应当?|须)?(?:用于)?(?:奖励|分配)")
# 转化收益用于奖励研发团队的比例不低于70%: what an institute shares with its own people.
_INVENTORS_SHARE = re.compile(
    r"奖励的?(?:份额|比例)(?:不低于|不少于|为|达到?)+奖励(?:总额|资金|金额)的\Z"
    r"|(?:收益|收入|所得|公益金|资金|经费|基金)[^,。;%]{0,4},?用于[^,。;%]{0,24}比例(?:不得?低于|不少于|达到?|为|可达)\Z"
)
# 起付标准为收入的10%, 累计结余不超过筹资的15%: what a reader bears, what a fund keeps.
_KEPT_OR_BORNE = re.compile(r"(?:起付(?:标准|线|金额)?|结余|结转|结存)[^,。;%]*\Z")
# 租金不超过市场价的60%: what the tenant pays.
_RENT_AT_MOST = re.compile(
    r"(?:租金|房租|房价|售价)(?:标准)?(?:按照?|不超过|不高于|为|低于)+[^,。;%]*(?:价格?|租金|水平|标准)的?\Z"
)
# 财务资助不得超过股本总额的10%, 返还总额不得低于可分配盈余的60%: between a company and its members.
# 以平均工资的100%为缴费基数, 奖励金额按10%增长: what contributions are counted from, how a sum told before grows.
_BASE_OR_GROWTH = re.compile(
    r"(?:的?(?:比例|幅度))?(?:作为|为)[^,。;\d]{0,6}基数|的?(?:比例|幅度)?(?:增长|递增|递减|上浮|下浮)(?=[,。;]|\Z)"
)
_OF_MEMBERS = re.compile(r"(?:股本|股份|可分配(?:盈余|利润))(?:总额|总数)?的?\Z")
# 其中房地产企业数量不超过支持企业总数的10%: how many of a kind are among those chosen.
_HOW_MANY = re.compile(
    r"(?:数量|[家户个件项]数|名额)(?:不超过|不高于|不[低少]于|控制在)[^,。;%元]{0,14}(?:总[数量]|总[家户人]数|数量)的\Z"
)
# 裁员率不高于全国失业率控制目标5.5%,…可以享受返还政策: who may have it.
_RATE_OF_WHO = re.compile(
    r"(?:裁员|失业|负债|不良|误差|故障|空置|流失|事故|投诉)率(?:原则上)?(?:不得?高于|不超过|低于|控制在)[^,。;%]*\Z"
)
CEILING = re.compile(r"(?:不超过|不高于|不得超过|最高不超过|控制在)[^,。;%]{0,30}\Z")
"""Words of a maximum, up to the share that is one."""
_RETURNED = re.compile(r"按[^,。;%]{0,24}(?:留成|留存|贡献|出让金)(?:部分)?的\Z")
_RETURNED_FOR = re.compile(rf"用于[^,。;]{{2,24}}{terms.KIND}(?=[,。;]|\Z)")
# 减免租金50%的,给予…: what is done before something is given.
_THEN_GIVES = re.compile(r",(?:给予)")
# 市级财政与受益财政各50%的比例分担: who bears it.
_BORNE_BY = re.compile(r"财政[^,。;%]{0,12}各?\Z")
# 参与制定的分别按20%奖励; 重新认定的按50%补助: a case, and no base.
_LED_BY_CASE = re.compile(r"(?:的,?|[,;](?:非|其[他它余])[一-鿿]{1,6})(?:分别)?按照?\Z")
_ONCE_MORE = re.compile(r"(?:对于?)?(?:重新认定|再次认定|复审|复评|复核|续期|换证|延续)[^,。;%\d]{0,8}的,?按照?")
# 按财政收入的2%安排财源建设基金
_SET_UP = re.compile(r"的?(?:比例)?(?:安排|(?:安排|设立|提取|计提|建立)[^,。;]{0,12}(?:基金|准备金|预算))")
_SHARED = re.compile(r"[^,。;]*(?:分担|承担|负担)")


# 凭发票按实际发生额的40%兑现: a share of a cost, and no part of what another sentence pays
_OF_COST = re.compile(
    r"按照?[^,。;%\d]{0,10}(?:发生额|费用?|支出|租金|保费|投入|发票金额|合同[金总]?额|购置额|采购额)的\Z"
)


def _is_cashed(left: str, right: str) -> bool:
    return right.startswith("兑现") and bool(_OF_COST.search(left))


def _told_above(passage: Passage) -> bool:
    """Whether the paragraph just above tells a sum that is paid."""
    clean = passage.document.clean
    return bool(_SUM_TOLD.search(clean, max(0, passage.start - _ABOVE), passage.start))


def only_described(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> bool:
    """Whether a share only tells who, when or how: a threshold, a schedule, the parts of a sum already told."""
    start, _ = passage.stretch(clause=group.phrase.clause)
    told_before = any(one.phrase.sentence == group.phrase.sentence for one in before)
    return bool(
        terms.THRESHOLD_AFTER.match(right)
        or (
            terms.SCHEDULE_AFTER.match(right)
            and not (is_returned(passage.text[start : group.start], right) or _is_cashed(left, right))
        )
        or _CHOSEN.match(right)
        or _TIERS_FOLLOW.match(passage.text, group.end)
        or (_TIER_PAID.match(passage.text, group.end) and not (terms.GIVE.search(left) or terms.FOR_RATE.search(left)))
        or _ON_TOP_OF.match(right)
        or (_BEYOND_AIM.search(left) and right.startswith("的"))
        or (_BORNE_BY.search(left) and _SHARED.match(right))
        or re.match(r"的?(?:保费率|费率|利率|税率)上限", right)
        or (_CHARGED.match(right) and not (terms.AWARD.search(left) or LIVING_RATE.search(left)))
        or _OF_STANDARD.search(left)
        or (told_before and _OF_AWARD_TOLD.search(left))
        or (
            _OF_SUM_ABOVE.search(left)
            and not _HAD_OF_OTHERS.search(passage.text[start : group.phrase.start])
            and (before or _told_above(passage))
        )
        or (told_before and (of := _OF_LEVEL_TOLD.search(left)) and of["level"] in passage.text[: group.phrase.start])
        or (told_before and _OF_LEVEL.search(left))
        or _times_told(group, left, before)
        or (before and _OF_PAYMENT.search(passage.text[start : group.start]) and _SET_ASIDE.match(right))
        or (told_before and (_USE_OF_PAYMENT.search(left) or _PART_FOR_TEAM.match(left + passage.text[group.start :])))
        or _RENT_AT_MOST.search(left)
        or _HOW_MANY.search(left)
        or _RATE_OF_WHO.search(left)
        or _INVENTORS_SHARE.search(passage.text[start : group.start])
        or _OF_MEMBERS.search(left)
        or _BASE_OR_GROWTH.match(right)
        or _KEPT_OR_BORNE.search(left)
        or (left.endswith("标准的") and right.startswith("执行") and not LIVING_RATE.search(left))
        or (told_before and (_SHARE_OF_PLACE.search(left) or _share_of_told(passage, group, left, right, before)))
        or (before and before[-1].role == "amount" and _ONCE_MORE.fullmatch(passage.text, start, group.start))
        or _SET_UP.fullmatch(right)
        or (CEILING.search(left) and terms.RECIPIENT_AFTER.match(right) and not _hands_out(left))
        or (right == "的" and not terms.GIVE.search(left))
        or (right.endswith("的") and _THEN_GIVES.match(passage.text[group.phrase.end :]))
        or (told_before and _PAID_OUT.search(passage.text[start : group.start]))
        or _PAID_IN_YEAR.search(passage.text[start : group.start])
        or (before and _PARTS_PAID_OUT.match(passage.text, group.phrase.start))
        or (_FUNDS_IN_PARTS.match(passage.text, start) and not re.search(r"的\d", passage.text[start : group.end]))
        or instalments(passage, group)
    )


def _hands_out(left: str) -> bool:
    """Whether a payment is made in the words before a share: 裁员率不高于5.5%的企业 says who, and hands out nothing."""
    return bool(terms.AWARD.search(left) or terms.FOR_RATE.search(left) or terms.GIVE.search(left))


def is_returned(told: str, right: str) -> bool:
    """``按留成部分的50%用于基础设施补助``: given back for a purpose, unless a fund is divided so."""
    return bool(_RETURNED.search(told) and _RETURNED_FOR.match(right)) and not re.search("安排|设立|列支", told)


def _times_told(group: Group, left: str, before: list[Sum]) -> bool:
    """``叠加50%给予补贴``, ``按150%发放``: the sum told before, raised; a share of costs may have more points of the same costs."""
    more = _MORE_OF_TOLD.search(left) or (_BARE_BY.fullmatch(left) and all(i.rate and i.rate > 1 for i in group.items))
    return bool(more and before and all(one.role == "amount" for one in before))


def _share_of_told(passage: Passage, group: Group, left: str, right: str, before: list[Sum]) -> bool:
    """``主导制定的资助50万元;参与制定的,按30%资助``: a share without a base of its own is one of the sums just told."""
    start, _ = passage.stretch(clause=group.phrase.clause)
    led = _LED_BY_CASE.search(passage.text[start : group.start])
    sums = [one for one in before if one.phrase.sentence == group.phrase.sentence]
    return (
        bool(led)
        and all(one.role == "amount" for one in sums)
        and not re.search("贴息|租金|保费|费用|利息|配套|匹配", right)
    )
