"""What of a file may be recognised: a picture, pages of a PDF without text, pictures in docx and ofd, all of them in a zip."""

from __future__ import annotations

from luodi.document.formats import is_picture, sniff
from luodi.document.packed import Packed
from luodi.document.readers import announcement, pdf
from luodi.document.refusals import RefusedError
from luodi.document.scan import IN_FILE

_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")


def names(kind: str, data: bytes, depth: int = 0) -> list[str]:
    """The pictures by the names of :data:`.scan.Recognised`.

    Raises:
        RefusedError: the file cannot be opened. A file inside a zip that cannot be has none: reading says what it is.
    """
    if kind == "image":
        return [""]
    if kind == "pdf":
        return [str(page) for page in pdf.scanned_pages(data)]
    packed = Packed(data)
    if any(entry.startswith("word/") or entry == "OFD.xml" for entry in packed.entries):
        kept = [entry for entry in packed.entries if entry.lower().endswith(_PICTURES)]
        return [entry for entry in kept if is_picture(packed.read(entry))]
    if depth >= announcement.MAX_DEPTH:
        return []
    return [
        f"{entry}{IN_FILE}{name}" for entry in announcement.files(packed) for name in _inside(packed.read(entry), depth)
    ]


def _inside(data: bytes, depth: int) -> list[str]:
    try:
        kind = sniff(data, recognise=True)
        return [] if kind == "text" else names(kind, data, depth + 1)
    except RefusedError:
        return []


def taken(kind: str, data: bytes, name: str) -> bytes:
    """One picture by its name; a page of a PDF is drawn.

    Raises:
        RefusedError: it cannot be taken out.
    """
    if kind == "image":
        return data
    if kind == "pdf":
        return pdf.picture(data, int(name))
    entry, inside, inner = name.partition(IN_FILE)
    file = Packed(data).read(entry)
    return taken(sniff(file, recognise=True), file, inner) if inside else file
