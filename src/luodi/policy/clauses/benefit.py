"""Benefits (补助、奖励、贴息 …): every distinct amount by which a reader could be paid (LANGUAGE 6, 9, 10)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from luodi.document.tree import Document
from luodi.policy import award_terms as terms
from luodi.policy.awards.assembling import assemble
from luodi.policy.awards.caps.below_items import bind_below_items
from luodi.policy.awards.caps.measure_limits import MeasureLimit, measure_limits
from luodi.policy.awards.frames.bases import is_base
from luodi.policy.awards.frames.frame import Frame, frame, recipient_above
from luodi.policy.awards.frames.halves import find_halves
from luodi.policy.awards.frames.purpose import says_how, what_for
from luodi.policy.awards.frames.raises import find_raises
from luodi.policy.awards.names.same_keys import lists_apart
from luodi.policy.awards.names.selectors import name_by_lines, select
from luodi.policy.awards.notices import (
    foreign,
    halved,
    raised,
    relative_cap,
    reported,
    second_value,
    suspect,
    unkept,
    unpaired_list,
    unread_tables,
    waived,
)
from luodi.policy.awards.numbers.doubtful_numbers import find_second_values, find_suspects
from luodi.policy.awards.paragraphs import award_paragraphs
from luodi.policy.awards.roles.bare_sums import led_by
from luodi.policy.awards.roles.cap_words import binding, measure_of, speaks_of
from luodi.policy.awards.roles.relative_caps import find_relative_caps
from luodi.policy.awards.rows.headlines import drop_announced
from luodi.policy.awards.rows.numbering import number_awards
from luodi.policy.awards.rows.row import Row, Unpaired
from luodi.policy.awards.rows.wholes import (
    drop_told_again,
    drop_told_in_grades,
    drop_told_in_parts,
    share_with_list,
)
from luodi.policy.awards.tables.demands import demanded as table_demands
from luodi.policy.awards.tables.rows import TableAward, award_tables
from luodi.policy.awards.tables.rows import awards as table_awards
from luodi.policy.awards.tables.rows import told as told_cells
from luodi.policy.awards.times.months import months_of
from luodi.policy.awards.times.times_told import once_above, tell_spread, tell_times, years_below
from luodi.policy.clauses import clause
from luodi.policy.conditions.phrases import says
from luodi.policy.conditions.reach import Demands, demands, governing
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.document_rules import DocumentRules
from luodi.policy.facts import Benefit, Condition, Fact
from luodi.policy.passages import Passage
from luodi.policy.table import Cell, Table
from luodi.policy.tables import tables
from luodi.policy.wording import Quotes, as_written

_Read = tuple[Passage, list[Row], list[Unpaired]]


@clause("benefit")
def benefits(document: Document, rules: DocumentRules) -> Iterable[Fact | Diagnostic]:
    """Find the benefits of a document, and the lists of sums that could not be paired with their keys."""
    awards: Counter[str] = Counter()
    paying = award_tables(document.clean)
    yield from unread_tables(document, tables(document.clean), paying)
    read = list(_assembled(award_paragraphs(document, paying)))
    told = [(passage, rows) for passage, rows, _ in read]
    drop_announced(told)
    drop_told_again(told)
    drop_told_in_parts(told)
    drop_told_in_grades(told)
    share_with_list(told)
    bind_below_items(told)
    tell_times(told)
    tell_spread(told)
    _tell_row_times(told, paying)
    spread, once = years_below(paying, told), once_above(paying, told)
    name_by_lines(told)
    rows_of = Counter(passage.article for passage, rows in told for _ in rows)
    sums = sorted(
        [*(table.start for table in paying), *(_place(passage, row) for passage, rows, _ in read for row in rows)]
    )
    quotes = Quotes(document)
    yield from unkept(document, sums, tables(document.clean))
    bounding = {_place(passage, row) for passage, rows, _ in read for row in rows if row.of_group}
    demanded = demands(document, sums, [at for at in sums if at not in bounding] or sums)
    asked = {table.start: table_demands(document, table) for table in paying}
    for table in paying:
        governed = governing(demanded, table.start, (), document.clean[table.start : table.end])
        bound = tuple(quotes.condition(one) for one in governed)
        found = [one.paid_over(spread.get(table.start), once=table.start in once) for one in table_awards(table)]
        yield from _in_table(
            document, document.article_at(table.start), table, found, awards, bound, asked[table.start]
        )
    of_cells = {
        one.cell.start: asked[table.start].get(one.of.cells, ()) for table in paying for one in told_cells(table)
    }
    for passage, rows, unpaired in _selected(read, rows_of, awards):
        limits, apart = measure_limits(passage, rows), lists_apart(passage, rows)
        for row in rows:
            fact = _fact(passage, rows, row, demanded, quotes, limits.get(id(row)))
            if id(row) in apart:
                fact = replace(fact, selector=as_written(passage, apart[id(row)]))
            if passage.start in of_cells and not row.of_group:
                fact = replace(fact, conditions=_once(*of_cells[passage.start], *fact.conditions))
            yield replace(fact, cap_speaks_of="本款") if _leads(passage, rows, row, rows_of) else fact
        yield from _reported(passage, rows, unpaired)


def _in_table(
    document: Document,
    article: str,
    table: Table,
    found: Iterable[TableAward],
    awards: Counter[str],
    bound: tuple[Condition, ...],
    asked: Mapping[tuple[Cell, ...], tuple[Condition, ...]],
) -> Iterable[Benefit]:
    """The awards of a table; ``awards`` counts those of each article, ``asked`` is what each row's cells demand."""
    whom = recipient_above(document.clean[: table.start].rstrip("\n").rpartition("\n")[2])
    for _, of_class in groupby(found, key=lambda one: one.of and one.of.text):
        awards[article] += 1
        for one in of_class:
            own = asked.get(one.row.cells, ()) if one.row else ()
            yield replace(_of_table(document, article, awards[article], one, _once(*own, *bound)), recipient=whom)


