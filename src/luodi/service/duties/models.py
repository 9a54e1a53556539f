"""Duties of a policy and those who carry them; milestones, reports, supervision; goals and what is observed of them.

Nothing is removed: a correction is a new version of the row (kept by triggers), a move of a state is a
:class:`Transition`. Dates that count (``*_on``) are business dates; ``recorded_at`` is the machine's time.
"""

from __future__ import annotations

from collections.abc import Callable

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from luodi.service.accounts.models import User
from luodi.service.duties.workflow import LABELS
from luodi.service.policies.models import Policy, PolicyVersion
from luodi.service.records import Record
from luodi.service.registry.models import GovernmentUnit, UnitClass


def _kept(name: str) -> Callable[[type[models.Model]], type[models.Model]]:
    """Keep every version of a row in a history table, by triggers of the database."""
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), model_name=name,
        obj_field=pghistory.ObjForeignKey(related_name="history"),
    )  # fmt: skip


def _person(label: str, *, blank: bool = True) -> models.ForeignKey[User, User]:
    return models.ForeignKey(
        User, on_delete=models.PROTECT, null=blank, blank=blank, related_name="+", verbose_name=label
    )


def _only_added(name: str) -> pgtrigger.Protect:
    """The database refuses to change or remove the rows."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


def _together(who: str, when: str, name: str) -> models.CheckConstraint:
    """Who did it and on which day are set together or not at all."""
    return models.CheckConstraint(
        condition=Q(**{f"{who}__isnull": True, f"{when}__isnull": True})
        | Q(**{f"{who}__isnull": False, f"{when}__isnull": False}),
        name=name,
    )


class Cadence(models.TextChoices):
    """How often progress is reported (报送周期)."""

    NONE = "none", "不定期"
    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季度"


@_kept("DutyHistory")
class Duty(Record):
    """A task (任务) that a policy lays on a lead unit and its participants, with the place of its statement.

    ``span`` is the source place of the clause that names the units (code points, end not included).
    """

    class State(models.TextChoices):
        OPEN = "open", "办理中"
        CLOSING = "closing", "申请办结"
        CLOSED = "closed", "已销号"

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="duties")
    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="duties")
    article = models.CharField("条款", max_length=50)
    order = models.PositiveSmallIntegerField("次序")
    title = models.CharField("任务", max_length=200)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    starts_on = models.DateField("施行日期", null=True, blank=True)
    ends_on = models.DateField("有效期至", null=True, blank=True)
    released = models.BooleanField("进展公开", default=True)
    state = models.CharField("办理状态", max_length=20, choices=State, default=State.OPEN)
    closed_on = models.DateField("销号日期", null=True, blank=True)
    closed_by = _person("销号人")

    class Meta:
        ordering = ["policy", "order"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "article"], name="one_duty_per_article"),
            _together("closed_by", "closed_on", "duty_closed_by_and_on"),
        ]

    def __str__(self) -> str:
        return self.title


class DutyRole(Record):
    """One unit or class of units in a duty, named as the document writes it (原文写法).

    ``unit`` is empty where the name is a class of units (then ``unit_class`` is set) or is not known to the registry.
    """

    class Part(models.TextChoices):
        LEAD = "lead", "牵头"
        PARTICIPANT = "participant", "配合"

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="roles")
    part = models.CharField("责任", max_length=20, choices=Part)
    as_written = models.CharField("原文写法", max_length=200)
    order = models.PositiveSmallIntegerField("次序")
    unit = models.ForeignKey(GovernmentUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="duty_roles")
    unit_class = models.ForeignKey(
        UnitClass, on_delete=models.PROTECT, null=True, blank=True, related_name="duty_roles"
    )
    ended_on = models.DateField("责任终止日期", null=True, blank=True)

    class Meta:
        ordering = ["duty", "part", "order"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "part", "as_written"], name="one_duty_role"),
            models.CheckConstraint(condition=Q(unit=None) | Q(unit_class=None), name="duty_role_unit_or_class"),
        ]


class ReportingCycle(Record):
    """How often a duty is reported from a day on, and its two clocks: parts to the lead, the report to the supervisor.

    Both clocks are days of the month after the period's end; a day of rest moves them to the next working day.
    """

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="cycles")
    cadence = models.CharField("报送周期", max_length=20, choices=Cadence)
    from_day = models.DateField("起始日期")
    parts_day = models.PositiveSmallIntegerField("参与单位报牵头单位（次月几日前）", default=5)
    report_day = models.PositiveSmallIntegerField("牵头单位报督查（次月几日前）", default=10)
    set_by = _person("设定人", blank=False)

    class Meta:
        ordering = ["duty", "from_day"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "from_day"], name="one_cycle_from_day"),
            models.CheckConstraint(
                condition=Q(parts_day__gte=1, parts_day__lt=F("report_day"), report_day__lte=28),
                name="cycle_two_clocks",
            ),
        ]


@_kept("MilestoneHistory")
class Milestone(Record):
    """A dated step (节点) set by the lead; it counts only once the supervisor has accepted it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "待认可"
        ACCEPTED = "accepted", "已认可"
        DONE = "done", "已完成"
        DROPPED = "dropped", "已撤回"

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField("节点", max_length=200)
    weight = models.PositiveSmallIntegerField("权重", default=1)
    first_due = models.DateField("原定日期")
    due = models.DateField("完成时限")
    state = models.CharField("状态", max_length=20, choices=State, default=State.PROPOSED)
    set_by = _person("设定人", blank=False)
    accepted_by = _person("认可人")
    accepted_on = models.DateField("认可日期", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    outcome = models.CharField("完成情况", max_length=300, blank=True)

    class Meta:
        ordering = ["duty", "first_due", "title"]
        constraints = [
            _together("accepted_by", "accepted_on", "milestone_accepted_by_and_on"),
            models.CheckConstraint(
                condition=Q(accepted_by=None) | ~Q(accepted_by=F("set_by")), name="milestone_four_eyes"
            ),
            models.CheckConstraint(condition=~Q(state="done") | Q(done_on__isnull=False), name="milestone_done_on"),
        ]

    def __str__(self) -> str:
        return self.title


class Period(Record):
    """What a report of one period shares: the duty, the period and its text."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="%(class)ss")
    period = models.CharField("报送期", max_length=7)
    text = models.TextField("进展", blank=True)
    no_progress = models.BooleanField("无进展", default=False)
    submitted_on = models.DateField("报送日期", null=True, blank=True)
    submitted_by = _person("报送人")
    first_submitted_on = models.DateField("首次报送日期", null=True, blank=True)

    class Meta:
        abstract = True


@_kept("PartHistory")
class Part(Period):
    """A participant's part (参与单位进展) for a period; it goes to the lead only."""

    class State(models.TextChoices):
        DRAFT = "draft", "填写中"
        SUBMITTED = "submitted", "已报送"
        RETURNED = "returned", "退回修改"
        CONTACTED = "contacted", "联系已办"

    unit = models.ForeignKey(GovernmentUnit, on_delete=models.PROTECT, related_name="parts")
    unit_name = models.CharField("报送时名称", max_length=200)
    state = models.CharField("状态", max_length=20, choices=State, default=State.DRAFT)

    class Meta:
        ordering = ["duty", "period", "unit_name"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "unit", "period"], name="one_part"),
            _together("submitted_by", "submitted_on", "part_submitted_by_and_on"),
        ]


