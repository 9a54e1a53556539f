"""The register of open readings (口径登记): what is asked, who is touched, what an answer would change, and recording one."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from luodi import clock
from luodi.policy.pack import Pack
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.jobs.actions import queue
from luodi.service.policies import actions
from luodi.service.policies.effects import AT_ONCE, Change, cases_of, effect_of, is_large, touched_from
from luodi.service.policies.forms import AnswerForm
from luodi.service.policies.models import PolicyVersion, Reckoning
from luodi.service.policies.queries import register
from luodi.service.policies.tasks import reckon
from luodi.service.policies.views import demand_region, policy_page

MOST_CASES = 200


def _asked(request: HttpRequest, slug: str, ambiguity: str) -> tuple[PolicyVersion, dict[str, Any], dict[str, Any]]:
    """The version, the question, and what the pages share.

    Raises:
        Http404: there is no such question.
        PermissionDenied: it is of another region.
    """
    version, pack, context = policy_page(request, slug, "register")
    demand_region(request, version)
    entry = next((a for a in register(version, pack) if a["id"] == ambiguity), None)
    if entry is None:
        raise Http404(f"口径登记里没有“{ambiguity}”")
    return version, entry, context | {"entry": entry, "authorities": _authorities(entry, pack)}


def _authorities(entry: dict[str, Any], pack: Pack) -> list[str]:
    """Who may answer a question: whom its entry names, by name where that is the paper's issuer or who interprets it."""
    asked = entry["asked_of"]
    issuer = [pack.data["issuer"]] if pack.data["issuer"] and "制定" in asked else []
    readers = [name for row in pack.facts["interpretations"] for name in row["units"]] if "解释" in asked else []
    return list(dict.fromkeys([*issuer, *readers])) or [asked]


@require_safe
def ambiguities(request: HttpRequest, slug: str) -> HttpResponse:
    """Question, options, default, official answer, rules touched."""
    version, pack, context = policy_page(request, slug, "register")
    return render(request, "policies/ambiguities.html", context | {"questions": register(version, pack)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW_ENTITLED)
def cases(request: HttpRequest, slug: str, ambiguity: str) -> HttpResponse:
    """Who is touched by a question (涉及的单位), and by how much under either reading; of restricted items nothing.

    In a large region a POST asks for it, and the page shows what a job found today.
    """
    version, entry, context = _asked(request, slug, ambiguity)
    large = is_large(version)
    if request.method == "POST":
        return redirect(_queued(request, version, ambiguity, None) if large else request.path)
    found = _reckoned(version, ambiguity, None) if large else None
    touched = touched_from(found.found) if found else None if large else cases_of(version, ambiguity)
    sides = {option["takes"]: option["label"] for option in entry["options"] if option.get("takes")}
    context |= {"touched": touched, "most": MOST_CASES, "large": large, "at_once": AT_ONCE, "reckoning": found,
                "strict": sides.get("strict", ""), "generous": sides.get("generous", "")}  # fmt: skip
    return render(request, "policies/cases.html", context)


@requires(Permission.ANSWER_AMBIGUITY)
def answer(request: HttpRequest, slug: str, ambiguity: str) -> HttpResponse:
    """Record an official answer to one question, after its effect was seen; in a large region a job measures that."""
    version, entry, context = _asked(request, slug, ambiguity)
    if reckoning := request.GET.get("reckoning"):
        return _measured(request, context, version, reckoning)
    form = AnswerForm(entry, request.POST or None, initial={"effective_from": clock.today().isoformat()})
    context |= {"form": form, "competent": _competent(context, form)}
    if not form.is_bound or not form.is_valid():
        return render(request, "policies/answer.html", context, status=422 if form.is_bound else 200)
    if "seen" in request.POST:
        actions.record_answer(
            by=request.user, version=version, ambiguity=ambiguity,
            organisation=str(request.acting.organisation), **form.cleaned_data,  # type: ignore[attr-defined]
        )  # fmt: skip
        messages.success(request, f"{ambiguity} 的官方答复已登记，此后的测算按此口径。")
        return redirect("policies:ambiguities", slug=slug)
    if is_large(version):
        given = form.cleaned_data | {"effective_from": form.cleaned_data["effective_from"].isoformat()}
        found = _reckoned(version, ambiguity, given)
        return (
            _measured(request, context, version, str(found.pk))
            if found
            else redirect(_queued(request, version, ambiguity, given))
        )
    changes = effect_of(version, ambiguity, _as_answer(form.cleaned_data))
    return render(request, "policies/answer_effect.html", context | {"changes": changes})


def _measured(request: HttpRequest, context: dict[str, Any], version: PolicyVersion, pk: str) -> HttpResponse:
    """The effect as a job measured it, with the answer that was typed."""
    try:
        wanted = uuid.UUID(pk)
    except ValueError as error:
        raise Http404 from error
    found = get_object_or_404(Reckoning, pk=wanted, policy_version=version, ambiguity=context["entry"]["id"])
    form = AnswerForm(context["entry"], found.answer or {})
    if not form.is_valid():
        raise Http404
    shown = {"form": form, "competent": _competent(context, form), "changes": [Change(**row) for row in found.found]}
    return render(request, "policies/answer_effect.html", context | shown | {"reckoning": found})


def _competent(context: dict[str, Any], form: AnswerForm) -> bool:
    """Whether the answer is by one that may give it, as far as the names tell."""
    given = form.cleaned_data.get("answered_by", "") if form.is_bound and form.is_valid() else ""
    return not given or any(name in given or given in name for name in context["authorities"])


def _reckoned(version: PolicyVersion, ambiguity: str, answer: dict[str, Any] | None) -> Reckoning | None:
    """What a job found for the business date; None: nothing yet."""
    found = version.reckonings.filter(ambiguity=ambiguity, business_date=clock.today())
    return next((row for row in found.order_by("-recorded_at") if row.answer == answer), None)


def _queued(request: HttpRequest, version: PolicyVersion, ambiguity: str, given: dict[str, Any] | None) -> Any:
    office = request.acting.organisation  # type: ignore[attr-defined]
    return queue(reckon, by=request.user, organisation=office, about=ambiguity, version=str(version.pk),  # type: ignore[arg-type]
                 ambiguity=ambiguity, answer=given)  # fmt: skip


def _as_answer(given: dict[str, Any]) -> dict[str, Any]:
    """A form's answer as the pack carries it."""
    return {"option": given["option"], "paper": given["paper"], "from": given["effective_from"].isoformat(),
            "retroactive": given["retroactive"]}  # fmt: skip
