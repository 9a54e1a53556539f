"""Recipients: the line that ends in a colon before the text, parted where one addressee ends."""

import pytest

from luodi.document import parse
from luodi.policy.compile import compile_document
from luodi.policy.exchange import exchange


def recipients(line: str) -> list[str]:
    text = f"云州市关于支持创新的意见\n{line}\n为加快发展,提出如下意见。\n一、甲\n"
    return exchange(compile_document(parse(text)))["recipients"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("各区、县（市）人民政府，市政府各部门、各直属单位：", ["各区、县(市)人民政府", "市政府各部门", "各直属单位"]),
        (
            "各省、自治区、直辖市人民政府,国务院各部委、各直属机构:",
            ["各省、自治区、直辖市人民政府", "国务院各部委", "各直属机构"],
        ),
        ("各区、县人民政府,市政府各委、办、局:", ["各区、县人民政府", "市政府各委、办、局"]),
        ("各区甲局、乙局、丙局:", ["各区甲局", "乙局", "丙局"]),
        ("各有关单位:", ["各有关单位"]),
        ("区属各单位:", ["区属各单位"]),
        ("张江河委员:", ["张江河委员"]),
        ("李云副主席:", ["李云副主席"]),
        ("各县(区)人民政府、管委会,市政府各部门:", ["各县(区)人民政府、管委会", "市政府各部门"]),
        ("各乡镇人民政府、街道办事处:", ["各乡镇人民政府", "街道办事处"]),
        ("各街道办事处,区级各部门,云丘新区管委会", ["各街道办事处", "区级各部门", "云丘新区管委会"]),
        ("各区、县人民政府,市政府各局、委、办 :", ["各区、县人民政府", "市政府各局、委、办"]),
        ("各街镇工委(党委)、办事处(政府),各人民团体党组:", ["各街镇工委(党委)、办事处(政府)", "各人民团体党组"]),
        ("云江高新区企业:近期将开展评审工作。", ["云江高新区企业"]),
        ("中国甲银行、中国乙银行云州分行:", ["中国甲银行", "中国乙银行云州分行"]),
        (
            "甲客运集团有限公司、乙客运集团有限公司、云州\n出租车有限公司:",
            ["甲客运集团有限公司", "乙客运集团有限公司", "云州出租车有限公司"],
        ),
        (
            "各市甲局,省乙集团,省丙\n集团,省丁公司,\n省戊公司:",
            ["各市甲局", "省乙集团", "省丙集团", "省丁公司", "省戊公司"],
        ),
    ],
)
def test_addressees(line: str, expected: list[str]):
    assert recipients(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "参会代表名单:",
        "专家咨询委员会委员:",
        "各区应当做好以下工作:",
        "申报企业需要符合以下条件:",
        "主要内容如下:",
        "各区人民政府要加强领导。",
        "甲公司、乙公司申报的项目,按下列条件评审:",
    ],
)
def test_a_lead_in_is_no_line_of_addressees(line: str):
    assert recipients(line) == []
