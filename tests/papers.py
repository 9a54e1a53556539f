"""Writes one paper in the formats that offices send: txt, html, docx (with and without Word's own numbers), pdf, ofd, zip."""

import atexit
import functools
import html
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pypdfium2
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont
from fpdf import FPDF

Table = list[list[str]]
Paragraph = str | Table
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)
_NEVER_FIRST = "，。；：、！？）〕］》”%"
_CM = 28.35


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a plain text; lines with tabs are rows of a table."""
    found: list[Paragraph] = []
    for line in (line.strip(" \u3000") for line in text.split("\n")):
        if "\t" in line:
            if not found or isinstance(found[-1], str):
                found.append([])
            found[-1].append(line.split("\t"))
        elif line:
            found.append(line)
    return found


def as_html(text: str) -> bytes:
    head = "<head><meta charset='utf-8'></head>"
    return f"<!DOCTYPE html><html>{head}<body><nav>首页</nav>{_marked_up(text)}</body></html>".encode()


def _marked_up(text: str) -> str:
    return "".join(
        f"<p>{html.escape(one)}</p>\n"
        if isinstance(one, str)
        else "<table>"
        + "".join(f"<tr>{''.join(f'<td>{html.escape(c)}</td>' for c in row)}</tr>" for row in one)
        + "</table>"
        for one in paragraphs(text)
    )


# Word: label pattern → (list, level, format, text, restarts)
_LABELS = (
    (re.compile(r"第[一二三四五六七八九十]+章[　 ]*"), "law", 0, "chineseCounting", "第%1章"),
    (re.compile(r"第[一二三四五六七八九十]+条[　 ]*"), "law", 1, "chineseCountingThousand", "第%2条"),
    (re.compile(r"[一二三四五六七八九十]+、"), "plan", 0, "chineseCounting", "%1、"),
    (re.compile(r"（[一二三四五六七八九十]+）"), "both", 2, "chineseCountingThousand", "（%3）"),
    (re.compile(r"\d+\."), "both", 3, "decimal", "%4."),
)
_LISTS = {"law": 1, "plan": 2}


def as_docx(text: str, *, numbered: bool = False) -> bytes:
    """A Word file; ``numbered``: its numbers are Word's own, one kind of them through a paragraph style."""
    paper = docx.Document()
    paper.sections[0].header.paragraphs[0].text = "云岚市人民政府文件"
    paper.sections[0].footer.paragraphs[0].text = "第 1 页"
    if numbered:
        _add_lists(paper)
    law = "第一条" in text
    for one in paragraphs(text):
        if isinstance(one, str):
            _add_paragraph(paper, one, law) if numbered else paper.add_paragraph(one)
            continue
        table = paper.add_table(len(one), max(map(len, one)))
        for cells, row in zip(table.rows, one, strict=True):
            for cell, words in zip(cells.cells, row, strict=False):
                cell.text = words
    return saved(paper)


def saved(paper: Any) -> bytes:
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _add_lists(paper: Any) -> None:
    numbering = paper.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for name, number in _LISTS.items():
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/>'
            + ('<w:lvlRestart w:val="0"/>' if label == "第%2条" else "")
            + ('<w:pStyle w:val="Articles"/>' if label == "第%2条" else "")
            + f'<w:suff w:val="{"space" if label[0] == "第" else "nothing"}"/><w:lvlText w:val="{label}"/></w:lvl>'
            for _, owner, level, format_, label in _LABELS
            if owner in (name, "both")
        )
        numbering.append(
            parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{levels}</w:abstractNum>')
        )
    for number in _LISTS.values():
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>')
        )
    paper.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="paragraph" w:styleId="Articles"><w:name w:val="Articles"/><w:basedOn w:val="Normal"/>'
            f'<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="{_LISTS["law"]}"/></w:numPr></w:pPr></w:style>'
        )
    )


def _add_paragraph(paper: Any, line: str, law: bool) -> None:
    for pattern, owner, level, _, label in _LABELS:
        found = pattern.match(line)
        if found and (owner == "both" or (owner == "law") == law):
            paragraph = paper.add_paragraph(line[found.end() :])
            if label == "第%2条":
                paragraph.style = paper.styles["Articles"]
            else:
                numbered(paragraph, _LISTS["law" if law else "plan"], level)
            return
    paper.add_paragraph(line)


def numbered(paragraph: Any, instance: int, level: int) -> Any:
    """Give a paragraph a direct number."""
    numbers = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", instance)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), str(value))
        numbers.append(child)
    paragraph._p.get_or_add_pPr().append(numbers)
    return paragraph


