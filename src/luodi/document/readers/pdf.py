"""PDF with a text layer, through pdfium: placed characters and ruled lines, laid out by :mod:`luodi.document.layout`."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from luodi.document.decode import MAX_CHARACTERS
from luodi.document.extract import Extract, Writer
from luodi.document.layout import Glyph, Page, blocks
from luodi.document.page_tables import Rule
from luodi.document.refusals import RefusedError

MAX_PAGES = 1500
_MOST_PATHS = 20_000
_LEAST_MAPPED = 0.8
_LEVEL_ANGLE = 0.05  # radians; what is turned further is a watermark or a stamp
_SURROGATES = range(0xD800, 0xE000)
_OCR_DPI = 300
_POINTS = 72
_LONGEST_SIDE = 5000  # pixels of a page's picture
_PDF_END = b"%%EOF"
_ENDS_WITHIN = 2048

Recognised = dict[int, list[tuple[str, float, float, float, float, float]]]


def prepare() -> None:
    """Load pdfium while files may still be opened."""
    pypdfium2.PdfDocument.new().close()


def read(data: bytes, recognised: Recognised | None = None) -> Extract:
    """The text of a PDF; ``recognised`` gives characters (text, x0, y0, x1, y1, confidence) of scanned pages by number.

    Raises:
        RefusedError: a password, a damaged file, no text layer, characters that cannot be told.
    """
    with _opened(data) as document:
        pages, unmapped, scanned = [], 0, []
        for index in range(len(document)):
            page, bad = _page(document, index, (recognised or {}).get(index + 1))
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


def _page(
    document: Any, index: int, recognised: list[tuple[str, float, float, float, float, float]] | None
) -> tuple[Page, int]:
    """One page and how many of its characters have no known meaning."""
    try:
        page = document[index]
        width, height = page.get_size()
        if recognised is not None:
            return Page(index + 1, width, height, [Glyph(*row) for row in recognised], []), 0
        glyphs, unmapped = _glyphs(page, height)
        return Page(index + 1, width, height, glyphs, list(_rules(page, height))), unmapped
    except pypdfium2.PdfiumError as error:
        raise RefusedError("damaged", f"第 {index + 1} 页") from error


def _glyphs(page: Any, height: float) -> tuple[list[Glyph], int]:
    text = page.get_textpage()
    box = raw.FS_RECTF()
    place = ctypes.byref(box)
    glyphs: list[Glyph] = []
    unmapped = 0
    left, bottom = page.get_mediabox()[:2] if page.get_rotation() == 0 else (0.0, 0.0)
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        if raw.FPDFText_IsGenerated(text.raw, at) == 1 or code in (0x20, 0x0A, 0x0D):
            continue
        if abs(raw.FPDFText_GetCharAngle(text.raw, at)) % 6.283 > _LEVEL_ANGLE:
            continue
        char = chr(code) if code not in _SURROGATES and code < 0x110000 else "\ufffd"
        if code in (0, 0xFFFD, 0xFFFE) or unicodedata.category(char) in ("Co", "Cn", "Cc"):
            unmapped += 1
        elif raw.FPDFText_GetLooseCharBox(text.raw, at, place) and box.right > box.left:
            glyphs.append(
                Glyph(
                    char, box.left - left, height - (box.top - bottom), box.right - left, height - (box.bottom - bottom)
                )
            )
    return glyphs, unmapped


def _rules(page: Any, height: float) -> Iterator[Rule]:
    """The level and upright lines of a page, also the sides of drawn boxes and thin filled ones."""
    left, bottom = page.get_mediabox()[:2]
    for count, one in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if count > _MOST_PATHS:
            return
        x0, y0, x1, y1 = one.get_bounds()
        x0, y0, x1, y1 = x0 - left, height - (y1 - bottom), x1 - left, height - (y0 - bottom)
        thin = min(x1 - x0, y1 - y0)
        if thin <= 2.5:
            yield (
                Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
                if x1 - x0 > y1 - y0
                else Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
            )
        elif _is_stroked(one) and raw.FPDFPath_CountSegments(one.raw) <= 6:
            yield from (Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1))


def _is_stroked(one: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(one.raw, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value)


def _written(pages: list[Page], scanned: list[int]) -> Extract:
    writer = Writer("pdf")
    found, left_out = blocks(pages)
    writer.blocks(found)
    for text in left_out:
        writer.leave_out(text)
    if scanned:
        writer.note("scanned-pages", count=len(scanned), detail="、".join(map(str, scanned[:20])))
    return writer.finish()
