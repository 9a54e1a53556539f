"""A long text piece by piece: the pieces tile it, begin where clauses begin, and are marked as the whole is."""

from hypothesis import given
from hypothesis import strategies as st

from luodi.service.policies.fact_lines import FactLine
from luodi.service.policies.marked_text import paragraphs
from luodi.service.policies.text_pieces import NEAR, ONE_PIECE, PIECE, in_pieces

CLAUSE = "第{0}条 对企业给予{0}万元的奖励，市科技局按季度公布办理情况。\n{1}\n"
CLAUSES = [CLAUSE.format(at, "各有关单位应当做好宣传和解读，及时受理申请。" * 30) for at in range(1, 121)]
TEXT = "".join(CLAUSES)
STARTS = [sum(map(len, CLAUSES[:at])) for at in range(len(CLAUSES))]
ARTICLES = [
    {"id": str(at + 1), "level": 1, "heading": None, "span": [start, start + 9]} for at, start in enumerate(STARTS)
]
LINES = [
    FactLine(f"benefits-{at}", "benefits", str(at + 1), (start, start + 20), "", "", 1.0)
    for at, start in enumerate(STARTS)
]


def test_an_ordinary_text_is_one_piece():
    view = in_pieces(TEXT[:ONE_PIECE], ARTICLES).around((30_000, 30_010))
    assert (view.span, view.before, view.behind) == ((0, ONE_PIECE), 0, 0)


def test_pieces_tile_a_long_text_and_begin_where_clauses_begin():
    pieces = in_pieces(TEXT, ARTICLES)
    views = [pieces.piece(at) for at in range(len(pieces.starts))]
    assert "".join(TEXT[slice(*view.span)] for view in views) == TEXT
    assert set(pieces.starts[1:]) <= set(STARTS) and all(view.span[1] - view.span[0] < 2 * PIECE for view in views)
    assert pieces.piece(len(views)) is None and pieces.whole().span == (0, len(TEXT))
    assert [view.before + view.behind + view.span[1] - view.span[0] for view in views] == [len(TEXT)] * len(views)


def test_a_text_without_clauses_is_cut_at_its_lines_and_one_without_lines_not_at_all():
    plain = in_pieces(TEXT, [])
    assert len(plain.starts) > 3 and all(TEXT[start - 1] == "\n" for start in plain.starts[1:])
    assert in_pieces("字" * 2 * ONE_PIECE, []).starts == (0,)


@given(st.integers(0, len(TEXT) - 30), st.integers(1, 30))
def test_a_place_is_shown_with_what_stands_near_it(start, length):
    view = in_pieces(TEXT, ARTICLES).around((start, start + length))
    assert view.span[0] <= max(0, start - NEAR) and min(len(TEXT), start + length + NEAR) <= view.span[1]


def test_pieces_are_marked_as_the_whole_text_is():
    whole = paragraphs(TEXT, ARTICLES, LINES, {}, lambda key: f"?at={key}")
    pieces = in_pieces(TEXT, ARTICLES)
    found = [
        each
        for at in range(len(pieces.starts))
        for each in paragraphs(TEXT, ARTICLES, LINES, {}, lambda key: f"?at={key}", pieces.piece(at).span)
    ]
    assert found == whole
