"""Checking the chain."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Q, QuerySet

from luodi.service.audit.actions import GENESIS, digest
from luodi.service.audit.models import AuditEvent, AuditHead


def events_of(who: str, area: str, since: dt.date | None, until: dt.date | None) -> QuerySet[AuditEvent]:
    """Events of people or offices with these words in their name, of one area, on these days; new ones first."""
    events = AuditEvent.objects.order_by("-sequence")
    for word in who.split():
        events = events.filter(Q(actor_name__icontains=word) | Q(organisation__icontains=word))
    if area:
        events = events.filter(action__startswith=f"{area}.")
    if since:
        events = events.filter(at__date__gte=since)
    return events.filter(at__date__lte=until) if until else events


@dataclass(frozen=True)
class Verdict:
    """What a check found: how many rows hold, and the first break in words (None: whole)."""

    rows: int
    break_at: int | None
    reason: str | None
    head: str


def verify(anchor: tuple[int, str] | None = None) -> Verdict:
    """Walk the whole chain; ``anchor`` is a (sequence, hash) kept outside the database, which sees a rewritten tail."""
    previous, expected, seen = GENESIS, 1, {}
    for event in AuditEvent.objects.order_by("sequence").iterator(chunk_size=2000):
        if event.sequence != expected:
            return Verdict(expected - 1, expected, f"第 {expected} 条缺失，其后是第 {event.sequence} 条", previous)
        if event.previous_hash != previous:
            return Verdict(expected - 1, expected, f"第 {expected} 条与前一条不衔接", previous)
        if digest(event) != event.hash:
            return Verdict(expected - 1, expected, f"第 {expected} 条内容与其摘要不符", previous)
        if anchor and anchor[0] == event.sequence:
            seen[event.sequence] = event.hash
        previous, expected = event.hash, expected + 1
    rows = expected - 1
    head = AuditHead.objects.filter(id=1).first()
    if head and (head.sequence, head.hash) != (rows, previous):
        return Verdict(rows, rows + 1, f"链尾不符：应有 {head.sequence} 条，实有 {rows} 条", previous)
    if rows and head is None:
        return Verdict(rows, rows, "链尾登记缺失", previous)
    if anchor and seen.get(anchor[0]) != anchor[1]:
        return Verdict(rows, anchor[0], f"与库外留存的第 {anchor[0]} 条摘要不符", previous)
    return Verdict(rows, None, None, previous)


def anchors(file: Path) -> list[tuple[int, str]]:
    """The (sequence, hash) lines kept outside the database, oldest first."""
    if not file.exists():
        return []
    return [(int(number), value) for number, value in (line.split()[1:3] for line in file.read_text().splitlines())]
