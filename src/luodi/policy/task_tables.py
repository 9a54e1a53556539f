"""Task tables (任务分工表): rows whose columns name a lead and participating units (LANGUAGE 5.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from luodi.policy.table import filled
from luodi.policy.tables import tables
from luodi.policy.unit_roles import LABEL


class TaskRow(NamedTuple):
    """One row: its place in the clean text and its units as a labelled clause (牵头单位:…;责任单位:…)."""

    start: int
    end: int
    clause: str


def task_rows(clean: str) -> Iterator[TaskRow]:
    """Rows below a header line that has a column of units."""
    for table in tables(clean):
        columns = [at for at, name in enumerate(table.names) if LABEL.fullmatch(name)]
        cells = {at: filled(table, at) for at in columns}
        for number, row in enumerate(table.rows):
            told = [(table.names[at], cells[at][number]) for at in columns]
            clause = ";".join(f"{label}:{cell.text}" for label, cell in told if cell is not None)
            if clause:
                yield TaskRow(row.start, row.end, clause)
