"""The column kernel gives what ``explain`` and DuckDB give, to the fen, or leaves the work to DuckDB."""

import datetime as dt
import os
import random
import subprocess
import sys
from collections import Counter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from interpreted import interpreted
from rule_sets import AS_OF, EVENTS, UNITS, packs, populations
from test_agreement import MANY, OPTIONAL, ROOT, explained, touched

from luodi.entitlement.engines.kernel import machine, parts
from luodi.entitlement.engines.kernel import plan as kernel
from luodi.entitlement.engines.kernel.fit import Unfit
from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.entitlement.population import entitle, entitled
from luodi.errors import ContentError
from luodi.policy.pack import read_pack, read_yaml
from luodi.service.demo.city import make_city
from luodi.service.demo.tables import events_table, units_table

BENCH = ROOT / "bench" / "entitlement"


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory):
    """A cache of our own, so that the tests compile what they run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        machine.kernel.cache_clear()
        yield
        machine.kernel.cache_clear()


@pytest.fixture
def by_python(monkeypatch):
    monkeypatch.setattr(kernel, "kernel", interpreted)


def found(rules, units, events, as_of):
    rows = {}
    for frame, batch in kernel.found_rows(rules, units, events, as_of):
        columns = (batch.unit, batch.rule, batch.group, batch.sure, batch.upto)
        for unit, rule, group, sure, upto in zip(*(column.tolist() for column in columns), strict=True):
            key = frame.ids[unit].as_py(), rules.rules[rule].id
            assert key not in rows
            rows[key] = kernel.GROUPS[group], sure, upto
    return rows


def due(rows):
    return {key: (group, sure, upto) for key, (group, _, sure, upto) in rows.items() if group != "not"}


def within_itself(rule):
    """A rule without what the kernel leaves to DuckDB by name."""
    caps = [{name: value for name, value in cap.items() if name not in ("at_most", "received")} for cap in rule["caps"]]
    return rule | {"limits": [], "elsewhere": None, "caps": [{"fen": 40_000_000} | cap for cap in caps]}


def test_kernel_and_explain_agree(by_python):
    """Nearly every random population is taken by the kernel and compared, and most of them have rows to compare.

    Two rounds of draws: the share that has rows differs from draw to draw (17 to 41 of 60).
    """
    told = Counter()

    @settings(max_examples=MANY, deadline=None, suppress_health_check=list(HealthCheck))
    @given(packs(), populations(), st.sets(st.sampled_from(OPTIONAL)) | st.just(set()))
    def agree(pack, population, absent):
        units, events = population
        rules = load_rules(pack | {"rules": [within_itself(rule) for rule in pack["rules"]]})
        known = [{name: value for name, value in event.items() if name not in absent} for event in events]
        table = pa.Table.from_pylist(events, EVENTS).drop_columns(list(absent))
        try:
            rows = found(rules, pa.Table.from_pylist(units, UNITS), table, AS_OF)
        except Unfit as reason:
            told[str(reason)] += 1
            return
        told["compared"] += 1
        told["with rows"] += bool(rows)
        assert rows == due(explained(rules, units, known, AS_OF))

    for _ in range(2):
        agree()
    print(f"populations by what the kernel made of them: {dict(told)}")
    compared, rows = told.pop("compared"), told.pop("with rows")
    assert set(told) <= {"a number may leave 62 bits", "the sum of all rules may leave 62 bits"}
    assert told.total() <= 0.05 * (compared + told.total()) and rows >= 0.3 * compared, told


def test_what_comes_from_elsewhere_is_left_to_duckdb_by_name(by_python, tmp_path):
    """A deduction and a cap of the unit's own: the kernel says what it does not take, the file is written all the same."""
    hz7 = read_yaml(BENCH / "hz7.yaml")
    got = {"id": "已得", "words": ["已得"], "type": "money", "unit": "元", "question": "已得多少元？"}
    words = hz7["vocabulary"] | {"facts": [*hz7["vocabulary"]["facts"], got]}
    whole = hz7["rules"][0]
    for outside in ({"elsewhere": {"fact": "已得", "takes": "difference"}}, capped(whole["id"], received="已得")):
        rules = {**hz7, "vocabulary": words, "rules": [whole | outside, *hz7["rules"][1:]]}
        units = pa.table({"unit_id": ["甲"], "kind": ["enterprise"], "已得": [1]})
        prize = {"unit_id": ["甲"], "kind": ["award_invention"], "grade": ["特等"]}
        events = pa.table(prize | {"date": pa.array([dt.date(2020, 1, 1)])})
        with pytest.raises(Unfit, match="received elsewhere"):
            found(load_rules(rules), units, events, AS_OF)
        places = [tmp_path / f"{name}.parquet" for name in "evo"]
        for table, path in zip((units, events), places, strict=False):
            pq.write_table(table, path)
        entitle(rules, *places, AS_OF, engine="kernel")
        (fen,) = pq.read_table(places[2])["amount_fen"].to_pylist()
        assert fen == explain(rules, {"id": "甲", "kind": "enterprise", "facts": {"已得": 1}, "events": [
            {"kind": "award_invention", "grade": "特等", "date": "2020-01-01"}]}, AS_OF).sure_fen > 0  # fmt: skip


