"""Caps that are told for each of several awards: lists of caps, and a cap for each field behind one rate (LANGUAGE 6.3, 6.6)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from luodi.policy import award_terms as terms
from luodi.policy.awards.cap_words import (
    KEY_LEAD,
    LISTED_CAPS,
    goes_on_raising,
    raised_for,
    raises_bound,
    subject_of,
    two_levels,
)
from luodi.policy.awards.grades import KEY_WORD
from luodi.policy.awards.numbers import Sum
from luodi.policy.awards.pairing import find_keys, parallel_key
from luodi.policy.awards.periods import Frequency
from luodi.policy.awards.row import Assembly, Row, before_give, paired_rows, set_time
from luodi.policy.awards.tiers import thresholds
from luodi.policy.passages import Passage

_WHOM = re.compile(r"(?!其中|单|每|同一|累计|年度|合计)[^,。;:\d]{2,12}")
# 单台最高A,成套装备最高B
_ONE_AND_SET = re.compile(r"单[台机件][^,]{0,4},(?:成套|整[机线套]|系统)")
_GIVEN_AT_MOST = re.compile(r"对(?P<whom>[^,。;、对\d]{2,12})给予(?:最高|不超过)+\Z")
# 枢纽场最高A、一般场最高B、起降点最高C: a name and its maximum that go on with a list; 单个企业, 年度 name another level.
_NEXT_NAMED = re.compile(r"、(?P<key>(?!单|每|同一|年|累计|合计|总)[^,。;、:\d]{2,12}?)(?:最高|最多|不超过)+")
_OF_EACH = re.compile(r"(?:最高|最多|不超过)各(?:补助|补贴|奖励|资助|支持|为)?\Z|(?:各|均)(?:最高|最多|不超过)+\Z")
# 按不超过设备、软件投入的15%: what the share is of, no list of keys.
_BASE = re.compile(r"按照?[^,。;]*\Z")
_KEY_PHRASE = re.compile(r"\A(?:其中,?)?(?:对于?|针对)(?P<key>[^,。;]{2,30})\Z")


def bind_list(assembly: Assembly, one: Sum) -> None:
    """A list of caps: the nth bounds the nth rate or sum, or each is an award of its own."""
    beside = [r for r in assembly.rows if r.clause == one.phrase.clause and r.cap is None]
    rates = [r for r in beside if r.rated]
    if "分别" in one.left and len(beside) == len(one.items) > len(rates) > 0:
        rates = [r for r in beside if r.rated or r.kind == "per_unit"]
    if not rates and "分别" in one.left and not one.gives:
        rates = [r for r in assembly.rows if r.sentence == one.phrase.sentence - 1 and r.rated and r.cap is None]
    if not beside and not one.gives and terms.LEVEL.match(one.left):
        rates = _one_by_one(assembly, one) or rates
    if len(rates) == len(one.items):
        for row, item in zip(rates, one.items, strict=True):
            row.cap, row.cap_sum = item.fen, one
            row.frequency = "annual" if terms.YEARLY_CAP.search(one.left) and row.frequency is None else row.frequency
        return
    if len(rates) == 1:
        _one_rate_many_caps(assembly, one, rates[0])
        return
    if _caps_of_units(assembly, one) or _second_list(assembly, one):
        return
    for row in paired_rows(assembly, one, "capped"):
        row.cap = row.item.fen
        set_time(row, one)
        assembly.rows.append(row)


def _one_by_one(assembly: Assembly, one: Sum) -> list[Row]:
    """``央视首播每集A;卫视首播每集B。单部最高不超过C、D``: the awards of the sentence before, where they are as many as the maxima."""
    told = [r for r in assembly.rows if r.sentence == one.phrase.sentence - 1]
    free = all((r.rated or r.kind == "per_unit") and r.cap is None and not r.closed for r in told)
    return told if free and len(told) == len(one.items) else []


def bind_each(assembly: Assembly, one: Sum) -> bool:
    """``甲、乙分别按30%、20%补助,年度最高各100万元``: the maximum of every share of the list."""
    rows = [row for row in assembly.rows if row.clause == one.phrase.clause and row.rated and row.cap is None]
    if not _OF_EACH.search(one.left) or len(rows) < 2 or len(one.items) > 1:
        return False
    for row in rows:
        row.cap, row.cap_sum, row.closed = one.items[0].fen, one, True
        row.frequency = row.frequency or ("annual" if terms.YEARLY_CAP.search(one.left) else None)
    return True


def bind_own_key(assembly: Assembly, one: Sum) -> bool:
    """``对国家、市级专项,分别给予1:1、1:0.5配套,国家级项目最高A,市级项目最高B``: the maximum of the share that its words name."""
    rows = [
        r for r in assembly.rows if r.clause == one.phrase.clause and r.rated and (r.keys or r.item.key) and r.selector
    ]
    name = KEY_LEAD.sub("", terms.CAP_WORD.split(one.left)[0])
    own = [r for r in rows if r.selector and name.startswith(r.selector)]
    if len(rows) < 2 or len(own) != 1 or own[0].cap is not None or own[0].sum.phrase is one.phrase:
        return False
    own[0].cap, own[0].cap_sum = one.items[0].fen, one
    return True


def bind_recipients(assembly: Assembly, one: Sum) -> bool:
    """``按投资额的30%,对建设方给予最高A、对需求方给予最高B的支持``, ``枢纽场最高A、起降点最高B``: one share, a maximum for each of its names."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or not last.rated or last.cap_sum is None or last.cap_sum.phrase != one.phrase:
        return False
    whom = [_GIVEN_AT_MOST.search(cap.left) for cap in (last.cap_sum, one)]
    first, second = (at["whom"] if at else None for at in whom)
    listed = None if first and second else _NEXT_NAMED.fullmatch(assembly.passage.text, last.cap_sum.end, one.start)
    if listed:
        first = last.selector if len(last.cap_sum.items) > 1 else subject_of(last.cap_sum)
        second = listed["key"]
    if not (first and second):
        return False
    last.selector = first
    assembly.rows.append(replace(last, cap=one.items[0].fen, cap_sum=one, selector=second))
    return True


