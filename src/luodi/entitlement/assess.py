"""One event under one rule: every check in turn, each yes, no or unknown, with the words for it.

The order of the checks is the order of the reasons: a named refusal speaks before the window, the window before
the grade. A check that waits says whom it waits for: the unit (``ask``) or the authority.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from luodi.entitlement.amount import ByGrade, Payable, payable
from luodi.entitlement.condition import Compare, Lookup, Member, Test, described, facts_of, holds, shown_threshold
from luodi.entitlement.result import ConditionVerdict, Verdict
from luodi.entitlement.rule import UNIT_KINDS, Condition, Reading, Refusal, Rule, RuleSet
from luodi.entitlement.stacking import Item, Needs
from luodi.entitlement.unit import Event, Unit
from luodi.entitlement.vocabulary import Value, within

ATTESTED = ("attested", "offline")
VERDICTS: dict[bool | None, Verdict] = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its verdict, the reason to give when it is no or unknown, whom it waits for, what it would ask."""

    verdict: bool | None
    reason: str = ""
    waits: Literal["ask", "authority"] = "ask"
    asks: tuple[tuple[str, str], ...] = ()
    condition: ConditionVerdict | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Assessed:
    """An event (null: the unit itself) with its checks, what it would pay, the open readings, and the item to stack."""

    event: Event | None
    checks: tuple[Check, ...]
    payable: Payable
    item: Item
    readings: tuple[Reading, ...]

    @property
    def conditions(self) -> tuple[ConditionVerdict, ...]:
        """The conditions among the checks."""
        return tuple(check.condition for check in self.checks if check.condition)

    @property
    def failed(self) -> Check | None:
        """The first check that refuses."""
        return next((check for check in self.checks if check.verdict is False), None)

    @property
    def waiting(self) -> tuple[Check, ...]:
        """The checks that nobody has answered yet."""
        return tuple(check for check in self.checks if check.verdict is None)


def assess(rule: Rule, rules: RuleSet, unit: Unit, event: Event | None, as_of: dt.date) -> Assessed:
    """Judge one event, or without one the unit's facts, under a rule."""
    lookup = lookup_for(unit, event)
    checks = tuple(_checks(rule, rules, unit, event, lookup, as_of))
    grade = event.grade if event else None
    due = payable(rule.amount, lookup, grade)
    if any(check.verdict is False for check in checks):
        item = Item(lookup, event.day if event else as_of, 0, 0, None)
        return Assessed(event, checks, due, item, ())
    item = _item(checks, due, lookup, event.day if event else as_of)
    readings = tuple(_read(rule, rules, item, as_of))
    return Assessed(event, checks, due, item, readings)


def lookup_for(unit: Unit, event: Event | None) -> Lookup:
    """What a name means here: ``event.…`` the event's property, all else the unit's fact."""

    def lookup(name: str) -> Value | None:
        if name.startswith("event."):
            return event.values.get(name) if event else None
        return unit.fact(name)

    return lookup


def _item(checks: tuple[Check, ...], due: Payable, lookup: Lookup, day: dt.date | None) -> Item:
    waits = {check.waits for check in checks if check.verdict is None}
    needs: Needs | None = None
    if "ask" in waits or not due.known:
        needs = "ask"
    elif "authority" in waits or not due.decided:
        needs = "authority"
    sure = due.low if not waits and due.known else 0
    return Item(lookup, day, sure, due.high or 0, needs, open=due.high is None)


def _read(rule: Rule, rules: RuleSet, item: Item, as_of: dt.date) -> Iterator[Reading]:
    """Apply the readings of single events; yields those that leave the two sums apart."""
    for reading in rule.readings:
        if reading.when is not None and holds(reading.when, item.lookup) is not True:
            continue
        side = rules.side(reading.ambiguity, item.day, as_of)
        strict = reading.generous if side == "generous" else reading.strict
        generous = reading.strict if side == "strict" else reading.generous
        if strict == "none":
            item.sure = 0
        if generous == "none":
            item.upto, item.open = 0, False
        if reading.strict != reading.generous:
            item.touched.append(reading)
        if strict != generous:
            if reading.authority and item.needs is None:
                item.needs = "authority"
            yield reading


