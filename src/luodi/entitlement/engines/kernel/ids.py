"""Names of units in a population: none twice, and which of them events name. Compared by digest, then byte by byte."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from luodi.entitlement.engines.kernel.fit import Unfit
from luodi.entitlement.engines.kernel.machine import part
from luodi.entitlement.engines.kernel.tables import Table, address, let_go

if TYPE_CHECKING:
    import pyarrow as pa

    from luodi.entitlement.engines.kernel.events import Events
    from luodi.entitlement.engines.kernel.tables import Array

BUCKETS = 1 << 9
"""Digests of ids are kept by their highest bits, so that equal ones are found bucket by bucket in little memory."""


class Seen:
    """Which of at most ``most`` units have come by: none twice, and all that events name. Keeps six bytes for each."""

    def __init__(self, events: Events | None, most: int) -> None:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        self._low, self._high = np.empty(most, np.uint32), np.empty(most, np.uint16)
        self._ends: list[Array] = []
        self._rows = 0
        self._names = _Index(events.names) if events is not None and len(events.names) else None
        self._found = 0

    def places(self, ids: pa.Array) -> Array | None:
        """The place of each unit among the names of events, -1 where it has none; null where there are no events."""
        import numpy as np  # noqa: PLC0415 - only a population needs it

        if not len(ids):
            return None
        if self._rows + len(ids) > len(self._low):
            raise Unfit("more units than the table says")
        digests, text = digested(ids)
        ends = np.empty(BUCKETS + 1, np.int64)
        shift = 64 - (BUCKETS - 1).bit_length()
        part("spread")(len(ids), self._rows, shift, BUCKETS, *map(address, (digests, ends, self._low, self._high)))
        self._ends.append(ends)
        self._rows += len(ids)
        if self._names is None:
            return None
        place = np.empty(len(ids), np.int32)
        self._found += self._names.look_up(digests, text, place)
        return place

    def check(self) -> None:
        """After the last batch.

        Raises:
            Unfit: two units may be the same, or an event's unit did not come by.
        """
        import numpy as np  # noqa: PLC0415 - only a population needs it

        if self._ends and self._repeated(np.stack(self._ends)):
            raise Unfit("a unit twice")
        if self._names is not None and self._found != self._names.count:
            raise Unfit("an event of a unit that is not there")

    def _repeated(self, ends: Array) -> int:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        largest = int(np.diff(ends[:, :-1], axis=1, prepend=np.r_[0, ends[:-1, -1]][:, None]).sum(axis=0).max())
        slots = np.empty(1 << (2 * largest).bit_length(), np.uint64)
        arrays = map(address, (ends, self._low, self._high, slots))
        return part("repeated")(self._rows, len(ends), BUCKETS, len(slots), *arrays)


def digested(ids: pa.Array) -> tuple[Array, tuple[Array, Array]]:
    """A digest of each id, and the ids' offsets and bytes."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    _, offsets, data = ids.buffers()
    at = np.frombuffer(offsets, np.int32)[ids.offset : ids.offset + len(ids) + 1] if offsets else np.zeros(1, np.int32)
    text = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(1, np.uint8)
    found = np.empty(len(ids), np.uint64)
    if len(ids):
        part("hashes")(len(ids), address(at), address(text), address(found))
    return found, (at, text)


class _Index:
    """A table of different names, looked up by their bytes."""

    def __init__(self, names: pa.Array) -> None:
        import numpy as np  # noqa: PLC0415 - only a population needs it

        self.count = len(names)
        self._digests, self._text = digested(names)
        self._slots = np.zeros(1 << (4 * self.count // 3).bit_length(), np.int32)
        part("index")(self.count, len(self._slots), *map(address, (self._digests, self._slots)))

    def look_up(self, digests: Array, text: tuple[Array, Array], place: Array) -> int:
        """Fill in the places of names; returns how many there are."""
        arrays: list[Array] = [digests, *text, self._slots, self._digests, *self._text, place]
        return part("look_up")(len(digests), len(self._slots), self.count, *map(address, arrays))


def different(table: Table, name: str) -> tuple[pa.Array, Array]:
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
