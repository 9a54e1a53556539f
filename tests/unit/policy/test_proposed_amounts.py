"""What triggers a proposed rule, in which grades, of what a share is taken, and how much of a measure is paid for."""

import pytest

from luodi.document.reading import parse
from luodi.policy.build import build
from luodi.policy.compile import compile_document


def rules(words: str) -> list[dict]:
    return list(build(compile_document(parse(f"云岭市促进创新若干措施\n第一条 {words}\n"))).rules)


def events(rule: dict) -> list[str]:
    return rule["trigger"]["events"] if rule["trigger"] else []


def graded(rule: dict) -> dict[str, int]:
    return {grade: paid["fen"] // 1_000_000 for grade, paid in rule["amount"]["by_grade"].items()}


def test_names_of_a_list_without_a_common_word_are_events_of_their_own():
    (rule,) = rules("对首次取得武器装备科研生产许可、装备承制单位资格的企业,分别给予50万元、30万元奖励。")
    assert events(rule) == ["武器装备科研生产许可", "装备承制单位资格"]
    assert [each["when"]["value"] for each in rule["amount"]["choose"]] == events(rule)
    (rule,) = rules("取得运营合格证、科研生产单位保密资格的企业,分别给予5万元、20万元奖励。")
    assert events(rule) == ["运营合格证", "科研生产单位保密资格"]
    (rule,) = rules("主导制定国际标准、国家标准(国家军用标准)、行业标准的,分别奖励100万元、50万元、20万元。")
    assert events(rule) == ["国际标准", "国家标准", "行业标准"]


@pytest.mark.parametrize(
    "words",
    [
        "对获评国家级技术中心的给予100万元、省级的50万元、市级的20万元。",
        "对获评国家级技术中心的奖励100万元,省级的50万元,市级的20万元。",
        "对新认定的国家级、省级、市级技术中心,分别奖励100万元、50万元、20万元。",
    ],
)
def test_the_level_is_a_grade_of_the_event_however_it_is_told(words):
    (rule,) = rules(words)
    assert events(rule) == ["技术中心"]
    assert graded(rule) == {"国家级": 100, "省级": 50, "市级": 20}


@pytest.mark.parametrize(
    ("words", "event", "paid"),
    [
        ("取得二级保密资格的奖励30万元,三级的奖励20万元。", "保密资格", {"二级": 30, "三级": 20}),
        ("取得承制单位资格A类的奖励50万元、B类的奖励30万元。", "承制单位资格", {"A类": 50, "B类": 30}),
    ],
)
def test_a_grade_before_or_behind_the_name_is_a_grade_of_the_event(words, event, paid):
    (rule,) = rules(words)
    assert (events(rule), graded(rule)) == ([event], paid)


def test_the_last_of_a_list_of_levels_carries_what_all_are():
    (rule,) = rules("新认定国家、省、云州市企业技术中心的,分别奖励200万元、50万元、10万元。")
    assert events(rule) == ["企业技术中心"]
    (rule,) = rules("对新获评国家重点、省重点、市级农业龙头企业的,分别奖励50万元、30万元、10万元。")
    assert events(rule) == ["农业龙头企业"]


@pytest.mark.parametrize(
    "words",
    ["期满再次通过认定的,奖励10万元。", "自愿性清洁生产审核通过验收的,奖励5万元。", "重新认定通过的,给予10万元奖励。"],
)
def test_that_something_was_passed_is_asked_and_no_event(words):
    (rule,) = rules(words)
    assert events(rule) == [] and len(rule["conditions"]) == 1


def test_one_who_has_both_is_asked_which_where_each_firm_is_paid_once():
    (rule,) = rules("新建院士工作站、博士后工作站的,每家分别奖励50万元、30万元。")
    assert "sum" not in rule["amount"]


def test_a_second_title_by_the_keys_of_the_first_is_a_rule_of_its_own():
    first, second = rules("新认定的国家级、省级孵化器分别奖励100万元、50万元;众创空间分别奖励50万元、30万元。")
    assert (events(first), events(second)) == (["孵化器"], ["众创空间"])
    assert (graded(first), graded(second)) == ({"国家级": 100, "省级": 50}, {"国家级": 50, "省级": 30})


def test_a_title_and_the_grade_of_a_review_are_two_awards():
    made = rules("对国家备案众创空间给予50万元奖励;对考核为A类、B类的孵化器分别给予30万元、15万元奖励。")
    assert len(made) == 2


def test_what_lies_within_the_province_is_no_part_of_the_event():
    (rule,) = rules("经认定为国际、国内、省内首台(套)重大技术装备的,分别奖励100万元、50万元、20万元。")
    assert events(rule) == ["首台(套)重大技术装备"]
    assert graded(rule) == {"国际": 100, "国内": 50, "省内": 20}


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ("对上一年度研发费用增量部分给予20%补贴。", "上一年度研发费用增量部分"),
        ("企业参加展会的,展位费全额补贴。", "展位费"),
        ("对租用厂房的企业,前三年租金全额补贴。", "前三年租金"),
        ("对企业设备投入给予30%补贴。", "设备投入"),
    ],
)
def test_of_what_a_share_is_taken_may_stand_before_the_giving(words, base):
    (rule,) = rules(words)
    assert rule["amount"]["rate"]["base"] == base
    assert base not in [each["text"] for each in rule["conditions"]]


