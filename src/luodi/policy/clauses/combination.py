"""How awards for one matter meet (就高不重复, 晋级补差, 可叠加, 不重复享受) and rules of the whole paper (LANGUAGE 5.2, 6.4, 6.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from luodi.document.tree import Document
from luodi.policy.clauses import clause
from luodi.policy.document_rules import CATCH_ALL, FIRST_IS_LEAD, INCLUSIVE, DocumentRules
from luodi.policy.passages import Passage
from luodi.policy.provisions import DocumentRule, RuleName, Scope, Stacking
from luodi.policy.wording import as_written, plain_passages

_How = Literal["highest", "difference", "cumulative", "exclusive"]
_GIVEN = "奖励|奖补|补助|补贴|资助|支持|扶持|配套"
_NOT = re.compile(r"不(?!同|冲突|一致|重复的|重叠)[^,。;]{0,24}\Z")  # 不得与其他政策叠加享受
_RULES: tuple[tuple[_How, re.Pattern[str]], ...] = (
    (
        "difference",
        re.compile(
            rf"按照?差额(?!定率|累进)|差额(?:给予)?(?:{_GIVEN}|补[足齐]|部分|发放)|补差|(?:补[足齐]|补奖|奖补|补发)差额|晋级奖励"
            rf"|只?(?:给予|奖励|补助)差额"
        ),
    ),
    (
        "highest",
        re.compile(
            r"[就从择取]高(?!新|确定|校|层|端|质|等|标准|水平|级(?!别)|技)|从优|择优不重复"
            r"|按(?:照)?[较孰]高者?(?:的一项|者)?(?:执行|享受|奖励|给予|计)"
            r"|按(?:照)?(?:其中|所?获得?的?|符合的?|(?:金额|标准|级别|等级|额度))*最高"
            r"(?:标准|等级|级别|档次|金额|额度|等次|名次|层级|奖项|项|一项|奖|的)|最有利的?(?:一项|政策|条款)"
            r"|[只仅](?:能|可|按)?(?:享受|奖励|补助|支持|给予|选择|申报)[^,。;]{0,6}最高"
            r"|[只仅](?:奖励|补助|支持|享受)[^,。;]{0,6}最[大高]"
        ),
    ),
    (
        "exclusive",
        re.compile(
            r"不(?:得|再|予|可|能)*(?:与[^,。;]{2,20}?|(?<=[得能可])[因以将就用][^,。;]{2,24}?)?"
            r"(?:重复|多头(?=申[报请])|叠加|同时|兼得|累加|累计(?=享受|奖|补))"
            r"(?:享受|申报|支持|补助|奖励|资助|计算|给予|执行|奖补|兑现|安排)?|不重复(?!的)"
            r"|(?:已|曾)(?:享受|获得?|取得)[^,。;]{2,40},?[^,。;]{0,16}(?:不再|不予|不得)"
            r"|(?<![可能再])享受[^,。;]{2,30}的,[^,。;]{0,10}(?:不再|不予|不得)|不再(?:给予|享受)?重复"
            r"|[只仅](?:能|可)?(?:由[^,。;]{1,6})?(?:享受|领取|申领|申请|申报|奖励|补助|支持|资助|配套|选择)"
            r"(?:其中|本[一-鿿]{1,6}?的?)?[一1](?:次|项|种|方)(?![^,。;]{0,4}(?:评审|会议))"
            r"|(?:任选|选择|择)(?:其中)?(?:其?一(?:[项种])?|一个)(?:政策|条款|奖励|补助)?(?:进行)?"
            r"(?:享受|申报|申请|执行|支持|奖励|(?=[,。;]|\Z))"
        ),
    ),
    (
        "cumulative",
        re.compile(
            rf"(?<!不)(?:可|可以|允许)(?:重复|叠加|同时|累计|累加|合并|并行)(?:{_GIVEN}|享受|申报|计算)|(?<!不)可叠加"
            rf"|(?<![不得予])(?<!不[能可再应])叠加(?:享受|支持|执行|给予|配套)"
        ),
    ),
)
_KEYS = re.compile(
    r"(?:同一|同个|同类|同级|同|单个)(?P<key>企业|单位|项目|事项|产品|内容|性质|类别|类型|级别|年度|年|人(?!才|员)|主体|奖项|平台|标准|政策)"
)
_MORE_KEYS = re.compile(r"(?:、|和|或者?|及|与)(?:同一?)?(?P<key>企业|单位|项目|事项|产品|年度|主体|内容)")
_WHOLE = re.compile(
    r"符合本(?:办法|意见|政策|措施|细则|规定|通知|方案)[一-鿿]{0,4}[两二三多]|本(?!条|款|项)[一-鿿]{2,8}?(?:办法|意见|政策|措施|细则|规定|通知|方案|条例)|多[项个](?:奖励|扶持|支持|补助)?(?:政策|条款|标准)|多项(?:扶持|奖励)"
    r"|(?:市|区|县|省|国家)[^,。;]{0,8}(?:其他|同类|相关|各级)[^,。;]{0,8}政策"
)
# 同一企业不重复享受: of the awards of a text without articles, not of what others pay.
_OF_OTHERS = re.compile(r"政策|资金|其[他它]|[上各]级|[市区县省]级|财政|同类|同一(?!企业|单位)")
_ABOVE = re.compile(r"(?<![项个种类])以上(?:各[项类])?(?:奖|补|政策|扶持|资金|条款|项目)")
# 同一企业最多申报2个方向,同一项目不得重复申报: how many one may bring says nothing of what meets.
_QUOTA = re.compile(
    r"[^,。;]*(?:最多|至多|不超过|[仅只]限)[^,。;]{0,8}?[一二三四五\d]+(?:个|项|类|次)[^,。;]{0,8},(?:且|但)?(?=同[一类])"
)
_SUM = re.compile(r"(?:给予|奖励|补助|补贴|资助|增发|不超过|最高)[^。\n]{0,60}?\d(?:万|亿)?(?:元|%)")
# 同一主体年度奖励总额不超过150万元: what one gets in all is no sum of its own.
_IN_ALL = re.compile(
    r"(?:同一|单[个家])(?:申[报请])?[^,。;:\n\d]{2,16}(?:年度|当年|每年)[^。;\n\d]{0,16}总额[^。;\n\d]{0,10}\d[\d.]*[万亿]?元"
)
_PAID = re.compile(
    r"[就从择取][高优](?:不|[、,]|”?(?:的)?原则)|(?<=按)[^,。;]{0,4}最高|发给|计发|奖|补|配套|资助|扶持|支持|享受|政策|资金|条款|申报|申领|[增发]发"
)
_NAMED: tuple[tuple[RuleName, re.Pattern[str]], ...] = (
    (
        "higher_law_prevails",
        re.compile(
            r"从其规定|按(?:照)?(?:上级|国家|省|新)[^,。;]{0,16}(?:规定|政策)执行|以(?:上级|国家)[^,。;]{0,12}为准"
        ),
    ),
    (
        "this_paper_prevails",
        re.compile(r"(?:不一致|相抵触|有冲突|不符)的?,?[^,。;]{0,10}(?:以|按)(?:照)?本[^,。;]{1,10}(?:为准|执行)"),
    ),
    ("pro_rata", re.compile(r"(?:按比例|同比例|等比例)[^,。;]{0,8}(?:核减|调减|缩减|折算|兑现|拨付|安排)")),
    (
        "within_budget",
        re.compile(r"(?:在|以)[^,。;]{0,14}预算[^,。;]{0,8}(?:内(?!投资)|为限|额度)|总量控制|额满为止|先到先得"),
    ),
)


@clause("combination")
def combinations(document: Document, rules: DocumentRules) -> Iterator[Stacking | DocumentRule]:
    """Every rule of stacking with its scope, and the rules that hold for the whole paper."""
    closings = [_closing(document, *scope) for scope in document.scopes]
    for passage in plain_passages(document):
        closing = next(
            at for (start, _), at in zip(document.scopes[::-1], closings[::-1], strict=True) if start <= passage.start
        )
        yield from _stacking(passage, closing)
        for name, pattern in _NAMED:
            for at in pattern.finditer(passage.text):
                yield _rule(passage, name, at.start(), at.end())
    for name, pattern in _OF_READING:
        for told in filter(None, (pattern.search(document.clean, *scope) for scope in document.scopes)):
            span, article = document.text.span(told.start(), told.end()), document.article_at(told.start())
            yield DocumentRule(article=article, span=span, name=name, text=told[0])


_OF_READING: tuple[tuple[RuleName, re.Pattern[str]], ...] = (
    ("first_is_lead", FIRST_IS_LEAD),
    ("catch_all", CATCH_ALL),
    ("bounds_inclusive", INCLUSIVE),
)


def _closing(document: Document, start: int, end: int) -> int:
    """Where the articles of a paper begin that stand behind its last sum: what they say holds for the whole paper."""
    ceilings = [at.span() for at in _IN_ALL.finditer(document.clean, start, end)]
    sums = [
        at.end()
        for at in _SUM.finditer(document.clean, start, end)
        if not any(low <= at.start() < high for low, high in ceilings)
    ]
    last = sums[-1] if sums else start
    return next((one.start for one in document.articles if last < one.start < end), end)


def _stacking(passage: Passage, closing: int) -> Iterator[Stacking | DocumentRule]:
    for sentence, rules in _stated(passage).items():
        for at, name in rules.items():
            # 与区内政策就高;与国家政策可叠加: each half of the sentence has a rule of its own.
            start, end = passage.stretch(sentence=sentence)
            scope = _scope(passage, passage.text[start:end], closing)
            own = passage.stretch(clause=at)  # …总额不超过500万元;同一项目就高: what is before it is no part of it
            start, end = own if len(rules) > 1 or _KEYS.search(passage.text, *own) else (start, end)
            if quota := _QUOTA.match(passage.text, start, end):
                start = quota.end()
            words = passage.text[start:end]
            yield Stacking(
                article=passage.article, span=passage.span(start, end), confidence=0.9, rule=name, scope=scope, keys=_keys(words), text=as_written(passage, words)
            )  # fmt: skip
            if scope == "document" and name in ("highest", "exclusive"):
                yield _rule(passage, "no_double", start, end)


def _stated(passage: Passage) -> dict[int, dict[int, _How]]:
    """The rule of stacking of each clause, by sentence; each rule once in a sentence, with its first clause."""
    found: dict[int, dict[int, _How]] = {}
    for name, pattern in _RULES:
        for at in pattern.finditer(passage.text):
            phrase = next((p for p in passage.phrases if p.start <= at.start() < p.end), None)
            if phrase is None or (name == "cumulative" and _NOT.search(passage.text[phrase.start : at.start()])):
                continue
            rules = found.get(phrase.sentence, {})
            start, end = passage.stretch(sentence=phrase.sentence)
            if phrase.clause not in rules and name not in rules.values() and _PAID.search(passage.text, start, end):
                found.setdefault(phrase.sentence, {})[phrase.clause] = name
    return found


def _keys(words: str) -> tuple[str, ...]:
    found = [at["key"] for at in _KEYS.finditer(words)]
    if found:
        place = next(_KEYS.finditer(words)).end()
        while more := _MORE_KEYS.match(words, place):
            found.append(more["key"])
            place = more.end()
    return tuple(dict.fromkeys(found))


def _scope(passage: Passage, words: str, closing: int) -> Scope:
    """The whole paper where the sentence names it or stands among its closing articles; else its article or sentence."""
    if re.search(r"上述|本条|前款|该项|上款", words):
        return "article"
    own = _SUM.search(words) or not (passage.document.articles or _OF_OTHERS.search(words))
    if passage.article == "0" and own and not _WHOLE.search(words):
        return "sentence"
    closes = passage.offsets and passage.offsets[0] >= closing and not _SUM.search(words)
    whole = _WHOLE.search(words) or passage.article == "0" or closes
    return "document" if whole else "article" if _ABOVE.search(words) else "sentence"


def _rule(passage: Passage, name: RuleName, start: int, end: int) -> DocumentRule:
    return DocumentRule(
        article=passage.article,
        span=passage.span(start, end),
        confidence=0.9,
        name=name,
        text=as_written(passage, passage.text[start:end]),
    )
