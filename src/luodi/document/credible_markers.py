"""Which of the enumerators found in a text number something: contents, overviews and stray numbers are left out (LANGUAGE 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from luodi.document import markers
from luodi.document.cards import before_fields
from luodi.document.markers import ALONE, Marker

LONGEST_GAP = 20
"""How many numbers an excerpt may leave out between two of a kind."""
_LONGEST_CHAPTER_TITLE = 24
_LEAPS = frozenset({"cn", "pcn", "num", "clause", "chapter"})
_MARKS = ("", *"。;,)]〕")
_CONTENTS = re.compile(r"^[ \t]*目[ \t]*录[ \t]*$", re.MULTILINE)
_CHAPTERS = frozenset({"part", "chapter", "section"})
_LONGEST_ENTRY = 50
_LONGEST_LISTED = 24
_TELLS_PARTS = re.compile(r"报告[^。;\n]{0,4}分为?[两二三四五六七八九十\d]{1,2}个?大?部分:\Z")  # news of a report


# 5.办公厅印发《青泽试点方案》 and no other number: where the page stands in a list of pages.
_TITLE_OF_PAGE = re.compile(
    r"\d{1,3}[.、] ?[^。;\n]{2,40}(?:印发|发布|出台|公布)[^。;\n]{0,10}《[^《》\n]{4,50}》[ \t]*(?=\n)"
)


def credible(clean: str, found: list[Marker]) -> Iterable[Marker]:
    """Drop what only looks like an enumerator: a catalogue number before the title, a single number inside a line."""
    kept = _in_runs(_leaping(clean, _without_overview(clean, _without_contents(clean, found))))
    numbers = {(one.kind, one.value) for one in kept}
    if (
        len(numbers) == 1
        and kept[0].kind == "num"
        and kept[0].value > 1
        and _TITLE_OF_PAGE.match(clean, kept[-1].start)
    ):
        return []
    if len(kept) > 1 and kept[0].start == 0 and kept[0].kind == "num" and not kept[0].inline:
        following = next((marker for marker in kept[1:] if marker.kind == "num"), None)
        goes_on = following is not None and following.value == kept[0].value + 1
        line = clean.split("\n", 1)[0][: following.start if following else None]
        amid_list = kept[1].kind in ("cn", "pcn") and kept[1].value > 1  # 2.标准 … 八、…: an excerpt
        if not goes_on and not amid_list and "。" not in before_fields(line):
            first = clean.split("\n", 1)[0]  # and the same line again
            return [marker for marker in kept[1:] if clean[marker.start :].split("\n", 1)[0] != first]
    return kept


def _without_contents(clean: str, found: list[Marker]) -> list[Marker]:
    """Drop a table of contents: what stands below 目录, or chapters without a word between them, till the first comes again."""
    title = _CONTENTS.search(clean)
    after = [marker for marker in found if title is None or marker.start > title.end()]
    again = next((m for m in after[1:] if (m.kind, m.label) == (after[0].kind, after[0].label)), None)
    if again is None:
        return found
    listed = after[: after.index(again)]
    bounds = [one.start for one in listed] + [again.start]
    entries = [clean[start:stop] for start, stop in pairwise(bounds)]
    brief = all(len(entry) <= _LONGEST_ENTRY and "。" not in entry for entry in entries)
    if title is not None:
        lines = clean[title.end() : again.start].split("\n")
        brief = brief or max(map(len, lines)) <= _LONGEST_ENTRY
    elif len(listed) < 2 or not all(one.kind in _CHAPTERS for one in listed):
        return found
    return [marker for marker in found if marker not in listed] if brief else found


def _without_overview(clean: str, found: list[Marker]) -> list[Marker]:
    """Drop a sentence that lists the chapters (分三部分:一、总则;二、任务;三、保障。) where as many chapters follow, or news tell the parts of a report."""
    dropped: set[int] = set()
    for index, first in enumerate(found):
        if first.kind not in ("cn", "pcn") or first.value != 1 or not first.inline:
            continue
        if clean[first.start - 1 : first.start] != ":":
            continue
        run = _counted(found, index, first.kind)
        stop = clean.find("。", run[-1].end)
        again = index + len(run)
        brief = all(len(clean[one.end : after.start]) <= _LONGEST_LISTED for one, after in pairwise(run))
        if _TELLS_PARTS.search(clean[max(0, first.start - 24) : first.start]):
            dropped |= set(range(index, again))
            continue
        if (
            len(run) > 1
            and brief
            and stop - run[-1].end <= _LONGEST_LISTED
            and "。" not in clean[first.start : run[-1].end]
            and again < len(found)
            and found[again].value == 1
            and clean[found[again].start - 1 : found[again].start] != ":"
            and len(_counted([one for one in found[again:] if one.kind == first.kind], 0, first.kind)) >= len(run)
        ):
            dropped |= set(range(index, again))
    return [marker for index, marker in enumerate(found) if index not in dropped]


def _counted(found: list[Marker], start: int, kind: str) -> list[Marker]:
    """The markers from ``start`` on that count 1, 2, 3 … without another kind between them."""
    run = found[start : start + 1]
    for marker in found[start + 1 :]:
        if marker.kind != kind or marker.value != run[-1].value + 1:
            break
        run.append(marker)
    return run


def _leaping(clean: str, found: list[Marker]) -> list[Marker]:
    """In an excerpt of sentences without line ends numbers leap (14., 19., 22.): any behind a mark that goes on counts."""
    if not markers.is_unbroken(clean):
        return found
    last: dict[str, int] = {}
    told: list[Marker] = []
    for marker in found:
        before = last.get(marker.kind, 0)
        under = bool(told) and told[-1].kind == "cn" and marker.start - told[-1].end <= _LONGEST_CHAPTER_TITLE
        apart = (
            clean[marker.start - 1 : marker.start] in _MARKS
            or (marker.kind in ("pcn", "num") and under)
            or marker.kind in ALONE
        )
        if marker.inline and marker.kind in _LEAPS and apart:
            marker = marker._replace(inline=not before + 1 < marker.value <= before + LONGEST_GAP)
        last[marker.kind] = marker.value
        told.append(marker)
    return told


def _in_runs(found: list[Marker]) -> list[Marker]:
    """Enumerators inside a line count only as part of a run: the number after the last one, or 1 before a 2."""
    kept: list[Marker] = []
    last: dict[str, int] = {}
    ahead: dict[str, Marker] = {}
    following: list[Marker | None] = [None] * len(found)
    for index in range(len(found) - 1, -1, -1):
        following[index] = ahead.get(found[index].kind)
        ahead[found[index].kind] = found[index]
    for index, marker in enumerate(found):
        if _heads_article(found, index, last):
            marker = marker._replace(inline=False)
        if marker.inline:
            after = following[index]
            begins = marker.value == 1 and after is not None and after.value == 2
            expected = last.get(marker.kind, 0) + 1
            if not begins and marker.value != expected:
                behind = _behind_page_number(marker, expected)
                if behind is None:
                    continue
                marker = behind
        kept.append(marker)
        last[marker.kind] = marker.value
    return kept


def _behind_page_number(marker: Marker, expected: int) -> Marker | None:
    """The number that goes on, where a page number lost its line end before it (…支持。92 7.鼓励…)."""
    page = marker.label.removesuffix(str(expected))
    if marker.kind != "num" or expected == 1 or page == marker.label:
        return None
    return marker._replace(label=str(expected), value=expected, start=marker.start + len(page))


def _heads_article(found: list[Marker], index: int, last: dict[str, int]) -> bool:
    """Whether a chapter inside a line stands right before the next article of its law (…。第八章 附则 第四十六条 …)."""
    chapter, after = found[index], found[index + 1] if index + 1 < len(found) else None
    return (
        chapter.inline
        and chapter.kind == "chapter"
        and after is not None
        and after.kind == "clause"
        and after.start - chapter.end <= _LONGEST_CHAPTER_TITLE
        and after.value == last.get("clause", 0) + 1
    )
