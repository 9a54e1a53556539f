"""What ``luodi entitle --engine kernel`` writes, batch by batch, so that memory does not grow with the population."""

from __future__ import annotations

import datetime as dt
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from luodi.entitlement.engines.base import Progress
from luodi.entitlement.engines.kernel.frames import Frame
from luodi.entitlement.engines.kernel.plan import Rows, found_rows
from luodi.entitlement.engines.kernel.tables import Table
from luodi.entitlement.rule import RuleSet

if TYPE_CHECKING:
    from luodi.entitlement.engines.kernel.tables import Array


def write_sums(
    rules: RuleSet,
    units: Path,
    events: Path,
    out: Path,
    as_of: dt.date,
    reading: str,
    progress: Progress | None = None,
) -> int:
    """Write ``enterprise_id, rule, amount_fen, article`` for every sum above zero; returns the number of rows.

    Raises:
        Unfit: the kernel cannot promise exact sums for these tables; what was written so far is worth nothing.
    """
    done, written, of = 0, 0, max(1, Table(units).rows)
    with SumsFile(out, rules) as file:
        for frame, rows in found_rows(rules, units, events, as_of):
            written += file.write(frame, rows, rows.sure if reading == "strict" else rows.upto)
            done += frame.rows
            del frame  # before the next part comes, with events of its own
            if progress:
                progress(done / of)
    return written


class SumsFile(AbstractContextManager["SumsFile"]):
    """A parquet file of sums above zero: unit, rule, amount (in ``per`` fen) and, unless told otherwise, article."""

    def __init__(
        self, out: Path, rules: RuleSet, *, amount: str = "amount_fen", per: int = 1, articles: bool = True
    ) -> None:
        import pyarrow as pa  # noqa: PLC0415 - only a population needs it
        import pyarrow.parquet as pq  # noqa: PLC0415

        kept = {"rule": "id", "article": "article"} if articles else {"rule": "id"}
        self._words = {
            name: pa.array([getattr(rule, of) for rule in rules.rules], pa.string()) for name, of in kept.items()
        }
        self._amount, self._per = amount, per
        types: dict[str, Any] = {"enterprise_id": pa.string(), "rule": None, amount: pa.int64(), **dict.fromkeys(kept)}
        word = pa.dictionary(pa.int32(), pa.string())
        self._schema = pa.schema([pa.field(name, of or word, nullable=False) for name, of in types.items()])
        # bounds of ids and words help no reader: rows stand in the order of the units
        options = {"use_dictionary": list(kept), "write_statistics": [amount], "store_schema": False}
        self._file = pq.ParquetWriter(out, self._schema, **options)

    def write(self, frame: Frame, rows: Rows, fen: Array) -> int:
        """Write the rows of a batch whose ``fen`` is above zero; returns how many."""
        import numpy as np  # noqa: PLC0415 - only a population needs it
        import pyarrow as pa  # noqa: PLC0415

        kept = np.flatnonzero(fen > 0)
        rule = pa.array(rows.rule[kept])
        columns = {name: pa.DictionaryArray.from_arrays(rule, words) for name, words in self._words.items()}
        columns["enterprise_id"] = frame.ids.take(pa.array(rows.unit[kept]))
        columns[self._amount] = pa.array(fen[kept] if self._per == 1 else fen[kept] // self._per)
        self._file.write_table(pa.table([columns[name] for name in self._schema.names], schema=self._schema))
        return len(kept)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
