"""The head of a document: title, number (文号), issuer (发文机关), date (成文日期); LANGUAGE 1.3, 2.

What the text itself says comes first (title line, signature, adoption note); fields of a card or of a metadata block
fill what is left. Dates of a page (更新时间, 发布日期) are no dates of the document, save a card's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import takewhile
from typing import Literal

from luodi.document import Document
from luodi.document.lines import is_called_by_items, is_document_number, is_organ, is_title
from luodi.document.markers import is_unbroken
from luodi.document.text import Span
from luodi.policy.citations import document_number
from luodi.policy.clauses import clause
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.document_rules import DocumentRules
from luodi.policy.facts import HeadField
from luodi.policy.head.brought import brought_title, told_issuer, told_title
from luodi.policy.head.fields import (
    date_field,
    field,
    in_full,
    is_card,
    issuer_field,
    labels_any,
    labels_register,
    labels_title,
    names_several,
    number_field,
)
from luodi.policy.head.letterhead import beside_title, interpreter, title_issuer
from luodi.policy.head.lines import LIKELY, LONGEST_HEAD, SURE, Found, HeadLine, head_lines, own_title
from luodi.policy.head.orders import order, promulgated
from luodi.policy.head.signatures import lone_date, signed, signed_in_line
from luodi.policy.head.standing import draft_stage, ended

_IN_MARKS = re.compile("(?:原标题:)?《(.+)》(?:全文(?:发布|公布))?")  # a site may announce the whole text
_MARKS = str.maketrans("〈〉", "《》")
# 原标题:云州市关于…的意见, and a site's own words before 关于….
_LABELLED = re.compile(r"(?:原?标 *题:[\t|]?|[^:\t]{2,30}:(?=关于))(?P<title>[^:\t|]+)[\t|]*")
_LONGEST_NUMBER = 30
# What may stand on the number's line behind it: who signed, a register's number.
_BESIDE_NUMBER = re.compile(r"(?<=号)(?:文| ?\([^()]*\)| ?(?:签发人|索引号|[A-Z]{2,}\d).*)\Z")
# …的通知(云府〔2019〕31号): a page adds the number to the title.
_NUMBER_BEHIND = re.compile(r" ?\((?P<number>[\u4e00-\u9fff]{2,10}〔\d{4}〕\d{1,4}号)\)\Z")
_CATALOGUE = re.compile(r"\d{1,3} ?[.、] ?(?!\d)")
_SHORT_REST = 10
_SHARED = 5  # characters that a title and its other wording have in common
_STATUS = re.compile(
    "\\((?:试行|暂行|(?:20\\d\\d年)?修[订改](?:版|稿)?|20\\d\\d年?版|(?:公开)?征求意见稿|(?:修订)?草案|[送报]审稿|讨论稿"
    "|20\\d\\d年?[-—–~至]20\\d\\d年?)\\)"
)
_BEGINS = ("关于", "印发", "转发", "批转", "颁布", "对")  # behind the bodies on the line above
_ISSUING = re.compile(r"(?:印发|转发|批转)\Z")
_FILE = re.compile(r"(?P<title>[^|\t]+)\.(?:docx?|pdf|wps|ofd)")  # a share site heads a paper with its file's name
_PROVINCE = re.compile("[\u4e00-\u9fff]{1,3}省|[\u4e00-\u9fff]{2,8}自治区")
_KIND_APART = re.compile(
    r"(?:通 ?知|意 ?见|决 ?定|公 ?告|通 ?报|办 ?法|方 ?案)"
)  # the last words of a title, set apart below it
_MOST_STATUS = 2  # (试行) and (征求意见稿)
_TITLE_BEGUN = re.compile("[\u4e00-\u9fff]{2,10}(?:省|市|区|县|州)(?:人民政府)?(?:关于)?[\u4e00-\u9fff“”、]{5,40}")
_MERE = re.compile("(?:公告|令|通报|目录|清单)\\Z")  # the sheet that brings a law, not the law


_WITHIN_COURTS = ("审判委员会", "检察委员会")  # they pass what their court issues


HeadName = Literal["title", "document_number", "issuer", "issued_on"]


@clause("head")
def head(document: Document, rules: DocumentRules) -> Iterator[HeadField | Diagnostic]:
    """The head's fields, each once."""
    lines = head_lines(document.clean, document.head_end)
    whole = head_lines(document.clean, len(document.clean))
    title, issued = _title(lines, whole), order(lines)
    noted = promulgated(document.clean[: document.head_end])
    issuer, issued_on = signed(lines, whole, document.clean[: document.head_end])
    if not issued_on and is_unbroken(document.clean):
        by = title_issuer(title)
        glued, issued_on = signed_in_line(document.clean, by.value if by else None)
        issuer = issuer or glued
    title = _without_site(title, issuer)
    found: tuple[tuple[HeadName, Found | None], ...] = (
        ("title", title),
        ("document_number", _number(lines) or issued.number or (noted and noted.number) or number_field(lines)),
        (
            "issuer",
            in_full(
                (title_issuer(title) if issuer and issuer.value.endswith(_WITHIN_COURTS) else None)
                or issuer
                or title_issuer(title)
                or issued.issuer
                or beside_title(lines, title)
                or told_issuer(lines, title)
                or issuer_field(lines)
                or interpreter(document.clean),
                lines,
            ),
        ),
        ("issued_on", issued_on or (noted and noted.date) or lone_date(lines, whole) or date_field(lines)),
    )
    for name, one in found:
        if one:
            span = document.text.span(one.start, one.end)
            article = document.article_at(one.start)
            yield HeadField(name=name, value=one.value, article=article, span=span, confidence=one.confidence)
            if name == "title" and (stage := draft_stage(one.value)):
                yield _of_draft(article, span, stage)
    if told := ended(document.text.source, document.text.span(document.head_end, document.head_end).start):
        yield _of_ended(Span(*told), document.text.source[told[0] : told[1]])