def _selected(read: Iterable[_Read], rows_of: Counter[str], awards: Counter[str]) -> Iterable[_Read]:
    """The rows of each paragraph with their names and the numbers of their awards; ``rows_of`` and ``awards`` count by article."""
    before: Passage | None = None
    listed = False
    for passage, rows, unpaired in read:
        listed = before is not None and before.article == passage.article and (listed or before.text.endswith(":"))
        before = passage
        select(passage, rows, listed=listed or rows_of[passage.article] > len(rows))
        awards[passage.article] = number_awards(passage, rows, awards[passage.article])
        yield passage, rows, unpaired


def _reported(passage: Passage, rows: Sequence[Row], unpaired: Iterable[Unpaired]) -> Iterable[Diagnostic]:
    """What of a paragraph a person must look at."""
    yield from (unpaired_list(passage, one) for one in unpaired)
    yield from waived(passage, rows)
    yield from (halved(passage, at) for at in find_halves(passage, rows))
    yield from (raised(passage, at) for at in find_raises(passage, rows))
    yield from (second_value(passage, *place) for place in find_second_values(passage) if rows)
    yield from (suspect(passage, *place) for place in find_suspects(passage))
    yield from foreign(passage)
    yield from reported(passage)
    bounds = (
        (start, end)
        for start, end in find_relative_caps(passage)
        if not any(start <= row.sum.start < end for row in rows)  # 补助比例不超过费用的50%: an award itself
    )
    yield from (relative_cap(passage, *place) for place in bounds)


def _once(*conditions: Condition) -> tuple[Condition, ...]:
    """Conditions without those that say the same as one before."""
    return tuple({(one.text, one.fact, one.op): one for one in reversed(conditions)}.values())[::-1]


def _tell_row_times(told: Sequence[tuple[Passage, list[Row]]], paying: Sequence[Table]) -> None:
    """Give the sums that a cell tells in words what other columns of its row say of time (资助方式: 一次性)."""
    times = {one.cell.start: (one.frequency, one.years) for table in paying for one in told_cells(table)}
    for passage, rows in told:
        often, years = times.get(passage.start, (None, None))
        for row in rows:
            if not row.of_group:
                row.frequency, row.years = row.frequency or often, row.years or years


def _assembled(paragraphs: Iterable[tuple[Passage, str]]) -> Iterable[_Read]:
    """The rows of each paragraph; one that only lists levels and sums goes on with what the one before it pays."""
    paid = False
    for passage, beside in paragraphs:
        told = led_by(passage) if paid else passage
        rows, unpaired = assemble(told, beside)
        paid = any(row.kind == "fixed" for row in rows)
        yield told, rows, unpaired


