"""The organisation that a right is given for: known, or new and then tied to its entry in the registry."""

from __future__ import annotations

from luodi import clock
from luodi.errors import UsageError
from luodi.service.accounts.models import Organisation
from luodi.service.registry.models import GovernmentUnit, GovernmentUnitName, Unit


def organisation_named(name: str, side: str, region: str, *, may_be_new: bool) -> Organisation:
    """The organisation of a name in a region (empty: in any); made where it is not there and may be new.

    Raises:
        UsageError: there are several, or none and it may not be new.
    """
    found = Organisation.objects.filter(name=name, side=side)
    named = list(found.filter(region=region) if region else found)
    if len(named) == 1:
        return named[0]
    if named:
        raise UsageError(
            f"有 {len(named)} 个单位叫“{name}”，地区代码是{'、'.join(each.region for each in named)}。请写明地区代码。"
        )
    if not may_be_new:
        raise UsageError(f"单位名单中没有“{name}”。请核对名称；确实是新单位的，勾选“新单位”后再保存。")
    made = Organisation.objects.create(name=name, side=side, region=region)
    _tie(made)
    return made


def _tie(organisation: Organisation) -> None:
    """Let it act for the one entry of the registry that bears its name and has no account yet."""
    free = {"region": organisation.region, "organisation": None}
    entries: list[Unit | GovernmentUnit]
    if organisation.side == "unit":
        entries = list(Unit.objects.filter(name=organisation.name, **free)[:2])
    else:
        names = GovernmentUnitName.objects.valid_on(clock.today()).filter(name=organisation.name)
        entries = list(GovernmentUnit.objects.filter(names__in=names, **free).distinct()[:2])
    if len(entries) == 1:
        entries[0].organisation = organisation
        entries[0].save(update_fields=["organisation"])
