"""Tables that came with one cell a line, as copies of a page give them (LANGUAGE 3): which lines may be one.

What only looks like such a table is told, not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from luodi.document.lines import GROUP_OF_CELLS
from luodi.document.markers import at_line_start
from luodi.policy.cell_readings import (
    COUNT,
    INDICATORS,
    MOST_COLUMNS,
    NAMES,
    PAID,
    PROMISE,
    UNITS,
    Line,
    by_names,
    counted,
    head,
    read,
    tells,
)
from luodi.policy.cell_rows import divided, is_value
from luodi.policy.cell_tasks import of_tasks
from luodi.policy.table import Table
from luodi.policy.table_captions import caption

_LONGEST = 40
_LONGEST_COUNTED = 300
_FEWEST_LINES = 6
_FEWEST_VALUES = 2
_LINES_ABOVE = 4
_MOST_KEYS = 3
_NOTE = re.compile(r"(?:备?注|说明)[\d一二三]?[:.、]")
# Without a line that names what is paid, who does it or what is measured there is nothing to read.
_TELLING = re.compile(rf"^(?:{PAID.pattern}|{UNITS.pattern}|{INDICATORS.pattern})$", re.MULTILINE)
_TITLE = re.compile(
    r"[^。;:,]{3,40}(?:表|标准|清单|目录)(?:\([^()]*\))?|附[件表]\d*(?::[^。;]{2,40})?|表 ?\d+[^。;:,]{0,40}|\(?(?:计量|金额)?单位 ?:[^,。;]{1,16}\)?"
)
_LEADS_GRID = re.compile(rf"{PROMISE.pattern}。?\n(?:[^\n。;]{{2,40}}\n){{2}}")


def cell_tables(clean: str) -> Iterator[Table]:
    """The tables that are certain, in text order."""
    for block, told in _blocks(clean):
        if table := _read(block, told):
            yield table


def undivided(clean: str) -> Iterator[tuple[int, int]]:
    """Where lines look like the cells of a table whose columns are not certain."""
    for block, told in _blocks(clean):
        if _read(block, told) is None:
            yield block[0].start, block[-1].start + len(block[-1].text)


def _read(block: list[Line], told: str) -> Table | None:
    return of_tasks(block, told) or read(block, told)


@lru_cache(maxsize=1)
def _blocks(clean: str) -> Sequence[tuple[list[Line], str]]:
    """Runs of short lines that begin with two or more column names, and the lines of which each is spoken for."""
    return tuple(_runs(clean))


def _runs(clean: str) -> Iterator[tuple[list[Line], str]]:
    if not (_TELLING.search(clean) or _LEADS_GRID.search(clean)):
        return
    run: list[Line] = []
    above: list[str] = []
    start = 0
    for text in [*clean.split("\n"), ""]:
        numbered = at_line_start(text) and not GROUP_OF_CELLS.match(clean, start)
        if text and "\t" not in text and not numbered and _may_be_cell(text, run):
            run.append(Line(text.strip(), start))
        elif run or text:
            yield from _from_names(run, above, text.strip())
            above = [*above, *(line.text for line in run), text.strip()][-_LINES_ABOVE:]
            run = []
        start += len(text) + 1


def _may_be_cell(text: str, run: list[Line]) -> bool:
    """A short line without a stop; in rows that count themselves a sentence may be a cell."""
    if _NOTE.match(text):
        return False
    if any(COUNT.fullmatch(line.text) for line in run[:MOST_COLUMNS]):
        return len(text) <= _LONGEST_COUNTED
    return len(text) <= _LONGEST and text[-1] not in "。;:,"


def _from_names(run: list[Line], above: Sequence[str], below: str) -> Iterator[tuple[list[Line], str]]:
    first = next((at for at, line in enumerate(run) if NAMES.fullmatch(line.text.replace(" ", ""))), None)
    block = run[first:] if first is not None else []
    width = counted(block) if block and COUNT.fullmatch(block[0].text) else None
    names = [line.text for line in block[:width]] if width else _names(block)
    columns = len(names) > 1 and len(block) >= _FEWEST_LINES and tells(names)
    told = caption([*above, *(line.text for line in run[:first])], [below])
    known = columns or of_tasks(block, told) or by_names(block, told)
    body, named = _promised(run, above, below)
    cut = bool(block) and not COUNT.fullmatch(block[0].text)
    short = cut and 0 < len(body) - len(block) <= _MOST_KEYS  # names stand before the first that is known
    named_all = columns and not short and read(block, told)
    if body and not named_all and (short or not known or divided([line.text for line in body])):
        yield body, named
    elif known:
        yield block, told


def _names(block: list[Line]) -> list[str]:
    """The names that a block begins with: up to the first known ones' end, or to the number 1 where the rows count themselves."""
    first = next((at for at, line in enumerate(block[: MOST_COLUMNS + 1]) if line.text == "1"), 0)
    counts = first and COUNT.fullmatch(block[0].text)
    return [line.text for line in block[:first]] if counts else list(head(block).names)


def _promised(run: list[Line], above: Sequence[str], below: str) -> tuple[list[Line], str]:
    """The lines below the titles of a run, and these, where they hold values and somebody is to be paid; else none."""
    titles = len(list(takewhile(lambda line: _TITLE.fullmatch(line.text), run)))
    named = caption([*above, *(line.text for line in run[:titles])], [below])
    body = run[titles:]
    values = len(body) >= _FEWEST_LINES and sum(is_value(line.text) for line in body) >= _FEWEST_VALUES
    paid = any(map(PROMISE.search, (named, *(line.text for line in body[:MOST_COLUMNS]))))
    return (body, named) if values and paid else ([], named)
