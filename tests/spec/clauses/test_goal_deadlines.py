"""Until when a goal is to be reached: the date of its sentence, its paragraph, its label, its plan."""

import pytest
from test_goal import goals

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange
from luodi.policy.facts import Goal


def test_a_sentence_that_says_of_when_the_aims_below_it_are():
    items = "——新增供水能力20亿立方米。\n——用水总量控制在211亿立方米以内。\n"
    told = compile_document(parse(f"水利厅制定了“十五五”主要目标。\n{items}")).facts
    assert [(float(one.value), one.deadline) for one in told if isinstance(one, Goal)] == [(20, "2030"), (211, "2030")]
    told = compile_document(parse(f"水利厅制定了绩效目标。\n{items}")).facts
    assert {one.deadline for one in told if isinstance(one, Goal)} <= {None}


def test_this_year_of_news_without_a_date_has_no_deadline_and_dates_the_next():
    news = "到2030年,服务站基本普及。\n今年,我省将建成服务站500个。2028年,全省70%以上的村建成服务点,交易额增长20%。\n"
    told = compile_document(parse(news)).facts
    assert [(float(one.value), one.deadline) for one in told if isinstance(one, Goal)] == [
        (500, None),
        (70, "2028"),
        (20, "2028"),
    ]


def test_this_year_is_that_of_the_meeting_which_told_it():
    news = "记者从召开的2017年全省扶贫工作会议获悉,今年全省要确保完成18.3万农村贫困人口和7141名城镇贫困人口脱贫。"
    told = [
        (float(one.value), one.unit, one.deadline)
        for one in compile_document(parse(news)).facts
        if isinstance(one, Goal)
    ]
    assert told == [(18.3, "万", "2017"), (7141, "名", "2017")]


def test_several_deadlines_and_one_kept_over_sentences():
    assert [g[-1] for g in goals("覆盖率2023年达到80%,力争2035年达到95%。")] == ["2023", "2035"]
    assert [g[-1] for g in goals("到2025年,建设10个园区。推动建设30个基地。")] == ["2025", "2025"]


def test_what_a_date_or_a_term_opens_holds_for_the_paragraph():
    text = "到2026年,产业体系基本形成。加氢站达到30座;车辆保有量超2万辆。2026年换电站达到40座,超充站90座。"
    assert [goal[1:] for goal in goals(text, "产业生态")] == [
        (">=", 30, "座", "2026"),
        (">=", 2, "万辆", "2026"),
        (">=", 40, "座", "2026"),
        (">=", 90, "座", "2026"),
    ]
    text = "3年内支持70名名师赴外研修,400名骨干教师参加跟岗,选拔20名首席技师、60名技师。建设9家工作站。"
    assert goals(text, "人才项目") == [
        ("支持名师赴外研修", ">=", 70, "名", None),
        ("骨干教师参加跟岗", ">=", 400, "名", None),
        ("选拔首席技师", ">=", 20, "名", None),
        ("选拔技师", ">=", 60, "名", None),
        ("建设工作站", ">=", 9, "家", None),
    ]


def test_the_year_that_a_measure_starts_from_is_no_deadline():
    text = "到2027年,技改投资额、规上企业户数在2021年基础上实现“翻一番”增长;能耗较2021年底下降9%,龙头企业12家。"
    assert [goal[1:] for goal in goals(text)] == [
        ("x", 2, None, "2027"),
        ("x", 2, None, "2027"),
        (">=", 9, "%", "2027"),
        (">=", 12, "家", "2027"),
    ]
    assert [goal[0] for goal in goals(text)][:2] == ["技改投资额", "规上企业户数"]
    assert goals("到2027年,实施企业“产值翻一番”行动。") == []


def test_a_term_in_which_something_has_not_come_opens_no_goals():
    assert goals("五年内未上市的退回资金。直接投资额占比不超过总股本的30%。", "股权投资扶持") == []


