"""Deciding on facts: correcting, doubting, adding, accepting together, undoing."""

import re

import pytest
from django.db import DatabaseError, transaction

from integration.policies.drafts import benefit, post, row_of
from integration.town_policy import REGION, TEXT
from luodi.service.audit.models import AuditEvent
from luodi.service.policies.drafting import Overtaken, decide, upload
from luodi.service.policies.models import FactDecision
from luodi.service.policies.rows import all_rows, open_rows


def test_what_the_text_does_not_state_is_said_by_a_person(people):
    text = TEXT.replace("本意见自2026年3月1日起施行，有效期至2028年12月31日。\n", "").replace("试政发〔2026〕3号\n", "")
    version = upload(by=people.lead, data=text.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")
    assert row_of(version, "missing-effective_to").state_label == "未识别"
    decide(by=people.lead, version=version, key="missing-effective_to", verdict="not_stated")
    decide(by=people.lead, version=version, key="head-document_number", verdict="enter",
           after={"value": "试政发〔2026〕9号", "source": "公报"})  # fmt: skip
    version.refresh_from_db()
    assert row_of(version, "missing-effective_to").state_label == "本文未规定"
    assert version.pack["unstated"] == ["effective_to"]
    entered = version.pack["entered"]
    assert version.pack["document_number"] == "试政发〔2026〕9号"
    assert [(e["field"], e["source"], e["note"]) for e in entered] == [("document_number", "公报", "不见于文本")]


def test_a_paper_without_its_title_is_put_in_force_only_once_somebody_enters_it(client, people):
    version = upload(by=people.lead, data=TEXT.partition("\n")[2].encode(), name="a.txt", region=REGION, policy=None,
                     organisation="某局")  # fmt: skip
    assert version.pack["title"] is None
    client.force_login(people.lead)
    card = client.get(f"/workbench/{version.pk}/facts/?at=head-title").content.decode()
    assert "从封面、红头或印发通知补录" in card and 'data-key="u"' not in card and 'data-key="g"' not in card
    others = client.get(f"/workbench/{version.pk}/bulk/?kind=missing").content.decode()
    assert 'value="head-title"' not in others
    refused = post(client, version, key="head-title", verdict="not_stated", last="")
    assert refused.status_code == 422 and "标题不能记为" in refused.content.decode()
    assert post(client, version, key=["head-title", "missing-basis"], verdict="not_stated").status_code == 422
    title = "试验市关于支持新材料产业的意见"
    post(client, version, key="head-title", verdict="enter", value=title, note="印发通知", last="")
    version.refresh_from_db()
    assert version.pack["title"] == title and not row_of(version, "head-title").is_open


FORM = {"kind": "fixed", "amount": "120万元", "selector": "国家级", "events": "新材料产业基地", "recipient": "园区",
        "frequency": "once"}  # fmt: skip


def test_a_correction_changes_fact_and_rule_and_both_are_kept(client, people, bench):
    client.force_login(people.lead)
    key = benefit(bench, 100)
    assert post(client, bench, key=key, verdict="correct", note="原件为120万元", **FORM).status_code == 302
    bench.refresh_from_db()
    assert bench.pack["facts"]["benefits"][0]["amount"] == 120_000_000
    grades = bench.pack["rules"][0]["amount"]["by_grade"]
    assert grades["国家级"]["fen"] == 120_000_000 and grades["省级"]["fen"] == 50_000_000
    kept = FactDecision.objects.get(key=key)
    assert (kept.before["amount"], kept.after["amount"], kept.by) == (100_000_000, 120_000_000, people.lead)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        FactDecision.objects.filter(pk=kept.pk).update(note="")


@pytest.mark.parametrize(("wrong", "words"), [
    ({"amount": "120"}, "金额要写明单位"), ({"amount": ""}, "要填写金额"), ({"kind": "rate", "rate": "8"}, "百分数"),
    ({"kind": "range", "floor": "50万元", "cap": "20万元"}, "最低不能高于最高"), ({"years": "三"}, "请填写数字"),
])  # fmt: skip
def test_a_wrong_correction_is_refused_with_what_was_typed(client, people, bench, wrong, words):
    client.force_login(people.lead)
    answer = post(client, bench, key=benefit(bench, 100), verdict="correct", **FORM | wrong)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "新材料产业基地" in page
    led, field = re.search(r'error-summary.*?<li><a href="#(id_(\w+))">', page, re.S).groups()
    assert f'id="{led}_error"' in page and re.search(rf'name="{field}"[^>]*aria-describedby="[^"]*{led}_error"', page)
    assert not FactDecision.objects.exists()


def test_doubt_and_rejection_need_a_reason_and_stay_visible(client, people, bench):
    client.force_login(people.lead)
    key = benefit(bench, 50)
    for verdict in ("doubt", "reject"):
        assert post(client, bench, key=key, verdict=verdict, note=" ").status_code == 422
    post(client, bench, key=key, verdict="doubt", note="附件另有规定")
    assert row_of(bench, key).is_open
    last = str(FactDecision.objects.latest("recorded_at").pk)
    post(client, bench, key=key, verdict="reject", note="重复", last=last)
    bench.refresh_from_db()
    assert [row["amount"] for row in bench.pack["facts"]["benefits"]] == [100_000_000, None]
    assert row_of(bench, key).state_label == "不采纳"
    assert "附件另有规定" in client.get(f"/workbench/{bench.pk}/facts/?at={key}").content.decode()


def test_two_people_on_one_fact_do_not_overwrite_each_other(client, people, bench):
    decide(by=people.other, version=bench, key="duties-0", verdict="accept", last="")
    client.force_login(people.lead)
    answer = post(client, bench, key="duties-0", verdict="reject", note="误读", last="")
    assert answer.status_code == 409 and "other刚刚对同一条作了“采纳”" in answer.content.decode()
    with pytest.raises(Overtaken):
        decide(by=people.lead, version=bench, key="duties-0", verdict="accept", last="")


def test_a_fact_is_added_from_selected_words(client, people, bench):
    client.force_login(people.lead)
    words = "支持企业做大做强"
    start = TEXT.index(words)
    place = {"begin": start, "until": start + len(words), "of": "qualitative_goals"}
    form = client.get(f"/workbench/{bench.pk}/add/", place).content.decode()
    assert f'value="{words}"' in form and "二.(一)" in form
    answer = client.post(f"/workbench/{bench.pk}/add/", place | {"statement": words, "save": "1"})
    key = re.search(r"at=(added-\w+)", answer["Location"])[1]
    bench.refresh_from_db()
    added = bench.pack["facts"]["qualitative_goals"]
    assert [(row["article"], row["span"]) for row in added] == [("二.(一)", [start, start + len(words)])]
    assert not row_of(bench, key).is_open
    post(client, bench, key=key, verdict="reject", note="不是目标", last=str(FactDecision.objects.get(key=key).pk))
    bench.refresh_from_db()
    assert bench.pack["facts"]["qualitative_goals"] == [] and row_of(bench, key).state_label == "不采纳"


def test_words_that_were_read_already_are_told_before_a_second_fact_is_made_of_them(client, people, bench):
    client.force_login(people.lead)
    at, key = TEXT.index("100万元"), benefit(bench, 100)
    address = f"/workbench/{bench.pk}/add/?begin={at}&until={at + 5}"
    page = client.get(f"{address}&of=benefits").content.decode()
    assert "这段文字里已经读出" in page and f"?at={key}&amp;" in page
    assert "这段文字里已经读出" not in client.get(f"{address}&of=goals").content.decode()


def test_without_a_script_the_first_and_last_words_tell_the_place(client, people, bench):
    client.force_login(people.lead)
    page = client.get(f"/workbench/{bench.pk}/add/", {"first": "对重大项目", "last": "予以支持", "of": "benefits"})
    assert "对重大项目，采取“一事一议”方式予以支持" in page.content.decode()
    page = client.get(f"/workbench/{bench.pk}/add/", {"first": "没有的字", "of": "benefits"})
    assert "原文里没有“没有的字”" in page.content.decode()


def test_accepting_together_tells_what_nobody_opened(client, people, bench):
    client.force_login(people.lead)
    seen, unseen = benefit(bench, 100), benefit(bench, 50)
    client.get(f"/workbench/{bench.pk}/facts/?at={seen}")
    assert f'href="/workbench/{bench.pk}/bulk/"' in client.get(f"/workbench/{bench.pk}/facts/").content.decode()
    page = client.get(f"/workbench/{bench.pk}/bulk/?kind=benefits").content.decode()
    assert "没有逐条看过（2）" in page and "已经打开看过（1）" in page
    client.post(f"/workbench/{bench.pk}/bulk/", {"kind": "benefits", "key": [seen, unseen, "duties-0"]})
    kept = {row.key: (row.bulk, row.looked_at) for row in FactDecision.objects.all()}
    assert kept == {seen: (True, True), unseen: (True, False)}
    assert AuditEvent.objects.get(action="policy.facts_decided_in_bulk").data == {
        "facts": 2,
        "verdict": "accept",
        "not_looked_at": 1,
    }


def test_accepting_together_shows_the_conditions_that_are_accepted_with_a_sum(client, people):
    text = TEXT.replace("称号的园区", "称号、入驻企业30家以上的园区")
    version = upload(by=people.lead, data=text.encode(), name="c.txt", region=REGION, policy=None, organisation="某局")
    client.force_login(people.lead)
    assert "条件：入驻企业30家以上" in client.get(f"/workbench/{version.pk}/bulk/").content.decode()


def test_what_one_clause_says_is_accepted_at_one_look_and_undone_as_one(client, people, bench):
    client.force_login(people.lead)
    keys = [row.key for row in all_rows(bench) if row.kind == "benefits" and row.article == "三.(一)"]
    page = client.get(f"/workbench/{bench.pk}/facts/?at={keys[0]}").content.decode()
    assert len(keys) == 2 and "这 2 条都采纳" in page and all(f'name="key" value="{key}"' in page for key in keys)
    assert page.index('data-key="g"') < page.index('class="verdicts"'), (
        "below what it accepts, not in the bar that a phone always shows"
    )
    after = client.post(f"/workbench/{bench.pk}/decide/", {"key": keys, "verdict": "accept"}, follow=True)
    assert "等 2 条" in after.content.decode() and not {row.key for row in open_rows(bench)} & set(keys)
    kept = FactDecision.objects.filter(key__in=keys)
    assert [(row.bulk, row.looked_at) for row in kept] == [(True, True)] * 2, "the card showed each of them whole"
    client.post(f"/workbench/{bench.pk}/decide/", {"key": keys, "verdict": "undo"})
    assert {row.key for row in open_rows(bench)} >= set(keys) and kept.all().count() == 4
    assert client.post(f"/workbench/{bench.pk}/decide/", {"key": keys, "verdict": "reject"}).status_code == 404


def test_undoing_brings_back_what_was_decided_before(client, people, bench):
    client.force_login(people.lead)
    key = benefit(bench, 100)
    (row,) = (row for row in all_rows(bench) if row.key == key)
    corrected = decide(by=people.lead, version=bench, key=key, verdict="correct", after={"amount": 7_000_000}, last="")
    decide(by=people.lead, version=bench, key=key, verdict="reject", note="误", last=str(corrected.pk))
    page = client.get(f"/workbench/{bench.pk}/facts/?at={key}").content.decode()
    assert "撤销“不采纳”" in page
    last = bench.standing_decisions()[key].pk
    post(client, bench, key=key, verdict="undo", last=last)
    bench.refresh_from_db()
    assert bench.standing_decisions()[key] == corrected
    assert 7_000_000 in {each["amount"] for each in bench.pack["facts"]["benefits"]}
    with pytest.raises(Overtaken):
        decide(by=people.other, version=bench, key=key, verdict="undo", last=str(last))
    decide(by=people.lead, version=bench, key=key, verdict="undo", last=str(corrected.pk))
    (back,) = (each for each in all_rows(bench) if each.key == key)
    assert (back.state, back.fact) == ("open", row.fact)
    added = {**row.fact, "kind_of_fact": "benefits"}
    decide(by=people.lead, version=bench, key="added-1", verdict="add", after=added)
    decide(by=people.lead, version=bench, key="added-1", verdict="undo")
    bench.refresh_from_db()
    assert "added-1" not in {each.key for each in all_rows(bench)}
    assert len(bench.pack["facts"]["benefits"]) == 3


def test_the_last_day_follows_from_the_first_and_the_years(client, people):
    text = TEXT.replace("自2026年3月1日起施行，有效期至2028年12月31日", "有效期3年")
    version = upload(by=people.lead, data=text.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")
    client.force_login(people.lead)
    for start, end in (("2026-03-01", "2029-02-28"), ("2024-02-29", "2027-02-27")):
        last = FactDecision.objects.filter(key="validity-0").order_by("recorded_at").last()
        post(client, version, key="validity-0", verdict="correct", effective_from=start, effective_to="", years="3",
             last=str(last.pk) if last else "")  # fmt: skip
        version.refresh_from_db()
        assert version.pack["facts"]["validity"]["effective_to"] == end


def test_going_on_passes_over_what_was_left_and_comes_to_doubts_last(client, people, bench):
    client.force_login(people.lead)
    waiting = [row.key for row in all_rows(bench) if row.is_open]
    assert len(waiting) > 5

    def onward(page) -> str:
        return re.search(r'href="\?at=([^"&#]+)[^"]*" data-key="n"', page.content.decode())[1]

    seen, at = [waiting[0]], waiting[0]
    while (at := onward(client.get(f"/workbench/{bench.pk}/facts/?at={at}"))) != waiting[0]:
        seen.append(at)
    assert seen == waiting  # each once, and round to the first
    third, fourth = (next(row for row in all_rows(bench) if row.key == waiting[at]) for at in (2, 3))
    answer = post(client, bench, key=third.key, verdict="doubt", note="两种读法")
    assert f"at={fourth.key}" in answer.headers["Location"]  # not back to the two that were left
    answer = post(client, bench, key=waiting[1], verdict="not_stated" if waiting[1].startswith("missing") else "accept")
    assert f"at={fourth.key}" in answer.headers["Location"]
