"""A cap for each field, class or case behind one share: the share once more for each of them (LANGUAGE 6.6)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Sum
from luodi.policy.awards.numbers.pairing import parallel_key
from luodi.policy.awards.roles.cap_words import (
    KEY_LEAD,
    goes_on_raising,
    raised_for,
    raises_bound,
    subject_of,
    two_levels,
)
from luodi.policy.awards.rows.naming import name_in
from luodi.policy.awards.rows.row import Assembly, Row
from luodi.policy.awards.words.grades import KEY_WORD
from luodi.policy.awards.words.periods import Frequency
from luodi.policy.awards.words.tiers import thresholds
from luodi.policy.passages import Passage

# 单台最高A,成套装备最高B
ONE_AND_SET = re.compile(
    r"单[台机件][^,]{0,4},(?:成套|整[机线套]|系统)|(?:成套|整[机线套]|系统)[^,]{0,4},单[台机件][^,]{0,4}\Z"
)
"""One machine and a set of them."""
# 先进制程的产品给予最高A: what hands the maximum out.
_GIVING = re.compile(rf"(?<=..)(?:给予|{terms.KIND})+\Z")
_KEY_PHRASE = re.compile(r"\A(?:其中,?)?(?:对于?|针对)(?P<key>[^,。;]{2,30})\Z")
# 其中,大型企业,最高A;中型企业,最高B: a class as a phrase of its own, and right behind it nothing but its maximum.
_CLASS_PHRASE = re.compile(
    rf"\A(?:其中,?)?(?P<key>(?!单|每|同一|一家|该|其|上述|以上|各|所有|全部|对|凡)[^,。;:\d的]{{2,14}}?(?<=..){terms.PAYEE})\Z"
)
_MAXIMUM_ALONE = re.compile(rf"(?:{terms.KIND}(?:金额|资金|总额)?)?(?:每年)?(?:最高|最多|上限|不超过)(?:不超过|为)?")


def case_of(passage: Passage, one: Sum) -> str | None:
    """``取得批件的,`` before the words of a cap: in which case it holds."""
    at = passage.phrases.index(one.phrase)
    words = passage.phrase_text(passage.phrases[at - 1]).rpartition(":")[2] if at else ""
    return words.removesuffix("的") if words.endswith("的") and not terms.GIVE.search(words) else None


def bind_keyed(assembly: Assembly, one: Sum) -> Literal["bound", "again"] | None:
    """A cap for each field behind one rate: the rate becomes a row for each field; ``again``: another cap of the last field."""
    of_class = _class_phrase(assembly.passage, one)
    key = of_class or subject_of(one) or _key_phrase(assembly.passage, one)
    if key is None:
        return None
    opened, _ = assembly.passage.stretch(clause=one.phrase.clause)
    among = assembly.passage.text.startswith("其中", opened) and not terms.GIVE.match(key)
    before = one.phrase.clause if among else None
    rated = [
        r
        for r in assembly.rows
        if (r.rated or (of_class and r.kind == "per_unit"))
        and not r.closed
        and (r.sentence < one.phrase.sentence or (before and r.clause < before) or r.cap_key)
    ]
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


# 其中首展最高A,首秀最高B
_NAMED_CAP = re.compile(
    rf"(?:\A|(?<=[,;。]))(?:其中,?)?(?:对于?)?(?P<key>(?!单|每|同一|一家|该|其|上述|以上|各|所有|全部|年度|全年"
    rf"|累计)[^,。;:\d]{{2,24}}?)的?{terms.KIND}?(?:金额|总额)?"
    rf"(?:最高|最多|上限|限额|不超过)+(?:为|不超过|{terms.KIND})*(?=[\d一二两三四五六七八九]+[\d.一二三四五六七八九十百千]*[万亿]?元)"
)
_SENTENCES_BACK = 2


def bind_by_name(assembly: Assembly, one: Sum) -> bool:
    """``首展按场租的50%补贴,首秀按30%补贴,其中首展最高A,首秀最高B``: caps that each name one of the awards told before them."""
    passage = assembly.passage
    caps = list(_NAMED_CAP.finditer(passage.text, *passage.stretch(sentence=one.phrase.sentence)))
    told = next((at for at in caps if at.end() == one.start), None)
    near = [row for row in assembly.rows if 0 <= one.phrase.sentence - row.sentence < _SENTENCES_BACK]
    paid = [row for row in near if (row.rated or row.kind == "per_unit") and not row.of_group]
    if told is None or len(caps) < 2 or len(paid) < 2:
        return False
    words = [(row, passage.text[_words_from(assembly, row) : row.item.start]) for row in paid]
    named = [[row for row, own in words if at["key"] in own] for at in caps]
    if any(len(rows) != 1 for rows in named) or len({id(rows[0]) for rows in named}) < len(caps):
        return False
    row = named[caps.index(told)][0]
    if row.cap is not None:
        return False
    row.cap, row.cap_sum, row.closed = one.items[0].fen, one, True
    return True


def _words_from(assembly: Assembly, row: Row) -> int:
    """Where the words of a row begin: behind the row before it, or with its sentence."""
    start, _ = assembly.passage.stretch(sentence=row.sentence)
    return max([start, *(other.item.end for other in assembly.rows if other.item.end <= row.item.start)])


# 每100万元奖励1万元,现有企业最高A,新引进企业最高B: another class right behind the maximum of one.
_NEXT_CLASS = re.compile(rf",+(?!单|每|同一)[^,。;:\d]{{1,12}}{terms.PAYEE}(?:{terms.KIND})?(?:最高|最多|不超过)")
_CLASS_CAP = re.compile(
    rf"(?P<key>(?!单|每|同一|一家|该|其|上述|以上|各|所有|全部|对)[^,。;:\d]{{1,12}}{terms.PAYEE})(?:最高|最多|不超过)+{terms.KIND}?\Z"
)


def bind_classes(assembly: Assembly, one: Sum) -> bool:
    """``每100万元奖励1万元,现有企业最高A,新引进企业最高B``: what is counted once more for each class that has a maximum."""
    last = assembly.rows[-1] if assembly.rows else None
    told = _CLASS_CAP.fullmatch(one.left)
    if last is None or told is None or last.kind != "per_unit" or last.clause != one.phrase.clause:
        return False
    if last.cap is None and _NEXT_CLASS.match(assembly.passage.text, one.end):
        last.cap, last.cap_sum, last.cap_key, last.selector = one.items[0].fen, one, told["key"], told["key"]
        return True
    if last.cap_key is None:
        return False
    key = told["key"]
    assembly.rows.append(replace(last, cap=one.items[0].fen, cap_sum=one, cap_key=key, selector=key))
    return True


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
    rf"(?:(?<=..)企业|机构|项目|园区|平台|基地|人才|团队|项目单位|(?<=..){terms.PAID_FOR_THING}))的?"
    rf"(?:,|(?:补[助贴]|奖励|支持)(?:金额|资金)?)?(?:最高|最多|上限|不超过)(?:不超过|为)?\Z"
)


# 最高500万元,其中智能化改造的,最高800万元
_OF_SOME = re.compile(r"[,。;]其中,?(?:对于?)?(?P<key>[^,。;:\d]{2,14}?)的,\Z")
_MOST = re.compile(r"(?:补[助贴]|奖励|支持)?(?:金额|资金)?(?:最高|最多|上限)(?:不超过|为)?")


def bind_for_class(assembly: Assembly, one: Sum) -> bool:
    """``按15%补助,最高200万元。专精特新企业最高300万元``: the share once more, with the maximum of those who have another.

    Who has the larger is paid by it; a smaller one binds its class.
    """
    last = assembly.rows[-1] if assembly.rows else None
    some = _OF_SOME.search(assembly.passage.text, 0, one.phrase.start) if _MOST.fullmatch(one.left) else None
    told = some or _OF_CLASS.fullmatch(one.left)
    if last is None or told is None or not last.rated or last.cap is None or last.cap_sum is None or last.closed:
        return False
    follows = 0 <= one.phrase.sentence - last.cap_sum.phrase.sentence <= 1 and last.cap_sum.end <= one.start
    if not follows or one.gives or one.items[0].fen == last.cap or subject_of(last.cap_sum):
        return False
    raises = last if (one.items[0].fen or 0) > last.cap else None
    of_class = replace(last, cap=one.items[0].fen, selector=told["key"], keys=None, cap_sum=one, raises=raises)
    assembly.rows.append(of_class)
    return True


# 承办国家级赛事的,按费用的30%补助,最高100万元;承办省级赛事的,最高50万元
_CASE_FIRST = re.compile(r"(?:其中,?)?(?:对于?)?(?P<key>[^,。;:\d]{2,24})的,")


def bind_next_case(assembly: Assembly, one: Sum) -> bool:
    """``承办国家级赛事的,按30%补助,最高A;承办省级赛事的,最高B``: the share once more for a case told like the first, which has but a maximum."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or not last.rated or last.cap is None or one.gives or not _MOST.fullmatch(one.left):
        return False
    text, starts = assembly.passage.text, assembly.passage.stretch(clause=one.phrase.clause)
    first = _CASE_FIRST.match(text, assembly.passage.stretch(clause=last.clause)[0])
    case = _CASE_FIRST.fullmatch(text, starts[0], one.phrase.start)
    if not (first and case) or last.sentence != one.phrase.sentence or last.clause == one.phrase.clause:
        return False
    alike = first["key"][:2] == case["key"][:2] or first["key"][-2:] == case["key"][-2:]
    if not alike and not (
        first["key"][0] == case["key"][0] and first["key"][0] in "在到赴"
    ):  # 在国内维权的; 在海外应诉的
        return False
    assembly.rows.append(
        replace(last, cap=one.items[0].fen, selector=name_in(case["key"]) or case["key"], keys=None, cap_sum=one)
    )
    return True


