"""The events of a population as the kernel reads them: names resolved, one record for each paper, ordered by unit.

It means what the steps ``named_events`` and ``events`` of the population query mean. All events are held at once, in
some thirty bytes each; units are not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from luodi.entitlement.engines.kernel.compiled import NO_YEAR
from luodi.entitlement.engines.kernel.fit import Unfit
from luodi.entitlement.engines.kernel.ids import digested
from luodi.entitlement.engines.kernel.stored import Stored
from luodi.entitlement.engines.kernel.tables import Held, Table, check_codes, held, let_go, stored
from luodi.entitlement.query.ranges import ANYTHING, Range, unit_id_column
from luodi.entitlement.rule import RuleSet
from luodi.entitlement.vocabulary import EVIDENCE_ORDER, DatedWord, EventKind

if TYPE_CHECKING:
    import pyarrow as pa

    from luodi.entitlement.engines.kernel.tables import Array

NAMED = ("event.kind", "event.grade", "event.action")
IDENTITY = ("event.issuer", "event.number_digest")
TIES = ("event.grade", "event.kind", "event.action", "event.id")
_EPOCH = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Events:
    """Events by unit: ``names`` are the units' ids, ``start[n]:start[n + 1]`` the events of name ``n``."""

    names: pa.Array
    start: Array
    columns: Mapping[str, Held]
    how: Mapping[str, Stored]
    ranges: Mapping[str, Range]
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
        """The order of events of one day and sum: by grade, kind, action and id, unknown last."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        places = np.empty(int(self.start[-1]), np.int32)
        places[np.lexsort([ranked(self.columns[name], self.texts[name]) for name in reversed(TIES)])] = np.arange(
            len(places), dtype=np.int32
        )
        return places


def ranked(column: Held, texts: Sequence[str | None]) -> Array:
    """The place of each text in the order of texts, unknown last."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    order = np.array([text or "" for text in texts] or [""], object)
    place = np.empty(len(order), np.int64)
    place[np.argsort(order, kind="stable")] = np.arange(len(order))
    found = place[column.data]
    return found if column.known is None else np.where(column.known != 0, found, len(order))


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
        self.columns: dict[str, Held] = {}
        self.how: dict[str, Stored] = {}
        self.ranges: dict[str, Range] = {}
        self.texts: dict[str, Sequence[str | None]] = {}

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
        self._days()
        known = self._name_words()
        kept = np.flatnonzero(known)
        if digests and len(kept):
            kept = self._one_for_each_paper(kept, place)
        order = kept[np.argsort(place[kept], kind="stable")]
        start = np.zeros(len(names) + 1, np.int32)
        np.cumsum(np.bincount(place[order], minlength=len(names)), out=start[1:])
        rows = len(place)
        del known, kept, place
        self._missing(rows)
        columns = self._taken(order)
        del order
        let_go()
        return Events(names, start, columns, self.how, self.ranges, self.texts)

    def _taken(self, order: Array) -> dict[str, Held]:
        """The columns by unit; each is let go when it has been taken, what is the same is taken once."""
        taken: dict[Held, Held] = {}
        columns = {}
        for name in list(self.columns):
            column = self.columns.pop(name)
            if column not in taken:
                taken[column] = column.take(order) if column.data.strides != (0,) else column.first(len(order))
                if name in self.texts and len(self.texts[name]) < 2**15:
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
        names, place = _different(self.table, name)
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
            self._text(name, self.table.column(column, text=True), codes)
            return
        values = self.table.column(column).combine_chunks()
        self.columns[name], self.how[name], self.ranges[name] = held(_single(values), how, bounds), how, bounds

    def _text(self, name: str, values: pa.ChunkedArray, codes: Mapping[str, int]) -> None:
        """A text with a code of its own for each value: first those that rules name, then the others."""
        places, words = _dictionary(values)
        self._coded(name, places, words, codes)

    def _coded(self, name: str, places: Array, words: Sequence[str | None], codes: Mapping[str, int]) -> None:
        """Keep a column of places in ``words`` (-1: unknown) as codes."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        all_codes = dict(codes)
        table = np.array(
            [-1 if word is None else all_codes.setdefault(word, len(all_codes)) for word in words], np.int32
        )
        data = table[places] if len(table) else np.full(len(places), -1, np.int32)
        data[places < 0] = -1
        known = (data >= 0).astype(np.uint8)
        self.columns[name] = Held(np.maximum(data, 0), known)
        self.how[name] = Stored("code", "int32", nulls=True, codes=codes)
        self.texts[name] = [*all_codes]

    def _days(self) -> None:
        """The day of an event: the decision's, else the paper's."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        rows = self.table.rows
        day, known = np.full(rows, NO_YEAR, np.int32), np.zeros(rows, np.uint8)
        only = self.columns.get("event.date") if "event.paper_date" not in self.columns else None
        for name in ("event.paper_date", "event.date") if only is None or only.known is not None else ():
            if name in self.columns:
                there = self.columns[name].known
                there = np.ones(rows, np.uint8) if there is None else there
                day = np.where(there != 0, self.columns[name].data, day)
                known |= there
        if only is not None and only.known is None:
            day, known = only.data, np.broadcast_to(np.uint8(1), rows)
        self.day_known, self.day = known, day
        every = bool(known.all())
        self.columns["day"] = only if only is not None and every else Held(day, None if every else known)
        days = day if every else day[known != 0]
        self.ranges["day"] = Range(int(days.min()), int(days.max()), not every) if len(days) else ANYTHING
        self.how["day"] = self.how["year"] = Stored("number", "int32", nulls=not every)

    def _name_words(self) -> Array:
        """Resolve the words for kind, grade and action; returns which events are of a kind that the pack knows."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        kinds = list(self.rules.words.events.values())
        written, words = _dictionary(self.table.column("kind", text=True))
        if (written < 0).any():
            raise Unfit("an event without kind")
        named = {word: (at, name) for at, kind in enumerate(kinds) for word, name in _names_of(kind).items()}
        found = [named.get(str(word), (-1, DatedWord(""))) for word in words] or [(-1, DatedWord(""))]
        kind = np.array([at for at, _ in found], np.int32)[written]
        self._verdict("named", *self._holds([name for _, name in found], written))
        self.columns["event.kind"] = Held(np.maximum(kind, 0), None)
        self.how["event.kind"] = Stored(
            "code", "int32", nulls=False, codes={each.id: at for at, each in enumerate(kinds)}
        )
        self.texts["event.kind"] = [each.id for each in kinds] or [""]
        del written, found
        let_go()
        self._grades(kinds, kind)
        let_go()
        self._actions(kinds, kind)
        let_go()
        known: Array = kind >= 0
        return known

    def _holds(self, names: Sequence[DatedWord], places: Array) -> tuple[Array, Array]:
        """Whether each name was in use on its event's day, and whether that is known."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        bounds = [(name.start, name.end) for name in names]
        if all(bound == (None, None) for bound in bounds):
            return np.broadcast_to(np.True_, len(places)), np.broadcast_to(np.True_, len(places))
        start = np.array([_number(low) if low else -NO_YEAR for low, _ in bounds], np.int64)[places]
        stop = np.array([_number(high) if high else NO_YEAR for _, high in bounds], np.int64)[places]
        open_ended = np.array([low is None and high is None for low, high in bounds])[places]
        holds = open_ended | ((self.day >= start) & (self.day <= stop))
        return holds, open_ended | (self.day_known != 0)

    def _verdict(self, name: str, holds: Array, known: Array) -> None:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        every = bool(known.all())
        self.columns[name] = Held(holds.astype(np.uint8), None if every else known.astype(np.uint8))
        self.how[name] = Stored("boolean", "uint8", nulls=not every)

    def _grades(self, kinds: Sequence[EventKind], kind: Array) -> None:
        """The grade that each event's word means under its kind, and whether the code list of its day has it."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        places, words = _dictionary(self.table.column("grade", text=True))
        meant: list[str | None] = []
        dated: list[DatedWord] = []
        for each in kinds:
            known = {word: grade for grade in each.grades for word in dict.fromkeys([grade.id, *grade.words])}
            for word in words:
                grade = known.get(str(word)) if each.grades and word is not None else None
                meant.append(grade.id if grade else word if not each.grades else None)
                dated.append(grade.dated if grade else DatedWord(""))
        at = np.where((places < 0) | (kind < 0), -1, kind * max(1, len(words)) + places)
        self._coded("event.grade", at, meant or [None], self.codes.get("event.grade", {}))
        holds, known_day = self._holds(dated or [DatedWord("")], np.maximum(at, 0))
        there = self.columns["event.grade"].known
        self._verdict("grade_dated", holds, known_day & (there != 0))

    def _actions(self, kinds: Sequence[EventKind], kind: Array) -> None:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        codes = self.codes.get("event.action", {})
        if "action" not in self.table.names:
            return
        places, words = _dictionary(self.table.column("action", text=True))
        meant: list[str | None] = []
        for each in kinds:
            known: dict[str, str] = {}
            for action, named in each.actions:
                for word in (action, *named):
                    known.setdefault(word, action)
            meant += [None if word is None else known.get(word, word) for word in words]
        at = np.where((places < 0) | (kind < 0), -1, kind * max(1, len(words)) + places)
        self._coded("event.action", at, meant or [None], codes)

    def _one_for_each_paper(self, kept: Array, place: Array) -> Array:
        """Of events with one unit, kind, issuer, number and date, the most reliable."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        names = [name for name in (*IDENTITY, "event.date") if name in self.columns]
        if len(names) < 3:
            return kept
        known = np.ones(len(place), bool)
        for name in names:
            there = self.columns[name].known
            known &= np.ones(len(place), bool) if there is None else there != 0
        rows = kept[known[kept]]
        order = {code: at for at, code in enumerate(EVIDENCE_ORDER)}
        ties = [ranked(self.columns[name], self.texts[name]) if name in self.columns else None for name in _PAPER_TIES]
        evidence = self._evidence(order, len(place))
        keys = [self.columns[name].data for name in names]
        sorting = [*(tie[rows] for tie in reversed(ties) if tie is not None), evidence[rows]]
        sorting += [*(key[rows] for key in keys), self.columns["event.kind"].data[rows], place[rows]]
        rows = rows[np.lexsort(sorting)]
        same = np.ones(max(0, len(rows) - 1), bool)
        for key in (*keys, self.columns["event.kind"].data, place):
            same &= key[rows[1:]] == key[rows[:-1]]
        dropped = np.zeros(len(place), bool)
        dropped[rows[1:][same]] = True
        return kept[~dropped[kept]]

    def _evidence(self, order: Mapping[str, int], rows: int) -> Array:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        column = self.columns.get("event.evidence")
        if column is None:
            return np.full(rows, len(order))
        places = np.array([order.get(str(text), len(order)) for text in self.texts["event.evidence"]] or [len(order)])
        found = places[column.data]
        return found if column.known is None else np.where(column.known != 0, found, len(order))

    def _missing(self, rows: int) -> None:
        """What groups and orders events but is in no column: unknown everywhere."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        unknown = Held(np.broadcast_to(np.int32(0), rows), np.broadcast_to(np.uint8(0), rows))
        for name in (*TIES, "event.issuer", "event.prize"):
            if name not in self.columns:
                self.columns[name] = unknown
                self.how[name] = Stored("code", "int32", nulls=True, codes=self.codes.get(name, {}))
                self.texts[name] = [*self.codes.get(name, {}), ""]


_PAPER_TIES = ("event.grade", "event.action", "event.id")


def _names_of(kind: EventKind) -> dict[str, DatedWord]:
    names = {word: DatedWord(word) for word in (kind.id, *kind.words)}
    return {alias.word: alias for alias in kind.aliases} | names


def _number(day: dt.date) -> int:
    return day.toordinal() - _EPOCH


def _single(values: Any) -> Any:
    """One array, where joining chunks left several."""
    return values.combine_chunks() if hasattr(values, "chunks") else values


def _different(table: Table, name: str) -> tuple[pa.Array, Array]:
    """The different texts of a column in the order in which they come, and each row's place among them.

    Found by digest in little memory, then compared text by text.
    """
    import numpy as np  # noqa: PLC0415 - only a population needs it
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    def texts() -> Iterator[pa.Array]:
        for batch in table.batches([name]):
            found = batch.column(0).cast(pa.string())
            if found.null_count:
                raise Unfit("an event without unit")
            yield found

    digests = np.concatenate([digested(each)[0] for each in texts()] or [np.empty(0, np.uint64)])
    _, first, found = np.unique(digests, return_index=True, return_inverse=True)
    del digests
    rank = np.empty(len(first), np.int32)
    rank[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
    place = rank[found]
    del found
    is_first = np.zeros(len(place), bool)
    is_first[first] = True
    kept, at = [], 0
    for each in texts():
        kept.append(each.filter(pa.array(is_first[at : at + len(each)])))
        at += len(each)
    names, at = pa.concat_arrays(kept or [pa.array([], pa.string())]), 0
    del kept, is_first, first
    let_go()
    for each in texts():
        if not pc.all(pc.equal(each, names.take(pa.array(place[at : at + len(each)])))).as_py():
            raise Unfit("two names of one digest")
        at += len(each)
    return names, place


def _dictionary(values: pa.ChunkedArray) -> tuple[Array, list[str | None]]:
    """Each row's place in a list of words; -1 is unknown."""
    import numpy as np  # noqa: PLC0415 - only a population needs it
    import pyarrow as pa  # noqa: PLC0415

    if not pa.types.is_dictionary(values.type):
        if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
            raise Unfit(f"{values.type} where a text is expected")
        values = values.dictionary_encode()
    found = _single(values.unify_dictionaries())
    places = found.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    words = found.dictionary.to_pylist()
    gone = [at for at, word in enumerate(words) if word is None]
    return np.where(np.isin(places, gone), -1, places) if gone else places, words
