"""Calls for people who are signed in: determinations and simulation; the rights are those of the pages.

The session of the pages is the key. A call that changes something needs the token that forms carry (``X-CSRFToken``).
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router
from ninja.errors import HttpError
from ninja.security import SessionAuth

from luodi.errors import UsageError
from luodi.service.accounts.permissions import Permission
from luodi.service.api.schemas import (
    DeterminationOut,
    DeterminationsOut,
    DetermineIn,
    ErrorOut,
    SimulateIn,
    SimulateOut,
    Slug,
)
from luodi.service.api.told import DISCLAIMER
from luodi.service.awards.actions import determine
from luodi.service.awards.determinations import Held, determinations_seen, may_determine, opened
from luodi.service.awards.models import Determination
from luodi.service.awards.queries import Choice, choices, smallest_shown
from luodi.service.awards.scenarios import Line, seen
from luodi.service.awards.simulation import AT_ONCE, described, read_changes, simulated
from luodi.service.awards.wording import clause_address
from luodi.service.registry.models import Unit

REFUSALS = dict.fromkeys((400, 401, 403, 404, 405, 422), ErrorOut)


class Holder(SessionAuth):
    """A signed-in person whose role holds one of some permissions."""

    def __init__(self, *permissions: Permission) -> None:
        super().__init__()
        self.permissions = permissions

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        found = super().authenticate(request, key)
        if found and not set(self.permissions) & set(request.may):  # type: ignore[attr-defined]
            raise HttpError(403, "")
        return found


router = Router()
ASKS = Holder(Permission.VIEW_OWN_UNIT, Permission.VIEW_ENTITLED)
SIMULATES = Holder(Permission.VIEW_ENTITLED)
OfPolicy = Query(None, description="只列这项政策的")
Limit = Query(50, ge=1, le=100, description="每页条数，最多 100")
Offset = Query(0, ge=0, le=10**6, description="从第几条起")
Numbered = Path(..., description="测算单标识")


@router.get("/determinations", auth=ASKS, response={200: DeterminationsOut, **REFUSALS}, summary="测算单",
            operation_id="determinations")  # fmt: skip
def determinations(
    request: HttpRequest,
    policy: Slug | None = OfPolicy,
    limit: int = Limit,
    offset: int = Offset,
) -> dict[str, Any]:
    """Those of one's own unit, or of the units of the office's region; newest first."""
    found = determinations_seen(request.acting)  # type: ignore[attr-defined]
    if policy:
        found = found.filter(policy_version__policy__slug=policy)
    return {"items": [_head(each) for each in found[offset : offset + limit]], "count": found.count()}


@router.post("/determinations", auth=ASKS, response={200: DeterminationOut, **REFUSALS}, summary="出具测算单",
             operation_id="determine", url_name="determinations")  # fmt: skip
def make_determination(request: HttpRequest, given: DetermineIn) -> dict[str, Any]:
    """Determine a unit on the business date and freeze it."""
    acting = request.acting  # type: ignore[attr-defined]
    unit = Unit.objects.filter(pk=given.unit).first()
    if unit is None or not may_determine(acting, unit):
        raise Http404
    choice = _choice(given.policy, unit.region)
    made = determine(by=request.user, organisation=acting.organisation, unit=unit, version=choice.version)  # type: ignore[arg-type]
    return _determination(request, made.pk)


@router.get("/determinations/{determination}", auth=ASKS, response={200: DeterminationOut, **REFUSALS},
            summary="一份测算单", operation_id="determination")  # fmt: skip
def determination(request: HttpRequest, determination: UUID = Numbered) -> dict[str, Any]:
    """What went in and what came out, as frozen, and whether running it again gives the same."""
    return _determination(request, determination)


def _determination(request: HttpRequest, found: UUID) -> dict[str, Any]:
    frozen, held = opened(by=request.user, acting=request.acting, found=found)  # type: ignore[arg-type,attr-defined]
    slug = frozen.policy_version.policy.slug
    rules = [{**rule, "address": clause_address(slug, rule["article"])} for rule in held.verdict["rules"]]
    return {
        **_head(frozen), "known_since": held.known_since, "given": held.given, "same_when_run_again": held.same,
        "whole": held.whole, "rules": [_complete(rule) for rule in rules], "disclaimer": DISCLAIMER,
        **_sums(held),
    }  # fmt: skip


def _complete(rule: dict[str, Any]) -> dict[str, Any]:
    """A rule of an older archive may lack parts that came later."""
    return {"nearest": None, "payments": [], **rule}


def _sums(held: Held) -> dict[str, int]:
    return {name: held.verdict[name] for name in ("sure_fen", "upto_fen")}


def _head(found: Determination) -> dict[str, Any]:
    return {
        "id": found.pk, "number": found.number, "policy": found.policy_version.policy.slug,
        "version": found.policy_version.number, "unit": found.unit_id, "unit_name": found.unit.name,
        "as_of": found.business_date, "recorded_at": found.recorded_at, "rules_digest": found.rules_digest,
        "verdict_digest": found.verdict_digest, "address": found.get_absolute_url(),
    }  # fmt: skip


@router.post("/simulate", auth=SIMULATES, response={200: SimulateOut, **REFUSALS}, summary="模拟测算",
             operation_id="simulate")  # fmt: skip
def simulate(request: HttpRequest, given: SimulateIn) -> dict[str, Any]:
    """The budget before and after changes, and who gains and loses; items published as one figure take no part."""
    choice = _choice(given.policy, request.acting.organisation.region)  # type: ignore[attr-defined]
    if Unit.objects.filter(region=choice.version.policy.region).count() > AT_ONCE:
        raise UsageError(f"登记单位超过 {AT_ONCE:,} 个，请在“模拟测算”页面保存成方案，由后台计算。")
    changes = read_changes(given.changes, choice.rules, choice.pack)
    figures = simulated(choice.version, changes).figures
    found = seen(figures, given.reading, smallest_shown(request.may))  # type: ignore[attr-defined]
    return {
        "policy": given.policy, "version": choice.version.number, "reading": given.reading, "units": found.units,
        "changes": described(changes, choice.rules), "total": _line(found.total),
        "rules": [_line(line) for line in found.rules],
        "groups": [{"group": group, "name": label, "lines": [_line(line) for line in lines]}
                   for group, label, lines in found.groups],
        "disclaimer": "这是模拟，不改变现行政策，也不是测算结论。",
    }  # fmt: skip


def _choice(slug: str, region: str) -> Choice:
    found = next((choice for choice in choices(region) if choice.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _line(line: Line) -> dict[str, Any]:
    head = {"name": line.name, "withheld": line.withheld, "unsplit": line.unsplit}
    if line.withheld:
        return head
    sums = {"before_fen": line.before.fen, "before_units": line.before.units, "after_fen": line.after.fen,
            "after_units": line.after.units}  # fmt: skip
    if line.unsplit:
        return head | sums
    return head | sums | {"gaining": line.gaining, "gain_fen": line.gain_fen, "losing": line.losing,
                          "loss_fen": line.loss_fen}  # fmt: skip
