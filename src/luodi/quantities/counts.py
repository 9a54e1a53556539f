"""Counts: a number with its unit and its comparator (``10家以上``, ``不低于5万人``, ``8—10个``, ``15%左右``).

The number stays as written; a scale word belongs to the unit (``2万亿元`` is 2 ``万亿元``), as the exchange format has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from luodi.quantities.numerals import ARABIC, CHINESE, numeral

Comparator = Literal[">=", "<=", "~"]

UNITS = (
    "[GT]B(?![A-Za-z])|[MGT]bps|/10万|/十万|[kMG]Wh?(?![A-Za-z])|Wh/kg|km2?(?![A-Za-z0-9])|t(?![A-Za-z])|hm2|TEU(?![A-Za-z])"
    "|P(?![A-Za-z0-9])|m[23](?![a-z])|平米|发(?![一-鿿])|台套|载重吨|总吨|微克每立方米|毫克每立方米|微克/立方米|毫克/升|吨/年|件/年"
    "|个工作日|个自然日|个百分点|百分点|个月|平方公里|平方千米|平方米|立方米|万吨标准煤|吨标准煤|吨标煤|千瓦时|标准煤|兆瓦|千瓦|公里|千米"
    "|公顷|千克|"
    "飞行小时|人次|人日|人年|家次|户次|批次|车次|架次|航次|班次|标箱|标准箱|EFlops|PFlops|[EPT]FLOPS|吉瓦|床位|张床位|客位|头只"
    "|标台|美元|欧元|工作日|件/万人|件每万人|"
    "大项(?!目)|家|个|项|名|人|所|件|元|亩|座|处|台|套|条|种|副(?![省市县区局主])|单(?![位个项一独体元])|只|支|户|场次|场|次|张|本|门|位|批|吨"
    "|倍|册|辆|艘|架|间|栋|幢|"
    "期|届|股|篇|部|款|株|头|羽|口|眼|箱|尾|匹|片|块|组|对|宗|笔|份|斤|公斤|棵|枚|颗|根|集|盏|班|列|级|年|天|日|月|小时|分钟"
    "|分(?!之|点)|秒|米|岁|方(?!百)"
)
"""Words of measure, the longer before the shorter."""
_MAY_NOT = "不[得能应可]?"
_BEFORE = (
    rf"(?:(?P<most>{_MAY_NOT}(?:超过?|超出|突破|[高大多]于)|(?:严?控制?|限制)在|[少低小]于|≤|<=?)"
    rf"|(?P<least>{_MAY_NOT}[低少小]于|至少|超过|超出|突破|达到|达|[大高]于|逾|上|(?<![通经超])过(?=\d)|≥|>=?)"
    r"|(?P<about>约|近))?"
)
# 万元/人, 台/万人, 万元/亩: what the number is told for each of.
_PER = r"(?P<per>/[十百千万]{0,2}(?:人|亩|户|人次|公里|平方公里|平方米|公顷|年|天|月|日|小时))?"
# 3家至5家: a range whose unit is told at both ends.
_UNIT_TWICE = rf"(?P<unit_of_low>[个家户名项座条处件所])(?=(?:—|–|~|-|至|到)\s?{ARABIC}(?P=unit_of_low))"
_AFTER = r"(?P<after>(?:\(含\))?(?:及|或|\()?(?:以上|以内|以下)|内(?![一-鿿])|左右|上下)?"
_COUNT = re.compile(
    _BEFORE
    + rf"\s?(?:(?P<low>{ARABIC}|{CHINESE})\s?(?:%|{_UNIT_TWICE})?(?:\(不?含\))?(?:—|–|~|-|至|到){{1,2}}\s?)?(?!零[部售])"
    + rf"(?P<number>{ARABIC}|{CHINESE})"
    + r"(?:\(不?含\))?\s?(?P<more>[余多])?(?P<unit>(?:[十百千万亿]{0,2}"
    + rf"(?:(?<=[万亿])[余多])?(?:{UNITS})|[千百]?(?:万亿|亿|万)"
    rf"(?:(?![一-鿿])|(?=左右|(?:规模|以[上内下])(?:[,。;]|$)"
    rf"|(?:农[村民业]|城[镇乡]|建档|贫困|群众|劳动力|高校|学生|职工|居民|老年|残疾)))|[千百]万(?=以)|[%‰]"
    + r"|[万亿](?![余多以左上内年倍个及或的元])[一-鿿](?=[,。;、]|以上|左右|\Z)))"
    + _PER
    + r"(?:人民币)?"
    + _AFTER
)


_OVER = re.compile("[余多]")  # 1.3万余户


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its unit at ``[start, end)``, comparator words included in the range.

    ``low`` is the lower end of a range, ``per`` what the number is told for each of (``/人``). ``number_start`` is where the
    digits begin, ``unit_end`` where the unit ends.
    """

    start: int
    end: int
    value: Fraction
    unit: str
    comparator: Comparator | None
    low: Fraction | None
    number_start: int
    unit_end: int
    per: str = ""


# PUE降到1.3以下, 指数提高到95: a level without a unit, at the end of its phrase; 占支出的70以上 lost its sign.
_LEVEL = re.compile(
    rf"(?:(?P<most>{_MAY_NOT}(?:超过|突破|高于)|(?:严?控制?|限制)在|低于|小于|≤)|(?P<least>{_MAY_NOT}[低少]于|超过|突破|达到|达|高于|大于|≥)"
    rf"|(?P<down>(?:下?降低?|压[降减缩]|减少?|缩[短小]|回落)[到至])|(?:提[高升]|上升|增[加长]|提)[到至]|占[一-鿿]{{2,12}}的(?=[\d.]+以上))"
    rf"(?P<number>(?!1[:∶]){ARABIC})(?:[:∶]1|比1)?(?P<after>以上|以内|以下|左右)?(?=[,。;、和及与]|\Z)"
)


