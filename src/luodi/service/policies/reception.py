"""Taking a file in (收文): read in memory by a thread of its own, so that a slow file holds up no web worker.

A file that is read within :data:`PATIENCE` seconds is answered on the page; for a slower one the person is shown the page of
a job. Nothing of the file is written before it passed the screen; if the service stops meanwhile the file is gone, and the
job says so when its time is over.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
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
from luodi.service.jobs.actions import expect, refuse, supply, tell
from luodi.service.jobs.models import Job
from luodi.service.policies.actions import log_unreadable, refuse_marked
from luodi.service.policies.drafting import keep_screened, refuse_known
from luodi.service.policies.models import Policy, PolicyVersion
from luodi.service.policies.tasks import load_screened, read_screened

PATIENCE = 2.0
"""Seconds that a page waits for a file to be read."""
GIVEN_UP = 600
"""Seconds after which a file that was still being read is taken for lost; the readers' own limits are shorter."""
GIVEN_UP_RECOGNISING = 3600
"""The same for a file whose pictures are recognised, a few seconds each."""
MOST = 6
"""Files that one web process reads or keeps waiting at a time; each stands in memory as a whole."""

log = structlog.get_logger()
_READERS = ThreadPoolExecutor(2, "reading")
_RECOGNISERS = ThreadPoolExecutor(1, "recognising")  # scans wait for each other and hold up no other file
_CLERKS = ThreadPoolExecutor(MOST, "receiving")
_PLACES = BoundedSemaphore(MOST)


class Reading:
    """A file that is being read: its document is to come, and how far the recognition of its pictures is."""

    def __init__(self, data: bytes, name: str, *, recognise: bool = False) -> None:
        self.recognise = recognise
        self._at = self._pictures = 0
        reader = _RECOGNISERS if recognise else _READERS
        self._document: Future[Document] = reader.submit(read_bytes, data, name, recognise=recognise, told=self._hear)
        self._document.add_done_callback(lambda _: _PLACES.release())

    def _hear(self, at: int, pictures: int) -> None:
        self._at, self._pictures = at, pictures

    def result(self, timeout: float | None = None) -> Document:
        """The document.

        Raises:
            TimeoutError: it is not there after ``timeout`` seconds.
            ContentError: the file is refused.
        """
        return self._document.result(timeout=timeout)

    def told(self) -> Iterator[tuple[int, str]]:
        """Per cent and words, a pair every now and then until the document is there or refused."""
        while True:
            try:
                self._document.result(timeout=BETWEEN)
            except TimeoutError:
                if self._pictures:
                    done = 5 + 85 * (self._at - 1) // self._pictures
                    yield done, f"正在识别第 {self._at} 页图像，共 {self._pictures} 页；文件只在内存里，没有保存"
                continue
            except LuodiError:
                pass  # whoever asks for the document is told
            return


BETWEEN = 1.0
"""Seconds between two looks at how far a file is."""


def receive(data: bytes, name: str, *, recognise: bool = False) -> Reading:
    """Begin to read a file; with ``recognise`` also what its pictures say.

    Raises:
        UsageError: too many are being read; nothing was kept.
    """
    if not _PLACES.acquire(blocking=False):
        raise UsageError(f"正在检查的文件已有 {MOST} 份，这一份没有接收。请过一两分钟再传。")
    return Reading(data, name, recognise=recognise)


def go_on_later(
    reading: Reading, *, by: Any, region: str, policy: Policy | None, organisation: Organisation,
    version: PolicyVersion | None = None, start: Callable[[Callable[[], None]], Any] = _CLERKS.submit,
) -> Job:  # fmt: skip
    """The job that goes on with a file which is still being read; ``start`` runs what waits for it.

    It becomes a draft of ``policy``, or, with ``version``, the official text of that version.
    """
    work = load_screened if version else read_screened
    within = GIVEN_UP_RECOGNISING if reading.recognise else GIVEN_UP
    job = expect(work, by=by, organisation=organisation, within=within,
                 message="正在读取文件、检查标志；文件只在内存里，没有保存")  # fmt: skip
    start(partial(_hand_over, reading, job, by, region, policy, str(organisation), version))
    return job


def _hand_over(
    reading: Reading, job: Job, by: Any, region: str, policy: Policy | None, organisation: str,
    version: PolicyVersion | None = None,
) -> None:  # fmt: skip
    """Screen the file that was read, then let the job have its text; a refusal ends the job with its words."""
    try:
        for percent, words in reading.told():
            tell(job, percent, words)
        document = reading.result()
        with clock.standing_on(job.business_date):
            refuse_marked(document, by=by, about=version, organisation=organisation)
            if version is None:
                refuse_known(region, document, policy)
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
