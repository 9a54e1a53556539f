"""Pages of placed characters (pdf, ofd): furniture, wraps, columns, tables, scans; announcements of several papers."""

import shutil
from collections.abc import Callable

import pypdfium2
import pytest
from fpdf import FPDF

from luodi.document import Document, ocr, read_bytes
from luodi.document.layout import blocks
from luodi.document.page_lines import Glyph, Page, joined
from luodi.document.page_tables import Rule
from luodi.errors import ContentError
from luodi.policy.compile import compile_document
from luodi.policy.facts import Benefit
from papers import (
    HEIGHT,
    WIDTH,
    Sheet,
    as_docx,
    as_html,
    as_ofd,
    as_pdf,
    font,
    ofd_entries,
    set_row,
    small_font,
    typeset,
    zipped,
)

TITLE = "云岚市人民政府关于支持企业创新的若干政策"
CLAUSE = "对新认定的企业技术中心，根据其年度研发投入和绩效评价结果，一次性给予不超过1500万元的奖励，并优先推荐申报上一级称号。"
TEXT = f"{TITLE}\n" + "".join(
    f"第{n}条　支持事项。{CLAUSE}（责任单位：市经信局、市财政局）\n" for n in "一二三四五六七八九十"
)
WRITERS: dict[str, Callable[[list[Sheet]], bytes]] = {"pdf": as_pdf, "ofd": lambda sheets: as_ofd(ofd_entries(sheets))}


@pytest.fixture(autouse=True)
def chinese_font() -> None:
    if font() is None:
        pytest.skip("no Chinese font: apt-get install fonts-noto-cjk")


def plain(document: Document) -> list[str]:
    return [line.replace(" ", "") for line in document.text.source.splitlines()]


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_paragraphs_go_on_over_lines_and_pages_and_furniture_is_gone(writer: Callable[[list[Sheet]], bytes]) -> None:
    sheets = typeset(TEXT * 3)
    document = read_bytes(writer(sheets), "政策")
    assert plain(document) == [line.replace("\u3000", "") for line in (TEXT * 3).splitlines()]
    assert len(sheets) == 4 and "公报" not in document.text.source and "公报" in document.unread
    pages = [place.page for place in document.places]
    assert pages == sorted(pages) and set(pages) == {1, 2, 3, 4}
    last = document.place(len(document.text.source) - 2)
    assert last is not None and last.page == 4


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("size", range(20, 40, 6))
def test_numbers_and_words_cut_at_any_width_are_whole_again(writer: Callable[[list[Sheet]], bytes], size: int) -> None:
    lines = [CLAUSE[at : at + size] for at in range(0, len(CLAUSE), size)]
    sheet = Sheet([(90.0 + 24 * (not n), 100 + 22 * n, line) for n, line in enumerate(lines)], [])
    assert "".join(plain(read_bytes(writer([sheet]), "政策"))) == CLAUSE


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_marks_that_hang_over_the_edge_make_no_line_wider(writer: Callable[[list[Sheet]], bytes]) -> None:
    """Few lines of the page are full, and two marks hang behind one of them."""
    lines = [
        (2, "第五条　通过融资租赁方式购置设备的制造业企业和软件企业，由市财政局按融"),
        (0, "资额给予补贴，同时符合市、区其他政策（包括《云岚市支持企业创新的若干政策》），"),
        (0, "按就高原则执行，但同一年度内通过银行贷款和融资租赁获得的补贴不得超过实际支付"),
        (0, "的利息，所需资金由市财政局统筹。"),
        (2, "第六条　本办法自印发之日起施行。"),
    ]
    sheet = Sheet([(85.0 + 12 * blank, 100.0 + 22 * n, text) for n, (blank, text) in enumerate(lines)], [])
    written = plain(read_bytes(writer([sheet]), "办法"))
    assert written == ["".join(text for _, text in lines[:4]).replace("\u3000", ""), "第六条本办法自印发之日起施行。"]


