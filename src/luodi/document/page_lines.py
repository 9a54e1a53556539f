"""Placed characters → lines in segments.

Lengths are in the page's own unit, y grows downwards; what is said in em is a multiple of a character's width.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from luodi.document.page_tables import Rule

GAP_IN_LINE = 1.6  # em; wider is another column or cell
LEAST_GUTTER = 0.5  # em between two columns
_ALIKE = 0.3  # em between two edges that are the same one
_RECOGNISED = 0.8  # of the height of a recognised line is its em
_WORD_GAP = 0.25
_WIDE_GAP = 0.7
_CLEAR_GAP = 0.45  # between two names in a line whose characters stand close
_SPACE = 0.15  # where a space character says so
_TIGHT = 0.1
_ONE_SIGN = 1.5
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


def em_of(glyphs: list[Glyph]) -> float:
    """The em: the width of a Chinese character, or a line's height (most of it where it was recognised)."""
    wide = [g.x1 - g.x0 for g in glyphs if g.char > "\u2e7f"]
    high = [_height(g) * (_RECOGNISED if g.confidence < 1 else 1) for g in glyphs]
    return max(statistics.median(wide or high or [1.0]), 0.1)


def segments(row: list[Glyph], page: int, gutter: Gutter | None) -> Iterator[Segment]:
    """The parts of a line between wide gaps, or on either side of a gutter."""
    size = em_of(row)
    begin = 0
    for at in range(1, len(row) + 1):
        if at < len(row) and not _is_parted(row[at - 1], row[at], size, gutter):
            continue
        part = row[begin:at]
        x1, y0, y1 = max(g.x1 for g in part), min(g.y0 for g in part), max(g.y1 for g in part)
        confidence = sum(g.confidence for g in part) / len(part)
        own = em_of(part)
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
    return gap > LEAST_GUTTER * size or hangs


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
