"""Goals (目标): quantified targets of the document's own, and goals without a number (LANGUAGE 4).

A number is a goal where the paper says it is to be reached: in a passage of goals, in a sentence with a deadline, or
after a verb of building in a task. Conditions, budgets, norms, product specifications and the past are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from luodi.document.tree import Document
from luodi.policy.clauses import DocumentRules, clause
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.facts import Fact, Goal, GoalOp
from luodi.policy.goal_deadlines import Deadlines, is_plan, issue_year, last_year, plan_year
from luodi.policy.goal_metrics import VERB, counted, distributed, level_of_list, subject, subjects
from luodi.policy.goal_sections import is_section
from luodi.policy.goal_signs import Where, is_goal
from luodi.policy.goal_wordings import DOUBLED, FIGURE, doubled_goals, half_goals, halves, shared_subject, unnumbered
from luodi.policy.passages import Passage, Phrase, passages
from luodi.policy.tables import tables
from luodi.policy.target_tables import Target, is_target_table, targets
from luodi.quantities.counts import Count, find_counts, find_levels

_AFTER_JOINT = re.compile(r"(?:、|和|及|与|以及)([^、和及与]{0,8})\Z")
_ONLY_VERB = re.compile(rf"(?:{VERB}|累计|基本|全部)+")
_NUMERIC = re.compile(r"[\d一二两三四五六七八九十百千半番倍]")
_AWARD = re.compile(r"给予|予以|奖励|补助|补贴(?!性)|资助|罚款|贴息|扣除|处以")
_PAID = re.compile(r"(?:给予|予以|奖励|补助|补贴(?!性)|资助|罚款|贴息|扣除|处以)[^;。]*\d[^;。]*(?:元|%)")
_GROWTH = re.compile(
    r"(?:年均|年度|每年|同比|比上年)*(?:复合)?(?:增长率?|增速|增幅)(?:达到?|保持在?|为|不低于|超过|力争)*\Z"
)
# A work plan states what the year is to bring (全年新增…, 年内完成…).
_THIS_YEAR = re.compile(r"(?:[^,。;:]{0,12}[,:])?(?:力争|确保|预期)?(?:全年|年内|今年|本年度)(?!度|.{0,4}(?:以来|已))")
_FIRST_YEAR = 1900


@clause("goal")
def goals(document: Document, rules: DocumentRules) -> Iterable[Fact | Diagnostic]:
    """Find the goals of a document, with and without numbers."""
    issued, plan, planned = issue_year(document), plan_year(document), is_plan(document)
    headings = {article.id: article.heading or "" for article in document.articles}
    last = last_year(document)
    carried: dict[str, str | None] = {}
    listed = [table for table in tables(document.clean) if is_target_table(table)]
    for table in listed:
        yield from (_of_table(document, target) for target in targets(table, issued))
    for passage in passages(document):
        if any(table.start <= passage.start < table.end for table in listed):
            continue
        section = is_section(passage, headings)
        kept = carried.get(passage.article)
        deadlines = Deadlines(passage, section=section, plan=plan, last=last, carried=kept, issued=issued)
        found = list(_numbered(passage, section, issued, deadlines, planned))
        if section:
            carried.setdefault(passage.article, deadlines.only)
        yield from (_dated(goal, plan) for goal in found)
        if section:
            yield from unnumbered(passage, [item.span.start for item in found if isinstance(item, Goal)], plan)


def _dated(found: Goal | Diagnostic, plan: str | None) -> Goal | Diagnostic:
    """In a plan for one year a target without a date of its own is the year's."""
    if plan and isinstance(found, Goal) and found.deadline is None:
        return replace(found, deadline=plan)
    return found


def _of_table(document: Document, target: Target) -> Goal:
    return Goal(
        article=document.article_at(target.start),
        span=document.text.span(target.start, target.end),
        metric=target.metric,
        op=target.op,
        value=target.value,
        unit=target.unit,
        deadline=target.deadline,
    )


