"""分别-lists: the nth key takes the nth value (LANGUAGE 6.3).

Keys are levels, prizes, classes, thresholds or any list of n nouns before the values. Two dimensions multiply
(``省、市`` × ``一、二、三等奖``); a list introduced by ``根据…档次`` comes before a union of alternatives. Where no
reading gives equal counts, there are no keys, and the caller says so instead of guessing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from luodi.policy.awards.words.grades import KEY_WORD, NUMERALS, Keys, numeral_words, told_in_one
from luodi.policy.awards.words.key_words import (
    AFTER_VERB,
    BRACKET,
    first_key,
    heads_of_phrases,
    last_key,
    phrases_of,
    pieces_of,
    stands_apart,
    whole_phrases,
    without_brackets,
    without_payees,
)

# 8000万元以上、1亿元以下: one tier with its two bounds
_COMMA = r"(?:(?<!以上)、|(?<=以上)、(?!\d[\d.]*[万亿]?[一-鿿%]{1,2}·*以下))"
_SEPARATORS = (rf"{_COMMA}|/(?=\d)|和|以及|及(?!以[上下内])|(?<!参)与|或者?", rf"{_COMMA}|和|(?<!参)与|以及", _COMMA)
_GRADE_LIST = re.compile(
    r"(?:根据|按照?|依照?|依据|视)(?:其)?(?:所?获得?|评定的?|认定的?|取得的?)?"
    r"((?:[^,。;:、]{1,12}(?:、|和|及)){1,8}[^,。;:、]{1,12}?)(?:的)?(?:不同)?(?P<class>档次|等级|等次|级别|标准|名次|排名|档|类别)"
)
# 按一、二、三等级: a numeral is no name without its class.
_NUMERAL = re.compile("[一二三四五]")
_SUFFIX_OF = {"档次": "档", "等级": "等", "等次": "等", "级别": "级", "名次": "名", "档": "档", "类别": "类"}
# 开展Ⅰ期、Ⅱ期临床试验的1类药、2类药,按不同阶段分别给予: what the words before the sums say that they go by.
_BY_STAGE = re.compile(r"(?:不同|相应|各)(?:试验)?阶段")
_STAGES = re.compile(r"(?:(?:[IV]{1,3}|[ⅠⅡⅢⅣ])期?(?:、|和|以?及))+(?:[IV]{1,3}|[ⅠⅡⅢⅣ])期")
_QUOTED = re.compile(r"“[^“”]{1,20}”(?:[、和及与]?“[^“”]{1,20}”)+")
_GENERIC_TAIL = re.compile(
    r"(?<=..)(?:当年|全年|年度?|上一?年度?)?(?:销售|营业|零售|主营业务|产)(?:额|收入|值)(?:\([^()]*\))?\Z"
    r"|每[人户生床](?:每[月年])?\Z|(?<=..)(?:定期|生活|照料)?(?:抚恤|补助|补贴|优待|养育|护理|供养)金?标准"
    r"(?:(?:全[国省市区县]|统一)*(?:提高|上调|调整|增加)(?:到|至|为)?)?\Z|(?<=[类级等档])(?:单位|企业|资格|资质|机构|园区|项目)\Z"
    r"|(?:(?<=..)|(?<=[A-F]))等?[两二三四五六]个?(?:阶段|档次?|等级|层次|环节|步骤)\Z|(?<=..)的?不同[^、]{0,6}\Z"
    r"|(?<=...)并(?:经|通过|完成|实现)[^、并]{2,12}\Z|\A按照?(?=..)"
)
_ONLY_FOR = re.compile(r"\((?:仅限|限于|仅适用)[^()]*\)\Z")  # 5000万元以上(仅限500强企业投资)
_LONG_REMARK = re.compile(r"(?<=.{4})\([^()、或含]{4,}\d[^()、或含]{2,}\)\Z")  # 大型无人机(最大起飞重量150公斤以上)
_WORDY_REMARK = re.compile(r"(?<=.{3})\([^()]{11,}\)\Z")  # 国家级标杆企业(含智能制造示范工厂、5G工厂)
_INSIDE_OUTSIDE = re.compile(r"([境国省市县区])内外")
_AND_EACH = re.compile(r"(?:且|并)[^、]{0,16}分别")
# 甲局、乙局、丙局等批准上市的药品和器械: the list that 等 closes only describes the one behind it.
_DESCRIBED = re.compile(r".*(?:等[^、的]{0,24}|[发产]生)的(?=[^的]*(?:、|和|与|及))")
# 根据产业分类、经济贡献、落户年限等不同情况: by what is decided, not what picks a sum.
_CRITERIA = re.compile(r"(?:根据|按照?|综合考虑|视)[^,。;]*等?(?:不同)?(?:情况|因素|条件)\Z")
# 分别给予50万元、20万元奖励: what an award before it gives.
_GIVEN_SUMS = re.compile(r"分别[^、]*\d[^、]*元、")
# 项目、试点被云州或省级以上部门推广的: by whom, nearer to the sums than what.
_BY_WHOM = re.compile(r"[^,。;:]*[^、](?:被|获|经)(?=[^、的或]{2,10}或[^、的或]{2,20}的?\Z)")
_REACHED = re.compile(r"分别(?:达到?|超过|突破|满|不低于|不少于|完成|实现)")
_GIVEN = re.compile(rf"(?!{_REACHED.pattern}){_GIVEN_SUMS.pattern}")
_BUILT = re.compile(r"(?:[新改扩续]建|改造|提升)的\Z")
# 获评丙工厂: another verb before the rest of a list.
_VERB_ALSO = re.compile(r"(?:被?(?:认定|评定|评|列|确定)为|获[评得批颁]|入选|列入|通过|取得|荣获|参[加与])")
_LONGEST_ITEM = 40
_LONGEST_KEY = 20
_SHORTEST_COMMON = 3
_KEY_BETWEEN = re.compile(r"(?:、|和|及|以及|与)(?P<key>[^,。;:、%\d元]{1,20})")
_NO_KEY = re.compile(
    r"给予|再|另|达到|超过|突破|低于|少于|(?<![科专士级称层档星]及)以[上下内]|累计|总额|合计|年度|每年|单个|同一|投资|贷款|营业|(?<!低)收入"
)
_KEY_FLUFF = re.compile(
    r"(?:最高|不超过|按照?|每(?:[平立]方米|千瓦时?|[^,。;、级]{1,2})(?:每?[年月日])?(?:奖励|补助|补贴|资助|发放)?|为|的)+\Z"
)
# 国家级平台的给予100万元、省级的50万元; 国家级平台奖励100万元、省级平台奖励50万元
_HANDED_OUT = re.compile(r"(?<=..)(?:一次性)?(?:给予|奖励|补助|补贴|资助)+(?:一次性)?\Z")
_GIVEN_KEY = re.compile(r"(?:给予|奖励|补助|补贴|资助)[一-鿿]+\Z")
_SHORT_KEY = 6
# 申报受理300万元、成功上市500万元 behind a colon: names of things or steps, no shares of those who pay.
_PLAIN_KEY = re.compile(
    r"(?!其中|[省市区县镇中][级央](?:财政|资金|配套|补助|奖励|承担|负担)?\Z|.*(?:财政|承担|负担|自筹|首期|尾款|预付))[一-鿿A-Z“”]{2,14}"
)
_KEY_LEAD = re.compile(
    r".*(?:[:、,]|(?:提高|调整|上调|增加)(?:到|至|为)|按照?|给予|分别|为|对(?!象)|奖励|补助|补贴|资助)(?=.)"
)


def find_keys(text: str, count: int) -> Keys | None:
    """The list of ``count`` keys nearest the end of a text; None where no list has that many."""
    if count < 2:
        return None
    keys = (
        _graded(text, count)
        or _staged(text, count)
        or _quoted(text, count)
        or told_in_one(text, count)
        or heads_of_phrases(text, count)
        or _listed(text, count)
        or _products(text, count)
        or _expanded(text, count)
        or _bracketed(text, count)
        or _inside_outside(text, count)
        or _over_two_phrases(text, count)
        or whole_phrases(text, count)
    )
    if keys is None:
        return None
    words = tuple(_GENERIC_TAIL.sub("", _ONLY_FOR.sub("", word)) for word in keys.words)
    bare = tuple(_WORDY_REMARK.sub("", _LONG_REMARK.sub("", word)) for word in words)
    return Keys(bare if len(set(bare)) == len(set(words)) else words, keys.start, keys.end)


def parallel_key(lead: str, between: str, first: str | None, *, listed: bool = False) -> tuple[str, str] | None:
    """The keys of two neighbouring values of a list of (key, value); None where the words between are no key.

    The keys of such a list are words of level or grade, or end in the same word; behind a colon (``listed``) any names.
    """
    at = _KEY_BETWEEN.fullmatch(between)
    if at is None:
        return None
    graded = KEY_WORD.match(at["key"])
    key = _KEY_FLUFF.sub("", _HANDED_OUT.sub("", at["key"]) if graded else at["key"])
    if _NO_KEY.search(key):
        return None
    if first is None:
        lead = _KEY_FLUFF.sub("", _HANDED_OUT.sub("", lead) if graded else lead)
        words = list(KEY_WORD.finditer(without_brackets(lead))) if graded else []  # 初级(五级): the first
        first = lead[words[-1].start() :] if words else _KEY_LEAD.sub("", lead).removeprefix("其中")
    if not key or not first or len(first) > _LONGEST_KEY or _NO_KEY.search(first):
        return None
    both = graded and KEY_WORD.match(first)
    shared = len(key) > 1 and (first[-1] == key[-1] or between[-1] == lead[-1:] == "的") and first != key
    given = bool(_GIVEN_KEY.search(lead)) and max(len(first), len(key)) <= _SHORT_KEY
    named = listed and bool(_PLAIN_KEY.fullmatch(first) and _PLAIN_KEY.fullmatch(key))
    return (first, key) if both or shared or given or named else None


def has_other_count(text: str, count: int) -> bool:
    """Whether the words before the values do list keys, but another number of them."""
    head = without_brackets(text)
    return (
        any(len(pieces_of(phrase, _SEPARATORS[0])) > 1 for phrase, _ in phrases_of(head))
        and find_keys(text, count) is None
    )


def _graded(text: str, count: int) -> Keys | None:
    for at in reversed(list(_GRADE_LIST.finditer(text))):
        words = re.split(_SEPARATORS[0], re.sub(r"(?<=[^、和及])[两二三四五六]个?\Z", "", at[1]))
        if len(words) == count:
            words[0] = first_key(words[0], words[1])
            suffix = _SUFFIX_OF.get(at["class"], "") if all(_NUMERAL.fullmatch(word) for word in words) else ""
            return Keys(tuple(word + suffix for word in words), at.start(1), at.end(1))
    return None


def _staged(text: str, count: int) -> Keys | None:
    """The stages of a trial, where the sums go by them, however near another list stands."""
    by = _BY_STAGE.search(text)
    for at in reversed(list(_STAGES.finditer(text, 0, by.start()))) if by else ():
        words = re.split(r"、|和|以?及", at[0])
        if len(words) == count:
            return Keys(tuple(f"{word.removesuffix('期')}期" for word in words), at.start(), at.end())
    return None


def _quoted(text: str, count: int) -> Keys | None:
    for at in reversed(list(_QUOTED.finditer(text))):
        words = re.findall(r"“([^“”]*)”", at[0])
        if len(words) == count:
            return Keys(tuple(words), at.start(), at.end())
    return None


def _listed(text: str, count: int) -> Keys | None:
    """A list of names; where none has as many, the tiers that each of them reaches (年销售额分别达到1亿元、5000万元以上)."""
    return _among(text, count, _GIVEN_SUMS) or (_among(text, count, _GIVEN) if _REACHED.search(text) else None)


def _among(text: str, count: int, leave_out: re.Pattern[str]) -> Keys | None:
    masked = without_brackets(text)
    for separators in _SEPARATORS:
        for phrase, offset in _with_halves(reversed(phrases_of(masked))):
            if _CRITERIA.search(phrase) or leave_out.search(phrase):
                continue
            told = _DESCRIBED.match(phrase)
            by = _BY_WHOM.match(phrase) if count == 2 else None
            for start in (by.end() if by else 0, told.end() if told else _behind_description(phrase, count)):
                own = without_payees(phrase[start:], count)
                keys = _from_phrase(text, masked, own, offset + start, separators, count)
                if keys is not None:
                    return keys
    return None


def _behind_description(phrase: str, count: int) -> int:
    """``取得甲证、乙证的大型机、中型机、小型机企业``: where the list behind its description begins, if that alone has as many items."""
    start = phrase.rfind("的") + 1
    before, after = len(re.split("、|和|或", phrase[:start])), phrase[start:].count("、") + 1
    built = _BUILT.search(phrase[:start])  # 新建、改建的食堂、服务点: how they came about picks none
    return start if start and before > 1 and count == after and (before != count or built) else 0


def _with_halves(phrases: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Each phrase, then what stands before 且 in it: ``超过10%、20%且增量分别不低于5000万元、1亿元`` are two lists side by side."""
    for phrase, offset in phrases:
        yield phrase, offset
        if (cut := _AND_EACH.search(phrase) or _REACHED.search(phrase)) is not None:
            yield phrase[: cut.start()], offset


