"""Passages of goals: a heading, a label or an introducing line says that what follows is to be reached (LANGUAGE 4)."""

from __future__ import annotations

import re

from luodi.policy.passages import Passage

_SECTION = re.compile(r"目标|指标")
LABEL = re.compile(r"\A[^,。;]{0,14}(?:目标|指标)[^,。;]{0,6}[:。]")
# 达到“5千亿规模”: a heading that names the figure itself.
_REACHED = re.compile(r"(?:力争)?(?:达到|突破|迈上|冲刺)[“‘]?[\d一二三四五六七八九十百千万]")
_INTRODUCED = re.compile(r"目标|(?:到|至)20\d\d年[^。]{0,12}(?:实现|达到|完成)")
_NO_SECTION = re.compile(r"目录|绩效目标|目标(?:管理|责任|考核|导向|市场|客户)|考核指标|指标体系|指标解释|用地指标")


def is_section(passage: Passage, headings: dict[str, str]) -> bool:
    """Whether the heading, the heading above or a label at the start (``主要目标。``) says so; ``headings`` by article."""
    if _NO_SECTION.search(passage.heading):
        return False
    if LABEL.match(passage.text) and not _NO_SECTION.search(passage.text[:20]):
        return True
    if _INTRODUCED.search(passage.lead_in) and not _NO_SECTION.search(passage.lead_in):
        return True
    if _REACHED.match(passage.heading):
        return True
    above = headings.get(passage.article.rpartition(".")[0], "")
    named = re.split(r"[。,]", passage.heading)[0]
    return any(_SECTION.search(name) and len(name) <= 16 and not _NO_SECTION.search(name) for name in (named, above))
