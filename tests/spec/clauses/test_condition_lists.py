"""Conditions that stand apart from the sums they govern: see ``constructions/condition_lists.yaml``."""

from pathlib import Path

import pytest
import yaml

from luodi.document.reading import parse
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

SECTIONS = yaml.safe_load((Path(__file__).parent / "constructions" / "condition_lists.yaml").read_text("utf-8"))
PAPERS = [paper for section in SECTIONS.values() for paper in section]


def told(row: dict) -> str:
    if row.get("alternatives"):
        return f"({' | '.join(' & '.join(map(told, parts)) for parts in row['alternatives'])})"
    if not row["fact"]:
        return f"~{row['text']}"
    if isinstance(row["value"], bool):
        return f"{'~' if row['value'] else '!'}{row['text']}"
    value = row["value"] if isinstance(row["value"], str | int) else "、".join(row["value"])
    return f"{row['fact']} {row['op']} {value}" + (f" {row['unit']}" if row["unit"] else "")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper["text"][:24])
def test_what_an_award_demands(paper: dict) -> None:
    found = exchange(compile_document(parse(paper["text"])))
    awards = {row["article"]: [told(each) for each in row["conditions"]] for row in reversed(found["benefits"])}
    assert awards == paper["awards"]
    for row in found["benefits"]:
        for each in row["conditions"]:
            assert paper["text"][slice(*each["span"])].startswith(each["text"].partition(";")[0][:4])


def test_a_condition_of_another_article_keeps_its_address_and_what_must_not_hold_is_asked_so() -> None:
    text = PAPERS[3]["text"]
    (rule,) = build(compile_document(parse(text))).rules
    by_text = {each["text"]: each for each in rule["conditions"]}
    refused = by_text["欠缴税款"]
    assert (refused["article"], refused["mode"], refused["test"]["value"]) == ("二.(一).2", "ask", False)
    assert by_text["参展企业"]["article"] == "一.(一)"


def test_two_long_wordings_that_begin_alike_are_two_questions() -> None:
    shared = "申报单位近三年内在本市行政区域范围内"
    text = f"一、申报条件\n(一){shared}没有发生安全事故;\n(二){shared}没有拖欠职工工资。\n二、标准\n给予10万元奖励。\n"
    (rule,) = build(compile_document(parse(text))).rules
    assert len({each["test"]["fact"] for each in rule["conditions"]}) == 2


EACH = {
    "对网络交易规模进行奖励。企业开设的平台年交易额达5亿元、10亿元,分别给予10万元、20万元奖励。": [
        ["~企业开设的平台", "年交易额 >= 50000000000 fen"],
        ["~企业开设的平台", "年交易额 >= 100000000000 fen"],
    ],
    "对面积6000平方米以上、展期不少于3天的展览给予奖补。面积6000平方米—8000平方米、8000平方米—9000平方米的,分别给予20万元、25万元奖补。": [
        ["面积 >= 6000 平方米", "展期天数 >= 3 天", "面积 >= 6000 平方米", "面积 < 8000 平方米"],
        ["面积 >= 6000 平方米", "展期天数 >= 3 天", "面积 >= 8000 平方米", "面积 <= 9000 平方米"],
    ],
    "对首次进入全国前100强、前500强的企业,分别奖励20万元、10万元。": [
        ["首次进入全国排名 <= 100 强"],
        ["首次进入全国排名 <= 500 强"],
    ],
    "企业在境内上市的,分阶段给予奖励:完成股改的奖励100万元,申报被受理的奖励200万元,成功上市的奖励500万元。": [
        ["~完成股改"],
        ["~申报被受理"],
        ["~企业在境内上市", "~成功上市"],
    ],
    "对拟上市的企业,分阶段给予奖励:签订保荐协议的给予50万元,申请获受理的给予150万元。": [
        ["~拟上市的企业", "~签订保荐协议"],
        ["~拟上市的企业", "~申请获受理"],
    ],
    "对在新三板基础层、创新层挂牌的企业,分别奖励10万元、20万元。": [["~在新三板基础层、创新层挂牌的企业"]] * 2,
}


