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
KERNEL_FROM = 200_000_000
"""Bytes of both tables from which the kernel takes less CPU than DuckDB, its own start of some 0.7 s included."""


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
