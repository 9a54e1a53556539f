"""Pages of calls for claims: the public list, one call, drafting, releasing and withdrawing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from luodi import clock
from luodi.errors import UsageError
from luodi.service.accounts.access import demand_password, requires
from luodi.service.accounts.permissions import Permission
from luodi.service.policies.call_actions import draft_call, end_call, refuse_call, release_call
from luodi.service.policies.call_forms import CallForm
from luodi.service.policies.calls import shown_calls, waiting_calls
from luodi.service.policies.models import Call, Policy
from luodi.service.policies.queries import current_version, published
from luodi.service.policies.search import folded
from luodi.service.policies.views import demand_region, of_region, policy_page


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Calls that receive claims, then those ahead, then those over; of a search those that speak of its words."""
    query = request.GET.get("q", "").strip()[:100]
    only = request.GET.get("state") == "open"
    asked = folded(query).split()
    every = shown_calls()
    found = [each for each in every if all(word in each.words for word in asked)]
    shown = [each for each in found if each.standing.receives] if only else found
    own = _own_policies(request)
    context = {
        "calls": shown, "query": query, "only": only, "some": bool(every), "receiving": sum(c.standing.receives for c in found),
        "own": own, "waiting": waiting_calls(own),
    }  # fmt: skip
    return render(request, "calls/list.html", context)


def _own_policies(request: HttpRequest) -> list[Policy]:
    """The policies for which the person may draft and release calls."""
    if Permission.PUBLISH_CALL not in request.may:  # type: ignore[attr-defined]
        return []
    return [version.policy for version in published() if of_region(request, version)]


@require_safe
def call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One call, to be read and printed; a draft is there for those who may release it."""
    found = _call(pk)
    if not (_may(request, found) or (found.published_on and found.published_on <= clock.today())):
        raise Http404("没有这份申报通知。")
    return _page(request, found)


def _call(pk: UUID) -> Call:
    return get_object_or_404(Call.objects.select_related("policy", "by"), pk=pk)


def _may(request: HttpRequest, found: Call) -> bool:
    may = Permission.PUBLISH_CALL in request.may  # type: ignore[attr-defined]
    return may and of_region(request, current_version(found.policy.slug))


def _page(request: HttpRequest, found: Call, problem: str = "", status: int = 200) -> HttpResponse:
    standing_call = _may(request, found) and found.ended_on is None
    context = {
        "shown": shown_calls([found])[0], "policy": found.policy, "may_end": standing_call, "problem": problem,
        "may_release": standing_call and found.published_on is None and found.by_id != request.user.pk,
    }  # fmt: skip
    return render(request, "calls/call.html", context, status=status)


@requires(Permission.PUBLISH_CALL)
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of a call for items of a policy."""
    version, pack, context = policy_page(request, slug)
    demand_region(request, version)
    form = CallForm(pack, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not form.is_valid() and form.marks:
        refuse_call(by=request.user, policy=version.policy, marks=form.marks, organisation=_organisation(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = draft_call(
                by=request.user, policy=version.policy, given=form.cleaned_data, organisation=_organisation(request)
            )
        except UsageError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "申报通知已起草。请另一位同事审核后发布，发布前公众看不到。")
            return redirect("calls:call", pk=made.pk)
    return render(request, "calls/new.html", context | {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@requires(Permission.PUBLISH_CALL)
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Release a draft that somebody else wrote."""
    found = _call(pk)
    demand_region(request, current_version(found.policy.slug))
    demand_password(request)
    reviewed = request.POST.get("reviewed") == "1"
    try:
        release_call(by=request.user, call=found, reviewed=reviewed, organisation=_organisation(request))
    except UsageError as error:
        return _page(request, found, str(error), 422)
    messages.success(request, "申报通知已发布，公众现在可以看到。")
    return redirect("calls:call", pk=pk)


@require_POST
@requires(Permission.PUBLISH_CALL)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw a call, with the reason that the public reads where it was released."""
    found = _call(pk)
    demand_region(request, current_version(found.policy.slug))
    demand_password(request)
    try:
        end_call(
            by=request.user, call=found, reason=request.POST.get("reason", ""), organisation=_organisation(request)
        )
    except UsageError as error:
        return _page(request, found, str(error), 422)
    messages.success(request, "已撤回；通知和撤回原因仍可查看。")
    return redirect("calls:call", pk=pk)


def _organisation(request: HttpRequest) -> str:
    acting = request.acting  # type: ignore[attr-defined]
    return str(acting.organisation) if acting else ""
