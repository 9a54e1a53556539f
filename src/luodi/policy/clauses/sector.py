"""Sectors (重点领域): the industry fields a document sets out to develop, with their technologies (LANGUAGE 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luodi.document.tree import Article, Document
from luodi.policy.clauses import clause
from luodi.policy.document_rules import DocumentRules
from luodi.policy.facts import Sector, Technology
from luodi.policy.technology_lists import technologies

_SECTION = re.compile(
    r"(?:.*(?:重点|主导|优势|特色|支柱|未来|新兴|主攻|核心|目标|鼓励|支持|发展|培育|布局))?"
    r"(?:产业|领域|行业|赛道)(?:发展)?(?:的)?(?:领域|方向|集群|重点|范围|类别|体系|和方向)*\Z"
    r"|(?:.*(?:产业|发展|主攻|重点))(?:方向|重点|领域)\Z"
)
_VERB = re.compile(
    r"\A(?:(?:重点|大力|加快|着力|积极|优先|前瞻|前瞻性|巩固|持续|全力|聚力)*"
    r"(?:发展|培育|壮大|做强做大|做大做强|做强|做优|做大|打造|布局|提升|突破|聚焦|支持"
    r"|推动|推进|振兴|谋划|抢占|培强|建设))+"
)
_ENDING = re.compile(r"(?:重点)?(?:领域|产业链|产业集群|产业|行业|方向|赛道|集群)\Z")
_ENDED = re.compile(r"(?:领域|产业链|产业集群|产业|行业|方向|赛道|集群)*[:。]?")
_TASK = re.compile(
    r"\A(?:加强|完善|建立|健全|优化|强化|加大|实施|开展|推进|推动|鼓励|引导|落实|构建|深化|支持|促进|坚持|提高|营造|严格|组织|创新|搭建)"
)
_TOO_WIDE = re.compile(
    r"(?:.*(?:重点|主导|优势|特色|支柱|未来|新兴|传统|战略性新兴|全市|全部|各类?|相关|关键|基础|本市|我市)|)(?:产业|领域|行业)?(?:集群|链)?\Z"
)
_LABEL = re.compile(r"\s*(?P<name>[^。,;:\n]{2,20})(?::|。)")
_DASHED = re.compile(r"^(?:—{1,2}|-{1,2}|[◆●■▪·])\s*(?P<name>[^。,;:\n]{2,20})(?:。|:)(?P<text>.*)$", re.MULTILINE)
_LABELLED = re.compile(r"^(?P<name>[\u4e00-\u9fffA-Za-z0-9()]{2,14}):(?P<text>[^\n]{6,})$", re.MULTILINE)
_FIELDS = r"(?P<list>[^。;:,、等]{2,30}(?:、[^。;:,、等]{2,20}?){1,40}?)"
_CLOSED = (
    r"(?:等[^、,。;:等]{0,8}?|(?:[一二三四五六七八九十\d]+(?:大|个|类|条)[^、,。;:]{0,8}?)?"
    r"(?:重点|主导|支柱|新兴|特色|优势|战略性新兴|未来|先导|千亿级?|百亿级?)*)"
)
_INLINE = re.compile(
    r"(?:重点(?:支持|发展|培育|围绕|聚焦)|聚焦|围绕|做大做强|做强做大|着力(?:发展|培育)|大力发展|全力支持|优先(?:支持|发展))"
    rf"(?:面向|建设)?{_FIELDS}{_CLOSED}(?:产业集群|产业链|产业|领域|行业|(?<=[点攻要心])方向)(?!园|基金|工人|联盟|协会|项目|企业)"
)
# 促进甲、乙等装备产业,丙、丁等战略性新兴产业加快发展: what is to grow, each list closed by 等.
_TO_GROW = re.compile(
    rf"(?:促进|推动|推进)(?P<lists>(?:(?:,|、|和|以及|及)?{_FIELDS.replace('?P<list>', '?:')}等[^、,。;:等]{{0,8}}产业)+)"
    r"(?:集聚|集群|规模|快速|创新|高质量|加快|化)*(?:发展|壮大)"
)
_LISTED = re.compile(rf"(?:,|、|和|以及|及)?{_FIELDS}等[^、,。;:等]{{0,8}}产业")
_WHERE = re.compile(r"\A(?:[一-鿿]{2,6}(?:地区|新区|高新区)|[我全本][省市县区])(?=..)")


@clause("sector")
def sectors(document: Document, rules: DocumentRules) -> Iterator[Sector]:
    """The sectors of a document: items of its sector chapter; without one, headings and lists that name fields."""
    found = [sector for section in _sections(document) for sector in _of_section(document, section)]
    if not found:
        found = [sector for article in document.articles for sector in _by_heading(document, article)]
    if not found:
        found = list(_inline(document))
    seen: set[str] = set()
    for sector in found:
        if sector.name not in seen:
            seen.add(sector.name)
            yield sector


def _sections(document: Document) -> list[Article]:
    """Articles whose heading announces sectors, outermost first and none inside another."""
    found: list[Article] = []
    for article in document.articles:
        heading = article.heading or ""
        if _SECTION.match(heading) and not any(one.start <= article.start < one.end for one in found):
            found.append(article)
    return found


def _of_section(document: Document, section: Article) -> list[Sector]:
    children = _children(document, section)
    if not children:
        return list(_dashed(document, section)) or list(_labelled(document, section))
    found: list[Sector] = []
    for child in children:
        name = _name(document, child)
        below = _children(document, child)
        if name and not _TOO_WIDE.fullmatch(name):
            found.append(_sector(document, child, name))
        elif below and not _TASK.match(child.heading or ""):
            found += [_sector(document, one, inner) for one in below if (inner := _name(document, one))]
    return found


def _by_heading(document: Document, article: Article) -> list[Sector]:
    """An article outside a sector chapter whose heading is a field and whose text names technologies."""
    heading = article.heading or ""
    name = _name(document, article)
    if not name or not _ENDING.search(heading) or _TOO_WIDE.fullmatch(name):
        return []
    sector = _sector(document, article, name)
    return [sector] if len(sector.technologies) >= 3 else []


def _dashed(document: Document, section: Article) -> Iterator[Sector]:
    """Items of a sector chapter that carry a dash in place of a number."""
    for at in _DASHED.finditer(document.clean, section.body, section.own_end):
        yield _built(document, section.id, _stripped(at["name"]), at.start("name"), at.end("name"), at.end())


def _labelled(document: Document, section: Article) -> Iterator[Sector]:
    """Items of a sector chapter with nothing but their name and a colon, where several name technologies."""
    items = list(_LABELLED.finditer(document.clean, section.body, section.own_end))
    built = [
        _built(document, section.id, _stripped(at["name"]), at.start("name"), at.end("name"), at.end()) for at in items
    ]
    if sum(bool(one.technologies) for one in built) > 1:
        yield from built


def _inline(document: Document) -> Iterator[Sector]:
    """Fields listed in a sentence, where the document has no chapter for them."""
    growing = (
        one for at in _TO_GROW.finditer(document.clean) for one in _LISTED.finditer(document.clean, *at.span("lists"))
    )
    for at in sorted([*_INLINE.finditer(document.clean), *growing], key=lambda one: one.start()):
        article = document.article_at(at.start())
        place = at.start("list")
        for name in at["list"].split("、"):
            start, place = place, place + len(name) + 1
            if where := _WHERE.match(name):  # 临港地区新能源装备
                start, name = start + where.end(), name[where.end() :]
            if (
                2 <= len(name) <= 15
                and not _VERB.fullmatch(name)
                and not re.search(r"企业|项目|单位|政策|工作|[“”《》\d]", name)
            ):
                span = document.text.span(start, start + len(name))
                yield Sector(article=article, span=span, confidence=0.6, name=_stripped(name))


def _sector(document: Document, article: Article, name: str) -> Sector:
    start = document.clean.find(name, article.body)
    return _built(document, article.id, name, start, start + len(name), article.end)


def _built(document: Document, address: str, name: str, start: int, end: int, stop: int) -> Sector:
    start_of_text = _ENDED.match(document.clean, end, stop)
    begin = start_of_text.end() if start_of_text else end
    named = [
        Technology(name=one.name, span=document.text.span(begin + one.start, begin + one.end))
        for one in technologies(document.clean[begin:stop])
    ]
    return Sector(
        article=address,
        span=document.text.span(start, end),
        confidence=0.9 if named else 0.7,
        name=name,
        technologies=tuple(named),
    )


def _children(document: Document, parent: Article) -> list[Article]:
    return [one for one in document.articles if one.parent is not None and document.articles[one.parent] is parent]


def _name(document: Document, article: Article) -> str | None:
    """The field that an article is about: its heading, or its run-in label, without verb and class noun."""
    heading = article.heading
    if heading is None:
        label = _LABEL.match(document.own(article))
        heading = label["name"].strip() if label else None
    if not heading or len(heading) > 25:
        return None
    name = _stripped(heading)
    return name if 2 <= len(name) <= 20 and not _TASK.match(name) else None


def _stripped(heading: str) -> str:
    name = _VERB.sub("", heading.strip()) or heading.strip()  # 培育: nothing is left of it
    shorter = _ENDING.sub("", name)
    return shorter if len(shorter) >= 2 else name
