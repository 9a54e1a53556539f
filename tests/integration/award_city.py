"""The real pack over a small generated city, with a person in every role."""

import datetime as dt
import json
import random
from pathlib import Path

import pytest

from luodi import clock
from luodi.codes.credit_code import make_credit_code
from luodi.policy.pack import Pack, read_pack
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.accounts.roles import ROLES
from luodi.service.policies.actions import add_version, confirm, publish
from luodi.service.policies.models import PolicyVersion
from luodi.service.registry.models import District, Event, Fact, FactType, SectorEntry, Unit

ROOT = Path(__file__).parents[2]
SLUG = "hangzhou-2018-mci"
REGION = "330100"
DAY = dt.date(2020, 10, 15)
DISTRICTS = {"330102": "甲区", "330103": "乙区", "330104": "丙县"}
RESTRICTED_ITEM = "四.(三).4"


class City:
    """The published version, its units, and how to sign in as a role."""

    def __init__(self) -> None:
        self.pack: Pack = read_pack(ROOT / "packs" / SLUG / "pack.json")
        self.version: PolicyVersion = None
        self.units: list[Unit] = []
        self.members: dict[str, Membership] = {}

    def restricted_kinds(self) -> set[str]:
        return {kind["id"] for kind in self.pack.vocabulary["events"] if kind["sensitivity"] == "restricted"}

    def restricted_titles(self) -> set[str]:
        return {rule["title"] for rule in self.pack.rules if rule["publication"] == "item_total"}


def person(name: str) -> User:
    return User.objects.create(username=name, display_name=name)


def add_unit(city: City, number: int, kind: str = "enterprise", name: str = "", **fields) -> Unit:
    code = None if kind == "park" else make_credit_code("91", REGION, f"MA{number:06d}")
    fields.setdefault("district", list(DISTRICTS)[number % len(DISTRICTS)])
    unit = Unit.objects.create(
        credit_code=code,
        name=name or f"测试第{number}公司",
        kind=kind,
        region=REGION,
        source="登记",
        as_of=DAY,
        **fields,
    )
    city.units.append(unit)
    return unit


def add_fact(unit: Unit, code: str, value) -> Fact:
    kind = FactType.objects.get(code=code)
    return Fact.objects.create(unit=unit, type=kind, value=value, source="公开登记", as_of=DAY,
                               sensitivity=kind.sensitivity, evidence=kind.evidence)  # fmt: skip


def add_event(city: City, unit: Unit, kind: str, **fields) -> Event:
    words = next(each for each in city.pack.vocabulary["events"] if each["id"] == kind)
    fields.setdefault("date", dt.date(2020, 5, 1))
    fields.setdefault("evidence", words["evidence"])
    return Event.objects.create(
        unit=unit, kind=kind, source="名单", as_of=DAY, sensitivity=words["sensitivity"], **fields
    )


def _random_event(city: City, unit: Unit, chance: random.Random) -> None:
    words = chance.choice(city.pack.vocabulary["events"])
    grades = [grade["id"] for grade in words["grades"]]
    actions = [action["id"] for action in words["actions"]]
    day = dt.date(2018, 12, 1) + dt.timedelta(days=chance.randint(0, 800))
    add_event(
        city, unit, words["id"], grade=chance.choice([*grades, *grades, None]) if grades else None,
        action=chance.choice([*actions, actions[0], None]) if actions else None, date=chance.choice([day, day, None]),
        rank=chance.choice([1, 1, 2, None]),
    )  # fmt: skip


def _fact_types(city: City) -> None:
    for each in city.pack.vocabulary["facts"]:
        FactType.objects.create(
            code=each["id"], name=each["words"][0], data_type=each["type"], unit=each["unit"] or "",
            sensitivity=each["sensitivity"], evidence=each["evidence"], register=each["register"],
        )  # fmt: skip


@pytest.fixture
def city(db) -> City:
    with clock.standing_on(DAY):
        built = City()
        drafter, publisher = person("drafter"), person("publisher")
        built.version = add_version(by=drafter, slug=SLUG, region=REGION, pack=built.pack)
        confirm(by=drafter, version=built.version, on=DAY)
        publish(by=publisher, version=built.version, on=DAY)
        _fact_types(built)
        for code, name in DISTRICTS.items():
            District.objects.create(region=REGION, code=code, name=name)
        yield built


@pytest.fixture
def crowd(city) -> City:
    """Ninety units with random events and facts, a fixed seed."""
    chance = random.Random(20200115)
    kinds = ["enterprise"] * 8 + ["institute", "university", "park"]
    for number in range(90):
        unit = add_unit(city, number, chance.choice(kinds))
        for fact in city.pack.vocabulary["facts"]:
            if fact["type"] == "boolean" and chance.random() < 0.7:
                add_fact(unit, fact["id"], {"本市登记纳税": True, "收款单位已明确": True}.get(fact["id"], False))
        for _ in range(chance.choice([0, 1, 1, 2, 3])):
            _random_event(city, unit, chance)
        if chance.random() < 0.5:
            SectorEntry.objects.create(
                unit=unit, sector=chance.choice(["航空航天", "人工智能"]), published_on=DAY, source="自报"
            )
    return city


@pytest.fixture
def sign_in(client, db):
    """Sign in as a person in a role; an office of the region, or the given unit's own clerk."""

    def enter(role: str, unit: Unit | None = None, region: str = REGION):
        side = ROLES[role].side
        organisation = Organisation.objects.create(name=f"{role} 的单位", side=side, region=region)
        if unit is not None:
            unit.organisation = organisation
            unit.save()
        user = User.objects.create(username=f"{role}-{User.objects.count()}", display_name=ROLES[role].name)
        Membership.objects.create(user=user, organisation=organisation, role=role)
        client.logout()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["business_date"] = DAY.isoformat()
        session.save()
        return client

    return enter


@pytest.fixture
def at_day(client, db):
    """An anonymous visitor who stands on the policy's day."""
    session = client.session
    session["business_date"] = DAY.isoformat()
    session.save()
    return client


def dumped(answers: dict) -> str:
    return json.dumps(answers, ensure_ascii=False)
