"""Who pays in what shares (市、区各承担50%) and in what parts a sum is paid out (分三年, 30%、30%和40%): LANGUAGE 6.5, 6.7."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from luodi.document.tree import Document
from luodi.policy.clauses import DocumentRules, clause
from luodi.policy.passages import Passage, Phrase, passages
from luodi.policy.provisions import Payment, Share
from luodi.quantities.numerals import numeral
from luodi.quantities.rates import find_rates

_LEVELS = re.compile(
    r"(?:中央|省|市|区|县\(市、区\)|县|镇|街道|乡镇|园区|开发区)(?:级|本级)?(?:(?:、|和|与)(?:省|市|区|县\(市、区\)|县\(市\)|县|镇|街道|乡镇|园区|开发区)(?:级)?)+|(?:市|省)(?:区|县)(?=两级)"
)
_BEAR = re.compile(r"承担|负担|分担|分摊|配套|安排|列支")
_RATIO = re.compile(r"(?<![\d:])\d{1,2}(?:\.\d+)?(?:[:∶]\d{1,2}(?:\.\d+)?){1,3}(?![\d:])")
_ONE = re.compile(
    r"(?P<name>(?:中央|省|市|区|县|镇|街道|企业|单位)(?:级)?(?:本级)?(?:财政|政府)?)(?:各|按|负责)?(?:承担|负担|分担|配套)(?:比例为)?(?=\d)"
)
# 由市、区两级财政共同承担, 由高新区全额承担: who pays without a share.
_BORNE = re.compile(
    r"由(?P<names>(?:[省市区县镇](?:级)?(?:(?:、|和|与)[省市区县镇](?:级)?)+|[^,。;由、和与]{0,8}(?:区|市|县|镇|街道|乡镇|园区|管委会|本级|财政))(?<!两级))"
    r"(?:两级|三级|各级)?(?:财政|政府|财力)?(?:共同|分别|统筹|按[^,。;\d]{2,12}?)?(?P<whole>全额|全部)?(?:承担|负担)"
)
_PAY_OUT = re.compile(r"拨付|兑现|发放|支付|兑付|拨款|分[一二两三四五\d]年|分期|分批")
_AT = re.compile(
    r"(?P<when>[^,。;:]{2,30}?)(?:后|时|的|合格|通过)?,?(?:先行|再|一次性|首次|预)?(?:拨付|兑现|发放|支付|兑付|拨款)[^,。;%\d]{0,16}(?=\d)"
)
_SPREAD = re.compile(r"分(?P<n>[一二两三四五\d])(?:个)?(?:年|期|次|批)(?:度)?")
_YEAR_OF = ["第一年", "第二年", "第三年", "第四年", "第五年"]


@clause("payment")
def payments(document: Document, rules: DocumentRules) -> Iterator[Payment]:
    """Shares of payers and instalments, each with its place."""
    for passage in passages(document):
        if not re.search(r"%|[:∶]|分[一二两三四五\d]|承担|负担", passage.text):
            continue
        for phrase in passage.phrases:
            yield from _payers(passage, phrase)
        yield from _instalments(passage)


def _payers(passage: Passage, phrase: Phrase) -> Iterator[Payment]:
    words = passage.phrase_text(phrase)
    if not _BEAR.search(words):
        return
    levels = _LEVELS.search(words)
    names = _names(levels[0]) if levels else []
    shares = _shares(words, levels.end() if levels else 0, len(names))
    if names and shares:
        parts = [
            Share(name=name, span=passage.span(phrase.start + start, phrase.start + end), share=share)
            for name, (share, start, end) in zip(names, shares, strict=True)
        ]
        yield _payment(passage, phrase.start, phrase.end, "payers", parts)
        return
    single = [(at, next((r for r in find_rates(words) if r.start == at.end()), None)) for at in _ONE.finditer(words)]
    parts = [
        Share(name=at["name"], span=passage.span(phrase.start + at.start(), phrase.start + rate.end), share=rate.value)
        for at, rate in single
        if rate is not None
    ]
    if parts:
        yield _payment(passage, phrase.start, phrase.end, "payers", parts)
    elif borne := _BORNE.search(words):
        spans = [(name, borne.start("names") + borne["names"].index(name)) for name in _names(borne["names"])]
        parts = [
            Share(
                name=name,
                span=passage.span(phrase.start + at, phrase.start + at + len(name)),
                share=Fraction(1) if borne["whole"] else None,
            )
            for name, at in spans
        ]
        yield _payment(passage, phrase.start, phrase.end, "payers", parts)


def _names(words: str) -> list[str]:
    if "、" not in words and not re.search(r"[和与]", words):
        return list(words) if re.fullmatch(r"[省市区县镇]{2,3}", words) else [words]
    shielded = re.sub(r"\([^()]*\)", lambda at: "·" * len(at[0]), words)
    cuts = [0, *(at.end() for at in re.finditer(r"[、和与]", shielded)), len(words) + 1]
    return [words[start : end - 1] for start, end in zip(cuts, cuts[1:], strict=False)]


def _shares(words: str, after: int, count: int) -> list[tuple[Fraction, int, int]]:
    """As many shares as payers: a ratio (4:6), each the same (各50%), or a list of rates."""
    if not count:
        return []
    if ratio := _RATIO.search(words, after):
        numbers = [Fraction(part) for part in re.split(r"[:∶]", ratio[0])]
        whole = sum(numbers)
        return (
            [(part / whole, ratio.start(), ratio.end()) for part in numbers] if len(numbers) == count and whole else []
        )
    rates = [rate for rate in find_rates(words) if rate.start >= after]
    if len(rates) == 1 and re.search(r"各(?:自)?(?:按|承担|负担)?[^,。;]{0,6}\Z", words[: rates[0].start]):
        return [(rates[0].value, rates[0].start, rates[0].end)] * count
    return [(rate.value, rate.start, rate.end) for rate in rates] if len(rates) == count else []


def _instalments(passage: Passage) -> Iterator[Payment]:
    done: set[int] = set()
    for phrase in passage.phrases:
        if phrase.sentence in done or not _PAY_OUT.search(passage.phrase_text(phrase)):
            continue
        done.add(phrase.sentence)
        start, end = passage.stretch(sentence=phrase.sentence)
        words = passage.text[start:end]
        spread = _SPREAD.search(words)
        years = int(numeral(spread["n"]) or 0) if spread and "年" in spread[0] else None
        parts = _by_ratio(passage, words, start) or _at_milestones(passage, words, start)
        if parts or spread:
            yield _payment(passage, start, end, "instalments", parts, years)


def _by_ratio(passage: Passage, words: str, offset: int) -> list[Share]:
    ratio = _RATIO.search(words)
    if ratio is None or _LEVELS.search(words) or not _SPREAD.search(words):
        return []
    numbers = [Fraction(part) for part in re.split(r"[:∶]", ratio[0])]
    span = passage.span(offset + ratio.start(), offset + ratio.end())
    return [
        Share(name=name, span=span, share=part / sum(numbers)) for name, part in zip(_YEAR_OF, numbers, strict=False)
    ]


def _at_milestones(passage: Passage, words: str, offset: int) -> list[Share]:
    """``立项后拨付50%,验收合格后拨付50%``: two or more milestones, each with its share of the sum."""
    rates = find_rates(words)
    parts = []
    for at in _AT.finditer(words):
        rate = next((one for one in rates if one.start == at.end()), None)
        if rate is not None:
            span = passage.span(offset + at.start(), offset + rate.end)
            parts.append(Share(name=at["when"].strip(), span=span, share=rate.value))
    return parts if len(parts) > 1 else []


def _payment(
    passage: Passage,
    start: int,
    end: int,
    kind: Literal["payers", "instalments"],
    parts: list[Share],
    years: int | None = None,
) -> Payment:
    return Payment(
        article=passage.article,
        span=passage.span(start, end),
        confidence=0.8,
        kind=kind,
        parts=tuple(parts),
        years=years,
    )
