"""The tables of a population: units and events, from parquet or in memory, checked before anything is computed.

Every fault is named with table, column and the first rows or units that show it; nothing is computed with a faulty
table. A unit table has ``unit_id`` (or ``enterprise_id``), optional ``kind`` and ``legal_person``, and one column for
each fact; an event table has ``unit_id``, ``kind``, ``grade``, ``date`` and whatever else events may carry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.entitlement.checking import missing_readers
from luodi.entitlement.engines.base import EVENTS, UNITS, ColumnType, Engine, Kept, Unreadable
from luodi.entitlement.query.ranges import ANYTHING, BEYOND, Given, Range, declared, unit_id_column
from luodi.entitlement.rule import UNIT_KINDS, RuleSet
from luodi.entitlement.vocabulary import FIRST_DAY, LARGEST, LAST_DAY, TYPE_WORDS, FactKind, allowed
from luodi.errors import ContentError

if TYPE_CHECKING:
    import pyarrow as pa

SHOWN = 5
_DIGESTS = "digests_of_units"
_WORDS = {UNITS: "单位表", EVENTS: "事项表"}
_NEEDED = {UNITS: (), EVENTS: ("kind", "grade", "date")}
_FITS = {
    **dict.fromkeys(("money", "integer"), ("integer",)),
    "number": ("integer", "decimal", "float"),
    "date": ("date",),
    "boolean": ("boolean",),
    "codes": ("texts",),
    "code": ("text", "integer"),
}
_ORDERED = ("money", "integer", "number", "date")


def open_tables(
    engine: Engine,
    units: Path | pa.Table | Kept,
    events: Path | pa.Table | Kept,
    rules: RuleSet,
    *,
    strict: bool = False,
) -> Given:
    """Load both tables, check them, and say what their columns hold.

    The contents of the events are looked into only where a rule has a trigger. ``strict`` stops at the first fault.

    Raises:
        ContentError: a file that is missing or cut short, a column that is missing or of another type, a rule that
            reads a fact which no column supplies, doubled or unknown units, impossible values.
    """
    triggered = any(rule.trigger for rule in rules.rules)
    files = {UNITS: units, EVENTS: events}
    _refuse(_first((problem for name, table in files.items() for problem in _opened(engine, name, table)), strict))
    tables = {name: _Table(engine, name, engine.columns(name), rules) for name in (UNITS, EVENTS)}
    read = list(tables.values()) if triggered else [tables[UNITS]]
    problems = [problem for table in tables.values() for problem in table.columns_wrong()]
    problems += [f"{line}。请补上该列，或更正词表。" for line in missing_readers(rules, set(tables[UNITS].columns))]
    _refuse(problems[:1] if strict else problems)
    for table in read:
        table.measure()
    _refuse(_first((problem for table in read for problem in table.contents_wrong()), strict))
    if triggered:
        _refuse(_first(_strangers(tables[UNITS], tables[EVENTS]), strict))
    return Given(
        units=tables[UNITS].ranges, events=tables[EVENTS].ranges, rows=tables[EVENTS].rows, years=_years(tables[EVENTS])
    )


def _first(problems: Iterable[str], strict: bool) -> list[str]:
    return [problem for problem in [next(iter(problems), None)] if problem] if strict else list(problems)


def _refuse(problems: list[str]) -> None:
    if problems:
        raise ContentError("输入的表有 {} 处问题，未作计算：\n- {}".format(len(problems), "\n- ".join(problems)))


def _opened(engine: Engine, name: str, table: Path | str | pa.Table | Kept) -> Iterator[str]:
    if isinstance(table, Path) and not table.exists():
        yield f"找不到{_WORDS[name]} {table}。请检查路径。"
        return
    try:
        engine.load(name, table)
    except Unreadable:
        yield f"{_WORDS[name]} {table} 不是完整的 parquet 文件（可能传输中断或被截断）。请重新导出。"


def _years(events: _Table) -> tuple[int, int] | None:
    days = [events.days[name] for name in ("date", "paper_date") if name in events.days]
    return (min(low for low, _ in days).year, max(high for _, high in days).year) if days else None


class _Table:
    """One table with its columns, and after :meth:`measure` with their smallest and largest values."""

    def __init__(self, engine: Engine, name: str, columns: Mapping[str, ColumnType], rules: RuleSet) -> None:
        self.engine, self.name, self.columns, self.rules = engine, name, columns, rules
        self.word, self.unit = _WORDS[name], unit_id_column(columns)
        self.ranges: dict[str, Range] = {}
        self.days: dict[str, tuple[Any, Any]] = {}
        self.rows = 0
        self.digests: Kept | None = None

    @property
    def kinds(self) -> dict[str, FactKind]:
        """The columns that the rules know, each with its fact."""
        if self.name == UNITS:
            return {
                column: self.rules.words.facts[column] for column in self.columns if column in self.rules.words.facts
            }
        known = {key.removeprefix("event."): kind for key, kind in self.rules.words.attributes.items()}
        return {column: known[column] for column in self.columns if column in known}

    def columns_wrong(self) -> Iterator[str]:
        """What is missing or of another type."""
        if self.unit not in self.columns:
            yield f"{self.word}没有单位编号列（unit_id 或 enterprise_id）。请补上。"
        for column in _NEEDED[self.name]:
            if column not in self.columns:
                yield f"{self.word}没有 {column} 列。请补上。"
        for column, kind in self.kinds.items():
            found = self.columns[column]
            if found.word != "nothing" and found.word not in _FITS.get(kind.type, ("text",)):
                yield (f"{self.word}的 {column} 列是 {found.written}，应为{TYPE_WORDS[kind.type]}列。请转换后再用。")

    def measure(self) -> None:
        """Smallest, largest and number of known values of each column, in one pass (or from the file's own notes)."""
        quoted = self.engine.dialect.quoted
        kinds = self.kinds
        names = [name for name in self.columns if name in kinds or name in (self.unit, "kind", "legal_person")]
        asked = ["count(*)"]
        for name in names:
            ordered = name in kinds and kinds[name].type in _ORDERED and self.columns[name].word != "nothing"
            asked += [f"count({quoted(name)})"]
            ends = [f"min({quoted(name)})", f"max({quoted(name)})"] if ordered else ["NULL", "NULL"]
            asked += _representable(ends) if ordered and kinds[name].type == "date" else ends
        ((self.rows, *found),) = self.engine.rows(f"SELECT {', '.join(asked)} FROM {self.name}")
        self.ranges = dict.fromkeys(self.columns, ANYTHING)
        for name, count, low, high in zip(names, found[::3], found[1::3], found[2::3], strict=True):
            null = count < self.rows
            whole = name in kinds and kinds[name].type in ("money", "integer")
            bounds = (BEYOND, -BEYOND) if not count else (int(low), int(high)) if whole else (-BEYOND, BEYOND)
            self.ranges[name] = Range(*bounds, null=null)
            if name in kinds and count and low is not None and not whole:
                self.days[name] = (low, high)

    def contents_wrong(self) -> Iterator[str]:
        """Rows that cannot be."""
        if self.ranges[self.unit].null:
            yield from self.found(f"{self.engine.dialect.quoted(self.unit)} IS NULL", "有单位编号为空的行")
        if self.name == UNITS:
            yield from self._doubled()
            if "kind" in self.columns:
                kinds = ", ".join(map(self.engine.dialect.text, UNIT_KINDS))
                yield from self.found(f"kind NOT IN ({kinds})", f"的 kind 不在 {'、'.join(UNIT_KINDS)} 之列", "kind")
        elif self.ranges["kind"].null:
            yield from self.found("kind IS NULL", "有 kind 为空的行")
        if "rank" in self.columns and self.name == EVENTS and self.ranges["rank"].low < 1:
            yield from self.found("rank < 1", "的 rank 应为 1 或以上", "rank")
        for column, kind in self.kinds.items():
            yield from self._outside(column, kind)

    def _outside(self, column: str, kind: FactKind) -> Iterator[str]:
        value, found = self.engine.dialect.quoted(column), self.ranges[column]
        if kind.codes is not None and self.columns[column].word != "nothing":
            yield from self._unknown_codes(column, kind.codes, many=kind.type == "codes")
        if kind.type in ("money", "integer") and found.low <= found.high:
            bounds = declared(kind)
            if kind.type == "money" and found.low < 0:
                yield from self.found(f"{value} < 0", f"的 {column} 列有负的金额", value)
            if found.high > bounds.high or found.low < -bounds.high:
                fault = f"{value} > {bounds.high} OR {value} < {-bounds.high}"
                yield from self.found(fault, f"的 {column} 列超出可计算的范围", value)
        elif kind.type == "number" and column in self.days:
            most = LARGEST // kind.scale
            if any(abs(each) > most for each in self.days[column]):
                fault = f"{value} > {most} OR {value} < {-most}"
                yield from self.found(fault, f"的 {column} 列超出可计算的范围", value)
        elif kind.type == "date" and column in self.days:
            low, high = self.days[column]
            if low < FIRST_DAY or high > LAST_DAY:
                fault = f"{value} < DATE '{FIRST_DAY}' OR {value} > DATE '{LAST_DAY}'"
                written = self.engine.dialect.cast(value, self.engine.dialect.text_type)
                yield from self.found(fault, f"的 {column} 列有不可能的日期", written)

    def _unknown_codes(self, column: str, codes: tuple[str, ...], *, many: bool) -> Iterator[str]:
        dialect = self.engine.dialect
        value = dialect.quoted(column)
        written = dialect.cast(value, dialect.text_type)
        fault = dialect.beyond(value, codes) if many else f"{written} NOT IN ({', '.join(map(dialect.text, codes))})"
        yield from self.found(fault, f"的 {column} 列有代码表之外的代码（可用：{allowed(codes)}）", written)

    def found(self, fault: str, message: str, value: str = "NULL") -> Iterator[str]:
        """The message, with how many rows and the first of them, if there are any."""
        unit = self.engine.dialect.quoted(self.unit)
        rows = self.engine.rows(f"SELECT {unit}, {value} FROM {self.name} t WHERE {fault} LIMIT {SHOWN}")
        if rows:
            ((count,),) = self.engine.rows(f"SELECT count(*) FROM {self.name} t WHERE {fault}")
            known = [row for row in rows if row[0] is not None]
            shown = "、".join(str(row[0]) if row[1] is None else f"{row[0]}（{row[1]}）" for row in known)
            yield f"{self.word}{message}：共 {count} 行{shown and f'，如 {shown}'}。请改正。"

    def named(self) -> str:
        """The unit's id as text."""
        dialect, kind = self.engine.dialect, self.columns[self.unit].written
        quoted = dialect.quoted(self.unit)
        return quoted if kind == dialect.text_type else dialect.cast(quoted, dialect.text_type)

    def _doubled(self) -> Iterator[str]:
        unit, digest = self.engine.dialect.quoted(self.unit), self.engine.dialect.digest(self.named())
        if digest is not None:
            self.digests = self.engine.keep(_DIGESTS, f"SELECT {digest} AS digest FROM {self.name}")
            if self.engine.different(f"SELECT digest FROM {_DIGESTS}") == self.rows:
                return
        rows = self.engine.rows(
            f"SELECT {unit}, count(*) FROM {self.name} GROUP BY {unit} HAVING count(*) > 1 ORDER BY 1 LIMIT {SHOWN}"
        )
        if doubled := [row for row in rows if row[0] is not None]:
            shown = "、".join(f"{row[0]}（{row[1]} 行）" for row in doubled)
            yield f"单位表有重复的单位：如 {shown}。每个单位只能有一行，请合并。"


def _representable(ends: list[str]) -> list[str]:
    """The first and last day of a column; databases know days that Python does not."""
    return [f"least(greatest({end}, DATE '{dt.date.min}'), DATE '{dt.date.max}')" for end in ends]


def _strangers(units: _Table, events: _Table) -> Iterator[str]:
    """Units that are named and not there, branches of branches."""
    cast, quoted, kind = units.engine.dialect.cast, units.engine.dialect.quoted, units.engine.dialect.text_type

    def unknown(column: str) -> str:
        known = f"SELECT 1 FROM {UNITS} u WHERE {cast(f'u.{quoted(units.unit)}', kind)} = {cast(f't.{column}', kind)}"
        return f"t.{column} IS NOT NULL AND NOT EXISTS ({known})"

    if not _all_known(units, events):
        yield from events.found(unknown(quoted(events.unit)), "的单位不在单位表中")
    if "legal_person" in units.columns and units.ranges["legal_person"].low <= units.ranges["legal_person"].high:
        yield from units.found(unknown("legal_person"), "的 legal_person 不在单位表中", "legal_person")
        chained = f"SELECT {units.named()} FROM {UNITS} WHERE legal_person IS NOT NULL"
        fault = f"legal_person IS NOT NULL AND {cast('legal_person', kind)} IN ({chained})"
        yield from units.found(fault, "的 legal_person 自身又是分支机构", "legal_person")


def _all_known(units: _Table, events: _Table) -> bool:
    """Whether the digest of every event's unit is there; units are known to be different, so each meets one.

    A stranger is overlooked where its digest is by chance a unit's: with a million units and as many events once in
    twenty million tables.
    """
    if units.digests is None:
        return False
    digests = f"SELECT {events.engine.dialect.digest(events.named())} AS digest FROM {EVENTS}"
    known = f"SELECT count(*) FROM ({digests}) t JOIN {units.digests.name} USING (digest)"
    return events.engine.rows(known) == [(events.rows,)]
