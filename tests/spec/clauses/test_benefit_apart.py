"""What stands apart from a sum and speaks for it: titles, leads and news, headings, the line above, labels (LANGUAGE 6)."""

import pytest
from benefit_rows import paid_by, row_of

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange


def test_what_the_lead_of_a_report_announces_is_told_once():
    report = (
        "云州旅游村最高奖400万元\n云州晚报讯(记者 甲)昨日,云州市发布奖励办法,旅游村最高奖400万元。\n"
        "办法明确,示范村每村奖励不超过400万元,合作社一次性奖励8万元。\n"
    )
    found = paid_by(report)
    assert [row_of(one).split("]")[-1].strip() for one in found] == ["≤400", "8 once"]
    policy = "云州市旅游奖励\n对甲类企业,给予最高80万元奖励。\n对乙类企业,给予80万元奖励。\n"
    assert len(paid_by(policy)) == 2


def test_a_headline_that_tells_the_sum_and_the_maximum_is_told_once():
    headline = "农民买房每平方米补助180元,最高不超过2万元\n"
    told = "鼓励农村居民进城落户,按照建筑面积给予每平方米180元补助,每套补助最高不超过2万元。\n"
    assert len(paid_by(headline + told)) == 1
    other = "鼓励农村居民进城落户,按照建筑面积给予每平方米120元补助,每套补助最高不超过2万元。\n"
    assert len(paid_by(headline + other)) == 2


def test_a_headline_in_the_words_of_a_sentence_below_is_told_once():
    headline = "独立机构按每生每月500元标准发放\n"
    told = "今年起发放运营补贴。独立机构按每生每月500元标准发放补贴,幼儿园按每生每月300元标准发放补贴。\n"
    assert [row_of(one) for one in paid_by(headline + told)] == [
        "per_unit[独立机构] 0.05 monthly",
        "per_unit[幼儿园] 0.03 monthly",
    ]


def test_a_list_counted_anew_below_a_line_is_led_in_by_it():
    conditions = "(一)取得学士以上学位;\n(二)2017年以后落户。\n"
    paid = "符合条件的人才可享受为期三年的生活补贴,具体标准如下:\n(一)学士每人每年1.2万元;\n(二)硕士每人每年2.4万元。\n"
    found = paid_by(conditions + paid)
    assert [(one.article, one.frequency, one.years) for one in found] == [("(一)", "annual", 3), ("(二)", "annual", 3)]


def test_a_maximum_below_the_items_of_one_award_bounds_each_of_them():
    """A line below the last item; not where an item has its own, nor where the items are awards with headings."""
    lead = "第五条 绿色化改造按下列标准补助:\n"
    items = "(一)购置国产设备的,按购置额的15%补助{own};\n(二)购置进口设备的,按购置额的10%补助。\n"
    below = "单个项目补助总额最高1000万元{more}。\n"
    each = [row_of(one) for one in paid_by(lead + items.format(own="") + below.format(more=""))]
    assert each == ["rate 3/20 ≤1000", "rate 1/10 ≤1000"]
    yearly = paid_by(lead + items.format(own="") + below.format(more=",同一企业年度补助总额最高2000万元"))
    assert [row_of(one).split("]")[-1] for one in yearly][-1] == " ≤2000 annual"
    assert [one.cap for one in yearly] == [1000_000000, 1000_000000, 2000_000000]
    assert yearly[0].cap_span == yearly[1].cap_span
    own = paid_by(lead + items.format(own=",最高100万元") + below.format(more=""))
    assert [row_of(one) for one in own] == ["rate 3/20 ≤100", "rate 1/10 ≤1000"]
    headed = "第五条 支持政策\n(一)设备补助。购置设备的,按购置额的15%补助。\n(二)租金补助。按租金的50%给予补助。\n"
    assert [one.cap for one in paid_by(headed + below.format(more=""))] == [None, 1000_000000]
    plain = "第五条 按下列标准奖励:\n(一)国家级的奖励100万元;\n(二)省级的奖励50万元。\n单个企业最高奖励100万元。\n"
    assert [one.amount for one in paid_by(plain)] == [100_000000, 50_000000, None]


