"""Lists of conditions that stand apart from the sums they govern: 申报条件:(一)…, labels (支持对象:…), exclusions (不予支持).

Items of which one is enough (之一) are one condition; what excludes is a condition that must not hold. Lists that say what
a class is (认定条件) bind no award: the recognition does. Which sums a list governs says :mod:`luodi.policy.conditions.reach`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from luodi.document.tree import Article, Document
from luodi.policy.conditions.bands import bands
from luodi.policy.conditions.block import MATERIAL, WHOLE, Block, all_of, clauses, gives
from luodi.policy.conditions.card_items import FIELD, CardItems
from luodi.policy.conditions.class_items import class_item, with_more
from luodi.policy.conditions.comparisons import OF_A_CASE, read_comparisons
from luodi.policy.conditions.defined_terms import definitions
from luodi.policy.conditions.headings import CLASS, amid_awards, below, headed, names_awards, upwards
from luodi.policy.conditions.leads import EXCLUDING, label_of, lead_of, sentence_of
from luodi.policy.conditions.list_clauses import (
    OTHER_TITLE,
    add,
    demands_nothing,
    several_classes,
    with_another,
)
from luodi.policy.conditions.named_awards import TITLE, NamedAwards
from luodi.policy.conditions.of_some import each_award, list_of_some, of_all_but, of_named, of_referred
from luodi.policy.conditions.phrases import HEAD, attested, stated, stretches
from luodi.policy.conditions.sentences import BOUND, MEANT, said
from luodi.policy.conditions.whom import ANNOUNCED, note
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage
from luodi.policy.wording import plain_passages

# 开办条件, 建设标准: what a thing must be to exist, whatever is awarded beside it.
_OF_CLASS = re.compile(r"(?:开办|开设|建设|设置|创建|登记|经营|服务|认定|评定)(?:条件|标准|要求|规范)")
_DEMANDS = re.compile(r"条件|要求|对象|范围|主体|资格")
_OTHER_LABEL = re.compile(r"\A[【(]?(?:[一二三四五六七八九十\d]+[、.)])?[一-鿿]{2,12}(?:[】]:?|:)")
_ONE_OF = re.compile(r"之一|任一|任意一|其中一")
# 符合以下两个或两个以上条件: nobody can say which, so that all of them are one question.
_SEVERAL_OF = re.compile(
    r"(?:符合|具备|满足|达到)[^,。;:第]{0,8}?(?:(?:至少|任意)[两二三四2-4][个项条]"
    r"|(?<!第)[两二三四2-4][个项条](?:或[两二三四2-4]?[个项条])?(?:及|或)?以上)(?:的?(?:条件|要求|情形|标准))?"
    # 满足下列三项条件中的两项
    r"|(?:符合|具备|满足|达到)[^,。;:]{0,8}(?:条件|要求|情形|标准)中的?(?:任意)?[两二三四2-4][个项条](?:及?以上)?"
)
# 专项资金支持下列项目:, 重点支持以下领域:: one of them is enough.
_KINDS = re.compile(
    r"(?:(?<=支持)|(?<=扶持)|(?<=资助)|(?<=用于)|(?:实施|开展|承担|从事)?的)(?:下列|以下)"
    r"(?!条件|要求|规定|标准|程序|材料)[^。;:]{0,6}(?:项目|领域|方向|产业|行业|活动|事项|类型|范围|工作|企业|单位|机构)(?:包括)?:\Z"
)
_FURTHERS = re.compile(r"(?:[^,。;:]{0,10}?(?:资金|基金))?(?:重点|主要)?(?:支持|扶持|资助)")
_JOINED_TO = re.compile(r"(?:,?(?:并且?|且|、)|,(?=同时|还))(?:同时|还|均|应当?|须|需)*\Z")
_APPLIES = re.compile(r"(?:对|凡)?(?:申[请报领]|享受)[^,。;应须]*")
_MUST = re.compile(r"(?:必须|应当?|须|需)(?:同时)?(?=[^,。;:]{3})")
# 甲企业是指…, …参照执行: what a class means, who is let in besides.
_MEANS = re.compile(r"是指|系指|参照(?:执行|享受)")
# 联系人:…, 附件:…, 某市某局, 2025年3月28日: behind the last item.
_CLOSING = re.compile(
    r"\(?(?:联系|咨询|监督)[^,。;:]{0,8}:|附件:?\d?|(?:20\d\d|二[〇○]..)年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日\Z"
    r"|[^,。;:、]{2,60}(?:局|厅|委|委员会|办公室|人民政府|管委会|(?<![总分内全])部)\Z"
)


def blocks(document: Document, sums: Sequence[int]) -> Iterator[Block]:
    """Every run of passages or sentence of a document that states conditions, in text order; ``sums`` as in reach."""
    starts = [article.start for article in document.articles]
    items, named = CardItems(document, sums), NamedAwards(document, sums)
    current: Block | None = None
    outer: Block | None = None  # the list that goes on behind one of its items, which has a list of its own
    for passage in plain_passages(document):
        at = bisect_right(starts, passage.start) - 1
        if outer is not None and current is not None and not _is_within(document, at, current):
            yield from each_award(current)
            current, outer = outer, None
        among = headed(document, at) is not None or (current is not None and below(document, at, current.owner))
        if defined := list(definitions(passage, at, sums, among=among)):
            yield from defined
            continue
        if of_articles := [*of_referred(named, passage, at), *of_all_but(named, passage, at)]:
            yield from of_articles
            continue
        among = _is_among(document, items, current, passage, at, sums)
        if among and (of_some := list(of_named(named, passage, at, sums, current))):
            yield from of_some
            continue
        block = (
            _of_card_item(document, items, current, passage, at)
            or (None if outer else list_of_some(named, passage, at, among=among))
            or _continued(document, current, passage, at, sums)
            or _opened(document, passage, at, sums)
        )
        if block is not None and block is not current and current is not None and block.named_by_list and among:
            outer = current
        elif block is not current and current is not None:
            yield from each_award(current)
        current = block
        if block is None:
            yield from said(passage, at, sums)
        else:
            block.end = passage.offsets[-1] + 1
            _take(block, passage, at, sums)
    for block in (outer, current):
        if block is not None:
            yield from each_award(block)


def _is_among(
    document: Document, items: CardItems, current: Block | None, passage: Passage, at: int, sums: Sequence[int]
) -> bool:
    """Whether a passage is one of the conditions of an open list, so that it may demand of some awards alone."""
    if current is None or current.refuses or current.one_of is not None or MATERIAL.search(passage.text):
        return False
    if current.speaks_of is not None and not current.named_by_list:
        return items.same_field(current.start, passage.start)
    return _continued(document, current, passage, at, sums) is current


def _is_within(document: Document, at: int, block: Block) -> bool:
    return at == block.owner or below(document, at, block.owner)


def _of_card_item(document: Document, items: CardItems, block: Block | None, passage: Passage, at: int) -> Block | None:
    """The block of an item of a card's demands that names an award; behind such items that of one which names none."""
    if at < 0 or document.articles[at].parent is not None or passage.start > document.articles[at].body + 1:
        return None
    if (told := items.taken_up(at)) is not None:
        return Block(at, passage.start, passage.start, speaks_of=told)
    of_item = block is not None and block.speaks_of is not None and not block.named_by_list
    behind = of_item and block is not None and items.same_field(block.start, passage.start)
    return Block(None, passage.start, passage.start, whole=True) if behind else None