def _checks(
    rule: Rule, rules: RuleSet, unit: Unit, event: Event | None, lookup: Lookup, as_of: dt.date
) -> Iterator[Check]:
    if event is not None and rule.trigger is not None:
        yield from _refused(rule, event)
        yield from _triggered(rule, event)
        yield from _dated(rule, event, as_of)
        yield from _graded(rule, event)
        yield from _required(rule, rules, event)
        yield from _evidenced(rule, event)
    yield from _recipient(rule, unit)
    for condition in rule.conditions:
        if condition.events is None or (event is not None and event.kind.id in condition.events):
            yield judge(condition, rules, unit, lookup)


def _refused(rule: Rule, event: Event) -> Iterator[Check]:
    refusal = next((each for each in rule.refusals if _matches(each, event)), None)
    if refusal:
        yield Check(False, refusal.reason, refusal=refusal.id)
    elif rule.trigger and event.kind.id not in rule.trigger.events:
        yield Check(False, f"“{event.kind.label}”不属于本项（{rule.title}）")
    if event.named is not True:
        yield Check(
            None,
            f"“{event.kind.label}”的名称与其日期不符",
            asks=(("event.kind", "证书或文件上的名称是什么？请核对名称与日期。"),),
        )


def _matches(refusal: Refusal, event: Event) -> bool:
    for wanted, name in ((refusal.events, "kind"), (refusal.actions, "action"), (refusal.grades, "grade")):
        if wanted is not None and event.values.get(f"event.{name}") not in wanted:
            return False
    return True


def _triggered(rule: Rule, event: Event) -> Iterator[Check]:
    assert rule.trigger is not None
    actions = rule.trigger.actions
    if actions is None:
        return
    action = event.values.get("event.action")
    if action is None:
        yield Check(None, "办理情形未知", asks=(("event.action", _either("办理情形", actions)),))
    elif action not in actions:
        yield Check(False, f"“{action}”不属于{'、'.join(actions)}")


def _either(what: str, choices: tuple[str, ...]) -> str:
    return f"{what}是下列哪一种：{'、'.join(choices)}，还是其他？"


def _dated(rule: Rule, event: Event, as_of: dt.date) -> Iterator[Check]:
    start, end = rule.window.start, rule.window.end
    span = f"{start or '…'} 至 {end or '…'}"
    asks = (("event.date", "决定或证书上的日期是哪一天？"),)
    if event.day is None:
        yield Check(None, f"日期未知，须在 {span} 之内（首尾两日均计入）" if start or end else "日期未知", asks=asks)
        return
    days = [day for name in ("date", "paper_date") if isinstance(day := event.values.get(f"event.{name}"), dt.date)]
    inside = {within(day, start, end) for day in days}
    if inside == {False}:
        yield Check(False, f"日期 {event.day} 不在 {span} 之内（首尾两日均计入）")
    elif len(inside) == 2:
        both = "、".join(map(str, days))
        yield Check(None, f"决定日与发文日（{both}）分在 {span} 内外，须确认以哪个日期为准", asks=asks)
    if event.day > as_of:
        yield Check(False, f"日期 {event.day} 晚于测算日 {as_of}，尚未发生")


def _graded(rule: Rule, event: Event) -> Iterator[Check]:
    if not isinstance(rule.amount, ByGrade):
        return
    grades = tuple(grade for grade, _ in rule.amount.sums)
    asks = (("event.grade", _either("等级", grades)),)
    match event.grade_state:
        case "missing":
            yield Check(None, "等级未知", asks=asks)
        case "unrecognised":
            yield Check(None, "等级不在代码表中，须核对", asks=asks)
        case "outdated":
            yield Check(False, f"“{event.grade}”在 {event.day} 不在当时的等级代码表中")
        case "undated":
            yield Check(None, f"“{event.grade}”的等级代码表分时段，须有日期才能判断", asks=asks)
    if event.grade is not None and event.grade not in grades:
        yield Check(False, f"“{event.grade}”不在奖励等级（{'、'.join(grades)}）之内")


def _required(rule: Rule, rules: RuleSet, event: Event) -> Iterator[Check]:
    assert rule.trigger is not None
    for name in rule.trigger.requires:
        kind = rules.words.fact(name)
        if event.values.get(name) is None and kind is not None:
            yield Check(None, f"{kind.label}未知", asks=((name, kind.question),))


def _evidenced(rule: Rule, event: Event) -> Iterator[Check]:
    """What only an authority can attest is not taken from the unit's own word."""
    if event.kind.evidence in ATTESTED and event.values.get("event.evidence") != "attested":
        by = (rule.attest or {}).get("by") or "归口管理部门"
        yield Check(None, f"须由{by}确认", waits="authority")


