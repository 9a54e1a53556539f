"""Simulated changes: the figures are those of the changed rules, nothing restricted or small shows, scenarios are kept."""

import datetime as dt
import itertools
import random
from collections import defaultdict
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from integration.award_city import DAY, REGION, RESTRICTED_ITEM, SLUG, add_event, add_fact, add_unit
from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.entitlement.simulation.change import changed
from luodi.errors import UsageError
from luodi.service.accounts.models import Organisation, User
from luodi.service.audit.models import AuditEvent
from luodi.service.awards import released as releases
from luodi.service.awards import wholes
from luodi.service.awards.actions import evaluate_region
from luodi.service.awards.models import ItemRelease, Scenario
from luodi.service.awards.queries import totals
from luodi.service.awards.released import may_be_shown, released
from luodi.service.awards.scenarios import save_scenario, seen, share_scenario
from luodi.service.awards.simulation import GROUPS, READINGS, open_fields, read_changes, simulated
from luodi.service.awards.suppression import MINIMUM, TOTAL
from luodi.service.registry.models import Unit
from luodi.service.registry.queries import unit_input

CHANGES = ["四.(三).2#1.amount.一等奖=333万元", "四.(三).3#2.window.to=2020-06-30", "四.(三).5#1.amount.国内=10万元"]


def _explained(city, rules) -> dict[Unit, dict[str, tuple[int, int]]]:
    """Every unit by the reference engine: open rules with their sums."""
    listed = {rule["id"] for rule in city.pack.rules if rule["item"] != RESTRICTED_ITEM}
    return {
        unit: {r.rule: (r.sure_fen, r.upto_fen) for r in explain(rules, unit_input(unit, public_only=False), DAY).rules
               if r.rule in listed and r.group != "case"}
        for unit in city.units
    }  # fmt: skip


def test_figures_are_those_of_the_reference_engine_under_the_changed_rules(crowd):
    rules = load_rules(crowd.pack)
    found = simulated(crowd.version, read_changes(CHANGES, rules, crowd.pack)).figures
    before, after = (
        _explained(crowd, rules),
        _explained(crowd, changed(rules, read_changes(CHANGES, rules, crowd.pack))),
    )
    assert found["units"] == len(crowd.units)
    for name, sums in (("before", before), ("after", after)):
        given = [pair for unit in sums.values() for pair in unit.values()]
        assert found[name]["sure_fen"] == sum(sure for sure, _ in given)
        assert found[name]["upto_fen"] == sum(upto for _, upto in given)
        assert found[name]["upto_units"] == sum(any(upto for _, upto in unit.values()) for unit in sums.values())
    for reading, side in (("strict", 0), ("generous", 1)):
        net = {u: sum(p[side] for p in after[u].values()) - sum(p[side] for p in before[u].values()) for u in before}
        assert found["moves"][reading]["gaining"] == sum(fen > 0 for fen in net.values()) > 0
        assert found["moves"][reading]["losing"] == sum(fen < 0 for fen in net.values()) > 0
        for row in found["rules"]:
            assert row["after"]["upto_fen"] == sum(unit[row["rule"]][1] for unit in after.values())
        by_kind = defaultdict(lambda: [0, 0])
        for unit, fen in net.items():
            by_kind[unit.kind][0] += fen > 0
            by_kind[unit.kind][1] += fen < 0
        for row in found["groups"]["kind"]:
            moves = row["moves"][reading]
            assert [moves["gaining"], moves["losing"]] == by_kind.pop(row["value"])
        assert not any(map(any, by_kind.values()))
        for group in GROUPS:
            for name in ("gaining", "gain_fen", "losing", "loss_fen"):
                assert (
                    sum(row["moves"][reading][name] for row in found["groups"][group]) == found["moves"][reading][name]
                )


