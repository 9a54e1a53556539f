"""Sums of a passage → rows: what each number pays, how long, and which cap bounds it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy import award_terms as terms
from luodi.policy.award_caps import bind_cap, bind_ceiling
from luodi.policy.award_numbers import Sum
from luodi.policy.award_periods import Frequency, Term, find_terms, stage
from luodi.policy.award_row import Assembly, Row, Unpaired, count_of, counted_per, paired_rows, set_time
from luodi.policy.award_sums import find_sums
from luodi.policy.facts import BenefitKind
from luodi.policy.passages import Passage
from luodi.quantities.money import find_money

_SPREAD_PARTS = re.compile(r"分[一二两三四五\d]+(?:个)?年|分期|分年")
_STAGED = re.compile(r"分阶段|分步|分环节|分[一二三四五\d]个?阶段")
_WHOLE_OF_STAGES = re.compile(r"累计|合计|总计|总额|分阶段|分步|分环节")
_PART_OF_SUM = re.compile(r"(?:第[一二三四五1-5](?:、第?[一二三四五1-5])*年|首年|首次|首期|每年|次年)[^,。;]{0,12}\Z")
_PAYER = re.compile(r"(?:由)?(?:中央|省|市|区|县|镇|市本)级?(?:财政)?(?:承担|负担|补助|补贴|安排|配套)?")
# 首年按80%补贴,第二年、第三年按40%补贴: a step at the head of its phrase.
_STAGES = rf"(?:{terms.STAGE.pattern})(?:[、和及](?:{terms.STAGE.pattern}))*"
_STEP = re.compile(
    rf"\A(?:补贴|补助|奖励)?[、和及]?({_STAGES})(?=按|给予|补|奖|返|\Z|[^,。;、%\d]{{2,12}}(?:租金|房租|费用|贡献|部分)(?:补贴|补助|奖励)?\Z)"
    rf"|({_STAGES})(?=(?:租金|房租|费用|贡献)的?\Z)"
)
_ADDED = re.compile(r"(?:并|同时|另|另外|此外),?(?:再|另)?(?:给予|予以|奖励|补助|补贴|资助|发放)")
_OF_ALL = re.compile(r"均|都|上述|以上|所有|全部")
_OF_LIST = re.compile(rf"[、和及](?!总|累计|合计)(?:[^,。;、\d]{{0,6}}{terms.KIND}金?|[^,。;、\d]{{0,2}}[增存]量)")
_MONTHLY_HEAD = re.compile(r"每[人户家生名]每月[^,。;:\d]{0,16}:[^:]*\Z")
_KEY_OF_LIST = re.compile(r",[^,。;:、\d]{2,12}")
_BASE_BETWEEN = re.compile(r"[^,。;、\d]{0,12}(?:利率|利息|费用|租金|保费|投入|支出)的")
_REACH_OF_ALL = 12
_LEAD_LINES = 3
_REPORTED = re.compile(r"发布|出台|公布|印发|获悉|记者|报讯")
_INTEREST = re.compile(
    r"贴息|贷款利息(?![和及、与][^,。;%]{0,6}(?:费|金))|利息(?:补贴|补助)|利息(?:发生|支付|支出)额|(?:票面|债券|发债)(?:利率|利息)|利率的"
)


def assemble(passage: Passage) -> tuple[list[Row], list[Unpaired]]:
    """The rows of a passage in text order, and the lists that could not be paired."""
    assembly = Assembly(passage)
    for one in find_sums(passage):
        if one.role == "amount":
            _amount(assembly, one)
        elif one.role == "rate":
            _rate(assembly, one)
        elif one.role == "ceiling":
            _ceiling(assembly, one)
        elif one.role == "cap":
            if _is_stage(assembly, one) or not _is_part(assembly, one):
                bind_cap(assembly, one)
        else:
            assembly.rows.append(Row("case", one, one.items[0]))
    _drop_headlines(assembly)
    _time_steps(assembly)
    _spread_terms(assembly)
    return assembly.rows, assembly.unpaired


def _amount(assembly: Assembly, one: Sum) -> None:
    before = [row for row in assembly.rows if row.sentence == one.phrase.sentence]
    if _is_part(assembly, one) or _of_whole(assembly, one):
        return
    if before and _STAGED.search(before[-1].sum.right + before[-1].sum.left) and before[-1].clause == one.phrase.clause:
        assembly.rows.remove(before[-1])
    for row in paired_rows(assembly, one, "range" if one.is_range else "fixed"):
        if row.item.low is not None:
            row.floor, row.cap = row.item.low, row.item.fen
        else:
            row.amount = row.item.fen
            above = _listed_after(assembly, one)
            row.per = row.item.per or counted_per(assembly.passage, one) or (above.per if above else None)
            row.kind = "per_unit" if row.per else "fixed"
        set_time(row, one, assembly.passage.lead_in + assembly.told(one), assembly.passage.text[: one.start])
        if row.kind == "per_unit" and row.frequency is None:
            row.frequency = above.frequency if above else _by_head(assembly, one)
        assembly.rows.append(row)


def _by_head(assembly: Assembly, one: Sum) -> Frequency | None:
    """``每户每月标准为:第一年A元``: how often the sums of a list are paid that its head introduces."""
    start, _ = assembly.passage.stretch(clause=one.phrase.clause)
    return "monthly" if _MONTHLY_HEAD.search(assembly.passage.text, start, one.start) else None


def _listed_after(assembly: Assembly, one: Sum) -> Row | None:
    """``给予每人安家补助30万元、购房补贴20万元``, ``每户每月标准为:第一年A元,第二年B元``: the sum that it is counted like."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or last.kind != "per_unit" or last.clause != one.phrase.clause:
        return None
    start, _ = assembly.passage.stretch(clause=last.clause)
    between = assembly.passage.text[last.sum.end : one.start]
    if last.sum.phrase == one.phrase:
        return last if _OF_LIST.fullmatch(between) else None
    return last if _KEY_OF_LIST.fullmatch(between) and ":" in assembly.passage.text[start : last.sum.start] else None


