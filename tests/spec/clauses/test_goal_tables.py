"""Goals of tables: indicators with their years, tasks with how much of each."""

import pytest

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange
from luodi.policy.facts import Goal


def test_a_target_of_a_task_table_is_due_with_its_row():
    rows = "1\t遴选试点20个。\t市工信局\t2026年9月\n2\t建设园区30个。\t市商务局\t持续推进\n"
    facts = compile_document(parse(f"重点任务清单\n序号\t重点任务\t牵头单位\t完成时限\n{rows}")).facts
    assert [one.deadline for one in facts if isinstance(one, Goal)] == ["2026", None]


def test_a_table_of_tasks_behind_an_opinion_sets_out_work():
    rows = "1\t建设救援体系,救援基地达到60个\t市甲局\t2026年底前完成\n2\t完善制度,覆盖率达到95%\t市乙局\t持续推进\n"
    paper = (
        f"云州市关于促进发展的实施意见\n一、意见\n做好工作。\n附件\n分工表\n序号\t重点任务\t责任单位\t时间进度\n{rows}"
    )
    facts = compile_document(parse(paper)).facts
    goals = [(float(one.value), one.deadline) for one in facts if isinstance(one, Goal)]
    assert goals == [(60, "2026"), (95, None)]


def test_indicators_and_their_values_one_a_line_below_the_names_of_their_groups():
    lines = "云州市现代农业发展规划\n主要指标表\n类别\n指标\n2020年实绩\n2025年目标\n一、经济增长\n农业增加值(亿元)\n81.53\n163\n二、农产品供给\n"
    lines += "粮食总产(万吨)\n119.6\n100\n新增造林面积(万亩)(5年新增量)\n28.4\n17.3\n机械化水平(%)\n74%\n82%\n"
    result = exchange(compile_document(parse(lines)))
    assert not result["articles"]
    assert [(one["metric"], one["value"], one["unit"], one["deadline"]) for one in result["goals"]] == [
        ("农业增加值", 163, "亿元", "2025"),
        ("粮食总产", 100, "万吨", "2025"),
        ("新增造林面积", 17.3, "万亩", "2025"),
        ("机械化水平", 82, "%", "2025"),
    ]


PLACES = "县经开区\t150\t320\t60\n甲镇\t30\t62\t12\n"


def test_a_table_sets_each_place_its_targets():
    names = "乡镇(园区)\t2023年产值目标(亿元)\t2027年产值目标(亿元)\t新增规上企业(户)\n"
    paper = f"云州县工业行动方案\n一、目标\n做大做强。\n附件\n目标任务分解表\n{names}{PLACES}"
    told = [one for one in compile_document(parse(paper)).facts if isinstance(one, Goal)]
    assert [(one.metric, float(one.value), one.unit, one.deadline) for one in told][:3] == [
        ("县经开区产值", 150, "亿元", "2023"),
        ("县经开区产值", 320, "亿元", "2027"),
        ("县经开区新增规上企业", 60, "户", None),
    ]
    assert len(told) == 6


def test_a_table_of_what_each_place_is_given_or_had_sets_none():
    given = "乡镇\t2023年任务资金(万元)\t2027年奖补资金(万元)\t新增补助(万元)\n"
    had = "乡镇\t2021年产值(亿元)\t2022年产值(亿元)\t新增规上企业(户)\n"
    for names in (given, had):
        paper = f"云州县工业行动方案\n一、目标\n做大做强。\n附件\n分解表\n{names}{PLACES}"
        assert not [one for one in compile_document(parse(paper)).facts if isinstance(one, Goal)]


def test_a_table_drawn_with_bars_is_read():
    lines = ["表1 主要指标", "序号 | 指标名称 | 单位 | 2020年 | 2025年目标值", "1 | 护理型床位占比 | % | 42 | ≥60"]
    facts = compile_document(parse("\n".join(lines) + "\n2 | 护理员培训 | 万人次 | - | 累计3.5\n")).facts
    told = [(f.metric, f.op, float(f.value), f.unit, f.deadline) for f in facts if isinstance(f, Goal)]
    assert told == [("护理型床位占比", ">=", 60, "%", "2025"), ("护理员培训", ">=", 3.5, "万人次", "2025")]


def test_rows_of_a_table_whose_first_names_are_numbered_are_no_articles():
    rows = "(一)普及行动\t1\t素养水平(%)\t19.8\t≥22\n(二)控烟行动\t2\t吸烟率(%)\t26.6\t<24.5\n"
    names = "领域\t序号\t指标\t基期水平\t2022年目标值\n"
    result = exchange(compile_document(parse(f"一、目标\n到2022年实现以下指标:\n{names}{rows}")))
    assert [one["id"] for one in result["articles"]] == ["一"]
    assert [(one["op"], float(one["value"])) for one in result["goals"]] == [(">=", 22), ("<=", 24.5)]