def _numbered(
    passage: Passage, section: bool, issued: int, deadlines: Deadlines, planned: bool
) -> Iterator[Goal | Diagnostic]:
    told = sorted([*find_counts(passage.text), *find_levels(passage.text)], key=lambda one: one.number_start)
    counts = [one for one in told if not passage.depths[one.number_start] and not _is_name(one)]
    half = halves(passage)
    if not counts and not half and not DOUBLED.search(passage.text):
        return
    sentence = -1
    for phrase in passage.phrases:
        if not _NUMERIC.search(passage.text, phrase.start, phrase.end):
            continue
        where = _where(passage, phrase, section, deadlines)
        where = replace(where, planned=planned, listed=phrase.sentence == sentence)
        inside = [one for one in counts if phrase.start <= one.number_start < phrase.end]
        floor = phrase.start
        for group, own in _by_year(phrase, inside, where, deadlines):
            if not _is_past(own, issued):
                goals = list(_in_phrase(passage, phrase, group, own, floor))
                sentence = phrase.sentence if goals else sentence
                yield from goals
            floor = group[-1].end
        if _is_past(where, issued):
            continue
        yield from half_goals(passage, phrase, [at for at in half if phrase.start <= at < phrase.end], where)
        yield from doubled_goals(passage, phrase, where)


def _is_past(where: Where, issued: int) -> bool:
    return where.deadline is not None and int(where.deadline[:4]) < issued


def _is_name(one: Count) -> bool:
    """``国家级``, ``2024年``: no count but a level or a date."""
    return one.unit.endswith("级") or (one.unit == "年" and one.value >= _FIRST_YEAR)


def _by_year(
    phrase: Phrase, counts: list[Count], where: Where, deadlines: Deadlines
) -> Iterator[tuple[list[Count], Where]]:
    """``2023年完成800亩、2024年完成1200亩``: the numbers of a phrase, those of one year together."""
    whens = [deadlines.at(one.number_start, phrase.start) or where.deadline for one in counts]
    for when, group in groupby(zip(counts, whens, strict=True), key=lambda pair: pair[1]):
        yield [one for one, _ in group], replace(where, deadline=when)


def _where(passage: Passage, phrase: Phrase, section: bool, deadlines: Deadlines) -> Where:
    start, _ = passage.stretch(sentence=phrase.sentence)
    opened = deadlines.opened(phrase.end)
    clause = passage.stretch(clause=phrase.clause)
    paid = bool((_PAID if opened else _AWARD).search(passage.text, *clause))
    section = section or (not paid and bool(_THIS_YEAR.match(passage.text, start)))
    when = deadlines.at(phrase.end, 0 if section or opened else start)
    return Where(section, when, paid, aimed=opened or when is not None)


def _in_phrase(
    passage: Passage, phrase: Phrase, counts: list[Count], where: Where, floor: int
) -> Iterator[Goal | Diagnostic]:
    group: list[Count] = []
    for one in counts:
        if group and re.fullmatch(r"、|和|及|与|以及", passage.text[group[-1].end : one.start]):
            group.append(one)
            continue
        accepted = list(_goals(passage, phrase, group, floor, where))
        yield from accepted
        floor = group[-1].end if accepted else floor
        group = [one]
    yield from _goals(passage, phrase, group, floor, where)


def _goals(
    passage: Passage, phrase: Phrase, group: list[Count], floor: int, where: Where
) -> Iterator[Goal | Diagnostic]:
    if not group or not is_goal(passage, phrase, group[0], floor, where):
        return
    before, after = passage.text[floor : group[0].start], passage.text[group[-1].end : phrase.end]
    whole = passage.text[phrase.start : group[0].start]
    if len(group) > 1:
        metrics = distributed(whole, len(group)) or _told_before(passage, phrase, len(group))
        if metrics is None:
            yield _unpaired(passage, group)
            return
        for one, metric in zip(group, metrics, strict=True):
            yield _goal(passage, one, metric, before, where, told=True)
        return
    one = group[0]
    if (
        re.search(r"均(?:达到?|超过|不低于|为|实现)?\Z", passage.text[phrase.start : one.number_start])
        or "均达" in passage.text[one.start - 1 : one.number_start]
    ):
        for metric in subjects(passage.text[phrase.start : one.number_start]):
            yield _goal(passage, one, metric, before, where)
        return
    yield _goal(passage, one, _metric(passage, phrase, one, floor, after), before, where)


