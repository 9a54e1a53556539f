"""A person's entries laid over a proposed pack: what they name replaces the proposal, what they omit stays.

In a rule entry ``+name`` adds to the list ``name``, ``-name`` takes entries out of it by id, any other list replaces.
A condition may give ``quote``, words of its article, in place of a span. Where a person names the event of an award
whose rows were proposed as choices, the choices become the event's grades.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from luodi.errors import ContentError

_HEAD = ("title", "document_number", "issuer", "issued_on")
_ENTRIES = {
    "id", "version", "entered", "links", "vocabulary", "rules", "rule_defaults", "ambiguities", "confirmed",
    "published", "rests_on", "notes",
}  # fmt: skip


def overlay(data: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Proposed pack data under the entries ``given``.

    Vocabulary entries replace the proposed ones that share a word with them, and rules follow the new names. Rules are
    merged by id: objects field by field, all else replaced; ``rule_defaults`` go under every rule; ``drop: true``
    takes a proposed rule out.

    Raises:
        ContentError: an entry that the pack does not know.
    """
    if unknown := set(given) - _ENTRIES:
        raise ContentError(
            f"确认文件中不认识的条目：{'、'.join(sorted(unknown))}。可用的条目是{'、'.join(sorted(_ENTRIES))}。"
        )
    result = dict(data)
    vocabulary = given.get("vocabulary", {})
    events, renamed_events = _named(data["vocabulary"]["events"], vocabulary.get("events", []))
    facts, renamed_facts = _named(data["vocabulary"]["facts"], vocabulary.get("facts", []))
    proposed = [_renamed(rule, renamed_events | renamed_facts) for rule in data["rules"]]
    result["rules"] = _rules(proposed, given.get("rules", []), given.get("rule_defaults", {}))
    read = set(_texts(result["rules"]))
    result["vocabulary"] = {
        "events": [event for event in events if event["id"] in read or _is_given(event, vocabulary.get("events", []))],
        "facts": [fact for fact in facts if fact["id"] in read or _is_given(fact, vocabulary.get("facts", []))],
        **{name: vocabulary[name] for name in ("parameters", "lists") if name in vocabulary},
    }
    for name in ("id", "version", "links", "ambiguities", "confirmed", "published", "rests_on", "notes"):
        if name in given:
            result[name] = given[name]
    return _entered(result, given.get("entered", []))


def _texts(here: Any) -> Iterator[str]:
    if isinstance(here, Mapping):
        for value in here.values():
            yield from _texts(value)
    elif isinstance(here, list):
        for item in here:
            yield from _texts(item)
    elif isinstance(here, str):
        yield here


def _is_given(entry: Mapping[str, Any], given: Iterable[Mapping[str, Any]]) -> bool:
    return any(entry["id"] == each["id"] for each in given)


def _entered(data: dict[str, Any], entered: list[dict[str, Any]]) -> dict[str, Any]:
    """Head fields that the text lacks, each with where the person has it from."""
    for entry in entered:
        field = entry.get("field")
        if field not in _HEAD:
            raise ContentError(f"不能补录“{field}”：可补录的是{'、'.join(_HEAD)}。")
        if data[field] is not None and data[field] != entry["value"]:
            raise ContentError(f"文本中已有{field}“{data[field]}”，不能补录为“{entry['value']}”。请更正原文识别结果。")
        data[field] = entry["value"]
    return data | {"entered": [{"note": "不见于文本", **entry} for entry in entered]}


def _named(proposed: list[dict[str, Any]], given: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Given vocabulary first, then the proposed entries it does not cover; and old id → new id."""
    owner = {word: entry["id"] for entry in given for word in (entry["id"], *entry.get("words", ()))}
    renamed: dict[str, str] = {}
    kept = []
    known = {entry["id"]: entry for entry in proposed}
    for entry in proposed:
        new = next((owner[word] for word in (entry["id"], *entry["words"]) if word in owner), None)
        if new is None:
            kept.append(entry)
        else:
            renamed[entry["id"]] = new
    base = {new: known[old] for old, new in renamed.items()}
    return [{**base.get(entry["id"], {}), **entry} for entry in given] + kept, renamed


def _renamed(here: Any, names: Mapping[str, str], key: str = "") -> Any:
    if isinstance(here, Mapping):
        return {name: _renamed(value, names, name) for name, value in here.items()}
    if isinstance(here, list):
        return [_renamed(item, names, key) for item in here]
    if isinstance(here, str) and key in _NAMING:
        return names.get(here, here)
    return here


_NAMING = {
    "events", "fact", "base", "count", "value", "received", "at_most", "minus", "plus", "product", "least", "most", "of",
}  # fmt: skip
"""The fields of a rule whose texts are names of the vocabulary."""


def _rules(
    proposed: list[dict[str, Any]], given: list[dict[str, Any]], defaults: Mapping[str, Any]
) -> list[dict[str, Any]]:
    by_id = {rule["id"]: _under(rule, defaults) for rule in proposed}
    for entry in given:
        if entry.get("drop"):
            by_id.pop(entry["id"], None)
        else:
            by_id[entry["id"]] = _graded(merged(by_id.get(entry["id"], dict(defaults)), entry), entry)
    order = {rule["id"]: at for at, rule in enumerate(proposed)}
    return sorted(by_id.values(), key=lambda rule: order.get(rule["id"], len(order)))


def _graded(rule: dict[str, Any], entry: Mapping[str, Any]) -> dict[str, Any]:
    """Choices of a proposed tier, once a person has named the event, are the grades of that event."""
    choices = rule["amount"].get("choose", [])
    tiers = [choice["when"].get("value") for choice in choices if choice["when"].get("fact") != "event.kind"]
    if not entry.get("trigger") or "amount" in entry or not choices or len(tiers) < len(choices):
        return rule
    sums = {tier: choice["amount"].get("fixed") for tier, choice in zip(tiers, choices, strict=True)}
    if not all(isinstance(tier, str) and fixed for tier, fixed in sums.items()):
        return rule
    return rule | {"amount": {"by_grade": sums}}


def _under(rule: dict[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Defaults for every rule: lists are put before the rule's own, other fields replace the proposal."""
    result = dict(rule)
    for name, value in defaults.items():
        result[name] = [*value, *rule.get(name, [])] if isinstance(value, list) else value
    return result


def merged(base: Any, given: Any) -> Any:
    """``given`` over ``base``: objects field by field, ``+name`` and ``-name`` change the list ``name``, all else replaces."""
    if not isinstance(base, Mapping) or not isinstance(given, Mapping):
        return given
    result = dict(base)
    for name, value in given.items():
        if name.startswith("+"):
            result[name[1:]] = [*result.get(name[1:], []), *value]
        elif name.startswith("-"):
            result[name[1:]] = [item for item in result.get(name[1:], []) if item["id"] not in value]
        else:
            result[name] = merged(result[name], value) if name in result else value
    return result
