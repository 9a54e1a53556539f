"""Rows of a table that came with one cell a line, told by what stands in its cells: each column holds words or values throughout.

Nothing is guessed: where the lines divide in no way, or in several, there is no table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from luodi.quantities.numerals import ARABIC

# 50, 8%, 最高100万元, 300元/人·月, 10万元—20万元, 一事一议 is none; — holds the place of a value.
_VALUE = re.compile(
    rf"(?:最高|不超过|一次性|约|每[人户家个张亩台件项名]|[≥≤<>])*[\[〔]?{ARABIC}(?:[万亿]?元|%)?(?:\(不?含\))?(?:[-—~至]{{1,2}}{ARABIC})?"
    r"(?:[万亿]?元?|%|‰)(?:/(?:m2|[\u4e00-\u9fff]{1,6}(?:[/·.][\u4e00-\u9fff])?))?[\]〕]?(?:\(不?含\))?(?:及?以[上下内]|左右)?(?:\(不?含\))?"
)
_NONE = re.compile(r"[-—–/]+")
_REMARK = re.compile("备 ?注|说 ?明")
_COUNT = re.compile("序 ?号|编 ?号")
_LONGEST_NAME = 24
_MOST_COLUMNS = 8


class Divided(NamedTuple):
    """How lines divide: how many are names, and of each row its lines; one less where a cell above reaches down."""

    names: int
    rows: list[list[int]]


def is_value(text: str) -> bool:
    """Whether a cell is nothing but a number, a sum, a share or a range of them."""
    return bool(_VALUE.fullmatch(text))


def divided(texts: Sequence[str]) -> Divided | None:
    """The one way in which lines are names and rows, or None."""
    kinds = ["-" if _NONE.fullmatch(text) else "9" if _VALUE.fullmatch(text) else "w" for text in texts]
    found = [one for one in (*_even(texts, kinds), _ragged(texts, kinds)) if one]
    return found[0] if len(found) == 1 else None


def _even(texts: Sequence[str], kinds: Sequence[str]) -> list[Divided]:
    """Rows of as many cells each as there are names, or of one less below an empty column of remarks."""
    found = []
    for width in range(2, _MOST_COLUMNS + 1):
        for names in (width, width + 1):
            body = list(range(names, len(texts)))
            if len(body) < 2 * width or len(body) % width or not _are_names(texts[:names], kinds[:names]):
                continue
            if names > width and not _REMARK.fullmatch(texts[width]):
                continue
            rows = [body[at : at + width] for at in range(0, len(body), width)]
            if _are_alike(rows, kinds, texts[:names]):
                found.append(Divided(names, rows))
    return found


def _ragged(texts: Sequence[str], kinds: Sequence[str]) -> Divided | None:
    """Rows that end with their values, of which some lack the first cell (``中心 国家级 50 省级 20``)."""
    if _COUNT.fullmatch(texts[0]):
        return None
    runs = [(kind, len(list(run))) for kind, run in groupby("w" if kind == "w" else "9" for kind in kinds)]
    words, values = [n for kind, n in runs if kind == "w"], [n for kind, n in runs if kind == "9"]
    if not values or runs[-1][0] == "w" or runs[0][0] != "w" or len(set(values)) > 1:
        return None
    width = values[0]
    for remark in (0, 1):
        keys, odd = divmod(words[0] - width - remark, 2)
        names = keys + width + remark
        if odd or keys < 2 or not _are_names(texts[:names], kinds[:names]):
            continue
        if remark and not _REMARK.fullmatch(texts[names - 1]):
            continue
        if set(words[1:]) == {keys, keys - 1}:
            lengths = [keys, *words[1:]]
            rows, at = [], names
            for length in lengths:
                rows.append(list(range(at, at + length + width)))
                at += length + width
            return Divided(names, rows)
    return None


def _are_names(texts: Sequence[str], kinds: Sequence[str]) -> bool:
    short = all(len(text) <= _LONGEST_NAME for text in texts)
    return short and set(kinds) == {"w"} and len(set(texts)) == len(texts)


def _are_alike(rows: Sequence[Sequence[int]], kinds: Sequence[str], names: Sequence[str]) -> bool:
    """Whether each column holds values or words throughout, one behind the first values, and no column of keys or remarks those."""
    columns = [{kinds[at] for at in column} - {"-"} for column in zip(*rows, strict=True)]
    if any(_REMARK.fullmatch(name) and "9" in column for name, column in zip(names, columns, strict=False)):
        return False
    keys = 2 if _COUNT.fullmatch(names[0]) else 1
    return all(len(column) <= 1 for column in columns) and {"9"} in columns[keys:] and {"9"} not in columns[1:keys]
