"""A short key and its sum (一等奖100万元, 博士每月2000元), where a verb before or the heading says that it is paid."""

from __future__ import annotations

import re
from dataclasses import replace

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Found, Group, Sum
from luodi.policy.awards.numbers.pairing import find_keys
from luodi.policy.awards.roles.cap_words import LISTED_CAPS
from luodi.policy.awards.words.grades import KEY_WORD
from luodi.policy.awards.words.periods import ONCE_BEHIND_LIST, STAGED
from luodi.policy.passages import Passage
from luodi.quantities.money import find_money

# 科普基地省级10万元,市级5万元: levels in a row, each with its sum.
_OF_LEVEL = re.compile(r"(?:国家|省|市|区|县)级的?\Z")
# …奖励200万元。省级工厂100万元,市级50万元: the next levels, in a sentence of their own.
_BEGINS_WITH_LEVEL = re.compile(r"(?:对|获)?(?:国家|部|省|市|区|县)级[^,。;:\d]{2,16}\Z")
_NEXT_LEVEL = re.compile(r"[,、;](?:省|市|区|县)级的?[\d.]+[万亿]?元")
# 一等奖8万元: a prize is money that is won, without a verb.
_PRIZE = re.compile(
    r"(?:(?:[特一二三四]等|金|银|铜|优秀|优胜)奖|冠军|亚军|季军|第[一二三四五六]名)(?:各|均|分别|为|:|每[年月])*\Z"
)
# Under 租房补贴 or 奖励标准 a key and its sum are an award (博士每月2000元); not under 申报条件 within it.
_TITLED = re.compile(
    r"(?:补贴|补助|奖励|资助|津贴|奖补|救助|慰问|(?:购房|租房|安居|人才)券)(?:金|资金|费)?”?(?:标准|额度|金额)?"
    r"(?:(?:[有是]?多少|怎么|如何|是什么|有哪些)[^ ]{0,6})?(?:\Z| )|(?:支持|扶持)标准(?:\Z| )|(?<![等金银铜特获评])奖(?:\Z| )"
)
# 一、奖励企业上规模: the heading is the verb of the sums below it.
_VERB_TITLE = re.compile(
    r" (?:奖励|补助|资助|补贴|奖补)(?!金|资金|政策|办法|标准|对象|范围|条件|程序|方式|额|比例|措施|项目|类|依据|原则)[^ ]{2,}"
)
# 年产值首次突破1亿元的,50万元
_CASE_BEFORE = re.compile(r"(?:\A|[。;])[^。;,]{4,40}的,\Z")
_OTHER_TITLE = re.compile(
    r"材料|程序|流程|(?:条件|对象|范围)(?![和与及、][^ ]{0,4}标准|补[助贴]|抚恤|优待|救助)|来源|要求|监督|管理|目标|预算|审核|拨付|兑现"
)
_KEY_ONLY = re.compile(
    r"(?:[一-鿿]{2,6}的(?=[^,。;:\d]{1,8}每[人户名家]?每?[年月]))?"
    r"(?:(?!预算|在(?![乡职岗校读编])|[达超满需应可由将从为按不以占第])[^,。;:\d的]){1,12}(?:为|各|:)?"
)
# 1.省级重点人才工程入选者及相当层次人才30万元: a numbered item that is but a key and its sum.
_ITEM_KEY = re.compile(r"(?:(?!预算|[达超满需应可由将从为按不以占第])[^,。;:\d的元]){2,30}")
# 法人机构(含总行):200万元; 市级的,10万元: the key of a sum in a phrase of its own.
_LABEL = re.compile(r"(?:\A|[。;:])(?P<key>[^,。;:元%]{2,24}?(?:\([^()]*\))?)(?::|的,)\Z")
# 入选甲榜的,500万元;潜在乙,200万元; 五星级酒店的,奖励200万;四星级酒店,100万: the next key of such a list.
_NEXT_LABEL = re.compile(
    r"的,(?:给予|奖励?|补助?)?[\d.]+[万亿]?元?;(?:[^,。;:元%]{2,16},[\d.]+[万亿]?元?;)*(?P<key>[^,。;:元%\d]{2,16}),\Z"
)
# 建设补贴:新建床位,自建用房每张1.2万元: the label that the sentence begins with.
_LED_BY_PAYMENT = re.compile(rf"[^,。;:\d]{{0,12}}{terms.KIND}(?:资金|金)?(?:标准)?:")
# 按放电量给予补贴,第一年0.3元/千瓦时: given without a figure, then so much for each.
_GIVEN_BEFORE = re.compile(
    rf"(?:(?:给予)[^,。;\d]{{0,8}}{terms.KIND}|(?:给予|发放)[^,。;\d]{{2,8}}券|按[^,。;\d]{{2,10}}?(?:连续)?(?:补[助贴]|奖励)[一二两三四五六\d]{{1,2}}年)[,:]"
    rf"(?:[^,。;:\d]{{2,10}}[\d.]+[万亿]?元[^,。;\d]{{0,6}}[,、])*\Z"
)
# 给予一次性安家补贴,硕士10万元、博士30万元: what is handed out, before who is given how much.
# 博士、硕士补贴一次性发放,标准分别为15万元、10万元
_HANDS_OUT = re.compile(
    rf"(?:(?:给予|发放)[^,。;:\d]{{0,10}}|按[^,。;:\d]{{2,14}}|(?:\A|[:,])一次性){terms.KIND}(?:资金|金)?,\Z"
    rf"|{terms.KIND}(?:资金|金)?(?:按[年月]|一次性|分[年期次批])(?:发放|兑现|拨付|支付),\Z"
)
# 博士10万元、硕士3万元,分三年按4:3:3发放; 国家级中心100万元,省级中心50万元,一次性给予: handed out behind.
_HANDED_BEHIND = re.compile(
    r",分[一二两三四五\d]个?(?:年|期|次|批)[^,。;]{0,14}(?:发放|兑现|拨付|支付)"
    # 博士每月6000元、硕士每月3000元,发放期3年
    r"|,(?:发放|补[贴助]|资助|享受)(?:期限?|时间|年限)(?:为|最长|不超过|一般|原则上)*[一两二三四五六\d]+个?[年月]"
)
_LIST_HANDED_BEHIND = re.compile(
    rf"{ONCE_BEHIND_LIST}|(?:,[^,。;:\d]{{2,20}}[\d.]+[万亿]?元)*,(?:由[^,。;\d]{{2,10}})?分别(?:给予)[^,。;\d]{{0,8}}(?=[。;]|\Z)"
)
_EACH = re.compile(
    r"(?<!最高)每(?:平方米|平米|立方米|千瓦|[人户例件台个只生项家张款证颗架名枚亩孩])(?:每[年月])?\Z"
)  # 最高3000元,人工耳蜗每例12万元: a plain sum
_RIGHT = re.compile(
    r"(?:\([^()]*\))?(?:[/(].*)?(?:(?:的)?(?:奖励|补助|补贴|资助).*)?(?:、(?:最高|不超过)+[\d.]+[万亿]?元)?"
)
# 美日欧每件5万元、其他国家每件2万元; 2021年入驻的每平方米60元、2022年入驻的每平方米40元
_NEXT_EACH = re.compile(r"、(?:20\d\d年)?[^,。;、\d]{1,12}每(?:[^\d,。;]{1,2}|[平立]方米)(?:每[年月日])?\d")
# 农民合作社。国家级示范社10万元、省级示范社5万元: levels and their sums, and nothing else.
_LEVELS_ALONE = re.compile(
    rf"(?:[^,。;:、\d元]{{2,20}}[。:])?(?:新?(?:获评|获批|认定|评|入选|列入|创建)?为?的?(?:{KEY_WORD.pattern})[^。;:\d元]{{0,24}}"
    rf"(?:[\d.]+[万亿]?元[、,;]?)+)+。?"
)
# 边缘家庭认定标准按低保标准的1.5倍确定,为每人每月1800元: who may apply, not what is paid.
_SAYS_WHO = re.compile(r"(?:认定|准入|收入|资产|财产|起付)(?:标准|限额|线)[^。;]*\Z")
_CAP_ANNOUNCED = re.compile(r"(?:不超过|最高)[^,。;\d]{0,10}(?:标准|额度)?:?\Z")
# 新认定国家级中心200万元、省级50万元, 新获认证:绿色食品每个2万元: what is newly gained, in a paper on awards.
_GAINED = re.compile(
    r"(?:对)?(?:当年|首次|新)(?:获评|获批|获得?|被?认定|评定|评为|入选|列入|创建|通过)(?:为|的)?[^。;\d]{2,40}(?:\d[^。;]*)?\Z"
    r"|[^,。;\d]{0,40}(?:获|取得|通过|认定|评为|入选|授权)[^,。;\d]{0,12}的,[^。;]*\Z"
)
# 人才资助指南, 奖补办法: papers that tell what is paid.
_PAPER_PAYS = re.compile(r"(?:奖励|补贴|补助|资助|扶持|奖补|津贴)[^,。; ]{0,6}(?:办法|指南|标准|细则|政策|清单)")
_LABEL_ALONE = re.compile(r"(?:(?!标准|总额|合计|预算|资金|费:)[^,。;:元%\d]){2,20}:")  # 省级孵化器:100万元
_NAME_ALONE = re.compile(r"(?!在|应|须|需|经|由|自|按|以)[^,。;:\d元的]{2,20},")
_PLAIN_LABEL = re.compile(r"(?:\A|[。】])[一-鿿“”]{2,12}:\Z")
# 购房:500元/平方米,最高300万元; 国内每次2万元,境外每次5万元,全年不超过15万元: the maximum behind says that it is paid.
MAXIMUM_NEXT = re.compile(
    r",(?:单[个家户项]|每[家户个]|同一)?[^,。;:\d]{0,6}?(?:每年|年度|全年|累计)?(?:最高|最多|不超过|封顶)[^,。;\d]{0,3}[\d.]+[万亿]?元"
)
"""The maximum that stands behind a sum or a share."""
_OF_BASE = re.compile(r"投入的?[\d.]+%")  # 不超过研发投入的30%: no money supplied
_SHARED_OUT = re.compile(r"承担|负担|分担|拨付|兑现|用于|第[一二三四五]年|首[年期次批]")
_LEAST = re.compile(r"(?:最低|最少|至少)\Z")
_LISTED_EACH = re.compile(r"(?:,[^,。;:\d]{1,8}每[一-鿿](?:每[年月])?[\d.]+[万亿]?元)*")
_FEWEST_NAMED = 3
_NAMES_PAYMENT = re.compile(rf"(?:{terms.KIND}|兑[现付])(?:资金)?(?:标准|金额|额度)?(?:分别|如下|为)*[。:;]?\Z")
_NO_PAYMENT = re.compile(
    rf"注册|保证金|押金|(?:租金|房租|投资)(?!{terms.KIND})|产值|收入|销售|纳税|贡献|贷款|价|资产|资本|规模|面积|利润|成本|缴"
)


