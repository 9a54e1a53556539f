"""Which award a cap bounds (LANGUAGE 6.6).

A cap binds to the nearest award before it: in its own clause; for one that names its level (单个项目, 年度) in its
sentence; else in the sentences before it. What no award takes is an upper bound of an award by itself.
"""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.cap_lists import bind_bracketed, bind_cases, bind_keyed, bind_list, bind_named, bind_raised
from luodi.policy.awards.cap_words import binding, is_handed_out, is_once, is_wide, subject_of, two_levels
from luodi.policy.awards.numbers import Sum
from luodi.policy.awards.pairing import KEY_WORD
from luodi.policy.awards.periods import stage, stages
from luodi.policy.awards.row import Assembly, Row, paired_rows, set_time
from luodi.policy.passages import Passage

_AGAIN = re.compile(r"(?:再|另|并|同时|额外)[^,。;]{0,16}?(?:给予|奖励|补助|补贴|资助|支持)")
_RECIPIENT = re.compile(r"(?:其中,?)?(?:对于?|针对)(?P<who>[^,。;]{2,30})")
_TIER = re.compile(r"\d[\d.]*[万亿]?[一-鿿]{1,3}(?:\([^()]{1,8}\))?(?:及)?(?:以[上下内]|至|到|—|-|的)|不足\d")
_OTHERS = re.compile(r"(?:对于?)?其[他它余]")
# 给予一次性贴息补助,单个项目最高N: said of what the maximum bounds.
_GIVEN_ONCE = re.compile(rf"(?:给予|予以)[^,。;\d]{{0,4}}一次性[^,。;\d]{{0,6}}{terms.KIND}[^。;\d]*\Z")
_ONCE_BEHIND = re.compile(r"(?:人民币)?的一次性")
# 以上奖励总额不超过N: what all of them together may come to.
_OF_THOSE_BEFORE = re.compile(r"(?:以上|上述)[^,。;\d]{0,16}(?:总额|合计|累计)")
_WHOLE_SUM = r"(?:奖励|补助|补贴|资助|支持)?(?:资金)?(?:总额|合计|总计)"
# 安家费200万元,项目资助最高500万元: a bound with a payment of its own.
_NOUN_OF_ITS_OWN = re.compile(rf"(?!上述|以上|该|其|总|各|单)[一-鿿]{{2,6}}{terms.KIND}(?:最高|不超过)")
_FOR_EACH = re.compile(
    r"(?:上述|以上)?(?:(?:奖励|补助|补贴)?(?:金额|资金)?均|单个(?:项目|展会|活动|赛事|品种|场馆|产品)|单场|单项|每个项目|同一项目)(?:奖励|补助|补贴)?(?:金额|资金|总额)?(?:最高|不超过|不得超过|奖励|补助|补贴|给予)*"
)
# 单个企业年最高资助N: who may have at most so much, told of what was given before.
_LED_BY_LEVEL = re.compile(rf"{terms.LEVEL.pattern}(?:每?年度?)?(?:累计)?(?:最高|最多|不超过)")


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
    if bind_cases(assembly, one) or bind_raised(assembly, one):
        return
    if len(one.items) > 1:
        bind_list(assembly, one)
        return
    keyed = None if one.gives and not _of_those(assembly, one) else bind_keyed(assembly, one)
    if keyed == "again":
        _again_for_field(assembly, one)
    if keyed is not None:
        return
    if _OF_THOSE_BEFORE.match(one.left) and assembly.rows:
        _capped(assembly, one)
        assembly.rows[-1].selector = "年度" if "每年合计" in one.left else "累计"
        return
    if bind_named(assembly, one) or bind_bracketed(assembly, one):
        return
    open_rows = _open_rows(assembly, one)
    if open_rows:
        _bind(assembly, one, open_rows)
    else:
        _capped(assembly, one)


def _of_those(assembly: Assembly, one: Sum) -> bool:
    """``其中:甲项目最高补助A,乙项目最高补助B``: the sentence tells the caps of an award before it."""
    start, _ = assembly.passage.stretch(sentence=one.phrase.sentence)
    return assembly.passage.text.startswith("其中", start)


