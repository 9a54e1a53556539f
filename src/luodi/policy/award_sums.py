"""The sums and rates of a passage, each with its role: an amount, a cap, a rate, a ceiling on a share, or none.

The test is LANGUAGE 6.10: is the number governed by a word of payment in its own phrase? A number to the left of
``的,`` is a condition; a fund, a loan, a price, a fine, a deduction, a payment schedule and the past are no awards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from luodi.policy import award_terms as terms
from luodi.policy.pairing import parallel_key
from luodi.policy.passages import Passage, Phrase
from luodi.quantities.money import Money, find_bare_money, find_money
from luodi.quantities.rates import Rate, find_rates

Role = Literal["amount", "cap", "rate", "ceiling", "case"]


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
class _Group:
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
        return self.items[0].start

    @property
    def end(self) -> int:
        return self.items[-1].end


_LOST_SIGN = re.compile(
    r"按照?(?P<numbers>\d{1,2}(?:\.\d{1,2})?(?:[、和及]\d{1,2}(?:\.\d{1,2})?){0,8})(?:的?比例)?(?:分别)?(?=给予|予以|奖励|补)"
)
_LIST_JOIN = re.compile(r"(?:[、,]|和|及|与|以及|或者?)(?:最高|不超过|最高不超过|各)?")
_RANGE_JOIN = re.compile(r"(?:[—–~-]{1,2}|至|到)")
_WHOLE = re.compile(
    r"(?:费用|金额|支出|租金|保费)的?(?P<whole>全部金额|全额)|(?:给予|予以)(?P<whole2>全额)(?=补|资|奖|返|贴)|(?P<whole3>全额)(?=补助|补贴|资助|返还|奖励)"
)
_BRACKET_CAP = re.compile(r"(?:最高|不超过|限额|封顶|上限)")
_BASED = re.compile(r"(?:按照?|参照|依照|依据|根据|以|为|的)")
_SUBJECT_STOCK = re.compile(
    r"(?<!补助)(?<!补贴)(?<!奖励)(?<!资助)规模|贷款|授信|担保|融资额|借款|投资额|合同额|销售|营业|收入|资产|面积|注册|保额|保险金额|人数|数量|年限|股权|股份|价|成本|建设周期|造价|注册资本|单笔投资"
)
_STANDARD = re.compile(
    rf"{terms.KIND}(?:金|资金)?的?(?:标准|金额|额度|资金)?(?:统一|一般|分别)?(?:为|是|按)[^,。;]{{0,12}}\Z"
)
_LIVING = re.compile(r"(?:保障|养育|生活|饮食|救助|护理|抚恤|优待|供养)(?:(?!认定|准入|收入)[^,。;]){0,8}标准")
_LIVING_STANDARD = re.compile(rf"{_LIVING.pattern}[^,。;]{{0,10}}\Z")
# 5亿元(含)至10亿元的奖励100万元: the bounds of a tier.
_TIER_AFTER = re.compile(
    r"\([^()]{1,8}\)(?:至|到|—|-|~)\d|(?:\([^()]{1,8}\))?的(?:一次性)?(?:给予|奖励|补助|补贴|资助)[^,。;\d]{0,6}\d"
)
# 每发放1亿元贷款: the step that a sum is counted for, not the sum.
_STEP = re.compile(
    r"每(?:新?增加?|发放|投放|完成|实现|销售|出口|进口|投入|递增|超出|超过?)[^,。;\d家个项人名台套户件的]{0,6}\Z"
)
_PRIZE_MONEY = re.compile(r"奖金(?:分别|各|均|为|是)*\Z")
_ADJACENT_WEAK = re.compile(
    r"(?:支持|扶持|发放|领取|享受|提供|拨付|兑现|报销|申领|发给)(?:企业|单位|个人|资金|其|每[^,\d]{1,8}|不超过|最高|一次性|可达|总额|额度|为|最高不超过)*\Z"
)
_STRONG = re.compile(
    r"给予|予以|给与|发给|另给|补足|返还|奖励|补助|补贴|资助|奖补|配套|贴息|给(?=企业|个人|单位|每|其|\d)"
)
_NEAR = 16
# No word farther than this from a number governs it.
_REACH = 240
_CAP_GIVE = re.compile(r"最高(?:可)?(?:一次性)?(?:给予|奖励|补助|补贴|资助|支持|扶持)[^,。;\d元]{0,12}\Z")
_RATE_NOUN = re.compile(
    rf"(?:{terms.KIND})(?:资金|金)?的?(?:比例|标准|费率|率|金额|额度|总额|额)?[^,。;%]{{0,30}}\Z|贴息率[^,。;%]{{0,8}}\Z"
)
_CEILING = re.compile(r"(?:不超过|不高于|不得超过|最高不超过|控制在)[^,。;%]{0,30}\Z")
_FOR_RATE = re.compile(r"(?:按照?|参照|依照|依据|以)[^,。;%]{0,40}\Z")
_FUND_AFTER = re.compile(r"\A(?:的|左右的?)?[^,。;\d]{0,6}?(?:资金|经费)(?!补|奖|支持|扶|资助)")
_BY_STANDARD = re.compile(r"\A的?标准(?:予以|进行)?(?:确定|执行|计发|发放|给予|核定)")
_RATIO_USE = re.compile(
    r"\A(?:的)?(?:比例)?(?:给予|予以|进行|同比例)?[^,。;]{0,6}?(?:配套|补助|奖励|资助|补贴|支持|匹配)"
)
_BASE_OF_AWARD = re.compile(
    r"(?:资金|金额|总额|额|标准|投入|费用|经费|补助|奖励|支出|成本|贡献|保费|租金|利息|价|款|薪酬|预算)的?(?:比例)?(?:不超过|最高)?\Z"
)


def find_sums(passage: Passage) -> list[Sum]:
    """The sums of a passage that are paid or bound a payment, in text order."""
    about = passage.text + passage.lead_in + passage.heading
    if not terms.AWARD.search(about) and not _LIVING.search(about):
        return []
    found: list[Sum] = []
    groups = _groups(passage)
    vetoed = _vetoed_clauses(passage, groups)
    for group in groups:
        if group.phrase.clause in vetoed:
            continue
        one = _sum(passage, group, found)
        if one is not None:
            found.append(one)
    return sorted([*found, *_cases(passage, found)], key=lambda one: one.start)


def find_suspects(passage: Passage) -> list[tuple[int, int]]:
    """Numbers that lost a dash or a percent sign (``100万500万元``, ``按5、8和10给予``): to be said, not to be used."""
    if not terms.AWARD.search(passage.text):
        return []
    places = [(one.start, one.end) for one in find_money(passage.text) if one.suspect]
    places += [(at.start("numbers"), at.end("numbers")) for at in _LOST_SIGN.finditer(passage.text)]
    return sorted(places)


def _groups(passage: Passage) -> list[_Group]:
    mentions = _mentions(passage)
    groups: list[_Group] = []
    phrases = passage.phrases
    at = 0
    for mention in mentions:
        while at < len(phrases) - 1 and phrases[at].end <= mention.start:
            at += 1
        if not phrases or mention.start < phrases[at].start:
            continue
        phrase, depth = phrases[at], passage.depths[mention.start]
        if depth and not _BRACKET_CAP.search(passage.text, max(phrase.start, mention.start - 12), mention.start):
            continue
        previous = groups[-1] if groups and groups[-1].phrase == phrase else None
        joined = _joined(passage.text, previous, mention, bool(depth)) if previous else None
        if joined is not None:
            groups[-1] = joined
            continue
        floor = previous.end if previous else phrase.start
        if depth:
            floor = max(floor, passage.text.rfind("(", 0, mention.start) + 1)
        groups.append(
            _Group(
                (_item(mention),),
                phrase,
                floor,
                phrase.end,
                isinstance(mention, Money),
                False,
                bool(depth),
                _inferred(mention),
            )
        )
    return groups


def _mentions(passage: Passage) -> list[Money | Rate]:
    money = [one for one in find_money(passage.text) if not one.suspect]
    taken = {index for one in money for index in range(one.start, one.end)}
    if "万" in passage.text or "亿" in passage.text:
        money += [one for one in find_bare_money(passage.text) if one.start not in taken and one.end - 1 not in taken]
    rates = find_rates(passage.text)
    for at in _WHOLE.finditer(passage.text):
        name = str(at.lastgroup)
        rates.append(Rate(at.start(name), at.end(name), Fraction(1)))
    return sorted([*(m for m in money if m.fen is not None), *rates], key=lambda one: one.start)


def _inferred(mention: Money | Rate) -> bool:
    return isinstance(mention, Money) and mention.unit_inferred


def _item(mention: Money | Rate) -> Item:
    if isinstance(mention, Money):
        return Item(mention.start, mention.end, fen=mention.fen, per=mention.per)
    return Item(mention.start, mention.end, rate=mention.value)


def _joined(text: str, group: _Group, mention: Money | Rate, bracketed: bool) -> _Group | None:
    """The group with one more item, where only a list word or a range dash stands between."""
    if group.money != isinstance(mention, Money) or group.bracketed != bracketed:
        return None
    between = text[group.end : mention.start]
    item = _item(mention)
    if _RANGE_JOIN.fullmatch(between) and group.money and not group.is_range:
        low = group.items[-1]
        whole = Item(low.start, item.end, fen=item.fen, low=low.fen, per=item.per)
        return _with(group, (*group.items[:-1], whole), is_range=True)
    if len(between) <= 6 and _LIST_JOIN.fullmatch(between):
        return _with(group, (*group.items, item), is_range=group.is_range)
    return _keyed(text, group, item)


def _keyed(text: str, group: _Group, item: Item) -> _Group | None:
    """``国家级100万元、省级50万元``: a list of keys, each with its own value."""
    lead = text[group.phrase.start : group.start]
    keys = parallel_key(lead, text[group.items[-1].end : item.start], group.items[0].key)
    if keys is None or group.is_range or (len(group.items) > 1 and not group.items[0].key):
        return None
    first, following = keys
    items = (replace(group.items[0], key=first), *group.items[1:], replace(item, key=following))
    return _with(group, items, is_range=False)


def _with(group: _Group, items: tuple[Item, ...], *, is_range: bool) -> _Group:
    return _Group(
        items, group.phrase, group.floor, group.ceiling, group.money, is_range, group.bracketed, group.inferred
    )


def _sum(passage: Passage, group: _Group, before: list[Sum]) -> Sum | None:
    text = passage.text
    left_start = max(group.phrase.start if not group.bracketed else group.floor, group.start - _REACH)
    left = text[left_start : group.start]
    right = text[group.end : min(group.ceiling, group.end + _REACH)]
    if _vetoed(left):
        return None
    role = (_money_role if group.money else _rate_role)(passage, group, left, right, before)
    if role is None:
        return None
    name, gives, confidence = role
    return Sum(
        name,
        group.items,
        group.start,
        group.end,
        group.phrase,
        left,
        right,
        gives,
        group.is_range,
        group.bracketed,
        confidence * (0.9 if group.inferred else 1.0),
    )


def _vetoed_clauses(passage: Passage, groups: list[_Group]) -> set[int]:
    """Clauses of fines and deductions: none of their sums is paid to a reader."""
    vetoed = set()
    for clause in {group.phrase.clause for group in groups}:
        start, end = passage.stretch(clause=clause)
        if terms.FINE.search(passage.text, start, end) or terms.DEDUCTION.search(passage.text, start, end):
            vetoed.add(clause)
    return vetoed


def _vetoed(left: str) -> bool:
    """The past, payment schedules and money taken back."""
    return bool(
        (terms.HISTORY.search(left) and "给予" not in left)
        or terms.SCHEDULE.search(left[-24:])
        or re.search(r"追回|退回|收回|扣回", left)
    )


_Found = tuple[Role, bool, float]


def _money_role(passage: Passage, group: _Group, left: str, right: str, before: list[Sum]) -> _Found | None:
    if terms.THRESHOLD_AFTER.match(right) or _TIER_AFTER.match(right):
        return None
    compared = None if terms.CAP_BEFORE.search(left) else terms.COMPARED_BEFORE.search(left)
    give = _giving(left, right)
    if compared and not (give and re.search(r"不低于|不少于|至少", compared[0]) and len(left) - give.end() <= _NEAR):
        return None
    if _STEP.search(left):
        return None
    capped = bool(terms.CAP_BEFORE.search(left) or _CAP_GIVE.search(left) or terms.INSIDE_AFTER.match(right))
    capped = capped or _capped_before(passage, group, before)
    if give is not None:
        return "cap" if capped else "amount", True, 1.0
    own = passage.text[max(group.floor, group.start - len(left)) : group.start]
    if terms.STOCK_AFTER.match(right) and not terms.KIND_AFTER.match(right):
        return None
    if capped and _cap_subject(own if group.floor > group.phrase.start else left, group):
        return "cap", False, 1.0
    if capped or terms.BUDGET.search(left) or terms.PRICE.search(left):
        return None
    if _PRIZE_MONEY.search(left):
        return "amount", True, 0.9
    by_standard = _BY_STANDARD.match(right) and _FOR_RATE.search(left)
    if by_standard or _STANDARD.search(left) or _LIVING_STANDARD.search(left):
        return "amount", True, 0.9
    if terms.KIND_AFTER.match(right) and not terms.RECIPIENT_AFTER.match(right) and not _FUND_AFTER.match(right):
        return "amount", True, 0.9
    return _bare_role(passage, group, own, right, before)


def _capped_before(passage: Passage, group: _Group, before: list[Sum]) -> bool:
    """``最高1000万元租金、200万元物业费``: the bound holds for the whole list."""
    if not before or before[-1].phrase != group.phrase or before[-1].role != "cap":
        return False
    return bool(re.fullmatch(r"[^,。;\d]{1,6}[、和及]", passage.text[before[-1].end : group.start]))


def _giving(left: str, right: str) -> re.Match[str] | None:
    """The verb of giving that governs a sum to its right, if one does."""
    last = terms.last_match(terms.GIVE, left)
    if last is None:
        return None
    between = left[last.end() :]
    if terms.BUDGET.search(between) or terms.PRICE.search(between):
        return None
    stock = terms.STOCK_AFTER.match(right) and not terms.KIND_AFTER.match(right)
    if stock or (terms.RECIPIENT_AFTER.match(right) and (len(between) > _NEAR or "的" in between)):
        return None
    if re.search(r"安排|设立|出资", left[: last.start()]) and not _STRONG.match(last[0]):
        return None
    if _STRONG.match(last[0]) or _ADJACENT_WEAK.search(left) or terms.KIND_AFTER.match(right):
        return None if _budget_first(left, last) else last
    return None


def _budget_first(left: str, give: re.Match[str]) -> bool:
    """``每年安排最高100万元补助资金``: the governing verb is the budget's, the word of giving only a noun."""
    return bool(re.search(r"(?:安排|设立|筹集|列支)[^,。;]{0,12}\Z", left[: give.start()])) and give[0] not in (
        "给予",
        "予以",
    )


