"""分别-lists: the nth key takes the nth value (LANGUAGE 6.3).

Keys are levels, prizes, classes, thresholds or any list of n nouns before the values. Two dimensions multiply
(``省、市`` × ``一、二、三等奖``); a list introduced by ``根据…档次`` comes before a union of alternatives. Where no
reading gives equal counts, there are no keys, and the caller says so instead of guessing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from luodi.policy.awards.grades import KEY_WORD, LEVEL_WORDS, NUMERALS, Keys, numeral_words, told_in_one

_SEPARATORS = (r"、|/(?=\d)|和|以及|及(?!以[上下内])|与|或者?", r"、|和|与|以及", r"、")
_GRADE_LIST = re.compile(
    r"(?:根据|按照?|依照?|依据|视)(?:其)?(?:所?获得?|评定的?|认定的?|取得的?)?"
    r"((?:[^,。;:、]{1,12}(?:、|和|及)){1,8}[^,。;:、]{1,12}?)(?:的)?(?:不同)?(?:档次|等级|等次|级别|标准|名次|排名|档|类别)"
)
_QUOTED = re.compile(r"“[^“”]{1,20}”(?:[、和及与]?“[^“”]{1,20}”)+")
_BRACKET = re.compile(r"\(([^()]{2,60})\)")
_AFTER_VERB = re.compile(
    r".*(?:认定为|评定为|评为|列为|列入|获评|获得|取得|通过|达到|荣获|入选|成为|获批|新增|建设|投资于?(?![额者人机总强基项公主产])|制定|制订|对于|针对|对|在|的|为|获|得|属于|含)"
)
_GENERIC_TAIL = re.compile(
    r"每[人户生床](?:每[月年])?\Z|(?<=..)(?:定期|生活)?(?:抚恤|补助|补贴|优待|养育|护理|供养)金?标准\Z|(?<=[类级等档])(?:单位|企业|资格|资质|机构|园区|项目)\Z|(?:(?<=..)|(?<=[A-F]))等?[两二三四五六]个?(?:阶段|档次?|等级|层次|环节|步骤)\Z|(?<=..)的?不同[^、]{0,6}\Z|\A按照?(?=..)"
)
_LONG_REMARK = re.compile(r"(?<=.{4})\([^()、或含]{4,}\d[^()、或含]{2,}\)\Z")  # 大型无人机(最大起飞重量150公斤以上)
# 国际标准、国家标准的企业或团体按项目分别给予…
_PAYEES_BEHIND = re.compile(
    r"(?<=.)的(?:企业|单位|机构|团体|组织|个人|高校|院所)(?:[、和或及](?:企业|单位|机构|团体|组织|个人|高校|院所))+(?:按照?(?:项目|[件项个]数?))?(?:分别)?\Z"
)
_INSIDE_OUTSIDE = re.compile(r"([境国省市县区])内外")
_AND_EACH = re.compile(r"(?:且|并)[^、]{0,16}分别")
# 甲局、乙局、丙局等批准上市的药品和器械: the list that 等 closes only describes the one behind it.
_DESCRIBED = re.compile(r".*(?:等[^、的]{0,24}|[发产]生)的(?=[^的]*(?:、|和|与|及))")
# 根据产业分类、经济贡献、落户年限等不同情况: by what is decided, not what picks a sum.
_CRITERIA = re.compile(r"(?:根据|按照?|综合考虑|视)[^,。;]*等?(?:不同)?(?:情况|因素|条件)\Z")
# 分别给予50万元、20万元奖励: what an award before it gives.
_GIVEN_SUMS = re.compile(r"分别[^、]*\d[^、]*元、")
_LAST_NUMBER = re.compile(r"(?:\d[\d.,]*[^\d、]{0,8}(?:—|~|-|至|到))?\d[\d.,]*[^\d()]*(?:\([^()]*\)[^\d()、]{0,4})?\Z")
_SPAN_KEY = re.compile(r"[一二三四五六七八九十]+(年|周岁)")
_OF_PLACE = re.compile(r"[一-鿿]{2,4}?[省市区县]级")
_LONGEST_ITEM = 40
_LONGEST_KEY = 20
_LONGEST_GRADED = 12
_KEY_BETWEEN = re.compile(r"(?:、|和|及|以及|与)(?P<key>[^,。;:、%\d元]{1,20})")
_NO_KEY = re.compile(
    r"给予|予以|再|另|达到|超过|突破|低于|少于|(?<![科专士级称]及)以[上下内]|累计|总额|合计|年度|每年|单个|同一|投资|贷款|营业|(?<!低)收入"
)
_KEY_FLUFF = re.compile(
    r"(?:最高|不超过|按照?|每(?:[平立]方米|千瓦时?|[^,。;、级]{1,2})(?:每?[年月日])?(?:奖励|补助|补贴|资助|发放)?|为|的)+\Z"
)
# 国家级平台的给予100万元、省级的50万元; 国家级平台奖励100万元、省级平台奖励50万元
_HANDED_OUT = re.compile(r"(?<=..)(?:一次性)?(?:给予|予以|奖励|补助|补贴|资助)+(?:一次性)?\Z")
_GIVEN_KEY = re.compile(r"(?:给予|予以|奖励|补助|补贴|资助)[一-鿿]+\Z")
_SHORT_KEY = 6
# 申报受理300万元、成功上市500万元 behind a colon: names of things or steps, no shares of those who pay.
_PLAIN_KEY = re.compile(
    r"(?!其中|[省市区县镇中][级央](?:财政|资金|配套|补助|奖励|承担|负担)?\Z|.*(?:财政|承担|负担|自筹|首期|尾款|预付))[一-鿿A-Z“”]{2,14}"
)
_KEY_LEAD = re.compile(
    r".*(?:[:、,]|(?:提高|调整|上调|增加)(?:到|至|为)|按照?|给予|予以|分别|为|对(?!象)|奖励|补助|补贴|资助)(?=.)"
)


def find_keys(text: str, count: int) -> Keys | None:
    """The list of ``count`` keys nearest the end of a text; None where no list has that many."""
    if count < 2:
        return None
    keys = (
        _graded(text, count)
        or _quoted(text, count)
        or told_in_one(text, count)
        or _listed(text, count)
        or _products(text, count)
        or _expanded(text, count)
        or _bracketed(text, count)
        or _inside_outside(text, count)
    )
    if keys is None:
        return None
    words = tuple(_GENERIC_TAIL.sub("", word) for word in keys.words)
    bare = tuple(_LONG_REMARK.sub("", word) for word in words)
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
        words = list(KEY_WORD.finditer(_without_brackets(lead))) if graded else []  # 初级(五级): the first
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
    head = _without_brackets(text)
    return (
        any(len(_pieces(phrase, _SEPARATORS[0])) > 1 for phrase, _ in _phrases(head)) and find_keys(text, count) is None
    )


def _graded(text: str, count: int) -> Keys | None:
    for at in reversed(list(_GRADE_LIST.finditer(text))):
        words = re.split(_SEPARATORS[0], re.sub(r"(?<=[^、和及])[两二三四五六]个?\Z", "", at[1]))
        if len(words) == count:
            words[0] = _first(words[0], words[1])
            return Keys(tuple(words), at.start(1), at.end(1))
    return None


def _quoted(text: str, count: int) -> Keys | None:
    for at in reversed(list(_QUOTED.finditer(text))):
        words = re.findall(r"“([^“”]*)”", at[0])
        if len(words) == count:
            return Keys(tuple(words), at.start(), at.end())
    return None


def _listed(text: str, count: int) -> Keys | None:
    masked = _without_brackets(text)
    for separators in _SEPARATORS:
        for phrase, offset in _with_halves(reversed(_phrases(masked))):
            if _CRITERIA.search(phrase) or _GIVEN_SUMS.search(phrase):
                continue
            told = _DESCRIBED.match(phrase)
            for start in (0, told.end() if told else _behind_description(phrase, count)):
                own = _without_payees(phrase[start:], count)
                keys = _from_phrase(text, masked, own, offset + start, separators, count)
                if keys is not None:
                    return keys
    return None


def _behind_description(phrase: str, count: int) -> int:
    """``取得甲证、乙证的大型机、中型机、小型机企业``: where the list behind its description begins, if that alone has as many items."""
    start = phrase.rfind("的") + 1
    before, after = phrase[:start].count("、") + 1, phrase[start:].count("、") + 1
    return start if start and before > 1 and before != count == after else 0


def _with_halves(phrases: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Each phrase, then what stands before 且 in it: ``超过10%、20%且增量分别不低于5000万元、1亿元`` are two lists side by side."""
    for phrase, offset in phrases:
        yield phrase, offset
        if (cut := _AND_EACH.search(phrase)) is not None:
            yield phrase[: cut.start()], offset


