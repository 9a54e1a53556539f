"""What stands under whom a paper is for (支持对象, 适用对象): several classes, of which one is enough.

``支持对象:1.首次上规的企业;2.产值10亿元以上的企业``: nobody need be both. What every applicant must be (在本区注册的企业 beside
符合产业导向的企业) is demanded of all, however it is written.
"""

from __future__ import annotations

import re
from dataclasses import replace

from luodi.policy.award_terms import PAYEE
from luodi.policy.conditions.block import Block
from luodi.policy.conditions.list_clauses import with_another
from luodi.policy.facts import Condition

ANNOUNCED = re.compile(r"对象|(?:奖励|奖补|补[助贴]|资助|扶持|支持)范围|主体(?!责任|资格|条件|要求)")
"""What the heading or label of such a list speaks of."""
_PERSON = r"(?:院士|博士后?|硕士|[本专]科生|研究生|毕业生|大学生|专家|教授|团队|入选者|获得者|技师|高级工|工匠|教练员|运动员|[医教]师|人才)"
_PERSONS = re.compile(rf"[^,。;:应须需]{{0,60}}{_PERSON}(?:\([^()]*\))?\Z")
_FEWEST_NAMES = 2
_FEWEST_BEFORE = 3  # classes before the first demand of a list
_NAMES_CLASS = re.compile(
    rf"(?:的(?!(?:规定|要求|条件|标准|情形|行为|范围))[^,。;:的]{{2,24}}|{PAYEE}|业主|个人|人员|{_PERSON})(?:\([^()]*\))?等?(?:,不[^,。;]*)?\Z"
)
# 在本市注册、具有独立法人资格的企业, 信用良好的单位; not 在本市注册的高新技术企业
_OF_EVERYBODY = re.compile(
    r"(?=.*(?:注册|登记|独立法人|法人资格|纳税|信用|失信|违法|财务|未|无|没有))[^;]*?(?:的|独立法人)(?:企业|单位|机构|法人|主体|组织|个人)等?\Z"
)


def note(block: Block, written: Condition, begun: int) -> None:
    """Remember one clause of the list, whose conditions begin at ``begun``; anything but a class is demanded of all."""
    if block.classes is None or all(one.value is False for one in block.items[begun:]):
        return
    told_all = len(block.classes) >= _FEWEST_BEFORE and are_persons(
        block
    )  # 1.甲人才 2.乙团队 3.丙入选者 4.团队应占股30%以上
    another = block.of_persons and not _PERSONS.match(written.text)
    if _NAMES_CLASS.search(written.text) and not (told_all and another):
        block.classes.append((written, begun))
        return
    if told_all:
        told = one_is_enough(replace(block, items=block.items[:begun]))
        block.items[:begun] = told.items
    block.classes = None


def are_persons(block: Block) -> bool:
    """Whether the classes under 申请条件 are persons by their names (1.博士研究生;2.高级技师), so that nobody need be all of them."""
    told = [written.text for written, _ in block.classes or ()]
    names = sum("的" not in text for text in told)
    return names >= _FEWEST_NAMES and all(map(_PERSONS.match, told))


def one_is_enough(block: Block) -> Block:
    """The block with one condition in place of its classes, where they are several."""
    told = block.classes or []
    general = sum(_OF_EVERYBODY.match(written.text) is not None for written, _ in told)
    if len(told) < 2 or block.one_of is not None or 0 < general < len(told):
        return block
    if block.of_persons and not are_persons(block):
        return block
    ends = [*(begun for _, begun in told[1:]), len(block.items)]
    joined: list[Condition] = []
    for (written, begun), end in zip(told, ends, strict=True):
        joined = [with_another(joined, written, (one for one in block.items[begun:end] if one.value is not False))]
    refused = [one for one in block.items[told[0][1] :] if one.value is False]
    return replace(block, items=[*block.items[: told[0][1]], *joined, *refused], classes=None)
