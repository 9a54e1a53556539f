"""From facts to proposed rules: what the text says of conditions, caps and stacking reaches the engine."""

import datetime as dt

import pytest

from luodi.document.reading import parse
from luodi.entitlement.explain import explain
from luodi.policy.build import build
from luodi.policy.compile import compile_document

HEAD = "云岭市促进创新若干措施\n"
DAY = dt.date(2025, 6, 1)


def pack(*articles: str):
    text = HEAD + "".join(f"第{number}条 {words}\n" for number, words in zip("一二三四五", articles, strict=False))
    return build(compile_document(parse(text)))


def owed(made, facts: dict, events: list[dict]):
    unit = {"id": "u", "kind": "enterprise", "facts": {name: {"value": value} for name, value in facts.items()}}
    return explain(made, unit | {"events": events}, DAY)


def test_a_compared_condition_is_computed_and_any_other_is_asked_or_attested():
    (rule,) = pack("对营业收入1000万元以上、参加境外展会、经评审合格的企业,给予10万元奖励。").rules
    modes = {condition["text"]: condition["mode"] for condition in rule["conditions"]}
    assert modes["营业收入1000万元以上"] == "compute"
    (rule,) = pack("对参加境外展会的企业,给予10万元奖励。").rules
    assert [condition["mode"] for condition in rule["conditions"]] == ["ask"]
    (rule,) = pack("对经评审合格的项目,给予10万元奖励。").rules
    assert [condition["mode"] for condition in rule["conditions"]] == ["attest"]


def test_what_persons_must_be_is_told_by_the_authority_and_the_rule_says_so():
    made = pack("对年龄不超过40周岁、签订3年以上劳动合同的毕业生,给予2万元补贴。")
    (rule,) = made.rules
    assert {condition["mode"] for condition in rule["conditions"]} == {"attest"} and rule["recipients"]["note"]
    told = [condition["text"] for condition in rule["conditions"]]
    assert any("40周岁" in text for text in told) and any("劳动合同" in text for text in told)
    asked = {condition["test"]["fact"]: True for condition in rule["conditions"]}
    assert (owed(made, asked, []).sure_fen, owed(made, {}, []).sure_fen) == (2_000_000, 0)
    (rule,) = pack("对引进毕业生10人以上的企业,给予2万元补贴。").rules
    assert rule["conditions"][0]["mode"] == "compute" and "note" not in rule["recipients"]


def test_what_is_said_before_the_parts_of_a_whole_is_demanded_of_each_of_them():
    words = "企业租用场地300平方米以下的,可给予租金补贴,其中:{}的补贴标准为每平方米5元;{}的补贴标准为每平方米7元。"
    for first, second in (("本地企业", "外地企业"), ("大型企业", "小型企业")):
        made = pack(words.format(first, second))
        assert all(any(each["mode"] == "compute" for each in rule["conditions"]) for rule in made.rules)
    listed = "企业上市的,分阶段给予补助,其中:完成股改补助50万元,辅导备案补助100万元;“新三板”挂牌的补助80万元。"
    assert not any("上市" in each["text"] for each in pack(listed).rules[-1]["conditions"])


def test_what_one_becomes_by_passing_is_the_event_and_a_list_with_one_head_is_one():
    made = pack(
        "对首次通过评价的云岭省瞪羚企业,给予10万元奖励。",
        "对获得总体、分系统、配套产品研制项目的企业,给予20万元奖励。",
        "对获得风险投资的初创企业,按投资额的5%给予奖励。",
    )
    told = [(rule["trigger"] or {}).get("events") for rule in made.rules]
    assert told == [["云岭省瞪羚企业"], ["总体、分系统、配套产品研制项目"], None]


def test_what_two_parts_come_to_is_a_ceiling_and_what_is_counted_of_a_national_thing_is_none():
    first, part = pack(
        "对首次纳统的企业,给予一次性奖励10万元,零售额超过500万元的部分,按每200万元奖励1万元,单家企业上限100万元,存量与增量合计不超过110万元。"
    ).rules
    assert [cap["fen"] for cap in first["caps"]] == [110_000_000]
    assert {each["text"] for each in first["conditions"]} <= {each["text"] for each in part["conditions"]}
    made = pack("每个国家级培训基地给予不超过500万元资助经费,每个国家级工作室资助50万元。")
    assert [list(rule["amount"]) for rule in made.rules] == [["capped"], ["per_unit"]]


def test_a_ceiling_binds_the_articles_that_it_names():
    made = pack(
        "对参展企业,给予10万元奖励。",
        "(一)对办展企业,给予20万元奖励。\n(二)对引展企业,给予30万元奖励。",
        "对上市企业,给予100万元奖励。",
        "同一企业每年获得本办法第一条至第二条奖励总额不超过40万元。",
        "单个企业每年享受第二条第(二)项资金累计不超过60万元。",
    )
    caps = [(cap["fen"], cap["rules"]) for rule in made.rules for cap in rule["caps"]]
    assert caps == [(40_000_000, ["第一条#1", "第二条#1", "第二条.(二)#1"]), (60_000_000, ["第二条.(二)#1"])]


def test_a_class_of_firms_is_no_kind_of_what_is_counted():
    (rule,) = pack("企业购买用房的,每平方米给予3000元补贴。其中,大型企业,最高600万元;中型企业,最高400万元。").rules
    assert list(rule["amount"]) == ["choose"]
    (rule,) = pack("对新建的甲类温室、乙类温室,每亩分别给予3000元、2000元补贴。").rules
    assert list(rule["amount"]) == ["sum"]


