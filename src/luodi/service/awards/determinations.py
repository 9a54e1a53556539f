"""Determinations (测算单): made for an officer or the unit itself, shown as frozen, run again, held against today."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from luodi import clock
from luodi.entitlement.explain import explain
from luodi.policy.pack import Pack, pack_from
from luodi.service.accounts.access import requires
from luodi.service.accounts.models import Membership, User
from luodi.service.accounts.permissions import Permission
from luodi.service.audit.actions import record
from luodi.service.awards.actions import determine
from luodi.service.awards.freezing import (
    Parts,
    canonical,
    digest,
    restricted_items,
    rules_digest,
    run_again,
    split_given,
    split_verdict,
    thawed,
    whole_given,
    whole_verdict,
)
from luodi.service.awards.models import Determination
from luodi.service.awards.presentation import Shown, show
from luodi.service.awards.queries import choices, chosen
from luodi.service.awards.restricted import whole
from luodi.service.awards.wording import used_facts
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.queries import current_version, load_pack
from luodi.service.registry.models import Unit
from luodi.service.registry.queries import unit_input


def determinations_seen(acting: Membership | None) -> QuerySet[Determination]:
    """Those of the unit acted for, or of all units of the office's region, newest first."""
    found = Determination.objects.select_related("unit", "policy_version__policy", "by", "organisation")
    if acting is None:
        return found.none()
    if Permission.VIEW_OWN_UNIT in acting.permissions:
        return found.filter(unit__organisation=acting.organisation)
    if Permission.VIEW_ENTITLED in acting.permissions:
        return _of_region(found, acting.organisation.region)
    return found.none()


def _of_region(found: QuerySet[Determination], region: str) -> QuerySet[Determination]:
    return found.filter(unit__region=region) if region else found


