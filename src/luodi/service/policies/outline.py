"""The article tree (条款目录) of a pack as nested nodes, with how many facts each clause holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from luodi.service.policies.fact_lines import FactLine


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


def outline(articles: Sequence[Mapping[str, Any]], lines: Iterable[FactLine]) -> list[Node]:
    """The top clauses with everything below them; facts of the head (article 0) stand outside."""
    top: list[Node] = []
    path: list[Node] = []
    by_id: dict[str, Node] = {}
    for article in articles:
        node = Node(article["id"], article["heading"] or "", article["level"], tuple(article["span"]))
        while path and path[-1].level >= node.level:
            path.pop()
        (path[-1].children if path else top).append(node)
        path.append(node)
        by_id.setdefault(node.id, node)
    for line in lines:
        if line.article in by_id:
            by_id[line.article].facts.append(line)
    return top


def find(nodes: Iterable[Node], article: str) -> list[Node]:
    """The way from a top clause down to ``article``; empty where there is none."""
    for node in nodes:
        if node.id == article:
            return [node]
        below = find(node.children, article)
        if below:
            return [node, *below]
    return []
