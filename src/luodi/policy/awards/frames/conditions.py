"""Conditions of an award from the words around its sum (LANGUAGE 6.1, 9).

They stand in the words that describe the award; what was said before and holds on is laid over them in
:mod:`luodi.policy.awards.frames.carried_conditions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from luodi.policy import award_terms as terms
from luodi.policy.awards.frames.announced import announced
from luodi.policy.awards.frames.bases import announced_base, base_of
from luodi.policy.awards.frames.carried_conditions import with_carried
from luodi.policy.awards.frames.phrase_conditions import (
    CLOSES,
    closed_at,
    framed_from,
    is_key_of_another,
    of_phrase,
    own_key,
)
from luodi.policy.awards.frames.purpose import encouraged, says_how
from luodi.policy.awards.rows.row import Row
from luodi.policy.awards.words.grades import KEY_WORD
from luodi.policy.conditions.bands import bands
from luodi.policy.conditions.block import all_of, clauses, refused
from luodi.policy.conditions.comparisons import Named, named_before, read_comparisons
from luodi.policy.conditions.phrases import (
    QUOTA,
    attested,
    says_whom,
    stretches,
)
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage

_PAYS = re.compile(r"[国省市区县]家?级(?=按|财政|配套|再)")
_LEVEL_WORD = 3
# …的先进制造业企业: whom a phrase is of, by a name of their own.
_CLASS_CLOSES = re.compile(r"的(?P<noun>[^,。;的、()]{3,20}(?:企业|机构|单位|院所))(?:\([^()]*\))?\Z")
# 全国体育赛事, “一带一路”体育赛事: whom it is for, before what they must have.
_CLASS_ALONE = re.compile(
    rf"(?!(?:支持|鼓励|引导|推动|同一|单个|每|各|上述|相关|其|企业|项目)[^,。;]*)[^,。;:的\d]{{4,20}}(?:{terms.PAYEE}|{terms.PAID_FOR_THING}|赛)"
)
# 对企业上台阶进行奖励: what is rewarded, before the phrase that says whom.
_HEADLINE = re.compile(rf"对[^,。;\d]{{4,24}}(?:进行|给予|予以|实行){terms.KIND}")
# 纳税额低于100万元的不予奖励,100万元以上的奖励10万元: who gets nothing, before who is paid.
_SHUTS_OUT = re.compile(
    rf"(?:的(?:{terms.PAYEE})?|(?<=[元%家个人户件项]))(?:一律|均|原则上|暂)?不(?:予|得|再|能|可)*"
    rf"(?:给予|享受|申[报请]|{terms.KIND}|扶持|兑现|支持)(?:本[条款项]|本?政策|{terms.KIND}|资金){{0,3}}\Z"
)
# A number without a name at the head of a clause compares what the clause before did.
_BARE_NUMBER = re.compile(r"(?:其中|对于?|凡|在|[,;:])*(?:首次)?(?:达到?|超过|满|突破)?\d")
_BARE_SUM = re.compile(_BARE_NUMBER.pattern + r"[\d.]*[万亿]*元")
_GIVEN_TO = re.compile(
    rf"(?:给予|奖励|补助|补贴|资助)(?P<who>(?:[^,。;\d]{{2,24}}?的[^,。;\d]{{0,12}}?"
    rf"|(?:挂牌|获|通过|入选|列入|取得|新|完成)[^,。;\d]{{2,24}}?){terms.PAYEE})(?=一次性|最高|不超过|每|\Z)"
)
# 分别给予国家级、省级技能大师工作室50万元、25万元: whom all levels are of.
_GIVES_TO = re.compile(r"(?:给予|奖励|补助)(?:新[^,。;的\d]{1,6}的)?\Z")
_GIVEN_BY_LEVEL = re.compile(r"(?P<who>[^,。;:\d的]{4,24})")
_FURTHERED = re.compile(
    rf"(?:鼓励|支持|引导|推动)(?P<who>(?!有|符合|具备|更多|优[秀质]|相关|上述|各)[^,。;的]{{3,20}}的(?:[^,。;的]{{0,6}}{terms.PAYEE}))"
    rf"(?=[^,。;的\d]{{2,16}},)(?!{terms.KIND})"
    # 鼓励投资机构壮大规模,其年营业收入首次突破5000万元的
    rf"|(?:鼓励|支持|引导)(?P<own>(?!更多|优[秀质]|相关|各)[^,。;的]{{2,16}}(?P<noun>{terms.PAYEE}))"
    rf"(?=[^,。;的\d]{{2,16}},(?:其|对[^,。;]{{4,40}}的(?:(?P=noun))?,))"
)
# 对在甲园区内新建仓库被认定为乙类仓库的企业: what is recognised.
_MADE = re.compile(
    r"(?:对|凡)(?P<who>(?!取得|获|通过)[^,。;]*?(?:新建|改建|建设|开办|开发|生产|研发)[^,。;]{2,20}?)被?(?:认定|评定|评选|列入|入选|评)为?"
)
# 对引进年纳税100万元以上企业的机构,每引进1家
_BRINGS = re.compile(r"(?:成功|新|全职)*(?:引进|招引|引荐|推荐|培育|孵化|吸纳|招[用录]|带动)")
_FIRST_EVENT = re.compile(r"首次(?=[获取通被认评列入荣升创])|第一次(?=[获取通被认评列入])")
# 主导制定国家标准, 参与起草行业标准: two who are both of it are not paid alike.
_HAS_PART = re.compile(r"(?:牵头|主导|参与|主持)(?:制(?:\(?修\)?)?[订定]|起草|编制|修订)")
_OF_CLASS = re.compile(rf"[^,。;]{{6,}}的(?P<who>(?:[^,。;的、级类]{{1,6}}、)?[^,。;的、]{{2,20}}{terms.PAYEE})\Z")
# 承担市级科研课题并通过验收的: what was done, before what it came to.
_DID_BEFORE = re.compile(
    r"(?:对|凡)?(?P<did>[^,。;、]{0,12}(?:承担|实施|开展|完成|建设|建成|新建|开发|研制|举办|参加)[^,。;]{3,30}?)(?:并且?|且)(?:首次|顺利|成功)?(?:通过|取得|获|被)"
)
# 检验检测机构取得认可的: whom the event is of.
_WHO_GETS = re.compile(
    rf"(?:对|凡)?(?P<who>(?!支持|鼓励|引导|推动|促进|每)[^,。;、的\d]{{2,12}}?(?:{terms.PAYEE}|{terms.PERSON}))(?:新|首次|当年)?"
    r"(?:取得|获得?|通过|入选|列入|被[认评])"
)


def conditions(
    passage: Passage, rows: Sequence[Row], row: Row, told: tuple[int, int], event_phrase: tuple[int, int] | None
) -> Iterator[Condition]:
    """The conditions of a row, from the words that describe it (``told``) and from those before that hold for it too."""
    own = list(_own(passage, rows, row, *told, event_phrase))
    own = [*_furthered(passage, row, own), *own]
    if not own and event_phrase is None and (row.selector is None or says_how(row.selector)):
        begin = passage.stretch(clause=row.clause)[0] if row.selector else told[0]
        own = list(encouraged(passage, begin, told[1]))
    for low, high in announced(passage, rows, row):
        own = [*of_phrase(passage, row, low, high, {}), *own]
    own.extend(_quotas_behind(passage, rows, row))
    own.extend(_excepted_behind(passage, row))
    if of_bands := _bands_behind(passage, rows, row):
        own = [*(one for one in own if not _BY_LIST.search(one.text)), of_bands]
    yield from with_carried(passage, rows, row, own, told[0])


def _furthered(passage: Passage, row: Row, own: Sequence[Condition]) -> Iterator[Condition]:
    """``鼓励入驻甲园区的企业做大做强,年营业收入1亿元以上的,给予A``: whom the clause is to further, where its own words say less."""
    begin, _ = passage.stretch(clause=row.clause)
    told = _FURTHERED.match(passage.text, begin, row.sum.start)
    who = "who" if told and told["who"] else "own"
    if told and own and not any(told[who].partition("的")[0] in one.text for one in own):
        yield attested(passage, *told.span(who))


def _own(
    passage: Passage, rows: Sequence[Row], row: Row, start: int, end: int, event_phrase: tuple[int, int] | None
) -> Iterator[Condition]:
    bare = _BARE_NUMBER.match(passage.text, start)
    carried: Named = named_before(_earlier(passage, start)) if bare else {}
    measured = base_of(passage, rows, row) or announced_base(passage, row)
    alone = row.keys is None and len(row.sum.items) == 1
    apart = alone and "分别" in passage.text[end : row.sum.start]
    places = _without_headline(passage, stretches(passage, start, end, halved=not apart))
    places = [place for place in places if not is_key_of_another(passage, row, *place)]
    if brought := _brought(passage, row, places):
        yield attested(passage, *brought)
        places = [place for place in places if place[1] <= brought[0] or place[0] >= brought[1]]
    if classes := _listed(passage, places) or _classes(passage, places):
        yield _one_of(passage, classes)
        places = [place for place in places if place[0] > classes[-1][-1][1]]
    opened, closed = framed_from(passage, places), closed_at(passage, places)
    classed = _class_told_first(passage, places)
    keys = {item.key for item in row.sum.items if item.key}  # 国家级平台A、省级平台B: each is told by its own
    if KEY_WORD.fullmatch(row.selector or "") and any(
        other.award == row.award and other.selector != row.selector for other in rows
    ):
        keys.add(row.selector or "")  # 甲类给予A,乙类给予B
    for low, high in places:
        if _PAYS.match(passage.text, low) and high - low <= _LEVEL_WORD:
            continue  # 市级按保费的60%补贴: who pays
        if shut := _SHUTS_OUT.search(passage.text, low, high):
            yield refused(passage, low, shut.start())
            carried = named_before(read_comparisons(passage, low, shut.start(), carried)) or carried
            continue
        if measured and not carried and _BARE_SUM.match(passage.text, low) and not any(map(str.isdigit, measured)):
            carried = {"fen": measured}  # 按投资额分档奖励:1亿元至5亿元的,按3%
        if apart and "、" in passage.text[low:high]:
            found = [attested(passage, low, high)]  # 对甲、乙且增长10%以上的企业,分别给予5万元: one of them is enough
        elif event_phrase is not None and event_phrase[0] <= low and high <= event_phrase[1]:
            found = _of_event(passage, row, low, high, carried)
        else:
            named = opened <= low and (low < closed or _names_one_of_several(passage, rows, row, low, high))
            found = of_phrase(passage, row, low, high, carried, framed=named or low == classed)
        carried = named_before(found) or carried
        yield from (one for one in found if one.fact or one.text not in keys)
    keys_end = (
        row.keys.end + row.keys_from
        if row.keys and _GIVES_TO.search(passage.text[: row.keys.start + row.keys_from])
        else 0
    )
    if keys_end and (noun := _GIVEN_BY_LEVEL.fullmatch(passage.text, keys_end, row.sum.start)):
        yield attested(passage, *noun.span("who"))
    if given := _GIVEN_TO.match(passage.text, end, row.sum.start):
        yield attested(passage, *given.span("who"))


# 三年内, 超出部分, 每增加1家: when or for what a sum is, no one of several.
_NO_CASE = re.compile(r"(?:分[期年档级两三四五]|对?[其该]|[^,。;]*(?:内|期间|部分|后|起|每[^,。;]*|[国省市区县]级)\Z)")


def _names_one_of_several(passage: Passage, rows: Sequence[Row], row: Row, low: int, high: int) -> bool:
    """``认定为首台套的,成套设备给予A,核心部件给予B``: each sum by a name of its own behind what both are for."""
    beside = any(other.clause == row.clause and other.sum.phrase != row.sum.phrase for other in rows)
    return beside and row.sum.phrase.start <= low and not _NO_CASE.match(passage.text, low, high)


def _without_headline(passage: Passage, places: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """``对企业上台阶进行奖励,对年销售收入首次超1亿元的,…``: what the first phrase is about the next says of whom it is."""
    first, behind = places[:1], places[1:2]
    told = first and _HEADLINE.fullmatch(passage.text, *first[0])
    return (
        places[1:]
        if told and all(passage.text.startswith(("对", "凡"), low) for low, _ in behind) and behind
        else places
    )


def _class_told_first(passage: Passage, places: Sequence[tuple[int, int]]) -> int | None:
    """Where a class stands alone before what it must have: ``全国体育赛事,参赛省份6个以上,给予A``."""
    first, behind = places[:1], places[1:2]
    alone = first and _CLASS_ALONE.fullmatch(passage.text, *first[0]) and passage.text.startswith(",", first[0][1])
    bounds = any(one.unit for at in behind for one in read_comparisons(passage, *at)) if alone else False
    return first[0][0] if bounds else None


def _classes(passage: Passage, places: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """``对A且B的制造业企业,C且D的软件企业``: the phrases of each class, where several unlike ones are told one after another."""
    found: list[list[tuple[int, int]]] = [[]]
    nouns: list[str] = []
    for low, high in places:
        found[-1].append((low, high))
        if closed := _CLASS_CLOSES.search(passage.text[low:high]):
            nouns.append(closed["noun"])
            found.append([])
    return found[:-1] if len(set(nouns)) == len(nouns) > 1 else []


# 甲的项目,乙的项目,以及丙的项目: each with its noun.
_NOUN_CLOSES = re.compile(r"的[^,。;的、()\d]{2,20}(?:\([^()]*\))?等?\Z")


def _listed(passage: Passage, places: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """``对A的项目,B的项目,以及C的项目``: whom a list with 以及 names one after another, each in a phrase of its own."""
    last = next((k for k, (low, _) in enumerate(places) if k and passage.text.startswith("以及", low)), None)
    named = places[: last + 1] if last else ()
    closed = all(_NOUN_CLOSES.search(passage.text[low:high]) for low, high in named)
    return [[place] for place in named] if closed else []


def _one_of(passage: Passage, classes: Sequence[Sequence[tuple[int, int]]]) -> Condition:
    """One condition of several classes, each with all that it must be."""
    sides = [tuple(one for low, high in phrases for one in all_of(passage, low, high)) for phrases in classes]
    low, high = classes[0][0][0], classes[-1][-1][1]
    return replace(attested(passage, low, high), alternatives=tuple(sides))


def _brought(passage: Passage, row: Row, places: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """What is counted where somebody is paid for bringing it: its bounds are not the applicant's."""
    if not _BRINGS.match(row.per or ""):
        return None
    first = next((low for low, high in places if _BRINGS.search(passage.text[low:high].partition("每")[0])), None)
    last = next((high for low, high in places[::-1] if CLOSES.search(passage.text[low:high])), None)
    return None if first is None or last is None or first >= last else (first, last)


