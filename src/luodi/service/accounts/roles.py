"""Roles: each lists its permissions and describes itself to people."""

from __future__ import annotations

from dataclasses import dataclass

from luodi.service.accounts.permissions import Permission as P


@dataclass(frozen=True)
class Role:
    """``code`` is stored, ``name`` is shown, ``side`` is the kind of organisation it exists in."""

    code: str
    name: str
    english: str
    side: str
    permissions: frozenset[P]
    does: str


def _role(code: str, name: str, english: str, side: str, does: str, *permissions: P) -> tuple[str, Role]:
    return code, Role(code, name, english, side, frozenset(permissions), does)


_READ = (P.VIEW_TOTALS,)
ROLES: dict[str, Role] = dict([
    _role("claims_clerk", "申报专员", "claims clerk", "unit", "为本单位测算、申报。", P.VIEW_OWN_UNIT),
    _role("legal_representative", "法定代表人", "legal representative", "unit", "查看并确认本单位事项。", P.VIEW_OWN_UNIT),
    _role("lead_officer", "牵头单位经办", "handler of the lead unit", "government",
          "上传、核对、发布政策，发布申报通知，设定节点，汇总报送牵头任务，查看测算名单和汇总。",
          P.SET_MILESTONES, P.FILE_JOINT_REPORT, P.SEND_PART, P.REPORT_GOAL, P.VIEW_ENTITLED, P.VIEW_REGISTRY, P.EXPORT,
          P.LOAD_POLICY_TEXT, P.ANSWER_AMBIGUITY, P.VIEW_WORKBENCH, P.EDIT_POLICY, P.PUBLISH_POLICY, *_READ, P.READ_MANUAL, P.LINK_PAPERS, P.PUBLISH_CALL),
    _role("liaison", "联络员", "liaison of a participating unit", "government",
          "向牵头单位报送本单位部分；本单位牵头的任务由其汇总。",
          P.SEND_PART, P.FILE_JOINT_REPORT, P.SET_MILESTONES, P.REPORT_GOAL, P.READ_MANUAL),
    _role("legal_reviewer", "合法性审核", "legal reviewer", "government", "审核政策文本和规则，填写审核意见和公平竞争审查。",
          P.VIEW_WORKBENCH, P.CHECK_LEGALITY, P.READ_MANUAL, P.LINK_PAPERS),
    _role("leader", "分管领导", "leader in charge", "government", "签发政策，查看看板、目标和汇总。", *_READ, P.ATTEST_GOAL,
          P.VIEW_WORKBENCH, P.SIGN_POLICY, P.READ_MANUAL),
    _role("supervisor", "督查员", "supervisor", "government", "发督办单、退回、延期、办结、通报。", P.SUPERVISE, P.EXPORT, *_READ, P.READ_MANUAL),
    _role("competent_authority", "归口管理部门", "competent authority", "government",
          "确认须由主管部门确认的事项。", P.VIEW_RESTRICTED_FACTS, P.ATTEST_GOAL, P.READ_MANUAL),
    _role("secrecy_reviewer", "保密审查员", "secrecy reviewer", "government", "发布前审查，处理带密级、内部标志的拒收文件。",
          P.VIEW_RESTRICTED_FACTS, P.VIEW_REFUSALS),
    _role("intake", "受理人", "intake", "government", "起草、审核发布申报通知，受理申报。", P.VIEW_REGISTRY, P.READ_MANUAL, P.PUBLISH_CALL),
    _role("first_review", "初审", "first review", "government", "初审申报。", P.VIEW_REGISTRY, P.READ_MANUAL),
    _role("second_review", "复核", "second review", "government", "复核申报。", P.VIEW_REGISTRY, *_READ, P.READ_MANUAL),
    _role("final_approval", "审定", "final approval", "government", "审定兑现。", P.VIEW_REGISTRY, *_READ, P.READ_MANUAL),
    _role("payment", "财务拨付", "payment", "government", "拨付资金。", *_READ, P.READ_MANUAL),
    _role("system_admin", "系统管理员", "system administrator", "government", "管理系统设置。", P.MANAGE_SYSTEM),
    _role("security_admin", "安全管理员", "security administrator", "government", "管理账户和授权。", P.MANAGE_ACCOUNTS),
    _role("audit_admin", "审计管理员", "audit administrator", "government", "查看和核验审计记录。", P.VIEW_AUDIT),
])  # fmt: skip
