"""The public interface (数据接口): policies, their facts and awards, public totals, and the calculator without a trace.

What everybody may call is read only: nothing is stored or logged of what ``POST /api/explain`` gets. Totals go through
the same suppression as the pages, for everybody alike. Calls of people who sign in stand in :mod:`.signed_in`
and :mod:`.runs`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query

from luodi import clock
from luodi.entitlement.explain import explain
from luodi.entitlement.result import Determination
from luodi.policy.pack import Pack
from luodi.service.api.errors import install
from luodi.service.api.runs import router as runs
from luodi.service.api.schemas import (
    AwardsOut,
    CallsOut,
    ErrorOut,
    ExplainIn,
    ExplainOut,
    FactKindName,
    FactsOut,
    PoliciesOut,
    PolicyDetailOut,
    Slug,
    TotalsOut,
)
from luodi.service.api.signed_in import router as signed_in
from luodi.service.api.told import DISCLAIMER, told
from luodi.service.awards.queries import choices, latest_run, totals
from luodi.service.awards.suppression import MINIMUM
from luodi.service.awards.wording import clause_address
from luodi.service.policies.calls import ShownCall, shown_calls
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.queries import current_version, load_pack, published, validity_on

MOST = 100
REFUSALS = {400: ErrorOut, 404: ErrorOut, 405: ErrorOut, 422: ErrorOut}


class Api(NinjaAPI):
    """The interface; its schema is made once."""

    def get_openapi_schema(self, *, path_prefix: Any = None, path_params: Any = None) -> Any:
        key = (path_prefix, tuple(sorted((path_params or {}).items())))
        if key not in self._schemas:
            self._schemas[key] = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        return self._schemas[key]

    _schemas: ClassVar[dict[Any, Any]] = {}


api = Api(
    title="落地 数据接口",
    version="1",
    description=f"政策、事实、奖励、公开汇总、测算、测算单和模拟。金额以分为单位的整数。{DISCLAIMER}",
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
install(api)
api.add_router("", signed_in)
api.add_router("", runs)

Limit = Query(50, ge=1, le=MOST, description=f"每页条数，最多 {MOST}")
Named = Path(..., description="政策标识，见 /api/policies")
Offset = Query(0, ge=0, le=10**6, description="从第几条起")


@api.get("/policies", response={200: PoliciesOut, **REFUSALS}, summary="已发布的政策", operation_id="policies")
def policies(request: HttpRequest, limit: int = Limit, offset: int = Offset) -> dict[str, Any]:
    found = published()
    return {"items": [_policy(version) for version in found[offset : offset + limit]], "count": len(found)}


@api.get("/calls", response={200: CallsOut, **REFUSALS}, summary="申报通知", operation_id="calls")
def calls(
    request: HttpRequest, policy: Slug | None = None, receiving: bool = False, limit: int = Limit, offset: int = Offset
) -> dict[str, Any]:
    """Calls for claims, those that end soonest first; ``receiving`` keeps to those that receive claims now."""
    found = [
        each for each in shown_calls()
        if policy in (None, each.call.policy.slug) and (each.standing.receives or not receiving)
    ]  # fmt: skip
    return {"items": [_call(each) for each in found[offset : offset + limit]], "count": len(found)}


def _call(shown: ShownCall) -> dict[str, Any]:
    call, standing = shown.call, shown.standing
    same = ("id", "title", "opens", "closes", "channel", "materials", "desk", "phone", "published_on")
    return {
        **{name: getattr(call, name) for name in same},
        **{name: getattr(call, name) or None for name in ("document_number", "address", "note")},
        "policy": call.policy.slug, "region": call.policy.region, "items": shown.items, "state": standing.code,
        "label": standing.label, "working_days": standing.days, "page": f"/calls/{call.pk}/",
    }  # fmt: skip


@api.get("/policies/{slug}", response={200: PolicyDetailOut, **REFUSALS}, summary="一项政策", operation_id="policy")
def policy(request: HttpRequest, slug: Slug = Named) -> dict[str, Any]:
    version = current_version(slug)
    pack = load_pack(version)
    counts = {kind: len(facts) for kind, facts in pack.facts.items() if isinstance(facts, list)}
    return {
        **_policy(version),
        "pack_digest": version.pack_digest,
        "source_sha256": pack.data["source"]["sha256"],
        "counts": counts,
        "rests_on": [{key: each.get(key) for key in ("title", "number", "relation")} for each in pack.data["rests_on"]],
    }


def _policy(version: PolicyVersion) -> dict[str, Any]:
    pack, validity = load_pack(version), validity_on(version)
    return {
        "slug": version.policy.slug, "region": version.policy.region, "title": pack.title,
        "document_number": pack.data["document_number"], "issuer": pack.data["issuer"], "version": version.number,
        "published_on": version.published_at, "address": f"/policies/{version.policy.slug}/",
        "validity": {"state": validity.code, "label": validity.label, "effective_from": validity.starts,
                     "effective_to": validity.ends, "days_left": validity.days_left, "note": validity.note},
    }  # fmt: skip


@api.get("/policies/{slug}/facts", response={200: FactsOut, **REFUSALS}, summary="政策里的事实", operation_id="facts")
def facts(
    request: HttpRequest, slug: Slug = Named, kind: FactKindName | None = None, limit: int = Limit,
    offset: int = Offset,
) -> dict[str, Any]:  # fmt: skip
    """Every fact with its article and span; ``kind`` keeps to one kind, such as duties, goals or benefits."""
    pack = load_pack(current_version(slug))
    kinds = [kind] if kind else [name for name, found in pack.facts.items() if isinstance(found, list)]
    found = [_fact(slug, name, fact) for name in kinds for fact in pack.facts[name]]
    return {"items": found[offset : offset + limit], "count": len(found)}


def _fact(slug: str, kind: str, fact: dict[str, Any]) -> dict[str, Any]:
    article = fact.get("article")
    return {
        "kind": kind, "article": article, "span": fact.get("span"),
        "address": clause_address(slug, article) if article else None,
        "fact": {key: value for key, value in fact.items() if key not in ("article", "span")},
    }  # fmt: skip


@api.get("/policies/{slug}/awards", response={200: AwardsOut, **REFUSALS}, summary="奖励规则", operation_id="awards")
def awards(request: HttpRequest, slug: Slug = Named, limit: int = Limit, offset: int = Offset) -> dict[str, Any]:
    pack = load_pack(current_version(slug))
    found = [_award(slug, rule) for rule in pack.rules]
    return {"items": found[offset : offset + limit], "count": len(found)}


def _award(slug: str, rule: Any) -> dict[str, Any]:
    return {
        "rule": rule["id"], "address": clause_address(slug, rule["article"]),
        **{key: rule[key] for key in ("article", "span", "title", "mode", "publication", "amount", "conditions")},
    }  # fmt: skip


@api.get("/policies/{slug}/totals", response={200: TotalsOut, **REFUSALS}, summary="公开汇总", operation_id="totals")
def public_totals(request: HttpRequest, slug: Slug = Named) -> dict[str, Any]:
    """Totals of the latest evaluation, as everybody may see them."""
    choice = next((choice for choice in choices() if choice.slug == slug), None)
    run = latest_run(choice, MINIMUM) if choice else None
    if run is None:
        raise Http404
    return told(totals(run, MINIMUM))


@api.post("/explain", response={200: ExplainOut, **REFUSALS}, summary="测算一个单位", operation_id="explain")
def explain_unit(request: HttpRequest, response: HttpResponse, given: ExplainIn) -> dict[str, Any]:
    """What a unit is owed and why, from what the request says alone; nothing is looked up, stored or logged."""
    response.headers["Cache-Control"] = "no-store"
    pack = load_pack(current_version(given.policy))
    found = explain(pack, _unit(given), given.as_of or clock.today())
    return _explained(found, pack, given.policy)


def _unit(given: ExplainIn) -> dict[str, Any]:
    return given.unit.model_dump(mode="json", exclude_none=True) | (
        {"asked": given.unit.asked} if given.unit.asked is not None else {}
    )


def _explained(found: Determination, pack: Pack, slug: str) -> dict[str, Any]:
    plain = found.as_json()
    for rule in plain["rules"]:
        rule["address"] = clause_address(slug, rule["article"])
    return {**plain, "policy": slug, "as_of": dt.date.fromisoformat(plain["as_of"]), "disclaimer": DISCLAIMER}
