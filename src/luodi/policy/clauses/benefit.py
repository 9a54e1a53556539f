"""Benefits (补助、奖励、贴息 …): every distinct amount by which a reader could be paid (LANGUAGE 6, 9, 10)."""

from __future__ import annotations

from collections.abc import Iterable

from luodi.document.tree import Document
from luodi.policy.award_row import Row, Unpaired
from luodi.policy.award_rows import assemble
from luodi.policy.clauses import DocumentRules, clause
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.facts import Benefit, Fact
from luodi.policy.passages import Passage, passages


@clause("benefit")
def benefits(document: Document, rules: DocumentRules) -> Iterable[Fact | Diagnostic]:
    """Find the benefits of a document, and the lists of sums that could not be paired with their keys."""
    for passage in passages(document):
        rows, unpaired = assemble(passage)
        yield from (_fact(passage, row) for row in rows)
        yield from (_diagnostic(passage, one) for one in unpaired)


def _fact(passage: Passage, row: Row) -> Benefit:
    start, end = passage.stretch(clause=row.clause)
    return Benefit(
        article=passage.article,
        span=passage.span(row.item.start, row.item.end),
        kind=row.kind,
        selector=row.selector,
        amount=row.amount,
        rate=row.rate,
        floor=row.floor,
        cap=row.cap,
        frequency=row.frequency,
        years=row.years,
        sentence=passage.span(start, end),
    )


def _diagnostic(passage: Passage, one: Unpaired) -> Diagnostic:
    return Diagnostic(
        code="pairing-unresolved",
        severity="warning",
        article=passage.article,
        span=passage.span(one.start, one.end),
        message=f"“分别”后的金额（{passage.text[one.start : one.end]}）与前面所列对象的个数对不上，未作推断。",
        next_step="请对照原文，在政策包里逐档填写对象和金额。",
    )
