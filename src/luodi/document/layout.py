"""Pages of placed characters (pdf, ofd) → paragraphs and rows of tables.

Lengths are in the page's own unit, y grows downwards. What is told apart here by place alone: page furniture, columns,
ruled tables, lines, and where a line goes on in the next one. Nothing is known here of the language but numbers of pages.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from luodi.document import markers
from luodi.document.lines import is_document_number
from luodi.document.page_tables import Row, Rule, Table, tables

_PAGE_NUMBER = re.compile(
    r"[-—–－·•~～ ]{0,4}\d{1,4}[-—–－·•~～ ]{0,4}|第?\d{1,4}页?(?:[,，/共 ]{1,2}\d{1,4}页?)?|[ivxIVX]{1,5}"
)
_MARGIN = 0.13  # of the page's height: where running heads and page numbers stand
_CLOSED = "。；：！？;:!?"
_BRACKETS = "）〕］)]"
_CLOSERS = "，。；：、！？）〕》”’,;:!?)]%％"
_GAP_IN_LINE = 1.6  # em; wider is another column or cell
_LEAST_GUTTER = 0.5
_MOST_CROSSING = 0.4  # of the lines of a page in two columns
_WORD_GAP = 0.25
_WIDE_GAP = 0.7
_INDENT = 1.0
_SHORT = 0.9  # em of room beyond the next word that a full line may leave; hardly any where a sentence ends
_SHORT_CLOSED = 0.03
_SIZE_CHANGE = 0.12
_PITCH = 1.55
_FEW_LINES = 6
_LONGEST_NUMBER = 16


class Glyph(NamedTuple):
    """One character with its advance box; ``confidence`` is below 1 where it was recognised from a picture."""

    char: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float = 1.0


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


class Block(NamedTuple):
    """A paragraph in pieces (text, page), or a row of a table in ``cells``; ``confidence`` is that of its worst line."""

    pieces: list[tuple[str, int]]
    cells: list[str] | None
    confidence: float


class _Line(NamedTuple):
    """A line of running text: its column (0: the whole width, else 1, 2) and the edges of that."""

    segment: Segment
    column: int
    left: float = 0.0
    right: float = 0.0


def blocks(pages: list[Page]) -> tuple[list[Block], list[str]]:
    """Paragraphs and rows in reading order, and the page furniture that was left out."""
    laid = _laid_out(pages)
    furniture = _furniture(pages, laid)
    left_out = ["".join(segment.text for segment in row) for one in laid for row in one.rows if id(row) in furniture]
    flow: list[_Line | Row] = []
    for page, one in zip(pages, laid, strict=True):
        flow += _in_order(page, one._replace(rows=[row for row in one.rows if id(row) not in furniture]))
    return list(_paragraphs(_with_edges(flow))), left_out


class _Laid(NamedTuple):
    """A page's lines outside ruled tables, top to bottom, its tables, and the x between its columns."""

    rows: list[list[Segment]]
    tables: list[Table]
    gutter: float | None


def _laid_out(pages: list[Page]) -> list[_Laid]:
    """Every page laid out; one with little text has its columns where the other pages have theirs."""
    parted = [_parted(page) for page in pages]
    gutters = [_gutter(page, rows) for page, (rows, _) in zip(pages, parted, strict=True)]
    known = [gutter for gutter in gutters if gutter is not None]
    laid = []
    for page, (rows, found), gutter in zip(pages, parted, gutters, strict=True):
        if gutter is None and known and _sides(rows, known[0])[2] <= _MOST_CROSSING * len(rows):
            gutter = known[0]
        laid.append(_Laid([list(_segments(row, page.number, gutter)) for row in rows], found, gutter))
    return laid


def _parted(page: Page) -> tuple[list[list[Glyph]], list[Table]]:
    """The characters outside ruled tables, line by line, and the tables with theirs."""
    found = tables(page.rules, _size(page.glyphs))
    free: list[Glyph] = []
    for glyph in page.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        table = next((one for one in found if one.holds(x, y)), None)
        if table is None or not table.take(x, y, glyph):
            free.append(glyph)
    for table in found:
        table.settle(lambda glyphs: _cell_text(glyphs, page.number))
    return _rows(free), found


def _cell_text(glyphs: list[Glyph], page: int) -> str:
    """The lines of a cell, joined: a cell is one paragraph."""
    text = ""
    for row in _rows(glyphs):
        for segment in _segments(row, page, None):
            text += _space(text, segment.text)
    return text


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
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
    """The em: the width of a Chinese character, or most of a line's height."""
    wide = [g.x1 - g.x0 for g in glyphs if g.char > "\u2e7f"]
    if wide:
        return max(statistics.median(wide), 0.1)
    return max(statistics.median([_height(g) for g in glyphs]) * 0.8, 0.1) if glyphs else 1.0


