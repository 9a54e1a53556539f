"""OFD files (GB/T 33190—2016): a zip of XML; OFD.xml → Document.xml → pages → text objects with their boxes.

Millimetres, y downwards. Annotations, signatures and what is not visible are no text of the document, template pages only where
a page has no text of its own. A page whose text is set sideways is turned.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from luodi.document.decode import MAX_CHARACTERS
from luodi.document.extract import Extract, Part, Writer
from luodi.document.layout import blocks
from luodi.document.packed import Packed
from luodi.document.page_lines import Glyph, Page
from luodi.document.page_tables import Rule
from luodi.document.refusals import RefusedError
from luodi.document.scan import Recognised

MAX_PAGES = 1500
_A4 = (210.0, 297.0)
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,2})?")
_PATH = re.compile(r"([MLCBQASmlcbqas])|([-+]?(?:\d+\.?\d*|\.\d+))")
_ASCENT = 0.88
_LONGEST_RUN = 100_000
_LEVEL_ANGLE = 0.03  # quarter turns; what is further from one is a watermark or a stamp
_ASLANT = -1


class _Matrix(NamedTuple):
    """Object space → page: ``x' = a·x + c·y + e``, ``y' = b·x + d·y + f``."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, after: _Matrix) -> _Matrix:
        """This matrix and then another."""
        (a, b), (c, d) = ((after.a * x + after.c * y, after.b * x + after.d * y) for x, y in (self[:2], self[2:4]))
        return _Matrix(a, b, c, d, *after.at(self.e, self.f))

    def quarter(self) -> int:
        """How many quarter turns, clockwise, text is turned by; -1: it stands aslant."""
        turned = math.atan2(self.b, self.a) / (math.pi / 2)
        return round(turned) % 4 if abs(turned - round(turned)) < _LEVEL_ANGLE else _ASLANT


def read(packed: Packed, recognised: Recognised | None = None) -> Extract:
    """The text of an OFD file; several documents in one file are parts, in their order.

    ``recognised`` gives what was recognised of its pictures by entry: it stands for pages that have no text.

    Raises:
        RefusedError: encrypted or damaged, nothing but pictures.
    """
    root = packed.xml("OFD.xml")
    if root.find(".//{*}Encryptions") is not None or any("encryption" in name.lower() for name in packed.entries):
        raise RefusedError("encrypted", "OFD 加密")
    roots = [(body.findtext("{*}DocRoot") or "").strip() for body in root.iterfind("{*}DocBody")]
    if not any(roots):
        raise RefusedError("damaged", "OFD.xml 没有指出文档")
    writer = Writer("ofd")
    parts = []
    for number, path in enumerate(filter(None, roots), 1):
        begin = writer.at
        _document(packed, _resolved("", path), writer, recognised or {})
        parts.append(Part(f"文档{number}", begin, writer.at))
    if len(parts) > 1:
        writer.extract.parts += parts
    extract = writer.finish()
    if not extract.text.strip():
        raise RefusedError("pictures-only" if extract.notes else "no-text", f"{len(parts)} 份文档")
    return extract


def _document(packed: Packed, path: str, writer: Writer, recognised: Recognised) -> None:
    root = packed.xml(path)
    folder = posixpath.dirname(path)
    size = _page_size(root.find("{*}CommonData/{*}PageArea"), _A4)
    locations = [page.get("BaseLoc", "") for page in root.iterfind("{*}Pages/{*}Page")]
    if len(locations) > MAX_PAGES:
        raise RefusedError("reader-memory", f"{len(locations)} 页，上限 {MAX_PAGES} 页")
    media = _media(packed, root, folder) if recognised else {}
    templates = _templates(root, folder)
    pages: list[Page] = []
    pictures = count = 0
    for number, location in enumerate(locations, 1):
        content = packed.xml(_resolved(folder, location))
        width, height = _page_size(content.find("{*}Area"), size)
        glyphs, rules, seen = _content([content], width, height)
        if not glyphs:
            glyphs, rules, seen = _content(list(_used_templates(packed, content, templates)), width, height)
        glyphs = glyphs or list(_recognised(content, media, recognised))
        count += len(glyphs)
        if count > MAX_CHARACTERS:
            raise RefusedError("reader-memory", f"超过 {MAX_CHARACTERS // 10_000} 万字")
        pictures += not glyphs and content.find(".//{*}ImageObject") is not None
        pages.append(Page(number, *seen, glyphs, rules))
    found, left_out = blocks(pages)
    writer.blocks(found)
    words = (
        "\n".join(code.text or "" for code in one.iter("{*}TextCode")) for one in _parsed(packed, templates.values())
    )
    for text in [*left_out, *words]:
        writer.leave_out(text)
    if pictures:
        writer.note("scanned-pages", count=pictures)