def test_a_deadline_of_the_first_paragraph_holds_for_the_dashes_below():
    paper = "一、总体要求\n(一)主要目标。到2027年,实力明显增强。\n——研发投入强度达到3%。\n——规模突破900亿元。\n"
    facts = compile_document(parse(paper)).facts
    assert [fact.deadline for fact in facts if isinstance(fact, Goal)] == ["2027", "2027"]


@pytest.mark.parametrize(
    ("title", "task", "deadline"),
    [
        ("云州市2024年民生工作责任分解方案", "新建小学2所。", "2024"),
        ("云州市算力发展行动计划(2023—2025年)", "新建机房20个,到规划期末累计达到50个。", "2025"),
    ],
)
def test_the_year_of_a_plan_is_that_of_its_title(title, task, deadline):
    facts = compile_document(parse(f"{title}\n一、重点任务\n1.{task}\n")).facts
    assert [fact.deadline for fact in facts if isinstance(fact, Goal)][-1] == deadline


def test_a_year_ahead_and_an_introduction_before_the_first_number():
    assert goals("2026年,我市要实现贡献率达60%。", "科技创新") == [("要实现贡献率", ">=", 60, "%", "2026")]
    paper = "未来三年卫生发展,到2026年实现以下目标:\n1.千人医生数达到2.8名。\n2.新建医院12家。\n"
    facts = compile_document(parse(paper)).facts
    assert [(one.article, one.deadline) for one in facts if isinstance(one, Goal)] == [("1", "2026"), ("2", "2026")]


def test_a_year_of_aims_dates_the_list_below_it():
    paper = "云州市2026年主要任务:\n◆工业投资增长9%\n◆消除60个薄弱村\n"
    facts = compile_document(parse(paper)).facts
    assert [(one.metric, one.deadline) for one in facts if isinstance(one, Goal)] == [
        ("工业投资增长", "2026"),
        ("消除薄弱村", "2026"),
    ]
    text = "展望2026年,全市发展目标为:粮食产量稳定在70万吨以上。"
    assert goals(text, "总体思路") == [("粮食产量", ">=", 70, "万吨", "2026")]


def test_a_deadline_of_its_own_comes_before_that_of_an_earlier_paragraph():
    paper = "到2023年,接待游客90万人次以上。\n到2025年,体系基本建成。接待游客120万人次以上。\n产值达到80亿元。\n"
    facts = compile_document(parse(paper)).facts
    assert [one.deadline for one in facts if isinstance(one, Goal)] == ["2023", "2025", "2025"]


def test_a_term_that_opens_a_sentence_ends_the_date_before_it():
    text = "到2025年,产量达到90万吨。未来五年的目标是:打造8个产业集群。"
    assert [goal[2:] for goal in goals(text, "产业布局")] == [(90, "万吨", "2025"), (8, "个", None)]


def test_a_date_ends_with_its_topic_in_a_text_without_articles():
    text = "主要目标\n到2026年,甲产业产值达到300亿元。\n税收达到20亿元。\n发展重点\n每年引进项目20个以上。\n"
    rows = [fact for fact in compile_document(parse(text)).facts if isinstance(fact, Goal)]
    assert [(row.value, row.deadline) for row in rows] == [(300, "2026"), (20, "2026"), (20, None)]


def test_the_year_of_a_part_of_a_report_dates_its_tasks():
    aims = "建议2026年经济社会发展的主要预期目标为:甲产业产值增长7%以上。\n2026年将重点推进两方面工作:\n"
    rows = compile_document(parse(f"{aims}(一)推进改造。改造厂房30个。\n(二)完善制度。\n")).facts
    assert [(row.value, row.deadline) for row in rows if isinstance(row, Goal)] == [(7, "2026"), (30, "2026")]


def test_a_label_without_a_year_takes_the_year_above_it():
    text = "2025年回顾\n产值增长6%\n2026年打算\n主要预期目标:\n产值增长7%\n改造厂房30个\n"
    rows = [fact for fact in compile_document(parse(text)).facts if isinstance(fact, Goal)]
    assert [(row.value, row.deadline) for row in rows] == [(7, "2026"), (30, "2026")]


