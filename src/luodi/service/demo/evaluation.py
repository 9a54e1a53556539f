"""The demo's evaluations: each policy in force is run once over its city, so that lists and totals are there at first sight."""

from __future__ import annotations

import datetime as dt

from luodi import clock
from luodi.service.accounts.models import Membership
from luodi.service.awards.actions import evaluate_region
from luodi.service.demo.load import cities, day, packs_of
from luodi.service.policies.queries import current_version


def load_evaluation() -> None:
    """Evaluate on the city's own business date, by its lead officer."""
    for spec in cities():
        officer = (
            Membership.objects.filter(role="lead_officer", organisation__region=str(spec["region"]))
            .select_related("user", "organisation")
            .order_by("user__id")
            .first()
        )
        if officer is None:
            continue
        with clock.standing_on(day(spec.get("business_date")) or dt.date.today()):
            for name in packs_of(spec):
                evaluate_region(by=officer.user, version=current_version(name), organisation=officer.organisation.name)
