"""The workbench: from an uploaded file to a policy in force, fact by fact, step by step, by two people."""

import datetime as dt
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from integration.town_policy import REGION, TEXT
from luodi.codes.credit_code import make_credit_code
from luodi.entitlement.explain import explain
from luodi.errors import UsageError
from luodi.policy import pack_check
from luodi.policy.pack import Pack
from luodi.service.accounts.models import Membership, User
from luodi.service.accounts.permissions import Permission
from luodi.service.audit.models import AuditEvent
from luodi.service.duties.models import Duty, Goal
from luodi.service.jobs.actions import run as run_job
from luodi.service.jobs.models import Job
from luodi.service.policies.actions import MarkedText
from luodi.service.policies.drafting import Overtaken, decide, decide_many, upload
from luodi.service.policies.fact_forms import FIELDS, KIND_CHOICES
from luodi.service.policies.fact_lines import KINDS
from luodi.service.policies.links import stack
from luodi.service.policies.models import FactDecision, Policy, PolicyText, PolicyVersion, VersionStep
from luodi.service.policies.provision_words import provision
from luodi.service.policies.publication import take_step
from luodi.service.policies.rows import all_rows, open_rows
from luodi.service.publishing import publish_file
from luodi.service.registry.models import Event, Unit

ALL = frozenset(Permission)


def send(client, data: bytes, name: str = "a.txt", **more):
    return client.post("/workbench/upload/", {"file": SimpleUploadedFile(name, data), "declared": "on"} | more)