def test_a_paragraph_with_a_label_dates_none_of_those_beside_it():
    text = "龙头带动。力争到2030年培育企业40家以上。\n创新驱动。新增机构300家以上。\n"
    rows = [fact for fact in compile_document(parse(text)).facts if isinstance(fact, Goal)]
    assert [(row.value, row.deadline) for row in rows] == [(40, "2030"), (300, None)]


def test_a_label_below_the_first_sentence_dates_the_articles_of_a_part():
    part = "到2030年,建成区域中心。\n“十五五”时期主要任务\n一、推进创新\n■研发投入占比达4%左右\n二、推进协调\n■常住人口总量控制在300万以内\n"
    told = [f for f in compile_document(parse(part)).facts if isinstance(f, Goal)]
    assert [(f.article, float(f.value), f.deadline) for f in told] == [("一", 4, "2030"), ("二", 300, "2030")]
    head = "云州市“十四五”时期主要任务\n一、推进创新\n实施创新工程,加快建设平台。\n"
    assert not [f for f in compile_document(parse(head)).facts if isinstance(f, Goal)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年改造老旧小区120个,惠及居民3万户。", [(120, "2024"), (3, "2024")]),
        ("2023年启动重点项目30个,完成投资50亿元。", [(30, "2023"), (50, "2023")]),
        (
            "三年新增学位240个,其中2023年80个、2024年90个、2025年70个;在园占比稳定在60%以上。",
            [(240, None), (80, "2023"), (90, "2024"), (70, "2025"), (60, None)],
        ),
        ("2021年启动重点项目20个。", []),
        ("2026年改造老旧小区", []),
    ],
)
def test_a_plan_for_several_years_aims_at_each_of_them(text: str, expected: list[tuple]):
    paper = f"云州市产业发展行动方案(2023—2025年)\n一、重点任务\n(一)推进项目。{text}\n"
    facts = compile_document(parse(paper)).facts
    assert [(float(one.value), one.deadline) for one in facts if isinstance(one, Goal)] == expected


def test_years_that_share_a_list_of_numbers_date_nothing_behind_them():
    aims = "总产值翻一番,2021年、2022年、2023年分别达到120亿元、160亿元、200亿元;引进企业五十家。"
    facts = compile_document(parse(f"云州市航空产业三年行动方案\n一、发展目标\n{aims}\n")).facts
    told = [(one.metric, float(one.value), one.deadline) for one in facts if isinstance(one, Goal)]
    assert told == [
        ("总产值", 2, None),
        ("总产值", 120, "2021"),
        ("总产值", 160, "2022"),
        ("总产值", 200, "2023"),
        ("引进企业", 50, None),
    ]


def test_a_label_of_a_task_says_when_its_targets_are_due():
    tasks = "1.整合资源。新建泊位4个。\n牵头单位:市甲局\n完成时限:2025年底\n2.培育主体。新增企业20家(责任单位:市乙局;完成时限:2024年12月底)。\n3.推广装备。新建站点30个。\n"
    facts = compile_document(parse(f"云州市枢纽建设行动方案\n一、重点任务\n{tasks}")).facts
    told = [(one.article, float(one.value), one.deadline) for one in facts if isinstance(one, Goal)]
    assert told == [("一.1", 4, "2025"), ("一.2", 20, "2024"), ("一.3", 30, None)]


def test_a_report_of_a_government_aims_at_the_year_that_it_is_given_in():
    done = "一、2024年主要工作\n(一)壮大产业。净增甲类企业200家,甲类产值增长8%。\n"
    ahead = "二、2025年工作安排\n建议今年主要预期目标是:生产总值增长6%左右。\n(一)强化创新。研发投入强度力争达到3%,净增甲类企业150家。\n(二)推动转型。PM2.5平均浓度控制在33微克/立方米。\n"
    paper = f"政府工作报告\n——2025年1月8日在云州市第十届人民代表大会第五次会议上\n云州市市长 张某\n各位代表:\n现在,我代表市人民政府作报告。\n{done}{ahead}"
    told = [one for one in compile_document(parse(paper)).facts if isinstance(one, Goal)]
    assert [(one.article, one.op, float(one.value), one.deadline) for one in told] == [
        ("二", "~", 6, "2025"),
        ("二.(一)", ">=", 3, "2025"),
        ("二.(一)", ">=", 150, "2025"),
        ("二.(二)", "<=", 33, "2025"),
    ]


