"""Stacking: how often a rule pays, exclusive groups, caps in their order; totals leave out what has no sum."""

import datetime as dt
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world import AS_OF, WAN, condition, event, judged, pack, prize, result, rule, sums

from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.entitlement.stacking import Cell, Settlement


def fixed(name, wan, **more):
    return rule(id=name, amount={"fixed": {"fen": wan * WAN, "span": None}}, **more)


def sure(rules, **more):
    return [each.sure_fen // WAN for each in judged(rules, **more).rules]


@pytest.mark.parametrize(("paid", "wan"), [("each", 180), ("once", 140), ("per_side", 140), ("per_year", 140)])
def test_how_often_a_rule_pays(paid, wan):
    events = [event("二等", "2019-03-01"), event("一等", "2020-03-01"), event("二等", "2019-09-01")]
    assert sums(prize(paid=paid), events=events) == ("sure", wan * WAN, wan * WAN)


def test_per_year_pays_the_highest_of_each_year():
    events = [event("二等", "2019-03-01"), event("一等", "2019-05-01"), event("二等", "2020-03-01")]
    assert sums(prize(paid="per_year"), events=events)[1] == 140 * WAN


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_events_alike_but_for_what_they_are_grouped_by_stack_in_any_order(order):
    """Without ids: which of two equal events of a year counts decides what the next group adds."""
    per_issuer = {"ambiguity": "Q1", "when": None, "note": "口径", "per": ["issuer"]}
    alike = [
        event("一等", "2019-03-01", issuer="甲委"),
        event("一等", "2019-03-01", issuer="乙委"),
        event("一等", "2020-03-01", issuer="甲委"),
    ]
    reading = per_issuer | {"strict": "difference", "generous": "difference"}
    found = sums(prize(paid="per_year", readings=[reading]), events=[alike[place] for place in order])
    assert found == ("sure", 200 * WAN, 200 * WAN)


def test_in_an_exclusive_group_the_highest_stays_and_ties_go_to_the_first():
    assert sure([fixed("A", 5, exclusive="G"), fixed("B", 8, exclusive="G"), fixed("C", 1)]) == [0, 8, 1]
    assert sure([fixed("A", 5, exclusive="G"), fixed("B", 5, exclusive="G")]) == [5, 0]
    assert "同组就高" in judged([fixed("A", 5, exclusive="G"), fixed("B", 8, exclusive="G")]).rules[0].reason


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from([True, None, False])), min_size=1, max_size=4))
def test_the_totals_of_an_exclusive_group_enclose_every_outcome(members):
    """Whatever the open members turn out to be, what is paid lies between the sure and the possible total."""
    rules = load_rules(pack(*(fixed(f"R{at}", wan, exclusive="G") for at, (wan, _) in enumerate(members))))

    def totals(answers):
        due = [(at, members[at][0], answer) for at, answer in enumerate(answers) if answer is not False]
        cells = [Cell(at, 2020, wan if answer else 0, wan) for at, wan, answer in due]
        return [sum(side) for side in zip(*Settlement(rules).settled(cells, {}), strict=True)]

    least, most = totals([answer for _, answer in members])
    outcomes = product(*([True, False] if answer is None else [answer] for _, answer in members))
    sums = [sure for sure, _ in map(totals, outcomes)]
    assert (least, most) == (min(sums), max(sums))


ANSWERS = {
    True: condition({"fact": "本市", "op": "=", "value": True}),
    False: condition({"fact": "本市", "op": "=", "value": False}),
    None: condition({"fact": "人数", "op": ">=", "value": 50}),
}
MEMBERS = st.tuples(st.integers(1, 9), st.sampled_from(list(ANSWERS)), st.sampled_from(["G", "H", None]))


def asked(name, wan, answer, **more):
    """A rule whose one condition has been answered so, or not at all."""
    return fixed(name, wan, conditions=[ANSWERS[answer]], **more)


