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

_MOST_NAMES = 5
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
# t: a task, u: a unit, d: a day; by how many columns of units there are and whether one of days
_WHOLE = {
    (1, True): re.compile("tu+d(?:tu*d)*"),
    (1, False): re.compile("tu+"),
    (2, True): re.compile("tu{1,2}d"),
    (2, False): re.compile("tu{1,2}"),
}
_NOBODY = "—"  # an empty cell would say what the one above says


def of_tasks(block: Sequence[Line], caption: str) -> Table | None:
    """The table of a block of lines, or None where a line cannot be told."""
    width = next((at for at, line in enumerate(block[: _MOST_NAMES + 1]) if line.text == "1"), 0)
    names = tuple(line.text.replace(" ", "") for line in block[:width])
    if width < 3 or not COUNT.fullmatch(names[0]) or UNITS.fullmatch(names[1]):
        return None
    dated = bool(_DUE_NAME.fullmatch(names[-1]))
    units = names[2 : width - dated]
    if not all(map(UNITS.fullmatch, units)) or (len(units), dated) not in _WHOLE:
        return None
    starts = [at for at in range(width, len(block)) if block[at].text.isdecimal()]
    if [block[at].text for at in starts] != [str(n) for n in range(1, len(starts) + 1)] or len(starts) < _FEWEST_ROWS:
        return None
    rows: list[Row] = []
    for start, end in pairwise([*starts, len(block)]):
        kinds = "".join(_kinds(block[start + 1 : end], dated))
        if not _WHOLE[len(units), dated].fullmatch(kinds):
            return None
        rows += _rows(block[start:end], kinds, len(units))
    return Table(names, tuple(rows), caption, block[0].start, rows[-1].end)


def _kinds(lines: Sequence[Line], dated: bool) -> Iterator[str]:
    begins = True
    for line in lines:
        kind = "t" if begins else "d" if dated and _DUE.fullmatch(line.text) else "u" if _is_body(line.text) else "t"
        begins = kind == "d"
        yield kind


def _is_body(text: str) -> bool:
    return bool(_CLASS.fullmatch(text)) or (is_organ(text) and not _WORK.match(text))


def _rows(lines: Sequence[Line], kinds: str, columns: int) -> Iterator[Row]:
    """A row for each task of a number; of two columns of units the first is never empty."""
    for task in re.finditer("tu*d?", kinds):
        told = {kind: [lines[at + 1] for at in range(*task.span()) if kinds[at] == kind] for kind in "tud"}
        end = told["t"][0].start + len(told["t"][0].text)
        cells = [_cell(lines[:1]), _cell(told["t"])]
        if columns == 1:
            cells.append(_cell(told["u"]) if told["u"] else Cell("", end, end))
        else:
            cells += [_cell([line]) for line in told["u"]] + [Cell(_NOBODY, end, end)] * (columns - len(told["u"]))
        cells += [_cell(told["d"])] if told["d"] else []
        yield Row(tuple(cells), told["t"][0].start, cells[-1].end)


def _cell(lines: Sequence[Line]) -> Cell:
    last = lines[-1]
    return Cell("、".join(line.text for line in lines), lines[0].start, last.start + len(last.text))
