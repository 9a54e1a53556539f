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
# 2025年充电桩保有量达到60万个: a bare year that another sentence has set as the deadline already.
_LEVEL_OF_YEAR = re.compile(r"[一-鿿A-Z“”()]{2,24}?(?:力争)?(?:达到?|超过|突破|提[高升][到至]?|新增|控制在|降[到至])\d")
# 到2025年,…。…: the deadline that opens a sentence holds for the paragraph.
_OPENS = re.compile(r"(?:[,。;:!?]|提出|明确|要求)\Z")
# 5年内…, 用三年时间…, 2012年起5年内…: time to reach something in, whose end is not said as a date.
_TERM = re.compile(
    r"(?:(?:从)?20\d\d年起,?)?(?:力争|计划|争取)?(?:在|用|利用|通过|经过|未来|今后|(?:到)?未来)*(?:\d|[一二两三四五])(?:[—~-]\d)?年(?:左右)?(?:的?时间(?:内)?|内|努力)"
    r"|(?:未来|今后)(?:\d|[一二两三四五])年|目标(?:任务)?[是为][:,]?"
)
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
    r"^[^\n。;]{4,60}(?:工作要点|工作计划|行动计划|行动方案|工作方案|重点任务|任务清单|(?:任务|责任)分[工解]|工作安排|攻坚方案|发展计划|实事(?:项目|清单|工程)?)[^\n。;,]{0,24}$",
    re.MULTILINE,
)
_THIS_YEAR = re.compile(
    r"全年|年内|今年|本年度?|(?<![\d年])年底前?|(?<![\d年])年末前?|(?<![\d年月])\d{1,2}月(?:底|末)?前"
)
_RANGE_OF_PLAN = re.compile(r"\(?20\d\d(?:年)?[—–~至-]+(20\d\d)年?\)?")
_CITED = re.compile(r"《[^》]{0,40}?(?<![—~至-])(20\d\d)年(?![—~至-])[^》]{0,40}》")
_END_OF_PLAN = re.compile(r"(?:规划|计划|方案)期末")
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


def last_year(document: Document) -> str | None:
    """The last year of a plan of several years (``行动计划(2023—2025年)``), which 规划期末 means."""
    at = _RANGE_OF_PLAN.search(document.clean[: max(document.head_end, 0)][:_HEAD])
    return at[1] if at else None


def is_plan(document: Document) -> bool:
    """Whether the paper's title says that it sets out work to be done (行动计划, 工作要点, 任务清单)."""
    return bool(_PLAN.search(document.clean[: max(document.head_end, 0)][:_HEAD]))


class Deadlines:
    """The deadline in force at each place: the last one named, kept for the passage.

    ``plan``: the year that 全年, 年内 and 年底前 mean, where the paper is a plan for one year.
    ``last``: the year that 规划期末 means. ``carried``: the deadline of the paragraphs before in a passage of goals,
    where this one names none.
    """

    def __init__(
        self,
        passage: Passage,
        *,
        section: bool,
        plan: str | None,
        last: str | None = None,
        carried: str | None = None,
        issued: int = 0,
    ) -> None:
        self._text = passage.text
        self._first = _first_opening(passage)
        label = _LABEL_YEAR if section else REACHED_IN
        self._named = [
            one
            for one in sorted(
                [*find_deadlines(passage.text), *_this_year(passage, plan, last)], key=lambda one: one.start
            )
            if not _START.search(passage.text[max(0, one.start - 1) : one.start])
            and not passage.depths[one.start]
            and (one.by or label.match(passage.text[one.end :]) or _is_ahead(passage, one, issued))
        ]
        self._named += _levels_of_year(passage, self._named)
        self._named += _terms(passage)
        self._named.sort(key=lambda one: one.start)
        own = _YEAR_OF_HEADING.search(passage.heading) or _YEAR_OF_HEADING.search(passage.above) if section else None
        self._of_heading = own[1] if own else _of_lead_in(passage.lead_in) or carried

    def at(self, offset: int, floor: int) -> str | None:
        """The deadline named last before a place, not before ``floor``; else that of the heading (``2024年主要目标``)."""
        named = (one.when for one in reversed(self._named) if floor <= one.start < offset and self._lasts(one, offset))
        return next(named, self._of_heading) or None

    @property
    def only(self) -> str | None:
        """The one deadline that the paragraph names with a word such as 到; None where it names none or several."""
        years = {one.when for one in self._named if one.by and one.when and self._text[one.start] != "截"}
        return years.pop() if len(years) == 1 else None

    def opened(self, offset: int) -> bool:
        """Whether a sentence before a place of the paragraph opened with a deadline or a term (``5年内``)."""
        return self._first is not None and self._first < offset

    def _lasts(self, one: Deadline, offset: int) -> bool:
        """``2023年完成800亩。``: a year told with its verb alone speaks of its own sentence."""
        return one.by or self._text[one.end] in ":," or "。" not in self._text[one.end : offset]


def _terms(passage: Passage) -> list[Deadline]:
    """``未来五年,…``: a term that opens a sentence ends the date before it, without one of its own."""
    return [
        Deadline(at.start(), at.end(), "", True)
        for at in _TERM.finditer(passage.text)
        if at[0][0] != "目" and (not at.start() or passage.text[at.start() - 1] in "。;!?")
    ]


def _is_ahead(passage: Passage, one: Deadline, issued: int) -> bool:
    """``2026年,…``: a bare year before a comma that is not over when the paper is issued."""
    return bool(issued) and int(one.when[:4]) >= issued and passage.text[one.end : one.end + 1] == ","


def _first_opening(passage: Passage) -> int | None:
    """Where the first deadline or term stands that opens a sentence."""
    starts = [at.start() for at in _TERM.finditer(passage.text) if not passage.depths[at.start()]]
    starts += [one.start for one in find_deadlines(passage.text) if one.by and not passage.depths[one.start]]
    return min((at for at in starts if not at or _OPENS.search(passage.text[max(0, at - 2) : at])), default=None)


def _levels_of_year(passage: Passage, named: list[Deadline]) -> list[Deadline]:
    by = {one.when for one in named if one.by}
    bare = [one for one in find_deadlines(passage.text) if not one.by and one.when in by and one not in named]
    return [
        one
        for one in bare
        if (not one.start or _OPENS.search(passage.text[max(0, one.start - 2) : one.start]))
        and _LEVEL_OF_YEAR.match(passage.text, one.end)
        and not passage.depths[one.start]
    ]


def _of_lead_in(lead_in: str) -> str | None:
    """``到2025年实现以下目标:``: the deadline of the items below."""
    return next((one.when for one in reversed(find_deadlines(lead_in)) if one.by), None)


def _this_year(passage: Passage, plan: str | None, last: str | None) -> list[Deadline]:
    plan = plan or _year_of_cited(passage.text)
    meant = ((plan, _THIS_YEAR), (last, _END_OF_PLAN))
    return [
        Deadline(at.start(), at.end(), year, True)
        for year, words in meant
        if year
        for at in words.finditer(passage.text)
    ]


def _year_of_cited(text: str) -> str | None:
    """The one year of the papers that a passage tells of (``《关于做好2023年…工作的意见》提出``)."""
    years = {at[1] for at in _CITED.finditer(text)} if "今年" in text or "全年" in text else set()
    return years.pop() if len(years) == 1 else None
