"""Until when a goal is to be reached: the year named last before it, or the year that a plan is made for (LANGUAGE 4.1)."""

from __future__ import annotations

import re
from dataclasses import replace

from luodi.policy.goals.papers import MEETING, Paper
from luodi.policy.passages import Passage
from luodi.quantities.periods import Deadline, find_deadlines

REACHED_IN = re.compile(
    r"(?:初步|基本|全面|力争|要|将|应|首批|累计|全[国省市县区州年]|推动|推进|组织|支持)*"
    r"(?:建成|建立(?=.{0,30}体系)|完成|实现|达到|达|超过|突破|提[高升][到至]|增[加长][到至]|(?:下?降|降低|压[减缩]|减少)[到至]|形成"
    r"|新(?:[增创列]|开工)|建设|培育|培训|新建|启动|编制|开工|创建|争创|打造|引进|招引|净增|遴选|认定|配[置备]|投[放运]"
    r"|(?<=推动|推进|组织|支持)(?=\d))(?!的)"
)
"""``2022年新建…``: a verb of reaching makes a year without 到 a deadline."""

_LABEL_YEAR = re.compile(rf"[:,]|(?:[全我][省市区县州国])?(?:将|要)?{REACHED_IN.pattern}")
# 2025年充电桩保有量达到60万个: a bare year that another sentence has set as the deadline already.
_LEVEL_OF_YEAR = re.compile(
    r"(?!起)[一-鿿A-Z“”()、]{2,24}?(?:分别|力争)?(?:(?:达到?|超过|突破|提[高升][到至]?|新增|控制在|降[到至])\d|\d[\d.]*[^,。;\d]{1,6}以上)"
)
# 到2025年,…。…: the deadline that opens a sentence holds for the paragraph.
# 2026年,我市要实现…: a bare year of what is meant to be.
_MEANT = re.compile(
    r",?[^,。;]{0,6}(?:要(?!求|素)|力争|争取|确保|将|计划)|,[一-鿿]{4,24}将"
    r"(?:加快|全面|继续|大力|重点|聚焦|围绕|着力|深入|坚持|打造|推[进动]|进一步|紧扣|以)|,?(?:[^,。;\d]|3岁){6,24}(?:力争|将(?!近))"
)
# 2011年,我国铁路将适应高铁逐步成网的新形势,…: what a paragraph is about, from its first word.
_MEANT_OF_ALL = re.compile(r",[^,。;\d]{2,12}将(?!近)(?![^。]*了)")
YEARS_TOGETHER = re.compile(r"[^,。;\d]{0,16}?(?:20\d\d年(?:底|末)?(?:、|和|及)?(?:到)?){2,4}(?:,|[^,。;\d]{0,12}分别)")
"""``2022年、2023年分别达到``: several years, for each of which one number is told."""
# 2022年、2023年分别达到: no year for what follows.
_YEARS_SHARED = re.compile(
    r"(?<![到至])(?:20\d\d年(?:底|末)?(?:、|和|及)){1,3}20\d\d年(?:底|末)?(?=[^,。;\d]{0,12}分别)"
)
_RANGE_BEGUN = re.compile(r"20\d\d年?[—–~至-]+\Z")
_NEXT_YEAR = re.compile(r"\A[、,;和及]20\d\d年\d\Z")
# 展望2026年,全市发展目标为:, 2026年主要任务:
_AIMS_OF_YEAR = re.compile(r",?[^。;:]{0,20}(?:目标值?|任务|指标)(?:[,是为]|:|(?<=任务)(?=\d)|\Z)|,?目标值")
_QUOTED_AIM = re.compile(r"[^“”。]{2,40}”的[一-鿿]{0,4}目标")  # “2027年销量900万辆左右”的发展目标
_AIMS_LABEL = re.compile(r"[^,。;:]{0,20}目标:")  # 介绍了2004年发展的目标:
# 提出的目标是,2027年,…: what stands before a bare year that is aimed at.
_AIM_IS = re.compile(r"(?:目标(?:任务)?[是为]?|(?:明确|提出)|实现|展望)[:,]?\Z")
_OPENS = re.compile(r"(?:[,。;:!?“]|其中|提出|明确|确定|要求|计划|规划|力争|20\d\d年?)\Z")
# 5年内…, 用三年时间…, 2012年起5年内…: time to reach something in, whose end is not said as a date; 5年内不再受理 aims at nothing.
_TERM = re.compile(
    r"(?:(?:从)?20\d\d年起,?)?(?:力争|计划|争取)?(?:在|用|利用|通过|经过|未来|今后|(?:到)?未来)*(?:\d|[一二两三四五六七八九十])"
    r"(?:[—~至到-]\d)?年(?:左右)?(?:的?时间(?:内)?|内(?![^,。;]{0,6}(?:不[再得予]|未))|努力)"
    r"|(?:未来|今后)(?:\d|[一二两三四五])年|今明两年|目标(?:任务)?[是为][:,]?"
)
# Words without which a text names no date, no term.
_DATED = re.compile("年|十[一二三四五六]五|[七八九十]五”")
_TIMED = re.compile("年|目标")
_OPENING = re.compile(r"(?:[^,。;\d]{2,20}。)?(20\d\d)年(?:,|(?=启动|编制|加快|推进|实施|计划|力争|将))")
_STOP = re.compile("[,;。]")
# 2021年起, 2000年底前建成的小区: from when, and how old something is.
# “十一五”计划良好开局: what follows has only begun then.
_NO_END = re.compile("起|(?:建成|建设|投产|登记|注册)[^,。;]{0,4}的|(?:规划|计划)?的?(?:良好|精彩)?(?:开局|起步|开篇)")
_START = re.compile(r"[从自]\Z")
_SENTENCE_BEGINS = re.compile(r"[。;!?](?:[一二三四五六]是)?\Z|(?:\A|[:,])[一二三四五六]是\Z")
# 近期目标(2023—2025年)。, 2024—2026年:: a label with its years, of which the last bounds what follows.
_LABEL_PERIOD = re.compile(
    r"(?:\A|(?<=。))[^,。;:\d]{0,12}\(?(?:20\d\d年?[—–~至-]+)?(?P<end>20\d\d)年(?:底|末)?\)?(?:[^,。;:\d]{0,6}(?:目标|阶段))?[。:]"
)
# 二是2013年,…三是2014—2015年,…: items that begin with their years.
_YEAR_OF_ITEM = re.compile(r"[一二三四五六]是(?:20\d\d年?[—–~至-]+)?(?P<end>20\d\d)年(?:底|末)?,")
_THIS_YEAR = re.compile(
    r"(?<!占)全年|年内|今年|本年度?|(?<![\d年])年底前?|(?<![\d年])年末前?|(?<![\d年月])\d{1,2}月(?:底|末)?前"
)
# 今年要确保…, 明年新增就业目标为…: told by the year that news was told in.
_YEAR_TOLD = re.compile(
    r"(?:今|明)年(?!以来|来|[一二三四]季度|的(?![^,。;:\d]{0,16}目标(?:任务)?[是为:])|上半年|前|\d|[初起])(?:底|内)?"
)
_SOME_YEAR = re.compile(r"20\d\d年")
_INTENT = re.compile(r"要(?!求|素)|将|力争|争取|确保|计划|拟|目标|预期")
_CITED = re.compile(r"《[^》]{0,40}?(?<![—~至-])(20\d\d)年(?![—~至-])[^》]{0,40}》")
_DAY_OPENS = re.compile(r"(20\d\d)年\d{1,2}月\d{1,2}日,")
_END_OF_PLAN = re.compile(r"(?:规划|计划|方案)期末")
_YEAR_OF_HEADING = re.compile(
    r"(?<![\d—~至-])(20\d\d)年(?:度)?(?:全[市区县省年])?(?:的)?[^\d,。;—~至-]{0,12}(?:目标|任务|指标|工作)"
)
# 将时间压缩到5天以内,2020年底前全国实现。: a date told behind what it is for.
_CLOSES = re.compile(
    r"(?:要|应|力争|确保|全[国省市县区州]|基本|全部|全面|均|如期)*(?:实现|完成|完工|竣工|交付(?:使用)?|投用|投入(?:使用|运[营行])|到位|落实到位|达标|建成|见效)(?:目标)?(?=[。;]|\Z)"
)


