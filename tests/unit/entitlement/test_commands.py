"""``luodi explain``, ``entitle`` and ``check`` as a person calls them."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from typer.testing import CliRunner

from luodi.cli import app
from luodi.errors import ContentError, UsageError

PACK = Path(__file__).parents[3] / "packs" / "hangzhou-2018-mci"
UNIT = {
    "id": "甲",
    "kind": "enterprise",
    "facts": {"本市登记纳税": {"value": True, "source": "登记机关", "as_of": "2020-09-01"}},
    "events": [
        {"id": "e1", "kind": "军民融合示范企业", "grade": "省级", "date": "2019-05-01", "action": "认定"},
        {"id": "e2", "kind": "军民融合示范企业", "grade": "国家级", "date": "2020-05-01", "action": "认定"},
        {"id": "e3", "kind": "装备承制资格", "grade": "A类", "date": "2020-02-01", "action": "扩大范围"},
    ],
}


def call(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)


@pytest.fixture
def unit(tmp_path):
    path = tmp_path / "unit.json"
    path.write_text(json.dumps(UNIT, ensure_ascii=False), encoding="utf-8")
    return path


def test_explain_prints_groups_reasons_and_the_disclaimer(unit):
    said = call("explain", "--pack", PACK, "--enterprise", unit, "--as-of", "2020-10-15").stdout
    for part in (
        "预计可享",
        "可确定 50万元，最高可能 80万元",
        "口径待定 Q2",
        "扩大范围审查不属于",
        "另行研究",
        "仅供参考",
    ):
        assert part in said
    assert "不能据此申领" not in said


def test_after_its_term_explain_says_that_nothing_can_be_claimed(unit):
    assert "不能据此申领" in call("explain", "--pack", PACK, "--enterprise", unit, "--as-of", "2022-01-01").stdout


def test_explain_writes_json(unit):
    said = call("explain", "--pack", PACK / "pack.json", "--enterprise", unit, "--as-of", "2020-10-15", "--json").stdout
    found = json.loads(said)
    assert (found["unit_id"], found["sure_fen"], found["upto_fen"]) == ("甲", 50_000_000, 80_000_000)
    condition = found["rules"][3]["conditions"][0]
    assert (condition["value"], condition["source"], condition["as_of"]) == (True, "登记机关", "2020-09-01")


def test_explain_and_entitle_say_the_same(unit, tmp_path):
    rows = [{"enterprise_id": "甲", **event} for event in UNIT["events"]]
    table = pa.Table.from_pylist(rows)
    dates = pa.array(table["date"].to_pylist()).cast(pa.date32())
    pq.write_table(table.set_column(table.schema.get_field_index("date"), "date", dates), tmp_path / "v.parquet")
    given = {"enterprise_id": ["甲"], "kind": ["enterprise"], "本市登记纳税": [True], "存续状态": ["存续"]}
    given |= {"分支机构": [False], "已迁出本市": [False]}
    pq.write_table(pa.table(given), tmp_path / "e.parquet")
    out = tmp_path / "o.parquet"
    ended = call(
        "entitle",
        "--pack",
        PACK,
        "--enterprises",
        tmp_path / "e.parquet",
        "--events",
        tmp_path / "v.parquet",
        "-o",
        out,
        "--as-of",
        "2020-10-15",
    )
    assert ended.exit_code == 0
    assert pq.read_table(out).to_pylist() == [
        {"enterprise_id": "甲", "rule": "四.(三).3#2", "amount_fen": 50_000_000, "article": "四.(三).3"}
    ]


def test_a_wrong_day_or_file_is_named(unit, tmp_path):
    with pytest.raises(UsageError, match="--as-of 应为"):
        call("explain", "--pack", PACK, "--enterprise", unit, "--as-of", "昨天")
    with pytest.raises(ContentError, match="读不到"):
        call("explain", "--pack", PACK, "--enterprise", tmp_path / "none.json")
    unit.write_text("{", encoding="utf-8")
    with pytest.raises(ContentError, match="不是合法的 JSON"):
        call("explain", "--pack", PACK, "--enterprise", unit)


def test_every_case_of_the_shipped_pack_comes_out():
    ended = call("check", PACK)
    assert ended.exit_code == 0 and "不符 0 个" in ended.stdout
    cases = yaml.safe_load((PACK / "cases.yaml").read_text("utf-8"))["cases"]
    assert len(cases) >= 40


def test_a_case_that_does_not_come_out_is_shown(tmp_path):
    (tmp_path / "pack.json").write_bytes((PACK / "pack.json").read_bytes())
    case = {
        "name": "错的案例",
        "unit": {"kind": "enterprise", "events": []},
        "expect": {"四.(三).2#1": {"group": "sure", "sure": "50万元"}},
    }
    (tmp_path / "cases.yaml").write_text(yaml.safe_dump({"cases": [case]}, allow_unicode=True), encoding="utf-8")
    ended = call("check", tmp_path)
    assert ended.exit_code == 1
    assert "错的案例" in ended.stdout and "应为 50万元–50万元，实际为 0元–0元" in ended.stdout


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        ([{"name": "x"}], "应有 name、unit、expect"),
        ([{"name": "x", "unit": {}, "expect": {"没有": {}}}], "规则“没有”不在政策包中"),
        ([{"name": "x", "unit": {}, "expect": {"四.(三).2#1": {"sure": "50"}}}], "不是带单位的金额"),
        ([{"name": "x", "unit": {}, "expect": {}, "answers": {"Q1": "没有"}}], "没有选项“没有”"),
    ],
)
def test_a_case_that_is_not_well_formed_is_named(tmp_path, cases, said):
    (tmp_path / "pack.json").write_bytes((PACK / "pack.json").read_bytes())
    (tmp_path / "cases.yaml").write_text(yaml.safe_dump({"cases": cases}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ContentError, match=said):
        call("check", tmp_path)


@pytest.fixture
def population(tmp_path):
    rows = [{"unit_id": "甲", **event} for event in UNIT["events"]]
    table = pa.Table.from_pylist(rows)
    dates = pa.array(table["date"].to_pylist()).cast(pa.date32())
    pq.write_table(table.set_column(table.schema.get_field_index("date"), "date", dates), tmp_path / "v.parquet")
    given = {"unit_id": ["甲"], "kind": ["enterprise"], "本市登记纳税": [True], "存续状态": ["存续"]}
    given |= {"分支机构": [False], "已迁出本市": [False]}
    pq.write_table(pa.table(given), tmp_path / "e.parquet")
    return ["--pack", PACK, "--enterprises", tmp_path / "e.parquet", "--events", tmp_path / "v.parquet"]


def simulated(population, *settings):
    sets = [part for setting in settings for part in ("--set", setting)]
    return call("simulate", *population, *sets, "--as-of", "2020-10-15")


def test_simulate_shows_the_budget_before_and_after(population):
    said = simulated(population, "四.(三).3#2.amount.国家级=60万元").stdout
    for part in ("“国家级”的金额：50万元 → 60万元", "四.(三).3#2", "+10万元", "1 个单位增加（其中新受益 0 个）"):
        assert part in said


def test_simulate_as_json_counts_who_drops_out(population):
    said = call(
        "simulate", *population, "--set", "四.(三).3#2.window.to=2019-04-30", "--as-of", "2020-10-15", "--json"
    ).stdout
    found = json.loads(said)
    assert found["changes"][0]["label"] == "窗口期止"
    assert (found["before"]["sure_fen"], found["after"]["sure_fen"]) == (50_000_000, 0)
    assert found["strict"] == {"gaining": 0, "losing": 1, "newly_in": 0, "newly_out": 1}


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("四.(三).3#2", "应写作 规则.字段=值"),
        ("没有.amount=1元", "规则须是其中之一：.*四.(三).3#2"),
        ("四.(三).3#2.amount=1元", "没有字段“amount”。可改的字段：amount.国家级"),
        ("四.(三).3#2.amount.国家级=500000", "应为带单位的金额.*现值为 50万元"),
        ("四.(三).3#2.window.to=年底", "应为YYYY-MM-DD 格式的日期，或写“不限”"),
        ("四.(三).3#2.window.to=2018-01-01", "晚于 2018-01-01"),
    ],
)
def test_a_setting_that_cannot_be_is_named_with_what_can(population, setting, said):
    with pytest.raises(UsageError, match=said.replace("(三)", "[(]三[)]")):
        simulated(population, setting)


@pytest.mark.parametrize("folder", sorted(PACK.parent.iterdir()), ids=lambda folder: folder.name)
def test_every_shipped_pack_ships_with_cases_that_hold(folder):
    ended = call("check", folder)
    assert ended.exit_code == 0 and "不符 0 个" in ended.output
