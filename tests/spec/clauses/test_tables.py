"""Tables read as parts of a paper: targets by year, awards by grade, tasks by unit; cells that repeat, columns that are none."""

import pytest
from benefit_rows import paid_by
from table_rows import HEAD, asked, benefits, found, goals

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange


def test_targets_by_year_leave_out_what_was_reached():
    assert goals(
        "序号|指标|单位|2023年实际|2025年目标|2027年目标", "1|甲业增加值增速|%|6|7|7.5", "2|乙能耗|吨|9|≤8|≤7"
    ) == [
        ("甲业增加值增速", "growth>=", 7, "%", "2025"),
        ("甲业增加值增速", "growth>=", 7.5, "%", "2027"),
        ("乙能耗", "<=", 8, "吨", "2025"),
        ("乙能耗", "<=", 7, "吨", "2027"),
    ]


def test_signs_brackets_and_years_together_in_a_table_of_a_plan():
    assert goals(
        "类别|指标|单位|2023年|2027年|年均增长(%)|属性",
        "|||基数|目标||",
        "经济|甲业产值|亿元|120|180|8|预期性",
        "|1.乙能耗降低|%|[12]|〔14〕|—|约束性",
        "绿色|丙失业率|%|5.1|<5.5|-|预期性",
        "|其中:丁增速|%|6|7左右|-|预期性",
    ) == [
        ("甲业产值", ">=", 180, "亿元", "2027"),
        ("甲业产值", "growth>=", 8, "%", "2027"),
        ("乙能耗降低", ">=", 14, "%", "2027"),
        ("丙失业率", "<=", 5.5, "%", "2027"),
        ("丁增速", "~", 7, "%", "2027"),
    ]


def test_a_limit_beside_a_share_is_no_key_and_a_stroke_is_none():
    assert benefits("设备投资额|补助比例|最高补助额", "500万元(含)—1000万元|8%|80万元", "1000万元以上|10%|500万元") == [
        ("rate", "500万元(含)—1000万元", 0.08, 800_000),
        ("rate", "1000万元以上", 0.1, 5_000_000),
    ]
    rows = benefits("资质类别|等级|奖励金额", "甲资格|一级|50万元", "甲资格|二级|30万元", "乙认证|/|10万元")
    assert [row[1] for row in rows] == ["一级", "二级", "乙认证"]


def test_names_of_fields_between_bars_are_columns():
    lines = (
        "| 序号 | 政策名称 | 享受条件 | 奖补标准 | 兑现方式 | 主管部门 |",
        "| 1 | 上规奖励 | 首次上规 | 10万元/户 | 免申即享 | 区甲局 |",
        "| 2 | 孵化奖励 | 国家级、市级孵化器 | 100万元、30万元 | 即申即享 | 区乙局 |",
    )
    rows = exchange(compile_document(parse("云泽区惠企政策清单\n" + "\n".join(lines) + "\n完。\n")))["benefits"]
    assert [(row["kind"], row["selector"], row["amount"]) for row in rows] == [
        ("per_unit", None, 100_000),
        ("fixed", "国家级", 1_000_000),
        ("fixed", "市级", 300_000),
    ]


def test_for_how_long_is_no_key():
    rows = found("面积(平方米)|补贴标准(元/平方米·月)|补贴期限", "1000以下|8|2年", "1000以上|10|3年")["benefits"]
    assert [(row["kind"], row["selector"], row["amount"], row["years"]) for row in rows] == [
        ("per_unit", "1000以下(平方米)", 8, 2),
        ("per_unit", "1000以上(平方米)", 10, 3),
    ]


def test_what_is_paid_once_is_told_above_a_table():
    table = ("等级|奖励金额", "一级|50万元", "二级|30万元")
    for words, often in (
        ("对新取得资质的企业,按下列标准给予一次性奖励。", "once"),
        ("对新取得资质的企业给予一次性奖励,标准如下:", "once"),
        ("对新取得资质的企业给予一次性奖励10万元。另按下表给予奖励:", None),
    ):
        rows = found(words, *table)["benefits"]
        assert [row["frequency"] for row in rows if row["amount"] != 100_000] == [often] * 2


