"""What ``luodi entitle --engine kernel`` writes, batch by batch, so that memory does not grow with the population."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luodi.entitlement.engines.base import Progress
from luodi.entitlement.engines.kernel.frames import Frame
from luodi.entitlement.engines.kernel.plan import Rows, found_rows
from luodi.entitlement.engines.kernel.tables import Table
from luodi.entitlement.rule import RuleSet

if TYPE_CHECKING:
    import pyarrow as pa


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
    import pyarrow as pa  # noqa: PLC0415 - only a population needs it
    import pyarrow.parquet as pq  # noqa: PLC0415

    words = [pa.array([getattr(rule, name) for rule in rules.rules], pa.string()) for name in ("id", "article")]
    done, rows, of = 0, 0, max(1, Table(units).rows)
    options = {"use_dictionary": ["rule", "article"], "write_statistics": ["amount_fen"], "store_schema": False}
    with pq.ParquetWriter(out, _schema(), **options) as file:
        for frame, found in found_rows(rules, units, events, as_of):
            table = _table(frame, found, words, reading)
            file.write_table(table)
            done, rows = done + frame.rows, rows + table.num_rows
            del frame  # before the next part comes, with events of its own
            if progress:
                progress(done / of)
    return rows


def _schema() -> Any:
    import pyarrow as pa  # noqa: PLC0415 - only a population needs it

    word = pa.dictionary(pa.int32(), pa.string())
    return pa.schema([("enterprise_id", pa.string()), ("rule", word), ("amount_fen", pa.int64()), ("article", word)])


def _table(frame: Frame, rows: Rows, words: Sequence[Any], reading: str) -> pa.Table:
    import numpy as np  # noqa: PLC0415 - only a population needs it
    import pyarrow as pa  # noqa: PLC0415

    fen = rows.sure if reading == "strict" else rows.upto
    kept = np.flatnonzero(fen > 0)
    rule = pa.array(rows.rule[kept])
    ids, articles = (pa.DictionaryArray.from_arrays(rule, each) for each in words)
    units = frame.ids.take(pa.array(rows.unit[kept]))
    return pa.table([units, ids, pa.array(fen[kept]), articles], schema=_schema())
