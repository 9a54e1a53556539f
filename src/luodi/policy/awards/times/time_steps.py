"""The steps of one award in time (首年按80%,第二年、第三年按40%): each for its own years (LANGUAGE 6.5)."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.rows.row import Assembly, Row, count_of
from luodi.policy.awards.words.periods import stage, stages

# 首年按80%补贴,第二年、第三年按40%补贴: a step at the head of its phrase.
_STAGES = rf"(?:{terms.STAGE.pattern})(?:[、和及](?:{terms.STAGE.pattern}))*"
_STEP = re.compile(
    rf"\A(?:其中,?)?(?:[^,。;、:%\d]{{0,8}}(?:租金|房租|费用?|贡献|留成))?(?:给予|补贴|补助|奖励)?[、和及]?({_STAGES}起?)"
    rf"(?=(?:分别)?按|为|给予|补|奖|返|\Z|[^,。;、%\d]{{2,12}}(?:租金|房租|费用|贡献|部分)(?:补贴|补助|奖励)?\Z"
    rf"|[^,。;、%\d]{{0,6}}(?:保费|租金|房租|费用)由[^,。;、%\d]{{2,10}}\Z)"
    rf"|({_STAGES})(?=(?:租金|房租|费用|贡献)的?\Z)"
)
# 落户前两年每年给予A, 前三年按每月A: a sum of each of the first years
_EACH_OF_FIRST = re.compile(
    r"(?:\A|(?:落户|成立|设立|建成|投产|投用|运营|入驻|认定)后?的?|[后起])(前|后|头)([一二两三四五六七八九十\d]+)个?年,?(?:按照?)?(?:每人)?每[年月]"
    r"(?:[^,。;\d]{2,12}的,?)?再?(?=给|予|补|奖|资|支|按|发|安排|\Z)"
)
# 前两年免收租金,第三年按50%补贴: the years before cost nothing.
_FREE_BEFORE = re.compile(r"(?:前[一两二三四五\d]年|首年|第[一二三四]年)[^,。;\d]{0,8}(?:免|全额)[^。;]*,\D*\Z")
_ONE_YEAR = re.compile(rf"第{terms.YEAR_NUMBER}年度?|[首次]年度?")
_ONE_YEAR_MONTHLY = re.compile(rf"\A(?:{_ONE_YEAR.pattern}),?(?:按照?)?(?:每人)?每月")
_FREE_OR_HALF = re.compile(r"([一两二三四五])(?:免|减半)")
# 自获利之日起第1—2年,按100%奖励: a step that is a phrase of its own.
_STEP_BEFORE = re.compile(rf"(?:\A|[,;:。]|起)({_STAGES}),\Z")
# 第一年补助A,后两年分别补助B
_PLAIN_STEP = re.compile(
    rf"\A[,、]?({terms.STAGE.pattern}|{terms.FIRST_LAST.pattern})(?:分别|每年)*(?:给予|补助|补贴|奖励|资助)+\Z"
)
_STEP_KEY = re.compile(rf"(?:[^,。;、:%\d]{{2,8}}(?:租金|房租|费用?|贡献|留成))?(?:{terms.STAGE.pattern})")


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
        and not _for_each(row, at)
    ]
    stepped = [row for row, _ in steps]
    in_turn = stepped + [row for row in rows if row.rated and row not in stepped and _is_years(row.selector)]
    for row, words in steps:
        found = (stage(at[0]) for at in terms.STAGE.finditer(words))
        years = sum(one[1] for one in found if one)
        several = sum(row.sentence == other.sentence for other in in_turn) > 1
        if years > 1 or several or _FREE_BEFORE.search(assembly.told(row.sum)):
            row.selector, row.frequency, row.years = words, "annual", None if words.endswith("起") else years
    for row in rows:  # 三免两减半
        if of_years := _FREE_OR_HALF.fullmatch(assembly.passage.text, row.item.start, row.item.end):
            row.selector = f"{'前' if of_years[0].endswith('免') else '后'}{of_years[1]}年"
            row.frequency, row.years = "annual", count_of(of_years[1])
    _set_plain_steps(assembly)
    for row in rows:  # 前两年每月每平方米20元: a sum for several years in turn
        span = terms.FIRST_LAST.fullmatch(row.selector or "") if row.frequency in ("annual", "monthly") else None
        if row.frequency in ("annual", "monthly") and len(row.sum.items) == 1:
            span = span or _EACH_OF_FIRST.search(_words_before(assembly, row))
        if span and row.amount and row.years is None:
            row.years = count_of(span[2])
    _set_one_year(assembly)


def _set_one_year(assembly: Assembly) -> None:
    """``前两年每月A,第三年每月B``: a sum for one year beside those for several."""
    rows = assembly.rows
    for row in rows:
        open_row = row.amount and row.years is None and row.frequency == "monthly"
        one = open_row and (
            _ONE_YEAR.fullmatch(row.selector or "") or _ONE_YEAR_MONTHLY.search(_words_before(assembly, row))
        )
        if one and any(other.clause == row.clause and other.years for other in rows):
            row.years = 1


def _set_plain_steps(assembly: Assembly) -> None:
    """``第一年补助50万元,后两年分别补助25万元``: plain sums by the years that each is for; those of a list (甲、乙第一年分别A、B) keep their keys."""
    plain = [row for row in assembly.rows if row.kind == "fixed" and row.item in row.sum.items and not _has_keys(row)]
    found = [(row, _PLAIN_STEP.search(_words_before(assembly, row))) for row in plain]
    told = [(row, at[1]) for row, at in found if at]
    if told:  # 首年补助A,第二年、第三年分别补助B、C
        told += [(row, row.selector or "") for row, at in found if not at and _is_years(row.selector)]
    for row, words in told if len({words for _, words in told}) > 1 else ():  # 次年给予…;次年给予…: when, not in turn
        of_stage, of_last = stage(words), terms.FIRST_LAST.fullmatch(words)
        row.selector, row.frequency = words, "annual"
        row.years = of_stage[1] if of_stage else count_of(of_last[2]) if of_last else None


def _has_keys(row: Row) -> bool:
    """Whether a sum is one of a list by keys that are no years."""
    return row.keys is not None and not all(map(_is_years, row.keys.words))


def _for_each(row: Row, at: re.Match[str]) -> bool:
    """Whether years go with a list of shares one by one: ``第1—3年分别按100%、80%、50%``, ``第二年、第三年按60%、40%``."""
    several = len(row.sum.items)
    leads = several > 1 and row.item is row.sum.items[0]
    return several > 1 and (at.string.startswith("分别", at.end()) or (leads and len(stages(at[0])) == several))


def _is_years(words: str | None) -> bool:
    return bool(terms.STAGE.fullmatch(words or "") or terms.FIRST_LAST.fullmatch(words or ""))


def _clause_start(assembly: Assembly, row: Row) -> int:
    return max(0, assembly.passage.stretch(clause=row.clause)[0] - 1)


def _words_before(assembly: Assembly, row: Row) -> str:
    """The words of its phrase before a value, from the value or the label before it on."""
    at = row.sum.items.index(row.item)
    own = assembly.passage.text[row.sum.items[at - 1].end : row.item.start] if at else assembly.own_words(row.sum)
    return own.rpartition(":")[2]
