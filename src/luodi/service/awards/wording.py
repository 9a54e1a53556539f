"""Values, thresholds and facts in the words that people read; unknown is said, never left blank."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from luodi.entitlement.loading import load_rules
from luodi.entitlement.result import ConditionVerdict, EventResult, RuleResult
from luodi.policy.pack import Pack
from luodi.service.policies.rule_words import MUST_NOT

_OPERATORS = {
    "=": "",
    "!=": "不是 ",
    ">=": "不低于 ",
    ">": "高于 ",
    "<=": "不高于 ",
    "<": "低于 ",
    "in": "",
    "not_in": "不是 ",
}


_VERDICTS = {"yes": ("✓ 符合", "green"), "no": ("✕ 不符合", "grey"), "unknown": ("？ 还不知道", "yellow")}


_EVIDENCE = {
    "public_list": "公布名单", "document": "书面材料", "attested": "主管部门确认", "offline": "线下核验",
    "self_reported": "单位填报",
}  # fmt: skip


@dataclass(frozen=True)
class ShownCondition:
    """A condition with its verdict in words, what was read, what was asked for, and where that stands."""

    text: str
    verdict: str
    colour: str
    value: str
    threshold: str
    source: str
    as_of: dt.date | None
    clause: str
    address: str
    implied: bool


def clause_address(slug: str, article: str) -> str:
    """Where a clause is opened (依据原文)."""
    return f"/policies/{slug}/clause/{quote(article)}/"


def shown_conditions(result: RuleResult, rule: Mapping[str, Any], slug: str, pack: Pack) -> tuple[ShownCondition, ...]:
    """Every condition of an award once, in words."""
    return tuple(_condition(each, slug, _test(rule, each.id), pack) for each in _conditions_of(result))


def _conditions_of(result: RuleResult) -> Sequence[ConditionVerdict]:
    """Each condition once: the rule's own, then those that only events carry."""
    seen: dict[str, ConditionVerdict] = {each.id: each for each in result.conditions}
    for event in result.events:
        for each in event.conditions:
            seen.setdefault(each.id, each)
    return list(seen.values())


def _test(rule: Mapping[str, Any], condition: str) -> Mapping[str, Any]:
    """The condition's test where it is one comparison; compound ones are described by the engine."""
    found = next((each.get("test") for each in rule["conditions"] if each["id"] == condition), None) or {}
    return found if "fact" in found else {}


def _condition(each: ConditionVerdict, slug: str, test: Mapping[str, Any], pack: Pack) -> ShownCondition:
    word, colour = _VERDICTS[each.verdict]
    fact = str(test.get("fact", ""))
    return ShownCondition(
        text=f"{MUST_NOT}{each.text}" if test.get("value") is False and test.get("op") == "=" else each.text,
        verdict=word,
        colour=colour,
        value=labelled(fact, each.value, pack, each.unit),
        threshold=_OPERATORS.get(str(test.get("op")), "") + labelled(fact, each.threshold, pack, each.unit),
        source=each.source or "",
        as_of=each.as_of,
        clause=each.article,
        address=clause_address(slug, each.article) if each.article else "",
        implied=each.implied,
    )


def labelled(fact: str, value: Any, pack: Pack, unit: str | None = None) -> str:
    """A fact's value in the words of its options where it has any."""
    if fact == "event.evidence":
        return _EVIDENCE.get(str(value), worded(value))
    kinds = [
        *pack.vocabulary["facts"],
        *(a for event in pack.vocabulary["events"] for a in event.get("attributes") or ()),
    ]
    kind = next((kind for kind in kinds if kind["id"] == fact.removeprefix("event.")), None)
    if isinstance(value, list):
        return "、".join(labelled(fact, each, pack, unit) for each in value)
    if isinstance(value, dict):  # several facts by their names
        units = {each["words"][0]: each.get("unit") for each in kinds}
        return "，".join(f"{name} {worded(each, units.get(name))}" for name, each in value.items())
    for option in (kind or {}).get("options") or ():
        if option["value"] == value and type(option["value"]) is type(value):
            return str(option["label"])
    return worded(value, unit)


def worded(value: Any, unit: str | None = None) -> str:
    """A value as people write it; unknown is said, never left blank."""
    match value:
        case None:
            return "未知"
        case bool():
            return "是" if value else "否"
        case list() | tuple():
            return "、".join(map(worded, value))
        case int() | Decimal():
            behind = "个月" if unit == "月" else unit or ""
            return f"{value.normalize():,f}{behind}" if isinstance(value, Decimal) else f"{value:,}{behind}"
    return f"{value}{unit or ''}"


def event_note(events: Sequence[EventResult]) -> str:
    return "；".join(dict.fromkeys(event.reason for event in events if event.reason and event.verdict != "yes"))


def used_facts(unit: Mapping[str, Any], pack: Pack) -> tuple[tuple[str, str, str, str], ...]:
    """What went in: facts that rules of the pack read, events of kinds it names; what, value, source, as of which day.

    A registry also holds what other policies ask for.
    """
    read, named = _facts_read(pack), {kind["id"] for kind in pack.vocabulary["events"]}
    units = {kind["id"]: kind["unit"] for kind in pack.vocabulary["facts"]}
    facts = [
        (name, labelled(name, entry["value"], pack, entry.get("unit") or units.get(name)), entry.get("source") or "",
         str(entry.get("as_of") or ""))
        for name, entry in unit["facts"].items() if name in read
    ]  # fmt: skip
    return (*facts, *(_used_event(event, pack) for event in unit["events"] if event["kind"] in named))


def _facts_read(pack: Pack) -> set[str]:
    rules = load_rules(pack).rules
    return {name for rule in rules for name, _ in rule.facts()} | {r.elsewhere.fact for r in rules if r.elsewhere}


def _used_event(event: Mapping[str, Any], pack: Pack) -> tuple[str, str, str, str]:
    words = {kind["id"]: kind["words"][0] for kind in pack.vocabulary["events"]}
    parts = [event.get("grade"), event.get("action"), f"单位排名第 {event['rank']}" if event.get("rank") else None]
    value = "，".join(str(part) for part in parts if part) or "已登记"
    source = event.get("issuer") or _EVIDENCE.get(str(event.get("evidence")), "")
    return words.get(event["kind"], str(event["kind"])), value, str(source), str(event.get("date") or "日期未知")
