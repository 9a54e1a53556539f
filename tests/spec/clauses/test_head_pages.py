"""The head of cards and pages: fields, catalogue numbers, what a site sets round a paper."""

import pytest
from test_head import head

from luodi.document import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange


def test_a_card_has_its_fields_and_no_catalogue_number():
    text = (
        "13.云州市支持仪器产业发展\n关于支持仪器产业的若干措施实施细则\n依据文件\n《关于支持仪器产业的若干措施实施细则》\n"
        "发文机构\n云州市甲局\n发文字号\n云甲发〔2022〕6 号\n发布日期\n2022-06-16\n服务内容\n1.支持研发。\n"
    )
    assert head(text) == ("云州市支持仪器产业发展", "云甲发〔2022〕6号", "云州市甲局", "2022-06-16")


def test_the_second_wording_of_a_cards_title_is_no_part_of_it():
    fields = "依据文件\n《云州市甲资金管理办法》\n发文机构\n云州市科技局\n发布日期\n2022-06-16\n服务内容\n" + "".join(
        f"{number}.对通过第{number}次评价并在本市登记注册的各类创新企业和机构，按照实际\n投入的20%给予补贴。\n"
        for number in (1, 2, 3)
    )
    title = "云州市支持首台（套）重大技术装备试验验证和集成应用示范"
    again = f"17.{title}\n支持企业开展首台（套）重大技术装备示范\n{fields}"
    assert head(again)[0].replace("(", "（").replace(")", "）") == title
    wrapped = f"17.{title}以及\n其他新产品推广\n{fields}"
    assert head(wrapped)[0].endswith("示范以及其他新产品推广")


def test_a_card_with_its_fields_behind_colons():
    text = (
        "政策名称：云州市企业稳岗专项奖励\n发布机构：云州市甲局\n发文字号：云甲发〔2022〕18号\n发布日期：2022-06-20\n"
        "适用对象：稳岗企业\n政策内容：\n（一）对稳岗企业奖励10万元。\n"
    )
    assert head(text) == ("云州市企业稳岗专项奖励", "云甲发〔2022〕18号", "云州市甲局", "2022-06-20")


def test_a_card_of_an_item_and_fields_in_the_columns_of_one_line():
    card = "项目名称：云州市租房补贴\n发文机构：云州市甲局\n发文字号：云甲发〔2022〕19号\n服务对象\n毕业生\n服务内容\n1、每月600元；\n"
    assert head(card)[:3] == ("云州市租房补贴", "云甲发〔2022〕19号", "云州市甲局")
    row = "索引号：\tK001\t发布机构：\t云县甲局\t发文日期：\t2021-05-06\n名称：\t云县甲局关于招生工作的通知\t文号：\t云教〔2021〕33号\n"
    told = ("云县甲局关于招生工作的通知", "云教〔2021〕33号", "云县甲局", "2021-05-06")
    assert head(f"{row}各小学：\n现通知如下：\n一、对象\n") == told


def test_the_name_of_a_site_before_a_title_and_a_table_as_a_paper():
    site = "云州市人民政府门户网站 关于印发云州市数据办法的通知\n各区甲局:\n现印发给你们。\n"
    assert head(site)[0] == "关于印发云州市数据办法的通知"
    assert head("2023年云州市重点任务责任分解表\n一、甲\n乙。\n")[0] == "2023年云州市重点任务责任分解表"


def test_fields_with_bullets_on_lines_of_their_own_and_the_time_a_page_went_online():
    fields = "云州市工作规则\n\n  • 索引号:\n\n    01\n  • 发文机构:\n\n    {}\n  • 发文日期:\n\n    {}\n\n云州市工作规则\n\n第一章总则\n\n一、甲。\n"
    assert head(fields.format("云州市人民政府", "2024年04月06日"))[2:] == ("云州市人民政府", "2024-04-06")
    assert head(fields.format("市政府网站", "2024年04月06日 16:40"))[2:] == (None, None)


