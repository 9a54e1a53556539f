"""A file or a text → document. Text is read here; what is binary is read in a child process with limits."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from luodi.document import isolation, ocr
from luodi.document.clean import clean
from luodi.document.decode import decode, too_large
from luodi.document.draft import Draft
from luodi.document.extract import Extract, Note
from luodi.document.formats import sniff
from luodi.document.outline import outline
from luodi.document.plain_layout import laid_out
from luodi.document.readers import html, txt
from luodi.document.refusals import RefusedError, refusal
from luodi.document.text import Span
from luodi.document.tree import Document
from luodi.errors import ContentError

MAX_FILE = 32_000_000  # bytes of a docx, pdf, ofd or zip; a text may have less (decode.MAX_BYTES)


def read(path: Path | str, *, recognise: bool = False) -> Document:
    """Read a file; its kind is told by its content, not by its name.

    Args:
        path: a txt, html, docx, pdf or ofd file, or a zip of an announcement with attachments.
        recognise: scanned pages of a PDF, pictures in docx and ofd, and files that are pictures are recognised (tesseract),
            also inside a zip, with a confidence below 1.

    Raises:
        ContentError: the file cannot be read at all (missing, empty, too large, damaged …); ``code`` names the outcome.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise too_large(path.name, size, limit=MAX_FILE)
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise ContentError(f"{path} 是文件夹，应为一份文件。请给出其中的文件。") from error
    except OSError as error:
        raise ContentError(f"读不到文件 {path}（{_reason(error)}）。请检查路径和权限后重试。") from error
    return read_bytes(data, path.name, recognise=recognise)


def read_bytes(data: bytes, name: str, *, recognise: bool = False, told: ocr.Told | None = None) -> Document:
    """Read the bytes of a file that is called ``name``; as :func:`read`. ``told`` hears how far recognition is."""
    if len(data) > MAX_FILE:
        raise too_large(name, len(data), limit=MAX_FILE)
    try:
        kind = sniff(data, recognise=recognise)
        if kind == "text":
            return _of_file(decode(data, name), Path(name).stem, data)
        recognised = ocr.recognise(kind, data, told) if recognise else None
        return _of_extract(isolation.extract(kind, data, name, recognised), Path(name).stem, data)
    except RefusedError as refused:
        raise refusal(refused.code, name, refused.found) from refused


def parse(text: str, name: str = "text") -> Document:
    """Read a text that is at hand; any text gives a document."""
    return _of_text(text, name, text.encode("utf-8", "surrogatepass"))


def reread(source: str, kind: str, name: str, sha256: str, notes: tuple[Note, ...] = ()) -> Document:
    """The document of a text that was kept after reading: its decoded ``source``, the reader's ``kind``, its notes.

    Pages and parts are not known any more; ``sha256`` goes on naming the bytes as they came.
    """
    if kind in ("txt", "html"):
        return replace(_of_text(source, name, b""), sha256=sha256)
    return replace(_of_extract(Extract(kind, source, notes=list(notes)), name, b""), sha256=sha256)


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    return "没有读取权限" if isinstance(error, PermissionError) else str(error.strerror)


def _of_file(source: str, name: str, data: bytes) -> Document:
    """A text as it stands in a file: what is set by signs and blanks is written anew before it is read."""
    laid = source if html.is_page(source) else laid_out(source)
    if laid == source:
        return _of_text(source, name, data)
    return _of_extract(Extract("txt", laid, notes=[Note("laid-out", 0, 0)]), name, data)


def _of_text(source: str, name: str, data: bytes) -> Document:
    is_page = html.is_page(source)
    return _document(html.draft(source) if is_page else txt.draft(source), "html" if is_page else "txt", name, data)


def _of_extract(extract: Extract, name: str, data: bytes) -> Document:
    return _document(Draft(extract.text, [Span(0, len(extract.text))]), extract.format, name, data, extract)


def _document(draft: Draft, kind: str, name: str, data: bytes, extract: Extract | None = None) -> Document:
    text = clean(draft)
    articles, papers = outline(text.clean)
    head_end = articles[0].start if articles else len(text.clean)
    found = extract or Extract(kind)
    return Document(
        name=name, format=kind, sha256=hashlib.sha256(data).hexdigest(), text=text, articles=articles, head_end=head_end,
        places=tuple(found.places), parts=tuple(found.parts), notes=tuple(found.notes), papers=papers,
        unread=found.unread,
    )  # fmt: skip
