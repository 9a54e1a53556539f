"""Tables that came with one cell a line: read where their columns are certain, else told."""

import pytest
from table_rows import HEAD, benefits, found, goals

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

CELLS = ["一、奖励", "按下表奖励:", "等级", "奖励金额(万元)", "一等奖", "20", "二等奖", "10", "三等奖", "5", "二、分工"]
TASKS = [
    "序号",
    "任务",
    "牵头单位",
    "配合单位",
    "1",
    "建设平台",
    "市甲局",
    "市乙局",
    "2",
    "引进人才",
    "市丙局",
    "市丁局",
]
SIDEWAYS = "级别 国家级 省级 市级 奖励标准 50万元 30万元 10万元"
IN_TURNS = "奖励标准 国家级中心 50万元 省级中心 每家30万元 市级中心 最高10万元"
IN_WORDS = "政策内容 奖补标准 牵头部门 对新建仓库 按投资额20%,最高300万元 市甲局 对新增车辆 每辆2万元 市乙局 对达标企业 10万元 市丙局"
COUNTED = "序号 项目 补助对象 补助标准 1 新建冷库 农业企业 每立方米100元 2 购置冷藏车 物流企业 每辆5万元 3 参加展会 参展主体 最高2万元"


def test_a_table_of_targets_with_one_cell_a_line():
    lines = "序号 指标 单位 2023年基数 2027年目标 属性 1 甲业产值 亿元 120 180 预期性 2 乙覆盖率 % 80 ≥90 约束性 3 丙面积 万亩 12 12 约束性"
    rows = goals(*lines.split())
    assert [row[:4] for row in rows] == [
        ("甲业产值", ">=", 180, "亿元"),
        ("乙覆盖率", ">=", 90, "%"),
        ("丙面积", ">=", 12, "万亩"),
    ]


def test_a_table_of_targets_whose_rows_end_with_their_kind():
    """The years and their words, and the groups, stand on lines of their own; an empty line is between all."""
    head = "类别 指_标 2023 基期值 2027 目标值 年均增速 〔累计〕 指标属性"
    rows = "粮食 粮食产量(亿斤) 100 105 1 约束性 小麦自给率(%) 100 100 - 约束性 结构 玉米面积(万亩) 50 45 [-5] 预期性"
    lines = [line.replace("_", " ") for word in f"{head} {rows}".split() for line in (word, "")]
    assert goals(*lines) == [
        ("粮食产量", ">=", 105, "亿斤", "2027"),
        ("小麦自给率", ">=", 100, "%", "2027"),
        ("玉米面积", ">=", 45, "万亩", "2027"),
    ]


def test_a_table_with_one_cell_a_line_is_read_where_its_columns_are_certain():
    rows = found(*CELLS, *TASKS)
    assert [(row["selector"], row["amount"]) for row in rows["benefits"]] == [
        ("一等奖", 200000),
        ("二等奖", 100000),
        ("三等奖", 50000),
    ]
    assert [(row["lead"], row["participants"]) for row in rows["duties"]] == [
        (["市甲局"], ["市乙局"]),
        (["市丙局"], ["市丁局"]),
    ]


def test_rows_that_count_themselves_keep_their_numbers_and_may_hold_sentences():
    cells = [
        "序 号",
        "2026年预期目标",
        "责任单位",
        "1",
        "建成平台3个。",
        "市甲局",
        "2",
        "推进改造;改造小区20个。",
        "市乙局",
    ]
    cells += ["3", "引进人才。", "市丙局", "以上任务每季度督查一次。"]
    text = "云州市任务分工表\n\n" + "\n\n".join(cells) + "\n"
    assert [row["lead"] for row in exchange(compile_document(parse(text)))["duties"]] == [
        ["市甲局"],
        ["市乙局"],
        ["市丙局"],
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (SIDEWAYS, ["fixed 国家级 500000", "fixed 省级 300000", "fixed 市级 100000"]),
        (IN_TURNS, ["fixed 国家级中心 500000", "per_unit 省级中心 300000", "capped 市级中心 100000"]),
        (IN_WORDS, ["rate 新建仓库 0.2", "per_unit 新增车辆 20000", "fixed 达标企业 100000"]),
        (COUNTED, ["per_unit 新建冷库 100", "per_unit 购置冷藏车 50000", "capped 参加展会 20000"]),
    ],
    ids=["sideways", "in turns", "sums in words", "counted"],
)
def test_what_a_table_with_one_cell_a_line_pays(cells: str, expected: list[str]):
    rows = benefits(*cells.split())
    assert [f"{kind} {selector} {amount or cap:g}" for kind, selector, amount, cap in rows] == expected