def test_a_tag_and_a_cut_title_that_a_site_sets_before_the_title():
    assert head("政务服务丨云州市人民政府关于深化改革的实施意见\n一、甲\n")[0] == "云州市人民政府关于深化改革的实施意见"
    cut = "《云州市支持民间投资发展实行\n\n云州市人民政府办公室关于印发云州市\n\n支持民间投资发展方案的通知\n\n云政办〔2023〕5号\n各区:\n一、甲\n"
    assert head(cut)[0] == "云州市人民政府办公室关于印发云州市支持民间投资发展方案的通知"


def test_a_catalogue_number_is_no_part_of_a_title():
    assert head("12.云州市关于支持会展业的若干措施\n一、甲。乙。\n二、丙。\n")[0] == "云州市关于支持会展业的若干措施"


def test_a_card_in_two_columns():
    assert head("政策名称\t支持小巨人企业\n适用对象\t小巨人企业\n政策内容\t奖励20万元\n咨询部门\t市甲局\n")[0] == (
        "支持小巨人企业"
    )


def test_fields_that_share_a_row():
    row = "索  引  号: 0112/2016-17785 文      号: 云政发〔2016〕9号\n发布机构 : 云州市政府 发布日期: 2016年05月19日\n成文日期: 发布日期: 2016-05-19\n"
    text = f"市人民政府关于推进就业的实施意见\n{row}各区人民政府:\n为推进就业,提出意见。\n一、甲\n"
    assert head(text) == ("市人民政府关于推进就业的实施意见", "云政发〔2016〕9号", "市人民政府", None)


def test_the_body_below_a_title_that_a_page_says_again():
    again = "云州市墙体材料管理规定\n{}\n云州市墙体材料管理规定\n第一条 甲。\n"
    assert head(again.format("云州市人民政府"))[2] == "云州市人民政府"
    assert head(again.format("云省云州市人民政府"))[2] == "云州市人民政府"


def test_a_title_whose_whole_text_a_site_announces_and_a_number_before_the_first_words():
    assert head("原标题:《云州市应急条例》全文发布\n第一章 总则\n第一条 甲。\n")[0] == "云州市应急条例"
    text = "中共云州市委 云州市人民政府关于弘扬企业家精神的实施意见\n云发〔2018〕22号   为营造健康成长环境,提出意见。\n一、甲\n"
    assert head(text)[1] == "云发〔2018〕22号"


def test_links_to_articles_above_a_paper_are_none_of_it():
    text = "云州市文件管理规定\n第十一条 第二十一条 第三十一条\n云州市人民政府关于印发云州市文件管理规定的通知\n云政〔2011〕53号\n各区人民政府:\n现印发给你们。\n第一条 甲。\n"
    assert head(text)[1] == "云政〔2011〕53号"
    assert [article.id for article in parse(text).articles] == ["第一条"]


def test_dates_of_the_page_are_no_dates_of_the_document():
    text = "首页 > 政策\n云州市人民政府关于支持创新的意见\n更新时间：2019-5-23\n各区人民政府：\n一、甲。乙。\n"
    assert head(text) == ("云州市人民政府关于支持创新的意见", None, "云州市人民政府", None)


@pytest.mark.parametrize(
    "line",
    [
        "• 【云州区】关于开展2019年专项资金项目申报工作的通知",
        "关于开展2019年专项资金项目申报工作的通知 |",
        "《关于开展2019年专项资金项目申报工作的通知》",
    ],
)
def test_what_a_site_sets_round_a_title_is_no_part_of_it(line: str):
    assert (
        head(f"{line}\n各有关单位:请按要求申报。\n一、申报原则\n突出重点。\n")[0]
        == "关于开展2019年专项资金项目申报工作的通知"
    )


def test_fields_of_one_row_are_told_apart():
    text = "文 号 | 云管规〔2019〕6号 | 发布机关 | 云州市甲局 |\n云州市改造实施细则\n第一条 为规范管理,制定本细则。\n"
    assert head(text)[1] == "云管规〔2019〕6号"