def capped(rule, **more):
    return {"caps": [{"per": "unit", "fen": 10**8, "rules": [rule], **more}]}


def test_limits_for_each_group_and_cuts_under_a_budget_are_left_to_duckdb(by_python, tmp_path):
    hz7 = read_yaml(BENCH / "hz7.yaml")
    limited = hz7 | {"rules": [rule | {"limits": [{"per": ["kind"], "fen": 1}]} for rule in hz7["rules"]]}
    units = pa.table({"unit_id": ["甲", "乙"], "kind": ["enterprise"] * 2})
    prizes = {"unit_id": ["甲", "乙"], "kind": ["award_invention"] * 2, "grade": ["特等"] * 2}
    events = pa.table(prizes | {"date": pa.array([dt.date(2020, 1, 1)] * 2)})
    with pytest.raises(Unfit, match="limit"):
        found(load_rules(limited), units, events, AS_OF)
    budget = {"per": "total", "fen": 3, "rules": ["H1"], "paper": "办法"}
    cut = hz7 | {"rules": [hz7["rules"][0] | {"caps": [budget]}, *hz7["rules"][1:]]}
    for name, table in (("units", units), ("events", events)):
        pq.write_table(table, tmp_path / f"{name}.parquet")
    for pack, sums in ((limited, [1, 1]), (cut, [1, 2])):
        out = tmp_path / "out.parquet"
        entitle(pack, tmp_path / "units.parquet", tmp_path / "events.parquet", out, AS_OF, engine="kernel")
        assert sorted(pq.read_table(out).column("amount_fen").to_pylist()) == sums


def test_they_agree_on_the_whole_demo_city(by_python):
    pack = read_pack(ROOT / "packs" / "hangzhou-2018-mci" / "pack.json")
    city = make_city(read_yaml(ROOT / "demo" / "hangzhou.yaml"), pack)
    rules, units_of = load_rules(pack), {fact["id"]: fact["unit"] for fact in pack.vocabulary["facts"]}
    as_of, expected = dt.date(2020, 10, 15), {}
    for unit in city.units:
        expected |= touched(explain(rules, city.unit_input(unit, units_of), as_of))
    assert found(rules, units_table(city, pack), events_table(city, pack), as_of) == due(expected)


def firms(count, chance):
    """Units whose numbers lie beside the thresholds of COND-20, some of them unknown."""
    edges = [0, 99, 10**6, 5 * 10**6, 2 * 10**7, 10**8, 5 * 10**8, 10**9, 8 * 10**10]

    def money():
        return max(0, chance.choice(edges) + chance.choice([-1, 0, 1])) if chance.random() < 0.95 else None

    names = ("revenue", "revenue_prev", "rd_spend", "equip_invest", "loan_interest", "rent_paid", "export_value")
    rows = []
    for at in range(count):
        row = {name: money() for name in (*names, "national_grant", "tax_paid")}
        row |= {"enterprise_id": f"E{at}", "sector": chance.choice(["C26", "C36", "I63", "M73", "E47", None])}
        row |= {"district": chance.choice(["D01", "D09"]), "founded": dt.date(chance.randint(2014, 2020), 1, 1)}
        row |= {"employees": chance.choice([4, 5, 50, 51, 300, 301]), "hightech": chance.random() < 0.5}
        row |= {"patents": chance.randint(0, 60), "phd_hired": chance.randint(0, 12), "energy_saved": 600}
        rows.append({**row, "sme_level": chance.randint(0, 3), "listing": chance.randint(0, 3)})
    return pa.Table.from_pylist(rows)


def titles(units, count, chance, rules):
    """Events of HZ-7, many of one unit and day."""
    kinds = list(rules.words.events.values())
    rows = []
    for at in range(count):
        kind = chance.choice(kinds)
        grade = chance.choice([*(grade.id for grade in kind.grades), "无"])
        day = dt.date(2018, 12, 1) + dt.timedelta(chance.choice([0, 43, 44, 400, 1126, 1127, 1500]))
        rows.append({"enterprise_id": f"E{chance.randrange(units)}", "kind": kind.id, "grade": grade, "date": day})
        rows[-1] |= {"id": f"v{at}"}
    return pa.Table.from_pylist(rows)


def few_rules(name):
    """Rules of every kind; each takes the compiler half a second."""
    pack = read_pack(BENCH / f"{name}.yaml").data
    kept = [
        rule for rule in pack["rules"] if rule["id"] in ["H1", "H2", "R01", "R02", "R04", "R05", "R08", "R18", "R20"]
    ]
    ids = {rule["id"] for rule in kept}
    short = [
        {
            **rule,
            "caps": [{**cap, "rules": [name for name in cap["rules"] if name in ids]} for cap in rule.get("caps", ())],
        }
        for rule in kept
    ]
    return load_rules({**pack, "rules": short})


