"""What of a run and of a shared scenario readers of totals may be shown, who hold all that was shown before.

Two totals that differ by few recipients tell what those few are owed, and so do sums of several. What readers of totals
were shown is taken in the order of its release, runs and scenarios alike: it follows from what is frozen, so it is the
same whenever it is asked. A scenario that is no longer shared was seen, and still counts.

A run's figure differs from its like in every earlier release by none or by at least five recipients. A scenario, which
its maker chooses freely, is held against everything at once (:class:`.ledger.Ledger`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import RLock
from typing import Any
from uuid import UUID

from luodi.service.awards.contents import COLUMN, UNPLACED, Contents, contents, district_names
from luodi.service.awards.ledger import Ledger, Recipient
from luodi.service.awards.models import EvaluationRun, Scenario
from luodi.service.awards.scenarios import Hidden, Seen, seen
from luodi.service.awards.simulation import GROUPS, READINGS, SIDES
from luodi.service.awards.suppression import MINIMUM, TOTAL, Cell, may_follow

RULES = "rules"
MOST_EARLIER = 20
"""So many earlier releases a run is held against; older ones are history that nobody compares by chance."""

Owed = dict[Recipient, tuple[int, int]]
"""By recipient what it is owed before and after, in fen."""


def changed_little(run: EvaluationRun) -> Mapping[str, frozenset[Cell]]:
    """By table the cells of a run that differ from an earlier release by fewer recipients than may be laid bare.

    A cell that was withheld in the earlier one for this reason is nothing to compare with.
    """
    return _little(run.pk)


def may_be_shown(run: EvaluationRun) -> bool:
    """Whether the run's total may stand beside those of earlier releases; else an earlier run is shown in its place."""
    return (TOTAL, TOTAL) not in changed_little(run)["award"]


@lru_cache(maxsize=256)
def _little(run_id: UUID) -> Mapping[str, frozenset[Cell]]:
    run, here = EvaluationRun.objects.select_related("policy_version__policy").get(pk=run_id), contents(run_id)
    found: dict[str, set[Cell]] = {name: set() for name in here}
    for there, withheld in _earlier(run):
        for name, table in there.items():
            cells = table.keys() if name not in withheld else {*table, *here[name]} - withheld[name]
            found[name] |= {cell for cell in cells if not may_follow(here[name].get(cell, {}), [table.get(cell, {})])}
    return {name: frozenset(cells) for name, cells in found.items()}


def _earlier(run: EvaluationRun) -> Iterator[tuple[Mapping[str, Contents], Mapping[str, frozenset[Cell]]]]:
    """Earlier releases, the oldest first, so that none waits for many before it: contents, and what was withheld."""
    last = [each for each in _order(run.policy_version.policy_id, run.recorded_at) if each[1] != run.pk]
    names = district_names(run.policy_version.policy.region, run.business_date)
    for _, pk, is_run in last[-MOST_EARLIER:]:
        if is_run:
            yield contents(pk), _little(pk)
        else:
            yield from ((tables, {}) for tables in _alike(_scenario(pk), names))


def _alike(scenario: Scenario, names: Mapping[str, str]) -> Iterator[Mapping[str, Contents]]:
    """The figures of a scenario that are shown and have their like in a run: before its changes, and after them."""
    keys = set().union(*(_keys(released(scenario, reading, MINIMUM)) for reading in READINGS))
    for side in SIDES:
        tables: dict[str, Contents] = {name: defaultdict(dict) for name in ("award", "kind", "size")}
        for each in scenario.behind:
            unit, places = UUID(each["unit"]), each["groups"]
            owed = {rule: _both(sums[side]) for rule, sums in each["owed"].items() if sums[side]["generous"]}
            place = names.get(places["district"], UNPLACED)
            for rule, sums in owed.items():
                for cell, key in (((rule, TOTAL), (RULES, rule)), ((TOTAL, TOTAL), (RULES, TOTAL)),
                                  ((TOTAL, place), ("district", places["district"]))):  # fmt: skip
                    if key in keys:
                        tables["award"][cell][unit, rule] = sums
            whole = (sum(sure for sure, _ in owed.values()), sum(upto for _, upto in owed.values()))
            for group in ("kind", "size"):
                if owed and (group, places[group]) in keys:
                    tables[group][places[group], COLUMN][unit] = whole
        yield tables


def _both(sums: Mapping[str, int]) -> tuple[int, int]:
    return sums["strict"], sums["generous"]


