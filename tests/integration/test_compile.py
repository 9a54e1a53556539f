"""``luodi compile`` from the outside: what it writes, when it refuses, what it exits with."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from luodi.cli import app
from luodi.document import parse, read
from luodi.errors import UsageError
from luodi.policy import clauses
from luodi.policy.batch import settled
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange
from luodi.policy.pack import SCHEMA_VERSION

TEXT = """云州市人民政府关于支持创新的意见
各区人民政府,市政府各部门:
为加快创新,根据《云省创新条例》,提出如下意见。
一、总体要求
到2027年,新增高新技术企业100家以上。
二、政策措施
(一)支持企业。对新认定的企业,一次性给予20万元奖励。(责任单位:市甲局牵头,市乙局参与)
(二)支持平台。对认定的平台,按投资额的10%给予补助,最高500万元。
本意见自2026年1月1日起施行,有效期至2027年12月31日。
"""


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "意见.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments: object):
    return CliRunner().invoke(app, ["compile", *map(str, arguments)])


def test_one_file_goes_to_standard_output(paper: Path):
    result = run(paper)
    assert result.exit_code == 0
    facts = json.loads(result.stdout)
    assert facts["title"] == "云州市人民政府关于支持创新的意见"
    assert [row["id"] for row in facts["articles"]] == ["一", "二", "二.(一)", "二.(二)"]
    assert facts["validity"]["effective_to"] == "2027-12-31"


def test_every_fact_points_at_its_place_in_the_source(paper: Path):
    found = compile_document(read(paper))
    assert found.facts
    for fact in found.facts:
        assert 0 <= fact.span.start < fact.span.end <= len(TEXT)
        assert 0 < fact.confidence <= 1


def test_two_processes_find_in_a_long_document_what_one_finds(paper: Path, tmp_path: Path, monkeypatch):
    whole = compile_document(read(paper))
    assert compile_document(read(paper), in_two=True) == whole
    monkeypatch.setattr("luodi.policy.batch._IN_TWO_FROM", len(TEXT) // 2)
    in_one = run(paper).stdout
    monkeypatch.setattr("luodi.policy.batch._IN_TWO_FROM", len(TEXT) * 2)
    assert run(paper).stdout == in_one


@pytest.mark.parametrize("kind", ["benefit", "duty"])  # one a process
def test_a_fault_in_either_process_is_told_and_the_rest_is_done(paper: Path, tmp_path: Path, monkeypatch, kind: str):
    def fails(*_: object):
        raise ZeroDivisionError("甲")

    clauses.finder(kind)  # registered before another takes its place
    monkeypatch.setitem(clauses._FINDERS, kind, fails)
    monkeypatch.setattr("luodi.policy.batch._IN_TWO_FROM", 0)
    result = run(paper)
    assert result.exit_code == 1
    assert "编译 意见.txt 时程序出错（ZeroDivisionError：甲）" in result.stderr


def test_a_folder_gives_one_result_a_file_and_an_unreadable_one_does_not_stop_the_rest(paper: Path, tmp_path: Path):
    (tmp_path / "空.txt").write_bytes(b"")
    (tmp_path / "图.png").write_bytes(b"\x89PNG")
    result = run(tmp_path, "-o", tmp_path / "结果" / "深")
    assert result.exit_code == 1
    assert [path.name for path in sorted((tmp_path / "结果" / "深").iterdir())] == ["意见.json"]
    assert "空.txt 是空文件" in result.output


def test_a_pack_is_written_beside_the_facts(paper: Path, tmp_path: Path):
    assert run(paper, "-o", tmp_path / "o", "--format", "pack").exit_code == 0
    pack = json.loads((tmp_path / "o" / "意见.pack.json").read_text(encoding="utf-8"))
    assert pack["schema_version"] == SCHEMA_VERSION
    assert pack["source"]["length"] == len(TEXT)


@pytest.mark.parametrize(
    "case", ["two of one stem", "many to standard output", "unknown format", "out is a file", "nothing"]
)
def test_a_wrong_call_is_refused_before_anything_is_written(paper: Path, tmp_path: Path, case: str):
    other = tmp_path / "b"
    other.mkdir()
    (other / "意见.html").write_text(f"<html><p>{TEXT}</p></html>", encoding="utf-8")
    (other / "另一份.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "leer").mkdir()
    call, message = {
        "two of one stem": (([paper, other], tmp_path / "o", "facts"), "文件名.*相同"),
        "many to standard output": (([other], None, "facts"), "用 -o 指定"),
        "unknown format": (([paper], None, "akn2"), "不认识"),
        "out is a file": (([paper], paper, "facts"), "是文件"),
        "nothing": (([tmp_path / "leer"], None, "facts"), "没有可编译的文件"),
    }[case]
    with pytest.raises(UsageError, match=message) as refusal:
        settled(*call)
    assert refusal.value.exit_code == 2
    assert not (tmp_path / "o").exists()


def test_a_text_with_no_clause_we_know_gives_empty_facts_and_is_done(tmp_path: Path):
    path = tmp_path / "诗.txt"
    path.write_text("白日依山尽，黄河入海流。", encoding="utf-8")
    result = run(path)
    assert result.exit_code == 0
    facts = json.loads(result.stdout)
    assert facts["title"] is None
    assert not any(facts[kind] for kind in ("articles", "duties", "benefits", "goals", "sectors", "references"))


def facts_of(text: str) -> dict:
    """The facts without their places, which harmless changes move."""
    found = exchange(compile_document(parse(text)))

    def bare(here: object) -> object:
        if isinstance(here, dict):
            return {key: bare(value) for key, value in here.items() if "span" not in key and key != "sentence"}
        return [bare(one) for one in here] if isinstance(here, list) else here

    return {
        key: bare(value) for key, value in found.items() if "span" not in key and key not in ("diagnostics", "source")
    }


WIDER = str.maketrans(",:;()%0123456789", "，：；（）％０１２３４５６７８９")


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.translate(WIDER),
        TEXT.replace("\n", "\n\n\n"),
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\n\u3000\u3000"),
    ],
    ids=["full width", "blank lines", "other line ends", "indented"],
)
def test_harmless_changes_leave_the_facts_alone(changed: str):
    assert facts_of(changed) == facts_of(TEXT)


PIECES = st.sampled_from(
    [
        "一、",
        "(一)",
        "1.",
        "第一条",
        "附件1",
        "《某办法》",
        "(责任单位:市甲局牵头,市乙局参与)",
        "给予50万元奖励",
        "按10%",
        "分别",
        "对企业",
        "到2027年",
        "达到",
        "100家",
        "以上",
        "重点发展",
        "甲、乙、丙",
        "本办法",
        "自2026年1月1日起施行",
        "同时废止",
        ",",
        "、",
        "。",
        ";",
        ":",
        "\n",
        "各区人民政府:",
        "关于",
        "意见",
        "\t",
        "（",
        "）",
        "最高不超过",
        "每家",
        "一事一议",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_compiles_to_the_same_facts_twice_inside_its_source(source: str):
    first = compile_document(parse(source))
    for fact in first.facts:
        assert 0 <= fact.span.start <= fact.span.end <= len(source)
    assert compile_document(parse(source)).facts == first.facts


@pytest.mark.corpus
def test_the_first_policy_is_read_without_a_miss(corpus: Path):
    gold = json.loads((corpus / "gold" / "hangzhou-2018-mci.json").read_text(encoding="utf-8"))
    found = exchange(compile_document(read(corpus / "dev" / "hangzhou-2018-mci.txt")))
    assert [(row["id"], row["heading"]) for row in found["articles"]] == [
        (row["id"], row["heading"]) for row in gold["articles"]
    ]
    for name in ("title", "document_number", "issuer", "issued_on", "recipients"):
        assert found[name] == gold[name]
    assert [(row["title"], row["number"]) for row in found["references"]] == [
        (row["title"], row["number"]) for row in gold["references"]
    ]
    assert {name: found["validity"][name] for name in gold["validity"]} == gold["validity"]
    assert found["repeals"] == gold["repeals"] == []
