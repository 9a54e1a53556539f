"""The lead office's pages: who is owed what (测算名单), one unit explained, totals (测算汇总) and their export."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from luodi import clock
from luodi.entitlement.explain import explain
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.attachments import attached
from luodi.service.audit.actions import record
from luodi.service.awards.chart import bars
from luodi.service.awards.contents import COLUMN, district_names
from luodi.service.awards.determinations import determinations_seen
from luodi.service.awards.export import workbook
from luodi.service.awards.freezing import restricted_items, split_given
from luodi.service.awards.models import EvaluationRow, EvaluationRun
from luodi.service.awards.presentation import Shown, show
from luodi.service.awards.queries import (
    Choice,
    Totals,
    choices,
    chosen,
    figure_of,
    latest_run,
    rows_of,
    runs_of,
    smallest_shown,
    totals,
)
from luodi.service.awards.restricted import restricted_rows
from luodi.service.awards.suppression import SIZE_LEFT_OUT, TOTAL, WITHHELD, Table
from luodi.service.awards.tasks import evaluate_all
from luodi.service.awards.wording import used_facts
from luodi.service.jobs.actions import queue
from luodi.service.jobs.queries import unfinished
from luodi.service.policies.views import unsettled_of
from luodi.service.registry.models import Unit
from luodi.service.registry.queries import unit_input

PAGE = 50
_FILTERS = ("rule", "district", "kind", "group")


def _region(request: HttpRequest) -> str:
    """The region of the office acted for; an office without one sees every region."""
    return str(request.acting.organisation.region or "")  # type: ignore[attr-defined]


def chosen_policy(request: HttpRequest) -> tuple[list[Choice], Choice | None]:
    """The policies of the office's region, and the one asked for."""
    options = choices(_region(request))
    given = request.POST.get("policy", "") or request.GET.get("policy", "")
    if given and not any(choice.slug == given for choice in options):
        raise Http404
    return options, chosen(options, given)


def _run(request: HttpRequest, choice: Choice, minimum: int = 1) -> EvaluationRun | None:
    """The run asked for, of this policy only; else the latest that may be shown."""
    given = request.GET.get("run", "")
    if not given:
        return latest_run(choice, minimum)
    try:
        return get_object_or_404(runs_of(choice), pk=UUID(given))
    except ValueError as error:
        raise Http404 from error


@requires(Permission.VIEW_ENTITLED)
def entitled(request: HttpRequest) -> HttpResponse:
    """The list of a run, filtered and paged; POST queues another evaluation of the region."""
    options, choice = chosen_policy(request)
    if choice is None:
        return render(request, "awards/no_policy.html", {"title": "测算名单"})
    if request.method == "POST":
        return _evaluate(request, choice)
    run = _run(request, choice)
    filters = {name: request.GET.get(name, "") for name in _FILTERS}
    context: dict[str, Any] = {"choices": options, "choice": choice, "run": run, "filters": filters}
    context |= {"engines": EvaluationRun.Engine.choices, "usual_engine": settings.POPULATION_ENGINE}
    context["unsettled"] = unsettled_of(request, choice.version)
    if run:
        context |= _listed(request, choice, run, filters)
    return render(request, "awards/entitled.html", context)


def _evaluate(request: HttpRequest, choice: Choice) -> HttpResponseRedirect:
    office = request.acting.organisation  # type: ignore[attr-defined]
    given = {"version": str(choice.version.pk), "engine": request.POST.get("engine") or settings.POPULATION_ENGINE}
    job = unfinished(evaluate_all, office, **given) or queue(
        evaluate_all,
        by=request.user,
        organisation=office,
        about=choice.pack.title,
        **given,  # type: ignore[arg-type]
    )
    return redirect(job)


def _listed(request: HttpRequest, choice: Choice, run: EvaluationRun, filters: dict[str, str]) -> dict[str, Any]:
    rows = rows_of(run, filters)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    apart = restricted_items(choice.pack)
    kept = {"policy": choice.slug, "run": request.GET.get("run", ""), **filters}
    return {
        "page": page,
        "figure": figure_of(rows),
        "titles": {rule["id"]: rule["title"] for rule in choice.pack.rules},
        "awards": [(rule["id"], rule["title"]) for rule in choice.pack.rules if rule["item"] not in apart],
        "districts": district_names(choice.version.policy.region, run.business_date),
        "kinds": Unit.Kind.choices,
        "groups": EvaluationRow.Group.choices,
        "apart": [rule["title"] for rule in choice.pack.rules if rule["item"] in apart],
        "kept": urlencode({name: value for name, value in kept.items() if value}),
        "runs": runs_of(choice)[:10],
        "restricted": _restricted(request, run) if apart else None,
    }


def _may_read_restricted(may: Collection[Permission]) -> bool:
    return Permission.VIEW_RESTRICTED_FACTS in may


def _restricted(request: HttpRequest, run: EvaluationRun) -> Any:
    """Single rows of items published as one figure, for those with the right and on their word; each reading is kept."""
    if not _may_read_restricted(request.may) or not request.GET.get("restricted"):  # type: ignore[attr-defined]
        return None
    with transaction.atomic():
        record(by=request.user, action="restricted.read", about=run, organisation=str(request.acting.organisation))  # type: ignore[attr-defined]
    return restricted_rows(run)


