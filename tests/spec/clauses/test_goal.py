"""Goals: what is to be reached, by when, and which numbers are none (LANGUAGE 4)."""

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


def test_several_deadlines_and_one_kept_over_sentences():
    assert [g[-1] for g in goals("覆盖率2023年达到80%,力争2035年达到95%。")] == ["2023", "2035"]
    assert [g[-1] for g in goals("到2025年,建设10个园区。推动建设30个基地。")] == ["2025", "2025"]


def test_a_numbered_target_inside_a_task():
    assert goals("建立100个培训基地,加强管理。", "加强队伍建设") == [("建立培训基地", ">=", 100, "个", None)]
    assert goals("用3年时间,使资金池规模达到1千万以上。", "强化支持") == [("资金池规模", ">=", 1, "千万", None)]
    assert goals("推动院校在10个左右紧缺领域开展培训。", "开展培训")[0][1:] == ("~", 10, "个", None)
    assert goals("2025年初步建成300个集团。", "推动办学")[0][1:] == (">=", 300, "个", "2025")


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


def test_the_size_of_what_is_to_come_into_being_is_no_goal():
    text = "到2025年,产值过100亿元的企业达3家,产值过1000亿元的企业实现“破零”。"
    assert [goal[1:4] for goal in goals(text)] == [(">=", 3, "家")]


def test_a_heading_that_names_its_figure_is_one_of_goals():
    text = "三大产业总产值规模达到700亿元,其中,新材料、机器人和数控机床两大产业分别达到200亿元。"
    assert [goal[:3] for goal in goals(text, "达到“7百亿规模”")] == [
        ("三大产业总产值规模", ">=", 700),
        ("新材料", ">=", 200),
        ("机器人和数控机床", ">=", 200),
    ]
    assert goals("大力实施产业计划,出台三项“9条政策”。") == []


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


def test_things_counted_before_their_nouns_in_a_plan():
    paper = "云州市2025年民生实事\n一、惠民工程\n1.开设9个暑托班;援助70名失业人员、30名残疾人;新建镇村公园、绿道等6个项目。\n"
    facts = compile_document(parse(paper)).facts
    assert [(float(one.value), one.unit, one.deadline) for one in facts if isinstance(one, Goal)] == [
        (9, "个", "2025"),
        (70, "名", "2025"),
        (30, "名", "2025"),
    ]


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


def test_tasks_of_a_list_are_cut_before_their_verbs():
    text = "新建公园30个、改造小区20个、完成危桥维修40座。"
    assert [goal[:3] for goal in goals(text, "城市更新")] == [
        ("新建公园", ">=", 30),
        ("改造小区", ">=", 20),
        ("完成危桥维修", ">=", 40),
    ]


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


def test_a_target_of_a_task_table_is_due_with_its_row():
    rows = "1\t遴选试点20个。\t市工信局\t2026年9月\n2\t建设园区30个。\t市商务局\t持续推进\n"
    facts = compile_document(parse(f"重点任务清单\n序号\t重点任务\t牵头单位\t完成时限\n{rows}")).facts
    assert [one.deadline for one in facts if isinstance(one, Goal)] == ["2026", None]


def test_a_table_of_tasks_behind_an_opinion_sets_out_work():
    rows = "1\t建设救援体系,救援基地达到60个\t市甲局\t2026年底前完成\n2\t完善制度,覆盖率达到95%\t市乙局\t持续推进\n"
    paper = (
        f"云州市关于促进发展的实施意见\n一、意见\n做好工作。\n附件\n分工表\n序号\t重点任务\t责任单位\t时间进度\n{rows}"
    )
    facts = compile_document(parse(paper)).facts
    goals = [(float(one.value), one.deadline) for one in facts if isinstance(one, Goal)]
    assert goals == [(60, "2026"), (95, None)]


