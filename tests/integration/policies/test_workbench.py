"""The workbench: from an uploaded file to decided facts."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from integration.policies.drafts import benefit, post, row_of, send, settle, walk
from integration.town_policy import REGION, SLUG, TEXT
from luodi.errors import UsageError
from luodi.policy import pack_check
from luodi.policy.pack import Pack
from luodi.service.accounts.models import Membership, User
from luodi.service.audit.models import AuditEvent
from luodi.service.jobs.actions import run as run_job
from luodi.service.jobs.models import Job
from luodi.service.policies.actions import MarkedText
from luodi.service.policies.drafting import Overtaken, decide, upload
from luodi.service.policies.fact_forms import FIELDS, KIND_CHOICES
from luodi.service.policies.fact_lines import KINDS
from luodi.service.policies.links import stack
from luodi.service.policies.models import FactDecision, Policy, PolicyText, PolicyVersion
from luodi.service.policies.provision_words import provision
from luodi.service.policies.rows import all_rows, open_rows
from luodi.service.publishing import publish_file

# --- upload


def test_an_upload_becomes_a_draft_that_nobody_else_sees(client, people):
    client.force_login(people.lead)
    answer = send(client, TEXT.encode())
    version = PolicyVersion.objects.get(proposal__isnull=False)
    assert answer["Location"] == f"/workbench/{version.pk}/"
    assert version.status == "draft" and version.text.text == TEXT and len(version.pack["facts"]["benefits"]) == 3
    page = client.get(f"/workbench/{version.pk}/facts/").content.decode()
    assert "100万元</mark>" in page and "系统把握" in page
    client.logout()
    assert "新材料产业发展" not in client.get("/policies/").content.decode()
    assert client.get(f"/policies/{version.policy.slug}/").status_code == 404


def test_a_web_page_is_shown_without_its_markup_and_keeps_its_places(client, people):
    body = "".join(f"<p>{line}&nbsp;</p>\n" for line in TEXT.split("\n") if line)
    source = f"<html><head><title>站名</title></head><body><div class='a'>{body}</div></body></html>"
    version = upload(
        by=people.lead, data=source.encode(), name="a.html", region=REGION, policy=None, organisation="某局"
    )
    client.force_login(people.lead)
    page = client.get(f"/workbench/{version.pk}/facts/").content.decode()
    assert "100万元</mark>" in page and "&lt;p&gt;" not in page and "&amp;nbsp;" not in page
    first = version.pack["facts"]["benefits"][0]["span"]
    assert source[slice(*first)] == "100万元"


def test_a_marked_file_leaves_nothing_and_the_secrecy_reviewer_sees_that(client, people):
    reviewer = User.objects.create(username="secrecy")
    Membership.objects.create(user=reviewer, role="secrecy_reviewer",
                              organisation=people.lead.memberships.get().organisation)  # fmt: skip
    client.force_login(people.lead)
    answer = send(client, f"内部资料\n{TEXT}".encode(), "很密的名字.txt")
    page = answer.content.decode()
    assert answer.status_code == 422 and "保密审查员" in page and "一个字也没有保存" in page
    assert not Policy.objects.exists() and not PolicyText.objects.exists()
    event = AuditEvent.objects.get(action="policy.text_refused")
    assert (event.data, event.object_id) == ({"reason": "marked", "kinds": ["内部标志"], "count": 1}, "")
    client.force_login(reviewer)
    listed = client.get("/refusals/").content.decode()
    assert "内部标志" in listed and "很密的名字" not in listed and str(people.lead) in listed


def test_a_marked_file_given_on_the_command_line_leaves_an_audit_row(people, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(f"机密★10年\n{TEXT}")
    with pytest.raises(MarkedText):
        publish_file(file, "town", REGION, None, "lead", "other")
    event = AuditEvent.objects.get(action="policy.text_refused")
    assert (event.actor, event.data["kinds"]) == (str(people.lead.pk), ["密级标志"]) and not Policy.objects.exists()


@pytest.mark.parametrize(("given", "words"), [
    ({}, "没有收到文件"), ({"file": SimpleUploadedFile("a.txt", b"x")}, "保密自查承诺"),
    ({"file": SimpleUploadedFile("a.bin", bytes(range(256)) * 40), "declared": "on"}, "不是文本文件"),
    ({"file": SimpleUploadedFile("a.txt", b"x"), "declared": "on", "policy": "nowhere"}, "没有这份政策"),
])  # fmt: skip
def test_what_cannot_be_taken_is_said_in_words(client, people, given, words):
    client.force_login(people.lead)
    answer = client.post("/workbench/upload/", given)
    assert answer.status_code == 422 and words in answer.content.decode() and not PolicyVersion.objects.exists()


def test_the_same_file_is_not_kept_twice(people, bench):
    with pytest.raises(UsageError, match="已经上传过"):
        upload(by=people.lead, data=TEXT.encode(), name="b.txt", region=REGION, policy=None, organisation="某局")
    with pytest.raises(UsageError, match="是第 1 版（草稿）"):
        upload(
            by=people.lead, data=TEXT.encode(), name="a.txt", region=REGION, policy=bench.policy, organisation="某局"
        )


def test_the_same_paper_in_another_file_is_told(client, people, bench):
    again = upload(
        by=people.lead,
        data=(TEXT + "\n（附件略）\n").encode(),
        name="b.txt",
        region=REGION,
        policy=None,
        organisation="某局",
    )
    client.force_login(people.lead)
    page = client.get(f"/workbench/{again.pk}/").content.decode()
    assert "另有同名或同文号的" in page and f"/workbench/{bench.pk}/" in page
    offered = client.get("/workbench/upload/").content.decode()
    assert f"{bench.policy.title}　第 1 版（草稿）" in offered
    walk(again, people.lead, "discard")
    assert "另有同名" not in client.get(f"/workbench/{bench.pk}/").content.decode()


def test_a_refused_double_leads_to_the_version_that_is_there(client, people, bench):
    client.force_login(people.lead)
    for more in ({}, {"policy": bench.policy.slug}):
        answer = send(client, TEXT.encode(), "b.txt", **more)
        assert answer.status_code == 422 and f'href="/workbench/{bench.pk}/"' in answer.content.decode()
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    walk(bench, people.other, "pass", "sign", "publish")
    answer = send(client, TEXT.encode(), "b.txt", policy=bench.policy.slug)
    assert answer.status_code == 302, "a wrong reading of a published version is put right by another of the same text"
    assert open_rows(PolicyVersion.objects.latest("number")) == []


def test_a_long_text_is_read_by_a_job_whose_page_shows_how_far_it_is(client, people):
    client.force_login(people.lead)
    long = TEXT + "\n".join(f"附表第{number}行：说明文字。" for number in range(6000))
    answer = send(client, long.encode())
    job = Job.objects.get()
    assert answer["Location"] == job.get_absolute_url() and not PolicyVersion.objects.exists()
    assert "读取政策文件" in client.get(answer["Location"]).content.decode()
    assert run_job(str(job.pk))
    job.refresh_from_db()
    version = PolicyVersion.objects.get()
    assert (job.state, job.outcome_address) == ("done", f"/workbench/{version.pk}/")
    assert version.text.text == long and version.text.sha256 == hashlib.sha256(long.encode()).hexdigest()
    assert "已经上传过" in send(client, long.encode()).content.decode()


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["dev", "raw"])
def test_every_text_of_the_corpus_opens_in_the_workbench(client, people, corpus, folder):
    client.force_login(people.lead)
    for file in sorted((corpus / folder).glob("*.txt")):
        answer = send(client, file.read_bytes(), file.name)
        assert answer.status_code == 302, (file.name, answer.content.decode()[-2000:])
        for page in ("", "facts/", "facts/?show=all", "bulk/", "rules/", "rules-together/", "register/"):
            assert client.get(answer["Location"] + page).status_code == 200, (file.name, page)
        version = PolicyVersion.objects.get(pk=answer["Location"].split("/")[2])
        one_of_each = {row.kind: row.key for row in all_rows(version)}
        for key in one_of_each.values():
            assert client.get(f"{answer['Location']}facts/?at={key}").status_code == 200, (file.name, key)
    assert client.get("/workbench/").status_code == 200


def test_every_kind_of_fact_has_a_name_and_a_form_or_is_shown_as_it_is(bench):
    schema = json.loads((Path(pack_check.__file__).parent / "pack.schema.json").read_text())
    kinds = set(schema["$defs"]["facts"]["properties"])
    assert kinds >= {"benefits", "links", "deadlines"}
    assert kinds - set(KINDS) == set(), "a kind without a name on the screen"
    assert kinds - set(FIELDS) == set(), "a kind that can be accepted or rejected but not corrected"
    assert kinds - set(dict(KIND_CHOICES)) == set(), "a kind that cannot be added"
    for kind in (*kinds, "a kind of tomorrow"):
        row = {"article": "0", "span": [0, 1], "confidence": 1.0, "words": "新的写法"}
        if kind not in KINDS:
            assert "新的写法" in provision(kind, row)[1]


# --- deciding fact by fact


def test_the_most_doubtful_stands_first_and_silence_is_told_from_not_recognised(bench):
    rows = all_rows(bench)
    assert [row.confidence for row in rows if row.kind == "benefits"] == sorted(
        row.confidence for row in rows if row.kind == "benefits"
    )
    kinds = [row.kind for row in rows]
    assert all(
        kind in ("diagnostics", "missing") for kind in kinds[: kinds.count("missing") + kinds.count("diagnostics")]
    )
    assert row_of(bench, "head-document_number").state_label == "待核对"


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


def test_a_decision_is_confirmed_on_the_next_page_and_a_mark_opens_its_fact(client, people, bench):
    client.force_login(people.lead)
    key = benefit(bench, 100)
    onward = post(client, bench, key=key, verdict="accept", last="")["Location"]
    assert "#" in onward
    page = client.get(onward.partition("#")[0]).content.decode()
    told = re.search(r'<div class="just".*?</p>', page, re.S)[0]
    assert "已采纳" in told and "100 万元" in told and f"at={key}&amp;show=all#m-{key}" in told
    assert f'href="/workbench/{bench.pk}/facts/?at={key}&amp;show=all#m-{key}"' in page  # decided ones leave the list
    decided = client.get(f"/workbench/{bench.pk}/facts/?at={key}").content.decode()
    assert 'value="accept"' not in decided and 'value="correct"' in decided
    assert "<dt>频次</dt><dd>一次性</dd>" in decided and "<dt>给谁</dt><dd>园区</dd>" in decided


def test_a_missing_element_leads_to_the_fact_that_may_state_it(client, people):
    text = TEXT.replace("根据《江岭省新材料产业条例》，提出", "参照《江岭省新材料产业条例》的做法，提出").replace(
        "本意见自2026年3月1日起施行，有效期至2028年12月31日。", "本意见有效期3年。"
    )
    version = upload(by=people.lead, data=text.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")
    client.force_login(people.lead)
    page = client.get(f"/workbench/{version.pk}/facts/?at=missing-basis").content.decode()
    assert "at=references-0&amp;show=all&amp;act=correct#m-references-0" in page
    given = {"title": "江岭省新材料产业条例", "number": "", "relation": "basis", "last": ""}
    post(client, version, key="references-0", verdict="correct", **given)
    assert [row.key for row in all_rows(version) if row.kind == "missing" and row.fact["element"] == "basis"] == []
    version.refresh_from_db()
    assert [p.title for p in stack(version, Pack(version.pack)).above] == ["江岭省新材料产业条例"]
    answer = client.get(f"/workbench/{version.pk}/add/?of=validity")  # a paper has one period, told in one place
    assert "at=validity-0&act=correct" in answer["Location"]
    form = client.get(answer["Location"].partition("#")[0]).content.decode()
    assert "一份文件只记一条有效期" in form
    post(
        client,
        version,
        key="validity-0",
        verdict="correct",
        effective_from="2026-03-01",
        effective_to="",
        years="3",
        last="",
    )
    version.refresh_from_db()
    assert (
        version.pack["facts"]["validity"]["effective_from"] == "2026-03-01"
        and version.pack["facts"]["validity"]["years"] == 3
    )


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
    after = client.post(f"/workbench/{bench.pk}/decide/", {"key": keys, "verdict": "accept"}, follow=True)
    assert "等 2 条" in after.content.decode() and not {row.key for row in open_rows(bench)} & set(keys)
    kept = FactDecision.objects.filter(key__in=keys)
    assert [(row.bulk, row.looked_at) for row in kept] == [(True, True)] * 2, "the card showed each of them whole"
    client.post(f"/workbench/{bench.pk}/decide/", {"key": keys, "verdict": "undo"})
    assert {row.key for row in open_rows(bench)} >= set(keys) and kept.all().count() == 4
    assert client.post(f"/workbench/{bench.pk}/decide/", {"key": keys, "verdict": "reject"}).status_code == 404


def test_all_that_a_clause_says_is_read_at_one_look_whatever_its_kind(client, people):
    told = "支持企业做大做强，2027年6月底前出台细则，资金由市、区两级财政按6:4的比例分担。（责任单位"
    text = TEXT.replace("支持企业做大做强。（责任单位", told)
    version = upload(by=people.lead, data=text.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")
    own = [row for row in all_rows(version) if row.article == "二.(一)"]
    assert {row.kind for row in own} == {"duties", "deadlines", "payments"}
    client.force_login(people.lead)
    page = client.get(f"/workbench/{version.pk}/facts/?at={own[0].key}").content.decode()
    assert "这 3 条都采纳" in page and "截至 2027-06-30" in page


def test_what_reads_alike_is_told_apart_and_the_signature_is_read_with_the_head(client, people):
    """Two tasks of one office in one clause: which of them is which? Issuer and date below the last article belong to no article."""
    given = "（一）壮大企业。市甲局负责受理登记申请。市甲局负责开展年度检查。"
    text = TEXT.replace("（一）壮大企业。支持企业做大做强。（责任单位：市经信局牵头，市财政局参与）", given)
    version = upload(by=people.lead, data=text.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")
    tasks = [row for row in all_rows(version) if row.kind == "duties"]
    assert len(tasks) == 2 and tasks[0].text == tasks[1].text
    client.force_login(people.lead)
    card = client.get(f"/workbench/{version.pk}/facts/?at={tasks[0].key}").content.decode().partition("beside-h")[2]
    assert "原文：市甲局负责开展年度检查" in card.partition("verdicts")[0]
    head = client.get(f"/workbench/{version.pk}/facts/?at=head-document_number").content.decode()
    beside = head.partition("文首、文末一起看的")[2].partition("verdicts")[0]
    assert "试验市人民政府" in beside and "2026-02-10" in beside


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


def test_a_draft_without_a_title_is_called_by_its_beginning(client, people):
    client.force_login(people.lead)
    send(client, "对认定的企业给予奖励10万元，用于研发。\n".encode())
    version = PolicyVersion.objects.get(proposal__isnull=False)
    for address in ("/workbench/", f"/workbench/{version.pk}/rules/"):
        page = client.get(address).content.decode()
        assert "未识别标题：对认定的企业给予奖励10万元" in page and f"<h1>{version.policy.slug}" not in page


def test_menus_of_a_page_are_folded_away_where_they_stand(client, people):
    title, body = TEXT.split("\n", 1)
    menus = "".join(f"栏目{number}\n" for number in range(5)) + "当前位置：首页 > 政务公开 > 政策文件\n"
    version = upload(
        by=people.lead, data=f"{title}\n{menus}{title}\n{body}".encode(), name="a.txt", region=REGION, policy=None,
        organisation="某局",
    )  # fmt: skip
    client.force_login(people.lead)
    page = client.get(f"/workbench/{version.pk}/facts/").content.decode()
    before, folded = page.split('<details class="menus">')
    folded, after = folded.split("</details>", 1)
    assert title in before.rpartition("data-source")[2] and "栏目" not in before
    assert "网页栏目等 6 行，没有当作文件内容" in folded and "栏目4" in folded and "试验市人民政府" not in folded
    assert "一、发展目标" in after and "栏目" not in after
    plain = upload(by=people.lead, data=TEXT.encode(), name="b.txt", region=REGION, policy=None, organisation="某局")
    assert '<details class="menus">' not in client.get(f"/workbench/{plain.pk}/facts/").content.decode()


# --- several papers in one notice


def test_which_paper_of_a_notice_a_fact_is_of_is_told(client, people):
    papers = ("《云州市甲奖励办法》", "《云州市乙扶持细则》")
    body = "".join(
        f"{title.strip('《》')}\n第一条 对引进的{who},给予{sum}万元奖励。\n第二条 本办法由市甲局负责解释,自{since}起施行。\n"
        for title, who, sum, since in zip(
            papers, ("博士", "硕士"), (30, 5), ("2024年6月1日", "2024年7月1日"), strict=True
        )
    )
    text = f"云州市人民政府关于印发{''.join(papers)}的通知\n现将{''.join(papers)}印发给你们。\n{body}"
    version = upload(by=people.lead, data=text.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")
    rows = {row.text: row.paper for row in all_rows(version) if row.kind == "paper_validities"}
    assert rows == {"自 2024-06-01 起施行": "云州市甲奖励办法", "自 2024-07-01 起施行": "云州市乙扶持细则"}
    client.force_login(people.lead)
    page = client.get(f"/workbench/{version.pk}/facts/?at=missing-effective_to").content.decode()
    assert "没有写有效期届满日的：《云州市甲奖励办法》《云州市乙扶持细则》" in page and "of=paper_validities" in page
    assert "missing-effective_from" not in page  # both tell when they begin
    assert "条款 文件2" in client.get(f"/workbench/{version.pk}/facts/?at=paper_validities-1").content.decode()
    settle(version, people.lead)
    walk(version, people.lead, "submit")
    walk(version, people.other, "pass", "sign", "publish")
    page = client.get(f"/policies/{version.policy.slug}/").content.decode()
    assert "印发的文件" in page and "本通知印发 2 个文件" in page and page.count("《云州市乙扶持细则》") >= 2
    home = f"/policies/{version.policy.slug}/"
    assert client.get(f"{home}clause/文件2.第一条/").status_code == 200
    assert "文件2.第一条#1" in client.get(f"{home}clause/文件2.第一条/rests/").content.decode()
    facts = json.loads(client.get(f"{home}facts.json").content)
    assert [paper["title"] for paper in facts["papers"]] == ["云州市甲奖励办法", "云州市乙扶持细则"]
    assert client.get(f"{home}export/akn.xml").status_code == 200


@pytest.mark.django_db
def test_a_paper_without_a_title_is_offered_by_its_beginning(client, people, bench):
    client.force_login(people.lead)
    send(client, "各有关单位：\n为促进创业，提出以下意见。\n一、新建孵化器3家。\n".encode(), "b.txt")
    page = client.get("/workbench/upload/").content.decode()
    assert "未识别标题：各有关单位" in page and not re.search(r"<option[^>]*>990100-", page)


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


def test_a_file_that_is_too_large_is_told_once(client, people, version):
    client.force_login(people.lead)
    large = bytes(33_000_000)
    for address, field, most in (("/workbench/upload/", "file", "32 MB"), (f"/policies/{SLUG}/load/", "text", "8 MB")):
        answer = client.post(address, {"declared": "on", field: SimpleUploadedFile("大.txt", large)})
        text = answer.content.decode()
        assert answer.status_code == 422 and f"超过 {most}" in text and "没有收到文件" not in text, field


def test_the_list_says_with_which_other_role_a_person_goes_on(client, people, bench):
    office = people.lead.memberships.get().organisation
    for person in (people.lead, people.other):
        Membership.objects.create(user=person, organisation=office, role="legal_reviewer")
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    client.force_login(people.other)
    page = client.get("/workbench/").content.decode()
    assert "待办（1）" in page and "合法性审核”身份可以：审核通过、退回修改" in page
    client.force_login(people.lead)  # who edited may not check, whatever the role
    page = client.get("/workbench/").content.decode()
    assert "身份可以：审核通过" not in page and "身份可以：退回修改" in page


def test_a_draft_of_the_wrong_file_is_discarded_kept_and_in_nobodys_way(client, people, bench):
    client.force_login(people.lead)
    nothing = upload(by=people.lead, data="静夜思\n床前明月光，疑是地上霜。".encode(), name="b.txt", region=REGION,
                     policy=None, organisation="某局")  # fmt: skip
    page = client.get(f"/workbench/{nothing.pk}/").content.decode()
    assert (
        "没有从这份文件里读出" in page
        and "没有从这份文件里读出" not in client.get(f"/workbench/{bench.pk}/").content.decode()
    )
    step = f"/workbench/{nothing.pk}/step/"
    assert client.post(step, {"move": "discard"}).status_code == 422  # without a reason
    assert client.post(step, {"move": "discard", "note": "传错了文件"}).status_code == 302
    page = client.get(f"/workbench/{nothing.pk}/").content.decode()
    assert "草稿已作废" in page and "传错了文件" in page and 'name="move"' not in page
    assert "合法性审核" not in page and "重新上传" in page  # nothing of the way to publication was done
    listed = client.get("/workbench/").content.decode()
    assert "待办（1）" in listed and "静夜思" in listed.partition("已办")[2]
    for address in ("/compare/", "/workbench/upload/"):
        assert "静夜思" not in client.get(address).content.decode()
    with pytest.raises(UsageError, match="草稿已作废"):
        decide(by=people.lead, version=nothing, key="head-title", verdict="enter", after={"value": "甲"})
    with pytest.raises(DatabaseError), transaction.atomic():
        PolicyVersion.objects.filter(pk=nothing.pk).update(status="draft")
    again = send(client, "静夜思\n床前明月光，疑是地上霜。".encode(), "b.txt")
    assert again.status_code == 302 and str(nothing.pk) not in again["Location"]
    client.logout()
    assert client.get(f"/policies/{nothing.policy.slug}/").status_code == 404


def test_the_list_of_a_long_paper_shows_what_is_near_and_leads_on(client, people):
    clauses = "".join(
        f"（{at}）对获得省级新材料产业基地{at}类称号的园区，给予{at}万元的奖励。\n\n" for at in range(1, 351)
    )
    text = TEXT.replace("（一）对获得国家级", f"{clauses}（三五一）对获得国家级")
    version = upload(by=people.lead, data=text.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")
    client.force_login(people.lead)
    rows = all_rows(version)
    assert len(rows) > 320
    seen, address = [], f"/workbench/{version.pk}/facts/?show=all"
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r'<li id="f-([^"]+)"', page)
        onward = re.search(r'后面还有 \d+ 条，<a href="(\?at=[^"#]+)', page)
        address = f"/workbench/{version.pk}/facts/{onward[1].replace('&amp;', '&')}" if onward else None
    assert set(seen) == {row.key for row in rows} and "前面还有" in page
    assert len(re.findall(r'<li id="f-', page)) <= 300


def test_a_long_text_is_shown_around_the_fact_and_leads_on_to_its_other_pieces(client, people):
    clauses = "".join(
        f"（{at}）对获得省级新材料产业基地{at}类称号的园区，给予{at}万元的奖励。{'各有关单位要做好宣传解读和受理。' * 20}\n\n"
        for at in range(1, 201)
    )
    text = TEXT.replace("（一）对获得国家级", f"{clauses}（二〇一）对获得国家级")
    version = upload(by=people.lead, data=text.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")
    client.force_login(people.lead)
    address = f"/workbench/{version.pk}/"
    row = next(row for row in all_rows(version) if row.kind == "benefits" and row.figure == "100 万元")
    page = client.get(f"{address}facts/?at={row.key}").content.decode()
    assert f'id="m-{row.key}"' in page and "前面还有" in page and "试政发〔2026〕3号</mark>" not in page
    assert "试政发〔2026〕3号</mark>" in client.get(f"{address}facts/?at={row.key}&piece=all").content.decode()
    seen, piece = "", f"{address}text/?piece=0"
    while piece:
        part = client.get(piece).content.decode()
        assert "<html" not in part
        seen += part
        onward = re.search(r'data-more="([^"]+)">后面还有', part)
        piece = onward[1] if onward else None
    marked = {row.key for row in all_rows(version) if row.marked}
    assert marked <= set(re.findall(r'id="m-([^"]+)"', seen))
    added = client.get(f"{address}add/?of=benefits&begin=100&until=104").content.decode()
    assert 'href="?of=benefits&amp;begin=100&amp;until=104&amp;piece=all#source-h"' in added


def test_the_list_of_drafts_leads_on_to_what_is_left(client, people, bench):
    client.force_login(people.lead)
    page = client.get("/workbench/").content.decode()
    assert f'/workbench/{bench.pk}/facts/">接着核对</a>' in page and "提交合法性审核" not in page
    settle(bench, people.lead)
    page = client.get("/workbench/").content.decode()
    assert "接着核对" not in page and "当前身份可以：提交合法性审核" in page
