"""How values lie in memory: integers and bytes, and the constants they are compared with likewise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from luodi.entitlement.engines.kernel.fit import Unfit
from luodi.entitlement.vocabulary import Value

DECIMALS = 10**10
"""A number (Decimal) is stored as an integer of ten decimals."""
MASKED = 62
"""So many named values of a column fit a bit mask of a membership."""
_EPOCH = dt.date(1970, 1, 1).toordinal()
NEVER = -(2**63)
"""A threshold that no stored value meets."""


@dataclass(frozen=True, slots=True)
class Stored:
    """How a column lies in memory: its type, whether a row may be unknown, units of one stored unit, known codes.

    ``decimal`` is an integer that counts tenth decimals; ``set`` is a bit for each known code.
    """

    kind: Literal["number", "decimal", "boolean", "code", "set"]
    dtype: str
    nulls: bool
    scale: int = 1
    codes: Mapping[str, int] = field(default_factory=dict)


def number_of(value: Value) -> int:
    """A constant as the integer that stands for it: fen, a count, ten decimals, a day."""
    match value:
        case bool():
            return int(value)
        case int():
            return value
        case Decimal():
            return int(value * DECIMALS)
        case dt.date():
            return value.toordinal() - _EPOCH
    raise Unfit("a text where a number is compared")


def scaled_threshold(op: str, value: int, scale: int) -> int:
    """The threshold of a column that is stored in units of ``scale``."""
    if op in ("==", "!="):
        return value // scale if value % scale == 0 else NEVER
    return -(-value // scale) if op in (">=", "<") else value // scale
