"""What lies on a page over or beside its text: a level watermark, lines that strike words, the numbers of a draft's lines.

Lengths are in the page's own unit, y grows downwards.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import pairwise

from luodi.document.page_lines import Glyph, Page, character_rows, em_of

_LARGE = 2.0  # em: no line of running text is as high
_CORE = 0.2  # of a sign's box that may touch its neighbours
_FEWEST_NUMBERS = 6
_NUMBERED = 0.6  # of the lines of a page
_ASIDE = 0.8  # em between a line's number and the text
_BESIDE = 0.3  # em between signs that stand together
_IN_STEP = 0.8
_STEPS = (1, 2, 5, 10)
_THROUGH = (0.4, 0.75)  # of a sign's height: below the one lines stand over it, beyond the other under it
_MOST_LINES = 200  # at one height


def without_overlays(pages: list[Page]) -> list[Page]:
    """The pages without what lies over their text, and without numbers beside every line."""
    bare = _without_watermarks(pages)
    first = next((page for page in bare if page.glyphs), None)
    if first is None or not _line_numbers(first):
        return bare
    return [_left(page, _line_numbers(page)) for page in bare]


def without_struck(pages: list[Page]) -> tuple[list[Page], list[str]]:
    """The pages without words that a line strikes through, and those words: they are no longer meant."""
    struck = [_struck(page) for page in pages]
    words = [
        "".join(one.char for one in page.glyphs if id(one) in gone) for page, gone in zip(pages, struck, strict=True)
    ]
    return [_closed(page, gone) for page, gone in zip(pages, struck, strict=True)], list(filter(None, words))


def _closed(page: Page, gone: set[int]) -> Page:
    """A page without some of its signs; the one before them takes their room, for no gap of a table is left there."""
    if not gone:
        return page
    kept: list[Glyph] = []
    for row in character_rows(page.glyphs):
        first = len(kept)
        for glyph in row:
            if id(glyph) not in gone:
                kept.append(glyph)
            elif len(kept) > first and glyph.x0 - kept[-1].x1 < _BESIDE * (glyph.y1 - glyph.y0):
                kept[-1] = kept[-1]._replace(x1=max(kept[-1].x1, glyph.x1))
    return page._replace(glyphs=kept)


def _left(page: Page, gone: set[int]) -> Page:
    return page._replace(glyphs=[glyph for glyph in page.glyphs if id(glyph) not in gone]) if gone else page


def _without_watermarks(pages: list[Page]) -> list[Page]:
    """The pages without lines of large signs that lie over text on one of them."""
    large: list[list[list[Glyph]]] = []
    over: set[str] = set()
    for page in pages:
        high = _LARGE * em_of(page.glyphs)
        rows = character_rows(one for one in page.glyphs if one.y1 - one.y0 >= high)
        small = [one for one in page.glyphs if one.y1 - one.y0 < high] if rows else []
        middles = sorted(((one.y0 + one.y1) / 2, (one.x0 + one.x1) / 2) for one in small)
        over |= {_words(row) for row in rows if any(_covers(one, middles) for one in row)}
        large.append(rows)
    return [
        _left(page, {id(one) for row in rows if _words(row) in over for one in row})
        for page, rows in zip(pages, large, strict=True)
    ]


def _words(row: list[Glyph]) -> str:
    return "".join(one.char for one in row)


def _covers(glyph: Glyph, middles: list[tuple[float, float]]) -> bool:
    """Whether the middle of another sign lies in the core of a large one."""
    wide, high = _CORE * (glyph.x1 - glyph.x0), _CORE * (glyph.y1 - glyph.y0)
    at = bisect_left(middles, (glyph.y0 + high, 0.0))
    while at < len(middles) and middles[at][0] <= glyph.y1 - high:
        if glyph.x0 + wide <= middles[at][1] <= glyph.x1 - wide:
            return True
        at += 1
    return False


def _struck(page: Page) -> set[int]:
    """The signs through whose middle a level line goes from side to side."""
    if not page.rules:
        return set()
    lines = sorted(
        {(round(rule.y0, 1), round(rule.x0, 1), round(rule.x1, 1)) for rule in page.rules if rule.y0 == rule.y1}
    )
    found = set()
    for one in page.glyphs:
        high = one.y1 - one.y0
        at = bisect_left(lines, (one.y0 + _THROUGH[0] * high, -math.inf, 0.0))
        for y, x0, x1 in lines[at : at + _MOST_LINES]:
            if y > one.y0 + _THROUGH[1] * high:
                break
            if x0 <= one.x0 + _CORE * high and x1 >= one.x1 - _CORE * high:
                found.add(id(one))
                break
    return found


def _line_numbers(page: Page) -> set[int]:
    """The figures left of all text, where they count most of the lines of the page."""
    words = [one for one in page.glyphs if not (one.char.isdecimal() and one.char.isascii())]
    edge = min((one.x0 for one in words), default=0.0) - _ASIDE * em_of(page.glyphs)
    beside = [one for one in page.glyphs if one.x1 <= edge]
    rows = character_rows(beside)
    numbers = [int("".join(one.char for one in row)[:6]) for row in rows]
    steps = [after - before for before, after in pairwise(numbers)]
    step = steps[len(steps) // 2] if steps else 0
    lines = len(character_rows(words))
    counted = len(numbers) >= max(_FEWEST_NUMBERS, _NUMBERED * lines / max(step, 1))
    if not counted or step not in _STEPS or steps.count(step) < _IN_STEP * len(steps):
        return set()
    return {id(one) for one in beside}
