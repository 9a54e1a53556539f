"""What a reader of a binary format gives: the text people see, where it stood, and what was left out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from luodi.document.layout import Block


class Place(NamedTuple):
    """From ``start`` (code points of the extracted text) on, the text stands on this page or in this paragraph, from 1."""

    start: int
    page: int | None
    paragraph: int | None


class Note(NamedTuple):
    """Something a person should know about the reading of ``[start, end)``; ``code`` is one of :data:`NOTES`.

    ``number`` says how many, ``confidence`` (0–1) how far the text there can be trusted, ``detail`` which (names, pages).
    """

    code: str
    start: int
    end: int
    number: int = 1
    confidence: float = 1.0
    detail: str = ""


class Part(NamedTuple):
    """One document inside a file of several: its name and its place in the extracted text."""

    name: str
    start: int
    end: int


NOTES = frozenset(
    ("footnotes", "hidden-text", "tracked-changes", "pictures", "scanned-pages", "ocr", "skipped-files", "open-table")
    + ("unmapped", "struck", "inserted", "laid-out")
)


@dataclass
class Extract:
    """An extracted text, grown paragraph by paragraph.

    ``unread`` is what the file holds and the text leaves out (headers, notes, hidden and deleted words): it is looked
    at by the secrecy screen and then thrown away.
    """

    format: str
    text: str = ""
    places: list[Place] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    unread: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain data for the pipe between the child process and its parent."""
        return {name: getattr(self, name) for name in ("format", "text", "places", "notes", "parts", "unread")}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Extract:
        """The extract out of plain data; a wrong shape raises ``ValueError`` or ``TypeError``."""
        return cls(
            str(data["format"]),
            str(data["text"]),
            [Place(*row) for row in data["places"]],
            [Note(*row) for row in data["notes"]],
            [Part(*row) for row in data["parts"]],
            str(data["unread"]),
        )


class Writer:
    """Collects lines of an extract; a table's row is one line with its cells between tabs."""

    def __init__(self, format_: str) -> None:
        self.extract = Extract(format_)
        self._lines: list[str] = []
        self._at = 0
        self._unread: list[str] = []

    @property
    def at(self) -> int:
        """Where the next line will begin."""
        return self._at

    def line(self, text: str, page: int | None = None, paragraph: int | None = None) -> None:
        """One paragraph, or one row of a table."""
        self._place(self._at, page, paragraph)
        self._write(text)

    def _place(self, at: int, page: int | None, paragraph: int | None) -> None:
        last = self.extract.places[-1] if self.extract.places else None
        if last is None or (last.page, last.paragraph) != (page, paragraph):
            self.extract.places.append(Place(at, page, paragraph))

    def _write(self, text: str) -> None:
        self._lines.append(text)
        self._at += len(text) + 1

    def row(self, cells: list[str], page: int | None = None, paragraph: int | None = None) -> None:
        """One row of a table; an empty one is left out."""
        if any(cell.strip() for cell in cells):
            self.line("\t".join(" ".join(cell.split()) for cell in cells), page, paragraph)

    def blocks(self, found: Iterable[Block], paragraph: int | None = None) -> None:
        """Laid-out blocks; what was recognised from pictures is noted with its confidence.

        They stand on the pages that they name, or all in one ``paragraph``.
        """
        for block in found:
            begin = self._at
            if block.cells is not None:
                self.row(block.cells, None if paragraph else block.pieces[0][1], paragraph)
            else:
                for page, at in _page_starts(block, begin):
                    self._place(at, None if paragraph else page, paragraph)
                self._write("".join(text for text, _ in block.pieces))
            if not block.sure:
                self.note("open-table", begin, self._at)
            if block.confidence < 1.0 and self._at > begin:
                self.note("ocr", begin, self._at, confidence=block.confidence)

    def note(
        self, code: str, start: int = 0, end: int = 0, count: int = 1, confidence: float = 1.0, detail: str = ""
    ) -> None:
        """Add a note."""
        self.extract.notes.append(Note(code, start, end, count, confidence, detail))

    def leave_out(self, text: str) -> None:
        """Words that the file holds and the text does not carry."""
        if text.strip():
            self._unread.append(text)

    def finish(self) -> Extract:
        """The extract with all that was written."""
        self.extract.text = "".join(f"{line}\n" for line in self._lines)
        self.extract.unread = "\n".join(self._unread)
        return self.extract


def _page_starts(block: Block, begin: int) -> Iterator[tuple[int, int]]:
    """Each page of a paragraph with the place where it begins there."""
    for text, page in block.pieces:
        yield page, begin
        begin += len(text)