def _keys(view: Seen) -> set[tuple[str, Any]]:
    """The lines that are shown, by list."""
    found = {(group, key) for group, lines in _lists(view) for key, line in lines.items() if not line.withheld}
    return found if view.total.withheld else found | {(RULES, TOTAL)}


def released(scenario: Scenario, reading: str, minimum: int) -> Seen:
    """A scenario's outcome as a reader may see it; one who may open the list itself sees all of it."""
    return seen(scenario.figures, reading, minimum, hidden(scenario, reading) if minimum > 1 else None)


def hidden(scenario: Scenario, reading: str) -> Mapping[str, Hidden]:
    """What of a scenario is to be withheld, by list, beside the lines that are small in themselves."""
    if scenario.first_shared_at is None or not scenario.behind:
        return {group: Hidden(frozenset({TOTAL, *_all_keys(scenario, group)})) for group in (RULES, *GROUPS)}
    return _hidden(scenario, reading)


def _all_keys(scenario: Scenario, group: str) -> list[Any]:
    if group == RULES:
        return [row["rule"] for row in scenario.figures["rules"]]
    return [row["value"] for row in scenario.figures["groups"][group]]


def _hidden(scenario: Scenario, reading: str) -> Mapping[str, Hidden]:
    assert scenario.first_shared_at is not None
    register = _register(scenario.policy_version.policy_id)
    register.enter_until(scenario.first_shared_at)
    return register.hidden[scenario.pk][reading]


Release = tuple[dt.datetime, UUID, bool]
"""When something was released, what, and whether it is a run."""


def _order(policy: UUID, moment: dt.datetime) -> list[Release]:
    """What was released of a policy until a moment, oldest first."""
    runs = EvaluationRun.objects.filter(policy_version__policy=policy, recorded_at__lte=moment)
    shared = Scenario.objects.filter(policy_version__policy=policy, first_shared_at__lte=moment)
    found = [(at, pk, True) for at, pk in runs.values_list("recorded_at", "pk")]
    return sorted(found + [(at, pk, False) for at, pk in shared.values_list("first_shared_at", "pk") if at])


def _scenario(pk: UUID) -> Scenario:
    return Scenario.objects.select_related("policy_version").get(pk=pk)


@lru_cache(maxsize=16)
def _register(policy: UUID) -> _Register:
    return _Register(policy)


class _Register:
    """All that was released of one policy, each entered once and in order; what came later is added to it.

    Where what is entered is no longer the beginning of what was released (a transaction was taken back, or committed
    behind a later one), it begins anew.
    """

    def __init__(self, policy: UUID) -> None:
        self._policy, self._lock = policy, RLock()
        self._begin()

    def _begin(self) -> None:
        self._entered: list[Release] = []
        self._shelves = {reading: _Shelf(reading) for reading in READINGS}
        self.hidden: dict[UUID, Mapping[str, Mapping[str, Hidden]]] = {}

    def enter_until(self, moment: dt.datetime) -> None:
        """Enter what was released until then. What a run may show rests on what is entered before it."""
        with self._lock:
            order = _order(self._policy, moment)
            common = min(len(order), len(self._entered))
            if order[:common] != self._entered[:common]:
                self._begin()
            for each in order[len(self._entered) :]:
                self._enter(each)
                self._entered.append(each)

    def _enter(self, release: Release) -> None:
        _, pk, is_run = release
        if is_run:
            for shelf in self._shelves.values():
                shelf.enter(pk)
            return
        scenario = _scenario(pk)
        self.hidden[pk] = {reading: shelf.offer(scenario) for reading, shelf in self._shelves.items()}


