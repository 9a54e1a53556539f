"""The one task of the queue: run a job. Kinds of work register themselves in the ``tasks.py`` of each app."""

from __future__ import annotations

from typing import Any

from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job as Queued

from luodi.service.jobs.actions import run

QUEUE = "luodi"


class TryAgain(Exception):
    """The job is not over."""


class _Later(BaseRetryStrategy):
    """A little later each time; how often is counted by the job itself, worker deaths included."""

    def get_retry_decision(self, *, exception: BaseException, job: Queued) -> RetryDecision | None:
        return RetryDecision(retry_in={"seconds": min(60, 2**job.attempts)})


@app.task(name="luodi.run_job", queue=QUEUE, pass_context=True, retry=_Later())
def run_job(context: JobContext, job: str, **_: Any) -> None:
    """One try of a job."""
    if not run(job, context.should_abort):
        raise TryAgain(job)