def _closes(document: Document, passage: Passage, at: int) -> bool:
    """Whether a line behind the last item closes the paper: whom to ask, what is attached, who signs and when."""
    behind = at >= 0 and passage.start > document.articles[at].body + 1
    return behind and _CLOSING.match(passage.text) is not None


def _opened(document: Document, passage: Passage, at: int, sums: Sequence[int]) -> Block | None:
    """The block that a passage opens: by its label or lead-in, by a heading over it; none below what a class must be."""
    if _closes(document, passage, at) or any(
        _OF_CLASS.search(document.articles[one].heading or "") for one in upwards(document, at)
    ):
        return None
    owner = headed(document, at)
    if at >= 0 and any(names_awards(document, one, sums) for one in (at, at if owner is None else owner)):
        return None
    label, lead = label_of(passage), lead_of(passage, at, sums)
    opened = [each for each in (label, lead) if each]
    if opened and not any(CLASS.search(passage.text[max(0, each.start() - 20) : each.end()]) for each in opened):
        told = passage.text[: max(each.end() for each in opened)]
        return Block(
            owner=at if at >= 0 else None,
            start=passage.start,
            end=passage.start,
            whole=bool(WHOLE.search(told)) and not told.endswith("。"),
            refuses=bool(excluding := EXCLUDING.search(told)),
            revokes=bool(excluding and re.search("取消|追回|收回", excluding[0])),
            named=field[1] if (field := FIELD.match(passage.text)) else "",
        )
    if owner is not None and not amid_awards(document, at, owner, sums):
        heading = document.articles[owner].heading or ""
        return Block(owner, passage.start, passage.start, bool(WHOLE.search(heading)))
    return None