def test_restricted_items_take_no_part(crowd, sign_in):
    rules = load_rules(crowd.pack)
    apart = {rule["id"] for rule in crowd.pack.rules if rule["publication"] == "item_total"}
    assert apart and not apart & {field.rule for field in open_fields(rules, crowd.pack)}
    client = sign_in("lead_officer")
    refused = client.post("/simulation/", {"policy": SLUG, "do": "try", f"{min(apart)}.amount.一类": "51万元"})
    assert refused.status_code == 422 and "没有任何改动" in refused.content.decode()
    whole = totals(evaluate_region(by=None, version=crowd.version), 1).by_award.cells[TOTAL, TOTAL]
    page = client.post("/simulation/", {"policy": SLUG, "do": "try", "四.(三).2#1.amount.一等奖": "333万元"})
    assert page.status_code == 200
    assert page.context["seen"].total.before.fen == whole.sure_fen
    assert not apart & {line["rule"] for line in page.context["changes"]}
    assert {line.name for line in page.context["seen"].rules}.isdisjoint(crowd.restricted_titles())


@given(st.lists(st.integers(-100, 100).filter(bool), min_size=1, max_size=6))
@settings(max_examples=20, deadline=None)
def percentages_tell_the_released_figure_alone(version, pack, percents):
    """Every answer is a function of the released figure: nothing of a holder is read, so no sequence tells of one."""
    release = ItemRelease.objects.filter(item=RESTRICTED_ITEM).first()
    with CaptureQueriesContext(connection) as asked:
        for percent in percents:
            (line,) = wholes.adjusted(version, pack, wholes.split([f"{RESTRICTED_ITEM}.percent={percent}%"], pack)[1])
            assert line["after"]["upto_fen"] == release.upto_fen * (100 + percent) // 100
            assert line["recipients"] == release.recipients
    read = " ".join(query["sql"] for query in asked)
    assert not [t for t in ("restrictedrow", "evaluationrow", "registry_", "restrictedpart") if t in read]