def _segments(row: list[Glyph], page: int, gutter: float | None) -> Iterator[Segment]:
    size = _size(row)
    begin = 0
    for at in range(1, len(row) + 1):
        if at < len(row):
            left, right = row[at - 1].x1, row[at].x0
            apart = gutter is not None and left <= gutter <= right and right - left > _LEAST_GUTTER * size
            if not apart and right - left <= _GAP_IN_LINE * size:
                continue
        part = row[begin:at]
        x1, y0, y1 = max(g.x1 for g in part), min(g.y0 for g in part), max(g.y1 for g in part)
        confidence = sum(g.confidence for g in part) / len(part)
        yield Segment(_joined(part, size), part[0].x0, y0, x1, y1, size, page, confidence)
        begin = at


def _joined(part: list[Glyph], size: float) -> str:
    text = part[0].char
    for before, glyph in pairwise(part):
        if glyph.char == before.char and abs(glyph.x0 - before.x0) < 0.3 * size:
            continue  # printed twice to look bold
        gap = glyph.x0 - before.x1
        narrow = before.char < "\u2e80" and glyph.char < "\u2e80"
        if gap > (_WORD_GAP if narrow else _WIDE_GAP) * size:
            text += " "
        text += glyph.char
    return text


def _furniture(pages: list[Page], laid: list[_Laid]) -> set[int]:
    """Page numbers and running heads: in the margins, alike on several pages."""
    marginal: list[tuple[str, list[Segment]]] = []
    for page, (rows, _, _) in zip(pages, laid, strict=True):
        for row in rows:
            if row[0].y1 < _MARGIN * page.height or row[0].y0 > (1 - _MARGIN) * page.height:
                marginal.append(("".join(segment.text for segment in row), row))
    masked = Counter((re.sub(r"\d+", "#", text), round(row[0].y0 / row[0].size / 2)) for text, row in marginal)
    often = max(2, len(pages) // 3)
    found = set()
    for text, row in marginal:
        repeated = masked[(re.sub(r"\d+", "#", text), round(row[0].y0 / row[0].size / 2))] >= often and len(pages) > 1
        if repeated or _PAGE_NUMBER.fullmatch(text):
            found.add(id(row))
    return found


def _in_order(page: Page, laid: _Laid) -> Iterator[_Line | Row]:
    """Lines column by column, tables where they stand."""
    rows, found, gutter = laid
    waiting: tuple[list[Segment], list[Segment]] = ([], [])
    items: list[tuple[float, list[Segment] | Table]] = [(row[0].y0, row) for row in rows]
    items += [(table.top, table) for table in found]
    items.sort(key=lambda item: item[0])
    for index, (_, item) in enumerate(items):
        if isinstance(item, Table):
            yield from _columns(waiting)
            yield from (Row(cells, page.number) for cells in item.rows())
        elif gutter is not None and not any(s.x0 < gutter < s.x1 for s in item):
            waiting[0].extend(s for s in item if s.x1 <= gutter)
            waiting[1].extend(s for s in item if s.x0 >= gutter)
        else:
            yield from _columns(waiting)
            yield from _open_row(item, _neighbours(items, index))
    yield from _columns(waiting)


def _columns(waiting: tuple[list[Segment], list[Segment]]) -> Iterator[_Line]:
    for number, column in enumerate(waiting, 1):
        yield from (_Line(segment, number) for segment in column)
        column.clear()


def _neighbours(items: list[tuple[float, list[Segment] | Table]], index: int) -> list[list[Segment]]:
    return [row for _, row in items[max(0, index - 1) : index + 2] if not isinstance(row, Table)]


def _open_row(row: list[Segment], near: list[list[Segment]]) -> Iterator[_Line | Row]:
    """A line, or a row of a table without rules where a line beside it is parted at the same places."""
    if len(row) == 1:
        yield _Line(row[0], 0)
        return
    alike = [
        other
        for other in near
        if other is not row
        and len(other) == len(row)
        and all(abs(a.x0 - b.x0) < a.size for a, b in zip(row, other, strict=True))
    ]
    if alike:
        yield Row([segment.text for segment in row], row[0].page)
    else:
        text = " ".join(segment.text for segment in row)
        yield _Line(row[0]._replace(text=text, x1=row[-1].x1), 0)


def _gutter(page: Page, rows: list[list[Glyph]]) -> float | None:
    """The x between two columns of prose, or None: few lines cross it, and both sides are filled."""
    best: tuple[int, float, float] | None = None
    for step in range(-12, 13):
        x = page.width * (0.5 + step / 100)
        left, right, crossing = _sides(rows, x)
        if (
            min(len(left), len(right)) >= 4
            and crossing <= _MOST_CROSSING * len(rows)
            and _filled(left)
            and _filled(right)
        ):
            found = (crossing, abs(x - page.width / 2), x)
            best = found if best is None else min(best, found)
    return best[2] if best else None


_Extent = tuple[float, float, float]  # from, to, em


def _sides(rows: list[list[Glyph]], x: float) -> tuple[list[_Extent], list[_Extent], int]:
    """The parts of lines on either side of an x, and how many lines go across it."""
    left: list[_Extent] = []
    right: list[_Extent] = []
    crossing = 0
    for row in rows:
        size = row[0].y1 - row[0].y0
        before = next((at for at, glyph in enumerate(row) if glyph.x1 > x), len(row))
        tight = 0 < before < len(row) and row[before].x0 - row[before - 1].x1 < _LEAST_GUTTER * size
        if tight or (before < len(row) and row[before].x0 < x):
            crossing += 1
        else:
            if before:
                left.append((row[0].x0, row[before - 1].x1, size))
            if before < len(row):
                right.append((row[before].x0, row[-1].x1, size))
    return left, right, crossing


def _filled(column: list[_Extent]) -> bool:
    """Whether most lines of a column reach its edge."""
    width = max(end for _, end, _ in column) - min(start for start, _, _ in column)
    return width > 8 * column[0][2] and statistics.median(end - start for start, end, _ in column) > 0.75 * width


def _with_edges(flow: list[_Line | Row]) -> list[_Line | Row]:
    """Lines get the edges of their column on their page, or on all pages where theirs has few lines."""
    columns: dict[tuple[int, int], list[Segment]] = {}
    for item in flow:
        if isinstance(item, _Line):
            for key in ((item.column, item.segment.page), (item.column, 0)):
                columns.setdefault(key, []).append(item.segment)
    edges = {key: _edges(segments) for key, segments in columns.items() if len(segments) >= _FEW_LINES or not key[1]}
    return [
        _Line(item.segment, item.column, *edges.get((item.column, item.segment.page), edges[(item.column, 0)]))
        if isinstance(item, _Line)
        else item
        for item in flow
    ]


def _edges(segments: list[Segment]) -> tuple[float, float]:
    """Left and right edge of the running text (centred titles and signatures do not count)."""
    if not segments:
        return 0.0, 0.0
    lefts = sorted(s.x0 for s in segments)
    rights = sorted(s.x1 for s in segments if s.text[-1] not in _CLOSERS)  # a mark may hang over the edge
    rights = rights if len(rights) >= _FEW_LINES else sorted(s.x1 for s in segments)
    return lefts[len(lefts) // 20], rights[min(len(rights) - 1, len(rights) * 19 // 20)]


def _paragraphs(flow: list[_Line | Row]) -> Iterator[Block]:
    pitch = _pitch(flow)
    pieces: list[tuple[str, int]] = []
    confidence = 1.0
    before: _Line | None = None
    for item in [*flow, None]:
        line = item if isinstance(item, _Line) else None
        if pieces and (line is None or before is None or not _goes_on(before, line, pitch)):
            yield Block(pieces, None, confidence)
            pieces, confidence = [], 1.0
        if line:
            pieces.append(
                (_space(before.segment.text if pieces and before else "", line.segment.text), line.segment.page)
            )
            confidence = min(confidence, line.segment.confidence)
        elif isinstance(item, Row):
            yield Block([("", item.page)], item.cells, 1.0)
        before = line


def _space(before: str, text: str) -> str:
    """A space between two Latin words that a line end parted."""
    parted = before and before[-1].isascii() and before[-1].isalpha() and text[0].isascii() and text[0].isalpha()
    return f" {text}" if parted else text


def _pitch(flow: list[_Line | Row]) -> float:
    steps = [
        after.segment.y0 - line.segment.y0
        for line, after in pairwise(flow)
        if isinstance(line, _Line)
        and isinstance(after, _Line)
        and line.segment.page == after.segment.page
        and after.segment.y0 > line.segment.y0
    ]
    return statistics.median(steps) if steps else 0.0


def _goes_on(line: _Line, after: _Line, pitch: float) -> bool:
    """Whether a line goes on in the next: it is full, and the next is not set in, apart or of another size."""
    here, there = line.segment, after.segment
    if there.text[0] in _CLOSERS:
        return True
    if abs(here.size - there.size) > _SIZE_CHANGE * here.size:
        return False
    same_column = here.page == there.page and there.y0 > here.y0
    if same_column and pitch and there.y0 - here.y0 > _PITCH * max(pitch, here.size):
        return False
    closed = here.text[-1] in _CLOSED
    if line.right - here.x1 > _first_word(there) + (_SHORT_CLOSED if closed else _SHORT) * here.size:
        return False
    if there.x0 - after.left > _INDENT * there.size:
        return not closed and not _is_numbered(there.text) and here.x0 - line.left > _INDENT * here.size
    return not (here.text[-1] in _CLOSED + _BRACKETS and _is_numbered(there.text)) and not is_document_number(
        there.text
    )


def _is_numbered(text: str) -> bool:
    """Whether a line begins with an enumerator."""
    return markers.at_line_start(unicodedata.normalize("NFKC", text[:_LONGEST_NUMBER]))


def _first_word(segment: Segment) -> float:
    """The width of what could not be parted at the start of a line (a number, a word, a character with its mark)."""
    word = re.match(r"[A-Za-z0-9.,%]+", segment.text)
    letters = len(word[0]) if word else 0
    behind = segment.text[letters : letters + 3]
    marks = next((at for at, char in enumerate(behind) if char not in _CLOSERS), len(behind))
    return (letters * 0.6 + marks + (0 if letters else 1)) * segment.size
