"""The one suppression rule (隐匿规则): what may be shown of counts and sums, for page, export, API and chart alike.

A cell with few recipients is withheld; so many further cells are withheld with it that nobody can work it out from the
totals, knowing besides that a withheld cell is never zero. Whether a number can be worked out is decided exactly: in a
table with row and column totals the withheld cells are the edges of a graph between rows and columns, and a withheld
number is open exactly when some whole-number table with other contents agrees with all that is shown.

An item that is published only as one figure (``item_total``) never enters a table: :func:`item_figure`. Two such
figures must not differ by few recipients either, or their difference tells what those few were owed: :func:`may_follow`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

MINIMUM = 5
"""Fewest recipients of a figure that everybody may see."""

Key = Hashable
Cell = tuple[Key, Key]
TOTAL = "\x00total"
"""The row of column totals and the column of row totals."""

WITHHELD = "*"
"""How a withheld figure is written, everywhere."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Recipients, and what they are owed in fen: under the strict reading and at most."""

    recipients: int = 0
    sure_fen: int = 0
    upto_fen: int = 0

    def __add__(self, other: Figure) -> Figure:
        return Figure(
            self.recipients + other.recipients, self.sure_fen + other.sure_fen, self.upto_fen + other.upto_fen
        )


@dataclass(frozen=True)
class Table:
    """Figures by row and column with their totals; a withheld one is None. Totals stand under :data:`TOTAL`."""

    rows: tuple[Key, ...]
    columns: tuple[Key, ...]
    cells: Mapping[Cell, Figure | None]

    @property
    def withheld(self) -> bool:
        """Whether anything is withheld, so that the page explains the mark."""
        return None in self.cells.values()


def suppress(
    figures: Mapping[Cell, Figure],
    rows: Iterable[Key],
    columns: Iterable[Key],
    minimum: int = MINIMUM,
    also: Collection[Cell] = (),
) -> Table:
    """Withhold every cell of 1 to ``minimum`` − 1 recipients and those of ``also``, and what would give one away."""
    rows, columns = tuple(rows), tuple(columns)
    whole = _with_totals(figures, rows, columns)
    hidden = {cell for cell, figure in whole.items() if 0 < figure.recipients < minimum or cell in also}
    alone = columns if len(columns) == 1 else ()  # a row's total is its only cell: nothing more than the cell itself
    hidden |= {(row, TOTAL) for row, column in hidden if column in alone}
    while (bare := _derivable(whole, hidden)) is not None:
        covered, column = _cover(whole, hidden, bare)
        hidden |= {(covered, column), (covered, TOTAL if column in alone else column)}
    return Table(rows, columns, {cell: None if cell in hidden else figure for cell, figure in whole.items()})


DIVIDES = {"size": "kind"}
"""Lists that divide a line of another one: sizes divide the enterprises among the kinds of units."""

SIZE_LEFT_OUT = "有的单位类别或企业规模单位数少、不能显示；两张表相减会推算出它，所以不按企业规模列出。"
"""Why there is no list of sizes, as everybody reads it."""


def left_out(withholds: Mapping[str, bool]) -> frozenset[str]:
    """Lists not to be shown at all, of those named with whether they withhold anything.

    Each list is safe by itself; where one divides a line of another and either withholds, the one's lines and total are
    what the other's withheld ones are worked out from.
    """
    return frozenset(
        parts for parts, whole in DIVIDES.items() if withholds.get(parts, False) or withholds.get(whole, False)
    )


def _with_totals(figures: Mapping[Cell, Figure], rows: tuple[Key, ...], columns: tuple[Key, ...]) -> dict[Cell, Figure]:
    whole: dict[Cell, Figure] = {
        (row, column): figures.get((row, column), Figure()) for row in rows for column in columns
    }
    for row in rows:
        whole[row, TOTAL] = sum((whole[row, column] for column in columns), Figure())
    for column in (*columns, TOTAL):
        whole[TOTAL, column] = sum((whole[row, column] for row in rows), Figure())
    return whole


_MEASURES: tuple[Callable[[Figure], int], ...] = (
    lambda figure: figure.recipients,
    lambda figure: figure.upto_fen,
    lambda figure: figure.sure_fen,
)


def _derivable(whole: Mapping[Cell, Figure], hidden: Collection[Cell]) -> Cell | None:
    """A withheld cell with a number that can be worked out; None where all are safe."""
    for number, measure in enumerate(_MEASURES):
        floor = 1 if number == 0 else 0
        ups, downs = _moves(whole, hidden, measure, floor)
        for cell in sorted(hidden, key=repr):
            if measure(whole[cell]) and not _open(cell, ups, downs):
                return cell
    return None


Arcs = dict[Key, set[Key]]


