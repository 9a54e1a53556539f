"""A pack as Akoma Ntoso 3.0 XML (OASIS LegalDocML): one ``act`` with metadata, lifecycle, references and marked facts.

How Chinese levels map, what an eId is made of and where each fact stands is told in ``docs/reference/akoma-ntoso.md``.
With the text at hand the body carries it whole, without it each clause says ``omissis``. The result is valid against
``akomantoso30.xsd``. Source: OASIS, Akoma Ntoso Version 1.0 Part 2 (specifications of the 3.0 schema).
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from luodi.document.labels import read_label
from luodi.document.text import Text
from luodi.policy.exports.akoma_ntoso_meta import Names, clean, meta
from luodi.policy.pack import Pack

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
FACTS_NAMESPACE = "urn:luodi:pack:1"

# Element and eId prefix (Akoma Ntoso Naming Convention) of each kind of enumerator; below a 条 the last five are 项, 目.
_LEVELS = {
    "annex": ("hcontainer", "annex"), "part": ("part", "part"), "chapter": ("chapter", "chp"), "section": ("section", "sec"),
    "clause": ("article", "art"), "word": ("hcontainer", "measure"), "cn": ("division", "dvs"),
    "pcn": ("subdivision", "subdvs"), "num": ("clause", "cl"), "dotted": ("clause", "cl"), "pnum": ("subclause", "subcl"),
    "half": ("subclause", "subcl"), "circled": ("point", "point"),
}  # fmt: skip
_IN_ARTICLE = {
    "pcn": ("point", "point"), "num": ("indent", "indent"), "dotted": ("indent", "indent"),
    "pnum": ("indent", "indent"), "half": ("indent", "indent"), "circled": ("alinea", "al"),
}  # fmt: skip
_AFTER_NUMBER = r"[、.:：．\s]*"
_AFTER_HEADING = re.compile(r"[。.:;,，：；]?\s*")
_DATE_LINE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_BRACKETED = re.compile(r"[（(][^（()）]{1,40}[)）]")


def akoma_ntoso(pack: Pack, text: Text | None = None) -> str:
    """The pack as an XML document; ``text`` is the text that its spans mean, None where it may not be shown."""
    root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE, "xmlns:luodi": FACTS_NAMESPACE})
    act = ET.SubElement(root, "act", {"name": "policy", "contains": "originalVersion"})
    nodes = _nodes(pack.data["articles"])
    names = Names(pack.data, {node.address: node.eid for node in nodes})
    act.append(meta(pack, names))
    writer = _Writer(text, as_printed(text), _marks(pack.facts, names, text)) if text else None
    _front(act, pack, writer, nodes)
    signed = _body(act, pack, writer, nodes)
    if signed and writer:
        conclusions = ET.SubElement(act, "conclusions", {"eId": "conclusions"})
        writer.paragraphs(conclusions, signed)
    ET.indent(act.find("meta"), " ", 2)  # type: ignore[arg-type]
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


@dataclass(eq=False)
class _Node:
    """One clause: its address, eId and element; ``span`` in the source."""

    address: str
    heading: str | None
    span: tuple[int, int]
    element: str
    name: str
    eid: str
    label: str
    kind: str
    children: list[_Node] = field(default_factory=list)
    parent: _Node | None = None


def _nodes(articles: Sequence[Mapping[str, Any]]) -> list[_Node]:
    """The clauses in text order, each under its parent, with an eId that depends on its address alone."""
    nodes: list[_Node] = []
    open_: list[tuple[int, _Node]] = []
    taken: dict[str, int] = {}
    for article in articles:
        while open_ and open_[-1][0] >= article["level"]:
            open_.pop()
        parent = open_[-1][1] if open_ else None
        node = _node(article, parent)
        taken[node.eid] = taken.get(node.eid, 0) + 1
        if taken[node.eid] > 1:
            node.eid = f"{node.eid}-{taken[node.eid]}"
        if parent:
            parent.children.append(node)
        open_.append((article["level"], node))
        nodes.append(node)
    return nodes


def _node(article: Mapping[str, Any], parent: _Node | None) -> _Node:
    address = str(article["id"])
    under = f"{parent.address}." if parent else ""
    label = address.removeprefix(under) if under and address.startswith(under) else address
    kind, number = read_label(label) or ("word", 0)
    element, prefix = (_IN_ARTICLE if _below_article(parent) else _LEVELS).get(kind, _LEVELS[kind])
    eid = f"{prefix}_{number or re.sub(r'[^0-9A-Za-z]+', '-', label).strip('-') or 'x'}"
    # The number of a 条 runs through the whole paper: its eId does not depend on the chapter above it.
    above = parent if kind != "clause" else _annex(parent)
    name = prefix if element == "hcontainer" else ""
    start, end = article["span"]
    whole = f"{above.eid}__{eid}" if above else eid
    return _Node(address, article["heading"], (start, end), element, name, whole, label, kind, parent=parent)


def _below_article(node: _Node | None) -> bool:
    return node is not None and (node.kind == "clause" or _below_article(node.parent))


def _annex(node: _Node | None) -> _Node | None:
    return node if node is None or node.kind == "annex" else _annex(node.parent)


class _Mark(NamedTuple):
    """A fact to mark in the running text, ``[start, end)`` in the clean text."""

    start: int
    end: int
    element: str
    attributes: dict[str, str]


def _marks(facts: Mapping[str, Any], names: Names, text: Text | None) -> list[_Mark]:
    """The facts that have a place in the text, in order; of overlapping ones the first and longest."""
    if text is None:
        return []
    found = []
    for span, element, attributes in names.inline(facts):
        start, end = bisect_left(text.starts, span[0]), bisect_left(text.starts, span[1])
        if start < end and "\n" not in text.clean[start:end]:
            found.append(_Mark(start, end, element, attributes))
    found.sort(key=lambda mark: (mark.start, -mark.end))
    kept: list[_Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


@dataclass
class _Writer:
    """Writes pieces of the text as paragraphs with their marks; ``shown`` is the clean text as it was printed."""

    text: Text
    shown: str
    marks: Sequence[_Mark]

    def lines(self, start: int, end: int) -> list[tuple[int, int]]:
        """The lines of ``clean[start:end]`` that are not blank, trimmed."""
        found = []
        for at in re.finditer(r"[^\n]+", self.text.clean[start:end]):
            line = at[0]
            left = start + at.start() + len(line) - len(line.lstrip())
            right = start + at.end() - len(line) + len(line.rstrip())
            if left < right:
                found.append((left, right))
        return found

    def paragraphs(self, parent: ET.Element, lines: Iterable[tuple[int, int]]) -> None:
        for start, end in lines:
            self.inline(ET.SubElement(parent, "p"), start, end)

    def inline(self, element: ET.Element, start: int, end: int) -> None:
        """``clean[start:end]`` as mixed content of the element."""
        at, last = start, None
        first = bisect_left(self.marks, start, key=lambda mark: mark.start)
        for mark in self.marks[first:]:
            if mark.end > end:
                break
            _append(element, last, self.shown[at : mark.start])
            last = ET.SubElement(element, mark.element, mark.attributes)
            last.text = clean(self.shown[mark.start : mark.end])
            at = mark.end
        _append(element, last, self.shown[at:end])


def as_printed(text: Text) -> str:
    """The clean text with the marks as they were printed: full width where the source has it, digits as they are."""
    return "".join(
        printed if len(printed := text.source[start:end]) == 1 and unicodedata.normalize("NFKC", printed) == char
        and not char.isalnum() else char
        for char, start, end in zip(text.clean, text.starts, text.ends, strict=True)
    )  # fmt: skip


def _append(element: ET.Element, last: ET.Element | None, words: str) -> None:
    if last is None:
        element.text = (element.text or "") + clean(words)
    else:
        last.tail = (last.tail or "") + clean(words)


def _front(act: ET.Element, pack: Pack, writer: _Writer | None, nodes: Sequence[_Node]) -> None:
    """Preface (title, number) and preamble (addressees, grounds): what stands before the first clause."""
    preface = ET.SubElement(act, "preface", {"eId": "preface"})
    head = writer.lines(0, _at(writer, nodes[0].span[0]) if nodes else len(writer.text.clean)) if writer else []
    title = _bare(pack.data["title"] or "")
    if title or not nodes:
        ET.SubElement(ET.SubElement(preface, "p"), "docTitle").text = clean(pack.title)
    if pack.data["document_number"]:
        ET.SubElement(ET.SubElement(preface, "p"), "docNumber").text = clean(pack.data["document_number"])
    if not len(preface):
        ET.SubElement(preface, "p")
    if not nodes:
        return  # the whole text is the body
    rest = list(_after_title(writer, head, title, _bare(pack.data["document_number"] or ""))) if writer else []
    if rest and writer:
        writer.paragraphs(ET.SubElement(act, "preamble", {"eId": "preamble"}), rest)


def _after_title(
    writer: _Writer, head: Sequence[tuple[int, int]], title: str, number: str
) -> Iterator[tuple[int, int]]:
    """The lines of the head that are neither part of the title nor the document number."""
    for start, end in head:
        line = _bare(writer.text.clean[start:end])
        if not (line and (line in title or line.strip("()（）") == number)):
            yield start, end


def _bare(words: str) -> str:
    return "".join(words.split())


def _at(writer: _Writer, source: int) -> int:
    return bisect_left(writer.text.starts, source)


def _body(act: ET.Element, pack: Pack, writer: _Writer | None, nodes: Sequence[_Node]) -> list[tuple[int, int]]:
    """The clauses; gives back the lines at the end that sign the paper."""
    body = ET.SubElement(act, "body", {"eId": "body"})
    if not nodes:
        whole = ET.SubElement(body, "hcontainer", {"name": "text", "eId": "text_1"})
        content = ET.SubElement(whole, "content", {"eId": "text_1__content"})
        _words(content, writer, writer.lines(0, len(writer.text.clean)) if writer else None)
        return []
    signed: list[tuple[int, int]] = []
    elements: dict[int, ET.Element] = {}
    for node, after in zip(nodes, [*nodes[1:], None], strict=True):
        above = elements[id(node.parent)] if node.parent else body
        named = {"name": node.name} if node.name else {}
        element = ET.SubElement(above, node.element, {**named, "eId": node.eid})
        elements[id(node)] = element
        lines = _number_and_heading(element, node, writer, after)
        if after is None and writer and lines:
            lines, signed = _signature(writer, lines, pack)
        _own(element, node, writer, lines)
    return signed


def _number_and_heading(
    element: ET.Element, node: _Node, writer: _Writer | None, after: _Node | None
) -> list[tuple[int, int]] | None:
    """Write ``num`` and ``heading``; the lines of the clause's own text that are left (None: no text)."""
    num = ET.SubElement(element, "num")
    if writer is None:
        num.text = clean(node.label)
        if node.heading:
            ET.SubElement(element, "heading", {"eId": f"{node.eid}__heading"}).text = clean(node.heading)
        return None
    start = _at(writer, node.span[0])
    end = _at(writer, after.span[0]) if after else len(writer.text.clean)
    words = writer.text.clean
    label = re.compile(r"\s*".join(map(re.escape, node.label)) + _AFTER_NUMBER).match(words, start, end)
    at = label.end() if label else start
    num.text = clean(writer.shown[start:at].strip()) or clean(node.label)
    if node.heading:
        heading = re.compile(r"\s*".join(map(re.escape, _bare(node.heading)))).match(words, at, end)
        if heading:
            stop = _AFTER_HEADING.match(words, heading.end(), end)
            until = stop.end() if stop else heading.end()
            shown = ET.SubElement(element, "heading", {"eId": f"{node.eid}__heading"})
            writer.inline(shown, heading.start(), at + len(words[at:until].rstrip()))
            at = until
    return writer.lines(at, end)


