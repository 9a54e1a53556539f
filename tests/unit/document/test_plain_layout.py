"""Plain texts set by signs and blanks: drawn tables, and two columns side by side."""

import time

import pytest

from luodi.document import read_bytes
from luodi.document.plain_layout import laid_out

HEAD = ["级别", "对象", "标准"]


def drawn(*rows: str, inner: str = "├──┼──┼──┤") -> str:
    """A table whose rows are given with their walls; ``inner``: what parts them."""
    body = f"\n{inner}\n".join(rows) if inner else "\n".join(rows)
    return f"附件1\n┌──┬──┬──┐\n{body}\n└──┴──┴──┘\n注：按年兑付。\n"


def rows(text: str) -> list[list[str]]:
    return [line.split("\t") for line in laid_out(text).splitlines() if "\t" in line]


def test_a_drawn_table_comes_as_rows_of_cells() -> None:
    text = drawn("│级别│对象│标准│", "│省级│企业│20万元 │", "│市级│    │5万元│")
    assert rows(text) == [HEAD, ["省级", "企业", "20万元"], ["市级", "", "5万元"]]
    assert laid_out(text).splitlines()[0] == "附件1"
    assert laid_out(text).splitlines()[-1] == "注：按年兑付。"


def test_cells_over_several_lines_are_whole() -> None:
    text = drawn("│级别│对象│标准│", "│省级│首次认│20│\n│平台│定企业│万元│", "│市级│企业│5万元│")
    assert rows(text) == [HEAD, ["省级平台", "首次认定企业", "20万元"], ["市级", "企业", "5万元"]]


def test_rows_without_rules_between_them_are_rows() -> None:
    text = drawn("│级别│对象│标准│\n├──┼──┼──┤\n│省级│企业│20万元│\n│市级│企业│5万元│", inner="")
    assert rows(text) == [HEAD, ["省级", "企业", "20万元"], ["市级", "企业", "5万元"]]


def test_a_cell_that_goes_on_below_says_so() -> None:
    text = drawn("│级别│对象│标准│", "│省级│企业│20万元│\n│    ├──┼──┤\n│    │个人│2万元│", "│市级│企业│5万元│")
    assert rows(text)[1:] == [["省级", "企业", "20万元"], ["〃", "个人", "2万元"], ["市级", "企业", "5万元"]]


@pytest.mark.parametrize(
    "text", [drawn("│级别│对象│标准│", "│省级│20万元│"), "│甲│乙│\n", "甲│乙\n丙│丁\n", "——\n┌ 一 ┐\n"]
)
def test_what_is_no_table_stays_as_it_is(text: str) -> None:
    assert laid_out(text) == text


LEFT = (
    "　　第一条　为了规范奖励资金的管理，根", "据有关规定，结合本市实际，制定本办法。", "　　第二条　对首次认定的企业给予奖励五",
    "十万元；对复评通过的企业给予奖励三十万", "元，每家企业每年最高不超过一百万元整。", "　　第三条　对省级认定的创新平台给予补",
    "助二十万元，对市级认定的创新平台给予补", "助十万元，由市财政局按照年度拨付到账。", "　　第四条　申报单位应当提交下列材料：",
)  # fmt: skip
RIGHT = (
    "　　（一）资金申请表；", "　　（二）与申报的事项有关的合同以及发", "票等证明材料的复印件，加盖单位的公章。", "　　第五条　市工业和信息化局应当在受理",
    "之日起二十个工作日以内完成审核并且将结", "果向社会公示，公示的时间不少于五个工作", "日；公示没有异议的，由市财政局拨付资金", "到申报的单位，并将拨付的情况向社会公开",
    "。",
)  # fmt: skip


def test_two_columns_are_read_one_after_the_other() -> None:
    text = "\n".join(f"{left}{' ' * (42 - 2 * len(left))}{right}" for left, right in zip(LEFT, RIGHT, strict=True))
    assert laid_out(f"{text}\n").splitlines() == [*LEFT, *RIGHT]
    document = read_bytes(f"云岭市奖励办法\n\n{text}\n".encode(), "办法.txt")
    assert [one.id for one in document.articles if "." not in one.id] == [f"第{n}条" for n in "一二三四五"]
    assert "laid-out" in {note.code for note in document.notes}


@pytest.mark.parametrize(
    "lines",
    [
        [f"{n}  {'建设' * 8}  市工业和信息化局      2026年底前" for n in range(1, 12)],
        [f"{name}    对企业给予奖励{n}0万元，每年最高{n}00万元" for n, name in enumerate("甲乙丙丁戊己庚辛壬癸", 1)],
        [f"{'对企业给予奖励' * 3}。    {'由市财政局拨付' * 3}。" for _ in range(12)],
        [*LEFT, "一、总则  二、分则"],
    ],
)
def test_tables_and_lines_with_gaps_are_no_columns(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    assert laid_out(text) == text


@pytest.mark.parametrize(
    "piece", ["甲乙  ", "│", "│甲│乙│\n", "─", "┌" + "─" * 50, " \u3000", f"{'甲' * 20}  {'乙' * 20}\n"]
)
def test_any_text_is_laid_out_in_proportion(piece: str) -> None:
    began = time.process_time()
    laid_out(piece * 20_000)
    laid_out("甲" + piece * 20_000 + "x\n")
    assert time.process_time() - began < 4
