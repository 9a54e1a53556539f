"""Bad input through the command line: named with table, column, row and value; nothing is written, nothing half."""

import datetime as dt
import importlib.util
import json
import shutil
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from world import condition, pack, prize, rule

from luodi import cli
from luodi.document.reading import parse
from luodi.policy.build import build
from luodi.policy.compile import compile_document

DAYS = pa.array([dt.date(2020, 3, 1)] * 2, pa.date32())
STATES = [{"value": "存续", "label": "存续"}, {"value": "注销", "label": "已注销"}]
CODED = [
    {"id": "状态", "words": ["状态"], "type": "code", "unit": None, "question": "？", "options": STATES},
    {"id": "标签", "words": ["标签"], "type": "codes", "unit": None, "question": "？", "options": STATES},
    {"id": "地区", "words": ["地区"], "type": "code", "unit": None, "question": "？", "options": STATES, "open": True},
]
"""Facts with codes: two whose options are all there are, one whose options are not."""
UNITS = {"unit_id": ["甲", "乙"], "kind": ["enterprise"] * 2, "人数": [60, 60], "状态": ["存续", "注销"]}
UNITS |= {"地区": ["别处", None], "标签": pa.array([["存续"], None], pa.list_(pa.string()))}
EVENTS = {"unit_id": ["甲", "乙"], "kind": ["奖项"] * 2, "grade": ["一等"] * 2, "date": DAYS, "级别": ["国", "省"]}
LEVELS = {
    "id": "级别",
    "words": ["级别"],
    "type": "code",
    "question": "？",
    "options": [{"value": v, "label": v} for v in "国省"],
}
FAULTS = {
    "a missing column": ({}, {"grade": None}, "事项表没有 grade 列。请补上"),
    "no unit ids": ({"unit_id": None}, {}, "单位表没有单位编号列"),
    "a fact that nobody supplies": ({"人数": None}, {}, r"规则 R1（第一条）读取事实“人数”（从业人数），但单位表没有这一列"),
    "another type": ({"人数": ["六十", "6"]}, {}, "单位表的 人数 列是 VARCHAR，应为整数列"),
    "an unknown code": ({"状态": ["存续", "停业"]}, {}, "状态 列有代码表之外的代码（可用：存续、注销）：共 1 行，如 乙（停业）"),
    "an unknown code in a list": ({"标签": [["存续", "新"], []]}, {}, "标签 列有代码表之外的代码（可用：存续、注销）：共 1 行，如 甲"),
    "an unknown code of an event": ({}, {"级别": ["国", "市"]}, "事项表的 级别 列有代码表之外的代码（可用：国、省）：共 1 行，如 乙（市）"),
    "an unknown kind of unit": ({"kind": ["enterprise", "公司"]}, {}, "如 乙（公司）"),
    "a unit twice": ({"unit_id": ["甲", "甲"]}, {"unit_id": ["甲", "甲"]}, "重复的单位：如 甲（2 行）"),
    "an unknown unit": ({}, {"unit_id": ["甲", "丙"]}, "事项表的单位不在单位表中：共 1 行，如 丙"),
    "an impossible date": ({}, {"date": pa.array([dt.date(1020, 1, 1), None], pa.date32())}, "如 甲（1020-01-01）"),
    "a day that no calendar here has": ({}, {"date": pa.array([6_585_442, None], pa.int32()).cast(pa.date32())}, "不可能的日期：共 1 行，如 甲（20000-"),
    "a unit without id": ({"unit_id": ["甲", None]}, {"unit_id": ["甲", "甲"]}, "有单位编号为空的行：共 1 行。请改正"),
    "negative money": ({"研发费用": [1, -2]}, {}, "研发费用 列有负的金额：共 1 行，如 乙（-2）"),
}  # fmt: skip


def given_pack():
    """A pack file: a rule on facts, a rule on events, words with codes."""
    text = "云岭市若干措施\n第一条 对获评国家级绿色工厂的企业,给予10万元奖励。\n"
    base = build(compile_document(parse(text))).data
    rules = [rule(conditions=[condition({"fact": "人数", "op": ">=", "value": 50})]), prize(id="R2")]
    made = pack(*rules)
    events = [
        each | ({"attributes": [LEVELS]} if each["id"] == "奖项" else {}) for each in made["vocabulary"]["events"]
    ]
    words = {
        "events": events,
        "facts": [*(f for f in made["vocabulary"]["facts"] if f["id"] not in ("状态", "标签")), *CODED],
    }
    return base, rules, words


