"""Enumerators → article tree, by order of first use."""

from __future__ import annotations

import re

from luodi.document import markers
from luodi.document.markers import Marker
from luodi.document.tree import Article


def outline(clean: str) -> tuple[Article, ...]:
    """The article tree of a cleaned text."""
    found = markers.find(clean)
    open_: list[tuple[Marker, int]] = []
    nodes: list[tuple[Marker, int, int | None, str]] = []
    for marker in found:
        kinds = [one.kind for one, _ in open_]
        if marker.kind in kinds:
            del open_[kinds.index(marker.kind) :]
        parent = open_[-1][1] if open_ else None
        alone = marker.kind in ("chapter", "clause") or parent is None or nodes[parent][0].kind == "chapter"
        label = marker.label if alone or parent is None else f"{nodes[parent][3]}.{marker.label}"
        nodes.append((marker, len(open_) + 1, parent, label))
        open_.append((marker, len(nodes) - 1))
    return tuple(_article(clean, nodes, index) for index in range(len(nodes)))


def _article(clean: str, nodes: list[tuple[Marker, int, int | None, str]], index: int) -> Article:
    marker, level, parent, label = nodes[index]
    after = nodes[index + 1 :]
    own_end = after[0][0].start if after else len(clean)
    end = next((node[0].start for node in after if node[1] <= level), len(clean))
    return Article(label, level, heading(clean[marker.end : own_end]), marker.start, marker.end, own_end, end, parent)


def heading(own: str) -> str | None:
    """The short title after the number."""
    found = re.match(r"\s*([^。\n;:]{1,40})(?=[。\n]|\Z)", own)
    return found[1].strip() if found else None
