"""Evaluations of the whole population (测算批次): the runs of a region, totals of one as the reader may see them, its rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from luodi.service.accounts.permissions import Permission
from luodi.service.api.schemas import Group, RowsOut, RunsOut, RunTotalsOut, Slug
from luodi.service.api.signed_in import REFUSALS, Holder, Limit, Offset, OfPolicy
from luodi.service.api.told import DISCLAIMER, told
from luodi.service.awards.models import EvaluationRow, EvaluationRun
from luodi.service.awards.queries import district_names, rows_of, smallest_shown, totals
from luodi.service.awards.wording import clause_address

router = Router()
READS = Holder(Permission.VIEW_TOTALS)
LISTS = Holder(Permission.VIEW_ENTITLED)
Numbered = Path(..., description="测算批次标识，见 /api/runs")
OfAward = Query(None, max_length=100, description="只列这条规则的")
OfDistrict = Query(None, max_length=12, description="只列这个区县（区划代码）的")
OfGroup = Query(None, description="只列这个结论的；不填则不列“暂不符合”")


@router.get("/runs", auth=READS, response={200: RunsOut, **REFUSALS}, summary="测算批次", operation_id="runs")
def runs(request: HttpRequest, policy: Slug | None = OfPolicy, limit: int = Limit, offset: int = Offset) -> Any:
    """Evaluations of the policies of the office's region, newest first."""
    found = _runs(request).order_by("-recorded_at")
    if policy:
        found = found.filter(policy_version__policy__slug=policy)
    return {"items": [_head(each) for each in found[offset : offset + limit]], "count": found.count()}


def _runs(request: HttpRequest) -> QuerySet[EvaluationRun]:
    found = EvaluationRun.objects.select_related("policy_version__policy")
    region = request.acting.organisation.region  # type: ignore[attr-defined]
    return found.filter(policy_version__policy__region=region) if region else found


def _run(request: HttpRequest, run: UUID) -> EvaluationRun:
    found = _runs(request).filter(pk=run).first()
    if found is None:
        raise Http404
    return found


def _head(run: EvaluationRun) -> dict[str, Any]:
    return {
        "id": run.pk, "policy": run.policy_version.policy.slug, "version": run.policy_version.number,
        "as_of": run.business_date, "recorded_at": run.recorded_at, "units": run.units,
        "milliseconds": run.milliseconds, "pack_digest": run.pack_digest, "input_digest": run.input_digest,
    }  # fmt: skip


@router.get("/runs/{run}", auth=READS, response={200: RunTotalsOut, **REFUSALS}, summary="一次测算的汇总",
            operation_id="run")  # fmt: skip
def run_totals(request: HttpRequest, run: UUID = Numbered) -> Any:
    """Totals by award and district, sector, kind of unit and size, as the reader may see them."""
    found = _run(request, run)
    return _head(found) | told(totals(found, smallest_shown(request.may)))  # type: ignore[attr-defined]


@router.get("/runs/{run}/rows", auth=LISTS, response={200: RowsOut, **REFUSALS}, summary="一次测算的名单",
            operation_id="run_rows")  # fmt: skip
def run_rows(
    request: HttpRequest, run: UUID = Numbered, rule: str | None = OfAward, district: str | None = OfDistrict,
    group: Group | None = OfGroup, limit: int = Limit, offset: int = Offset,
) -> Any:  # fmt: skip
    """Units by award, the largest sum first; items published as one figure are not listed."""
    found = _run(request, run)
    filters = {"rule": rule or "", "district": district or "", "group": group or ""}
    rows, slug = rows_of(found, filters), found.policy_version.policy.slug
    names = district_names(found.policy_version.policy.region, found.business_date)
    return {
        "items": [_row(each, slug, names) for each in rows[offset : offset + limit]], "count": rows.count(),
        "disclaimer": DISCLAIMER,
    }  # fmt: skip


def _row(row: EvaluationRow, slug: str, names: dict[str, str]) -> dict[str, Any]:
    return {
        "unit": row.unit_id, "unit_name": row.unit.name, "rule": row.rule, "article": row.article,
        "address": clause_address(slug, row.article), "group": row.group, "sure_fen": row.sure_fen,
        "upto_fen": row.upto_fen, "district": names.get(row.district, ""), "kind": row.kind,
    }  # fmt: skip
