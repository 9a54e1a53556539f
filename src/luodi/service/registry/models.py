"""Units, what is known about them, and the government's own units, all dated.

Every statement carries its source, the day it holds for, how sensitive it is and how it is evidenced (证据方式). Nothing
is removed: corrections are new rows or new versions, and the history of units, facts and events is kept by triggers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from luodi.service.accounts.models import Organisation
from luodi.service.records import Record
from luodi.service.registry.credit_code import validate_credit_code


def _kept(name: str) -> Callable[[type[models.Model]], type[models.Model]]:
    """Keep every version of a row in a history table, by triggers of the database."""
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), model_name=name,
        obj_field=pghistory.ObjForeignKey(related_name="history"),
    )  # fmt: skip


class Sensitivity(models.TextChoices):
    """Who may read it (敏感级别): everybody, the offices, or only those with a purpose and the right."""

    PUBLIC = "public", "公开"
    INTERNAL = "internal", "内部"
    RESTRICTED = "restricted", "受限"


class Evidence(models.TextChoices):
    """What a statement rests on (证据方式)."""

    PUBLIC_LIST = "public_list", "公开名单"
    DOCUMENT = "document", "书面材料"
    ATTESTED = "attested", "归口确认"
    OFFLINE = "offline", "线下核验"
    SELF_REPORTED = "self_reported", "单位自报"


class DatedQuerySet(models.QuerySet):
    """Rows with ``valid_from`` and ``valid_to``; an empty end is open."""

    def valid_on(self, day: dt.date) -> DatedQuerySet:
        """Rows in force on a day, both ends included."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class Dated(models.Model):
    valid_from = models.DateField("起始日期", null=True, blank=True)
    valid_to = models.DateField("截止日期", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=F("valid_to")),
                name="%(app_label)s_%(class)s_period",
            )
        ]


class District(Dated):
    """A district of a region with its dated code and name (GB/T 2260)."""

    region = models.CharField("地区代码", max_length=12)
    code = models.CharField("区划代码", max_length=12)
    name = models.CharField("名称", max_length=100)

    class Meta(Dated.Meta):
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


@_kept("UnitHistory")
class Unit(Record):
    """A unit (单位): company, institute, university or park; a park has no code of its own and may have a payee."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", "企业"
        INSTITUTE = "institute", "科研院所"
        UNIVERSITY = "university", "高等院校"
        PARK = "park", "园区"
        OTHER = "other", "其他单位"

    class Status(models.TextChoices):
        ACTIVE = "active", "存续"
        DISSOLVED = "dissolved", "已注销"
        MERGED = "merged", "已被吸收合并"
        MOVED_OUT = "moved_out", "已迁出"

    credit_code = models.CharField(
        "统一社会信用代码", max_length=18, unique=True, null=True, blank=True, validators=[validate_credit_code]
    )
    name = models.CharField("名称", max_length=200)
    kind = models.CharField("类别", max_length=20, choices=Kind)
    region = models.CharField("地区代码", max_length=12)
    district = models.CharField("区划代码", max_length=12, blank=True)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="unit", verbose_name="账户单位"
    )
    payee = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="收款主体"
    )
    head_unit = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="branches", verbose_name="所属法人"
    )
    status = models.CharField("存续状态", max_length=20, choices=Status, default=Status.ACTIVE)
    source = models.CharField("来源", max_length=200)
    as_of = models.DateField("数据截至")
    sensitivity = models.CharField("敏感级别", max_length=20, choices=Sensitivity, default=Sensitivity.PUBLIC)
    evidence = models.CharField("证据方式", max_length=20, choices=Evidence, default=Evidence.PUBLIC_LIST)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["region", "district"], name="unit_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="park") | Q(credit_code__isnull=False), name="unit_has_code_unless_park"
            ),
            models.CheckConstraint(
                condition=Q(credit_code=None) | Q(credit_code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), name="unit_code_form"
            ),
            models.CheckConstraint(condition=Q(kind__in=["enterprise", "institute", "university", "park", "other"]),
                                   name="unit_known_kind"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class UnitAlias(Dated):
    """A former or other name of a unit, joined by its credit code."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="aliases")
    name = models.CharField("名称", max_length=200)

    class Meta(Dated.Meta):
        ordering = ["valid_from", "name"]


class FactType(models.Model):
    """What kind of fact: its code is the vocabulary's fact id; sensitivity and evidence hold for every such fact."""

    code = models.CharField("事实", max_length=100, unique=True)
    name = models.CharField("名称", max_length=100)
    data_type = models.CharField("类型", max_length=20)
    unit = models.CharField("计量单位", max_length=20, blank=True)
    sensitivity = models.CharField("敏感级别", max_length=20, choices=Sensitivity)
    evidence = models.CharField("证据方式", max_length=20, choices=Evidence)
    register = models.BooleanField("公开登记信息", default=False)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(register=False) | Q(sensitivity="public"), name="fact_type_register_is_public"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@_kept("FactHistory")
