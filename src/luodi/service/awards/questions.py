"""The calculator's questions: only those that still matter, in the order of what they settle.

First the kind of unit where some award is not for every kind, then which matters it has, then each matter's particulars, then the facts that some award still
waits for, the one with most to gain first. Each question says why it is asked: the awards and their clauses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from luodi.entitlement.amount import ByGrade, ceiling
from luodi.entitlement.explain import explain
from luodi.entitlement.rule import UNIT_KINDS, Rule, RuleSet
from luodi.entitlement.vocabulary import UNIT_ATTRIBUTES, EventKind, FactKind
from luodi.service.awards.answers import Answers

RESULT = "result"
OTHER = "其他"
"""The answer where none of the codes that a text names is right: others occur too."""


@dataclass(frozen=True)
class Why:
    """Why we ask: an award that rests on it, its clause, and what it is worth at most (fen)."""

    title: str
    article: str
    upto_fen: int | None


@dataclass(frozen=True)
class Field:
    """One thing to fill in. ``kind``: choice, several, date, integer, money, number, text."""

    name: str
    label: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    value: Any = ""
    hint: str = ""
    error: str = ""
    legend: str = ""
    note: str = ""


@dataclass(frozen=True)
class Question:
    """One page of the calculator."""

    step: str
    title: str
    hint: str
    fields: tuple[Field, ...]
    why: tuple[Why, ...] = ()
    sensitive: bool = False
    optional: bool = True
    again: str = ""

    @property
    def last(self) -> bool:
        """Whether nothing can follow once nothing else is open: only the answers before the facts open new questions."""
        return self.step.startswith("fact:")


def next_step(rules: RuleSet, answers: Answers, as_of: dt.date) -> str:
    """The first thing not yet asked that still matters; :data:`RESULT` when nothing does."""
    return next(steps_left(rules, answers, as_of), RESULT)


def steps_left(rules: RuleSet, answers: Answers, as_of: dt.date) -> Iterable[str]:
    """What is still to be asked, in order."""
    if "kind" not in answers.done and asks_kind(rules):
        yield "kind"
    if "events" not in answers.done and any(_offered(rules, answers.kind)):
        yield "events"
    for event in answers.events:
        step = f"event:{event['id']}"
        if step not in answers.done and particulars(rules, str(event["kind"])):
            yield step
    if answers.kind or not asks_kind(rules):
        yield from (f"fact:{name}" for name in _facts_left(rules, answers, as_of))


def asks_kind(rules: RuleSet) -> bool:
    """Whether the kind of unit settles anything: not where every award is for every kind, or for persons alone."""
    return any(set(rule.kinds) != set(UNIT_KINDS) for rule in rules.rules)


def _facts_left(rules: RuleSet, answers: Answers, as_of: dt.date) -> list[str]:
    """Facts some award waits for: those with most to gain and settling most awards first."""
    gains: dict[str, list[int]] = {}
    found = explain(rules, answers.unit(), as_of)
    for result in found.rules:
        for each in result.missing:
            if each.fact_or_event in rules.words.facts:
                gains.setdefault(each.fact_or_event, []).append(each.gain_fen)
    for rule, result in zip(rules.rules, found.rules, strict=True):
        if rule.elsewhere and result.upto_fen:
            gains.setdefault(rule.elsewhere.fact, []).append(0)
    order = sorted(gains, key=lambda name: (-sum(gains[name]), -len(gains[name])))
    return [name for name in order if f"fact:{name}" not in answers.done and name not in answers.facts]


def question(rules: RuleSet, answers: Answers, step: str) -> Question | None:
    """The page for a step; None for a step this policy does not have."""
    head, _, tail = step.partition(":")
    if head == "kind":
        return _kind_question(rules, answers)
    if head == "events":
        return _events_question(rules, answers)
    if head == "event":
        event = next((event for event in answers.events if event["id"] == tail), None)
        return _event_question(rules, event) if event else None
    kind = rules.words.facts.get(tail) if head == "fact" else None
    return _fact_question(rules, answers, kind) if kind else None


def _kind_question(rules: RuleSet, answers: Answers) -> Question:
    options = UNIT_ATTRIBUTES["unit.kind"].options
    entry = Field("kind", "单位类型", "choice", options, value=answers.kind or "")
    hint = "不同类型的单位能享受的奖励不一样。园区请选“园区”，由其管理机构领取。"
    return Question("kind", "您是哪一类单位？", hint, (entry,), optional=False)


def _offered(rules: RuleSet, kind: str | None) -> Iterable[Rule]:
    """Rules on events that are open to this kind of unit (to any, where none was asked), largest sum first."""
    found = [
        rule for rule in rules.rules
        if rule.trigger and (kind is None or kind in rule.kinds or rule.otherwise is not None)
    ]  # fmt: skip
    return sorted(found, key=lambda rule: -(ceiling(rule.amount) or 0))


def _events_question(rules: RuleSet, answers: Answers) -> Question:
    has = {str(event["kind"]) for event in answers.events}
    fields, seen = [], set()
    for number, rule in enumerate(_offered(rules, answers.kind)):
        kinds = [kind for kind in rule.relevant if kind not in seen]
        seen.update(kinds)
        if kinds:
            options = tuple((kind, rules.words.events[kind].label) for kind in kinds)
            fields.append(Field(f"events.{number}", rule.title, "several", options, value=sorted(has & set(kinds)),
                                note=_sum_note(rule), legend=rule.article))  # fmt: skip
    window = _window(rules)
    hint = f"勾选{window}取得的；没有就不勾，直接点“下一步”。容易混淆的也列在里面，勾了会告诉您为什么不算。"
    whose = "您的单位" if asks_kind(rules) else "您或您的单位"
    return Question("events", f"{whose}有下面哪些奖项、称号或资格？", hint, tuple(fields),
                    sensitive=any(rule.attest for rule in rules.rules))  # fmt: skip


def _sum_note(rule: Rule) -> str:
    most = ceiling(rule.amount)
    return f"每项最高 {most // 1_000_000:,} 万元" if most and most % 1_000_000 == 0 else ""


def _window(rules: RuleSet) -> str:
    days = {(rule.window.start, rule.window.end) for rule in rules.rules if rule.trigger}
    if len(days) != 1:
        return "政策期内"
    start, end = days.pop()
    if start and end:
        return f" {start} 至 {end} 期间（首尾两天都算）"
    return f" {start} 以后" if start else "政策期内"


def particulars(rules: RuleSet, kind_id: str) -> tuple[FactKind, ...]:
    """What matters about an event of a kind: nothing where the kind as such is refused by name."""
    kind = rules.words.events.get(kind_id)
    paying = [rule for rule in rules.rules if rule.trigger and kind_id in rule.trigger.events]
    if kind is None or not paying:
        return ()
    own = {each.id for each in kind.attributes}
    others = {each.id for other in rules.words.events.values() for each in other.attributes} - own
    attributes = rules.words.attributes
    names = ["event.grade"] if any(isinstance(rule.amount, ByGrade) for rule in paying) else []
    names += ["event.action"] if kind.actions else []
    names.append("event.date")
    read = {name for rule in paying for name, _ in rule.facts() if _concerns(rule, name, kind_id)}
    names += [name for name in attributes if name in read - _NEVER_ASKED - others and name not in names]
    return tuple(attributes[name] for name in names)


_NEVER_ASKED = {"event.id", "event.kind", "event.evidence", "event.number_digest", "event.prize", "event.issuer"}


def _concerns(rule: Rule, name: str, kind_id: str) -> bool:
    """Whether a property matters for this kind: a kind's own attributes are asked for that kind only."""
    return name.startswith("event.") and kind_id in (rule.trigger.events if rule.trigger else ())


