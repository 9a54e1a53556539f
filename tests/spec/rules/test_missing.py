"""What is missing (还差什么): the nearest change that would grant an award, and the next tier of one that is granted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world import AS_OF, WAN, condition, event, judged, on, pack, prize, result, rule

from luodi.entitlement.explain import explain

BIG = condition({"fact": "人数", "op": ">=", "value": 50}, id="big")
HERE = condition({"fact": "本市", "op": "=", "value": True}, id="here")


def nearest(rules, *args, **more):
    return result(rules, *args, **more).nearest


def moved(found):
    return [(change.fact, change.value, change.threshold, change.unit) for change in found.changes]


def test_a_refusal_tells_the_fact_its_value_the_threshold_and_the_gain():
    found = nearest(rule(conditions=[BIG]), {"人数": 20})
    assert (moved(found), found.gain_fen) == ([("人数", 20, 50, "人")], 10 * WAN)
    assert found.words == "从业人数达到50人（现为20人）" and found.changes[0].condition == "big"


def test_an_unknown_fact_is_told_as_not_given():
    found = nearest(rule(conditions=[BIG]), {})
    assert (moved(found), found.words) == ([("人数", None, 50, "人")], "从业人数达到50人（尚未提供）")


def test_all_changes_that_are_needed_are_told_together():
    found = nearest(rule(conditions=[BIG, HERE]), {"人数": 20, "本市": False})
    assert [change.fact for change in found.changes] == ["人数", "本市"] and found.gain_fen == 10 * WAN


def test_of_alternatives_the_one_with_the_fewest_changes_is_told():
    either = condition({"any": [{"all": [BIG["test"], HERE["test"]]}, {"fact": "行业", "op": "in", "value": ["C26"]}]})
    found = nearest(rule(conditions=[either]), {"人数": 20, "本市": False, "行业": "A01"})
    assert moved(found) == [("行业", "A01", "C26", None)]


def test_a_share_of_another_fact_is_told_as_the_sum_that_reaches_it():
    share = condition({"fact": "研发费用", "op": ">=", "value": {"fact": "营业收入", "times": [1, 30]}})
    found = nearest(rule(conditions=[share]), {"营业收入": 100, "研发费用": 33_333})
    assert found.changes[0].threshold * 30 >= 100 * 10_000 > (found.changes[0].threshold - 1) * 30


@pytest.mark.parametrize(
    "test",
    [
        {"fact": "unit.kind", "op": "=", "value": "park"},
        {"fact": "成立日期", "op": ">=", "value": "2020-01-01"},
        {"fact": "行业", "op": "not_in", "value": ["C26"]},
    ],
)
def test_what_nobody_can_change_is_not_told(test):
    assert nearest(rule(conditions=[condition(test)]), {"成立日期": "2019-01-01", "行业": "C26"}) is None


def test_a_look_alike_and_a_day_outside_the_window_are_nothing_to_change():
    refusing = prize(refusals=[{"id": "相似", "match": {"event": ["相似奖"]}, "reason": "否"}])
    assert nearest(refusing, events=[event(kind="相似奖")]) is None
    assert nearest(prize(), events=[event("一等", "2018-12-31")]) is None


def test_without_any_event_the_first_one_is_told_while_the_window_is_open():
    open_ = prize(window={"from": None, "to": None})
    found = explain(pack(open_), {"id": "甲"}, AS_OF).rules[0].nearest
    assert (found.words, found.gain_fen) == ("取得奖项（二等）", 40 * WAN)
    assert explain(pack(prize(trigger=on("奖项"))), {"id": "甲"}, AS_OF).rules[0].nearest is None


def test_below_the_lowest_tier_that_one_is_told_and_why_there_is_nothing():
    tiers = [{"from": 500 * WAN, "to": 1000 * WAN, "fen": 5 * WAN}, {"from": 1000 * WAN, "to": None, "fen": 9 * WAN}]
    told = condition({"fact": "本市", "op": "=", "value": True}, id="told", mode="attest")
    found = result(rule(conditions=[told], amount={"tiers": {"base": "营业收入", "tiers": tiers}}), {"营业收入": 300})
    assert (found.group, found.nearest.words) == ("not", "营业收入达到500万元（现为300万元）")
    assert found.nearest.gain_fen == 5 * WAN
    assert found.reason == "按现有事实计算的金额为零：营业收入为300万元，不在给付的任何一档"


def test_of_a_share_of_nothing_no_spending_is_told():
    share = {"rate": {"rate": [8, 100], "base": "研发费用", "floor": None, "cap": 60 * WAN, "span": None}}
    found = result(rule(amount=share), {"研发费用": 0})
    assert found.nearest is None and found.reason == "按现有事实计算的金额为零：研发费用为 0"


def test_the_gain_is_what_stays_after_exclusive_groups_and_caps():
    smaller = rule(id="A", conditions=[BIG], exclusive="G", amount={"fixed": {"fen": 30 * WAN, "span": None}})
    larger = rule(id="B", exclusive="G", amount={"fixed": {"fen": 20 * WAN, "span": None}})
    assert nearest([smaller, larger], {"人数": 1}).gain_fen == 10 * WAN
    assert nearest([smaller | {"amount": larger["amount"]}, larger], {"人数": 1}) is None
    capped = rule(conditions=[BIG], caps=[{"per": "unit", "fen": 3 * WAN, "rules": ["R1"]}])
    assert nearest(capped, {"人数": 1}).gain_fen == 3 * WAN


def tier(amount, facts):
    found = result(rule(amount=amount), facts).next_tier
    return found and (found.fact, found.threshold, found.gain_fen)


def test_the_next_step_of_a_count_and_the_base_that_reaches_the_cap():
    each = {"per_unit": {"count": {"minus": ["人数", 10]}, "fen": 1000, "cap": 3000, "span": None}}
    assert tier(each, {"人数": 11}) == ("人数", 12, 1000)
    assert tier(each, {"人数": 13}) is None
    rate = {"rate": {"rate": [1, 10], "base": "研发费用", "cap": 20_000, "span": None}}
    assert tier(rate, {"研发费用": 500}) == ("研发费用", 2000, 15_000)
    assert tier(rate, {"研发费用": 2000}) is None


def test_the_next_case():
    cases = [
        {"when": BIG["test"], "amount": {"fixed": {"fen": 9, "span": None}}},
        {"when": {"fact": "人数", "op": ">=", "value": 10}, "amount": {"fixed": {"fen": 5, "span": None}}},
    ]
    assert tier({"choose": cases}, {"人数": 10}) == ("人数", 50, 4)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), st.booleans(), st.sampled_from([None, 0, 999, 1000, 50_000]))
def test_making_the_change_gives_exactly_the_gain(people, here, money):
    """A promise is kept: the unit with the change made gets what was told, to the fen."""
    rate = {"rate": {"rate": [1, 7], "base": "研发费用", "cap": 50_001, "span": None}}
    rules = pack(rule(conditions=[BIG, HERE]), rule(id="R2", amount=rate))
    facts = {"人数": people, "本市": here} | ({} if money is None else {"研发费用": money})

    def upto(more):
        given = {name: {"value": value} for name, value in (facts | more).items()}
        return explain(rules, {"id": "甲", "facts": given}, AS_OF)

    before = upto({})
    for each in before.rules:
        if each.nearest:
            after = upto({change.fact: change.threshold for change in each.nearest.changes})
            assert after.upto_fen - before.upto_fen == each.nearest.gain_fen > 0
        if each.next_tier:
            after = upto({each.next_tier.fact: each.next_tier.threshold})
            assert after.upto_fen - before.upto_fen == each.next_tier.gain_fen > 0


def test_terminal_output_says_it(capsys):
    from rich.console import Console

    from luodi.entitlement.show import show

    show(judged([rule(conditions=[BIG])], {"人数": 20}), Console(width=200))
    assert "还差什么：从业人数达到50人（现为20人），可增 10万元" in capsys.readouterr().out


def test_of_several_tiers_above_the_nearest_gain_is_told():
    steps = [(0, 10, 1), (10, 20, 2), (20, 30, 5), (30, None, 9)]
    tiers = [{"from": start, "to": end, "fen": fen * WAN} for start, end, fen in steps]
    assert tier({"tiers": {"base": "人数", "tiers": tiers}}, {"人数": 3}) == ("人数", 10, WAN)
