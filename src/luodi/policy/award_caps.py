"""Which award a cap bounds (LANGUAGE 6.6).

A cap binds to the nearest award before it: in its own clause; for one that names its level (单个项目, 年度) in its
sentence; else in the sentences before it. What no award takes is an upper bound of an award by itself.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from luodi.policy import award_terms as terms
from luodi.policy.award_numbers import Sum
from luodi.policy.award_periods import Frequency, stage
from luodi.policy.award_row import Assembly, Row, before_give, paired_rows, set_time
from luodi.policy.pairing import KEY_WORD, find_keys, parallel_key
from luodi.policy.passages import Passage

_AGAIN = re.compile(r"(?:再|另|并|同时|额外)[^,。;]{0,16}?(?:给予|奖励|补助|补贴|资助|支持)")
_KEY_LEAD = re.compile(r"\A(?:其中,?|对于?|针对|凡|属于?)*")
_RECIPIENT = re.compile(r"(?:其中,?)?(?:对于?|针对)(?P<who>[^,。;]{2,30})")
_KEY_PHRASE = re.compile(r"\A(?:其中,?)?(?:对于?|针对)(?P<key>[^,。;]{2,30})\Z")
_KEY_END = re.compile(
    rf"单(?!位)[一-鿿]|同一|每|{terms.KIND}|最高|不超过|(?<!\d)年度|一次性|原则上|累计|总额|金额|额度"
)
_TIER = re.compile(r"\d[\d.]*[万亿]?[一-鿿]{1,3}(?:\([^()]{1,8}\))?(?:及)?(?:以[上下内]|至|到|—|-|的)|不足\d")
_OTHERS = re.compile(r"(?:对于?)?其[他它余]")
_FOR_EACH = re.compile(
    r"(?:上述|以上)?(?:(?:奖励|补助|补贴)?(?:金额|资金)?均|单个项目|单项|每个项目|同一项目)(?:奖励|补助|补贴)?(?:金额|资金|总额)?(?:最高|不超过|不得超过|奖励|补助|补贴|给予)*"
)
_HANDED_OUT = re.compile(r"(?:的?标准)?(?:给予|予以|发放)(?:[^,。;\d]{0,8})(?:奖|补|资助|津贴)")
# 单个企业年最高资助N: who may have at most so much, told of what was given before.
_LED_BY_LEVEL = re.compile(rf"{terms.LEVEL.pattern}(?:每?年度?)?(?:累计)?(?:最高|最多|不超过)")
_LONGEST_SUBJECT = 20
_UNIT_LEVEL = re.compile(r"企业|单位|机构|主体|家|园区|平台|合作社|法人|集团")


def binding(left: str) -> tuple[Literal["item", "unit", "person"] | None, Literal["year", "total"] | None]:
    """Whom a cap binds and for what time, by the words before it: 单个项目, 同一企业, 每人; 每年, 累计."""
    level = terms.last_match(terms.LEVEL, left)
    per: Literal["item", "unit", "person"] | None = None
    if level:
        per = "person" if re.search(r"人(?!才)|户", level[0]) else "unit" if _UNIT_LEVEL.search(level[0]) else "item"
    yearly, total = terms.YEARLY_CAP.search(left), re.search(r"累计|合计|总计|总额", left)
    return per, "year" if yearly else "total" if total else None


def bind_ceiling(assembly: Assembly, one: Sum) -> bool:
    """``不超过200万元,不超过投入的30%``: the capped rows become rates with that cap; False where there are none."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or last.kind != "capped" or last.rate is not None:
        return False
    for row in assembly.rows:
        if row.sum is last.sum:
            row.kind, row.rate, row.closed = "rate", one.items[0].rate, True
    return True


def bind_cap(assembly: Assembly, one: Sum) -> None:
    """Give a cap to the awards it bounds, or make it a row."""
    phase = _stage_of(assembly, one)
    if phase is not None:
        _stage_rows(assembly, one, *phase)
        return
    if one.is_range:
        for row in paired_rows(assembly, one, "range"):
            row.floor, row.cap = row.item.low, row.item.fen
            set_time(row, one)
            assembly.rows.append(row)
        return
    if len(one.items) > 1:
        _cap_list(assembly, one)
        return
    if not one.gives and _keyed(assembly, one):
        return
    if _named_in_turn(assembly, one):
        return
    open_rows = _open_rows(assembly, one)
    if open_rows:
        _bind(assembly, one, open_rows)
    else:
        _capped(assembly, one)


def _stage_of(assembly: Assembly, one: Sum) -> tuple[str, int] | None:
    start, _ = assembly.passage.stretch(sentence=one.phrase.sentence)
    floor = max([start, *(row.sum.end for row in assembly.rows)])
    return stage(assembly.passage.text[floor : one.start])


