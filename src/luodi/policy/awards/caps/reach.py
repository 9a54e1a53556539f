"""Which awards a cap may bound: those of its clause, its sentence, the sentences before it (LANGUAGE 6.6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Sum
from luodi.policy.awards.roles.cap_words import binding, is_wide
from luodi.policy.awards.rows.row import Assembly, Row
from luodi.policy.awards.words.grades import KEY_WORD
from luodi.policy.passages import Passage

_AGAIN = re.compile(r"(?:再|另|并|同时|额外)[^,。;]{0,16}?(?:给予|奖励|补助|补贴|资助|支持)")
_RECIPIENT = re.compile(r"(?:其中,?)?(?:对于?|针对)(?P<who>[^,。;]{2,30})")
_TIER = re.compile(r"\d[\d.]*[万亿]?[一-鿿]{1,3}(?:\([^()]{1,8}\))?(?:及)?(?:以[上下内]|至|到|—|-|的)|不足\d")
_OTHERS = re.compile(r"(?:对于?)?其[他它余]")
_FOR_EACH = re.compile(
    r"(?:上述|以上)?(?:(?:奖励|补助|补贴)?(?:金额|资金)?均|单个(?:项目|展会|活动|赛事|品种|场馆|产品)|单场|单项|每个项目|同一项目)"
    r"(?:奖励|补助|补贴)?(?:金额|资金|总额)?(?:最高|不超过|奖励|补助|补贴|给予)*"
    rf"|最高{terms.KIND}(?:金额|额度?|资金)?(?:为|不超过)?"
)
# 均不超过N, 单个项目补助均不超过N
_EACH = re.compile(rf"(?:{terms.LEVEL.pattern})?(?:{terms.KIND}|金额|资金|总额)*[均都]")
_OF_ONE = re.compile(r"(?:同一|单个|单家|每家)[^,。;\d]*(?:年度?|每年)[^,。;\d]*(?:总额|累计|合计|最高|不超过|上限)")
# 500万元至2000万元部分按3%: the share of one tier of several
_OF_PART = re.compile(r"部分,?(?:按照?|为)?[^,。;%\d]{0,8}\Z")
# 单个企业年最高资助N, 年度最高补助N: nothing but a maximum.
_BOUND_ALONE = re.compile(
    rf"(?:每年)?(?:{terms.LEVEL.pattern}|同一企业)?(?:每年度?|年度|全年|当年|年)?(?:{terms.KIND})?(?:金额|总额|资金)?(?:累计|合计)?"
    rf"(?:最高|最多|不超过)+(?:{terms.KIND})?(?:不超过|为)?"
)
# 单个站点, 每家企业: before whom a cap is for.
_COUNT = re.compile(r"\A(?:对)?(?:同一|单[一-鿿]|每[一-鿿])")
_TO_MAXIMUM = re.compile(r"的?(?:标准)?,?(?:给予)(?:总额|累计)?(?:最高|不超过)+")
WHOLE_SUM = r"(?:奖励|补助|补贴|资助|支持)?(?:资金)?(?:总额|合计|总计)"
"""What a cap may call all that is given (补贴总额)."""


@dataclass(frozen=True)
class Reach:
    """A cap and the awards told before it, by how near they stand."""

    assembly: Assembly
    cap: Sum

    @property
    def passage(self) -> Passage:
        """The paragraph of the cap."""
        return self.assembly.passage

    @cached_property
    def told(self) -> list[Row]:
        """All that the cap's sentence pays."""
        return [row for row in self.assembly.rows if row.sentence == self.cap.phrase.sentence]

    @cached_property
    def open(self) -> list[Row]:
        """The awards that a maximum may bound."""
        return [r for r in self.assembly.rows if not r.closed and (r.rated or r.kind in ("per_unit", "case"))]

    @cached_property
    def clause(self) -> list[Row]:
        """Those of them in the cap's clause."""
        return [row for row in self.open if row.clause == self.cap.phrase.clause]

    @cached_property
    def sentence(self) -> list[Row]:
        """Those of them in the cap's sentence."""
        return [row for row in self.open if row.sentence == self.cap.phrase.sentence]

    @cached_property
    def own_words(self) -> str:
        """What the cap's clause says before it."""
        return self.assembly.told(self.cap)

    @cached_property
    def hands_out(self) -> bool:
        """Whether its words hand out something; 年度最高补助N is no more than 年度补助最高N."""
        left = self.cap.left
        told = left if self.clause or terms.LEVEL.match(left) else self.own_words
        alone = _BOUND_ALONE.fullmatch(told) and is_wide(self.cap)
        return self.cap.gives and not (alone and not over_several(self.assembly, self.cap))