def led_by(passage: Passage) -> Passage:
    """``国家级、省级示范社10万元、5万元`` alone behind a paragraph that pays: as if that introduced it."""
    alone = not passage.lead_in and _LEVELS_ALONE.fullmatch(passage.text)
    return replace(passage, lead_in="给予奖励:") if alone else passage


def bare_role(passage: Passage, group: Group, own: str, right: str, before: list[Sum]) -> Found | None:
    """``一等奖100万元,二等奖50万元``, ``法人机构:200万元``: a short key and its sum, after a verb that was said once."""
    start, _ = passage.stretch(sentence=group.phrase.sentence)
    head = passage.text[start : group.phrase.start]
    label = _LABEL.search(head) or (
        _NEXT_LABEL.search(head) if before and before[-1].phrase.sentence == group.phrase.sentence else None
    )
    key = own + (label["key"] if label else "") or _keys_before(passage, group) or _named_line(passage, head)
    alone = _RIGHT.fullmatch(right) or (_EACH.search(own) and _NEXT_EACH.match(right))
    if len(own) > 26 or not alone or _LEAST.search(own):
        return None
    if not (own or right) and _CASE_BEFORE.search(head) and _VERB_TITLE.search(f" {passage.heading} {passage.above}"):
        return "amount", True, 0.8
    if not key or _NO_PAYMENT.search(key) or _SAYS_WHO.search(passage.text, start, group.start):
        return None
    same = [one for one in before if one.phrase.sentence == group.phrase.sentence and one.role in ("amount", "cap")]
    told = _introduction(
        passage,
        head,
        start,
        labelled=label is not None,
        counted=bool(group.items[0].per or _EACH.search(own) or terms.YEAR_STEP.fullmatch(own)),
    )
    if not same and _is_told_beside(passage, group, head, own, right, before, introduced=told is not None):
        told = ""
    own_head = None if told is None else _OF_BASE.sub("", told.rpartition(";")[2])
    if not same and (own_head is None or terms.BUDGET.search(own_head) or terms.PRICE.search(own_head)):
        return None
    bounded = bool(same) and same[-1].role == "cap" and not _bounds_share(same[-1], before)
    capped = (
        (bounded and not (STAGED.search(head) or _EACH.search(own)))
        or (told and _CAP_ANNOUNCED.search(told))
        or LISTED_CAPS.search(head)
    )
    return "cap" if capped else "amount", True, 0.8


