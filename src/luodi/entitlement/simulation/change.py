"""What of a rule can be changed to see what then follows: its sums, rates, caps, thresholds and window.

Each :class:`Field` has a name within its rule (``amount``, ``amount.省级``, ``rate``, ``cap``, ``tier2.from``,
``condition.ID``, ``window.from``, ``limit`` …), the value in force, and the value as people write it; what
``shown`` says, :func:`parse_change` reads back. A change makes new rules; nothing is altered in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from luodi.entitlement.checking import problems_of
from luodi.entitlement.condition import Test
from luodi.entitlement.result import Span
from luodi.entitlement.rule import Cap, Rule, RuleSet
from luodi.entitlement.simulation.amount_places import amount_places
from luodi.entitlement.simulation.places import Place, member_in, numbered, put_in, term_places, test_places, then
from luodi.entitlement.simulation.values import KIND_WORDS, OPEN, READERS, FieldKind, FieldValue, written
from luodi.errors import UsageError

_FEW = 4
"""So many rules a limit over several names one by one."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing of one rule that can be changed.

    ``value`` is canonical, ``shown`` the same as people write it, in ``unit`` (元, %, 日期, 人 …). ``optional``: it
    may be left open (``不限``). ``article`` and ``span`` say where the text decides it.
    """

    rule: str
    name: str
    label: str
    kind: FieldKind
    unit: str
    value: FieldValue
    shown: str
    article: str
    span: Span | None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a rule and the value it is to have."""

    rule: str
    field: str
    value: FieldValue


def changeable(rules: RuleSet) -> tuple[Field, ...]:
    """Everything that can be changed, in the order of the rules."""
    return tuple(_field(rule, place) for rule in rules.rules for place in _places(rule, rules))


def parse_change(text: str, rules: RuleSet) -> Change:
    """The change that ``RULE.FIELD=VALUE`` means.

    Raises:
        UsageError: no such rule or field, or a value of another kind; the message lists what there is.
    """
    name, equals, value = text.partition("=")
    fitting = [rule for rule in rules.rules if name.strip().startswith(f"{rule.id}.")]
    if not equals or not fitting:
        known = "、".join(rule.id for rule in rules.rules)
        raise UsageError(f"“{text}”应写作 规则.字段=值，且规则须是其中之一：{known}。请改正。")
    rule = max(fitting, key=lambda each: len(each.id))
    place = _place(rule, name.strip()[len(rule.id) + 1 :], rules)
    return Change(rule.id, place.name, _read(place, value.strip(), rule))


def changed(rules: RuleSet, changes: Iterable[Change]) -> RuleSet:
    """The rules with the changes made, one after the other, and checked.

    Raises:
        UsageError: a change names no rule or field, or the changed rules do not hold together.
    """
    sound = rules
    for change in changes:
        rule = next((each for each in rules.rules if each.id == change.rule), None)
        if rule is None:
            known = "、".join(each.id for each in rules.rules)
            raise UsageError(f"没有规则“{change.rule}”。可用：{known}。请改正。")
        rules = _place(rule, change.field, rules).put(change.value)
    if problems := problems_of(rules, sound):
        raise UsageError("改动后的规则不自洽：\n- " + "\n- ".join(problems))
    return rules


def paid_sum(rules: RuleSet, change: Change) -> tuple[int, Callable[[int], RuleSet]] | None:
    """The sum in force and the rules with another one (not checked), where a change is of a sum that is paid or a bound of it.

    Every sum that the rule pays is then what it is without it, or the changed sum (for each unit counted) between bounds.
    """
    rule = next(each for each in rules.rules if each.id == change.rule)
    place = _place(rule, change.field, rules)
    return (place.value, place.put) if place.paid and isinstance(place.value, int) else None


def _field(rule: Rule, place: Place) -> Field:
    units: dict[FieldKind, str] = {"money": "元", "rate": "%", "date": "日期"}
    unit = place.unit or units.get(place.kind, "")
    shown = written(place.kind, place.value)
    found = (place.label, place.kind, unit, place.value, shown, rule.article, place.span or rule.span, place.optional)
    return Field(rule.id, place.name, *found)