def _drop_headlines(assembly: Assembly) -> None:
    """A maximum or a sum that is the sum of its stages is no award; the shares of those who pay it are none either."""
    for head in [row for row in assembly.rows if row.kind == "capped" or _introduces_parts(assembly.passage, row)]:
        last = head.sentence + (1 if _told_next(assembly.passage, head) else 0)
        own = [
            row
            for row in assembly.rows
            if head.sentence <= row.sentence <= last and row.kind == "fixed" and row is not head
        ]
        parts = [row for row in own if row.sum.start > head.sum.start or head.kind == "capped"]
        if len(parts) < 2 or sum(row.amount or 0 for row in parts) != (head.amount or head.cap):
            continue
        if head.kind != "capped" and all(_PAYER.fullmatch(row.selector or "") for row in parts):
            assembly.rows = [row for row in assembly.rows if row not in parts]
        elif head.kind != "per_unit":
            assembly.rows.remove(head)


def drop_announced(told: Sequence[tuple[Passage, list[Row]]]) -> None:
    """``最高奖励500万元`` in a title or in the lines of a report that lead up to it, and told again later: said twice, paid once."""
    for index, (passage, rows) in enumerate(told[:_LEAD_LINES]):
        if passage.article != "0" or ("。" in passage.text and not _REPORTED.search(passage.text)):
            continue
        later = [row for _, rows_of_line in told[index + 1 :] for row in rows_of_line]
        sums = {row.amount or row.cap for row in later}
        rows[:] = [row for row in rows if row.kind != "capped" or row.cap not in sums or _says_for_whom(passage, row)]


def drop_told_in_parts(told: Sequence[tuple[Passage, list[Row]]]) -> None:
    """``分阶段给予累计800万元奖励:`` with its stages in the lines below: the stages are the awards, the whole is none."""
    for index, (passage, rows) in enumerate(told):
        head = rows[-1] if rows else None
        if head is None or head.rate is not None or not _opens_stages(passage, head):
            continue
        parts, whole = 0, head.amount or head.cap or 0
        for below, rows_of_line in told[index + 1 :]:
            if passage.article not in ("0", below.article) and not below.article.startswith(f"{passage.article}."):
                break
            parts += sum(row.amount or row.cap or 0 for row in rows_of_line if row.rate is None)
            if parts >= whole:
                break
        if 0 < parts == whole:
            rows.remove(head)


def _opens_stages(passage: Passage, head: Row) -> bool:
    """Whether the sum is a whole whose stages the next lines tell."""
    start, end = passage.stretch(clause=head.clause)
    staged = _STAGED.search(passage.text[start:end]) and _WHOLE_OF_STAGES.search(passage.text[start:end])
    return bool(staged and head.sum.phrase.sentence == passage.phrases[-1].sentence)


def _says_for_whom(passage: Passage, row: Row) -> bool:
    """``对新建的基地,给予最高200万元``: an award told in full, not the announcement of one."""
    start, _ = passage.stretch(clause=row.clause)
    return bool(re.search(r"对[^,。;]{4,}的[^,。;]*,", passage.text[start : row.sum.start]))


def _told_next(passage: Passage, head: Row) -> bool:
    """``分阶段给予累计不超过600万元支持。其中,…``: the next sentence names the stages."""
    _, end = passage.stretch(sentence=head.sentence)
    after = passage.text[end:].lstrip("。;").partition("。")[0]
    whole = _WHOLE_OF_STAGES.search(head.sum.left) and re.match("其中|具体为|即", after)
    return bool(whole or re.search(r"[两二三四五]个?(?:阶段|环节|步骤)[^,。;]{0,4}分别", after))


def _introduces_parts(passage: Passage, row: Row) -> bool:
    told = re.match(r"[^,。;]{0,16}[,;(]其中", passage.text[row.sum.end :])
    return row.kind in ("fixed", "per_unit") and bool(told)


