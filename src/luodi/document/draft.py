"""A text under repair: edits are applied in one pass each and every character keeps its place in the source."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from luodi.document.text import Repair, Span, Text


class Edit(NamedTuple):
    """Replace ``[start, end)`` of the draft by ``new``; an empty ``new`` removes it."""

    start: int
    end: int
    new: str = ""


class Draft:
    """The text as cleaned so far with the source range of each of its characters."""

    def __init__(self, source: str, tables: Sequence[Span] = ()) -> None:
        """``tables``: where in the source a tab parts two cells, also empty ones, and nothing else; in text order."""
        self.source = source
        self.tables = tables
        self.text = source
        self.starts = array("l", range(len(source)))
        self.ends = array("l", range(1, len(source) + 1))
        self.repairs: list[Repair] = []

    def edit(self, edits: Iterable[Edit], code: str | None = None) -> None:
        """Apply edits (in text order; one that overlaps the edit before it is skipped); ``code`` records repairs."""
        parts: list[str] = []
        starts, ends = array("l"), array("l")
        done = 0
        for start, end, new in edits:
            if start < done or start >= end:
                continue
            parts += (self.text[done:start], new)
            starts += self.starts[done:start]
            ends += self.ends[done:start]
            self._place(start, end, new, starts, ends)
            if code:
                span = Span(self.starts[start], self.ends[end - 1])
                self.repairs.append(Repair(code, span, self.text[start:end], new))
            done = end
        if not done:
            return
        parts.append(self.text[done:])
        self.text = "".join(parts)
        self.starts, self.ends = starts + self.starts[done:], ends + self.ends[done:]

    def _place(self, start: int, end: int, new: str, starts: array[int], ends: array[int]) -> None:
        """Source ranges of a replacement: one to one where lengths agree, else the whole replaced range for each."""
        if len(new) == end - start:
            starts += self.starts[start:end]
            ends += self.ends[start:end]
        else:
            starts += array("l", [self.starts[start]] * len(new))
            ends += array("l", [self.ends[end - 1]] * len(new))

    def replace(self, text: str) -> None:
        """Take over a text of the same length (a character for a character)."""
        if len(text) != len(self.text):
            raise ValueError("a character-for-character replacement must keep the length")
        self.text = text

    def in_table(self, at: int) -> bool:
        """Whether a place of the draft stands in a table."""
        place = self.starts[at]
        before = bisect_right(self.tables, (place, len(self.source) + 1)) - 1
        return before >= 0 and place < self.tables[before].end

    def finish(self) -> Text:
        """The cleaned text with its map."""
        repairs = tuple(sorted(self.repairs, key=lambda repair: repair.span))
        return Text(self.source, self.text, self.starts, self.ends, repairs)
