"""What all business records share."""

from __future__ import annotations

import uuid

from django.db import models


class Record(models.Model):
    """A business record: a UUID that never changes, when it was recorded, and a version for optimistic locking."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    version = models.PositiveIntegerField("版本", default=1)

    class Meta:
        abstract = True
