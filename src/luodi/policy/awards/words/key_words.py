"""The items of a list of keys as they stand in a phrase, each without what leads up to it or follows it (LANGUAGE 6.3)."""

from __future__ import annotations

import re

from luodi.policy.awards.words.grades import KEY_WORD, LEVEL_WORDS, Keys

BRACKET = re.compile(r"\(([^()]{2,60})\)")
"""A remark."""
AFTER_VERB = re.compile(
    r".*(?:每[^,。;\d]{0,6}[1一][家个名项](?=[^,。;]{3})|认定为|评定为|评为|列为|列入|获评|获得|取得|通过|达到|荣获|入选|成为|获批"
    r"|新增|建设|投资于?(?![额者人机总强基项公主产])|制定|制订|对于|针对|对|在|的|为|获|得|属于|含)"
)
"""What leads up to the first key, up to the last verb or preposition."""
# 国际标准、国家标准的企业或团体按项目分别给予…
_PAYEES_BEHIND = re.compile(
    r"(?<=.)的(?:企业|单位|机构|团体|组织|个人|高校|院所)(?:[、和或及](?:企业|单位|机构|团体|组织|个人|高校|院所))+"
    r"(?:按照?(?:项目|[件项个]数?))?(?:分别)?\Z"
)
_LAST_NUMBER = re.compile(
    r"(?:\d[\d.,]*[^\d、()]{0,8}(?:\([^()]{1,12}\)[^\d、()]{0,4})?"
    r"(?:—|~|-|至|到|(?<=以上)(?=[\d.]+[^\d、()]{1,8}以下)))?\d[\d.,]*[^\d()]*(?:\([^()]*\)[^\d()、]{0,4})?\Z"
)
_SPAN_KEY = re.compile(r"[一二三四五六七八九十]+(年|周岁)")
_OF_PLACE = re.compile(r"[一-鿿]{2,4}?[省市区县]?级(?!别)")
_LEVEL_OF_ANY = re.compile(rf"{KEY_WORD.pattern}|{_OF_PLACE.pattern}")
_LONGEST_GRADED = 12
_GRADED_HEAD = re.compile(
    r"(?:全日制)?(?:博士|硕士|本科|大专|高级|中级|初级|[A-F甲乙丙丁一二三四五][类级档])[一-鿿]{1,6}"
)


def phrases_of(text: str) -> list[tuple[str, int]]:
    """The phrases of a text and where each begins."""
    return [(at[0], at.start()) for at in re.finditer(r"[^,。;:]+", text)]


def without_payees(phrase: str, count: int) -> str:
    """``国际标准、国家标准的企业或团体按项目``: without those who have it, where the words before them are keys enough."""
    keyed = _PAYEES_BEHIND.sub("", phrase)
    return keyed if keyed.count("、") + 1 >= count else phrase


def pieces_of(phrase: str, separators: str) -> list[tuple[int, int]]:
    """Where the items of a phrase stand; separators inside names are told by a missing item."""
    cuts = [at for at in re.finditer(separators, phrase) if at.start() > 0 and at.end() < len(phrase)]
    starts = [0, *(at.end() for at in cuts)]
    ends = [*(at.start() for at in cuts), len(phrase)]
    return list(zip(starts, ends, strict=True))


def stands_apart(phrase: str, pieces: list[tuple[int, int]], first: int, end: int) -> bool:
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
    if all(_LEVEL_OF_ANY.match(word) for word in words[1:]) and KEY_WORD.search(words[0]):
        return True  # 国家级、省级和云州级
    return all(any(character.isdigit() for character in word) for word in words)


def first_key(word: str, following: str) -> str:
    """The first key without the words that lead up to the list."""
    if (at := _SPAN_KEY.match(following)) and (span := re.search(rf"[一二三四五六七八九十]+{at[1]}\Z", word)):
        return word[span.start() :]  # 从事试验满十年、二十年、三十年
    if re.match(r"\d|[一二三四五六七八九十]+[万亿元]", following) and (digit := _LAST_NUMBER.search(word)):
        return word[digit.start() :]
    matches = list(KEY_WORD.finditer(without_brackets(word)))
    if matches:
        last = matches[-1]
        tail = word[last.end() :]
        own = KEY_WORD.match(following)
        noun = word[matches[0].end() :]
        if own and len(noun) > 1 and following[own.end() :].startswith(noun) and _same_class(matches[0][0], own[0]):
            return word[matches[0].start() :]  # 国家级示范区、省级示范区: 区 is no level there
        if (not tail and (own or len(last[0]) > 1)) or (own and following[own.end() :].startswith(tail)):
            return word[last.start() :]
        if own:
            earlier = next((m for m in matches if _same_class(m[0], own[0])), matches[0])
            found = word[earlier.start() :]
            return found.rpartition("的")[2] if len(found) > _LONGEST_GRADED else found
    return AFTER_VERB.sub("", word) or word


