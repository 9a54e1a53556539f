"""Which membership the person acts in, for every request; an initial password opens one page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from luodi.service.accounts.models import Membership


class Acting:
    """Set ``request.acting`` (a membership or None) and ``request.may`` (its permissions).

    Memberships are dated by the real day, not by the business date: standing on another day in the demo must not bring
    back a right that has ended.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting, request.may = None, frozenset()  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            held = list(
                Membership.objects.valid_on(dt.date.today()).filter(user=request.user).select_related("organisation")
            )
            chosen = request.session.get("membership")
            acting = next((m for m in held if str(m.pk) == chosen), held[0] if held else None)
            request.memberships = held  # type: ignore[attr-defined]
            request.acting, request.may = acting, acting.permissions if acting else frozenset()  # type: ignore[attr-defined]
        return self.get_response(request)


class OwnPassword:
    """A person whose password was handed over sets one of their own first: until then the role in use opens nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not getattr(request.user, "password_is_initial", False):
            return self.get_response(request)
        request.acting, request.may = None, frozenset()  # type: ignore[attr-defined]
        open_to_all = (reverse("own_password"), reverse("account_logout"))
        if request.path in open_to_all or request.path.startswith("/api/"):
            return self.get_response(request)
        return redirect("own_password")
