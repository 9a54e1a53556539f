"""Bringing the service up: database, migrations, rights of the web role, demo data, web server; and down again."""

from __future__ import annotations

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from luodi.errors import UsageError
from luodi.service import embedded
from luodi.service.jobs.worker import working

# The web role may add and correct rows but never remove them; sessions and the queue
# behind the jobs are no business data.
GRANTS = """
GRANT USAGE ON SCHEMA public TO luodi_web;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO luodi_web;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO luodi_web;
GRANT DELETE ON django_session, django_cache, mfa_authenticator TO luodi_web;
GRANT DELETE ON procrastinate_jobs, procrastinate_events, procrastinate_workers, procrastinate_periodic_defers
    TO luodi_web;
REVOKE UPDATE ON audit_auditevent FROM luodi_web;
"""


def refuse_taken_port(host: str, port: int) -> None:
    """Say so before anything starts when somebody else listens on the port.

    Raises:
        UsageError: the port is taken.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(
                f"端口 {port} 已被占用（{host}）。请用 ./run up --port 另一个端口号，例如 ./run up --port {port + 1}。"
            ) from error


@contextmanager
def database(*, attach: bool = False) -> Iterator[str]:
    """The owner's ``DATABASE_URL``: one's own server where it is set, else the embedded one while the block runs.

    ``attach`` joins an embedded database that ``./run up`` already runs; without it a second start is refused.
    """
    own = os.environ.get("DATABASE_URL")
    with nullcontext() if own else embedded.running(attach=attach) as where:
        url = own or where.url("luodi_owner")
        os.environ["DATABASE_URL"] = url
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.service.settings")
        yield url


def start_django() -> None:
    """Load Django; only possible once ``DATABASE_URL`` is set."""
    import django  # noqa: PLC0415

    django.setup()


def prepare(host: str = "127.0.0.1") -> None:
    """Migrate, set the web role's rights, load the demo once for this address; needs ``DATABASE_URL`` of the owner."""
    from django.core.management import call_command  # noqa: PLC0415

    start_django()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection, connections  # noqa: PLC0415

    if settings.DATABASES["default"]["USER"] == "luodi_owner":
        with connection.cursor() as cursor:
            cursor.execute(GRANTS)
    if settings.DEMO:
        from luodi.service.demo.load import load_demo  # noqa: PLC0415

        load_demo(host)
    keep_audit_head()
    connections.close_all()


def serve(host: str, port: int, workers: int = 2) -> int:
    """Serve until interrupted; returns the exit code of the web server."""
    refuse_taken_port(host, port)
    with database() as url:
        prepare(host)
        environment = dict(os.environ, DATABASE_URL=url.replace("luodi_owner@", "luodi_web@"), LUODI_WARM_UP="1")
        _stand_on_demo_day(environment)
        address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
        sys.stderr.write(f"落地已启动：{address}   停止请按 Ctrl+C\n")
        _print_accounts(host)
        command = [
            sys.executable, "-m", "gunicorn", "luodi.service.wsgi:application", "--bind", f"{host}:{port}",
            "--workers", str(workers), "--threads", "4", "--worker-class", "gthread", "--log-level", "warning",
            "--graceful-timeout", "10", "--keep-alive", "15",  # longer than a reader takes from page to page
        ]  # fmt: skip
        with working(environment):
            server = subprocess.Popen(command, env=environment, process_group=0)
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: server.terminate())
            return max(server.wait(), 0)


def work() -> None:
    """Do queued work until told to stop; by the web role where the database is the embedded one."""
    with database(attach=True) as url:
        os.environ["DATABASE_URL"] = url.replace("luodi_owner@", "luodi_web@")
        start_django()
        from luodi.service.jobs import worker  # noqa: PLC0415 - needs Django

        worker.work()


def _stand_on_demo_day(environment: dict[str, str]) -> None:
    """The demo stands on its own business date unless ``LUODI_TODAY`` says otherwise."""
    from luodi.service.demo.load import business_date  # noqa: PLC0415

    day = business_date() if environment.get("LUODI_DEMO", "1") == "1" else None
    if day is not None:
        environment.setdefault("LUODI_TODAY", day.isoformat())


def _print_accounts(host: str) -> None:
    """Name the demo accounts once, the first time they exist."""
    listing = Path(embedded.home() / "demo-accounts.txt")
    shown = listing.with_suffix(".shown")
    if listing.exists() and not shown.exists():
        sys.stderr.write(listing.read_text() + "\n")
        shown.touch()
    elif listing.exists():
        sys.stderr.write(f"演示账户见 {listing}\n")


def verify_audit() -> int:
    """Check the audit chain and the heads kept outside the database; 0 whole, 1 broken."""
    with database(attach=True):
        start_django()
        from luodi.service.audit.queries import anchors, verify  # noqa: PLC0415

        kept = anchors(embedded.home() / "audit-heads.log")
        verdict = verify(kept[-1] if kept else None)
    if verdict.reason:
        sys.stderr.write(
            f"审计链断裂：{verdict.reason}。断裂之前的 {verdict.rows} 条完好。请停止写入并通知审计管理员。\n"
        )
        return 1
    sys.stderr.write(f"审计链完好：共 {verdict.rows} 条，链尾摘要 {verdict.head[:16]}…\n")
    return 0


def keep_audit_head() -> None:
    """Write the chain's head to a file outside the database, so that a rewritten tail is seen."""
    from luodi.service.audit.models import AuditHead  # noqa: PLC0415

    head = AuditHead.objects.filter(id=1).first()
    if head:
        with open(embedded.home() / "audit-heads.log", "a") as file:
            file.write(f"{dt.date.today().isoformat()} {head.sequence} {head.hash}\n")
