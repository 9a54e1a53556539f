"""What was not understood, where, and what to do about it. A diagnostic never stops a compilation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from luodi.document.text import Span


@dataclass(frozen=True, kw_only=True)
class Diagnostic:
    """``code`` is stable and only ever added to; ``message`` and ``next_step`` are Chinese, for the officer."""

    code: str
    severity: Literal["info", "warning", "error"]
    article: str
    span: Span
    message: str
    next_step: str
