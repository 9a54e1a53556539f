"""Error pages that say what to do next."""

from __future__ import annotations

import re
import uuid

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = structlog.get_logger()
_OWN_WORDS = re.compile("[《一-鿿]")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page, or none that this person may see: the two look alike on purpose.

    What a page of ours says of it is told; Django's own words are for developers.
    """
    reason = str(exception)
    return render(request, "404.html", {"reason": reason if _OWN_WORDS.match(reason) else ""}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The role in use may not do this."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """A fault of ours: a number for the person, the details in the log."""
    number = uuid.uuid4().hex[:8]
    log.error("page failed", number=number, path=request.path)
    return render(request, "500.html", {"number": number}, status=500)
