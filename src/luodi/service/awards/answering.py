"""Reading one page of the calculator into the answers; a wrong value is named with what to do, and kept on the page."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from luodi.entitlement.rule import UNIT_KINDS, RuleSet
from luodi.entitlement.vocabulary import FactKind
from luodi.errors import ContentError
from luodi.service.awards.answers import MOST_EVENTS, Answers
from luodi.service.awards.questions import Reading, particulars, question


class Form(Protocol):
    """What is read of a posted form."""

    def get(self, key: str, default: str = "") -> str: ...
    def getlist(self, key: str) -> list[str]: ...


def answer(rules: RuleSet, answers: Answers, step: str, form: Form) -> Reading:
    """The answers with one page filled in; with errors the answers stay as they were."""
    head, _, tail = step.partition(":")
    if head == "kind":
        return _answer_kind(answers, form.get("kind", ""))
    if head == "events":
        return _answer_events(rules, answers, form)
    if head == "event":
        return _answer_event(rules, answers, tail, form)
    kind = rules.words.facts.get(tail) if head == "fact" else None
    if kind is None:
        raise ContentError("这一步不属于所选政策。请从头开始测算。")
    return _answer_fact(answers, kind, form)


def _answer_kind(answers: Answers, kind: str) -> Reading:
    if kind not in UNIT_KINDS:
        return Reading(answers, {"kind": "请选择一类单位，再点“下一步”。"})
    return Reading(replace(answers, kind=kind).stepped("kind"))


def _answer_events(rules: RuleSet, answers: Answers, form: Form) -> Reading:
    page = question(rules, answers, "events")
    assert page is not None
    shown = [kind for entry in page.fields for kind, _ in entry.options]
    chosen = [kind for entry in page.fields for kind in form.getlist(entry.name) if kind in shown]
    events = [event for event in answers.events if event["kind"] in chosen]
    fresh = max((int(str(event["id"])) for event in answers.events if str(event["id"]).isdigit()), default=0) + 1
    for kind in dict.fromkeys(chosen):
        if not any(event["kind"] == kind for event in events):
            events.append({"id": str(fresh), "kind": kind})
            fresh += 1
    return Reading(replace(answers, asked=tuple(shown), events=tuple(events)).stepped("events"))


def _answer_event(rules: RuleSet, answers: Answers, event_id: str, form: Form) -> Reading:
    event = next((event for event in answers.events if event["id"] == event_id), None)
    if event is None:
        raise ContentError("这一项已不在回答里。请从头开始测算。")
    filled: dict[str, Any] = {"id": event_id, "kind": event["kind"]}
    errors: dict[str, str] = {}
    for each in particulars(rules, str(event["kind"])):
        name = each.id.removeprefix("event.")
        value, error = _value(each, form, name)
        if error:
            errors[name] = error
        elif value is not None:
            filled[name] = value
    if errors:
        return Reading(answers, errors)
    events = [filled if each["id"] == event_id else each for each in answers.events]
    if form.get("again", "") and len(events) < MOST_EVENTS:
        fresh = max((int(str(each["id"])) for each in events if str(each["id"]).isdigit()), default=0) + 1
        events.append({"id": str(fresh), "kind": event["kind"]})
    return Reading(replace(answers, events=tuple(events)).stepped(f"event:{event_id}"))


def _answer_fact(answers: Answers, kind: FactKind, form: Form) -> Reading:
    value, error = _value(kind, form, "answer")
    if error:
        return Reading(answers, {"answer": error})
    return Reading(answers.with_fact(kind.id, value).stepped(f"fact:{kind.id}"))


def _value(kind: FactKind, form: Form, name: str) -> tuple[Any, str]:
    """A field's value as the unit's JSON carries it, or what is wrong with it; blank is unknown."""
    written = form.get(name, "").strip()
    if kind.type == "codes":
        chosen = form.getlist(name)
        return (chosen or None), ""
    if not written:
        return None, ""
    value = _typed(kind, written)
    try:
        kind.read(value, "")
    except ContentError as error:
        return None, str(error).removeprefix("：")
    return value, ""


def _typed(kind: FactKind, written: str) -> Any:
    """The text as the type wants it; what does not fit stays text and is refused with its own message."""
    if kind.type == "boolean":
        return {"true": True, "false": False}.get(written, written)
    if kind.type == "date":
        return _date(written)
    if kind.type not in ("money", "integer", "number"):
        return written
    try:
        number = Decimal(written.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return written
    return int(number) if number == number.to_integral_value() else str(number)


def _date(written: str) -> str:
    """A date as people type it: 2020-6-30, 2020/6/30, 2020.6.30, 2020年6月30日."""
    plain = written.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    parts = plain.split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        return f"{int(parts[0]):04d}-{int(parts[1]):02d}-{int(parts[2]):02d}"
    return written
