import datetime as dt
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from luodi.codes.credit_code import is_credit_code
from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.policy.pack import read_pack, read_yaml
from luodi.service.demo.city import make_city
from luodi.service.demo.tables import write_tables

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "demo" / "hangzhou.yaml"
DAY = dt.date(2020, 10, 15)
QUALIFICATIONS = {"武器装备科研生产许可证", "武器装备科研生产保密资格", "装备承制资格"}
PRIZES = {"国防技术发明奖", "国防科学技术进步奖"}
AIRWORTHINESS = {"航空领域适航认证", "适航企业一级供应商资格", "其他适航批准"}


@pytest.fixture(scope="module")
def pack():
    return read_pack(ROOT / "packs" / "hangzhou-2018-mci" / "pack.json")


@pytest.fixture(scope="module")
def spec():
    return read_yaml(SPEC)


@pytest.fixture(scope="module")
def city(pack, spec):
    return make_city(spec, pack)


@pytest.fixture(scope="module")
def found(pack, city):
    """Every unit's determination on the demo's business date."""
    rules = load_rules(pack)
    units_of = {fact["id"]: fact["unit"] for fact in pack.vocabulary["facts"]}
    return {unit.id: explain(rules, city.unit_input(unit, units_of), DAY) for unit in city.units}


def test_the_same_city_on_every_run(pack, spec, city):
    again = make_city(spec, pack)
    assert again.units == city.units
    assert again.events == city.events
    assert again.listings == city.listings


def test_the_tables_carry_every_fact_and_event_with_its_type(pack, city, tmp_path):
    write_tables(city, tmp_path, pack)
    units, events = (pq.read_table(tmp_path / f"{name}.parquet") for name in ("enterprises", "events"))
    assert (units.num_rows, events.num_rows) == (len(city.units), len(city.events))
    assert {fact["id"] for fact in pack.vocabulary["facts"]} <= set(units.column_names)
    assert str(units.schema.field("同一事项其他奖励").type) == "int64"
    assert str(events.schema.field("date").type) == "date32[day]"
    assert str(events.schema.field("customer_certified").type) == "bool"
    assert sum(value is None for value in units["本市登记纳税"].to_pylist()) > 50


def test_sizes_are_those_of_an_ordinary_city(city):
    assert Counter(unit.kind for unit in city.units) == {
        "enterprise": 2000,
        "institute": 25,
        "university": 6,
        "park": 15,
    }
    kinds = Counter(event.kind for event in city.events)
    assert 320 <= sum(kinds[kind] for kind in QUALIFICATIONS) <= 350
    assert 290 <= len({e.unit_id for e in city.events if e.kind in QUALIFICATIONS}) <= 330
    prizes = [event for event in city.events if event.kind in PRIZES]
    assert 55 <= len(prizes) <= 65
    assert 0.25 <= sum((event.rank or 0) > 1 for event in prizes) / len(prizes) <= 0.4
    assert 28 <= sum(kinds[kind] for kind in AIRWORTHINESS) <= 36


def test_codes_are_valid_and_nobody_has_two(city):
    codes = [unit.credit_code for unit in city.units if unit.kind != "park"]
    assert all(is_credit_code(code) for code in codes)
    assert all(unit.credit_code is None for unit in city.units if unit.kind == "park")
    assert len({unit.id for unit in city.units}) == len(city.units)
    assert len({unit.name for unit in city.units}) == len(city.units)


def test_every_case_that_an_office_meets_is_there(spec, city):
    tags = {case["tag"] for case in spec["cases"]}
    wanted = (
        "窗口首日 窗口前一日 窗口末日 窗口后一日 变更换证 扩大范围 备案 两单位共一奖 先省级后国家级 分支机构 已迁出 合并 "
        "重复登记 院所 一区一家 园区收款不明 供应商缺客户证书"
    )
    assert set(wanted.split()) <= tags
    for tag in tags:
        units, events = city.tagged(tag)
        assert units and events, tag


def only(city, found, tag, place=0):
    units, _ = city.tagged(tag)
    rows = [rule for unit in units for rule in found[unit.id].rules if rule.events]
    return rows[place]


