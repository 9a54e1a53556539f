"""Deadlines of acts and windows to apply (LANGUAGE 8.6): days, days of every year, so many working days after an event.

Not the paper's own term (:mod:`validity`), nor the deadlines of goals, nor how long an award is paid, nor months and years
until which a task is to be done (:mod:`task_deadline`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from luodi.document.tree import Document
from luodi.policy.clauses import clause
from luodi.policy.dates import year_of
from luodi.policy.document_rules import DocumentRules
from luodi.policy.passages import Passage, Phrase
from luodi.policy.provisions import Deadline
from luodi.policy.spoken_of import reference
from luodi.policy.wording import as_written, plain_passages
from luodi.quantities.numerals import CHINESE, numeral
from luodi.quantities.periods import find_dates

_N = rf"(?:\d{{1,3}}|{CHINESE})"
_WITHIN = re.compile(
    rf"(?:(?:自|从|在|于)?(?P<after>[^,。;:()]{{2,40}}?)(?:之日)?(?:起|后)(?:的)?"
    rf"|[在于](?!不|最|规定|法定|上述|约定)(?P<event>[^,。;:()\d在于自从]{{2,16}}))?(?P<n>{_N})(?:个)?"
    rf"(?P<unit>工作日|自然日|日|天|月)(?:(?:之)?内|(?<=工作日)(?=完成|办结|审))"
)
_IN = rf"(?:\d{{1,2}}|{CHINESE})"  # 3月31日, 三月三十一日
# 公示5个工作日, 公示期不少于7天: how long something stands for all to see.
_POSTED = re.compile(
    rf"公示(?:期限?|时间)?(?:为|应|均|一般)*(?:不少于|不低于)?(?P<n>{_N})(?:个)?(?P<unit>工作日|自然日|日|天)(?!内|起)"
)
_YEARLY = re.compile(
    rf"(?:每年|[次翌]年)(?:的)?(?P<m>{_IN})月(?:份?(?P<d>{_IN})日?)?(?P<end>底|末)?"
    rf"(?:起?(?:至|到|—|–|-|~)+(?:[当次]年)?(?={_IN})(?:(?P<m2>{_IN})月)?(?:(?P<d2>{_IN})日?)?|(?:之|以)?(?P<by>前|起))?"
)
# 每年上半年受理
_HALVES = re.compile(r"每年(?:的)?(?P<half>[上下])半年")
# 每年第一季度、第三季度受理
_QUARTERS = re.compile(
    r"(?:每年|(?P<next>[次翌]年))(?:的)?(?P<which>第?[一二三四]季度(?:(?:、|和|及|与)第?[一二三四]季度)*)(?P<by>[末底]?前|末|底)?"
)
_CALLS = re.compile(r"发布|公布|印发|下达|制定")  # 每年第一季度发布申报指南: the office's own act
_ALSO_IN = re.compile(r"(?:、|和|及|与)(?P<m>[1-9]|1[0-2])月(?!\d)")
_BEFORE = re.compile(
    r"\A(?:24时|17时|18时)?(?:\([^()]{1,10}\))?(?:之|以)?前|\A(?:24时)?(?:\([^()]{1,10}\))?(?:截止|止)"
)
# 2022年或2023年1月1日至9月30日
_OR_BEFORE = re.compile(r"[年月日](?:度|内|期间)?(?:或者?|、|和|及|以及|与)\Z")
_RANGE = re.compile(r"\A(?:\([^()]{1,8}\))?(?:起)?(?:至|到|—|–|-|~)")
_SHORT_DATE = re.compile(r"(?<![年\d])(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_WINDOW = re.compile(r"申报|申请|受理|报名|提交|填报|征集")
_SHORTENED = re.compile(
    r"(?:压[缩减降]|缩短|缩减|减少)[^,。;]{0,3}[至到为]\Z"
)  # 审批时间压缩至3个工作日内: what is aimed at
_APPLIED_IN = re.compile(r"(?:份)?(?:集中|统一)?(?:提出)?申[请报领](?:一次)?")  # 奖励于每年1月提出申请
_CLAIMS = re.compile(r"申[报请领]")
_OF_WINDOW = re.compile(r"(?:申报|申请|受理|报名)[^。]{0,8}(?:时间|期限)")
_WINDOW_LABEL = re.compile(r"(?:申报|申请|申领|受理|报名)(?:时间|期限|日期)[】:]*\Z")
_ENDS_WINDOW = re.compile(r"(?:申报|申请|受理|报名)[^,。;]{0,6}(?:截止|截至)[^,。;\d]{0,8}\Z")
_END_LABEL = re.compile(r"(?:申报|申请|申领|受理|报名|提交)[^,。;:]{0,6}截止(?:时间|日期)?\Z")
_MONTHS_BESIDE = re.compile(r"每年\d{1,2}月|(?:、|和|及|与)\d{1,2}月(?!\d)")  # 每年5月、10月集中受理
_HOUR = re.compile(r"\A[上下中]?午?\d{1,2}(?:时|点|:\d{2})(?:整|\d{1,2}分)?")  # 5月10日17:00
_CONSULTED = re.compile(r"征求意见|公示|公开征集意见|听取意见")
_ANY_TIME = re.compile(r"公示|[日天月]内|[日月底末]前|\d日|[每次翌]年|截[止至]|工作日")
_OWN_TERM = re.compile(r"施行|有效期|执行期|生效|废止|本(?:办法|意见|政策|通知|细则|措施|条例|规定|法)(?:自|有效)")
_PAID_TIME = re.compile(r"连续|补[助贴]期|每人每月|贴息期|资助期|享受")
_AFTER_LEAD = re.compile(
    r"\A(?:.*?(?:部门|单位|局|委|机构|中心|政府|窗口|企业|人)(?:自|在|于|从)(?!主)|.*(?:应当|应|须|要|可)(?:在|自|于|从)?|[、,和]|自|从|在|于|请)+"
)
_BY = re.compile(r"(?:请|并|务必|须|应)?(?:于|在|自|从)\Z")
# 36个月内通过评价的, 24个月内投产的项目,给予…: who earns something, not what is to be done.
_EARNS = re.compile(r",?(?:按[^,。;]{0,20})?(?:一次性|分别|再|可|最高)*(?:给予|予以|奖励|补助|补贴|资助|享受|减免)")
# 2023年度新认定的, 2021—2023年首次获得…的: the years in which what is paid for must have happened.
_YEARS_OF_EVENT = re.compile(
    r"(?<!\d)(?P<first>20\d\d)(?:年?(?:度)?(?:至|到|—|–|-|~)+(?P<last>20\d\d))?年(?:度|内|期间)*,?"
    r"(?=(?:[新首]次?|当年|期间)*(?:被|经)?(?:获[得评批]|认定|评[为定]|入选|列入|通过|取得|纳入|升规|晋[升级]))"
)
_YEAR_NAMED = re.compile(r"20\d\d(?=年|—|–|-|~|至)")
_LONGEST_ACT = 60
_ARROW = re.compile(r"→|—>|-->|➔|⟶")
_LABEL_END = re.compile(r"[,。;:!?→]")
Kind = Literal["act", "window", "consultation", "period"]
Unit = Literal["day", "working_day", "month", "year"]
_UNITS: dict[str, Unit] = {"工作日": "working_day", "月": "month"}


@clause("deadline")
def deadlines(document: Document, rules: DocumentRules) -> Iterator[Deadline]:
    """Every deadline of an act and every window, in text order."""
    year = year_of(document)
    for passage in plain_passages(document):
        if not re.search(r"公示|内|前|止|[每次翌]年|至|到|日[—–~-]|20\d\d", passage.text):
            continue
        for phrase in _steps(passage):
            words = passage.phrase_text(phrase)
            yield from _of_years(passage, phrase, words)
            if _ANY_TIME.search(words) and not _OWN_TERM.search(words) and not _ends_term(passage, phrase, words):
                yield from _of_phrase(passage, phrase, words, year)


def _steps(passage: Passage) -> Iterator[Phrase]:
    """The phrases, cut where an arrow leads to the next step (公示5个工作日→拨付资金)."""
    for phrase in passage.phrases:
        start = phrase.start
        for at in _ARROW.finditer(passage.text, phrase.start, phrase.end):
            yield replace(phrase, start=start, end=at.start())
            start = at.end()
        yield replace(phrase, start=start) if start > phrase.start else phrase


def _label(passage: Passage, phrase: Phrase) -> str:
    """``受理时间:3月1日至3月31日``: the words before the colon that lead a phrase."""
    if passage.text[phrase.start - 1 : phrase.start] != ":":
        return ""
    return _LABEL_END.split(passage.text[: phrase.start - 1])[-1]


def _ends_term(passage: Passage, phrase: Phrase, words: str) -> bool:
    """``自…起施行,至…止``: the end of the paper's own term."""
    start, _ = passage.stretch(sentence=phrase.sentence)
    return words.startswith(("至", "到", "截至", "截止")) and bool(_OWN_TERM.search(passage.text[start : phrase.start]))