@dataclass
class _Shelf:
    """The ledgers of one policy under one reading: by list, of counts and of sums."""

    reading: str
    counts: dict[str, Ledger] = field(default_factory=lambda: defaultdict(Ledger))
    sums: dict[str, Ledger] = field(default_factory=lambda: defaultdict(Ledger))

    def enter(self, run: UUID) -> None:
        """Enter what was shown of a run."""
        side = list(READINGS).index(self.reading)
        withheld = _little(run)
        for table, cells in contents(run).items():
            for cell, owed in sorted(cells.items(), key=lambda pair: -len(pair[1])):
                if cell not in withheld[table]:
                    self._cell(table, cell, {each: sums[side] for each, sums in owed.items()})

    def _cell(self, table: str, cell: Cell, owed: Mapping[Any, int]) -> None:
        """A figure of a run, in the list in which a scenario has its like; a run counts awards, by district too."""
        if table == "award":
            fen = {(str(unit), rule): sum_ for (unit, rule), sum_ in owed.items()}
            self.counts[RULES].admit([_ones(fen)])
            self.sums[RULES].admit([fen])
            if cell[0] == TOTAL and cell[1] != TOTAL:
                self.sums["district"].admit([_by_unit(fen)])
            return
        fen = {str(unit): sum_ for unit, sum_ in owed.items()}
        self.counts[table].admit([_ones(fen)])
        self.sums[table].admit([fen])

    def offer(self, scenario: Scenario) -> Mapping[str, Hidden]:
        """Enter what may be shown of a scenario, its total first, then its lines from the largest; gives the rest."""
        shown, owed = seen(scenario.figures, self.reading, MINIMUM), _owed(scenario.behind, self.reading)
        withheld, unsplit = self._total(shown, owed)
        found = {}
        for group, lines in _lists(shown):
            refused, whole = set(withheld), set(unsplit)
            for key, line in sorted(lines.items(), key=lambda pair: (-pair[1].before.units, str(pair[0]))):
                if line.withheld:
                    refused.add(key)  # not entered: it stays so, though others that are refused could cover for it
                    continue
                if not line.unsplit and self._admit(group, owed[group][key], split=True):
                    continue
                whole.add(key)
                if not self._admit(group, owed[group][key], split=False):
                    refused.add(key)
            found[group] = Hidden(frozenset(refused), frozenset(whole))
        return found

    def _total(self, shown: Seen, owed: Mapping[str, Mapping[Any, Owed]]) -> tuple[set[Any], set[Any]]:
        """The total stands in every list: where one refuses it, it is withheld."""
        if shown.total.withheld:
            return {TOTAL}, {TOTAL}
        for split in (False,) if shown.total.unsplit else (True, False):
            fits = [self._admit(group, owed[group][TOTAL], split=split) for group in GROUPS]
            pairs = [pair for line in owed[RULES].values() for pair in line.items()]
            fits += [self.sums[RULES].admit([{each: sums[side] for each, sums in pairs} for side in (0, 1)])]
            if all(fits):
                return set(), set() if split else {TOTAL}
        return {TOTAL}, {TOTAL}

    def _admit(self, group: str, owed: Owed, *, split: bool) -> bool:
        """Counts and sums of a line; unsplit, it does not tell apart who gains and who loses."""
        before, after = ({each: pair[side] for each, pair in owed.items()} for side in (0, 1))
        more = {each: after[each] - before[each] for each in owed}
        gains, losses = ({each: sign * fen for each, fen in more.items() if sign * fen > 0} for sign in (1, -1))
        moved = [_ones(gains), _ones(losses)] if split else [_ones(more)]
        return self.counts[group].admit([_ones(before), _ones(after), *moved]) and self.sums[group].admit(
            [before, after, *([gains] if split else [])]
        )


def _by_unit(fen: Mapping[tuple[str, str], int]) -> dict[Recipient, int]:
    found: dict[Recipient, int] = defaultdict(int)
    for (unit, _), each in fen.items():
        found[unit] += each
    return found


def _ones(fen: Mapping[Recipient, int]) -> dict[Recipient, int]:
    return {each: 1 for each, sum_ in fen.items() if sum_}


def _lists(shown: Seen) -> Iterator[tuple[str, dict[Any, Any]]]:
    yield RULES, {line.key: line for line in shown.rules}
    yield from ((group, {line.key: line for line in lines}) for group, _, lines in shown.groups)


def _owed(behind: Iterable[Any], reading: str) -> dict[str, dict[Any, Owed]]:
    """By list and line, totals included, who stands behind it: units, and by award units under that award."""
    found: dict[str, dict[Any, Owed]] = {group: defaultdict(dict) for group in (RULES, *GROUPS)}
    for each in behind:
        unit, places = each["unit"], each["groups"]
        pairs = {rule: (sums["before"][reading], sums["after"][reading]) for rule, sums in each["owed"].items()}
        for rule, pair in pairs.items():
            found[RULES][rule][unit, rule] = pair
        whole = (sum(before for before, _ in pairs.values()), sum(after for _, after in pairs.values()))
        for group in GROUPS:
            found[group][places[group]][unit] = found[group][TOTAL][unit] = whole
    return found
