"""Who is touched by an open reading and by how much: units of the own region, restricted items as one figure alone."""

import datetime as dt
import re

import pytest

from integration.policies.test_workbench import settle, walk
from integration.town_policy import REGION, TEXT
from luodi.codes.credit_code import make_credit_code
from luodi.service.awards.actions import determine
from luodi.service.policies.drafting import decide, upload
from luodi.service.registry.models import Event, Unit


def gone_up(number):
    """A park that was named by the province first and by the state later."""
    unit = Unit.objects.create(credit_code=make_credit_code("91", REGION, f"MA00000{number}"), name=f"园区{number}号", kind="park",
                               region=REGION, district=REGION, source="登记", as_of=dt.date(2026, 1, 1))  # fmt: skip
    for month, grade in ((4, "省级"), (6, "国家级")):
        Event.objects.create(unit=unit, kind="新材料产业基地", grade=grade, date=dt.date(2026, month, 10), source="名单",
                             as_of=dt.date(2026, 6, 30), sensitivity="public", evidence="public_list")  # fmt: skip
    return unit


@pytest.fixture
def published(client, people, on):
    """A version in force with one question; ``setting`` is laid over its first rule."""

    def put(**setting):
        version = upload(
            by=people.lead, data=TEXT.encode(), name="a.txt", region=REGION, policy=None, organisation="某局"
        )
        rule = version.pack["rules"][0]["id"]
        options = [{"id": "open", "label": "待定"}, {"id": "s", "label": "补差额", "takes": "strict"},
                   {"id": "g", "label": "发全额", "takes": "generous"}]  # fmt: skip
        entry = {"id": "Q1", "question": "补差还是全额？", "options": options, "default": "open", "asked_of": "市经信局",
                 "answer": None, "rules": [rule], "source": "工作台登记"}  # fmt: skip
        reading = {"strict": "difference", "generous": "full", "note": "补差"}
        decide(
            by=people.lead,
            version=version,
            key="ambiguity-Q1",
            verdict="add",
            after={"entry": entry, "reading": reading},
        )
        if setting:
            decide(by=people.lead, version=version, key=f"rule-{rule}", verdict="correct", after=setting)
        settle(version, people.lead)
        walk(version, people.lead, "submit")
        walk(version, people.other, "pass", "sign", "publish")
        on("2026-07-01")
        client.force_login(people.lead)
        return version

    return put


def page(client, version, rest):
    answer = client.get(f"/policies/{version.policy.slug}/{rest}")
    return answer.status_code, " ".join(answer.content.decode().split())


def test_each_touched_unit_is_listed_with_both_sums(client, published):
    version = published()
    gone_up(1)
    gone_up(2)
    code, shown = page(client, version, "register/Q1/cases/")
    assert code == 200 and "园区1号" in shown and "涉及 <strong>2</strong> 家" in shown
    assert "从严合计 200 万元，从宽合计 300 万元" in re.sub("<[^>]*>", "", shown) and "补差额" in shown
    assert "/register/Q1/cases/" in page(client, version, "register/")[1]
    client.logout()
    assert "/register/Q1/cases/" not in page(client, version, "register/")[1]


@pytest.mark.parametrize(("units", "words"), [(5, "涉及 <strong>5</strong> 家"), (4, "少于 5 家或没有")])
def test_a_restricted_item_is_one_figure_and_never_a_list(client, published, units, words):
    version = published(publication="item_total")
    for number in range(units):
        gone_up(number)
    _, shown = page(client, version, "register/Q1/cases/")
    assert words in shown and "园区" not in shown.split("<main")[1].split("</main")[0].replace("园区的", "")
    assert ("500 万元" in shown) == (units == 5) and "400 万元" not in shown


def test_determinations_are_counted_for_the_rules_of_the_clause(client, people, published):
    version = published()
    office = people.lead.memberships.get().organisation
    determine(by=people.lead, organisation=office, unit=gone_up(1), version=version)
    plain = Unit.objects.create(credit_code=make_credit_code("91", REGION, "MA000009"), name="无事项园区", kind="park",
                                region=REGION, district=REGION, source="登记", as_of=dt.date(2026, 1, 1))  # fmt: skip
    determine(by=people.lead, organisation=office, unit=plain, version=version)
    assert "测算单 1 份" in page(client, version, "clause/三.(一)/rests/")[1]
    assert "测算单 0 份" in page(client, version, "clause/三.(二)/rests/")[1]
