"""What the styles of a Word file say of a paragraph or a run: how it is numbered, whether it is hidden or struck.

Source: ECMA-376 part 1, 17.7 (styles).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from luodi.document.word_numbering import Numbering, W, WordLists

_OFF = frozenset(("0", "false", "off", "none"))
_STYLE_DEPTH = 20
_OF_CONTENTS = re.compile(r"(?:toc|目录) ?(?:\d|heading|标题)", re.IGNORECASE)


class Styles:
    """What styles say of numbering and hiding, through the styles they rest on."""

    def __init__(self, styles: etree._Element | None) -> None:
        found = () if styles is None else styles.iterfind(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self._default = next(
            (
                key
                for key, one in self._styles.items()
                if one.get(f"{W}default") == "1" and one.get(f"{W}type") == "paragraph"
            ),
            "",
        )

    def _chain(self, style: str) -> Iterator[tuple[str, etree._Element]]:
        """A style and those it is based on."""
        for _ in range(_STYLE_DEPTH):
            found = self._styles.get(style)
            if found is None:
                return
            yield style, found
            style = property_value(found, "basedOn") or ""

    def _hides(self, style: str) -> bool:
        """Whether text of a style is hidden."""
        for _, found in self._chain(style):
            if (vanish := found.find(f"{W}rPr/{W}vanish")) is not None:
                return _is_on(vanish)
        return False

    def hides_run(self, run: etree._Element) -> bool:
        """Whether a run is hidden by its own properties or by its style."""
        properties = run.find(f"{W}rPr")
        if properties is None:
            return False
        vanish = properties.find(f"{W}vanish")
        if vanish is not None:
            return _is_on(vanish)
        style = property_value(properties, "rStyle")
        return bool(style) and self._hides(style or "")

    def strikes_run(self, run: etree._Element) -> bool:
        """Whether a run is struck through by its own properties: it is no longer meant."""
        properties = run.find(f"{W}rPr")
        found = [] if properties is None else [properties.find(f"{W}{name}") for name in ("strike", "dstrike")]
        return any(toggle is not None and _is_on(toggle) for toggle in found)

    def is_of_contents(self, properties: etree._Element | None) -> bool:
        """Whether a paragraph has a style of a table of contents (TOC 1)."""
        style = property_value(properties, "pStyle") if properties is not None else None
        found = self._styles.get(style or "")
        name = property_value(found, "name") if found is not None else style
        return _OF_CONTENTS.fullmatch(name or "") is not None

    def numbering(self, properties: etree._Element | None, lists: WordLists) -> Numbering | None:
        """Direct numbering first, then that of the style and the styles below it."""
        own = None if properties is None else properties.find(f"{W}numPr")
        instance = None if own is None else property_value(own, "numId")
        level = None if own is None else property_value(own, "ilvl")
        style = (property_value(properties, "pStyle") if properties is not None else None) or self._default
        if instance is None:
            for name, found in self._chain(style):
                numbered = found.find(f"{W}pPr/{W}numPr")
                if numbered is None:
                    continue
                level = level or property_value(numbered, "ilvl")
                instance = property_value(numbered, "numId") or instance
                if instance is not None:
                    linked = lists.level_of_style(instance, name)
                    level = str(linked) if linked is not None else level
                    break
        if instance in (None, "0", ""):
            return None
        return Numbering(str(instance), int(level) if level and level.isdecimal() and len(level) < 3 else 0)


def property_value(parent: etree._Element | None, tag: str) -> str | None:
    """What a property of an element is set to."""
    child = None if parent is None else parent.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val")


def _is_on(toggle: etree._Element) -> bool:
    return toggle.get(f"{W}val", "1") not in _OFF
