"""Benefits: what is paid, to whom, how often, up to what, and what is no award at all (LANGUAGE 6, 9, 10)."""

import importlib.util
import json
from fractions import Fraction

import pytest
from benefit_rows import row_of
from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.document.reading import parse, read
from luodi.policy.compile import compile_document
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.exports.exchange import exchange
from luodi.policy.facts import Benefit


def compiled(text: str, heading: str = "奖补政策") -> list[Benefit | Diagnostic]:
    result = compile_document(parse(f"一、{heading}\n(一)内容。{text}\n"))
    return [*(f for f in result.facts if isinstance(f, Benefit)), *result.diagnostics]


def benefits(text: str) -> list[Benefit]:
    return [one for one in compiled(text) if isinstance(one, Benefit)]


def rows(text: str) -> list[str]:
    """Each row as ``kind[selector] amount|rate|floor-cap frequency×years``, money in 万元."""
    return [row_of(one) for one in benefits(text)]


FRAMES = [
    # amount before kind, kind before amount, topic without 对, passive, no verb
    ("对获评企业,给予50万元奖励。", ["fixed 50"]),
    ("对获评企业,奖励50万元。", ["fixed 50"]),
    ("甲类技术中心奖励200万元。", ["fixed 200"]),
    ("被认定为示范工厂的企业,给予一次性20万元补助。", ["fixed 20 once"]),
    ("在岗人员享受每人每月1500元住房补贴。", ["per_unit 0.15 monthly"]),
    ("一次性奖励企业30万元。", ["fixed 30 once"]),
    # kinds
    ("给予最高不超过500万元奖励。", ["capped ≤500"]),
    ("给予50万元以内的一次性补助。", ["capped ≤50 once"]),
    ("单个企业奖励金额不超过80万元。", ["capped ≤80"]),
    ("按设备投资额的10%给予补助,最高500万元。", ["rate 1/10 ≤500"]),
    ("按10%—30%给予补助。", ["rate 3/10"]),
    ("给予引进成本不低于10%的资金支持。", ["rate 1/10"]),
    ("给予实际支付租金三分之一的补贴。", ["rate 1/3"]),
    ("给予1:1配套支持,最高100万元。", ["rate 1 ≤100"]),
    ("按省级补助金额的50%给予配套。", ["rate 1/2"]),
    ("按照实际发生费用的全部金额,给予累计不超过20万元资金支持。", ["rate 1 ≤20"]),
    ("对贷款按利率的50%给予贴息,每年最高50万元。", ["interest 1/2 ≤50 annual"]),
    ("给予贷款贴息,单个项目年度贴息额不超过300万元。", ["interest ≤300 annual"]),
    ("给予每家30万元补贴。", ["per_unit 30"]),
    ("每新增1台设备奖励2万元,最高40万元。", ["per_unit 2 ≤40"]),
    ("每增加10亿元产值再给予5万元奖励。", ["per_unit 5"]),
    ("按每亩500元给予补助。", ["per_unit 0.05"]),
    ("给予50万元至100万元的补助。", ["range 50–100"]),
    ("分档给予20-500万元资金支持。", ["range 20–500"]),
    ("重大项目可采取“一事一议”方式给予扶持。", ["case"]),
    ("对重大项目给予“一企一策”支持,最高不超过800万元。", ["case ≤800"]),
]


@pytest.mark.parametrize(("text", "expected"), FRAMES)
def test_frames_and_amounts(text, expected):
    assert rows(text) == expected


