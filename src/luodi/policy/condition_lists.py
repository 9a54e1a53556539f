"""Conditions that stand apart from the sums they govern: lists (申报条件:(一)…), labels (支持对象:…), exclusions (不予支持), scope (本办法适用于…).

A list governs the article that holds it where that pays, else the nearest article above that does, at last its paper. Of
several lists in one range each governs what follows it up to the next (or, where the first sum stands before the first
list, what stands before it). Items of which one is enough (之一) are one condition; what excludes is a condition that must
not hold. Lists that say what a class is (认定条件) bind no award: the recognition does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from luodi.document.tree import Article, Document
from luodi.policy.award_terms import KIND, PAYEE, STRONG, last_match
from luodi.policy.condition_phrases import HEAD, attested, says_something, stated, stretches
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage, passages

_KIND = r"(?:申报|申请|申领|支持|奖励|奖补|补贴|补助|扶持|资助|享受|引进|准入|基本|通用|专项|政策|项目|领取|兑现|企业|单位|人员|主体|资格)"
_HEADED = re.compile(
    rf"(?:\A|[、及和与]|\W){_KIND}{{0,3}}(?:的)?(?:条件|对象|资格|要求|(?:适用|支持|扶持|补贴|补助|贴息|奖励|申报)范围)(?:[及和与、][^。]{{0,8}})?[)】。:?]*\Z"
)
_CLASS = re.compile(r"认定|评定|评审|命名|评选|备案|入库|验收|考核|评价|解除|退出|材料|程序|流程")
# 开办条件, 建设标准: what a thing must be to exist, whatever is awarded beside it.
_OF_CLASS = re.compile(r"(?:开办|开设|建设|设置|创建|登记|经营|服务|认定|评定)(?:条件|标准|要求|规范)")
_LABEL = re.compile(
    rf"\A[【(]?(?:(?:[一二三四五六七八九十\d]+)[、.)])?{_KIND}{{0,3}}(?:条件|对象|方向|资格|要求|范围|主体)(?:[及和与、]{_KIND}{{0,2}}标准)?(?P<mark>[】)]:?|:|\Z|(?=凡))?"
)
_OTHER_LABEL = re.compile(r"\A[【(]?(?:[一二三四五六七八九十\d]+[、.)])?[一-鿿]{2,12}(?:[】]:?|:)")
_OTHER_TITLE = re.compile(r"\A[一-鿿]{0,8}(?:标准|方式|程序|流程|材料|时间|金额|额度|内容|依据|期限|说明)\Z")
_LEAD = re.compile(
    r"(?:符合|具备|满足|达到)[^。;:]{0,24}(?:条件|要求|标准|规定)[^。;:]{0,12}:|(?:条件|要求)(?:如下|包括|为|是)?[^。;:]{0,6}:"
    r"|(?:符合|具备|满足|达到)(?:以下|下列)[^。;:]{0,12}(?:条件|要求|情形|标准)[^。;:]{0,80}:\Z"
)
_ONE_OF = re.compile(r"之一|任一|任意一|其中一")
_REFUSED = r"(?:(?:原则上|一律|均|应当?)*不(?:予|得|能|可|再|应|享受|纳入|列入|属于)(?:给予|享受|申报|申请|支持|扶持|资助|奖励|补助|补贴|受理|兑现|纳入|列入|安排|推荐|参与)*(?:奖励|扶持|支持|资助|补[助贴]|范围|资格|对象|政策|资金)*)"
# 符合下列条件之一的企业: says what the list says.
_REFERS = re.compile(
    rf"(?:同时)?(?:符合|具备|满足|达到)(?:以下|下列)[^,。;的]{{0,8}}(?:条件|要求|情形|标准)(?:之一)?(?:的(?:{PAYEE})?)?\Z"
)
_EXCLUDING = re.compile(
    rf"有?(?:下列|以下)[^。;:]{{0,12}}(?:情形|行为|情况|条件)[^。;:]{{0,12}}?{_REFUSED}[^。;]{{0,20}}:|不属于[^。;:]{{0,10}}范围:"
)
_EXCLUDED = re.compile(
    r"(?P<who>(?:对|凡|在)?[^。;]{4,80}?)的?(?:企业|单位|项目|机构|个人|申报主体|主体)?,?(?:一律|均|原则上)*(?:不予(?:支持|扶持|资助|奖励|补助|补贴|受理|享受|兑现|申报)|不得(?:申报|申请|享受)|不(?:纳入|列入|计入)[^,。;]{0,8}(?:范围|对象)|不(?:能|再)?享受(?:本|上述|以上)[^,。;]{1,12}|取消[^,。;]{0,14}资格)"
)
_MISCONDUCT = re.compile(
    r"不符合(?:相关|有关|上述|以上|前述|规定|条件|要求)|材料不[全齐]|弄虚作假|骗取|虚假|追回|收回|截留|挪用|逾期|期满|超过|已享受|已获|重复|同一"
)
_RECORD = re.compile(r"失信|信用|安全|环保|环境|质量|违法")
_MEANT = re.compile(
    r"(?:本(?!条|款|项)[一-鿿]{1,8}?(?:的)?(?:适用于|(?:适用|支持|扶持|奖励|资助|补[助贴])(?:范围|对象)(?:为|是|包括))|主要面向|(?:支持|扶持|奖励|资助|补[助贴]|贴息)(?:项目|主体)?(?:范围|对象)(?:为|是|包括),?|(?:支持|扶持|奖励|资助|补[助贴]|享受|申[请报])(?:对象|主体|人|单位|企业)(?:为|是|应[当为]*|须[为是]?|必须[为是]?|需[为是]?))"
    r"(?P<who>[^。;:]{6,200})"
)
_APPLYING = re.compile(
    r"(?:申请|申报|享受)[^。;:,]{0,16}(?:奖励|扶持|支持|资助|补[助贴]|资金|政策|办法|措施)[^。;:,]{0,8}的?(?:企业|单位|机构|主体|项目|人员|个人|人)?,?(?:应当?|须|需|必须)(?:同时)?(?!提交|提供|向|在|于|填|准备|如实|按|对|符合[^。]*:)(?P<who>[^。;:]{6,160})"
)
# 本政策支持的企业,…均需在本区; 享受政策的企业应在本区经营10年.
_BOUND = re.compile(
    rf"(?:本(?!条|款|项)[一-鿿]{{1,8}}?(?:支持|扶持|奖励|资助)|(?:享受|获得)[^,。;:]{{0,8}}(?:政策|扶持|奖励|补贴|资助))的{PAYEE}(?:和{PAYEE})?,?"
    r"(?P<who>[^。;:,]{4,60}(?:须|需|应当?|必须|不低于|不少于|不得)[^。;:]{2,60})"
)
_ACT_OF_CLAIM = r"提交|提供|向|填|准备|如实|按|对|将|配合|接受|根据|加强|做好|及时|严格|建立|制定"
# 上述企业须依法纳税, 申报项目应在本市实施完成; not what an applicant does to claim.
_OWED = re.compile(
    rf"(?:上述|以上|申[请报](?=项目|机构|人员)|(?:\A|(?<=。))[^,。;:]{{2,12}}(?=(?:企业|单位|机构|主体|项目)(?:必须|须))){PAYEE}(?:应当?|须|需|必须)(?:同时)?(?!{_ACT_OF_CLAIM}|符合[^。]*:)(?P<who>[^。;:]{{3,120}})"
)
# 此类大棚仅限重点县申报.
_LIMITED = re.compile(r"(?P<who>(?:此|该|这|本)[类项种][^,。;]{0,16}[仅只]限(?:于)?[^,。;]{3,40})")
# 对提前录用的,须在30日内签订合同: demanded in one case, stands as written.
_IN_CASE = re.compile(rf"(?P<who>(?:对|凡)[^,。;]{{4,40}}的,(?:应当?|须|必须)(?!{_ACT_OF_CLAIM})[^。;:]{{4,100}})")
_PROMISE = re.compile(rf"(?:均?可以?)?(?:申[领请]|享受)[^,。;]{{0,12}}?{KIND}|{STRONG.pattern}")
_PROMISES = re.compile(r"(?:对|凡)[^。;:]{4,80}(?:给予|予以|享受|发放|实行)[^。;:\d]{0,24}:\Z")
_WHOLE = re.compile(
    r"基本条件|通用条件|本(?!条|款|项)[一-鿿]{0,8}?(?:办法|措施|政策|细则|意见|规定|通知|指南|规程|方案)|专项资金|适用"
)
_SUM = re.compile(
    r"(?:给予|奖励|补助|补贴|资助|不超过|最高)[^。\n]{0,40}?\d(?:\.\d+)?(?:万|亿)?(?:元|%)|(?:元|%)的?[^。;,]{0,10}(?:奖励|补助|补贴|资助)"
)
_MATERIAL = re.compile(r"复印件|原件|扫描件|申请[书表]|申报[书表]|加盖|材料|一式")
_DISTINGUISHED = re.compile(r"\A(?:对|申请|申报|属于?|其中)[^,。;]{2,24}的|\A[^,。;:]{2,16}:")


@dataclass
class _Block:
    """A run of passages that state conditions, and the article they belong to."""

    owner: int | None
    start: int
    end: int
    whole: bool = False
    one_of: bool = False
    refuses: bool = False
    items: list[Condition] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Demand:
    """Conditions and the clean range whose sums they govern."""

    start: int
    end: int
    conditions: tuple[Condition, ...]


class Demands:
    """What a paper demands apart from its sums; asked for each award, so looked up by place."""

    def __init__(self, demanded: Iterable[Demand]) -> None:
        at = list(demanded)
        self._cuts = sorted({cut for one in at for cut in (one.start, one.end)})
        self._pieces: list[list[Demand]] = [[] for _ in self._cuts]
        for one in at:
            for piece in range(bisect_left(self._cuts, one.start), bisect_left(self._cuts, one.end)):
                self._pieces[piece].append(one)

    def at(self, place: int) -> list[Demand]:
        """What governs an award at a clean offset."""
        piece = bisect_right(self._cuts, place) - 1
        return self._pieces[piece] if piece >= 0 else []


def demands(document: Document, sums: Sequence[int]) -> Demands:
    """What the paper demands apart from its sums; ``sums`` are the clean offsets of the awards, in order."""
    if not sums:
        return Demands(())
    blocks = [block for block in _blocks(document) if block.items]
    peers: dict[tuple[int, int], list[_Block]] = {}
    found = {id(block): _range(document, block, sums) for block in blocks}
    for block in blocks:
        if not block.whole and not block.refuses:
            peers.setdefault(found[id(block)], []).append(block)
    for at, lists in peers.items():
        found |= {id(block): turn for block, turn in zip(lists, _turns(lists, at, sums), strict=True)}
    return Demands(Demand(*found[id(block)], tuple(block.items)) for block in blocks)


def _pays(sums: Sequence[int], low: int, high: int) -> bool:
    """Whether an award stands in ``[low, high)``; ``sums`` are in order."""
    return bisect_left(sums, low) < bisect_left(sums, high)


def governing(demanded: Demands, at: int, own: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The conditions of an award at a clean offset: its ``own`` and those of every list that governs it, each place once."""
    lists = demanded.at(at)
    found = [one for one in own if not (lists and _REFERS.match(one.text))]
    for one in lists:
        found.extend(
            each
            for each in one.conditions
            if not any(each.span.start < known.span.end and known.span.start < each.span.end for known in own)
        )
    return tuple(found)


