"""How figures are written on pages: money in 万元 with yuan on demand, dates with digits."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
_WAN_AND_MORE = re.compile(r"(?<![\d.,])([1-9]\d{4,}|[1-9]\d{0,2}(?:,\d{3})+) ?元")


@register.filter
def wan(fen: int | None) -> SafeString | str:
    """Integer fen as 万元 (two decimals at most), the exact yuan in the title."""
    if fen is None:
        return "—"
    return format_html('<data class="money" value="{}" title="{} 元">{} 万元</data>', fen, yuan(fen), wan_plain(fen))


@register.filter
def wan_plain(fen: int) -> str:
    """Integer fen as a number of 万元 without unit, at most six decimals, exact."""
    whole, rest = divmod(abs(fen), 1_000_000)
    text = f"{whole:,}" + (f".{rest:06d}".rstrip("0") if rest else "")
    return f"-{text}" if fen < 0 else text


@register.filter
def in_wan(words: str) -> str:
    """Words of a verdict with sums of ten thousand yuan and more as pages write money; the frozen words stay as they are.

    A sum that would need more than two decimals stays in yuan.
    """

    def told(found: re.Match[str]) -> str:
        fen = 100 * int(found[1].replace(",", ""))
        exact = fen >= 1_000_000 and fen % 10_000 == 0
        return f"{wan_plain(fen)} 万元" if exact else found[0]

    return _WAN_AND_MORE.sub(told, str(words))


@register.filter
def yuan(fen: int) -> str:
    """Integer fen as yuan with thousands separators; fen only where there are any."""
    whole, rest = divmod(abs(fen), 100)
    text = f"{whole:,}" + (f".{rest:02d}" if rest else "")
    return f"-{text}" if fen < 0 else text


@register.filter
def get(mapping: dict[object, object], key: object) -> object:
    """A value of a dictionary by a variable key."""
    return mapping.get(key)