@require_POST
@requires()
def make(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Determine a unit on the business date: its own people, or an officer of its region, may ask."""
    acting = request.acting  # type: ignore[attr-defined]
    unit = get_object_or_404(Unit, pk=unit_id)
    if acting is None or not may_determine(acting, unit):
        raise Http404
    choice = chosen(choices(unit.region), request.POST.get("policy", ""))
    if choice is None:
        raise Http404
    made = determine(by=request.user, organisation=acting.organisation, unit=unit, version=choice.version)  # type: ignore[arg-type]
    return redirect(made)


def may_determine(acting: Membership, unit: Unit) -> bool:
    """Whether the membership is the unit's own, or an officer's whose office stands in the unit's region."""
    if Permission.VIEW_OWN_UNIT in acting.permissions:
        return unit.organisation_id == acting.organisation_id
    return Permission.VIEW_ENTITLED in acting.permissions and acting.organisation.region in ("", unit.region)


@require_safe
@requires()
def determination(request: HttpRequest, determination_id: UUID) -> HttpResponse:
    """One determination as frozen; whether running it again gives the same; what is different today."""
    found, held = opened(by=request.user, acting=request.acting, found=determination_id)  # type: ignore[arg-type,attr-defined]
    context = {
        "determination": found, "held": held, "shown": _shown(found, held), "since": changed_since(found, held),
        "own": Permission.VIEW_OWN_UNIT in request.may, "choice": {"slug": found.policy_version.policy.slug},  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "awards/determination.html", context)


def opened(*, by: User, acting: Membership | None, found: UUID) -> tuple[Determination, Held]:
    """A determination as the membership may see it; reading its restricted part is recorded.

    Raises:
        Http404: there is none that it may see.
    """
    made = get_object_or_404(determinations_seen(acting), pk=found)
    may = acting.permissions if acting else frozenset()
    if Permission.VIEW_RESTRICTED_FACTS in may:
        with transaction.atomic():
            record(by=by, action="restricted.read", about=made, organisation=str(acting and acting.organisation))
    return made, frozen(made, sees_everything(may))


def sees_everything(may: Collection[Permission]) -> bool:
    """Whether restricted parts are shown: to the unit itself, and to those with the right."""
    return Permission.VIEW_OWN_UNIT in may or Permission.VIEW_RESTRICTED_FACTS in may


@dataclass(frozen=True)
class Held:
    """A determination as one reader may see it, and whether its inputs, run again, give it bit for bit."""

    pack: Pack
    given: dict[str, Any]
    known_since: dict[str, str]
    verdict: dict[str, Any]
    same: bool
    whole: bool


def frozen(found: Determination, everything: bool) -> Held:
    """Read both parts, run them again, and keep what the reader may see."""
    given, verdict, part = whole(found)
    pack = _pack(found.policy_version_id, canonical(found.register))
    again = run_again(pack, given, found.business_date)
    same = (digest(again.open), digest(again.apart)) == (found.verdict_digest, part.verdict_digest)
    intact = (digest(verdict.open), digest(verdict.apart)) == (found.verdict_digest, part.verdict_digest)
    if not everything:
        return Held(pack, given.open, found.known_since, verdict.open, same and intact, False)
    since = {**found.known_since, **part.known_since}
    return Held(pack, whole_given(given), since, whole_verdict(verdict), same and intact, True)


@lru_cache(maxsize=16)
def _pack(version_id: UUID, register: str) -> Pack:
    """The pack as it was used: the version's, which is frozen, with the register as it then stood."""
    version = PolicyVersion.objects.select_related("policy").get(pk=version_id)
    return pack_from({**version.pack, "ambiguities": json.loads(register)}, version.policy.slug)


def _shown(found: Determination, held: Held) -> Shown:
    shown = show(thawed(held.verdict), held.pack, found.policy_version)
    left_out = not held.whole and bool(restricted_items(held.pack))
    return replace(shown, facts=used_facts(held.given, held.pack), left_out=left_out)


@dataclass(frozen=True)
class Since:
    """What is different today: statements gone and come, the rules, the day, and the sums that follow."""

    gone: tuple[tuple[str, str, str, str], ...]
    come: tuple[tuple[str, str, str, str], ...]
    rules: str
    day: bool
    sums: tuple[tuple[str, int, int, int, int], ...]

    @property
    def anything(self) -> bool:
        """Whether a reader has anything to look at."""
        return bool(self.gone or self.come or self.rules or self.sums)


def changed_since(found: Determination, held: Held) -> Since:
    """Hold a determination against what is registered, in force and asked today, as far as its reader may see."""
    version = current_version(found.policy_version.policy.slug)
    pack, unit = load_pack(version), found.unit
    now = unit_input(unit, public_only=False)
    given = split_given(now, unit_input(unit, public_only=False, restricted=False), pack)
    verdict = split_verdict(explain(pack, now, clock.today()), restricted_items(pack))
    before, after = used_facts(held.given, held.pack), used_facts(_visible(given, held.whole), pack)
    return Since(
        gone=tuple(line for line in before if line not in after),
        come=tuple(line for line in after if line not in before),
        rules=_rules_changed(found, version.number, rules_digest(pack)),
        day=found.business_date != clock.today(),
        sums=_sums_changed(held.verdict, whole_verdict(verdict) if held.whole else verdict.open),
    )


def _visible(given: Parts, everything: bool) -> dict[str, Any]:
    return whole_given(given) if everything else given.open


def _rules_changed(found: Determination, number: int, rules: str) -> str:
    if found.policy_version.number != number:
        return f"政策包当时是第 {found.policy_version.number} 版，现在是第 {number} 版。"
    return "" if found.rules_digest == rules else "之后登记了官方答复，口径有变化。"


def _sums_changed(then: dict[str, Any], now: dict[str, Any]) -> tuple[tuple[str, int, int, int, int], ...]:
    """Awards whose sums differ: title, then sure and at most, now sure and at most."""
    before = {rule["rule"]: rule for rule in then["rules"]}
    after = {rule["rule"]: rule for rule in now["rules"]}
    lines = []
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        sums = [*((one["sure_fen"], one["upto_fen"]) if one else (0, 0)),
                *((other["sure_fen"], other["upto_fen"]) if other else (0, 0))]  # fmt: skip
        if sums[:2] != sums[2:]:
            lines.append(((other or one)["title"], *sums))  # type: ignore[index]
    return tuple(lines)  # type: ignore[arg-type]
