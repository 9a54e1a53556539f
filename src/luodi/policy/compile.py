"""The whole path on one screen: document → rules of reading → every kind of clause → facts and diagnostics."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from luodi.document.tree import Document
from luodi.policy.clauses import finder, kinds
from luodi.policy.coverage import unrecognised
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.document_rules import DocumentRules, document_rules
from luodi.policy.facts import Fact
from luodi.policy.reading_notes import reading_diagnostics, with_due_confidence


@dataclass(frozen=True)
class Compiled:
    """What was found in one document, in text order within each kind."""

    document: Document
    facts: tuple[Fact, ...]
    diagnostics: tuple[Diagnostic, ...]
    rules: DocumentRules


_AWARDS = "benefit"  # takes as long as all other kinds together


def compile_document(document: Document, *, in_two: bool = False) -> Compiled:
    """Run every clause finder over a document; ``in_two`` processes it is the same, sooner where the document is long."""
    rules = document_rules(document)
    by_kind = _found_in_two(document, rules) if in_two else _found(document, rules, kinds())
    found = [item for _, items in sorted(by_kind.items()) for item in items]
    facts = with_due_confidence((item for item in found if isinstance(item, Fact)), document)
    diagnostics = (
        *reading_diagnostics(document),
        *(item for item in found if isinstance(item, Diagnostic)),
        *unrecognised(document, facts),
    )
    return Compiled(document, facts, diagnostics, rules)


def _found(document: Document, rules: DocumentRules, of: Sequence[str]) -> dict[str, list[Fact | Diagnostic]]:
    return {kind: list(finder(kind)(document, rules)) for kind in of}


def _found_in_two(document: Document, rules: DocumentRules) -> dict[str, list[Fact | Diagnostic]]:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
        others = pool.submit(_found, document, rules, [kind for kind in kinds() if kind != _AWARDS])
        return _found(document, rules, [_AWARDS]) | others.result()
