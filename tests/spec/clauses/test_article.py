"""Articles: one row a numbered node, in text order; labels and annexes are no rows of their own."""

import pytest

from luodi.document import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange


def rows(text: str) -> list[tuple[str, str | None]]:
    return [(row["id"], row["heading"]) for row in exchange(compile_document(parse(text)))["articles"]]


def test_every_numbered_node_is_a_row_with_its_heading():
    text = "云州市关于支持创新的意见\n一、总体要求\n(一)目标。甲。\n二、政策\n1.对乙给予10万元奖励。\n"
    assert rows(text) == [("一", "总体要求"), ("一.(一)", "目标"), ("二", "政策"), ("二.1", None)]


def test_headings_with_a_class_of_enterprises_or_the_word_for_carrying_out():
    text = "一、奖励\n(一)5亿元以上企业奖励\n甲。\n(二)全面实施行政许可清单。乙。\n(三)注册资本3亿元以上\n丙。\n"
    assert rows(text)[1:] == [
        ("一.(一)", "5亿元以上企业奖励"),
        ("一.(二)", "全面实施行政许可清单"),
        ("一.(三)", None),
    ]


def test_articles_of_a_law_that_say_what_is_have_no_heading():
    text = "第一条 根据《甲法》,制定本条例。\n第二条 云州是甲族实行自治的地方。云州的区域为乙市、丙县。\n第三条 云州设立自治机关。\n自治机关行使职权。\n"
    assert rows(text) == [("第一条", None), ("第二条", None), ("第三条", None)]
    text = "第一条 为规范资金管理,制定本办法。\n第二条 基金设立条件。申请设立的,应当具备条件。\n第三条 申请程序。按年申请。\n"
    assert rows(text)[1:] == [("第二条", "基金设立条件"), ("第三条", "申请程序")]


def test_a_row_points_at_its_whole_article():
    text = "一、甲\n（一）乙。丙。\n二、丁\n"
    found = exchange(compile_document(parse(text)))["articles"]
    assert text[slice(*found[0]["span"])].strip() == "一、甲\n（一）乙。丙。"
    assert text[slice(*found[1]["span"])].strip() == "（一）乙。丙。"


def test_a_label_without_number_and_an_annex_are_no_rows():
    assert [row[0] for row in rows("第一条 甲。\n附则 本政策由市局解释。\n附件1\n办法\n一、乙\n")] == [
        "第一条",
        "附件1.一",
    ]


def test_a_text_without_numbers_has_no_rows():
    assert rows("设立产业基金。给予支持。") == []


def test_a_table_of_contents_is_no_rows():
    text = "云州市养护条例\n目 录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n"
    assert [row[0] for row in rows(text)] == ["第一章", "第一条", "第二章", "第二条"]


@pytest.mark.parametrize("mark", ["", "## "])
def test_chapters_listed_without_a_label_are_a_table_of_contents(mark: str):
    chapters = f"{mark}第一章 总则\n\n{mark}第二章 附则\n\n"
    text = f"云州市养护条例\n{chapters}{mark}第一章 总则\n第一条 甲。\n{mark}第二章 附则\n第二条 乙。\n"
    assert rows(text) == [("第一章", "总则"), ("第一条", None), ("第二章", "附则"), ("第二条", None)]


def test_articles_beyond_a_thousand_and_in_bold():
    assert [row[0] for row in rows("第九百九十九条 甲。\n第一千条 乙。\n第一千零一条 丙。\n")] == [
        "第九百九十九条",
        "第一千条",
        "第一千零一条",
    ]
    assert rows("**第一条** 甲。\n\n**第二条** 乙。\n") == [("第一条", None), ("第二条", None)]


def test_what_an_amendment_does_is_no_heading():
    text = "云州市关于修改《云州市泉水管理办法》的决定\n一、删去第九条。\n二、增加一款。\n本决定自公布之日起施行。\n"
    assert rows(text) == [("一", None), ("二", None)]