def _same_class(one: str, other: str) -> bool:
    if one[-1] in "类级档期" and other[-1] in "类级档期" and "期" in (one[-1], other[-1]) and one[-1] != other[-1]:
        return False  # 1类新药进入Ⅰ期、Ⅱ期
    return bool(re.fullmatch(LEVEL_WORDS, one)) == bool(re.fullmatch(LEVEL_WORDS, other))


def last_key(word: str, first: str) -> str:
    """The last key without the words that follow the list."""
    word = re.sub(r"\([^()]*[,的][^()]*\)", "", word)  # 改良型新药(含中药,下同), 甲高校毕业生(包括前300的境外高校)
    if re.match(r"\d[\d.,]*(?:万|亿|元|人|亩|家|%|美元)", word):
        noun, beside = word.partition("的")[2], first.partition("的")[2]
        if noun != beside and 2 < len(noun) <= _LONGEST_GRADED and beside.endswith(noun[-2:]):
            return word  # 5%以上的中型企业、3%以上的大型企业
        return re.split(r"的|,|且", word)[0]
    own, lead = KEY_WORD.match(word), KEY_WORD.match(first)
    if own and lead:
        tail = BRACKET.sub("", first[lead.end() :])
        if not tail:
            return own[0]
        rest = word[own.end() :]
        if BRACKET.sub("", rest).startswith(tail):
            remarked = re.match(rf"\([一-鿿]{{1,4}}\){re.escape(tail)}", rest)  # 国家(行业)标准
            return own[0] + (remarked[0] if remarked else tail)
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
            r"的|,|(?<=..)且|分别|称号|(?<=..)(?:参展)?每[个家项人]|(?<=..)(?:最高|最多|不超过|依次)\Z|(?<=人才)在|(?<=专家)在"
            r"|(?<=[台道网])\d{1,2}(?:点|时|:\d)|(?<=层)挂牌|(?<=..[^首再次新业位构年期人已未])(?:取得|获得)",
            word,
        )[0]
        or word
    )


def without_brackets(text: str) -> str:
    """The text with bracketed remarks blanked out, offsets kept."""
    return re.sub(r"\([^()]*\)", lambda at: "·" * len(at[0]), text)


# 新认定为国家级工厂的,新认定为省级工厂的,分别: phrases of one make, and no others before the sums
_ONE_OF_SEVERAL = re.compile(r"(?:对于?|凡|针对)?(?P<key>[^,。;:、\d]{4,40}?)的?")
_SAME_END = 3


def whole_phrases(text: str, count: int) -> Keys | None:
    """``引进的全职博士,引进的全职硕士,分别给予``: so many phrases of one make right before the sums, where none stands beside them."""
    own = phrases_of(text) if text.endswith(",") else []
    told = [_ONE_OF_SEVERAL.fullmatch(phrase) for phrase, _ in own]
    if len(told) != count or re.search("[。;:]", text[own[0][1] :]):
        return None
    words = [at["key"] for at in told if at]
    graded = [at[0] for word in words if (at := KEY_WORD.search(word.rpartition("的")[2]))]
    alike = len({word[-_SAME_END:] for word in words}) == 1 or len(set(graded)) == count
    if len(set(words)) < count or len(words) < count or not alike:
        return None
    start = own[0][1] + told[0].start("key") if told[0] else 0
    return Keys(tuple(words), start, own[-1][1] + len(own[-1][0]))


def heads_of_phrases(text: str, count: int) -> Keys | None:
    """``博士研究生,甲大学、乙高校的硕士研究生,由财政分别给予``: the graded heads of phrases side by side, of which one lists schools."""
    phrases = phrases_of(without_brackets(text))
    for last in range(len(phrases), count - 1, -1):
        own = phrases[last - count : last]
        heads = [phrase.rpartition("的")[2] for phrase, _ in own]
        described = any("、" in phrase.rpartition("的")[0] for phrase, _ in own)
        alike = len({head[-2:] for head in heads}) == 1 and len(set(heads)) == count
        start, end = own[0][1], own[-1][1] + len(own[-1][0])
        if described and alike and all(map(_GRADED_HEAD.fullmatch, heads)) and not re.search("[。;:]", text[start:end]):
            return Keys(tuple(heads), start, end)
    return None
