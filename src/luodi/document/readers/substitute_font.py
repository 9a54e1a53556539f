"""A font in place of those that a PDF names and does not carry (宋体, 仿宋_GB2312 …): every character is the same square.

Only boxes matter to the reader. Without any font pdfium gives such characters no width, and leaves out the words that
stand alone (a cell 个, a number set figure by figure); in the child no font file can be opened, and a server may have none.
Format: TrueType, the seven tables that FreeType wants.
"""

from __future__ import annotations

import ctypes
import struct
from typing import Any

import pypdfium2.raw as raw

_CHARSETS = (128, 129, 134, 136)  # of Windows: Japanese, Korean, simplified and traditional Chinese
_EM, _ASCENT, _DESCENT = 1000, 880, -120
_HANDLE = 1
_BOX = 1  # the number of its glyph; 0 is that of a missing one
_RANGES = ((0x20, 0xFFFD), (0x20000, 0x3FFFD))
_FIELDS = dict(raw.FPDF_SYSFONTINFO._fields_)


def font() -> bytes:
    """The font: one square for all characters."""
    box = (0, _DESCENT, _EM, _ASCENT)
    square = struct.pack(">hhhhhHH4B8h", 1, *box, 3, 0, 1, 1, 1, 1, 0, 0, _EM, 0, _DESCENT, _EM, 0, -_EM)
    square += bytes(-len(square) % 4)
    groups = b"".join(struct.pack(">III", first, last, _BOX) for first, last in _RANGES)
    # cmap, format 13: many characters → one glyph
    cmap = struct.pack(">HHHHIHHIII", 0, 1, 3, 10, 12, 13, 0, 16 + len(groups), 0, len(_RANGES)) + groups
    tables = {
        b"cmap": cmap,
        b"glyf": square,
        b"head": struct.pack(">IIIIHH16x4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, *box, 0, 8, 2, 0, 0),
        b"hhea": struct.pack(">IhhhH11hH", 0x10000, _ASCENT, _DESCENT, 0, _EM, 0, 0, _EM, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">Hhh", _EM, 0, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(square) // 2),
        b"maxp": struct.pack(">IH13H", 0x10000, 2, 4, 1, 0, 0, 2, *[0] * 8),
    }
    at = 12 + 16 * len(tables)
    directory, body = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 48), b""
    for name, table in tables.items():
        directory += struct.pack(">4sIII", name, 0, at + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    return directory + body


_FONT = font()


def _map_font(_info: Any, _weight: int, _italic: int, charset: int, _pitch: int, _face: Any, _exact: Any) -> int | None:
    return _HANDLE if charset in _CHARSETS else None


def _font_data(_info: Any, _handle: Any, table: int, buffer: Any, size: int) -> int:
    if table:
        return 0  # of the whole file pdfium finds them itself
    if buffer and size >= len(_FONT):
        ctypes.memmove(buffer, _FONT, len(_FONT))
    return len(_FONT)


def _nothing(*_: Any) -> None:
    return None


# pdfium keeps the address of the record: it lives as long as the process.
_INFO = raw.FPDF_SYSFONTINFO(
    version=1,
    MapFont=_FIELDS["MapFont"](_map_font),
    GetFontData=_FIELDS["GetFontData"](_font_data),
    GetFontCharset=_FIELDS["GetFontCharset"](lambda _info, _handle: _CHARSETS[2]),
    GetFaceName=_FIELDS["GetFaceName"](lambda _info, _handle, _buffer, _size: 0),
    DeleteFont=_FIELDS["DeleteFont"](_nothing),
    Release=_FIELDS["Release"](_nothing),
)


def install() -> None:
    """From now on pdfium takes this font, and those that it brings along, and looks for no others."""
    raw.FPDF_SetSystemFontInfo(ctypes.byref(_INFO))
