"""The goals that a group of numbers tells: what each measures, how it compares, until when (LANGUAGE 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from luodi.policy.diagnostics import Diagnostic
from luodi.policy.facts import Goal, GoalOp
from luodi.policy.goals.earlier_names import of_those_named, told_before
from luodi.policy.goals.exclusions import Where
from luodi.policy.goals.metrics import (
    AGAINST,
    VERB,
    begun,
    counted,
    distributed,
    done_in_each,
    following,
    is_measure,
    level_of_list,
    measured_alike,
    measures_of,
    of_level,
    reached_by_each,
    subject,
    subjects,
    without_measure,
)
from luodi.policy.goals.side_by_side import alike, each_named, of_one_class, plans_named, whole_units, years_named
from luodi.policy.goals.signs import is_goal
from luodi.policy.goals.wordings import FIGURE, shared_subject
from luodi.policy.passages import Passage, Phrase
from luodi.quantities.counts import Count
from luodi.quantities.numerals import numeral

_AFTER_JOINT = re.compile(r"(?:、|和|及|与|以及)([^、和及与]{0,8})\Z")
# 净增企业150家、总数突破1600家: the total of what was named before.
_TOTAL = re.compile(r"总数量?|总量|总额|总规模|总面积|总里程")
# ——箱包产业:2024年产值达80亿元: of whom an item of the aims speaks.
_ITEM_OF = re.compile(
    r"[—◆●■▪·•-]+(?P<what>[一-鿿A-Z]{2,14}(?:产业|行业|集群|产业链|制造|经济|园区|新区|高新区|开发区)):"
)
# 发展甲等特色产业,产值突破100亿元; 甲建设工程全面推进,完成投资5亿元: of what the phrase before speaks.
_WORK_BEFORE = re.compile(
    r"(?:(?:加快|大力|重点|全面|深入|积极|着力)*(?:发展|培育|壮大|做[强大优]|推[进动]|开展|实施))?(?:[^,。;\d]+等)?"
    r"(?P<what>(?:(?!等)[一-鿿A-Z“”、]){2,24}(?:产业链?|行业|集群|经济|工程|整治|改造|建设))"
    r"(?:全面|有序|加快|稳步|深入)*(?:推进|实施|发展|开展)?,"
)
# (一)航空航天。到2026年产值达到400亿元: the field that an article is about.
_FIELD = re.compile(
    rf"(?:加快|大力|重点|全面|积极)*(?:发展|培育|壮大|做[强大优]|打造)?"
    rf"(?P<what>(?!.*(?:{VERB}))(?!.*(?:目标|任务|工作|措施|要求|思想|原则|保障|重点|现状|基础|情况|指标|方向|布局|总体"
    rf"|内容))[一-鿿A-Z]{2, 10})"
)
_THE_AIM = re.compile(r"”?的?(?:总体|奋斗|工作|年度|预期|发展)?(?:目标|水平)")  # 降至16%左右的目标
_MEASURED_TOO = re.compile(r"\d[\d.]*万?(?:公里|千米|平方米|亩|户|套|人)(?:[,。;、]|\Z)")  # 道路20条30公里
_DONE = re.compile(r"\A(?:实现|完成|稳定|落实|保持)")
_REACHED = ("达到", "突破", "超过")  # no verb that a later name of a list shares
_ONLY_VERB = re.compile(rf"(?:{VERB}|累计|基本|全部|应用)+")
# 新增培训2万人: what is new is named by its verb.
_TWO_VERBS = re.compile(r"新增(?:培训|服务|覆盖|救助)")
# 每条产业链每年引进1个龙头企业、3家配套企业: whose they are, with the verb.
_LEAD_VERB = re.compile(rf"(?P<each>每[一-鿿]{{2,14}})?.*?(?P<verb>{VERB})")
_GROWS = re.compile(
    r"(?P<how>(?:年均|年平均|每年)?(?:复合)?(?:增长(?!贡献|点|极|[到至])率?|增速|增幅)|年均增(?!长)"
    r"|年均(?:分别)?(?:提[高升]|递增|增加|上升))[^,。;降的]{0,12}\Z"
)
# 能耗下降10%: without its verb the name would ask for the opposite.
_FALLS = re.compile(r"(?P<how>(?:累计|年均|每年)?(?:下降|降低|减少|压减|削减))(?![到至为])[^,。;到至增升的]{0,12}\Z")
# A、B均达到45%: each of those named; 年均, 人均 are parts of a name.
_EACH = re.compile(
    r"(?:、|和|与|及)[^,。;、和与及]{2,20}各\Z|(?<![年人户亩地日月平])均"
    r"(?:达到?|超过|不低于|为|实现|比[^,。;、]{1,6}|增长|提[高升]|增加|下降|降低|减少)?\Z"
)
# 1个世界级、7个万亿级先进制造业集群: the level takes the noun of the size behind it.
_LEVEL_AND_SIZE = re.compile(
    r"(?P<own>(?:世界|国家|国际|省)级)(?:[、和及]\d+(?:(?:[—~-]|至)\d+)?[个家][百千万]?[百千万亿]级)(?P<noun>[一-鿿]{0,8}"
    r"(?:产业集群|集群|产业链|产业|园区|企业|基地))"
)
# 2个1000亿级、3个500亿级、5个百亿级产业集群: the last has the noun of all.
_SIZES = re.compile(
    r"(?P<own>(?:[一-鿿]{0,6}[超过])?“?[\d百千万]+亿元?级?”?)(?:[、和及]\d+(?:[—~-]\d+)?[个家]"
    r"(?:[一-鿿]{0,6}[超过])?“?[\d百千万]+亿元?级?”?)+(?P<noun>的?[一-鿿]{0,8}"
    r"(?:产业集群|集群|产业链|产业|园区|企业|基地|集中区|开发区|[县乡村]))"
)
# 提前一年达到: due so many years before the date that the sentence names.
_EARLIER = re.compile(r"提前(?P<years>[一两二三\d])年")
_STRIVES = re.compile(r"(?:、|并)?力争(?:达到?|实现)?")
_GREW = re.compile(r"(?P<how>(?:年均)?(?:增长|增速))(?:达到?)?\d[\d.]*%(?:左右|以上)?[,、]\Z")
_AT_RATE = re.compile(
    r"(?:以上|左右)?的(?:年均)?(?:(?:增长)?(?:速度|增速|增幅)|增长率|速度(?:递增|增长))"
)  # 保持年均25%以上的增长速度
_GROWTH = re.compile(
    r"(?:年均|年平均|年度|每年|同比|同口径|比上年)*(?:复合)?(?:增长率?|递增|增速|增幅)(?:要|达到?|保持在?|为|不低于|超过|力争)*\Z"
)


def goals_of_group(
    passage: Passage, phrase: Phrase, group: list[Count], floor: int, where: Where
) -> Iterator[Goal | Diagnostic]:
    """The goals of numbers that stand side by side, each with the name of what it measures."""
    group = whole_units(group) if group else group
    if not group or not is_goal(passage, phrase, group[0], floor, where):
        return
    before = passage.text[floor : group[0].start]
    after = following(passage.text[group[-1].end : phrase.end])
    whole = passage.text[phrase.start : group[0].start]
    if years := years_named(passage, phrase, len(group)) or plans_named(passage, phrase, group):
        shared = group[0].comparator
        for one, year in zip(group * (len(years) // len(group)), years, strict=True):
            compared = replace(one, comparator=one.comparator or shared)
            name = subject(whole) or shared_subject(passage, phrase)
            yield _goal(passage, compared, name, before, replace(where, deadline=year), told=True)
        return
    if len(group) > 1:
        yield from _of_several(passage, phrase, group, floor, where)
        return
    one = group[0]
    own = passage.text[phrase.start : one.number_start]
    if _EACH.search(own):
        named = [each for each in subjects(own) if each]
        yield from (_goal(passage, one, metric, before, where, told=True) for metric in named)
        if not named:
            yield _unpaired(passage, group)  # 均达到40%以上 alone on its line
        return
    if named := done_in_each(whole, after):
        yield from (_goal(passage, one, metric, before, where, told=True) for metric in named)
        return
    if told := each_named(whole) or (measures_of(_GROWTH.sub("", whole)) if one.unit == "%" and not after else []):
        for metric in told:
            yield _goal(passage, one, metric, before, where, told=True)
        return
    name = _metric(passage, phrase, one, floor, after)
    yield _goal(passage, one, _of_what(passage, phrase, name, floor), before, where)


def _of_several(
    passage: Passage, phrase: Phrase, group: list[Count], floor: int, where: Where
) -> Iterator[Goal | Diagnostic]:
    """The goals of several numbers, each with the name that is told for it; a diagnostic where they cannot be paired."""
    before = passage.text[floor : group[0].start]
    whole = passage.text[phrase.start : group[0].start]
    metrics = distributed(whole, len(group)) or told_before(passage, phrase, len(group))
    metrics = metrics or of_those_named(passage, phrase, whole, len(group))
    metrics = metrics or _measured_twice(passage, phrase, group) or of_one_class(passage, phrase, whole, len(group))
    if metrics is None:
        yield _unpaired(passage, group)
        return
    for one, metric in zip(alike(group, whole), metrics, strict=True):
        yield _goal(passage, one, metric, before, where, told=True)


def _of_what(passage: Passage, phrase: Phrase, name: str, floor: int) -> str:
    """A mere measure (``产值``) with what the number before it, an item of the aims or the phrase before without a number speaks of."""
    bare = _DONE.sub("", name, count=1)
    if not is_measure(bare):
        return name
    if floor > phrase.start:
        return (
            without_measure(_DONE.sub("", subject(FIGURE.split(passage.text[phrase.start : floor])[0]), count=1)) + name
        )
    if item := _ITEM_OF.match(passage.text):
        return item["what"] + name
    earlier = [one for one in passage.phrases if one.sentence == phrase.sentence and one.start < phrase.start]
    work = _WORK_BEFORE.fullmatch(passage.text, earlier[-1].start, phrase.start) if earlier else None
    measured = shared_subject(passage, phrase, "") if earlier else ""
    if measured.find(bare) > 0:
        return measured[: measured.find(bare)] + bare  # 甲业增加值年均增长9%,2026年增加值突破50亿元
    if work:
        return work["what"] + (name if name.startswith("完成") else bare)
    field = _FIELD.fullmatch(passage.heading)
    return field["what"] + bare if field else name


def _measured_twice(passage: Passage, phrase: Phrase, group: list[Count]) -> list[str] | None:
    """``改造小区18个、1260户``: one thing in several units; of ``引进人才10名、3个团队`` the last number has a noun of its own."""
    if len({one.unit for one in group}) < len(group) or "分别" in passage.phrase_text(phrase):
        return None
    name = subject(passage.text[phrase.start : group[0].start])
    after = following(passage.text[group[-1].end : phrase.end])
    last = _metric(passage, phrase, group[-1], group[-2].end, after)
    return [*[name] * (len(group) - 1), last if after else name] if name else None


def _unpaired(passage: Passage, group: list[Count]) -> Diagnostic:
    words = passage.text[group[0].start : group[-1].end]
    return Diagnostic(
        code="pairing-unresolved",
        severity="warning",
        article=passage.article,
        span=passage.span(group[0].start, group[-1].end),
        message=f"并列的目标值（{words}）与前面所列对象的个数对不上，未作推断。",
        next_step="请对照原文，逐项补录目标名称和目标值。",
    )


def _metric(passage: Passage, phrase: Phrase, one: Count, floor: int, after: str) -> str:
    if sizes := _SIZES.match(after) or _LEVEL_AND_SIZE.match(after):
        after = sizes["own"] + sizes["noun"]
    after = "" if _THE_AIM.fullmatch(after) else reached_by_each(after)
    noun = re.sub(r"\A(?:以上|左右|的)+", "", after)
    followed = bool(noun) and not (re.match(r"[,。;:、和及与并]", noun) or _MEASURED_TOO.match(noun))
    before = _own_words(passage, phrase, one, floor, followed=followed)
    if followed:
        return counted(before, after)
    if floor > phrase.start and (shared := level_of_list(passage.text[phrase.start : floor], before)):
        return shared
    name = subject(before)
    if told := begun(name, _names_before(passage, phrase, floor)):
        return told
    if floor == phrase.start and (of_those := of_level(name, shared_subject(passage, phrase, ""))):
        return of_those
    if one.comparator and one.unit.endswith(("元", "工作日", "天", "小时", "分钟")):
        name = measured_alike(name, _measured_before(passage, phrase, one, floor))
    if _TOTAL.fullmatch(name):
        return re.sub(r"净增|新增", "", _shared(passage, phrase, floor)) + name
    if name.startswith(("占", "比20", "较20")) and floor == phrase.start:
        return shared_subject(passage, phrase, "") + name
    return (
        name
        if name and not _ONLY_VERB.fullmatch(name) or _TWO_VERBS.fullmatch(name)
        else _shared(passage, phrase, floor)
    )


def _measured_before(passage: Passage, phrase: Phrase, one: Count, floor: int) -> str:
    """What the number right before measures, in the same phrase or the one before, where its unit is the same."""
    lead = (
        passage.text[phrase.start : floor].rstrip("、和及与") if floor > phrase.start else passage.text[: phrase.start]
    )
    same = re.search(rf"\d{re.escape(one.unit)}(?:以上|左右|以内)?,?\Z", lead[-16:])
    if not same:
        return ""
    return subject(FIGURE.split(lead)[0]) if floor > phrase.start else shared_subject(passage, phrase, "")


def _shared(passage: Passage, phrase: Phrase, floor: int) -> str:
    """The head noun for a number without one of its own: before the first number of its phrase, else in a phrase before."""
    own = AGAINST.split(FIGURE.split(passage.text[phrase.start : floor])[0])[0]
    return subject(own) or shared_subject(passage, phrase)


def _names_before(passage: Passage, phrase: Phrase, floor: int) -> Iterator[str]:
    """The names that the numbers before one have in its sentence, the next first."""
    earlier = [one for one in passage.phrases if one.sentence == phrase.sentence and one.start < phrase.start]
    for start, end in [(phrase.start, floor), *((one.start, one.end) for one in reversed(earlier))]:
        yield subject(FIGURE.split(passage.text[start:end])[0])


def _own_words(passage: Passage, phrase: Phrase, one: Count, floor: int, *, followed: bool) -> str:
    """The words before a number that are its own; behind another number of the phrase they take that one's verb."""
    before = passage.text[floor : one.number_start]
    if floor == phrase.start:
        return before
    tail = _AFTER_JOINT.search(before) if followed else None  # 20名技师、60名教师: 技师 is counted by 20
    before = tail[1] if tail else re.sub(r"\A(?:和|及|与|以及|、|并)+", "", before)
    lead = None if re.search(VERB, before) else _LEAD_VERB.match(passage.text, phrase.start, floor)
    verb = lead["verb"] if lead and lead["verb"] not in _REACHED and (not before or subject(before)) else ""
    return (lead[0] if lead and lead["each"] else verb) + before


