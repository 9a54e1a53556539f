"""Lines of a table without rules: which begins a row of its own, and which is the rest of the row above.

A cell that wraps is full: the first word of its next line did not fit. Numbers in a column begin rows; names stand over figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import NamedTuple

CHANNEL = 0.4  # em that stay white between two columns
_APART = 1.3  # of the smallest step from line to line: another row
BESIDE = 1.1  # em: less is a line of a cell that is set between the lines of its neighbours
_SLACK = 1.2  # em between a full cell and the next, beyond the word that did not fit
_BETWEEN_SCRIPTS = 0.25  # em that word processors leave between a figure and a Chinese character
_FIRST_COLUMNS = 2  # one of which numbers the rows
_FIGURE = re.compile(r"\d|\A[—–-]\Z")
_NEVER_FIRST = "，。；：、！？）〕》”"  # in a cell; a unit may be %
LINES_OF_NAMES = 8


class Piece(NamedTuple):
    """What one line gives to one cell."""

    text: str
    x0: float
    x1: float
    first_word: float
    confidence: float


class Line(NamedTuple):
    """A line's pieces by their columns."""

    y0: float
    size: float
    pieces: dict[int, Piece]


def lines_of_rows(lines: list[Line], ends: list[float], *, cut: bool = False) -> Iterator[list[Line]]:
    """The lines of each row; ``cut``: the first may be the rest of a row, before one with a number."""
    steps = [after.y0 - line.y0 for line, after in pairwise(lines)]
    beside = [False, *(step < BESIDE * line.size for step, line in zip(steps, lines, strict=False)), False]
    usual = min((step for step, close in zip(steps, beside[1:], strict=False) if not close), default=0.0)
    numbered, names = number_column(lines, cut), _lines_of_names(lines)
    names = names if any(len(line.pieces) < len(ends) for line in lines[:names]) else 0
    counted = [at for at, line in enumerate(lines) if at and numbered in line.pieces]
    apart = min((steps[at - 1] for at in counted), default=0.0)
    on_top = apart > _APART * usual  # each number begins its row and stands in no row's middle
    row = [lines[0]]
    for at, line in enumerate(lines[1:], 1):
        above = filled(row)
        whole = len(line.pieces) == len(ends) and at >= names and not _breaks_word(line, above)
        whole = whole or (cut and numbered in line.pieces and numbered not in above)
        whole = whole or (not on_top and 0 in above and beside[at + 1] and not beside[at])
        mostly = numbered in above and numbered not in line.pieces
        near = steps[at - 1] < apart if on_top and at > counted[0] else steps[at - 1] <= _APART * usual
        if not whole and near and _is_rest(line, above, ends, beside[at], mostly):
            row.append(line)
        else:
            yield row
            row = [line]
    yield row


def filled(row: list[Line]) -> dict[int, Piece]:
    """The last piece of each cell of a row."""
    return {column: piece for line in row for column, piece in line.pieces.items()}


def number_column(lines: list[Line], cut: bool) -> int | None:
    """The column that numbers the rows from 1 on; None where none does."""
    for column in range(_FIRST_COLUMNS):
        texts = [line.pieces[column].text for line in lines if column in line.pieces]
        names = list(takewhile(lambda text: not text.isdecimal(), texts))
        numbers = [int(text) for text in takewhile(str.isdecimal, texts[len(names) :])]
        counted = len(numbers) > 1 or (numbers == [1] and names) or (numbers and cut)
        if counted and len(names) <= LINES_OF_NAMES and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            return column
    return None


def _lines_of_names(lines: list[Line]) -> int:
    """How many lines stand over the first figures of a column that holds nothing else below; 0 where none does."""
    found = []
    for column in sorted({column for line in lines for column in line.pieces}):
        told = [(at, line.pieces[column].text) for at, line in enumerate(lines) if column in line.pieces]
        first = next((at for at, text in told if _FIGURE.search(text)), 0)
        below = [text for at, text in told if at >= first]
        if 0 < first <= LINES_OF_NAMES and len(below) > 1 and all(map(_FIGURE.search, below)):
            found.append(first)
    return min(found, default=0)


def _is_rest(line: Line, above: dict[int, Piece], ends: list[float], beside: bool, mostly: bool) -> bool:
    """Whether each piece of a line stands below a full cell, or below none while another one goes on.

    ``mostly``: one of them is enough, or one that begins its cell, as the line has no number in a column that numbers the rows.
    """
    goes_on = beside
    for column, piece in line.pieces.items():
        before = above.get(column)
        if before is None:
            continue
        room = ends[column] - before.x1
        slack = _SLACK + _BETWEEN_SCRIPTS * (before.text[-1].isascii() != piece.text[0].isascii())
        full = room <= piece.first_word + slack * line.size or _is_cut(before.text, piece.text)
        figures = _is_number(before.text) and _is_number(piece.text)  # 20 over 10 is no 2010
        if figures or not (full or mostly):
            return False
        begins = column > 0 and abs(piece.x0 - ends[column - 1]) < CHANNEL * line.size
        goes_on = goes_on or full or (mostly and begins)
    return goes_on


def may_be_rest(line: Line, above: dict[int, Piece], ends: list[float]) -> bool:
    """Whether only figures below figures speak for a row of its own: all else stands below full cells, the first cell is empty."""
    if 0 in line.pieces or 0 not in above:
        return False
    pairs = [(above[column], piece, ends[column]) for column, piece in line.pieces.items() if column in above]
    words = [pair for pair in pairs if not (_is_number(pair[0].text) and _is_number(pair[1].text))]
    full = all(end - before.x1 <= piece.first_word + _SLACK * line.size for before, piece, end in words)
    return 0 < len(words) < len(pairs) and full


def _is_cut(before: str, text: str) -> bool:
    """Whether a cell cannot end so, or its next line cannot begin another."""
    return text[0] in _NEVER_FIRST or _is_open(before) or (before[-1].isdigit() and text[0] in "%％")


def are_whole(cells: list[str]) -> bool:
    """Whether no cell begins or ends as none does, cut between two lines."""
    return not any(_is_open(cell) or (cell and cell[0] in _NEVER_FIRST) for cell in cells)


def _is_open(text: str) -> bool:
    """Whether a bracket is not closed."""
    return text.count("（") > text.count("）") or text.count("〔") > text.count("〕")


def _breaks_word(line: Line, above: dict[int, Piece]) -> bool:
    """Whether a piece of a line goes on in the middle of a figure (``202`` over ``0年``, ``12.`` over ``3``)."""
    pairs = ((above[column].text, piece.text) for column, piece in line.pieces.items() if column in above)
    return any(
        text[0].isdigit() and (before[-1] == "." or (before[-1].isdigit() and not _is_number(text)))
        for before, text in pairs
    )


def _is_number(text: str) -> bool:
    return not text.endswith(".") and text.replace(".", "").replace("%", "").isdecimal()
