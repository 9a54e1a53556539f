"""What a paper (文书) says, before it becomes a page or a docx: headings, paragraphs and tables of marked pieces.

A piece of text may name the clause it came from, and may be open: not stated in the policy and left for a person to
fill in (待填). What is open is listed again at the end of the paper; nothing is ever made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from luodi.document.labels import read_label
from luodi.policy.punctuation import widened
from luodi.service.official_paper import days_written

OPEN = "待填"


@dataclass(frozen=True)
class Piece:
    """Text with its days as papers write them, the clause it stands in (an address, or empty), whether it is to be filled in.

    ``policy`` is the clause's policy where the paper speaks of several.
    """

    text: str
    article: str = ""
    open: bool = False
    bold: bool = False
    policy: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", widened(days_written(self.text)))

    @property
    def clause(self) -> str:
        """The clause as papers cite it."""
        return clause_name(self.article) if self.article else ""


Line = tuple[Piece, ...]
Cell = tuple[Line, ...]


@dataclass(frozen=True)
class Heading:
    """A heading: level 1 is 一、, 2 is （一）, 3 is 1."""

    level: int
    text: str
    anchor: str = ""
    template = "papers/_heading.html"


@dataclass(frozen=True)
class Body:
    """A paragraph; ``small`` for notes."""

    line: Line
    small: bool = False
    template = "papers/_body.html"


@dataclass(frozen=True)
class Table:
    """A table with a caption; without ``headings`` the first column names the rows. ``widths`` are shares."""

    caption: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    template = "papers/_table.html"


@dataclass(frozen=True)
class Drawing:
    """A drawing (SVG of our own making) with a caption and a sentence that says what it shows; its table follows.

    ``narrow`` is the same drawing for the width of a phone.
    """

    svg: str
    caption: str
    words: str
    narrow: str
    template = "papers/_drawing.html"

    @property
    def drawn(self) -> SafeString:
        """The SVG, to stand in a page."""
        return mark_safe(self.svg)

    @property
    def drawn_narrow(self) -> SafeString:
        """The SVG for a phone."""
        return mark_safe(self.narrow)


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page."""

    template = "papers/_page.html"


Block = Heading | Body | Table | Drawing | NewPage


@dataclass(frozen=True)
class Open:
    """What is to be filled in at one place of a paper, or at several alike; ``hint`` says what is known that may help."""

    where: str
    what: tuple[str, ...]
    hint: str = ""
    places: int = 1


def open_at(where: str, elements: Iterable[tuple[str, Cell]]) -> list[Open]:
    """What is open in an item's elements, as one entry; each thing is called by its label, else by its element."""
    things, hints = [], []
    for name, lines in elements:
        for line in lines:
            place = next((at for at, piece in enumerate(line) if piece.open), None)
            if place is not None:
                things.append("".join(piece.text for piece in line[:place]).rstrip("：") or name)
                hints += [
                    hint for piece in line[place + 1 :] if (hint := piece.text.removeprefix("（").removesuffix("）"))
                ]
    return [Open(where, tuple(dict.fromkeys(things)), "；".join(dict.fromkeys(hints)))] if things else []


@dataclass(frozen=True)
class Paper:
    """A whole paper. ``name`` is its kind (申兑指南), ``policy`` the policy's title, ``dated`` the line under the title."""

    name: str
    policy: str
    dated: str
    warning: str
    blocks: tuple[Block, ...]
    open: tuple[Open, ...]
    landscape: bool = False

    @property
    def open_count(self) -> int:
        """How many things are to be filled in."""
        return sum(len(each.what) * each.places for each in self.open)

    @property
    def title(self) -> str:
        """The title over the paper."""
        return f"{self.policy}\n{self.name}"


def say(text: str, article: str = "", *, bold: bool = False) -> Line:
    """A line of one piece."""
    return (Piece(text, article, bold=bold),)


def cell(*lines: Line | str) -> Cell:
    """A cell of lines; a plain text is a line."""
    return tuple(say(line) if isinstance(line, str) else line for line in lines)


def to_fill(hint: str = "") -> Line:
    """A line that a person has to fill in."""
    return (Piece(OPEN, open=True), Piece(f"（{hint}）")) if hint else (Piece(OPEN, open=True),)


def is_open(lines: Iterable[Line]) -> bool:
    """Whether anything in the lines is to be filled in."""
    return any(piece.open for line in lines for piece in line)


def clause_name(address: str) -> str:
    """An address as officials cite it: ``四.(三).2`` → 四（三）2, ``第五条.(一)`` → 第五条第（一）项."""
    if address == "0":
        return "文首"
    parts = list(_named(address.split(".")))
    return "".join(parts)


def _named(labels: list[str]) -> Iterator[str]:
    in_article = False
    for label in labels:
        kind, _ = read_label(label) or ("", 0)
        wide = label.replace("(", "（").replace(")", "）")
        if in_article and kind in ("pcn", "pnum", "num", "half", "circled"):
            yield f"第{wide}{'项' if kind == 'pcn' else '目'}"
        else:
            yield wide
        in_article = in_article or kind == "clause"
