"""Conditions as far as they compare a named fact with a number, a date, a place or a rank (LANGUAGE 9).

``营业收入5000万元以上``, ``成立满3年``, ``在本市注册``, ``2020年1月1日后设立``, ``排名前10位``, ``首次``. What compares nothing is left
to the caller, who keeps it as a condition to be attested. A number that names no fact takes the fact named before it
(``300人以上500人以下``, ``1亿元以上的…,5亿元以上的…``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from luodi.policy.conditions.bounds import bounds
from luodi.policy.conditions.fact_names import (
    EACH,
    THINGS,
    counted_behind,
    fact_before,
    facts_alike,
    part_of_another,
    with_thing_beside,
)
from luodi.policy.conditions.terms import terms
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage
from luodi.quantities.counts import Count, find_counts
from luodi.quantities.money import find_money
from luodi.quantities.numerals import SCALE, numeral, scale

_NO_BOUND = re.compile(r"第\Z|\([^()]*或[^()]*\Z")  # 第3个; (起点或终点至少1个在市内)
# Not compared here: times are terms, and of levels the first is the highest (二级以上 is one or two).
_NOT_COUNTED = frozenset(("年", "月", "日", "个月", "天", "时", "小时", "岁", "级", "等", "批"))
_GROWTH = re.compile(r"(?:同比|比上年|较上一?年度?|年均|年)?增[长幅速](?:率|幅度)?")
# 募集资金70%以上投资本市的
_PUT = re.compile(
    r"(?:及?以上)?(?P<where>(?:投资|投向|投入|用于)(?:于|到|在)?(?![^,。;]{0,4}\d)[^,。;:、的且并或()\d]{1,12}?)(?=的|[,。;、]|且|并|\Z)"
)
_HEADS = re.compile(SCALE)


Named = Mapping[str, str]
"""Facts compared before, by unit, the last one last: what a number that names none compares."""


def read_comparisons(passage: Passage, low: int, high: int, before: Named | None = None) -> list[Condition]:
    """Every comparison between ``low`` and ``high`` of a passage, in text order."""
    others = list(_told_outright(passage, low, high, terms(passage, low, high)))
    ranks = [one.span for one in others if one.fact and one.fact.endswith("排名")]  # 排名6-10位 is no count besides
    numbers = [
        one
        for one in _told_outright(passage, low, high, _numbers(passage, low, high, before))
        if not any(rank.start <= one.span.start and one.span.end <= rank.end for rank in ranks)
    ]
    if others and any(one.unit in THINGS or one.unit == "%" for one in numbers):
        others = _of_applicant(passage.text[low:high], others, numbers)
    return sorted([*numbers, *others], key=lambda one: one.span)


# 近三年(经营期不满三年的按实际年限计算)平均收入, (博士可放宽至45岁): of one case or of an exception, no demand on all.
OF_A_CASE = re.compile(
    r"\((?=[^()]*(?:的,?(?:按|以|从|自|可|不|除外)|放宽|除外)|(?!其中|[^()\d]*[我本全在])[一-鿿]{0,8}"
    r"(?:[县市区镇乡村城域类型级]|企业|机构|博士|硕士|本科|[男女]性?)(?:[^()\d一-鿿]|不[低少超]于?过?|达到?)*\d)[^()]*\)"
)
"""A remark that bounds for one case (县城300平方米以上)."""


def _told_outright(passage: Passage, low: int, high: int, found: Iterable[Condition]) -> Iterator[Condition]:
    """Without what a remark says of one case alone."""
    remarks = [passage.span(*at.span()) for at in OF_A_CASE.finditer(passage.text, low, high)]
    for one in found:
        if not any(at.start <= one.span.start and one.span.end <= at.end for at in remarks):
            yield one


def _of_applicant(text: str, terms: Sequence[Condition], numbers: Sequence[Condition]) -> list[Condition]:
    """Without the terms that say what is counted (在基地注册、成立不满3年的实体不少于15户): they are not the applicant's."""
    counted = {text.find(one.text) for one in numbers if one.unit in THINGS or one.unit == "%"}
    kept: list[Condition] = []
    until = -1  # where what is counted begins to be described
    for one in sorted(terms, key=lambda one: one.span, reverse=True):
        start = text.find(one.text)
        end = start + len(one.text)
        described = end in counted or (text.startswith("的", end) and end + 1 in counted)
        if described or (until >= 0 and re.fullmatch(r"[^,。;且并]*", text[end:until])):
            until = start
        else:
            kept.append(one)
    return kept[::-1]


