"""Which sums a stated condition governs (LANGUAGE 9).

A list governs the article that holds it where that pays, else the nearest article above that does, at last its paper. Of
several lists in one range each governs what follows it up to the next (or, where the first sum stands before the first
list, what stands before it).
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luodi.document.cards import TITLE_FIELD
from luodi.document.tree import Article, Document
from luodi.policy.award_terms import PAYEE, PERSON
from luodi.policy.conditions.block import Block
from luodi.policy.conditions.card_items import FIELD
from luodi.policy.conditions.defined_terms import is_for, spelled_out
from luodi.policy.conditions.lists import blocks
from luodi.policy.facts import Condition

# 符合下列条件之一的企业: says what the list says.
_REFERS = re.compile(
    rf"(?:同时)?(?:符合|具备|满足|达到)(?:以下|下列)[^,。;的]{{0,8}}(?:条件|要求|情形|情况|标准)(?:之一)?"
    rf"(?:的(?:(?:投资|建设|申报|申请|各类)?{PAYEE}|(?!新)[一-鿿]{{2,3}})?)?\Z"
)
# 符合第七条规定的企业: says what the list of that article says.
_REFERS_TO = re.compile(
    rf"(?:同时)?(?:符合|具备|满足|达到)(?:本[^,。;:第]{{0,4}})?(?P<article>第[一二三四五六七八九十百\d]+条)"
    rf"(?:规定|所列|要求|条件|的)*(?:{PAYEE})?(?:的)?\Z"
)
_CHAPTER = re.compile(r"[一二三四五六七八九十第]")
# 附则 without a number above items of its own: they stand under no article.
_CLOSING = re.compile(r"^\s*附 *则\s*$", re.MULTILINE)
_GENERAL = re.compile(r"总\s*则")
# 政策名称: the first field of a card.
_CARD = re.compile(rf"^{TITLE_FIELD}(?::|$)", re.MULTILINE)
_FEWEST_FIELDS = 3


@dataclass(frozen=True, slots=True)
class Demand:
    """Conditions and the clean range whose sums they govern; of a ``term`` that they define, those that name it."""

    start: int
    end: int
    conditions: tuple[Condition, ...]
    term: str = ""
    address: str = ""
    of_units: bool = False


class Demands:
    """What a paper demands apart from its sums; asked for each award, so looked up by place."""

    def __init__(self, demanded: Iterable[Demand]) -> None:
        at = list(demanded)
        self._of_article: dict[str, list[Demand]] = {}
        for one in at:
            self._of_article.setdefault(one.address, []).append(one)
        self._cuts = sorted({cut for one in at for cut in (one.start, one.end)})
        self._pieces: list[list[Demand]] = [[] for _ in self._cuts]
        for one in at:
            for piece in range(bisect_left(self._cuts, one.start), bisect_left(self._cuts, one.end)):
                self._pieces[piece].append(one)

    def of(self, address: str) -> list[Demand]:
        """What the lists of an article demand, wherever they govern."""
        return self._of_article.get(address, [])

    def at(self, place: int) -> list[Demand]:
        """What governs an award at a clean offset."""
        piece = bisect_right(self._cuts, place) - 1
        return self._pieces[piece] if piece >= 0 else []


def demands(document: Document, told: Sequence[int], sums: Sequence[int]) -> Demands:
    """What the paper demands apart from its sums; ``told`` are the clean offsets of all sums, in order, ``sums`` of the awards.

    A chapter that only bounds what one may get in all (同一企业年度总额不超过…) pays nothing: what it demands holds for others.
    """
    if not sums:
        return Demands(())
    stated = [block for block in blocks(document, told) if block.items]
    peers: dict[tuple[int, int], list[Block]] = {}
    cards = _Cards(document)
    closing = next(
        (at.start() for at in _CLOSING.finditer(document.clean) if not _pays(sums, at.end(), sys.maxsize)), sys.maxsize
    )
    for block in stated:
        block.whole = block.whole or block.start > closing
        block.whole = block.whole or (not _is_article(document, block) and cards.are_filled_by(block))
    found = {id(block): cards.reach(block, _range(document, block, sums)) for block in stated}
    found |= {id(block): own for block in stated if (own := _of_unread(document, block, stated, sums))}
    for block in stated:
        if not block.whole and not block.refuses and not block.term:
            peers.setdefault(found[id(block)], []).append(block)
    for at, lists in peers.items():
        found |= {id(block): turn for block, turn in zip(lists, _turns(lists, at, sums), strict=True)}
    return Demands(
        Demand(*found[id(block)], tuple(block.items), block.term, _address(document, block), block.of_units)
        for block in stated
    )


def _address(document: Document, block: Block) -> str:
    """The article that holds a list: 第七条 of 第七条.(一); nothing for what is demanded of one award alone."""
    if block.owner is None or (block.speaks_of is not None and not block.named_by_list):
        return ""
    return document.articles[block.owner].id.partition(".")[0]


def _is_article(document: Document, block: Block) -> bool:
    """``第四条 支持对象:…``: an article that is called as a field is, and no field of a card."""
    article = document.articles[block.owner] if block.owner is not None else None
    return (
        article is not None and article.id.startswith("第") and not document.clean[article.body : block.start].strip()
    )


class _Cards:
    """The cards of a text and their fields (政策名称, 支持对象 …)."""

    def __init__(self, document: Document) -> None:
        self._starts = [at.start() for at in _CARD.finditer(document.clean)][1:]
        self._fields = [(at.start(), at[1]) for at in FIELD.finditer(document.clean)]

    def reach(self, block: Block, found: tuple[int, int]) -> tuple[int, int]:
        """What a card demands governs sums of that card alone."""
        first, last = self._card_of(block)
        return max(found[0], first), min(found[1], last)

    def are_filled_by(self, block: Block) -> bool:
        """Whether a run fills a field of a card that has each of its fields but once; sections with fields of their own are no card."""
        first, last = self._card_of(block)
        names = [name for at, name in self._fields if first <= at < last]
        return block.named in names and len(set(names)) == len(names) >= _FEWEST_FIELDS

    def _card_of(self, block: Block) -> tuple[int, int]:
        place = bisect_right(self._starts, block.start)
        return [0, *self._starts][place], [*self._starts, sys.maxsize][place]


def _of_unread(
    document: Document, block: Block, stated: Sequence[Block], sums: Sequence[int]
) -> tuple[int, int] | None:
    """The article of a field (补贴对象:…) whose sum was not read, where the same field of others stands beside theirs."""

    def root(one: Block) -> Article | None:
        here = document.articles[one.owner] if one.owner is not None else None
        while here is not None and here.parent is not None:
            here = document.articles[here.parent]
        return here

    own = root(block)
    if not block.named or block.whole or own is None or not _CHAPTER.match(own.id):
        return None
    if _pays(sums, own.start, own.end):
        return None
    others = [root(one) for one in stated if one.named == block.named and one is not block]
    told = any(other is not None and _pays(sums, other.start, other.end) for other in others)
    return (own.start, own.end) if told else None


def _pays(sums: Sequence[int], low: int, high: int) -> bool:
    """Whether an award stands in ``[low, high)``; ``sums`` are in order."""
    return bisect_left(sums, low) < bisect_left(sums, high)


def governing(demanded: Demands, at: int, own: tuple[Condition, ...], words: str) -> tuple[Condition, ...]:
    """The conditions of an award at a clean offset: its ``own`` and those of every list that governs it, each place once.

    ``words``: those that say whom it is for, whether for what a term means.
    """
    to_person = any(_OF_PERSON.match(one.text) for one in own)
    said = (one for one in demanded.at(at) if not (one.of_units and to_person))
    lists = [one for one in said if not one.term or is_for(one.term, words)]
    meanings = {one.term: one.conditions for one in demanded.at(at) if one.term}
    found = [one for one in own if one.text and not (lists and _REFERS.match(one.text))]
    for stated in own:
        reference = _REFERS_TO.fullmatch(stated.text)
        told = demanded.of(reference["article"]) if reference else []
        if told:
            found.remove(stated)
            lists += [each for each in told if each not in lists]
    others = _of_other_classes((each.text for one in lists for each in one.conditions), words)
    for one in lists:
        found.extend(
            each
            for stated in one.conditions
            if not _is_told(stated, own)
            for each in _own_side(stated, words)
            if each.text
            and each.text not in others
            and not any(_names(each.text, known) for known in own)
            and not any(each.span.start < known.span.end and known.span.start < each.span.end for known in own)
        )
    return tuple(spelled_out(found, meanings) if meanings else found)


# 高校毕业生首次创办企业, 签约的高校毕业生: persons, whom the words begin with or end in; not 企业招用的毕业生
_UNIT_OR_HIRES = r"企业|单位|机构|公司|组织|平台|基地|吸纳|招[用收聘录]|引进|聘用|录用|培[养训]"
_OF_PERSON = re.compile(
    rf"(?:(?!{_UNIT_OR_HIRES})[^,。;]){{0,40}}?(?:{PERSON}|个人|[硕博]士)(?:\Z|(?=首次|自主|新?(?:取得|参加|购[买置]|租[住用赁])|到|在|通过|创[办业]))"
)


# 综合类社会组织应是枢纽型社会组织: what one class of several must be.
_OF_CLASS = re.compile(
    r"(?P<kind>[^,。;:的]{1,12}?)(?P<noun>组织|机构|企业|平台|中心|园区|院所|项目)(?:应当?|须|需|必须|近[一二三两\d]年)"
)


def _of_other_classes(texts: Iterable[str], words: str) -> set[str]:
    """Conditions of classes beside that of an award, where one of them is of the award's own (甲类社会组织应…;乙类社会组织应…)."""
    told = [at for text in texts if (at := _OF_CLASS.match(text))]
    own = {at["noun"] for at in told if f"{at['kind']}{at['noun']}" in words}
    return {at.string for at in told if at["noun"] in own and f"{at['kind']}{at['noun']}" not in words}


