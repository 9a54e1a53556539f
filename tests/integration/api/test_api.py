"""The public interface: one engine, one error format, one suppression rule, one schema."""

import json
import logging
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session

from integration.award_city import DAY, SLUG, add_event, add_fact, add_unit
from luodi.entitlement.explain import explain
from luodi.service.api.schema import written
from luodi.service.audit.models import AuditEvent
from luodi.service.awards.actions import evaluate_region
from luodi.service.awards.queries import totals
from luodi.service.awards.suppression import MINIMUM, TOTAL
from luodi.service.registry.queries import unit_input

SCHEMA = Path(__file__).parents[3] / "docs" / "reference" / "openapi.json"
KINDS = ["recipients", "references", "repeals", "goals", "qualitative_goals", "duties", "benefits", "sectors"]


def ask(client, unit, **more):
    body = {"policy": SLUG, "as_of": str(DAY), "unit": unit, **more}
    return client.post("/api/explain", json.dumps(body), content_type="application/json")


def test_checked_in_schema_is_the_running_one():
    assert SCHEMA.read_text(encoding="utf-8") == written(), (
        "run: python -m luodi.service.api.schema > docs/reference/openapi.json"
    )


def test_every_call_declares_its_refusals():
    schema = json.loads(written())
    for path, methods in schema["paths"].items():
        for each in methods.values():
            assert {"200", "400", "404", "422"} <= set(each["responses"]), path


def test_policies_and_facts_carry_article_and_span(at_day, city):
    found = at_day.get("/api/policies").json()
    assert found["count"] == 1 and found["items"][0]["slug"] == SLUG
    assert found["items"][0]["validity"]["state"] == "in_force"
    for kind in KINDS:
        facts = at_day.get(f"/api/policies/{SLUG}/facts?kind={kind}&limit=100").json()
        assert facts["count"] == len(city.pack.facts[kind])
        for item, fact in zip(facts["items"], city.pack.facts[kind], strict=False):
            assert item["article"] == fact.get("article") and item["span"] == fact.get("span")
    assert at_day.get(f"/api/policies/{SLUG}/awards").json()["count"] == len(city.pack.rules)
    assert at_day.get(f"/api/policies/{SLUG}").json()["counts"]["duties"] == 14


def test_pages_are_capped(at_day, city):
    assert at_day.get("/api/policies?limit=1000").status_code == 422
    some = at_day.get(f"/api/policies/{SLUG}/facts?limit=3&offset=2").json()
    assert len(some["items"]) == 3 and some["count"] > 20


def test_explain_is_the_engine_for_every_unit(at_day, crowd):
    for unit in crowd.units:
        given = unit_input(unit, public_only=False)
        answer = ask(at_day, given)
        assert answer.status_code == 200, answer.content.decode()
        got, found = answer.json(), explain(crowd.pack, given, DAY)
        assert (got["sure_fen"], got["upto_fen"]) == (found.sure_fen, found.upto_fen)
        assert [(r["rule"], r["group"], r["sure_fen"], r["upto_fen"]) for r in got["rules"]] == [
            (r.rule, r.group, r.sure_fen, r.upto_fen) for r in found.rules
        ]


def test_calculator_page_and_api_give_the_same_sums(at_day, city):
    event = {"id": "1", "kind": "国防科学技术进步奖", "grade": "二等奖", "date": "2020-03-02", "rank": 2}
    answers = {"policy": SLUG, "kind": "enterprise", "asked": [event["kind"]], "done": ["kind", "events", "event:1"],
               "events": [event], "facts": {"本市登记纳税": True}}  # fmt: skip
    page = at_day.post("/calculator/", {"answers": json.dumps(answers), "do": "result"}).content.decode()
    unit = {"kind": "enterprise", "asked": [event["kind"]], "facts": {"本市登记纳税": {"value": True}},
            "events": [{**event, "evidence": "self_reported"}]}  # fmt: skip
    got = ask(at_day, unit).json()
    assert got["upto_fen"] == 100000000 + sum(r["upto_fen"] for r in got["rules"] if r["rule"] != "四.(三).2#1")
    for fen in (got["sure_fen"], got["upto_fen"]):
        assert f'class="big"><data class="money" value="{fen}"' in page


def test_explain_leaves_no_trace(at_day, city, caplog):
    caplog.set_level(logging.DEBUG)
    audit, sessions = AuditEvent.objects.count(), Session.objects.count()
    unit = {
        "kind": "enterprise",
        "events": [{"kind": "武器装备科研生产保密资格", "grade": "一级", "date": "2020-05-01"}],
    }
    answer = ask(at_day, unit)
    assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    assert (AuditEvent.objects.count(), Session.objects.count()) == (audit, sessions)
    assert "保密资格" not in caplog.text


def test_totals_are_those_of_the_page_for_everybody(at_day, crowd, sign_in):
    run = evaluate_region(by=None, version=crowd.version)
    public = at_day.get(f"/api/policies/{SLUG}/totals").json()
    cells = totals(run, MINIMUM).by_award.cells
    for award in public["awards"]:
        figure = cells[award["rule"], TOTAL]
        assert award["withheld"] == (figure is None)
        if figure:
            assert (award["recipients"], award["sure_fen"], award["upto_fen"]) == (
                figure.recipients, figure.sure_fen, figure.upto_fen)  # fmt: skip
        for district in award["districts"]:
            assert district["withheld"] or district["recipients"] == 0 or district["recipients"] >= MINIMUM
    officer = sign_in("lead_officer").get(f"/api/policies/{SLUG}/totals").json()
    assert officer == public


