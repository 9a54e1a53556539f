"""What a paper says of its years as a whole: when it was written, which year or years it makes plans for (LANGUAGE 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from luodi.document.tree import Document
from luodi.policy.dates import NUMBERED_IN, year_signed
from luodi.policy.goals.reports import reported
from luodi.quantities.periods import find_deadlines

_HEAD = 1000
# 2017年全省扶贫工作会议获悉; 2003年12月22日 11:12, 2011-01-30 22:38: when news was told.
MEETING = re.compile(
    r"(20\d\d)年[^,。;\n\d]{2,20}(?:会议?(?:上)?(?:获悉|了解到|透露|传出|提出|明确)|两会)|今年\((20\d\d)年\)"
)
_PAGE_DATE = re.compile(
    r"(?<!\d)(20\d\d)(?:年\d{1,2}月\d{1,2}日(?!电)|[-/.]\d{1,2}[-/.]\d{1,2}(?:(?!\d)|(?=\d{1,2}:\d\d)))"
)
_PAGE_HEAD = 300
# 报告首先回顾了2025年工作。…对于2026年工作,…今年: the year that news of a report speaks of.
_LOOKS_AHEAD = re.compile(r"(?:对于?|关于|部署|安排)(20\d\d)年(?:的)?工作")
_LOOKS_BACK = re.compile(r"回顾(?:总结)?了?(?:过去的)?(20\d\d)年")
# 人社局发布“2013年工作要点”,称今年…: the year of the paper that news tells of.
_TOLD_OF = re.compile(
    r"[“《](20\d\d)年[^“”《》\n]{0,16}(?:要点|计划|任务|安排|方案|报告)[”》][^。\n]{0,12}(?:称|提出|明确|指出)[^。\n]{0,4}今年"
)
_FAR = 20
_IN_PLAN = re.compile(r"(?:“十[一二三四五六]五”(?:、|和|及|与))?“十[一二三四五六]五”(?:(?:期间|时期)(?!\n)|发展目标)")
# “十五”期间,要力争…: what is meant to come lies in the time of the plan.
_PLAN_AHEAD = re.compile(r"“?十[一二三四五六]?五”?(?:期间|时期),?(?=要(?!求)|力争|争取|计划|确保)")
# 从2005年的17万人增长到2013年的28万人: what was measured last is over.
_MEASURED = re.compile(r"[从由](?:(?:19|20)\d\d年|\d0年代初?)[^。;]{0,20}[到至](20\d\d)年的\d")
# 2024年…工作要点: a title that names one year, not a range and not a plan of years.
_PLAN_OF_YEAR = re.compile(
    r"^[^\n。;,]{0,40}?(?<!\d)(?<![—~至-])(20\d\d)年(?:度)?(?![—~至及前底-]|\d|度?行动)[^\n。;:]{0,40}?"
    r"(?:要点|计划|任务|安排|方案|重点工作|重点项目|实事|措施|目标|实施意见)[^\n。;]{0,12}$",
    re.MULTILINE,
)
# 关于切实抓好2012年造林绿化工作的通知
_WORK_OF = re.compile(
    r"^[^\n。;,]{0,30}(?:做好|抓好|推进|加强|落实)(20\d\d)年(?:度)?[^\n。;,]{2,24}工作的(?:通知|(?:实施)?意见)$",
    re.MULTILINE,
)
# 2013年全市林业工作的指导思想是:
_THOUGHT_OF = re.compile(
    r"(?<![—~至-])(20\d\d)年[^,。;\n\d]{0,12}工作的?(?:总体|总的)?(?:指导思想|思路|要求|目标任务|目标)是"
)
# 2023年工作总结和2024年工作计划: what was done, and what the next year is to bring.
_SUMMED_UP = re.compile(
    r"20\d\d年[^\n。;,]{0,16}(?:总结|回顾|情况|成效)[^\n。;,\d]{0,6}[和及与暨、](20\d\d)年[^\n。;,]{0,10}(?:计划|打算|安排|思路|要点|重点)"
)
_PLAN = re.compile(
    r"^[^\n。;]{4,60}(?:工作要点|工作计划|行动计划|行动方案|工作方案|重点任务|任务清单|(?:任务|责任|工作|部门)分[工解]|工作安排"
    r"|攻坚方案|(?:发展|实施|建设|提升|创建)计划|实事(?:项目|清单|工程)?)[^\n。;,]{0,24}$"
    r"|^[^\n。;,]{4,60}(?:规划|规划纲要|实施方案)(?:\([^()\n]{4,16}\))?(?:的通知)?$",
    re.MULTILINE,
)
_AIMS_LINE = re.compile(r"^\W{0,3}(?:主要|预期){1,2}目标:?$", re.MULTILINE)
# 现将《云州市…工作要点》印发给你们; one that is cited stands before its number or its spirit.
_TITLE = re.compile(r"《([^《》]+)》(?!\([^()]*〔|等?(?:文件)?的?(?:精神|有关|要求|规定|部署))")
_NEWS_OF = re.compile(r"《[^《》]+》印发(?!给)")  # 《云州市发展规划》印发: news of a paper
_TITLE_LINE = re.compile(
    r"^[^\n。;,:]{4,60}(?:意见|办法|措施|通知|方案|政策|规划|计划|细则|规定|决定|条例|公告|清单|要点|指南|分工|指引|安排)(?:\([^()\n]*\))?$",
    re.MULTILINE,
)
# 2024年3月,大会票决确定了今年的10件民生实事项目; 2024年度10类民生实事项目确定: a notice without its title line.
_ITEMS_OF_YEAR = re.compile(
    r"(20\d\d)年(?:[^。;,\n]{0,16}(?:将|要)[^。;,\n]{0,10}(?:办好|办成|实施|完成|抓好)[^。;,\n]{0,12}"
    r"(?:实事|重点工作|重点项目|任务)|[^。;\n]{0,40}今年的?[^。;,\n]{0,12}(?:实事|重点工作|目标任务|重点项目)"
    r"|度?[^。;,\n]{0,10}实事(?:项目|清单)?(?:[^。;,\n]{0,6}(?:确定|出炉|公布|产生)|,(?:共|主要)*(?:包括|安排|涉及|涵盖)))"
)
# 今年将继续办好“十件民生实事”: of a year that the text does not name.
_ITEMS = re.compile(r"办[好成][^。;,\n]{0,10}实事")
# 建议2023年经济社会发展的主要预期目标为:, 2023年将重点推进五方面工作:, in a part of a report.
_AIMS_OF_ONE_YEAR = re.compile(
    r"(?:(?<=提出)|(?<=提出了)|)(20\d\d)年(?=(?:主要|重点)任务[,。]"
    r"|[^。;,\n]{0,24}(?:预期目标(?:[为是]|:)|重点(?:推进|抓好|做好)[^。,\n]{0,14}工作:))"
)
# 2025年是“十四五”规划收官之年: the year that a report looks at, where it names no later one.
_YEAR_IS = re.compile(r"(?:^|(?<=[。;]))(20\d\d)年,?是[^。;\n]{2,60}?年[,。;]", re.MULTILINE)
# 2024年启动…。2024年加快…。: a year that several sentences begin their tasks with.
_BEGUN = re.compile(r"(?:^|(?<=[。;]))(20\d\d)年(?=启动|加快|推进|编制|计划|力争|将)", re.MULTILINE)
# 2009年,开展…。2009年,新建…: the same of part after part, in a text that reports nothing.
_WORK_OF_YEAR = re.compile(
    r"(?:^|(?<=[。;,]))(20\d\d)年,(?=(?:全面|计划)?(?:开展|新建|改[建造]|建成|建设|完成|更新|购置|实施|推进|免除|棚户区))",
    re.MULTILINE,
)
_SEVERAL_PARTS = 3
# 2022年,实施…行动,力争…。: how a plan for one year begins whose head is cut off.
_OPENED = re.compile(r"\A(20\d\d)年,(?=[^。;\n]*(?:力争|确保|实现|达到))")
# ——2025年1月8日在云州市第十届人民代表大会第五次会议上: a government's report, which sets out the year that it is given in.
_REPORTED_AT = re.compile(
    r"^\W*(20\d\d)年\d{1,2}月\d{1,2}日,?在[^\n。]{4,40}会议?(?:[^\n。]{0,10}会议)?上\W*$", re.MULTILINE
)
# 关于落实《政府工作报告》重点工作分工的意见
_ON_REPORT = re.compile(r"(?:落实|贯彻)[^。\n]{0,8}政府工作报告|政府工作报告》?[^。\n]{0,16}(?:分工|分解|任务|责任)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?=年)")
# (2023—2025年), 2023—2025年发展规划: in brackets or in a line that is no sentence.
_RANGE = r"(?P<first>20\d\d)(?:年)?[—–~至-]+(?P<last>20\d\d)年?"
_RANGE_OF_PLAN = re.compile(
    rf"\({_RANGE}\)|^[^\n。;]{{0,60}}?{_RANGE.replace('first', 'begun').replace('last', 'ended')}[^\n。;]{{0,40}}$",
    re.MULTILINE,
)
# 关于落实重点工作的实施意见 whose tasks end in 牵头单位:…;责任单位:… is a plan of work.
_ON_TASKS = re.compile(r"^[^\n。;,]{4,80}(?:意见|方案|工作|任务)(?:\([^()\n]*\))?(?:的通知)?$", re.MULTILINE)
_ASSIGNED = re.compile(r"(?:牵头|责任|主办|负责)(?:单位|部门):|(?:牵头|按职责分工负责)[^()。\n]{0,80}[)\]〕]")
# 二、主要目标, 三、重点任务: the chapters of a plan, under whatever title.
_CHAPTER_OF_PLAN = re.compile(
    r"(?:总体|发展|主要|工作|具体|规划|建设|行动|奋斗|预期)*目标(?:任务)?|(?:主要|重点|工作|目标)+任务|重点工作(?:任务|安排)?|工作(?:重点|安排|要点)"
)
_PAYS = re.compile(r"奖励|补助|补贴|资助|贴息|给予")
_SEVERAL_TASKS = 4
_OPINION = re.compile(r"^[^\n。;,]{4,80}(?<!征求)意见(?:\([^()\n]*\))?(?:的通知)?$", re.MULTILINE)
_APART = 150  # characters of an opinion for each word of payment, at least
# 到2030年,…: how a part of a plan goes on whose head is cut off.
_AIMS_OF_PART = re.compile(r"(?:^|[。;])到20\d\d年(?:底|末)?,", re.MULTILINE)


class Paper(NamedTuple):
    """What a paper says of its years and of its kind.

    ``issued``: before which nothing can be a goal (0: unknown); ``plan``: the year of a plan for one year (全年, 年内);
    ``first``, ``last``: the years of a plan of several, of which the last is what 规划期末 means; ``planned``: it sets out
    work to be done (行动计划, 工作要点); ``opinion``: it says what is to be done and pays little; ``cut``: until where a text without its head goes on with the aims of a plan;
    ``told``: the year that 今年 means, by its date or that of the page; ``untitled``: no line names it as a paper; ``past``: where one without a title reports what was done.
    """

    issued: int
    plan: str | None
    first: str | None
    last: str | None
    planned: bool
    opinion: bool
    cut: int
    told: int
    untitled: bool
    past: tuple[tuple[int, int], ...]

    @property
    def now(self) -> int:
        """The year before which all is over: that of its issue, else of its plan."""
        return self.issued or int(self.plan or 0)

    def covers(self, year: str) -> bool:
        """Whether a plan of several years is made for this year too."""
        return bool(self.first and self.last and self.first <= year <= self.last)


def read_paper(document: Document, lines: Sequence[str] = ()) -> Paper:
    """The years of a paper and whether it is a plan; ``lines``: those of its head, where it lost its line ends."""
    head = _head(document, lines)
    report = _REPORTED_AT.search(head)
    untitled = not _TITLE_LINE.search(head)
    past = reported(document.clean) if untitled else ()
    year = report[1] if report else _year_looked_at(document.clean)
    year = year or (_year_of_parts(document.clean) if untitled and not past else None)
    assigned = bool(_ON_TASKS.search(head)) and _assigns(document.clean)
    planned = (
        assigned
        or bool(year)
        or any(said.search(head) for said in (_PLAN, _ITEMS, _ITEMS_OF_YEAR, _AIMS_OF_ONE_YEAR, _AIMS_LINE))
    )
    span = _RANGE_OF_PLAN.search(head)
    first, last = (span["first"] or span["begun"], span["last"] or span["ended"]) if span else (None, None)
    issued = _issued(document) or int(first or (report[1] if report else 0))
    sets_out = any(_CHAPTER_OF_PLAN.fullmatch(article.heading or "") for article in document.articles)
    opinion = (sets_out or bool(_OPINION.search(head))) and len(_PAYS.findall(document.clean)) * _APART < len(
        document.clean
    )
    told = _year_told_in(document, untitled=untitled)
    return Paper(
        issued,
        _plan_year(head) or year or _year_of_report(document.clean, head, told),
        first,
        last,
        planned,
        opinion,
        _cut_until(document),
        told,
        untitled,
        past,
    )


def _assigns(text: str) -> bool:
    """Whether a paper assigns task after task to units, more often than it pays."""
    return len(_ASSIGNED.findall(text)) >= max(_SEVERAL_TASKS, 2 * len(_PAYS.findall(text)))


def _issued(document: Document) -> int:
    """The year of the paper's date or number, or that after the last one measured; 0 where none is found."""
    if signed := year_signed(document.clean):
        return signed
    ahead = min(
        (int(one.when) - 4 for at in _PLAN_AHEAD.finditer(document.clean) for one in find_deadlines(at[0])), default=0
    )
    numbered = max((int(year) for year in NUMBERED_IN.findall(document.clean[:_HEAD])), default=0)
    measured = max((int(year) + 1 for year in _MEASURED.findall(document.clean)), default=0)
    return numbered or measured or ahead or max((one - 4 for one in _five_year_plans(document.clean)), default=0)


