"""Papers whose term ends soon (到期提醒): certificates and titles of the unit, and facts that hold until a day.

The end of a paper's term is the event's particular ``valid_to``; no term is worked out from a kind of paper, since the
years it holds for are set by other papers and change.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from luodi.policy.pack import Pack
from luodi.service.registry.models import Event, Fact, Unit

WITHIN = 180
"""Days ahead in which a paper is shown as ending; an office asks for months to renew one."""


@dataclass(frozen=True)
class Ending:
    """A paper, its last day, and the days left (negative: it has ended)."""

    name: str
    ends: dt.date
    left: int
    source: str

    @property
    def ago(self) -> int:
        """Days since it ended."""
        return -self.left


def ending_papers(unit: Unit, pack: Pack, day: dt.date, within: int = WITHIN) -> list[Ending]:
    """The unit's own papers that end within so many days, or ended so many days ago; the soonest first."""
    words = {kind["id"]: kind["words"][0] for kind in pack.vocabulary["events"]}
    found = [
        (" ".join(filter(None, (words.get(event.kind, event.kind), event.grade))), ends, event.issuer or event.source)
        for event in Event.objects.filter(Q(unit=unit) | Q(unit__head_unit=unit), particulars__has_key="valid_to")
        if (ends := _day(event.particulars["valid_to"]))
    ]
    facts = Fact.objects.filter(unit=unit, valid_to__isnull=False, superseded_by=None).select_related("type")
    found += [(fact.type.name, fact.valid_to, fact.source) for fact in facts]
    papers = [Ending(name, ends, (ends - day).days, source) for name, ends, source in found]
    return sorted((each for each in papers if abs(each.left) <= within), key=lambda each: each.ends)


def _day(written: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(written))
    except ValueError:
        return None