def _blocks(document: Document) -> Iterator[_Block]:
    starts = [article.start for article in document.articles]
    current: _Block | None = None
    for passage in passages(document):
        at = bisect_right(starts, passage.start) - 1
        block = _continued(document, current, passage, at) or _opened(document, passage, at)
        if block is not current and current is not None:
            yield current
        current = block
        if block is None:
            yield from _said(document, passage, at)
        else:
            block.end = passage.offsets[-1] + 1
            _take(block, passage)
    if current is not None:
        yield current


def _opened(document: Document, passage: Passage, at: int) -> _Block | None:
    """The block that a passage opens: by its label or lead-in, by a heading over it; none below what a class must be."""
    if any(_OF_CLASS.search(document.articles[one].heading or "") for one in _upwards(document, at)):
        return None
    label, lead = _label(passage), _lead(passage.text)
    opened = [each for each in (label, lead) if each]
    if opened and not any(_CLASS.search(passage.text[max(0, each.start() - 20) : each.end()]) for each in opened):
        told = passage.text[: max(each.end() for each in opened)]
        return _Block(
            owner=at if at >= 0 else None,
            start=passage.start,
            end=passage.start,
            whole=bool(_WHOLE.search(told)),
            one_of=bool(_ONE_OF.search(told)),
            refuses=bool(_EXCLUDING.search(told)),
        )
    owner = _headed(document, at)
    if owner is not None:
        heading = document.articles[owner].heading or ""
        return _Block(owner, passage.start, passage.start, bool(_WHOLE.search(heading)))
    return None