@pytest.mark.parametrize("text", EACH)
def test_what_stages_lead_up_to_is_asked_of_the_last_alone_and_whom_they_are_for_of_all(text: str) -> None:
    found = exchange(compile_document(parse(f"一、奖励\n{text}\n")))
    assert [[told(each) for each in row["conditions"]] for row in found["benefits"]] == EACH[text]


LATER = {
    "对参加重点展会的企业,按展位费的80%给予补助;一般展会,按展位费的50%给予补助。": [],
    "对设备投资额500万元以上的项目,按8%给予补助。其中,列入甲计划的,按10%给予补助。": ["设备投资额 >= 500000000 fen"],
    "对设备投资额500万元以上的项目,按8%给予补助。对列入甲计划的项目,按10%给予补助。": [],
    "经甲局备案的,数量达到150个的,给予2万元;400个以上的,给予5万元。": ["~甲局备案", "数量 >= 400 个"],
    "对开业满1年的旅店,首次评级的,给予2万元;再次评级的,给予1万元。": ["开业年限 >= 1 年", "~旅店", "~再次评级"],
    "对乙类企业的负责人,首次评级的,给予2万元;再次评级的,给予1万元。": ["~乙类企业的负责人", "~再次评级"],
    "对产值增长超过10%、20%且增量分别不低于5000万元、1亿元的企业,分别给予20万元、50万元奖励。": [
        "产值增长 > 20 %",
        "增量 >= 10000000000 fen",
    ],
    "销售收入超10亿元、20亿元,且税收分别超3000万元、6000万元的,分别奖励5万元、9万元。": [
        "销售收入 > 200000000000 fen",
        "税收 > 6000000000 fen",
    ],
    "对旅行社组团30人以上,且住宿1晚的,每人奖励50元;住宿2晚以上的,每人奖励100元。": [
        "旅行社组团 >= 30 人",
        "~住宿2晚以上",
    ],
    "对旅行社组团30人以上,且住宿1晚的,每人奖励50元;包机1架的,奖励1万元。": ["~包机1架"],
    "组织游客30人以上且住宿1晚的,每人奖励30元;住宿2晚以上的,每人奖励50元。": ["组织游客 >= 30 人", "~住宿2晚以上"],
    "对接待30人以上且住宿1晚的旅行社,按每人20元给予奖励;住宿2晚以上的,按每人40元给予奖励。": [
        "接待 >= 30 人",
        "~旅行社",
        "~住宿2晚以上",
    ],
    "旅行社组织30人以上团队来云住宿1晚的,每人奖励30元;住宿2晚及以上的,每人奖励60元。": [
        "旅行社组织 >= 30 人",
        "~住宿2晚及以上",
    ],
    "在云州市住宿一晚,全年达到1000人次以上的,冬春季奖励5元/人次;夏秋季奖励10元/人次。": [
        "~在云州市住宿一晚",
        "全年人次 >= 1000 人次",
    ],
    "对新建酒店的,春季奖励1万元;对新建民宿的,奖励2万元。": ["~新建民宿"],
    "限上批发业销售额增速15%以上且增量5000万元以上的,奖励5万元;零售业增速10%以上且增量1000万元以上的,奖励5万元。": [
        "零售业增速 >= 10 %",
        "增量 >= 1000000000 fen",
    ],
    "对营业收入增速15%以上且利润增速10%以上的企业,奖励5万元;利润增速20%以上的,奖励10万元。": [
        "营业收入增速 >= 15 %",
        "利润增速 >= 20 %",
    ],
    "原创动画作品,在黄金时段首次播出的,每分钟补助1000元,非黄金时段每分钟补助500元。": ["~原创动画作品", "~非黄金时段"],
    "对主城区新建停车场的,每个车位补助5000元,地下车库每个车位补助8000元。": ["~主城区新建停车场"],
    "组织区外游客入云州且一次性每班次达到30人(含)以上奖励1万元、60人(含)以上奖励2万元。": [
        "~组织区外游客入云州",
        "~60人(含)以上",
    ],
    "接待游客1000人次以上,在云州市住宿1晚,并游览1个4A收费景区,奖励15元/人;在云州市住宿2晚,并游览2个4A收费景区,奖励50元/人。": [
        "接待游客人次 >= 1000 人次",
        "~在云州市住宿2晚",
        "~游览2个4A收费景区",
    ],
    "组织游客30人以上,游览景区2个以上并在县内住宿1晚的,每人奖励30元;住宿2晚以上的,每人奖励50元。": [
        "组织游客 >= 30 人",
        "~游览景区2个以上",
        "~住宿2晚以上",
    ],
    "对投资额500万元以上的项目,按8%给予补助,最高100万元,其中:军转民项目补助比例提高到10%。": [
        "投资额 >= 500000000 fen",
        "~军转民项目",
    ],
    "企业购置生产设备,累计投入500万元以上的,按购置额的12%给予补贴;其中进口设备按15%给予补贴。": [
        "~企业购置生产设备",
        "累计投入 >= 500000000 fen",
    ],
    "企业购置生产设备,累计投入500万元以上的,按购置额的12%给予补贴;进口设备按15%给予补贴。": [],
    "企业年销售额首次突破2000万元的,给予10万元;首次突破5000万元的,给予30万元。": [
        "~首次突破",
        "年销售额 >= 5000000000 fen",
    ],
    "对新引进的博士给予5万元补贴;对其首次购房的,给予10万元补贴。": ["~新引进的博士", "~首次购房"],
    "对投资额5000万元以上的技改项目,按10%给予补助。属于数字化改造的,另外奖励20万元。": [
        "投资额 >= 5000000000 fen",
        "~技改项目",
        "~属于数字化改造",
    ],
    "对投资额5000万元以上的技改项目,按10%给予补助。属于数字化改造的,再奖励20万元。": [
        "投资额 >= 5000000000 fen",
        "~技改项目",
        "~属于数字化改造",
    ],
    "对投资额5000万元以上的技改项目,按10%给予补助。对获评标杆的企业,另外奖励20万元。": [],
    "对新引进的博士给予5万元补贴;其他人才给予1万元补贴。": [],
    "对小微企业按利息的30%给予贴息,军工配套企业上浮至50%。": ["~军工配套企业"],
    "对在本市缴纳社保满1年的本科生,每人给予5000元,硕士提高到8000元。": ["社保年限 >= 1 年", "~硕士"],
    "甲类对象标准提高到每人每月800元,乙类对象标准提高到每人每月600元。": [],
    "经甲局备案的展会,给予2万元;鼓励乙局备案的会议,给予1万元。": ["~乙局备案的会议"],
}