def test_lines_of_names_and_sums_below_a_label_are_paid_by_the_heading_above_them():
    paper = "三、奖补标准\n(六)孵化载体:\n国家级孵化器:200万元\n市级孵化器、众创空间:30万元\n"
    assert [row_of(one) for one in paid_by(paper)] == ["fixed[国家级孵化器] 200", "fixed[市级孵化器、众创空间] 30"]
    assert paid_by("三、奖补标准\n(六)孵化载体:\n资金总额:200万元\n项目总投资:5000万元\n") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("租住人才公寓的,前两年免租金,第三年租金减半。", "前两年免租金"),
        ("入驻企业办公用房租金实行“两免三减半”政策。", "两免三减半"),
        ("初创企业免租期最长3年。", "免租期最长3年"),
        ("租赁厂房的,前两年免租金,第三年按租金的50%给予补贴。", None),
        ("企业所得税三免三减半。", None),
        ("对小微企业免收停车费。", None),
    ],
)
def test_rent_that_is_forgone_for_years_is_told(text, told):
    codes = [
        one for one in compile_document(parse(f"一、支持政策\n(一){text}\n")).diagnostics if one.code == "rent-waived"
    ]
    assert [told in one.message for one in codes] == ([True] if told else [])


def test_what_a_heading_says_is_decided_case_by_case():
    assert [one.kind for one in paid_by("第十三条 一事一议\n对急需的战略科学家,实行“一人一策、一事一议”。\n")] == [
        "case"
    ]
    assert paid_by("第十三条 纠纷化解\n对历史遗留问题,实行“一事一议”。\n") == []


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("对运营机构按经济贡献,连续5年给予奖励。其中:", [("annual", 5), ("annual", 5)]),
        ("对运营机构按下列比例给予一次性奖励:", [("once", None), ("once", None)]),
        ("对运营机构给予奖励:", [(None, None), (None, None)]),
    ],
)
def test_a_lead_tells_how_often_the_shares_of_its_items_are_paid(lead, expected):
    items = (
        "(一)经济贡献达到2000万元的,按经济贡献的70%给予奖励;\n(二)经济贡献达到3000万元的,按经济贡献的80%给予奖励。\n"
    )
    found = paid_by(f"第三条 {lead}\n{items}")
    assert [(one.frequency, one.years) for one in found] == expected


def test_a_title_and_a_lead_announce_what_the_articles_tell():
    text = "云州高新区发布新政 年度补贴最高不超过400万元\n(一)流片补贴。按流片费用的30%、掩膜费用的50%给予补贴,每个企业年度总额不超过400万元。\n"
    found = paid_by(text)
    assert {one.article for one in found} == {"(一)"}
    assert len(found) == 3


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("关于购房补贴", "博士20万元、硕士10万元。", ["fixed[博士] 20", "fixed[硕士] 10"]),
        ("租房补贴", "博士每月2000元、硕士每月1200元。", ["fixed[博士] 0.2 monthly", "fixed[硕士] 0.12 monthly"]),
        ("人才补贴", "博士3万元/年,硕士1.5万元/年。", ["fixed[博士] 3 annual", "fixed[硕士] 1.5 annual"]),
        ("奖励标准", "国家级每个200万元,省级每个100万元。", ["per_unit[国家级] 200", "per_unit[省级] 100"]),
        ("贷款贴息", "按同期LPR的50%补助,最高50万元。", ["interest 1/2 ≤50"]),
        ("申报条件", "实收资本200万元,设备原值100万元。", []),
        ("奖励资金来源", "每年预算500万元。", []),
        ("奖励标准", "研发经费增量在10万元至30万元(含)之间的,奖励2万元。", ["fixed 2"]),
    ],
)
def test_a_heading_that_names_a_payment_speaks_for_keys_and_sums(heading: str, text: str, expected: list[str]):
    assert [row_of(one) for one in paid_by(f"一、支持\n(一){heading}。{text}\n")] == expected


@pytest.mark.parametrize("opening", ["支持标准:", "奖励标准", "对通过认定的企业按以下标准给予奖励:"])
def test_a_line_before_the_first_number_says_what_the_items_pay(opening):
    text = f"{opening}\n1.国家级:150万元;\n2.省级:100万元。\n"
    found = paid_by(text)
    assert [(one.article, one.amount) for one in found] == [("1", 150_000_000), ("2", 100_000_000)]


