import copy
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.document import parse
from luodi.errors import ContentError
from luodi.policy.difference import compare
from luodi.policy.pack import (
    SCHEMA_VERSION,
    canonical,
    check_against_text,
    pack_from,
    read_pack,
    text_digest,
    to_yaml,
    write_pack,
)
from luodi.policy.yaml_view import shown, understood

PACK = Path(__file__).parents[3] / "packs" / "hangzhou-2018-mci" / "pack.json"


@pytest.fixture(scope="module")
def shipped():
    return read_pack(PACK)


@pytest.fixture
def data(shipped):
    return copy.deepcopy(dict(shipped.data))


def refusal(data) -> str:
    with pytest.raises(ContentError) as caught:
        pack_from(data, "例包")
    return str(caught.value)


def test_written_and_read_back_it_is_byte_for_byte_the_same(shipped, tmp_path):
    write_pack(shipped, tmp_path / "copy.json")
    assert (tmp_path / "copy.json").read_bytes() == PACK.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == ["copy.json"]


def test_the_yaml_view_reads_back_to_the_same_pack(shipped, tmp_path):
    view = tmp_path / "pack.yaml"
    view.write_text(to_yaml(shipped), encoding="utf-8")
    assert canonical(read_pack(view).data) == canonical(shipped.data)


def test_a_newer_format_is_refused_by_name(data):
    data["schema_version"] = SCHEMA_VERSION + 1
    data["something"] = "that only a later version knows"
    assert f"此包为第{SCHEMA_VERSION + 1}版格式，本程序只认识到第{SCHEMA_VERSION}版" in refusal(data)


@pytest.mark.parametrize("broken", [[], "pack", None, 7])
def test_what_is_no_object_is_no_pack(broken):
    assert "最外层应为对象" in refusal(broken)


def test_a_missing_span_is_named_with_pointer_and_article(data):
    del data["facts"]["duties"][2]["span"]
    said = refusal(data)
    assert "/facts/duties/2" in said
    assert "分工 › “二.(三)”" in said
    assert "缺少span" in said


def test_a_span_outside_the_text_is_refused(data):
    data["facts"]["goals"][0]["span"] = [10, 999_999]
    said = refusal(data)
    assert "/facts/goals/0/span" in said
    assert str(data["source"]["length"]) in said


def test_a_sum_in_yuan_with_decimals_is_refused(data):
    data["facts"]["benefits"][1]["amount"] = 3000000.5
    assert "应为整数或空，读到的是数 3000000.5" in refusal(data)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda d: d["ambiguities"][0]["rules"].append("四.(九).9#1"), "规则“四.(九).9#1”不存在"),
        (
            lambda d: d["rules"][1]["readings"].append(d["rules"][1]["readings"][0] | {"ambiguity": "Q99"}),
            "“Q99”不存在",
        ),
        (lambda d: d["rules"][1]["trigger"].update(events=["无此奖"]), "事项词“无此奖”不存在"),
        (lambda d: d["rules"][1]["amount"]["by_grade"].update({"四等奖": {"fen": 1, "span": None}}), "等级“四等奖”"),
        (lambda d: d["rules"][1]["conditions"][0].update(test={"fact": "人数", "op": ">", "value": 1}), "“人数”不存在"),
        (lambda d: d["rules"].append(d["rules"][0]), "重复"),
        (lambda d: d["rules"][0].update(article="九"), "条款“九”不存在"),
        (lambda d: d["rules"][0]["window"].update({"to": "2021-02-31"}), "“2021-02-31”不是日期"),
        (lambda d: d["rules"][0].update(paid="sometimes"), "应为each、once、per_year、per_side之一"),
    ],
)
def test_references_that_lead_nowhere_are_refused_with_their_place(data, change, says):
    change(data)
    said = refusal(data)
    assert says in said
    assert re.search(r"^/(rules|ambiguities)/", said, re.MULTILINE)


def test_a_file_that_is_no_json_is_refused_with_its_line(tmp_path):
    path = tmp_path / "pack.json"
    path.write_text('{"id": "x",\n "version": }', encoding="utf-8")
    with pytest.raises(ContentError, match="第 2 行"):
        read_pack(path)
    with pytest.raises(ContentError, match="读不到政策包"):
        read_pack(tmp_path / "absent.json")


