"""How a number bounds: the signs before and behind it, the ends of a range, and which of two tiers has the bound between them (LANGUAGE 9)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from luodi.policy.conditions.terms import Op
from luodi.policy.passages import Passage
from luodi.policy.wording import as_written
from luodi.quantities.counts import Count

Bound = tuple[Op, Fraction]

_BELOW = re.compile(r"(?:(?<!不)低于|(?<!不)少于|(?<!不)小于|不足|未满|未达到?|<)\Z")
_ABOVE = re.compile(r"(?:(?<!不)(?<!不得)(?<!或)超过?|超出|(?<!不)大于|(?<!不)高于|(?<!不)多于|>)\Z")
_LEAST = re.compile(r"(?:达到或超过|达到?了?|突破|满|不低于|不少于|不小于|至少|过|大于或?等于|≥|>=)\Z")
# 首次达到税收1亿元
_FIRST_REACHED = re.compile(r"首次(?:达到?|突破|进入|实现|完成)[一-鿿]{2,10}\Z")
_MOST = re.compile(r"(?:不超过|不高于|不得超过|不多于|不大于|控制在|≤|<=)\Z")
_OF_EACH = re.compile(r"(?<=[于过到])每(?:亩|公顷|平方米|人|户)\Z")  # 投资强度不低于每亩250万元
_UP_TO = re.compile(
    r"(?:\([^()]{1,12}\))?(?:及?以上)?(?:\([^()]{1,12}\))?(?:至|到|[—–~-]{1,3}|[、,]?不足|以下?)?(?:\([^()]{1,12}\))?"
)
_INCLUDED = re.compile(r"\((?:均)?含[^()]{0,8}\)")
_EXCLUDED = re.compile(r"\(不含[^()]{0,12}\)")
# 5个项目以上, 1000元/亩以上, 800个标箱/年及以上: the sign stands behind what is counted.
_SIGN_BEHIND = re.compile(
    r"(?P<noun>(?!规模|限额)[一-鿿]{0,3}?)(?:/[一-鿿]{1,4})?及?(?P<remark>\([^()\d]{1,12}\)|\(含[^()]{0,8}\))?及?以(?P<sign>[上下内])"
)
_RANGE_SIGN = re.compile(r"(?:—|–|~|-|至|到)+")
# 出口额300万美元、500万美元、1亿美元以上的: the sign of the last holds for the list.
_LAST_SIGNED = re.compile(
    r"(?:(?:、|,|和|及)\d[\d.]*[万亿千百]*(?:美元|欧元|元|平方米|[家个名人户台套辆张亩吨])){1,9}及?以上"
)
# 投资2000万元或设备投资500万元以上的: the sign of the last holds for the one before it, each by a name of its own.
_NEXT_SIGNED = re.compile(
    r"(?:或者?|且|并且)(?!不)[^,。;、:的\d]{2,16}(?<!达到)(?<!达)(?<!超过)(?<!不低于)(?<!不少于)(?<!满)(?<!突破)"
    r"\d[\d.]*[万亿千百]*(?:美元|欧元|元|%|平方米|[家个名人户台套辆张亩吨])及?以上"
)
_MONEY_OF = re.compile(r"(?:折合)?人民币\Z")  # 收入达人民币50万元
_NEAR = 400  # characters in which the next tier of a list stands


def bounds(
    passage: Passage,
    low: int,
    high: int,
    counts: Sequence[Count],
    at: int,
    least: Fraction | None,
    value: Fraction,
    lead: str,
) -> list[Bound]:
    """What the number ``counts[at]`` of ``value`` (from ``least``, where it is a range) compares; the words before it are ``lead``.

    ``low`` and ``high`` are the ends of the stretch of the passage in which the numbers stand.
    """
    text, one = passage.text[low:high], counts[at]
    if at + 1 < len(counts) and _UP_TO.fullmatch(text, one.unit_end, counts[at + 1].number_start):
        above = _EXCLUDED.match(text, one.unit_end)  # 1000万元(不含)—3000万元
        return [(">" if above else _lower(passage, low + one.number_start, low + one.unit_end), value)]
    ends_range = at > 0 and _UP_TO.fullmatch(text, counts[at - 1].unit_end, one.number_start)
    if ends_range or least is not None:
        lower: list[Bound] = [(">=", least)] if least is not None else []
        return [*lower, _upper(passage, low, one, value)]
    return _single(passage, low, high, one, value, lead)


def _lower(passage: Passage, start: int, end: int) -> Op:
    """The lower bound of a range is above what the tier before it includes (10万元至30万元(含)…;30万元至50万元(含)…)."""
    at = passage.offsets[start]
    near = re.sub(r"\s", "", passage.document.clean[max(0, at - _NEAR) : at])
    again = re.escape(as_written(passage, passage.text[start:end]))
    return ">" if re.search(rf"(?<![\d.]){again}\(含(?:{again})?\)(?!以上|至|到|—|-|~)(?<!以上\(含\))", near) else ">="


def _upper(passage: Passage, place: int, one: Count, value: Fraction) -> Bound:
    """The upper bound of a range: included, unless the text says otherwise or the next tier begins with it."""
    start, end = place + one.number_start, place + one.unit_end
    if _EXCLUDED.match(passage.text, end) or _BELOW.search(passage.text[:start]):
        return "<", value
    behind = _SIGN_BEHIND.match(passage.text, end)
    inside = _INCLUDED.search(_RANGE_SIGN.split(passage.text[start:end])[-1])  # 1000—3000(含)平方米
    told = _INCLUDED.match(passage.text, end)
    if told and _OTHER_BOUND.search(told[0]) and not inside and _bare(told[0]) != _bare(passage.text[start:end]):
        return "<", value  # 1亿元-10亿元(含1亿元): the lower one is
    if behind and _is_below_only(passage, behind):
        return "<", value
    if inside or told or (behind and not _in_next(passage, start, end, behind.end())):
        return "<=", value
    words = as_written(passage, _RANGE_SIGN.split(passage.text[start:end])[-1])
    at = passage.offsets[start]
    near = re.sub(r"\s", "", passage.document.clean[max(0, at - _NEAR) : at + _NEAR])
    digits = re.match(r"[\d.]*", words)
    again = rf"(?<![\d.])(?:{re.escape(words)}" + (
        rf"|{digits[0]}(?:{_RANGE_SIGN.pattern}|\(含\)))" if digits and digits[0] else ")"
    )
    return ("<" if len(re.findall(again, near)) > 1 else "<="), value


_OTHER_BOUND = re.compile(r"含\d")


def _bare(words: str) -> str:
    """The last number with its unit that words hold."""
    return str((re.findall(r"\d[\d.]*[^\d()—–~-]*", words) or [""])[-1])


def _is_below_only(passage: Passage, sign: re.Match[str]) -> bool:
    """Whether the paper says that 以下 leaves the number out (“以下”均不含本数)."""
    paper = passage.document.clean
    return sign["sign"] == "下" and "不含本数" in paper and _BELOW_ONLY.search(paper) is not None


_BELOW_ONLY = re.compile(r"以下[”\"’]?[^。;\n“\"以]{0,8}不含本数")


def _in_next(passage: Passage, start: int, end: int, signed: int) -> bool:
    """Whether the next tier says that it begins with this bound (30亿元以下…;30亿元(含)以上…, 30亿元及以上…)."""
    if "含" in passage.text[end : signed + 2]:
        return False
    again = rf"(?<![\d.]){re.escape(passage.text[start:end])}(?:\(含[^()]{{0,8}}\)|及以上|以上\(含)"
    at = passage.offsets[start]
    return re.search(again, re.sub(r"\s", "", passage.document.clean[at : at + _NEAR])) is not None


def _single(passage: Passage, low: int, high: int, one: Count, value: Fraction, lead: str) -> list[Bound]:
    """What the words around a single number compare, those before it in ``lead``."""
    text = passage.text[low:high]
    lead = _OF_EACH.sub("", _MONEY_OF.sub("", lead))
    behind = _SIGN_BEHIND.match(text, one.unit_end)
    included = _INCLUDED.match(text, one.unit_end) is not None  # 超过30家(含)
    if behind and _EXCLUDED.search(text, one.number_start, one.unit_end):  # 500(不含)万元以上
        return [(">" if behind["sign"] == "上" else "<", value)]
    if _BELOW.search(lead):
        return [("<=" if included else "<", value)]
    if _MOST.search(lead):
        return [("<=", value)]
    if behind and re.fullmatch(r"\(不含(?:本数)?\)", behind["remark"] or ""):
        return [(">" if behind["sign"] == "上" else "<", value)]
    if behind and behind["sign"] in "下内":
        taken = _is_below_only(passage, behind) or _in_next(
            passage, low + one.number_start, low + one.unit_end, low + behind.end()
        )
        return [("<" if taken else "<=", value)]
    if (_ABOVE.search(lead) and not included) or (behind and _EXCLUDED.match(text, behind.end())):
        return [(">", value)]
    if _ABOVE.search(lead):
        return [(">=", value)]
    if _LEAST.search(lead) or _FIRST_REACHED.search(lead) or _LAST_SIGNED.match(text, one.unit_end):
        return [(">=", value)]
    if _NEXT_SIGNED.match(passage.text, low + one.unit_end):
        return [(">=", value)]
    if behind and behind["sign"] == "上":
        told = (
            included or behind["remark"] or "及以" in behind[0]
        )  # 30万元(含)以内…;30万元以上…: the tier before has the bound
        return [(">=" if told else _lower(passage, low + one.number_start, low + one.unit_end), value)]
    return []
