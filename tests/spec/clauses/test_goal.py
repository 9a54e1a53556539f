"""Goals: what is to be reached, and how a number is read with its name, sign and unit (LANGUAGE 4)."""

import importlib.util
import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.document.reading import parse, read
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange
from luodi.policy.facts import Goal, QualitativeGoal


def found(text: str, heading: str = "主要目标") -> list[Goal]:
    facts = compile_document(parse(f"一、总体要求\n(一){heading}。{text}\n")).facts
    return [fact for fact in facts if isinstance(fact, Goal)]


def goals(text: str, heading: str = "主要目标") -> list[tuple]:
    return [(g.metric, g.op, float(g.value), g.unit, g.deadline) for g in found(text, heading)]


GOALS = [
    ("到2025年,高新技术企业达到1000家。", ("高新技术企业", ">=", 1000, "家", "2025")),
    ("到2025年底,总产值突破5000亿元。", ("总产值", ">=", 5000, "亿元", "2025")),
    ("到“十四五”末,研发投入强度达到3.5%左右。", ("研发投入强度", "~", 3.5, "%", "2025")),
    ("到2025年,建设50所示范学校。", ("建设示范学校", ">=", 50, "所", "2025")),
    ("到2025年,新增上市企业60家以上。", ("新增上市企业", ">=", 60, "家", "2025")),
    ("到2025年,规模以上工业增加值年均增长8%以上。", ("规模以上工业增加值年均增长", "growth>=", 8, "%", "2025")),
    ("到2025年,能耗总量控制在100万吨以内。", ("能耗总量", "<=", 100, "万吨", "2025")),
    ("到2025年,单位能耗下降10%。", ("单位能耗下降", ">=", 10, "%", "2025")),
    ("力争到2027年营业收入翻一番。", ("营业收入", "x", 2, None, "2027")),
    ("到2027年利润翻两番。", ("利润", "x", 4, None, "2027")),
    ("到2022年,实训课时原则上占总课时一半以上。", ("实训课时占总课时", ">=", 0.5, None, "2022")),
    ("到2022年,顶岗时间一般为6个月。", ("顶岗时间", ">=", 6, "个月", "2022")),
    ("每年培育规上企业50家。", ("培育规上企业", ">=", 50, "家", None)),
    ("培育年营业收入超过100亿元的企业5家。", ("培育年营业收入超过100亿元的企业", ">=", 5, "家", None)),
    ("到2025年,登记时间压缩至1个工作日。", ("登记时间", "<=", 1, "个工作日", "2025")),
    ("到2025年,培育超10亿元企业30家。", ("培育超10亿元企业", ">=", 30, "家", "2025")),
    ("到2025年,引进投资3000万美元以上项目10个。", ("引进投资3000万美元以上项目", ">=", 10, "个", "2025")),
    ("到2025年,实际利用外资5亿美元以上。", ("实际利用外资", ">=", 5, "亿美元", "2025")),
    ("到2025年,建成8—10个园区。", ("建成园区", ">=", 8, "个", "2025")),
    ("到2025年,数据中心PUE降到1.25以下。", ("数据中心PUE", "<=", 1.25, None, "2025")),
    ("到2025年,营商指数从2020年的70提高到90。", ("营商指数", ">=", 90, None, "2025")),
    ("到2025年,普及率从2020年的15%提高到56%。", ("普及率", ">=", 56, "%", "2025")),
    ("到2025年,签约服务率≥75%。", ("签约服务率", ">=", 75, "%", "2025")),
]


@pytest.mark.parametrize(("text", "goal"), GOALS)
def test_constructions(text, goal):
    assert goals(text) == [goal]


def test_values_stay_exact_and_as_written():
    (goal,) = found("到2025年,培育1.2万名技能人才。")
    assert (goal.value, goal.unit) == (Fraction(6, 5), "万名")


def test_distributive_nouns_share_verb_and_modifiers():
    assert goals("到2025年,分别创建省级以上示范基地与示范企业10家以上和20家以上,新增民企60家以上。") == [
        ("创建省级以上示范基地", ">=", 10, "家", "2025"),
        ("创建省级以上示范企业", ">=", 20, "家", "2025"),
        ("新增民企", ">=", 60, "家", "2025"),
    ]
    assert [g[0] for g in goals("到2025年,甲设备、乙设备普及率分别超过70%和50%。")] == ["甲设备普及率", "乙设备普及率"]


def test_counts_that_do_not_match_are_reported():
    result = compile_document(parse("一、总体要求\n(一)主要目标。到2025年,满足率分别超过70%和50%。\n"))
    assert not [fact for fact in result.facts if isinstance(fact, Goal)]
    assert [one.code for one in result.diagnostics].count("pairing-unresolved") == 1


def test_every_subject_of_a_common_value():
    assert [g[0] for g in goals("到2025年,机械装备、电子装备国产化率均达到45%。")] == ["机械装备", "电子装备国产化率"]


def test_a_later_number_takes_the_head_noun_of_the_one_before():
    assert goals("到2025年,工业总产值达到500亿元,年均增长12%以上。")[1][:3] == ("工业总产值年均增长", "growth>=", 12)


def test_a_heading_that_names_its_figure_is_one_of_goals():
    text = "三大产业总产值规模达到700亿元,其中,新材料、机器人和数控机床两大产业分别达到200亿元。"
    assert [goal[:3] for goal in goals(text, "达到“7百亿规模”")] == [
        ("三大产业总产值规模", ">=", 700),
        ("新材料", ">=", 200),
        ("机器人和数控机床", ">=", 200),
    ]
    assert goals("大力实施产业计划,出台三项“9条政策”。") == []