def test_comparing_ignores_confidence_diagnostics_and_who_confirmed(shipped, data):
    data["facts"]["goals"][0]["confidence"] = 0.5
    data["confirmed"], data["published"] = [], None
    assert compare(shipped, pack_from(data)) == []


def test_comparing_names_each_changed_fact(shipped, data):
    data["facts"]["goals"][1]["value"] = 25
    data["facts"]["duties"][0]["participants"].append("市统计局")
    removed = data["facts"]["sectors"].pop()
    data["rules"][1]["window"]["to"] = "2022-12-31"
    found = {difference.place: difference for difference in compare(shipped, pack_from(data))}
    assert (found["goals 一.(二) › value"].left, found["goals 一.(二) › value"].right) == (20, 25)
    assert "市统计局" in str(found["duties 二.(一) › participants"])
    assert found[f"sectors {removed['article']}"].right is None
    assert found["rules 四.(三).2#1 › window"].right["to"] == "2022-12-31"
    assert len(found) == 4


def test_text_digest_sees_letters_only():
    assert text_digest("第一条　奖励１０％。\n") == text_digest("第一条 奖励\r\n10%。")
    assert text_digest("奖励10万元") != text_digest("奖励11万元")


def test_the_text_of_another_document_is_refused_and_another_copy_noticed(data):
    document = parse("一、奖励。给予10万元。\n", "例")
    data["source"].update(sha256=document.sha256, text_sha256=text_digest(document.text.source))
    pack = pack_from(data)
    assert check_against_text(pack, document) is None
    notice = check_against_text(pack, parse("一、奖励。\n给予１０万元。", "抄本"))
    assert notice is not None and "文字相同" in notice
    with pytest.raises(ContentError) as caught:
        check_against_text(pack, parse("一、奖励。给予20万元。", "另文"))
    assert data["source"]["text_sha256"] in str(caught.value)
    assert text_digest("一、奖励。给予20万元。") in str(caught.value)


def test_a_facts_only_pack_carries_no_sentence(data):
    """Phrases of at most 20 characters; titles, names, headings and the writer's own words are no sentences."""
    kinds = data["facts"]
    phrases = [g["metric"] for g in kinds["goals"]] + [q["statement"] for q in kinds["qualitative_goals"]]
    for benefit in kinds["benefits"]:
        phrases += [benefit[key] for key in ("selector", "recipient", "base", "per")]
        phrases += [*benefit["events"], *benefit["actions"], *(c["text"] for c in benefit["conditions"])]
    phrases += [t["name"] for s in kinds["sectors"] for t in s["technologies"]]
    phrases += [unit for d in kinds["duties"] for unit in [*d["lead"], *d["participants"]]]
    assert data["facts_only"] is True
    assert [phrase for phrase in phrases if phrase and len(phrase) > 20] == []
    assert data["diagnostics"] == []


def test_the_schema_is_a_valid_schema_and_lists_what_the_pack_has(data):
    path = Path(__file__).parents[3] / "src" / "luodi" / "policy" / "pack.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(data) <= set(schema["properties"])


@pytest.mark.parametrize(
    ("key", "written", "held"),
    [
        ("fen", "50万元", 50_000_000), ("cap", "1,234.56元", 123_456), ("floor", "1.5亿元", 15_000_000_000),
        ("value", "2000万元", 2_000_000_000), ("to", "2021-12-31", "2021-12-31"), ("fen", "1分", 1),
        ("fen", "0.001元", "0.001元"), ("text", "50万元", "50万元"), ("rate", "10%", [1, 10]), ("rate", "5‰", [1, 200]),
        ("rate", [2, 3], [2, 3]),
    ],
)  # fmt: skip
def test_sums_in_yaml_may_be_written_with_their_unit(key, written, held):
    assert understood([{"amount": {key: written}}]) == [{"amount": {key: held}}]


@given(st.sampled_from(["fen", "cap", "floor", "rate"]), st.integers(0, 10**15), st.integers(1, 1000))
def test_the_yaml_view_of_sums_and_rates_loses_nothing(key, number, denominator):
    rules = [{"amount": {key: [number % 1000 + 1, denominator] if key == "rate" else number}}]
    assert understood(shown(rules)) == rules
