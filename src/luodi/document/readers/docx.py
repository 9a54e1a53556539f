"""Word files (docx): the text people see, one paragraph a line, rows of tables with their cells between tabs.

Automatic numbers are written out; tracked changes are accepted; text boxes follow the paragraph they hang on; web pages and
texts that Word takes in when it opens the file (altChunk) are read in their place. Headers, footers, notes, comments, tables of
contents, hidden, struck and deleted words are left out and told of. Source: ECMA-376 part 1, also its strict namespaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from luodi.document import markers
from luodi.document.decode import decode
from luodi.document.extract import Extract, Writer
from luodi.document.layout import blocks
from luodi.document.lines import between_items, is_title
from luodi.document.packed import Packed
from luodi.document.page_lines import Page
from luodi.document.readers import html
from luodi.document.refusals import RefusedError
from luodi.document.scan import Recognised, Scan
from luodi.document.word_numbering import W, WordLists
from luodi.document.word_package import MATH, NUMBERING, REFERS, STYLES, main_part, part, targets
from luodi.document.word_styles import Styles, property_value
from luodi.errors import ContentError

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = f"{W}t"
_WORDS = (_TEXT, f"{W}delText")
_UNSEEN = frozenset(
    (f"{W}del", f"{W}moveFrom", f"{W}rt", f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}sdtPr", f"{W}tblPr")
)
_PICTURES = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))
_KEYS = (f"{REFERS}embed", f"{REFERS}id")
_BREAKS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_MANY_COLUMNS = 63
_ABOVE = "〃"
_MOST_TITLE_LINES = 4
_ANNEX = re.compile("附[件表录]")
_STOPS = re.compile("[。；：，;:,]")
_INSERTED = re.compile(r"\.(?:x?html?|txt|mht(?:ml)?|docx|rtf)\Z", re.IGNORECASE)
_LEFT_OUT = re.compile(r"word/(?:header|footer|footnotes|endnotes|comments)\d*\.xml")


def read(packed: Packed, recognised: Recognised | None = None) -> Extract:
    """The text of a Word file; ``recognised`` gives what was recognised of its pictures by entry.

    Raises:
        RefusedError: macros, encrypted or damaged parts, nothing but pictures.
    """
    names = packed.entries
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise RefusedError("macro")
    root = part(packed, main_part(packed))
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise RefusedError("damaged", "没有正文部分")
    relations = targets(packed)
    scans = {key: recognised[target] for key, target in relations.items() if target in recognised} if recognised else {}
    inserted = {key: packed.read(target) for key, target in relations.items() if _INSERTED.search(target)}
    reading = _Reading(
        Writer("docx"), WordLists(part(packed, NUMBERING)), Styles(part(packed, STYLES)), scans, inserted
    )
    reading.blocks(body)
    for left_out in filter(_LEFT_OUT.fullmatch, names):
        reading.leave_out_part(part(packed, left_out))
    return reading.finish()


@dataclass
class _Reading:
    writer: Writer
    lists: WordLists
    styles: Styles
    scans: Mapping[str, Sequence[Scan]] = field(default_factory=dict)
    inserted: Mapping[str, bytes] = field(default_factory=dict)
    pages: list[Page] = field(
        default_factory=list
    )  # recognised, not yet written: a text may go on over several pictures
    paragraph: int = 0
    footnotes: int = 0
    hidden: int = 0
    struck: int = 0
    unread: int = 0  # files inside that were not read
    changes: int = 0
    pictures: int = 0
    carried: str = ""  # of a paragraph whose mark was deleted: it goes on in the next

    def blocks(self, parent: etree._Element) -> None:
        """Paragraphs and tables in order, through content controls and the like."""
        for block in parent:
            if block.tag == f"{W}p":
                self._paragraph(block)
            elif block.tag == f"{W}tbl":
                self._write_pages()
                self.table(block)
            elif block.tag in _UNSEEN:
                self._leave_out_deleted(block)
            elif block.tag == f"{_MC}AlternateContent":
                self.blocks(_chosen(block))
            elif block.tag == f"{W}altChunk":
                self._write_pages()
                self._insert(self.inserted.get(block.get(f"{REFERS}id", ""), b""))
            elif block.tag == f"{W}sdt" and _is_contents(block):
                self._leave_out(block)
            elif isinstance(block.tag, str) and block.tag != f"{W}sectPr":
                self.blocks(block)

    def _insert(self, data: bytes) -> None:
        """The lines and rows of a web page or a text that stands in the file as it is."""
        try:
            text = decode(data, "")
        except ContentError:
            self.unread += 1
            return
        for line in (html.draft(text).text if html.is_page(text) else text).splitlines():
            if "\t" in line:
                self.writer.row(line.split("\t"), paragraph=self.paragraph)
            elif line.strip():
                self.writer.line(line, paragraph=self.paragraph)

    def _paragraph(self, paragraph: etree._Element) -> None:
        """A paragraph's lines; one of pictures alone adds to what was recognised before."""
        if self.styles.is_of_contents(paragraph.find(f"{W}pPr")):
            self._leave_out(paragraph)
            return
        before, self.pages = self.pages, []
        texts = list(self.paragraph_texts(paragraph))
        if any(text.strip() for text in texts):
            own, self.pages = self.pages, before
            self._write_pages()
            before, self.pages = [], own
        for text in texts:
            self.writer.line(text, paragraph=self.paragraph)
        self.pages = before + self.pages

    def _write_pages(self) -> None:
        if self.pages:
            found, left_out = blocks(self.pages)
            self.writer.blocks(found, self.paragraph)
            for text in left_out:
                self.writer.leave_out(text)
            self.pages = []

    def paragraph_texts(self, paragraph: etree._Element, *, in_cell: bool = False) -> Iterator[str]:
        """The lines of a paragraph (its number, its words), then those of the text boxes that hang on it.

        A number without words is that of a row (序号) where it stands ``in_cell``.
        """
        self.paragraph += 1
        properties = paragraph.find(f"{W}pPr")
        boxes: list[etree._Element] = []
        words = "".join(self._words(paragraph, boxes))
        if self._mark_is_deleted(properties):
            self.carried += words
            return
        words, self.carried = self.carried + words, ""
        numbering = self.styles.numbering(properties, self.lists)
        label = self.lists.next_label(numbering) if numbering else ""
        yield from _lines(
            label.rstrip() if in_cell and not words.strip() else label + words if words.strip() else words
        )
        for box in boxes:
            for inner in _paragraphs(box):
                yield from self.paragraph_texts(inner)

    def _mark_is_deleted(self, properties: etree._Element | None) -> bool:
        return properties is not None and properties.find(f"{W}rPr/{W}del") is not None

    def _words(self, node: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
        for child in node:
            tag = child.tag
            if tag == _TEXT or tag == f"{MATH}t":
                yield (child.text or "").replace("\t", " ").replace("\n", " ")
            elif tag in _BREAKS:
                yield _BREAKS[tag]
            elif tag == f"{W}br":
                yield "" if child.get(f"{W}type") in ("page", "column") else "\n"
            elif tag in _UNSEEN:
                self._leave_out_deleted(child)
            elif tag == f"{W}r" and self.styles.hides_run(child):
                self.hidden += 1
                self._leave_out(child)
            elif tag == f"{W}r" and self.styles.strikes_run(child):
                self.struck += 1
                self._leave_out(child)
            elif tag == f"{W}footnoteReference" or tag == f"{W}endnoteReference":
                self.footnotes += 1
            elif tag == f"{_MC}AlternateContent":
                yield from self._words(_chosen(child), boxes)
            elif tag in _PICTURES:
                self._picture(child, boxes)
            elif isinstance(tag, str):
                if tag == f"{W}ins" or tag == f"{W}moveTo":
                    self.changes += 1
                yield from self._words(child, boxes)

    def _picture(self, picture: etree._Element, boxes: list[etree._Element]) -> None:
        """The text boxes in a drawing (their content is read after the paragraph), else a picture."""
        inside = [box for box in picture.iter(f"{W}txbxContent") if _outermost(box, picture)]
        boxes += inside
        if inside:
            return
        scans = [scan for node in picture.iter() for key in _KEYS for scan in self.scans.get(node.get(key, ""), ())]
        self.pages += [scan.page(len(self.pages) + number) for number, scan in enumerate(scans, 1)]
        self.pictures += not scans

    def _leave_out_deleted(self, node: etree._Element) -> None:
        if node.tag in (f"{W}del", f"{W}moveFrom"):
            self.changes += 1
            self._leave_out(node)

    def _leave_out(self, node: etree._Element) -> None:
        self.writer.leave_out("".join(words.text or "" for words in node.iter(*_WORDS)))

    def table(self, table: etree._Element) -> None:
        """Rows of a table; a cell merged into the one above says ``〃``, one merged to the left is empty.

        Where a table only frames what stands in it (one cell a row, or one that holds a table), that is read as the page is.
        """
        rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
        inside = [[cell for cell in row.iter(f"{W}tc") if _row_of(cell) is row] for row in rows]
        framed = all(len(cells) <= 1 for cells in inside)
        for row, own in zip(rows, inside, strict=True):
            if row.find(f"{W}trPr/{W}del") is not None:
                self._leave_out(row)
                continue
            filled = [cell for cell in own if any(words.text for words in cell.iter(_TEXT))]
            if framed or (len(filled) == 1 and filled[0].find(f".//{W}tbl") is not None):
                for cell in filled:
                    self.blocks(cell)
                continue
            begin = self.paragraph + 1
            cells = [text for cell in own for text in self._cell(cell)]
            self.writer.row(cells, paragraph=begin)

    def _cell(self, cell: etree._Element) -> list[str]:
        properties = cell.find(f"{W}tcPr")
        texts = [text for inner in _paragraphs(cell) for text in self.paragraph_texts(inner, in_cell=True)]
        text = ""
        for words in (words for words in texts if words.strip()):
            text += (between_items(text, words) or " " * bool(text)) + words
        merged = None if properties is None else properties.find(f"{W}vMerge")
        if merged is not None and merged.get(f"{W}val") != "restart" and not text:
            text = _ABOVE
        span = (property_value(properties, "gridSpan") if properties is not None else None) or "1"
        return [text] + [""] * min(int(span) - 1 if span.isdecimal() and len(span) < 4 else 0, _MANY_COLUMNS)

    def leave_out_part(self, root: etree._Element | None) -> None:
        """Words of headers, footers, notes and comments: seen by the secrecy screen only."""
        if root is not None:
            self.writer.leave_out("\n".join("".join(t.text or "" for t in p.iter(*_WORDS)) for p in root.iter(f"{W}p")))

    def finish(self) -> Extract:
        """The extract with its notes.

        Raises:
            RefusedError: no words at all.
        """
        self._write_pages()
        if self.carried:
            self.writer.line(self.carried, paragraph=self.paragraph)
        for code, count in (("footnotes", self.footnotes), ("hidden-text", self.hidden), ("tracked-changes", self.changes),
                            ("struck", self.struck), ("inserted", self.unread), ("pictures", self.pictures)):  # fmt: skip
            if count:
                self.writer.note(code, count=count)
        extract = self.writer.finish()
        if not extract.text.strip():
            raise RefusedError("pictures-only" if self.pictures else "no-text", f"{self.pictures or self.paragraph} 处")
        return extract


def _lines(text: str) -> list[str]:
    """The lines of a paragraph with breaks; a title that is set over several is one."""
    lines = text.split("\n")
    if 1 < len(lines) <= _MOST_TITLE_LINES and all(line.strip() for line in lines) and not _STOPS.search(text):
        plain = [unicodedata.normalize("NFKC", line).strip() for line in lines]
        whole = is_title("".join(plain)) and not any(is_title(line) for line in plain[:-1])
        if whole and not (plain[0].endswith("文件") or _ANNEX.match(plain[0]) or markers.at_line_start(plain[0])):
            return ["".join(line.strip() for line in lines)]
    return lines


def _is_contents(control: etree._Element) -> bool:
    """Whether a content control is the table of contents that Word made."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _row_of(cell: etree._Element) -> etree._Element:
    return next(cell.iterancestors(f"{W}tr"))


def _paragraphs(node: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs below a node that stand in no other paragraph."""
    for child in node:
        if child.tag == f"{W}p":
            yield child
        elif isinstance(child.tag, str):
            yield from _paragraphs(_chosen(child) if child.tag == f"{_MC}AlternateContent" else child)


def _outermost(box: etree._Element, picture: etree._Element) -> bool:
    """Whether a text box of a drawing stands in no other text box of it."""
    for above in box.iterancestors():
        if above is picture:
            break
        if above.tag == box.tag:
            return False
    return True


def _chosen(alternate: etree._Element) -> etree._Element:
    """The newer drawing where it carries text, else the fallback: never both."""
    choice, fallback = alternate.find(f"{_MC}Choice"), alternate.find(f"{_MC}Fallback")
    if choice is not None and (fallback is None or choice.find(f".//{W}txbxContent") is not None):
        return choice
    return alternate if fallback is None else fallback
