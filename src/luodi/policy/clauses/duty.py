"""Duties (责任分工): clauses that assign an article to units, in brackets, on lines or as labels of their own (LANGUAGE 5)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from luodi.document.tree import Article, Document
from luodi.policy.clauses import clause
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.document_rules import DocumentRules, holds
from luodi.policy.facts import Duty
from luodi.policy.passages import passages
from luodi.policy.units.names import is_office, is_unit, split_units, without_short_names
from luodi.policy.units.prose import prose_duties
from luodi.policy.units.roles import LABEL, Roles, read_roles
from luodi.policy.units.task_tables import task_rows

_OPENERS, _CLOSERS = "([〔【", ")]〕】"
_LONGEST = 1200
_HINT = re.compile(rf"{LABEL.pattern}|负责|承担|牵头|主责|为主|会同|配合|指导|落实|实施|其责|分工")
_LABEL_HEAD = re.compile(rf"\s*(?:{LABEL.pattern})\s*:")
# 主办单位 on a line is a web page's own line, 承办单位 that of an event, not the document's, save above those who take part. The units may stand on the line below the label.
_LABEL_LINE = re.compile(
    rf"(?:^|(?<=[。;] )|(?<=[。;]))(?P<all>(?:[\u4e00-\u9fff]{{0,4}}领导:[^:\n。;]{{2,24}}[ ,;])?(?![主承]办(?![^\n]*\n ?(?:协办|配合|参与|责任)))(?:{LABEL.pattern})"
    rf"(?:\s*(?::|[—–/-]+)|为(?=[^\n。;:\d]{{2,80}}$)| (?=\S)|:?\n(?!{LABEL.pattern})(?=[^\n。:]{{2,120}}$)).{{1,1200}})$",
    re.MULTILINE,
)
_LED = re.compile(
    r"由?(?P<units>[^,。;:()]{3,40}?)(?:总?牵头|负责)(?:负责|推进|落实|完成)?的?(?:重点|主要)?(?:工作|任务|事项|项目)+\Z"
)
_NAMED = re.compile(
    r"(?:局|委|办|厅|部|署|府|会|院|处|中心|单位|部门|公司|区|县|市|[科股室])(?=[、,;。)\]〕】\s]|\Z|牵头|负责|等|\()"
)


# 责任单位为甲局、乙局,对…: a sentence of its own that names the units and goes on.
_TOLD = re.compile(
    rf"(?:(?<=[。;])|^)(?:{LABEL.pattern})(?:分别)?(?:为|是)(?P<units>[^,。;:\d]{{3,80}})"
    rf"(?:,(?:{LABEL.pattern})(?:为|是)[^,。;:\d]{{3,80}})*(?=[,。;])",
    re.MULTILINE,
)
# 由甲局、乙局,各县人民政府负责落实。: the last sentence of a task.
_CARRIED = re.compile(r"(?<=[。;\n])由(?P<units>[^。;:\d]{3,120})负责(?:组织|牵头)?(?:落实|实施|办理|完成)。?(?=\n|\Z)")
# 年度投资58亿元。☆甲局、乙局: the sign for who leads behind the last sentence of a task, without a bracket.
_SIGNED = re.compile(r"(?<=[。;\n])[☆★][^。;:\n☆★]{2,160}(?=。?(?:\n|\Z))")
_AT_LINE_END = re.compile(r"[。;]?\s*(?:\n|\Z)")
# 二、职责分工, 各部门工作职责, and below it (一)市甲局:组织…: the item is the task of the units that label it.
_DIVIDED = re.compile(r"(?:职责|分工)(?:(?:及|和|与)[^,。;:]{1,8})?\Z")
_TASK_LABEL = re.compile(r"(?P<units>[^\s,。;:][^。;:\n]{1,80}):(?=\S)")
_LINE = re.compile("\n")
# 做好衔接。(甲局、乙局负责 and 做好衔接。甲局、乙局负责): one half of the bracket lost; those inside it are whole.
_INNER = r"(?!\(?[一二三四五六七八九十\d]{1,3}[)、.])(?P<text>(?:[^()\[\]〔〕【】\n。;]|\([^()\n]{1,40}\)){3,300})"
_HALVES = (
    re.compile(rf"(?<=[。;\n])(?P<mark>[(\[〔【]){_INNER}[。;]?(?=\n|\Z)"),
    re.compile(rf"(?<=[。;\n]){_INNER}(?P<mark>[)\]〕】])[。;]?(?=\n|\Z)"),
)
_OTHER_NAME = re.compile(r"\([^()]*\)\Z")  # 市甲办(乙办)


@dataclass(frozen=True)
class _Clause:
    """One assigning clause: its place in the clean text, its wording, whether it stands apart from the sentence."""

    start: int
    end: int
    text: str
    square: bool
    alone: bool


@clause("duty")
def duties(document: Document, rules: DocumentRules) -> Iterator[Duty | Diagnostic]:
    """Every assignment of an article to units, one row a clause."""
    read = [(one, read_roles(one.text, holds(rules.first_is_lead, one.start))) for one in _clauses(document)]
    named = {name for _, roles in read if roles for name in (*roles.lead, *roles.participants)}
    read = [(one, roles or _known(one.text, named)) for one, roles in read]
    found = [(one, roles) for one, roles in read if roles is not None and _counts(document, one, roles)]
    own = {document.article_at(one.start) for one, _ in found}
    for one, roles in found:
        yield _duty(document, rules, one, roles, own)
    yield from _in_prose(document, own)
    for one, nothing in read:
        if nothing is None and _LABEL_HEAD.match(one.text):
            yield _unread(document, one)


def _in_prose(document: Document, own: set[str]) -> Iterator[Duty]:
    """Tasks that sentences give, in articles that no label or bracket assigns."""
    for passage in passages(document):
        if passage.article in own:
            continue
        for one in prose_duties(passage):
            yield Duty(
                article=passage.article, span=passage.span(one.start, one.end), confidence=0.6,
                lead=one.lead, participants=one.participants, told="prose",
            )  # fmt: skip


def _clauses(document: Document) -> list[_Clause]:
    """Candidates in text order: outermost brackets that may assign, labelled lines outside them, rows of task tables, headings."""
    clean = document.clean
    brackets = [
        _Clause(start, end, clean[start + 1 : end - 1], clean[start] != "(", _alone(clean, start, end))
        for start, end in _brackets(document)
        if _assigns(clean[start:end])
    ]
    brackets = _joined(clean, [*brackets, *_halves(document, brackets)])
    rows = [_Clause(row.start, row.end, row.clause, False, False) for row in task_rows(clean)]
    lines = _merged(clean, [one for one in _lines(document) if not _inside(one, [*brackets, *rows])])
    headed = [one for one in _headed(document) if not any(one.start <= bracket.start < one.end for bracket in brackets)]
    told = [one for one in (*_told(clean), *_signed(clean)) if not _inside(one, [*brackets, *lines])]
    divided = [one for one in _divided(document) if not _inside(one, [*brackets, *lines])]
    return sorted([*brackets, *lines, *told, *rows, *headed, *divided], key=lambda one: one.start)


def _joined(clean: str, brackets: list[_Clause]) -> list[_Clause]:
    """Brackets side by side with a label each are one clause (【牵头单位:甲局】【责任单位:乙局】)."""
    joined: list[_Clause] = []
    for one in brackets:
        last = joined[-1] if joined else None
        beside = last and last.end <= one.start and not clean[last.end : one.start].strip()
        if last and beside and _are_parts(last.text, one.text):
            joined[-1] = replace(last, end=one.end, text=f"{last.text};{one.text}")
        else:
            joined.append(one)
    return joined


def _are_parts(text: str, next_one: str) -> bool:
    return bool(_LABEL_HEAD.match(text) and _LABEL_HEAD.match(next_one)) and not _same_label(text, next_one.strip())


def _known(text: str, named: set[str]) -> Roles | None:
    """One office alone in brackets (``(甲局)``), without a word of what it does: an assignment where others name it too."""
    name = text.strip(" ;。")
    return Roles((name,), (), False) if name in named and is_office(name) else None


def _told(clean: str) -> Iterator[_Clause]:
    """Sentences that begin with who is responsible; every one named is an office."""
    for at in _TOLD.finditer(clean):
        if all(is_office(unit.name) for unit in split_units(at["units"])):
            yield _Clause(at.start(), at.end(), at[0], False, False)
    for at in _CARRIED.finditer(clean):
        if all(is_office(unit.name) for unit in split_units(at["units"])):
            yield _Clause(at.start(), at.end(), f"责任单位:{at['units'].replace(',', '、')}", False, False)


def _signed(clean: str) -> Iterator[_Clause]:
    signed = _SIGNED.finditer(clean) if "☆" in clean or "★" in clean else ()
    return (_Clause(at.start(), at.end(), at[0], False, False) for at in signed)


def _headed(document: Document) -> Iterator[_Clause]:
    """Headings that say who leads what stands below (``五、甲管委会牵头工作``)."""
    for article in document.articles:
        told = _LED.match(article.heading or "")
        if told and is_office(told["units"]):
            end = (document.clean.find("\n", article.body) + 1 or article.own_end + 1) - 1
            yield _Clause(article.body, min(end, article.own_end), f"{told['units']}牵头", False, False)


def _divided(document: Document) -> Iterator[_Clause]:
    """The units that label the items or lines of an article which divides the work; one label alone divides nothing."""
    for place, article in enumerate(document.articles):
        if not _DIVIDED.search(article.heading or ""):
            continue
        starts = [found.body for found in document.articles[place + 1 :] if found.parent == place]
        lines = _LINE.finditer(document.clean, article.body, article.own_end - 1)
        starts += [line.end() for line in lines]
        labels = [at for start in starts if (at := _TASK_LABEL.match(document.clean, start, article.end))]
        read = [(at, without_short_names(at["units"])) for at in labels]
        read = [(at, units) for at, units in read if _are_offices(units)]
        if len(read) > 1:
            yield from (_Clause(*at.span(), f"责任单位:{units}", False, False) for at, units in read)


def _are_offices(units: str) -> bool:
    return any(is_office(_OTHER_NAME.sub("", unit.name)) for unit in split_units(units))


def _brackets(document: Document) -> Iterator[tuple[int, int]]:
    """Outermost matched brackets (all kinds are one class); none reaches over the start of an article."""
    for start, end in _stretches(document):
        yield from _matched(document.clean, start, end)


def _stretches(document: Document) -> Iterator[tuple[int, int]]:
    return pairwise(sorted({0, len(document.clean), *(article.start for article in document.articles)}))


def _halves(document: Document, whole: list[_Clause]) -> Iterator[_Clause]:
    """What stands behind the last sentence of a line in a bracket that lost one of its halves."""
    clean = document.clean
    for edge, bound in _stretches(document):
        if all(
            clean.count(left, edge, bound) == clean.count(right, edge, bound)
            for left, right in zip(_OPENERS, _CLOSERS, strict=True)
        ):
            continue
        for at in (found for half in _HALVES for found in half.finditer(clean, edge, bound)):
            if not any(one.start <= at.start() < one.end for one in whole) and _are_units(at["text"]):
                yield _Clause(at.start(), at.end(), at["text"], at["mark"] not in "()", clean[at.start() - 1] == "\n")


def _are_units(text: str) -> bool:
    roles = read_roles(text, False)
    return roles is not None and all(is_unit(name) for name in (*roles.lead, *roles.participants))


def _assigns(text: str) -> bool:
    return bool(_HINT.search(text) or _NAMED.search(text))


def _matched(clean: str, start: int, end: int) -> list[tuple[int, int]]:
    open_: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at in re.finditer(r"[(\[〔【)\]〕】]", clean[start:end]):
        place = start + at.start()
        if at[0] in _OPENERS:
            open_.append(place)
        elif open_:
            opener = open_.pop()
            while pairs and pairs[-1][0] > opener:
                pairs.pop()
            if place - opener < _LONGEST:
                pairs.append((opener, place + 1))
    return pairs


def _lines(document: Document) -> Iterator[_Clause]:
    """Labelled lines; none reaches over the start of an article."""
    clean, end = document.clean, 0
    starts = [*(article.start for article in document.articles), len(clean)]
    while at := _LABEL_LINE.search(clean, end):
        alone = at.start() == 0 or clean[at.start() - 1] == "\n"
        end = min(at.end(), starts[min(bisect_right(starts, at.start()), len(starts) - 1)])
        yield _Clause(at.start(), end, clean[at.start() : end], False, alone)


def _merged(clean: str, lines: Iterable[_Clause]) -> list[_Clause]:
    """Labelled lines that follow one another are one clause (牵头单位 on one line, 责任单位 on the next)."""
    merged: list[_Clause] = []
    for line in lines:
        last = merged[-1] if merged else None
        if last and not clean[last.end : line.start].strip() and not _same_label(last.text, line.text):
            merged[-1] = replace(last, end=line.end, text=f"{last.text}\n{line.text}")
        else:
            merged.append(line)
    return merged


def _same_label(text: str, line: str) -> bool:
    label = LABEL.match(line)
    return bool(label and label[0] in text)


def _inside(line: _Clause, brackets: Iterable[_Clause]) -> bool:
    return any(one.start <= line.start < one.end for one in brackets)


def _alone(clean: str, start: int, end: int) -> bool:
    """Whether a bracket is a paragraph of its own."""
    before = clean[clean.rfind("\n", 0, start) + 1 : start]
    after = clean[end : (clean.find("\n", end) + 1 or len(clean) + 1) - 1]
    return not before.strip() and not after.strip(" 。;")


def _counts(document: Document, one: _Clause, roles: Roles) -> bool:
    """A bare list of units counts only at the end of a paragraph and after a finished sentence."""
    if roles.labelled:
        return True
    before, own = document.clean[max(0, one.start - 8) : one.start].rstrip(), document.article_at(one.start)
    if own == "0" or before[-1:] not in ("。", ";"):
        return False
    return bool(_AT_LINE_END.match(document.clean, one.end)) or _at_article_end(document, one)


def _at_article_end(document: Document, one: _Clause) -> bool:
    """Whether the next article begins behind a clause, where line ends were lost."""
    end = one.end + (document.clean[one.end : one.end + 1] in ("。", ";"))
    return document.article_at(end) != document.article_at(one.start)


def _duty(document: Document, rules: DocumentRules, one: _Clause, roles: Roles, own: set[str]) -> Duty:
    lead, participants = roles.lead, roles.participants
    if rules.catch_all and rules.catch_all[0] < one.start < rules.catch_all[1]:
        named = [unit.name for words in rules.catch_all_leads for unit in split_units(words)]
        lead = tuple(dict.fromkeys([*lead, *named]))
        participants = tuple(name for name in participants if name not in lead)
    if rules.in_every and rules.in_every[0] < one.start < rules.in_every[1]:
        named = [unit.name for unit in split_units(rules.in_every_units) if unit.name not in lead]
        participants = tuple(dict.fromkeys([*participants, *named]))
    article = document.article_at(one.start)
    above = _lifted(document, one, own)
    return Duty(
        article=above or article,
        span=document.text.span(one.start, one.end),
        confidence=(0.95 if roles.labelled else 0.8) * (0.9 if above else 1.0),
        lead=lead,
        participants=participants,
    )


def _lifted(document: Document, one: _Clause, own: set[str]) -> str | None:
    """The article above, where a clause after its last item stands for all items (FACTS, Article ids).

    It does where no other item has a clause and this one stands apart (a paragraph of its own, square brackets) or the
    articles beside the one above have their own clauses and it has none.
    """
    last = next((found for found in reversed(document.articles) if found.start <= one.start), None)
    if last is None or last.parent is None or document.clean[one.end : last.end].strip(" \n。;"):
        return None
    parent = document.articles[last.parent]
    items = [found for found in document.articles if found.parent == last.parent]
    if len(items) < 2 or items[-1] is not last or any(item.id in own for item in items[:-1]) or parent.id in own:
        return None
    if one.square or one.alone or _beside_have(document, parent, own):
        return parent.id
    return None


def _beside_have(document: Document, parent: Article, own: set[str]) -> bool:
    beside = [found for found in document.articles if found.parent == parent.parent and found is not parent]
    return bool(beside) and sum(found.id in own for found in beside) * 2 > len(beside)


def _unread(document: Document, one: _Clause) -> Diagnostic:
    return Diagnostic(
        code="duty-unread",
        severity="warning",
        article=document.article_at(one.start),
        span=document.text.span(one.start, one.end),
        message=f"此处标明责任分工，但没有读出单位名称：{one.text[:30]}",
        next_step="请在核对页上补填牵头单位和参与单位，或确认此处不是责任分工。",
    )