def _media(packed: Packed, root: etree._Element, folder: str) -> dict[str, str]:
    """The entries of pictures by the number under which pages speak of them."""
    found = {}
    for location in root.iterfind("{*}CommonData/{*}PublicRes"), root.iterfind("{*}CommonData/{*}DocumentRes"):
        for path in (_resolved(folder, one.text or "") for one in location):
            if path in packed.entries:
                resources = packed.xml(path)
                base = _resolved(posixpath.dirname(path), resources.get("BaseLoc", ""))
                for medium in resources.iter("{*}MultiMedia"):
                    found[medium.get("ID", "")] = _resolved(base, medium.findtext("{*}MediaFile") or "")
    return found


def _recognised(page: etree._Element, media: Mapping[str, str], recognised: Recognised) -> Iterator[Glyph]:
    """The characters of a page's pictures, where they are drawn."""
    for node in page.iter("{*}ImageObject"):
        box = _numbers(node.get("Boundary"))
        for scan in recognised.get(media.get(node.get("ResourceID", ""), ""), ()):
            if len(box) == 4 and min(box[2:]) > 0:
                yield from scan.within(*box)


def _templates(root: etree._Element, folder: str) -> dict[str, str]:
    """The entries of template pages by the number under which pages speak of them."""
    found = root.iterfind("{*}CommonData/{*}TemplatePage")
    return {one.get("ID", ""): _resolved(folder, one.get("BaseLoc", "")) for one in found}


def _used_templates(packed: Packed, page: etree._Element, templates: Mapping[str, str]) -> Iterator[etree._Element]:
    """The template pages that a page is laid over."""
    return _parsed(packed, (templates.get(one.get("TemplateID", ""), "") for one in page.iterfind("{*}Template")))


def _parsed(packed: Packed, paths: Iterable[str]) -> Iterator[etree._Element]:
    return (packed.xml(path) for path in paths if path in packed.entries)


def _resolved(folder: str, location: str) -> str:
    """A location inside the package: from its root where it begins with a slash."""
    path = (
        location.strip().lstrip("/") if location.strip().startswith("/") else posixpath.join(folder, location.strip())
    )
    return posixpath.normpath(path)


