"""The shipped packs: rebuilt from their text and a person's entries, they say what they said."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

from luodi.cli import app
from luodi.document import read
from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.entitlement.population import evaluate
from luodi.errors import ContentError
from luodi.policy.batch import compile_files
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.policy.difference import compare
from luodi.policy.pack import SCHEMA_VERSION, canonical, check_against_text, read_pack, read_yaml
from luodi.quantities.money import find_money
from luodi.service.demo.city import make_city
from luodi.service.demo.tables import events_table, units_table

ROOT = Path(__file__).parents[2]
PACKS = ROOT / "packs"
EXAMPLES = ("yunlan-2026-mci", "yunlan-2026-manufacturing")
SHIPPED = "hangzhou-2018-mci"
PHRASE = 20


def built(folder: Path, text: Path):
    return build(compile_document(read(text)), read_yaml(folder / "confirmed.yaml"))


@pytest.fixture(scope="module")
def examples():
    return {name: built(PACKS / name, PACKS / name / "document.txt") for name in EXAMPLES}


@pytest.fixture(scope="module")
def shipped():
    return read_pack(PACKS / SHIPPED / "pack.json")


@pytest.fixture(scope="module")
def source(corpus):
    return corpus / "dev" / f"{SHIPPED}.txt"


def texts(here, key=""):
    if isinstance(here, dict):
        for name, value in here.items():
            yield from texts(value, name)
    elif isinstance(here, list):
        for item in here:
            yield from texts(item, key)
    elif isinstance(here, str):
        yield key, here


def sums(here):
    """Every sum of a rule's amount with its place in the text."""
    if isinstance(here, dict):
        if here.get("span"):
            yield from ((here[name], here["span"]) for name in ("fen", "cap") if here.get(name) is not None)
        for value in here.values():
            yield from sums(value)
    elif isinstance(here, list):
        for item in here:
            yield from sums(item)


@pytest.mark.corpus
def test_compiling_the_text_again_gives_the_shipped_pack(shipped, source):
    fresh = built(PACKS / SHIPPED, source)
    assert [str(difference) for difference in compare(shipped, fresh)] == []
    assert check_against_text(shipped, read(source)) is None


@pytest.mark.corpus
def test_the_documented_command_rebuilds_the_pack(source, tmp_path, shipped):
    assert compile_files([source], tmp_path, "pack", PACKS / SHIPPED / "confirmed.yaml") == 0
    made = read_pack(tmp_path / f"{SHIPPED}.pack.json")
    assert compare(shipped, made) == []