# 甲高速32公里,2028年建成通车;乙高速125公里: said of what stands before it.
_TOLD_BEHIND = re.compile(r"[^,。;\d]{2,12};")
# “十一五”科技发展的指导思想和主要目标
_PLAN_OF_HEADING = re.compile(r"“十[一二三四五六]?五”(?=[^,。;“”]{0,20}(?:目标|任务))")


def opening_year(passage: Passage, issued: int) -> str | None:
    """The year that opens a paragraph (``2026年,实施…``) or stands in its heading, which its targets without a date are due in."""
    at = _OPENING.match(passage.text)
    year = at[1] if at else year_of_heading(passage)
    return year if year and int(year) >= issued else None


def year_of_heading(passage: Passage) -> str | None:
    """The year whose aims or work the heading of a passage or one above it names (``2025年工作安排``)."""
    at = _YEAR_OF_HEADING.search(passage.heading) or _YEAR_OF_HEADING.search(passage.above)
    if at:
        return at[1]
    plan = _PLAN_OF_HEADING.search(passage.heading) or _PLAN_OF_HEADING.search(passage.above)
    return next((one.when for one in find_deadlines(plan[0])), None) if plan else None


class Deadlines:
    """The deadline in force at each place: the last one named, kept for the passage.

    ``carried``: the deadline of the paragraphs before in a passage of goals, where this one names none.
    """

    def __init__(self, passage: Passage, paper: Paper, *, section: bool, carried: str | None = None) -> None:
        self._text = text = passage.text
        now = paper.issued or paper.told
        dates = [one for one in find_deadlines(text) if not passage.depths[one.start]] if _DATED.search(text) else []
        shared = [at.span() for at in _YEARS_SHARED.finditer(text)] if len(dates) > 1 else []
        dates = [one for one in dates if not any(start <= one.start < end for start, end in shared)]
        dates = [one for one in dates if not _is_measured(text, one)]
        terms = [at for at in _TERM.finditer(text) if not passage.depths[at.start()]] if _TIMED.search(text) else []
        label = _LABEL_YEAR if section else REACHED_IN
        dates = [replace(one, by=True) if _is_aimed_at(text, one, paper.issued) else one for one in dates]
        named = [
            one
            for one in [*dates, *_this_year(passage, paper)]
            if not _START.search(text[max(0, one.start - 1) : one.start])
            and not _NO_END.match(text, one.end)
            and (
                one.by
                or label.match(text, one.end)
                or _is_ahead(text, one, now)
                or (section and _ends_range(text, one))
                # 2023年改造小区120个, …、2024年9000个, in a plan for 2023—2025
                or (paper.covers(one.when) and (_opens(text, one.start) or text[one.end : one.end + 1].isdigit()))
            )
        ]
        named += _levels_of_year(text, dates, named, section=section, issued=now)
        named += _next_of_list(text, dates, named)
        named += _ends_of_ranges(text, dates, named)
        items = list(_YEAR_OF_ITEM.finditer(text))
        named += [Deadline(at.start(), at.end(), at["end"], True) for at in items if len(items) > 1]
        periods = _LABEL_PERIOD.finditer(text) if section else ()
        named += [Deadline(at.start(), at.end(), at["end"], True) for at in periods]
        named += [
            Deadline(at.start(), at.end(), "", _begins(text, at))
            for at in terms
            if at[0][0] != "目" and (_begins(text, at) or not _dated_in_sentence(text, at.start(), named))
        ]
        self._named = sorted(named, key=lambda one: one.start)
        starts = [
            *(at.start() for at in (*terms, *(items if len(items) > 1 else ()))),
            *(one.start for one in dates if one.by),
        ]
        labels = [one.start for one in dates if one.by and _AIMS_LABEL.match(text, one.end)]
        self._first = min((*(at for at in starts if _opens(text, at)), *labels), default=None)
        self._closing = [one for one in dates if one.by and _CLOSES.match(text, one.end)]
        own = year_of_heading(passage) if section else None
        self._of_heading = own or _of_lead_in(passage.lead_in) or carried

    def at(self, offset: int, floor: int) -> str | None:
        """The deadline named last before a place, not before ``floor``; else that which closes its sentence, or the heading's (``2024年主要目标``)."""
        told = self.told(offset, floor)
        return (self._behind(offset) or self._of_heading if told is None else told) or None

    def _behind(self, offset: int) -> str | None:
        behind = (one for one in self._closing if one.start > offset)
        return next((one.when for one in behind if _is_told_of(self._text[offset : one.start])), None)

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

    @property
    def ends_open(self) -> bool:
        """Whether the paragraph opens with a term whose end is not said (``今后五年,…``) and names no date behind it."""
        return bool(self._named) and self._named[0].by and not any(one.when for one in self._named)

    def opened(self, offset: int) -> bool:
        """Whether a sentence before a place of the paragraph opened with a deadline or a term (``5年内``)."""
        return self._first is not None and self._first < offset

    def _lasts(self, one: Deadline, offset: int) -> bool:
        """``2023年完成800亩。``: a year told with its verb alone speaks of its own sentence; ``2023年8000个`` of its number, a term of its phrase."""
        if not one.by and _TOLD_BEHIND.match(self._text, one.end, offset):
            return False
        if not one.by and (not one.when or self._text[one.end : one.end + 1].isdigit()):
            return not _STOP.search(self._text, one.end, offset)
        return one.by or self._text[one.end : one.end + 1] in (":", ",") or "。" not in self._text[one.end : offset]


