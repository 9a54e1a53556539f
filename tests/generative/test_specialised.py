"""A rule set as one function gives what the judges and the settlement give, verdict by verdict and to the fen."""

import datetime as dt
import os
import random
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rule_sets import AS_OF, UNIT_KINDS, packs, populations

from luodi.entitlement.condition import question
from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.entitlement.payable import due
from luodi.entitlement.ready import ready
from luodi.entitlement.result import RuleResult
from luodi.entitlement.spelling import Spelling
from luodi.entitlement.telling import Telling
from luodi.entitlement.unit import Source, Unit, read_unit

EXAMPLES = int(os.environ.get("LUODI_EXAMPLES", "80"))
EVERYWHERE = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
PLAIN = {
    "id": "plain", "version": 1, "title": "", "ambiguities": [],
    "facts": {"validity": {"effective_from": None, "effective_to": None}},
    "vocabulary": {"events": [], "facts": [
        {"id": name, "words": [name], "type": kind, "unit": unit}
        for name, kind, unit in (("m1", "money", "元"), ("m2", "money", "分"), ("x1", "money", "分"), ("n1", "integer", "人"))
    ] + [{"id": "b1", "words": ["本市"], "type": "boolean", "unit": None}]},
}  # fmt: skip
SOURCES = st.sampled_from([None, {}, {"source": "年报"}, {"source": "税务", "as_of": "2021-12-31"}])
MONEY = [None, 0, 1, 3, 50, 99, 100, 101, 300, 500_000, 999_999, 10**6, 10**6 + 1, 10**12, 10**12 + 5]
POOLS = {
    "m1": MONEY, "m2": MONEY, "x1": [None, 0, 1, 700, 10**7], "n1": [None, -2, 0, 1, 2, 3, 5, 41], "b1": [None, True, False],
    "r1": [None, Decimal("0.1"), Decimal(1), Decimal("0.3333")], "d1": [None, dt.date(2019, 12, 31), dt.date(2020, 1, 1)],
    "c1": [None, "C1", "C'2", "C3"], "cs": [None, (), ("t1",), ("t3", "t2")], "unit.kind": [None, *UNIT_KINDS],
}  # fmt: skip


def agree(prepared, unit):
    facts = {**unit.values, "day": AS_OF, "as_of": AS_OF}
    sums, verdicts = prepared.sums(unit, facts, AS_OF)
    assert sums == prepared.settled(prepared.items(unit, facts, AS_OF), facts)
    quick, slow = (Telling(prepared, unit, facts, sums, each) for each in (verdicts, None))
    for at, stated in enumerate(prepared.stated):
        result = RuleResult(stated, at, quick, *sums[at])
        assert quick.conditions(result) == slow.conditions(result)


@EVERYWHERE
@given(packs(events=False), st.randoms(use_true_random=False))
def test_every_test_and_amount(pack, chance):
    """Each for itself, with facts at, beside and far from the thresholds, and some that nobody gave."""
    rules = load_rules(pack)
    for rule in rules.rules:
        say = Spelling(rules.words)
        tests = [condition.test for condition in rule.conditions] + [reading.when for reading in rule.readings]
        tests = [test for test in tests if test is not None]
        answers = [say.test(test) for test in tests]
        lines = [*say.amount(rule.amount, "low", "high"), f"return low, high, [{', '.join(answers)}]"]
        facts = [f"{local} = get({name!r})" for name, local in say.facts.items()]
        space = dict(say.values)
        exec("\n    ".join(["def spelled(get, day):", *facts, *lines]), space)
        meant, questions = due(rule.amount), [question(test) for test in tests]
        for _ in range(100):
            lookup = {name: chance.choice(pool) for name, pool in POOLS.items()} | {"day": AS_OF}
            payable = meant(lookup.get)
            expected = payable.low if payable.known else None, payable.high, [ask(lookup.get) for ask in questions]
            assert space["spelled"](lookup.get, AS_OF) == expected


@EVERYWHERE
@given(packs(events=False), st.randoms(use_true_random=False))
def test_rules_on_the_unit(pack, chance):
    prepared = ready(load_rules(pack))
    for _ in range(10):
        agree(prepared, a_unit(chance))


@pytest.mark.parametrize("seed", range(30))
def test_groups_and_caps(seed):
    """Rules of one group with ties and zeros between them, under caps of several steps, some of them of the unit."""
    chance = random.Random(seed)
    prepared = ready(load_rules(PLAIN | {"rules": [a_rule(at, chance) for at in range(6)]}))
    assert "settle" not in prepared.specialised.text
    for _ in range(40):
        agree(prepared, a_unit(chance))


