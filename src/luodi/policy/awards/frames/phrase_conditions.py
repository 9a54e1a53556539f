"""Conditions of one phrase of an award: each row by its own key of a list, comparisons, grades, else as written (LANGUAGE 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from luodi.policy import award_terms as terms
from luodi.policy.awards.frames.purpose import FURTHERS
from luodi.policy.awards.numbers.pairing import find_keys
from luodi.policy.awards.rows.row import Row
from luodi.policy.conditions.comparisons import Named, named_before, read_comparisons, scaled
from luodi.policy.conditions.giving import before_giving
from luodi.policy.conditions.phrases import (
    CUT_OFF,
    HEAD,
    QUOTA,
    attested,
    says_something,
    says_whom,
    stated,
    whom_before,
    whom_behind,
)
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage, Phrase
from luodi.quantities.counts import find_counts
from luodi.quantities.money import find_money
from luodi.quantities.numerals import SCALE

CLOSES = re.compile(rf"的(?:[^,。;的]{{0,24}}(?:{terms.PAYEE}|{terms.PERSON}))?\Z")
"""What ends the words that say whom an award is for."""
# 在本区注册、信用良好的企业: the place is one of several demands.
_ALSO_DEMANDED = re.compile(r"(?:、|且|并)(?!补|奖)")
_IS_ACT = re.compile(
    r"(?:新增|每[^,。;\d]{0,6}[1一][家个名项]|(?:主导|参与|牵头)?制(?:\(修\)|修)?[订定]|新?列入)\Z"
    r"|(?:新|首次|当年)(?:认定|评定|获评|取得|获得|引进|设立|晋级|晋升|入选|列入|进入|升级)为?\Z"
    r"|(?:完成|开展|实施|通过|取得|开设|开办|创办|举办|承办|建设|建成|引进|培育|参加|注册|发行|购买|研发|生产)\Z"
)


# 支持营业收入2000万元以上的企业使用云服务: what is compared is said of whom it furthers.
_FURTHERS = re.compile(rf"{FURTHERS}(?!企业(?:做[大强优]|发展))")

# 新增额超过100%的部分: how much of it is paid for, nothing that one must have.
_PART = re.compile(r"(?P<bound>\d[\d.]*(?:%|[十百千万亿]*[一-鿿]{1,3}?)(?:以[上下])?)的?部分\Z")


def framed_from(passage: Passage, places: Sequence[tuple[int, int]]) -> int:
    """Where what stands before the closing 的 begins to be demanded: at the last 对, else at the first phrase."""
    closing = [high for low, high in places if CLOSES.search(passage.text[low:high])]
    if not closing:
        return len(passage.text)
    opening = [low for low, _ in places if low < closing[-1] and passage.text.startswith(("对", "凡", "针对"), low)]
    unlabelled = [low for low, high in places if not is_label(passage, low, high)]
    return opening[-1] if opening else unlabelled[0] if unlabelled else places[0][0]


def closed_at(passage: Passage, places: Sequence[tuple[int, int]]) -> int:
    """Where the closing 的 stands behind which nothing more is demanded of whom the award is for."""
    return max((high for low, high in places if CLOSES.search(passage.text[low:high])), default=0)


def of_phrase(
    passage: Passage, row: Row, low: int, high: int, carried: Named, *, framed: bool = False
) -> list[Condition]:
    """One phrase: each row by its own key of a list, comparisons, else as written if it demands anything."""
    tier = own_key(passage, row, low, high)
    if tier:
        return tier
    if QUOTA.search(passage.text, low, high):
        return [attested(passage, low, high)]
    high = before_giving(passage, low, high)
    furthered = _FURTHERS.match(passage.text, low, high)
    compared = read_comparisons(passage, furthered.end() if furthered else low, high, carried)
    low = furthered.end() if furthered and compared else low
    text = HEAD.sub("", passage.text[low:high])
    if graded := _graded(passage, row, high - len(text), high):  # each row its own of the grades that all are named by
        compared = [one for one in compared if one.unit or one.value is True]
    placed = any(
        isinstance(one.value, str | tuple) and _ALSO_DEMANDED.match(text, text.find(one.text) + len(one.text))
        for one in compared
    )
    if (
        placed
        or any(one.unit for one in compared)
        or (compared and 2 * sum(len(one.text) for one in compared) > len(text))
    ):
        if not any(one.unit or one.value is not True for one in compared):
            begun = passage.text.find(compared[0].text, low, high)
            return [*whom_before(passage, low, max(begun, low)), *compared]
        found = stated(passage, low, high, carried)
        several = passage.text.count("部分", *passage.stretch(sentence=row.sentence)) > 1  # each by a share of its own
        part = None if several or row.kind == "per_unit" else _PART.search(passage.text, low, high)
        return [one for one in found if not (part and one.unit and one.text.endswith(part["bound"]))]
    if not says_something(passage.text[low:high], CUT_OFF.sub("", text), framed=framed):
        return compared
    return [*compared, *graded] if graded else [attested(passage, low, high)]


def own_key(passage: Passage, row: Row, low: int, high: int) -> list[Condition]:
    """``首次达到1亿元、5亿元``, ``500万元—1000万元、1000万元以上``: each row is compared with its own key of the list."""
    if row.keys is None or not row.selector:
        return []
    if not low <= row.keys.start + row.keys_from < high:
        beside = _with_keys_beside(passage, row, low, high)
        return own_key(passage, beside, low, high) if beside else []
    start = row.keys.start + row.keys_from
    if remarked := _told_of_key(passage, row, start, high):
        return remarked
    first = read_comparisons(passage, low, min(high, start + len(row.keys.words[0]) + 4))
    if not first:  # 出口额300万美元、500万美元以上: signed at the end
        first = [one for one in read_comparisons(passage, low, high)[:1] if row.keys.words[0] in one.text]
    if ranked := _ranked(passage, row, first, start, high):
        return [*whom_before(passage, low, max(passage.text.find(first[0].text, low, high), low)), *ranked]
    named = named_before(first)
    words = row.selector if find_counts(row.selector) else row.selector + row.keys.words[-1].lstrip("0123456789.")
    own = find_counts(words)
    if not named or not own:
        return []
    unit, fact = next(reversed(named.items()))
    shared = [one for one in first if one.fact != fact]
    shared = [*whom_before(passage, low, max(passage.text.find(first[0].text, low, high), low)), *shared]
    place = passage.text.find(row.selector, start, high)
    bounds = read_comparisons(passage, place, place + len(row.selector), named) if place >= 0 else []
    behind = row.keys.end + row.keys_from
    if bounds := [one for one in bounds if one.fact == fact and one.unit == unit]:
        return [*shared, *bounds, *_second_list(passage, row, behind, high)]
    if len(own) != 1:
        return []
    money = find_money(words)
    whole = next(one for one in reversed(first) if one.fact == fact)
    value = money[0].fen if money and money[0].fen is not None else scaled(own[0], of_sums=unit == "fen")
    span = passage.span(low, high)
    told = Condition(text=fact + row.selector, span=span, fact=fact, op=whole.op, value=value, unit=unit)
    return [*shared, told, *_second_list(passage, row, behind, high), *whom_behind(passage, behind, high)]


def _ranked(passage: Passage, row: Row, first: Sequence[Condition], start: int, high: int) -> list[Condition]:
    """``首次进入全国前100强、前500强的``: the rank of its own key, of what the first of the list is ranked in."""
    of = next((one.fact for one in first if one.fact and one.fact.endswith("排名")), None)
    place = passage.text.find(row.selector or "", start, high)
    own = read_comparisons(passage, place, place + len(row.selector or "")) if of and place >= 0 else []
    return [replace(one, fact=of) for one in own if one.fact and one.fact.endswith("排名")]


_REMARK = re.compile(r"(?P<noun>[一-鿿]{0,4})\((?P<bound>[^()]*\d[^()]*)\)(?=[、和及与,]|的?,?分别|\Z)")


def _told_of_key(passage: Passage, row: Row, start: int, high: int) -> list[Condition]:
    """``甲类项目(投资3000万元以上)、乙类项目(投资1000万元以上)分别…``: what the remark behind its own key says of it."""
    place = passage.text.find(row.selector or "", start, high)
    told = _REMARK.match(passage.text, place + len(row.selector or ""), high) if place >= 0 else None
    compared = read_comparisons(passage, *told.span("bound")) if told else []
    return [attested(passage, place, told.end("noun")), *compared] if told and compared else []


def _second_list(passage: Passage, row: Row, low: int, high: int) -> list[Condition]:
    """``超过10%、20%且增量分别不低于5000万元、1亿元的``: what the list behind that of the keys demands, as written where it cannot be paired."""
    if not re.match("(?:且|并)[^、]*分别", passage.text[low:high]):
        return []
    beside = _with_keys_beside(passage, row, low, high)
    return (own_key(passage, beside, low, high) if beside else []) or [attested(passage, low, high)]


_UNIT = re.compile(rf"\A{SCALE}(?=.)")


def _with_keys_beside(passage: Passage, row: Row, low: int, high: int) -> Row | None:
    """``超10亿元、20亿元,且税金分别超3000万元、6000万元的``: the row with its key of another list that runs beside its own."""
    count = len(row.keys.words) if row.keys else 0
    words = passage.text[low:high].replace("分别", "··")
    keys = find_keys(words, count) if len(row.sum.items) == count else None
    counted = [find_counts(word) for word in keys.words] if keys else []
    if keys is None or not all(counted) or len({_UNIT.sub("", each[0].unit) for each in counted}) > 1:
        return None  # 面积6000平方米以上、展期3天以上: no list of one measure
    own = next(word for word, item in zip(keys.words, row.sum.items, strict=True) if item is row.item)
    return replace(row, keys=keys, keys_from=low, selector=own)


# 实现“小升规”“股上市”两个发展目标的: the list is of what stands behind it.
_VERB_ALONE = re.compile(
    r"(?:当年|首次|新)?(?:实现|完成|达成|进入|入选|入围|列入|参加|参与|属于|符合)|当年|首次|国家|全国|[省市区县]级?"
)
_NOUN_BEHIND = re.compile(r"(?:等)?[一二两三四五\d]?[个项类种]?(?P<noun>[一-鿿]{2,8})的")


def _graded(passage: Passage, row: Row, low: int, high: int) -> list[Condition]:
    """``年度考核优秀、良好的X``: each row is told by its own key, the fact is what stands before the list.

    A number is compared or stays as written, and an act (新认定为甲、乙) is no fact that has a grade.
    """
    if row.keys is None or not row.selector or not low <= row.keys.start + row.keys_from < high:
        return []
    if re.search(r"\d", row.selector) or _IS_ACT.search(passage.text[low : row.keys.start + row.keys_from]):
        return []
    name = re.sub(
        r"\A(?:对|经|通过|获得?|取得|达到|评为|被?评定为|被?认定为)+|(?:(?<!成)为|获得?|被?评为|结果|等级|分别)+\Z",
        "",
        passage.text[low : row.keys.start + row.keys_from],
    )
    if _VERB_ALONE.fullmatch(name):
        behind = _NOUN_BEHIND.match(passage.text, row.keys.end + row.keys_from, high)
        name = behind["noun"] if behind else ""
    if not 2 <= len(name) <= 15 or re.search(r"[、,的]", name):
        return []
    span = passage.span(low, high)
    return [Condition(text=name + row.selector, span=span, fact=name, op="=", value=row.selector)]


def holds_keys(row: Row, phrase: Phrase) -> bool:
    """Whether a phrase holds the keys of the list that a row is one of."""
    return row.keys is not None and phrase.start <= row.keys.start + row.keys_from < phrase.end


def is_key_of_another(passage: Passage, row: Row, low: int, high: int) -> bool:
    """``引进的博士,引进的硕士,分别给予A、B``: a phrase that is the key of another row of the list."""
    if row.keys is None or not row.selector or high > row.keys.end + row.keys_from:
        return False
    if "," not in passage.text[row.keys.start + row.keys_from : row.keys.end + row.keys_from]:
        return False
    words = passage.text[low:high]
    return row.selector not in words and any(
        len(key) > 3 and words.endswith((key, f"{key}的")) for key in row.keys.words
    )


def of_keys_before(passage: Passage, rows: Sequence[Row], row: Row) -> Iterator[Condition]:
    """``突破1亿元、5亿元的,分别奖励A、B;第二年保持的,再分别奖励C、D``: of what the clause of the keys demands, each its own of the list."""
    place = row.keys.start + row.keys_from if row.keys else -1
    first = next((one for one in rows if one.keys and one.keys.start + one.keys_from == place), row)
    for phrase in passage.phrases if first.clause < row.clause else ():
        if phrase.clause == first.clause and holds_keys(first, phrase):
            yield from own_key(passage, row, phrase.start, phrase.end)


def is_label(passage: Passage, low: int, high: int) -> bool:
    """``设备上云:年费用1万元以上的``: the name of a measure, nothing that is demanded; 小微企业: says whom."""
    return passage.text.startswith(":", high) and not says_whom(passage.text[low:high])