def test_a_list_of_fields_that_lost_their_colons():
    text = (
        "• 文章标题云州市甲局关于印发《云州市商贸实施办法》的通知\n• 制发机关云州市甲局\n• 成文日期2017-07-24\n"
        "• 文件字号云甲发〔2017〕40号\n\n2017-07-28 信息来源: 云州市甲局\n\n各街道办事处:\n现印发给你们,请执行。\n第一条 甲。\n"
    )
    assert head(text) == (
        "云州市甲局关于印发《云州市商贸实施办法》的通知",
        "云甲发〔2017〕40号",
        "云州市甲局",
        "2017-07-24",
    )


def test_a_stroke_in_a_field_of_a_card_is_its_whole_value():
    text = "云州市基金申报指南\n依据文件\n《云州市基金申报指南》\n发文机构\n云州市甲局\n发文字号\n/\n发布日期\n2023-03-03\n服务内容\n1.支持。\n"
    assert head(text) == ("云州市基金申报指南", None, "云州市甲局", "2023-03-03")


def test_the_name_in_the_fields_of_a_page_is_the_title_where_no_line_is():
    text = "索引号: 0032/2018 组配分类: 文件\n名称: 困难家庭救助金标准 文号:\n成文日期: 发布日期: 2018-12-19\n一、标准\n甲。\n"
    assert head(text)[0] == "困难家庭救助金标准"


TABLE_ABOVE = "索引号:\t0012/2026\t主题分类:\t工业\n发文机关:\t市政府\t成文日期:\t2026年3月2日\n标 题:\t{}\t\t\n发文字号:\t\t发布日期:\t2026年3月5日\n"


def test_a_table_of_fields_above_a_paper_gives_its_title_without_the_cells_beside_it():
    title = "云州市人民政府关于促进甲业发展的通知"
    assert (
        head(TABLE_ABOVE.format(title) + "云州市人民政府关于促进甲业\n发展的 通 知\n各区:\n一、支持企业。\n")[0]
        == title
    )
    assert head(TABLE_ABOVE.format("") + "加快甲业发展\n一、支持企业。\n")[0] is None


def test_a_field_that_lost_its_end_gives_way_to_the_title():
    text = "标　　题:\n云州市人民政府关于支持工业和软\n发文字号:\n云政发〔2021〕2号\n云州市人民政府关于支持工业和软件业发展的通知\n各区人民政府:\n现通知如下:\n一、甲。\n二、乙。\n"
    assert head(text)[0] == "云州市人民政府关于支持工业和软件业发展的通知"


def test_fields_without_colons_name_issuer_number_and_day():
    text = "发文机关云州市人民政府\n发文日期2018年5月31日\n发文字号云政发〔2018〕25号\n通 知\n为此,特通知如下:\n一、甲。\n二、乙。\n"
    assert head(text) == (None, "云政发〔2018〕25号", "云州市人民政府", "2018-05-31")


def test_a_table_of_fields_flattened_to_rows():
    text = (
        "索引号: | YZ-2020-01 | 主题分类: | 政务 |\n发文机构: | 云州市政府办 | 发文文号: | 云政发〔2020〕7号 |\n各区人民政府:\n"
        "现将清理结果公布如下:\n一、甲。\n二、乙。\n云州市人民政府\n2020年3月8日\n"
    )
    assert head(text)[1:] == ("云政发〔2020〕7号", "云州市人民政府", "2020-03-08")


def test_a_last_item_that_speaks_of_a_web_site_is_no_footer():
    text = "现公布如下:\n一、甲宣布继续有效。\n二、市民请登录市政府网站查询上述文件的目录和全文。\n云州市人民政府\n2018年6月7日\n"
    assert head(text)[2:] == ("云州市人民政府", "2018-06-07")


