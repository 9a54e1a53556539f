"""A region's government units on one day, read once: names, successors, classes, accounts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from luodi.service.duties.models import Duty, DutyRole
from luodi.service.registry.models import ClassMember, GovernmentUnit, GovernmentUnitName, Succession
from luodi.service.registry.queries import chosen_succession, name_of


@dataclass(frozen=True)
class Carrier:
    """Who carries a role on a day: the unit of the document (or member of its class) and who stands for it today."""

    role: DutyRole
    written: GovernmentUnit
    today: GovernmentUnit

    @property
    def lead(self) -> bool:
        """Whether the role is the lead's."""
        return self.role.part == DutyRole.Part.LEAD


class Directory:
    """Names, successors and class members of a region's units on ``day``; four queries, whatever the size."""

    def __init__(self, region: str, day: dt.date) -> None:
        self.region, self.day = region, day

    @cached_property
    def units(self) -> dict[UUID, GovernmentUnit]:
        """All units of the region."""
        found = GovernmentUnit.objects.filter(region=self.region).select_related("organisation")
        return {unit.pk: unit for unit in found.prefetch_related("names")}

    @cached_property
    def _successions(self) -> dict[UUID, list[Succession]]:
        rows = defaultdict(list)
        for row in Succession.objects.filter(from_unit__region=self.region):
            rows[row.from_unit_id].append(row)
        return rows

    @cached_property
    def _members(self) -> dict[int, list[GovernmentUnit]]:
        members = defaultdict(list)
        rows = ClassMember.objects.valid_on(self.day).filter(unit_class__region=self.region)
        for row in rows.order_by("government_unit__key"):
            members[row.unit_class_id].append(self.units[row.government_unit_id])
        return members

    def name(self, unit: GovernmentUnit, day: dt.date | None = None) -> str:
        """The unit's short name on a day (default: the directory's day)."""
        row = name_of(self.names(unit), day or self.day)
        return (row.short or row.name) if row else unit.key

    def full_name(self, unit: GovernmentUnit, day: dt.date | None = None) -> str:
        """The unit's full name on a day."""
        row = name_of(self.names(unit), day or self.day)
        return row.name if row else unit.key

    def names(self, unit: GovernmentUnit) -> list[GovernmentUnitName]:
        """All names the unit bore, oldest first."""
        return list(self.units[unit.pk].names.all()) if unit.pk in self.units else []

    def predecessors(self, unit: GovernmentUnit) -> list[tuple[GovernmentUnit, Succession]]:
        """Units whose work came to this one by the directory's day, with how."""
        rows = [s for found in self._successions.values() for s in found]
        return [(self.units[s.from_unit_id], s) for s in rows if s.to_unit_id == unit.pk and s.date <= self.day]

    def today(self, unit: GovernmentUnit, duty: Duty) -> GovernmentUnit:
        """Who stands for a unit in a duty on the day: a transfer of this clause before a general one."""
        seen = {unit.pk}
        while True:
            rows = self._successions.get(unit.pk, [])
            step = chosen_succession(rows, self.day, duty.policy.slug, duty.article)
            if step is None or step.to_unit_id in seen:
                return unit
            unit = self.units.get(step.to_unit_id) or step.to_unit  # read only where it lies in another region
            seen.add(unit.pk)

    def members(self, role: DutyRole) -> list[GovernmentUnit]:
        """The members of a role's class on the day; empty for a named unit."""
        return self._members.get(role.unit_class_id, []) if role.unit_class_id else []

    def carriers(self, duty: Duty) -> list[Carrier]:
        """Everybody who carries the duty on the day, classes expanded by their dated list."""
        found = []
        for role in duty.roles.all():
            if role.ended_on and role.ended_on < self.day:
                continue
            named = [self.units[role.unit_id]] if role.unit_id else self.members(role)
            found += [Carrier(role, unit, self.today(unit, duty)) for unit in named]
        return found
