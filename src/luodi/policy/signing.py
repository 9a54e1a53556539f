"""Who issued a paper and when (落款, 版头, 令): signatures, orders, adoption notes, and what stands in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from luodi.document.lines import is_date, is_document_number, is_organ
from luodi.policy.citations import document_number
from luodi.policy.dates import find_date
from luodi.policy.head_lines import HeadLine

SURE, LIKELY = 1.0, 0.9
_LONGEST_HEAD = 60
_LONGEST_SIGNATURE = 80
_DAY = r"\d{4}年\d{1,2}月\d{1,2}日"
_SIGNED = re.compile(rf"(?P<organs>[\u4e00-\u9fff、 ]{{3,80}}?) ?(?P<date>{_DAY})")
_BYLINE = re.compile(rf"(?P<date>{_DAY})[, ] ?(?P<organ>[\u4e00-\u9fff]{{2,30}})(?:发布|公布|印发|颁布)?")
_BODY = r"(?:已?由|经)?(?:中华人民共和国(?=第))?(?P<body>[\u4e00-\u9fff]{6,40}?)第[\u4e00-\u9fff\d]{1,6}次(?:全体)?会议"
_ADOPTED = re.compile(
    rf"(?P<date>{_DAY}) ?{_BODY}(?:修订)?(?:审议)?(?:通过|批准)|{_BODY.replace('body', 'other')}于(?P<day>{_DAY})(?:审议)?(?:通过|批准)"
)
# A rule's note of the order that made it known (2020年3月1日云州市人民政府令第4号公布).
_PROMULGATED = re.compile(
    rf"^\(?(?:\d[^。《》,;\n]{{0,60}}(?: |通过|批准))?(?P<date>{_DAY}) ?(?:中华人民共和国(?=国务院))?(?P<organ>[\u4e00-\u9fff、 ]{{3,40}}?)"
    r"(?P<no>令 ?\(?第? ?[\d一二三四五六七八九十百]{1,5} ?号\)?)?(?:公布|发布)(?=[) \n]|\Z)",
    re.MULTILINE,
)
# A department's note: 2020年3月1日经云州部第6次部务会议通过.
_BY_DEPARTMENT = re.compile(
    rf"^[( ]*(?P<date>{_DAY}) ?经?(?P<body>[\u4e00-\u9fff]{{3,40}}?)第 ?\d{{1,4}} ?次[部局委署行]务会议(?:审议)?通过\)?$",
    re.MULTILINE,
)
_OF_A_NOTICE = re.compile(r"关于|转发|印发")
_ORDER = re.compile(
    r"(?:中华人民共和国(?=国务院))?(?P<organ>[\u4e00-\u9fff]{2,40}?)(?P<kind>令|公告)(?P<no> ?\(?第?[\d一二三四五六七八九十百]{1,5}号\)?)?"
)
# 市人民政府令: which city's government it is stands elsewhere.
_UNNAMED = re.compile(r"(?:[省市县区州盟旗]|自治区)?(?:人民)?政府")
_ORDER_NUMBER = re.compile(r"第 ?[\d一二三四五六七八九十百]{1,5} ?号")
# Who signs an order: 市长 or 自治区主席 with or without the name.
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:[省市区县州盟署行部厅局]长|主席|主任|总理)[: ]{0,2}[\u4e00-\u9fff· ]{0,8}"
)
_NO_SIGNATURE = re.compile(r"批准|转发|审核")
_NOTE = re.compile(r"主题词|共印|抄[送报]|联系|附件|\(此件|\(信息公开|印发\Z")
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_INTERPRETER = re.compile(
    r"由(?P<organ>[\u4e00-\u9fff]{2,4}[省市区县州][\u4e00-\u9fff]{2,24}?)制定[\u4e00-\u9fff]{2,10}(?:并|,并)负责解释"
)


class Found(NamedTuple):
    """A field of the head with its place in the clean text."""

    value: str
    start: int
    end: int
    confidence: float


class Order(NamedTuple):
    """What an order (令, 公告) says in its own two lines."""

    issuer: Found | None
    number: Found | None


_Signed = tuple[Found | None, Found | None]


def signed(lines: list[HeadLine], whole: list[HeadLine], head: str) -> _Signed:
    """Issuer and date: of the cover letter, the adoption note, the line below the title, the end of the text."""
    made_known = promulgated(head)
    by_order = (made_known.issuer, made_known.date) if made_known and is_organ(made_known.issuer.value) else None
    return _signature(lines) or by_order or _adoption(head) or _byline(lines) or _signature(whole) or (None, None)


class Promulgated(NamedTuple):
    """What the note below a rule's title says of the order that made it known."""

    issuer: Found
    number: Found | None
    date: Found | None


def promulgated(head: str) -> Promulgated | None:
    """The first order in the note below a title that made the rule known (题注); later ones amended it.

    A president's order (主席令) numbers a law that a congress issued.
    """
    signed_by = ((at["organ"].strip(), at) for at in _PROMULGATED.finditer(head))
    found = next((at for organ, at in signed_by if is_organ(organ) or organ.endswith("主席")), None)
    if not found:
        return None
    organ = Found(found["organ"].strip(), found.start("organ"), found.end("organ"), LIKELY)
    number = f"{organ.value}{''.join(found['no'].split())}" if found["no"] else None
    return Promulgated(
        organ,
        Found(number, found.start("organ"), found.end("no"), LIKELY) if number else None,
        _date(found.start("date"), found["date"]),
    )


