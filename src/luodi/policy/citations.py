"""Titles in 《》 with the number that follows them, and document numbers (文号) in their canonical form (LANGUAGE 1.1, 8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_NUMBER = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{0,14}?(?:\([\u4e00-\u9fff]{1,3}\))?)(?P<lead>[〔\[(【])(?P<year>(?:19|20)\d{2}|[5-9]\d)[〕\])】](?P<mid>[\u4e00-\u9fff]{0,8}?)"
    r"(?P<no>第?\d{1,4})号(?P<order>令?)"
)
_BRACKET_LOST = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{2,12})(?:〔?(?P<year>(?:19|20)\d{2})〕?(?P<no>\d{1,4})号|〔(?P<y>(?:19|20)\d{2})(?P<n>\d{1,3}))"
)
_ORDER = re.compile(r"[\u4e00-\u9fff]{2,40}?(?:[第令] ?[\d一二三四五六七八九十百]{1,5}|令(?:19|20)\d{2}年第\d{1,3})号")
_ANNOUNCED = re.compile(r"[\u4e00-\u9fff]{2,30}(?:公告|通告)(?:19|20)\d{2}年第\d{1,3}号")
_STANDARD = re.compile(
    r"(?:GB|DB|HJ|YY|JJG|JB|QB|SJ|CJ|TB|WS)[A-Z]?\d{0,4}(?:/[A-Z])? ?\d{1,6}(?:\.\d+)?(?:[-—]\d{4})?"
    r"|[A-Z]{2,4}\d{2}/T ?\d+(?:[-—]\d{4})?|[A-Z]{1,4}(?:/[A-Z]{1,4})? ?\d{1,6}(?:\.\d+)?[-—]\d{4}"
)
# (沪府〔2020〕1号,以下简称《办法》): the number comes before the short name.
_ABBREVIATED = re.compile(r"[,;] ?(?:以下|下|简)(?:统称|简称|称)?.*\Z")
# (市政府令第44号公布,根据市政府令第62号修订): how the paper was made known and changed.
_CHANGED = re.compile(
    r"(?:公布|发布)?[,;](?:(?:根据|经|已|后)[^()]{0,120})?(?:修[订正改]|公布|发布).*\Z|(?:公布|发布)\Z"
)
# 《某某通知》云政发〔2020〕3号: the number follows at once, without brackets of its own.
_AT_ONCE = re.compile(r"(?P<inner>(?!的)[\u4e00-\u9fff]{2,8}[〔\[【(](?:19|20)\d{2}[〕\]】)]\d{1,4}号)")
_BEHIND = re.compile(r" ?\((?P<inner>(?:[^()\n]|\([^()\n]*\)){3,200})\)")


class Citation(NamedTuple):
    """A title in 《》: its text without the outer marks, its number where one follows, its place in the clean text."""

    title: str
    number: str | None
    start: int
    end: int


def document_number(text: str) -> str | None:
    """The canonical form of a text that is nothing but a document number or a standard's code, else None."""
    dense = text.replace(" ", "")
    if found := _NUMBER.fullmatch(dense):
        return f"{found['office']}〔{found['year']}〕{found['mid']}{found['no'].removeprefix('第')}号{found['order']}"
    if found := _BRACKET_LOST.fullmatch(dense):
        return f"{found['office']}〔{found['year'] or found['y']}〕{found['no'] or found['n']}号"
    if _ORDER.fullmatch(dense) or _ANNOUNCED.fullmatch(dense) or _STANDARD.fullmatch(dense):
        return dense
    return None


def citations(clean: str) -> Iterator[Citation]:
    """All titles in 《》, outermost, in text order."""
    for start, end in _outermost(clean):
        behind = _BEHIND.match(clean, end) or _AT_ONCE.match(clean, end)
        number = (
            document_number(
                _CHANGED.sub("", _ABBREVIATED.sub("", behind["inner"]))
                .removesuffix("文件")
                .removesuffix("文")
                .removesuffix("印发")
            )
            if behind
            else None
        )
        yield Citation(clean[start + 1 : end - 1].strip(), number, start, behind.end() if behind and number else end)


def _outermost(clean: str) -> Iterator[tuple[int, int]]:
    """The ranges of the outermost 《…》; a mark that is never closed on its line opens nothing."""
    depth = begin = 0
    for at in re.finditer(r"[《》\n]", clean):
        if at[0] == "《":
            begin = at.start() if depth == 0 else begin
            depth += 1
        elif at[0] == "\n":
            depth = 0
        elif depth:
            depth -= 1
            if depth == 0:
                yield begin, at.end()


def folded(title: str) -> str:
    """A title for comparing: no white space, no marks."""
    return re.sub(r"[\s《》〈〉<>“”\"'‘’,、。]", "", title)
