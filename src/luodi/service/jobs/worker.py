"""The process that does the work: takes jobs as they come, and takes over those whose worker died."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

SILENT = 30.0
"""Seconds without a sign of life after which a worker counts as dead and its job is taken again."""

GRACE = 8.0
"""Seconds that a stopping worker gives its job before it asks it to stop at its next report of progress."""


def work() -> None:
    """Work until told to stop (SIGTERM, Ctrl+C), or until the service that started us has gone."""
    asyncio.run(_work())


async def _work() -> None:
    from procrastinate.contrib.django import app  # noqa: PLC0415 - exists once Django is set up

    from luodi.service.jobs.tasks import QUEUE  # noqa: PLC0415 - as above

    with app.replace_connector(app.connector.get_worker_connector()) as ours:  # type: ignore[attr-defined]
        async with ours.open_async():
            watch = asyncio.create_task(_watch(ours, os.getppid()))
            try:
                await ours.run_worker_async(
                    queues=[QUEUE], name="luodi", concurrency=1, delete_jobs="successful",
                    shutdown_graceful_timeout=GRACE, update_heartbeat_interval=SILENT / 4, stalled_worker_timeout=SILENT, fetch_job_polling_interval=2.0,
                )  # fmt: skip
            finally:
                watch.cancel()


async def _watch(ours: Any, parent: int) -> None:
    """Put the jobs of dead workers back, every few seconds; stop with the service that started us."""
    from procrastinate.utils import utcnow  # noqa: PLC0415 - only a worker needs it

    while True:
        for stalled in await ours.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
            await ours.job_manager.retry_job(stalled, retry_at=utcnow())
        if os.environ.get("LUODI_CHILD") == "1" and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(5)


@contextmanager
def working(environment: Mapping[str, str]) -> Iterator[None]:
    """Run the worker as a child while the block runs; one that dies is started again."""
    keeper = _Keeper(dict(environment, LUODI_CHILD="1"))
    thread = threading.Thread(target=keeper.keep, daemon=True)
    thread.start()
    try:
        yield
    finally:
        keeper.stop()
        thread.join(timeout=5)


class _Keeper:
    """The child, and whether it is wanted."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment, self.stopping, self.lock = environment, threading.Event(), threading.Lock()
        self.child: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        while not self.stopping.is_set():
            with self.lock:
                if self.stopping.is_set():
                    return
                command = [sys.executable, "-m", "luodi", "worker"]
                self.child = subprocess.Popen(command, env=self.environment, process_group=0)
            self.child.wait()
            self.stopping.wait(1)

    def stop(self) -> None:
        with self.lock:
            self.stopping.set()
        if self.child is None:
            return
        self.child.terminate()
        try:
            self.child.wait(timeout=GRACE + 4)
        except subprocess.TimeoutExpired:
            self.child.kill()  # its job is taken again by the next worker
            self.child.wait()
