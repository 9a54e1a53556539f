"""The population on a Spark cluster, for registries that live on one: parquet in and out, the same query.

The only module that imports pyspark. ``LUODI_SPARK_MASTER`` names the master (``local[2]`` without it). Spark's own
integer division of decimals gives 64 bits, so wider numbers are divided by what is left after the remainder; ANSI
mode makes an overflow an error instead of a null.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.entitlement.engines.base import ColumnType, Engine, Kept, Progress, TypeWord, Unreadable, damaged
from luodi.entitlement.engines.dialect import Dialect
from luodi.errors import ContentError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

MASTER = "LUODI_SPARK_MASTER"
LOCK = "requirements-spark.lock"
_WORDS: dict[str, TypeWord] = {
    **dict.fromkeys(("tinyint", "smallint", "int", "bigint"), "integer"),
    **dict.fromkeys(("float", "double"), "float"),
    **{"date": "date", "boolean": "boolean", "string": "text", "array<string>": "texts", "void": "nothing"},
}


class SparkDialect(Dialect):
    """Spark's SQL."""

    name = "spark"
    wide = "DECIMAL(38, 0)"
    text_type = "STRING"
    texts = "ARRAY<STRING>"

    def quoted(self, name: str) -> str:
        """A column name."""
        return "`" + name.replace("`", "``") + "`"

    def text(self, value: str) -> str:
        """A text constant; the backslash escapes."""
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def list_of(self, values: Iterable[str]) -> str:
        """A list of texts."""
        return f"array({', '.join(map(self.text, values))})"

    def overlap(self, column: str, values: tuple[str, ...]) -> str:
        """Whether a list column holds any of some texts."""
        return f"arrays_overlap({column}, {self.list_of(values)})"

    def beyond(self, column: str, values: tuple[str, ...]) -> str:
        """Whether a list column holds anything but some texts."""
        return f"size(array_except({column}, {self.list_of(values)})) > 0"

    def divided(self, left: str, right: str, *, wide: bool) -> str:
        """Integer division; of wide numbers exactly, without their remainder."""
        exact = self.cast(f"(({left} - {left} % {right}) / {right})", self.wide)
        return exact if wide else f"({left} div {right})"

    def turned(self, source: str, columns: Mapping[str, Sequence[str]]) -> str:
        """Columns to rows."""
        rows = list(zip(*columns.values(), strict=True))
        cells = ", ".join(cell for row in rows for cell in row)
        return f"SELECT unit_id, stack({len(rows)}, {cells}) AS ({', '.join(columns)}) FROM {source}"


