"""The numbers of a passage that may be awards: sums and rates in lists, ranges and (key, value) sequences, each with its place.

What a number is for is another question: :mod:`luodi.policy.awards.roles.money` and :mod:`luodi.policy.awards.roles.rates` tell,
:mod:`luodi.policy.awards.roles.sums` puts them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from luodi.policy.awards.numbers.mentions import find_mentions
from luodi.policy.awards.numbers.number_groups import Group, Item
from luodi.policy.awards.numbers.pairing import parallel_key
from luodi.policy.awards.numbers.remark_lists import lists_in_remarks
from luodi.policy.awards.numbers.remark_values import (
    BRACKET_CAP,
    is_bound_in_remark,
    is_told_in_remark,
    key_in_remark,
    keyed_behind,
    second_list,
)
from luodi.policy.passages import Passage, Phrase
from luodi.quantities.money import Money
from luodi.quantities.rates import Rate

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
_REMARK = re.compile(r"\([^()]*\)")
# 奖励标准:甲100万元、乙50万元;丙80万元、丁40万元: each clause of what a colon opens is a list.
_LISTED = re.compile(r":(?:[^。:]*;)?\Z")
_STANDARDS = re.compile(r"(?:奖励|补助|补贴|资助|支持|扶持)(?:标准|金额):?\Z")
# Sums of one unit are of one size: 给予20万元、50元/吨 are two things.
_ALIKE = 20
_WITH_REMARK = 2


def find_groups(passage: Passage) -> list[Group]:
    """The numbers of a passage in text order, those of one list together."""
    groups: list[Group] = []
    listed = [
        tuple(Item(one.start, one.end, fen=one.fen, per=one.per, key=one.key) for one in named)
        for named in lists_in_remarks(passage)
    ]
    lists = {items[0].start: items for items in listed}
    read = 0
    for mention, phrase in _with_phrases(passage):
        if mention.start < read:
            continue
        if found := lists.get(mention.start):
            read = found[-1].end
            groups.append(Group(found, phrase, phrase.start, phrase.end, True, False, False, False))
        else:
            _add(passage, groups, mention, phrase)
    groups = [_counted_alike(keyed_behind(passage.text, group)) for group in groups]
    return [one for group in groups for one in (group, *second_list(passage, group))]


def _with_phrases(passage: Passage) -> Iterator[tuple[Money | Rate, Phrase]]:
    """The numbers of a passage, each with the phrase that it stands in."""
    at, phrases = 0, passage.phrases
    for mention in find_mentions(passage):
        while at < len(phrases) - 1 and phrases[at].end <= mention.start:
            at += 1
        if phrases and mention.start >= phrases[at].start:
            yield mention, phrases[at]


def _add(passage: Passage, groups: list[Group], mention: Money | Rate, phrase: Phrase) -> None:
    """Put a number to the list that it goes on with, else begin a list; in a remark only where that tells whose it is."""
    depth = passage.depths[mention.start]
    told = bool(depth) and is_told_in_remark(passage, phrase, mention)
    depth = 0 if told else depth
    previous = groups[-1] if groups and groups[-1].phrase == phrase else None
    key = key_in_remark(passage.text, previous, mention) if depth else None
    if previous and not depth and (goes_on := _list_behind_remark(passage, groups, mention)):
        groups[-2] = goes_on
        return
    if depth and key is None and not is_bound_in_remark(passage, phrase, mention):
        return
    if previous and (joined := _joined(passage, previous, mention, bool(depth))):
        groups[-1] = joined
        return
    floor = previous.end if previous else phrase.start
    if depth or told:
        floor = max(floor, passage.text.rfind("(", 0, mention.start) + 1)
    item, money = replace(_item(mention), key=key), isinstance(mention, Money)
    groups.append(Group((item,), phrase, floor, phrase.end, money, False, bool(depth), _inferred(mention)))


def _list_behind_remark(passage: Passage, groups: Sequence[Group], mention: Money | Rate) -> Group | None:
    """``50万元(分站30万元)、20万元``: the list goes on behind the remark that holds another value for some."""
    if len(groups) < _WITH_REMARK or not (groups[-1].bracketed and groups[-1].items[0].key) or groups[-2].bracketed:
        return None
    if groups[-2].phrase != groups[-1].phrase:
        return None
    return _joined(passage, groups[-2], mention, bracketed=False)


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
    between = _REMARK.sub("", text[group.end : mention.start])
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
    if group.money and _NEW_BOUND.fullmatch(between) and len(group.items) == 1 and not BRACKET_CAP.search(lead):
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
