"""The audit log: append-only, hash-chained, without foreign keys so that it outlives what it describes."""

from __future__ import annotations

from django.db import models

from luodi.service.audit.words import action_words, particulars


class AuditEvent(models.Model):
    """One thing that happened. ``hash`` is SHA-256 over the previous hash and this row's canonical JSON."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField("时间")
    actor = models.CharField("操作人标识", max_length=64, blank=True)
    actor_name = models.CharField("操作人", max_length=100, blank=True)
    organisation = models.CharField("单位", max_length=200, blank=True)
    action = models.CharField("操作", max_length=100)
    object_type = models.CharField("对象类型", max_length=100, blank=True)
    object_id = models.CharField("对象", max_length=64, blank=True)
    data = models.JSONField("内容", default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        verbose_name = "审计记录"

    @property
    def words(self) -> str:
        """The action as people call it."""
        return action_words(self.action, self.data)

    @property
    def particulars(self) -> list[tuple[str, str]]:
        """What was kept with it, in words."""
        return list(particulars(self.data))


class AuditHead(models.Model):
    """The one row that serialises writers and remembers where the chain ends, so that a cut tail is seen."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head")]
