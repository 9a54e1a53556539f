"""Tables without rules: lines between which the same channels stay white are rows of cells, and cells may wrap.

A line begins a row of its own, or is the rest of the row above: then what it holds stands below cells that are full.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import NamedTuple

from luodi.document.lines import between_items
from luodi.document.page_lines import Glyph, Segment, first_word, joined, spaced
from luodi.document.page_tables import Row, Span
from luodi.document.rows_of_lines import (
    BESIDE,
    CHANNEL,
    LINES_OF_NAMES,
    Line,
    Piece,
    are_whole,
    filled,
    lines_of_rows,
    may_be_rest,
    number_column,
)

_FARTHEST = 3.0  # em from line to line
_SIZE_CHANGE = 0.12
_MOST_IN_CELL = 6  # lines of a first cell that an end of page or column cuts
_FEWEST_NAMES = 3
_MOST_LINES = 120  # of a page
_TWO_NUMBERS = re.compile(r"\d +\d")  # of two columns below one name
_DIVISION = re.compile(r"第[一二三四五六七八九十百]{1,4}[编章节]")  # 第一章 总　　则 begins no row
# Word sets a tab behind its own numbers: 第三条　　　专项资金…, be it in every paragraph of a page, is no row of two cells.
_LABEL = re.compile(
    r"第[一二三四五六七八九十百]{1,5}条|[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、"
)


class OpenTable(NamedTuple):
    """Rows of cells found by their places alone, and of how many lines they are."""

    rows: list[Row]
    top: float
    lines: int


def open_tables(rows: list[list[Segment]], above: tuple[Span, ...] = ()) -> tuple[list[OpenTable], list[list[Segment]]]:
    """The tables without rules among a page's lines, and the lines outside them.

    ``above``: the columns of the table with which the page before ends.
    """
    edge = max((row[-1].x1 for row in rows), default=0.0)
    continued = _continued(rows, list(above), edge) if above else None
    found: list[OpenTable] = [continued] if continued else []
    rest: list[list[Segment]] = []
    at = continued.lines if continued else 0
    while at < len(rows):
        table = _table(rows[at:], edge) if _seeds(rows, at) else None
        if table:
            found.append(table)
        else:
            rest.append(rows[at])
        at += table.lines if table else 1
    return found, rest


def _seeds(rows: list[list[Segment]], at: int) -> bool:
    """Whether a table may begin at a line: it is parted, or stands between the lines of a parted one."""
    after = rows[at + 1] if at + 1 < len(rows) else rows[at]
    if _begins_clause(rows[at]):
        return False
    beside = len(after) > 1 and after[0].y0 - rows[at][0].y0 < BESIDE * after[0].size
    return len(rows[at]) > 1 or beside or _are_names(rows[at : at + LINES_OF_NAMES])


def _begins_clause(row: list[Segment]) -> bool:
    """Whether a line begins a division or a clause, however far its words stand behind its number."""
    return _DIVISION.match(row[0].text) is not None or (len(row) == 2 and _LABEL.fullmatch(row[0].text) is not None)


def _are_names(lines: list[list[Segment]]) -> bool:
    """Whether names that stand close have the same channels as the lines below them, the first parted one among them."""
    first = lines[0][0]
    channels = _spans(lines[0])
    for line, below in pairwise(lines):
        near = below[0].y0 - line[0].y0 <= _FARTHEST * first.size
        if len(channels) < _FEWEST_NAMES or not near:
            return False
        if len(_merged([*channels, *_spans(below)], first.size)) != len(channels):
            return False
        if len(below) > 1:
            return True
    return False


def _table(rows: list[list[Segment]], edge: float) -> OpenTable | None:
    """The table that begins at the first line, or None: it takes two rows of two cells."""
    run = _run(rows)
    columns = _merged([span for row in run for span in _spans(row)], run[0][0].size)
    grouped = list(lines_of_rows([_line(row, columns) for row in run], _ends(columns, edge)))
    short = next((n for n, lines in enumerate(grouped) if len(filled(lines)) < 2), len(grouped))
    grouped = grouped[:short]
    if len(grouped) < 2:
        return None
    found = _of_rows(run, grouped, columns, edge)
    return found._replace(rows=_doubted(found.rows, grouped))


def _continued(rows: list[list[Segment]], columns: list[Span], edge: float) -> OpenTable | None:
    """The lines from the first on that go on in the columns of the table above, be it a single row or the rest of one."""
    run: list[list[Segment]] = []
    for at, row in enumerate(rows):
        spans = _spans(row)
        wider = _merged([*columns, *spans], row[0].size)
        apart = bool(run) and row[0].y0 - run[-1][0].y0 > _FARTHEST * row[0].size
        alone = len(spans) == 1 and spans[0].x0 < columns[1].x0 and not _goes_on(at, rows, columns)
        if apart or len(wider) != len(columns) or alone:
            break
        columns = wider
        run.append(row)
    if not run:
        return None
    found = [_line(row, columns) for row in run]
    begun = sum(1 for _ in takewhile(lambda line: len(line.pieces) == 1, found))  # the rest of a cell alone
    grouped = [found[:begun]] if begun else []
    grouped += lines_of_rows(found[begun:], _ends(columns, edge), cut=True) if found[begun:] else []
    return _of_rows(run, grouped, columns, edge)


def _goes_on(at: int, rows: list[list[Segment]], columns: list[Span]) -> bool:
    """Whether a line is the rest of a first cell: no wider than the column, and rows of the table follow."""
    em = rows[at][0].size
    for row in rows[at : at + _MOST_IN_CELL]:
        spans = _spans(row)
        if len(spans) > 1:
            return len(spans) > 2 and len(_merged([*columns, *spans], em)) == len(columns)
        if spans[0].x1 > columns[0].x1 + CHANNEL * em:
            return False
    return False


def _of_rows(run: list[list[Segment]], grouped: list[list[Line]], columns: list[Span], edge: float) -> OpenTable:
    ends = _ends(columns, edge)
    found = [_row(lines, ends, run[0][0].page)._replace(spans=tuple(columns)) for lines in grouped]
    for at, (above, lines) in enumerate(pairwise(grouped), 1):
        if may_be_rest(lines[0], filled(above), ends):
            found[at - 1], found[at] = found[at - 1]._replace(sure=False), found[at]._replace(sure=False)
    return OpenTable(found, run[0][0].y0, sum(map(len, grouped)))


def _doubted(rows: list[Row], grouped: list[list[Line]]) -> list[Row]:
    """Rows are unsure where names lack the first of them, and where one has no number though the others are numbered."""
    found, numbered = list(rows), number_column([line for lines in grouped for line in lines], cut=False)
    if not rows[0].cells[0] and all(row.cells[0] for row in rows[1:]):
        found[0] = found[0]._replace(sure=False)
    if numbered is None:
        return found
    first = next((at for at, row in enumerate(rows) if row.cells[numbered].isdecimal()), len(rows))
    for at in range(first + 1, len(rows)):
        if not rows[at].cells[numbered]:
            found[at - 1], found[at] = found[at - 1]._replace(sure=False), found[at]._replace(sure=False)
    return found


def _run(rows: list[list[Segment]]) -> list[list[Segment]]:
    """The lines from the first on that leave white what it leaves white; a line in one piece closes no channel at all."""
    em = rows[0][0].size
    run = [rows[0]]
    taken, columns = [Span(segment.x0, segment.x1) for segment in rows[0]], _spans(rows[0])
    for before, row in pairwise(rows[:_MOST_LINES]):
        spans = _spans(row)
        wider, fewer = _merged([*taken, *spans], em), _merged([*columns, *spans], em)
        apart = row[0].y0 - before[0].y0 > _FARTHEST * em or abs(row[0].size - em) > _SIZE_CHANGE * em
        if apart or _begins_clause(row):
            break
        if len(wider) < len(taken) or (len(spans) == 1 and len(fewer) < len(columns)):
            break
        taken, columns = wider, fewer
        run.append(row)
    return run


def _glyphs(row: list[Segment]) -> list[Glyph]:
    return [glyph for segment in row for glyph in segment.glyphs]


def _spans(row: list[Segment]) -> list[Span]:
    return _merged([Span(glyph.x0, glyph.x1) for glyph in _glyphs(row)], row[0].size)


def _merged(spans: list[Span], em: float) -> list[Span]:
    """Spans without a channel between them are one."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.x0 - whole[-1].x1 < CHANNEL * em:
            whole[-1] = Span(whole[-1].x0, max(whole[-1].x1, span.x1))
        else:
            whole.append(span)
    return whole