def open_rows(assembly: Assembly, one: Sum) -> list[Row]:
    """The awards that a cap bounds: what the first of the questions says that decides."""
    reach = Reach(assembly, one)
    return next((found for ask in _QUESTIONS if (found := ask(reach)) is not None), [])


def _interest(at: Reach) -> list[Row] | None:
    """``给予贴息,给予保费补助,单户企业贴息上限A``: the interest of its sentence, where the cap names that and others stand beside it."""
    interest = [row for row in at.sentence if row.kind == "interest" and row.cap is None]
    return (interest or None) if "贴息" in at.cap.left and len(interest) < len(at.sentence) else None


def _named(at: Reach) -> list[Row] | None:
    """``每件A,…,对服务站点每单B,单个站点每年不超过C``: the last of several, which alone is for whom the cap names."""
    level = terms.LEVEL.match(at.cap.left)
    noun = _COUNT.sub("", level[0]) if level and len(at.clause) > 1 else ""
    if len(noun) < 2 or re.fullmatch(rf"(?:{terms.PAYEE}|申请人|申报|[、和及])+", noun):
        return None
    starts = [at.passage.stretch(clause=at.cap.phrase.clause)[0], *(row.sum.end for row in at.clause)]
    told = [noun in at.passage.text[start : row.sum.start] for start, row in zip(starts, at.clause, strict=False)]
    free = at.clause[-1].kind == "per_unit" and at.clause[-1].cap is None
    return at.clause[-1:] if free and told[-1] and not any(told[:-1]) else None


def _tiers(at: Reach) -> list[Row] | None:
    """``100亩以下的,每亩A;100亩以上的,每亩B,单个主体最高C``: the cap behind the last tier bounds every one."""
    rows = at.told
    counted = all(r.kind == "per_unit" and r.cap is None and not r.closed for r in rows)
    several = counted and len({r.clause for r in rows}) > 1 and rows[-1].clause == at.cap.phrase.clause
    if not (is_wide(at.cap) and several):
        return None
    heads = [at.passage.text[at.passage.stretch(clause=r.clause)[0] : r.sum.start] for r in rows]
    tiers = all(_TIER.search(head) for head in heads) or all(KEY_WORD.search(head) for head in heads)
    tiers = tiers and len({r.frequency for r in rows}) == 1  # paid once each, and per square metre: two awards
    return rows if tiers or _OTHERS.match(heads[-1]) else None


def _alone(at: Reach) -> list[Row] | None:
    """``…按30%奖励;…按40%奖励;均不超过A``: a clause of nothing but a maximum bounds all that its sentence pays."""
    alone = _BOUND_ALONE.fullmatch(at.own_words) or _FOR_EACH.fullmatch(at.own_words)
    if not at.sentence or at.clause or not alone:
        return None
    of_all = binding(at.cap.left)[1] and any(row.kind == "fixed" for row in at.told)
    return [] if of_all else at.sentence


def _total_of_counted(at: Reach) -> list[Row] | None:
    """``甲类每件A;乙类每件B,同一申请人年度总额不超过C``: none, for it is what one recipient may have of all that is counted."""
    counted = [r for r in at.told if r.kind == "per_unit" and r.cap is None]
    whole = _OF_ONE.match(at.cap.left) and all(r.frequency is None for r in counted)
    return [] if whole and len({r.clause for r in counted}) > 1 else None


def _each(at: Reach) -> list[Row] | None:
    """``均不超过A``, ``单个项目补助均不超过A``: each award of its sentence that has no cap, or of the one before."""
    if not _EACH.match(at.cap.left):
        return None
    before = [] if at.told else [r for r in at.open if r.sentence == at.cap.phrase.sentence - 1]
    return [r for r in at.sentence or before if r.cap is None]


def _handed_out(at: Reach) -> list[Row] | None:
    """``按A%给予最高B``: what the words that hand out the maximum hand out, in its clause."""
    if not at.hands_out:
        return None
    last = at.clause[-1].sum if at.clause else None
    again = last and last.gives and _AGAIN.search(at.passage.text, last.end, at.cap.start)
    if again or over_several(at.assembly, at.cap):
        return []
    shares = [r for r in at.clause if r.rated and r.cap is None]
    if are_steps(at.assembly, shares):
        return shares
    if len(at.clause) > 1 and len(shares) == len(at.clause) and all(_OF_PART.search(r.sum.left) for r in shares):
        return shares
    plain = bool(re.match(r"最高|不超过", at.cap.left)) or is_wide(at.cap)
    free = [
        r for r in at.clause if r.cap is None and (plain or r.kind != "per_unit" or _measures(at.assembly, r, at.cap))
    ]
    return free if len({id(r.sum) for r in free}) == 1 else free[-1:]


