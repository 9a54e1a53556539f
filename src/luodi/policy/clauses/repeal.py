"""Repeals (同时废止): the documents that this one ends; only titles in 《》 count (LANGUAGE 8.2)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache

from luodi.document import Document
from luodi.policy.citations import Citation, citations, folded
from luodi.policy.clauses import clause
from luodi.policy.document_rules import DocumentRules
from luodi.policy.facts import Repeal

# Verbs that end a paper; 废止 alone says it wherever it stands, the others only close behind a title.
ENDS = r"(?:废止|失效|作废|(?:停止|终止|不再)(?:执行|施行|实施|使用|适用))"
_SINCE = r"(?:[自从][^,。;《》\n]{2,24}起|[自从]?[即同]日起?)?"
_ENDED = re.compile(
    rf"(?:同时|相应|即行|予以|自行|一并)?(?<!已)废止|(?<=[》)]){_SINCE}(?:同时|即行|自行|自动|一律|予以|一并|均)*{ENDS}(?![的后时前《])"
)
# What may stand between the last title and the verb: 等文件, 自本办法施行之日起 …
_LONGEST_BETWEEN = 30
# A law's task to change or end other rules is no repeal of its own.
_TASK = re.compile(r"(?:修改|清理|修订)[^。;]{0,6}(?:或|和|、)?废止|应当废止|建议废止|及时废止")
_CITED = re.compile(
    r"(?:按照|依照|根据|依据|现予?(?:公布|发布|印发|颁布))《口*》[^《]{0,40}?[,;]|起(?:施行|实施|执行)[,;]"
)
# 《…》第三条同时废止 ends an article, not the paper.
_PART = re.compile(r" ?(?:中)?的?第[一二三四五六七八九十百千零〇\d]{1,7}[条款项]")
# 《…》等文件与本意见不一致的,一律废止: what of them says otherwise, not the papers.
_IN_PART = re.compile("(?:与|同|和)本[^,。;]{1,8}(?:不|相)(?:相)?(?:一致|符|抵触|冲突|同)")
_BEHIND = re.compile(r" ?\((?:[^()\n]|\([^()\n]*\)){3,200}\)")
_PARTED = re.compile("[,;]")  # 印发《…》,废止《…》
_LONGEST_SENTENCE = 1500
_REMARK = re.compile(r"\([^()\n]*\)")
_DECIDED = re.compile(
    r"(?:决定|[,。]现|起|同时|一并|予以|关于|(?<![\u4e00-\u9fff]))(?:予以)?废止(?:[^,。;:《》\n]{2,40}[布发准过定行]的)?"
    r"(?P<run>《口*》(?:\([^()\n]{0,80}\))?(?:(?:[、和及]{0,2}(?:以及)?|,(?=《口*》(?:[、,。;和及等\n]|\Z)))《口*》"
    r"(?:\([^()\n]{0,80}\))?)*)"
)
# 对以下2件规章予以废止:一、《…》二、《…》: what a decision ends is listed behind its colon.
_LISTED_BELOW = re.compile(
    r"(?<!修改和)(?<!修改或)(?<!已)废止(?!和|或|、)[^。;:\n]{0,24}:\n?|"
    rf"(?:以下|下列)[^。;:,\n]{{0,20}}(?:文件|规章|规定|政策|办法)[^。;:,\n]{{0,12}}{ENDS}[^。;:,\n]{{0,8}}:\n?"
)
# 二、宣布失效的文件(3件): a heading over such a list; 继续有效的文件, 拟修改的文件 are none.
_LIST_HEADED = re.compile(
    r"^(?:[一二三四五六]、|\([一二三四五六]\))? ?(?:决定|予以|宣布|拟)*(?:废止|失效)"
    r"(?:(?:和|或者?|、)(?:宣布)?(?:废止|失效))?的[^\n,。;:《]{0,24}(?:文件|规章|法规|政策|决定)(?:目录|清单)?"
    r"(?:\([^()\n]{1,12}\))?\n(?=[^\n]*《)",
    re.MULTILINE,
)
# 二、对《…》作出修改: the next item of the decision ends nothing.
_ITEM = re.compile(
    r"(?![^\n]*(?:修改|修订|修正))(?:[\d一二三四五六七八九十]{1,4} ?[、.]|\([\d一二三四五六七八九十]{1,4}\))? ?[^。;\n《]{0,40}《口*》[^\n]*\n?"
)


@clause("repeal")
def repeals(document: Document, rules: DocumentRules) -> Iterator[Repeal]:
    """Every repealed document, once."""
    seen = set()
    gone = repealed(document.clean)
    numbered = {folded(one.title) for one in gone if one.number}
    for one in gone:
        key = folded(one.number or one.title)
        if key not in seen and (one.number or folded(one.title) not in numbered):
            seen.add(key)
            span = document.text.span(one.start, one.end)
            article = document.article_at(one.start)
            yield Repeal(title=one.title, number=one.number, article=article, span=span)


@lru_cache(maxsize=1)  # asked for the same text by the repeals, the links and the references
def repealed(clean: str) -> tuple[Citation, ...]:
    """The titles in 《》 that stand before 废止 in its sentence."""
    found = _outside(clean, list(citations(clean)))
    if not found:
        return ()
    starts = [one.start for one in found]
    plain = _without_titles(clean, found)
    gone = [*_listed(plain, found, starts), *_named_behind(clean, plain, found, starts)]
    for at in _ENDED.finditer(plain):
        if _TASK.search(plain, max(0, at.start() - 12), at.end()):
            continue
        begin = _sentence_start(plain, at.start())
        listed = found[bisect_left(starts, begin) : bisect_left(starts, at.start())]
        between = _REMARK.sub("", plain[listed[-1].end : at.start()]) if listed else ""
        of_next = plain.startswith("《", at.end()) and _PARTED.search(between)
        in_part = _IN_PART.search(between)
        if listed and not of_next and not in_part and len(between) <= _LONGEST_BETWEEN:
            gone += [one for one in listed if not _PART.match(clean, one.end)]
    return tuple(gone)


def _outside(clean: str, found: list[Citation]) -> list[Citation]:
    """The titles that stand in no bracket behind another (how it was made known and by what it was changed)."""
    kept: list[Citation] = []
    ends = 0
    for one in found:
        if one.start >= ends:
            kept.append(one)
            behind = _BEHIND.match(clean, one.end)
            ends = behind.end() if behind else one.end
    return kept


def _listed(plain: str, found: list[Citation], starts: list[int]) -> Iterator[Citation]:
    """The titles of a list that a sentence about ending papers leads in: one item a line, or all on the same line."""
    leads = (lead for pattern in (_LISTED_BELOW, _LIST_HEADED) for lead in pattern.finditer(plain))
    for lead in leads:
        end = lead.end()
        while item := _ITEM.match(plain, end):
            end = item.end()
        yield from found[bisect_left(starts, lead.end()) : bisect_left(starts, end)]


def _named_behind(clean: str, plain: str, found: list[Citation], starts: list[int]) -> Iterator[Citation]:
    """The titles that follow the verb at once (决定废止《…》、《…》等3件文件)."""
    for verb in _DECIDED.finditer(plain):
        run = found[bisect_left(starts, verb.start("run")) : bisect_left(starts, verb.end())]
        yield from (one for one in run if not _PART.match(clean, one.end))


def _without_titles(clean: str, found: list[Citation]) -> str:
    """The text with the words inside 《》 blanked, of the same length: their stops and verbs are no one's."""
    parts, done = [], 0
    for one in found:
        if one.start < done:
            continue  # the short name in the brackets behind another (云政发〔2022〕3号,以下简称《办法》)
        parts += [clean[done : one.start], "《", "口" * (one.end - one.start - 2), "》"]
        done = one.end
    return "".join([*parts, clean[done:]])


def _sentence_start(plain: str, at: int) -> int:
    """Where the sentence begins; papers in force that it names before (按照《…》,) stay out."""
    floor = max(0, at - _LONGEST_SENTENCE)
    begin = max(plain.rfind("。", floor, at), plain.rfind("\n", floor, at), floor - 1) + 1
    cited = [verb.end() for verb in _CITED.finditer(plain, begin, at)]
    return cited[-1] if cited else begin
