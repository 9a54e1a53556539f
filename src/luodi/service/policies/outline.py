"""The article tree (条款目录) of a pack as nested nodes, with how many facts each clause holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from luodi.policy.punctuation import widened
from luodi.service.policies.fact_lines import FactLine
from luodi.service.policies.shown_text import ShownText

_OPENING = 18  # characters
_SENTENCE = 24  # characters of a first sentence that stands whole
_NUMBER = re.compile(
    r"^(?:第(?:[ \u3000]?[^\s条章节]){1,6}[ \u3000]?[条章节]|[（(]?[\d一二三四五六七八九十]{1,3}[）)．.、]?)[\s\u3000]*"
)


@dataclass
class Node:
    """One clause; ``facts`` are its own, those of its children are counted in ``count``."""

    id: str
    heading: str
    level: int
    span: tuple[int, int]
    facts: list[FactLine] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    shared: bool = False
    """Whether another clause has the same number: then its place is part of its address."""

    def holds(self, span: Sequence[int] | None) -> bool:
        """Whether a place of the text is in this clause; what has no place could be."""
        return span is None or self.span[0] <= span[0] < self.span[1]

    @property
    def count(self) -> int:
        """Facts in the clause and below it."""
        return len(self.facts) + sum(child.count for child in self.children)

    def walk(self) -> Iterable[Node]:
        """The node and all below it in text order."""
        yield self
        for child in self.children:
            yield from child.walk()


def outline(
    articles: Sequence[Mapping[str, Any]], lines: Iterable[FactLine], shown: ShownText | None = None
) -> list[Node]:
    """The top clauses with everything below them; facts of the head (article 0) stand outside.

    A clause without a heading is told by its first words where the text is ``shown``.
    """
    top: list[Node] = []
    path: list[Node] = []
    by_id: dict[str, list[Node]] = {}
    for article in articles:
        heading = widened(article["heading"] or "") or (opening(shown.words(article["span"])) if shown else "")
        node = Node(article["id"], heading, article["level"], tuple(article["span"]))
        while path and path[-1].level >= node.level:
            path.pop()
        (path[-1].children if path else top).append(node)
        path.append(node)
        by_id.setdefault(node.id, []).append(node)
    for line in lines:
        if line.article in by_id:
            same = by_id[line.article]
            next((node for node in same if node.holds(line.span)), same[0]).facts.append(line)
    for same in by_id.values():
        for node in same:
            node.shared = len(same) > 1
    return top


def opening(words: str, label: str = "") -> str:
    """The first words of a clause's :func:`first_sentence`, all of a short one."""
    sentence = first_sentence(words, label)
    return sentence if len(sentence) <= _SENTENCE else f"{sentence[:_OPENING].rstrip('，、：（')}…"


def first_sentence(words: str, label: str = "") -> str:
    """The first sentence of a clause behind its number, and behind a ``label`` that leads on to it (``市甲局:``, ``市甲局负责``)."""
    line = _NUMBER.sub("", words.strip().partition("\n")[0])
    line = re.sub(rf"^{re.escape(label)}(?:\s*[:：]\s*|(?:应当|要|具体|牵头|负责|承担)+)", "", line) if label else line
    return widened(re.split("[。；;]", line, maxsplit=1)[0])


def find(nodes: Iterable[Node], article: str) -> list[Node]:
    """The way from a top clause down to ``article``, to the first where several have its number; empty where there is none."""
    return next(ways(nodes, article), [])


def ways(nodes: Iterable[Node], article: str) -> Iterator[list[Node]]:
    """The way down to each clause of that number, in text order."""
    for node in nodes:
        if node.id == article:
            yield [node]
        yield from ([node, *below] for below in ways(node.children, article))


def clause_of(nodes: Iterable[Node], article: str, span: Sequence[int] | None) -> Node | None:
    """The clause of that number which a place of the text is in, else the first."""
    same = [way[-1] for way in ways(nodes, article)]
    return next((node for node in same if node.holds(span)), same[0] if same else None)
