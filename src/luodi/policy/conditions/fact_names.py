"""The fact that a number bounds, by the words before it (LANGUAGE 9): ``营业收入`` in ``企业年营业收入5000万元以上``."""

from __future__ import annotations

import re
from typing import NamedTuple

from luodi.policy.conditions.terms import ACT, SUM_NOUN
from luodi.quantities.counts import Count

_LONGEST = 24
_NAME = re.compile(
    r"(?:(?<!\d)20\d\d年)?(?:\(套\)|\([一-鿿]{2,6}\)(?=收入|总?额|产值|投入|规模|面积)|“[^“”\d]{1,12}”|[^,。;:的、\d()“”《》【】〔〕]){2,30}\Z"
)
# 研发费用占营业收入的比例不低于5%
_SHARE_OF = re.compile(
    r"(?:(?<![一-鿿])|(?<=[且或]))[^,。;:、\d()“”《》【】的]{2,16}占[^,。;:、\d()“”《》【】的]{2,14}的(?:比例|比重)\Z"
)
_REMARK = re.compile(r"\([^()]{1,30}\)\Z")
_NAME_LEAD = re.compile(
    r"\A(?:[—–~-]+|中(?=占)|其中|以及|并且?|且|凡|对于?|针对|经(?!济|营|费|销|贸|办)|每年从|从(?!业|事)|等(?!级)|取(?!得)"
    r"|在(?![此孵建库校册职岗营研售])|在此基础上|此外|同时|若|如|其(?![他它余中])|该|上述|或者?|和|及|要求|应(?![税收付急用])|须"
    r"|原则上|企业|单位|项目|申报(?!人|者)|申请(?!人|者)|主体|属于|近(?![一二三两四五\d])|的|具有|拥有|有(?!效)"
    r"|内(?![部地资外控容河海陆]))+"
)
_NAME_TAIL = re.compile(
    r"(?:(?:折合)?人民币|达到或|累计|首次|均|分别|在|为|是|应|须|达到?了?|(?<!不)超过?|(?:但|仍|且)?未"
    r"|实现正增长(?=且|但|,|并|未|\Z)|突破|不低于|不少于|不超过|不高于|高于|大于或?等于|大于|低于|少于|小于|不足|满|约|至少|合计"
    r"|实现|[≥≤<>=]|(?<=[于过到])每(?:亩|公顷|平方米|人|户))+\Z"
)
_AFTER_PAYEE = re.compile(
    r".*(?:企业|单位|机构|项目|园区|平台|基地|孵化器|人才|个人)(?=[一-鿿]{3,}\Z|(?:吸纳|招[用收聘]|聘用|带动|安置)\Z)"
)
# 首次达到税收1亿元: what is reached stands behind the verb.
_REACHED = re.compile(r".*首次(?:达到?|突破|超过|进入|实现|完成)(?=[一-鿿]{2})")
# 军民融合企业入驻率, 民营企业占比: a part of others than the applicant.
_OF_CLASS = re.compile(
    r"(?:持股|控股|占股|入驻|集聚|聚集|注册|入园|存活|毕业|孵化|签约)?(?:率|占比|比例|比重|总?数量?)\Z"
)
# 采购本市单位配套产品, 租用园区标准厂房: what is done with whom is one name.
_DEALS = re.compile(r"采购|购[买置]|租[用赁]|承租")
_TRADED = re.compile(r"采购|购买|销售给?|向|与|为")
# 配备5名工作人员, 新建40座标准大棚: behind what is done the number counts what follows it.
_DONE = re.compile(
    r"(?:配备|具有|拥有|游览|参观|途经|发展|新建|建[成设]|引进|培育|组织|接待|举办|吸纳|招[用收聘]|聘用|开展|创办|种植|购[置买]|入驻|已?有)\Z"
)
_FOLLOWS = re.compile(
    r"(?:不足\d+[一-鿿])?(?:\((?:均)?含[^()]{0,8}\))?(?P<noun>[A-Z\d]{0,2}[一-鿿]{2,12}?)(?=的|就业|[,。;、:()]|且|并|\Z)"
)
EACH = re.compile(r"每(?![年月])[^,。;\d]{0,12}\Z")
"""What stands before a number that is counted, not compared (每引进1家)."""
_YEARLY = re.compile(r"每[年月][^,。;\d]{0,12}\Z")  # 每年统筹3亿元 is a budget; 每年供货额1000万元以上的 is demanded
_NEXT = re.compile(r"以[上下内](?!学历|学位|职称|文化程度)|且|同时|或者?(?!有)")
_BARE_PAYEE = 2  # characters of 企业, 单位
# 产值或营业收入超过1亿元: one number of either sum, whichever an applicant has.
_OR_SUM = re.compile(
    rf"(?:\A|(?<=[,。;:、且()的]))(?P<one>(?:20\d\d年)?[^,。;:、且()的\d“”]{{0,12}}?{SUM_NOUN})或者?\Z"
)
_IS_SUM = re.compile(rf"{SUM_NOUN}\Z")
# 软件业或制造业营业收入, 省内或省外销售额: one sum of either class.
_OR_CLASS = re.compile(r"(?:\A|(?<=[,。;:、且()的对凡]))(?P<one>[^,。;:、且()的对凡在未不无\d“”]{1,10})或者?\Z")
_COUNTED = {"人": "人数", "家": "家数", "个": "个数", "项": "项数", "件": "件数", "户": "户数", "台": "台数"}
_COUNTED |= {"家次": "家次", "户次": "户次"}  # firms served, each time counted
THINGS = frozenset((*_COUNTED, "名", "座", "间", "套", "辆", "场", "次", "只", "头"))
"""Units that count things, not what is measured of them."""

