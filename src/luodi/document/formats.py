"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import re
from typing import NamedTuple

from luodi.document.refusals import RefusedError


class _Other(NamedTuple):
    magic: bytes
    code: str
    kind: str


_OTHERS = (
    _Other(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "legacy-office", ""),
    _Other(b"{\\rtf", "other-kind", "RTF 文件"),
    _Other(b"\x89PNG", "image", "PNG 图片"),
    _Other(b"\xff\xd8\xff", "image", "JPEG 图片"),
    _Other(b"GIF8", "image", "GIF 图片"),
    _Other(b"BM", "image", "BMP 图片"),
    _Other(b"II*\x00", "image", "TIFF 图片"),
    _Other(b"MM\x00*", "image", "TIFF 图片"),
    _Other(b"RIFF", "image", "WebP 图片或音视频"),
    _Other(b"Rar!", "other-kind", "RAR 压缩包"),
    _Other(b"7z\xbc\xaf", "other-kind", "7z 压缩包"),
    _Other(b"\x1f\x8b", "other-kind", "gzip 压缩包"),
    _Other(b"BZh", "other-kind", "bzip2 压缩包"),
    _Other(b"\xfd7zXZ", "other-kind", "xz 压缩包"),
    _Other(b"(\xb5/\xfd", "other-kind", "zstd 压缩包"),
    _Other(b"SQLite format 3", "other-kind", "SQLite 数据库"),
    _Other(b"\x7fELF", "other-kind", "程序文件"),
    _Other(b"MZ", "other-kind", "程序文件"),
    _Other(b"ID3", "other-kind", "音频文件"),
    _Other(b"%!PS", "other-kind", "PostScript 文件"),
    _Other(b"MIME-Version:", "other-kind", "网页归档文件（mht）"),
)
_WORDLIKE = (b"BM", b"MZ", b"BZh", b"ID3", b"RIFF")  # may begin a text as well
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_PDF_HEADER = re.compile(rb"\A(?:\xef\xbb\xbf)?\s{0,64}%PDF-\d")
_PDF_WITHIN = 1024


_PICTURES = tuple(other.magic for other in _OTHERS if other.kind.startswith(("PNG", "JPEG", "TIFF", "BMP")))


def is_picture(data: bytes) -> bool:
    """Whether the file is a picture of a kind that can be recognised."""
    return data.startswith(_PICTURES) and not (data.startswith(_WORDLIKE) and b"\x00" not in data[:64])


def sniff(data: bytes, *, recognise: bool = False) -> str:
    """``text`` (txt, html), ``packed`` (docx, ofd, zip: the reader looks inside), ``pdf``; with ``recognise`` also ``image``.

    Raises:
        RefusedError: the file is empty or of a known other kind.
    """
    if not data.strip(b"\x00\t\n\x0b\x0c\r \xef\xbb\xbf\xfe\xff"):
        raise RefusedError("empty")
    if recognise and is_picture(data):
        return "image"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "packed"
    if _PDF_HEADER.match(data):
        return "pdf"
    if b"%PDF-" in data[:_PDF_WITHIN] and b"%%EOF" in data[-_PDF_WITHIN:]:
        raise RefusedError("polyglot", "PDF 之前另有内容")
    other = next((other for other in _OTHERS if data.startswith(other.magic)), None)
    if other is None or (data.startswith(_WORDLIKE) and b"\x00" not in data[:64]):
        return "text"
    if other.code == "legacy-office" and _ENCRYPTED_OFFICE in data:
        raise RefusedError("encrypted", "Office 文件密码")
    raise RefusedError(other.code, other.kind)