def _cap_subject(left: str, group: _Group) -> bool:
    """Whether what is bounded is a payment: its own noun says so, or nothing else is named."""
    own = terms.CAP_WORD.sub("", left)
    if re.search(r"安排|设立|出资|提供", own):
        return False
    kinds = [at.end() for at in terms.AWARD.finditer(own)]
    stocks = [at.end() for at in _SUBJECT_STOCK.finditer(own)]
    if stocks and (not kinds or kinds[-1] < stocks[-1]):
        return False
    if kinds or terms.LEVEL.search(own) or terms.TOTAL.search(own) or terms.YEARLY_CAP.search(own):
        return True
    rest = re.sub(r"\A(?:且|并|但|其中|原则上|一般|标准|额度|金额|资金|每人|每年|年度|单个|即|各|分别)*", "", own)
    return len(rest) <= 8 or group.bracketed


def _bare_role(passage: Passage, group: _Group, own: str, right: str, before: list[Sum]) -> _Found | None:
    """``一等奖100万元,二等奖50万元``: a short key and its sum, after a verb that was said once."""
    if len(own) > 26 or not re.fullmatch(r"(?:\([^()]*\))?(?:[/(].*)?(?:(?:的)?(?:奖励|补助|补贴|资助).*)?", right):
        return None
    if re.search(r"投资|产值|收入|销售|纳税|贷款|价|资产|资本|规模|面积|利润|成本|缴", own) or not own:
        return None
    same = [one for one in before if one.phrase.sentence == group.phrase.sentence and one.role in ("amount", "cap")]
    start, _ = passage.stretch(sentence=group.phrase.sentence)
    head = passage.text[start : group.phrase.start]
    introduced = re.search(r"(?:其中|如下|以下|标准|分别|档|等级|即)[^。;]{0,14}[:,]", head) or head.endswith(":")
    lead = introduced and terms.AWARD.search(head)
    from_above = not head and passage.lead_in and terms.AWARD.search(passage.lead_in)
    if not (same or lead or from_above):
        return None
    told = (head if lead else "") + (passage.lead_in if from_above else "")
    if terms.BUDGET.search(told) or terms.PRICE.search(told):
        return None
    capped = bool(same and same[-1].role == "cap") or bool(
        re.search(r"(?:不超过|最高)[^,。;\d]{0,10}(?:标准|额度)?:?\Z", told)
    )
    return "cap" if capped else "amount", True, 0.8


