"""What makes a number a goal: to be reached, by the paper's own word; no condition, budget, norm, specification or past (LANGUAGE 4.2)."""

from __future__ import annotations

import re
from typing import NamedTuple

from luodi.policy.goals.beneficiaries import is_done_for
from luodi.policy.goals.exclusions import OUTPUT, Where, is_excluded
from luodi.policy.goals.metrics import FROM, REMARK, VERB, following
from luodi.policy.goals.sizes import is_of_size, reaches_size
from luodi.policy.goals.tasks import (
    AT_LEAST,
    BUDGET,
    CONDITIONS,
    JOINTS,
    SIGHT,
    TASK_VERB,
    bare_name,
    is_in_task,
    is_indicator,
    is_often,
    is_planned,
    many,
)
from luodi.policy.passages import Passage, Phrase
from luodi.quantities.counts import Count

_TOWARDS = re.compile(
    rf"(?:{VERB}|{TASK_VERB}|达|过|超(?!级)|减少|压减|削减|递增|扩大|提高|提升|增长|增加|降低|下降|压缩|精简|缩短|缩减|降至|控制在"
    rf"|保持在|稳定在|不低于|不少于|力争|预期|占|至少|为|翻|每[一-鿿\d]{{1,8}}有)[^,。;]{{0,60}}\Z|保持\Z"
)
# 新建公园10个、健身中心5个: the next of a list whose first is a goal.
_ALSO = re.compile(r"(?:[、和及与]|以及)[一-鿿A-Z“”()]{2,24}")
# 救助500名妇女、2000名儿童: the next of a list whose first is counted before its noun.
_ALSO_COUNTED = re.compile(r"[一-鿿A-Z“”()]{2,20}(?:[、和及与]|以及)")
# 打造2个1000亿级产业集群, 形成…等3个产值超百亿元的园区: a number of things of a certain size is meant, however few they are.
_FORMED = re.compile(r"(?:形成|打造|培育|培植|建成|构建|做强|发展)[^,。;]*\Z")
# 每年开展培训300万人次: whom a task reaches every year; a norm speaks of meetings and of each.
_REACHED_YEARLY = re.compile(r"每年[^,。;每]*(?:培训|就业|服务|惠及|招收|扶持|资助)[^,。;每]*\Z")
_PEOPLE = ("人次", "人", "名", "户")
_RAISED_TO = re.compile(
    r"(?:寿命|受教育年限|提高到?|达到?|延长[到至]?|增加到?|压[缩减][到至]?|缩短[到至]?|减少?[到至]|降至)\Z"
)
# 其中10亿元以上项目120个、国家级企业20家: what is counted, with its size.
_NOUN = re.compile(r"(?:其中:?)?(?:超过?)?(?:\d[\d.]*[十百千]?[万亿]?元(?:以上|以下)?)?[一-鿿A-Z“”、]{2,40}")
# 甲集群收入突破1000亿元、乙集群达到600亿元: another name and what it reaches, or the same once more (增长20%、达到300亿元).
_REACHES_TOO = re.compile(r"(?:[、和及与]|以及)[一-鿿A-Z“”()]{0,24}?(?:达到?|突破|超过|增至|增长)")
_NORM = re.compile(
    r"应当|不得|须|按照?每|必须|应(?:为|在|有|具|符|不)|符合|(?<!有)(?<!具备)条件|申报(?!材料)|申请(?!材料|事项)|标准为"
    r"|每(?:次|人|户|家|名|台|个(?!省|地|县|市|区|乡|街道|镇|村|社区|园区|[一-鿿]{0,4}(?:产业链|集群|开发区)))|定期"
    r"|每(?:年|季|月|半年|\d年)(?:召开|评选|表彰|至少(?!引进|培育|新增|建成|打造|培养|推出)|开展|不少于|修订|调整|举办)"
)
# 甲产业1500亿元、乙产业800亿元左右: parts of a whole, one beside the other.
_SUM = r"[一-鿿A-Z“”()]{2,20}?\d[\d.]*[千百]?[万亿]+元(?:左右|以上)?"
_SUMS = re.compile(rf"(?:其中:?)?{_SUM}(?:、{_SUM})+")
# 推进1800余公里2100个排污口排查: how long the things are that are counted.
_SO_LONG = re.compile(r"\d[\d.]*[余多]?万?(?:公里|千米|平方米|亩)\Z")
# 建成停车位500个等26项内容: no more of the thing itself.
_AND_SO_ON = re.compile(r"等(?:[\d一二三四五六七八九十]+[项个类件][^,。;]{0,8})?")
_LEVEL = re.compile(r"的?(?:水平|规模|大关|台阶)")  # 产能稳定在1000亿斤水平
_STRIVES_FOR = re.compile(r"(?:力争|争取|冲刺)(?:达到?|实现|完成|突破)?")  # 确保收入100亿元,力争160亿元
_CLASS_BEFORE = re.compile(r"的[一-鿿]{1,16}、?")  # 90%的乡、50%的建制村通水泥路
_LEVERED = re.compile(r"撬动[一-鿿]{0,6}规模(?:达到?|超过?|突破)?\Z")  # 基金撬动规模超300亿元
# 90%以上的研发机构设立在企业: what a share of a class is to do.
_OF_CLASS = re.compile(
    r"的[一-鿿]{2,16}(?:设立在|集中在|来源于|[建配拥]有|建成|实现|达到|完成|通[上水电]?|纳入|享受|消除|具备)[一-鿿“”A-Z]{2,20}(?:[、和及].*)?"
)
_TIME_UNITS = frozenset("年日天月期届级岁分秒时次批对组层宗片块")
_THINGS = frozenset("个家户座")
_SPANS_OF_TIME = frozenset(("个月", "个工作日", "个自然日"))
_DAYS = frozenset(("次", "个", "个月", "个工作日", "工作日", "天", "小时", "分钟"))
# 审批时间由120个工作日压缩至80个工作日
_SHORTENED = re.compile(
    r"(?:时[间限长]|[用耗]时|周期|次数|环节)[^,。;]{0,20}(?:压[缩减]|缩[短减]|减少|降)[到至为](?:约|不超过)?\Z"
)
_SHORTENED_BY = re.compile(
    r"(?:时[间限长]|[用耗]时|周期)(?:平均|再|均)?(?:缩短|压[缩减]|减少)\Z"
)  # 进村时间缩短1天以上
_SHORTENED_TOO = re.compile(r"(?:压[缩减]|缩[短减])[到至](?:约|不超过)?\Z")  # 开办时间压缩到5天,有条件的地方要压缩到3天
# 亩均税收由12万元提升到15万元: from where to where; what is paid or asked for is a rule
_MOVED_FROM = re.compile(rf"{FROM.pattern}(?:提[高升]|增[加长]|上升|扩大|压[缩减]|缩[短小减]|减少|下?降低?)[到至为]\Z")
_RAISED_FOR_EACH = re.compile(r"[亩地人户]均[一-鿿]{2,8}(?:提[高升]|增加)[到至]\Z")
_BOUND = re.compile(r"不(?:低|少|高|多|大|小|超)[于过]\Z")  # what a rule bounds
_HOW_MUCH_LESS = re.compile(
    r"(?:压缩|压减|精简|缩减|缩短|下降|降低|提升|提高)(?:比例|比率|幅度|率)不[低少]于\Z"
)  # an aim
_TERMS = re.compile(
    "[补奖缴价]|标准|额度|扣除|[税费利]率|收费|[上下]限|门槛|保证金|低保|待遇|起征|贷款|[分留]成|期限|年限|有效期|资本"
)
_FIELDS_BUILT = re.compile(r"(?:新建|建成|建设|改造|新增|修建)[^,。;]*\Z")  # 建成12片球场
_SESSIONS = re.compile(r"(?:举办|开展|组织|开设)[^,。;\d]{2,16}(?:班|论坛|沙龙|讲座|讲堂)\Z")  # 全年举办培训班3期
_DAYS_OF_YEAR = re.compile(r"天数(?:要|力争)?(?:达到?|不少于|超过|保持在)?\Z")  # 优良天数达到220天
_SCORE = re.compile(
    r"(?:满意度|得分|评分|指数)(?:要|力争)?(?:达到?|不低于|保持在|提高到)?\Z"
)  # minutes are no 分 of it
_TASK_NUMBER = re.compile(r"(?:任务|目标)[数值]?(?:为|是)?\Z")  # 脱贫计划任务数70万人、奋斗目标数100万人
_INDEFINITE = re.compile(r"一(?![十百千万亿])|两(?![百千万亿])")
_ONE = re.compile("一(?![十百千万亿])")  # 建成两处设施: a plan counts them


