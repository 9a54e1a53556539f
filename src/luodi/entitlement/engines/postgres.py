"""The population on PostgreSQL: on a connection that is given, so that the service needs no second database.

Tables go into temporary tables by COPY, batch by batch; all of it happens inside one transaction that is undone
afterwards. PostgreSQL puts a step's text wherever it is read, so steps are MATERIALIZED: each is computed once.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.entitlement.engines.base import ColumnType, Engine, Kept, Progress, TypeWord, Unreadable, damaged
from luodi.entitlement.engines.dialect import Dialect
from luodi.errors import ContentError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 50_000
LONGEST = 63
"""Bytes of the longest name; longer ones would be cut and could meet."""


class PostgresDialect(Dialect):
    """PostgreSQL's SQL."""

    name = "postgres"
    text_type = "TEXT"
    number = "NUMERIC(38, 10)"
    texts = "TEXT[]"

    def quoted(self, name: str) -> str:
        """A column name; a long one is shortened to what tells it apart."""
        if len(name.encode()) > LONGEST:
            name = f"{name[:12]}_{hashlib.sha256(name.encode()).hexdigest()[:16]}"
        return super().quoted(name)

    def list_of(self, values: Iterable[str]) -> str:
        """A list of texts."""
        return f"CAST(ARRAY[{', '.join(map(self.text, values))}] AS TEXT[])"

    def overlap(self, column: str, values: tuple[str, ...]) -> str:
        """Whether a list column holds any of some texts."""
        return f"({column} && {self.list_of(values)})"

    def beyond(self, column: str, values: tuple[str, ...]) -> str:
        """Whether a list column holds anything but some texts."""
        return f"NOT ({column} <@ {self.list_of(values)})"

    def divided(self, left: str, right: str, *, wide: bool) -> str:
        """NUMERIC divides with a remainder unless told otherwise."""
        return f"div({left}, {right})" if wide else f"({left} / {right})"

    def ordered(self, text_column: str) -> str:
        """The database's own order may be that of a language."""
        return f'{text_column} COLLATE "C"'

    def step(self, name: str, body: str) -> str:
        """A step that is computed once."""
        return f"{name} AS MATERIALIZED (\n{body}\n)"

    def turned(self, source: str, columns: Mapping[str, Sequence[str]]) -> str:
        """Columns to rows, by a table of constants beside each row."""
        rows = ", ".join(f"({', '.join(row)})" for row in zip(*columns.values(), strict=True))
        names = ", ".join(columns)
        return f"SELECT s.unit_id, v.* FROM {source} s CROSS JOIN LATERAL (VALUES {rows}) AS v({names})"


class PostgresEngine(Engine):
    """One connection, inside a transaction."""

    dialect = PostgresDialect()

    def __init__(self, con: Any) -> None:
        self.con = con
        self.types: dict[str, dict[str, ColumnType]] = {}

    def load(self, name: str, table: Path | str | pa.Table | Kept) -> None:
        """Copy a table into a temporary one."""
        if isinstance(table, Kept):
            self.con.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM {table.name}")
            self.types[name] = self.types[table.name]
            return
        schema, batches = _batches(table)
        self.types[name] = {field.name: ColumnType(_word(field.type), str(field.type).upper()) for field in schema}
        columns = ", ".join(f"{self.dialect.quoted(field.name)} {_column(field.type)}" for field in schema)
        self.con.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
        self.con.execute(f"CREATE TEMP TABLE {name} ({columns})")
        with self.con.cursor().copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:
            for batch in batches:
                copy.write(_csv(batch))
        self.con.execute(f"ANALYZE {name}")

    def keep(self, name: str, source: Path | str) -> Kept:
        """A temporary table."""
        if isinstance(source, Path):
            self.load(name, source)
        else:
            self.con.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")
            self.con.execute(f"CREATE TEMP TABLE {name} AS {source}")
        return Kept(name)

    def columns(self, name: str) -> dict[str, ColumnType]:
        """The columns of a table, as they were given."""
        return self.types[name]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.con.execute(query).fetchall()  # type: ignore[no-any-return]

    def fetch(self, query: str) -> pa.Table:
        """The rows of a query as a table."""
        cursor = self.con.execute(query)
        return _table(cursor.description, cursor.fetchall())

    def write(self, query: str, out: Path | str, progress: Progress | None = None) -> int:
        """Write the rows of a query, a batch at a time."""
        import pyarrow.parquet as pq  # noqa: PLC0415 - heavy; only a population needs it

        written: int = 0
        with self.con.cursor(name="found") as cursor:
            cursor.execute(query)
            first = _table(cursor.description, cursor.fetchmany(BATCH))
            with pq.ParquetWriter(out, first.schema) as writer:
                while True:
                    writer.write_table(first)
                    written += int(first.num_rows)
                    first = _table(cursor.description, cursor.fetchmany(BATCH))
                    if not first.num_rows:
                        break
        if progress:
            progress(1.0)
        return written


