"""The task breakdown table as docx, after GB/T 9704: A4 landscape, official fonts with their East-Asian names."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.run import Run

from luodi.service.duties.breakdown import HEADINGS, About, Line

_TITLE, _BLACK, _BODY = "方正小标宋简体", "黑体", "仿宋_GB2312"
_WIDTHS = (11, 34, 19, 24, 52, 24, 24, 49)  # mm; together the 237 mm between the margins


def paper(lines: list[Line], about: About) -> bytes:
    """The file's bytes."""
    document = Document()
    _page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(title.add_run(about.title), _TITLE, 22)
    facts = dict(about.rows)
    note = document.add_paragraph()
    _font(note.add_run(f"业务日期：{facts['业务日期']}　筛选：{facts['筛选条件']}"), _BODY, 12)
    _table(document, lines)
    end = document.add_paragraph()
    text = f"导出时间：{facts['导出时间']}　导出人：{facts['导出人']}　共 {facts['行数']} 项。{facts['单位名称']}；状态{facts['状态']}。"
    _font(end.add_run(text), _BODY, 10.5)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _page(document: Paper) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.left_margin, section.right_margin = Mm(30), Mm(30)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY)


def _table(document: Paper, lines: list[Line]) -> None:
    table = document.add_table(rows=1, cols=len(HEADINGS))
    table.style = "Table Grid"
    table.autofit = False
    for cell, heading in zip(table.rows[0].cells, HEADINGS, strict=True):
        _write(cell, heading, _BLACK, 12)
    repeat = OxmlElement("w:tblHeader")
    repeat.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for line in lines:
        for cell, value in zip(table.add_row().cells, line.cells, strict=True):
            _write(cell, str(value), _BODY, 10.5)
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)


def _write(cell: _Cell, text: str, font: str, size: float) -> None:
    paragraph = cell.paragraphs[0]
    _font(paragraph.add_run(text), font, size)


def _font(run: Run, name: str, size: float) -> None:
    """Latin and East-Asian font together: python-docx alone sets only the Latin one."""
    run.font.name, run.font.size = "Times New Roman", Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
