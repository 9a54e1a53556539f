"""Single characters: width folded (NFKC), invisible ones removed."""

from __future__ import annotations

import re
import unicodedata

from luodi.document.draft import Draft, Edit

# Kept as they are: circled numbers are enumerators of their own, the ellipsis and ℃ are read better whole.
_KEPT = re.compile("[①-⑳…‥℃]")
_LINE_ENDS = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}


def fold_width(draft: Draft) -> None:
    r"""Fold full-width forms to half-width and drop what cannot be seen; line ends become ``\\n``."""
    draft.edit(Edit(at.start(), at.end(), "\n") for at in re.finditer("\r\n", draft.text))
    draft.replace(draft.text.translate(_LINE_ENDS))
    folded = {char: _fold(char) for char in set(draft.text)}
    single = {ord(char): new for char, new in folded.items() if len(new) == 1 and new != char}
    draft.replace(draft.text.translate(single))
    longer = {char: new for char, new in folded.items() if len(new) != 1}
    if longer:
        pattern = re.compile("[" + re.escape("".join(longer)) + "]")
        draft.edit(Edit(at.start(), at.end(), longer[at[0]]) for at in pattern.finditer(draft.text))


def _fold(char: str) -> str:
    if char in "\n\t" or _KEPT.match(char):
        return char
    if unicodedata.category(char) in _INVISIBLE:
        return ""
    return unicodedata.normalize("NFKC", char)
