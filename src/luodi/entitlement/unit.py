"""One unit as given: its facts and events read into canonical values, names resolved, doubles set apart.

Bad input is named with the unit and the field. What nobody gave stays null: unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from luodi.entitlement.rule import UNIT_KINDS, RuleSet
from luodi.entitlement.vocabulary import EVENT_ATTRIBUTES, EVIDENCE_ORDER, EventKind, Value
from luodi.errors import ContentError

GradeState = Literal["listed", "missing", "unrecognised", "outdated", "undated"]


class Source(NamedTuple):
    """Where a fact comes from and of which day it is."""

    name: str | None
    as_of: dt.date | None


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the unit.

    ``values`` holds every attribute under its ``event.…`` name, and what follows from them: ``day`` (that of decision
    or certificate, else of the paper that published it), ``named`` (the name was in use on that day) and
    ``grade_state`` (:data:`GradeState`).
    """

    kind: EventKind
    grade: str | None
    day: dt.date | None
    values: Mapping[str, Value | None]

    @property
    def id(self) -> str | None:
        """The record's id, if it has one."""
        found = self.values.get("event.id")
        return str(found) if found is not None else None

    @property
    def identity(self) -> tuple[Any, ...] | None:
        """What makes two records one paper: kind, issuer, number digest, date; null where one of them is unknown."""
        parts = [self.values.get(f"event.{name}") for name in ("issuer", "number_digest", "date")]
        return None if None in parts else (self.kind.id, *parts)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit to be judged: ``values`` by fact, ``unit.kind`` among them.

    ``asked`` lists the event kinds that were asked for (null: the list is complete).
    """

    id: str
    kind: str | None
    legal_person: str | None
    values: Mapping[str, Value | None]
    sources: Mapping[str, Source]
    events: tuple[Event, ...]
    doubles: tuple[Event, ...]
    paid: Mapping[str, int]
    asked: frozenset[str] | None
    unread: tuple[str, ...]


def read_unit(data: Mapping[str, Any], rules: RuleSet) -> Unit:
    """A unit of the JSON form ``{"id","kind","facts","events","paid"}``.

    Raises:
        ContentError: no id, an unknown kind of unit, a value of another type, unit or range.
    """
    unit_id = data.get("id")
    if not isinstance(unit_id, str) or not unit_id:
        raise ContentError("单位没有编号（id）。请填统一社会信用代码或单位编号。")
    kind = data.get("kind")
    if kind is not None and kind not in UNIT_KINDS:
        raise ContentError(f"单位 {unit_id} 的类型“{kind}”不认识。可用：{'、'.join(UNIT_KINDS)}。")
    values, sources, strange = _facts(data.get("facts") or {}, unit_id, rules)
    values["unit.kind"] = kind
    paid = _paid(data.get("paid"), unit_id)
    if rules.words.paid and paid is not None:
        _fill(values, sources, paid, rules)
    events, unknown = _events(data.get("events") or (), unit_id, rules)
    kept, doubles = without_doubles(events)
    asked = data.get("asked")
    return Unit(
        id=unit_id,
        kind=kind,
        legal_person=data.get("legal_person"),
        values=values,
        sources=sources,
        events=kept,
        doubles=doubles,
        paid=_by_rule(paid or (), rules),
        asked=None if asked is None else frozenset(_kind_ids(asked, rules)),
        unread=tuple(sorted({*strange, *unknown})),
    )


def _kind_ids(names: Iterable[str], rules: RuleSet) -> list[str]:
    return [kind.id for name in names if (kind := rules.words.kind_of(name)[0])]


def _facts(
    given: Mapping[str, Any], unit_id: str, rules: RuleSet
) -> tuple[dict[str, Value | None], dict[str, Source], list[str]]:
    values: dict[str, Value | None] = {}
    sources: dict[str, Source] = {}
    strange = []
    quick = rules.words.quick
    for name, item in given.items():
        if (read := quick.get(name)) is None:
            strange.append(f"事实 {name}")
        elif (value := read(item)) is not None:
            values[name] = value
        else:
            values[name], sources[name] = _fact(name, item, unit_id, rules)
    return values, sources, strange


def _fact(name: str, item: Any, unit_id: str, rules: RuleSet) -> tuple[Value | None, Source]:
    """A fact in the long form ``{"value","unit","source","as_of"}``, or a value that has to be converted."""
    entry = item if isinstance(item, Mapping) else {"value": item}
    where, as_of = f"单位 {unit_id} 的事实“{name}”", entry.get("as_of")
    day = UNIT_DAY.read(as_of, where) if as_of is not None else None
    return rules.words.facts[name].read(entry.get("value"), where, entry.get("unit")), Source(entry.get("source"), day)  # type: ignore[arg-type]


UNIT_DAY = EVENT_ATTRIBUTES["event.date"]


def _events(given: Iterable[Mapping[str, Any]], unit_id: str, rules: RuleSet) -> tuple[list[Event], list[str]]:
    events, unknown = [], []
    for number, item in enumerate(given, 1):
        where = f"单位 {unit_id} 第 {number} 个事项"
        written = item.get("kind")
        if not isinstance(written, str) or not written:
            raise ContentError(f"{where}没有 kind。请写明是什么事项。")
        event = read_event(item, where, rules)
        if event is None:
            unknown.append(f"事项 {written}")
        else:
            events.append(event)
    return events, unknown


def read_event(item: Mapping[str, Any], where: str, rules: RuleSet) -> Event | None:
    """An event with its kind, grade and action resolved; null where the pack does not know the kind.

    Raises:
        ContentError: a value of another type or out of range.
    """
    kind, name = rules.words.kind_of(item["kind"])
    if kind is None:
        return None
    values = {
        key: attribute.read(item.get(key.removeprefix("event.")), where, attribute.unit)
        for key, attribute in rules.words.attributes.items()
    }
    rank = values["event.rank"]
    if isinstance(rank, int) and rank < 1:
        raise ContentError(f"{where}：单位排名应为 1 或以上的整数，读到的是“{rank}”。请改正。")
    day = values["event.date"] or values["event.paper_date"]
    assert day is None or isinstance(day, dt.date)
    written = values["event.grade"]
    grade, state = _grade(kind, written if isinstance(written, str) else None, day)
    action = values["event.action"]
    values |= {
        "event.kind": kind.id,
        "event.grade": grade,
        "event.action": kind.action(action if isinstance(action, str) else None),
        "day": day,
        "named": name.holds(day),
        "grade_state": state,
    }
    return Event(kind, grade, day, values)


def _grade(kind: EventKind, written: str | None, day: dt.date | None) -> tuple[str | None, GradeState]:
    if written is None:
        return None, "missing"
    if not kind.grades:
        return written, "listed"
    grade = kind.grade(written)
    if grade is None:
        return None, "unrecognised"
    states: dict[bool | None, GradeState] = {True: "listed", False: "outdated", None: "undated"}
    return grade.id, states[grade.dated.holds(day)]


def without_doubles(events: Iterable[Event]) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """One record for each paper, and the records that say the same paper again (they go to a person)."""
    best: dict[tuple[Any, ...], Event] = {}
    given = list(events)
    for event in given:
        identity = event.identity
        if identity is not None and (identity not in best or _reliable(event) < _reliable(best[identity])):
            best[identity] = event
    kept = tuple(event for event in given if event.identity is None or best[event.identity] is event)
    doubles = tuple(event for event in given if event.identity is not None and best[event.identity] is not event)
    return kept, doubles


def _reliable(event: Event) -> tuple[Any, ...]:
    evidence = event.values.get("event.evidence")
    place = EVIDENCE_ORDER.index(evidence) if evidence in EVIDENCE_ORDER else len(EVIDENCE_ORDER)
    texts = (event.grade, event.values.get("event.action"), event.id)
    return (place, *((text is None, str(text or "")) for text in texts))


def _paid(given: Iterable[Mapping[str, Any]] | None, unit_id: str) -> Sequence[Mapping[str, Any]] | None:
    """The payment records, checked; null where nobody says what was paid. ``policy`` is another pack's id."""
    for item in given or ():
        fen = item.get("amount_fen")
        if not isinstance(fen, int) or isinstance(fen, bool) or fen < 0 or not item.get("rule"):
            raise ContentError(
                f"单位 {unit_id} 的已兑付记录应有 rule 和不为负的整数 amount_fen，读到的是“{dict(item)}”。"
            )
    return None if given is None else list(given)


def _by_rule(paid: Iterable[Mapping[str, Any]], rules: RuleSet) -> dict[str, int]:
    """What was paid under each rule of the pack itself."""
    found: dict[str, int] = {}
    for item in paid:
        if item.get("policy") in (None, rules.pack_id):
            found[item["rule"]] = found.get(item["rule"], 0) + item["amount_fen"]
    return found


def _fill(
    values: dict[str, Value | None], sources: dict[str, Source], paid: Sequence[Mapping[str, Any]], rules: RuleSet
) -> None:
    """The facts that sum up payment records, where nobody stated them."""
    for name, by in rules.words.paid.items():
        if values.get(name) is None:
            policy = by.policy or rules.pack_id
            fitting = [each for each in paid if (each.get("policy") or rules.pack_id) == policy]
            values[name] = sum(each["amount_fen"] for each in fitting if by.rules is None or each["rule"] in by.rules)
            sources[name] = Source("兑付记录", None)
