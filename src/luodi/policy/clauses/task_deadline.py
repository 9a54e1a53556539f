"""Until when a task is to be done (完成时限): months, quarters and years, in prose and beside its units (LANGUAGE 8.6).

Whole days are of :mod:`deadline`; a year until which a number is to be reached is a goal's.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from luodi.document.text import Span
from luodi.document.tree import Document
from luodi.policy.clauses import clause
from luodi.policy.dates import find_date, year_of
from luodi.policy.document_rules import DocumentRules
from luodi.policy.passages import Passage, passages
from luodi.policy.provisions import Deadline
from luodi.policy.units.task_tables import due_rows

_YEAR = r"(?:(?P<year>20\d\d)年|(?P<named>今年|本年度?|明年))"
_MONTH = rf"{_YEAR}?(?P<month>1[0-2]|0?[1-9])月份?(?P<third>上旬|中旬|下旬)?(?P<last>底|末)?"
_QUARTER = rf"{_YEAR}?第?(?P<quarter>[一二三四])季度(?:底|末)?"
_WHOLE = rf"(?:{_YEAR}年?|年)(?:底|末|内)"
_YEAR_ALONE = re.compile(rf"{_YEAR}度?\Z")
_FORMS = tuple(map(re.compile, (_MONTH, _QUARTER, _WHOLE)))
_BEFORE = re.compile(r"(?:之|以)?前")
_SIGN = re.compile(r"(?:月份?(?:[上中下]旬|底|末)?|季度[底末]|年[底末])(?:之|以)?前|年内|时限|完成时间")
# 完成时限:2027年底前 as a field of its own; 申报时间: is a window.
_FIELD = re.compile(r"(?<![一-鿿])(?:完成|办结|落实)?(?:时限|时间|期限)(?:要求)?:(?P<when>[^,。;:)\]】〕]{4,16})")
_RELATIVE = re.compile(r"(?:[每次翌当历上去][年月]?度?|[\d一二三四五六七八九十两几])\Z")
# 5家, 80%, 3亿元: what is to be reached by then is a goal.
_COUNTED = re.compile(
    r"翻[一两二三]?番|倍增(?!计划|行动|工程)|[百千万]亿元|\d[\d.]*(?:[余多万亿]+|千万)?(?:家|个|项|元|%|人|名|件|公里|亩|吨|辆|台|户|千瓦|平方|倍|处|座|条|所|张|套|次|场|支|类|批|万)"
)
_NO_TASK = re.compile(
    r"给予|奖励|补[助贴]|资助|享受|施行|有效期|废止|申报|申请|受理|报名"
    r"|年内持续|时间(?:应|须|要)?在|(?:已|未|竣工|建成|投产|注册|登记|成立|取得|获得|认定|开工|签约|入统|达到)[^,。;]*的|的\Z"
)
_NO_MORE = re.compile(r"(?:全面|基本|全部|持续)?(?:完成|推进|落实|到位)")  # 6月底前基本完成: of what its article tells
_OPENERS, _CLOSERS = "(【〔[", ")】〕]"
_LEFT, _RIGHT = f"。;:{_OPENERS}", f"。;{_CLOSERS}"
_LONGEST_ACT = 60


class _Time(NamedTuple):
    start: int
    end: int
    day: dt.date


@clause("task_deadline")
def task_deadlines(document: Document, rules: DocumentRules) -> Iterator[Deadline]:
    """Every time limit of a task, in text order; none where the paper's own year is needed and nowhere told."""
    year, found = year_of(document), []
    rows = list(due_rows(document.clean))
    for row in rows:
        day = _told(row.due.text, year)
        if row.task and day:
            span = document.text.span(row.due.start, row.due.end)
            found.append(_made(document.article_at(row.start), span, row.task, day))
    for passage in passages(document):
        if not _SIGN.search(passage.text) or any(row.start <= passage.start < row.end for row in rows):
            continue
        for time in _times(passage.text, year):
            if act := _act(passage, time):
                found.append(_made(passage.article, passage.span(time.start, time.end), act, time.day))
    yield from sorted(found, key=lambda one: one.span)


def _made(article: str, span: Span, act: str, day: dt.date) -> Deadline:
    return Deadline(article=article, span=span, confidence=0.8, kind="act", act=act[:_LONGEST_ACT], end=day)


def _times(text: str, year: int | None) -> list[_Time]:
    """Times with the last day that they leave, none of them before the year of the paper."""
    found = [_Time(at.start(), end, day) for at, day in _named(_FORMS, text, year) if (end := _end(text, at))]
    for at in _FIELD.finditer(text):
        day = _told(at["when"], year)
        if day and not any(at.start() < time.end and time.start < at.end() for time in found):
            found.append(_Time(at.start("when"), at.end("when"), day))
    return sorted(time for time in found if not _is_past(time.day, year))


def _named(forms: Iterable[re.Pattern[str]], text: str, year: int | None) -> Iterator[tuple[re.Match[str], dt.date]]:
    """What has one of the forms and names a day; not what is told from some other time on (每年6月, 次年年底)."""
    for form in forms:
        for at in form.finditer(text):
            day = _last_day(at, year)
            if day and not _RELATIVE.search(text[max(0, at.start() - 3) : at.start()]):
                yield at, day


def _is_past(day: dt.date, year: int | None) -> bool:
    return year is not None and day.year < year


def _told(words: str, year: int | None) -> dt.date | None:
    """The day that a field or a cell of due dates names, of a span the last (2023年6月—2024年12月); a year alone is its end."""
    day = find_date(words) or max((day for _, day in _named((*_FORMS, _YEAR_ALONE), words, year)), default=None)
    return None if day is None or _is_past(day, year) else day


def _end(text: str, at: re.Match[str]) -> int | None:
    """Where a time ends with the word that makes it a limit (``6月底前``; ``年内``)."""
    before = _BEFORE.match(text, at.end())
    if before and ("month" not in at.re.groupindex or at["last"] or at["third"]):
        return before.end()
    return at.end() if at[0].endswith("年内") else None


def _last_day(at: re.Match[str], year: int | None) -> dt.date | None:
    """The last day of the month, its third, the quarter or the year that is named; ``year`` is the paper's."""
    told = at.groupdict()
    named = int(told["year"]) if told["year"] else year and year + (told["named"] == "明年")
    if not named:
        return None
    month = int(told["month"]) if told.get("month") else 12
    if told.get("quarter"):
        month = 3 * ("一二三四".index(told["quarter"]) + 1)
    last = calendar.monthrange(named, month)[1]
    return dt.date(named, month, {"上旬": 10, "中旬": 20}.get(told.get("third") or "", last))


def _act(passage: Passage, time: _Time) -> str:
    """What is to be done by then: the words behind the time, or those before its bracket; empty where it is no task."""
    text = passage.text
    left = max(text.rfind(char, 0, time.start) for char in _LEFT) + 1
    right = min((at for char in _RIGHT if (at := text.find(char, time.end)) >= 0), default=len(text))
    if _COUNTED.search(text, time.end, right) or _NO_TASK.search(text[left:right]):
        return ""
    behind = re.split("[,。;]", text[time.end : right].lstrip(","))[0]
    if len(behind) >= 4 and not _NO_MORE.fullmatch(behind):
        return behind
    opened = max(text.rfind(char, 0, time.start) for char in _OPENERS)
    enclosed = opened > max(text.rfind(char, 0, time.start) for char in _CLOSERS)  # also behind another field of it
    before = re.split("[。;]", text[:opened].rstrip("。;,:"))[-1] if enclosed else ""
    return before.lstrip(",") or passage.heading or text[left : time.start].strip(",") + behind
