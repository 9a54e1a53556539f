"""One rule, specialised: its checks, amount, readings and stages as plain functions of the facts at hand.

A :class:`Check` gives its verdict at once and its words only when somebody reads them. The order of the checks is the
order of the reasons: a named refusal speaks before the window, the window before the grade. A check that waits says
whom it waits for: the unit (``ask``) or the authority.

A function of the facts takes a lookup: fact names mean the unit's facts, ``event.…`` the event's properties, ``day``
the day that counts (without an event that of the calculation, ``as_of``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from luodi.entitlement.amount import grades_of
from luodi.entitlement.asking import Asking, Asks, asking
from luodi.entitlement.condition import Lookup, Question, question
from luodi.entitlement.payable import due
from luodi.entitlement.rule import UNIT_KINDS, Condition, Reading, Refusal, Rule, RuleSet, Stage
from luodi.entitlement.stacking import Item, apply_stage
from luodi.entitlement.unit import Event, Unit
from luodi.entitlement.vocabulary import ATTESTED, Value, within

UNIT_KIND_WORDS = {
    "enterprise": "企业", "institute": "科研院所", "university": "高校", "park": "园区", "other": "其他单位",
}  # fmt: skip
Waits = Literal["ask", "authority"]


class Told(NamedTuple):
    """Why a check refuses or waits, what it would ask, and the named refusal that met the event."""

    reason: str
    asks: Asks = ()
    refusal: str | None = None


class Check(NamedTuple):
    """One check: its verdict from the facts at hand, the words for a no or an unknown, whom an unknown waits for."""

    verdict: Question
    told: Callable[[Lookup], Told]
    waits: Callable[[Lookup], Waits] = lambda _: "ask"
    condition: Asking | None = None


class Judge:
    """A rule made ready: judges the unit, or each of its events, and stacks them."""

    def __init__(self, rule: Rule, rules: RuleSet) -> None:
        self.rule, self.rules = rule, rules
        self.checks = tuple(_checks(rule, rules))
        self.due = due(rule.amount)
        self.kinds = frozenset(rule.relevant)
        self.readings = tuple((each, _holds(each)) for each in rule.readings)
        self.stages = tuple((each, _holds(each)) for each in rule.stages)
        self.asked = tuple((at, check.condition) for at, check in enumerate(self.checks) if check.condition)
        self._asks = tuple(check.verdict for check in self.checks)
        self._outside = rule.case_by_case

    def items(self, unit: Unit, facts: Mapping[str, Value | None], as_of: dt.date) -> Sequence[Item]:
        """The unit's events under the rule, or without a trigger the unit itself, each with both sums.

        ``facts`` are the unit's, with ``day`` and ``as_of``. A branch has none: its legal person applies.
        """
        if self._outside or unit.legal_person is not None:
            return ()
        if self.rule.trigger is None:
            return (self.item(None, facts.get, as_of, as_of),)
        found = [
            self.item(event, {**facts, **event.values}.get, event.day, as_of)
            for event in unit.events
            if event.kind.id in self.kinds
        ]
        for stage, when in self.stages:
            apply_stage(stage, when, found, self.rules, as_of)
        return found

    def item(self, event: Event | None, lookup: Lookup, day: dt.date | None, as_of: dt.date) -> Item:
        """One event (null: the unit itself) with its verdicts and, before stacking, both sums."""
        verdicts = [ask(lookup) for ask in self._asks]
        if False in verdicts:
            return Item(event, lookup, day, verdicts, 0, 0)
        payable = self.due(lookup)
        low, high, known, decided, _ = payable
        item = Item(event, lookup, day, verdicts, low, high or 0)
        if high is None:
            item.open = True
        if not known or not decided or None in verdicts:
            self._wait(item, known=known, decided=decided)
        if self.readings:
            self._read(item, as_of)
        return item

    def _wait(self, item: Item, *, known: bool, decided: bool) -> None:
        """Nothing is sure while a check waits or a fact that the sum needs is missing."""
        waits = {self.checks[at].waits(item.lookup) for at, each in enumerate(item.verdicts) if each is None}
        if waits or not known:
            item.sure = 0
        item.needs = "ask" if "ask" in waits or not known else "authority" if waits or not decided else None

    def _read(self, item: Item, as_of: dt.date) -> None:
        """Apply the readings of single events; the sure sum also those of which nobody knows whether they hold."""
        for reading, when in self.readings:
            holds = when(item.lookup)
            if holds is False:
                continue
            side = self.rules.side(reading.ambiguity, item.day, as_of)
            strict = reading.generous if side == "generous" else reading.strict
            generous = reading.strict if side == "strict" else reading.generous
            if strict == "none":
                item.sure = 0
                if holds is None:
                    item.hang_on(reading)
            if reading.strict != reading.generous:
                item.touched += (reading,)
            if holds is None:
                continue
            if generous == "none":
                item.upto, item.open = 0, False
            if strict != generous and reading.authority and item.needs is None:
                item.needs = "authority"

    def failed(self, item: Item) -> Told | None:
        """The first check that refuses, in words."""
        at = next((at for at, verdict in enumerate(item.verdicts) if verdict is False), None)
        return None if at is None else self.checks[at].told(item.lookup)

    def waiting(self, item: Item) -> Iterator[tuple[Waits, Told]]:
        """The checks that nobody has answered yet, in words."""
        for check, verdict in zip(self.checks, item.verdicts, strict=True):
            if verdict is None:
                yield check.waits(item.lookup), check.told(item.lookup)


def _holds(part: Reading | Stage) -> Question:
    """Whether a reading or a stage holds; one that is assumed not to, only where somebody says so."""
    if part.when is None:
        return lambda _: True
    holds = question(part.when)
    return (lambda lookup: holds(lookup) is True) if part.assume else holds


def _checks(rule: Rule, rules: RuleSet) -> Iterator[Check]:
    if rule.trigger is not None:
        if rule.refusals:
            yield _refused(rule.refusals)
        yield _triggered(rule, rules)
        yield _named(rules)
        if rule.trigger.actions is not None:
            yield _acted(rule.trigger.actions)
        yield _dated(rule.window.start, rule.window.end)
        yield _happened()
        yield from _graded(rule)
        yield from (_required(name, rules) for name in rule.trigger.requires)
        yield from _evidenced(rule, rules)
    yield from _recipient(rule)
    yield from (_condition(condition, rules) for condition in rule.conditions)


def _refused(refusals: Sequence[Refusal]) -> Check:
    def met(lookup: Lookup) -> Refusal | None:
        return next((each for each in refusals if _matches(each, lookup)), None)

    def told(lookup: Lookup) -> Told:
        refusal = met(lookup)
        assert refusal is not None
        return Told(refusal.reason, refusal=refusal.id)

    return Check(lambda lookup: met(lookup) is None, told)


def _matches(refusal: Refusal, lookup: Lookup) -> bool:
    named = ((refusal.events, "kind"), (refusal.actions, "action"), (refusal.grades, "grade"))
    return all(wanted is None or lookup(f"event.{name}") in wanted for wanted, name in named)


def _triggered(rule: Rule, rules: RuleSet) -> Check:
    events = frozenset(rule.trigger.events if rule.trigger else ())
    return Check(
        lambda lookup: lookup("event.kind") in events,
        lambda lookup: Told(f"“{_kind(lookup, rules)}”不属于本项（{rule.title}）"),
    )


def _kind(lookup: Lookup, rules: RuleSet) -> str:
    return rules.words.events[str(lookup("event.kind"))].label


def _named(rules: RuleSet) -> Check:
    asks = (("event.kind", "证书或文件上的名称是什么？请核对名称与日期。"),)
    return Check(
        lambda lookup: True if lookup("named") else None,
        lambda lookup: Told(f"“{_kind(lookup, rules)}”的名称与其日期不符", asks),
    )


def _acted(actions: tuple[str, ...]) -> Check:
    def told(lookup: Lookup) -> Told:
        action = lookup("event.action")
        if action is None:
            return Told("办理情形未知", (("event.action", _either("办理情形", actions)),))
        return Told(f"“{action}”不属于{'、'.join(actions)}")

    return Check(lambda lookup: None if (action := lookup("event.action")) is None else action in actions, told)


def _either(what: str, choices: tuple[str, ...]) -> str:
    return f"{what}是下列哪一种：{'、'.join(choices)}，还是其他？"


def _dated(start: dt.date | None, end: dt.date | None) -> Check:
    """In the window by both days, where both are known; unknown where they fall on different sides."""
    span = f"{start or '…'} 至 {end or '…'}"
    asks = (("event.date", "决定或证书上的日期是哪一天？"),)

    def days(lookup: Lookup) -> list[Any]:
        return [day for name in ("event.date", "event.paper_date") if (day := lookup(name)) is not None]

    def verdict(lookup: Lookup) -> bool | None:
        inside = {within(day, start, end) for day in days(lookup)}
        return inside.pop() if len(inside) == 1 else None

    def told(lookup: Lookup) -> Told:
        if not days(lookup):
            return Told(f"日期未知，须在 {span} 之内（首尾两日均计入）" if start or end else "日期未知", asks)
        if verdict(lookup) is False:
            return Told(f"日期 {lookup('day')} 不在 {span} 之内（首尾两日均计入）")
        both = "、".join(map(str, days(lookup)))
        return Told(f"决定日与发文日（{both}）分在 {span} 内外，须确认以哪个日期为准", asks)

    return Check(verdict, told)


def _happened() -> Check:
    """What lies after the day of calculation has not happened yet; without a day the window asks for it."""

    def verdict(lookup: Lookup) -> bool | None:
        day: Any = lookup("day")
        return day is None or day <= lookup("as_of")

    return Check(verdict, lambda lookup: Told(f"日期 {lookup('day')} 晚于测算日 {lookup('as_of')}，尚未发生"))


def _graded(rule: Rule) -> Iterator[Check]:
    grades = grades_of(rule.amount)
    if grades is None:
        return
    asks = (("event.grade", _either("等级", grades)),)
    states = {"listed": True, "outdated": False}

    def listed(lookup: Lookup) -> Told:
        match lookup("grade_state"):
            case "missing":
                return Told("等级未知", asks)
            case "unrecognised":
                return Told("等级不在代码表中，须核对", asks)
            case "outdated":
                return Told(f"“{lookup('event.grade')}”在 {lookup('day')} 不在当时的等级代码表中")
        return Told(f"“{lookup('event.grade')}”的等级代码表分时段，须有日期才能判断", asks)

    yield Check(lambda lookup: states.get(lookup("grade_state")), listed)  # type: ignore[arg-type]
    yield Check(
        lambda lookup: (grade := lookup("event.grade")) is None or grade in grades,
        lambda lookup: Told(f"“{lookup('event.grade')}”不在奖励等级（{'、'.join(grades)}）之内"),
    )


def _required(name: str, rules: RuleSet) -> Check:
    kind = rules.words.fact(name)
    told = Told(f"{kind.label}未知", ((name, kind.question),)) if kind else Told(f"{name}未知")
    return Check(lambda lookup: None if lookup(name) is None else True, lambda _: told)


def _evidenced(rule: Rule, rules: RuleSet) -> Iterator[Check]:
    """What only an authority can attest is not taken from the unit's own word."""
    attested = {kind for kind in rule.relevant if rules.words.events[kind].evidence in ATTESTED}
    told = Told(f"须由{(rule.attest or {}).get('by') or '归口管理部门'}确认")
    if attested:
        yield Check(
            lambda lookup: (
                True if lookup("event.kind") not in attested or lookup("event.evidence") == "attested" else None
            ),
            lambda _: told,
            lambda _: "authority",
        )