@pytest.mark.parametrize("text", LATER)
def test_what_an_earlier_clause_of_the_sentence_demands_of_a_later_one(text: str) -> None:
    found = exchange(compile_document(parse(f"一、奖励\n{text}\n")))
    assert [told(each) for each in found["benefits"][-1]["conditions"]] == LATER[text]


def choices(text: str) -> list[int]:
    """What the cases of the first rule pay, in the order in which they are asked, in 万元."""
    rule = build(compile_document(parse(f"一、奖励\n{text}\n"))).rules[0]
    return [case["amount"]["fixed"]["fen"] // 10**6 for case in rule["amount"]["choose"]]


def test_of_several_tiers_the_strictest_is_asked_first() -> None:
    rising = "面积150亩以上的,给予2万元;面积400亩以上的,给予5万元;面积900亩以上的,给予9万元。"
    assert choices(rising) == [9, 5, 2]
    assert choices("面积900亩以上的,给予9万元;面积400亩以上的,给予5万元。") == [9, 5]
    assert choices("面积150亩至400亩的,给予2万元;面积400亩以上的,给予5万元。") == [2, 5]


def test_a_later_tier_that_names_its_fact_in_short_asks_the_same_question() -> None:
    text = "合作社管理规范,土地入股面积在150亩以上的,给予2万元;入股面积在400亩以上的,给予5万元。"
    pack = build(compile_document(parse(f"一、奖励\n{text}\n")))
    assert [fact["id"] for fact in pack.vocabulary["facts"] if fact["unit"] == "亩"] == ["土地入股面积"]


def test_what_a_sum_for_each_unit_asks_for() -> None:
    text = "对2020年1月1日以后集中连片的农场,按每亩150元给予补助。"
    pack = build(compile_document(parse(f"一、奖励\n{text}\n")))
    assert [fact["words"] for fact in pack.vocabulary["facts"] if fact["unit"] == "亩"] == [["一补助面积（亩）"]]
