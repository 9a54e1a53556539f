"""Articles and their headings (LANGUAGE 3): one fact a node of the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luodi.document.outline import PAPER
from luodi.document.tree import Document
from luodi.policy.clauses import clause
from luodi.policy.document_rules import DocumentRules
from luodi.policy.facts import ArticleHeading

_ANNEX = re.compile(rf"(?:{PAPER}\d+\.?)?(?:附[件录][^.]{{0,3}})?")


@clause("article")
def articles(document: Document, rules: DocumentRules) -> Iterator[ArticleHeading]:
    """Every numbered article with its heading; an annex or inner paper (附件1, 文件1) is a part of the tree, but itself no article."""
    for article in document.articles:
        if _ANNEX.fullmatch(article.id):
            continue
        span = document.text.span(article.start, article.end)
        yield ArticleHeading(article=article.id, span=span, heading=article.heading)
