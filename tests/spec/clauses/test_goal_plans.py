"""Goals of tasks: what a plan of work and an opinion set out."""

from collections.abc import Iterable

import pytest
from test_goal import goals

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.facts import Fact, Goal


def targets(facts: Iterable[Fact]) -> str:
    """The values of goals with their units, parted by blanks."""
    return " ".join(f"{float(one.value):g}{one.unit}" for one in facts if isinstance(one, Goal))


def test_a_numbered_target_inside_a_task():
    assert goals("建立100个培训基地,加强管理。", "加强队伍建设") == [("建立培训基地", ">=", 100, "个", None)]
    assert goals("用3年时间,使资金池规模达到1千万以上。", "强化支持") == [("资金池规模", ">=", 1, "千万", None)]
    assert goals("推动院校在10个左右紧缺领域开展培训。", "开展培训")[0][1:] == ("~", 10, "个", None)
    assert goals("2025年初步建成300个集团。", "推动办学")[0][1:] == (">=", 300, "个", "2025")


def test_things_counted_before_their_nouns_in_a_plan():
    paper = "云州市2025年民生实事\n一、惠民工程\n1.开设9个暑托班;援助70名失业人员、30名残疾人;新建镇村公园、绿道等6个项目。\n"
    facts = compile_document(parse(paper)).facts
    assert [(float(one.value), one.unit, one.deadline) for one in facts if isinstance(one, Goal)] == [
        (9, "个", "2025"),
        (70, "名", "2025"),
        (30, "名", "2025"),
    ]


def test_chapters_of_a_plan_make_one_under_whatever_title():
    task = "发展牧草基地3万亩,年生产苗木3000万株。所得比例不低于70%。\n"
    assert (
        targets(compile_document(parse(f"云州市产业发展政策\n一、主要目标\n加快发展。\n二、重点任务\n{task}")).facts)
        == "3万亩 3000万株"
    )
    assert (
        targets(compile_document(parse(f"云州市产业发展政策\n一、适用范围\n本市企业。\n二、支持内容\n{task}")).facts)
        == ""
    )


def test_the_line_over_the_deeds_of_a_year_counts_none_and_dates_them():
    deeds = "(一)为全县7万名妇女免费筛查,对2000户老年人家庭适老化改造。\n(二)建成3人制篮球场20个,新聘护林员1.5万名,为老年人免费体检一次。\n(三)完成超230个50户以上村寨给水管网建设。\n"
    told = compile_document(parse(f"云州县政府工作报告提出,2026年云州将着力办好十件实事。\n{deeds}")).facts
    assert targets(told) == "7万名 2000户 20个 1.5万名 230个"
    assert {one.deadline for one in told if isinstance(one, Goal)} == {"2026"}
    voted = "代表票决通过了云州区2026年为民办实事项目,共包括就业、教育等10个方面48个项目。\n"
    told = compile_document(parse(f"{voted}就业项目包括:开办56个暑托班;为100户困难家庭安装水表。\n")).facts
    assert [(int(one.value), one.deadline) for one in told if isinstance(one, Goal)] == [(56, "2026"), (100, "2026")]
    told = compile_document(parse(f"会议明确,今年将继续办好“十件民生实事”。\n{deeds}")).facts
    assert targets(told) == "7万名 2000户 20个 1.5万名 230个"


def test_what_a_plan_of_a_year_keeps_and_sows():
    task = "一、稳产保供\n稳定粮食面积327万亩、产量127万吨以上,发展优质专用粮食200万亩。蔬菜面积稳定在20万亩、总产60万吨以上。\n"
    told = [
        ("稳定粮食面积", 327, "2022"),
        ("粮食产量", 127, "2022"),
        ("发展优质专用粮食", 200, "2022"),
        ("蔬菜面积", 20, "2022"),
        ("蔬菜总产", 60, "2022"),
    ]
    for head in ("云州市2022年农业工作要点\n", "2022年,实施农民增收行动,力争收入与经济增长同步。\n"):
        facts = compile_document(parse(head + task)).facts
        assert [(one.metric, float(one.value), one.deadline) for one in facts if isinstance(one, Goal)] == told