def _rate_role(passage: Passage, group: _Group, left: str, right: str, before: list[Sum]) -> _Found | None:
    text = passage.text
    if (
        terms.THRESHOLD_AFTER.match(right)
        or terms.SCHEDULE_AFTER.match(right)
        or re.match(r"的?(?:保费率|费率|利率|税率)上限", right)
    ):
        return None
    is_ratio = ":" in text[group.start : group.end] or "比" in text[group.start : group.end]
    if is_ratio and not _RATIO_USE.match(right):
        return None
    give = terms.last_match(terms.GIVE, left)
    compared = terms.COMPARED_BEFORE.search(left)
    if compared and not (give and re.search(r"不低于|不少于|至少", compared[0])):
        return None
    tail = left[give.end() :] if give else left
    if terms.SHARE_BEFORE.search(tail[-14:]) and not _BASE_OF_AWARD.search(left):
        return None
    if _ceiling_of_caps(left, group, before):
        return "ceiling", False, 1.0
    if give and _STRONG.match(give[0]) and not terms.RECIPIENT_AFTER.match(right):
        return "rate", True, 1.0
    if _RATE_NOUN.search(left) and (terms.CAP_WORD.search(left) or re.search(r"为|按|达|贴息率|补[助贴]\Z", left)):
        return "rate", True, 1.0
    if terms.GIVE.search(right) and not terms.RECIPIENT_AFTER.match(right):
        return "rate", True, 1.0
    start, _ = passage.stretch(clause=group.phrase.clause)
    if _BY_STANDARD.match(right) and _FOR_RATE.search(left) and terms.AWARD.search(text, start, group.start):
        return "rate", False, 0.9
    if terms.STAGE.search(left[-8:]) and terms.GIVE.search(text, start, group.phrase.start):
        return "rate", False, 0.9
    if _followed_by_giving(passage, group.phrase) and (_FOR_RATE.search(left) or _CEILING.search(left)):
        return "rate", False, 1.0
    return None


