"""Pages that only read."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from luodi import clock
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.audit.forms import SearchForm
from luodi.service.audit.models import AuditEvent
from luodi.service.audit.queries import anchors, events_of, verify
from luodi.service.dashboards.doors import doors, first_steps
from luodi.service.dashboards.queries import sector_rows
from luodi.service.dashboards.rests import clauses_in, rests_on
from luodi.service.duties.unit_page import own_page
from luodi.service.embedded import home as state_folder
from luodi.service.policies.calls import shown_calls
from luodi.service.policies.models import Policy
from luodi.service.policies.queries import current_version, load_packs, policies_by_region, published, validity_on
from luodi.service.policies.rows import fact_name

AUDIT_PAGE = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page: what waits for the role, three doors, and what is in force, lapsed, expiring."""
    may = request.may  # type: ignore[attr-defined]
    own = own_page(request.acting, clock.today())  # type: ignore[attr-defined]
    context = {"doors": doors(may), "first_steps": first_steps(may), "regions": policies_by_region(), "page": own,
               "calls": [each for each in shown_calls() if each.standing.receives]}  # fmt: skip
    return render(request, "dashboards/home.html", context)


@require_safe
def sectors(request: HttpRequest) -> HttpResponse:
    """Sectors and technologies of one policy, with the units that list themselves there."""
    packs = load_packs(published())
    versions = [version for version, pack in packs.items() if pack.facts["sectors"]]
    slug = request.GET.get("policy") or (versions[0].policy.slug if versions else "")
    if not slug:
        return render(request, "dashboards/sectors.html", {"versions": []})
    version = current_version(slug)
    with_names = _reads_registry(request, version.policy.region)
    context = {
        "versions": versions, "version": version, "slug": slug, "validity": validity_on(version, packs=packs),
        "with_names": with_names, "rows": sector_rows(version, packs[version], with_names=with_names),
    }  # fmt: skip
    return render(request, "dashboards/sectors.html", context)


def _reads_registry(request: HttpRequest, region: str) -> bool:
    """Whether the person may see the units of a region by name; an office without a region sees all."""
    acting = request.acting  # type: ignore[attr-defined]
    return acting is not None and Permission.VIEW_REGISTRY in request.may and acting.organisation.region in ("", region)  # type: ignore[attr-defined]


@require_safe
def rests(request: HttpRequest, slug: str, article: str) -> HttpResponse:
    """What rests on a clause; results are counted for the policy's own office alone."""
    version = current_version(slug)
    pack = load_packs([version])[version]
    if not clauses_in(pack, article):
        raise Http404(f"《{pack.title}》没有条款“{article}”")
    acting = request.acting  # type: ignore[attr-defined]
    own = acting is not None and acting.organisation.region in ("", version.policy.region)
    shown = own and Permission.VIEW_ENTITLED in request.may  # type: ignore[attr-defined]
    found = rests_on(version, article, with_results=shown)
    context = {"version": version, "policy": version.policy, "slug": slug, "article": article, "found": found,
               "with_results": shown, "validity": validity_on(version), "own_region": own}  # fmt: skip
    return render(request, "dashboards/rests.html", context)


@require_safe
@requires(Permission.VIEW_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """The latest audit events and whether the chain holds, the heads kept outside the database included."""
    kept = anchors(state_folder() / "audit-heads.log")
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"who": "", "area": "", "since": None, "until": None}
    page = Paginator(events_of(**asked), AUDIT_PAGE).get_page(request.GET.get("page"))
    verdict = verify(kept[-1] if kept else None) if request.GET.get("verify") else None
    told = urlencode({name: value for name, value in asked.items() if value})
    context = {"page": page, "rows": _told(page), "verdict": verdict, "kept": len(kept), "form": form, "told": told}
    return render(request, "dashboards/audit.html", context, status=200 if form.is_valid() else 422)


def _told(events: Iterable[AuditEvent]) -> list[tuple[AuditEvent, list[tuple[str, str]]]]:
    """Events with their particulars, policies by their titles and facts by their names."""
    titles = {slug: f"《{title}》" for slug, title in Policy.objects.values_list("slug", "title")}
    named = {"事实": fact_name, "政策": lambda slug: titles.get(slug, slug)}
    return [(e, [(name, named.get(name, str)(value)) for name, value in e.particulars]) for e in events]