def _of_draft(article: str, span: Span, stage: str) -> Diagnostic:
    return Diagnostic(
        code="draft-paper",
        severity="warning",
        article=article,
        span=span,
        message=f"标题写明是“{stage}”，还不是正式印发的文件，读出的内容都不生效。",
        next_step="可以先核对；正式文件印发后上传正式文本再发布。标题读错的请更正。",
    )


def _of_ended(span: Span, words: str) -> Diagnostic:
    return Diagnostic(
        code="ended-paper",
        severity="warning",
        article="0",
        span=span,
        message=f"网页的登记栏写明这份文件“{words}”。",
        next_step="请先核实文件现在是否有效；已经失效、废止的不要发布为现行政策。",
    )


def _title(lines: list[HeadLine], whole: list[HeadLine]) -> Found | None:
    named = field(lines, "card_title")
    if named and is_card(lines):
        return None if names_several(lines) else named._replace(confidence=SURE)
    if lines and is_card(lines):
        number = _CATALOGUE.match(lines[0].text)
        start = number.end() if number else 0
        runs_on = lines[1].start == lines[0].end  # the line end was lost, and with it those of the title
        title = lines[0].text[start : _told_again(lines[0].text, start) if runs_on else None]
        return Found(title, lines[0].start + start, lines[0].start + start + len(title), SURE)
    candidates = list(_title_candidates(lines[:LONGEST_HEAD]))
    if not candidates:
        return field(lines, "title") or brought_title(whole) or told_title(lines)
    named = field(lines, "title")  # a register calls a notice by its name, above the paper alone
    candidates += [named] if named and is_title(named.value) and "关于" in named.value else []
    times = Counter(_base(one.value) for one in candidates)
    best = max(
        candidates,
        key=lambda one: (
            (own := own_title(_base(one.value))) == _base(one.value) or own not in times,
            times[_base(one.value)] > 1,
            is_title(one.value),  # a field of the page may have lost the end of its line
            "关于" in one.value,
            not _MERE.search(one.value),
            times[_base(one.value)] > 1 and _base(one.value) != _dense(one.value),
            -one.start,
            one.end,
        ),
    )
    whole_title = brought_title(whole)  # of one that goes over two lines the last may look like a title of its own
    cut = whole_title and _dense(whole_title.value) != _dense(best.value)
    return whole_title if whole_title and cut and _dense(whole_title.value).endswith(_dense(best.value)) else best


def _without_site(title: Found | None, issuer: Found | None) -> Found | None:
    """A title without what the site that shows it adds before the body that signed: its office (云州市人民政府办公室 above

    云州市人民政府关于…) or its province (云省云州市人民政府关于…).
    """
    by = title_issuer(title)
    site = by.value.removesuffix(issuer.value) if by and issuer else ""
    office = issuer is not None and len(site) > len(issuer.value) and site.startswith(issuer.value)
    if title and by and (office or (site != by.value and _PROVINCE.fullmatch(site))):
        return Found(title.value[len(site) :], title.start + len(site), title.end, title.confidence)
    return title


