"""The first security administrator of a fresh installation; everybody else gets an account from one on the pages."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction

from luodi.errors import UsageError
from luodi.service.accounts.actions import add_membership, add_person, initial_password
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.accounts.names import checked_username

REASON = "安装后开立的首位安全管理员"


def security_administrators() -> list[User]:
    """Those who can sign in and give accounts today."""
    held = Membership.objects.valid_on(dt.date.today()).filter(role="security_admin", user__is_active=True)
    return [membership.user for membership in held.select_related("user")]


def make_first_administrator(*, username: str, display_name: str, office: str, region: str = "") -> str:
    """Make the account, with its initial password as the answer; ``region`` empty: for every region.

    Raises:
        UsageError: the database is not set up, there is a security administrator already, or the name will not do.
    """
    if Membership._meta.db_table not in connection.introspection.table_names():
        raise UsageError("数据库还没有建好。请先运行 LUODI_DEMO=0 ./run setup。")
    if there := security_administrators():
        names = "、".join(f"{user}（{user.username}）" for user in there)
        raise UsageError(f"已有安全管理员：{names}。其他账户请由其在“账户与授权”页开立。")
    if not display_name.strip() or not office.strip():
        raise UsageError("请写明姓名和单位，例如 --name 尤佳 --organisation 市数据局。")
    password = initial_password()
    with transaction.atomic():
        user = add_person(by=None, username=checked_username(username), display_name=display_name.strip(),
                          password=password, initial=True)  # fmt: skip
        where, _ = Organisation.objects.get_or_create(name=office.strip(), side="government", region=region)
        add_membership(by=None, user=user, organisation=where, role="security_admin", reason=REASON)
    return password
