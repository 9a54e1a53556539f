"""Tables of targets (指标表): a row an indicator, a column a year; what was reached already is no goal (LANGUAGE 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from luodi.policy.facts import GoalOp
from luodi.policy.table import Cell, Table, filled
from luodi.quantities.numerals import ARABIC, numeral

_INDICATOR = re.compile(r"指标|\A(?:主要)?目标(?:名称|内容)?\Z")
_KIND = re.compile(r"类[别型]|属性|性质")  # 指标类别 | 指标名称
_UNIT = re.compile(r"(?<!牵头)(?<!责任)(?<!配合)(?<!主管)单位\Z|计量单位")
# A table of tasks that says how much of each (任务(项目) | 责任单位 | 目标值 | 完成时限).
_TASK = re.compile(r"(?:重点)?(?:任务|项目|事项|工作)(?:\(项目\)|名称|内容)?")
_HOW_MUCH = re.compile(r"目标值|(?:量化|任务|年度)目标(?:值|数)?|目标数")
# 任务 | 2025年目标 | 牵头单位: figures, not sentences, stand below it.
_OF_YEAR = re.compile(r"20\d\d年?(?:度)?(?:工作|任务)?(?:目标|任务|计划)(?:任务|值|数|量)?")
# 乡镇(园区) | 2027年规上工业产值目标(亿元) | 新增规上企业(户): what each place is to reach.
_PLACE = re.compile(
    r"(?:各)?(?:乡镇|镇街|街道|县区|区县|市县|县市区|地区|区域|园区|片区|[县区]\([县区]?、?市(?:、区)?\))(?:\([^()]{1,8}\))?(?:名称)?"
)
_OF_PLACE = re.compile(r"(?P<what>[^()]*?)(?:目标|任务)?(?:数|值|数量)?\((?P<unit>[^()\d]{1,8})\)")
_SET = re.compile(r"目标|任务|新增|净增|新建|完成|培育|力争")
_MONEY_GIVEN = re.compile(r"资金|补助|奖励|补贴|经费|预算|指标文")
_TARGET = re.compile(r"目标|20\d\d年?|预期|规划值|计划|年均|累计")
_BASE = re.compile(r"实际|现状|基期|基数|基础|完成|已达|属性|性质|牵头|责任|来源")
_YEAR = re.compile(r"(20\d\d)年?")
_OF_PERIOD = re.compile(r"年均|累计")  # 年均增长(%), 年均/累计: over the years of the plan
# 1.常住人口, 其中:新兴产业, (2)粮食产量: what stands before a name.
_BEFORE_NAME = re.compile(r"(?:\d{1,2}[.、] ?|\(\d{1,2}\)|[①-⑳]|[—-]+|其中 ?:?)+")
_VALUE = re.compile(
    rf"(?:累计|力争|年均|约)?(?P<changed>[比较]20\d\d年(?P<how>降低|下降|减少|提高|增长|增加))?"
    rf"(?P<sign>≥|>=|>|≤|<=|<|不低于|不少于|至少|保持|超过|大于|达到|不超过|低于|小于|控制在)?\s*(?P<whole>[\[〔])?"
    rf"(?P<number>{ARABIC})\s*(?P<unit>[^\d\s()±*\[\]〔〕]{{0,8}}?)[\]〕)]?(?P<after>以上|以内|以下|左右)?"
    rf"(?:[\[〔][^\]〕]*[\]〕]|\([^()]*\))?[*]*"
)
_IN_NAME = re.compile(r"\((?P<unit>(?!\d年)[^()]{1,8})\)(?:\(\d年[^()]*\))?\Z")


class Target(NamedTuple):
    """One target of a table, with its place in the clean text."""

    metric: str
    op: GoalOp
    value: Fraction
    unit: str | None
    deadline: str | None
    start: int
    end: int


def is_target_table(table: Table) -> bool:
    """Whether a column names indicators and another a target."""
    return (_name_column(table) is not None and bool(_target_columns(table, 0))) or bool(_place_columns(table))


def targets(table: Table, issued: int) -> Iterator[Target]:
    """The targets of a table; ``issued`` is the paper's year (0: unknown), before which nothing is a target."""
    name_column = _name_column(table)
    if name_column is None:
        yield from _of_places(table, issued)
        return
    names = filled(table, name_column)
    units = table.columns(_UNIT)
    columns = _target_columns(table, issued)
    for row, name in zip(table.rows, names, strict=True):
        told = False
        for column, deadline in columns:
            if told and "累计" in table.names[column]:
                continue  # 年均/累计: how it grows, where the year says what is reached
            if name is None or column >= len(row.cells) or column == name_column:
                continue
            unit = row.cells[units[0]].text if units and units[0] < len(row.cells) else ""
            grows = "年均" in table.names[column] and "增" in table.names[column]
            if target := _target(name.text, unit, row.cells[column], deadline, grows=grows):
                told = True
                yield target


