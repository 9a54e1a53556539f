"""Tables of web pages: a row becomes one line, whatever stands in its cells; merged cells keep the columns in place.

Only tables that hold data are read so: several rows of several cells, none with a table in it. What pages lay out with
tables is left to the reader of pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from luodi.document.text import Span

_TAGS = re.compile(
    r"<(?P<end>/?)(?P<name>table|tr|td|th)\b(?=(?P<wide>[^<>]{0,200}\bcolspan\s*=\s*[\"']?\s*(?:[2-9]|\d\d))?)",
    re.IGNORECASE,
)
_SPANNED = re.compile(r"\b(?P<side>row|col)span\s*=\s*[\"']?\s*(?P<n>\d{1,3})", re.IGNORECASE)
_ABOVE = "〃"
_MOST_COLUMNS = 64
_LONGEST_CELL = 2000  # characters of the page's source, on average


@dataclass
class _Open:
    start: int
    rows: int = 0
    cells: int = 0
    wide: int = 0  # merged over several columns
    nested: bool = False


def data_tables(source: str) -> list[Span]:
    """Where the tables that hold data stand in a page."""
    found: list[Span] = []
    stack: list[_Open] = []
    for tag in _TAGS.finditer(source):
        name = tag["name"].lower()
        if name == "table" and not tag["end"]:
            if stack:
                stack[-1].nested = True
            stack.append(_Open(tag.start()))
        elif name == "table" and stack:
            table = stack.pop()
            if _holds_data(table, tag.end() - table.start):
                found.append(Span(table.start, tag.end() + 1))
        elif stack and not tag["end"]:
            stack[-1].rows += name == "tr"
            stack[-1].cells += name != "tr"
            stack[-1].wide += name != "tr" and tag["wide"] is not None
    return sorted(found)


def _holds_data(table: _Open, length: int) -> bool:
    """Whether there are two cells a row; the name of a group may be merged over all columns of its own."""
    several = table.rows >= 2 and table.cells >= table.rows + 2
    full = 2 * table.rows <= table.cells + min(table.wide, table.rows // 2)
    return not table.nested and several and full and length < _LONGEST_CELL * table.cells


@dataclass
class Cells:
    """What the tags of a data table become, one after another."""

    column: int = 0
    padding: str = ""
    merged: dict[int, int] = field(default_factory=dict)  # column → rows that a cell above still reaches down

    def tag(self, name: str, source: str) -> str:
        """The text for a tag of the table (``source`` is the whole tag)."""
        closing = source.startswith("</")
        if name == "table":
            self.column, self.merged = 0, {}
            return "\n"
        if name == "tr":
            rest = self._close() + self._merged_cells() if closing else ""
            self.column = 0
            return rest if closing else "\n"
        if name in ("td", "th"):
            return self._close() if closing else self._open(source)
        return ""

    def _open(self, source: str) -> str:
        before = self._close() + self._merged_cells()  # an end tag may be missing
        spans = {at["side"].lower(): int(at["n"]) for at in _SPANNED.finditer(source)}
        wide = min(max(spans.get("col", 1), 1), _MOST_COLUMNS)
        for column in range(self.column, self.column + wide):
            self.merged[column] = max(spans.get("row", 1), 1) - 1
        before += "\t" if self.column else ""
        self.column += wide
        self.padding = "\t" * (wide - 1)
        return before

    def _close(self) -> str:
        padding, self.padding = self.padding, ""
        return padding

    def _merged_cells(self) -> str:
        """The cells of this row, from here on, that belong to cells above."""
        found = ""
        while self.merged.get(self.column, 0) > 0:
            self.merged[self.column] -= 1
            found += ("\t" if self.column else "") + _ABOVE
            self.column += 1
        return found
