"""Placed characters → lines in segments, outside and inside ruled tables; and where a page has two columns.

Lengths are in the page's own unit, y grows downwards; what is said in em is a multiple of a character's width.
"""

from __future__ import annotations

import re
import statistics
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from luodi.document.page_notes import without_marks
from luodi.document.page_tables import CellText, Rule, Table, tables

GAP_IN_LINE = 1.6  # em; wider is another column or cell
_LEAST_GUTTER = 0.5
_ALIKE = 0.3  # em between two edges that are the same one
_MOST_CROSSING = 0.4  # of the lines of a page in two columns
_FEW_CROSSING = 0.15
_FEWEST_LINES = 4
_COLUMNS = 2  # a line of more parts is a row of a table
_PITCH = 1.6  # em from line to line
_TALLEST = 100  # lines of a page
_NARROWEST = 8  # em of a column of prose
_NARROWEST_HALF = 12
_MIDDLE = (0.5, 0.49, 0.51, 0.48, 0.52)  # of the width of a page that is halved
_ALIKE_MARGINS = 2.0
_SET_IN = (1.5, 2.6)  # em of the first line of a paragraph
_FULL = 1.6  # em by which ends of wrapped lines differ
_FEWEST_FULL = 3
_MOSTLY = 0.8  # of the lines of a column have no wide gaps
_RECOGNISED = 0.8  # of the height of a recognised line is its em
_WORD_GAP = 0.25
_WIDE_GAP = 0.7
_CLEAR_GAP = 0.45  # between two names in a line whose characters stand close
_SPACE = 0.15  # where a space character says so
_TIGHT = 0.1
_ONE_SIGN = 1.5
_INK_OF_MARK = 0.2  # of the width of a closing mark: there its ink stands
_HANGING = "，。；：、！？（）〔〕［］《》“”"
_OPENERS = "（(《“〔[［"
CLOSERS = "，。；：、！？）〕》”’,;:!?)]%％"


class Glyph(NamedTuple):
    """One character with its advance box.

    ``confidence`` is below 1 where it was recognised from a picture; ``spaced``: a space character stands before it.
    """

    char: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float = 1.0
    spaced: bool = False


class Page(NamedTuple):
    """One page."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]


class Segment(NamedTuple):
    """Characters that stand together on one line."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    page: int
    confidence: float
    glyphs: list[Glyph]


class Gutter(NamedTuple):
    """The space between two columns: an x in it, and where the lines of the right column usually begin."""

    x: float
    start: float


class LaidOut(NamedTuple):
    """A page's lines outside ruled tables, top to bottom, its tables, the x between its columns, its marks of notes."""

    rows: list[list[Segment]]
    tables: list[Table]
    gutter: Gutter | None
    marks: set[str]


def laid_out(pages: list[Page]) -> list[LaidOut]:
    """Every page laid out; one with little text has its columns where the other pages have theirs."""
    parted = [_parted(page) for page in pages]
    gutters = [_gutter(page, rows, found) for page, (rows, found, _) in zip(pages, parted, strict=True)]
    known = [gutter for gutter in gutters if gutter is not None]
    laid = []
    for page, (rows, found, marks), gutter in zip(pages, parted, gutters, strict=True):
        if gutter is None and known and _sides(rows, known[0].x)[2] <= _MOST_CROSSING * len(rows):
            gutter = known[0]
        laid.append(LaidOut([list(_segments(row, page.number, gutter)) for row in rows], found, gutter, marks))
    return laid


def _parted(page: Page) -> tuple[list[list[Glyph]], list[Table], set[str]]:
    """The characters outside ruled tables, line by line, the tables with theirs, and the marks of notes."""
    found = tables(page.rules, _size(page.glyphs))
    free: list[Glyph] = []
    for glyph in (one for one in page.glyphs if not one.char.isspace()):
        share = _INK_OF_MARK if glyph.char in CLOSERS else 0.5  # a mark may hang over the wall of its cell
        x, y = glyph.x0 + share * (glyph.x1 - glyph.x0), (glyph.y0 + glyph.y1) / 2
        table = next((one for one in found if one.holds(x, y)), None)
        if table is None or not table.take(x, y, glyph):
            free.append(glyph)
    for table in found:
        table.settle(lambda glyphs: _cell_text(glyphs, page.number))
    rows, marks = without_marks(character_rows(free))
    return rows, found, marks


def _cell_text(glyphs: list[Glyph], page: int) -> CellText:
    """The lines of a cell, joined: a cell is one paragraph."""
    text = ""
    rows = character_rows(glyphs)
    for row in rows:
        for segment in _segments(row, page, None):
            text += spaced(text, segment.text)
    start, end = min(row[0].x0 for row in rows), max(glyph.x1 for glyph in rows[-1])
    return CellText(text, start, end, _size(glyphs))


