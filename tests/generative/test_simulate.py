"""What-if: any change of any field gives what a full evaluation of the changed rules gives, to the fen."""

import os
from collections import Counter
from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from interpreted import interpreted
from rule_sets import AS_OF, EVENTS, UNITS, packs, populations

from luodi.entitlement.engines.kernel import plan as kernel
from luodi.entitlement.loading import load_rules
from luodi.entitlement.population import evaluate
from luodi.entitlement.simulation import baseline as keeping
from luodi.entitlement.simulation import simulate as simulating
from luodi.entitlement.simulation.baseline import baseline
from luodi.entitlement.simulation.change import changeable, changed, parse_change
from luodi.entitlement.simulation.simulate import simulate
from luodi.entitlement.simulation.values import written
from luodi.errors import UsageError

EXAMPLES = int(os.environ.get("LUODI_EXAMPLES", "60")) // 3
CHECKS = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
VALUES = {
    "money": ["0元", "7分", "100元", "30万元", "0.5亿元"],
    "rate": ["10%", "12.5%", "1/3", "2‰", "150%"],
    "date": ["2018-06-01", "2020-06-30", "2022-01-01"],
    "integer": ["0", "3", "6"],
    "number": ["0.1", "1"],
}


@st.composite
def changes(draw, rules):
    """A few changes that leave the rules sound, else none."""
    fields = changeable(rules)
    found = []
    for field in draw(
        st.lists(
            st.sampled_from(fields),
            min_size=1,
            max_size=draw(st.sampled_from([1, 3])),
            unique_by=lambda each: each.name,
        )
    ):
        values = VALUES[field.kind] + (["不限"] if field.optional else [])
        if field.kind == "money" and isinstance(field.value, int):
            values = values + [f"{field.value * draw(st.integers(20, 450)) // 100}分"] * 4
        found.append(parse_change(f"{field.rule}.{field.name}={draw(st.sampled_from(values))}", rules))
    try:
        changed(rules, found)
    except UsageError:
        return []
    return found


def sums(rows):
    """Sums and units of evaluated rows, by rule and over all, the long way."""
    found = {}
    for key in {row["rule"] for row in rows} | {None}:
        kept = [row for row in rows if key in (None, row["rule"])]
        units = [{row["unit_id"] for row in kept if row[side] > 0} for side in ("sure_fen", "upto_fen")]
        found[key] = (*(sum(row[side] for row in kept) for side in ("sure_fen", "upto_fen")), *map(len, units))
    return found


def as_tuple(found):
    return (found.sure_fen, found.upto_fen, found.sure_units, found.upto_units)


@pytest.fixture
def kept_by_kernel(monkeypatch):
    """Small populations kept as large ones are, by the kernel's own texts."""
    monkeypatch.setattr(keeping, "KERNEL_FROM", 0)
    monkeypatch.setattr(kernel, "kernel", interpreted)


@CHECKS
@given(st.data())
def test_a_simulation_is_the_evaluation_of_the_changed_rules(kept_by_kernel, data):
    rules = load_rules(data.draw(packs()))
    units, events = data.draw(populations())
    tables = pa.Table.from_pylist(units, UNITS), pa.Table.from_pylist(events, EVENTS)
    kept, old = baseline(rules, *tables, AS_OF, by=["kind"]), evaluate(rules, *tables, AS_OF).to_pylist()
    for _ in range(2):
        made = data.draw(changes(rules))
        outcome, new = simulate(kept, made), evaluate(changed(rules, made), *tables, AS_OF).to_pylist()
        for rows, over_all, side in ((old, outcome.before, "before"), (new, outcome.after, "after")):
            expected = sums(rows)
            assert as_tuple(over_all) == expected[None]
            by_rule = {rule.rule: as_tuple(getattr(rule, side)) for rule in outcome.rules}
            assert by_rule == {rule: expected.get(rule, (0, 0, 0, 0)) for rule in by_rule}
            by_kind = [getattr(group, side) for group in outcome.by("kind")]
            assert sum(group.upto_fen for group in by_kind) == over_all.upto_fen
        chosen = data.draw(st.sets(st.sampled_from([rule.id for rule in rules.rules])))
        for told, rows in ((outcome, (old, new)), (outcome.only(chosen), (among(old, chosen), among(new, chosen)))):
            assert [as_tuple(told.before), as_tuple(told.after)] == [sums(each)[None] for each in rows]
            for reading, fen in (("strict", "sure_fen"), ("generous", "upto_fen")):
                listed = ([(row["unit_id"], row["rule"], row[fen]) for row in each] for each in rows)
                compare_units(told, reading, *listed)