def test_an_item_begins_anew_below_a_heading_that_fills_its_line() -> None:
    heading, item = "三、促进校企协同育人和共同发展的措施", "（一）坚持知行合一。"
    lines = [*(CLAUSE[at : at + 18] for at in range(0, len(CLAUSE), 18)), heading, item]
    sheet = Sheet([(90.0, 100 + 22.0 * n, line) for n, line in enumerate(lines)], [])
    assert len(heading) == 18
    assert plain(read_bytes(as_pdf([sheet]), "政策")) == [CLAUSE, heading, item]


def test_an_article_begins_anew_below_the_heading_of_its_chapter_that_fills_a_line() -> None:
    heading, article = "第四章　促进校企协同育人与共同发展措施", "第十条　坚持知行合一。"
    body = [CLAUSE[at : at + 19] for at in range(0, 57, 19)]
    cited = [f"{CLAUSE[:17]}按照", "第九条　的规定办理。"]
    sheet = Sheet([(90.0, 100 + 22.0 * n, line) for n, line in enumerate([*body, heading, article, *cited])], [])
    expected = [heading, article, "".join(cited)]
    assert plain(read_bytes(as_pdf([sheet]), "政策"))[-3:] == [line.replace("\u3000", "") for line in expected]


def test_a_number_alone_behind_a_closed_line_is_none_of_its_sentence() -> None:
    lines = [*(CLAUSE[at : at + 19] for at in range(0, 57, 19)), "108", "二、支持平台建设。"]
    lines[2] = lines[2][:-1] + "。"
    sheet = Sheet([(90.0, 100 + 22.0 * n, line) for n, line in enumerate(lines)], [])
    assert plain(read_bytes(as_pdf([sheet]), "政策")) == ["".join(lines[:3]), "108", "二、支持平台建设。"]


def test_a_paragraph_begins_anew_below_a_heading_that_looks_centred() -> None:
    heading = "二、建立市场导向的创新型体制机制"
    width = len(heading) + 4
    body = [CLAUSE[: width - 2], *(CLAUSE[at : at + width] for at in range(width - 2, len(CLAUSE), width))]
    lines = [(114.0, heading), (114.0, body[0]), *((90.0, line) for line in body[1:])] * 2
    sheet = Sheet([(x, 100 + 22.0 * n, line) for n, (x, line) in enumerate(lines)], [])
    assert plain(read_bytes(as_pdf([sheet]), "政策")) == [heading, CLAUSE] * 2


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_a_space_between_two_issuers_is_kept(writer: Callable[[list[Sheet]], bytes]) -> None:
    text = "云岚市民政局 云岚市财政局关于印发办法的通知\n一、支持企业。在2028年前给予20万元奖励。\n"
    assert read_bytes(writer(typeset(text, head="")), "政策").text.source == text


def centred(lines: list[str], top: float) -> list[tuple[float, float, str]]:
    return [((WIDTH - 12 * len(line)) / 2, top + 22 * n, line) for n, line in enumerate(lines)]


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["云岚市人民政府办公室关于加快推动先进制造业和现代服务业", "融合发展的实施意见"], 1),
        (["云岚市人民政府办公室关于加快推动先进制造业的实施意见和", "更新时间：2026年4月"], 2),
        (["第一章　进一步改革登记制度优化重点园区企业市场准入环境", "和监管方式"], 1),
        (["云岚市人民政府关于进一步支持先进制造业加快发展若干政策", "云岚政发〔2026〕18号"], 2),
    ],
)  # fmt: skip
def test_a_centred_heading_that_fills_its_line_goes_on(
    writer: Callable[[list[Sheet]], bytes], lines: list[str], whole: int
) -> None:
    width = len(lines[0])
    body = [CLAUSE[at : at + width] for at in range(0, len(CLAUSE), width)] * 3
    left = (WIDTH - 12 * width) / 2
    texts = centred(lines, 130) + [(left, 200 + 22.0 * n, line) for n, line in enumerate(body)]
    found = plain(read_bytes(writer([Sheet(texts, [])]), "政策"))
    assert [line.replace("\u3000", "") for line in found[:whole]] == (
        ["".join(lines).replace("\u3000", "")] if whole == 1 else lines
    )


