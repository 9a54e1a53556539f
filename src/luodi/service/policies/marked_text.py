"""The official text with its facts marked: each figure leads to its facts, each sentence to its facts, and back.

Works on the source text and its spans, so a mark always stands on the characters that the pack names. Names of units
stay as written; today's name follows in brackets as an addition that is visibly not part of the text.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from luodi.service.policies.fact_lines import FactLine

_AROUND_HEADING = 24  # so many characters of number and white space may stand before a heading's first character
_SENTENCE_END = re.compile(r"[。！？；;]”?|(?<=[^0-9])[.!?](?=\s|$)")

_CELL = '<span class="cell">\t</span>'
"""Where the next cell of a table begins: the character of the text, with a line that the page draws beside it."""
_MENUS = 4  # so many lines one after another that were not read as the paper's are folded away


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paragraph by its start in the source, with the facts that stand in it."""

    start: int
    facts: tuple[FactLine, ...]


@dataclass(frozen=True)
class Paragraph:
    """A piece of one line that belongs to one article; ``opens`` says that the article begins here.

    ``shared``: other articles have its number.
    """

    start: int
    article: str
    level: int
    opens: bool
    html: SafeString
    sentences: tuple[Sentence, ...] = field(default=())
    shared: bool = False
    anchor: str = ""

    @property
    def facts(self) -> list[FactLine]:
        """The facts of all its sentences."""
        return [line for sentence in self.sentences for line in sentence.facts]


@dataclass(frozen=True)
class Part:
    """Paragraphs that follow one another: of the paper, or ``aside`` (a site's menus before it, in it or after it)."""

    aside: bool
    paragraphs: tuple[Paragraph, ...]


def paragraphs(
    text: str, articles: Sequence[Mapping[str, Any]], lines: Sequence[FactLine], today: Mapping[str, str],
    address: Callable[[str], str] | None = None, within: tuple[int, int] | None = None,
) -> list[Paragraph]:  # fmt: skip
    """The text, or what of it begins ``within`` a place, as paragraphs; ``today`` maps a unit's name as written to today's.

    A figure leads to its fact further down the page, and each sentence to its facts; with ``address``, which gives the
    page of a fact by its id, a figure leads there and sentences lead nowhere. The heading of an article is bold, alone
    or before the sentence that follows it on its line.
    """
    starts = [article["span"][0] for article in articles]
    placed = sorted((line for line in lines if line.span and line.span[1] <= len(text)), key=lambda line: line.span)
    names = _name_form(today)
    numbers = Counter(article["id"] for article in articles)
    begin, until = within or (0, len(text))
    shown: set[str] = set()
    opened = {article["id"] for article in articles if article["span"][0] < begin}
    made = []
    sweep = _Sweep(placed)
    for start, end in _pieces(text, starts):
        if not begin <= start < until:
            continue
        at = bisect_right(starts, start) - 1
        article = articles[at] if at >= 0 else None
        inside = sweep.inside(start, end)
        opens = article is not None and starts[at] == start
        headed = _heading_end(text, start, end, article["heading"]) if article and opens else start
        html, sentences = _Writer(text, start, end, headed, inside, names, today, shown, address).written()
        number = article["id"] if article else "0"
        anchor = (f"a-{number}-{start}" if number in opened else f"a-{number}") if opens else ""
        opened |= {number} if opens else set()
        level = article["level"] if article else 0
        made.append(Paragraph(start, number, level, opens, html, sentences, numbers[number] > 1, anchor))
    return made


class _Sweep:
    """Facts in text order, told to one piece of the text after the other."""

    def __init__(self, placed: Sequence[FactLine]) -> None:
        self._placed, self._next = placed, 0
        self._open: list[FactLine] = []

    def inside(self, start: int, end: int) -> list[FactLine]:
        """The facts that reach into a piece; pieces come in text order."""
        first = self._next
        while self._next < len(self._placed) and self._placed[self._next].span[0] < end:  # type: ignore[index]
            self._next += 1
        self._open = [line for line in (*self._open, *self._placed[first : self._next]) if line.span[1] > start]  # type: ignore[index]
        return self._open


def in_parts(made: Sequence[Paragraph], read: Sequence[int], until: int = sys.maxsize) -> list[Part]:
    """The paper in the order of the page, and apart in it the lines that are not the paper's where these are many.

    ``read``: the places of the characters that the compiler read, ascending. No line with a fact is set apart. What is
    ``made`` reaches ``until`` a place of the text.
    """
    ends = [each.start for each in made[1:]] + [until]
    own = [
        bool(each.facts or each.opens or bisect_left(read, each.start) < bisect_left(read, end))
        for each, end in zip(made, ends, strict=True)
    ]
    parts: list[Part] = []
    for is_own, run in groupby(zip(own, made, strict=True), key=itemgetter(0)):
        lines = tuple(each for _, each in run)
        aside = not is_own and len(lines) >= _MENUS
        if parts and not aside and not parts[-1].aside:
            lines = parts.pop().paragraphs + lines
        parts.append(Part(aside, lines))
    return parts


