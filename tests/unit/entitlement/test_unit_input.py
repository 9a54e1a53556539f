"""What a unit gives is read exactly or refused with its name; what it did not give stays unknown."""

import datetime as dt
import json

import pytest
from world import AS_OF, WAN, condition, event, pack, prize, rule

from luodi.entitlement.explain import explain
from luodi.errors import ContentError


def found(unit, *rules):
    return explain(pack(*(rules or (prize(),))), {"id": "甲", **unit}, AS_OF)


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ({"id": ""}, "单位没有编号"),
        ({"kind": "公司"}, "类型“公司”不认识"),
        ({"facts": {"人数": {"value": "多"}}}, "从业人数应为整数，读到的是“多”"),
        ({"facts": {"人数": {"value": 3, "unit": "万人"}}}, "单位应为“人”"),
        ({"facts": {"营业收入": {"value": -1}}}, "不能为负数"),
        ({"facts": {"营业收入": {"value": 1, "unit": "美元"}}}, "单位“美元”不认识"),
        ({"facts": {"研发费用": {"value": 0.001}}}, "不足一分"),
        ({"facts": {"营业收入": {"value": 10**12}}}, "超出可计算的范围"),
        ({"facts": {"成立日期": {"value": "2020-02-30"}}}, "应为YYYY-MM-DD 日期"),
        ({"facts": {"本市": {"value": 1}}}, "应为是/否"),
        ({"events": [event("一等", "3020-01-01")]}, "第 1 个事项：日期应为"),
        ({"events": [event("一等", rank=0)]}, "单位排名应为 1 或以上"),
        ({"events": [{"grade": "一等"}]}, "没有 kind"),
        ({"paid": [{"rule": "R1", "amount_fen": -5}]}, "不为负的整数 amount_fen"),
    ],
)
def test_a_wrong_value_is_named(unit, said):
    with pytest.raises(ContentError) as caught:
        found(unit)
    assert said in str(caught.value)


def test_money_may_come_in_any_unit_of_money():
    rich = rule(conditions=[condition({"fact": "研发费用", "op": "=", "value": 12_500_000})])
    for value, unit in ((12.5, "万元"), (125_000, "元"), (12_500_000, "分"), (125_000, None)):
        assert found({"facts": {"研发费用": {"value": value, "unit": unit}}}, rich).rules[0].group == "sure"


def test_facts_that_the_pack_does_not_know_are_reported():
    assert found({"facts": {"别的": 1}}).unread == ("事实 别的",)


def test_the_order_in_which_facts_are_given_changes_nothing():
    """An archive gives them back in another order, and a determination run again must come out bit for bit."""
    facts = {"研发费用": 1_000_000, "营业收入": 8000, "别的事实": 1, "再一个": 2, "又": 3}
    rules = (
        rule(conditions=[condition({"fact": "研发费用", "op": ">=", "value": {"fact": "营业收入"}})]),
        prize(id="R2"),
    )
    given, turned = (found({"facts": dict(order)}, *rules) for order in (facts.items(), reversed(facts.items())))
    assert given.as_json() == turned.as_json() and len(given.unread) == 3


def test_events_that_nobody_asked_for_stay_unknown():
    unasked = found({"asked": []}).rules[0]
    assert (unasked.group, unasked.verdict, unasked.upto_fen) == ("possible", "unknown", 0)
    assert [(each.fact_or_event, each.gain_fen) for each in unasked.missing] == [("奖项", 100 * WAN)]
    assert found({"asked": ["奖项"]}).rules[0].group == "not"
    assert found({}).rules[0].reason == "没有登记相关事项"


def test_what_was_paid_is_shown_beside_what_is_due():
    shown = found({"events": [event("一等")], "paid": [{"rule": "R1", "amount_fen": 5, "date": "2020-05-01"}]}).rules[0]
    assert (shown.sure_fen, shown.paid_fen) == (100 * WAN, 5)


def test_a_branch_sends_one_to_its_legal_person():
    shown = found({"legal_person": "乙", "events": [event("一等")]}).rules[0]
    assert (shown.group, shown.touched) == ("not", False) and "乙" in shown.reason


def test_a_determination_is_plain_json():
    written = json.loads(json.dumps(found({"events": [event("一等")]}).as_json(), ensure_ascii=False))
    assert written["as_of"] == AS_OF.isoformat()
    assert written["rules"][0]["events"][0] | {"conditions": None} == {
        "event_id": None,
        "kind": "奖项",
        "kind_words": "奖项",
        "grade": "一等",
        "date": "2020-03-01",
        "verdict": "yes",
        "sure_fen": 100 * WAN,
        "upto_fen": 100 * WAN,
        "reason": "符合",
        "conditions": None,
        "needs": None,
        "refusal": None,
        "article": "一",
        "span": [5, 8],
    }


def test_the_same_facts_give_the_same_determination():
    unit = {"events": [event("一等", id="a"), event("二等", id="b")]}
    assert found(unit) == found(unit)
    assert found(unit).rules[0].events[0].date == dt.date(2020, 3, 1)


def test_values_that_refuse_are_told_with_their_units():
    share = rule(
        conditions=[condition({"fact": "研发费用", "op": ">=", "value": {"fact": "营业收入", "times": [4, 100]}})]
    )
    said = found({"facts": {"研发费用": 1_000_000, "营业收入": 8000}}, share).rules[0].reason
    assert said.endswith("读到的是 研发费用 1000000元、营业收入 8000万元")


def test_a_sum_of_nothing_says_of_what_there_is_nothing():
    a_head = rule(amount={"per_unit": {"count": "人数", "fen": 5000, "cap": None, "span": None}})
    assert found({"facts": {"人数": 0}}, a_head).rules[0].reason == "按现有事实计算的金额为零：从业人数为 0"
