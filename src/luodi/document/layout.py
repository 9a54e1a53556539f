"""Pages of placed characters (pdf, ofd) → paragraphs and rows of tables.

Lengths are in the page's own unit, y grows downwards. What is told apart here by place alone: page furniture, columns,
ruled tables, lines, and where a line goes on in the next one. Nothing is known here of the language but numbers of pages.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

from luodi.document import markers
from luodi.document.cards import is_card_label
from luodi.document.lines import is_date, is_document_number, is_organ, is_title
from luodi.document.open_tables import OpenTable, open_tables
from luodi.document.page_columns import LaidOut, laid_out
from luodi.document.page_furniture import furniture, text_of
from luodi.document.page_lines import CLOSERS, GAP_IN_LINE, Page, Segment, first_word, spaced
from luodi.document.page_overlays import without_overlays
from luodi.document.page_tables import Row, Span, Table
from luodi.document.tables_over_pages import over_pages

_CLOSED = "。；：！？;:!?"
_BRACKETS = "）〕］)]"
_ITEM = re.compile(
    r"第[一二三四五六七八九十百]{1,5}[章条][ \u3000]|[（(][一二三四五六七八九十]{1,3}[）)](?![、，和项至])"
    r"|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])"
)
_OF_NUMBERS = "第条款项、和或至及照据按本"
_INDENT = 1.0
_SHORT = 0.9  # em of room beyond the next word that a full line may leave; hardly any where a sentence ends
_SHORT_CLOSED = 0.03
_SIZE_CHANGE = 0.12
_PITCH = 1.55
_EDGE = 1.6  # em by which the ends of wrapped lines differ
_FEWEST_WRAPPED = 3
_APART = 1.8
_LONGEST_NUMBER = 16


class Block(NamedTuple):
    """A paragraph in pieces (text, page), or a row of a table in ``cells``; ``confidence`` is that of its worst line.

    ``sure``: the cells of a row are whole as far as can be told.
    """

    pieces: list[tuple[str, int]]
    cells: list[str] | None
    confidence: float
    sure: bool = True


class _Line(NamedTuple):
    """A line of running text: its column (0: the whole width, else 1, 2) and the edges of that."""

    segment: Segment
    column: int
    left: float = 0.0
    right: float = 0.0


def blocks(pages: list[Page]) -> tuple[list[Block], list[str]]:
    """Paragraphs and rows in reading order, and the page furniture that was left out."""
    pages = without_overlays(pages)
    laid = laid_out(pages)
    outside = furniture(pages, laid)
    left_out = [text_of(row) for one in laid for row in one.rows if id(row) in outside]
    flow: list[_Line | Row] = []
    lefts = _lefts(laid, outside)
    for page, one in zip(pages, laid, strict=True):
        above = flow[-1] if flow and isinstance(flow[-1], Row) else None
        flow += _in_order(page, one._replace(rows=[row for row in one.rows if id(row) not in outside]), above, lefts)
    return list(_paragraphs(_with_edges(over_pages(flow), {page.number: page.width for page in pages}))), left_out


def _lefts(laid: list[LaidOut], outside: set[int]) -> list[float]:
    """Where the lines of each column of the pages begin (first those of pages with a single one)."""
    found: list[list[float]] = [[], [], []]
    for one in laid:
        x = one.gutter.x if one.gutter else None
        for row in (row for row in one.rows if id(row) not in outside):
            for segment in row:
                found[0 if x is None or _crosses(row, x) else 1 + (segment.x0 >= x)].append(segment.x0)
    return [min(starts, default=0.0) for starts in found]


def _in_order(page: Page, laid: LaidOut, above: Row | None, lefts: list[float]) -> Iterator[_Line | Row]:
    """Lines and tables from the top down; where they stand in two columns, column by column.

    ``above``: the row with which the page before ends, ``lefts``: where the lines of each column begin.
    """
    x = laid.gutter.x if laid.gutter else None
    items: list[list[Segment] | Table] = sorted([*laid.rows, *laid.tables], key=_top)
    for across, group in groupby(items, key=lambda item: x is None or _crosses(item, x)):
        if across or x is None:
            yield from _stacked(list(group), 0, page.number, _moved(above, 0, lefts))
        else:
            sides = [_sided(item, x) for item in group]
            for column, side in enumerate(zip(*sides, strict=True), 1):
                standing = [item for item in side if item is not None]
                spans = _moved(above, column, lefts)
                stacked = list(_stacked(standing, column, page.number, spans if _begins_in(spans, standing) else ()))
                yield from stacked
                above = stacked[-1] if stacked and isinstance(stacked[-1], Row) else None
        above = None


def _moved(above: Row | None, column: int, lefts: list[float]) -> tuple[Span, ...]:
    """The columns of a table as they stand where it goes on, be it in another column of the page."""
    if above is None or bool(above.column) != bool(column):
        return ()
    by = lefts[column] - lefts[above.column]
    return tuple(Span(span.x0 + by, span.x1 + by) for span in above.spans)


def _begins_in(columns: tuple[Span, ...], standing: list[list[Segment] | Table]) -> bool:
    """Whether the first line of a column begins where a column of the table does."""
    first = next((item[0] for item in standing if isinstance(item, list)), None)
    return first is not None and any(abs(first.x0 - span.x0) < _SHORT * first.size for span in columns)


def _top(item: list[Segment] | Table | OpenTable) -> float:
    return item[0].y0 if isinstance(item, list) else item.top


def _crosses(item: list[Segment] | Table, x: float) -> bool:
    """Whether a line or a table stands in both columns."""
    if isinstance(item, Table):
        return item.xs[0] < x < item.xs[-1]
    return any(segment.x0 < x < segment.x1 - GAP_IN_LINE * segment.size for segment in item)


def _sided(item: list[Segment] | Table, x: float) -> tuple[list[Segment] | Table | None, list[Segment] | Table | None]:
    """What a line or a table gives to each column."""
    if isinstance(item, Table):
        return (item, None) if item.xs[0] < x else (None, item)
    left = sum(segment.x0 < x for segment in item)
    return item[:left] or None, item[left:] or None


def _stacked(
    items: list[list[Segment] | Table], column: int, page: int, above: tuple[Span, ...]
) -> Iterator[_Line | Row]:
    """What stands in one column, tables without rules found among its lines."""
    unruled, rows = open_tables([item for item in items if not isinstance(item, Table)], above)
    standing: list[list[Segment] | Table | OpenTable] = [*rows, *unruled]
    standing += [item for item in items if isinstance(item, Table)]
    for item in sorted(standing, key=_top):
        if isinstance(item, list):
            yield _line(item, column)
        else:
            found = item.rows if isinstance(item, OpenTable) else item.rows(page)
            yield from (row._replace(column=column) for row in found)


def _line(row: list[Segment], column: int) -> _Line:
    """A line of running text, its gaps written as spaces (总　　则)."""
    text, sure = " ".join(segment.text for segment in row), min(segment.confidence for segment in row)
    return _Line(row[0]._replace(text=text, x1=row[-1].x1, confidence=sure), column)


def _with_edges(flow: list[_Line | Row], widths: dict[int, float]) -> list[_Line | Row]:
    """Lines get the edges of their column on their page, or on all pages where its own cannot be told."""
    columns: dict[tuple[int, int], list[Segment]] = {}
    for item in flow:
        if isinstance(item, _Line):
            for key in ((item.column, item.segment.page), (item.column, 0)):
                columns.setdefault(key, []).append(item.segment)
    edges = {key: found for key, segments in columns.items() if (found := _edges(segments)) or not key[1]}
    whole = {key[0]: edges[key] or _margins(columns[key], None if key[0] else widths) for key in edges if not key[1]}
    return [
        _Line(item.segment, item.column, *(edges.get((item.column, item.segment.page)) or whole[item.column]))
        if isinstance(item, _Line)
        else item
        for item in flow
    ]


def _edges(segments: list[Segment]) -> tuple[float, float] | None:
    """Left and right edge of the running text, None where too few lines are wrapped there to tell.

    Centred titles and signatures do not count.
    """
    lefts = sorted(s.x0 for s in segments)
    rights = sorted(s.x1 - s.size * (s.text[-1] in CLOSERS) for s in segments)  # a mark may hang over the edge
    right = rights[min(len(rights) - 1, len(rights) * 19 // 20)]
    if sum(abs(s.x1 - right) < _EDGE * s.size for s in segments) < _FEWEST_WRAPPED:
        return None
    return lefts[len(lefts) // 20], right


def _margins(segments: list[Segment], widths: dict[int, float] | None) -> tuple[float, float]:
    """The edges where no line is wrapped: the margin on the right is as wide as that on the left; in a column, the longest line."""
    left = min(s.x0 for s in segments)
    longest = max(s.x1 for s in segments)
    return left, max(longest, widths[segments[0].page] - left) if widths else longest


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
                (spaced(before.segment.text if pieces and before else "", line.segment.text), line.segment.page)
            )
            confidence = min(confidence, line.segment.confidence)
        elif isinstance(item, Row):
            yield Block([("", item.page)], item.cells, item.confidence, item.sure)
        before = line


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
    if there.text[0] in CLOSERS:
        return True
    if abs(here.size - there.size) > _SIZE_CHANGE * here.size:
        return False
    same_column = here.page == there.page and there.y0 > here.y0
    if same_column and pitch and there.y0 - here.y0 > _PITCH * max(pitch, here.size):
        return False
    closed = here.text[-1] in _CLOSED
    if closed and there.text.strip().isdigit():
        return False  # the number of a page within a column
    if line.right - here.x1 > first_word(there.text, there.size) + (_SHORT_CLOSED if closed else _SHORT) * here.size:
        return False
    if is_document_number(there.text) or is_card_label(_plain(there.text)):
        return False
    if closed and is_organ(_plain(there.text)) and after.right - there.x1 > _APART * there.size:
        return False  # who signs, at the left edge
    if there.x0 - after.left > _INDENT * there.size:
        return not closed and _is_heading_over_lines(line, after)
    ends = here.text[-1] in _CLOSED + _BRACKETS or is_title(_plain(here.text))
    return not (ends and _is_numbered(there.text)) and not _begins_item(here.text, there.text)


def _begins_item(before: str, text: str) -> bool:
    """Whether a line begins with an item's number that the line before does not speak of (第⏎（一）项)."""
    return before[-1] not in _OF_NUMBERS and _ITEM.match(text) is not None


def _is_centred(line: _Line) -> bool:
    """Whether a line is set in on both sides alike."""
    left, right, em = line.segment.x0 - line.left, line.right - line.segment.x1, line.segment.size
    return left > _INDENT * em and abs(left - right) < em


def _is_heading_over_lines(line: _Line, after: _Line) -> bool:
    """Whether a centred heading goes on in a line: it is not whole yet, or is still one with what follows."""
    here, there = _plain(line.segment.text), _plain(after.segment.text)
    if _is_numbered(there) or is_date(there) or is_card_label(there.partition(":")[0]):
        return False
    if there == here or (is_title(here) and not is_title(here + there)):
        return False
    return _is_centred(after) and (_is_centred(line) or there[-1] not in _CLOSED)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _is_numbered(text: str) -> bool:
    """Whether a line begins with an enumerator."""
    return markers.at_line_start(_plain(text[:_LONGEST_NUMBER]))