def _moves(
    whole: Mapping[Cell, Figure], hidden: Collection[Cell], measure: Callable[[Figure], int], floor: int
) -> tuple[Arcs, Arcs]:
    """From each row the columns whose cell may be raised, and may be lowered, by one.

    Margins are cells too: ``−total`` stands in its line, so that every line sums to zero; raising the cell lowers the
    total. Rows and columns are told apart by a tag.
    """
    ups: Arcs = defaultdict(set)
    downs: Arcs = defaultdict(set)
    for row, column in hidden:
        falls = measure(whole[row, column]) > floor
        flipped = (row == TOTAL) != (column == TOTAL)
        for arcs, free in ((ups, not flipped or falls), (downs, flipped or falls)):
            if free:
                arcs["row", row].add(("column", column))
    return ups, downs


def _open(cell: Cell, ups: Arcs, downs: Arcs) -> bool:
    """Whether the cell can be raised or lowered by one with other withheld cells making up for it."""
    row, column = ("row", cell[0]), ("column", cell[1])
    return (column in ups[row] and _reaches(row, column, downs, ups)) or (
        column in downs[row] and _reaches(row, column, ups, downs)
    )


def _reaches(row: Key, column: Key, forth: Arcs, back: Arcs) -> bool:
    """A way from the row to the column over ``forth`` cells, returning to rows over ``back`` cells.

    The cell itself may not be its own cover: it would have to move both ways at once.
    """
    returns: dict[Key, set[Key]] = defaultdict(set)
    for start, ends in back.items():
        for end in ends:
            returns[end].add(start)
    seen, waiting = {row}, [row]
    while waiting:
        here = waiting.pop()
        for there in forth[here]:
            if (here, there) == (row, column):
                continue
            if there == column:
                return True
            for start in returns[there] - seen:
                seen.add(start)
                waiting.append(start)
    return False


def _cover(whole: Mapping[Cell, Figure], hidden: Collection[Cell], bare: Cell) -> Cell:
    """The next cell to withhold so that ``bare`` cannot be worked out.

    The smallest one of its own lines first, cells before totals, zeros last; where its lines are used up, any other.
    """
    touched = _linked(hidden, bare)
    shown = [cell for cell in whole if cell not in hidden]
    return min(shown, key=lambda cell: _price(cell, whole[cell], bare, touched))


def _price(cell: Cell, figure: Figure, bare: Cell, touched: Collection[Key]) -> tuple[bool, int, bool, int, str]:
    lines = (("row", cell[0]), ("column", cell[1]))
    near = cell[0] == bare[0] or cell[1] == bare[1]
    margins = (cell[0] == TOTAL) + (cell[1] == TOTAL)
    return (
        figure.recipients == 0,
        margins,
        not near,
        -sum(line in touched for line in lines) if near else 0,
        (f"{figure.upto_fen:020d}{cell!r}"),
    )


def _linked(hidden: Collection[Cell], bare: Cell) -> set[Key]:
    """Rows and columns that some withheld cell other than the bare one stands in."""
    return {line for cell in hidden if cell != bare for line in (("row", cell[0]), ("column", cell[1]))}


def item_figure(figure: Figure) -> Figure | None:
    """The one figure of an item that is published as a whole only: from :data:`MINIMUM` recipients on, else None."""
    return figure if figure.recipients >= MINIMUM else None


def may_follow(contents: Mapping[Key, Hashable], released: Iterable[Mapping[Key, Hashable]]) -> bool:
    """Whether a new figure of such an item may stand beside those released before.

    ``contents`` maps a recipient to what it is owed. Fewer than :data:`MINIMUM` changed recipients would be laid bare by
    the difference of two figures; none changed tells nothing new.
    """
    return all(not 0 < _changed(contents, earlier) < MINIMUM for earlier in released)


def _changed(one: Mapping[Key, Hashable], other: Mapping[Key, Hashable]) -> int:
    return sum(1 for recipient in {*one, *other} if one.get(recipient) != other.get(recipient))


def together(
    measures: Sequence[Mapping[Key, Figure]],
    rows: Iterable[Key],
    minimum: int = MINIMUM,
    hidden: Iterable[Key] = (),
) -> frozenset[Key]:
    """Which lines to withhold of a list whose lines carry several figures (before, after, gaining, losing).

    The figures of a line tell each other, so a line is withheld whole; :data:`TOTAL` stands for the list's total. Each
    figure's total is taken to be shown. ``hidden`` lines are withheld already.
    """
    rows, hidden = tuple(rows), frozenset(hidden)
    while True:
        also = {(row, "n") for row in hidden} | ({(TOTAL, "n")} if TOTAL in hidden else set())
        found = set(hidden)
        for measure in measures:
            table = suppress({(row, "n"): figure for row, figure in measure.items()}, rows, ("n",), minimum, also)
            found |= {row for (row, _), figure in table.cells.items() if figure is None}
        if found == hidden:
            return hidden
        hidden = frozenset(found)


def lines(table: Table) -> Iterator[tuple[Key, tuple[Figure | None, ...]]]:
    """The table row by row, totals last, for pages and sheets."""
    for row in (*table.rows, TOTAL):
        yield row, tuple(table.cells[row, column] for column in (*table.columns, TOTAL))
