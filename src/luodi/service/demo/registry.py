"""The demo's registry: government units with their history, and the generated units with facts and events."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model

from luodi.policy.build import pack_of
from luodi.policy.pack import Pack
from luodi.service.accounts.models import Organisation
from luodi.service.audit.actions import record
from luodi.service.demo import city as generated
from luodi.service.demo.load import cities, day, packs_of, regions
from luodi.service.registry.models import (
    ClassMember,
    District,
    Event,
    Fact,
    FactType,
    GovernmentUnit,
    GovernmentUnitName,
    SectorEntry,
    Succession,
    Unit,
    UnitAlias,
    UnitClass,
)
from luodi.service.registry.queries import SIZE

Spec = dict[str, Any]
BATCH = 2000
_STRICTER = {"public": 0, "internal": 1, "restricted": 2}


def load_registry() -> None:
    """Load every demo city: its government, then its population."""
    names = {str(entry["region"]): str(entry["name"]) for entry in regions()}
    packs = {name: pack_of(Path(settings.DATA) / "packs" / name) for spec in cities() for name in packs_of(spec)}
    types = _fact_types(packs.values())
    for spec in cities():
        _government(spec, names[spec["region"]])
        _population(spec, [packs[name] for name in packs_of(spec)], types)


# --- government


def _government(spec: Spec, name: str) -> None:
    region = spec["region"]
    District.objects.create(region=region, code=region, name=name)
    District.objects.bulk_create(
        _dated(District(region=region, code=given["code"], name=given["name"]), given) for given in spec["districts"]
    )
    units = {given["key"]: _government_unit(region, given) for given in spec["government_units"]}
    for given in spec["successions"]:
        Succession.objects.create(
            from_unit=units[given["from"]], to_unit=units[given["to"]], kind=given["kind"], date=day(given["date"]),
            policy_slug=given.get("policy", ""), article=given.get("article", ""), note=given.get("note", ""),
        )  # fmt: skip
    for given in spec["classes"]:
        made = UnitClass.objects.create(region=region, name=given["name"])
        ClassMember.objects.bulk_create(
            _dated(ClassMember(unit_class=made, government_unit=units[member["key"]]), member)
            for member in given["members"]
        )
    record(by=None, action="registry.government_loaded", region=region, units=len(units))


def _government_unit(region: str, given: Spec) -> GovernmentUnit:
    """A unit that reports on line gets an organisation that people act for; the others get none."""
    last = given["names"][-1]["name"]
    organisation = None
    if given["reports_online"]:
        organisation = Organisation.objects.create(name=last, side="government", region=region)
    unit = GovernmentUnit.objects.create(
        region=region, key=given["key"], organisation=organisation, reports_online=given["reports_online"]
    )
    GovernmentUnitName.objects.bulk_create(
        _dated(GovernmentUnitName(unit=unit, name=name["name"], short=name["short"], note=_note(name, given)), name)
        for name in given["names"]
    )
    return unit


def _note(name: Spec, given: Spec) -> str:
    return str(name.get("note") or given.get("note") or "")


def _dated(row: Any, given: Spec) -> Any:
    row.valid_from, row.valid_to = day(given.get("from")), day(given.get("to"))
    return row


# --- population


def _fact_types(packs: Iterable[Pack]) -> dict[str, FactType]:
    """One type for each fact that a pack's rules read, and the size; where two packs differ the stricter one holds."""
    wanted: dict[str, Spec] = {}
    for pack in packs:
        for fact in pack.vocabulary["facts"]:
            known = wanted.get(fact["id"])
            if known is None or _STRICTER[fact["sensitivity"]] > _STRICTER[known["sensitivity"]]:
                wanted[fact["id"]] = fact
    found = {
        code: FactType.objects.create(
            code=code, name=code, data_type=fact["type"], unit=fact["unit"] or "", sensitivity=fact["sensitivity"],
            evidence=fact["evidence"] or "document", register=bool(fact["register"]) and fact["sensitivity"] == "public",
        )
        for code, fact in wanted.items()
    }  # fmt: skip
    if SIZE not in found:
        found[SIZE] = FactType.objects.create(
            code=SIZE, name=SIZE, data_type="code", sensitivity="public", evidence="public_list", register=True
        )
    return found


def _population(spec: Spec, packs: list[Pack], types: dict[str, FactType]) -> None:
    city = generated.make_city(spec, *packs)
    region = str(spec["region"])
    units = {made.id: _unit(made, region, city) for made in city.units}
    for made in city.units:
        unit = units[made.id]
        unit.payee = units.get(made.payee) if made.payee else None
        unit.head_unit = units.get(made.head_unit) if made.head_unit else None
    plain = [unit for unit in units.values() if not unit.payee_id and not unit.head_unit_id]
    joined = [unit for unit in units.values() if unit.payee_id or unit.head_unit_id]
    for batch in (plain, joined):
        _create(Unit, batch)
    _create(UnitAlias, [_dated(UnitAlias(unit=units[made.id], name=alias["name"]), dict(alias))
                        for made in city.units for alias in made.aliases])  # fmt: skip
    _create(Fact, [_fact(units[made.id], types[code], value, city) for made in city.units
                   for code, value in made.facts.items() if value is not None and code in types])  # fmt: skip
    _create(Fact, [_fact(units[made.id], types[SIZE], made.size, city, spec["city"]["size_source"])
                   for made in city.units if made.size and SIZE not in made.facts])  # fmt: skip
    levels = {kind["id"]: kind["sensitivity"] for pack in packs for kind in pack.vocabulary["events"]}
    _create(Event, [_event(units[event.unit_id], event, levels, city) for event in city.events])
    _create(SectorEntry, [
        SectorEntry(unit=units[entry.unit_id], sector=entry.sector, technology=entry.technology,
                    published_on=entry.published_on, source="单位自行发布的条目")
        for entry in city.listings
    ])  # fmt: skip
    record(by=None, action="registry.population_loaded", region=region, units=len(units), events=len(city.events))


def _create(model: type[Model], rows: list[Any]) -> None:
    model._default_manager.bulk_create(rows, batch_size=BATCH)


def _unit(made: generated.Unit, region: str, city: generated.City) -> Unit:
    return Unit(
        credit_code=made.credit_code, name=made.name, kind=made.kind, region=region, district=made.district,
        status=made.status, source=city.fact_source, as_of=city.as_of,
    )  # fmt: skip


def _fact(unit: Unit, kind: FactType, value: Any, city: generated.City, source: str = "") -> Fact:
    return Fact(unit=unit, type=kind, value=value, source=source or city.fact_source, as_of=city.as_of,
                sensitivity=kind.sensitivity, evidence=kind.evidence)  # fmt: skip


def _event(unit: Unit, made: generated.Event, levels: dict[str, str], city: generated.City) -> Event:
    particulars = dict(made.more)
    if made.prize:
        particulars["prize"] = made.prize
    if made.paper_date:
        particulars["paper_date"] = made.paper_date.isoformat()
    return Event(
        unit=unit, kind=made.kind, grade=made.grade, action=made.action, date=made.date, rank=made.rank,
        issuer=made.issuer or "", number_digest=made.number_digest or "", particulars=particulars,
        source=city.fact_source, as_of=city.as_of, sensitivity=levels.get(made.kind, "internal"),
        evidence=made.evidence, tag=made.tag,
    )  # fmt: skip
