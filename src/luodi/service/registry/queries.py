"""Reading the registry: government units as documents write them, and units as the rules want them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from luodi import clock
from luodi.service.registry.models import (
    District,
    Event,
    Fact,
    GovernmentUnit,
    GovernmentUnitName,
    Succession,
    Unit,
    UnitClass,
)

SIZE = "企业规模"
"""The fact that says how large an enterprise is (大型, 中型, 小型, 微型), by the statistical rules."""


def _plain(name: str) -> str:
    """A name as it is compared: half-width, no white space, 、 and commas alike."""
    return re.sub(r"\s+", "", name).replace("（", "(").replace("）", ")").replace("，", "、").replace(",", "、")


def government_unit_as_written(name: str, region: str, day: dt.date) -> GovernmentUnit | None:
    """The unit that bore a name (full or short) on a day; else the only one that ever bore it. Several: None."""
    wanted = _plain(name)
    rows = [
        row
        for row in GovernmentUnitName.objects.filter(unit__region=region).select_related("unit")
        if wanted in (_plain(row.name), _plain(row.short))
    ]
    for found in ([row for row in rows if _holds(row, day)], rows):
        units = {row.unit_id: row.unit for row in found}
        if len(units) == 1:
            return next(iter(units.values()))
    return None


def _holds(row: GovernmentUnitName, day: dt.date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or row.valid_to >= day)


def name_on(unit: GovernmentUnit, day: dt.date) -> GovernmentUnitName | None:
    """The name a government unit bore on a day; after it ceased, its last one."""
    return name_of(list(unit.names.all()), day)


def name_of(rows: list[GovernmentUnitName], day: dt.date) -> GovernmentUnitName | None:
    """The name that holds on a day among one unit's names, oldest first; after the last ended, the last."""
    holding = [row for row in rows if _holds(row, day)]
    return (holding or rows or [None])[-1]


def successor_on(unit: GovernmentUnit, day: dt.date, policy_slug: str = "", article: str = "") -> GovernmentUnit:
    """Who stands for ``unit`` on a day: a transfer for this clause goes before one for the policy and a general one."""
    seen = {unit.pk}
    here = unit
    while True:
        step = _succession(here, day, policy_slug, article)
        if step is None or step.to_unit_id in seen:
            return here
        here = step.to_unit
        seen.add(here.pk)


def _succession(unit: GovernmentUnit, day: dt.date, policy_slug: str, article: str) -> Succession | None:
    return chosen_succession(unit.successions.select_related("to_unit").all(), day, policy_slug, article)


def chosen_succession(
    successions: Iterable[Succession], day: dt.date, policy_slug: str, article: str
) -> Succession | None:
    """Of one unit's successions the one that counts on a day: for the clause, else for the policy, else general.

    A general split (分立) takes nothing away from the unit that goes on beside the new one.
    """
    rows = [s for s in successions if s.date <= day]
    general = [s for s in rows if not s.policy_slug and s.kind != Succession.Kind.SPLIT]
    policy = [s for s in rows if policy_slug and s.policy_slug == policy_slug and not s.article]
    clause = [s for s in rows if policy_slug and s.policy_slug == policy_slug and article and s.article == article]
    return next((found[-1] for found in (clause, policy, general) if found), None)


def expand_class(name: str, region: str, day: dt.date) -> list[GovernmentUnit]:
    """The members of a class of units on a day, by its dated list; empty where ``name`` is no class of the region."""
    wanted = _plain(name)
    for found in UnitClass.objects.filter(region=region):
        if _plain(found.name) == wanted:
            members = found.members.valid_on(day).select_related("government_unit").order_by("government_unit__key")
            return [member.government_unit for member in members]
    return []


def current_facts(unit: Unit, day: dt.date) -> QuerySet[Fact]:
    """The facts that hold on a day, without those that were corrected."""
    return (
        unit.facts.valid_on(day)
        .filter(superseded_by=None)
        .select_related("type")
        .order_by("type__code", "-as_of", "-recorded_at")
        .distinct("type__code")
    )