@pytest.mark.parametrize(
    "fields",
    [
        "发布机构\t成文日期\t标 题\t发文字号\n云州市甲局\t2023年03月01日\t关于支持创新的通知\t云甲〔2023〕8号",
        "| 发布机构 | 成文日期 | 标题 | 发文字号 |\n|---|---|---|---|\n| 云州市甲局 | 2023-03-01 | 关于支持创新的通知 | 云甲〔2023〕8号 |",
        "| 标　题 | 关于支持创新的通知 | 发文字号 | 云甲〔2023〕8号 |\n| 制发单位 | 云州市甲局 | 成文时间 | 2023-03-01 |",
        "[标 题] 关于支持创新的通知\n[发文字号] 云甲〔2023〕8号\n[制定机关] 云州市甲局\n[生成日期] 2023-03-01",
    ],
)
def test_fields_in_rows_in_columns_and_in_brackets(fields: str):
    text = f"{fields}\n为加快发展,提出如下意见。\n一、甲\n乙丙丁。\n"
    assert head(text) == ("关于支持创新的通知", "云甲〔2023〕8号", "云州市甲局", "2023-03-01")


def test_bodies_that_issue_on_the_line_above_and_fields_behind_dashes():
    text = "- 发文字号:云政发〔2023〕8号\n- 公文种类:其他\n- 发布日期:2023-03-09 17:45\n云州市人民政府 云州市甲院印发\n关于完善联动机制的意见的通知\n各区人民政府:\n现印发给你们。\n一、甲\n"
    title, number, _, _ = head(text)
    assert (title, number) == ("云州市人民政府 云州市甲院印发关于完善联动机制的意见的通知", "云政发〔2023〕8号")


def test_a_label_of_a_page_in_a_column_of_its_own_is_no_part_of_the_title():
    title = "云州市人民政府办公厅关于调整领导小组组成人员的通知"
    assert (
        head(
            f"索引号\t0001\t主题分类\t其他\n标　题\t{title}\n发文字号\t云政办函〔2021〕6号\n{title}\n各区人民政府:\n甲。\n"
        )[0]
        == title
    )


def test_the_number_behind_a_title_and_the_rows_of_a_register():
    page = "云州市人民政府关于降低成本的通知(云府〔2019〕31号)\n来源:云州网\n各区人民政府:\n甲。\n一、乙\n"
    assert head(page)[:2] == ("云州市人民政府关于降低成本的通知", "云府〔2019〕31号")
    register = "索 引 号 15-00-2012-727 组配分类 规划计划\n云州市经济发展“十二五”规划纲要(草案)\n一、甲\n"
    assert head(register)[0] == "云州市经济发展“十二五”规划纲要(草案)"


def test_a_page_that_leaves_out_the_years_of_a_title():
    page = "云州市农业发展规划实施方案\n\n云州市农业发展规划实施方案\n\n(2016-2020年)\n\n云州市农业局\n\n二O一六年十月\n\n为发展农业,制定本方案。\n一、甲\n"
    assert head(page)[::2] == ("云州市农业发展规划实施方案(2016-2020年)", "云州市农业局")


def test_a_paper_that_a_database_copied_in_one_line():
    page = (
        "中共云州市委、云州市人民政府关于发展旅游业的意见文章属性•【制定机关】云州市人民政府•【字号】云发[2001]11号•【主题分类】旅游正文"
        "中共云州市委、云州市人民政府关于发展旅游业的意见(云发(2001)11号2001年5月18日)为落实精神,提出如下意见:一、甲(一)乙。\n丙。\n"
    )
    assert head(page)[:3] == (
        "中共云州市委、云州市人民政府关于发展旅游业的意见",
        "云发〔2001〕11号",
        "中共云州市委、云州市人民政府",
    )


def test_a_title_whose_first_line_forwards_and_a_day_that_lost_its_signs():
    page = "云州市人民政府办公室转发\n市甲局关于2024年发展计划的通知\n各区人民政府:\n现予转发。\n云州市人民政府办公室\n2023925日\n一、甲\n"
    assert head(page)[::2] == (
        "云州市人民政府办公室转发市甲局关于2024年发展计划的通知",
        "云州市人民政府办公室",
    )


