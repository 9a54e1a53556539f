"""A docx in official style (公文格式, GB/T 9704-2012): page, type area, fonts, levels, page numbers. No content of its own.

A4; margins so that the type area is 156 × 225 mm with 22 lines of 28 characters; body 三号仿宋, title 二号小标宋 centred,
levels 黑体, 楷体, 仿宋; page number ``— 1 —`` in 四号宋体, outside on each page. Each font is named for East-Asian text too
(python-docx alone sets the Latin one) and carries substitutes, because the small-capital fonts are not on every desk.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

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
_DAY = re.compile(r"“[^”]*”|(?:(?<=自) )?(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?![\d-])(?: (?=起))?")
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


@dataclass(frozen=True)
class _Style:
    """A paragraph style: fonts, size, line height in points (or a multiple), what it is in the outline."""

    font: str
    size: float
    line: float | Any
    alignment: Any = None
    indent: bool = False
    bold: bool = False
    level: int = 0
    around: float = 0
    latin: str = LATIN


_CENTRE, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_SMALL = 1.15
_STYLES = {
    "公文标题": _Style(TITLE, SIZE_2, Pt(35), _CENTRE),
    "公文题注": _Style(KAI, SIZE_3, Pt(_LINE), _CENTRE),
    "公文正文": _Style(BODY, SIZE_3, Pt(_LINE), _BOTH, indent=True),
    "公文一级标题": _Style(BLACK, SIZE_3, Pt(_LINE), indent=True, level=1),
    "公文二级标题": _Style(KAI, SIZE_3, Pt(_LINE), indent=True, level=2),
    "公文三级标题": _Style(BODY, SIZE_3, Pt(_LINE), indent=True, bold=True, level=3),
    "公文小字": _Style(BODY, SIZE_5, _SMALL),
    "公文表头": _Style(BLACK, SIZE_5, _SMALL, _CENTRE, around=1.5),
    "公文表文": _Style(BODY, SIZE_5, _SMALL, around=1.5),
    "公文要素名": _Style(BLACK, 12.0, _SMALL, around=1.5),
    "公文要素": _Style(BODY, 12.0, _SMALL, around=1.5),
    "公文页码": _Style(PAGE_NUMBER, SIZE_4, 1.0, latin=PAGE_NUMBER),
}


class OfficialPaper:
    """One paper being written from top to bottom."""

    def __init__(self, subject: str, *, landscape: bool = False) -> None:
        self.document: Any = Document()
        self.width = LANDSCAPE_WIDTH if landscape else WIDTH
        self._new_page = False
        self._properties(subject)
        self._styles = {name: self._style(name, style) for name, style in _STYLES.items()}
        _substitutes(self.document)
        self._page(landscape)
        self._page_numbers()

    def title(self, text: str) -> None:
        """The centred title; each line of the text that is too long is broken where the language allows it."""
        most = int(Mm(self.width).pt / SIZE_2)
        for line in [part for whole in text.split("\n") for part in _broken(whole, most)]:
            self._write("公文标题", line)

    def centred(self, text: str) -> None:
        """A centred line under the title: date, version."""
        self._write("公文题注", text)

    def heading(self, level: int, text: str) -> None:
        """一、 (1) in 黑体, （一） (2) in 楷体, 1. (3) in 仿宋 and bold; kept with what follows."""
        self._write(("公文一级标题", "公文二级标题", "公文三级标题")[min(level, 3) - 1], text)

    def body(self, text: Text) -> None:
        """A paragraph of the body, its first line two characters in."""
        self._write("公文正文", text)

    def small(self, text: Text) -> None:
        """A note in small type."""
        self._write("公文小字", text)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[Text]], widths: Sequence[float]) -> None:
        """A ruled table as wide as the type area; ``widths`` are shares.

        No row breaks over two pages. With headings, they repeat on every page; without, the first column names the rows.
        """
        self._begin_page()
        table = self.document.add_table(rows=0, cols=len(widths))
        table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
        if headings:
            for cell, heading in zip(table.add_row().cells, headings, strict=True):
                self._fill(cell, heading, "公文表头")
            _mark_row(table.rows[0], "w:tblHeader")
        names = ["公文表文"] * len(widths) if headings else ["公文要素名", *["公文要素"] * (len(widths) - 1)]
        for row in rows:
            added = table.add_row()
            _mark_row(added, "w:cantSplit")
            for cell, text, name in zip(added.cells, row, names, strict=True):
                self._fill(cell, text, name)
        for column, share in zip(table.columns, widths, strict=True):
            column.width = Mm(self.width * share / sum(widths))  # sets every cell of the column too

    def picture(self, png: bytes, description: str) -> None:
        """A drawing across the type area, with words for those who do not see it."""
        self._begin_page()
        paragraph = self.document.add_paragraph()
        paragraph._p.style = self._styles["公文小字"]
        shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(self.width))
        shape._inline.docPr.set("descr", description)

    def page_break(self) -> None:
        """What follows begins on a new page; no page stays empty where the one before is just full."""
        self._new_page = True

    def file(self) -> bytes:
        """The file's bytes."""
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    def _properties(self, subject: str) -> None:
        core = self.document.core_properties
        core.title, core.author, core.comments, core.keywords = subject, "", "", ""
        core.last_modified_by, core.language = "", "zh-CN"

    def _style(self, name: str, given: _Style) -> str:
        """Add a style; its id is set on paragraphs directly, because looking styles up by name is slow."""
        style = self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.name, style.font.size, style.font.bold = given.latin, Pt(given.size), given.bold or None
        properties = style.element.get_or_add_rPr()
        _east_asian(properties.get_or_add_rFonts(), given.font)
        form = style.paragraph_format
        form.space_before = form.space_after = Pt(given.around)
        form.line_spacing, form.alignment = given.line, given.alignment
        if given.level or name == "公文标题":
            form.keep_with_next = True
        paragraph = style.element.get_or_add_pPr()
        if given.size == SIZE_3:
            properties.find(qn("w:sz")).addprevious(_element("w:spacing", _CLOSER))
        else:  # small and large type keep a line height of their own
            paragraph.insert_element_before(_element("w:snapToGrid", "0"), "w:spacing", "w:ind", "w:jc")
        if given.indent:
            form.first_line_indent = Pt(2 * given.size)
            paragraph.get_or_add_ind().set(qn("w:firstLineChars"), "200")
        if given.level:
            paragraph.append(_element("w:outlineLvl", str(given.level - 1)))
        return str(style.style_id)

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
        grid = section._sectPr.find(qn("w:docGrid"))
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
            paragraph._p.style, paragraph.alignment = self._styles["公文页码"], side
            form = paragraph.paragraph_format
            form.left_indent = form.right_indent = Pt(SIZE_4)  # 空一字
            _page_field(paragraph)

    def _write(self, style: str, text: Text) -> None:
        paragraph = self.document.add_paragraph()
        paragraph._p.style = self._styles[style]
        if self._new_page:
            paragraph.paragraph_format.page_break_before = True
            self._new_page = False
        _runs(paragraph, text)

    def _begin_page(self) -> None:
        """A break of its own, where no paragraph follows that could carry it."""
        if self._new_page:
            self.document.add_page_break()
            self._new_page = False

    def _fill(self, cell: _Cell, text: Text, style: str) -> None:
        """The text of a cell; a line end within a piece begins a new paragraph."""
        lines: list[list[Words]] = [[]]
        for piece in [Words(text)] if isinstance(text, str) else text:
            first, *rest = piece.text.split("\n")
            lines[-1].append(Words(first, piece.open, piece.bold))
            lines += [[Words(line, piece.open, piece.bold)] for line in rest]
        for number, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph._p.style = self._styles[style]
            _runs(paragraph, line)


