"""A population too large to hold at once, in parts: units whose digests fall together, each part with its events.

A part is a pass over the files that leaves out other units, so memory is bounded whatever the population; results are
the same, for what a unit is owed hangs on nothing of another unit. Branches stand under a unit of another digest: a
population with branches stays whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from luodi.entitlement.engines.kernel.fit import Unfit
from luodi.entitlement.engines.kernel.ids import digested
from luodi.entitlement.engines.kernel.tables import Table
from luodi.entitlement.query.ranges import unit_id_column
from luodi.entitlement.rule import RuleSet

if TYPE_CHECKING:
    import pyarrow as pa

    from luodi.entitlement.engines.kernel.tables import Array

ROOM = 200_000_000
"""Bytes that may be held for events and for what is known of units, beside the batch at hand."""
OF_EVENT, OF_UNIT = 90, 6
"""Bytes held for an event and for a unit."""


def in_parts(rules: RuleSet, units: Path | pa.Table, events: Path | pa.Table) -> Iterator[tuple[Table, Table]]:
    """The two tables, whole or in as many parts as it takes."""
    whole = Table(units), Table(events)
    triggered = any(rule.trigger for rule in rules.rules if not rule.case_by_case)
    count = -(-(OF_UNIT * whole[0].rows + OF_EVENT * whole[1].rows * triggered) // ROOM)
    if count < 2 or _branches(whole[0]):
        yield whole
        return
    for number in range(count):
        yield _Part(units, number, count), _Part(events, number, count)


def _branches(units: Table) -> bool:
    return "legal_person" in units.names and units.nulls("legal_person") < units.rows


class _Part(Table):
    """The rows of a table whose units' digests fall into one of ``count`` parts; bounds are those of the whole."""

    def __init__(self, given: Path | pa.Table, number: int, count: int) -> None:
        super().__init__(given)
        self._number, self._count, self._unit = number, count, unit_id_column(self.names)

    @cached_property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self._kept.sum())

    def batches(self, names: Sequence[str], texts: Sequence[str] = ()) -> Iterator[pa.RecordBatch]:
        """The columns, batch by batch."""
        import pyarrow as pa  # noqa: PLC0415 - only a population needs it

        at = 0
        for batch in super().batches(names, texts):
            end = at + len(batch)
            kept = self._among(batch.column(self._unit)) if self._unit in names else self._kept[at:end]
            at = end
            yield batch.filter(pa.array(kept))

    @cached_property
    def _kept(self) -> Array:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        found = [self._among(batch.column(0)) for batch in super().batches([self._unit])]
        return np.concatenate(found or [np.zeros(0, bool)])

    def _among(self, ids: pa.Array) -> Array:
        import numpy as np  # noqa: PLC0415 - only a population needs it
        import pyarrow as pa  # noqa: PLC0415

        texts = ids.cast(pa.string())
        if texts.null_count:
            raise Unfit("a row without unit")
        middle = digested(texts)[0] >> np.uint64(32)  # other bits place digests in buckets and slots
        found: Array = middle % np.uint64(self._count) == self._number
        return found
