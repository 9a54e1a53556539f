"""Shares of a passage → rows: what each is taken of, of which years, and which ceiling bounds it."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.caps.binding import bind_ceiling
from luodi.policy.awards.numbers.number_groups import Sum
from luodi.policy.awards.rows.keyed_rows import paired_rows, years_told
from luodi.policy.awards.rows.row import Assembly, Row, count_of, set_time
from luodi.policy.awards.times.durations import year_of
from luodi.policy.awards.words.periods import find_terms
from luodi.policy.facts import BenefitKind
from luodi.policy.passages import Passage

# 贷款贴息。按同期利率的50%补助, 给予贴息,不超过利息的50%: a share of interest where interest is spoken of.
_OF_RATES = re.compile(r"(?:利息的?(?:不超过)?|按[^,。;%]{0,16}(?:LPR|利率)[^,。;%]{0,4})\Z")
_OWN_BASE = re.compile(r"(?:(?<=%)|(?<=贴息))[、,](?:并)?(?:按照?)?[^,。;、%]{1,10}(?:费用?|额|金)的?\Z")
_BASE_BETWEEN = re.compile(r"[^,。;、\d]{0,12}(?:利率|利息|费用|租金|保费|投入|支出)的")
_INTEREST = re.compile(
    r"贴息|贷款利息(?![和及、与][^,。;%]{0,6}(?:费|金))|利息(?:补贴|补助)|利息(?:发生|支付|支出)额"
    r"|(?:支付|发生|承担|支出)的?利息(?![和及、与][^,。;%]{0,6}(?:费|金))|(?:票面|债券|发债)(?:利率|利息)|利率的|LPR\)?的"
    r"|(?<![和及、与])(?:年|租赁|融资|实付|实际|实缴|应付|借款)利息的"
)
# 流动资金贷款按LPR的30%贴息;设备贷款按50%, 给予贴息,首贷按50%,续贷按30%: the next loan, where interest is spoken of.
_OF_LOAN = re.compile(r"(?:\A|[,、;])(?:对|其中)?[^,。;%\d]{0,8}(?:贷款?|债券?|信用贷|质押)的?,?按照?\Z")
# 贴息标准:500万元以下贷款按3%,500万元以上部分按1.5%
_LABELLED = re.compile(r"贴息(?:标准|比例|率)?(?:为|如下)?:[^。:]*\Z")
# 按进口额1%贴息,其中先进设备2%
_AMONG_LOANS = re.compile(r"贴息,其中,?[^,。;%\d费]{2,12}\Z")
# 贴息50%、评估费补贴60%: no interest, though it stands behind some.
_OF_FEE = re.compile(r"[%、,][^,。;、%]{0,8}费用?(?:补贴|补助)\Z")
# 按担保额的0.5%给予担保机构保费补助
_FEE_PAID = re.compile(r"[^,。;\d%]{0,14}(?:[保担]保?费|费用)(?:的)?(?:补贴|补助|奖励)")
_ALSO_AT_MOST = re.compile(r"(?:且|并且?)[^,。;%]{0,12}(?:不超过|不高于)")
_WITHIN_YEARS = re.compile(r"([一二两三四五\d])年内")


def share_rows(assembly: Assembly, one: Sum) -> None:
    """Add the rows of a list of shares; a maximum that stands before its share is bound to it."""
    last = assembly.rows[-1] if assembly.rows else None
    if last and last.kind == "per_unit" and _ALSO_AT_MOST.match(one.left) and _is_capped_beside(last, one):
        return
    if (
        last
        and last.kind == "capped"
        and last.sum.phrase == one.phrase
        and re.match(r"[^,。;]{0,8}?[、且并]?(?:不超过|按|最高)", assembly.passage.text[last.sum.end : one.start])
    ):
        bind_or_add(assembly, one)
        return
    ahead = last if last and last.sum.phrase == one.phrase and _ends_in_base(assembly, last, one) else None
    if ahead:
        assembly.rows.remove(ahead)
    for row in paired_rows(assembly, one, _rate_kind(assembly.passage, one)):
        row.rate = row.item.rate
        text = assembly.passage.text
        set_time(row, one, assembly.passage.lead_in + assembly.told(one), text[: one.start], text[one.end :])
        own = terms.last_match(terms.FIRST_LAST, row.item.key or row.selector or "")
        over = list(terms.FIRST_LAST.finditer(one.left)) or _years_of_list(assembly, one)
        step = own or (over[-1] if over else None)
        year = re.fullmatch(r"第[一二三四五六]年", row.item.key or row.selector or "")
        by_year = own is None and len(over) == 1 and count_of(over[0][2]) == len(one.items) > 1
        by_span = row.keys is None and not step and len(one.items) > 1 and len(one.items) in _years_told(assembly, one)
        if not row.item.key and (by_year or by_span):
            row.frequency, row.years = "annual", 1  # as many values as years (三年过渡期内分别按…): one value a year
            row.selector = row.selector or year_of(row)
        elif step:
            row.selector, row.frequency, row.years = step[0], "annual", count_of(step[2])
            _first_within(assembly, row)
        elif year:
            row.frequency, row.years = "annual", 1
        if ahead:
            row.cap, row.cap_sum = ahead.cap, ahead.sum
        assembly.rows.append(row)


def _is_capped_beside(row: Row, one: Sum) -> bool:
    """``每平方米60元…上限为200万元,且不超过工程费用的3%``: a second bound beside the maximum of a sum for each."""
    return row.cap_sum is not None and row.cap_sum.phrase.clause == one.phrase.clause


def _first_within(assembly: Assembly, later: Row) -> None:
    """``三年内按100%,后两年按50%``: the years before those of a later step are a step too."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or not last.rated or last.years is not None or last.clause != later.clause:
        return
    if (later.selector or "").startswith("后") and (at := _WITHIN_YEARS.search(last.sum.left)):
        last.frequency, last.years = "annual", count_of(at[1])