@pytest.fixture
def bench(people):
    return upload(by=people.lead, data=TEXT.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")


def row_of(version, key):
    return next(row for row in all_rows(version) if row.key == key)


def settle(version, by):
    """Every open row decided: facts accepted, what is missing said to be unstated."""
    for row in open_rows(version):
        verdict = "not_stated" if row.kind == "missing" else "accept"
        decide(by=by, version=version, key=row.key, verdict=verdict, before=dict(row.fact))


def walk(version, by, *moves):
    for move in moves:
        take_step(
            by=by,
            version=version,
            move=move,
            may=ALL,
            note="同意",
            paper="试法审〔2026〕1号",
            fair_competition="不涉及",
        )


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


def post(client, version, **given):
    return client.post(f"/workbench/{version.pk}/decide/", given)


def benefit(version, amount):
    """The key of the proposed benefit of a sum in 万元."""
    rows = version.proposal.pack["facts"]["benefits"]
    return f"benefits-{next(at for at, row in enumerate(rows) if row['amount'] == amount * 1_000_000)}"


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
    assert f"done={key}" in onward and "#" in onward
    page = client.get(onward.partition("#")[0]).content.decode()
    told = re.search(r'<p class="just".*?</p>', page, re.S)[0]
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


# --- the way to publication


def test_nothing_open_may_be_submitted(people, bench):
    with pytest.raises(UsageError, match="没有核对完"):
        walk(bench, people.lead, "submit")
    settle(bench, people.lead)
    decide(by=people.lead, version=bench, key="duties-0", verdict="doubt", note="牵头不明")
    with pytest.raises(UsageError, match="其中存疑 1 条"):
        walk(bench, people.lead, "submit")


def test_two_people_put_it_in_force(client, people, bench):
    decide_many(by=people.lead, version=bench, keys=["duties-0"], looked_at=[])
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    walk(bench, people.other, "pass", "sign", "publish")
    bench.refresh_from_db()
    assert (bench.status, bench.confirmed_by, bench.published_by) == ("published", people.lead, people.other)
    said = bench.pack["confirmed"][0]
    assert said["by"] == str(people.lead) and "未逐条看过 1 条" in said["note"]
    assert list(VersionStep.objects.values_list("move", flat=True)) == ["upload", "submit", "pass", "sign", "publish"]
    slug = bench.policy.slug
    assert (
        Duty.objects.filter(policy=bench.policy).count() == 1 and Goal.objects.filter(policy=bench.policy).count() == 1
    )
    for address in (
        f"/policies/{slug}/",
        f"/policies/{slug}/text/",
        f"/duties/?policy={slug}",
        f"/calculator/?policy={slug}",
    ):
        assert bench.policy.title in client.get(address).content.decode(), address


@pytest.mark.parametrize("moves", [["pass"], ["pass", "sign"], ["pass", "sign", "publish"]])
def test_who_edited_last_takes_no_later_step(people, bench, moves):
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    walk(bench, people.other, *moves[:-1])
    with pytest.raises(UsageError, match="不能由同一人"):
        walk(bench, people.lead, moves[-1])
    bench.refresh_from_db()
    bench.published_by = people.lead
    with pytest.raises(IntegrityError), transaction.atomic():
        bench.save(update_fields=["published_by"])


def test_what_was_submitted_stands_still_until_it_is_returned(people, bench):
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    with pytest.raises(UsageError, match="内容不能再改"):
        decide(by=people.lead, version=bench, key="duties-0", verdict="accept")
    with pytest.raises(DatabaseError, match="stands still"), transaction.atomic():
        PolicyVersion.objects.filter(pk=bench.pk).update(pack={})
    with pytest.raises(UsageError, match="请填写意见或理由"):
        take_step(by=people.other, version=bench, move="return", may=ALL)
    take_step(by=people.other, version=bench, move="return", may=ALL, note="第二条的牵头单位不对")
    decide(by=people.lead, version=bench, key="duties-0", verdict="accept")
    bench.refresh_from_db()
    assert (bench.status, bench.confirmed_by) == ("draft", None)


def test_the_next_version_takes_the_place_and_withdrawal_takes_it_off(client, people, bench):
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    walk(bench, people.other, "pass", "sign", "publish")
    newer = TEXT.replace("5家以上", "8家以上").encode()
    second = upload(by=people.other, data=newer, name="b.txt", region=REGION, policy=bench.policy, organisation="某局")
    settle(second, people.other)
    walk(second, people.other, "submit")
    walk(second, people.lead, "pass", "sign", "publish")
    bench.refresh_from_db()
    assert (bench.status, second.number) == ("withdrawn", 2)
    assert Goal.objects.get(policy=bench.policy).target == 8
    walk(second, people.other, "withdraw")
    assert client.get(f"/policies/{bench.policy.slug}/").status_code == 404


def test_the_page_of_a_version_tells_the_next_step_and_offers_another_seat(client, people, bench):
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    office = people.other.memberships.get().organisation
    Membership.objects.create(user=people.other, organisation=office, role="legal_reviewer")
    client.force_login(people.other)
    page = client.get(f"/workbench/{bench.pk}/").content.decode()
    assert "切换为“试验市经济和信息化局 · 合法性审核”" in page
    client.force_login(people.lead)
    assert "须由另一人办理" in client.get(f"/workbench/{bench.pk}/").content.decode()


# --- rules and the register


def test_a_rule_is_handled_as_a_person_sets_it_and_follows_the_facts(client, people, bench):
    client.force_login(people.lead)
    page = client.get(f"/workbench/{bench.pk}/rules/").content.decode()
    assert "国家级：100 万元" in page and "2026-03-01 至 2028-12-31（含两端）" in page and "一事一议" in page
    rule = bench.pack["rules"][0]
    form = {"title": rule["title"], "kinds": ["park"], "window_from": "2026-03-01", "window_to": "2027-12-31",
            "mode": "no_application", "paid": "once", "paid_why": "同一称号一次", "publication": "open"}  # fmt: skip
    address = reverse("workbench:rule", args=[bench.pk, rule["id"]])
    assert client.post(address, form | {"window_to": "2025-01-01"}).status_code == 422
    assert client.post(address, form).status_code == 302
    post(client, bench, key=benefit(bench, 50), verdict="reject", note="重复")
    bench.refresh_from_db()
    kept = bench.pack["rules"][0]
    assert (kept["mode"], kept["paid"], kept["window"]["to"]) == ("no_application", "once", "2027-12-31")
    assert list(kept["amount"]["by_grade"]) == ["国家级"], "sums still follow the facts"
    client.post(address, {"verdict": "reject", "note": "由园区管委会另行办理"})
    bench.refresh_from_db()
    assert rule["id"] not in [each["id"] for each in bench.pack["rules"]]
    assert "不参加测算" in client.get(f"/workbench/{bench.pk}/rules/").content.decode()
    client.post(address, {"verdict": "accept"})
    bench.refresh_from_db()
    assert rule["id"] in [each["id"] for each in bench.pack["rules"]]


def test_rules_are_set_together_and_it_is_told_which_nobody_opened(client, people, bench):
    client.force_login(people.lead)
    address, rules = f"/workbench/{bench.pk}/rules-together/", [rule["id"] for rule in bench.pack["rules"]]
    opened = reverse("workbench:rule", args=[bench.pk, rules[0]])
    client.post(opened, {"title": "先单独设的", "kinds": ["park"], "mode": "quick", "paid": "once", "paid_why": "同一称号一次",
                         "publication": "open"})  # fmt: skip
    page = client.get(address).content.decode()
    assert f"没有打开看过（{len(rules) - 1}）" in page and "打开看过（1）" in page
    for wrong, words in (({}, "至少填一项"), ({"paid": "once"}, "请写明依据"), ({"mode": "quick", "rule": []}, "没有勾选"),
                         ({"window_from": "2027-01-01", "window_to": "2026-01-01"}, "结束日早于开始日")):  # fmt: skip
        answer = client.post(address, {"rule": rules} | wrong)
        assert answer.status_code == 422 and words in answer.content.decode(), wrong
    said = {"paid": "once", "paid_why": "通知第三条", "mode": "quick", "window_to": "2027-12-31", "note": "会议定的"}
    answer = client.post(address, {"rule": rules} | said, follow=True).content.decode()
    assert (
        f"已一起设定 {len(rules)} 条规则，其中 {len(rules) - 1} 条没有打开看过" in answer
        and "批量，未打开看过" in answer
    )
    bench.refresh_from_db()
    assert {(r["mode"], r["paid"], r["paid_why"], r["window"]["to"]) for r in bench.pack["rules"]} == {
        ("quick", "once", "通知第三条", "2027-12-31")
    }
    assert bench.pack["rules"][0]["title"] == "先单独设的" and bench.pack["rules"][0]["recipients"]["kinds"] == ["park"]
    kept = [row for row in bench.decisions.all() if row.key.startswith("rule-") and row.bulk]
    assert {row.key: row.looked_at for row in kept} == {f"rule-{name}": name == rules[0] for name in rules}
    again = client.post(address, {"rule": rules} | said)
    assert again.status_code == 422 and "都已经是这样" in again.content.decode()


def test_a_question_of_the_register_drives_both_sums(client, people, bench):
    client.force_login(people.lead)
    rule = bench.pack["rules"][0]["id"]
    form = {"question": "先省级后国家级，补差还是全额？", "asked_of": "市经信局", "strict_label": "补差额", "strict": "difference",
            "generous_label": "发全额", "generous": "full", "default": "open", "rules": [rule]}  # fmt: skip
    new = f"/workbench/{bench.pk}/register/new/"
    assert client.post(new, form | {"generous": "difference"}).status_code == 422
    assert client.post(new, form).status_code == 302
    bench.refresh_from_db()
    events = [{"id": str(at), "kind": "新材料产业基地", "grade": grade, "date": f"2026-0{at}-10", "evidence": "public_list"}
              for at, grade in ((4, "省级"), (6, "国家级"))]  # fmt: skip
    unit = {"id": "甲园区", "kind": "park", "facts": {}, "events": events}
    found = explain(Pack(bench.pack), unit, dt.date(2026, 7, 1))
    assert (found.sure_fen, found.upto_fen) == (100_000_000, 150_000_000)
    assert "先省级后国家级" in client.get(f"/workbench/{bench.pk}/register/").content.decode()
    client.post(f"/workbench/{bench.pk}/register/Q1/", {"verdict": "reject", "note": "已问明"})
    bench.refresh_from_db()
    assert bench.pack["ambiguities"] == [] and bench.pack["rules"][0]["readings"] == []


def test_the_effect_of_an_answer_is_shown_before_it_is_recorded_and_what_rests_on_a_clause(
    client, people, bench, monkeypatch
):
    rule = bench.pack["rules"][0]["id"]
    options = [{"id": "open", "label": "待定"}, {"id": "strict", "label": "补差额", "takes": "strict"}]
    entry = {"id": "Q1", "question": "补差还是全额？", "options": options, "default": "open", "asked_of": "市经信局",
             "answer": None, "rules": [rule], "source": "工作台登记"}  # fmt: skip
    reading = {"strict": "difference", "generous": "full", "note": "补差"}
    decide(by=people.lead, version=bench, key="ambiguity-Q1", verdict="add", after={"entry": entry, "reading": reading})
    settle(bench, people.lead)
    walk(bench, people.lead, "submit")
    walk(bench, people.other, "pass", "sign", "publish")
    unit = Unit.objects.create(credit_code=make_credit_code("91", REGION, "MA000001"), name="甲园区", kind="park",
                               region=REGION, district=REGION, source="登记", as_of=dt.date(2026, 1, 1))  # fmt: skip
    for month, grade in ((4, "省级"), (6, "国家级")):
        Event.objects.create(unit=unit, kind="新材料产业基地", grade=grade, date=dt.date(2026, month, 10), source="名单",
                             as_of=dt.date(2026, 6, 30), sensitivity="public", evidence="public_list")  # fmt: skip
    monkeypatch.setenv("LUODI_TODAY", "2026-07-01")
    client.force_login(people.lead)
    slug, given = bench.policy.slug, {"option": "strict", "paper": "试函〔2026〕8号", "answered_by": "市经信局",
                                      "effective_from": "2026-03-01"}  # fmt: skip
    page = re.sub(r"<[^>]+>|\s+", " ", client.post(f"/policies/{slug}/register/Q1/", given).content.decode())
    page = re.sub(r" +", " ", page)
    assert "100 万元 → 100 万元" in page and "150 万元 → 100 万元" in page and not bench.answers.exists()
    assert client.post(f"/policies/{slug}/register/Q1/", given | {"seen": "1"}).status_code == 302
    page = client.get(f"/policies/{slug}/clause/三.(一)/rests/").content.decode()
    assert rule in page and "Q1" in page and "最近一次测算" in page
    duty = client.get(f"/policies/{slug}/clause/二/rests/").content.decode()
    assert "任务（1）" in duty and f"/duties/{Duty.objects.get(policy=bench.policy).pk}/" in duty
    client.logout()
    assert "最近一次测算" not in client.get(f"/policies/{slug}/clause/三.(一)/rests/").content.decode()


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
