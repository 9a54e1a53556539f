"""Coverage-guided fuzzing of each reader: whatever bytes come, a reader gives a text or refuses by name, in short time.

Usage: readers.py TARGET [libFuzzer options], for example

    .venv/bin/python tests/fuzz/readers.py docx -runs=1000000 -timeout=10 -rss_limit_mb=512

With ``-max_len=1024`` (2048 for packed docx and ofd, 4096 for pdf) a run is quick and still reaches all of a reader: longer inputs find
little more and take the time of many short ones. A folder behind the options keeps the inputs that found something new: a
later run goes on from there.

TARGET is one of text, html, docx, ofd, zip, pdf, layout, or ``all`` (the first byte picks one). Packed formats are fuzzed in
two ways: the packed bytes as they are, and the XML inside a sound package. A crash is printed with its bytes
(``crash-…`` in the working folder); it becomes a row of ``FOUND`` in tests/fuzz/test_fuzz.py and is run by every test.
"""

import base64
import contextlib
import struct
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))

with atheris.instrument_imports(include=["luodi.document"]):
    from luodi.document import parse
    from luodi.document.decode import decode
    from luodi.document.layout import blocks
    from luodi.document.packed import Packed
    from luodi.document.page_lines import Glyph, Page
    from luodi.document.page_tables import Rule
    from luodi.document.readers import docx, html, ofd, pdf, registry
    from luodi.document.refusals import RefusedError
    from luodi.document.secrecy import marks
    from luodi.errors import ContentError

from malformed import CASES, TEXT, W, entries, good, paragraph
from papers import OFD, zipped

# Rows of a table without rules none of which has its number: they once ended the reading.
_NO_NUMBERS = base64.b64decode(
    "AAAAOgAAAHQ/AHc+AABMYz0iPAAAdDoAPAB3PHc6ADwAdz4AAAA8dzpyPgAAAACRAAAAAAAAAAAAADx3fnRibD4AAAAAAAAAAH4AAAAAdzpSUg"
    "AAAAAAAAAAYGBgAP//////////AAAAAF0AAAAAAD8AAAAAAAAAAHc6bAAAAAAAAOWCgABNOmwAAABAAHc6dgAAAABsAAAAAAAAAAAAAAAAAAAA"
    "AAAAAAAdADAAIAAAAAAAZW9MYz0iPAAAdDoAFQAAbSAAAAAAAFBLbGwAAAAAAAAAIxA="
)

OFD_PARTS = entries(good("ofd"))
TOKENS = """<w:p> </w:p> <w:r> <w:t> <w:tbl> <w:tr> <w:tc> <w:numPr> <w:numId w:val="1"/> <w:ilvl w:val="1"/> <w:del> <w:ins> <w:vanish/> <w:vMerge/>
<w:gridSpan w:val="2"/> <w:lvl w:ilvl="1"> <w:lvlText w:val="%1%2"/> <w:numFmt w:val="chineseCounting"/> <w:lvlRestart w:val="0"/> <w:txbxContent> <w:drawing>
<ofd:TextObject <ofd:TextCode Boundary="0 DeltaX="g 9 5" CTM="1 0 0 1 0 0" <ofd:PathObject> <ofd:AbbreviatedData> BaseLoc=" <!DOCTYPE <!ENTITY
<td> <tr> <table> <script> &#x5341; <!-- --> </ 一、 （一） 第一条 附件 分别 万元 ★ 密级 PK %PDF-1.7 endobj stream /Kids /Contents"""
_SMALL = f"<w:document {W}><w:body>{paragraph('一、甲')}</w:body></w:document>"  # fits into a short input as a whole
FEW = 120  # characters of a page; a few hundred on lines of their own take a second under the coverage's eyes
SIGNS = "1 \u3000，（—第一章条"  # what a layout tells apart
DENSE = "<!DOCTYPE html><p>一、支持&#x5341;"


def _text(data: bytes) -> None:
    source = decode(data, "x")
    document = parse(source)
    assert len(document.text.starts) == len(document.clean)
    marks(source)


def _html(data: bytes) -> None:
    draft = html.draft(data.decode("utf-8", "replace"))
    assert len(draft.starts) == len(draft.text)


