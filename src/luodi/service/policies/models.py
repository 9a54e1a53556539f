"""Policies as they run here: packs in versions, confirmed by one person and published by a second, then frozen."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from luodi.policy.decisions import standing
from luodi.service.records import Record


class Policy(Record):
    """A policy in a region; what it says stands in its versions."""

    slug = models.SlugField("标识", max_length=100, unique=True)
    region = models.CharField("地区代码", max_length=12)
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("发文字号", max_length=100, blank=True)
    issuer = models.CharField("发文机关", max_length=200, blank=True)

    class Meta:
        ordering = ["region", "slug"]

    def __str__(self) -> str:
        return self.title


class PolicyVersion(Record):
    """One pack of a policy, in one state of :mod:`.workflow`.

    Its content changes while it is a draft; once submitted it stands still, and once published only its withdrawal may
    still be recorded; a draft that comes to nothing is discarded and kept. The database sees to both, and to it that whoever edited last does not publish.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        LEGAL_CHECK = "legal_check", "合法性审核中"
        TO_SIGN = "to_sign", "待签发"
        SIGNED = "signed", "已签发、待发布"
        PUBLISHED = "published", "已发布"
        WITHDRAWN = "withdrawn", "已撤回发布"
        DISCARDED = "discarded", "草稿已作废"

    SUBMITTED = ("legal_check", "to_sign", "signed")

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("版本号")
    pack = models.JSONField("政策包")
    pack_digest = models.CharField("政策包摘要", max_length=64)
    status = models.CharField("状态", max_length=20, choices=Status, default=Status.DRAFT)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="确认人",
    )
    confirmed_at = models.DateField("确认日期", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="发布人",
    )
    published_at = models.DateField("发布日期", null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="最后编辑人",
    )

    class Meta:
        ordering = ["policy", "number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="one_policy_version"),
            models.UniqueConstraint(
                fields=["policy"], condition=Q(status="published"), name="one_published_version_of_policy"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(published_by=None) | ~Q(confirmed_by=F("published_by")),
                name="confirmed_and_published_by_two",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "discarded"])
                | Q(status__in=["legal_check", "to_sign", "signed"], confirmed_by__isnull=False,
                    confirmed_at__isnull=False)
                | Q(confirmed_by__isnull=False, published_by__isnull=False, confirmed_at__isnull=False,
                    published_at__isnull=False),
                name="published_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(edited_by=None) | Q(published_by=None) | ~Q(edited_by=F("published_by")),
                name="last_editor_does_not_publish",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(
                name="published_version_is_frozen",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__status__in=["published", "withdrawn"]),
                func="""
                    IF NEW.pack::text <> OLD.pack::text OR NEW.number <> OLD.number OR NEW.policy_id <> OLD.policy_id
                       OR NEW.pack_digest <> OLD.pack_digest OR NEW.confirmed_by_id <> OLD.confirmed_by_id
                       OR NEW.published_by_id <> OLD.published_by_id OR NEW.confirmed_at <> OLD.confirmed_at
                       OR NEW.published_at <> OLD.published_at OR NEW.status = 'draft'
                       OR (OLD.status = 'withdrawn' AND NEW.status <> 'withdrawn') THEN
                        RAISE EXCEPTION 'a published policy version is frozen';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="submitted_version_stands_still",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__status__in=["legal_check", "to_sign", "signed", "discarded"]),
                func="""
                    IF (OLD.status = 'discarded' AND NEW.status <> 'discarded') OR NEW.pack::text <> OLD.pack::text OR NEW.number <> OLD.number OR NEW.policy_id <> OLD.policy_id
                       OR NEW.pack_digest <> OLD.pack_digest OR NEW.edited_by_id IS DISTINCT FROM OLD.edited_by_id THEN
                        RAISE EXCEPTION 'a submitted policy version stands still';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="policy_version_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.policy} 第{self.number}版"

    def standing_decisions(self) -> dict[str, FactDecision]:
        """The decision that counts on each fact, rule and question of the workbench, by its key."""
        return standing(self.decisions.select_related("by", "inherited_from"))


