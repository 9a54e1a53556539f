"""Definitions (本办法所称…是指) and abbreviations (以下简称): LANGUAGE 8.3, 9."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luodi.document.tree import Document
from luodi.policy.clauses import clause
from luodi.policy.document_rules import ABBREVIATION, DocumentRules, named_before
from luodi.policy.passages import Passage
from luodi.policy.provisions import Abbreviation, Definition
from luodi.policy.wording import as_written, plain_passages

_DEFINED = re.compile(
    r"(?:[本该][一-鿿]{1,8}?|上述|前款|以上|文中|其中|(?<![一-鿿]))(?:中)?所[称指]的?(?P<term>[^,。;:是]{2,40}?)"
    r"(?:\([^()]{2,40}\))?,?(?:系?是?指的?|包括|为(?!,?是|,?指)|是)(?!标|导|南|引|数)"
    r"(?P<meaning>(?:(?!;[^;。:,]{2,20}(?:是|系|,)指)[^。]){4,400})"
    r"|(?<![一-鿿“])(?:[本该](?:办法|细则|政策|措施|意见|规定|文件|通知|方案)(?:中|里)?(?:的|提及的|涉及的)?)?"
    r"(?P<bare>(?:“[^”]{2,24}”|[^,。;:是的称()]{2,24}?))(?:\([^()]{2,30}\))?"
    r"(?:[,:]?(?:系|是)|[:,]|(?<=”)|(?<=企业|机构|项目|人才|团队|个体|单位|平台|园区))指(?:的是)?"
    r"(?!标|导|南|引|数|定|派|挥|望|出|明|示|责|使|点|认)(?P<said>(?:(?!;[^;。:,]{2,20}(?:是|系|,)指)[^。]){6,400})"
)
_NO_TERM = re.compile(r"以[上下内]|[“”]|\A(?:本|该|其|这|即|主要|具体|所|应当|可以|不)|\d")


@clause("definition")
def definitions(document: Document, rules: DocumentRules) -> Iterator[Definition | Abbreviation]:
    """Every word that the paper defines, and every short name with what it stands for."""
    for passage in plain_passages(document):
        if "指" in passage.text or "所称" in passage.text:
            yield from _defined(passage)
    for at in ABBREVIATION.finditer(document.clean):
        full = named_before(document.clean, at.start())
        if full:
            span = document.text.span(at.start(), at.end())
            article = document.article_at(at.start())
            yield Abbreviation(article=article, span=span, short=at[1].strip(), full=full.strip())


def _defined(passage: Passage) -> Iterator[Definition]:
    for at in _DEFINED.finditer(passage.text):
        term, meaning = at["term"] or at["bare"], at["meaning"] or at["said"]
        name = re.sub(r"\A[“《(]([^“”《》()]*)[”》)]", r"\1", term)
        if _NO_TERM.search(name):
            continue
        span = passage.span(at.start(), at.end())
        sure = 1.0 if at["term"] else 0.8
        yield Definition(
            article=passage.article,
            span=span,
            confidence=sure,
            term=as_written(passage, name),
            meaning=as_written(passage, meaning),
        )
