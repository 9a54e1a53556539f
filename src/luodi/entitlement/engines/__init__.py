"""Engines that run the population query, each chosen by name and imported only when it is used."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path

from luodi.entitlement.engines.base import Engine
from luodi.errors import UsageError

ENGINES = ("duckdb", "postgres", "spark")
KERNEL = "kernel"
"""The fused column kernel: it writes files itself and leaves to an engine what it cannot prove exact."""
KERNEL_FROM = 100_000_000
"""Bytes of both tables from which the kernel takes less CPU than DuckDB.

CPU seconds of whole runs, kernel to DuckDB (COND-20, HZ-7): 5.8 MB 1.5 to 1.5, 1.2 to 0.9; 58 MB 1.9 to 2.4,
1.5 to 1.2; 580 MB 7.9 to 15.4, 7.9 to 8.3.
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


def usual_engine(*tables: Path | str) -> str:
    """The engine that takes less CPU for tables of that size."""
    size = sum(table.stat().st_size for table in tables if isinstance(table, Path) and table.is_file())
    return KERNEL if size >= KERNEL_FROM else "duckdb"
