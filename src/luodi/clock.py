"""The one clock: nothing else in Luodi asks what day it is."""

import datetime as dt
import os

from luodi.errors import UsageError


def today() -> dt.date:
    """The business date (业务日期): ``LUODI_TODAY`` (YYYY-MM-DD) where set, else the machine's date.

    Raises:
        UsageError: ``LUODI_TODAY`` is not a date.
    """
    given = os.environ.get("LUODI_TODAY", "")
    if not given:
        return dt.date.today()
    try:
        return dt.date.fromisoformat(given)
    except ValueError as error:
        raise UsageError(
            f"LUODI_TODAY 应为 YYYY-MM-DD 格式的日期，读到的是“{given}”。请改正或删去该环境变量。"
        ) from error
