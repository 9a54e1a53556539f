"""Columns set with spaces, as text copied from a page or a word processor has them: tabs take the place of the gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from luodi.document.draft import Draft, Edit

_GAP = re.compile(r"(?<=[^ \t\n]) {2,}(?=[^ \t\n])")
_LINE = re.compile(r"[^\n]+")
_FIGURE = re.compile(r"(?:[≤≥]|最高)?[\d.,]+(?:[-—~至][\d.,]+)?(?:[万亿]?元|%)?(?:/[^\d ]{1,6})?|[-—/]")
_FEWEST_ROWS = 2
_LONGEST_LINE = 80


def mark_columns(draft: Draft) -> None:
    """Put tabs between the cells of lines that follow each other with the same gaps, a column of figures under a name."""
    edits = [
        Edit(*gap, "\t")
        for block in _blocks(draft.text)
        if _is_table(draft.text, block)
        for line in block
        for gap in line.gaps
    ]
    draft.edit(edits)


class _Line:
    """A line with the gaps between its cells."""

    __slots__ = ("end", "gaps", "start")

    def __init__(self, at: re.Match[str]) -> None:
        self.start, self.end = at.span()
        self.gaps = [gap.span() for gap in _GAP.finditer(at.string, *at.span())] if len(at[0]) <= _LONGEST_LINE else []

    def cells(self, text: str) -> list[str]:
        starts = [self.start, *(end for _, end in self.gaps)]
        ends = [*(start for start, _ in self.gaps), self.end]
        return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _blocks(text: str) -> Iterator[list[_Line]]:
    if not _GAP.search(text):
        return
    found = (_Line(at) for at in _LINE.finditer(text) if at[0].strip())
    for count, block in groupby(found, key=lambda line: len(line.gaps)):
        if count:
            yield list(block)


def _is_table(text: str, block: Sequence[_Line]) -> bool:
    """Whether names stand over rows of which one column holds nothing but figures, and another none."""
    if len(block) <= _FEWEST_ROWS:
        return False
    names, *rows = (line.cells(text) for line in block)
    figures = [all(_FIGURE.fullmatch(cell) for cell in column) for column in zip(*rows, strict=True)]
    return any(figures) and not all(figures) and not any(re.search(r"\d", name) for name in names)
