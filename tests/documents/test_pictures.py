"""Files that are pictures, and pictures inside docx and ofd: recognised where that is asked for, refused by name where not."""

import io
import re

import docx
import pypdfium2
import pytest

from luodi.document import ocr, read_bytes
from luodi.errors import ContentError
from luodi.policy.compile import compile_document
from luodi.policy.facts import Benefit
from papers import OFD, as_ofd, as_pdf, ofd_entries, saved, typeset

TITLE = "云岚市人民政府关于支持企业创新的若干政策"
CLAUSE = "对新认定的企业技术中心，根据其年度研发投入和绩效评价结果，一次性给予不超过1500万元的奖励，并优先推荐申报上一级称号。"


def pictured(text: str, kind: str = "PNG") -> bytes:
    """The first page of a paper as a picture."""
    with pypdfium2.PdfDocument(as_pdf(typeset(text, head=""))) as document:
        picture = document[0].render(scale=3, grayscale=True).to_pil()
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


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
    "png": lambda text: pictured(text), "jpg": lambda text: pictured(text, "JPEG"), "tiff": lambda text: pictured(text, "TIFF"),
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


def test_an_emblem_inside_a_paper_is_not_taken_for_text() -> None:
    if not ocr.is_available():
        pytest.skip("no tesseract with Chinese data: apt-get install tesseract-ocr tesseract-ocr-chi-sim")
    document = read_bytes(in_docx(pictured("云岚", "PNG")), "图.docx", recognise=True)
    assert document.text.source == f"{TITLE}\n\n二、本政策由市经信局负责解释。\n" and "pictures" in {
        n.code for n in document.notes
    }
