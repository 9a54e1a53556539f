"""The words that pick a row among its neighbours, and which rows are one award.

A list gave its keys already (:mod:`luodi.policy.awards.pairing`); here rows of one clause or paragraph are told apart by what differs:
the thing paid for, the level of a cap, the recipient, the threshold, the condition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from luodi.policy import award_terms as terms
from luodi.policy.awards.cap_words import subject_of
from luodi.policy.awards.frame import PAYEE, region
from luodi.policy.awards.pairing import KEY_WORD
from luodi.policy.awards.row import Row
from luodi.policy.passages import Passage

_UNIT = (
    r"(?:元|美元|亩|平方米|吨|人次?|家|%|个|台|套|项|件|头|只|羽|张|户|辆|架次|班次|场|间|座|床|千瓦|兆瓦|公里|标箱)"
)
_NUMBER = rf"\d[\d.,]*(?:[万亿]+{_UNIT}?|{_UNIT})(?:[一-鿿]{{2,4}}(?=以[上下内]))?(?:\([^()]{{1,8}}\))?"
_THRESHOLD = re.compile(
    rf"(?:总投资|营业收入|年产值)?(?:\d[\d.]*(?:—|-|~|至))?{_NUMBER}(?:及)?(?:以[上下内])?(?:(?:(?:、|,)?(?:不足|至|—|-|到|以上至|(?<=以上))|(?<=以上)[、,](?=[\d.]+[^,。;、]{{1,6}}以[下内])){_NUMBER}(?:及)?(?:以[上下内])?)*"
)
_NOUN_PAID = re.compile(r"\A(?:的)?([^,。;、\d的]{2,8}?)(?:扶持|补助|补贴|奖励|支持|资助|资金)?(?:[、,。;]|\Z)")
_BY = re.compile(r"((?:按照?|根据|依据)[^,。;\d超]{2,16}?)(?:给予|予以|(?:奖励|补助|补贴)(?!范围|标准|总额))")
_GIVEN = re.compile(
    rf"(?:给予|奖励|补助|补贴|资助)([^,。;\d不最一额]{{0,8}}(?:{PAYEE}|[一-鿿]方))(?:不超过|最高|总额)?\Z"
)
_GENERIC = re.compile(r"(?:企业|单位|个人|其|资金|单个[^,]*|每[^,]*|项目|机构|上述[^,]*)\Z")
_GIVEN_WORDS = re.compile(
    rf"{terms.KIND}(?:资金|金)?(?:比例|标准|金额|额度|总额)|比例(?=不超过|为)|(?<!.)按照?|按照?(?=[^,。;]*\Z)|标准(?=为|由|每|统一)|每(?:[人户家名件](?:每[年月])?|[年月])(?=[补奖发给资支享提调增]|\Z)|参照|奖金|不超过|最高(?![级等层])|给予|予以|一次性|分别|的?(?:再|另|额外)(?=增加|奖励|补助|补贴|资助|给予|奖\Z|\Z)"
)
# 补贴标准为中级工每人…: whom each standard is for.
_STANDARD_FOR = re.compile(r"\A[^,。;:]*标准(?:分别)?(?:为|是)(?=[^每按\d])")
# 奖励标准3A级为5万元: what the standard is for.
_STANDARD_OF = re.compile(rf"\A{terms.KIND}(?:资金)?标准:?(?=[^,。;:]{{2,}}为\Z)|(?<=..)为\Z")
_PER_THING = re.compile(r"每[一-鿿]{1,3}?(?:一次性)?(?:补助|补贴|奖励|资助|给予|发放)?\Z")
# 2023年底前建成的: a year that picks a row.
_BUILT = r"(?:、20\d\d年)*(?:[底末]?[前后]|内)?(?:新?建成|投产|投运|竣工|开工)"
_LEAD = re.compile(
    r"\A(?:(?:自|从)?20\d\d年\d{1,2}月(?:\d{1,2}日)?(?:(?:至|到|—|-)(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?)?(?:起|期间|以来|,)*)?(?:[^,。;:()\d]{0,24}(?:\(\d{1,2}\)|[①-⑳]))?(?:[【〔\[][^【】〔〕\[\]]{2,20}[】〕\]])?(?:其中|以及|并(?!购)且?|且|对于?|针对|凡|属于?(?!地)|(?:自|从)?20\d\d年\d{1,2}月(?:\d{1,2}日)?(?:之?[前后]|起|期间|以来)+|20\d\d年度?(?:以来)?(?!"
    + _BUILT
    + r")|由|[一二三四五]是|在(?![职站岗])|经[^,。;]{0,4}(?:验收|审核|考核)(?:合格|通过)?(?:后|的)?|[,:、])*"
)
_NO_NAME = re.compile(
    r"(?:当年|次年|本年度?|当季|[一二两三四五\d]年内)\Z|围绕|聚焦|整合|统筹|按|根据|参照|给予|单[个家户]|每|同一|最高|不超过|自(?![建有主营购动理愿])|20\d\d年(?!"
    + _BUILT
    + r")|分别|达到(?:每|\Z)|采取|再(?!次)|另|以|鼓励|引导|推动|构建|扶持|可|支持|在职期间|建设期|其实际|[^,。;]*基础上\Z"
)
# 省级财政按…给予补助: who pays picks no row.
_PAYER = re.compile(
    r"(?:中央|各?[省市区县镇州]|地方|同级|市本|本|两|、|和)*级?(?:本级)?(?:财政|政府)(?:部门|资金|局)?|高新区|开发区|经开区|新区|示范区|[^,。;]{0,4}管委会?|[我本][省市区县]"
)
_GAINED = re.compile(
    r"(?:企业|单位|机构|个人|项目)?(?:首次|当年|新)*(?:获得|取得|荣获|获评|获批|获颁|(?:成功)?创成|创建成?为|(?:被?(?:认定|评定|评选|评|列)为|列入|入选))"
    r"(?P<noun>(?:[1-6]A|\d+强|[^,。;的\d在]){2,30})(?:的(?:企业|单位|机构|个人|项目|主体))?"
)
_LISTED_ON = re.compile(r"(?:[^,。;、在]{0,6})在(?P<noun>[^,。;、的\d]{2,12}?)(?:成功)?(?:首发)?(?:上市|挂牌)")
_TRAILING = re.compile(rf"(?:{terms.KIND}|(?<=的)[奖补]|(?<=费)为|(?:提高|提升|上调|调整|增加|调高)(?:到|至|为))\Z")
# 省级的减半, 提名奖减半奖励: half of the sum just told; 减半征收 and 租金减半 are no awards.
_HALVED = re.compile(
    r"(?P<key>[^,。;:]{2,24}?)(?<!年)(?<!年度)(?:的,?(?:给予)?减半|,?(?:给予)?减半(?=给予|予以|奖|补|资助|发放|兑现))"
    r"(?:给予|予以|奖励|补助|补贴|资助|发放|兑现|执行|支持)*(?=[,。;]|\Z)"
)
# 对提供检测服务的企业: what somebody does, no giving.
_PROVIDES = re.compile(r"提供(?:[^,。;\d]{2,20})的")
_RANKED = re.compile(r"500强|百强|\d+强")
# 甲体系、乙体系等认证的企业: the common noun of a list names none of it.
_KIND_OF_LIST = re.compile(r"(?:体系|国家|省级|各类|相关)*(?:认证|资质|认定|证书|奖项|荣誉|称号|标准)")
# 立功受奖分别为一等功奖…: what is told of each.
_EACH_IS = re.compile(r"\A[^,。;:]*分别(?:为|是)(?=[^每按\d,。;]{2,12}\Z)")
# 1-2级, 70-79周岁: numbers that name a grade or an age.
_GRADE_OR_AGE = re.compile(r"\d+(?:[-—~至]\d+)?(?:级|周?岁|星级?|类)")
_YEAR = re.compile(r"[、,和及]?(20\d\d年)度?(?:给予|补贴|补助|奖励|按)")
# 注册资本10亿元以上的: what is measured, and its tier.
_LED_BY_TIER = re.compile(r"[,;]?[^,。;\d]{0,6}\d")
_SHORT, _LONG = 16, 16


def find_halves(passage: Passage, rows: Sequence[Row]) -> list[re.Match[str]]:
    """The grades that have half of a sum told before them: no rows, for nothing is computed."""
    if "减半" not in passage.text:
        return []
    return [at for at in _HALVED.finditer(passage.text) if any(row.sum.end <= at.start() for row in rows)]


def _select_whole(passage: Passage, rows: Sequence[Row]) -> None:
    """``国家级X奖励A,省级的减半``: the sum is that of the level beside the halved one."""
    for at in find_halves(passage, rows):
        halved = KEY_WORD.match(at["key"].removeprefix("获").removeprefix("得"))
        row = next(row for row in reversed(rows) if row.sum.end <= at.start())
        own = (
            [] if halved is None or row.selector else KEY_WORD.findall(passage.text[slice(*region(passage, rows, row))])
        )
        if own and halved and own[0] != halved[0]:
            row.selector = own[0]


def select(passage: Passage, rows: list[Row], *, listed: bool = False) -> None:
    """Fill the selectors that are still open where a paragraph has several rows, or is one of a list (其中:…)."""
    _select_whole(passage, rows)
    if len(rows) < 2 and not listed:
        return
    for _, group in groupby(rows, key=lambda row: row.clause):
        _within_clause(passage, list(group))
    open_rows = [row for row in rows if row.selector is None and row.kind != "case"]
    if listed or len([row for row in rows if row.kind != "case"]) > 1:
        _by_condition(passage, rows, open_rows)


def _within_clause(passage: Passage, rows: list[Row]) -> None:
    """Rows of one clause: the thing paid for, the level, the recipient, what it goes by."""
    open_rows = [row for row in rows if row.selector is None]
    if len([row for row in rows if row.selector not in ("年度", "累计")]) < 2 or not open_rows:
        return
    for pick in (_noun_paid, _level, _given_to, _goes_by):
        found = [pick(passage, row) for row in open_rows]
        if all(found) and len(set(found)) == len(found):
            for row, word in zip(open_rows, found, strict=True):
                row.selector = word
            return


def _noun_paid(passage: Passage, row: Row) -> str | None:
    at = _NOUN_PAID.match(passage.text[row.item.end : row.item.end + 14])
    return at[1] if at and not terms.AWARD.fullmatch(at[1]) and not terms.GIVE.fullmatch(at[1]) else None


def _level(passage: Passage, row: Row) -> str | None:
    at = terms.LEVEL.search(row.sum.left) if row.kind == "capped" and not row.sum.gives else None
    return (subject_of(row.sum) or at[0]) if at else None


def _given_to(passage: Passage, row: Row) -> str | None:
    at = _GIVEN.search(row.sum.left)
    return at[1] if at and not _GENERIC.match(at[1]) else None


def _goes_by(passage: Passage, row: Row) -> str | None:
    at = terms.last_match(_BY, row.sum.left) if row.rate is None else None
    return at[1] if at else None


def _by_condition(passage: Passage, rows: list[Row], open_rows: list[Row]) -> None:
    open_rows = [row for row in open_rows if len(row.sum.items) == 1]
    for row in open_rows:
        if row.kind == "capped" and not row.sum.gives and (subject := subject_of(row.sum)):
            row.selector = subject
    _by_own_year(passage, [row for row in open_rows if row.selector is None])
    _by_own_tier(passage, [row for row in open_rows if row.selector is None])
    _by_own_phrase(passage, [row for row in open_rows if row.selector is None])
    told = {id(row): _words(passage, rows, row) for row in open_rows if row.selector is None}
    thresholds = _own_thresholds(told)
    nouns = [words.noun for words in told.values()]
    tiered = _in_tiers(passage, open_rows, told, thresholds)
    for row in open_rows:
        if row.selector is not None:
            continue
        noun, _, whole = told[id(row)]
        threshold = thresholds[id(row)]
        if row.sentence in tiered:
            row.selector = threshold
        elif noun and nouns.count(noun) > 1:
            row.selector = whole
        else:
            row.selector = noun or threshold


def _in_tiers(
    passage: Passage, open_rows: list[Row], told: dict[int, _Words], thresholds: dict[int, str | None]
) -> set[int]:
    """The sentences whose rows are told apart by tiers alone, and not every one by a noun of its own."""
    rows = [row for row in open_rows if id(row) in told]
    if rows and all(thresholds.values()) and not all(words.noun for words in told.values()):
        return {row.sentence for row in rows}
    found = set()
    for sentence in {row.sentence for row in rows}:
        own = [row for row in rows if row.sentence == sentence]
        tiers = [thresholds[id(row)] for row in own]
        led = all(_LED_BY_TIER.match(passage.text, region(passage, rows, row)[0]) for row in own[1:])
        if len(own) > 1 and all(tiers) and len(set(tiers)) == len(own) and led:
            found.add(sentence)
    return found


def _own_thresholds(told: dict[int, _Words]) -> dict[int, str | None]:
    """The tier of each row: of the numbers told of it the last that is not told of another row as well."""
    every = Counter(tier for words in told.values() for tier in set(words.tiers))
    return {
        row: next((tier for tier in words.tiers if every[tier] == 1), words.tiers[0] if words.tiers else None)
        for row, words in told.items()
    }


def _by_own_tier(passage: Passage, rows: list[Row]) -> None:
    """``甲类人员,自付1万元以内的给予50%,超过1万元的给予70%``: the shares of one clause by the tier in the phrase of each."""
    for _, group in groupby([row for row in rows if row.rated], key=lambda row: row.clause):
        told = list(group)
        tiers = [
            next(_thresholds(passage.text[_own_start(rows, row) : row.sum.start].rpartition("的")[0]), None)
            for row in told
        ]
        if len(told) > 1 and all(tiers) and len(set(tiers)) == len(tiers):
            for row, tier in zip(told, tiers, strict=True):
                row.selector = tier


def _by_own_phrase(passage: Passage, rows: list[Row]) -> None:
    """``建大棚的,钢架大棚每亩补助A,日光温室每亩补助B``: each of the sums of a clause by the name in its own phrase."""
    for _, group in groupby(rows, key=lambda row: row.clause):
        _name_apart([(row, passage.text[_own_start(rows, row) : row.sum.start]) for row in group])
    for _, group in groupby([row for row in rows if row.rated and not row.selector], key=lambda row: row.sentence):
        _name_apart([(row, _last_told(passage, row)) for row in group], every=True)


def _by_own_year(passage: Passage, rows: list[Row]) -> None:
    """``2024年补贴20元/公斤、2025年补贴15元/公斤``: the sums of one phrase by the year before each."""
    for _, group in groupby(rows, key=lambda row: row.sum.phrase):
        told = list(group)
        years = [_YEAR.match(passage.text, _own_start(rows, row), row.sum.start) for row in told]
        if len(told) > 1 and all(years) and len({at[1] for at in years if at}) == len(told):
            for row, at in zip(told, years, strict=True):
                row.selector = at[1] if at else None


def _own_start(rows: list[Row], row: Row) -> int:
    """Where the words of a sum begin in its phrase: behind the sum before it."""
    ends = [other.sum.end for other in rows if other.sum.phrase == row.sum.phrase and other.sum.end <= row.sum.start]
    return max([row.sum.phrase.start, *ends])


def _last_told(passage: Passage, row: Row) -> str:
    """``对投保的企业,甲市场按30%;乙市场,按40%``: the last words of a clause that name something before its share."""
    start, _ = passage.stretch(clause=row.clause)
    phrases = re.split("[,:]", re.sub(r"\([^()]*\)", "", passage.text[start : row.sum.start]))
    words = next((words for words in reversed(phrases) if _named(words)), "")
    return "" if re.search(r"或|达到|实[行施]", words) else words


def _name_apart(told: list[tuple[Row, str]], *, every: bool = False) -> None:
    """Name the rows (all of them, or none, where ``every``) by words that differ; words that all have a number are left."""
    named = [(row, name) for row, words in told if (name := _named(_PER_THING.sub("", words)))]
    numbered = [name for _, name in named if re.search(r"\d", _GRADE_OR_AGE.sub("", name))]
    if (every and (numbered or len(named) < len(told))) or len(numbered) == len(named):
        return
    if len({name for _, name in named}) == len(named) > 0 and len(told) > 1:
        for row, name in named:
            row.selector = _shortened(name)


class _Words(NamedTuple):
    """What describes a row: a noun phrase, the thresholds from the last to the first, the start of it all."""

    noun: str | None
    tiers: list[str]
    whole: str | None


def _words(passage: Passage, rows: Sequence[Row], row: Row) -> _Words:
    start, end = region(passage, rows, row)
    label = next(
        (
            at + 1
            for at in range(end - 1, start - 1, -1)
            if passage.text[at] == ":" and not passage.depths[at] and not passage.text[at - 1 : at].isdigit()
        ),
        0,
    )
    if label and _named(passage.text[label:end]):
        start = label
    phrases = [
        passage.text[max(start, p.start) : min(end, p.end)] for p in passage.phrases if p.start < end and p.end > start
    ]
    named = [_named(words) for words in phrases]
    last = next((name for name in reversed(named) if name), None)
    if last and KEY_WORD.match(last) and not next(_thresholds(last), None):
        last = last if len(last) <= _LONG else _bare(last)[:_LONG]
        return _Words(last, [], last)
    nouns = [name for name in named if name and (not re.search(r"\d", _bare(name)) or _RANKED.search(name))]
    # 投资A以上,且每亩B以上: what comes besides picks no tier.
    tiers = [tier for words in reversed(phrases) if not words.startswith(("且", "并")) for tier in _thresholds(words)]
    gained = [name for words, name in zip(phrases, named, strict=True) if name in nouns and _RANKED.search(words)]
    first = next(iter([*gained, *nouns]), None if tiers else next((name for name in named if name), None))
    first = first or _item_of_list(passage, rows, row, start)
    return _Words(_shortened(first) if first else None, tiers, first[:_SHORT] if first else None)


def _item_of_list(passage: Passage, rows: Sequence[Row], row: Row, start: int) -> str | None:
    """``甲类机构(含分行):资本1亿元以上的给予A;乙类机构:B``: the label of a list item that has one sum."""
    clause, _ = passage.stretch(clause=row.clause)
    label = re.search(r"(?:\A|:)([^,。;:]{2,20}):\Z", _bare(passage.text[clause:start]))
    alone = sum(other.clause == row.clause for other in rows) == 1
    told = any(other.clause != row.clause and other.sentence == row.sentence for other in rows)
    return _named(label[1]) if label and alone and told else None


def _bare(words: str) -> str:
    """The words without what stands in brackets; 首台(套) keeps its own."""
    return re.sub(r"\([^()]{2,}\)", "", words)


def _thresholds(words: str) -> Iterator[str]:
    words = re.sub(r"\([^()]{8,}\)", "", words)
    for at in _THRESHOLD.finditer(words):
        if re.search(r"以[上下内]|至|—|-|不足|到", at[0]) or re.search(
            r"达到|超过|突破|不低于", words[: at.start()][-4:]
        ):
            yield at[0]


def _named(words: str) -> str | None:
    """A phrase without what leads up to it and what hands out."""
    words = _STANDARD_FOR.sub("", words)
    words = _EACH_IS.sub("", words)
    words = _STANDARD_OF.sub("", words)
    given = _GIVEN_WORDS.search(words)
    text = _LEAD.sub("", words[: given.start()] if given else words)
    text = _TRAILING.sub("", text).removesuffix("的")
    if (
        _PAYER.fullmatch(text)
        or _NO_NAME.match(text)
        or (terms.GIVE.match(text) and not _PROVIDES.match(text))
        or re.search(r"分(?:阶段|步|档|等级|类别?)\Z", text)
    ):
        return None
    return _bare_noun(text) if len(text) >= 2 else None


def _bare_noun(text: str) -> str:
    """``获得某奖``, ``企业在某板上市``: the thing itself, where the words after the verb are a noun phrase."""
    at = _GAINED.fullmatch(re.sub(r"\([^()]*\)\Z", "", text)) or _LISTED_ON.fullmatch(text)
    return at["noun"] if at else text


def _shortened(name: str) -> str:
    for spare in (
        r"\([^()]*\)?",
        rf"(?<=..)的{terms.PAYEE}\Z",
        r"\A(?:首次|当年|作为[^,。;、]{2,10}(?:单位|企业|人)(?!的))+",
    ):
        name = re.sub(spare, "", name) if len(name) > _SHORT else name
    if len(name) <= _SHORT:
        return name
    if (quoted := re.search(r"“[^“”]*强”\Z", name)) and len(quoted[0]) <= _LONG:
        return quoted[0]
    after = re.split(r"等(?![级次奖于])", name)[-1]
    if after != name and 4 <= len(after) <= _LONG and not _KIND_OF_LIST.match(after):
        return after  # 甲、乙、丙等购买办公用房: what is done, not the first of those who do it
    tail = name.rpartition("的")[2]
    if "、" in tail and 4 <= len(tail) <= _LONG:
        return tail  # the list itself, not the first of it behind all that leads up to it
    first = name.split("、")[0]
    if first != name and len(first) <= _LONG:
        return first
    return tail if 4 <= len(tail) <= _LONG else name[:_SHORT]


def number_awards(rows: list[Row], taken: int) -> int:
    """Number the distinct awards of an article from ``taken`` + 1; returns the last number used.

    The values of one list, the caps behind them, stages, time steps and threshold tiers are one award.
    """
    number = taken
    before: Row | None = None
    for row in rows:
        if before is None or not _same_award(before, row):
            number += 1
        row.award = number
        before = row
    return number


# 其中残疾人创业的,标准提高至8000元: what is paid instead of the sum before, not beside it.
_IN_ITS_PLACE = re.compile(r"(?:提高|上调|上浮|增加|调高|提升|放宽)(?:到|至|为)[^,。;]{0,6}\Z")


def _same_award(before: Row, row: Row) -> bool:
    if before.sum is row.sum or (row.staged and before.sentence <= row.sentence):
        return True
    if row.kind == "capped" and row.selector in ("年度", "累计"):
        return True
    if row.cap_key is not None and before.cap_key is not None:
        return True
    if before.sentence != row.sentence or "再" in row.sum.left:
        return False
    if _IN_ITS_PLACE.search(row.sum.left):
        return True
    steps = (before.selector or "", row.selector or "")
    if all(terms.FIRST_LAST.fullmatch(word) for word in steps):
        return True
    tiers = all(_THRESHOLD.fullmatch(word) for word in steps)
    grades = all(KEY_WORD.match(word) for word in steps)
    return before.kind == row.kind and (tiers or grades) and len(before.sum.items) == len(row.sum.items) == 1
