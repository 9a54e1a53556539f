"""Which fact of a new version is which fact of the last one: the same, the same in another sentence, or changed.

Facts are the same where both texts were read into the same words, wherever they stand. Whether the sentence is the same
too is told apart, because a person who confirmed the fact had that sentence before their eyes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any, Literal

from luodi.policy.addresses import article_at
from luodi.policy.decisions import keyed_facts
from luodi.service.policies.fact_lines import HEAD_FIELDS, written
from luodi.service.policies.shown_text import ShownText

Json = Mapping[str, Any]
PLACES = {"span", "sentence", "cap_span"}
_ELSEWHERE = PLACES | {"confidence", "article", "award"}
_END = re.compile(r"[。！？；;\n\r]+")
_ALIKE = 0.6
"""From this likeness of their words on, two facts of one clause are taken for one fact that changed."""


@dataclass(frozen=True)
class Reading:
    """One version as it was read: its pack (or proposal) and its text (None: never loaded)."""

    data: Json
    shown: ShownText | None
    given: Mapping[str, tuple[str, Json]] | None = None
    """Facts by key as (kind, row), where they are not those of ``data``."""

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _END.finditer(self.shown.text))] if self.shown else [0]

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence around a place of the shown text."""
        assert self.shown is not None
        at = bisect_right(self._starts, place)
        return self._starts[at - 1], self._starts[at] if at < len(self._starts) else len(self.shown.text)

    def words(self, key: str, kind: str, row: Json) -> str | None:
        """All sentences that a fact was read from, a duty's whole clause; None where the text is not here."""
        if self.shown is None:
            return None
        if key.startswith("head-"):
            return str(row["value"])  # a field of the head is a line of its own
        if kind == "duties":
            return self._clause(row["article"])
        held = sorted({self.sentence(place) for span in _spans(row) for place in _ends(self.shown.shown(span))})
        return "".join(self.shown.text[first:last].strip() for first, last in held)

    def _clause(self, article: str) -> str:
        assert self.shown is not None
        starts = [each["span"][0] for each in self.data["articles"]]
        own = next((each["span"][0] for each in self.data["articles"] if each["id"] == article), 0)
        after = bisect_right(starts, own)
        end = starts[after] if after < len(starts) else self.data["source"]["length"]
        return self.shown.words((own, end))

    def facts(self) -> dict[str, tuple[str, Json]]:
        """Facts, fields of the head and diagnostics by key, as (kind, row)."""
        if self.given is not None:
            return dict(self.given)
        head = {f"head-{name}": (name, {"value": self.data[name]}) for name in HEAD_FIELDS if self.data[name]}
        notes = {f"diagnostics-{at}": ("diagnostics", row) for at, row in enumerate(self.data["diagnostics"])}
        return head | keyed_facts(self.data) | notes

    @cached_property
    def plain_sentences(self) -> dict[str, list[tuple[int, int]]]:
        """Sentences of the shown text by their words without white space."""
        found: dict[str, list[tuple[int, int]]] = {}
        for start in self._starts if self.shown else ():
            place = self.sentence(start)
            found.setdefault(plain(self.shown.text[slice(*place)]), []).append(place)  # type: ignore[union-attr]
        return found


@dataclass(frozen=True)
class Match:
    """A fact of the last version and the fact of the new one that it has become, by their keys."""

    old: str
    new: str
    degree: Literal["same", "moved", "changed"]
    """``same``: fact and sentence; ``moved``: the fact alone; ``changed``: the fact says something else now."""


def plain(text: str) -> str:
    """Words without white space and differences of width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _ends(span: Sequence[int]) -> Iterator[int]:
    yield span[0]
    yield max(span[0], span[1] - 1)


def _spans(here: Any) -> Iterator[Sequence[int]]:
    if isinstance(here, Mapping):
        for name, value in here.items():
            if name in PLACES:
                if value:
                    yield value
            else:
                yield from _spans(value)
    elif isinstance(here, list):
        for each in here:
            yield from _spans(each)


def said(here: Any) -> Any:
    """A fact without its places, confidence and order."""
    if isinstance(here, Mapping):
        return {name: said(value) for name, value in here.items() if name not in _ELSEWHERE}
    return [said(each) for each in here] if isinstance(here, list) else here


def matches(old: Reading, new: Reading) -> list[Match]:
    """Facts of both that belong together, each at most once: same words in the same sentence first."""
    known = _fields(old), _fields(new)
    mine, theirs = (_described(each, {kind: known[0][kind] & names for kind, names in known[1].items() if kind in known[0]})
                    for each in (old, new))  # fmt: skip
    found: list[Match] = []
    for degree, name in _EQUAL:
        waiting: dict[Any, list[str]] = {}
        for key, each in theirs.items():
            waiting.setdefault(name(each), []).append(key)
        for key in [key for key, each in mine.items() if waiting.get(name(each))]:
            wanted = name(mine[key])
            if wanted is not None and waiting[wanted]:
                found.append(Match(key, waiting[wanted].pop(0), degree))
        for match in found:
            mine.pop(match.old, None)
            theirs.pop(match.new, None)
    for key, one in mine.items():
        other = next((name for name, each in theirs.items() if _changed(one, each)), None)
        if other is not None:
            found.append(Match(key, other, "changed"))
            del theirs[other]
    return found


@dataclass(frozen=True)
class _Fact:
    kind: str
    article: str
    content: str
    sentence: str | None
    text: str


def _fields(reading: Reading) -> dict[str, set[str]]:
    """The fields that each kind of fact has in a version; an earlier compiler did not know all of today's."""
    found: dict[str, set[str]] = {}
    for kind, row in reading.facts().values():
        found.setdefault(kind, set()).update(row)
    return found


