"""Values of what can be changed: as they are kept, as people write them and as they are read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal

from luodi.entitlement.vocabulary import FEN_PER_UNIT, FIRST_DAY, LARGEST, LAST_DAY

FieldKind = Literal["money", "rate", "date", "integer", "number"]
FieldValue = int | tuple[int, int] | dt.date | Decimal | None
"""Money in fen, a rate as an exact ratio, a day, a count; null is open (no cap, no end)."""
OPEN = "不限"
KIND_WORDS: dict[FieldKind, str] = {
    "money": "带单位的金额（如 500000元、50万元、0.5亿元）",
    "rate": "比率（如 10%、5‰ 或 1/3）",
    "date": "YYYY-MM-DD 格式的日期",
    "integer": "整数（如 300）",
    "number": "数（如 0.5）",
}


def written(kind: FieldKind, value: FieldValue) -> str:
    """A value as people write it."""
    match value:
        case None:
            return OPEN
        case (numerator, denominator):
            percent = Fraction(100 * numerator, denominator)
            short = 10**4 % percent.denominator == 0
            return f"{_decimal(percent)}%" if short else f"{numerator}/{denominator}"
        case int() if kind == "money":
            unit = next(unit for unit in ("亿元", "万元", "元", "分") if value % FEN_PER_UNIT[unit] == 0)
            return f"{value // FEN_PER_UNIT[unit]}{unit}" if value else "0元"
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)


def _decimal(value: Fraction) -> str:
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"


def _money(text: str) -> int | None:
    unit = next((unit for unit in ("亿元", "万元", "元", "分") if text.endswith(unit)), None)
    number = _number(text.removesuffix(unit).replace(",", "").strip()) if unit else None
    fen = number * FEN_PER_UNIT[unit] if number is not None and unit else None
    return int(fen) if fen is not None and 0 <= fen <= LARGEST and fen == int(fen) else None


def _rate(text: str) -> tuple[int, int] | None:
    found: Fraction | None
    try:
        if text.endswith(("%", "‰")):
            found = Fraction(text[:-1]) / (100 if text.endswith("%") else 1000)
        else:
            found = Fraction(text) if "/" in text else None
    except (ValueError, ZeroDivisionError):
        return None
    fits = found is not None and found > 0 and max(found.numerator, found.denominator) <= _LARGEST_RATE
    return (found.numerator, found.denominator) if found is not None and fits else None


_LARGEST_RATE = 1_000_000


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) <= LARGEST else None


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _integer(text: str) -> int | None:
    found = _number(text)
    return int(found) if found is not None and found == int(found) else None


READERS: dict[FieldKind, Callable[[str], FieldValue]] = {
    "money": _money,
    "rate": _rate,
    "date": _day,
    "integer": _integer,
    "number": _number,
}
