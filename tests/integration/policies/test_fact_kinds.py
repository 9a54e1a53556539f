"""Each kind of fact can be added, corrected and doubted in a form of its own; an empty kind says why it is empty."""

import re

import pytest

from integration.policies.drafts import post, row_of, settle, walk
from integration.town_policy import REGION, TEXT
from luodi.policy.pack import Pack
from luodi.service.policies.drafting import upload
from luodi.service.policies.silence import absent

WORDS = "支持企业做大做强"
LONGER = TEXT.replace(
    "（二）对重大项目",
    "（二）奖励资金由市、区两级财政按6:4的比例分担，申请人在受理之日起20个工作日内提出。以上含本数。\n\n（三）对重大项目",
)
KINDS = {
    "payments": ({"kind": "payers", "parts": "市财政 60%\n区财政 40%"}, {"parts": "市财政：50%\n区财政 200万元"},
                 {"parts": "市财政 60%\n区财政 50%"}, "超过 100%"),
    "deadlines": ({"kind": "act", "act": "提出申请", "length": "20", "unit": "working_day", "after": "受理之日"},
                  {"length": "", "unit": "", "yearly": "03-31"}, {"unit": ""}, "多长和单位要一起填"),
    "document_rules": ({"name": "bounds_inclusive", "text": "以上含本数"}, {"name": "within_budget"}, {"text": ""}, "请填写原文"),
    "stackings": ({"rule": "highest", "scope": "article", "keys": "项目、企业", "text": WORDS}, {"scope": "document"},
                  {"rule": "any"}, "选择一个有效的选项"),
    "links": ({"relation": "amends", "title": "某办法", "was": "甲", "becomes": "乙", "prevails": "this"}, {"prevails": ""},
              {"title": ""}, "请填写文件名称"),
    "definitions": ({"term": "新材料", "meaning": "某物"}, {"meaning": "他物"}, {"term": ""}, "请填写用语"),
    "contacts": ({"kind": "phone", "value": "12345"}, {"unit": "市经信局"}, {"value": ""}, "请填写内容"),
    "interpretations": ({"units": "市经信局、市财政局"}, {"units": "市经信局"}, {"units": ""}, "请填写解释机关"),
    "abbreviations": ({"short": "新材", "full": "新材料产业"}, {"full": "新材料"}, {"short": ""}, "请填写简称"),
    "repeals": ({"title": "旧办法"}, {"number": "试政发〔2020〕1号"}, {"title": ""}, "请填写被废止的文件"),
    "benefits": ({"kind": "capped", "cap": "30万元", "cap_per": "unit", "cap_period": "year"}, {"cap_per": "person"},
                 {"cap": "30"}, "金额要写明单位"),
}  # fmt: skip


@pytest.fixture
def bench(people):
    return upload(by=people.lead, data=LONGER.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_added_corrected_and_doubted(client, people, bench, kind):
    given, other, wrong, words = KINDS[kind]
    client.force_login(people.lead)
    start = LONGER.index(WORDS)
    place = {"begin": start, "until": start + len(WORDS), "of": kind, "save": "1"}
    answer = client.post(f"/workbench/{bench.pk}/add/", place | given | wrong)
    assert answer.status_code == 422 and words in answer.content.decode()
    answer = client.post(f"/workbench/{bench.pk}/add/", place | given)
    key = re.search(r"at=(added-\w+)", answer["Location"])[1]
    kept = row_of(bench, key)
    form = client.get(f"/workbench/{bench.pk}/facts/?at={key}").content.decode()
    assert kept.text and f'id="m-{key}"' in form
    assert post(client, bench, key=key, verdict="correct", last=str(kept.last.pk), **given | other).status_code == 302
    corrected = row_of(bench, key)
    bench.refresh_from_db()
    assert dict(corrected.fact) != dict(kept.fact) and any(
        row["span"] == [start, start + len(WORDS)] for row in bench.pack["facts"][kind]
    )
    post(client, bench, key=key, verdict="doubt", note="附件另有规定", last=str(corrected.last.pk))
    assert row_of(bench, key).state == "doubt"


def test_the_shares_of_payers_show_in_their_form_and_keep_their_places(client, people, bench):
    client.force_login(people.lead)
    key, row = next((f"payments-{at}", row) for at, row in enumerate(bench.pack["facts"]["payments"]))
    page = client.get(f"/workbench/{bench.pk}/facts/?at={key}").content.decode()
    assert "市 60%\n区 40%" in page
    post(client, bench, key=key, verdict="correct", kind="payers", parts="市 50%\n区 50%")
    bench.refresh_from_db()
    parts = bench.pack["facts"]["payments"][0]["parts"]
    assert [part["share"] for part in parts] == [[1, 2], [1, 2]]
    assert [part["span"] for part in parts] == [part["span"] for part in row["parts"]]


@pytest.mark.parametrize(("coverage", "unstated", "words"), [
    ({"benefits": "silent"}, [], "本文未规定"), ({"benefits": "unrecognised"}, [], "未识别，待补"), ({}, [], "待补"),
    ({"benefits": "unrecognised"}, ["benefits"], "本文未规定"),
])  # fmt: skip
def test_only_a_silent_text_is_said_to_state_nothing(bench, coverage, unstated, words):
    assert absent(Pack({**bench.pack, "coverage": coverage, "unstated": unstated}), "benefits") == words


def test_the_published_page_tells_silence_from_what_was_not_recognised(client, people):
    text = "试验市人民政府关于支持新材料的通知\n\n一、要求\n\n本办法所称：新材料（见附件）。自2026年3月1日起施行。\n"
    version = upload(by=people.lead, data=text.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")
    assert version.pack["coverage"]["definitions"] == "unrecognised", (
        "the example speaks of a definition that is not read"
    )
    settle(version, people.lead)
    walk(version, people.lead, "submit")
    walk(version, people.other, "pass", "sign", "publish")
    page = " ".join(client.get(f"/policies/{version.policy.slug}/").content.decode().split())
    assert "2026-03-01 至 本文未规定" in page and "奖补标准：本文未规定" in page
    assert re.search("用语定义</dt><dd>未识别，待补", page) and re.search("联系方式</dt><dd>本文未规定", page)