def _from_phrase(text: str, masked: str, phrase: str, offset: int, separators: str, count: int) -> Keys | None:
    pieces = pieces_of(phrase, separators)
    for first in range(len(pieces) - count, -1, -1):
        if len(pieces) > count and not stands_apart(phrase, pieces, first, first + count):
            continue
        run = [(offset + start, offset + end) for start, end in pieces[first : first + count]]
        words = [text[start:end] for start, end in run]
        words[0] = first_key(words[0], words[1])
        whole, words[-1] = words[-1], _ended_as(last_key(words[-1], words[0]), words[-2])
        if words[-1] in words[:-1]:  # 初级、高级、高级技师: the grade word alone is another key
            words[-1] = re.split(r"的|,|分别|职业|资格|证书|称号", whole)[0]
        if all(0 < len(word) <= _LONGEST_ITEM for word in words):
            return Keys(tuple(words), run[0][1] - len(words[0]), run[-1][0] + len(words[-1]))
    return None


def _ended_as(last: str, before: str) -> str:
    """The last key without what all have in common: ``大型航空器、中型航空器型号合格证`` are two craft."""
    if len(last) <= len(before) + _SHORTEST_COMMON:
        return last
    for size in range(len(before) - 1, _SHORTEST_COMMON, -1):
        at = last.find(before[-size:])
        if at > 0:
            return last[: at + size]
    return last


