"""The package of a Word file: its parts, and by which names the main one speaks of them.

Source: ECMA-376 part 2 (packaging), part 1 annex A (the strict namespaces, which are read as the usual ones).
"""

from __future__ import annotations

import posixpath

from lxml import etree

from luodi.document.packed import Packed, parse_xml
from luodi.document.word_numbering import W

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
REFERS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
NUMBERING, STYLES = "word/numbering.xml", "word/styles.xml"
_MAIN = "word/document.xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", MATH[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", REFERS[1:-1].encode()),
)


def main_part(packed: Packed) -> str:
    """The main part that the package's relations name, else the usual one."""
    if "_rels/.rels" in packed.entries:
        for relation in packed.xml("_rels/.rels").iter(_RELATION):
            if relation.get("Type", "").endswith("/officeDocument"):
                target = posixpath.normpath(relation.get("Target", "").lstrip("/"))
                return target if target in packed.entries else _MAIN
    return _MAIN


def targets(packed: Packed) -> dict[str, str]:
    """The entries of the package by the names under which the main part speaks of them."""
    folder, name = posixpath.split(main_part(packed))
    path = f"{folder}/_rels/{name}.rels"
    relations = packed.xml(path).iter(_RELATION) if path in packed.entries else ()
    found = {one.get("Id", ""): posixpath.normpath(posixpath.join(folder, one.get("Target", ""))) for one in relations}
    return {key: target for key, target in found.items() if target in packed.entries}


def part(packed: Packed, name: str) -> etree._Element | None:
    """The root of a part, None where the package has none of this name."""
    if name not in packed.entries:
        return None
    data = packed.read(name)
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return parse_xml(data, name)