def _is_told_beside(
    passage: Passage, group: Group, head: str, own: str, right: str, before: list[Sum], *, introduced: bool
) -> bool:
    """Whether the first sum of a sentence is paid by what stands beside it: the sum before it, its key, its list, a title, a bound."""
    start, _ = passage.stretch(sentence=group.phrase.sentence)
    if not head and own and _BEGINS_WITH_LEVEL.fullmatch(own) and _just_given(group, before):
        return True
    if introduced:
        return False
    by_level = _OF_LEVEL.search(own) and _NEXT_LEVEL.match(passage.text, group.end)
    handed_out = _HANDED_BEHIND.match(passage.text, group.phrase.end) or _list_handed_out(passage, group, own)
    return bool(
        _PRIZE.search(own)
        or by_level
        or handed_out
        or (
            (
                _KEY_ONLY.fullmatch(own)
                or _is_whole_item(passage, group, own)
                or (not own and _LABEL_ALONE.fullmatch(head))
            )
            and re.fullmatch(r"(?:\([^()]*\))?", right)
            and _is_titled(passage)
        )
        or _is_gained(passage, start, group, own)
        or _is_list_in_paper(passage, head, group, own)
        or (_PLAIN_LABEL.search(head) and _is_bounded(passage, group, head, own))
        or _makes_up(passage, group, before)
    )