def test_a_plan_behind_its_letter_in_one_line():
    page = (
        "云州市人民政府办公室文件 云政办〔2025〕38号 各区人民政府: 《云州市科技提升三年行动计划(2025—2027年)》已经市政府同意,现印发给你们。"
        " 云州市人民政府办公室 2025年5月16日 (此件公开发布) 云州市科技提升三年行动计划(2025—2027年) 为深入贯彻精神,制定本计划。 一、总体要求 甲。"
        " 到2027年,乙取得成效。 二、重点任务 丙。"
    )
    assert head(page) == (
        "云州市科技提升三年行动计划(2025—2027年)",
        "云政办〔2025〕38号",
        "云州市人民政府办公室",
        "2025-05-16",
    )


def test_an_older_number_of_two_figures_and_a_day_below_the_attachments():
    page = "关于颁发《甲工程管理办法》(试行)的通知\n((78)云公路字412号)\n各区交通局:\n现印发给你们。\n附:甲工程管理办法(试行)\n一九七八年三月二十三日\n一、甲\n"
    assert head(page)[1::2] == ("〔78〕云公路字412号", "1978-03-23")


def test_a_title_whose_last_word_is_set_apart():
    page = "云州市甲办公室\n转发《关于印发<2020年评价方案>的通知》的\n通    知\n各区甲局:\n乙。\n一、丙\n"
    assert head(page)[0] == "云州市甲办公室 转发《关于印发<2020年评价方案>的通知》的通知"


def test_a_title_behind_a_label_whose_signs_stand_apart():
    page = (
        "索 引 号 成文日期\n标  题 云州市人民政府关于印发发展措施的通知\n发文字号 云政〔2015〕24号 时  效 根据《云州市人民政府关于清理文件的决定》"
        "(云政〔2017〕16号),此文件宣布失效。\n\n云州市人民政府\n关于印发发展措施的\n通  知\n\n云政〔2015〕24号\n\n各县人民政府:\n甲。\n一、乙\n"
    )
    found = exchange(compile_document(parse(page)))
    assert (found["title"], found["issuer"]) == ("云州市人民政府关于印发发展措施的通知", "云州市人民政府")
    assert found["references"] == []


def test_a_paper_that_news_brings_whole():
    page = "近日,中共云州市委办公厅、云州市人民政府办公厅印发了《云州市县城建设实施方案》,并发出通知。\n《云州市县城建设实施方案》全文如下。\n为贯彻《关于县城建设的意见》,制定本方案。\n一、总体要求\n甲。\n"
    found = exchange(compile_document(parse(page)))
    assert found["title"] == "云州市县城建设实施方案"
    assert found["issuer"] == "中共云州市委办公厅、云州市人民政府办公厅"
    assert [row["title"] for row in found["references"]] == ["关于县城建设的意见"]


def test_a_register_names_the_notice_that_stands_without_its_title_line():
    page = "文 号: | 云府办发〔2022〕10号 | |\n名 称: | 市人民政府办公室关于印发云州市设施建设方案的通知 | |\n各区人民政府:\n现将《云州市设施建设方案》印发给你们。\n云州市设施建设方案\n一、甲\n乙。\n"
    assert head(page)[:3] == (
        "市人民政府办公室关于印发云州市设施建设方案的通知",
        "云府办发〔2022〕10号",
        "市人民政府办公室",
    )


def test_labels_in_brackets_and_a_title_over_two_lines():
    register = "[ 索引号 ] | 115001/2021 | [ 发文字号 ] | 云府发〔2021〕17号 |\n[ 成文日期 ] | 2021-08-17 | [ 发布日期 ] | 2021-11-23 |\n云州市科技创新规划\n为创新,制定本规划。\n一、甲\n"
    assert head(register)[1::2] == ("云府发〔2021〕17号", "2021-08-17")
    letter = "各街道办事处:\n《云台区提升创新能力 全面落实创新体系实施方案(2023-2027年)》已经审议通过,现印发给你们。\n云州市云台区人民政府\n2023年8月30日\n"
    title = "云台区提升创新能力\n全面落实创新体系实施方案(2023-2027年)\n"
    assert head(f"{letter}{title}一、甲\n乙。\n")[0] == "云台区提升创新能力全面落实创新体系实施方案(2023-2027年)"


