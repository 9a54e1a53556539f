"""Until when a goal is to be reached: the year named last before it, or the year that a plan is made for (LANGUAGE 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from luodi.document.tree import Document
from luodi.policy.passages import Passage
from luodi.quantities.periods import Deadline, find_deadlines

REACHED_IN = re.compile(
    r"(?:初步|基本|全面|力争|要|将|应)*(?:建成|建立(?=.{0,30}体系)|完成|实现|达到|达|超过|突破|形成|新增|建设|培育|培训|新建)"
)
"""``2022年新建…``: a verb of reaching makes a year without 到 a deadline."""

_LABEL_YEAR = re.compile(rf"[:,]|(?:[全我][省市区县州国])?(?:将|要)?{REACHED_IN.pattern}")
# 2025年充电桩保有量达到60万个: a bare year that another sentence has set as the deadline already.
_LEVEL_OF_YEAR = re.compile(r"[一-鿿A-Z“”()]{2,24}?(?:力争)?(?:达到?|超过|突破|提[高升][到至]?|新增|控制在|降[到至])\d")
# 到2025年,…。…: the deadline that opens a sentence holds for the paragraph.
# 2026年,我市要实现…: a bare year of what is meant to be.
_MEANT = re.compile(r",?[^,。;]{0,6}(?:要(?!求|素)|力争|确保|将|计划)")
# 展望2026年,全市发展目标为:, 2026年主要任务:
_AIMS_OF_YEAR = re.compile(r",?[^。;:]{0,20}(?:目标|任务|指标)(?:[,是为]|:|\Z)")
# 提出的目标是,2027年,…: what stands before a bare year that is aimed at.
_AIM_IS = re.compile(r"目标(?:任务)?[是为]?[:,]?\Z")
_IN_PLAN = re.compile(r"“十[一二三四五六]五”(?:(?:期间|时期)(?!\n)|发展目标)")
_OPENS = re.compile(r"(?:[,。;:!?]|提出|明确|确定|要求|计划|力争|20\d\d年?)\Z")
# 5年内…, 用三年时间…, 2012年起5年内…: time to reach something in, whose end is not said as a date; 5年内不再受理 aims at nothing.
_TERM = re.compile(
    r"(?:(?:从)?20\d\d年起,?)?(?:力争|计划|争取)?(?:在|用|利用|通过|经过|未来|今后|(?:到)?未来)*(?:\d|[一二两三四五])(?:[—~-]\d)?年(?:左右)?(?:的?时间(?:内)?|内(?![^,。;]{0,6}(?:不[再得予]|未))|努力)"
    r"|(?:未来|今后)(?:\d|[一二两三四五])年|目标(?:任务)?[是为][:,]?"
)
# Words without which a text names no date, no term.
_DATED = re.compile("年|十[一二三四五六]五")
_TIMED = re.compile("年|目标")
_OPENING = re.compile(r"(?:[^,。;\d]{2,20}。)?(20\d\d)年,")
_START = re.compile(r"[从自]\Z")
# 近期目标(2023—2025年)。, 2024—2026年:: a label with its years, of which the last bounds what follows.
_LABEL_PERIOD = re.compile(
    r"(?:\A|(?<=。))[^,。;:\d]{0,12}\(?(?:20\d\d年?[—–~至-]+)?(?P<end>20\d\d)年(?:底|末)?\)?(?:[^,。;:\d]{0,6}(?:目标|阶段))?[。:]"
)
_DATE_LINE = re.compile(r"^\W{0,4}(20\d\d)年\d{1,2}月\d{1,2}日\W{0,4}$", re.MULTILINE)
_NUMBERED_IN = re.compile(r"〔(20\d\d)〕")
_HEAD = 1000
# 2024年…工作要点: a title that names one year, not a range and not a plan of years.
_PLAN_OF_YEAR = re.compile(
    r"^[^\n。;,]{0,40}?(?<!\d)(?<![—~至-])(20\d\d)年(?:度)?(?![—~至及-]|\d|度?行动)[^\n。;:]{0,40}?"
    r"(?:要点|计划|任务|安排|方案|重点工作|重点项目|实事|措施|目标|实施意见)[^\n。;]{0,12}$",
    re.MULTILINE,
)
_PLAN = re.compile(
    r"^[^\n。;]{4,60}(?:工作要点|工作计划|行动计划|行动方案|工作方案|重点任务|任务清单|(?:任务|责任)分[工解]|工作安排|攻坚方案|发展计划|实事(?:项目|清单|工程)?)[^\n。;,]{0,24}$",
    re.MULTILINE,
)
_AIMS_LINE = re.compile(r"^\W{0,3}(?:主要|预期){1,2}目标:?$", re.MULTILINE)
_TITLE = re.compile("《([^《》]+)》")
# 2024年3月,大会票决确定了今年的10件民生实事项目: a notice without its title line.
_ITEMS_OF_YEAR = re.compile(r"(20\d\d)年[^。;\n]{0,40}今年的?[^。;,\n]{0,12}(?:实事|重点工作|目标任务|重点项目)")
# 建议2023年经济社会发展的主要预期目标为:, 2023年将重点推进五方面工作:, in a part of a report.
_AIMS_OF_ONE_YEAR = re.compile(
    r"(20\d\d)年(?=[^。;,\n]{0,24}(?:预期目标(?:[为是]|:)|重点(?:推进|抓好|做好)[^。,\n]{0,14}工作:))"
)
_THIS_YEAR = re.compile(
    r"全年|年内|今年|本年度?|(?<![\d年])年底前?|(?<![\d年])年末前?|(?<![\d年月])\d{1,2}月(?:底|末)?前"
)
# 到2030年,…: how a part of a plan goes on whose head is cut off.
_AIMS_OF_PART = re.compile(r"(?:^|[。;])到20\d\d年(?:底|末)?,", re.MULTILINE)
_RANGE_OF_PLAN = re.compile(r"\(?(?P<first>20\d\d)(?:年)?[—–~至-]+(?P<last>20\d\d)年?\)?")
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
    numbered = max((int(year) for year in _NUMBERED_IN.findall(document.clean[:_HEAD])), default=0)
    return numbered or max((one - 4 for one in _five_year_plans(document.clean)), default=0)


def _five_year_plans(text: str) -> Iterator[int]:
    """The last years of the five-year plans in whose time the paper says that it stands (``“十四五”期间``)."""
    return (int(one.when) for at in _IN_PLAN.finditer(text) for one in find_deadlines(at[0]))


def plan_year(document: Document) -> str | None:
    """The one year that the paper's title makes plans for (``2024年工作要点``); None where it names none or several."""
    head = _head(document)
    years = (
        set(_PLAN_OF_YEAR.findall(head)) or set(_ITEMS_OF_YEAR.findall(head)) or set(_AIMS_OF_ONE_YEAR.findall(head))
    )
    return years.pop() if len(years) == 1 else None