TABLE = "任务\t牵头单位\t配合单位\n建设园区\t市发改委\t市财政局\n培育企业\t市经信局\t\n引进人才\t市人社局\t市委人才办\n"


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_tables_come_as_rows_between_paragraphs(writer: Callable[[list[Sheet]], bytes]) -> None:
    document = read_bytes(writer(typeset(f"{TITLE}\n{CLAUSE}\n{TABLE}{CLAUSE}\n", head="")), "政策")
    assert plain(document) == [TITLE, CLAUSE, *TABLE.splitlines(), CLAUSE]
    assert document.clean.splitlines()[4].split("\t") == ["培育企业", "市经信局", ""]


def test_merged_cells_and_cells_of_several_lines() -> None:
    texts = [
        (100.0, 118.0, "类别"),
        (200.0, 118.0, "标准"),
        (100.0, 155.0, "国家级"),
        (200.0, 145.0, "奖励100"),
        (200.0, 162.0, "万元"),
        (200.0, 195.0, "奖励50万元"),
    ]
    level = [(90.0, y, 400.0, y) for y in (100.0, 125.0, 210.0)] + [(190.0, 175.0, 400.0, 175.0)]
    upright = [(x, 100.0, x, 210.0) for x in (90.0, 190.0, 400.0)]
    for writer in WRITERS.values():
        assert plain(read_bytes(writer([Sheet(texts, level + upright)]), "表")) == [
            "类别\t标准",
            "国家级\t奖励100万元",
            "〃\t奖励50万元",
        ]


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_a_table_over_pages_has_its_header_once_and_cut_rows_whole(writer: Callable[[list[Sheet]], bytes]) -> None:
    header = [["序号"], ["任务"], ["单位"]]
    sheets = [Sheet([(280.0, HEIGHT - 50, f"— {n} —")], []) for n in (1, 2)]
    first, second = ("1 建设园区 甲局", "2 培育企业， 乙局"), (" 做好服务 ", "3 引进人才 ")
    for sheet, rows in zip(sheets, (first, second), strict=True):
        for n, cells in enumerate([header, *([[cell] for cell in row.split(" ")] for row in rows)]):
            set_row(sheet, cells, 90.0, 100 + 24.0 * n, 400.0, 24.0)
    assert plain(read_bytes(writer(sheets), "表")) == [
        "序号\t任务\t单位",
        "1\t建设园区\t甲局",
        "2\t培育企业，做好服务\t乙局",
        "3\t引进人才\t",
    ]


CUT = [("指标", "单位", "目标"), ("发明专利", "件", "20以上"), ("能耗降低", "%", "14.5")]


@pytest.mark.parametrize(
    ("rest", "whole"),
    [
        (("拥有量", "", ""), "能耗降低拥有量\t%\t14.5"),  # below a full cell
        (("", "", "左右"), None),  # below a cell that had room
        (("地区能耗", "%", "16"), None),  # a row of its own
        (("", "", "16"), None),  # a number below a number
    ],
)
@pytest.mark.parametrize("columns", [1, 2])
def test_a_row_that_the_end_of_a_page_or_column_cuts_goes_on_below_full_cells(
    rest: tuple[str, ...], whole: str | None, columns: int
) -> None:
    body = [(x, y + 22.0 * n, CLAUSE[:14]) for x, y in ((90.0, 100.0), (320.0, 150.0)) for n in range(10)]
    sheets = [Sheet(body if columns == 2 else [], []) for _ in range(3 - columns)]
    for n, row in enumerate(CUT):
        set_row(sheets[0], [[cell] for cell in row], 90.0, 330 + 24.0 * n, 168.0, 24.0)
    set_row(sheets[-1], [[cell] for cell in rest], 90.0 if columns == 1 else 320.0, 90.0, 168.0, 24.0)
    found = [line for line in plain(read_bytes(as_pdf(sheets), "表")) if "\t" in line]
    rows = ["\t".join(row) for row in CUT]
    assert found == ([*rows[:2], whole] if whole else [*rows, "\t".join(rest)])


