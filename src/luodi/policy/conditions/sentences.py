"""Running sentences that demand: whom a paper is for, what an applicant must be, who gets nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from luodi.policy.award_terms import KIND, PAYEE
from luodi.policy.conditions.announcing import announced
from luodi.policy.conditions.block import MATERIAL, WHOLE, Block, all_of, gives, refused
from luodi.policy.conditions.card_items import items_pay, pays
from luodi.policy.conditions.phrases import ONCE_ONLY, attested
from luodi.policy.passages import Passage

_MISCONDUCT = re.compile(
    r"不符合(?:相关|有关|上述|以上|前述|规定|条件|要求)|材料不[全齐]|弄虚作假|骗取|虚假|追回|收回|截留|挪用|逾期|期满|超过|已享受|已获|重复|同一"
)
_RECORD = re.compile(r"(?:失信|信用|安全|环保|环境|质量|违法)(?![^《》]*》)")  # not in 《财政违法行为处罚处分条例》
# 不足1万元的不予扶持: the sum that would be paid, not what an applicant has.
_TOO_SMALL = re.compile(
    r"(?:[^,。;\d]{0,8}(?:奖|补|扶持|资助|支持)[^,。;\d]{0,6})?(?:不足|低于|少于|不满)[\d.]+[百千万]*元的?\Z"
)
# 本办法不适用于已享受过同类奖励的企业
_NOT_FOR = re.compile(
    rf"本(?:办法|政策|措施|意见|细则|规定|通知|指南|方案)不适用于?(?P<who>[^。;:]{{4,80}}?)(?:的(?:{PAYEE})?)?(?=[。;]|\Z)"
)
# 房地产开发、采石场等项目不适用本办法
_SHUT_OUT = re.compile(
    r"(?:\A|(?<=[。;]))(?:对|凡)?(?P<who>[^。;:]{3,80}?)的?,?(?:均|一律|暂)?不适用于?本(?:办法|政策|措施|意见|细则|规定|通知|指南|方案)(?=[。;]|\Z)"
)
_LISTED = re.compile(r"(?:下列|以下)(?:情形|情况|行为)(?:之一)?\Z")
_REFUSED = (
    r"(?:不(?:能|得|可|予)再?获得[^,。;]{0,14}(?:资助|支持|奖励|补[助贴]|扶持)"
    r"|不予(?:支持|扶持|资助|奖励|补助|补贴|受理|享受|兑现|申报)(?!的(?:相关|有关)?(?:规定|要求|情形))|不得(?:申报|申请|享受)"
    r"|不(?:纳入|列入|计入)[^,。;]{0,8}(?:范围|对象)|不(?:能|再)?享受(?:本|上述|以上)[^,。;]{1,12}|取消[^,。;]{0,14}资格"
    r"|不具[备有][^,。;]{0,8}资格)"
)
_REFUSAL = re.compile(_REFUSED)
_EXCLUDED = re.compile(
    rf"(?:(?:依据|根据|按照?)[^,。;]{{2,40}}(?:规定|要求|精神|办法),)?(?P<who>(?:对|凡|在)?[^。;]{{4,80}}?)的?"
    rf"(?:企业|单位|项目|机构|个人|申报主体|主体)?,?(?:实?行?一票否决,?|一律|均|原则上|应当?|(?:当|本|该)?年度?"
    rf"|[一二三两\d]年内)*{_REFUSED}"
)
# 不符合申请条件的,不予受理: what the conditions ask says it all.
_UNFIT = re.compile(r"(?:不符合|不具备|不满足|未达到)(?:申[报请]|资助|补[助贴]|奖励|扶持|支持|规定)(?:的)?条件\Z")
_OBLIGED = re.compile(r"应当(?!不)|必须|(?<!无)须(?!知)")
# 应于每年3月提出申请, 应自立项之日起30日内备案: when something is to be done, not what an applicant is.
_WHEN_TO_ACT = (
    r"于(?=[^,。;]{0,12}[\d月日前后内起])|自(?=[^,。;]{2,20}起)|在(?=[\d每]|规定|收到|申[报请]|项目|[^,。;]{2,30}(?:后|起|之日)的?\d{1,3}个?(?:工作)?[日天月]内)"
    r"|每年(?=\d{1,2}月|第?[一二三四]季度|[上下]半年)"
)
_DAYS = r"20\d\d年\d{1,2}月\d{1,2}日(?:至|到|—|-|~)20\d\d年\d{1,2}月\d{1,2}日"  # 本政策适用于…的奖补对象: its term
MEANT = re.compile(
    r"(?:本(?!条|款|项(?!目))[一-鿿]{1,8}?(?:的)?(?:适用于|(?:适用|支持|扶持|奖励|奖补|资助|补[助贴])的?(?:范围|对象)"
    r"(?:是?指:?|为|是|包括))|主要面向|(?:支持|扶持|奖励|奖补|资助|补[助贴]|贴息|申[报请])(?:项目|主体)?(?:范围|对象)"
    r"(?:为|是|包括),?|(?:支持|扶持|奖励|奖补|资助|补[助贴]|享受|申[请报]|适用(?=对象))(?:对象|主体|人|单位|企业)"
    r"(?:(?:或者?|和|及)(?:组织|单位|机构|个人))?(?:是?指:?|系指:?|为|是|(?:应当?+[为是]?+|须[为是]?+|必须[为是]?+|需[为是]?+)"
    rf"(?![当为是须]|{_WHEN_TO_ACT})))"
    rf"(?P<who>(?!{_DAYS}[^,。;:]{{0,8}}(?:[。;]|\Z))"
    r"[^。;:]{6,200}(?:;(?=近[一二三两\d年来]|未|无|不存在|没有|具[有备])[^。;:]{4,80})*)"
)
APPLYING = re.compile(
    rf"(?:申请|申报|享受)[^。;:,]{{0,16}}(?:奖励|扶持|支持|资助|补[助贴]|资金|政策|办法|措施)[^。;:,]{{0,8}}的?"
    rf"(?:企业|单位|机构|主体|项目|人员|个人|人)?,?(?:应当?+|须|需|必须)(?:同时)?+"
    rf"(?!提交|提供|向|{_WHEN_TO_ACT}|填|准备|如实|按|对|符合[^。]*:)(?P<who>[^。;:]{{6,160}})"
)
"""What whoever applies must be."""
# 申请扶持的单位应当在本县注册; 申请本办法补助的
_OF_ALL = re.compile(rf"(?:申请|申报|享受)(?:{KIND}|专项|财政|资金|政策|的)*(?:{PAYEE}|,)|.*(?:{WHOLE.pattern})")
# 本政策支持的企业,…均需在本区; 享受政策的企业应在本区经营10年.
BOUND = re.compile(
    rf"(?:本(?!条|款|项)[一-鿿]{{1,8}}?(?:支持|扶持|奖励|资助)|(?:享受|获得)[^,。;:]{{0,8}}(?:政策|扶持|奖励|补贴|资助))的{PAYEE}(?:和{PAYEE})?,?"
    r"(?P<who>[^。;:,]{4,60}(?:须|需|应当?|必须|不低于|不少于|不得)[^。;:]{2,60})"
)
# 签订承诺书,违反承诺的应退回资金: what follows a breach is no condition.
_BREACH = re.compile(r",(?:若|如|凡|对)?[^,。;]{0,12}违反[^。;]*\Z")
# 哪些人可以申请? 正常经营6个月以上的,可申请创业补贴: who may claim what another answer tells.
_ASKS_WHO = re.compile(r"(?:谁|哪些|什么|何种|怎样|条件|资格|对象)[^?]*\?\Z")
_MAY_CLAIM = re.compile(
    rf"(?:\A|(?<=[。;:]))(?:答:|符合条件的)?(?P<who>[^。;:]{{6,120}})的,(?:均)?可(?:以|按规定)*"
    rf"(?:申[请领]|享受|领取)[^。;,\d]{{0,16}}?{KIND}(?:金|政策|资金)?(?=[。;])"
)
# 在甲园登记、购买办公用房的企业可以申请购房补贴。补贴标准:…: who may claim what stands next.
_CLAIMANTS = re.compile(
    rf"\A(?:对|凡)?(?!符合)(?P<who>[^。;:]{{6,160}}的{PAYEE}),?(?:均)?可(?:以|按规定)*(?:申[请领报]|享受)[^。;,\d]{{2,16}}?(?:{KIND})(?:资金)?。?\Z"
)
_STANDARD_NEXT = re.compile(
    rf"\s*(?:[(（]?[一二三四五六七八九十\d]*[)）、.．]?\s*)(?:具体)?(?:{KIND})(?:的?标准|比例|方式|金额)"
)
_SAID_OF_FIRMS = re.compile(r"的企业(?:,|应|须|需|必须|还|均)")  # 享受本政策的企业应当在本区注册
_ACT_OF_CLAIM = r"提交|提供|向|填|准备|如实|按|对|将|配合|接受|根据|加强|做好|及时|严格|建立|制定"
# 上述企业须依法纳税, 申报项目应在本市实施完成; not what an applicant does to claim.
# 上述工坊应当对外开放; not 上述资金须专款专用
_NO_THING = rf"[一-鿿]{{0,5}}(?:{KIND}|条件|材料|资料|资金|标准|政策|情形|规定|要求|费用|部门|内容|信息|各|事项|程序|时间|工作|措施|行为|数据|金额)"
_OWED = re.compile(
    rf"(?:(?:上述|以上|申[请报](?=项目|机构|人员)|(?:\A|(?<=。))[^,。;:]{{2,12}}(?=(?:企业|单位|机构|主体|项目)(?:必须|须))){PAYEE}"
    rf"|(?:上述|(?:\A|(?<=[。;,]))以上)(?!{_NO_THING})[一-鿿]{{2,6}}?)"
    rf"(?:应当?+|须|需|必须)(?:同时)?+(?!(?!对外)(?:{_ACT_OF_CLAIM})|{_WHEN_TO_ACT}|符合[^。]*:)(?P<who>[^。;:]{{3,120}})"
)
# 对引进甲品牌首店的,给予A。首店须签订2年以上租赁合同: said of what the sentence before it pays for.
_OF_THE_PAID = re.compile(
    rf"(?<=[。;])(?!申[请报]|上述|以上)(?P<thing>[一-鿿]{{2,8}}?)(?:应当?+(?![用急届收对聘税邀力])|须|必须)(?:同时)?+"
    rf"(?!{_ACT_OF_CLAIM}|在(?!有效期)|于(?![^,。;]{{0,14}}前(?:建成|投产|开工|竣工|投用|投入|运营|完工))|自|由|以|为|符合[^。]*:)"
    rf"(?P<who>[^。;:]{{3,120}})"
)
# 申报企业不得被列入失信名单,不得存在欠税: what an applicant must not be.
_MUST_NOT = re.compile(
    rf"(?:申[请报]|享受[^,。;:]{{2,12}}的){PAYEE}(?:近[一二三两]年(?:内)?)?"
    rf"(?P<who>不得(?:有|存在|被|列入|为|是|属于|发生|出现|拖欠|处于)[^。;:]{{2,120}})"
)
# 申报企业的注册地、税务登记地须在本区, 申报项目总投资应在500万元以上: what of his is bounded.
_HAS_TO = re.compile(
    r"申[请报](?:企业|单位|主体|机构|项目|人)的?(?P<who>(?![应须需必])[一-鿿、]{2,20}?(?:均|都)?(?:应当?|须|需|必须)"
    r"(?:在(?![^,。;]{0,14}(?:提交|报送|办理|召开))(?:[本我]|[\d.]+[万亿%]|[一-鿿]{1,6}?[市区县园])|不[低少高超]|达到|位于|属于)[^。;:]{1,100})"
)
_IS_BOUND = re.compile(r"\d|签订|取得|获得?|具[有备]|通过|完成|办理|拥有|纳入|列入|有效期")
# 此类大棚仅限重点县申报.
_LIMITED = re.compile(r"(?P<who>(?:此|该|这|本)[类项种][^,。;]{0,16}[仅只]限(?:于)?[^,。;]{3,40})")
# 对提前录用的,须在30日内签订合同: demanded in one case, stands as written.
_IN_CASE = re.compile(
    rf"(?P<who>(?:(?<!针)对(?!象)|凡)[^,。;]{{4,40}}的,(?:应当?+|须|必须)(?!不予|{_ACT_OF_CLAIM})[^。;:]{{4,100}})"
)
# 标准如下:, 标准见下表(单位:万元)。: what a list or a table is led in by.
LED_ON = r"(?P<on>:|(?:[见如按]|详见)下表(?:所示)?(?:\(单位:?[^()]{1,8}\))?。?)\Z"
"""The end of a sentence that a list or a table goes on with."""
_PROMISES = re.compile(
    r"(?:(?<!针)对(?!象)|凡)[^。;:]{4,80}(?:给予|予以|享受|发放|实行|分[档级类](?=奖|补|资助))[^。;:\d]{0,24}" + LED_ON
)

# 达到约定税收标准的项目(不低于8万元/亩),按照投资额分档给予奖励。 above items that pay
_HEADS_ITEMS = re.compile(
    rf"(?:[^,。;]{{2,16}}(?:起|内),)*(?P<who>[^。;:]{{6,120}}?的(?:[^,。;的]{{0,6}}{PAYEE})(?:\([^()]*\))?),"
    rf"(?:(?:按照?|根据|依据|参照)[^,。;\d]{{2,20}}?|分[档类级])*(?:给予|予以|实行)[^,。;\d]{{0,16}}"
    rf"(?:奖励|补助|补贴|资助|扶持|支持)[。:]\Z"
)
# 对在本市立项的动画片给予奖励,最高不超过100万元。具体标准如下: whom the items below pay.
_LEADS_ITEMS = re.compile(
    r"(?:\A|(?<=[。;:]))(?P<who>(?:(?<!针)对(?!象)|凡)[^。;:]{4,120}?)(?:的)?,?(?:给予|予以|发放|实行)[^。;:\d]{2,40}"
    r"(?:(?:最高|不超过|上限)[^。;:]{2,40})?(?:。[^。;:]{0,24})?" + LED_ON
)

# 1.对内资企业: above items that pay
_CLASS_ALONE = re.compile(rf"对(?P<who>(?!象)[^,。;:]{{2,30}}{PAYEE}):\Z")

# 四、对设立研发机构的企业奖励标准: a heading that says whom its sums are for.
_STANDARD_FOR = re.compile(
    rf"\A对(?P<who>[^,。;:]{{3,40}}?{PAYEE})的?(?:奖励|奖补|补助|补贴|资助|扶持)(?:标准|办法|政策|方式)?:?\Z"
)


# 评估不合格的平台,由市甲局取消资格; ,经评估后由认定机关
_BY_WHOM = re.compile(r",(?:经[^,。;]{1,10}后,?)?由[^,。;]*\Z")


def is_known_before(words: str) -> bool:
    """Whether what takes an award away is known when one applies: a record, not that somebody deceives."""
    return bool(_RECORD.search(words)) or not _MISCONDUCT.search(words)


def _of_the_paid(
    passage: Passage, owner: int | None, sums: Sequence[int], taken: Sequence[tuple[int, int]]
) -> Iterator[Block]:
    """What a sentence demands of a thing that an award before it is for."""
    for told in _OF_THE_PAID.finditer(passage.text) if owner is not None else ():
        named = told["thing"] in passage.text[: told.start()] and gives(passage, 0, told.start(), sums)
        again = any(low < told.end() and told.start() < high for low, high in taken)
        if not named or again or MATERIAL.search(told[0]) or not _IS_BOUND.search(told["who"]):
            continue
        if not gives(passage, *told.span("who"), sums):
            block = Block(owner, passage.offsets[told.start()], passage.offsets[told.start()])
            block.items.extend(all_of(passage, *told.span("who")))
            yield block


_PAYMENT_NAME = re.compile(r"(?!万元|亿元)[一-鿿]{2}(?:补[贴助]|奖励|津贴|资助)")


def _of_what_is_paid(passage: Passage, told: re.Match[str]) -> bool:
    """``给予租房补贴。申请租房补贴的人员应…``: nothing else by another name is paid before it."""
    before = passage.text[: told.start()]
    names = set(_PAYMENT_NAME.findall(told[0][: told.start("who") - told.start()]))
    paid = set(_PAYMENT_NAME.findall(before))
    return paid == names or (not paid and all(name[:2] in before for name in names))


def said(passage: Passage, at: int, sums: Sequence[int]) -> Iterator[Block]:
    """Running sentences: whom the paper is for, what an applicant must be, who gets nothing."""
    owner = at if at >= 0 else None
    leading = list(_leading(passage, owner, sums))
    yield from leading or announced(passage, at, sums)
    taken: list[tuple[int, int]] = []  # two patterns may read one sentence
    yield from _of_applicants(passage, owner, sums, taken)
    yield from _of_the_paid(passage, owner, sums, taken)
    for told in _IN_CASE.finditer(passage.text):
        if not MATERIAL.search(told[0]) and not gives(passage, *told.span(), sums):
            block = Block(owner, passage.start, passage.start)
            block.items.append(attested(passage, *told.span("who")))
            yield block
    yield from _once_only(passage, owner, sums)
    yield from _shutting_out(passage, owner, sums)


def _once_only(passage: Passage, owner: int | None, sums: Sequence[int]) -> Iterator[Block]:
    """How often one may have what a sentence pays, or what stands before it."""
    for told in ONCE_ONLY.finditer(passage.text):
        low, high = passage.stretch(sentence=passage.sentence_at(told.start()))
        own = (passage.offsets[low], passage.offsets[high - 1] + 1) if gives(passage, low, high, sums) else None
        if own is None and owner is not None and _of_unread_payment(passage, owner, (low, told.start()), sums):
            continue
        place = passage.offsets[told.start()]
        whole = bool(WHOLE.search(passage.text, low, told.end()))
        yield Block(owner, place, place, whole, items=[attested(passage, *told.span())], within=own)


def _of_unread_payment(passage: Passage, owner: int, named: tuple[int, int], sums: Sequence[int]) -> bool:
    """``给予生活费补贴。生活费补贴每人每年只享受一次``: a payment that its own passage tells of without a sum, not what others pay."""
    names = _PAYMENT_NAME.findall(passage.text, *named)
    before = passage.text[: named[0]]
    return bool(names) and all(name in before for name in names) and not pays(passage.document.articles[owner], sums)


def _leading_items(text: str) -> re.Match[str] | None:
    return _LEADS_ITEMS.search(text) or _HEADS_ITEMS.match(text) or _CLASS_ALONE.match(text)


def _leading(passage: Passage, owner: int | None, sums: Sequence[int]) -> Iterator[Block]:
    """What the words before items, standards or tables say of all that they pay."""
    if promise := _PROMISES.search(passage.text):
        block = Block(owner, passage.start, passage.start)
        block.items.extend(all_of(passage, promise.start(), promise.start("on")))
        yield block
    elif (
        owner is not None
        and (led := _leading_items(passage.text))
        and items_pay(passage.document.articles[owner], sums)
    ):
        block = Block(owner, passage.start, passage.start)
        block.items.extend(() if gives(passage, *led.span("who"), sums) else all_of(passage, *led.span("who")))
        yield block
    if named := _STANDARD_FOR.match(passage.text):
        yield Block(owner, passage.start, passage.start, items=[attested(passage, *named.span("who"))])
    claim = _CLAIMANTS.match(passage.text)
    if claim and _STANDARD_NEXT.match(passage.document.clean, passage.offsets[-1] + 1):
        block = Block(None, passage.start, passage.start)
        block.items.extend(all_of(passage, *claim.span("who")))
        yield block


def _of_applicants(
    passage: Passage, owner: int | None, sums: Sequence[int], taken: list[tuple[int, int]]
) -> Iterator[Block]:
    """What sentences say that an applicant must be; their places are added to ``taken``."""
    asked: tuple[re.Pattern[str], ...] = (_MAY_CLAIM,) if _ASKS_WHO.search(passage.lead_in) else ()
    for pattern in (*asked, MEANT, APPLYING, BOUND, _OWED, _LIMITED, _MUST_NOT, _HAS_TO):
        for told in pattern.finditer(passage.text):
            # 申请购房补贴的人才应在县内…: of one award, which nothing here tells
            placed = told["who"].startswith(("在", "于")) and pattern is APPLYING and not _OF_ALL.match(told[0])
            if placed and not (gives(passage, 0, told.start(), sums) and _of_what_is_paid(passage, told)):
                continue
            if MATERIAL.search(told[0]) or not re.search(r"的|应|须|需|限|指|不得", told[0]):
                continue
            if gives(passage, *told.span("who"), sums) or any(
                low < told.end() and told.start() < high for low, high in taken
            ):
                continue
            taken.append(told.span())
            place = passage.offsets[told.start()]
            block = Block(owner, place, place, bool(WHOLE.search(told[0])))
            block.of_units = bool(_SAID_OF_FIRMS.search(passage.text, told.start(), told.start("who") + 1))
            breach = _BREACH.search(told["who"])
            end = told.start("who") + breach.start() if breach else told.end("who")
            block.items.extend(all_of(passage, told.start("who"), end))
            yield block


def _shutting_out(passage: Passage, owner: int | None, sums: Sequence[int]) -> Iterator[Block]:
    """Who gets nothing: whom the paper is not for, and whom a sentence refuses."""
    for told in (*_NOT_FOR.finditer(passage.text), *_SHUT_OUT.finditer(passage.text)):
        block = Block(owner, passage.start, passage.start, whole=True, refuses=True)
        block.items.append(refused(passage, *told.span("who")))
        yield block
    for told in _EXCLUDED.finditer(passage.text) if _REFUSAL.search(passage.text) else ():
        who = told["who"]
        if _LISTED.search(who) or _UNFIT.search(who) or _TOO_SMALL.match(who) or who.endswith("部分"):
            continue
        low = _behind_duties(passage, *told.span("who"))
        begin = _behind_sums(passage, low, told.end("who"), sums)
        refused_for = _RECORD.search(who) or not _MISCONDUCT.search(passage.text, begin, told.end())
        if refused_for and not gives(passage, begin, told.end(), sums):
            own = (passage.offsets[low], passage.offsets[begin]) if begin > low else None
            block = Block(owner, passage.start, passage.start, refuses=True, within=own)
            end = told.start("who") + len(_BY_WHOM.sub("", who))
            block.items.append(refused(passage, begin, end))
            yield block


def _behind_duties(passage: Passage, low: int, high: int) -> int:
    """Where it is told who gets nothing: its last phrase, where those before it say what is to be done (甲应当按目录选用,不按…的)."""
    last = passage.text.rfind(",", low, high) + 1
    return last if high - last >= _SHORTEST and _OBLIGED.search(passage.text, low, last) else low


def _behind_sums(passage: Passage, low: int, high: int, sums: Sequence[int]) -> int:
    """Where it is told who gets nothing (给予A奖励,中途退库的不予奖励): behind what is given, in its last phrase."""
    last = passage.text.rfind(",", low, high) + 1
    told = high - last >= _SHORTEST and not passage.text[last].isdigit()
    return last if told and gives(passage, low, high, sums) else low


_SHORTEST = 5
