"""What a passage says of durations, given to the rows it speaks of: N years, every year, the steps of an award (LANGUAGE 6.5)."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers import Sum
from luodi.policy.awards.periods import Term, find_terms, stage
from luodi.policy.awards.row import Assembly, Row
from luodi.policy.passages import Passage

# 首年按80%补贴,第二年、第三年按40%补贴: a step at the head of its phrase.
_STAGES = rf"(?:{terms.STAGE.pattern})(?:[、和及](?:{terms.STAGE.pattern}))*"
_STEP = re.compile(
    rf"\A(?:给予|予以|补贴|补助|奖励)?[、和及]?({_STAGES})(?=按|给予|补|奖|返|\Z|[^,。;、%\d]{{2,12}}(?:租金|房租|费用|贡献|部分)(?:补贴|补助|奖励)?\Z)"
    rf"|({_STAGES})(?=(?:租金|房租|费用|贡献)的?\Z)"
)
_ADDED = re.compile(r"(?:并|同时|另|另外|此外),?(?:再|另)?(?:给予|予以|奖励|补助|补贴|资助|发放)")
_OF_ALL = re.compile(r"均|都|上述|以上|所有|全部")
_REACH_OF_ALL = 12


def set_time_steps(assembly: Assembly) -> None:
    """``首年按80%补贴,第二年、第三年按40%补贴``: the steps of one award, each for its own years."""
    rows = assembly.rows
    steps = [
        (row, at[1] or at[2])
        for row in rows
        if row.rated
        and (not row.item.key or terms.STAGE.fullmatch(row.item.key))
        and (at := _STEP.search(row.item.key or _own_words(assembly, row.sum))) is not None
    ]
    first = [row for row in rows if row.rated and terms.FIRST_LAST.fullmatch(row.selector or "")]
    for row, words in steps:
        found = (stage(at[0]) for at in terms.STAGE.finditer(words))
        years = sum(one[1] for one in found if one)
        if years > 1 or sum(row.sentence == other.sentence for other in [*(other for other, _ in steps), *first]) > 1:
            row.selector, row.frequency, row.years = words, "annual", years


def _own_words(assembly: Assembly, one: Sum) -> str:
    """The words of its phrase before a sum, from the sum before it on."""
    ends = [row.sum.end for row in assembly.rows if row.sum.phrase == one.phrase and row.sum.end <= one.start]
    return assembly.passage.text[max([one.phrase.start, *ends]) : one.start]


def spread_terms(assembly: Assembly) -> None:
    """Give each statement on duration to the rows it speaks of."""
    passage = assembly.passage
    for term in find_terms(passage.text):
        phrase = next((p for p in passage.phrases if p.start <= term.start < p.end), None)
        if phrase is None or not assembly.rows:
            continue
        if passage.text[phrase.start : phrase.end].endswith("的") and "给予" not in passage.phrase_text(phrase):
            continue
        for row in _of_term(assembly, term, phrase.sentence, phrase.clause):
            _apply(row, term)
    for row in assembly.rows:
        _parts_in_bracket(passage, row)
        if (
            row.rated
            and row.cap
            and any(other.staged for other in assembly.rows)
            and not terms.YEARLY.search(row.sum.left)
        ):
            row.frequency = (
                None if row.frequency == "annual" else row.frequency
            )  # the stages are yearly, the whole is not


def _of_term(assembly: Assembly, term: Term, sentence: int, clause: int) -> list[Row]:
    rows = [row for row in assembly.rows if not row.staged and row.kind != "case"]
    near = [row for row in rows if row.clause == clause]
    if not near:
        start, end = assembly.passage.stretch(clause=clause)
        if terms.GIVE.search(assembly.passage.text, term.end, end):
            return []  # 连续3年给予电费补贴: how long something is paid of which no sum is told
        near = [row for row in rows if row.sentence == sentence]
    if near:
        recurring = [row for row in near if row.frequency in ("annual", "monthly")]
        near = recurring if term.yearly is not False and recurring else near
        later = [row for row in near if row.sum.start > term.start and row.selector not in ("年度", "累计")]
        if later and assembly.passage.text.startswith("为期", term.start):
            return [row for row in later if row.sum is later[0].sum]
        near = near if later else _of_own_award(assembly.passage, near, term)
        leading = re.search(r"连续|起|后|周期", assembly.passage.text[term.start : term.end])
        return later if later and leading else near
    before = [row for row in rows if row.sentence < sentence]
    after = [row for row in rows if row.sentence > sentence]
    leads = re.search(r"连续|周期", assembly.passage.text[term.start : term.end])
    return (after if leads and after else before) or after


def _of_own_award(passage: Passage, rows: list[Row], term: Term) -> list[Row]:
    """``给予A,并给予带头人B,分三年发放``: how the last of several awards is paid says nothing of those before."""
    last = rows[-1].sum
    added = _ADDED.match(passage.text[last.phrase.start : last.start])
    told = passage.text[term.start - _REACH_OF_ALL : term.start] if term.start > _REACH_OF_ALL else ""
    if term.yearly is not False or not added or _OF_ALL.search(told):
        return rows
    return [row for row in rows if row.sum is last]


def _apply(row: Row, term: Term) -> None:
    if row.kind == "capped" and row.selector in ("年度", "累计") and row.frequency == "annual":
        return
    if term.yearly is None and row.kind != "interest" and row.frequency not in ("annual", "monthly"):
        return
    if term.yearly and row.frequency == "once":
        return  # what runs for years is another payment of the clause
    if term.yearly is False and not (row.keys or row.item.key) and len(row.sum.items) == term.years:
        return  # as many values as years: one value a year
    if row.years is None:
        row.years = term.years
    if term.yearly and row.frequency is None:
        row.frequency = "annual"


def _parts_in_bracket(passage: Passage, row: Row) -> None:
    """``10万元奖励(第一年奖励5万元,第二年…)``: so many years."""
    at = re.match(r"[^,。;]{0,12}?\((第一年[^()]*)\)", passage.text[row.item.end :])
    if at and row.years is None:
        row.years = len(re.findall(r"第[一二三四五]年", at[1])) or None
