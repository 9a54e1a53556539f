"""Tables of awards: a row a grade or an object, a column its sum or share (LANGUAGE 3, 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from luodi.policy.awards.numbers.pairing import find_keys
from luodi.policy.awards.tables.columns import (
    LIMIT,
    NONE,
    NUMBER,
    OF_MONEY,
    PAID_BY_READER,
    UNIT,
    WHEN,
    key_columns,
    paying_columns,
    unit_told,
)
from luodi.policy.awards.tables.keys import classes, objects, selectors, without_totals
from luodi.policy.awards.words.periods import Frequency, find_terms
from luodi.policy.cell_readings import PAYS
from luodi.policy.facts import BenefitKind
from luodi.policy.table import Cell, Row, Table, turned
from luodi.policy.tables import tables
from luodi.quantities.money import find_bare_money, find_money
from luodi.quantities.numerals import ARABIC, numeral, scale
from luodi.quantities.rates import find_rates

_CASE = re.compile(r"(?:实行|采取|按照?)?“?(?:一事一议|一企一策|一人一策)”?(?:方式)?(?:确定|给予支持)?")
_NAME = re.compile(r"(?:政策|项目|事项|措施|奖补|补贴)(?:事项)?名称|政策|事项|项目")
_SENTENCE = re.compile(r"[^,。;]{6,}(?:给予|予以|奖励|补助|补贴|资助)")
_LONGEST_VALUE = 30
_SUMS_ALONE = re.compile(rf"(?:{ARABIC}[万亿]?元[、,/]?){{2,}}")
_BETWEEN = re.compile(r"元?\s*(?:—|-|~|至)")
_BOUND = re.compile(r"最高|不超过|上限|限额|以内|≤")
_PER = re.compile(
    r"元/(?P<per>m2|[一-鿿]{1,6}(?:[/·.][年月天次日])?)|每(?P<each>立方米|平方米|标准?箱|千瓦时?|公里|架次|[人户家个台套亩吨项件床张生孩头只辆班次])"
)
# 每张新增床位资助标准如下
_FOR_EACH = re.compile(
    r"每(?P<per>(?P<each>[人户家张床亩生台]))[^,。;:\d]{0,8}(?:奖励|补助|补贴|资助|支持|奖补|扶持|津贴|救助)(?:标准|金额|额度)"
)
# 连续3年, 按年发放; 3年, 不超过3年 alone in a cell.
_YEARS_ON = re.compile(r"连续[一二两三四五\d]+年|按年|逐年")
_YEARS_ALONE = re.compile(r"(?:最长)?(?:不超过)?(?P<n>[一二两三四五]|\d{1,2})年(?:内)?")
_REMARK = re.compile(r"备注|说明")
_OFTEN = re.compile(r"(?:一次性|每年|按年|每月|按月)(?:奖励|补助|补贴|资助|发放|拨付|兑现|支付)?")
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
    row: Row | None = None

    def paid_over(self, years: int | None, *, once: bool) -> TableAward:
        """The award as it is paid once and out over so many years, unless it falls due every year or month."""
        often = "once" if once else self.frequency
        return (
            self
            if self.frequency in ("annual", "monthly")
            else self._replace(years=self.years or years, frequency=often)
        )


@lru_cache(maxsize=1)  # awards and goals ask for those of the document at hand
def award_tables(clean: str) -> tuple[Table, ...]:
    """The tables of a text that tell what is paid for what, those on their side turned (等级 | 一级 | 二级 over 奖励金额 | 50 | 20)."""
    found = []
    for table in tables(clean):
        side = None if is_award_table(table) else turned(table)
        if side is None or is_award_table(side):
            found.append(side or table)
    return tuple(without_totals(table) for table in found if is_award_table(table))


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
    of: Row
    row: str
    column: str
    objects: str
    frequency: Frequency | None
    years: int | None


def told(table: Table) -> Iterator[Told]:
    """The cells that are to be read like a paragraph."""
    named, paying = table.columns(_NAME), paying_columns(table)
    for row, parts in zip(table.rows, objects(table), strict=True):
        name = " ".join(row.cells[at].text for at in named if at < len(row.cells))
        for at in paying:
            if at < len(row.cells) and _is_told(row.cells[at].text) and not _keyed(row.cells[at], parts):
                yield Told(row.cells[at], row, name, table.names[at], "。".join(parts), *_times(table, row))


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
    told = zip(table.rows, objects(table), selectors(table), classes(table), strict=True)
    for row, parts, picked, of in told:
        if _is_short(row, columns, len(table.names)):
            continue
        for column in (at for at in columns if at < len(row.cells) and row.cells[at].text):
            cell, name = row.cells[column], table.names[column]
            yield from (one._replace(of=of, row=row) for one in _keyed(cell, parts))
            if _is_told(cell.text):
                continue
            selector = f"{picked or ''}{re.sub(r'[(][^()]*[)]', '', name)}" if len(columns) > 1 else picked
            if award := _award(cell, f"{name}{unit_told(table, row)}", table.caption, selector):
                limited, (often, years) = _limited(award, table, row), _times(table, row)
                yield limited._replace(frequency=limited.frequency or often, years=years, of=of, row=row)


def short_rows(table: Table) -> list[Row]:
    """The rows of several sums that lack a cell, and nobody can tell which of them."""
    columns = paying_columns(table)
    return [row for row in table.rows if _is_short(row, columns, len(table.names))]


def _is_short(row: Row, columns: Sequence[int], width: int) -> bool:
    if (
        len(columns) < 2
        or len(row.cells) >= width
        or not any(find_money(cell.text) or NUMBER.fullmatch(cell.text) for cell in row.cells[columns[0] :])
    ):
        return False
    last = row.cells[columns[-1]].text if columns[-1] < len(row.cells) else ""
    return not (find_money(last) or find_rates(last) or NUMBER.fullmatch(last) or NONE.fullmatch(last))


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
    remarks = [row.cells[at].text for at in table.columns(_REMARK) if at < len(row.cells)]
    cells = [row.cells[at].text for at in table.columns(WHEN) if at < len(row.cells)]
    cells += [cell for cell in remarks if _OFTEN.fullmatch(cell)]
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
