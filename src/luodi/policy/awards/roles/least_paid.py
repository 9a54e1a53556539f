"""Plain sums of which the least is told (奖励金额不低于5000元): paid like any other sum."""

from __future__ import annotations

import re

from luodi.policy.awards.numbers.number_groups import Group
from luodi.policy.passages import Passage

# 奖励金额应当分别不低于5000元、3000元: the least that is paid.
_PAID_AT_LEAST = re.compile(
    r"(?<!获)(?<!获得)(?<!得到)(?:奖励|奖|补[助贴]|资助|优待|慰问|救助)金?(?:金额|标准|数额)?(?:应当?|原则上|分别|均|一般)*不[低少]于\Z"
)
# 发放一次性奖励金,其中,研究生不低于8000元,本科生不低于6000元
_HANDED_OUT_AMONG = re.compile(r"(?:发放|给予|发给)[^,。;\d]{2,16}(?:金|补[助贴]|奖励|津贴),其中[^。;]*不[低少]于\Z")


def is_least_paid(passage: Passage, group: Group, left: str, right: str) -> bool:
    """Whether the words before a sum say that a payment is no less, and nothing behind it says who has it."""
    if right or group.is_range:
        return False
    start, _ = passage.stretch(clause=group.phrase.clause)
    return bool(_PAID_AT_LEAST.search(left) or _HANDED_OUT_AMONG.search(passage.text, start, group.start))
