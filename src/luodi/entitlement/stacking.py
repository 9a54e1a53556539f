"""How sums meet: repeated events, differences, money from elsewhere, exclusive groups, caps.

Total order everywhere, integer fen.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from luodi.entitlement.condition import Lookup, Question
from luodi.entitlement.rule import Cap, Elsewhere, Reading, Rule, RuleSet, Stage, Takes
from luodi.entitlement.term import number
from luodi.entitlement.unit import Event
from luodi.entitlement.vocabulary import Value

Needs = Literal["ask", "authority", "reading"]


class Item:
    """One event (or, without a trigger, the unit itself) under one rule, with both sums still in the making.

    ``verdicts`` are those of the rule's checks, in order. ``open``: nothing bounds the generous sum. ``touched``
    collects the stages and readings that changed it, ``hangs_on`` those that a missing fact may bring to bear on it.
    """

    needs: Needs | None = None
    open = False
    touched: tuple[Any, ...] = ()
    hangs_on: tuple[Reading | Stage, ...] = ()

    def __init__(
        self,
        event: Event | None,
        lookup: Lookup,
        day: dt.date | None,
        verdicts: list[bool | None],
        sure: int,
        upto: int,
    ) -> None:
        self.event = event
        self.lookup = lookup
        self.day = day
        self.verdicts = verdicts
        self.sure = sure
        self.upto = upto

    @property
    def counts(self) -> bool:
        """Whether anything of it is due or may be."""
        return self.sure > 0 or self.upto > 0 or self.open

    def hang_on(self, part: Reading | Stage) -> None:
        """Wait for the facts that say whether a reading or a stage holds."""
        self.hangs_on += (part,)
        self.needs = "ask"

    def place(self, ties: Sequence[str]) -> tuple[Any, ...]:
        """The order of events in a group: by day, then by sum, then by what tells them apart (:attr:`RuleSet.ties`)."""
        texts = [self.lookup(name) for name in ties]
        day = self.day or dt.date.max
        return (day, self.upto, self.sure, *((text is None, str(text or "")) for text in texts))


def apply_stage(stage: Stage, when: Question, items: Sequence[Item], rules: RuleSet, as_of: dt.date) -> None:
    """Let the items of each group count by what they add to the largest before them, or no more than the stage allows.

    ``when`` is the stage's own test, made ready. Where it is unknown the sure sum counts in the group, the possible one
    for itself.
    """
    groups: dict[tuple[Any, ...], list[Member]] = defaultdict(list)
    for item in items:
        within = when(item.lookup) if item.counts else False
        if within is not False:
            groups[tuple(_key(item, key) for key in stage.keys)].append((item, within is True))
        if within is None:
            item.hang_on(stage)
    for group in groups.values():
        ordered = sorted(group, key=lambda member: member[0].place(rules.ties))
        if stage.most is not None:
            _count_up_to(stage, stage.most, ordered)
        else:
            _count_by_increase(stage, ordered, rules, as_of)


Member = tuple[Item, bool]
"""An item of a stage's group, and whether it stands there for certain."""


def _key(item: Item, key: str) -> Any:
    if key == "year":
        return item.day.year if item.day else None
    return item.lookup(f"event.{key}")


def _count_up_to(stage: Stage, most: int, group: Sequence[Member]) -> None:
    sure = upto = most
    for item, certain in group:
        before = item.sure, item.upto
        item.sure = min(item.sure, sure)
        sure -= item.sure
        if certain:
            item.upto = min(item.upto, upto)
            upto -= item.upto
        if (item.sure, item.upto) != before:
            item.touched += (stage,)


def _count_by_increase(stage: Stage, group: Sequence[Member], rules: RuleSet, as_of: dt.date) -> None:
    before_sure = before_upto = 0
    for item, certain in group:
        side = rules.side(stage.ambiguity, item.day, as_of) if stage.open else "strict"
        sure, upto = item.sure, item.upto
        if side != "generous":
            item.sure = max(0, sure - before_sure)
        if side == "strict" and certain:
            item.upto = max(0, upto - before_upto)
        if (item.sure, item.upto) != (sure, upto):
            item.touched += (stage,)
        before_sure = max(before_sure, sure)
        if certain:
            before_upto = max(before_upto, upto)


@dataclass(slots=True)
class Cell:
    """The sums of one rule in one calendar year (:data:`NO_YEAR`: no day known)."""

    rule: int
    year: int
    sure: int
    upto: int


Sums = tuple[int, int]
NO_YEAR = dt.MAXYEAR + 1