def _stage_rows(assembly: Assembly, one: Sum, words: str, years: int) -> None:
    """``第一年不超过A,第二、三年每年不超过B``: a row each; a headline without a rate is their sum and goes."""
    for row in [r for r in assembly.rows if r.kind == "capped" and not r.staged and terms.TOTAL.search(r.sum.left)]:
        assembly.rows.remove(row)
    for row in paired_rows(assembly, one, "capped"):
        row.cap, row.staged, row.closed = row.item.fen, True, True
        row.selector = row.selector or words
        if years > 1 or re.search(r"每年", one.left):
            row.frequency, row.years = "annual", years
        if terms.ONCE.search(one.left):
            row.frequency = "once"
        assembly.rows.append(row)


def _cap_list(assembly: Assembly, one: Sum) -> None:
    rates = [r for r in assembly.rows if r.clause == one.phrase.clause and r.rated and r.cap is None]
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


def _caps_of_units(assembly: Assembly, one: Sum) -> bool:
    """``每件分别奖励A、B,年度总额分别不超过C、D``: the nth cap bounds the nth sum."""
    rows = [r for r in assembly.rows if r.clause == one.phrase.clause and r.kind == "per_unit" and r.cap is None]
    if one.gives or "分别" not in one.left or len(rows) != len(one.items) or len({id(r.sum) for r in rows}) > 1:
        return False
    for row, item in zip(rows, one.items, strict=True):
        row.cap, row.cap_sum, row.closed = item.fen, one, True
        row.frequency = "annual" if terms.YEARLY_CAP.search(one.left) and row.frequency is None else row.frequency
    return True


def _second_list(assembly: Assembly, one: Sum) -> bool:
    """``按费用的20%,甲类分别最高A、B,乙类分别最高C、D``: the one rate holds for the second list of caps too."""
    beside = [r for r in assembly.rows if r.clause == one.phrase.clause]
    first = [r for r in beside if r.rated and r.cap_sum is not None and len(r.cap_sum.items) == len(one.items)]
    if "分别" not in one.left or not first or len(first) != len(beside) or len({r.rate for r in first}) > 1:
        return False
    assembly.rows += [
        replace(row, cap=item.fen, cap_sum=one) for row, item in zip(first[-len(one.items) :], one.items, strict=True)
    ]
    return True


def _one_rate_many_caps(assembly: Assembly, one: Sum, rate: Row) -> None:
    at = assembly.rows.index(rate)
    start, _ = assembly.passage.stretch(sentence=one.phrase.sentence)
    keys = find_keys(before_give(assembly.passage.text[start : one.start]), len(one.items)) or find_keys(
        assembly.passage.text[start : rate.sum.start], len(one.items)
    )
    words = (
        tuple(item.key for item in one.items) if one.items[0].key else keys.words if keys else (None,) * len(one.items)
    )
    assembly.rows[at : at + 1] = [
        replace(rate, cap=item.fen, selector=word, keys=keys, keys_from=start, cap_sum=one)
        for item, word in zip(one.items, words, strict=True)
    ]


def _open_rows(assembly: Assembly, one: Sum) -> list[Row]:
    """The awards that a cap may bound, nearest first scope."""
    rows = [r for r in assembly.rows if not r.closed and (r.rated or r.kind in ("per_unit", "case"))]
    clause = [r for r in rows if r.clause == one.phrase.clause]
    if tiers := _tiers(assembly, one) or _of_all_before(assembly, one):
        return tiers
    if one.gives and not (_LED_BY_LEVEL.match(one.left) and not clause):
        if clause and clause[-1].sum.gives and _AGAIN.search(assembly.passage.text, clause[-1].sum.end, one.start):
            return []
        if _over_several(assembly, one):
            return []
        plain = bool(re.match(r"最高|不超过", one.left)) or _wide(one)
        free = [r for r in clause if r.cap is None and (plain or r.kind != "per_unit")]
        return free if len({id(r.sum) for r in free}) == 1 else free[-1:]
    sentence = [r for r in rows if r.sentence == one.phrase.sentence]
    others = [r for r in sentence if r not in clause and r.kind != "per_unit"]
    if clause and others and all(r.cap is None for r in clause) and all(r.cap is not None for r in others):
        return clause
    if clause and len({r.kind for r in assembly.rows if r.sentence == one.phrase.sentence}) > 1:
        return clause
    if _wide(one) and sentence and (clause or not _own_award(assembly.passage, one)):
        return (
            clause
            if clause and clause[-1].kind == "per_unit"
            else [r for r in sentence if r.rated or (r.kind == "case" and r in clause)]
        )
    if clause or sentence:
        return clause
    own = [r for r in assembly.rows if r.sentence == one.phrase.sentence]
    return [] if own or _own_recipient(assembly.passage, one) else rows