def test_what_this_year_is_to_bring_is_due_in_the_year_of_the_news():
    news = "2025年3月5日,市长作工作报告。市长在报告中提出,今年发展主要预期目标是:生产总值增长5%左右;城镇新增就业1200万人以上。\n"
    facts = compile_document(parse(news)).facts
    assert [(float(one.value), one.deadline) for one in facts if isinstance(one, Goal)] == [(5, "2025"), (1200, "2025")]


def test_a_paper_that_divides_the_tasks_of_a_report_is_for_its_own_year():
    body = "一、主要目标\n(一)今年的主要预期目标。\n1.城镇新增就业1100万人以上。(市甲局牵头)\n2.高职院校扩招100万人。(市乙局牵头)\n"
    signed = "云州市人民政府\n2019年3月31日\n"
    title = "云州市人民政府关于落实《政府工作报告》重点工作部门分工的意见\n"
    facts = compile_document(parse(title + body + signed)).facts
    assert [(one.metric, one.deadline) for one in facts if isinstance(one, Goal)] == [
        ("城镇新增就业", "2019"),
        ("高职院校扩招", "2019"),
    ]
    other = "云州市人民政府关于推进就业重点工作部门分工的意见\n"
    facts = compile_document(parse(other + body + signed)).facts
    assert {one.deadline for one in facts if isinstance(one, Goal)} == {None}


def test_for_whom_and_where_a_list_of_projects_is_done():
    paper = (
        "为农民办好十件实事\n①解决20万人的饮水安全问题,对居住在山区的3000户1.2万人实施搬迁。\n"
        "②在全县50个乡镇建设服务中心,在5个村开展议事试点。\n③城区和新区各增加2条线路,安装路灯300盏,建成两处天桥。\n"
        "④对甲路、乙路等23条道路进行改造,对甲路、乙路等2条道路进行改造。\n"
    )
    facts = compile_document(parse(paper)).facts
    assert targets(facts) == "20万人 3000户 1.2万人 50个 2条 2条 300盏 2处 23条"


def test_parts_that_each_begin_with_the_year_of_their_work():
    parts = "(一)就业。2009年,开展培训2000人,新增就业3000人(其中公益岗位不少于200人)。\n(二)校舍。2009年,改建校舍不少于6万平方米。\n"
    last = "(三)道路。2009年,建成社区中心1个,面积1000平方米左右。\n"
    facts = [one for one in compile_document(parse(parts + last)).facts if isinstance(one, Goal)]
    assert targets(facts) == "2000人 3000人 200人 6万平方米 1个"
    assert {one.deadline for one in facts} == {"2009"}
    reported = [one for one in compile_document(parse("据统计,\n" + parts + last)).facts if isinstance(one, Goal)]
    assert {one.deadline for one in reported} != {"2009"}


def test_why_an_aim_is_set_tells_it_no_second_time():
    news = "今年全省主要预期目标是,生产总值增长9.5%左右。\n今年增长目标确定为9.5%左右,主要考虑是要抓住机遇。\n"
    assert targets(compile_document(parse(news)).facts) == "9.5%"


def test_a_part_of_a_plan_whose_items_say_what_is_to_become_better():
    items = (
        "--服务水平显著提升。国道平均速度提高到60公里/小时,甲、乙、丙类城市公交车拥有量分别达到15、12和10标台以上。\n"
        "(三)科技\n--科技创新能力显著增强。科技进步贡献率达到55%。\n(四)绿色\n--节能工作取得明显成效。营运车辆周转量的能耗和碳排放分别下降10%和11%。\n"
    )
    facts = [one for one in compile_document(parse(items)).facts if isinstance(one, Goal)]
    assert targets(facts) == "60公里/小时 15标台 12标台 10标台 55% 10% 11%"
    assert facts[-1].metric == "营运车辆周转量的碳排放下降"


def test_sums_of_tasks_and_what_is_meant_by_the_best():
    paper = "云州市关于调整2017年脱贫目标任务的决议\n目标任务调整为:全市脱贫计划任务数70万人、奋斗目标数100万人;贫困村摘帽计划任务数900个(其中重点村100个)。\n"
    facts = [one for one in compile_document(parse(paper)).facts if isinstance(one, Goal)]
    assert (targets(facts), {one.deadline for one in facts}) == ("70万人 100万人 900个 100个", {"2017"})


