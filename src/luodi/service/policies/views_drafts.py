"""The workbench (工作台): drafts and versions on their way, and the upload of a policy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luodi.document import ocr
from luodi.document.refusals import PICTURED
from luodi.errors import ContentError, UsageError
from luodi.service.accounts.access import requires
from luodi.service.accounts.models import Membership
from luodi.service.accounts.permissions import Permission
from luodi.service.jobs.models import Job
from luodi.service.policies import drafting
from luodi.service.policies.actions import log_unreadable, refuse_marked
from luodi.service.policies.forms import LARGEST_FILE, UploadForm
from luodi.service.policies.models import Policy, PolicyVersion
from luodi.service.policies.reception import PATIENCE, go_on_later, receive
from luodi.service.policies.rows import all_rows
from luodi.service.policies.version_page import region_of, title_of
from luodi.service.policies.workflow import ENDED, Move, moves_from


@require_safe
@requires(Permission.VIEW_WORKBENCH)
def index(request: HttpRequest) -> HttpResponse:
    """Drafts and versions on their way, those that wait for one of the person's roles first."""
    found = PolicyVersion.objects.filter(proposal__isnull=False).select_related("policy", "edited_by", "proposal__by")
    if region := region_of(request):
        found = found.filter(policy__region=region)
    found = found.annotate(uploaded=Min("steps__day")).order_by("-recorded_at")
    rows = [_listed(version, request) for version in found[:200]]
    under_way = [row for row in rows if row["version"].status not in ("published", *ENDED)]
    context = {"waiting": [row for row in under_way if row["moves"] or row["seats"]],
               "others": [row for row in under_way if not row["moves"] and not row["seats"]],
               "done": [r for r in rows if r not in under_way][:20]}  # fmt: skip
    return render(request, "workbench/index.html", context)


def _listed(version: PolicyVersion, request: HttpRequest) -> dict[str, Any]:
    """A version with how far it is, what the role in use may do with it, and what the person's other roles may."""
    may, moves = request.may, moves_from(version.status)  # type: ignore[attr-defined]
    rows = all_rows(version) if version.status == "draft" else []
    return {
        "version": version, "title": title_of(version), "total": len(rows), "uploaded": version.uploaded,
        "done": sum(not row.is_open for row in rows),
        "moves": [move for move in moves if move.permission in may],
        "seats": _other_seats(version, request, moves),
    }  # fmt: skip


def _other_seats(
    version: PolicyVersion, request: HttpRequest, moves: Sequence[Move]
) -> list[tuple[Membership, list[Move]]]:
    """The person's other roles that lead the version on, each with its steps; not such as somebody else must take."""
    onward = [
        move for move in moves
        if move.target not in ENDED and move.permission not in request.may  # type: ignore[attr-defined]
        and request.user.pk not in [getattr(version, part) for part in move.not_by]
    ]  # fmt: skip
    held = [(seat, [move for move in onward if move.permission in seat.permissions])
            for seat in request.memberships if seat.organisation.region in ("", version.policy.region)]  # type: ignore[attr-defined]  # fmt: skip
    return [(seat, own) for seat, own in held if own]


@requires(Permission.EDIT_POLICY)
def upload(request: HttpRequest) -> HttpResponse:
    """Upload a policy: screened for marks in memory, read, compiled, kept as a draft."""
    region = region_of(request)
    kept = Policy.objects.filter(pk__in=PolicyVersion.objects.exclude(status="discarded").values("policy"))
    policies = kept.filter(region=region) if region else kept
    sent = request.method == "POST"
    form = UploadForm(policies, request.POST if sent else None, request.FILES if sent else None)
    status = 200
    if request.method == "POST":
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_FILE:
            form.errors.pop("file", None)  # what did not arrive was too large, not left out
            form.add_error("file", "文件超过 32 MB，没有接收。请确认选对了文件；附件很多的，只传正文和含标准的附件。")
        elif form.is_valid() and (made := _uploaded(request, form, region)):
            return redirect(made) if isinstance(made, Job) else redirect("workbench:version", pk=made.pk)
        status = 422
    return render(request, "workbench/upload.html", {"form": form, "recognition": ocr.is_available()}, status=status)


def _uploaded(request: HttpRequest, form: UploadForm, region: str) -> PolicyVersion | Job | None:
    """The draft, or the job that reads a slow file or a long text; None where the file is refused."""
    file, policy = form.cleaned_data["file"], form.cleaned_data["policy"]
    office, region = request.acting.organisation, policy.region if policy else region  # type: ignore[attr-defined]
    try:
        reading = receive(file.read(), file.name, recognise=form.cleaned_data["recognise"])
        try:
            document = reading.result(timeout=PATIENCE)
        except TimeoutError:
            return go_on_later(reading, by=request.user, region=region, policy=policy, organisation=office)
        refuse_marked(document, by=request.user, organisation=str(office))
        if len(document.text.source) > drafting.AT_ONCE:
            return drafting.upload_later(
                by=request.user, document=document, region=region, policy=policy, organisation=office
            )
        version = drafting.keep_draft(
            by=request.user, document=document, region=region, policy=policy, organisation=str(office)
        )
    except drafting.AlreadyThere as error:
        form.add_error("file", str(error))
        form.there = error.version
        return None
    except (ContentError, UsageError) as error:
        if isinstance(error, ContentError):
            log_unreadable(error, by=request.user, organisation=str(office))
            form.offers_recognition = error.code in PICTURED
        form.add_error("file", str(error))
        return None
    messages.success(request, "文件已通过标志检查，读成了草稿。请逐条核对，然后提交合法性审核。")
    return version
