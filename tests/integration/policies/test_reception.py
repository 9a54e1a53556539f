"""A slow file holds up no page: a job goes on with it, and its refusals are named and logged as on the page."""

from functools import partial
from threading import Event

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from integration.policies.drafts import send
from integration.town_policy import SLUG, TEXT
from luodi.document import ocr
from luodi.service.audit.models import AuditEvent
from luodi.service.jobs.actions import run as run_job
from luodi.service.jobs.models import Job
from luodi.service.policies import reception, views, views_drafts
from luodi.service.policies.models import Policy, PolicyText, PolicyVersion, ScreenedText
from luodi.service.policies.rows import all_rows
from malformed import CASES
from papers import as_docx, as_ofd, as_pdf, ofd_entries, pictured, typeset, zipped


@pytest.fixture
def slow(monkeypatch):
    """Every file is slow: the page goes on at once, and what waits for the file is run by the test."""
    waiting = []
    monkeypatch.setattr(views_drafts, "PATIENCE", 0)
    monkeypatch.setattr(views, "PATIENCE", 0)
    for reader in (reception._READERS, reception._RECOGNISERS):
        monkeypatch.setattr(reader, "submit", lambda work, *given, **more: _Later(partial(work, *given, **more)))
    monkeypatch.setitem(reception.go_on_later.__kwdefaults__, "start", waiting.append)
    return waiting


class _Later:
    """A file that is read only when somebody insists."""

    def __init__(self, work):
        self.work, self.after = work, []

    def add_done_callback(self, done):
        self.after.append(done)

    def result(self, timeout=None):
        if timeout == 0:
            raise TimeoutError
        while self.after:
            self.after.pop()(self)
        return self.work()


def test_a_slow_file_goes_on_in_a_job_and_becomes_a_draft(client, people, slow):
    client.force_login(people.lead)
    answer = send(client, as_docx(TEXT), "a.docx")
    job = Job.objects.get()
    assert answer["Location"] == job.get_absolute_url() and not ScreenedText.objects.exists()
    assert "文件只在内存里，没有保存" in client.get(answer["Location"]).content.decode()
    slow.pop()()
    job.refresh_from_db()
    assert job.state == "waiting" and run_job(str(job.pk))
    job.refresh_from_db()
    version = PolicyVersion.objects.get()
    assert (job.state, job.outcome_address) == ("done", f"/workbench/{version.pk}/")
    assert len(version.pack["facts"]["benefits"]) == 3


def load(client, data):
    return client.post(f"/policies/{SLUG}/load/", {"text": SimpleUploadedFile("a.txt", data), "declared": "on"})


@pytest.mark.parametrize(("data", "state", "words"), [
    (TEXT.encode(), "done", "文字摘要与政策包一致"), (TEXT.replace("100万元", "900万元").encode(), "refused", "摘要"),
    (f"内部资料\n{TEXT}".encode(), "refused", "保密审查员"),
])  # fmt: skip
def test_the_official_text_of_a_slow_file_is_loaded_by_a_job(client, people, version, slow, data, state, words):
    client.force_login(people.lead)
    answer = load(client, data)
    job = Job.objects.get()
    assert answer["Location"] == job.get_absolute_url() and not PolicyText.objects.exists()
    slow.pop()()
    run_job(str(job.pk))
    job.refresh_from_db()
    assert job.state == state and words in client.get(answer["Location"]).content.decode()
    assert PolicyText.objects.exists() == (state == "done")
    if state == "done":
        assert job.outcome_address == f"/policies/{SLUG}/text/" and PolicyText.objects.get().loaded_by == people.lead


def test_a_long_official_text_is_checked_by_a_job(client, people, version, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 100)
    client.force_login(people.lead)
    answer = load(client, TEXT.encode())
    job = Job.objects.get()
    assert answer["Location"] == job.get_absolute_url() and run_job(str(job.pk))
    assert PolicyText.objects.get().text == TEXT


@pytest.mark.parametrize("held_up", [True, False])
@pytest.mark.parametrize(("data", "words", "reason"), [
    (lambda: f"内部资料\n{TEXT}".encode(), "保密审查员", "marked"),
    (CASES["docx with a password"][0], "加了密码", "encrypted"),
    (CASES["zip of 50 MB of zeros"][0], "疑为压缩炸弹", "zip-bomb"),
    (lambda: bytes(range(256)) * 40, "不是文本文件", "not-text"),
])  # fmt: skip
def test_a_refusal_is_named_and_logged_without_content(client, people, request, held_up, data, words, reason):
    waiting = request.getfixturevalue("slow") if held_up else []
    client.force_login(people.lead)
    answer = send(client, data(), "某个名字")
    if held_up:
        waiting.pop()()
        answer = client.get(answer["Location"])
    page = answer.content.decode()
    assert words in page and ("未完成" in page) == held_up
    assert not (ScreenedText.objects.exists() or Policy.objects.exists() or PolicyText.objects.exists())
    event = AuditEvent.objects.get(action="policy.text_refused")
    assert event.data["reason"] == reason and "某个名字" not in str(event.data)