def test_one_figure_items_never_show_in_part(at_day, city):
    for number in range(MINIMUM - 1):
        unit = add_unit(city, number, name=f"持有单位{number}")
        add_fact(unit, "本市登记纳税", True)
        add_event(city, unit, "装备承制资格", grade="A类", action="初审", evidence="attested")
    evaluate_region(by=None, version=city.version)
    found = at_day.get(f"/api/policies/{SLUG}/totals").json()
    assert found["items"][0]["withheld"] and found["items"][0].get("upto_fen") is None
    assert found["whole"]["recipients"] == 0 and not found["awards"][0]["rule"].startswith("四.(三).4")


def test_signed_in_calls_refuse_in_the_one_format(at_day, city, sign_in):
    for method, address in (("get", "/api/determinations"), ("post", "/api/determinations"), ("post", "/api/simulate")):
        answer = at_day.generic(method.upper(), address, "{}", content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (401, "login_required")
    leader = sign_in("leader")
    answer = leader.post("/api/simulate", "{}", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_a_determination_and_a_simulation_by_call(city, sign_in):
    unit = add_unit(city, 5)
    add_fact(unit, "本市登记纳税", True)
    add_event(city, unit, "军民融合示范企业", grade="省级", action="认定")
    add_event(city, unit, "装备承制资格", grade="A类", action="初审", evidence="attested")
    officer = sign_in("lead_officer")

    def send(address, **body):
        return officer.post(address, json.dumps(body), content_type="application/json")

    made = send("/api/determinations", policy=SLUG, unit=str(unit.pk))
    assert made.status_code == 200, made.content.decode()
    found = officer.get(f"/api/determinations/{made.json()['id']}").json()
    assert found == made.json() and found["same_when_run_again"] and not found["whole"]
    listed = [r for r in explain(city.pack, unit_input(unit, public_only=False), DAY).rules if r.item != "四.(三).4"]
    assert found["upto_fen"] == sum(rule.upto_fen for rule in listed) > 0
    assert "装备承制资格" not in json.dumps(found, ensure_ascii=False)
    assert officer.get(f"/api/determinations?policy={SLUG}").json()["count"] == 1
    more = send("/api/simulate", policy=SLUG, changes=["四.(三).3#2.amount.省级=60万元"]).json()
    assert more["total"]["gaining"] == 1 and more["total"]["after_fen"] - more["total"]["before_fen"] == 30_000_000
    refused = send("/api/simulate", policy=SLUG, changes=["四.(三).4#3.amount.A类=60万元"])
    assert refused.status_code in (400, 422) and "只公布总数" in refused.json()["message"]
    assert send("/api/determinations", policy=SLUG, unit="00000000-0000-0000-0000-000000000000").status_code == 404


@pytest.mark.parametrize(
    ("method", "address", "body", "status", "code"),
    [
        ("get", "/api/nothing", None, 404, "not_found"),
        ("get", "/api/policies/nowhere", None, 404, "not_found"),
        ("get", "/api/policies/no%00where", None, 422, "invalid"),
        ("get", "/api/policies?limit=x", None, 422, "invalid"),
        ("get", f"/api/policies/{SLUG}/facts?kind=secrets", None, 422, "invalid"),
        ("get", f"/api/policies/{SLUG}/totals", None, 404, "not_found"),
        ("delete", "/api/policies", None, 405, "not_allowed"),
        ("get", "/api/explain", None, 405, "not_allowed"),
        ("post", "/api/explain", "{", 400, "bad_request"),
        ("post", "/api/explain", "[]", 422, "invalid"),
        ("post", "/api/explain", '{"policy":"nowhere","unit":{}}', 404, "not_found"),
        ("post", "/api/explain", json.dumps({"policy": SLUG, "unit": {"kind": "firm"}}), 422, "invalid"),
        ("post", "/api/explain", json.dumps({"policy": SLUG, "unit": {"events": [{"kind": "国防技术发明奖", "rank": -1}]}}),
         422, "refused"),
        ("post", "/api/explain", json.dumps({"policy": SLUG, "unit": {"facts": {"本市登记纳税": {"value": "也许"}}}}),
         422, "refused"),
        ("post", "/api/explain", '{"policy":"' + "x" * 3_000_000 + '"}', 413, "too_large"),
    ],
)  # fmt: skip
def test_every_refusal_has_the_one_format(at_day, city, method, address, body, status, code):
    call = getattr(at_day, method)
    answer = call(address) if body is None else call(address, body, content_type="application/json")
    assert answer.status_code == status, answer.content.decode()[:300]
    found = answer.json()
    assert set(found) == {"code", "message", "next_step"} and found["code"] == code
    assert found["message"] and found["next_step"]


def test_description_needs_nothing_from_elsewhere(at_day, city):
    text = at_day.get("/api/docs").content.decode()
    assert "<script" not in text and "http" not in text.replace("http-equiv", "")
    assert "/api/policies/{slug}/totals" in text and "ErrorOut" in text