def _stage_of(assembly: Assembly, one: Sum) -> tuple[str, int] | None:
    start, _ = assembly.passage.stretch(sentence=one.phrase.sentence)
    floor = max([start, *(row.sum.end for row in assembly.rows)])
    return stage(assembly.passage.text[floor : one.start])


def _stage_rows(assembly: Assembly, one: Sum, words: str, years: int) -> None:
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


def _open_rows(assembly: Assembly, one: Sum) -> list[Row]:
    """The awards that a cap may bound, nearest first scope."""
    rows = [r for r in assembly.rows if not r.closed and (r.rated or r.kind in ("per_unit", "case"))]
    clause = [r for r in rows if r.clause == one.phrase.clause]
    if tiers := _tiers(assembly, one) or _of_all_before(assembly, one):
        return tiers
    if _total_of_counted(assembly, one):
        return []
    by_level = _LED_BY_LEVEL.match(one.left)
    if by_level and len({id(r.sum) for r in clause if r.rated and r.cap is None}) > 1:
        return [r for r in clause if r.rated]
    if one.gives and not (by_level and not clause):
        if clause and clause[-1].sum.gives and _AGAIN.search(assembly.passage.text, clause[-1].sum.end, one.start):
            return []
        if _over_several(assembly, one):
            return []
        plain = bool(re.match(r"最高|不超过", one.left)) or is_wide(one)
        free = [r for r in clause if r.cap is None and (plain or r.kind != "per_unit")]
        return free if len({id(r.sum) for r in free}) == 1 else free[-1:]
    sentence = [r for r in rows if r.sentence == one.phrase.sentence]
    others = [r for r in sentence if r not in clause and r.kind != "per_unit"]
    if clause and others and all(r.cap is None for r in clause) and all(r.cap is not None for r in others):
        return clause
    if clause and len({r.kind for r in assembly.rows if r.sentence == one.phrase.sentence}) > 1:
        return clause if is_wide(one) else [r for r in clause if r.sum is clause[-1].sum]
    if clause and re.match(_WHOLE_SUM, one.left):
        return clause  # 租房的,给予…补贴,总额不超过A: of what its own clause gives
    if is_wide(one) and sentence and (clause or not _own_award(assembly.passage, one)):
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
    if not (is_wide(one) and counted and len({r.clause for r in rows}) > 1 and rows[-1].clause == one.phrase.clause):
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


def _total_of_counted(assembly: Assembly, one: Sum) -> bool:
    """``甲类每件A;乙类每件B,同一申请人年度总额不超过C``: what one recipient may have of all that the sentence counts."""
    rows = [r for r in assembly.rows if r.sentence == one.phrase.sentence and r.kind == "per_unit" and r.cap is None]
    whole = re.match(
        r"(?:同一|单个|单家|每家)[^,。;\d]*(?:年度?|每年)[^,。;\d]*(?:总额|累计|合计|最高|不超过)", one.left
    )
    alike = all(r.frequency is None for r in rows)
    return bool(whole and alike and len({r.clause for r in rows}) > 1)


def _over_several(assembly: Assembly, one: Sum) -> bool:
    """``每件A奖励…,每件B奖励…,单个企业最高…``: a ceiling over several awards of its clause."""
    counted = {id(r.sum) for r in assembly.rows if r.kind == "per_unit" and r.clause == one.phrase.clause}
    return one.gives and is_wide(one) and len(counted) > 1


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


def _bind(assembly: Assembly, one: Sum, rows: list[Row]) -> None:
    fen = one.items[0].fen
    yearly, total = _is_yearly(one), _totals(one, rows)
    if not yearly and not total:
        free = [row for row in rows if row.cap is None]
        if not free:
            _capped(assembly, one)
            if _second_level(rows[-1], one):
                assembly.rows[-1].selector = "累计"
        for row in free:
            row.cap, row.cap_sum = fen, one
            row.frequency = row.frequency or (
                "once" if is_once(one) and (one.gives or _ONCE_BEHIND.match(one.right)) else None
            )
        return
    steps = all(row.selector and terms.FIRST_LAST.fullmatch(row.selector) for row in rows)
    if (len(rows) == 1 or steps) and all(row.cap is None for row in rows):
        for row in rows:
            row.cap, row.cap_sum, row.closed = fen, one, True
            row.frequency = "annual" if yearly and row.frequency != "monthly" else row.frequency
        return
    _capped(assembly, one)
    if total and not assembly.rows[-1].selector:
        assembly.rows[-1].selector = "累计"
    for row in rows:
        row.closed = True