def _told_before(passage: Passage, phrase: Phrase, count: int) -> list[str] | None:
    """``A达到…,B达到…,分别增长5%和6%``: the subjects of the phrases before, where there are as many."""
    if "分别" not in passage.phrase_text(phrase):
        return None
    earlier = [
        passage.phrase_text(p) for p in passage.phrases if p.sentence == phrase.sentence and p.start < phrase.start
    ]
    names = [subject(FIGURE.split(words)[0]) for words in earlier if FIGURE.search(words)]
    return names if len(names) == count and all(names) else None


def _unpaired(passage: Passage, group: list[Count]) -> Diagnostic:
    words = passage.text[group[0].start : group[-1].end]
    return Diagnostic(
        code="pairing-unresolved",
        severity="warning",
        article=passage.article,
        span=passage.span(group[0].start, group[-1].end),
        message=f"并列的目标值（{words}）与前面所列对象的个数对不上，未作推断。",
        next_step="请对照原文，逐项补录目标名称和目标值。",
    )


def _metric(passage: Passage, phrase: Phrase, one: Count, floor: int, after: str) -> str:
    noun = re.sub(r"\A(?:以上|左右|的)+", "", after)
    followed = bool(noun) and not re.match(r"[,。;:、和及与]", noun)
    before = _own_words(passage, phrase, one, floor, followed=followed)
    if followed:
        return counted(before, passage.text[one.end : phrase.end])
    if floor > phrase.start and (shared := level_of_list(passage.text[phrase.start : floor], before)):
        return shared
    name = subject(before)
    return name if name and not _ONLY_VERB.fullmatch(name) else shared_subject(passage, phrase)


def _own_words(passage: Passage, phrase: Phrase, one: Count, floor: int, *, followed: bool) -> str:
    """The words before a number that are its own; behind another number of the phrase they take that one's verb."""
    before = passage.text[floor : one.number_start]
    if floor == phrase.start:
        return before
    tail = _AFTER_JOINT.search(before) if followed else None  # 20名技师、60名教师: 技师 is counted by 20
    before = tail[1] if tail else re.sub(r"\A(?:和|及|与|以及|、|并)+", "", before)
    lead = None if re.search(VERB, before) else re.search(VERB, passage.text[phrase.start : floor])
    return (lead[0] if lead else "") + before


def _goal(passage: Passage, one: Count, metric: str, before: str, where: Where, *, told: bool = False) -> Goal:
    grows = re.search(r"(?:增长|增速|增幅|年均增)[^,。;降]{0,12}\Z", passage.text[: one.number_start][-16:])
    op: GoalOp = one.comparator or ">="
    if grows and one.unit in ("%", "倍") and op == ">=":
        op = "growth>="
    if re.search(r"控制在|降至|降到|下降到|压减[到至]|压缩[到至]|缩短[到至]|减[到至]", before[-8:]) and op == ">=":
        op = "<="
    name = metric if told or op != "growth>=" else _grown(passage, one, before)
    value = one.low if one.low is not None and op == ">=" else one.value
    return Goal(
        article=passage.article,
        span=passage.span(one.number_start, one.end),
        confidence=1.0 if where.section or where.deadline else 0.7,
        metric=name,
        op=op,
        value=value,
        unit=one.unit or None,
        deadline=where.deadline,
    )


def _grown(passage: Passage, one: Count, before: str) -> str:
    """What grows: the words before 增长, else the head noun of the phrase before."""
    name = subject(_GROWTH.sub("", before))
    phrase = next((p for p in passage.phrases if p.start <= one.number_start < p.end), None)
    return name or (shared_subject(passage, phrase) if phrase else "")
