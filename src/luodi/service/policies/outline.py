"""The article tree (条款目录) of a pack as nested nodes, with how many facts each clause holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from luodi.service.policies.fact_lines import FactLine
from luodi.service.policies.shown_text import ShownText

_OPENING = 18  # characters
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
    by_id: dict[str, Node] = {}
    for article in articles:
        heading = article["heading"] or (opening(shown.words(article["span"])) if shown else "")
        node = Node(article["id"], heading, article["level"], tuple(article["span"]))
        while path and path[-1].level >= node.level:
            path.pop()
        (path[-1].children if path else top).append(node)
        path.append(node)
        by_id.setdefault(node.id, node)
    for line in lines:
        if line.article in by_id:
            by_id[line.article].facts.append(line)
    return top


def opening(words: str, label: str = "") -> str:
    """The first words of a clause behind its number, and behind a ``label`` with a colon (``市甲局:``)."""
    line = _NUMBER.sub("", words.strip().partition("\n")[0])
    line = re.sub(rf"^{re.escape(label)}\s*[:：]\s*", "", line) if label else line
    line = line.rstrip("。；;")
    return line if len(line) <= _OPENING else f"{line[:_OPENING]}…"


def find(nodes: Iterable[Node], article: str) -> list[Node]:
    """The way from a top clause down to ``article``; empty where there is none."""
    for node in nodes:
        if node.id == article:
            return [node]
        below = find(node.children, article)
        if below:
            return [node, *below]
    return []
