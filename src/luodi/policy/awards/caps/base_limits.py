"""How much of its base a share is paid of at most: ``年租金超过100万元的部分不予补贴`` behind 30% of the rent (LANGUAGE 6.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy.awards.rows.row import Row
from luodi.policy.passages import Passage
from luodi.quantities.money import find_money

_BEYOND = re.compile(
    r"(?<=[,;。(])(?:但|且|其中)?(?P<base>[^,。;:、\d]{2,12}?)超[过出](?P<sum>[\d.]+[万亿]?元)的?部分"
    r"(?:一律)?不[予再](?:再?给予)?(?:补[助贴]|奖励|资助|支持|贴息)"
)
_WHOSE = re.compile(r"\A(?:其|企业|单位|项目|实际|年度?|当年|支付的?)+")


def bind_base_limits(passage: Passage, rows: Sequence[Row]) -> None:
    """A share whose base counts only up to a sum comes to that share of the sum at most."""
    for at in _BEYOND.finditer(passage.text) if "部分不" in passage.text else ():
        before = [row for row in rows if row.rated and row.sum.end <= at.start()]
        row = before[-1] if before else None
        limit = find_money(at["sum"])[0].fen
        if row is None or row.rate is None or limit is None:
            continue
        start, _ = passage.stretch(sentence=row.sentence)
        if _WHOSE.sub("", at["base"]) in passage.text[start : row.sum.end]:
            row.cap = min(int(row.rate * limit), row.cap or limit)