def _beside_bounded(at: Reach) -> list[Row] | None:
    """Its clause, where another clause of the sentence has told its own maximum."""
    others = [r for r in at.told if r.clause != at.cap.phrase.clause]
    bounded = any(r.rated and r.cap is not None for r in others)
    return at.clause if at.clause and bounded and all(r.cap is None for r in at.clause) else None


def _beside_other_kind(at: Reach) -> list[Row] | None:
    """Its clause, where the sentence pays in several ways; the last of it where the cap names no level."""
    if not at.clause or len({r.kind for r in at.told}) < 2:
        return None
    return at.clause if is_wide(at.cap) else [r for r in at.clause if r.sum is at.clause[-1].sum]


def _own_clause(at: Reach) -> list[Row] | None:
    """``租房的,给予…补贴,总额不超过A``, ``对甲类按A%;对乙类按B%,年度限额C``: what its own clause gives, which it speaks of or which says for whom."""
    led = _RECIPIENT.match(at.own_words) and not terms.LEVEL.search(at.cap.left)
    return at.clause if at.clause and (led or re.match(WHOLE_SUM, at.cap.left)) else None


def _whole_sentence(at: Reach) -> list[Row] | None:
    """``按A%…;按B%…。单个企业最高C`` in one sentence: all its shares, where the cap's clause gives nothing of its own."""
    if not (is_wide(at.cap) and at.sentence and (at.clause or not own_award(at.passage, at.cap))):
        return None
    if at.clause and at.clause[-1].kind == "per_unit":
        return at.clause
    return [r for r in at.sentence if r.rated or (r.kind == "case" and r in at.clause)]


def _clause(at: Reach) -> list[Row] | None:
    """Its clause, or none where only other clauses of its sentence pay."""
    return at.clause if at.told else None


def _sentences_before(at: Reach) -> list[Row]:
    """All that is still open, where the cap's sentence does not say of whom it speaks."""
    return [] if own_recipient(at.passage, at.cap) or _of_what_one_has(at) else at.open


_QUESTIONS: tuple[Callable[[Reach], list[Row] | None], ...] = (
    _interest,
    _named,
    _tiers,
    _alone,
    _total_of_counted,
    _each,
    _handed_out,
    _beside_bounded,
    _beside_other_kind,
    _own_clause,
    _whole_sentence,
    _clause,
    _sentences_before,
)


def _of_what_one_has(at: Reach) -> bool:
    """``甲类每次A,每条最高B;乙类每次C。单个企业年度上限D``: what one may have of several awards, though the others are bounded already."""
    per, period = binding(at.cap.left)
    if per != "unit" or period is None or not at.open:
        return False
    before = [r for r in at.assembly.rows if r.sentence == at.open[-1].sentence]
    beside = [r for r in at.assembly.rows if r.rated or r.kind == "per_unit"]
    last = {r.clause for r in beside if r.sentence == at.open[-1].sentence}
    plain = {r.clause for r in before if r.kind == "fixed"}
    return (period == "year" and len(last) > 1 and any(r.closed for r in beside)) or bool(plain - last)


def are_steps(assembly: Assembly, rows: list[Row]) -> bool:
    """``前两年按A%,第三年按B%``: shares of one award, each for its own years."""
    return len(rows) > 1 and all(terms.YEAR_STEP.search(row.selector or assembly.own_words(row.sum)) for row in rows)


def _measures(assembly: Assembly, row: Row, one: Sum) -> bool:
    """``按每平方米A的标准,给予最高B补贴``: a sum for each unit that is handed out only with its maximum."""
    between = assembly.passage.text[row.sum.end : one.start]
    return bool(terms.FOR_RATE.search(row.sum.left) and _TO_MAXIMUM.fullmatch(between))


def over_several(assembly: Assembly, one: Sum) -> bool:
    """``每件A奖励…,每件B奖励…,单个企业最高…``: a ceiling over several awards of its clause."""
    counted = {id(r.sum) for r in assembly.rows if r.kind == "per_unit" and r.clause == one.phrase.clause}
    return one.gives and is_wide(one) and len(counted) > 1


def own_award(passage: Passage, one: Sum) -> bool:
    """Whether the cap's own clause gives something without a figure (``给予企业奖励,最高…``)."""
    start, _ = passage.stretch(clause=one.phrase.clause)
    return bool(terms.GIVE.search(passage.text, start, one.phrase.start))


def own_recipient(passage: Passage, one: Sum) -> bool:
    """Whether the cap's sentence says first for whom or for what it is (``对新设的机构,…``, ``购置用房的,…``): no cap of others."""
    start, _ = passage.stretch(sentence=one.phrase.sentence)
    before = passage.text[start : one.start]
    return any(
        (led := _RECIPIENT.match(words)) and not terms.LEVEL.match(led["who"]) or (ends and words.endswith("的"))
        for words, ends in ((at[1], bool(at[2])) for at in re.finditer(r"([^,:]+)([,:]?)", before))
    )
