"""Who pays in what shares (市、区各承担50%): LANGUAGE 6.7."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from luodi.document.tree import Document
from luodi.policy.clauses import clause
from luodi.policy.document_rules import DocumentRules
from luodi.policy.passages import Passage, Phrase
from luodi.policy.provisions import Payment, Share
from luodi.policy.spoken_of import reference
from luodi.policy.wording import as_written, plain_passages
from luodi.quantities.rates import find_rates

RATIO = re.compile(r"(?<![\d:])\d{1,2}(?:\.\d+)?(?:[:∶]\d{1,2}(?:\.\d+)?){1,3}(?![\d:])")
"""Shares as a ratio (4:6)."""

LEVELS = re.compile(
    r"(?:中央|省|市|区|县\(市、区\)|县|镇|街道|乡镇|园区|开发区)(?:级|本级)?"
    r"(?:(?:、|和|与)(?:省|市|区|县\(市、区\)|县\(市\)|县|镇|街道|乡镇|园区|开发区)(?:级)?)+"
    r"|(?:市|省)(?:区|县)(?=两级|按|各|财政|共同|分别)"
)
"""Levels of government named together (市、区; 市县两级)."""

_LEVEL = r"(?:省|市|区|县|镇|街道|乡镇|园区|开发区|管委会)(?:\((?:市、区|[^()、,\d]{1,8})\))?"
_ONE_OF_LIST = rf"(?:(?!资金|经费|费用|部分|比例)[^,。;:、和与及由按\d]){{0,10}}?{_LEVEL}(?:本?级)?(?:财政|政府)?(?:(?:补助|配套|奖补)资金)?"
# 由区财政与用人单位按7:3比例承担
_APPLICANT = r"(?:用人|用工|所在|依托|实施|申[报请]|承担|建设|项目)?(?:企业|单位)"
# 由市财政和受益县(市、区)财政按6:4比例负担: each is named in full.
_LISTED = re.compile(
    rf"(?:\A|由|资金|经费|费用|部分)(?P<names>{_ONE_OF_LIST}(?:(?:、|和|与|及)(?:{_ONE_OF_LIST}|{_APPLICANT}))+)(?:[两三各]级)?"
    rf"(?:财政|政府)?(?=按|各|分别|共同|以|对半|[\d])"
)
_BEAR = re.compile(r"承担|负担|分担|共担|分摊|配套|安排|列支|出资")
_PAYER = r"(?:(?!资金|经费|费用|部分|其中)[^,。;:由]){0,20}?(?:中央|省|市|区|县|镇|街道|企业|单位)(?:\([^()]*\))?(?:本?级)?(?:财政|政府)?"
_ONE = re.compile(
    rf"(?:\A|由|其中:?|资金|经费|费用|部分|(?<=[%成])[、和])(?P<name>{_PAYER})(?:各|按|负责)?(?:承担|负担|分担|配套)(?:比例为)?"
    rf"(?=[\d一二三四五六七八九百])"
)
_SHORTLY = re.compile(rf"\A(?:其中:?)?(?P<name>{_PAYER})(?:承担|负担)?(?=[\d一二三四五六七八九百])")
# 市本级与甲区分担比例为7:3,与乙区、丙区分担比例为3:7.
_BETWEEN = re.compile(
    rf"(?P<one>{_PAYER})?与(?P<other>[^,。;:]{{1,60}}?)(?:的)?(?:承担|分担|负担|配套)比例(?:分别)?为(?={RATIO.pattern})"
)
# 由市、区两级财政共同承担, 由高新区全额承担: who pays without a share.
_BORNE = re.compile(
    r"由(?P<names>(?:[省市区县镇](?:级)?(?:(?:、|和|与)?[省市区县镇](?:级)?(?:\([省市区县、]+\))?)+"
    r"|[^,。;由、和与]{0,8}(?:区|市|县|镇|街道|乡镇|园区|管委会|本级|财政))(?<!两级))"
    r"(?:两级|三级|各级)?(?:财政|政府|财力)?(?:(?:共同|分别|统筹|按[^,。;\d]{2,12}?)?(?P<whole>全额|全部)?"
    r"(?:承担|负担|分担|分摊|(?<=全额)(?:安排|保障))|[从在][^,。;]{2,24}?(?:中|内)?(?:列支|安排|解决))"
)
_PAID_FOR = re.compile(
    r"(?P<award>(?!本|该|政策(?:奖励|补助|补贴)|所需|上述|以上|各|其中|其余|有关|相关|由|在|对|给予|享受"
    r"|第)[^,。;:、由按分\d]{2,16}?(?:补贴|补助|奖励|资助|贴息|津贴))"
    r"(?:所需)?的?(?:资金|经费|费用)?,?(?=由|按|分|[省市区县]|实行|采[取用])"
)
_SUBJECT = re.compile(r"[^,。;:]*")
_ALL = re.compile(r"(?:全额|全部)\Z")  # 奖励资金全部由区财政承担
_SOLE = re.compile(
    r"所需的?(?:资金|经费|费用),?(?:均|都|统一)?由[^,。;、和与]{1,12}(?:承担|负担)\Z"
)  # not of 省级资金由省财政承担
_REST = re.compile(r"(?:其余|剩余|余下|不足)(?:部分|资金)?,?由\Z")


@clause("payment")
def payments(document: Document, rules: DocumentRules) -> Iterator[Payment]:
    """Every statement of who pays, with the shares as far as stated."""
    for passage in plain_passages(document):
        if not _BEAR.search(passage.text):
            continue
        for sentence in dict.fromkeys(phrase.sentence for phrase in passage.phrases):
            yield from _payers(passage, [phrase for phrase in passage.phrases if phrase.sentence == sentence])


def _payers(passage: Passage, phrases: list[Phrase]) -> Iterator[Payment]:
    """Of one sentence: each payer with a share of his own belongs to one payment, lists and ratios are payments themselves."""
    single: list[Share] = []
    named = begun = phrases[0].start
    first: str | None = None
    for phrase in phrases:
        words = passage.phrase_text(phrase)
        if not _BEAR.search(words):
            if phrase.start > begun and _BEAR.search(passage.text, begun, phrase.start):
                single += _with_rates(passage, phrase, _SHORTLY)  # …分担,其中区级70%,街道30%
            continue
        if between := _BETWEEN.search(words):
            first = between["one"] or first
            names, after = ([first] if first else []) + [between["other"]], between.end()
        else:
            names, after = _list_of(words)
        shares = _shares(words, after, len(names))
        if shares:
            yield _payment(passage, phrase.start, phrase.end, [
                Share(name=as_written(passage, name), span=passage.span(phrase.start + start, phrase.start + end), share=share)
                for name, (share, start, end) in zip(names, shares, strict=True)
            ], phrase.start)  # fmt: skip
        else:
            more = _with_rates(passage, phrase) or list(_without(passage, phrase, single))
            if _told(single) + _told(more) > 1:  # of another sum than the payers before
                yield _payment(passage, begun, phrase.start, single, named)
                single, begun = [], phrase.start
            if more and all(part.share is None for part in single) and more[0].share is not None:
                single = []  # 由市、县两级分担,其中市级承担40%: what the first words leave open
            named = named if single else phrase.start
            single += more
    if single:
        yield _payment(passage, begun, phrases[-1].end, single, named)


def _told(parts: list[Share]) -> Fraction:
    """What the parts are together, as far as stated."""
    return sum((part.share or Fraction(0) for part in parts), Fraction(0))


def _with_rates(passage: Passage, phrase: Phrase, pattern: re.Pattern[str] = _ONE) -> list[Share]:
    words = passage.phrase_text(phrase)
    rates = {rate.start: rate for rate in find_rates(words)}
    return [
        Share(
            name=as_written(passage, at["name"]),
            span=passage.span(phrase.start + at.start("name"), phrase.start + rates[at.end()].end),
            share=rates[at.end()].value,
        )
        for at in pattern.finditer(words)
        if at.end() in rates
    ]


def _without(passage: Passage, phrase: Phrase, before: list[Share]) -> Iterator[Share]:
    """Payers without a share; whoever bears the rest bears what the others leave."""
    borne = _BORNE.search(passage.phrase_text(phrase))
    if borne is None:
        return
    whole = borne["whole"] or _ALL.search(passage.text[: phrase.start + borne.start()])
    told = _told(before)
    rest = bool(before) and _REST.search(passage.text[: phrase.start + borne.start("names")])
    names = [borne["names"]] if rest else _names(borne["names"])
    alone = whole or (not before and _SOLE.search(passage.text, phrase.start, phrase.start + borne.end()))
    share = Fraction(1) if alone and len(names) == 1 else 1 - told if rest and told < 1 else None
    for name in names:
        at = phrase.start + borne.start("names") + borne["names"].index(name)
        yield Share(name=as_written(passage, name), span=passage.span(at, at + len(name)), share=share)


def _list_of(words: str) -> tuple[list[str], int]:
    """The payers that a phrase lists before their shares, and where the list ends."""
    if listed := _LISTED.search(words):
        names = _names(listed["names"])
        if names[-1].endswith("财政") and not names[0].endswith("财政"):  # 市、区财政
            names[-1] = names[-1].removesuffix("财政")
        return [re.sub(r"(?:补助|配套|奖补)资金\Z", "", name) for name in names], listed.end()
    levels = LEVELS.search(words)
    return (_names(levels[0]), levels.end()) if levels else ([], 0)


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
    if ratio := RATIO.search(words, after):
        numbers = [Fraction(part) for part in re.split(r"[:∶]", ratio[0])]
        whole = sum(numbers)
        return (
            [(part / whole, ratio.start(), ratio.end()) for part in numbers] if len(numbers) == count and whole else []
        )
    if even := re.compile(r"[^,。;\d]{0,6}[各对]半").match(words, after):
        return [(Fraction(1, count), after, even.end())] * count
    rates = [rate for rate in find_rates(words) if rate.start >= after]
    if len(rates) == 1 and re.search(r"各(?:自)?(?:按|承担|负担)?[^,。;]{0,6}\Z", words[: rates[0].start]):
        return [(rates[0].value, rates[0].start, rates[0].end)] * count
    return [(rate.value, rate.start, rate.end) for rate in rates] if len(rates) == count else []


def paid_for(passage: Passage, start: int) -> str | None:
    """The awards that a sentence begins with (生活补贴由…, 第四条所需资金由…, 以上奖励分…); None for the funds of the paper."""
    told = _PAID_FOR.match(passage.text, start)
    if told:
        return as_written(passage, told["award"])
    opened, _ = passage.stretch(sentence=passage.sentence_at(start))
    if passage.text.startswith(("其余", "其他"), start) and (apart := reference(passage.text[opened:start])):
        return f"除{apart}外"  # 第五条所需资金由市级承担,其余所需资金由市、区分担
    return reference(_SUBJECT.match(passage.text, start)[0]) or None  # type: ignore[index]  # always matches


def _payment(passage: Passage, start: int, end: int, parts: list[Share], named: int) -> Payment:
    return Payment(
        article=passage.article, span=passage.span(start, end), confidence=0.8, kind="payers", parts=tuple(parts),
        of=paid_for(passage, named),
    )  # fmt: skip
