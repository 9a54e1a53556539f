"""Every address × method × role × place, as the table beside this file decides it; an address without a row fails."""

import uuid
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from integration.every_role import TABLE, decisions, filled
from luodi.service.accounts.permissions import Permission

PARTS = {"either", "needs", "place", "holder", "elsewhere", "signed_in", "anonymous", "send"}
STANDS = {
    "region": {"lead", "participant", "uninvolved"}, "lead": {"lead"}, "participant": {"participant"},
    "own_unit": {"own_unit"},
}  # fmt: skip


def addresses(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the service with its full name."""
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            inner = f"{space}{found.namespace}:" if found.namespace else space
            yield from addresses(found, inner)
        else:
            yield f"{space}{found.name}", found


PATTERNS = dict(addresses(get_resolver()))


def decided(decision: dict, actor) -> int | str:
    """The answer that the table gives an actor."""
    if not actor.signed_in:
        return decision.get("anonymous", "login")
    if "either" in decision:
        held = [each for each in decision["either"] if actor.role and actor.holds(each["needs"])]
        if any("place" not in each or actor.place in STANDS[each["place"]] for each in held):
            return decision["holder"]
        return decision.get("elsewhere" if held else "signed_in", decision.get("signed_in", 403))
    if "holder" not in decision or not actor.role or not actor.holds(decision.get("needs", [])):
        return decision.get("signed_in", 403)
    place = decision.get("place")
    if place and actor.place not in STANDS[place]:
        return decision.get("elsewhere", 403)
    return decision["holder"]


def askers(decision: dict, actors: list) -> list:
    """Who is to ask: all, but where everybody gets one answer each role once, and for a method that is not served two."""
    answers = {str(decision.get(who)) for who in ("holder", "elsewhere", "signed_in", "anonymous")}
    if len(answers) > 1:
        return actors
    by_role = list({actor.role or actor.name: actor for actor in actors}.values())
    return by_role[:2] if answers == {"405"} else by_role


def asked(client, method: str, address: str, data: dict) -> int | str:
    """The answer to a request whose changes are taken back; going to the log-in page is ``login``."""
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, data)
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer["Location"].startswith("/accounts/login/"):
        return "login"
    return answer.status_code


def test_every_address_has_a_row_and_every_row_an_address():
    assert None not in {pattern.name for pattern in PATTERNS.values()}, "an address without a name"
    assert set(TABLE) == set(PATTERNS)


def test_every_cell_is_decided_in_known_words():
    names = {permission.name for permission in Permission}
    for name, row in TABLE.items():
        assert set(row) <= {"with", "send", "GET", "POST"}, name
        for method in ("GET", "POST"):
            for decision in decisions(row, method):
                assert set(decision) <= PARTS, (name, method)
                needs = [decision.get("needs", []), *(each["needs"] for each in decision.get("either", []))]
                assert {need for each in needs for need in each} <= names, (name, method)
                assert "holder" in decision or {"signed_in", "anonymous"} <= set(decision), (name, method)


def test_matrix(records, come, settings):
    """All cells; each answer that differs is named."""
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"  # one query less, thousands of times
    cells, wrong = 0, []
    for actor in records.actors:
        client = come(actor)
        cache.clear()  # where the log-in counts attempts
        for name, row in TABLE.items():
            address = reverse(name, kwargs=filled(row.get("with", {}), records))
            for method in ("GET", "POST"):
                for decision in decisions(row, method):
                    if actor not in askers(decision, records.actors):
                        continue
                    cells += 1
                    expected = decided(decision, actor)
                    found = asked(client, method, address, filled(decision["send"], records))
                    if name == "account_logout" or (name == "account_login" and method == "POST"):
                        client = come(actor)
                    if found != expected:
                        wrong.append(f"{actor.name} {method} {name} {decision['send']}: {found}, decided {expected}")
    assert not wrong, f"{len(wrong)} of {cells} cells\n" + "\n".join(wrong)
    assert cells > 4000


def test_unknown_objects_are_not_found_and_never_a_fault(records, come):
    """Each part of an address replaced by one that does not exist, for people who may."""
    people = [records.actor("lead_officer", "lead"), records.actor("supervisor", "uninvolved"), records.actors[0]]
    strange = {
        "slug": "nowhere",
        "article": "九九",
        "period": "1999-01",
        "ambiguity": "Q99",
        "rule": "九#9",
        "question": "Q99",
        "person": "0",
    }
    for name, row in TABLE.items():
        for part in row.get("with", {}):
            given = filled(row["with"], records) | {part: strange.get(part, str(uuid.uuid4()))}
            address = reverse(name, kwargs=given)
            for actor in people:
                for method in ("GET", "POST"):
                    assert asked(come(actor), method, address, {}) in (401, 403, 404, 405, "login"), (
                        actor.name,
                        method,
                        address,
                    )


def test_a_membership_can_be_chosen_only_by_its_holder(records, come):
    own = records.actor("lead_officer", "lead")
    membership = own.user.memberships.get()
    client = come(own)
    assert client.post("/accounts/act-as/", {"membership": str(membership.pk)}).status_code == 302
    ended = next(actor for actor in records.actors if actor.name == "ended")
    for stale in ended.user.memberships.all():
        client = come(ended)
        session = client.session
        session["membership"] = str(stale.pk)
        session.save()
        assert client.post("/accounts/act-as/", {"membership": str(stale.pk)}).status_code == 404
        assert client.get("/entitled/").status_code == client.get("/audit/").status_code == 403


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:0"]
)
def test_forms_never_lead_to_another_site(records, come, target):
    client, person = come(records.actors[0]), records.actor("leader", "lead").user
    assert client.post("/accounts/business-date/", {"next": target}).headers["Location"] == "/"
    person.set_password("just-for-this-test")
    person.save()
    entered = client.post(
        "/accounts/login/", {"login": person.username, "password": "just-for-this-test", "next": target}
    )
    assert (entered.status_code, entered.headers["Location"]) == (302, "/")
    assert client.post("/accounts/logout/", {"next": target}).headers["Location"] == "/"
