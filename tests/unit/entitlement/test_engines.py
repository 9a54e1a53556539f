"""What the engines must not get wrong: exact wide numbers, division, edges of days, unknown days, missing parts."""

import datetime as dt
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack, nullcontext
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from world import AS_OF, WAN, condition, pack, prize, rule

from luodi.entitlement.engines import duckdb as duckdb_engine
from luodi.entitlement.engines import open_engine
from luodi.entitlement.engines.dialect import Dialect
from luodi.entitlement.population import entitle, entitled, evaluate
from luodi.errors import ContentError, UsageError

DAY = dt.date(2020, 3, 1)
WORDS = ["它's", "a\\b", 'say "x"', "b"]
THIRD = {"rate": {"rate": [2, 3], "base": "研发费用", "cap": None, "span": None}, "rounding_fen": 100}
LESS = {"rate": {"rate": [1, 3], "base": {"minus": ["研发费用", 1000]}, "cap": None, "span": None}}
SHARE = {"rate": {"rate": [999_999, 1_000_000], "base": "营业收入", "cap": None, "span": None}}


@pytest.fixture(params=["duckdb", "postgres"])
def engine(request, tmp_path):
    with open_engine(request.param, tmp_path) as opened:
        yield opened


def firms(**columns):
    return pa.table({"unit_id": ["甲"], "kind": ["enterprise"]} | columns)


def papers(*days, grade="一等"):
    number = len(days)
    table = {"unit_id": ["甲"] * number, "kind": ["奖项"] * number, "grade": pa.array([grade] * number, pa.string())}
    return pa.table(table | {"date": pa.array(days, pa.date32())})


def due(engine, rules, units, events, reading="strict"):
    rows = entitled(pack(*rules), units, events, AS_OF, reading=reading, engine=nullcontext(engine)).to_pylist()
    return {row["rule"]: row["amount_fen"] for row in rows}


def test_products_beyond_64_bits_are_exact(engine):
    """10^16 fen times a million is beyond 64 bits on the way, not in the end."""
    assert due(engine, [rule(amount=SHARE)], firms(营业收入=[10**10]), papers()) == {"R1": 10**10 * 999_999}
    assert due(engine, [rule(amount=SHARE)], firms(营业收入=[9_999_999_999]), papers()) == {
        "R1": 9_999_999_999 * 999_999
    }