def paid(members, answers, limit, under):
    """What one outcome pays: of each group the highest, the first of equals, then at most the limit for those under it."""
    best = {}
    for at, (wan, _, group) in enumerate(members):
        if answers[at] and wan > best.get(group or at, (0, 0))[0]:
            best[group or at] = (wan, at)
    capped = sum(wan for wan, at in best.values() if at in under)
    free = sum(wan for wan, at in best.values() if at not in under)
    return free + (min(capped, limit) if limit else capped)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(MEMBERS, min_size=1, max_size=5),
    st.none() | st.integers(1, 20),
    st.sampled_from(["unit", "year"]),
    st.booleans(),
)
def test_the_totals_of_a_unit_enclose_every_outcome(members, limit, per, all_of_them):
    """Exact without a cap; never too low under one that takes in whole groups."""
    under = [at for at, (*_, group) in enumerate(members) if all_of_them or group != "G"]
    cap = {"per": per, "fen": (limit or 0) * WAN, "rules": [f"R{at}" for at in under]}
    more = {under[0]: {"caps": [cap]}} if limit and under else {}
    made = [
        asked(f"R{at}", wan, answer, exclusive=group, **more.get(at, {}))
        for at, (wan, answer, group) in enumerate(members)
    ]
    found = judged(made, {"本市": True})
    outcomes = product(*([True, False] if answer is None else [answer] for _, answer, _ in members))
    sums = [paid(members, answers, limit, under) * WAN for answers in outcomes]
    assert found.sure_fen <= min(sums) <= max(sums) <= found.upto_fen
    assert all(each.sure_fen <= each.upto_fen for each in found.rules)
    if not more:
        assert (found.sure_fen, found.upto_fen) == (min(sums), max(sums))


