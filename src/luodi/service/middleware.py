"""What every request passes: content policy, business date, clear error pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luodi import clock
from luodi.errors import ContentError, LuodiError

Handler = Callable[[HttpRequest], HttpResponse]

# No inline script or style anywhere: pages and charts carry classes and attributes only.
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class ContentSecurityPolicy:
    """Send the content security policy with every answer; pages of a signed-in person are never cached."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class BusinessDate:
    """Set the business date (业务日期) for the request; in the demo a visitor may stand on another day."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.session.get("business_date") if settings.DEMO else None
        with clock.standing_on(dt.date.fromisoformat(chosen) if chosen else None):
            return self.get_response(request)


class ClearErrors:
    """Turn a refusal of the library into a page that says what to do next."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, LuodiError):
            return None
        status = 422 if isinstance(exception, ContentError) else 400
        return render(request, "refused.html", {"message": str(exception)}, status=status)