def _year_told_in(document: Document, *, untitled: bool) -> int:
    """The year that a paper is dated or numbered in, else that of the meeting or the page which tells it; 0: unknown.

    The furniture of a page counts for news only: a paper that has a title may stand there as a later copy.
    """
    text = document.clean
    number = NUMBERED_IN.search(text[: max(0, document.head_end)])
    if year := year_signed(text) or (int(number[1]) if number else 0):
        return year
    page = (
        MEETING.search(text[:_HEAD])
        or _TOLD_OF.search(text[:_HEAD])
        or _PAGE_DATE.search((document.text.source if untitled else text)[:_PAGE_HEAD])
    )
    year = int(page[page.lastindex or 1]) if page else _year_of_speech(text) if untitled and "今年" in text else 0
    named = max((int(one) for one in _YEAR.findall(text)), default=year)
    return year if year >= named - _FAR else 0


def _year_of_speech(text: str) -> int:
    """The year that news of a speech looks at (``对于2026年工作``), or that behind the one it looks back on; 0: unknown."""
    if ahead := _LOOKS_AHEAD.search(text):
        return int(ahead[1])
    back = _LOOKS_BACK.search(text)
    return int(back[1]) + 1 if back else 0


def _five_year_plans(text: str) -> Iterator[int]:
    """The last years of the five-year plans in whose time the paper says that it stands (``“十四五”期间``)."""
    return (int(one.when) for at in _IN_PLAN.finditer(text) for one in find_deadlines(at[0])[:1])