@pytest.mark.corpus
def test_the_shipped_pack_has_every_reference_fact(shipped, corpus):
    gold = json.loads((corpus / "gold" / f"{SHIPPED}.json").read_text(encoding="utf-8"))
    facts = shipped.facts

    def rows(items, *names):
        return Counter(tuple(str(item[name]) for name in names) for item in items)

    assert rows(facts["duties"], "article", "lead", "participants") == rows(
        gold["duties"], "article", "lead", "participants"
    )
    assert rows(facts["goals"], "article", "op", "value", "unit", "deadline") == rows(
        gold["goals"], "article", "op", "value", "unit", "deadline"
    )
    paid = [{**one, "amount": None if one["amount"] is None else one["amount"] // 100} for one in facts["benefits"]]
    assert rows(paid, "article", "kind", "selector", "amount", "frequency") == rows(
        gold["benefits"], "article", "kind", "selector", "amount", "frequency"
    )
    assert rows(facts["sectors"], "article", "name") == rows(gold["sectors"], "article", "name")
    named = sum(len(sector["technologies"]) for sector in facts["sectors"])
    assert named >= 0.95 * sum(len(sector["technologies"]) for sector in gold["sectors"])
    assert {r["number"] for r in facts["references"]} == {r["number"] for r in gold["references"]}
    assert [one["heading"] for one in shipped.data["articles"]] == [one["heading"] for one in gold["articles"]]
    assert len(facts["qualitative_goals"]) >= 2


@pytest.mark.corpus
def test_no_run_of_the_official_text_longer_than_a_phrase(shipped, source):
    text = read(source).text.source
    names = {shipped.title} | {reference["title"] for reference in shipped.facts["references"]}
    runs = [
        written
        for _, written in texts(shipped.data)
        if written not in names and any(written[at : at + PHRASE + 1] in text for at in range(len(written) - PHRASE))
    ]
    assert runs == []


@pytest.mark.corpus
def test_every_sum_of_the_shipped_pack_opens_at_its_words(shipped, source):
    text = read(source).text.source
    found = [(fen, text[start:end]) for rule in shipped.rules for fen, (start, end) in sums(rule["amount"])]
    assert len(found) == 17
    assert all(find_money(words)[0].fen == fen for fen, words in found)


@pytest.mark.corpus
def test_another_document_is_not_taken_for_the_source(shipped, corpus):
    other = next(path for path in sorted((corpus / "dev").iterdir()) if path.stem != SHIPPED)
    with pytest.raises(ContentError, match=shipped.data["source"]["text_sha256"]):
        check_against_text(shipped, read(other))


@pytest.mark.corpus
def test_any_document_gives_a_pack_whose_rules_load(corpus):
    refused = {}
    for path in sorted((corpus / "dev").glob("*.txt")):
        try:
            load_rules(build(compile_document(read(path))))
        except ContentError as error:
            refused[path.stem] = str(error)
    assert refused == {}


def test_pack_commands_check_compare_and_view(shipped, tmp_path):
    path = PACKS / SHIPPED / "pack.json"
    changed = json.loads(path.read_text(encoding="utf-8"))
    changed["facts"]["goals"][0]["value"] = 12
    other = tmp_path / "other.json"
    other.write_text(json.dumps(changed, ensure_ascii=False), encoding="utf-8")
    runner = CliRunner()
    assert "10 条规则，可以使用" in runner.invoke(app, ["pack", "check", str(path)]).output
    same, differs = (runner.invoke(app, ["pack", "compare", str(path), str(to)]) for to in (path, other))
    assert (same.exit_code, same.output.strip()) == (0, "没有不同。")
    assert (differs.exit_code, differs.output.strip()) == (1, "goals 一.(二) › value：10 → 12")
    assert f"schema_version: {SCHEMA_VERSION}" in runner.invoke(app, ["pack", "view", str(path)]).output


def test_the_register_holds_the_eighteen_questions(shipped):
    register = {one["id"]: one for one in shipped.ambiguities}
    assert set(register) == {f"Q{k}" for k in range(1, 19)}
    assert all(one["answer"] is None and len(one["options"]) >= 2 for one in register.values())
    read_by_rules = {reading["ambiguity"] for rule in shipped.rules for reading in rule["readings"]}
    assert {"Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q9", "Q13"} <= read_by_rules
    for rule in shipped.rules:
        for reading in rule["readings"]:
            assert rule["id"] in register[reading["ambiguity"]]["rules"]


def test_item_four_is_kept_back_and_attested_everywhere(shipped):
    item = [rule for rule in shipped.rules if rule["item"] == "四.(三).4"]
    assert len(item) == 3
    assert all(rule["publication"] == "item_total" and rule["attest"] for rule in item)
    kinds = {event["id"]: event for event in shipped.vocabulary["events"]}
    for rule in item:
        assert all(kinds[kind]["sensitivity"] == "restricted" for kind in rule["trigger"]["events"])
        assert all(kinds[kind]["evidence"] == "attested" for kind in rule["trigger"]["events"])


def test_items_without_a_sum_stand_beside_the_others(shipped):
    beside = {rule["id"] for rule in shipped.rules if rule["amount"].get("case")}
    assert beside == {"四.(三).1#1", "四.(三).6#1", "四.(三).7#1"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_are_built_live_confirmed_and_published_by_two(examples, name):
    pack = examples[name]
    load_rules(pack)
    assert pack.id == name
    assert pack.effective_from <= dt.date(2026, 4, 1) < pack.effective_to
    people = {one["by"] for one in pack.data["confirmed"]} | {pack.data["published"]["by"]}
    assert len(people) == 2
    assert canonical(built(PACKS / name, PACKS / name / "document.txt").data) == canonical(pack.data)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_sum_of_an_example_opens_at_its_words(examples, name):
    text = read(PACKS / name / "document.txt").text.source
    for rule in examples[name].rules:
        for fen, (start, end) in sums(rule["amount"]):
            sentence = text[slice(*rule["span"])]
            near = [*find_money(text[start:end]), *find_money(sentence)]
            assert fen in {one.fen for one in near}, (rule["id"], fen, text[start:end])


def test_a_condition_that_quotes_what_the_article_does_not_say_is_refused(tmp_path):
    entries = read_yaml(PACKS / EXAMPLES[1] / "confirmed.yaml")
    entries["rule_defaults"]["conditions"][0]["quote"] = "注册地在外市"
    with pytest.raises(ContentError, match="第一条没有这几个字"):
        build(compile_document(read(PACKS / EXAMPLES[1] / "document.txt")), entries)


def test_an_entry_nobody_knows_is_refused(examples):
    with pytest.raises(ContentError, match="不认识的条目：rule"):
        build(compile_document(read(PACKS / EXAMPLES[0] / "document.txt")), {"rule": []})


@pytest.fixture(scope="module")
def second_city(examples):
    return make_city(read_yaml(ROOT / "demo" / "yunlan.yaml"), *examples.values())


@pytest.mark.parametrize(
    ("tag", "rule", "group", "wan"),
    [
        ("投资额恰500万", "第四条#1", "sure", 50),
        ("投资额差1元", "第四条#1", "not", 0),
        ("补助封顶", "第四条#1", "sure", 500),
        ("就高不重复", "第四条#1", "not", 0),
        ("就高不重复", "第四条#2", "sure", 240),
        ("晋级差额", "第十条#1", "sure", 80),
        ("成立不满1年", "第四条#1", "not", 0),
        ("成立不满1年", "第十三条#2", "sure", 2.4),
        ("研发占比恰4%", "第十一条#1", "sure", 12),
        ("研发未增长", "第十一条#1", "not", 0),
        ("研发数据未知", "第十一条#1", "possible", 0),
        ("百亿增量", "第八条#2", "sure", 200),
        ("重大项目核定", "第五条#1", "authority", 0),
        ("再次入库", "第九条#1", "not", 0),
    ],
)
def test_the_cases_of_the_second_city(examples, second_city, tag, rule, group, wan):
    (unit,), _ = second_city.tagged(tag)
    found = explain(examples[EXAMPLES[1]], second_city.unit_input(unit, {}), dt.date(2026, 11, 20))
    row = next(each for each in found.rules if each.rule == rule)
    assert (row.group, row.sure_fen / 1_000_000) == (group, wan)


def test_a_yearly_ceiling_cuts_all_awards_together(examples, second_city):
    (unit,), _ = second_city.tagged("年度累计封顶")
    found = explain(examples[EXAMPLES[1]], second_city.unit_input(unit, {}), dt.date(2026, 11, 20))
    assert found.sure_fen == 20_000_000 * 100


def test_government_units_of_the_second_city_cover_its_duties(examples):
    spec = read_yaml(ROOT / "demo" / "yunlan.yaml")
    names = {name["short"] for unit in spec["government_units"] for name in unit["names"]}
    names |= {one["name"] for one in spec["classes"]}
    for pack in examples.values():
        written = {unit for duty in pack.facts["duties"] for unit in [*duty["lead"], *duty["participants"]]}
        assert written <= names


def test_once_a_person_names_the_event_its_tiers_are_grades(examples):
    bare = build(compile_document(read(PACKS / EXAMPLES[0] / "document.txt")))
    rules = {rule["id"]: rule for rule in examples[EXAMPLES[0]].rules}
    proposed = {rule["id"]: rule for rule in bare.rules}
    contest = rules["四.(三).2#2"]
    assert set(contest["amount"]["by_grade"]) == {"金奖", "银奖", "铜奖"}
    assert contest["amount"]["by_grade"]["金奖"]["fen"] == 60_000_000
    assert bare.data["confirmed"] == [] and bare.data["published"] is None
    assert [rule["window"] for rule in proposed.values()] == [rules[name]["window"] for name in proposed]


def differences(pack, city, packs, day):
    """Rows in which explaining each unit and evaluating the population do not agree."""
    rules = load_rules(pack)
    rows = evaluate(pack, units_table(city, *packs), events_table(city, *packs), day).to_pylist()
    found = {
        (row["unit_id"], row["rule"]): (row["group"], row["verdict"], row["sure_fen"], row["upto_fen"]) for row in rows
    }
    wanted = {
        (unit.id, each.rule): (each.group, each.verdict, each.sure_fen, each.upto_fen)
        for unit in city.units
        for each in explain(rules, city.unit_input(unit, {}), day).rules
        if each.touched or (unit.id, each.rule) in found
    }
    return {
        key: (wanted.get(key), found.get(key))
        for key in wanted.keys() | found.keys()
        if wanted.get(key) != found.get(key)
    }


def test_explaining_and_evaluating_agree_on_both_demo_cities(shipped, examples, second_city):
    first_city = make_city(read_yaml(ROOT / "demo" / "hangzhou.yaml"), shipped)
    assert differences(shipped, first_city, [shipped], dt.date(2020, 10, 15)) == {}
    for pack in examples.values():
        assert differences(pack, second_city, list(examples.values()), dt.date(2026, 11, 20)) == {}
