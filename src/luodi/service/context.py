"""What every page shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from luodi import clock
from luodi.service.accounts.permissions import Permission


@dataclass(frozen=True)
class Link:
    """One entry of the main navigation, shown to everybody or to holders of a permission."""

    name: str
    address: str
    needs: Permission | None = None
    current: bool = False


NAVIGATION = (
    Link("首页", "/"),
    Link("政策库", "/policies/"),
    Link("政策工作台", "/workbench/", Permission.VIEW_WORKBENCH),
    Link("保密拒收", "/refusals/", Permission.VIEW_REFUSALS),
    Link("申报通知", "/calls/"),
    Link("责任看板", "/duties/"),
    Link("目标进展", "/goals/"),
    Link("产业领域", "/sectors/"),
    Link("政策测算", "/calculator/"),
    Link("我的兑现", "/my/", Permission.VIEW_OWN_UNIT),
    Link("测算名单", "/entitled/", Permission.VIEW_ENTITLED),
    Link("测算汇总", "/totals/", Permission.VIEW_TOTALS),
    Link("模拟测算", "/simulation/", Permission.VIEW_TOTALS),
    Link("账户与授权", "/people/", Permission.MANAGE_ACCOUNTS),
    Link("后台任务", "/jobs/", Permission.MANAGE_SYSTEM),
    Link("审计记录", "/audit/", Permission.VIEW_AUDIT),
)


def every_page(request: HttpRequest) -> dict[str, object]:
    """Business date, whether this is the demo, the role the person acts in, and the navigation they may use."""
    may = getattr(request, "may", frozenset())
    return {
        "business_date": clock.today(),
        "real_date": dt.date.today(),
        "demo": settings.DEMO,
        "acting": getattr(request, "acting", None),
        "may": {permission.name for permission in may},
        "navigation": [
            Link(link.name, link.address, link.needs, _stands_on(request.path, link.address))
            for link in NAVIGATION
            if link.needs is None or link.needs in may
        ],
    }


def _stands_on(path: str, address: str) -> bool:
    return path == address if address == "/" else path.startswith(address)