@pytest.mark.parametrize(("meaning", "to_persons"), [("具有本市户籍的老年人", True), ("在本市注册的养老机构", False)])
def test_an_award_of_a_term_that_means_persons_goes_to_persons(meaning, to_persons):
    made = pack(f"本办法所称配发对象,是指{meaning}。", "对配发对象申请的首件器具,给予1000元补贴。")
    assert ["note" in rule["recipients"] for rule in made.rules] == [to_persons]


@pytest.mark.parametrize(
    ("lower", "upper", "op"),
    [
        ("30万元(含)以内", "30万元以上", ">"),
        ("30万元以下", "30万元(含)以上", ">="),
        ("20万元(含)以内", "30万元以上", ">="),
        ("30万元(含)以内", "30万元及以上", ">="),
    ],
)
def test_a_bound_that_the_lower_tier_includes_is_no_part_of_the_next(lower, upper, op):
    (rule,) = pack(f"对投资额{lower}的项目,按10%补助;{upper}的项目,按15%补助。").rules
    assert rule["amount"]["choose"][1]["when"]["op"] == op


def test_a_monthly_standard_that_names_no_unit_goes_to_persons():
    made = pack("全市低保标准为每人每月860元。", "对吸纳毕业生的企业,按每人每月300元给予补贴。")
    assert ["note" in rule["recipients"] for rule in made.rules] == [True, False]


def test_a_raised_share_of_a_part_is_of_the_same_base():
    made = pack("对技改项目,按设备投资额的8%给予补助。其中,列入省级计划的,补助比例提高至10%。")
    usual, raised = made.facts["benefits"]
    assert (raised["base"], raised["instead_of"]) == (usual["base"], usual["award"])


def test_what_is_passed_for_the_first_time_is_asked_of_its_own_fact():
    made = pack("对营业收入首次突破1亿元的企业,给予10万元奖励。", "对出口额首次突破1亿元的企业,给予10万元奖励。")
    asked = {each["test"]["fact"] for rule in made.rules for each in rule["conditions"] if each["mode"] == "ask"}
    assert asked == {"营业收入首次突破", "出口额首次突破"}


def test_a_share_and_a_range_decide_the_sum():
    made = pack("对研发投入占比不低于3.5%的企业,给予10万元奖励。")
    (name,) = [fact["id"] for fact in made.vocabulary["facts"]]
    for share, fen in (("3.5", 10_000_000), ("3.4", 0), ("4", 10_000_000)):
        assert owed(made, {name: share}, []).sure_fen == fen
    made = pack("投资额5000万元至1亿元(含)的,给予100万元奖励;1亿元以上的,给予300万元奖励。")
    for yuan, fen in ((49_999_999, 0), (50_000_000, 100), (100_000_000, 100), (100_000_001, 300)):
        assert owed(made, {"投资额": yuan}, []).sure_fen == fen * 1_000_000


def test_the_difference_is_paid_where_the_article_says_so():
    award = "对获评国家级、省级绿色工厂的企业,分别给予100万元、50万元奖励。"
    events = [
        {"kind": "绿色工厂", "grade": "省级", "date": "2024-01-10", "evidence": "attested"},
        {"kind": "绿色工厂", "grade": "国家级", "date": "2025-01-10", "evidence": "attested"},
    ]
    assert owed(pack(award), {}, events).sure_fen == 150_000_000
    assert owed(pack(award + "上述奖励晋级的,给予差额奖励。"), {}, events).sure_fen == 100_000_000


def test_a_cap_of_the_unit_holds_for_all_its_events():
    made = pack("对获得示范项目的企业,每个给予30万元奖励,同一企业每年最高50万元。")
    (rule,) = made.rules
    caps = [(cap["per"], cap["fen"]) for cap in rule["caps"]]
    assert rule["trigger"] is None or caps == [("year", 50_000_000)]


def test_no_double_of_the_whole_paper_asks_for_money_from_elsewhere():
    made = pack("对示范企业给予10万元奖励。", "同一项目符合本市其他政策的,按就高不重复原则执行。")
    (rule,) = made.rules
    assert rule["elsewhere"]["fact"] in {fact["id"] for fact in made.vocabulary["facts"]}
    assert [row["scope"] for row in made.facts["stackings"]] == ["document"]


def test_every_benefit_row_is_a_rule_or_a_ceiling_of_rules():
    made = pack(
        "对甲类企业给予10万元奖励,对乙类企业按投入的20%给予补助,最高50万元。",
        "每家企业年度累计不超过80万元。重大项目一事一议。",
    )
    ruled = {rule["id"] for rule in made.rules}
    ceilings = [cap["fen"] for rule in made.rules for cap in rule["caps"]]
    for row in made.facts["benefits"]:
        assert f"{row['article']}#{row['award']}" in ruled or row["cap"] in ceilings


PRIZE = "对获评国家级、省级绿色工厂的企业,分别给予100万元、50万元奖励"


