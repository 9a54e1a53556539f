"""A determination in frozen parts: what went in and what came out, open and restricted apart; thawing and running again.

Everything here is plain JSON values in, plain JSON values out. The restricted part holds what an office may not list
without the right (:mod:`.restricted` keeps it): restricted facts and events, and the rules of items that are published
as one figure only. Only both parts together can be run again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from luodi.entitlement.explain import explain
from luodi.entitlement.result import (
    RULE_FIELDS,
    STATED_FIELDS,
    Bearer,
    Caution,
    Change,
    ConditionVerdict,
    Determination,
    EventResult,
    Missing,
    Nearest,
    NextTier,
    Payment,
    ReadingNote,
    RuleResult,
)
from luodi.policy.pack import Pack

Json = dict[str, Any]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Parts:
    """The open and the restricted part of one thing."""

    open: Json
    apart: Json


def canonical(value: Any) -> str:
    """The one way of writing a JSON value: sorted keys, no spaces; dates and decimals as text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def digest(value: Any) -> str:
    """SHA-256 over the canonical writing."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def rules_digest(pack: Pack) -> str:
    """The digest of what decides: rules, words, the register with the answers as used, and the term."""
    used = {name: pack.data[name] for name in ("rules", "vocabulary", "ambiguities")}
    return digest({**used, "validity": pack.facts.get("validity")})


def restricted_items(pack: Pack) -> frozenset[str]:
    """The items of a pack that are published as one figure only."""
    return frozenset(rule["item"] for rule in pack.rules if rule["publication"] == "item_total")


def split_given(whole: Mapping[str, Any], listed: Mapping[str, Any], pack: Pack) -> Parts:
    """What went in, in two parts. ``listed`` is the same unit as an office may list it (no restricted statement)."""
    kinds = {kind["id"] for kind in pack.vocabulary["events"] if kind["sensitivity"] == "restricted"}
    rules = {rule["id"] for rule in pack.rules if rule["item"] in restricted_items(pack)}
    facts = {name: entry for name, entry in listed["facts"].items() if whole["facts"].get(name) == entry}
    events = [event for event in listed["events"] if event["kind"] not in kinds]
    shown = {event["id"] for event in events}
    return Parts(
        {**whole, "facts": facts, "events": events, "paid": [p for p in whole["paid"] if p["rule"] not in rules]},
        {
            "facts": {name: entry for name, entry in whole["facts"].items() if name not in facts},
            "events": [event for event in whole["events"] if event["id"] not in shown],
            "paid": [paid for paid in whole["paid"] if paid["rule"] in rules],
            "order": [event["id"] for event in whole["events"]],
        },
    )


def whole_given(parts: Parts) -> Json:
    """The input as it went in, from its parts."""
    events = {event["id"]: event for event in (*parts.open["events"], *parts.apart["events"])}
    return {
        **parts.open,
        "facts": {**parts.open["facts"], **parts.apart["facts"]},
        "events": [events[name] for name in parts.apart["order"]],
        "paid": [*parts.open["paid"], *parts.apart["paid"]],
    }


def split_verdict(found: Determination, apart_items: Collection[str]) -> Parts:
    """What came out, in two parts; each carries the sums of its own rules, case-by-case ones aside."""
    plain = json.loads(canonical(found.as_json()))
    apart = [rule for rule in plain["rules"] if rule["item"] in apart_items]
    rest = [rule for rule in plain["rules"] if rule["item"] not in apart_items]
    return Parts(
        {**plain, "rules": rest, "unread": [], **_sums(rest)},
        {"rules": apart, "unread": plain["unread"], "order": [rule["rule"] for rule in plain["rules"]], **_sums(apart)},
    )


def _sums(rules: list[Json]) -> dict[str, int]:
    counted = [rule for rule in rules if rule["group"] != "case"]
    return {name: sum(rule[name] for rule in counted) for name in ("sure_fen", "upto_fen")}


def whole_verdict(parts: Parts) -> Json:
    """The verdict as it came out, from its parts."""
    rules = {rule["rule"]: rule for rule in (*parts.open["rules"], *parts.apart["rules"])}
    ordered = [rules[name] for name in parts.apart["order"]]
    return {**parts.open, "rules": ordered, "unread": parts.apart["unread"], **_sums(ordered)}


def run_again(pack: Pack, given: Parts, as_of: dt.date) -> Parts:
    """The verdict of a frozen input under the frozen pack, in its two parts."""
    return split_verdict(explain(pack, whole_given(given), as_of), restricted_items(pack))


def thawed(plain: Mapping[str, Any]) -> Determination:
    """A frozen verdict as the library's own shapes, for the same pages as a fresh one."""
    rules = tuple(_rule(each) for each in plain["rules"])
    return _made(Determination, plain, rules=rules, unread=tuple(plain["unread"]), as_of=_day(plain["as_of"]))


def _rule(plain: Json) -> RuleResult:
    """A result whose parts are all made already; those that the archive does not have yet are empty."""
    made = RuleResult.__new__(RuleResult)
    nearest, tier = plain.get("nearest"), plain["next_tier"]
    vars(made).update({
        **dict.fromkeys((*RULE_FIELDS, *STATED_FIELDS)), **plain, "span": _span(plain),
        "conditions": tuple(map(_condition, plain["conditions"])), "events": tuple(map(_event, plain["events"])),
        "readings": tuple(_made(ReadingNote, each) for each in plain["readings"]),
        "missing": tuple(_made(Missing, each) for each in plain["missing"]),
        "cautions": tuple(_made(Caution, each, event_ids=tuple(each["event_ids"])) for each in plain["cautions"]),
        "payments": tuple(
            _made(Payment, each, share=tuple(each["share"]), due=_day(each["due"])) for each in plain.get("payments", ())
        ),
        "payers": tuple(_made(Bearer, each, share=tuple(each["share"])) for each in plain.get("payers", ())),
        "next_tier": _made(NextTier, tier) if tier else None,
        "nearest": nearest and _made(Nearest, nearest, changes=tuple(_made(Change, c) for c in nearest["changes"])),
    })  # fmt: skip
    return made


def _event(plain: Json) -> EventResult:
    return _made(EventResult, plain, date=_day(plain["date"]), span=_span(plain),
                 conditions=tuple(map(_condition, plain["conditions"])))  # fmt: skip


def _condition(plain: Json) -> ConditionVerdict:
    read = {**plain, "as_of": _day(plain["as_of"]), "span": _span(plain)}
    return ConditionVerdict(**{name: read[name] for name in ConditionVerdict._fields})


def _made(kind: type[_T], plain: Mapping[str, Any], **read: Any) -> _T:
    """An object of the library from its JSON; names that the library does not have any more are left out."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{**{name: value for name, value in plain.items() if name in known}, **read})


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _span(plain: Json) -> tuple[int, int] | None:
    return (plain["span"][0], plain["span"][1]) if plain.get("span") else None