def _is_part(assembly: Assembly, one: Sum) -> bool:
    """``30万元,分三年兑现,每年10万元``: the parts of a sum already named are no awards."""
    before = [row for row in assembly.rows if row.sentence == one.phrase.sentence]
    if not before or not _PART_OF_SUM.search(one.left) or before[-1].kind not in ("fixed", "capped"):
        return False
    between = assembly.passage.text[before[-1].sum.phrase.start : one.start]
    return bool(_SPREAD_PARTS.search(between))


def _of_whole(assembly: Assembly, one: Sum) -> bool:
    """``奖补20万元,其中当年10万元、次年…再兑现10万元``: the parts told behind 其中 make up the sum before."""
    head = next((row for row in reversed(assembly.rows) if row.clause == one.phrase.clause), None)
    if head is None or head.kind != "fixed" or head.sum is one:
        return False
    _, end = assembly.passage.stretch(clause=one.phrase.clause)
    rest = assembly.passage.text[head.sum.end : end]
    told = re.match(r"[^,。;\d]{0,12}[,(]其中", rest) and re.search(r"兑现|拨付|发放|支付", rest)
    parts = [at.fen for at in find_money(rest)] if told else []
    return len(parts) > 1 and sum(fen or 0 for fen in parts) == head.amount


def _is_stage(assembly: Assembly, one: Sum) -> bool:
    """``分三年给予累计不超过500万元,其中第一年不超过200万元``: the maxima of the years are the awards, the whole is none."""
    before = [row for row in assembly.rows if row.sentence == one.phrase.sentence]
    whole = next((row for row in before if not row.staged), None)
    return bool(
        before and whole and whole.kind == "capped" and terms.TOTAL.search(whole.sum.left) and stage(one.left)
    ) or bool(before and all(row.staged for row in before) and stage(one.left))


def _rate(assembly: Assembly, one: Sum) -> None:
    last = assembly.rows[-1] if assembly.rows else None
    if (
        last
        and last.kind == "capped"
        and last.sum.phrase == one.phrase
        and re.match(r"[^,。;]{0,8}?[、且并]?(?:不超过|按|最高)", assembly.passage.text[last.sum.end : one.start])
    ):
        _ceiling(assembly, one)
        return
    ahead = last if last and last.sum.phrase == one.phrase and _ends_in_base(assembly, last, one) else None
    if ahead:
        assembly.rows.remove(ahead)
    for row in paired_rows(assembly, one, _rate_kind(assembly.passage, one)):
        row.rate = row.item.rate
        set_time(row, one, assembly.told(one), assembly.passage.text[: one.start])
        own = terms.last_match(terms.FIRST_LAST, row.item.key or row.selector or "")
        over = list(terms.FIRST_LAST.finditer(one.left))
        step = own or (over[-1] if over else None)
        year = re.fullmatch(r"第[一二三四五六]年", row.item.key or "")
        if not row.item.key and own is None and len(over) == 1 and count_of(over[0][2]) == len(one.items) > 1:
            row.frequency, row.years = "annual", 1  # as many values as years: one value a year
        elif step:
            row.selector, row.frequency, row.years = step[0], "annual", count_of(step[2])
        elif year:
            row.frequency, row.years = "annual", 1
        if ahead:
            row.cap, row.cap_sum = ahead.cap, ahead.sum
        assembly.rows.append(row)


def _ends_in_base(assembly: Assembly, cap: Row, one: Sum) -> bool:
    """``不超过40万元贷款利息的全额贴息``: the maximum stands before the share that it bounds."""
    between = assembly.passage.text[cap.sum.end : one.start]
    return cap.kind == "capped" and bool(_BASE_BETWEEN.fullmatch(between))


def _time_steps(assembly: Assembly) -> None:
    """``首年按80%补贴,第二年、第三年按40%补贴``: the steps of one award, each for its own years."""
    rows = assembly.rows
    steps = [
        (row, at[1] or at[2])
        for row in rows
        if row.rated and not row.item.key and (at := _STEP.search(_own_words(assembly, row.sum))) is not None
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


def _ceiling(assembly: Assembly, one: Sum) -> None:
    last = assembly.rows[-1] if assembly.rows else None
    if not bind_ceiling(assembly, one) and (last is None or last.sum.phrase != one.phrase):
        _rate(assembly, one)


def _rate_kind(passage: Passage, one: Sum) -> BenefitKind:
    _, end = passage.stretch(clause=one.phrase.clause)
    ahead = re.split(r"[%元]", passage.text[one.end : end])[0]
    paid = re.search(terms.KIND, passage.text[one.end : end])
    of_interest = "贴息" in ahead or (paid is not None and paid[0] == "贴息" and "贷款" in passage.text[: one.end])
    return "interest" if _INTEREST.search(one.left) or of_interest else "rate"


def _spread_terms(assembly: Assembly) -> None:
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
        later = [row for row in near if row.sum.start > term.start]
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
    if term.yearly is False and row.keys is None and len(row.sum.items) == term.years:
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