def test_a_repeal_is_no_heading():
    text = "云州市关于废止部分规定的决定\n一、废止《甲规定》(1992年9月19日云州市第九届会议通过)\n二、废止《乙规定》(1994年7月2日通过)\n"
    assert rows(text) == [("一", None), ("二", None)]


def test_an_article_that_came_in_later_has_an_address_of_its_own():
    text = "第十七条 甲。\n第十七条之一 乙。\n第十七条之二丙。\n第十八条 违反第十七条之一的,处罚。\n"
    assert [row[0] for row in rows(text)] == ["第十七条", "第十七条之一", "第十七条之二", "第十八条"]


def test_what_an_amending_decision_puts_into_another_paper_is_no_article_of_it():
    text = "云州市关于修改部分办法的决定\n一、对下列办法进行修改\n1.《甲办法》\n第九条修改为:“乙。”\n第十三条后增加一条:“丙。”\n"
    assert [row[0] for row in rows(text)] == ["一", "一.1"]


def test_articles_of_an_unbroken_text_in_arabic_numbers_and_words():
    filler = "市有关部门按照职责做好落实工作,加强协调,及时总结经验,依法接受审计和社会监督。"
    text = f"一、政策支持第 1 条 设立引导资金。{filler}二、范围(一)奖励第 2 条 对新上项目给予奖励10万元。{filler}第 3 条 按照第1条规定的程序办理。{filler}"
    assert [row[0] for row in rows(text)] == ["一", "第1条", "二", "二.(一)", "第2条", "第3条"]
    text = f"提高能力。方向1 设计奖励。对甲给予10万元奖励。{filler}方向2 制造奖励。对乙给予20万元奖励。{filler}支持方向2项。{filler}"
    assert [row[0] for row in rows(text)] == ["方向1", "方向2"]


def test_a_first_part_whose_items_share_its_line():
    filler = "市有关部门按照职责做好落实工作,加强协调,及时总结经验,依法接受审计和社会监督。"
    text = f"云州市关于稳定就业的意见\n现提出以下意见: 一、实施优先战略 1.坚持就业优先。{filler}(市甲局牵头) 2.发挥渠道作用。{filler}{filler}"
    assert rows(text) == [("一", "实施优先战略"), ("一.1", "坚持就业优先"), ("一.2", "发挥渠道作用")]


def test_a_page_number_glued_to_the_next_article_is_left_out():
    filler = "市有关部门按照职责做好落实工作,加强协调,及时总结经验,依法接受审计和社会监督。"
    text = f"支持内容1.支持建设中心。{filler}2.支持建设平台。{filler}923.支持开展检测。{filler}"
    assert [row[0] for row in rows(text)] == ["1", "2", "3"]


def test_labels_of_a_call_whose_line_ends_are_lost():
    text = "现将事项通知如下:一、申报原则本次聚焦应用。二、申报条件1、企业为实际建设单位;2、企业信用良好。三、联系方式甲局:0000"
    assert rows(text) == [
        ("一", "申报原则"),
        ("二", "申报条件"),
        ("二.1", None),
        ("二.2", None),
        ("三", "联系方式"),
    ]


def test_labels_of_a_plan_whose_line_ends_are_lost():
    text = "一、支持对象在本市注册的企业。二、整治目标2026年完成整治。三、实施步骤第一阶段:排查。四、工作重点在基层。"
    assert [title for _, title in rows(text)] == ["支持对象", "整治目标", "实施步骤", None]


def test_a_title_may_name_those_who_answer_for_something():
    assert rows("一、任务\n1.开展主要负责人培训行动。完成轮训。\n2.甲局负责培训。完成轮训。\n")[1:] == [
        ("一.1", "开展主要负责人培训行动"),
        ("一.2", None),
    ]