def test_one_number_behind_a_list_is_that_of_each():
    text = "到2025年,甲业和乙业分别实现产值超700亿元;甲市、乙市劳动生产率均比周边高20%以上。"
    assert goals(text, "产业布局") == [
        ("甲业产值", ">=", 700, "亿元", "2025"),
        ("乙业产值", ">=", 700, "亿元", "2025"),
        ("甲市", ">=", 20, "%", "2025"),
        ("乙市劳动生产率", ">=", 20, "%", "2025"),
    ]
    text = "到2025年,城乡居民收入分别增长7%、8%左右。旅游收入700亿元,占增加值的12%。"
    assert [goal[:3] for goal in goals(text, "民生改善")] == [
        ("城镇居民收入增长", "~", 7),
        ("农村居民收入增长", "~", 8),
        ("旅游收入", ">=", 700),
        ("旅游收入占增加值的", ">=", 12),
    ]


def test_goals_without_a_number():
    text = "到2025年,建成10个园区;打造成为全国数字产业先导区。力争在重大平台建设等方面率先取得突破。"
    facts = compile_document(parse(f"一、总体要求\n(二)主要目标。{text}\n")).facts
    assert [(f.statement, f.deadline) for f in facts if isinstance(f, QualitativeGoal)] == [
        ("打造成为全国数字产业先导区", "2025"),
        ("力争在重大平台建设等方面率先取得突破", "2025"),
    ]


def test_a_goal_opens_its_own_number():
    source = "一、总体要求\n(一)主要目标。到２０２５年，新增企业 ６０ 家以上。\n"
    document = parse(source)
    (goal,) = [f for f in compile_document(document).facts if isinstance(f, Goal)]
    assert source[goal.span.start : goal.span.end] == "６０ 家以上"
    assert goal.article == "一.(一)"


_WORDS = st.sampled_from(
    [
        "到2025年",
        "2020年底",
        ",",
        "。",
        ";",
        "、",
        "分别",
        "建设",
        "达到",
        "超过",
        "10家",
        "20%以上",
        "一半",
        "翻两番",
        "均",
        "企业",
        "与",
        "和",
        "8—10个",
        "年均增长",
        "力争",
        "的",
        "\n",
        "目标:",
        "至少",
        "占",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=40).map("".join))
def test_any_text_is_read_and_spans_lie_inside(text):
    document = parse("一、主要目标\n" + text)
    for fact in compile_document(document).facts:
        if isinstance(fact, Goal | QualitativeGoal):
            assert 0 <= fact.span.start < fact.span.end <= len(document.text.source)


@pytest.mark.corpus
def test_the_first_policy_and_all_dev_texts(corpus):
    spec = importlib.util.spec_from_file_location("corpus_score", corpus / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    totals = {kind: [0, 0, 0] for kind in ("goals", "goals+")}
    for gold_path in sorted((corpus / "gold").glob("*.json")):
        gold = score.facts(json.loads(gold_path.read_text("utf-8")))
        text = score.facts(exchange(compile_document(read(corpus / "dev" / f"{gold_path.stem}.txt"))))
        for kind, total in totals.items():
            hits, extra, missing = score.compare(kind, text[kind], gold[kind])
            if gold_path.stem.startswith("hangzhou"):
                assert (extra, missing) == ([], [])
            for i, n in enumerate((hits, len(extra), len(missing))):
                total[i] += n
    assert score.f1(*totals["goals"])[2] >= 0.95
    assert score.f1(*totals["goals+"])[2] >= 0.95


def test_numbers_in_words():
    text = "二0一0年,总量达到二十六点一万亿元,城镇化率提高到百分之四十七,人口控制在十三亿六千万人。"
    assert [one[1:] for one in goals(text, "主要目标")] == [
        (">=", 26.1, "万亿元", "2010"),
        (">=", 47, "%", "2010"),
        ("<=", 13.6, "亿人", "2010"),
    ]
    assert goals("会议于上午九点三十分召开,提出三点要求。", "主要目标") == []


def test_growth_told_as_a_rate_and_capacities_of_plants():
    rate = goals("增加值、营业收入、利税总额等三项主要指标分别保持20%以上的增长速度。", "主要目标")
    assert [one[:3] for one in rate] == [(name, "growth>=", 20) for name in ("增加值", "营业收入", "利税总额")]
    assert goals("推进2000万吨/年炼油、26万吨/年丙烯腈等项目。", "主要任务") == []


def test_points_told_with_their_sign_inside_and_two_things_that_both_double():
    assert goals("占比提高2个以上百分点。", "主要目标")[0][1:4] == (">=", 2, "个百分点")
    told = "到2025年,实现高新技术企业数量、高新技术产业产值双倍增。"
    assert [one[1:4] for one in goals(told, "主要目标")] == [("x", 2, None)] * 2
    assert goals("实施高新技术企业双倍增计划,推进企业双倍增。", "主要目标") == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("供餐治理体系更加完善", True),
        ("城乡供水一体化基本实现", True),
        ("供水保障能力全面提升", True),
        ("防灾能力稳步增强", True),
        ("更加注重质量效益", False),
        ("坚持全面提升服务能力", False),
        ("稳步推进各项工作", False),
    ],
)
def test_goals_without_a_number_are_told_of_what_becomes_better(words: str, told: bool):
    paper = f"云州市供水规划\n一、主要目标\n到2030年,供水普及率达到97%。{words}。\n"
    found = [one.statement for one in compile_document(parse(paper)).facts if isinstance(one, QualitativeGoal)]
    assert found == ([words] if told else [])


def test_what_an_item_of_the_aims_is_about_is_no_aim_of_its_own():
    paper = "云州市交通规划\n一、主要目标\n到2030年,铁路里程达到420公里。\n——网络更加完善。新增铁路110公里。\n"
    assert not [one for one in compile_document(parse(paper)).facts if isinstance(one, QualitativeGoal)]
