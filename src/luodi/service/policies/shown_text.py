"""The text of a version as people read it, and the way from its places to places of the source and back.

A plain text is shown as it stands. A web page is shown as the compiler read it, without its markup; spans of facts go on
meaning the page's own characters.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.utils.text import Truncator

from luodi.document.reading import parse
from luodi.document.text import Text
from luodi.service.policies.fact_lines import FactLine
from luodi.service.policies.models import PolicyText

Span = tuple[int, int]
_ENOUGH = 10  # characters before a fact that tell what it is about; with fewer, the line above is shown too


@dataclass(frozen=True)
class ShownText:
    """``text`` is what is shown; ``starts`` and ``ends`` give each character's place in the source (None: the same)."""

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def shown(self, span: Sequence[int]) -> Span:
        """A span of the source as a span of what is shown."""
        if self.starts is None or self.ends is None:
            return span[0], span[1]
        first = bisect_right(self.ends, span[0])
        return first, max(first, bisect_left(self.starts, span[1]))

    def source(self, span: Sequence[int]) -> Span:
        """A span of what is shown as a span of the source."""
        if self.starts is None or self.ends is None or span[0] >= span[1]:
            return span[0], span[1]
        return self.starts[span[0]], self.ends[span[1] - 1]

    def words(self, span: Sequence[int]) -> str:
        """The words of a span of the source."""
        first, last = self.shown(span)
        return self.text[first:last]

    def around(self, span: Sequence[int], room: int) -> tuple[str, str, str]:
        """The words of a span of the source, with ``room`` characters before and after, of its own line where that says enough."""
        first, last = self.shown(span)
        before, after = self.text[max(0, first - room) : first], self.text[last : last + room].partition("\n")[0]
        own = before.rpartition("\n")[2]
        return own if len(own.strip()) >= _ENOUGH else before, self.text[first:last], after

    def lines(self, lines: Iterable[FactLine]) -> list[FactLine]:
        """Facts with their places in what is shown."""
        if self.starts is None:
            return list(lines)
        return [replace(line, span=self.shown(line.span)) if line.span else line for line in lines]

    def articles(self, articles: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Articles with their places in what is shown."""
        if self.starts is None:
            return list(articles)
        return [{**article, "span": self.shown(article["span"])} for article in articles]


def quoted(text: str, start: int, end: int) -> str:
    """Words of a text as they are quoted, without white space; a sum in a cell is quoted with its row of the table."""
    begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[begin : stop if stop >= 0 else len(text)]
    if "\t" not in line or "\t" in text[start:end]:
        return "".join(text[start:end].split())
    return "，".join(filter(None, ("".join(cell.split()) for cell in line.split("\t"))))


def shown_text(stored: PolicyText, format_: str) -> ShownText:
    """The text of a version; ``format_`` is the reader's name in the pack."""
    return _page(stored.pk, stored.text) if format_ == "html" else ShownText(stored.text)


@lru_cache(maxsize=16)
def places_read(shown: str) -> Sequence[int]:
    """Where the characters of the paper stand in a text as it is shown, ascending: a copy from a site has menus around it."""
    return sorted(_read(shown).starts)


def beginning(shown: str, most: int) -> str:
    """How a paper begins, without menus and the damage of a page, in at most so many characters."""
    return Truncator(" ".join(_read(shown).clean.split())).chars(most)


@lru_cache(maxsize=64)
def _read(shown: str) -> Text:
    return parse(shown).text


@lru_cache(maxsize=16)
def _page(key: Any, source: str) -> ShownText:
    text = _read(source)
    return ShownText(text.clean, text.starts, text.ends)