def _goal(passage: Passage, one: Count, metric: str, before: str, where: Where, *, told: bool = False) -> Goal:
    grows = _GROWS.search(_carried_growth(passage, one, before) or passage.text[: one.number_start][-16:])
    op: GoalOp = one.comparator or ">="
    at_rate = _AT_RATE.match(passage.text, one.unit_end)
    if (grows or at_rate) and one.unit in ("%", "倍") and op == ">=":
        op = "growth>="
    if re.search(r"控制在|(?:下?降低?|(?:压|缩)[缩短减]|减少?)[到至为]", before[-8:]) and op == ">=":
        op = "<="
    name = metric
    if grows and one.unit in ("%", "倍"):
        how = grows["how"].replace("分别", "")
        name = (metric if told else _grown(passage, one, before)).removesuffix("年均") + how
    elif falls := _FALLS.search(passage.text[: one.number_start][-16:]):
        name = metric.removesuffix(falls["how"]) + falls["how"]
    value = one.low if one.low is not None and op in (">=", "growth>=") else one.value
    return Goal(
        article=passage.article,
        span=passage.span(one.number_start, one.end),
        confidence=1.0 if where.section or where.deadline else 0.7,
        metric=name,
        op=op,
        value=value,
        unit=one.unit + one.per or None,
        deadline=_due(before, where.deadline),
    )