@pytest.mark.parametrize("mark", ["{}.", "({})", "{}、"])
def test_rows_that_count_in_a_cell_of_their_own_are_no_articles(mark: str):
    numbers = [mark.format("一二"[at] if "(" in mark else at + 1) for at in range(2)]
    rows = f"{numbers[0]}\t建设甲平台\t市甲局\t市乙局\n{numbers[1]}\t建设乙中心\t市丙局\t\n"
    result = exchange(compile_document(parse(f"一、任务\n抓好以下任务:\n序号\t任务\t牵头\t配合\n{rows}")))
    assert [one["id"] for one in result["articles"]] == ["一"]
    assert [(one["lead"], one["participants"]) for one in result["duties"]] == [
        (["市甲局"], ["市乙局"]),
        (["市丙局"], ["市乙局"]),
    ]
    told = exchange(compile_document(parse("一、任务\n1.\t建设甲平台。由市甲局负责。\n2.\t建设乙中心。\n")))
    assert [one["id"] for one in told["articles"]] == ["一", "一.1", "一.2"]


def test_a_table_of_tasks_with_the_figures_of_a_year():
    names = "任务 | 2025年目标 | 牵头处(室) | 配合单位\n"
    rows = "创建产业集群 | 2个 | 规划处 | 市财政局\n培育龙头企业 | 30家 | 产业处 | 各县(区)农业局\n"
    result = exchange(compile_document(parse(f"一、任务\n任务分解表\n{names}{rows}")))
    assert [(one["metric"], one["value"], one["unit"], one["deadline"]) for one in result["goals"]] == [
        ("创建产业集群", 2, "个", "2025"),
        ("培育龙头企业", 30, "家", "2025"),
    ]
    assert [one["lead"] for one in result["duties"]] == [["规划处"], ["产业处"]]


def test_a_table_whose_years_stand_bare():
    names = "项目\t单位\t2023\t2024\t2026\n"
    rows = "床位占比\t%\t52\t58\t65\n服务中心\t个\t120\t180\t300\n"
    text = "云州市人民政府关于印发养老服务三年行动方案的通知\n云政发〔2024〕1号\n一、目标\n抓好落实。\n云州市人民政府\n2024年2月3日\n"
    told = exchange(compile_document(parse(f"{text}附件\n主要指标表\n{names}{rows}")))["goals"]
    assert [(one["metric"], one["value"], one["deadline"]) for one in told] == [
        ("床位占比", 58, "2024"),
        ("床位占比", 65, "2026"),
        ("服务中心", 180, "2024"),
        ("服务中心", 300, "2026"),
    ]
    spent = exchange(compile_document(parse(f"{text}附件\n资金安排表\n{names}{rows}")))["goals"]
    assert spent == []


def test_a_table_of_tasks_says_how_much_of_each_and_by_when():
    names = "序号\t任务(项目)\t责任单位\t目标值\t完成时限\n"
    rows = "1\t建设甲类学校\t省甲厅、省乙厅\t10所\t2023年\n2\t乙类企业\t省丙委\t100家以上\t2022年\n"
    result = exchange(compile_document(parse(f"一、任务\n重点任务一览表\n{names}{rows}")))
    assert [(one["metric"], one["value"], one["unit"], one["deadline"]) for one in result["goals"]] == [
        ("建设甲类学校", 10, "所", "2023"),
        ("乙类企业", 100, "家", "2022"),
    ]
    assert [one["lead"] for one in result["duties"]] == [["省甲厅", "省乙厅"], ["省丙委"]]


def test_a_table_of_tasks_drawn_with_bars_and_blanks_is_read():
    names = "| 序号 | 重点工作 | 具体任务 | 牵头单位 | 配合单位 | 完成时限 |\n| --- | --- | --- | --- | --- | --- |\n"
    rows = "| 一 | 更新设备 | 1.更新老旧电梯300部。 | 市甲局 | 市乙委 | 2025年12月 |\n| | | 2.淘汰柴油货车2000辆。 | 市丙局 | 市丁局 | 2026年6月 |\n"
    result = exchange(compile_document(parse(f"云州市设备更新重点任务分工表\n{names}{rows}")))
    assert [(one["value"], one["deadline"]) for one in result["goals"]] == [(300, "2025"), (2000, "2026")]
    assert [one["lead"] for one in result["duties"]] == [["市甲局"], ["市丙局"]]


