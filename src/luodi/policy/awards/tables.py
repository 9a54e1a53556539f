"""Tables of awards: a row a grade or an object, a column its sum or share (LANGUAGE 3, 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from luodi.policy.awards.grades import KEY_WORD
from luodi.policy.awards.pairing import find_keys
from luodi.policy.awards.periods import Frequency, find_terms
from luodi.policy.awards.table_columns import (
    LIMIT,
    NONE,
    NUMBER,
    OF_MONEY,
    PAID_BY_READER,
    UNIT,
    WHEN,
    key_columns,
    paying_columns,
)
from luodi.policy.cell_lines import PAYS
from luodi.policy.facts import BenefitKind
from luodi.policy.table import Cell, Row, Table, filled
from luodi.quantities.money import find_bare_money, find_money
from luodi.quantities.numerals import ARABIC, numeral, scale
from luodi.quantities.rates import find_rates

_CASE = re.compile(r"(?:实行|采取|按照?)?“?(?:一事一议|一企一策|一人一策)”?(?:方式)?(?:确定|给予支持)?")
_NAME = re.compile(r"(?:政策|项目|事项|措施|奖补|补贴)(?:事项)?名称|政策|事项|项目")
_POLICY = re.compile(r"政策(?:名称|事项|标题)?\Z")  # each row another policy, not a grade of one
_SENTENCE = re.compile(r"[^,。;]{6,}(?:给予|予以|奖励|补助|补贴|资助)")
_LONGEST_VALUE = 30
_SUMS_ALONE = re.compile(rf"(?:{ARABIC}[万亿]?元[、,/]?){{2,}}")
_BETWEEN = re.compile(r"元?\s*(?:—|-|~|至)")
_BOUND = re.compile(r"最高|不超过|上限|限额|以内|≤")
_PER = re.compile(
    r"元/(?P<per>立方米|平方米|m2|标准?箱|千瓦时?|公里|架次|[人户家个台套亩吨项件床张生孩头只辆年月天次]{1,2}(?:[/·.][年月天次])?)|每(?P<each>立方米|平方米|标准?箱|千瓦时?|公里|架次|[人户家个台套亩吨项件床张生孩头只辆班次])"
)
# 每张新增床位资助标准如下
_FOR_EACH = re.compile(
    r"每(?P<per>(?P<each>[人户家张床亩生台]))[^,。;:\d]{0,8}(?:奖励|补助|补贴|资助|支持|奖补|扶持|津贴|救助)(?:标准|金额|额度)"
)
# 连续3年, 按年发放; 3年, 不超过3年 alone in a cell.
_YEARS_ON = re.compile(r"连续[一二两三四五\d]+年|按年|逐年")
_YEARS_ALONE = re.compile(r"(?:最长)?(?:不超过)?(?P<n>[一二两三四五]|\d{1,2})年(?:内)?")
_MONTHLY = re.compile(r"\A月(?!份)|每月|[/·.]月|元/[人户床生孩]?月")
_YEARLY = re.compile(r"\A年(?![度份龄])|每年(?!度)|[/·.]年|元/[人户床生孩]?年")


class TableAward(NamedTuple):
    """One cell that pays, with its key; money in fen."""

    kind: BenefitKind
    selector: str | None
    amount: int | None
    rate: Fraction | None
    floor: int | None
    cap: int | None
    per: str | None
    start: int
    end: int
    frequency: Frequency | None = None
    years: int | None = None
    of: Cell | None = None
    """What the grade of its row is one of (保密资格 | 一级), which is an award of its own."""

    def paid_over(self, years: int | None, *, once: bool) -> TableAward:
        """The award as it is paid once and out over so many years, unless it falls due every year or month."""
        often = "once" if once else self.frequency
        return (
            self
            if self.frequency in ("annual", "monthly")
            else self._replace(years=self.years or years, frequency=often)
        )


def is_award_table(table: Table) -> bool:
    """Whether a column names what is paid and another for what."""
    return bool(paying_columns(table)) and bool(key_columns(table))


def is_unread(table: Table) -> bool:
    """Whether sums stand in cells below a line that promises what is paid, and the columns tell nothing of it."""
    if not PAYS.search(table.caption) or PAID_BY_READER.search(table.caption) or is_award_table(table):
        return False
    sums = [cell for row in table.rows for cell in row.cells if find_money(cell.text)]
    return len(sums) > 1 and not any(PAID_BY_READER.search(name) for name in table.names)


class Told(NamedTuple):
    """A cell that tells its awards in words, as in a list of policies; what its row and its column are called, and for what it is."""

    cell: Cell
    row: str
    column: str
    objects: str
    frequency: Frequency | None
    years: int | None


def told(table: Table) -> Iterator[Told]:
    """The cells that are to be read like a paragraph."""
    named, objects = table.columns(_NAME), _objects(table)
    for row, parts in zip(table.rows, objects, strict=True):
        name = " ".join(row.cells[at].text for at in named if at < len(row.cells))
        for at in paying_columns(table):
            if at < len(row.cells) and _is_told(row.cells[at].text) and not _keyed(row.cells[at], parts):
                yield Told(row.cells[at], name, table.names[at], "。".join(parts), *_times(table, row))


def _objects(table: Table) -> list[list[str]]:
    """What each row is for, by its columns of keys."""
    words = [filled(table, key) for key in key_columns(table)]
    return [
        [cell.text for column in words if (cell := column[number]) is not None and not NONE.fullmatch(cell.text)]
        for number in range(len(table.rows))
    ]


def _keyed(cell: Cell, objects: Sequence[str]) -> list[TableAward]:
    """``100万元、50万元`` alone in a cell beside ``甲奖、乙奖的企业``: each sum with its key."""
    sums = [one for one in find_money(cell.text) if one.fen is not None] if _SUMS_ALONE.fullmatch(cell.text) else []
    keys = find_keys("。".join(objects), len(sums))
    return [
        TableAward("fixed", key, one.fen, None, None, None, None, cell.start + one.start, cell.start + one.end)
        for key, one in zip(keys.words if keys else (), sums, strict=False)
    ]


def awards(table: Table) -> Iterator[TableAward]:
    """The sums of a table, row by row."""
    columns = paying_columns(table)
    words = [filled(table, key) for key in key_columns(table)]
    for row, parts, of in zip(table.rows, _objects(table), _graded(table, words), strict=True):
        if is_short(table, row):
            continue
        for column in columns:
            if column < len(row.cells):
                yield from (one._replace(of=of) for one in _keyed(row.cells[column], parts))
            if column < len(row.cells) and row.cells[column].text and not _is_told(row.cells[column].text):
                name = table.names[column]
                selector = None if table.columns(_POLICY) else _selector(parts, words)
                if len(columns) > 1:
                    selector = f"{selector or ''}{re.sub(r'[(][^()]*[)]', '', name)}"
                if award := _award(row.cells[column], name, table.caption, selector):
                    limited, (often, years) = _limited(award, table, row), _times(table, row)
                    yield limited._replace(frequency=limited.frequency or often, years=years, of=of)


def is_short(table: Table, row: Row) -> bool:
    """Whether a row of several sums lacks a cell, and nobody can tell which of them."""
    return (
        len(paying_columns(table)) > 1
        and len(row.cells) < len(table.names)
        and any(find_money(cell.text) for cell in row.cells)
    )


def _graded(table: Table, words: Sequence[list[Cell | None]]) -> list[Cell | None]:
    """Of each row the cell that its grade is one of: the first column of keys, where the last tells grades."""
    grades = [cell for cell in words[-1] if cell is not None and KEY_WORD.fullmatch(cell.text)] if words[1:] else []
    classes = {cell.text for cell in words[0] if cell is not None} if grades else set()
    return words[0] if len(classes) > 1 else [None] * len(table.rows)


def _selector(parts: list[str], columns: list[list[Cell | None]]) -> str | None:
    """The last key of a row, behind the one before it where keys come again in other rows (一级 × 因战)."""
    if len(parts) < 2:
        return re.sub(r"\A(?:对于?|针对)(?=.{2})", "", parts[-1]) if parts else None
    last = [cell.text for cell in columns[-1] if cell is not None]
    return "".join(parts[-2:]) if len(set(last)) < len(last) else parts[-1]


def _is_told(text: str) -> bool:
    """A sentence or a long clause, or several sums or shares other than the ends of a range or a share with its maximum."""
    sums = [one for one in find_money(text) if one.fen is not None]
    ends = len(sums) == 2 and _BETWEEN.search(text) and not find_rates(text)
    if len(text) > _LONGEST_VALUE or re.search("[。;]", text):
        return True
    return len(sums) - bool(ends) > 1 or len(find_rates(text)) > 1 or bool(sums and _SENTENCE.search(text))


def _limited(award: TableAward, table: Table, row: Row) -> TableAward:
    """A share, or a sum for each, with the limit that a column of its own tells."""
    limits = [at for at in table.columns(LIMIT) if at < len(row.cells)]
    if (award.rate is None and award.kind != "per_unit") or award.cap is not None or len(limits) != 1:
        return award
    _, cap, _ = _value(row.cells[limits[0]].text, table.names[limits[0]], table.caption)
    yearly = cap is not None and "年" in table.names[limits[0]]
    return award._replace(cap=cap, frequency="annual" if yearly else award.frequency)


def _times(table: Table, row: Row) -> tuple[Frequency | None, int | None]:
    """How often a row pays and for how many years, where columns of their own say so."""
    cells = [row.cells[at].text for at in table.columns(WHEN) if at < len(row.cells)]
    often = next((often for cell in cells if (often := _often(cell) or _YEARS_ON.search(cell) and "annual")), None)
    terms = [term.years for cell in cells for term in find_terms(f",{cell}")]
    terms += [int(numeral(at["n"]) or 0) for cell in cells if (at := _YEARS_ALONE.fullmatch(cell))]
    return often, terms[0] if terms else None


def _award(cell: Cell, name: str, caption: str, selector: str | None) -> TableAward | None:
    if _CASE.fullmatch(cell.text):
        return TableAward("case", selector, None, None, None, None, None, cell.start, cell.end)
    low, high, rate = _value(cell.text, name, caption)
    if low is None and high is None and rate is None:
        return None
    bounded = bool(_BOUND.search(cell.text) or _BOUND.search(name))
    unit = caption if OF_MONEY.search(caption) else ""
    per = _PER.search(cell.text) or _PER.search(name) or _PER.search(unit) or _FOR_EACH.search(caption)
    told = re.sub(r"[/·.]?[年月]\Z", "", per["per"] or per["each"]) or None if per else None
    often = _often(cell.text) or _often(name) or _often(unit)
    if rate is not None:
        kind: BenefitKind = "interest" if "贴息" in cell.text else "rate"
        return TableAward(kind, selector, None, rate, None, high, None, cell.start, cell.end, often)
    if low is not None:
        return TableAward("range", selector, None, None, low, high, None, cell.start, cell.end, often)
    if bounded:
        return TableAward("capped", selector, None, None, None, high, None, cell.start, cell.end, often)
    return TableAward(
        "per_unit" if told else "fixed", selector, high, None, None, None, told, cell.start, cell.end, often
    )


def _often(words: str) -> Frequency | None:
    if _MONTHLY.search(words) or _YEARLY.search(words):
        return "monthly" if _MONTHLY.search(words) else "annual"
    return "once" if "一次性" in words else None


def _value(text: str, name: str, caption: str) -> tuple[int | None, int | None, Fraction | None]:
    """The lower end of a range, the sum, the share that a cell states; its unit may stand in the column's name."""
    rates = find_rates(text)
    sums = [one.fen for one in find_money(text) or find_bare_money(text) if one.fen is not None]
    if sums:
        if rates:
            return None, sums[-1], rates[0].value
        return (sums[0], sums[-1], None) if len(sums) == 2 and _BETWEEN.search(text) else (None, sums[-1], None)
    if rates:
        return None, None, rates[0].value
    unit = UNIT.search(name) or UNIT.search(caption)
    at = NUMBER.fullmatch(text.replace(",", ""))
    if unit is None or at is None:
        return None, None, None
    factor = scale(unit["scale"]) * 100
    high, low = numeral(at["number"]), numeral(at["low"]) if at["low"] else None
    return (int(low * factor) if low is not None else None), (int(high * factor) if high is not None else None), None
