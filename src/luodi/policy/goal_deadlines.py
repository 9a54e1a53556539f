"""Until when a goal is to be reached: the year named last before it, or the year that a plan is made for (LANGUAGE 4.1)."""

from __future__ import annotations

import re

from luodi.document.tree import Document
from luodi.policy.passages import Passage
from luodi.quantities.periods import Deadline, find_deadlines

REACHED_IN = re.compile(
    r"(?:初步|基本|全面|力争|要|将|应)*(?:建成|完成|实现|达到|达|超过|突破|形成|新增|建设|培育|新建)"
)
"""``2022年新建…``: a verb of reaching makes a year without 到 a deadline."""

_LABEL_YEAR = re.compile(rf"[:,]|(?:[全我][省市区县州国])?{REACHED_IN.pattern}")
_START = re.compile(r"[从自]\Z")
_DATE_LINE = re.compile(r"^\W{0,4}(20\d\d)年\d{1,2}月\d{1,2}日\W{0,4}$", re.MULTILINE)
_NUMBERED_IN = re.compile(r"〔(20\d\d)〕")
_HEAD = 1000
# 2024年…工作要点: a title that names one year, not a range and not a plan of years.
_PLAN_OF_YEAR = re.compile(
    r"^[^\n。;,]{0,40}?(?<!\d)(?<![—~至-])(20\d\d)年(?:度)?(?![—~至-]|\d|度?行动)[^\n。;:]{0,40}?"
    r"(?:要点|计划|任务|安排|方案|重点工作|重点项目|实事|措施|目标|实施意见)[^\n。;]{0,12}$",
    re.MULTILINE,
)
_PLAN = re.compile(
    r"^[^\n。;]{4,60}(?:工作要点|工作计划|行动计划|行动方案|工作方案|重点任务|任务清单|(?:任务|责任)分[工解]|工作安排|攻坚方案)[^\n。;,]{0,24}$",
    re.MULTILINE,
)
_THIS_YEAR = re.compile(
    r"全年|年内|今年|本年度?|(?<![\d年])年底前?|(?<![\d年])年末前?|(?<![\d年月])\d{1,2}月(?:底|末)?前"
)
_YEAR_OF_HEADING = re.compile(
    r"(?<![\d—~至-])(20\d\d)年(?:度)?(?:全[市区县省年])?(?:的)?[^\d,。;—~至-]{0,12}(?:目标|任务|指标|工作)"
)


def issue_year(document: Document) -> int:
    """The year before which nothing can be a goal: that of the paper's date or number; 0 where neither is found."""
    dated = _DATE_LINE.search(document.clean)
    if dated:
        return int(dated[1])
    return max((int(year) for year in _NUMBERED_IN.findall(document.clean[:_HEAD])), default=0)


def plan_year(document: Document) -> str | None:
    """The one year that the paper's title makes plans for (``2024年工作要点``); None where it names none or several."""
    years = set(_PLAN_OF_YEAR.findall(document.clean[: max(document.head_end, 0)][:_HEAD]))
    return years.pop() if len(years) == 1 else None


def is_plan(document: Document) -> bool:
    """Whether the paper's title says that it sets out work to be done (行动计划, 工作要点, 任务清单)."""
    return bool(_PLAN.search(document.clean[: max(document.head_end, 0)][:_HEAD]))


class Deadlines:
    """The deadline in force at each place: the last one named, kept for the passage.

    ``plan``: the year that 全年, 年内 and 年底前 mean, where the paper is a plan for one year.
    """

    def __init__(self, passage: Passage, *, section: bool, plan: str | None) -> None:
        self._text = passage.text
        label = _LABEL_YEAR if section else REACHED_IN
        self._named = [
            one
            for one in sorted([*find_deadlines(passage.text), *_this_year(passage, plan)], key=lambda one: one.start)
            if not _START.search(passage.text[max(0, one.start - 1) : one.start])
            and not passage.depths[one.start]
            and (one.by or label.match(passage.text[one.end :]))
        ]
        own = _YEAR_OF_HEADING.search(passage.heading) or _YEAR_OF_HEADING.search(passage.above) if section else None
        self._of_heading = own[1] if own else None

    def at(self, offset: int, floor: int) -> str | None:
        """The deadline named last before a place, not before ``floor``; else that of the heading (``2024年主要目标``)."""
        named = (one.when for one in reversed(self._named) if floor <= one.start < offset and self._lasts(one, offset))
        return next(named, self._of_heading)

    def _lasts(self, one: Deadline, offset: int) -> bool:
        """``2023年完成800亩。``: a year told with its verb alone speaks of its own sentence."""
        return one.by or self._text[one.end] in ":," or "。" not in self._text[one.end : offset]


def _this_year(passage: Passage, plan: str | None) -> list[Deadline]:
    if plan is None:
        return []
    return [Deadline(at.start(), at.end(), plan, True) for at in _THIS_YEAR.finditer(passage.text)]
