"""The tables of a population: units and events, from parquet or in memory, checked before anything is computed.

Every fault is named with table, column and the first rows or units that show it; nothing is computed with a faulty
table. A unit table has ``unit_id`` (or ``enterprise_id``), optional ``kind`` and ``legal_person``, and one column for
each fact; an event table has ``unit_id``, ``kind``, ``grade``, ``date`` and whatever else events may carry.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.entitlement.checking import missing_readers
from luodi.entitlement.engines.duckdb import quoted, text, unit_id_column
from luodi.entitlement.rule import UNIT_KINDS, RuleSet
from luodi.entitlement.vocabulary import FIRST_DAY, LARGEST, LAST_DAY, TYPE_WORDS, FactKind
from luodi.errors import ContentError

if TYPE_CHECKING:
    import pyarrow as pa

SHOWN = 5
_INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
_WORDS = {"given_units": "单位表", "given_events": "事项表"}
_NEEDED = {"given_units": (), "given_events": ("kind", "grade", "date")}


def open_tables(con: Any, units: Path | pa.Table, events: Path | pa.Table, rules: RuleSet) -> None:
    """Make the views ``given_units`` and ``given_events`` and check them.

    Raises:
        ContentError: a file that is missing or cut short, a column that is missing or of another type, a rule that
            reads a fact which no column supplies, doubled or unknown units, impossible values.
    """
    columns = {}
    for name, table in (("given_units", units), ("given_events", events)):
        _open(con, name, table)
        columns[name] = {column: kind for column, kind, *_ in con.execute(f"DESCRIBE {name}").fetchall()}
    problems = [problem for name in columns for problem in _columns(name, columns[name], rules)]
    problems += [f"{line}。请补上该列，或更正词表。" for line in missing_readers(rules, set(columns["given_units"]))]
    if not problems:
        problems = [problem for name in columns for problem in _contents(con, name, columns[name], rules)]
        problems += _units_exist(con, columns)
    if problems:
        raise ContentError("输入的表有 {} 处问题，未作计算：\n- {}".format(len(problems), "\n- ".join(problems)))


def _open(con: Any, name: str, table: Path | pa.Table) -> None:
    if not isinstance(table, Path):
        con.register(name, table)
        return
    if not table.is_file():
        raise ContentError(f"找不到{_WORDS[name]} {table}。请检查路径。")
    try:
        con.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({text(str(table))})")
        con.execute(f"SELECT count(*) FROM {name}").fetchall()
    except Exception as error:  # the engine's own errors have no common base that can be named without importing it
        raise ContentError(
            f"{_WORDS[name]} {table} 不是完整的 parquet 文件（可能传输中断或被截断）。请重新导出。"
        ) from error


def _kinds(name: str, columns: dict[str, str], rules: RuleSet) -> Iterator[tuple[str, FactKind]]:
    """The columns of a table that the rules know, each with its fact."""
    if name == "given_units":
        yield from ((column, rules.words.facts[column]) for column in columns if column in rules.words.facts)
    else:
        known = {key.removeprefix("event."): kind for key, kind in rules.words.attributes.items()}
        yield from ((column, known[column]) for column in columns if column in known)


def _columns(name: str, columns: dict[str, str], rules: RuleSet) -> Iterator[str]:
    word = _WORDS[name]
    if unit_id_column(columns) not in columns:
        yield f"{word}没有单位编号列（unit_id 或 enterprise_id）。请补上。"
    for column in _NEEDED[name]:
        if column not in columns:
            yield f"{word}没有 {column} 列。请补上。"
    for column, kind in _kinds(name, columns, rules):
        if not _fits(kind, columns[column]):
            yield f"{word}的 {column} 列是 {columns[column]}，应为{TYPE_WORDS[kind.type]}列。请转换后再用。"


def _fits(kind: FactKind, found: str) -> bool:
    if found == '"NULL"' or found == "NULL":
        return True
    match kind.type:
        case "money" | "integer":
            return found in _INTEGERS or (found.startswith("DECIMAL") and found.endswith(",0)"))
        case "number":
            return found in _INTEGERS or found.startswith("DECIMAL") or found in ("FLOAT", "DOUBLE")
        case "date":
            return found == "DATE"
        case "boolean":
            return found == "BOOLEAN"
        case "codes":
            return found.endswith("[]")
        case "code":
            return found == "VARCHAR" or found.startswith("ENUM") or found in _INTEGERS
    return found == "VARCHAR" or found.startswith("ENUM")


def _contents(con: Any, name: str, columns: dict[str, str], rules: RuleSet) -> Iterator[str]:
    word, unit = _WORDS[name], quoted(unit_id_column(columns))
    yield from _found(con, name, unit, f"{unit} IS NULL", f"{word}有单位编号为空的行")
    if name == "given_units":
        yield from _doubled(con, unit)
        if "kind" in columns:
            kinds = ", ".join(map(text, UNIT_KINDS))
            fault = f"kind NOT IN ({kinds})"
            yield from _found(con, name, unit, fault, f"{word}的 kind 不在 {'、'.join(UNIT_KINDS)} 之列", "kind")
    else:
        yield from _found(con, name, unit, "kind IS NULL", f"{word}有 kind 为空的行")
        if "rank" in columns:
            yield from _found(con, name, unit, "rank < 1", f"{word}的 rank 应为 1 或以上", "rank")
    for column, kind in _kinds(name, columns, rules):
        yield from _range(con, name, unit, column, kind)


def _range(con: Any, name: str, unit: str, column: str, kind: FactKind) -> Iterator[str]:
    word, value = _WORDS[name], quoted(column)
    if kind.type == "money":
        yield from _found(con, name, unit, f"{value} < 0", f"{word}的 {column} 列有负的金额", value)
    if kind.type in ("money", "integer", "number"):
        fault = f"abs(CAST({value} AS {'HUGEINT' if kind.type != 'number' else 'DOUBLE'})) > {LARGEST // kind.scale}"
        yield from _found(con, name, unit, fault, f"{word}的 {column} 列超出可计算的范围", value)
    if kind.type == "date":
        fault = f"{value} < DATE '{FIRST_DAY}' OR {value} > DATE '{LAST_DAY}'"
        yield from _found(con, name, unit, fault, f"{word}的 {column} 列有不可能的日期", value)


def _found(con: Any, name: str, unit: str, fault: str, message: str, value: str = "NULL") -> Iterator[str]:
    rows = con.execute(f"SELECT {unit}, {value} FROM {name} WHERE {fault} LIMIT {SHOWN}").fetchall()
    if rows:
        (count,) = con.execute(f"SELECT count(*) FROM {name} WHERE {fault}").fetchone()
        shown = "、".join(str(row[0]) if row[1] is None else f"{row[0]}（{row[1]}）" for row in rows)
        yield f"{message}：共 {count} 行，如 {shown}。请改正。"


def _doubled(con: Any, unit: str) -> Iterator[str]:
    rows = con.execute(
        f"SELECT {unit}, count(*) FROM given_units GROUP BY {unit} HAVING count(*) > 1 ORDER BY 1 LIMIT {SHOWN}"
    ).fetchall()
    if rows:
        shown = "、".join(f"{row[0]}（{row[1]} 行）" for row in rows)
        yield f"单位表有重复的单位：如 {shown}。每个单位只能有一行，请合并。"


def _units_exist(con: Any, columns: dict[str, dict[str, str]]) -> Iterator[str]:
    unit, event_unit = (quoted(unit_id_column(columns[name])) for name in ("given_units", "given_events"))
    known = f"(SELECT CAST({unit} AS VARCHAR) FROM given_units WHERE {unit} IS NOT NULL)"
    fault = f"CAST({event_unit} AS VARCHAR) NOT IN {known}"
    yield from _found(con, "given_events", event_unit, fault, "事项表的单位不在单位表中")
    if "legal_person" in columns["given_units"]:
        fault = f"legal_person IS NOT NULL AND CAST(legal_person AS VARCHAR) NOT IN {known}"
        yield from _found(con, "given_units", unit, fault, "单位表的 legal_person 不在单位表中", "legal_person")
        chained = f"(SELECT CAST({unit} AS VARCHAR) FROM given_units WHERE legal_person IS NOT NULL)"
        fault = f"CAST(legal_person AS VARCHAR) IN {chained}"
        yield from _found(con, "given_units", unit, fault, "单位表的 legal_person 自身又是分支机构", "legal_person")
