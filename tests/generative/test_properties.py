"""What must hold for every rule set and unit: unknown is never no, windows grow, order does not matter, caps hold."""

import copy
import datetime as dt
import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rule_sets import AS_OF, END, packs, populations

from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules

EXAMPLES = int(os.environ.get("LUODI_EXAMPLES", "30"))
EVERYWHERE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
VALUES = {
    "m1": st.integers(0, 10**9), "m2": st.integers(0, 10**9), "n1": st.integers(-3, 60), "r1": st.just(1),
    "d1": st.dates(dt.date(2018, 1, 1), dt.date(2023, 1, 1)), "b1": st.booleans(), "c1": st.sampled_from(["C1", "C3"]),
    "cs": st.lists(st.sampled_from(["t1", "t3"]), max_size=2),
}  # fmt: skip


def one(population):
    """A unit of the population as explain takes it, without branches."""
    units, events = population
    if not units:
        return {"id": "甲", "facts": {}, "events": []}
    own = [event for event in events if event["unit_id"] == units[0]["unit_id"]]
    facts = {name: {"value": value} for name, value in units[0].items() if name in VALUES}
    return {"id": "甲", "kind": units[0]["kind"], "facts": facts, "events": own}


def found(rules, unit, as_of=AS_OF):
    return explain(rules, unit, as_of)


def by_itself(pack):
    """The pack without exclusive groups, caps and assumptions: what each rule gives by itself."""
    plain = copy.deepcopy(pack)
    for rule in plain["rules"]:
        rule |= {"caps": [], "exclusive": None}
        for part in (*rule["readings"], *rule["conditions"]):
            part["assume"] = False
    return plain


def settled_reading(pack):
    """The pack without stages too: what one event or fact gives by itself."""
    plain = by_itself(pack)
    for rule in plain["rules"]:
        rule |= {"paid": "each", "limits": []}
        rule["readings"] = [each for each in rule["readings"] if each["strict"] in ("none", "full")]
    return plain


@EVERYWHERE
@given(packs(), populations(), st.data())
def test_unknown_is_never_no(pack, population, data):
    """Whatever a missing fact turns out to be, the result lies between what was sure and what was possible."""
    rules, unit = load_rules(by_itself(pack)), one(population)
    missing = [name for name in VALUES if unit["facts"].get(name, {}).get("value") is None]
    if not missing:
        missing = [data.draw(st.sampled_from(sorted(VALUES)))]
        unit["facts"][missing[0]] = {"value": None}
    before = found(rules, unit)
    for name in missing:
        unit["facts"][name] = {"value": data.draw(VALUES[name])}
    after = found(rules, unit)
    for was, now in zip(before.rules, after.rules, strict=True):
        assert was.sure_fen <= now.sure_fen, was.rule
        open_ = any(item.open for item in was.telling.judged[was.at])
        assert now.upto_fen <= was.upto_fen or open_, was.rule
        assert was.group != "not" or now.upto_fen == 0, "a no must stay a no"


@EVERYWHERE
@given(packs(), populations(), st.randoms(use_true_random=False))
def test_neither_the_order_of_events_nor_a_second_run_changes_anything(pack, population, random):
    rules, unit = load_rules(pack), one(population)
    first = found(rules, unit)
    assert found(rules, unit) == first
    shuffled = unit | {"events": random.sample(unit["events"], len(unit["events"]))}
    again = found(rules, shuffled)
    assert [(r.group, r.sure_fen, r.upto_fen) for r in again.rules] == [
        (r.group, r.sure_fen, r.upto_fen) for r in first.rules
    ]


@EVERYWHERE
@given(packs(), populations())
def test_strict_is_at_most_generous_and_sums_stay_within_their_caps(pack, population):
    rules = load_rules(pack)
    result = found(rules, one(population))
    sums = {each.rule: (each.sure_fen, each.upto_fen) for each in result.rules}
    assert all(0 <= sure <= upto for sure, upto in sums.values())
    for cap in rules.caps():
        if cap.per == "unit" and cap.fen is not None:  # a cap that hangs on the unit: test_stacking
            assert sum(sums[name][0] for name in set(cap.rules)) <= cap.fen
    for group in {rule.exclusive for rule in rules.rules if rule.exclusive}:
        paid = [rule.id for rule in rules.rules if rule.exclusive == group and sums[rule.id][0]]
        assert len(paid) <= 1


@EVERYWHERE
@given(packs(), populations(), st.integers(0, 60))
def test_a_longer_window_never_pays_less(pack, population, days):
    plain = settled_reading(pack)
    for rule in plain["rules"]:
        rule["window"] = {"from": "2019-01-14", "to": END.isoformat()}
    wider = copy.deepcopy(plain)
    for rule in wider["rules"]:
        rule["window"] = {
            "from": (dt.date(2019, 1, 14) - dt.timedelta(days)).isoformat(),
            "to": (END + dt.timedelta(days)).isoformat(),
        }
    unit = one(population)
    for narrow, wide in zip(found(load_rules(plain), unit).rules, found(load_rules(wider), unit).rules, strict=True):
        assert narrow.sure_fen <= wide.sure_fen


@pytest.mark.parametrize("fen", [0, 1, 10**6])
@EVERYWHERE
@given(packs(), populations())
def test_money_received_elsewhere_is_taken_off_once(fen, pack, population):
    """What was received reduces a rule without stages by at most that much for each event, and never below nothing."""
    plain = settled_reading(pack)
    plain["vocabulary"]["facts"].append({"id": "got", "words": ["已领"], "type": "money", "unit": "分"})
    less = copy.deepcopy(plain)
    for rule in less["rules"]:
        if "case" not in rule["amount"]:
            rule["amount"] = {"less": {"amount": rule["amount"], "received": "got"}}
    unit = one(population)
    unit["facts"] = unit["facts"] | {"got": {"value": fen, "unit": "分"}}
    whole, rest = found(load_rules(plain), unit), found(load_rules(less), unit)
    for before, after in zip(whole.rules, rest.rules, strict=True):
        events = max(1, len(before.telling.judged[before.at]))
        assert max(0, before.sure_fen - fen * events) <= after.sure_fen <= before.sure_fen