def test_a_cell_of_spaces_is_empty() -> None:
    rules = [Rule(x, 100, x, 148) for x in (90, 190, 290)] + [Rule(90, y, 290, y) for y in (100, 124, 148)]
    words = [
        (100.0, 110.0, "任"),
        (200.0, 110.0, "人"),
        (100.0, 130.0, "甲"),
        (200.0, 130.0, " "),
        (212.0, 130.0, "\u3000"),
    ]
    glyphs = [Glyph(char, x, y, x + 12, y + 12) for x, y, char in words]
    assert [block.cells for block in blocks([Page(1, 595, 842, glyphs, rules)])[0]] == [["任", "人"], ["甲", ""]]


def test_a_mark_that_hangs_over_the_wall_of_its_cell_stays_in_it() -> None:
    sheet = Sheet([], [])
    for n, cells in enumerate(([["任务"], ["单位"]], [["完成智能", "改造项目、", "建厂"], ["甲局"]])):
        set_row(sheet, cells, 90.0, 100 + 24.0 * n, 112.0, 24.0 + 44 * n)
    assert plain(read_bytes(as_pdf([sheet]), "表"))[1] == "完成智能改造项目、建厂\t甲局"


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
def test_a_short_page_in_two_columns_with_a_table_in_one(writer: Callable[[list[Sheet]], bytes]) -> None:
    left, right = [CLAUSE[at : at + 14] for at in range(0, 56, 14)], [CLAUSE[at : at + 14] for at in range(0, 42, 14)]
    sheet = Sheet([(90.0, 112 + 22.0 * n, line) for n, line in enumerate(left)], [])
    sheet.texts.extend((320.0, 178 + 22.0 * n, line) for n, line in enumerate(right))
    for n, cells in enumerate(([["名称"], ["金额"]], [["一等奖"], ["50万元"]])):
        set_row(sheet, cells, 320.0, 90 + 24.0 * n, 168.0, 24.0)
    assert plain(read_bytes(writer([sheet]), "政策")) == ["".join(left), "名称\t金额", "一等奖\t50万元", "".join(right)]


def test_a_heading_set_apart_in_a_column_is_one_line() -> None:
    body = [CLAUSE[at : at + 14] for at in range(0, 56, 14)]
    texts = [(130.0, 90.0, "第一章"), (186.0, 90.0, "总"), (222.0, 90.0, "则")]
    for x in (90.0, 320.0):
        texts.extend((x, 112 + 22.0 * n, line) for n, line in enumerate(body * 2))
    assert plain(read_bytes(as_pdf([Sheet(texts, [])]), "办法"))[0] == "第一章总则"


def test_a_table_without_rules_keeps_its_columns() -> None:
    rows = [("名称", "金额"), ("一等奖", "50万元"), ("二等奖", "30万元"), ("三等奖", "10万元")]
    texts = [
        (90.0 + 160 * column, 120 + 22.0 * n, cell) for n, row in enumerate(rows) for column, cell in enumerate(row)
    ]
    assert plain(read_bytes(as_pdf([Sheet(texts, [])]), "表")) == ["\t".join(row) for row in rows]


def test_a_chapter_set_apart_and_its_first_article_are_no_table() -> None:
    texts = [
        (90.0, 100.0, "第一章总"),
        (176.0, 100.0, "则"),
        (90.0, 122.0, "第一条"),
        (138.0, 122.0, CLAUSE[:20] + "。"),
    ]
    assert plain(read_bytes(as_pdf([Sheet([*texts, (90.0, 144.0, "第二条　附则。")], [])]), "办法"))[:2] == [
        "第一章总则",
        f"第一条{CLAUSE[:20]}。",
    ]


def test_who_signs_at_the_left_edge_below_a_full_line_goes_not_on_from_it() -> None:
    body = [CLAUSE[at : at + 19] for at in range(0, 57, 19)]
    lines = [*body, body[0], body[1], body[2][:-1] + "。", "云岚市人民政府", "2026年3月2日"]
    sheet = Sheet([(90.0, 100 + 22.0 * n, line) for n, line in enumerate(lines)], [])
    assert plain(read_bytes(as_pdf([sheet]), "政策"))[-2:] == lines[-2:]