def test_a_term_that_opens_a_sentence_ends_the_date_before_it():
    text = "到2025年,产量达到90万吨。未来五年的目标是:打造8个产业集群。"
    assert [goal[2:] for goal in goals(text, "产业布局")] == [(90, "万吨", "2025"), (8, "个", None)]


NO_GOALS = [
    ("到2025年,体系进一步完善。前三季度完成增加值900亿元,同比增长7%。", "生态产业"),
    ("到2025年,体系基本形成。截至2023年底,建成园区12个,普及率达到70%。", "建设园区"),
    ("工业增加值增长8%,新建园区12个。", "2023年计划执行情况"),
    ("到2025年,体系基本形成。三年内年销售收入首次突破3000万元的,给予30%的补助,每年不超过20万元。", "支持研发"),
    ("近三年新增企业2000家。到2025年,实施四个方面十二个指标的考核。", "工作基础"),
    ("重点发展5—10万千瓦功率等级的燃气轮机、4K以上超高清、8—12万立方米以上空分设备。", "装备领域"),
    ("对固定资产投资达到1000万元以上的,给予10万元奖励。", "支持投资"),
    ("2018—2021年累计安排资金不低于30亿元。", "加大投入"),
    ("设立规模不低于1亿元的引导资金。", "财政支持"),
    ("近5年来,年均节水量约35亿立方米,已建成20个基地。", "工作基础"),
    ("每年召开两次会议,每5年修订1次目录。", "工作机制"),
    ("每年安排最高100万元经费。", "平台服务"),
    ("骗取资金的,追回资金,5年内不再受理申请;构成违法的,依法处2万元以上6万元以下罚款。", "监督检查"),
    ("实施“倍增计划”和“新智造100”工程。", "推动升级"),
    ("教师每年至少1个月到企业实训。", "队伍建设"),
    ("注册资本应在1000万元以上,投资企业不少于5家。", "申报条件"),
    ("从2019年开始,启动制度试点。", "试点工作"),
    ("在30日内制定实施办法。", "组织实施"),
]


@pytest.mark.parametrize(("text", "heading"), NO_GOALS)
def test_what_is_no_goal(text, heading):
    assert goals(text, heading) == []


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


def test_a_date_ends_with_its_topic_in_a_text_without_articles():
    text = "主要目标\n到2026年,甲产业产值达到300亿元。\n税收达到20亿元。\n发展重点\n每年引进项目20个以上。\n"
    rows = [fact for fact in compile_document(parse(text)).facts if isinstance(fact, Goal)]
    assert [(row.value, row.deadline) for row in rows] == [(300, "2026"), (20, "2026"), (20, None)]


def test_the_year_of_a_part_of_a_report_dates_its_tasks():
    aims = "建议2026年经济社会发展的主要预期目标为:甲产业产值增长7%以上。\n2026年将重点推进两方面工作:\n"
    rows = compile_document(parse(f"{aims}(一)推进改造。改造厂房30个。\n(二)完善制度。\n")).facts
    assert [(row.value, row.deadline) for row in rows if isinstance(row, Goal)] == [(7, "2026"), (30, "2026")]


def test_lines_of_a_plan_that_name_a_target_and_its_number():
    lines = "一、甲行动\n-新升规企业1200家以上\n-老旧厂房改造40个\n-甲产业产值突破900亿元\n-安排专项资金3亿元\n-新增发放贷款不少于50亿元\n"
    rows = compile_document(parse(f"云州市2026年重点任务清单\n{lines}")).facts
    assert [(row.value, row.unit) for row in rows if isinstance(row, Goal)] == [
        (1200, "家"), (40, "个"), (900, "亿元"), (50, "亿元")
    ]  # fmt: skip


def test_a_label_without_a_year_takes_the_year_above_it():
    text = "2025年回顾\n产值增长6%\n2026年打算\n主要预期目标:\n产值增长7%\n改造厂房30个\n"
    rows = [fact for fact in compile_document(parse(text)).facts if isinstance(fact, Goal)]
    assert [(row.value, row.deadline) for row in rows] == [(7, "2026"), (30, "2026")]


