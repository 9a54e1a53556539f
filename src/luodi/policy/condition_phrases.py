"""Conditions of a stretch of text and of the words before a sum (LANGUAGE 6.1, 9).

A condition that is neither compared nor kept as written makes a reader believe that he is owed: what is left of a phrase
when its comparisons are taken away stands as a condition to be attested, and so does every phrase whose comparisons are
alternatives or have exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from luodi.policy import award_terms as terms
from luodi.policy.award_row import Row
from luodi.policy.conditions import Named, named_before, read_comparisons, scaled
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage, Phrase
from luodi.quantities.counts import find_counts
from luodi.quantities.money import find_money

_HEAD = re.compile(
    r"\A(?:其中|每年(?=从)|从(?!业|事)|以及|并且?|且|凡|对于?|针对|经(?=[^,。;]{0,4}的)|在此基础上|此外|同时)*[,:]?"
)
# A number without a name at the head of a clause compares what the clause before did.
_BARE_NUMBER = re.compile(r"(?:其中|对于?|凡|[,;:])*\d")
_ALTERNATIVE = re.compile(r"或(?!有)")
_EXCEPTED = re.compile(r"放宽|除外|原则上|特别优秀|可适当|不限于|以[^,。;]{2,12}为准")
_WHO = re.compile(
    r"企业|单位|机构|个人|园区|项目|团队|人员|院所|高校|载体|平台|基地|组织|主体|人才|家庭|经营|实际|上一?年度|当年|年度|近[一二三两\d]年|规模|同时|申报|申请"
)
_FILLING = re.compile(r"[的地对凡、,;:。()且并及和与或在于为是须应需等其该本上新已以了达到我市区县省]|[^一-鿿]")
_LEFT_OPEN = 4  # Chinese characters beside the comparisons that make a phrase say more than they do
_STATES = re.compile(
    r"经|通过|取得|获得?|新[建增引设组认入]|首次|完成|签订|具[有备]|拥有|符合|达到|无(?!偿)|未|没有|列入|纳入|入选|入围|参加|参与|举办|组织|开展|建[成设]|引进|承担|购[买置]"
    r"|租[赁用]|采购|使用|应用|设立|注册|落户|投保|实施|承办|主导|牵头|研[发制]|生产|出口|发行|投资|迁入|入驻|认定|评[定选]|入库|后\Z|且|增长"
)
_SAYS_NOTHING = re.compile(
    r"\A(?:为(?!主)|鼓励|引导|推动|加大|大力|加快|积极|落实|根据|按照?|依据|依照|结合|参照|围绕|聚焦|依托|发挥|具体|上限|连续|自(?!主|有|行|建|愿|筹)[^,。;]{1,16}起|第[一二三四五]|[前后首次][一二两三四五\d]?年|分[一二三四五\d]"
    r"|每(?:年|月)(?!从)|设立|建立|安排|由?[省市区县]级?财政|由|推进|促进|优化|完善|加强|提升|以|将|可|视|优先|同一|单个|单户|累计|(?:支持|扶持|资助|奖励|补助|补贴)(?!.*的(?:[^的]{0,12}(?:企业|单位|机构|团队|人员|人才|项目|个人|平台|基地))?\Z))"
    r"|基础上\Z|(?:标准|比例|期限|方式)(?:为|是)?\Z|\A(?:对)?符合(?:上述|以上|下列|规定|相关|本[^,。;]{0,6})?(?:引进|申报|申请|支持|资助)?(?:的)?(?:条件|要求|规定|标准)?的"
    r"|\A(?:该|其|此)[^,。;]{0,4}\Z|财政\Z|\A(?:同时|原则上|此外)\Z"
)
# 对以…入股的合作社: whom the award is for, whatever the words begin with.
_IS_NAMED = re.compile(
    r"\A(?:对|凡|针对)(?!符合)[^,。;]{4,}的(?:[^的,]{0,12}(?:企业|单位|机构|团队|人员|人才|项目|个人|平台|基地|合作社|农户))?\Z"
)
_GIVEN_TO = re.compile(
    r"(?:给予|奖励|补助|补贴|资助)(?P<who>(?:[^,。;\d]{2,24}?的[^,。;\d]{0,12}?|(?:挂牌|获|通过|入选|列入|取得|新|完成)[^,。;\d]{2,24}?)(?:企业|单位|机构|个人|团队|人员|院所|高校|载体|平台|基地|人才|项目))(?=一次性|最高|不超过|每|\Z)"
)
_IS_ACT = re.compile(r"新(?:认定|评定|获评|取得|获得|引进|设立)为?\Z")
_BASE = re.compile(r"(?:按照?|参照|以)[^,。;]*\Z")
_ANNOUNCES = re.compile(r"(?:对|凡)[^。]{4,80}?(?:给予|予以|实行|进行)[^。\d]{0,16}(?:奖|补|资助|扶持|支持)[^。\d]*\Z")
_GOES_ON = re.compile(r"其中|具体|标准|按|补|奖|最高|即|每|对(?=[^,。;]{2,12}按)")
_NOT_GIVEN = re.compile(r"(?:未|不|没有|已|曾|无)[^,。;]{0,4}\Z")


def stated(passage: Passage, low: int, high: int, carried: Named | None = None) -> list[Condition]:
    """What a stretch demands: its comparisons, and the stretch as written where they leave something of it open."""
    text = passage.text[low:high]
    compared = read_comparisons(passage, low, high, carried)
    measured = [one for one in compared if one.unit or one.op == "=" and one.value is not True]
    if _EXCEPTED.search(text) or (measured and _is_alternative(text, compared)):
        return [attested(passage, low, high)]
    if not measured or _says_more(text, compared):
        return [*measured, attested(passage, low, high)]
    return compared


def stretches(passage: Passage, start: int, end: int) -> list[tuple[int, int]]:
    """The phrases between two places; one that goes on with 或 belongs to the one before."""
    found: list[tuple[int, int]] = []
    for phrase in passage.phrases:
        low, high = max(start, phrase.start), min(end, phrase.end)
        if low >= high:
            continue
        if found and passage.text.startswith("或", low) and passage.text[low - 1] == ",":
            found[-1] = (found[-1][0], high)
        else:
            found.append((low, high))
    return found


def attested(passage: Passage, low: int, high: int) -> Condition:
    """The stretch as written, without what joins it to the words before."""
    low += _HEAD.match(passage.text[low:high]).end()  # type: ignore[union-attr]  # matches the empty string too
    return Condition(text=passage.text[low:high].rstrip(":。;,").removesuffix("的"), span=passage.span(low, high))


def conditions(
    passage: Passage, rows: Sequence[Row], row: Row, told: tuple[int, int], event_phrase: tuple[int, int] | None
) -> Iterator[Condition]:
    """The conditions of a row, from the words that describe it (``told``) and from those before that hold for it too."""
    own = list(_own(passage, row, *told, event_phrase))
    for low, high in _announced(passage, rows, row):
        own = [*_of_phrase(passage, row, low, high, None, False), *own]
    compared = {(one.fact, one.unit) for one in own if one.fact}
    yield from (one for one in _shared(passage, rows, row, told[0]) if (one.fact, one.unit) not in compared)
    yield from own


def _own(passage: Passage, row: Row, start: int, end: int, event_phrase: tuple[int, int] | None) -> Iterator[Condition]:
    bare = _BARE_NUMBER.match(passage.text, start)
    carried: Named | None = named_before(_earlier(passage, start)) if bare else None
    for low, high in stretches(passage, start, end):
        is_event = event_phrase is not None and event_phrase[0] <= low and high <= event_phrase[1]
        found = _of_phrase(passage, row, low, high, carried, is_event)
        carried = named_before(found) or carried
        yield from found
    if given := _GIVEN_TO.match(passage.text, end, row.sum.start):
        yield attested(passage, *given.span("who"))


def _of_phrase(
    passage: Passage, row: Row, low: int, high: int, carried: Named | None, is_event: bool
) -> list[Condition]:
    """One phrase: each row by its own key of a list, comparisons, else as written if it demands anything."""
    tier = _tier(passage, row, low, high)
    if tier:
        return tier
    if is_event:  # that an event is the first is what it means
        return [one for one in read_comparisons(passage, low, high, carried) if one.unit]
    high = _before_giving(passage, low, high)
    text = _HEAD.sub("", passage.text[low:high])
    compared = read_comparisons(passage, low, high, carried)
    if any(one.unit for one in compared) or (compared and 2 * sum(len(one.text) for one in compared) > len(text)):
        return (
            stated(passage, low, high, carried)
            if any(one.unit or one.value is not True for one in compared)
            else compared
        )
    if not _demands(passage.text[low:high], text):
        return compared
    return compared + (_graded(passage, row, high - len(text), high) or [attested(passage, low, high)])


def _demands(words: str, text: str) -> bool:
    if len(text) < 3 or (_SAYS_NOTHING.search(text) and not _IS_NAMED.search(words)):
        return False
    return bool(len(text) > 3 and ("的" in text or words.startswith(("对", "凡"))) or _STATES.search(text))


def _before_giving(passage: Passage, low: int, high: int) -> int:
    """Where a phrase begins to give (举办活动给予扶持): what is given or not given to others already is a condition."""
    for at in terms.STRONG.finditer(passage.text, low, high):
        if not _NOT_GIVEN.search(passage.text[low : at.start()]) and "的" not in passage.text[at.end() : high]:
            return at.start()
    return high


def _shared(passage: Passage, rows: Sequence[Row], row: Row, start: int) -> Iterator[Condition]:
    """What the clause says before its first sum, for a later sum that has no phrase of its own: 对…的项目,甲类不超过N,乙类不超过M."""
    before = [
        one for one in rows if one.clause == row.clause and one.sum.end <= row.sum.start and one.sum is not row.sum
    ]
    if not before or start < row.sum.phrase.start - 1 or _opens(passage.text[row.sum.phrase.start : row.sum.start]):
        return
    first = before[0]
    begin, _ = passage.stretch(clause=row.clause)
    for phrase in passage.phrases:
        if begin <= phrase.start and phrase.end <= first.sum.phrase.start and not _holds_keys(first, phrase):
            yield from _of_phrase(passage, row, phrase.start, phrase.end, None, False)


def _announced(passage: Passage, rows: Sequence[Row], row: Row) -> Iterator[tuple[int, int]]:
    """``对…的项目给予奖励。其中,…按10%``: the sentence before the first sum that names whom and gives no sum."""
    first = min(one.sentence for one in rows)
    begin, end = passage.stretch(sentence=first - 1)
    words = passage.text[begin:end]
    opened, _ = passage.stretch(clause=row.clause)
    if first and _ANNOUNCES.match(words) and _GOES_ON.match(passage.text, opened):
        yield from stretches(passage, begin, end)


def _opens(words: str) -> bool:
    words = _BASE.sub("", words)
    return bool(re.match(r"(?:其中,?)?(?:对|凡|获|经|被|新|首次|通过|取得|入选)", words) or "的" in words)


def _holds_keys(row: Row, phrase: Phrase) -> bool:
    return row.keys is not None and phrase.start <= row.keys.start + row.keys_from < phrase.end


def _is_alternative(text: str, compared: Sequence[Condition]) -> bool:
    """Whether a comparison is one of several that need not all hold: A或B, 认定为…或收入达到…; not 企业或机构收入达到…."""
    bounds = [(one.fact, one.op) for one in compared if one.unit and one.unit != "日"]
    if len(set(bounds)) < len(bounds):  # 甲类1亿元以上和乙类2亿元以上的
        return True
    if compared and ",或" in text:
        return True
    if any(re.search(r"的[^,。;的]*或", text[text.find(one.text) + len(one.text) :]) for one in compared if one.unit):
        return True  # 毕业5年内的X或Y: only X is bounded
    for at in _ALTERNATIVE.finditer(text):
        places = [text.find(one.text) for one in compared]
        before = any(0 <= place < at.start() for place in places)
        after = any(place > at.start() for place in places)
        if before and after:
            return True
        side = text[at.end() :] if before else text[: at.start()]
        if not re.search("且", text) and _STATES.search(side):
            return True
    return False


def _says_more(text: str, compared: Sequence[Condition]) -> bool:
    for one in compared:
        text = text.replace(one.text, "", 1)
    return len(_FILLING.sub("", _WHO.sub("", text))) >= _LEFT_OPEN


def _earlier(passage: Passage, start: int) -> list[Condition]:
    """The comparisons that stand before a place in its sentence: a later number without a name goes on with them."""
    phrase = next((p for p in passage.phrases if p.end >= start), None)
    if phrase is None:
        return []
    begin, _ = passage.stretch(sentence=phrase.sentence)
    return read_comparisons(passage, begin, start) if begin < start else []


def _graded(passage: Passage, row: Row, low: int, high: int) -> list[Condition]:
    """``年度考核优秀、良好的X``: each row is told by its own key, the fact is what stands before the list.

    A number is compared or stays as written, and an act (新认定为甲、乙) is no fact that has a grade.
    """
    if row.keys is None or not row.selector or not low <= row.keys.start + row.keys_from < high:
        return []
    if re.search(r"\d", row.selector) or _IS_ACT.search(passage.text[low : row.keys.start + row.keys_from]):
        return []
    name = re.sub(
        r"\A(?:对|经|通过|获得?|取得|达到|评为|被?评定为|被?认定为)+|(?:为|获得?|被?评为|结果|等级|分别)+\Z",
        "",
        passage.text[low : row.keys.start + row.keys_from],
    )
    if not 2 <= len(name) <= 15 or re.search(r"[、,的]", name):
        return []
    span = passage.span(low, high)
    return [Condition(text=name + row.selector, span=span, fact=name, op="=", value=row.selector)]


def _tier(passage: Passage, row: Row, low: int, high: int) -> list[Condition]:
    """``首次达到1亿元、5亿元``: each row is compared with its own key, not with the first of the list."""
    if row.keys is None or not row.selector or not low <= row.keys.start + row.keys_from < high:
        return []
    start = row.keys.start + row.keys_from
    first = read_comparisons(passage, low, min(high, start + len(row.keys.words[0]) + 4))
    own = find_counts(row.selector)
    named = named_before(first)
    if named is None or len(own) != 1:
        return []
    money = find_money(row.selector)
    whole = next(one for one in reversed(first) if one.fact == named.fact)
    value = money[0].fen if money and money[0].fen is not None else scaled(own[0])
    told = Condition(
        text=named.fact + row.selector,
        span=passage.span(low, high),
        fact=named.fact,
        op=whole.op,
        value=value,
        unit=named.unit,
    )
    return [*(one for one in first if one.fact != named.fact), told]
