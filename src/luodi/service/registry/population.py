"""The registry as two column tables for the population query (:mod:`luodi.entitlement.population`)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import pyarrow as pa

from luodi.service.registry.models import Event, Fact, FactType, Unit

TYPES = {
    "money": pa.int64(), "integer": pa.int64(), "number": pa.decimal128(28, 6), "date": pa.date32(),
    "boolean": pa.bool_(), "codes": pa.list_(pa.string()),
}  # fmt: skip
_READ: dict[str, Callable[[Any], Any]] = {"date": dt.date.fromisoformat, "number": lambda value: Decimal(str(value))}
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def tables(region: str, day: dt.date, read: Iterable[Mapping[str, Any]] = ()) -> tuple[pa.Table, pa.Table]:
    """Units with one column a fact, and events; ``unit_id`` is the unit's UUID as text. Unknown is null.

    ``read`` are the facts of a policy's vocabulary: those that no type of the registry is have a column of nulls.
    """
    units = list(Unit.objects.filter(region=region).order_by("pk").values_list("pk", "kind", "head_unit_id"))
    place = {pk: row for row, (pk, *_) in enumerate(units)}
    columns: dict[str, pa.Array] = {
        "unit_id": pa.array([str(pk) for pk, *_ in units], pa.string()),
        "kind": pa.array([kind for _, kind, _ in units], pa.string()),
        "legal_person": pa.array([str(head) if head else None for *_, head in units], pa.string()),
    }
    facts = _facts(region, day)
    for code, data_type in FactType.objects.order_by("code").values_list("code", "data_type"):
        values: list[Any] = [None] * len(units)
        for pk, value in facts.get(code, {}).items():
            values[place[pk]] = value if value is None else _READ.get(data_type, lambda same: same)(value)
        columns[code] = pa.array(values, TYPES.get(data_type, pa.string()))
    for fact in read:
        if fact["id"] not in columns:
            columns[fact["id"]] = pa.nulls(len(units), TYPES.get(fact["type"], pa.string()))
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


_COLUMNS = {
    "unit_id": pa.string(), "id": pa.string(), "kind": pa.string(), "grade": pa.string(), "date": pa.date32(),
    "action": pa.string(), "rank": pa.int64(), "evidence": pa.string(), "issuer": pa.string(),
    "number_digest": pa.string(),
}  # fmt: skip


def _events(region: str) -> pa.Table:
    rows = list(
        Event.objects.filter(unit__region=region)
        .order_by("date", "kind", "pk")
        .values_list("unit_id", "pk", "kind", "grade", "date", "action", "rank", "evidence", "issuer", "number_digest",
                     "particulars")
    )  # fmt: skip
    columns: dict[str, pa.Array] = {}
    for place, (name, kind) in enumerate(_COLUMNS.items()):
        values = [row[place] for row in rows]
        columns[name] = pa.array(
            [str(v) if name in ("unit_id", "id") else v if v != "" else None for v in values], kind
        )
    for name in sorted({name for row in rows for name in row[-1]} - set(_COLUMNS)):
        columns[name] = _own([row[-1].get(name) for row in rows])
    return pa.table(columns)


def _own(values: list[Any]) -> pa.Array:
    """A column that only some kinds of events have; JSON knows no dates, so texts that are all ISO days are days."""
    given = [value for value in values if value is not None]
    if given and all(isinstance(value, str) and _ISO_DATE.fullmatch(value) for value in given):
        return pa.array([None if value is None else dt.date.fromisoformat(value) for value in values], pa.date32())
    return pa.array(values)
