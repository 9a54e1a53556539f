"""Rules: what a pack says about who is owed what, as frozen parts that every engine reads.

A rule looks at events (a prize, a title, a certificate) or, without a trigger, at facts alone. An event counts
when it is no named look-alike, its action is one that pays, its day lies in the window (both ends included),
its grade is in the code list of that day and in the rule, what is required is known, it is evidenced, and every
condition holds. Each of these is yes, no or unknown; one no refuses, one unknown keeps the sum out of ``sure``.

Then, in this order: readings of single events; ``paid`` (once, per year, per side) and readings over groups of
events (差额, 只计一次); limits for each person or other group; the sum by rule; what was received for the same matter
elsewhere; exclusive groups (就高); caps in their stated ``step``, each less what was received elsewhere under it; over
the whole population, budgets under which a paper orders cuts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from luodi.entitlement.amount import Amount, CaseByCase, reads
from luodi.entitlement.condition import Test, facts_of
from luodi.entitlement.term import Term, reads_of
from luodi.entitlement.vocabulary import Vocabulary
from luodi.record import record

if TYPE_CHECKING:
    from luodi.entitlement.result import Span

Takes = Literal["strict", "generous", "both"]
UnitKind = Literal["enterprise", "institute", "university", "park", "other"]
Key = Literal["kind", "grade", "action", "year", "issuer", "prize", "person"]
_TIES = ("event.grade", "event.kind", "event.action", "event.id")
UNIT_KINDS: tuple[UnitKind, ...] = ("enterprise", "institute", "university", "park", "other")


@record
class Trigger:
    """The events a rule pays on; ``requires`` names event properties that must be known (``event.rank``)."""

    events: tuple[str, ...]
    actions: tuple[str, ...] | None
    requires: tuple[str, ...] = ()


@record
class Window:
    """From ``start`` to ``end``, both days included; null is open."""

    start: dt.date | None
    end: dt.date | None


@record
class Condition:
    """A condition of the text, or an implied one.

    ``events`` limits it to some kinds. ``assume`` holds it met until somebody says otherwise (e.g. not dissolved).
    ``fails`` = ``authority``: what does not hold goes to the authority instead of being refused. Without a test
    only a person can tell.
    """

    id: str
    text: str
    article: str
    span: Span | None
    implied: bool
    mode: Literal["compute", "ask", "attest"]
    test: Test | None
    events: tuple[str, ...] | None = None
    assume: bool = False
    fails: Literal["no", "authority"] = "no"
    source: str | None = None


@record
class Refusal:
    """A look-alike refused by name; each part that is given must match."""

    id: str
    reason: str
    events: tuple[str, ...] | None = None
    actions: tuple[str, ...] | None = None
    grades: tuple[str, ...] | None = None


@record
class Reading:
    """Where the text is silent for a single event: nothing under the strict reading, all under the generous one.

    ``when`` says which events (null: all); while nobody knows, the sure sum takes it as holding, unless ``assume``
    takes it as not holding. ``authority``: only the authority can settle it.
    """

    ambiguity: str | None
    when: Test | None
    strict: Literal["none", "full"]
    generous: Literal["none", "full"]
    note: str
    authority: bool = False
    assume: bool = False


@record
class Stage:
    """Events of one group (equal ``keys``) count by what they add to the largest before them.

    So two of one sum pay once, and a lower then a higher pay the difference (补差). With an ambiguity the strict
    reading does so and the generous one pays each in full; without, both do. ``caution`` asks a person to look.
    """

    keys: tuple[Key, ...]
    ambiguity: str | None = None
    when: Test | None = None
    note: str = ""
    caution: str = ""
    open: bool = False
    assume: bool = False
    most: int | None = None
    """Instead: the running total of a group stops at so many fen (每人最高)."""


@record
class Cap:
    """At most ``fen`` for the running total of ``rules`` in rule order: per unit, or per unit and calendar year.

    ``at_most`` is a cap that hangs on the unit (投资额的30%); with ``fen`` the lower of both holds. ``received`` is what
    was received elsewhere and counts under the cap (市县两级合计不超过); both are terms of the unit's facts. While one of
    them is unknown nothing is sure, and the generous sum is cut by what is known. ``total`` is a budget for all units together: shown, and cut in
    proportion only where ``paper`` decides so
    (:mod:`luodi.entitlement.budget`). Smaller ``step`` first.
    """

    per: Literal["unit", "year", "total"]
    fen: int | None
    rules: tuple[str, ...]
    step: int = 1
    paper: str | None = None
    at_most: Term | None = None
    received: Term | None = None

    @property
    def fixed(self) -> bool:
        """Whether it is the same for every unit."""
        return self.at_most is None and self.received is None


@record
class Elsewhere:
    """Money for the same matter from another level or under another policy: asked for, and what follows from it.

    ``takes``: ``shown`` deducts nothing; ``difference`` (补差) leaves what the rule's sum is above it; ``highest`` (就高)
    leaves nothing where it is above the rule's sum; ``none`` (不重复享受) nothing where it is above zero. With an
    ambiguity the strict reading does so and the generous one does not. Unknown: nothing is sure, all of it possible.
    """

    fact: str
    ambiguity: str | None
    note: str
    takes: Literal["shown", "difference", "highest", "none"] = "shown"


@record
class Instalment:
    """A part of one award that is paid for itself: its share, so many months after the day that counts, or when."""

    share: tuple[int, int]
    months: int | None = None
    when: str = ""


@record
class Payer:
    """Who bears what share of an award (市、区各承担50%); shown, never part of what is owed."""

    name: str
    share: tuple[int, int]


@record
class Application:
    """When one may apply (申报时间): days, both included, or a day of every year (``MM-DD``); an event is owed by its own day."""

    start: dt.date | None
    end: dt.date | None
    yearly: str | None = None


@record
class Answer:
    """An official answer to an ambiguity; before ``start`` it does not reach back unless ``retroactive``."""

    takes: Takes
    start: dt.date | None
    retroactive: bool
    paper: str


@record
class Ambiguity:
    """An open reading (口径待定): both sums stand until the issuer's answer says which is taken."""

    id: str
    question: str
    answer: Answer | None = None

    def in_force(self, as_of: dt.date) -> Answer | None:
        """The answer, if it stands on that day."""
        answer = self.answer
        return None if answer is None or (answer.start is not None and as_of < answer.start) else answer

    def side(self, day: dt.date | None, as_of: dt.date) -> Takes:
        """The reading of an event of that day."""
        answer = self.in_force(as_of)
        if answer is None:
            return "both"
        reaches = answer.retroactive or answer.start is None or (day is not None and day >= answer.start)
        return answer.takes if reaches else "both"


