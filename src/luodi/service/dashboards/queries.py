"""Reading for the pages that only show: sectors by published entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from luodi import clock
from luodi.policy.pack import Pack
from luodi.service.awards.suppression import Figure, suppress
from luodi.service.policies.models import PolicyVersion
from luodi.service.registry.models import SectorEntry

_COLUMN = "entries"


@dataclass(frozen=True)
class TechnologyRow:
    """A technology with the number of units listed under it; ``count`` None: withheld as too few."""

    name: str
    count: int | None
    units: tuple[str, ...]


@dataclass(frozen=True)
class SectorRow:
    """A sector with its technologies; ``units`` is the number of units with any entry, None: withheld."""

    name: str
    article: str
    units: int | None
    technologies: tuple[TechnologyRow, ...]


def sector_rows(version: PolicyVersion, pack: Pack, *, with_names: bool) -> list[SectorRow]:
    """Sectors in text order, counted from units' own published entries alone; never joined with credentials.

    Without ``with_names`` (the public) counts under five units are withheld, and those that would give them away.
    """
    entries = _entries(version)
    return [_sector(sector, entries.get(sector["name"], {}), with_names) for sector in pack.facts["sectors"]]


def _entries(version: PolicyVersion) -> dict[str, dict[str, list[str]]]:
    """Names of units by sector and technology, as published on or before the business date."""
    found: dict[str, dict[str, list[str]]] = {}
    rows = (
        SectorEntry.objects.filter(unit__region=version.policy.region, published_on__lte=clock.today())
        .order_by("unit__name")
        .values_list("sector", "technology", "unit__name")
    )
    for sector, technology, name in rows:
        found.setdefault(sector, {}).setdefault(technology, []).append(name)
    return found


def _sector(sector: dict[str, Any], entries: dict[str, list[str]], with_names: bool) -> SectorRow:
    names = [technology["name"] for technology in sector["technologies"]]
    counts = {name: len(entries.get(name, ())) for name in names}
    shown = counts if with_names else _shown(counts)
    total = len({unit for units in entries.values() for unit in units})
    rows = (
        TechnologyRow(name, shown[name], tuple(entries.get(name, ())) if with_names else ())
        for name in dict.fromkeys(names)
    )
    hide_total = not with_names and 0 < total < 5
    return SectorRow(sector["name"], sector["article"], None if hide_total else total, tuple(rows))


def _shown(counts: dict[str, int]) -> dict[str, int | None]:
    """Counts after the one suppression rule."""
    table = suppress({(name, _COLUMN): Figure(count) for name, count in counts.items()}, counts, (_COLUMN,))
    cells = {name: table.cells[name, _COLUMN] for name in counts}
    return {name: None if cell is None else cell.recipients for name, cell in cells.items()}
