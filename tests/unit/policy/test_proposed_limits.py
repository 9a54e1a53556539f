"""What bounds proposed rules and how they are paid: ceilings, raised sums, stacking, payers, instalments, the time to apply."""

import pytest

from luodi.document.reading import parse
from luodi.entitlement.explain import explain
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from proposed_pack import DAY, HEAD, owed, pack

PRIZE = "对获评国家级、省级绿色工厂的企业,分别给予100万元、50万元奖励"


def test_what_two_parts_come_to_is_a_ceiling_and_what_is_counted_of_a_national_thing_is_none():
    first, part = pack(
        "对首次纳统的企业,给予一次性奖励10万元,零售额超过500万元的部分,按每200万元奖励1万元,单家企业上限100万元,存量与增量合计不超过110万元。"
    ).rules
    assert [cap["fen"] for cap in first["caps"]] == [110_000_000]
    assert {each["text"] for each in first["conditions"]} <= {each["text"] for each in part["conditions"]}
    made = pack("每个国家级培训基地给予不超过500万元资助经费,每个国家级工作室资助50万元。")
    assert [list(rule["amount"]) for rule in made.rules] == [["capped"], ["per_unit"]]


def test_a_maximum_for_one_recipient_behind_several_things_bounds_what_they_come_to():
    made = pack("新建大棚的,简易大棚每亩补助3000元,连栋大棚每亩补助8000元,单个主体最高60万元。")
    assert [(cap["fen"], len(cap["rules"])) for rule in made.rules for cap in rule["caps"]] == [(60_000_000, 2)]
    made = pack("新建大棚的,简易大棚每亩补助3000元,连栋大棚每亩补助8000元,单个项目最高60万元。")
    assert not any(rule["caps"] for rule in made.rules)


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


def test_what_a_firm_gets_at_most_in_the_clause_of_a_sum_bounds_it_and_is_no_award():
    made = pack("对已纳统的零售企业,新入驻平台的,给予资助1万元,单个企业资助不超过5万元。")
    assert [[(cap["per"], cap["fen"]) for cap in rule["caps"]] for rule in made.rules] == [[("unit", 5_000_000)]]
    made = pack("对首批次应用的产品给予奖励,单个产品奖励最高不超过500万元,单个企业奖励金额最高不超过1000万元。")
    assert [[(cap["per"], cap["fen"]) for cap in rule["caps"]] for rule in made.rules] == [[("unit", 1_000_000_000)]]
    rent = pack("对入驻企业,给予10万元奖励,单个企业租金补贴最高不超过5万元。")
    assert len(rent.rules) == 2


def test_a_raised_share_of_a_part_is_of_the_same_base():
    made = pack("对技改项目,按设备投资额的8%给予补助。其中,列入省级计划的,补助比例提高至10%。")
    usual, raised = made.facts["benefits"]
    assert (raised["base"], raised["instead_of"]) == (usual["base"], usual["award"])


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


def test_payers_parts_and_ceilings_are_of_the_articles_that_they_name():
    made = pack(
        "落户支持\n(一)对新设企业给予50万元奖励。\n(二)对租房企业给予10万元补贴。\n本条第(一)、(二)项,单个企业累计不超过55万元。",
        "对参展企业给予5万元补助。",
        "第一条第(一)项奖励分两年兑付,每年兑付50%。第一条至第二条所需资金由县财政承担60%、乡镇承担40%。",
        "对投保企业给予2万元补助。",
        "以上奖励不与县其他财政资金重复享受。",
    )
    rules = {rule["id"].partition("#")[0]: rule for rule in made.rules}
    assert [cap["rules"] for rule in made.rules for cap in rule["caps"]] == [["第一条.(一)#1", "第一条.(二)#1"]]
    assert [name for name, rule in rules.items() if rule.get("instalments")] == ["第一条.(一)"]
    assert [name for name, rule in rules.items() if rule.get("payers")] == ["第一条.(一)", "第一条.(二)", "第二条"]
    assert all("elsewhere" in rule for rule in made.rules)


