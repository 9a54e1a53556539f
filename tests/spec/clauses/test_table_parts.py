"""The parts of a table beside its sums: units, groups of rows, tiers, sums of rows, tables on their side (LANGUAGE 3)."""

import pytest
from table_rows import HEAD, benefits, found

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange


def test_a_grid_of_sums_whose_unit_is_told_above_it():
    rows = found("护理补贴标准", "单位:元/人·月", "类别|低保|低收入", "轻度|重度|轻度|重度", "甲类|200|400|100|250")
    assert [(r["kind"], r["selector"], r["amount"], r["frequency"]) for r in rows["benefits"]] == [
        ("per_unit", "甲类低保轻度", 200, "monthly"),
        ("per_unit", "甲类低保重度", 400, "monthly"),
        ("per_unit", "甲类低收入轻度", 100, "monthly"),
        ("per_unit", "甲类低收入重度", 250, "monthly"),
    ]
    rows = found(
        "附表:抚恤金标准表", "单位:元/年", "等级|性质|抚恤金标准", "一级|因战|900", "一级|因公|800", "二级|因战|700"
    )
    assert [(r["selector"], r["amount"], r["frequency"]) for r in rows["benefits"]] == [
        ("一级因战", 900, "annual"),
        ("一级因公", 800, "annual"),
        ("二级因战", 700, "annual"),
    ]
    page = parse(
        "<table><tr><th rowspan=2>类别</th><th colspan=2>购房补贴(万元)</th><th rowspan=2>生活补贴(元/月)</th></tr>"
        "<tr><th>首套</th><th>二套</th></tr><tr><td>甲类</td><td>20</td><td>10</td><td>900</td></tr></table>"
    )
    rows = exchange(compile_document(page))
    assert [(r["selector"], r["amount"], r["frequency"]) for r in rows["benefits"]] == [
        ("甲类购房补贴首套", 200000, None),
        ("甲类购房补贴二套", 100000, None),
        ("甲类生活补贴", 900, "monthly"),
    ]
    assert benefits("补助资金分配表", "单位:万元", "地区|甲类|乙类", "东区|20|30") == []


GROUPED = "序号|奖励项目|奖励标准(万元)", "一、平台类", "1|甲级中心|500", "2|乙级中心|100", "二、企业类", "3|丙企业|50"


@pytest.mark.parametrize("group", ["{}", "{}||", "合并单元格"])
def test_names_of_groups_among_the_rows_open_no_articles(group: str):
    lines = "\n".join(group.format(line) if "|" not in line else line for line in GROUPED)
    text = f"{HEAD}{lines}\n二、附则\n略。\n".replace("|", "\t")
    if group == "合并单元格":
        rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split('|'))}</tr>" for line in GROUPED)
        rows = rows.replace("<td>一、平", "<td colspan=3>一、平").replace("<td>二、企", "<td colspan=3>二、企")
        text = f"<p>一、任务</p><table>{rows}</table><p>二、附则</p><p>略。</p>"
    told = exchange(compile_document(parse(text)))
    assert [(row["selector"], row["amount"]) for row in told["benefits"]] == [
        ("甲级中心", 5_000_000),
        ("乙级中心", 1_000_000),
        ("丙企业", 500_000),
    ]
    assert [one["id"] for one in told["articles"]] == ["一", "二"]


def test_headings_over_tables_of_their_own_stay_articles():
    names, rows = "序号|奖励项目|奖励标准(万元)", ("1|甲级中心|500", "2|乙级中心|100")
    told = found(names, *rows, "二、企业奖励", names, *rows)
    assert [one["id"] for one in told["articles"]] == ["一", "二"]
    assert [row["article"] for row in told["benefits"]] == ["一", "一", "二", "二"]


def test_no_unit_is_taken_from_above_the_name_of_a_group():
    rows = "<tr><td>1.建甲<td>市甲局</tr><tr><td colspan=2>二、优化环境</tr><tr><td>2.建乙<td>市乙局</tr>"
    page = parse(f"<p>一、任务</p><table><tr><td>任务<td>责任单位</tr>{rows}</table>")
    assert [one["lead"] for one in exchange(compile_document(page))["duties"]] == [["市甲局"], ["市乙局"]]


