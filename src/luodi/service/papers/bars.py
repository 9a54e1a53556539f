"""Pairs of bars as one SVG with its own colours, so that page and docx show the same drawing; its table twin stands below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _LONGEST, _LEFT = 900, 560, 20
_BAR, _GAP, _HEAD = 16, 26, 46
_NARROW_WIDTH, _NARROW_WORDS, _NARROW_LINE = 308, 22, 20  # what a phone of 360 pixels has inside a figure
_FIRST, _SECOND, _INK = "#0b4f8a", "#c98a00", "#1b2430"
_FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"


@dataclass(frozen=True)
class Bar:
    """One pair: its name, two numbers of one unit, and how they are written."""

    name: str
    left: float | None
    right: float | None
    left_words: str
    right_words: str


def paired_bars(bars: Sequence[Bar], first: str, second: str) -> str:
    """The SVG; both bars of a pair are named 甲 and 乙, so that colour never stands alone."""
    most = _most(bars)
    height = _HEAD + len(bars) * (2 * _BAR + _GAP + 14) + 6
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
            f'font-family="{_FONT}" font-size="14" fill="{_INK}">'
        ),
        *_legend(first, second),
    ]
    for number, bar in enumerate(bars):
        top = _HEAD + number * (2 * _BAR + _GAP + 14)
        parts.append(f'<text x="{_LEFT}" y="{top + 14}" font-weight="600">{escape(_short(bar.name, 58))}</text>')
        parts += _one(top + 20, bar.left, most, _FIRST, f"甲 {bar.left_words}")
        parts += _one(top + 22 + _BAR, bar.right, most, _SECOND, f"乙 {bar.right_words}")
    return "".join([*parts, "</svg>"])


def narrow_bars(bars: Sequence[Bar], first: str, second: str) -> str:
    """The same for a phone, to be read without going sideways: every name and number stands whole above its bar."""
    most = _most(bars)
    parts: list[str] = []
    top = 0

    def write(words: str, extra: str = "") -> None:
        nonlocal top
        for start in range(0, len(words), _NARROW_WORDS):
            top += _NARROW_LINE
            parts.append(f'<text x="0" y="{top}"{extra}>{escape(words[start : start + _NARROW_WORDS])}</text>')

    def draw(value: float | None, colour: str) -> None:
        nonlocal top
        length = max(2, round(_NARROW_WIDTH * (value or 0) / most))
        parts.append(f'<rect x="0" y="{top + 5}" width="{length}" height="{_BAR - 4}" fill="{colour}"/>')
        top += _BAR + 2

    for words in (first, second):
        write(words)
    for bar in bars:
        top += _BAR
        write(bar.name, ' font-weight="600"')
        write(f"甲 {bar.left_words}")
        draw(bar.left, _FIRST)
        write(f"乙 {bar.right_words}")
        draw(bar.right, _SECOND)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_NARROW_WIDTH} {top + 6}" width="{_NARROW_WIDTH}" height="{top + 6}" '
        f'font-family="{_FONT}" font-size="14" fill="{_INK}">{"".join(parts)}</svg>'
    )


def _most(bars: Sequence[Bar]) -> float:
    return max((value for bar in bars for value in (bar.left, bar.right) if value), default=1.0) or 1.0


def _legend(first: str, second: str) -> list[str]:
    return [
        f'<rect x="{_LEFT}" y="10" width="14" height="14" fill="{_FIRST}"/>',
        f'<text x="{_LEFT + 20}" y="22">{escape(_short(first, 30))}</text>',
        f'<rect x="{_WIDTH // 2}" y="10" width="14" height="14" fill="{_SECOND}"/>',
        f'<text x="{_WIDTH // 2 + 20}" y="22">{escape(_short(second, 30))}</text>',
    ]


def _one(top: int, value: float | None, most: float, colour: str, words: str) -> list[str]:
    length = max(2, round(_LONGEST * (value or 0) / most))
    return [
        f'<rect x="{_LEFT}" y="{top}" width="{length}" height="{_BAR}" fill="{colour}"/>',
        f'<text x="{_LEFT + length + 8}" y="{top + _BAR - 3}">{escape(_short(words, 24))}</text>',
    ]


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