def _is_whole_item(passage: Passage, group: Group, own: str) -> bool:
    """Whether a numbered item is a longer key and its sum, and nothing else."""
    start, end = group.items[0].start, group.items[-1].end
    alone = len(own) == start and not passage.text[end:].strip("。;")
    return alone and passage.article != "0" and bool(_ITEM_KEY.fullmatch(own))


def _list_handed_out(passage: Passage, group: Group, own: str) -> bool:
    """``国家级中心1000万元,省级中心300万元,一次性给予``: levels or several names with their sums, and the verb behind them all."""
    behind = _LIST_HANDED_BEHIND.match(passage.text, group.phrase.end)
    return bool(behind and (KEY_WORD.search(own) or group.items[0].key or re.match(r",[^,]*\d", behind[0])))


def _just_given(group: Group, before: list[Sum]) -> bool:
    """Whether the sentence just before pays a plain sum."""
    last = before[-1] if before else None
    return (
        last is not None and last.phrase.sentence == group.phrase.sentence - 1 and last.role == "amount" and last.gives
    )


def _keys_before(passage: Passage, group: Group) -> str:
    """``五星级、四星级饭店,200万元、80万元``: the phrase before a list of sums, where it lists as many keys."""
    start, _ = passage.stretch(clause=group.phrase.clause)
    before = passage.text[start : group.start]
    return before if find_keys(before, len(group.items)) else ""


def _bounds_share(cap: Sum, before: list[Sum]) -> bool:
    """Whether a maximum bounds a share of its own clause: what comes next is no maximum for that."""
    return any(one.role == "rate" and one.phrase.clause == cap.phrase.clause for one in before)


