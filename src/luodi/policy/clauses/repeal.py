"""Repeals (同时废止): the documents that this one ends; only titles in 《》 count (LANGUAGE 8.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luodi.document import Document
from luodi.policy.citations import Citation, citations, folded
from luodi.policy.clauses import DocumentRules, clause
from luodi.policy.facts import Repeal

_ENDED = re.compile(r"(?:同时|相应|即行|予以|自行|一并)?废止|(?<=[》)])(?:停止执行|不再执行|同时失效|即行失效)")
# What may stand between the last title and the verb: 等文件, 自本办法施行之日起 …
_LONGEST_BETWEEN = 30
# A law's task to change or end other rules is no repeal of its own.
_TASK = re.compile(r"(?:修改|清理|修订)[^。;]{0,6}(?:或|和|、)?废止|应当废止|建议废止|及时废止")
_STOP = re.compile(r"[。\n]")


@clause("repeal")
def repeals(document: Document, rules: DocumentRules) -> Iterator[Repeal]:
    """Every repealed document, once."""
    seen = set()
    for one in repealed(document.clean):
        key = folded(one.number or one.title)
        if key not in seen:
            seen.add(key)
            span = document.text.span(one.start, one.end)
            article = document.article_at(one.start)
            yield Repeal(title=one.title, number=one.number, article=article, span=span)


def repealed(clean: str) -> list[Citation]:
    """The titles in 《》 that stand before 废止 in its sentence."""
    found = list(citations(clean))
    ends = [at for at in _ENDED.finditer(clean) if not _TASK.search(clean[max(0, at.start() - 12) : at.end()])]
    gone = []
    for at in ends:
        begin = _sentence_start(clean, at.start(), found)
        listed = [one for one in found if begin <= one.start and one.end <= at.start()]
        if listed and at.start() - listed[-1].end <= _LONGEST_BETWEEN:
            gone += listed
    return gone


def _sentence_start(clean: str, at: int, found: list[Citation]) -> int:
    """The end of the sentence before; marks inside a title do not count; text in force (按照《…》) stays out."""
    stops = [stop.end() for stop in _STOP.finditer(clean, max(0, at - 1500), at)]
    outside = [stop for stop in stops if not any(one.start < stop < one.end for one in found)]
    begin = outside[-1] if outside else max(0, at - 1500)
    cited = [verb.end() for verb in re.finditer(r"(?:按照|依照|根据|依据)《[^》]*》[^《]{0,40}?[,;]", clean[begin:at])]
    return begin + cited[-1] if cited else begin