def test_a_short_line_that_states_a_matter_is_no_heading():
    text = (
        "一、教育惠民\n1.新建小学2所,8月底前投入使用\n2.入学由区教育局统筹安排\n3.未列入失信名单\n4.打造3个百亿级集群\n"
    )
    assert rows(text)[1:] == [("一.1", None), ("一.2", None), ("一.3", None), ("一.4", "打造3个百亿级集群")]


def test_labels_of_a_law_database_are_no_text():
    assert rows("云州市立法条例\n【章名】 第一章 总则\n第一条 甲。\n") == [("第一章", "总则"), ("第一条", None)]


def test_headings_in_square_brackets():
    text = "第一条【适用范围】适用于总部。\n第二条【落户奖励】给予10万元奖励。\n"
    assert rows(text) == [("第一条", "适用范围"), ("第二条", "落户奖励")]


def test_the_last_item_of_a_list_has_no_heading():
    assert rows("条件要求\n1.在园区注册;\n2.信用良好。\n材料要求\n1.甲表。\n乙。\n")[1] == ("2", None)


def test_titles_of_awards_whose_sentences_end_as_items_do():
    text = (
        "第八条 融资补助:\n(一)信用贷款。按照利息的40%给予补助;\n(二)股改上市。完成股改的,补助20万元。\n第九条 甲。\n"
    )
    assert rows(text)[1:3] == [("第八条.(一)", "信用贷款"), ("第八条.(二)", "股改上市")]
    text = "第八条 应当符合下列条件:\n(一)在本区注册。注册资本500万元以上;\n(二)信用良好。提供证明。\n第九条 甲。\n"
    assert rows(text)[1:3] == [("第八条.(一)", None), ("第八条.(二)", None)]


def test_a_title_before_one_sentence_that_ends_as_an_item_does_leaves_the_next_its_title():
    text = "1.甲补贴。按一定比例给予补贴;\n2.乙补贴。对甲给予补贴。\n3.丙补贴。对丙给予补贴。\n"
    assert rows(text) == [("1", "甲补贴"), ("2", "乙补贴"), ("3", "丙补贴")]


def test_a_comma_may_end_a_number_of_a_run():
    assert [row[0] for row in rows("一、范围\n1,甲企业依法注册。\n2,乙企业依法纳税。\n")] == ["一", "一.1", "一.2"]
    assert [row[0] for row in rows("一、范围\n全市共有企业\n50,其中小企业占多数。\n")] == ["一"]


def test_a_number_with_a_word_may_have_its_title_behind_a_colon():
    assert rows("政策一:设备更新\n按10%补助。\n政策二:《云州市甲意见》(云政发〔2020〕1号)\n给予奖励。\n") == [
        ("政策一", "设备更新"),
        ("政策二", None),
    ]


def test_items_whose_numbers_have_lost_their_marks():
    text = "一、目标\n1 推进集聚发展。建成5个园区。\n2 推进企业上市。上市10家。\n二、任务\n3 加强招商引资。引进20个。\n"
    assert rows(text) == [
        ("一", "目标"),
        ("一.1", "推进集聚发展"),
        ("一.2", "推进企业上市"),
        ("二", "任务"),
        ("二.3", "加强招商引资"),
    ]

    tasks = "1 推进学校建设 新改建学校12所(市甲局牵头)\n2 推进道路建设 改造道路30公里,完成投资2亿元\n3 推进医院建设(责任单位:市乙局)\n"
    assert [row[0] for row in rows(tasks)] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "lines",
    ["1 甲县 120 亿元\n2 乙县 95 亿元\n3 丙县(含园区) 80 亿元", "1 家企业获得表彰。\n2 家企业获得提名。\n3 家企业受到通报。", "1 月份开展申报工作。\n2 月份开展评审工作。\n3 月份完成公示工作。",
     "1 智能装备项目\n2 绿色建材项目\n3 现代物流项目", "1 推进集聚发展。\n5 推进企业上市。\n9 加强招商引资。"],
)  # fmt: skip
def test_counts_rows_of_a_table_and_single_figures_are_no_items(lines: str):
    assert [row[0] for row in rows(f"一、目标\n{lines}\n二、任务\n")] == ["一", "二"]


