"""Bytes → text: the encoding is detected, a file that is no text is refused by name."""

from __future__ import annotations

from luodi.errors import ContentError


def decode(data: bytes, name: str) -> str:
    """The text of a file without its byte order mark.

    Raises:
        ContentError: the file is empty or no text.
    """
    if not data.strip():
        raise ContentError(f"{name} 是空文件（0 个可读字符），应为政策文件的文本。请检查文件是否完整下载后重试。")
    for encoding in ("utf-8-sig", "gb18030", "big5"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ContentError(f"{name} 不是文本文件。请另存为 UTF-8 文本或网页文件后重试。")
