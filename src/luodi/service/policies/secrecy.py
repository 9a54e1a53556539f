"""Marks of secrecy and of internal papers (密级、内部标志) in a text, looked for before anything is written.

The screen may stop a text, it never clears one: no mark found is no statement that a text may be published.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_BETWEEN = r"[ \t]*"
_LEVEL = "|".join(_BETWEEN.join(word) for word in ("绝密", "机密", "秘密"))
_MARKS = (
    ("密级标志", re.compile(rf"(?:{_LEVEL}){_BETWEEN}[★☆*]")),
    (
        "密级标志",
        re.compile(rf"^{_BETWEEN}(?:{_LEVEL}){_BETWEEN}(?:启用前|长期|\d+{_BETWEEN}[年月])?{_BETWEEN}$", re.M),
    ),
    ("密级标志", re.compile(rf"密{_BETWEEN}级{_BETWEEN}[::]{_BETWEEN}(?:{_LEVEL}|内部|非密)")),
    ("内部标志", re.compile(rf"^{_BETWEEN}内{_BETWEEN}部{_BETWEEN}[★☆*]?{_BETWEEN}$", re.M)),
    ("内部标志", re.compile(r"内部(?:资料|文件|文稿|传阅|刊物|使用|掌握|明电|参考)|仅供内部|工作秘密|敏感信息,?不得")),
    (
        "不公开标志",
        re.compile(
            r"不予公开(?![的之])|此件不公开|(?:此|本)(?:件|文件)不宜公开|不公开发布(?![的之])|此件依申请公开|公开(?:属性|方式|类型) *:? *依申请公开"
        ),
    ),
    (
        "不公开标志",
        re.compile(r"(?:不得|不准|严禁|请勿|禁止)(?:外传|转发|上网|翻印)|注意保密|阅后(?:即焚|收回|退回)"),
    ),
)


@dataclass(frozen=True)
class Mark:
    """A mark found: its kind and the line it stands on. The words themselves are not kept."""

    kind: str
    line: int


def marks(text: str) -> tuple[Mark, ...]:
    """All marks in a text, one a kind and line."""
    plain = unicodedata.normalize("NFKC", text)
    found = {
        Mark(kind, plain.count("\n", 0, match.start()) + 1) for kind, form in _MARKS for match in form.finditer(plain)
    }
    return tuple(sorted(found, key=lambda mark: (mark.line, mark.kind)))
