"""Queueing work in the transaction of its cause, and running it: once, whatever happens to the worker."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.db import connection, transaction
from django.utils import timezone

from luodi import clock
from luodi.errors import LuodiError, UsageError
from luodi.service.accounts.models import Organisation, User
from luodi.service.audit.actions import record
from luodi.service.jobs.kinds import KINDS, Done, Work, name_of
from luodi.service.jobs.models import OVER, Job

MOST_TRIES = 5
"""After so many tries that failed by a fault of ours, or that the worker did not survive, a job is parked."""

BETWEEN_REPORTS = 0.5
"""Seconds between two writes of progress."""

log = structlog.get_logger()


class Stopped(Exception):
    """The worker was asked to stop; the work is taken back and waits for the next worker."""


class TakenElsewhere(Exception):
    """Another worker finished the job first; this one's changes are taken back."""


@transaction.atomic
def queue(work: Work, *, by: User | None, organisation: Organisation | None, about: str = "", **given: Any) -> Job:
    """Ask for work; it begins only if the transaction around this call is committed.

    Args:
        work: a function registered with :func:`.kinds.task`.
        by: who asks; with the members of ``organisation`` the only ones who see the job's page.
        organisation: the organisation acted for.
        about: what it is about, behind the kind's title.
        given: the function's arguments, plain JSON.
    """
    kind = KINDS[name_of(work)]
    title = f"{kind.title}：{about}" if about else kind.title
    job = Job.objects.create(
        kind=kind.name, title=title[:200], given=given, business_date=clock.today(), by=by, organisation=organisation,
        message="等待处理",
    )  # fmt: skip
    record(
        by=by, action="jobs.queued", about=job, organisation=str(organisation or ""), kind=kind.name, title=job.title
    )
    _defer(job)
    return job


@transaction.atomic
def expect(work: Work, *, by: User | None, organisation: Organisation | None, within: int, message: str) -> Job:
    """A job whose material is still on its way: it runs when :func:`supply` brings it, or without after ``within`` seconds.

    Work that is expected takes its material as empty then, and says that it is lost.
    """
    kind = KINDS[name_of(work)]
    job = Job.objects.create(
        kind=kind.name, title=kind.title, business_date=clock.today(), by=by, organisation=organisation,
        state=Job.State.RUNNING, percent=5, message=message,
    )  # fmt: skip
    record(
        by=by, action="jobs.queued", about=job, organisation=str(organisation or ""), kind=kind.name, title=job.title
    )
    _defer(job, within)
    return job


@transaction.atomic
def supply(job: Job, **given: Any) -> None:
    """Bring the material of an expected job; it is queued at once.

    Raises:
        UsageError: the job was given up in the meantime.
    """
    waiting = Job.objects.filter(pk=job.pk).exclude(state__in=OVER)
    if not waiting.update(state=Job.State.WAITING, given=given, message="等待处理", changed_at=timezone.now()):
        raise UsageError("这项任务已经结束，来得太迟的内容没有保存。请重新提交。")
    _defer(job)


def tell(job: Job, percent: int, message: str) -> None:
    """How far the material of an expected job is."""
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(
        percent=percent, message=message, changed_at=timezone.now()
    )


def refuse(job: Job, why: str) -> None:
    """End an expected job whose material was refused."""
    _end(job, Job.State.REFUSED, why)


def _defer(job: Job, seconds: int = 0) -> None:
    from luodi.service.jobs.tasks import run_job  # noqa: PLC0415 - the queue exists once all apps are ready

    (run_job.configure(schedule_in={"seconds": seconds}) if seconds else run_job).defer(job=str(job.pk))


@transaction.atomic
def queue_again(*, job: Job, by: User, organisation: str) -> None:
    """Try a job anew that was parked or refused.

    Raises:
        UsageError: it is in no such state.
    """
    found = Job.objects.select_for_update().get(pk=job.pk)
    if found.state not in (Job.State.PARKED, Job.State.REFUSED):
        raise UsageError(f"这项任务现在是“{found.get_state_display()}”，只有“已搁置”或“未完成”的任务可以重新排队。")
    found.state, found.tries, found.percent, found.message, found.error_number = "waiting", 0, 0, "等待处理", ""
    found.save()
    record(by=by, action="jobs.queued_again", about=found, organisation=organisation, kind=found.kind)
    _defer(found)


