"""Removing an installation's data (删除数据): its embedded database and the files of its ``LUODI_HOME``, nothing else.

As root the database stands below ``/var/lib/luodi`` and outlives a ``LUODI_HOME`` that somebody deletes by hand.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from luodi.errors import UsageError
from luodi.service import embedded

OWN_FILES = ("secret-key", "demo-accounts.txt", "demo-accounts.shown", "audit-heads.log")


def remove(*, leftover: bool, sure: bool) -> int:
    """Name what would be removed, and remove it if the caller is ``sure``; 1 where there is nothing.

    Raises:
        UsageError: the data are on one's own server, or the database is running.
    """
    if os.environ.get("DATABASE_URL"):
        raise UsageError("设置了 DATABASE_URL：数据在您自己的数据库服务器上，请在那里删除；这里只删除内置数据库。")
    found = [base for base, _ in embedded.leftovers()] if leftover else _own()
    if not found:
        what = "没有所属文件夹已不在的数据库" if leftover else f"{embedded.home()} 没有内置数据库，也没有本系统的文件"
        sys.stderr.write(f"{what}，不用删除。\n")
        return 1
    for each in found:
        if each.is_dir():
            embedded.refuse_running(each)  # before anything is said to go
    owners = dict(embedded.leftovers()) if leftover else {}
    for each in found:
        sys.stderr.write(
            f"{'删除' if sure else '将删除'} {each}{f'（属于 {owners[each]}，已不在）' if each in owners else ''}\n"
        )
    if not sure:
        sys.stderr.write("删除后不能恢复，政策、核对、办理和审计记录都在里面。确实要删，在同一命令后加 --yes。\n")
        return 0
    for each in found:
        if each.is_dir():
            embedded.remove(each)
        else:
            each.unlink()
    if not leftover:
        with suppress(OSError):  # other people's files stay
            embedded.home().rmdir()
    sys.stderr.write("已删除。\n")
    return 0


def _own() -> list[Path]:
    """The database first: while it runs nothing is removed."""
    return [each for each in (embedded.folder(), *(embedded.home() / name for name in OWN_FILES)) if each.exists()]
