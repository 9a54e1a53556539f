"""From facts to proposed rules: whom an award is for, what it asks and what it is called."""

import datetime as dt

import pytest

from luodi.document.reading import parse
from luodi.entitlement.loading import load_rules
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.policy.decisions import decided_pack
from proposed_pack import HEAD, owed, pack


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


def test_a_class_of_firms_is_no_kind_of_what_is_counted():
    (rule,) = pack("企业购买用房的,每平方米给予3000元补贴。其中,大型企业,最高600万元;中型企业,最高400万元。").rules
    assert list(rule["amount"]) == ["choose"]
    (rule,) = pack("对新建的甲类温室、乙类温室,每亩分别给予3000元、2000元补贴。").rules
    assert list(rule["amount"]) == ["sum"]


@pytest.mark.parametrize(("meaning", "to_persons"), [("具有本市户籍的老年人", True), ("在本市注册的养老机构", False)])
def test_an_award_of_a_term_that_means_persons_goes_to_persons(meaning, to_persons):
    made = pack(f"本办法所称配发对象,是指{meaning}。", "对配发对象申请的首件器具,给予1000元补贴。")
    assert ["note" in rule["recipients"] for rule in made.rules] == [to_persons]


def test_an_office_in_what_shuts_out_makes_no_award_of_units():
    made = pack(
        "本办法所称配发对象,是指具有本市户籍的以下人员:持证人和儿童。",
        "对配发对象申请的首件器具,给予1000元补贴。",
        "配发对象有下列情形之一的,不予补贴:(一)与定点机构勾结骗取补贴;(二)转售器具。",
        "对符合条件的机构,给予5万元补贴。",
    )
    assert ["note" in rule["recipients"] for rule in made.rules] == [True, False]


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


def test_a_class_of_payees_is_no_grade_and_is_not_what_is_counted():
    made = pack(
        "对获得绿色食品标志使用权的单位或个人,一次性补助3万元。", "对通过续展认证的单位或个人,每个产品补助0.5万元。"
    )
    assert made.rules[0]["amount"] == {"fixed": made.rules[0]["amount"]["fixed"]}
    assert "单位" not in made.rules[1]["amount"]["per_unit"]["count"]
    (rule,) = pack("对入股的合作社,每家一次性补助3万元。").rules
    assert rule["amount"]["fixed"]["fen"] == 3_000_000


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


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("第一条 按租金的50%给予补贴。\n", ["租金奖补"]),
        ("第一条 按贷款的2%给予贴息。\n", ["贷款贴息"]),
        ("第一条 给予最高10万元支持。\n", ["第一条所列奖补"]),
        ("第一条 企业获得贷款并还清的,按利息的50%给予补贴。\n", ["企业获得贷款并还清"]),
        ("给予10万元奖励。\n", ["奖补"]),
    ],
)
def test_a_word_that_nobody_would_know_for_an_award_is_no_title_by_itself(text, titles):
    assert [rule["title"] for rule in build(compile_document(parse(HEAD + text))).rules] == titles


@pytest.mark.parametrize(
    ("heading", "text", "titles"),
    [  # a heading that is too long ends at a pause, or gives way to words that say enough alone
        (
            "辅助器具补贴标准、申领程序和补贴方式",
            "对首件（套）辅助器具，按价格的80%给予补贴；对第二件（套）辅助器具，按价格的60%给予补贴。",
            ["辅助器具补贴标准：首件（套）辅助器具", "辅助器具补贴标准：第二件（套）辅助器具"],
        ),
        (
            "加快培育壮大先进制造业企业主体队伍",
            "对参展企业，按展位费的80%给予补贴；对新建厂房的链主企业，按租金的60%给予补贴。",
            ["加快培育壮大先进制造业企业主…：参展企业", "新建厂房的链主企业"],
        ),
    ],
)
def test_a_long_heading_leaves_no_half_word_in_the_title_of_an_award(heading, text, titles):
    found = build(compile_document(parse(f"{HEAD}第一条 {heading}\n{text}\n"))).rules
    assert [rule["title"] for rule in found] == titles


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


def test_titles_that_others_bear_are_no_event_of_the_applicant():
    for text in ("每培训1名取得商照的学员,补助1万元。", "创新平台获批后三年内绩效评估优秀的,补助30万元。"):
        assert [rule["trigger"] for rule in pack(text).rules] == [None]


