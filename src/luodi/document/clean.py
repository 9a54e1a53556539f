"""Cleaning, in order: each step edits the draft and leaves every remaining character tied to its place."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from luodi.document.cards import part_fields
from luodi.document.characters import fold_width, simplify, strip_pinyin
from luodi.document.columns import mark_columns
from luodi.document.damage import (
    drop_doubled_marks,
    drop_forum_noise,
    drop_lost_blanks,
    drop_tags,
    mend_recognition,
    restore_brackets,
    restore_enumerators,
    restore_item_brackets,
    restore_references,
    restore_stops,
    restore_title_marks,
    restore_words,
)
from luodi.document.draft import Draft, Edit
from luodi.document.furniture import (
    drop_furniture,
    drop_page_numbers,
    drop_second_copy,
    drop_slice_numbers,
    drop_watermarks,
)
from luodi.document.lines import PAGE_FIELD
from luodi.document.reflow import join_wraps
from luodi.document.text import Text

_HAN = r"\u3400-\u9fff〇"
_SPACE = re.compile(r"[ \t\u3000]*\n[ \t]*|\A[ \t]+|[ \t]+\Z|[ \t]{2,}|\t")
_MARKUP = re.compile(
    r"^\[接上页\] *|^#{1,6} +|^<!--[^\n]*-->$|^-{3,}$|^[|*]+$|^【(?:题注|[编章节]名)】 ?", re.MULTILINE
)
_EMPHASIS = re.compile(
    r"(?P<open>\*\*|__)(?=[^\s*_])[^*_\n]{1,120}?(?P<close>(?P=open))"
)  # **第一条** of a markdown copy
# A table copied with one cell a line, each with the bar that parted it from the next.
_CELL_ALONE = re.compile(r"^[^|\n]*[^|\n ](?P<bar> ?\|)$", re.MULTILINE)
_FEWEST_CELLS = 6
# Rows drawn with bars at both ends, and the rule below the names (| --- | --- |).
_DRAWN = re.compile(r"(?:^\|(?:[^|\n]*\|){2,} *(?:\n|\Z)){2,}", re.MULTILINE)
_REGISTER = re.compile(rf"\| *{PAGE_FIELD} *\|")
_BAR = re.compile(r"^\| *|(?P<last> *\| *$)|(?P<between> *\| *)", re.MULTILINE)
_RULE = re.compile(r"^\|(?: *:?-{2,}:? *\|)+ *(?:\n|\Z)", re.MULTILINE)
_TABBED = re.compile(r"(?:^[^\n]*\t[^\n]*(?:\n|\Z)(?:[^\n\t。;:,]{2,24}\n(?=[^\n]*\t))?){3,}", re.MULTILINE)
_ROWS = re.compile(r"(?:^[^\n]*\t[^\n]*(?:\n|\Z)){3,}", re.MULTILINE)
_FEWEST_COLUMNS = 3
_SPLIT_DIGITS = re.compile(r"(?<=\d) (?=\d{1,2}(?!\d))(?<!\d{4} )|(?<=(?<!\d)[12]) (?=[09]\d\d年)")
# 1 000万元, 10 000元: groups of thousands (GB/T 15835); 50 100万元 may have lost the mark of a list, 甲 1 500元 may be two cells.
_FIRST_MONTH = re.compile(r"(?<=[\d〇零○一二三四五六七八九]年)元(?=月)")
_GROUPS = r"(?:\d(?: \d{3})+|\d{2,3}(?: 0\d{2})+)"
_THOUSANDS = re.compile(rf"(?<=[{_HAN}(,、:—~\t-]){_GROUPS}(?= ?[{_HAN}])|(?<=[{_HAN}] ){_GROUPS}(?= [{_HAN}])")
_NUMBERS_APART = re.compile(r"\d[\d.]*(?: \d[\d.]*)+ *(?=[\t\n]|\Z)")
_IN_PROSE = re.compile(
    rf"(?<=[{_HAN}]) (?=[{_HAN}])|(?<=[,。;:、)）%《》“”]) (?=[{_HAN}\d(])|(?<=[{_HAN}\d]) (?=[,。;:、(%])"
)
_BETWEEN_SIGNS = re.compile(r"(?<![A-Za-z]) | (?![A-Za-z])|(?<![A-Za-z][A-Za-z]) (?=[A-Za-z](?![A-Za-z]))")
_SPACED_LINE = re.compile(r"^[^ \n]+ [^\n]*", re.MULTILINE)
# 第三条 , and 一、加强组织领导 市政府各部门要…: a title whose line end was lost.
_BEHIND_NUMBER = re.compile(
    rf"第[〇零一二三四五六七八九十百千两\d]{{1,7}}[条章节]\Z|^[一二三四五六七八九十]{{1,2}}、(?:20\d\d年)?[{_HAN}、]{{4,16}}\Z",
    re.MULTILINE,
)
_LONGEST_NUMBER = 20
_SHORTEST_SPACED = 5
_MOSTLY = 0.8
# A text with blanks between its characters throughout (几 个 问 题): so many of them, and most neighbours apart.
_APART, _TOGETHER = re.compile(rf" (?<=[{_HAN}] )(?=[{_HAN}])"), re.compile(rf"(?<=[{_HAN}])(?=[{_HAN}])")
_FIGURES_APART, _FIGURES_TOGETHER = re.compile(r"(?<=\d) (?=\d)"), re.compile(r"(?<=\d)(?=\d)")
_ONE_BLANK = re.compile(r"(?<=[^ \t\n]) (?=[^ \t\n])")
_SPACED_NUMBER = re.compile(r"^ *第(?: ?[一二三四五六七八九十百\d]){1,6} ?[编章节条]", re.MULTILINE)
_LEAST_APART = 30
_AROUND_DIGITS = re.compile(rf"(?<=\d) (?=[{_HAN}%‰])|(?<=[{_HAN}、(]) (?=\d)")


def clean(draft: Draft) -> Text:
    """Clean a draft: one paragraph a line, nothing but the document."""
    for step in STEPS:
        step(draft)
    return draft.finish()


def trim_lines(draft: Draft) -> None:
    """Trim each line; inside it one space for many, one tab where columns were, and every tab of a table."""
    even = list(_even_tables(draft.text))
    draft.edit(
        Edit(at.start(), at.end(), _trimmed(at[0], "\t" in at[0] and (draft.in_table(at.start()) or _inside(even, at))))
        for at in _SPACE.finditer(draft.text)
        if at[0] != "\n"
    )
    draft.edit(Edit(at.start(), at.end()) for at in _MARKUP.finditer(draft.text))
    cells = list(_CELL_ALONE.finditer(draft.text))
    draft.edit(Edit(*at.span("bar")) for at in cells if len(cells) >= _FEWEST_CELLS)
    emphasised = list(_EMPHASIS.finditer(draft.text))
    draft.edit(Edit(*at.span(side)) for at in emphasised for side in ("open", "close"))


def part_drawn_rows(draft: Draft) -> None:
    """Rows of cells drawn with bars get tabs between them, as all rows of cells have."""
    blocks = [at.span() for at in _DRAWN.finditer(draft.text) if not _REGISTER.match(draft.text, at.start())]
    draft.edit(Edit(at.start(), at.end()) for block in blocks for at in _RULE.finditer(draft.text, *block))
    blocks = [at.span() for at in _DRAWN.finditer(draft.text) if not _REGISTER.match(draft.text, at.start())]
    draft.edit(
        Edit(at.start(), at.end(), "\t" if at["between"] else "")
        for block in blocks
        for at in _BAR.finditer(draft.text, *block)
    )


def _even_tables(text: str) -> Iterator[tuple[int, int]]:
    """Lines of as many tabs each, and no column empty in all of them: a table whose empty cells hold their place.

    The names of groups may stand between them; lines that are even only up to such a one are a table up to it.
    """
    for block in _TABBED.finditer(text):
        parts = [block.span()] if _is_even(block[0]) else [at.span() for at in _ROWS.finditer(text, *block.span())]
        yield from (part for part in parts if _is_even(text[slice(*part)]))


def _is_even(block: str) -> bool:
    rows = [line.split("\t") for line in block.rstrip("\n").split("\n") if "\t" in line]
    width = len(rows[0])
    even = width >= _FEWEST_COLUMNS and all(len(row) == width for row in rows)
    return even and all(any(cell.strip() for cell in column) for column in zip(*rows, strict=True))


def _inside(spans: Sequence[tuple[int, int]], at: re.Match[str]) -> bool:
    place = bisect_right(spans, (at.start(), sys.maxsize)) - 1
    return place >= 0 and at.start() < spans[place][1]


def _trimmed(space: str, in_table: bool) -> str:
    if in_table:
        return "".join(char for char in space if char in "\t\n")
    if "\n" in space:
        return "\n"
    return "\t" if "\t" in space else " "


def number_first_month(draft: Draft) -> None:
    """元月 is the first month (2020年元月1日, 二〇二〇年元月一日)."""
    draft.edit(
        Edit(at.start(), at.end(), "1" if draft.text[at.start() - 2].isdecimal() else "一")
        for at in (_FIRST_MONTH.finditer(draft.text) if "元月" in draft.text else ())
    )


def join_spaced_lines(draft: Draft) -> None:
    """Spaces set between all characters of a line (几 个 问 题 的 通 知)."""
    spaced = [line for line in _SPACED_LINE.finditer(draft.text) if _is_spaced_out(line[0])]
    draft.edit(_within(draft.text, spaced, _BETWEEN_SIGNS))


def join_spaced_text(draft: Draft) -> None:
    """One blank between all characters of a text; wider gaps, which part words and cells, stay."""
    apart = sum(1 for _ in _APART.finditer(draft.text)) if draft.text.count(" ") >= _LEAST_APART else 0
    if apart < _LEAST_APART or apart < sum(1 for _ in _TOGETHER.finditer(draft.text)):
        return
    numbers = {at.end() for at in _SPACED_NUMBER.finditer(draft.text)}
    figures = [sum(1 for _ in found.finditer(draft.text)) for found in (_FIGURES_APART, _FIGURES_TOGETHER)]
    kept = re.compile(r"[A-Za-z]{2} | [A-Za-z]{2}" + ("" if figures[0] > figures[1] else r"|\d \d"))
    blanks = (
        at
        for at in _ONE_BLANK.finditer(draft.text)
        if at.start() not in numbers and not kept.search(draft.text, max(0, at.start() - 2), at.end() + 2)
    )
    draft.edit(Edit(at.start(), at.end()) for at in blanks)


def join_spaced(draft: Draft) -> None:
    """Spaces set between Chinese characters or digits of one number."""
    draft.edit(
        (Edit(at.start(), at.end()) for at in _SPLIT_DIGITS.finditer(draft.text) if not _is_of_cells(draft.text, at)),
        "split-digits",
    )
    grouped = list(_THOUSANDS.finditer(draft.text))
    draft.edit(
        (Edit(at.start() + gap.start(), at.start() + gap.end()) for at in grouped for gap in re.finditer(" ", at[0])),
        "split-digits",
    )
    draft.edit(Edit(at.start(), at.end()) for at in _AROUND_DIGITS.finditer(draft.text))
    prose = [line for line in _SPACED_LINE.finditer(draft.text) if len(line[0]) >= 30 and re.search("[,。;]", line[0])]
    draft.edit(_within(draft.text, prose, _IN_PROSE))


def _is_of_cells(text: str, at: re.Match[str]) -> bool:
    """Whether a space stands between two numbers alone in a cell (``100 80`` below 第一年 第二年): those of two columns."""
    start, end = text.rfind("\n", 0, at.start()) + 1, text.find("\n", at.end())
    begin = max(text.rfind("\t", start, at.start()) + 1, start)
    return "\t" in text[start : end if end >= 0 else len(text)] and bool(_NUMBERS_APART.match(text, begin))


def _within(text: str, found: list[re.Match[str]], spaces: re.Pattern[str]) -> Iterator[Edit]:
    """The spaces to remove in some lines; one behind an article's number stays."""
    for line in found:
        for at in spaces.finditer(text, line.start(), line.end()):
            if not _BEHIND_NUMBER.search(text, max(line.start(), at.start() - _LONGEST_NUMBER), at.start()):
                yield Edit(at.start(), at.end())