@_kept("JointReportHistory")
class JointReport(Period):
    """The lead's one report (牵头汇总) for a period, from the parts that participants sent."""

    class State(models.TextChoices):
        DRAFT = "draft", "填写中"
        SUBMITTED = "submitted", "已报送"
        RETURNED = "returned", "退回修改"
        ADOPTED = "adopted", "采用"

    behind = models.BooleanField("进度滞后", default=False)
    unit_name = models.CharField("报送时名称", max_length=200)
    state = models.CharField("状态", max_length=20, choices=State, default=State.DRAFT)
    adopted_by = _person("采用人")
    adopted_on = models.DateField("采用日期", null=True, blank=True)

    class Meta:
        ordering = ["duty", "period"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "period"], name="one_joint_report"),
            _together("submitted_by", "submitted_on", "report_submitted_by_and_on"),
            _together("adopted_by", "adopted_on", "report_adopted_by_and_on"),
            models.CheckConstraint(
                condition=Q(adopted_by=None) | ~Q(adopted_by=F("submitted_by")), name="report_four_eyes"
            ),
        ]


class Extension(Record):
    """A lead asks for a later date (延期申请) with a reason; another person decides."""

    class State(models.TextChoices):
        ASKED = "asked", "待审批"
        APPROVED = "approved", "同意延期"
        REFUSED = "refused", "不同意延期"

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="extensions")
    old_due = models.DateField("原时限")
    new_due = models.DateField("申请延至")
    reason = models.CharField("延期理由", max_length=500)
    state = models.CharField("状态", max_length=20, choices=State, default=State.ASKED)
    asked_by = _person("申请人", blank=False)
    asked_on = models.DateField("申请日期")
    decided_by = _person("审批人")
    decided_on = models.DateField("审批日期", null=True, blank=True)
    opinion = models.CharField("审批意见", max_length=500, blank=True)

    class Meta:
        ordering = ["milestone", "asked_on"]
        constraints = [
            models.CheckConstraint(condition=Q(new_due__gt=F("old_due")), name="extension_is_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_reason"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="extension_four_eyes"
            ),
            models.UniqueConstraint(fields=["milestone"], condition=Q(state="asked"), name="one_open_extension"),
        ]


