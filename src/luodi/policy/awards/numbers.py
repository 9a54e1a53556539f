"""The numbers of a passage that may be awards: sums and rates in lists, ranges and (key, value) sequences, each with its place.

What a number is for is another question: :mod:`luodi.policy.awards.money` and :mod:`luodi.policy.awards.rates` tell, :mod:`luodi.policy.awards.sums` puts them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from luodi.policy import award_terms as terms
from luodi.policy.awards.mentions import find_mentions
from luodi.policy.awards.pairing import parallel_key
from luodi.policy.awards.remark_lists import lists_in_remarks
from luodi.policy.passages import Passage, Phrase
from luodi.quantities.money import Money, find_money
from luodi.quantities.numerals import ARABIC
from luodi.quantities.rates import Rate

Role = Literal["amount", "cap", "rate", "ceiling", "case"]
Found = tuple[Role, bool, float]
"""A role, whether a verb of giving says so in the same phrase, and how sure that is."""


@dataclass(frozen=True, slots=True)
class Item:
    """One number of a group: ``fen`` for money, ``rate`` for a share; ``low`` a range's lower end; ``key`` before it."""

    start: int
    end: int
    fen: int | None = None
    rate: Fraction | None = None
    low: int | None = None
    per: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A list of numbers with one role. ``gives``: a verb of giving governs it in its own phrase."""

    role: Role
    items: tuple[Item, ...]
    start: int
    end: int
    phrase: Phrase
    left: str
    right: str
    gives: bool = False
    is_range: bool = False
    bracketed: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """A list of numbers of one phrase; its words lie between ``floor`` and ``ceiling`` (offsets of the passage)."""

    items: tuple[Item, ...]
    phrase: Phrase
    floor: int
    ceiling: int
    money: bool
    is_range: bool
    bracketed: bool
    inferred: bool

    @property
    def start(self) -> int:
        """Where its first number begins."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """Where its last number ends."""
        return self.items[-1].end


_LOST_SIGN = re.compile(
    r"按照?(?P<numbers>\d{1,2}(?:\.\d{1,2})?(?:[、和及]\d{1,2}(?:\.\d{1,2})?){0,8})(?:的?比例)?(?:分别)?(?=给予|予以|奖励|补)"
)
_LIST_JOIN = re.compile(r"(?:[、,/]|和|及|与|以及|或者?)(?:最高|不超过|最高不超过|各)?")
# 分别给予每座5000元、每套2000元: each value with the measure it is counted by.
_EACH_JOIN = re.compile(r"、每[^年月季,。;、\d]{1,3}")
# 按每集10万元、最高300万元奖励: a maximum behind a sum that has none.
_NEW_BOUND = re.compile(r"、(?:最高(?:不超过)?|不超过)")
# 不低于20万元、不高于300万元: the least and the most.
LEAST = re.compile(r"(?:最低|不低于|不少于)(?:为|给予|补助|奖励|补贴|资助)?\Z")
"""What stands before the least that is paid."""
_MOST_NEXT = re.compile(r"、(?:且|但)?(?:最高(?:不超过)?|不超过|不高于)")
_RANGE_JOIN = re.compile(r"(?:[—–~-]{1,2}|至|到)")
# 一千元以上三千元以下的标准: as laws say a range; 5000万元以上1亿元以下的企业 are a tier.
_WITHIN = re.compile(r"以下(?=的?(?:标准|幅度|一次性)?(?:给予|奖|补|资助|慰问|救助|标准))")
# (与…享受的不超过140万元补贴相同)
_COMPARES = re.compile(r"[^()]{0,12}(?:相同|一致)\)")
_BRACKET_CAP = re.compile(r"(?:最高|不超过|限额|封顶|上限)")
# 按8%(智能化项目10%): a remark that names whom another value is for.
_BESIDE = re.compile(
    r"(?:其中)?(?:对于?|由)?(?P<key>[^,。;:、()\d]{2,20}?|[^,。;:、()]{1,10}以[上下])(?:的)?(?:按照?|为|给予|补助|补贴|奖励|资助|提高到|提高至|每[人户]?(?:每?[年月])?|最高|最多|不超过)*\Z"
)
# 给予10万元落户奖励(由在校生创办的15万元): the remark stands behind the noun of payment.
_UP_TO_REMARK = re.compile(rf"的标准|的比例|(?:的?[^,。;、\d()]{{0,6}}{terms.KIND}(?:资金|金)?)?")
_ENDS_REMARK = re.compile(rf"(?:{terms.KIND})?\)")
_NOBODY = re.compile(
    r"[含除约即折][^,]*|相当于.*|\D*以[上下内]|.*(?:增速|增长|利率|税率|占比|比例|上浮|下浮|承担|负担|分担|自[付筹担]|财政|累计|人民币|原|年度?|总额|合计)|.*(?:累计|合计)(?:补[贴助]|奖励|资助)?(?:金额|资金)?"
    r"|[省市区县镇]本?级?(?:配套|补助|奖励)?|.*配套|其中.*|.*政策|每.*|或.*|不[含超足].*|(?:每|单|同一|一)[个家项户](?:企业|单位|项目|主体|机构)?"
)
_SUM_WORDS = rf"{ARABIC}[万亿]?元(?:/[^,。;()\d]{{1,6}})?"
_IN_REMARK = re.compile(rf"\((?P<other>{_SUM_WORDS}(?:[、/和]{_SUM_WORDS})*)\)")
_SECOND_VALUE = re.compile(rf"(?P<first>{_SUM_WORDS}){_IN_REMARK.pattern}")
_REMARK = re.compile(r"\([^()]*\)")
# 国家级、省级示范区(示范场),分别给予50万元、20万元(20万元、10万元): whom the remark behind the sums is for.
_OTHERS = re.compile(r"\((?![含不除以详见下如附])(?P<keys>[^()\d,。;:]{2,36})\)(?=[^()]*\Z)")
# 奖励100万元(基础层)、150万元(创新层): each value's key in a remark behind it.
_KEY_BEHIND = re.compile(r"\((?P<key>[^()\d,。;:]{2,12})\)")

# 奖励标准:甲100万元、乙50万元;丙80万元、丁40万元: each clause of what a colon opens is a list.
_LISTED = re.compile(r":(?:[^。:]*;)?\Z")
_STANDARDS = re.compile(r"(?:奖励|补助|补贴|资助|支持|扶持)(?:标准|金额):?\Z")
# 给予一次性奖励(国家级、省级基地分别奖励
_GIVEN_IN_REMARK = re.compile(
    rf"(?:给予|予以)[^,。;\d()]{{0,6}}{terms.KIND}\([^()]{{2,40}}分别(?:一次性)?(?:给予|奖励|补助|补贴)[^()给]*\Z"
    # 给予一次性求职补贴(每人1500元)
    rf"|(?:给予|予以|发放|享受|领取|申领)[^,。;\d()]{{0,16}}{terms.KIND}金?\((?:标准)?(?:为|按)?(?:每[^,。;()\d]{{1,6}}|一次性)?\Z"
)
# Sums of one unit are of one size: 给予20万元、50元/吨 are two things.
_ALIKE = 20
_WITH_REMARK = 2


def find_suspects(passage: Passage) -> list[tuple[int, int]]:
    """Numbers that lost a dash or a percent sign (``100万500万元``, ``按5、8和10给予``): to be said, not to be used."""
    if not terms.AWARD.search(passage.text):
        return []
    places = [(one.start, one.end) for one in find_money(passage.text) if one.suspect]
    places += [(at.start("numbers"), at.end("numbers")) for at in _LOST_SIGN.finditer(passage.text)]
    return sorted(places)


def find_second_values(passage: Passage) -> list[tuple[int, int]]:
    """``10万元(5万元)``: another sum in a remark that does not say whom it is for: to be said, not to be used."""
    found = [
        at.span("other")
        for at in _SECOND_VALUE.finditer(passage.text)
        if {one.fen for one in find_money(at["first"])} != {one.fen for one in find_money(at["other"])}
    ]
    if not found:
        return []
    read = {group.floor for group in find_groups(passage) if group.bracketed and group.items[0].key}
    return [other for other in found if other[0] not in read]


def _others(passage: Passage, start: int, values: int) -> list[str]:
    """Whom the sums of a remark behind ``values`` sums are for: as many keys in the remark before them, or one noun for all."""
    clause = passage.text.rfind("。", 0, start) + 1
    told = _OTHERS.search(passage.text[clause:start])
    keys = re.split(r"[、和及]", told["keys"]) if told else []
    return keys if len(keys) == values else keys * values if len(keys) == 1 else []


def _second_list(passage: Passage, group: Group) -> Iterator[Group]:
    """``给予50万元、20万元(20万元、10万元)``: the sums in a remark behind as many, where a remark before tells for whom."""
    each = [_IN_REMARK.match(passage.text, item.end) for item in group.items]
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


def find_groups(passage: Passage) -> list[Group]:
    """The numbers of a passage in text order, those of one list together."""
    mentions = find_mentions(passage)
    groups: list[Group] = []
    phrases = passage.phrases
    lists = {
        items[0].start: items
        for named in lists_in_remarks(passage)
        if (items := tuple(Item(one.start, one.end, fen=one.fen, per=one.per, key=one.key) for one in named))
    }
    at, read = 0, 0
    for mention in mentions:
        while at < len(phrases) - 1 and phrases[at].end <= mention.start:
            at += 1
        if not phrases or mention.start < max(read, phrases[at].start):
            continue
        if mention.start in lists:
            items = lists[mention.start]
            read = items[-1].end
            groups.append(Group(items, phrases[at], phrases[at].start, phrases[at].end, True, False, False, False))
            continue
        phrase, depth = phrases[at], passage.depths[mention.start]
        told = bool(depth) and _told_in_remark(passage, phrase, mention)
        depth = 0 if told else depth
        previous = groups[-1] if groups and groups[-1].phrase == phrase else None
        beside = _beside(passage.text, previous, mention) if depth else None
        list_goes_on = _list_behind_remark(passage, groups, mention) if previous and not depth else None
        if list_goes_on is not None:
            groups[-2] = list_goes_on
            continue
        if depth and beside is None and not _caps_in_remark(passage, phrase, mention):
            continue
        joined = _joined(passage, previous, mention, bool(depth)) if previous else None
        if joined is not None:
            groups[-1] = joined
            continue
        floor = previous.end if previous else phrase.start
        if depth or told:
            floor = max(floor, passage.text.rfind("(", 0, mention.start) + 1)
        groups.append(
            Group(
                (replace(_item(mention), key=beside),),
                phrase,
                floor,
                phrase.end,
                isinstance(mention, Money),
                False,
                bool(depth),
                _inferred(mention),
            )
        )
    groups = [_counted_alike(_keyed_behind(passage.text, group)) for group in groups]
    return [one for group in groups for one in (group, *_second_list(passage, group))]


def _list_behind_remark(passage: Passage, groups: Sequence[Group], mention: Money | Rate) -> Group | None:
    """``50万元(分站30万元)、20万元``: the list goes on behind the remark that holds another value for some."""
    if len(groups) < _WITH_REMARK or not (groups[-1].bracketed and groups[-1].items[0].key) or groups[-2].bracketed:
        return None
    if groups[-2].phrase != groups[-1].phrase:
        return None
    return _joined(passage, groups[-2], mention, bracketed=False)


def _told_in_remark(passage: Passage, phrase: Phrase, mention: Money | Rate) -> bool:
    """``给予一次性奖励(国家级、省级基地分别奖励A、B)``: what is given before a remark, and how much in it."""
    return bool(_GIVEN_IN_REMARK.search(passage.text, phrase.start, mention.start))


def _caps_in_remark(passage: Passage, phrase: Phrase, mention: Money | Rate) -> bool:
    """``(单个企业最高50万元)``: of what stands in brackets only the bounds count."""
    bounds = _BRACKET_CAP.search(passage.text, max(phrase.start, mention.start - 12), mention.start)
    return bool(bounds) and not _COMPARES.match(passage.text, mention.end)


def _beside(text: str, previous: Group | None, mention: Money | Rate) -> str | None:
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


def _keyed_behind(text: str, group: Group) -> Group:
    """``100万元(基础层)、150万元(创新层)``: the keys of a list, each in a remark behind its value."""
    found = [_KEY_BEHIND.match(text, item.end) for item in group.items]
    keys = [at["key"] for at in found if at is not None]
    if len(group.items) < 2 or len(set(keys)) < len(group.items):
        return group
    items = tuple(replace(item, key=key) for item, key in zip(group.items, keys, strict=True))
    return replace(group, items=items)


def _counted_alike(group: Group) -> Group:
    """``存量150元/标箱、增量350元``, ``分别给予100元、200元/吨``: the unit that the first or the last of a list tells holds for all."""
    told = [item.per for item in (group.items[0], group.items[-1]) if item.per]
    if len(told) != 1 or any(item.per for item in group.items[1:-1]):
        return group
    largest, least = max(item.fen or 0 for item in group.items), min(item.fen or 0 for item in group.items)
    if largest > least * _ALIKE:
        return group
    return replace(group, items=tuple(replace(item, per=told[0]) for item in group.items))


def _inferred(mention: Money | Rate) -> bool:
    return isinstance(mention, Money) and mention.unit_inferred


def _item(mention: Money | Rate) -> Item:
    if isinstance(mention, Money):
        return Item(mention.start, mention.end, fen=mention.fen, per=mention.per)
    return Item(mention.start, mention.end, rate=mention.value)


def _joined(passage: Passage, group: Group, mention: Money | Rate, bracketed: bool) -> Group | None:
    """The group with one more item, where only a list word or a range dash stands between."""
    if group.money != isinstance(mention, Money) or group.bracketed != bracketed:
        return None
    text = passage.text
    between = _REMARK.sub("", text[group.end : mention.start]).removeprefix("人民币")
    item = _item(mention)
    lead = text[group.phrase.start : group.start]
    least = len(group.items) == 1 and _MOST_NEXT.fullmatch(between) and LEAST.search(lead)
    if (_RANGE_JOIN.fullmatch(between) or least) and group.money and group.items[-1].low is None:
        low = group.items[-1]
        whole = Item(low.start, item.end, fen=item.fen, low=low.fen, per=item.per)
        return _with(group, (*group.items[:-1], whole), is_range=True)
    within = _WITHIN.match(text, mention.end)
    if between == "以上" and within and group.money and group.items[-1].low is None:
        low = group.items[-1]
        whole = Item(low.start, within.end(), fen=item.fen, low=low.fen, per=item.per)
        return _with(group, (*group.items[:-1], whole), is_range=True)
    if group.money and _NEW_BOUND.fullmatch(between) and len(group.items) == 1 and not _BRACKET_CAP.search(lead):
        return None
    if len(between) <= 6 and (_LIST_JOIN.fullmatch(between) or ("分别" in lead and _EACH_JOIN.fullmatch(between))):
        return _with(group, (*group.items, item), is_range=group.is_range)
    return _keyed(passage, group, item, between)


def _keyed(passage: Passage, group: Group, item: Item, between: str) -> Group | None:
    """``国家级100万元、省级50万元``: a list of keys, each with its own value; behind a colon or the word 标准 any names are keys."""
    before, lead = passage.text[: group.phrase.start], passage.text[group.phrase.start : group.start]
    opens = not before or before[-1] in ";。"
    titled = opens and any(_STANDARDS.search(told) for told in (passage.lead_in, passage.heading, passage.above))
    listed = titled or bool(_LISTED.search(before))
    keys = parallel_key(lead, between, group.items[0].key, listed=listed)
    if keys is None or group.is_range or (len(group.items) > 1 and not group.items[0].key):
        return None
    first, following = keys
    items = (replace(group.items[0], key=first), *group.items[1:], replace(item, key=following))
    return _with(group, items, is_range=False)


def _with(group: Group, items: tuple[Item, ...], *, is_range: bool) -> Group:
    return replace(group, items=items, is_range=is_range)
