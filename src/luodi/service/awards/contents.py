"""Who stands behind each figure of a run: by award and district, sector, kind of unit and size."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from luodi.service.awards.models import EvaluationRow, EvaluationRun
from luodi.service.awards.suppression import TOTAL, Cell, Figure
from luodi.service.registry.models import District, Fact, SectorEntry, Unit
from luodi.service.registry.queries import SIZE

UNPLACED = "未登记区县"
NO_SECTOR, SEVERAL = "未公布产业领域", "多个产业领域"
SIZES = ("大型", "中型", "小型", "微型")
NO_SIZE, NO_ENTERPRISE = "未登记企业规模", "非企业单位"
COLUMN = "units"
Contents = dict[Cell, dict[Any, tuple[int, int]]]


@lru_cache(maxsize=32)
def contents(run_id: UUID) -> Mapping[str, Contents]:
    """By table (award, sector, kind, size) and cell, totals included: recipients and what they are owed in fen."""
    run = EvaluationRun.objects.select_related("policy_version__policy").get(pk=run_id)
    region = run.policy_version.policy.region
    names = district_names(region, run.business_date)
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
        for table, value in (("kind", kinds[unit]), ("size", size_of(kinds[unit], sizes.get(unit)))):
            for row in (value, TOTAL):
                tables[table][row, COLUMN][unit] = sums
    return tables


def district_names(region: str, day: dt.date) -> dict[str, str]:
    """Names of a region's districts on a day, by code; codes of other days keep their last name."""
    names = {d.code: d.name for d in District.objects.filter(region=region).order_by("code", "valid_from")}
    return names | {d.code: d.name for d in District.objects.filter(region=region).valid_on(day)}


def size_of(kind: str, size: str | None) -> str:
    """The line of a unit in a list by size; institutes, universities and parks have none."""
    return size or (NO_SIZE if kind == Unit.Kind.ENTERPRISE else NO_ENTERPRISE)


def by_size(size: str) -> tuple[int, str]:
    """The order of such a list: the largest first, those without a size last."""
    return SIZES.index(size) if size in SIZES else len(SIZES) + (size == NO_ENTERPRISE), size


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
