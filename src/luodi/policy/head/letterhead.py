"""The issuer where nobody signed: in the title, below it, in the letterhead (版头), or who interprets the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from luodi.document.lines import is_document_number, is_organ
from luodi.policy.head.lines import LIKELY, LONGEST_HEAD, Found, HeadLine, bodies_found, own_title

_OF_A_NOTICE = re.compile(
    r"关于|批转|转发|印发|(?:第[\d一二三四五六七八九十百]{1,5}次)?(?:专题|常务|全体|现场|协调|办公|工作)*会议纪要\Z"
)
_REGION = 3  # characters of a region's name, 云州市
_NO_SIGNATURE = re.compile(r"批准|转发|审核")
_INTERPRETER = re.compile(
    r"由(?P<organ>[\u4e00-\u9fff]{2,4}[省市区县州][\u4e00-\u9fff]{2,24}?)制定[\u4e00-\u9fff]{2,10}(?:并|,并)负责解释"
)


def title_issuer(title: Found | None) -> Found | None:
    """The bodies that a title begins with (云州市人民政府关于…)."""
    about = _OF_A_NOTICE.search(title.value) if title else None
    prefix = title.value[: about.start()].strip() if title and about else ""
    if not title or not is_organ(prefix):
        return None
    return Found(prefix, title.start, title.start + len(prefix), LIKELY)


def beside_title(lines: list[HeadLine], title: Found | None) -> Found | None:
    """The body that stands alone on the line below the title, or the bodies of the letterhead above the number (版头)."""
    for line, after in pairwise(lines[:LONGEST_HEAD]):
        if title and _bears(line, title) and _is_issuer(after.text):
            return bodies_found([_without_province(after, title)])
    heads = list(_letterhead(lines))
    return bodies_found(heads) if heads and is_document_number(lines[len(heads)].text) else None


def _bears(line: HeadLine, title: Found) -> bool:
    """Whether a line holds the title, or a page says it there once more."""
    return line.start <= title.start < line.end or own_title(line.text.replace(" ", "")) == own_title(
        title.value.replace(" ", "")
    )


def _without_province(line: HeadLine, title: Found) -> HeadLine:
    """The body as the title calls it (云省云州市人民政府 → 云州市人民政府 above 云州市甲规定)."""
    at = line.text.find(title.value[:_REGION])
    return HeadLine(line.text[at:], line.start + at, line.end) if at > 0 else line


def _letterhead(lines: list[HeadLine]) -> Iterator[HeadLine]:
    for line in lines[:-1]:
        if not is_organ(line.text):
            return
        yield line


def _is_issuer(text: str) -> bool:
    return is_organ(text) and not _NO_SIGNATURE.search(text)


def interpreter(clean: str) -> Found | None:
    """A text without signature: the body that writes its detailed rules and interprets it, named in full."""
    found = _INTERPRETER.search(clean)
    return Found(found["organ"], found.start("organ"), found.end("organ"), 0.5) if found else None