def _label(passage: Passage) -> re.Match[str] | None:
    """The label that a passage begins with, closed by a mark or set off by a space (奖补对象 在本县经营的…)."""
    found = _LABEL.match(passage.text)
    if found is None or found["mark"] is not None:
        return found
    set_off = passage.offsets[found.end()] - passage.offsets[found.end() - 1] > 1
    return found if set_off else None


def _lead(text: str) -> re.Match[str] | None:
    found = _EXCLUDING.search(text) or last_match(_LEAD, text)
    return None if found is None or _SUM.search(text[: found.start()]) else found


def _headed(document: Document, at: int) -> int | None:
    """The nearest article over a place whose heading announces conditions."""
    headings = ((one, document.articles[one].heading or "") for one in _upwards(document, at))
    return next((one for one, words in headings if _HEADED.search(words) and not _CLASS.search(words)), None)


def _upwards(document: Document, at: int) -> Iterator[int]:
    """An article and those over it."""
    here: int | None = at if at >= 0 else None
    while here is not None:
        yield here
        here = document.articles[here].parent


def _continued(document: Document, block: _Block | None, passage: Passage, at: int) -> _Block | None:
    """The open block, where the passage still belongs to it: below its article, or an unlabelled line behind its label."""
    if block is None or _SUM.search(passage.text):
        return None
    if _OTHER_TITLE.match(passage.text) and not _below(document, at, block.owner):
        return None
    if _label(passage) or (_OTHER_LABEL.match(passage.text) and not _below(document, at, block.owner)):
        return None
    if block.owner is None:
        return block if at < 0 or _is_item(document.articles[at], block) else None
    if at == block.owner or _below(document, at, block.owner):
        return block if not _lead(passage.text) or _below(document, at, block.owner) else None
    return None


