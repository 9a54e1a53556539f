"""The whole population in one pass: who is owed what, by the same rules as ``explain``, on DuckDB.

``evaluate`` answers in memory for the service; ``entitle`` writes parquet for the command line, whole or not at all.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.entitlement.engines.duckdb import quoted, settings, statement, text, unit_id_column
from luodi.entitlement.loading import load_rules
from luodi.entitlement.rule import RuleSet
from luodi.entitlement.tables import open_tables
from luodi.errors import ContentError, UsageError
from luodi.policy.pack import Pack

if TYPE_CHECKING:
    import pyarrow as pa

Given = Pack | Mapping[str, Any] | RuleSet
Progress = Callable[[float], None]
ENGINES = ("duckdb",)


def evaluate(
    pack: Given, units: Path | pa.Table, events: Path | pa.Table, as_of: dt.date, *, only_due: bool = False
) -> pa.Table:
    """Every rule for every unit that has something it looks at.

    Columns: ``unit_id, rule, item, article, group, verdict, sure_fen, upto_fen`` (money int64 fen), by unit, in rule
    order. Rules decided case by case do not appear. The events of a branch stand under its legal person.

    Args:
        pack: the pack, its JSON, or rules already loaded.
        units: ``unit_id, kind, legal_person`` and a column for each fact; a table or a parquet file.
        events: ``unit_id, kind, grade, date`` and optional columns; a table or a parquet file.
        as_of: the day of the calculation.
        only_due: leave out what is neither due nor possible.

    Raises:
        ContentError: the rules or the tables are wrong; the message names every fault.
    """
    rules = load_rules(pack)
    with _opened(rules, units, events, Path(tempfile.gettempdir())) as con:
        con.execute(f"CREATE TEMP TABLE found AS {_statement(con, rules, as_of, only_due=only_due)}")
        kept = "WHERE f.grp <> 'not'" if only_due else ""
        return con.sql(
            f"""SELECT f.unit_id, r.id AS rule, r.item, r.article, f.grp AS "group", f.verdict, f.sure_fen, f.upto_fen
            FROM found f JOIN {_rule_names(rules)} ON r.place = f.rule {kept} ORDER BY f.unit_id, f.rule"""
        ).to_arrow_table()


def entitle(
    pack: Given,
    enterprises: Path,
    events: Path,
    out: Path,
    as_of: dt.date,
    *,
    reading: str = "strict",
    engine: str = "duckdb",
    progress: Progress | None = None,
) -> int:
    """Write ``enterprise_id, rule, amount_fen, article`` for every sum above zero; returns the number of rows.

    The file appears whole or not at all. ``reading`` is ``strict`` (the sure sum) or ``generous`` (the possible one); ``progress`` is
    called with a share between 0 and 1.

    Raises:
        ContentError: the rules or the tables are wrong, or the folder cannot be written.
        UsageError: an unknown engine or reading.
    """
    if engine not in ENGINES:
        raise UsageError(f"没有名为“{engine}”的引擎。可用：{'、'.join(ENGINES)}。")
    sums = {"strict": "sure_fen", "generous": "upto_fen"}
    if reading not in sums:
        raise UsageError(f"口径应为 strict（从严）或 generous（从宽），读到的是“{reading}”。")
    rules = load_rules(pack)
    with _draft(out) as draft, _opened(rules, enterprises, events, out.resolve().parent) as con:
        query = f"""SELECT f.unit_id AS enterprise_id, r.id AS rule, f.{sums[reading]} AS amount_fen, r.article
            FROM ({_statement(con, rules, as_of, only_due=True)}) f JOIN {_rule_names(rules)} ON r.place = f.rule
            WHERE f.{sums[reading]} > 0 ORDER BY f.unit_id, f.rule"""
        _run(con, f"COPY ({query}) TO {text(str(draft))} (FORMAT parquet)", progress)
        (rows,) = con.execute(f"SELECT count(*) FROM read_parquet({text(str(draft))})").fetchone()
        draft.replace(out)
    return int(rows)


@contextmanager
def _draft(out: Path) -> Iterator[Path]:
    """A file beside ``out`` that is gone afterwards unless it was moved into place."""
    if not out.resolve().parent.is_dir():
        raise ContentError(f"输出文件夹 {out.resolve().parent} 不存在。请先建立它。")
    draft = out.resolve().with_name(f".{out.name}.draft")
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _opened(rules: RuleSet, units: Path | pa.Table, events: Path | pa.Table, near: Path) -> Iterator[Any]:
    import duckdb  # noqa: PLC0415 - heavy; only a population needs it

    with tempfile.TemporaryDirectory(prefix=".luodi-", dir=near) as folder, duckdb.connect() as con:
        settings(con, folder)
        open_tables(con, units, events, rules)
        try:
            yield con
        except (duckdb.DataError, duckdb.OperationalError) as error:
            raise ContentError(_worded(str(error))) from error


def _worded(message: str) -> str:
    if "out of range" in message or "Overflow" in message or "overflow" in message:
        return "合计超出 64 位整数分的范围。请核对金额的单位和限额。"
    if "No space" in message or "could not write" in message.lower():
        return f"磁盘写不下计算结果或中间结果：{message.splitlines()[0]}。请清理空间后再试。"
    return f"计算没有完成：{message.splitlines()[0]}。请核对输入的表。"


def _statement(con: Any, rules: RuleSet, as_of: dt.date, *, only_due: bool) -> str:
    units, events = ({row[0] for row in con.execute(f"DESCRIBE {name}").fetchall()} for name in _VIEWS)
    return statement(rules, units, events, as_of, only_due=only_due)


_VIEWS = ("given_units", "given_events")


def _rule_names(rules: RuleSet) -> str:
    rows = [f"({at}, {text(rule.id)}, {text(rule.item)}, {text(rule.article)})" for at, rule in enumerate(rules.rules)]
    return f"(VALUES {', '.join(rows) or '(NULL, NULL, NULL, NULL)'}) AS r(place, id, item, article)"


def _run(con: Any, query: str, progress: Progress | None) -> None:
    """Run a query; with ``progress``, look at its state ten times a second."""
    if progress is None:
        con.execute(query)
        return
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(con.execute, query)
        while wait([running], timeout=0.1).not_done:
            progress(max(0.0, con.query_progress() / 100))
        running.result()
    progress(1.0)


def linked_events(events: Path | pa.Table) -> list[tuple[str, tuple[str, ...]]]:
    """Prizes that several units share (same ``prize`` number): each with its units, for one decision over all."""
    import duckdb  # noqa: PLC0415 - heavy; only a population needs it

    with duckdb.connect() as con:
        if isinstance(events, Path):
            con.execute(f"CREATE VIEW given AS SELECT * FROM read_parquet({text(str(events))})")
        else:
            con.register("given", events)
        columns = [row[0] for row in con.execute("DESCRIBE given").fetchall()]
        if "prize" not in columns:
            return []
        unit = quoted(unit_id_column(columns))
        rows = con.execute(
            f"""SELECT kind, prize, list(DISTINCT CAST({unit} AS VARCHAR) ORDER BY CAST({unit} AS VARCHAR)) AS units
            FROM given WHERE prize IS NOT NULL GROUP BY kind, prize HAVING count(DISTINCT {unit}) > 1 ORDER BY 1, 2"""
        ).fetchall()
    return [(str(prize), tuple(units)) for _, prize, units in rows]