@pytest.mark.parametrize("right", [False, True])
def test_a_table_without_rules_in_one_of_two_columns_keeps_its_columns(right: bool) -> None:
    rows = [("名称", "金额"), ("一等奖", "50万元"), ("二等奖", "30万元")]
    body = [CLAUSE[at : at + 14] for at in range(0, 56, 14)]
    texts = []
    for x, has_table in ((90.0, not right), (320.0, right)):
        y = 90.0
        for row in rows if has_table else ():
            texts += [(x, y, row[0]), (x + 90, y, row[1])]
            y += 22
        texts += [(x, y + 22.0 * n, line) for n, line in enumerate(body * 2)]
    table = ["\t".join(row) for row in rows]
    prose = ["".join(body * 2)]
    found = plain(read_bytes(as_pdf([Sheet(texts, [])]), "政策"))
    assert found[: 4 if right else 3] == (prose + table if right else table)
    assert "".join(found).count("一等奖") == 1


@pytest.mark.parametrize(("above", "whole"), [("培育企业、", True), ("培育企业", False)])
def test_a_row_without_a_number_that_a_pages_end_cuts_is_whole_where_a_cell_breaks_off(above: str, whole: bool) -> None:
    sheets = [Sheet([(280.0, HEIGHT - 50, f"— {n} —")], []) for n in (1, 2)]
    rows = [[("任务", "内容", "单位"), ("产业", above, "甲局")], [("", "做好服务", ""), ("人才", "引进人才", "乙局")]]
    for sheet, here in zip(sheets, rows, strict=True):
        for n, cells in enumerate(here):
            set_row(sheet, [[cell] for cell in cells], 90.0, 100 + 24.0 * n, 400.0, 24.0)
    found = plain(read_bytes(as_pdf(sheets), "表"))
    assert found[1] == (f"产业\t{above}做好服务\t甲局" if whole else f"产业\t{above}\t甲局")
    assert len(found) == (3 if whole else 4)


def cells_at(rows: list[list[list[str]]], *, middle: bool, pad: float, left: tuple[float, ...]) -> Sheet:
    """Cells of several lines without rules, set at the top of their row or in its middle."""
    texts, y = [], 120.0
    for row in rows:
        most = max(map(len, row))
        for x, lines in zip(left, row, strict=True):
            shift = 18 * (most - len(lines)) / 2 if middle else 0.0
            texts.extend((x, y + shift + 18 * n, line) for n, line in enumerate(lines))
        y += 18 * most + pad
    return Sheet([*texts, (90.0, y + 6, "注：完成时限按年度计。")], [])


WRAPPED = [
    [["序号"], ["任务内容"], ["牵头单位"], ["完成时限"]],
    [["1"], ["编制低空飞行设施", "布局规划"], ["市自然资源局"], ["2026年12月", "底前"]],
    [["2"], ["建成飞行服务平台"], ["市交通运输局、", "市大数据局"], ["2027年6月底前"]],
    [["3"], ["引进企业5家"], ["市投资促进局"], [""]],
]


@pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("middle", [False, True])
@pytest.mark.parametrize("pad", [0.0, 6.0])
def test_cells_that_wrap_in_a_table_without_rules_are_whole(
    writer: Callable[[list[Sheet]], bytes], middle: bool, pad: float
) -> None:
    sheet = cells_at(WRAPPED, middle=middle, pad=pad, left=(90.0, 130.0, 240.0, 340.0))
    rows = ["\t".join("".join(cell) for cell in row) for row in WRAPPED]
    assert plain(read_bytes(writer([sheet]), "表")) == [*rows, "注：完成时限按年度计。"]