def test_who_buys_or_rents_is_asked_where_he_is_told_once():
    first = "对新引进的金融机构购买办公用房的,按购房价格的2%给予补助;"
    _, rented = pack(f"{first}租赁办公用房的,按年租金的30%给予补助。").rules
    assert "新引进的金融机构" in [each["text"] for each in rented["conditions"]]
    _, other = pack(f"{first}中介机构租赁办公用房的,按年租金的30%给予补助。").rules
    assert "新引进的金融机构" not in [each["text"] for each in other["conditions"]]


def test_what_award_and_list_both_demand_is_demanded_once():
    first = "一、申报条件\n(一)在云州市注册。\n(二)研发投入占比不低于3%。\n"
    (rule,) = pack(f"{first}二、奖励标准\n对研发投入占比不低于3%的企业,给予10万元奖励。\n").rules
    assert sorted(each["text"] for each in rule["conditions"]) == ["在云州市注册", "研发投入占比不低于3%"]


def test_a_share_is_of_what_its_tier_spends_and_of_what_bounds_it():
    def bases(text):
        found = pack(text).rules[0]["amount"]
        return (
            {each["amount"]["rate"]["base"] for each in found["choose"]}
            if "choose" in found
            else {found["rate"]["base"]}
        )

    assert bases("设备投资500万元至2000万元的,补助8%;2000万元以上的,补助10%。") == {"设备投资"}
    assert bases("择优给予不超过200万元资金支持,不超过平台上一年投入的30%。") == {"平台上一年投入"}
    by_investment = "土地净收益留成部分按固定资产投资确定补贴比例。固定资产投资2000万元以上的,补贴42%。"
    assert "固定资产投资" not in bases(by_investment)


def test_trials_are_paid_by_their_stages_where_the_text_says_so():
    made = pack("对已开展Ⅰ期、Ⅱ期临床试验的化学药、生物药,按临床试验的不同阶段,分别给予300万元、600万元资助。")
    assert "I期" in str(made.rules[0]["amount"]) and "化学药" not in str(made.rules[0]["amount"])


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


CARD = """云岭市支持创业载体若干措施
服务内容
1．支持建设孵化器
（1）分为引领类、培育类给予支持，第一年分别给予不超过1000万元、200万元资金支持。
2．支持建设大学科技园
给予最高不超过3000万元的资金支持。
条件要求
1．支持建设孵化器
（1）拥有高水平的运营团队。
2．支持建设大学科技园
（1）紧密依托大学设立。
"""


def test_awards_are_called_by_the_clause_that_pays_where_its_number_comes_twice():
    titles = {rule["article"]: rule["title"] for rule in build(compile_document(parse(CARD))).rules}
    assert titles == {"1.(1)": "支持建设孵化器", "2": "支持建设大学科技园"}


def test_what_picks_one_of_several_sums_is_no_name_of_all():
    (rule,) = pack("高质量发展奖励。对实现小升规、规改股的企业分别给予10万元、20万元的一次性奖励。").rules
    assert rule["title"] == "高质量发展奖励"


def test_a_condition_names_the_clause_in_which_it_stands_also_once_people_decided():
    made = pack("对获得国家级平台称号的企业,给予10万元奖励。", "申请扶持的企业须合法经营,并签订承诺书。").data
    for data in (made, decided_pack(made, []).data):
        told = {each["text"]: each["article"] for rule in data["rules"] for each in rule["conditions"]}
        assert {article for text, article in told.items() if "承诺书" in text} == {"第二条"}


@pytest.mark.parametrize(
    ("words", "window", "ends"),
    [
        ("本办法自2023年9月8日起施行，有效期3年。", {"from": "2023-09-08", "to": "2026-09-07"}, dt.date(2026, 9, 7)),
        ("本办法自2023年9月8日起施行。", {"from": "2023-09-08", "to": None}, None),
    ],
)
def test_so_many_years_in_force_end(words, window, ends):
    made = pack("对获得国家级平台称号的企业,给予10万元奖励。", words)
    assert made.rules[0]["window"] == window and made.effective_to == ends
    assert load_rules(made).effective_to == ends


def test_years_since_its_issue_end_so_many_after_the_day_under_the_paper():
    text = "云岭市促进创新若干措施\n一、对获得国家级平台称号的企业，给予10万元奖励。\n二、本措施自印发之日起施行，有效期2年。\n云岭市人民政府\n2023年5月6日\n"
    made = build(compile_document(parse(text)))
    assert (made.effective_from, made.effective_to) == (None, dt.date(2025, 5, 5))
