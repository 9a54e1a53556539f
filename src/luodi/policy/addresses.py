"""The clauses of a pack by address: which holds a place of the source, and what each is headed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any


def article_at(articles: Sequence[Mapping[str, Any]], place: int) -> str:
    """The address of the clause that holds a place of the source; ``0`` before the first."""
    at = bisect_right([article["span"][0] for article in articles], place)
    return str(articles[at - 1]["id"]) if at else "0"


def address_of(articles: Sequence[Mapping[str, Any]], span: Sequence[int], usual: str) -> str:
    """Where words stand: in their award's own clause (``usual``, of several with one number the first), else in another."""
    own = [article["span"] for article in articles if article["id"] == usual][:1]
    return usual if any(start <= span[0] < end for start, end in own) else article_at(articles, span[0])


def headings_of(articles: Sequence[Mapping[str, Any]]) -> dict[str, str | None]:
    """Headings by address in text order; of clauses with one number (服务内容 1., 条件要求 1.) that of the first, which pays."""
    found: dict[str, str | None] = {}
    for article in articles:
        found.setdefault(article["id"], article["heading"])
    return found