def _continued(document: Document, block: Block | None, passage: Passage, at: int, sums: Sequence[int]) -> Block | None:
    """The open block, where the passage still belongs to it: below its article, or an unlabelled line behind its label."""
    if block is None or gives(passage, 0, len(passage.text), sums) or _is_field(passage):
        return None
    if _closes(document, passage, at):
        return None
    if block.owner is not None and amid_awards(document, at, block.owner, sums):
        return None
    if not block.refuses and EXCLUDING.search(passage.text):
        return None  # 有下列情形之一的不得申报: among conditions too it says what must not be
    if OTHER_TITLE.match(passage.text) and not below(document, at, block.owner):
        return None
    if (named := FIELD.match(passage.text)) and not _DEMANDS.search(named[1]):
        return None  # 申报时间:每年5月
    led = lead_of(passage, at, sums)
    within = below(document, at, block.owner) or (block.named and led)  # 条件要求⏎申报单位应符合以下条件: is one list
    if label_of(passage) or (_OTHER_LABEL.match(passage.text) and not within):
        return None
    if block.owner is None:
        return block if at < 0 or _is_item(document.articles[at], block) else None
    if at == block.owner or below(document, at, block.owner):
        return block if not led or within else None
    # 条件要求 alone on its line: its items are numbered anew and stand under no article.
    anew = block.named and document.articles[at].parent in (None, document.articles[block.owner].parent)
    return block if anew and _is_item(document.articles[at], block) else None


def _is_field(passage: Passage) -> bool:
    """Whether a line is nothing but the name of a card's next field (受理时间)."""
    found = FIELD.match(passage.text)
    return found is not None and found.end() == len(passage.text)


def _is_item(article: Article, block: Block) -> bool:
    """A heading with a comma in it is a sentence."""
    return article.start > block.start and (article.heading is None or "," in article.heading)


def _take(block: Block, passage: Passage, at: int, sums: Sequence[int]) -> None:
    """Add what a passage of the block demands."""
    low = _behind_opening(block, passage, at, sums)
    if "对象" in block.named and _MEANS.search(passage.text, low):
        block.demand([attested(passage, low, len(passage.text))])  # a class with its definition is one question
        return
    if (named := class_item(passage.document, at, block.owner)) is not None and not block.refuses:
        _take_of_class(block, passage, (at, named), low, sums)
        return
    classes = several_classes(passage, low)
    if not block.items and block.one_of is None and not block.refuses:
        block.classes, block.of_persons = [], ANNOUNCED.search(_told_above(block, passage, low)) is None
    parts = list(clauses(passage, low))
    if block.one_of is None and not block.refuses and (of_bands := bands(passage, parts)):
        block.items.append(of_bands)
        return
    for start, end in parts:
        if applicants := BOUND.match(passage.text, start, end):
            start = applicants.start("who")  # 本政策支持的企业,税务关系须在甲区
        if not demands_nothing(block, passage, start, end, sums):
            begun = len(block.items)
            add(block, passage, start, end, classes=classes)
            note(block, attested(passage, start, end), begun)


