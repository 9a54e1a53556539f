"""The head of laws and orders: adoption notes, numbers, who made them known."""

import pytest
from test_head import head


def test_a_law_has_its_adoption_note():
    text = "云州市创新条例\n2020年3月26日 云州市第十三届人民代表大会常务委员会第十八次会议通过\n第一条 甲。\n"
    assert head(text) == ("云州市创新条例", None, "云州市第十三届人民代表大会常务委员会", "2020-03-26")


def test_a_note_may_leave_out_that_the_meeting_passed_the_law():
    text = "云州市创新条例\n(1994年3月5日云州市第八届人民代表大会常务委员会第六次会议 根据2011年6月30日云州市第十一届人民代表大会常务委员会第二十一次会议《关于修改〈云州市创新条例〉的决定》修正)\n第一条 甲。\n"
    assert head(text) == ("云州市创新条例", None, "云州市第八届人民代表大会常务委员会", "1994-03-05")


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


def test_a_congress_counts_its_announcements_by_term():
    text = (
        "云州市人民代表大会常务委员会公告\n〔十六届〕第12号\n《云州市文明条例》已经通过,现予公布,自2021年10月1日起施行。\n"
        "云州市人民代表大会常务委员会\n2021年8月5日\n云州市文明条例\n第一条 甲。\n"
    )
    issuer = "云州市人民代表大会常务委员会"
    assert head(text) == ("云州市文明条例", f"{issuer}公告〔十六届〕第12号", issuer, "2021-08-05")


@pytest.mark.parametrize(
    ("note", "issuer"),
    [
        ("(2022年6月10日云州市云山区人民政府以云山府规〔2022〕5号公布 自2022年7月10日起施行)", "云州市云山区人民政府"),
        ("(2022年6月10日云州市云山区人民政府云山府规〔2022〕5号印发)", "云州市云山区人民政府"),
        ("(2022年6月1日经区政府第12次常务会议审议通过,2022年6月10日以云山府规〔2022〕5号印发)", None),
        ("(云山府规〔2022〕5号,2022年6月10日)", None),
    ],
)
def test_the_note_below_a_title_names_the_paper_that_made_it_known(note: str, issuer: str | None):
    text = f"云州市云山区旅游扶持办法\n{note}\n第一条 甲。\n第二条 根据乙府〔2020〕1号文件,制定本办法。\n"
    assert head(text) == ("云州市云山区旅游扶持办法", "云山府规〔2022〕5号", issuer, "2022-06-10")


def test_a_paper_cited_in_brackets_is_not_that_of_the_title():
    text = "云州市云山区旅游扶持办法\n第一条 根据《旅游意见》\n(2022年6月10日云府〔2022〕5号,以下简称意见)制定。\n"
    assert head(text)[1] is None


@pytest.mark.parametrize("signer", ["市长 甲乙", "市 长 甲乙丙", "市长:甲乙", "市长甲乙", "市长"])
def test_an_order_has_its_number_and_is_signed_by_a_person(signer: str):
    text = (
        "云州市公园管理办法\n云州市人民政府令\n第48号\n《云州市公园管理办法》已经市政府常务会议通过,现予公布,自2011年10月1日起施行。\n"
        f"{signer}\n二O一一年八月十日\n第一章 总则\n第一条 为加强公园管理,制定本办法。\n"
    )
    assert head(text) == ("云州市公园管理办法", "云州市人民政府令第48号", "云州市人民政府", "2011-08-10")


def test_a_meeting_that_passed_a_law_may_stand_before_the_date():
    text = "云州市气象条例\n(云州市第九届人民代表大会常务委员会第二十四次会议于2001年6月1日通过,自2001年8月1日起施行)\n第一条 甲。\n"
    assert head(text)[2:] == ("云州市第九届人民代表大会常务委员会", "2001-06-01")


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


def test_a_department_that_passed_its_rule():
    text = "云州市疗养实施办法\n2010年5月6日 经云州市人事局第9次局务会议通过\n第一条 甲。\n第二条 乙。\n"
    assert head(text)[2:] == ("云州市人事局", "2010-05-06")


def test_the_order_of_the_state_council_names_its_body():
    text = "中华人民共和国国务院令\n第912号\n《某条例》已经通过,现予发布,自2003年3月1日起施行。\n总理 某某\n2003年1月8日\n第一条 甲。\n"
    assert head(text)[1:] == ("国务院令第912号", "国务院", "2003-01-08")


@pytest.mark.parametrize(
    ("order", "number"),
    [
        ("云州市人民政府令\n(第912号)", "云州市人民政府令第912号"),
        ("云州市人民政府令(第11号)\n第 11 号", "云州市人民政府令第11号"),
        ("云州部令2007年第15号 垃圾管理办法", "云州部令2007年第15号"),
    ],
)
def test_the_number_of_an_order_in_brackets_or_before_the_title(order: str, number: str):
    text = f"垃圾管理办法\n\n{order}\n\n  《垃圾管理办法》已经通过,现予发布。\n\n市长 某某\n2008年10月20日\n\n垃圾管理办法\n\n第一条 甲。\n第二条 乙。\n"
    assert head(text)[:2] == ("垃圾管理办法", number)


def test_the_notice_of_a_congress_in_a_note_over_three_lines():
    text = (
        "云泽省小作坊管理条例\n(2016年11月24日云泽省第十二届人民代表大会常务委员会第二十七次会议通过\n"
        "2016年11月24日云泽省人民代表大会常务委员会公告第52号公布\n自2016年12月1日起施行)\n第一条 甲。\n第二条 乙。\n"
    )
    number = "云泽省人民代表大会常务委员会公告第52号"
    assert head(text)[1:] == (number, "云泽省人民代表大会常务委员会", "2016-11-24")


def test_a_note_names_the_body_whose_paper_it_is():
    text = "云州市地下空间管理办法\n(云州市人民政府规范性文件 云府规〔2025〕6号 2025年10月9日印发)\n第一条 甲。\n"
    assert head(text) == ("云州市地下空间管理办法", "云府规〔2025〕6号", "云州市人民政府", "2025-10-09")
    cited = text.replace("规范性文件", "依据").replace("印发)", "修订)")
    assert head(cited)[1:] == (None, None, None)
