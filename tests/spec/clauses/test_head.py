"""The head: title, number, issuer, date; from the text itself, never from the page that carries it."""

import pytest

from luodi.document import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

COVER = """云州市甲局 云州市乙局关于印发云州市专项资金管理办法的通知
云甲发〔2023〕8号
各区甲局、乙局:
现将《云州市专项资金管理办法》印发给你们。
云州市甲局 云州市乙局
2023年3月1日
云州市专项资金管理办法
第一条 为规范管理,制定本办法。
"""


def head(text: str) -> tuple[str | None, ...]:
    found = exchange(compile_document(parse(text)))
    return tuple(found[name] for name in ("title", "document_number", "issuer", "issued_on"))


def test_a_cover_letter_gives_all_four():
    title, number, issuer, date = head(COVER)
    assert title == "云州市甲局 云州市乙局关于印发云州市专项资金管理办法的通知"
    assert (number, issuer, date) == ("云甲发〔2023〕8号", "云州市甲局 云州市乙局", "2023-03-01")


@pytest.mark.parametrize("issuer", ["中国(云州)自由贸易试验区管理委员会", "云江县经济局(科技局)"])
def test_issuers_with_brackets_in_their_names_sign(issuer: str):
    cover = COVER.replace("\n云州市甲局 云州市乙局\n", f"\n{issuer}\n")
    assert head(cover)[2:] == (issuer, "2023-03-01")


@pytest.mark.parametrize(
    "written",
    ["云政发〔2021〕5号", "云政发[2021]5号", "云政发（2021）5号", "云政发【2021】5号", "云政发20215号"]
    + [
        "云政发[2021J5号",
        "云政发C2021）5号",
        "云政发〔2021〕5号文",
        "云政发〔2021〕5号 签发人：甲乙",
        "云政发〔2021〕5号 YZ01202100005",
    ],
)
def test_document_numbers_have_one_form(written: str):
    assert head(f"云州市人民政府关于支持创新的意见\n{written}\n一、甲\n")[1] == "云政发〔2021〕5号"


@pytest.mark.parametrize(
    "written",
    ["2009年10月29日", "二○○九年十月二十九日", "二〇〇九年十月二十九日", "二00九年十月二十九日"]
    + ["二〇〇九年十月二十九日（此件公开发布）", "2009.10.29", "2009-10-29", "2009/10/29"],
)
def test_dates_in_figures_and_in_characters(written: str):
    assert head(f"云州市关于支持创新的意见\n一、甲\n乙。\n云州市人民政府\n{written}\n")[3] == "2009-10-29"


def test_issuers_on_lines_of_their_own_belong_to_the_title():
    text = "中共云州市委\n云州市人民政府\n关于支持重点产业的实施意见\n(2023年2月8日)\n一、甲\n"
    title, number, issuer, date = head(text)
    assert title == "中共云州市委 云州市人民政府关于支持重点产业的实施意见"
    assert (number, issuer, date) == (None, "中共云州市委 云州市人民政府", "2023-02-08")


def test_a_title_that_names_the_paper_it_carries_out():
    text = "云州市人民政府关于落实《市政府工作报告》重点工作分工的意见\n云政发〔2020〕6号\n各区人民政府:\n一、甲\n"
    assert head(text)[:3] == (
        "云州市人民政府关于落实《市政府工作报告》重点工作分工的意见",
        "云政发〔2020〕6号",
        "云州市人民政府",
    )
    assert head("为落实《市政府工作报告》精神制定以下措施\n一、甲\n")[0] is None


def test_a_notice_of_many_issuers_and_a_status_below_the_title():
    many = " ".join(
        f"云州市云台区{name}局"
        for name in ("工业", "教育", "财政", "商务", "水务", "科技", "交通", "民政", "司法", "审计")
    )
    assert head(f"{many}关于印发云台区十条实施细则的通知\n云台规〔2021〕2号\n区各有关单位:\n甲。\n")[::2] == (
        f"{many}关于印发云台区十条实施细则的通知",
        many,
    )
    assert head("云州市人民政府关于优化奖补投入的实施意见\n(试行)\n为落实工作,制定本意见。\n一、甲\n")[0] == (
        "云州市人民政府关于优化奖补投入的实施意见(试行)"
    )


def test_a_title_whose_last_words_went_to_the_next_line():
    assert head("云州市促进工业发展十条\n措施实施细则\n为落实工作,制定本细则。\n一、甲\n")[0] == (
        "云州市促进工业发展十条措施实施细则"
    )