def _of_phrase(passage: Passage, phrase: Phrase, words: str, year: int | None) -> Iterator[Deadline]:
    for at in _WITHIN.finditer(words):
        length = numeral(at["n"])
        if length is None or _PAID_TIME.search(words[: at.end()]) or (at["unit"] == "月" and "个月" not in at[0]):
            continue
        if _is_condition(passage, phrase, at.end()) or _SHORTENED.search(words[: at.start("n")]):
            continue
        unit = _UNITS.get(at["unit"], "day")
        after = _AFTER_LEAD.sub("", at["after"]) if at["after"] else at["event"]
        yield _made(passage, phrase, at.start(), at.end(), "act", words, length=int(length), unit=unit, after=after)
    for at in _POSTED.finditer(words):
        days = numeral(at["n"])
        yield _made(
            passage,
            phrase,
            at.start() + len("公示"),
            at.end(),
            "act",
            words,
            length=int(days or 0),
            unit=_UNITS.get(at["unit"], "day"),
        )
    for at in _YEARLY.finditer(words):
        if day := _yearly(at, words):
            in_month = not (at["by"] or at["end"]) and _APPLIED_IN.fullmatch(words, at.end())
            kind = "window" if "受理" in words or in_month else _kind(words, "act")
            if "/" in day:
                named = _OF_WINDOW.search(f"{passage.heading};{_label(passage, phrase)}")
                kind = "window" if _WINDOW.search(words) or named else "period"
            yield _made(passage, phrase, at.start(), at.end(), kind, words, yearly=day)
            if (again := _ALSO_IN.match(words, at.end())) and len(day) == len("MM"):  # 每年5月、11月受理
                yield _made(passage, phrase, *again.span(), kind, words, yearly=f"{int(again['m']):02}")
    for at in _QUARTERS.finditer(words):
        label = _label(passage, phrase)
        _, end = passage.stretch(clause=phrase.clause)
        window = _WINDOW.search(words) or _WINDOW.search(label) or _OF_WINDOW.search(passage.heading)
        if at["next"] and not _CLAIMS.search(words):
            continue  # 次年一季度提交报告
        window = None if _CALLS.search(passage.text, phrase.start + at.end(), end) else window
        for which in re.findall("[一二三四]", at["which"]):
            last = 3 * ("一二三四".index(which) + 1)
            months = f"{last:02}" if at["by"] else f"{last - 2:02}/{last:02}"
            kind = "act" if at["by"] and not window else "window" if window else "period"
            yield _made(passage, phrase, *at.span(), kind, words, yearly=months)
    for at in _HALVES.finditer(words):
        if _WINDOW.search(words):
            months = "01/06" if at["half"] == "上" else "07/12"
            yield _made(passage, phrase, *at.span(), "window", words, yearly=months)
    yield from _dated(passage, phrase, words, year)


