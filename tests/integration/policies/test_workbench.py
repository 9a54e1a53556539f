"""What the workbench shows of a draft: its text, its rows in their order, one card and what is read with it."""

import json
import re
from pathlib import Path

import pytest

from integration.policies.drafts import benefit, post, row_of, send, settle, walk
from integration.town_policy import REGION, TEXT
from luodi.policy import pack_check
from luodi.policy.pack import Pack
from luodi.service.policies.drafting import upload
from luodi.service.policies.fact_forms import FIELDS, KIND_CHOICES
from luodi.service.policies.fact_lines import KINDS
from luodi.service.policies.links import stack
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.provision_words import provision
from luodi.service.policies.rows import all_rows


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


QUALITY = """试验市质量奖励办法（试行）

试政发〔2026〕5号

第一条 对上年度营业收入2000万元以上、在本市注册的企业，获得国家级、省级质量奖的，分别给予50万元、20万元的奖励。

第二条 对上年度研发投入300万元以上的，给予不超过10万元的补助。
"""


def test_what_a_clause_demands_of_all_its_sums_is_said_once_and_what_is_silent_is_one_look(client, people):
    version = upload(
        by=people.lead, data=QUALITY.encode(), name="a.txt", region=REGION, policy=None, organisation="某局"
    )
    client.force_login(people.lead)
    page = client.get(f"/workbench/{version.pk}/facts/?at=benefits-0").content.decode()
    beside = re.search(r'<section class="beside".*?</section>', page, re.S)[0]
    assert "条件：2 项与上面的相同" in beside and "2000万元" not in beside and "最高：" not in beside
    assert row_of(version, "benefits-2").text == "上年度研发投入300万元以上", (
        "what it is given for, where nothing else is told"
    )
    assert row_of(version, "head-title").text == "试验市质量奖励办法（试行）"
    silent = client.get(f"/workbench/{version.pk}/facts/?at=missing-effective_from").content.decode()
    together = re.findall(r'name="key" value="([^"]+)"', silent[: silent.index('data-key="g"')])
    assert {"missing-effective_from", "missing-effective_to", "missing-goals"} <= set(together)


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