def _second_level(row: Row, one: Sum) -> bool:
    """``单台设备最高A,每家企业最高B``: what a recipient may have in all for what is capped one by one."""
    first = row.cap_sum
    beside = first is not None and first.phrase.clause == one.phrase.clause
    return bool(beside and first and two_levels(first, one))


def _is_yearly(one: Sum) -> bool:
    """``每年不超过100万元``, ``不超过100万元/年``."""
    return bool(terms.YEARLY_CAP.search(one.left)) or (one.items[0].per or "").endswith("年")


def _totals(one: Sum, rows: list[Row]) -> bool:
    """Whether a cap bounds what its rows pay together: 累计, or the 总额 of a recipient told behind them or their list."""
    apart = all(row.sentence < one.phrase.sentence for row in rows)
    listed = len(rows) > 1 and len({id(row.sum) for row in rows}) == 1 and rows[0].kind == "per_unit"
    return "累计" in one.left or ((apart or listed) and binding(one.left) == ("unit", "total"))


def _capped(assembly: Assembly, one: Sum) -> None:
    """An upper bound that no award before it takes: an award by itself, or the cap of a group of awards."""
    yearly = bool(terms.YEARLY_CAP.search(one.left))
    own = [row for row in assembly.rows if row.sentence == one.phrase.sentence]
    fixed = [row for row in own if row.kind in ("fixed", "range")]
    named = _NOUN_OF_ITS_OWN.match(one.left) and fixed and fixed[-1].sum.phrase is not one.phrase
    if fixed and not is_wide(one) and not one.gives and not subject_of(one) and not named:
        return
    row = Row("capped", one, one.items[0], cap=one.items[0].fen)
    set_time(row, one)
    if yearly:
        row.frequency = "annual"
        row.closed = True
    elif all(r.clause != row.clause for r in own) and _GIVEN_ONCE.search(assembly.told(one)):
        row.frequency = "once"
    start, _ = assembly.passage.stretch(sentence=one.phrase.sentence)
    told = assembly.passage.text[start : one.start]
    if re.search("贴息|利息补[贴助]", one.left + told) and not any(r.rated for r in assembly.rows):
        row.kind = "interest"
    if _over_several(assembly, one) or (yearly and len([r for r in own if r.rated and r.clause == row.clause]) > 1):
        row.selector = "年度" if yearly else "累计"
    elif (
        row.kind == "capped"
        and not subject_of(one)
        and (not is_handed_out(one) or (is_wide(one) and assembly.rows and (not own or own[-1].cap is not None)))
    ):
        if (
            "累计" in one.left
            or (own and re.match(_WHOLE_SUM, one.left))
            or (not own and binding(one.left) == ("unit", "total"))
        ):
            row.selector = "累计"
        elif (
            yearly
            and (assembly.rows or "年度" in one.left)
            and not _only_cap(assembly, row)
            and not (one.gives and not own and _told_of(told) and not terms.LEVEL.search(one.left))
        ):
            row.selector = "年度"
    assembly.rows.append(row)


def _only_cap(assembly: Assembly, row: Row) -> bool:
    """``在园区租房的,连续3年租金补贴,每家每年不超过A``: the yearly maximum is all that is told of what its clause gives."""
    alone = all(other.clause != row.clause for other in assembly.rows) and not terms.TOTAL.search(row.sum.left)
    return alone and _own_recipient(assembly.passage, row.sum) and _own_award(assembly.passage, row.sum)


def _told_of(told: str) -> bool:
    """``年薪A以上的高管,每年最高奖励B``: the sentence says of whom it speaks; 同一企业 only says what a cap is counted for."""
    return bool(re.match(r"(?!同一|单[个一家项户]|每|上述|以上|对?(?:上述|同一))[^,。;]{3,},", told))


def _again_for_field(assembly: Assembly, one: Sum) -> None:
    """``甲类最高A,甲类每年最高B``: the second cap of a field stands by itself."""
    _capped(assembly, one)
    if assembly.rows[-1].selector is None and terms.YEARLY_CAP.search(one.left):
        assembly.rows[-1].selector = "年度"
