"""Task tables (任务分工表): rows whose columns name a lead and participating units (LANGUAGE 5.1)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from luodi.document.tree import Document
from luodi.policy.table import Cell, filled
from luodi.policy.tables import tables
from luodi.policy.units.roles import LABEL
from luodi.quantities.periods import find_deadlines

# 完成时限:2025年底, on a line or in a bracket of a task.
_DUE_TOLD = re.compile(r"(?:完成|办结)(?:时限|时间|期限|时间节点):([^,。;)\n]{4,16})")
_DUE = re.compile(r"(?:完成|办结|推进|责任)?(?:时限|时间节点|时间|期限|进度)(?:要求|安排)?\Z")
_TASK = re.compile(r"(?:任务|事项|工作|措施|内容|项目)(?:名称|内容)?\Z")


_SHORT = re.compile("牵头|主办|主责|配合|协办|协同|参与|参加|责任(?:主体)?|负责")
_REMARK = re.compile(r"\([^()]*\)\Z")  # 责任单位(排第一位的为牵头单位)
# 责任分工 over 牵头 and 配合: what groups the columns.
_GROUPED = re.compile("(?:(?:责任|职责|任务|工作)?分工|责任(?:单位|部门)?)(?=牵头|主办|主责|配合|协办|协同|参[与加])")


class TaskRow(NamedTuple):
    """One row: its place in the clean text and its units as a labelled clause (牵头单位:…;责任单位:…)."""

    start: int
    end: int
    clause: str


class DueRow(NamedTuple):
    """A row with its cell of a column of due dates (完成时限) and the words of its task (empty without such a column)."""

    start: int
    end: int
    due: Cell
    task: str


def due_rows(clean: str) -> Iterator[DueRow]:
    """The rows of tables that have a column of due dates; an empty cell takes the one above."""
    for table in tables(clean):
        tasks = table.columns(_TASK)[:1]
        for column in table.columns(_DUE):
            for row, cell in zip(table.rows, filled(table, column), strict=True):
                task = "".join(row.cells[at].text for at in tasks if at < len(row.cells))
                if cell is not None:
                    yield DueRow(row.start, row.end, cell, task)


def row_dates(clean: str) -> list[tuple[int, int, str]]:
    """The rows that have a date in a column of due dates: their place and the date."""
    read = [(row, find_deadlines(row.due.text)) for row in due_rows(clean)]
    return [(row.start, row.end, dates[-1].when) for row, dates in read if dates]


def told_dates(document: Document) -> list[tuple[int, int, str]]:
    """The tasks that say by a label when they are due: their place, from their article or the label before, and the date."""
    found: list[tuple[int, int, str]] = []
    starts = [0, *(article.start for article in document.articles)]
    for at in _DUE_TOLD.finditer(document.clean):
        dates = find_deadlines(at[1])
        begins = max(starts[bisect_right(starts, at.start()) - 1], found[-1][1] if found else 0)
        found += [(begins, at.end(), dates[-1].when)] if dates else []
    return found


def _label(name: str) -> str | None:
    """The label that a column's name is, or is short for (牵头 | 配合), its group and a remark behind it put aside."""
    if LABEL.fullmatch(name):
        return name  # 牵头处(室)
    name = _GROUPED.sub("", _REMARK.sub("", name))
    if LABEL.fullmatch(name):
        return name
    return f"{name}单位" if _SHORT.fullmatch(name) else None


def task_rows(clean: str) -> Iterator[TaskRow]:
    """Rows below a header line that has a column of units."""
    for table in tables(clean):
        columns = {at: label for at, name in enumerate(table.names) if (label := _label(name))}
        cells = {at: filled(table, at) for at in columns}
        for number, row in enumerate(table.rows):
            told = [(label, cells[at][number]) for at, label in columns.items()]
            clause = ";".join(f"{label}:{cell.text}" for label, cell in told if cell is not None)
            if clause:
                yield TaskRow(row.start, row.end, clause)