class _Loose(Packed):
    """A sound package of parts that are at hand, without the packing."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts
        self.entries = dict.fromkeys(parts)  # type: ignore[assignment]

    def read(self, name: str) -> bytes:
        if name not in self.parts:
            raise RefusedError("damaged", name)
        return self.parts[name]


def _docx(data: bytes) -> None:
    if data[:1] < b"\x20":
        registry.read("packed", data[1:], "x")
        return
    body, _, numbering = data[1:].partition(b"\x00")
    parts = {"word/document.xml": f"<w:document {W}><w:body>".encode() + body + b"</w:body></w:document>"}
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {W}>".encode() + numbering + b"</w:numbering>"
    parse(docx.read(_Loose(parts)).text)


def _ofd(data: bytes) -> None:
    if data[:1] < b"\x20":
        registry.read("packed", data[1:], "x")
        return
    content = f"<ofd:Page {OFD}><ofd:Content><ofd:Layer>".encode() + data[1:] + b"</ofd:Layer></ofd:Content></ofd:Page>"
    ofd.read(_Loose(OFD_PARTS | {"Doc_0/Pages/Page_0/Content.xml": content}))


def _zip(data: bytes) -> None:
    if data[:1] < b"\x60":
        Packed(data[1:])
        registry.read("packed", data[1:], "x")
        return
    files = data[1:].split(b"\x00\xff")
    registry.read(
        "packed", zipped({f"附件{n}.{'txt' if n % 2 else 'html'}": part for n, part in enumerate(files[:5])}), "x"
    )


def _pdf(data: bytes) -> None:
    """A pdf, of whose pages so many characters are laid out: what is done with more of them is for ``layout`` to find."""
    with mock.patch.object(
        pdf, "blocks", lambda pages: blocks([one._replace(glyphs=one.glyphs[:FEW]) for one in pages])
    ):
        pdf.read(data)


def _layout(data: bytes) -> None:
    """Characters and rules at places that the bytes give; an odd first byte sets them on a grid, where tables and columns form."""
    numbers = [value / 8 for value in struct.unpack(f"<{len(data) // 2}h", data[: len(data) // 2 * 2])]
    if data[:1] and data[0] % 2:
        numbers = [number if at % 5 == 0 else number // 12 % 60 * 12 for at, number in enumerate(numbers)]
    glyphs, rules = [], []
    for at in range(0, len(numbers) - 4, 5):
        kind, x, y, w, h = numbers[at : at + 5]
        if kind < 0:
            rules.append(Rule(x, y, x + w, y + h))
        else:
            char = chr(0x4E00 + int(kind)) if kind >= len(SIGNS) else SIGNS[int(kind)]
            glyphs.append(Glyph(char, x, y, x + abs(w) % 40 + 0.1, y + abs(h) % 40 + 0.1))
    half, part = len(glyphs) // 2, len(rules) // 2
    blocks([Page(1, 600, 800, glyphs[:half], rules[:part]), Page(2, 600, 800, glyphs[half:], rules[part:])])


TARGETS: dict[str, Callable[[bytes], None]] = {
    "text": _text,
    "html": _html,
    "docx": _docx,
    "ofd": _ofd,
    "zip": _zip,
    "pdf": _pdf,
    "layout": _layout,
}


def run(target: str, data: bytes) -> None:
    """One input; a refusal by name is a good end, anything else is a crash."""
    if target == "all":
        names = list(TARGETS)
        target, data = names[(data[0] if data else 0) % len(names)], data[1:]
    with contextlib.suppress(RefusedError, ContentError):
        TARGETS[target](data)


def seeds(target: str) -> list[bytes]:
    """Good and malformed files of the tests to begin with."""
    body = paragraph("一、甲", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    inner = {
        "text": [TEXT.encode(), TEXT.encode("gb18030"), TEXT.encode("utf-16")],
        "html": [DENSE.encode(), b"<table><tr><td>1</td></tr></table>"],
        "docx": [
            b"\x80" + body.encode(),
            b"\x80<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>\x00<x/>",
            b"\x00" + good("docx"),
            b"\x00" + zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": _SMALL}),
        ],
        "ofd": [
            b'\x80<ofd:TextObject Boundary="1 1 9 9" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 2 4">abc</ofd:TextCode></ofd:TextObject>',
            b"\x00" + good("ofd"),
        ],
        "zip": [b"\x00" + good("zip"), b"\x80" + TEXT.encode() + b"\x00\xff<p>x</p>"],
        "pdf": [
            make()
            for name, (make, _) in CASES.items()
            if name.startswith("pdf") and "MB" not in name and "lines" not in name
        ],
        "layout": [struct.pack("<10h", 80, 8, 8, 80, 80, -8, 0, 0, 800, 0), _NO_NUMBERS],
    }
    if target == "all":
        return [bytes([at]) + seed for at, name in enumerate(TARGETS) for seed in inner[name][:6]]
    return inner[target]


def main() -> None:
    target, options = sys.argv[1], sys.argv[2:]
    pdf.prepare()
    with tempfile.TemporaryDirectory(prefix="luodi-fuzz-") as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(seeds(target)):
            (corpus / str(number)).write_bytes(seed)
        words = Path(folder) / "words"
        words.write_text(
            "".join('"' + "".join(f"\\x{byte:02x}" for byte in token.encode()) + '"\n' for token in TOKENS.split())
        )
        atheris.Setup([sys.argv[0], f"-dict={words}", *options, str(corpus)], lambda data: run(target, data))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
