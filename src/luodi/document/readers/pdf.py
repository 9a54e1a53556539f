"""PDF with a text layer, through pdfium: placed characters and ruled lines, laid out by :mod:`luodi.document.layout`."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as raw

from luodi.document.decode import MAX_CHARACTERS
from luodi.document.extract import Extract, Note, Writer
from luodi.document.layout import blocks
from luodi.document.page_lines import Glyph, Page
from luodi.document.page_overlays import without_struck
from luodi.document.page_tables import Rule
from luodi.document.readers import substitute_font
from luodi.document.refusals import RefusedError
from luodi.document.scan import Recognised, Scan

MAX_PAGES = 1500
_MOST_PATHS = 20_000
_LEAST_MAPPED = 0.8
_QUARTER = math.pi / 2
_LEVEL_ANGLE = 0.03  # quarter turns; what is further from one is a watermark or a stamp
_ASLANT = -1
_ASCENT = 0.88
_LARGEST = 2000.0  # points
_THICKEST = 2.5  # points, of a ruled line
_SURROGATES = range(0xD800, 0xE000)
_NO_CHARACTERS = ("Co", "Cn", "Cc")
_UNKNOWN = "\ufffd"
# A figure beside a sign that cannot be told is no figure: 2�50万元 is not 50万元.
_BESIDE_UNKNOWN = re.compile(rf"[\d.,]*{_UNKNOWN}[\d.,{_UNKNOWN}]*")
_OCR_DPI = 300
_POINTS = 72
_LONGEST_SIDE = 5000  # pixels of a page's picture
_PDF_END = b"%%EOF"
_ENDS_WITHIN = 2048


def prepare() -> None:
    """Load pdfium while files may still be opened; fonts that a file does not carry are not looked for."""
    substitute_font.install()
    pypdfium2.PdfDocument.new().close()


def read(data: bytes, recognised: Recognised | None = None) -> Extract:
    """The text of a PDF; ``recognised`` gives what was recognised of scanned pages by number.

    Raises:
        RefusedError: a password, a damaged file, no text layer, characters that cannot be told.
    """
    with _opened(data) as document:
        pages, unmapped, scanned = [], 0, []
        for index in range(len(document)):
            page, bad = _page(document, index, (recognised or {}).get(str(index + 1)))
            unmapped += bad
            if not page.glyphs and page.number not in scanned:
                scanned.append(page.number)
            pages.append(page)
            if sum(len(one.glyphs) for one in pages) > MAX_CHARACTERS:
                raise RefusedError("reader-memory", f"超过 {MAX_CHARACTERS // 10_000} 万字")
    count = sum(len(page.glyphs) for page in pages)
    if unmapped > (1 - _LEAST_MAPPED) * (count + unmapped):
        raise RefusedError("unmapped", f"{unmapped} 个字")
    if count == 0:
        raise RefusedError("scanned", f"全部 {len(pages)} 页")
    return _written(pages, scanned)


def scanned_pages(data: bytes) -> list[int]:
    """The numbers of the pages without any text."""
    with _opened(data) as document:
        return [index + 1 for index in range(len(document)) if not _page(document, index, None)[0].glyphs]


def picture(data: bytes, number: int) -> bytes:
    """A page as a grey picture (PGM), upright, 300 dots an inch where it is not too large."""
    with _opened(data) as document:
        page = document[number - 1]
        scale = min(_OCR_DPI / _POINTS, _LONGEST_SIDE / max(page.get_size()))
        bitmap = page.render(scale=scale, grayscale=True)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        pixels = bytes(bitmap.buffer)
        rows = b"".join(pixels[row * stride : row * stride + width] for row in range(height))
        return b"P5 %d %d 255\n" % (width, height) + rows


def _opened(data: bytes) -> Any:
    if _PDF_END not in data[-_ENDS_WITHIN:]:
        raise RefusedError("damaged" if b"PK\x05\x06" not in data[-_ENDS_WITHIN:] else "polyglot", "没有 PDF 的结尾")
    if b"PK\x05\x06" in data[data.rfind(_PDF_END) :]:
        raise RefusedError("polyglot", "PDF 之后另有压缩包")
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise RefusedError("encrypted", "打开密码") from error
        raise RefusedError("damaged", "PDF 结构不完整") from error
    if count == 0:
        raise RefusedError("no-text", "没有页面")
    if count > MAX_PAGES:
        raise RefusedError("reader-memory", f"{count} 页，上限 {MAX_PAGES} 页")
    return document


def _page(document: Any, index: int, recognised: Sequence[Scan] | None) -> tuple[Page, int]:
    """One page and how many of its characters have no known meaning."""
    try:
        page = document[index]
        frame = _frame(page)
        if recognised is not None:
            width, height = page.get_size()
            glyphs = [glyph for scan in recognised for glyph in scan.page(1).glyphs]
            return Page(index + 1, width, height, glyphs, []), 0
        signs, unmapped = _signs(page)
        frame = frame._replace(quarter=_reading_direction(signs))
        glyphs = [frame.glyph(sign) for sign in signs if sign.quarter == frame.quarter]
        return Page(index + 1, *frame.size(), glyphs, list(_rules(page, frame))), unmapped
    except pypdfium2.PdfiumError as error:
        raise RefusedError("damaged", f"第 {index + 1} 页") from error


class _Sign(NamedTuple):
    """A character as pdfium has it, y upwards: where its base line begins, how far it goes on, how large it is."""

    char: str
    x: float
    y: float
    advance: float
    size: float
    quarter: int  # quarter turns of its direction, anticlockwise
    spaced: bool = False


class _Frame(NamedTuple):
    """The page's box, and in which direction it is read."""

    left: float
    bottom: float
    width: float
    height: float
    quarter: int

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point as the reader sees it, from the top left."""
        x, y = x - self.left, y - self.bottom
        seen = ((x, self.height - y), (y, x), (self.width - x, y), (self.height - y, self.width - x))
        return seen[self.quarter]

    def size(self) -> tuple[float, float]:
        return (self.width, self.height) if self.quarter % 2 == 0 else (self.height, self.width)

    def glyph(self, sign: _Sign) -> Glyph:
        x, base = self.at(sign.x, sign.y)
        top, bottom = base - _ASCENT * sign.size, base + (1 - _ASCENT) * sign.size
        return Glyph(sign.char, x, top, x + sign.advance, bottom, spaced=sign.spaced)


def _frame(page: Any) -> _Frame:
    x0, y0, x1, y1 = page.get_mediabox()
    return _Frame(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0), 0)


def _reading_direction(signs: list[_Sign]) -> int:
    """The quarter turn that most characters have (a table set sideways); the others are stamps and watermarks."""
    counts = Counter(sign.quarter for sign in signs if sign.quarter != _ASLANT)
    return max(counts, key=counts.__getitem__, default=0)  # (most_common imports, which the child may no longer)


def _signs(page: Any) -> tuple[list[_Sign], int]:
    text = page.get_textpage()
    found: list[_Sign] = []
    unmapped = 0
    spaced = False
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        if raw.FPDFText_IsGenerated(text.raw, at) == 1 or code in (0x20, 0x0A, 0x0D):
            spaced = spaced or code == 0x20
            continue
        char = chr(code) if code not in _SURROGATES and code < 0x110000 else _UNKNOWN
        # Of a font that does not say what its signs mean, pdfium gives their numbers in it, as if they were characters.
        told = code != 0 and raw.FPDFText_HasUnicodeMapError(text.raw, at) != 1
        if not told or char in (_UNKNOWN, "\ufffe") or unicodedata.category(char) in _NO_CHARACTERS:
            unmapped += 1
            if told:
                continue
            char = _UNKNOWN
        if sign := _sign(text, at, char):
            found.append(sign._replace(spaced=spaced))
            spaced = False
    return found, unmapped


def _sign(text: Any, at: int, char: str) -> _Sign | None:
    """Boxes of some fonts are only as large as the ink: a Chinese character is as wide as its font is high."""
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    if not raw.FPDFText_GetCharOrigin(text.raw, at, ctypes.byref(x), ctypes.byref(y)):
        return None
    raw.FPDFText_GetLooseCharBox(text.raw, at, ctypes.byref(box))
    raw.FPDFText_GetMatrix(text.raw, at, ctypes.byref(matrix))
    if not all(map(math.isfinite, (matrix.a, matrix.b, matrix.c, matrix.d, x.value, y.value))):
        return None  # a damaged page sets it nowhere
    turned = math.atan2(matrix.b, matrix.a) / _QUARTER
    quarter = round(turned) % 4 if abs(turned - round(turned)) < _LEVEL_ANGLE else _ASLANT
    em = raw.FPDFText_GetFontSize(text.raw, at)
    wide, high = em * math.hypot(matrix.a, matrix.b), em * math.hypot(matrix.c, matrix.d)
    extent = box.right - box.left if quarter % 2 == 0 else box.top - box.bottom
    advance = wide if char > "\u2e7f" else max(extent, 0.2 * wide)
    if not 0 < high < _LARGEST or not 0 < advance < _LARGEST:
        return None
    return _Sign(char, x.value, y.value, advance, high, quarter)


def _rules(page: Any, frame: _Frame) -> Iterator[Rule]:
    """The level and upright lines of a page, also the sides of drawn boxes and thin filled ones."""
    for count, one in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count > _MOST_PATHS:
            return
        bounds = one.get_bounds()
        (xa, ya), (xb, yb) = frame.at(*bounds[:2]), frame.at(*bounds[2:])
        x0, y0, x1, y1 = min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)
        if min(x1 - x0, y1 - y0) <= _THICKEST:
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            yield Rule(x0, y, x1, y) if x1 - x0 > y1 - y0 else Rule(x, y0, x, y1)
        elif _is_stroked(one) and raw.FPDFPath_CountSegments(one.raw) <= 6:
            yield from (Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1))


def _is_stroked(one: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(one.raw, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)


def _written(pages: list[Page], scanned: list[int]) -> Extract:
    writer = Writer("pdf")
    pages, struck = without_struck(pages)
    found, left_out = blocks(pages)
    writer.blocks(found)
    if struck:
        writer.note("struck", count=sum(map(len, struck)))
    for text in [*left_out, *struck]:
        writer.leave_out(text)
    if scanned:
        writer.note("scanned-pages", count=len(scanned), detail="、".join(map(str, scanned[:20])))
    extract = writer.finish()
    unknown = list(_BESIDE_UNKNOWN.finditer(extract.text))
    if unknown:
        count = extract.text.count(_UNKNOWN)
        extract.text = _BESIDE_UNKNOWN.sub(lambda at: _UNKNOWN * len(at[0]), extract.text)
        extract.notes.append(Note("unmapped", unknown[0].start(), unknown[-1].end(), count))
    return extract
