"""The one clock: nothing else in Luodi asks what day it is."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from luodi.errors import UsageError

_STANDING: ContextVar[dt.date | None] = ContextVar("standing", default=None)


def today() -> dt.date:
    """The business date (业务日期): the day stood on, else ``LUODI_TODAY`` (YYYY-MM-DD), else the machine's date.

    Raises:
        UsageError: ``LUODI_TODAY`` is not a date.
    """
    standing = _STANDING.get()
    if standing is not None:
        return standing
    given = os.environ.get("LUODI_TODAY", "")
    if not given:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise UsageError(
            f"LUODI_TODAY 应为 YYYY-MM-DD 格式的日期，读到的是“{given}”。请改正或删去该环境变量。"
        ) from error


@contextmanager
def standing_on(day: dt.date | None) -> Iterator[None]:
    """Stand on another day while the block runs (None: no change)."""
    token = _STANDING.set(day if day is not None else _STANDING.get())
    try:
        yield
    finally:
        _STANDING.reset(token)
