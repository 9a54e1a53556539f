"""Goals (目标): quantified targets of the document's own, and goals without a number (LANGUAGE 4).

A number is a goal where the paper says it is to be reached: in a passage of goals, in a sentence with a deadline, or
after a verb of building in a task. Conditions, budgets, norms, product specifications and the past are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from luodi.document.tree import Document
from luodi.policy.clauses import DocumentRules, clause
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.facts import Fact, Goal, GoalOp, QualitativeGoal
from luodi.policy.goal_deadlines import Deadlines, is_plan, issue_year, plan_year
from luodi.policy.goal_metrics import VERB, counted, distributed, level_of_list, subject, subjects
from luodi.policy.goal_signs import Where, is_goal
from luodi.policy.passages import Passage, Phrase, passages
from luodi.policy.tables import tables
from luodi.policy.target_tables import Target, is_target_table, targets
from luodi.quantities.counts import Count, find_counts
from luodi.quantities.numerals import numeral

_SECTION = re.compile(r"目标|指标")
_LABEL = re.compile(r"\A[^,。;]{0,14}(?:目标|指标)[^,。;]{0,6}[:。]")
_NO_SECTION = re.compile(r"目录|绩效目标|目标(?:管理|责任|考核|导向|市场|客户)|考核指标|指标体系|指标解释|用地指标")
_ONLY_VERB = re.compile(rf"(?:{VERB}|累计|基本|全部)+")
_NUMERIC = re.compile(r"[\d一二两三四五六七八九十百千半番倍]")
_AWARD = re.compile(r"给予|予以|奖励|补助|补贴(?!性)|资助|罚款|贴息|扣除|处以")
_DOUBLE = re.compile(r"翻(?:(?P<n>[一两二三])?番)(?![名计])|(?<!年)倍增(?!计划|行动|工程)")
_WITHOUT_NUMBER = re.compile(
    r"打造成?为?|建设成?为|建成|成为|基本形成|形成|率先|基本建成|全覆盖|零的突破|走在|迈上|迈进|显著|明显|大幅|进一步(?:提升|增强|完善)|全面(?:建成|形成)"
)
_FIGURE = re.compile(r"\d[\d.]*(?=[万亿千百余多]|[%家个项名人所件元亩座条])")
_GROWTH = re.compile(
    r"(?:年均|年度|每年|同比|比上年)*(?:复合)?(?:增长率?|增速|增幅)(?:达到?|保持在?|为|不低于|超过|力争)*\Z"
)
# A work plan states what the year is to bring (全年新增…, 年内完成…).
_THIS_YEAR = re.compile(r"(?:[^,。;:]{0,12}[,:])?(?:力争|确保|预期)?(?:全年|年内|今年|本年度)(?!度|.{0,4}(?:以来|已))")
_LONGEST_STATEMENT = 80
_FIRST_YEAR = 1900


@clause("goal")
def goals(document: Document, rules: DocumentRules) -> Iterable[Fact | Diagnostic]:
    """Find the goals of a document, with and without numbers."""
    issued, plan, planned = issue_year(document), plan_year(document), is_plan(document)
    headings = {article.id: article.heading or "" for article in document.articles}
    listed = [table for table in tables(document.clean) if is_target_table(table)]
    for table in listed:
        yield from (_of_table(document, target) for target in targets(table, issued))
    for passage in passages(document):
        if any(table.start <= passage.start < table.end for table in listed):
            continue
        section = _is_section(passage, headings)
        found = list(_numbered(passage, section, issued, plan, planned))
        yield from found
        if section:
            yield from _unnumbered(passage, [goal.span.start for goal in found], plan)


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


def _is_section(passage: Passage, headings: dict[str, str]) -> bool:
    if _NO_SECTION.search(passage.heading):
        return False
    if _LABEL.match(passage.text) and not _NO_SECTION.search(passage.text[:20]):
        return True
    above = headings.get(passage.article.rpartition(".")[0], "")
    named = re.split(r"[。,]", passage.heading)[0]
    return any(_SECTION.search(name) and len(name) <= 16 and not _NO_SECTION.search(name) for name in (named, above))


def _numbered(
    passage: Passage, section: bool, issued: int, plan: str | None, planned: bool
) -> Iterator[Goal | Diagnostic]:
    counts = [one for one in find_counts(passage.text) if not passage.depths[one.number_start] and not _is_name(one)]
    halves = _halves(passage)
    if not counts and not halves and not _DOUBLE.search(passage.text):
        return
    deadlines = Deadlines(passage, section=section, plan=plan)
    for phrase in passage.phrases:
        if not _NUMERIC.search(passage.text, phrase.start, phrase.end):
            continue
        where = replace(_where(passage, phrase, section, deadlines), planned=planned)
        inside = [one for one in counts if phrase.start <= one.number_start < phrase.end]
        floor = phrase.start
        for group, own in _by_year(phrase, inside, where, deadlines):
            if not _is_past(own, issued):
                yield from _in_phrase(passage, phrase, group, own, floor)
            floor = group[-1].end
        if _is_past(where, issued):
            continue
        yield from _half_goals(passage, phrase, [at for at in halves if phrase.start <= at < phrase.end], where)
        yield from _doubling(passage, phrase, where)


def _is_past(where: Where, issued: int) -> bool:
    return where.deadline is not None and int(where.deadline[:4]) < issued


def _is_name(one: Count) -> bool:
    """``国家级``, ``2024年``: no count but a level or a date."""
    return one.unit[-1] == "级" or (one.unit == "年" and one.value >= _FIRST_YEAR)


def _by_year(
    phrase: Phrase, counts: list[Count], where: Where, deadlines: Deadlines
) -> Iterator[tuple[list[Count], Where]]:
    """``2023年完成800亩、2024年完成1200亩``: the numbers of a phrase, those of one year together."""
    whens = [deadlines.at(one.number_start, phrase.start) or where.deadline for one in counts]
    for when, group in groupby(zip(counts, whens, strict=True), key=lambda pair: pair[1]):
        yield [one for one, _ in group], replace(where, deadline=when)


def _where(passage: Passage, phrase: Phrase, section: bool, deadlines: Deadlines) -> Where:
    start, _ = passage.stretch(sentence=phrase.sentence)
    paid = bool(_AWARD.search(passage.text, *passage.stretch(clause=phrase.clause)))
    section = section or (not paid and bool(_THIS_YEAR.match(passage.text, start)))
    when = deadlines.at(phrase.end, 0 if section else start)
    return Where(section, when, paid)


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
    names = [subject(_FIGURE.split(words)[0]) for words in earlier if _FIGURE.search(words)]
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
    before = passage.text[floor : one.number_start]
    if floor > phrase.start:
        before = re.sub(r"\A(?:和|及|与|以及|、|并)+", "", before)
        if not re.search(VERB, before):
            lead = re.search(VERB, passage.text[phrase.start : floor])
            before = (lead[0] if lead else "") + before
    noun = re.sub(r"\A(?:以上|左右|的)+", "", after)
    if noun and not re.match(r"[,。;:、和及与]", noun):
        return counted(before, passage.text[one.end : phrase.end])
    if floor > phrase.start and (shared := level_of_list(passage.text[phrase.start : floor], before)):
        return shared
    name = subject(before)
    return name if name and not _ONLY_VERB.fullmatch(name) else _shared_subject(passage, phrase)


def _shared_subject(passage: Passage, phrase: Phrase) -> str:
    """``A达到N,年均增长M``: the head noun stands in the phrase before."""
    earlier = [p for p in passage.phrases if p.sentence == phrase.sentence and p.start < phrase.start]
    for other in reversed(earlier):
        words = _FIGURE.split(passage.phrase_text(other))[0]
        if name := subject(words):
            return name
    return passage.phrase_text(phrase)


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
        unit=one.unit,
        deadline=where.deadline,
    )


def _grown(passage: Passage, one: Count, before: str) -> str:
    """What grows: the words before 增长, else the head noun of the phrase before."""
    name = subject(_GROWTH.sub("", before))
    phrase = next((p for p in passage.phrases if p.start <= one.number_start < p.end), None)
    return name or (_shared_subject(passage, phrase) if phrase else "")


def _halves(passage: Passage) -> list[int]:
    return [at.start() for at in re.finditer("一半", passage.text) if not passage.depths[at.start()]]


def _half_goals(passage: Passage, phrase: Phrase, halves: list[int], where: Where) -> Iterator[Goal]:
    """``占…一半以上``: value 1/2 without a unit."""
    for at in halves:
        before = passage.text[phrase.start : at]
        if not where.section or not re.search(r"占|达|超", before):
            continue
        yield Goal(
            article=passage.article,
            span=passage.span(at, min(phrase.end, at + 4)),
            metric=subject(before),
            op=">=",
            value=Fraction(1, 2),
            unit=None,
            deadline=where.deadline,
        )


def _doubling(passage: Passage, phrase: Phrase, where: Where) -> Iterator[Goal]:
    """``翻一番``: two times the base; in the name of a programme it is no goal."""
    for at in _DOUBLE.finditer(passage.text, phrase.start, phrase.end):
        before = passage.text[phrase.start : at.start()]
        if not (where.section or where.deadline) or before.count("“") > before.count("”") or passage.depths[at.start()]:
            continue
        times = int(numeral(at["n"] or "一") or 1)
        yield Goal(
            article=passage.article,
            span=passage.span(at.start(), at.end()),
            metric=subject(before) or _shared_subject(passage, phrase),
            op="x",
            value=Fraction(2**times),
            unit=None,
            deadline=where.deadline,
        )


def _unnumbered(passage: Passage, numbered: list[int], plan: str | None) -> Iterator[QualitativeGoal]:
    """Goals to be stated with evidence: 打造成为…, 率先突破…, 基本形成…."""
    deadlines = Deadlines(passage, section=True, plan=plan)
    heading_end = passage.phrases[0].end if passage.phrases and _LABEL.match(passage.text) else 0
    for phrase in passage.phrases:
        words = passage.phrase_text(phrase)
        span = passage.span(phrase.start, phrase.end)
        if phrase.end <= heading_end or any(span.start <= at < span.end for at in numbered):
            continue
        if _WITHOUT_NUMBER.search(words) and not words.startswith(("以", "坚持", "为")) and len(words) >= 6:
            yield QualitativeGoal(
                article=passage.article,
                span=span,
                confidence=0.8,
                statement=words[:_LONGEST_STATEMENT],
                deadline=deadlines.at(phrase.end, 0),
            )
