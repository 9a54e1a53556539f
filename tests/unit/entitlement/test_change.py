"""What ``--set`` reaches beyond plain sums: dated parameters, limits of groups and of the unit, marginal tiers, combined bases."""

import pyarrow as pa
import pytest
from world import AS_OF, EVENTS, FACTS, condition, event, on, pack, prize, rule

from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.entitlement.simulation.baseline import baseline
from luodi.entitlement.simulation.change import changeable, changed, parse_change
from luodi.entitlement.simulation.simulate import simulate
from luodi.errors import UsageError

YEARS = [
    {"from": "2020-01-01", "to": "2020-12-31", "value": 200_000, "source": "甲文"},
    {"from": "2021-01-01", "to": None, "value": 220_000, "source": "乙文"},
]
WAGE = {"id": "最低工资", "words": ["最低工资"], "type": "money", "unit": "元", "values": YEARS}
TEST = condition({"fact": "研发费用", "op": ">=", "value": {"param": "最低工资", "times": [3, 1]}})
SHARE = {"rate": {"rate": [1, 2], "base": {"least": ["研发费用", {"param": "最低工资"}]}, "cap": None, "span": None}}
TIERS = [{"from": 0, "to": 100_000_000, "rate": [5, 100]}, {"from": 100_000_000, "to": None, "rate": [3, 100]}]
MARGINAL = {"tiers": {"base": "营业收入", "marginal": True, "tiers": TIERS}}
PERSON = {"trigger": on("奖项", requires=["person"]), "limits": [{"per": ["person"], "fen": 100_000_000}]}
OWN = {"caps": [{"per": "unit", "at_most": {"fact": "研发费用", "times": [3, 10]}, "rules": ["R1"]}]}
STEPS = {"steps": {"base": "人数", "from": 0, "every": 10, "fen": 100, "cap": None}}
SHARES = {"per_unit": {"count": {"minus": [{"fact": "研发费用", "times": [1, 200_000]}, 1]}, "fen": 100, "cap": None}}
GIVEN = {"研发费用": 6600, "营业收入": 300, "人数": 100}
TWO = [event("一等", person="甲"), event("一等", "2020-04-01", person="甲")]


def loaded(given):
    return load_rules(pack(given) | {"vocabulary": {"events": EVENTS, "facts": FACTS, "parameters": [WAGE]}})


def due(rules, events=()):
    facts = {name: {"value": value} for name, value in GIVEN.items()}
    return explain(rules, {"id": "甲", "kind": "enterprise", "facts": facts, "events": list(events)}, AS_OF).sure_fen


@pytest.mark.parametrize(
    ("given", "events", "setting", "before", "after"),
    [
        (rule(conditions=[TEST]), [], "R1.condition.c.2=7000元", 10_000_000, 0),
        (rule(conditions=[TEST]), [], "R1.condition.c.1=7000元", 10_000_000, 10_000_000),
        (rule(amount=SHARE), [], "R1.base.2=3000元", 110_000, 150_000),
        (rule(amount=MARGINAL), [], "R1.tier2.rate=10%", 11_000_000, 25_000_000),
        (rule(amount=MARGINAL), [], "R1.tier2.from=200万元", 11_000_000, 13_000_000),
        (prize(**PERSON), TWO, "R1.group_limit=150万元", 100_000_000, 150_000_000),
        (rule(**OWN), [], "R1.limit.at_most=10%", 198_000, 66_000),
        (rule(amount=STEPS), [], "R1.base.1=5", 1_000, 2_000),
        (rule(amount=SHARES), [], "R1.base.1=1000元", 200, 500),
    ],
)
def test_a_setting_changes_what_it_names(given, events, setting, before, after):
    rules = loaded(given)
    assert (due(rules, events), due(changed(rules, [parse_change(setting, rules)]), events)) == (before, after)


def test_every_edition_of_a_parameter_tells_its_days():
    (first, second) = [each for each in changeable(loaded(rule(amount=SHARE))) if each.name.startswith("base")]
    assert (first.label, first.shown) == ("基数中的参数“最低工资”2020-01-01起至2020-12-31", "2000元")
    assert "2021-01-01起" in second.label and second.unit == "元"


def test_how_much_makes_a_share_is_told_as_people_write_it():
    (much, less, *_) = [each for each in changeable(loaded(rule(amount=SHARES))) if each.name.startswith("base")]
    assert (much.label, much.shown, less.shown) == ("基数中的研发费用每多少计1份", "2000元", "1")
    with pytest.raises(UsageError, match="不能是零"):
        changed(loaded(rule(amount=SHARES)), [parse_change("R1.base.1=0元", loaded(rule(amount=SHARES)))])


def test_conditions_and_limits_are_named_in_words():
    fields = changeable(
        loaded(rule(conditions=[TEST], amount=STEPS, caps=[{"per": "year", "fen": 100, "rules": ["R1"]}]))
    )
    labels = [each.label for each in fields]
    assert "每单位每年限额（R1合计）" in labels and "基数中的减去的常数" in labels
    assert any("不低于" in label for label in labels) and not any(sign in "".join(labels) for sign in "<>=")


def test_a_simulation_takes_such_a_change():
    rules = loaded(rule(amount=SHARE))
    units = pa.table({"unit_id": ["甲", "乙"], "kind": ["enterprise"] * 2, "研发费用": [6600, 1000]})
    none = pa.table({name: pa.array([], kind) for name, kind in (("unit_id", pa.string()), ("kind", pa.string()),
                     ("grade", pa.string()), ("date", pa.date32()))})  # fmt: skip
    outcome = simulate(baseline(rules, units, none, AS_OF), [parse_change("R1.base.2=3000元", rules)])
    assert (outcome.before.sure_fen, outcome.after.sure_fen, outcome.moves().gaining) == (160_000, 200_000, 1)


def test_what_cannot_be_changed_is_named_with_what_to_do():
    with pytest.raises(UsageError, match="可改的字段：amount.*改不了的是事项、等级.*另存一份政策包"):
        parse_change("R1.elsewhere=1元", loaded(rule()))