class _Told(NamedTuple):
    """A number with its own words ``before`` and ``after`` it; ``vague`` where it only says that there are some."""

    one: Count
    before: str
    after: str
    vague: bool

    @property
    def ends(self) -> bool:
        """Whether nothing but another item of its list follows."""
        return not self.after or self.after[0] in JOINTS

    @property
    def counts_things(self) -> bool:
        """Whether it is a number of things: no sum, no share."""
        return not self.one.unit.endswith(("元", "%"))


def is_goal(passage: Passage, phrase: Phrase, one: Count, floor: int, where: Where) -> bool:
    """Whether a number of a phrase is a goal; ``floor`` is where its own words begin."""
    told = _told(passage, phrase, one, where)
    if is_excluded(passage, phrase, one, told.before, told.after, where):
        return False
    sized = is_of_size(told.after) and told.counts_things and not one.unit.endswith("批")
    if sized and (
        where.listed
        or _FORMED.search(told.before)
        or (where.aimed and one.unit in _THINGS and reaches_size(told.after))
    ):
        return True
    also = where.listed or floor > phrase.start
    if where.planned and is_often(passage, phrase, one, told.before, told.after, listed=also):
        return True
    if floor > phrase.start and told.ends and _REACHES_TOO.fullmatch(passage.text, floor, one.number_start):
        return True
    own = REMARK.sub("", passage.text[floor : one.number_start]).lstrip("、和及与")
    among = "其中" in passage.text[passage.stretch(sentence=phrase.sentence)[0] : one.number_start]
    listed = _in_list(told, own if floor > phrase.start else told.before, among=among) if where.listed else None
    if listed is not None:
        return listed
    if where.section:
        return _in_section(passage, phrase, told, where)
    return _in_work(passage, phrase, told, floor, where)