def test_a_list_before_items_of_another_kind_and_the_parts_that_news_tell_of():
    assert rows("主要包括:(一)甲企业;(二)乙企业。\n第一条 丙。\n") == [("(一)", None), ("(二)", None), ("第一条", None)]
    assert rows("报告共分两个部分:一、2025年回顾;二、今年建议。\n报告指出,要抓好落实。\n") == []
    assert [row[0] for row in rows("方案共分两个部分:一、回顾;二、建议。\n")] == ["一", "二"]


def test_a_sentence_that_lists_the_chapters_is_no_chapter():
    listed = "现将方案通知如下。方案分三部分:一、总体思路;二、重点任务;三、保障措施。"
    chapters = "一、总体思路。坚持创新。二、重点任务。建设园区。三、保障措施。加强领导。"
    rest = "各单位要结合实际抓好落实,确保各项任务落到实处取得实效,并于每季度末报送进展情况,重大事项及时报告。" * 2
    assert rows(f"{listed}{rest}{chapters}") == [("一", "总体思路"), ("二", "重点任务"), ("三", "保障措施")]
    assert [row[0] for row in rows(f"{listed}{rest}")] == ["一", "二", "三"]
    assert [row[0] for row in rows("对象:(一)甲企业;(二)乙企业。\n条件:(一)丙企业;(二)丁企业。\n")] == [
        "(一)",
        "(二)",
        "(一)",
        "(二)",
    ]


def test_half_brackets_count_inside_a_line():
    assert [row[0] for row in rows("一、程序\n1)申报。2)审核。3)公示。\n二、期限\n")] == [
        "一",
        "一.1)",
        "一.2)",
        "一.3)",
        "二",
    ]
    assert [row[0] for row in rows("一、程序\n甲(乙。3)丙。\n")] == ["一"]


def test_a_law_that_breaks_off_has_no_heading_there():
    law = "第一条 甲。\n第二条 乙。\n第三条 丙。\n第四条 企业征用土地、利用水"
    assert rows(law)[3] == ("第四条", None)
    assert rows("第一条 落户奖励\n给予10万元。\n第二条 招商奖励")[1] == ("第二条", "招商奖励")


def test_directions_counted_in_chinese_stand_alone():
    text = "三、支持内容\n方向一:对甲给予奖励。\n方向二:对乙给予奖励。\n四、政策一览\n政策一览见附件。\n"
    assert [row[0] for row in rows(text)] == ["三", "方向一", "方向二", "四"]


def test_a_policy_counted_in_chinese_may_stand_alone_above_its_fields():
    card = "政策{}\n政策名称\n甲补贴\n服务对象\n企业\n扶持标准\n1.奖励10万元。\n申报条件\n1.无失信记录。\n"
    ids = list(rows(card.format("一") + card.format("二")))
    assert ids == [
        ("政策一", None),
        ("政策一.1", None),
        ("政策一.1", None),
        ("政策二", None),
        ("政策二.1", None),
        ("政策二.1", None),
    ]
    assert [row[0] for row in rows("一、措施\n政策一是给予奖励,\n政策一、二并用。\n")] == ["一"]


def test_what_a_field_of_a_card_numbers_ends_at_the_next_field():
    fields = "依据文件\n《云州市甲办法》\n服务内容\n一、启动支持\n(一)奖励10万元。\n条件要求\n(一)企业:\n1.注册。\n服务流程\n1.申报。\n"
    assert [row[0] for row in rows(fields)] == ["一", "一.(一)", "(一)", "(一).1", "1"]
    clauses = fields.replace("一、启动支持\n(一)", "第一条 ").replace("1.申报", "申报")
    assert [row[0] for row in rows(clauses)] == ["第一条", "(一)", "(一).1"]
    chapters = "一、甲项目\n政策内容\n1.奖励10万元。\n条件要求\n1.注册。\n二、乙项目\n服务对象\n1.企业。\n"
    assert [row[0] for row in rows(chapters)] == ["一", "一.1", "一.1", "二", "二.1"]


