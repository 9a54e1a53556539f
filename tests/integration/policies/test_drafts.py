"""From a file to a draft (上传): what is taken, what is refused, what came twice, and the list of drafts."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from integration.policies.drafts import send, settle, walk
from integration.town_policy import REGION, SLUG, TEXT
from luodi.document import ocr
from luodi.errors import UsageError
from luodi.service.accounts.models import Membership, User
from luodi.service.audit.models import AuditEvent
from luodi.service.jobs.actions import run as run_job
from luodi.service.jobs.models import Job
from luodi.service.policies.actions import MarkedText
from luodi.service.policies.drafting import decide, upload
from luodi.service.policies.models import Policy, PolicyText, PolicyVersion
from luodi.service.policies.rows import open_rows
from luodi.service.publishing import publish_file


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


@pytest.mark.parametrize(
    ("installed", "words"), [(True, "重新上传时勾选“识别图片和扫描页”"), (False, "本机还没有安装识别程序")]
)
def test_a_refusal_on_a_page_says_what_is_done_on_the_page(client, people, monkeypatch, installed, words):
    monkeypatch.setattr(ocr, "is_available", lambda: installed)
    client.force_login(people.lead)
    page = send(client, b"\x89PNG\r\n\x1a\n" + bytes(64), "照片.png").content.decode()
    assert words in page and "命令行" not in page


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


@pytest.mark.django_db
def test_a_paper_without_a_title_is_offered_by_its_beginning(client, people, bench):
    client.force_login(people.lead)
    send(client, "各有关单位：\n为促进创业，提出以下意见。\n一、新建孵化器3家。\n".encode(), "b.txt")
    page = client.get("/workbench/upload/").content.decode()
    assert "未识别标题：各有关单位" in page and not re.search(r"<option[^>]*>990100-", page)


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


def test_the_list_of_drafts_leads_on_to_what_is_left(client, people, bench):
    client.force_login(people.lead)
    page = client.get("/workbench/").content.decode()
    assert f'/workbench/{bench.pk}/facts/">接着核对</a>' in page and "提交合法性审核" not in page
    settle(bench, people.lead)
    page = client.get("/workbench/").content.decode()
    assert "接着核对" not in page and "当前身份可以：提交合法性审核" in page
