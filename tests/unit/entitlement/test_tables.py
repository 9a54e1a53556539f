"""Tables of a population: read from memory or parquet, refused with every fault named, written whole or not at all."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from world import AS_OF, WAN, condition, pack, prize, rule

from luodi.entitlement.commands import entitle_files
from luodi.entitlement.population import entitle, evaluate, linked_events
from luodi.errors import ContentError, UsageError

DAY = dt.date(2020, 3, 1)


def units(**columns):
    return pa.table({"enterprise_id": ["甲", "乙"], "kind": ["enterprise", "park"]} | columns)


def events(**columns):
    base = {"enterprise_id": ["甲", "乙"], "kind": ["奖项", "奖项"], "grade": ["一等", "二等"]}
    return pa.table(base | {"date": pa.array([DAY, DAY], pa.date32())} | columns)


def refusal(given_units, given_events, *rules):
    with pytest.raises(ContentError) as caught:
        evaluate(pack(*(rules or (prize(),))), given_units, given_events, AS_OF)
    return str(caught.value)


def test_a_population_needs_only_the_columns_that_its_rules_read():
    rows = evaluate(pack(prize()), units(), events(), AS_OF).to_pylist()
    assert {row["unit_id"]: (row["rule"], row["group"], row["sure_fen"]) for row in rows} == {
        "甲": ("R1", "sure", 100 * WAN),
        "乙": ("R1", "sure", 40 * WAN),
    }


def test_an_empty_population_gives_an_empty_table_of_the_same_columns():
    found = evaluate(pack(prize()), units().slice(0, 0), events().slice(0, 0), AS_OF)
    assert found.num_rows == 0
    assert found.column_names == ["unit_id", "rule", "item", "article", "group", "verdict", "sure_fen", "upto_fen"]
    assert found.schema.field("sure_fen").type == pa.int64()


def test_only_what_is_due_on_request():
    late = events(date=pa.array([DAY, dt.date(2022, 1, 1)], pa.date32()))
    assert evaluate(pack(prize()), units(), late, AS_OF).num_rows == 2
    assert evaluate(pack(prize()), units(), late, AS_OF, only_due=True)["unit_id"].to_pylist() == ["甲"]


def test_missing_columns_and_facts_that_nobody_supplies():
    rich = rule(conditions=[condition({"fact": "人数", "op": ">", "value": 1})])
    message = refusal(units(), events().drop_columns(["grade", "date"]), rich)
    assert "3 处问题" in message
    assert "事项表没有 grade 列" in message and "事项表没有 date 列" in message
    assert "规则 R1（一）读取事实“人数”（从业人数），但单位表没有这一列" in message
    assert "没有单位编号列" in refusal(units().rename_columns(["x", "kind"]), events())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"enterprise_id": ["甲", "甲"]}, "重复的单位：如 甲（2 行）"),
        ({"enterprise_id": ["甲", None]}, "单位编号为空"),
        ({"kind": ["enterprise", "公司"]}, "乙（公司）"),
        ({"营业收入": [1.5, 2.5]}, "营业收入 列是 DOUBLE，应为整数金额列"),
        ({"营业收入": [1, -2]}, "有负的金额：共 1 行，如 乙（-2）"),
        ({"营业收入": [1, 10**13]}, "超出可计算的范围"),
        ({"成立日期": ["2020-01-01", "x"]}, "成立日期 列是 VARCHAR，应为YYYY-MM-DD 日期列"),
        (
            {"成立日期": pa.array([dt.date(1020, 1, 1), None], pa.date32())},
            "有不可能的日期：共 1 行，如 甲（1020-01-01）",
        ),
        ({"legal_person": [None, "丙"]}, "legal_person 不在单位表中"),
        ({"legal_person": ["乙", "甲"]}, "自身又是分支机构"),
    ],
)
def test_a_faulty_unit_table_is_named_with_its_rows(wrong, said):
    assert said in refusal(
        pa.table({**dict(zip(units().column_names, units().columns, strict=True)), **wrong}), events()
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"enterprise_id": ["甲", "丙"]}, "事项表的单位不在单位表中：共 1 行，如 丙"),
        ({"kind": ["奖项", None]}, "kind 为空"),
        ({"rank": [1, 0]}, "rank 应为 1 或以上"),
        ({"date": ["2020-01-01", "2020-13-01"]}, "date 列是 VARCHAR"),
    ],
)
def test_a_faulty_event_table_is_named_with_its_rows(wrong, said):
    base = dict(zip(events().column_names, events().columns, strict=True))
    assert said in refusal(units(), pa.table({**base, **wrong}))


def test_events_of_a_branch_stand_under_its_legal_person():
    rows = evaluate(pack(prize()), units(legal_person=[None, "甲"]), events(), AS_OF).to_pylist()
    assert [(row["unit_id"], row["sure_fen"]) for row in rows] == [("甲", 140 * WAN)]


def test_prizes_that_units_share_are_linked():
    shared = events(prize=["p1", "p1"])
    assert linked_events(shared) == [("p1", tuple(sorted(["甲", "乙"])))]
    assert linked_events(events()) == []


@pytest.fixture
def files(tmp_path):
    pq.write_table(units(), tmp_path / "e.parquet")
    pq.write_table(events(), tmp_path / "v.parquet")
    return tmp_path


def run(files, **more):
    data = more.pop("pack", pack(prize()))
    return entitle(data, files / "e.parquet", files / "v.parquet", files / "o.parquet", AS_OF, **more)


def test_entitle_writes_integer_fen(files):
    shares = []
    assert run(files, progress=shares.append) == 2
    found = pq.read_table(files / "o.parquet")
    assert found.schema.field("amount_fen").type == pa.int64()
    assert sorted(found.to_pylist(), key=lambda row: row["amount_fen"]) == [
        {"enterprise_id": "乙", "rule": "R1", "amount_fen": 40 * WAN, "article": "一"},
        {"enterprise_id": "甲", "rule": "R1", "amount_fen": 100 * WAN, "article": "一"},
    ]
    assert shares[-1] == 1.0
    assert {path.name for path in files.iterdir()} == {"e.parquet", "v.parquet", "o.parquet"}


def test_the_reading_chooses_the_sum(files):
    open_ = prize(
        readings=[
            {
                "ambiguity": "Q1",
                "when": {"fact": "event.grade", "op": "=", "value": "一等"},
                "strict": "none",
                "generous": "full",
            }
        ]
    )
    assert [run(files, pack=pack(open_), reading=reading) for reading in ("strict", "generous")] == [1, 2]


def test_a_truncated_file_is_named_and_what_was_there_stays(files):
    (files / "o.parquet").write_bytes(b"before")
    whole = (files / "v.parquet").read_bytes()
    (files / "v.parquet").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ContentError, match="不是完整的 parquet 文件"):
        run(files)
    assert (files / "o.parquet").read_bytes() == b"before"
    assert len(list(files.iterdir())) == 3


def test_a_missing_file_engine_or_reading_is_named(files):
    (files / "e.parquet").unlink()
    with pytest.raises(ContentError, match="找不到单位表"):
        run(files)
    with pytest.raises(UsageError, match="没有名为“x”的引擎"):
        run(files, engine="x")
    with pytest.raises(UsageError, match="口径应为 strict"):
        run(files, reading="x")


def test_a_sum_beyond_64_bits_is_refused_and_nothing_is_written(files):
    many = pa.table(
        {
            "enterprise_id": ["甲"] * 100_000,
            "kind": ["奖项"] * 100_000,
            "grade": ["一等"] * 100_000,
            "date": pa.array([DAY] * 100_000, pa.date32()),
        }
    )
    pq.write_table(many, files / "v.parquet")
    large = prize(amount={"by_grade": {"一等": {"fen": 10**14, "span": None}}})
    with pytest.raises(ContentError, match="64 位整数分"):
        run(files, pack=pack(large))
    assert not (files / "o.parquet").exists()


def test_strict_stops_at_the_first_fault(files):
    pq.write_table(units(kind=["公司", "公司"], 营业收入=[1, -2]), files / "e.parquet")
    pq.write_table(events(enterprise_id=["甲", "丙"]), files / "v.parquet")
    said = []
    for strict in (False, True):
        with pytest.raises(ContentError) as caught:
            run(files, strict=strict)
        said.append(str(caught.value))
    assert "2 处问题" in said[0] and "负的金额" in said[0] and "kind" in said[0]
    assert "1 处问题" in said[1] and said[1].count("\n- ") == 1
    assert not (files / "o.parquet").exists()


def test_an_address_is_for_a_cluster_alone(files):
    shipped = Path(__file__).parents[3] / "packs" / "hangzhou-2018-mci"
    places = ("hdfs://a/e.parquet", str(files / "v.parquet"), str(files / "o.parquet"))
    with pytest.raises(UsageError, match="只有 --engine spark"):
        entitle_files(shipped, *places, "2021-01-01", reading="strict")
