"""How wide the page was from which a hard-wrapped text comes, and what a full line on it may lack."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from luodi.document import markers
from luodi.document.addressees import is_recipients
from luodi.document.draft import Draft
from luodi.document.lines import BETWEEN_CELLS, Line, lines

MIN_WIDTH = 15.0
SLACK = 3.0
INDENT = 3.5
"""The first line of a paragraph is set in, and its number is narrow."""
_LONG = 28.0  # no heading is as wide
_NARROWEST, _WIDEST = 18.0, 50.0  # of a page that few wraps tell
_TIGHT = 1.0  # what a line filled to its end may lack: half a sign, or one that may not begin a line
_MOSTLY = 0.8
_FEWEST_COUNTED, _EXACTLY = 5, 0.9
_INSIDE, _INSIDE_ITEM = re.compile(r"[,。;](?=.)"), re.compile(r"[,。;:](?=.)")
_WORD = re.compile(r"[A-Za-z0-9.%+-]+")
# What begins a rule of its own on its line: no sure sign that the line before was full.
_ANEW = re.compile(r"对|(?:支持|鼓励)(?![。,;])|凡|其中|注:|各[市县区地]|新[建引认增]|首次|每[家个年人]")
_NEVER_FIRST = ",。;:、!?)]〕》”%"


class Measured(NamedTuple):
    """A line with its width as it stands in the source (folded forms are narrower) and the blanks it is set in by."""

    line: Line
    width: float
    blank: float
    signs: int = 0  # the characters of its line in the source

    @property
    def is_amid(self) -> bool:
        """Whether a sentence is broken off here: a mark stands inside the line, none at its end."""
        marks = _INSIDE_ITEM if markers.at_line_start(self.line.text) else _INSIDE
        return not self.line.closed and bool(marks.search(self.line.text))


class Page(NamedTuple):
    """The width of a full line; where the lines are filled exactly, what the first line of a paragraph lacks."""

    full: float
    filled: float
    indent: float | None

    def has_broken(self, one: Measured, after: str) -> bool:
        """Whether a line that may be a heading was full: what follows did not fit. Unknown where lines are not filled exactly."""
        if self.indent is None:
            return True
        word = _WORD.match(after)
        head = word.end() if word else 1
        wide = width_of(after[:head]) + sum(char in _NEVER_FIRST for char in after[head : head + 2])
        lost = self.indent if markers.at_line_start(one.line.text) and not one.blank else 0.0  # a title is not set in
        return self.filled - one.width - one.blank < wide + lost + _TIGHT


def measured(draft: Draft) -> list[Measured]:
    """The lines of a draft with their widths."""
    return [_measured(draft, line) for line in lines(draft.text)]


def _measured(draft: Draft, line: Line) -> Measured:
    start, end = draft.starts[line.start], draft.ends[line.end - 1]
    text = draft.source[start:end]
    head = draft.source[draft.source.rfind("\n", 0, start) + 1 : start] + text[: len(text) - len(text.lstrip())]
    count = end - draft.source.rfind("\n", 0, start) - 1
    return Measured(line, width_of(text.strip()), 0.0 if head.strip() else width_of(head), count)


def counted(found: Sequence[Measured]) -> int | None:
    """After how many characters a program broke every line, wide or narrow; None where lines were broken otherwise."""
    prose = [one for one in found if not BETWEEN_CELLS.search(one.line.text)]
    longest = max((one.signs for one in prose), default=0)
    amid = [one.signs == longest for one in prose if one.is_amid]
    even = len(amid) >= _FEWEST_COUNTED and sum(amid) >= _EXACTLY * len(amid)
    return longest if even and longest >= MIN_WIDTH else None


def width_of(text: str) -> float:
    """Width in Chinese characters."""
    return sum(1.0 if char > "\u2000" else 0.5 for char in text)


def page_of(found: Sequence[Measured], apart: Sequence[bool]) -> Page | None:
    """The page of a hard-wrapped text, else None; ``apart`` tells the lines that cannot go on the line before them."""
    full = _usual_width(found)
    if full is None:
        full = _longest_width(found, apart)
    return None if full is None else Page(full, *_filled(found, apart, full))


def _usual_width(found: Sequence[Measured]) -> float | None:
    """The width that most of the long lines have."""
    widths = sorted(one.width for one in found if len(one.line.text) >= MIN_WIDTH)
    if len(widths) < 4:
        return None
    typical = widths[int(len(widths) * 0.75)]
    full = [one.line for one in found if abs(one.width - typical) <= SLACK]
    broken = sum(not line.closed for line in full)
    # A short paper may have more items on one line than wraps: there the long lines alone tell.
    mostly = broken >= 0.35 * len(widths) or (typical >= _LONG and broken >= 0.5 * len(full))
    return typical if broken >= 3 and mostly and widths[-1] <= typical * 1.3 + 2 else None


def _longest_width(found: Sequence[Measured], apart: Sequence[bool]) -> float | None:
    """The width of the longest line, where sentences break off at that width and nowhere else."""
    prose = (one for one in found if not BETWEEN_CELLS.search(one.line.text))
    longest = max((one.width + one.blank for one in prose), default=0.0)
    if not _NARROWEST <= longest <= _WIDEST:
        return None
    broken = [
        (longest - one.width - one.blank, after.line)
        for (one, after), is_apart in zip(pairwise(found), apart[1:], strict=True)
        if one.is_amid and not is_apart and not after.line.gap and not is_recipients(f"{one.line.text}:")
    ]
    at_end = [after for room, after in broken if room <= SLACK and not _ANEW.match(after.text)]
    told = len(at_end) > 1 or any(after.closed for after in at_end)
    return longest if told and len(at_end) >= _MOSTLY * len(broken) else None


def _filled(found: Sequence[Measured], apart: Sequence[bool], full: float) -> tuple[float, float | None]:
    """The width to which lines are filled, and how much less the first of a paragraph holds where its blanks were lost.

    None where lines are not filled exactly.
    """
    goes_on = [not is_apart for is_apart in (*apart[1:], True)]
    # A mark may hang over the edge.
    amid = [
        (one, one.width + one.blank - _hangs(one)) for one, on in zip(found, goes_on, strict=True) if one.is_amid and on
    ]
    amid = [(one, wide) for one, wide in amid if abs(wide - full) <= SLACK + INDENT]
    first = [wide for one, wide in amid if markers.at_line_start(one.line.text)]
    inside = [wide for one, wide in amid if not markers.at_line_start(one.line.text)]
    if not inside or not first:
        return full, None
    filled = max(inside)
    if sum(filled - wide <= 2 * _TIGHT for wide in inside) < _MOSTLY * len(inside):
        return full, None
    return filled, max(0.0, filled - max(first))


def _hangs(one: Measured) -> float:
    return float(one.line.text[-1] in _NEVER_FIRST)