def _is_told_of(between: str) -> bool:
    """Whether a date closes the sentence of a number, or is all that the sentence behind it says (新建公园12个。2027年底前全部建成。)."""
    return "。" not in between or (between.count("。") == 1 and between.endswith("。"))


def _is_measured(text: str, one: Deadline) -> bool:
    """``“十三五”以来,…从2015年底的14.6%降至2022年底的2.8%``: when a measure of the past was taken."""
    if not (text[one.end : one.end + 1] == "的" and text[one.end + 1 : one.end + 2].isdigit()):
        return False
    return "以来" in text[max(text.rfind("。", 0, one.start), 0) : one.start]


def _opens(text: str, at: int) -> bool:
    """Whether a sentence or a phrase begins at a place (``到2025年,…``)."""
    return not at or bool(_OPENS.search(text[max(0, at - 5) : at]))


def _begins(text: str, at: re.Match[str]) -> bool:
    """``未来五年,…``, ``一是今后五年…``: a term that opens a sentence ends the date before it, without one of its own."""
    return not at.start() or bool(_SENTENCE_BEGINS.search(text[max(0, at.start() - 4) : at.start()]))


def _dated_in_sentence(text: str, place: int, named: list[Deadline]) -> bool:
    """``到2026年,…三年内…``: a date that the sentence of a term has named before it."""
    start = max(text.rfind(end, 0, place) for end in "。!?") + 1
    return any(start <= one.start < place for one in named)


