"""Which awards a cap may bound: those of its clause, its sentence, the sentences before it (LANGUAGE 6.6)."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.cap_words import binding, is_wide
from luodi.policy.awards.grades import KEY_WORD
from luodi.policy.awards.number_groups import Sum
from luodi.policy.awards.row import Assembly, Row
from luodi.policy.passages import Passage

_AGAIN = re.compile(r"(?:再|另|并|同时|额外)[^,。;]{0,16}?(?:给予|奖励|补助|补贴|资助|支持)")
_RECIPIENT = re.compile(r"(?:其中,?)?(?:对于?|针对)(?P<who>[^,。;]{2,30})")
_TIER = re.compile(r"\d[\d.]*[万亿]?[一-鿿]{1,3}(?:\([^()]{1,8}\))?(?:及)?(?:以[上下内]|至|到|—|-|的)|不足\d")
_OTHERS = re.compile(r"(?:对于?)?其[他它余]")
_FOR_EACH = re.compile(
    r"(?:上述|以上)?(?:(?:奖励|补助|补贴)?(?:金额|资金)?均|单个(?:项目|展会|活动|赛事|品种|场馆|产品)|单场|单项|每个项目|同一项目)(?:奖励|补助|补贴)?(?:金额|资金|总额)?(?:最高|不超过|奖励|补助|补贴|给予)*"
    rf"|最高{terms.KIND}(?:金额|额度?|资金)?(?:为|不超过)?"
)
# 单个企业年最高资助N: who may have at most so much, told of what was given before.
_LED_BY_LEVEL = re.compile(rf"{terms.LEVEL.pattern}(?:每?年度?)?(?:累计)?(?:最高|最多|不超过)")
# 500万元至2000万元部分按3%: the share of one tier of several
_OF_PART = re.compile(r"部分,?(?:按照?|为)?[^,。;%\d]{0,8}\Z")
_YEAR_ALONE = re.compile(r"(?:(?:同一|单[个家户])[^,。;\d]{0,6})?(?:年度|每年|全年)(?:累计|合计)?(?:最高|不超过)+")
# 单个站点, 每家企业: before whom a cap is for.
_COUNT = re.compile(r"\A(?:对)?(?:同一|单[一-鿿]|每[一-鿿])")
_TO_MAXIMUM = re.compile(r"的?(?:标准)?,?(?:给予)(?:总额|累计)?(?:最高|不超过)+")
WHOLE_SUM = r"(?:奖励|补助|补贴|资助|支持)?(?:资金)?(?:总额|合计|总计)"
"""What a cap may call all that is given (补贴总额)."""


def open_rows(assembly: Assembly, one: Sum) -> list[Row]:
    """The awards that a cap may bound, nearest first scope."""
    rows = [r for r in assembly.rows if not r.closed and (r.rated or r.kind in ("per_unit", "case"))]
    if of_interest := _of_interest(rows, one):
        return of_interest
    clause = [r for r in rows if r.clause == one.phrase.clause]
    if len(clause) > 1 and (named := _of_named(assembly, clause, one)):
        return named
    if tiers := _tiers(assembly, one) or _of_all_before(assembly, one):
        return tiers
    if _total_of_counted(assembly, one):
        return []
    if one.left.startswith(("均", "都")):
        return [r for r in rows if r.sentence == one.phrase.sentence and r.cap is None]
    by_level = _LED_BY_LEVEL.match(one.left)
    if by_level and len({id(r.sum) for r in clause if r.rated and r.cap is None}) > 1:
        return [r for r in clause if r.rated]
    if one.gives and not (by_level and not clause):
        if clause and clause[-1].sum.gives and _AGAIN.search(assembly.passage.text, clause[-1].sum.end, one.start):
            return []
        if over_several(assembly, one):
            return []
        plain = bool(re.match(r"最高|不超过", one.left)) or is_wide(one)
        if are_steps(assembly, [r for r in clause if r.rated and r.cap is None]):
            return [r for r in clause if r.rated and r.cap is None]
        if len(clause) > 1 and all(r.rated and r.cap is None and _OF_PART.search(r.sum.left) for r in clause):
            return clause
        free = [r for r in clause if r.cap is None and (plain or r.kind != "per_unit" or _measures(assembly, r, one))]
        return free if len({id(r.sum) for r in free}) == 1 else free[-1:]
    sentence = [r for r in rows if r.sentence == one.phrase.sentence]
    others = [r for r in assembly.rows if r.sentence == one.phrase.sentence and r.clause != one.phrase.clause]
    if clause and all(r.cap is None for r in clause) and any(r.rated and r.cap is not None for r in others):
        return clause  # another clause of the sentence has told its own maximum
    if clause and len({r.kind for r in assembly.rows if r.sentence == one.phrase.sentence}) > 1:
        return clause if is_wide(one) else [r for r in clause if r.sum is clause[-1].sum]
    if clause and re.match(WHOLE_SUM, one.left):
        return clause  # 租房的,给予…补贴,总额不超过A: of what its own clause gives
    if clause and not terms.LEVEL.search(one.left) and _says_for_whom(assembly.passage, one):
        return clause  # 对甲类按A%;对乙类按B%,年度限额C: of the second
    if _of_one_counted(assembly, one):
        return sentence
    if is_wide(one) and sentence and (clause or not own_award(assembly.passage, one)):
        return (
            clause
            if clause and clause[-1].kind == "per_unit"
            else [r for r in sentence if r.rated or (r.kind == "case" and r in clause)]
        )
    if clause or sentence:
        return clause
    own = [r for r in assembly.rows if r.sentence == one.phrase.sentence]
    if own or own_recipient(assembly.passage, one) or _of_what_one_has(assembly, one, rows):
        return []
    return rows


def _of_what_one_has(assembly: Assembly, one: Sum, rows: list[Row]) -> bool:
    """``甲类每次A,每条最高B;乙类每次C。单个企业年度上限D``: what one may have of several awards, though the others are bounded already."""
    beside = [r for r in assembly.rows if r.rated or r.kind == "per_unit"]
    last = {r.clause for r in beside if rows and r.sentence == rows[-1].sentence}
    plain = {r.clause for r in assembly.rows if r.kind == "fixed" and rows and r.sentence == rows[-1].sentence}
    per, period = binding(one.left)
    if per != "unit" or period is None:
        return False
    return (period == "year" and len(last) > 1 and any(r.closed for r in beside)) or bool(plain - last)


def _of_named(assembly: Assembly, rows: list[Row], one: Sum) -> list[Row]:
    """``每件A,…,对服务站点每单B,单个站点每年不超过C``: the last of several, which alone is for whom the cap names."""
    at = terms.LEVEL.match(one.left)
    noun = _COUNT.sub("", at[0]) if at else ""
    if len(noun) < 2 or re.fullmatch(rf"(?:{terms.PAYEE}|申请人|申报|[、和及])+", noun):
        return []
    starts = [assembly.passage.stretch(clause=one.phrase.clause)[0], *(row.sum.end for row in rows)]
    told = [noun in assembly.passage.text[start : row.sum.start] for start, row in zip(starts, rows, strict=False)]
    free = rows[-1].kind == "per_unit" and rows[-1].cap is None
    return rows[-1:] if free and told[-1] and not any(told[:-1]) else []


def _of_interest(rows: list[Row], one: Sum) -> list[Row]:
    """``给予贴息,给予保费补助,单户企业贴息上限A``: the interest of its sentence, where the cap names that and others stand beside it."""
    own = [r for r in rows if r.sentence == one.phrase.sentence]
    interest = [r for r in own if r.kind == "interest" and r.cap is None]
    return interest if "贴息" in one.left and len(interest) < len(own) else []


def are_steps(assembly: Assembly, rows: list[Row]) -> bool:
    """``前两年按A%,第三年按B%``: shares of one award, each for its own years."""
    return len(rows) > 1 and all(terms.YEAR_STEP.search(row.selector or assembly.own_words(row.sum)) for row in rows)


def _measures(assembly: Assembly, row: Row, one: Sum) -> bool:
    """``按每平方米A的标准,给予最高B补贴``: a sum for each unit that is handed out only with its maximum."""
    between = assembly.passage.text[row.sum.end : one.start]
    return bool(terms.FOR_RATE.search(row.sum.left) and _TO_MAXIMUM.fullmatch(between))


def _tiers(assembly: Assembly, one: Sum) -> list[Row]:
    """``100亩以下的,每亩A;100亩以上的,每亩B,单个主体最高C``: the cap behind the last tier bounds every one."""
    rows = [r for r in assembly.rows if r.sentence == one.phrase.sentence]
    counted = all(r.kind == "per_unit" and r.cap is None and not r.closed for r in rows)
    if not (is_wide(one) and counted and len({r.clause for r in rows}) > 1 and rows[-1].clause == one.phrase.clause):
        return []
    starts = [assembly.passage.stretch(clause=r.clause)[0] for r in rows]
    heads = [assembly.passage.text[start : r.sum.start] for start, r in zip(starts, rows, strict=True)]
    tiers = all(_TIER.search(head) for head in heads) or all(KEY_WORD.search(head) for head in heads)
    tiers = tiers and len({r.frequency for r in rows}) == 1  # paid once each, and per square metre: two awards
    return rows if tiers or _OTHERS.match(heads[-1]) else []


def _of_all_before(assembly: Assembly, one: Sum) -> list[Row]:
    """``…按30%奖励;…按40%奖励;均不超过500万元``: a cap in a clause of its own bounds each award of its sentence."""
    start, _ = assembly.passage.stretch(clause=one.phrase.clause)
    rows = [r for r in assembly.rows if r.sentence == one.phrase.sentence]
    alike = len({r.kind for r in rows}) == 1 and all((r.rated or r.kind == "per_unit") and r.cap is None for r in rows)
    whole = len(rows) > 1 and alike and all(r.clause < one.phrase.clause and not r.closed for r in rows)
    return rows if whole and _FOR_EACH.fullmatch(assembly.passage.text, start, one.start) else []


def _of_one_counted(assembly: Assembly, one: Sum) -> bool:
    """``每条航线给予A;年度最高B``: a clause of nothing but a yearly maximum bounds the one sum that its sentence counts."""
    start, _ = assembly.passage.stretch(clause=one.phrase.clause)
    rows = [r for r in assembly.rows if r.sentence == one.phrase.sentence]
    alone = len(rows) == 1 and rows[0].kind == "per_unit" and rows[0].cap is None and not rows[0].closed
    return alone and bool(_YEAR_ALONE.fullmatch(assembly.passage.text, start, one.start))


def _total_of_counted(assembly: Assembly, one: Sum) -> bool:
    """``甲类每件A;乙类每件B,同一申请人年度总额不超过C``: what one recipient may have of all that the sentence counts."""
    rows = [r for r in assembly.rows if r.sentence == one.phrase.sentence and r.kind == "per_unit" and r.cap is None]
    whole = re.match(
        r"(?:同一|单个|单家|每家)[^,。;\d]*(?:年度?|每年)[^,。;\d]*(?:总额|累计|合计|最高|不超过|上限)", one.left
    )
    alike = all(r.frequency is None for r in rows)
    return bool(whole and alike and len({r.clause for r in rows}) > 1)


def over_several(assembly: Assembly, one: Sum) -> bool:
    """``每件A奖励…,每件B奖励…,单个企业最高…``: a ceiling over several awards of its clause."""
    counted = {id(r.sum) for r in assembly.rows if r.kind == "per_unit" and r.clause == one.phrase.clause}
    return one.gives and is_wide(one) and len(counted) > 1


def own_award(passage: Passage, one: Sum) -> bool:
    """Whether the cap's own clause gives something without a figure (``给予企业奖励,最高…``)."""
    start, _ = passage.stretch(clause=one.phrase.clause)
    return bool(terms.GIVE.search(passage.text, start, one.phrase.start))


def _says_for_whom(passage: Passage, one: Sum) -> bool:
    """Whether the clause of a cap begins with whom it is for."""
    start, _ = passage.stretch(clause=one.phrase.clause)
    return bool(_RECIPIENT.match(passage.text, start))


def own_recipient(passage: Passage, one: Sum) -> bool:
    """Whether the cap's sentence says first for whom or for what it is (``对新设的机构,…``, ``购置用房的,…``): no cap of others."""
    start, _ = passage.stretch(sentence=one.phrase.sentence)
    before = passage.text[start : one.start]
    return any(
        (led := _RECIPIENT.match(words)) and not terms.LEVEL.match(led["who"]) or (ends and words.endswith("的"))
        for words, ends in ((at[1], bool(at[2])) for at in re.finditer(r"([^,:]+)([,:]?)", before))
    )