@record
class Rule:
    """One award of a policy: one result row per unit."""

    id: str
    article: str
    span: Span | None
    item: str
    title: str
    mode: Literal["counter", "documents", "no_application", "quick"]
    attest: Mapping[str, str] | None
    publication: Literal["open", "item_total"]
    kinds: tuple[UnitKind, ...]
    otherwise: str | None
    trigger: Trigger | None
    window: Window
    conditions: tuple[Condition, ...]
    amount: Amount
    paid: Literal["each", "once", "per_year", "per_side"]
    paid_why: str
    refusals: tuple[Refusal, ...]
    readings: tuple[Reading, ...]
    stages: tuple[Stage, ...]
    caps: tuple[Cap, ...]
    exclusive: str | None
    elsewhere: Elsewhere | None
    instalments: tuple[Instalment, ...] = ()
    payers: tuple[Payer, ...] = ()
    application: Application | None = None

    @property
    def case_by_case(self) -> bool:
        """Whether the text names no sum, so that the rule stays outside all totals."""
        return isinstance(self.amount, CaseByCase)

    @property
    def relevant(self) -> tuple[str, ...]:
        """Event kinds the rule looks at: those it pays and those it refuses by name."""
        named = [kind for refusal in self.refusals for kind in refusal.events or ()]
        return tuple(dict.fromkeys([*(self.trigger.events if self.trigger else ()), *named]))

    def facts(self) -> Iterator[tuple[str, str]]:
        """What the rule reads, each with the part that reads it: ``compute``, ``ask``, ``attest``, ``reading``."""
        for condition in self.conditions:
            part = "ask" if condition.assume else condition.mode
            yield from ((name, part) for name in facts_of(condition.test))
        yield from ((name, "compute") for name in reads(self.amount))
        for when in [reading.when for reading in self.readings] + [stage.when for stage in self.stages]:
            yield from ((name, "reading") for name in facts_of(when))
        if self.trigger:
            yield from ((name, "ask") for name in self.trigger.requires)
        terms = [term for cap in self.caps for term in (cap.at_most, cap.received) if term is not None]
        yield from ((name, "ask") for term in terms for name in reads_of(term))
        if self.elsewhere and self.elsewhere.takes != "shown":
            yield self.elsewhere.fact, "ask"


@dataclass(frozen=True, eq=False)
class RuleSet:
    """The rules of one pack, checked, with the words and readings they name."""

    pack_id: str
    version: int
    title: str
    words: Vocabulary
    rules: tuple[Rule, ...]
    ambiguities: Mapping[str, Ambiguity]
    effective_from: dt.date | None
    effective_to: dt.date | None

    def side(self, ambiguity: str | None, day: dt.date | None, as_of: dt.date) -> Takes:
        """The reading taken: both where no ambiguity is named (a person decides each)."""
        return "both" if ambiguity is None else self.ambiguities[ambiguity].side(day, as_of)

    @cached_property
    def ties(self) -> tuple[str, ...]:
        """What puts events of one day and sum in order: what every event has, then what stages group by."""
        grouped = {key for rule in self.rules for stage in rule.stages for key in stage.keys}
        return (*_TIES, *(f"event.{key}" for key in ("issuer", "prize", "person") if key in grouped))

    def caps(self) -> tuple[Cap, ...]:
        """Caps that cut, in the order in which they do: by step, then by rule."""
        found = [cap for rule in self.rules for cap in rule.caps if cap.per != "total"]
        return tuple(sorted(dict.fromkeys(found), key=lambda cap: cap.step))

    @cached_property
    def rivals(self) -> dict[int, tuple[int, ...]]:
        """The others of a rule's exclusive group, by place: what is sure of them comes off its possible sum.

        Only where all of the group stand under the same caps, and under a year's only if they look at the unit and at no
        event, so that they pay in one year. Elsewhere another than the highest may pay the most in the end.
        """
        groups: dict[str, list[int]] = {}
        for at, rule in enumerate(self.rules):
            if rule.exclusive:
                groups.setdefault(rule.exclusive, []).append(at)
        found: dict[int, tuple[int, ...]] = {}
        for members in groups.values():
            names = {self.rules[at].id for at in members}
            one_year = all(self.rules[at].trigger is None for at in members)
            caps = [cap for cap in self.caps() if names & set(cap.rules)]
            alike = all(names <= set(cap.rules) and (one_year or cap.per == "unit") for cap in caps)
            if len(members) > 1 and alike:
                found |= {at: tuple(other for other in members if other != at) for at in members}
        return found

    def budgets(self) -> tuple[Cap, ...]:
        """Budgets under which a paper orders cuts, in their order."""
        found = [cap for rule in self.rules for cap in rule.caps if cap.per == "total" and cap.paper]
        return tuple(sorted(dict.fromkeys(found), key=lambda cap: cap.step))