def plan_range(document: Document) -> tuple[str | None, str | None]:
    """The first and the last year of a plan of several years (``行动计划(2023—2025年)``); the last is what 规划期末 means."""
    at = _RANGE_OF_PLAN.search(_head(document))
    return (at["first"], at["last"]) if at else (None, None)


def is_plan(document: Document) -> bool:
    """Whether the paper's title says that it sets out work to be done (行动计划, 工作要点, 任务清单)."""
    head = _head(document)
    return any(said.search(head) for said in (_PLAN, _ITEMS_OF_YEAR, _AIMS_OF_ONE_YEAR, _AIMS_LINE))


def cut_until(document: Document) -> int:
    """Until where a text without articles and head goes on with the aims of a plan: its first ``到2030年,``; else 0.

    Such a part begins in the middle of an enumeration of levels (``…下降18%;…比重达到20%。到2030年,…``).
    """
    first = None if document.articles else _AIMS_OF_PART.search(document.clean)
    return first.start() if first and ";" in document.clean[: first.start()] else 0


def _head(document: Document) -> str:
    """The paper's head, and on lines of their own the titles that it issues (``现将《2024年…任务分工》印发``)."""
    head = document.clean[: max(document.head_end, 0)][:_HEAD]
    issued = (
        title for sentence in re.split("[。\n]", head) if "印发" in sentence for title in _TITLE.findall(sentence)
    )
    return "\n".join([head, *issued])


def opening_year(text: str, issued: int) -> str | None:
    """The year that opens a paragraph (``2026年,实施…``), which its targets without a date are due in."""
    at = _OPENING.match(text)
    return at[1] if at and int(at[1]) >= issued else None


class PaperYears(NamedTuple):
    """What a paper's head says of its years.

    ``issued``: before which nothing can be a goal (0: unknown); ``plan``: the year of a plan for one year (全年, 年内);
    ``first``, ``last``: the years of a plan of several, of which the last is what 规划期末 means.
    """

    issued: int
    plan: str | None
    first: str | None
    last: str | None

    def covers(self, year: str) -> bool:
        """Whether a plan of several years is made for this year too."""
        return bool(self.first and self.last and self.first <= year <= self.last)


def paper_years(document: Document) -> PaperYears:
    """The years of a paper."""
    return PaperYears(issue_year(document), plan_year(document), *plan_range(document))