class Sheet(NamedTuple):
    """Lines and rules of one page: (x, baseline, text) and (x0, y0, x1, y1) in points from the top left."""

    texts: list[tuple[float, float, str]]
    rules: list[tuple[float, float, float, float]]


SIZE = 12.0
WIDTH, HEIGHT = 595.0, 842.0


def typeset(text: str, *, columns: int = 1, head: str = "云岚市人民政府公报", indent: bool = True) -> list[Sheet]:
    """A paper on pages with a running head and page numbers, in one or two columns, tables ruled."""
    top, bottom, left, right = 90.0, HEIGHT - 90.0, 85.0, WIDTH - 85.0
    gap = 26.0
    width = (right - left - gap * (columns - 1)) / columns
    sheets: list[Sheet] = []
    column, y = columns, bottom
    for one in paragraphs(text):
        for x, line in _set(one, width, indent) if isinstance(one, str) else ((0.0, _cells(row, width)) for row in one):
            step = 22.0 if isinstance(line, str) else 22.0 * max(map(len, line)) + 2
            if y + step > bottom:
                column += 1
                if column >= columns:
                    sheets.append(
                        Sheet([(left, 50.0, head), (WIDTH / 2 - 14, HEIGHT - 50, f"- {len(sheets) + 1} -")], [])
                    )
                    column = 0
                y = top
            at = left + column * (width + gap)
            if isinstance(line, str):
                sheets[-1].texts.append((at + x, y + step, line))
            else:
                set_row(sheets[-1], line, at, y + 7, width, step)
            y += step
    return sheets


def _cells(row: list[str], width: float) -> list[list[str]]:
    """The lines of each cell of a row, all columns as wide."""
    return [[line for _, line in _set(cell, width / len(row) - 8, False)] for cell in row]


def set_row(sheet: Sheet, cells: list[list[str]], left: float, y: float, width: float, step: float) -> None:
    each = width / len(cells)
    for at, lines in enumerate(cells):
        sheet.texts.extend((left + at * each + 4, y + 17 + 22 * n, line) for n, line in enumerate(lines))
        sheet.rules.append((left + at * each, y, left + at * each, y + step))
    sheet.rules.append((left + width, y, left + width, y + step))
    sheet.rules.extend([(left, y, left + width, y), (left, y + step, left + width, y + step)])


def advance(char: str) -> float:
    return SIZE if char > "\u2e7f" or char in "“”—…·" else SIZE * 0.56


def _set(paragraph: str, width: float, indent: bool) -> Iterator[tuple[float, str]]:
    """Lines as (indent, text): no closing mark begins a line; a number may be cut."""
    x = 2 * SIZE if indent and len(paragraph) > 24 else 0.0
    line, used = "", x
    for char in paragraph:
        if used + advance(char) > width and char not in _NEVER_FIRST:
            yield x, line
            line, used, x = "", 0.0, 0.0
        line += char
        used += advance(char)
    yield x, line


def font() -> Path | None:
    """A Chinese font of Debian's."""
    return next((Path(path) for path in FONTS if Path(path).is_file()), None)