def test_a_level_of_a_year_to_come_is_due_in_it():
    head = "云州市关于推动外贸发展的实施意见\n云政发〔2023〕9号\n"
    text = "推动甲类产品出口,2025年整车出口达到10万辆。2023年整车出口达到5万辆。"
    facts = compile_document(parse(f"{head}一、优化结构\n(一)培育优势。{text}\n")).facts
    assert [(float(one.value), one.deadline) for one in facts if isinstance(one, Goal)] == [(10, "2025")]


def test_items_with_dashes_end_each_other_without_line_ends():
    text = "一、主要目标到2028年,建成服务体系。——床位达到9000张。——到2026年,新建中心10个。——甲类床位占比达到40%以上。到2030年,网络更加完善。——乙类床位占比达到60%以上。"
    told = exchange(compile_document(parse(text + "各单位应当加强协调配合,及时总结经验,依法接受监督检查。" * 6)))[
        "goals"
    ]
    assert [(one["value"], one["deadline"]) for one in told] == [
        (9000, "2028"),
        (10, "2026"),
        (40, "2028"),
        (60, "2030"),
    ]


WORK_OF_A_YEAR = [
    ("确保8个项目年内竣工投产、15个项目上半年开工。", [(8, "个"), (15, "个")]),
    ("确保8个项目符合条件。", []),
    ("2家医院进入全省前50位,3个中心年底前投用。", [(2, "家"), (3, "个")]),
    ("2家医院成功入选国家队。", []),
    ("8个项目相继竣工。", []),
    ("5个街道负责配合。", []),
    ("开展业务培训20期、应急演练10次。", [(20, "期"), (10, "次")]),
    ("监督检查机构500户次,解决群众问题100件以上。", [(500, "户次"), (100, "件")]),
    ("平均候诊时间控制在20分钟以内。", [(20, "分钟")]),
    ("公示时间不超过7个工作日。", []),
    ("全年外出招商不少于20次,其中主要领导带队不少于6次。", [(20, "次"), (6, "次")]),
    ("开展主题党日12次、集中培训4期。", [(12, "次"), (4, "期")]),
    ("每季度开展安全检查不少于12次。", []),
    ("办公会议应当召开12次。", []),
    ("班子成员带队走访企业300家次。", [(300, "家次")]),
    ("新发展茶园5000亩,落实播种面积62万亩,公开招录人员12名。", [(5000, "亩"), (62, "万亩"), (12, "名")]),
    ("争取中央预算内资金3亿元、专项债券资金15亿元。", [(3, "亿元"), (15, "亿元")]),
    ("项目履约率、开工率分别达85%、70%,工单办结率保持100%。", [(85, "%"), (70, "%"), (100, "%")]),
    ("高压单电源、双电源接电时间分别不超过15个、25个工作日。", [(15, "个工作日"), (25, "个工作日")]),
    ("办理时间不超过15个工作日,公示时间不超过5个工作日。", [(15, "个工作日")]),
    ("会议时间不超过2小时。", []),
    ("引进团队10个,人才补贴每人每年最高3万元。", [(10, "个")]),
    ("入园项目投资强度不低于500万元/亩,亩均税收不低于30万元,容积率不低于1.5。", []),
    ("新建大型数据中心PUE不高于1.3,可再生能源使用率不低于50%。", []),
    ("新建建筑中绿色建筑占比不低于90%。", [(90, "%")]),
    ("去年,我局共签约项目35个,走访企业260家次。", []),
    ("去年完成投资30亿元,今年力争达到40亿元。", [(40, "亿元")]),
]


