"""Passages: the paragraphs of a document without white space, cut into sentences, clauses and phrases.

Clause finders match on :attr:`Passage.text`, in which no blank separates a number from its unit, and go back to the
source through :meth:`Passage.span`. Cuts never fall inside brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from luodi.document.cards import FIELD_LINE, FIELD_NAME
from luodi.document.text import Span
from luodi.document.tree import Article, Document
from luodi.policy.amended import without_withdrawn

_OPEN = "(〔[《【"
_CLOSE = ")〕]》】"
# A bracket that is not closed within so many characters is a slip and bounds nothing.
_LONGEST_BRACKET = 400
# Longer paragraphs (a text without line ends) are read in pieces, so that reading takes time in proportion.
_LONGEST_PASSAGE = 4000
# 到2025年,实现以下目标: or 支持标准: before the first number introduces all articles of the top level.
_PAID = r"(?:奖励|奖补|补助|补贴|资助|扶持|支持|兑[现付])"
_INTRODUCES = re.compile(
    rf"(?:目标|20\d\d年)[^。]*:\Z|\A[^,。;:]{{0,12}}{_PAID}(?:(?:标准|额度|金额|内容)(?:如下|为)?:?|:)\Z"
    rf"|(?:给予|予以|按|享受|发放)[^。;:]{{0,20}}{_PAID}(?:,?(?:具体)?(?:标准|金额|额度))?(?:分别)?(?:如下|为)?:\Z"
)
_BRACKETED_HEADING = re.compile(r"\s*[(【\[]([^()【】\[\]\n]+)[)】\]]")
# 补贴标准 alone on its line, 补贴标准:初级1000元: the lines below belong to it, up to the next field.
_FIELD = re.compile(rf"({FIELD_NAME})(?::|\Z)")
# 一次性就业补贴: a line that is nothing but the name of a payment leads what stands below it.
_PAYMENT = re.compile(r"[一-鿿、()“”]{2,14}(?:补贴|补助|津贴|奖[补励学]|助学|优待|抚恤|救助)金?(?:标准|政策)?")
_OTHER_FIELD = re.compile(
    r"[^,。;:]{0,6}(?:标准|条件|对象|方式|流程|程序|材料|时间|期限|内容|范围|部门|电话|依据|要求|地点|说明)[^,。;:]{0,4}(?::|\n|\Z)"
)
_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
# A dash item and the year that leads in the next ones begin a line, also where line ends were lost.
_DASH_ITEM = re.compile(r"(?<=[。;])(?=(?:到20\d\d年[^。;—\n]{0,80}[。:])?——)")
# 1,000元, 500,000元; 100,200 may be two numbers. A digit first: what stands before it is looked at only there.
_THOUSANDS = re.compile(r"\d(?<![\d.,]\d)(?:\d?(?:,\d{3})+|\d\d(?:,000)+)(?![\d,])")
_SPLIT_NUMBER = re.compile(r"(?<![\d.])(\d{1,2}) (\d{1,2})(?=[万亿千]?元)")
# A comma between two items of a list of sums (``100万元,50万元``) does not end a phrase.
_SUM_LIST = re.compile(r"\d(?:万|亿)?元?(?:以上)?,(?=\d+(?:\.\d+)?(?:万|亿)?元?(?:[,、和。;的]|奖励|补助|补贴))")
# 30元/架次、每家每年不超过300万元: the bound of a sum or a share is a phrase of its own.
_OWN_BOUND = re.compile(
    r"[元%](?:[/·•][^,。;、\d]{1,8})?(、)(?=(?:每|单|同一)[^,。;、\d]{1,12}(?:最高|最多|不超过|不得超过|不高于))"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """``[start, end)`` of a passage up to a comma; ``sentence`` and ``clause`` number what it belongs to."""

    start: int
    end: int
    sentence: int
    clause: int


@dataclass(frozen=True)
class Passage:
    """One paragraph of one article, compacted.

    ``lead_in`` is the article's introducing line that ends in a colon, ``above`` the headings of the articles over it.
    """

    document: Document
    article: str
    text: str
    offsets: tuple[int, ...]
    heading: str = ""
    lead_in: str = ""
    above: str = ""

    def span(self, start: int, end: int) -> Span:
        """The source span of ``text[start:end]``."""
        if start >= end:
            at = self.offsets[min(start, len(self.offsets) - 1)] if self.offsets else 0
            return self.document.text.span(at, at) if self.offsets else Span(0, 0)
        return self.document.text.span(self.offsets[start], self.offsets[end - 1] + 1)

    @property
    def start(self) -> int:
        """Where it begins in the clean text."""
        return self.offsets[0] if self.offsets else 0

    @cached_property
    def depths(self) -> list[int]:
        """How many brackets stand open at each character (the brackets themselves count as inside)."""
        return _depths(self.text)

    @cached_property
    def phrases(self) -> list[Phrase]:
        """The phrases in order, empty ones left out."""
        return list(_phrases(self.text, self.depths))

    def phrase_text(self, phrase: Phrase) -> str:
        """The words of a phrase."""
        return self.text[phrase.start : phrase.end]

    def stretch(self, *, sentence: int | None = None, clause: int | None = None) -> tuple[int, int]:
        """Where a sentence or a clause begins and ends."""
        return self._stretches.get((sentence, clause), (0, len(self.text)))

    def sentence_at(self, at: int) -> int | None:
        """The sentence that a character belongs to; None between two."""
        return next((one.sentence for one in self.phrases if one.start <= at < one.end), None)

    @cached_property
    def _stretches(self) -> dict[tuple[int | None, int | None], tuple[int, int]]:
        found: dict[tuple[int | None, int | None], tuple[int, int]] = {}
        for phrase in self.phrases:
            for key in ((phrase.sentence, None), (None, phrase.clause)):
                found[key] = (found.get(key, (phrase.start, 0))[0], phrase.end)
        return found


# The last document's passages: every finder reads the same ones. One tuple, read once, so that threads never mix.
_LAST: list[tuple[Document, tuple[Passage, ...]]] = []


def passages(document: Document) -> tuple[Passage, ...]:
    """Every paragraph of the document in text order, with the address of its article."""
    kept = next(iter(_LAST), None)
    if kept is None or kept[0] is not document:
        kept = (document, tuple(_passages(document)))
        _LAST[:] = [kept]
    return kept[1]


def of_cell(document: Document, start: int, end: int, heading: str = "", label: str = "") -> Passage:
    """The words of a table's cell as a paragraph under its row's name, led in by its column's."""
    lead_in = f"{label}:" if label else ""
    return _compact(document, document.article_at(start), start, document.clean[start:end], heading, lead_in, "")


