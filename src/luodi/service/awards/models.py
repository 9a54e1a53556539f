"""Evaluations of a whole population and of one unit, frozen: which version, which day, which inputs, what came out."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from luodi.service.accounts.models import Organisation
from luodi.service.policies.models import PolicyVersion
from luodi.service.records import Record
from luodi.service.registry.models import Unit


def _frozen(name: str) -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)]


class EvaluationRun(Record):
    """One evaluation (测算) of every unit of a policy's region, by one version, as of one business date."""

    class Engine(models.TextChoices):
        DUCKDB = "duckdb", "内嵌引擎 DuckDB"
        POSTGRES = "postgres", "本系统数据库 PostgreSQL"

    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="runs")
    business_date = models.DateField("业务日期")
    pack_digest = models.CharField("政策包摘要", max_length=64)
    input_digest = models.CharField("输入数据摘要", max_length=64)
    units = models.PositiveIntegerField("单位数")
    rows = models.PositiveIntegerField("公开项目结果行数")
    engine = models.CharField("计算引擎", max_length=20, choices=Engine, default=Engine.DUCKDB)
    milliseconds = models.PositiveIntegerField("用时（毫秒）")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="测算人",
    )

    class Meta:
        ordering = ["-recorded_at"]
        triggers = _frozen("evaluation_run_is_frozen")


class Row(models.Model):
    """One unit under one rule, as :func:`luodi.entitlement.population.evaluate` gave it; money in fen."""

    class Group(models.TextChoices):
        SURE = "sure", "预计可享"
        POSSIBLE = "possible", "补充信息后可判断"
        NOT = "not", "暂不符合"
        AUTHORITY = "authority", "须由主管部门确认"
        CASE = "case", "另行研究"

    run = models.ForeignKey(EvaluationRun, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField("规则", max_length=100)
    item = models.CharField("事项", max_length=100)
    article = models.CharField("条款", max_length=50)
    group = models.CharField("测算结论", max_length=20, choices=Group)
    sure_fen = models.BigIntegerField("可确定金额（分）")
    upto_fen = models.BigIntegerField("最高可能金额（分）")
    district = models.CharField("区划代码", max_length=12, blank=True)
    kind = models.CharField("单位类别", max_length=20)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["run", "unit", "rule"], name="%(class)s_once"),
            models.CheckConstraint(
                condition=Q(sure_fen__gte=0) & Q(upto_fen__gte=models.F("sure_fen")), name="%(class)s_sums"
            ),
        ]


class EvaluationRow(Row):
    """A row of an item that may be listed."""

    class Meta(Row.Meta):
        indexes = [models.Index(fields=["run", "rule", "group"], name="evaluation_row_filter")]
        triggers = _frozen("evaluation_row_is_frozen")


class RestrictedRow(Row):
    """A row of an item that is published as one figure only. Nothing but :mod:`.restricted` reads this table."""

    class Meta(Row.Meta):
        triggers = _frozen("restricted_row_is_frozen")


class ItemRelease(models.Model):
    """The one figure of such an item that was released from a run; never two that differ by few recipients."""

    run = models.ForeignKey(EvaluationRun, on_delete=models.PROTECT, related_name="releases")
    item = models.CharField("事项", max_length=100)
    recipients = models.PositiveIntegerField("单位数")
    sure_fen = models.BigIntegerField("可确定金额（分）")
    upto_fen = models.BigIntegerField("最高可能金额（分）")

    class Meta:
        ordering = ["-run__recorded_at"]
        constraints = [models.UniqueConstraint(fields=["run", "item"], name="one_release_of_item")]
        triggers = _frozen("item_release_is_frozen")


class Determination(Record):
    """What one unit is owed by one version of a policy (测算单), frozen with all that it rests on.

    ``business_date`` is the day it holds for, ``recorded_at`` the moment at which the service knew what it knew;
    ``known_since`` says since when each statement had been recorded. ``given`` and ``verdict`` leave out what is
    restricted: :class:`RestrictedPart`.
    """

    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="determinations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="determinations")
    business_date = models.DateField("业务日期")
    pack_digest = models.CharField("政策包摘要", max_length=64)
    rules_digest = models.CharField("规则摘要", max_length=64)
    register = models.JSONField("所用口径")
    given = models.JSONField("所用信息")
    known_since = models.JSONField("各项信息的登记时间")
    verdict = models.JSONField("测算结论")
    verdict_digest = models.CharField("结论摘要", max_length=64)
    sure_fen = models.BigIntegerField("可确定金额（分）")
    upto_fen = models.BigIntegerField("最高可能金额（分）")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="申请人"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="申请单位"
    )

    class Meta:
        ordering = ["-recorded_at"]
        indexes = [models.Index(fields=["unit", "-recorded_at"], name="determination_of_unit")]
        triggers = _frozen("determination_is_frozen")

    @property
    def number(self) -> str:
        """What people call it by."""
        return f"{self.business_date:%Y%m%d}-{str(self.pk)[:8]}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("awards:determination", args=[self.pk])


class RestrictedPart(models.Model):
    """The restricted statements and verdicts of a determination. Nothing but :mod:`.restricted` reads this table."""

    determination = models.OneToOneField(Determination, on_delete=models.PROTECT, related_name="+", primary_key=True)
    given = models.JSONField("所用受限信息")
    known_since = models.JSONField("各项信息的登记时间")
    verdict = models.JSONField("受限事项的结论")
    verdict_digest = models.CharField("结论摘要", max_length=64)

    class Meta:
        triggers = _frozen("restricted_part_is_frozen")


class Scenario(Record):
    """A simulated change of a policy (模拟方案) with its outcome, frozen; saving a name again makes its next version.

    ``figures`` are those of :func:`.simulation.simulated`, before suppression, ``behind`` (:func:`.simulation.behind`) says
    who stands behind them; :mod:`.released` alone reads it. Only whether it is shared may change, and when it first was is set once.
    """

    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField("方案名称", max_length=100)
    number = models.PositiveIntegerField("方案版本")
    note = models.TextField("说明", blank=True)
    changes = models.JSONField("改动")
    figures = models.JSONField("结果")
    behind = models.JSONField("结果所涉单位", default=list)
    business_date = models.DateField("业务日期")
    rules_digest = models.CharField("规则摘要", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="保存人")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="保存单位")
    shared = models.BooleanField("已共享", default=False)
    first_shared_at = models.DateTimeField("首次共享时间", null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy_version", "organisation", "name", "number"], name="one_version_of_scenario"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="scenario_stays", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="scenario_is_frozen",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func="""
                    IF to_jsonb(NEW) - 'shared' - 'first_shared_at' <> to_jsonb(OLD) - 'shared' - 'first_shared_at'
                       OR NEW.first_shared_at IS DISTINCT FROM OLD.first_shared_at AND OLD.first_shared_at IS NOT NULL
                    THEN
                        RAISE EXCEPTION 'a saved scenario is frozen';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（第 {self.number} 版）"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("awards:scenario", args=[self.pk])