def _place(rule: Rule, name: str, rules: RuleSet) -> Place:
    places = {place.name: place for place in _places(rule, rules)}
    if name not in places:
        known = "、".join(f"{place.name}（{place.label}）" for place in places.values()) or "（没有可改的字段）"
        raise UsageError(f"规则 {rule.id}（{rule.article}）没有字段“{name}”。可改的字段：{known}。请改正。{_FIXED}")
    return places[name]


_FIXED = (
    "改不了的是事项、等级、办理情形、条件的有无、代码和目录、同组就高、从别处得的怎样扣、口径：请另存一份政策包改好，"
    "用 luodi entitle 各算一遍再比。"
)
"""What no field changes, and what to do instead."""


def _places(rule: Rule, rules: RuleSet) -> Iterator[Place]:
    """The places of a rule; ``put`` gives the whole rule set."""

    def into(**part: Any) -> RuleSet:
        return replace(rules, rules=tuple(replace(each, **part) if each is rule else each for each in rules.rules))

    if rule.case_by_case:
        return
    words = rules.words
    yield from (place.within("", "", lambda new: into(amount=new)) for place in amount_places(rule.amount, words))
    for at, condition in enumerate(rule.conditions):

        def with_test(test: Test, at: int = at) -> RuleSet:
            conditions = list(rule.conditions)
            conditions[at] = replace(conditions[at], test=test)
            return into(conditions=tuple(conditions))

        found = [*numbered(test_places(condition.test, words))]
        for place in found:
            placed = replace(place, span=place.span or condition.span)
            yield placed.within(f"condition.{condition.id}", f"条件“{condition.text}”：", with_test)
    window = rule.window
    for name, label, side in (("from", "窗口期起", "start"), ("to", "窗口期止", "end")):
        put = then(put_in(window, side), lambda new: into(window=new))
        yield Place(f"window.{name}", label, "date", getattr(window, side), put, optional=True)
    yield from _limits(rule, rules)
    groups = [at for at, stage in enumerate(rule.stages) if stage.most is not None]
    for number, at in enumerate(groups, 1):
        stage = rule.stages[at]
        name = "group_limit" if len(groups) == 1 else f"group_limit{number}"
        put = then(put_in(stage, "most"), then(member_in(rule, "stages", at), lambda new: into(stages=new.stages)))
        yield Place(name, stage.note, "money", stage.most, put)


def _limits(rule: Rule, rules: RuleSet) -> Iterator[Place]:
    """The rule's caps over several rules; an equal cap that stands at several rules is one and changes in all."""
    cutting = [cap for cap in dict.fromkeys(rule.caps) if cap.per != "total"]
    for number, cap in enumerate(cutting, 1):

        def swap(new: Cap, cap: Cap = cap) -> RuleSet:
            swapped = [
                replace(each, caps=tuple(new if old == cap else old for old in each.caps)) for each in rules.rules
            ]
            return replace(rules, rules=tuple(swapped))

        name = "limit" if len(cutting) == 1 else f"limit{number}"
        label = f"每单位{'每年' if cap.per == 'year' else ''}限额（{'、'.join(cap.rules) if len(cap.rules) <= _FEW else f'{len(cap.rules)} 条规则'}合计）"
        if cap.fen is not None:
            yield Place(name, label, "money", cap.fen, then(put_in(cap, "fen"), swap))
        for place in numbered(term_places(cap.at_most, rules.words) if cap.at_most is not None else ()):
            yield place.within(f"{name}.at_most", f"{label}中的", then(put_in(cap, "at_most"), swap))


def _read(place: Place, text: str, rule: Rule) -> FieldValue:
    if text == OPEN and (place.optional or place.value is None):
        return None
    found = READERS[place.kind](text.removesuffix(place.unit).strip() if place.unit else text)
    if found is None:
        also = f"，或写“{OPEN}”" if place.optional else ""
        raise UsageError(
            f"规则 {rule.id}（{rule.article}）的 {place.name}（{place.label}）应为{KIND_WORDS[place.kind]}{also}，"
            f"读到的是“{text}”。现值为 {written(place.kind, place.value)}。请改正。"
        )
    return found
