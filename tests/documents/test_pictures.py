"""Files that are pictures, and pictures inside docx and ofd: recognised where that is asked for, refused by name where not."""

import io
import re

import docx
import pytest

from luodi.document import ocr, read_bytes
from luodi.document.readers.announcement import _sheets
from luodi.document.scan import IN_FILE
from luodi.errors import ContentError
from luodi.policy.compile import compile_document
from luodi.policy.facts import Benefit, HeadField
from papers import OFD, as_ofd, ofd_entries, pictured, saved, typeset, zipped

TITLE = "云岚市人民政府关于支持企业创新的若干政策"
CLAUSE = "对新认定的企业技术中心，根据其年度研发投入和绩效评价结果，一次性给予不超过1500万元的奖励，并优先推荐申报上一级称号。"


def in_docx(picture: bytes) -> bytes:
    """A Word file whose clause is a picture between a typed title and a typed end."""
    paper = docx.Document()
    paper.add_paragraph(TITLE)
    paper.add_picture(io.BytesIO(picture))
    paper.add_paragraph("二、本政策由市经信局负责解释。")
    return saved(paper)


def in_ofd(picture: bytes) -> bytes:
    """An OFD file of one page that is a picture."""
    entries: dict[str, str | bytes] = dict(ofd_entries(typeset("空", head="")))
    page = next(name for name in entries if name.endswith("Content.xml"))
    image = '<ofd:ImageObject ID="90" Boundary="0 0 210 297" ResourceID="7"/>'
    entries[page] = re.sub(r"<ofd:TextObject.*</ofd:TextObject>", image, str(entries[page]), flags=re.DOTALL)
    root = str(entries["Doc_0/Document.xml"])
    entries["Doc_0/Document.xml"] = root.replace(
        "</ofd:CommonData>", "<ofd:DocumentRes>Res.xml</ofd:DocumentRes></ofd:CommonData>"
    )
    entries["Doc_0/Res.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Res {OFD} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image">'
        "<ofd:MediaFile>p.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    entries["Doc_0/Res/p.png"] = picture
    return as_ofd(entries)


PICTURED = {
    "png": lambda text: pictured(text), "tiff": lambda text: pictured(text, "TIFF"),
    "docx": lambda text: in_docx(pictured(text)), "ofd": lambda text: in_ofd(pictured(text)),
}  # fmt: skip


@pytest.mark.parametrize("kind", PICTURED)
def test_a_picture_is_recognised_as_a_scan_is(kind: str) -> None:
    if not ocr.is_available():
        pytest.skip("no tesseract with Chinese data: apt-get install tesseract-ocr tesseract-ocr-chi-sim")
    data = PICTURED[kind](f"一、支持企业。{CLAUSE}")
    if kind != "docx":
        with pytest.raises(ContentError, match="--ocr") as refusal:
            read_bytes(data, f"图.{kind}")
        assert refusal.value.code == ("pictures-only" if kind == "ofd" else "image")
    document = read_bytes(data, f"图.{kind}", recognise=True)
    found = compile_document(document)
    benefit = next(fact for fact in found.facts if isinstance(fact, Benefit))
    assert benefit.cap == 1_500_000_000 and benefit.confidence <= ocr.CEILING
    assert document.text.source[slice(*benefit.span)] == "1500万元"
    assert [one.severity for one in found.diagnostics if one.code == "ocr"] == ["warning"]
    if kind == "docx":  # in its place between what is typed, which is as sure as ever
        assert [article.id for article in document.articles] == ["一", "二"]
        assert "picture" not in {note.code.rstrip("s") for note in document.notes}


def test_scans_inside_a_zip_are_recognised_in_their_places() -> None:
    if not ocr.is_available():
        pytest.skip("no tesseract with Chinese data: apt-get install tesseract-ocr tesseract-ocr-chi-sim")
    sheets = (f"附件1\n一、支持企业。{CLAUSE}", "二、支持园区。对新认定的产业园区，一次性给予80万元的奖励。")
    data = zipped({
        "关于印发政策的通知.txt": f"{TITLE}\n\n现将有关标准印发给你们。\n".encode(), "徽标.png": pictured("云岚"),
        "扫描/附件2_2.jpg": pictured(sheets[1], "JPEG"), "扫描/附件2_1.jpg": pictured("附件2\n云岚市产业园区支持标准", "JPEG"), "附件1.pdf": pictured(sheets[0], "PDF"),
    })  # fmt: skip
    plainly = read_bytes(data, "公告.zip")
    assert {note.code: note.number for note in plainly.notes}["skipped-files"] == 4
    steps: list[tuple[int, int]] = []
    document = read_bytes(data, "公告.zip", recognise=True, told=lambda at, of: steps.append((at, of)))
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [part.name for part in document.parts] == ["关于印发政策的通知.txt", "附件1.pdf", "扫描/附件2_1.jpg"]
    assert [note.detail for note in document.notes if note.code == "skipped-files"] == ["徽标.png"]
    found = compile_document(document)
    sums = {fact.cap or fact.amount: fact.confidence for fact in found.facts if isinstance(fact, Benefit)}
    assert sums.keys() == {1_500_000_000, 80_000_000} and max(sums.values()) <= ocr.CEILING
    assert next(fact.confidence for fact in found.facts if isinstance(fact, HeadField) and fact.name == "title") == 1


def sheets_of(*names: str) -> set[tuple[str, ...]]:
    return {tuple(scans[""]) for scans in _sheets({f"{name}{IN_FILE}": [name] for name in names}).values() if scans}


def test_running_numbers_make_sheets_of_one_paper() -> None:
    assert sheets_of("页2.jpg", "页1.jpg", "页3.jpg") == {("页1.jpg", "页2.jpg", "页3.jpg")}
    assert sheets_of("a/第1页.png", "a/第2页.png", "b/第1页.png") == {("a/第1页.png", "a/第2页.png"), ("b/第1页.png",)}
    assert sheets_of("附件1.jpg", "附件2.jpg") == set(), "two attachments"
    assert sheets_of("附件1 (1).jpg", "附件1 (2).jpg") == {("附件1 (1).jpg", "附件1 (2).jpg")}
    assert sheets_of("名单2025.jpg", "名单2026.jpg") == set(), "two years"
    assert sheets_of("图1.jpg", "图3.jpg") == set(), "something is missing between"


def test_an_emblem_inside_a_paper_is_not_taken_for_text() -> None:
    if not ocr.is_available():
        pytest.skip("no tesseract with Chinese data: apt-get install tesseract-ocr tesseract-ocr-chi-sim")
    document = read_bytes(in_docx(pictured("云岚", "PNG")), "图.docx", recognise=True)
    assert document.text.source == f"{TITLE}\n\n二、本政策由市经信局负责解释。\n" and "pictures" in {
        n.code for n in document.notes
    }