def test_payers_and_instalments_of_the_text_become_parts_of_the_rule():
    made = pack(PRIZE + ",所需资金由市、区按4:6承担。立项后拨付50%,验收合格后拨付50%。")
    (found,) = owed(made, {}, [{"kind": "绿色工厂", "grade": "国家级", "date": "2025-01-10"}]).rules
    (rule,) = made.rules
    assert found.sure_fen == 100_000_000
    assert [(each.name, each.fen) for each in found.payers] == [("市", 40_000_000), ("区", 60_000_000)]
    assert [(each.when, each.fen) for each in found.payments] == [("立项", 50_000_000), ("验收合格", 50_000_000)]
    assert all(each["span"][0] > rule["span"][0] for each in (*rule["payers"], *rule["instalments"]))
    assert "payers" in explain(made, {"id": "u"}, DAY).as_json()["rules"][0]


def test_yearly_instalments_are_due_in_their_years():
    made = pack(PRIZE + "。奖励资金分三年按5:3:2拨付。")
    (found,) = owed(made, {}, [{"kind": "绿色工厂", "grade": "国家级", "date": "2025-01-10"}]).rules
    parts = [(each.fen // 1_000_000, each.due.year) for each in found.payments]
    assert parts == [(50, 2025), (30, 2026), (20, 2027)]


def test_an_article_without_awards_speaks_for_all_of_them_and_two_such_for_none():
    shares, other = "本措施所需资金由市、区各承担50%。", "专项资金由市、区按4:6承担。"
    assert [len(rule["payers"]) for rule in pack(PRIZE + "。", PRIZE + "。", shares).rules] == [2, 2]
    assert not any("payers" in rule for rule in pack(PRIZE + "。", shares, other).rules)


def test_an_article_without_awards_speaks_for_those_that_it_names():
    titled, sums = "获评绿色工厂的,给予100万元奖励。", "市、区各承担50%。"
    made = pack(titled, PRIZE + "。", "绿色工厂奖励由市、县按4:6承担。", "其余资金由" + sums)
    assert "payers" in made.rules[0] and made.facts["payments"][0]["of"] == "绿色工厂奖励"
    unknown = pack(titled, "某某补贴由市、县按4:6承担。", "所需资金由" + sums)
    assert "payers" not in unknown.rules[0]  # may be the exception to what is said of all


def test_what_does_not_come_out_whole_is_left_to_a_person():
    made = pack(PRIZE + "。立项后拨付50%,验收合格后拨付30%。")
    assert made.facts["payments"] and "instalments" not in made.rules[0]


def test_a_period_narrows_the_window_and_the_time_to_apply_does_not():
    made = pack(
        "2024年3月1日至2024年9月30日期间获评国家级、省级绿色工厂的企业,分别给予100万元、50万元奖励。申报时间为2025年5月6日至6月30日。"
    )
    (rule,) = made.rules
    assert rule["window"] == {"from": "2024-03-01", "to": "2024-09-30"}
    (yearly,) = pack("2024年度获评绿色工厂的企业,给予100万元奖励。申报时间为每年3月1日至5月31日。").rules
    assert (yearly["window"]["to"], yearly["application"]["yearly"]) == ("2024-12-31", "03-01/05-31")
    assert (rule["application"]["from"], rule["application"]["to"]) == ("2025-05-06", "2025-06-30")
    for day, fen in (("2024-02-29", 0), ("2024-03-01", 100_000_000), ("2024-09-30", 100_000_000), ("2024-10-01", 0)):
        (found,) = owed(made, {}, [{"kind": "绿色工厂", "grade": "国家级", "date": day}]).rules
        assert found.sure_fen == fen and found.application == "2025-05-06 至 2025-06-30"


def test_a_monthly_sum_is_paid_for_the_months_of_each_person():
    (rule,) = (made := pack("对吸纳毕业生的企业,按每人每月500元给予补贴,补贴期限2年。")).rules
    heads, months = (fact["id"] for fact in made.vocabulary["facts"] if fact["type"] == "integer")
    asked = {name["id"]: True for name in made.vocabulary["facts"] if name["type"] == "boolean"}
    for count, fen in ((6, 3 * 6), (24, 3 * 24), (30, 3 * 24)):
        assert owed(made, asked | {heads: 3, months: count}, []).sure_fen == fen * 50_000
    (rule,) = pack("对入选的园区,每月给予2000元补贴。").rules
    assert rule["amount"]["per_unit"]["fen"] == 200_000


def test_each_firm_is_paid_its_sum_and_others_are_counted():
    assert "fixed" in pack("对入库企业,每家奖励20万元。").rules[0]["amount"]
    assert "per_unit" in pack("每引进1家企业奖励5万元。").rules[0]["amount"]
    assert "per_unit" in pack("对服务入库企业的平台,按每家2万元给予奖励。").rules[0]["amount"]


def test_a_raised_sum_is_paid_instead_of_the_usual_one_and_leaves_that_sure_while_nobody_knows():
    made = pack("对创业者给予补贴5000元,其中从事数字产业的,标准提高至8000元。")
    usual = {condition["test"]["fact"]: True for condition in made.rules[0]["conditions"]}
    for answer, sure, upto in (({"从事数字产业": True}, 8, 8), ({"从事数字产业": False}, 5, 5), ({}, 5, 8)):
        found = owed(made, usual | answer, [])
        assert (found.sure_fen, found.upto_fen) == (sure * 100_000, upto * 100_000)
    made = pack("对困难家庭每户补助2000元;其中低保家庭提高至3000元。对研发费用按10%补助,其中甲类企业提高到15%。")
    assert [(row["kind"], row["per"], row["base"]) for row in made.facts["benefits"]] == [
        ("per_unit", "户", None), ("per_unit", "户", None), ("rate", None, "研发费用"), ("rate", None, "研发费用"),
    ]  # fmt: skip
    assert [rule.get("exclusive") for rule in made.rules] == ["第一条#1"] * 2 + ["第一条#3"] * 2
    made = pack("对企业技改项目按投资额的10%补助,最高300万元,其中智能化项目提高至15%。")
    assert [rule["amount"]["rate"]["cap"] for rule in made.rules] == [300_000_000] * 2
    assert [rule["recipients"]["kinds"] for rule in made.rules] == [["enterprise"]] * 2
    assert len(pack("对创业者给予补贴5000元,带动就业的再给予3000元奖励。").rules) == 2


def test_what_several_years_are_paid_comes_together_each_of_its_own_base():
    (rule,) = (made := pack("租用厂房的企业,第一年按租金的100%给予补贴,第二年按50%给予补贴。")).rules
    facts = {"租用厂房的企业": True, "第一年租金": 300_000, "第二年租金": 200_000}
    assert owed(made, facts, []).sure_fen == 40_000_000
    (rule,) = (made := pack("企业上缴税收地方留成部分,首年按100%奖励,后两年按50%奖励。")).rules
    bases = [part["rate"]["base"] for part in rule["amount"]["sum"]["parts"]]
    assert bases == ["首年上缴税收地方留成部分", "后两年上缴税收地方留成部分"]
    assert (
        owed(pack("对新设立总部,第一年给予30万元补助,第二年给予20万元。"), {"新设立总部": True}, []).sure_fen
        == 50_000_000
    )


def test_one_of_several_conditions_is_enough():
    made = pack("申报企业应符合下列条件之一:1.出口额500万元以上;2.拥有自主品牌。", "对符合条件的企业给予10万元奖励。")
    assert made.rules[0]["conditions"][0]["text"].startswith("符合其一：")
    for facts, sure in (({"出口额": 5_000_000}, 10), ({"出口额": 1}, 0), ({"出口额": 1, "拥有自主品牌": True}, 10)):
        found = owed(made, facts, [])
        assert (found.sure_fen, found.upto_fen) == (sure * 1_000_000, 10_000_000)


def test_a_ceiling_of_an_item_without_awards_binds_no_other_item():
    first, last = "对参展企业给予5万元补助。", "对投保企业给予2万元补助。"
    for words in ("说明:夫妻双方均符合条件的,可叠加享受,合计不超过45万元。", "同一企业年度奖补总额不超过45万元。"):
        made = pack(first, words, last)
        assert not any(rule["caps"] for rule in made.rules)
        assert "ceiling-unbound" in [one["code"] for one in made.data["diagnostics"]]
    made = pack(first, last, "同一企业年度奖补总额不超过45万元。")
    assert [len(cap["rules"]) for rule in made.rules for cap in rule["caps"]] == [2]


def test_a_ceiling_that_speaks_of_the_items_above_bounds_them_all():
    items = (
        "对企业按下列标准补助:\n(一)按设备投入的15%补助。\n(二)购置仪器的,按购置额的20%补助。\n(三)新建的奖励20万元。\n"
    )
    for words, bound in (("以上三项", 3), ("上述两项", 2), ("上述各项", 3), ("购置仪器的,", 1)):
        made = pack(f"{items}{words}同一企业每年合计不超过350万元。")
        assert [len(cap["rules"]) for rule in made.rules for cap in rule["caps"]] == [bound], words
    for last, bound in (("", 3), ("(四)对投保企业给予2万元补助。\n", 1)):
        made = pack(f"{items}单个企业年度累计不超过350万元。\n{last}")
        assert [len(cap["rules"]) for rule in made.rules for cap in rule["caps"]] == [bound], last


def test_a_ceiling_without_award_binds_those_of_its_clause_else_of_its_article():
    made = pack("对参展企业按展位费的50%给予补助。对投保企业按保费的30%给予补助。每家企业每年补助限额50万元。")
    assert [len(cap["rules"]) for rule in made.rules for cap in rule["caps"]] == [2]
    made = pack("参展给予5万元补助,同一企业年度累计不超过20万元。投保给予2万元补助。")
    assert [cap["rules"] for rule in made.rules for cap in rule["caps"]] == [["第一条#1"]]


def test_a_title_says_what_for():
    titles = [
        rule["title"] for rule in pack("对投资1亿元以上的智能车间,奖励50万元;对5000万元以上的,奖励20万元。").rules
    ]
    assert all("智能车间" in title for title in titles[:1]) and "第一条" not in titles


def test_a_plain_sum_without_recipient_is_paid_to_nobody_unasked():
    made = pack("给予20万元一次性奖励。")
    assert [condition["mode"] for condition in made.rules[0]["conditions"]] == ["ask"]
    assert owed(made, {}, []).sure_fen == 0


def test_kinds_that_are_counted_are_paid_each():
    made = pack("对种植户,种植水稻、小麦每亩分别补助200元、100元。")
    asked = {fact["id"]: True if fact["type"] == "boolean" else 3 for fact in made.vocabulary["facts"]}
    assert owed(made, asked, []).sure_fen == 3 * 20_000 + 3 * 10_000


def test_tiers_that_each_say_whom_they_are_for_ask_it_each():
    farms = "存栏500头以上的祖代种猪场,每场补助60万元;存栏2000头以上的商品猪场,每场补助10万元;存栏3000头以上的商品猪场,每场补助15万元。"
    made = pack(f"对新建项目给予补助。{farms}")
    facts = {fact["id"]: True for fact in made.vocabulary["facts"] if fact["type"] == "boolean"}
    count = next(fact["id"] for fact in made.vocabulary["facts"] if fact["id"].endswith("（场）"))
    for breeding, stock, sum_ in ((True, 3500, 60), (False, 3500, 15), (False, 2500, 10), (False, 600, 0)):
        answers = {"祖代种猪场": breeding, "商品猪场": not breeding, "存栏": stock, count: 1}
        assert owed(made, facts | answers, []).sure_fen == sum_ * 1_000_000
    clubs = "对社员200户以上的示范合作社,每家补助8万元;对会员100户以上的示范协会,每家补助4万元。"
    made = pack(clubs)
    yes = {fact["id"]: True if fact["type"] == "boolean" else 300 for fact in made.vocabulary["facts"]}
    assert owed(made, yes, []).sure_fen <= 8_000_000 * 300
    assert all("sum" not in rule["amount"] for rule in made.rules)


def test_a_ceiling_with_a_noun_of_its_own_is_no_award():
    made = pack("一个资助年度内的补贴上限为10000元。对申请的器具,按价格补贴60%。")
    assert [[cap["fen"] for cap in rule["caps"]] for rule in made.rules] == [[1_000_000]]
    made = pack("对开通新航线的企业给予奖励。每条航线给予20万元。以上两项奖励每个企业每年合计不超过2000万元。")
    assert [[cap["fen"] for cap in rule["caps"]] for rule in made.rules] == [[2_000_000_000]]


def test_a_class_of_payees_is_no_grade_and_is_not_what_is_counted():
    made = pack(
        "对获得绿色食品标志使用权的单位或个人,一次性补助3万元。", "对通过续展认证的单位或个人,每个产品补助0.5万元。"
    )
    assert made.rules[0]["amount"] == {"fixed": made.rules[0]["amount"]["fixed"]}
    assert "单位" not in made.rules[1]["amount"]["per_unit"]["count"]
    (rule,) = pack("对入股的合作社,每家一次性补助3万元。").rules
    assert rule["amount"]["fixed"]["fen"] == 3_000_000


def test_a_cap_of_each_square_metre_bounds_the_share_by_the_area_and_not_the_whole_sum():
    made = pack("租赁办公用房的,按实际租金的50%给予补贴,每平方米每月最高不超过30元,每年最高不超过100万元。")
    (area,) = [fact for fact in made.vocabulary["facts"] if fact["unit"] == "平方米·月"]
    asked = {fact["id"] for fact in made.vocabulary["facts"]} - {area["id"], "实际租金"}
    facts = dict.fromkeys(asked, True) | {"实际租金": 240_000}
    for metres, yuan in ((12_000, 120_000), (3_000, 90_000)):
        assert owed(made, facts | {area["id"]: metres}, []).sure_fen == yuan * 100
    made = pack("新建大棚的,按投入的30%给予补助,每亩不超过3000元,每个主体最高30万元。")
    (rule,) = made.rules
    (area,) = [fact["id"] for fact in made.vocabulary["facts"] if fact["unit"] == "亩"]
    facts = {condition["test"]["fact"]: True for condition in rule["conditions"]} | {"投入": 2_000_000}
    for mu, yuan in ((50, 150_000), (200, 300_000)):
        assert owed(made, facts | {area: mu}, []).sure_fen == yuan * 100


def test_of_awards_that_may_not_be_had_together_the_highest_is_paid():
    items = "(一)对租房的企业给予10万元补贴。\n(二)对购房的企业给予20万元补贴。\n(三)对参展的企业给予3万元补贴。\n"
    for told, sums in (
        ("以上3项不能同时享受。", 20),
        ("以上两项不能同时享受。", 30),
        ("(四)第(一)、(二)项只能享受一项。", 23),
        ("(四)以上两项资助政策不得重复享受。", 30),
        ("(四)上述项目不得重复申报。", 33),
        ("(四)同时符合上述两项条件的,按其中最高金额补助。", 30),
    ):
        made = pack("补贴如下:\n" + items + told)
        asked = {condition["test"]["fact"]: True for rule in made.rules for condition in rule["conditions"]}
        assert owed(made, asked, []).sure_fen == sums * 1_000_000
    articles = "对租房的企业给予10万元补贴。\n第二条 对购房的企业给予20万元补贴。\n第三条 对参展的企业给予3万元补贴。\n"
    for told, sums in (("第一条、第二条不重复享受。", 23), ("第一条、第二条与省级同类政策不重复享受。", 33)):
        made = pack(f"{articles}第四条 {told}")
        asked = {condition["test"]["fact"]: True for rule in made.rules for condition in rule["conditions"]}
        assert owed(made, asked, []).sure_fen == sums * 1_000_000


def test_what_is_said_of_an_award_without_a_sum_in_brackets_is_of_no_other():
    made = pack("新迁入的总部企业,给予一次性资金补助(分三年按40%、30%、30%比例发放)。对入选企业,给予100万元奖励。")
    assert all("instalments" not in rule for rule in made.rules)
    (rule,) = pack("对首次升规的企业,给予60万元奖励,分三年按10万、20万、30万兑现。").rules
    assert [part["share"] for part in rule["instalments"]] == [[1, 6], [1, 3], [1, 2]]


def test_a_maximum_that_leads_items_bounds_what_they_come_to_and_whom_it_names_is_asked_of_each():
    made = pack(
        "对在本市立项的动画片给予一次性奖励,最高不超过100万元。具体标准如下:\n"
        "(一)在甲台播出的,每分钟奖励2000元;\n(二)在乙台播出的,每分钟奖励1000元。"
    )
    first, second = made.rules
    assert [(cap["fen"], cap["rules"]) for cap in first["caps"]] == [(100_000_000, [first["id"], second["id"]])]
    assert all("在本市立项的动画片" in [one["text"] for one in rule["conditions"]] for rule in made.rules)


def test_a_share_raised_to_another_of_the_same_is_paid_in_its_place_and_a_sum_of_two_is_bound():
    made = pack("补贴标准为最低工资标准的70%,其中留用率50%以上的单位,补贴标准提高到最低工资标准的110%。")
    assert len({rule["exclusive"] for rule in made.rules}) == 1
    made = pack("对上市公司按募集资金的2‰给予奖励,对再融资的按募集资金的1‰给予奖励,两项奖励累计最高不超过100万元。")
    assert [cap["fen"] for rule in made.rules for cap in rule["caps"]] == [100_000_000]
    (rule,) = pack("超出500人次部分给予50元/人/天的奖励。即:(总人数-500人次)×50元/人/天=奖励金额。").rules
    assert rule["amount"]["per_unit"]["fen"] == 5_000


def test_what_is_paid_ahead_is_no_award_and_a_total_of_years_bounds_them():
    (rule,) = pack("对中级工每人补贴5000元。财政向企业预支不超过50%的补贴资金,培训完成后拨付其余资金。").rules
    assert "per_unit" in rule["amount"]
    (rule,) = pack(
        "租赁办公用房的,给予房租补贴。第一年最高补贴4万元,第二年最高补贴3万元。总补贴上限:3年内最高6万元。"
    ).rules
    assert [(cap["fen"], cap["per"]) for cap in rule["caps"]] == [(6_000_000, "unit")]


def test_a_deposit_is_no_award():
    assert pack("银行进驻我市的,财政当年给予不低于5000万元的政府性资金存款支持。").rules == []


def test_what_nobody_records_is_no_event_and_is_asked():
    for words, asked in (
        ("对入选的企业,给予10万元奖励。", "入选的企业"),
        ("对获得市级专项支持的企业,按到位资金的50%给予配套。", "获得市级专项支持的企业"),
        ("对通过辅导验收且申报材料获得受理的,给予30万元奖励。", "通过辅导验收且申报材料获得受理"),
        ("主导制定国际、国家标准的企业,每项奖励100万元、50万元。", "主导制定国际、国家标准的企业"),
    ):
        (rule,) = pack(words).rules
        assert rule["trigger"] is None
        assert [one["text"] for one in rule["conditions"]] == [asked]
    for words, events, asked in (
        ("对取得桥梁、隧道、钢结构等专业承包资质的企业,给予20万元奖励。", ["桥梁、隧道、钢结构等专业承包资质"], []),
        ("对取得甲体系认证、乙资格等资质的企业,给予20万元奖励。", ["甲体系认证", "乙资格等资质"], []),
        ("对晋升为甲级资质的勘察、设计企业,给予20万元奖励。", ["甲级资质"], ["勘察、设计企业"]),
    ):
        (rule,) = pack(words).rules
        assert (rule["trigger"] or {}).get("events", []) == events
        assert [one["text"] for one in rule["conditions"]] == asked
    (rule,) = pack("对入驻经市政府认定的产业基地的金融企业,给予20万元奖励。").rules
    assert rule["trigger"] is None
    (rule,) = pack("对获得军用关键材料证书的企业,给予10万元奖励。").rules
    assert rule["trigger"]["events"] == ["军用关键材料证书"]


def test_a_text_without_articles_asks_for_money_from_elsewhere_only_where_it_speaks_of_it():
    for told, asked in (("同一企业不重复享受。", False), ("同一企业与市级其他政策不重复享受。", True)):
        made = build(compile_document(parse(f"补助标准\n对规上企业给予50万元奖励。{told}\n")))
        assert ["elsewhere" in rule for rule in made.rules] == [asked]


def test_tiers_of_an_event_that_measure_a_fact_compare_it():
    made = pack("对获评示范园区的单位,年产值同比增长15%至30%、30%以上的,分别给予15万元、30万元奖励。")
    (rule,) = made.rules
    for growth, sum_ in ((10, 0), (20, 15), (40, 30)):
        facts = {condition["test"]["fact"]: True for condition in rule["conditions"]} | {"年产值同比增长": growth}
        events = [{"kind": kind, "date": "2025-01-10"} for kind in (rule["trigger"] or {"events": []})["events"]]
        assert owed(made, facts, events).sure_fen == sum_ * 1_000_000


def test_a_sum_that_names_its_own_recipients_is_not_for_those_of_the_sum_before_it_alone():
    made = pack("对企业引进的博士研究生,给予5万元补助;硕士研究生给予2万元补助。")
    demanded = [[one["text"] for one in row["conditions"]] for row in made.facts["benefits"]]
    assert demanded == [["企业引进的博士研究生"], []]


def test_a_first_event_is_paid_once_and_nobody_is_asked_whether_it_is_the_first():
    made = pack("对首次认定的高新技术企业,给予30万元奖励。")
    (rule,) = made.rules
    assert rule["conditions"] == [] and rule["paid"] == "once"
    (kind,) = rule["trigger"]["events"]
    events = [{"kind": kind, "date": day, "evidence": "attested"} for day in ("2024-03-01", "2025-03-01")]
    assert owed(made, {}, events).sure_fen == 30_000_000


def test_an_award_without_a_name_is_called_by_the_heading_above_it():
    text = HEAD + "第一条 展会补助\n(一)给予10万元奖励。\n第二条 参展补助\n给予5万元奖励。\n"
    assert [rule["title"] for rule in build(compile_document(parse(text))).rules] == ["展会补助", "参展补助"]


def test_a_title_is_paid_once_and_a_prize_each_time_it_is_won():
    for award, paid in (("新认定为国家级绿色工厂的企业", "once"), ("获得云岭科学技术奖一等奖的单位", "each")):
        (rule,) = pack(f"对{award},给予50万元奖励。").rules
        assert (bool(rule["trigger"]), rule["paid"]) == (True, paid)


def test_an_item_for_one_level_asks_for_it():
    text = HEAD + "一、平台奖励\n对新建的创新平台:\n1.国家级:奖励300万元;\n2.省级:奖励80万元;\n3.A类:奖励50万元。\n"
    asked = [[one["text"] for one in rule["conditions"]] for rule in build(compile_document(parse(text))).rules]
    assert [of_one[0] for of_one in asked] == ["国家级", "省级", "A类"]


def test_what_picks_the_first_of_several_sums_is_not_asked_of_the_others():
    made = pack("对取得装备承制资格的企业,A类给予20万元奖励,B类给予10万元奖励。")
    assert [[one["text"] for one in rule["conditions"] if one["text"] in ("A类", "B类")] for rule in made.rules] == [[]]


def test_what_all_must_have_is_no_name_of_an_award():
    text = HEAD + "第一条 管理提升\n申报条件:2024年营业收入不低于2000万元。\n每培育1家规上企业,奖励园区3万元。\n"
    text += "第二条 升规\n升规企业奖励10万元。升规满三年的再奖5万元。\n"
    rule, *_ = build(compile_document(parse(text))).rules
    assert rule["title"] == "管理提升" and rule["amount"]["per_unit"]["count"] == "第一条培育家数（家）"


def test_a_raised_maximum_is_paid_to_those_whom_it_is_raised_for_and_no_more_than_one():
    made = pack("对技术改造项目,按设备投资的10%给予补助,最高1000万元。其中,投资额1亿元以上的,最高可提高至1500万元。")
    usual, raised = made.rules
    assert usual["exclusive"] == raised["exclusive"] is not None
    facts = {"技术改造项目": True, "设备投资": 400_000_000, "投资额": 90_000_000}  # yuan
    assert owed(made, facts, []).sure_fen == 1_000_000_000
    assert owed(made, facts | {"投资额": 100_000_000}, []).sure_fen == 1_500_000_000


def test_one_of_the_classes_that_a_paper_lists_is_asked_where_a_sum_is_for_it_alone():
    text = (
        HEAD
        + "一、研发补助\n适用对象:高新技术企业、科技型中小企业。\n高新技术企业按研发费用增量的10%补助。科技型中小企业按研发费用的5%补助。\n"
    )
    last = [rule["conditions"][-1]["text"] for rule in build(compile_document(parse(text))).rules]
    assert last == ["高新技术企业", "科技型中小企业"]


def test_classes_that_are_paid_unlike_sums_each_count_their_own():
    (rule,) = pack("对全职引进的人才,按博士研究生每人2万元、硕士研究生每人1万元给予企业补助。").rules
    parts = rule["amount"].get("sum", {"parts": [rule["amount"]]})["parts"]
    assert len({part["per_unit"]["count"] for part in parts}) == len(parts) == 2


def test_a_class_with_a_larger_maximum_is_paid_by_it_alone_and_a_smaller_one_binds_its_class():
    made = pack("技术改造的,按设备投资额的8%补助,最高500万元,其中智能化改造的,最高不超过800万元。")
    usual, larger = made.rules
    assert [one["amount"]["rate"]["cap"] for one in made.rules] == [500_000_000, 800_000_000]
    assert usual["exclusive"] == larger["exclusive"] is not None
    assert larger["conditions"][-1]["text"] == "智能化改造"
    (rule,) = pack("按设备投资额的15%补助,最高200万元。小微企业最高100万元。").rules
    assert "choose" in rule["amount"]


def test_what_one_may_have_of_a_whole_paper_is_no_award():
    made = pack("对甲企业奖励10万元。", "同一企业当年享受本政策支持总额不超过1000万元。")
    (rule,) = made.rules
    assert [(cap["per"], cap["fen"]) for cap in rule["caps"]] == [("year", 1_000_000_000)]


def test_titles_that_others_bear_are_no_event_of_the_applicant():
    for text in ("每培训1名取得商照的学员,补助1万元。", "创新平台获批后三年内绩效评估优秀的,补助30万元。"):
        assert [rule["trigger"] for rule in pack(text).rules] == [None]


def test_tiers_of_plain_sums_compare_what_their_sentence_measures():
    (rule,) = pack("新设总部的,根据实际到位注册资本给予扶持:1亿元及以上的奖励500万元,5亿元及以上的奖励2000万元。").rules
    assert {case["when"]["fact"] for case in rule["amount"]["choose"]} == {"实际到位注册资本"}


def test_who_pays_is_asked_of_nobody_and_what_is_not_had_is_no_event():
    (rule,) = pack("未获得中央补偿的企业,市级按实际保费(费率不超过3%)的60%补贴。").rules
    assert [one["text"] for one in rule["conditions"]] == ["未获得中央补偿的企业"] and rule["trigger"] is None
    assert rule["amount"]["rate"]["base"] == "实际保费"


def test_a_class_of_a_level_is_asked_though_no_verb_says_what_it_did():
    (rule,) = pack("省级以上公共服务平台,国家级补助100万元、省级补助50万元。").rules
    assert [one["text"] for one in rule["conditions"]] == ["省级以上公共服务平台"]


def test_lines_that_close_a_paper_are_asked_of_nobody():
    text = (
        HEAD
        + "一、支持内容\n(一)平台。对新建平台给予10万元奖励。\n二、申报要求\n(一)申报单位无失信记录。\n(二)在本市注册满1年。\n"
        + "联系人:王工,电话:88880001。\n附件:1.申报材料清单\n云岭市科学技术局 云岭市财政局\n2025年3月28日\n"
    )
    (rule,) = build(compile_document(parse(text))).rules
    assert [one["text"] for one in rule["conditions"]] == [
        "新建平台",
        "申报单位无失信记录",
        "在本市注册",
        "在本市注册满1年",
    ]


def test_grades_in_a_table_are_awards_of_what_they_are_grades_of():
    text = (
        HEAD
        + "一、资质奖励标准\n|资质类别|等级|奖励金额|\n|保密资格|一级|50万元|\n|保密资格|二级|30万元|\n|承制资格|A类|30万元|\n|质量体系|/|10万元|\n"
    )
    rules = build(compile_document(parse(text))).rules
    assert [rule["conditions"][0]["text"] for rule in rules] == ["保密资格", "承制资格", "质量体系"]
    assert len(rules[0]["amount"]["choose"]) == 2


def test_a_second_class_with_its_own_bound_is_not_asked_for_the_first():
    made = pack(
        "对新开发一类新药,年销售额在1亿元以上的,奖励企业200万元;新开发二类新药,年销售额在5000万元以上的,奖励企业100万元。"
    )
    asked = [[one["text"] for one in rule["conditions"]] for rule in made.rules]
    assert [of_one[0] for of_one in asked] == ["新开发一类新药", "新开发二类新药"]
    assert not any("一类" in text for text in asked[1])


def test_a_certificate_of_persons_and_what_one_comes_by_are_asked_and_are_no_events():
    for text in (
        "取得甲市或乙市执业资格证的在职青年,给予5万元补贴。",
        "通过技能培训并获得相应资质的企业,给予5万元补贴。",
    ):
        (rule,) = pack(text).rules
        assert rule["trigger"] is None and len(rule["conditions"]) == 1


def test_a_maximum_for_each_measure_of_a_bounded_number_makes_a_sound_pack():
    made = pack("租用厂房的,按实际租金的50%给予补贴,补贴面积上限3000平方米,且每平方米补贴不超过20元。")
    (rule,) = made.rules
    (cap,) = rule["caps"]
    assert cap["at_most"] == {"of": {"least": ["第一条补助面积（平方米）", 3000]}, "times": [2000, 1]}
    (rule,) = pack("租用厂房的,按实际租金的50%给予补贴,每月每平方米最高20元。").rules
    assert rule["caps"][0]["at_most"]["fact"] == "第一条补助面积（平方米·月）"


def test_of_classes_told_one_after_another_one_is_enough():
    made = pack(
        "对产值首次突破1亿元的先进制造业企业,营业收入突破5000万元且纳入统计范围的软件信息服务业企业,给予50万元奖励。",
        "对在本市注册的企业,取得装备承制资格的单位,给予10万元奖励。",
    )
    first, second = made.rules
    (asked,) = first["conditions"]
    assert len(asked["test"]["any"]) == 2
    assert "any" not in second["conditions"][0]["test"]


def test_what_picks_one_row_of_a_list_is_not_asked_of_the_others_and_whom_a_list_is_for_is_asked_of_each():
    (rule,) = pack("在境内主板上市的,给予不超过150万元奖励;在创业板上市的,给予不超过50万元奖励。").rules
    assert len(rule["amount"]["choose"]) == 2 and not rule["conditions"]
    made = pack("入园的人力资源服务机构,首次进入世界500强,给予300万元奖励;首次进入中国100强,给予100万元奖励。")
    for rule in made.rules:
        assert "入园的人力资源服务机构" in [each["text"] for each in rule["conditions"]]
    (rule,) = pack("每台补贴1000元,每家最多补助20台,若名额未用足则统筹使用,补助总额120万元。").rules
    assert rule["amount"]["per_unit"]["count"]["least"][1] == 20


def test_what_is_said_of_the_items_beside_it_is_not_said_of_the_whole_paper():
    text = (
        HEAD + "一、平台奖励\n1.国家级:奖励300万元;\n2.省级:奖励80万元;\n3.以上奖励分三年拨付,比例为4:3:3。\n"
        "二、人才奖励\n对引进人才的企业奖励10万元。\n"
    )
    paid = {rule["article"]: "instalments" in rule for rule in build(compile_document(parse(text))).rules}
    assert paid == {"一.1": True, "一.2": True, "二": False}
