"""A time that a paper bounds in years here and in months there is one fact."""

import pytest

from proposed_pack import pack


@pytest.mark.parametrize(
    ("told", "tests"),
    [
        ("对成立满12个月的企业,给予5万元补助。成立2年以上的企业,给予8万元补助。", [("成立月数", 12), ("成立月数", 24)]),
        ("连续经营12个月以上的企业,给予5万元补助;经营满1年且纳税10万元以上的,给予8万元补助。", [("经营月数", 12)] * 2),
        ("对成立满1年的企业,给予5万元补助。对经营满6个月的企业,给予1万元补助。", [("成立年限", 1), ("经营月数", 6)]),
        ("对成立满1年的企业,给予5万元补助。", [("成立年限", 1)]),
    ],
)
def test_years_and_months_of_one_time_are_asked_in_months(told, tests):
    made = pack(told)
    found = [one["test"] for rule in made.rules for one in rule["conditions"]]
    assert [(one["fact"], one["value"]) for one in found if str(one["fact"]).endswith(("月数", "年限"))] == tests
    asked = {one["id"] for one in made.vocabulary["facts"]}
    assert {fact for fact, _ in tests} == {name for name in asked if name.endswith(("月数", "年限"))}
