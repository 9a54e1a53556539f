"""Tables as the kernel reads them: columns in batches, as plain arrays with a byte for what is known.

Whatever is out of the ordinary (a type, a value out of range, a name twice) raises :class:`Unfit`: the general engine
then takes over and says what is wrong, or computes it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.entitlement.engines.kernel.fit import LIMIT, Unfit
from luodi.entitlement.engines.kernel.stored import DECIMALS, MASKED, Stored
from luodi.entitlement.query.ranges import ANYTHING, TRUTH, Range
from luodi.entitlement.vocabulary import FIRST_DAY, LARGEST, LAST_DAY, FactKind

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Array = np.ndarray[Any, Any]

BATCH = 1 << 16
"""Units at a time."""
BUFFER = 1 << 18
"""Bytes read of a column at a time; with more the system hands out and clears new pages for each batch."""
_INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32")


class Held:
    """A column of a batch: its values, a byte for each that is 1 where it is known (null: all are), their addresses."""

    __slots__ = ("addresses", "data", "known")

    def __init__(self, data: Array, known: Array | None = None) -> None:
        self.data, self.known = data, known
        self.addresses = (address(data), 0 if known is None else address(known))

    def take(self, places: Array) -> Held:
        """The rows at these places."""
        return Held(self.data[places], None if self.known is None else self.known[places])

    def as_(self, dtype: str) -> Held:
        """The same values in another type, which is wide enough."""
        return self if self.data.dtype == dtype else Held(self.data.astype(dtype), self.known)

    def first(self, rows: int) -> Held:
        """The first rows, in place."""
        return Held(self.data[:rows], None if self.known is None else self.known[:rows])


def address(array: Array) -> int:
    """Where an array begins."""
    found: int = array.__array_interface__["data"][0]
    return found


def let_go() -> None:
    """Give memory that is free but kept for later back to the system, so that peaks do not add up."""
    import pyarrow as pa  # noqa: PLC0415 - only a population needs it

    pa.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


@dataclass(frozen=True, slots=True)
class Extent:
    """What is known of a column beforehand: least and largest value in its own unit, and whether any is null."""

    least: int
    largest: int
    nulls: bool


class Table:
    """A parquet file or a table in memory, read column by column."""

    def __init__(self, given: Path | pa.Table) -> None:
        import pyarrow as pa  # noqa: PLC0415 - only a population needs it
        import pyarrow.parquet as pq  # noqa: PLC0415

        self._given = given
        try:
            self._file = pq.ParquetFile(given) if isinstance(given, Path) else None
        except (OSError, pa.ArrowException) as error:
            raise Unfit("not a whole parquet file") from error
        self.schema: pa.Schema = self._file.schema_arrow if self._file else given.schema  # type: ignore[union-attr]
        self.names: list[str] = self.schema.names
        if len(set(self.names)) != len(self.names):
            raise Unfit("a column twice")

    @property
    def most(self) -> int:
        """How many rows there are at most."""
        return int(self._file.metadata.num_rows if self._file else self._given.num_rows)  # type: ignore[union-attr]

    @cached_property
    def rows(self) -> int:
        """How many rows there are."""
        return self.most

    def type_of(self, name: str) -> pa.DataType:
        """The type of a column's values, behind any dictionary."""
        import pyarrow as pa  # noqa: PLC0415 - only a population needs it

        found = self.schema.field(name).type
        return found.value_type if pa.types.is_dictionary(found) else found

    def batches(self, names: Sequence[str], texts: Sequence[str] = ()) -> Iterator[pa.RecordBatch]:
        """The columns, batch by batch; ``texts`` come with dictionaries where the file has them."""
        import pyarrow as pa  # noqa: PLC0415 - only a population needs it
        import pyarrow.parquet as pq  # noqa: PLC0415

        if self._file is None:
            yield from self._given.select(list(names)).to_batches(max_chunksize=BATCH)  # type: ignore[union-attr]
            return
        try:
            file = pq.ParquetFile(self._given, read_dictionary=list(texts), pre_buffer=False, buffer_size=BUFFER)
            yield from file.iter_batches(batch_size=BATCH, columns=list(names), use_threads=False)
        except (OSError, pa.ArrowException) as error:
            raise Unfit("not a whole parquet file") from error

    def column(self, name: str, *, text: bool = False) -> pa.ChunkedArray:
        """A whole column."""
        import pyarrow as pa  # noqa: PLC0415 - only a population needs it

        batches = [batch.column(0) for batch in self.batches([name], [name] if text else [])]
        return pa.chunked_array(batches, batches[0].type if batches else self.schema.field(name).type)

    def nulls(self, name: str) -> int:
        """How many values of the column are null."""
        counts = [stats.null_count if stats and stats.has_null_count else None for stats in self._statistics(name)]
        if self._file is None or None in counts:
            return int(self.column(name).null_count)
        return sum(int(count or 0) for count in counts)

    def extent(self, name: str) -> Extent:
        """Bounds of a column of whole numbers or days, from the file's statistics or by reading it."""
        import pyarrow.compute as pc  # noqa: PLC0415 - only a population needs it

        with _in_the_calendar():
            stats = list(self._statistics(name))
            if self._file is not None and all(each and each.has_min_max and each.has_null_count for each in stats):
                low = [_whole(each.min) for each in stats] or [0]
                high = [_whole(each.max) for each in stats] or [0]
                return Extent(min(low), max(high), any(each.null_count for each in stats))
            found = pc.min_max(self.column(name)).as_py()
            return Extent(_whole(found["min"]), _whole(found["max"]), bool(self.nulls(name)))

    def _statistics(self, name: str) -> Iterator[Any]:
        if self._file is None:
            return
        meta = self._file.metadata
        paths = [meta.schema.column(at).path for at in range(meta.num_columns)]
        if name not in paths:
            yield None
            return
        at = paths.index(name)
        groups = (meta.row_group(group) for group in range(meta.num_row_groups))
        yield from (group.column(at).statistics for group in groups if group.num_rows)