def _take_of_class(block: Block, passage: Passage, at: tuple[int, int], low: int, sums: Sequence[int]) -> None:
    """Add what stands in an item that is one of several classes: its name, and with it all that it demands."""
    place, named = at
    if block.one_of is None:
        block.one_of, block.choice = len(block.items), passage.document.articles[named].parent
    known = block.items[block.one_of :]
    for start, end in clauses(passage, low):
        written, parts = attested(passage, start, end), all_of(passage, start, end)
        if place == named:
            known = [with_another(known, written, [written])]
        elif known and not demands_nothing(block, passage, start, end, sums):
            known = [with_more(known, written, parts)]
    block.items[block.one_of :] = known


def _told_above(block: Block, passage: Passage, low: int) -> str:
    """What announces the demands of a passage: the heading of its list, its own heading or label, the field that it fills."""
    over = passage.document.articles[block.owner].heading if block.owner is not None else ""
    return f"{block.named}{over or ''}{passage.heading}{passage.text[:low]}"


def _behind_opening(block: Block, passage: Passage, at: int, sums: Sequence[int]) -> int:
    """Where the demands of a passage begin: behind its label, its lead-in and the words that make them alternatives."""
    of_card = block.speaks_of is not None and not block.named_by_list
    low = len(passage.heading) if of_card and passage.text.startswith(passage.heading) else 0
    if block.named_by_list and (title := TITLE.match(passage.text)):
        low = title.end()
    if block.choice is not None and not below(passage.document, at, block.choice):
        block.one_of = block.choice = None
    if label := label_of(passage):
        low = label.end()
    if lead := lead_of(passage, at, sums):
        if gives(passage, low, lead.start(), sums):
            low = sentence_of(passage, lead)
        block.demand(list(_before_list(passage, low, lead.start())))
        low = lead.end()
    if (kinds := _KINDS.search(passage.text, low)) and block.one_of is None:
        low = furthers.end() if (furthers := _FURTHERS.match(passage.text, low)) else low
        block.items.extend(_before_list(passage, low, kinds.start()))
        _one_is_enough(block, at)
        low = kinds.end()
    begins = len(passage.heading) + 1 if passage.heading and passage.text.startswith(f"{passage.heading}。") else 0
    begins = begins or (label.end() if label else HEAD.match(passage.text).end())  # type: ignore[union-attr]  # always matches
    if meant := MEANT.match(passage.text, begins):
        low = max(low, meant.start("who"))
    if _ONE_OF.search(passage.text[:low]) and block.one_of is None:
        _one_is_enough(block, at)
    if lead and (several := _SEVERAL_OF.search(lead[0])) and block.one_of is None:
        _one_is_enough(block, at)
        block.several = attested(passage, lead.start() + several.start(), lead.start() + several.end())
    return low


def _one_is_enough(block: Block, at: int) -> None:
    """Of what follows one is enough: from here on, below the article that says so."""
    block.one_of = len(block.items)
    block.choice = at if block.items or at != block.owner else None


def _before_list(passage: Passage, low: int, high: int) -> Iterator[Condition]:
    """``对注册在甲区且符合下列条件的企业:``: what is compared, or joined to the list, before it begins."""
    words = passage.text[low:high]
    joined = _JOINED_TO.search(words)
    high = low + joined.start() if joined else high
    must = _MUST.search(words)
    for start, end in stretches(passage, low, high):
        compared = read_comparisons(passage, start, end)
        owed = must is not None and low + must.start() < end
        told = joined is not None and (end == high or owed) and end - start > 3
        told = told and not _APPLIES.fullmatch(passage.text, start, end)
        of_case = OF_A_CASE.search(passage.text, start, end)  # 经营者(女性不超过55周岁)符合下列条件之一:
        bounded = of_case is not None and re.search(r"\d", of_case[0])
        if told or bounded or any(one.unit or isinstance(one.value, str | tuple) for one in compared):
            yield from stated(passage, start, end)
