"""What a reader must be told of sums that are not used or not paired."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from luodi.document.markers import at_line_start
from luodi.document.tree import Document
from luodi.policy.award_terms import KIND
from luodi.policy.awards.roles.reports import find_reports
from luodi.policy.awards.rows.row import Row, Unpaired
from luodi.policy.awards.tables.columns import PAID_BY_READER
from luodi.policy.awards.tables.rows import is_unread, short_rows
from luodi.policy.cell_lines import undivided
from luodi.policy.cell_readings import PAYS
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.passages import Passage
from luodi.policy.table import Row as TableRow
from luodi.policy.table import Table
from luodi.policy.wording import as_written
from luodi.quantities.money import YUAN, find_money


def unpaired_list(passage: Passage, one: Unpaired) -> Diagnostic:
    """Sums after 分别 whose keys could not be counted out."""
    return Diagnostic(
        code="pairing-unresolved",
        severity="warning",
        article=passage.article,
        span=passage.span(one.start, one.end),
        message=f"“分别”后的金额（{passage.text[one.start : one.end]}）与前面所列对象的个数对不上，未作推断。",
        next_step="请对照原文，在政策包里逐档填写对象和金额。",
    )


def halved(passage: Passage, at: re.Match[str]) -> Diagnostic:
    """Half or another share of an award told before, which is no row."""
    share = re.sub("[翻加双]倍", "两倍", at["share"] or "一半")
    return Diagnostic(
        code="award-halved",
        severity="info",
        article=passage.article,
        span=passage.span(*at.span()),
        message=f"“{as_written(passage, at[0].strip('，,;'))}”按前一档金额的{share}计算，未单列金额。",
        next_step=f"请在政策包里为这一档填写金额（前一档的{share}）。",
    )


_SPAN = r"(?:[前后第]?[一二两三四五\d]+(?:[、至—-][一二三四五\d]+)?个?[年月](?:内|度)?)"
_RENT = r"(?:租金|房租|场租)"
_WAIVED = re.compile(
    rf"[一两二三四五]免、?[一两二三四五]减半|(?:{_SPAN}{_RENT}(?:全免|减半)|{_SPAN}免[收除缴交]?{_RENT}"
    rf"|免[收除缴交]?{_SPAN}的?{_RENT})(?![补奖返资给])"
    rf"|免租期?(?:最长|不超过|为)*{_SPAN}|{_SPAN}免租"
)


def waived(passage: Passage, rows: Sequence[Row]) -> Iterator[Diagnostic]:
    """Rent that the landlord forgoes for some years (前两年免租金, “三免两减半”), where no payment is told: no row, and nobody may miss it."""
    if "租" not in passage.text or not ("免" in passage.text or "减半" in passage.text):
        return
    at = _WAIVED.search(passage.text)
    if at is None or any(row.rated for row in rows):
        return
    yield Diagnostic(
        code="rent-waived",
        severity="info",
        article=passage.article,
        span=passage.span(*at.span()),
        message=f"“{as_written(passage, at[0])}”是减免租金，没有写明给予补贴，未列为奖补。",
        next_step="如按补贴兑现，请在政策包里补录比例和年限。",
    )


def raised(passage: Passage, at: re.Match[str]) -> Diagnostic:
    """By how much an award told before is raised for some, which is no row."""
    return Diagnostic(
        code="award-raised",
        severity="info",
        article=passage.article,
        span=passage.span(*at.span()),
        message=f"“{as_written(passage, at[0])}”是在另一处标准的基础上提高{at['by']}，未单列金额。",
        next_step="请在政策包里为适用的对象填写提高后的金额或比例。",
    )


def reported(passage: Passage) -> Iterator[Diagnostic]:
    """The first sum of a paragraph that the text tells of others: a report, a case reckoned through, a budget's parts."""
    for start, end in sorted(find_reports(passage.text)) if "元" in passage.text else ():
        if any(start <= one.start < end for one in find_money(passage.text)):
            yield Diagnostic(
                code="sum-reported",
                severity="info",
                article=passage.article,
                span=passage.span(start, end),
                message=f"“{as_written(passage, passage.text[start : min(end, start + _LONGEST)])}”说的是已兑付的情况、举例、别处的做法或预算，没有列为奖补。",
                next_step="如果它其实是标准，请在政策包里补录。",
            )
            return


def second_value(passage: Passage, start: int, end: int) -> Diagnostic:
    """A second sum in a remark that does not say whom it is for."""
    return Diagnostic(
        code="second-value",
        severity="warning",
        article=passage.article,
        span=passage.span(start, end),
        message=f"金额后面的括号里另有“{as_written(passage, passage.text[start:end])}”，没有说明给谁，未作推断。",
        next_step="请对照原文，在政策包里补录括号内金额的对象和条件。",
    )