@require_safe
@requires(Permission.VIEW_ENTITLED)
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """One unit explained for the office: every condition with value, source and clause."""
    options, choice = chosen_policy(request)
    if choice is None:
        raise Http404
    found = get_object_or_404(Unit, pk=unit_id, region=choice.version.policy.region)
    run = _run(request, choice)
    shown = officer_view(choice, found, run, request.may)  # type: ignore[attr-defined]
    if not shown.left_out and _may_read_restricted(request.may):  # type: ignore[attr-defined]
        with transaction.atomic():
            record(
                by=request.user, action="restricted.read", about=found, organisation=str(request.acting.organisation)
            )  # type: ignore[attr-defined]
    context = {
        "unit": found, "choice": choice, "choices": options, "run": run, "shown": shown,
        "changed": _changed(shown, run, found) if run else [],
        "determinations": determinations_seen(request.acting).filter(unit=found)[:10],  # type: ignore[attr-defined]
        "district": district_names(found.region, shown.determination.as_of).get(found.district, ""),
    }  # fmt: skip
    return render(request, "awards/unit.html", context)


def officer_view(choice: Choice, unit: Unit, run: EvaluationRun | None, may: Collection[Permission]) -> Shown:
    """The unit's determination as of the run's day, without what this officer may not see."""
    given = unit_input(unit, public_only=False)
    day = run.business_date if run else clock.today()
    found = explain(choice.rules, given, day)
    if _may_read_restricted(may):
        return replace(show(found, choice.pack, choice.version), facts=used_facts(given, choice.pack))
    shown = show(found, choice.pack, choice.version, without=restricted_items(choice.pack))
    listed = split_given(given, unit_input(unit, public_only=False, restricted=False), choice.pack).open
    return replace(shown, facts=used_facts(listed, choice.pack))


def _changed(shown: Shown, run: EvaluationRun, unit: Unit) -> list[tuple[str, int, int]]:
    """Awards whose sums differ from the frozen run, because facts were corrected since: title, then, now."""
    frozen = {row.rule: (row.sure_fen, row.upto_fen) for row in EvaluationRow.objects.filter(run=run, unit=unit)}
    return [
        (card.result.title, frozen.get(card.result.rule, (0, 0))[1], card.result.upto_fen)
        for _, card in shown.cards
        if frozen.get(card.result.rule, (0, 0)) != (card.result.sure_fen, card.result.upto_fen)
    ]


@require_safe
@requires(Permission.VIEW_TOTALS)
def totals_page(request: HttpRequest) -> HttpResponse:
    """Totals by award, district and sector, drawn and as tables."""
    options, choice = chosen_policy(request)
    if choice is None:
        return render(request, "awards/no_policy.html", {"title": "测算汇总"})
    minimum = smallest_shown(request.may)  # type: ignore[attr-defined]
    run = _run(request, choice, minimum)
    context: dict[str, Any] = {"choices": options, "choice": choice, "run": run}
    context["unsettled"] = unsettled_of(request, choice.version)
    if run:
        newest, found = latest_run(choice), totals(run, minimum)
        context |= {
            "totals": found, "total": TOTAL, "withheld": WITHHELD, "size_left_out": SIZE_LEFT_OUT,
            "yuan": request.GET.get("unit") == "yuan",
            "award_bars": bars([(found.awards[rule], found.by_award.cells[rule, TOTAL]) for rule in found.awards]),
            "district_bars": bars([(d, found.by_award.cells[TOTAL, d]) for d in found.by_award.columns]),
            **_lines(found),
            "sector_bars": bars([(s, found.by_sector.cells[s, "units"]) for s in found.by_sector.rows]),
            "newer": newest if newest and newest.pk != run.pk and not request.GET.get("run") else None,
            "by_unit": [("kind", "单位类别", _unit_lines(found.by_kind, dict(Unit.Kind.choices))),
                        ("size", "企业规模", _unit_lines(found.by_size, {}))],
        }  # fmt: skip
    return render(request, "awards/totals.html", context)


def _unit_lines(table: Table, names: Mapping[Any, Any]) -> dict[str, Any]:
    """A list's lines, total and bars; a list with one line tells nothing and is left out."""
    if len(table.rows) < 2:
        return {}
    lines = [{"name": str(names.get(row, row)), "figure": table.cells[row, COLUMN]} for row in table.rows]
    return {
        "lines": lines,
        "whole": table.cells[TOTAL, COLUMN],
        "bars": bars([(line["name"], line["figure"]) for line in lines]),
    }


def _lines(found: Totals) -> dict[str, Any]:
    """The tables' lines, in the order of the charts."""
    cells, columns = found.by_award.cells, found.by_award.columns
    return {
        "award_lines": [
            {"name": title, "article": found.articles[rule], "figure": cells[rule, TOTAL],
             "districts": [cells[rule, column] for column in columns]}
            for rule, title in found.awards.items()
        ],
        "district_lines": [{"name": column, "figure": cells[TOTAL, column]} for column in columns],
        "sector_lines": [{"name": s, "figure": found.by_sector.cells[s, "units"]} for s in found.by_sector.rows],
        "whole": cells[TOTAL, TOTAL],
    }  # fmt: skip


@require_safe
@requires(Permission.VIEW_TOTALS, Permission.EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """The totals, and for those who may see it the list, as a workbook; every export is recorded."""
    _, choice = chosen_policy(request)
    may = request.may  # type: ignore[attr-defined]
    run = _run(request, choice, smallest_shown(may)) if choice else None
    if choice is None or run is None:
        raise Http404
    rows = rows_of(run, {}) if Permission.VIEW_ENTITLED in may else EvaluationRow.objects.none()
    content = workbook(totals(run, smallest_shown(may)), rows, choice, str(request.user))
    with transaction.atomic():
        record(by=request.user, action="awards.exported", about=run, organisation=str(request.acting.organisation),  # type: ignore[attr-defined]
               policy=choice.slug, rows=rows.count(), smallest_figure=smallest_shown(may))  # fmt: skip
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return attached(content, kind, "xlsx", "测算汇总", choice.pack.title, run.business_date.isoformat())
