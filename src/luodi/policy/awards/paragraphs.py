"""What is read as one paragraph of awards: lines that only together say who is given what, and cells that tell in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from luodi.document.tree import Document
from luodi.policy import award_terms as terms
from luodi.policy.awards.caps.below_items import Items
from luodi.policy.awards.tables.rows import told as told_cells
from luodi.policy.passages import Passage, of_cell
from luodi.policy.table import Table
from luodi.policy.wording import plain_passages, plainly

_AWARDED = "(?:支持|奖励|补贴|补助|资助|扶持|奖补|申报)"
# 支持标准:, 支持内容: the fields of a card.
_FIELD_OF_SUMS = re.compile(rf"{_AWARDED}?(?:标准|额度|金额|方式)(?:及标准|和标准)?:")
_FIELD_OF_OBJECTS = re.compile(rf"{_AWARDED}?(?:对象|内容|条件|范围|方向)(?:[和及与](?:对象|内容|条件|范围))?:")
_BULLET = re.compile(r"(?:[\u25a0-\u25ff\u2600-\u27bf•·]+|—+)(?=.)")  # ◆ ▶ ★ ✓
_GOES_ON = re.compile(
    r"(?:分别|一次性|每年|最高|再|按照?[^,。;]{0,24}\d)?[^,。;\d]{0,2}(?:给予|奖励|补助|补贴|资助|[\d%])"
)
_BOUND = r"[^,。;:\d的]{0,12}(?:最高|不超过|上限|限额)[^,。;:\d]{0,8}[\d.]+[万亿]?元"
# 注:每件作品最高限额10万元,每家机构每年最高限额30万元
_BOUNDS = re.compile(
    r"(?:备?注:)?(?:其中,?|(?:以上|上述|该项)[^,。;\d]{0,8}|(?:奖励|补助|补贴|资助)(?:总额|金额|资金))?"
    rf"{_BOUND}(?:,{_BOUND})*[^。;\d]{{0,12}}[。;]?\Z"
)
# 同一企业每年支持金额最高1500万元
_OF_ONE = re.compile(r"(?:同一|单个|单家|每[个家])[^,。;:\d]{0,10}(?:每年|年度|累计)")


def award_paragraphs(document: Document, paying: Sequence[Table]) -> list[tuple[Passage, str]]:
    """What is read as words: the paragraphs outside the tables of awards, and the cells of these that tell in words; beside each for what it is."""
    inside = [
        (plainly(of_cell(document, one.cell.start, one.cell.end, one.row, one.column)), one.objects)
        for table in paying
        for one in told_cells(table)
    ]
    outside = _with_field_before(
        _joined(
            passage
            for passage in plain_passages(document)
            if not any(table.start <= passage.start < table.end for table in paying)
        )
    )
    return sorted([*outside, *inside], key=lambda told: told[0].start)


def _joined(paragraphs: Iterable[Passage]) -> Iterable[Passage]:
    """The paragraphs; lines of one article that only together say who is given what, and how much at most, are one.

    A maximum with a bullet of its own below several bullets that pay bounds all of them: it stays by itself, and so does
    what one recipient may have in a year, on a line of its own below several numbered items that pay.
    """
    last: Passage | None = None
    paying = 0
    items: set[str] = set()  # the last article that pays and those beside it
    of_one = Items()
    for told in paragraphs:
        passage = _without_bullet(told)
        if last is None or last.article != passage.article:
            paying = 0
        above = passage.article.rpartition(".")[0]
        items = {item for item in items if above and item.rpartition(".")[0] == above}
        apart = (passage is not told and paying > 1) or (len(items) > 1 and bool(_OF_ONE.match(passage.text)))
        apart = apart or of_one.are_bounded_by(passage)
        of_one.add(passage)
        if terms.AWARD.search(passage.text):
            items.add(passage.article)
        paying += passage is not told and bool(terms.AWARD.search(passage.text))
        glue = _glue(last, passage) if last and last.article == passage.article and not apart else None
        if last and glue is not None:
            between = (passage.start,) * len(glue)
            offsets = (*last.offsets, *between, *passage.offsets)
            last = replace(last, text=last.text + glue + passage.text, offsets=offsets)
            continue
        if last:
            yield last
        last = passage
    if last:
        yield last


def _without_bullet(passage: Passage) -> Passage:
    """``◆首次入库的企业,给予20万元``: the line without its bullet."""
    at = _BULLET.match(passage.text)
    return replace(passage, text=passage.text[at.end() :], offsets=passage.offsets[at.end() :]) if at else passage


def _glue(before: Passage, passage: Passage) -> str | None:
    """What stands between two lines that are one: ``对…的`` and ``给予…``; an award and ``单个企业最高…``; None where they are two."""
    if before.text.endswith("的") and _GOES_ON.match(passage.text):
        return ","
    bounded = before.text.endswith(("。", ";")) and _BOUNDS.match(passage.text)
    return "" if bounded and terms.AWARD.search(before.text) else None


def _with_field_before(paragraphs: Iterable[Passage]) -> Iterable[tuple[Passage, str]]:
    """Each paragraph; one that tells the sums (支持标准:) with the field before it that tells for what (支持内容:)."""
    before = ""
    for passage in paragraphs:
        yield passage, before if _FIELD_OF_SUMS.match(passage.text) and _FIELD_OF_OBJECTS.match(before) else ""
        before = passage.text
