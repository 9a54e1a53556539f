"""Numbers that are no goals: conditions, sizes, the past (LANGUAGE 4.2)."""

import pytest
from test_goal import goals

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.facts import Goal


def test_the_size_of_what_is_to_come_into_being_is_no_goal():
    text = "到2025年,产值过100亿元的企业达3家,产值过1000亿元的企业实现“破零”。"
    assert [goal[1:4] for goal in goals(text)] == [(">=", 3, "家")]


NO_GOALS = [
    ("到2025年,体系进一步完善。前三季度完成增加值900亿元,同比增长7%。", "生态产业"),
    ("到2025年,体系基本形成。截至2023年底,建成园区12个,普及率达到70%。", "建设园区"),
    ("工业增加值增长8%,新建园区12个。", "2023年计划执行情况"),
    ("到2025年,体系基本形成。三年内年销售收入首次突破3000万元的,给予30%的补助,每年不超过20万元。", "支持研发"),
    ("近三年新增企业2000家。到2025年,实施四个方面十二个指标的考核。", "工作基础"),
    ("重点发展5—10万千瓦功率等级的燃气轮机、4K以上超高清、8—12万立方米以上空分设备。", "装备领域"),
    ("对固定资产投资达到1000万元以上的,给予10万元奖励。", "支持投资"),
    ("2018—2021年累计安排资金不低于30亿元。", "加大投入"),
    ("设立规模不低于1亿元的引导资金。", "财政支持"),
    ("近5年来,年均节水量约35亿立方米,已建成20个基地。", "工作基础"),
    ("每年召开两次会议,每5年修订1次目录。", "工作机制"),
    ("每年安排最高100万元经费。", "平台服务"),
    ("骗取资金的,追回资金,5年内不再受理申请;构成违法的,依法处2万元以上6万元以下罚款。", "监督检查"),
    ("实施“倍增计划”和“新智造100”工程。", "推动升级"),
    ("教师每年至少1个月到企业实训。", "队伍建设"),
    ("注册资本应在1000万元以上,投资企业不少于5家。", "申报条件"),
    ("从2019年开始,启动制度试点。", "试点工作"),
    ("在30日内制定实施办法。", "组织实施"),
]


@pytest.mark.parametrize(("text", "heading"), NO_GOALS)
def test_what_is_no_goal(text, heading):
    assert goals(text, heading) == []


def test_a_report_without_a_title_tells_the_past_until_it_turns():
    done = "去年以来,我局落实部署,工作取得新成效。\n一、项目建设\n建成标准厂房12万平方米,新增规上企业35家。\n"
    done += "二、营商环境\n全年新增市场主体3万户,网办率达到98%。\n"
    assert not [f for f in compile_document(parse(done)).facts if isinstance(f, Goal)]
    ahead = compile_document(parse(done + "下一步,我局将继续努力。\n三、重点工作\n力争建成充电站20座。\n"))
    assert [(f.metric, f.value) for f in ahead.facts if isinstance(f, Goal)] == [("建成充电站", 20)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("消费者满意度达到90分以上,完成家电换新60万台、家装焕新1万单。", [(90, "分"), (60, "万台"), (1, "万单")]),
        ("满意度得分不低于60分的通报批评。", []),
        ("推动贷款余额增长12%以上,发放贷款不少于15亿元,对甲类企业给予不超过2%的贴息支持。", [(12, "%"), (15, "亿元")]),
        ("年产值增长12%以上的,对企业给予20万元奖励。", []),
        ("引进首店60家(其中全国首店、区域首店10家)。", [(60, "家"), (10, "家")]),
        ("入境游客增长25%,接待游客翻一番。", [(25, "%"), (2, None)]),
    ],
)
def test_scores_and_things_of_a_work_plan_and_what_stands_beside_an_award(text: str, expected: list[tuple]):
    facts = compile_document(parse(f"云州市提振消费2025年工作要点\n一、重点工作\n(一)促进消费。{text}\n")).facts
    assert [(float(one.value), one.unit) for one in facts if isinstance(one, Goal)] == expected


@pytest.mark.parametrize(
    ("heading", "count"),
    [("存在的主要问题", 0), ("主要问题和困难", 0), ("着力解决存在的问题", 1)],
    ids=lambda one: str(one),
)
def test_a_chapter_of_troubles_sets_no_aims(heading: str, count: int):
    text = f"云州市甲局2025年工作要点\n一、{heading}\n五十岁以上人员占比达到63%。\n"
    assert len([fact for fact in compile_document(parse(text)).facts if isinstance(fact, Goal)]) == count


