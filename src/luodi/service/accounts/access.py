"""The guards of views: default deny, by the permission of the membership acted in; the password again where it counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
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


def demand_password(request: HttpRequest) -> None:
    """Ask for the password before a step that binds the office, unless it was given within the last minutes.

    Raises:
        ReauthenticationRequired: it was not; allauth keeps what was sent, asks, and goes on with the step.
    """
    raise_if_reauthentication_required(request, app="allauth.account")
