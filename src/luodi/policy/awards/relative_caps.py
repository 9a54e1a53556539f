"""Bounds of an award by what the recipient paid or spent (年度奖补总额不超过其当年度地方财政贡献): said, and never calculated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luodi.policy.award_terms import KIND
from luodi.policy.passages import Passage

_BOUND = re.compile(
    r"(?:不(?:得)?(?:超过|高于|大于)|(?<=额)以)(?!同期|平均|全[国省市区县]|规定|上级|[国省市]家?级)"
    r"[^,。;:\d%]{0,20}?(?:贡献|税收|纳税额?|税[额款金]|留成|财力|支出|费用|投入)(?:总额|额|部分)?(?:为限)?(?=[,。;]|\Z)"
)
_AWARDED = re.compile(rf"{KIND}|(?:获得?|享受|兑现)[^,。;]{{0,10}}资金")


def find_relative_caps(passage: Passage) -> Iterator[tuple[int, int]]:
    """Where a sentence that speaks of an award bounds it by another amount."""
    for at in _BOUND.finditer(passage.text):
        opened = passage.text.rfind("。", 0, at.start()) + 1
        if _AWARDED.search(passage.text, opened, at.start()):
            yield at.span()