@contextmanager
def _in_the_calendar() -> Iterator[None]:
    try:
        yield
    except OverflowError as error:
        raise Unfit("a day that Python does not know") from error


def _whole(value: Any) -> int:
    """A bound as an integer: days for a date; for a number the next whole one away from zero."""
    import datetime as dt  # noqa: PLC0415 - only here

    if value is None:
        return 0
    if isinstance(value, dt.date):
        return value.toordinal() - dt.date(1970, 1, 1).toordinal()
    whole = int(value)
    return whole if whole == value else whole + (1 if value > 0 else -1)


def stored(table: Table, name: str, kind: FactKind, codes: Mapping[str, int]) -> tuple[Stored, Range] | None:
    """How a fact's column will lie in memory and its bounds in canonical units; null where there is no value at all.

    Raises:
        Unfit: a type that the kernel does not take, or values out of bounds.
    """
    import pyarrow as pa  # noqa: PLC0415 - only a population needs it

    found = table.type_of(name)
    if pa.types.is_null(found):
        return None
    if kind.type in ("money", "integer", "number"):
        return _stored_number(table, name, kind, found)
    if kind.type == "date":
        if found != pa.date32():
            raise Unfit(f"{name}: {found}")
        bounds = table.extent(name)
        if bounds.least < _whole(FIRST_DAY) or bounds.largest > _whole(LAST_DAY):
            raise Unfit(f"{name}: days out of bounds")
        return Stored("number", "int32", bounds.nulls), Range(bounds.least, bounds.largest, bounds.nulls)
    nulls = bool(table.nulls(name))
    if kind.type == "boolean" and pa.types.is_boolean(found):
        return Stored("boolean", "uint8", nulls), TRUTH
    if kind.type == "codes" and pa.types.is_list(found) and len(codes) <= MASKED:
        return Stored("set", "int64", nulls, codes=codes), ANYTHING
    if kind.type in ("code", "text") and (pa.types.is_string(found) or pa.types.is_large_string(found)):
        return Stored("code", "int32", nulls, codes=codes), ANYTHING
    raise Unfit(f"{name}: {found}")


def _stored_number(table: Table, name: str, kind: FactKind, found: pa.DataType) -> tuple[Stored, Range]:
    import pyarrow as pa  # noqa: PLC0415 - only a population needs it

    decimal = pa.types.is_decimal(found) and (kind.type == "number" or found.scale == 0) and found.scale <= 10
    if not decimal and str(found) not in _INTEGERS:
        raise Unfit(f"{name}: {found}")
    bounds = table.extent(name)
    if max(-bounds.least, bounds.largest) > LARGEST // kind.scale or (kind.type == "money" and bounds.least < 0):
        raise Unfit(f"{name}: numbers out of bounds")
    decimals = kind.type == "number"
    times = DECIMALS if decimals else kind.scale
    if max(-bounds.least, bounds.largest) * times > LIMIT:
        raise Unfit(f"{name}: numbers beyond 62 bits")
    dtype = "int64" if decimal or decimals else str(found)
    kept = Stored("decimal" if decimals else "number", dtype, bounds.nulls, 1 if decimals else kind.scale)
    return kept, Range(bounds.least * times, bounds.largest * times, bounds.nulls)


