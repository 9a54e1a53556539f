"""The article tree (条款) of a document and its addresses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from luodi.document.extract import Note, Part, Place
from luodi.document.lines import is_title
from luodi.document.text import Text

# A title stands within the first lines of a paper.
_HEAD_LINES = 8


@dataclass(frozen=True)
class Article:
    """One numbered node. All offsets are in ``Text.clean``.

    ``id`` is the address (``四.(三).2``; ``第五条.(一)``; ``附件1.一``), ``level`` its depth (1 = top), ``parent`` an index
    into ``Document.articles``. ``start`` is where its number begins, ``body`` where the text after the number begins
    (heading included), ``own_end`` where its first child (or the next article) begins, ``end`` the end of its last
    descendant. Unnumbered paragraphs belong to the numbered article before them.
    """

    id: str
    level: int
    heading: str | None
    start: int
    body: int
    own_end: int
    end: int
    parent: int | None = None


class Paper(NamedTuple):
    """One of several papers that a notice issues: its address (附件1, 文件1), title and place in ``Text.clean``."""

    id: str
    title: str
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """A read document: its text and its articles in text order; any text gives one.

    ``head_end`` is the clean offset where the first article begins (the head, article ``0``, is ``clean[:head_end]``);
    ``format`` names the reader; ``sha256`` is over the bytes. Of formats that are not text, ``places`` says on which
    page or in which paragraph the text stands, ``parts`` which documents one file holds, ``notes`` what a person should
    know of the reading, ``papers`` the papers that a notice issues where they are several, ``unread`` what the file holds besides (for the secrecy screen only, never to be kept).
    """

    name: str
    format: str
    sha256: str
    text: Text
    articles: tuple[Article, ...]
    head_end: int
    places: tuple[Place, ...] = ()
    parts: tuple[Part, ...] = ()
    notes: tuple[Note, ...] = ()
    papers: tuple[Paper, ...] = ()
    unread: str = field(default="", repr=False)

    @property
    def clean(self) -> str:
        """The cleaned text."""
        return self.text.clean

    @cached_property
    def titles(self) -> str:
        """The lines of the head that may be its title (关于提高抚恤补助标准的通知), with blanks between."""
        head = self.clean[: self.head_end].split("\n", _HEAD_LINES)[:_HEAD_LINES]
        return " ".join(line for line in head if is_title(line))

    @property
    def scopes(self) -> tuple[tuple[int, int], ...]:
        """The clean ranges in which a rule of the whole paper holds: the cover letter and each paper, or everything."""
        if not self.papers:
            return ((0, len(self.clean)),)
        return ((0, self.papers[0].start), *((paper.start, paper.end) for paper in self.papers))

    def own(self, article: Article) -> str:
        """The article's own text, heading included, children excluded."""
        return self.clean[article.body : article.own_end]

    def place(self, offset: int) -> Place | None:
        """The page or paragraph of a source offset; None in formats that are text."""
        at = bisect_right(self.places, offset, key=lambda place: place.start)
        return self.places[at - 1] if at else None

    def clean_offset(self, offset: int) -> int:
        """Where a source offset stands in the clean text: the first character that begins there or later."""
        return bisect_left(self.text.starts, offset)

    def article_at(self, offset: int) -> str:
        """The id of the deepest article that holds a clean offset; ``0`` before the first number."""
        low, high = 0, len(self.articles)
        while low < high:
            middle = (low + high) // 2
            if self.articles[middle].start <= offset:
                low = middle + 1
            else:
                high = middle
        return self.articles[low - 1].id if low else "0"