def test_lines_that_sink_below_their_neighbours_stay_in_the_row_that_its_number_begins() -> None:
    """Word processors set lines with figures some points lower than those beside them."""
    texts, y = [], 120.0
    for number, name, due in (
        ("1", ("国家级智能", "工厂首次认", "定为示范的"), ("每年9月", "30日前")),
        ("2", ("省级智能工", "厂"), ("每年9月", "30日前")),
        ("3", ("诊断服务", "10家以上的", "服务商"), ("全年",)),
    ):
        texts += [(90.0, y, number)]
        texts += [(130.0, y + 18 * n + 3.0 * line[0].isdigit(), line) for n, line in enumerate(name)]
        texts += [(240.0, y + 18 * n + 5.0 * n, line) for n, line in enumerate(due)]
        y += 18 * len(name) + 12.0
    sheet = Sheet([(90.0, 90.0, "序号"), (130.0, 90.0, "事项"), (240.0, 90.0, "期限"), *texts], [])
    rows = ["序号\t事项\t期限", "1\t国家级智能工厂首次认定为示范的\t每年9月30日前", "2\t省级智能工厂\t每年9月30日前",
            "3\t诊断服务10家以上的服务商\t全年"]  # fmt: skip
    document = read_bytes(as_pdf([sheet]), "表")
    assert plain(document) == rows and not document.notes


def test_a_table_without_rules_says_so_where_its_names_or_a_number_are_missing() -> None:
    names = [
        [["企业类型"], ["奖励标准"], [""]],
        [[""], ["首年"], ["次年"]],
        [["大型"], ["100"], ["80"]],
        [["小型"], ["30"], ["20"]],
    ]
    numbers = [
        [["序号"], ["事项"], ["金额"]],
        [["1"], ["智能工厂"], ["20"]],
        [[""], ["智能车间"], ["10"]],
        [["2"], ["诊断"], ["5"]],
    ]
    for rows in (names[1:], numbers):
        sheet = cells_at(rows, middle=False, pad=6, left=(90.0, 190.0, 300.0))
        assert {note.code for note in read_bytes(as_pdf([sheet]), "表").notes} == {"open-table"}, rows


def test_rows_of_numbers_in_narrow_columns_are_no_wraps() -> None:
    rows = [
        ["指标", "单位", "2027年", "2028年"],
        ["企业数量", "家", "58", "200"],
        ["航线数量", "条", "4", "30"],
        ["", "", "5", "40"],
    ]
    sheet = cells_at([[[cell] for cell in row] for row in rows], middle=False, pad=0, left=(90.0, 150.0, 182.0, 240.0))
    assert plain(read_bytes(as_pdf([sheet]), "表"))[:4] == ["\t".join(row) for row in rows]


OPEN = [("序号", "指标", "单位", "目标"), ("1", "劳动效率", "元", "10"), ("2", "城镇化率", "%", "52")]


@pytest.mark.parametrize(
    ("below", "rows"),
    [
        ([("3", "森林覆盖率", "%", "62")], ["3\t森林覆盖率\t%\t62"]),  # a row alone
        (
            [("", "（常住）", "", ""), ("3", "覆盖率", "%", "62")],
            ["3\t覆盖率\t%\t62"],
        ),  # the rest of a cell above it
        ([("二、任务", "", "", "")], []),  # a heading
    ],
)
def test_a_table_without_rules_goes_on_over_a_page(below: list[tuple[str, ...]], rows: list[str]) -> None:
    left = (90.0, 130.0, 198.0, 236.0)
    sheets = [Sheet([], []), Sheet([], [])]
    for sheet, here in zip(sheets, (OPEN, below), strict=True):
        sheet.texts.extend(
            (x, 120 + 20.0 * n, cell) for n, row in enumerate(here) for x, cell in zip(left, row, strict=True)
        )
        sheet.texts.append((90.0, 90.0 if here is OPEN else 200.0, CLAUSE[:30]))
    found = plain(read_bytes(as_pdf(sheets), "表"))
    cut = "城镇化率（常住）" if below[0][1].startswith("（") else "城镇化率"
    assert found[3] == f"2\t{cut}\t%\t52"
    assert [line for line in found[4:] if "\t" in line] == rows


