"""What people sign in with."""

from __future__ import annotations

import re

from luodi.errors import UsageError
from luodi.service.accounts.models import User

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,29}")


def checked_username(given: str) -> str:
    """A name to sign in with that nobody has yet.

    Raises:
        UsageError: it is not of the form, or taken.
    """
    name = given.strip().lower()
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"账户名用 3 至 30 个小写字母、数字、点、横线，以字母或数字开头，例如 wangmin；读到的是“{given[:40]}”。"
        )
    if User.objects.filter(username__iexact=name).exists():
        raise UsageError(f"账户名“{name}”已有人使用。请换一个，例如加上单位简称。")
    return name