def _is_spaced_out(line: str) -> bool:
    """Whether a line is set with a space behind nearly every character."""
    return len(line) >= _SHORTEST_SPACED and line.count(" ") >= _MOSTLY * (len(line) - line.count(" ") - 1)


def drop_blank_lines(draft: Draft) -> None:
    """One line end between paragraphs, none at the ends."""
    blank = re.compile(r"\A\s+|\s+\Z|\n[\n ]+|\n(?:[\t ]*\n)+")
    draft.edit(
        Edit(at.start(), at.end(), "\n" if at.start() and at.end() < len(draft.text) else "")
        for at in blank.finditer(draft.text)
    )


STEPS = (
    drop_tags,
    restore_references,
    restore_enumerators,
    fold_width,
    join_spaced_text,
    restore_title_marks,
    restore_stops,
    mark_columns,
    trim_lines,
    part_drawn_rows,
    drop_lost_blanks,
    drop_forum_noise,
    restore_item_brackets,
    strip_pinyin,
    simplify,
    restore_words,
    number_first_month,
    restore_brackets,
    drop_watermarks,
    drop_page_numbers,
    drop_second_copy,
    drop_slice_numbers,
    drop_furniture,
    join_spaced_lines,
    join_wraps,
    part_fields,
    join_spaced,
    mend_recognition,
    drop_doubled_marks,
    drop_blank_lines,
)