def test_a_law_has_its_adoption_note():
    text = "云州市创新条例\n2020年3月26日 云州市第十三届人民代表大会常务委员会第十八次会议通过\n第一条 甲。\n"
    assert head(text) == ("云州市创新条例", None, "云州市第十三届人民代表大会常务委员会", "2020-03-26")


def test_a_note_may_leave_out_that_the_meeting_passed_the_law():
    text = "云州市创新条例\n(1994年3月5日云州市第八届人民代表大会常务委员会第六次会议 根据2011年6月30日云州市第十一届人民代表大会常务委员会第二十一次会议《关于修改〈云州市创新条例〉的决定》修正)\n第一条 甲。\n"
    assert head(text) == ("云州市创新条例", None, "云州市第八届人民代表大会常务委员会", "1994-03-05")


def test_a_leading_group_signs_and_an_annex_alone_has_its_title():
    text = "关于印发云州市甲整治方案的通知\n各区人民政府:\n现印发给你们。\n云州市“散乱污”企业整治工作领导小组\n2018年3月12日\n"
    assert head(text)[2:] == ("云州市“散乱污”企业整治工作领导小组", "2018-03-12")
    assert head("附件\n云州市2025年民生实事任务分工表\n甲。\n")[0] == "云州市2025年民生实事任务分工表"


@pytest.mark.parametrize(
    "title",
    [
        "中华人民共和国井法",
        "中华人民共和国泉法典",
        "云州市无障碍环境建设条例",
        "云州市互联网用户账号管理规定",
        "云州市人民代表大会常务委员会关于《云州市泉法》第三条的解释",
        "云州法院、云州检察院关于办理泉案具体应用法律若干问题的解释",
    ],
)
def test_titles_of_laws(title: str):
    assert head(f"{title}\n2020年1月2日 云州市第三届人民代表大会第三次会议通过\n第一条 甲。\n")[0] == title


def test_notes_of_a_law_stand_alone_in_a_short_text():
    title = "云州市人民代表大会常务委员会关于修改《云州市泉水保护条例》的决定"
    note = "(2018年12月29日云州市第十三届人民代表大会常务委员会第七次会议通过)"
    text = f"{title}\n{note}\n云州市第十三届人民代表大会常务委员会第七次会议决定对《云州市泉水保护条例》作如下修改:\n一、将第二条修改为:“市水务部门负责全市泉水工作。”\n二、增加一条,作为第五条:“处一万元以上五万元以下的罚款。”\n本决定自公布之日起施行。\n"
    assert head(text) == (title, None, "云州市第十三届人民代表大会常务委员会", "2018-12-29")


def test_a_ministry_counts_its_orders_by_year():
    text = "云国交通运输部令\n2019年第12号\n《泉水运输管理规定》已经第8次部务会议通过,现予公布。\n部长 李某\n2019年4月9日\n泉水运输管理规定\n第一条 甲。\n"
    assert head(text) == ("泉水运输管理规定", "云国交通运输部令2019年第12号", "云国交通运输部", "2019-04-09")


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


def test_a_paper_that_tells_people_of_a_policy_is_titled_by_it():
    assert head("《云州市促进工业发展若干政策》政策明白卡\n一、奖励\n")[0] == "《云州市促进工业发展若干政策》政策明白卡"
    assert head("云州市稳就业政策问答(2023年)\n一、补贴\n")[0] == "云州市稳就业政策问答(2023年)"
    assert head("《云州市促进工业发展若干政策》问答平台已经开通。\n一、奖励\n")[0] is None


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
    assert head(f"{row}各小学：\n现通知如下：\n一、对象\n") == (
        "云县甲局关于招生工作的通知", "云教〔2021〕33号", "云县甲局", "2021-05-06"
    )  # fmt: skip


def test_the_name_of_a_site_before_a_title_and_a_table_as_a_paper():
    site = "云州市人民政府门户网站 关于印发云州市数据办法的通知\n各区甲局:\n现印发给你们。\n"
    assert head(site)[0] == "关于印发云州市数据办法的通知"
    assert head("2023年云州市重点任务责任分解表\n一、甲\n乙。\n")[0] == "2023年云州市重点任务责任分解表"


