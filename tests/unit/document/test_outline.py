"""Addresses and headings: what FACTS calls article ids, on short texts of our own."""

import time

import pytest

from luodi.document import parse


def ids(text: str) -> str:
    return " ".join(article.id for article in parse(text).articles)


def headings(text: str) -> dict[str, str | None]:
    return {article.id: article.heading for article in parse(text).articles}


CASES = {
    "the usual three levels": (
        "一、总则\n(一)目标。甲。\n(二)原则。乙。\n1.丙。\n2.丁。\n二、任务\n",
        "一 一.(一) 一.(二) 一.(二).1 一.(二).2 二",
    ),
    "numbers that run through the chapters": ("一、甲\n1.子。\n2.丑。\n二、乙\n3.寅。\n", "一 一.1 一.2 二 二.3"),
    "bracketed numbers that run through": ("一、甲\n(一)子。\n二、乙\n(二)丑。\n", "一 一.(一) 二 二.(二)"),
    "a heading that runs into the first number below it": (
        "一、明确任务,促进发展1、发展目标。\n甲。\n2、规划布局。\n乙。\n二、改革体制3、理顺体制。\n丙。\n",
        "一 一.1 一.2 二 二.3",
    ),
    "a heading that names items of a list": ("一、完成改造项目3、4期。甲。\n二、落实附件1、乙。\n", "一 二"),
    "numbers in the brackets of a year": (
        "一、甲\n〔一〕子。〔二〕丑。\n二、乙\n某发〔2020〕3号。\n",
        "一 一.(一) 一.(二) 二",
    ),
    "an article that a page tells of": (
        "某市印发《某措施》的通知,其中,第四章第四条提到:" + "对企业给予补贴," * 30 + "不再支持。",
        "",
    ),
    "articles behind the marks of a list": (
        "- 第一条 支持甲\n给予。\n- 第二条 支持乙\n给予。\n第三条 附则。\n",
        "第一条 第二条 第三条",
    ),
    "articles behind the count of a page": (
        "1、第一条为了甲。第二条适用于乙。\n2、第三条给予。第四条施行。\n",
        "第一条 第二条 第三条 第四条",
    ),
    "circled numbers behind a heading": ("1、鼓励创造 ①对甲奖励。 ②对乙奖励。\n2、加强金融\n", "1 1.① 1.② 2"),
    "a law": (
        "第一章 总则\n第一条 为了甲。\n第二条 适用于乙:\n(一)子;\n(二)丑。\n第二章 附则\n第三条 施行。\n",
        "第一章 第一条 第二条 第二条.(一) 第二条.(二) 第二章 第三条",
    ),
    "articles under bracketed headings": (
        "一、甲\n(一)子\n第1条 给予。\n(二)丑\n第2条 给予。\n",
        "一 一.(一) 第1条 一.(二) 第2条",
    ),
    "decimal numbers": (
        "1 总则\n1.1 目的\n规范。\n1.2 范围\n适用。\n2 条件\n2.1 基本\n在本市注册。\n",
        "1 1.1 1.2 2 2.1",
    ),
    "decimal numbers before words that begin like a unit": (
        "1.1 个人奖励\n按年发放。\n1.2 年度工资\n达到50万元的,奖励3万元。\n1.3 公共平台\n给予补助。\n",
        "1.1 1.2 1.3",
    ),
    "a decimal with its unit is no number of an article": (
        "1.1 企业\n补助\n1.2 年以上的不补。\n",
        "1.1",
    ),
    "brackets under figures": ("1.甲\n(1)子;\n(2)丑。\n2.乙\n", "1 1.(1) 1.(2) 2"),
    "circled numbers": ("一、甲\n(一)乙。\n1.丙:\n①子;\n②丑。\n", "一 一.(一) 一.(一).1 一.(一).1.① 一.(一).1.②"),
    "restart under labels without a number": ("服务内容\n1.甲\n2.乙\n条件要求\n1.丙\n2.丁\n", "1 2 1 2"),
    "an annex": ("一、甲\n二、乙\n附件1\n一、丙\n二、丁\n", "一 二 附件1 附件1.一 附件1.二"),
    "word numbers": ("政策1:甲\n第3条 子。\n政策2:乙\n政策3:丙\n", "政策1 第3条 政策2 政策3"),
    "an extract from the middle": ("(三)培育。甲。\n(四)壮大。乙。\n", "(三) (四)"),
    "an extract from amid an article": ("2.甲。\n3.乙。\n二、丙\n1.丁。\n2.戊。\n", "2 3 二 二.1 二.2"),
    "an extract that begins with the last item of an article": (
        "2.标准\n给予奖励。\n八、甲\n1.乙\n2.丙\n",
        "2 八 八.1 八.2",
    ),
    "an extract from amid brackets": ("(2)甲。\n3.乙。\n4.丙\n(1)丁。\n(2)戊。\n", "(2) 3 4 4.(1) 4.(2)"),
    "an extract from amid circled numbers": ("③甲;\n④乙。\n(2)丙。\n", "③ ④ (2)"),
    "an extract that is one item with its parts": ("8.甲给予奖励。其中:(1)乙;(2)丙。\n", "8 8.(1) 8.(2)"),
    "a second item that follows nothing": ("支持甲。\n(2)乙。\n", ""),
    "numbers with a zero before them": ("政策如下\n01【甲】乙。\n02【丙】丁。03【戊】己。\n", "01 02 03"),
    "items with two figures": (
        "2026年实事\n01 新增车位100个;新建公园2个。\n02 建立5个工作站。\n03新增床位20张。\n",
        "01 02 03",
    ),
    "a catalogue number before a title that is said twice": (
        "5.中办印发《云州方案》\n云州网\n5.中办印发《云州方案》\n近日,云州印发《方案》。到2026年,建成公园3个。\n",
        "",
    ),
    "question marks for blanks": ("?? ??一、甲\n?？二、乙\n", "一 二"),
    "a catalogue number before a page that tells of a paper": (
        "5.办公厅印发《青泽试点方案》\n近日,办公厅印发了《青泽试点方案》。\n",
        "",
    ),
    "one article of an excerpt": ("5.支持企业印发目录\n对甲类企业给予奖励。\n", "5"),
    "a catalogue number before the title": ("5. 云州市政策卡片\n云州市政策卡片\n依据文件\n1.甲\n2.乙\n", "1 2"),
    "a list of attachments without line ends": (
        "一、支持对象"
        + "在本市依法登记注册的工业企业,近三年未发生较大以上事故。" * 8
        + "二、附则本细则由市甲局负责解释。附件:1.专项资金申请表2.审核报告提纲(信息公开类别:主动公开)市甲局办公室2023年7月14日印发",
        "一 二",
    ),
    "a law without line ends: its first chapter behind its title, sections, articles behind any title": (
        "云州市泉水保护法第一章 总则第一条中华泉水受法律保护。"
        + "各级人民政府应当加强领导,建立健全协调机制,依法履行职责。" * 8
        + "第二章 保护第一节 一般规定第二条第二审机关负责保护的统一、协调。"
        "第二节 特别规定第三条规划编制机关应当公布规划。第四条有下列情形之一的,不适用本法第三条规定:(一)甲;(二)乙。",
        "第一章 第一条 第二章 第二章.第一节 第二条 第二章.第二节 第三条 第四条 第四条.(一) 第四条.(二)",
    ),
    "a law without line ends and chapters": (
        "云州市泉水资源税法第一条在云州取用泉水的个人为纳税人。"
        + "各级人民政府应当加强领导,建立健全协调机制,依法履行职责。" * 8
        + "第二条依照本法第一条规定的税率,违反第三条第二款的,处以罚款。第三条本法自公布之日起施行。",
        "第一条 第二条 第三条",
    ),
    "an article whose number is a thousand": (
        "第一千零六十二条　甲部门。\n第一千零六十三条　规划编制机关未依法组织生态环境影响评价,造成评价严重失实的,依法给予处分。\n",
        "第一千零六十二条 第一千零六十三条",
    ),
    "a plan without line ends": (
        "云州市甲局关于印发监察计划的通知"
        + "各级人民政府应当加强领导,建立健全协调机制,依法履行职责。" * 8
        + "2024年度监察计划一、总体要求完成监察。二、信息系统一、二期建设加快统一、协调,形成任务清单三、附则",
        "一 二 三",
    ),
    "articles with headings in brackets without line ends": (
        "云州市支持甲业发展若干措施第一条(适用范围)本措施适用于甲业企业。"
        + "各级人民政府应当加强领导,建立健全协调机制,依法履行职责。" * 8
        + "第二条(支持融资)给予补贴。符合第一条(适用范围)的企业,按第二条(一)项和《乙办法》(云政规〔2022〕6号)第三条“给予奖励”执行。第三条(附则)自公布之日起施行。",
        "第一条 第二条 第三条",
    ),
    "articles with headings in heavy brackets behind rules without line ends": (
        "云州市甲业扶持办法实施细则第一条【适用范围】本细则适用于甲业企业。"
        + "各级人民政府应当加强领导,建立健全协调机制,依法履行职责。" * 8
        + "第二条【支持融资】按《乙细则》第一条给予补贴。第三条【附则】自公布之日起施行。",
        "第一条 第二条 第三条",
    ),
    "parts without line ends": (
        "云州市2025年工作总结和2026年工作计划第一部分 2025年工作总结一、主要成绩"
        + "各级人民政府应当加强领导,建立健全协调机制,依法履行职责。" * 8
        + "本计划第一部分和第二部分的任务由各单位落实。第二部分 2026年工作计划一、总体要求二、主要任务",
        "第一部分 第一部分.一 第二部分 第二部分.一 第二部分.二",
    ),
    "numbers glued to telephone numbers": (
        "云州市政策清单1.政策名称:甲补助,联系电话:635386222.政策名称:乙补助,联系电话:138123456783.政策名称:丙"
        + "各级人民政府应当加强领导,建立健全协调机制,依法履行职责。" * 8,
        "1 2 3",
    ),
    "numbers behind any word and behind a telephone number without line ends": (
        "云州市办事指南一、扩岗补助(一)产业链条1. 补助标准2.补助期限,电话:0534-2687066二、重点任务1.下列事项( 一 )甲( 二 )乙2.丙"
        + "各级人民政府应当加强领导,建立健全协调机制,依法履行职责。" * 8
        + "按本条(一)项和第五条(二)项办理。",
        "一 一.(一) 一.(一).1 一.(一).2 二 二.1 二.1.(一) 二.1.(二) 二.2",
    ),
    "a decision without line ends": (
        "决定修改如下:"
        + "各级人民政府应当加强领导,建立健全协调机制,依法履行职责。" * 8
        + "一、对《甲办法》作出修改(一)增加一条。(二)第十九条改为第二十条,修改为:“甲。”二、其他",
        "一 一.(一) 一.(二) 二",
    ),
    "an annex behind the day of a paper without line ends": (
        "决定对下列文件予以废止。"
        + "各级人民政府应当加强领导,建立健全协调机制,依法履行职责。" * 8
        + "桐江市人民政府2023年3月2日附件废止文件目录一、废止的文件1.《甲办法》2.《乙办法》二、失效的文件",
        "附件 附件.一 附件.一.1 附件.一.2 附件.二",
    ),
    "what cites a law at the start of a line": ("一、甲\n根据云州市泉税法第一条在第二条之前适用。\n二、乙\n", "一 二"),
    "a list of attachments": ("一、甲\n附件:1.申请表\n2.承诺书\n", "一"),
    "references and fractions": ("一、甲\n按第五条第(二)项执行,投资1.5亿元,一、二类企业除外。\n", "一"),
    "spaces in numbers": ("二 、甲\n( 三 )乙。\n第 1 0 条 丙。\n", "二 二.(三) 第10条"),
    "glued to the sentence before": ("(一)甲。(责任单位:市局)(二)乙。(责任单位:市局)\n", "(一) (二)"),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_addresses(text: str, expected: str):
    assert ids(text) == expected


def test_a_law_without_line_ends_has_its_articles():
    text = (
        "云州县招商办法(试行)第一章总则 第一条为加快招商步伐,制定本办法。第二条本办法第一条所称投资适用于县外投资者。"
        "第二章财政扶持 第三条固定资产投资达到规定的,按照《云州市投资条例》第四条规定给予补助。第四条符合第三条规定的项目,"
        "由县政府给予优惠,具体按照合同约定执行,各乡镇、各部门要加强服务,及时兑现,推动项目早落地、早开工、早投产。"
    )
    assert ids(text) == "第一章 第一条 第二条 第二章 第三条 第四条"


def test_a_text_without_line_ends_has_its_articles():
    text = (
        "云州市工作方案一、工作目标(一)近期目标。完成摸底。(二)远期目标。建立机制。二、职责分工(一)市甲局:按照第五条第(二)项牵头。"
        "(二)市乙局:配合。1.统计。汇总。2.通报。每季。三、时间安排本方案自印发之日起施行。为确保各项工作落到实处,各单位要高度重视,"
        "加强协调,密切配合,及时总结推广好的经验做法,形成工作合力,推动任务落实。"
    )
    assert ids(text) == "一 一.(一) 一.(二) 二 二.(一) 二.(二) 二.(二).1 二.(二).2 三"


@pytest.mark.parametrize("unit", ["一、甲", "第一条为甲", "第一条(甲)乙", "附件:1.甲表乙", "到2025年甲。——乙"])
def test_a_line_of_thousands_of_headings_is_read_in_time_proportional_to_it(unit: str):
    begun = time.process_time()
    parse(unit * 30_000 + "\n甲" * 3_000)
    assert (
        time.process_time() - begun < 4
    )  # a tenth of a second each; tenfold where every heading looks at all behind it


def test_numbers_of_an_extract_of_sentences_leap():
    text = (
        "对新认定的企业给予奖励,按第五条第(二)项执行,(责任单位:甲局)14.支持企业上云,每家给予奖励,(责任单位:乙局)19.对认定的企业,"
        "在省级补助的基础上给予奖励,六、支持服务业发展壮大(十二)支持物流企业升级,分别给予一次性奖励,对投资1.5亿元以上的再给予奖励,享受政策的企业不少于2家。"
        "其中,投资项目竣工后由乙局会同甲局组织验收,验收合格后在两个月内兑现到位。"
    )
    assert ids(text) == "14 19 六 六.(十二)"


HEADINGS = {
    "alone on its line": ("一、强化创新\n正文一句。", "一", "强化创新"),
    "run in": ("(一)培育企业。鼓励企业加大投入。", "(一)", "培育企业"),
    "a chapter of what is given": ("一、给予融资支持。设立基金,按贷款利息的50%贴息。", "一", "给予融资支持"),
    "in brackets": ("第一条(目的依据)为规范管理,制定本办法。", "第一条", "目的依据"),
    "a plain sentence": ("(一)对新认定的企业给予50万元奖励。另给予贷款支持。", "(一)", None),
    "only a sentence with its units": ("(一)支持设立受理窗口。(负责部门:市局)", "(一)", None),
    "a lead-in": ("一、申报企业需要符合以下条件:\n1.甲;\n2.乙。", "一", None),
    "a label with a colon": ("(一)分园推荐:由分园择优推荐。", "(一)", None),
    "a form": ("1.《申请表》", "1", None),
    "over forty characters": ("一、" + "甲" * 41 + "\n正文。", "一", None),
}


@pytest.mark.parametrize(("text", "article", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_headings(text: str, article: str, expected: str | None):
    assert headings(text)[article] == expected


def test_items_of_a_list_have_no_headings():
    assert headings("第一条 应当具备:\n(一)良好信誉;\n(二)固定场所;\n(三)管理规范。\n其他。")["第一条.(三)"] is None


def test_a_fact_belongs_to_the_deepest_article():
    document = parse("前言。\n一、甲\n(一)乙。\n丙丁。\n二、戊\n")
    assert document.article_at(document.clean.index("前言")) == "0"
    assert document.article_at(document.clean.index("丙丁")) == "一.(一)"
    assert document.article_at(document.clean.index("戊")) == "二"


def test_a_field_below_an_article_ends_where_the_next_is_named():
    text = "一、落户支持\n【支持条件】\n1.有固定场所;\n2.有研发人员。\n【支持标准】\n(1)甲类给予100万元;\n(2)乙类50万元。\n二、其他支持\n"
    assert [one.id for one in parse(text).articles] == ["一", "一.1", "一.2", "一.(1)", "一.(2)", "二"]


def test_a_field_of_an_article_ends_no_other_article():
    fields = "(一)\n支持内容:电影\n(二)\n资助标准:\n1.甲100万元\n2.乙50万元\n"
    text = f"第二章 标准\n第四条 数字文化\n{fields}第五条 影视\n{fields}"
    assert [one.id for one in parse(text).articles][-4:] == [
        "第五条.(一)",
        "第五条.(二)",
        "第五条.(二).1",
        "第五条.(二).2",
    ]


def test_a_title_that_lost_its_line_end_to_a_space_is_the_heading():
    text = "云州市行动计划\n一、发展基础 “十三五”以来,全市企业达到186家。\n二、加强组织领导 市政府各部门要按照各自分工抓好落实。\n三、补贴标准 对 20 万元以上的设备给予补贴。\n四、每新引进1 家企业,给予3 万元奖励。\n"
    assert headings(text) == {"一": "发展基础", "二": "加强组织领导", "三": "补贴标准", "四": None}
