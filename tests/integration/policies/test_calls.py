"""Calls for claims: published by an officer, found by the public, counted in working days, withdrawn with a reason."""

import datetime as dt
import html
import json

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError
from hypothesis import given
from hypothesis import strategies as st

from integration.town_policy import REGION, SLUG, TEXT
from luodi import clock
from luodi.document.reading import parse
from luodi.errors import UsageError
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.quantities.working_days import is_working_day
from luodi.service.audit.models import AuditEvent
from luodi.service.policies.actions import add_version, confirm, publish
from luodi.service.policies.call_actions import draft_call, end_call, release_call
from luodi.service.policies.call_forms import next_window
from luodi.service.policies.calls import SOON, calls_now, standing
from luodi.service.policies.models import Call

NEW = f"/policies/{SLUG}/calls/new/"
GIVEN = {
    "title": "关于申报基地奖励的通知", "document_number": "试经信〔2026〕20号", "items": ["三.(一)"], "opens": "2026-05-25",
    "closes": "2026-06-12", "channel": "网上申报", "materials": "申报表\n名单文号", "desk": "试验市经济和信息化局", "address": "",
    "phone": "0000-1234567", "note": "",
}  # fmt: skip


def made(people, version, **more) -> Call:
    days = {name: dt.date.fromisoformat(str((GIVEN | more)[name])) for name in ("opens", "closes")}
    call = draft_call(by=people.lead, policy=version.policy, given=GIVEN | more | days)
    with clock.standing_on(min(clock.today(), days["closes"])):
        release_call(by=people.intake, call=call, reviewed=True)
    call.refresh_from_db()
    return call