@pytest.mark.parametrize(
    ("above", "inside", "below"),
    [
        ("给予奖励,标准见附表。\n甲类奖励标准表\n单位:万元", "", ""),
        ("给予奖励,标准见下表。\n甲类标准表(单位:万元)", "", ""),
        ("给予奖励,标准如下:", "单位:万元||\n", ""),
        ("给予奖励,标准如下:", "甲类奖励标准(单位:万元)||\n", ""),
        ("给予奖励,标准如下:", "", "\n注:表中金额单位均为万元。"),
        ("给予奖励,标准如下:", "", "\n注:单位为万元||"),
    ],
)
def test_the_unit_of_a_table_stands_above_it_in_it_or_below(above: str, inside: str, below: str):
    lines = f"{above}\n{inside}类别|国家级|省级\n甲类|50|20\n乙类|30|10{below}".split("\n")
    rows = found(*lines)["benefits"]
    assert [(row["selector"], row["amount"]) for row in rows] == [
        ("甲类国家级", 500_000),
        ("甲类省级", 200_000),
        ("乙类国家级", 300_000),
        ("乙类省级", 100_000),
    ]


def test_a_tier_keeps_the_unit_of_its_column():
    rows = benefits("营业收入(亿元)|奖励金额(万元)", "1(含)—5|20", "5(含)以上|50", "另行认定|10")
    assert [row[1] for row in rows] == ["1(含)—5亿元", "5(含)以上(亿元)", "另行认定"]


def test_whatever_stands_left_of_the_sums_picks_the_row_and_what_describes_it_does_not():
    assert [
        row[1] for row in benefits("作物|补贴标准(元/亩)|连片面积(亩)|封顶(万元)", "甲稻|200|50|20", "乙麻|150|30|10")
    ] == [
        "甲稻",
        "乙麻",
    ]
    assert [row[1] for row in benefits("星级|评定分数|奖励(元)", "五星|90分以上|500", "四星|80—89分|300")] == [
        "五星",
        "四星",
    ]
    assert [
        row[1] for row in benefits("奖项|等次|奖励金额(万元)", "甲奖|正奖|20", "同上|提名奖|10", "乙奖|正奖|10")
    ] == [
        "甲奖正奖",
        "甲奖提名奖",
        "乙奖正奖",
    ]
    grouped = "序号|项目|奖励标准(万元)", "一、国家级", "1|甲工厂|50", "二、省级", "2|甲工厂|20"
    assert [row[1] for row in benefits(*grouped)] == ["国家级甲工厂", "省级甲工厂"]


def test_what_bounds_a_sum_for_each_pays_nothing_itself():
    rows = benefits(
        "内容|补助标准|补助上限(万元)", "甲棚|300元/平方米|200", "乙库|总投资的30%|150", "丙地|1.5万元/亩|100"
    )
    assert rows == [
        ("per_unit", "甲棚", 300, 2_000_000),
        ("rate", "乙库", 0.3, 1_500_000),
        ("per_unit", "丙地", 15_000, 1_000_000),
    ]
    rows = benefits("平台|奖励标准(万元/集)|最高奖励(万元)", "甲台|30|1000", "乙台|10|300")
    assert rows == [("per_unit", "甲台", 300_000, 10_000_000), ("per_unit", "乙台", 100_000, 3_000_000)]


def test_each_row_may_tell_its_unit():
    lines = "社会救助标准一览表", "救助项目|计量单位|标准", "甲供养|元/人·月|2000", "乙救助|元/户|3000"
    rows = found(*lines)["benefits"]
    assert [(row["kind"], row["selector"], row["amount"], row["frequency"]) for row in rows] == [
        ("per_unit", "甲供养", 2000, "monthly"),
        ("per_unit", "乙救助", 3000, None),
    ]


def test_a_table_on_its_side_is_turned():
    assert benefits("按等级给予奖励,标准如下:", "等级|一级|二级", "奖励金额(万元)|100|50") == [
        ("fixed", "一级", 1_000_000, None),
        ("fixed", "二级", 500_000, None),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("收费标准如下:", "项目|标准(元/次)", "甲检查|10", "乙检查|20"),
        ("农业补助资金分配表", "单位:万元", "县(市、区)|补助资金|备注", "甲县|1200|", "乙县|900|"),
        ("奖励资金拟兑现名单", "企业|奖励金额(万元)", "甲公司|50", "乙公司|20"),
        ("企业划型标准如下:", "行业|中型企业营业收入(万元)", "甲业|2000—40000", "乙业|6000—80000"),
    ],
)
def test_what_is_charged_shared_out_handed_out_or_measured_is_no_award(lines: tuple[str, ...]):
    assert benefits(*lines) == []


def test_a_row_that_sums_up_the_others_is_no_award_of_the_last():
    rows = benefits("阶段|内容|奖励金额(万元)", "甲阶段|辅导|100", "乙阶段|受理|200", "合计||300")
    assert [row[1:3] for row in rows] == [("辅导", 1_000_000), ("受理", 2_000_000)]