def test_the_office_of_a_site_above_the_title_has_not_issued_it():
    page = "云州市人民政府办公室\n\n云州市人民政府\n\n关于印发云州市创新规划的通知\n\n云政字〔2022〕38号\n\n各区人民政府:\n甲。\n\n云州市人民政府\n\n2022年4月19日\n一、乙\n"
    assert head(page)[::2] == ("云州市人民政府关于印发云州市创新规划的通知", "云州市人民政府")


def test_what_a_database_adds_of_amendments_and_a_number_under_another_label():
    noted = "云州市市容条例(2003年修正)\n\n时间:2024-07-23 05:29:57\n\n云州市市容条例(2003年修正)\n\n云州市市容条例\n\n第一条 甲。\n"
    assert head(noted)[0] == "云州市市容条例"
    page = "云州市政府关于分解落实主要目标的通知\n发布部门: 云省云州市人民政府\n发布文号: 云政发[2006]275号\n各区人民政府:\n甲。\n一、乙\n"
    assert head(page)[1] == "云政发〔2006〕275号"


def test_the_name_in_a_table_of_a_site_and_the_number_of_a_year():
    table = "信息名称: | 云部等九部门关于印发《创新行动计划(2020—2023年)》的通知 | ||||\n内容概述: | 云部等九部门印发《创新行动计划(2020—2023年)》。 |\n"
    paper = "云教〔2020〕7号\n各市教育局:\n现将《创新行动计划(2020—2023年)》印发给你们,请执行。\n2020年9月16日\n创新行动计划\n(2020—2023年)\n一、甲\n乙。\n"
    assert head(table + paper)[0] == "云部等九部门关于印发《创新行动计划(2020—2023年)》的通知"
    named = "云国府关于同意甲盟撤销设立甲市的批复(2004年3号)\n云国府关于同意甲盟撤销设立甲市的批复\n云函〔2003〕122号\n云省人民政府:\n甲。\n"
    assert head(named)[0] == "云国府关于同意甲盟撤销设立甲市的批复"


def test_a_number_and_its_day_in_one_line_and_the_day_below_a_body():
    beside = "云州市人民政府\n关于节水的实施意见\n\n云政发〔2013〕99号  2013年4月25日\n各县(市、区)人民政府:\n提出以下意见:\n"
    assert head(beside)[3] == "2013-04-25"
    below = "云州省税务局关于退税的通知\n云税函〔2002〕197号\n云州省税务局\n2002-3-11\n各市税务局:\n请遵照执行。\n"
    assert head(below)[3] == "2002-03-11"


def test_the_fields_of_a_database_and_a_number_with_a_house_in_brackets():
    page = "法规内容\n发文标题: 云省税务局关于退税管理事项的公告\n发文文号: 云省税务局公告2016年第6号\n发文部门: 云省财政厅 云省税务局\n发文时间: 2016-4-22\n发文内容:\n为实施,公告如下:\n一、申报期\n甲。\n"
    assert head(page)[:2] == ("云省税务局关于退税管理事项的公告", "云省税务局公告2016年第6号")
    notice = "云公交(通)〔2016〕74号\n根据《云州道路法》,通告如下:\n一、甲。\n云州市公安局\n2016年6月6日\n"
    assert head(notice)[1] == "云公交(通)〔2016〕74号"


