"""Sets one table in the layouts that papers and copies of pages have: between tabs or bars, aligned, one cell a line, html, docx, pdf, ofd."""

import html
from collections.abc import Callable
from typing import NamedTuple

import docx

from papers import HEIGHT, WIDTH, Sheet, as_ofd, as_pdf, ofd_entries, saved

ABOVE, LEFT = "^", "<"
"""A cell that belongs to the one above it, or to the one at its left."""


class Paper(NamedTuple):
    """A table with the lines before and behind it; ``names`` of its rows name the columns."""

    before: list[str]
    rows: list[list[str]]
    after: list[str]
    names: int = 1

    def lines(self, rows: list[str]) -> bytes:
        return "\n".join([*self.before, *rows, *self.after, ""]).encode()

    def owners(self) -> dict[tuple[int, int], tuple[str, int, int]]:
        """The cells by row and column, with how many rows and columns they take."""
        found = {}
        for y, row in enumerate(self.rows):
            for x, text in enumerate(row):
                if text not in (ABOVE, LEFT):
                    wide = next((n for n in range(1, len(row) - x) if row[x + n] != LEFT), len(row) - x)
                    below = [other[x] for other in self.rows[y + 1 :]]
                    high = 1 + next((n for n, one in enumerate(below) if one != ABOVE), len(below))
                    found[y, x] = (text, high, wide)
        return found

    def texts(self) -> list[list[str]]:
        return [["" if text in (ABOVE, LEFT) else text for text in row] for row in self.rows]


def between_tabs(paper: Paper) -> bytes:
    return paper.lines(["\t".join(row) if any(row[1:]) else row[0] for row in paper.texts()])


def between_bars(paper: Paper) -> bytes:
    return paper.lines([f"|{'|'.join(row)}|" for row in paper.texts()])


def in_markdown(paper: Paper) -> bytes:
    rows = [f"| {' | '.join(row)} |" for row in paper.texts()]
    return paper.lines([rows[0], "|" + " --- |" * len(paper.rows[0]), *rows[1:]])


def aligned(paper: Paper) -> bytes:
    """Columns set with spaces, each cell below the beginning of its name."""

    def width(text: str) -> int:
        return sum(1 + (char > "\u2e7f") for char in text)

    rows = paper.texts()
    wide = [max(width(row[x]) for row in rows if any(row[1:])) + 4 for x in range(len(rows[0]))]
    return paper.lines(
        ["".join(cell + " " * (wide[x] - width(cell)) for x, cell in enumerate(row)).rstrip() for row in rows]
    )


def one_a_line(paper: Paper) -> bytes:
    """As copies have it: what is merged stands once, and an empty cell leaves no line."""
    return paper.lines([cell for row in paper.texts() for cell in row if cell])


def as_page(paper: Paper, inner: str = "{}") -> bytes:
    owners = paper.owners()
    rows = ""
    for y in range(len(paper.rows)):
        cells = ""
        for (row, _), (text, high, wide) in sorted(owners.items()):
            spans = f"{f' rowspan={high}' if high > 1 else ''}{f' colspan={wide}' if wide > 1 else ''}"
            cells += f"<td{spans}>{inner.format(html.escape(text))}</td>" if row == y else ""
        rows += f"<tr>{cells}</tr>\n"
    before, after = (
        "".join(f"<p>{html.escape(line)}</p>\n" for line in lines) for lines in (paper.before, paper.after)
    )
    return f"<!DOCTYPE html><html><body>{before}<table>{rows}</table>{after}</body></html>".encode()


def as_word(paper: Paper) -> bytes:
    file = docx.Document()
    for line in paper.before:
        file.add_paragraph(line)
    table = file.add_table(len(paper.rows), len(paper.rows[0]))
    for (y, x), (text, high, wide) in paper.owners().items():
        table.cell(y, x).merge(table.cell(y + high - 1, x + wide - 1)).text = text
    for line in paper.after:
        file.add_paragraph(line)
    return saved(file)


def drawn(paper: Paper) -> list[Sheet]:
    """On pages, with rules; merged cells have none inside."""
    left, top, bottom, step = 60.0, 90.0, HEIGHT - 90.0, 26.0
    each = (WIDTH - 2 * left) / len(paper.rows[0])
    sheets, y = [Sheet([], [])], top
    owners = paper.owners()
    blocks = (
        [[line] for line in paper.before] + [[n] for n in range(len(paper.rows))] + [[line] for line in paper.after]
    )
    for (one,) in blocks:
        if y + step > bottom:
            sheets.append(Sheet([], []))
            y = top
        if isinstance(one, str):
            sheets[-1].texts.append((left, y + 18, one))
        for (row, x), (text, high, wide) in owners.items() if not isinstance(one, str) else ():
            if row == one:
                x0, x1, y1 = left + x * each, left + (x + wide) * each, y + high * step
                sheets[-1].texts.append((x0 + 4, y + 18, text))
                sheets[-1].rules.extend([(x0, y, x1, y), (x0, y1, x1, y1), (x0, y, x0, y1), (x1, y, x1, y1)])
        y += step
    return sheets


LAYOUTS: dict[str, Callable[[Paper], bytes]] = {
    "tabs": between_tabs,
    "bars": between_bars,
    "markdown": in_markdown,
    "aligned": aligned,
    "html": as_page,
    "html with paragraphs": lambda paper: as_page(paper, "<p>{}</p>"),
    "docx": as_word,
}
DRAWN: dict[str, Callable[[Paper], bytes]] = {
    "pdf": lambda paper: as_pdf(drawn(paper)),
    "ofd": lambda paper: as_ofd(ofd_entries(drawn(paper))),
}
