"""Searching the library (政策库): which policies speak of all words asked for, and in which clauses and facts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from luodi.policy.pack import Pack
from luodi.service.policies.fact_lines import fact_lines

MOST = 6
"""Places shown of one policy."""


@dataclass(frozen=True)
class Place:
    """A clause's heading or a fact in which a word stands."""

    label: str
    article: str
    figure: str
    text: str

    @property
    def words(self) -> str:
        """All that is searched of it."""
        return folded(f"{self.label} {self.figure} {self.text}")


@dataclass(frozen=True)
class Found:
    """Where a policy speaks of the words: the first places, and how many more there are."""

    places: tuple[Place, ...]
    more: int


def folded(words: str) -> str:
    """Words as they are compared: width and case do not count."""
    return unicodedata.normalize("NFKC", words).casefold()


def search(pack: Pack, asked: Sequence[str]) -> Found | None:
    """Where a policy speaks of all words asked for (folded); None if it does not speak of one of them."""
    head = folded(" ".join(str(pack.data[name] or "") for name in ("title", "document_number", "issuer")))
    places = list(_places(pack))
    spoken = [(place, {word for word in asked if word in place.words}) for place in places]
    everywhere = {word for word in asked if word in head}.union(*(said for _, said in spoken))
    if everywhere != set(asked):
        return None
    named = sorted((each for each in spoken if each[1]), key=lambda each: -len(each[1]))
    return Found(tuple(place for place, _ in named[:MOST]), max(0, len(named) - MOST))


def _places(pack: Pack) -> Iterator[Place]:
    """Headings of clauses, then facts in text order."""
    for article in pack.data["articles"]:
        if article["heading"]:
            yield Place("条款", article["id"], "", article["heading"])
    for line in fact_lines(pack):
        yield Place(line.label, line.article, line.figure, line.text)
