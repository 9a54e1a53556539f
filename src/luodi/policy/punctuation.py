"""Marks as Chinese papers print them: what was folded to compare texts is wide again behind Chinese words."""

from __future__ import annotations

import re

_MARKS = str.maketrans(",;:?!", "，；：？！")
_QUOTED_OR_MARK = re.compile(
    r"“[^”]*”|(?<=[\u4e00-\u9fff》”）〕])[,;:?!]|(?<=[\u4e00-\u9fff》”，；：、。])\(([^()\n]*)\)"
)


def widened(text: str) -> str:
    """Text with wide marks behind Chinese words; what is quoted, numbers and addresses (四.(三).2) stay as they are."""
    return _QUOTED_OR_MARK.sub(_wide, text)


def _wide(found: re.Match[str]) -> str:
    if found[1] is not None:
        return f"（{widened(found[1])}）"
    return found[0] if found[0].startswith("“") else found[0].translate(_MARKS)