def test_a_number_and_addressees_on_one_line_and_a_signature_behind_the_last_sentence():
    text = (
        "云甲函[2008]16号 各区甲局、各“示范县”甲局: 现将文件转发给你们。请遵照执行。 云省甲厅 二○○八年二月二十八日\n"
        "来源:云省甲厅\n"
    )
    assert head(text)[1:] == ("云甲函〔2008〕16号", "云省甲厅", "2008-02-28")
    heavy = "云科教【2017】6号 云省甲厅 云省乙厅关于做好资金管理工作的通知\n各区甲局:\n一、甲\n"
    assert head(heavy)[:2] == ("云省甲厅 云省乙厅关于做好资金管理工作的通知", "云科教〔2017〕6号")


def test_bodies_that_signed_above_a_date_that_lost_its_year():
    text = "各区:\n现印发给你们。\n中共云州市委员会\n云州市人民政府\n年2月22日\n关于促进工业发展的意见\n一、甲\n乙。\n"
    assert head(text)[2:] == ("中共云州市委员会 云州市人民政府", None)


def test_departments_of_ministries_sign():
    text = "甲部办公厅 乙局综合司关于开展工作的通知\n各省:\n一、甲\n乙。\n甲部办公厅\n乙局综合司\n2022年7月26日\n"
    assert head(text)[2:] == ("甲部办公厅 乙局综合司", "2022-07-26")


def test_a_deadline_below_a_unit_in_a_table_signs_nothing():
    text = "云州市人民政府关于推进重点工作的通知\n各区:\n一、清单\n任务\n牵头单位\n时限\n建设园区\n云州市甲局\n2023年12月\n"
    assert head(text)[2] == "云州市人民政府"


def test_fields_with_bullets_on_lines_of_their_own_and_the_time_a_page_went_online():
    fields = "云州市工作规则\n\n  • 索引号:\n\n    01\n  • 发文机构:\n\n    {}\n  • 发文日期:\n\n    {}\n\n云州市工作规则\n\n第一章总则\n\n一、甲。\n"
    assert head(fields.format("云州市人民政府", "2024年04月06日"))[2:] == ("云州市人民政府", "2024-04-06")
    assert head(fields.format("市政府网站", "2024年04月06日 16:40"))[2:] == (None, None)


def test_a_tag_and_a_cut_title_that_a_site_sets_before_the_title():
    assert head("政务服务丨云州市人民政府关于深化改革的实施意见\n一、甲\n")[0] == "云州市人民政府关于深化改革的实施意见"
    cut = "《云州市支持民间投资发展实行\n\n云州市人民政府办公室关于印发云州市\n\n支持民间投资发展方案的通知\n\n云政办〔2023〕5号\n各区:\n一、甲\n"
    assert head(cut)[0] == "云州市人民政府办公室关于印发云州市支持民间投资发展方案的通知"


def test_the_years_of_a_plan_and_two_remarks_below_a_title():
    assert head("云州市数字经济发展规划\n（2021—2025年）\n云州市甲局\n2021年12月\n第一章 总则\n")[::2] == (
        "云州市数字经济发展规划(2021—2025年)",
        "云州市甲局",
    )
    text = "云州市养老服务补贴实施细则\n（试行）\n（征求意见稿）\n为规范补贴,制定本细则。\n一、甲\n"
    assert head(text)[0] == "云州市养老服务补贴实施细则(试行)(征求意见稿)"


def test_a_congress_counts_its_announcements_by_term():
    text = (
        "云州市人民代表大会常务委员会公告\n〔十六届〕第12号\n《云州市文明条例》已经通过,现予公布,自2021年10月1日起施行。\n"
        "云州市人民代表大会常务委员会\n2021年8月5日\n云州市文明条例\n第一条 甲。\n"
    )
    assert head(text) == (
        "云州市文明条例", "云州市人民代表大会常务委员会公告〔十六届〕第12号", "云州市人民代表大会常务委员会", "2021-08-05"
    )  # fmt: skip


def test_a_catalogue_number_is_no_part_of_a_title():
    assert head("12.云州市关于支持会展业的若干措施\n一、甲。乙。\n二、丙。\n")[0] == "云州市关于支持会展业的若干措施"


def test_bodies_above_a_title_that_begins_with_what_they_do():
    text = (
        "云州市人民政府办公厅\n印发关于推进第三产业发展的\n实施意见的通知\n云政办〔2015〕7号\n各区人民政府:\n一、甲\n"
    )
    assert head(text)[::2] == ("云州市人民政府办公厅印发关于推进第三产业发展的实施意见的通知", "云州市人民政府办公厅")


def test_what_a_government_approves_and_passes_on_is_issued_by_it():
    text = "市人民政府批转市发改委关于2025年发展计划报告的通知\n云政发〔2025〕3号\n各区人民政府:\n一、甲\n"
    assert head(text)[2] == "市人民政府"


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