def _is_item(article: Article, block: _Block) -> bool:
    """A heading with a comma in it is a sentence."""
    return article.start > block.start and (article.heading is None or "," in article.heading)


def _below(document: Document, at: int, owner: int | None) -> bool:
    return owner is not None and owner != at and owner in _upwards(document, at)


def _take(block: _Block, passage: Passage) -> None:
    """Add what a passage of the block demands."""
    low = 0
    if label := _label(passage):
        low = label.end()
    if lead := _lead(passage.text):
        low = lead.end()
    if meant := _MEANT.match(passage.text, HEAD.match(passage.text).end()):  # type: ignore[union-attr]  # always matches
        low = meant.start("who")
    for start, end in _clauses(passage, low):
        text = passage.text[start:end]
        if (
            len(text) < 4
            or _SUM.search(text)
            or _MATERIAL.search(text)
            or _HEADED.search(text)
            or _OTHER_TITLE.match(text)
        ):
            continue
        if block.refuses:
            block.items.append(_refused(passage, start, end))
        elif block.one_of and block.items:
            block.items[0] = _joined(block.items[0], attested(passage, start, end))
        elif block.one_of or _DISTINGUISHED.search(text):
            block.items.append(attested(passage, start, end))
        else:
            block.items.extend(_all(passage, start, end))


def _all(passage: Passage, start: int, end: int) -> Iterator[Condition]:
    """A clause of a list: phrase for phrase where one of them compares, else as one; what it promises is no condition."""
    cuts = [at for low, high in stretches(passage, start, end) if (at := _demanded(passage, low, high))]
    found = [stated(passage, *at) for at in cuts]
    if any(one.unit or one.op == "=" and isinstance(one.value, str) for each in found for one in each):
        for each in found:
            yield from each
    elif cuts:
        yield from stated(passage, start, cuts[-1][1])


