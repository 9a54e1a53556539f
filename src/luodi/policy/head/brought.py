"""The title of the paper that a cover letter brings, where the letter came without its own title line (LANGUAGE 2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.document.lines import is_organ
from luodi.policy.head.lines import LIKELY, LONGEST_HEAD, Found, HeadLine

# 《甲分解》和《乙分解》已经…审议通过,现印发给你们; 现将《甲》印发给你们.
_NAMED = re.compile(r"《(?P<title>[^《》\n]{6,120})》(?=[^。\n]{0,120}印发)")
# 《某某方案》全文如下: how news brings a paper; 近日,甲、乙印发了《某某方案》 says who issued it.
_IN_FULL = re.compile(r"《(?P<title>[^《》\n]{6,120})》(?:全文|原文)?如下[:。]?\Z")
_BY = re.compile(
    r"(?:近日|日前|近期|\d{1,2}月\d{1,2}日),(?P<organs>[^,。《》\n]{4,60}?)(?:联合)?印发了?《(?P<title>[^《》\n]{6,120})》"
)
_MOST_LINES = 3
_SHORTEST = 10
_NOT_A_TITLE = re.compile(r"[。;:!?]")


def brought_title(lines: Sequence[HeadLine]) -> Found | None:
    """The lines below a cover letter that say over again what it issues, or how that begins (…规划和行动计划)."""
    lines = lines[:LONGEST_HEAD]
    for at, line in enumerate(lines):
        names = [_folded(found["title"]) for found in _NAMED.finditer(line.text)]
        for first in range(at + 1, len(lines)) if names else ():
            for last in range(first, min(first + _MOST_LINES, len(lines))):
                text = "".join(one.text for one in lines[first : last + 1])
                if any(_says_over(_folded(text), name) for name in names) and not _NOT_A_TITLE.search(text):
                    return Found(text, lines[first].start, lines[last].end, LIKELY)
    return None


def told_title(lines: Sequence[HeadLine]) -> Found | None:
    """The title of a paper that news brings whole (``《…方案》全文如下。``)."""
    found = ((line, at) for line in lines[:LONGEST_HEAD] if (at := _IN_FULL.match(line.text)))
    return next(
        (Found(at["title"], one.start + at.start("title"), one.start + at.end("title"), LIKELY) for one, at in found),
        None,
    )


def told_issuer(lines: Sequence[HeadLine], title: Found | None) -> Found | None:
    """Who issued the paper, as the news above it says."""
    for line in lines[:LONGEST_HEAD] if title else ():
        at = _BY.search(line.text)
        if at and title and at["title"] == title.value and is_organ(at["organs"]):
            return Found(at["organs"], line.start + at.start("organs"), line.start + at.end("organs"), LIKELY)
    return None


def _says_over(text: str, name: str) -> bool:
    return text == name or (len(text) >= _SHORTEST and name.startswith((f"{text}和", f"{text}及")))


def _folded(text: str) -> str:
    return re.sub(r"[\s《》〈〉“”]", "", text)