def _tiers(assembly: Assembly, one: Sum) -> list[Row]:
    """``100亩以下的,每亩A;100亩以上的,每亩B,单个主体最高C``: the cap behind the last tier bounds every one."""
    rows = [r for r in assembly.rows if r.sentence == one.phrase.sentence]
    counted = all(r.kind == "per_unit" and r.cap is None and not r.closed for r in rows)
    if not (_wide(one) and counted and len({r.clause for r in rows}) > 1 and rows[-1].clause == one.phrase.clause):
        return []
    starts = [assembly.passage.stretch(clause=r.clause)[0] for r in rows]
    heads = [assembly.passage.text[start : r.sum.start] for start, r in zip(starts, rows, strict=True)]
    tiers = all(_TIER.search(head) for head in heads) or all(KEY_WORD.search(head) for head in heads)
    return rows if tiers or _OTHERS.match(heads[-1]) else []


def _of_all_before(assembly: Assembly, one: Sum) -> list[Row]:
    """``…按30%奖励;…按40%奖励;均不超过500万元``: a cap in a clause of its own bounds each award of its sentence."""
    start, _ = assembly.passage.stretch(clause=one.phrase.clause)
    rows = [r for r in assembly.rows if r.sentence == one.phrase.sentence]
    alike = len({r.kind for r in rows}) == 1 and all((r.rated or r.kind == "per_unit") and r.cap is None for r in rows)
    whole = len(rows) > 1 and alike and all(r.clause < one.phrase.clause and not r.closed for r in rows)
    return rows if whole and _FOR_EACH.fullmatch(assembly.passage.text, start, one.start) else []


def _over_several(assembly: Assembly, one: Sum) -> bool:
    """``每件A奖励…,每件B奖励…,单个企业最高…``: a ceiling over several awards of its clause."""
    counted = {id(r.sum) for r in assembly.rows if r.kind == "per_unit" and r.clause == one.phrase.clause}
    return one.gives and _wide(one) and len(counted) > 1


def _own_award(passage: Passage, one: Sum) -> bool:
    """Whether the cap's own clause gives something without a figure (``给予企业奖励,最高…``)."""
    start, _ = passage.stretch(clause=one.phrase.clause)
    return bool(terms.GIVE.search(passage.text, start, one.phrase.start))


def _own_recipient(passage: Passage, one: Sum) -> bool:
    """Whether the cap's sentence says first for whom or for what it is (``对新设的机构,…``, ``购置用房的,…``): no cap of others."""
    start, _ = passage.stretch(sentence=one.phrase.sentence)
    before = passage.text[start : one.start]
    return any(
        (led := _RECIPIENT.match(words)) and not terms.LEVEL.match(led["who"]) or (ends and words.endswith("的"))
        for words, ends in ((at[1], bool(at[2])) for at in re.finditer(r"([^,:]+)([,:]?)", before))
    )


def _wide(one: Sum) -> bool:
    return bool(terms.LEVEL.search(one.left) or terms.YEARLY_CAP.search(one.left) or terms.TOTAL.search(one.left))


def _bind(assembly: Assembly, one: Sum, rows: list[Row]) -> None:
    fen = one.items[0].fen
    yearly, total = bool(terms.YEARLY_CAP.search(one.left)), _totals(one, rows)
    if not yearly and not total:
        free = [row for row in rows if row.cap is None]
        if not free:
            _capped(assembly, one)
        for row in free:
            row.cap, row.cap_sum = fen, one
            row.frequency = row.frequency or ("once" if one.gives and _once(one) else None)
        return
    steps = all(row.selector and terms.FIRST_LAST.fullmatch(row.selector) for row in rows)
    if (len(rows) == 1 or steps) and all(row.cap is None for row in rows):
        for row in rows:
            row.cap, row.cap_sum, row.closed = fen, one, True
            row.frequency = "annual" if yearly and row.frequency != "monthly" else row.frequency
        return
    _capped(assembly, one)
    for row in rows:
        row.closed = True


def _totals(one: Sum, rows: list[Row]) -> bool:
    """Whether a cap bounds what its rows pay together: 累计, or the 总额 of a recipient told behind them."""
    apart = all(row.sentence < one.phrase.sentence for row in rows)
    return "累计" in one.left or (apart and binding(one.left) == ("unit", "total"))


def _once(one: Sum) -> bool:
    return bool(terms.ONCE.search(one.left) or terms.ONCE.search(one.right))