@pytest.mark.parametrize(
    "lead",
    [
        "对新认定的创新平台,分别给予一次性奖励,标准见下表:",
        "对新认定的创新平台,分别给予一次性奖励,具体如下表所示。",
        "对新认定的创新平台,分别给予一次性奖励,标准如下表(单位:元)",
    ],
)
def test_a_grid_below_a_promise_is_what_is_paid_and_for_whom(lead):
    rows = found(lead, "序号|类别|国家级|省级|备注", "1|重点实验室|500万元|100万元|", "2|研究中心|300万元|80万元|")[
        "benefits"
    ]
    assert [(row["selector"], row["amount"], row["frequency"]) for row in rows] == [
        ("重点实验室国家级", 5_000_000, "once"),
        ("重点实验室省级", 1_000_000, "once"),
        ("研究中心国家级", 3_000_000, "once"),
        ("研究中心省级", 800_000, "once"),
    ]
    assert {one["text"] for row in rows for one in row["conditions"]} == {"新认定的创新平台"}


def test_numbers_below_a_unit_are_sums_and_what_a_tier_measures_is_none():
    table = "营业收入(亿元)|国家级(万元)|省级(万元)", "1—5|50|20", "5以上|100|50"
    rows = found("对规上企业给予奖励,标准见下表:", *table)["benefits"]
    assert [row["amount"] for row in rows] == [500_000, 200_000, 1_000_000, 500_000]
    assert not benefits("云州市规上企业一览表:", *table)


