"""What each kind of user does first (首屏): three doors, and what waits for the role that a person acts in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from luodi.service.accounts.permissions import Permission as P


@dataclass(frozen=True)
class Step:
    """One thing to do: words, address, and the permission that opens it (None: everybody)."""

    words: str
    address: str
    hint: str = ""
    needs: P | None = None


@dataclass(frozen=True)
class Door:
    """One of the three doors of the first page."""

    key: str
    name: str
    lead: str
    steps: tuple[Step, ...]


DOORS = (
    Door("unit", "企业与单位", "三分钟看看本单位可能享受什么、还差什么、到哪里办。", (
        Step("开始政策测算", "/calculator/", "不用登录；答案只留在本机浏览器"),
        Step("申报通知：到什么时候、到哪里办", "/calls/"),
        Step("我的单位：预计可享和待补信息", "/my/", "申报专员、法定代表人", P.VIEW_OWN_UNIT),
        Step("看政策原文和奖补标准", "/policies/"),
    )),
    Door("government", "政府部门", "报送进展、设定节点、督办、查看测算名单和汇总。", (
        Step("政策工作台：上传、核对、审签、发布", "/workbench/", "一人核对，另一人发布", P.VIEW_WORKBENCH),
        Step("责任看板：谁牵头、到哪一步", "/duties/", "未设节点的不标红"),
        Step("目标进展：目标值、完成值、缺口", "/goals/"),
        Step("测算名单", "/entitled/", "谁可享、依据哪一条", P.VIEW_ENTITLED),
        Step("测算汇总", "/totals/", "少于 5 家的不显示", P.VIEW_TOTALS),
        Step("政策库：口径登记、载入原文", "/policies/", "", P.ANSWER_AMBIGUITY),
        Step("账户与授权", "/people/", "三员分立，不相容岗位不由一人担任", P.MANAGE_ACCOUNTS),
        Step("审计记录", "/audit/", "核验审计链", P.VIEW_AUDIT),
    )),
    Door("public", "公众", "看政策说了什么、落实到哪一步；不用登录。", (
        Step("政策库", "/policies/", "每个数字都能定位到原文"),
        Step("申报通知", "/calls/", "剩余工作日、受理单位、材料"),
        Step("责任看板和目标进展", "/duties/"),
        Step("产业领域和技术", "/sectors/"),
    )),
)  # fmt: skip

_WAITING = (
    Step("上传并核对政策，提交审核", "/workbench/", "", P.EDIT_POLICY),
    Step("审核待办的政策", "/workbench/", "", P.CHECK_LEGALITY),
    Step("签发待办的政策", "/workbench/", "", P.SIGN_POLICY),
    Step("处理带密级、内部标志的拒收文件", "/refusals/", "", P.VIEW_REFUSALS),
    Step("本单位：预计可享的奖补和还差的信息", "/my/", "", P.VIEW_OWN_UNIT),
    Step("设定本单位牵头任务的节点，汇总报送进展", "/duties/", "", P.FILE_JOINT_REPORT),
    Step("向牵头单位报送本单位部分", "/duties/", "", P.SEND_PART),
    Step("处理未报送、逾期和延期申请", "/duties/", "", P.SUPERVISE),
    Step("确认各单位填报的目标完成值", "/goals/", "", P.ATTEST_GOAL),
    Step("查看测算名单：谁可享、依据哪一条", "/entitled/", "", P.VIEW_ENTITLED),
    Step("起草、审核发布、撤回申报通知", "/calls/", "", P.PUBLISH_CALL),
    Step("登记口径的官方答复", "/policies/", "", P.ANSWER_AMBIGUITY),
    Step("查看测算汇总", "/totals/", "", P.VIEW_TOTALS),
    Step("开立账户，授予、撤销身份，停用账户", "/people/", "", P.MANAGE_ACCOUNTS),
    Step("核验审计链", "/audit/", "", P.VIEW_AUDIT),
    Step("查看后台任务：进展、结果，搁置的重新排队", "/jobs/", "", P.MANAGE_SYSTEM),
    Step("查工作手册：在政策页的“文书”下，有条件、材料和办理时限", "/policies/", "", P.READ_MANUAL),
)


def doors(may: Collection[P]) -> list[Door]:
    """The doors with the steps that a person may take."""
    return [Door(d.key, d.name, d.lead, tuple(s for s in d.steps if s.needs is None or s.needs in may)) for d in DOORS]


def first_steps(may: Collection[P]) -> list[Step]:
    """What the role in use does here, most pressing first."""
    return [step for step in _WAITING if step.needs in may]