def _recipient(rule: Rule) -> Iterator[Check]:
    if set(rule.kinds) == set(UNIT_KINDS):
        return
    kinds, open_ = rule.kinds, rule.otherwise is not None

    def told(lookup: Lookup) -> Told:
        kind = lookup("unit.kind")
        if kind is None:
            return Told("单位类型未知", (("unit.kind", "贵单位属于哪一类（企业、科研院所、高校、园区、其他）？"),))
        whom = "、".join(UNIT_KIND_WORDS[each] for each in kinds)
        return Told(f"本项对象是{whom}，贵单位是{UNIT_KIND_WORDS[str(kind)]}")

    yield Check(lambda lookup: None if (kind := lookup("unit.kind")) is None else open_ or kind in kinds, told)


def _condition(condition: Condition, rules: RuleSet) -> Check:
    asked = asking(condition, rules)
    verdict, handed = asked.verdict, condition.fails == "authority"
    if condition.events is not None:
        verdict = _only_for(frozenset(condition.events), verdict)

    def waits(lookup: Lookup) -> Waits:
        failing = handed and asked.plain(lookup) is False
        return "authority" if condition.mode == "attest" or failing else "ask"

    def told(lookup: Lookup) -> Told:
        found = verdict(lookup)
        return Told(asked.worded(found, lookup), asked.asks(lookup) if found is None else ())

    return Check(verdict, told, waits, asked)


def _only_for(kinds: frozenset[str], inner: Question) -> Question:
    return lambda lookup: inner(lookup) if lookup("event.kind") in kinds else True