def test_what_is_ready_is_only_looked_up(kept_by_kernel, monkeypatch):
    """After ``make_ready`` the first change of a sum makes nothing anew and gives what an evaluation gives."""
    rule = {
        "article": "一",
        "item": "一",
        "trigger": None,
        "paid": "each",
        "paid_why": "",
        "refusals": [],
        "readings": [],
    }
    rule |= {"recipients": {"kinds": ["enterprise"], "otherwise": "no"}, "window": {"from": None, "to": None}}
    rate = {"rate": {"rate": [1, 10], "base": "m1", "cap": 30_000}}
    amounts = [{"fixed": {"fen": 20_000, "span": None}}, rate, {"per_unit": {"count": "n1", "fen": 900, "cap": 5_000}}]
    made = [
        rule | {"id": f"R{at}", "title": f"规则{at}", "amount": each, "conditions": []}
        for at, each in enumerate(amounts)
    ]
    made[0]["exclusive"] = made[1]["exclusive"] = "X"
    made[2]["caps"] = [{"per": "unit", "fen": 33_000, "rules": ["R0", "R1", "R2"]}]
    facts = [{"id": "m1", "words": ["金额"], "type": "money", "unit": "分"}]
    facts += [{"id": "n1", "words": ["人数"], "type": "integer", "unit": "人"}]
    validity = {"effective_from": None, "effective_to": None}
    pack = {"id": "p", "version": 1, "title": "", "ambiguities": [], "facts": {"validity": validity}}
    rules = load_rules(pack | {"vocabulary": {"events": [], "facts": facts}, "rules": made})
    units = [{"unit_id": f"甲{at}", "kind": "enterprise", "m1": at * 40_000, "n1": at} for at in range(12)]
    tables = pa.Table.from_pylist(units, UNITS), pa.Table.from_pylist([], EVENTS)
    kept = baseline(rules, *tables, AS_OF)
    kept.make_ready()
    monkeypatch.setattr(keeping, "swept", None)
    monkeypatch.setattr(simulating, "evaluate", None)
    monkeypatch.setattr(kept.kept, "rerun", None)
    for text in ("R0.amount=150元", "R1.cap=400元", "R2.amount=5元"):
        change = parse_change(text, rules)
        expected = sums(evaluate(changed(rules, [change]), *tables, AS_OF).to_pylist())
        assert as_tuple(simulate(kept, [change]).after) == expected[None]


def among(rows, rules):
    return [row for row in rows if row["rule"] in rules]


def compare_units(outcome, reading, old, new):
    before, after = ({(unit, rule): fen for unit, rule, fen in rows} for rows in (old, new))
    expected = {
        key: (before.get(key, 0), after.get(key, 0))
        for key in before.keys() | after.keys()
        if before.get(key, 0) != after.get(key, 0)
    }
    rows = outcome.changed_units(reading).to_pylist()
    assert {(row["unit_id"], row["rule"]): (row["before"], row["after"]) for row in rows} == expected
    had, has = Counter(), Counter()
    for total, side in ((had, before), (has, after)):
        for (unit, _), fen in side.items():
            total[unit] += fen
    units = had.keys() | has.keys()
    moves = outcome.moves(reading)
    assert moves.gaining == sum(has[unit] > had[unit] for unit in units)
    assert moves.losing == sum(has[unit] < had[unit] for unit in units)
    assert moves.newly_in == sum(has[unit] > 0 == had[unit] for unit in units)
    assert moves.newly_out == sum(had[unit] > 0 == has[unit] for unit in units)


@CHECKS
@given(packs())
def test_every_field_reads_back_what_it_shows_and_changes_nothing_then(pack):
    rules = load_rules(pack)
    for field in changeable(rules):
        change = parse_change(f"{field.rule}.{field.name}={field.shown}", rules)
        assert written(field.kind, change.value) == field.shown
        if field.kind == "rate":
            assert Fraction(*change.value) == Fraction(*field.value)
        else:
            assert change.value == field.value and changeable(changed(rules, [change])) == changeable(rules)


def test_tables_of_no_population_simulate_to_nothing():
    rules = load_rules({"id": "x", "version": 1, "vocabulary": {}, "rules": []})
    outcome = simulate(baseline(rules, UNITS.empty_table(), EVENTS.empty_table(), AS_OF), [])
    assert as_tuple(outcome.after) == (0, 0, 0, 0) and outcome.changed_units().num_rows == 0
    with pytest.raises(UsageError, match="没有按“district”分组"):
        outcome.by("district")