def test_parts_of_an_item_are_of_the_items_beside_it_and_in_a_sentence_of_their_own_clause():
    made = pack(
        "创建奖励\n(一)申请条件:新建。\n(二)奖励标准:给予50万元奖励。\n(三)奖励资金分两年按60%、40%拨付。",
        "对参展企业给予5万元补助。",
    )
    assert [len(rule.get("instalments", ())) for rule in made.rules] == [2, 0]
    made = pack("对新建厂房的,给予100万元补助,开工后支付40%,竣工后支付60%;对购买厂房的,给予20万元补助。")
    assert [len(rule.get("instalments", ())) for rule in made.rules] == [2, 0]


def test_parts_told_of_large_sums_alone_are_left_to_a_person():
    made = pack("对参展企业给予50万元奖励。", "支持资金超过100万元的,分两期拨付:首期拨付60%,次年经考核合格后拨付40%。")
    assert not any("instalments" in rule for rule in made.rules)
    assert [len(row["parts"]) for row in made.facts["payments"]] == [2]


def test_what_stands_before_a_colon_holds_for_each_class_behind_it():
    made = pack(
        "对新纳统且年增速50%以上的商贸企业:批发企业年销售额达到1亿元,奖励5万元;零售企业年零售额达到2亿元,奖励6万元;对新开业的企业奖励1万元。"
    )
    told = [[one["text"] for one in row["conditions"]] for row in made.facts["benefits"]]
    assert ["年增速50%以上" in each for each in told] == [True, True, False]


def test_a_total_for_each_project_is_of_the_items_that_it_stands_below():
    items = "补助标准\n(一)按设备投资的8%补助。\n(二)通过认定的奖励10万元。\n"
    for last, fen, bound in (
        ("(三)单个项目补助总额不超过1000万元。", 100_000_000_0, 2),
        ("同一企业每年补助总额不超过1000万元。", 100_000_000_0, 2),
        ("(三)对示范项目给予补助,单个项目补助不超过1000万元。", None, 0),
    ):
        made = pack(items + last)
        caps = [cap for rule in made.rules for cap in rule["caps"]]
        assert [(cap["fen"], len(cap["rules"])) for cap in caps] == ([(fen, bound)] if bound else [])


def test_a_month_in_which_claims_are_made_is_of_the_awards_that_it_names():
    made = pack("对参展企业给予5万元奖励。", "对投保企业给予2万元奖励。", "第一条奖励于每年1月提出申请。")
    assert [rule.get("application", {}).get("yearly") for rule in made.rules] == ["01", None]


@pytest.mark.parametrize(
    ("told", "windows"),
    [
        ("除第三条外,企业应于每年3月底前申报。", ["03", "03", None]),
        ("第一、二条的奖励于次年6月底前申请。", ["06", "06", None]),
        ("第二条的奖励,于每年5月集中受理。", [None, "05", None]),
        ("企业应于每年6月底前申报第二条奖励。", [None, "06", None]),
        ("企业应于每年6月底前申报。", ["06", "06", "06"]),
        ("主管部门应于每年3月底前发布第二条的申报指南。", [None, None, None]),
        ("企业按第二条规定的程序,于每年5月提出申请。", ["05", "05", "05"]),
    ],
)
def test_a_time_to_apply_is_of_the_awards_that_its_sentence_names(told, windows):
    made = pack("对参展企业给予5万元奖励。", "对投保企业给予2万元奖励。", "对上云企业给予3万元奖励。", told)
    assert [rule.get("application", {}).get("yearly") for rule in made.rules] == windows


def test_later_years_of_an_award_are_for_the_same():
    made = pack("年纳税100万元以上的总部项目,按税收的90%奖励;第6年起,按税收增量的50%奖励。")
    told = [[one["text"] for one in row["conditions"]] for row in made.facts["benefits"]]
    assert told[0] == told[1] and told[0]


