"""Values in a remark behind another value or behind what is given: whose they are (LANGUAGE 6.3).

``按8%(智能化项目10%)``: another value for some; ``100万元(基础层)``: whom the value before is for; ``给予奖励(每人1500元)``: how much is
given; ``(单个企业最高50万元)``: a bound. What else stands in brackets is no award.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Group, Item
from luodi.policy.passages import Passage, Phrase
from luodi.quantities.money import Money, find_money
from luodi.quantities.numerals import ARABIC
from luodi.quantities.rates import Rate

# (与…享受的不超过140万元补贴相同)
_COMPARES = re.compile(r"[^()]{0,12}(?:相同|一致)\)")
BRACKET_CAP = re.compile(r"(?:最高|不超过|限额|封顶|上限)")
# 按8%(智能化项目10%): a remark that names whom another value is for.
_BESIDE = re.compile(
    r"(?:其中)?(?:对于?|由)?(?P<key>[^,。;:、()\d]{2,20}?|[^,。;:、()]{1,10}以[上下])(?:的)?"
    r"(?:按照?|为|给予|补助|补贴|奖励|资助|提高到|提高至|每[人户]?(?:每?[年月])?|最高|最多|不超过)*\Z"
)
# 给予10万元落户奖励(由在校生创办的15万元): the remark stands behind the noun of payment.
_UP_TO_REMARK = re.compile(rf"的标准|的比例|(?:的?[^,。;、\d()]{{0,6}}{terms.KIND}(?:资金|金)?)?")
_ENDS_REMARK = re.compile(rf"(?:{terms.KIND})?\)")
_NOBODY = re.compile(
    r"(?:最高|最多|不超过|上限|封顶|限额).*|[含除约即折][^,]*|相当于.*|\D*以[上下内]"
    r"|.*(?:增速|增长|利率|税率|占比|比例|上浮|下浮|承担|负担|分担|自[付筹担]|财政|累计|人民币|原|年度?|总额|合计)"
    r"|.*(?:累计|合计)(?:补[贴助]|奖励|资助)?(?:金额|资金)?"
    r"|[省市区县镇]本?级?(?:配套|补助|奖励)?|.*配套|其中.*|.*政策|每.*|或.*|不[含超足].*|(?:每|单|同一|一)[个家项户](?:企业|单位|项目|主体|机构)?"
)
SUM_WORDS = rf"{ARABIC}[万亿]?元(?:/[^,。;()\d]{{1,6}})?"
IN_REMARK = re.compile(rf"\((?P<other>{SUM_WORDS}(?:[、/和]{SUM_WORDS})*)\)")
# 国家级、省级示范区(示范场),分别给予50万元、20万元(20万元、10万元): whom the remark behind the sums is for.
_OTHERS = re.compile(r"\((?![含不除以详见下如附])(?P<keys>[^()\d,。;:]{2,36})\)(?=[^()]*\Z)")
# 奖励100万元(基础层)、150万元(创新层): each value's key in a remark behind it.
_KEY_BEHIND = re.compile(r"\((?P<key>[^()\d,。;:]{2,12})\)")

# 给予一次性奖励(国家级、省级基地分别奖励
_GIVEN_IN_REMARK = re.compile(
    rf"(?:给予)[^,。;\d()]{{0,6}}{terms.KIND}\([^()]{{2,40}}分别(?:一次性)?(?:给予|奖励|补助|补贴)[^()给]*\Z"
    # 给予一次性求职补贴(每人1500元)
    rf"|(?:给予|发放|享受|领取|申领)[^,。;\d()]{{0,16}}{terms.KIND}金?\((?:标准)?(?:为|按)?(?:每[^,。;()\d]{{1,6}}|一次性)?\Z"
)
# 在站博士生活补贴(10万元/年,最长3年): an item that is the name of a payment, and how much in its remark.
_NAMED_ITEM = re.compile(rf"(?!.*财政)(?:[^,。;:()\d]|\([^()\d]{{1,8}}\)){{2,30}}{terms.KIND}金?\(")
_EACH_TIME = re.compile(r"/(?:年|月|学年|季度)[,)]")


def is_told_in_remark(passage: Passage, phrase: Phrase, mention: Money | Rate) -> bool:
    """``给予一次性奖励(国家级、省级基地分别奖励A、B)``: what is given before a remark, and how much in it."""
    named = _NAMED_ITEM.fullmatch(passage.text, 0, mention.start) and _EACH_TIME.search(passage.text, mention.start)
    return bool(named or _GIVEN_IN_REMARK.search(passage.text, phrase.start, mention.start))


def is_bound_in_remark(passage: Passage, phrase: Phrase, mention: Money | Rate) -> bool:
    """``(单个企业最高50万元)``: of what stands in brackets only the bounds count."""
    bounds = BRACKET_CAP.search(passage.text, max(phrase.start, mention.start - 12), mention.start)
    return bool(bounds) and not _COMPARES.match(passage.text, mention.end)


def key_in_remark(text: str, previous: Group | None, mention: Money | Rate) -> str | None:
    """``按8%(智能化项目10%)``: whom the one value in a remark right behind another is for."""
    if previous is None or previous.money != isinstance(mention, Money) or previous.is_range:
        return None
    opening = text.find("(", previous.end, mention.start)
    between = text[previous.end : opening] if opening >= 0 else ","
    if not _UP_TO_REMARK.fullmatch(between) or not _ENDS_REMARK.match(text, mention.end):
        return None
    told = _BESIDE.match(text, opening + 1, mention.start)
    of_sum = isinstance(mention, Money) and not re.fullmatch("的标准|的比例|", between)
    if told and of_sum and text[told.end("key")] != "的" and not told[0].startswith("其中"):
        return None
    return None if told is None or _NOBODY.fullmatch(told["key"]) else told["key"]


def keyed_behind(text: str, group: Group) -> Group:
    """``100万元(基础层)、150万元(创新层)``: the keys of a list, each in a remark behind its value."""
    found = [_KEY_BEHIND.match(text, item.end) for item in group.items]
    keys = [at["key"] for at in found if at is not None]
    if len(group.items) < 2 or len(set(keys)) < len(group.items):
        return group
    items = tuple(replace(item, key=key) for item, key in zip(group.items, keys, strict=True))
    return replace(group, items=items)


def _others(passage: Passage, start: int, values: int) -> list[str]:
    """Whom the sums of a remark behind ``values`` sums are for: as many keys in the remark before them, or one noun for all."""
    clause = passage.text.rfind("。", 0, start) + 1
    told = _OTHERS.search(passage.text[clause:start])
    keys = re.split(r"[、和及]", told["keys"]) if told else []
    return keys if len(keys) == values else keys * values if len(keys) == 1 else []


def second_list(passage: Passage, group: Group) -> Iterator[Group]:
    """``给予50万元、20万元(20万元、10万元)``: the sums in a remark behind as many, where a remark before tells for whom."""
    each = [IN_REMARK.match(passage.text, item.end) for item in group.items]
    if group.money and not group.bracketed and len(each) > 1 and all(each):
        yield from _values_for_others(passage, group, [at for at in each if at])
        return
    at = each[-1]
    found = [one for one in find_money(at["other"]) if one.fen is not None] if at and group.money else []
    if at is None or group.bracketed or len(found) != len(group.items) or len(found) < 2:
        return
    keys, shift = _others(passage, group.start, len(found)), at.start("other")
    items = tuple(
        Item(one.start + shift, one.end + shift, fen=one.fen, per=one.per, key=key)
        for one, key in zip(found, keys, strict=False)
    )
    if items:
        yield Group(items, group.phrase, shift, at.end("other"), True, False, True, group.inferred)


def _values_for_others(passage: Passage, group: Group, remarks: Sequence[re.Match[str]]) -> Iterator[Group]:
    """``国家级、省级工厂(车间),分别奖励200万元(100万元)、100万元(50万元)``: the sum in a remark behind each."""
    keys = _others(passage, group.start, len(remarks))
    items = [
        Item(one.start + at.start("other"), one.end + at.start("other"), fen=one.fen, per=one.per, key=key)
        for at, key in zip(remarks, keys, strict=False)
        for one in find_money(at["other"])[:1]
        if one.fen is not None
    ]
    if len(items) == len(remarks):
        yield Group(tuple(items), group.phrase, items[0].start, items[-1].end, True, False, True, group.inferred)