DISTRIBUTIVE = [
    (
        "对营业收入1亿元(含1亿元)至5亿元、5亿元以上的企业,分别奖励10万元、20万元。",
        ["1亿元(含1亿元)至5亿元", "5亿元以上"],
    ),
    ("对国家级、省级中心,分别给予100万元、50万元奖励。", ["国家级", "省级"]),
    ("对获奖单位,根据获特等奖、一等奖、二等奖档次,分别一次性给予30万元、20万元、10万元奖励。", ["特等奖", "一等奖", "二等奖"]),
    ("对取得许可的一类单位、二类单位分别一次性给予50万元、30万元奖励。", ["一类", "二类"]),
    ("对取得A类资格、B类资格的单位,分别给予50万元、30万元奖励。", ["A类", "B类"]),
    ("对获得国际、国内认证企业(含供应商),分别给予100万元、50万元奖励。", ["国际", "国内"]),
    ("对制定国际标准、国家标准和行业标准的,分别给予60万元、30万元和10万元奖励。", ["国际标准", "国家标准", "行业标准"]),
    ("对首次突破1亿元、5亿元、10亿元的企业,分别奖励10万元、20万元、30万元。", ["1亿元", "5亿元", "10亿元"]),
    ("对“甲升乙”“乙升丙”企业分别给予10万元、20万元奖励。", ["甲升乙", "乙升丙"]),
    ("对获省、市科技奖一、二等奖的,分别奖励8、6以及3、2万元。", ["省一等奖", "省二等奖", "市一等奖", "市二等奖"]),
    ("对新引进的博士、硕士,分别给予10万元和5万元安家补贴。", ["博士", "硕士"]),
    ("分为引领类、培育类给予支持。第一年分别给予不超过100万元、20万元资金支持。", ["引领类", "培育类"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "keys"), DISTRIBUTIVE)
def test_distributive_lists_pair_by_position(text, keys):
    assert [one.selector for one in benefits(text)] == keys


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("对新认定为高新技术企业的,给予10万元奖励。", "高新技术企业"),
        ("新认定为国家、省、市级农业龙头企业的(包括农业联合体),分别给予50万元、20万元、3万元奖励。", "农业龙头企业"),
        ("对新认定的高新技术企业,给予10万元奖励。", "高新技术企业"),
    ],
)
def test_a_title_begins_behind_the_words_that_award_it(text, event):
    assert {one.events for one in benefits(text)} == {(event,)}


def test_two_prizes_and_four_grades_pair_with_the_list_of_grades():
    found = benefits(
        "对获得国家甲奖、国防乙奖的单位,根据获一等奖、二等奖、三等奖档次,分别给予3万元、2万元、1万元奖励。"
    )
    assert [(one.selector, one.amount) for one in found] == [
        ("一等奖", 3000000),
        ("二等奖", 2000000),
        ("三等奖", 1000000),
    ]
    assert {one.events for one in found} == {("国家甲奖", "国防乙奖")}
    assert {one.award for one in found} == {1}


def test_shared_modifiers_and_parallel_lists():
    assert rows("按到位经费的15%、10%,分别给予最高不超过100万元、50万元补助。") == ["rate 3/20 ≤100", "rate 1/10 ≤50"]
    found = rows("对一期、二期临床,按投入的20%分别给予最高100万元、200万元资助。")
    assert found == ["rate[一期] 1/5 ≤100", "rate[二期] 1/5 ≤200"]
    assert rows("首台产品分别按售价的15%给予奖励。") == ["rate 3/20"]


def test_counts_that_do_not_match_are_reported_and_never_guessed():
    found = compiled("对甲、乙、丙、丁平台,分别给予100万元、50万元、30万元奖励。")
    assert not [one for one in found if isinstance(one, Benefit)]
    (one,) = [one for one in found if one.code == "pairing-unresolved"]
    assert "100万元、50万元、30万元" in one.message