def test_keys_and_sums_on_lines_of_their_own():
    lines = ["新建养老机构", "每张床位一次性补助1.2万元", "改建养老机构", "每张床位一次性补助6000元"]
    assert benefits(*lines) == [("per_unit", "新建养老机构", 12000, None), ("per_unit", "改建养老机构", 6000, None)]


@pytest.mark.parametrize("gone", [5, 9])
def test_a_table_whose_columns_are_not_certain_is_told(gone: int):
    text = HEAD + "\n".join(line for at, line in enumerate(CELLS) if at != gone) + "\n"
    compiled = compile_document(parse(text))
    told = next(one for one in compiled.diagnostics if one.code == "table-cells")
    assert not exchange(compiled)["benefits"]
    assert text[slice(*told.span)].startswith("等级\n奖励金额(万元)")


def test_no_goal_is_read_from_the_cells_of_a_table_that_is_told():
    lines = [
        "指标",
        "单位",
        "2020年",
        "2025年",
        "指标性质",
        "甲能力",
        "万吨",
        "185",
        "乙收入",
        "元",
        "7.2%",
        "丙率",
        "≥78",
    ]
    told = found("到2025年实现以下目标:", *lines)
    assert not told["goals"]


def test_a_grid_of_sums_with_one_cell_a_line():
    lines = [
        "每张新增床位资助标准如下表所示:",
        "床位类型",
        "护理型",
        "普通型",
        "自有房产",
        "12000元",
        "8000元",
        "租赁房产",
        "6000元",
        "4000元",
    ]
    assert benefits(*lines) == [
        ("per_unit", "自有房产护理型", 12000, None),
        ("per_unit", "自有房产普通型", 8000, None),
        ("per_unit", "租赁房产护理型", 6000, None),
        ("per_unit", "租赁房产普通型", 4000, None),
    ]
    assert not benefits("床位收费标准如下:", *lines[1:])


def test_cells_on_lines_of_their_own_divide_by_what_they_hold():
    lead = "对首次认定的载体给予奖励,标准见下表:"
    lines = ["载体类型", "国家级", "省级", "基地", "80万元", "/", "孵化器", "60万元", "40万元"]
    assert benefits(lead, *lines) == [
        ("fixed", "基地国家级", 800000, None),
        ("fixed", "孵化器国家级", 600000, None),
        ("fixed", "孵化器省级", 400000, None),
    ]
    merged = ["平台", "级别", "奖励(万元)", "实验室", "国家级", "50", "省级", "20", "中心", "国家级", "30"]
    assert [row[1:3] for row in benefits(lead, *merged)] == [
        ("实验室国家级", 500000),
        ("实验室省级", 200000),
        ("中心国家级", 300000),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("平台", "级别", "奖励(万元)", "实验室", "国家级", "50", "20", "中心", "国家级", "30"),  # a key is lost
        ("载体类型", "国家级", "省级", "基地", "80万元", "孵化器", "60万元", "40万元"),  # a sum is lost
        ("企业", "奖励(万元)", "备注", "甲公司", "20", "乙公司", "30", "一次性", "丙公司", "40"),  # a remark is lost
    ],
)
def test_cells_that_divide_in_no_way_or_in_several_are_told(lines: tuple[str, ...]):
    told = found("对首次认定的载体给予奖励,标准见下表:", *lines)
    assert not told["benefits"] and "table-cells" in {one["code"] for one in told["diagnostics"]}


