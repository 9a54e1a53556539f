"""The whole population in one pass: who is owed what, by the same rules as ``explain``.

``evaluate`` answers in memory for the service; ``entitle`` writes parquet for the command line, whole or not at all.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.entitlement.budget import cut
from luodi.entitlement.engines import KERNEL, open_engine, usual_engine
from luodi.entitlement.engines.base import Engine, Progress, listed_rules
from luodi.entitlement.engines.draft import Wanted
from luodi.entitlement.engines.statement import statement
from luodi.entitlement.loading import load_rules
from luodi.entitlement.query.ranges import Given as Columns
from luodi.entitlement.query.ranges import unit_id_column
from luodi.entitlement.rule import RuleSet
from luodi.entitlement.tables import open_tables
from luodi.errors import ContentError, UsageError
from luodi.policy.pack import Pack

if TYPE_CHECKING:
    import pyarrow as pa

Given = Pack | Mapping[str, Any] | RuleSet
READINGS: dict[str, Wanted] = {"strict": "strict", "generous": "generous"}


def evaluate(
    pack: Given,
    units: Path | pa.Table,
    events: Path | pa.Table,
    as_of: dt.date,
    *,
    only_due: bool = False,
    engine: AbstractContextManager[Engine] | None = None,
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
        engine: an engine to use, such as one on the service's own database; DuckDB where there is none.

    Raises:
        ContentError: the rules or the tables are wrong; the message names every fault.
    """
    rules = load_rules(pack)
    with _folder(Path(tempfile.gettempdir())) as folder, engine or open_engine("duckdb", folder) as opened:
        given = open_tables(opened, units, events, rules)
        found = statement(opened.dialect, rules, given, as_of, "verdicts")
        kept = "WHERE f.grp <> 'not'" if only_due else ""
        return opened.fetch(
            f"""SELECT f.unit_id, r.id AS rule, r.item, r.article, f.grp AS {opened.dialect.quoted("group")}, f.verdict,
            f.sure_fen, f.upto_fen FROM ({found}) f JOIN ({_listed(opened, rules)}) r ON r.place = f.rule {kept}
            ORDER BY {opened.dialect.ordered("f.unit_id")}, f.rule"""
        )


def entitled(
    pack: Given,
    units: Path | pa.Table,
    events: Path | pa.Table,
    as_of: dt.date,
    *,
    reading: str = "strict",
    engine: AbstractContextManager[Engine] | None = None,
) -> pa.Table:
    """What :func:`entitle` writes, in memory: ``enterprise_id, rule, amount_fen, article``, in no set order."""
    rules = load_rules(pack)
    with _folder(Path(tempfile.gettempdir())) as folder, engine or open_engine("duckdb", folder) as opened:
        return opened.fetch(_sums(opened, rules, open_tables(opened, units, events, rules), as_of, reading))


def entitle(
    pack: Given,
    enterprises: Path | str,
    events: Path | str,
    out: Path | str,
    as_of: dt.date,
    *,
    reading: str = "strict",
    engine: str | None = None,
    strict: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write ``enterprise_id, rule, amount_fen, article`` for every sum above zero, in no set order; returns their number.

    Budgets under which a paper orders cuts are applied (:mod:`luodi.entitlement.budget`).

    The file appears whole or not at all. Texts instead of paths are addresses of a cluster, for Spark alone.
    ``reading`` is ``strict`` (the sure sum) or ``generous`` (the possible one); ``strict`` stops at the first fault of
    the input; ``progress`` is called with a share between 0 and 1. ``engine`` is one of :data:`ENGINES` or ``kernel``
    (DuckDB takes over where the kernel cannot prove that no sum overflows); without one the size of the tables decides.

    Raises:
        ContentError: the rules or the tables are wrong, or the folder cannot be written.
        UsageError: an unknown engine or reading, an engine that is not installed.
    """
    if reading not in READINGS:
        raise UsageError(f"口径应为 strict（从严）或 generous（从宽），读到的是“{reading}”。")
    rules = load_rules(pack)
    name = engine or usual_engine(rules, enterprises)
    with _draft(out) as (draft, near), _folder(near) as folder:
        written = None
        if name == KERNEL:
            written, name = _by_kernel(rules, enterprises, events, draft, as_of, reading, progress), "duckdb"
        if written is None:
            with open_engine(name, folder) as opened:
                given = open_tables(opened, enterprises, events, rules, strict=strict)
                written = opened.write(_sums(opened, rules, given, as_of, reading, written=True), draft, progress)
        if isinstance(draft, Path):
            draft.replace(out)
    return written


def _by_kernel(
    rules: RuleSet,
    enterprises: Path | str,
    events: Path | str,
    draft: Path | str,
    as_of: dt.date,
    reading: str,
    progress: Progress | None,
) -> int | None:
    """Write by the kernel; null where it cannot promise exact sums or finds the tables unsound: DuckDB says which."""
    from luodi.entitlement.engines.kernel.file import write_sums  # noqa: PLC0415 - only when it is asked for
    from luodi.entitlement.engines.kernel.fit import Unfit  # noqa: PLC0415

    if rules.budgets():
        return None
    try:
        return write_sums(rules, Path(enterprises), Path(events), Path(draft), as_of, reading, progress)
    except Unfit:
        return None


def _sums(
    engine: Engine, rules: RuleSet, given: Columns, as_of: dt.date, reading: str, *, written: bool = False
) -> str:
    found = cut(statement(engine.dialect, rules, given, as_of, READINGS[reading]), rules, engine.dialect)
    return f"""SELECT f.unit_id AS enterprise_id, r.id AS rule, f.fen AS amount_fen, r.article
    FROM ({found}) f JOIN ({_listed(engine, rules, written=written)}) r ON r.place = f.rule"""


@contextmanager
def _draft(out: Path | str) -> Iterator[tuple[Path | str, Path]]:
    """A file beside ``out`` that is gone afterwards unless it was moved into place, and the folder it is in."""
    if isinstance(out, str):
        yield out, Path(tempfile.gettempdir())
        return
    if not out.resolve().parent.is_dir():
        raise ContentError(f"输出文件夹 {out.resolve().parent} 不存在。请先建立它。")
    draft = out.resolve().with_name(f".{out.name}.draft")
    try:
        yield draft, draft.parent
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _folder(near: Path) -> Iterator[Path]:
    """A folder for what does not fit into memory."""
    with tempfile.TemporaryDirectory(prefix=".luodi-", dir=near) as folder:
        yield Path(folder)


def _listed(engine: Engine, rules: RuleSet, *, written: bool = False) -> str:
    rows = [(at, rule.id, rule.item, rule.article) for at, rule in enumerate(rules.rules)]
    return listed_rules(engine.dialect, rows, written=written)


def linked_events(events: Path | pa.Table) -> list[tuple[str, tuple[str, ...]]]:
    """Prizes that several units share (same ``prize`` number): each with its units, for one decision over all."""
    with _folder(Path(tempfile.gettempdir())) as folder, open_engine("duckdb", folder) as engine:
        engine.load("given", events)
        columns = engine.columns("given")
        if "prize" not in columns:
            return []
        unit = f"CAST({engine.dialect.quoted(unit_id_column(columns))} AS VARCHAR)"
        rows = engine.rows(
            f"""SELECT kind, prize, list(DISTINCT {unit} ORDER BY {unit}) AS units
            FROM given WHERE prize IS NOT NULL GROUP BY kind, prize HAVING count(DISTINCT {unit}) > 1 ORDER BY 1, 2"""
        )
    return [(str(prize), tuple(units)) for _, prize, units in rows]
