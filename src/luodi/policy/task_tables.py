"""Task tables (任务分工表): rows whose columns name a lead and participating units (LANGUAGE 5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from luodi.policy.unit_roles import LABEL

_SAME = re.compile(r"[〃″\"↑]|同上|同前")


class TaskRow(NamedTuple):
    """One row: its place in the clean text and its units as a labelled clause (牵头单位:…;责任单位:…)."""

    start: int
    end: int
    clause: str


def task_rows(clean: str) -> Iterator[TaskRow]:
    """Rows below a header line that has a column of units; columns stand between tabs."""
    columns: dict[int, str] = {}
    above: dict[int, str] = {}
    start = 0
    for line in clean.split("\n"):
        cells = [cell.strip() for cell in line.split("\t")]
        labels = {at: cell for at, cell in enumerate(cells) if LABEL.fullmatch(cell)}
        if "\t" not in line:
            columns = {}
        elif labels:
            columns, above = labels, {}
        elif columns and len(cells) > max(columns):
            above = {at: _cell(cells[at], above.get(at, "")) for at in columns}
            clause = ";".join(f"{columns[at]}:{units}" for at, units in above.items() if units)
            if clause:
                yield TaskRow(start, start + len(line), clause)
        start += len(line) + 1


def _cell(cell: str, above: str) -> str:
    return above if _SAME.fullmatch(cell) else cell
