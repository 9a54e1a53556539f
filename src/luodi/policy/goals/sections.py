"""Passages of goals: a heading, a label or an introducing line says that what follows is to be reached (LANGUAGE 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from luodi.policy.passages import Passage
from luodi.quantities.periods import find_deadlines

_SECTION = re.compile(r"目标|指标")
LABEL = re.compile(r"\A[^,。;]{0,14}(?:目标|指标)[^,。;]{0,6}[:。]")
# 达到“5千亿规模”: a heading that names the figure itself.
_REACHED = re.compile(r"(?:力争)?(?:达到|突破|迈上|冲刺)[“‘]?[\d一二三四五六七八九十百千万]")
# 2025年目标值:9000张, 2025年目标值为42%: an indicator and what it is to be.
_AIMED_VALUE = re.compile(r"(?<!绩效)目标值(?:[为:]|达到?|控制在|不[低超少])")
_INTRODUCED = re.compile(r"目标|(?:到|至)20\d\d年[^。]{0,12}(?:实现|达到|完成)")
_NO_SECTION = re.compile(
    r"目录|绩效(?:目标|指标)|目标(?:管理|责任|考核|导向|市场|客户)|考核指标|指标体系|指标解释|用地指标"
)

# 2022年主要目标, “十三五”时期主要任务, 今后5年发展目标: a line of its own that says of when the lines below it speak.
_LABEL_LINE = re.compile(
    r"\A[^,。;:!?\d]{0,10}(?:20\d\d年|“?十[一二三四五六]五”?(?:时期|期间)|(?:今后|未来)(?:\d|[一二三四五])年)[^,。;!?\d]{0,18}:?\Z"
)
# 水利厅制定了“十三五”主要目标。: a sentence that says of when the aims below it are.
_AIMS_TOLD = re.compile(
    r"\A[^。;:!?\d]{0,50}(?:20\d\d年|“?十[一二三四五六]五”?(?:时期|期间)?)[^,。;!?\d]{0,12}(?<!绩效)目标(?:任务)?。\Z"
)
# 主要预期目标: a line of its own without a year.
_AIMS_LINE = re.compile(r"(?:主要|预期|发展|工作|总体|具体){1,2}目标:?")
_AIMS = re.compile(r"目标|指标|任务|工作|计划|重点|要点|实事|安排|打算")
_OPENING_YEAR = re.compile(r"(20\d\d)年,")
_DONE = re.compile(r"成绩|成效|成就|回顾|总结|完成情况|执行情况|发展情况")


class Label(NamedTuple):
    """What a line says of those below it: ``when`` empty where it names no year; ``done``: they tell the past."""

    when: str
    done: bool
    section: bool

    def is_past(self, text: str) -> bool:
        """Whether a paragraph below tells the past, as a year before that of the label opens it (``2023年,…``)."""
        told = _OPENING_YEAR.match(text)
        return self.done or bool(told and told[1] < self.when)


class Labels:
    """The labels among the lines of a paper, each in force until the next one of its article.

    Of several years the earlier without a word of aims tell the past, and so do those before the paper's own year
    ``issued`` (0: unknown). The head of a paper with articles has none, but a label below its first sentence holds for all.
    """

    def __init__(self, passages: Iterable[Passage], issued: int) -> None:
        found = {passage.text: label for passage in passages if (label := _label(passage))}
        last = max((label.when for label in found.values()), default="")
        self._said = {
            text: label._replace(done=label.done or _is_over(text, label, last, issued))
            for text, label in found.items()
        }
        self._over: dict[str, Label] = {}
        self._begun = False

    def read(self, passage: Passage) -> Label | None:
        """The label that the passage itself is, in force from now on; passages are to be read in text order."""
        label = self._said.get(passage.text)
        label = label if label and (self._begun or _may_be_label(passage) or not label.when) else None
        self._begun = self._begun or passage.text.endswith("。")
        earlier = self._over.get(passage.article)
        if label and earlier and not label.when:
            label = label._replace(when=earlier.when)  # 主要目标: below 2026年
        if label:
            self._over[passage.article] = label
        return label

    def end(self, passage: Passage) -> None:
        """A label without a year ends at a line of another topic."""
        if (label := self._over.get(passage.article)) and not label.when and passage.text not in self._said:
            del self._over[passage.article]

    def over(self, passage: Passage) -> Label | None:
        """The label in force at a passage."""
        return self._over.get(passage.article) or self._over.get("0")


def _may_be_label(passage: Passage) -> bool:
    return passage.article != "0" or not passage.document.articles


def _label(passage: Passage) -> Label | None:
    text = passage.text
    if _AIMS_LINE.fullmatch(text):
        return Label("", False, True)
    if not (_LABEL_LINE.match(text) or _AIMS_TOLD.match(text)):
        return None
    when = next((one.when for one in find_deadlines(text)), "")
    section = any(_SECTION.search(words) and not _NO_SECTION.search(words) for words in (text, passage.heading))
    return Label(when, bool(_DONE.search(text)), section)


def _is_over(text: str, label: Label, last: str, issued: int) -> bool:
    if not label.when:
        return False
    return int(label.when) < issued or (label.when < last and not (label.section or _AIMS.search(text)))


def is_section(passage: Passage, headings: dict[str, str]) -> bool:
    """Whether the heading, the heading above or a label at the start (``主要目标。``) says so; ``headings`` by article."""
    if _NO_SECTION.search(passage.heading):
        return False
    if LABEL.match(passage.text) and not _NO_SECTION.search(passage.text[:20]):
        return True
    if _INTRODUCED.search(passage.lead_in) and not _NO_SECTION.search(passage.lead_in):
        return True
    if _REACHED.match(passage.heading) or _AIMED_VALUE.search(passage.text):
        return True
    above = headings.get(passage.article.rpartition(".")[0], "")
    named = re.split(r"[。,]", passage.heading)[0]
    return any(_SECTION.search(name) and len(name) <= 16 and not _NO_SECTION.search(name) for name in (named, above))