def _of_years(passage: Passage, phrase: Phrase, words: str) -> Iterator[Deadline]:
    """The years of an event that an award is for, where its sentence names no other year."""
    start, end = passage.stretch(sentence=phrase.sentence)
    sentence = passage.text[start:end]
    at = _YEARS_OF_EVENT.search(words)
    if at is None or not _EARNS.search(sentence) or len(_YEAR_NAMED.findall(sentence)) > (2 if at["last"] else 1):
        return
    first, last = dt.date(int(at["first"]), 1, 1), dt.date(int(at["last"] or at["first"]), 12, 31)
    if first < last:
        yield _made(passage, phrase, at.start(), at.end(), "period", words, start_day=first, end_day=last)


def _yearly(at: re.Match[str], words: str) -> str | None:
    """A day or month of every year, or from one to another (``03-01/03-31``); None where it is neither bound nor window."""
    last = [(at["m2"] or at["m"], at["d2"])] if at["m2"] or at["d2"] else []
    parts = [(int(numeral(month) or 0), numeral(day) if day else None) for month, day in ((at["m"], at["d"]), *last)]
    if not all(1 <= month <= 12 for month, _ in parts):
        return None
    days = [f"{month:02}" + (f"-{int(day):02}" if day else "") for month, day in parts]
    next_year = not at[0].startswith("每") and not _CLAIMS.search(words)  # 3年内完成改造,次年6月底前提交报告
    if next_year or not (last or at["by"] or at["end"] or _WINDOW.search(words)):
        return None
    return "/".join(days) + ("/" if at["by"] == "起" else "")


def _is_condition(passage: Passage, phrase: Phrase, end: int) -> bool:
    """Whether the words behind a time, ``end`` in the phrase, close a condition (``36个月内通过评价的``)."""
    words = passage.phrase_text(phrase)[end:]
    _, _, noun = words.rpartition("的")
    earns = bool(_EARNS.match(passage.text, phrase.end))
    return "的" in words and (not noun or (len(noun) <= 8 and earns))