class Fact(Record, Dated):
    """One statement about a unit, with its source and day; a correction supersedes, it does not overwrite."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="facts")
    type = models.ForeignKey(FactType, on_delete=models.PROTECT, related_name="facts")
    value = models.JSONField("值")
    source = models.CharField("来源", max_length=200)
    as_of = models.DateField("数据截至")
    sensitivity = models.CharField("敏感级别", max_length=20, choices=Sensitivity)
    evidence = models.CharField("证据方式", max_length=20, choices=Evidence)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name="更正"
    )

    class Meta(Dated.Meta):
        ordering = ["type__code", "as_of"]

    def clean(self) -> None:
        if self.sensitivity == Sensitivity.PUBLIC and self.type.sensitivity != Sensitivity.PUBLIC:
            raise ValidationError(f"“{self.type.name}”是{self.type.get_sensitivity_display()}信息，不能登记为公开。")


@_kept("EventHistory")
class Event(Record):
    """Something that happened to a unit: a prize, a title, a certificate. No project title, no certificate number.

    ``kind``, ``grade`` and ``action`` are ids of a pack's vocabulary; ``number_digest`` is a keyed digest of the paper's
    number, so that the same paper entered twice is seen without storing the number.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField("事项", max_length=100)
    grade = models.CharField("等级", max_length=50, null=True, blank=True)
    action = models.CharField("办理类型", max_length=50, null=True, blank=True)
    date = models.DateField("日期", null=True, blank=True)
    rank = models.PositiveSmallIntegerField("名次", null=True, blank=True)
    issuer = models.CharField("发文（发证）单位", max_length=200, blank=True)
    number_digest = models.CharField("文号摘要", max_length=64, blank=True)
    particulars = models.JSONField("其他要素", default=dict, blank=True)
    source = models.CharField("来源", max_length=200)
    as_of = models.DateField("数据截至")
    sensitivity = models.CharField("敏感级别", max_length=20, choices=Sensitivity)
    evidence = models.CharField("证据方式", max_length=20, choices=Evidence, null=True, blank=True)
    tag = models.CharField("演示情形", max_length=100, blank=True)

    class Meta:
        ordering = ["date", "kind"]
        indexes = [models.Index(fields=["kind", "date"], name="event_kind_date")]


class PaidAward(Record):
    """What a unit was already paid, under this or another policy; an input of the rules."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="paid_awards")
    policy_slug = models.CharField("政策", max_length=100, blank=True)
    rule = models.CharField("规则", max_length=100)
    amount_fen = models.BigIntegerField("金额（分）")
    date = models.DateField("日期")
    source = models.CharField("来源", max_length=200)
    sensitivity = models.CharField("敏感级别", max_length=20, choices=Sensitivity, default=Sensitivity.INTERNAL)
    evidence = models.CharField("证据方式", max_length=20, choices=Evidence, default=Evidence.DOCUMENT)

    class Meta:
        ordering = ["date"]


class GovernmentUnit(Record):
    """A government unit as a lasting identity; its names and successors are dated rows of their own."""

    region = models.CharField("地区代码", max_length=12)
    key = models.CharField("标识", max_length=60)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="government_unit"
    )
    reports_online = models.BooleanField("在线报送", default=True)

    class Meta:
        ordering = ["region", "key"]
        constraints = [models.UniqueConstraint(fields=["region", "key"], name="one_government_unit")]

    def __str__(self) -> str:
        names = list(self.names.all())
        return names[-1].name if names else self.key


class GovernmentUnitName(Dated):
    """A name a government unit bore, in full and short, from and until when."""

    unit = models.ForeignKey(GovernmentUnit, on_delete=models.PROTECT, related_name="names")
    name = models.CharField("名称", max_length=200)
    short = models.CharField("简称", max_length=100, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta(Dated.Meta):
        ordering = ["unit", F("valid_from").asc(nulls_first=True), "id"]


class Succession(models.Model):
    """Who took over from whom on a day: for everything, or only for one clause of one policy."""

    class Kind(models.TextChoices):
        RENAME = "rename", "更名"
        MERGE = "merge", "合并"
        SPLIT = "split", "分立"
        TRANSFER = "transfer", "职能划转"

    from_unit = models.ForeignKey(GovernmentUnit, on_delete=models.PROTECT, related_name="successions")
    to_unit = models.ForeignKey(GovernmentUnit, on_delete=models.PROTECT, related_name="predecessors")
    kind = models.CharField("方式", max_length=20, choices=Kind)
    date = models.DateField("日期")
    policy_slug = models.CharField("仅就政策", max_length=100, blank=True)
    article = models.CharField("仅就条款", max_length=50, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        ordering = ["date", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="succession_to_another"),
            models.CheckConstraint(condition=Q(article="") | ~Q(policy_slug=""), name="succession_article_of_policy"),
        ]


class UnitClass(models.Model):
    """A class of government units as a document names it, such as 各区、县(市)政府; expanded by a dated list."""

    region = models.CharField("地区代码", max_length=12)
    name = models.CharField("原文名称", max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="one_unit_class")]

    def __str__(self) -> str:
        return self.name


class ClassMember(Dated):
    """A government unit that belongs to a class from and until a day."""

    unit_class = models.ForeignKey(UnitClass, on_delete=models.PROTECT, related_name="members")
    government_unit = models.ForeignKey(GovernmentUnit, on_delete=models.PROTECT, related_name="classes")


class SectorEntry(models.Model):
    """A unit's own published listing in a sector or technology of a policy; never joined with credentials."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sector_entries")
    sector = models.CharField("产业领域", max_length=200)
    technology = models.CharField("技术", max_length=200, blank=True)
    published_on = models.DateField("发布日期")
    source = models.CharField("来源", max_length=200)
    sensitivity = models.CharField("敏感级别", max_length=20, choices=Sensitivity, default=Sensitivity.PUBLIC)
    evidence = models.CharField("证据方式", max_length=20, choices=Evidence, default=Evidence.SELF_REPORTED)

    class Meta:
        ordering = ["sector", "technology", "unit__name"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "sector", "technology"], name="one_sector_entry"),
            models.CheckConstraint(condition=Q(sensitivity="public"), name="sector_entry_is_public"),
        ]
