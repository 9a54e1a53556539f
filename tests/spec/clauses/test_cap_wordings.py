"""A maximum binds the same awards whatever its words: every award that a clause may tell, with each way to say whom and what time it bounds, behind each mark."""

import pytest

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

AWARDS = [
    "企业参加展会的,按展位费的40%给予补助",
    "参加境内展会的按展位费的40%补助,参加境外展会的按展位费的60%补助",
    "参加境内展会的,按展位费的40%给予补助;参加境外展会的,按展位费的60%给予补助",
    "参加境内展会的,按展位费的40%给予补助。参加境外展会的,按展位费的60%给予补助",
    "企业参加展会的,按展位费的40%给予补助,单个展会最高6万元",
    "企业每获得1项专利授权,给予4000元奖励",
    "对国家级、省级实验室,分别按建设投入的40%、20%给予补助",
    "对获评国家级、省级示范的企业,分别给予60万元、40万元奖励",
    "新建大棚每亩补助4000元、冷库每立方米补助300元",
    "建设面积100亩以下的,每亩补助4000元;100亩以上的,每亩补助6000元",
    "企业贷款按年利率2%给予贴息",
    "企业贷款按年利率2%给予贴息,担保费按50%给予补助",
    "租用场地的,前三年按租金的60%、后两年按租金的40%给予补贴",
    "租用场地的,按每平方米每月20元给予租金补贴",
]
MAXIMA = {
    "each": ["单个项目最高{}", "单个项目补助金额不超过{}", "每个项目最高不超过{}", "单个项目最高为{}"],
    "one firm": ["每家企业不超过{}", "单个企业最高{}", "单家最高{}", "每家企业最高不超过{}"],
    "one firm in a year": [
        "每家企业每年最高{}",
        "单个企业年度补助总额不超过{}",
        "每年每家不超过{}",
        "同一企业每年最高补助{}",
        "单户企业当年补助总额最高{}",
    ],
    "in a year": ["每年不超过{}", "年度最高补助{}", "年度补助总额不超过{}", "每年最高不超过{}"],
}
MOST = 900_000


def rows(text: str) -> list[tuple]:
    """What is paid, without the words that call a maximum one of all together (年度, 累计)."""
    found = exchange(compile_document(parse(text)))["benefits"]
    return sorted(
        tuple(str(row[key]) for key in ("kind", "amount", "rate", "floor", "cap", "frequency", "years"))
        for row in found
    )


@pytest.mark.parametrize("mark", "。,;")
@pytest.mark.parametrize("award", AWARDS)
def test_a_maximum_binds_the_same_in_other_words(award: str, mark: str) -> None:
    for bound, ways in MAXIMA.items():
        read = {way: rows(f"{award}{mark}{way.format('90万元')}。\n") for way in ways}
        first = read[ways[0]]
        assert any(row[4] == str(MOST) for row in first), (bound, first)
        assert {way: one for way, one in read.items() if one != first} == {}, (bound, first)
