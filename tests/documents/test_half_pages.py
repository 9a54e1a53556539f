"""Pages in two columns whose tables without rules fill a whole column: narrow cells that wrap, rows that the end of a column cuts."""

import pytest

from luodi.document import read_bytes
from luodi.policy.compile import compile_document
from luodi.policy.facts import Goal
from papers import SIZE, Sheet, as_pdf, font

pytestmark = pytest.mark.skipif(font() is None, reason="no Chinese font: apt-get install fonts-noto-cjk")

CLAUSE = "对新认定的企业技术中心，根据其年度研发投入和绩效评价结果，一次性给予不超过1500万元的奖励，并优先推荐申报上一级称号。"
LEFT, RIGHT = 90.0, 322.0
STEP = 22.0
PER_LINE = 16
EACH = 50.0  # of the width of a column: four cells with three characters a line
NUMBERED = [
    [["序号"], ["资助项", "目"], ["资助标", "准"], ["方式"]],
    [["1"], ["人才引", "进"], ["200万", "元", "、100", "万元"], ["分三年", "发放"]],
    [["2"], ["博士后", "工作站"], ["50万元"], ["事后资", "助"]],
    [["3"], ["技能人", "才"], ["5000", "元/人"], ["一次性"]],
]
NAMED = [
    [["人才类", "别"], ["租房补", "贴（元", "/月）"], ["购房补", "贴（万", "元）"], ["年限"]],
    [["第一类"], ["3000"], ["30"], ["3年"]],
    [["第二类"], ["2000"], ["10"], ["3年"]],
]


def plain(sheet: Sheet) -> list[str]:
    """The lines of a page as read."""
    return read_bytes(as_pdf([sheet]), "政策").text.source.splitlines()


def prose(x: float, paragraphs: int) -> tuple[list[tuple[float, float, str]], list[str]]:
    """Paragraphs with a first line that is set in, from the top of a column."""
    texts, y = [], 100.0
    for _ in range(paragraphs):
        lines = [CLAUSE[: PER_LINE - 2], *(CLAUSE[at : at + PER_LINE] for at in range(PER_LINE - 2, 58, PER_LINE))]
        for n, line in enumerate(lines):
            texts.append((x + (2 * SIZE if n == 0 else 0), y, line))
            y += STEP
    return texts, [CLAUSE] * paragraphs


def cells(rows: list[list[list[str]]], x: float, top: float, each: float = EACH) -> list[tuple[float, float, str]]:
    """Rows of cells without rules, one below the other."""
    texts, y = [], top
    for row in rows:
        texts += [(x + each * at, y + STEP * n, line) for at, cell in enumerate(row) for n, line in enumerate(cell)]
        y += STEP * max(map(len, row))
    return texts


def joined(rows: list[list[list[str]]]) -> list[str]:
    return ["\t".join("".join(cell) for cell in row) for row in rows]


@pytest.mark.parametrize("rows", [NUMBERED, NAMED], ids=["numbered", "named"])
@pytest.mark.parametrize("first", [False, True], ids=["right", "left"])
def test_a_column_that_is_a_table_stands_beside_one_of_prose(rows: list[list[list[str]]], first: bool) -> None:
    texts, told = prose(RIGHT if first else LEFT, 4)
    table = cells(rows, LEFT if first else RIGHT, 108.0)
    expected = [*joined(rows), *told] if first else [*told, *joined(rows)]
    assert plain(Sheet([*texts, *table], [])) == expected


def test_a_table_goes_on_from_one_column_into_the_other() -> None:
    texts, told = prose(LEFT, 4)
    cut = [["4"], ["名校毕", "业生"], ["硕士3"], ["一次性"]]
    rest = [["", ""], ["", ""], ["万元"], [""]]
    below = 100 + STEP * (len(texts) + 1)
    left, right = cells([*NUMBERED, cut], LEFT, below, EACH), cells([rest, *NUMBERED[1:2]], RIGHT, 100.0, EACH)
    more = [(RIGHT, 250 + STEP * n, CLAUSE[at : at + PER_LINE]) for n, at in enumerate(range(0, 48, PER_LINE))]
    found = plain(Sheet([*texts, *left, *right, *more], []))
    assert found[: len(told)] == told
    assert "4\t名校毕业生\t硕士3万元\t一次性" in found


