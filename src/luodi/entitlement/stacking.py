"""How sums meet: repeated events, differences, exclusive groups, caps. Total order everywhere, integer fen."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from luodi.entitlement.condition import Lookup, Question
from luodi.entitlement.rule import Cap, RuleSet, Stage
from luodi.entitlement.unit import Event

Needs = Literal["ask", "authority", "reading"]


class Item:
    """One event (or, without a trigger, the unit itself) under one rule, with both sums still in the making.

    ``verdicts`` are those of the rule's checks, in order. ``open``: nothing bounds the generous sum. ``touched``
    collects the stages and readings that changed it.
    """

    needs: Needs | None = None
    open = False
    touched: tuple[Any, ...] = ()

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

    def place(self) -> tuple[Any, ...]:
        """The order of events in a group: by day, then by sum, then by what tells them apart."""
        texts = [self.lookup(f"event.{name}") for name in ("grade", "kind", "action", "id")]
        day = self.day or dt.date.max
        return (day, self.upto, self.sure, *((text is None, str(text or "")) for text in texts))


def apply_stage(stage: Stage, when: Question, items: Sequence[Item], rules: RuleSet, as_of: dt.date) -> None:
    """Let the items of each group count by what they add to the largest before them, or no more than the stage allows.

    ``when`` is the stage's own test, made ready.
    """
    groups: dict[tuple[Any, ...], list[Item]] = defaultdict(list)
    for item in items:
        if item.counts and when(item.lookup) is True:
            groups[tuple(_key(item, key) for key in stage.keys)].append(item)
    for group in groups.values():
        ordered = sorted(group, key=Item.place)
        if stage.most is not None:
            _count_up_to(stage, stage.most, ordered)
        else:
            _count_by_increase(stage, ordered, rules, as_of)


def _key(item: Item, key: str) -> Any:
    if key == "year":
        return item.day.year if item.day else None
    return item.lookup(f"event.{key}")


def _count_up_to(stage: Stage, most: int, group: Sequence[Item]) -> None:
    sure = upto = most
    for item in group:
        before = item.sure, item.upto
        item.sure, item.upto = min(item.sure, sure), min(item.upto, upto)
        sure, upto = sure - item.sure, upto - item.upto
        if (item.sure, item.upto) != before:
            item.touched += (stage,)


def _count_by_increase(stage: Stage, group: Sequence[Item], rules: RuleSet, as_of: dt.date) -> None:
    before_sure = before_upto = 0
    for item in group:
        side = rules.side(stage.ambiguity, item.day, as_of) if stage.open else "strict"
        sure, upto = item.sure, item.upto
        if side != "generous":
            item.sure = max(0, sure - before_sure)
        if side == "strict":
            item.upto = max(0, upto - before_upto)
        if (item.sure, item.upto) != (sure, upto):
            item.touched += (stage,)
        before_sure, before_upto = max(before_sure, sure), max(before_upto, upto)


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
    """What holds between the rules of a set: exclusive groups and caps, made ready; see :meth:`sums`."""

    def __init__(self, rules: RuleSet) -> None:
        places = {rule.id: at for at, rule in enumerate(rules.rules)}
        self._groups = [rule.exclusive for rule in rules.rules]
        self._caps = [(cap, frozenset(places[name] for name in cap.rules)) for cap in rules.caps()]
        self._nothing: list[Sums] = [(0, 0)] * len(rules.rules)

    def sums(self, judged: Iterable[Sequence[Item]]) -> list[Sums]:
        """Both sums of each rule after exclusive groups (the highest rule stays, ties go to the first) and caps."""
        cells = _cells(judged)
        groups: dict[str, list[Cell]] = {}
        for cell in cells:
            if name := self._groups[cell.rule]:
                groups.setdefault(name, []).append(cell)
        for members in groups.values():
            if len(members) > 1:
                _keep_highest(members, "sure")
                _keep_highest(members, "upto")
        for cap, places in self._caps:
            _apply(cap, [cell for cell in cells if cell.rule in places])
        totals = list(self._nothing)
        for cell in cells:
            sure, upto = totals[cell.rule]
            sure, upto = sure + cell.sure, upto + cell.upto
            totals[cell.rule] = (sure, upto if upto > sure else sure)
        return totals


def _cells(judged: Iterable[Sequence[Item]]) -> list[Cell]:
    """What may be due, by rule and year, the unknown year last."""
    cells: list[Cell] = []
    for at, items in enumerate(judged):
        years: dict[int, Cell] = {}
        for item in items:
            if item.sure or item.upto:
                year = item.day.year if item.day else NO_YEAR
                if cell := years.get(year):
                    cell.sure += item.sure
                    cell.upto += item.upto
                else:
                    years[year] = Cell(at, year, item.sure, item.upto)
        cells += [years[year] for year in sorted(years)] if len(years) > 1 else years.values()
    return cells


def _keep_highest(cells: Sequence[Cell], side: str) -> None:
    totals: dict[int, int] = {}
    for cell in cells:
        totals[cell.rule] = totals.get(cell.rule, 0) + getattr(cell, side)
    best = max(totals, key=lambda at: (totals[at], -at))
    for cell in cells:
        if cell.rule != best:
            setattr(cell, side, 0)


def _apply(cap: Cap, cells: Sequence[Cell]) -> None:
    if cap.per != "year":
        _cut(cells, cap.fen)
        return
    for year in {cell.year for cell in cells}:
        _cut([cell for cell in cells if cell.year == year], cap.fen)


def _cut(cells: Sequence[Cell], cap: int) -> None:
    """The running total of either sum stops at the cap."""
    sure = upto = cap
    for cell in cells:
        cell.sure = min(cell.sure, sure)
        cell.upto = min(cell.upto, upto)
        sure -= cell.sure
        upto -= cell.upto
