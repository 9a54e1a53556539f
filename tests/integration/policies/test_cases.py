"""Who is touched by an open reading and by how much: units of the own region, restricted items as one figure alone."""

import datetime as dt
import re

import pytest

from integration.policies.drafts import settle, walk
from integration.town_policy import REGION, TEXT
from luodi.codes.credit_code import make_credit_code
from luodi.service.awards.actions import determine
from luodi.service.jobs.actions import run as run_job
from luodi.service.jobs.models import Job
from luodi.service.policies import effects
from luodi.service.policies.drafting import decide, upload
from luodi.service.policies.models import Reckoning
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


@pytest.mark.parametrize("large", [True, False])
def test_of_a_restricted_item_a_question_tells_nothing(client, published, monkeypatch, large):
    version = published(publication="item_total")
    for number in range(
        6
    ):  # enough for its one figure, which stands elsewhere: a second one would tell by their difference
        gone_up(number)
    monkeypatch.setattr(effects, "AT_ONCE", 0 if large else effects.AT_ONCE)
    if large:
        client.post(f"/policies/{version.policy.slug}/register/Q1/cases/")
        assert run_job(str(Job.objects.get().pk))
        assert not re.search(r"园区|00000000|[1-9]\d{6,}", str(Reckoning.objects.get().found))
    _, shown = page(client, version, "register/Q1/cases/")
    main = re.sub("<[^>]*>", "", shown.split("<main")[1].split("</main")[0])
    assert "不在这里显示" in main and not re.search(r"[1-9]00 万元|园区[0-9]|涉及 ?\d", main)


def test_in_a_large_region_a_job_measures_and_the_page_shows_what_it_found(client, published, monkeypatch):
    version = published()
    gone_up(1)
    monkeypatch.setattr(effects, "AT_ONCE", 0)
    place = f"/policies/{version.policy.slug}/register/Q1/"
    assert "今天还没有测算过" in client.get(f"{place}cases/").content.decode()
    answer = client.post(f"{place}cases/")
    job = Job.objects.get()
    assert answer["Location"] == job.get_absolute_url() and run_job(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.outcome_address) == ("done", f"{place}cases/")
    assert "园区1号" in client.get(job.outcome_address).content.decode()
    given = {"option": "s", "paper": "试函〔2026〕8号", "answered_by": "市经信局", "effective_from": "2026-03-01"}
    answer = client.post(place, given)
    job = Job.objects.exclude(pk=job.pk).get()
    assert answer["Location"] == job.get_absolute_url() and run_job(str(job.pk))
    job.refresh_from_db()
    shown = client.get(job.outcome_address).content.decode()
    assert "150 万元 → 100 万元" in re.sub(r"\s+", " ", re.sub("<[^>]*>", "", shown)) and "试函〔2026〕8号" in shown
    assert "金额改变的单位" in client.post(place, given).content.decode()  # measured today: not measured again
    assert Job.objects.count() == 2 and not version.answers.exists()
    assert client.get(f"{place}?reckoning=nothing").status_code == 404
    assert client.post(place, given | {"seen": "1"}).status_code == 302 and version.answers.count() == 1


def test_determinations_are_counted_for_the_rules_of_the_clause(client, people, published):
    version = published()
    office = people.lead.memberships.get().organisation
    determine(by=people.lead, organisation=office, unit=gone_up(1), version=version)
    plain = Unit.objects.create(credit_code=make_credit_code("91", REGION, "MA000009"), name="无事项园区", kind="park",
                                region=REGION, district=REGION, source="登记", as_of=dt.date(2026, 1, 1))  # fmt: skip
    determine(by=people.lead, organisation=office, unit=plain, version=version)
    assert "测算单 1 份" in page(client, version, "clause/三.(一)/rests/")[1]
    assert "测算单 0 份" in page(client, version, "clause/三.(二)/rests/")[1]
