"""Reading policies and runs: what can be calculated, what was evaluated, and totals as they may be shown."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from luodi import clock
from luodi.entitlement.loading import load_rules
from luodi.entitlement.rule import RuleSet
from luodi.policy.pack import Pack
from luodi.service.accounts.permissions import Permission
from luodi.service.awards.freezing import restricted_items
from luodi.service.awards.models import EvaluationRow, EvaluationRun, ItemRelease
from luodi.service.awards.restricted import released_figure
from luodi.service.awards.suppression import MINIMUM, Figure, Table, suppress
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.queries import Validity, load_pack, load_packs, published, validity_on
from luodi.service.registry.models import District, SectorEntry, Unit
from luodi.service.registry.queries import unit_input

UNPLACED = "未登记区县"
NO_SECTOR = "未公布产业领域"


@dataclass(frozen=True)
class Choice:
    """A policy that can be calculated, and how it stands on the business date."""

    version: PolicyVersion
    pack: Pack
    validity: Validity

    @property
    def slug(self) -> str:
        """The policy's part of the address."""
        return self.version.policy.slug

    @property
    def rules(self) -> RuleSet:
        """The pack's rules, checked."""
        return load_rules(self.pack)


_ORDER = ("in_force", "expiring", "lapsed", "repealed", "not_yet")


def choices(region: str = "") -> list[Choice]:
    """Published policies with rules, those in force on the business date first."""
    day, packs = clock.today(), load_packs(published())
    found = [
        Choice(version, pack, validity_on(version, day, packs))
        for version, pack in packs.items()
        if (not region or version.policy.region == region) and pack.rules
    ]
    return sorted(found, key=lambda choice: _ORDER.index(choice.validity.code))


def chosen(options: Collection[Choice], slug: str) -> Choice | None:
    """The policy of that name, else the first; None where there is none."""
    return next((choice for choice in options if choice.slug == slug), next(iter(options), None))


def public_unit(unit: Unit, pack: Pack) -> dict[str, Any]:
    """What everybody may look up of a unit: public register facts and public lists; all else stays unasked."""
    kinds = [kind["id"] for kind in pack.vocabulary["events"] if kind["sensitivity"] == "public"]
    found = unit_input(unit, public_only=True)
    events = [event for event in found["events"] if event["kind"] in kinds]  # type: ignore[attr-defined]
    return {**found, "events": events, "asked": kinds}


def latest_run(choice: Choice) -> EvaluationRun | None:
    """The last evaluation of a policy, whichever day it stood on."""
    return (
        EvaluationRun.objects.filter(policy_version__policy=choice.version.policy)
        .select_related("policy_version__policy", "by")
        .order_by("-recorded_at")
        .first()
    )


def runs_of(choice: Choice) -> QuerySet[EvaluationRun]:
    """Evaluations of a policy, newest first."""
    return EvaluationRun.objects.filter(policy_version__policy=choice.version.policy).select_related(
        "policy_version__policy", "by"
    )


def rows_of(run: EvaluationRun, filters: Mapping[str, str]) -> QuerySet[EvaluationRow]:
    """Rows of a run that may be listed, by award, district, kind of unit and group; without a group all but 暂不符合."""
    rows = EvaluationRow.objects.filter(run=run).select_related("unit")
    for name in ("rule", "district", "kind", "group"):
        if filters.get(name):
            rows = rows.filter(**{name: filters[name]})
    if not filters.get("group"):
        rows = rows.filter(group__in=("sure", "possible", "authority"))
    return rows.order_by("-sure_fen", "-upto_fen", "unit__name", "rule")


def figure_of(rows: QuerySet[EvaluationRow]) -> Figure:
    """Units that may be owed something among the rows, and the two sums."""
    found = rows.filter(upto_fen__gt=0).aggregate(n=Count("unit", distinct=True), s=Sum("sure_fen"), u=Sum("upto_fen"))
    return Figure(found["n"], found["s"] or 0, found["u"] or 0)