def _event_question(rules: RuleSet, event: Mapping[str, Any]) -> Question:
    kind = rules.words.events[str(event["kind"])]
    fields = tuple(_particular(each, kind, event) for each in particulars(rules, kind.id))
    paying = [rule for rule in rules.rules if rule.trigger and kind.id in rule.trigger.events]
    hint = "不清楚的可以空着：结果里会写明还差什么。"
    return Question(
        f"event:{event['id']}", f"关于“{kind.label}”", hint, fields, tuple(_why(rule) for rule in paying),
        sensitive=kind.evidence in ("attested", "offline"), again=f"还有另一项“{kind.label}”要填",
    )  # fmt: skip


def _particular(each: FactKind, kind: EventKind, event: Mapping[str, Any]) -> Field:
    name = each.id.removeprefix("event.")
    value = event.get(name)
    if name == "grade":
        options = tuple((grade.id, grade.id) for grade in kind.grades)
        return Field(name, "是哪一等级？", "choice" if options else "text", options, value=value or "")
    if name == "action":
        options = tuple((action, action) for action, _ in kind.actions)
        return Field(name, "是哪种情形？", "choice", options, value=value or "",
                     hint="变更换证、复核、扩大范围等不是新取得，请照实选。")  # fmt: skip
    return _field(each, name, value)


def _fact_question(rules: RuleSet, answers: Answers, kind: FactKind) -> Question:
    using = [rule for rule in rules.rules if kind.id in {name for name, _ in rule.facts()}
             or (rule.elsewhere and rule.elsewhere.fact == kind.id)]  # fmt: skip
    given = answers.facts.get(kind.id)
    value = given.get("value") if isinstance(given, Mapping) else given
    entry = replace(_field(kind, "answer", value), label="您的回答")
    if kind.unit == "人" and not asks_kind(rules):
        entry = replace(entry, hint=f"{entry.hint}为本人测算的填 1。")
    title = kind.question
    if len(using) == 1 and title.startswith(using[0].article):  # 第六条享受月数: of which award?
        title = f"{using[0].title}：{title.removeprefix(using[0].article)}"
    return Question(f"fact:{kind.id}", title, "不清楚可以跳过：结果里会写明还差这一项。", (entry,),
                    tuple(_why(rule) for rule in using))  # fmt: skip


def _why(rule: Rule) -> Why:
    return Why(rule.title, rule.article, ceiling(rule.amount))


_HINTS = {
    "date": "写成 年-月-日，例如 2020-06-30。以决定或证书上的日期为准，不是奖项年度。",
    "money": "只填数字，可以有小数。",
    "integer": "填整数，例如 1。",
    "number": "填数字。",
}


def _field(kind: FactKind, name: str, value: Any) -> Field:
    options = tuple((_plain(value), label) for value, label in kind.options)
    if kind.type == "boolean" and not options:
        options = (("true", "是"), ("false", "否"))
    if kind.type == "code" and kind.open and options:
        options += () if OTHER in dict(options) else ((OTHER, "都不是"),)
    style = "several" if kind.type == "codes" else "choice" if options else kind.type
    shown = [_plain(each) for each in value] if isinstance(value, list) else "" if value is None else _plain(value)
    return Field(name, kind.question, style, options, kind.unit or "", shown, _HINTS.get(style, ""))


def _plain(value: Any) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


@dataclass
class Reading:
    """What was read from a page's form: the new answers, and what is wrong with which field."""

    answers: Answers
    errors: dict[str, str] = field(default_factory=dict)