def test_each_of_a_list_is_told_by_its_own_name_and_asks_nothing_of_the_others():
    (rule,) = rules("对国家级平台奖励100万元、省级平台奖励50万元。")
    assert rule["conditions"] == []
    assert [each["when"]["value"] for each in rule["amount"]["choose"]] == ["国家级平台", "省级平台"]


def bounds(words: str) -> list:
    """What is counted under a bound, with it; the bases of shares."""
    found = []

    def walk(node):
        if isinstance(node, dict):
            found.extend([node["least"]] if "least" in node and "月数" not in str(node["least"][0]) else [])
            found.extend([node["base"]] if "base" in node else [])
            node = list(node.values())
        for each in node if isinstance(node, list) else ():
            walk(each)

    walk([rule["amount"] for rule in rules(words)])
    return found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("按每平方米每月60元、最大不超过200平方米给予两年租金补贴。", [["第一条补助面积（平方米）", 200]]),
        (
            "租用办公用房、生产用房的,分别按每平方米30元、15元补贴,补贴面积最高分别为1000平方米、1.5万平方米。",
            [["租用办公用房补助面积（平方米）", 1000], ["生产用房补助面积（平方米）", 15000]],
        ),
        ("租用办公用房、厂房的,分别按每平方米30元、15元补贴,面积分别为1、2、3平方米以内。", []),
        ("按实际租金的50%给予补贴,补贴面积不超过1000平方米,最高100万元。", ["实际租金（限1000平方米）"]),
        (
            "第一年按租金的80%、第二年按50%给予补贴。补贴面积不超过500平方米。",
            ["第一年租金（限500平方米）", "第二年租金（限500平方米）"],
        ),
        ("对租赁面积不超过1000平方米的企业,按每平方米10元给予补贴。", []),
        ("对引进博士的企业,按每人5万元给予补贴,单个企业最多申报5人。", [["第一条补助人数（人）", 5]]),
        ("按引进人才年薪的50%给予补贴,每家企业不超过10人。", ["引进人才年薪（限10人）"]),
        ("对企业按每平方米10元给予补贴,人才公寓每套面积不超过90平方米。", []),
    ],
)
def test_how_much_of_a_measure_is_paid_for_at_most(words, expected):
    assert bounds(words) == expected


@pytest.mark.parametrize(
    "words", ["前三年分别按租金的100%、80%、50%给予补贴。", "连续三年分别给予50万元、30万元、20万元运营补贴。"]
)
def test_as_many_values_as_years_are_paid_one_after_another(words):
    (rule,) = rules(words)
    assert len(rule["amount"]["sum"]["parts"]) == 3


def test_months_that_the_text_counts_bound_what_is_paid_each_month():
    (rule,) = rules("引进的硕士、博士,分别按每人每月1000元、2000元发放补贴,连续发放36个月。")
    counts = [part["per_unit"]["count"]["product"] for part in rule["amount"]["sum"]["parts"]]
    assert [each[0] for each in counts] == ["硕士（人）", "博士（人）"]  # one who is both is counted in each
    assert all(each[1] == {"most": [{"least": ["第一条享受月数", 36]}, 0]} for each in counts)


