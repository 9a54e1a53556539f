"""Enumerators → article tree, by order of first use (LANGUAGE 3).

Each enumerator is judged by small named rules against the articles that are open where it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from luodi.document import markers
from luodi.document.cards import closed_from, field_lines, label_places
from luodi.document.credible_markers import LONGEST_GAP, credible
from luodi.document.headings import opening, settle
from luodi.document.issued import Issued, issued
from luodi.document.markers import ALONE, Marker
from luodi.document.tree import Article, Paper

# The address of a paper that a notice issues without a label (附件1).
PAPER = "文件"
_LONGEST_LAW_GAP = 80  # extracts of a law leave out whole chapters
_MAY_REPEAT = frozenset({"cn", "pcn", "clause", "chapter"})
_NO_GAP = frozenset({"circled", "half", "word", "pnum"})
# What usually stands under a kind of number.
_UNDER = {
    "clause": ("pcn", "num", "pnum", "circled"),
    "cn": ("pcn", "num", "pnum", "circled"),
    "pcn": ("num", "pnum", "circled"),
    "num": ("pnum", "circled"),
    "pnum": ("circled",),
}
# Kinds under which fields of a card stand (政策一, 附件1), beside chapters.
_OVER_FIELDS = frozenset({"word", "annex", "part", "chapter"})
_LINE_LABEL = re.compile(r"(?:\A|\n)[^\n。;,]{2,12}\n?\Z")


@dataclass
class _Node:
    marker: Marker
    id: str
    level: int
    parent: int | None


class _Outline:
    """The tree so far: nodes in text order and the indices of those that are open."""

    def __init__(self, clean: str) -> None:
        self.clean = clean
        self.nodes: list[_Node] = []
        self.open: list[int] = []
        self.last: dict[str, int] = {}
        self.labels = label_places(clean)
        self.fields = field_lines(clean)
        self.counted_from = 0

    def depth_of(self, kind: str) -> int | None:
        """The depth at which a kind is open, the deepest first."""
        for depth in range(len(self.open) - 1, -1, -1):
            if self.nodes[self.open[depth]].marker.kind == kind:
                return depth
        return None

    def offer(self, marker: Marker) -> None:
        """Take an enumerator into the tree, or leave it as text."""
        self._close_field(marker)
        depth = self.depth_of(marker.kind)
        if marker.kind == "annex":
            self._open(marker, int(self._in_paper() and not marker.label.startswith(PAPER)))
        elif depth is None:
            if self._may_open(marker):
                self._open(marker, self._depth_of_new(marker))
        elif self._starts_nested_list(marker, depth):
            self._open(marker, len(self.open))
        elif self._may_follow(marker, self.nodes[self.open[depth]].marker.value):
            self._open(marker, depth)

    def _close_field(self, marker: Marker) -> None:
        """A field of a card ends at the name of the next: a count from 1 below that is no part of what the first one numbered."""
        if marker.value == 1 and self.fields:
            starts = [self.nodes[index].marker.start for index in self.open]
            firsts = [self.nodes[index + 1].marker.start for index in self.open[:-1]]
            del self.open[closed_from(self.fields, starts, firsts, marker.start) :]
        if marker.value != 1 or not self.open or not self.labels:
            return
        root, last = self.nodes[self.open[0]].marker, self.nodes[-1].marker
        opened_in = bisect_right(self.labels, self.counted_from)
        next_field = opened_in and bisect_right(self.labels, marker.start) > opened_in
        if next_field and root.kind != marker.kind and not _OVER_FIELDS & {root.kind, last.kind}:
            self.open.clear()

    def _in_paper(self) -> bool:
        """Whether a paper without a label of its own is open: its annexes are parts of it."""
        return bool(self.open) and self.nodes[self.open[0]].id.startswith(PAPER)

    def _may_open(self, marker: Marker) -> bool:
        """A level opens with 1, goes on through the document, or begins an extract."""
        last = self.last.get(marker.kind)
        if marker.value == 1 or (last is not None and marker.value == last + 1):
            return True
        if marker.kind.startswith("dotted") and not marker.inline:
            return True
        if self._was_cut_off(marker) or (not self.nodes and not self.clean[: marker.start].strip()):
            return True  # an excerpt that begins amid a list
        if marker.inline or marker.kind in _NO_GAP:
            return False
        return last is None or _in_reach(marker, last)

    def _may_follow(self, marker: Marker, before: int) -> bool:
        """The next number, a new count from 1, a typed repetition, or a gap at the start of a line."""
        if marker.value in (before + 1, 1):
            return True
        if marker.inline:
            return False
        if marker.value == before:
            return marker.kind in _MAY_REPEAT
        return _in_reach(marker, before) and marker.kind not in _NO_GAP - {"word"}

    def _starts_nested_list(self, marker: Marker, depth: int) -> bool:
        """A list from 1 under an article of a deeper kind, led in by a colon."""
        if marker.value != 1 or depth == len(self.open) - 1:
            return False
        deepest = self.nodes[self.open[-1]].marker
        before = self.clean[max(0, marker.start - 40) : marker.start].rstrip("\n")
        return deepest.kind == "clause" and before.endswith(":") and not _LINE_LABEL.search(before)

    def _depth_of_new(self, marker: Marker) -> int:
        """Chapters stand above what is open; everything else goes under it."""
        if marker.kind == "part":
            kinds = [self.nodes[index].marker.kind for index in self.open]
            return next((depth for depth, kind in enumerate(kinds) if kind != "annex"), len(kinds))
        if marker.kind == "chapter":
            kinds = [self.nodes[index].marker.kind for index in self.open]
            return next((depth for depth, kind in enumerate(kinds) if kind not in ("annex", "part")), len(kinds))
        if self._was_cut_off(marker):
            return 0
        if marker.kind == "num":
            kinds = [self.nodes[index].marker.kind for index in self.open]
            return next((depth for depth, kind in enumerate(kinds) if kind.startswith("dotted")), len(kinds))
        return len(self.open)

    def _was_cut_off(self, marker: Marker) -> bool:
        """Whether the text began with items of an article whose own number is missing; here the next one follows (2. 3. 二、)."""
        first = self.nodes[self.open[0]].marker if self.open else None
        if first is None or marker.value == 1 or marker.kind in self.last:
            return False
        return first.kind in _UNDER.get(marker.kind, ())

    def _open(self, marker: Marker, depth: int) -> None:
        del self.open[depth:]
        if not depth and marker.value == 1:
            self.counted_from = marker.start
        parent = self.open[-1] if self.open else None
        self.nodes.append(_Node(marker, self._address(marker, parent), depth + 1, parent))
        self.open.append(len(self.nodes) - 1)
        self.last[marker.kind] = marker.value

    def _address(self, marker: Marker, parent: int | None) -> str:
        if parent is None:
            return marker.label
        above = self.nodes[parent]
        if marker.kind in ALONE:
            annex = next((self.nodes[at].id for at in self.open[::-1] if self.nodes[at].marker.kind == "annex"), None)
            return f"{annex}.{marker.label}" if annex else marker.label
        above_numbers, _, own = marker.label.rpartition(".")
        if marker.kind.startswith("dotted") and above.marker.label == above_numbers:
            return f"{above.id}.{own}"
        return f"{above.id}.{marker.label}"


def _in_reach(marker: Marker, before: int) -> bool:
    """Whether a number goes on from another over a gap as extracts have them."""
    gap = _LONGEST_LAW_GAP if marker.kind == "clause" else LONGEST_GAP
    return before < marker.value <= before + gap


def outline(clean: str) -> tuple[tuple[Article, ...], tuple[Paper, ...]]:
    """The article tree of a cleaned text, and the papers in it where it is a notice that issues several."""
    tree = _Outline(clean)
    found = list(credible(clean, markers.find(clean)))
    titles = issued(clean, found)
    for marker in sorted([*found, *_titles(titles)], key=lambda one: one.start):
        tree.offer(marker)
    articles = _articles(clean, tree.nodes)
    return _titled(articles, titles)


def _titles(papers: list[Issued]) -> Iterable[Marker]:
    """A title line without a label opens a paper as 附件N would."""
    for number, paper in enumerate(papers, 1):
        if not paper.labelled:
            yield Marker("annex", f"{PAPER}{number}", number, paper.start, paper.start, False)


def _titled(articles: tuple[Article, ...], titles: list[Issued]) -> tuple[tuple[Article, ...], tuple[Paper, ...]]:
    """The articles with the papers' whole titles as headings, and the papers with their places."""
    headed, papers = list(articles), []
    for paper in titles:
        index = max(at for at, article in enumerate(articles) if article.start <= paper.start and "." not in article.id)
        headed[index] = replace(articles[index], heading=paper.title)
        papers.append(Paper(articles[index].id, paper.title, articles[index].start, articles[index].end))
    return tuple(headed), tuple(papers)


def _articles(clean: str, nodes: list[_Node]) -> tuple[Article, ...]:
    ends = [len(clean)] * len(nodes)
    still_open: list[int] = []
    for index, node in enumerate(nodes):
        while still_open and nodes[still_open[-1]].level >= node.level:
            ends[still_open.pop()] = node.marker.start
        still_open.append(index)
    starts = [node.marker.start for node in nodes] + [len(clean)]
    openings = [
        opening(clean[node.marker.end : starts[index + 1]], starts[index + 1] < ends[index], node.marker.kind)
        for index, node in enumerate(nodes)
    ]
    headings = settle(openings, [node.parent for node in nodes])
    return tuple(
        Article(
            id=node.id,
            level=node.level,
            heading=headings[index],
            start=node.marker.start,
            body=node.marker.end,
            own_end=starts[index + 1],
            end=ends[index],
            parent=node.parent,
        )
        for index, node in enumerate(nodes)
    )