def test_tasks_of_a_list_are_cut_before_their_verbs():
    text = "新建公园30个、改造小区20个、完成危桥维修40座。"
    assert [goal[:3] for goal in goals(text, "城市更新")] == [
        ("新建公园", ">=", 30),
        ("改造小区", ">=", 20),
        ("完成危桥维修", ">=", 40),
    ]


def test_lines_of_a_plan_that_name_a_target_and_its_number():
    lines = "一、甲行动\n-新升规企业1200家以上\n-老旧厂房改造40个\n-甲产业产值突破900亿元\n-安排专项资金3亿元\n-新增发放贷款不少于50亿元\n"
    rows = compile_document(parse(f"云州市2026年重点任务清单\n{lines}")).facts
    assert targets(rows) == "1200家 40个 900亿元 50亿元"


def test_a_plan_without_its_head_goes_on_before_its_next_year():
    cut = "单位能耗比2020年下降13.5%;清洁能源占比达到20%左右。到2030年,单位能耗大幅下降。"
    told = [f for f in compile_document(parse(cut)).facts if isinstance(f, Goal)]
    assert [(f.op, float(f.value)) for f in told] == [(">=", 13.5), ("~", 20)]
    past = "前三季度单位能耗比2020年下降13.5%;清洁能源占比达到20%左右,同比提高2个百分点。"
    assert not [f for f in compile_document(parse(past)).facts if isinstance(f, Goal)]


def test_times_and_shares_that_a_work_plan_is_to_shorten_and_raise():
    text = "审批时间由120个工作日压缩至80个工作日以内,开办时间由5个工作日压减为1个工作日,“一次办”比例从80%提升到95%,抽查覆盖率100%。"
    facts = compile_document(parse(f"云州市推进改革工作要点\n一、优化审批\n(一)推进便利。{text}\n")).facts
    told = [(f.metric, f.op, float(f.value)) for f in facts if isinstance(f, Goal)]
    assert told == [
        ("审批时间", "<=", 80),
        ("开办时间", "<=", 1),
        ("“一次办”比例", ">=", 95),
        ("抽查覆盖率", ">=", 100),
    ]
    norm = compile_document(
        parse("云州市审批管理办法\n一、办理\n(一)时限。审批时间不超过5个工作日,覆盖率100%。\n")
    ).facts
    assert not [f for f in norm if isinstance(f, Goal)]


def test_items_of_aims_without_articles_are_those_of_a_plan():
    items = "——产业结构。服务业增加值占比提高3个百分点。\n——城乡建设。城镇化率达到62%。\n"
    told = [f for f in compile_document(parse(items)).facts if isinstance(f, Goal)]
    assert [(f.metric, float(f.value)) for f in told] == [("服务业增加值占比", 3), ("城镇化率", 62)]