def _page_size(area: etree._Element | None, default: tuple[float, float]) -> tuple[float, float]:
    box = _numbers(area.findtext("{*}PhysicalBox") if area is not None else None)
    return (box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else default


def _content(
    pages: list[etree._Element], width: float, height: float
) -> tuple[list[Glyph], list[Rule], tuple[float, float]]:
    """The characters and rules of pages that lie over one another, upright, and the size of what is seen.

    Most of the text is upright (a table may be set sideways); what is turned otherwise is a watermark or a stamp.
    """
    objects = [
        (node, _placed(node))
        for page in pages
        for node in page.iter("{*}TextObject", "{*}PathObject")
        if _is_visible(node)
    ]
    texts = [
        (node, matrix, matrix.quarter()) for node, matrix in objects if etree.QName(node).localname == "TextObject"
    ]
    counts: Counter[int] = Counter()
    for node, _, quarter in texts:
        counts[quarter] += sum(len(code.text or "") for code in node.iterfind("{*}TextCode"))
    counts.pop(_ASLANT, None)
    upright = max(counts, key=counts.__getitem__, default=0)
    turn = (
        _Matrix(),
        _Matrix(0, -1, 1, 0, 0, width),
        _Matrix(-1, 0, 0, -1, width, height),
        _Matrix(0, 1, -1, 0, height, 0),
    )[upright]
    glyphs = [
        one for node, matrix, quarter in texts if quarter == upright for one in _characters(node, matrix.then(turn))
    ]
    rules = [
        rule
        for node, matrix in objects
        if etree.QName(node).localname == "PathObject" and matrix.quarter() != _ASLANT
        for rule in _lines(node, matrix.then(turn))
    ]
    return glyphs, rules, (width, height) if upright % 2 == 0 else (height, width)


def _placed(node: etree._Element) -> _Matrix:
    """From an object's own space to the page."""
    boundary, given = _numbers(node.get("Boundary")), _numbers(node.get("CTM"))
    x, y = (boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)
    ctm = _Matrix(*given) if len(given) == 6 else _Matrix()
    return ctm._replace(e=ctm.e + x, f=ctm.f + y)


def _is_visible(node: etree._Element) -> bool:
    return not any(one.get("Visible", "").strip() in ("false", "0") for one in (node, *node.iterancestors()))


def _characters(node: etree._Element, matrix: _Matrix) -> Iterator[Glyph]:
    size = next(iter(_numbers(node.get("Size"))), 0.0) or 3.5
    stretch = next(iter(_numbers(node.get("HScale"))), 1.0) or 1.0
    x = y = 0.0
    for code in node.iterfind("{*}TextCode"):
        text = code.text or ""
        x = next(iter(_numbers(code.get("X"))), x)
        y = next(iter(_numbers(code.get("Y"))), y)
        across, down = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
        left, base = x, y
        for at, char in enumerate(text):
            wide = size * stretch * (1.0 if char > "\u2e7f" or char in "—…“”‘’·" else 0.5)
            x0, y0 = matrix.at(left, base - _ASCENT * size)
            x1, y1 = matrix.at(left + wide, base + (1 - _ASCENT) * size)
            if char.isprintable() and not char.isspace() and x1 > x0 and y1 > y0:
                yield Glyph(char, x0, y0, x1, y1, spaced=text[at - 1 : at].isspace())
            left += across[at] if at < len(across) else (0.0 if across or down else wide)
            base += down[at] if at < len(down) else 0.0


def _deltas(given: str | None, count: int) -> list[float]:
    """Steps between characters; ``g N V`` stands for N times V."""
    found: list[float] = []
    words = (given or "").split()
    at = 0
    while at < len(words) and len(found) < min(count, _LONGEST_RUN):
        if words[at] == "g" and at + 2 < len(words):
            times, step = _numbers(words[at + 1]), _numbers(words[at + 2])
            found += [step[0] if step else 0.0] * (min(int(times[0]), count) if times else 0)
            at += 3
        else:
            found += _numbers(words[at])
            at += 1
    return found


def _lines(node: etree._Element, matrix: _Matrix) -> Iterator[Rule]:
    """The straight lines of a path, from point to point."""
    points: list[tuple[float, float]] = []
    pending: list[float] = []
    start: tuple[float, float] | None = None
    act = ""
    for found in _PATH.finditer((node.findtext("{*}AbbreviatedData") or "")[:_LONGEST_RUN]):
        if found[1]:
            act, pending = found[1].upper(), []
            if act == "C" and start and points:
                yield Rule(*points[-1], *start)
            continue
        pending.append(_number(found[2]))
        if len(pending) == 2 and act in ("M", "S", "L"):
            here = matrix.at(*pending)
            if act == "L" and points:
                yield Rule(*points[-1], *here)
            else:
                start = here
            points, pending = [here], []


def _numbers(text: str | None) -> list[float]:
    return [_number(word) for word in _NUMBER.findall((text or "")[:4000])]


def _number(word: str) -> float:
    return max(-1e6, min(1e6, float(word)))
