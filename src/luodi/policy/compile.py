"""The whole path on one screen: document → rules of reading → every kind of clause → facts and diagnostics."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.document.tree import Document
from luodi.policy.clauses import finders
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


def compile_document(document: Document) -> Compiled:
    """Run every clause finder over a document."""
    rules = document_rules(document)
    found = [item for finder in finders().values() for item in finder(document, rules)]
    facts = with_due_confidence((item for item in found if isinstance(item, Fact)), document)
    diagnostics = (
        *reading_diagnostics(document),
        *(item for item in found if isinstance(item, Diagnostic)),
        *unrecognised(document, facts),
    )
    return Compiled(document, facts, diagnostics, rules)
