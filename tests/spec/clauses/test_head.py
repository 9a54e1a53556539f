"""The head: number, issuer, date; from the text itself, never from the page that carries it."""

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


def test_what_a_government_approves_and_passes_on_is_issued_by_it():
    text = "市人民政府批转市发改委关于2025年发展计划报告的通知\n云政发〔2025〕3号\n各区人民政府:\n一、甲\n"
    assert head(text)[2] == "市人民政府"


def test_a_date_without_a_signature_stands_last():
    text = "关于组织申报云州市设计中心的通知\n各区甲局:\n现将有关事项通知如下:\n一、请认真组织。\n联系人:甲\n附件:\n2015年8月21日\n"
    assert head(text) == ("关于组织申报云州市设计中心的通知", None, None, "2015-08-21")


def test_a_number_that_lost_its_end_is_mended():
    assert head("云州市人民政府关于支持创新的意见\n云区府办发〔202026\n一、甲\n")[1] == "云区府办发〔2020〕26号"


def test_a_letterhead_of_two_bodies_issued_it_together():
    text = (
        "云州市甲局\n云州市乙局\n云甲〔2006〕40号\n云乙〔2006〕12号\n关于下达2005年资金计划的通知\n各区甲局:\n请认真执行。\n"
        "附件:资金计划表\n二○○六年二月八日\n主题词:资金 计划\n共印25份\n"
    )
    assert head(text) == ("关于下达2005年资金计划的通知", "云甲〔2006〕40号", "云州市甲局 云州市乙局", "2006-02-08")


def test_the_body_that_answers_stands_on_the_line_above():
    text = "云州市甲局\n对市政协三次会议第126号提案的答复\n刘某远等3位委员:\n您提出的建议收悉,现答复如下:\n一、已有支持\n甲。\n"
    assert head(text)[0] == "云州市甲局对市政协三次会议第126号提案的答复"


def test_attachments_stand_above_the_signature():
    text = "云甲规〔2021〕6号\n各有关单位:\n现将规程印发给你们,请遵照执行。\n特此通知。\n附件:1.云州市甲局扶持计划操作规程\n2.《云州市甲局扶持计划操作规程》政策解读\n云州市甲局\n2021年9月23日\n"
    assert head(text) == (None, "云甲规〔2021〕6号", "云州市甲局", "2021-09-23")