class SlipLevel(models.Model):
    """A step of the supervision ladder (督办层级); words and colours differ by city, so they are rows."""

    region = models.CharField("地区代码", max_length=12, blank=True)
    code = models.CharField("层级", max_length=20)
    name = models.CharField("名称", max_length=20)
    colour = models.CharField(
        "颜色", max_length=10, choices=[("blue", "蓝"), ("yellow", "黄"), ("red", "红"), ("grey", "灰")]
    )
    order = models.PositiveSmallIntegerField("次序")

    class Meta:
        ordering = ["region", "order"]
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="one_slip_level")]

    def __str__(self) -> str:
        return self.name


@_kept("SupervisionSlipHistory")
class SupervisionSlip(Record):
    """A slip (提示单、督办单、限期办结单、通报) from the supervisor to the lead of a duty."""

    class State(models.TextChoices):
        ISSUED = "issued", "待回复"
        REPLIED = "replied", "已回复"
        CLOSED = "closed", "已了结"

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="slips")
    level = models.ForeignKey(SlipLevel, on_delete=models.PROTECT, related_name="slips")
    number = models.CharField("编号", max_length=60, unique=True)
    to_unit = models.ForeignKey(GovernmentUnit, on_delete=models.PROTECT, related_name="slips")
    reason = models.CharField("事由", max_length=500)
    issued_by = _person("签发人", blank=False)
    issued_on = models.DateField("签发日期")
    due = models.DateField("回复时限", null=True, blank=True)
    state = models.CharField("状态", max_length=20, choices=State, default=State.ISSUED)
    reply = models.TextField("回复", blank=True)
    replied_by = _person("回复人")
    replied_on = models.DateField("回复日期", null=True, blank=True)

    class Meta:
        ordering = ["-issued_on", "number"]
        constraints = [_together("replied_by", "replied_on", "slip_replied_by_and_on")]


class Transition(models.Model):
    """One move of one thing from a state to the next: who, for whom, on which business day. Only ever added."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, null=True, blank=True, related_name="transitions")
    goal = models.ForeignKey("Goal", on_delete=models.PROTECT, null=True, blank=True, related_name="transitions")
    workflow = models.CharField("对象", max_length=20)
    record = models.UUIDField("记录")
    subject = models.CharField("内容", max_length=200)
    move = models.CharField("操作", max_length=30)
    from_state = models.CharField("原状态", max_length=20, blank=True)
    to_state = models.CharField("新状态", max_length=20)
    by = _person("操作人", blank=False)
    organisation = models.CharField("单位", max_length=200)
    on = models.DateField("业务日期")
    at = models.DateTimeField("记录时间", auto_now_add=True)
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["duty", "-on"], name="transition_duty_on")]
        triggers = [_only_added("transition_stays")]

    @property
    def label(self) -> str:
        """The move in words."""
        return LABELS.get((self.workflow, self.move), self.move)


class StateOn(models.Model):
    """The colour a duty got on a day, with the version of the rule that gave it. Only ever added."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="states")
    on = models.DateField("业务日期")
    code = models.CharField("状态", max_length=20)
    word = models.CharField("显示", max_length=40)
    reason = models.CharField("理由", max_length=300)
    rule_version = models.CharField("规则版本", max_length=20)
    at = models.DateTimeField("记录时间", auto_now_add=True)

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["duty", "-on"], name="state_duty_on")]
        triggers = [_only_added("state_stays")]