def test_a_file_that_was_lost_with_the_service_is_said_to_be(client, people, slow):
    client.force_login(people.lead)
    address = send(client, TEXT.encode())["Location"]
    assert run_job(str(Job.objects.get().pk))
    assert "没有保存。请重新上传" in client.get(address).content.decode()
    slow.pop()()
    assert not PolicyVersion.objects.exists() and not ScreenedText.objects.exists(), "what comes too late is not kept"


def test_no_more_files_stand_in_memory_than_there_is_room_for(client, people, slow):
    client.force_login(people.lead)
    for number in range(reception.MOST):
        assert send(client, f"{TEXT}{number}".encode()).status_code == 302
    refused = send(client, TEXT.encode())
    assert refused.status_code == 422 and "过一两分钟再传" in refused.content.decode()
    while slow:
        slow.pop()()
    assert send(client, f"{TEXT}再来".encode()).status_code == 302
    slow.pop()()


def test_the_page_tells_which_picture_is_being_recognised(monkeypatch):
    go_on = Event()

    def read(data, name, recognise, told):
        told(2, 5)
        assert go_on.wait(30)
        return recognise

    monkeypatch.setattr(reception, "read_bytes", read)
    monkeypatch.setattr(reception, "BETWEEN", 0.05)
    reading = reception.receive(b"", "a.zip", recognise=True)
    told = reading.told()
    percent, words = next(told)
    assert "第 2 页图像，共 5 页" in words and 5 < percent < 90
    go_on.set()
    assert all(words == again for _, again in told)
    assert reading.result() is True


def test_without_the_program_the_upload_page_says_what_to_install(client, people, monkeypatch):
    client.force_login(people.lead)
    monkeypatch.setattr(ocr, "is_available", lambda: False)
    page = client.get("/workbench/upload/").content.decode()
    assert "apt-get install tesseract-ocr tesseract-ocr-chi-sim" in page and 'name="recognise"' not in page
    answer = send(client, pictured(TEXT), "a.png", recognise="on")
    assert answer.status_code == 422 and "没有找到识别程序" in answer.content.decode()


def test_what_pictures_say_is_read_where_it_is_asked_for_and_marked(client, people, monkeypatch):
    if not ocr.is_available():
        pytest.skip("no tesseract with Chinese data: apt-get install tesseract-ocr tesseract-ocr-chi-sim")
    monkeypatch.setattr(views_drafts, "PATIENCE", 60)
    client.force_login(people.lead)
    refused = send(client, pictured(TEXT), "a.png").content.decode()
    assert "识别图片和扫描页" in refused and 'id="id_recognise" aria-describedby="recognise-hint" checked' in refused
    data = zipped(
        {"a.txt": TEXT.encode(), "附件1.png": pictured("三、支持园区。对新认定的产业园区，一次性给予80万元的奖励。")}
    )
    send(client, data, "a.zip")
    first = PolicyVersion.objects.get()
    assert "附件1.png" in client.get(f"/workbench/{first.pk}/facts/").content.decode(), "it is told what was not read"
    assert send(client, data, "a.zip").status_code == 422
    assert send(client, data, "a.zip", recognise="on").status_code == 302, (
        "the same file with its pictures is another text"
    )
    second = PolicyVersion.objects.latest("number")
    typed, pictured_ = (sorted(row.confidence for row in all_rows(second) if row.recognised == way and row.kind == "benefits")
                        for way in (False, True))  # fmt: skip
    assert (second.policy, len(typed), len(pictured_)) == (first.policy, 3, 1) and pictured_[0] <= ocr.CEILING
    key = next(row.key for row in all_rows(second) if row.recognised and row.kind == "benefits")
    page = client.get(f"/workbench/{second.pk}/facts/?at={key}").content.decode()
    assert "由图像识别得来" in page and '<span class="tag">由图像识别</span>' in page
    assert '<span class="tag">由图像识别</span>' in client.get(f"/workbench/{second.pk}/bulk/").content.decode()


@pytest.mark.parametrize("form", ["docx", "pdf", "ofd"])
def test_an_office_form_gives_the_facts_of_its_text(client, people, form):
    client.force_login(people.lead)
    sheets = typeset(TEXT) if form != "docx" else []
    data = {"docx": lambda: as_docx(TEXT), "pdf": lambda: as_pdf(sheets), "ofd": lambda: as_ofd(ofd_entries(sheets))}[
        form
    ]()
    answer = send(client, data, f"a.{form}")
    assert answer.status_code == 302
    version = PolicyVersion.objects.get()
    assert version.pack["source"]["format"] == form
    assert [row["amount"] for row in version.pack["facts"]["benefits"]] == [100_000_000, 50_000_000, None]
    page = client.get(f"/workbench/{version.pk}/facts/").content.decode()
    assert "100万元</mark>" in page
