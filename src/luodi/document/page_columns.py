"""Pages laid out in lines and ruled tables; where one has two columns, the space between them.

Lengths are in the page's own unit, y grows downwards; what is said in em is a multiple of a character's width.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from luodi.document.lines import between_items
from luodi.document.page_lines import (
    CLOSERS,
    GAP_IN_LINE,
    LEAST_GUTTER,
    Glyph,
    Gutter,
    Page,
    Segment,
    character_rows,
    em_of,
    segments,
    spaced,
)
from luodi.document.page_notes import without_marks
from luodi.document.page_tables import CellText, Table, tables

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
_INK_OF_MARK = 0.2  # of the width of a closing mark: there its ink stands


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
        laid.append(LaidOut([list(segments(row, page.number, gutter)) for row in rows], found, gutter, marks))
    return laid


def _parted(page: Page) -> tuple[list[list[Glyph]], list[Table], set[str]]:
    """The characters outside ruled tables, line by line, the tables with theirs, and the marks of notes."""
    found = tables(page.rules, em_of(page.glyphs))
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
        for at, segment in enumerate(segments(row, page, None)):
            text += ("" if at else between_items(text, segment.text)) + spaced(text, segment.text)
    start, end = min(row[0].x0 for row in rows), max(glyph.x1 for glyph in rows[-1])
    return CellText(text, start, end, em_of(glyphs))


def _gutter(page: Page, every: list[list[Glyph]], found: list[Table]) -> Gutter | None:
    """The space between two columns of prose, or None: few lines cross it, and both sides are filled.

    Where one column holds prose, tables without rules may stand in either.
    """
    size = em_of(page.glyphs)
    lines, rows = len(every), [row for row in every if len(list(segments(row, page.number, None))) <= _COLUMNS]
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
        fits = max(line.end for line in sides[1]) - second < wide + em and second - first - wide > LEAST_GUTTER * em
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
        tight = 0 < before < len(row) and row[before].x0 - row[before - 1].x1 < LEAST_GUTTER * size
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