@functools.cache
def small_font() -> Path:
    """That font with no more than the characters that tests and examples use: quick to put into many files."""
    folder = Path(tempfile.mkdtemp(prefix="luodi-font-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    here = Path(__file__).parent
    used = [
        *here.glob("*.py"),
        *here.glob("documents/*.py"),
        *here.glob("documents/good/*.txt"),
        *here.glob("unit/document/*.py"),
        *here.parent.glob("packs/*/document.txt"),
    ]
    subset = Subsetter()
    subset.populate(text="".join(path.read_text("utf-8") for path in used))
    with TTFont(font(), fontNumber=2) as whole:
        subset.subset(whole)
        whole.save(folder / "small.otf")
    return folder / "small.otf"


def as_pdf(sheets: list[Sheet]) -> bytes:
    pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    pdf.add_font("cjk", fname=small_font())
    for sheet in sheets:
        pdf.add_page()
        pdf.set_font("cjk", size=SIZE)
        for x, y, line in sheet.texts:
            pdf.text(x, y, line)
        for rule in sheet.rules:
            pdf.line(*rule)
    return bytes(pdf.output())


def printed(text: str, style: str = "") -> bytes:
    """A PDF as a browser prints it: justified, with heads, in fonts of several kinds."""
    css = "@page{size:A4;margin:3cm 2.6cm}body{font:16pt 'Noto Serif CJK SC';text-align:justify;line-height:28pt}p{text-indent:2em;margin:0}table{border-collapse:collapse;width:100%}td{border:1px solid}"
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder) / "paper.html", Path(folder) / "paper.pdf"
        page.write_text(f"<meta charset=utf-8><style>{css}{style}</style><div>{_marked_up(text)}</div>", "utf-8")
        command = [shutil.which("chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        subprocess.run(
            [*command, f"--user-data-dir={folder}/profile", f"--print-to-pdf={pdf}", str(page)],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return pdf.read_bytes()


def pictured(text: str, kind: str = "PNG") -> bytes:
    """The first page of a paper as a picture; with ``PDF`` a scan."""
    with pypdfium2.PdfDocument(as_pdf(typeset(text, head=""))) as document:
        picture = document[0].render(scale=3, grayscale=True).to_pil()
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def zipped(entries: dict[str, bytes | str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return file.getvalue()


OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_entries(sheets: list[Sheet], folder: str = "Doc_0", template: str = "") -> dict[str, str]:
    """The parts of one document of an OFD file (lengths in millimetres)."""
    mm = 25.4 / 72
    entries, pages = {}, ""
    for number, sheet in enumerate(sheets):
        objects = ""
        for at, (x, y, line) in enumerate(sheet.texts):
            steps = " ".join(f"{advance(char) * mm:.3f}" for char in line[:-1])
            objects += (
                f'<ofd:TextObject ID="{at + 10}" Boundary="{x * mm:.3f} {(y - 12) * mm:.3f} {170 - x * mm:.3f} 5.2" Font="3" Size="{SIZE * mm:.3f}">'
                f'<ofd:TextCode X="0" Y="{12 * mm:.3f}" DeltaX="{steps}">{html.escape(line)}</ofd:TextCode></ofd:TextObject>'
            )
        for x0, y0, x1, y1 in sheet.rules:
            objects += (
                f'<ofd:PathObject ID="1" Boundary="{x0 * mm:.3f} {y0 * mm:.3f} {(x1 - x0) * mm + 0.1:.3f} {(y1 - y0) * mm + 0.1:.3f}">'
                f"<ofd:AbbreviatedData>M 0 0 L {(x1 - x0) * mm:.3f} {(y1 - y0) * mm:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
            )
        used = '<ofd:Template TemplateID="2"/>' if template else ""
        entries[f"{folder}/Pages/Page_{number}/Content.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {OFD}>{used}<ofd:Content><ofd:Layer Type="Body">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
        )
        pages += f'<ofd:Page ID="{number + 1}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
    listed = ""
    if template:
        listed = '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
        entries[f"{folder}/Tpls/Tpl_0/Content.xml"] = (
            f'<ofd:Page {OFD}><ofd:Content><ofd:Layer><ofd:TextObject Boundary="10 10 100 6" Size="5"><ofd:TextCode X="0" Y="5">{template}</ofd:TextCode>'
            "</ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"
        )
    entries[f"{folder}/Document.xml"] = (
        f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDTH * mm:.2f} {HEIGHT * mm:.2f}</ofd:PhysicalBox></ofd:PageArea>"
        f"{listed}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"
    )
    return entries


def as_ofd(*documents: dict[str, str], more: str = "") -> bytes:
    """An OFD file of documents made by :func:`ofd_entries` in folders Doc_0, Doc_1 …"""
    bodies = "".join(
        f"<ofd:DocBody><ofd:DocRoot>Doc_{n}/Document.xml</ofd:DocRoot></ofd:DocBody>" for n in range(len(documents))
    )
    entries = {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {OFD} Version="1.0">{bodies}{more}</ofd:OFD>'
    }
    for document in documents:
        entries |= document
    return zipped(entries)


FORMATS: dict[str, Callable[[str], bytes]] = {
    "txt in GB18030": lambda text: text.encode("gb18030"),
    "html": as_html,
    "docx": as_docx,
    "docx with Word's numbers": lambda text: as_docx(text, numbered=True),
    "pdf": lambda text: as_pdf(typeset(text)),
    "pdf in two columns": lambda text: as_pdf(typeset(text, columns=2)),
    "pdf without indents": lambda text: as_pdf(typeset(text, indent=False)),
    "pdf of a browser": printed,
    "pdf of a browser in two columns": lambda text: printed(text, "div{columns:2;font-size:11pt;line-height:18pt}"),
    "ofd": lambda text: as_ofd(ofd_entries(typeset(text))),
    "ofd in two columns": lambda text: as_ofd(ofd_entries(typeset(text, columns=2), template="内部编号")),
    "zip": lambda text: zipped({"关于政策的通知.docx": as_docx(text)}),
}