def district_names(region: str, day: dt.date) -> dict[str, str]:
    """Names of a region's districts on a day, by code; codes of other days keep their last name."""
    names = {d.code: d.name for d in District.objects.filter(region=region).order_by("code", "valid_from")}
    return names | {d.code: d.name for d in District.objects.filter(region=region).valid_on(day)}


@dataclass(frozen=True)
class Totals:
    """Totals of a run as they may be shown: awards by district, sectors, and the items that are one figure only."""

    run: EvaluationRun
    minimum: int
    awards: Mapping[str, str]
    articles: Mapping[str, str]
    by_award: Table
    by_sector: Table
    items: tuple[tuple[str, str, ItemRelease | None], ...]

    @property
    def withheld(self) -> bool:
        """Whether anything is withheld."""
        return self.by_award.withheld or self.by_sector.withheld or any(figure is None for _, _, figure in self.items)


def smallest_shown(may: Collection[Permission]) -> int:
    """Fewest recipients of a figure: one for those who may open the list itself, else :data:`MINIMUM`."""
    return 1 if Permission.VIEW_ENTITLED in may else MINIMUM


def totals(run: EvaluationRun, minimum: int = MINIMUM) -> Totals:
    """Everything that page, chart, export and API show of a run in sum; nobody gets it any other way."""
    pack = load_pack(run.policy_version)
    apart = restricted_items(pack)
    listed = [rule for rule in pack.rules if rule["item"] not in apart and not rule["amount"].get("case")]
    names = district_names(run.policy_version.policy.region, run.business_date)
    figures = _by_award(run, names)
    districts = [name for name in [*dict.fromkeys(names.values()), UNPLACED] if any(d == name for _, d in figures)]
    return Totals(
        run=run,
        minimum=minimum,
        awards={rule["id"]: rule["title"] for rule in listed},
        articles={rule["id"]: rule["article"] for rule in listed},
        by_award=suppress(figures, [rule["id"] for rule in listed], districts, minimum),
        by_sector=_by_sector(run, minimum),
        items=tuple((item, _item_title(pack, item), released_figure(run, item)) for item in sorted(apart)),
    )


def _item_title(pack: Pack, item: str) -> str:
    return "、".join(rule["title"] for rule in pack.rules if rule["item"] == item)


def _by_award(run: EvaluationRun, names: Mapping[str, str]) -> dict[tuple[Any, Any], Figure]:
    rows = EvaluationRow.objects.filter(run=run, upto_fen__gt=0).values("rule", "district")
    found: dict[tuple[Any, Any], Figure] = defaultdict(Figure)
    for row in rows.annotate(n=Count("unit", distinct=True), s=Sum("sure_fen"), u=Sum("upto_fen")):
        found[row["rule"], names.get(row["district"], UNPLACED)] += Figure(row["n"], row["s"], row["u"])
    return dict(found)


def _by_sector(run: EvaluationRun, minimum: int) -> Table:
    """Units with a published listing; one in two sectors counts in both, so this table shows no total."""
    sectors: dict[Any, set[str]] = defaultdict(set)
    for unit, sector in SectorEntry.objects.filter(unit__region=run.policy_version.policy.region).values_list(
        "unit_id", "sector"
    ):
        sectors[unit].add(sector)
    rows = EvaluationRow.objects.filter(run=run, upto_fen__gt=0).values("unit_id")
    found: dict[tuple[Any, Any], Figure] = defaultdict(Figure)
    for row in rows.annotate(s=Sum("sure_fen"), u=Sum("upto_fen")).order_by("unit_id"):
        for sector in sectors.get(row["unit_id"], {NO_SECTOR}):
            found[sector, "units"] += Figure(1, row["s"], row["u"])
    names = sorted({sector for sector, _ in found}, key=lambda name: (name == NO_SECTOR, str(name)))
    return suppress(found, names, ["units"], minimum)
