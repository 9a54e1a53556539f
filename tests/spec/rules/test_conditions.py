"""Conditions: three-valued tests over named facts, exactly compared, each with value, threshold and source."""

import datetime as dt

import pytest
from world import AS_OF, WAN, condition, pack, result, rule, sums

from luodi.entitlement.explain import explain


def group(test, facts, **more):
    return sums(rule(conditions=[condition(test, **more)]), facts)[0]


@pytest.mark.parametrize(
    ("op", "below", "at", "above"),
    [
        (">=", "not", "sure", "sure"),
        (">", "not", "not", "sure"),
        ("<=", "sure", "sure", "not"),
        ("<", "sure", "not", "not"),
        ("=", "not", "sure", "not"),
        ("!=", "sure", "not", "sure"),
    ],
)
def test_comparison_at_its_threshold(op, below, at, above):
    test = {"fact": "人数", "op": op, "value": 50}
    assert [group(test, {"人数": number}) for number in (49, 50, 51)] == [below, at, above]


def test_a_fact_that_nobody_gave_is_unknown_in_every_comparison():
    for op in (">=", "<", "=", "!="):
        assert group({"fact": "人数", "op": op, "value": 50}, {}) == "possible"


def test_money_thresholds_are_fen_and_values_come_in_the_fact_s_unit():
    test = {"fact": "营业收入", "op": ">=", "value": 2000 * WAN}
    assert [group(test, {"营业收入": wan}) for wan in (1999, 2000)] == ["not", "sure"]


def test_a_share_of_another_fact_is_compared_exactly():
    test = {"fact": "研发费用", "op": ">=", "value": {"fact": "营业收入", "times": [1, 30]}}
    assert group(test, {"营业收入": 100, "研发费用": 33_333}) == "not"
    assert group(test, {"营业收入": 100, "研发费用": 33_334}) == "sure"
    assert group(test, {"研发费用": 33_334}) == "possible"


def test_decimals_are_compared_as_written():
    test = {"fact": "比值", "op": ">=", "value": 0.3}
    assert [group(test, {"比值": value}) for value in (0, 0.29, 0.3, 1)] == ["not", "not", "sure", "sure"]


def test_dates_booleans_codes_and_lists_of_codes():
    assert group({"fact": "成立日期", "op": ">=", "value": "2018-01-01"}, {"成立日期": "2018-01-01"}) == "sure"
    assert group({"fact": "本市", "op": "=", "value": True}, {"本市": False}) == "not"
    assert group({"fact": "行业", "op": "in", "value": ["C26", "C27"]}, {"行业": "C27"}) == "sure"
    assert group({"fact": "行业", "op": "not_in", "value": ["C26"]}, {"行业": "C26"}) == "not"
    assert group({"fact": "标签", "op": "in", "value": ["甲", "乙"]}, {"标签": ["丙", "乙"]}) == "sure"
    assert group({"fact": "标签", "op": "=", "value": "甲"}, {"标签": []}) == "not"


def test_all_any_and_not_are_three_valued():
    big, here = {"fact": "人数", "op": ">=", "value": 50}, {"fact": "本市", "op": "=", "value": True}
    assert group({"all": [big, here]}, {"人数": 10}) == "not"
    assert group({"all": [big, here]}, {"人数": 60}) == "possible"
    assert group({"any": [big, here]}, {"人数": 60}) == "sure"
    assert group({"any": [big, here]}, {"人数": 10}) == "possible"
    assert group({"not": here}, {}) == "possible"
    assert group({"not": here}, {"本市": False}) == "sure"


def test_a_condition_shows_value_threshold_unit_source_and_place():
    rules = pack(rule(conditions=[condition({"fact": "人数", "op": ">=", "value": 50}, span=[3, 9])]))
    given = {"人数": {"value": 20, "unit": "人", "source": "社保", "as_of": "2020-12-31"}}
    shown = explain(rules, {"id": "甲", "facts": given}, AS_OF).rules[0].conditions[0]
    assert (shown.verdict, shown.value, shown.threshold, shown.unit) == ("no", 20, 50, "人")
    assert (shown.source, shown.as_of, shown.article, shown.span) == ("社保", dt.date(2020, 12, 31), "一", (3, 9))


def test_a_refusal_names_condition_value_and_threshold():
    reason = result(rule(conditions=[condition({"fact": "人数", "op": ">=", "value": 50})]), {"人数": 20}).reason
    assert "条件" in reason and "从业人数不低于50人" in reason and "20人" in reason


def test_a_missing_fact_is_asked_for_with_what_it_can_gain():
    found = result(rule(conditions=[condition({"fact": "人数", "op": ">=", "value": 50})]), {})
    assert [(m.fact_or_event, m.question, m.gain_fen) for m in found.missing] == [("人数", "有多少人？", 10 * WAN)]


def test_an_assumed_condition_holds_until_somebody_says_otherwise():
    test = {"fact": "本市", "op": "=", "value": True}
    assert group(test, {}, assume=True) == "sure"
    assert group(test, {"本市": False}, assume=True) == "not"


def test_an_attested_condition_waits_for_the_authority():
    test = {"fact": "本市", "op": "=", "value": True}
    assert group(test, {}, mode="attest") == "authority"
    assert group(test, {"本市": True}, mode="attest") == "sure"


def test_a_condition_that_fails_may_go_to_the_authority():
    test = {"fact": "本市", "op": "=", "value": True}
    assert group(test, {"本市": False}, fails="authority") == "authority"


def test_a_condition_without_a_test_is_for_a_person():
    assert group(None, {}, mode="attest") == "authority"
    assert group(None, {}, mode="ask") == "possible"