def _ends_range(text: str, one: Deadline) -> bool:
    """``2023—2024年甲类增速4%左右``: the last year of a range that opens a sentence."""
    begun = _RANGE_BEGUN.search(text[max(0, one.start - 7) : one.start])
    return begun is not None and text[one.end : one.end + 1] != "," and _opens(text, one.start - len(begun[0]))


def _is_ahead(text: str, one: Deadline, issued: int) -> bool:
    """``2026年,…``: a bare year before a comma that is meant to come, not over when the paper is issued, or told behind 今年."""
    known = bool(issued) or "今年," in text[: one.start]
    meant = bool(_MEANT.match(text, one.end)) or (known and text[one.end : one.end + 1] == ",")
    return meant and int(one.when[:4]) >= issued


def _is_aimed_at(text: str, one: Deadline, issued: int) -> bool:
    """``确定2025年发展目标,``, ``目标是,2027年,``, ``2011年,我国铁路将…``: a bare year whose aims are told in what follows."""
    told = _AIMS_OF_YEAR.match(text, one.end) or _AIM_IS.search(text[max(0, one.start - 8) : one.start])
    if not told and text[one.start - 1 : one.start] == "“":
        told = _QUOTED_AIM.match(text, one.end)
    if not told and not one.start:
        told = _MEANT_OF_ALL.match(text, one.end)
    return bool(told) and int(one.when[:4]) >= issued


