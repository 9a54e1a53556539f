"""Tables that came with one cell a line, as copies of a page give them (LANGUAGE 3).

They are read where their columns are certain: the rows count themselves (序号 1, 2, 3 …), the known column names fill the
lines evenly and every column holds what its name says, each name stands before all its cells, or keys and sums take turns below
the name of what is paid. What only looks like such a table is told, not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count, pairwise, takewhile
from typing import NamedTuple

from luodi.document.lines import GROUP_OF_CELLS, is_organ
from luodi.document.markers import at_line_start
from luodi.policy.table import Cell, Row, Table

_LONGEST = 40
_LONGEST_COUNTED = 300
_FEWEST_ROWS = 3
_FEWEST_LINES = 6
_MOST_COLUMNS = 8
_FEWEST_COLUMNS = 4
_ATTRIBUTE = re.compile("(?:约束|预期|指导)性?")
_YEAR = re.compile(r"20\d\d年?")
_OF_YEAR = re.compile(r"(?:目标|现状|基期|实际|预期|规划|计划|完成)值?|基数|基础")
_REMARK = re.compile(r"[(\[〔][^()]{1,8}[)\]〕]")
_COUNT = re.compile("序 ?号|编 ?号")
_PAID = re.compile(
    r"(?:奖励|补助|补贴|资助|支持|奖补|扶持)(?:标准|金额|额度|比例)?(?:\([^()]{1,10}\))?|(?:标准|金额|额度)(?:\([^()]{1,10}\))?"
)
_UNITS = re.compile(r"(?:牵头|责任|配合|参与|参加|主办|协办|承办)(?:单位|部门)")
_VALUES = re.compile(
    r"(?:20\d\d年?)?(?:目标值?|现状值?|基数|基期值?|实际值?|实绩|预期值?|规划值|计划|完成值?)|20\d\d年"
    r"|(?:年均|累计|五年|增长?|增速|[/、])+(?:\([^()]{1,8}\)|\[[^\[\]]{1,4}\])*"
)
_INDICATORS = re.compile(r"(?:主要)?指 ?标(?:名称)?")
_OTHER = re.compile(
    r"(?:主要|重点|工作|目标)*任务(?:内容|名称)?|[\u4e00-\u9fff]{0,4}(?:事项|内容|对象|条件|项目|名称|等级|级别|类别|类型|档次|情形)|名次|奖项|(?:主要)?指标(?:名称)?|"
    r"(?:计量)?单位|完成时[限间]|备注|(?:指标)?属性|序 ?号|编 ?号"
)
_NAMES = re.compile("|".join(one.pattern for one in (_PAID, _UNITS, _VALUES, _OTHER)))
# Without a line that names what is paid, who does it or what is measured there is nothing to read.
_TELLING = re.compile(rf"^(?:{_PAID.pattern}|{_UNITS.pattern}|{_INDICATORS.pattern})$", re.MULTILINE)
_NUMBER = re.compile(
    r"(?:最高|不超过|[≤≥<>]|约)?[\[〔]?[\d.,]+(?:[-—~至][\d.,]+)?(?:[万亿]?元|%|[\u4e00-\u9fff]{1,2})?[\]〕]?|[-—–]+"
)

# 15000元, 1.2万元/床: a cell that is a sum of its own; the line above names what is paid.
OWN_SUM = re.compile(r"\d[\d.,]*[万亿]?元(?:/(?:m2|[^\d]{1,6}))?")
"""A cell that is a sum of its own."""
PAYS = re.compile(
    r"(?:奖励|补助|补贴|资助|支持|奖补|扶持|津贴|救助)(?:[^。;\n\d]{0,8}(?:标准|金额|额度)|[^。;\n\d]{0,12}(?:如下|下表|附表))"
)
"""A line that names what the table below it pays (给予一次性奖励,标准见下表)."""
_LEADS_GRID = re.compile(rf"{PAYS.pattern}[^。;\n]{{0,10}}\n[^\n。;:,]{{2,12}}\n")
_FEWEST_GRID = 3
_SUM = re.compile(r"[^,。;:]{0,20}?\d[\d.,]*(?:[-—~至]\d[\d.,]*)?(?:[万亿]?元|%)[^。;]{0,20}")


class _Line(NamedTuple):
    text: str
    start: int


def cell_tables(clean: str) -> Iterator[Table]:
    """The tables that are certain, in text order."""
    for block, caption in _blocks(clean):
        if table := _table(block, caption):
            yield table


def undivided(clean: str) -> Iterator[tuple[int, int]]:
    """Where lines look like the cells of a table whose columns are not certain."""
    for block, caption in _blocks(clean):
        if _table(block, caption) is None:
            yield block[0].start, block[-1].start + len(block[-1].text)


@lru_cache(maxsize=1)
def _blocks(clean: str) -> Sequence[tuple[list[_Line], str]]:
    """Runs of short lines that begin with two or more column names, and the line above each."""
    return tuple(_runs(clean))


def _runs(clean: str) -> Iterator[tuple[list[_Line], str]]:
    if not (_TELLING.search(clean) or _LEADS_GRID.search(clean)):
        return
    run: list[_Line] = []
    above, start = "", 0
    for text in clean.split("\n"):
        numbered = at_line_start(text) and not GROUP_OF_CELLS.match(clean, start)
        if text and "\t" not in text and not numbered and _may_be_cell(text, run):
            run.append(_Line(text.strip(), start))
        elif text.strip():
            yield from _from_names(run, above)
            run, above = [], text.strip()
        start += len(text) + 1
    yield from _from_names(run, above)


def _may_be_cell(text: str, run: list[_Line]) -> bool:
    """A short line without a stop; in rows that count themselves a sentence may be a cell."""
    if any(_COUNT.fullmatch(line.text) for line in run[:_MOST_COLUMNS]):
        return len(text) <= _LONGEST_COUNTED
    return len(text) <= _LONGEST and text[-1] not in "。;:,"


def _from_names(run: list[_Line], above: str) -> Iterator[tuple[list[_Line], str]]:
    first = next((at for at, line in enumerate(run) if _NAMES.fullmatch(line.text.replace(" ", ""))), None)
    block = run[first:] if first is not None else []
    width = _counted(block) if block and _COUNT.fullmatch(block[0].text) else None
    names = [line.text for line in block[:width]] if width else list(_head(block).names)
    columns = len(names) > 1 and len(block) >= _FEWEST_LINES and _tells(names)
    if columns or _by_name(block, "") or _in_turns(block, "") or _grid(block, above):
        yield block, run[first - 1].text if first else above


def _tells(names: Sequence[str]) -> bool:
    """Whether column names tell what is paid, who does it, or what indicators are to reach."""
    measured = any(map(_INDICATORS.fullmatch, names)) and any(map(_VALUES.fullmatch, names))
    return measured or any(_PAID.fullmatch(name) or _UNITS.fullmatch(name) for name in names)


class _Head(NamedTuple):
    """The column names that a block begins with and how many lines they take."""

    names: tuple[str, ...]
    lines: int


def _head(block: Sequence[_Line]) -> _Head:
    """The names, one a line; a year and its word (2025, 目标值) and a remark below a name (〔累计〕) belong to one."""
    names: list[str] = []
    texts = [line.text.replace(" ", "") for line in block]
    for at, text in enumerate(texts):
        if names and (_REMARK.fullmatch(text) or (_YEAR.fullmatch(names[-1]) and _OF_YEAR.fullmatch(text))):
            names[-1] += text
        elif _NAMES.fullmatch(text) or (_YEAR.fullmatch(text) and any(map(_OF_YEAR.fullmatch, texts[at + 1 : at + 2]))):
            names.append(text)
        else:
            return _Head(tuple(names), at)
    return _Head(tuple(names), len(texts))


def _table(block: list[_Line], caption: str) -> Table | None:
    if table := _attributed(block, caption) or _measured(block, caption):
        return table
    width = _counted(block) if _COUNT.fullmatch(block[0].text) else _filled(block)
    if width is None:
        return _by_name(block, caption) or _in_turns(block, caption) or _grid(block, caption)
    rows = [_row(block[at : at + width]) for at in range(width, len(block) - width + 1, width)]
    if _COUNT.fullmatch(block[0].text):
        rows = [row for number, row in enumerate(rows, 1) if row.cells[0].text == str(number)]
    return Table(tuple(line.text for line in block[:width]), tuple(rows), caption, block[0].start, rows[-1].end)


def _attributed(block: list[_Line], caption: str) -> Table | None:
    """Indicators of a plan: each row ends with what kind it is (约束性), and lacks its group where that stands above."""
    names, start = _head(block)
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


def _measured(block: list[_Line], caption: str) -> Table | None:
    """Indicators and their values (``指标 2020年 2025年 粮食产量(万吨) 60 65``), whose groups stand on lines of their own."""
    names, start = _head(block)
    values = [at for at, name in enumerate(names) if _VALUES.fullmatch(name)]
    named = next((at for at, name in enumerate(names) if _INDICATORS.fullmatch(name)), None)
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


def _counted(block: list[_Line]) -> int | None:
    """The number of columns where every row begins with the next number."""
    for width in range(2, min(_MOST_COLUMNS, len(block) // 2) + 1):
        counts = [block[at].text for at in range(width, len(block), width)]
        told = sum(1 for _ in takewhile(lambda pair: pair[0] == str(pair[1]), zip(counts, count(1), strict=False)))
        if told >= _FEWEST_ROWS or len(block) // width - 1 == told > 1:
            return width
    return None


def _filled(block: list[_Line]) -> int | None:
    """The number of column names where they divide the lines and each column holds its kind."""
    names, start = _head(block)
    if start > len(names):
        return len(names) if _fills(names, block[start:]) else None
    return next((width for width in range(len(names), 1, -1) if _fills(names[:width], block[width:])), None)


def _fills(names: Sequence[str], body: Sequence[_Line]) -> bool:
    width = len(names)
    if len(body) < 2 * width or len(body) % width or not _tells(names):
        return False
    columns = [[line.text for line in body[at::width]] for at in range(width)]
    return all(_holds(name, cells) for name, cells in zip(names, columns, strict=True))


def _by_name(block: Sequence[_Line], caption: str) -> Table | None:
    """``级别 国家级 省级 奖励标准 50万元 20万元``: a table on its side, each name before all its cells."""
    second = next((at for at, line in enumerate(block) if at and _PAID.fullmatch(line.text)), 0)
    keys, sums = block[1:second], block[second + 1 :]
    if not (1 < len(keys) == len(sums) and _NAMES.fullmatch(block[0].text) and not _PAID.fullmatch(block[0].text)):
        return None
    if any(_NAMES.fullmatch(line.text) for line in keys) or not _holds(block[second].text, [s.text for s in sums]):
        return None
    rows = tuple(_row([key, one]) for key, one in zip(keys, sums, strict=True))
    return Table((block[0].text, block[second].text), rows, caption, block[0].start, rows[-1].end)


def _in_turns(block: Sequence[_Line], caption: str) -> Table | None:
    """``奖励标准 国家级中心 200万元 省级中心 50万元``: below the name of what is paid a key and its sum take turns."""
    keys, sums = block[1::2], block[2::2]
    if not (1 < len(keys) == len(sums) and _PAID.fullmatch(block[0].text)):
        return None
    if any(_SUM.fullmatch(line.text) for line in keys) or not all(_SUM.fullmatch(line.text) for line in sums):
        return None
    rows = tuple(_row([key, one]) for key, one in zip(keys, sums, strict=True))
    return Table(("项目", block[0].text), rows, caption, block[0].start, rows[-1].end)


def _grid(block: Sequence[_Line], caption: str) -> Table | None:
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


def _holds(name: str, cells: list[str]) -> bool:
    if _PAID.fullmatch(name):
        return all(_NUMBER.fullmatch(cell) or _SUM.fullmatch(cell) for cell in cells)
    if _VALUES.fullmatch(name):
        return all(_NUMBER.fullmatch(cell) for cell in cells)
    if _UNITS.fullmatch(name):
        return all(is_organ(cell) for cell in cells)
    return not any(cell.replace(".", "").isdecimal() for cell in cells)


def _row(lines: list[_Line]) -> Row:
    cells = tuple(Cell(line.text, line.start, line.start + len(line.text)) for line in lines)
    return Row(cells, cells[0].start, cells[-1].end)
