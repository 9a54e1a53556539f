"""The release gate: ``explain`` and the population give the same verdict, group and both sums, to the fen."""

import datetime as dt
import os
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rule_sets import AS_OF, EVENTS, UNITS, packs, populations

from luodi.entitlement.engines import open_engine
from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.entitlement.population import entitled, evaluate
from luodi.errors import UsageError
from luodi.policy.pack import read_pack, read_yaml
from luodi.service.demo.city import make_city
from luodi.service.demo.tables import events_table, units_table

ROOT = Path(__file__).parents[2]
MANY = int(os.environ.get("LUODI_EXAMPLES", "60"))
EXAMPLES = {"duckdb": MANY, "postgres": MANY // 3, "spark": MANY // 30}
OPTIONAL = ["id", "action", "evidence", "issuer", "number_digest", "prize", "paper_date", "rank", "ok", "got", "person"]


def explained(rules, units, events, as_of):
    """The population's rows, one unit at a time; the events of a branch stand under its legal person."""
    holder = {each["unit_id"]: each.get("legal_person") or each["unit_id"] for each in units}
    rows = {}
    for each in units:
        if holder[each["unit_id"]] != each["unit_id"]:
            continue
        facts = {name: {"value": value} for name, value in each.items() if name in rules.words.facts}
        own = [event for event in events if holder[event["unit_id"]] == each["unit_id"]]
        found = explain(rules, {"id": each["unit_id"], "kind": each["kind"], "facts": facts, "events": own}, as_of)
        rows |= touched(found)
    return rows


def touched(found):
    rows = {}
    for result in found.rules:
        assert 0 <= result.sure_fen <= result.upto_fen
        if result.touched:
            rows[found.unit_id, result.rule] = (result.group, result.verdict, result.sure_fen, result.upto_fen)
    return rows


def computed(rules, units, events, as_of, engine):
    """What the population gives: verdicts and both sums; asked for sums alone, it gives the same sums."""
    rows = evaluate(rules, units, events, as_of, engine=nullcontext(engine)).to_pylist()
    found = {
        (row["unit_id"], row["rule"]): (row["group"], row["verdict"], row["sure_fen"], row["upto_fen"]) for row in rows
    }
    assert len(found) == len(rows)
    for reading, place in (("strict", 2), ("generous", 3)):
        due = entitled(rules, units, events, as_of, reading=reading, engine=nullcontext(engine)).to_pylist()
        sums = {(row["enterprise_id"], row["rule"]): row["amount_fen"] for row in due}
        assert sums == {key: row[place] for key, row in found.items() if row[place]}
        assert len(sums) == len(due)
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_explain_and_population_agree(name, tmp_path_factory):
    """Any optional column may be absent from the table of events; that is as if nobody knew any value of it."""
    with opened(name, tmp_path_factory.mktemp(name)) as engine:

        @settings(max_examples=EXAMPLES[name], deadline=None, suppress_health_check=list(HealthCheck))
        @given(packs(), populations(), st.sets(st.sampled_from(OPTIONAL)) | st.just(set(OPTIONAL) - {"rank"}))
        def agree(pack, population, absent):
            units, events = population
            rules = load_rules(pack)
            known = [{name: value for name, value in event.items() if name not in absent} for event in events]
            table = pa.Table.from_pylist(events, EVENTS).drop_columns(list(absent))
            tables = pa.Table.from_pylist(units, UNITS), table
            assert computed(rules, *tables, AS_OF, engine) == explained(rules, units, known, AS_OF)

        agree()


@contextmanager
def opened(name, folder):
    """An engine, or a skip with the reason."""
    with ExitStack() as stack:
        try:
            engine = stack.enter_context(open_engine(name, folder))
        except UsageError as error:
            pytest.skip(str(error))
        yield engine


LISTED = {
    "id": "listed", "version": 1, "title": "", "ambiguities": [],
    "facts": {"validity": {"effective_from": None, "effective_to": None}},
    "vocabulary": {
        "facts": [],
        "events": [{"id": "k1", "words": ["k1"], "grades": [{"id": "g1", "words": ["g1"]}], "evidence": "offline"}],
        "parameters": [{"id": "p1", "words": ["限额"], "type": "money", "unit": "分", "values": [
            {"from": None, "to": "2021-12-31", "value": 100, "source": "甲"},
        ]}],
    },
    "rules": [{
        "id": "R0", "article": "一", "item": "一", "title": "规则", "paid": "each", "paid_why": "", "refusals": [], "readings": [],
        "recipients": {"kinds": ["enterprise"], "otherwise": "no"}, "trigger": {"events": ["k1"], "actions": None},
        "window": {"from": None, "to": None}, "conditions": [], "amount": {"fixed": {"fen": 500, "span": None}},
        "caps": [{"per": "unit", "step": 1, "rules": ["R0"], "at_most": {"param": "p1"}}],
    }],
}  # fmt: skip


@pytest.mark.parametrize("as_of", [dt.date(2021, 6, 30), dt.date(2022, 6, 30)])
def test_a_limit_without_a_value_on_the_day_is_asked_of_no_unit(as_of, tmp_path):
    rules = load_rules(LISTED)
    units = [{"unit_id": "甲", "kind": "enterprise"}]
    events = [{"unit_id": "甲", "kind": "k1", "grade": "g1", "date": dt.date(2021, 3, 1), "evidence": "self_reported"}]
    with open_engine("duckdb", tmp_path) as engine:
        found = computed(rules, pa.Table.from_pylist(units, UNITS), pa.Table.from_pylist(events, EVENTS), as_of, engine)
    assert found == explained(rules, units, events, as_of)
    assert found["甲", "R0"][:3] == ("authority", "unknown", 0)


def test_they_agree_on_the_whole_demo_city(tmp_path):
    pack = read_pack(ROOT / "packs" / "hangzhou-2018-mci" / "pack.json")
    city = make_city(read_yaml(ROOT / "demo" / "hangzhou.yaml"), pack)
    rules, units_of = load_rules(pack), {fact["id"]: fact["unit"] for fact in pack.vocabulary["facts"]}
    for as_of in (dt.date(2020, 10, 15), dt.date(2022, 3, 1)):
        with open_engine("duckdb", tmp_path) as engine:
            found = computed(rules, units_table(city, pack), events_table(city, pack), as_of, engine)
        expected = {}
        for unit in city.units:
            expected |= touched(explain(rules, city.unit_input(unit, units_of), as_of))
        assert found == expected
        assert {row[0] for row in found.values()} == {"sure", "possible", "not", "authority"}