def _levels_of_year(
    text: str, dates: list[Deadline], named: list[Deadline], *, section: bool, issued: int
) -> list[Deadline]:
    """Bare years with a level to be reached: those that another sentence sets, in a passage of goals the last one told."""
    by = {one.when for one in named}
    last = max((one.when for one in dates), default="")
    if section and not by and int(last[:4] or 0) >= issued:
        by = {last}
    bare = [one for one in dates if not one.by and one not in named and (one.when in by or _is_later(one, by, issued))]
    levels = [one for one in bare if _opens(text, one.start) and _LEVEL_OF_YEAR.match(text, one.end)]
    return [replace(one, by=one.when in by) for one in levels]


def _is_later(one: Deadline, by: set[str], issued: int) -> bool:
    """Whether a bare year comes after the paper's own, or after one by which it aims at something where that is unknown."""
    return issued < int(one.when[:4]) if issued else any(year and year < one.when for year in by)


def _next_of_list(text: str, dates: list[Deadline], named: list[Deadline]) -> list[Deadline]:
    """``力争2023年开行1000列、2025年1500列``: a bare year before its number, behind another year of the sentence."""
    bare = [one for one in dates if one not in named and _NEXT_YEAR.search(text[max(0, one.start - 1) : one.end + 1])]
    return [one for one in bare if any(text.find("。", at.end, one.start) < 0 for at in named if at.end <= one.start)]


def _ends_of_ranges(text: str, dates: list[Deadline], named: list[Deadline]) -> list[Deadline]:
    """``2022—2024年,增加值年均增长12%,到2024年底…``: a span of years that opens a sentence and ends with a deadline of the passage."""
    years = {one.when for one in named if one.by}
    ends = [one for one in dates if one not in named and one.when in years]
    begun = [(one, _RANGE_BEGUN.search(text[max(0, one.start - 7) : one.start])) for one in ends]
    return [replace(one, by=True) for one, at in begun if at and _opens(text, one.start - len(at[0]))]


def _of_lead_in(lead_in: str) -> str | None:
    """``到2025年实现以下目标:``, ``2026年主要任务:``: the deadline of the items below."""
    named = (one for one in reversed(find_deadlines(lead_in)) if one.by or _AIMS_OF_YEAR.match(lead_in, one.end))
    return next((one.when for one in named), None)


def _this_year(passage: Passage, paper: Paper) -> list[Deadline]:
    text = passage.text
    plan = paper.plan or _year_of_cited(text) or _year_of_day(text)
    meant = ((plan, _THIS_YEAR), (paper.last, _END_OF_PLAN))
    found = [(at, year) for year, words in meant if year for at in words.finditer(text)]
    if not plan:
        told = [at for at in _YEAR_TOLD.finditer(text) if _says_intent(text, at, paper)]
        known = [(at, str(paper.told + (at[0][0] == "明"))) for at in told] if paper.told else []
        # which year 今年 is, is not said: it has no date, nor that of the paragraph before
        found += known or [
            (at, "") for at in told if _opens(text, at.start()) and not _SOME_YEAR.search(text, 0, at.start())
        ]
    return [Deadline(at.start(), at.end(), year, True) for at, year in found if not passage.depths[at.start()]]


def _says_intent(text: str, at: re.Match[str], paper: Paper) -> bool:
    """Whether the sentence of news that names this year says what is meant; a paper with a title does not report."""
    end = text.find("。", at.end())
    return not paper.untitled or bool(_INTENT.search(text, max(0, at.start() - 3), end if end >= 0 else len(text)))


def _year_of_day(text: str) -> str | None:
    """The year of the day on which a passage of news says what 今年 is to bring (``2025年3月5日,…今年发展目标是``)."""
    at = (_DAY_OPENS.match(text) or MEETING.search(text)) if "今年" in text else None
    return at[at.lastindex or 1] if at else None


def _year_of_cited(text: str) -> str | None:
    """The one year of the papers that a passage tells of (``《关于做好2023年…工作的意见》提出``)."""
    years = {at[1] for at in _CITED.finditer(text)} if "今年" in text or "全年" in text else set()
    return years.pop() if len(years) == 1 else None