def test_a_text_without_a_title_line_has_none():
    assert head("各区人民政府:\n为加快发展,提出如下意见。\n一、甲\n") == (None, None, None, None)


def test_a_notice_that_forwards_a_paper_keeps_its_own_title_and_date():
    text = (
        "云州市人民政府办公室转发市甲局等部门《支持农村物流实施办法》的通知\n云政办字〔2019〕12号\n各县区人民政府:\n"
        "市甲局《支持农村物流实施办法》已经市政府同意,现转发给你们。\n二〇一九年八月三日\n云州市甲局\n云州市乙局\n"
        "支持农村物流实施办法\n第一条 为支持农村物流,制定本办法。\n"
    )
    title = "云州市人民政府办公室转发市甲局等部门《支持农村物流实施办法》的通知"
    assert head(text) == (title, "云政办字〔2019〕12号", "云州市人民政府办公室", "2019-08-03")


@pytest.mark.parametrize(
    ("below", "issuer", "date"),
    [
        ("云州市甲局\n\n云州市专项资金管理办法\n", "云州市甲局", None),
        ("1996年5月7日,云州市甲局\n", "云州市甲局", "1996-05-07"),
        ("第一条至第三条\n", None, None),
    ],
)
def test_the_body_named_below_the_title_issued_it(below: str, issuer: str | None, date: str | None):
    assert head(f"云州市专项资金管理办法\n{below}第一条 为规范管理,制定本办法。\n")[2:] == (issuer, date)


def test_a_date_without_a_signature_stands_last():
    text = "关于组织申报云州市设计中心的通知\n各区甲局:\n现将有关事项通知如下:\n一、请认真组织。\n联系人:甲\n附件:\n2015年8月21日\n"
    assert head(text) == ("关于组织申报云州市设计中心的通知", None, None, "2015-08-21")


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


def test_a_number_that_lost_its_end_is_mended():
    assert head("云州市人民政府关于支持创新的意见\n云区府办发〔202026\n一、甲\n")[1] == "云区府办发〔2020〕26号"


@pytest.mark.parametrize("signer", ["市长 甲乙", "市 长 甲乙丙", "市长:甲乙", "市长甲乙", "市长"])
def test_an_order_has_its_number_and_is_signed_by_a_person(signer: str):
    text = (
        "云州市公园管理办法\n云州市人民政府令\n第48号\n《云州市公园管理办法》已经市政府常务会议通过,现予公布,自2011年10月1日起施行。\n"
        f"{signer}\n二O一一年八月十日\n第一章 总则\n第一条 为加强公园管理,制定本办法。\n"
    )
    assert head(text) == ("云州市公园管理办法", "云州市人民政府令第48号", "云州市人民政府", "2011-08-10")


def test_a_letterhead_of_two_bodies_issued_it_together():
    text = (
        "云州市甲局\n云州市乙局\n云甲〔2006〕40号\n云乙〔2006〕12号\n关于下达2005年资金计划的通知\n各区甲局:\n请认真执行。\n"
        "附件:资金计划表\n二○○六年二月八日\n主题词:资金 计划\n共印25份\n"
    )
    assert head(text) == ("关于下达2005年资金计划的通知", "云甲〔2006〕40号", "云州市甲局 云州市乙局", "2006-02-08")


def test_a_meeting_that_passed_a_law_may_stand_before_the_date():
    text = "云州市气象条例\n(云州市第九届人民代表大会常务委员会第二十四次会议于2001年6月1日通过,自2001年8月1日起施行)\n第一条 甲。\n"
    assert head(text)[2:] == ("云州市第九届人民代表大会常务委员会", "2001-06-01")


@pytest.mark.parametrize(
    "title",
    [
        "云省《企业保险暂行规定》实施办法",
        "云州市甲局转发乙部《关于颁发〈补助费管理办法〉的通知》",
        "云州市甲局对市政协十四届三次会议第14030126号提案的答复",
        "关于市十七届人大三次会议第62号建议办理情况的答复意见",
        "关于2023年度云州市中小企业拟认定名单的公示",
    ],
)
def test_titles_that_hold_another_title(title: str):
    assert head(f"{title}\n第一条 为规范管理,制定本办法。\n")[0] == title


def test_the_body_that_answers_stands_on_the_line_above():
    text = "云州市甲局\n对市政协三次会议第126号提案的答复\n刘某远等3位委员:\n您提出的建议收悉,现答复如下:\n一、已有支持\n甲。\n"
    assert head(text)[0] == "云州市甲局对市政协三次会议第126号提案的答复"


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


