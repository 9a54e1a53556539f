"""Pages that lay two policies, or two versions of one, side by side, and the same as docx and xlsx."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luodi import clock
from luodi.policy.pack import Pack
from luodi.service.accounts.permissions import Permission
from luodi.service.attachments import attached
from luodi.service.papers.comparing import NAME, Comparison, Side, comparison
from luodi.service.papers.docx import DOCX, docx
from luodi.service.papers.xlsx import XLSX, xlsx
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.version_page import title_of


def _versions(request: HttpRequest) -> list[PolicyVersion]:
    """What the person may lay side by side: all that is published; in the workbench every version of the own region."""
    found = list(
        PolicyVersion.objects.exclude(status="discarded")
        .select_related("policy")
        .order_by("policy__region", "policy__slug", "-number")
    )
    acting = request.acting  # type: ignore[attr-defined]
    inside = Permission.VIEW_WORKBENCH in request.may  # type: ignore[attr-defined]
    region = acting.organisation.region if acting else ""
    return [
        version for version in found
        if version.status == "published" or (inside and region in ("", version.policy.region))
    ]  # fmt: skip


def _key(version: PolicyVersion) -> str:
    return f"{version.policy.slug}@{version.number}"


def _name(version: PolicyVersion) -> str:
    return f"{title_of(version)} 第 {version.number} 版（{version.get_status_display()}）"


def _chosen(request: HttpRequest, versions: list[PolicyVersion], side: str) -> PolicyVersion | None:
    """The version a side names, as ``slug`` (the published one) or ``slug@number``.

    Raises:
        Http404: there is none that the person may see.
    """
    given = request.GET.get(side, "")
    if not given:
        return None
    fitting = [v for v in versions if _key(v) == given or (v.policy.slug == given and v.status == "published")]
    if not fitting:
        raise Http404(f"没有可以比较的政策或版本“{given}”。请从列表中选择。")
    return fitting[0]


def _compared(request: HttpRequest, versions: list[PolicyVersion]) -> Comparison | None:
    left, right = (_chosen(request, versions, side) for side in ("left", "right"))
    if left is None or right is None:
        return None
    sides = [Side(version, Pack(version.pack), _short(version)) for version in (left, right)]
    return comparison(sides[0], sides[1], _ignoring(request), clock.today().isoformat())


def _short(version: PolicyVersion) -> str:
    issuer = Pack(version.pack).data["issuer"] or title_of(version)
    return f"{issuer[:18]} 第 {version.number} 版"


def _ignoring(request: HttpRequest) -> list[str]:
    return ["period"] if request.GET.get("ignore") == "period" else []


@require_safe
def compare_page(request: HttpRequest) -> HttpResponse:
    """Choose two, then see them side by side."""
    versions = _versions(request)
    found = _compared(request, versions)
    context = {
        "choices": [(_key(version), _name(version)) for version in versions],
        "left": _value(request, versions, "left"), "right": _value(request, versions, "right"),
        "ignoring": _ignoring(request), "paper": found.paper if found else None,
        "query": urlencode({name: request.GET[name] for name in ("left", "right", "ignore") if name in request.GET}),
    }  # fmt: skip
    return render(request, "papers/compare.html", context)


def _value(request: HttpRequest, versions: list[PolicyVersion], side: str) -> str:
    version = _chosen(request, versions, side)
    return _key(version) if version else ""


@require_safe
def compare_docx(request: HttpRequest) -> HttpResponse:
    """The comparison as docx with its drawings."""
    found = _needed(request)
    return _file(found, docx(found.paper), DOCX, "docx")


@require_safe
def compare_xlsx(request: HttpRequest) -> HttpResponse:
    """The comparison as a workbook."""
    found = _needed(request)
    return _file(found, xlsx(found.paper, found.figures), XLSX, "xlsx")


def _needed(request: HttpRequest) -> Comparison:
    found = _compared(request, _versions(request))
    if found is None:
        raise Http404("没有选定要比较的两份政策。请先在“政策比较”页面选择甲、乙。")
    return found


def _file(found: Comparison, content: bytes, kind: str, form: str) -> HttpResponse:
    return attached(content, kind, form, NAME, *found.paper.policy.split("\n"), clock.today().isoformat())
