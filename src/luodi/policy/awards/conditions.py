"""Conditions of an award from the words around its sum (LANGUAGE 6.1, 9).

They stand in the words that describe the award, and in what was said before and holds on: whom a sentence announces, whom
a clause names before its first sum, what an earlier tier of the same fact demands.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from luodi.policy import award_terms as terms
from luodi.policy.awards.bases import base_of
from luodi.policy.awards.phrase_conditions import holds_keys, of_phrase, own_key
from luodi.policy.awards.purpose import encouraged, says_how
from luodi.policy.awards.row import Row
from luodi.policy.conditions.comparisons import Named, named_before, read_comparisons
from luodi.policy.conditions.phrases import (
    HEAD,
    QUOTA,
    attested,
    says_whom,
    stretches,
)
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage

# A number without a name at the head of a clause compares what the clause before did.
_BARE_NUMBER = re.compile(r"(?:其中|对于?|凡|在|[,;:])*(?:达到?|超过|满)?\d")
_BARE_SUM = re.compile(_BARE_NUMBER.pattern + r"[\d.]*[万亿]*元")
_GIVEN_TO = re.compile(
    rf"(?:给予|奖励|补助|补贴|资助)(?P<who>(?:[^,。;\d]{{2,24}}?的[^,。;\d]{{0,12}}?|(?:挂牌|获|通过|入选|列入|取得|新|完成)[^,。;\d]{{2,24}}?){terms.PAYEE})(?=一次性|最高|不超过|每|\Z)"
)
_BASE = re.compile(r"(?:按照?|参照|以)[^,。;]*\Z")
_ANNOUNCES = re.compile(
    r"(?:[^,。;]{0,16},)?[^,。;]{0,24}?(?P<who>(?:对|凡)[^。]{4,80}?(?:给予|予以|实行|进行)[^。\d]{0,16}(?:奖|补|资助|扶持|支持)[^。\d]*)\Z"
)
# 鼓励企业引进投资5000万元以上的项目。按投资额的5%给予奖励: what is furthered holds where it is bounded.
_FURTHERS = re.compile(r"(?:鼓励|支持|引导)(?P<who>[^,。;]{0,30}\d[^,。;]*的[^,。;的]{2,12})(?:,[^。;\d]*)?\Z")
_FURTHERED = re.compile(
    rf"(?:鼓励|支持|引导|推动)(?P<who>(?!有|符合|具备|更多|优[秀质]|相关|上述|各)[^,。;的]{{3,20}}的(?:[^,。;的]{{0,6}}{terms.PAYEE}))"
    rf"(?=[^,。;的\d]{{2,16}},)(?!{terms.KIND})"
)
_GOES_ON = re.compile(r"[一二三四五]是|其中|具体|标准|按|补|奖|最高|即|每|对(?=[^,。;]{2,12}按)")
# What opens a measure of its own: whom it is for, what it is to further.
_OPENS_ANEW = re.compile(rf"(?:对|凡|鼓励|支持|推动|引导|加快|为)|[^。;]*?的(?:[^,。;的]{{0,8}}{terms.PAYEE})[,给按]")
_TOPIC = re.compile(r"(?:对于?|凡|针对)[^,。;]{2,}的[^,。;的]{2,14}\Z")
# 对获得甲证书的企业,给予A;获得乙证书的给予B: another case, not one more demand.
_CASE = re.compile(
    r"(?:对于?|凡|针对)?(?:新|首次|当年)?(?:获|取得|通过|评为|[认评]定|列入|入选|晋[升级]|完成|建成|参加|承办|主办|引进|设立)"
)
# 对在甲园区内新建仓库被认定为乙类仓库的企业: what is recognised.
_MADE = re.compile(
    r"(?:对|凡)(?P<who>(?!取得|获|通过)[^,。;]*?(?:新建|改建|建设|开办|开发|生产|研发)[^,。;]{2,20}?)被?(?:认定|评定|评选|列入|入选|评)为?"
)
# 对引进年纳税100万元以上企业的机构,每引进1家
_BRINGS = re.compile(r"(?:成功|新|全职)*(?:引进|招引|引荐|推荐|培育|孵化|吸纳|招[用录]|带动)")
_FIRST_EVENT = re.compile(r"首次(?=[获取通被认评列入荣升创])|第一次(?=[获取通被认评列入])")
# 对新引进的博士,每人给予: nothing more is demanded behind the name.
_GIVES_AT_ONCE = re.compile(
    rf"[”)]?(?:{terms.PAYEE})?的?,(?:每[一-鿿]{{1,2}}|一次性|给予|予以|分别|奖励|补助|补贴|资助|不超过|最高)*"
)
_OF_CLASS = re.compile(rf"[^,。;]{{6,}}的(?P<who>[^,。;的、]{{2,20}}{terms.PAYEE})\Z")
_CLOSES = re.compile(rf"的(?:[^,。;的]{{0,24}}{terms.PAYEE})?\Z")


def conditions(
    passage: Passage, rows: Sequence[Row], row: Row, told: tuple[int, int], event_phrase: tuple[int, int] | None
) -> Iterator[Condition]:
    """The conditions of a row, from the words that describe it (``told``) and from those before that hold for it too."""
    own = list(_own(passage, rows, row, *told, event_phrase))
    own = [*_furthered(passage, row, own), *own]
    if not own and event_phrase is None and (row.selector is None or says_how(row.selector)):
        begin = passage.stretch(clause=row.clause)[0] if row.selector else told[0]
        own = list(encouraged(passage, begin, told[1]))
    for low, high in _announced(passage, rows, row):
        own = [*of_phrase(passage, row, low, high, {}), *own]
    own.extend(_quotas_behind(passage, rows, row))
    tiers = _tiers_before(passage, rows, row)
    own = [_named_alike(one, tiers) for one in own]
    compared = {(one.fact, one.unit) for one in own if one.fact}
    opened, _ = passage.stretch(clause=row.clause)
    named = not all(one.fact for one in own)
    if named and _OPENS_ANEW.match(passage.text, opened):
        tiers = []  # 对…的合作社,…;对…的协会,…: each says whom it is for
    before = [*_of_tiers(passage, row, tiers, compared, own, named=named), *_shared(passage, rows, row, told[0])]
    before += _of_whole(passage, rows, row)
    known = {one.text for one in (*before, *own)}
    before += [one for one in _of_list(passage, rows, row) if one.text not in known]
    outcome = _outcome_of_stages(rows, row)
    for one in (*(one for one in before if not one.fact or (one.fact, one.unit) not in compared), *own):
        if not (outcome and outcome.search(one.text)):
            yield one


def _furthered(passage: Passage, row: Row, own: Sequence[Condition]) -> Iterator[Condition]:
    """``鼓励入驻甲园区的企业做大做强,年营业收入1亿元以上的,给予A``: whom the clause is to further, where its own words say less."""
    begin, _ = passage.stretch(clause=row.clause)
    told = _FURTHERED.match(passage.text, begin, row.sum.start)
    if told and own and not any(told["who"].partition("的")[0] in one.text for one in own):
        yield attested(passage, *told.span("who"))


def _of_whole(passage: Passage, rows: Sequence[Row], row: Row) -> list[Condition]:
    """``对甲企业,给予A。其中,列入名录的,给予B``: a part of those whom the sentence before is about."""
    opened, _ = passage.stretch(sentence=row.sentence)
    before = [one for one in rows if one.sentence < row.sentence]
    whole = next((one for one in before if before and one.sentence == before[-1].sentence), None)
    if not passage.text.startswith("其中", opened):
        whole = _spoken_of(passage, rows, row)
    if whole is None or whole.keys is not None:
        return []
    places = [*_before_first(passage, whole), (whole.sum.phrase.start, whole.sum.start)]
    cuts = [cut for low, high in places for cut in stretches(passage, low, high)]
    return [each for low, high in cuts for each in of_phrase(passage, whole, low, high, {}, framed=False)]


def _of_list(passage: Passage, rows: Sequence[Row], row: Row) -> list[Condition]:
    """``对拟上市的企业,分阶段给予奖励:签订协议的A,受理的B``: whom the words before the colon name, for every sum behind it."""
    first = next(one for one in rows if one.sentence == row.sentence)
    start, _ = passage.stretch(sentence=row.sentence)
    colon = passage.text.find(":", start, first.sum.start)
    if first is row or first.clause != row.clause or colon < 0 or passage.depths[colon]:
        return []
    cuts = stretches(passage, start, colon)
    return [each for low, high in cuts for each in of_phrase(passage, first, low, high, {}) if not each.fact]


# What stages lead up to; 拟上市, 上市后备企业 are not there yet.
_OUTCOME = re.compile(r"\A(?!.*(?:拟|后备|培育|申请|辅导|受理)).*(?:上市|挂牌)")
_STAGE = re.compile(r"股改|股份制|辅导|备案|受理|报会|过会|申报|协议")


def _outcome_of_stages(rows: Sequence[Row], row: Row) -> re.Pattern[str] | None:
    """``企业上市的,分阶段奖励:完成股改A,成功上市B``: nobody is listed yet when the first stages are paid."""
    later = [one for one in rows if one.sentence == row.sentence and one.item.start > row.item.start]
    leads_up = _STAGE.search(row.selector or "") and any(_OUTCOME.search(one.selector or "") for one in later)
    return _OUTCOME if leads_up else None


# 对其首次购房的; 其他, 其中 and 其余 are others.
_THE_SAME = re.compile(r"[;。,]?(?:并|同时)?(?:对|给予|为)?其(?!中|他|余|它)[^,。;]{0,16}(?:的,|给予|发放|补贴|奖励)")


def _spoken_of(passage: Passage, rows: Sequence[Row], row: Row) -> Row | None:
    """``对引进的人才,给予A;对其首次购房的,给予B``: the row before, whose words say whom this one is about."""
    opened, _ = passage.stretch(clause=row.clause)
    before = [one for one in rows if one.clause < row.clause and one.sentence >= row.sentence - 1]
    return before[-1] if before and _THE_SAME.match(passage.text, opened) else None


def _own(
    passage: Passage, rows: Sequence[Row], row: Row, start: int, end: int, event_phrase: tuple[int, int] | None
) -> Iterator[Condition]:
    bare = _BARE_NUMBER.match(passage.text, start)
    carried: Named = named_before(_earlier(passage, start)) if bare else {}
    told = bare and not carried and _BARE_SUM.match(passage.text, start)
    if told and (base := base_of(passage, rows, row)) and not any(map(str.isdigit, base)):
        carried = {"fen": base}  # 按投资额分档奖励:1亿元至5亿元的,按3%
    alone = row.keys is None and len(row.sum.items) == 1
    apart = alone and "分别" in passage.text[end : row.sum.start]
    places = stretches(passage, start, end, halved=not apart)
    if brought := _brought(passage, row, places):
        yield attested(passage, *brought)
        places = [place for place in places if place[1] <= brought[0] or place[0] >= brought[1]]
    opened = _frame(passage, places)
    keys = {item.key for item in row.sum.items if item.key}  # 国家级平台A、省级平台B: each is told by its own
    for low, high in places:
        if apart and "、" in passage.text[low:high]:
            found = [attested(passage, low, high)]  # 对甲、乙且增长10%以上的企业,分别给予5万元: one of them is enough
        elif event_phrase is not None and event_phrase[0] <= low and high <= event_phrase[1]:
            found = _of_event(passage, row, low, high, carried)
        else:
            found = of_phrase(passage, row, low, high, carried, framed=low >= opened)
        carried = named_before(found) or carried
        yield from (one for one in found if one.fact or one.text not in keys)
    if given := _GIVEN_TO.match(passage.text, end, row.sum.start):
        yield attested(passage, *given.span("who"))


def _brought(passage: Passage, row: Row, places: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """What is counted where somebody is paid for bringing it: its bounds are not the applicant's."""
    if not _BRINGS.match(row.per or ""):
        return None
    first = next((low for low, high in places if _BRINGS.search(passage.text[low:high].partition("每")[0])), None)
    last = next((high for low, high in places[::-1] if _CLOSES.search(passage.text[low:high])), None)
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


