"""What can be done, as one enum; roles list them (:mod:`luodi.service.accounts.roles`)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from luodi.errors import UsageError


class Permission(StrEnum):
    """One permission each; the value is what people read."""

    VIEW_WORKBENCH = "进入政策工作台"
    EDIT_POLICY = "上传政策、核对事实"
    CHECK_LEGALITY = "合法性审核"
    SIGN_POLICY = "签发政策"
    PUBLISH_POLICY = "发布政策"
    VIEW_REFUSALS = "查看保密拒收记录"
    LOAD_POLICY_TEXT = "载入政策原文"
    ANSWER_AMBIGUITY = "登记官方答复"
    SET_MILESTONES = "设定责任节点"
    FILE_JOINT_REPORT = "报送牵头汇总进展"
    SEND_PART = "报送本单位进展"
    SUPERVISE = "督查督办"
    REPORT_GOAL = "填报目标完成值"
    ATTEST_GOAL = "确认目标完成值"
    VIEW_ENTITLED = "查看测算名单"
    VIEW_TOTALS = "查看测算汇总"
    EXPORT = "导出"
    PUBLISH_CALL = "发布申报通知"
    LINK_PAPERS = "登记文件关联"
    READ_MANUAL = "查看工作手册"
    VIEW_REGISTRY = "查看单位登记信息"
    VIEW_RESTRICTED_FACTS = "查看受限信息"
    VIEW_OWN_UNIT = "查看本单位"
    VIEW_AUDIT = "查看审计记录"
    MANAGE_ACCOUNTS = "管理账户"
    MANAGE_SYSTEM = "管理系统"


class SamePerson(UsageError):
    """A step was refused because the same person took an earlier one."""


def four_eyes(by: Any, others: dict[str, Any], act: str) -> None:
    """Refuse ``act`` by a person who did an earlier part (四眼); ``others`` names the parts: word → user id.

    Raises:
        SamePerson: it is.
    """
    done = [word for word, user in others.items() if user is not None and user == by.pk]
    if done:
        raise SamePerson(f"您是这一版的{'、'.join(done)}，不能由同一人{act}。请由另一人办理。")