def _demanded(passage: Passage, low: int, high: int) -> tuple[int, int] | None:
    """What a phrase demands before it promises (…的毕业生可申领补贴); None where it only promises."""
    promise = _PROMISE.search(passage.text, low, high)
    if promise is None:
        return low, high
    words = passage.text[low : promise.start()]
    return (low, promise.start()) if says_something(words, HEAD.sub("", words)) else None


def _clauses(passage: Passage, low: int) -> Iterator[tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for phrase in passage.phrases:
        if phrase.end > low:
            start, _ = spans.get(phrase.clause, (max(low, phrase.start), 0))
            spans[phrase.clause] = (start, phrase.end)
    yield from spans.values()


def _said(document: Document, passage: Passage, at: int) -> Iterator[_Block]:
    """Running sentences: whom the paper is for, what an applicant must be, who gets nothing."""
    owner = at if at >= 0 else None
    if _PROMISES.search(passage.text):
        block = _Block(owner, passage.start, passage.start)
        block.items.extend(_all(passage, 0, len(passage.text) - 1))
        yield block
    for pattern in (_MEANT, _APPLYING, _BOUND, _OWED, _LIMITED):
        for told in pattern.finditer(passage.text):
            if _MATERIAL.search(told[0]) or not re.search(r"的|应|须|需|限", told[0]) or _SUM.search(told["who"]):
                continue
            place = passage.offsets[told.start()]
            block = _Block(owner, place, place, bool(_WHOLE.search(told[0])))
            block.items.extend(_all(passage, *told.span("who")))
            yield block
    for told in _IN_CASE.finditer(passage.text):
        if not _MATERIAL.search(told[0]) and not _SUM.search(told[0]):
            block = _Block(owner, passage.start, passage.start)
            block.items.append(attested(passage, *told.span("who")))
            yield block
    for told in _EXCLUDED.finditer(passage.text) if "不" in passage.text else ():
        if (_RECORD.search(told["who"]) or not _MISCONDUCT.search(told[0])) and not _SUM.search(told[0]):
            block = _Block(owner, passage.start, passage.start, refuses=True)
            block.items.append(_refused(passage, *told.span("who")))
            yield block


def _refused(passage: Passage, low: int, high: int) -> Condition:
    """What must not hold."""
    told = attested(passage, low, high)
    return replace(told, fact=told.text, op="=", value=False)


def _joined(one: Condition, other: Condition) -> Condition:
    return replace(one, text=f"{one.text};{other.text}", span=type(one.span)(one.span.start, other.span.end))


def _range(document: Document, block: _Block, sums: Sequence[int]) -> tuple[int, int]:
    """The article of the block or the nearest one above it that pays; its paper where none does or where it says so."""
    scope = next(one for one in document.scopes[::-1] if one[0] <= block.start)
    here = block.owner
    while here is not None and not block.whole:
        article = document.articles[here]
        if _pays(sums, article.start, article.end):
            return article.start, article.end
        here = article.parent
    if block.owner is None and not block.whole and _pays(sums, block.start, document.head_end):
        return scope[0], document.head_end
    return scope


def _turns(lists: Sequence[_Block], at: tuple[int, int], sums: Sequence[int]) -> list[tuple[int, int]]:
    """Of several lists in one range: each from itself (and those right beside it) up to the next behind a sum."""
    inside = sums[bisect_left(sums, at[0]) : bisect_left(sums, at[1])]
    cuts = sorted(
        later.start for earlier, later in zip(lists, lists[1:], strict=False) if _pays(inside, earlier.end, later.start)
    )
    if not cuts:
        return [at] * len(lists)
    if inside[0] < lists[0].start and inside[-1] < lists[-1].start:  # the sums stand before their lists
        ends = [at[0], *sorted(one.end for one in lists)]
        return [(ends[bisect_right(ends, one.start, 1) - 1], one.end) for one in lists]
    edges = [at[0], *cuts, at[1]]
    places = [bisect_right(cuts, one.start) for one in lists]
    return [(edges[place], edges[place + 1]) for place in places]