def test_a_day_without_a_body_below_the_letter_or_below_its_list_of_attachments():
    letter = "云政办发〔2021〕4号\n各街道办事处:\n现将《云区清查方案》印发给你们,请结合实际,认真贯彻执行\n2021年3月25日\n关于印发《云区清查方案》的通知\n一、甲\n乙。\n"
    assert head(letter)[3] == "2021-03-25"
    listed = "关于召开征求意见会的通知\n各区人民政府:\n拟于近期召开会议。\n附件:\n1.单位名单\n2.云州行动方案\n2020年10月21日\n附件1\n单位名单\n市甲局\n"
    assert head(listed)[3] == "2020-10-21"
    steps = (
        "云州市清查方案\n各区人民政府:\n分步开展:\n1.动员部署\n2021年3月25日\n2.集中清查\n2021年4月25日\n一、甲\n乙。\n"
    )
    assert head(steps)[3] is None


def test_what_divides_the_tasks_of_a_report_is_a_title():
    page = "当前位置:首页\n市政府工作报告重点工作责任分解(2023年)\n时间:2023-07-11 17:01 浏览次数:\n一、预期目标\n1.生产总值增长6%。\n责任单位:市甲局\n"
    assert head(page)[0] == "市政府工作报告重点工作责任分解(2023年)"


def test_a_seal_is_no_part_of_the_body_and_minutes_begin_with_theirs():
    sealed = (
        "云州市甲局关于申报的通知\n云甲〔2023〕5号\n各区人民政府:\n请申报。\n云州市甲局(盖章)\n2023年5月6日\n一、乙\n"
    )
    assert head(sealed)[2] == "云州市甲局"
    minutes = "云州市人民政府第3次常务会议纪要\n〔2023〕5号\n现将会议议定事项纪要如下:\n一、关于甲事项。\n乙。\n"
    assert head(minutes)[2] == "云州市人民政府"


@pytest.mark.parametrize(
    ("field", "issuer"),
    [
        ("云岭县人民政府办公室", "云岭县人民政府办公室"),
        ("云岭县门户网站", "县人民政府办公室"),
        ("云岭县财政局", "县人民政府办公室"),
    ],
)
def test_a_field_names_whole_the_body_that_a_title_calls_by_its_level(field: str, issuer: str):
    page = f"索引号: K1/2024-07672\n发文单位: {field}\n县人民政府办公室关于印发甲方案的通知\n各镇人民政府:\n现将《甲方案》印发给你们。\n一、乙\n丙。\n"
    assert head(page)[2] == issuer


def test_a_day_below_the_attachments_of_a_letter_with_articles_and_its_annex_behind():
    text = "云州市人民政府关于落实任务的通知\n市政府各部门:\n现将任务下达。\n一、加强领导\n甲。\n附件: 《任务一览表》\n二OO七年四月二十四日\n附件\n任务一览表\n乙\n"
    assert head(text)[3] == "2007-04-24"


def test_a_province_of_the_site_and_the_name_of_a_file_are_no_part_of_a_title():
    page = "云省云州市人民政府\n\n关于批转云州市考试管理规定的通知\n\n云政〔2005〕32号\n\n各区人民政府:\n现转发给你们。\n云州市人民政府\n2005年6月17日\n一、乙\n"
    assert head(page)[::2] == ("云州市人民政府关于批转云州市考试管理规定的通知", "云州市人民政府")
    province = "云省人民政府关于批转考试管理规定的通知\n云政〔2005〕32号\n各市人民政府:\n现转发给你们。\n云省人民政府\n2005年6月17日\n一、乙\n"
    assert head(province)[0] == "云省人民政府关于批转考试管理规定的通知"
    shared = (
        "云州市就业补助资金管理办法(征求意见稿).docx\n资源格式: DOCX\n第一条 为规范管理,制定本办法。\n第二条 甲。\n"
    )
    assert head(shared)[0] == "云州市就业补助资金管理办法(征求意见稿)"
    attached = "关于申报的通知\n各单位:\n请申报。\n一、甲\n乙。\n附件:云州市资金管理办法.docx\n"
    assert head(attached)[0] == "关于申报的通知"