def test_half_of_a_sum_is_said_and_never_calculated():
    found = compiled("列入国家级示范企业、示范平台的,奖励50万元;省级的减半。")
    (one,) = [one for one in found if not isinstance(one, Benefit) and one.code == "award-halved"]
    assert "省级的减半" in one.message
    assert not [one for one in compiled("奖励50万元,租金减半。所得税减半征收。") if not isinstance(one, Benefit)]


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("国家级工厂奖50万元,省级减半。", "省级减半"),
        ("一类新药给予1000万元奖励,首仿药减半执行。", "首仿药减半执行"),
        ("引进一名博士,给予5万元补贴;引进硕士的,标准减半。", "引进硕士的,标准减半"),
        ("首次获评的奖励10万元,再次获评的按50%奖励。", "再次获评的按50%奖励"),
        ("国家级、省级的分别奖励30万元、20万元,复核通过的分别按50%奖励。", "复核通过的分别按50%奖励"),
        ("寄宿生每生每年补助1250元,非寄宿生按50%补助。", "非寄宿生按50%补助"),
        ("购房补贴每户10万元。属于高层次人才的,按1.5倍给予补贴。", "按前一档金额的1.5倍计算"),
        ("购房补贴每户10万元。夫妻双方均符合的,按150%发放。", "按前一档金额的150%计算"),
        ("每人补贴500元。属于残疾人的,翻倍补贴。", "按前一档金额的两倍计算"),
        ("奖励10万元,研发费用按150%加计扣除。", None),
        ("奖励50万元,第二年租金减半。", None),
    ],
)
def test_half_of_a_sum_in_few_words(clause: str, told: str | None):
    found = [one for one in compiled(clause) if not isinstance(one, Benefit)]
    notes = [one.message for one in found if one.code == "award-halved"]
    assert [one for one in notes if told and told in one] == notes[:1] and len(notes) == bool(told)


@pytest.mark.parametrize(
    "clause",
    [
        "给予每人500元补贴。紧缺工种的,补贴标准上浮30%。",
        "紧缺工种的,补贴标准可在培训成本范围内上浮30%。",
        "对国际赛事,奖励额度还将提高三成。",
        "属于目录甲、目录乙的培训补贴在上述标准基础上分别上浮20%和30%。",
        "500强企业投资的,奖励比例提高1个百分点。",
        "购房补贴每户10万元。夫妻双方均符合条件的,叠加50%给予补贴。",
        "对展会给予10万元奖励,国际性展会上浮20%。",
        "给予每人500元补贴。属于紧缺工种的,再提高三成。",
    ],
)
def test_a_raise_of_a_standard_is_said_and_never_calculated(clause: str):
    (one,) = [one for one in compiled(clause) if not isinstance(one, Benefit)]
    assert one.code == "award-raised"


@pytest.mark.parametrize(
    "clause",
    [
        "到2025年,居民医保补助标准提高10%。",
        "营业收入提高20%的,奖励10万元。",
        "职工工资标准上浮10%。",
        "补助规模提高20%以上的企业,奖励10万元。",
        "奖励10万元;复评优秀的,奖励比例提高到30%。",
        "奖励10万元。规模以上企业用地价格上浮20%。",
        "奖励10万元,营业收入上浮20%的,奖励20万元。",
        "按投资额的10%补助;属于首台套的,再增加5%补助。",
    ],
)
def test_what_raises_no_standard(clause: str):
    assert not [one for one in compiled(clause) if not isinstance(one, Benefit)]


def test_a_share_of_a_sum_told_before_is_said_and_never_calculated():
    found = compiled("国家级企业奖励50万元,省级企业按上述标准的30%执行。")
    (one,) = [one for one in found if not isinstance(one, Benefit)]
    assert one.code == "award-halved"
    assert "的30%" in one.next_step
    assert not [one for one in compiled("奖励20万元,房租按评估额度的50%补助。") if not isinstance(one, Benefit)]


