"""The clauses of a pack by address: which holds a place of the source, and what each is headed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any


def article_at(articles: Sequence[Mapping[str, Any]], place: int) -> str:
    """The address of the clause that holds a place of the source; ``0`` before the first."""
    at = bisect_right(articles, place, key=_start)
    return str(articles[at - 1]["id"]) if at else "0"


def address_of(articles: Sequence[Mapping[str, Any]], span: Sequence[int], usual: str) -> str:
    """Where words stand: in their award's own clause (``usual``, of several with one number the first), else in another."""
    start, end = next((article["span"] for article in articles if article["id"] == usual), (0, 0))
    return usual if start <= span[0] < end else article_at(articles, span[0])


def _start(article: Mapping[str, Any]) -> int:
    return int(article["span"][0])


def headings_of(articles: Sequence[Mapping[str, Any]]) -> dict[str, str | None]:
    """Headings by address in text order; of clauses with one number (服务内容 1., 条件要求 1.) that of the first, which pays."""
    found: dict[str, str | None] = {}
    for article in articles:
        found.setdefault(article["id"], article["heading"])
    return found