class Deadlines:
    """The deadline in force at each place: the last one named, kept for the passage.

    ``carried``: the deadline of the paragraphs before in a passage of goals, where this one names none.
    """

    def __init__(self, passage: Passage, years: PaperYears, *, section: bool, carried: str | None = None) -> None:
        self._text = text = passage.text
        dates = [one for one in find_deadlines(text) if not passage.depths[one.start]] if _DATED.search(text) else []
        terms = [at for at in _TERM.finditer(text) if not passage.depths[at.start()]] if _TIMED.search(text) else []
        label = _LABEL_YEAR if section else REACHED_IN
        dates = [replace(one, by=True) if _is_aimed_at(text, one, years.issued) else one for one in dates]
        named = [
            one
            for one in [*dates, *_this_year(passage, years)]
            if not _START.search(text[max(0, one.start - 1) : one.start])
            and (
                one.by
                or label.match(text, one.end)
                or _is_ahead(text, one, years.issued)
                or (years.covers(one.when) and _opens(text, one.start))  # 2023年改造小区120个, in a plan for 2023—2025
            )
        ]
        named += _levels_of_year(text, dates, named, section=section, issued=years.issued)
        periods = _LABEL_PERIOD.finditer(text) if section else ()
        named += [Deadline(at.start(), at.end(), at["end"], True) for at in periods]
        named += [Deadline(at.start(), at.end(), "", True) for at in terms if at[0][0] != "目" and _begins(text, at)]
        self._named = sorted(named, key=lambda one: one.start)
        starts = [*(at.start() for at in terms), *(one.start for one in dates if one.by)]
        self._first = min((at for at in starts if _opens(text, at)), default=None)
        own = _YEAR_OF_HEADING.search(passage.heading) or _YEAR_OF_HEADING.search(passage.above) if section else None
        self._of_heading = own[1] if own else _of_lead_in(passage.lead_in) or carried

    def at(self, offset: int, floor: int) -> str | None:
        """The deadline named last before a place, not before ``floor``; else that of the heading (``2024年主要目标``)."""
        told = self.told(offset, floor)
        return (self._of_heading if told is None else told) or None

    def told(self, offset: int, floor: int) -> str | None:
        """As :meth:`at` without the heading; empty where a term without a date (``5年内``) was named last."""
        named = (one.when for one in reversed(self._named) if floor <= one.start < offset and self._lasts(one, offset))
        return next(named, None)

    @property
    def only(self) -> str | None:
        """The one deadline that the paragraph names with a word such as 到; None where it names none or several."""
        years = {one.when for one in self._named if one.by and one.when and self._text[one.start] != "截"}
        return years.pop() if len(years) == 1 else None

    @property
    def last(self) -> str | None:
        """The last deadline that the paragraph names with a word such as 到."""
        return (
            next((one.when for one in reversed(self._named) if one.by and self._text[one.start] != "截"), None) or None
        )

    def opened(self, offset: int) -> bool:
        """Whether a sentence before a place of the paragraph opened with a deadline or a term (``5年内``)."""
        return self._first is not None and self._first < offset

    def _lasts(self, one: Deadline, offset: int) -> bool:
        """``2023年完成800亩。``: a year told with its verb alone speaks of its own sentence."""
        return one.by or self._text[one.end : one.end + 1] in (":", ",") or "。" not in self._text[one.end : offset]


def _opens(text: str, at: int) -> bool:
    """Whether a sentence or a phrase begins at a place (``到2025年,…``)."""
    return not at or bool(_OPENS.search(text[max(0, at - 5) : at]))


def _begins(text: str, at: re.Match[str]) -> bool:
    """``未来五年,…``: a term that opens a sentence ends the date before it, without one of its own."""
    return not at.start() or text[at.start() - 1] in "。;!?"


def _is_ahead(text: str, one: Deadline, issued: int) -> bool:
    """``2026年,…``: a bare year before a comma that is meant to come, not over when the paper is issued."""
    meant = bool(_MEANT.match(text, one.end)) or (bool(issued) and text[one.end : one.end + 1] == ",")
    return meant and int(one.when[:4]) >= issued


def _is_aimed_at(text: str, one: Deadline, issued: int) -> bool:
    """``确定2025年发展目标,``, ``目标是,2027年,``: a bare year whose aims are told in what follows."""
    told = _AIMS_OF_YEAR.match(text, one.end) or _AIM_IS.search(text[max(0, one.start - 8) : one.start])
    return bool(told) and int(one.when[:4]) >= issued


def _levels_of_year(
    text: str, dates: list[Deadline], named: list[Deadline], *, section: bool, issued: int
) -> list[Deadline]:
    """Bare years with a level to be reached: those that another sentence sets, in a passage of goals the last one told."""
    by = {one.when for one in named if one.by}
    last = max((one.when for one in dates), default="")
    if section and not by and int(last[:4] or 0) >= issued:
        by = {last}
    bare = [one for one in dates if not one.by and one.when in by and one not in named]
    return [one for one in bare if _opens(text, one.start) and _LEVEL_OF_YEAR.match(text, one.end)]


def _of_lead_in(lead_in: str) -> str | None:
    """``到2025年实现以下目标:``, ``2026年主要任务:``: the deadline of the items below."""
    named = (one for one in reversed(find_deadlines(lead_in)) if one.by or _AIMS_OF_YEAR.match(lead_in, one.end))
    return next((one.when for one in named), None)


def _this_year(passage: Passage, years: PaperYears) -> list[Deadline]:
    text = passage.text
    meant = ((years.plan or _year_of_cited(text), _THIS_YEAR), (years.last, _END_OF_PLAN))
    found = [(at, year) for year, words in meant if year for at in words.finditer(text)]
    return [Deadline(at.start(), at.end(), year, True) for at, year in found if not passage.depths[at.start()]]


def _year_of_cited(text: str) -> str | None:
    """The one year of the papers that a passage tells of (``《关于做好2023年…工作的意见》提出``)."""
    years = {at[1] for at in _CITED.finditer(text)} if "今年" in text or "全年" in text else set()
    return years.pop() if len(years) == 1 else None