class Restart:
    """A list that is counted anew below a line that introduces it (…享受补贴,具体标准如下: behind the last of another list)."""

    def __init__(self) -> None:
        """Begin with no article read."""
        self._seen: set[str] = set()
        self._line, self._level = "", 0

    def lead_in(self, number: str, level: int, told: str) -> str:
        """The line that leads an article in, where the one before it ended in ``told``."""
        if told and number in self._seen:
            self._line, self._level = told, level
        elif level < self._level:
            self._line = ""
        self._seen.add(number)
        return self._line if level == self._level else ""


def _passages(document: Document) -> Iterator[Passage]:
    yield from _paragraphs(document, "0", 0, document.head_end, "", "", "")
    lead_ins: dict[int, str] = {}
    opening = document.clean[: document.head_end].rstrip().rpartition("\n")[2].strip()
    opening = opening if _INTRODUCES.search(opening) else ""
    restart, told = Restart(), ""
    for index, article in enumerate(document.articles):
        own = document.clean[article.body : article.own_end]
        inherited = lead_ins.get(article.parent, "") if article.parent is not None else opening
        inherited = restart.lead_in(article.id, article.level, told) or inherited
        last = own.rstrip().rpartition("\n")[2].strip()
        told = last if "\n" in own.rstrip() and _INTRODUCES.search(last) else ""
        lead_ins[index] = last if last.endswith(":") else ""
        named = FIELD_LINE.fullmatch(last) if "\n" in own.rstrip() else None
        if named:  # the next field leads what is counted anew behind it
            lead_ins.update(dict.fromkeys(_above(document, article), f"{named['name']}:"))
        above = " ".join(_headings_above(document, article))
        start = _behind_heading(document, article)
        yield from _paragraphs(document, article.id, start, article.own_end, _heading(article), inherited, above)


def _behind_heading(document: Document, article: Article) -> int:
    """Where the words behind a heading in brackets begin: it is no remark on the sentence that follows (第五条 (用房补贴) 租用…)."""
    at = _BRACKETED_HEADING.match(document.clean, article.body, article.own_end)
    return at.end() if at and article.heading and at[1] == article.heading else article.body