def test_a_bound_by_what_one_paid_is_said_and_never_calculated():
    found = compiled("给予企业50万元奖励,不超过其当年度地方财政贡献。")
    (one,) = [one for one in found if not isinstance(one, Benefit)]
    assert (one.code, "不超过其当年度地方财政贡献" in one.message) == ("cap-relative", True)
    for bound in (
        "不超过其上年度地方财政贡献的2倍",
        "不超过企业当年实缴税金(地方留成部分)",
        "补贴总额不得超过购房金额",
        "配套后总额不超过项目投入的50%",
        "且补助资金不超过总投资的30%",
    ):
        (one,) = [one for one in compiled(f"给予20万元奖励,{bound}。") if not isinstance(one, Benefit)]
        assert one.code == "cap-relative"
    for text in (
        "奖励20万元,单位能耗不超过全国平均水平。",
        "按20%补助,不超过投入的30%。",
        "管理费用不超过上年度支出。",
    ):
        assert not [one for one in compiled(text) if not isinstance(one, Benefit)]


def test_a_second_sum_in_a_bracket_is_said_and_never_used():
    (one,) = [one for one in compiled("对认定的平台给予10万元(5万元)补助。") if not isinstance(one, Benefit)]
    assert (one.code, "“5万元”" in one.message) == ("second-value", True)
    assert all(isinstance(one, Benefit) for one in compiled("对认定的平台给予补助50万元(500000元)。"))


def test_sequences_of_key_and_sum_without_the_word():
    assert rows("分等级给予奖励,其中,一等奖100万元,二等奖50万元。") == ["fixed[一等奖] 100", "fixed[二等奖] 50"]
    assert rows("国家级平台奖励200万元,省级70万元。") == ["fixed[国家级平台] 200", "fixed[省级] 70"]


