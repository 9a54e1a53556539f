"""The workbook of totals: typed cells only, so that no text ever runs as a formula; a sheet says what it is."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.utils import timezone

from luodi.service.awards.contents import COLUMN, district_names
from luodi.service.awards.models import EvaluationRow
from luodi.service.awards.queries import Choice, Totals
from luodi.service.awards.suppression import MINIMUM, SIZE_LEFT_OUT, TOTAL, WITHHELD, Figure
from luodi.service.registry.models import Unit

_FEN_PER_WAN = 1_000_000
_SUMS = ("可确定金额（万元）", "最高可能金额（万元）", "可确定金额（元）", "最高可能金额（元）")
_WIDE = (10, 20, 20, 20, 20)


class _Sheet:
    """Rows of one sheet, each cell written as what it is; the headings stay in view and print on every page."""

    def __init__(self, book: Any, name: str, widths: Iterable[int], headings: Iterable[str], fixed: int = 1) -> None:
        self.sheet, self.row = book.add_worksheet(name), 0
        body = {"border": 1, "valign": "top"}
        self.head = book.add_format({**body, "bold": True, "bg_color": "#EEF2F6", "text_wrap": True})
        self.words = book.add_format({**body, "text_wrap": True})
        self.mark = book.add_format({**body, "align": "right"})
        self.counts = book.add_format({**body, "num_format": "#,##0"})
        self.sums = book.add_format({**body, "num_format": "#,##0.##"})
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        for column, heading in enumerate(headings):
            self.sheet.write_string(0, column, heading, self.head)
        self.row = 1
        self.sheet.freeze_panes(1, fixed)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)

    def add(self, *cells: str | int | float) -> None:
        """One row; whole numbers and sums are written as numbers."""
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                self.sheet.write_string(self.row, column, cell, self.mark if cell == WITHHELD else self.words)
            else:
                self.sheet.write_number(self.row, column, cell, self.counts if float(cell).is_integer() else self.sums)
        self.row += 1


def workbook(totals: Totals, rows: Iterable[EvaluationRow], choice: Choice, who: str) -> bytes:
    """The xlsx file: about, awards by district, districts, sectors, kinds and sizes of units, items shown as one figure, and the list if given."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(
        content,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    ) as book:
        listed = list(rows)
        _about(book, totals, choice, who, len(listed))
        _awards(book, totals)
        _lines(book, "区县", count="单位·项次", lines=[
            *((str(d), totals.by_award.cells[TOTAL, d]) for d in totals.by_award.columns),
            ("合计", totals.by_award.cells[TOTAL, TOTAL]),
        ])  # fmt: skip
        _lines(book, "产业领域", [(str(s), totals.by_sector.cells[s, COLUMN]) for s in totals.by_sector.rows])
        _units(book, totals)
        _items(book, totals)
        if listed:
            _list(book, listed, totals, choice)
    return content.getvalue()


def _about(book: Any, totals: Totals, choice: Choice, who: str, listed: int) -> None:
    sheet, run = _Sheet(book, "说明", (22, 90), ("项目", "内容")), totals.run
    for name, value in (
        ("政策", choice.pack.title),
        ("政策包版本", str(run.policy_version.number)),
        ("业务日期", str(run.business_date)),
        ("政策状态", choice.validity.label),
        ("测算时间", timezone.localtime(run.recorded_at).strftime("%Y-%m-%d %H:%M")),
        ("导出时间", timezone.localtime().strftime("%Y-%m-%d %H:%M")),
        ("导出人", who),
        ("参与测算单位数", str(run.units)),
        ("名单行数", str(listed) if listed else "不含名单"),
        ("输入数据摘要", run.input_digest),
        ("筛选", "全部奖励、区县、单位类别；名单不含“暂不符合”"),
        ("隐匿规则", _rule_words(totals.minimum)),
        ("声明", "测算结果仅供参考，不作为兑现依据；最终以资金下达文件为准。"),
    ):
        sheet.add(name, value)


def _rule_words(minimum: int) -> str:
    words = f"只公布总数的事项：不足 {MINIMUM} 个单位不显示，不分区县、不列名单。"
    if minimum > 1:
        words += f"其他数字：不足 {minimum} 个单位的显示为 {WITHHELD}，并隐去可以推算出它的数字。"
    return words


def _cells(figure: Figure | None) -> tuple[str | int | float, ...]:
    if figure is None:
        return (WITHHELD,) * 5
    sure, upto = figure.sure_fen, figure.upto_fen
    return figure.recipients, sure / _FEN_PER_WAN, upto / _FEN_PER_WAN, sure / 100, upto / 100


def _lines(book: Any, what: str, lines: Iterable[tuple[str, Figure | None]], count: str = "单位数") -> None:
    sheet = _Sheet(book, f"按{what}", (34, *_WIDE), (what, count, *_SUMS))
    for name, figure in lines:
        sheet.add(name, *_cells(figure))


def _units(book: Any, totals: Totals) -> None:
    """The units by kind and by size; a list that is not shown says why."""
    for what, table, names in (("单位类别", totals.by_kind, dict(Unit.Kind.choices)), ("企业规模", totals.by_size, {})):
        lines = [(str(names.get(row, row)), table.cells[row, COLUMN]) for row in table.rows]
        if lines:
            _lines(book, what, [*lines, ("合计", table.cells[TOTAL, COLUMN])])
        elif totals.size_left_out:
            _Sheet(book, f"按{what}", (90,), ("不列出",)).add(SIZE_LEFT_OUT)


def _awards(book: Any, totals: Totals) -> None:
    sheet = _Sheet(book, "按奖励和区县", (34, 14, 18, *_WIDE), ("奖励", "条款", "区县", "单位数", *_SUMS), fixed=3)
    for rule, title in totals.awards.items():
        for district in (*totals.by_award.columns, TOTAL):
            figure = totals.by_award.cells[rule, district]
            if figure is None or figure.recipients:
                place = "合计" if district == TOTAL else str(district)
                sheet.add(title, totals.articles[rule], place, *_cells(figure))


def _items(book: Any, totals: Totals) -> None:
    headings = ("事项", "单位数", "业务日期", "可确定金额（万元）", "最高可能金额（万元）")
    sheet = _Sheet(book, "只公布总数的事项", (50, 14, 14, 20, 20), headings)
    for _, title, figure in totals.items:
        if figure is None:
            sheet.add(title, WITHHELD, "", WITHHELD, WITHHELD)
        else:
            sheet.add(title, figure.recipients, str(figure.run.business_date), figure.sure_fen / _FEN_PER_WAN,
                      figure.upto_fen / _FEN_PER_WAN)  # fmt: skip


def _list(book: Any, rows: Iterable[EvaluationRow], totals: Totals, choice: Choice) -> None:
    districts = district_names(choice.version.policy.region, totals.run.business_date)
    titles = {rule["id"]: rule["title"] for rule in choice.pack.rules}
    kinds = dict(Unit.Kind.choices)
    headings = ("单位", "统一社会信用代码", "类别", "区县", "奖励", "条款", "测算结论", "可确定金额（万元）",
                "最高可能金额（万元）")  # fmt: skip
    sheet = _Sheet(book, "名单", (38, 22, 12, 14, 34, 14, 20, 20, 20), headings)
    for row in rows:
        sheet.add(
            row.unit.name, row.unit.credit_code or "", str(kinds.get(row.kind, row.kind)),
            districts.get(row.district, ""), titles[row.rule], row.article, row.get_group_display(),
            row.sure_fen / _FEN_PER_WAN, row.upto_fen / _FEN_PER_WAN,
        )  # fmt: skip