def held(values: pa.Array, how: Stored, bounds: Range | None = None) -> Held:
    """A column of a batch as arrays.

    Raises:
        Unfit: nulls or numbers that the file's statistics denied.
    """
    import numpy as np  # noqa: PLC0415 - only a population needs it
    import pyarrow.compute as pc  # noqa: PLC0415

    if values.null_count and not how.nulls:
        raise Unfit("nulls where the statistics have none")
    known = pc.is_valid(values).cast("uint8").to_numpy(zero_copy_only=False) if how.nulls else None
    if how.kind == "boolean":
        return Held(pc.fill_null(values, False).cast("uint8").to_numpy(zero_copy_only=False), known)
    if how.kind == "code":
        data, missing = coded(values, how.codes)
        return Held(data, known if missing is None or known is None else known & ~missing)
    if how.kind == "set":
        return Held(_masks(values, how.codes), known)
    if bounds is not None and len(values) > values.null_count:
        seen = pc.min_max(values)
        times = DECIMALS if how.kind == "decimal" else how.scale
        with _in_the_calendar():
            least, largest = (_whole(seen[side].as_py()) * times for side in ("min", "max"))
        if least < bounds.low or largest > bounds.high:
            raise Unfit("numbers beyond the statistics")
    return Held(np.ascontiguousarray(_numbers(values, how)), known)


def _numbers(values: pa.Array, how: Stored) -> Array:
    import numpy as np  # noqa: PLC0415 - only a population needs it
    import pyarrow as pa  # noqa: PLC0415

    if pa.types.is_decimal(values.type):
        wide = values.cast(pa.decimal128(38, 10 if how.kind == "decimal" else 0))
        pairs = np.frombuffer(wide.buffers()[1], np.int64)
        return pairs[2 * wide.offset : 2 * (wide.offset + len(wide)) : 2]
    buffer, width = values.buffers()[1], values.type.to_pandas_dtype() if how.kind == "decimal" else how.dtype
    data = np.frombuffer(buffer, width)[values.offset : values.offset + len(values)] if buffer else np.empty(0, width)
    return data.astype(np.int64) * DECIMALS if how.kind == "decimal" else data


def coded(values: pa.Array, codes: Mapping[str, int]) -> tuple[Array, Array | None]:
    """Texts as codes (others: the number of codes), and where a dictionary says null behind a value."""
    import numpy as np  # noqa: PLC0415 - only a population needs it
    import pyarrow as pa  # noqa: PLC0415

    if not pa.types.is_dictionary(values.type):
        values = values.dictionary_encode()
    words = values.dictionary.to_pylist()
    table = np.array([codes.get(word, len(codes)) for word in words] or [0], np.int32)
    places = values.indices.fill_null(0).to_numpy(zero_copy_only=False)
    missing = np.array([word is None for word in words] or [True])
    return table[places], missing[places].astype(np.uint8) if missing.any() and words else None


def _masks(values: pa.Array, codes: Mapping[str, int]) -> Array:
    """Lists of codes as bits of the known ones."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    rows = values.to_pylist()
    return np.array([sum({1 << codes[code] for code in row or () if code in codes}) for row in rows], np.int64)


def check_codes(table: Table, column: str, kind: FactKind) -> None:
    """Look for codes that the vocabulary does not have.

    Raises:
        Unfit: there is one.
    """
    import pyarrow as pa  # noqa: PLC0415 - only a population needs it
    import pyarrow.compute as pc  # noqa: PLC0415

    if kind.codes is None:
        return
    known = pa.array(kind.codes, pa.string())
    texts = [] if pa.types.is_nested(table.type_of(column)) else [column]
    for batch in table.batches([column], texts):
        values = batch.column(0)
        values = values.flatten() if pa.types.is_list(values.type) else values
        if pa.types.is_dictionary(values.type) and pc.all(pc.is_in(values.dictionary, known)).as_py():
            continue
        if (
            not pa.types.is_null(values.type)
            and pc.any(pc.invert(pc.is_in(values.cast(pa.string()).drop_null(), known))).as_py()
        ):
            raise Unfit("a code that the vocabulary does not have")
