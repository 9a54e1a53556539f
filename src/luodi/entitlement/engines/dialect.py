"""SQL text shared by the engines; each overrides only what its database truly writes otherwise.

Numbers are 64-bit wherever the ranges prove that nothing can leave them, and exact wider ones where not; no engine
ever sees a floating-point sum. Integer division drops the remainder towards zero in all of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from luodi.entitlement.query.node import (
    Arithmetic,
    Bound,
    Choice,
    Column,
    Comparison,
    Constant,
    Every,
    FirstKnown,
    Is,
    Negation,
    Node,
    OneOf,
    Some,
)
from luodi.entitlement.query.ranges import Ranges, range_of
from luodi.entitlement.vocabulary import Value

_OPS = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class Dialect:
    """How one database writes the query; the methods named in capitals of SQL's own words are the standard's."""

    name = "sql"
    whole = "BIGINT"
    wide = "NUMERIC"
    text_type = "VARCHAR"
    number = "DECIMAL(38, 10)"
    texts = "VARCHAR[]"

    def type_of(self, kind: str) -> str:
        """The column type of a fact's type."""
        named = {"money": self.whole, "integer": self.whole, "number": self.number, "date": "DATE"}
        return named.get(kind) or {"boolean": "BOOLEAN", "codes": self.texts}.get(kind, self.text_type)

    def quoted(self, name: str) -> str:
        """A column name."""
        return '"' + name.replace('"', '""') + '"'

    def text(self, value: str) -> str:
        """A text constant."""
        return "'" + value.replace("'", "''") + "'"

    def literal(self, value: Value | None) -> str:
        """A constant."""
        match value:
            case None:
                return "NULL"
            case bool():
                return str(value).upper()
            case int():
                return str(value)
            case Decimal():
                return f"CAST({self.text(f'{value:f}')} AS {self.number})"
            case dt.date():
                return f"DATE '{value.isoformat()}'"
            case str():
                return self.text(value)
            case tuple():
                return self.list_of(value)

    def list_of(self, values: Iterable[str]) -> str:
        """A list of texts."""
        return f"[{', '.join(map(self.text, values))}]"

    def overlap(self, column: str, values: tuple[str, ...]) -> str:
        """Whether a list column holds any of some texts; null where the list is."""
        return f"list_has_any({column}, {self.list_of(values)})"

    def beyond(self, column: str, values: tuple[str, ...]) -> str:
        """Whether a list column holds anything but some texts; null where the list is."""
        return f"NOT list_has_all({self.list_of(values)}, {column})"

    def cast(self, sql: str, kind: str) -> str:
        """A value as another type."""
        return f"CAST({sql} AS {kind})"

    def digest(self, text: str) -> str | None:
        """A number of 64 bits that is the same for the same text; null where that is no cheaper than the text."""
        return None

    def divided(self, left: str, right: str, *, wide: bool) -> str:
        """Integer division towards zero."""
        return f"({left} // {right})"

    def word_type(self, words: Collection[str]) -> str:
        """The type of a column that holds these words and is only written to a file."""
        return self.text_type

    def ordered(self, text_column: str) -> str:
        """A text column in the order of its code points."""
        return text_column

    def step(self, name: str, body: str) -> str:
        """One named step of the query; its columns are computed once, however often they are read."""
        return f"{name} AS (\n{body}\n)"

    def turned(self, source: str, columns: Mapping[str, Sequence[str]]) -> str:
        """Each unit's row as several: the first of every list of values under its name, then the second, and so on."""
        lists = ", ".join(f"unnest([{', '.join(values)}]) AS {name}" for name, values in columns.items())
        return f"SELECT unit_id, {lists} FROM {source}"

    def summed(self, sql: str, *, narrow: bool) -> str:
        """A sum; ``narrow``: it is known to fit 64 bits."""
        return self.cast(f"sum({sql})", self.whole) if narrow else f"sum({self.cast(sql, self.wide)})"

    def printed(self, node: Node, ranges: Ranges) -> str:
        """A node as SQL."""
        match node:
            case Column(name):
                return self.quoted(name)
            case Constant(value):
                return self.literal(value)
            case Comparison(op, left, right):
                return f"({self.printed(left, ranges)} {_OPS[op]} {self.printed(right, ranges)})"
            case Every(parts):
                return self._joined(" AND ", parts, ranges) or "TRUE"
            case Some(parts):
                return self._joined(" OR ", parts, ranges) or "FALSE"
            case Negation(part):
                return f"(NOT {self.printed(part, ranges)})"
            case Is(part, verdict):
                return f"({self.printed(part, ranges)} IS {'NULL' if verdict is None else str(verdict).upper()})"
            case OneOf(part, values, many):
                column = self.printed(part, ranges)
                return (
                    self.overlap(column, tuple(map(str, values)))
                    if many
                    else f"({column} IN ({', '.join(map(self.literal, values))}))"
                )
            case Choice(cases, otherwise):
                branches = " ".join(
                    f"WHEN {self.printed(test, ranges)} THEN {self.printed(value, ranges)}" for test, value in cases
                )
                possible = [value for _, value in cases] + [otherwise]
                return self._back(
                    node, possible, f"(CASE {branches} ELSE {self.printed(otherwise, ranges)} END)", ranges
                )
            case FirstKnown(parts):
                return f"coalesce({', '.join(self.printed(part, ranges) for part in parts)})"
            case Bound(which, left, right):
                bound = f"{which}({self.printed(left, ranges)}, {self.printed(right, ranges)})"
                return self._back(node, (left, right), bound, ranges)
            case Arithmetic():
                return self._calculated(node, ranges)

    def _joined(self, word: str, parts: Sequence[Node], ranges: Ranges) -> str:
        return f"({word.join(self.printed(part, ranges) for part in parts)})" if parts else ""

    def _calculated(self, node: Arithmetic, ranges: Ranges) -> str:
        sides = (node.left, node.right)
        wide = not all(range_of(each, ranges).narrow for each in (node, *sides))
        left, right = (self._widened(each, ranges) if wide else self.printed(each, ranges) for each in sides)
        divided = node.op == "//"
        result = self.divided(left, right, wide=wide) if divided else f"({left} {node.op} {right})"
        return self.cast(result, self.whole) if wide and range_of(node, ranges).narrow else result

    def _widened(self, node: Node, ranges: Ranges) -> str:
        printed = self.printed(node, ranges)
        return self.cast(printed, self.wide) if range_of(node, ranges).narrow else printed

    def _back(self, node: Node, parts: Sequence[Node], printed: str, ranges: Ranges) -> str:
        """A choice of wider numbers that fits 64 bits again, as such."""
        if all(range_of(part, ranges).narrow for part in parts) or not range_of(node, ranges).narrow:
            return printed
        return self.cast(printed, self.whole)

    def values(self, rows: Sequence[Sequence[str]], columns: Sequence[tuple[str, str]]) -> str:
        """A table of constants; ``columns`` are names and types."""
        typed = ", ".join(f"CAST({self.quoted(name)} AS {kind}) AS {self.quoted(name)}" for name, kind in columns)
        if not rows:
            nothing = ", ".join(f"CAST(NULL AS {kind}) AS {self.quoted(name)}" for name, kind in columns)
            return f"SELECT {nothing} WHERE FALSE"
        listed = ", ".join(f"({', '.join(row)})" for row in rows)
        names = ", ".join(self.quoted(name) for name, _ in columns)
        return f"SELECT {typed} FROM (VALUES {listed}) AS listed({names})"