def _products(text: str, count: int) -> Keys | None:
    """Outer × inner: ``省、市科技进步一、二、三等奖`` with six values."""
    for at in reversed(list(NUMERALS.finditer(text))):
        inner = numeral_words(at)
        if count % len(inner) or count == len(inner):
            continue
        outer = _listed(text[: at.start()], count // len(inner))
        if outer is not None:
            words = tuple(a + b for a, b in product(outer.words, inner))
            return Keys(words, outer.start, at.end())
    return None


def keys_of_groups(text: str, groups: int, each: int) -> Keys | None:
    """``国家级、省级示范社、示范场`` with ``A、B和C、D``: levels × things, the values of each thing in a group of their own."""
    masked = without_brackets(text)
    for phrase, offset in reversed(phrases_of(masked)):
        pieces = [(offset + start, offset + end) for start, end in pieces_of(phrase, _SEPARATORS[0])]
        if len(pieces) != groups + each - 1:
            continue
        words = [text[start:end] for start, end in pieces]
        words[0] = first_key(words[0], words[1])
        levels = [KEY_WORD.match(word) for word in words[:each]]
        if not all(levels) or any(KEY_WORD.match(word) for word in words[each:]):
            continue
        told = [at[0] for at in levels if at]
        things = [words[each - 1].removeprefix(told[-1]), *words[each:]]
        things[-1] = re.split(r"的|分别|称号", things[-1])[0]
        if all(2 <= len(thing) <= _LONGEST_ITEM for thing in things):
            start = pieces[0][1] - len(words[0])
            return Keys(tuple(level + thing for thing, level in product(things, told)), start, pieces[-1][1])
    return None


def _bracketed(text: str, count: int) -> Keys | None:
    """``A和B(省级、市级各…)``: keys in a remark."""
    for at in reversed(list(BRACKET.finditer(text))):
        words = [word.rstrip("各") for word in re.split(_SEPARATORS[0], re.split(r"各", at[1])[0])]
        if len(words) == count and all(KEY_WORD.match(word) for word in words):
            return Keys(tuple(words), at.start(1), at.end(1))
    return None


def _expanded(text: str, count: int) -> Keys | None:
    """``甲资格、乙资格(一级、二级)、丙认证``: an item for each grade in its remark."""
    masked = without_brackets(text)
    for phrase, offset in reversed(phrases_of(masked)):
        pieces = [(offset + start, offset + end) for start, end in pieces_of(phrase, _SEPARATORS[1])]
        words: list[str] = []
        for start, end in pieces:
            remark = BRACKET.search(text, start, end)
            grades = re.split(_SEPARATORS[1], remark[1]) if remark else []
            graded = len(grades) > 1 and all(KEY_WORD.match(grade) for grade in grades)
            name = text[start : remark.start()] if remark and graded else text[start:end]
            name = name if words else AFTER_VERB.sub("", name) or name
            words += [name + grade for grade in grades] if graded else [name]
        if len(words) == count > len(pieces):
            words[-1] = last_key(words[-1], words[0])
            return Keys(tuple(words), pieces[0][0], pieces[-1][1])
    return None


def _over_two_phrases(text: str, count: int) -> Keys | None:
    """``列入甲计划、乙计划,获评丙工厂、丁工厂、戊工厂的``: a list that goes on behind another verb."""
    phrases = phrases_of(without_brackets(text))
    for (one, start), (other, at) in zip(phrases[-2::-1], phrases[:0:-1], strict=False):
        sizes = [len(pieces_of(phrase, "、")) for phrase in (one, other)]
        if at != start + len(one) + 1 or min(sizes) < 2 or sum(sizes) != count or not _VERB_ALSO.match(other):
            continue
        first, second = (
            _from_phrase(text, text, phrase, place, "、", size)
            for (phrase, place), size in zip(((one, start), (other, at)), sizes, strict=True)
        )
        if first and second:
            return Keys((*first.words, *second.words), first.start, second.end)
    return None


def _inside_outside(text: str, count: int) -> Keys | None:
    """``境内外展会`` with two values: inside and outside."""
    at = None if count != 2 else next(iter(reversed(list(_INSIDE_OUTSIDE.finditer(text)))), None)
    return at and Keys((at[1] + "内", at[1] + "外"), at.start(), at.end())