def test_shares_of_parts_come_together_under_one_maximum():
    (rule,) = rules("研发费用500万元以下部分按3%,500万元以上部分按2%给予奖励,单个企业最高100万元。")
    first, second = (part["rate"] for part in rule["amount"]["sum"]["parts"])
    assert (first["rate"], first["base"], first["cap"]) == ([3, 100], "研发费用500万元以下部分", None)
    assert (second["rate"], second["base"], second["cap"]) == ([1, 50], "500万元以上部分", None)
    assert [(cap["per"], cap["fen"]) for cap in rule["caps"]] == [("unit", 100_000_000)]


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ("对企业贷款按年利率2%给予贴息。", "贷款金额"),
        ("对企业贷款给予50%的贴息。", "贷款利息"),
        ("对企业贷款按同期贷款市场报价利率的50%给予贴息。", "按同期贷款市场报价利率计算的利息"),
    ],
)
def test_support_of_interest_asks_for_the_loan_or_its_interest(words, base):
    (rule,) = rules(words)
    assert rule["amount"]["rate"]["base"] == base


@pytest.mark.parametrize(
    ("words", "event", "paid"),
    [
        (
            "获科技进步奖(专用项目)一等奖、二等奖的,分别奖励300万元、150万元。",
            ["科技进步奖"],
            {"一等奖": 300, "二等奖": 150},
        ),
        ("获国家级奖项给予100万元、省级50万元奖励。", ["奖项"], {"国家级": 100, "省级": 50}),
    ],
)
def test_a_prize_that_one_wins_is_an_event_also_at_the_head_of_a_phrase(words, event, paid):
    (rule,) = rules(words)
    assert (events(rule), graded(rule)) == (event, paid)


def test_what_an_award_is_for_is_asked_beside_what_the_paper_demands_of_all():
    text = "云岭市办法\n一、申报条件\n(一)在本市注册;\n(二)成立满2年。\n二、标准\n(一)成果转化项目按投资额的20%给予补助。\n"
    (rule,) = build(compile_document(parse(text))).rules
    assert "成果转化项目" in [each["text"] for each in rule["conditions"]]


def test_tiers_that_are_counted_each_by_itself_have_counts_of_their_own():
    (rule,) = rules("对自研卫星成功入轨的,50公斤以下每颗奖励20万元,300公斤以上每颗奖励100万元。")
    counts = [part["per_unit"]["count"] for part in rule["amount"]["sum"]["parts"]]
    assert [("50公斤以下" in counts[0]), ("300公斤以上" in counts[1])] == [True, True]


def test_three_years_of_all_and_two_of_half_are_paid_one_after_another():
    (rule,) = rules("租用厂房的,按实际租金给予“三免两减半”补贴。")
    parts = [part["rate"] for part in rule["amount"]["sum"]["parts"]]
    assert [(part["base"], part["rate"]) for part in parts] == [
        ("前三年实际租金", [1, 1]),
        ("后两年实际租金", [1, 2]),
    ]


def test_each_side_of_a_trade_is_paid_its_share_of_one_base():
    first, second = rules("对外提供服务的,按服务额的10%补贴平台企业、5%补贴使用企业。")
    assert [rule["amount"]["rate"]["base"] for rule in (first, second)] == ["服务额", "服务额"]
    assert "对外提供服务" in [each["text"] for each in first["conditions"]]


def test_second_sums_in_remarks_are_of_the_title_told_in_a_remark():
    first, second = rules("对获评国家级、省级智能工厂(数字化车间)的,分别奖励200万元(100万元)、100万元(50万元)。")
    assert (events(first), events(second)) == (["智能工厂"], ["数字化车间"])


def test_whoever_holds_a_licence_is_no_event():
    (rule,) = rules("对取得无人机驾驶员、教员执照的本区居民,分别补贴2000元、4000元。")
    assert events(rule) == ["无人机驾驶员", "教员执照"]


