"""Recording and ending links between papers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from luodi.errors import UsageError
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.policies.link_actions import add_link, end_link
from luodi.service.policies.link_forms import LinkForm
from luodi.service.policies.links import stack
from luodi.service.policies.models import ClauseLink
from luodi.service.policies.views import demand_region, policy_page


@requires(Permission.LINK_PAPERS)
def links(request: HttpRequest, slug: str) -> HttpResponse:
    """What is recorded, and the form for one more."""
    version, pack, context = policy_page(request, slug, "links")
    demand_region(request, version)
    form = LinkForm(version.policy, pack, request.POST or None, initial={"article": request.GET.get("article", "")})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data
            try:
                add_link(
                    by=request.user, policy=version.policy, article=given["article"], relation=given["relation"],
                    other=given["other"], title=given["title"], number=given["number"], clause=given["clause"],
                    taken=given["taken"], organisation=_organisation(request),
                )  # fmt: skip
            except UsageError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "已登记文件关联。")
                return redirect("policies:links", slug=slug)
        status = 422
    context |= {"form": form, "stack": stack(version, pack)}
    return render(request, "policies/links.html", context, status=status)


@require_POST
@requires(Permission.LINK_PAPERS)
def end(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """End a recorded link, with the reason."""
    version, _, _ = policy_page(request, slug)
    demand_region(request, version)
    link = get_object_or_404(ClauseLink, pk=pk, policy=version.policy)
    try:
        end_link(by=request.user, link=link, reason=request.POST.get("reason", ""), organisation=_organisation(request))
    except UsageError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "已撤下这条关联；记录保留。")
    return redirect("policies:links", slug=slug)


def _organisation(request: HttpRequest) -> str:
    acting = request.acting  # type: ignore[attr-defined]
    return str(acting.organisation) if acting else ""