def test_a_rate_drops_its_remainder_and_never_rounds(engine):
    sums = [due(engine, [rule(amount=THIRD)], firms(研发费用=[yuan]), papers()) for yuan in (1, 2, 5, 10**12)]
    assert sums == [{}, {"R1": 100}, {"R1": 300}, {"R1": 10**12 * 100 * 2 // 300 * 100}]


def test_a_negative_difference_is_divided_towards_zero_and_pays_nothing(engine):
    assert due(engine, [rule(amount=LESS)], firms(研发费用=[5]), papers()) == {}
    over = rule(conditions=[condition({"fact": "人数", "op": ">=", "value": {"fact": "门槛", "times": [1, 3]}})])
    facts = {"人数": -3, "门槛": -10}
    words = pack(over)
    words["vocabulary"] = {**words["vocabulary"], "facts": [*words["vocabulary"]["facts"], THRESHOLD]}
    rows = entitled(words, firms(**{k: [v] for k, v in facts.items()}), papers(), AS_OF, engine=nullcontext(engine))
    assert rows.num_rows == 1


THRESHOLD = {"id": "门槛", "words": ["门槛"], "type": "integer", "unit": "人", "question": "？"}


def test_whole_decimals_are_divided_as_integers(engine):
    """A database divides DECIMAL by integer as DOUBLE; a money column of whole decimals must not come to that."""
    for yuan in (10**13 - 1, 1, 7):
        column = pa.array([yuan], pa.decimal128(20, 0))
        assert due(engine, [rule(amount=THIRD)], firms(研发费用=column), papers()) == (
            {"R1": yuan * 100 * 2 // 300 * 100} if yuan > 1 else {}
        )


def test_both_ends_of_the_window_pay_and_the_days_beside_them_do_not(engine):
    days = [dt.date(2018, 12, 31), dt.date(2019, 1, 1), dt.date(2020, 12, 31), dt.date(2021, 1, 1)]
    assert due(engine, [prize()], firms(), papers(*days)) == {"R1": 200 * WAN}
    assert due(engine, [prize(paid="once")], firms(), papers(*days)) == {"R1": 100 * WAN}


def test_an_unknown_day_or_grade_is_unknown_and_not_outside(engine):
    for events in (papers(None), papers(DAY, grade=None)):
        found = evaluate(pack(prize()), firms(), events, AS_OF, engine=nullcontext(engine)).to_pylist()
        assert [(row["group"], row["sure_fen"], row["upto_fen"]) for row in found] == [("possible", 0, 100 * WAN)]
        assert due(engine, [prize()], firms(), events) == {}
        assert due(engine, [prize()], firms(), events, "generous") == {"R1": 100 * WAN}


def test_texts_keep_their_quotes_and_strokes(engine):
    met = condition({"fact": "行业", "op": "in", "value": WORDS})
    for word in WORDS:
        assert due(engine, [rule(conditions=[met])], firms(行业=[word]), papers()) == {"R1": 10 * WAN}
    tagged = condition({"fact": "标签", "op": "in", "value": WORDS[:3]})
    for tags, paid in ((WORDS[2:], {"R1": 10 * WAN}), ([], {}), (["b"], {})):
        units = firms(标签=pa.array([tags], pa.list_(pa.string())))
        assert due(engine, [rule(conditions=[tagged])], units, papers()) == paid


def test_a_sum_beyond_64_bits_is_refused(engine, tmp_path):
    large = prize(amount={"by_grade": {"一等": {"fen": 10**14, "span": None}}})
    with pytest.raises(ContentError, match="64 位整数分"), open_engine(engine.dialect.name, tmp_path) as own:
        entitled(pack(large), firms(), papers(*[DAY] * 100_000), AS_OF, engine=nullcontext(own))


@pytest.fixture
def edges(tmp_path):
    """All of the above in one population: numbers at their ends, days at the window, quotes, unknowns."""
    number = len(WORDS) + 2
    units = {"unit_id": [f"甲{at}" for at in range(number)], "kind": ["enterprise"] * number}
    units |= {"营业收入": [10**10, 9_999_999_999, 0, 1, 10**9, None], "研发费用": [5, 1, 2, 10**12, 999, 1000]}
    units |= {"行业": [*WORDS, None, "b"], "标签": pa.array([[WORDS[0]], [], None, ["b"], [WORDS[1], "b"], None])}
    days = [dt.date(2018, 12, 31), dt.date(2019, 1, 1), dt.date(2020, 12, 31), dt.date(2021, 1, 1), None, DAY]
    events = {"unit_id": units["unit_id"] * 2, "kind": ["奖项"] * 2 * number}
    events |= {"grade": ["一等"] * number + [None, "二等"] * (number // 2), "date": pa.array(days * 2, pa.date32())}
    pq.write_table(pa.table(units), tmp_path / "e.parquet")
    pq.write_table(pa.table(events), tmp_path / "v.parquet")
    met = condition({"fact": "行业", "op": "in", "value": WORDS}, mode="ask")
    tagged = condition({"fact": "标签", "op": "in", "value": WORDS}, mode="ask")
    rules = [rule(amount=SHARE), rule(id="R2", amount=THIRD), rule(id="R3", amount=LESS), prize(id="R4")]
    rules += [prize(id="R5", paid="once"), rule(id="R6", conditions=[met]), rule(id="R7", conditions=[tagged])]
    return pack(*rules), [tmp_path / f"{each}.parquet" for each in "evo"]


@pytest.mark.parametrize("name", ["postgres", "spark"])
def test_every_engine_writes_the_same_whole_file(name, edges):
    """DuckDB would write 128-bit sums as DOUBLE; the file has 64-bit integers, whatever the engine."""
    rules, (units, events, out) = edges
    expected = entitled(rules, units, events, AS_OF).to_pylist()
    assert {row["rule"] for row in expected} == {f"R{at}" for at in range(1, 8)}
    try:
        assert entitle(rules, units, events, out, AS_OF, engine=name) == len(expected)
    except UsageError as error:
        pytest.skip(str(error))
    found = pq.read_table(out)
    assert [found.schema.field(each).type for each in ("enterprise_id", "amount_fen")] == [pa.string(), pa.int64()]
    assert sorted(map(str, found.to_pylist())) == sorted(map(str, expected))
    assert sorted(path.name for path in out.parent.iterdir()) == ["e.parquet", "o.parquet", "v.parquet"]


ALONE = """
import json, sys
from datetime import date
from pathlib import Path
from luodi.entitlement.population import entitle
entitle(json.loads(Path(sys.argv[1]).read_text()), *map(Path, sys.argv[2:5]), date.fromisoformat(sys.argv[5]), engine="spark")
"""


@pytest.fixture
def cluster(tmp_path):
    """A master and a worker of Spark on the loopback address, on free ports; both are stopped afterwards."""
    found = importlib.util.find_spec("pyspark")
    if found is None or shutil.which("java") is None:
        pytest.skip("没有 Java 17 或 .spark（pyspark），见 tests/run.py 的 spark()")
    home = Path(found.origin).parent
    place = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1"}
    (tmp_path / "spark-defaults.conf").write_text("spark.sql.shuffle.partitions 2\nspark.executor.memory 512m\n")
    place |= {
        "SPARK_CONF_DIR": str(tmp_path),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_WORKER_DIR": str(tmp_path / "work"),
    }
    settings = {**os.environ, **place}
    with ExitStack() as stack:

        def start(role, *arguments):
            log = stack.enter_context((tmp_path / f"{role}.log").open("w+"))
            command = [home / "bin" / "spark-class", f"org.apache.spark.deploy.{role.lower()}.{role}", *arguments]
            process = subprocess.Popen(command, env=settings, stdout=log, stderr=log, start_new_session=True)
            stack.callback(stop, process)
            return tmp_path / f"{role}.log"

        local = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        address = said(start("Master", *local), r"Starting Spark master at (spark://127\.0\.0\.1:\d+)")
        said(
            start("Worker", address, *local, "--cores", "2", "--memory", "1g"), "(Successfully registered with master)"
        )
        yield settings | {"LUODI_SPARK_MASTER": address}


def said(log, pattern):
    """What a process writes that matches; the limit is there only lest a broken one waits for ever."""
    for _ in range(3000):
        if found := re.search(pattern, log.read_text(encoding="utf-8")):
            return found[1]
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8")[-2000:])


def stop(process):
    """End a process of ours, by its id."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def test_a_standalone_cluster_writes_the_same_file(edges, cluster, tmp_path):
    """A master and a worker, the driver a process of its own; ``local[2]`` is among the engines above."""
    rules, (units, events, out) = edges
    rules = rules | {"rules": [each for each in rules["rules"] if each["id"] in ("R1", "R2", "R5")]}
    (tmp_path / "rules.json").write_text(json.dumps(rules, ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-c", ALONE, tmp_path / "rules.json", units, events, out, AS_OF.isoformat()]
    ended = subprocess.run(command, env=cluster, capture_output=True, text=True, timeout=600, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert "Launching executor" in (tmp_path / "Master.log").read_text(encoding="utf-8")
    expected = entitled(rules, units, events, AS_OF).to_pylist()
    assert sorted(map(str, pq.read_table(out).to_pylist())) == sorted(map(str, expected))


def test_what_does_not_do_with_little_memory_gets_more(tmp_path, monkeypatch):
    monkeypatch.setattr(duckdb_engine, "LITTLE", "1MB")
    with open_engine("duckdb", tmp_path) as engine:
        setting = "SELECT current_setting('memory_limit')"
        (little,) = engine.rows(setting)
        rows = engine.rows("SELECT count(*), sum(i) FROM (SELECT DISTINCT i % 200000 AS i FROM range(300000) t(i)) u")
        assert rows == [(200_000, 199_999 * 100_000)]
        assert engine.rows(setting) != [little]


def test_an_engine_that_is_not_there_says_what_to_do(tmp_path, monkeypatch):
    with pytest.raises(UsageError, match="没有名为“快”的引擎。可用：duckdb"):
        open_engine("快", tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(UsageError, match="DATABASE_URL"), open_engine("postgres", tmp_path):
        pass
    monkeypatch.setitem(__import__("sys").modules, "pyspark.sql", None)
    with pytest.raises(UsageError, match=r"requirements-spark\.lock"), open_engine("spark", tmp_path):
        pass


def test_a_database_s_long_names_are_told_apart():
    from luodi.entitlement.engines.postgres import PostgresDialect

    long = [f"{'很长的事实名称' * 5}{end}" for end in "甲乙"]
    assert len({PostgresDialect().quoted(name) for name in long}) == 2
    assert all(len(PostgresDialect().quoted(name).encode()) <= 65 for name in long)
    assert Dialect().quoted('a"b') == '"a""b"'