WORK_OF_AN_OPINION = [
    ("加快推广低温储粮技术,绿色仓容占比每年提高3个百分点以上。", [(3, "个百分点")]),
    ("组建3—5个国家级创新中心,作业效率提高50%以上。信息化覆盖率达到95%。", [(3, "个"), (50, "%"), (95, "%")]),
    ("制修订标准30项以上。引导银行机构对甲类企业贷款利率下降0.5个百分点以上。", [(30, "项"), (0.5, "个百分点")]),
    ("单位产品能耗降低10%以上可申报甲类示范。", []),
    ("推出精品线路10条,帮助50家企业取得资质。", [(10, "条"), (50, "家")]),
    ("规模以上文化企业达到180家,文化产业增加值占GDP比重突破5%。", [(180, "家"), (5, "%")]),
    ("甲类能耗五年累计下降18%。政府采购占比不低于10%,抽查比例不低于30%。", [(18, "%")]),
    ("新增专项贷款不低于300亿元,新增信贷投放100亿元以上。", [(300, "亿元"), (100, "亿元")]),
    ("每年发布目录,入选产品不少于100项。", [(100, "项")]),
    ("军地共建联盟10家,邀请专家100人次,达成合作意向30项以上。", [(10, "家"), (100, "人次"), (30, "项")]),
    ("园区亩均产出达到600万元。亩均产出达到600万元的企业优先用地。", [(600, "万元")]),
    (
        "种植面积发展到20万亩,产值过10亿元,带动2万户农户户均增收5000元以上。",
        [(20, "万亩"), (10, "亿元"), (2, "万户"), (5000, "元")],
    ),
    ("2023年整车出口达到5万辆。", []),
    ("承诺时限压缩比例不低于85%。专项资金占比不低于15%。", [(85, "%")]),
    ("2025年全国累计配置10万台。电池能量密度达到400Wh/kg。", [(10, "万台"), (400, "Wh/kg")]),
    ("鼓励企业申报审定,取得甲类合格证8张、乙类许可证4张。", [(8, "张"), (4, "张")]),
    ("企业近三年取得发明专利8项、软件著作权20项。", []),
    ("申报企业应取得甲类合格证8张以上。", []),
    ("用地指标应保尽保,甲类项目比例提高到70%。", [(70, "%")]),
    ("应当保障用地,甲类项目比例提高到70%。", []),
    ("建设15平方公里产业园,招商20家以上。", []),
    ("企业研发投入占比提高3个百分点以上的,优先支持。", []),
    ("推广甲类技术,对能耗下降10%以上的企业优先支持。", []),
    ("按照3—5个标准执行。选择3—5个县开展试点。", []),
    ("实施甲类工程,建成公园20个。企业参保率达到60%方可享受政策。", [(20, "个")]),
]


@pytest.mark.parametrize(("text", "expected"), WORK_OF_AN_OPINION)
def test_what_an_opinion_sets_out_beside_what_it_has_begun_to(text: str, expected: list[tuple]):
    paper = f"云州市关于促进发展的实施意见\n云政发〔2023〕1号\n一、重点工作\n(一)抓好落实。{text}\n"
    facts = compile_document(parse(paper)).facts
    assert [(float(one.value), one.unit) for one in facts if isinstance(one, Goal)] == expected


def test_whom_a_work_plan_serves_and_what_it_lends():
    text = "为全市老年人免费体检5万人次,发放创业贷款1.5亿元,发放消费券3000万元。"
    facts = compile_document(
        parse(f"云州市2023年民生实事项目责任分解表\n一、提升服务。{text}\n二、其他。做甲。\n")
    ).facts
    assert [(float(one.value), one.unit) for one in facts if isinstance(one, Goal)] == [(5, "万人次"), (1.5, "亿元")]


_ASSIGNED = "牵头单位:市甲局;责任单位:市乙局。\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("政府债务率控制在100%以内,不良贷款率下降0.5个百分点。", "100% 0.5个百分点"),
        (
            "PM10、PM2.5平均浓度分别控制在95微克/立方米、55微克/立方米以下,优良天数达到220天以上。",
            "95微克/立方米 55微克/立方米 220天",
        ),
        ("造船完工量突破200万载重吨,终端装机量超5万台套,亩均税收年均提高8%。", "200万载重吨 5万台套 8%"),
        ("全年举办培训班3期、培训300人次,军地互办实事60件,安排重点项目66个。", "3期 300人次 60件 66个"),
        ("亩均产值、亩均税收年均分别提升12%和10%。", "12% 10%"),
        ("“园区贷”累计投放5亿元,签约额超60亿元。", "5亿元 60亿元"),
        ("纳入年度考核,分值占比不低于30%。", ""),
        ("供应工业用地2000亩,新建“工业上楼”载体80万平方米,减税降费60亿元。", "2000亩 80万平方米 60亿元"),
        ("火箭年产能由5发提升到20发,算力规模达2000P,协议投资500亿元。", "20发 2000P 500亿元"),
        ("36个大中城市储备保持在15天以上市场供应量。", ""),
        ("每季度举办培训班1期,安排专项资金66万元。", ""),
        ("设立基金,撬动社会资本投入不少于200亿元。", "200亿元"),
        ("跑动次数压减至1次以内,直接融资规模五年累计突破500亿元。", "1次 500亿元"),
        ("甲类企业达到220家,净增40家;配置运输车200辆。", "220家 40家 200辆"),
        ("“最多跑一次”事项达到80%以上。", "80%"),
        ("预留份额不低于采购总额的30%,其中小微企业占比不低于60%。", ""),
        ("申报企业应达到20家以上,出租率达到80%。", ""),
    ],
)
def test_an_opinion_whose_tasks_are_assigned_to_units_is_a_plan(text: str, expected: str):
    tasks = "".join(f"{number}.做{name}。{_ASSIGNED}" for number, name in enumerate("甲乙丙丁", 2))
    paper = f"云州市人民政府关于落实重点工作任务的实施意见\n一、重点工作\n1.推进项目。{text}{_ASSIGNED}{tasks}"
    assert targets(compile_document(parse(paper)).facts) == expected


