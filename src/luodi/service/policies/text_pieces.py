"""A long text in pieces: a page shows the piece around a place, the others stand one step away.

Pieces begin where a clause begins, or at least a line. A text of ordinary length is one piece.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Span = tuple[int, int]
ONE_PIECE = 40_000
"""Characters up to which a text is shown whole."""
PIECE = 12_000
"""Characters of a piece of a longer text, about."""
NEAR = 1_500
"""A place so near to the edge of its piece is shown with the piece beyond."""


@dataclass(frozen=True)
class Shown:
    """What is shown of a text: its place, and how many characters stand before and behind; ``first`` and ``last`` are piece numbers."""

    span: Span
    first: int
    last: int
    before: int
    behind: int

    @property
    def earlier(self) -> int:
        """The piece before; it is there where ``before`` is more than nothing."""
        return self.first - 1

    @property
    def later(self) -> int:
        """The piece behind; it is there where ``behind`` is more than nothing."""
        return self.last + 1


@dataclass(frozen=True)
class Pieces:
    """Where the pieces of a text begin, ascending from 0, and how long the text is."""

    starts: Sequence[int]
    length: int

    def around(self, place: Span) -> Shown:
        """The pieces that hold a place, and what stands near it."""
        return self._shown(self._at(place[0] - NEAR), self._at(max(place[0], place[1] - 1) + NEAR))

    def piece(self, number: int) -> Shown | None:
        """One piece; None where there is none of this number."""
        return self._shown(number, number) if 0 <= number < len(self.starts) else None

    def whole(self) -> Shown:
        """All pieces."""
        return self._shown(0, len(self.starts) - 1)

    def _at(self, place: int) -> int:
        return max(0, bisect_right(self.starts, place) - 1)

    def _shown(self, first: int, last: int) -> Shown:
        start = self.starts[first]
        end = self.starts[last + 1] if last + 1 < len(self.starts) else self.length
        return Shown((start, end), first, last, start, self.length - end)


def in_pieces(text: str, articles: Sequence[Mapping[str, Any]]) -> Pieces:
    """Cut a text; ``articles`` with their places in it."""
    if len(text) <= ONE_PIECE:
        return Pieces((0,), len(text))
    clauses = sorted(article["span"][0] for article in articles)
    starts = [0]
    while len(text) - starts[-1] > PIECE:
        wanted = starts[-1] + PIECE
        at = bisect_right(clauses, wanted)
        clause = clauses[at] if at < len(clauses) else len(text)
        line = text.find("\n", wanted) + 1 or len(text)
        cut = clause if clause - wanted < PIECE else line
        if cut >= len(text):
            break
        starts.append(cut)
    return Pieces(tuple(starts), len(text))
