"""The registry as two column tables for the population query (:mod:`luodi.entitlement.population`)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from luodi.service.registry.models import Event, Fact, FactType, Unit

TYPES = {"money": pa.int64(), "integer": pa.int64(), "date": pa.date32(), "boolean": pa.bool_(), "text": pa.string()}


def tables(region: str, day: dt.date) -> tuple[pa.Table, pa.Table]:
    """Units with one column a fact, and events; ``unit_id`` is the unit's UUID as text. Unknown is null."""
    units = list(Unit.objects.filter(region=region).order_by("pk").values_list("pk", "kind"))
    place = {pk: row for row, (pk, _) in enumerate(units)}
    columns: dict[str, pa.Array] = {
        "unit_id": pa.array([str(pk) for pk, _ in units], pa.string()),
        "kind": pa.array([kind for _, kind in units], pa.string()),
    }
    facts = _facts(region, day)
    for code, data_type in FactType.objects.order_by("code").values_list("code", "data_type"):
        values: list[Any] = [None] * len(units)
        for pk, value in facts.get(code, {}).items():
            values[place[pk]] = dt.date.fromisoformat(value) if data_type == "date" and value else value
        columns[code] = pa.array(values, TYPES.get(data_type, pa.string()))
    return pa.table(columns), _events(region)


def _facts(region: str, day: dt.date) -> dict[str, dict[Any, Any]]:
    """Fact values by code and unit: of several that hold on the day the latest recorded one."""
    found: dict[str, dict[Any, Any]] = {}
    rows = (
        Fact.objects.valid_on(day)
        .filter(unit__region=region, superseded_by=None)
        .order_by("as_of", "recorded_at")
        .values_list("type__code", "unit_id", "value")
    )
    for code, unit, value in rows:
        found.setdefault(code, {})[unit] = value
    return found


def _events(region: str) -> pa.Table:
    rows = Event.objects.filter(unit__region=region).order_by("date", "kind", "pk")
    events = [
        {"unit_id": str(unit), "id": str(pk), "kind": kind, "grade": grade, "date": date, "action": action,
         "rank": rank, "evidence": evidence, "issuer": issuer or None, **particulars}
        for unit, pk, kind, grade, date, action, rank, evidence, issuer, particulars in rows.values_list(
            "unit_id", "pk", "kind", "grade", "date", "action", "rank", "evidence", "issuer", "particulars"
        )
    ]  # fmt: skip
    known = {
        "unit_id": pa.string(), "id": pa.string(), "kind": pa.string(), "grade": pa.string(), "date": pa.date32(),
        "action": pa.string(), "rank": pa.int64(), "evidence": pa.string(), "issuer": pa.string(),
    }  # fmt: skip
    others = sorted({name for event in events for name in event} - set(known))
    columns = {name: pa.array([e.get(name) for e in events], kind) for name, kind in known.items()}
    columns |= {name: pa.array([e.get(name) for e in events]) for name in others}
    return pa.table(columns)
