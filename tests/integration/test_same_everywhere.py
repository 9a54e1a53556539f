"""Page, API, ``luodi explain`` and ``luodi entitle`` give the same amounts for 200 generated units."""

import datetime as dt
import functools
import json
import random
import re

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from integration.award_city import DAY, SLUG, add_event, add_fact, add_unit, at_day, city, sign_in
from luodi.cli import app
from luodi.entitlement import commands
from luodi.service.registry.models import Unit
from luodi.service.registry.population import tables
from luodi.service.registry.queries import unit_input

__all__ = ["at_day", "city", "sign_in"]
UNITS, SEED = 200, 20201015
Amounts = dict[str, tuple[int, int]]


@pytest.fixture
def made(city) -> list[Unit]:
    """Units with events that mostly pay: each kind, grade and action of the pack, days in and out of the window."""
    chance = random.Random(SEED)
    kinds = [kind for kind in city.pack.vocabulary["events"] if kind["grades"]]
    for number in range(UNITS):
        unit = add_unit(city, number, chance.choice(["enterprise"] * 6 + ["institute", "university", "park"]))
        for fact in city.pack.vocabulary["facts"]:
            good = {"本市登记纳税": True, "收款单位已明确": True, "存续状态": "存续"}
            if fact["type"] == "boolean" and chance.random() < 0.9:
                add_fact(unit, fact["id"], good.get(fact["id"], False))
        for _ in range(chance.choice([1, 1, 2, 3])):
            kind = chance.choice(kinds)
            add_event(
                city, unit, kind["id"], grade=chance.choice(kind["grades"])["id"],
                action=kind["actions"][0]["id"] if kind["actions"] else None, rank=chance.choice([1, 1, 1, 2, None]),
                date=dt.date(2019, 1, 1) + dt.timedelta(days=chance.randint(0, 700)),
            )  # fmt: skip
    return city.units


def from_page(client, unit: Unit, organisation) -> tuple[int, int]:
    """The two sums of the unit's own page."""
    Unit.objects.filter(organisation=organisation).update(organisation=None)
    Unit.objects.filter(pk=unit.pk).update(organisation=organisation)
    text = client.get("/my/").content.decode()
    sure, upto = re.findall(r'class="big"><data class="money" value="(\d+)"', text)
    return int(sure), int(upto)


def from_api(client, unit: dict) -> Amounts:
    body = json.dumps({"policy": SLUG, "as_of": str(DAY), "unit": unit})
    return _amounts(client.post("/api/explain", body, content_type="application/json").json())


def from_command(unit: dict, folder) -> Amounts:
    file = folder / "unit.json"
    file.write_text(json.dumps(unit, ensure_ascii=False), encoding="utf-8")
    ran = CliRunner().invoke(
        app, ["explain", "--pack", f"packs/{SLUG}", "--enterprise", str(file), "--as-of", str(DAY), "--json"]
    )
    assert ran.exit_code == 0, ran.output
    return _amounts(json.loads(ran.output))


def _amounts(found: dict) -> Amounts:
    return {rule["rule"]: (rule["sure_fen"], rule["upto_fen"]) for rule in found["rules"] if rule["group"] != "case"}


def from_population(folder) -> dict[str, Amounts]:
    """What ``luodi entitle`` writes of the registry's own tables, under both readings."""
    files = [folder / name for name in ("units.parquet", "events.parquet")]
    for table, file in zip(tables("330100", DAY), files, strict=True):
        pq.write_table(table, file)
    found: dict[str, dict[str, list[int]]] = {}
    for side, reading in enumerate(("strict", "generous")):
        out = folder / f"{reading}.parquet"
        ran = CliRunner().invoke(app, [
            "entitle", "--pack", f"packs/{SLUG}", "--enterprises", str(files[0]), "--events", str(files[1]), "-o", str(out),
            "--as-of", str(DAY), "--reading", reading,
        ])  # fmt: skip
        assert ran.exit_code == 0, ran.output
        for row in pq.read_table(out).to_pylist():
            found.setdefault(row["enterprise_id"], {}).setdefault(row["rule"], [0, 0])[side] = row["amount_fen"]
    return {unit: {rule: (sure, upto) for rule, (sure, upto) in rules.items()} for unit, rules in found.items()}


def test_four_ways_one_amount(made, at_day, sign_in, tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "_pack", functools.cache(commands._pack))
    population = from_population(tmp_path)
    client = sign_in("claims_clerk", made[0])
    organisation = Unit.objects.get(pk=made[0].pk).organisation
    owed = 0
    for unit in made:
        given = unit_input(unit, public_only=False)
        amounts = from_command(given, tmp_path)
        assert from_api(client, given) == amounts
        listed = population.get(str(unit.pk), {})
        assert {rule: pair for rule, pair in amounts.items() if any(pair)} == listed
        sums = tuple(sum(side) for side in zip(*amounts.values(), strict=True))
        assert from_page(client, unit, organisation) == sums
        owed += sums[1] > 0
    assert len(made) == UNITS and owed >= UNITS / 2, owed
