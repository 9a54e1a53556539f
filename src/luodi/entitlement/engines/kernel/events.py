"""The events of a population as the kernel reads them: names resolved, one record for each paper, ordered by unit.

It means what the steps ``named_events`` and ``events`` of the population query mean. All events are held at once, in
some thirty bytes each; units are not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from luodi.entitlement.engines.kernel.columns import Columns, dictionary, ranked, single
from luodi.entitlement.engines.kernel.compiled import NO_YEAR
from luodi.entitlement.engines.kernel.fit import Unfit
from luodi.entitlement.engines.kernel.ids import different
from luodi.entitlement.engines.kernel.papers import IDENTITY, one_for_each_paper
from luodi.entitlement.engines.kernel.stored import Stored
from luodi.entitlement.engines.kernel.tables import Held, Table, check_codes, held, let_go, stored
from luodi.entitlement.engines.kernel.words import Words
from luodi.entitlement.query.ranges import ANYTHING, Range, unit_id_column
from luodi.entitlement.rule import RuleSet

if TYPE_CHECKING:
    import pyarrow as pa

    from luodi.entitlement.engines.kernel.tables import Array

NAMED = ("event.kind", "event.grade", "event.action")


@dataclass(frozen=True)
class Events:
    """Events by unit: ``names`` are the units' ids, ``start[n]:start[n + 1]`` the events of name ``n``."""

    names: pa.Array
    start: Array
    columns: Mapping[str, Held]
    how: Mapping[str, Stored]
    ranges: Mapping[str, Range]
    ties: tuple[str, ...]
    texts: Mapping[str, Sequence[str | None]] = field(default_factory=dict)

    def at(self, places: Array) -> dict[str, Held]:
        """The columns of some events, with the year of their day."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        found = {name: self.columns[name].take(places).as_(self.how[name].dtype) for name in self.columns}
        day = found["day"]
        known = day.data if day.known is None else np.where(day.known != 0, day.data, 0)
        year = known.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int32) + np.int32(1970)
        year = year if day.known is None else np.where(day.known != 0, year, np.int32(NO_YEAR))
        return found | {"year": Held(year, day.known)}

    @property
    def most(self) -> int:
        """The largest number of events that one unit has."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        return int(np.diff(self.start).max(initial=0))

    @cached_property
    def rank(self) -> Array:
        """The order of events of one day and sum (:attr:`RuleSet.ties`), unknown last."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        places = np.empty(int(self.start[-1]), np.int32)
        places[np.lexsort([ranked(self.columns[name], self.texts[name]) for name in reversed(self.ties)])] = np.arange(
            len(places), dtype=np.int32
        )
        return places


def read_events(
    rules: RuleSet, table: Table, needed: Iterable[str], codes: Mapping[str, Mapping[str, int]], heads: pa.Table | None
) -> Events:
    """All events of kinds that the pack knows, with the columns that rules read.

    ``codes`` are the texts that rules name, by column. ``heads`` are branches with their legal person: events of a
    branch stand under it.

    Raises:
        Unfit: a column that is missing or of another type, or values that are not sound.
    """
    return _Reader(rules, table, codes).read(set(needed), heads)


class _Reader:
    """Reads the events of one table, column by column."""

    def __init__(self, rules: RuleSet, table: Table, codes: Mapping[str, Mapping[str, int]]) -> None:
        self.rules, self.table, self.codes = rules, table, codes
        self.columns = Columns()

    def read(self, needed: set[str], heads: pa.Table | None) -> Events:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        if any(name not in self.table.names for name in ("kind", "grade", "date")):
            raise Unfit("a column of the events is missing")
        names, place = self._names(heads)
        needed |= {"event.date", "event.paper_date"}
        digests = "number_digest" in self.table.names and "issuer" in self.table.names
        needed |= {*IDENTITY, "event.evidence", "event.id"} if digests else {"event.id"}
        for name, kind in self.rules.words.attributes.items():
            if name not in NAMED and name.removeprefix("event.") in self.table.names:
                self._attribute(name, kind, read=name in needed)
        kinds = list(self.rules.words.events.values())
        kept = np.flatnonzero(Words(kinds, self.table, self.codes, self.columns, *self._days()).resolve())
        if digests and len(kept):
            kept = one_for_each_paper(self.columns, kept, place)
        order = kept[np.argsort(place[kept], kind="stable")]
        start = np.zeros(len(names) + 1, np.int32)
        np.cumsum(np.bincount(place[order], minlength=len(names)), out=start[1:])
        rows = len(place)
        del kept, place
        self._missing(rows)
        columns = self._taken(order)
        del order
        let_go()
        return Events(names, start, columns, self.columns.how, self.columns.ranges, self.rules.ties, self.columns.texts)

    def _taken(self, order: Array) -> dict[str, Held]:
        """The columns by unit; each is let go when it has been taken, what is the same is taken once."""
        taken: dict[Held, Held] = {}
        columns = {}
        for name in list(self.columns.held):
            column = self.columns.held.pop(name)
            if column not in taken:
                taken[column] = column.take(order) if column.data.strides != (0,) else column.first(len(order))
                if name in self.columns.texts and len(self.columns.texts[name]) < 2**15:
                    taken[column] = taken[column].as_("int16")
            columns[name] = taken[column]
        return columns

    def _names(self, heads: pa.Table | None) -> tuple[pa.Array, Array]:
        """Different ids of units, and each event's place among them; branches are replaced by their legal person."""
        import numpy as np  # noqa: PLC0415 - only a population needs it
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.compute as pc  # noqa: PLC0415

        name = unit_id_column(self.table.names)
        if name not in self.table.names:
            raise Unfit("no column of unit ids")
        names, place = different(self.table, name)
        if heads is None or not heads.num_rows:
            return names, place
        at = pc.index_in(names, heads["branch"].combine_chunks())
        resolved = pc.coalesce(heads["head"].combine_chunks().take(at), names)
        resolved = pa.concat_arrays([resolved, heads["head"].combine_chunks()]).dictionary_encode()
        return resolved.dictionary, resolved.indices.to_numpy(zero_copy_only=False).astype(np.int32)[place]

    def _attribute(self, name: str, kind: Any, *, read: bool) -> None:
        """One property of events; those that no rule reads are checked all the same."""
        column = name.removeprefix("event.")
        codes = self.codes.get(name, {})
        check_codes(self.table, column, kind)
        found = stored(self.table, column, kind, codes)
        if found is None:
            return
        how, bounds = found
        if name == "event.rank" and bounds.low < 1 and self.table.column(column).null_count < self.table.rows:
            raise Unfit("a rank below one")
        if not read:
            return
        if how.kind == "code":
            places, words = dictionary(self.table.column(column, text=True))
            self.columns.coded(name, places, words, codes)
            return
        values = single(self.table.column(column).combine_chunks())
        self.columns.held[name] = held(values, how, bounds)
        self.columns.how[name], self.columns.ranges[name] = how, bounds

    def _days(self) -> tuple[Array, Array]:
        """The day of each event, the decision's, else the paper's, and where it is known."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        rows, columns = self.table.rows, self.columns
        day, known = np.full(rows, NO_YEAR, np.int32), np.zeros(rows, np.uint8)
        only = columns.held.get("event.date") if "event.paper_date" not in columns.held else None
        for name in ("event.paper_date", "event.date") if only is None or only.known is not None else ():
            if name in columns.held:
                there = columns.known(name, rows)
                day = np.where(there, columns.held[name].data, day)
                known |= there
        if only is not None and only.known is None:
            day, known = only.data, np.broadcast_to(np.uint8(1), rows)
        every = bool(known.all())
        columns.held["day"] = only if only is not None and every else Held(day, None if every else known)
        days = day if every else day[known != 0]
        columns.ranges["day"] = Range(int(days.min()), int(days.max()), not every) if len(days) else ANYTHING
        columns.how["day"] = columns.how["year"] = Stored("number", "int32", nulls=not every)
        return day, known

    def _missing(self, rows: int) -> None:
        """What groups and orders events but is in no column: unknown everywhere."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        unknown = Held(np.broadcast_to(np.int32(0), rows), np.broadcast_to(np.uint8(0), rows))
        for name in dict.fromkeys((*self.rules.ties, "event.issuer", "event.prize")):
            if name not in self.columns.held:
                self.columns.held[name] = unknown
                self.columns.how[name] = Stored("code", "int32", nulls=True, codes=self.codes.get(name, {}))
                self.columns.texts[name] = [*self.codes.get(name, {}), ""]
