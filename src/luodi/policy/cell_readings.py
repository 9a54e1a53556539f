"""Readings of a table that came with one cell a line: each tells the rows where its columns are certain, or nothing.

The rows count themselves (序号 1, 2, 3 …), the known column names fill the lines evenly and every column holds what its name says, each
name stands before all its cells, keys and sums take turns below the name of what is paid, or the cells by what they hold divide into rows
in one way alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from luodi.document.lines import is_organ
from luodi.policy.cell_rows import divided, is_value
from luodi.policy.table import Cell, Row, Table

_FEWEST_ROWS = 3
MOST_COLUMNS = 8
_FEWEST_COLUMNS = 4
_ATTRIBUTE = re.compile("(?:约束|预期|指导)性?")
_YEAR = re.compile(r"20\d\d年?")
_OF_YEAR = re.compile(r"(?:目标|现状|基期|实际|预期|规划|计划|完成)值?|基数|基础")
_REMARK = re.compile(r"[(\[〔][^()]{1,8}[)\]〕]")
_REMARKS = re.compile("备 ?注|说 ?明")
COUNT = re.compile("序 ?号|编 ?号")
PAID = re.compile(
    r"(?:奖励|补助|补贴|资助|支持|奖补|扶持)(?:标准|金额|额度|比例)?(?:\([^()]{1,10}\))?|(?:标准|金额|额度)(?:\([^()]{1,10}\))?"
)
UNITS = re.compile(r"(?:牵头|责任|配合|参与|参加|主办|协办|承办)(?:单位|部门)")
_VALUES = re.compile(
    r"(?:20\d\d年?)?(?:目标值?|现状值?|基数|基期值?|实际值?|实绩|预期值?|规划值|计划|完成值?)|20\d\d年"
    r"|(?:年均|累计|五年|增长?|增速|[/、])+(?:\([^()]{1,8}\)|\[[^\[\]]{1,4}\])*"
)
INDICATORS = re.compile(r"(?:主要)?指 ?标(?:名称)?")
_OTHER = re.compile(
    r"(?:主要|重点|工作|目标)*任务(?:内容|名称)?|[\u4e00-\u9fff]{0,4}"
    r"(?:事项|内容|对象|条件|项目|名称|等级|级别|类别|类型|档次|情形)|名次|奖项|(?:主要)?指标(?:名称)?|"
    r"(?:计量)?单位|完成时[限间]|备注|(?:指标)?属性|序 ?号|编 ?号"
)
NAMES = re.compile("|".join(one.pattern for one in (PAID, UNITS, _VALUES, _OTHER)))
_NUMBER = re.compile(
    r"(?:最高|不超过|[≤≥<>]|约)?[\[〔]?[\d.,]+(?:[-—~至][\d.,]+)?(?:[万亿]?元|%|[\u4e00-\u9fff]{1,2})?[\]〕]?|[-—–]+"
)

_MONEY_PAID = "(?:慰问|扶助|抚慰|抚恤|优待|助学|安置|护理)金"
# 15000元, 1.2万元/床: a cell that is a sum of its own; the line above names what is paid.
OWN_SUM = re.compile(r"\d[\d.,]*[万亿]?元(?:/(?:m2|[^\d]{1,6}))?")
"""A cell that is a sum of its own."""
PAYS = re.compile(
    rf"(?:奖励|补助|补贴|资助|支持|奖补|扶持|津贴|救助|{_MONEY_PAID})(?:[^。;\n\d]{{0,8}}(?:标准|金额|额度)|[^。;\n\d]{{0,12}}(?:如下|下表|附表))"
)
"""A line that names what the table below it pays (给予一次性奖励,标准见下表)."""
_GROUP = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)) ?[^\n,。;:\d]{2,14}"
)  # 一、平台类
PROMISE = re.compile(rf"(?:奖励|补助|补贴|资助|支持|奖补|扶持|津贴|救助|{_MONEY_PAID})[^。;\n]*")
"""Words that pay, up to the end of their clause."""
_FEWEST_GRID = 3
_SUM = re.compile(r"[^,。;:]{0,20}?\d[\d.,]*(?:[-—~至]\d[\d.,]*)?(?:[万亿]?元|%)[^。;]{0,20}")


class Line(NamedTuple):
    """A line's words and its place in the clean text."""

    text: str
    start: int


