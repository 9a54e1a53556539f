"""Columns of events in the making: texts as codes, verdicts as bytes, each with how it lies in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from luodi.entitlement.engines.kernel.fit import Unfit
from luodi.entitlement.engines.kernel.stored import Stored
from luodi.entitlement.engines.kernel.tables import Held
from luodi.entitlement.query.ranges import Range

if TYPE_CHECKING:
    import pyarrow as pa

    from luodi.entitlement.engines.kernel.tables import Array


@dataclass
class Columns:
    """What is held so far: the columns, how each lies, bounds of numbers, and the texts that codes stand for."""

    held: dict[str, Held] = field(default_factory=dict)
    how: dict[str, Stored] = field(default_factory=dict)
    ranges: dict[str, Range] = field(default_factory=dict)
    texts: dict[str, Sequence[str | None]] = field(default_factory=dict)

    def coded(self, name: str, places: Array, words: Sequence[str | None], codes: Mapping[str, int]) -> None:
        """Keep a column of places in ``words`` (-1: unknown) as codes."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        all_codes = dict(codes)
        table = np.array(
            [-1 if word is None else all_codes.setdefault(word, len(all_codes)) for word in words], np.int32
        )
        data = table[places] if len(table) else np.full(len(places), -1, np.int32)
        data[places < 0] = -1
        known = (data >= 0).astype(np.uint8)
        self.held[name] = Held(np.maximum(data, 0), known)
        self.how[name] = Stored("code", "int32", nulls=True, codes=codes)
        self.texts[name] = [*all_codes]

    def verdict(self, name: str, holds: Array, known: Array) -> None:
        """Keep a verdict and whether it is known."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        every = bool(known.all())
        self.held[name] = Held(holds.astype(np.uint8), None if every else known.astype(np.uint8))
        self.how[name] = Stored("boolean", "uint8", nulls=not every)

    def known(self, name: str, rows: int) -> Array:
        """Where a column's values are known."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        there = self.held[name].known
        return np.ones(rows, bool) if there is None else there != 0

    def rank(self, name: str) -> Array:
        """Each row's place in the order of a column's texts, unknown last."""
        return ranked(self.held[name], self.texts[name])


def ranked(column: Held, texts: Sequence[str | None]) -> Array:
    """The place of each text in the order of texts, unknown last."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    order = np.array([text or "" for text in texts] or [""], object)
    place = np.empty(len(order), np.int64)
    place[np.argsort(order, kind="stable")] = np.arange(len(order))
    found = place[column.data]
    return found if column.known is None else np.where(column.known != 0, found, len(order))


def dictionary(values: pa.ChunkedArray) -> tuple[Array, list[str | None]]:
    """Each row's place in a list of words; -1 is unknown."""
    import numpy as np  # noqa: PLC0415 - only a population needs it
    import pyarrow as pa  # noqa: PLC0415

    if not pa.types.is_dictionary(values.type):
        if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
            raise Unfit(f"{values.type} where a text is expected")
        values = values.dictionary_encode()
    found = single(values.unify_dictionaries())
    places = found.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    words = found.dictionary.to_pylist()
    gone = [at for at, word in enumerate(words) if word is None]
    return np.where(np.isin(places, gone), -1, places) if gone else places, words


def single(values: Any) -> Any:
    """One array, where joining chunks left several."""
    return values.combine_chunks() if hasattr(values, "chunks") else values