@pytest.mark.parametrize("opening", ["各有关企业:", "申报条件:", "有关情况如下:"])
def test_a_line_before_the_first_number_that_pays_nothing(opening):
    text = f"{opening}\n1.国家级:150万元;\n2.省级:100万元。\n"
    assert paid_by(text) == []


def test_sums_take_their_keys_from_the_field_before_that_says_what_is_paid_for():
    text = (
        "一、培育主体\n支持内容:出口额首次突破3000万美元、9000万美元的企业。\n支持标准:分别给予20万元、60万元奖励。\n"
    )
    rows = exchange(compile_document(parse(text)))["benefits"]
    assert [(row["selector"], row["amount"]) for row in rows] == [("3000万美元", 200000), ("9000万美元", 600000)]
    text = "一、培育主体\n工作要求:甲、乙两地协同。\n支持标准:分别给予20万元、60万元奖励。\n"
    assert all(row["selector"] is None for row in exchange(compile_document(parse(text)))["benefits"])


def test_the_line_above_a_list_says_how_often_its_sums_are_paid():
    text = "第三条 租房补贴按以下标准按月发放:\n(一)博士2500元;\n(二)硕士1500元。\n"
    rows = exchange(compile_document(parse(text)))["benefits"]
    assert [(row["amount"], row["frequency"]) for row in rows] == [(2500, "monthly"), (1500, "monthly")]
    text = "一、低保标准\n单位:元\n类别\t月保障标准\n甲类\t680\n乙类\t520\n"
    rows = exchange(compile_document(parse(text)))["benefits"]
    assert [(row["selector"], row["amount"], row["frequency"]) for row in rows] == [
        ("甲类", 680, "monthly"),
        ("乙类", 520, "monthly"),
    ]


GUIDE = "云州高新区人才资助指南\n1.{}\n2.其他事项。\n"


def told_in_guide(text: str, guide: str = GUIDE) -> list[str]:
    return [row_of(one) for one in paid_by(guide.format(text))]


def test_a_paper_on_awards_tells_sums_behind_a_label_without_a_word_of_giving():
    listed = "企业梯队:入库“科技型中小企业”1万元、首次认定“高企”4万元、重新认定2万元。"
    assert told_in_guide(listed) == [
        "fixed[入库“科技型中小企业”] 1",
        "fixed[首次认定“高企”] 4",
        "fixed[重新认定] 2",
    ]
    assert told_in_guide("发明专利:国内授权4千元/件,国外授权2万元/件。") == [
        "per_unit[国内授权] 0.4",
        "per_unit[国外授权] 2",
    ]
    assert told_in_guide("“两品”:绿色食品每个4万元,有机农产品每个5万元。") == [
        "per_unit[绿色食品] 4",
        "per_unit[有机农产品] 5",
    ]
    assert not told_in_guide(listed, GUIDE.replace("资助指南", "工作报告"))


@pytest.mark.parametrize(
    "text",
    [
        "申报条件:注册资本500万元、营业收入1000万元、研发投入100万元。",
        "项目投资:土建5000万元、设备3000万元、研发1000万元。",
        "办公用房:租金50元/平方米,物业费10元/平方米。",
    ],
)
def test_what_else_a_paper_on_awards_tells_behind_a_label_is_no_award(text: str):
    assert not told_in_guide(text)


def test_what_a_report_says_that_one_may_get_is_paid_where_it_is_told_in_full() -> None:
    text = (
        "示范园区政策发布\n来源:云州日报\n\n《实施细则》明确,示范园区可获得80万元奖励。\n\n"
        "被确定为省级示范园区的,物流牵头部门将给予一次性80万元奖励,并优先推荐申报国家级示范园区,"
        "对确定为国家级示范园区的,由物流牵头部门再给予80万元奖励。\n"
    )
    assert [row_of(one) for one in paid_by(text)] == [
        "fixed[省级示范园区] 80 once",
        "fixed[国家级示范园区] 80",
    ]


