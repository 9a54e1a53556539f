"""What a goal's number measures: the noun it counts, the subject that reaches it, the nth of a distributive list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from luodi.quantities.numerals import numeral

VERB = (
    r"建成|续建|建立|建设|创建|创成|打造|培育|培养|新增|新建|引进|引育|推出|形成|组建|认定|新认定|遴选|实施|完成|集聚|聚集|孵化|举办|开展|启动"
    r"|扶持|支持|发展|实现|达到|突破|超过|制定|布局|改造|推广|落户|招引|储备|编制|提供|争取|壮大|建好|办好|提升|覆盖|转化|攻克|备案"
    r"|盘活|腾退|收储|淘汰|更新(?!改造)|开通(?!里程|率)|净增|培训|救助|服务(?!业)|招聘|新聘|续聘|招募|派遣|选拔|选派|选聘|评选|评定|资助"
    r"|筹建|筹集|组织|发动|开设|招聘|援助|新?改建|(?:新?改)?扩建|放映|开发|指导|迁建|消除|开放|发布|开办|筹措|创成|守[住牢]|帮助"
    r"|升级|补齐|增配|吸引|输送|争创|选树|设立(?!在)"
)
_VERB = re.compile(VERB)
_BEGUN = re.compile(r"新?开工|竣工|完工|投产|达产|投用|复工")
_AROUND_NOUN = re.compile(rf"\A(?:{VERB}|{_BEGUN.pattern}|谋划|计划|全部)+|(?:{VERB}|{_BEGUN.pattern})+\Z")
# 市区和新区各增加1条公交线路: what is done in each of the places named.
_VERB_FOR_EACH = re.compile(rf"(?P<who>[^,。;\d]{{4,40}})各(?P<verb>(?:{VERB}|增[加设开])+)")
_ONLY_VERB = re.compile(rf"(?:{VERB})")
_LEAD = re.compile(
    rf"\A(?:在[^,。;\d]{{2,40}}(?:领域|行业|方面|地区|场所)(?={VERB})|"
    rf"[◆●■▪·—-]|即(?={VERB})|目标值|其中|(?:规划|计划|方案)期末|[一两二三四五\d]年内|以及|并|且|同时|力争|确保|努力|争取|明确|提出|全市|我市|使"
    r"|[将把](?=[^,。;\d]{2,24}\Z)|再(?=取消|下放|精简|压[缩减])|推动|到(?!位)|在|至(?!少)"
    r"|[“”]?十[一二三四五六]五[“”]?(?:期?末|期间|时期)?|“(?:[七八九]五|十五)”(?:期?末|期间|时期)?|期间"
    r"|(?:到|至)?(?:20\d{2}年?[—–~至-]+)?(?:20\d{2}|[一二三四五六七八九〇零○]{4})年(?:底|末)?(?:以?前)?|[:,、(]|原则上|每年|全年"
    r"|年内|今年|本年度?|年底前?|年末前?|\d{1,2}月[底末]?前|第?[一二三四]季度(?:末|底)?|[上下]半年|年均|[一两二三四五]年(?=累计)"
    r"|累计|预计)+"
)
_COMPARATOR = re.compile(
    r"(?:力争|将|(?<![主重需必])要|再|[较比](?:上年|去年)|一般(?!公共|预算|债|贸易|性|工)|原则上|提前[一两二三\d]年|分别"
    r"|(?:年均|每年)(?=[增提降下])|(?<![年人户亩地日月平])均|基本|稳步|累计)*"
    r"(?:达到?|提高[到至]?|提升[到至]?|增加到?|增长到|增[长至]|不[得能应可]?(?:超过?|超出|突破|[低少高大小多]于)|超过?|超出|逾|突破|实现|(?<![超通])过"
    r"|(?:总体)?(?<!不)[高大低少小]于|保持在|稳定在|维持在|(?:严?控制?|限制)在|保持(?!在)|(?:压|缩)[缩短减][到至为]|提到|(?:下?降低?|减少?)[到至为]|下降|降低"
    r"|为|至少|需要?|不超过|(?:上升|扩大|发展)[到至]|增至|(?<![存外内旨])在|(?<=引进|培育|新增|聚集)上|近|约|预期|[≥≤><=])*\Z"
)
# 报告提出了今年的预期目标——地区生产总值增长, 提出“力争到2026年交易额达到
_AIMS_LEAD = re.compile(r"\A[^,。;\d]{0,30}目标——|\A[^,。;\d“”]{0,16}“(?=(?:力争|争取|确保)?[到至]?20\d\d年)")
# 以甲、乙为主导的“1+N”集群: what it is made of tells its kind.
_OF_WHAT_KIND = re.compile(r"(?:加快|着力)?(?:打造|构建|形成)?以[^,。;\d]{2,50}为[一-鿿]{2,6}的(?=[一-鿿“\d])")
# 率从2020年的15%提高到: what it was before is no part of the name.
FROM = re.compile(
    r"(?:[从由](?:20\d\d年(?:底|末)?|[目当]前|现在)?的?|(?<=率)由)[\d.][^,。;从由]{0,10}?"
    r"(?=(?:提[高升]?|增[加长]|上升|扩大|压[减缩]|缩短|下?降低?|减少?)(?:[到至为]|\Z))"
)
# 较2017年增长, 在2017年基础上: what it is measured against.
AGAINST = re.compile(
    r"同比|(?:同口径)?[较比](?:20\d\d年(?:底|末)?|上年|去年|“?十[一二三四五]五”?(?:期?末)?)|在20\d\d年(?:底|末)?的?基础上"
)
REMARK = re.compile(r"\([^()]*\)")
# 12所(市甲局牵头), 突破千亿元大关: no word of what is counted; (含60人) belongs to a threshold.
_NO_NOUN = re.compile(r"\((?!不?含[\d)])[^()]*(?:\)|\Z)|\A(?:大关|关口)")
_JOINED = re.compile(r"、|以及|和|与|及|(?<=”)(?=“)")
_STOP = re.compile(r"[,。;:]|(?:和|、|及|与|以及)(?=[^,。;]{0,12}\d)|,|以上(?=[,。;]|\Z)")
_LEVEL = re.compile(r"(?:国家|省部?|市|区|县|世界|国际|国内|全国|全省|全市)级?(?:以上)?")
_KIND = re.compile(rf"(?:{_LEVEL.pattern})|城镇|农村|城市|乡村|[一-鿿A-Z]{{1,6}}?[类型级]")
# 县乡村三级物流网点覆盖率: one measure of each level.
_LEVELS = re.compile(r"(?P<each>[省市县区乡镇村]{2,4})[两二三四]级")
# 甲、乙规模到2025年分别达到
_BY_YEAR = re.compile(r"[到至]20\d\d年(?:底|末)?\Z")
_LONGEST = 60
_SHORT = 16
_LETTERED = re.compile(r"[A-Z甲乙丙丁一二三四五][类级型档]")
_SO_MANY = re.compile(r"(?P<n>[两二三四五六七八九十])(?:大类?|个|类|项)(?=[一-鿿]{2})")
_OWN_LEVEL = re.compile(r"(?:[国省市区县]家?级)?(?:及?以上)?(?:的)?")
_MEASURE = re.compile(
    r"(?:重点工程)?(?:总产|减排量|排放总量|排放量|产量|销量|总量|保有量|[一-鿿]{2}率|[一-鿿]{2}时[间限]|占比|比重|比例"
    r"|(?:PM2\.5|细颗粒物|可吸入颗粒物)?浓度|产值|增加值|收入|规模|面积|投资|人数|数量|里程|能耗|满意度|生产总值|税收|利润"
    r"|[总销交]额|出口额?)\Z"
)
_SOWN_AREA = re.compile("(?:播种|种植|养殖)面积\\Z|[按及]时[一-鿿]{2}率\\Z")
_WHOLE_MEASURE = re.compile(rf"(?:主营业务|营业|销售|工业|年|总)*{_MEASURE.pattern}")
_OF_ITS_OWN = re.compile(
    rf"{_MEASURE.pattern}|[额款金债资本费元量值率]\Z|消费|进出口|财政|预算|GDP|总[一-鿿]\Z|增长|增速|下降|提高|时[间限]"
)
_SHARED_BY = re.compile("(?:各|均(?!.*均)|分别(?!.*分别)).*")
# 甲占乙的比重, 甲对乙的贡献率: a measure of two things, in which 和 joins names.
_OF_SEVERAL = re.compile("占|对.+的")


def following(text: str) -> str:
    """The words behind a number without remarks in brackets."""
    return _NO_NOUN.sub("", text)


def subject(before: str) -> str:
    """``A占B的比重达到`` → ``A占B的比重``: what reaches the number."""
    words = _AIMS_LEAD.sub("", FROM.sub("", REMARK.sub("", before)))
    words = _OF_WHAT_KIND.sub("", words)
    words = _LEAD.sub("", _COMPARATOR.sub("", _LEAD.sub("", words)))
    return re.sub(r"原则上|力争|一般(?!公共|预算|债|贸易|性|工)|,\Z", "", words)[-_LONGEST:]


def counted(before: str, after: str) -> str:
    """``建设50所高水平学校`` → ``建设高水平学校``: the verb and the noun that is counted."""
    verbs = list(_VERB.finditer(before))
    noun = _STOP.split(re.sub(r"\A(?:以上|以下|左右|的)+", "", after))[0]
    if verbs:
        lead = _LEAD.sub("", before)
        lead = lead if len(lead) <= _SHORT or ("每" in lead and len(lead) <= _LONGEST) else before[verbs[-1].start() :]
        lead = _COMPARATOR.sub("", lead) or verbs[-1][0]
    else:
        lead = "" if before.endswith("等") else subject(before)
    return (lead + noun)[:_LONGEST]


def distributed(text: str, count: int) -> list[str] | None:
    """The ``count`` nouns of a 分别-list, each with the shared verb and modifiers; None where they do not count out.

    ``分别创建省级以上基地与企业`` gives 创建省级以上基地, 创建省级以上企业.
    """
    lead, told, listed = text.partition("分别")
    listed = listed if _COMPARATOR.sub("", listed) else ""
    if told and (only := _ONLY_VERB.fullmatch(listed)) and not _VERB.match(lead):
        lead, listed = only[0] + lead, ""  # 甲中心、乙基地分别建成
    body = listed if told and _VERB.match(listed) else lead if told else text
    body = _LEAD.sub("", _COMPARATOR.sub("", AGAINST.sub("", _BY_YEAR.sub("", body))))
    at = _VERB.match(body)
    verb, body = (at[0], body[at.end() :]) if at else ("", body)
    if count == 2 and body.startswith("城乡"):
        return [f"{verb}城镇{body[2:]}", f"{verb}农村{body[2:]}"]
    levels = _LEVELS.match(body)
    nouns = parted(body, count)
    if levels and len(levels["each"]) == count:
        nouns = [f"{level}级{body[levels.end() :]}" for level in levels["each"]]
    if nouns is None:
        return None
    nouns = with_measure(_with_head(nouns))
    return [verb + _modifier(nouns[0], noun) + noun for noun in nouns]


def level_of_list(lead: str, words: str) -> str | None:
    """``基地分别达到国家级2家、省级8家``: the level before a later number, with the noun that stood before 分别."""
    level = _LEVEL.fullmatch(re.sub(r"\A(?:达到|建成|和|及|与|以及|、)+", "", words))
    noun, told, _ = lead.partition("分别")
    return level[0] + subject(noun) if level and told and subject(noun) else None


def measured_alike(name: str, earlier: str) -> str:
    """``甲集群营业收入突破1000亿元、新材料达到600亿元``: a name without a measure takes that of the one before."""
    measure = _WHOLE_MEASURE.search(earlier)
    bare = 1 < len(name) <= _SHORT and not (_OF_ITS_OWN.search(name) or _VERB.search(name))
    return name + measure[0] if measure and bare else name


def is_measure(name: str) -> bool:
    """Whether a name says what is measured and not of whom (``产值``)."""
    return bool(_WHOLE_MEASURE.fullmatch(name))


def without_measure(name: str) -> str:
    """``粮食播种面积`` → ``粮食``: of what something is measured; empty where the name does not end in a measure."""
    at = _SOWN_AREA.search(name) or _WHOLE_MEASURE.search(name)
    return name[: at.start()] if at else ""


def begun(verb: str, names: Iterable[str]) -> str | None:
    """``储备重点项目50个、开工30个`` → ``开工重点项目``: a verb with the noun that was counted last before it; None where it has its own."""
    if not _BEGUN.fullmatch(verb):
        return None
    nouns = (_AROUND_NOUN.sub("", name) for name in names)
    return verb + next((noun for noun in nouns if len(noun) > 1), "")


def of_level(name: str, counted_before: str) -> str | None:
    """``培育县级以上示范社20家,其中省级3家``: the level, with the noun that was counted before it."""
    noun = _OWN_LEVEL.sub("", _VERB.sub("", counted_before, count=1), count=1)
    return name + noun if noun and _LEVEL.fullmatch(name) else None


def _with_head(nouns: list[str]) -> list[str]:
    """``国家级、省级孵化器``, ``甲类、乙类中心``: the levels or kinds share the noun of the last."""
    if all(len(noun) == 1 for noun in nouns[:-1]) and _LETTERED.match(nouns[-1]):  # A、B、C类城市
        return [*(noun + nouns[-1][1:] for noun in nouns[:-1]), nouns[-1]]
    level = _KIND.match(nouns[-1])
    if level is None or level.end() == len(nouns[-1]) or not all(_KIND.fullmatch(noun) for noun in nouns[:-1]):
        return nouns
    return [*(noun + nouns[-1][level.end() :] for noun in nouns[:-1]), nouns[-1]]


def with_measure(nouns: list[str]) -> list[str]:
    """``甲类、乙类设备普及率``: what is measured of the last is measured of each."""
    measure = _MEASURE.search(nouns[-1])
    if measure and (tail := _shared_tail(nouns)):
        return [*(noun + tail for noun in nouns[:-1]), _SO_MANY.sub("", nouns[-1])]
    if measure is None or measure.start() == 0 or any(_MEASURE.search(noun) for noun in nouns[:-1]):
        return nouns
    return [*(noun + measure[0] for noun in nouns[:-1]), nouns[-1]]


def _shared_tail(nouns: list[str]) -> str:
    """``散粮、成品粮集装运输比例``, ``甲、乙两大集群营业收入``: what follows the last of names that end alike or are counted."""
    *others, last = nouns
    if any(_MEASURE.search(noun) for noun in others):
        return ""
    if (many := _SO_MANY.search(last)) and numeral(many["n"]) == len(nouns):
        return last[many.end() :]
    ends = {noun[-1] for noun in others if re.search(r"[一-鿿]\Z", noun)}
    _, told, tail = last.partition(ends.pop()) if len(ends) == 1 else ("", "", "")
    return tail if told and len(tail) > 1 else ""


def parted(text: str, count: int) -> list[str] | None:
    """The ``count`` names of a list by the joints that give so many; None where none do (``甲和乙、丙`` are two or three)."""
    for separators in (_JOINED, re.compile(r"、|以及|和|与"), re.compile(r"、|与"), re.compile(r"、")):
        parts = [part for part in separators.split(text) if part]
        if len(parts) == count:
            return parts
    return None


# 二氧化硫、氮氧化物排放量: substances are never added up, so that one rate holds for each.
_SUBSTANCE = (
    r"(?:二氧化硫|氮氧化物|化学需氧量|氨氮|挥发性有机物|VOCs|总磷|总氮|PM2\.5|PM10|二氧化碳|甲烷|细颗粒物|可吸入颗粒物)"
)
_SUBSTANCES = re.compile(
    rf"(?P<names>{_SUBSTANCE}(?:(?:、|和|与|及){_SUBSTANCE})+)(?P<measure>(?:重点工程)?(?:排放总?量|减排量|(?:年均|平均)*浓度))?(?:下降|降低|减少|削减)?"
)


def measures_of(before: str) -> list[str]:
    """``甲产业产值、税收年均增长``: the measures that one rate is told of; empty where it is told of one, or of a share of several."""
    if substances := _SUBSTANCES.fullmatch(subject(before)):
        return [name + (substances["measure"] or "") for name in re.split("、|和|与|及", substances["names"])]
    parts = re.split("、|以及|和|与", subject(before))  # 普及率 is one word
    measures = len(parts) > 1 and all(_MEASURE.search(part) and not _OF_SEVERAL.search(part) for part in parts)
    return parts if measures else []


# 营运车辆周转量的能耗、二氧化碳排放: whose both are.
_SHORT_NAME = 6
_OWNER = re.compile(rf"(?P<whose>[^的]{{4,24}}的)[^的]{{2,{_SHORT_NAME}}}")


def _modifier(first: str, noun: str) -> str:
    """The words of the first noun that the later one shares but does not repeat."""
    if noun == first:
        return ""
    at = first.find(noun[:2])
    if at > 0:
        return first[:at]
    owner = _OWNER.fullmatch(first)
    if owner and len(noun) <= _SHORT_NAME and "的" not in noun:
        return owner["whose"]
    level = re.match(r"[^的]{0,6}级(?:以上)?", first)
    return level[0] if level and not re.match(r"[^的]{0,6}级", noun) else ""


def subjects(text: str) -> Sequence[str]:
    """``A、B均达到``: every named subject."""
    body = _LEAD.sub("", _SHARED_BY.sub("", text))
    parts = [part for part in _JOINED.split(body) if part] or [body]
    owner = _OWNER.fullmatch(parts[0]) if len(parts) > 1 else None
    parts = parts[:1] + [(_modifier(parts[0], part) if owner else "") + part for part in parts[1:]]
    return _with_head(parts) if text.endswith("各") else _whole_names(parts)


def _whole_names(parts: list[str]) -> list[str]:
    """``新建城区、住区养老设施达标率、社区覆盖率均达到``: a name without a measure, where several have one, goes on in the next."""
    if len(parts) < 3 or sum(bool(_MEASURE.search(part)) for part in parts) < 2 or not _MEASURE.search(parts[-1]):
        return parts
    names, begun = [], ""
    for part in parts:
        begun += part if not begun else "、" + part
        if _MEASURE.search(part):
            names.append(begun)
            begun = ""
    return names


def done_in_each(before: str, after: str) -> list[str]:
    """``市区和新区各增加1条公交线路``: what is done in each of the places named."""
    told = _VERB_FOR_EACH.fullmatch(before)
    places = [part for part in re.split("、|和|与|及", subject(told["who"])) if part] if told else []
    noun = re.match(r"[一-鿿A-Z“”]*", after)
    return [place + told["verb"] + noun[0] for place in places] if told and noun and len(places) > 1 else []


# 90%的乡、50%的建制村通水泥路: what the last reaches, each of them does.
_REACH_VERB = re.compile(r"[建拥]有|通(?!用|常|道)|实现|达到|完成|配[备有]|享受|建成|开展|具备|纳入|用上")
_SHARES_REACH = re.compile(
    rf"的(?P<own>[^,。;、\d%]{{1,16}})(?:、\d[\d.]*%(?:以上)?的[^,。;、\d%]{{1,24}})*、\d[\d.]*%(?:以上)?的[一-鿿()]{{1,12}}?(?P<verb>(?:{_REACH_VERB.pattern})[一-鿿]+)"
)


def reached_by_each(after: str) -> str:
    """The class that a share is told of with what it reaches, where the last of several shares alone says that."""
    told = _SHARES_REACH.match(after)
    return told["own"] + ("" if _REACH_VERB.search(told["own"]) else told["verb"]) if told else after
