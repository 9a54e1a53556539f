"""Long lists of the workbench, sheet by sheet (分页): a sheet is asked for by its number, or by what stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SHEET = 100
"""Rules or facts on one sheet: some 150 KB, which a phone opens at once."""


Listed = TypeVar("Listed")


def sheet_of(request: HttpRequest, listed: Sequence[Listed], names: Sequence[str] = ()) -> Page[Listed]:
    """The sheet that ``page`` asks for, or the one on which the thing of the name in ``at`` stands."""
    at: Any = request.GET.get("at")
    number = 1 + names.index(at) // SHEET if at in names else request.GET.get("page")
    return Paginator(listed, SHEET).get_page(number)