class PolicyText(Record):
    """The official text of a version, loaded by an officer and checked by digest; at most one."""

    policy_version = models.OneToOneField(PolicyVersion, on_delete=models.PROTECT, related_name="text")
    text = models.TextField("原文")
    sha256 = models.CharField("文件摘要", max_length=64)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    notice = models.CharField("说明", max_length=500, blank=True)
    located = models.JSONField("本副本中的位置", null=True, blank=True)  # articles and facts where the bytes differ


class AmbiguityAnswer(Record):
    """An official answer (官方答复) to an open reading; a later answer stands beside the earlier one, not over it."""

    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="answers")
    ambiguity = models.CharField("口径编号", max_length=50)
    option = models.CharField("答复", max_length=100)
    paper = models.CharField("答复文号", max_length=200)
    answered_by = models.CharField("答复机关", max_length=200, blank=True)
    effective_from = models.DateField("起始日期")
    retroactive = models.BooleanField("适用于此前事项", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    copied_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="沿用自"
    )

    class Meta:
        ordering = ["ambiguity", "effective_from", "recorded_at"]
        constraints = [models.UniqueConstraint(fields=["policy_version", "copied_from"], name="answer_copied_once")]


class ClauseLink(Record):
    """A link that an officer recorded (文件关联): a clause of this policy to a clause of another paper; ended, never deleted."""

    class Relation(models.TextChoices):
        BASIS = "basis", "上位依据（本文以它为依据）"
        DETAILS = "details", "细化（本文细化它）"
        AMENDS = "amends", "修改（本文修改它）"
        EXECUTES = "executes", "执行（本文执行它）"

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="links")
    article = models.CharField("本文条款", max_length=100, blank=True)
    relation = models.CharField("关系", max_length=20, choices=Relation)
    other = models.ForeignKey(Policy, on_delete=models.PROTECT, null=True, blank=True, related_name="linked")
    other_title = models.CharField("对方标题", max_length=300, blank=True)
    other_number = models.CharField("对方文号", max_length=100, blank=True)
    other_article = models.CharField("对方条款", max_length=100, blank=True)
    taken = models.CharField("取用内容", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="登记人")
    ended_on = models.DateField("撤下日期", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_why = models.CharField("撤下原因", max_length=200, blank=True)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(other__isnull=False) | ~Q(other_title=""), name="link_names_a_paper"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | (Q(ended_by__isnull=False) & ~Q(ended_why="")), name="ended_link_says_why"
            ),
        ]
        triggers = [pgtrigger.Protect(name="clause_link_stays", operation=pgtrigger.Delete)]


class Call(Record):
    """A call for claims (申报通知) of a policy's items: window, desk and papers, drafted by one and released by another.

    What it says is fixed from the draft on; a wrong one is withdrawn and drafted anew.
    """

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="calls")
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("文号", max_length=100, blank=True)
    items = models.JSONField("事项条款", default=list)  # addresses of items; none: all items of the policy
    opens = models.DateField("开始日期")
    closes = models.DateField("截止日期")
    channel = models.CharField("申报方式", max_length=300)
    materials = models.TextField("申报材料", max_length=2000)
    desk = models.CharField("受理单位", max_length=200)
    address = models.CharField("受理地址", max_length=300, blank=True)
    phone = models.CharField("咨询电话", max_length=100)
    note = models.TextField("其他事项", max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="起草人")
    organisation = models.CharField("发布单位", max_length=200, blank=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="发布人",
    )
    ended_on = models.DateField("撤回日期", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_why = models.CharField("撤回原因", max_length=200, blank=True)

    class Meta:
        ordering = ["-opens", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gte=F("opens")), name="call_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | (Q(ended_by__isnull=False) & ~Q(ended_why="")), name="ended_call_says_why"
            ),
            models.CheckConstraint(
                condition=Q(published_on=None, released_by=None)
                | (Q(published_on__isnull=False, released_by__isnull=False) & ~Q(released_by=F("by"))),
                name="call_released_by_another",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="call_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="drafted_call_stands", operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=["published_on", "released_by", "ended_on", "ended_by", "ended_why", "version"]
                ),
            ),
            pgtrigger.Protect(
                name="released_call_stands", operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__published_on__isnull=False)
                & (pgtrigger.Q(old__published_on__df=pgtrigger.F("new__published_on"))
                   | pgtrigger.Q(old__released_by__df=pgtrigger.F("new__released_by"))),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


