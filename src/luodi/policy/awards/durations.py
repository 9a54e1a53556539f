"""What a passage says of durations, given to the rows it speaks of: N years, every year, the steps of an award (LANGUAGE 6.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy import award_terms as terms
from luodi.policy.awards.cap_words import measure_of
from luodi.policy.awards.periods import Term, find_terms, is_of_others, stage
from luodi.policy.awards.row import Assembly, Row, count_of
from luodi.policy.passages import Passage, Phrase

# 首年按80%补贴,第二年、第三年按40%补贴: a step at the head of its phrase.
_STAGES = rf"(?:{terms.STAGE.pattern})(?:[、和及](?:{terms.STAGE.pattern}))*"
_STEP = re.compile(
    rf"\A(?:其中,?)?(?:[^,。;、:%\d]{{0,8}}(?:租金|房租|费用?|贡献|留成))?(?:给予|予以|补贴|补助|奖励)?[、和及]?({_STAGES}起?)(?=(?:分别)?按|给予|补|奖|返|\Z|[^,。;、%\d]{{2,12}}(?:租金|房租|费用|贡献|部分)(?:补贴|补助|奖励)?\Z|[^,。;、%\d]{{0,6}}(?:保费|租金|房租|费用)由[^,。;、%\d]{{2,10}}\Z)"
    rf"|({_STAGES})(?=(?:租金|房租|费用|贡献)的?\Z)"
)
# 落户前两年每年给予A: a sum of each of the first years
_EACH_OF_FIRST = re.compile(
    r"(?:\A|(?:落户|成立|设立|建成|投产|投用|运营|入驻|认定)后?的?|[后起])(前|后|头)([一二两三四五六七八九十\d]+)个?年,?每年(?=给|予|补|奖|资|支|按|发|安排|\Z)"
)
# 每家企业三年累计不超过N: over how many years a total is counted.
_IN_ALL = re.compile(r"(?<![近前后第满\d])([二两三四五六2-6])年(?:内|期)?(?:累计|合计|总计)[^,。;\d]{0,12}\Z")
# 前两年免收租金,第三年按50%补贴: the years before cost nothing.
_FREE_BEFORE = re.compile(r"(?:前[一两二三四五\d]年|首年|第[一二三四]年)[^,。;\d]{0,8}(?:免|全额)[^。;]*,\D*\Z")
_FREE_OR_HALF = re.compile(r"([一两二三四五])(?:免|减半)")
# 自获利之日起第1—2年,按100%奖励: a step that is a phrase of its own.
_STEP_BEFORE = re.compile(rf"(?:\A|[,;:。]|起)({_STAGES}),\Z")
# 第一年补助A,后两年分别补助B
_PLAIN_STEP = re.compile(
    rf"\A[,、]?({terms.STAGE.pattern}|{terms.FIRST_LAST.pattern})(?:分别|每年)*(?:给予|予以|补助|补贴|奖励|资助)+\Z"
)
_STEP_KEY = re.compile(rf"(?:[^,。;、:%\d]{{2,8}}(?:租金|房租|费用?|贡献|留成))?(?:{terms.STAGE.pattern})")
# 给予A,并发放B; 再给予B: a payment besides the one before.
_ADDED = re.compile(
    r"(?:[,;。](?:并|同时|另|另外|此外),?[^,。;]{0,12}?|再|另)(?:给予|予以|奖励|补助|补贴|资助|发放|按)"
)
_BESIDES = re.compile(
    r"(?:并|同时|另|另外|此外),?(?:再|另)?(?:给予|予以|享受|提供|发放)|以及按[^,。;]{2,40}(?:给予|予以)"
)
# 一次性补助A,每年发放B: a payment without words of its own for whom.
_GIVEN_NEXT = re.compile(r"[^,。;]*,(?:每年|每月|按年|按月|一次性)?(?:给予|予以|发放|发给|享受)")
_PARTS_OF_YEARS = re.compile(
    r"[^,。;]{0,12}?\((?:其中[:,]?)?(?P<parts>(?:第一年|首年|[^,。;()\d]{0,4}当年)[^()\d]*[\d.]+万?元[^()]*)\)"
)
# 购房补贴分5年发放, 奖励资金由财政分两年拨付: a sentence on how the payment told before it is handed out.
_OF_PAYMENT = re.compile(
    rf"(?P<those>上述|以上|该|本条|相关)?(?:(?P<noun>[^,。;:\d]{{0,8}}?(?:{terms.KIND}|安家费|经费))(?:资金|经费|金|款)?|资金)"
    r"(?:原则上|均|由[^,。;\d]{2,10}|按(?:照)?(?:[\d:、%]+的?比例)?)*"
)
# 各类奖补资金: no payment by its own name.
_ANY_PAYMENT = re.compile(rf"(?:各[类项]|全部|所有)*(?:{terms.KIND})?")
_IN_TOTAL = re.compile(r"(?:给予)?累计[^,。;\d]{0,10}\Z")
_LEADING = re.compile(r"起|后|周期")
_OF_ALL = re.compile(r"均|都|上述|以上|所有|全部")
_REACH_OF_ALL = 12
# 以上奖励在两年内每年兑付50%: of all that the sentence before gives.
_THOSE_ABOVE = re.compile(r"(?:以上|上述)(?P<all>各项|政策)?(?:奖励|补助|补贴|资金|奖补|资助|(?<=政策))")


def set_time_steps(assembly: Assembly) -> None:
    """``首年按80%补贴,第二年、第三年按40%补贴``: the steps of one award, each for its own years."""
    rows = assembly.rows
    steps = [
        (row, next(word for word in at.groups() if word))
        for row in rows
        if row.rated
        and (
            at := (_STEP_KEY.fullmatch(row.item.key or "") and _STEP.search(row.item.key or ""))
            or _STEP.search(_words_before(assembly, row))
            or _STEP_BEFORE.search(assembly.passage.text, _clause_start(assembly, row), row.sum.phrase.start)
        )
        and not (len(row.sum.items) > 1 and at.string.startswith("分别", at.end()))  # 第1—3年分别按100%、80%、50%
    ]
    first = [row for row in rows if row.rated and terms.FIRST_LAST.fullmatch(row.selector or "")]
    for row, words in steps:
        found = (stage(at[0]) for at in terms.STAGE.finditer(words))
        years = sum(one[1] for one in found if one)
        several = sum(row.sentence == other.sentence for other in [*(other for other, _ in steps), *first]) > 1
        if years > 1 or several or _FREE_BEFORE.search(assembly.told(row.sum)):
            row.selector, row.frequency, row.years = words, "annual", None if words.endswith("起") else years
    for row in rows:  # 三免两减半
        if of_years := _FREE_OR_HALF.fullmatch(assembly.passage.text, row.item.start, row.item.end):
            row.selector = f"{'前' if of_years[0].endswith('免') else '后'}{of_years[1]}年"
            row.frequency, row.years = "annual", count_of(of_years[1])
    _set_plain_steps(assembly)
    for row in rows:  # 前两年每月每平方米20元: a sum for several years in turn
        span = terms.FIRST_LAST.fullmatch(row.selector or "") if row.frequency in ("annual", "monthly") else None
        if row.frequency == "annual" and len(row.sum.items) == 1:
            span = span or _EACH_OF_FIRST.search(_words_before(assembly, row))
        if span and row.amount and row.years is None:
            row.years = count_of(span[2])


def _set_plain_steps(assembly: Assembly) -> None:
    """``第一年补助50万元,后两年分别补助25万元``: plain sums by the years that each is for."""
    plain = [row for row in assembly.rows if row.kind == "fixed" and row.item in row.sum.items]
    found = [(row, _PLAIN_STEP.search(_words_before(assembly, row))) for row in plain]
    told = [(row, at[1]) for row, at in found if at]
    for row, words in told if len({words for _, words in told}) > 1 else ():  # 次年给予…;次年给予…: when, not in turn
        of_stage, of_last = stage(words), terms.FIRST_LAST.fullmatch(words)
        row.selector, row.frequency = words, "annual"
        row.years = of_stage[1] if of_stage else count_of(of_last[2]) if of_last else None


def _clause_start(assembly: Assembly, row: Row) -> int:
    return max(0, assembly.passage.stretch(clause=row.clause)[0] - 1)


def _words_before(assembly: Assembly, row: Row) -> str:
    """The words of its phrase before a value, from the value or the label before it on."""
    at = row.sum.items.index(row.item)
    own = assembly.passage.text[row.sum.items[at - 1].end : row.item.start] if at else assembly.own_words(row.sum)
    return own.rpartition(":")[2]


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


def handed_out(passage: Passage, term: Term) -> re.Match[str] | None:
    """``购房补贴按4:3:3比例分三年发放``: the payment that a phrase on its years begins with."""
    phrase = next((p for p in passage.phrases if p.start <= term.start < p.end), None)
    spread = phrase if term.reach == "spread" else None
    return _OF_PAYMENT.fullmatch(passage.text, spread.start, term.start) if spread else None


def paid_by_name(passage: Passage, rows: Sequence[Row], at: re.Match[str]) -> list[Row]:
    """The plain sums of a passage that are handed out under the name told; all of them where it is no name."""
    noun = at["noun"] or ""
    plain = [row for row in rows if row.frequency in (None, "once") and not row.of_group]
    if is_any_payment(at):
        return plain
    named = [row for row in plain if noun in passage.phrase_text(row.sum.phrase)]
    clauses = {row.clause for row in named}
    return [
        row
        for row in plain
        if any(row is one for one in named) or (row.clause not in clauses and noun in _clause(passage, row))
    ]


def is_any_payment(at: re.Match[str]) -> bool:
    """Whether a payment that is handed out is told without a name of its own (奖励资金, 各类奖补)."""
    return bool(_ANY_PAYMENT.fullmatch(at["noun"] or ""))


def _clause(passage: Passage, row: Row) -> str:
    start, end = passage.stretch(clause=row.clause)
    return passage.text[start:end]


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
    by_year = any(row.staged for row in assembly.rows)  # 连续支持3年,其中第一年A,第二、三年每年最高B
    rows = [
        row
        for row in assembly.rows
        if not row.staged
        and row.kind != "case"
        and not (by_year and row.kind == "fixed" and terms.STAGE.search(row.sum.left))
        and not _bounds_measure(assembly, row)
    ]
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
    return bool(later) and alike and not any(terms.GIVE.search(_clause(passage, row)) for row in later)


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
