"""What the pages of one version share: whose it is, what every page shows, what comes next, and what somebody opened."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode

from luodi.service.accounts.permissions import Permission
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.rows import Row, all_rows, settings_to_see
from luodi.service.policies.shown_text import beginning, shown_text
from luodi.service.policies.workflow import ENDED, STEPS, moves_from


def region_of(request: HttpRequest) -> str:
    """The region of the office acted for; an office without one works for every region."""
    return str(request.acting.organisation.region or "")  # type: ignore[attr-defined]


def organisation_of(request: HttpRequest) -> str:
    """The office acted for, by name."""
    return str(request.acting.organisation)  # type: ignore[attr-defined]


def version_for(request: HttpRequest, pk: uuid.UUID) -> PolicyVersion:
    """A version of the own region that was made in the workbench.

    Raises:
        Http404: none such.
        PermissionDenied: it is of another region.
    """
    found = PolicyVersion.objects.select_related(
        "policy", "proposal__follows", "text", "edited_by", "confirmed_by", "published_by"
    )
    version = get_object_or_404(found, pk=pk, proposal__isnull=False)
    if region_of(request) not in ("", version.policy.region):
        raise PermissionDenied("只能办理本地区的政策。请切换到该地区单位的身份。")
    return version


def title_of(version: PolicyVersion) -> str:
    """The paper's title; where none was read, that it is missing and how the text begins."""
    if version.pack["title"]:
        return str(version.pack["title"])
    shown = shown_text(version.text, version.pack["source"]["format"]).text
    return f"未识别标题：{beginning(shown, _BEGINNING)}"


_BEGINNING = 24


def page_of(request: HttpRequest, version: PolicyVersion, tab: str) -> dict[str, Any]:
    """What every page of one version shows, ``leads_on`` the next thing to do, by its words and address."""
    rows = all_rows(version)
    reached = [name for name, _ in STEPS].index(version.status) if version.status not in ENDED else len(STEPS) - 1
    may = request.may  # type: ignore[attr-defined]
    return {
        "version": version, "policy": version.policy, "title": title_of(version), "tab": tab, "rows": rows,
        "total": len(rows), "open": sum(row.is_open for row in rows), "decided": sum(not row.is_open for row in rows), "doubtful": sum(row.state == "doubt" for row in rows),
        "steps": [(label, at < reached, at == reached) for at, (_, label) in enumerate(STEPS)],
        "may_edit": Permission.EDIT_POLICY in may and version.status == "draft", "follows": version.proposal.follows,
        "settings": settings_to_see(version) if version.status == "draft" else [],
        "recognised": [row for row in version.pack["diagnostics"] if row["code"] == "ocr"],
        "taken_over": sum(bool(row.last and row.last.inherited_from_id) for row in rows),
        "leads_on": _leads_on(version, rows, may),
    }  # fmt: skip


@dataclass(frozen=True)
class Next:
    """What comes next on a version: on which page, and whether it is for this person (``mine``) or somebody else."""

    words: str
    page: str
    address: str
    mine: bool = True


def _leads_on(version: PolicyVersion, rows: list[Row], may: Any) -> Next | None:
    facts, rules, steps = (reverse(f"workbench:{page}", args=[version.pk]) for page in ("facts", "rules", "version"))
    if version.status == "draft" and Permission.EDIT_POLICY in may:
        if number := sum(row.is_open for row in rows):
            return Next(f"核对事实（{number} 条）", "facts", f"{facts}#bench")
        if number := len(unsettled(version)):
            return Next(f"看测算规则（{number} 条还没有定）", "rules", rules)
    moves = [move for move in moves_from(version.status) if move.target not in ENDED]
    if not moves:
        return None
    needed = moves[0].permission
    mine = needed in may
    words = moves[0].label if mine else f"{moves[0].label}，由有“{needed.value}”权限的人办理"
    return Next(words, "version", f"{steps}#next-h", mine)


def unsettled(version: PolicyVersion) -> list[str]:
    """Rules as the compiler proposed them, that nobody has said anything about yet."""
    said = version.standing_decisions()
    return [rule["id"] for rule in version.pack["rules"] if f"rule-{rule['id']}" not in said]


def remember(request: HttpRequest, version: PolicyVersion, key: str) -> None:
    """Which facts and rules the person has opened one by one, for the honesty of deciding in bulk."""
    request.session[f"looked-at-{version.pk}"] = [*dict.fromkeys([*looked_at(request, version), key])]


def looked_at(request: HttpRequest, version: PolicyVersion) -> list[str]:
    """The keys of what the person has opened one by one."""
    return list(request.session.get(f"looked-at-{version.pk}", []))


def address_of(version: PolicyVersion, row: Row, **more: str) -> str:
    """The page of a row, with its mark in the text in view."""
    return f"{reverse('workbench:facts', args=[version.pk])}?{urlencode({'at': row.key, **more})}{row.anchor}"
