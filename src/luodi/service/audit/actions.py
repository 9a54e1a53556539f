"""Writing the audit chain: always inside the transaction of the change it records."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import connection, models
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
    head, _ = AuditHead.objects.select_for_update().get_or_create(id=1, defaults={"sequence": 0, "hash": GENESIS})
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
    event.save(force_insert=True)
    head.sequence, head.hash = event.sequence, event.hash
    head.save(update_fields=["sequence", "hash"])
    return event
