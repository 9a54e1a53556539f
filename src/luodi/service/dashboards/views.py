"""Pages that only read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """The first page: three doors, and what is in force, lapsed, expiring."""
    return render(request, "dashboards/home.html")