def test_a_maximum_that_a_report_announces_is_paid_where_the_grades_of_the_same_recipients_are_told() -> None:
    text = (
        "云州出台金融新政 最高可获6000万元补助\n"
        "云州市近日印发《意见》。《意见》明确,对在云州市新设立的法人金融机构,最高给予一次性补助6000万元。\n"
        "《意见》鼓励集聚发展,对在云州市新设立的法人金融机构中,实缴注册资本50亿元以上的,一次性补助6000万元;"
        "50亿元以下、20亿元以上的,一次性补助2000万元。\n"
    )
    assert [row_of(one) for one in paid_by(text)] == [
        "fixed[50亿元以上] 6000 once",
        "fixed[50亿元以下] 2000 once",
    ]


def test_a_share_in_a_remark_on_nothing_that_is_paid_bounds_nothing() -> None:
    told = "科技贷款贴息:按年利率2%(甲3%),每年最高80万元,连续息:按年利率2%(甲3%),每年最高80万元,连续三年。"
    assert all(one.cap is not None for one in paid_by(told) if one.kind == "capped")


def test_items_that_are_the_name_of_a_payment_tell_in_a_remark_how_much():
    items = "(一)青年人才\n1.在站博士后生活补贴(20万元/年,最长发3年);\n2.硕士研究生生活补贴(1500元/月);\n3.引进博士生活补贴15万元。\n"
    assert [row_of(one) for one in paid_by(items)] == ["fixed 20 annual×3", "fixed 0.15 monthly", "fixed 15"]
    assert paid_by("一、资金来源\n1.由市财政补贴(20万元/年);\n2.年营业收入(50万元/年)。\n") == []


def test_items_under_a_payment_are_a_longer_key_and_its_sum():
    items = "1.省级重点人才工程入选者及其相同层次人才30万元;\n2.正高职称人才8万元;副高职称人才6万元。\n"
    noted = paid_by(f"一、人才生活补贴\n具体标准为:\n{items}提示:补贴分三年发放。\n")
    assert [row_of(one) for one in noted] == ["fixed 30×3", "fixed[正高职称人才] 8×3", "fixed[副高职称人才] 6×3"]
    assert paid_by("一、申报材料\n1.省级重点人才工程入选者及其相同层次人才收入30万元;\n") == []
    vouchers = "一、“人才购房券”\n标准为:\n1.院士100万元/人;\n2.高级技师10万元/人。\n"
    assert [row_of(one) for one in paid_by(vouchers)] == ["per_unit 100", "per_unit 10"]
    assert paid_by("一、“消费券”\n1.院士100万元/人;\n") == []


def test_a_lead_that_spans_what_is_told_below_or_names_its_maximum_pays_nothing():
    below = "1、票房超过5000万元的,一次性奖励5万元;超过1亿元的,一次性奖励100万元。\n"
    assert len(paid_by(f"今年起,优秀作品有机会获得5万元至100万元奖励。\n{below}")) == 2
    assert len(paid_by(f"今年起,优秀作品有机会获得8万元至100万元奖励。\n{below}")) == 3
    lead = "导语 青泽县多孩家庭购房补贴细则发布,二孩家庭最多可享受20万元补贴。\n"
    assert len(paid_by(f"{lead}补贴标准:\n二孩家庭每平方米补贴1500元,最高不超过20万元;\n")) == 1


def test_how_many_are_reached_is_no_share_that_is_paid():
    assert paid_by("残疾人生活补贴和护理补贴目标人群覆盖率达100%。配套建设养老服务设施达标率100%。\n") == []
    assert [row_of(one) for one in paid_by("对满意率达80%的社区,按经费的50%给予补助。\n")] == ["rate 1/2"]


def test_several_maxima_on_a_line_below_bind_what_the_line_above_pays():
    share = "1.对获奖作品量产的,按照成交金额20%予以奖励。\n"
    note = "每件作品最高限额10万元,每家机构每年最高限额30万元。\n"
    for line in (note, f"注:{note}"):
        assert [row_of(one).partition("]")[2] or row_of(one) for one in paid_by(share + line)] == [
            " 1/5 ≤10",
            " ≤30 annual",
        ]
    assert len(paid_by(f"{share}注:由市财政局负责解释,每年注册资本最高30万元的除外。\n")) == 1


def test_a_remark_of_some_length_is_no_part_of_a_label():
    rows = paid_by(
        "补助标准\n1.畜禽\n养羊:按300元/只补助;\n养肉禽(当年养殖鸡、鸭、鹅等合计100羽以上):按10元/只补助。\n"
    )
    assert [one.selector for one in rows] == ["养羊", "养肉禽"]
