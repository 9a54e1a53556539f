"""The suppression rule: what is withheld cannot be worked out from what is shown."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.service.awards.suppression import MINIMUM, TOTAL, Figure, item_figure, left_out, may_follow, suppress


def table(counts: list[list[int]], sums: list[list[int]] | None = None) -> dict:
    return {
        (r, c): Figure(n, 0, (sums[r][c] if sums else n * 10) if n else 0)
        for r, line in enumerate(counts)
        for c, n in enumerate(line)
    }


def solutions(shown: dict, rows: int, columns: int, limit: int) -> list[dict]:
    """Every whole-number table up to ``limit`` that agrees with what is shown, a withheld cell being 1 or more."""
    inner = [(r, c) for r in range(rows) for c in range(columns)]
    choices = [range(1, limit + 1) if shown[cell] is None else [shown[cell].recipients] for cell in inner]
    found = []
    for values in itertools.product(*choices):
        guess = dict(zip(inner, values, strict=True))
        for r in range(rows):
            guess[r, TOTAL] = sum(guess[r, c] for c in range(columns))
        for c in range(columns):
            guess[TOTAL, c] = sum(guess[r, c] for r in range(rows))
        guess[TOTAL, TOTAL] = sum(guess[r, TOTAL] for r in range(rows))
        if all(figure is None or figure.recipients == guess[cell] for cell, figure in shown.items()):
            found.append(guess)
    return found


counts = st.integers(1, 2).flatmap(
    lambda columns: st.lists(
        st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 9]), min_size=columns, max_size=columns),
        min_size=1, max_size=2,
    )
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(counts)
def test_withheld_counts_cannot_be_derived_by_trying_every_table(numbers):
    shown = suppress(table(numbers), range(len(numbers)), range(len(numbers[0]))).cells
    fits = solutions(shown, len(numbers), len(numbers[0]), 10)
    for cell, figure in shown.items():
        if figure is None and table(numbers).get(cell, Figure(1)).recipients:
            assert len({guess[cell] for guess in fits}) > 1, (numbers, cell)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=6, max_size=6), min_size=2, max_size=13))
def test_every_small_cell_is_withheld_and_totals_are_right(numbers):
    figures = table(numbers)
    shown = suppress(figures, range(len(numbers)), range(6)).cells
    for cell, figure in figures.items():
        if 0 < figure.recipients < MINIMUM:
            assert shown[cell] is None
        elif shown[cell] is not None:
            assert shown[cell] == figure
    for r, line in enumerate(numbers):
        assert shown[r, TOTAL] is None or shown[r, TOTAL].recipients == sum(line)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.lists(st.integers(5, 90), min_size=2, max_size=6))
def test_one_small_line_of_a_list_takes_one_other_with_it(small, others):
    """A list with its total: more than one further line need not be withheld, and the total never."""
    shown = suppress(table([[n] for n in (small, *others)]), range(len(others) + 1), [0]).cells
    gone = {row for (row, column), figure in shown.items() if figure is None}
    assert len(gone) == 2 and 0 in gone and TOTAL not in gone


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=5), st.randoms())
def test_withheld_sums_are_not_fixed_by_the_shown_ones(numbers, chance):
    """Linear algebra as a second opinion: no withheld sum is a combination of the shown ones."""
    import fractions

    sums = [[chance.randint(1, 50) * 1000 * n for n in line] for line in numbers]
    rows, columns = len(numbers), 3
    shown = suppress(table(numbers, sums), range(rows), range(columns)).cells
    names = sorted((cell for cell in shown if shown[cell] is None), key=repr)
    equations = []
    for r in range(rows):
        equations.append({**{(r, c): 1 for c in range(columns)}, (r, TOTAL): -1})
    for c in (*range(columns), TOTAL):
        equations.append({**{(r, c): 1 for r in range(rows)}, (TOTAL, c): -1})
    matrix = [[fractions.Fraction(eq.get(name, 0)) for name in names] for eq in equations]
    pivots: list[int] = []
    for column in range(len(names)):
        row = next((i for i in range(len(pivots), len(matrix)) if matrix[i][column]), None)
        if row is None:
            continue
        matrix[len(pivots)], matrix[row] = matrix[row], matrix[len(pivots)]
        lead = matrix[len(pivots)]
        lead[:] = [value / lead[column] for value in lead]
        for i, other in enumerate(matrix):
            if i != len(pivots) and other[column]:
                factor = other[column]
                other[:] = [a - factor * b for a, b in zip(other, lead, strict=True)]
        pivots.append(column)
    fixed = {names[p] for p, line in zip(pivots, matrix, strict=False) if sum(1 for value in line if value) == 1}
    assert not fixed


def test_one_holder_in_a_district_hides_a_second_cell():
    shown = suppress(table([[1, 8], [7, 9]]), range(2), range(2)).cells
    assert shown[0, 0] is None
    assert sum(figure is None for figure in shown.values()) >= 4
    assert shown[TOTAL, TOTAL].recipients == 25


def test_nothing_is_withheld_where_nothing_is_small():
    assert not suppress(table([[5, 0], [7, 9]]), range(2), range(2)).withheld


def test_sizes_stand_beside_kinds_only_where_neither_withholds():
    kinds, few = (suppress(table([[n], [20]]), range(2), range(1)) for n in (9, 3))
    sizes = suppress(table([[1], [2], [20]]), range(3), range(1))
    whole = suppress(table([[9], [20]]), range(2), range(1))
    assert sizes.cells[2, 0] is not None, "beside a list of kinds that withholds 3 and 20, it tells both"
    for one, other in ((kinds, sizes), (few, whole)):
        assert left_out({"kind": one.withheld, "size": other.withheld}) == {"size"}
    assert not left_out({"kind": kinds.withheld, "size": whole.withheld}) and not left_out({"kind": False})


def test_an_item_is_one_figure_from_five_recipients_on():
    assert item_figure(Figure(4, 1, 2)) is None
    assert item_figure(Figure(5, 1, 2)) == Figure(5, 1, 2)


def test_two_item_figures_never_differ_by_few_recipients():
    first = dict.fromkeys(range(8), 50)
    assert may_follow(first, [])
    assert may_follow(dict(first), [first])
    assert not may_follow({**first, 8: 100}, [first])
    assert not may_follow({**first, 3: 100}, [first])
    assert may_follow(dict.fromkeys(range(4, 14), 50), [first])
    assert not may_follow(dict.fromkeys(range(4, 14), 50), [first, dict.fromkeys(range(4, 13), 50)])
