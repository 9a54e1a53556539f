"""Taking a file in (收文): read in memory by a thread of its own, so that a slow file holds up no web worker.

A file that is read within :data:`PATIENCE` seconds is answered on the page; for a slower one the person is shown the page of
a job. Nothing of the file is written before it passed the screen; if the service stops meanwhile the file is gone, and the
job says so when its time is over.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import BoundedSemaphore
from typing import Any

import structlog
from django.db import connection, transaction

from luodi import clock
from luodi.document.reading import read_bytes
from luodi.document.tree import Document
from luodi.errors import ContentError, LuodiError, UsageError
from luodi.service.accounts.models import Organisation
from luodi.service.jobs.actions import expect, refuse, supply
from luodi.service.jobs.models import Job
from luodi.service.policies.actions import log_unreadable, refuse_marked
from luodi.service.policies.drafting import keep_screened, refuse_known
from luodi.service.policies.models import Policy, PolicyVersion
from luodi.service.policies.tasks import load_screened, read_screened

PATIENCE = 2.0
"""Seconds that a page waits for a file to be read."""
GIVEN_UP = 600
"""Seconds after which a file that was still being read is taken for lost; the readers' own limits are shorter."""
MOST = 6
"""Files that one web process reads or keeps waiting at a time; each stands in memory as a whole."""

log = structlog.get_logger()
_READERS = ThreadPoolExecutor(2, "reading")
_CLERKS = ThreadPoolExecutor(MOST, "receiving")
_PLACES = BoundedSemaphore(MOST)


def receive(data: bytes, name: str) -> Future[Document]:
    """Begin to read a file.

    Raises:
        UsageError: too many are being read; nothing was kept.
    """
    if not _PLACES.acquire(blocking=False):
        raise UsageError(f"正在检查的文件已有 {MOST} 份，这一份没有接收。请过一两分钟再传。")
    reading = _READERS.submit(read_bytes, data, name)
    reading.add_done_callback(lambda _: _PLACES.release())
    return reading


def go_on_later(
    reading: Future[Document], *, by: Any, region: str, policy: Policy | None, organisation: Organisation,
    version: PolicyVersion | None = None, start: Callable[[Callable[[], None]], Any] = _CLERKS.submit,
) -> Job:  # fmt: skip
    """The job that goes on with a file which is still being read; ``start`` runs what waits for it.

    It becomes a draft of ``policy``, or, with ``version``, the official text of that version.
    """
    work = load_screened if version else read_screened
    job = expect(work, by=by, organisation=organisation, within=GIVEN_UP,
                 message="正在读取文件、检查标志；文件只在内存里，没有保存")  # fmt: skip
    start(partial(_hand_over, reading, job, by, region, policy, str(organisation), version))
    return job


def _hand_over(
    reading: Future[Document], job: Job, by: Any, region: str, policy: Policy | None, organisation: str,
    version: PolicyVersion | None = None,
) -> None:  # fmt: skip
    """Screen the file that was read, then let the job have its text; a refusal ends the job with its words."""
    try:
        document = reading.result()
        with clock.standing_on(job.business_date):
            refuse_marked(document, by=by, about=version, organisation=organisation)
            if version is None:
                refuse_known(region, document.sha256, policy)
            with transaction.atomic():
                kept = keep_screened(by=by, document=document, region=region, policy=policy, organisation=organisation)
                supply(job, text=str(kept.pk), **({"version": str(version.pk)} if version else {}))
    except LuodiError as refusal:
        if isinstance(refusal, ContentError):
            log_unreadable(refusal, by=by, organisation=organisation)
        refuse(job, str(refusal))
    except Exception as fault:
        number = uuid.uuid4().hex[:8]
        log.error("upload failed", number=number, job=str(job.pk), exc_info=fault)
        refuse(job, f"程序出错（错误编号 {number}），文件没有保存。请把编号告诉系统管理员。")
    finally:
        if not connection.in_atomic_block:
            connection.close()
