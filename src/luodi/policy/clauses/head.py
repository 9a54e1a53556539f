"""The head of a document: title, number (文号), issuer (发文机关), date (成文日期); LANGUAGE 1.3, 2.

What the text itself says comes first (title line, signature, adoption note); fields of a card or of a metadata block
fill what is left. Dates of a page (更新时间, 发布日期) are no dates of the document, save a card's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple

from luodi.document import Document
from luodi.document.lines import is_card_label, is_date, is_document_number, is_organ, is_title
from luodi.policy.citations import document_number
from luodi.policy.clauses import DocumentRules, clause
from luodi.policy.dates import find_date
from luodi.policy.facts import HeadField
from luodi.policy.head_lines import HeadLine, head_lines

_IN_MARKS = re.compile("《(.+)》")
_MARKS = str.maketrans("〈〉", "《》")
_BYLINE = re.compile(
    r"(?P<date>\d{4}年\d{1,2}月\d{1,2}日)[, ] ?(?P<organ>[\u4e00-\u9fff]{2,30})(?:发布|公布|印发|颁布)?"
)
_LONGEST_HEAD = 60
_LONGEST_NUMBER = 30
_SURE, _LIKELY, _FROM_FIELD = 1.0, 0.9, 0.7
_CATALOGUE = re.compile(r"\d{1,3} ?[.、] ?")
_CARD_FIELDS = 3
_OF_A_NOTICE = re.compile(r"关于|转发|印发")
_MERE = re.compile("(?:公告|令|通报|目录|清单)\\Z")  # the sheet that brings a law, not the law
_SIGNED = re.compile(r"(?P<organs>[\u4e00-\u9fff、 ]{3,80}?) ?(?P<date>\d{4}年\d{1,2}月\d{1,2}日)")
_ADOPTED = re.compile(
    r"(?P<date>\d{4}年\d{1,2}月\d{1,2}日) ?(?P<body>[\u4e00-\u9fff]{6,40}?)(?:第[\u4e00-\u9fff\d]{1,6}次(?:全体)?会议)(?:修订)?(?:审议)?(?:通过|批准)"
)
_INTERPRETER = re.compile(
    r"由(?P<organ>[\u4e00-\u9fff]{2,4}[省市区县州][\u4e00-\u9fff]{2,24}?)制定[\u4e00-\u9fff]{2,10}(?:并|,并)负责解释"
)
_FIELDS = {
    "title": re.compile(r"(?:标 *题|名 *称):"),
    "document_number": re.compile(r"(?:发文字号|文 *号):?"),
    "issuer": re.compile(r"(?:发[文布]机[关构]):?"),
    "issued_on": re.compile(r"成文日期:"),
    "card_title": re.compile(r"(?:政策(?:名称|标题)|文件名称):?"),
    "card_date": re.compile(r"(?:发布|印发|成文)日期:?"),
}


HeadName = Literal["title", "document_number", "issuer", "issued_on"]


class _Found(NamedTuple):
    value: str
    start: int
    end: int
    confidence: float


@clause("head")
def head(document: Document, rules: DocumentRules) -> Iterator[HeadField]:
    """The head's fields, each once."""
    lines = head_lines(document.clean, document.head_end)
    whole = head_lines(document.clean, len(document.clean))
    title = _title(lines)
    signed = _signature(lines) or _adoption(document.clean[: document.head_end]) or _byline(lines) or _signature(whole)
    issuer, issued_on = signed or (None, None)
    found: tuple[tuple[HeadName, _Found | None], ...] = (
        ("title", title),
        ("document_number", _number(lines) or _field_number(lines)),
        (
            "issuer",
            issuer
            or _title_issuer(title)
            or _under_title(lines, title)
            or _field(lines, "issuer")
            or _interpreter(document.clean),
        ),
        ("issued_on", issued_on or _bracketed_date(lines) or _lone_date(lines, whole) or _field_date(lines)),
    )
    for name, one in found:
        if one:
            span = document.text.span(one.start, one.end)
            article = document.article_at(one.start)
            yield HeadField(name=name, value=one.value, article=article, span=span, confidence=one.confidence)


def _is_card(lines: list[HeadLine]) -> bool:
    """Whether the lines are fields of a card: each label alone on its line, or a named policy and labels with a colon.

    Labels with a colon alone are the fields that a reposting site sets above a paper.
    """
    named = _field(lines, "card_title") is not None
    labels = (line.text.partition(":")[0] if named else line.text for line in lines)
    return sum(1 for label in labels if is_card_label(label.strip())) >= _CARD_FIELDS


def _title(lines: list[HeadLine]) -> _Found | None:
    named = _field(lines, "card_title")
    if named and _is_card(lines):
        return named._replace(confidence=_SURE)
    if lines and _is_card(lines):
        number = _CATALOGUE.match(lines[0].text)
        start = lines[0].start + (number.end() if number else 0)
        return _Found(lines[0].text[start - lines[0].start :], start, lines[0].end, _SURE)
    candidates = list(_title_candidates(lines[:_LONGEST_HEAD]))
    if not candidates:
        return None
    times = Counter(_dense(one.value) for one in candidates)
    return max(
        candidates,
        key=lambda one: (times[_dense(one.value)] > 1, "关于" in one.value, not _MERE.search(one.value), -one.start),
    )


