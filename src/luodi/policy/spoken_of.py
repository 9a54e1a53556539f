"""Of which awards a statement speaks, by its own words: of articles that it numbers, of its own one, of those above it.

``第三条至第五条所需资金``, ``本条第(一)至(三)项``, ``以上两项奖励``, ``前款奖励与第一条规定的奖励``. Ceilings, payers, instalments, times to apply, rules
of stacking and demands ask here. Where the words name nothing, a statement speaks of the awards nearest to it (:func:`nearest`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from luodi.quantities.numerals import numeral

_N = r"(?:[一二三四五六七八九十百]{1,4}|\d{1,3})"
_KIND = r"(?:[章节]|条(?!件|例)|款|项(?!目)|目(?!标|[前录]))"
_TO = r"(?:至|到|—|–|-|~)+"
_AND = r"(?:、|,(?=第)|以及|和|及|与|或)"
_PART = rf"(?:第?[(]{_N}[)]{_KIND}?|第?{_N}{_KIND})"
_REFERENCE = rf"(?:第{_N}(?=(?:{_TO}|{_AND})第?{_N}{_KIND})|{_PART}+)"
NUMBERED = rf"(?=第|[(]{_N}[)](?:{_KIND}|{_TO}|{_AND})){_REFERENCE}(?:(?:{_TO}|{_AND}){_REFERENCE})*"
"""Articles and items by their numbers (第六条第(二)项, 第(一)至(三)项, 第七条、第八条, 第三章)."""
_NOT_OF_THIS = r"(?<!》)(?<!按)(?<!按照)(?<!参照)(?<!根据)(?<!依据)(?<!办法)(?<!规定)(?<!条例)"
_PAID = r"(?:奖|补|资助|扶持|政策|资金|支持|措施|贴息)"
_SPEAKS = re.compile(
    rf"(?P<but>除(?:本(?:办法|政策|措施|意见|细则|规定))?)?(?P<with>(?:\A|(?<=[,。;]))[与和同])?"
    rf"(?:{_NOT_OF_THIS}|(?<=本办法)|(?<=本规定)|(?<=本条例))(?P<numbers>{NUMBERED})"
    rf"|本(?P<own>[章节]|部分|条(?!件|例)|款|项(?!目)|目(?!标|录))"
    rf"|(?:(?:\A|(?<=[,。;:、(对凡])|(?<=享受|获得|申请|申报))以上|上述|前述|前(?=[两二三四][项款条])"
    rf"|(?:\A|(?<=[,。;]))(?=[两二三四]项(?:条款|{_PAID})))"
    rf"(?:(?P<number>[两二三四五六七八九十]|\d{{1,2}})(?P<kind>个|[项条款类种](?!目))(?:条款|{_PAID})?"
    rf"|(?P<each>(?:各|多|所有|全部)?[项条类种](?!目|之一))|(?:各|所有|全部|财政|专项|相关|有关|各项)*{_PAID})"
    rf"|(?P<before>[前上][款条项](?!目))"
)


@dataclass(frozen=True)
class Statement:
    """Words with the address and the place where they stand; ``articles`` of its paper in order, ``awards``: address and place of each."""

    words: str
    article: str
    place: int
    articles: Sequence[str]
    awards: Sequence[tuple[str, int]]

    @property
    def above(self) -> list[str]:
        """The address and those over it."""
        parts = self.article.split(".")
        return [".".join(parts[:count]) for count in range(len(parts), 0, -1)]

    @property
    def before(self) -> list[int]:
        """The awards that stand before it."""
        return [one for one, (_, place) in enumerate(self.awards) if place < self.place]

    def within(self, addresses: Sequence[str]) -> list[int]:
        """The awards of articles and of what stands below them."""
        return [one for one, (article, _) in enumerate(self.awards) if is_below(article, addresses)]


def reference(words: str) -> str:
    """The words that say of which awards a statement speaks; none where it says nothing of that."""
    found, end = "", 0
    for at in _SPEAKS.finditer(words):
        found += (";" if found and at.start() > end else "") + at[0]
        end = at.end()
    return found


def spoken_of(at: Statement) -> list[int]:
    """The places in ``awards`` of those of which the words of a statement speak."""
    found: set[int] = set()
    for told in _SPEAKS.finditer(at.words):
        found.update(next((each for ask in _QUESTIONS if (each := ask(at, told)) is not None), []))
    return sorted(found)


def parted(at: Statement) -> list[list[int]]:
    """Those awards as the sets that the words tell apart (第三条与第五条, 本条与前款, 以上两项); each for itself where they tell of one alone."""
    sets: list[list[int]] = []
    for told in _SPEAKS.finditer(at.words):
        if told["numbers"] and not told["but"] and not told["with"]:
            named = [at.within([one]) for one in addresses(at.articles, at.above, told["numbers"])]
            beside = len(_LIST.findall(told["numbers"])) + 1  # 第一条与第九条 of a paper with eight
            sets += [*named, *([] for _ in range(beside - len(named)))]
            continue
        found = next((each for ask in _QUESTIONS if (each := ask(at, told)) is not None), [])
        if told["number"] or told["each"]:
            of_items = {at.awards[one][0] for one in found} != {at.article}
            sets += _by_item(at, found) if of_items else [[one] for one in found]
        elif found or not told["own"]:
            sets.append(found)
    known: set[int] = set()
    for one in sets:
        one[:] = [each for each in one if each not in known]
        known.update(one)
    paying = [one for one in sets if one]
    return paying if len(sets) > 1 else [[one] for found in paying for one in found]


def _by_item(at: Statement, found: Sequence[int]) -> list[list[int]]:
    """Awards by the items beside a statement in which they stand."""
    parent = at.article.rpartition(".")[0]
    head = f"{parent}." if parent else ""
    items: dict[str, list[int]] = {}
    for one in found:
        items.setdefault(at.awards[one][0].removeprefix(head).partition(".")[0], []).append(one)
    return list(items.values())


def _numbered(at: Statement, told: re.Match[str]) -> list[int] | None:
    """``第三条至第五条``, ``第(一)、(二)项``; ``除第三条外``: all others; ``与第(一)项合计``: its own too."""
    if not told["numbers"]:
        return None
    named = at.within(list(addresses(at.articles, at.above, told["numbers"])))
    if told["but"]:
        return [one for one in range(len(at.awards)) if one not in named]
    return [*at.within([at.article]), *named] if told["with"] and named else named


def _own(at: Statement, told: re.Match[str]) -> list[int] | None:
    """``本条``, ``本项``, ``本章``: where it stands; nothing for ``本条第(一)项``, which the number names."""
    kind = told["own"]
    if not kind:
        return None
    if re.match(NUMBERED, at.words[told.end() :]):
        return []
    if kind in "章节":
        return at.within(list(_in_chapter(at.articles, _chapter_of(at, kind))))
    end = {"条": "条", "项": ")"}.get(kind, "")
    over = at.above[-1:] if kind == "部分" else [one for one in at.above if one.endswith(end)] or at.above
    return at.within(over[:1])


def _above(at: Statement, told: re.Match[str]) -> list[int] | None:
    """``以上两项``, ``上述各项``, ``以上奖励``: what its own article pays before it, else so many of the items before it."""
    if told["before"]:
        return None
    count = int(numeral(told["number"].replace("两", "二")) or 0) if told["number"] else 0
    own = [one for one in at.before if at.awards[one][0] == at.article]
    if own and (len(own) >= max(count, 2) or "." not in at.article or not (count or told["each"])):
        return own[-count:] if told["kind"] != "类" else own
    return _items_above(at, at.article, count)


def _before(at: Statement, told: re.Match[str]) -> list[int] | None:
    """``前款``: what its own article pays before it, else the item before; ``前条``: the article before."""
    own = [one for one in at.before if at.awards[one][0] == at.article]
    if told["before"].endswith("款") and own:
        return own
    level = at.above[-1] if told["before"].endswith("条") else at.article
    return _items_above(at, level, 1)


_QUESTIONS: tuple[Callable[[Statement, re.Match[str]], list[int] | None], ...] = (_numbered, _own, _above, _before)


def _items_above(at: Statement, article: str, count: int) -> list[int]:
    """The awards of the last so many items (0: all) that pay before a statement under the article over it; none where they are fewer."""
    parent = article.rpartition(".")[0]
    head = f"{parent}." if parent else ""
    paid = [at.awards[one][0] for one in at.before if at.awards[one][0].startswith(head)]
    items = list(dict.fromkeys(head + one[len(head) :].partition(".")[0] for one in paid))
    items = [one for one in items if count != 1 or one != article][-count:]
    if count not in (0, len(items)) or (count == 0 and len(items) < 2):
        return []
    return [one for one in at.within(items) if one in at.before]


def addresses(articles: Sequence[str], context: Sequence[str], numbers: str) -> Iterator[str]:
    """The addresses of references in their order; an item without its article stands in the article of the one before, at first in ``context``."""
    first, place = "", 0
    while told := _ONE_REFERENCE.match(numbers, place):
        joint = _RANGE.match(numbers, told.end()) or _LIST.match(numbers, told.end())
        words = told[0] if told[0][-1] in "章节条款项目)" else told[0] + _kind_behind(numbers, told.end())
        named = _address(articles, context, words)
        if named and "条" in words:
            context = [named.rpartition(".")[0] if words[-1] != "条" else named]
        if first and named:
            yield from _between(articles, first, named)
        elif named.endswith(("章", "节")):
            yield from _in_chapter(articles, named)
        elif named:
            yield named
        first = named if joint and joint.re is _RANGE else ""
        if not joint:
            return
        place = joint.end()


_ONE_REFERENCE, _RANGE, _LIST = re.compile(_REFERENCE), re.compile(_TO), re.compile(_AND)


def _kind_behind(numbers: str, place: int) -> str:
    """``第一至第三项``: what the first of a row is too."""
    found = re.compile(r"[章节条款项目]").search(numbers, place)
    return found[0] if found else ""


def _address(articles: Sequence[str], context: Sequence[str], words: str) -> str:
    """``第六条第(二)项`` is 第六条.(二); an item is looked for below the articles of its context, the nearest first."""
    named = ""
    for part in re.finditer(_PART, words):
        number, kind = _number(part[0]), part[0][-1]
        if kind in "章节" or (kind == "条" and any(one.endswith("条") for one in articles)):
            found = [one for one in articles if one.endswith(kind) and _number(one) == number]
        else:
            over = [named] if named else [*context, ""]
            beside = {parent: [one for one in articles if one.rpartition(".")[0] == parent] for parent in over}
            fitting = [one for parent in over for one in beside[parent] if _number(one.rpartition(".")[2]) == number]
            if kind == "条":  # 第2、3条 of a paper with items 2. and 3.
                alike = [one for one in articles if one.rpartition(".")[2] in re.findall(_N, part[0])]
                fitting = [one for one in fitting if one in alike] or alike
            found = (not named and _numbered_through(articles, fitting, part[0])) or fitting
        if not found:  # 第三条第二款: a paragraph without an address
            return named if kind == "款" else ""
        named = found[0]
    return named


def _numbered_through(articles: Sequence[str], fitting: Sequence[str], part: str) -> list[str]:
    """``第(三)项``, ``第3项`` of a paper whose items go on through its chapters: the only one of that number, where none that fits is written so."""
    written = re.compile(r"[(].+[)]" if "(" in part else r"\d+")
    lasts = {one: one.rpartition(".")[2] for one in articles}
    if not re.search(r"[(\d]", part) or any(written.fullmatch(lasts[one]) for one in fitting):
        return []
    alike = [one for one, last in lasts.items() if written.fullmatch(last) and _number(last) == _number(part)]
    return alike if len(alike) == 1 else []


def _number(words: str) -> int | None:
    found = re.search(_N, words)
    value = numeral(found[0]) if found else None
    return int(value) if value is not None else None


def _between(articles: Sequence[str], first: str, last: str) -> Iterator[str]:
    """The articles of one depth from the first, which is told already, up to the last."""
    row = [one for one in dict.fromkeys(articles) if one.count(".") == first.count(".") and one[-1] not in "章节"]
    if first in row and last in row:
        yield from row[row.index(first) + 1 : row.index(last) + 1]


def _chapter_of(at: Statement, kind: str) -> str:
    before = at.articles[: at.articles.index(at.above[-1])] if at.above[-1] in at.articles else ()
    return next((one for one in reversed(before) if one.endswith(kind)), "")


def _in_chapter(articles: Sequence[str], chapter: str) -> Iterator[str]:
    """The articles of a chapter: those behind its heading up to the next one."""
    for one in articles[articles.index(chapter) + 1 :] if chapter else ():
        if one.endswith(("章", chapter[-1])):
            return
        if "." not in one:
            yield one


def is_below(article: str, addresses: Sequence[str]) -> bool:
    """Whether an article is one of several or stands below one."""
    return f"{article}.".startswith(tuple(f"{address}." for address in addresses))


def nearest(article: str, awards: Sequence[str]) -> str:
    """An article that pays, itself or below it, or else the nearest one above it that does; none where nothing above it pays."""
    while article and not any(is_below(one, [article]) for one in awards):
        article = article.rpartition(".")[0]
    return article