def _quotas_behind(passage: Passage, rows: Sequence[Row], row: Row) -> Iterator[Condition]:
    """``给予20万元。每年遴选不超过5家``: behind the sum in its clause, or in the sentence after it that gives nothing."""
    clauses, sentences = {one.clause for one in rows}, {one.sentence for one in rows}
    for phrase in passage.phrases:
        near = phrase.clause == row.clause or (
            phrase.sentence == row.sentence + 1 and phrase.sentence not in sentences and phrase.clause not in clauses
        )
        if near and phrase.start > row.item.start and QUOTA.search(passage.text, phrase.start, phrase.end):
            yield attested(passage, phrase.start, phrase.end)


_BY_LIST = re.compile(r"(?:下列|以下)(?:标准|条件|要求)")


def _bands_behind(passage: Passage, rows: Sequence[Row], row: Row) -> Condition | None:
    """``研发占比达到下列标准的,按5%奖励:营业收入5000万元以下的,占比不低于5%;…``: what the list behind the sums of a sentence asks in each band."""
    _, end = passage.stretch(sentence=row.sentence)
    colon = passage.text.find(":", row.item.end, end)
    if colon < 0 or any(one.item.end > colon for one in rows) or re.search("[;。]", passage.text[row.item.end : colon]):
        return None
    return bands(passage, list(clauses(passage, colon + 1)))


