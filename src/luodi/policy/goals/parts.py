"""Numbers that count what a paper itself consists of, or of how many the next number is the sum: no goals (LANGUAGE 4.2)."""

from __future__ import annotations

import re

from luodi.quantities.counts import Count

# 共包括就业、教育等10个方面48个项目
_OF_FIELDS = re.compile(r"\d个?(?:方面|大?类)共?\Z")
_PARTS_OF_PAPER = re.compile(r"(?:项目|事项|实事|任务|举措|措施)(?:[,。;]|\Z)")
# 启动10项重点任务、34项工作举措: what the plan consists of.
_PARTS_OF_PLAN = re.compile(r"[一-鿿]{0,8}(?:任务|举措|措施)(?:[,。;、和]|\Z)")
_SETS_OUT = re.compile(
    r"(?:启动|部署|明确|提出|围绕|聚焦|落实|推进|实施|、|和|(?:提出|部署|明确)了?[^,。;\d]{2,16}的)\Z"
)
# 提出11条支持举措, 科技创新等6个方面16项工程: what the paper consists of.
_TOLD_IN_PAPER = re.compile(r"[一-鿿]{0,6}(?:举措|措施|政策|条款)(?:[,。;:、]|\Z)")
_WORKS = re.compile(r"[一-鿿]{0,4}(?:工程|行动|计划)(?:[,。;]|\Z)")
# 13条产业链营收规模总量达到1.1万亿元: of how many the next number is the sum.
_SUMMED_OF = re.compile(
    r"[一-鿿“”]{2,16}?(?:总[量额值]|总(?:产值|产量|规模|营收|收入|投资|面积)|合计)(?:将|力争|要)*(?:达到?|突破|超过?|增至)\d"
)
_SUMMED_UNITS = frozenset("个家户条座所处")


def is_part_of_paper(one: Count, before: str, after: str) -> bool:
    """Whether a number counts fields, tasks or measures of the paper (``10个方面48个项目``, ``提出11条支持举措``)."""
    return bool(
        (_OF_FIELDS.search(before) and (_PARTS_OF_PAPER.match(after) or _WORKS.match(after)))
        or (one.unit == "条" and _TOLD_IN_PAPER.match(after))
        or (one.unit == "项" and _PARTS_OF_PLAN.match(after) and _SETS_OUT.search(before))
    )


def is_summed(one: Count, after: str) -> bool:
    """Whether the next number is the sum of those that a number counts (``13条产业链营收规模总量达到1.1万亿元``)."""
    return one.unit in _SUMMED_UNITS and bool(_SUMMED_OF.match(after))
