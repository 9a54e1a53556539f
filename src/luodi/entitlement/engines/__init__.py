"""Engines that run the population query, each chosen by name and imported only when it is used."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path

from luodi.entitlement.engines.base import Engine
from luodi.entitlement.rule import RuleSet
from luodi.errors import UsageError

ENGINES = ("duckdb", "postgres", "spark")
KERNEL = "kernel"
"""The fused column kernel: it writes files itself and leaves to an engine what it cannot prove exact."""
KERNEL_FROM = 250_000_000
"""Bytes of the table of units, once for each rule that looks at units alone, from which the kernel takes less CPU.

CPU seconds of whole runs, kernel to DuckDB: COND-20 (20 rules on units) with 5.8 MB 1.5 to 1.5, with 58 MB 1.0 to 1.5,
with 580 MB 7.9 to 15.4. Rules on events are DuckDB's at every size: HZ-7 (7 of them) with 0.4 MB of events 1.2 to 0.9,
with 4.3 MB 1.0 to 0.5, with 43 MB 8.0 to 3.8.
"""


def open_engine(name: str, folder: Path) -> AbstractContextManager[Engine]:
    """An engine, opened; what does not fit into memory goes to ``folder``.

    Raises:
        UsageError: no engine of that name, or one that is not installed.
    """
    if name not in ENGINES:
        raise UsageError(f"没有名为“{name}”的引擎。可用：{'、'.join((*ENGINES, KERNEL))}。")
    module = import_module(f"luodi.entitlement.engines.{name}")
    return module.opened(str(folder))  # type: ignore[no-any-return]


def usual_engine(rules: RuleSet, units: Path | str) -> str:
    """The engine that takes less CPU for such a table under such rules."""
    on_units = sum(rule.trigger is None for rule in rules.rules)
    return KERNEL if _size(units) * on_units >= KERNEL_FROM else "duckdb"


def _size(table: Path | str) -> int:
    return table.stat().st_size if isinstance(table, Path) and table.is_file() else 0