def bind_named(assembly: Assembly, one: Sum) -> bool:
    """``按支出的30%补助,国际展会最高A,全国展会最高B``: one rate, a row for each field that has a cap."""
    last = assembly.rows[-1] if assembly.rows else None
    counted = last is not None and (last.rated or last.kind == "per_unit")
    if last is None or not counted or last.cap_sum is None:
        return False
    if last.cap_sum.phrase.sentence != one.phrase.sentence or last.cap_sum.phrase == one.phrase:
        return False
    alike = _alike(assembly.passage, last.cap_sum, one)
    if not alike and (terms.YEARLY_CAP.search(one.left) or terms.TOTAL.search(one.left)):
        return False
    told: list[str | None] = [*alike] if alike else []
    told = told or [subject_of(cap) or _case_before(assembly.passage, cap) for cap in (last.cap_sum, one)]
    of_set = ONE_AND_SET.match(",".join(terms.CAP_WORD.split(cap.left)[0] for cap in (last.cap_sum, one)))
    if sum(row.sum is last.sum for row in assembly.rows) > 1 and not of_set:
        told[0] = last.selector
    if not all(told) and two_levels(last.cap_sum, one):
        return False
    if last.closed and not alike and not (all(told) and parallel_key(str(told[0]), f"、{told[1]}", None)):
        return False
    first, key = (
        name or _GIVING.sub("", KEY_LEAD.sub("", terms.CAP_WORD.split(cap.left)[0]))
        for name, cap in zip(told, (last.cap_sum, one), strict=True)
    )
    payees = re.fullmatch(terms.PAYEE, first) and re.fullmatch(terms.PAYEE, key)  # 个人最高A,机构最高B
    named = (all(told) or payees) and first != key
    if (
        not first
        or not key
        or terms.GIVE.match(key)
        or not (named or ONE_AND_SET.match(f"{first},{key}") or parallel_key(first, f"、{key}", None))
    ):
        return False
    shares = [row for row in assembly.rows if row.sum is last.sum and row.cap_sum is last.cap_sum]
    if len(shares) > 1 and len(last.cap_sum.items) == 1:  # 按30%、20%奖励,单台最高A,成套最高B
        twins = [
            replace(row, cap=one.items[0].fen, selector=f"{row.selector or ''}{key}", cap_sum=one) for row in shares
        ]
        assembly.rows += twins
        return True
    last.selector = (
        _level_before(assembly, last, key) if terms.GIVE.match(first) or "%" in first else first.removesuffix("的")
    )
    assembly.rows.append(replace(last, cap=one.items[0].fen, selector=key.removesuffix("的"), cap_sum=one))
    return True