def _told_again(text: str, start: int) -> int:
    """Where a card's title, whose line end was lost, begins again in other words (支持甲事项发展关于支持发展甲事项的措施)."""
    for at in range(start + _SHORT_REST, len(text) - _SHARED):
        if text[at : at + _SHARED] in text[start:at]:
            about = text.find("关于", start + 1, at)
            return about if about > 0 else at
    return len(text)


def _title_candidates(lines: list[HeadLine]) -> Iterator[Found]:
    for index, line in enumerate(lines):
        first = index
        apart = bool(first and _KIND_APART.fullmatch(line.text) and lines[first - 1].text.endswith("的"))
        first -= apart
        begun = lines[first].text
        while first and _goes_on(lines[first - 1].text, begun):
            first -= 1
        if first and len(line.text) <= _SHORT_REST and _begins_title(lines[first - 1].text):
            first -= 1
        above = " ".join(one.text for one in lines[first:index])
        below = list(takewhile(lambda one: _STATUS.fullmatch(one.text), lines[index + 1 : index + 1 + _MOST_STATUS]))
        last, status = (below[-1].end if below else line.end), "".join(one.text for one in below)
        if index and labels_title(lines[index - 1].text) and not labels_any(line.text):
            yield Found(line.text, line.start, line.end, LIKELY)
        elif above and is_title(above + (rest := _dense(line.text) if apart else line.text)):
            yield Found(above + rest + status, lines[first].start, last, SURE)
        elif is_title(line.text) and not is_document_number(line.text) and not labels_register(line.text):
            number = _CATALOGUE.match(line.text)
            skipped = number.end() if number else 0
            title = _NUMBER_BEHIND.sub("", line.text)[skipped:]
            yield Found(title + status, line.start + skipped, last, SURE)
        elif (filed := _FILE.fullmatch(line.text)) and is_title(filed["title"]):
            yield Found(filed["title"], line.start, line.start + filed.end("title"), LIKELY)
        elif (labelled := _LABELLED.fullmatch(line.text)) and is_title(labelled["title"]):
            start, end = labelled.span("title")
            yield Found(labelled["title"], line.start + start, line.start + end, LIKELY)
        elif (marked := _IN_MARKS.fullmatch(line.text)) and is_title(marked[1].translate(_MARKS)):
            yield Found(marked[1].translate(_MARKS), line.start + 1, line.end - 1, SURE)


def _goes_on(above: str, text: str) -> bool:
    """Whether a title's bodies, or those that forward a paper (云州市人民政府办公室转发), stand on the line above it."""
    bodies = _ISSUING.sub("", above)
    return is_organ(bodies) and (text.startswith(_BEGINS) or (bodies != above and is_title(text)))


def _begins_title(text: str) -> bool:
    """Whether a line may be the first half of a title whose rest went to the next line (云市促进工业发展十条 / 措施实施细则)."""
    return bool(_TITLE_BEGUN.fullmatch(text)) and not (
        is_organ(text) or (is_title(text) and not is_called_by_items(text))
    )


def _dense(text: str) -> str:
    return re.sub(r"\s", "", text)


def _base(text: str) -> str:
    """A title without its state and its years, which a page leaves out above the text."""
    return re.sub(rf"(?:{_STATUS.pattern})+\Z", "", _dense(text))


def _number(lines: list[HeadLine]) -> Found | None:
    for line in lines[:LONGEST_HEAD]:
        bracketed = line.text.endswith(")") and (line.text.startswith("(") or "(" not in line.text)
        words = line.text.removeprefix("(").removesuffix(")") if bracketed else line.text
        words = _BESIDE_NUMBER.sub("", words)
        several = [document_number(word) for word in words.split(" ")]
        if len(several) > 1 and all(several):  # 甲委发〔2024〕5号 甲政发〔2024〕9号: a paper of party and government
            return Found(" ".join(filter(None, several)), line.start, line.end, SURE)
        if (
            len(words) <= _LONGEST_NUMBER
            and (words.endswith("号") or "〔" in words)
            and (value := document_number(words))
        ):
            return Found(value, line.start, line.end, SURE)
    behind = next(((line, at) for line in lines[:LONGEST_HEAD] if (at := _NUMBER_BEHIND.search(line.text))), None)
    if behind and is_title(behind[0].text):
        line, at = behind
        return Found(at["number"], line.start + at.start("number"), line.start + at.end("number"), LIKELY)
    return None