@pytest.fixture
def files(tmp_path):
    base, rules, words = given_pack()
    filled = {"sensitivity": "internal", "evidence": "document", "options": [], "register": False}
    events = [
        {"aliases": [], "grades": [], "actions": [], "sensitivity": "public", "evidence": "document"} | each
        for each in words["events"]
    ]
    for each in events:
        each["grades"] = [{"from": None, "to": None} | grade for grade in each["grades"]]
    data = base | {
        "rules": rules,
        "vocabulary": {"events": events, "facts": [filled | each for each in words["facts"]]},
    }
    for each in data["rules"]:
        each |= {
            "article": "第一条",
            "span": [0, 1],
            "mode": "documents",
            "attest": None,
            "publication": "open",
            "caps": [],
        }
    (tmp_path / "pack.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    write(tmp_path)
    return tmp_path


def write(folder, units=None, events=None):
    for name, table, changes in (("e", UNITS, units or {}), ("v", EVENTS, events or {})):
        made = {key: value for key, value in (table | changes).items() if value is not None}
        pq.write_table(pa.table(made), folder / f"{name}.parquet")


def call(monkeypatch, capsys, *arguments):
    """What the command says and its exit code, as a shell sees them."""
    monkeypatch.setattr(sys, "argv", ["luodi", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    return ended.value.code or 0, said.err


def entitle(files, monkeypatch, capsys, *more):
    places = ("--enterprises", files / "e.parquet", "--events", files / "v.parquet", "-o", files / "o.parquet")
    return call(monkeypatch, capsys, "entitle", "--pack", files / "pack.json", *places, "--as-of", "2021-06-30", *more)


def test_sound_tables_are_computed(files, monkeypatch, capsys):
    code, said = entitle(files, monkeypatch, capsys)
    assert (code, "4 行" in said) == (0, True), said
    assert pq.read_table(files / "o.parquet").num_rows == 4


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("how", [(), ("--engine", "kernel")], ids=["duckdb", "kernel"])
def test_a_fault_of_the_tables_is_named_and_nothing_is_written(files, monkeypatch, capsys, fault, how):
    units, events, words = FAULTS[fault]
    write(files, units, events)
    before = sorted(path.name for path in files.iterdir())
    code, said = entitle(files, monkeypatch, capsys, *how)
    assert code != 0 and words in said and "未作计算" in said and "Traceback" not in said
    assert sorted(path.name for path in files.iterdir()) == before


def test_all_faults_are_told_at_once_and_strict_stops_at_the_first(files, monkeypatch, capsys):
    write(files, {"状态": ["停业", "歇业"], "研发费用": [-1, -2]}, {"date": pa.array([dt.date(1020, 1, 1)] * 2)})
    _, said = entitle(files, monkeypatch, capsys)
    assert "3 处问题" in said and said.count("\n- ") == 3
    _, said = entitle(files, monkeypatch, capsys, "--strict")
    assert "1 处问题" in said and said.count("\n- ") == 1


def test_a_file_cut_short_is_named_and_what_stood_there_stays(files, monkeypatch, capsys):
    (files / "o.parquet").write_bytes(b"before")
    whole = (files / "v.parquet").read_bytes()
    for engine in ("duckdb", "kernel", "postgres"):
        (files / "v.parquet").write_bytes(whole[: len(whole) // 2])
        code, said = entitle(files, monkeypatch, capsys, "--engine", engine)
        assert code != 0 and "事项表" in said and "不是完整的 parquet 文件" in said
    assert (files / "o.parquet").read_bytes() == b"before" and len(list(files.iterdir())) == 4


@pytest.mark.parametrize("engine", ["duckdb", "kernel", "postgres", "spark"])
def test_a_file_damaged_inside_is_named(files, monkeypatch, capsys, engine):
    """Its notes at the end are whole, so that it opens; the rows are not."""
    if engine == "spark" and not (importlib.util.find_spec("pyspark") and shutil.which("java")):
        pytest.skip("没有 Java 17 或 .spark（pyspark），见 tests/run.py 的 spark()")
    known = (files / "v.parquet").read_bytes()
    at = known.index("奖项".encode())
    (files / "v.parquet").write_bytes(known[: at - 40] + bytes(40) + known[at:])
    code, said = entitle(files, monkeypatch, capsys, "--engine", engine)
    assert code != 0 and "v.parquet 已损坏" in said and "请重新导出" in said and "e.parquet" not in said
    assert not (files / "o.parquet").exists()


@pytest.mark.parametrize(
    ("missing", "said"),
    [("pyspark.sql", "需要 pyspark，这里没有安装。请运行"), ("java", "需要 Java 17，这里没有找到。请安装")],
)
def test_a_spark_that_is_not_there_says_what_to_do(files, monkeypatch, capsys, missing, said):
    if missing == "java":
        pytest.importorskip("pyspark", reason="pyspark 没有安装")
        monkeypatch.delenv("JAVA_HOME", raising=False)
        monkeypatch.setenv("PATH", str(files))
    else:
        monkeypatch.setitem(sys.modules, missing, None)
    code, words = entitle(files, monkeypatch, capsys, "--engine", "spark")
    assert code != 0 and said in words and not (files / "o.parquet").exists()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"状态": "停业"}, "单位 甲 的事实“状态”：状态“停业”不在代码表之内。可用：存续、注销。请改正"),
        ({"标签": ["存续", "新"]}, "标签“新”不在代码表之内"),
        ({"人数": "六十"}, "从业人数应为整数，读到的是“六十”"),
        ({"研发费用": -1}, "研发费用不能为负数"),
        ({"成立日期": "2020-02-30"}, "成立日期应为YYYY-MM-DD 日期"),
    ],
)
def test_a_fault_of_one_unit_is_named(files, monkeypatch, capsys, facts, said):
    (files / "u.json").write_text(json.dumps({"id": "甲", "facts": facts}, ensure_ascii=False), encoding="utf-8")
    code, words = call(monkeypatch, capsys, "explain", "--pack", files / "pack.json", "--enterprise", files / "u.json")
    assert code != 0 and said in words


def test_a_code_outside_open_options_is_taken(files, monkeypatch, capsys):
    (files / "u.json").write_text(json.dumps({"id": "甲", "facts": {"地区": "别处", "状态": "存续"}}), encoding="utf-8")
    assert call(monkeypatch, capsys, "explain", "--pack", files / "pack.json", "--enterprise", files / "u.json")[0] == 0