def test_a_paragraph_with_a_label_dates_none_of_those_beside_it():
    text = "龙头带动。力争到2030年培育企业40家以上。\n创新驱动。新增机构300家以上。\n"
    rows = [fact for fact in compile_document(parse(text)).facts if isinstance(fact, Goal)]
    assert [(row.value, row.deadline) for row in rows] == [(40, "2030"), (300, None)]


def test_a_table_drawn_with_bars_is_read():
    lines = ["表1 主要指标", "序号 | 指标名称 | 单位 | 2020年 | 2025年目标值", "1 | 护理型床位占比 | % | 42 | ≥60"]
    facts = compile_document(parse("\n".join(lines) + "\n2 | 护理员培训 | 万人次 | - | 累计3.5\n")).facts
    told = [(f.metric, f.op, float(f.value), f.unit, f.deadline) for f in facts if isinstance(f, Goal)]
    assert told == [("护理型床位占比", ">=", 60, "%", "2025"), ("护理员培训", ">=", 3.5, "万人次", "2025")]


def test_a_plan_without_its_head_goes_on_before_its_next_year():
    cut = "单位能耗比2020年下降13.5%;清洁能源占比达到20%左右。到2030年,单位能耗大幅下降。"
    told = [f for f in compile_document(parse(cut)).facts if isinstance(f, Goal)]
    assert [(f.op, float(f.value)) for f in told] == [(">=", 13.5), ("~", 20)]
    past = "前三季度单位能耗比2020年下降13.5%;清洁能源占比达到20%左右,同比提高2个百分点。"
    assert not [f for f in compile_document(parse(past)).facts if isinstance(f, Goal)]


def test_a_report_without_a_title_tells_the_past_until_it_turns():
    done = "去年以来,我局落实部署,工作取得新成效。\n一、项目建设\n建成标准厂房12万平方米,新增规上企业35家。\n"
    done += "二、营商环境\n全年新增市场主体3万户,网办率达到98%。\n"
    assert not [f for f in compile_document(parse(done)).facts if isinstance(f, Goal)]
    ahead = compile_document(parse(done + "下一步,我局将继续努力。\n三、重点工作\n力争建成充电站20座。\n"))
    assert [(f.metric, f.value) for f in ahead.facts if isinstance(f, Goal)] == [("建成充电站", 20)]


def test_a_label_below_the_first_sentence_dates_the_articles_of_a_part():
    part = "到2030年,建成区域中心。\n“十五五”时期主要任务\n一、推进创新\n■研发投入占比达4%左右\n二、推进协调\n■常住人口总量控制在300万以内\n"
    told = [f for f in compile_document(parse(part)).facts if isinstance(f, Goal)]
    assert [(f.article, float(f.value), f.deadline) for f in told] == [("一", 4, "2030"), ("二", 300, "2030")]
    head = "云州市“十四五”时期主要任务\n一、推进创新\n实施创新工程,加快建设平台。\n"
    assert not [f for f in compile_document(parse(head)).facts if isinstance(f, Goal)]


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