@_kept("GoalHistory")
class Goal(Record):
    """A goal (目标) of a policy: a number with its deadline, or a statement to be shown with evidence."""

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="goals")
    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="goals")
    article = models.CharField("条款", max_length=50)
    order = models.PositiveSmallIntegerField("次序")
    quantified = models.BooleanField("量化目标")
    name = models.CharField("目标", max_length=300)
    operator = models.CharField("比较", max_length=10, blank=True)
    target = models.DecimalField("目标值", max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField("计量单位", max_length=20, blank=True)
    deadline = models.DateField("完成期限", null=True, blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    reporter = models.ForeignKey(
        GovernmentUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="goals", verbose_name="填报单位"
    )
    ambiguity = models.CharField("口径编号", max_length=20, blank=True)

    class Meta:
        ordering = ["policy", "order"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "article", "name", "operator"], name="one_goal"),
            models.CheckConstraint(
                condition=Q(quantified=False, target=None) | Q(quantified=True, target__isnull=False),
                name="goal_number_or_statement",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Measure(Record):
    """One candidate definition (口径) of a quantified goal, with its own base; the register says which is adopted."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="measures")
    code = models.CharField("口径", max_length=40)
    order = models.PositiveSmallIntegerField("次序")
    label = models.CharField("说明", max_length=200)
    base = models.DecimalField("基数", max_digits=18, decimal_places=4, null=True, blank=True)
    base_on = models.DateField("基数日期", null=True, blank=True)
    base_source = models.CharField("基数来源", max_length=200, blank=True)

    class Meta:
        ordering = ["goal", "order"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "code"], name="one_measure"),
            models.CheckConstraint(
                condition=Q(base=None, base_on=None) | Q(base__isnull=False, base_on__isnull=False),
                name="measure_base_and_day",
            ),
        ]


@_kept("ObservationHistory")
class Observation(Record):
    """What a unit reports of a goal as of a day (数据截至), with its basis; another person attests it."""

    class State(models.TextChoices):
        REPORTED = "reported", "待确认"
        ATTESTED = "attested", "已确认"
        RETURNED = "returned", "退回修改"

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="observations")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="observations")
    value = models.DecimalField("完成值", max_digits=18, decimal_places=4, null=True, blank=True)
    statement = models.TextField("完成情况", blank=True)
    as_of = models.DateField("数据截至")
    basis = models.CharField("认定依据", max_length=300)
    state = models.CharField("状态", max_length=20, choices=State, default=State.REPORTED)
    unit_name = models.CharField("填报单位", max_length=200)
    reported_by = _person("填报人", blank=False)
    reported_on = models.DateField("填报日期")
    attested_by = _person("确认人")
    attested_on = models.DateField("确认日期", null=True, blank=True)
    opinion = models.CharField("确认意见", max_length=500, blank=True)

    class Meta:
        ordering = ["goal", "-as_of", "-recorded_at"]
        constraints = [
            _together("attested_by", "attested_on", "observation_attested_by_and_on"),
            models.CheckConstraint(
                condition=Q(attested_by=None) | ~Q(attested_by=F("reported_by")), name="observation_four_eyes"
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="observation_has_basis"),
            models.CheckConstraint(
                condition=Q(value__isnull=False, measure__isnull=False)
                | Q(value=None, measure=None) & ~Q(statement=""),
                name="observation_number_or_statement",
            ),
        ]
