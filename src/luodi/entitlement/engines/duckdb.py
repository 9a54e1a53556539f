"""The population on DuckDB, embedded: the engine that needs nothing else.

Numbers beyond 64 bits are HUGEINT (128 bits). DuckDB writes HUGEINT to parquet as DOUBLE, so every sum is cast to
BIGINT, which DuckDB checks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.entitlement.engines.base import ColumnType, Engine, Kept, Progress, TypeWord, Unreadable, damaged
from luodi.entitlement.engines.dialect import Dialect
from luodi.errors import ContentError

if TYPE_CHECKING:
    import pyarrow as pa

_WORDS: dict[str, TypeWord] = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), "integer"),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"), "integer"),
    **dict.fromkeys(("FLOAT", "DOUBLE"), "float"),
    **{"DATE": "date", "BOOLEAN": "boolean", "VARCHAR": "text", '"NULL"': "nothing", "NULL": "nothing"},
}


LITTLE, MUCH = "300MB", "2GB"
"""Memory that a query may use at first, and where it does not do with that; the rest goes to disk."""


class DuckDialect(Dialect):
    """DuckDB's SQL."""

    name = "duckdb"
    wide = "HUGEINT"

    def digest(self, text: str) -> str:
        """DuckDB's own hash."""
        return f"hash({text})"

    def word_type(self, words: Collection[str]) -> str:
        """In a file an enumeration is text like any other, and writing it costs next to nothing."""
        listed = ", ".join(map(self.text, dict.fromkeys(words)))
        return f"ENUM({listed})" if listed else self.text_type

    def values(self, rows: Sequence[Sequence[str]], columns: Sequence[tuple[str, str]]) -> str:
        """Lists side by side, whole numbers as one text: planning takes 5 µs for each constant."""
        if not rows:
            return super().values(rows, columns)
        listed = []
        for (name, kind), cells in zip(columns, zip(*rows, strict=True), strict=True):
            held = f"[{', '.join(cells)}]"
            held = self.cast(self.text(held) if kind == self.whole else held, f"{kind}[]")
            listed.append(f"unnest({held}) AS {self.quoted(name)}")
        return f"SELECT {', '.join(listed)}"


class DuckEngine(Engine):
    """A connection of its own; memory is bounded and what does not fit goes to ``folder``."""

    dialect = DuckDialect()

    def __init__(self, con: Any) -> None:
        self.con = con
        self.files: list[str] = []
        self._allow(LITTLE)

    def _allow(self, memory: str) -> None:
        self.con.execute(f"SET memory_limit = '{memory}'")

    def _run(self, query: str) -> Any:
        """Run a query in little memory, and where that does not do, in more."""
        import duckdb  # noqa: PLC0415 - heavy; only a population needs it

        try:
            return self.con.execute(query)
        except duckdb.OutOfMemoryException:
            self._allow(MUCH)
            return self.con.execute(query)

    def load(self, name: str, table: Path | str | pa.Table | Kept) -> None:
        """A view over the file or the table in memory."""
        if isinstance(table, Kept):
            self.con.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM {table.name}")
            return
        if not isinstance(table, Path | str):
            self.con.register(name, table)
            return
        self.files.append(str(table))
        try:
            self.con.execute(
                f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({self.dialect.text(str(table))})"
            )
        except Exception as error:  # the engine's own errors have no common base that can be named without importing it
            raise Unreadable(str(table)) from error

    def keep(self, name: str, source: Path | str) -> Kept:
        """A table in memory."""
        query = source
        if isinstance(source, Path):
            self._allow(MUCH)  # a whole table in memory leaves little room
            query = f"SELECT * FROM read_parquet({self.dialect.text(str(source))})"
        self._run(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")
        return Kept(name)

    def damaged(self) -> list[str]:
        """The files that cannot be read to their end: what is amiss inside shows only where a query comes to it."""
        import duckdb  # noqa: PLC0415 - heavy; only a population needs it

        found = []
        for file in self.files:
            try:
                self._run(f"SELECT bit_xor(hash(t)) FROM read_parquet({self.dialect.text(file)}) t")
            except duckdb.Error:
                found.append(file)
        return found

    def columns(self, name: str) -> dict[str, ColumnType]:
        """The columns of a view."""
        found = self.con.execute(f"DESCRIBE {name}").fetchall()
        return {column: ColumnType(_word(kind), kind) for column, kind, *_ in found}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self._run(query).fetchall()  # type: ignore[no-any-return]

    def different(self, query: str) -> int:
        """On one thread: for a million rows a second one costs half as much CPU again and saves no time."""
        self.con.execute("SET threads = 1")
        try:
            return super().different(query)
        finally:
            self.con.execute("RESET threads")

    def fetch(self, query: str) -> pa.Table:
        """The rows of a query as a table, which is held whole anyway."""
        self._allow(MUCH)
        return self.con.sql(query).to_arrow_table()

    def write(self, query: str, out: Path | str, progress: Progress | None = None) -> int:
        """Copy the rows of a query to a file; with ``progress``, look at the state ten times a second."""
        copy = f"COPY ({query}) TO {self.dialect.text(str(out))} (FORMAT parquet)"
        if progress is None:
            return int(self._run(copy).fetchone()[0])
        from concurrent.futures import ThreadPoolExecutor, wait  # noqa: PLC0415 - only for whoever watches

        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(lambda: int(self._run(copy).fetchone()[0]))
            while wait([running], timeout=0.1).not_done:
                progress(max(0.0, self.con.query_progress() / 100))
            progress(1.0)
            return running.result()


def _word(kind: str) -> TypeWord:
    if kind in _WORDS:
        return _WORDS[kind]
    if kind.startswith("DECIMAL"):
        return "integer" if kind.endswith(",0)") else "decimal"
    return "texts" if kind.endswith("[]") else "text" if kind.startswith("ENUM") else "other"


@contextmanager
def opened(folder: str) -> Iterator[DuckEngine]:
    """A connection of its own.

    Raises:
        ContentError: a damaged file, a sum beyond 64 bits, a full disk, a table that cannot be computed with.
    """
    import duckdb  # noqa: PLC0415 - heavy; only a population needs it

    with duckdb.connect() as con:
        engine = DuckEngine(con)
        con.execute(f"SET temp_directory = {engine.dialect.text(folder)}")
        con.execute("SET preserve_insertion_order = false")
        try:
            yield engine
        except duckdb.Error as error:
            if files := engine.damaged():
                raise damaged(*files) from error
            if isinstance(error, duckdb.DataError | duckdb.OperationalError):
                raise ContentError(_worded(str(error))) from error
            raise


def _worded(message: str) -> str:
    if "out of range" in message or "Overflow" in message or "overflow" in message:
        return "合计超出 64 位整数分的范围。请核对金额的单位和限额。"
    if "No space" in message or "could not write" in message.lower():
        return f"磁盘写不下计算结果或中间结果：{message.splitlines()[0]}。请清理空间后再试。"
    return f"计算没有完成：{message.splitlines()[0]}。请核对输入的表。"
