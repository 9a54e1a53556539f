"""A file or a text → document."""

from __future__ import annotations

import hashlib
from pathlib import Path

from luodi.document.clean import clean
from luodi.document.decode import MAX_BYTES, decode, too_large
from luodi.document.outline import outline
from luodi.document.readers import html, txt
from luodi.document.tree import Document
from luodi.errors import ContentError


def read(path: Path | str) -> Document:
    """Read a file; its kind is told by its content, not by its name.

    Raises:
        ContentError: the file cannot be read as a text at all (missing, empty, too large, binary).
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise too_large(path.name, size)
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise ContentError(f"{path} 是文件夹，应为一份文件。请给出其中的文件。") from error
    except OSError as error:
        raise ContentError(f"读不到文件 {path}（{_reason(error)}）。请检查路径和权限后重试。") from error
    return _document(decode(data, path.name), path.stem, data)


def parse(text: str, name: str = "text") -> Document:
    """Read a text that is at hand; any text gives a document."""
    return _document(text, name, text.encode("utf-8", "surrogatepass"))


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    return "没有读取权限" if isinstance(error, PermissionError) else str(error.strerror)


def _document(source: str, name: str, data: bytes) -> Document:
    is_page = html.is_page(source)
    text = clean(html.draft(source) if is_page else txt.draft(source))
    articles = outline(text.clean)
    head_end = articles[0].start if articles else len(text.clean)
    kind = "html" if is_page else "txt"
    return Document(name, kind, hashlib.sha256(data).hexdigest(), text, articles, head_end)
