"""Cleaned text that never forgets where each character came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """``[start, end)`` in code points of the decoded source."""

    start: int
    end: int


@dataclass(frozen=True)
class Repair:
    """One damage mended while cleaning: ``code`` says which kind, ``span`` where in the source."""

    code: str
    span: Span
    was: str
    became: str


@dataclass(frozen=True)
class Text:
    """A decoded source and its cleaned form.

    ``clean`` is what the clause modules read: width folded by NFKC (half-width ``,:;()%`` and digits; ``。、“”《》〔〕``
    stay), pinyin, page numbers and site furniture removed, hard wraps joined, one paragraph a line. ``starts[i]`` and
    ``ends[i]`` give the source range of clean character ``i``.
    """

    source: str
    clean: str
    starts: Sequence[int]
    ends: Sequence[int]
    repairs: tuple[Repair, ...] = field(default=())

    def span(self, start: int, end: int) -> Span:
        """The source span of ``clean[start:end]`` (an empty range gives an empty span)."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.source)
            return Span(at, at)
        return Span(self.starts[start], self.ends[end - 1])