def _carried_growth(passage: Passage, one: Count, before: str) -> str:
    """``增长7.5%左右,力争达到8%``: what the phrase before told of grows here too; empty where it does not."""
    if one.unit != "%" or not _STRIVES.fullmatch(before):
        return ""
    earlier = _GREW.search(passage.text[: one.start - len(before)][-24:])
    return earlier["how"] if earlier else ""


def _due(before: str, named: str | None) -> str | None:
    """The deadline of a goal, where its own words set it some years before the one named (``提前一年达到``)."""
    earlier = _EARLIER.search(before)
    years = numeral(earlier["years"]) if earlier and named and len(named) == 4 else None
    return str(int(named) - int(years)) if named and years else named


def _grown(passage: Passage, one: Count, before: str) -> str:
    """What grows: the words before 增长, else the head noun of the phrase before."""
    name = subject(AGAINST.sub("", _GROWTH.sub("", before)))
    phrase = next((p for p in passage.phrases if p.start <= one.number_start < p.end), None)
    return name.strip("、") or (_that_grows(passage, phrase, one.number_start - len(before)) if phrase else "")


def _that_grows(passage: Passage, phrase: Phrase, floor: int) -> str:
    """``收入突破4万亿元,占比重达到25%,年均增长24%``: what was told before, and not the share between."""
    name = _shared(passage, phrase, floor)
    if not name.startswith("占"):
        return name
    return next((one for one in _names_before(passage, phrase, floor) if one and not one.startswith("占")), name)
