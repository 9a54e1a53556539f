"""Numbers that stand side by side (分别超过5亿元、4亿元), or one that holds for several: of which thing, year or plan each is."""

from __future__ import annotations

import re
from dataclasses import replace

from luodi.policy.goals.deadlines import YEARS_TOGETHER
from luodi.policy.goals.metrics import AGAINST, parted, subject, with_measure
from luodi.policy.passages import Passage, Phrase
from luodi.quantities.counts import Count
from luodi.quantities.numerals import numeral
from luodi.quantities.periods import find_deadlines

# 甲、乙和丙两大产业: how many are named.
_SO_MANY = re.compile(r"等?([两二三四五六七八九十])(?:大|个|类|项)[^、和与及]{0,6}\Z")
# 其他各县: several that have no names of their own.
_CLASS = re.compile(r"其他|其余|各[县市区镇乡]")
_LONG_UNITS = ("个工作日", "个百分点", "个月")
_PLANS_TOGETHER = re.compile(
    r"“十[一二三四五六]五”(?:、|和|及|与)“十[一二三四五六]五”(?:期间|时期)(?=[^,。;\d]{0,4}分别)"
)


def whole_units(group: list[Count]) -> list[Count]:
    """``25个、10个、5个工作日``: the unit of the last, where the others have its first character alone."""
    unit = group[-1].unit
    cut = len(group) > 1 and unit in _LONG_UNITS and all(one.unit == "个" for one in group[:-1])
    return [replace(one, unit=unit) for one in group] if cut else group


def alike(group: list[Count], before: str) -> list[Count]:
    """``分别增长7%、8%左右``: what stands behind the last number of a 分别-list or before its first holds for each, and its ``%`` that another lost."""
    shared = (group[-1].comparator or group[0].comparator) if "分别" in before else None
    lost = "%" if {one.unit for one in group} == {"", "%"} else ""
    return [replace(one, comparator=one.comparator or shared, unit=one.unit or lost) for one in group]


def years_named(passage: Passage, phrase: Phrase, count: int) -> list[str]:
    """``到2022年和2030年,…分别达到37%和40%``: the years of a sentence, one for each number; empty where none are told so."""
    start, _ = passage.stretch(sentence=phrase.sentence)
    told = YEARS_TOGETHER.match(passage.text, phrase.start) or YEARS_TOGETHER.match(passage.text, start)
    years = re.findall(r"20\d\d", told[0]) if told else []
    return years if len(years) == count > 1 else []


def plans_named(passage: Passage, phrase: Phrase, group: list[Count]) -> list[str]:
    """``“十四五”、“十五五”期间分别新增4000万千瓦``: the ends of the plans, for each of which one number is told."""
    told = _PLANS_TOGETHER.match(passage.text, phrase.start)
    return [one.when for one in find_deadlines(told[0])] if told and len(group) == 1 else []


def each_named(before: str) -> list[str]:
    """``甲和乙产业分别实现产值超``: one number for each of those named before 分别; empty where one is named."""
    named, told, rest = AGAINST.sub("", before).rpartition("分别")
    names = subject(named)
    many = _SO_MANY.search(names)
    count = numeral(many[1]) if many else None
    parts = parted(names[: many.start()], int(count)) if many and count else None
    parts = parts or [part for part in re.split("、|和|与|及", names) if part]
    if not told or len(parts) < 2 or min(map(len, parts)) < 2 or re.search(r"\d", rest):
        return []
    return [subject(part + re.sub(r"\A实现", "", rest)) for part in with_measure(parts)]


def of_one_class(passage: Passage, phrase: Phrase, before: str, count: int) -> list[str] | None:
    """``其他各县产值分别超过5亿元、4亿元、4亿元``: a number for each of a class, which are all called by its name."""
    named, told, _ = before.rpartition("分别")
    name = subject(named)
    start, _ = passage.stretch(sentence=phrase.sentence)
    several = _CLASS.search(passage.text, start, phrase.start + len(before))
    return [name] * count if told and several and name and not parted(name, 2) else None