def _only_added(name: str) -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)]


class ScreenedText(Record):
    """The text of an uploaded file that passed the screen and waits to be read into facts by a job; never changed."""

    text = models.TextField("原文")
    kind = models.CharField("格式", max_length=20)
    name = models.CharField("文件名", max_length=300)
    sha256 = models.CharField("文件摘要", max_length=64)
    notes = models.JSONField("读取时的说明", default=list)
    region = models.CharField("地区代码", max_length=12, blank=True)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="上传人")
    organisation = models.CharField("单位", max_length=200, blank=True)

    class Meta:
        triggers = _only_added("screened_text_stays")


class Reckoning(Record):
    """Whom an open reading touches, or what an answer to it would change, in a region too large for a page (口径测算)."""

    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="reckonings")
    ambiguity = models.CharField("口径编号", max_length=50)
    answer = models.JSONField("拟登记的答复", null=True)  # None: whom the question touches
    business_date = models.DateField("业务日期")
    found = models.JSONField("测算结果")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="测算人"
    )

    class Meta:
        triggers = _only_added("reckoning_stays")


class Proposal(Record):
    """What the compiler proposed for a version that was made in the workbench (工作台), as it stood; never changed."""

    policy_version = models.OneToOneField(PolicyVersion, on_delete=models.PROTECT, related_name="proposal")
    pack = models.JSONField("识别结果")
    head = models.JSONField("文首要素的位置")  # field → article, span, confidence
    follows = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="上一版"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="上传人")
    organisation = models.CharField("单位", max_length=200, blank=True)

    class Meta:
        triggers = _only_added("proposal_stays")


class FactDecision(Record):
    """What a person decided about one fact, and what it said before and after; a later one stands beside it.

    ``inherited_from``: taken over from that version (沿用), where ``by`` decided so on ``decided_on``; ``to_be_seen``: the
    fact is the same but a person has still to look at it.
    """

    class Verdict(models.TextChoices):
        ACCEPT = "accept", "采纳"
        CORRECT = "correct", "更正"
        DOUBT = "doubt", "存疑"
        REJECT = "reject", "不采纳"
        ADD = "add", "补充"
        ENTER = "enter", "补录"
        NOT_STATED = "not_stated", "本文未规定"
        UNDO = "undo", "撤销"

    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="decisions")
    key = models.CharField("事实", max_length=100)
    verdict = models.CharField("结论", max_length=20, choices=Verdict)
    before = models.JSONField("原为", null=True, blank=True)
    after = models.JSONField("改为", null=True, blank=True)
    note = models.CharField("说明", max_length=1000, blank=True)
    bulk = models.BooleanField("批量", default=False)
    looked_at = models.BooleanField("逐条看过", default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="核对人")
    inherited_from = models.ForeignKey(
        PolicyVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="沿用自"
    )
    decided_on = models.DateField("当时核对的日期", null=True, blank=True)
    to_be_seen = models.BooleanField("沿用待看", default=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(inherited_from=None) | Q(decided_on__isnull=False),
                                   name="inherited_decision_has_its_day"),
            models.CheckConstraint(condition=Q(verdict__in=["accept", "correct", "doubt", "reject", "add", "enter",
                                                            "not_stated", "undo"]), name="known_verdict"),
            models.CheckConstraint(condition=~Q(verdict__in=["doubt", "reject"]) | ~Q(note=""), name="doubt_has_a_note"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["policy_version", "key"], name="decision_of_fact")]
        triggers = _only_added("fact_decision_stays")


class VersionStep(Record):
    """One step of a version on its way to publication, with its paper and words; the history is only added to."""

    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="steps")
    move = models.CharField("步骤", max_length=40)
    source = models.CharField("原状态", max_length=20)
    target = models.CharField("新状态", max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="办理人")
    organisation = models.CharField("单位", max_length=200, blank=True)
    note = models.TextField("意见、说明", blank=True)
    paper = models.CharField("文号", max_length=200, blank=True)
    fair_competition = models.CharField("公平竞争审查", max_length=200, blank=True)
    day = models.DateField("日期")

    class Meta:
        ordering = ["recorded_at", "id"]
        triggers = _only_added("version_step_stays")
