"""Files that are broken, hostile or simply not what they seem, each made here with the outcome it must have.

``CASES`` maps a name to (maker, outcome); the outcome is a code of ``luodi.document.refusals`` or ``read``: the file is
odd and still a document. Makers that draw at random have their seed in the name.
"""

import functools
import io
import random
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable

from fpdf import FPDF

from papers import OFD, as_docx, as_html, as_ofd, as_pdf, ofd_entries, typeset, zipped

TEXT = "云州市关于支持创新的若干政策\n一、支持企业。对新认定的企业，一次性给予20万元奖励。\n（一）条件。在本市注册。\n"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = "word/document.xml"
Maker = Callable[[], bytes]
CASES: dict[str, tuple[Maker, str]] = {}


def case(name: str, outcome: str, make: Maker) -> None:
    assert name not in CASES, name
    CASES[name] = (make, outcome)


@functools.cache
def good(format_: str) -> bytes:
    if format_ == "pdf":
        return as_pdf(typeset(TEXT))
    if format_ == "ofd":
        return as_ofd(ofd_entries(typeset(TEXT)))
    return as_docx(TEXT) if format_ == "docx" else zipped({"通知.txt": TEXT, "附件1.txt": TEXT})


PACKED = ("docx", "ofd", "zip")
FORMATS = ("docx", "ofd", "zip", "pdf")


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(format_: str, **parts: bytes | str | None) -> bytes:
    """A good file with parts replaced (``None`` removes one); ``__`` stands for a slash and ``_xml`` for ``.xml``."""
    found: dict[str, bytes | str] = dict(entries(good(format_)))
    for key, data in parts.items():
        name = key.replace("__", "/").replace("_xml", ".xml")
        if data is None:
            del found[name]
        else:
            found[name] = data
    return zipped(found)