def _introduction(passage: Passage, head: str, start: int, *, labelled: bool, counted: bool) -> str | None:
    """What says that the bare sums behind it are paid: the head of their sentence, the line or sentence above; None if nothing does."""
    introduced = (
        re.search(r"(?:其中|如下|以下|标准|分别|档|等级|即)[^。;]{0,14}[:,]", head)
        or head.endswith(":")
        or _HANDS_OUT.search(head)
        or _LED_BY_PAYMENT.match(head)
        or (counted and _GIVEN_BEFORE.search(head))
    )
    lead = head if introduced and (terms.AWARD.search(head) or terms.PAID_FOR.search(head)) else ""
    pays = terms.AWARD.search(passage.lead_in) or terms.PAID_FOR.search(passage.lead_in)
    above = passage.lead_in if pays and (not head or _named_line(passage, head)) else ""
    if lead or above:
        return lead + above
    earlier = passage.text[:start] or passage.lead_in or passage.heading
    named = _NAMES_PAYMENT.search(earlier) if labelled else None
    return named[0] if named else None


def _named_line(passage: Passage, head: str) -> str:
    """``给予奖励:(一)近零能耗建筑,每平方米300元``: the name of an item, in a phrase of its own below a line that leads on to it."""
    return head if passage.lead_in.endswith(":") and _NAME_ALONE.fullmatch(head) else ""


def _is_gained(passage: Passage, start: int, group: Group, own: str) -> bool:
    """Whether a sentence of a paper on awards begins with what is newly gained, and a level or a count goes before its sum."""
    keyed = bool(KEY_WORD.search(own) or group.items[0].per or _EACH.search(own))
    gained = _GAINED.match(passage.text[start : group.start])
    return keyed and bool(gained) and bool(terms.AWARD.search(passage.document.titles))


def _is_list_in_paper(passage: Passage, head: str, group: Group, own: str) -> bool:
    """``企业梯队:入库1万元、首次认定5万元、领军20万元`` in a paper on awards: a label, and sums that are named or counted one by one."""
    each = len(group.items) >= _FEWEST_NAMED and all(item.key for item in group.items)
    counted = bool(group.items[0].per and not re.match("[年月天次]", group.items[0].per)) or bool(_EACH.search(own))
    label = _PLAIN_LABEL.search(head)
    plain = (
        label
        and not label[0].endswith(("费:", "费用:"))
        and not (_OTHER_TITLE.search(label[0]) or _NO_PAYMENT.search(head) or terms.PRICE.search(head))
    )
    return bool(plain) and (each or counted) and bool(_PAPER_PAYS.search(passage.document.titles))


def _makes_up(passage: Passage, group: Group, before: list[Sum]) -> bool:
    """``上市奖励1000万元。其中,辅导150万元,受理350万元,上市500万元``: the sums of a sentence that make up the one before it."""
    start, end = passage.stretch(sentence=group.phrase.sentence)
    last = before[-1] if before else None
    if last is None or last.role != "amount" or not passage.text.startswith("其中", start):
        return False
    if last.phrase.sentence != group.phrase.sentence - 1 or len(last.items) > 1:
        return False
    if _SHARED_OUT.search(passage.text, start, end):
        return False
    parts = [one.fen or 0 for one in find_money(passage.text[start:end])]
    return len(parts) > 1 and sum(parts) == last.items[0].fen


def _is_bounded(passage: Passage, group: Group, head: str, own: str) -> bool:
    """``购房:500元/平方米,最高300万元``: a label, so much for each, and a maximum behind it."""
    counted = (group.items[0].per and not re.match("[年月天次]", group.items[0].per)) or re.search(r"每[一-鿿]\Z", own)
    listed = _LISTED_EACH.match(passage.text, group.end)
    end = listed.end() if listed else group.end
    priced = terms.PRICE.search(head) or _OTHER_TITLE.search(head) or head.endswith(("费:", "费用:"))
    return bool(counted and not priced and MAXIMUM_NEXT.match(passage.text, end))


def _is_titled(passage: Passage) -> bool:
    """Whether the heading names a payment: words before a sum that are but a key (``博士每月``) are paid under it."""
    titles = f"{passage.heading} {passage.above}"
    return bool((_TITLED.search(titles) or _VERB_TITLE.search(f" {titles}")) and not _OTHER_TITLE.search(titles))
