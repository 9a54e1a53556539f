"""Two policies, or two versions of one, side by side: page, docx and xlsx tell the same."""

import io
import re

import openpyxl
import pytest
from docx import Document
from lxml import etree

from integration.town_policy import REGION, SLUG, TEXT, town_pack
from luodi.document.reading import parse
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.service.papers.bars import Bar, paired_bars
from luodi.service.policies.actions import add_version, confirm, publish
from luodi.service.policies.drafting import upload

OTHER = (
    TEXT.replace("100万元、50万元", "120万元、50万元")
    .replace("2028年，建成", "2030年，建成")
    .replace("试验市", "对照市")
)


@pytest.fixture
def other(people, version):
    pack = build(compile_document(parse(OTHER, "other")), {"id": "other-2026", "version": 1})
    made = add_version(by=people.lead, slug="other-2026", region=REGION, pack=pack)
    confirm(by=people.lead, version=made)
    publish(by=people.other, version=made)
    return made


def plain(page: bytes) -> str:
    return re.sub(r"<[^>]+>|\s", "", page.decode())


def test_two_policies_side_by_side(client, other):
    page = client.get(f"/compare/?left={SLUG}&right=other-2026").content
    words = plain(page)
    assert "多20万元" in words and "相同" in words
    assert "不可比，因为期限不同：2028年与2030年" in words
    assert page.count(b"<figure") == 1 and page.count(b"<svg") == 2 and "甲100万元" in words
    assert f"/policies/{SLUG}/clause/".encode() in page and b"/policies/other-2026/clause/" in page
    overlooked = plain(client.get(f"/compare/?left={SLUG}&right=other-2026&ignore=period").content)
    assert "期限不同：2028" not in overlooked and "不计施行年份和期限不同。" in overlooked


def test_the_files_tell_the_same(client, other):
    query = f"?left={SLUG}&right=other-2026"
    document = Document(io.BytesIO(client.get(f"/compare/export.docx{query}").content))
    cells = "".join(cell.text for table in document.tables for cell in table._cells)
    assert "多 20 万元" in cells and "不可比，因为" in cells
    assert len(document.inline_shapes) == 1
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/compare/export.xlsx{query}").content))
    rows = list(book["数据"].iter_rows(values_only=True))[1:]
    assert [row[1:] for row in rows if row[1] == "元"] == [("元", 1_000_000, 1_200_000), ("元", 500_000, 500_000)]


def test_two_versions_differ_item_by_item(client, people, version):
    changed = town_pack(rules=[{"id": town_pack().rules[0]["id"], "title": "另一名称"}])
    made = add_version(by=people.lead, slug=SLUG, region=REGION, pack=changed)
    address = f"/compare/?left={SLUG}@1&right={SLUG}@2"
    assert client.get(address).status_code == 404  # a draft is not for everybody
    client.force_login(people.lead)
    words = plain(client.get(address).content)
    assert "逐项差异" in words and "另一名称" in words
    confirm(by=people.lead, version=made)
    publish(by=people.other, version=made)
    client.logout()
    assert client.get(address).status_code == 404  # nor is a version that was withdrawn


def test_differences_of_versions_are_told_in_words(client, people, version):
    text = TEXT.replace("100万元、50万元", "120万元、50万元").replace("2028年，建成", "2029年，建成")
    pack = build(compile_document(parse(text, "again")), {"id": SLUG, "version": 2})
    add_version(by=people.lead, slug=SLUG, region=REGION, pack=pack)
    client.force_login(people.lead)
    answer = client.get(f"/compare/export.docx?left={SLUG}@1&right={SLUG}@2").content
    table = next(t for t in Document(io.BytesIO(answer)).tables if t.cell(0, 0).text == "种类")
    told = [[cell.text for cell in row.cells] for row in table.rows]
    assert any(row[0] == "奖补" and "100 万元" in row[3] and "120 万元" in row[4] for row in told)
    assert any(row[0] == "测算规则" and row[2] == "给多少" and "120 万元" in row[4] for row in told)
    assert not [cell for row in told for cell in row if re.search(r"fen|window|mode|[a-z]+：", cell)]


def test_what_is_apart_in_time_alone_is_told(client, other):
    words = plain(client.get(f"/compare/?left={SLUG}&right=other-2026").content)
    assert "其中1项只是施行年份或期限不同" in words


def test_the_same_on_both_sides_has_no_differences(client, version):
    words = plain(client.get(f"/compare/?left={SLUG}&right={SLUG}").content)
    assert "两版所说的内容相同" in words and "没有。" in words


def test_what_is_not_there_and_what_is_not_chosen(client, version):
    assert client.get("/compare/?left=nowhere&right=nowhere").status_code == 404
    assert client.get("/compare/export.docx").status_code == 404
    assert "请选择甲、乙两份" in client.get("/compare/").content.decode()


def test_a_draft_whose_title_was_not_read_is_offered_by_its_first_words(client, people, version):
    body = TEXT.partition("三、支持政策")[2].encode()
    made = upload(by=people.lead, data=body, name="b.txt", region=REGION, policy=None, organisation="某局")
    client.force_login(people.lead)
    page = client.get("/compare/").content.decode()
    assert "未识别标题" in page and f">{made.policy.slug} 第" not in page


def test_a_drawing_is_well_formed_and_to_scale():
    bars = [Bar("<甲&乙>", 10.0, 20.0, "10", "20"), Bar("无", None, 0.0, "—", "0")]
    root = etree.fromstring(paired_bars(bars, "左", "右"))
    lengths = [int(r.get("width")) for r in root if r.tag.endswith("rect") and r.get("height") == "16"]
    assert lengths[1] == 2 * lengths[0] and lengths[2:] == [2, 2]
