"""Words of level and grade, and lists of them that one word tells: 一、二、三等奖, 前三名, 2—5星级 (LANGUAGE 6.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luodi.quantities.numerals import numeral

LEVEL_WORDS = (
    r"国家级|省部级|省级|市级|区级|县级|校级|部级|世界级|国际级|国家|省部|国际|国内|省内(?!外)|境内|境外|海外|全国|全省|全市|世界"
    r"|亚洲|中央|行业|团体|地方"
    r"|区域(?=性)|省(?!外)|(?<![上城超股])市(?![场值民])|(?<![园社地城])区(?![域块])|县"
)
"""Words of level (国家级, 省), as alternatives of a pattern; 上市 and 区域股权市场 name no level."""
GRADE_WORDS = (
    r"特等奖?|[一二三四五]等奖?|金奖|银奖|铜奖|优秀奖|优胜奖|入围奖|第[一二三四五六]名|(?<![项形品业])冠军|亚军|季军|优秀|良好|合格"
    r"|[一二三四五六甲乙丙丁特][类级档]|(?<![A-Z])[A-F][1-6]级|(?<![A-Z])[A-FＡ-Ｆ](?![A-Z])[类级档]?|[1-6][类级档]|[1-6]A级?"
    r"|A{2,5}级?|[一二三四五]星级?|(?<![A-Za-z])[IVⅠⅡⅢⅣ]+(?![A-Za-z])期?|[一二三四]期"
    r"|(?:高级|特级|首席)?技师(?!学院|工作)|[高中初]级工(?!程|作)|正高级|副高级|高级|中级|初级|博士(?!后)|硕士|本科|大专|大型|中型"
    r"|小型|微型|(?:(?![的一二三四五六七八九十获为级、])[一-鿿]){2}类|主板|中小板|创业板|科创板|新三板"
)
"""Words of grade (一等奖, A类), as alternatives of a pattern."""
KEY_WORD = re.compile(rf"(?:第(?=[一二三四五]类))?(?:{GRADE_WORDS})|{LEVEL_WORDS}")
"""A word of level (国家级) or grade (一等奖, A类) at the head of a key."""
NUMERALS = re.compile(
    r"(特)?(?<![第])([一二三四五]|[1-5]|[IVⅠⅡⅢ]{1,3})((?:(?:、|和|及)(?:[一二三四五]|[1-5]|[IVⅠⅡⅢ]{1,3}))+)(等奖|等次|等|类|级|档|星级|期|名)"
)
"""Numerals that share one suffix (一、二、三等奖)."""
_RANKS = re.compile(r"(?:前|排名前)(?P<n>[二两三四五六七八九十2-9]|10)(?P<place>名|位|(?=的))")
_PLACES = "一二三四五六七八九十"
# 2—5星级, 一至三等奖: the grades from one to another.
_FROM_TO = re.compile(
    r"(?P<first>[1-9一二三四五六])(?:等奖?|星级?|A级?|级|类|档)?(?:—|-|~|至|到)(?P<last>[1-9一二三四五六])(?P<grade>等奖|等|星级?|A级?|级|类|档)"
)


@dataclass(frozen=True, slots=True)
class Keys:
    """The words that pick each value, and where their list stands in the text that was searched."""

    words: tuple[str, ...]
    start: int
    end: int


def told_in_one(text: str, count: int) -> Keys | None:
    """The ``count`` grades that one word tells; None where none tells as many."""
    return _numerals(text, count) or _ranked(text, count) or _from_to(text, count)


def _numerals(text: str, count: int) -> Keys | None:
    """``一、二、三等奖``: one suffix for all."""
    for at in reversed(list(NUMERALS.finditer(text))):
        words = numeral_words(at)
        if len(words) == count:
            return Keys(words, at.start(), at.end())
    return None


def _ranked(text: str, count: int) -> Keys | None:
    """``前三名`` with three values: the places, counted out; ``国家级、省级、市级大赛前三名`` goes by the levels."""
    for at in reversed(list(_RANKS.finditer(text))):
        named = KEY_WORD.findall(re.split("[,。;:]", text[: at.start()])[-1])
        if numeral(at["n"]) == count != len(named):
            return Keys(
                tuple(f"第{_PLACES[place]}{at['place'] or '名'}" for place in range(count)), at.start(), at.end()
            )
    return None


def _from_to(text: str, count: int) -> Keys | None:
    """``2—5星级`` with four values: the grades, counted out from the first to the last."""
    for at in reversed(list(_FROM_TO.finditer(text))):
        first, last = (int(numeral(at[name]) or 0) for name in ("first", "last"))
        grades = range(first, last + 1) if first < last else range(first, last - 1, -1)
        if len(grades) == count:
            digits = "0123456789" if at["first"].isdigit() else f"〇{_PLACES}"
            return Keys(tuple(digits[grade] + at["grade"] for grade in grades), at.start(), at.end())
    return None


def numeral_words(at: re.Match[str]) -> tuple[str, ...]:
    """The grades of a match of :data:`NUMERALS`, each with the suffix that stands once."""
    numbers = [*([at[1]] if at[1] else []), at[2], *re.findall(r"[一二三四五1-5]|[IVⅠⅡⅢ]+", at[3])]
    return tuple(number + at[4] for number in numbers)
