"""Events that are told twice: of one unit, kind, issuer, number and date one record counts, the most reliable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luodi.entitlement.engines.kernel.columns import Columns
from luodi.entitlement.vocabulary import EVIDENCE_ORDER

if TYPE_CHECKING:
    from luodi.entitlement.engines.kernel.tables import Array

IDENTITY = ("event.issuer", "event.number_digest")
_TIES = ("event.grade", "event.action", "event.id")


def one_for_each_paper(columns: Columns, kept: Array, place: Array) -> Array:
    """The events of ``kept`` without those that tell of the same paper less reliably; ``place`` is each one's unit."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    names = [name for name in (*IDENTITY, "event.date") if name in columns.held]
    if len(names) < 3:
        return kept
    known = np.logical_and.reduce([columns.known(name, len(place)) for name in names])
    rows = kept[known[kept]]
    keys = [columns.held[name].data for name in (*names, "event.kind")] + [place]
    ties = [columns.rank(name)[rows] for name in reversed(_TIES) if name in columns.held]
    rows = rows[np.lexsort([*ties, _evidence(columns, len(place))[rows], *(key[rows] for key in keys)])]
    same = np.ones(max(0, len(rows) - 1), bool)
    for key in keys:
        same &= key[rows[1:]] == key[rows[:-1]]
    dropped = np.zeros(len(place), bool)
    dropped[rows[1:][same]] = True
    return kept[~dropped[kept]]


def _evidence(columns: Columns, rows: int) -> Array:
    """How reliable each record is, the best first."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    order = {code: at for at, code in enumerate(EVIDENCE_ORDER)}
    column = columns.held.get("event.evidence")
    if column is None:
        return np.full(rows, len(order))
    places = np.array([order.get(str(text), len(order)) for text in columns.texts["event.evidence"]] or [len(order)])
    found = places[column.data]
    return found if column.known is None else np.where(column.known != 0, found, len(order))