class SparkEngine(Engine):
    """One session; tables in memory go through files of ``folder``."""

    dialect = SparkDialect()

    def __init__(self, session: Any, folder: str) -> None:
        self.session, self.folder = session, Path(folder)
        self.files: dict[str, str] = {}

    def load(self, name: str, table: Path | str | pa.Table | Kept) -> None:
        """A view over parquet: a file, a folder, or any address that the cluster reads."""
        if isinstance(table, Kept):
            self.session.table(table.name).createOrReplaceTempView(name)
            return
        try:
            address = self._address(name, table)
            self.session.read.parquet(address).createOrReplaceTempView(name)
        except Exception as error:  # Spark's own errors cannot be named without importing it
            raise Unreadable(str(table)) from error
        if isinstance(table, Path | str):
            self.files[str(table)] = address

    def damaged(self) -> list[str]:
        """The files that cannot be read to their end: what is amiss inside shows only where a query comes to it."""
        from py4j.protocol import Py4JJavaError  # noqa: PLC0415 - as in :func:`session`
        from pyspark.errors import PySparkException  # noqa: PLC0415

        found = []
        for file, address in self.files.items():
            try:
                self.session.read.parquet(address).selectExpr("bit_xor(xxhash64(*))").collect()
            except (PySparkException, Py4JJavaError):
                found.append(file)
        return found

    def _address(self, name: str, table: Path | str | pa.Table) -> str:
        if isinstance(table, str):
            return table
        if isinstance(table, Path):
            return table.resolve().as_uri()
        import pyarrow.parquet as pq  # noqa: PLC0415 - heavy; only a table in memory needs it

        path = self.folder / f"{name}-{len(list(self.folder.iterdir()))}.parquet"
        pq.write_table(table, path)
        return path.as_uri()

    def keep(self, name: str, source: Path | str) -> Kept:
        """Rows held by the executors."""
        read = self.session.read.parquet(source.resolve().as_uri()) if isinstance(source, Path) else None
        frame = self.session.sql(source) if read is None else read
        self.session.catalog.dropTempView(name)
        frame.cache().count()
        frame.createOrReplaceTempView(name)
        return Kept(name)

    def columns(self, name: str) -> dict[str, ColumnType]:
        """The columns of a view."""
        fields = self.session.table(name).schema.fields
        kinds = {field.name: field.dataType.simpleString() for field in fields}
        return {column: ColumnType(_word(kind), kind.upper()) for column, kind in kinds.items()}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return [tuple(row) for row in self.session.sql(query).collect()]

    def fetch(self, query: str) -> pa.Table:
        """The rows of a query as a table."""
        return self.session.sql(query).toArrow()

    def write(self, query: str, out: Path | str, progress: Progress | None = None) -> int:
        """Write the rows: to one local file, or as Spark's folder of files to an address of the cluster."""
        if isinstance(out, str):
            self.session.sql(query).write.mode("errorifexists").parquet(out)
            return int(self.session.read.parquet(out).count())
        folder = out.with_name(f"{out.name}.d")
        try:
            self.session.sql(query).coalesce(1).write.mode("overwrite").parquet(folder.resolve().as_uri())
            (part,) = folder.glob("part-*.parquet")
            rows = int(self.session.read.parquet(part.resolve().as_uri()).count())
            part.replace(out)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if progress:
            progress(1.0)
        return rows


def _word(kind: str) -> TypeWord:
    if kind.startswith("decimal"):
        return "integer" if kind.endswith(",0)") else "decimal"
    return _WORDS.get(kind, "other")


def session() -> Any:
    """The session on the master that ``LUODI_SPARK_MASTER`` names.

    Raises:
        UsageError: no pyspark, no Java, or no master; the message says what to do.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - a part of its own, only this engine needs it
    except ImportError as error:
        how = f".venv/bin/python -m pip install --require-hashes --no-deps -r {LOCK}"
        raise UsageError(
            f"--engine spark 需要 pyspark，这里没有安装。请运行 {how}，或改用 --engine duckdb。"
        ) from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise UsageError(
            "--engine spark 需要 Java 17，这里没有找到。请安装 openjdk-17-jre-headless 或设 JAVA_HOME，或改用 --engine duckdb。"
        )
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    master = os.environ.get(MASTER) or "local[2]"
    if master.startswith("local"):
        settings["spark.sql.shuffle.partitions"] = "4"
    builder = SparkSession.builder.master(master).appName("luodi entitle")
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:  # Spark's own errors cannot be named without importing it
        said = str(error).splitlines()[0]
        raise UsageError(f"Spark 没有启动：{said}。请检查 {MASTER} 所指的主节点和 Java 17。") from error


@contextmanager
def on(given: Any, folder: str) -> Iterator[SparkEngine]:
    """An engine on a session that stays open.

    Raises:
        ContentError: a damaged file, a sum beyond 64 bits, or another fault of the data.
    """
    from py4j.protocol import Py4JJavaError  # noqa: PLC0415 - as in :func:`session`
    from pyspark.errors import PySparkException  # noqa: PLC0415

    engine = SparkEngine(given, folder)
    try:
        yield engine
    except (PySparkException, Py4JJavaError) as error:
        if files := engine.damaged():
            raise damaged(*files) from error
        said = str(error).splitlines()[0]
        if "OVERFLOW" in said or "OUT_OF_RANGE" in said:
            raise ContentError("合计超出 64 位整数分的范围。请核对金额的单位和限额。") from error
        raise ContentError(f"计算没有完成：{said}。请核对输入的表。") from error


@contextmanager
def opened(folder: str) -> Iterator[SparkEngine]:
    """An engine on a session of its own."""
    own = session()
    try:
        with on(own, folder) as engine:
            yield engine
    finally:
        own.stop()
