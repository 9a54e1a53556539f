"""The demo's accounts: one for each role, some people acting for several units, and a listing of them all."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import secrets
import unicodedata
from collections.abc import Callable
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from luodi.service.accounts.actions import add_membership, add_person
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.accounts.roles import ROLES
from luodi.service.audit.actions import record
from luodi.service.audit.models import AuditEvent
from luodi.service.demo.load import regions
from luodi.service.embedded import home
from luodi.service.registry.models import GovernmentUnit, Unit

KNOWN = "luodi-demo-2020"
RENEWED = "demo.passwords_set"
Spec = dict[str, Any]


def load_accounts() -> None:
    """Make the accounts without passwords; :func:`settle_passwords` gives them."""
    for spec in regions():
        for given in spec["accounts"]:
            _person(spec["region"], given["user"], given["name"], given["for"], given.get("until"))
        for key in spec["liaisons"]:
            name = f"{_short(spec['region'], key)}联络员"
            _person(spec["region"], f"{spec['prefix']}liaison-{key}", name, [{"role": "liaison", "of": key}])


def _person(region: str, username: str, name: str, seats: list[Spec], until: int | None = None) -> None:
    user = add_person(by=None, username=username, display_name=name, password=None, is_demo=True)
    ends = dt.date.today() + dt.timedelta(until) if until else None
    for number, seat in enumerate(seats):
        add_membership(
            by=None,
            user=user,
            organisation=_organisation(region, seat),
            role=seat["role"],
            valid_to=ends if number else None,
        )


def _organisation(region: str, seat: Spec) -> Organisation:
    if "of" in seat:
        organisation = (
            GovernmentUnit.objects.select_related("organisation").get(region=region, key=seat["of"]).organisation
        )
        assert organisation is not None  # accounts stand on units that report on line
        return organisation
    if "office" in seat:
        found, _ = Organisation.objects.get_or_create(name=seat["office"], side="government", region=region)
        return found
    return _unit_organisation(_unit(region, seat))


def _unit(region: str, seat: Spec) -> Unit:
    """A unit by the tag of its case, or the first enterprise with anything to its name."""
    found = Unit.objects.filter(region=region, kind=seat.get("kind", "enterprise"), status="active")
    if "unit_tag" in seat:
        found = found.filter(events__tag=seat["unit_tag"])
    return found.filter(events__isnull=False).order_by("events__date", "name").first() or found.order_by("name")[0]


def _unit_organisation(unit: Unit) -> Organisation:
    if unit.organisation is None:
        unit.organisation = Organisation.objects.create(name=unit.name, side="unit", region=unit.region)
        unit.save(update_fields=["organisation"])
    return unit.organisation


def _short(region: str, key: str) -> str:
    """What a unit is called for short, by its latest name."""
    name = GovernmentUnit.objects.get(region=region, key=key).names.last()
    return name.short or name.name if name else key


# --- passwords


def settle_passwords(host: str) -> None:
    """Known passwords on the loopback address alone; elsewhere random ones, once, written to the listing."""
    local = is_loopback(host)
    last = AuditEvent.objects.filter(action=RENEWED).order_by("-sequence").first()
    listing = home() / "demo-accounts.txt"
    if last is not None and listing.exists() and (local or last.data["known"] is False):
        return
    people = (
        User.objects.filter(is_demo=True, memberships__isnull=False).exclude(password="!").distinct().order_by("id")
    )
    hashed = make_password(KNOWN) if local else ""
    given = {}
    with transaction.atomic():
        for user in people:
            given[user.username] = KNOWN if local else secrets.token_urlsafe(9)
            user.password = hashed or make_password(given[user.username])
            user.save(update_fields=["password"])
        record(by=None, action=RENEWED, known=local, accounts=len(given))
    _write(listing, given)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _write(listing: Any, given: dict[str, str]) -> None:
    """A table for people, readable by us alone; it is printed once."""
    rows = [("账户名", "密码", "身份", "姓名")]
    held: dict[str, list[Membership]] = {}
    for membership in Membership.objects.filter(user__username__in=given).select_related("user", "organisation"):
        held.setdefault(membership.user.username, []).append(membership)
    order: Callable[[str], int] = {name: place for place, name in enumerate(given)}.__getitem__
    for username in sorted(held, key=order):
        seats = sorted(held[username], key=lambda m: (m.valid_to is not None, list(ROLES).index(m.role)))
        words = "、".join(map(_seat, seats))
        rows.append((username, given[username], words, seats[0].user.display_name))
    widths = [max(_width(row[column]) for row in rows) for column in range(3)]
    text = "演示账户（单位、人员和数据均为虚构）\n" + "\n".join(
        "  ".join([*(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False)), row[3]])
        for row in rows
    )
    with open(os.open(listing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text + "\n")
    listing.with_suffix(".shown").unlink(missing_ok=True)


def _seat(seat: Membership) -> str:
    until = f"，至 {seat.valid_to}" if seat.valid_to else ""
    return f"{seat.as_role.name}（{seat.organisation.name}{until}）"


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
