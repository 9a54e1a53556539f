"""Comparisons that need not all hold (LANGUAGE 9): A或B, A或B且C, 下列条件之一.

且 binds before 或: ``营业收入5000万元以上或出口额100万美元以上且增速不低于10%`` is A or (B and C). Where a side of 或 says
more than its comparisons, or a condition before the first 或 may be meant for all sides, the words stand as written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from luodi.policy import award_terms as terms
from luodi.policy.conditions.comparisons import read_comparisons
from luodi.policy.conditions.terms import ACT, SUM_NOUN
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage

_OR = re.compile(r",?(?<!达到)或者?(?!有)")
_ALTERNATIVE = re.compile(r"(?<!达到)或(?!有)")
_WHO = re.compile(
    rf"申[请报领](?:资助|补[助贴]|奖励|扶持)时|持续|(?<=[一-鿿]{2})(?:范围|区域|辖区|行政区划?)内|正式(?:开展)?"
    rf"|已?与(?:[我本][市区县])?(?:用人)?单位|{terms.PAYEE}|经营|实际|上一?年度|当年|年度|依法|近[一二三两\d]年|规模|同时|申报|申请"
    rf"|拥有|具有|具备|双方"
)
_FILLING = re.compile(r"[的地对凡、,;:。()且并及和与或在于为是须应需等其该本上新已以了达到我市区县省]|[^一-鿿]")
NAMED_SHORT = re.compile(r"\((?:以下)?(?:统一?)?(?:简称|统称)[^()]*\)")
_BOUND_REMARK = re.compile(
    r"\((?:均)?不?含[^()]*\)|\([^()]*\d[^()]*[≤≥<>][^()]*\)|\(以[^()]*为准\)|\((?:聘用|劳动)合同\)|至|到"
)
# 毕业生和16至35岁青年: the bound describes one of several that are named.
_ONE_OF_SEVERAL = re.compile(
    rf"(?:生|员|者|(?<!机器)(?<!法)(?<!\d)人|童|青年|在校|{terms.PAYEE})(?:和|及|以及|或者?|、|与)\Z"
)
_AND_OTHERS = re.compile(
    r"[^,。;、的\d]{1,8}(?:生|员|者|人|童)(?:和|及|以及|、|与)[^,。;、的\d]{2,}(?:生|员|者|人|童|户)"
)
_BARE_BOUND = re.compile(r"\d[\d.]*[万亿千百]*(?:美元|欧元|元|%|平方米|[家个名人户台套辆张亩吨])\Z")
_JOINS_ACTS = re.compile(rf"(?:{ACT.pattern})\Z")
_WHO_BESIDE = re.compile(rf"{terms.PAYEE}\Z")
_SAYS_MORE = 2  # Chinese characters beside the comparisons of a side
STATES = re.compile(
    r"经|通过|取得|获得?|新[建增引设组认入]|首次|完成|签订|具[有备]|拥有|符合|达到|无(?!偿)|未|没有|列入|纳入|入选|入围|参加|参与"
    r"|招徕|接待|举办|组织|开展|建[成设]|引进|承担|购[买置]"
    r"|租[赁用]|采购|使用|应用|设立|注册|落户|投保|实施|承办|主导|牵头|研[发制]|生产|出口|发行|投资|迁入|入驻|认定|评[定选]|入库|再融资|后\Z|且|增长"
)
"""Words that say what somebody is or has done."""


def any_of(passage: Passage, low: int, high: int, written: Condition) -> Condition:
    """``written`` with its alternatives where every side of 或 is a comparison of its own, else as it is."""
    text = passage.text[low:high]
    cuts = [at.span() for at in _OR.finditer(text)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(text)]
    places = list(zip(edges[::2], edges[1::2], strict=True))
    sides = [_side(passage, low + start, low + end) for start, end in places]
    if any(sides) and all(
        text.startswith(",", start) or STATES.match(text, end) or _states(text[:start]) for start, end in cuts
    ):  # 未裁员或裁员率不高于5%: what was not done, or how much of it
        sides = [
            side or _written(passage, low + place[0], low + place[1]) for side, place in zip(sides, places, strict=True)
        ]
    if not cuts or not all(sides) or ("且" in text[1 : edges[1]] and not text.startswith(",", edges[1])):
        return written
    return replace(written, alternatives=tuple(sides))


def _states(words: str) -> bool:
    """Whether a side says what somebody is or has done (未裁员), and is not the name of a sum (注册资本)."""
    return STATES.search(words) is not None and not re.search(rf"{SUM_NOUN}\Z", words)


def _side(passage: Passage, low: int, high: int) -> tuple[Condition, ...]:
    """What one side compares; nothing where it says more or names no fact."""
    compared = read_comparisons(passage, low, high)
    text = passage.text[low:high]
    if not any(one.unit for one in compared) or "、" in text:
        return ()
    end = max(text.find(one.text) + len(one.text) for one in compared)
    return tuple(compared) if len(left_open(text[:end], compared)) < _SAYS_MORE else ()


def _written(passage: Passage, low: int, high: int) -> tuple[Condition, ...]:
    """A side that compares nothing, as it is written."""
    words = passage.text[low:high].strip(",、的")
    return (Condition(text=words, span=passage.span(low, high)),) if len(words) > _SAYS_MORE else ()


def is_alternative(text: str, compared: Sequence[Condition]) -> bool:
    """Whether a comparison is one of several that need not all hold: A或B, 认定为…或收入达到…; not 企业或机构收入达到…."""
    bounds = [(one.fact, one.op) for one in compared if one.unit and one.unit != "日"]
    if len(set(bounds)) < len(bounds):  # 甲类1亿元以上和乙类2亿元以上的
        return True
    if compared and (
        ",或" in text or any(_ONE_OF_SEVERAL.search(text[: text.find(one.text)]) for one in compared if one.unit)
    ):
        return True
    if any(one.unit == "岁" and _AND_OTHERS.match(text, text.find(one.text) + len(one.text)) for one in compared):
        return True
    if any(re.search(r"的[^,。;的]*或", text[text.find(one.text) + len(one.text) :]) for one in compared if one.unit):
        return True  # 毕业5年内的X或Y: only X is bounded
    for at in _ALTERNATIVE.finditer(text):
        if _JOINS_ACTS.search(text[: at.start()]) and ACT.match(text, at.end()):
            continue  # 新建或改建厂房5000平方米以上
        places = [text.find(one.text) for one in compared]
        if any(place < at.start() < place + len(one.text) for place, one in zip(places, compared, strict=True)):
            continue  # 在甲区或乙区注册
        if compared and _BARE_BOUND.search(text[: at.start()]):
            return True  # 产值1亿元或税收不低于500万元
        if at.end() in places and not _WHO_BESIDE.search(text[: at.start()]):
            return True  # 设备或软件投资500万元以上: of either, which no fact says
        before = any(0 <= place < at.start() for place in places)
        after = any(place > at.start() for place in places)
        if before and after:
            return True
        side = text[at.end() :] if before else text[: at.start()]
        if not re.search("且", text) and STATES.search(side):
            return True
    return False


def left_open(text: str, compared: Sequence[Condition]) -> str:
    """What a text says beside its comparisons, without words that say nothing of their own."""
    for one in compared:
        text = text.replace(one.text, "", 1).replace((one.fact or "").removesuffix("数") or one.text, "", 1)
    return _FILLING.sub("", _WHO.sub("", _BOUND_REMARK.sub("", NAMED_SHORT.sub("", text))))
