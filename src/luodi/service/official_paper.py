"""A docx in official style (公文格式, GB/T 9704-2012): page, type area, fonts, levels, page numbers. No content of its own.

A4; margins so that the type area is 156 × 225 mm with 22 lines of 28 characters; body 三号仿宋, title 二号小标宋 centred,
levels 黑体, 楷体, 仿宋; page number ``— 1 —`` in 四号宋体, outside on each page. Each font is named for East-Asian text too
(python-docx alone sets the Latin one) and carries substitutes, because the small-capital fonts are not on every desk.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

TITLE, BLACK, KAI, BODY, PAGE_NUMBER = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
SUBSTITUTES = {
    TITLE: "方正小标宋_GBK,华文中宋,宋体,Noto Serif CJK SC", BLACK: "SimHei,Noto Sans CJK SC", KAI: "楷体,KaiTi,Noto Serif CJK SC",
    BODY: "仿宋,FangSong,Noto Serif CJK SC", PAGE_NUMBER: "SimSun,Noto Serif CJK SC",
}  # fmt: skip
LATIN = "Times New Roman"
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = 22.0, 16.0, 14.0, 10.5
"""二号, 三号, 四号, 五号 in points."""

WIDTH, LANDSCAPE_WIDTH = 156, 225
"""Width of the type area in mm, upright and on its side."""

_LINE = 28.95  # points: 22 lines in 225 mm
_LINE_PITCH = "579"  # the same in twentieths of a point
# 28 characters of 16 points are 448, the type area has 442: each is set a quarter closer. A character grid would say
# the same in one word processor and spread small type over it in others.
_CLOSER = "-5"


@dataclass(frozen=True)
class Words:
    """A piece of text; ``open`` marks what a person still has to fill in, ``bold`` what stands out."""

    text: str
    open: bool = False
    bold: bool = False


Text = str | Sequence[Words]


class OfficialPaper:
    """One paper being written from top to bottom."""

    def __init__(self, subject: str, *, landscape: bool = False) -> None:
        self.document: Any = Document()
        self.width = LANDSCAPE_WIDTH if landscape else WIDTH
        self._properties(subject)
        self._fonts()
        self._page(landscape)
        self._page_numbers()

    def title(self, text: str) -> None:
        """The centred title; each line of the text that is too long is broken where the language allows it."""
        most = int(Mm(self.width).pt / SIZE_2)
        for line in [part for whole in text.split("\n") for part in _broken(whole, most)]:
            paragraph = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER)
            _font(paragraph.add_run(line), TITLE, SIZE_2)
            paragraph.paragraph_format.line_spacing = Pt(35)
            paragraph.paragraph_format.keep_with_next = True

    def centred(self, text: str) -> None:
        """A centred line under the title: date, version."""
        self._write(self._paragraph(WD_ALIGN_PARAGRAPH.CENTER), text, KAI, SIZE_3)

    def blank(self) -> None:
        """An empty line."""
        self._paragraph()

    def heading(self, level: int, text: str) -> None:
        """一、 (1) in 黑体, （一） (2) in 楷体, 1. (3) in 仿宋 and bold; kept with what follows."""
        paragraph = self._paragraph(indent=True)
        paragraph.paragraph_format.keep_with_next = True
        _font(paragraph.add_run(text), (BLACK, KAI, BODY)[min(level, 3) - 1], SIZE_3, bold=level == 3)
        _outline(paragraph, level)

    def body(self, text: Text) -> None:
        """A paragraph of the body, its first line two characters in."""
        self._write(self._paragraph(WD_ALIGN_PARAGRAPH.JUSTIFY, indent=True), text, BODY, SIZE_3)

    def small(self, text: Text) -> None:
        """A note in small type."""
        paragraph = self._paragraph()
        paragraph.paragraph_format.line_spacing = 1.15
        _off_the_grid(paragraph)
        self._write(paragraph, text, BODY, SIZE_5)

    def table(
        self, headings: Sequence[str], rows: Iterable[Sequence[Text]], widths: Sequence[float], size: float = SIZE_5
    ) -> None:
        """A ruled table as wide as the type area; ``widths`` are shares.

        With headings, they repeat on every page and no row breaks over two; without, the first column names the rows.
        """
        table = self.document.add_table(rows=0, cols=len(widths))
        table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
        if headings:
            cells = table.add_row().cells
            for cell, heading in zip(cells, headings, strict=True):
                _write_cell(cell, heading, BLACK, size, centred=True)
            _mark_row(table.rows[0], "w:tblHeader")
        for row in rows:
            added = table.add_row()
            if headings:
                _mark_row(added, "w:cantSplit")
            for place, (cell, text) in enumerate(zip(added.cells, row, strict=True)):
                _write_cell(cell, text, BLACK if not headings and place == 0 else BODY, size)
        for column, share in zip(table.columns, widths, strict=True):
            column.width = Mm(self.width * share / sum(widths))  # sets every cell of the column too

    def picture(self, png: bytes, description: str) -> None:
        """A drawing across the type area, with words for those who do not see it."""
        paragraph = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(self.width))
        shape._inline.docPr.set("descr", description)

    def page_break(self) -> None:
        """What follows begins on a new page."""
        self.document.add_page_break()

    def file(self) -> bytes:
        """The file's bytes."""
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    def _properties(self, subject: str) -> None:
        core = self.document.core_properties
        core.title, core.author, core.comments, core.keywords = subject, "", "", ""
        core.last_modified_by, core.language = "", "zh-CN"

    def _fonts(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = LATIN, Pt(SIZE_3)
        _east_asian(normal.element.get_or_add_rPr().get_or_add_rFonts(), BODY)
        _substitutes(self.document)

    def _page(self, landscape: bool) -> None:
        section = self.document.sections[0]
        height, width = (210, 297) if landscape else (297, 210)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_height, section.page_width = Mm(height), Mm(width)
        # On its side the page is turned to the left: the upper margin of the upright page is then the right one.
        top, left, bottom, right = (28, 35, 26, 37) if landscape else (37, 28, 35, 26)
        section.top_margin, section.left_margin = Mm(top), Mm(left)
        section.bottom_margin, section.right_margin = Mm(bottom), Mm(right)
        section.footer_distance = Mm(bottom - 12)
        if not landscape:
            self._grid(section)

    def _grid(self, section: Any) -> None:
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), _LINE_PITCH)

    def _page_numbers(self) -> None:
        self.document.settings.odd_and_even_pages_header_footer = True
        section = self.document.sections[0]
        for footer, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):  # fmt: skip
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.alignment = side
            inner = paragraph.paragraph_format
            inner.left_indent = inner.right_indent = Pt(SIZE_4)  # 空一字
            for run in _page_field(paragraph):
                _font(run, PAGE_NUMBER, SIZE_4, latin=PAGE_NUMBER)

    def _paragraph(self, alignment: Any = None, *, indent: bool = False) -> Paragraph:
        paragraph: Paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = Pt(_LINE)
        if alignment is not None:
            paragraph.alignment = alignment
        if indent:
            _two_characters_in(paragraph)
        return paragraph

    def _write(self, paragraph: Paragraph, text: Text, font: str, size: float) -> None:
        _runs(paragraph, text, font, size)


