"""Clause kinds, one module each; a module registers its finder by decorating it with :func:`clause`.

A finder reads a :class:`~luodi.document.tree.Document` and the document-level rules and yields facts and diagnostics.
Adding a kind of clause touches no list: every module of this package is one of :func:`kinds`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from typing import Protocol

from luodi.document.tree import Document
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.document_rules import DocumentRules
from luodi.policy.facts import Fact


class Finder(Protocol):
    """What a clause module gives."""

    def __call__(self, document: Document, rules: DocumentRules) -> Iterable[Fact | Diagnostic]:
        """Yield what the document states of this kind, in text order."""


_FINDERS: dict[str, Finder] = {}


def clause(kind: str) -> Callable[[Finder], Finder]:
    """Register a finder under its kind, the name of its module (``duty``, ``benefit`` …)."""

    def register(finder: Finder) -> Finder:
        if kind in _FINDERS:
            raise ValueError(f"clause kind {kind!r} is registered twice")
        _FINDERS[kind] = finder
        return finder

    return register


def kinds() -> list[str]:
    """The kinds of clauses in a fixed order; each is the name of its module."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def finder(kind: str) -> Finder:
    """The finder of a kind; its module is imported when it is asked for."""
    importlib.import_module(f"{__name__}.{kind}")
    return _FINDERS[kind]