def _told(passage: Passage, phrase: Phrase, one: Count, where: Where) -> _Told:
    before = REMARK.sub("", passage.text[max(phrase.start, one.number_start - SIGHT) : one.number_start])
    after = following(passage.text[one.end : min(phrase.end, one.end + SIGHT)])
    after = "" if _AND_SO_ON.fullmatch(after) or _LEVEL.fullmatch(after) else after
    before = re.sub(rf"\A(?:其中:?|、)?{where.deadline}年", "", before) if where.deadline else before
    before = _SO_LONG.sub("", before)
    indefinite = _ONE if where.planned else _INDEFINITE
    indefinite = _ONE if where.section and not after else indefinite
    vague = bool(indefinite.match(passage.text, one.number_start)) and not (one.comparator or AT_LEAST.search(before))
    return _Told(one, before, after, vague)


def _in_list(told: _Told, own: str, *, among: bool) -> bool | None:
    """A number behind a goal of its sentence: 支持300名…培训,1000名…研修; 占比达到80%,产值达到1.2万亿元. None: not told by that."""
    one, before, after = told.one, told.before, told.after
    bare = not before or (told.ends and _NOUN.fullmatch(own)) or (one.unit == "%" and _CLASS_BEFORE.fullmatch(own))
    if bare and (among or not one.unit.endswith("元")) and one.unit not in (_TIME_UNITS | _SPANS_OF_TIME):
        return not told.vague
    if told.ends and (_STRIVES_FOR.fullmatch(before) or (one.unit in _DAYS and _SHORTENED_TOO.search(own))):
        return not told.vague
    exceeds = one.comparator == ">=" or before.endswith("超")  # 营收超460亿元
    return True if not after and exceeds and is_indicator(bare_name(before, one)) else None