def test_a_row_that_the_end_of_a_column_cuts_is_whole_before_the_next_number() -> None:
    texts, told = prose(LEFT, 4)
    names = [["领域"], ["序号"], ["指标"], ["目标"]]
    left = [names, [["甲行动"], ["4"], ["素养水", "平"], ["5.4"]], [["乙项健"], ["5"], ["婴儿死"], ["3.2"]]]
    rest = [
        [["行动"], [""], ["亡率"], [""]],
        [[""], ["6"], ["孕产妇"], ["7.5"]],
        [["丙行动"], ["7"], ["体育"], ["2.2"]],
    ]
    more = [(RIGHT, 250 + STEP * n, CLAUSE[at : at + PER_LINE]) for n, at in enumerate(range(0, 48, PER_LINE))]
    below = 100 + STEP * (len(texts) + 1)
    sheet = Sheet([*texts, *cells(left, LEFT, below), *cells(rest, RIGHT, 100.0), *more], [])
    assert plain(sheet)[len(told) : len(told) + 5] == [
        "领域\t序号\t指标\t目标",
        "甲行动\t4\t素养水平\t5.4",
        "乙项健行动\t5\t婴儿死亡率\t3.2",
        "\t6\t孕产妇\t7.5",
        "丙行动\t7\t体育\t2.2",
    ]


def test_a_table_over_the_whole_page_is_not_halved() -> None:
    rows = [
        [["支持内容"], ["标准"], ["单位"]],
        [[CLAUSE[:18], CLAUSE[18:36], CLAUSE[36:42]], ["50万元"], ["市甲局"]],
        [[CLAUSE[:18], CLAUSE[18:26]], ["30万元"], ["市乙局"]],
        [[CLAUSE[:18], CLAUSE[18:36], CLAUSE[36:39]], ["20万元"], ["市丙局"]],
    ]
    left = (LEFT, RIGHT, RIGHT + 110)
    texts, y = [], 100.0
    for row in rows:
        texts += [(x, y + STEP * n, line) for x, cell in zip(left, row, strict=True) for n, line in enumerate(cell)]
        y += STEP * max(map(len, row))
    assert plain(Sheet(texts, [])) == joined(rows)


def test_names_that_stand_close_belong_to_the_table_below_them() -> None:
    rows = [
        [["序号"], ["指标"], ["单位"], ["2021", "年"], ["2024", "年"]],
        [["1"], ["甲规模"], ["亿元"], ["392"], ["600"]],
        [["2"], ["乙企业"], ["家"], ["126"], ["180"]],
    ]
    assert plain(Sheet(cells(rows, LEFT, 100.0, 44.0), [])) == joined(rows)


def test_a_row_whose_cells_may_be_cut_is_told_and_its_facts_are_less_sure() -> None:
    names = [["指标"], ["单位"], ["2024年"], ["2026年"]]
    rows = [names, [["甲面积（平"], ["亩"], ["2"], ["5"]], [["乙企业"], ["家"], ["126"], ["180"]]]
    sheet = Sheet([(LEFT, 80.0, "到2026年实现以下目标："), *cells(rows, LEFT, 100.0, 72.0)], [])
    compiled = compile_document(read_bytes(as_pdf([sheet]), "规划"))
    assert [one.code for one in compiled.diagnostics if one.code == "open-table"] == ["open-table"]
    assert {one.confidence for one in compiled.facts if isinstance(one, Goal) and one.value == 5} == {0.6}
    assert {one.confidence for one in compiled.facts if isinstance(one, Goal) and one.value == 180} == {1.0}


def test_rows_without_numbers_of_their_own_stay_rows() -> None:
    rows = [[["类别"], ["奖金"]], [["特等"], ["面议"]], [["一等"], ["50万"]], [["二等"], ["30万"]]]
    assert plain(Sheet(cells(rows, LEFT, 100.0, 52.0), [])) == joined(rows)
