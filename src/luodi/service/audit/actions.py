"""Writing the audit chain: always inside the transaction of the change it records."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from luodi.service.audit.models import AuditEvent, AuditHead

GENESIS = hashlib.sha256(b"luodi audit").hexdigest()


class NotInTransaction(RuntimeError):
    """An audit row was written outside the transaction of its change: a fault of the program."""


def digest(event: AuditEvent) -> str:
    """The event's hash over the previous one and its own canonical JSON (sorted keys, no spaces)."""
    row = {
        "sequence": event.sequence, "at": event.at.isoformat(), "actor": event.actor, "actor_name": event.actor_name,
        "organisation": event.organisation, "action": event.action, "object_type": event.object_type,
        "object_id": event.object_id, "data": event.data,
    }  # fmt: skip
    canonical = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((event.previous_hash + canonical).encode()).hexdigest()


def record(
    *, by: Any, action: str, about: models.Model | None = None, organisation: str = "", **data: Any
) -> AuditEvent:
    """Append one event. ``by`` is the acting user (None: the system); ``data`` must be JSON and hold no secret.

    Raises:
        NotInTransaction: there is no transaction for it to stand or fall with.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(f"audit event {action!r} needs the transaction of its change")
    waiting = _waiting.get()
    head = waiting.head if waiting else _head()
    event = AuditEvent(
        sequence=head.sequence + 1,
        at=timezone.now(),
        actor=str(getattr(by, "pk", "") or ""),
        actor_name=str(by) if by is not None else "系统",
        organisation=organisation,
        action=action,
        object_type=about._meta.label if about is not None else "",
        object_id=str(about.pk) if about is not None else "",
        data=json.loads(json.dumps(data, ensure_ascii=False, default=str)),
        previous_hash=head.hash,
    )
    event.hash = digest(event)
    head.sequence, head.hash = event.sequence, event.hash
    append(event)
    if not waiting:
        head.save(update_fields=["sequence", "hash"])
    return event


def append(row: models.Model) -> None:
    """Write a row of what was done, which is read only afterwards: at once, or with others (:func:`written_together`)."""
    if waiting := _waiting.get():
        waiting.rows[type(row)].append(row)
    else:
        row.save(force_insert=True)


def one_act() -> AbstractContextManager[None]:
    """The transaction of one act; where many stand or fall together, without a point to return to for each."""
    return transaction.atomic(savepoint=_waiting.get() is None)


def _head() -> AuditHead:
    head, _ = AuditHead.objects.select_for_update().get_or_create(id=1, defaults={"sequence": 0, "hash": GENESIS})
    return head


@dataclass
class _Waiting:
    """The head of the chain, held by one transaction, and rows (events foremost) that are not written yet."""

    head: AuditHead
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=lambda: defaultdict(list))


_waiting: ContextVar[_Waiting | None] = ContextVar("waiting", default=None)


@contextmanager
def written_together() -> Iterator[None]:
    """A transaction whose events are written at its end, many in one statement: the same events, in the same order, each
    with its own moment and in the same chain, for work that makes thousands of them (loading the demo).

    No part of it may be taken back and the rest kept: an event of that part would stay. So acts inside
    (:func:`one_act`) set no points to return to.
    """
    with transaction.atomic():
        found = _Waiting(_head())
        token = _waiting.set(found)
        try:
            yield
        finally:
            _waiting.reset(token)
        for model, rows in found.rows.items():
            model._default_manager.bulk_create(rows, batch_size=1000)
        found.head.save(update_fields=["sequence", "hash"])