# What these units count is told with the name where it ends in what is done (新建10万平方米 → 新建面积).
_MEASURES = {"平方米": "面积", "万平方米": "面积", "亩": "面积", "万亩": "面积", "人次": "人次", "万人次": "人次"}
_TIME_ALONE = re.compile(r"(?:每|当|全|上一?)?年度?|[一二两三]年")
_MEASURED = re.compile(r"(?:面积|规模|人次|人数|数量?|总?量|额|率|[体容]积|用地|建筑)\Z")
# Who has it is no fact of it; the number compares what was named before.
_WHO = re.compile(r"(?:企业|单位|机构|园区|个体户|个体工商户|旅行社|景区|酒店|饭店)\Z")
_WHO_COUNTED = ("家", "家次", "户", "户次")
# What is chosen, not what a chosen one has: 评选不多于5个.
_NO_FACT = re.compile(
    r"最高|单个(?![一-鿿]{0,14}(?:合同|订单|投资|销售|交易|采购|建筑)[一-鿿]{1,4}\Z)|同一|奖励|补[助贴]|给予|累计$|资助|扶持|第\Z"
    r"|每(?!年)|[我本][省市区县]\Z|封顶|评选|遴选|选取|择优|名额|限报|按|已经|(?:等|和|及|与)\Z"
)
# 茶叶、油茶30亩以上, 专利权、商标权质押500万元以上: one number of two things together.
_THING_BEFORE = re.compile(
    r"(?<![一-鿿A-Z\d])(?:对|凡)?(?:企业|单位)?以?(?P<one>(?![对凡在经为有符具获取通]|及?以?[上下内]、)[一-鿿]{2,8})、\Z"
)


_PERSONS = re.compile(r"(?:[员工者士师]|职工|人才)\Z")  # 在岗员工、志愿者30人以上: together


def with_thing_beside(text: str, start: int, name: str) -> tuple[int, str]:
    """A fact with the thing beside its own: of one class, or measured without a word for the measure."""
    beside = _THING_BEFORE.search(text[:start])
    measured = name not in text and not ACT.fullmatch(name[:-2])
    alike = beside and (beside["one"][-1] in name[1:5] or (_PERSONS.search(beside["one"]) and _PERSONS.search(name)))
    if beside is None or not (alike or measured):
        return start, name
    return beside.start("one"), f"{beside['one']}、{name}"


# 入驻率、注册率均达到80%以上; 平均, 年均 are parts of a name
_ALL_ALIKE = re.compile(r"(?<![平年人户亩地日月])均|都")
_BESIDE = re.compile(r"(?:[一-鿿]{2,12}?(?:、|和|及|与))+\Z")


def facts_alike(text: str, start: int, name: str, words: str) -> tuple[int, list[str]]:
    """The facts that one number bounds, and where they begin: several where it says so (均), ``name`` the last."""
    if not _ALL_ALIKE.search(words):
        return start, [name]
    beside = _BESIDE.search(text[:start])
    names = [one for one in re.split("、|和|及|与", (beside[0] if beside else "") + name) if len(one) > 1]
    return (beside.start() if beside else start), [_NAME_LEAD.sub("", names[0]) or names[0], *names[1:]]


# 成立不满3年入孵实体不少于15户: the time belongs to the number before it.
_TIME_BEFORE = re.compile(r"\A(?:年|个月|周?岁)(?:及?以[上下内])?(?=[一-鿿]{2})")


def _of_payee(name: str, payee: re.Match[str]) -> str | None:
    """A name without who has it; whole where it is what one does with others, or how many of a class there are."""
    rest = _NAME_LEAD.sub("", name[payee.end() :])
    of_class = _OF_CLASS.match(rest) and rest and payee.end() > _BARE_PAYEE
    if of_class or _DEALS.match(name) or payee[0].endswith("个人"):  # 技术骨干个人经济贡献
        return name
    return None if _TRADED.search(payee[0]) else rest


class Part(NamedTuple):
    """A sum that is bounded by a share of another: its name, where that begins, where the sign behind it ends."""

    name: str
    start: int
    sign_end: int