def unit_input(unit: Unit, *, public_only: bool, restricted: bool = True) -> dict[str, object]:
    """One unit as ``explain`` takes it; ``public_only`` keeps to facts of the public register and no events but public.

    What a branch holds is claimed by its legal person, so a legal person's events include its branches'.

    Facts and events a person may not see must never be reached by way of their results: pass ``public_only=True`` for
    everybody without a right to the unit, and ``restricted=False`` to list what was used for an officer who may not
    read restricted statements; the row's own sensitivity decides, whatever its kind.
    """
    facts = current_facts(unit, clock.today())
    events = Event.objects.filter(Q(unit=unit) | Q(unit__head_unit=unit))
    if public_only:
        facts = facts.filter(type__register=True, sensitivity="public")
        events = events.filter(sensitivity="public")
    if not restricted:
        facts = facts.exclude(sensitivity="restricted")
        events = events.exclude(sensitivity="restricted")
    paid = [] if public_only else unit.paid_awards.all()
    return {
        "id": _identity(unit),
        "kind": unit.kind,
        "legal_person": _identity(unit.head_unit) if unit.head_unit else None,
        "facts": {f.type.code: _fact(f) for f in facts},
        "events": [
            {"id": str(e.pk), "kind": e.kind, "grade": e.grade, "action": e.action, "rank": e.rank,
             "date": e.date.isoformat() if e.date else None, "evidence": e.evidence, "issuer": e.issuer or None,
             "number_digest": e.number_digest or None, **e.particulars}
            for e in events.order_by("date", "kind", "pk")
        ],
        "paid": [{"rule": p.rule, "amount_fen": p.amount_fen, "date": p.date.isoformat()} for p in paid],
    }  # fmt: skip


def known_since(unit: Unit) -> dict[str, str]:
    """Since when each statement of :func:`unit_input` has been recorded: by fact code and event id, ISO times."""
    facts = current_facts(unit, clock.today()).values_list("type__code", "recorded_at")
    events = Event.objects.filter(Q(unit=unit) | Q(unit__head_unit=unit)).values_list("pk", "recorded_at")
    return {str(name): at.isoformat() for name, at in [*facts, *events]}


def _identity(unit: Unit) -> str:
    """The credit code; a park, which has none, goes by its UUID."""
    return unit.credit_code or str(unit.pk)


def _fact(fact: Fact) -> dict[str, object]:
    return {
        "value": fact.value, "unit": fact.type.unit or None, "source": fact.source, "as_of": fact.as_of.isoformat(),
    }  # fmt: skip


def population(region: str, facts: Iterable[Mapping[str, Any]] = ()) -> tuple[object, object]:
    """All units of a region and their events as two pyarrow tables, as the population query takes them.

    ``facts`` are those that a policy reads: what the registry does not hold is known of nobody.
    """
    from luodi.service.registry.population import tables  # noqa: PLC0415 - pyarrow is loaded only when it is used

    return tables(region, clock.today(), facts)


def names_as_written(names: Iterable[str], region: str, written_on: dt.date, today: dt.date) -> dict[str, str]:
    """For each name in a document the name its bearer has today, where that differs from what is written."""
    units = {
        unit.pk: unit
        for unit in GovernmentUnit.objects.filter(region=region).prefetch_related("names", "successions__to_unit")
    }
    changed = {}
    for name in names:
        unit = _bearer(_plain(name), list(units.values()), written_on)
        row = name_of(list(_today(unit, units, today).names.all()), today) if unit else None
        if row and _plain(name) not in (_plain(row.name), _plain(row.short)):
            changed[name] = row.short or row.name
    return changed


def _bearer(wanted: str, units: list[GovernmentUnit], day: dt.date) -> GovernmentUnit | None:
    """As :func:`government_unit_as_written`, from rows already read."""
    rows = [(u, row) for u in units for row in u.names.all() if wanted in (_plain(row.name), _plain(row.short))]
    for found in ([u for u, row in rows if _holds(row, day)], [u for u, _ in rows]):
        if len({u.pk for u in found}) == 1:
            return found[0]
    return None


def _today(unit: GovernmentUnit, units: dict[Any, GovernmentUnit], day: dt.date) -> GovernmentUnit:
    """As :func:`successor_on` without a clause, from rows already read."""
    seen = {unit.pk}
    while (step := chosen_succession(unit.successions.all(), day, "", "")) and step.to_unit_id not in seen:
        unit = units.get(step.to_unit_id, step.to_unit)
        seen.add(unit.pk)
    return unit


def region_name(region: str, day: dt.date) -> str:
    """The name of a region on a day (its own row among the districts); the code where it has none."""
    row = District.objects.valid_on(day).filter(region=region, code=region).first()
    return row.name if row else region


def district_names(region: str, day: dt.date) -> dict[str, str]:
    """Code to name of the districts of a region on a day, in order of code."""
    rows = District.objects.valid_on(day).filter(region=region).exclude(code=region)
    return {row.code: row.name for row in rows}
