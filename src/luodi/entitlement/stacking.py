"""How sums meet: repeated events, differences, exclusive groups, caps. Total order everywhere, integer fen."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from luodi.entitlement.condition import Lookup, holds
from luodi.entitlement.rule import RuleSet, Stage

Needs = Literal["ask", "authority", "reading"]


@dataclass(slots=True)
class Item:
    """One event (or, without a trigger, the unit itself) under one rule, with both sums still in the making.

    ``open``: nothing bounds the generous sum. ``touched`` collects the stages and readings that changed it.
    """

    lookup: Lookup
    day: dt.date | None
    sure: int
    upto: int
    needs: Needs | None
    open: bool = False
    touched: list[Any] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        """Whether anything of it is due or may be."""
        return self.sure > 0 or self.upto > 0 or self.open

    def place(self) -> tuple[Any, ...]:
        """The order of events in a group: by day, then by sum, then by what tells them apart."""
        texts = [self.lookup(f"event.{name}") for name in ("grade", "kind", "action", "id")]
        day = self.day or dt.date.max
        return (day, self.upto, self.sure, *((text is None, str(text or "")) for text in texts))


def apply_stage(stage: Stage, items: Sequence[Item], rules: RuleSet, as_of: dt.date) -> None:
    """Let the items of each group count by what they add to the largest before them, as :class:`Stage` says."""
    groups: dict[tuple[Any, ...], list[Item]] = defaultdict(list)
    for item in items:
        if item.counts and (stage.when is None or holds(stage.when, item.lookup) is True):
            groups[tuple(_key(item, key) for key in stage.keys)].append(item)
    for group in groups.values():
        _count_by_increase(stage, sorted(group, key=Item.place), rules, as_of)


def _key(item: Item, key: str) -> Any:
    if key == "year":
        return item.day.year if item.day else None
    return item.lookup(f"event.{key}")


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
            item.touched.append(stage)
        before_sure, before_upto = max(before_sure, sure), max(before_upto, upto)


@dataclass(slots=True)
class Cell:
    """The sums of one rule in one calendar year (null: no day known)."""

    rule: int
    year: int | None
    sure: int
    upto: int


def settle(cells: Iterable[Cell], rules: RuleSet) -> list[Cell]:
    """The cells after exclusive groups (the highest rule stays, ties go to the first) and caps, in their order."""
    kept = sorted(cells, key=lambda cell: (cell.rule, cell.year is None, cell.year or 0))
    for name in dict.fromkeys(rule.exclusive for rule in rules.rules if rule.exclusive):
        members = [at for at, rule in enumerate(rules.rules) if rule.exclusive == name]
        _keep_highest(kept, members, "sure")
        _keep_highest(kept, members, "upto")
    for cap in rules.caps():
        members = [at for at, rule in enumerate(rules.rules) if rule.id in cap.rules]
        years = {cell.year for cell in kept} if cap.per == "year" else {None}
        for year in years:
            within = [cell for cell in kept if cell.rule in members and (cap.per == "unit" or cell.year == year)]
            _cut(within, cap.fen, "sure")
            _cut(within, cap.fen, "upto")
    return kept


def _keep_highest(cells: Sequence[Cell], members: Sequence[int], side: str) -> None:
    totals = {at: sum(getattr(cell, side) for cell in cells if cell.rule == at) for at in members}
    best = max(totals, key=lambda at: (totals[at], -at))
    for cell in cells:
        if cell.rule in totals and cell.rule != best:
            setattr(cell, side, 0)


def _cut(cells: Sequence[Cell], cap: int, side: str) -> None:
    left = cap
    for cell in cells:
        fen = min(getattr(cell, side), left)
        setattr(cell, side, fen)
        left -= fen
