"""The title of the paper that a cover letter brings, where the letter came without its own title line (LANGUAGE 2)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy.head.lines import LIKELY, LONGEST_HEAD, Found, HeadLine

# 《甲分解》和《乙分解》已经…审议通过,现印发给你们; 现将《甲》印发给你们.
_NAMED = re.compile(r"《(?P<title>[^《》\n]{6,120})》(?=[^。\n]{0,120}印发)")
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


def _says_over(text: str, name: str) -> bool:
    return text == name or (len(text) >= _SHORTEST and name.startswith((f"{text}和", f"{text}及")))


def _folded(text: str) -> str:
    return re.sub(r"[\s《》〈〉“”]", "", text)