def _in_section(passage: Passage, phrase: Phrase, told: _Told, where: Where) -> bool:
    """A number in a passage of goals."""
    one, before = told.one, told.before
    held = (one.unit == "期" and _SESSIONS.search(before)) or _RAISED_TO.search(before)
    timed = (one.unit in _TIME_UNITS and not held) or (
        one.unit == "个月" and not (re.search(r"为\Z", before) or _SHORTENED.search(before))
    )
    counted = told.ends and not one.unit.endswith("元") and _says(before) and not re.search(r"[已现共拥]有", before)
    aimed = one.comparator or _TOWARDS.search(before) or counted or where.deadline
    aimed = aimed or _SUMS.fullmatch(passage.text, phrase.start, phrase.end)
    return not told.vague and not timed and bool(aimed or (told.ends and is_indicator(before)))


def _in_work(passage: Passage, phrase: Phrase, told: _Told, floor: int, where: Where) -> bool:
    """A number among measures and tasks."""
    one, before, after, vague = told
    built = (
        (one.unit == "天" and _DAYS_OF_YEAR.search(before))
        or (one.unit in ("片", "块") and _FIELDS_BUILT.search(before))
        or (one.unit == "分" and _SCORE.search(before))
    )
    timed = (one.unit in _TIME_UNITS and not built) or one.unit in _SPANS_OF_TIME
    yearly = _REACHED_YEARLY.search(before) and one.unit.endswith(_PEOPLE) and many(one)
    if yearly and not CONDITIONS.search(before) and (not after or after[0] in "、和及"):
        return True
    if where.planned and one.unit in _DAYS and _SHORTENED_BY.search(before) and told.ends:
        return not vague
    if one.unit in _DAYS and _SHORTENED.search(before) and (not after or after[0] == "、"):
        return True
    if (
        told.ends
        and (_MOVED_FROM.search(before) or _RAISED_FOR_EACH.search(before))
        and not (_TERMS.search(before) or _NORM.search(before))
    ):
        return True
    if (timed and not (where.aimed and _RAISED_TO.search(before))) or _NORM.search(before):
        return False
    if told.ends and told.counts_things and _TASK_NUMBER.search(before):
        return not vague
    if where.aimed and (one.unit == "%" or not BUDGET.search(before) or _LEVERED.search(before)):
        counted = told.ends and told.counts_things and _says(before)
        counted = counted or bool((not after and is_indicator(before)) or OUTPUT.search(before))
        reached = bool(_TOWARDS.search(before[-40:]) or counted or (one.comparator and before))
        reached = reached or bool(one.unit == "%" and one.comparator == ">=" and _OF_CLASS.fullmatch(after))
        if reached or (told.counts_things and after and is_done_for(before, after)):
            return not vague
    also = _ALSO if not after or after[0] in "、和及" else _ALSO_COUNTED
    also_told = floor > phrase.start and bool(also.fullmatch(passage.text, floor, one.start))
    set_out = where.planned or (where.opinion and not _is_bound_or_told(passage, one, before))
    if set_out and is_planned(passage, phrase, one, before, after):
        return not vague
    return is_in_task(
        passage, phrase, one, before, after, vague, listed=also_told, carried=where.listed, told=where.told
    )


def _is_bound_or_told(passage: Passage, one: Count, before: str) -> bool:
    """Whether a number of an opinion is the bound of a rule (``占比不低于10%``) or of a year that it tells of without a word of aim."""
    aimed = one.unit.endswith("元") or _HOW_MUCH_LESS.search(before)
    bound = not aimed and _BOUND.search(passage.text[: one.number_start][-4:])
    return bool(bound or re.search(r"20\d\d年", before))


def _says(before: str) -> bool:
    """Whether words are enough to name what is counted (``省级`` is)."""
    return (len(before) > 3 and not before.endswith("的")) or before.endswith("级")