def _batches(table: Path | str | pa.Table) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    import pyarrow as pa  # noqa: PLC0415 - heavy; only a population needs it
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    if isinstance(table, pa.Table):
        return table.schema, iter(table.to_batches(max_chunksize=BATCH))
    try:
        file = pq.ParquetFile(table)
    except (pa.ArrowInvalid, OSError) as error:
        raise Unreadable(str(table)) from error
    return file.schema_arrow, _read(file, str(table))


def _read(file: Any, name: str) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa  # noqa: PLC0415 - heavy; only a population needs it

    try:
        yield from file.iter_batches(BATCH)
    except (pa.ArrowInvalid, OSError) as error:
        raise damaged(name) from error


def _word(kind: pa.DataType) -> TypeWord:
    import pyarrow as pa  # noqa: PLC0415 - heavy; only a population needs it

    if pa.types.is_dictionary(kind):
        return _word(kind.value_type)
    if pa.types.is_decimal(kind):
        return "integer" if kind.scale == 0 else "decimal"
    asked: tuple[tuple[Any, TypeWord], ...] = (
        (pa.types.is_integer, "integer"),
        (pa.types.is_floating, "float"),
        (pa.types.is_date, "date"),
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_string, "text"),
        (pa.types.is_large_string, "text"),
        (pa.types.is_null, "nothing"),
        (pa.types.is_list, "texts"),
    )
    return next((word for is_so, word in asked if is_so(kind)), "other")


def _column(kind: pa.DataType) -> str:
    words = {"float": "DOUBLE PRECISION", "date": "DATE", "boolean": "BOOLEAN", "decimal": "NUMERIC", "texts": "TEXT[]"}
    word = _word(kind)
    if word == "integer":
        return "BIGINT" if str(kind) in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32") else "NUMERIC"
    return words.get(word, "TEXT")


def _csv(batch: pa.RecordBatch) -> bytes:
    """A batch as CSV: unknown is an empty field, a text is quoted, a list is PostgreSQL's own form of one."""
    import pyarrow as pa  # noqa: PLC0415 - heavy; only a population needs it
    from pyarrow import csv  # noqa: PLC0415 - as above

    columns = []
    for column in batch.columns:
        if pa.types.is_list(column.type):
            column = pa.array([None if each is None else _array(each) for each in column.to_pylist()], pa.string())
        elif pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        columns.append(column if _word(column.type) != "other" else column.cast(pa.string()))
    out = io.BytesIO()
    csv.write_csv(
        pa.RecordBatch.from_arrays(columns, names=batch.schema.names), out, csv.WriteOptions(include_header=False)
    )
    return out.getvalue()


def _array(values: Sequence[str | None]) -> str:
    def quoted(value: str | None) -> str:
        return "NULL" if value is None else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

    return "{" + ",".join(map(quoted, values)) + "}"


def _table(description: Any, rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415 - heavy; only a population needs it

    whole = {20, 21, 23}
    schema = pa.schema([(each.name, pa.int64() if each.type_code in whole else pa.string()) for each in description])
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema)


@contextmanager
def on(connection: Any) -> Iterator[PostgresEngine]:
    """An engine on a connection of psycopg; whatever it makes there is undone afterwards.

    Raises:
        ContentError: a sum beyond 64 bits, or another fault of the data.
    """
    import psycopg  # noqa: PLC0415 - only this engine needs it

    try:
        with connection.transaction(force_rollback=True):
            connection.execute("SET LOCAL jit = off")
            connection.execute("SET LOCAL work_mem = '128MB'")
            yield PostgresEngine(connection)
    except psycopg.errors.NumericValueOutOfRange as error:
        raise ContentError("合计超出 64 位整数分的范围。请核对金额的单位和限额。") from error
    except (psycopg.DataError, psycopg.OperationalError) as error:
        raise ContentError(f"计算没有完成：{str(error).splitlines()[0]}。请核对输入的表。") from error


@contextmanager
def opened(folder: str) -> Iterator[PostgresEngine]:
    """An engine on the database that ``DATABASE_URL`` names.

    Raises:
        UsageError: no address, or nobody answers there.
    """
    import psycopg  # noqa: PLC0415 - only this engine needs it

    address = os.environ.get("DATABASE_URL")
    if not address:
        raise UsageError("--engine postgres 要用数据库：请在环境变量 DATABASE_URL 中给出地址，或改用 --engine duckdb。")
    try:
        connection = psycopg.connect(address, autocommit=True)
    except psycopg.OperationalError as error:
        raise UsageError(
            f"连不上 DATABASE_URL 所指的数据库：{str(error).splitlines()[0]}。请检查地址和权限。"
        ) from error
    with connection, on(connection) as engine:
        yield engine
