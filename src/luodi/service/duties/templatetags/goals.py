"""How goal figures are written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django import template

from luodi.service.duties.models import Goal

register = template.Library()
_WORDS = {
    ">=": "{}{}以上", "<=": "{}{}以下", ">": "超过{}{}", "<": "低于{}{}", "=": "{}{}", "growth>=": "增长{}{}以上",
    "growth<=": "增长{}{}以下", "x": "达到{}倍{}",
}  # fmt: skip


@register.filter
def figure(number: Decimal | Fraction | int | None, unknown: str = "—") -> str:
    """A number without needless zeros, one decimal for a fraction; what is unknown stays a word."""
    if number is None or number == "":
        return unknown
    if isinstance(number, Fraction):
        return f"{number.numerator:,}" if number.denominator == 1 else f"{float(number):,.1f}"
    return f"{Decimal(number).normalize():,f}"


@register.filter
def wanted(goal: Goal) -> str:
    """The target with its comparison and unit."""
    if goal.target is None:
        return ""
    return _WORDS.get(goal.operator, goal.operator + " {}{}").format(figure(goal.target), goal.unit)