def _broken(title: str, most: int) -> list[str]:
    """A title on lines of about equal length, cut before 关于 and after 的, 和, 与, 、."""
    if len(title) <= most:
        return [title]
    cuts = [at for at in range(4, len(title) - 3) if title[at:].startswith("关于") or title[at - 1] in "的和与、"]
    at = min(cuts, key=lambda cut: abs(2 * cut - len(title)), default=len(title) // 2)
    return [*_broken(title[:at], most), *_broken(title[at:], most)]


def _runs(paragraph: Paragraph, text: Text, font: str, size: float) -> None:
    for piece in [Words(text)] if isinstance(text, str) else text:
        run = paragraph.add_run(piece.text)
        _font(run, font, size, bold=piece.bold)
        if piece.open:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _write_cell(cell: _Cell, text: Text, font: str, size: float, *, centred: bool = False) -> None:
    """The text of a cell; a line end within a piece begins a new paragraph."""
    lines: list[list[Words]] = [[]]
    for piece in [Words(text)] if isinstance(text, str) else text:
        first, *rest = piece.text.split("\n")
        lines[-1].append(Words(first, piece.open, piece.bold))
        lines += [[Words(line, piece.open, piece.bold)] for line in rest]
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(1.5)
        form.line_spacing = 1.15
        _off_the_grid(paragraph)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _runs(paragraph, line, font, size)


def _font(run: Run, name: str, size: float, *, bold: bool = False, latin: str = LATIN) -> None:
    """Latin and East-Asian font together."""
    run.font.name, run.font.size = latin, Pt(size)
    run.font.bold = bold or None
    properties = run._element.get_or_add_rPr()
    _east_asian(properties.get_or_add_rFonts(), name)
    if size == SIZE_3:
        _set_closer(properties)


def _set_closer(properties: Any) -> None:
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), _CLOSER)
    before = properties.find(qn("w:sz"))
    before.addprevious(spacing)


def _off_the_grid(paragraph: Paragraph) -> None:
    """Small type keeps its own line height."""
    properties = paragraph._p.get_or_add_pPr()
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    properties.insert_element_before(off, "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")


def _east_asian(fonts: Any, name: str) -> None:
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), name)
    fonts.set(qn("w:hint"), "eastAsia")


def _substitutes(document: Any) -> None:
    """Name for each font the ones that may stand in for it where it is not installed."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in SUBSTITUTES.items()
    )
    end = b"</w:fonts>"
    part._blob = part.blob.replace(end, entries.encode() + end)


def _two_characters_in(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.first_line_indent = Pt(2 * SIZE_3)
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")


def _outline(paragraph: Paragraph, level: int) -> None:
    """The level in the word processor's outline, so that readers can move by headings."""
    mark = OxmlElement("w:outlineLvl")
    mark.set(qn("w:val"), str(level - 1))
    paragraph._p.get_or_add_pPr().append(mark)


def _mark_row(row: Any, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _page_field(paragraph: Paragraph) -> list[Run]:
    """``— 1 —`` with the page's number as a field."""
    runs = [paragraph.add_run("— ")]
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), (None, "1"), ("end", "")):
        run = paragraph.add_run(text if kind is None else "")
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)
        elif kind == "":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._element.append(instruction)
        runs.append(run)
    return [*runs, paragraph.add_run(" —")]