def word(body: str, **parts: bytes | str | None) -> bytes:
    return changed("docx", word__document_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>", **parts)


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def page(content: str) -> str:
    return f"<ofd:Page {OFD}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"


def ofd(content: str) -> bytes:
    return changed("ofd", Doc_0__Pages__Page_0__Content_xml=page(content))


def line(text: str = "一、支持企业。", **attributes: str) -> str:
    place = {"X": "0", "Y": "4"}
    given = {"Boundary": "20 30 150 5", "Size": "4"}
    for key, value in attributes.items():
        (place if key in ("X", "Y", "DeltaX", "DeltaY") else given)[key] = value
    return f"<ofd:TextObject{_written(given)}><ofd:TextCode{_written(place)}>{text}</ofd:TextCode></ofd:TextObject>"


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {key}="{value}"' for key, value in attributes.items())


# Cut, flipped and emptied files.
for _format in FORMATS:
    for _share in (1, 5, 10, 25, 50, 75, 90, 99):
        case(
            f"{_format} cut at {_share}%",
            "damaged",
            lambda f=_format, s=_share: good(f)[: max(8, len(good(f)) * s // 100)],
        )
for _format in PACKED:
    case(f"{_format} without its last byte", "damaged", lambda f=_format: good(f)[:-1])
    case(
        f"{_format} with a broken directory",
        "damaged",
        lambda f=_format: good(f).replace(b"PK\x01\x02", b"PK\x01\x03", 1),
    )
    case(
        f"{_format} with a broken local header",
        "read" if _format == "docx" else "damaged",  # the entry it spoils is not read
        lambda f=_format: b"PK\x03\x04" + b"\xff" * 26 + good(f)[30:],
    )
    case(f"{_format} with data before it", "not-text", lambda f=_format: b"\x00\x01\x02\x03" + good(f))
    case(f"{_format} moved inside a larger zip header", "polyglot", lambda f=_format: b"PK\x03\x04 before" + good(f))
    case(f"{_format} with data behind it", "polyglot", lambda f=_format: good(f) + b"<html>behind</html>")
    case(f"{_format} followed by a pdf", "polyglot", lambda f=_format: good(f) + good("pdf"))
    case(f"pdf followed by {_format}", "polyglot", lambda f=_format: good("pdf") + good(f))
    case(f"picture followed by {_format}", "image", lambda f=_format: b"\x89PNG\r\n\x1a\n\x00\x00" + good(f))
    case(f"program followed by {_format}", "other-kind", lambda f=_format: b"MZ\x00\x00" + b"\x00" * 60 + good(f))


def _with_flags(data: bytes, bits: int) -> bytes:
    """Every entry marked with general purpose bits, locally and in the directory."""
    found = bytearray(data)
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for hit in re.finditer(re.escape(magic), data):
            found[hit.start() + at] |= bits
    return bytes(found)


def _with_method(data: bytes, method: int) -> bytes:
    found = bytearray(data)
    for magic, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        for hit in re.finditer(re.escape(magic), data):
            found[hit.start() + at] = method
    return bytes(found)


def _protected_pdf(method: str) -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica")
    pdf.cell(text="policy")
    from fpdf.enums import EncryptionMethod

    pdf.set_encryption(owner_password="owner", user_password="user", encryption_method=EncryptionMethod[method])
    return bytes(pdf.output())


for _format in PACKED:
    case(f"{_format} with a password", "encrypted", lambda f=_format: _with_flags(good(f), 1))
    case(f"{_format} with an unknown method", "damaged", lambda f=_format: _with_method(good(f), 77))
for _method in ("RC4", "AES_128"):
    case(f"pdf with a password, {_method}", "encrypted", lambda m=_method: _protected_pdf(m))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500
case("docx under an Office password", "encrypted", lambda: OLE + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 500)
case(
    "ofd with encryptions",
    "encrypted",
    lambda: as_ofd(ofd_entries(typeset(TEXT)), more="<ofd:Encryptions>Encryptions.xml</ofd:Encryptions>"),
)
case("zip holding a pdf with a password", "encrypted", lambda: zipped({"通知.pdf": _protected_pdf("RC4")}))


# Bombs.
def _zeros(size: int, name: str = "word/document.xml") -> bytes:
    return zipped({name: b"0" * size})


def _lying(data: bytes, name: str, size: int) -> bytes:
    """The directory says another size of an entry than it has."""
    found = bytearray(data)
    at = data.rfind(name.encode()) - 46
    found[at + 24 : at + 28] = struct.pack("<I", size)
    return bytes(found)


def _overlapping() -> bytes:
    """Two directory entries that share one entry's bytes."""
    data = zipped({"a.txt": TEXT * 50, "b.txt": TEXT * 50})
    found = bytearray(data)
    second = data.rfind(b"PK\x01\x02")
    found[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(found)


def _nested(depth: int) -> bytes:
    data = zipped({"通知.txt": TEXT})
    for level in range(depth):
        data = zipped({f"{level}.zip": data})
    return data


case("zip of 50 MB of zeros", "zip-bomb", lambda: _zeros(50_000_000))
case("zip of 50 MB of zeros as an ofd", "zip-bomb", lambda: _zeros(50_000_000, "OFD.xml"))
case("zip of 50 MB of zeros as a text", "zip-bomb", lambda: _zeros(50_000_000, "a.txt"))
case("zip that says 3 GB", "zip-bomb", lambda: _lying(good("zip"), "附件1.txt", 3_000_000_000))
case("zip that says too little", "damaged", lambda: _lying(zipped({"通知.txt": TEXT * 9}), "通知.txt", 10))
case("zip that says too much", "damaged", lambda: _lying(zipped({"通知.txt": TEXT}), "通知.txt", 5_000))
case("zip with shared bytes", "zip-bomb", _overlapping)
case("zip with 2001 files", "zip-bomb", lambda: zipped({f"{n}.txt": "一" for n in range(2001)}))
case("zip with 101 files", "zip-bomb", lambda: zipped({f"{n}.txt": "一" for n in range(101)}))
case("zip in a zip", "read", lambda: _nested(1))
for _depth in (2, 3, 9):
    case(f"zip in zips, {_depth} deep", "zip-depth", lambda d=_depth: _nested(d))
case("zip holding a bomb", "zip-bomb", lambda: zipped({"通知.txt": TEXT, "附件.docx": _zeros(50_000_000)}))
case("docx with a bomb in a header", "zip-bomb", lambda: changed("docx", word__header1_xml=b" " * 50_000_000))


# Paths.
for _at, _path in enumerate(
    ("../x.txt", "a/../../x.txt", "/etc/x.txt", "\\x.txt", "C:\\x.txt", "..\\x.txt", "c:x.txt")
):
    case(f"zip slip {_at}", "zip-path", lambda p=_path: zipped({"通知.txt": TEXT, p: TEXT}))
    case(f"docx slip {_at}", "zip-path", lambda p=_path: zipped(entries(good("docx")) | {p: b"x"}))


def _link() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        entry = zipfile.ZipInfo("通知.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return file.getvalue()


case("zip with a symbolic link", "zip-path", _link)


def _nameless() -> bytes:
    """An entry whose name has no length (found by the fuzzer)."""
    found = bytearray(zipped({"a": TEXT}))
    directory = found.rfind(b"PK\x01\x02")
    found[directory + 28] = 0
    found[directory + 32] = 1  # the letter is its comment now
    return bytes(found)


case("zip with a file without a name", "damaged", _nameless)

# XML that defines things, in every part that is read.
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>'
HOSTILE = {
    "billion laughs": LAUGHS,
    "one large entity": f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]><x>{"&a;" * 2_000}</x>',
    "a file of the machine": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "an address": '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]><x>&a;</x>',
    "a parameter entity": '<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]><x/>',
    "a document type elsewhere": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><x/>',
    "lower case": "<!doctype x><x/>",
    "UTF-16": LAUGHS.encode("utf-16"),
    "UTF-16 without mark": ('<?xml version="1.0" encoding="UTF-16LE"?>' + LAUGHS).encode("utf-16-le"),
}
PARTS = {
    "docx main": ("docx", "word__document_xml"),
    "docx styles": ("docx", "word__styles_xml"),
    "docx numbering": ("docx", "word__numbering_xml"),
    "docx header": ("docx", "word__header1_xml"),
    "docx relations": ("docx", "_rels__.rels"),
    "ofd root": ("ofd", "OFD_xml"),
    "ofd document": ("ofd", "Doc_0__Document_xml"),
    "ofd page": ("ofd", "Doc_0__Pages__Page_0__Content_xml"),
}
for _name, _xml in HOSTILE.items():
    for _part, (_format, _key) in PARTS.items():
        case(f"{_name} in {_part}", "xml-entities", lambda f=_format, k=_key, x=_xml: changed(f, **{k: x}))
for _part, (_format, _key) in PARTS.items():
    for _name, _xml in (("empty", ""), ("cut", "<x><y>"), ("binary", bytes(range(256))), ("two roots", "<x/><x/>"),
                        ("deep", "<x>" * 5000 + "</x>" * 5000), ("UTF-7", '<?xml version="1.0" encoding="UTF-7"?><x/>')):  # fmt: skip
        case(f"{_name} XML in {_part}", "damaged", lambda f=_format, k=_key, x=_xml: changed(f, **{k: x}))

# Texts inside a zip are decoded in the child, which may open no file for a codec any more.
for _encoding in ("gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
    case(f"zip with a text in {_encoding}", "read", lambda e=_encoding: zipped({"通知.txt": TEXT.encode(e)}))
case(
    "zip with a text in big5", "read", lambda: zipped({"通知.txt": "一、支持企業。給予二十萬元獎勵。\n".encode("big5")})
)

# Word files that lack or twist something.
for _name in ("word/document.xml",):
    case(f"docx without {_name}", "damaged", lambda: changed("docx", word__document_xml=None))
case("docx without a body", "damaged", lambda: changed("docx", word__document_xml=f"<w:document {W}/>"))
case("docx with an empty body", "no-text", lambda: word(""))
case("docx with a picture only", "pictures-only", lambda: word("<w:p><w:r><w:drawing/></w:r></w:p>"))
case(
    "docx without styles and numbers",
    "read",
    lambda: word(paragraph("甲"), word__styles_xml=None, word__numbering_xml=None),
)
case(
    "docx with macros",
    "macro",
    lambda: (
        changed("docx", word__vbaProject_bin=b"x") and zipped(entries(good("docx")) | {"word/vbaProject.bin": b"x"})
    ),
)
case("docx whose main part is elsewhere", "damaged", lambda: zipped({"word/styles.xml": f"<w:styles {W}/>"}))
case("docx relation that leads outside", "read", lambda: changed("docx", **{"_rels__.rels": (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
    'Type="http://x/officeDocument" Target="../../etc/passwd"/></Relationships>')}))  # fmt: skip
_LOOP = f'<w:styles {W}><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
case(
    "docx styles that rest on each other",
    "read",
    lambda: word(paragraph("甲", '<w:pStyle w:val="a"/>'), word__styles_xml=_LOOP),
)


def _list(level: str, more: str = "") -> str:
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">{level}</w:lvl>{more}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


_NUMBERED = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>'
for _name, _level in {
    "a start of 10^15": '<w:start w:val="1000000000000000"/><w:lvlText w:val="%1."/>',
    "a start that is no number": '<w:start w:val="x"/><w:lvlText w:val="%1."/>',
    "a negative start": '<w:start w:val="-9"/><w:lvlText w:val="%1."/>',
    "letters without end": '<w:start w:val="999999"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1."/>',
    "roman without end": '<w:start w:val="999999"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1."/>',
    "an unknown format": '<w:numFmt w:val="nosuch"/><w:lvlText w:val="%1."/>',
    "levels that are not there": '<w:lvlText w:val="%1%2%3%4%5%6%7%8%9"/>',
    "no text": "",
}.items():
    case(
        f"docx number with {_name}",
        "read",
        lambda x=_level: word(paragraph("甲", _NUMBERED.format(0, 1)), word__numbering_xml=_list(x)),
    )
for _level, _number in (
    ("99", "1"),
    ("-1", "1"),
    ("x", "1"),
    ("0", "77"),
    ("0", "-1"),
    ("0", "x"),
    ("0", ""),
    ("²", "1"),
):
    case(
        f"docx number {_number!r} at level {_level!r}",
        "read",
        lambda n=_number, v=_level: word(paragraph("甲", _NUMBERED.format(v, n))),
    )
for _span in ("1000000000", "-1", "x", "²"):
    case(f"docx cell over {_span!r} columns", "read", lambda s=_span: word(
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{s}"/></w:tcPr>{paragraph("甲")}</w:tc></w:tr></w:tbl>'))  # fmt: skip
case(
    "docx of tables in tables",
    "read",
    lambda: word("<w:tbl><w:tr><w:tc>" * 60 + paragraph("甲") + "</w:tc></w:tr></w:tbl>" * 60),
)
case(
    "docx with everything deleted",
    "no-text",
    lambda: word("<w:p><w:del><w:r><w:delText>甲</w:delText></w:r></w:del></w:p>"),
)
case(
    "docx with everything hidden",
    "no-text",
    lambda: word("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r></w:p>"),
)
case("docx named as a page", "read", lambda: as_html(TEXT))

# OFD files that lack or twist something.
case("ofd without a root", "damaged", lambda: changed("ofd", OFD_xml=f"<ofd:OFD {OFD}/>"))
case("ofd without a document", "damaged", lambda: changed("ofd", Doc_0__Document_xml=None))
case("ofd without a page", "damaged", lambda: changed("ofd", Doc_0__Pages__Page_0__Content_xml=None))
case(
    "ofd with no pages",
    "no-text",
    lambda: changed("ofd", Doc_0__Document_xml=f"<ofd:Document {OFD}><ofd:Pages/></ofd:Document>"),
)
case("ofd of pictures", "pictures-only", lambda: ofd('<ofd:ImageObject Boundary="0 0 210 297" ResourceID="1"/>'))
case(
    "ofd that leads outside",
    "damaged",
    lambda: changed(
        "ofd",
        OFD_xml=f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>../../etc/passwd</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
    ),
)
case("ofd with 1501 pages", "reader-memory", lambda: changed("ofd", Doc_0__Document_xml=(
    f"<ofd:Document {OFD}><ofd:Pages>" + '<ofd:Page BaseLoc="Pages/Page_0/Content.xml"/>' * 1501 + "</ofd:Pages></ofd:Document>")))  # fmt: skip
for _name, _given in {
    "steps without end": {"DeltaX": "g 1000000000 1"},
    "steps that are words": {"DeltaX": "g g g x y z"},
    "no steps": {},
    "a size of zero": {"Size": "0"},
    "a size without end": {"Size": "1e99"},
    "a negative size": {"Size": "-4"},
    "a box that is no box": {"Boundary": "x y"},
    "a place far away": {"Boundary": "1e30 -1e30 1 1"},
    "a short matrix": {"CTM": "1 0 0"},
    "a flat matrix": {"CTM": "0 0 0 0 0 0"},
    "not a number": {"X": "NaN", "Y": "inf"},
}.items():
    case(f"ofd text with {_name}", "read", lambda g=_given: ofd(line() + line("二、其他。", **g)))
case("ofd of turned text", "no-text", lambda: ofd(line(CTM="0.7 0.7 -0.7 0.7 0 0")))
for _name, _path in (("garbage", "M L L 1 x C C Q"), ("many", "M 0 0 " + "L 1 1 " * 20_000), ("empty", "")):
    case(f"ofd path of {_name}", "read", lambda p=_path: ofd(
        line() + f'<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>{p}</ofd:AbbreviatedData></ofd:PathObject>'))  # fmt: skip


# PDF files that lack or twist something.
def pdf(objects: list[str | bytes], root: int = 1) -> bytes:
    """A PDF of numbered objects with a true cross-reference table."""
    found = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(found))
        found += b"%d 0 obj\n" % number + (body if isinstance(body, bytes) else body.encode()) + b"\nendobj\n"
    start = len(found)
    found += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    return found + b"trailer <</Size %d /Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)


def stream(data: bytes, more: str = "") -> bytes:
    return b"<</Length %d %s>>\nstream\n" % (len(data), more.encode()) + data + b"\nendstream"


CATALOG = "<</Type /Catalog /Pages 2 0 R>>"
PAGES = "<</Type /Pages /Kids [3 0 R] /Count 1>>"
LATIN = "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"


def written(content: bytes, box: str = "0 0 595 842", more: str = "", font: str = LATIN) -> bytes:
    return pdf([CATALOG, PAGES, f"<</Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>> {more}>>",
                stream(content), font])  # fmt: skip


SHOWN = b"BT /F 12 Tf 100 700 Td (policy) Tj ET"
case("pdf of a plain word", "read", lambda: written(SHOWN))
case("pdf without text", "scanned", lambda: written(b"0 0 100 100 re f"))
case("pdf without pages", "damaged", lambda: pdf([CATALOG, "<</Type /Pages /Kids [] /Count 0>>"]))
case("pdf without a root", "damaged", lambda: pdf([LATIN], root=9))
case("pdf whose pages hold themselves", "damaged", lambda: pdf([CATALOG, "<</Type /Pages /Kids [2 0 R] /Count 1>>"]))
case("pdf that is only a head", "damaged", lambda: b"%PDF-1.7\n" + b"x" * 500)
case("pdf that is only head and end", "damaged", lambda: b"%PDF-1.7\n" + b"x" * 500 + b"\n%%EOF\n")
case("pdf behind other content", "polyglot", lambda: b"<html>" + b" " * 80 + good("pdf")[:900] + b"%%EOF")
case("pdf with a wrong cross-reference", "read", lambda: written(SHOWN).replace(b"startxref\n", b"startxref\n9"))
case("pdf with a script", "read", lambda: written(SHOWN, more="/AA <</O <</S /JavaScript /JS (app.alert(1))>>>>"))
case("pdf with a page of a kilometre", "read", lambda: written(SHOWN, box="0 0 2834645 2834645"))
case("pdf with a page of nothing", "read", lambda: written(SHOWN, box="0 0 0 0"))
case("pdf with a page inside out", "read", lambda: written(SHOWN, box="595 842 0 0"))
case("pdf of turned text", "scanned", lambda: written(b"BT /F 12 Tf 0.7 0.7 -0.7 0.7 100 700 Tm (policy) Tj ET"))
case("pdf with a page turned", "read", lambda: written(SHOWN, more="/Rotate 90"))
case("pdf with a broken stream", "scanned", lambda: pdf([CATALOG, PAGES, "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R>>",
                                                         stream(b"\x00" * 99, "/Filter /FlateDecode")]))  # fmt: skip
case("pdf with deep nesting", "read", lambda: written(SHOWN, more=f"/X {'[' * 3000}{']' * 3000}"))
case(
    "pdf with 20000 lines",
    "read",
    lambda: written(SHOWN + b"\n" + b"".join(b"%d 0 m %d 800 l S\n" % (n % 500, n % 500) for n in range(20_000))),
)
_FORM = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources <</XObject <</X 5 0 R>>>>>>"
case("pdf of a form that holds itself", "scanned", lambda: pdf([CATALOG, PAGES, _FORM, stream(b"/X Do"),
     stream(b"/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 5 0 R>>>>")]))  # fmt: skip
case("pdf whose letters mean nothing", "unmapped", lambda: written(
    b"BT /F 12 Tf 100 700 Td <0001000200030004> Tj ET",
    font="<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<</Type /Font /Subtype /CIDFontType2 "
         "/BaseFont /X /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>>>>]>>"))  # fmt: skip
case("pdf stream of 100 MB", "scanned", lambda: pdf([CATALOG, PAGES, "<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R>>",
     stream(zlib.compress(b" " * 100_000_000, 1), "/Filter /FlateDecode")]))  # fmt: skip

# Other kinds, by their first bytes, whatever they are called.
for _name, _head, _outcome in (
    ("png", b"\x89PNG\r\n\x1a\n", "image"), ("jpeg", b"\xff\xd8\xff\xe0", "image"), ("gif", b"GIF89a", "image"), ("bmp", b"BM\x00\x00", "image"),
    ("tiff", b"II*\x00", "image"), ("tiff of the other order", b"MM\x00*", "image"), ("webp", b"RIFF\x00\x00\x00\x00WEBP", "image"),
    ("doc", OLE, "legacy-office"), ("wps", OLE, "legacy-office"), ("rtf", b"{\\rtf1\\ansi", "other-kind"), ("rar", b"Rar!\x1a\x07\x00", "other-kind"),
    ("7z", b"7z\xbc\xaf\x27\x1c", "other-kind"), ("gzip", b"\x1f\x8b\x08", "other-kind"), ("bzip2", b"BZh9\x00", "other-kind"), ("xz", b"\xfd7zXZ\x00", "other-kind"),
    ("zstd", b"(\xb5/\xfd", "other-kind"), ("sqlite", b"SQLite format 3\x00", "other-kind"), ("elf", b"\x7fELF", "other-kind"), ("exe", b"MZ\x90\x00", "other-kind"),
    ("mp3", b"ID3\x03\x00", "other-kind"), ("postscript", b"%!PS-Adobe", "other-kind"), ("mht", b"MIME-Version: 1.0\r\n", "other-kind"),
):  # fmt: skip
    case(f"{_name} file", _outcome, lambda h=_head: h + b"\x00" * 2000)
for _name, _entry in (("xlsx", "xl/workbook.xml"), ("pptx", "ppt/presentation.xml"), ("odt", "content.xml"), ("jar", "META-INF/MANIFEST.MF"), ("epub", "META-INF/container.xml")):  # fmt: skip
    case(f"{_name} file", "other-kind", lambda e=_entry: zipped({e: "<x/>"}))
case("zip of a photo", "nothing-readable", lambda: zipped({"1.jpg": b"\xff\xd8\xff\xe0" + b"\x00" * 99}))
case("zip of an old Word file", "nothing-readable", lambda: zipped({"通知.doc": OLE}))
case("zip of nothing", "nothing-readable", lambda: zipped({}))
case("zip of what a Mac leaves", "nothing-readable", lambda: zipped({"__MACOSX/._a": b"x", ".DS_Store": b"x"}))
case(
    "zip with names of an old Windows",
    "read",
    lambda: zipped({"通知.txt": TEXT}).replace("通知.txt".encode(), "通知ab.txt".encode("gb18030")) and _old_names(),
)


def _old_names() -> bytes:
    """Names in GB18030 without the mark of UTF-8."""
    data = _with_cleared_utf8(zipped({"xx.txt": TEXT, "yyyy1.txt": TEXT}))
    return data.replace(b"xx.txt", "通".encode("gb18030") + b".txt").replace(
        b"yyyy1.txt", "附件".encode("gb18030") + b"1.txt"
    )


def _with_cleared_utf8(data: bytes) -> bytes:
    found = bytearray(data)
    for magic, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        for hit in re.finditer(re.escape(magic), data):
            found[hit.start() + at] &= 0xF7
    return bytes(found)


# Texts that are none.
for _name, _data in (
    ("nothing", b""),
    ("spaces", b" \r\n\t"),
    ("a UTF-8 mark", b"\xef\xbb\xbf"),
    ("a UTF-16 mark", b"\xff\xfe"),
    ("zeros", b"\x00" * 4096),
):
    case(f"file of {_name}", "empty", lambda d=_data: d)
case("file of wide spaces", "blank", lambda: "\u3000\n".encode())
case("text of 9 MB", "too-large", lambda: "一、政策。\n".encode() * 600_000)
case("file of 33 MB", "too-large", lambda: b"PK\x03\x04" + b"\x00" * 33_000_000)
for _seed in range(8):
    case(f"noise, seed {_seed}", "not-text", lambda s=_seed: random.Random(s).randbytes(4096))
case("page called anything", "read", lambda: as_html(TEXT))


def noisy(format_: str, seed: int) -> bytes:
    """A good file with a few bytes changed at random."""
    draw = random.Random(seed)
    data = bytearray(good(format_))
    for _ in range(draw.randint(1, 30)):
        data[draw.randrange(len(data))] = draw.randrange(256)
    return bytes(data)
