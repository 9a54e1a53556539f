"""What a visitor answered: kept in the visitor's page only, never stored, logged or put into an address.

The answers travel as one hidden field of the form. They are the visitor's own and are checked like any input.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from luodi.entitlement.rule import UNIT_KINDS
from luodi.errors import ContentError

LONGEST = 20_000
MOST_EVENTS = 30
UNIT_ID = "本单位"


@dataclass(frozen=True)
class Answers:
    """Kind of unit, which matters were asked for, what the unit has of them, facts, what was skipped, steps taken."""

    policy: str = ""
    kind: str | None = None
    asked: tuple[str, ...] = ()
    events: tuple[Mapping[str, Any], ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()

    def unit(self) -> dict[str, Any]:
        """The unit as ``explain`` takes it: an event kind that was not asked for stays unknown."""
        return {
            "id": UNIT_ID,
            "kind": self.kind,
            "asked": list(self.asked),
            "facts": {name: _entry(value) for name, value in self.facts.items()},
            "events": [{"id": str(n), "evidence": "self_reported", **event} for n, event in enumerate(self.events, 1)],
        }

    def dumped(self) -> str:
        """The hidden field's value."""
        return json.dumps(
            {"policy": self.policy, "kind": self.kind, "asked": self.asked, "events": self.events, "facts": self.facts,
             "done": self.done, "trail": self.trail},
            ensure_ascii=False, separators=(",", ":"),
        )  # fmt: skip

    def with_fact(self, name: str, value: Any) -> Answers:
        """The answers with one fact answered; None takes an earlier answer back (不清楚)."""
        facts = {key: each for key, each in self.facts.items() if key != name}
        return replace(self, facts=facts if value is None else {**facts, name: value})

    def stepped(self, step: str) -> Answers:
        """The answers with a step done, remembered for going back."""
        done = self.done if step in self.done else (*self.done, step)
        return replace(self, done=done, trail=(*(s for s in self.trail if s != step), step))


def _entry(value: Any) -> dict[str, Any]:
    """A typed answer carries its own source; one taken over from the register keeps that."""
    if isinstance(value, Mapping):
        return dict(value)
    return {"value": value, "source": "您的回答"}


def read_answers(written: str) -> Answers:
    """The answers of a hidden field.

    Raises:
        ContentError: too long or not ours.
    """
    if len(written) > LONGEST:
        raise ContentError("回答太长，无法继续。请从头开始测算，每类事项只填需要的几项。")
    try:
        given = json.loads(written) if written else {}
        return _checked(given)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise ContentError("页面里的回答读不出来。请从头开始测算；之前的回答没有保存在服务器上。") from error


def _checked(given: Mapping[str, Any]) -> Answers:
    kind = given.get("kind")
    if kind is not None and kind not in UNIT_KINDS:
        raise ValueError(kind)
    events = tuple({str(k): _scalar(v) for k, v in event.items()} for event in given.get("events", ()))
    _texts([event[name] for event in events for name in ("id", "kind")])
    if len(events) > MOST_EVENTS:
        raise ContentError(f"事项超过 {MOST_EVENTS} 项，无法在这里测算。请分次测算，或联系牵头单位。")
    facts = given.get("facts", {})
    if not isinstance(facts, dict):
        raise TypeError
    return Answers(
        policy=str(given.get("policy", "")),
        kind=kind,
        asked=_texts(given.get("asked", ())),
        events=events,
        facts=facts,
        done=_texts(given.get("done", ())),
        trail=_texts(given.get("trail", ())),
    )


def _scalar(value: Any) -> Any:
    if value is not None and not isinstance(value, str | int | bool):
        raise TypeError(value)
    return value


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
        raise TypeError(values)
    return tuple(values)
