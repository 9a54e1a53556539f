"""How often a payment is made, where another sentence of its article says so by the payment's name (LANGUAGE 6.5).

A law names a payment, then its share: 从基金按月支付护理费。护理费标准为月平均工资的50%。 or 求职补贴按缴费工资的15%计算。求职补贴按月发放。
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from luodi.policy.awards.periods import Frequency
from luodi.policy.awards.row import Row
from luodi.policy.passages import Passage

# The payment that a sentence begins with, or that its first sums are told for.
_NAMED = re.compile(
    r"(?:[^。;]{0,24}?领取)?(?P<noun>[\u4e00-\u9fff]{1,6}(?:[奖助补抚慰险老恤]金|补贴|津贴|补助|[理葬健]费))"
)
_PAID = "(?:支付|发放|发给|计发|领取|享受|给付)"


def tell_times(told: Sequence[tuple[Passage, Sequence[Row]]]) -> None:
    """Set the frequency of sums that have none by what their article says of the payment that their sentence names."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for passage, _ in told:
        texts[passage.article].append(passage.text)
    for passage, rows in told:
        for row in rows:
            if row.frequency is None and row.kind in ("rate", "fixed", "per_unit") and row.years is None:
                row.frequency = _told(passage, row, "\n".join(texts[passage.article]))


def _told(passage: Passage, row: Row, article: str) -> Frequency | None:
    start, end = passage.stretch(clause=row.clause)
    found = _NAMED.match(passage.text[start:end])
    noun = re.escape(found["noun"]) if found else None
    if noun is None:
        return None
    if re.search(rf"按月{_PAID}[^,。;]{{0,6}}{noun}|{noun}[^,。;]{{0,12}}按月{_PAID}", article):
        return "monthly"
    return "once" if re.search(rf"一次性{_PAID}[^,。;]{{0,16}}{noun}", article) else None
