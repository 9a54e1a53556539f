"""Loading the demo: once, stage by stage, each stage whole or not at all, so that a second start finds it done."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from luodi.policy.pack import read_yaml
from luodi.service.audit.actions import record
from luodi.service.audit.models import AuditEvent

LOADED = "demo.loaded"


def load_demo(host: str = "127.0.0.1") -> None:
    """Load what is not there yet; on an address that others reach the known demo passwords are replaced."""
    from luodi.service.demo.accounts import load_accounts, settle_passwords  # noqa: PLC0415 - needs Django set up
    from luodi.service.demo.policies import load_calls, load_policies  # noqa: PLC0415
    from luodi.service.demo.registry import load_registry  # noqa: PLC0415

    done = set(AuditEvent.objects.filter(action=LOADED).values_list("data__stage", flat=True))
    stages: list[tuple[str, Callable[[], object] | None]] = [
        ("registry", load_registry),
        ("accounts", load_accounts),
        ("policies", load_policies),
        ("duties", _later("luodi.service.demo.duties", "load_duties")),
        ("calls", load_calls),
        ("evaluation", _later("luodi.service.demo.evaluation", "load_evaluation")),
    ]
    for name, load in stages:
        if name not in done and load is not None:
            with transaction.atomic():
                load()
                record(by=None, action=LOADED, stage=name)
    settle_passwords(host)


def _later(module: str, name: str) -> Callable[[], object] | None:
    """A stage of an app that may not be there."""
    try:
        return getattr(importlib.import_module(module), name)  # type: ignore[no-any-return]
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None


@cache
def specification(name: str) -> dict[str, Any]:
    """One file of the demo's data folder."""
    return dict(read_yaml(Path(settings.DATA) / "demo" / name))


def cities() -> list[dict[str, Any]]:
    """The specification of every demo city: its government and its generated population."""
    found = (specification(file.name) for file in sorted((Path(settings.DATA) / "demo").glob("*.yaml")))
    return [spec for spec in found if "city" in spec]


def packs_of(spec: dict[str, Any]) -> list[str]:
    """The names of the packs in force in a demo city."""
    return list(spec.get("packs") or [spec["pack"]])


def regions() -> list[dict[str, Any]]:
    """Name, accounts and liaisons of every demo city."""
    return list(specification("accounts.yaml")["regions"])


def business_date() -> dt.date | None:
    """The day the demo stands on where a visitor has not chosen another (None: today)."""
    days = [spec["business_date"] for spec in cities() if spec.get("business_date")]
    return min(map(_day, days)) if days else None


def _day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def day(value: Any) -> dt.date | None:
    """A day of a specification; nothing stays nothing."""
    return None if value in (None, "") else _day(value)
