"""Cleaning, in order: each step edits the draft and leaves every remaining character tied to its place."""

from __future__ import annotations

import re

from luodi.document.characters import fold_width, simplify, strip_pinyin
from luodi.document.damage import mend_recognition, restore_brackets, restore_enumerators, restore_words
from luodi.document.draft import Draft, Edit
from luodi.document.furniture import drop_furniture, drop_page_numbers, drop_second_copy
from luodi.document.reflow import join_wraps
from luodi.document.text import Text

_HAN = r"\u3400-\u9fff〇"
_SPACE = re.compile(r"[ \t\u3000]*\n[ \t]*|\A[ \t]+|[ \t]+\Z|[ \t]{2,}|\t")
_SPACE_OUTSIDE_TABLES = re.compile(r"[ \u3000]*\n *|\A +|[ \t]+\Z| {2,}")
_MARKUP = re.compile(r"^#{1,6} +|^<!--[^\n]*-->$|^-{3,}$|^[|*]+$", re.MULTILINE)
_SPLIT_DIGITS = re.compile(r"(?<=\d) (?=\d{1,2}(?!\d))(?<!\d{4} )")
_IN_PROSE = re.compile(
    rf"(?<=[{_HAN}])(?<![条章节]) (?=[{_HAN}])|(?<=[,。;:、)）%《》“”]) (?=[{_HAN}\d(])|(?<=[{_HAN}\d]) (?=[,。;:、(%])"
)
_AROUND_DIGITS = re.compile(rf"(?<=\d) (?=[{_HAN}])|(?<=[{_HAN}]) (?=\d)")


def clean(draft: Draft) -> Text:
    """Clean a draft: one paragraph a line, nothing but the document."""
    for step in STEPS:
        step(draft)
    return draft.finish()


def trim_lines(draft: Draft) -> None:
    """Trim each line; inside it one space for many, one tab where columns were."""
    space = _SPACE_OUTSIDE_TABLES if draft.tabular else _SPACE
    draft.edit(Edit(at.start(), at.end(), _trimmed(at[0])) for at in space.finditer(draft.text) if at[0] != "\n")
    draft.edit(Edit(at.start(), at.end()) for at in _MARKUP.finditer(draft.text))


def _trimmed(space: str) -> str:
    if "\n" in space:
        return "\n"
    return "\t" if "\t" in space else " "


def join_spaced(draft: Draft) -> None:
    """Spaces set between Chinese characters or digits of one number."""
    draft.edit((Edit(at.start(), at.end()) for at in _SPLIT_DIGITS.finditer(draft.text)), "split-digits")
    draft.edit(Edit(at.start(), at.end()) for at in _AROUND_DIGITS.finditer(draft.text))
    edits = []
    for line in re.finditer(r"[^\n]+", draft.text):
        if " " in line[0] and (len(line[0]) >= 30 and re.search("[,。;]", line[0])):
            edits += [Edit(at.start(), at.end()) for at in _IN_PROSE.finditer(draft.text, line.start(), line.end())]
    draft.edit(edits)


def drop_blank_lines(draft: Draft) -> None:
    """One line end between paragraphs, none at the ends."""
    blank = re.compile(r"\A\s+|\s+\Z|\n[\n ]+|\n(?:[\t ]*\n)+")
    draft.edit(
        Edit(at.start(), at.end(), "\n" if at.start() and at.end() < len(draft.text) else "")
        for at in blank.finditer(draft.text)
    )


STEPS = (
    restore_enumerators,
    fold_width,
    trim_lines,
    strip_pinyin,
    simplify,
    restore_words,
    restore_brackets,
    drop_page_numbers,
    drop_second_copy,
    drop_furniture,
    join_wraps,
    join_spaced,
    mend_recognition,
    drop_blank_lines,
)
