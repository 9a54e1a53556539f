"""What audit events are called on pages: actions and the particulars kept with them. The log itself keeps the codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

ACTIONS = {
    "account.added": "开立账户",
    "account.locked": "停用账户",
    "account.password_changed": "修改密码",
    "account.password_renewed": "重发初始密码",
    "account.recovery_codes_renewed": "更换恢复码",
    "account.second_factor_off": "关闭第二重验证",
    "account.second_factor_on": "开启第二重验证",
    "account.second_factor_withdrawn": "撤销第二重验证",
    "account.unlocked": "启用账户",
    "awards.determined": "出具测算单",
    "awards.evaluated": "测算全部单位",
    "awards.exported": "导出测算汇总",
    "awards.scenario_saved": "保存模拟方案",
    "awards.scenario_shared": "共享模拟方案",
    "demo.loaded": "载入演示数据",
    "demo.passwords_set": "设定演示账户口令",
    "duties.adopt": "政策列入责任看板",
    "duties.export": "导出责任分解表",
    "duties.goal.measures": "登记目标的可选口径",
    "jobs.parked": "后台任务搁置",
    "jobs.queued": "发起后台任务",
    "jobs.queued_again": "后台任务重新排队",
    "membership.added": "授予身份",
    "membership.refused": "拒绝授予身份",
    "membership.withdrawn": "撤销身份",
    "policy.exported": "导出政策包",
    "papers.export": "导出文书",
    "policy.ambiguity_answered": "登记官方答复",
    "policy.call_drafted": "起草申报通知",
    "policy.call_ended": "撤回申报通知",
    "policy.call_published": "发布申报通知",
    "policy.confirmed": "确认政策包",
    "policy.fact_decided": "处理一条事实",
    "policy.facts_decided_in_bulk": "批量核对事实",
    "policy.rules_set_in_bulk": "一起设定测算规则",
    "policy.link_added": "登记文件关联",
    "policy.link_ended": "撤下文件关联",
    "policy.published": "发布政策",
    "policy.step_discard": "作废草稿",
    "policy.step_pass": "合法性审核通过",
    "policy.step_publish": "办理发布",
    "policy.step_refused": "拒绝办理（同一人）",
    "policy.step_return": "退回修改（审核）",
    "policy.step_return_signed": "退回修改（发布）",
    "policy.step_return_unsigned": "退回修改（签发）",
    "policy.step_sign": "签发",
    "policy.step_submit": "提交合法性审核",
    "policy.step_take_back": "撤回提交",
    "policy.step_withdraw": "办理撤回发布",
    "policy.text_loaded": "载入政策原文",
    "policy.text_refused": "拒收文件",
    "policy.uploaded": "上传政策文件",
    "policy.version_added": "新增政策包版本",
    "policy.withdrawn": "撤回发布",
    "registry.government_loaded": "载入政府部门",
    "registry.population_loaded": "载入登记单位",
    "restricted.read": "查看受限信息",
}
AREAS = {
    "policy": "政策", "duties": "责任和目标", "awards": "测算", "papers": "文书", "registry": "登记信息", "restricted": "受限信息",
    "account": "账户", "membership": "身份", "jobs": "后台任务", "demo": "演示数据",
}  # fmt: skip
"""What actions are about, by the first part of their code."""
_FLOWS = {
    "duty": "责任", "milestone": "节点", "cycle": "报送周期", "part": "参与单位进展", "report": "牵头汇总进展",
    "extension": "延期", "slip": "督办单", "observation": "目标完成值",
}  # fmt: skip
PARTICULARS = {
    "policy": "政策", "slug": "政策", "version": "版本", "number": "版本", "business_date": "业务日期", "on": "日期",
    "units": "单位数", "rows": "行数", "events": "事项数", "input_digest": "输入摘要", "digest": "摘要",
    "rules_digest": "规则摘要", "verdict_digest": "结论摘要", "smallest_figure": "最少单位数", "kind": "种类",
    "title": "标题", "tries": "已试次数", "error_number": "错误编号", "region": "地区", "stage": "阶段", "state": "状态",
    "label": "步骤", "of": "对象", "first": "首个版本", "name": "名称", "changes": "改动", "shared": "共享",
    "username": "账户", "role": "角色", "organisation": "单位", "ambiguity": "口径", "option": "选项", "paper": "文号",
    "goal": "目标", "duty": "责任", "accounts": "账户数", "reason": "原因", "facts": "事实数", "not_looked_at": "未看过", "source": "原状态", "target": "新状态", "format": "格式",
    "diagnostics": "提示数", "recognised": "识别的段数", "key": "事实", "verdict": "处理", "count": "处数", "engine": "计算引擎", "goals": "目标数",
    "duties": "任务数", "known": "已知账户", "replaced_by": "由哪一版接替", "taken_over": "沿用条数", "relation": "关系", "retroactive": "适用于此前",
    "effective_from": "起始日期", "article": "条款", "opens": "开始", "closes": "截止", "same_bytes": "字节相同", "valid_from": "起", "valid_to": "止",
    "user": "账户", "kinds": "标记", "notice": "说明", "sha256": "文件摘要",
}  # fmt: skip

_STATES = {
    "draft": "填写中", "submitted": "已报送", "returned": "退回修改", "contacted": "联系已办", "adopted": "采用", "asked": "待审批",
    "approved": "同意", "refused": "不同意", "issued": "待回复", "replied": "已回复", "closed": "已了结", "reported": "待确认",
    "attested": "已确认", "proposed": "待认可", "accepted": "已认可", "done": "已完成", "dropped": "已撤回", "open": "办理中",
    "closing": "申请办结", "legal_check": "合法性审核中", "to_sign": "待签发", "signed": "已签发、待发布", "published": "已发布",
    "withdrawn": "已撤回发布", "discarded": "草稿已作废",
}  # fmt: skip
_VALUES = {
    "state": _STATES, "source": _STATES, "target": _STATES, "engine": {"duckdb": "DuckDB", "postgres": "PostgreSQL"},
    "verdict": {"accept": "采纳", "correct": "更正", "doubt": "存疑", "reject": "不采纳", "add": "补充", "enter": "补录",
                "not_stated": "本文未规定"},
    "reason": {"marked": "带保密或内部标志", "digest": "与政策包不是同一文本", "encrypted": "加了密码", "zip-bomb": "疑似压缩炸弹", "not-text": "不是文本",
               "scanned": "扫描件", "image": "图片", "damaged": "已损坏", "legacy-office": "旧版 Office 文件", "other-kind": "其他格式",
               "too-large": "过大", "empty": "空文件", "ocr-missing": "没有识别程序"},
    "stage": {"accounts": "账户", "government": "政府部门", "registry": "登记单位", "policies": "政策", "duties": "责任和目标",
              "evaluation": "测算"},
}  # fmt: skip
_IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}")


def action_words(action: str, data: Mapping[str, Any]) -> str:
    """An action in words; a step of a workflow carries its own word. An action of an older release keeps its code."""
    app, _, rest = action.partition(".")
    flow = rest.partition(".")[0]
    if action not in ACTIONS and app == "duties" and flow in _FLOWS and "label" in data:
        return f"{_FLOWS[flow]}：{data['label']}"
    return ACTIONS.get(action, action)


def particulars(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What was kept with an event: name and value in words, digests shortened, what was left blank left out."""
    for name, value in data.items():
        if value != "":
            yield PARTICULARS.get(name, name), _shown(name, value)


def _shown(name: str, value: Any) -> str:
    match value:
        case None:
            return "—"
        case bool():
            return "是" if value else "否"
        case list() if name == "state":
            return " → ".join(_shown(name, each) for each in value if each)
        case list():
            return "、".join(map(str, value))
        case str() if name.endswith(("digest", "sha256")):
            return f"{value[:16]}…"
        case str() if _IDENTIFIER.fullmatch(value):
            return f"{value[:8]}…"
    return _VALUES.get(name, {}).get(value, str(value))