def _phrases(text: str) -> list[tuple[str, int]]:
    return [(at[0], at.start()) for at in re.finditer(r"[^,。;:]+", text)]


def _without_payees(phrase: str, count: int) -> str:
    """``国际标准、国家标准的企业或团体按项目``: without those who have it, where the words before them are keys enough."""
    keyed = _PAYEES_BEHIND.sub("", phrase)
    return keyed if keyed.count("、") + 1 >= count else phrase


def _pieces(phrase: str, separators: str) -> list[tuple[int, int]]:
    """Where the items of a phrase stand; separators inside names are told by a missing item."""
    cuts = [at for at in re.finditer(separators, phrase) if at.start() > 0 and at.end() < len(phrase)]
    starts = [0, *(at.end() for at in cuts)]
    ends = [*(at.start() for at in cuts), len(phrase)]
    return list(zip(starts, ends, strict=True))


def _from_phrase(text: str, masked: str, phrase: str, offset: int, separators: str, count: int) -> Keys | None:
    pieces = _pieces(phrase, separators)
    for first in range(len(pieces) - count, -1, -1):
        if len(pieces) > count and not _stands_apart(phrase, pieces, first, first + count):
            continue
        run = [(offset + start, offset + end) for start, end in pieces[first : first + count]]
        words = [text[start:end] for start, end in run]
        words[0] = _first(words[0], words[1])
        whole, words[-1] = words[-1], _last(words[-1], words[0])
        if words[-1] in words[:-1]:  # 初级、高级、高级技师: the grade word alone is another key
            words[-1] = re.split(r"的|,|分别|职业|资格|证书|称号", whole)[0]
        if all(0 < len(word) <= _LONGEST_ITEM for word in words):
            return Keys(tuple(words), run[0][1] - len(words[0]), run[-1][0] + len(words[-1]))
    return None