def _broken(title: str, most: int) -> list[str]:
    """A title on lines of about equal length, cut before 关于 and after 的, 和, 与, 、."""
    if len(title) <= most:
        return [title]
    cuts = [at for at in range(4, len(title) - 3) if title[at:].startswith("关于") or title[at - 1] in "的和与、"]
    at = min(cuts, key=lambda cut: abs(2 * cut - len(title)), default=len(title) // 2)
    return [*_broken(title[:at], most), *_broken(title[at:], most)]


def days_written(text: str) -> str:
    """Days as papers write them (``2020-10-15``: 2020年10月15日); what is quoted stays as it is."""
    return _DAY.sub(lambda day: f"{day[1]}年{int(day[2])}月{int(day[3])}日" if day[1] else day[0], text)


def _runs(paragraph: Paragraph, text: Text) -> None:
    for piece in [Words(text)] if isinstance(text, str) else text:
        if not piece.text:
            continue
        run = paragraph.add_run(days_written(piece.text))
        if piece.bold:
            run.font.bold = True
        if piece.open:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _east_asian(fonts: Any, name: str) -> None:
    """The font of Chinese characters; a theme's font would go before it."""
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), name)
    fonts.set(qn("w:hint"), "eastAsia")


def _element(name: str, value: str) -> Any:
    made = OxmlElement(name)
    made.set(qn("w:val"), value)
    return made


def _substitutes(document: Any) -> None:
    """Name for each font the ones that may stand in for it where it is not installed."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in SUBSTITUTES.items()
    )
    end = b"</w:fonts>"
    part._blob = part.blob.replace(end, entries.encode() + end)


def _mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(_element(name, "true"))


def _page_field(paragraph: Paragraph) -> None:
    """``— 1 —`` with the page's number as a field."""
    paragraph.add_run("— ")
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
    paragraph.add_run(" —")