def _signature(lines: list[HeadLine]) -> _Signed | None:
    """The issuers' lines with the date below them."""
    for index, line in enumerate(lines):
        together = _SIGNED.fullmatch(line.text)
        if together and is_organ(together["organs"].strip()):
            date = _date(line.start + together.start("date"), together["date"])
            return (_organs([HeadLine(together["organs"].strip(), line.start, line.end)]), date) if date else None
        if index and is_date(line.text):
            first = index
            while first and is_organ(lines[first - 1].text) and len(lines[first - 1].text) <= _LONGEST_SIGNATURE:
                first -= 1
            date = _date(line.start, line.text)
            if first < index and date:
                return _organs(lines[first:index]), date
    return None


def _adoption(text: str) -> _Signed | None:
    """A law's adoption note: which body passed it, and when."""
    found = _BY_DEPARTMENT.search(text) or _ADOPTED.search(text)
    if not found:
        return None
    body, day = ("body", "date") if found["body"] else ("other", "day")
    date = _date(found.start(day), found[day])
    return (Found(found[body], found.start(body), found.end(body), LIKELY), date) if date else None


def _byline(lines: list[HeadLine]) -> _Signed | None:
    """The line below a title that says when and by whom (1990年3月10日,铁道部)."""
    for line in lines[:_LONGEST_HEAD]:
        found = _BYLINE.fullmatch(line.text)
        if found and is_organ(found["organ"]):
            date = _date(line.start, found["date"])
            organ = HeadLine(found["organ"], line.start + found.start("organ"), line.start + found.end("organ"))
            return (_organs([organ]), date) if date else None
    return None


def order(lines: list[HeadLine]) -> Order:
    """Issuer and number of an order: 云州市人民政府令 with 第4号 behind it or on the next line."""
    for index, line in enumerate(lines[:_LONGEST_HEAD]):
        found = _ORDER.fullmatch(line.text)
        if not found:
            continue
        below = lines[index + 1] if index + 1 < len(lines) else line
        behind = found["no"] or (below.text if _ORDER_NUMBER.fullmatch(below.text) else None)
        if not behind:
            continue
        number = Found("".join(f"{found['organ']}{found['kind']}{behind}".split()), line.start, below.end, SURE)
        named = is_organ(found["organ"]) and not _UNNAMED.fullmatch(found["organ"])
        return Order(
            Found(found["organ"], line.start + found.start("organ"), line.start + found.end("organ"), SURE)
            if named
            else None,
            number,
        )
    return Order(None, None)


def title_issuer(title: Found | None) -> Found | None:
    """The bodies that a title begins with (云州市人民政府关于…)."""
    about = _OF_A_NOTICE.search(title.value) if title else None
    prefix = title.value[: about.start()].strip() if title and about else ""
    if not title or not is_organ(prefix):
        return None
    return Found(prefix, title.start, title.start + len(prefix), LIKELY)


def beside_title(lines: list[HeadLine], title: Found | None) -> Found | None:
    """The body that stands alone on the line below the title, or the bodies of the letterhead above the number (版头)."""
    for line, after in pairwise(lines[:_LONGEST_HEAD]):
        if title and line.start <= title.start < line.end and _is_issuer(after.text):
            return _organs([after])
    heads = list(_letterhead(lines))
    return _organs(heads) if heads and is_document_number(lines[len(heads)].text) else None


def _letterhead(lines: list[HeadLine]) -> Iterator[HeadLine]:
    for line in lines[:-1]:
        if not is_organ(line.text):
            return
        yield line


def _is_issuer(text: str) -> bool:
    return is_organ(text) and not _NO_SIGNATURE.search(text)


def interpreter(clean: str) -> Found | None:
    """A text without signature: the body that writes its detailed rules and interprets it, named in full."""
    found = _INTERPRETER.search(clean)
    return Found(found["organ"], found.start("organ"), found.end("organ"), 0.5) if found else None


def lone_date(lines: list[HeadLine], whole: list[HeadLine]) -> Found | None:
    """A date without a body: in brackets, below the cover letter, an office or the number; else at the end of all."""
    for line in lines:
        if line.text.startswith("(") and is_date(line.text):
            return _date(line.start, line.text)
    for before, line in pairwise(lines):
        if is_date(line.text) and (before.text.endswith("。") or _OFFICE.fullmatch(before.text.replace(" ", ""))):
            return _date(line.start, line.text)
        for day, beside in ((line, before), (before, line)):
            if (_ISO.fullmatch(day.text) or is_date(day.text)) and document_number(beside.text.strip("()")):
                return _date(day.start, day.text)
    last = next((line for line in reversed(whole) if not _NOTE.search(line.text)), None)
    return _date(last.start, last.text) if last and is_date(last.text) else None


def _organs(lines: list[HeadLine]) -> Found:
    value = " ".join(line.text for line in lines)
    return Found(value, lines[0].start, lines[-1].end, SURE)


def _date(start: int, text: str) -> Found | None:
    date = find_date(text)
    return Found(date.isoformat(), start, start + len(text), SURE) if date else None