def test_money_from_above_is_asked_wherever_the_paper_says_so():
    for words, asked in (
        ("单个企业年度支持资金总额不超过100万元;同一项目已获得上级资金支持的,不重复支持。", [True, True]),
        ("对投保企业给予2万元奖励,已享受其他财政资金的不重复享受。", [False, True]),
        ("单个企业年度支持资金总额不超过100万元;同一项目不重复支持。", [False, False]),
    ):
        made = pack("对参展企业给予5万元奖励。", *([] if "投保" in words else ["对投保企业给予2万元奖励。"]), words)
        assert ["elsewhere" in rule for rule in made.rules] == asked, words


def test_of_awards_told_as_a_choice_one_is_paid():
    awards = "对甲企业给予5万元奖励。对乙企业给予6万元奖励。"
    for words, exclusive in (
        ("同一企业只能择一享受甲企业奖励或乙企业奖励。", 2),
        ("同一企业可享受甲企业奖励或乙企业奖励。", 0),
    ):
        made = pack(awards + words, "对参展企业给予2万元补助。")
        assert sum(rule.get("exclusive") is not None for rule in made.rules) == exclusive


def test_a_ceiling_without_award_binds_those_of_its_clause_else_of_its_article():
    made = pack("对参展企业按展位费的50%给予补助。对投保企业按保费的30%给予补助。每家企业每年补助限额50万元。")
    assert [len(cap["rules"]) for rule in made.rules for cap in rule["caps"]] == [2]
    made = pack("参展给予5万元补助,同一企业年度累计不超过20万元。投保给予2万元补助。")
    assert [cap["rules"] for rule in made.rules for cap in rule["caps"]] == [["第一条#1"]]


def test_a_ceiling_with_a_noun_of_its_own_is_no_award():
    made = pack("一个资助年度内的补贴上限为10000元。对申请的器具,按价格补贴60%。")
    assert [[cap["fen"] for cap in rule["caps"]] for rule in made.rules] == [[1_000_000]]
    made = pack("对开通新航线的企业给予奖励。每条航线给予20万元。以上两项奖励每个企业每年合计不超过2000万元。")
    assert [[cap["fen"] for cap in rule["caps"]] for rule in made.rules] == [[2_000_000_000]]


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


_APART = "对租房的企业给予10万元补贴,对购房的企业给予20万元补贴。\n第二条 对参展的企业给予3万元补贴。\n第三条 对投保的企业给予2万元补助。\n第四条 "


@pytest.mark.parametrize(
    ("told", "groups", "asked"),
    [
        ("第二条与第三条就高不重复。", [None, None, "第二条#1", "第二条#1"], 0),
        ("第一条与第二条不可重复享受。", [None] * 4, 3),
        ("第一条至第三条所列奖励只能享受一项。", ["第一条#1"] * 4, 0),
        ("第一条奖励择一享受。", ["第一条#1", "第一条#1", None, None], 0),
        ("第一条与第九条不重复享受。", [None] * 4, 0),
        ("第一条与市级同类政策不重复享受。", [None] * 4, 0),
        ("对上云企业给予4万元补助。前款奖励与第一条的奖励不可重复享受。", [None] * 5, 3),
        ("对上云企业给予4万元补助。本条与第三条就高不重复。", [None, None, None, "第四条#1", "第四条#1"], 0),
        ("对上云企业给予4万元补助,两年在用的,再给予1万元。本条不得与第二条叠加享受。", [None] * 6, 3),
    ],
)
def test_what_meets_between_articles_says_nothing_of_the_awards_of_one(told, groups, asked):
    made = pack(_APART + told)
    assert [rule.get("exclusive") for rule in made.rules] == groups
    rivals = [[one for one in rule["conditions"] if one["text"].startswith("已享受第")] for rule in made.rules]
    assert sum(map(bool, rivals)) == asked
    assert all(one["test"]["value"] is False for each in rivals for one in each)


def test_who_has_the_one_of_two_sets_is_paid_all_of_that_and_nothing_of_the_other():
    made = pack(_APART + "第一条与第二条不可重复享受。")
    held = {condition["test"]["fact"]: True for rule in made.rules for condition in rule["conditions"]}
    for own, sums in (("已享受第一条的奖补", 30 + 2), ("已享受第二条的奖补", 3 + 2)):
        other = next(name for name in held if name.startswith("已享受") and name != own)
        assert owed(made, held | {own: True, other: False}, []).sure_fen == sums * 1_000_000


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


