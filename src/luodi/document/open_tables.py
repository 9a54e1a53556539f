"""Tables without rules: lines between which the same channels stay white are rows of cells, and cells may wrap.

A line begins a row of its own, or is the rest of the row above: then what it holds stands below cells that are full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import NamedTuple

from luodi.document.page_lines import Glyph, Segment, first_word, joined, spaced
from luodi.document.page_tables import Row, Span

_CHANNEL = 0.4  # em that stay white between two columns
_FARTHEST = 3.0  # em from line to line
_APART = 1.3  # of the smallest step from line to line: another row
_BESIDE = 1.1  # em: less is a line of a cell that is set between the lines of its neighbours
_SLACK = 1.2  # em between a full cell and the next, beyond the word that did not fit
_SIZE_CHANGE = 0.12
_MOST_LINES = 120  # of a page
_DIVISION = re.compile(r"第[一二三四五六七八九十百]{1,4}[编章节]")  # 第一章 总　　则 begins no row


class _Piece(NamedTuple):
    """What one line gives to one cell."""

    text: str
    x1: float
    first_word: float
    confidence: float


class _Line(NamedTuple):
    """A line's pieces by their columns."""

    y0: float
    size: float
    pieces: dict[int, _Piece]


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
    if _DIVISION.match(rows[at][0].text):
        return False
    return len(rows[at]) > 1 or (len(after) > 1 and after[0].y0 - rows[at][0].y0 < _BESIDE * after[0].size)


def _table(rows: list[list[Segment]], edge: float) -> OpenTable | None:
    """The table that begins at the first line, or None: it takes two rows of two cells."""
    run = _run(rows)
    columns = _merged([span for row in run for span in _spans(row)], run[0][0].size)
    grouped = list(_grouped([_line(row, columns) for row in run], columns, edge))
    short = next((n for n, lines in enumerate(grouped) if len(_filled(lines)) < 2), len(grouped))
    grouped = grouped[:short]
    if len(grouped) < 2:
        return None
    return _of_rows(run, grouped, columns, edge)


def _continued(rows: list[list[Segment]], columns: list[Span], edge: float) -> OpenTable | None:
    """The lines from the first on that go on in the columns of the table above, be it a single row or the rest of one."""
    run: list[list[Segment]] = []
    for row in rows:
        spans = _spans(row)
        wider = _merged([*columns, *spans], row[0].size)
        apart = bool(run) and row[0].y0 - run[-1][0].y0 > _FARTHEST * row[0].size
        if apart or len(wider) != len(columns) or (len(spans) == 1 and spans[0].x0 < columns[1].x0):
            break
        columns = wider
        run.append(row)
    if not run:
        return None
    found = [_line(row, columns) for row in run]
    begun = sum(1 for _ in takewhile(lambda line: len(line.pieces) == 1, found))  # the rest of a cell alone
    grouped = [found[:begun]] if begun else []
    grouped += _grouped(found[begun:], columns, edge) if found[begun:] else []
    return _of_rows(run, grouped, columns, edge)


def _of_rows(run: list[list[Segment]], grouped: list[list[_Line]], columns: list[Span], edge: float) -> OpenTable:
    found = [_row(lines, _ends(columns, edge), run[0][0].page)._replace(spans=tuple(columns)) for lines in grouped]
    return OpenTable(found, run[0][0].y0, sum(map(len, grouped)))


def _run(rows: list[list[Segment]]) -> list[list[Segment]]:
    """The lines from the first on that leave white what it leaves white; a line in one piece closes no channel at all."""
    em = rows[0][0].size
    run = [rows[0]]
    taken, columns = [Span(segment.x0, segment.x1) for segment in rows[0]], _spans(rows[0])
    for before, row in pairwise(rows[:_MOST_LINES]):
        spans = _spans(row)
        wider, fewer = _merged([*taken, *spans], em), _merged([*columns, *spans], em)
        apart = row[0].y0 - before[0].y0 > _FARTHEST * em or abs(row[0].size - em) > _SIZE_CHANGE * em
        if apart or _DIVISION.match(row[0].text):
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
        if whole and span.x0 - whole[-1].x1 < _CHANNEL * em:
            whole[-1] = Span(whole[-1].x0, max(whole[-1].x1, span.x1))
        else:
            whole.append(span)
    return whole


def _line(row: list[Segment], columns: list[Span]) -> _Line:
    parts: dict[int, list[Glyph]] = {}
    for glyph in _glyphs(row):
        middle = (glyph.x0 + glyph.x1) / 2
        parts.setdefault(sum(column.x0 <= middle for column in columns) - 1, []).append(glyph)
    size, sure = row[0].size, min(segment.confidence for segment in row)
    pieces = {}
    for column, part in parts.items():
        text = joined(part, size)
        pieces[column] = _Piece(text, part[-1].x1, first_word(text, size), sure)
    return _Line(row[0].y0, size, pieces)


def _grouped(lines: list[_Line], columns: list[Span], edge: float) -> Iterator[list[_Line]]:
    """The lines of each row."""
    ends = _ends(columns, edge)
    steps = [after.y0 - line.y0 for line, after in pairwise(lines)]
    beside = [False, *(step < _BESIDE * line.size for step, line in zip(steps, lines, strict=False)), False]
    usual = min((step for step, close in zip(steps, beside[1:], strict=False) if not close), default=0.0)
    row = [lines[0]]
    for at, line in enumerate(lines[1:], 1):
        above = _filled(row)
        whole = len(line.pieces) == len(columns) or (0 in above and beside[at + 1] and not beside[at])
        if not whole and steps[at - 1] <= _APART * usual and _is_rest(line, above, ends, beside[at]):
            row.append(line)
        else:
            yield row
            row = [line]
    yield row


def _filled(row: list[_Line]) -> dict[int, _Piece]:
    """The last piece of each cell of a row."""
    return {column: piece for line in row for column, piece in line.pieces.items()}


def _is_rest(line: _Line, above: dict[int, _Piece], ends: list[float], beside: bool) -> bool:
    """Whether each piece of a line stands below a full cell, or below none while another one goes on."""
    goes_on = beside
    for column, piece in line.pieces.items():
        before = above.get(column)
        if before is None:
            continue
        room = ends[column] - before.x1
        if room > piece.first_word + _SLACK * line.size or (_is_number(before.text) and _is_number(piece.text)):
            return False
        goes_on = True
    return goes_on


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace("%", "").isdecimal()


def _ends(columns: list[Span], edge: float) -> list[float]:
    """Where the room of each column ends."""
    return [*(column.x0 for column in columns[1:]), edge]


def _row(lines: list[_Line], ends: list[float], page: int) -> Row:
    cells, last = [""] * len(ends), _filled(lines)
    for line in lines:
        for column, piece in line.pieces.items():
            cells[column] += spaced(cells[column], piece.text)
    rooms = [(end - last[n].x1) / lines[0].size if n in last else 0.0 for n, end in enumerate(ends)]
    return Row(cells, page, rooms, min(piece.confidence for line in lines for piece in line.pieces.values()))