@pytest.mark.parametrize("room", [parts.ROOM, 4_000])
@pytest.mark.parametrize("name", ["cond20", "hz7"])
def test_machine_code_and_duckdb_write_the_same(name, room, tmp_path, monkeypatch):
    """Also where the population comes part by part, for want of room."""
    monkeypatch.setattr(parts, "ROOM", room)
    rules, chance = few_rules(name), random.Random(7)
    tables = firms(3000, chance), titles(3000, 5000, chance, load_rules(read_pack(BENCH / "hz7.yaml")))
    paths = [tmp_path / "e.parquet", tmp_path / "v.parquet"]
    for table, path in zip(tables, paths, strict=True):
        pq.write_table(table, path, row_group_size=1000)
    assert (len(list(parts.in_parts(rules, *paths))) > 1) == (room < parts.OF_UNIT * 3000)
    for reading in ("strict", "generous"):
        rows = entitle(rules, *paths, tmp_path / "o.parquet", dt.date(2021, 12, 31), reading=reading, engine="kernel")
        written = pq.read_table(tmp_path / "o.parquet")
        assert written.schema.types == [pa.string(), pa.string(), pa.int64(), pa.string()]
        expected = entitled(rules, *tables, dt.date(2021, 12, 31), reading=reading)
        assert rows == written.num_rows == expected.num_rows > 300
        order = [("enterprise_id", "ascending"), ("rule", "ascending")]
        assert written.sort_by(order).to_pylist() == expected.sort_by(order).to_pylist()


def one_rule(amount):
    pack = read_pack(BENCH / "cond20.yaml").data
    rule = {**pack["rules"][0], "conditions": [], "amount": amount, "caps": []}
    return load_rules({**pack, "rules": [rule]})


def test_where_64_bits_may_not_do_duckdb_computes(tmp_path):
    rules = one_rule({"rate": {"rate": [999_999, 1_000_000], "base": "revenue", "cap": None}})
    units = pa.table({"enterprise_id": ["甲", "乙"], "revenue": [9 * 10**13, 1]})
    with pytest.raises(kernel.Unfit, match="62 bits"):
        list(kernel.found_rows(rules, units, EVENTS.empty_table(), AS_OF))
    pq.write_table(units, tmp_path / "e.parquet")
    pq.write_table(EVENTS.empty_table(), tmp_path / "v.parquet")
    entitle(rules, tmp_path / "e.parquet", tmp_path / "v.parquet", tmp_path / "o.parquet", AS_OF, engine="kernel")
    written = pq.read_table(tmp_path / "o.parquet")["amount_fen"]
    assert sorted(written.to_pylist()) == [99, 8_999_991_000_000_000]


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ({"enterprise_id": ["甲", "甲"], "revenue": [1, 2]}, "重复的单位：如 甲（2 行）"),
        ({"enterprise_id": ["甲", None], "revenue": [1, 2]}, "单位编号为空"),
        ({"enterprise_id": ["甲", "乙"], "revenue": [1, -2]}, "负的金额"),
        ({"enterprise_id": ["甲", "乙"], "revenue": ["1", "2"]}, "应为整数金额"),
        ({"enterprise_id": ["甲"]}, "没有这一列"),
        ({"enterprise_id": ["甲"], "revenue": [1], "kind": ["工厂"]}, "kind 不在"),
    ],
)
def test_faults_are_named_and_nothing_is_written(units, said, tmp_path):
    rules = one_rule({"rate": {"rate": [1, 10], "base": "revenue", "cap": 100}})
    pq.write_table(pa.table(units), tmp_path / "e.parquet")
    pq.write_table(EVENTS.empty_table(), tmp_path / "v.parquet")
    with pytest.raises(ContentError, match=said):
        entitle(rules, tmp_path / "e.parquet", tmp_path / "v.parquet", tmp_path / "o.parquet", AS_OF, engine="kernel")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["e.parquet", "v.parquet"]


TEXT = "def kernel(rows, column_p):\n    column = carray(column_p, rows)\n    return column[0] + column[rows - 1]\n"
PROGRAM = """
import sys, numpy as np
from luodi.entitlement.engines.kernel.machine import kernel
column = np.array([3, 5, 7])
print(kernel({!r}, ("int64", "*int64"))(3, column.__array_interface__["data"][0]), "numba" in sys.modules)
"""


def said_by_a_process(home):
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(TEXT)],
        env=os.environ | {"XDG_CACHE_HOME": str(home), "TMPDIR": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout.split()


def test_machine_code_is_kept_loaded_without_the_compiler_and_made_anew_when_damaged(tmp_path):
    assert said_by_a_process(tmp_path) == ["10", "True"]
    assert said_by_a_process(tmp_path) == ["10", "False"]
    (kept,) = (tmp_path / "luodi" / "kernels").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    assert said_by_a_process(tmp_path) == ["10", "True"]
    (tmp_path / "luodi" / "kernels").chmod(0o777)
    assert said_by_a_process(tmp_path)[0] == "10"