TIERS = [
    ("对实际出资额在3亿元至5亿元(含)的,给予不超过50万元支持;10亿元以上的,给予不超过90万元支持。", ["3亿元至5亿元(含)", "10亿元以上"]),
    ("投资1亿元以上、不足5亿元的,给予不超过20万元奖励;投资5亿元以上的,给予不超过60万元奖励。", ["1亿元以上、不足5亿元", "5亿元以上"]),
    ("年贡献100万元及以上至500万元、500万元以上的,参照贡献的70%和80%给予奖励。", ["100万元及以上至500万元", "500万元以上"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "keys"), TIERS)
def test_threshold_tiers_are_rows_of_one_award(text, keys):
    found = benefits(text)
    assert [one.selector for one in found] == keys
    assert {one.award for one in found} == {1}


TIME = [
    ("连续5年给予奖励,即前2年按80%、后3年按50%,每年最高不超过100万元。", ["rate[前2年] 4/5 ≤100 annual×2", "rate[后3年] 1/2 ≤100 annual×3"]),
    ("给予每人每年3万元生活补贴,连续补贴3年。", ["per_unit 3 annual×3"]),
    ("给予30万元奖励,分三年兑现,每年10万元。", ["fixed 30×3"]),
    ("分3年给予最高20万元,首次10万元,第二、三年每年分别5万元。", ["capped ≤20×3"]),
    ("给予10万元奖励(第一年奖励5万元,第二年奖励5万元)。", ["fixed 10×2"]),
    ("给予最高20万元的分阶段奖励:受理后奖励8万元;上市后奖励12万元。", ["fixed[受理后] 8", "fixed[上市后] 12"]),
    ("支持周期不超过3年,支持总金额不超过20万元。第一年给予不超过10万元支持,第二、三年每年给予不超过5万元支持。",
     ["capped[第一年] ≤10", "capped[第二、三年] ≤5 annual×2"]),
    ("每个企业租金补贴每年不超过5万元、补贴期限最长不超过3年。", ["capped ≤5 annual×3"]),
    ("按租金的50%给予补贴,补贴期限不超过6个月。", ["rate 1/2"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TIME)
def test_time_structure(text, expected):
    assert rows(text) == expected


CAPS = [
    ("按8%给予补助,单个项目最高100万元,同一企业年度累计不超过200万元。", ["rate 2/25 ≤100", "capped[累计] ≤200 annual"]),
    ("按8%给予补助。单个企业年度补助金额不超过200万元。", ["rate 2/25 ≤200 annual"]),
    ("对甲厂按8%给予补助;对乙厂按9%给予补助,单个项目最高100万元。", ["rate[甲厂] 2/25 ≤100", "rate[乙厂] 9/100 ≤100"]),
    ("对甲厂按8%给予补助。对乙厂按9%给予补助。单个企业年度补助金额不超过200万元。",
     ["rate[甲厂] 2/25", "rate[乙厂] 9/100", "capped[年度] ≤200 annual"]),
    ("按一定比例给予奖励,单个产品最高不超过50万元,单个企业最高不超过90万元。",
     ["capped[单个产品] ≤50", "capped[单个企业] ≤90"]),
    ("按不超过保费的50%给予补贴。其中,航天单颗产品补贴金额不超过50万元,芯片单笔保单补贴金额不超过40万元。",
     ["rate[航天] 1/2 ≤50", "rate[芯片] 1/2 ≤40"]),
    ("给予不超过200万元资金支持,不超过上一年投入的30%。", ["rate 3/10 ≤200"]),
    ("补助金额不超过投入的40%,最高50万元。", ["rate 2/5 ≤50"]),
    ("给予最高100万元租金、20万元物业费扶持。", ["capped[租金] ≤100", "capped[物业费] ≤20"]),
    ("按实际投入给予最高50万元补助,并根据绩效给予最高10万元奖励。", ["capped[按实际投入] ≤50", "capped[根据绩效] ≤10"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CAPS)
def test_which_award_a_cap_bounds(text, expected):
    assert rows(text) == expected


NO_AWARDS = [
    "设立50亿元规模的产业基金,支持企业发展。",
    "每年安排最高100万元经费支持平台建设。",
    "每年安排2亿元专项资金用于奖励。",
    "提供20亿元专属授信额度,支持企业。",
    "可申请最高不超过15万元的创业担保贷款,支持创业。",
    "违反规定骗取补贴的,处1万元以上5万元以下罚款。",
    "按照每月1000元的标准定额扣除,享受优惠。",
    "投资5000万元以上的项目,优先支持。",
    "注册资本在1000万元(含)以上的机构,优先给予资助。",
    "对年销售收入超过2000万元的企业,优先给予支持。",
    "奖励资金由市、区各承担50%。",
    "分别按应奖励额的30%、30%和40%对企业进行奖励。",
    "先期拨付资助资金总额的50%,验收后拨付剩余50%。",
    "由乡镇与开发区按50%比例进行分配,支持招商。",
    "近3年累计发放补贴2亿元。",
    "政府方持有股权不超过10%,给予股权投资支持。",
    "企业所得税减按15%的税率征收,支持企业。",
    "房租为每平方米每月30元,给予优惠。",
    "对获得支持的企业给予一定补助。",
    "分别按5、8和10给予补贴。",
    "给予100万500万元奖励。",
]


@pytest.mark.parametrize("text", NO_AWARDS)
def test_what_is_no_award(text):
    assert rows(text) == []


@pytest.mark.parametrize("text", ["给予100万500万元奖励。", "分别按5、8和10给予补贴。"])
def test_damaged_numbers_are_reported(text):
    assert [one.code for one in compiled(text) if isinstance(one, Diagnostic)].count("sum-suspect") == 1


@pytest.mark.parametrize(
    ("clause", "told"),
    [
        ("对实际到资1亿港元的企业,奖励50万港元。", ["50万港元"]),
        ("对参展企业给予最高2万欧元补助。", ["2万欧元"]),
        ("对落户机构,给予一次性10万美元的奖励。", ["10万美元"]),
        ("产品年出口额首次突破1000万美元的奖励50万元。", []),
        ("每进出口1美元奖励0.015元。", []),
        ("突出贡献奖:年出口5亿美元以上的企业,奖励10万元。", []),
    ],
)
def test_a_sum_in_another_currency_is_told_and_never_reckoned(clause: str, told: list[str]) -> None:
    text = f"一、奖励\n(一)甲。{clause}\n"
    notes = [one for one in compiled(text) if isinstance(one, Diagnostic) and one.code == "sum-foreign"]
    assert [one.message.partition("”")[0].strip("“") for one in notes] == told


def test_the_frame_of_an_award():
    (first, second) = benefits(
        "对取得甲乙许可证的一级单位、二级单位分别一次性给予5万元、3万元的奖励(含新审批和重新审批)。"
    )
    assert (first.events, first.actions, first.recipient) == (("甲乙许可证",), ("新审批", "重新审批"), "单位")
    assert (first.selector, second.selector) == ("一级", "二级")
    (rate,) = benefits("对上年度营业收入2000万元以上且研发投入占比不低于4%的企业,按设备投资额的10%给予补助。")
    assert (rate.base, rate.recipient) == ("设备投资额", "企业")
    assert [(c.fact, c.op, c.value, c.unit) for c in rate.conditions] == [
        ("上年度营业收入", ">=", 2000000000, "fen"),
        ("研发投入占比", ">=", 4, "%"),
    ]
    (case,) = benefits("对具有明显带动作用的重大项目,以“一事一议”方式给予扶持。")
    assert [(c.fact, c.text) for c in case.conditions] == [(None, "具有明显带动作用的重大项目")]
    (unit,) = benefits("按新增面积每平方米给予60元补助。")
    assert unit.per == "平方米"


@pytest.mark.parametrize(
    ("clause", "per"),
    [
        ("仓储租金每平方米每天补贴0.2元。", "平方米/天"),
        ("对旅行社每人每住一晚奖励60元。", "人/晚"),
        ("对实训人员每天每人补贴50元。", "人/天"),
        ("对实训人员每人每月补贴50元。", "人"),
        ("护理补贴每天50元。", "天"),
        ("按运输量给予0.5元/吨公里补贴。", "吨公里"),
    ],
)
def test_what_is_counted_by_days_and_heads_is_counted_by_both(clause: str, per: str):
    assert [one.per for one in benefits(clause)] == [per]


def test_a_heading_in_brackets_is_no_remark_on_its_first_sentence():
    """第五条(用房补贴) 租用…: the words name neither the first award nor take the place of a list of keys."""
    text = (
        "第五条(用房补贴) 租用办公用房、生产用房的,按每月每平方米30元、15元给予补贴,期限三年;购买用房的,按房价的10%给予补贴。\n"
        "第六条(人才) 对入选国家级人才计划的给予150万元、省级的80万元资助。\n"
    )
    found = [one for one in compile_document(parse(text)).facts if isinstance(one, Benefit)]
    assert [one.selector for one in found] == ["租用办公用房", "生产用房", "购买用房", "国家级人才计划", "省级"]


def test_awards_are_numbered_in_their_article():
    found = benefits(
        "对获得国家级、省级基地称号的园区,分别给予10万元、5万元奖励。"
        "对获得国家级、省级企业称号的单位,分别给予5万元、3万元奖励;对通过甲认证的单位,给予2万元奖励。"
    )
    assert [one.award for one in found] == [1, 1, 2, 2, 3]


def test_a_figure_opens_its_own_sum():
    source = "一、奖补\n(一)内容。对国家级、省级中心，分别给予１００万元、 ５０ 万元奖励。\n"
    document = parse(source)
    found = [f for f in compile_document(document).facts if isinstance(f, Benefit)]
    assert [source[f.span.start : f.span.end] for f in found] == ["１００万元", "５０ 万元"]
    assert {f.article for f in found} == {"一.(一)"}
    assert source[found[0].sentence.start : found[0].sentence.end].startswith("对国家级")


def test_money_is_fen_and_rates_are_exact():
    (one,) = benefits("按销售额的1.5%给予补贴,每笔补贴不超过0.5万元。")
    assert (one.rate, one.cap) == (Fraction(3, 200), 500000)


_WORDS = st.sampled_from(
    [
        "对",
        "的",
        "企业",
        ",",
        "。",
        ";",
        ":",
        "、",
        "分别",
        "给予",
        "奖励",
        "最高",
        "不超过",
        "10万元",
        "5万元",
        "30%",
        "20%—40%",
        "按",
        "每年",
        "每家",
        "第一年",
        "(",
        ")",
        "“",
        "”",
        "国家级",
        "省级",
        "一事一议",
        "一次性",
        "单个项目",
        "年度",
        "累计",
        "贴息",
        "连续3年",
        "以上",
        "其中",
        "1:1",
        "\n",
        "分3年",
        "前两年",
        "根据",
        "档次",
        "罚款",
        "每人每月",
        "全额补贴",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=40).map("".join))
def test_any_text_is_read_and_spans_lie_inside(text):
    document = parse("一、奖补\n" + text)
    for fact in compile_document(document).facts:
        if isinstance(fact, Benefit):
            assert 0 <= fact.span.start <= fact.span.end <= len(document.text.source)
            assert fact.article


@pytest.mark.corpus
def test_the_first_policy_and_all_dev_texts(corpus):
    spec = importlib.util.spec_from_file_location("corpus_score", corpus / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    totals = {kind: [0, 0, 0] for kind in ("benefits", "benefits+")}
    for gold_path in sorted((corpus / "gold").glob("*.json")):
        gold_doc = json.loads(gold_path.read_text("utf-8"))
        if "benefits" in (gold_doc.get("not_annotated") or []):
            continue
        found = score.facts(exchange(compile_document(read(corpus / "dev" / f"{gold_path.stem}.txt"))))
        for kind, total in totals.items():
            hits, extra, missing = score.compare(kind, found[kind], score.facts(gold_doc)[kind])
            if gold_path.stem.startswith("hangzhou"):
                assert (extra, missing) == ([], [])
            for i, n in enumerate((hits, len(extra), len(missing))):
                total[i] += n
    assert score.f1(*totals["benefits"])[2] >= 0.98
    assert score.f1(*totals["benefits+"])[2] >= 0.95


KEYED = [
    # each key of a list with its own value
    ("按照国家级100万元、省级50万元的标准给予奖励。", ["fixed[国家级] 100", "fixed[省级] 50"]),
    ("给予一等奖10万元、二等奖5万元和三等奖2万元的奖励。", ["fixed[一等奖] 10", "fixed[二等奖] 5", "fixed[三等奖] 2"]),
    ("按基数部分的5%、增量部分的15%给予补助。", ["rate[基数部分] 1/20", "rate[增量部分] 3/20"]),
    ("快充桩按每千瓦300元、慢充桩按每千瓦100元给予补贴。", ["per_unit[快充桩] 0.03", "per_unit[慢充桩] 0.01"]),
    ("按照每引进一名博士10万元、硕士5万元的标准给予补贴。", ["per_unit[博士] 10", "per_unit[硕士] 5"]),
    ("前两年按租金的100%、后三年按租金的50%给予补贴。", ["rate[前两年] 1 annual×2", "rate[后三年] 1/2 annual×3"]),
    ("资助金额不超过以下标准:长剧、短剧项目25万元;木偶剧项目10万元。", ["capped[长剧、短剧项目] ≤25", "capped[木偶剧项目] ≤10"]),
    ("给予企业奖励,一等奖1名,奖金10万元,二等奖2名,奖金各5万元。", ["fixed[一等奖1名] 10", "fixed[二等奖2名] 5"]),
    ("给予三年房租补贴,第一年100%、第二年50%。", ["rate[第一年] 1 annual×1", "rate[第二年] 1/2 annual×1"]),
    ("对上市企业奖励50万元,其中受理奖励10万元,上市奖励40万元。", ["fixed[受理] 10", "fixed[上市] 40"]),
    # one rate, a cap for each field
    ("按支出的30%给予补助,国际性展会最高20万元,全国性展会最高10万元。", ["rate[国际性展会] 3/10 ≤20", "rate[全国性展会] 3/10 ≤10"]),
    # a level of the lead-in is no level of a stage
    ("对企业给予分阶段奖励:申请获受理的,给予10万元;正式挂牌的,给予20万元。", ["fixed[申请获受理] 10", "fixed[正式挂牌] 20"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), KEYED)
def test_lists_of_key_and_value(text, expected):
    assert rows(text) == expected


def test_neighbours_that_are_no_list_of_keys_stay_apart():
    assert rows("按产值的1%、最高100万元给予奖励。") == ["rate 1/100 ≤100"]
    assert rows("对老区、新区、开发区的居民,生活标准每人每月分别为300元、200元、100元。") == [
        "per_unit[老区] 0.03 monthly",
        "per_unit[新区] 0.02 monthly",
        "per_unit[开发区] 0.01 monthly",
    ]


def test_a_yearly_cap_binds_to_the_only_rate_without_one():
    found = rows("购房的,按房价的5%给予补贴,最高500万元;租房的,按租金的30%给予补贴,每年最高100万元。")
    assert found == ["rate[购房] 1/20 ≤500", "rate[租房] 3/10 ≤100 annual"]


def test_bounds_of_tiers_that_run_on_into_their_sums():
    found = rows("实缴资本10亿元以上的奖励200万元,5亿元(含)至10亿元的奖励100万元。")
    assert found == ["fixed[10亿元以上] 200", "fixed[5亿元(含)至10亿元] 100"]
    assert rows("按造价的40%进行补助,单个主体补助规模不超过100万元。") == ["rate 2/5 ≤100"]


def test_shares_of_those_who_pay_are_no_awards():
    assert rows("给予100万元补助,其中省级60万元、市级40万元。") == ["fixed 100"]
    assert rows("每亩一次性补助600元,其中省级400元、市级200元。") == ["per_unit 0.06 once"]


def test_interest_by_a_rate_with_a_remark_and_years_behind_a_cap():
    assert rows("按贷款利率(LPR)的50%给予贴息。") == ["interest 1/2"]
    assert rows("给予企业每年最高100万元、连续3年的租金补贴。") == ["capped ≤100 annual×3"]
    assert rows("给予个人3000元、企业2000元的补贴。") == ["fixed[个人] 0.3", "fixed[企业] 0.2"]


def test_the_step_of_a_per_unit_sum_is_not_paid():
    assert rows("每发放1亿元贷款奖励5万元。") == ["per_unit 5"]


def test_standards_of_living_are_paid_and_thresholds_are_not():
    assert rows("成年人基本生活标准为每人每月700元;未成年人基本生活标准为每人每月900元。") == [
        "per_unit[成年人基本生活] 0.07 monthly",
        "per_unit[未成年人基本生活] 0.09 monthly",
    ]
    assert rows("边缘家庭保障认定标准为每人每月900元。") == []


def test_paragraphs_of_one_list_tell_their_rows_apart():
    found = rows("供养标准如下:\n老年人供养标准为每人每月700元;\n儿童供养标准为每人每月900元。")
    assert found == ["per_unit[老年人供养] 0.07 monthly", "per_unit[儿童供养] 0.09 monthly"]


def test_years_within_which_a_monthly_sum_recurs():
    assert rows("三年内给予每人每月300元的生活补贴。") == ["per_unit 0.03 monthly×3"]


def test_a_first_line_that_tells_for_whom_is_an_award_of_its_own():
    text = "市局出台《办法》,对成功创建示范基地的单位,一次性给予最高80万元奖励。\n每年给予每个基地最高80万元补贴。\n"
    found = [one for one in compile_document(parse(text)).facts if isinstance(one, Benefit)]
    assert [one.frequency for one in found] == ["once", "annual"]
