"""The words of events: what kind, grade and action each is written for, and whether the word was in use on its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from luodi.entitlement.engines.kernel.columns import Columns, dictionary
from luodi.entitlement.engines.kernel.compiled import NO_YEAR
from luodi.entitlement.engines.kernel.fit import Unfit
from luodi.entitlement.engines.kernel.stored import Stored
from luodi.entitlement.engines.kernel.tables import Held, Table, let_go
from luodi.entitlement.vocabulary import DatedWord, EventKind

if TYPE_CHECKING:
    from luodi.entitlement.engines.kernel.tables import Array

_EPOCH = dt.date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Words:
    """Resolves the words of a table's events; ``day`` and ``day_known`` are their days, ``codes`` the texts that rules name."""

    kinds: Sequence[EventKind]
    table: Table
    codes: Mapping[str, Mapping[str, int]]
    columns: Columns
    day: Array
    day_known: Array

    def resolve(self) -> Array:
        """Resolve the words for kind, grade and action; returns which events are of a kind that the pack knows."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        written, words = dictionary(self.table.column("kind", text=True))
        if (written < 0).any():
            raise Unfit("an event without kind")
        named = {word: (at, name) for at, kind in enumerate(self.kinds) for word, name in _names_of(kind).items()}
        found = [named.get(str(word), (-1, DatedWord(""))) for word in words] or [(-1, DatedWord(""))]
        kind = np.array([at for at, _ in found], np.int32)[written]
        self.columns.verdict("named", *self._holds([name for _, name in found], written))
        self.columns.held["event.kind"] = Held(np.maximum(kind, 0), None)
        self.columns.how["event.kind"] = Stored(
            "code", "int32", nulls=False, codes={each.id: at for at, each in enumerate(self.kinds)}
        )
        self.columns.texts["event.kind"] = [each.id for each in self.kinds] or [""]
        del written, found
        let_go()
        self._grades(kind)
        let_go()
        self._actions(kind)
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

    def _grades(self, kind: Array) -> None:
        """The grade that each event's word means under its kind, and whether the code list of its day has it."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        places, words = dictionary(self.table.column("grade", text=True))
        meant: list[str | None] = []
        dated: list[DatedWord] = []
        for each in self.kinds:
            known = {word: grade for grade in each.grades for word in dict.fromkeys([grade.id, *grade.words])}
            for word in words:
                grade = known.get(str(word)) if each.grades and word is not None else None
                meant.append(grade.id if grade else word if not each.grades else None)
                dated.append(grade.dated if grade else DatedWord(""))
        at = np.where((places < 0) | (kind < 0), -1, kind * max(1, len(words)) + places)
        self.columns.coded("event.grade", at, meant or [None], self.codes.get("event.grade", {}))
        holds, known_day = self._holds(dated or [DatedWord("")], np.maximum(at, 0))
        there = self.columns.held["event.grade"].known
        self.columns.verdict("grade_dated", holds, known_day & (there != 0))

    def _actions(self, kind: Array) -> None:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        codes = self.codes.get("event.action", {})
        if "action" not in self.table.names:
            return
        places, words = dictionary(self.table.column("action", text=True))
        meant: list[str | None] = []
        for each in self.kinds:
            known: dict[str, str] = {}
            for action, named in each.actions:
                for word in (action, *named):
                    known.setdefault(word, action)
            meant += [None if word is None else known.get(word, word) for word in words]
        at = np.where((places < 0) | (kind < 0), -1, kind * max(1, len(words)) + places)
        self.columns.coded("event.action", at, meant or [None], codes)


def _names_of(kind: EventKind) -> dict[str, DatedWord]:
    names = {word: DatedWord(word) for word in (kind.id, *kind.words)}
    return {alias.word: alias for alias in kind.aliases} | names


def _number(day: dt.date) -> int:
    return day.toordinal() - _EPOCH