def _frame(passage: Passage, places: Sequence[tuple[int, int]]) -> int:
    """Where what stands before the closing 的 begins to be demanded: at the last 对, else at the first phrase."""
    closing = [high for low, high in places if _CLOSES.search(passage.text[low:high])]
    if not closing:
        return len(passage.text)
    opening = [low for low, _ in places if low < closing[-1] and passage.text.startswith(("对", "凡", "针对"), low)]
    unlabelled = [low for low, high in places if not _is_label(passage, low, high)]
    return opening[-1] if opening else unlabelled[0] if unlabelled else places[0][0]


def _is_label(passage: Passage, low: int, high: int) -> bool:
    """``设备上云:年费用1万元以上的``: the name of a measure, nothing that is demanded; 小微企业: says whom."""
    return passage.text.startswith(":", high) and not says_whom(passage.text[low:high])


def _of_event(passage: Passage, row: Row, low: int, high: int, carried: Named) -> list[Condition]:
    """What the phrase of an event measures, that it must be the first, whom it is said of."""
    tier = own_key(passage, row, low, high)
    compared = tier or [one for one in read_comparisons(passage, low, high, carried) if one.unit]
    if first := _FIRST_EVENT.search(passage.text, low, high):
        return [*compared, attested(passage, first.start(), high)]
    if not compared and (made := _MADE.match(passage.text, low, high)):
        compared = [attested(passage, *made.span("who"))]
    whom = _OF_CLASS.search(passage.text, low, high)
    return (
        [*compared, attested(passage, *whom.span("who"))]
        if whom and not compared and says_whom(whom["who"])
        else compared
    )


