"""The demo's policies: each pack added, confirmed by one named officer and published by a second."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings

from luodi import clock
from luodi.policy.build import pack_of
from luodi.policy.pack import Pack
from luodi.service.accounts.models import Membership, User
from luodi.service.demo.load import cities, day, packs_of
from luodi.service.policies.actions import add_version, confirm, load_text, publish
from luodi.service.policies.call_actions import draft_call, release_call
from luodi.service.policies.models import Policy


def load_policies() -> None:
    """Put every pack of the demo cities in force; texts are kept only of documents of our own."""
    for spec in cities():
        for name in packs_of(spec):
            folder = Path(settings.DATA) / "packs" / name
            _load(folder, pack_of(folder), str(spec["region"]))


def load_calls() -> None:
    """Publish the calls for claims of each city, each on its own day: drafted by one lead officer, released by another."""
    for spec in cities():
        for given in spec.get("calls", ()):
            policy = Policy.objects.get(slug=given["policy"])
            rest = {name: value for name, value in given.items() if name not in ("policy", "on")}
            days = {name: day(given[name]) for name in ("opens", "closes")}
            with clock.standing_on(day(given["on"])):
                first = _officer(policy.region, None, None)
                call = draft_call(by=first, policy=policy, given=rest | days, organisation=given["desk"])
                second = _officer(policy.region, None, first)
                release_call(by=second, call=call, reviewed=True, organisation=given["desk"])


def _load(folder: Path, pack: Pack, region: str) -> None:
    confirmed = (pack.data["confirmed"] or [{}])[0]
    published = pack.data["published"] or {}
    first = _officer(region, confirmed.get("by"), None)
    second = _officer(region, published.get("by"), first)
    version = add_version(by=first, slug=folder.name, region=region, pack=pack)
    confirm(by=first, version=version, on=_on(confirmed, pack))
    publish(by=second, version=version, on=_on(published, pack))
    document = folder / "document.txt"
    if document.exists():
        load_text(by=first, version=version, data=document.read_bytes(), name=document.name)


def _on(entry: dict[str, Any], pack: Pack) -> dt.date | None:
    return day(entry.get("on")) or day(pack.data["issued_on"])


def _officer(region: str, name: str | None, other_than: User | None) -> User:
    """The lead officer of that name, else another one of the region."""
    held = Membership.objects.filter(role="lead_officer", organisation__region=region).select_related("user")
    people = [m.user for m in held.order_by("user__id") if m.user != other_than]
    return next((person for person in people if person.display_name == name), people[0])
