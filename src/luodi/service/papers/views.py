"""Pages of papers made from a pack, and the same papers as docx."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luodi import clock
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.attachments import attached
from luodi.service.audit.actions import record
from luodi.service.duties.board import board
from luodi.service.duties.breakdown import lines_of
from luodi.service.duties.rights import of_government
from luodi.service.papers.content import Paper, clause_name
from luodi.service.papers.docx import DOCX, docx
from luodi.service.papers.guide import guide
from luodi.service.papers.item_list import item_list
from luodi.service.papers.items import Source, items, source_of
from luodi.service.papers.manual import manual
from luodi.service.papers.xlsx import XLSX, xlsx
from luodi.service.policies.queries import current_version, load_pack


def _source(slug: str) -> Source:
    version = current_version(slug)
    return source_of(version, load_pack(version))


def _page(request: HttpRequest, source: Source, tab: str, paper: Paper, **more: Any) -> HttpResponse:
    return render(request, "papers/paper.html", _context(request, source, tab) | {"paper": paper} | more)


def _context(request: HttpRequest, source: Source, tab: str) -> dict[str, Any]:
    acting = request.acting  # type: ignore[attr-defined]
    return {
        "own_region": acting is not None and acting.organisation.region in ("", source.version.policy.region),
        "slug": source.slug, "policy": source.version.policy, "version": source.version, "validity": source.validity,
        "pack": source.pack, "text": getattr(source.version, "text", None), "tab": "papers", "paper_tab": tab,
    }  # fmt: skip


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """Which papers there are, for whom, and the sheets of the claim guide."""
    source = _source(slug)
    return render(request, "papers/index.html", _context(request, source, "index") | {"items": items(source.pack)})


@require_safe
def guide_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The claim guide of all items."""
    source = _source(slug)
    return _page(request, source, "guide", guide(source), items=items(source.pack))


@require_safe
def sheet_page(request: HttpRequest, slug: str, article: str) -> HttpResponse:
    """One item's sheet."""
    source = _source(slug)
    return _page(request, source, "guide", _sheet(source, article), article=article)


def _sheet(source: Source, article: str) -> Paper:
    if article and article not in {item.article for item in items(source.pack)}:
        raise Http404(f"《{source.pack.title}》没有事项“{article}”。请从政策事项清单进入。")
    return guide(source, article)


@require_safe
def items_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The item list."""
    source = _source(slug)
    return _page(request, source, "items", item_list(source))


@require_safe
@requires(Permission.READ_MANUAL)
def manual_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The work manual, for officers."""
    source = _source(slug)
    return _page(request, source, "manual", _manual(request, source))


def _manual(request: HttpRequest, source: Source) -> Paper:
    acting = request.acting  # type: ignore[attr-defined]
    policy = source.version.policy
    found = board(policy, clock.today(), office=of_government(acting, policy.region))
    return manual(source, lines_of(found, acting))


@require_safe
def guide_docx(request: HttpRequest, slug: str) -> HttpResponse:
    """The claim guide as docx, of one item where ``item`` names it."""
    source = _source(slug)
    item = request.GET.get("item", "")
    return _file(source, _sheet(source, item), clause_name(item) if item else "")


@require_safe
def items_docx(request: HttpRequest, slug: str) -> HttpResponse:
    """The item list as docx."""
    source = _source(slug)
    return _file(source, item_list(source))


@require_safe
def items_xlsx(request: HttpRequest, slug: str) -> HttpResponse:
    """The item list as a workbook."""
    source = _source(slug)
    paper = item_list(source)
    return attached(xlsx(paper), XLSX, "xlsx", *_named(source, paper))


@require_safe
@requires(Permission.READ_MANUAL)
def manual_docx(request: HttpRequest, slug: str) -> HttpResponse:
    """The work manual as docx; audited, because it is an internal paper."""
    source = _source(slug)
    paper = _manual(request, source)
    organisation = request.acting.organisation.name  # type: ignore[attr-defined]
    with transaction.atomic():
        record(
            by=request.user, action="papers.export", about=source.version, organisation=organisation, paper=paper.name
        )
    return _file(source, paper)


def _file(source: Source, paper: Paper, item: str = "") -> HttpResponse:
    return attached(docx(paper), DOCX, "docx", *_named(source, paper, item))


def _named(source: Source, paper: Paper, item: str = "") -> tuple[str, ...]:
    return paper.name, item, source.pack.title, f"第{source.version.number}版"