def _shared(passage: Passage, rows: Sequence[Row], row: Row, start: int) -> Iterator[Condition]:
    """What the clause says before its first sum, for a later sum that has no phrase of its own: 对…的项目,甲类不超过N,乙类不超过M."""
    before = [
        one for one in rows if one.clause == row.clause and one.sum.end <= row.sum.start and one.sum is not row.sum
    ]
    if not before or start < row.sum.phrase.start - 1 or _opens(passage.text[row.sum.phrase.start : row.sum.start]):
        return
    first = before[0]
    # 获金奖、银奖的,国家级分别奖励A、B,省级C、D: the keys of both stand before the first.
    alike = row.keys is not None and first.keys is not None and row.keys.start == first.keys.start
    held = [(one.start, one.end) for one in passage.phrases if alike and holds_keys(first, one)]
    for low, high in [*_before_first(passage, first), *held]:
        yield from of_phrase(passage, row, low, high, {})


def _tiers_before(passage: Passage, rows: Sequence[Row], row: Row) -> list[list[Condition]]:
    """What the first sum of the sentence demands, phrase by phrase; nothing where this is the first."""
    first = next((one for one in rows if one.sentence == row.sentence and one.sum.end <= row.sum.start), None)
    if first is None or first.sum is row.sum or _names_another(passage, first, row):
        return []
    places = [*_before_first(passage, first), (first.sum.phrase.start, first.sum.start)]
    cuts = [cut for low, high in places for cut in stretches(passage, low, high) if not _is_label(passage, *cut)]
    return [of_phrase(passage, first, low, high, {}, framed=True) for low, high in cuts]


