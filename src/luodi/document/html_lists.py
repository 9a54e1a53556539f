"""Numbers that a browser sets before the items of an ordered list: they stand on the page and not in its source."""

from __future__ import annotations

import re
import unicodedata

from luodi.document import markers

_CHINESE = re.compile(r"cjk-ideographic|(?:simp|trad)-chinese|cjk-decimal", re.IGNORECASE)
_NONE = re.compile(r"list-style(?:-type)?\s*:[^;\"'}]*\bnone\b", re.IGNORECASE)
_OTHER = re.compile(
    r"type\s*=\s*[\"']?[aAiI]\b|list-style(?:-type)?\s*:[^;\"'}]*\b(?:alpha|latin|roman|disc|circle|square)",
    re.IGNORECASE,
)
_START = re.compile(r"\bstart\s*=\s*[\"']?\s*(\d{1,3})", re.IGNORECASE)
_NONE_FOR_ALL = re.compile(
    r"(?:^|[},\s])(?:ol|li|\*)\s*(?:,[^{}]{0,200})?\{[^{}]{0,400}list-style(?:-type)?\s*:\s*none", re.IGNORECASE
)
_BEFORE_WORDS = re.compile(r"(?:\s++|&(?:nbsp|e[mn]sp|#12288);|<[^<>]{0,400}>){0,20}")
_THEN_WORDS = re.compile(r"\s*+[^<\s]")
_LONGEST_NUMBER = 16
_DIGITS: tuple[str, ...] = ("", *"一二三四五六七八九")


class Lists:
    """The lists that are open, and how far each has counted."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._open: list[list[int | str]] = []  # the format, the last number
        self._next = ""  # the number of an item whose words have not begun yet
        self._shown = not _NONE_FOR_ALL.search(source)

    def label(self, name: str, start: int, end: int) -> str:
        """What stands before the words that follow a tag: the number of an item that has none of its own."""
        tag = self._source[start:end]
        if name in ("ol", "ul"):
            if tag.startswith("</"):
                self._open[-1:] = []
            else:
                self._open.append([_format(name, tag), _first(tag) - 1])
        if name == "li" and not tag.startswith("</") and self._open:
            self._next = self._numbered(end)
        if self._next and _THEN_WORDS.match(self._source, end):
            label, self._next = self._next, ""
            return label
        return ""

    def _numbered(self, end: int) -> str:
        kind, last = self._open[-1]
        self._open[-1][1] = count = int(last) + 1
        begin = _BEFORE_WORDS.match(self._source, end)
        at = begin.end() if begin else end
        words = self._source[at : at + _LONGEST_NUMBER]
        if not kind or not self._shown or markers.at_line_start(unicodedata.normalize("NFKC", words)):
            return ""
        return f"{count}." if kind == "decimal" else f"{_chinese(count)}、"


def _format(name: str, tag: str) -> str:
    if name == "ul" or _NONE.search(tag) or _OTHER.search(tag):
        return ""
    return "chinese" if _CHINESE.search(tag) else "decimal"


def _chinese(number: int) -> str:
    """A number below 100 (十二, 二十一)."""
    tens, ones = divmod(number % 100, 10)
    words = _DIGITS[tens] if tens > 1 else ""
    return f"{words}{'十' if tens else ''}{_DIGITS[ones]}"


def _first(tag: str) -> int:
    at = _START.search(tag)
    return int(at[1]) if at else 1
