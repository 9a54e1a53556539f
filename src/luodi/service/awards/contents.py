"""Who stands behind each figure of a run, and which figures may not stand beside those of earlier runs.

Two totals that differ by few recipients tell what those few are owed. So a figure that is withheld from nobody's list
but shown to many differs from the same figure of every earlier run by none or by at least five recipients.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from luodi.service.awards.models import EvaluationRow, EvaluationRun
from luodi.service.awards.suppression import TOTAL, Cell, Figure, may_follow
from luodi.service.registry.models import District, Fact, SectorEntry

UNPLACED = "未登记区县"
NO_SECTOR, SEVERAL = "未公布产业领域", "多个产业领域"
SIZE, NO_SIZE = "企业规模", "未登记企业规模"
COLUMN = "units"
MOST_EARLIER = 20
"""So many earlier runs are looked at; older ones are history that nobody compares by chance."""

Contents = dict[Cell, dict[Any, tuple[int, int]]]


@lru_cache(maxsize=MOST_EARLIER + 12)
def contents(run_id: UUID) -> Mapping[str, Contents]:
    """By table (award, sector, kind, size) and cell, totals included: recipients and what they are owed in fen."""
    run = EvaluationRun.objects.select_related("policy_version__policy").get(pk=run_id)
    region = run.policy_version.policy.region
    names = _district_names(region, run)
    tables: dict[str, Contents] = {name: defaultdict(dict) for name in ("award", "sector", "kind", "size")}
    units: dict[Any, tuple[int, int]] = {}
    kinds: dict[Any, str] = {}
    rows = EvaluationRow.objects.filter(run=run, upto_fen__gt=0)
    for unit, rule, district, kind, sure, upto in rows.values_list(
        "unit_id", "rule", "district", "kind", "sure_fen", "upto_fen"
    ):
        place = names.get(district, UNPLACED)
        for cell in ((rule, place), (rule, TOTAL), (TOTAL, place), (TOTAL, TOTAL)):
            tables["award"][cell][unit, rule] = (sure, upto)
        before = units.get(unit, (0, 0))
        units[unit], kinds[unit] = (before[0] + sure, before[1] + upto), kind
    sectors, sizes = _sectors(region), _sizes(region)
    for unit, sums in units.items():
        for sector in sectors.get(unit, {NO_SECTOR}):
            tables["sector"][sector, COLUMN][unit] = sums
        for table, value in (("kind", kinds[unit]), ("size", sizes.get(unit, NO_SIZE))):
            for row in (value, TOTAL):
                tables[table][row, COLUMN][unit] = sums
    return tables


def _district_names(region: str, run: EvaluationRun) -> dict[str, str]:
    names = {d.code: d.name for d in District.objects.filter(region=region).order_by("code", "valid_from")}
    return names | {d.code: d.name for d in District.objects.filter(region=region).valid_on(run.business_date)}


def _sectors(region: str) -> dict[Any, set[str]]:
    found: dict[Any, set[str]] = defaultdict(set)
    for unit, sector in SectorEntry.objects.filter(unit__region=region).values_list("unit_id", "sector"):
        found[unit].add(sector)
    return found


def _sizes(region: str) -> dict[Any, str]:
    facts = Fact.objects.filter(unit__region=region, type__code=SIZE, superseded_by=None).order_by(
        "as_of", "recorded_at"
    )
    return {unit: str(value) for unit, value in facts.values_list("unit_id", "value")}


def figures(found: Contents) -> dict[Cell, Figure]:
    """The figures of a table's inner cells."""
    return {
        cell: Figure(len(owed), sum(sure for sure, _ in owed.values()), sum(upto for _, upto in owed.values()))
        for cell, owed in found.items() if TOTAL not in cell
    }  # fmt: skip


def changed_little(run: EvaluationRun) -> Mapping[str, frozenset[Cell]]:
    """By table the cells that differ from an earlier run of the policy by fewer recipients than may be laid bare.

    A cell that was withheld in the earlier run for this reason is nothing to compare with.
    """
    return _little(run.pk)


@lru_cache(maxsize=256)
def _little(run_id: UUID) -> Mapping[str, frozenset[Cell]]:
    run, here = EvaluationRun.objects.select_related("policy_version").get(pk=run_id), contents(run_id)
    earlier = EvaluationRun.objects.filter(
        policy_version__policy_id=run.policy_version.policy_id, recorded_at__lt=run.recorded_at
    ).order_by("-recorded_at")[:MOST_EARLIER]
    found: dict[str, set[Cell]] = {name: set() for name in here}
    for pk in reversed(earlier.values_list("pk", flat=True)):  # the oldest first: none waits for many before it
        there, withheld = contents(pk), _little(pk)
        for name, table in here.items():
            cells = {*table, *there[name]} - withheld[name]
            found[name] |= {cell for cell in cells if not may_follow(table.get(cell, {}), [there[name].get(cell, {})])}
    return {name: frozenset(cells) for name, cells in found.items()}


def may_be_shown(run: EvaluationRun) -> bool:
    """Whether the run's total may stand beside those of earlier runs; else an earlier run is shown in its place."""
    return (TOTAL, TOTAL) not in changed_little(run)["award"]