def a_unit(chance):
    values = {name: chance.choice(pool) for name, pool in POOLS.items()}
    sources = {name: Source("年报", chance.choice([None, AS_OF])) for name in POOLS if chance.random() < 0.1}
    return Unit("甲", values["unit.kind"], None, values, sources, (), (), {}, None, ())


def a_rule(at, chance):
    rate = {
        "rate": [1, chance.choice([1, 2])],
        "base": chance.choice(["m1", "m2"]),
        "cap": chance.choice([None, 10**6]),
    }
    rounding = {"rounding_fen": 100, "rounding": chance.choice(["down", "half", "up"])}
    fixed, counted = {"fixed": {"fen": 100, "span": None}}, {"per_unit": {"count": "n1", "fen": 100, "cap": None}}
    assumed = {"fact": "b1", "op": "=", "value": True}
    condition = {"id": "c", "text": "条件", "test": assumed, "assume": chance.random() < 0.5, "events": None}
    condition |= {"mode": chance.choice(["ask", "attest"]), "fails": chance.choice(["no", "authority"])}
    return {
        "id": f"R{at}", "article": "一", "item": "一", "title": f"规则{at}", "trigger": None, "paid": "each", "paid_why": "",
        "recipients": {"kinds": chance.choice([["park"], list(UNIT_KINDS)]), "otherwise": "no"},
        "window": {"from": None, "to": None}, "refusals": [], "readings": [],
        "conditions": chance.choice([[], [condition]]),
        "amount": chance.choice([{"rate": rate, **rounding}, fixed, counted, {"capped": {"cap": 300, "span": None}}]),
        "exclusive": chance.choice(["X", "Y", None]),
        "caps": [a_cap(chance) for _ in range(chance.choice([0, 0, 1]))],
    }  # fmt: skip


def a_cap(chance):
    most = chance.choice([{"fen": 250}, {"fen": 10**6}, {"at_most": "m1", "fen": None}, {"fen": 500, "received": "x1"}])
    rules = sorted(chance.sample([f"R{at}" for at in range(6)], 3))
    return {"per": "unit", "step": chance.choice([1, 2]), "rules": rules, **most}


@settings(EVERYWHERE, max_examples=EXAMPLES // 3)
@given(packs(), populations(), st.data())
def test_rules_on_events_and_branches(pack, population, data):
    rules = load_rules(pack)
    for each in given_units(population, rules, data):
        agree(ready(rules), read_unit(each, rules))


def given_units(population, rules, data):
    """Units as explain takes them, some facts with a source, some units branches."""
    units, events = population
    for each in units:
        facts = {name: value for name, value in each.items() if name in rules.words.facts}
        for name, value in facts.items():
            if (source := data.draw(SOURCES)) is not None:
                facts[name] = {"value": value, **source}
        own = [event for event in events if event["unit_id"] == each["unit_id"]]
        branch = {"legal_person": each["legal_person"]} if each.get("legal_person") else {}
        yield {"id": each["unit_id"], "kind": each["kind"], "facts": facts, "events": own, **branch}


def test_people_may_read_the_function():
    """It names the rules and says nothing that a rule wrote other than in literals and comments of one line."""
    unit = {"id": "甲", "facts": {"n'\n": 3}}
    condition = {"id": "c", "text": 'x"\n\\', "test": {"fact": "n'\n", "op": ">=", "value": 2}, "article": "甲'\n"}
    facts = [{"id": "n'\n", "words": ["人\n数'"], "type": "integer", "unit": "人"}]
    pack = PLAIN | {
        "vocabulary": {"events": [], "facts": facts},
        "rules": [
            {
                "id": "R1",
                "title": "一\nraise SystemExit",
                "article": "一",
                "item": "一",
                "recipients": {"kinds": ["enterprise"], "otherwise": "no"},
                "trigger": None,
                "window": {"from": None, "to": None},
                "conditions": [condition],
                "amount": {"fixed": {"fen": 500, "span": None}},
                "paid": "each",
                "paid_why": "",
                "refusals": [],
                "readings": [],
            }
        ],
    }
    rules = load_rules(pack)
    assert "# R1 一 raise SystemExit" in ready(rules).specialised.text
    found = explain(rules, unit | {"kind": "enterprise"}, AS_OF).rules[0]
    assert found.sure_fen == 500
    assert found.conditions[0].text == condition["text"]