def test_a_unit_in_brackets_on_its_own_line_belongs_to_its_cell() -> None:
    rows = [[[cell] for cell in row] for row in OPEN]
    rows[1][1].append("（1/10）")
    sheet = cells_at(rows, middle=False, pad=0.0, left=(90.0, 130.0, 200.0, 240.0))
    assert plain(read_bytes(as_pdf([sheet]), "表"))[1] == "1\t劳动效率（1/10）\t元\t10"


def test_a_dash_drawn_as_one_sign_is_not_halved() -> None:
    def line(*placed: tuple[str, float]) -> list[Glyph]:
        return [Glyph(char, x, 88.0, x + 12, 100.0) for char, x in placed]

    assert joined(line(("—", 90), ("—", 90), ("支", 114), ("支", 114.2), ("持", 126)), 12.0) == "——支持"
    assert joined(line(("—", 90), ("—", 90), ("支", 102)), 12.0) == "—支"


def sized(*pages: list[tuple[float, float, float, str]]) -> bytes:
    """A PDF of lines (x, baseline, size, text)."""
    pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    pdf.add_font("cjk", fname=small_font())
    for lines in pages:
        pdf.add_page()
        for x, y, size, line in lines:
            pdf.set_font("cjk", size=size)
            pdf.text(x, y, line)
    return bytes(pdf.output())


def test_notes_at_the_foot_of_a_page_are_left_out_and_their_numbers_too() -> None:
    first = [
        *((90.0, 500 + 22.0 * n, 12.0, CLAUSE[at : at + 30]) for n, at in enumerate((0, 30))),
        (90.0, 544.0, 12.0, "二、对企业一次性给予80万元"),
        (240.0, 539.0, 6.0, "1"),
        (246.0, 544.0, 12.0, "的奖励，并优先推荐申报"),
        *((90.0, 566 + 22.0 * n, 12.0, "支持事项和有关支持措施、支持企业和有关支持措施一次性给予奖") for n in range(6)),
        (90.0, 740.0, 8.0, "1企业是指在本市依法登记注册的企业，奖励不超过5万元的不重复计算，同一项"),
        (90.0, 752.0, 8.0, "目不超过2项。"),
        (290.0, 800.0, 9.0, "- 1 -"),
    ]
    second = [(90.0, 112.0, 12.0, "励。"), (290.0, 800.0, 9.0, "- 2 -")]
    document = read_bytes(sized(first, second), "政策")
    assert "不重复计算" not in document.text.source and "不重复计算" in document.unread
    assert "一次性给予80万元的奖励，并优先推荐申报" in document.text.source
    assert plain(document)[-1].endswith("一次性给予奖励。")


@pytest.mark.parametrize("small", ["1企业数量按年度计。", "注：企业数量按年度计。"])
def test_small_lines_at_the_foot_without_a_mark_in_the_text_stay(small: str) -> None:
    lines = [(90.0, 100 + 22.0 * n, 12.0, f"{n + 1}.建设面积不超过{n}平方米或者30m") for n in range(8)]
    raised = [(90.0 + 200, 95.0, 6.0, "2"), (90.0, 274.0, 8.0, small)]
    text = read_bytes(sized([*lines, *raised]), "政策").text.source
    assert small in text


def test_turned_words_are_no_text() -> None:
    pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    pdf.add_font("cjk", fname=small_font())
    pdf.add_page()
    pdf.set_font("cjk", size=12)
    pdf.text(90, 100, "一、支持企业。")
    with pdf.rotation(45, 300, 400):
        pdf.text(200, 400, "征求意见稿")
    assert plain(read_bytes(bytes(pdf.output()), "稿")) == ["一、支持企业。"]


def test_a_page_set_sideways_is_read_along_its_lines() -> None:
    pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    pdf.add_font("cjk", fname=small_font())
    pdf.add_page()
    pdf.set_font("cjk", size=12)
    with pdf.rotation(90, 300, 400):
        for row, cells in enumerate((("任务", "单位"), ("建设园区", "市发改委"))):
            for column, cell in enumerate(cells):
                pdf.text(104 + 150 * column, 316 + 24 * row, cell)
                pdf.rect(100 + 150 * column, 300 + 24 * row, 150, 24)
    assert plain(read_bytes(bytes(pdf.output()), "表")) == ["任务\t单位", "建设园区\t市发改委"]


