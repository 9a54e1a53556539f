"""What a text tells of others (reports, reckoned cases, what somebody said he had, parts of a budget) promises nobody anything, and is said."""

import pytest

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

TOLD = [
    "我市累计发放稳岗补贴3.2亿元,惠及企业1.5万家,平均每家2.1万元。",
    "2022年为236家企业兑现奖励资金1.8亿元,其中对12家国家级企业各奖励100万元。",
    "去年全市共有58家企业获得技改补助,最高一家拿到800万元,平均补助120万元。",
    "该公司去年获得研发补助200万元,今年又拿到了50万元的专精特新奖励。",
    "“去年我们拿到了80万元奖励,今年政策又提高到100万元。”某企业负责人说。",
    "对2021年度获评的企业已按每家20万元兑现奖励,本次不再重复奖励。",
    "例如,某企业2023年研发投入1000万元,按10%补助,可获得100万元。",
    "举例:张某购房总价100万元,按1%给予补贴,可领取1万元。",
    "比如A企业设备投资500万元,则按8%给予补助40万元。",
    "本次共下达资金5000万元,其中奖励类项目3000万元,补助类项目2000万元。",
    "预算安排:技改补助3000万元,研发补助2000万元。",
    "拟对下列企业给予奖励:云岭机械有限公司50万元、青泽电子有限公司30万元。",
    "在2023年首批奖励中,云岭精工获评国家级“小巨人”,获奖励150万元。",
]
PROMISED = {
    "对2023年获评国家级的企业,给予20万元奖励。": [200_000],
    "近三年累计获得补助100万元以上的企业,奖励10万元。": [100_000],
    "对去年获得省级奖励50万元以上的企业,给予10万元奖励。": [100_000],
    "对获得了国家级认定的企业,奖励10万元。": [100_000],
    "每年评选10家企业,各给予20万元奖励。": [200_000],
    "为每招用10名毕业生的企业发放补贴5万元。": [50_000],
    "按每人每月400元给予补贴,截至目前,共为300名人员发放补贴90万元。": [400],
    "上一轮政策对新认定的企业奖励20万元,新政策提高到30万元。": [300_000],
    "原政策继续执行,给予企业20万元奖励。": [200_000],
    "给予消费者5000元补贴,总额500万元,先到先得。": [5_000],
    "以企业为主体,对新认定的给予20万元奖励。": [200_000],
}


def read(text: str) -> dict:
    return exchange(compile_document(parse(f"一、支持政策\n(一)内容。{text}\n")))


@pytest.mark.parametrize("text", TOLD)
def test_what_is_told_of_others_is_no_award(text: str):
    found = read(text)
    assert found["benefits"] == []
    assert "sum-reported" in [one["code"] for one in found["diagnostics"]]


@pytest.mark.parametrize("text", PROMISED)
def test_what_is_promised_beside_it_is_one(text: str):
    assert [row["amount"] for row in read(text)["benefits"]] == PROMISED[text]


def test_a_report_of_growth_is_told_by_nobody():
    assert read("2026年,产业收入超过50亿元,年平均增长20%以上。")["diagnostics"] == []
