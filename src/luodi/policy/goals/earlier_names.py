"""Names of parallel targets that stand before their sentence: subjects of the phrases before, those that a class was told with."""

from __future__ import annotations

import re

from luodi.policy.goals.metrics import distributed, parted, subject, without_measure
from luodi.policy.goals.wordings import FIGURE
from luodi.policy.passages import Passage, Phrase
from luodi.quantities.numerals import numeral

# 三大主导产业产值
_SO_MANY_OF = re.compile(r"(?P<n>[两二三四五六七八九十])(?:大|个|类)(?P<what>[一-鿿]{2,16})\Z")
_SO_MANY_MEASURES = re.compile(r"[两二三四五六](?:项|个|大)[^,。;\d]{0,4}(?:指标|目标)(?:值)?分别")  # 三项指标分别达到
_LISTED_LEAD = re.compile(r"\A.*?(?:重点发展|大力发展|发展|做[大强优]|壮大|培育|打造|聚焦|围绕|推进|推动|建设)")
_ACTED_ON = re.compile("做[精强优大实]|壮大|培强|提升|发展")
_LONGEST_LISTING = 300
_OWN_MEASURE = re.compile(
    r"[总年]?(?:产值|产量|销量|产能|增加值|营业收入|销售收入|面积|规模|投资|税收|利润|占比|比重|总量)|[一-鿿]{2,6}率"
)
_ONLY_GROWS = re.compile(r"(?:年均|每年)?(?:递增|增长|提高|下降)(?:达到?)?\d")
# 甲和乙在2022年的基础上实现倍增,分别超过: where the names of a phrase without a figure end.
_UNTIL_VERB = re.compile(r"[在比较]20\d\d年|稳步|实现|持续|不断|[显明]著?增|提升")


def told_before(passage: Passage, phrase: Phrase, count: int) -> list[str] | None:
    """``A达到…,B达到…,分别增长5%和6%``: the subjects of the phrases before, where there are as many; else the names of the last."""
    if "分别" not in passage.phrase_text(phrase):
        return _grown_alike(passage, phrase, count)
    if of_the_same := _of_the_same(passage, phrase, count):
        return of_the_same
    clauses = [(phrase.clause, phrase.sentence), (None, phrase.sentence)]
    if _SO_MANY_MEASURES.search(passage.phrase_text(phrase)):
        clauses.append((None, phrase.sentence - 1))
    for clause, sentence in clauses:
        told = [p for p in passage.phrases if p.sentence == sentence and clause in (None, p.clause)]
        earlier = [passage.phrase_text(p) for p in told if p.start < phrase.start]
        names = [subject(FIGURE.split(words)[0]) for words in earlier if FIGURE.search(words)]
        if len(names) == count:
            break
    if not names and earlier:
        return parted(subject(_UNTIL_VERB.split(earlier[-1])[0]), count)
    return names if len(names) == count and all(names) else None


def _grown_alike(passage: Passage, phrase: Phrase, count: int) -> list[str] | None:
    """``甲、乙、丙产量分别达到…,年均递增6%、7%、8%``: as many rates as the phrase right before tells levels of."""
    earlier = [one for one in passage.phrases if one.sentence == phrase.sentence and one.start < phrase.start]
    words = passage.phrase_text(earlier[-1]) if earlier and _ONLY_GROWS.match(passage.text, phrase.start) else ""
    return distributed(FIGURE.split(words)[0], count) if "分别" in words else None


def _of_the_same(passage: Passage, phrase: Phrase, count: int) -> list[str] | None:
    """``甲、乙、丙产量分别达到…,产值分别达到…``: a mere measure is told of those that the phrase right before told another of."""
    own = subject(FIGURE.split(passage.phrase_text(phrase))[0].partition("分别")[0])
    earlier = [one for one in passage.phrases if one.sentence == phrase.sentence and one.start < phrase.start]
    words = passage.phrase_text(earlier[-1]) if earlier and _OWN_MEASURE.fullmatch(own) else ""
    names = distributed(FIGURE.split(words)[0], count) if "分别" in words else None
    owners = [without_measure(name) for name in names or ()]
    return [name + own for name in owners] if owners and all(owners) else None


def of_those_named(passage: Passage, phrase: Phrase, before: str, count: int) -> list[str] | None:
    """``发展甲、乙、丙三大产业,…三大产业产值分别达到``: the names that the class of so many was told with, each with the measure."""
    named, told, _ = before.partition("分别")
    at = _SO_MANY_OF.search(named)
    if not told or not at or numeral(at["n"]) != count:
        return None
    listed = re.compile(rf"(?P<names>[^,。;:]{{4,80}}?)等?{at['n']}(?:大|个|类){at['what'][:2]}")
    earlier = listed.search(passage.text[max(0, phrase.start - _LONGEST_LISTING) : phrase.start])
    names = parted(_LISTED_LEAD.sub("", earlier["names"]), count) if earlier else _each_acted_on(passage, phrase, count)
    return [name + at["what"] for name in names] if names else None


def _each_acted_on(passage: Passage, phrase: Phrase, count: int) -> list[str] | None:
    """``做精甲、做强乙、做优丙,…三大板块``: the names that so many verbs in the sentence act on."""
    for one in passage.phrases:
        if one.sentence == phrase.sentence and one.start < phrase.start:
            parts = _ACTED_ON.split(passage.phrase_text(one))[1:]
            if len(parts) == count and all(len(part.strip("、")) > 1 for part in parts):
                return [part.strip("、") for part in parts]
    return None