@pytest.mark.parametrize(
    ("tag", "group", "sure", "upto"),
    [
        ("窗口首日", "sure", 30, 30),
        ("窗口前一日", "not", 0, 0),
        ("窗口末日", "not", 0, 0),  # not yet happened on the business date
        ("变更换证", "not", 0, 0),
        ("扩大范围", "not", 0, 0),
        ("续审并扩大范围", "sure", 50, 50),
        ("备案", "not", 0, 0),
        ("国军标", "not", 0, 0),
        ("复核合格", "not", 0, 0),
        ("名次不明", "possible", 0, 50),
        ("先省级后国家级", "sure", 100, 150),
        ("园区收款不明", "possible", 0, 50),
        ("已迁出", "possible", 0, 50),
        ("合并", "authority", 0, 30),
        ("已注销", "not", 0, 0),
        ("重复登记", "sure", 30, 30),
        ("院所", "sure", 100, 100),
        ("院所适航", "possible", 0, 50),
        ("供应商缺客户证书", "possible", 0, 50),
        ("多张适航证", "sure", 100, 200),
        ("晋级", "sure", 50, 70),
        ("A类和B类", "sure", 50, 80),
        ("延续", "possible", 0, 50),
        ("窗口内第二次", "sure", 30, 60),
        ("跨期日期", "possible", 0, 50),
    ],
)
def test_each_case_comes_out_as_the_office_expects(city, found, tag, group, sure, upto):
    row = only(city, found, tag)
    assert (row.group, row.sure_fen // 1_000_000, row.upto_fen // 1_000_000) == (group, sure, upto)


def test_the_last_day_of_the_window_counts_and_the_day_after_does_not(pack, city):
    late = dt.date(2022, 3, 1)
    sums = [
        explain(pack, city.unit_input(city.tagged(tag)[0][0], {}), late).sure_fen for tag in ("窗口末日", "窗口后一日")
    ]
    assert sums == [30_000_000, 0]


def test_of_two_local_units_of_one_prize_the_first_is_sure_and_the_other_open(city, found):
    units, events = city.tagged("两单位共一奖")
    assert len({event.prize for event in events}) == 1
    sums = sorted((found[unit.id].sure_fen, found[unit.id].upto_fen) for unit in units)
    assert sums == [(0, 100_000_000), (100_000_000, 100_000_000)]


def test_what_a_branch_holds_is_claimed_by_its_legal_person(city, found):
    units, _ = city.tagged("分支机构")
    branch = next(unit for unit in units if unit.head_unit)
    assert found[branch.id].upto_fen == 0
    assert any("法人" in rule.reason for rule in found[branch.id].rules)
    assert found[branch.head_unit].sure_fen == 20_000_000


def test_one_district_has_a_single_holder_of_item_four(city):
    holders = Counter(
        unit.district for unit in city.units if any(e.kind in QUALIFICATIONS for e in city.events_of(unit))
    )
    assert holders["330127"] == 1


def test_a_seventh_is_owed_something_a_twentieth_is_unknown_and_the_sums_are_believable(city, found):
    owed = [each for each in found.values() if each.sure_fen > 0]
    unknown = [
        each
        for each in found.values()
        if any(rule.events and rule.group != "case" and rule.sure_fen != rule.upto_fen for rule in each.rules)
    ]
    assert len(owed) >= 0.15 * len(city.units)
    assert len(unknown) >= 0.05 * len(city.units)
    years = (DAY - dt.date(2019, 1, 14)).days / 365.25
    assert 60_000_000 <= sum(each.sure_fen for each in found.values()) / 100 / years <= 80_000_000


def test_every_sum_of_the_policy_occurs(pack, city):
    paid = {(event.kind, event.grade) for event in city.events}
    for rule in pack.rules:
        for grade in rule["amount"].get("by_grade", {}):
            assert any((kind, grade) in paid for kind in rule["trigger"]["events"]), (rule["id"], grade)


def test_titles_miss_one_goal(city):
    titles = {
        kind: {e.unit_id for e in city.events if e.kind == kind and e.action == "认定" and e.date <= DAY}
        for kind in ("军民融合产业示范基地", "军民融合示范企业")
    }
    assert [len(units) for units in titles.values()] == [9, 23]


def test_government_units_cover_every_unit_of_the_duties(pack, spec):
    names = {name["short"] for unit in spec["government_units"] for name in unit["names"]}
    names |= {one["name"] for one in spec["classes"]}
    written = {unit for duty in pack.facts["duties"] for unit in [*duty["lead"], *duty["participants"]]}
    assert written <= names
    assert len(written) == 20
    day = "2020-10-15"
    sizes = [sum((m["from"] or "") <= day <= (m["to"] or "9") for m in one["members"]) for one in spec["classes"]]
    assert sizes == [13, 5]
    keys = {unit["key"] for unit in spec["government_units"]}
    assert {member["key"] for one in spec["classes"] for member in one["members"]} <= keys
    assert {one[end] for one in spec["successions"] for end in ("from", "to")} <= keys
