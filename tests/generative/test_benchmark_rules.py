"""HZ-7 and COND-20 as packs mean what the shared benchmark's own rule files say."""

import datetime as dt
import json
import random
import re
from pathlib import Path

import pytest

from conftest import CORPUS, NO_CORPUS
from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.policy.pack import read_pack

PACKS = Path(__file__).parents[2] / "bench" / "entitlement"
RULES = CORPUS.parent / "bench" / "entitlement" / "rules"
YUAN = 100
AS_OF = dt.date(2021, 12, 31)
UNITS = 400


def shared(name):
    if not RULES.is_dir():
        pytest.skip(f"{NO_CORPUS}, no benchmark at {RULES}")
    return json.loads((RULES / f"{name}.json").read_text("utf-8"))


def test_hz7_says_what_the_shared_rules_say():
    said, pack = shared("hz7"), read_pack(PACKS / "hz7.yaml")
    window = {"from": said["valid_from"], "to": said["valid_to"]}
    assert [
        (rule["id"], rule["trigger"]["events"], rule["paid"], rule["window"], sums(rule["amount"]["by_grade"]))
        for rule in pack.rules
    ] == [(rule["rule"], rule["kinds"], rule["paid"], window, rule["amount"]) for rule in said["rules"]]
    assert not any(rule["conditions"] or rule["readings"] or rule["refusals"] for rule in pack.rules)


def sums(by_grade):
    return {grade: each["fen"] // YUAN for grade, each in by_grade.items()}


def test_cond20_gives_every_unit_what_the_shared_rules_say():
    said, rules = shared("cond20"), load_rules(read_pack(PACKS / "cond20.yaml"))
    chance = random.Random(20)
    owed = 0
    for _ in range(UNITS):
        unit = firm(chance, said)
        facts = {name: {"value": value} for name, value in unit.items()}
        found = {each.rule: each.sure_fen for each in explain(rules, {"id": "甲", "facts": facts}, AS_OF).rules}
        expected = capped(kept(raw(said, unit), said), said)
        assert found == {rule: yuan * YUAN for rule, yuan in expected.items()}
        owed += sum(expected.values()) > 0
    assert owed > UNITS // 2


def firm(chance, said):
    """A unit whose numbers stand at, beside or far from the thresholds that the rules name."""
    edges = sorted({int(n) for rule in said["rules"].values() for c in rule["when"] for n in re.findall(r"\d+", c)})
    edges += [5_000_000, 20_000_000, 10**8, 5 * 10**8, 10**9, 5 * 10**9]

    def money():
        near = chance.choice(edges) + chance.choice([-1, 0, 1])
        return max(0, chance.choice([0, near, int(10 ** chance.uniform(3, 9))]))

    revenue = max(0, chance.choice(edges) * chance.choice([1, 1, 20]) + chance.choice([-1, 0, 1]))
    invested = ("equip_invest", "loan_interest", "rent_paid", "export_value", "tax_paid", "national_grant")
    return {
        "sector": chance.choice([*(code for codes in said["sets"].values() for code in codes), "E47"]),
        "district": f"D{chance.randint(1, 13):02d}",
        "founded": chance.choice(["2015-12-31", "2016-01-01", "2017-12-31", "2018-01-01", "2018-12-31", "2019-01-01"]),
        "employees": chance.choice([1, 4, 5, 19, 20, 50, 51, 99, 100, 150, 300, 301, 900]),
        "revenue": revenue,
        "revenue_prev": chance.choice([0, revenue, revenue * 100 // 120, revenue * 100 // 120 + 1, revenue + 1]),
        "rd_spend": chance.choice([0, *(revenue * share // 100 + more for share in (3, 5, 10, 30) for more in (0, 1))]),
        **{name: money() for name in invested},
        "patents": chance.randint(0, 60),
        "phd_hired": chance.choice([0, 0, 1, 12]),
        "energy_saved": chance.choice([0, 499, 500, 9000]),
        "hightech": chance.random() < 0.5,
        "sme_level": chance.randint(0, 3),
        "listing": chance.choice([0, 0, 1, 2, 3]),
    }


def raw(said, unit):
    """The sum of each rule before groups and caps, in yuan: conditions as written, amounts as the prose has it."""
    words = {**unit, **said["sets"]}
    found = {}
    for name, rule in said["rules"].items():
        tests = [re.sub(r"(\d{4}-\d\d-\d\d)", r"'\1'", each) for each in rule["when"]]
        met = name == "R08" or all(eval(each, {}, words) for each in tests)
        found[name] = min(pays(rule["amount"], name, unit), rule.get("max", 10**18)) if met else 0
    return found


def pays(text, name, unit):
    if found := re.fullmatch(r"(\d+)% (?:(\w+)(?: \(1:1\))?|\((.+)\))", text):
        base = eval((found[2] or found[3]).replace("floor(", "(").replace("/", "//"), {}, dict(unit))
        return base * int(found[1]) // 100
    if found := re.fullmatch(r"(\d+) per mille (\w+)", text):
        return unit[found[2]] * int(found[1]) // 1000
    if name == "R02":
        rates = re.findall(r"(?:\[|>=)(\d+e\d+)\D*?(?:\d*e?\d*\))? ?(\d+)%", text)
        invested = unit["equip_invest"]
        return max([0, *(invested * int(rate) // 100 for start, rate in rates if invested >= float(start))])
    if name == "R05":
        steps = [(3, 5, 500_000), (5, 8, 1_000_000), (10, 10, 3_000_000)]
        assert all(f"{rate}%" in text and f"max {cap}" in text for _, rate, cap in steps)
        spent, revenue = unit["rd_spend"], unit["revenue"]
        fits = [(rate, cap) for start, rate, cap in steps if spent * 100 >= revenue * start]
        return min(spent * fits[-1][0] // 100, fits[-1][1]) if fits else 0
    if name == "R08":
        crossed = [(float(t), int(yuan)) for t, yuan in re.findall(r"(\d+e\d+) (\d+)", text)]
        return max([0, *(yuan for t, yuan in crossed if unit["revenue_prev"] < t <= unit["revenue"])])
    if levels := dict(re.findall(r"(\d) (\d{6,})", text)):
        return int(levels.get(str(unit["sme_level" if name == "R12" else "listing"]), 0))
    return eval(text, {}, dict(unit))


def kept(amounts, said):
    for members in said["groups"].values():
        best = max(members, key=lambda name: (amounts[name], -members.index(name)))
        amounts = {name: 0 if name in members and name != best else yuan for name, yuan in amounts.items()}
    return amounts


def capped(amounts, said):
    for cap, members in ((said["sub_cap"]["max"], said["sub_cap"]["rules"]), (said["annual_cap"], list(amounts))):
        left = cap
        for name in members:
            amounts = {**amounts, name: min(amounts[name], left)}
            left -= amounts[name]
    return amounts