def test_rows_of_a_table_whose_first_names_are_numbered_are_no_articles():
    rows = "(一)普及行动\t1\t素养水平(%)\t19.8\t≥22\n(二)控烟行动\t2\t吸烟率(%)\t26.6\t<24.5\n"
    names = "领域\t序号\t指标\t基期水平\t2022年目标值\n"
    result = exchange(compile_document(parse(f"一、目标\n到2022年实现以下指标:\n{names}{rows}")))
    assert [one["id"] for one in result["articles"]] == ["一"]
    assert [(one["op"], float(one["value"])) for one in result["goals"]] == [(">=", 22), ("<=", 24.5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("消费者满意度达到90分以上,完成家电换新60万台、家装焕新1万单。", [(90, "分"), (60, "万台"), (1, "万单")]),
        ("满意度得分不低于60分的通报批评。", []),
        ("推动贷款余额增长12%以上,发放贷款不少于15亿元,对甲类企业给予不超过2%的贴息支持。", [(12, "%"), (15, "亿元")]),
        ("年产值增长12%以上的,对企业给予20万元奖励。", []),
        ("引进首店60家(其中全国首店、区域首店10家)。", [(60, "家"), (10, "家")]),
        ("入境游客增长25%,接待游客翻一番。", [(25, "%"), (2, None)]),
    ],
)
def test_scores_and_things_of_a_work_plan_and_what_stands_beside_an_award(text: str, expected: list[tuple]):
    facts = compile_document(parse(f"云州市提振消费2025年工作要点\n一、重点工作\n(一)促进消费。{text}\n")).facts
    assert [(float(one.value), one.unit) for one in facts if isinstance(one, Goal)] == expected


def test_a_table_of_tasks_says_how_much_of_each_and_by_when():
    names = "序号\t任务(项目)\t责任单位\t目标值\t完成时限\n"
    rows = "1\t建设甲类学校\t省甲厅、省乙厅\t10所\t2023年\n2\t乙类企业\t省丙委\t100家以上\t2022年\n"
    result = exchange(compile_document(parse(f"一、任务\n重点任务一览表\n{names}{rows}")))
    assert [(one["metric"], one["value"], one["unit"], one["deadline"]) for one in result["goals"]] == [
        ("建设甲类学校", 10, "所", "2023"),
        ("乙类企业", 100, "家", "2022"),
    ]
    assert [one["lead"] for one in result["duties"]] == [["省甲厅", "省乙厅"], ["省丙委"]]


def test_a_table_of_tasks_drawn_with_bars_and_blanks_is_read():
    names = "| 序号 | 重点工作 | 具体任务 | 牵头单位 | 配合单位 | 完成时限 |\n| --- | --- | --- | --- | --- | --- |\n"
    rows = "| 一 | 更新设备 | 1.更新老旧电梯300部。 | 市甲局 | 市乙委 | 2025年12月 |\n| | | 2.淘汰柴油货车2000辆。 | 市丙局 | 市丁局 | 2026年6月 |\n"
    result = exchange(compile_document(parse(f"云州市设备更新重点任务分工表\n{names}{rows}")))
    assert [(one["value"], one["deadline"]) for one in result["goals"]] == [(300, "2025"), (2000, "2026")]
    assert [one["lead"] for one in result["duties"]] == [["市甲局"], ["市丙局"]]


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


def test_names_of_figures_over_a_second_line_of_years_each_keep_their_columns():
    names = "指标\t单位\t基期值\t目标值\t\t责任单位\n\t\t2020年\t2025年\t2030年\t\n"
    rows = "甲类装机容量\t万千瓦\t5.2\t20\t35\t区甲局\n乙类渗透率\t%\t6.1\t≥30\t≥50\t区乙局\n"
    result = exchange(compile_document(parse(f"一、主要目标\n到2030年实现以下目标:\n{names}{rows}")))
    assert [(one["metric"], one["value"], one["deadline"]) for one in result["goals"]] == [
        ("甲类装机容量", 20, "2025"),
        ("甲类装机容量", 35, "2030"),
        ("乙类渗透率", 30, "2025"),
        ("乙类渗透率", 50, "2030"),
    ]
    assert [one["lead"] for one in result["duties"]] == [["区甲局"], ["区乙局"]]


