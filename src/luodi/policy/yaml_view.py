"""The YAML view of rules: sums as people write them (``50万元``, ``10%``), back and forth without loss.

A pack holds integer fen and ratios. In YAML a sum may be written with its unit and a rate as a percentage; what is
written otherwise stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

_FEN = {"分": 1, "元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
_SUM = re.compile(r"([0-9][0-9,_]*(?:\.[0-9]+)?)(分|元|万元|亿元)")
_RATE = re.compile(r"([0-9]+(?:\.[0-9]+)?)(%|‰)")
_SUMS = ("fen", "cap", "floor")
_MAY_BE_SUMS = (*_SUMS, "value", "from", "to")


def shown(rules: Any) -> Any:
    """Rules with their sums and rates as people write them."""
    return _changed(rules, _written)


def understood(rules: Any) -> Any:
    """Rules with written sums and rates as the pack holds them; anything else is left for the check of the pack."""
    return _changed(rules, _read)


def _changed(here: Any, change: Callable[[str, Any], Any], key: str = "") -> Any:
    if isinstance(here, dict):
        return {name: _changed(value, change, name) for name, value in here.items()}
    if isinstance(here, list) and key != "rate":
        return [_changed(each, change) for each in here]
    return change(key, here)


def _written(key: str, value: Any) -> Any:
    if key in _SUMS and type(value) is int:
        unit = next(unit for unit in ("亿元", "万元", "元", "分") if value % _FEN[unit] == 0)
        return f"{value // _FEN[unit]}{unit}" if value else 0
    if key == "rate" and isinstance(value, list):
        percent = Fraction(value[0] * 100, value[1])
        lowest = Fraction(*value).as_integer_ratio() == tuple(value)
        return f"{percent.numerator}%" if lowest and percent.denominator == 1 else value
    return value


def _read(key: str, value: Any) -> Any:
    if key in _MAY_BE_SUMS and isinstance(value, str) and (found := _SUM.fullmatch(value)):
        fen = Fraction(found[1].replace(",", "").replace("_", "")) * _FEN[found[2]]
        return int(fen) if fen.denominator == 1 else value
    if key == "rate" and isinstance(value, str) and (found := _RATE.fullmatch(value)):
        rate = Fraction(found[1]) / (100 if found[2] == "%" else 1000)
        return [rate.numerator, rate.denominator]
    return value