LONG_CELLS = """云州市重点任务清单
序号
一级任务
二级任务
责任单位
完成时限
1
提升审批效能
企业开办时间压缩至0.5个工作日以内
市甲局牵头,市乙局、市丙局配合
2026年6月底
2
〃
工程建设项目审批时限压减至40个工作日以内
市丁局、市审批服务局
2026年9月底
3
降低要素成本
水气报装平均用时不超过3个工作日
市水务局、市城管局
长期
"""


@pytest.mark.parametrize("above", ["", "附件\n", "主题分类:综合政务\n发布日期:2026-03-03\n附件\n"])
def test_cells_as_wide_as_a_line_are_not_joined_where_rows_count_themselves(above: str):
    result = exchange(compile_document(parse(above + LONG_CELLS)))
    assert [(row["article"], row["lead"], row["participants"]) for row in result["duties"]] == [
        ("0", ["市甲局"], ["市乙局", "市丙局"]),
        ("0", ["市丁局", "市审批服务局"], []),
        ("0", ["市水务局", "市城管局"], []),
    ]
    assert [row["deadline"] for row in result["goals"]] == ["2026", "2026", None]


OF_UNITS = "序号 民生实事 责任单位 完成时限 1 启动治理工程。 县甲局 县乙局 县治水指挥部 12月底前 2 新建2座天桥。 县乙局 9月投入使用"


def _led(lines: str) -> list[list[str]]:
    text = "云岭县民生实事任务分解表\n\n" + "\n\n".join(lines.split()) + "\n"
    return [row["lead"] for row in exchange(compile_document(parse(text)))["duties"]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (OF_UNITS, [["县甲局", "县乙局", "县治水指挥部"], ["县乙局"]]),
        (
            f"{OF_UNITS} 3 建设养老楼。 县丙局 5月底前动工 建设老年大学。 12月底前",
            [["县甲局", "县乙局", "县治水指挥部"], ["县乙局"], ["县丙局"], ["县丙局"]],
        ),
        ("序号 工作任务 责任单位 1 建设平台 市甲局 市乙局 2 引进人才 市丙局", [["市甲局", "市乙局"], ["市丙局"]]),
    ],
    ids=["units on lines of their own", "a second task of the same units", "no days"],
)
def test_units_of_a_cell_on_lines_of_their_own(lines: str, expected: list[list[str]]):
    assert _led(lines) == expected


@pytest.mark.parametrize(
    "lines",
    [
        OF_UNITS.replace("县治水指挥部", "另行研究"),
        OF_UNITS.replace("2 新建2座天桥。", "3 新建2座天桥。"),
        OF_UNITS.replace("民生实事", "牵头单位"),
        OF_UNITS.replace("县乙局 县治水", "新建市民中心 县治水"),
    ],
    ids=["no unit", "a number left out", "two columns of units", "work"],
)
def test_units_on_lines_of_their_own_are_told_where_a_line_is_none(lines: str):
    text = "云岭县民生实事任务分解表\n\n" + "\n\n".join(lines.split()) + "\n"
    compiled = compile_document(parse(text))
    assert not exchange(compiled)["duties"]
    assert any(one.code == "table-cells" for one in compiled.diagnostics)


TWO_OF_UNITS = "序号 任务 牵头单位 配合单位 完成时限 1 建平台 市甲局 市乙局 6月底前 2 引人才 市丙局 12月底前 3 扩就业 市丁局 市戊局、市己局 全年"


def test_a_task_without_anybody_beside_its_lead():
    text = "云岭市任务分工表\n\n" + "\n\n".join(TWO_OF_UNITS.split()) + "\n"
    found = exchange(compile_document(parse(text)))["duties"]
    assert [(row["lead"], row["participants"]) for row in found] == [
        (["市甲局"], ["市乙局"]),
        (["市丙局"], []),
        (["市丁局"], ["市戊局", "市己局"]),
    ]


def test_who_leads_is_not_guessed_among_three_lines_of_units():
    lines = TWO_OF_UNITS.replace("2 引人才 市丙局", "2 引人才 市丙局 市庚局 市辛局")
    compiled = compile_document(parse("云岭市任务分工表\n\n" + "\n\n".join(lines.split()) + "\n"))
    assert not exchange(compiled)["duties"]
    assert any(one.code == "table-cells" for one in compiled.diagnostics)
