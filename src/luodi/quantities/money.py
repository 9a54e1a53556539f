"""Sums of money in a text. Yuan come as integer fen; other currencies keep their name and have no fen.

A list may carry its unit once (``10万元、50、200万元``): a bare number takes the unit of the next full item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from luodi.quantities.counts import UNITS
from luodi.quantities.numerals import ARABIC, CAPITAL, CHINESE, SCALE, numeral, scale

YUAN = "元"


@dataclass(frozen=True, slots=True)
class Money:
    """One sum at ``[start, end)``.

    ``fen`` is None for a foreign currency and for parts of a fen; ``per`` is what follows a stroke (``元/亩`` → ``亩``). ``unit_inferred``:
    the unit was carried from a neighbour or ``元`` was left out. ``suspect``: two numbers stand together as if a dash
    were lost; such a sum is not to be used.
    """

    start: int
    end: int
    fen: int | None
    currency: str = YUAN
    per: str | None = None
    unit_inferred: bool = False
    suspect: bool = False


_FULL = re.compile(
    rf"(?P<number>{ARABIC}|(?<![数几]){CHINESE}(?=[万亿元])|{CAPITAL}(?=[万亿元]))\s?(?P<scale>{SCALE}{{0,2}})\s?"
    r"(?P<currency>(?:人民币)?元(?!旦|件|器|素|宝|宵|月)|美元|欧元|日元|港元|港币|英镑|澳门元)(?:整(?=[,。;)、的]|\Z))?"
    r"(?P<per>(?:[/·•*]每?(?:m2?(?![a-z])|k[gm](?![A-Za-z])|平米|吨公里|人公里|车公里|人天|人月|户月|课时|学时|间夜|千克|学年|学期|生|季度|"
    rf"{UNITS}|[一-鿿]{{1,3}}(?=[/·•、,，.。;；()（）的]|标准|给予|予以|[奖补]|\Z))){{1,3}})?"
)
# 20万 without 元 counts as money only where a word of payment follows at once, or more such sums and then one with 元.
_BARE = re.compile(
    rf"(?P<number>{ARABIC})(?P<scale>万|亿|百万|千万)"
    # 补助1.5万/人/年: what it is counted by tells that it is money
    r"(?:(?P<per>(?:/(?:[人户家个座处亩吨套台件项辆床]|平方米|公里|[年月天次])){1,2})"
    r"|(?=的?(?:一次性|资金|现金|经费|财政)?(?:奖励|补助|补贴|资助|扶持|奖补|支持|奖金|配套)|的[一-鿿]{2}(?:补贴|补助|奖励|资助)"
    r"|人民币(?!元)|(?:奖励|补助)?(?:[,;。)]|\((?!不?含)|\Z)|[、和及或至~—-]))"
)
_ELIDED = re.compile(
    rf"(?P<number>{ARABIC})(?P<scale>{SCALE}{{0,2}})(?P<join>\s?(?:[、或~/—-]|至|和|及|与|以及|到)\s?)\Z"
)
# 每户奖励5千: likewise where the word of payment stands right before
_BARE_THOUSANDS = re.compile(rf"(?<=[奖励助贴予给])(?P<number>{ARABIC})千(?=[,。;、)]|\Z)")
# 奖10—50万: the lower end of a range of such sums.
_BARE_LOW = re.compile(rf"(?<=[奖励补助贴给予])(?P<number>{ARABIC})(?:[—–~-]{{1,2}}|至|到)\Z")
_MAX_ELIDED = 24
_FRACTION_OF_FEN = 100


def find_money(text: str) -> list[Money]:
    """Every sum of a text in order, elided units carried backwards."""
    found: list[Money] = []
    end = 0
    for at in _FULL.finditer(text):
        item = _money(at)
        if item is None:
            continue
        elided = _elided(text, end, item, at)
        if not elided and item.start and text[item.start - 1] in "万亿":
            item = _suspect(text, item)
        found += [*elided, item]
        end = item.end
    return found


def find_bare_money(text: str) -> list[Money]:
    """Sums written without 元 (``补助20万``, ``奖10—50万``); only a clause that is known to speak of money may use them."""
    found: list[Money] = []
    for at in _BARE.finditer(text):
        per = (at["per"] or "").strip("/") or None
        if low := _BARE_LOW.search(text, max(0, at.start() - _MAX_ELIDED), at.start()):
            fen = _fen(low["number"], at["scale"])
            found.append(Money(low.start(), low.end("number"), fen, per=per, unit_inferred=True))
        found.append(Money(at.start(), at.end(), _fen(at["number"], at["scale"]), per=per, unit_inferred=True))
    for at in _BARE_THOUSANDS.finditer(text) if "千" in text else ():
        found.append(Money(at.start(), at.end(), _fen(at["number"], "千"), unit_inferred=True))
    return found


def _money(at: re.Match[str]) -> Money | None:
    number = numeral(at["number"])
    if number is None:
        return None
    foreign = not at["currency"].endswith(YUAN) or at["currency"][:1] in "美欧日港澳"
    fen = None if foreign else _whole(number * scale(at["scale"]) * _FRACTION_OF_FEN)
    per = re.sub("[/·•]每?", "/", at["per"]).strip("/") if at["per"] else None
    return Money(at.start(), at.end(), fen, at["currency"] if foreign else YUAN, per)


def _elided(text: str, floor: int, full: Money, at: re.Match[str]) -> list[Money]:
    """The bare numbers of the list that ends in a full sum, first to last."""
    items: list[Money] = []
    cut, word = full.start, at["scale"]
    while (before := _ELIDED.search(text, max(floor, cut - _MAX_ELIDED), cut)) is not None:
        if before.start() and text[before.start() - 1] in ".0123456789":
            break
        word = before["scale"] or word
        end = before.start("join")
        fen = None if full.fen is None else _fen(before["number"], word)
        items.append(replace(full, start=before.start(), end=end, fen=fen, unit_inferred=True))
        cut = before.start()
    return items[::-1]


def _fen(number: str, word: str) -> int | None:
    return _whole((numeral(number) or Fraction(0)) * scale(word) * _FRACTION_OF_FEN)


def _whole(fen: Fraction) -> int | None:
    """Whole fen; less than a fen (``0.015元``) cannot be said in money."""
    return fen.numerator if fen.denominator == 1 else None


def _suspect(text: str, item: Money) -> Money:
    """``100万500万美元``: a dash may be lost before this sum."""
    return replace(item, suspect=True) if item.start > 1 and text[item.start - 2].isdigit() else item
