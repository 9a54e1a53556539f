"""A paper's tables as a workbook: one sheet a table, text always as text, figures as numbers in a sheet of their own."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from luodi.service.papers.content import Cell, Paper, Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx(paper: Paper, figures: Sequence[tuple[str, str, float, float]] = ()) -> bytes:
    """The file's bytes; ``figures`` of a comparison are subject, unit, left and right."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        head = book.add_format({"bold": True, "bg_color": "#EEF2F6", "border": 1, "text_wrap": True})
        body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        about = book.add_worksheet("说明")
        about.set_column(0, 1, 50)
        for row, (name, value) in enumerate((("文书", paper.name), ("政策", paper.policy), ("说明", paper.dated))):
            about.write_string(row, 0, name, head)
            about.write_string(row, 1, value, body)
        for number, table in enumerate((one for one in paper.blocks if isinstance(one, Table)), 1):
            name = re.sub(r"[\[\]:*?/\\（）]", "", f"{number} {table.caption.removeprefix(paper.policy).strip()}")[:31]
            _sheet(book.add_worksheet(name), table, head, body)
        if figures:
            _figures(book.add_worksheet("数据"), figures, head, body)
    return target.getvalue()


def _sheet(sheet: Any, table: Table, head: Any, body: Any) -> None:
    for place, (heading, width) in enumerate(zip(table.headings, table.widths, strict=True)):
        sheet.set_column(place, place, max(8, width // 2))
        sheet.write_string(0, place, heading, head)
    for row, cells in enumerate(table.rows, 1):
        for place, (heading, lines) in enumerate(zip(table.headings, cells, strict=True)):
            if heading == "序号":
                sheet.write_number(row, place, int(_text(lines)), body)
            else:
                sheet.write_string(row, place, _text(lines), body)
    sheet.freeze_panes(1, 1)


def _text(lines: Cell) -> str:
    return "\n".join(
        "".join(
            f"{piece.text}（{piece.clause}）" if piece.text and piece.clause else piece.text or piece.clause
            for piece in line
        )
        for line in lines
    )


def _figures(sheet: Any, figures: Iterable[tuple[str, str, float, float]], head: Any, body: Any) -> None:
    sheet.set_column(0, 0, 50)
    for place, heading in enumerate(("事项", "单位", "甲", "乙")):
        sheet.write_string(0, place, heading, head)
    for row, (subject, unit, left, right) in enumerate(figures, 1):
        sheet.write_string(row, 0, subject, body)
        sheet.write_string(row, 1, unit, body)
        sheet.write_number(row, 2, left, body)
        sheet.write_number(row, 3, right, body)