def find_levels(text: str) -> list[Count]:
    """Every level that has no unit (``指数提高到95``), its unit empty; a year is none, but what is passed (``突破2000``)."""
    found = []
    for at in _LEVEL.finditer(text):
        value = numeral(at["number"])
        passed = text.startswith(("突破", "超过", "不少于", "不低于"), at.start())
        if value is not None and (passed or not 1900 <= value < 2100):
            number, end = at.span("number")
            sign: Comparator = "~" if at["after"] == "左右" else "<=" if at["most"] or at["down"] else ">="
            sign = "<=" if at["after"] in ("以内", "以下") else sign
            found.append(Count(at.start(), at.end(), value, "", sign, None, number, end))
    return found


# 突破万亿元大关, 达到万亿级: one of a scale, without a number; a 万亿级 industry is a class.
_SCALE = re.compile(
    r"(?:突破|超过?|达到?|过|迈[上入进])(?P<unit>万亿(?:美?元)?)(?P<after>以上|左右)?"
    r"(?:级(?:规模|台阶)?(?=[,。;、]|\Z)|(?=[,。;、]|规模|大关|台阶|\Z))"
)


def find_scales(text: str) -> list[Count]:
    """Every scale that is reached once (``产值突破万亿元``)."""
    found = []
    for at in _SCALE.finditer(text):
        sign: Comparator = "~" if at["after"] == "左右" else ">="
        found.append(Count(*at.span(), Fraction(1), at["unit"], sign, None, at.start("unit"), at.end()))
    return found


# 百分之四十七, 十三亿六千万人: numbers in words, of several parts.
_SHARE_IN_WORDS = re.compile(
    _BEFORE
    + rf"百分之(?:(?P<low>{CHINESE}|{ARABIC})(?:—|–|~|-|至|到))?(?P<number>{CHINESE}|{ARABIC})(?P<more>(?!))?"
    + _AFTER
)
_SUM_IN_WORDS = re.compile(
    _BEFORE
    + rf"(?P<number>{CHINESE}亿[一二两三四五六七八九零十百千]{{1,7}}万)(?P<more>[余多])?(?P<unit>元|人|吨|亩|美元|斤)"
    + _AFTER
)
_HUNDRED_MILLION = 10**8


def _in_words(text: str) -> list[Count]:
    """The shares and sums told in words."""
    found = []
    for at in _SHARE_IN_WORDS.finditer(text) if "百分之" in text else ():
        value, low = numeral(at["number"]), numeral(at["low"]) if at["low"] else None
        if value is not None:
            start = at.start("low") if at["low"] else at.start("number")
            found.append(
                Count(*at.span(), value, "%", _comparator(at, ""), low, start - len("百分之"), at.end("number"))
            )
    for at in _SUM_IN_WORDS.finditer(text) if "亿" in text else ():
        value = numeral(at["number"])
        if value is not None:
            value /= _HUNDRED_MILLION
            unit, start = "亿" + at["unit"], at.start("number")
            found.append(Count(*at.span(), value, unit, _comparator(at, unit), None, start, at.end("unit")))
    return found


# 分别达到15、12和10标台: the numbers before the last, which alone has their unit.
_ELIDED = re.compile(r"分别(?:达到?|为|增至|提高到|不低于|不少于|超过)?(?P<list>(?:\d[\d.]*(?:、|和|及|与))+)\Z")


def _without_unit(text: str, last: Count) -> list[Count]:
    """The numbers of a 分别-list that share the unit of its last."""
    told = _ELIDED.search(text, max(0, last.number_start - 40), last.number_start)
    begin = told.start("list") if told else 0
    numbers = re.finditer(r"\d[\d.]*", told["list"]) if told and last.unit != "%" else ()
    return [
        Count(
            begin + at.start(),
            begin + at.end(),
            value,
            last.unit,
            last.comparator,
            None,
            begin + at.start(),
            begin + at.end(),
            last.per,
        )
        for at in numbers
        if (value := numeral(at[0])) is not None
    ]


def find_counts(text: str) -> list[Count]:
    """Every number that has a unit, in order."""
    found = _in_words(text)
    taken = [(one.start, one.end) for one in found]
    for at in _COUNT.finditer(text):
        value = numeral(at["number"])
        if any(start <= at.start("number") < end for start, end in taken):
            continue
        each = at["number"][0] in "百千" and text[at.start("number") - 1 : at.start("number")] == "每"
        if (
            value is None or each or (at["number"] in "百千万" and at["unit"] in "人户")
        ):  # 千人床位数: for each thousand
            continue
        low = numeral(at["low"]) if at["low"] else None
        number_start = at.start("low") if at["low"] else at.start("number")
        span = at.start(), at.end()
        unit_end, per = at.end("unit"), at["per"] or ""
        unit = _OVER.sub("", at["unit"])
        if unit == "个" and text.startswith("百分点", at.end()):  # 2个以上百分点
            unit, span = "个百分点", (at.start(), at.end() + len("百分点"))
        found.append(Count(*span, value, unit, _comparator(at, at["unit"]), low, number_start, unit_end, per))
    shared = [one for last in found for one in _without_unit(text, last)] if "分别" in text else []
    return sorted([*found, *shared], key=lambda one: one.number_start) if taken or shared else found


def _comparator(at: re.Match[str], unit: str) -> Comparator | None:
    after = at["after"] or ""
    if at["about"] or after in ("左右", "上下"):
        return "~"
    if at["most"] or after.endswith(("内", "以下")):
        return "<="
    if at["least"] or at["more"] or _OVER.search(unit) or after:
        return ">="
    return None
