"""One version on its way: where it stands, what was done, and the next office step."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from luodi.errors import LuodiError
from luodi.service.accounts.access import demand_password, requires
from luodi.service.accounts.actions import note_refusal
from luodi.service.accounts.models import Organisation
from luodi.service.accounts.permissions import Permission, SamePerson
from luodi.service.audit.models import AuditEvent
from luodi.service.policies.changes import changes
from luodi.service.policies.drafting import confirmed_rows
from luodi.service.policies.forms import StepForm
from luodi.service.policies.models import Policy, PolicyVersion
from luodi.service.policies.publication import take_step
from luodi.service.policies.version_page import organisation_of, page_of, region_of, version_for
from luodi.service.policies.workflow import LABELS, MOVES, PARTS, Move, moves_from

_SUBSTANCE = ("duties", "goals", "qualitative_goals", "benefits", "sectors")  # for which an office uploads a paper


@require_safe
@requires(Permission.VIEW_WORKBENCH)
def version(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Where a version stands, its history, and the steps that the person may take."""
    return _version(request, version_for(request, pk))


def _version(
    request: HttpRequest, found: PolicyVersion, problem: str = "", opened: str = "", status: int = 200
) -> HttpResponse:
    context = page_of(request, found, "version")
    given = request.POST if opened else None
    offers = [_offer(request, found, move, given if move.name == opened else None) for move in moves_from(found.status)]
    context |= {
        "offers": offers, "seats": _seats(offers), "confirmed": confirmed_rows(found),
        "twins": _twins(found), "history": [(LABELS.get(step.move, "上传"), step) for step in found.steps.select_related("by")], "problem": problem,
        "opened": opened, "counts": _counts(found), "reads_nothing": found.status == "draft" and not any(row.kind in _SUBSTANCE for row in context["rows"]),
    }  # fmt: skip
    return render(request, "workbench/version.html", context, status=status)


def _twins(found: PolicyVersion) -> list[PolicyVersion]:
    """Other policies of the region by this title or number, each by its newest version: one paper may have come twice."""
    if found.status != "draft":
        return []
    policy = found.policy
    same = (
        Q(title=policy.title) | Q(document_number=policy.document_number)
        if policy.document_number
        else Q(title=policy.title)
    )
    others = Policy.objects.filter(same, region=policy.region).exclude(pk=policy.pk)
    newest = (other.versions.exclude(status="discarded").order_by("-number").first() for other in others)
    return [version for version in newest if version is not None]


@require_safe
@requires(Permission.VIEW_WORKBENCH)
def differences(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """The version beside the last one, fact by fact.

    Raises:
        Http404: it follows no other.
    """
    found = version_for(request, pk)
    old = found.proposal.follows
    if old is None:
        raise Http404
    return render(
        request, "workbench/differences.html", page_of(request, found, "differences") | {"changes": changes(old, found)}
    )


def _offer(request: HttpRequest, found: PolicyVersion, move: Move, given: Any) -> dict[str, Any]:
    """One step: its form where the person may take it, else why not and who may."""
    earlier = [PARTS[part] for part in move.not_by if getattr(found, part) == request.user.pk]
    other = next((seat for seat in request.memberships if move.permission in seat.permissions), None)  # type: ignore[attr-defined]
    allowed = move.permission in request.may  # type: ignore[attr-defined]
    return {"move": move, "form": StepForm(given), "allowed": allowed and not earlier, "earlier": "、".join(earlier),
            "other_seat": None if allowed or earlier else other}  # fmt: skip


def _seats(offers: Sequence[Mapping[str, Any]]) -> list[tuple[Any, str]]:
    """Other seats of the person, each with the steps that may be taken from it."""
    seats = dict.fromkeys(offer["other_seat"] for offer in offers if offer["other_seat"])
    return [(seat, "、".join(o["move"].label for o in offers if o["other_seat"] == seat)) for seat in seats]


def _counts(found: PolicyVersion) -> list[tuple[str, int]]:
    facts = found.pack["facts"]
    named = (
        ("duties", "任务"),
        ("goals", "量化目标"),
        ("benefits", "奖补标准"),
        ("sectors", "产业领域"),
        ("references", "引用文件"),
    )
    return [(word, len(facts[kind])) for kind, word in named] + [("测算规则", len(found.pack["rules"]))]


@require_POST
@requires(Permission.VIEW_WORKBENCH)
def step(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Take one step; what is missing is said on the same page, with what was typed."""
    found = version_for(request, pk)
    move, form = request.POST.get("move", ""), StepForm(request.POST)
    asked = MOVES.get(move)
    if asked and asked.binds and asked.permission in request.may:  # type: ignore[attr-defined]
        demand_password(request)
    if not form.is_valid():
        return _version(request, found, "填写的内容过长，请缩短。", move, 422)
    try:
        take_step(
            by=request.user, version=found, move=move, may=request.may, organisation=organisation_of(request),  # type: ignore[attr-defined]
            **form.cleaned_data,
        )  # fmt: skip
    except LuodiError as error:
        if isinstance(error, SamePerson):
            note_refusal(by=request.user, action="policy.step_refused", organisation=organisation_of(request), about=found,
                         slug=found.policy.slug, label=MOVES[move].label, reason=str(error))  # fmt: skip
        return _version(request, found, str(error), move, 422)
    messages.success(request, f"已办理：{MOVES[move].label}。")
    return redirect("workbench:version", pk=pk)


@require_safe
@requires(Permission.VIEW_REFUSALS)
def refusals(request: HttpRequest) -> HttpResponse:
    """Files that were refused for a mark (保密拒收): who, when, which kind of mark; never any content."""
    found = AuditEvent.objects.filter(action="policy.text_refused", data__reason="marked").order_by("-sequence")
    if region := region_of(request):
        own = Organisation.objects.filter(region=region).values_list("name", flat=True)
        found = found.filter(organisation__in=["", *own])
    return render(request, "workbench/refusals.html", {"refusals": found[:200]})