@pytest.mark.parametrize(("text", "expected"), WORK_OF_A_YEAR)
def test_what_a_plan_of_a_year_sets_out_and_what_it_holds_everybody_to(text: str, expected: list[tuple]):
    facts = compile_document(parse(f"云州市甲局2025年工作要点\n一、重点工作\n(一)抓好落实。{text}\n")).facts
    found = [(float(fact.value), fact.unit) for fact in facts if isinstance(fact, Goal)]
    assert found == expected
    assert {fact.op for fact in facts if isinstance(fact, Goal) and (fact.unit or "").endswith("日")} <= {"<="}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年,全市工业增加值增长10%,甲类占比达到30%。", []),
        ("2022年底,推动甲类占比达到30%,到2025年,推动甲类占比达到40%。", [(40, "%")]),
        ("2023年,全市新建公园5座。", [(5, "座")]),
    ],
)
def test_a_sentence_that_opens_with_a_year_before_the_paper_tells_the_past(text: str, expected: list[tuple]):
    paper = f"云州市关于促进发展的实施意见\n云政发〔2023〕1号\n一、重点工作\n(一)抓好落实。{text}\n"
    facts = compile_document(parse(paper)).facts
    assert [(float(one.value), one.unit) for one in facts if isinstance(one, Goal)] == expected


def test_a_part_on_the_year_before_sets_no_aims():
    parts = (
        "第一部分 2025年工作总结\n一、能力增强。新增床位600张。\n第二部分 2026年工作要点\n一、抓改革\n新增床位300张。\n"
    )
    facts = compile_document(parse(f"云州市甲局2025年工作总结及2026年工作要点\n{parts}")).facts
    assert [(float(one.value), one.deadline) for one in facts if isinstance(one, Goal)] == [(300, "2026")]


def told(text: str) -> list[tuple[float, str, str | None]]:
    """The goals of a whole text: number, unit, until when."""
    found = (one for one in compile_document(parse(text)).facts if isinstance(one, Goal))
    return [(float(one.value), one.unit or "", one.deadline) for one in found]


def test_this_year_and_the_next_in_news_that_its_page_dates():
    news = "央视国际 (2003年12月22日11:12)\n{}\n"
    assert told(news.format("部长宣布:我国明年将新增就业900万人,失业率控制在4.7%左右。")) == [
        (900, "万人", "2004"),
        (4.7, "%", "2004"),
    ]
    opened = "2月28日,省旅游局召开的2011年全省旅游工作会议上透露,今年旅游总收入将首次突破3000亿元。"
    assert told(opened) == [(3000, "亿元", "2011")]


def test_this_year_in_a_paper_is_that_of_its_number():
    paper = "云州市人民政府关于再就业工作的通知\n(2003年6月19日 云府发[2003]19号)\n各县人民政府:\n千方百计实现今年净增就业26万人、再就业14万人的工作目标。\n"
    assert told(paper) == [(26, "万人", "2003"), (14, "万人", "2003")]


def test_items_that_begin_with_their_years_and_years_that_were_measured():
    items = "规划确定指标:一是2015年,接待人数超过2000万人。二是2015—2016年,创建基地。接待人数超过3000万人。"
    assert told(items) == [(2000, "万人", "2015"), (3000, "万人", "2016")]
    assert told("“十三五”以来,危桥比例从2015年底的14.6%降至2022年底的2.8%。") == []


def test_the_five_years_that_a_heading_of_aims_names():
    part = "二、“十一五”科技发展的主要目标\n1、综合机械化水平达到85%。\n2、到2008年,产值占比25%以上。\n"
    assert told(part) == [(85, "%", "2010"), (25, "%", "2008")]


def test_a_year_before_goes_on_over_the_next_sentence():
    news = "部长介绍了2004年发展的目标:业务收入达5750亿元,其中,电信收入5190亿元。\n部里预计,2003年,业务收入达5150亿元。新增用户1.12亿户。\n"
    assert told(news) == [(5750, "亿元", "2004"), (5190, "亿元", "2004")]