def character_rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters that stand on one line, left to right; a real space is a gap like any other."""
    rows: list[list[Glyph]] = []
    for glyph in sorted((g for g in glyphs if not g.char.isspace()), key=lambda g: g.y0 + g.y1):
        row = rows[-1] if rows else None
        if row and abs((glyph.y0 + glyph.y1) - (row[0].y0 + row[0].y1)) <= 0.9 * min(_height(glyph), _height(row[0])):
            row.append(glyph)
        else:
            rows.append([glyph])
    return [sorted(row, key=lambda g: g.x0) for row in rows]


def _height(glyph: Glyph) -> float:
    return glyph.y1 - glyph.y0


def _size(glyphs: list[Glyph]) -> float:
    """The em: the width of a Chinese character, or a line's height (most of it where it was recognised)."""
    wide = [g.x1 - g.x0 for g in glyphs if g.char > "\u2e7f"]
    high = [_height(g) * (_RECOGNISED if g.confidence < 1 else 1) for g in glyphs]
    return max(statistics.median(wide or high or [1.0]), 0.1)


def _segments(row: list[Glyph], page: int, gutter: Gutter | None) -> Iterator[Segment]:
    size = _size(row)
    begin = 0
    for at in range(1, len(row) + 1):
        if at < len(row) and not _is_parted(row[at - 1], row[at], size, gutter):
            continue
        part = row[begin:at]
        x1, y0, y1 = max(g.x1 for g in part), min(g.y0 for g in part), max(g.y1 for g in part)
        confidence = sum(g.confidence for g in part) / len(part)
        own = _size(part)
        yield Segment(joined(part, own), part[0].x0, y0, x1, y1, own, page, confidence, part)
        begin = at


def _is_parted(before: Glyph, after: Glyph, size: float, gutter: Gutter | None) -> bool:
    """Whether a wide gap or the gutter lies between two characters (a mark may hang into it)."""
    gap = after.x0 - before.x1
    if gap > GAP_IN_LINE * size:
        return True
    if gutter is None or not before.x0 < gutter.x <= after.x0:
        return False
    hangs = before.char in _HANGING and abs(after.x0 - gutter.start) < _ALIKE * size
    return gap > _LEAST_GUTTER * size or hangs


def joined(part: list[Glyph], size: float) -> str:
    """The characters with spaces where gaps are; between Chinese ones a gap is one that stands out of the line's own."""
    usual = statistics.median(after.x0 - before.x1 for before, after in pairwise(part)) if len(part) > 1 else 0.0
    text = part[0].char
    for at, (before, glyph) in enumerate(pairwise(part), 1):
        if glyph.char == before.char and abs(glyph.x0 - before.x0) < 0.3 * size and not _is_dash(part, at, size):
            continue  # printed twice to look bold
        gap = glyph.x0 - before.x1
        narrow = before.char < "\u2e80" and glyph.char < "\u2e80"
        clear = (_SPACE if glyph.spaced else _CLEAR_GAP) * size
        apart = _is_word(before.char) and _is_word(glyph.char) and usual < _TIGHT * size and gap > clear
        if before.char != "—" and (apart or gap > (_WORD_GAP if narrow else _WIDE_GAP) * size):
            text += " "
        text += glyph.char
    return text


def _is_dash(part: list[Glyph], at: int, size: float) -> bool:
    """Whether two characters at one place are a dash (——) drawn as one sign: it is as wide as both."""
    end = part[at + 1].x0 if at + 1 < len(part) else part[at].x1
    return part[at].char == "—" and max(end, part[at].x1) - part[at].x0 >= _ONE_SIGN * size


