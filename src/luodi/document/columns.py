"""Columns set with spaces, as text copied from a page or a word processor has them: tabs take the place of the gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from operator import attrgetter
from typing import NamedTuple

from luodi.document.draft import Draft, Edit

_LINE = re.compile(r"[^ \n](?:[^\n]*[^ \n])?")
_WIDE = re.compile(" {2,}")
_BLANK = re.compile(" +")  # parts cells only where there are three or more
_BARRED = re.compile(r"[\t|]")  # parted already
_FIGURE = re.compile(
    r"(?:[≤≥]|最高|不超过|一次性|每[人户家名项个][年月]?|每[年月])*[\d.,]+(?:[-—~至][\d.,]+)?(?:[万亿]?元|%)?(?:/(?:m2|[^\d ]{1,6}))?|[-—/]"
)
_FEWEST_ROWS = 2
_LONGEST_SPACED = 40
# Names of the columns of a table of tasks or a list of firms: under them the cells need not be figures.
_NAME = re.compile(
    r"序号|级数|编号|(?:(?:主要|重点|工作|具体|目标|年度)*(?:任务|内容|事项|举措|措施|目标|指标)|项目|企业|单位|用户|区域|政策|产品"
    r"|指标|任务)(?:名称|内容|值|情况)?"
    r"|(?:牵头|责任|配合|参与|主办|协办|承办|负责|建设|实施)(?:单位|部门|领导|科室|股室|人)|(?:完成|办结|推进)(?:时限|时间|期限)"
    r"|时间节点|(?:所[属在])?(?:地区|县区|区县|乡镇|镇街)|备注"
    r"|指标?(?:类[别型]|属性|性质)|类别|属性|计量单位|(?:基期|目标|现状)值?|20\d\d年(?:底)?(?:基数|基期|实际|完成|现状|目标|预期|规划)?值?"
)
# A column of a table of indicators that holds figures.
_OF_FIGURES = re.compile(r"20\d\d年|目标值?\Z")
_TARGET = re.compile(r"[\[〔≥≤<>=]*\d[\d.,]*%?[\]〕]?(?:左右|以[上内下])?|[-—/]")
_REMARK = re.compile(r"\([^()\n]{1,16}\)")
_NUMBERED = re.compile(r"\d{1,3} ")
_PAGE_NUMBER = re.compile(r"[-—–]+ *\d{1,3} *[-—–]+|第 ?\d{1,3} ?页")  # between two rows a page may end
_DIGIT = re.compile(r"\d")
_LONGEST_NAME = 16
_TIER = re.compile(r"\d[\d.]*[^\d]{0,6}以[上下]")  # 增速10%以上
_GROUP = re.compile(r"[^ \n\t|。;:,\d]{2,24}")
_OUT_OF_LINE = 1  # characters that a cell may stand beside the beginning of its name
_LEAST_COLUMNS = 3
_LEAST_NAMES = 2
_STOPS = re.compile("[。;:]")


def mark_columns(draft: Draft) -> None:
    """Put tabs between the cells of a line of names and of the rows below it."""
    draft.edit(edit for table in _tables(draft) for row in table.rows() for edit in row.edits(table.width))


def _tables(draft: Draft) -> Iterator[_Table]:
    """Every line with gaps, with the lines below that may be its rows; known names begin a table wherever they stand.

    The name of a group, alone on its line (一、平台类), may stand between rows.
    """
    table, between = None, 0
    for at in _LINE.finditer(draft.text):
        if table and _PAGE_NUMBER.fullmatch(at[0]):
            continue
        begun = _begun(at[0], at.start())
        if table and not (begun and begun.names.sure):
            if table.takes(at[0], at.start(), draft):
                between = 0
                continue
            if not between and _GROUP.fullmatch(at[0]):
                between = 1
                continue
        if table:
            yield table
        table, between = begun, 0
    if table:
        yield table


def _places(row: _Row, draft: Draft) -> list[int]:
    """Where the cells of a row begin."""
    return [_place(draft, at) for at in (row.start, *(end for _, end in row.gaps))]


def _place(draft: Draft, at: int) -> int:
    """How far from the left edge a character stands, as wide as it was set."""
    first = draft.text.rfind("\n", 0, at) + 1
    return sum(1 + (draft.source[draft.starts[n]] > "\u2e7f") for n in range(first, at))


def _begun(line: str, start: int) -> _Table | None:
    """The table of which a line may hold the names, or None."""
    rows = [_Row(line, start, _gaps(parting, line, start)) for parting in (_WIDE, _BLANK)]
    known = next((row for row in rows if _are_known(row)), None)
    if known:
        return _Table(known._replace(sure=True), known is rows[0])
    wide, blank = rows
    if wide.gaps:
        return _Table(wide, True)
    return _Table(blank, False) if len(blank.gaps) >= _LEAST_COLUMNS - 1 and len(line) <= _LONGEST_SPACED else None


class _Row(NamedTuple):
    """A line and the gaps between its cells; ``sure``: it tells by itself that it is a row, or the line of names."""

    line: str
    start: int
    gaps: list[tuple[int, int]]
    sure: bool = False
    columns: tuple[int, ...] = ()  # of each cell, where some are empty

    def cells(self) -> list[str]:
        """What stands between the gaps."""
        bounds = [0, *(at - self.start for gap in self.gaps for at in gap), len(self.line)]
        return [self.line[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True)]

    def placed(self, width: int) -> list[str]:
        """The cells with the empty ones between them."""
        told = dict(zip(self.columns, self.cells(), strict=True)) if self.columns else {}
        return [told.get(at, "") for at in range(width)] if told else self.cells()

    def edits(self, width: int) -> Iterator[Edit]:
        """Tabs for the gaps; one for each empty cell more, where cells stand below their names."""
        steps = [after - before for before, after in pairwise(self.columns)] or [1] * len(self.gaps)
        if self.columns and self.columns[0]:
            yield Edit(self.start - 1, self.start, "\t" * self.columns[0])
        yield from (Edit(*gap, "\t" * step) for gap, step in zip(self.gaps, steps, strict=True))
        end = self.start + len(self.line)
        if self.columns and self.columns[-1] < width - 1:
            # in the last character, for no line end need follow it
            yield Edit(end - 1, end, self.line[-1] + "\t" * (width - 1 - self.columns[-1]))


class _Table:
    """A line of names and the lines below it: rows where one column holds nothing but figures, or by known names."""

    def __init__(self, names: _Row, wide: bool) -> None:
        self.names = names
        self._wide, self.width = wide, len(names.gaps) + 1
        self._figures = any(_OF_FIGURES.search(name) for name in _bare(names))
        self._rows: list[_Row] = []

    def takes(self, line: str, start: int, draft: Draft) -> bool:
        """Whether a line may be a row of the table."""
        row = self._below(line, start, draft) or self._row(line, start)
        if row:
            self._rows.append(row)
        return row is not None

    def _row(self, line: str, start: int) -> _Row | None:
        wide, blank = _gaps(_WIDE, line, start), _gaps(_BLANK, line, start)
        full, numbered = len(blank) + 1 == self.width, bool(_NUMBERED.match(line))
        if len(wide) + 1 == self.width or (wide and len(wide) < self.width and self.names.sure and self._wide):
            return _Row(line, start, wide, self._wide or numbered)
        sure = (full and numbered) or (self._figures and self._is_indicator(line))
        alike = full and len(line) <= _LONGEST_SPACED
        return _Row(line, start, blank, sure) if alike or (sure and self.names.sure) else None

    def _below(self, line: str, start: int, draft: Draft) -> _Row | None:
        """A row some of whose cells are empty: each of the others stands where a name above begins, as in all full rows."""
        gaps = _gaps(_WIDE, line, start)
        if not (self._wide and gaps and len(gaps) + 1 < self.width):
            return None
        full = [row for row in self._rows if len(row.gaps) + 1 == self.width]
        rows = [_Row(line, start, gaps), *full[:_FEWEST_ROWS]]
        names = _places(self.names, draft)
        below = [
            tuple(min(range(self.width), key=lambda n: abs(names[n] - at)) for at in _places(row, draft))
            for row in rows
        ]
        near = all(
            abs(names[n] - at) <= _OUT_OF_LINE
            for row, columns in zip(rows, below, strict=True)
            for n, at in zip(columns, _places(row, draft), strict=True)
        )
        return rows[0]._replace(columns=below[0], sure=True) if near and len(set(below[0])) == len(below[0]) else None

    def _is_indicator(self, line: str) -> bool:
        """A row of a table of indicators, the name of its group lost or told above."""
        cells = line.split(" ")
        return self.width - 1 <= len(cells) <= self.width and any(_TARGET.fullmatch(cell) for cell in cells[-3:])

    def rows(self) -> list[_Row]:
        """The line of names with the rows; none where it is no table."""
        if len(self._rows) >= _FEWEST_ROWS and self._has_figures():
            return [self.names, *self._rows]
        return [self.names, *takewhile(attrgetter("sure"), self._rows)] if self.names.sure else []

    def _has_figures(self) -> bool:
        """Whether one column holds nothing but figures, and another none, below names that are none."""
        rows = [row.placed(self.width) for row in self._rows]
        if any(len(row) != self.width for row in rows) or any(
            _DIGIT.search(_TIER.sub("", name)) for name in _bare(self.names)
        ):
            return False
        columns = [[cell for cell in column if cell] for column in zip(*rows, strict=True)]
        figures = [bool(column) and all(map(_FIGURE.fullmatch, column)) for column in columns]
        return any(figures) and not all(figures)


def _gaps(parting: re.Pattern[str], line: str, start: int) -> list[tuple[int, int]]:
    if _BARRED.search(line):
        return []
    return [(start + at.start(), start + at.end()) for at in parting.finditer(line)]


def _bare(names: _Row) -> list[str]:
    """The names without the remarks behind them (units, levels)."""
    return [_REMARK.sub("", name).replace(" ", "") for name in names.cells()]


def _are_known(names: _Row) -> bool:
    """Whether a line holds three names or more of which two are known ones of a table."""
    bare = _bare(names)
    if len(bare) < _LEAST_COLUMNS or max(map(len, bare)) > _LONGEST_NAME or _STOPS.search(names.line):
        return False
    return sum(bool(_NAME.fullmatch(name)) for name in bare) >= _LEAST_NAMES