_OR_ACT = re.compile(rf"(?:在[^,。;:、的\d]{{1,6}}?)?(?:{ACT.pattern})或者?\Z")  # 在境外自建或租用
# 自有资金不低于总投资的30%, 专业人员占职工总数的60%以上
_PART = re.compile(
    r"(?P<part>[^,。;:、的\d()“”]{2,20}?)(?P<sign>不低于|不少于|不超过|不高于|不得超过|高于|超过|达到?|占到?)(?:企业|单位|项目|其|同期|当年)?"
    r"(?P<whole>[^,。;:、的\d()“”]{2,14})的\Z"
)


def part_of_another(text: str, one: Count) -> Part | None:
    """What a percentage of something else bounds (自有资金不低于总投资的30%)."""
    at = _PART.search(text[: one.number_start]) if one.unit == "%" else None
    if at is None or _NO_FACT.search(at["part"]):
        return None
    name = _NAME_LEAD.sub("", at["part"])
    name = name[payee.end() :] if (payee := _AFTER_PAYEE.match(name)) else name
    return Part(f"{name}占{at['whole']}比例", at.end("part") - len(name), at.end("sign")) if len(name) > 1 else None


def counted_behind(text: str, one: Count) -> re.Match[str] | None:
    """What a number of things counts that stands behind it (游览5个以上收费景区)."""
    return _FOLLOWS.match(text, one.end)


def fact_before(text: str, one: Count) -> tuple[str | None, int]:
    """The noun before a number, without who has it; its start."""
    words = _NAME_TAIL.sub("", _REMARK.sub("", _NAME_TAIL.sub("", text[: one.start])))
    floor = max((cut.end() for cut in _NEXT.finditer(words)), default=0)
    if share := _SHARE_OF.search(words, floor):
        name = _NAME_LEAD.sub("", share[0])
        return name.replace("的", ""), len(words) - len(name)
    at = _NAME.search(words, floor)
    if at is None or EACH.search(words):
        return None, one.number_start
    after_time = _TIME_BEFORE.match(at[0]) if text[: at.start()][-1:].isdigit() else None
    if after_time is None and text[: at.start()][-1:].isdigit():
        return None, one.number_start
    name = _NAME_LEAD.sub("", re.sub(r"\A.*等(?=实际)", "", at[0][after_time.end() if after_time else 0 :]))
    name = _REACHED.sub("", name)
    if (other := _OR_ACT.search(words[:floor])) and (act := ACT.match(name)) and len(name) > act.end() + 1:
        name = other[0] + name  # 自建或租用海外仓面积
    if (beside := _OR_SUM.search(words[:floor])) and at.start() == floor and _IS_SUM.search(name):
        name = _NAME_LEAD.sub("", words[beside.start("one") :])
    if (beside := _OR_CLASS.search(words[:floor])) and at.start() == floor and _is_class_beside(beside["one"], name):
        name = _NAME_LEAD.sub("", words[beside.start("one") :])
    if payee := _AFTER_PAYEE.match(name):
        whose = _of_payee(name, payee)
        if whose is None:
            return None, one.number_start
        name = whose
    named = _as_bounded(text, words, one, name)
    return (named, len(words) - len(name)) if named else (None, one.number_start)


def _is_class_beside(one: str, name: str) -> bool:
    """Whether words before 或 are of the kind of those that a sum's name begins with (软件业|制造业营业收入, 省内|省外销售额)."""
    return bool(_IS_SUM.search(name.removesuffix("纳统"))) and (
        one[-1] in name[1:6] or (len(one) > 1 and one[0] == name[0])
    )


def _as_bounded(text: str, words: str, one: Count, name: str) -> str | None:
    """The fact that a number of its unit bounds of a noun (新增 … 20名参保职工: 新增参保职工数); None where it bounds none."""
    if one.unit in THINGS and name.endswith("新增") and (noun := counted_behind(text, one)):
        return f"{name}{noun['noun']}数"
    if len(name) == 2 and (noun := counted_behind(text, one)) and noun["noun"] == "就业":
        return f"{name}就业数"
    if len(name) == 2 and one.unit in _COUNTED and re.search(r"[入用纳进增育务动聘收聚集办开]\Z", name):
        return name + _COUNTED[one.unit]
    yearly = _YEARLY.search(words) and not (text.endswith("的") and (one.unit in THINGS or _MEASURED.search(name)))
    if not 2 <= len(name) <= _LONGEST or _NO_FACT.search(name) or yearly:
        return None
    if _WHO.search(name):
        return name + _COUNTED[one.unit] if one.unit in _WHO_COUNTED else None
    if one.unit in THINGS and _DONE.search(name) and (noun := counted_behind(text, one)):
        return f"{_DONE.sub('', name)}{noun['noun']}数"
    if one.unit == "%" and "超过" in name:  # 使用面积超过总面积50%
        return name.replace("超过", "占")
    if _TIME_ALONE.fullmatch(name) and one.unit not in _MEASURES:  # 年度不少于100架次
        return name + one.unit if one.unit in THINGS or one.unit == "架次" else None
    measure = _MEASURES.get(one.unit)
    return name + measure if measure and not _MEASURED.search(name) else name