def tells(names: Sequence[str]) -> bool:
    """Whether column names tell what is paid, who does it, or what indicators are to reach."""
    measured = any(map(INDICATORS.fullmatch, names)) and any(map(_VALUES.fullmatch, names))
    return measured or any(PAID.fullmatch(name) or UNITS.fullmatch(name) for name in names)


class _Head(NamedTuple):
    """The column names that a block begins with and how many lines they take."""

    names: tuple[str, ...]
    lines: int


def head(block: Sequence[Line]) -> _Head:
    """The names, one a line; a year and its word (2025, 目标值) and a remark below a name (〔累计〕) belong to one."""
    names: list[str] = []
    texts = [line.text.replace(" ", "") for line in block]
    for at, text in enumerate(texts):
        if names and (_REMARK.fullmatch(text) or (_YEAR.fullmatch(names[-1]) and _OF_YEAR.fullmatch(text))):
            names[-1] += text
        elif NAMES.fullmatch(text) or (_YEAR.fullmatch(text) and any(map(_OF_YEAR.fullmatch, texts[at + 1 : at + 2]))):
            names.append(text)
        else:
            return _Head(tuple(names), at)
    return _Head(tuple(names), len(texts))


def read(lines: list[Line], caption: str) -> Table | None:
    """The table of some lines, or None."""
    block = [line for line in lines if not _GROUP.fullmatch(line.text)] if COUNT.fullmatch(lines[0].text) else lines
    if table := _attributed(block, caption) or _measured(block, caption):
        return table
    width = counted(block) if COUNT.fullmatch(block[0].text) else _filled(block)
    if width is None:
        return by_names(block, caption) or _divided(block, caption)
    if COUNT.fullmatch(block[0].text):
        return _numbered(block, width, caption)
    rows = [_row(block[at : at + width]) for at in range(width, len(block) - width + 1, width)]
    return Table(tuple(line.text for line in block[:width]), tuple(rows), caption, block[0].start, rows[-1].end)


def _numbered(block: Sequence[Line], width: int, caption: str) -> Table | None:
    """Rows from each number to the next; none where a row is too long, or lacks a cell and nobody can tell which."""
    starts = _starts(block, width)
    ends = [*starts[1:], min(starts[-1] + width, len(block))]
    if any(line.text == str(len(starts) + 1) for line in block[ends[-1] :]):
        return None
    cut = [block[start:end] for start, end in zip(starts, ends, strict=True)]
    names = tuple(line.text for line in block[:width])
    whole = next((lines for lines in cut if len(lines) == width), ())
    rows = [_with_first(lines, whole, names) if whole else None for lines in cut]
    if any(row is None for row in rows):
        return None
    return Table(names, tuple(row for row in rows if row), caption, block[0].start, _row(list(cut[-1])).end)


def _with_first(lines: Sequence[Line], whole: Sequence[Line], names: Sequence[str]) -> Row | None:
    """A row as it is; one of a cell less whose values stand where they do lacks its first key (it stands above) or its remark."""
    row = _row(list(lines))
    if len(lines) == len(whole):
        return row
    kinds, told = (["v" if is_value(line.text) else "w" for line in some] for some in (whole, lines))
    gone = [at for at in range(1, len(whole)) if kinds[:at] + kinds[at + 1 :] == told]
    if gone == [len(whole) - 1] and _REMARKS.fullmatch(names[-1]):
        return row
    keys = next((at for at, kind in enumerate(kinds) if at and kind == "v"), 0)
    if gone and gone == list(range(1, keys)):
        return row._replace(cells=(row.cells[0], Cell("", row.start, row.start), *row.cells[1:]))
    return None


