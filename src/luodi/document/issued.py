"""The papers that one notice issues (印发): each has a title line of its own, which the notice names, and counts anew from 1.

One paper alone is the notice's own matter and is not told apart from it; from two on each is a paper of its own, with
its address: ``附件1`` where the notice labels it so, else ``文件1``, ``文件2`` …
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from luodi.document.markers import Marker

_ISSUING = re.compile(r"印发|发布|公布|下发|转发|颁布")
_KIND = re.compile(
    r"(?:办法|细则|规定|条例|意见|措施|政策|方案|计划|规划|规则|制度|规程|准则|章程|要点|预案|标准|指引|规范)\Z"
)
_REMARK = re.compile(r"\([^()]{1,24}\)")
_REGION = re.compile(r"\A[一-鿿]{2,8}?(?:省|市|区|县|州|盟|旗)")
_MARKS = re.compile(r"[\s《》〈〉“”]")
_SHORTEST, _LONGEST = 6, 60
_MOST_LINES = 3
_LONGEST_COVER = 6000
_FURTHEST = 40  # lines of preamble between a paper's title and its first number


class Issued(NamedTuple):
    """One paper: where its title stands and what it says; ``labelled``: a line 附件N stands above it."""

    title: str
    start: int
    end: int
    labelled: bool


def issued(clean: str, found: Sequence[Marker]) -> list[Issued]:
    """The papers of a notice in text order; none where it issues fewer than two."""
    if not found:
        return []
    cover = clean[: found[0].start]
    if not _ISSUING.search(cover):
        return []
    papers: dict[str, Issued] = {}
    for before, first in _beginnings(found):
        paper = _above(clean, before.end if before else 0, first.start, found[0].start)
        if paper:
            labelled = before is not None and before.kind == "annex" and not clean[before.end : paper.start].strip()
            papers.setdefault(_folded(paper.title), paper._replace(labelled=labelled))
    return list(papers.values()) if len(papers) > 1 else []


def _beginnings(found: Sequence[Marker]) -> Iterator[tuple[Marker | None, Marker]]:
    """Every number 1 that opens a line, with the number before it."""
    before: Marker | None = None
    for marker in found:
        if marker.value == 1 and not marker.inline and marker.kind != "annex":
            yield before, marker
        before = marker


def _above(clean: str, floor: int, end: int, cover_end: int) -> Issued | None:
    """The nearest line above ``end`` that the cover letter names as a paper, with the lines that it goes on from."""
    lines = [at for at in re.finditer(r"[^\n]+", clean[floor:end]) if at[0].strip()][-_FURTHEST:]
    for index in range(len(lines) - 1, -1, -1):
        if not _KIND.search(_REMARK.sub("", lines[index][0].strip())):
            continue
        for first in range(max(0, index - _MOST_LINES + 1), index + 1):
            parts = [at[0].strip() for at in lines[first : index + 1]]
            if not _folded(parts[0]):
                continue
            title = "".join(parts)
            start = floor + lines[first].start()
            if _is_named(title, clean[: min(start, cover_end)]):
                return Issued(title, start, floor + lines[index].end(), False)
    return None


def _is_named(title: str, cover: str) -> bool:
    """Whether the cover letter lists the paper; it may leave out the region that its title begins with."""
    name = _folded(title)
    if not _SHORTEST <= len(name) <= _LONGEST or re.search(r"[。;,:!?]", title):
        return False
    names = "|".join(re.escape(one) for one in {name, _REGION.sub("", name)} if len(one) >= _SHORTEST)
    return bool(
        re.search(
            rf"(?:[《〈“、和及与:.]|{_ISSUING.pattern})(?:{names})",
            _REMARK.sub("", "".join(cover[:_LONGEST_COVER].split())),
        )
    )


def _folded(text: str) -> str:
    return _MARKS.sub("", _REMARK.sub("", text))