def test_indicators_set_with_blanks_below_the_names_of_their_groups():
    table = "指标类别 指标名称 单位 2020年基数 2025年目标\n投入 甲类投入占比 % 2.31 3.2\n 乙类经费占比 % 3.5 8\n产出 丙类拥有量 件 6.8 16\n"
    facts = compile_document(parse(f"一、主要目标\n“十四五”主要指标\n{table}二、任务\n加强 组织 领导。\n")).facts
    told = [(one.metric, float(one.value), one.unit, one.deadline) for one in facts if isinstance(one, Goal)]
    assert told == [
        ("甲类投入占比", 3.2, "%", "2025"),
        ("乙类经费占比", 8, "%", "2025"),
        ("丙类拥有量", 16, "件", "2025"),
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


WORK_OF_AN_OPINION = [
    ("加快推广低温储粮技术,绿色仓容占比每年提高3个百分点以上。", [(3, "个百分点")]),
    ("组建3—5个国家级创新中心,作业效率提高50%以上。信息化覆盖率达到95%。", [(3, "个"), (50, "%"), (95, "%")]),
    ("制修订标准30项以上。引导银行机构对甲类企业贷款利率下降0.5个百分点以上。", [(30, "项"), (0.5, "个百分点")]),
    ("单位产品能耗降低10%以上可申报甲类示范。", []),
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


@pytest.mark.parametrize(
    ("heading", "count"),
    [("存在的主要问题", 0), ("主要问题和困难", 0), ("着力解决存在的问题", 1)],
    ids=lambda one: str(one),
)
def test_a_chapter_of_troubles_sets_no_aims(heading: str, count: int):
    text = f"云州市甲局2025年工作要点\n一、{heading}\n五十岁以上人员占比达到63%。\n"
    assert len([fact for fact in compile_document(parse(text)).facts if isinstance(fact, Goal)]) == count


def test_a_part_on_the_year_before_sets_no_aims():
    parts = (
        "第一部分 2025年工作总结\n一、能力增强。新增床位600张。\n第二部分 2026年工作要点\n一、抓改革\n新增床位300张。\n"
    )
    facts = compile_document(parse(f"云州市甲局2025年工作总结及2026年工作要点\n{parts}")).facts
    assert [(float(one.value), one.deadline) for one in facts if isinstance(one, Goal)] == [(300, "2026")]


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
        ("政府债务率控制在100%以内,不良贷款率下降0.5个百分点。", [(100, "%"), (0.5, "个百分点")]),
        ("PM10、PM2.5平均浓度分别控制在95微克/立方米、55微克/立方米以下,优良天数达到220天以上。", [(95, "微克/立方米"), (55, "微克/立方米"), (220, "天")]),
        ("跑动次数压减至1次以内,直接融资规模五年累计突破500亿元。", [(1, "次"), (500, "亿元")]),
        ("甲类企业达到220家,净增40家;配置运输车200辆。", [(220, "家"), (40, "家"), (200, "辆")]),
        ("“最多跑一次”事项达到80%以上。", [(80, "%")]),
        ("预留份额不低于采购总额的30%,其中小微企业占比不低于60%。", []),
        ("申报企业应达到20家以上,出租率达到80%。", []),
    ],
)  # fmt: skip
def test_an_opinion_whose_tasks_are_assigned_to_units_is_a_plan(text: str, expected: list[tuple]):
    tasks = "".join(f"{number}.做{name}。{_ASSIGNED}" for number, name in enumerate("甲乙丙丁", 2))
    paper = f"云州市人民政府关于落实重点工作任务的实施意见\n一、重点工作\n1.推进项目。{text}{_ASSIGNED}{tasks}"
    facts = compile_document(parse(paper)).facts
    assert [(float(one.value), one.unit) for one in facts if isinstance(one, Goal)] == expected


def test_measures_that_pay_are_no_plan_though_their_articles_name_units():
    clause = "对甲类企业给予10万元奖励。" + _ASSIGNED
    paper = f"云州市关于支持产业发展的意见\n一、扶持措施\n1.推进项目。甲类企业达到220家。{clause}2.奖励。{clause}3.奖励。{clause}4.奖励。{clause}"
    assert not [one for one in compile_document(parse(paper)).facts if isinstance(one, Goal)]
