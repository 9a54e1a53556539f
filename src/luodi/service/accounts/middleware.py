"""What a signed-in request passes: the lock after idle time, the membership acted in, and what a person does first."""

from __future__ import annotations

import datetime as dt
import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from luodi.service.accounts.models import Membership
from luodi.service.accounts.second_factor import is_demanded, is_on

ALWAYS_OPEN = ("account_reauthenticate", "mfa_reauthenticate", "account_logout")


class IdleLock:
    """Lock what nobody has used for ``settings.IDLE_LOCK`` seconds: the password opens it, and what was sent goes on."""

    NOTED_EVERY = 60  # seconds; each note is a write of the session

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or request.path in map(reverse, ALWAYS_OPEN):
            return self.get_response(request)
        now, seen = time.time(), self._seen(request)
        if now - seen > settings.IDLE_LOCK:
            if request.path.startswith("/api/"):
                request.user = AnonymousUser()
                return self.get_response(request)
            return self._locked(request)
        response = self.get_response(request)
        # A page that reloads itself is not a person at work.
        if now - seen > self.NOTED_EVERY and "Refresh" not in response.headers:
            request.session["seen"] = now
        return response

    def _seen(self, request: HttpRequest) -> float:
        """When the person was last at work, in seconds; a session that never noted it begins now."""
        known = [record["at"] for record in get_authentication_records(request, request.user)]  # type: ignore[arg-type]
        return max([request.session.get("seen", 0.0), *known]) or time.time()

    def _locked(self, request: HttpRequest) -> HttpResponse:
        """The page that asks for the password; a form that was sent waits in the session, but for passwords."""
        if any("password" in field for field in request.POST):
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
        return suspend_request(request, reverse("account_reauthenticate"))


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


class Before(ABC):
    """What a person does first: until then the role in use opens nothing but ``pages``, and every other leads to the first."""

    pages: tuple[str, ...]

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated or not self.is_due(request):
            return self.get_response(request)
        request.acting, request.may = None, frozenset()  # type: ignore[attr-defined]
        if request.path in map(reverse, (*self.pages, *ALWAYS_OPEN)) or request.path.startswith("/api/"):
            return self.get_response(request)
        return redirect(self.pages[0])

    @abstractmethod
    def is_due(self, request: HttpRequest) -> bool:
        """Whether the person has yet to do it."""


class OwnPassword(Before):
    """A person whose password was handed over sets one of their own."""

    pages = ("own_password",)

    def is_due(self, request: HttpRequest) -> bool:
        return getattr(request.user, "password_is_initial", False)


class SecondFactor(Before):
    """An official turns the second factor on, where the deployment demands it."""

    pages = ("mfa_activate_totp", "mfa_view_recovery_codes", "own_password")

    def is_due(self, request: HttpRequest) -> bool:
        return is_demanded(request.memberships) and not is_on(request.user)  # type: ignore[attr-defined]