# …给予10万元奖励,能耗不达标的企业除外
_EXCEPTED = re.compile(rf"(?:但|其中)?(?P<who>[^,。;:\d]{{3,40}}?)(?:的(?:{terms.PAYEE})?)?除外")


def _excepted_behind(passage: Passage, row: Row) -> Iterator[Condition]:
    """Who is excepted behind a sum, in its clause or in a sentence that says nothing else."""
    for phrase in passage.phrases if "除外" in passage.text else ():
        alone = passage.stretch(sentence=phrase.sentence) == (phrase.start, phrase.end)
        behind = (phrase.clause == row.clause or alone) and phrase.start > row.item.start
        if behind and (told := _EXCEPTED.fullmatch(passage.text, phrase.start, phrase.end)):
            yield refused(passage, *told.span("who"))


def _of_event(passage: Passage, row: Row, low: int, high: int, carried: Named) -> list[Condition]:
    """What the phrase of an event measures, that it must be the first, whom it is said of."""
    tier = own_key(passage, row, low, high)
    compared = tier or [_of_any_key(one, row) for one in read_comparisons(passage, low, high, carried) if one.unit]
    if first := _FIRST_EVENT.search(passage.text, low, high):
        who = _OF_CLASS.search(passage.text, low, high)
        of_class = [attested(passage, *who.span("who"))] if who and says_whom(who["who"]) else []
        return [*compared, attested(passage, first.start(), high), *of_class]
    if part := _HAS_PART.search(passage.text, low, high):
        compared = [*compared, attested(passage, part.start(), high)]
    did = _DID_BEFORE.match(passage.text, low, high)
    if did and not compared:
        return [attested(passage, *did.span("did"))]
    if not compared and (made := _MADE.match(passage.text, low, high)):
        compared = [attested(passage, *made.span("who"))]
    whom = _OF_CLASS.search(passage.text, low, high) or _WHO_GETS.match(passage.text, low, high)
    return (
        [*compared, attested(passage, *whom.span("who"))]
        if whom and not compared and says_whom(whom["who"])
        else compared
    )


def _of_any_key(one: Condition, row: Row) -> Condition:
    """``国家级、省级大赛前三名``: what is compared of every level, without the last of them."""
    last = row.keys.words[-1] if row.keys else ""
    named = last and one.fact and one.fact.startswith(last) and len(one.fact) > len(last) + 1
    return replace(one, fact=(one.fact or "")[len(last) :], text=one.text.removeprefix(last)) if named else one


def _earlier(passage: Passage, start: int) -> list[Condition]:
    """The comparisons that stand before a place in its sentence: a later number without a name goes on with them."""
    phrase = next((p for p in passage.phrases if p.end >= start), None)
    if phrase is None:
        return []
    begin, _ = passage.stretch(sentence=phrase.sentence)
    return read_comparisons(passage, begin, start) if begin < start else []