def _dated(passage: Passage, phrase: Phrase, words: str, year: int | None) -> Iterator[Deadline]:
    found = [(one.start, one.end, one.value) for one in find_dates(words)]
    for at in _SHORT_DATE.finditer(words):
        base = max(((end, day.year) for _, end, day in found if end <= at.start()), default=(0, year))[1]
        if base and not any(start <= at.start() < end for start, end, _ in found) and (day := _day(base, at)):
            found.append((at.start(), at.end(), day))
    if year is None and not found:
        yield from _without_year(passage, phrase, words)
    found.sort()
    for place, (start, end, day) in enumerate(found):
        following = found[place + 1] if place + 1 < len(found) else None
        behind = _HOUR.sub("", words[end:])  # 3月1日9:00至3月31日17:00
        joined = _RANGE.match(behind)
        if following and joined and len(words) - len(behind) + joined.end() >= following[0] - 1:
            kind = _kind(words, "period")
            label = _OF_WINDOW.search(passage.heading) or _WINDOW_LABEL.search(passage.text[: phrase.start])
            kind = "window" if kind == "period" and label else kind
            if kind == "period" and _OR_BEFORE.search(words[:start]):  # one of several times
                continue
            yield _made(passage, phrase, start, following[1], kind, words, start_day=day, end_day=following[2])
        elif (
            _BEFORE.match(behind)
            or _END_LABEL.search(_label(passage, phrase))
            or re.search(r"截止\D{0,8}\Z|(?:时间|日期|申报|报名|受理|申请)[^\d]{0,4}截至\D{0,8}\Z", words[:start])
        ) and not (place and _RANGE.match(words[found[place - 1][1] :])):
            told = passage.text[: phrase.start]
            labelled = _WINDOW_LABEL.search(told) or _END_LABEL.search(told.removesuffix(":"))
            yield _made(passage, phrase, start, end, "window" if labelled else _kind(words, "act"), words, end_day=day)


def _without_year(passage: Passage, phrase: Phrase, words: str) -> Iterator[Deadline]:
    """``申报时间为3月1日至4月30日``, ``申报截止时间为4月30日`` where no year is named: the days of every year."""
    at = _SHORT_DATE.search(words)
    first, _, rest = _RANGE.sub("→", words[at.end() :]).partition("→") if at else ("", "", "")
    last = _SHORT_DATE.match(rest) if at and not first else None
    if at and last and _OF_WINDOW.search(words[: at.start()]) and (day := _day(2000, at)) and (end := _day(2000, last)):
        stop = len(words) - len(rest) + last.end()
        yield _made(passage, phrase, at.start(), stop, "window", words, yearly=f"{day:%m-%d}/{end:%m-%d}")
        return
    if at and _ENDS_WINDOW.search(words[: at.start()]) and (day := _day(2000, at)):
        yield _made(passage, phrase, at.start(), at.end(), "window", words, yearly=f"{day:%m-%d}")


def _day(year: int, at: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(year, int(at["m"]), int(at["d"]))
    except ValueError:
        return None


def _kind(words: str, otherwise: Kind) -> Kind:
    if _CONSULTED.search(words):
        return "consultation"
    return (
        "window"
        if otherwise == "window"
        or (_WINDOW.search(words) and re.search(r"截止|时间|期限|窗口|(?:申报|申请|受理|报名)期", words))
        else otherwise
    )


def _made(
    passage: Passage, phrase: Phrase, start: int, end: int, kind: Kind, words: str, *, length: int | None = None,
    unit: Unit | None = None, after: str | None = None, yearly: str | None = None, start_day: dt.date | None = None,
    end_day: dt.date | None = None,
) -> Deadline:  # fmt: skip
    before, behind = _BY.sub("", words[:start]), _BEFORE.sub("", _HOUR.sub("", words[end:]))
    rest = (as_written(passage, before) + as_written(passage, behind)).strip(",:;")
    rest = _MONTHS_BESIDE.sub("", rest) if yearly else rest
    if len(rest) < 4:
        following = passage.text[phrase.end + 1 : phrase.end + 1 + _LONGEST_ACT]
        label, after_it = _label(passage, phrase), re.split(r"[,。;]", following)[0]
        leads = _ARROW.match(passage.text, phrase.end)  # the next step is no part of this one
        rest = label if leads or (kind != "act" and label) else after_it or label or rest
    opened, _ = passage.stretch(sentence=phrase.sentence)
    return Deadline(
        article=passage.article, span=passage.span(phrase.start + start, phrase.start + end), confidence=0.9, kind=kind,
        act=rest[:_LONGEST_ACT] or as_written(passage, words)[:_LONGEST_ACT], start=start_day, end=end_day, yearly=yearly, length=length, unit=unit, after=after,
        of=reference(passage.text[opened : phrase.end]) or None if _CLAIMS.search(passage.text, opened, phrase.end) or kind == "window" else None,
    )  # fmt: skip