def test_what_is_added_stands_in_a_column_of_its_own():
    table = "一、奖励标准表\n认定层级\t奖励标准(万元)\t制造业企业另加(万元)\n国家级\t100\t20\n省级\t50\t10\n"
    assert [(one.selector, one.amount // 1000000) for one in paid_by(table)] == [
        ("国家级奖励标准", 100),
        ("国家级制造业企业另加", 20),
        ("省级奖励标准", 50),
        ("省级制造业企业另加", 10),
    ]
    assert paid_by("一、项目表\n名称\t投资额(万元)\t另加(万元)\n甲项目\t100\t20\n乙项目\t50\t10\n") == []


def test_a_sum_for_each_beside_its_maximum():
    rows = found(
        "参展补贴标准见下表:", "展会类型|每个标准展位|最高补贴", "国内展|5000元|5万元", "境外展|10000元|20万元"
    )["benefits"]
    assert [(row["kind"], row["amount"], row["cap"]) for row in rows] == [
        ("per_unit", 5_000, 50_000),
        ("per_unit", 10_000, 200_000),
    ]


def test_the_empty_corner_of_a_grid_shifts_no_sum():
    rows = found("奖励标准如下表:", "|国家级|省级", "新认定|50万元|20万元", "复审通过|20万元|10万元")["benefits"]
    assert [(row["selector"], row["amount"]) for row in rows] == [
        ("新认定国家级", 500_000),
        ("新认定省级", 200_000),
        ("复审通过国家级", 200_000),
        ("复审通过省级", 100_000),
    ]


def test_an_empty_cell_of_a_plain_text_holds_its_place():
    table = "学历|租房补贴|购房补贴", "博士|3000元/月|20万元", "硕士||10万元", "本科|1000元/月|"
    rows = found("补贴标准如下:", *table)["benefits"]
    assert [(row["selector"], row["amount"]) for row in rows] == [
        ("博士租房补贴", 3_000),
        ("博士购房补贴", 200_000),
        ("硕士购房补贴", 100_000),
        ("本科租房补贴", 1_000),
    ]
    spaced = "等级||奖励金额", "一级||50万元", "二级||30万元"
    assert [(row["selector"], row["amount"]) for row in found(*spaced)["benefits"]] == [
        ("一级", 500_000),
        ("二级", 300_000),
    ]


def test_a_row_that_lacks_one_of_several_sums_is_told_and_not_guessed():
    told = found("补贴标准如下:", "学历|租房补贴|购房补贴", "博士|3000元/月|20万元", "硕士|10万元")
    assert [row["selector"] for row in told["benefits"]] == ["博士租房补贴", "博士购房补贴"]
    assert [one["message"][:4] for one in told["diagnostics"] if one["code"] == "table-unread"] == ["“硕士 "]


def test_a_grid_may_have_cells_that_pay_nothing():
    rows = found("奖励标准如下表:", "类别|国家级|省级", "新认定|50万元|—", "复审通过|20万元|10万元")["benefits"]
    assert [(row["selector"], row["amount"]) for row in rows] == [
        ("新认定国家级", 500_000),
        ("复审通过国家级", 200_000),
        ("复审通过省级", 100_000),
    ]


def test_shares_and_cases_in_a_grid():
    lead = "对入驻企业给予房租补贴,标准如下:"
    rows = found(lead, "租赁面积|第一年|第二年", "500平方米以下|100%|80%", "500平方米以上|80%|60%")["benefits"]
    assert [row["rate"] for row in rows] == [1, 0.8, 0.8, 0.6]
    table = "人才层次|奖励金额|备注", "A类|一事一议|顶尖人才", "B类|100-300万元|领军人才"
    assert [row["kind"] for row in found("人才奖励标准:", *table)["benefits"]] == ["case", "range"]


def test_a_promised_table_that_is_not_read_is_told():
    table = "甲|乙|丙", "50万元|市级|30万元", "20万元|县级|10万元"
    codes = {one["code"] for one in found("对获奖企业给予奖励,标准见下表:", *table)["diagnostics"]}
    assert "table-unread" in codes
    assert "table-unread" not in {one["code"] for one in found("收费标准见下表:", *table)["diagnostics"]}


def test_a_card_tells_its_sums_once_and_its_stages_below_their_headline():
    lines = "事项名称:上规奖励", "政策条款:第一条", "政策内容:对首次上规的企业,奖励20万元;次年稳规的,再奖励10万元。"
    assert [row[2] for row in benefits(*lines, "兑现标准:首次上规20万元;次年稳规10万元", "申报条件:在本区注册。")] == [
        200_000,
        100_000,
    ]
    quoted = "政策依据:《某某办法》第一条:首次上规的企业奖励20万元。"
    assert [row[2] for row in benefits(*lines, quoted)] == [200_000, 100_000]
    assert [row[2] for row in benefits("事项名称:上规奖励", quoted)] == [200_000]
    staged = "政策内容:对企业上市分阶段给予奖励,总额最高1000万元。", "兑现标准:"
    stages = "①完成股改:200万元", "②获得受理:300万元", "③成功上市:500万元"
    assert [row[2] for row in benefits(*staged, *stages)] == [2_000_000, 3_000_000, 5_000_000]
    assert {row["article"] for row in found(*lines)["benefits"]} == {"一"}


def test_cells_below_a_group_and_what_is_compared_with_a_year():
    rows = goals(
        "领域|指标|2023年|2027年",
        "健康|甲病死亡率(‰)|8.1(2022年)|5.0",
        "乙病死亡率(%)|19.1(2022年)|比2023年降低30%",
        "丙支付比例(每年,%)|85|保持稳定",
        "丁比例(每年,%)|70|75左右",
    )
    assert rows == [
        ("甲病死亡率", ">=", 5, "‰", "2027"),
        ("乙病死亡率降低", ">=", 30, "%", "2027"),
        ("丁比例", "~", 75, "%", "2027"),
    ]


def test_numbered_names_are_rows_and_what_a_sentence_repeats_is_told_once():
    rows = found(
        "到2027年,甲占比达到10%。",
        "指标|2027年目标值",
        "1.甲占比|达到10%",
        "2.乙床位总量|达到90万张以上",
        "3.丙人数|保持1人以上",
    )
    assert [article["id"] for article in rows["articles"]] == ["一"]
    told = [(row["metric"], row["value"], row["unit"]) for row in rows["goals"]]
    assert told == [("甲占比", 10, "%"), ("乙床位总量", 90, "万张"), ("丙人数", 1, "人")]


def test_a_unit_may_stand_in_the_cell_or_the_name():
    rows = goals("指标名称|目标值", "培育甲企业(家)|100", "建设乙基地|20个以上", "丙覆盖率|95%左右")
    assert [row[1:4] for row in rows] == [(">=", 100, "家"), (">=", 20, "个"), ("~", 95, "%")]


def test_no_target_is_read_from_words_or_other_columns():
    assert goals("指标|目标值|牵头单位", "服务体系|基本建成|市甲局", "满意度|稳步提升|市乙局") == []


def test_awards_by_grade_with_the_unit_in_name_caption_or_cell():
    by_name = benefits("奖项|等级|奖励金额(万元)", "甲赛|一等奖|50", "〃|二等奖|30")
    assert by_name == [("fixed", "一等奖", 500000, None), ("fixed", "二等奖", 300000, None)]
    assert benefits("单位:万元", "等级|奖励金额", "一等奖|50") == [("fixed", "一等奖", 500000, None)]
    assert benefits("等级|奖励金额", "一等奖|50万") == [("fixed", "一等奖", 500000, None)]
    assert benefits("层次|补贴标准", "A类|100万元", "B类|最高60万元", "C类|10万元—20万元", "D类|投入的30%") == [
        ("fixed", "A类", 1000000, None),
        ("capped", "B类", None, 600000),
        ("range", "C类", 100000, 200000),
        ("rate", "D类", 0.3, None),
    ]


def test_the_maximum_in_a_column_beside_a_share_bounds_it():
    bounded = benefits("档次|补助比例|最高补助金额", "第一档|8%|80万元", "第二档|10%|400万元")
    assert bounded == [("rate", "第一档", 0.08, 800000), ("rate", "第二档", 0.1, 4000000)]
    # without a share the maximum is what is paid
    assert benefits("级别|最高补助金额", "国家级|80万元") == [("capped", "国家级", None, 800000)]


@pytest.mark.parametrize("row", ["一等奖|50", "一等奖|若干", "一等奖|"])
def test_a_sum_without_a_unit_is_no_award(row: str):
    assert benefits("等级|奖励名额", row) == [] and benefits("等级|奖励标准", row) == []


def test_columns_that_tell_how_often_and_how_long_a_table_pays():
    def times(*lines: str) -> list[tuple]:
        rows = found(*lines)["benefits"]
        return [(row["amount"], row["frequency"], row["years"]) for row in rows]

    assert times(
        "项目类别|补助标准(万元)|拨付方式", "甲项目|100|分两年", "乙项目|50|一次性拨付", "丙项目|20|连续3年"
    ) == [
        (1000000, None, 2),
        (500000, "once", None),
        (200000, "annual", 3),
    ]
    in_words = ("类别|资助标准|资助方式", "A类|给予100万元安家费|一次性", "B类|每月给予2000元租房补贴|期限不超过3年")
    assert sorted(times(*in_words)) == [(2000, "monthly", 3), (1000000, "once", None)]
    # how long somebody must stay, when to apply: not when a sum is paid
    assert times("类别|补助标准(万元)|服务年限|申报时间", "甲|100|5年|每年3月", "乙|50|3年|每年3月") == [
        (1000000, None, None),
        (500000, None, None),
    ]


@pytest.mark.parametrize(
    ("below", "years"),
    [
        ("奖励资金分两年兑现,认定当年兑现60%,次年复核合格后兑现40%。", 2),
        ("上述奖励分三年拨付。", 3),
        ("安家补贴分五年发放。", None),  # of another payment
        ("对引进的博士给予补贴10万元,分5年发放。", None),
        ("项目分两年实施。", None),
    ],
)
def test_a_paragraph_below_a_table_tells_over_which_years_it_is_paid_out(below: str, years: int | None):
    rows = found("类别|奖励金额(万元)", "国家级|100", "省级|50", below)["benefits"]
    assert [row["years"] for row in rows[:2]] == [years, years]


@pytest.mark.parametrize("remarks", [("", ""), ("按年", ""), ("", "按年")])
def test_a_row_whose_last_cell_is_empty_keeps_its_others_in_place(remarks: tuple[str, str]):
    rows = benefits("类别|奖励金额(万元)|备注", f"国家级|100|{remarks[0]}", f"省级|50|{remarks[1]}")
    assert rows == [("fixed", "国家级", 1000000, None), ("fixed", "省级", 500000, None)]


def test_rows_parted_by_single_blanks_are_a_table_where_a_column_holds_sums():
    rows = found("二、生活补贴", "类别 标准 发放方式", "博士 每月3000元 按月发放", "硕士 每月1500元 按月发放")[
        "benefits"
    ]
    assert [(row["selector"], row["amount"], row["frequency"]) for row in rows] == [
        ("博士", 3000, "monthly"),
        ("硕士", 1500, "monthly"),
    ]
    assert benefits("二、适用范围", "类别 标准 发放方式", "博士 每月3000元 按月发放", "硕士 每月1500元 按月发放") == []


def test_names_and_sums_on_lines_without_marks_are_items_of_a_list():
    lines = ("A类人才 给予100万元安家补贴", "B类人才 给予50万元安家补贴", "C类人才 给予20万元安家补贴")
    assert [row[1:3] for row in benefits("二、安家补贴", *lines)] == [
        ("A类人才", 1000000),
        ("B类人才", 500000),
        ("C类人才", 200000),
    ]


def test_a_list_of_policies_tells_several_awards_in_a_cell():
    rows = benefits(
        "序号|政策名称|支持标准|申报条件",
        "1|甲企业培育奖励|首次升规的一次性奖励8万元;连续两年在库的再奖励3万元|年收入2000万元以上",
        "2|乙改造补助|按软硬件投入的15%给予补助,最高150万元|投入不低于90万元",
        "3|丙工厂奖励|国家级60万元,省级25万元|/",
    )
    assert rows == [
        ("fixed", "首次升规", 80000, None),
        ("fixed", "连续两年在库", 30000, None),
        ("rate", "软硬件投入", 0.15, 1500000),
        ("fixed", "国家级", 600000, None),
        ("fixed", "省级", 250000, None),
    ]


def test_the_sums_of_a_cell_take_their_keys_from_whom_its_row_is_for():
    assert benefits(
        "序号|政策名称|支持对象|支持标准",
        "1|入规奖励|首次入规的企业|一次性奖励10万元",
        "2|高企奖励|新认定、重新认定的高企|分别奖励20万元、5万元",
        "3|质量奖励|获中国质量奖、省长质量奖的企业|100万元、50万元",
        "4|贷款贴息|小微企业|按贷款利息的30%贴息，单户最高10万元",
        "5|其他奖励|各类企业|8万元、5万元",
    ) == [
        ("fixed", None, 100000, None),
        ("fixed", "中国质量奖", 1000000, None),
        ("fixed", "省长质量奖", 500000, None),
        ("interest", None, 0.3, 100000),
        ("fixed", "新认定", 200000, None),
        ("fixed", "重新认定", 50000, None),
    ]


def test_a_table_of_policies_is_no_card():
    text = "云泽县惠企政策一览表\n政策名称\t支持对象\t支持标准\n入规奖励\t首次入规的企业\t一次性奖励10万元\n"
    told = exchange(compile_document(parse(text)))
    assert told["title"] == "云泽县惠企政策一览表"
    assert [(row["amount"], row["frequency"]) for row in told["benefits"]] == [(100000, "once")]


def test_conditions_in_a_table_of_awards_are_no_goals():
    rows = "类别|条件|奖补标准", "甲引客|组织游客过夜20人以上|50元/人", "乙民宿|新建客房15间以上|5万元"
    told = found(*rows)
    assert [row["selector"] for row in told["benefits"]] == ["甲引客", "乙民宿"] and not told["goals"]


def test_a_row_demands_what_its_cells_of_conditions_say_and_its_tier():
    assert asked("营业收入(亿元)|奖励金额(万元)", "1(含)—5|20", "5(含)以上|50") == [
        ["营业收入>=10000000000", "营业收入<50000000000"],
        ["营业收入>=50000000000"],
    ]
    assert asked("星级|评定分数|奖励(元)", "五星|90分以上|500", "四星|80—89分|300") == [
        ["评定分数>=90", "五星"],
        ["评定分数>=80", "评定分数<=89", "四星"],
    ]
    assert asked("类别|申报条件|标准(万元)", "甲|研发投入100万元以上,成立3年以内|20", "乙|首次纳入规上统计|10") == [
        ["研发投入>=100000000", "成立年限<=3", "甲"],
        ["首次纳入规上统计"],
    ]
    policies = (
        "政策名称|支持对象|支持标准",
        "甲奖励|科技型中小企业|按投入的10%给予补助,最高30万元",
        "乙奖励|企业|10万元",
    )
    assert asked(*policies) == [[], ["科技型中小企业"]]


def test_rows_that_count_themselves_are_not_cut_short():
    lead, names = "按下表奖励:", ["序号", "平台", "级别", "奖励(万元)"]
    merged = ["1", "甲平台", "国家级", "50", "2", "省级", "20", "3", "乙平台", "国家级", "30"]
    assert [row[1:3] for row in benefits(lead, *names, *merged)] == [
        ("甲平台国家级", 500000),
        ("甲平台省级", 200000),
        ("乙平台国家级", 300000),
    ]
    longer = ["1", "甲平台", "国家级", "50", "2", "乙平台", "国家级", "复核", "20", "3", "丙平台", "省级", "30"]
    told = found(lead, *names, *longer)
    assert not told["benefits"] and "table-cells" in {one["code"] for one in told["diagnostics"]}


def test_a_remark_may_tell_how_often_a_sum_is_paid():
    rows = found("类别|奖励标准|备注", "甲|200万元|一次性", "乙|50万元|每年", "丙|20万元|一次性认定")["benefits"]
    assert [row["frequency"] for row in rows] == ["once", "annual", None]


def test_a_list_below_a_sentence_on_awards_and_its_own_title_pays_nothing():
    lines = (
        "对入选企业给予奖励。",
        "入选企业基本情况",
        "单位:万元",
        "企业名称|营业收入|利润",
        "甲公司|500|20",
        "乙公司|300|10",
    )
    assert found(*lines)["benefits"] == []


def test_tasks_with_repeated_cells():
    rows = found("任务|牵头单位|配合单位|完成时限", "建甲|市甲局|市乙局、市丙局|2025年底", "建乙|市丁局|同上|2026年底")[
        "duties"
    ]
    assert [(row["lead"], row["participants"]) for row in rows] == [
        (["市甲局"], ["市乙局", "市丙局"]),
        (["市丁局"], ["市乙局", "市丙局"]),
    ]


def test_every_cell_is_quoted_by_its_span():
    text = HEAD + "指标\t目标值\n甲企业(家)\t120\n完。\n"
    (goal,) = exchange(compile_document(parse(text)))["goals"]
    assert text[slice(*goal["span"])] == "120"


def test_a_long_cell_is_read_as_words():
    stock = "设立1亿元规模的补偿资金,对提供担保的机构,按年度担保额的1.5%给予补贴。"
    case = "固定资产投资3亿元以上的重大项目,在享受上款支持的基础上,实行“一事一议”。"
    rows = found("序号|事项|支持标准", f"1|担保|{stock}", f"2|重大项目|{case}", "3|展会|奖励5万元")["benefits"]
    assert [(row["kind"], row["amount"] or row["rate"]) for row in rows] == [
        ("fixed", 50000),
        ("rate", 0.015),
        ("case", None),
    ]


def test_levels_alone_go_on_with_what_the_paragraph_before_pays():
    lines = [
        "国家级龙头企业奖励50万元。",
        "示范社。国家级示范社10万元、省级示范社5万元。",
        "国家级、省级工坊8万元、4万元。",
    ]
    assert [row[2] for row in benefits(*lines)] == [500000, 100000, 50000, 80000, 40000]
    assert not benefits("推进示范创建。", *lines[1:])


def test_several_sums_on_lines_of_one_cell_are_items():
    cell = "首次认定：100万元{}复核通过：50万元"
    wrapped = "按投入的30%{}最高100万元", "奖励每家企业50万元{}，分两年兑现"
    for line_end in ("<br>", "</p><p>", "<br/>\n"):
        rows = f"<tr><td>类别</td><td>奖励标准</td></tr><tr><td>甲类</td><td><p>{cell.format(line_end)}</p></td></tr>"
        page = parse(f"<p>一、奖励</p><table>{rows}<tr><td>乙类</td><td>20万元</td></tr></table>")
        paid = [(row["selector"], row["amount"]) for row in exchange(compile_document(page))["benefits"]]
        assert sorted(paid) == [("乙类", 200000), ("复核通过", 500000), ("首次认定", 1000000)]
        for words in wrapped:
            page = parse(f"<table>{rows.replace(cell.format(line_end), words.format(line_end))}</table>")
            assert ";" not in page.clean


def test_a_promise_of_a_table_below_which_nothing_is_read_is_told():
    lines = ["平台类型 级别 奖励(万元)", "甲实验室 国家级 50", "省级 20", "乙中心 国家级 30"]
    for lead in ("对认定的平台给予奖励,标准如下:", "甲类补贴标准", "按以下标准给予一次性奖励:"):
        told = found(lead, *lines)
        assert not told["benefits"] and "table-unread" in {one["code"] for one in told["diagnostics"]}
    read = found("对认定的平台给予奖励,标准如下:", "甲类 每家奖励50万元", "乙类 每家奖励20万元", "丙类 每家奖励10万元")
    assert read["benefits"] and "table-unread" not in {one["code"] for one in read["diagnostics"]}
    for lead in ("收费标准如下:", "二、奖励对象"):
        assert "table-unread" not in {one["code"] for one in found(lead, *lines)["diagnostics"]}


def test_short_lines_are_no_table():
    lines = ["市甲局", "市乙局", "等级", "云州市人民政府", "2024年3月1日", "附件", "任务清单", "名单"]
    assert "table-cells" not in {one.code for one in compile_document(parse(HEAD + "\n".join(lines))).diagnostics}


def test_standards_in_columns_set_with_spaces():
    lines = ["高龄津贴", "年龄        标准(元/人·月)", "80—89周岁        100", "90周岁及以上        300"]
    assert benefits(*lines) == [("per_unit", "80—89周岁", 100, None), ("per_unit", "90周岁及以上", 300, None)]


def test_two_columns_of_which_one_pays():
    lines = ["票房奖励", "票房(亿元)|奖励金额(万元)", "0.5(含)—1|20", "1(含)以上|60"]
    assert benefits(*lines) == [("fixed", "0.5(含)—1亿元", 200000, None), ("fixed", "1(含)以上(亿元)", 600000, None)]


def test_columns_parted_by_single_blanks_below_the_name_of_a_payment():
    lines = [
        "参展扶持:",
        "展会类别 标准展位(9㎡) 特装展位",
        "境外展会 2万元/个 4000元/㎡",
        "境内展会 8000元/个 900元/㎡",
    ]
    assert benefits(*lines) == [
        ("per_unit", "境外展会标准展位", 20000, None),
        ("per_unit", "境外展会特装展位", 4000, None),
        ("per_unit", "境内展会标准展位", 8000, None),
        ("per_unit", "境内展会特装展位", 900, None),
    ]
    assert not benefits("参展收费:", *lines[1:])


@pytest.mark.parametrize(
    ("line", "whom"),
    [
        ("二、对首次达到一定规模的工业企业,给予一次性奖励,标准如下表:", "工业企业"),
        ("二、支持提升。对新引进的人才,给予补贴,标准见下表。", "人才"),
        ("二、奖励标准如下表:", None),
        ("二、对企业要加强服务。奖励标准如下表:", None),
    ],
)
def test_whom_a_table_is_for_is_named_by_the_sentence_that_it_goes_on_with(line: str, whom: str | None) -> None:
    rows = found(line, "级别|奖励金额（万元）", "国家级|100", "省级|50")["benefits"]
    assert [row["recipient"] for row in rows] == [whom, whom]