class Running:
    """One try of a job: see :class:`.kinds.Run`. Progress is written beside the work's own transaction."""

    def __init__(self, job: Job, asked_to_stop: Callable[[], bool]) -> None:
        self.job, self.by, self.organisation = job, job.by, str(job.organisation or "")
        self._asked_to_stop, self._beside, self._told = asked_to_stop, connection.copy(), 0.0

    def progress(self, percent: int, message: str) -> None:
        """Tell how far the work is.

        Raises:
            Stopped: the worker was asked to stop.
        """
        if self._asked_to_stop():
            raise Stopped
        if time.monotonic() - self._told < BETWEEN_REPORTS:
            return
        with self._beside.cursor() as cursor:
            cursor.execute(
                "UPDATE jobs_job SET percent = %s, message = %s, changed_at = now() WHERE id = %s AND state = 'running'",
                [max(0, min(99, percent)), message, self.job.pk],
            )
        self._told = time.monotonic()

    def close(self) -> None:
        self._beside.close()


def run(job_id: str, asked_to_stop: Callable[[], bool] = lambda: False) -> bool:
    """Try a job once; True: it is over, False: it has to be tried again."""
    job = _begin(job_id)
    if job is None:
        return True
    running = Running(job, asked_to_stop)
    try:
        with clock.standing_on(job.business_date), transaction.atomic():
            _finish(job, KINDS[job.kind].work(running, **job.given))
    except TakenElsewhere:
        return True
    except Stopped:
        Job.objects.filter(pk=job.pk, state="running").update(
            state="waiting", tries=job.tries - 1, message="服务正在停止，任务已放回队列", changed_at=timezone.now()
        )
        return False
    except LuodiError as refusal:
        _end(job, Job.State.REFUSED, str(refusal))
    except Exception as fault:
        return _failed(job, fault)
    finally:
        running.close()
    return True


def _begin(job_id: str) -> Job | None:
    """Mark a job as running and count the try; None where it is over, or now parked for too many tries."""
    with transaction.atomic():
        job = Job.objects.select_for_update(of=["self"]).select_related("by", "organisation").filter(pk=job_id).first()
        if job is None or job.over:
            return None
        if job.tries < MOST_TRIES:
            job.state, job.percent, job.message, job.tries = Job.State.RUNNING, 0, "正在处理", job.tries + 1
            job.save()
            return job
    _park(job, "处理进程连续中断")
    return None


def _finish(job: Job, done: Done) -> None:
    """In the work's own transaction: its effect and this mark stand or fall together."""
    marked = Job.objects.filter(pk=job.pk).exclude(state__in=OVER).update(
        state=Job.State.DONE, percent=100, message=done.text, outcome_address=done.address, changed_at=timezone.now()
    )  # fmt: skip
    if not marked:
        raise TakenElsewhere


def _failed(job: Job, fault: Exception) -> bool:
    number = uuid.uuid4().hex[:8]
    log.error("job failed", number=number, job=str(job.pk), kind=job.kind, tries=job.tries, exc_info=fault)
    if job.tries >= MOST_TRIES:
        _park(job, "程序出错", number)
        return True
    text = f"第 {job.tries} 次没有成功（错误编号 {number}），稍后自动再试，最多 {MOST_TRIES} 次"
    _end(job, Job.State.WAITING, text, number)
    return False


def _park(job: Job, why: str, number: str = "") -> None:
    number = number or uuid.uuid4().hex[:8]
    text = (
        f"{why}，试了 {job.tries} 次都没有成功，已搁置；什么都没有改动。错误编号 {number}，"
        "请把编号告诉系统管理员，处理后可在这里重新排队。"
    )
    with transaction.atomic():
        _end(job, Job.State.PARKED, text, number)
        record(by=None, action="jobs.parked", about=job, kind=job.kind, tries=job.tries, error_number=number)


def _end(job: Job, state: str, message: str, number: str = "") -> None:
    Job.objects.filter(pk=job.pk).exclude(state=Job.State.DONE).update(
        state=state, message=message, error_number=number, changed_at=timezone.now()
    )