def _names_another(passage: Passage, first: Row, row: Row) -> bool:
    """``对新引进的博士,每人给予A;硕士每人给予B``: each sum by the name of its own that its clause begins with."""
    opened, _ = passage.stretch(clause=row.clause)
    begun, _ = passage.stretch(clause=first.clause)
    lead, _, words = passage.text[begun : first.sum.start].partition(first.selector or "\0")
    own = row.selector and row.clause != first.clause and passage.text.startswith(row.selector, opened)
    return bool(
        own and not HEAD.sub("", lead) and _GIVES_AT_ONCE.fullmatch(words) and not re.search(r"\d", f"{row.selector}")
    )


def _named_alike(one: Condition, tiers: Sequence[Sequence[Condition]]) -> Condition:
    """A later tier often names its fact in short (入股面积 for 土地入股面积): it is the fact of the first."""
    names = [
        each.fact
        for phrase in tiers
        for each in phrase
        if each.fact and one.fact and one.unit and each.unit == one.unit and each.fact.endswith(one.fact)
    ]
    return replace(one, fact=names[0]) if names else one


def _of_tiers(
    passage: Passage,
    row: Row,
    tiers: Sequence[Sequence[Condition]],
    compared: Collection[tuple[str, str | None]],
    own: Sequence[Condition],
    *,
    named: bool,
) -> Iterator[Condition]:
    """What the first tier demands beside the fact that this one compares too, or names as the topic of both.

    ``named``: this one says whom its bound is said of, in place of whom the first tier says it.

    ``经甲局认定的,数量达到200个的,给予A;500个以上的,给予B``; ``对乙企业,首次认定的,给予A;重新认定的,给予B``.
    """
    measured = {key for key in compared if key[1]}
    if any((one.fact, one.unit) in measured for phrase in tiers for one in phrase):
        for phrase in tiers:
            replaced = named and any((one.fact, one.unit) in measured for one in phrase)
            yield from (one for one in phrase if one.fact or not replaced)
    elif (step := _step_of(own, tiers)) is not None:
        yield from (one for phrase in tiers if phrase is not step for one in phrase)
    elif tiers and tiers[0]:
        begin, _ = passage.stretch(clause=row.clause)
        topic = passage.text[passage.stretch(sentence=row.sentence)[0] :].partition(",")[0]
        before = passage.text[passage.stretch(sentence=row.sentence)[0] : begin]
        other = _OPENS_ANEW.match(passage.text, begin) or (_CASE.match(topic) and _CASE.match(passage.text, begin))
        if ";" in before and not other and _TOPIC.match(topic):
            yield from tiers[0]