# 投资3000万元以上、亩均投资150万元以上的;1亿元以上的: the whole goes on, not what is reckoned for each.
_FOR_EACH = re.compile(r"亩均|人均|户均|地均|单位面积|每")


def named_before(conditions: Iterable[Condition]) -> dict[str, str]:
    """What a following number without a name would compare."""
    named: dict[str, str] = {}
    for one in conditions:
        if one.fact and one.unit and one.op in (">=", "<=", ">", "<"):
            if one.unit in named and _FOR_EACH.match(one.fact):
                continue
            named.pop(one.unit, None)
            named[one.unit] = one.fact
    return named


# 2亿至50亿元, 200万-500万(不含)美元: the lower end of a range leaves the unit to the upper one, which may have it behind a remark.
_REMARK = r"\(不?含[^()]{0,10}\)"
_ELIDED = re.compile(
    rf"(?<![\d.])(?P<number>\d[\d.]*)(?P<scale>[万亿])(?=(?:(?:{_REMARK})?(?:—|–|~|-|至|到)+\d[\d.]*[万亿](?:{_REMARK})?|{_REMARK})"
    rf"(?P<unit>元|美元|欧元|平方米|人次|亩|吨))"
)
# (2亿≤增加额<50亿) says once more what stands before it.
_FORMULA = re.compile(r"\([^()]*[≤≥<>][^()]*\)")


# 10亿元(含10亿元)至20亿元: the bound once more.
_BOUND_AGAIN = re.compile(r"(?:(?<=\(含)|(?<=\(包含)|(?<=\(不含))\d[^()]{0,10}(?=\))")


def _again(formula: re.Match[str]) -> str:
    """Blanks in place of a formula whose numbers all stand before it."""
    before = re.findall(r"[\d.]+", formula.string[: formula.start()])
    told = all(number in before for number in re.findall(r"[\d.]+", formula[0]))
    return "·" * len(formula[0]) if told else formula[0]


def _numbers(passage: Passage, low: int, high: int, before: Named | None) -> Iterator[Condition]:
    named = dict(before or {})
    text = _BOUND_AGAIN.sub(lambda at: "·" * len(at[0]), _FORMULA.sub(_again, passage.text[low:high]))
    sums = find_money(text)
    counts = _counted(passage, low, high, text)
    for at, one in enumerate(counts):
        money = next((m for m in sums if m.start <= one.number_start < m.end and m.fen is not None), None)
        unit, (least, value) = _measured(
            one, money.fen if money else None, of_sums=_LISTED.match(passage.text, low + one.unit_end)
        )
        name, start = fact_before(text, one)
        part = part_of_another(text, one)
        if part:
            name, start = part.name, part.start
        if name is None and unit in named and not EACH.search(text[: one.number_start]):
            name, start = named[unit], one.number_start
        lead = text[: part.sign_end if part else one.number_start]
        bounded = bounds(passage, low, high, counts, at, least, value, lead)
        if name is None or not bounded:
            continue
        start, name = with_thing_beside(text, start, name)
        behind = counted_behind(text, one)
        end = behind.end() if behind and name.endswith(f"{behind['noun']}数") else one.end
        if unit == "%":
            name, end = _whose_share(text, one, name, named)
        named[unit] = name
        start, facts = facts_alike(text, start, name, text[start : one.number_start])
        span, words = passage.span(low + start, low + end), passage.text[low + start : low + end]
        for fact in facts:
            for op, bound in bounded:
                yield Condition(text=words, span=span, fact=fact, op=op, value=_plain(bound), unit=unit)


