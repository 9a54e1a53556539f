"""Tiers (档): the bounds by which one row is told from another (5亿元以上, 10亿元至20亿元)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNIT = r"(?:元|美元|亩|平方米|吨|人次?|[名家]|%|个|台|套|项|件|头|只|羽|张|户|辆|架次|班次|场|间|座|床|千瓦|兆瓦|公里|公斤|千克|标箱)"
_NUMBER = rf"\d[\d.,]*(?:[万亿]+{_UNIT}?|{_UNIT})(?:[一-鿿]{{2,4}}(?=以[上下内]))?(?:\([^()]{{1,8}}\))?"
# 1000平方米以上(含1000平方米)不到2000平方米
_WITH = r"(?:(?<=以[上下内])\(含\d[^()]{0,10}\))?"
THRESHOLD = re.compile(
    rf"不足{_NUMBER},?但(?:达到?|超过|不低于|满){_NUMBER}|(?:总投资|营业收入|年产值)?"
    rf"(?:\d[\d.]*%?(?:\([^()]{{1,4}}\))?(?:—|-|~|至))?{_NUMBER}(?:及)?(?:以[上下内])?{_WITH}"
    rf"(?:(?:(?:、|,)?(?:但?不足|但?低于|达不到|未达到?|不[到满]|至|—|-|~|到|以上至|(?<=以上))"
    rf"|(?<=以上)[、,](?=[\d.]+[^,。;、]{{1,6}}以[下内])){_NUMBER}(?:及)?(?:以[上下内])?{_WITH})*"
)


# What is measured, before its number: 年节能量, 租赁面积.
_MEASURED = re.compile(
    r"(?:\A|[,。;、:()]|(?<!目)的|对于?|当年(?:获得?)?|企业|年度|上年|次年|并且?|且|和)(?P<of>(?:(?!并|且|企业)[^,。;、:的()\d]){2,12}?"
    r"(?:达到?|不低于|不少于|超过|突破|在|为)?)\Z"
)
_MEASURED_IN = re.compile(r"[\d.]+[万亿]*(?P<unit>[一-鿿%]{1,3}?)(?=\(|及?以|不足|至|到|—|-|\Z)")


_SIDES = "首个|超过|超出|低于|不足|突破"
_SIDE = re.compile(rf"(?<!不)(?<!不得)(?:{_SIDES})\Z")
_CAPPED = re.compile(r"最[高多]不?得?超过\Z")


def unit(tier: str) -> str:
    """What the bounds of a tier are counted in (万元, 吨)."""
    return next((at["unit"] for at in reversed(list(_MEASURED_IN.finditer(tier)))), "")


def measure(words: str, tier: str) -> str | None:
    """``年节能量500吨以上``: a tier with what is measured before it."""
    before = re.sub(r"\([^()]*\)", "", words.rpartition(tier)[0])
    at = _MEASURED.search(before)
    return re.sub(r"\A(?:对于?|针对|凡)", "", at["of"]) + tier if at else None


def is_tier(words: str) -> bool:
    """Whether words are a bound and nothing else but its side (5亿元以上, 超过1亿元)."""
    return bool(THRESHOLD.fullmatch(re.sub(rf"\A(?:{_SIDES})", "", words)))


def led_tier(words: str) -> str | None:
    """The first bound that words name, with the word before it that says which side (首个1000万美元, 超过1000万美元)."""
    tier = next(thresholds(words), None)
    side = _SIDE.search(words.partition(tier)[0]) if tier else None
    return f"{side[0]}{tier}" if side else tier


def thresholds(words: str) -> Iterator[str]:
    """The bounds that words name, in text order (remarks left out)."""
    words = re.sub(r"\((?!含\d)[^()]{8,}\)", "", words)
    for at in THRESHOLD.finditer(words):
        if _CAPPED.search(words, 0, at.start()):
            continue  # 每个展位最高不超过5000元
        reached = re.search(r"达到?|超过|突破|不低于|首个|(?<!每)满\Z", words[: at.start()][-4:])
        if re.search(r"以[上下内]|至|—|-|~|不足|到", at[0]) or (reached and not words.startswith("月", at.end())):
            yield at[0]