def _years_of_list(assembly: Assembly, one: Sum) -> list[re.Match[str]]:
    """``前三年给予补贴,分别按租金的50%、40%、30%``: the years that the clause tells before a list of shares."""
    return list(terms.FIRST_LAST.finditer(assembly.told(one))) if len(one.items) > 1 else []


def _years_told(assembly: Assembly, one: Sum) -> list[int | None]:
    """``三年过渡期内分别按…``, ``连续3年按租金的60%、50%、40%补贴``: over how many years the clause of a list of shares says that it is paid."""
    start, end = assembly.passage.stretch(clause=one.phrase.clause)
    running = (term.years for term in find_terms(assembly.passage.text[start:end]) if term.reach != "spread")
    return [years_told(assembly, one), *running]


def _ends_in_base(assembly: Assembly, cap: Row, one: Sum) -> bool:
    """``不超过40万元贷款利息的全额贴息``: the maximum stands before the share that it bounds."""
    between = assembly.passage.text[cap.sum.end : one.start]
    return cap.kind == "capped" and bool(_BASE_BETWEEN.fullmatch(between))


def bind_or_add(assembly: Assembly, one: Sum) -> None:
    """Bound the rows before by a share (不超过投资额的30%); where none can be, it is a share itself."""
    last = assembly.rows[-1] if assembly.rows else None
    if not bind_ceiling(assembly, one) and (last is None or last.sum.phrase != one.phrase):
        share_rows(assembly, one)


def _rate_kind(passage: Passage, one: Sum) -> BenefitKind:
    _, end = passage.stretch(clause=one.phrase.clause)
    ahead = re.split(r"[%元]", re.sub(r"\([^()]*\)", "", passage.text[one.end : end]))[0]
    paid = re.search(terms.KIND, passage.text[one.end : end])
    lent = re.search("贷款|债|票据", passage.text[: one.end])
    of_interest = re.search("贴息(?!或)|利息补[贴助]|补[贴助]利息", ahead) is not None or (
        paid is not None and paid[0] == "贴息" and lent is not None
    )
    if _OF_FEE.search(one.left) or (_FEE_PAID.match(one.right) and not _INTEREST.search(one.left)):
        return "rate"
    start, _ = passage.stretch(sentence=one.phrase.sentence)
    told = passage.text[start : one.start]
    if "贴息" in told and (_OF_LOAN.search(one.left) or _LABELLED.search(told) or _AMONG_LOANS.search(told)):
        return "interest"
    base = _OWN_BASE.search(one.left)  # 按贷款利息的40%、评估费的50%
    if base and not _INTEREST.search(base[0]):
        return "rate"
    named = "贴息" in passage.heading + passage.text[: one.start] and _OF_RATES.search(one.left)
    return "interest" if _INTEREST.search(one.left) or of_interest or named else "rate"