@pytest.mark.parametrize(
    "lines",
    [
        "国家某某总局关于修改《申请表》的公告\n2012-12-06 国家某某总局公告2012年第54号",
        "国家某某总局关于修改《申请表》的公告\n国家某某总局公告2012年第54号\n2012-12-06",
        "国家某某总局关于修改《申请表》的公告\n2012年12月6日 国家某某总局公告2012年第54号",
    ],
)
def test_an_announcement_has_the_year_in_its_number_and_its_day_beside_it(lines: str):
    found = head(f"{lines}\n现就有关问题公告如下:\n一、甲。\n")
    assert found[1:] == ("国家某某总局公告2012年第54号", "国家某某总局", "2012-12-06")


def test_a_title_over_four_short_lines():
    text = "云州市人民政府办公厅关于印发云州市\n\n进一步加力支持民间\n\n投资发展\n\n实施方案的通知\n\n云府办〔2023〕5号\n\n各区人民政府:\n甲。\n一、乙\n"
    assert head(text)[0] == "云州市人民政府办公厅关于印发云州市进一步加力支持民间投资发展实施方案的通知"


def test_a_call_for_comments_is_titled_by_its_draft():
    text = "《云州市住房保障办法(征求意见稿)》公开征求意见\n为听取意见,现予公布。\n云州市甲局\n2020年10月28日\n一、必要性\n"
    assert head(text)[0] == "《云州市住房保障办法(征求意见稿)》公开征求意见"


def test_a_stroke_in_a_field_of_a_card_is_its_whole_value():
    text = "云州市基金申报指南\n依据文件\n《云州市基金申报指南》\n发文机构\n云州市甲局\n发文字号\n/\n发布日期\n2023-03-03\n服务内容\n1.支持。\n"
    assert head(text) == ("云州市基金申报指南", None, "云州市甲局", "2023-03-03")


def test_the_note_below_a_title_tells_the_order_that_made_it_known():
    for note in (
        "2021年3月9日 云州市甲局令第17号公布\n2021年5月1日 施行",
        "(2021年3月9日云州市甲局令第17号公布 自2021年5月1日起施行)",
        "(2021年3月9日云州市甲局令17号公布)",
        "2021年3月2日 市政府批准\n2021年3月9日 云州市甲局令第17号发布\n2024年2月5日 《云州市关于修改部分规章的决定》第一次修订",
    ):
        text = f"云州市集贸市场管理规定\n{note}\n第一条 为规范行为,制定本规定。\n第二条 甲。\n"
        title, number, *rest = head(text)
        assert (title, *rest) == ("云州市集贸市场管理规定", "云州市甲局", "2021-03-09")
        assert number in ("云州市甲局令第17号", "云州市甲局令17号")  # as written


def test_what_another_paper_was_made_known_by_is_no_note():
    text = "云州市甲局关于乙工作的通知\n各区甲局:\n1993年5月6日云州市丙局发布的《旧办法》不再适用。\n一、甲\n"
    assert head(text)[1:] == (None, "云州市甲局", None)


def test_a_law_is_numbered_by_the_order_of_the_president_and_issued_by_the_congress():
    text = (
        "中华人民共和国某某促进法\n(2001年3月9日第九届全国人民代表大会常务委员会第二十次会议通过 2001年3月9日中华人民共和国主席令第九十九号公布 自2001年5月1日起施行)\n"
        "第一条 为了促进某某,制定本法。\n第二条 甲。\n"
    )
    assert head(text) == (
        "中华人民共和国某某促进法",
        "中华人民共和国主席令第九十九号",
        "第九届全国人民代表大会常务委员会",
        "2001-03-09",
    )
    text = "《某某法》已由中华人民共和国第九届全国人民代表大会常务委员会第二十次会议于2001年3月9日通过,现予公布。\n第一条 甲。\n"
    assert head(text)[2] == "第九届全国人民代表大会常务委员会"


def test_the_name_in_the_fields_of_a_page_is_the_title_where_no_line_is():
    text = "索引号: 0032/2018 组配分类: 文件\n名称: 困难家庭救助金标准 文号:\n成文日期: 发布日期: 2018-12-19\n一、标准\n甲。\n"
    assert head(text)[0] == "困难家庭救助金标准"


