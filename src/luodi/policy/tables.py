"""Tables of a text: lines whose cells stand between tabs or bars, under a line of column names (LANGUAGE 3, 5.1, 11), or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from luodi.document.lines import BETWEEN_CELLS, is_group_of_rows
from luodi.policy.cell_lines import cell_tables
from luodi.policy.table import SAME, Cell, Row, Table
from luodi.policy.table_captions import caption

_GROUP = re.compile("(?:指标)?类[别型]|领域|分类|维度|方面|一级指标")  # a first column whose cells span several rows
# 12.5, ≥88, [13.5], 3.5以上, and the dash where there is none.
_NUMBER = re.compile(r"[≥≤<>=]*[\[〔]?[\d.,]+[\]〕]?%?(?:以[上内下]|左右)?|[-—–]+")
_LINES_ABOVE = 4
_REMARK = re.compile(r"(?<=.)\([^()]*\)")  # 标准展位(9㎡)
_NAME = re.compile(r"[^\d。;]{1,24}|.{0,12}20\d\d年.{0,8}|第?[一二三四五]?季度?")
_BARE_YEAR = re.compile(r"20\d\d")  # 指标 | 单位 | 2023 | 2024
_TIER = re.compile(r"[^\d。;]{0,12}\d[\d.]*[^\d。;]{0,6}(?:以[上下内]|部分)[^\d。;]{0,6}")  # 增速10%(含)以上
_COUNT = re.compile("序号|编号")
_ENUMERATED = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|[A-Z][.、])")
_NOTE = re.compile(r"(?:备?注|说明)[\d一二三]?[:.、]")


@lru_cache(maxsize=1)  # several finders ask for the tables of the document at hand
def tables(clean: str) -> Sequence[Table]:
    """Every table that has a line of names and rows: those with one cell a line first, each kind in text order."""
    return (*cell_tables(clean), *_tables(clean))


def _tables(clean: str) -> Iterator[Table]:
    if not BETWEEN_CELLS.search(clean):
        return
    block: list[Row] = []
    lines = clean.split("\n")
    start = 0
    for at, line in enumerate([*lines, ""]):
        if BETWEEN_CELLS.search(line) or (block and is_group_of_rows(clean, start)):
            block.append(_row(line, start))
        elif block:
            if table := _of_block(block, lines, at - len(block), at):
                yield table
            block = []
        start += len(line) + 1


def _row(line: str, start: int) -> Row:
    cells = []
    at = start
    for words in re.split(r"[\t|]", line):
        lead = len(words) - len(words.lstrip())
        cells.append(Cell(words.strip(), at + lead, at + lead + len(words.strip())))
        at += len(words) + 1
    return Row(tuple(cells), start, start + len(line))


def _of_block(block: list[Row], lines: Sequence[str], first: int, after: int) -> Table | None:
    """The table of successive lines; those of one cell above its names are its title, among its rows the names of groups."""
    titles = 0
    while titles < len(block) and (one := block[titles].only) and len(block[titles].cells) > 1 and one.text:
        titles += 1
    rows = block[titles:]
    if len(rows) < 2 or not _is_header(rows[0]):
        return None
    told = [cell.text for row in block[:titles] if (cell := row.only)]
    notes = [cell.text for row in rows if (cell := row.only) and _NOTE.match(cell.text)]
    above = [*lines[max(0, first - _LINES_ABOVE) : first], *told]
    return _table(rows, caption(above, [*notes, *lines[after : after + 1]]))


def _is_header(row: Row) -> bool:
    named = [cell for cell in row.cells if cell.text]
    years = [cell for cell in named if _BARE_YEAR.fullmatch(cell.text)]
    if len(years) > 1:
        named = [cell for cell in named if cell not in years]
    return len(named) > 1 and all(
        any(form.fullmatch(words) for form in (_NAME, _TIER) for words in (cell.text, _REMARK.sub("", cell.text)))
        for cell in named
    )


def _table(block: list[Row], above: str) -> Table:
    names, groups = _names([*block[:2], *(row for row in block[2:] if row.only is None)])
    rows = list(_grouped(block[2:] if groups else block[1:], names))
    return Table(names, tuple(_aligned(rows, names)), above, block[0].start, block[-1].end, groups, block[0].cells)


def _grouped(rows: list[Row], names: tuple[str, ...]) -> Iterator[Row]:
    """The rows that say something, each with the group whose name stands alone on a row above it (一、平台类)."""
    counted = bool(names and _COUNT.fullmatch(names[0]))
    group: Cell | None = None
    for row in rows:
        cell = row.only
        alone = cell is not None and cell == row.cells[0]
        if cell and alone and _NOTE.match(cell.text):
            continue
        if (
            cell
            and alone
            and (len(row.cells) == 1 or _ENUMERATED.match(cell.text) or (counted and not _is_number(cell)))
        ):
            group = cell
        else:
            yield row._replace(group=group)


def _aligned(rows: list[Row], names: tuple[str, ...]) -> Iterator[Row]:
    """The rows, an empty cell put first where one is missing: below a group of rows, or where the numbers then stand as before.

    Numbers that stand where they stood, or in the first rows where they are, lack a cell at the end (an empty 备注).
    """
    shape: list[bool] = []
    width = len(names)
    for row in rows:
        told = [_is_number(cell) for cell in row.cells]
        if len(told) == width:
            shape = told
        elif len(told) == width - 1 and (
            (_GROUP.fullmatch(names[0]) and not (any(told) and told == shape[:-1]) and (shape or not any(told)))
            or told == shape[1:] != shape[:-1]
        ):
            row = row._replace(cells=(Cell("", row.start, row.start), *row.cells))
        yield row


def _names(block: list[Row]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The column names, and their groups where a second line divides columns that the first groups."""
    top = [cell.text.replace(" ", "") for cell in block[0].cells]
    under = [cell.text.replace(" ", "") for cell in block[1].cells]
    width = max(len(row.cells) for row in block[1:])
    grouped = len(top) < width or "" in top
    if len(block) < 3 or not grouped or not _is_header(block[1]) or not any(_is_number(c) for c in block[2].cells):
        return (("", *top) if _lacks_first(top, block[1:]) else tuple(top)), ()
    if (spread := _spanned(top, under, [_is_number(cell) for cell in block[2].cells])) is not None:
        return spread
    keys = width - len(under)  # the cells of the first line that reach down may be lost at the second's left
    groups = _spread(top, keys, width)
    names = tuple(
        group if not below or SAME.fullmatch(below) else group + below
        for group, below in zip(groups, [""] * keys + under, strict=True)
    )
    return names, tuple(groups)


