"""Optimistic locking: a form carries the version it was filled in on; a later version is never written over."""

from __future__ import annotations

from typing import Any

from django.db import models

from luodi.errors import UsageError
from luodi.service.records import Record


class Conflict(UsageError):
    """Somebody else saved first; ``stored`` is what stands now (None: it was created meanwhile by another)."""

    def __init__(self, stored: models.Model | None) -> None:
        super().__init__("保存前，同一内容已被别人修改。您填写的内容没有丢失，请对照现有内容后再次提交。")
        self.stored = stored


def save_version(record: Record, version: int, **changes: Any) -> None:
    """Write ``changes`` if the row still has ``version``, and count it up; the object in hand follows.

    Raises:
        Conflict: the row has another version; nothing was written.
    """
    rows = type(record)._default_manager.filter(pk=record.pk, version=version)
    if not rows.update(version=version + 1, **changes):
        raise Conflict(type(record)._default_manager.get(pk=record.pk))
    for name, value in changes.items():
        setattr(record, name, value)
    record.version = version + 1