def _own_side(choice: Condition, words: str) -> tuple[Condition, ...]:
    """Of alternatives (满足之一:1.驻场演出100场以上;2.获奖的原创剧目) the one that names what an award is for (驻场演出每场A)."""
    subject = _SUBJECT.match(re.sub(r"\A[^\n]*;", "", words))
    listed = choice.alternatives if subject and ";" in choice.text else ()
    named = [side for side in listed if any(not one.fact and subject and subject["name"] in one.text for one in side)]
    return named[0] if len(named) == 1 else (choice,)


# 驻场演出每场补助, at the beginning of an award's clause
_SUBJECT = re.compile(r"(?:[^,。;:\n]{0,8}:)?(?P<name>[一-鿿]{4,8}?)(?:每|一次性|给予|按|补助|奖励|最高)")


def _names(class_: str, one: Condition) -> bool:
    """Whether a condition is of a class or says it more closely (新引进的航运企业; 创投基金达到1亿元)."""
    return one.value is not False and (one.text.startswith(class_) or one.text.endswith(f"的{class_}"))


_SAYS_WHO = 6  # characters of a condition that is one of those told of several


def _is_told(one: Condition, own: Sequence[Condition]) -> bool:
    """Whether one of several classes (支持对象:首次上规的企业;…) is what an award itself is for."""
    sides = (side[0].text for side in one.alternatives if len(side) == 1)
    return any(len(each.text) >= _SAYS_WHO and each.text in side for side in sides for each in own)