def _stands_apart(phrase: str, pieces: list[tuple[int, int]], first: int, end: int) -> bool:
    """Whether a run of a longer list is a list of its own: all of one kind, and its neighbours of another."""
    beside = [phrase[slice(*pieces[at])] for at in (first - 1, end) if 0 <= at < len(pieces)]
    own = KEY_WORD.match(phrase[slice(*pieces[end - 1])])
    if own and any((at := KEY_WORD.match(word)) and _same_class(at[0], own[0]) for word in beside):
        return False
    return _same_kind(phrase, pieces[first:end])


def _same_kind(phrase: str, pieces: list[tuple[int, int]]) -> bool:
    """Whether a part of a longer list is a list of its own: level or grade words, or numbers, throughout."""
    words = [phrase[start:end] for start, end in pieces]
    if all(KEY_WORD.match(word) for word in words[1:]) and KEY_WORD.search(words[0]):
        return True
    return all(any(character.isdigit() for character in word) for word in words)


def _first(word: str, following: str) -> str:
    """The first key without the words that lead up to the list."""
    if (at := _SPAN_KEY.match(following)) and (span := re.search(rf"[一二三四五六七八九十]+{at[1]}\Z", word)):
        return word[span.start() :]  # 从事试验满十年、二十年、三十年
    if re.match(r"\d|[一二三四五六七八九十]+[万亿元]", following) and (digit := _LAST_NUMBER.search(word)):
        return word[digit.start() :]
    matches = list(KEY_WORD.finditer(_without_brackets(word)))
    if matches:
        last = matches[-1]
        tail = word[last.end() :]
        own = KEY_WORD.match(following)
        if (not tail and (own or len(last[0]) > 1)) or (own and following[own.end() :].startswith(tail)):
            return word[last.start() :]
        if own:
            earlier = next((m for m in matches if _same_class(m[0], own[0])), matches[0])
            found = word[earlier.start() :]
            return found.rpartition("的")[2] if len(found) > _LONGEST_GRADED else found
    return _AFTER_VERB.sub("", word) or word


