"""The text of a draft beside its facts, a long one piece by piece."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.policies.marked_text import in_parts, paragraphs
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.rows import Row, all_rows
from luodi.service.policies.shown_text import ShownText, places_read, shown_text
from luodi.service.policies.text_pieces import in_pieces
from luodi.service.policies.version_page import version_for


def text_around(
    request: HttpRequest, version: PolicyVersion, rows: Sequence[Row], shown: ShownText, source: tuple[int, int] | None,
    here: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The text around a place of the source with its facts marked, each mark opening its fact; what is not the paper's apart.

    Of a long text, ``piece`` asks for one by number or for ``all``, at the address ``here``.
    """
    articles = shown.articles(version.pack["articles"])
    pieces, asked = in_pieces(shown.text, articles), request.GET.get("piece", "")
    view = pieces.whole() if asked == "all" else pieces.piece(int(asked)) if asked.isdecimal() else None
    view = view or pieces.around(shown.shown(source) if source else (0, 0))
    lines = shown.lines([row.line for row in rows if row.marked])
    page = reverse("workbench:facts", args=[version.pk])
    made = paragraphs(shown.text, articles, lines, {}, lambda key: f"{page}?at={key}&show=all#m-{key}", view.span)
    return {"parts": in_parts(made, places_read(shown.text), view.span[1]), "view": view, "here": here}


@require_safe
@requires(Permission.VIEW_WORKBENCH)
def text(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One piece of a long text as it stands in the page of the facts, for a page that grows as it is read."""
    version = version_for(request, pk)
    shown = shown_text(version.text, version.pack["source"]["format"])
    context = {"version": version} | text_around(request, version, all_rows(version), shown, None)
    return render(request, "workbench/_pieces.html", context)