def _alike(passage: Passage, first: Sum, second: Sum) -> list[str] | None:
    """``其中甲类的,年度总额最高A;乙类的,年度总额最高B``: whom two maxima are for that are told in the same words."""
    names = [name for cap in (first, second) if (name := subject_of(cap) or case_of(passage, cap))]
    if len(names) < 2:
        return None
    words = [cap.left.rpartition(name)[2] for cap, name in zip((first, second), names, strict=True)]
    return [KEY_LEAD.sub("", name) for name in names] if words[0] == words[1] else None


def _level_before(assembly: Assembly, row: Row, key: str) -> str | None:
    """``举办国际级赛事的,给予30%、最高A;国家级赛事最高B``: the level that the first cap is for."""
    start, _ = assembly.passage.stretch(clause=row.clause)
    words = list(KEY_WORD.finditer(assembly.passage.text, start, row.sum.start)) if KEY_WORD.match(key) else []
    return words[-1][0] if words else None


def _case_before(passage: Passage, one: Sum) -> str | None:
    """``2022年建成的,每站不超过A``: the phrase before the cap of each says which."""
    case = case_of(passage, one)
    of_size = re.match("最高|最多|不超过", one.left) and next(thresholds(case or ""), None)
    return case if of_size or re.match(r"每|单[个家户项]", one.left) else None


def _class_phrase(passage: Passage, one: Sum) -> str | None:
    """``大型企业,最高A``: the class that is the only phrase before a maximum in its clause, behind 其中 or another class."""
    opened, _ = passage.stretch(clause=one.phrase.clause)
    at = _CLASS_PHRASE.match(passage.text[opened : one.phrase.start].rstrip(","))
    return at["key"] if at and _MAXIMUM_ALONE.fullmatch(one.left) else None


def _key_phrase(passage: Passage, one: Sum) -> str | None:
    """``针对A企业,…最高不超过B``: the key is a phrase of its own before the cap."""
    for phrase in passage.phrases:
        if phrase.clause == one.phrase.clause and phrase.start < one.phrase.start:
            at = _KEY_PHRASE.match(passage.phrase_text(phrase))
            if at and not terms.LEVEL.match(at["key"]) and not re.search(r"的\Z|%|给予|按", at["key"]):
                return at["key"]
    return None