def test_a_row_of_a_table_is_no_line_of_a_wrapped_title():
    title = "云州市人民政府办公室关于调整甲工作领导小组的通知"
    table = f"标 题\t{title}\t\t\n发文字号\t云政办〔2026〕7号\t发布日期\t2026年7月16日\n"
    assert head(f"{table}{title}\n各区:\n一、甲。\n")[0] == title


TABLE_ABOVE = "索引号:\t0012/2026\t主题分类:\t工业\n发文机关:\t市政府\t成文日期:\t2026年3月2日\n标 题:\t{}\t\t\n发文字号:\t\t发布日期:\t2026年3月5日\n"


def test_a_table_of_fields_above_a_paper_gives_its_title_without_the_cells_beside_it():
    title = "云州市人民政府关于促进甲业发展的通知"
    assert (
        head(TABLE_ABOVE.format(title) + "云州市人民政府关于促进甲业\n发展的 通 知\n各区:\n一、支持企业。\n")[0]
        == title
    )
    assert head(TABLE_ABOVE.format("") + "加快甲业发展\n一、支持企业。\n")[0] is None


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("原标题:云州市人民政府关于支持实体经济的意见", "云州市人民政府关于支持实体经济的意见"),
        ("云州企业奖励政策:关于加快云州工业发展的若干意见", "关于加快云州工业发展的若干意见"),
        ("云州市甲局关于印发《甲办法》的通知[失效]", "云州市甲局关于印发《甲办法》的通知"),
        ("《云州市引荐人奖励办法》\n来源: 2021-01-08 09:05:00", "云州市引荐人奖励办法"),
        ("云州市科学技术奖励办法修正案", "云州市科学技术奖励办法修正案"),
        ("云州市中小企业资金管理暂行办法第一章总则第一条为规范管理,制定本办法。", "云州市中小企业资金管理暂行办法"),
    ],
)
def test_what_is_set_round_a_title_on_its_own_line(line: str, title: str):
    assert head(f"{line}\n为加快发展,制定本政策。\n一、甲\n乙。\n")[0] == title


def test_an_unbroken_paper_has_its_title_before_its_purpose():
    text = "云州市招商引资奖励办法为了加快云州市的发展,调动各方面人员的积极性,特制定本办法。一、奖励对象。奖励对象是指为云州市引进资金和项目的介绍人。二、奖励标准。按照投资额的一定比例对介绍人进行奖励,具体由市甲局会同市乙局根据当年情况商定,并报市政府同意后执行,每年年底前兑现完毕,不跨年度结转。介绍人有争议的,以项目单位出具的证明为准,同时出具多份证明的按共有介绍人处理。"
    assert head(text)[0] == "云州市招商引资奖励办法"


@pytest.mark.parametrize(
    ("notes", "number", "issuer"),
    [
        ("2022年6月6日 云州市人民政府令第2号公布", "云州市人民政府令第2号", "云州市人民政府"),
        ("2022年6月6日 云州市第九届人民代表大会常务委员会第八次会议通过", None, "云州市第九届人民代表大会常务委员会"),
        ("2022年6月6日 云州市法院公告公布2022年7月1日 施行", None, "云州市法院"),
        ("2022年6月6日 经云州市交通部第6次部务会议通过", None, "云州市交通部"),
    ],
)
def test_a_law_without_line_ends_has_its_title_and_notes(notes: str, number: str | None, issuer: str):
    articles = "".join(f"第{n}条 {'市人民政府应当加强对泉水保护工作的领导和监督检查。' * 9}" for n in "二三四五")
    text = f"云州市泉水保护办法{notes}第一章 总则第一条 为了保护泉水,制定本办法。{articles}"
    assert head(text) == ("云州市泉水保护办法", number, issuer, "2022-06-06")