REPORTS = [
    (
        "据市统计局初步核算,2017年甲类经济增加值达到7300亿元,占比48.8%。\n甲类经济增长明显加快,增速高出平均2.5个百分点,推动作用超过50%。\n",
        [],
    ),
    (
        "会上指出,过去一年,全区实现产值701亿元。\n高标准完成99个提升工程,新增甲类企业1543家,引进项目260个。\n今年,力争新增甲类企业1600家。\n",
        [(1600, None)],
    ),
    (
        "2017年底,全县森林覆盖率达66.5%,林业总产值达35亿元。\n今年,全县将着力推进国土绿化。\n全年完成营造林任务12万亩以上。\n",
        [(12, None)],
    ),
    ("到2026年,城市内涝治理取得明显成效,绿化覆盖率超过43%。\n", [(43, "2026")]),
    (
        "据介绍,10年来,全省加快推进灌区建设,新增灌溉面积约3.6万亩,自来水普及率达到90%。到2026年,普及率达到95%。\n",
        [(95, "2026")],
    ),
    (
        "较好地完成了人大会议确定的目标任务。预计实现生产总值391亿元,增长8.6%,固定资产投资增长13.5%。\n今年,力争固定资产投资增长9%。\n",
        [(9, None)],
    ),
    ("元至6月,完成投资6858万元,同比增长44.7%。重点项目82个,计划投资总额33165万元,累计完成投资10373万元。\n", []),
    ("今年以来,新增甲类企业60家。\n一、建设甲基地\n到2026年,新增甲类企业20家。\n", [(20, "2026")]),
]


@pytest.mark.parametrize(("text", "told"), REPORTS)
def test_what_news_reports_until_it_turns_to_what_is_to_come_is_no_goal(text, told):
    found = [fact for fact in compile_document(parse(text)).facts if isinstance(fact, Goal)]
    assert [(goal.value, goal.deadline) for goal in found] == told


HEADLINES = [
    ("云州:到2026年甲类集群产值达到50亿元\n方案提出,到2026年,甲类集群产值达到50亿元,企业超过20家。\n", [50, 20]),
    ("云州:到2026年甲类集群产值达到50亿元\n方案提出,到2026年,乙类企业超过20家。\n", [50, 20]),
    ("主要目标\n培育甲类企业50家\n培育乙类项目50个\n", [50, 50]),
]


@pytest.mark.parametrize(("text", "values"), HEADLINES)
def test_a_headline_tells_no_goal_that_the_paragraph_below_tells(text, values):
    found = [fact for fact in compile_document(parse(text)).facts if isinstance(fact, Goal)]
    assert [goal.value for goal in found] == values


def test_an_aim_of_a_plan_that_was_reached_turns_no_report():
    news = "全市去年全面完成了“十五”计划确定的主要目标,生产总值达到404亿元,到2005年的出口约20亿元。\n今后五年,生产总值年均增长8%。\n"
    told = [(one.metric, one.deadline) for one in compile_document(parse(news)).facts if isinstance(one, Goal)]
    assert told == [("生产总值年均增长", None)]


def test_what_is_to_be_avoided_what_was_not_reached_and_for_how_many_a_rate_is_told():
    assert goals("到2010年,避免发生一次死亡10人以上特大事故。", "主要目标") == []
    assert [one[1:3] for one in goals("到2010年,企业从业人员10万人死亡率控制在1.88以下。", "主要目标")] == [
        ("<=", 1.88)
    ]
    assert goals("未完成下降5.26%的目标,仍未达到5%的预期目标。", "主要目标") == []


def test_what_was_reached_since_a_year():
    since = "2018年以来,各地持续开展攻坚行动,空气质量改善明显,2019-2020年秋冬季,平均浓度下降22%,重污染天数下降79%。"
    assert goals(f"到2021年,优良天数比例达到80%。{since}", "攻坚行动")[0][1:4] == (">=", 80, "%")
    assert len(goals(f"到2021年,优良天数比例达到80%。{since}", "攻坚行动")) == 1


UNTIL = {
    "截至2026年底,甲类企业达到80家。": ["2026"],
    "截至2026年底,建成甲园区8个,产值突破100亿元。": ["2026", "2026"],
    "截至2023年底,甲类企业达到80家。": [],
    "截至2026年底,已有甲类企业80家。": [],
}


@pytest.mark.parametrize("told", UNTIL)
def test_a_year_still_to_come_bounds_what_is_to_be_reached_until_then(told):
    text = f"云州市人民政府关于加快发展的意见\n云政发〔2024〕3号\n一、主要目标\n{told}\n云州市人民政府\n2024年3月1日\n"
    found = [fact for fact in compile_document(parse(text)).facts if isinstance(fact, Goal)]
    assert [goal.deadline for goal in found] == UNTIL[told]