class Settlement:
    """What holds between the rules of a set: money from elsewhere, exclusive groups and caps; see :meth:`sums`."""

    def __init__(self, rules: RuleSet) -> None:
        places = {rule.id: at for at, rule in enumerate(rules.rules)}
        self._rules = rules
        self._elsewhere = [(at, each) for at, rule in enumerate(rules.rules) if (each := deducted(rule))]
        self._groups = [rule.exclusive for rule in rules.rules]
        self._rivals = rules.rivals
        self._caps = [(cap, frozenset(places[name] for name in cap.rules), room_of(cap)) for cap in rules.caps()]
        self._nothing: list[Sums] = [(0, 0)] * len(rules.rules)

    def sums(self, judged: Iterable[Sequence[Item]], facts: Mapping[str, Value | None]) -> list[Sums]:
        """Both sums of each rule: less money from elsewhere, after exclusive groups (ties go to the first), after caps.

        ``facts`` are the unit's, with ``day`` and ``as_of``.
        """
        return self.settled([cell for at, items in enumerate(judged) for cell in cells_of(at, items)], facts)

    def settled(self, cells: list[Cell], facts: Mapping[str, Value | None]) -> list[Sums]:
        """:meth:`sums` of cells, in the order of the rules and years."""
        for at, elsewhere in self._elsewhere:
            _deduct(elsewhere, [cell for cell in cells if cell.rule == at], facts, self._rules)
        groups: dict[str, list[Cell]] = {}
        for cell in cells:
            if name := self._groups[cell.rule]:
                groups.setdefault(name, []).append(cell)
        for members in groups.values():
            if len(members) > 1:
                _keep_highest(members, "sure")
                _keep_highest(members, "upto")
        for cap, places, room in self._caps:
            _apply(cap, [cell for cell in cells if cell.rule in places], room(facts.get))
        totals = list(self._nothing)
        for cell in cells:
            sure, upto = totals[cell.rule]
            totals[cell.rule] = (sure + cell.sure, upto + cell.upto)
        # Of a group one pays: what an open rule may pay comes in place of what is sure of another, so it adds the rest.
        for at, others in self._rivals.items():
            sure, upto = totals[at]
            totals[at] = (sure, upto - sum([totals[other][0] for other in others]))
        # Only of the whole: a year whose possible sum another rule may take adds nothing to the other years.
        return [(sure, upto if upto > sure else sure) for sure, upto in totals]


def cells_of(at: int, items: Sequence[Item]) -> list[Cell]:
    """What may be due of the items of one rule, by year, the unknown year last."""
    years: dict[int, Cell] = {}
    for item in items:
        if item.sure or item.upto:
            year = item.day.year if item.day else NO_YEAR
            if cell := years.get(year):
                cell.sure += item.sure
                cell.upto += item.upto
            else:
                years[year] = Cell(at, year, item.sure, item.upto)
    return [years[year] for year in sorted(years)]


def _keep_highest(cells: Sequence[Cell], side: str) -> None:
    totals: dict[int, int] = {}
    for cell in cells:
        totals[cell.rule] = totals.get(cell.rule, 0) + getattr(cell, side)
    best = max(totals, key=lambda at: (totals[at], -at))
    for cell in cells:
        if cell.rule != best:
            setattr(cell, side, 0)


def deducted(rule: Rule) -> Elsewhere | None:
    """What a rule says of money from elsewhere, if it does more than show it."""
    return rule.elsewhere if rule.elsewhere and rule.elsewhere.takes != "shown" else None


Room = tuple[int, int | None]
"""What a cap leaves for the sure sums and for the possible ones (null: no bound)."""


def room_of(cap: Cap) -> Callable[[Lookup], Room]:
    """A cap's room, as a function of the unit's facts: none is sure while one of them is unknown."""
    if cap.at_most is None and cap.received is None:
        same = cap.fen or 0, cap.fen
        return lambda _: same
    own, received = (number(term) if term is not None else None for term in (cap.at_most, cap.received))

    def room(lookup: Lookup) -> Room:
        limit, gone = own(lookup) if own else cap.fen, received(lookup) if received else 0
        unknown = limit is None or gone is None
        limit = min((each for each in (limit, cap.fen) if each is not None), default=None)
        left = None if limit is None else max(0, limit - max(0, gone or 0))
        return 0 if unknown else left or 0, left

    return room


def _deduct(elsewhere: Elsewhere, cells: Sequence[Cell], facts: Mapping[str, Value | None], rules: RuleSet) -> None:
    """Take what was received elsewhere off a rule's sums, the earliest years first."""
    day: Any = facts["as_of"]
    received: Any = facts.get(elsewhere.fact)
    side = binding(elsewhere, rules, day)
    for name in ("sure", "upto"):
        if side == "generous" or (side == "both" and name == "upto"):
            continue
        whole = sum(getattr(cell, name) for cell in cells)
        gone = _gone(elsewhere.takes, received, whole) if received is not None else whole if name == "sure" else 0
        for cell in cells:
            kept = max(0, getattr(cell, name) - gone)
            gone -= getattr(cell, name) - kept
            setattr(cell, name, kept)


def _gone(takes: str, received: int, whole: int) -> int:
    """How much of a whole sum goes for what was received elsewhere."""
    if takes == "difference":
        return received
    return whole if received > (whole if takes == "highest" else 0) else 0


def binding(elsewhere: Elsewhere, rules: RuleSet, as_of: dt.date) -> Takes:
    """Which sums a deduction binds: without an ambiguity both, else by the reading taken on the day of calculation."""
    return "strict" if elsewhere.ambiguity is None else rules.side(elsewhere.ambiguity, as_of, as_of)


def _apply(cap: Cap, cells: Sequence[Cell], room: Room) -> None:
    if cap.per != "year":
        _cut(cells, *room)
        return
    for year in {cell.year for cell in cells}:
        _cut([cell for cell in cells if cell.year == year], *room)


def _cut(cells: Sequence[Cell], sure: int, upto: int | None) -> None:
    """The running total of either sum stops at its bound."""
    for cell in cells:
        cell.sure = min(cell.sure, sure)
        sure -= cell.sure
        if upto is not None:
            cell.upto = min(cell.upto, upto)
            upto -= cell.upto