def test_names_of_figures_over_a_second_line_of_years_each_keep_their_columns():
    names = "指标\t单位\t基期值\t目标值\t\t责任单位\n\t\t2020年\t2025年\t2030年\t\n"
    rows = "甲类装机容量\t万千瓦\t5.2\t20\t35\t区甲局\n乙类渗透率\t%\t6.1\t≥30\t≥50\t区乙局\n"
    result = exchange(compile_document(parse(f"一、主要目标\n到2030年实现以下目标:\n{names}{rows}")))
    assert [(one["metric"], one["value"], one["deadline"]) for one in result["goals"]] == [
        ("甲类装机容量", 20, "2025"),
        ("甲类装机容量", 35, "2030"),
        ("乙类渗透率", 30, "2025"),
        ("乙类渗透率", 50, "2030"),
    ]
    assert [one["lead"] for one in result["duties"]] == [["区甲局"], ["区乙局"]]


def test_indicators_set_with_blanks_below_the_names_of_their_groups():
    table = "指标类别 指标名称 单位 2020年基数 2025年目标\n投入 甲类投入占比 % 2.31 3.2\n 乙类经费占比 % 3.5 8\n产出 丙类拥有量 件 6.8 16\n"
    facts = compile_document(parse(f"一、主要目标\n“十四五”主要指标\n{table}二、任务\n加强 组织 领导。\n")).facts
    told = [(one.metric, float(one.value), one.unit, one.deadline) for one in facts if isinstance(one, Goal)]
    assert told == [
        ("甲类投入占比", 3.2, "%", "2025"),
        ("乙类经费占比", 8, "%", "2025"),
        ("丙类拥有量", 16, "件", "2025"),
    ]


def test_a_dash_stands_for_no_unit():
    rows = "1\t灌溉水有效利用系数\t—\t0.602\t0.62\t预期性\n2\t新增供水能力\t亿立方米\t[1.2]\t[1.8]\t预期性\n3\t堤防达标率\t%\t79\t88\t约束性\n"
    paper = f"云州市水利规划\n主要指标\n序号\t指标\t单位\t2025年现状\t2030年目标\t属性\n{rows}"
    told = [(float(one.value), one.unit) for one in compile_document(parse(paper)).facts if isinstance(one, Goal)]
    assert told == [(0.62, None), (1.8, "亿立方米"), (88, "%")]


GROUPED = "任务\t牵头领导\t牵头单位\t配合单位\n一、发展\n新建厂房12万平方米\t王某\t市甲局\t市财政局\n新建公园30个\t李某\t市乙局\t市统计局\n二、民生\n新增学位2000个\t张某\t市丙局\t各区政府\n"


def test_groups_between_the_rows_of_a_table_of_tasks_open_no_articles():
    result = exchange(compile_document(parse(f"云州市2026年重点工作任务分解表\n{GROUPED}")))
    assert not result["articles"]
    assert [row["lead"] for row in result["duties"]] == [["市甲局"], ["市乙局"], ["市丙局"]]
    assert [one["value"] for one in result["goals"]] == [12, 30, 2000]


def test_a_heading_above_another_table_of_tasks_is_one():
    names = GROUPED.partition("\n")[0]
    paper = f"云州市2026年重点工作方案\n{GROUPED.replace('二、民生', f'二、民生{chr(10)}{names}')}"
    assert [one["id"] for one in exchange(compile_document(parse(paper)))["articles"]] == ["二"]


def test_an_office_of_statistics_reports_nothing_by_its_name():
    goals = exchange(compile_document(parse("1.新增就业4万人。(市甲局牵头,市统计局配合)\n2.新建学校12所。(市乙局)\n")))[
        "goals"
    ]
    assert [one["value"] for one in goals] == [4, 12]


def test_a_row_of_tasks_without_a_date_takes_none_from_the_row_above():
    rows = "1\t工程审批时限压减至40个工作日以内\t市甲局\t2026年9月底\n2\t新增贷款50亿元\t市乙局\t长期\n3\t新建公园30个\t市丙局\t同上\n4\t案件办理时长缩短10%\t市丁局\t2026年12月\n"
    facts = compile_document(parse(f"云州市重点任务清单\n序号\t任务\t责任单位\t完成时限\n{rows}")).facts
    told = [(float(one.value), one.deadline) for one in facts if isinstance(one, Goal)]
    assert told == [(40, "2026"), (50, None), (30, None), (10, "2026")]