LONG = "各单位应当按照职责做好相关工作,加强协调配合,及时总结经验,依法接受监督检查。" * 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "云州市甲局关于开展监察的通知云甲〔2024〕7号各县(区)甲局:现印发给你们。云州市甲局2024年3月29日2024年度监察计划一、要求"
            + LONG,
            ("云州市甲局关于开展监察的通知", "云甲〔2024〕7号", "云州市甲局", "2024-03-29"),
        ),
        (
            "云州市人民政府令第52号《云州市泉水办法》已经第18次常务会议通过,现予公布,自2022年12月1日起施行。市长陈某新2022年10月28日云州市泉水办法第一章 总则第一条 为保护泉水。"
            + LONG,
            ("云州市泉水办法", "云州市人民政府令第52号", "云州市人民政府", "2022-10-28"),
        ),
        (
            "云州市人民政府关于修改《云州市泉水办法》等4件规章的决定(2021年9月6日云州市人民政府令第78号公布自公布之日起施行)为推进改革,决定修改。一、修改"
            + LONG,
            (
                "云州市人民政府关于修改《云州市泉水办法》等4件规章的决定",
                "云州市人民政府令第78号",
                "云州市人民政府",
                "2021-09-06",
            ),
        ),
        (
            "关于市人大四次会议第238号建议的答复尊敬的陈某梅代表:您的建议收悉。"
            + LONG
            + "感谢支持!云州市甲局2024年7月5日联系单位:甲科",
            ("关于市人大四次会议第238号建议的答复", None, "云州市甲局", "2024-07-05"),
        ),
        (
            "云州市甲局关于完善电价的通知云甲〔2023〕5号各县甲局:有关事项通知如下:一、范围"
            + LONG
            + "附件:云州电价表云州市甲局2023年9月28日附件云州电价表",
            ("云州市甲局关于完善电价的通知", "云甲〔2023〕5号", "云州市甲局", "2023-09-28"),
        ),
    ],
)
def test_papers_without_line_ends(text: str, expected: tuple):
    assert head(text) == expected


@pytest.mark.parametrize(
    ("begun", "expected"),
    [
        ("云州市促进甲业发展若干措施(试行)为推动甲业发展,", ("云州市促进甲业发展若干措施(试行)", None, None, None)),
        (
            "云州市甲局2025年工作总结和2026年工作计划2025年,",
            ("云州市甲局2025年工作总结和2026年工作计划", None, None, None),
        ),
        (
            "云州市甲业实施计划(2026—2030年)云政发〔2026〕3号",
            ("云州市甲业实施计划(2026—2030年)", "云政发〔2026〕3号", None, None),
        ),
        ("云州市就业工作实施意见(云政发〔2026〕3号)", ("云州市就业工作实施意见", "云政发〔2026〕3号", None, None)),
        (
            "云州市人民政府关于甲的实施意见(2026年9月3日)为",
            ("云州市人民政府关于甲的实施意见", None, "云州市人民政府", "2026-09-03"),
        ),
        (
            "云州市民生实事责任分解表云州市政府办公室 2026年2月10日",
            ("云州市民生实事责任分解表", None, "云州市政府办公室", "2026-02-10"),
        ),
        ("为推动甲业发展,根据乙意见,制定本方案。", (None, None, None, None)),
        ("按照省政府甲工作方案,2026年制定本意见。", (None, None, None, None)),
    ],
)
def test_an_unbroken_paper_has_its_title_before_whatever_follows_it(begun: str, expected: tuple[str | None, ...]):
    text = f"{begun}一、总体目标{LONG}二、主要任务{LONG}"
    assert head(text) == expected


def test_who_signs_behind_a_list_of_attachments_without_line_ends():
    text = f"关于组织申报的通知各区甲局:一、条件{LONG}附件:1.申报书2.推荐汇总表云州市甲局2026年8月20日"
    assert head(text)[2:] == ("云州市甲局", "2026-08-20")
    assert head(text.replace("云州市甲局2026", "(截止2026"))[2] is None


def test_an_unbroken_page_has_its_fields_before_its_title():
    text = (
        "索 引 号：0001/2021-00001主题分类：工业发文机关：云州市人民政府成文日期：2021年03月01日标　　题：云州市人民政府关于支持工业发展的通知"
        "发文字号：云政发〔2021〕2号发布日期：2021年03月05日主 题 词：云州市人民政府关于支持工业发展的通知云政发〔2021〕2号"
        "各区人民政府，市政府各部门：为加快发展，现就有关事项通知如下：一、总体要求。坚持质量第一，提高效益。二、工作任务。支持企业技术改造，做好服务。"
    )
    assert head(text) == ("云州市人民政府关于支持工业发展的通知", "云政发〔2021〕2号", "云州市人民政府", "2021-03-01")


def test_an_unbroken_card_has_its_fields():
    text = (
        "云州市支持传感器产业发展依据文件《云州市传感器产业办法》发文机构云州市经济局发文字号云经发〔2022〕5号发布日期2022-03-31工具分类资金支持"
        "服务对象传感器企业服务内容1.支持企业联合开展研究，按项目投入给予最高300万元资助。2.支持企业开展检测，给予最高50万元资助。条件要求企业信用良好，没有重大违法记录。"
    )
    assert head(text) == ("云州市支持传感器产业发展", "云经发〔2022〕5号", "云州市经济局", "2022-03-31")
    again = "5. " + text.replace("依据文件", "关于支持发展传感器产业的若干措施依据文件", 1).replace(
        "企业服务内容", "企业。研究机构参照执行服务内容"
    )
    assert head(again) == head(text)
    about = again.replace("1.支持企业", "1.方向1、方向2支持企业")
    assert [article.id for article in parse(about).articles] == ["1", "2"]