def bind_cases(assembly: Assembly, one: Sum) -> bool:
    """``按40%资助:取得甲件的,最高A;完成乙、丙期的,分别最高B、C``: one share, a row for each case that has a bound."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or not last.rated or last.cap_sum is None or last.closed or last.sentence != one.phrase.sentence:
        return False
    if terms.YEARLY_CAP.search(one.left) or terms.TOTAL.search(one.left):
        return False
    if ":" not in assembly.passage.text[last.sum.end : last.cap_sum.start]:
        return False
    first, case = (_case_of(assembly.passage, cap) for cap in (last.cap_sum, one))
    keys = find_keys(case, len(one.items)) if case else None
    words = keys.words if keys else (case,)
    if first is None or case is None or len(words) != len(one.items):
        return False
    last.selector = last.selector if last.cap_key else first
    for item, word in zip(one.items, words, strict=True):
        assembly.rows.append(replace(last, cap=item.fen, selector=word, cap_key=word, cap_sum=one))
    return True


def _case_of(passage: Passage, one: Sum) -> str | None:
    """``取得批件的,`` before the words of a cap: in which case it holds."""
    at = passage.phrases.index(one.phrase)
    words = passage.phrase_text(passage.phrases[at - 1]).rpartition(":")[2] if at else ""
    return words.removesuffix("的") if words.endswith("的") and not terms.GIVE.search(words) else None


def _caps_of_units(assembly: Assembly, one: Sum) -> bool:
    """``每件分别奖励A、B,年度总额分别不超过C、D``: the nth cap bounds the nth sum; without 分别 where the caps have no keys of their own."""
    rows = [r for r in assembly.rows if r.clause == one.phrase.clause and r.kind == "per_unit" and r.cap is None]
    if (
        one.gives
        or ("分别" not in assembly.told(one) and find_keys(one.left, len(one.items)))
        or len(rows) != len(one.items)
        or len({id(r.sum) for r in rows}) > 1
    ):
        return False
    for row, item in zip(rows, one.items, strict=True):
        row.cap, row.cap_sum, row.closed = item.fen, one, True
        row.frequency = "annual" if terms.YEARLY_CAP.search(one.left) and row.frequency is None else row.frequency
    return True


def _second_list(assembly: Assembly, one: Sum) -> bool:
    """``按费用的20%,甲类分别最高A、B,乙类分别最高C、D``: the one rate holds for the second list of caps too."""
    beside = [r for r in assembly.rows if r.clause == one.phrase.clause]
    whom = KEY_LEAD.sub("", terms.CAP_WORD.split(one.left)[0])
    if beside and not _ONE_AND_SET.match(f"{_cap_left(beside[-1])},{whom}"):
        whom = ""
    beside = beside or [r for r in assembly.rows if r.sentence == one.phrase.sentence and whom]
    first = [r for r in beside if r.rated and r.cap_sum is not None and len(r.cap_sum.items) == len(one.items)]
    if "分别" not in one.left or not first or len(first) != len(beside) or len({r.rate for r in first}) > 1:
        return False
    assembly.rows += [
        replace(row, cap=item.fen, cap_sum=one, selector=f"{whom}{row.selector or ''}" or None)
        for row, item in zip(first[-len(one.items) :], one.items, strict=True)
    ]
    return True


def _cap_left(row: Row) -> str:
    return terms.CAP_WORD.split(row.cap_sum.left)[0] if row.cap_sum else ""


def _one_rate_many_caps(assembly: Assembly, one: Sum, rate: Row) -> None:
    at = assembly.rows.index(rate)
    start, _ = assembly.passage.stretch(sentence=one.phrase.sentence)
    text, count = assembly.passage.text, len(one.items)
    base = _BASE.search(text, start, rate.sum.start)
    before = text[start : base.start()] if base else before_give(text[start : one.start])
    told = (text[rate.sum.end : one.start], before, before_give(text[start : one.start]), text[start : rate.sum.start])
    keys = next((keys for words in told if (keys := find_keys(words, count))), None)
    words = (
        tuple(item.key for item in one.items) if one.items[0].key else keys.words if keys else (None,) * len(one.items)
    )
    annual = rate.frequency or ("annual" if terms.YEARLY_CAP.search(one.left) else None)
    assembly.rows[at : at + 1] = [
        replace(rate, cap=item.fen, selector=word, keys=keys, keys_from=start, cap_sum=one, frequency=annual)
        for item, word in zip(one.items, words, strict=True)
    ]


def bind_keyed(assembly: Assembly, one: Sum) -> Literal["bound", "again"] | None:
    """A cap for each field behind one rate: the rate becomes a row for each field; ``again``: another cap of the last field."""
    key = subject_of(one) or _key_phrase(assembly.passage, one)
    if key is None:
        return None
    rated = [r for r in assembly.rows if r.rated and r.sentence < one.phrase.sentence and not r.closed]
    if any(
        (r.rated or r.kind == "per_unit") and r.clause == one.phrase.clause and not r.cap_key for r in assembly.rows
    ):
        return None
    keyed = [r for r in rated if r.cap_key]
    free = [r for r in rated if r.cap is None and not r.cap_key]
    annual: Frequency | None = "annual" if terms.YEARLY_CAP.search(one.left) else None
    if keyed and keyed[-1].cap_key == key:
        return "again"
    if keyed:
        twin = replace(keyed[-1], cap=one.items[0].fen, cap_key=key, selector=key, frequency=annual, cap_sum=one)
        assembly.rows.append(twin)
        return "bound"
    if len(free) != 1:
        return None
    row = free[0]
    row.cap, row.cap_key, row.selector, row.cap_sum = one.items[0].fen, key, key, one
    row.frequency = row.frequency or annual
    return "bound"


# 对特别重大的项目,经批准,补助上限可提高到N: whom a clause names first.
_RAISED_WHOM = re.compile(r"(?:对于?|属于?|列入)(?P<who>(?!上述|以上|其)[^,。;:]{2,24}),")


def bind_raised(assembly: Assembly, one: Sum) -> bool:
    """``最高1000万元,其中省级重点项目可提高至1500万元``: the award once more, with the maximum of those whom it is raised for."""
    last = assembly.rows[-1] if assembly.rows else None
    if not raises_bound(one.left) or last is None or last.cap is None:
        return False
    start, _ = assembly.passage.stretch(sentence=one.phrase.sentence)
    if last.sentence != one.phrase.sentence and not goes_on_raising(assembly.passage, one.phrase, last.sentence):
        return False
    before = assembly.passage.text[max(start, last.sum.end) : one.phrase.start].rstrip(",").rpartition(",")[2]
    whom = _RAISED_WHOM.search(assembly.passage.text, max(start, last.sum.end), one.phrase.start)
    key = raised_for(one.left)
    key = key if key and not re.fullmatch(terms.KIND, key) else whom["who"] if whom else KEY_LEAD.sub("", before)
    key = key.removesuffix("的")
    usual = last.raises or last
    assembly.rows.append(replace(usual, cap=one.items[0].fen, selector=key or None, cap_sum=one, raises=usual))
    return True


# 专精特新企业最高不超过300万元: who has a maximum of their own; 单个企业, 同一单位 is each of them all.
_OF_CLASS = re.compile(
    r"(?:其中,?)?(?:对于?)?(?:[^,。;:\d]{2,12}等)?(?P<key>(?!单|每|同一|一家|该|其|上述|以上|各|所有|全部|牵头|参与)[^,。;:\d]{2,14}?"
    rf"(?:(?<=..)企业|机构|项目|园区|平台|基地|人才|团队|项目单位|(?<=..){terms.PAID_FOR_THING}))的?(?:,|补[助贴](?:金额|资金)?|奖励|支持)?(?:最高|最多|上限)(?:不超过|为)?\Z"
)


def bind_for_class(assembly: Assembly, one: Sum) -> bool:
    """``按15%补助,最高200万元。专精特新企业最高300万元``: the share once more, with the maximum of those who have another."""
    last = assembly.rows[-1] if assembly.rows else None
    told = _OF_CLASS.fullmatch(one.left)
    if last is None or told is None or not last.rated or last.cap is None or last.cap_sum is None or last.closed:
        return False
    follows = 0 <= one.phrase.sentence - last.cap_sum.phrase.sentence <= 1 and last.cap_sum.end <= one.start
    if not follows or one.gives or one.items[0].fen == last.cap or subject_of(last.cap_sum):
        return False
    assembly.rows.append(replace(last, cap=one.items[0].fen, selector=told["key"], keys=None, cap_sum=one))
    return True


def bind_named(assembly: Assembly, one: Sum) -> bool:
    """``按支出的30%补助,国际展会最高A,全国展会最高B``: one rate, a row for each field that has a cap."""
    last = assembly.rows[-1] if assembly.rows else None
    counted = last is not None and (last.rated or last.kind == "per_unit")
    if last is None or not counted or last.cap_sum is None:
        return False
    if terms.YEARLY_CAP.search(one.left) or terms.TOTAL.search(one.left):
        return False
    if last.cap_sum.phrase.sentence != one.phrase.sentence or last.cap_sum.phrase == one.phrase:
        return False
    told = [subject_of(cap) or _case_before(assembly.passage, cap) for cap in (last.cap_sum, one)]
    if sum(row.sum is last.sum for row in assembly.rows) > 1:
        told[0] = last.selector
    if not all(told) and two_levels(last.cap_sum, one):
        return False
    if last.closed and not (all(told) and parallel_key(str(told[0]), f"、{told[1]}", None)):
        return False
    first, key = (
        name or KEY_LEAD.sub("", terms.CAP_WORD.split(cap.left)[0])
        for name, cap in zip(told, (last.cap_sum, one), strict=True)
    )
    payees = re.fullmatch(terms.PAYEE, first) and re.fullmatch(terms.PAYEE, key)  # 个人最高A,机构最高B
    named = (all(told) or payees) and first != key
    if (
        not first
        or not key
        or terms.GIVE.match(key)
        or not (named or _ONE_AND_SET.match(f"{first},{key}") or parallel_key(first, f"、{key}", None))
    ):
        return False
    last.selector = (
        _level_before(assembly, last, key) if terms.GIVE.match(first) or "%" in first else first.removesuffix("的")
    )
    assembly.rows.append(replace(last, cap=one.items[0].fen, selector=key.removesuffix("的"), cap_sum=one))
    return True


# 按总投资的30%补贴:甲场500万元封顶、乙场200万元封顶
_TOPPED = re.compile(rf"{terms.KIND}:(?:[^,。;:\d]{{2,12}}\d[\d.]*[万亿]?元封顶[、,])*[^,。;:\d]{{2,12}}\Z")


def bind_listed(assembly: Assembly, one: Sum) -> bool:
    """``按20%补贴;单机补贴限额:甲机A,乙机B``: one share, a row for each name of a list of maxima."""
    start, _ = assembly.passage.stretch(sentence=one.phrase.sentence)
    topped = one.right.startswith("封顶") and _TOPPED.search(assembly.passage.text, start, one.start)
    if not (topped or LISTED_CAPS.search(assembly.passage.text, start, one.phrase.start)):
        return False
    rated = [row for row in assembly.rows if row.rated and row.sentence == one.phrase.sentence]
    key = KEY_LEAD.sub("", one.left.rpartition(":")[2])
    if not key or not rated or len({row.sum.start for row in rated}) > 1:
        return False
    if len(rated) == 1 and rated[0].cap is None:
        rated[0].cap, rated[0].selector, rated[0].cap_sum = one.items[0].fen, key, one
    else:
        assembly.rows.append(replace(rated[-1], cap=one.items[0].fen, selector=key, cap_sum=one))
    return True


def _level_before(assembly: Assembly, row: Row, key: str) -> str | None:
    """``举办国际级赛事的,给予30%、最高A;国家级赛事最高B``: the level that the first cap is for."""
    start, _ = assembly.passage.stretch(clause=row.clause)
    words = list(KEY_WORD.finditer(assembly.passage.text, start, row.sum.start)) if KEY_WORD.match(key) else []
    return words[-1][0] if words else None


def bind_bracketed(assembly: Assembly, one: Sum) -> bool:
    """``按70%补助,最高300万元(高校院所最高150万元)``: the remark names whom another cap is for."""
    last = assembly.rows[-1] if assembly.rows else None
    key = one.items[0].key or KEY_LEAD.sub("", terms.CAP_WORD.split(one.left)[0])
    told = next((r for r in assembly.rows if r.clause == one.phrase.clause and r.selector == key and r.cap), None)
    if one.bracketed and told is not None:
        told.cap, told.cap_sum = one.items[0].fen, one
        return True
    beside = (
        last
        and (last.rated or last.kind == "per_unit")
        and last.cap_sum is not None
        and last.cap_sum.phrase == one.phrase
    )
    if not one.bracketed or not beside or last is None or not _WHOM.fullmatch(key):
        return False
    assembly.rows.append(replace(last, cap=one.items[0].fen, selector=key, cap_sum=one))
    return True


def _case_before(passage: Passage, one: Sum) -> str | None:
    """``2022年建成的,每站不超过A``: the phrase before the cap of each says which."""
    case = _case_of(passage, one)
    of_size = re.match("最高|最多|不超过", one.left) and next(thresholds(case or ""), None)
    return case if of_size or re.match(r"每|单[个家户项]", one.left) else None


def _key_phrase(passage: Passage, one: Sum) -> str | None:
    """``针对A企业,…最高不超过B``: the key is a phrase of its own before the cap."""
    for phrase in passage.phrases:
        if phrase.clause == one.phrase.clause and phrase.start < one.phrase.start:
            at = _KEY_PHRASE.match(passage.phrase_text(phrase))
            if at and not terms.LEVEL.match(at["key"]) and not re.search(r"的\Z|%|给予|按", at["key"]):
                return at["key"]
    return None