def _lacks_first(top: Sequence[str], rows: Sequence[Row]) -> bool:
    """Whether the line of names has lost an empty first cell: each row has one more, which is no number, and ends with one that is filled."""
    return all(
        len(row.cells) == len(top) + 1 and row.cells[0].text and not _is_number(row.cells[0]) for row in rows
    ) and any(row.cells[-1].text for row in rows)


def _spanned(top: list[str], under: list[str], numbers: list[bool]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """As :func:`_names` where blanks are lost and names of the first line, those of numbers, stand over the whole second.

    They divide it evenly, or each takes one column and the last the others (基期值 over 2020年, 目标值 over 2025年 and 2030年).
    """
    over = len(top) + len(under) - len(numbers)
    if "" in top or len(top) < 2 or not 1 <= over <= len(under):
        return None
    at = next((at for at in range(len(top)) if all(numbers[at : at + len(under)])), None)
    if at is None or at + over > len(top):
        return None
    each = len(under) // over if len(under) % over == 0 else 1
    spread = [top[min(at + place // each, at + over - 1)] for place in range(len(under))]
    names = (*top[:at], *map("".join, zip(spread, under, strict=True)), *top[at + over :])
    return names, (*top[:at], *spread, *top[at + over :])


def _spread(top: list[str], keys: int, width: int) -> list[str]:
    """The names of the first line over all columns; where its blanks are lost each spans as many columns."""
    named = top[keys:]
    if keys and "" not in top and named and (width - keys) % len(named) == 0:
        return [*top[:keys], *(name for name in named for _ in range((width - keys) // len(named)))]
    groups: list[str] = []
    for at in range(width):
        groups.append(top[at] if at < len(top) and top[at] else groups[-1] if groups else "")
    return groups


def _is_number(cell: Cell) -> bool:
    return bool(_NUMBER.fullmatch(cell.text))
