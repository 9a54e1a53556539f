"""Plain texts that were set by signs and blanks: tables drawn with ┌─┬─┐, and prose in two columns side by side.

Both are written anew, a row a line and a column below the other: what belongs together stands apart in such a file.
Widths are those of a terminal: a Chinese character takes two places.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from luodi.document.lines import between_items

_WALL = re.compile(r"[│┃║]")
_DRAWN = re.compile(r"[ \u3000]*[│┃║┌├└┏┣┗╔╠╚╭╰].*[│┃║┐┤┘┓┫┛╗╣╝╮╯][ \u3000]*")
_RULE = re.compile(r"(?=[^─━═]*[─━═])[ \u3000\u2500-\u257f]*+")
_JOINT = re.compile(r"[├┣╠┼╋╬┤┫╣│┃║]")
_LONGEST_LINE = 500
_ABOVE = "〃"
_FEWEST_ROWS = 2
_GAP = re.compile(r"(?<=[^ \u3000])(?: {2,}+|\u3000{2,}+| \u3000)[ \u3000]*+(?=[^ \u3000])")
_FEWEST_LINES = 8  # of two columns
_PARTED = 0.3  # of the lines: the right column of a last page may be shorter
_INDENT = 4
_NARROWEST = 24  # places of a column of prose
_RAGGED = 4  # places by which full lines differ
_FEWEST_WRAPPED, _WRAPPED = 3, 0.25
_ENDS = re.compile(r"[。；：！？]\s*\Z")


def laid_out(text: str) -> str:
    """The text with drawn tables as rows of cells between tabs, and columns one below the other."""
    if _WALL.search(text):
        text = "".join(_tables(text))
    return "".join(_columns(text)) if _GAP.search(text) else text


def _tables(text: str) -> Iterator[str]:
    for drawn, run in groupby(text.splitlines(keepends=True), key=_is_drawn):
        lines = list(run)
        rows = _rows([line.strip() for line in lines]) if drawn else None
        yield "".join(lines) if rows is None else "".join("\t".join(row) + "\n" for row in rows)


def _is_drawn(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and _DRAWN.fullmatch(line.rstrip()) is not None


def _is_rule(line: str) -> bool:
    return _RULE.fullmatch(line) is not None


def _rows(lines: list[str]) -> list[list[str]] | None:
    """The rows of a drawn table; None where its walls do not stand in line."""
    found: list[list[str]] = []
    width = max(len(_WALL.split(line)) for line in lines) - 2
    parted = (
        sum(1 for is_rule, _ in groupby(lines, key=_is_rule) if not is_rule) > _FEWEST_ROWS
    )  # by rules between rows
    merged: set[int] = set()  # columns whose cell goes on below a rule that does not cross them
    for is_rule, run in groupby(lines, key=_is_rule):
        group = list(run)
        if is_rule:
            parts = _JOINT.split(group[-1])[1:-1]
            merged = {at for at, part in enumerate(parts) if not part.strip()} if len(parts) == width else set()
            continue
        cells = [[cell.strip() for cell in _WALL.split(line)[1:-1]] for line in group]
        if any(len(row) != width for row in cells) or width < 2:
            return None
        several = not parted and all(row[0] for row in cells)
        for row in cells if several else [_joined(cells)]:
            found.append([_ABOVE if not cell and at in merged and found else cell for at, cell in enumerate(row)])
    return found if len(found) >= _FEWEST_ROWS else None


def _joined(lines: list[list[str]]) -> list[str]:
    """The cells of one row that is set over several lines."""
    row = [""] * len(lines[0])
    for cells in lines:
        row = [
            f"{text}{between_items(text, cell)}{cell}" if text and cell else text or cell
            for text, cell in zip(row, cells, strict=True)
        ]
    return row


def _columns(text: str) -> Iterator[str]:
    """Each run of lines between blank ones (a page), its right column below the left one where it has two."""
    for blank, run in groupby(text.splitlines(keepends=True), key=lambda line: not line.strip()):
        lines = list(run)
        starts = None if blank else _two_columns([line.rstrip() for line in lines])
        if starts is None:
            yield "".join(lines)
        else:
            sides = [
                (line[: starts.get(at, len(line))], line[starts.get(at, len(line)) :]) for at, line in enumerate(lines)
            ]
            yield "".join(left.rstrip() + "\n" for left, _ in sides)
            yield "".join(right.rstrip() + "\n" for _, right in sides if right.strip())


def _two_columns(lines: list[str]) -> dict[int, int] | None:
    """Where in each line the right one of two columns begins: at one place in most lines, behind full lines of prose."""
    if max(map(len, lines)) > _LONGEST_LINE:
        return None
    gaps = [{_width(line[: at.end()]): at for at in _GAP.finditer(line)} for line in lines]
    counts = Counter(place for found in gaps for place in found)
    if not counts:
        return None
    # the first line of a paragraph is set in
    place = min(counts, key=lambda one: (-counts[one] - counts[one + _INDENT], one))
    starts = {at: (found.get(place) or found.get(place + _INDENT)) for at, found in enumerate(gaps)}
    parted = {at: match for at, match in starts.items() if match is not None}
    if len(parted) < max(_FEWEST_LINES, _PARTED * len(lines)):
        return None
    left = [lines[at][: match.start()] for at, match in parted.items()]
    right = [lines[at][match.end() :] for at, match in parted.items()]
    crossing = any(at not in parted and _width(line) > place for at, line in enumerate(lines))
    if crossing or not (_is_prose(left) and _is_prose(right)):
        return None
    return {at: _reached(lines[at], match, place) for at, match in parted.items()}


def _reached(line: str, gap: re.Match[str], place: int) -> int:
    """Where in a gap the right column begins, its own indent behind it."""
    return next((at for at in range(gap.start(), gap.end()) if _width(line[:at]) >= place), gap.end())


def _is_prose(column: list[str]) -> bool:
    """Whether lines of a column are wrapped in mid-sentence at its edge, as no cells of a table are."""
    widths = [_width(line.rstrip()) for line in column]
    edge = max(widths)
    wrapped = sum(
        wide >= edge - _RAGGED and _ENDS.search(line) is None for line, wide in zip(column, widths, strict=True)
    )
    return edge >= _NARROWEST and wrapped >= max(_FEWEST_WRAPPED, _WRAPPED * len(column))


def _width(text: str) -> int:
    return sum(1 + (char > "\u2e7f" or char in "“”‘’—…") for char in text)
