"""The pages on which a participant writes its part and the lead its joint report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from luodi import clock
from luodi.errors import UsageError
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission as P
from luodi.service.duties.actions import note_contact, save_part, save_report
from luodi.service.duties.directory import Directory
from luodi.service.duties.duty_page import assembled, expected_parts
from luodi.service.duties.forms import PartForm, Plain, ReportForm
from luodi.service.duties.locking import Conflict
from luodi.service.duties.models import Duty, JointReport, Part
from luodi.service.duties.periods import Term
from luodi.service.duties.rights import Place, place_in_duty
from luodi.service.duties.situations import terms_of, with_all
from luodi.service.duties.workflow import Seat
from luodi.service.registry.models import GovernmentUnit


@requires(P.SEND_PART)
def part(request: HttpRequest, pk: UUID, period: str, unit: UUID) -> HttpResponse:
    """A participant's part of one period."""
    duty, term, place, directory = _stand(request, pk, period)
    mine = [own for own in place.units if own.pk == unit]
    if not mine:
        raise PermissionDenied("只能填报本单位的部分。请切换到相应单位的身份后再填报。")
    stored = Part.objects.filter(duty=duty, unit=mine[0], period=period).first()
    start = (
        {"version": stored.version, "text": stored.text, "no_progress": stored.no_progress}
        if stored
        else {"version": 0}
    )

    def save(values: dict[str, Any], submit: bool) -> object:
        return save_part(duty=duty, unit=mine[0], period=period, place=place, submit=submit, **values)

    context = {
        "duty": duty, "term": term, "stored": stored, "due": term.parts_due, "title": "报送本单位进展",
        "to": "、".join(directory.name(c.today) for c in directory.carriers(duty) if c.lead),
        "who": directory.name(mine[0]), "locked": stored is not None and stored.state not in ("draft", "returned"),
    }  # fmt: skip
    return _page(request, PartForm, start, save, context)


@requires(P.FILE_JOINT_REPORT)
def report(request: HttpRequest, pk: UUID, period: str) -> HttpResponse:
    """The lead's joint report of one period, prefilled from the parts."""
    duty, term, place, directory = _stand(request, pk, period)
    place.demand(P.FILE_JOINT_REPORT, Seat.LEAD)
    stored = JointReport.objects.filter(duty=duty, period=period).first()
    parts = Part.objects.filter(duty=duty, period=period).exclude(state=Part.State.DRAFT)
    start = {"version": 0, "text": assembled(duty, period, directory)}
    if stored:
        start = {name: getattr(stored, name) for name in ("version", "text", "no_progress", "behind")}

    def save(values: dict[str, Any], submit: bool) -> object:
        return save_report(duty=duty, period=period, place=place, submit=submit, **values)

    offline = [c.today for c in expected_parts(duty, directory) if not c.today.reports_online]
    noted = {p.unit_id for p in parts if p.state == Part.State.CONTACTED}
    context = {
        "duty": duty, "term": term, "stored": stored, "due": term.report_due, "title": "牵头单位汇总报送",
        "to": "督查", "who": str(place.acting.organisation) if place.acting else "", "parts": parts,
        "offline": [(unit, directory.name(unit)) for unit in offline if unit.pk not in noted],
        "again": assembled(duty, period, directory) if stored else "",
        "locked": stored is not None and stored.state not in ("draft", "returned"),
    }  # fmt: skip
    return _page(request, ReportForm, start, save, context)


@require_POST
@requires(P.FILE_JOINT_REPORT)
def contact(request: HttpRequest, pk: UUID, period: str, unit: UUID) -> HttpResponse:
    """The lead notes "联系已办" for a unit that reports nothing on line."""
    duty, _, place, directory = _stand(request, pk, period)
    found = get_object_or_404(GovernmentUnit, pk=unit)
    if found.pk not in {c.today.pk for c in expected_parts(duty, directory)}:
        raise Http404
    note_contact(duty=duty, unit=found, period=period, place=place)
    messages.success(request, f"已登记：{directory.name(found)} 联系已办。")
    return redirect("duties:report", pk, period)


def _page(
    request: HttpRequest, kind: type[Plain], start: dict[str, Any], save: Callable[[dict[str, Any], bool], object],
    context: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    if request.method != "POST":
        return render(request, "duties/report.html", {**context, "form": kind(initial=start)})
    form, submit = kind(request.POST), "submit" in request.POST
    problem, status, stored = "", 422, None
    if form.is_valid():
        try:
            save(form.cleaned_data, submit)
        except Conflict as error:
            problem, status, stored = str(error), 409, error.stored
            form = kind({**request.POST.dict(), "version": getattr(stored, "version", 0)})
        except UsageError as error:
            problem = str(error)
        else:
            messages.success(request, "已报送。" if submit else "已保存，尚未报送。")
            return redirect("duties:duty", context["duty"].pk)
    return render(
        request, "duties/report.html", {**context, "form": form, "problem": problem, "conflict": stored}, status=status
    )


def _stand(request: HttpRequest, pk: UUID, period: str) -> tuple[Duty, Term, Place, Directory]:
    """The duty, the period asked for, the person's place and the directory.

    Raises:
        Http404: the duty asks for no such period.
    """
    duty = get_object_or_404(with_all(Duty.objects.all()), pk=pk)
    directory = Directory(duty.policy.region, clock.today())
    found = [term for term in terms_of(duty, clock.today()) if term.period == period]
    if not found:
        raise Http404
    return duty, found[0], place_in_duty(request.acting, duty, directory), directory  # type: ignore[attr-defined]