def _place_columns(table: Table) -> list[tuple[int, re.Match[str]]]:
    """The columns of figures to be reached in a table whose rows are places; one of them says that it is aimed at."""
    if not _PLACE.fullmatch(table.names[0]):
        return []
    named = [(at, _OF_PLACE.fullmatch(name)) for at, name in enumerate(table.names)]
    found = [(at, told) for at, told in named if told and _SET.search(told[0]) and not _MONEY_GIVEN.search(told[0])]
    aimed = any(re.search("目标|任务", table.names[at]) for at, _ in found)
    return found if aimed and not any(_BASE.search(told["what"].replace("完成", "")) for _, told in found) else []


def _of_places(table: Table, issued: int) -> Iterator[Target]:
    for row, place in zip(table.rows, filled(table, 0), strict=True):
        for column, told in _place_columns(table):
            year = _YEAR.search(told["what"])
            cell = row.cells[column] if column < len(row.cells) else None
            if place is None or cell is None or (year and int(year[1]) < issued):
                continue
            metric = place.text + _YEAR.sub("", told["what"])
            if target := _target(metric, told["unit"], cell, year[1] if year else None, grows=False):
                yield target


def _name_column(table: Table) -> int | None:
    """The column of what is measured: of indicators, or of the tasks where another column says how much of each."""
    named = table.columns(_INDICATOR)
    if named:
        return next((at for at in named if not _KIND.search(table.names[at])), named[0])
    tasks = [at for at, name in enumerate(table.names) if _TASK.fullmatch(name)]
    measured = any(_HOW_MUCH.fullmatch(name) for name in table.names)
    counted = re.search("指标|目标", table.caption) and table.columns(_UNIT)  # 项目 | 单位 | 2024年 | 2026年
    of_years = _YEAR if counted else _OF_YEAR
    measured = measured or any(
        of_years.fullmatch(name) and _holds_values(table, at) for at, name in enumerate(table.names)
    )
    return tasks[0] if tasks and measured else None


def _holds_values(table: Table, column: int) -> bool:
    cells = [row.cells[column].text for row in table.rows if column < len(row.cells)]
    return bool(cells) and all(_VALUE.fullmatch(text.replace(",", "")) for text in cells)


def _target_columns(table: Table, issued: int) -> list[tuple[int, str | None]]:
    found: list[tuple[int, str | None]] = []
    for column, name in enumerate(table.names):
        if not _TARGET.search(name) or _BASE.search(name) or _INDICATOR.search(name.replace("目标值", "")):
            continue
        year = _YEAR.search(name)
        found.append((column, year[1] if year else None))
    years = [year for _, year in found if year]
    if len(years) > 1 and not issued:  # the first tells what is, unless its name says that it is aimed at
        found = [(at, year) for at, year in found if year != min(years) or "目标" in table.names[at]]
    last = max((year for _, year in found if year), default=None)
    dated = [(at, last if year is None and _OF_PERIOD.search(table.names[at]) else year) for at, year in found]
    return [(column, year) for column, year in dated if not year or int(year) >= issued]


def _target(name: str, unit: str, cell: Cell, deadline: str | None, *, grows: bool) -> Target | None:
    at = _VALUE.fullmatch(cell.text.replace(",", ""))
    value = numeral(at["number"]) if at else None
    if at is None or value is None:
        return None
    told = _IN_NAME.search(name)
    grows = grows and not at["whole"]
    unit = "%" if grows else at["unit"] or unit or (told["unit"] if told else "")
    metric = name[: told.start()] if told else name
    lead = _BEFORE_NAME.match(metric)
    metric = metric[lead.end() :] if lead else metric
    metric += at["how"] or ""
    unit = unit.rpartition(",")[2].strip("-—–/")  # (每年,%); — stands for none
    op = _op(at, f"{metric}年均增长" if grows else metric, unit)
    return Target(metric, op, value, unit or None, deadline, cell.start, cell.end)


def _op(at: re.Match[str], metric: str, unit: str) -> GoalOp:
    sign, after = at["sign"] or "", at["after"] or ""
    if sign in ("≤", "<=", "<", "不超过", "低于", "小于", "控制在") or after in ("以内", "以下"):
        return "<="
    if after == "左右":
        return "~"
    return "growth>=" if unit == "%" and re.search(r"增长|增速|增幅", metric) else ">="
