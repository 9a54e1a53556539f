"""Caps that are told for each of several awards: lists of caps, and a cap for each field behind one rate (LANGUAGE 6.3, 6.6)."""

from __future__ import annotations

import re
from dataclasses import replace

from luodi.policy import award_terms as terms
from luodi.policy.awards.caps.fields import ONE_AND_SET, case_of
from luodi.policy.awards.numbers.number_groups import Sum
from luodi.policy.awards.numbers.pairing import find_keys
from luodi.policy.awards.roles.cap_words import (
    GIVEN_YEARLY,
    KEY_LEAD,
    LISTED_CAPS,
    binding,
    is_once,
    subject_of,
)
from luodi.policy.awards.rows.keyed_rows import paired_rows
from luodi.policy.awards.rows.row import Assembly, Row, before_give, set_time
from luodi.policy.awards.words.grades import KEY_WORD
from luodi.policy.awards.words.periods import stage, stages

_WHOM = re.compile(r"(?!其中|单|每|同一|累计|年度|合计)[^,。;:\d]{2,12}")
_GIVEN_AT_MOST = re.compile(r"对(?P<whom>[^,。;、对\d]{2,12})给予(?:最高|不超过)+\Z")
# 枢纽场最高A、一般场最高B、起降点最高C: a name and its maximum that go on with a list; 单个企业, 年度 name another level.
_NEXT_NAMED = re.compile(r"、(?P<key>(?!单|每|同一|年|累计|合计|总)[^,。;、:\d]{2,12}?)(?:最高|最多|不超过)+")
_OF_EACH = re.compile(r"(?:最高|最多|不超过)各(?:补助|补贴|奖励|资助|支持|为)?\Z|(?:各|均)(?:最高|最多|不超过)+\Z")
# 20万元生活补贴、最高300万元购房补贴: two payments.
_TWO_PAYMENTS = re.compile(
    rf"\d[\d.]*[万亿]?元(?P<one>[一-鿿]{{2,4}}{terms.KIND})、最高(?P<most>[\d.]+[万亿]?元)(?P<other>[一-鿿]{{2,4}}{terms.KIND})(?=[,。;]|\Z)"
)
_AND_AT_MOST = re.compile(rf"(?:[一-鿿]{{2,4}}{terms.KIND})?、最高")
# 按不超过设备、软件投入的15%: what the share is of, no list of keys.
_BASE = re.compile(r"按照?[^,。;]*\Z")


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
        row.frequency = row.frequency or ("annual" if GIVEN_YEARLY.search(assembly.told(one)) else None)
        assembly.rows.append(row)


# 90万元一次性补助,市级基地不超过
_NEXT_LEVEL = re.compile(
    rf"[^,。;、\d]{{0,8}}[,、](?P<level>{KEY_WORD.pattern})[^,。;、\d]{{0,10}}?的?(?:给予|奖励|补助|补贴)?(?:最高|不超过)+"
)


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


def bind_own_payment(assembly: Assembly, one: Sum) -> bool:
    """``每年20万元生活补贴、最高300万元购房补贴,乙类每年10万元、最高100万元``: the maximum of another payment, also where only the first names both."""
    last = assembly.rows[-1] if assembly.rows else None
    start, end = assembly.passage.stretch(sentence=one.phrase.sentence)
    told = _TWO_PAYMENTS.search(assembly.passage.text, start, end)
    if last is None or not last.amount or last.sum.phrase != one.phrase or told is None or one.end < told.start("most"):
        return False
    if told["one"] == told["other"] or not _AND_AT_MOST.fullmatch(assembly.passage.text, last.item.end, one.start):
        return False
    whom = subject_of(one) or subject_of(last.sum)
    assembly.rows.append(Row("capped", one, one.items[0], cap=one.items[0].fen, selector=whom))
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


