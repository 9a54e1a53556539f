"""Plain text: the decoded file is the source."""

from __future__ import annotations

from luodi.document.draft import Draft


def draft(source: str) -> Draft:
    """A draft of a plain text."""
    return Draft(source)