def _title_candidates(lines: list[HeadLine]) -> Iterator[_Found]:
    for index, line in enumerate(lines):
        first = index
        while line.text.startswith("关于") and first and is_organ(lines[first - 1].text):
            first -= 1
        above = " ".join(one.text for one in lines[first:index])
        if index and _FIELDS["title"].fullmatch(lines[index - 1].text):
            yield _Found(line.text, line.start, line.end, _LIKELY)
        elif above and is_title(above + line.text):
            yield _Found(above + line.text, lines[first].start, line.end, _SURE)
        elif is_title(line.text) and not is_document_number(line.text):
            yield _Found(line.text, line.start, line.end, _SURE)
        elif (marked := _IN_MARKS.fullmatch(line.text)) and is_title(marked[1].translate(_MARKS)):
            yield _Found(marked[1].translate(_MARKS), line.start + 1, line.end - 1, _SURE)


def _dense(text: str) -> str:
    return re.sub(r"\s", "", text)


def _number(lines: list[HeadLine]) -> _Found | None:
    for line in lines[:_LONGEST_HEAD]:
        words = line.text[1:-1] if line.text.startswith("(") and line.text.endswith(")") else line.text
        if (
            len(words) <= _LONGEST_NUMBER
            and (words.endswith("号") or "〔" in words)
            and (value := document_number(words))
        ):
            return _Found(value, line.start, line.end, _SURE)
    return None


def _field(lines: list[HeadLine], name: str) -> _Found | None:
    """The value of a metadata field or card field: behind its colon, or on the next line."""
    for index, line in enumerate(lines):
        label = _FIELDS[name].match(line.text)
        if not label:
            continue
        if label.end() < len(line.text) and label[0].endswith(":"):
            return _Found(line.text[label.end() :].strip(), line.start + label.end(), line.end, _FROM_FIELD)
        if label.end() == len(line.text) and index + 1 < len(lines):
            value = lines[index + 1]
            if len(value.text) > 1 and not value.text.endswith(":"):
                return _Found(value.text, value.start, value.end, _FROM_FIELD)
    return None


def _field_number(lines: list[HeadLine]) -> _Found | None:
    found = _field(lines, "document_number")
    value = document_number(found.value) if found else None
    return found._replace(value=value) if found and value else None


def _field_date(lines: list[HeadLine]) -> _Found | None:
    found = _field(lines, "issued_on")
    if not found and _is_card(lines):
        found = _field(lines, "card_date")
    date = find_date(found.value) if found else None
    return found._replace(value=date.isoformat()) if found and date else None


def _signature(lines: list[HeadLine]) -> tuple[_Found, _Found] | None:
    """The issuers' lines with the date below them (落款)."""
    for index, line in enumerate(lines):
        together = _SIGNED.fullmatch(line.text)
        if together and is_organ(together["organs"].strip()):
            date = _date(line.start + together.start("date"), together["date"])
            return (_organs([HeadLine(together["organs"].strip(), line.start, line.end)]), date) if date else None
        if index and is_date(line.text):
            first = index
            while first and is_organ(lines[first - 1].text) and len(lines[first - 1].text) <= 80:
                first -= 1
            date = _date(line.start, line.text)
            if first < index and date:
                return _organs(lines[first:index]), date
    return None


def _byline(lines: list[HeadLine]) -> tuple[_Found, _Found] | None:
    """The line below a title that says when and by whom (1990年3月10日,铁道部)."""
    for line in lines[:_LONGEST_HEAD]:
        found = _BYLINE.fullmatch(line.text)
        if found and is_organ(found["organ"]):
            date = _date(line.start, found["date"])
            organ = HeadLine(found["organ"], line.start + found.start("organ"), line.start + found.end("organ"))
            return (_organs([organ]), date) if date else None
    return None


def _under_title(lines: list[HeadLine], title: _Found | None) -> _Found | None:
    """The body that stands alone on the line below the title."""
    below = [after for line, after in pairwise(lines[:_LONGEST_HEAD]) if title and line.start <= title.start < line.end]
    return _organs(below) if below and is_organ(below[0].text) else None


def _lone_date(lines: list[HeadLine], whole: list[HeadLine]) -> _Found | None:
    """A date without a signature: below the text of the cover letter, else as the last line of all."""
    for before, line in pairwise(lines):
        if is_date(line.text) and before.text.endswith("。"):
            return _date(line.start, line.text)
    last = whole[-1] if whole else None
    return _date(last.start, last.text) if last and is_date(last.text) else None


def _organs(lines: list[HeadLine]) -> _Found:
    value = " ".join(line.text for line in lines)
    return _Found(value, lines[0].start, lines[-1].end, _SURE)


def _date(start: int, text: str) -> _Found | None:
    date = find_date(text)
    return _Found(date.isoformat(), start, start + len(text), _SURE) if date else None


def _adoption(text: str) -> tuple[_Found, _Found] | None:
    """A law's adoption note: which body passed it, and when."""
    found = _ADOPTED.search(text)
    date = _date(found.start("date"), found["date"]) if found else None
    if not found or not date:
        return None
    return _Found(found["body"], found.start("body"), found.end("body"), _LIKELY), date


def _title_issuer(title: _Found | None) -> _Found | None:
    if not title:
        return None
    about = _OF_A_NOTICE.search(title.value)
    prefix = title.value[: about.start()].strip() if about else ""
    if not prefix or not is_organ(prefix):
        return None
    return _Found(prefix, title.start, title.start + len(prefix), _LIKELY)


def _interpreter(clean: str) -> _Found | None:
    """A text without signature: the body that writes its detailed rules and interprets it, named in full."""
    found = _INTERPRETER.search(clean)
    return _Found(found["organ"], found.start("organ"), found.end("organ"), 0.5) if found else None


def _bracketed_date(lines: list[HeadLine]) -> _Found | None:
    """A date in brackets on a line of its own below the title."""
    for line in lines:
        if line.text.startswith("(") and is_date(line.text):
            return _date(line.start, line.text)
    return None