def test_an_item_published_as_one_figure_changes_by_a_percentage_of_it_alone(crowd, sign_in):
    kind = min(crowd.restricted_kinds())
    grades = next(each for each in crowd.pack.vocabulary["events"] if each["id"] == kind)["grades"]
    client = sign_in("lead_officer")
    name = f"{RESTRICTED_ITEM}.percent"
    early = client.post("/simulation/", {"policy": SLUG, "do": "try", name: "10%"})
    assert early.status_code == 422 and "还没有可以公布的总数" in early.content.decode()
    evaluate_region(by=None, version=crowd.version)
    release = ItemRelease.objects.get(item=RESTRICTED_ITEM)
    percentages_tell_the_released_figure_alone(crowd.version, crowd.pack)
    page = client.post("/simulation/", {"policy": SLUG, "do": "try", name: "-10%", "reading": "generous"})
    (line,) = page.context["items"]
    assert (line["before"], line["after"]) == (release.upto_fen, release.upto_fen * 90 // 100)
    for bad in ("10.5%", "101%", "一成", "10%-"):
        assert client.post("/simulation/", {"policy": SLUG, "do": "try", name: bad}).status_code == 422
    for rule in (each["id"] for each in crowd.pack.rules if each["item"] == RESTRICTED_ITEM):
        with pytest.raises(UsageError):
            _shared(crowd, "等级", f"{rule}.amount.{grades[0]['id']}=51万元" if grades else f"{rule}.amount=51万元")
    made = _shared(crowd, "整体", f"{name}=-10%")
    assert made.figures["items"][0]["after"]["upto_fen"] == line["after"] and RESTRICTED_ITEM not in str(made.behind)
    leader = sign_in("leader")
    assert "只公布总数的事项" in leader.get(made.get_absolute_url()).content.decode()


SUMS = st.integers(0, 12)


@st.composite
def outcomes(draw):
    """Lists whose lines add up to the total, with units of one yuan each."""

    def moves(gaining, losing):
        one = {"gaining": gaining, "gain_fen": gaining * 100, "losing": losing, "loss_fen": losing * 100}
        return {"strict": one, "generous": one}

    def sums(units):
        return {"sure_fen": units * 100, "upto_fen": units * 100, "sure_units": units, "upto_units": units}

    rows = [
        {"name": str(place), "before": sums(draw(SUMS) + losing), "moves": moves(gaining, losing)}
        for place, (gaining, losing) in enumerate(draw(st.lists(st.tuples(SUMS, SUMS), min_size=2, max_size=6)))
    ]  # fmt: skip
    for row in rows:
        change = row["moves"]["strict"]["gaining"] - row["moves"]["strict"]["losing"]
        row["after"] = sums(row["before"]["sure_units"] + change)
    whole = {"units": 500, "rules": [], "groups": {**dict.fromkeys(GROUPS, []), "kind": rows}}
    for name in ("before", "after"):
        whole[name] = sums(sum(row[name]["sure_units"] for row in rows))
    counts = [sum(row["moves"]["strict"][name] for row in rows) for name in ("gaining", "losing")]
    return whole | {"moves": moves(*counts)}


@given(outcomes())
@settings(max_examples=150, deadline=None)
def test_no_small_number_shows_or_can_be_worked_out(figures):
    shown = seen(figures, "strict", MINIMUM)
    lines = next(lines for group, _, lines in shown.groups if group == "kind")
    for line in (*lines, shown.total):
        if not line.withheld:
            counts = [line.gaining + line.losing] if line.unsplit else [line.gaining, line.losing]
            if line is not shown.total:
                counts += [line.before.units, line.after.units]
            assert not [count for count in counts if 0 < count < MINIMUM]
    if not shown.total.withheld:
        assert sum(line.withheld for line in lines) != 1, "the total less the others tells the one that is withheld"
        if not shown.total.unsplit:
            assert sum(line.withheld or line.unsplit for line in lines) != 1
    assert seen(figures, "strict", 1).withheld is False


def test_wrong_values_are_named_and_kept_and_nothing_is_saved(crowd, sign_in):
    client = sign_in("lead_officer")
    sent = {"policy": SLUG, "do": "save", "name": "甲", "四.(三).2#1.amount.一等奖": "很多"}
    page = client.post("/simulation/", sent)
    text = page.content.decode()
    assert page.status_code == 422 and "读到的是“很多”" in text and 'value="很多"' in text and "现行是 200万元" in text
    nameless = client.post("/simulation/", {**sent, "name": " ", "四.(三).2#1.amount.一等奖": "210万元"})
    assert nameless.status_code == 422 and "方案要有名称" in nameless.content.decode()
    turned = {
        "policy": SLUG,
        "do": "try",
        "四.(三).2#1.window.from": "2021-01-01",
        "四.(三).2#1.window.to": "2020-01-01",
    }
    assert client.post("/simulation/", turned).status_code == 422
    assert not Scenario.objects.exists()


def saved(client, name: str, **changes) -> Scenario:
    answer = client.post("/simulation/", {"policy": SLUG, "do": "save", "name": name, **changes})
    assert answer.status_code == 302, answer.content.decode()
    return Scenario.objects.get(pk=answer.headers["Location"].split("/")[-2])


def test_scenarios_are_kept_in_versions_shared_and_compared(crowd, sign_in):
    client = sign_in("lead_officer")
    first = saved(client, "提高一等奖", **{"四.(三).2#1.amount.一等奖": "210万元"})
    second = saved(client, "提高一等奖", **{"四.(三).2#1.amount.一等奖": "220万元"})
    third = saved(client, "降低", **{"四.(三).3#2.amount.省级": "10万元"})
    assert (first.number, second.number, third.number) == (1, 2, 1) and first.by.display_name == "牵头单位经办"
    assert client.get(first.get_absolute_url()).content.decode().count("210万元") == 1
    form = client.get(f"/simulation/?policy={SLUG}&from={second.pk}").content.decode()
    assert 'value="220万元"' in form
    page = client.get("/simulation/compare/", {"s": [first.pk, second.pk, third.pk]}).content.decode()
    assert page.count("第 1 版") >= 2 and "第 2 版" in page and "10万元" in page
    assert client.get("/simulation/compare/", {"s": [first.pk]}).status_code == 422
    for change in ({"name": "乙"}, {"figures": {}}, {"changes": []}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Scenario.objects.filter(pk=first.pk).update(**change)
    assert sign_in("leader").get(first.get_absolute_url()).status_code == 404
    owner = first.by
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(f"{first.get_absolute_url()}share/", {"shared": "yes"}).status_code == 302
    assert AuditEvent.objects.filter(action__startswith="awards.scenario_").count() == 4
    leader = sign_in("leader")
    assert leader.get(first.get_absolute_url()).status_code == 200
    assert leader.get(second.get_absolute_url()).status_code == 404
    assert leader.post(f"{first.get_absolute_url()}share/", {"shared": "no"}).status_code == 403
    assert sign_in("leader", region="990100").get(first.get_absolute_url()).status_code == 404


RULE = "四.(三).2#1"


def _shared(city, name: str, *texts: str) -> Scenario:
    office, _ = Organisation.objects.get_or_create(name="市某局", side="government", region=REGION)
    by, _ = User.objects.get_or_create(username="maker")
    made = save_scenario(by=by, organisation=office, version=city.version, name=name, note="", texts=texts)
    share_scenario(by=by, organisation="市某局", scenario=made, shared=True)
    made.refresh_from_db()
    return made


@pytest.fixture
def holders(crowd):
    """Sixty more units, each with one prize of the rule, one a day."""
    rule = next(rule for rule in crowd.pack.rules if rule["id"] == RULE)
    kind, grades = rule["trigger"]["events"][0], list(rule["amount"]["by_grade"])
    for number in range(60):
        unit = add_unit(crowd, 500 + number)
        for fact, value in (("本市登记纳税", True), ("已迁出本市", False), ("同一事项其他奖励", 0)):
            add_fact(unit, fact, value)
        day = DAY - dt.timedelta(1 + number)
        add_event(crowd, unit, kind, grade=grades[number % len(grades)], date=day, rank=1, action=None)
    return crowd


def _ends(few: int) -> list[str]:
    """Last days of the window, each with one unit less of the rule than the one before."""
    return [(DAY - dt.timedelta(1 + number)).isoformat() for number in range(10, 10 + few)]


def _lines(view) -> dict[tuple[str, str | None], tuple[int, int, int, int]]:
    """What a reader of totals sees, by list and line: units and money before and after."""
    lists = [("rules", view.rules), *((group, lines) for group, _, lines in view.groups), ("total", (view.total,))]
    return {
        (name, line.key): (line.before.units, line.after.units, line.before.fen, line.after.fen)
        for name, lines in lists for line in lines if not line.withheld
    }  # fmt: skip


def _differing(one: Scenario, other: Scenario, group: str, key: str | None) -> set[str]:
    """Units that stand behind the difference of a line of two scenarios."""

    def sums(scenario):
        found = {}
        for each in scenario.behind:
            if group in ("rules", "total") or each["groups"][group] == key:
                owed = {rule: sums["after"] for rule, sums in each["owed"].items() if group != "rules" or rule == key}
                found[each["unit"]] = owed
        return found

    a, b = sums(one), sums(other)
    return {unit for unit in {*a, *b} if a.get(unit) != b.get(unit)}


def test_two_scenarios_never_tell_by_their_difference_what_few_are_owed(holders):
    crowd = holders
    evaluate_region(by=None, version=crowd.version)
    found = [_shared(crowd, "提高", f"{RULE}.amount.一等奖=210万元")]
    for number, end in enumerate(_ends(3)):
        found.append(_shared(crowd, f"提高{number}", f"{RULE}.amount.一等奖=210万元", f"{RULE}.window.to={end}"))
    for reading in READINGS:
        views = [_lines(released(each, reading, MINIMUM)) for each in found]
        assert views[0], "the first is shown"
        for (one, seen_one), (other, seen_other) in itertools.combinations(zip(found, views, strict=True), 2):
            for group, key in seen_one.keys() & seen_other.keys():
                behind = _differing(one, other, group, key)
                if 0 < len(behind) < MINIMUM:
                    assert seen_one[group, key] == seen_other[group, key], "the other reading's sums alone differ"
        assert all(released(each, reading, 1).withheld is False for each in found), "the list's own readers see all"
        assert any(("rules", RULE) not in view for view in views), "some are masked"
    asked = {(each.pk, reading): released(each, reading, MINIMUM) for each in found for reading in READINGS}
    releases._register.cache_clear()
    for each in reversed(found):
        for reading in READINGS:
            assert released(each, reading, MINIMUM) == asked[each.pk, reading], "the same whenever it is asked"


def test_a_later_run_is_held_against_what_was_shared(holders):
    """A shared change that becomes the rule: a run that differs from it by one unit tells of that one."""
    crowd = holders
    evaluate_region(by=None, version=crowd.version)
    shared = _shared(crowd, "提高", f"{RULE}.amount.一等奖=210万元")
    sure = (each["unit"] for each in shared.behind if any(s["before"]["strict"] for s in each["owed"].values()))
    unit = Unit.objects.get(pk=next(sure))
    unit.events.update(grade=None, date=None)
    later = evaluate_region(by=None, version=crowd.version)
    assert not may_be_shown(later)


def test_scenarios_saved_with_lists_by_place_are_carried_over(holders):
    shared = _shared(holders, "提高", f"{RULE}.amount.一等奖=210万元")
    assert any(s["before"] != s["after"] for each in shared.behind for s in each["owed"].values())
    step = import_module("luodi.service.awards.migrations.0006_behind_by_name").Migration.operations[0]
    kept, seen_before = shared.behind, _lines(released(shared, "strict", MINIMUM))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in step.reverse_sql:
            cursor.execute(statement)
        shared.refresh_from_db()
        unit, groups, owed = shared.behind[0]
        assert (unit, groups) == (kept[0]["unit"], kept[0]["groups"]) and all(len(sums) == 4 for sums in owed.values())
        for statement in step.sql:
            cursor.execute(statement)
    shared.refresh_from_db()
    assert shared.behind == kept
    releases._register.cache_clear()
    assert _lines(released(shared, "strict", MINIMUM)) == seen_before
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        Scenario.objects.filter(pk=shared.pk).update(behind=[])


def test_a_large_region_is_simulated_as_a_job(crowd, sign_in, monkeypatch):
    from luodi.service.awards import simulations
    from luodi.service.jobs.actions import run
    from luodi.service.jobs.models import Job

    monkeypatch.setattr(simulations, "AT_ONCE", 10)
    client = sign_in("lead_officer")
    change = {"policy": SLUG, "四.(三).2#1.amount.一等奖": "210万元"}
    assert client.post("/simulation/", {**change, "do": "try"}).status_code == 422
    answer = client.post("/simulation/", {**change, "do": "save", "name": "大"})
    job = Job.objects.get()
    assert answer.headers["Location"] == job.get_absolute_url() and run(str(job.pk))
    job.refresh_from_db()
    assert job.state == "done" and job.outcome_address == Scenario.objects.get().get_absolute_url()


def test_a_changed_registry_makes_a_new_baseline(crowd):
    rules = load_rules(crowd.pack)
    changes = read_changes(CHANGES, rules, crowd.pack)
    before = simulated(crowd.version, changes).figures
    chance = random.Random(1)
    for unit in chance.sample(crowd.units, 30):
        unit.events.update(grade=None)
    assert simulated(crowd.version, changes).figures["before"] != before["before"]
