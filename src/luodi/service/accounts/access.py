"""The guard of views: default deny, by the permission of the membership acted in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from luodi.service.accounts.permissions import Permission

View = Callable[..., HttpResponse]


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Let a view run only for a person whose role holds all of ``permissions``; anonymous people sign in first."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            missing = [p.value for p in permissions if p not in request.may]  # type: ignore[attr-defined]
            if missing:
                raise PermissionDenied(f"当前身份没有“{'、'.join(missing)}”权限。")
            return view(request, *args, **kwargs)

        guarded.permissions = permissions  # type: ignore[attr-defined]
        return guarded

    return decorate
