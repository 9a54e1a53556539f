"""The task breakdown table as xlsx: typed cells, text always as text, and a sheet that says what the file is."""

from __future__ import annotations

import io

import xlsxwriter

from luodi.service.duties.breakdown import HEADINGS, About, Line

_WIDTHS = (6, 28, 10, 16, 40, 13, 14, 60)


def spreadsheet(lines: list[Line], about: About) -> bytes:
    """The file's bytes. Every text is written with ``write_string``: what begins with = + - @ stays text."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    head = book.add_format({"bold": True, "bg_color": "#EEF2F6", "border": 1, "text_wrap": True, "valign": "vcenter"})
    body = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("责任分解表")
    for place, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, heading, head)
    for row, line in enumerate(lines, 1):
        for place, cell in enumerate(line.cells):
            if isinstance(cell, int):
                sheet.write_number(row, place, cell, body)
            else:
                sheet.write_string(row, place, cell, body)
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    _about(book, about, head, body)
    book.close()
    return target.getvalue()


def _about(book: xlsxwriter.Workbook, about: About, head: object, body: object) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 80)
    for row, (name, value) in enumerate((("文件", about.title), *about.rows)):
        sheet.write_string(row, 0, name, head)
        sheet.write_string(row, 1, value, body)
