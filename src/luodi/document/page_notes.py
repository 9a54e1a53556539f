"""Footnotes of a page: the small raised numbers in its text, and the small lines at its foot that begin with them."""

from __future__ import annotations

import re
import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luodi.document.page_lines import Glyph, Segment

_MARK = re.compile(r"\d{1,3}|[①-⑳*†‡]{1,2}|[\[［〔]\d{1,3}[\]］〕]")
_OF_MARKS = frozenset("0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳*†‡[]［］〔〕")
_SMALL = 0.72  # of the size of the text: what is raised
_SMALLER = 0.85  # of the size of the text: what stands at the foot
_RAISED = 0.1  # em above the text's own lower edge


def without_marks(rows: list[list[Glyph]]) -> tuple[list[list[Glyph]], set[str]]:
    """The lines of a page without their raised numbers, and these."""
    marks: set[str] = set()
    kept = []
    for at, row in enumerate(rows):
        line = _line_of(rows, at)
        high, foot = statistics.median(g.y1 - g.y0 for g in line), statistics.median(g.y1 for g in line)
        raised = [g.char in _OF_MARKS and g.y1 - g.y0 < _SMALL * high and g.y1 < foot - _RAISED * high for g in row]
        begin = 0
        left: list[Glyph] = []
        for end in range(1, len(row) + 1):
            if end < len(row) and raised[end] == raised[begin]:
                continue
            part = row[begin:end]
            if raised[begin] and _is_mark(part, _before(part[0], line)):
                marks.add("".join(g.char for g in part))
            else:
                left += part
            begin = end
        if left:
            kept.append(left)
    return kept, marks


def _line_of(rows: list[list[Glyph]], at: int) -> list[Glyph]:
    """The line that a row stands in: what is raised far may have come as a row of its own above it."""
    row, after = rows[at], rows[at + 1] if at + 1 < len(rows) else rows[at]
    return after if row[0].y1 > after[0].y0 and all(g.char in _OF_MARKS for g in row) else row


def _before(mark: Glyph, line: list[Glyph]) -> str:
    """The character behind which a mark stands."""
    return next((g.char for g in reversed(line) if g.x0 < mark.x0), "")


def _is_mark(part: list[Glyph], before: str) -> bool:
    """Whether raised characters number a note: behind a number or a letter they are its power (m²)."""
    return bool(_MARK.fullmatch("".join(g.char for g in part))) and bool(before) and not before.isascii()


def notes(rows: list[list[Segment]], marks: set[str]) -> list[list[Segment]]:
    """The lines at the foot of a page that are smaller than its text and begin with one of its marks."""
    if not marks or len(rows) < 2:
        return []
    size = statistics.median(row[0].size for row in rows)
    first = len(rows)
    while first > 1 and rows[first - 1][0].size < _SMALLER * size:
        first -= 1
    foot = rows[first:]
    begins = next((n for n, row in enumerate(foot) if _opens(row[0].text, marks)), None)
    return [] if begins is None else foot[begins:]


def _opens(text: str, marks: set[str]) -> bool:
    found = _MARK.match(text)
    return found is not None and found[0] in marks