def test_an_open_rule_of_a_group_shows_what_it_adds_to_what_is_sure():
    def both(*rules):
        found = judged(list(rules), {"本市": True})
        return [(each.sure_fen // WAN, each.upto_fen // WAN) for each in (*found.rules, found)]

    usual = fixed("A", 5, exclusive="G")
    assert both(usual, asked("B", 8, None, exclusive="G")) == [(5, 5), (0, 3), (5, 8)]
    assert both(usual, asked("B", 4, None, exclusive="G")) == [(5, 5), (0, 0), (5, 5)]
    assert both(asked("B", 5, None, exclusive="G"), usual) == [(0, 0), (5, 5), (5, 5)]
    assert both(usual, asked("B", 8, None, exclusive="G"), asked("C", 9, None, exclusive="G"))[-1] == (5, 9)
    raised = judged([usual, asked("B", 8, None, exclusive="G")]).rules
    assert raised[0].reason == ""
    assert "代替同组已可确定的 5万元" in raised[1].reason
    assert [each.gain_fen for each in raised[1].missing] == [3 * WAN]


def test_a_group_of_which_one_alone_is_capped_keeps_both_sums():
    cap = {"per": "unit", "fen": 4 * WAN, "rules": ["B"]}
    found = judged([fixed("A", 5, exclusive="G"), asked("B", 8, None, exclusive="G", caps=[cap])])
    assert (found.sure_fen, found.upto_fen) == (5 * WAN, 9 * WAN)


def test_a_cap_cuts_later_rules_first():
    cap = {"per": "unit", "fen": 12 * WAN, "rules": ["A", "B", "C"]}
    assert sure([fixed("A", 5), fixed("B", 10), fixed("C", 10, caps=[cap])]) == [5, 7, 0]


def test_caps_apply_in_their_stated_step():
    inner = {"per": "unit", "fen": 4 * WAN, "rules": ["B", "C"], "step": 1}
    outer = {"per": "unit", "fen": 8 * WAN, "rules": ["A", "B", "C"], "step": 2}
    assert sure([fixed("A", 5, caps=[outer]), fixed("B", 3, caps=[inner]), fixed("C", 3)]) == [5, 3, 0]


def test_a_cap_for_each_year():
    cap = {"per": "year", "fen": 100 * WAN, "rules": ["R1"]}
    events = [event("一等", "2019-03-01"), event("二等", "2019-06-01"), event("二等", "2020-06-01")]
    assert sums(prize(caps=[cap]), events=events)[1] == 140 * WAN


def test_a_year_that_another_rule_may_take_adds_nothing_to_the_other_years():
    cap = {"per": "year", "fen": 40 * WAN, "rules": ["A", "R1"]}
    first = rule(id="A", amount={"capped": {"cap": 100 * WAN, "span": None}}, window={"from": None, "to": None})
    events = [event("一等", "2020-03-01"), event("一等", "2021-03-01"), event("一等", None)]
    found = judged([first, prize(caps=[cap], window={"from": "2019-01-01", "to": "2021-12-31"})], events=events)
    assert [(each.sure_fen // WAN, each.upto_fen // WAN) for each in found.rules] == [(0, 40), (80, 80)]


def test_a_budget_for_all_units_cuts_nobody():
    cap = {"per": "total", "fen": 1, "rules": ["A"]}
    assert sure([fixed("A", 5, caps=[cap])]) == [5]


def test_totals_leave_out_what_is_decided_case_by_case():
    found = judged([fixed("A", 5), rule(id="B", amount={"case": True})])
    assert (found.sure_fen, found.upto_fen, len(found.by_group("case"))) == (5 * WAN, 5 * WAN, 1)


def test_after_its_term_a_policy_says_so_and_events_within_it_still_count():
    found = judged([prize()], events=[event("一等", "2020-12-31")], as_of=dt.date(2021, 1, 1))
    assert (found.lapsed, found.pending, found.sure_fen) == (True, False, 100 * WAN)
    assert judged([prize()], as_of=dt.date(2018, 12, 31)).pending


def test_the_next_grade_and_what_it_would_add():
    tier = result(prize(), events=[event("二等")]).next_tier
    assert (tier.label, tier.gain_fen) == ("一等", 60 * WAN)


MONEY = st.integers(0, 20 * WAN)
FROM_ELSEWHERE = [
    {"elsewhere": {"fact": "研发费用", "takes": "difference"}},
    {"elsewhere": {"fact": "研发费用", "takes": "highest"}},
    {"elsewhere": {"fact": "研发费用", "takes": "none"}},
    {"caps": [{"per": "unit", "fen": 12 * WAN, "rules": ["R1"], "received": "研发费用"}]},
]


@pytest.mark.parametrize("bound", FROM_ELSEWHERE, ids=["difference", "highest", "none", "cap"])
@settings(max_examples=30, deadline=None)
@given(own=MONEY, yuan=st.integers(0, 200_000))
def test_money_from_elsewhere_and_what_is_due_keep_within_what_the_text_allows(bound, own, yuan):
    """Both together, against the definition in words; with the sum unknown the result spans every answer."""
    given_rule, got = rule(amount={"fixed": {"fen": own, "span": None}}, **bound), yuan * 100
    found, unknown = explained(given_rule, {"研发费用": yuan}), explained(given_rule, {})
    whole = {"difference": max(own, got), "highest": max(own, got), "none": got or own}
    takes = bound.get("elsewhere", {}).get("takes")
    if takes is None:
        assert found.sure_fen + got <= max(12 * WAN, got) and found.sure_fen == min(own, max(0, 12 * WAN - got))
    elif takes == "highest":
        assert found.sure_fen in (0, own) and max(found.sure_fen, got) == whole[takes]
    else:
        assert found.sure_fen + got == whole[takes]
    assert found.sure_fen == found.upto_fen and unknown.sure_fen <= found.sure_fen <= unknown.upto_fen
    assert unknown.group == ("possible" if own else "not") and bool(unknown.missing) == (own > 0)


def explained(given_rule, facts):
    return explain(pack(given_rule), {"id": "甲", "facts": facts}, AS_OF).rules[0]