def page(client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize(
    ("yearly", "today", "days"),
    [
        ("03-01/04-30", "2026-06-01", ("2027-03-01", "2027-04-30")),
        ("03-01/04-30", "2026-04-30", ("2026-03-01", "2026-04-30")),
        ("11-01/02-28", "2026-01-15", ("2025-11-01", "2026-02-28")),
        ("11-01/02-28", "2026-06-01", ("2026-11-01", "2027-02-28")),
        ("03-01/", "2026-06-01", None),
        ("02", "2026-06-01", None),
    ],
)
def test_the_next_window_of_every_year(yearly, today, days):
    found = next_window({"start": None, "end": None, "yearly": yearly}, dt.date.fromisoformat(today))
    assert (found and tuple(map(str, found))) == days


def test_what_the_paper_states_of_its_calls_stands_in_the_form_to_be_checked(client, people):
    text = TEXT.replace("本意见自", "（三）申报时间为每年3月1日至4月30日，咨询电话：0571-12345678。\n\n本意见自")
    pack = build(compile_document(parse(text, "said-2026")), {"id": "said-2026", "version": 1})
    made = add_version(by=people.lead, slug="said-2026", region=REGION, pack=pack)
    confirm(by=people.lead, version=made)
    publish(by=people.other, version=made)
    client.force_login(people.lead)
    text = page(client, "/policies/said-2026/calls/new/")
    assert 'value="2027-03-01"' in text and 'value="2027-04-30"' in text and 'value="0571-12345678"' in text
    assert "按原文条款 三.(三) 填好，请核对：每年 3 月 1 日至 4 月 30 日" in text
    assert 'aria-describedby="id_opens_helptext"' in text and 'id="id_opens_helptext"' in text


def test_one_officer_drafts_another_releases_and_the_public_finds_it_everywhere(client, people, version):
    client.force_login(people.lead)
    answer = client.post(NEW, GIVEN)
    call = Call.objects.get()
    own, release = f"/calls/{call.pk}/", f"/calls/{call.pk}/release/"
    assert answer.status_code == 302 and answer["Location"] == own
    refused = client.post(release, {"reviewed": "1"})
    assert refused.status_code == 422 and "起草人不能自己发布" in refused.content.decode()
    client.logout()
    page(client, own, 404)
    assert call.title not in page(client, "/calls/") and client.get("/api/calls").json()["count"] == 0
    client.force_login(people.intake)
    assert call.title in page(client, "/calls/").split("待发布 1 份", 1)[1] and "审核发布" in page(client, own)
    assert client.post(release, {}).status_code == 422
    assert client.post(release, {"reviewed": "1"}).status_code == 302
    assert client.post(release, {"reviewed": "1"}).status_code == 422
    assert AuditEvent.objects.get(action="policy.call_published").data["closes"] == "2026-06-12"
    client.logout()
    for address in ("/", f"/policies/{SLUG}/", f"/calculator/?policy={SLUG}", "/calls/"):
        assert address.startswith("/calculator") or call.title in page(client, address), address
    text = page(client, f"/calls/{call.pk}/")
    for words in (
        "剩余 9 个工作日",
        "2026年5月25日 至 2026年6月12日，含两端",
        "申报表",
        "0000-1234567",
        "试经信〔2026〕20号",
    ):
        assert words in text
    assert f"/policies/{SLUG}/papers/guide/" in text and "撤回申报通知" not in text


def test_calls_are_searched_and_those_that_end_first_stand_first(client, people, version):
    made(people, version, title="甲通知", closes="2026-06-30")
    made(people, version, title="乙通知", closes="2026-06-02")
    made(people, version, title="丙通知", opens="2026-07-01", closes="2026-07-31")
    made(people, version, title="丁通知", opens="2026-04-01", closes="2026-04-30")
    text = page(client, "/calls/")
    assert sorted("甲乙丙丁", key=lambda name: text.index(f"{name}通知")) == list("乙甲丙丁")
    assert "正在受理 2 份" in text
    only = page(client, "/calls/?state=open&q=基地")
    assert "甲通知" in only and "丙通知" not in only and "丁通知" not in only
    assert "没有符合的通知" in page(client, "/calls/?q=没有这样的事项")


def test_the_calculator_names_the_call_of_an_item_instead_of_its_absence(client, people, version):
    given = {"policy": SLUG, "kind": "park", "asked": [], "done": ["kind", "events"], "events": [], "facts": {}}
    asked = {"answers": json.dumps(given), "do": "result"}
    assert "尚未发布申报通知" in client.post("/calculator/", asked).content.decode()
    sheet = f"/policies/{SLUG}/papers/guide/三.(一)/"
    assert "没有受理中的申报通知" in page(client, sheet)
    call = made(people, version)
    told = page(client, sheet)
    assert f"《{call.title}》（{call.document_number}）" in told and "2026年5月25日 至 2026年6月12日（含两端）" in told
    assert call.channel in told and "电话：0000-1234567（据申报通知）" in told and "申报表" in told
    assert "没有受理中的申报通知" in page(client, f"/policies/{SLUG}/papers/guide/三.(二)/")
    assert [each.call for each in calls_now(version.policy) if each.covers("三.(一)")] == [call]
    assert not [each for each in calls_now(version.policy) if each.covers("三.(二)") or each.covers("三.(一")]
    text = html.unescape(client.post("/calculator/", asked).content.decode())
    assert f'href="/calls/{call.pk}/"' in text.split('aria-label="合计"', 1)[1].split("</section>", 1)[0]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"closes": "2026-05-01"}, "早于开始日期"),
        ({"opens": "2025-05-25", "closes": "2025-06-12"}, "已经过去"),
        ({"closes": "六月"}, "年-月-日"),
        ({"items": ["九.(九)"]}, "九.(九)"),
        ({"phone": ""}, "咨询电话"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_published(client, people, version, wrong, words):
    client.force_login(people.lead)
    answer = client.post(NEW, GIVEN | wrong)
    assert answer.status_code == 422 and words in html.unescape(answer.content.decode()) and not Call.objects.exists()
    assert GIVEN["title"] in answer.content.decode()  # what was typed is kept


def test_marks_of_secrecy_are_refused_and_audited_without_content(client, people, version):
    client.force_login(people.lead)
    answer = client.post(NEW, GIVEN | {"note": "机密★一年\n型号清单另附"})
    assert answer.status_code == 422 and "不能公开发布" in answer.content.decode() and not Call.objects.exists()
    event = AuditEvent.objects.get(action="policy.text_refused")
    assert event.data["reason"] == "marked" and "型号" not in json.dumps(event.data, ensure_ascii=False)


def test_a_withdrawn_draft_is_never_seen_by_the_public(client, people, version):
    days = {name: dt.date.fromisoformat(GIVEN[name]) for name in ("opens", "closes")}
    call = draft_call(by=people.lead, policy=version.policy, given=GIVEN | days)
    end_call(by=people.lead, call=call, reason="写错了")
    with pytest.raises(UsageError, match="已经撤回"):
        release_call(by=people.intake, call=call, reviewed=True)
    with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(published_on=dt.date(2026, 6, 1), released_by=people.lead)
    page(client, f"/calls/{call.pk}/", 404)


def test_a_withdrawn_call_stays_readable_with_its_reason_and_nothing_else_changes(client, people, version):
    call = made(people, version)
    client.force_login(people.intake)
    assert client.post(f"/calls/{call.pk}/end/", {"reason": " "}).status_code == 422
    assert client.post(f"/calls/{call.pk}/end/", {"reason": "时间有误"}).status_code == 302
    text = page(client, f"/calls/{call.pk}/")
    assert "本通知已撤回" in text and "时间有误" in text and not calls_now(version.policy)
    with pytest.raises(UsageError, match="已经撤回"):
        end_call(by=people.lead, call=call, reason="再撤")
    for change in ({"closes": dt.date(2027, 1, 1)}, {"title": "改"}):
        with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(**change)
    with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        call.delete()
    made(people, version)  # after the withdrawal the same call may be published again
    with pytest.raises(UsageError, match="已经有了"):
        made(people, version)


DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2026, 12, 20))


@given(DAYS, st.integers(0, 60), DAYS)
def test_a_call_receives_from_its_first_day_to_its_last(opens, length, day):
    call = Call(opens=opens, closes=opens + dt.timedelta(length), title="通知", published_on=opens)
    found = standing(call, day)
    assert found.receives is (call.opens <= day <= call.closes)
    if found.receives:
        rest = [day + dt.timedelta(n) for n in range(1, (call.closes - day).days + 1)]
        assert found.days == sum(map(is_working_day, rest))
        assert (found.code == "soon") is (found.days <= SOON)
        assert ("今天截止" in found.words) is (day == call.closes)


def test_the_interface_lists_calls(client, people, version):
    call = made(people, version)
    made(people, version, title="另一份", opens="2026-07-01", closes="2026-07-31")
    found = client.get(f"/api/calls?policy={SLUG}&receiving=true").json()
    assert [(each["id"], each["state"], each["working_days"]) for each in found["items"]] == [(str(call.pk), "open", 9)]
    assert (
        client.get("/api/calls").json()["count"] == 2 and client.get("/api/calls?policy=nowhere").json()["count"] == 0
    )