# 住宿1晚, 住宿2晚以上: the same measure without a word for it.
_STEP = re.compile(r"\d+|[一二三两]|及?以[上下]|达到?|满|超过|[且并]")


def _step_of(own: Sequence[Condition], tiers: Sequence[Sequence[Condition]]) -> Sequence[Condition] | None:
    """The last phrase of the first tier, where all that this one says is that phrase with another number."""
    last = next((phrase for phrase in tiers[::-1] if phrase), ())
    if len(own) != 1 or len(last) != 1 or own[0].fact or last[0].fact:
        return None
    words = _STEP.sub("", own[0].text)
    numbered = re.search(r"\d", own[0].text) and re.search(r"\d", last[0].text)
    return last if numbered and len(words) > 1 and words == _STEP.sub("", last[0].text) else None


def _before_first(passage: Passage, row: Row) -> list[tuple[int, int]]:
    """The phrases of a clause before that of its sum, those left out that hold the keys of a list."""
    begin, _ = passage.stretch(clause=row.clause)
    return [
        (phrase.start, phrase.end)
        for phrase in passage.phrases
        if begin <= phrase.start and phrase.end <= row.sum.phrase.start and not holds_keys(row, phrase)
    ]


def _announced(passage: Passage, rows: Sequence[Row], row: Row) -> Iterator[tuple[int, int]]:
    """``对…的项目给予奖励。其中,…按10%``: a sentence before the first sum that names whom and gives no sum."""
    first = min(one.sentence for one in rows)
    opened, _ = passage.stretch(clause=row.clause)
    if not _GOES_ON.match(passage.text, opened) and _OPENS_ANEW.match(passage.text, opened):
        return
    for sentence in range(first - 1, max(first - 3, -1), -1):
        begin, end = passage.stretch(sentence=sentence)
        words = passage.text[begin:end]
        furthered = sentence == first - 1 and passage.text.startswith("按", opened)
        told = _ANNOUNCES.match(words) or (_FURTHERS.match(words) if furthered else None)
        if told:
            yield from stretches(passage, begin + told.start("who"), begin + told.end("who"))
            return


def _opens(words: str) -> bool:
    words = _BASE.sub("", words)
    return bool(re.match(r"(?:其中,?)?(?:对|凡|获|经|被|新|首次|通过|取得|入选)", words) or "的" in words)


def _earlier(passage: Passage, start: int) -> list[Condition]:
    """The comparisons that stand before a place in its sentence: a later number without a name goes on with them."""
    phrase = next((p for p in passage.phrases if p.end >= start), None)
    if phrase is None:
        return []
    begin, _ = passage.stretch(sentence=phrase.sentence)
    return read_comparisons(passage, begin, start) if begin < start else []
