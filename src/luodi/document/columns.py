"""Columns set with spaces, as text copied from a page or a word processor has them: tabs take the place of the gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from luodi.document.draft import Draft, Edit

_GAP = re.compile(r"(?<=[^ \t\n]) {2,}(?=[^ \t\n])")
_BLANK_INSIDE = re.compile(r"(?<=[^ \t\n]) +(?=[^ \t\n])")  # parts cells only where there are three or more
_LINE = re.compile(r"[^\n]+")
_FIGURE = re.compile(r"(?:[≤≥]|最高)?[\d.,]+(?:[-—~至][\d.,]+)?(?:[万亿]?元|%)?(?:/(?:m2|[^\d ]{1,6}))?|[-—/]")
_FEWEST_ROWS = 2
_LONGEST_LINE = 80
_LONGEST_SPACED = 40
# Names of the columns of a table of tasks or a list of firms: under them the cells need not be figures.
_NAME = re.compile(
    r"序号|级数|编号|(?:(?:主要|重点|工作|具体|目标|年度)*(?:任务|内容|事项|举措|措施|目标|指标)|项目|企业|单位|用户|区域|政策|产品|指标|任务)(?:名称|内容|值|情况)?"
    r"|(?:牵头|责任|配合|参与|主办|协办|承办|负责|建设|实施)(?:单位|部门|领导|科室|股室|人)|(?:完成|办结|推进)(?:时限|时间|期限)|时间节点|(?:所[属在])?(?:地区|县区|区县|乡镇|镇街)|备注"
    r"|指标?(?:类[别型]|属性|性质)|类别|属性|计量单位|(?:基期|目标|现状)值?|20\d\d年(?:底)?(?:基数|基期|实际|完成|现状|目标|预期|规划)?值?"
)
# A column of a table of indicators that holds figures.
_OF_FIGURES = re.compile(r"20\d\d年|目标值?\Z")
_TARGET = re.compile(r"[\[〔≥≤<>=]*\d[\d.,]*%?[\]〕]?(?:左右|以[上内下])?|[-—/]")
_REMARK = re.compile(r"\([^()\n]{1,16}\)")
_WIDE = re.compile(r" {2,}")
_BLANK = re.compile(" +")
_NUMBERED = re.compile(r" *\d{1,3} ")
_LONGEST_NAME = 16
_LEAST_COLUMNS = 3
_LEAST_NAMES = 2
_STOPS = re.compile("[。;:]")


def mark_columns(draft: Draft) -> None:
    """Put tabs between the cells of lines that follow each other: with the same gaps and a column of figures, or under names."""
    edits = [
        Edit(*gap, "\t")
        for block in _blocks(draft.text)
        if _is_table(draft.text, block)
        for line in block
        for gap in line.gaps
    ]
    edits += [Edit(*gap, "\t") for gap in _under_names(draft.text)]
    draft.edit(sorted(edits))


class _Line:
    """A line with the gaps between its cells."""

    __slots__ = ("end", "gaps", "start")

    def __init__(self, at: re.Match[str]) -> None:
        self.start, self.end = at.span()
        self.gaps = [gap.span() for gap in _GAP.finditer(at.string, *at.span())] if len(at[0]) <= _LONGEST_LINE else []
        if not self.gaps and len(at[0]) <= _LONGEST_SPACED:
            blanks = [gap.span() for gap in _BLANK_INSIDE.finditer(at.string, *at.span())]
            self.gaps = blanks if len(blanks) > 1 else []

    def cells(self, text: str) -> list[str]:
        starts = [self.start, *(end for _, end in self.gaps)]
        ends = [*(start for start, _ in self.gaps), self.end]
        return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _blocks(text: str) -> Iterator[list[_Line]]:
    found = (_Line(at) for at in _LINE.finditer(text) if at[0].strip())
    for count, block in groupby(found, key=lambda line: len(line.gaps)):
        if count:
            yield list(block)


def _is_table(text: str, block: Sequence[_Line]) -> bool:
    """Whether names stand over rows of which one column holds nothing but figures, and another none."""
    if len(block) <= _FEWEST_ROWS:
        return False
    names, *rows = (line.cells(text) for line in block)
    figures = [all(_FIGURE.fullmatch(cell) for cell in column) for column in zip(*rows, strict=True)]
    return (
        any(figures)
        and not all(figures)
        and not any(re.search(r"\d", re.sub(r"\([^()]*\)", "", name)) for name in names)
    )


def _under_names(text: str) -> Iterator[tuple[int, int]]:
    """The gaps between cells under a line of names: of two blanks or more, or of one where every row has as many cells."""
    gap, width, figures, start = None, 0, False, 0
    for line in text.split("\n"):
        if "\t" in line or "|" in line or not line.strip():
            gap = None if line.strip() else gap
        elif named := _of_names(line):
            gap, width, figures = named
            yield from _inner(line, start, gap)
        elif gap:
            if _is_row(line, gap, width) or (figures and _is_indicator(line, width)):
                yield from _inner(line, start, gap)
            else:
                gap = None
        start += len(line) + 1


def _of_names(line: str) -> tuple[re.Pattern[str], int, bool] | None:
    """How the cells of a line of column names are parted, how many there are, and whether some hold figures; None for any other line."""
    words = line.strip(" ")
    if " " not in words or _STOPS.search(words):
        return None
    for gap in (_WIDE, _BLANK):
        names = [_REMARK.sub("", name).replace(" ", "") for name in gap.split(words)]
        known = sum(bool(_NAME.fullmatch(name)) for name in names)
        if len(names) >= _LEAST_COLUMNS and known >= _LEAST_NAMES and max(map(len, names)) <= _LONGEST_NAME:
            return gap, len(names), any(_OF_FIGURES.search(name) for name in names)
    return None


def _is_row(line: str, gap: re.Pattern[str], width: int) -> bool:
    cells = len(gap.split(line.strip(" ")))
    if gap is _BLANK:
        return cells == width and bool(_NUMBERED.match(line))
    return 2 <= cells <= width


def _is_indicator(line: str, width: int) -> bool:
    """A row of a table of indicators, the name of its group lost or told above."""
    cells = _BLANK.split(line.strip(" "))
    return width - 1 <= len(cells) <= width and any(_TARGET.fullmatch(cell) for cell in cells[-3:])


def _inner(line: str, start: int, gap: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The gaps inside a line, not those at its ends."""
    first, last = len(line) - len(line.lstrip(" ")), len(line.rstrip(" "))
    yield from ((start + at.start(), start + at.end()) for at in gap.finditer(line, first, last))