def _described(reading: Reading, both: Mapping[str, set[str]]) -> dict[str, _Fact]:
    """Facts as they are compared: by the fields that ``both`` versions know of their kind."""
    described = {}
    for key, (kind, row) in reading.facts().items():
        words = reading.words(key, kind, row)
        text = (
            "".join(written(kind, row)) if not key.startswith(("head-", "diagnostics-")) else str(row.get("value", ""))
        )
        known = said({name: value for name, value in row.items() if name in both.get(kind, row)})
        described[key] = _Fact(kind, row.get("article", "0"), json.dumps(known, sort_keys=True, ensure_ascii=False),
                               None if words is None else plain(words), text)  # fmt: skip
    return described


def _in_sentence(fact: _Fact) -> Any:
    return None if fact.sentence is None else (fact.kind, fact.content, fact.sentence)


_EQUAL: tuple[tuple[Literal["same", "moved"], Any], ...] = (
    ("same", lambda fact: fact.sentence and (*_in_sentence(fact), fact.article)), ("same", _in_sentence),
    ("moved", lambda fact: (fact.kind, fact.content, fact.article)), ("moved", lambda fact: (fact.kind, fact.content)),
)  # fmt: skip
"""By what facts are told to be equal, the surest first."""


def _changed(one: _Fact, other: _Fact) -> bool:
    if one.kind != other.kind or one.kind == "diagnostics":
        return False
    if one.kind in ("validity", *HEAD_FIELDS) or one.sentence is not None and one.sentence == other.sentence:
        return True
    near = one.article == other.article
    return near and SequenceMatcher(None, one.text, other.text, autojunk=False).ratio() >= _ALIKE


@dataclass(frozen=True)
class Move:
    """Places of the last text brought over to the new one, as far as their sentence stands there too."""

    old: Reading
    new: Reading

    def span(self, span: Sequence[int]) -> list[int] | None:
        """The same words in the new text, as a span of its source; None where their sentence is gone."""
        if self.old.shown is None or self.new.shown is None:
            return None
        first, last = self.old.shown.shown(span)
        start, end = self.old.sentence(first)
        whole = self.old.shown.text[start:end]
        places = self.new.plain_sentences.get(plain(whole))
        if not places or last > end:
            return None
        earlier = [place for place in self.old.plain_sentences[plain(whole)] if place[0] < start]
        there = places[min(len(earlier), len(places) - 1)]
        at = _nth(self.new.shown.text[slice(*there)], self.old.shown.text[first:last], whole[: first - start])
        return None if at is None else list(self.new.shown.source((there[0] + at, there[0] + at + last - first)))

    def anywhere(self, span: Sequence[int]) -> list[int] | None:
        """The first place in the new text that has the same words, whatever sentence they stand in."""
        if self.old.shown is None or self.new.shown is None:
            return None
        words = self.old.shown.words(span)
        at = self.new.shown.text.find(words)
        return list(self.new.shown.source((at, at + len(words)))) if at >= 0 else None

    def all(self, here: Any, instead: Sequence[int]) -> Any:
        """A JSON value with every place in it brought over; ``instead`` stands in for places that are gone."""
        if isinstance(here, list):
            return [self.all(each, instead) for each in here]
        if not isinstance(here, Mapping):
            return here
        moved = {name: self.all(value, instead) for name, value in here.items() if name not in PLACES}
        for name in PLACES & here.keys():
            moved[name] = here[name] and (self.span(here[name]) or list(instead))
        if "article" in moved and moved.get("span"):
            moved["article"] = article_at(self.new.data["articles"], moved["span"][0])
        return moved


def _nth(text: str, words: str, before: str) -> int | None:
    """Where ``words`` stand in ``text``, as often as they stood in ``before`` already."""
    at = -1
    for _ in range(before.count(words) + 1):
        at = text.find(words, at + 1)
        if at < 0:
            return None
    return at