def _place(passage: Passage, row: Row) -> int:
    return passage.offsets[row.item.start]


def _whom(passage: Passage, row: Row, told: Frame) -> str:
    """The words that say whom a row is for: those before its sum in its clause, in its sentence where that names nobody, and what it demands."""
    start, _ = passage.stretch(clause=row.clause)
    head = terms.STRONG.split(passage.text[start : row.sum.start])[0]
    if not re.search(terms.PAYEE, head):
        start, _ = passage.stretch(sentence=row.sentence)
    demanded = (one.text for one in told.conditions)
    return "\n".join([passage.text[start : row.sum.start], told.recipient or "", row.selector or "", *demanded])


def _fact(
    passage: Passage, rows: Sequence[Row], row: Row, lists: Demands, quotes: Quotes, limit: MeasureLimit | None
) -> Benefit:
    told = frame(passage, rows, row)
    of_group = row.of_group
    bound = _bound(passage, row)
    ceiling = row.kind == "case" or of_group or (row.kind == "capped" and bound["cap_per"] == "unit")
    own = told.conditions
    selector = row.selector or ""
    names = says(selector) and not says_how(selector) and not (told.base and is_base(selector, told.base))
    if not (own or told.events or names or ceiling):
        purpose = what_for(passage, row)
        of_base = purpose and told.base and is_base(purpose.text, told.base)
        own = (purpose,) if purpose and not of_base else own
    demanded = () if of_group else governing(lists, _place(passage, row), own, _whom(passage, row, told))
    start, end = passage.stretch(clause=row.clause)
    return Benefit(
        article=passage.article,
        span=passage.span(row.item.start, row.item.end),
        confidence=row.sum.confidence,
        kind=row.kind,
        selector=as_written(passage, row.selector) if row.selector else None,
        amount=row.amount,
        rate=row.rate,
        floor=row.floor,
        cap=row.cap,
        frequency=row.frequency,
        years=row.years,
        award=row.award,
        instead_of=row.raises.award if row.raises else None,
        events=tuple(as_written(passage, event) for event in told.events),
        actions=told.actions,
        recipient=told.recipient and as_written(passage, told.recipient),
        base=told.base and as_written(passage, told.base),
        per=row.per,
        **bound,
        measure_cap=limit.value if limit else None,
        measure=limit.measure if limit else None,
        months=months_of(passage, row),
        sentence=passage.span(start, end),
        conditions=tuple(quotes.condition(one, passage) for one in demanded),
    )


def _leads(passage: Passage, rows: Sequence[Row], row: Row, rows_of: Mapping[str, int]) -> bool:
    """``给予奖励,最高100万元。具体标准如下:`` above items that pay: what they may come to, and no award of its own."""
    bounds = passage.text.endswith(":") and row is rows[-1] and row.kind == "capped" and row.rate is None
    items = f"{passage.article}."
    return bounds and any(article.startswith(items) for article in rows_of)


def _of_table(
    document: Document, article: str, award: int, one: TableAward, conditions: tuple[Condition, ...]
) -> Benefit:
    span = document.text.span(one.start, one.end)
    if one.of:
        told = Condition(text=one.of.text, span=document.text.span(one.of.start, one.of.end))
        conditions = (told, *conditions)
    return Benefit(
        article=article,
        span=span,
        confidence=0.9,
        kind=one.kind,
        selector=one.selector,
        amount=one.amount,
        rate=one.rate,
        floor=one.floor,
        cap=one.cap,
        frequency=one.frequency,
        years=one.years,
        per=one.per,
        award=award,
        sentence=span,
        cap_span=span if one.cap is not None else None,
        conditions=conditions,
    )


def _bound(passage: Passage, row: Row) -> dict[str, Any]:
    """Whom and what time the cap of a row binds, and where it stands."""
    if row.cap is None:
        return {}
    told = row.cap_sum or row.sum
    item = (
        row.item
        if row.kind in ("capped", "range")
        else next((i for i in told.items if i.fen == row.cap), told.items[0])
    )
    per, period = binding(told.left)
    counted = measure_of(told.left, item.per) if row.rated or (row.kind == "capped" and not told.gives) else None
    return {
        "cap_per": per,
        "cap_period": period,
        "cap_of": counted,
        "cap_speaks_of": speaks_of(passage, told) if row.of_group else None,
        "cap_span": (row.cap_in or passage).span(item.start, item.end),
    }
