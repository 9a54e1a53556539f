"""Which reader reads what: by content, never by name."""

from __future__ import annotations

from luodi.document.extract import Extract
from luodi.document.packed import Packed
from luodi.document.readers import announcement, docx, ofd, pdf, picture
from luodi.document.refusals import RefusedError
from luodi.document.scan import Recognised

_SHEETS = "Excel 表格（xlsx）"
_REFUSED = (
    ("xl/workbook", "other-kind", _SHEETS),
    ("xl/", "other-kind", _SHEETS),
    ("ppt/", "other-kind", "演示文稿（pptx）"),
    ("content.xml", "other-kind", "OpenDocument 文件（odt、ods）"),
    ("META-INF/MANIFEST.MF", "other-kind", "程序包（jar、apk）"),
    ("META-INF/container.xml", "other-kind", "电子书（epub）"),
)


def read(kind: str, data: bytes, name: str, recognised: Recognised | None = None) -> Extract:
    """The extract of a file of a binary kind (``packed``, ``pdf`` or ``image``); ``recognised``: what its pictures say.

    Raises:
        RefusedError: it cannot be read; the code says why.
    """
    if kind == "pdf":
        return pdf.read(data, recognised)
    if kind == "image":
        return picture.read((recognised or {}).get("", ()))
    return _packed(Packed(data), name, recognised or {})


def _packed(packed: Packed, name: str, recognised: Recognised) -> Extract:
    names = packed.entries
    if "OFD.xml" in names:
        return ofd.read(packed, recognised)
    if any(entry.startswith("word/") for entry in names):
        return docx.read(packed, recognised)
    for start, code, kind in _REFUSED:
        if any(entry.startswith(start) for entry in names):
            raise RefusedError(code, kind)
    return announcement.read(packed, name, read, recognised)
