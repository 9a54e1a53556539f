"""Amounts: fixed, rate with floor and cap, tiers, per unit, bounds, first case; integer fen, rounded down."""

import pytest
from world import WAN, condition, result, rule, sums


def paid(amount, facts):
    return sums(rule(amount=amount), facts)[1:]


def rate(n, d, base="研发费用", cap=None, floor=None, **more):
    return {"rate": {"rate": [n, d], "base": base, "cap": cap, "floor": floor, "span": None}, **more}


def test_a_rate_of_a_base_is_rounded_down_to_the_fen():
    assert paid(rate(1, 3), {"研发费用": 100}) == (3333, 3333)


def test_rounding_down_to_whole_yuan_where_the_rule_says_so():
    assert paid(rate(1, 3, rounding_fen=100), {"研发费用": 100}) == (3300, 3300)


def test_a_cap_cuts_and_a_floor_lifts_what_is_above_zero():
    assert paid(rate(1, 2, cap=20_000), {"研发费用": 1000}) == (20_000, 20_000)
    assert paid(rate(1, 2, floor=5000), {"研发费用": 1}) == (5000, 5000)
    assert paid(rate(1, 2, floor=5000), {"研发费用": 0}) == (0, 0)


def test_an_unknown_base_leaves_the_cap_open_and_without_a_cap_no_bound():
    assert sums(rule(amount=rate(1, 2, cap=20_000)), {}) == ("possible", 0, 20_000)
    assert sums(rule(amount=rate(1, 2)), {}) == ("possible", 0, 0)
    assert result(rule(amount=rate(1, 2)), {}).missing[0].fact_or_event == "研发费用"


def test_a_base_may_be_a_share_or_a_difference():
    above = {"minus": ["研发费用", {"fact": "营业收入", "times": [5, 100]}]}
    assert paid(rate(1, 5, above), {"研发费用": 60_000, "营业收入": 100}) == (2000 * 100, 2000 * 100)
    assert paid(rate(1, 5, above), {"研发费用": 40_000, "营业收入": 100}) == (0, 0)


@pytest.mark.parametrize(
    ("wan", "fen"), [(99, 0), (100, 5 * WAN), (499, 5 * WAN), (500, 50 * WAN), (2000, 100 * WAN), (9000, 100 * WAN)]
)
def test_tiers_include_their_start_and_take_the_whole_base(wan, fen):
    tiers = [
        {"from": 100 * WAN, "to": 500 * WAN, "fen": 5 * WAN, "span": None},
        {"from": 500 * WAN, "to": None, "rate": [1, 10], "cap": 100 * WAN, "span": None},
    ]
    assert paid({"tiers": {"base": "营业收入", "tiers": tiers}}, {"营业收入": wan}) == (fen, fen)


def test_the_next_tier_and_what_it_would_give():
    tiers = [{"from": 0, "to": 500 * WAN, "fen": 5 * WAN}, {"from": 500 * WAN, "to": None, "fen": 20 * WAN}]
    tier = result(rule(amount={"tiers": {"base": "营业收入", "tiers": tiers}}), {"营业收入": 100}).next_tier
    assert (tier.label, tier.gain_fen, tier.fact, tier.threshold) == ("营业收入达到500万元", 15 * WAN, "营业收入", 500)


def test_a_sum_for_each_unit_counted():
    each = {"per_unit": {"count": "人数", "fen": 2000 * 100, "cap": 10 * WAN, "span": None}}
    assert [paid(each, {"人数": number})[0] for number in (0, 3, 50)] == [0, 600_000, 10 * WAN]
    beyond = {"per_unit": {"count": {"minus": ["人数", 100]}, "fen": 1000, "cap": None, "span": None}}
    assert [paid(beyond, {"人数": number})[0] for number in (90, 103)] == [0, 3000]


def test_where_only_bounds_stand_the_office_decides_between_them():
    assert sums(rule(amount={"capped": {"cap": 30 * WAN, "span": None}})) == ("authority", 0, 30 * WAN)
    assert sums(rule(amount={"range": {"floor": 10 * WAN, "cap": 30 * WAN, "span": None}})) == (
        "sure",
        10 * WAN,
        30 * WAN,
    )


def test_the_first_case_that_holds_gives_the_amount():
    cases = [
        {"when": {"fact": "人数", "op": ">=", "value": 100}, "amount": {"fixed": {"fen": 9, "span": None}}},
        {"when": {"fact": "本市", "op": "=", "value": True}, "amount": {"fixed": {"fen": 5, "span": None}}},
    ]
    chosen = {"choose": cases}
    assert paid(chosen, {"人数": 100}) == (9, 9)
    assert paid(chosen, {"人数": 1, "本市": True}) == (5, 5)
    assert paid(chosen, {"人数": 1, "本市": False}) == (0, 0)
    assert paid(chosen, {"本市": True}) == (0, 9)


def test_case_by_case_has_no_sum_and_stands_outside():
    found = result(rule(amount={"case": True}))
    assert (found.group, found.verdict, found.upto_fen, found.touched) == ("case", "unknown", 0, False)


def test_a_sum_of_zero_is_not_owed():
    assert sums(rule(amount={"fixed": {"fen": 0, "span": None}})) == ("not", 0, 0)


def test_large_sums_stay_exact():
    big = 10**10
    assert paid(rate(7, 9, "营业收入"), {"营业收入": big}) == (big * WAN * 7 // 9,) * 2
    met = condition({"fact": "营业收入", "op": ">=", "value": 10**16})
    assert sums(rule(conditions=[met]), {"营业收入": big})[0] == "sure"
