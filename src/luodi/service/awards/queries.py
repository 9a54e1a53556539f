"""Reading policies and runs: what can be calculated, what was evaluated, and totals as they may be shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from luodi import clock
from luodi.entitlement.loading import load_rules
from luodi.entitlement.rule import RuleSet
from luodi.policy.pack import Pack
from luodi.service.accounts.permissions import Permission
from luodi.service.awards.contents import (
    COLUMN,
    NO_SECTOR,
    UNPLACED,
    contents,
    district_names,
    figures,
)
from luodi.service.awards.contents import (
    by_size as size_order,
)
from luodi.service.awards.freezing import restricted_items
from luodi.service.awards.models import EvaluationRow, EvaluationRun, ItemRelease
from luodi.service.awards.released import changed_little, may_be_shown
from luodi.service.awards.restricted import released_figure
from luodi.service.awards.suppression import MINIMUM, TOTAL, Figure, Table, left_out, suppress
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.queries import Validity, load_pack, load_packs, published, validity_on
from luodi.service.registry.models import Unit
from luodi.service.registry.queries import unit_input


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


def title_of(slug: str) -> str:
    """The title of a published policy; empty where there is none of that name."""
    return next((version.policy.title for version in published() if version.policy.slug == slug), "")


def public_unit(unit: Unit, pack: Pack) -> dict[str, Any]:
    """What everybody may look up of a unit: public register facts and public lists; all else stays unasked."""
    kinds = [kind["id"] for kind in pack.vocabulary["events"] if kind["sensitivity"] == "public"]
    found = unit_input(unit, public_only=True)
    events = [event for event in found["events"] if event["kind"] in kinds]  # type: ignore[attr-defined]
    return {**found, "events": events, "asked": kinds}


def latest_run(choice: Choice, minimum: int = 1) -> EvaluationRun | None:
    """The last evaluation of a policy, whichever day it stood on.

    For readers who see no small figure, the last one whose total may stand beside the earlier ones.
    """
    runs = runs_of(choice).order_by("-recorded_at")
    return runs.first() if minimum == 1 else next((run for run in runs if may_be_shown(run)), None)


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


@dataclass(frozen=True)
class Totals:
    """Totals of a run as they may be shown: awards by district, sectors, and the items that are one figure only."""

    run: EvaluationRun
    minimum: int
    awards: Mapping[str, str]
    articles: Mapping[str, str]
    by_award: Table
    by_sector: Table
    by_kind: Table
    by_size: Table
    size_left_out: bool
    items: tuple[tuple[str, str, ItemRelease | None], ...]

    @property
    def withheld(self) -> bool:
        """Whether anything is withheld."""
        tables = (self.by_award, self.by_sector, self.by_kind, self.by_size)
        return any(table.withheld for table in tables) or any(figure is None for _, _, figure in self.items)


def smallest_shown(may: Collection[Permission]) -> int:
    """Fewest recipients of a figure: one for those who may open the list itself, else :data:`MINIMUM`."""
    return 1 if Permission.VIEW_ENTITLED in may else MINIMUM


def totals(run: EvaluationRun, minimum: int = MINIMUM) -> Totals:
    """Everything that page, chart, export and API show of a run in sum; nobody gets it any other way."""
    pack = load_pack(run.policy_version)
    apart = restricted_items(pack)
    listed = [rule for rule in pack.rules if rule["item"] not in apart and not rule["amount"].get("case")]
    names = district_names(run.policy_version.policy.region, run.business_date)
    found, little = contents(run.pk), changed_little(run) if minimum > 1 else {}
    districts = [name for name in [*dict.fromkeys(names.values()), UNPLACED] if (TOTAL, name) in found["award"]]
    awards = [rule["id"] for rule in listed]

    def column(table: str, order: Callable[[Any], Any] = str) -> Table:
        rows = sorted({row for row, _ in found[table] if row != TOTAL}, key=order)
        return suppress(figures(found[table]), rows, [COLUMN], minimum, little.get(table, ()))

    by_kind, by_size = column("kind"), column("size", size_order)
    size_left_out = "size" in left_out({"kind": by_kind.withheld, "size": by_size.withheld})
    if size_left_out:
        by_size = Table((), by_size.columns, {})
    return Totals(
        run=run,
        minimum=minimum,
        awards={rule["id"]: rule["title"] for rule in listed},
        articles={rule["id"]: rule["article"] for rule in listed},
        by_award=suppress(figures(found["award"]), awards, districts, minimum, little.get("award", ())),
        by_sector=column("sector", lambda sector: (sector == NO_SECTOR, sector)),
        by_kind=by_kind,
        by_size=by_size,
        size_left_out=size_left_out,
        items=tuple((item, _item_title(pack, item), released_figure(run, item)) for item in sorted(apart)),
    )


def _item_title(pack: Pack, item: str) -> str:
    return "、".join(rule["title"] for rule in pack.rules if rule["item"] == item)