@pytest.mark.parametrize(
    ("heading", "found"), [("实施标准引领工程", 1), ("加强标准制修订", 1), ("认定标准", 0), ("申报条件", 0)]
)
def test_a_heading_about_standards_sets_no_condition(heading: str, found: int):
    paper = f"云州市关于促进发展的实施意见\n云政发〔2023〕1号\n一、重点工作\n(一){heading}\n甲类转化率提高到60%。\n"
    facts = compile_document(parse(paper)).facts
    assert len([one for one in facts if isinstance(one, Goal)]) == found


def test_a_sentence_that_calls_itself_the_aims():
    opened = "今年是关键之年。工作的总体要求是:坚持项目为王。"
    aims = "主要预期目标是:甲产业产值增长18%左右,达到920亿元;利用内资完成85亿元。"
    facts = compile_document(parse(f"云州市2022年工作要点\n\n{opened}{aims}\n一、任务\n1.做甲。\n")).facts
    told = [(float(one.value), one.deadline) for one in facts if isinstance(one, Goal)]
    assert told == [(18, "2022"), (920, "2022"), (85, "2022")]
    judged = "绩效目标:完成率85%。"
    facts = compile_document(parse(f"云州市2022年资金公告\n\n{opened}{judged}\n一、任务\n1.做甲。\n")).facts
    assert not [one for one in facts if isinstance(one, Goal)]


def test_measures_that_pay_are_no_plan_though_their_articles_name_units():
    clause = "对甲类企业给予10万元奖励。" + _ASSIGNED
    paper = f"云州市关于支持产业发展的意见\n一、扶持措施\n1.推进项目。甲类企业达到220家。{clause}2.奖励。{clause}3.奖励。{clause}4.奖励。{clause}"
    assert not [one for one in compile_document(parse(paper)).facts if isinstance(one, Goal)]


def test_an_opinion_that_pays_little_tells_its_aims_before_an_award():
    aim = "发展产业,培育企业30家,对新评定的企业给予50万元奖励。"
    paper = f"云州市关于促进发展的实施意见\n云政发〔2023〕1号\n一、重点工作\n(一)抓好落实。{aim}{{}}\n"
    long = paper.format("加强协调配合,及时总结经验,抓好工作落实。" * 20)
    for text, expected in ((long, [30]), (paper.format(""), [])):
        facts = compile_document(parse(text)).facts
        assert [float(one.value) for one in facts if isinstance(one, Goal)] == expected


@pytest.mark.parametrize(
    "opened",
    ["为贯彻《云州市人民政府关于促进就业的意见》(云政〔2023〕1号),", "为落实《云州市促进就业的意见》精神,", ""],
)
def test_what_a_rule_rests_on_makes_it_no_opinion(opened: str):
    cover = f"云州市甲局关于印发云州市管理办法的通知\n各区甲局:\n{opened}现将《云州市管理办法》印发给你们。\n"
    rule = f"云州市管理办法\n第一条 甲类企业达到20家,就业率达到70%。{'加强协调。' * 60}\n"
    assert not [one for one in compile_document(parse(cover + rule)).facts if isinstance(one, Goal)]


def test_an_award_that_names_its_projects_first_stands_apart():
    aim = "推进改造项目300个,设备投资50万元以上的项目,按投入的8%给予补助。" + "加强协调配合,抓好工作落实。" * 40
    for kind, expected in (("实施意见", [300]), ("管理办法", [])):
        facts = compile_document(parse(f"云州市关于促进改造的{kind}\n一、措施\n(一)支持改造。{aim}\n")).facts
        assert [float(one.value) for one in facts if isinstance(one, Goal)] == expected
