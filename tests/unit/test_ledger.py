"""The ledger: what it lets stand together never tells of few recipients, however a reader combines it."""

import itertools
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from luodi.service.awards.ledger import Ledger

FEW = 3
figures = st.dictionaries(st.integers(0, 9), st.sampled_from([1, 1, 1, 2, 5]), max_size=10)


def rank(rows: list[dict], without: frozenset) -> int:
    """The rank of the figures where some recipients are left out, in exact fractions."""
    matrix = [[Fraction(row.get(each, 0)) for each in range(10) if each not in without] for row in rows]
    found = 0
    for column in range(len(matrix[0]) if matrix else 0):
        lead = next((row for row in matrix[found:] if row[column]), None)
        if lead is None:
            continue
        matrix.remove(lead)
        matrix.insert(found, lead)
        for row in matrix[found + 1 :]:
            factor = row[column] / lead[column]
            row[:] = [a - factor * b for a, b in zip(row, lead, strict=True)]
        found += 1
    return found


def gives_away(rows: list[dict]) -> bool:
    """Whether some combination of the figures rests on fewer than ``FEW`` recipients: without them a figure is lost."""
    whole = rank(rows, frozenset())
    return any(
        rank(rows, frozenset(left_out)) < whole
        for size in range(1, FEW)
        for left_out in itertools.combinations(range(10), size)
    )


@given(st.lists(figures, max_size=5))
def test_no_combination_of_what_is_shown_rests_on_few(offered):
    ledger, shown = Ledger(FEW), []
    for figure in offered:
        if ledger.admit([figure]):
            shown.append(figure)
        else:
            assert ledger.admit(shown), "what was refused left nothing behind"
    assert not gives_away(shown)
    assert ledger.admit([{each: 3 * value for each, value in figure.items()} for figure in shown])


def test_what_is_shown_together_is_entered_whole_or_not_at_all():
    ledger, many = Ledger(), dict.fromkeys(range(20), 100)
    assert not ledger.admit([many, {**many, 20: 100}])
    assert ledger.admit([{**many, 20: 100}]), "nothing was left of the first try"
    assert not ledger.admit([many])


def test_three_sums_that_give_away_what_no_two_do():
    """8, 7 and 3 takers of three grades: each two together are many, and all three pairs tell of the three."""
    first, second, third = range(8), range(10, 17), range(20, 23)
    ledger = Ledger()
    assert ledger.admit([dict.fromkeys([*first, *second], 1)])
    assert ledger.admit([dict.fromkeys([*first, *third], 1)])
    assert not ledger.admit([dict.fromkeys([*second, *third], 1)])


def test_a_figure_that_follows_from_others_may_always_be_shown():
    ledger, north, south = Ledger(), dict.fromkeys(range(6), 50), dict.fromkeys(range(10, 16), 70)
    assert ledger.admit([north, south]) and ledger.admit([north | south])
    assert ledger.admit([dict.fromkeys(range(6), 55)]), "ten per cent more for all tells nothing"
    assert not ledger.admit([dict.fromkeys(range(5), 50)])