def _same_class(one: str, other: str) -> bool:
    return bool(re.fullmatch(LEVEL_WORDS, one)) == bool(re.fullmatch(LEVEL_WORDS, other))


def _last(word: str, first: str) -> str:
    """The last key without the words that follow the list."""
    if re.match(r"\d[\d.,]*(?:万|亿|元|人|亩|家|%|美元)", word):
        noun, beside = word.partition("的")[2], first.partition("的")[2]
        if noun != beside and 2 < len(noun) <= _LONGEST_GRADED and beside.endswith(noun[-2:]):
            return word  # 5%以上的中型企业、3%以上的大型企业
        return re.split(r"的|,|且", word)[0]
    own, lead = KEY_WORD.match(word), KEY_WORD.match(first)
    if own and lead:
        tail = _BRACKET.sub("", first[lead.end() :])
        if not tail:
            return own[0]
        if _BRACKET.sub("", word[own.end() :]).startswith(tail):
            return own[0] + tail
    if lead and lead.end() == len(first) and (place := _OF_PLACE.match(word)):
        return place[0]  # 国家级、省级、云州市级示范企业
    of, _, noun = word.partition("的")
    if re.search(r"\d", of) and 2 < len(noun) <= _LONGEST_GRADED and first.endswith(noun[-2:]):
        return noun  # 一般企业、年出口额300万美元以下的小微企业
    if first.endswith(")") and (remark := re.match(r"[^,()的]{2,12}\([^()]*\)", word)):
        return remark[0]  # 包机(100人以上)、专列(300人以上)来区旅游的
    if first.endswith("强") and (rank := re.match(r"[^,的]*?\d+强", word)):
        return rank[0]
    return (
        re.split(
            r"的|,|分别|称号|(?<=..)(?:参展)?每[个家项人]|(?<=..)(?:最高|最多|不超过|依次)\Z|(?<=..[^首再次新业位构年期人已未])(?:取得|获得)",
            word,
        )[0]
        or word
    )


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
    masked = _without_brackets(text)
    for phrase, offset in reversed(_phrases(masked)):
        pieces = [(offset + start, offset + end) for start, end in _pieces(phrase, _SEPARATORS[0])]
        if len(pieces) != groups + each - 1:
            continue
        words = [text[start:end] for start, end in pieces]
        words[0] = _first(words[0], words[1])
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
    for at in reversed(list(_BRACKET.finditer(text))):
        words = [word.rstrip("各") for word in re.split(_SEPARATORS[0], re.split(r"各", at[1])[0])]
        if len(words) == count and all(KEY_WORD.match(word) for word in words):
            return Keys(tuple(words), at.start(1), at.end(1))
    return None


def _expanded(text: str, count: int) -> Keys | None:
    """``甲资格、乙资格(一级、二级)、丙认证``: an item for each grade in its remark."""
    masked = _without_brackets(text)
    for phrase, offset in reversed(_phrases(masked)):
        pieces = [(offset + start, offset + end) for start, end in _pieces(phrase, _SEPARATORS[1])]
        words: list[str] = []
        for start, end in pieces:
            remark = _BRACKET.search(text, start, end)
            grades = re.split(_SEPARATORS[1], remark[1]) if remark else []
            graded = len(grades) > 1 and all(KEY_WORD.match(grade) for grade in grades)
            name = text[start : remark.start()] if remark and graded else text[start:end]
            name = name if words else _AFTER_VERB.sub("", name) or name
            words += [name + grade for grade in grades] if graded else [name]
        if len(words) == count > len(pieces):
            words[-1] = _last(words[-1], words[0])
            return Keys(tuple(words), pieces[0][0], pieces[-1][1])
    return None


def _inside_outside(text: str, count: int) -> Keys | None:
    """``境内外展会`` with two values: inside and outside."""
    at = None if count != 2 else next(iter(reversed(list(_INSIDE_OUTSIDE.finditer(text)))), None)
    return at and Keys((at[1] + "内", at[1] + "外"), at.start(), at.end())


def _without_brackets(text: str) -> str:
    """The text with bracketed remarks blanked out, offsets kept."""
    return re.sub(r"\([^()]*\)", lambda at: "·" * len(at[0]), text)