def _attributed(block: list[Line], caption: str) -> Table | None:
    """Indicators of a plan: each row ends with what kind it is (约束性), and lacks its group where that stands above."""
    names, start = head(block)
    if len(names) < _FEWEST_COLUMNS or "属性" not in names[-1]:
        return None
    ends = [at for at in range(start, len(block)) if _ATTRIBUTE.fullmatch(block[at].text)]
    cut = [block[first:last] for first, last in pairwise([start, *(at + 1 for at in ends)])]
    rows = [_row(lines) for lines in cut]
    rows = [
        row._replace(cells=(Cell("", row.start, row.start), *row.cells)) if len(row.cells) < len(names) else row
        for row in rows
    ]
    rows = [row for row in rows if len(row.cells) == len(names)]
    return Table(names, tuple(rows), caption, block[0].start, rows[-1].end) if 2 * len(rows) > len(cut) else None


def _measured(block: list[Line], caption: str) -> Table | None:
    """Indicators and their values (``指标 2020年 2025年 粮食产量(万吨) 60 65``), whose groups stand on lines of their own."""
    names, start = head(block)
    values = [at for at, name in enumerate(names) if _VALUES.fullmatch(name)]
    named = next((at for at, name in enumerate(names) if INDICATORS.fullmatch(name)), None)
    if named is None or not values or values != list(range(named + 1, len(names))):
        return None
    rows, told = [], start
    for at in range(start, len(block)):
        numbers = block[at + 1 : at + 1 + len(values)]
        if at < told or len(numbers) < len(values) or not all(_NUMBER.fullmatch(line.text) for line in numbers):
            continue
        if not _NUMBER.fullmatch(block[at].text):
            rows.append(_row(block[at : at + 1 + len(values)]))
            told = at + 1 + len(values)
    left = [line for line in block[start:told] if not any(row.start <= line.start < row.end for row in rows)]
    if len(rows) < _FEWEST_ROWS or any(_NUMBER.fullmatch(line.text) for line in left) or len(left) > len(rows):
        return None
    return Table(names[named:], tuple(rows), caption, block[0].start, rows[-1].end)


def counted(block: Sequence[Line]) -> int | None:
    """The number of columns where every row begins with the next number."""
    width = next((at for at, line in enumerate(block[: MOST_COLUMNS + 1]) if line.text == "1"), 0)
    starts = _starts(block, width) if width > 1 else []
    several = len(starts) >= _FEWEST_ROWS or (len(starts) > 1 and len(block) - starts[-1] < 2 * width)
    return width if several else None


def _starts(block: Sequence[Line], width: int) -> list[int]:
    """Where the rows begin, each with the next number and no longer than there are names."""
    starts = [width]
    while following := [
        at
        for at in range(starts[-1] + width, starts[-1] + 1, -1)
        if at < len(block) and block[at].text == str(len(starts) + 1)
    ]:
        starts.append(following[0])
    return starts


def _filled(block: list[Line]) -> int | None:
    """The number of column names where they divide the lines and each column holds its kind."""
    names, start = head(block)
    if start > len(names):
        return len(names) if _fills(names, block[start:]) else None
    return next((width for width in range(len(names), 1, -1) if _fills(names[:width], block[width:])), None)


def _fills(names: Sequence[str], body: Sequence[Line]) -> bool:
    width = len(names)
    if len(body) < 2 * width or len(body) % width or not tells(names):
        return False
    columns = [[line.text for line in body[at::width]] for at in range(width)]
    return all(_holds(name, cells) for name, cells in zip(names, columns, strict=True))


def by_names(block: Sequence[Line], caption: str) -> Table | None:
    """A table of two columns, or of sums of their own, that its names or the line above tell."""
    return _by_name(block, caption) or _in_turns(block, caption) or _grid(block, caption)