def _line(row: list[Segment], columns: list[Span]) -> Line:
    parts: dict[int, list[Glyph]] = {}
    for glyph in _glyphs(row):
        middle = (glyph.x0 + glyph.x1) / 2
        parts.setdefault(sum(column.x0 <= middle for column in columns) - 1, []).append(glyph)
    size, sure = row[0].size, min(segment.confidence for segment in row)
    pieces = {}
    for column, part in parts.items():
        text = joined(part, size)
        pieces[column] = Piece(text, part[0].x0, part[-1].x1, first_word(text, size), sure)
    return Line(row[0].y0, size, pieces)


def _ends(columns: list[Span], edge: float) -> list[float]:
    """Where the room of each column ends."""
    return [*(column.x0 for column in columns[1:]), edge]


def _row(lines: list[Line], ends: list[float], page: int) -> Row:
    cells, last = [""] * len(ends), filled(lines)
    for line in lines:
        for column, piece in line.pieces.items():
            cells[column] += between_items(cells[column], piece.text) + spaced(cells[column], piece.text)
    rooms = [(end - last[n].x1) / lines[0].size if n in last else 0.0 for n, end in enumerate(ends)]
    return Row(
        cells,
        page,
        rooms,
        min(piece.confidence for line in lines for piece in line.pieces.values()),
        sure=are_whole(cells) and not any(map(_TWO_NUMBERS.search, cells)),
    )
