"""Work after the answer (后台任务): what was asked for, how far it is, how it ended. Pages read these rows only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from luodi.service.accounts.models import Organisation
from luodi.service.records import Record


class Job(Record):
    """One piece of work; ``given`` are its arguments as JSON, ``outcome_address`` the page that shows the result."""

    class State(models.TextChoices):
        WAITING = "waiting", "排队中"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        REFUSED = "refused", "未完成"
        PARKED = "parked", "已搁置"

    kind = models.CharField("任务种类", max_length=100)
    title = models.CharField("任务", max_length=200)
    given = models.JSONField("参数", default=dict)
    business_date = models.DateField("业务日期")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="发起人"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="发起单位"
    )
    state = models.CharField("状态", max_length=20, choices=State, default=State.WAITING)
    percent = models.PositiveSmallIntegerField("进度", default=0)
    message = models.TextField("进展", blank=True)
    outcome_address = models.CharField("结果地址", max_length=500, blank=True)
    error_number = models.CharField("错误编号", max_length=8, blank=True)
    tries = models.PositiveSmallIntegerField("已试次数", default=0)
    changed_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        ordering = ["-recorded_at"]
        indexes = [models.Index(fields=["organisation", "-recorded_at"], name="job_of_organisation")]
        constraints = [models.CheckConstraint(condition=Q(percent__lte=100), name="job_percent")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page with the progress."""
        return reverse("jobs:job", args=[self.pk])

    @property
    def over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state in OVER

    @property
    def colour(self) -> str:
        """The colour of its state; red only for what failed."""
        return {"done": "green", "parked": "red", "refused": "yellow", "running": "blue"}.get(self.state, "grey")

    @property
    def shape(self) -> str:
        """The shape that stands with the colour."""
        return {"done": "✓", "parked": "■", "refused": "▲", "running": "●"}.get(self.state, "○")


OVER = (Job.State.DONE, Job.State.REFUSED, Job.State.PARKED)
