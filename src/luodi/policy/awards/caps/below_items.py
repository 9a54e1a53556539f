"""A maximum for each on a line of its own below the items of one award (按下列标准补助:(一)…15%;(二)…10%。单个项目最高A; LANGUAGE 6.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from luodi.policy import award_terms as terms
from luodi.policy.awards.rows.row import Row
from luodi.policy.passages import Passage

# 单个项目补助总额最高1000万元; what one may have in a year is no maximum of each.
_FOR_EACH = re.compile(
    rf"(?:上述|以上)?{terms.LEVEL.pattern}(?:{terms.KIND})?(?:总额|金额|资金)*(?:最高|不超过|上限为?)+[^,。;:\d]{{0,8}}[\d.]+[万亿]?元"
)
_VALUE = re.compile(r"\d(?:[\d.]*[%‰]|[^,。;]{0,6}元)")


@dataclass
class Items:
    """The items of the award that one line introduces, as far as they are read."""

    lead_in: str = ""
    paying: list[Passage] = field(default_factory=list)

    def add(self, passage: Passage) -> None:
        """Go on with a paragraph; another introducing line begins anew."""
        if passage.lead_in != self.lead_in:
            self.lead_in, self.paying = passage.lead_in, []
        if _VALUE.search(passage.text):
            self.paying.append(passage)

    def are_bounded_by(self, passage: Passage) -> bool:
        """Whether a paragraph tells the maximum of each of several items, none of which has its own."""
        return (
            len(self.paying) > 1
            and passage.lead_in == self.lead_in != ""
            and bool(terms.AWARD.search(self.lead_in))
            and _FOR_EACH.match(passage.text) is not None
            and not any(one.heading or terms.CAP_WORD.search(one.text) for one in self.paying)
        )


def bind_below_items(told: Sequence[tuple[Passage, list[Row]]]) -> None:
    """Give a maximum that stands below the items of one award to each share and each counted sum of them."""
    items = Items()
    for index, (passage, rows) in enumerate(told):
        if items.are_bounded_by(passage) and rows and rows[0].kind == "capped" and not rows[0].of_group:
            above = takewhile(lambda one: one[0].lead_in == items.lead_in, reversed(told[:index]))
            open_rows = [row for _, some in above for row in some if row.rated or row.kind == "per_unit"]
            for row in open_rows:
                row.cap, row.cap_sum, row.cap_in = rows[0].cap, rows[0].sum, passage
            if open_rows:
                rows.remove(rows[0])
        items.add(passage)
