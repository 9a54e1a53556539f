"""Cleaning, in order: each step edits the draft and leaves every remaining character tied to its place."""

from __future__ import annotations

import re

from luodi.document.characters import fold_width
from luodi.document.draft import Draft, Edit
from luodi.document.text import Text


def clean(draft: Draft) -> Text:
    """Clean a draft: one paragraph a line, nothing but the document."""
    fold_width(draft)
    tidy_lines(draft)
    return draft.finish()


def tidy_lines(draft: Draft) -> None:
    """Trim lines and drop empty ones."""
    draft.edit(Edit(at.start(), at.end(), "\n" if "\n" in at[0] else " ") for at in re.finditer(r"\s+", draft.text))
    draft.edit(
        Edit(at.start(), at.end()) for at in re.finditer(r"\A\s+|\s+\Z|(?<=[^\x00-\xff]) (?=[^\x00-\xff])", draft.text)
    )
