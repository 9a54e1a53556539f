"""A file or a text → document."""

from __future__ import annotations

import hashlib
from pathlib import Path

from luodi.document.clean import clean
from luodi.document.decode import decode
from luodi.document.outline import outline
from luodi.document.readers import txt
from luodi.document.tree import Document
from luodi.errors import ContentError


def read(path: Path | str) -> Document:
    """Read a file.

    Raises:
        ContentError: the file cannot be read as a text at all.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ContentError(f"读不到文件 {path}（{error.strerror}）。请检查路径和权限后重试。") from error
    return _document(decode(data, path.name), path.stem, data)


def parse(text: str, name: str = "text") -> Document:
    """Read a text that is at hand; any text gives a document."""
    return _document(text, name, text.encode("utf-8", "surrogatepass"))


def _document(source: str, name: str, data: bytes) -> Document:
    text = clean(txt.draft(source))
    articles = outline(text.clean)
    head_end = articles[0].start if articles else len(text.clean)
    return Document(name, "txt", hashlib.sha256(data).hexdigest(), text, articles, head_end)
