"""The words that pick a row among its neighbours.

A list gave its keys already (:mod:`luodi.policy.awards.numbers.pairing`); here rows of one clause or paragraph are told apart by what differs:
the thing paid for, the level of a cap, the recipient, the threshold, the condition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from luodi.policy import award_terms as terms
from luodi.policy.awards.frames.frame import PAYEE, region
from luodi.policy.awards.frames.halves import select_whole
from luodi.policy.awards.names.clause_names import (
    case_told,
    counted_thing,
    for_whom,
    given_to,
    last_told,
    name_by_counted,
    name_raised,
    name_within_clause,
)
from luodi.policy.awards.names.row_words import Words, words_of
from luodi.policy.awards.names.shared_tiers import beside_shared_tiers
from luodi.policy.awards.roles.cap_words import binding, subject_of
from luodi.policy.awards.rows.naming import LONG, name_in, shortened, unbracketed, whole
from luodi.policy.awards.rows.row import Row
from luodi.policy.awards.words.tiers import is_tier, led_tier, measure, unit
from luodi.policy.passages import Passage

_PER_THING = re.compile(r"每[一-鿿]{1,3}?(?:一次性)?(?:补助|补贴|奖励|资助|给予|发放|[补奖])?\Z")
# 1-2级, 70-79周岁: numbers that name a grade or an age.
_GRADE_OR_AGE = re.compile(r"\d+(?:[-—~至]\d+)?(?:级|周?岁|星级?|类)|\d+年(?:至\d+年|以[上下])")
_STEPPED = re.compile("新?增|满|超|提")
_BY_NAME = re.compile(r"\A按照?(?=[一-鿿]{2,8}\Z)(?!.*(?:标准|金额|额度|比例))")
# 投保短期险的,保费按70%补助: what the share is of, and no name of it.
_COST_ALONE = re.compile(r"[一-鿿]{0,2}(?:保费|费用|租金|房租|利息|经费)(?:按照?|给予|补[助贴])?")
_YEAR = re.compile(
    r"(?:[、,和及]|按照?)?(20\d\d年(?:度?(?:至|到|—|-|~|、)20\d\d年)*)度?(?:[一-鿿]{2,6}的)?"
    r"(?:给予|补贴|补助|奖励|按|为|每[一-鿿]{1,3}(?:每[年月日])?(?=\d|\Z))"
)
_DATE = r"20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?"
_YEAR_FIRST = re.compile(
    rf"(?:对于?|凡)?({_DATE}(?:度?(?:至|到|—|-|~){_DATE}|之?[前后])?)度?(?!\d)[^,。;\d]{{2,24}}[,\d]"
)
# 其中:小型机:…;大型机:…: what the sums behind it are for; 补贴标准: is a part of the paper.
_LABEL = re.compile(
    r"(?:\A|[。;])(?:[^,。;:()\d【】]{2,20}:(?=[^,。;:()\d【】]{2,16}:))?(?:其中[:,])?"
    r"(?:([^,。;:()\d【】]{2,16})(?:\([^()]*\))?:|【([^【】]{2,16})】)"
)
_OF_A_PART = re.compile(r"其中|标准|对象|条件|范围|方式|内容|要求|流程|注|依据|期限|时间|原则|材料|程序|措施|政策|如下")
_PROMOTED = re.compile(r"(?:升级|晋升|晋级|提升|转)[为到至]")  # 由职能型升级为综合型
_SHORT_NAME = 10
_KEY_LINE = re.compile(r"[^。;:,元%]{2,30}")
_SUM_LINE = re.compile(
    rf"(?:给予|一次性|最高|不超过|按|每[^,。;:\d]{{1,6}}|{terms.KIND})*[^,。;:\d]{{0,10}}\d[\d.]*(?:[万亿]?元|%)[^,。;:\d]{{0,12}}"
    rf"(?:,(?:最高|不超过)[^,。;]{{2,12}})?"
)
# 注册资本10亿元以上的: what is measured, and its tier.
_LED_BY_TIER = re.compile(
    r"[,;]?(?:[^,。;\d]{0,6}|[^,。;\d]{2,10}(?:额|值|收入|面积|总?量|规模)(?:达到?|超过|在|为)?)\d"
)


def select(passage: Passage, rows: list[Row], *, listed: bool = False) -> None:
    """Fill the selectors that are still open where a paragraph has several rows, or is one of a list (其中:…)."""
    select_whole(passage, rows)
    name_raised(passage, rows)
    if len(rows) > 1 or listed:
        _select_open(passage, rows, listed=listed)
    for row in rows:
        name = row.selector or ""
        # 植物工厂每平方米补助200元: what is counted is no part of the name; 收入每增加1亿元 says what is paid for
        if row.per and len(name) > len(row.per) + 2 and not _STEPPED.match(row.per):
            name = name.removesuffix(f"每{row.per}")
        row.selector = whole(name) or None


def _select_open(passage: Passage, rows: list[Row], *, listed: bool) -> None:
    for _, group in groupby(rows, key=lambda row: row.clause):
        name_within_clause(passage, list(group))
    open_rows = [row for row in rows if row.selector is None and row.kind != "case"]
    if listed or len([row for row in rows if row.kind != "case"]) > 1:
        _by_condition(passage, rows, open_rows, listed=listed)


def name_by_lines(told: Sequence[tuple[Passage, list[Row]]]) -> None:
    """``新建养老机构`` on a line and ``每张床位补助1.2万元`` on the next, and again: the columns of a table, the first of which names the sums."""
    pairs = [
        (before.text, rows)
        for (before, none), (passage, rows) in pairwise(told)
        if not none and before.article == passage.article and _is_pair(before.text, passage.text) and len(rows) == 1
    ]
    for key, rows in pairs if len(pairs) > 1 else ():
        rows[0].selector = rows[0].selector or name_in(key)


def _is_pair(key: str, line: str) -> bool:
    return bool(_KEY_LINE.fullmatch(key) and not terms.GIVE.search(key) and _SUM_LINE.fullmatch(line))


def _by_condition(passage: Passage, rows: list[Row], open_rows: list[Row], *, listed: bool) -> None:
    open_rows = [row for row in open_rows if len(row.sum.items) == 1]
    for row in open_rows:
        if row.kind == "capped" and not row.sum.gives and (subject := subject_of(row.sum)):
            row.selector = subject
        elif row.kind == "capped" and not row.sum.gives and binding(row.sum.left) == ("unit", "year"):
            row.selector = "年度" if listed or row.sum.left.startswith(("以上", "上述")) else None
    _by_own_label(passage, rows)
    _by_own_year(passage, [row for row in open_rows if row.selector is None])
    _by_own_tier(passage, [row for row in open_rows if row.selector is None])
    _by_own_phrase(passage, [row for row in open_rows if row.selector is None])
    told = {id(row): words_of(passage, rows, row) for row in open_rows if row.selector is None}
    thresholds = _own_thresholds(told)
    tiered = _in_tiers(passage, open_rows, told, thresholds)
    every = Counter(name for words in told.values() for name in {*words.names, *words.spare})
    beside = beside_shared_tiers(passage, rows, [(row, thresholds[id(row)]) for row in open_rows if id(row) in told])
    for row in open_rows:
        if row.selector is None:
            names, threshold = told[id(row)].names, thresholds[id(row)]
            alone = [name for name in names if every[name] == 1]
            own = next((name for name in alone if _is_parallel(name, row, told)), next(iter(alone), None))
            if id(row) in tiered and not (own and threshold and own.startswith(threshold)):
                own = None
            spare = next((name for name in (*told[id(row)].spare, *names) if every[name] == 1), None)
            shared = next((name for name in names if len(told) < 2 or every[name] < len(told)), None)
            threshold = beside.get(id(row), threshold)
            row.selector = own or threshold or spare or shared or _counted(passage, row)
    _measure_tiers(passage, rows, open_rows)
    _under_labels(passage, rows, open_rows)


def _counted(passage: Passage, row: Row) -> str | None:
    """``每引进1家上市公司区域总部,奖励20万元`` behind others that have names: what it is counted for; 每引进1家企业 names none."""
    thing = counted_thing(passage, row) if row.per else ""
    name = None if "并" in thing else name_in(thing)  # 每带动1人就业并缴纳社保
    return name if name and len(name) > len("企业") else None


def _by_own_label(passage: Passage, rows: list[Row]) -> None:
    """``新招员工:稳定就业6个月的,800元/人`` on a line of its own: the one sum by the label of its line."""
    at = _LABEL.match(passage.text)
    if at and len(rows) == 1 and rows[0].selector is None and not _OF_A_PART.search(at[1] or at[2]):
        rows[0].selector = re.sub(r"\A其中[:,]|\([^()]{9,}\)(?=:)", "", at[0]).strip(":【】")


def _is_parallel(name: str, row: Row, told: dict[int, Words]) -> bool:
    """``对新开的小型航线,…;大中型航线,…``: a name that ends like one of another row tells the two apart."""
    tail = unbracketed(name)[-2:]
    others = [other for key, words in told.items() if key != id(row) for other in words.names]
    if _PROMOTED.search(name) and any(_PROMOTED.search(other) for other in others):
        return True
    return not re.fullmatch(rf"{PAYEE}|认定|评定|通过", tail) and any(
        unbracketed(other).endswith(tail) for other in others
    )


def _measure_tiers(passage: Passage, rows: Sequence[Row], open_rows: Sequence[Row]) -> None:
    """``年节能量500吨以上的,…;年节水量1万立方米以上的,…``: tiers that measure different things say which."""
    tiered = [row for row in open_rows if row.selector and is_tier(row.selector)]
    units = Counter(unit(row.selector or "") for row in tiered)
    for row in tiered if len(rows) > 1 else ():
        start, end = region(passage, rows, row)
        named = measure(passage.text[start:end], row.selector or "") if units[unit(row.selector or "")] == 1 else None
        row.selector = named if named and len(named) <= LONG + 2 else row.selector


def _under_labels(passage: Passage, rows: list[Row], open_rows: list[Row]) -> None:
    """``小型机:每条航线A。每增加2万架次B。大型机:…``: a label holds for every sum up to the next label."""
    labels = [at for at in _LABEL.finditer(passage.text) if not _OF_A_PART.search(at[1] or at[2])]
    under = [[row for row in rows if _label_of(labels, row) is label] for label in labels]
    if sum(bool(some) for some in under) < 2:
        return
    for label, some in zip(labels, under, strict=True):
        alike = [row for row in some if len(some) > 1 or sum(row.selector == other.selector for other in open_rows) > 1]
        for row in alike:
            words = label[1] or label[2]
            named = row.of_group or words in (row.selector or "")
            if not named and any(row is other for other in open_rows):
                own = row.selector if len(some) > 1 and row.selector and len(row.selector) <= _SHORT_NAME else ""
                row.selector = words + own


def _label_of(labels: Sequence[re.Match[str]], row: Row) -> re.Match[str] | None:
    return next((at for at in reversed(labels) if at.end() <= row.sum.start), None)


def _in_tiers(
    passage: Passage, open_rows: list[Row], told: dict[int, Words], thresholds: dict[int, str | None]
) -> set[int]:
    """The rows (by id) of a sentence or a clause that are told apart by tiers alone, and not every one by a noun of its own."""
    rows = [row for row in open_rows if id(row) in told]
    told_apart = len(set(thresholds.values())) == len(thresholds)
    if rows and all(thresholds.values()) and told_apart and not all(words.names for words in told.values()):
        return {id(row) for row in rows}
    found: set[int] = set()
    groups = [[row for row in rows if row.sentence == number] for number in {row.sentence for row in rows}]
    groups += [[row for row in rows if row.clause == number] for number in {row.clause for row in rows}]
    for own in groups:
        tiers = [thresholds[id(row)] for row in own]
        led = all(_LED_BY_TIER.match(passage.text, region(passage, rows, row)[0]) for row in own[1:])
        if len(own) > 1 and all(tiers) and len(set(tiers)) == len(own) and led:
            found.update(id(row) for row in own)
    return found


def _own_thresholds(told: dict[int, Words]) -> dict[int, str | None]:
    """The tier of each row: of the numbers told of it the last that is not told of another row as well; shares only where all have one."""
    every = Counter(tier for words in told.values() for tier in set(words.tiers))
    tiered = [words.tiers for words in told.values() if words.tiers]
    shares = len(tiered) > 1 and all(any("%" in tier for tier in tiers) for tiers in tiered)
    by_share = shares and any(all("%" in tier for tier in tiers) for tiers in tiered)
    by_share = by_share and len({next(tier for tier in tiers if "%" in tier) for tiers in tiered}) == len(tiered)
    ordered = {
        row: sorted(words.tiers, key=lambda tier: "%" not in tier) if by_share else words.tiers
        for row, words in told.items()
    }
    return {
        row: next((tier for tier in tiers if every[tier] == 1), tiers[0] if tiers else None)
        for row, tiers in ordered.items()
    }


def _by_own_tier(passage: Passage, rows: list[Row]) -> None:
    """``甲类人员,自付1万元以内的给予50%,超过1万元的给予70%``: the shares of one clause by the tier in the phrase of each."""
    for _, group in groupby([row for row in rows if row.rated], key=lambda row: row.clause):
        told = list(group)
        words = [passage.text[_own_start(rows, row) : row.sum.start] for row in told]
        tiers = [led_tier(own.rpartition("的")[0] or own) for own in words]
        if len(told) > 1 and all(tiers) and len(set(tiers)) == len(tiers):
            for row, tier in zip(told, tiers, strict=True):
                row.selector = tier


def _by_own_phrase(passage: Passage, rows: list[Row]) -> None:
    """``建大棚的,钢架大棚每亩补助A,日光温室每亩补助B``: each of the sums of a clause by the name in its own phrase."""
    for _, group in groupby(rows, key=lambda row: row.clause):
        own = [(row, _own_name(passage, rows, row)) for row in group]
        _name_apart([] if name_by_counted(own) else own)
    rows = [row for row in rows if not row.selector]
    for _, group in groupby([row for row in rows if row.per and not row.selector], key=lambda row: row.sentence):
        _name_apart([(row, passage.text[_own_start(rows, row) : row.sum.start]) for row in group], every=True)
    for _, group in groupby([row for row in rows if row.per and not row.selector], key=lambda row: row.sentence):
        _name_apart([(row, counted_thing(passage, row)) for row in group])
    for _, group in groupby([row for row in rows if row.rated and not row.selector], key=lambda row: row.sentence):
        told = list(group)
        given = [(row, whom) for row in told if (whom := given_to(passage, row))]
        if len({whom for _, whom in given}) == len(given) > 1:
            for row, whom in given:
                row.selector = whom
            told = [row for row in told if not row.selector]
        _name_apart([(row, for_whom(passage, row)) for row in told], every=True)
        told = [row for row in told if not row.selector]
        cases = [case_told(passage, row) for row in told]
        words = cases if all(cases) else [last_told(passage, row) for row in told]
        _name_apart(list(zip(told, words, strict=True)), every=True)


def _own_name(passage: Passage, rows: list[Row], row: Row) -> str:
    """The words of a sum in its phrase: of 按首飞1000万元、后续每次200万元 the first is for 首飞, of 按投资额5% the share is of that."""
    start = _own_start(rows, row)
    words = passage.text[start : row.sum.start]
    if row.rated and _COST_ALONE.fullmatch(words) and (case := case_told(passage, row)):
        return case
    return _BY_NAME.sub("", words) if row.rate is None else words


def _by_own_year(passage: Passage, rows: list[Row]) -> None:
    """``2024年购买的,给予80%;2025年购买的,给予50%``, ``2024年补贴20元/公斤、2025年补贴15元/公斤``: the clauses of a sentence, or the sums of a clause, by the years before each."""
    for _, group in groupby(rows, key=lambda row: row.sentence):
        told = list(group)
        if len({row.clause for row in told}) == len(told):
            _name_by_years(told, [_YEAR_FIRST.match(passage.text, *passage.stretch(clause=one.clause)) for one in told])
    rows = [row for row in rows if row.selector is None]
    for _, group in groupby(rows, key=lambda row: row.clause):
        told = list(group)
        _name_by_years(told, [_YEAR.match(passage.text, _own_start(rows, one), one.sum.start) for one in told])


def _name_by_years(told: list[Row], years: list[re.Match[str] | None]) -> None:
    if len({at[1] for at in years if at}) == len(told) > 1:
        for row, at in zip(told, years, strict=True):
            row.selector = at[1] if at else None


def _own_start(rows: list[Row], row: Row) -> int:
    """Where the words of a sum begin in its phrase: behind the sum before it."""
    ends = [other.sum.end for other in rows if other.sum.phrase == row.sum.phrase and other.sum.end <= row.sum.start]
    return max([row.sum.phrase.start, *ends])


def _thing(words: str) -> str:
    """``按照原种基地每亩``: what is counted, without the words of counting."""
    thing = _PER_THING.sub("", words)
    return thing if thing == words else re.sub(r"\A[,、]?按照?", "", thing)


def _name_apart(told: list[tuple[Row, str]], *, every: bool = False) -> None:
    """Name the rows (all of them, or none, where ``every``) by words that differ; words that all have a number are left."""
    named = [(row, name) for row, words in told if (name := name_in(_thing(words)))]
    numbered = [name for _, name in named if re.search(r"\d", _GRADE_OR_AGE.sub("", name))]
    if (every and (numbered or len(named) < len(told))) or len(numbered) == len(named):
        return
    if len({name for _, name in named}) == len(named) > 0 and len(told) > 1:
        for row, name in named:
            row.selector = shortened(name)
