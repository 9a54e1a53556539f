"""What a passage says of durations, given to the rows it speaks of: N years, every year (LANGUAGE 6.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy import award_terms as terms
from luodi.policy.awards.roles.cap_words import measure_of
from luodi.policy.awards.rows.row import Assembly, Row, count_of
from luodi.policy.awards.times.handing_out import clause_of, handed_out, is_any_payment, paid_by_name
from luodi.policy.awards.words.periods import Term, find_terms, is_of_others, stage
from luodi.policy.passages import Passage, Phrase

# 每家企业三年累计不超过N: over how many years a total is counted.
_IN_ALL = re.compile(r"(?<![近前后第满\d])([二两三四五六2-6])年(?:内|期)?(?:累计|合计|总计)[^,。;\d]{0,12}\Z")
# 给予A,并发放B; 再给予B: a payment besides the one before.
_ADDED = re.compile(r"(?:[,;。](?:并|同时|另|另外|此外),?[^,。;]{0,12}?|再|另)(?:给予|奖励|补助|补贴|资助|发放|按)")
_BESIDES = re.compile(r"(?:并|同时|另|另外|此外),?(?:再|另)?(?:给予|享受|提供|发放)|以及按[^,。;]{2,40}(?:给予)")
# 一次性补助A,每年发放B: a payment without words of its own for whom.
_GIVEN_NEXT = re.compile(r"[^,。;]*,(?:每年|每月|按年|按月|一次性)?(?:给予|发放|发给|享受)")
_PARTS_OF_YEARS = re.compile(
    r"[^,。;]{0,12}?\((?:其中[:,]?)?(?P<parts>(?:第一年|首年|[^,。;()\d]{0,4}当年)[^()\d]*[\d.]+万?元[^()]*)\)"
)
_IN_TOTAL = re.compile(r"(?:给予)?累计[^,。;\d]{0,10}\Z")
_LEADING = re.compile(r"起|后|周期")
_OF_ALL = re.compile(r"均|都|上述|以上|所有|全部")
_REACH_OF_ALL = 12
# 以上奖励在两年内每年兑付50%: of all that the sentence before gives.
_THOSE_ABOVE = re.compile(r"(?:以上|上述)(?P<all>各项|政策)?(?:奖励|补助|补贴|资金|奖补|资助|(?<=政策))")


def spread_terms(assembly: Assembly) -> None:
    """Give each statement on duration to the rows it speaks of."""
    passage = assembly.passage
    for term in find_terms(passage.text):
        phrase = next((p for p in passage.phrases if p.start <= term.start < p.end), None)
        if phrase is None or not assembly.rows:
            continue
        if passage.text[phrase.start : phrase.end].endswith("的") and "给予" not in passage.phrase_text(phrase):
            continue
        told = _of_term(assembly, term, phrase)
        recurring = [row for row in told if row.frequency in ("annual", "monthly") and not _bounds_a_year(row)]
        for row in told if term.reach == "spread" else recurring or told:
            _apply(row, term, told)
    for row in assembly.rows:
        if row.amount and row.frequency == "annual" and row.years and terms.STAGE.fullmatch(row.selector or ""):
            row.years = (stage(row.selector or "") or ("", 1))[
                1
            ]  # 连续三年的补贴,第一年5万元: a sum for that year alone
        _parts_in_bracket(passage, row)
        if row.selector == "累计" and (in_all := _IN_ALL.search(row.sum.left)):
            row.years = count_of(in_all[1])
        if (
            row.rated
            and row.cap
            and any(other.staged for other in assembly.rows)
            and not terms.YEARLY.search(row.sum.left)
        ):
            row.frequency = (
                None if row.frequency == "annual" else row.frequency
            )  # the stages are yearly, the whole is not


def _bounds_measure(assembly: Assembly, row: Row) -> bool:
    """``按租金的50%,每平方米每月不超过15元,…,每家最高A``: a row that bounds the share of its clause for each measure, beside its maximum."""
    beside = any(
        other.rated and other.clause == row.clause and other.cap_sum and other.cap_sum.start > row.sum.start
        for other in assembly.rows
    )
    bare = row.kind == "capped" and not row.sum.gives
    return beside and bare and measure_of(row.sum.left, row.item.per) is not None


def _of_term(assembly: Assembly, term: Term, phrase: Phrase) -> list[Row]:
    """The rows that a term speaks of: those it leads, else the award told before it, else the one told after it."""
    passage, text = assembly.passage, assembly.passage.text
    rows = _that_may_run(assembly)
    near = [row for row in rows if row.clause == phrase.clause]
    of_last = handed_out(passage, term)
    own = [row for row in near if row.sum.phrase == phrase and row.sum.start > term.start]
    if term.reach == "spread" and own and _IN_TOTAL.search(text, term.start, own[0].sum.start):
        return own  # 前三年给予累计不超过N: what is told in the same breath
    if text.startswith("贴息", term.start) and not any(row.kind == "interest" for row in rows):
        return []  # 奖励15万元。…每头协调贷款4000元,贴息3年: of no payment that has a figure
    if of_last and not is_any_payment(of_last):
        told = [row for row in rows if row.sum.start < term.start]
        if named := paid_by_name(passage, told, of_last):
            return named
    opened, _ = passage.stretch(sentence=phrase.sentence)
    those = _THOSE_ABOVE.match(text, opened) if term.reach == "spread" and not (near or of_last) else None
    if those:
        above = [row for row in rows if row.sentence < phrase.sentence]
        return above if those["all"] else [row for row in above if row.sentence == above[-1].sentence]
    if not (near or of_last) and terms.GIVE.search(text, term.end, passage.stretch(clause=phrase.clause)[1]):
        return []  # 连续3年给予电费补贴: how long something is paid of which no sum is told
    if all(row.of_group or _bounds_a_year(row) for row in near):
        near = []  # 50万元以上的按30%补贴;补贴期3年,每人每年最高10万元
    paid = [row for row in rows if row.sentence == phrase.sentence and not row.of_group]
    near = _whole_list(passage, rows, near, term) or paid
    if near and _OF_ALL.search(text, max(0, term.start - _REACH_OF_ALL), term.start):
        return near
    return _before_or_after(passage, rows, near, term, phrase)


def _that_may_run(assembly: Assembly) -> list[Row]:
    """The rows that a term may speak of: no step of an award, which has its own years, and no bound for each measure."""
    by_year = any(row.staged for row in assembly.rows)  # 连续支持3年,其中第一年A,第二、三年每年最高B
    return [
        row
        for row in assembly.rows
        if not row.staged
        and row.kind != "case"
        and not (by_year and row.kind == "fixed" and terms.STAGE.search(row.sum.left))
        and not _bounds_measure(assembly, row)
    ]


def _before_or_after(passage: Passage, rows: list[Row], near: list[Row], term: Term, phrase: Phrase) -> list[Row]:
    """The award told after a term that leads it, else the one told before; of those ``near`` it where there are any."""
    text = passage.text
    before = [row for row in rows if row.sum.start < term.start and (not near or row in near)]
    after = [row for row in rows if row.sum.start > term.start and (not near or row in near)]
    if after and (not before or _leads(text, term, phrase, after[0])):
        same = [row for row in rows if row.sentence == after[0].sentence and row.sum.start > term.start]
        opens = ":" in text[term.end : after[0].sum.start] or _goes_on_bare(passage, same)
        return same if opens else _one_award(passage, after, term.reach == "spread")
    if is_of_others(text, passage.stretch(clause=phrase.clause)[0], phrase.start):
        return []
    if _BESIDES.match(text, phrase.start) and not any(row.sum.phrase == phrase for row in before):
        return []  # 并给予最长3年的社会保险补贴
    return _one_award(passage, before[::-1], term.reach == "spread")


def _whole_list(passage: Passage, rows: Sequence[Row], near: list[Row], term: Term) -> list[Row]:
    """``给予补贴:在甲地的,每年最高A;在乙地的,每年最高B,不超过3年``: a term behind the last case of a list holds for all that are alike.

    A list is led by a colon, or its last case leaves out the verb that an earlier one has.
    """
    listed = [row for row in rows if near and row.sentence == near[0].sentence and row.sum.start < term.start]
    if term.reach != "bound" or not near or len({(row.kind, row.frequency, row.per) for row in listed}) != 1:
        return near
    start, _ = passage.stretch(sentence=near[0].sentence)
    own, _ = passage.stretch(clause=near[0].clause)
    bare = terms.GIVE.search(passage.text, start, own) and not terms.GIVE.search(passage.text, own, term.start)
    elliptic = bare and listed[0].frequency in ("monthly", "annual") and not find_terms(passage.text[start:own])
    return listed if ":" in passage.text[start : listed[0].sum.start] or elliptic else near


def _goes_on_bare(passage: Passage, rows: Sequence[Row]) -> bool:
    """``可享受3年的补贴,博士每人每月1000元;硕士每人每月300元``: cases of one payment, whose verb only the first clause has."""
    later = [row for row in rows if row.clause != rows[0].clause]
    alike = len({(row.kind, row.frequency) for row in rows}) == 1 and rows[0].frequency in ("monthly", "annual")
    return bool(later) and alike and not any(terms.GIVE.search(clause_of(passage, row)) for row in later)


def _leads(text: str, term: Term, phrase: Phrase, after: Row) -> bool:
    """Whether a term opens what follows (``连续3年每年给予A``, ``自认定起3年内,…``) and does not close what stands before it."""
    opens = after.sum.phrase == phrase or text.startswith(",每年", term.end) or _BESIDES.match(text, phrase.start)
    return bool(opens or _LEADING.search(text, term.start, term.end))


def _one_award(passage: Passage, rows: Sequence[Row], spread: bool) -> list[Row]:
    """The rows from the first on, forwards or backwards, that are grades of one award and no other payment."""
    found = list(rows[:1])
    for row in rows[1:]:
        earlier, later = sorted((found[-1], row), key=lambda one: one.sum.start)
        if earlier.sum is not later.sum and _is_other_award(passage, earlier, later, spread):
            break
        found.append(row)
    return found


def _is_other_award(passage: Passage, earlier: Row, later: Row, spread: bool) -> bool:
    """``给予安家费A,并按每月B``, ``给予项目资助A,按薪酬的C%补贴``: another payment than the one before."""
    if later.of_group:
        return False
    between = passage.text[earlier.sum.end : later.sum.start]
    told_apart = _ADDED.search(between) or _GIVEN_NEXT.fullmatch(between)
    if spread and (earlier.frequency == "annual") != (later.frequency == "annual"):
        return True  # 每年给予8万元补贴,出站后给予30万元,分3年发放
    return bool(told_apart or earlier.rated != later.rated or _pace(earlier, spread) != _pace(later, spread))


def _pace(row: Row, spread: bool) -> str:
    counts = row.frequency == "monthly" or (row.frequency == "once" and not spread)
    return row.frequency or "" if counts else ""


def _bounds_a_year(row: Row) -> bool:
    """Whether a row is what all others of its clause may come to in a year."""
    return row.kind == "capped" and row.of_group and row.frequency == "annual"


def year_of(row: Row) -> str:
    """``前三年分别按100%、80%、50%``: which year a value of the list is for."""
    return f"第{_NUMERALS[next(place for place, item in enumerate(row.sum.items) if item is row.item)]}年"


_NUMERALS = "一二三四五六七八九十"


def _apply(row: Row, term: Term, rows: Sequence[Row]) -> None:
    if row.selector == "累计" and term.reach == "spread":
        return
    if _bounds_a_year(row) and len(rows) > 1:
        return
    each = (row.rated and term.reach != "spread") or "逐年" in row.sum.left + row.sum.right
    if len(row.sum.items) == term.years > 1 and not (row.keys or row.item.key) and each:
        row.frequency, row.years = "annual", 1  # 三年补贴,每年为租金的60%、50%、40%; 3年内按100%、80%、50%逐年给予
        row.selector = row.selector or year_of(row)
        return
    yearly = row.rated and any(_bounds_a_year(other) for other in rows)
    if term.reach == "bound" and row.kind != "interest" and row.frequency not in ("annual", "monthly") and not yearly:
        return
    if term.reach in ("yearly", "term") and row.frequency == "once":
        return  # what runs for years is another payment of the clause
    if term.reach == "spread" and not (row.keys or row.item.key) and len(row.sum.items) == term.years:
        return  # as many values as years: one value a year
    if row.years is None:
        left = term.years - _steps_before(row, rows)
        row.years = left if left > 0 else term.years
    recurs = term.reach == "yearly" or yearly or (term.reach == "term" and row.kind == "rate")
    if recurs and row.frequency is None:
        row.frequency = "annual"


def _steps_before(row: Row, rows: Sequence[Row]) -> int:
    """``首年全额补贴,次年起减半,补贴期不超过三年``: the years that the steps before an open one take of all."""
    if not (row.selector or "").endswith("起"):
        return 0
    return sum(other.years or 0 for other in rows if other.frequency == "annual" and other.sum.start < row.sum.start)


def _parts_in_bracket(passage: Passage, row: Row) -> None:
    """``10万元奖励(第一年奖励5万元,第二年…)``, ``(其中认定当年6万元,次年4万元)``: so many years."""
    at = _PARTS_OF_YEARS.match(passage.text, row.item.end)
    years = len(re.findall(terms.YEAR_STEP.pattern + "|当年", at["parts"])) if at else 0
    if years > 1 and row.years is None:
        row.years = years
