"""Pages of goals."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from luodi import clock
from luodi.errors import UsageError
from luodi.service.accounts.permissions import Permission as P
from luodi.service.duties.bullet import bullet_of
from luodi.service.duties.directory import Directory
from luodi.service.duties.forms import MoveForm, ObservationForm
from luodi.service.duties.goal_actions import decide_observation, report_observation
from luodi.service.duties.goal_queries import goals_of, progress_of, stated_of
from luodi.service.duties.locking import Conflict
from luodi.service.duties.models import Goal, Observation
from luodi.service.duties.offers import Refused, offer, offers_of
from luodi.service.duties.rights import of_government, place_in_goal
from luodi.service.duties.views import chosen_version
from luodi.service.duties.workflow import WORKFLOWS, Seat
from luodi.service.policies.queries import load_pack, published, validity_on
from luodi.service.policies.silence import absent


@require_safe
def goals(request: HttpRequest) -> HttpResponse:
    """All goals of one policy: bars with their table, statements without."""
    versions = published()
    if not versions:
        return render(request, "duties/goals.html", {"versions": []})
    version = chosen_version(request, versions)
    office = of_government(request.acting, version.policy.region)  # type: ignore[attr-defined]
    numbers, stated = goals_of(version.policy, clock.today(), office)
    directory = Directory(version.policy.region, clock.today())
    names = {p.goal.pk: directory.name(p.goal.reporter) for p in [*numbers, *stated] if p.goal.reporter}
    pack = load_pack(version)
    told = pack.facts["goals"] or pack.facts["qualitative_goals"]
    context = {
        "silent": "" if told else absent(pack, "goals"), "versions": versions, "version": version, "validity": validity_on(version), "stated": stated, "office": office,
        "numbers": [(progress, bullet_of(progress)) for progress in numbers], "reporters": names,
    }  # fmt: skip
    return render(request, "duties/goals.html", context)


@require_safe
def goal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One goal."""
    return _goal(request, pk)


@require_POST
def act(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Report or attest; a refused form is shown again with what was typed."""
    if not request.user.is_authenticated:
        raise PermissionDenied("请先登录。")
    found = _found(pk)
    data = request.POST
    what, move, target = data.get("what", ""), data.get("move", ""), data.get("target", "")
    try:
        said = _perform(request, found, move, target)
    except UsageError as error:
        refused = Refused(what, target, move, data, str(error))
        return _goal(request, pk, refused, status=409 if isinstance(error, Conflict) else 422)
    messages.success(request, said)
    return redirect("duties:goal", pk)


def _perform(request: HttpRequest, found: Goal, move: str, target: str) -> str:
    place = place_in_goal(request.acting, found)  # type: ignore[attr-defined]
    form = ObservationForm(request.POST, goal=found) if move == "report" else MoveForm(request.POST)
    if not form.is_valid():
        wrong = [f"{form.fields[name].label}：{'；'.join(errors)}" for name, errors in form.errors.items()]
        raise UsageError("没有提交。" + "　".join(wrong))
    if move == "report":
        report_observation(goal=found, place=place, **form.cleaned_data)
        return "已填报，待另一人确认后公布。"
    if move not in WORKFLOWS["observation"]:
        raise UsageError("没有这一步。请刷新页面后再试。")
    observation = _observation(found, target)
    decide_observation(observation=observation, attest=move == "attest", place=place, **form.cleaned_data)
    return "已确认。" if move == "attest" else "已退回修改。"


def _observation(found: Goal, target: str) -> Observation:
    try:
        return get_object_or_404(Observation, pk=target, goal=found)
    except ValidationError as error:  # not the form of a UUID
        raise Http404 from error


def _goal(request: HttpRequest, pk: UUID, refused: Refused | None = None, status: int = 200) -> HttpResponse:
    found = _found(pk)
    day, acting = clock.today(), request.acting  # type: ignore[attr-defined]
    office, place = of_government(acting, found.policy.region), place_in_goal(acting, found)
    progress = progress_of(found, day, office) if found.quantified else None
    observations = [o for o in found.observations.all() if o.as_of <= day and (office or o.attested_on)]
    offers = []
    if place.holds(P.REPORT_GOAL, Seat.REPORTER):
        offers.append(offer("observation", str(pk), "report", "填报", ObservationForm, refused, goal=found))
    directory = Directory(found.policy.region, day)
    context = {
        "goal": found, "progress": progress, "bullet": bullet_of(progress) if progress else None, "office": office,
        "stated": None if found.quantified else stated_of(found, day, office), "offers": offers, "refused": refused,
        "observations": [(o, offers_of("observation", o, place, refused)) for o in observations],
        "reporter": directory.name(found.reporter) if found.reporter else "",
        "candidates": [(m, _latest(observations, m.pk)) for m in found.measures.all()],
        "transitions": found.transitions.select_related("by")[:40] if office else [],
    }  # fmt: skip
    return render(request, "duties/goal.html", context, status=status)


def _latest(observations: list[Observation], measure: UUID) -> Observation | None:
    return next((o for o in observations if o.measure_id == measure and o.attested_on), None)


def _found(pk: UUID) -> Goal:
    rows = Goal.objects.select_related("policy", "policy_version", "reporter").defer("policy_version__pack")
    rows = rows.prefetch_related(
        "measures", "observations__reported_by", "observations__attested_by", "observations__measure"
    )
    return get_object_or_404(rows, pk=pk)