def test_a_field_that_lost_its_end_gives_way_to_the_title():
    text = "标　　题:\n云州市人民政府关于支持工业和软\n发文字号:\n云政发〔2021〕2号\n云州市人民政府关于支持工业和软件业发展的通知\n各区人民政府:\n现通知如下:\n一、甲。\n二、乙。\n"
    assert head(text)[0] == "云州市人民政府关于支持工业和软件业发展的通知"


def test_fields_without_colons_name_issuer_number_and_day():
    text = "发文机关云州市人民政府\n发文日期2018年5月31日\n发文字号云政发〔2018〕25号\n通 知\n为此,特通知如下:\n一、甲。\n二、乙。\n"
    assert head(text) == (None, "云政发〔2018〕25号", "云州市人民政府", "2018-05-31")


def test_attachments_stand_above_the_signature():
    text = "云甲规〔2021〕6号\n各有关单位:\n现将规程印发给你们,请遵照执行。\n特此通知。\n附件:1.云州市甲局扶持计划操作规程\n2.《云州市甲局扶持计划操作规程》政策解读\n云州市甲局\n2021年9月23日\n"
    assert head(text) == (None, "云甲规〔2021〕6号", "云州市甲局", "2021-09-23")


def test_a_department_that_passed_its_rule():
    text = "云州市疗养实施办法\n2010年5月6日 经云州市人事局第9次局务会议通过\n第一条 甲。\n第二条 乙。\n"
    assert head(text)[2:] == ("云州市人事局", "2010-05-06")


def test_the_order_of_the_state_council_names_its_body():
    text = "中华人民共和国国务院令\n第912号\n《某条例》已经通过,现予发布,自2003年3月1日起施行。\n总理 某某\n2003年1月8日\n第一条 甲。\n"
    assert head(text)[1:] == ("国务院令第912号", "国务院", "2003-01-08")


def test_a_table_of_fields_flattened_to_rows():
    text = (
        "索引号: | YZ-2020-01 | 主题分类: | 政务 |\n发文机构: | 云州市政府办 | 发文文号: | 云政发〔2020〕7号 |\n各区人民政府:\n"
        "现将清理结果公布如下:\n一、甲。\n二、乙。\n云州市人民政府\n2020年3月8日\n"
    )
    assert head(text)[1:] == ("云政发〔2020〕7号", "云州市人民政府", "2020-03-08")


def test_a_last_item_that_speaks_of_a_web_site_is_no_footer():
    text = "现公布如下:\n一、甲宣布继续有效。\n二、市民请登录市政府网站查询上述文件的目录和全文。\n云州市人民政府\n2018年6月7日\n"
    assert head(text)[2:] == ("云州市人民政府", "2018-06-07")


def test_a_title_whose_last_word_went_to_the_next_line_behind_的():
    text = "云州市人民政府办公室关于印发\n云州市支持创新若干措施\n的通知\n云政办发〔2023〕8号\n一、甲\n"
    assert head(text)[0] == "云州市人民政府办公室关于印发云州市支持创新若干措施的通知"


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


def test_a_report_of_a_government_is_a_title():
    text = "政府工作报告\n——2025年1月8日在云州市第十届人民代表大会第五次会议上\n各位代表:\n一、甲\n"
    assert head(text)[0] == "政府工作报告"
    assert head("根据政府工作报告\n一、甲\n")[0] != "政府工作报告"


def test_a_title_may_end_in_the_division_of_its_tasks():
    assert (
        head("云州市优化营商环境2024年重点任务责任分工\n云营发〔2024〕2号\n一、甲\n")[0]
        == "云州市优化营商环境2024年重点任务责任分工"
    )
    assert head("各部门要明确责任分工\n一、甲\n")[0] is None


def test_a_label_of_a_page_in_a_column_of_its_own_is_no_part_of_the_title():
    title = "云州市人民政府办公厅关于调整领导小组组成人员的通知"
    assert (
        head(
            f"索引号\t0001\t主题分类\t其他\n标　题\t{title}\n发文字号\t云政办函〔2021〕6号\n{title}\n各区人民政府:\n甲。\n"
        )[0]
        == title
    )