def _recipient(rule: Rule, unit: Unit) -> Iterator[Check]:
    if set(rule.kinds) == set(UNIT_KINDS):
        return
    if unit.kind is None:
        asks = (("unit.kind", "贵单位属于哪一类（企业、科研院所、高校、园区、其他）？"),)
        yield Check(None, "单位类型未知", asks=asks)
    elif unit.kind not in rule.kinds and rule.otherwise is None:
        words = {
            "enterprise": "企业",
            "institute": "科研院所",
            "university": "高校",
            "park": "园区",
            "other": "其他单位",
        }
        yield Check(False, f"本项对象是{'、'.join(words[kind] for kind in rule.kinds)}，贵单位是{words[unit.kind]}")


def judge(condition: Condition, rules: RuleSet, unit: Unit, lookup: Lookup) -> Check:
    """A condition's verdict with all that a person needs to contest it."""
    verdict = holds(condition.test, lookup) if condition.test else None
    assumed = condition.assume and verdict is None
    handed = condition.fails == "authority" and verdict is False
    verdict = True if assumed else None if handed else verdict
    shown = _condition_verdict(condition, verdict, rules, unit, lookup)
    waits: Literal["ask", "authority"] = "authority" if condition.mode == "attest" or handed else "ask"
    asks = _asks(condition, rules, lookup) if verdict is None else ()
    return Check(verdict, _worded(condition, verdict, shown, rules), waits, asks, shown)


def _asks(condition: Condition, rules: RuleSet, lookup: Lookup) -> tuple[tuple[str, str], ...]:
    names = [name for name in dict.fromkeys(facts_of(condition.test)) if lookup(name) is None]
    kinds = [kind for name in names if (kind := rules.words.fact(name))]
    return tuple((kind.id, kind.question) for kind in kinds) or (("", f"{condition.text}？"),)


def _worded(condition: Condition, verdict: bool | None, shown: ConditionVerdict, rules: RuleSet) -> str:
    if verdict:
        return ""
    if verdict is None:
        return f"须由主管部门确认：{condition.text}" if condition.mode == "attest" else f"待补充：{condition.text}"
    needed = described(condition.test, rules.words) if condition.test else condition.text
    read = f"，读到的是 {_text(shown.value)}{shown.unit or ''}" if shown.value is not None else ""
    return f"不符合“{condition.text}”：要求{needed}{read}"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "、".join(f"{name} {_text(each)}" for name, each in value.items())
    return "未知" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _condition_verdict(
    condition: Condition, verdict: bool | None, rules: RuleSet, unit: Unit, lookup: Lookup
) -> ConditionVerdict:
    names = list(dict.fromkeys(facts_of(condition.test)))
    kinds = {name: kind for name in names if (kind := rules.words.fact(name))}
    values = {name: kind.shown(lookup(name)) for name, kind in kinds.items()}
    known = [unit.facts[name] for name in names if name in unit.facts]
    source = next((each.source for each in known if each.source), None)
    if condition.assume and lookup_missing(names, lookup):
        source = source or "未见相反记录，按符合处理"
    single = len(names) == 1
    return ConditionVerdict(
        id=condition.id,
        text=condition.text,
        verdict=VERDICTS[verdict],
        value=values.get(names[0]) if single else {kinds[n].label: v for n, v in values.items()} or None,
        threshold=_threshold(condition.test, rules),
        unit=kinds[names[0]].unit if single and names[0] in kinds else None,
        source=source or condition.source,
        as_of=next((each.as_of for each in known if each.as_of), None),
        article=condition.article,
        span=condition.span,
        implied=condition.implied,
        mode=condition.mode,
    )


def lookup_missing(names: list[str], lookup: Lookup) -> bool:
    """Whether none of the names has a value."""
    return all(lookup(name) is None for name in names)


def _threshold(test: Test | None, rules: RuleSet) -> Any:
    match test:
        case None:
            return None
        case Compare(fact, _, value) if not hasattr(value, "times"):
            kind = rules.words.fact(fact)
            return kind.shown(value) if kind else value
        case Compare(fact, _, value):
            return shown_threshold(fact, value, rules.words)
        case Member(_, values):
            return list(values)
    return described(test, rules.words)
