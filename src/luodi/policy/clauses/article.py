"""Articles and their headings (LANGUAGE 3): one fact a node of the tree."""

from __future__ import annotations

from collections.abc import Iterator

from luodi.document.tree import Document
from luodi.policy.clauses import DocumentRules, clause
from luodi.policy.facts import ArticleHeading


@clause("article")
def articles(document: Document, rules: DocumentRules) -> Iterator[ArticleHeading]:
    """Every numbered article with its heading."""
    for article in document.articles:
        span = document.text.span(article.start, article.end)
        yield ArticleHeading(article=article.id, span=span, heading=article.heading)