def test_a_chapter_is_titled_on_the_next_line_and_whatever_stands_beside_it():
    assert ("第二章", "对象和条件") in rows("第一章 总则\n第一条 甲。\n第二章\n对象和条件\n第二条 乙。\n")
    assert rows("(二)不登记的;\n(三)不处理的;\n第七章 附 则\n第五十条 甲。\n")[2] == ("第七章", "附 则")


def test_an_extract_of_a_law_leaves_out_articles():
    assert [row[0] for row in rows("第三十四条 甲。\n(九)乙;\n第六十条 丙。\n")] == [
        "第三十四条",
        "第三十四条.(九)",
        "第六十条",
    ]
    text = "第四章 管理\n第二十条 甲。\n第六章 责任\n第四十七条 乙。\n第七章 附则\n第五十条 丙。\n"
    assert [row[0] for row in rows(text) if "条" in row[0]] == ["第二十条", "第四十七条", "第五十条"]


def test_labels_set_twice_and_chapters_glued_to_their_first_article():
    assert rows("第一条第一条(目的)\n甲。\n第二条第二条(含义)\n乙。\n") == [("第一条", "目的"), ("第二条", "含义")]
    text = "云州市资金管理办法第一章总则第一条为了规范管理,制定本办法。\n第二条甲。\n第二章支持对象第三条资金支持乙。\n"
    assert rows(text) == [
        ("第一章", "总则"),
        ("第一条", None),
        ("第二条", None),
        ("第二章", "支持对象"),
        ("第三条", None),
    ]
    assert [row[0] for row in rows("第一条 甲。\n第二章的规定依照第一条执行。\n第二条 乙。\n")] == ["第一条", "第二条"]


def test_an_extract_that_begins_amid_a_list_of_a_law():
    assert rows("(四)甲产品出口。\n(五)其他领域。\n第六条 支持方式:\n(一)乙补助。给予补助。\n")[:2] == [
        ("(四)", None),
        ("(五)", None),
    ]


def test_an_annex_whose_title_stands_behind_its_number_above_a_table():
    table = "附件1:失效文件目录(2件)\n序号 文件名称 说明\n2、根据现行要求,已制定新的规定。\n"
    document = parse(f"一、甲。\n二、乙。\n{table}")
    assert document.article_at(document.clean.index("现行")).startswith("附件1")
    document = parse("一、甲。\n二、乙。\n附件1:失效文件目录\n2.申请表\n")
    assert document.article_at(document.clean.index("申请表")) == "二"


def test_a_paper_named_as_an_item_is_no_heading():
    assert rows("决定废止:\n一、《甲办法》(2011年5月6日云州市令第7号发布)\n二、《乙办法》\n")[0] == ("一", None)


def test_what_a_government_is_to_do_is_no_heading():
    text = "一、同意设立新区。范围甲。\n二、云北省人民政府要加强组织领导,完善工作机制。重要事项报批。\n三、主管部门要求。乙。\n"
    assert rows(text) == [("一", "同意设立新区"), ("二", None), ("三", "主管部门要求")]


def test_what_an_answer_page_asks_is_a_heading_whatever_its_words():
    text = "云州市缴存问答\n一、哪些人可以申请?\n答:市民。\n二、办法什么时候开始施行?\n答:自2025年8月1日起。\n三、单位应当按月缴存吗?\n答:是。\n"
    assert [heading for _, heading in rows(text)] == [
        "哪些人可以申请?",
        "办法什么时候开始施行?",
        "单位应当按月缴存吗?",
    ]
    assert rows("云州市缴存办法\n一、单位应当按月缴存。\n二、个人可以申请。\n") == [("一", None), ("二", None)]
