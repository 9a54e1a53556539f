"""Papers rest on papers: which clause of which other paper this one rests on, details, amends, executes or repeals (LANGUAGE 8.2, 8.3).

A detail rule (实施细则) or a fund rule details what it names as its basis; a call (申报通知) executes it; a decision to change
(关于修改…的决定, 更正) amends it. Which of two papers prevails is told only where the text says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from luodi.document.tree import Document
from luodi.policy.citations import Citation, citations, folded
from luodi.policy.clauses import clause
from luodi.policy.clauses.head import head
from luodi.policy.clauses.reference import references
from luodi.policy.clauses.repeal import repealed
from luodi.policy.document_rules import DocumentRules
from luodi.policy.facts import HeadField, Reference
from luodi.policy.provisions import Link

_NUMBER = r"第[一二三四五六七八九十百千零〇\d]{1,7}"
_CLAUSE = re.compile(
    rf" ?(?:中)?的?(?P<clause>{_NUMBER}条(?:第[一二三四五六七八九十\d]+款)?(?:第?\(?[一二三四五六七八九十\d]+\)?项)?"
    rf"(?:[、和及至—-]{_NUMBER}条(?:第[一二三四五六七八九十\d]+款)?){{0,5}})"
)
_CALL = re.compile(r"申报|申领|申请|征集|兑现|组织开展|组织推荐|认定工作|公示|公告\Z|奖补(?:资金)?的?(?:通知|公告)")
_DETAIL = re.compile(
    r"(?:实施|操作|管理|执行)?细则|操作(?:办法|指南|规程|指引)|实施办法|资金管理|资金使用|申报指南|解读|问答|答复|释义"
)
_AMENDING = re.compile(r"修改|修订的?决定|调整[^,。]{0,20}的(?:通知|决定)|更正|补充(?:通知|规定)|部分条款")
# A law or a plan is rested on; a measure of the same house is detailed.
_DETAILED = re.compile(r"(?:办法|意见|措施|政策|规定|方案|通知|细则|若干[一-鿿]{2,4})(?:\([^()]*\))?\Z")
_CHANGED = re.compile(r"修改为|修改成|调整为|更正为|改为|修订为|替换为")
_QUOTED = re.compile(
    rf"(?:(?P<clause>{_NUMBER}条[^“”。;\n]{{0,16}}?)(?:中)?的?)?(?:“(?P<was>[^“”]{{1,200}})”)?(?:统一)?(?:{_CHANGED.pattern}):?\s*“(?P<becomes>[^“”]{{1,400}})”"
)
_WHOLE = re.compile(rf"(?P<clause>{_NUMBER}条)(?:{_CHANGED.pattern}):?+\s*+(?!“)(?P<becomes>[^。\n]{{4,300}})")
_CUT = re.compile(rf"(?:删去|删除)(?P<clause>{_NUMBER}条(?:第[一二三四五六七八九十\d]+款)?)")
_OTHER_PREVAILS = re.compile(r"以\Z")
Relation = Literal["basis", "details", "amends", "executes", "repeals"]


@clause("link")
def links(document: Document, rules: DocumentRules) -> Iterator[Link]:
    """Every link, in text order; a paper that is only cited is none."""
    fields = (one for one in head(document, rules) if isinstance(one, HeadField))
    title = next((field.value for field in fields if field.name == "title"), "")
    relation = _relation(title)
    gone = {(one.start, one.end) for one in repealed(document.clean)}
    cited = (one for one in references(document, rules) if isinstance(one, Reference))
    basis = {folded(one.title) for one in cited if one.relation == "basis"}
    found = list(citations(document.clean))
    told_of: set[tuple[str, str | None]] = set()
    for one in found:
        at = _CLAUSE.match(document.clean, one.end)
        told = at["clause"] if at else None
        if (one.start, one.end) in gone:
            yield _link(document, one, "repeals", None)
        elif told and re.match(
            r"[^。;\n]{0,20}(?:同时废止|停止执行|不再执行)", document.clean[at.end() if at else one.end :]
        ):
            yield _link(document, one, "repeals", told)
        elif folded(one.title) in basis and (told or (folded(one.title), None) not in told_of):
            told_of |= {(folded(one.title), told), (folded(one.title), None)}
            own = relation if _DETAILED.search(one.title) or relation != "details" else "basis"
            yield _link(document, one, own, told, end=at.end() if at else None)
    if relation == "amends":
        yield from _amendments(document, title, found)


def _relation(title: str) -> Relation:
    """What a paper with this title does to the papers it rests on."""
    inner = re.sub(r".*关于印发", "", title)
    if _AMENDING.search(title):
        return "amends"
    if _CALL.search(title) and not re.search(r"办法|细则", inner):
        return "executes"
    return "details" if _DETAIL.search(inner) else "basis"


def _link(document: Document, one: Citation, relation: Relation, told: str | None, end: int | None = None) -> Link:
    before = document.clean[max(0, one.start - 2) : one.start]
    behind = document.clean[one.end : one.end + 6]
    prevails: Literal["this", "other"] | None = "this" if relation in ("amends", "repeals") else None
    if _OTHER_PREVAILS.search(before) and "为准" in behind:
        prevails = "other"
    return Link(
        article=document.article_at(one.start),
        span=document.text.span(one.start, end or one.end),
        confidence=0.9,
        relation=relation,
        title=one.title,
        number=one.number,
        clause=told,
        prevails=prevails,
    )


def _amendments(document: Document, title: str, found: list[Citation]) -> Iterator[Link]:
    """Words of a decision to change: 第三条中的“A”修改为“B”; the paper is the one named last, else the title's."""
    named = re.search(r"《(?P<title>[^《》]{2,80})》", title)
    for pattern in (_QUOTED, _WHOLE, _CUT):
        for at in pattern.finditer(document.clean):
            groups = at.groupdict()
            last = next((one for one in reversed(found) if one.end <= at.start()), None)
            paper = last.title if last else named["title"] if named else None
            if paper is None:
                continue
            yield Link(
                article=document.article_at(at.start()),
                span=document.text.span(at.start(), at.end()),
                confidence=0.8,
                relation="amends",
                title=paper,
                number=last.number if last else None,
                clause=groups.get("clause"),
                was=groups.get("was"),
                becomes=groups.get("becomes"),
                prevails="this",
            )
