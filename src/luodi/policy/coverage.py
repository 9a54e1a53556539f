"""Silent or not recognised: what a paper says of each kind, and where it seems to speak of it though no fact was read.

``stated``: facts were found. ``silent`` (本文未规定): no word of the text points to the kind. ``unrecognised`` (未识别): words
point to it and no fact came of them; a diagnostic names the place. The three are different answers to the same empty list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from luodi.document.tree import Document
from luodi.policy import facts as f
from luodi.policy import provisions as p
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.facts import Fact

Status = Literal["stated", "silent", "unrecognised"]

_KINDS: dict[str, tuple[type[Fact], re.Pattern[str], str]] = {
    "validity": (
        f.Validity,
        re.compile(r"(?:自|从)[^。;\n]{2,30}(?:起|日)(?:施行|实施|执行|生效)|本[^。;\n]{2,10}有效期"),
        "施行日期或有效期",
    ),
    "repeals": (f.Repeal, re.compile(r"》[^。;\n]{0,30}(?:同时|即行|予以|自行)废止"), "废止的文件"),
    "duties": (
        f.Duty,
        re.compile(
            r"(?:责任|牵头|配合|主办|协办)(?:单位|部门)\s*:|(?:任务|责任|职责|部门)分工(?!负责|落实|做好|抓好)"
            r"|由[^,。;\n]{2,20}(?<=[局委办厅部署院府会])牵头"
        ),
        "责任单位",
    ),
    "goals": (f.Goal, re.compile(r"到20\d\d年[^。\n]{0,40}(?:达到|超过|突破)\s*\d"), "量化目标"),
    "benefits": (
        f.Benefit,
        re.compile(
            r"(?<!不)(?:给予|予以)[^,。;\n]{0,12}\d[\d.]*(?:万|亿)?元[^,。;\n]{0,6}(?:奖励|补助|补贴|资助|奖补)"
        ),
        "奖补金额",
    ),
    "interpretations": (p.Interpretation, re.compile(r"负责解释|解释权"), "解释机关"),
    "contacts": (p.Contact, re.compile(r"(?:联系|咨询)电话\s*:?\s*\d"), "联系方式"),
    "deadlines": (
        p.Deadline,
        re.compile(r"(?<![至到为\d])\d+个?工作日内|申报(?:截止)?(?:时间|日期)\s*:?\s*\d"),
        "办理时限或申报期",
    ),
    "definitions": (
        p.Definition,
        re.compile(r"本(?:办法|规定|细则|条例|政策|意见|措施|法)所称(?![“\"]?以[上下内])"),
        "用语的定义",
    ),
    "stackings": (p.Stacking, re.compile(r"就高不重复|不重复享受|差额(?:奖励|补助)"), "叠加规则"),
}


def coverage(document: Document, found: Sequence[Fact]) -> dict[str, Status]:
    """The status of each kind that an office asks about."""
    return {
        name: "stated"
        if any(isinstance(one, kind) for one in found)
        else "unrecognised"
        if sign.search(document.clean)
        else "silent"
        for name, (kind, sign, _) in _KINDS.items()
    }


def unrecognised(document: Document, found: Sequence[Fact]) -> Iterator[Diagnostic]:
    """A diagnostic where the text seems to speak of a kind of which nothing was read."""
    for name, status in coverage(document, found).items():
        _, sign, words = _KINDS[name]
        at = sign.search(document.clean) if status == "unrecognised" else None
        if at is not None:
            yield Diagnostic(
                code="not-recognised",
                severity="warning",
                article=document.article_at(at.start()),
                span=document.text.span(at.start(), at.end()),
                message=f"此处似乎写有{words}，但没有识别出来：“{at[0][:30]}”。这不等于本文没有规定。",
                next_step="请对照原文补录，或确认此处不是。",
            )