@pytest.mark.parametrize(
    "words",
    [
        "按研发投入的5%给予奖补,最高100万元。投入占收入比例超过10%的,奖补比例提高至8%。",
        "按研发投入的5%给予奖补,最高100万元;投入占收入比例超过10%的,奖补比例提高至8%。",
    ],
)
def test_a_share_raised_in_the_next_sentence_is_paid_instead_of_the_usual_one(words):
    usual, raised = rules(words)
    assert (raised["amount"]["rate"]["base"], raised["amount"]["rate"]["cap"]) == ("研发投入", 100_000_000)
    assert usual["exclusive"] == raised["exclusive"] is not None


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ("按设备投资额8%—12%分档补助:2000万元—5000万元的8%,5000万元以上的12%。", "设备投资额"),
        ("按对外服务收入的20%给予补贴。", "对外服务收入"),
        ("投保保险的,在国家补贴外再补贴保费的20%。", "保费"),
        ("企业参加重点展会的,全额补贴展位费。", "展位费"),
    ],
)
def test_the_base_of_a_share_keeps_its_own_words(words, base):
    (rule,) = rules(words)
    rates = [case["amount"] for case in rule["amount"].get("choose", [])] or [rule["amount"]]
    assert {each["rate"]["base"] for each in rates} == {base}


def test_tiers_go_on_with_the_whole_and_not_with_what_is_reckoned_for_each():
    (rule,) = rules(
        "新建项目固定资产投资3000万元以上1亿元以下、亩均投资150万元以上的,按投资额的3%奖励;1亿元以上的,按4%奖励。"
    )
    tests = [case["when"] for case in rule["amount"]["choose"]]
    facts = {bound["fact"] for test in tests for bound in test.get("all", [test])}
    assert facts == {"固定资产投资"}


@pytest.mark.parametrize(
    ("words", "cases"),
    [
        ("企业年销售额首次突破2000万元的,奖励10万元;首次突破5000万元的,奖励30万元。", [1, 1]),
        ("企业年销售额突破2000万元的,奖励10万元;突破5000万元且通过绿色认证的,奖励30万元。", [2, 1]),
        ("餐饮企业营业额达到45万元且增速20%以上的,奖励1万元;营业额达到400万元且增速10%以上的,奖励2万元。", [2, 2]),
    ],
)
def test_a_tier_by_sums_demands_all_that_it_says_and_the_greatest_comes_first(words, cases):
    (rule,) = rules(words)
    assert rule["trigger"] is None
    tests = [case["when"] for case in rule["amount"]["choose"]]
    assert [len(test.get("all", [test])) for test in tests] == cases
    paid = [case["amount"]["fixed"]["fen"] for case in rule["amount"]["choose"]]
    assert paid == sorted(paid, reverse=True)


@pytest.mark.parametrize(
    ("words", "awards"),
    [
        ("年出口额1亿元以上的,奖励5万元;年进口额5亿元以上的,奖励10万元。", 2),
        ("新建茶园连片50亩以上的,每亩补助800元;低产茶园改造连片30亩以上的,每亩补助400元。", 2),
        ("营业收入1亿元以上的,奖励5万元;主营业务收入5亿元以上的,奖励10万元。", 1),
        ("固定资产投资1亿元以上的,奖励5万元;投资额5亿元以上的,奖励10万元。", 1),
        ("年产值1亿元以上的,奖励5万元;5亿元以上的,奖励10万元。", 1),
        ("年出口额1亿元以上的,奖励5万元;年进口额5亿元以上的,奖励10万元,其中小微企业奖励提高到12万元。", 2),
    ],
)
def test_tiers_of_different_things_are_awards_of_which_one_may_have_both(words, awards):
    found = rules(words)
    assert len(found) == awards
    counts = [rule["amount"]["per_unit"]["count"] for rule in found if "per_unit" in rule["amount"]]
    assert len(set(counts)) == len(counts)


def test_first_of_all_tiers_is_asked_once_for_all_of_them():
    (rule,) = rules("企业年销售额首次突破2000万元的,奖励10万元;首次突破5000万元的,奖励30万元。")
    assert [each["text"] for each in rule["conditions"]] == ["年销售额首次突破"]


def test_one_who_buys_need_not_rent():
    _, bought = rules("对租赁办公用房的企业,按租金的50%给予补贴;购置办公用房自用的,按购房金额的1.5%给予补贴。")
    assert [each["text"] for each in bought["conditions"]] == ["购置办公用房自用"]