def test_the_year_of_the_work_that_a_notice_is_about():
    paper = "云州市人民政府关于切实抓好2012年造林绿化工作的通知\n一、明确任务\n2012年全市造林任务40万亩,其中:城市绿化7万亩;造林更新13万亩。\n"
    assert told(paper) == [(40, "万亩", "2012"), (7, "万亩", "2012"), (13, "万亩", "2012")]


def test_this_year_on_a_page_whose_day_runs_into_the_hour():
    page = "云州新闻网 2018-03-2010:33:06\n在全市工作会议上获悉，今年全市生产总值要增长8%左右。\n"
    assert told(page) == [(8, "%", "2018")]
    aims = "云州新闻网 2018-03-2010:33:06\n全市工作会议召开。今年的主要预期目标是：生产总值增长8%左右。\n"
    assert told(aims) == [(8, "%", "2018")]


def test_a_year_that_a_paragraph_opens_with_and_a_thought_of_one_year():
    news = "到2015年,煤运通道总能力达到30亿吨以上。\n2011年,我国铁路将适应新形势,创新运输组织。加强协作,货车周转时间压缩到4.35天。\n"
    assert told(news) == [(30, "亿吨", "2015"), (4.35, "天", "2011")]
    thought = "市林业局2013年工作思路2013年全市林业工作的指导思想是:坚持科学发展。(一)持续推进绿化。完成森林通道建设396公里。\n"
    assert told(thought) == [(396, "公里", "2013")]


def test_what_was_measured_before_2000_and_where_a_paper_holds():
    past = "2000年,机构达到3180所。死亡率从90年代初的50‰下降到2000年的32‰,入学率由1990年的96.3%上升到2000年的99.1%。到2000年,覆盖率达到92%。\n"
    assert [one for one in told(past) if one[2]] == []
    where = "《意见》实施范围包括,特困地区26个县、国家级贫困县31个(其中19个位于特困地区)。到2020年,入园率达到80%,用水总量控制在6700亿m3以内。\n"
    assert told(where) == [(80, "%", "2020"), (6700, "亿m3", "2020")]


def _told(text: str) -> list[tuple[float, str | None]]:
    return [(float(one.value), one.deadline) for one in compile_document(parse(text)).facts if isinstance(one, Goal)]


def test_news_of_a_plan_dates_the_parts_below_its_short_headings():
    lead = "《云州市公共服务规划》明确,到2030年,公共服务体系更加完善。\n"
    parts = "学有所教\n九年义务教育巩固率96%,高中阶段毛入学率大于92%。\n病有所医\n人均预期寿命79.5岁,注册护士3.8人。\n"
    assert _told(lead + parts) == [(96, "2030"), (92, "2030"), (79.5, "2030"), (3.8, "2030")]
    assert _told("云州市公共服务体系更加完善。\n" + parts) == []


def test_this_year_is_that_of_the_paper_which_news_tells_of():
    page = "新增就业90万人\n职场 2029-08-04 00:08:48\n"
    news = "人社局发布了“2023年工作要点”,称今年要努力完成城镇新增就业90万人以上、失业率控制在4.6%以内的目标任务。\n"
    assert {when for _, when in _told(page + news)} == {"2023"}
    assert {when for _, when in _told(page + news.replace("2023年工作要点", "工作要点"))} == {"2029"}


def test_what_the_months_so_far_have_brought_and_a_year_is_expected_to_bring_is_no_goal():
    news = "局长透露,今年1至11月,全市城镇新增就业11万人,预计全年将超过12万人。\n明年目标:新增就业10万人。\n"
    assert _told(news) == [(10, None)]


def test_turnover_in_a_list_of_what_is_striven_for():
    text = "大力发展物流业,力争落地项目4个以上,规上企业营收超460亿元,快递业务量突破130亿件。"
    assert [value for value, _ in _told(text)] == [4, 460, 130]


def test_how_many_tasks_a_plan_tells_is_no_goal_of_it():
    said = "《规划》明确了发展目标,到2030年,提出了培育甲系统、治理乙流域等14项主要建设任务,森林覆盖率达到40%。\n"
    assert [value for value, _ in _told(said)] == [40]
