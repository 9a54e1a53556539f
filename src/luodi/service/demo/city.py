"""The demo city (演示城市): invented units, facts and events for a pack, the same on every machine.

A specification (``demo/*.yaml``) says how many units of each kind there are, how their facts are spread, which events
happen, and lists on purpose the cases that an office meets; each case carries a tag (演示情形) by which tests and
people find it. Nothing here knows a city or a policy, and nothing here knows Django.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from luodi.codes.credit_code import make_credit_code
from luodi.errors import ContentError
from luodi.policy.pack import Pack
from luodi.service.demo.names import Names

Spec = Mapping[str, Any]
_SERIAL = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_AUTHORITY = {"enterprise": "91", "institute": "12", "university": "12", "other": "52"}


@dataclass(kw_only=True)
class Unit:
    """An invented unit. ``id`` is its credit code; a park has none and takes an id of its own."""

    id: str
    kind: str
    name: str
    credit_code: str | None
    district: str
    sector: str
    size: str
    facts: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    status: str = "active"
    aliases: tuple[Spec, ...] = ()
    head_unit: str | None = None
    payee: str | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Event:
    """An invented event; ``more`` holds attributes that only some kinds have (``customer_certified`` …)."""

    id: str
    unit_id: str
    kind: str
    date: dt.date | None
    grade: str | None = None
    action: str | None = None
    rank: int | None = None
    evidence: str | None = None
    issuer: str | None = None
    number_digest: str | None = None
    prize: str | None = None
    paper_date: dt.date | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    tag: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A unit's own published entry in a sector and one of its technologies."""

    unit_id: str
    sector: str
    technology: str
    published_on: dt.date


@dataclass(frozen=True)
class City:
    """All units, events and listings of a demo city, and where its facts are said to come from."""

    units: tuple[Unit, ...]
    events: tuple[Event, ...]
    listings: tuple[Listing, ...]
    fact_source: str
    as_of: dt.date

    def tagged(self, tag: str) -> tuple[tuple[Unit, ...], tuple[Event, ...]]:
        """The units and events of one case."""
        units = tuple(unit for unit in self.units if tag in unit.tags)
        return units, tuple(event for event in self.events if event.tag == tag)

    @cached_property
    def _events_of(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for event in self.events:
            found.setdefault(event.unit_id, []).append(event)
        return found

    @cached_property
    def _branches(self) -> list[Unit]:
        return [unit for unit in self.units if unit.head_unit]

    def events_of(self, unit: Unit) -> list[Event]:
        """A unit's events in the order they were made."""
        return self._events_of.get(unit.id, [])

    def unit_input(self, unit: Unit, units_of: Mapping[str, str | None]) -> dict[str, Any]:
        """The unit as ``luodi explain`` takes it; ``units_of`` gives the unit of measure of each fact.

        What a branch holds is claimed by its legal person, so a legal person's events include its branches'.
        """
        facts = {
            name: {"value": value, "unit": units_of.get(name), "source": self.fact_source, "as_of": str(self.as_of)}
            for name, value in unit.facts.items()
        }
        holders = [unit, *(branch for branch in self._branches if branch.head_unit == unit.id)]
        events = [event_row(event) for holder in holders for event in self.events_of(holder)]
        return {
            "id": unit.id,
            "kind": unit.kind,
            "legal_person": unit.head_unit,
            "facts": facts,
            "events": events,
            "paid": [],
        }


def event_row(event: Event) -> dict[str, Any]:
    """One event as plain JSON: dates as ISO text, own attributes beside the common ones."""
    row = {name: getattr(event, name) for name in _EVENT_COLUMNS if name != "unit_id"}
    row |= event.more
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in row.items()}


_EVENT_COLUMNS = (
    "id", "unit_id", "kind", "grade", "date", "action", "rank", "evidence", "issuer", "number_digest", "prize",
    "paper_date",
)  # fmt: skip


def make_city(spec: Spec, *packs: Pack) -> City:
    """The city of a specification; its packs give the sectors and technologies.

    Raises:
        ContentError: the specification asks for more units than there are.
    """
    return _Maker(spec, packs).city()


