"""Tiers (档): the bounds by which one row is told from another (5亿元以上, 10亿元至20亿元)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNIT = r"(?:元|美元|亩|平方米|吨|人次?|[名家]|%|个|台|套|项|件|头|只|羽|张|户|辆|架次|班次|场|间|座|床|千瓦|兆瓦|公里|标箱)"
_NUMBER = rf"\d[\d.,]*(?:[万亿]+{_UNIT}?|{_UNIT})(?:[一-鿿]{{2,4}}(?=以[上下内]))?(?:\([^()]{{1,8}}\))?"
THRESHOLD = re.compile(
    rf"不足{_NUMBER},?但(?:达到?|超过|不低于|满){_NUMBER}|(?:总投资|营业收入|年产值)?(?:\d[\d.]*(?:—|-|~|至))?{_NUMBER}(?:及)?(?:以[上下内])?(?:(?:(?:、|,)?(?:但?不足|但?低于|至|—|-|到|以上至|(?<=以上))|(?<=以上)[、,](?=[\d.]+[^,。;、]{{1,6}}以[下内])){_NUMBER}(?:及)?(?:以[上下内])?)*"
)


def thresholds(words: str) -> Iterator[str]:
    """The bounds that words name, in text order (remarks left out)."""
    words = re.sub(r"\([^()]{8,}\)", "", words)
    for at in THRESHOLD.finditer(words):
        if re.search(r"以[上下内]|至|—|-|不足|到", at[0]) or re.search(
            r"达到?|超过|突破|不低于", words[: at.start()][-4:]
        ):
            yield at[0]
