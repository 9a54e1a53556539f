"""Goals (目标): quantified targets of the document's own, and goals without a number (LANGUAGE 4).

A number is a goal where the paper says it is to be reached: in a passage of goals, in a sentence with a deadline, or
after a verb of building in a task. Conditions, budgets, norms, product specifications and the past are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from luodi.document.markers import is_unbroken
from luodi.document.tree import Document
from luodi.policy import award_terms as terms
from luodi.policy.awards.tables.rows import award_tables
from luodi.policy.cell_lines import undivided
from luodi.policy.clauses import clause
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.document_rules import DocumentRules
from luodi.policy.facts import Fact, Goal
from luodi.policy.goals.context import Context
from luodi.policy.goals.deadlines import Deadlines
from luodi.policy.goals.exclusions import Where, is_of_next
from luodi.policy.goals.papers import Paper, read_paper
from luodi.policy.goals.past_years import is_of_earlier_year, is_past, opens_in_past, reached_until
from luodi.policy.goals.repetitions import EXPLAINS, HEADLINE, Headline, is_explained, is_repeated, told_again
from luodi.policy.goals.reports import is_reported
from luodi.policy.goals.rows import goals_of_group
from luodi.policy.goals.sizes import is_of_size
from luodi.policy.goals.target_tables import Target, is_target_table, targets
from luodi.policy.goals.tasks import is_of_all
from luodi.policy.goals.wordings import (
    DOUBLED,
    doubled_goals,
    part_goals,
    parts_of_whole,
    unnumbered,
)
from luodi.policy.head.lines import head_lines
from luodi.policy.passages import Passage, Phrase, passages
from luodi.policy.tables import tables
from luodi.policy.units.task_tables import row_dates, task_rows, told_dates
from luodi.quantities.counts import Count, find_counts, find_levels, find_scales

_NEXT_TASK = re.compile(
    r"、(?=新[建增]|建[成设]|[改扩]建|改造|完成|实现|打造|培育|引进|举办|开展|开工|放映|招聘|救助|援助|创建|组建|认定)"
)
_DIGIT = re.compile(r"\d")
_NUMERIC = re.compile(r"[\d一二两三四五六七八九十百千半番倍]|万亿")
_AWARD = re.compile(
    # 予以重点培育: no payment
    rf"给予|予以(?!(?:重点|优先|持续)?(?:培育|培养|推广|推介|宣传))|奖励|补助|补贴(?!性|\d[\d.]*万?亩)|资助(?=[^;。]*(?:\d|万)元)"
    rf"|罚款|贴息|扣除|处以|{terms.BRIEFLY_GIVEN.pattern}"
)
_PAID = re.compile(r"(?:给予|予以|奖励|补助|补贴(?!性)|资助|罚款|贴息|扣除|处以)[^;。]*\d[^;。]*(?:元|%)")
_AWARD_APART = re.compile(
    r",(?:并|同时)?对(?=[^,。;]{2,30}(?:,|给予|予以|按))|,(?=[^,。;\d]{2,12}(?:补贴|补助|津贴)(?:每|最高|标准))"
    r"|,(?=单[个项家][^,。;\d]{0,8}(?:给予|予以|奖励|补助|补贴|资助|最高))"
    r"|,(?=[^,。;]{2,40}的(?:企业|项目|单位|机构|园区|平台|个人|人才)?,(?:按|给予|予以|一次性|最高))"
)
# A work plan states what the year is to bring (全年新增…, 年内完成…).
_THIS_YEAR = re.compile(
    r"(?:[^,。;:]{0,12}[,:])?(?:力争|确保|预期|预计(?=全年))?(?:全年|年内|今年|本年度)"
    r"(?!度|前[\d一二三四五六七八九十]|\d{1,2}(?:月(?!底|末|前)|[—~-])|[一二三四]季度|上半年|.{0,4}(?:以来|已))"
)
# 把节能作为关键,全年确保能耗下降3%, 以“十企万亿”为目标,: what is meant, for the rest of the sentence.
_YEAR_MEANT = re.compile(r",(?:全年|年内)(?:要|力争|确保|计划|争取)|以“?[^,。;“”]{2,16}”?为目标,")
_AMONG = re.compile(r"其中[,:]?")  # 完成任务590万亩。其中,造林90万亩: the sentence before goes on
# 产值、户数分别达到60亿元、3万户: measures of several kinds.
_EACH_GIVEN = re.compile(r"分别(?:达到?|增至|增加到|突破|超过|实现|为)?(?:\d[^,。;]{0,12}(?:、|和))*\Z")
# 实现筛查率92%以上的目标: what the phrase itself calls an aim.
_AIMED_AT = re.compile(r"\d[^,。;\d]{1,8}的(?:总体|奋斗|工作|年度|预期|发展)?目标\Z")
# 总体要求是…。主要预期目标是:…: a sentence that calls itself the aims.
_AIMS_SAID = re.compile(
    r"(?:20\d\d年(?:度)?)?[一-鿿]{0,12}(?<!绩效)(?<!质量)目标(?:任务)?(?:(?:是|为)[:,]?|:)(?=[一-鿿])"
)
_SET_OUT = re.compile(r"[到至]20\d\d年|力争|(?:\d|[一二两三四五])年内")
_LONGEST_HEAD = 1000
_OWN_YEAR = re.compile(r"20\d\d年")
_FIRST_YEAR = 1900
# So many targets of a paragraph show that a text without its title is part of a plan.
_SEVERAL = 3
_IN_BRACKETS = re.compile(
    r"\((?:其中[^()]*\d|[^()]{4,40}?(?:达到|超过|不低于)\d|(?:国家|省|市|区)级[^()\d]{0,6}\d)[^()]*\)"
)


@clause("goal")
def goals(document: Document, rules: DocumentRules) -> Iterable[Fact | Diagnostic]:
    """Find the goals of a document, with and without numbers."""
    paper = read_paper(document, _lost_lines(document))
    listed = [table for table in tables(document.clean) if is_target_table(table)]
    apart = [(table.start, table.end) for table in (*listed, *award_tables(document.clean))]
    apart += undivided(document.clean)  # conditions of awards are none
    due = [*row_dates(document.clean), *told_dates(document)]
    of_tables = [_of_table(document, target, due) for table in listed for target in targets(table, paper.issued)]
    yield from of_tables
    told = {_key(goal) for goal in of_tables}
    tasks = [(row.start, row.end) for row in task_rows(document.clean)]
    context = Context(document, paper, due, tasks)
    headlines: list[Headline] = []
    body: list[Goal] = []
    told_in_text: list[Goal | Diagnostic | Fact] = []
    before: list[Goal] = []
    for passage in passages(document):
        section = context.section(passage)
        if section is not None and not any(start <= passage.start < end for start, end in apart):
            found = _of_passage(passage, context, paper, section=section)
            kept = [one for one in found if not isinstance(one, Goal) or _key(one) not in told]
            own = [one for one in kept if isinstance(one, Goal)]
            if EXPLAINS.search(passage.text):
                own = [one for one in own if not is_explained(one, before)]
                kept = list(own)
            before += own
            if paper.untitled:
                own = [one for one in own if not is_repeated(one, body)]
                kept = [one for one in kept if not isinstance(one, Goal) or one in own]
            heads = bool(own) and bool(HEADLINE.fullmatch(passage.text))
            if heads:
                headlines += [Headline(one, len(body), bool(_OWN_YEAR.search(passage.text))) for one in own]
            else:
                body += own
            told_in_text += kept
    again = told_again(headlines, body)
    yield from (one for one in told_in_text if id(one) not in again)


def _lost_lines(document: Document) -> list[str]:
    """The lines of the head of a paper that lost its line ends; empty where it has them."""
    if not is_unbroken(document.clean):
        return []
    return [line.text for line in head_lines(document.clean, min(document.head_end, _LONGEST_HEAD))]


def _key(goal: Goal) -> tuple[object, ...]:
    """What makes two goals the same: one may stand in a table and in the sentence above it."""
    return goal.article, goal.metric, goal.op, goal.value, goal.unit, goal.deadline


def _of_passage(passage: Passage, context: Context, paper: Paper, *, section: bool) -> Iterator[Fact | Diagnostic]:
    """The goals of one passage; in a part of a plan without its title several tell that the others are meant too."""
    counts = _counts(passage)
    if not section:
        counts = [one for one in counts if not is_reported(paper.past, passage.offsets[one.number_start])]
    if passage.document.articles and not (section or counts or parts_of_whole(passage) or DOUBLED.search(passage.text)):
        return
    deadlines, planned = context.deadlines(passage, section=section), context.planned(passage)
    found = list(_numbered(passage, counts, section, paper, deadlines, planned))
    if paper.untitled and not (section or planned) and len(found) >= _SEVERAL:
        found = list(_numbered(passage, counts, section, paper, deadlines, True))
    ends = context.due(passage)
    for inner, offset in _bracketed(passage):
        if section or (found and (planned or ends or deadlines.at(offset, 0))):
            due = Deadlines(inner, paper, section=section, carried=deadlines.at(offset, 0))
            of_those = section or inner.text.startswith("其中")
            found += _numbered(inner, _counts(inner), of_those, paper, due, paper.planned)
    context.keep(passage, deadlines, section=section, found=bool(found))
    yield from (_dated(goal, ends) for goal in found)
    if section:
        yield from unnumbered(passage, [item.span.start for item in found if isinstance(item, Goal)], paper)


def _bracketed(passage: Passage) -> Iterator[tuple[Passage, int]]:
    """The brackets that tell targets of their own (``(其中新兴产业增速9%以上)``), with their places; none in a sentence of awards."""
    for at in _IN_BRACKETS.finditer(passage.text):
        start, end = at.start() + 1, at.end() - 1
        sentence = passage.sentence_at(start)
        if _AWARD.search(passage.text, *passage.stretch(sentence=sentence)):
            continue
        yield replace(passage, text=passage.text[start:end], offsets=passage.offsets[start:end]), start


def _dated(found: Goal | Diagnostic, plan: str | None) -> Goal | Diagnostic:
    """A target without a date of its own is due with its row of a task table, or within the year of a plan for one year."""
    if plan and isinstance(found, Goal) and found.deadline is None:
        return replace(found, deadline=plan)
    return found


def _of_table(document: Document, target: Target, due: Sequence[tuple[int, int, str]]) -> Goal:
    of_row = next((when for start, end, when in due if start <= target.start < end), None)
    return Goal(
        article=document.article_at(target.start),
        span=document.text.span(target.start, target.end),
        metric=target.metric,
        op=target.op,
        value=target.value,
        unit=target.unit,
        deadline=target.deadline or of_row,
    )


def _counts(passage: Passage) -> list[Count]:
    """The numbers outside brackets that may be goals."""
    if not _NUMERIC.search(passage.text):
        return []
    counts = find_counts(passage.text)
    known = {one.number_start for one in counts}
    levels = [one for one in find_levels(passage.text) if one.number_start not in known]
    told = [*counts, *levels, *find_scales(passage.text)]
    told.sort(key=lambda one: one.number_start)
    return [one for one in told if not passage.depths[one.number_start] and not _is_name(one)]


def _numbered(
    passage: Passage, counts: list[Count], section: bool, paper: Paper, deadlines: Deadlines, planned: bool
) -> Iterator[Goal | Diagnostic]:
    parts = parts_of_whole(passage)
    now = max(paper.now, reached_until(passage))
    sentence, passed = -1, False
    for phrase in _tasks(passage):
        if not _NUMERIC.search(passage.text, phrase.start, phrase.end):
            continue
        where = _where(passage, phrase, section, deadlines)
        if (
            where.paid
            and _AWARD_APART.search(passage.text, phrase.end)
            and (planned or paper.opinion or _sets_out(passage, phrase) or is_of_all(passage.phrase_text(phrase)))
        ):
            where = replace(where, paid=_is_paid_before(passage, phrase))
        if sentence == phrase.sentence - 1 >= 0 and _AMONG.match(
            passage.text, passage.stretch(sentence=phrase.sentence)[0]
        ):
            sentence = phrase.sentence
        where = replace(
            where, planned=planned, opinion=paper.opinion, listed=phrase.sentence == sentence, told=sentence >= 0
        )
        told_before = opens_in_past(passage, phrase, now)
        inside = [one for one in counts if phrase.start <= one.number_start < phrase.end]
        floor = phrase.start
        for group, own in _by_year(phrase, inside, where, deadlines):
            earlier = not section and is_of_earlier_year(passage, phrase, own, deadlines, passed=passed)
            passed = earlier
            if not (earlier or is_past(own, now) or (own.deadline is None and told_before)):
                goals = list(_in_phrase(passage, phrase, group, own, floor))
                sentence = phrase.sentence if goals else sentence
                yield from goals
            floor = group[-1].end
        if is_past(where, now):
            continue
        yield from part_goals(passage, phrase, [at for at in parts if phrase.start <= at.start() < phrase.end], where)
        yield from doubled_goals(passage, phrase, where)


def _tasks(passage: Passage) -> Iterator[Phrase]:
    """The phrases, cut before each further task of a list (``新建公园3个、改造小区8个``)."""
    for phrase in passage.phrases:
        start = phrase.start
        for at in _NEXT_TASK.finditer(passage.text, phrase.start, phrase.end):
            if not passage.depths[at.start()] and _DIGIT.search(passage.text, start, at.start()):
                yield replace(phrase, start=start, end=at.start())
                start = at.end()
        yield replace(phrase, start=start)


def _sets_out(passage: Passage, phrase: Phrase) -> bool:
    """Whether a phrase that payments follow says that it is an aim (``到2025年,培育企业50家,对…给予奖励``)."""
    return bool(_SET_OUT.search(passage.text, passage.stretch(sentence=phrase.sentence)[0], phrase.end))


def _is_name(one: Count) -> bool:
    """``国家级``, ``2024年``: no count but a level or a date."""
    return one.unit.endswith("级") or (one.unit == "年" and one.value >= _FIRST_YEAR)


def _by_year(
    phrase: Phrase, counts: list[Count], where: Where, deadlines: Deadlines
) -> Iterator[tuple[list[Count], Where]]:
    """``2023年完成800亩、2024年完成1200亩``: the numbers of a phrase, those of one year together."""
    whens = [deadlines.told(one.number_start, phrase.start) or where.deadline for one in counts]
    for when, group in groupby(zip(counts, whens, strict=True), key=lambda pair: pair[1]):
        yield [one for one, _ in group], replace(where, deadline=when)


def _where(passage: Passage, phrase: Phrase, section: bool, deadlines: Deadlines) -> Where:
    start, _ = passage.stretch(sentence=phrase.sentence)
    opened = deadlines.opened(phrase.end)
    clause = passage.stretch(clause=phrase.clause)
    paid = bool((_PAID if opened else _AWARD).search(passage.text, *clause))
    opens = _THIS_YEAR.match(passage.text, start) or _AIMS_SAID.match(passage.text, start)
    opens = opens or _YEAR_MEANT.search(passage.text, start, phrase.end)
    meant = opens or _AIMED_AT.search(passage.text, phrase.start, phrase.end)
    section = section or (not paid and bool(meant))
    when = deadlines.at(phrase.end, 0 if section or opened else start)
    return Where(section, when, paid, aimed=opened or when is not None)


def _is_paid_before(passage: Passage, phrase: Phrase) -> bool:
    """Whether a clause of a plan speaks of payments before it turns to those that are paid (``增长12%,对甲类企业给予…``)."""
    start, end = passage.stretch(clause=phrase.clause)
    apart = _AWARD_APART.search(passage.text, phrase.end, end)
    return bool(_AWARD.search(passage.text, start, apart.start() if apart else end))


def _stand_together(passage: Passage, first: Count, second: Count) -> bool:
    """Whether nothing but a joint stands between two numbers of a kind; a sum and a count (``1000亿、3个``) are not."""
    joined = re.fullmatch(r"、|和|及|与|以及", passage.text[first.end : second.start])
    given = bool(joined) and bool(_EACH_GIVEN.search(passage.text, 0, first.start))
    own = is_of_size(passage.text[second.start :]) or is_of_next(passage.text[second.end :])
    return given or (
        bool(joined) and not own and first.unit.endswith(("元", "亿")) == second.unit.endswith(("元", "亿"))
    )


def _in_phrase(
    passage: Passage, phrase: Phrase, counts: list[Count], where: Where, floor: int
) -> Iterator[Goal | Diagnostic]:
    group: list[Count] = []
    for one in counts:
        if group and _stand_together(passage, group[-1], one):
            group.append(one)
            continue
        accepted = list(goals_of_group(passage, phrase, group, floor, where))
        yield from accepted
        floor = group[-1].end if accepted else floor
        group = [one]
    yield from goals_of_group(passage, phrase, group, floor, where)