def _plan_year(head: str) -> str | None:
    """The one year that the title makes plans for (``2024年工作要点``); None where it names none or several."""
    told = (
        set(said.findall(head))
        for said in (_SUMMED_UP, _PLAN_OF_YEAR, _WORK_OF, _ITEMS_OF_YEAR, _AIMS_OF_ONE_YEAR, _THOUGHT_OF)
    )
    years = next((years for years in told if years), set())
    return years.pop() if len(years) == 1 else None


def _year_of_report(text: str, head: str, told: int) -> str | None:
    """The year of a paper that divides the tasks of a government's report, which calls it 今年."""
    return str(told) if told and "今年" in text and _ON_REPORT.search(head) else None


def _year_looked_at(text: str) -> str | None:
    begun = _BEGUN.findall(text)
    years = set(_YEAR_IS.findall(text)) or set(begun if len(begun) > 1 else ()) or set(_OPENED.findall(text))
    last = max(_YEAR.findall(text), default="")
    return last if years == {last} else None


def _year_of_parts(text: str) -> str | None:
    """The last year that a text names, where several of its parts begin their work with it."""
    begun = _WORK_OF_YEAR.findall(text)
    last = max(_YEAR.findall(text), default="")
    return last if len(begun) >= _SEVERAL_PARTS and set(begun) == {last} else None


def _cut_until(document: Document) -> int:
    """The first ``到2030年,`` of a text without articles and head, else 0.

    Such a part begins in the middle of an enumeration of levels (``…下降18%;…比重达到20%。到2030年,…``).
    """
    first = None if document.articles else _AIMS_OF_PART.search(document.clean)
    return first.start() if first and ";" in document.clean[: first.start()] else 0


def _head(document: Document, lines: Sequence[str]) -> str:
    """The paper's head, and on lines of their own the titles that it issues (``现将《2024年…任务分工》印发``)."""
    head = "\n".join(lines) if lines else document.clean[: max(document.head_end, 0)][:_HEAD]
    issued = (
        title
        for sentence in re.split("[。\n]", head)
        if "印发" in sentence and not _NEWS_OF.match(sentence)
        for title in _TITLE.findall(sentence)
    )
    return "\n".join([head, *issued])
