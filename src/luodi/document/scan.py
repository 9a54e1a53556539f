"""What was recognised of a picture: its size and its characters, as a reader takes it in place of words (:mod:`ocr`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from luodi.document.page_lines import Glyph, Page


class Scan(NamedTuple):
    """One page: ``width`` and ``height`` in points, characters as (text, x0, y0, x1, y1, confidence) from the top left."""

    width: float
    height: float
    characters: Sequence[tuple[str, float, float, float, float, float]]

    def page(self, number: int) -> Page:
        """The page as the layout takes it."""
        return Page(number, self.width, self.height, [Glyph(*row) for row in self.characters], [])

    def within(self, x: float, y: float, width: float, height: float) -> list[Glyph]:
        """Its characters where the picture is drawn into a box of another page."""
        across, down = width / max(self.width, 1.0), height / max(self.height, 1.0)
        return [
            Glyph(char, x + across * x0, y + down * y0, x + across * x1, y + down * y1, confidence)
            for char, x0, y0, x1, y1, confidence in self.characters
        ]


Recognised = Mapping[str, Sequence[Scan]]
"""Scans by the number of a PDF's page, by the entry of a package, under the empty name for a file that is a picture.

In a zip of several files the name of the file stands before, with :data:`IN_FILE` between.
"""
IN_FILE = "\x00"


def of_file(recognised: Recognised, name: str) -> Recognised:
    """What was recognised of one file in a zip, by its own names."""
    start = f"{name}{IN_FILE}"
    return {key.removeprefix(start): scans for key, scans in recognised.items() if key.startswith(start)}


def recognised_from(data: Mapping[str, Any] | None) -> dict[str, list[Scan]]:
    """Scans out of plain data, as they come through a pipe."""
    return {
        name: [Scan(width, height, [tuple(row) for row in rows]) for width, height, rows in scans]
        for name, scans in (data or {}).items()
    }