def suspect(passage: Passage, start: int, end: int) -> Diagnostic:
    """A number that lost a sign."""
    return Diagnostic(
        code="sum-suspect",
        severity="warning",
        article=passage.article,
        span=passage.span(start, end),
        message=f"数字“{as_written(passage, passage.text[start:end])}”疑似缺少连接号或百分号，未作为金额或比例采用。",
        next_step="请对照正式文本核对该处数字，在政策包里补录。",
    )


_GIVES = re.compile(r"(?:给予|奖励|补[助贴]|资助|奖补)[^,。;:\d]{0,6}\Z")
_GIVEN_BEHIND = re.compile(r"(?:以内)?的[^,。;\d]{0,6}(?:奖励|补[助贴]|资助|奖补)(?!\d)")
_FURTHEST = 16
_LONGEST = 40  # characters of what is quoted
_PROMISED = re.compile(
    rf"^(?P<lead>[^\n]{{0,200}}?(?:{PAYS.pattern}[^\n]{{0,12}}[:。]|{KIND}(?:标准|金额|额度)表?(?:\([^()\n]*\))?:?"
    rf"|{KIND}(?:\([^()\n]*\))?:))\n(?P<below>(?:[^\n。;]{{1,60}}\n){{3,40}})",
    re.MULTILINE,
)
_FIELD = re.compile(r"申[请领报][^\n]{0,12}\Z")  # of a form
_FIGURE = re.compile(r"\d[\d.,]*(?:[万亿]?元|%)?(?:/[^ \d]{1,6})?\s*\Z")  # at the end of a line


def foreign(passage: Passage) -> Iterator[Diagnostic]:
    """Sums given in another currency (``奖励50万港元``): no rate of exchange is the text's."""
    if "元" not in passage.text and "币" not in passage.text:
        return
    for one in find_money(passage.text):
        before = passage.text[max(0, one.start - _FURTHEST) : one.start]
        if one.currency == YUAN or not (_GIVES.search(before) or _GIVEN_BEHIND.match(passage.text, one.end)):
            continue
        yield Diagnostic(
            code="sum-foreign",
            severity="warning",
            article=passage.article,
            span=passage.span(one.start, one.end),
            message=f"“{passage.text[one.start : one.end]}”以{one.currency}计，未折算，没有列为奖补金额。",
            next_step="请按主管部门公布的汇率口径，在政策包里补录人民币金额。",
        )


def unread_tables(document: Document, found: Iterable[Table], paying: Iterable[Table]) -> Iterator[Diagnostic]:
    """Tables of sums below ``标准见下表`` whose columns do not say what is paid for what, and rows that lack one of several sums."""
    step = "请对照原表，在政策包里补录金额。"
    read = {table.start for table in paying}
    for table in found:
        if table.start not in read and is_unread(table):
            told = f"“{table.caption[-_FURTHEST:]}”下面的表格写有金额，但看不出哪一列是标准，没有读成奖补。"
            yield _unread(document, table, told, step)
        for row in short_rows(table) if table.start in read else ():
            words = " ".join(document.clean[row.start : row.end].split())[:_FURTHEST]
            told = f"“{words}”一行比表头少一格，分不清缺的是哪一列，没有读成奖补。"
            yield _unread(document, row, told, step)


def unkept(document: Document, paid: Sequence[int], tables: Iterable[Table]) -> Iterator[Diagnostic]:
    """Short lines with figures below a line that promises a table (标准如下:), from which nothing was read: nobody may think that nothing stands there."""
    told = [*undivided(document.clean), *((table.start, table.end) for table in tables)]
    for at in _PROMISED.finditer(document.clean):
        start, end = at.start("below"), at.start("below")
        figures = 0
        for line in at["below"].splitlines(keepends=True):
            if at_line_start(line):
                break
            figures += bool(_FIGURE.search(line))
            end += len(line)
        known = any(start <= place < end for place in paid) or any(low < end and start < high for low, high in told)
        if figures > 1 and not known and not (PAID_BY_READER.search(at["lead"]) or _FIELD.search(at["lead"])):
            lead = at["lead"].strip()[-_FURTHEST:]
            yield Diagnostic(
                code="table-unread",
                severity="warning",
                article=document.article_at(start),
                span=document.text.span(start, end),
                message=f"“{lead}”下面像是表格，但分不清列，没有读成奖补。",
                next_step="请对照原表，在政策包里补录金额。",
            )


def _unread(document: Document, part: Table | TableRow, told: str, step: str) -> Diagnostic:
    return Diagnostic(
        code="table-unread",
        severity="warning",
        article=document.article_at(part.start),
        span=document.text.span(part.start, part.end),
        message=told,
        next_step=step,
    )


def relative_cap(passage: Passage, start: int, end: int) -> Diagnostic:
    """A bound by what the recipient paid or spent."""
    return Diagnostic(
        code="cap-relative",
        severity="warning",
        article=passage.article,
        span=passage.span(start, end),
        message=f"“{as_written(passage, passage.text[start:end])}”以另一项数额为上限，未参与计算。",
        next_step="兑付时请核对该数额，应付金额不得超过它。",
    )
