"""What the words before a sum's own demand of it too (LANGUAGE 6.1, 9).

Whom a sentence announces or a list is for, whom a clause names before its first sum, what an earlier tier of the same
fact demands; and what is not demanded yet of a stage: the outcome that it leads up to.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from luodi.policy import award_terms as terms
from luodi.policy.awards.frames.announced import OPENS_ANEW
from luodi.policy.awards.frames.next_step import beside_step, goes_on_by_key
from luodi.policy.awards.frames.phrase_conditions import (
    closed_at,
    framed_from,
    holds_keys,
    is_label,
    of_keys_before,
    of_phrase,
)
from luodi.policy.awards.rows.row import Row
from luodi.policy.conditions.comparisons import named_before
from luodi.policy.conditions.phrases import HEAD, POINTS_AT, attested, stretches
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage

_BASE = re.compile(r"(?:按照?|参照|以)[^,。;]*\Z")
# 对入驻的企业给予补贴,其中:大型企业每平方米A;小型企业每平方米B
# 新纳统且增速50%以上的商贸企业:批发企业A;零售企业B
_PARTS_FOLLOW = re.compile(rf"其中\Z|(?:的|以上)[^,。;:的\d]{{0,8}}{terms.PAYEE}\Z")
_TOPIC = re.compile(r"(?:对于?|凡|针对)[^,。;]{2,}的[^,。;的]{2,14}\Z")
# 入园的人力资源服务机构,首次获甲的,给予A;首次获乙的,给予B: whom both are about.
_WHO_ALONE = re.compile(
    rf"(?!鼓励|引导|推动|成功|首次|新|每|[^,。;]*(?:获|评|认定|取得|通过|入选|列入"
    rf"|{terms.KIND}))[^,。;:\d]{{2,24}}的[^,。;的\d]{{2,14}}{terms.PAYEE}\Z"
)
_ITS_OWN = re.compile(r"(?:新|首次|当年)?(?:获|取得|通过|被?[认评]定|被?评[为选上]|列入|入选|晋[升级]|进入|被)")
# 首次升规的企业,奖励A;次年仍在库的,再奖励B
_AGAIN = re.compile(r"再(?:次|一次性)?(?:给予|奖励?|补[助贴]|资助|增加|追加)|另外?(?:再)?(?:给予|奖励)|额外")
_LATER = re.compile(r"(?:自|从)?第[二三四五六七八九十\d]年(?:度)?(?:起|至|到|开始)")  # 第6年起,按增量的50%奖励
# 对获得甲证书的企业,给予A;获得乙证书的给予B: another case, not one more demand.
_CASE = re.compile(
    r"(?:对于?|凡|针对)?(?:新|首次|当年)?(?:获|取得|通过|评为|[认评]定|列入|入选|晋[升级]|完成|建成|参加|承办|主办|引进|设立)"
)
# 对参加重点展会的企业,…;一般展会,…: another of the kind that the topic names.
_KIND_ALONE = re.compile(r"(?P<kind>[^,。;:的\d]{1,6}?)(?P<noun>[^,。;:的\d]{2}),")
# 对租赁用房的企业,…;购置用房的,…: one who buys does not rent.
_HOW_HELD = re.compile(r"(?:对于?|凡|针对)?(?:企业|单位)?(?:新)?(?:租[赁用]|购[置买]|自建|[新改扩]建)")
_HOLDS = re.compile(r"新?(?:租[赁用]|购[买置]|自建|[新改扩]建)[^,。;]*的,")
_WHO_HOLDS = re.compile(
    rf"(?:对于?|凡)?(?P<who>(?!《|鼓励|支持|引导)[^,。;:\d]{{3,36}}?{terms.PAYEE}(?:(?:进驻|落户|入驻)[^,。;]{{2,4}}?)?)"
    rf"(?:自建或购[买置]|购[买置]或自建|自建|购[买置]|租[赁用]|新建)"
)
# 对新引进的博士,每人给予: nothing more is demanded behind the name.
_GIVES_AT_ONCE = re.compile(
    rf"[”)]?(?:{terms.PAYEE})?的?,(?:每[一-鿿]{{1,2}}|一次性|给予|分别|奖励|补助|补贴|资助|不超过|最高)*"
)
# What stages lead up to; 拟上市, 上市后备企业 are not there yet.
_OUTCOME = re.compile(r"\A(?!.*(?:拟|后备|培育|申请|辅导|受理)).*(?:上市|挂牌)")
_STAGE = re.compile(r"股改|股份制|辅导|备案|受理|报会|过会|申报|协议")
# 对其首次购房的, 上述企业新购设备的; 其他, 其中 and 其余 are others.
_THE_SAME = re.compile(
    rf"[;。,]?(?:并|同时)?(?:对|给予|为)?(?:其(?!中|他|余|它)|{POINTS_AT})[^,。;]{{0,28}}(?:的,|给予|发放|补贴|奖励)"
)
# 给予A。属于数字化改造的,再奖励B; 在此基础上额外给予: what comes on top is for those who have the first.
_ON_TOP = re.compile(
    r"(?:额外再?|[再另])(?:一次性)?(?:给予|奖励|补[助贴]|资助)|在(?:此|[^,。;]{1,12}(?:奖励|补助|补贴|资助|扶持|配套)的?)基础上"
)
_PAYS_BY = re.compile(r"由?[省市区县](?:级|财政)+按")  # who pays, and by what
# 超过500万元的部分,按…; 其实缴税收的地方实得部分,给予…: what is paid for, nothing that one must be.
_PART_OF_BASE = re.compile(
    r"[,、]*(?:[^,。;]*\d[^,。;]*部分|其(?![中他它余])[^,。;\d]{2,24}(?:部分|额|税收|贡献|收入)),"
)
_BY_WHAT = re.compile(r"(?<=[一-鿿])(?:按照?(?!时|期)|参照)")


def with_carried(
    passage: Passage, rows: Sequence[Row], row: Row, own: list[Condition], start: int
) -> Iterator[Condition]:
    """The conditions of a row from its ``own`` words, which begin at ``start``, behind those that hold for it from before."""
    tiers = _tiers_before(passage, rows, row)
    own = [_named_alike(one, tiers) for one in own]
    compared = {(one.fact, one.unit) for one in own if one.fact}
    opened, _ = passage.stretch(clause=row.clause)
    named = not all(one.fact for one in own)
    if named and OPENS_ANEW.match(passage.text, opened):
        tiers = []  # 对…的合作社,…;对…的协会,…: each says whom it is for
    before = [
        *_of_tiers(passage, row, tiers, compared, own, named=named, follows_one=_follows_one(rows, row)),
        *_shared(passage, rows, row, start),
    ]
    first = next(one for one in rows if one.sentence == row.sentence)
    if not own and goes_on_by_key(passage, first, row):
        before += [one for phrase in tiers[:-1] for one in phrase]
    told = [one.text for one in (*before, *own)]
    whole = (
        one
        for one in _of_whole(passage, rows, row)
        if not any(one.text in text for text in told if text == one.text or not one.fact)
    )
    before += [*whole, *of_keys_before(passage, rows, row), *_who_holds(passage, rows, row)]
    known = {one.text for one in (*before, *own)}
    before += [one for one in _of_list(passage, rows, row) if one.text not in known]
    if told_against := _of_the_opposite(row, before):
        before = [one for one in before if one not in told_against]
        place = passage.text.rfind(row.selector or "", 0, row.sum.start)
        own = [attested(passage, place, place + len(row.selector or "")), *own]
    before = [one for one in before if not _told_in_place_of(one, own, tiers)]
    outcome = _outcome_of_stages(rows, row)
    for one in (*(one for one in before if not one.fact or (one.fact, one.unit) not in compared), *own):
        if not (outcome and outcome.search(one.text)):
            yield one


def _told_in_place_of(one: Condition, own: Sequence[Condition], tiers: Sequence[Sequence[Condition]]) -> bool:
    """``批发业销售额增速15%以上且增量A的,…;零售业增速10%以上且增量B的``: the same measure of another trade takes its place."""
    told = {each.fact for phrase in tiers for each in phrase}
    return bool(one.fact) and any(
        each.fact and each.unit == one.unit and each.fact not in told and each.fact[-2:] == (one.fact or "")[-2:]
        for each in own
    )


def _of_the_opposite(row: Row, before: Sequence[Condition]) -> list[Condition]:
    """``在黄金时段播出的每分钟A,非黄金时段每分钟B``: what is demanded of the first is what the second is not."""
    name = row.selector or ""
    other = name.removeprefix("非")
    return [one for one in before if one.text and other != name and len(other) > 1 and other in one.text]


def _of_whole(passage: Passage, rows: Sequence[Row], row: Row) -> list[Condition]:
    """``对甲企业,给予A。其中,列入名录的,给予B``, ``…,按12%补贴;其中进口设备按15%``: a part of those whom the words before are about."""
    opened, _ = passage.stretch(sentence=row.sentence)
    before = [one for one in rows if one.sentence < row.sentence]
    whole = next((one for one in before if before and one.sentence == before[-1].sentence), None)
    begun, _ = passage.stretch(clause=row.clause)
    if opened < begun and passage.text.startswith("其中", begun):
        whole = next((one for one in rows if one.sentence == row.sentence and one.clause < row.clause), None)
    elif not passage.text.startswith("其中", opened):
        whole = _spoken_of(passage, rows, row) or (whole if _comes_on_top(passage, rows, row) else None)
    if whole is None or whole.keys is not None:
        return []
    low, high = whole.sum.phrase.start, whole.sum.start
    by = _BY_WHAT.search(passage.text, low, high)  # 云州市按投资额的2%给予补助
    places = [*_before_first(passage, whole), (low, by.start() if by else high)]
    cuts = [cut for low, high in places for cut in stretches(passage, low, high)]
    return [each for low, high in cuts for each in of_phrase(passage, whole, low, high, {}, framed=False)]


def _who_holds(passage: Passage, rows: Sequence[Row], row: Row) -> Iterator[Condition]:
    """``甲机构购买办公用房的,…;租赁办公用房的,…``: who buys or rents is told once."""
    opened, _ = passage.stretch(clause=row.clause)
    begun, _ = passage.stretch(sentence=row.sentence)
    first = next(one for one in rows if one.sentence == row.sentence)
    told = _WHO_HOLDS.match(passage.text, begun, first.sum.start)
    if told and first.clause < row.clause and _HOLDS.match(passage.text, opened):
        yield attested(passage, *told.span("who"))


def _of_list(passage: Passage, rows: Sequence[Row], row: Row) -> list[Condition]:
    """``对拟上市的企业,分阶段给予奖励:签订协议的A,受理的B``: whom the words before the colon name, for every sum behind it."""
    first = next(one for one in rows if one.sentence == row.sentence)
    start, _ = passage.stretch(sentence=row.sentence)
    colon = passage.text.find(":", start, first.sum.start)
    if first is row or colon < 0 or passage.depths[colon]:
        return []
    parts = first.clause != row.clause
    apart = len({one.sum.start for one in rows if one.clause == first.clause}) == 1  # each in a clause of its own
    anew = passage.text.startswith(("对", "凡"), passage.stretch(clause=row.clause)[0])
    if parts and not (apart and not anew and _PARTS_FOLLOW.search(passage.text[start:colon])):
        return []
    told = [each for low, high in stretches(passage, start, colon) for each in of_phrase(passage, first, low, high, {})]
    return told if parts else [each for each in told if not each.fact]


def _outcome_of_stages(rows: Sequence[Row], row: Row) -> re.Pattern[str] | None:
    """``企业上市的,分阶段奖励:完成股改A,成功上市B``: nobody is listed yet when the first stages are paid."""
    later = [one for one in rows if one.sentence == row.sentence and one.item.start > row.item.start]
    leads_up = _STAGE.search(row.selector or "") and any(_OUTCOME.search(one.selector or "") for one in later)
    return _OUTCOME if leads_up else None


def _spoken_of(passage: Passage, rows: Sequence[Row], row: Row) -> Row | None:
    """``对引进的人才,给予A;对其首次购房的,给予B``: the row before, whose words say whom this one is about."""
    opened, _ = passage.stretch(clause=row.clause)
    before = [one for one in rows if one.clause < row.clause and one.sentence >= row.sentence - 1]
    return before[-1] if before and _THE_SAME.match(passage.text, opened) else None


def _comes_on_top(passage: Passage, rows: Sequence[Row], row: Row) -> bool:
    """``属于数字化改造的,另外奖励20万元``: the first sum of the sentence behind another, for nobody that it names itself."""
    opened, _ = passage.stretch(sentence=row.sentence)
    words = passage.text[opened : row.sum.start]
    earlier = [one for one in rows if one.sum.start < row.sum.start]
    adjoins = bool(earlier) and earlier[-1].sentence == row.sentence - 1
    return adjoins and bool(_ON_TOP.search(words)) and not re.search(terms.PAYEE, words)


def _shared(passage: Passage, rows: Sequence[Row], row: Row, start: int) -> Iterator[Condition]:
    """What the clause says before its first sum, for a later sum that has no phrase of its own: 对…的项目,甲类不超过N,乙类不超过M."""
    before = [
        one for one in rows if one.clause == row.clause and one.sum.end <= row.sum.start and one.sum is not row.sum
    ]
    if (
        not before
        or (start < row.sum.phrase.start - 1 and not _PART_OF_BASE.match(passage.text, start))
        or _opens(passage.text[row.sum.phrase.start : row.sum.start])
    ):
        return
    first = before[0]
    # 获金奖、银奖的,国家级分别奖励A、B,省级C、D: the keys of both stand before the first.
    alike = row.keys is not None and first.keys is not None and row.keys.start == first.keys.start
    held = [(one.start, one.end) for one in passage.phrases if alike and holds_keys(first, one)]
    places = [*_before_first(passage, first), *held]
    opened = framed_from(passage, places)
    closed = closed_at(passage, places)
    for low, high in places:
        yield from of_phrase(passage, row, low, high, {}, framed=low >= opened and high <= closed)


def _tiers_before(passage: Passage, rows: Sequence[Row], row: Row) -> list[list[Condition]]:
    """What the first sum of the sentence demands, phrase by phrase; nothing where this is the first."""
    first = next((one for one in rows if one.sentence == row.sentence and one.sum.end <= row.sum.start), None)
    if first is None or first.sum is row.sum or _names_another(passage, first, row):
        return []
    places = [*_before_first(passage, first), (first.sum.phrase.start, first.sum.start)]
    cuts = [cut for low, high in places for cut in stretches(passage, low, high) if not is_label(passage, *cut)]
    found: list[list[Condition]] = []
    for low, high in cuts:  # 年产值1亿元以上的企业,同比增速10%—20%的
        before = named_before(one for each in found for one in each)
        found.append(of_phrase(passage, first, low, high, before, framed=True))
    return found


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
        if each.fact
        and one.fact
        and (one.unit or one.value is True)
        and (each.unit, each.fact[-len(one.fact) :]) == (one.unit, one.fact)
    ]
    return replace(one, fact=names[0]) if names else one


def _follows_one(rows: Sequence[Row], row: Row) -> bool:
    """Whether one sum alone stands before a row in its sentence."""
    before = [one for one in rows if one.sentence == row.sentence and one.sum.end <= row.sum.start]
    return len(before) == 1 and before[0].sum is not row.sum


def _of_tiers(
    passage: Passage,
    row: Row,
    tiers: Sequence[Sequence[Condition]],
    compared: Collection[tuple[str, str | None]],
    own: Sequence[Condition],
    *,
    named: bool,
    follows_one: bool,
) -> Iterator[Condition]:
    """What the first tier demands beside the fact that this one compares too, or names as the topic of both.

    ``named``: this one says whom its bound is said of, in place of whom the first tier says it. ``follows_one``: the first
    sum is the only one before it, so that what is given again (再奖励) is for the same.

    ``经甲局认定的,数量达到200个的,给予A;500个以上的,给予B``; ``对乙企业,首次认定的,给予A;重新认定的,给予B``.
    """
    measured = {key for key in compared if key[1]}
    if any((one.fact, one.unit) in measured for phrase in tiers for one in phrase):
        anew = bool(own) and not own[0].fact  # 新开发一类新药,销售额1亿元以上的;新开发二类新药,销售额5000万元以上的
        for phrase in tiers:
            replaced = named and (anew or any((one.fact, one.unit) in measured for one in phrase))
            yield from (one for one in phrase if one.fact or not replaced)
    elif (beside := beside_step(passage, own, tiers)) is not None:
        yield from beside
    elif tiers and tiers[0]:
        begin, _ = passage.stretch(clause=row.clause)
        topic = passage.text[passage.stretch(sentence=row.sentence)[0] :].partition(",")[0]
        before = passage.text[passage.stretch(sentence=row.sentence)[0] : begin]
        other = _is_of_another(passage.text, begin, topic)
        again = follows_one and (_AGAIN.search(passage.text, begin, row.sum.start) or _LATER.match(passage.text, begin))
        about = _TOPIC.match(topic) or (_WHO_ALONE.match(topic) and _ITS_OWN.match(passage.text, begin))
        if ";" in before and not other and (about or again):  # not the bound that this one's own replaces
            told = (one for one in tiers[0] if not _PAYS_BY.match(one.text))
            yield from (one for one in told if not any(fact in one.text for fact, _ in compared))


def _is_of_another(text: str, begin: int, topic: str) -> bool:
    """Whether a clause that begins at ``begin`` is of another measure, case or class of the kind than the topic of its sentence."""
    alone = _KIND_ALONE.match(text, begin)
    another = alone is not None and alone["noun"] in topic and alone[0][:-1] not in topic
    alike = any(words.match(topic) and words.match(text, begin) for words in (_CASE, _HOW_HELD))
    return another or alike or OPENS_ANEW.match(text, begin) is not None


def _before_first(passage: Passage, row: Row) -> list[tuple[int, int]]:
    """The phrases of a clause before that of its sum, those left out that hold the keys of a list."""
    begin, _ = passage.stretch(clause=row.clause)
    return [
        (phrase.start, phrase.end)
        for phrase in passage.phrases
        if begin <= phrase.start and phrase.end <= row.sum.phrase.start and not holds_keys(row, phrase)
    ]


def _opens(words: str) -> bool:
    words = _BASE.sub("", words)
    return bool(re.match(r"(?:其中,?)?(?:对|凡|获|经|被|新|首次|通过|取得|入选)", words) or "的" in words)
