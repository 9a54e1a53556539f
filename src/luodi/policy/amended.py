"""Words that a paper takes out of another: what 更正, 修改 and 删去 quote first is in force no more (LANGUAGE 8.2)."""

from __future__ import annotations

import re

_QUOTED = "“[^“”\n]{1,400}”"
# “A”修改为“B”, 原“A”、“A2”有误,现更正为“B”, 将“A”等字样删去
_REPLACED = re.compile(
    rf"(?P<was>{_QUOTED}(?:[、和及]?{_QUOTED})*)(?:等|的|一[句词段]|字样|字|内容|表述|规定|部分){{0,3}}(?:表述)?(?:有误)?,?"
    rf"(?:应该?|现|均|统一|分别|予以|相应)*"
    r"(?:(?:修改|修订|更正|订正|调整|变更|更改|替换|改)(?:为|成)|为(?=“)(?<=应为)|删[去除掉])"
)
# 删去第五条中的“A”; 将…一词删去 stands above.
_CUT = re.compile(rf"(?:删[去除掉]|取消)[^“”。;\n]{{0,24}}?(?P<was>{_QUOTED}(?:[、和及]?{_QUOTED})*)")
_TOLD = re.compile(r"[改更订调换]|删[去除掉]|应为|取消")
BLANK = "口"


def without_withdrawn(line: str) -> str:
    """The line with the words that it takes out of another paper blanked, of the same length."""
    if "“" not in line or not _TOLD.search(line):
        return line
    for pattern in (_REPLACED, _CUT):
        line = pattern.sub(_blanked, line)
    return line


def _blanked(at: re.Match[str]) -> str:
    start, end = at.start("was") - at.start(), at.end("was") - at.start()
    return at[0][:start] + re.sub("[^“”、和及]", BLANK, at["was"]) + at[0][end:]
