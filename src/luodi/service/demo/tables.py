"""The demo city as the two tables that ``luodi entitle`` reads: ``enterprises.parquet`` and ``events.parquet``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from luodi.policy.pack import Pack
from luodi.service.demo.city import City, Event

_TYPES = {
    "money": pa.int64(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "codes": pa.list_(pa.string()),
    "date": pa.date32(),
}
_UNIT_COLUMNS = {
    "unit_id": "id",
    "kind": "kind",
    "name": "name",
    "district": "district",
    "sector": "sector",
    "size": "size",
    "legal_person": "head_unit",
}
_EVENT_TYPES = {"date": pa.date32(), "paper_date": pa.date32(), "rank": pa.int64()}
_EVENT_COLUMNS = (
    "id", "unit_id", "kind", "grade", "date", "action", "rank", "evidence", "issuer", "number_digest", "prize",
    "paper_date",
)  # fmt: skip


def units_table(city: City, *packs: Pack) -> pa.Table:
    """One row a unit; every fact of the packs' vocabularies is a column in the fact's own unit (money in yuan)."""
    columns: dict[str, Any] = {
        column: pa.array([getattr(unit, name) for unit in city.units], pa.string())
        for column, name in _UNIT_COLUMNS.items()
    }
    for fact in (fact for pack in packs for fact in pack.vocabulary["facts"]):
        kind = _TYPES.get(fact["type"], pa.string())
        columns[fact["id"]] = pa.array([unit.facts.get(fact["id"]) for unit in city.units], kind)
    return pa.table(columns)


def events_table(city: City, *packs: Pack) -> pa.Table:
    """One row an event; attributes of single kinds are columns of their own, null for the others."""
    columns: dict[str, Any] = {
        name: pa.array([getattr(event, name) for event in city.events], _EVENT_TYPES.get(name, pa.string()))
        for name in _EVENT_COLUMNS
    }
    for kind in (kind for pack in packs for kind in pack.vocabulary["events"]):
        for attribute in kind.get("attributes", ()):
            columns[attribute["id"]] = _own(city.events, attribute)
    return pa.table(columns)


def _own(events: tuple[Event, ...], attribute: dict[str, Any]) -> pa.Array:
    values = [event.more.get(attribute["id"]) for event in events]
    return pa.array(values, _TYPES.get(attribute["type"], pa.string()))


def write_tables(city: City, folder: Path, *packs: Pack) -> None:
    """Write both tables into an existing folder."""
    pq.write_table(units_table(city, *packs), folder / "enterprises.parquet")
    pq.write_table(events_table(city, *packs), folder / "events.parquet")
