"""Tables that go on over pages and columns: their header row once, a row that an end of these cut whole again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from luodi.document.page_lines import first_word
from luodi.document.page_tables import Row
from luodi.document.rows_of_lines import are_whole

_BROKEN_OFF = "，、,（(《“"  # no cell ends so
_CLOSED = "。；;"
_NUMBER = re.compile(r"[≥≤〔\[]?\d[\d.,]*(?<!\.)[%％]?[〕\]]?|[—-]")
_FIRST_COLUMNS = 2  # one of which numbers the rows
_SLACK = 0.4  # em that a full line leaves beyond the word that did not fit
_SLACK_OPEN = 1.2  # the same, up to where the next column of a table without rules begins
_Item = TypeVar("_Item")


def over_pages(flow: Iterable[_Item | Row]) -> list[_Item | Row]:
    """Rows of all pages; those of a table follow each other where only furniture stood between them."""
    whole: list[_Item | Row] = []
    header: Row | None = None
    place: tuple[int, int] | None = None  # page and column of the row above
    for item in flow:
        before = whole[-1] if whole else None
        if not isinstance(item, Row):
            header = None
            whole.append(item)
            continue
        if header is None or not isinstance(before, Row):
            header = item
            whole.append(item)
        elif item.cells == header.cells:
            continue
        elif (item.page, item.column) != place and _is_rest(item, before):
            whole[-1] = _joined(before, item)
        else:
            whole.append(item)
        place = item.page, item.column
    return whole


def _joined(before: Row, rest: Row) -> Row:
    parts = zip(before.cells, rest.cells, before.rooms, rest.rooms, strict=True)
    cells, rooms = zip(*((above + below, there if below else here) for above, below, here, there in parts), strict=True)
    sure = (before.sure and rest.sure) or (bool(before.spans) and are_whole(list(cells)))
    confidence = min(before.confidence, rest.confidence)
    return before._replace(cells=list(cells), rooms=list(rooms), confidence=confidence, sure=sure)


def _is_rest(row: Row, before: Row) -> bool:
    """Whether a row is the rest of the one before it: some of its cells are empty, and the others go on.

    Then it lacks its running number, goes on where a cell breaks off, or stands below full cells alone.
    """
    if len(row.cells) != len(before.cells):
        return False
    cells = zip(before.cells, row.cells, before.rooms, strict=True)
    parts = [(above, below, room) for above, below, room in cells if below]
    numbers = any(_NUMBER.fullmatch(above) and _NUMBER.fullmatch(below) for above, below, _ in parts)
    if numbers or len(parts) >= sum(map(bool, before.cells)):
        return False
    slack = _SLACK_OPEN if row.spans else _SLACK
    full = all(
        above and above[-1] not in _CLOSED and room <= first_word(below, 1.0) + slack for above, below, room in parts
    )
    pairs = list(zip(before.cells, row.cells, strict=True))[:_FIRST_COLUMNS]
    numbered = any(above.strip().isdecimal() and not below for above, below in pairs)
    return full or numbered or any(above and above[-1] in _BROKEN_OFF for above, _, _ in parts)
