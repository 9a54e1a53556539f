"""What stands on a page and is not of the paper: page numbers, running heads, notes at the foot."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterator

from luodi.document.lines import is_title
from luodi.document.page_columns import LaidOut
from luodi.document.page_lines import Page, Segment
from luodi.document.page_notes import notes

_PAGE_NUMBER = re.compile(
    r"[-—–－·•~～ ]{0,4}\d{1,4}[-—–－·•~～ ]{0,4}|第?\d{1,4}页?(?:[,，/共 ]{1,2}\d{1,4}页?)?|[ivxIVX]{1,5}"
)
_HEAD = 0.08  # of the page's height: no title stands as far up
_MARGIN = 0.13  # of the page's height: where running heads and page numbers stand
_FEW_LINES = 6
_SMALL = 0.9
_APART = 1.8


def furniture(pages: list[Page], laid: list[LaidOut]) -> set[int]:
    """Page numbers and running heads: in the margins, alike on several pages; and notes at the foot of a page."""
    marginal: list[tuple[str, list[Segment]]] = []
    for page, one in zip(pages, laid, strict=True):
        for row in one.rows:
            if row[0].y1 < _MARGIN * page.height or row[0].y0 > (1 - _MARGIN) * page.height:
                marginal.append((text_of(row), row))
    masked = Counter((re.sub(r"\d+", "#", text), round(row[0].y0 / row[0].size / 2)) for text, row in marginal)
    often = max(2, len(pages) // 3)
    found = set()
    for text, row in marginal:
        repeated = masked[(re.sub(r"\d+", "#", text), round(row[0].y0 / row[0].size / 2))] >= often and len(pages) > 1
        if repeated or _PAGE_NUMBER.fullmatch(text):
            found.add(id(row))
    for one in laid:
        found |= {id(row) for row in notes([row for row in one.rows if id(row) not in found], one.marks)}
        found |= {id(row) for row in _small_and_apart(one.rows)}
    return found | {id(row) for row in _only_head(pages, laid)}


def _small_and_apart(rows: list[list[Segment]]) -> Iterator[list[Segment]]:
    """The outermost lines of a page where they are smaller than its text and well apart from it."""
    if len(rows) < _FEW_LINES:
        return
    size = statistics.median(row[0].size for row in rows)
    for row, inner in ((rows[0], rows[1]), (rows[-1], rows[-2])):
        gap = max(inner[0].y0 - row[0].y1, row[0].y0 - inner[0].y1)
        if row[0].size < _SMALL * size and gap > _APART * size:
            yield row


def _only_head(pages: list[Page], laid: list[LaidOut]) -> Iterator[list[Segment]]:
    """The running head of a paper of one page: far up, well above the title, on a page that has a number."""
    rows = laid[0].rows if len(pages) == 1 else []
    if len(rows) < _FEW_LINES or rows[0][0].y1 > _HEAD * pages[0].height:
        return
    numbered = _PAGE_NUMBER.fullmatch(text_of(rows[-1])) and rows[-1][0].y0 > (1 - _MARGIN) * pages[0].height
    apart = rows[1][0].y0 - rows[0][0].y1 > _APART * rows[0][0].size
    if numbered and apart and any(is_title(unicodedata.normalize("NFKC", text_of(row))) for row in rows[1:4]):
        yield rows[0]


def text_of(row: list[Segment]) -> str:
    """The words of a line."""
    return "".join(segment.text for segment in row)