def bind_next_level(assembly: Assembly, one: Sum) -> bool:
    """``给予省级基地90万元补助,市级基地不超过40万元的补助``: what the next level may have, no bound of a share told before."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or last.kind != "fixed" or last.clause != one.phrase.clause or one.bracketed:
        return False
    told = _NEXT_LEVEL.match(assembly.passage.text, last.sum.end, one.items[0].start)
    levels = [at[0] for at in KEY_WORD.finditer(last.sum.left)]
    if told is None or told.end() != one.items[0].start or not levels or told["level"] in levels:
        return False
    assembly.rows.append(Row("capped", one, one.items[0], cap=one.items[0].fen, selector=told["level"]))
    set_time(assembly.rows[-1], one)
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
    first, case = (case_of(assembly.passage, cap) for cap in (last.cap_sum, one))
    keys = find_keys(case, len(one.items)) if case else None
    words = keys.words if keys else (case,)
    if first is None or case is None or len(words) != len(one.items):
        return False
    last.selector = last.selector if last.cap_key else first
    for item, word in zip(one.items, words, strict=True):
        assembly.rows.append(replace(last, cap=item.fen, selector=word, cap_key=word, cap_sum=one))
    return True


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
    if beside and not ONE_AND_SET.match(f"{_cap_left(beside[-1])},{whom}"):
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
    annual = rate.frequency or ("annual" if terms.YEARLY_CAP.search(one.left) else "once" if is_once(one) else None)
    assembly.rows[at : at + 1] = [
        replace(rate, cap=item.fen, selector=word, keys=keys, keys_from=start, cap_sum=one, frequency=annual)
        for item, word in zip(one.items, words, strict=True)
    ]


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


# 300元/平方米(最高500万元), 20%(单个项目不超过50万元)
_RIGHT_BEHIND = re.compile(r"(?:/[^,。;()\d]{1,6})?(?:的(?:标准|比例))?\([^()]*")


def _bind_right_behind(assembly: Assembly, last: Row, one: Sum) -> bool:
    """``甲按500元/平方米补助,乙按300元/平方米(最高500万元)补助``: a maximum in brackets bounds the sum before them, and no other of its clause."""
    others = [row for row in assembly.rows if row.clause == last.clause and row.sum is not last.sum]
    alone = others and len(last.sum.items) == len(one.items) == 1 and last.cap is None and binding(one.left)[1] is None
    counted = last.rated or last.kind == "per_unit"
    if not (alone and counted and _RIGHT_BEHIND.fullmatch(assembly.passage.text, last.item.end, one.start)):
        return False
    last.cap, last.cap_sum = one.items[0].fen, one
    return True


def bind_bracketed(assembly: Assembly, one: Sum) -> bool:
    """``按70%补助,最高300万元(高校院所最高150万元)``: the remark names whom another cap is for."""
    last = assembly.rows[-1] if assembly.rows else None
    if last and one.bracketed and _bind_right_behind(assembly, last, one):
        return True
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


# The year in brackets behind the last share: the share's own (``20%(第三年),每年最高…``).
_YEAR_OF_A_SHARE = re.compile(r"^\(第[^()]{1,8}年[^()]{0,4}\)")


def stage_of(assembly: Assembly, one: Sum) -> tuple[str, int] | None:
    """The years that a maximum is for (第一年, 第二、三年), and how many they are."""
    start, _ = assembly.passage.stretch(sentence=one.phrase.sentence)
    floor = max([start, *(row.sum.end for row in assembly.rows)])
    return stage(_YEAR_OF_A_SHARE.sub("", assembly.passage.text[floor : one.start]))


def stage_rows(assembly: Assembly, one: Sum, words: str, years: int) -> None:
    """``第一年不超过A,第二、三年每年不超过B``: a row each, also for each of 第二年、第三年分别不超过B、C; a headline without a rate is their sum and goes."""
    for row in [r for r in assembly.rows if r.kind == "capped" and not r.staged and terms.TOTAL.search(r.sum.left)]:
        assembly.rows.remove(row)
    rows, each = paired_rows(assembly, one, "capped"), stages(words)
    if len(rows) != len(each) or any(row.selector for row in rows):
        each = [words] * len(rows)
    for row, own in zip(rows, each, strict=True):
        row.cap, row.staged, row.closed = row.item.fen, True, True
        row.selector = row.selector or own
        if (years > 1 and own == words) or re.search(r"每年", one.left):
            row.frequency, row.years = "annual", years
        if terms.ONCE.search(one.left):
            row.frequency = "once"
        assembly.rows.append(row)