def _counted(passage: Passage, low: int, high: int, text: str) -> list[Count]:
    """The numbers that may be compared, also those that leave their unit to a later one, in text order."""
    elided = [
        Count(at.start(), at.end(), number, f"{at['scale']}{at['unit']}", None, None, at.start(), at.end())
        for at in _ELIDED.finditer(text)
        if (number := numeral(at["number"])) is not None
    ]
    counted = (one for one in find_counts(text) if not any(one.number_start == other.number_start for other in elided))
    found = [*counted, *elided, *_unit_behind(passage.text[low:], high - low)]
    return sorted(
        (one for one in found if one.unit not in _NOT_COUNTED and not _NO_BOUND.search(text[: one.number_start])),
        key=lambda one: one.number_start,
    )


def _whose_share(text: str, one: Count, name: str, named: Named) -> tuple[str, int]:
    """The fact of a percentage and where its words end.

    A growth (销售收入…且同比增长10%以上) is of the sum before it, a part (募集资金70%以上投资本市) of what is put somewhere.
    """
    if _GROWTH.fullmatch(name):
        return re.sub(r"(?<!新)净?增(?:量|加值)\Z", "", named.get("fen", "")) + name, one.end
    put = _PUT.match(text, one.end)
    return (f"{name}{put['where']}比例", put.end()) if put else (name, one.end)


# 首次突破5千万、1亿、10亿元: the last of a list names the unit of all.
_LISTED = re.compile(rf"(?:[、,和及或]\d[\d.]*{SCALE}?)+元")
# 达到500、1000、2000万元: numbers alone take it too.
_RUN = re.compile(r"(?<![\d.])(?:\d[\d.]*(?:、|和|及))+(?=\d)")


def _unit_behind(text: str, end: int) -> Iterator[Count]:
    """The numbers of lists that begin before ``end`` and name their unit at the last one."""
    for run in _RUN.finditer(text):
        last = next(iter(find_counts(text[run.end() : run.end() + 20])), None) if run.start() < end else None
        if last is None or last.number_start:
            continue
        for one in re.finditer(r"\d[\d.]*", run[0]):
            start, stop = run.start() + one.start(), run.start() + one.end()
            if stop <= end and (value := numeral(one[0])) is not None:
                yield Count(start, stop, value, last.unit, None, None, start, stop)


def _measured(one: Count, fen: int | None, *, of_sums: object = None) -> tuple[str, tuple[Fraction | None, Fraction]]:
    """The unit without its scale word, and the lower end of a range (or None) with the value in that unit.

    ``of_sums``: it stands in a list of sums, so that a mere scale word counts yuan.
    """
    if of_sums and _HEADS.fullmatch(one.unit):
        factor = Fraction(scale(one.unit) * 100)
        return "fen", (None if one.low is None else one.low * factor, one.value * factor)
    head = _HEADS.match(one.unit)
    factor = Fraction(scale(head[0]) if head and head.end() < len(one.unit) else 1)
    unit = one.unit[head.end() :] if factor != 1 and head else one.unit
    if unit == "元" or fen is not None:
        factor, unit = factor * 100, "fen"
    unit = "平方米" if unit in ("m2", "平米") else unit  # 1000㎡
    return unit, (None if one.low is None else one.low * factor, one.value * factor)


def scaled(one: Count, *, of_sums: bool = False) -> int | str:
    """The value of a count in its unit without the scale word; in fen where a list says so (1亿、5亿、10亿元)."""
    return _plain(_measured(one, None, of_sums=of_sums)[1][1])


def _plain(value: Fraction) -> int | str:
    """Whole numbers as they are, others as exact decimals."""
    return int(value) if value.denominator == 1 else str(float(value))
