"""Comparing two packs fact by fact. Confidence, diagnostics, compiler, confirmations and publication are left out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luodi.policy.pack import Pack

_HEAD = ("title", "document_number", "issuer", "issued_on")
_IGNORED = {"confidence", "confirmed", "published", "diagnostics", "compiler"}


@dataclass(frozen=True)
class Difference:
    """One difference: where (facts by kind and article, rules by id), and what stands there; None = nothing."""

    place: str
    left: Any
    right: Any

    @property
    def kind(self) -> str:
        """What differs: a kind of fact, ``rules``, a field of the head."""
        return self._whole.split(" ")[0]

    @property
    def key(self) -> str:
        """Its article, id or title; empty for the head."""
        return self._whole.partition(" ")[2]

    @property
    def field(self) -> str:
        """The field that differs; empty where the whole fact does."""
        return self.place.partition(" › ")[2]

    @property
    def _whole(self) -> str:
        return self.place.partition(" › ")[0]

    def __str__(self) -> str:
        if self.left is None:
            return f"{self.place}：增加 {_shown(self.right)}"
        if self.right is None:
            return f"{self.place}：删去 {_shown(self.left)}"
        return f"{self.place}：{_shown(self.left)} → {_shown(self.right)}"


def compare(left: Pack, right: Pack) -> list[Difference]:
    """All differences from ``left`` to ``right``, in the order of the pack; empty when they say the same."""
    return [*compare_facts(left, right), *_confirmed(left, right)]


def compare_facts(left: Pack, right: Pack) -> list[Difference]:
    """Differences in what the text says: head, text digest, articles and facts."""
    return list(_facts(_bare(left.data), _bare(right.data)))


def _facts(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[Difference]:
    for field in _HEAD:
        yield from _values(field, a[field], b[field])
    yield from _values("source.text_sha256", a["source"]["text_sha256"], b["source"]["text_sha256"])
    yield from _matched("articles", a["articles"], b["articles"], "id")
    for kind in sorted(a["facts"].keys() | b["facts"].keys()):
        x, y = a["facts"].get(kind), b["facts"].get(kind)
        if isinstance(x or y, list):
            yield from _matched(kind, x or [], y or [], "article")
        else:
            yield from _fields(kind, x, y)


def _confirmed(left: Pack, right: Pack) -> Iterator[Difference]:
    a, b = _bare(left.data), _bare(right.data)
    for kind in ("events", "facts"):
        yield from _matched(f"vocabulary.{kind}", a["vocabulary"][kind], b["vocabulary"][kind], "id")
    for kind in ("rules", "ambiguities"):
        yield from _matched(kind, a[kind], b[kind], "id")
    yield from _matched("rests_on", a["rests_on"], b["rests_on"], "title")


def _bare(here: Any) -> Any:
    if isinstance(here, Mapping):
        return {key: _bare(value) for key, value in here.items() if key not in _IGNORED}
    return [_bare(item) for item in here] if isinstance(here, list) else here


def _matched(kind: str, left: Sequence[Any], right: Sequence[Any], key: str) -> Iterator[Difference]:
    """Equal items cancel out; the rest are paired in order within one key, so that a change shows as a change."""
    rest_left, rest_right = list(left), []
    for item in right:
        if item in rest_left:
            rest_left.remove(item)
        else:
            rest_right.append(item)
    for item in rest_left:
        other = next((one for one in rest_right if one[key] == item[key]), None)
        if other is not None:
            rest_right.remove(other)
        yield from _fields(f"{kind} {item[key]}", item, other)
    for item in rest_right:
        yield Difference(f"{kind} {item[key]}", None, item)


def _fields(place: str, left: Any, right: Any) -> Iterator[Difference]:
    if not (isinstance(left, Mapping) and isinstance(right, Mapping)):
        yield from _values(place, left, right)
        return
    for field in sorted(left.keys() | right.keys()):
        yield from _values(f"{place} › {field}", left.get(field), right.get(field))


def _values(place: str, left: Any, right: Any) -> Iterator[Difference]:
    if left != right:
        yield Difference(place, left, right)


def _shown(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 80 else written[:79] + "…"
