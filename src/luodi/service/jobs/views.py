"""Pages of background work: a job with its progress, which also works by reloading, and the list of jobs."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from luodi.service.accounts.access import requires
from luodi.service.jobs.actions import MOST_TRIES, queue_again
from luodi.service.jobs.models import Job
from luodi.service.jobs.queries import jobs_seen

PAGE = 30
RELOAD = 3
"""Seconds after which the page of an unfinished job asks the browser to load it anew."""


def _seen(request: HttpRequest, job_id: UUID) -> Job:
    return get_object_or_404(jobs_seen(request.user, request.acting, request.may), pk=job_id)  # type: ignore[arg-type,attr-defined]


@require_safe
@requires()
def jobs(request: HttpRequest) -> HttpResponse:
    """The list, newest first."""
    found = jobs_seen(request.user, request.acting, request.may)  # type: ignore[arg-type,attr-defined]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "jobs/list.html", {"page": page})


@require_safe
@requires()
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """One job; while it is not over the page reloads itself, unless the reader has stopped that."""
    found, still = _seen(request, job_id), "still" in request.GET
    response = render(request, "jobs/job.html", {"job": found, "still": still, "reload": RELOAD, "most": MOST_TRIES})
    if not found.over and not still:
        response.headers["Refresh"] = str(RELOAD)
    return response


@require_POST
@requires()
def again(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Queue a parked or refused job again."""
    found = _seen(request, job_id)
    queue_again(job=found, by=request.user, organisation=str(request.acting.organisation))  # type: ignore[arg-type,attr-defined]
    return redirect(found)
