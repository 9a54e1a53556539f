"""The demo: everything an office meets is there, once, and guarded."""

import re
from collections import Counter

import pytest

from luodi.service.accounts.models import Membership, User
from luodi.service.accounts.roles import ROLES
from luodi.service.audit.models import AuditEvent
from luodi.service.demo import load
from luodi.service.demo.accounts import KNOWN, is_loopback
from luodi.service.policies.models import PolicyVersion
from luodi.service.registry.models import District, Event, Fact, GovernmentUnit, SectorEntry, Unit
from luodi.service.registry.queries import population, unit_input

pytestmark = pytest.mark.django_db


def counts() -> Counter:
    models = (Unit, Fact, Event, SectorEntry, GovernmentUnit, District, User, Membership, PolicyVersion, AuditEvent)
    return Counter({model.__name__: model.objects.count() for model in models})


def test_the_cities_have_their_size(demo):
    for spec in load.cities():
        kinds = Counter(Unit.objects.filter(region=spec["region"]).values_list("kind", flat=True))
        assert kinds == Counter(spec["units"])
        tags = set(Event.objects.filter(unit__region=spec["region"]).values_list("tag", flat=True))
        wanted = {case["tag"] for case in spec["cases"] if case.get("events")}
        assert wanted <= tags


def test_loading_again_changes_nothing(demo):
    before = counts()
    load.load_demo()
    assert counts() == before


def test_there_is_an_account_for_every_role_and_people_with_several_units(demo):
    held = Membership.objects.filter(user__is_demo=True)
    assert set(held.values_list("role", flat=True)) == set(ROLES)
    clerk = Membership.objects.filter(user__username="clerk").order_by("valid_to")
    assert clerk.count() == 2 and clerk[0].valid_to is not None
    assert all(seat.organisation.unit for seat in clerk)


def test_the_listing_names_every_account_and_signs_in(demo, client):
    text = (demo / "demo-accounts.txt").read_text()
    named = re.findall(r"^([a-z0-9-]+) ", text, re.M)
    people = User.objects.filter(is_demo=True)
    assert sorted(named) == sorted(people.values_list("username", flat=True))
    assert oct((demo / "demo-accounts.txt").stat().st_mode)[-3:] == "600"
    answer = client.post("/accounts/login/", {"login": "lead", "password": KNOWN})
    assert answer.status_code == 302


def test_an_address_that_others_reach_gets_random_passwords(demo):
    shown = demo / "demo-accounts.shown"
    shown.touch()
    load.load_demo("0.0.0.0")
    text = (demo / "demo-accounts.txt").read_text()
    assert KNOWN not in text and not shown.exists()
    lead = User.objects.get(username="lead")
    password = re.search(r"^lead +(\S+)", text, re.M).group(1)
    assert not lead.check_password(KNOWN) and lead.check_password(password)
    load.load_demo("0.0.0.0")
    assert (demo / "demo-accounts.txt").read_text() == text


@pytest.mark.parametrize(("host", "local"), [("127.0.0.1", True), ("::1", True), ("localhost", True),
                                             ("0.0.0.0", False), ("10.1.2.3", False), ("luodi.example", False)])  # fmt: skip
def test_what_only_this_machine_reaches(host, local):
    assert is_loopback(host) is local


def test_packs_are_confirmed_and_published_by_two_named_people(demo):
    versions = PolicyVersion.objects.filter(status="published").select_related("policy", "confirmed_by", "published_by")
    assert versions.count() == sum(len(load.packs_of(spec)) for spec in load.cities())
    for version in versions:
        pack = version.pack
        assert version.confirmed_by != version.published_by
        assert version.confirmed_by.display_name == pack["confirmed"][0]["by"]
        assert version.published_by.display_name == pack["published"]["by"]
        assert hasattr(version, "text") is not pack["facts_only"]


def test_restricted_events_and_facts_stay_out_of_what_the_public_may_compute(demo):
    for unit in Unit.objects.filter(events__sensitivity="restricted").distinct()[:20]:
        public, whole = unit_input(unit, public_only=True), unit_input(unit, public_only=False)
        restricted = {str(pk) for pk in unit.events.exclude(sensitivity="public").values_list("pk", flat=True)}
        assert restricted and not restricted & {event["id"] for event in public["events"]}
        assert restricted <= {event["id"] for event in whole["events"]}
        assert public["paid"] == []
        register = set(Fact.objects.filter(unit=unit, type__register=True).values_list("type__code", flat=True))
        assert set(public["facts"]) == register


def test_a_legal_person_answers_for_its_branches(demo):
    branch = Unit.objects.filter(head_unit__isnull=False, events__isnull=False).select_related("head_unit").first()
    head = unit_input(branch.head_unit, public_only=False)
    assert {str(event.pk) for event in branch.events.all()} <= {event["id"] for event in head["events"]}
    assert unit_input(branch, public_only=False)["legal_person"] == head["id"]


def test_the_population_says_what_the_units_say(demo):
    for spec in load.cities():
        units, events = population(spec["region"])
        rows = {row["unit_id"]: row for row in units.to_pylist()}
        assert len(rows) == Unit.objects.filter(region=spec["region"]).count()
        assert events.num_rows == Event.objects.filter(unit__region=spec["region"]).count()
        for unit in Unit.objects.filter(region=spec["region"], events__isnull=False).distinct()[:10]:
            given = unit_input(unit, public_only=False)
            row = rows[str(unit.pk)]
            assert row["kind"] == given["kind"]
            assert {name: row[name] for name in given["facts"]} == {n: f["value"] for n, f in given["facts"].items()}
