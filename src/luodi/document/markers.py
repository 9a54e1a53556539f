"""Enumerators (条款序号): what may number an article, where it stands and what it counts.

Only the form is judged here; whether an enumerator opens an article is decided by its sequence (:mod:`outline`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from luodi.document.catalogue import numbered_parts
from luodi.document.labels import CIRCLED, WORDS, chinese_number, label_of
from luodi.document.lines import GROUP_OF_CELLS, PAGE_FIELD, is_group_of_rows
from luodi.document.unbroken import (
    CITED,
    GLUED_CLAUSE,
    GLUED_FIRST,
    GLUED_UNDER,
    TITLED_CLAUSE,
    TITLED_SECTION,
    UNBROKEN,
)
from luodi.document.unbroken import CN as _CN


class Marker(NamedTuple):
    """One enumerator: its kind, its label as it stands in an address, its number and its place in the clean text.

    ``inline``: it counts as part of a run only; so do those inside a line and those that a comma ends.
    """

    kind: str
    label: str
    value: int
    start: int
    end: int
    inline: bool


# Kinds whose label is an address of its own, whatever stands above it.
ALONE = frozenset({"part", "chapter", "clause", "word", "annex"})

_FORMS = {
    "part": re.compile(rf"第 ?(?P<n>[{_CN}]{{1,3}}) ?(?:部分|编|篇)(?!:|[\u4e00-\u9fff]*。)"),
    "chapter": re.compile(rf"第 ?(?P<n>[{_CN}]{{1,4}}|\d{{1,2}}) ?章(?![规和至的中所、])"),
    "section": re.compile(rf"第 ?(?P<n>[{_CN}]{{1,4}}|\d{{1,2}}) ?节"),
    "clause": re.compile(
        rf"第 ?(?P<n>[{_CN}]{{1,7}}|\d(?: ?\d){{0,2}}) ?条(?: ?第 ?(?P=n) ?条)?(?: ?之 ?(?P<sub>十[一二三]?|[一二三四五六七八九]))?"
        rf"(?!{CITED}|修改为|改为|后?增加|删[去除])"
    ),
    "word": re.compile(
        rf"(?P<w>{WORDS}) ?(?P<n>\d{{1,2}}(?=[ :、.]|[\u4e00-\u9fff《“])(?!\d)|[{_CN}]{{1,3}}(?=:|\n|\Z))"
    ),
    "cn": re.compile(rf"(?P<n>[{_CN}]{{1,4}}) ?[、.](?! ?[{_CN}]{{1,3}}[、等类级])"),
    "pcn": re.compile(rf"\( ?(?P<n>[{_CN}]{{1,4}}) ?\)(?!项(?!目)|款|条(?!件))"),
    "dotted": re.compile(
        r"(?P<n>\d{1,2}(?:\.\d{1,2}){1,3})\.?(?=[ \u4e00-\u9fff“《])"
        r"(?! ?(?:[万亿元倍%米吨]|个(?!人|体|性)|家(?!庭|政|居)|年(?!度|均|薪|收入|产|销|营)|亩(?!均)|公[里斤顷]|月[底末份\d]))"
    ),
    "num": re.compile(
        r"(?P<n>\d{1,3}) ?(?:\.(?!\d)|\.(?=\d{4}年|\d{1,2}月[底末份\d])|、(?!\d)|(?P<weak>,)(?=[\u4e00-\u9fff])|(?=【))"
    ),
    "pnum": re.compile(r"\( ?(?P<n>\d{1,2}) ?\)(?!项(?!目)|款|条(?!件))"),
    "half": re.compile(r"(?P<n>(?!0)\d{1,2})\)"),
    "circled": re.compile(rf"(?P<n>[{CIRCLED}])"),
}
_ANNEX = re.compile(
    rf"(?P<w>附[件录]) ?(?P<n>\d{{1,2}}|[{_CN}]{{1,3}})?(?:(?: ?:)?(?=\n|\Z)| ?:(?=[^\n。]{{2,60}}\n序 ?号[ |]))"
)
_INLINE = re.compile(
    rf"(?<=[。;:)\]〕]) ?(?:(?P<pcn>\( ?[{_CN}]{{1,4}} ?\)(?!项(?!目)|款|条(?!件)))|(?P<pnum>\(\d{{1,2}}\)(?!项(?!目)|款|条(?!件)))|"
    rf"(?P<cn>[{_CN}]{{1,4}}、(?! ?[{_CN}]{{1,3}}[、等类级]))|(?P<num>(?<!\d:)\d{{1,3}}"
    rf"(?:\.(?![\d\w])|\.(?=20\d\d年)|[.、](?=[\u4e00-\u9fff])|(?=【)))|"
    rf"(?P<half>\d{{1,2}}\)(?=[\u4e00-\u9fff]))|"
    rf"(?P<clause>(?<!号\))(?<![款据处源]:)第 ?(?:[{_CN}]{{1,5}}|\d(?: ?\d){{0,2}}) ?条(?!{CITED}|[之项(]|修改为|后?增加))|"
    rf"(?P<word>(?:{WORDS}) ?(?:\d{{1,2}}(?![\d项条个大款类批.])|[{_CN}]{{1,3}}:))|(?P<circled>[{CIRCLED}]))"
)
# A list that follows the label of its article on the same line (申报条件1、…2、…).
_AFTER_LABEL = re.compile(
    r"(?<=条件|要求|原则|范围|对象|材料|内容|程序|流程|标准|事项)(?:(?P<num>1[.、](?=[\u4e00-\u9fff]))|(?P<pcn>\(一\)))"
)
# - 第一条 支持…: a mark of a list before the number.
_BULLET = re.compile(r"[-–•·●◆■▪] ?(?=第)")
# 2、第四条推动…: a page's own count before the number of an article.
_COUNT_OF_PAGE = re.compile(r"\d{1,2} ?[、.] ?(?=第[〇零一二三四五六七八九十百]{1,5}条)")
# 鼓励创造 ①对…。 ②对…: a circled number behind the heading of its article.
_CIRCLED_APART = re.compile(rf"(?<=[\u4e00-\u9fff] )(?P<circled>[{CIRCLED}])(?=[\u4e00-\u9fff])")
# A list of attachments (附件:1.… 2.…) names papers; its numbers open no articles.
ATTACHMENTS = re.compile(
    # in a text without line ends: behind its last sentence, up to where an annex or its first heading begins
    rf"(?<=[。)]) ?附件:1 ?[.、](?:(?!附件|[一1]、|第[一1][章条]|\((?:此件|信息公开)|\d{{4}}年\d{{1,2}}月\d{{1,2}}日)[^\n。]){{2,300}}"
    rf"|^附[件表录] ?(?:\d|[{_CN}])?:(?![^\n]*\n序 ?号[ |])(?: ?\S[^\n。]*(?:\n\d{{1,2}} ?[.、][^\n。]{{1,60}}(?=\n|\Z))*"
    r"|(?:\n\d{1,2} ?[.、][^\n。]{1,60}(?=\n|\Z))+)",
    re.MULTILINE,
)
_FIELDS = re.compile(rf"^{PAGE_FIELD} *:[^\n]*$", re.MULTILINE)  # of a page, above its text
# No count of something (3家企业, 5月底前): what stands behind the number is a word of its own.
_BARE_ITEM = re.compile(
    r"^(?:(?P<n>[1-9]\d?) ?(?=[\u4e00-\u9fff]{4})|(?P<two>\d\d) ?(?=[\u4e00-\u9fff]{2}))"
    r"(?![年月日时分秒天周岁届次个家户名项条件种类批章节篇页号楼层亩米吨台套辆万亿千百元多余余至到以])(?![人期](?!才|力|货))"
    r"(?P<text>[^\n]+)",
    re.MULTILINE,
)
# A sentence, or one without its stop (2 推进建设,完成投资2亿元(市甲局牵头)); a row of a table is none.
_SPOKEN = re.compile(r"。|[\u4e00-\u9fff]{4},[^\n]{4}|[\u4e00-\u9fff\d%]\([^()]*(?:牵头|负责|配合|单位)")
# 1.床位总量 <tab> 900万张, (一)普及行动 <tab> 1, 1. <tab> 建设甲 <tab> 市甲局: a row of a table whose names are numbered.
_ROW = re.compile(
    rf"(?:\d{{1,2}}[.、]|\([{_CN}]{{1,3}}\)|[{_CN}]{{1,3}}、)(?:\t[^\t\n]{{2,60}}\t|[^\t\n。]{{2,40}}\t[^\t\n]{{0,20}}\d[^\t\n]{{0,12}}(?:\t|\n|\Z))"
)
_SHORTEST_BARE_RUN = 3
_UNBROKEN_LENGTH = 600
# The first heading of a paper and what follows it, each looked for once: a line may hold thousands of one and none of the other.
_HEADINGS = (
    (re.compile("一、"), re.compile(r"二、|\(一\)|1[.、](?=[\u4e00-\u9fff])")),
    (re.compile(r"第一条 ?(?=为|根据|本|[(【〔])"), re.compile("第二条")),
)
_BARE_REACH = 200
_FIRST = frozenset("第(附" + _CN + CIRCLED + "0123456789" + "".join(word[0] for word in WORDS.split("|")))


def at_line_start(line: str) -> bool:
    """Whether a line begins with an enumerator."""
    marker = _at(line, 0)
    return marker is not None and not marker.inline


def find(clean: str) -> list[Marker]:
    """All enumerators at the start of a line and, after a sentence or bracket, inside one; in text order."""
    found = list(_at_line_starts(clean))
    starts = {marker.start for marker in found}
    found += [marker for marker in _inside(clean) if marker.start not in starts]
    found += [*_bare_parents(clean, found), *_bare_run(clean, found)]
    starts = {marker.start for marker in found}
    found += [Marker("word", *part, False) for part in numbered_parts(clean) if part.start not in starts]
    found.sort(key=lambda marker: marker.start)
    if _is_annex_alone(clean, found):
        found = found[1:]
    return list(_outside(found, [at.span() for at in ATTACHMENTS.finditer(clean)]))


def _is_annex_alone(clean: str, found: list[Marker]) -> bool:
    """Whether the text is one annex without its notice: 附件 above its first line numbers nothing."""
    annexes = [marker for marker in found if marker.kind == "annex"]
    above = _FIELDS.sub("", clean[: found[0].start]) if annexes else ""
    return bool(annexes) and annexes == found[:1] and found[0].label == "附件" and not above.strip()


def _bare_parents(clean: str, found: list[Marker]) -> Iterator[Marker]:
    """The headings above 1.1, 2.1 … that carry a number without a mark (``1 总则``)."""
    for marker in found:
        if marker.kind != "dotted1" or marker.value != 1:
            continue
        whole = clean[marker.start : marker.end].split(".")[0]
        floor = max(0, marker.start - _BARE_REACH)
        heading = re.compile(rf"(?<![^\n]){whole} ?(?=[\u4e00-\u9fff]{{2,20}}(?:\n|\Z))")
        lines = list(heading.finditer(clean, floor, marker.start))
        if lines:
            yield Marker("num", whole, int(whole), lines[-1].start(), lines[-1].end(), False)


def _bare_run(clean: str, found: list[Marker]) -> Iterator[Marker]:
    """Items whose numbers lost their marks (``1 推进集聚。…⏎2 推进上市。…``): a run from 1 of lines of which half are sentences."""
    if any(marker.kind in ("num", "dotted1") and not marker.inline for marker in found):
        return
    run: list[re.Match[str]] = []
    for at in _BARE_ITEM.finditer(clean):
        if int(at["n"] or at["two"]) == len(run) + 1:
            run.append(at)
    spoken = sum(bool(_SPOKEN.search(at["text"])) for at in run)
    if len(run) >= _SHORTEST_BARE_RUN and 2 * spoken >= len(run):
        numbers = ((at, at["n"] or at["two"]) for at in run)
        yield from (Marker("num", n, int(n), at.start(), at.start() + len(n), False) for at, n in numbers)


def _outside(found: list[Marker], listed: list[tuple[int, int]]) -> Iterator[Marker]:
    """The enumerators outside the lists of attachments; both are in text order."""
    ahead = 0
    for marker in found:
        while ahead < len(listed) and listed[ahead][1] <= marker.start:
            ahead += 1
        if ahead == len(listed) or marker.start < listed[ahead][0]:
            yield marker


def _at_line_starts(clean: str) -> Iterator[Marker]:
    start = 0
    while start < len(clean):
        bullet = _BULLET.match(clean, start)
        if bullet and (marked := _at(clean, bullet.end())) and marked.kind == "clause":
            yield marked
        elif (
            (marker := _at(clean, start) or _glued_first(clean, start))
            and not (_ROW.match(clean, start) or GROUP_OF_CELLS.match(clean, start))
            and not is_group_of_rows(clean, start)
        ):
            yield marker
            if marker.kind == "chapter" and (first := GLUED_CLAUSE.match(clean, marker.end)):
                yield _marker("clause", first, first.start("mark"), False)
            if marker.kind in ("cn", "pcn") and (under := GLUED_UNDER.match(clean, marker.end)):
                kind = under.lastgroup or ""
                if form := _FORMS[kind].match(clean, under.start(kind)):
                    yield _marker(kind, form, form.start(), True)
        start = clean.find("\n", start) + 1 or len(clean)


def _glued_first(clean: str, start: int) -> Marker | None:
    """A first chapter or article whose line end was lost behind the title (某某办法第一章总则第一条…, 某某法第一条…第二条…)."""
    found = GLUED_FIRST.match(clean, start)
    for kind in ("chapter", "clause") if found else ():
        if at := _FORMS[kind].match(clean, found.end() if found else start):
            return _marker(kind, at, at.start(), False)
    return None


def _at(text: str, start: int) -> Marker | None:
    if text[start : start + 1] not in _FIRST:
        return None
    annex = _ANNEX.match(text, start)
    if annex:
        return Marker("annex", annex[0].rstrip(": "), chinese_number(annex["n"] or "1"), start, annex.end(), False)
    if counted := _COUNT_OF_PAGE.match(text, start):
        start = counted.end()
    for kind, form in _FORMS.items():
        at = form.match(text, start)
        if at:
            return _marker(kind, at, at.start(), "weak" in at.re.groupindex and at["weak"] is not None)
    return None


def _inside(clean: str) -> Iterator[Marker]:
    taken: set[int] = set()
    for pattern, (start, end) in _inline_patterns(clean):
        for at in pattern.finditer(clean, start, end):
            kind = at.lastgroup or ""
            if at.start(kind) in taken:
                continue
            taken.add(at.start(kind))
            if kind == "annex":
                number = at["annex"].removeprefix("附件") or "1"
                yield Marker("annex", at["annex"], chinese_number(number), at.start(), at.end(), False)
            elif form := _FORMS[kind].match(clean, at.start(kind)):
                yield _marker(kind, form, form.start(), True)


def _inline_patterns(clean: str) -> Iterator[tuple[re.Pattern[str], tuple[int, int]]]:
    """What may stand inside a line, and where it is looked for."""
    whole = (0, len(clean))
    yield from ((_INLINE, whole), (_AFTER_LABEL, whole), (_CIRCLED_APART, whole))
    if is_unbroken(clean):
        yield from ((pattern, whole) for pattern in (UNBROKEN, TITLED_CLAUSE, TITLED_SECTION))
        return
    yield from ((UNBROKEN, line) for line in _unbroken_lines(clean))


def _unbroken_lines(clean: str) -> Iterator[tuple[int, int]]:
    """The lines that hold a paper: long, with the heading 一、 or 第一条 and one that follows it (二、, (一), 1., 第二条) in them."""
    start = 0
    for line in clean.split("\n"):
        if len(line) > _UNBROKEN_LENGTH // 4 and _holds_paper(line):
            yield start, start + len(line)
        start += len(line) + 1


def _holds_paper(line: str) -> bool:
    return any((first := begun.search(line)) and after.search(line, first.end()) for begun, after in _HEADINGS)


def is_unbroken(clean: str) -> bool:
    """Whether a text came without its line ends (scanned text, previews): headings must be found inside lines."""
    ends = clean.count("\n")
    return len(clean) > _UNBROKEN_LENGTH * (ends + 1) or (ends == 0 and len(clean) > _UNBROKEN_LENGTH // 4)


def _marker(kind: str, at: re.Match[str], start: int, inline: bool) -> Marker:
    number = at["n"].replace(" ", "")
    if kind == "circled":
        value = CIRCLED.index(number) + 1
    elif kind == "dotted":
        value = int(number.rsplit(".", 1)[1])
        kind = f"dotted{number.count('.')}"
    else:
        value = chinese_number(number)
    return Marker(kind, label_of(kind, at, number), value, start, at.end(), inline)