def _heading(article: Article) -> str:
    return article.heading or ""


def _above(document: Document, article: Article) -> Iterator[int]:
    while article.parent is not None:
        yield article.parent
        article = document.articles[article.parent]


def _headings_above(document: Document, article: Article) -> Iterator[str]:
    for index in _above(document, article):
        yield _heading(document.articles[index])


def _paragraphs(
    document: Document, article: str, start: int, end: int, heading: str, lead_in: str, above: str
) -> Iterator[Passage]:
    at, field = start, ""
    for told in _lines(document.clean[start:end]):
        line = without_withdrawn(told)
        if line.strip():
            field = "" if _OTHER_FIELD.match(line) else field
            passage = _compact(document, article, at, line.rstrip("\n"), heading, field or lead_in, above)
            yield passage
            if passage.text.endswith((":", "?")):
                lead_in, field = passage.text, ""
            elif _PAYMENT.fullmatch(passage.text):
                lead_in, field = f"{passage.text}:", ""
            elif named := _FIELD.match(passage.text):
                field = f"{named[1]}:"
        at += len(line)


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, an over-long one cut behind a sentence, clause or phrase."""
    for line in (item for whole in _LINE.findall(text) for item in _DASH_ITEM.split(whole)):
        while len(line) > _LONGEST_PASSAGE:
            cut = max(line.rfind(mark, _LONGEST_PASSAGE // 2, _LONGEST_PASSAGE) for mark in "。;,") + 1
            cut = cut or _LONGEST_PASSAGE
            yield line[:cut]
            line = line[cut:]
        yield line


def _compact(document: Document, article: str, at: int, line: str, heading: str, lead_in: str, above: str) -> Passage:
    """The line without white space and the commas inside numbers (1,000元); between the cells of a table row stands a semicolon."""
    commas = {place for found in _THOUSANDS.finditer(line) for place in range(*found.span()) if line[place] == ","}
    if not (commas or any(space in line for space in " \t\u3000\xa0")):
        return Passage(document, article, line, tuple(range(at, at + len(line))), heading, lead_in, above)
    kept: list[int] = []
    joined = {m.end(1) for m in _SPLIT_NUMBER.finditer(line)}
    for index, character in enumerate(line):
        between_digits = (
            character.isspace()
            and index not in joined
            and 0 < index < len(line) - 1
            and line[index - 1].isdigit()
            and line[index + 1].isdigit()
        )
        between_cells = character == "\t" and bool(kept) and line[kept[-1]] != "\t" and bool(line[index:].strip())
        if index not in commas and (between_digits or between_cells or not character.isspace()):
            kept.append(index)
    text = "".join(";" if line[i] == "\t" else " " if line[i].isspace() else line[i] for i in kept)
    return Passage(document, article, text, tuple(at + i for i in kept), heading, lead_in, above)


def _depths(text: str) -> list[int]:
    pairs: list[tuple[int, int]] = []
    stack: list[int] = []
    for index, character in enumerate(text):
        if character in _OPEN:
            stack.append(index)
        elif character in _CLOSE and stack:
            start = stack.pop()
            if index - start <= _LONGEST_BRACKET:
                pairs.append((start, index))
    depths = [0] * len(text)
    for start, end in pairs:
        if _is_sentence(text, start, end):
            continue
        for index in range(start, end + 1):
            depths[index] += 1
    return depths


def _is_sentence(text: str, start: int, end: int) -> bool:
    """A bracket round a whole sentence (``。(…。)``) is read like any sentence."""
    return start > 0 and text[start - 1] in "。;" and text[start] == "(" and end - start > 12


def _phrases(text: str, depths: list[int]) -> Iterator[Phrase]:
    start = sentence = clause = 0
    kept = {m.end() - 1 for m in _SUM_LIST.finditer(text)}
    bounds = {m.start(1) for m in _OWN_BOUND.finditer(text)}
    for index, character in enumerate(text):
        if (
            (character not in ",;。:!?" and index not in bounds)
            or depths[index]
            or (character == "," and index in kept)
        ):
            continue
        if character == ":" and text[index - 1 : index].isdigit() and text[index + 1 : index + 2].isdigit():
            continue
        if index > start:
            yield Phrase(start, index, sentence, clause)
        start = index + 1
        if character in ";。!?":
            clause += 1
        if character in "。!?":
            sentence += 1
    if start < len(text):
        yield Phrase(start, len(text), sentence, clause)