def _heading_end(text: str, start: int, end: int, heading: str | None) -> int:
    """Where the heading of an article ends in the source; ``start`` where it has none or stands there in other characters."""
    if not heading:
        return start
    # The compiler folds the width of digits and marks; an ideograph is what it was.
    form = r"\s*".join(char if "一" <= char <= "鿿" else r"[^一-鿿\n]" for char in heading if not char.isspace())
    found = re.compile(form).search(text, start, end)
    return found.end() if found and found.start() - start <= _AROUND_HEADING else start


def _name_form(today: Mapping[str, str]) -> re.Pattern[str] | None:
    names = sorted(today, key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in names)) if names else None


def _pieces(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Line by line, cut where an article begins; blank pieces are left out, white space at the ends too."""
    cuts = sorted({0, len(text), *starts, *(m.end() for m in re.finditer(r"\r\n|\n|\r", text))})
    for left, right in zip(cuts, cuts[1:], strict=False):
        piece = text[left:right]
        if piece.strip():
            yield left + len(piece) - len(piece.lstrip()), right - len(piece) + len(piece.rstrip())


class _Writer:
    """Writes one paragraph: sentences around, marks inside, names as written with today's beside them."""

    def __init__(
        self, text: str, start: int, end: int, headed: int, lines: Sequence[FactLine], names: re.Pattern[str] | None,
        today: Mapping[str, str], shown: set[str], address: Callable[[str], str] | None,
    ) -> None:  # fmt: skip
        self.text, self.start, self.end, self.headed, self.lines, self.shown = text, start, end, headed, lines, shown
        self.address = address
        found = names.finditer(text, start, end) if names else ()
        self.names = {match.end(): today[match.group()] for match in found}

    def written(self) -> tuple[SafeString, tuple[Sentence, ...]]:
        parts, sentences = [], []
        for left, right in self._sentences():
            facts = tuple(line for line in self.lines if left <= line.span[0] < right)
            body = mark_safe("".join(self._pieces(left, right)))
            link = (
                format_html(
                    '<a class="to-facts" href="#facts-{}" aria-label="本句的 {} 条事实">{}</a>',
                    left,
                    len(facts),
                    len(facts),
                )
                if facts and not self.address
                else ""
            )
            parts.append(format_html('<span class="sentence" id="s-{}">{}</span>{}', left, body, link))
            if facts:
                sentences.append(Sentence(left, facts))
        return mark_safe("".join(parts)), tuple(sentences)

    def _sentences(self) -> Iterator[tuple[int, int]]:
        left = self.start
        for match in _SENTENCE_END.finditer(self.text, self.start, self.end):
            if any(line.span[0] < match.end() < line.span[1] for line in self.lines):
                continue  # never cut through a fact
            yield left, match.end()
            left = match.end()
        if left < self.end:
            yield left, self.end

    def _pieces(self, left: int, right: int) -> Iterator[str]:
        cuts = {left, right} | {at for at in (*self.names, self.headed) if left < at < right}
        for line in self.lines:
            cuts |= {at for at in line.span if left < at < right}
        ordered = sorted(cuts)
        for begin, stop in zip(ordered, ordered[1:], strict=False):
            piece = self._piece(begin, stop)
            yield format_html("<b>{}</b>", piece) if stop <= self.headed else piece
            if stop in self.names:
                yield format_html('<span class="today-name">〔今称：{}〕</span>', self.names[stop])

    def _piece(self, begin: int, stop: int) -> SafeString:
        covering = [line for line in self.lines if line.span[0] <= begin and stop <= line.span[1]]
        words = mark_safe(conditional_escape(self.text[begin:stop]).replace("\t", _CELL))
        if not covering:
            return words
        inner = min(covering, key=lambda line: (line.span[1] - line.span[0], line.id))
        new = [line.id for line in covering if line.id not in self.shown]
        self.shown.update(new)
        anchors = mark_safe("".join(format_html('<span id="m-{}"></span>', name) for name in new))
        leads_to = self.address(inner.id) if self.address else f"#f-{inner.id}"
        return format_html(
            '{}<a class="figure" href="{}" title="{}：{}"><mark>{}</mark></a>',
            anchors, leads_to, inner.label, inner.figure or inner.text, words,
        )  # fmt: skip
