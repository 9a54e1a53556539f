"""Who interprets the paper and whom to ask (LANGUAGE 8.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from luodi.document.tree import Document
from luodi.policy.clauses import clause
from luodi.policy.document_rules import DocumentRules
from luodi.policy.passages import Passage, passages
from luodi.policy.provisions import Contact, Interpretation
from luodi.policy.units.names import is_unit, split_units

_INTERPRETED = re.compile(
    r"由(?P<units>[^。;:由]{2,60}?)(?:制定[^。;,]{0,20}(?:并|,并))?(?:共同|分别|(?:按照?|依据?|依照|根据)(?:各自)?(?:职[责能])?分?工?|在各自职[责权](?:范围)?内|具体)*"
    r"(?:(?:负责|承担|进行|予以)?(?:(?:组织)?实施[和与及并])?(?:牵头)?(?:对[^。;,]{0,20})?(?:具体)?解释(?!说明|工作|清楚)"
    r"|(?:负责|承担)(?:本[^。;,]{2,16}的)?(?:具体|政策)*解释工作(?!的))"
    # 本办法解释权归甲局所有, 对本办法的解释由甲局负责
    r"|(?:具体)?解释(?:权|工作)?(?:归|由|属于?)(?P<owners>[^。;:,]{2,40}?)(?:所有|承担|负责)?(?=[。;,]|\Z)"
    # 本办法市甲局负责解释
    r"|(?:\A|(?<=[。;,]))本[^。;:,由]{2,6}?(?P<told>[省市县区州国][^。;:,由]{2,40}?)负责(?:具体)?解释(?=[。;,]|\Z)"
    # 甲局负责本办法的解释, 甲局负责解释本办法
    r"|(?:\A|(?<=[。;,]))(?P<who>[^。;:,由]{2,40}?)负责(?:(?:对)?本[^。;,]{2,12}的?(?:具体)?解释(?:工作)?|(?:具体)?解释本[^。;,]{2,12})(?=[。;,]|\Z)"
)
_PHONE = re.compile(
    r"(?<![\d.])(?P<value>(?:\(?0\d{2,3}\)?[-—–]?)?(?:\d{7,8}|1\d{10}|12\d{3}|400-?\d{3}-?\d{4})(?:[-—转]\d{1,6})?)(?![\d.万亿元%年])"
)
_ASKED = re.compile(r"联系|咨询|电话|热线|反映|监督|传真|邮箱|地址")
# 联络方式 alone on its line, 咨询电话: a card's field whose lines name offices and their phones.
_FIELD = re.compile(r"(?:联[系络]|咨询|服务)(?:方式|电话|人):")
_EMAIL = re.compile(r"(?P<value>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)")
_ADDRESS = re.compile(r"(?:地址|地点):(?P<value>[^,。;:]{4,60})")
_PERSON = re.compile(
    r"联系人(?:(?:及|和)(?:联系)?(?:电话|方式))?:(?P<value>[一-鿿·、]{2,20}?)(?=,?[,。;:( \d]|电话|联系|\Z)"
)
_OFFICE_WORD = r"(?:局|委|办|厅|部|处|科|股|中心|室|会|署|院|所|公司|机构)"
# 市甲局乙科王某,电话…; 市甲局:周先生,0752-…: who answers there.
_ANSWERS = (
    r"(?!电话|手机|邮|网|联系|咨询|监督|服务|举报|投诉|传真|业务|办公|值班|受理)[一-鿿]{1,3}"
    r"(?:(?<![局委办厅部处科股室会署院所心址真])|(?<=先生))"
)
_AT_OFFICE = re.compile(
    rf"(?P<unit>[一-鿿()、]{{2,26}}?{_OFFICE_WORD})[:、,]?(?P<value>{_ANSWERS})"
    rf"(?=,?(?:联系)?(?:电话|手机)|,?[:(]?(?:0\d{{2,3}}[)-]|1\d{{10}}|\d{{7,8}}))"
)
_OFFICE = re.compile(
    rf"(?P<unit>[一-鿿()、]{{2,30}}?{_OFFICE_WORD})(?:[^一-鿿]|联系|咨询|电话|\Z|(?={_ANSWERS}(?:,|:|\(|电话|联系电话)))"
)

# 甲路1号区机关大院2号楼1109室: a place, though its words end like an office's.
_PLACE = re.compile(r"[^,。;:]{0,20}?\d+号[^,。;:]*")
_LEAD_IN = re.compile(r"\A(?:由|请|向|径向|联系人?|咨询|电话|方式|单位|部门)+")
_WAYS: tuple[tuple[Literal["phone", "email", "address", "person"], re.Pattern[str]], ...] = (
    ("phone", _PHONE),
    ("email", _EMAIL),
    ("address", _ADDRESS),
    ("person", _PERSON),
)


@clause("conduct")
def conduct(document: Document, rules: DocumentRules) -> Iterator[Interpretation | Contact]:
    """Authorities of interpretation, and phones, mail and places to ask."""
    for passage in passages(document):
        if "解释" in passage.text:
            yield from _interpreted(passage)
        led = _FIELD.match(passage.lead_in) or (passage.lead_in.endswith("?") and _ASKED.search(passage.lead_in))
        if _ASKED.search(passage.text) or _ASKED.search(passage.heading) or led:
            yield from _contacts(passage)


def _interpreted(passage: Passage) -> Iterator[Interpretation]:
    for at in _INTERPRETED.finditer(passage.text):
        words = re.sub(r"(?:牵头)?会同|联合|(?<![招工])商(?!务|业)", "、", next(filter(None, at.groups())))
        units = tuple(unit.name for unit in split_units(words) if is_unit(unit.name))
        if units:
            yield Interpretation(article=passage.article, span=passage.span(at.start(), at.end()), units=units)


def _contacts(passage: Passage) -> Iterator[Contact]:
    text = passage.text
    for kind, pattern in _WAYS:
        for at in pattern.finditer(text):
            span, unit = passage.span(at.start("value"), at.end("value")), _office(text, at.start())
            if kind != "person" or not _AT_OFFICE.match(text, at.start("value")):
                yield Contact(
                    article=passage.article, span=span, confidence=0.9, kind=kind, value=at["value"], unit=unit
                )
    for at in _AT_OFFICE.finditer(text):
        span, unit = passage.span(*at.span("value")), _LEAD_IN.sub("", at["unit"])
        yield Contact(
            article=passage.article, span=span, confidence=0.9, kind="person", value=at["value"], unit=unit or None
        )


def _office(text: str, before: int) -> str | None:
    """The office named last before a place of its sentence."""
    start = max(text.rfind(mark, 0, before) for mark in "。;") + 1
    places = [at.span() for at in _PLACE.finditer(text, start, before)]
    named = [
        at for at in _OFFICE.finditer(text, start, before)
        if not any(left < at.end("unit") <= right for left, right in places)
    ]  # fmt: skip
    name = named[-1]["unit"] if named else ""
    for other, last in reversed(list(pairwise(named))):
        if text[other.end("unit") : last.start("unit")] != "、":
            break
        name = f"{other['unit']}、{name}"
    name = _LEAD_IN.sub("", name)
    return name if len(name) >= 2 else None