def _by_name(block: Sequence[Line], caption: str) -> Table | None:
    """``级别 国家级 省级 奖励标准 50万元 20万元``: a table on its side, each name before all its cells."""
    second = next((at for at, line in enumerate(block) if at and PAID.fullmatch(line.text)), 0)
    keys, sums = block[1:second], block[second + 1 :]
    if not (1 < len(keys) == len(sums) and NAMES.fullmatch(block[0].text) and not PAID.fullmatch(block[0].text)):
        return None
    if any(NAMES.fullmatch(line.text) for line in keys) or not _holds(block[second].text, [s.text for s in sums]):
        return None
    rows = tuple(_row([key, one]) for key, one in zip(keys, sums, strict=True))
    return Table((block[0].text, block[second].text), rows, caption, block[0].start, rows[-1].end)


def _in_turns(block: Sequence[Line], caption: str) -> Table | None:
    """``奖励标准 国家级中心 200万元 省级中心 50万元``: below the name of what is paid a key and its sum take turns."""
    keys, sums = block[1::2], block[2::2]
    if not (1 < len(keys) == len(sums) and PAID.fullmatch(block[0].text)):
        return None
    if any(_SUM.fullmatch(line.text) for line in keys) or not all(_SUM.fullmatch(line.text) for line in sums):
        return None
    rows = tuple(_row([key, one]) for key, one in zip(keys, sums, strict=True))
    return Table(("项目", block[0].text), rows, caption, block[0].start, rows[-1].end)


def _grid(block: Sequence[Line], caption: str) -> Table | None:
    """``类型 甲类 乙类 自建 1万元 8000元 租用 6000元 4000元``: below a line that names a payment, rows of a key and a sum for each column."""
    first = next((at for at, line in enumerate(block) if OWN_SUM.fullmatch(line.text)), 0)
    width = first - 1
    if width < _FEWEST_GRID or len(block) % width or len(block) < 3 * width or not PAYS.search(caption):
        return None
    rows = [block[at : at + width] for at in range(width, len(block), width)]
    summed = all(
        not OWN_SUM.fullmatch(row[0].text) and all(OWN_SUM.fullmatch(cell.text) for cell in row[1:]) for row in rows
    )
    names = tuple(line.text for line in block[:width])
    return (
        Table(
            names,
            tuple(_row(list(row)) for row in rows),
            caption,
            block[0].start,
            rows[-1][-1].start + len(rows[-1][-1].text),
        )
        if summed
        else None
    )


def _divided(block: Sequence[Line], caption: str) -> Table | None:
    """The table into which lines divide by what they hold; a row that lacks its first cell has it from above."""
    told = divided([line.text for line in block])
    if told is None:
        return None
    names = tuple(line.text.replace(" ", "") for line in block[: told.names])
    rows = [_row([block[at] for at in row]) for row in told.rows]
    longest = max(len(row.cells) for row in rows)
    rows = [
        row._replace(cells=(Cell("", row.start, row.start), *row.cells)) if len(row.cells) < longest else row
        for row in rows
    ]
    return Table(names, tuple(rows), caption, block[0].start, rows[-1].end)


def _holds(name: str, cells: list[str]) -> bool:
    if PAID.fullmatch(name):
        return all(_NUMBER.fullmatch(cell) or _SUM.fullmatch(cell) for cell in cells)
    if _VALUES.fullmatch(name):
        return all(_NUMBER.fullmatch(cell) for cell in cells)
    if UNITS.fullmatch(name):
        return all(is_organ(cell) for cell in cells)
    return not any(cell.replace(".", "").isdecimal() for cell in cells)


def _row(lines: list[Line]) -> Row:
    cells = tuple(Cell(line.text, line.start, line.start + len(line.text)) for line in lines)
    return Row(cells, cells[0].start, cells[-1].end)
