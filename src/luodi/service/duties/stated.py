"""Time limits that the text states for a duty (原文时限): what a lead may make milestones of; alone they turn nothing red."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from luodi.policy.pack import Pack
from luodi.service.duties.models import Duty, Milestone


@dataclass(frozen=True)
class StatedLimit:
    """What is to be done until when, and in which clause; ``taken`` where a milestone has the same day."""

    act: str
    day: dt.date
    article: str
    taken: bool


def stated_limits(duty: Duty, pack: Pack) -> Sequence[StatedLimit]:
    """The limits that its pack has in a duty's clause and the items below it, the earliest first."""
    rows = pack.facts.get("deadlines") or []
    days = {each.first_due for each in duty.milestones.all() if each.state != Milestone.State.DROPPED}
    found = [
        StatedLimit(row["act"], day, row["article"], day in days)
        for row in rows
        if row["kind"] == "act" and row.get("end") and f"{row['article']}.".startswith(f"{duty.article}.")
        for day in (dt.date.fromisoformat(row["end"]),)
    ]
    return sorted(found, key=lambda one: one.day)