def scanned(text: str) -> bytes:
    """A PDF that holds nothing but pictures of its pages."""
    pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    with pypdfium2.PdfDocument(as_pdf(typeset(text))) as document:
        for page in document:
            pdf.add_page()
            pdf.image(page.render(scale=3, grayscale=True).to_pil(), 0, 0, WIDTH, HEIGHT)
    return bytes(pdf.output())


def test_a_scan_says_so_and_what_to_do() -> None:
    with pytest.raises(ContentError, match=r"扫描.pdf 是扫描件：全部 1 页.*--ocr") as refusal:
        read_bytes(scanned(TITLE), "扫描.pdf")
    assert refusal.value.code == "scanned"


def test_a_scan_is_recognised_with_the_confidence_it_deserves() -> None:
    if not ocr.is_available():
        pytest.skip("no tesseract with Chinese data: apt-get install tesseract-ocr tesseract-ocr-chi-sim")
    document = read_bytes(scanned(f"{TITLE}\n一、支持企业。{CLAUSE}\n"), "扫描.pdf", recognise=True)
    assert "1500万元" in document.clean and [article.id for article in document.articles] == ["一"]
    found = compile_document(document)
    benefit = next(fact for fact in found.facts if isinstance(fact, Benefit))
    assert benefit.cap == 1_500_000_000 and benefit.confidence <= ocr.CEILING
    assert [one.severity for one in found.diagnostics if one.code == "ocr"] == ["warning"]


def test_without_tesseract_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(ContentError, match="apt-get install tesseract-ocr") as refusal:
        read_bytes(scanned(TITLE), "扫描.pdf", recognise=True)
    assert refusal.value.code == "ocr-missing"


def test_an_ofd_of_two_documents_and_a_template() -> None:
    first, second = (
        ofd_entries(typeset(f"{TITLE}\n", head=""), "Doc_0", "公文模板"),
        ofd_entries(typeset("附件1\n一、清单。\n", head=""), "Doc_1"),
    )
    document = read_bytes(as_ofd(first, second), "公文.ofd")
    assert plain(document) == [TITLE, "附件1", "一、清单。"]
    assert [document.text.source[part.start : part.end].strip() for part in document.parts] == [
        TITLE,
        "附件1\n一、清单。",
    ]
    assert "公文模板" in document.unread


NOTICE = "云岚市人民政府办公室关于印发《云岚市创新券管理办法》的通知\n各区人民政府：\n现印发给你们，请认真贯彻执行。\n附件：1.申请表\n"
RULES = "云岚市创新券管理办法\n第一条　为规范管理，制定本办法。\n第二条　每张创新券面额不超过5万元。\n"
FORM = "创新券申请表\n一、基本情况\n二、申请事项\n"


def test_an_announcement_is_read_with_its_attachments() -> None:
    packed = zipped({
        "包/附件1 申请表.html": as_html(FORM), "包/管理办法.docx": as_docx(RULES), "包/关于印发管理办法的通知.docx": as_docx(NOTICE),
        "包/关于印发管理办法的通知.pdf": as_pdf(typeset(NOTICE)), "包/效果图.jpg": b"\xff\xd8\xff\xe0\x00\x00",
    })  # fmt: skip
    document = read_bytes(packed, "公告.zip")
    assert [part.name for part in document.parts] == [
        "包/关于印发管理办法的通知.docx",
        "包/管理办法.docx",
        "包/附件1 申请表.html",
    ]
    assert [article.id for article in document.articles] == ["第一条", "第二条", "附件1", "附件1.一", "附件1.二"]
    notes = [note for note in document.notes if note.code == "skipped-files"]
    assert [(note.number, sorted(note.detail.split("、"))) for note in notes] == [
        (2, ["包/关于印发管理办法的通知.pdf", "包/效果图.jpg"])
    ]
    told = [one for one in compile_document(document).diagnostics if one.code == "skipped-files"]
    assert "效果图.jpg" in told[0].message