def _is_word(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _gutter(page: Page, every: list[list[Glyph]], found: list[Table]) -> Gutter | None:
    """The space between two columns of prose, or None: few lines cross it, and both sides are filled.

    Where one column holds prose, tables without rules may stand in either.
    """
    size = _size(page.glyphs)
    lines, rows = len(every), [row for row in every if len(list(_segments(row, page.number, None))) <= _COLUMNS]
    beside = [line for table in found for line in _lines_of(table, size)]
    best: tuple[int, float, float] | None = None
    for step in range(-12, 13) if lines + len(beside) >= _FEWEST_LINES else ():
        x = page.width * (0.5 + step / 100)
        left, right, crossing = _sides(rows, x)
        left += [line for line in beside if line.end <= x]
        right += [line for line in beside if line.start >= x]
        crossing += lines - len(rows) + sum(line.start < x < line.end for line in beside)
        few = crossing <= _MOST_CROSSING * (lines + len(beside))
        if few and min(len(left), len(right)) >= _FEWEST_LINES and _filled(left) and _filled(right):
            here = (crossing, abs(x - page.width / 2), x)
            best = here if best is None else min(best, here)
    if best is None:
        halved = (_halves(every, share * page.width, page.width, size) for share in _MIDDLE)
        return next((gutter for gutter in halved if gutter), None)
    starts = sorted(line.start for line in _sides(rows, best[2])[1]) or [best[2]]
    return Gutter(best[2], starts[len(starts) // 5])


def _halves(rows: list[list[Glyph]], x: float, width: float, em: float) -> Gutter | None:
    """The space at an x that parts a page in columns as wide as one another, where one of them holds prose.

    Prose has full lines, and paragraphs set in as no cell of a table is; the margins of the page are alike.
    """
    *sides, crossing = _sides(rows, x)
    if crossing > _FEW_CROSSING * len(rows) or min(map(len, sides)) < _FEWEST_LINES:
        return None
    first, second = (min(line.start for line in side) for side in sides)
    for side, edge in zip(sides, (first, second), strict=True):
        prose = [line for line in side if line.is_whole() and line.start - edge < _SET_IN[1] * em]
        wide = max((line.end for line in prose), default=edge) - edge
        full = sum(edge + wide - line.end < _FULL * em for line in prose)
        set_in = any(line.start - edge > _SET_IN[0] * em for line in prose)
        fits = max(line.end for line in sides[1]) - second < wide + em and second - first - wide > _LEAST_GUTTER * em
        alike = abs(width - second - wide - first) < _ALIKE_MARGINS * em
        enough = full >= max(_FEWEST_FULL, len(prose) // 4) and wide > _NARROWEST_HALF * em
        if enough and set_in and fits and alike:
            return Gutter(x, second)
    return None


def _lines_of(table: Table, size: float) -> list[_Extent]:
    """As many full lines as a table is high; beyond the height of a page there is nothing more to learn."""
    lines = min((table.ys[-1] - table.ys[0]) / (_PITCH * size), _TALLEST)
    return [_Extent(table.xs[0], table.xs[-1], size, [])] * round(lines)


class _Extent(NamedTuple):
    """The part of a line beside an x."""

    start: float
    end: float
    em: float
    glyphs: list[Glyph]

    def is_whole(self) -> bool:
        """Whether no wide gap parts it as the cells of a table are."""
        return all(after.x0 - before.x1 <= GAP_IN_LINE * self.em for before, after in pairwise(self.glyphs))


def _sides(rows: list[list[Glyph]], x: float) -> tuple[list[_Extent], list[_Extent], int]:
    """The parts of lines on either side of an x, and how many lines go across it."""
    left: list[_Extent] = []
    right: list[_Extent] = []
    crossing = 0
    for row in rows:
        size = row[0].y1 - row[0].y0
        before = bisect_right(row, x, key=attrgetter("x1"))
        tight = 0 < before < len(row) and row[before].x0 - row[before - 1].x1 < _LEAST_GUTTER * size
        if tight or (before < len(row) and row[before].x0 < x):
            crossing += 1
        else:
            if before:
                left.append(_Extent(row[0].x0, row[before - 1].x1, size, row[:before]))
            if before < len(row):
                right.append(_Extent(row[before].x0, row[-1].x1, size, row[before:]))
    return left, right, crossing


def _filled(column: list[_Extent]) -> bool:
    """Whether lines of a column are wrapped at its right edge (a tenth of them may stand outside: page furniture)."""
    starts, ends = sorted(line.start for line in column), sorted(line.end for line in column)
    spare, em = len(column) // 10, column[0].em
    edge = ends[-1 - spare]
    full = sum(abs(end - edge) < _FULL * em for end in ends)
    if edge - starts[spare] <= _NARROWEST * em or full < max(_FEWEST_FULL, len(column) // 5):
        return False
    return sum(line.is_whole() for line in column) >= _MOSTLY * len(column)


def spaced(before: str, text: str) -> str:
    """A space between two Latin words that a line end parted."""
    parted = before and before[-1].isascii() and before[-1].isalpha() and text[0].isascii() and text[0].isalpha()
    return f" {text}" if parted else text


def first_word(text: str, size: float) -> float:
    """The width of what could not be parted at the start of a line (a number, a word, a character with its marks)."""
    if text[0] in _OPENERS and len(text) > 1:
        return size + first_word(text[1:], size)
    word = re.match(r"[A-Za-z0-9.,%/]+", text)
    letters = len(word[0]) if word else 0
    behind = text[letters or 1 :][:3]
    marks = next((at for at, char in enumerate(behind) if char not in CLOSERS), len(behind))
    slash = 1.0 if text[0] == "/" and behind else 1.6 * (not letters and behind[:1] == "/")  # /人, 元/人
    return (letters * 0.6 + marks + slash + (0 if letters else 1)) * size
