"""Items of a card's demands that take up one of its awards by name (服务内容 1．支持甲事项; 条件要求 1．支持甲事项需要符合以下条件)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from luodi.document.cards import FIELD_NAME
from luodi.document.tree import Article, Document
from luodi.policy.award_terms import PAYEE

FIELD = re.compile(rf"^({FIELD_NAME})(?::|$)", re.MULTILINE)
"""A field of a card at the head of a line, or alone on it (支持对象:…, 受理时间)."""
_DEMANDS = re.compile(r"条件|要求")
# What an item speaks of, up to what it demands: 申报甲类机构的单位应符合以下条件:.
_SPOKEN = re.compile(
    rf"\A(?:申[请报]|享受)?(?P<name>[^,。;:\n]{{2,40}}?)(?:的{PAYEE})?(?:[,。:\n]|\Z|(?:应当?|须|需要?|必须)(?:同时)?(?:符合|具备|满足|达到))"
)
_CLASS = re.compile(r"的(?P<of>[^,。;:的\d]{4,24})[。;]?\Z")
_ITEM = 120  # characters of an item that ends in a class
_SAME, _ALIKE = 1.0, 0.6  # of the pairs of characters in the item's name
_SHORTEST = 4
_FIRST_WORDS, _REACH = 60, 80  # characters of an item that name its award; articles back in which it stands


class CardItems:
    """The fields of a text's cards and which award an item of 条件要求 names; ``sums`` are the clean offsets of the awards."""

    def __init__(self, document: Document, sums: Sequence[int]) -> None:
        self._document, self._sums = document, sums
        self._fields = [(at.start(), at[1]) for at in FIELD.finditer(document.clean)]
        self._starts = [start for start, _ in self._fields]
        self._demands = [start for start, name in self._fields if _DEMANDS.search(name)]

    def same_field(self, one: int, other: int) -> bool:
        """Whether no field begins between two clean offsets."""
        return bisect_left(self._starts, one) == bisect_left(self._starts, other)

    def taken_up(self, at: int) -> int | None:
        """The article that pays and that an item (article ``at``) names; None where it speaks for all."""
        item = self._document.articles[at]
        place = bisect_left(self._starts, item.start) - 1
        if place < 0 or not _DEMANDS.search(self._fields[place][1]):
            return None
        label = self._starts[place]
        before = bisect_left(self._demands, label) - 1
        since = self._demands[before] if before >= 0 else 0
        paying = [
            (index, article)
            for index, article in enumerate(self._document.articles[max(0, at - _REACH) : at], max(0, at - _REACH))
            if since <= article.start < label and pays(article, self._sums)
        ]
        if (told := self._ended_in(item, paying)) is not None:
            return told
        spoken = _SPOKEN.match(_dense(self._document.clean[item.body : min(item.end, item.body + _FIRST_WORDS)]))
        if spoken is None or len(spoken["name"]) < _SHORTEST:
            return None
        earlier = [
            (_alike(spoken["name"], article.heading), article.id.endswith(item.id), index)
            for index, article in paying
            if article.heading
        ]
        best = sorted(earlier, reverse=True)[:2]
        if not best or best[0][0] < _ALIKE or (len(best) == 2 and best[0][0] == best[1][0] < _SAME):
            return None
        return best[0][2]

    def _ended_in(self, item: Article, paying: Sequence[tuple[int, Article]]) -> int | None:
        """``上一年度创作的大型舞台剧。``: the one of several awards that begins with the class in which an item ends."""
        ended = _CLASS.search(re.sub(r"\s", "", self._document.clean[item.body : min(item.end, item.body + _ITEM)]))
        if ended is None or len(paying) == 1:
            return None
        called = {
            index: re.sub(r"\s", "", self._document.clean[article.body : article.body + _ITEM])
            for index, article in paying
        }
        found = [
            index
            for index, words in called.items()
            if any(ended["of"].endswith(words[:end]) for end in range(_SHORTEST, len(ended["of"]) + 1))
        ]
        return found[0] if len(found) == 1 else None


def pays(article: Article, sums: Sequence[int]) -> bool:
    """Whether an award stands in an article; ``sums`` are in order."""
    return bisect_left(sums, article.start) < bisect_left(sums, article.end)


def items_pay(article: Article, sums: Sequence[int]) -> bool:
    """Whether an award stands in the items below an article."""
    return bisect_left(sums, article.own_end) < bisect_left(sums, article.end)


def _dense(text: str) -> str:
    return re.sub(r"[ \t]", "", text)


def _alike(name: str, heading: str) -> float:
    """How much of an item's name stands in a heading."""
    heading = _dense(heading)
    if name in heading or heading in name:
        return _SAME
    pairs = [one + two for one, two in pairwise(name)]
    return sum(pair in heading for pair in pairs) / len(pairs)
