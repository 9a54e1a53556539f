"""An empty list has three meanings: stated elsewhere it is none; silent and not recognised are told apart."""

import pytest

from luodi.document.reading import parse
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.policy.coverage import coverage

TEXT = "云泽市若干措施\n第一条 对示范企业给予10万元奖励。\n第二条 {}\n"


def status(sentence: str) -> dict:
    compiled = compile_document(parse(TEXT.format(sentence)))
    return coverage(compiled.document, compiled.facts)


@pytest.mark.parametrize(
    ("kind", "stated", "unread"),
    [
        ("interpretations", "本措施由市甲局负责解释。", "本措施由我们负责解释。"),
        ("validity", "本措施自2025年1月1日起施行。", "本措施自上级批复之日起施行。"),
        ("duties", "(责任单位:市甲局)", "责任单位:另行确定"),
        ("contacts", "咨询电话:0571-12345678。", "咨询电话:12。"),
        ("definitions", "本措施所称企业,是指在本市注册的法人。", "本措施所称企业,按国家规定执行。"),
    ],
)
def test_stated_silent_and_not_recognised(kind: str, stated: str, unread: str):
    found = [status(sentence)[kind] for sentence in (stated, "做好宣传。", unread)]
    assert found == ["stated", "silent", "unrecognised"]


def test_what_is_not_recognised_is_said_with_its_place():
    (told,) = compile_document(parse(TEXT.format("本措施由我们负责解释。"))).diagnostics
    assert (told.code, told.article) == ("not-recognised", "第二条")


def test_the_pack_carries_it():
    made = build(compile_document(parse(TEXT.format("做好宣传。"))))
    assert made.data["coverage"]["benefits"] == "stated" and made.data["coverage"]["validity"] == "silent"
