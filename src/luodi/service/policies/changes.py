"""A version beside the last one, fact by fact: what says something else, what is new, what is gone; rules and questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from typing import Any

from luodi.policy.pack import Pack
from luodi.service.policies.fact_forms import FIELDS, typed
from luodi.service.policies.fact_lines import HEAD_FIELDS, KINDS, written
from luodi.service.policies.inheritance import reading_of, rules_paired
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.rows import all_rows
from luodi.service.policies.rule_words import RuleWords, rules_in_words
from luodi.service.policies.same_facts import Match, Reading, matches

Pieces = list[tuple[str, bool]]
"""Words in order, each piece with whether it differs from the other side."""
_ORDER = {"changed": 0, "new": 1, "gone": 2, "moved": 3}
_SIGN = re.compile(r"\d+(?:[.,，]\d+)*|.", re.DOTALL)
_LONGEST = 1500  # characters of a sentence that are compared sign by sign
_RULE_FIELDS = {
    "title": "名称", "recipients": "给谁", "trigger": "因什么", "conditions": "条件", "amounts": "给多少", "window": "事项日期", "paid": "给几次",
    "caps": "合计上限", "mode": "怎样办", "publication": "公示", "refusals": "不属于本条", "readings": "口径",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One fact in both versions: ``degree`` as in :class:`.same_facts.Match`, or ``new`` or ``gone``."""

    degree: str
    label: str
    key: str
    article: str
    was_article: str
    before: str
    after: str
    old_sentence: Pieces
    new_sentence: Pieces
    details: list[tuple[str, str, str]]
    """What the words of the fact do not tell: fields that differ as (name, before, after)."""


@dataclass(frozen=True)
class RuleChange:
    """One rule in both versions: each field that differs as (name, before, after)."""

    id: str
    title: str
    was: str
    differing: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Changes:
    """Everything that differs from the last version, and how many facts are the same."""

    facts: list[Change]
    same: int
    rules: list[RuleChange]
    rules_new: list[RuleWords]
    rules_gone: list[RuleWords]

    def number(self, degree: str) -> int:
        """How many facts changed in this way."""
        return sum(change.degree == degree for change in self.facts)


def changes(old: PolicyVersion, new: PolicyVersion) -> Changes:
    """All differences of ``new`` from ``old`` as both stand now."""
    was, now = _decided(old), _decided(new)
    pairs = matches(was, now)
    found = [*_changed(was, now, pairs)]
    found.sort(key=lambda change: _ORDER[change.degree])
    return Changes(found, sum(pair.degree == "same" for pair in pairs), *_rules(old, new))


def _decided(version: PolicyVersion) -> Reading:
    """A version with its facts as people decided them, by the keys of the workbench."""
    reading = reading_of(version, decided=True)
    if not hasattr(version, "proposal"):
        return reading
    rows = [row for row in all_rows(version) if row.kind not in ("diagnostics", "missing") and row.state != "reject"]
    given = {row.key: (row.key.removeprefix("head-") if row.kind == "head" else row.kind, row.fact) for row in rows}
    return Reading(reading.data, reading.shown, given)


def _changed(was: Reading, now: Reading, pairs: Sequence[Match]) -> Iterator[Change]:
    old, new = was.facts(), now.facts()
    for pair in pairs:
        if pair.degree != "same" and old[pair.old][0] != "diagnostics":
            yield _change(pair.degree, was, pair.old, now, pair.new)
    for key in (key for key in new if key not in {pair.new for pair in pairs}):
        yield _change("new", was, "", now, key)
    for key in (key for key in old if key not in {pair.old for pair in pairs} and old[key][0] != "diagnostics"):
        yield _change("gone", was, key, now, "")


def _change(degree: str, was: Reading, old: str, now: Reading, new: str) -> Change:
    sides = [(*reading.facts()[key], reading.words(key, *reading.facts()[key]) or "") if key else None
             for reading, key in ((was, old), (now, new))]  # fmt: skip
    said = [_said(side[0], side[1]) if side else "" for side in sides]
    kind = next(side[0] for side in sides if side)
    articles = [str(side[1].get("article", "0")) if side else "" for side in sides]
    pieces = _pieces(sides[0][2] if sides[0] else "", sides[1][2] if sides[1] else "")
    return Change(
        degree,
        KINDS.get(kind) or HEAD_FIELDS.get(kind, "其他"),
        new,
        articles[1],
        articles[0],
        said[0],
        said[1],
        *pieces,
        _details(kind, sides[0][1], sides[1][1]) if sides[0] and sides[1] and said[0] == said[1] else [],
    )


def _details(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Fields of a fact's form that differ, in words."""
    found = []
    for name, field in FIELDS.get(kind, {}).items():
        was, now = (_in_words(typed(name, row.get(name))) for row in (before, after))
        if was != now:
            found.append((str(field().label), was, now))
    return found


def _said(kind: str, row: Mapping[str, Any]) -> str:
    return str(row["value"]) if kind in HEAD_FIELDS else " ".join(filter(None, written(kind, row)))


def _pieces(before: str, after: str) -> tuple[Pieces, Pieces]:
    """Both sentences cut where they differ; a number is never cut."""
    if not before or not after or max(len(before), len(after)) > _LONGEST:
        return ([(before, False)] if before else []), ([(after, False)] if after else [])
    was, now = _SIGN.findall(before), _SIGN.findall(after)
    left: Pieces = []
    right: Pieces = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        left += [("".join(was[a:b]), tag != "equal")] if b > a else []
        right += [("".join(now[c:d]), tag != "equal")] if d > c else []
    return left, right


def _rules(old: PolicyVersion, new: PolicyVersion) -> tuple[list[RuleChange], list[RuleWords], list[RuleWords]]:
    was, now = ({words.id: words for words in rules_in_words(Pack(version.pack))} for version in (old, new))
    heirs = {name: heir for name, (heir, _) in rules_paired(old, new).items() if heir in now}
    both = [RuleChange(heir, now[heir].title, name, _differing(was[name], now[heir])) for name, heir in heirs.items()]
    return ([each for each in both if each.differing], [now[name] for name in now if name not in heirs.values()],
            [was[name] for name in was if name not in heirs])  # fmt: skip


def _differing(was: RuleWords, now: RuleWords) -> list[tuple[str, str, str]]:
    names = [field.name for field in fields(RuleWords) if field.name in _RULE_FIELDS]
    return [(_RULE_FIELDS[name], _in_words(getattr(was, name)), _in_words(getattr(now, name)))
            for name in names if getattr(was, name) != getattr(now, name)]  # fmt: skip


def _in_words(value: Any) -> str:
    if not isinstance(value, list | tuple):
        return "没有" if value in (None, "") else str(value)
    return "；".join("（".join(each) + "）" if isinstance(each, tuple) else str(each) for each in value) or "没有"