def _signature(
    writer: _Writer, lines: list[tuple[int, int]], pack: Pack
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Part the lines at the end that sign the paper: issuer, date, a note in brackets."""
    issuer, cut = _bare(pack.data["issuer"] or ""), len(lines)
    while cut:
        line = _bare(writer.text.clean[slice(*lines[cut - 1])])
        if not (line == issuer or _DATE_LINE.fullmatch(line) or _BRACKETED.fullmatch(line)):
            break
        cut -= 1
    return lines[:cut], lines[cut:]


def _own(element: ET.Element, node: _Node, writer: _Writer | None, lines: list[tuple[int, int]] | None) -> None:
    """The clause's own words: an introduction before sub-clauses, 款 as paragraphs of a 条, else its content."""
    if node.children:
        if lines and writer:
            writer.paragraphs(ET.SubElement(element, "intro", {"eId": f"{node.eid}__intro"}), lines)
        return
    if writer and lines and len(lines) > 1 and node.kind == "clause":
        for number, line in enumerate(lines, 1):
            part = ET.SubElement(element, "paragraph", {"eId": f"{node.eid}__para_{number}"})
            content = ET.SubElement(part, "content", {"eId": f"{node.eid}__para_{number}__content"})
            writer.paragraphs(content, [line])
        return
    _words(ET.SubElement(element, "content", {"eId": f"{node.eid}__content"}), writer, lines)


def _words(content: ET.Element, writer: _Writer | None, lines: list[tuple[int, int]] | None) -> None:
    if writer is None:
        ET.SubElement(ET.SubElement(content, "p"), "omissis").text = "原文不在本文件中"
    elif lines:
        writer.paragraphs(content, lines)
    else:
        ET.SubElement(content, "p")