def test_a_text_without_articles_asks_for_money_from_elsewhere_only_where_it_speaks_of_it():
    for told, asked in (("同一企业不重复享受。", False), ("同一企业与市级其他政策不重复享受。", True)):
        made = build(compile_document(parse(f"补助标准\n对规上企业给予50万元奖励。{told}\n")))
        assert ["elsewhere" in rule for rule in made.rules] == [asked]


def test_a_raised_maximum_is_paid_to_those_whom_it_is_raised_for_and_no_more_than_one():
    made = pack("对技术改造项目,按设备投资的10%给予补助,最高1000万元。其中,投资额1亿元以上的,最高可提高至1500万元。")
    usual, raised = made.rules
    assert usual["exclusive"] == raised["exclusive"] is not None
    facts = {"技术改造项目": True, "设备投资": 400_000_000, "投资额": 90_000_000}  # yuan
    assert owed(made, facts, []).sure_fen == 1_000_000_000
    assert owed(made, facts | {"投资额": 100_000_000}, []).sure_fen == 1_500_000_000


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


def test_a_maximum_for_each_measure_of_a_bounded_number_makes_a_sound_pack():
    made = pack("租用厂房的,按实际租金的50%给予补贴,补贴面积上限3000平方米,且每平方米补贴不超过20元。")
    (rule,) = made.rules
    (cap,) = rule["caps"]
    assert cap["at_most"] == {"of": {"least": ["第一条补助面积（平方米）", 3000]}, "times": [2000, 1]}
    (rule,) = pack("租用厂房的,按实际租金的50%给予补贴,每月每平方米最高20元。").rules
    assert rule["caps"][0]["at_most"]["fact"] == "第一条补助面积（平方米·月）"


def test_what_is_said_of_the_items_beside_it_is_not_said_of_the_whole_paper():
    text = (
        HEAD + "一、平台奖励\n1.国家级:奖励300万元;\n2.省级:奖励80万元;\n3.以上奖励分三年拨付,比例为4:3:3。\n"
        "二、人才奖励\n对引进人才的企业奖励10万元。\n"
    )
    paid = {rule["article"]: "instalments" in rule for rule in build(compile_document(parse(text))).rules}
    assert paid == {"一.1": True, "一.2": True, "二": False}


def test_what_is_said_of_a_payment_that_gives_no_sum_is_said_of_no_other():
    train = "对培训合格的失业人员再给予生活费补贴。生活费补贴每人每年只享受一次,且不可同时领取失业保险金。"
    (rule,) = pack("对不裁员的企业,给予10万元补贴。", train).rules
    assert [one["text"] for one in rule["conditions"]] == ["不裁员的企业"]
    assert "elsewhere" not in rule
    (rule,) = pack("对不裁员的企业,给予10万元补贴。", "同一企业每年只享受一次,且不可同时享受其他财政资金。").rules
    assert rule["elsewhere"]["note"] == "同一企业每年只享受一次,且不可同时享受其他财政资金"
    assert "同一企业每年只享受一次" in [one["text"] for one in rule["conditions"]]
    rent, move = pack(
        "支持落户。\n(一)租房补贴。对入驻企业,给予10万元补贴。\n(二)搬迁补贴。对迁入企业,给予20万元补贴。",
        "租房补贴不与其他财政资金重复享受。",
    ).rules
    assert "elsewhere" in rent
    assert "elsewhere" not in move


def test_who_has_the_money_of_the_nation_is_asked_for_it_where_the_sentence_of_the_award_refuses_him():
    (rule,) = pack("获评示范企业的,奖励20万元,已获得中央财政资金支持的企业不予奖励。").rules
    assert rule["elsewhere"]["note"].endswith("已获得中央财政资金支持的企业不予奖励")
    (rule,) = pack("对获得国家级奖项的企业,奖励20万元。").rules
    assert "elsewhere" not in rule
