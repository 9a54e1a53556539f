"""People, organisations, and who acts for whom until when."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from luodi.service.accounts.permissions import Permission
from luodi.service.accounts.roles import ROLES, Role
from luodi.service.records import Record


class User(AbstractUser):
    """A person who signs in; what they may do follows from the membership they act in."""

    display_name = models.CharField("姓名", max_length=100, blank=True)
    is_demo = models.BooleanField("演示账户", default=False)
    password_is_initial = models.BooleanField("使用初始密码", default=False)

    def __str__(self) -> str:
        return self.display_name or self.username


class Organisation(Record):
    """A body that people act for: a government unit or a unit (enterprise, institute, university, park)."""

    class Side(models.TextChoices):
        GOVERNMENT = "government", "政府部门"
        UNIT = "unit", "企业与单位"

    name = models.CharField("名称", max_length=200)
    side = models.CharField("类别", max_length=20, choices=Side)
    region = models.CharField("所属地区代码", max_length=12, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid_on(self, day: dt.date) -> MembershipQuerySet:
        """Memberships in force on a day, both ends included, and not withdrawn."""
        begun, lasting = Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
        return self.filter(begun, lasting, withdrawn_at=None)


class Membership(Record):
    """A person's role in an organisation, with an end date where it is delegated; withdrawn ones are kept."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("角色", max_length=40, choices=[(code, role.name) for code, role in ROLES.items()])
    valid_from = models.DateField("生效日期", null=True, blank=True)
    valid_to = models.DateField("截止日期", null=True, blank=True)
    reason = models.CharField("授予原因", max_length=200, blank=True)
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    withdrawal_reason = models.CharField("撤销原因", max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["organisation__name", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "valid_from"],
                condition=Q(withdrawn_at=None),
                name="one_membership",
            ),
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="known_role"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.as_role.name}"

    @property
    def as_role(self) -> Role:
        """The role with its permissions."""
        return ROLES[self.role]

    @property
    def permissions(self) -> frozenset[Permission]:
        """What this membership allows."""
        return self.as_role.permissions