def _range(document: Document, block: Block, sums: Sequence[int]) -> tuple[int, int]:
    """The article of the block or the nearest one above it that pays; its paper where none does or where it says so."""
    if block.within is not None:
        return block.within
    if block.speaks_of is not None:
        award = document.articles[block.speaks_of]
        return award.start, award.end
    scope = next(one for one in document.scopes[::-1] if one[0] <= block.start)
    here = block.owner
    while here is not None and not block.whole:
        article = document.articles[here]
        general = _GENERAL.fullmatch(
            article.heading or ""
        )  # 第一章 总则: what it says of all holds for the chapters behind it
        if not general and _pays(sums, article.start, article.end):
            return article.start, article.end
        here = article.parent
    if block.owner is None and not block.whole and _pays(sums, block.start, document.head_end):
        return scope[0], document.head_end
    return scope if block.whole or block.owner is None else (scope[0], _beside_end(document, block.owner, scope[1]))


def _beside_end(document: Document, owner: int, end: int) -> int:
    """Items that a cut left without the article over them (1. 2. before 八) speak for those beside them alone."""
    root = document.articles[owner]
    while root.parent is not None:
        root = document.articles[root.parent]
    if not root.id.startswith(("(", *"123456789")):
        return end
    above = (one.start for one in document.articles if one.parent is None and one.start > root.start)
    return next((at for at in above if document.clean[at : at + 1] in "一二三四五六七八九十第"), end)


def _turns(lists: Sequence[Block], at: tuple[int, int], sums: Sequence[int]) -> list[tuple[int, int]]:
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
    if len(cuts) == 1 and not _pays(inside, cuts[0], at[1]):
        return [at] * len(lists)  # 一、对象 二、标准 三、要求: the last has no sums of its own
    edges = [at[0], *cuts, at[1]]
    places = [bisect_right(cuts, one.start) for one in lists]
    return [(edges[place], edges[place + 1]) for place in places]