def _capped(assembly: Assembly, one: Sum) -> None:
    """An upper bound that no award before it takes: an award by itself, or the cap of a group of awards."""
    yearly = bool(terms.YEARLY_CAP.search(one.left))
    own = [row for row in assembly.rows if row.sentence == one.phrase.sentence]
    fixed = [row for row in own if row.kind in ("fixed", "range")]
    if fixed and not _wide(one) and not one.gives and not subject_of(one):
        return
    row = Row("capped", one, one.items[0], cap=one.items[0].fen)
    set_time(row, one)
    if yearly:
        row.frequency = "annual"
        row.closed = True
    start, _ = assembly.passage.stretch(sentence=one.phrase.sentence)
    told = assembly.passage.text[start : one.start]
    if "贴息" in one.left + told and not any(r.rated for r in assembly.rows):
        row.kind = "interest"
    if _over_several(assembly, one):
        row.selector = "年度" if yearly else "累计"
    elif (
        row.kind == "capped"
        and not subject_of(one)
        and (not _given(one) or (_wide(one) and assembly.rows and (not own or own[-1].cap is not None)))
    ):
        if "累计" in one.left or (not own and binding(one.left) == ("unit", "total")):
            row.selector = "累计"
        elif yearly and (assembly.rows or "年度" in one.left):
            row.selector = "年度"
    assembly.rows.append(row)


def _given(one: Sum) -> bool:
    """Whether the sum itself is handed out (``给予最高N``, ``按每年不超过N给予补贴``), not only a bound of others."""
    return one.gives or bool(_HANDED_OUT.match(one.right))


def subject_of(one: Sum) -> str | None:
    """Whose cap it is, where the phrase begins with a name before 单个, 每家 or 补贴金额."""
    own = _KEY_LEAD.sub("", one.left)
    end = _KEY_END.search(own)
    name = own[: end.start()] if end else ""
    if not 2 <= len(name) <= _LONGEST_SUBJECT or re.fullmatch(
        r"(?:且|并|但|该|上述|以上|相关|全部|所有|奖励|资金|对应|原则上|标准|同类|各类|项目|企业)*", name
    ):
        return None
    return name


def _keyed(assembly: Assembly, one: Sum) -> bool:
    """A cap for each field behind one rate: the rate becomes a row for each field."""
    key = subject_of(one) or _key_phrase(assembly.passage, one)
    if key is None:
        return False
    rated = [r for r in assembly.rows if r.rated and r.sentence < one.phrase.sentence and not r.closed]
    if any(
        (r.rated or r.kind == "per_unit") and r.clause == one.phrase.clause and not r.cap_key for r in assembly.rows
    ):
        return False
    keyed = [r for r in rated if r.cap_key]
    free = [r for r in rated if r.cap is None and not r.cap_key]
    annual: Frequency | None = "annual" if terms.YEARLY_CAP.search(one.left) else None
    if keyed and keyed[-1].cap_key == key:
        return _again_for_key(assembly, one)
    if keyed:
        twin = replace(keyed[-1], cap=one.items[0].fen, cap_key=key, selector=key, frequency=annual, cap_sum=one)
        assembly.rows.append(twin)
        return True
    if len(free) != 1:
        return False
    row = free[0]
    row.cap, row.cap_key, row.selector, row.cap_sum = one.items[0].fen, key, key, one
    row.frequency = row.frequency or annual
    return True


def _again_for_key(assembly: Assembly, one: Sum) -> bool:
    _capped(assembly, one)
    if assembly.rows[-1].selector is None and terms.YEARLY_CAP.search(one.left):
        assembly.rows[-1].selector = "年度"
    return True


def _named_in_turn(assembly: Assembly, one: Sum) -> bool:
    """``按支出的30%补助,国际展会最高A,全国展会最高B``: one rate, a row for each field that has a cap."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or not last.rated or last.cap_sum is None or last.closed:
        return False
    if terms.YEARLY_CAP.search(one.left) or terms.TOTAL.search(one.left):
        return False
    if last.cap_sum.phrase.sentence != one.phrase.sentence or last.cap_sum.phrase == one.phrase:
        return False
    first, key = (
        subject_of(cap) or _KEY_LEAD.sub("", terms.CAP_WORD.split(cap.left)[0]) for cap in (last.cap_sum, one)
    )
    named = subject_of(last.cap_sum) and subject_of(one) and first != key
    if not first or not key or not (named or parallel_key(first, f"、{key}", None)):
        return False
    last.selector = first
    assembly.rows.append(replace(last, cap=one.items[0].fen, selector=key, cap_sum=one))
    return True


def _key_phrase(passage: Passage, one: Sum) -> str | None:
    """``针对A企业,…最高不超过B``: the key is a phrase of its own before the cap."""
    for phrase in passage.phrases:
        if phrase.clause == one.phrase.clause and phrase.start < one.phrase.start:
            at = _KEY_PHRASE.match(passage.phrase_text(phrase))
            if at and not terms.LEVEL.match(at["key"]) and not re.search(r"的\Z|%|给予|按", at["key"]):
                return at["key"]
    return None