def test_a_case_that_measures_something_is_paid_of_that():
    _, bought = rules("搬迁设备的,按运输费用的50%给予补贴;新购设备单台价值50万元以上的,按5%给予补贴。")
    assert bought["amount"]["rate"]["base"] == "新购设备单台价值"


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ("对设备贷款,按利率的50%贴息;对流动资金贷款,给予年息2个百分点的贴息。", "贷款金额"),
        ("给予项目合同额10%的扶持;获国家专项资金支持的,给予1∶1配套。", "第一条补助基数"),
        ("企业发生担保费的,按年化1%给予担保费补助。", "第一条补助基数"),
        ("以科技创新券方式抵扣检测费用的50%。", "检测费用"),
    ],
)
def test_no_share_is_taken_of_what_another_is_of(words, base):
    assert rules(words)[-1]["amount"]["rate"]["base"] == base


def test_who_goes_to_a_fair_abroad_need_not_go_to_one_at_home():
    _, abroad = rules("参加境内展会的企业,按展位费的50%给予补助,最高5万元,境外展会最高10万元。")
    assert [each["text"] for each in abroad["conditions"]] == ["境外展会"]
    _, abroad = rules("参加展会的企业,按展位费的50%给予补助,最高5万元,境外展会最高10万元。")
    assert "参加展会的企业" in [each["text"] for each in abroad["conditions"]]


def test_how_a_sum_is_reckoned_is_no_demand():
    made = rules("支持园区建设产业支撑平台,按实际投入给予最高500万元补助,并根据服务绩效给予最高100万元奖励。")
    assert [[each["text"] for each in rule["conditions"]] for rule in made] == [["园区建设产业支撑平台"]] * 2


def test_two_sums_of_one_grade_can_both_be_had():
    (rule,) = rules("按下表给予孵化器奖励:\n等级\t奖励金额\n一级\t50万元\n一级\t80万元\n二级\t20万元")
    named = [case["when"]["value"] for case in rule["amount"]["choose"]]
    assert named == ["一级（第1档）", "一级（第2档）", "二级"]


def test_what_falls_due_every_year_is_paid_once_a_year_with_or_without_an_event():
    (rent,) = rules("对入驻园区的企业,按实际租金的50%给予补贴,最长3年,每年不超过30万元。")
    assert (rent["trigger"], rent["paid"]) == (None, "per_year")
    (once,) = rules("对入驻园区的企业,给予30万元补贴。")
    assert (once["trigger"], once["paid"]) == (None, "each")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("对在我市首次购房的博士，给予每人10万元的购房补贴。", "有多少人？个人申请的填 1，单位代为申请的填人数。"),
        ("困难高校毕业生，按每人3000元的标准给予求职补贴。", "有多少人？个人申请的填 1，单位代为申请的填人数。"),
        ("对引进博士的企业，按每人2万元给予奖励。", "“引进博士的企业”的补助人数是多少（人）？"),
        ("对企业按每台2万元给予奖励。", "的补助台数是多少（台）？"),
    ],
)
def test_how_many_are_paid_for_is_asked_of_whom_it_is_paid_to(words, asked):
    compiled = compile_document(parse(f"云岭市若干措施\n第一条 {words}\n第二条 本措施自2026年1月1日起施行。\n"))
    questions = [fact["question"] for fact in build(compiled).vocabulary["facts"] if fact["type"] == "integer"]
    assert any(each.endswith(asked) for each in questions)
    assert not any(each.startswith("第一条") for each in questions)


def test_what_is_paid_for_the_part_beyond_a_bound_is_counted_by_that_part():
    (rule,) = rules("对新增就业10人以上的企业,每人奖励1000元;超过50人的部分,每人奖励2000元。")
    parts = [part["per_unit"] for part in rule["amount"]["sum"]["parts"]]
    assert [(part["count"], part["fen"]) for part in parts] == [
        ("第一条其余部分人数（人）", 100_000),
        ("第一条超过50人的部分人数（人）", 200_000),
    ]
    assert [one["test"] for one in rule["conditions"]] == [{"fact": "新增就业", "op": ">=", "value": 10}]
    (rule,) = rules("对自付费用在1万元以内的,按40%补助;超过1万元的部分,按60%补助。")
    assert [part["rate"]["base"] for part in rule["amount"]["sum"]["parts"]] == ["自付费用其余部分", "超过1万元的部分"]
    assert rule["conditions"] == []
    whole, more = rules("种植面积100亩以上的,每亩补贴100元;500亩以上的部分,每亩再补贴50元。")
    assert whole["amount"]["per_unit"]["count"] == "第一条补助面积（亩）"
    assert more["amount"]["per_unit"]["count"] == "第一条500亩以上的部分面积（亩）"