class _Maker:
    """Draws the city from one seeded source, in a fixed order; every count of the specification is exact."""

    def __init__(self, spec: Spec, packs: Iterable[Pack]) -> None:
        self.spec, self.city_spec = spec, spec["city"]
        self.random = random.Random(self.city_spec["seed"])
        self.names = Names(self.city_spec["prefix"], self.city_spec["words"], self.random)
        sectors = [sector for pack in packs for sector in pack.facts["sectors"]]
        self.sectors = {sector["name"]: sector["technologies"] for sector in sectors}
        self.units: list[Unit] = []
        self.events: list[Event] = []
        self.groups: dict[str, list[Unit]] = {}

    def city(self) -> City:
        for kind in (kind for kind, count in self.spec["units"].items() for _ in range(count)):
            self.units.append(self._unit(kind))
        self._spread_facts(self.units)
        self.free = {kind: [unit for unit in self.units if unit.kind == kind] for kind in self.spec["units"]}
        for case in self.spec["cases"]:
            self._case(case)
        for entry in self.spec["plan"]:
            self._plan(entry)
        as_of = dt.date.fromisoformat(self.city_spec["as_of"])
        return City(
            tuple(self.units), tuple(self.events), tuple(self._listings(as_of)), self.city_spec["fact_source"], as_of
        )

    def _unit(self, kind: str) -> Unit:
        sector = self._draw(self.city_spec["sectors"])
        code = None if kind == "park" else self._code(kind)
        return Unit(
            id=code or f"park-{len(self.units) + 1:05d}",
            kind=kind,
            name=self.names.make(kind, sector),
            credit_code=code,
            district=self._draw(self.city_spec["districts"]),
            sector=sector,
            size=self._draw(self.city_spec["sizes"]) if kind == "enterprise" else "",
        )

    def _code(self, kind: str) -> str:
        """A code that no other unit has; the number of units made so far is part of it."""
        place = f"{len(self.units):04d}"
        drawn = "".join(self.random.choices(_SERIAL, k=2))
        serial = f"MA{drawn}{place}" if kind == "enterprise" else f"4{self.random.randrange(10**3):03d}{place}"
        return make_credit_code(_AUTHORITY[kind], self.city_spec["region"], serial)

    def _draw(self, weights: Mapping[Any, float]) -> Any:
        return self.random.choices(list(weights), weights=list(weights.values()))[0]

    def _spread_facts(self, units: Iterable[Unit]) -> None:
        for unit in units:
            for entry in self.spec["facts"]:
                if unit.kind in entry.get("of", [unit.kind]):
                    unit.facts[entry["fact"]] = self._fact(entry, unit.facts)

    def _fact(self, entry: Spec, known: Mapping[str, Any]) -> Any:
        """A drawn value: from weights, nothing at all, around a median (log-normal), or a share of an earlier fact."""
        if self.random.random() < entry.get("unknown", 0):
            return None
        if "values" in entry:
            return self._draw(entry["values"])
        if self.random.random() < entry.get("zero", 0):
            return 0
        if "share_of" in entry:
            base = known.get(entry["share_of"])
            found = None if base is None else base * self.random.uniform(*entry["between"])
        else:
            found = entry["median"] * math.exp(self.random.gauss(0, entry["sigma"]))
        step = entry.get("step", 1)
        return None if found is None else int(found // step * step)

    def _take(self, kind: str, district: str | None = None) -> Unit:
        """A unit of a kind that nothing has happened to yet; reserved districts are left to the cases."""
        reserved = self.city_spec.get("reserved_districts", [])
        for unit in self.free.get(kind, []):
            if district is not None or unit.district not in reserved:
                self.free[kind].remove(unit)
                unit.district = district or unit.district
                return unit
        raise ContentError(f"演示城市没有空闲的 {kind} 单位了。请在 units 中增加数量，或减少 plan 中的事项。")

    def _case(self, case: Spec) -> None:
        """One case on purpose: its units are tagged, its events carry the tag too."""
        made = {
            wanted["key"]: self._take(wanted.get("kind", "enterprise"), wanted.get("district"))
            for wanted in case["units"]
        }
        for wanted in case["units"]:
            made[wanted["key"]].tags += (case["tag"],)
            self._settle(made[wanted["key"]], wanted, made)
        for given in case.get("events", ()):
            self._add(made[given["unit"]], given, tag=case["tag"])

    def _settle(self, unit: Unit, wanted: Spec, made: Mapping[str, Unit]) -> None:
        """What the case says of a unit goes over what was drawn; a case is sound in all that it does not say."""
        unit.facts |= self.spec.get("case_facts", {}) | wanted.get("facts", {})
        unit.facts = {name: value for name, value in unit.facts.items() if self._has(unit.kind, name)}
        unit.status = wanted.get("status", unit.status)
        unit.aliases = tuple(
            {**alias, "name": self.names.rename(unit.name)} if "name" not in alias else alias
            for alias in wanted.get("aliases", ())
        )
        unit.note = wanted.get("note", "")
        if "head_unit" in wanted:
            unit.head_unit = made[wanted["head_unit"]].id
            unit.name = f"{made[wanted['head_unit']].name}{wanted['branch_name']}"
        if "payee" in wanted:
            unit.payee = None if wanted["payee"] is None else made[wanted["payee"]].id

    def _has(self, kind: str, fact: str) -> bool:
        return any(entry["fact"] == fact and kind in entry.get("of", [kind]) for entry in self.spec["facts"])

    def _add(self, unit: Unit, given: Spec, tag: str = "") -> None:
        more = given.get("more", {})
        known = {name: given[name] for name in _EVENT_COLUMNS if name in given}
        for name in ("date", "paper_date"):
            if isinstance(known.get(name), str):
                known[name] = dt.date.fromisoformat(known[name])
        known.setdefault("date", None)
        number = given.get("number", f"{self.city_spec['seed']}-{len(self.events)}")
        digest = hashlib.sha256(f"demo {number}".encode()).hexdigest()
        self.events.append(
            Event(
                **{"id": f"e{len(self.events) + 1:05d}", "number_digest": digest} | known | {"unit_id": unit.id},
                more=more,
                tag=tag,
                note=given.get("note", ""),
            )
        )

    def _plan(self, entry: Spec) -> None:
        """Events of one kind, one for each unit, every attribute dealt out in exactly the stated counts."""
        units = self._holders(entry)
        dealt = {name: self._deal(entry[name], len(units)) for name in _DEALT if name in entry}
        more = {name: self._deal(weights, len(units)) for name, weights in entry.get("more", {}).items()}
        for place, unit in enumerate(units):
            given = {name: values[place] for name, values in dealt.items()}
            given |= {"kind": entry["kind"], "date": self._day(entry["dates"])}
            if "issuer" in entry:
                given["issuer"] = entry["issuer"]
            self._add(unit, given | {"more": {name: values[place] for name, values in more.items()}})

    def _holders(self, entry: Spec) -> list[Unit]:
        """New units of the stated kinds, or units of an earlier entry once more (``again``)."""
        if "again" in entry:
            return self.random.sample(self.groups[entry["again"]], entry["count"])
        units = [self._take(kind) for kind, count in entry["holders"].items() for _ in range(count)]
        self.random.shuffle(units)
        self.groups[entry.get("group", entry["kind"])] = units
        return units

    def _deal(self, counts: Mapping[Any, int], total: int) -> list[Any]:
        values = [value for value, count in counts.items() for _ in range(count)]
        if len(values) != total:
            raise ContentError(f"演示数据的份数 {dict(counts)} 合计 {len(values)}，应为 {total}。请改正 plan。")
        self.random.shuffle(values)
        return values

    def _day(self, between: tuple[str, str]) -> dt.date:
        """A working weekday between two days, both included."""
        first, last = (dt.date.fromisoformat(day) for day in between)
        while True:
            day = first + dt.timedelta(days=self.random.randrange((last - first).days + 1))
            if day.weekday() < 5:
                return day

    def _listings(self, as_of: dt.date) -> Iterator[Listing]:
        """Some firms' own published entries: their sector, one or two of its technologies."""
        firms = [unit for unit in self.units if unit.kind != "park" and self.sectors.get(unit.sector)]
        for unit in self.random.sample(firms, min(self.city_spec["listings"], len(firms))):
            names = [technology["name"] for technology in self.sectors[unit.sector]]
            for name in self.random.sample(names, min(len(names), self.random.choice((1, 1, 2)))):
                days = self.random.randrange(30, 540)
                yield Listing(
                    unit_id=unit.id, sector=unit.sector, technology=name, published_on=as_of - dt.timedelta(days=days)
                )


_DEALT = ("grade", "action", "rank", "evidence")
