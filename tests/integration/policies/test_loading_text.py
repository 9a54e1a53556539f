"""Loading the official text: screened before anything is written, checked by digest, kept or refused with reasons."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from integration.town_policy import SLUG, TEXT
from luodi.errors import ContentError, UsageError
from luodi.service.audit.models import AuditEvent
from luodi.service.policies.actions import MarkedText, load_text
from luodi.service.policies.models import PolicyText

LOAD = f"/policies/{SLUG}/load/"


def test_the_same_bytes_are_kept(people, version):
    kept = load_text(by=people.lead, version=version, data=TEXT.encode(), name="原文.txt")
    assert (kept.text, kept.notice, kept.located) == (TEXT, "", None)
    assert AuditEvent.objects.get(action="policy.text_loaded").data["same_bytes"] is True


@pytest.mark.parametrize("data", [TEXT.encode("gb18030"), TEXT.replace("\n", "\r\n").encode(), ("\ufeff" + TEXT).encode(),
                                  TEXT.replace("，", ",").replace("\n\n", "\n").encode()])  # fmt: skip
def test_another_copy_of_the_same_text_is_kept_with_a_notice(people, version, data):
    kept = load_text(by=people.lead, version=version, data=data, name="副本.txt")
    assert "文字相同" in kept.notice
    assert kept.located is not None and [a["id"] for a in kept.located["articles"]] == [
        a["id"] for a in version.pack["articles"]
    ]
    for row in kept.located["facts"]["benefits"]:
        assert kept.text[slice(*row["span"])] in ("100万元", "50万元", "一事一议", "“一事一议”")


def test_another_text_is_refused_with_both_digests(people, version):
    with pytest.raises(ContentError) as refusal:
        load_text(by=people.lead, version=version, data=TEXT.replace("100万元", "900万元").encode(), name="假.txt")
    assert len(re.findall(r"[0-9a-f]{64}", str(refusal.value))) == 2
    assert version.pack["source"]["text_sha256"] in str(refusal.value)
    assert not PolicyText.objects.exists()
    assert AuditEvent.objects.get(action="policy.text_refused").data["reason"] == "digest"


def test_a_marked_text_leaves_nothing_but_a_refusal(people, version):
    with pytest.raises(MarkedText, match="一个字也没有保存"):
        load_text(by=people.lead, version=version, data=f"机密★20年\n{TEXT}".encode(), name="含密.txt")
    assert not PolicyText.objects.exists()
    event = AuditEvent.objects.get(action="policy.text_refused")
    assert event.data == {"reason": "marked", "kinds": ["密级标志"], "count": 1}
    assert "新材料" not in str(event.__dict__) and "含密" not in str(event.__dict__)


@pytest.mark.parametrize(("data", "words"), [(b"", "空文件"), (bytes(range(256)) * 40, "不是文本文件")])
def test_what_is_no_text_is_refused(people, version, data, words):
    with pytest.raises(ContentError, match=words):
        load_text(by=people.lead, version=version, data=data, name="文件.bin")
    assert not PolicyText.objects.exists()


def test_a_text_is_loaded_once(people, version):
    load_text(by=people.lead, version=version, data=TEXT.encode(), name="原文.txt")
    with pytest.raises(UsageError, match="已经载入"):
        load_text(by=people.lead, version=version, data=TEXT.encode(), name="原文.txt")


def upload(client, data: bytes, name: str = "原文.txt", **more):
    return client.post(LOAD, {"text": SimpleUploadedFile(name, data), "declared": "on"} | more)


def test_an_officer_loads_by_the_page_and_the_page_then_shows_the_text(client, people, version):
    client.force_login(people.lead)
    assert "核对并载入" in client.get(LOAD).content.decode()
    answer = upload(client, TEXT.encode())
    assert (answer.status_code, answer["Location"]) == (302, f"/policies/{SLUG}/text/")
    page = client.get(answer["Location"]).content.decode()
    assert "100万元</mark>" in page and "原文已载入" in page


def test_the_page_says_why_it_refuses(client, people, version):
    client.force_login(people.lead)
    for answer, words in (
        (upload(client, f"{TEXT}\n内部资料".encode()), "保密审查员"),
        (upload(client, TEXT.replace("5家", "6家").encode()), version.pack["source"]["text_sha256"]),
        (upload(client, bytes(range(256)) * 40), "不是文本文件"),
        (client.post(LOAD, {"declared": "on"}), "没有收到文件"),
        (client.post(LOAD, {"text": SimpleUploadedFile("a.txt", TEXT.encode())}), "保密自查承诺"),
        (upload(client, "字".encode() * 3_000_000), "超过 8 MB"),
    ):
        page = answer.content.decode()
        assert answer.status_code == 422 and words in page and "没有载入" in page
    assert not PolicyText.objects.exists()


def test_only_officers_with_the_right_reach_the_page(client, people, version):
    assert client.get(LOAD).status_code == 302
    for user in (people.supervisor, people.clerk, people.audit, people.intake):
        client.force_login(user)
        assert client.get(LOAD).status_code == 403
        assert upload(client, TEXT.encode()).status_code == 403
    assert not PolicyText.objects.exists()
