"""Tables of tasks that came with one cell a line and a line for each unit of a cell: 序号 任务 责任单位 完成时限 (LANGUAGE 3, 5.1).

Read only where every line below the names is told apart: a number begins a row, the first line behind it is its task, each
line of its units names a body beyond doubt, and a day (or 全年, 长期) ends it. What a task below the first one of a number
does not say (its units) stands in the row above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from luodi.document.lines import is_organ
from luodi.policy.cell_readings import COUNT, UNITS, Line
from luodi.policy.table import Cell, Row, Table

_NAMES = (3, 4)  # with and without a column of days
_FEWEST_ROWS = 2
_DUE_NAME = re.compile(r"(?:完成|办结|推进|工作)?(?:时限|时间|期限|时间节点)(?:要求)?")
# 12月底前, 9月投入使用, 2023年底, 长期坚持
_DUE = re.compile(r"(?=.{0,8}(?:\d年|\d月|年底|全年|半年|季度|长期|持续))[^。;]{2,16}")
# 各乡镇, 有关部门: classes of bodies; 新建市民中心 is work, not a body.
_CLASS = re.compile(
    r"(?:各|有关|相关|[省市县区]直)[^。;:,]{0,12}(?:部门|单位|乡镇|街道|[市县区]|政府|管委会)(?:\([^()]{1,8}\))?"
)
_WORK = re.compile(
    r"新?[改扩迁]?建|推[进动]|完成|实施|启动|加[快强]|开[展工]|组织|落实|打造|设立|成立|引[进入]|支持|申报|提升|创"
)
# t: a task, u: a unit, d: a day
_WHOLE = {True: re.compile(r"tu+d(?:tu*d)*"), False: re.compile(r"tu+")}


def of_tasks(block: Sequence[Line], caption: str) -> Table | None:
    """The table of a block of lines, or None where a line cannot be told."""
    width = next((at for at, line in enumerate(block[: _NAMES[-1] + 1]) if line.text == "1"), 0)
    names = tuple(line.text.replace(" ", "") for line in block[:width])
    if width not in _NAMES or not COUNT.fullmatch(names[0]) or not UNITS.fullmatch(names[2]):
        return None
    dated = len(names) == _NAMES[-1]
    if UNITS.fullmatch(names[1]) or (dated and not _DUE_NAME.fullmatch(names[-1])):
        return None
    starts = [at for at in range(width, len(block)) if block[at].text.isdecimal()]
    if [block[at].text for at in starts] != [str(n) for n in range(1, len(starts) + 1)] or len(starts) < _FEWEST_ROWS:
        return None
    rows: list[Row] = []
    for start, end in pairwise([*starts, len(block)]):
        kinds = "".join(_kinds(block[start + 1 : end], dated))
        if not _WHOLE[dated].fullmatch(kinds):
            return None
        rows += _rows(block[start:end], kinds)
    return Table(names, tuple(rows), caption, block[0].start, rows[-1].end)


def _kinds(lines: Sequence[Line], dated: bool) -> Iterator[str]:
    begins = True
    for line in lines:
        kind = "t" if begins else "d" if dated and _DUE.fullmatch(line.text) else "u" if _is_body(line.text) else "t"
        begins = kind == "d"
        yield kind


def _is_body(text: str) -> bool:
    return bool(_CLASS.fullmatch(text)) or (is_organ(text) and not _WORK.match(text))


def _rows(lines: Sequence[Line], kinds: str) -> Iterator[Row]:
    """A row for each task of a number."""
    for task in re.finditer("tu*d?", kinds):
        cells = [_cell(lines[:1])]
        for kind in ("t", "u", "d") if "d" in kinds else ("t", "u"):
            told = [lines[at + 1] for at in range(*task.span()) if kinds[at] == kind]
            cells.append(_cell(told) if told else Cell("", cells[-1].end, cells[-1].end))
        yield Row(tuple(cells), lines[task.start() + 1].start, cells[-1].end)


def _cell(lines: Sequence[Line]) -> Cell:
    last = lines[-1]
    return Cell("、".join(line.text for line in lines), lines[0].start, last.start + len(last.text))