def _ceiling_of_caps(left: str, group: _Group, before: list[Sum]) -> bool:
    """``…不超过200万元,不超过上一年投入的30%``: the share bounds the sum just named."""
    near = [one for one in before if one.phrase.clause == group.phrase.clause]
    if not near or near[-1].role != "cap" or not _CEILING.search(left):
        return False
    return near[-1].phrase is not group.phrase or bool(re.search(r"(?:且|并|同时)[^,。;]*\Z", left))


def _followed_by_giving(passage: Passage, phrase: Phrase) -> bool:
    """Whether the next phrases of the clause hand out what this phrase measures."""
    for other in passage.phrases:
        if other.clause == phrase.clause and other.start > phrase.start:
            words = passage.phrase_text(other)
            if terms.GIVE.search(words) or terms.CAP_WORD.search(words):
                return True
    return False


def _cases(passage: Passage, found: list[Sum]) -> Iterator[Sum]:
    """``一事一议``, ``一企一策`` about support, where the sentence names no sum of its own but a cap."""
    for at in terms.CASE.finditer(passage.text):
        phrase = next((p for p in passage.phrases if p.start <= at.start() < p.end), None)
        if phrase is None:
            continue
        start, end = passage.stretch(sentence=phrase.sentence)
        if any(one.role in ("amount", "rate") and start <= one.start < end for one in found):
            continue
        words = passage.text[start:end]
        about = passage.text + passage.heading
        if not terms.AWARD.search(about) or re.search(r"准入|入驻|除外|入园|准予", words):
            continue
        item = Item(at.start(), at.end())
        left, right = passage.text[phrase.start : at.start()], passage.text[at.end() : phrase.end]
        yield Sum("case", (item,), at.start(), at.end(), phrase, left, right, True)
