"""How often and over how many years a payment is made, where another sentence or paragraph says so (LANGUAGE 6.5).

A law names a payment, then its share: 从基金按月支付护理费。护理费标准为月平均工资的50%。 or 求职补贴按缴费工资的15%计算。求职补贴按月发放。
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from luodi.policy.awards.rows.row import Row
from luodi.policy.awards.times.handing_out import handed_out, is_any_payment, paid_by_name
from luodi.policy.awards.words.periods import Frequency, Term, find_terms
from luodi.policy.passages import Passage
from luodi.policy.table import Table

# The payment that a sentence begins with, or that its first sums are told for.
_NAMED = re.compile(
    r"(?:[^。;]{0,24}?领取)?(?P<noun>[\u4e00-\u9fff]{1,6}(?:[奖助补抚慰险老恤]金|补贴|津贴|补助|[理葬健]费))"
)
# 拨付方式:资助资金分两年拨付, 提示:补贴分三年发放: an item or a note that tells how those beside it are paid.
_HOW_PAID = re.compile(r"(?:资金)?(?:拨付|兑现|发放|支付|兑付)(?:方式|办法|安排)[:。]|(?:温馨)?提示:|备?注:|说明:")
# 按下列标准给予一次性奖励; 给予一次性补助,标准如下
_ONCE_BY_TABLE = re.compile(
    r"(?:下列|以下|下表)[^,。;]{0,10}(?:给予)[^,。;\d]{0,4}一次性|一次性[^,。;\d]{0,10}[奖补资助励贴][^。;\d]{0,10}(?:如下|见下表|下列|以下|:\Z)"
)
_LINES_ABOVE = 2
_PAID = "(?:支付|发放|发给|计发|领取|享受|给付)"


def tell_times(told: Sequence[tuple[Passage, Sequence[Row]]]) -> None:
    """Set the frequency of sums that have none by what their article says of the payment that their sentence names."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for passage, _ in told:
        texts[passage.article].append(passage.text)
    for passage, rows in told:
        for row in rows:
            if row.frequency is None and row.kind in ("rate", "fixed", "per_unit") and row.years is None:
                row.frequency = _told(passage, row, "\n".join(texts[passage.article]))


def _told(passage: Passage, row: Row, article: str) -> Frequency | None:
    start, end = passage.stretch(clause=row.clause)
    found = _NAMED.match(passage.text[start:end])
    noun = re.escape(found["noun"]) if found else None
    if noun is None:
        return None
    if re.search(rf"按月{_PAID}[^,。;]{{0,6}}{noun}|{noun}[^,。;]{{0,12}}按月{_PAID}", article):
        return "monthly"
    return "once" if re.search(rf"一次性{_PAID}[^,。;]{{0,16}}{noun}", article) else None


def tell_spread(told: Sequence[tuple[Passage, Sequence[Row]]]) -> None:
    """``上述安家补助分5年等额发放`` below a list: the years over which the sums above it are paid out.

    上述 and an item of its own (拨付方式) speak of all items beside it; else a paragraph speaks of those of its own article.
    """
    for at, (passage, own) in enumerate(told):
        term, payment = _spread(passage)
        if term is None or payment is None:
            continue
        of_items = payment["those"] in ("上述", "以上") or bool(_HOW_PAID.match(passage.text))
        if own and not of_items:
            continue
        for above, rows in _paid_above(told[:at], passage.article, beside=of_items):
            for row in paid_by_name(above, rows, payment):
                row.years = row.years or term.years


def years_below(tables: Sequence[Table], told: Sequence[tuple[Passage, Sequence[Row]]]) -> dict[int, int]:
    """``奖励资金分两年兑现`` in the paragraph below a table: over how many years its sums are paid out, by the table's start."""
    ordered = sorted(told, key=lambda one: one[0].start)
    starts = [passage.start for passage, _ in ordered]
    years = {}
    for table in tables:
        at = bisect_left(starts, table.end)
        passage, own = ordered[at] if at < len(ordered) else (None, ())
        if passage is None or own or passage.article != passage.document.article_at(table.start):
            continue
        term, payment = _spread(passage)
        words = f"{table.caption}{''.join(table.names)}"
        if term and payment and (is_any_payment(payment) or payment["noun"] in words):
            years[table.start] = term.years
    return years


def once_above(tables: Sequence[Table], told: Sequence[tuple[Passage, Sequence[Row]]]) -> set[int]:
    """``按下列标准给予一次性奖励`` above a table: the tables, by their start, whose sums are paid once."""
    ordered = sorted(told, key=lambda one: one[0].start)
    starts = [passage.start for passage, _ in ordered]
    found = set()
    for table in tables:
        at, article = bisect_left(starts, table.start), told[0][0].document.article_at(table.start) if told else "0"
        above = ordered[max(0, at - _LINES_ABOVE) : at]
        if any(
            not rows and passage.article == article and _ONCE_BY_TABLE.search(passage.text) for passage, rows in above
        ):
            found.add(table.start)
    return found


def _spread(passage: Passage) -> tuple[Term | None, re.Match[str] | None]:
    """The first statement of a passage on the years over which a payment is handed out, and that payment."""
    found = ((term, handed_out(passage, term)) for term in find_terms(passage.text))
    return next((one for one in found if one[1] is not None), (None, None))


def _paid_above(
    told: Sequence[tuple[Passage, Sequence[Row]]], article: str, *, beside: bool
) -> Iterator[tuple[Passage, Sequence[Row]]]:
    """The paragraphs just above one that pay in the same article, or in those ``beside`` it."""
    parent = article.rpartition(".")[0]
    for passage, rows in reversed(told):
        of_list = beside and parent and passage.article.startswith(f"{parent}.")
        if passage.article != article and not of_list:
            return
        yield passage, rows
