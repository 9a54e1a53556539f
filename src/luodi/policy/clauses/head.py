"""The head of a document: title, number (文号), issuer (发文机关), date (成文日期); LANGUAGE 1.3, 2.

What the text itself says comes first (title line, signature, adoption note); fields of a card or of a metadata block
fill what is left. Dates of a page (更新时间, 发布日期) are no dates of the document, save a card's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from luodi.document import Document
from luodi.document.lines import is_card_label, is_document_number, is_organ, is_title
from luodi.policy import signing
from luodi.policy.citations import document_number
from luodi.policy.clauses import clause
from luodi.policy.dates import find_date
from luodi.policy.document_rules import DocumentRules
from luodi.policy.facts import HeadField
from luodi.policy.head_lines import HeadLine, head_lines
from luodi.policy.signing import LIKELY, SURE, Found

_IN_MARKS = re.compile("《(.+)》")
_MARKS = str.maketrans("〈〉", "《》")
# 原标题:云州市关于…的意见, and a site's own words before 关于….
_LABELLED = re.compile(r"(?:原?标题:|[^:]{2,30}:(?=关于))(?P<title>[^:]+)")
_LONGEST_HEAD = 60
_LONGEST_NUMBER = 30
_FROM_FIELD = 0.7
_CATALOGUE = re.compile(r"\d{1,3} ?[.、] ?")
_CARD_FIELDS = 3
_SHORT_REST = 10
_STATUS = re.compile("\\((?:试行|暂行|(?:20\\d\\d年)?修[订改](?:版|稿)?|20\\d\\d年?版|征求意见稿)\\)")
_TITLE_BEGUN = re.compile("[\u4e00-\u9fff]{2,10}(?:省|市|区|县|州)(?:人民政府)?(?:关于)?[\u4e00-\u9fff“”、]{5,40}")
_MERE = re.compile("(?:公告|令|通报|目录|清单)\\Z")  # the sheet that brings a law, not the law
_NEXT_FIELD = re.compile(r" *[\u4e00-\u9fff]{2,6}:")  # of a row with several fields
_FIELDS = {
    "title": re.compile(r"(?:标 *题|名 *称):|文章标题"),
    "document_number": re.compile(r"(?:(?:发文|文件)字号|(?:法规|发文|备注/)?文 *号):?"),
    "issuer": re.compile(r"(?:发[文布]|制发)机[关构]:?"),
    "issued_on": re.compile(r"(?:成文|公文生成|发文)日期:?"),
    "card_title": re.compile(r"(?:(?:政策|项目|事项)(?:名称|标题)|文件名称):?"),
    "card_date": re.compile(r"(?:发布|印发|成文)日期:?"),
}


HeadName = Literal["title", "document_number", "issuer", "issued_on"]


@clause("head")
def head(document: Document, rules: DocumentRules) -> Iterator[HeadField]:
    """The head's fields, each once."""
    lines = head_lines(document.clean, document.head_end)
    whole = head_lines(document.clean, len(document.clean))
    title, issued = _title(lines), signing.order(lines)
    noted = signing.promulgated(document.clean[: document.head_end])
    issuer, issued_on = signing.signed(lines, whole, document.clean[: document.head_end])
    found: tuple[tuple[HeadName, Found | None], ...] = (
        ("title", title),
        ("document_number", _number(lines) or issued.number or (noted and noted.number) or _field_number(lines)),
        (
            "issuer",
            issuer
            or signing.title_issuer(title)
            or issued.issuer
            or signing.beside_title(lines, title)
            or _field(lines, "issuer")
            or signing.interpreter(document.clean),
        ),
        ("issued_on", issued_on or signing.lone_date(lines, whole) or _field_date(lines)),
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


def _title(lines: list[HeadLine]) -> Found | None:
    named = _field(lines, "card_title")
    if named and _is_card(lines):
        return named._replace(confidence=SURE)
    if lines and _is_card(lines):
        number = _CATALOGUE.match(lines[0].text)
        start = lines[0].start + (number.end() if number else 0)
        return Found(lines[0].text[start - lines[0].start :], start, lines[0].end, SURE)
    candidates = list(_title_candidates(lines[:_LONGEST_HEAD]))
    if not candidates:
        return _field(lines, "title")
    times = Counter(_dense(one.value) for one in candidates)
    return max(
        candidates,
        key=lambda one: (
            times[_dense(one.value)] > 1,
            is_title(one.value),  # a field of the page may have lost the end of its line
            "关于" in one.value,
            not _MERE.search(one.value),
            -one.start,
        ),
    )


def _title_candidates(lines: list[HeadLine]) -> Iterator[Found]:
    for index, line in enumerate(lines):
        first = index
        while line.text.startswith("关于") and first and is_organ(lines[first - 1].text):
            first -= 1
        if first and len(line.text) <= _SHORT_REST and _begins_title(lines[first - 1].text):
            first -= 1
        above = " ".join(one.text for one in lines[first:index])
        below = lines[index + 1] if index + 1 < len(lines) and _STATUS.fullmatch(lines[index + 1].text) else None
        last, status = (below.end, below.text) if below else (line.end, "")
        if index and _FIELDS["title"].fullmatch(lines[index - 1].text):
            yield Found(line.text, line.start, line.end, LIKELY)
        elif above and is_title(above + line.text):
            yield Found(above + line.text + status, lines[first].start, last, SURE)
        elif is_title(line.text) and not is_document_number(line.text):
            yield Found(line.text + status, line.start, last, SURE)
        elif (labelled := _LABELLED.fullmatch(line.text)) and is_title(labelled["title"]):
            yield Found(labelled["title"], line.start + labelled.start("title"), line.end, LIKELY)
        elif (marked := _IN_MARKS.fullmatch(line.text)) and is_title(marked[1].translate(_MARKS)):
            yield Found(marked[1].translate(_MARKS), line.start + 1, line.end - 1, SURE)


def _begins_title(text: str) -> bool:
    """Whether a line may be the first half of a title whose rest went to the next line (云市促进工业发展十条 / 措施实施细则)."""
    return bool(_TITLE_BEGUN.fullmatch(text)) and not (is_organ(text) or is_title(text))


def _dense(text: str) -> str:
    return re.sub(r"\s", "", text)


def _number(lines: list[HeadLine]) -> Found | None:
    for line in lines[:_LONGEST_HEAD]:
        words = line.text[1:-1] if line.text.startswith("(") and line.text.endswith(")") else line.text
        if (
            len(words) <= _LONGEST_NUMBER
            and (words.endswith("号") or "〔" in words)
            and (value := document_number(words))
        ):
            return Found(value, line.start, line.end, SURE)
    return None


def _field(lines: list[HeadLine], name: str) -> Found | None:
    """The value of a metadata field or card field: behind its colon, or on the next line."""
    lines = [cell for line in lines for cell in _cells(line)]
    for index, line in enumerate(lines):
        label = _FIELDS[name].match(line.text)
        if not label:
            continue
        if label.end() < len(line.text) and label[0].endswith(":"):
            value = _NEXT_FIELD.split(line.text[label.end() :])[0].strip()
            return Found(value, line.start + label.end(), line.end, _FROM_FIELD)
        if label.end() == len(line.text) and index + 1 < len(lines):
            value = lines[index + 1]
            if len(value.text) > 1 and not value.text.endswith(":"):
                return Found(value.text, value.start, value.end, _FROM_FIELD)
    return None


def _cells(line: HeadLine) -> Iterator[HeadLine]:
    """The cells of a row that a site's table was flattened to (文号: | 云政发〔2023〕8号 | 成文日期: | …)."""
    for at in re.finditer(r"[^|\t]+", line.text):
        text = at[0].strip()
        if text:
            start = line.start + at.start() + len(at[0]) - len(at[0].lstrip())
            yield HeadLine(text, start, start + len(text))


def _field_number(lines: list[HeadLine]) -> Found | None:
    found = _field(lines, "document_number")
    value = document_number(found.value) if found else None
    return found._replace(value=value) if found and value else None


def _field_date(lines: list[HeadLine]) -> Found | None:
    found = _field(lines, "issued_on")
    if not found and _is_card(lines):
        found = _field(lines, "card_date")
    date = find_date(found.value) if found else None
    return found._replace(value=date.isoformat()) if found and date else None
