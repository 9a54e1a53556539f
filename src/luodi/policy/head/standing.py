"""Papers that are not in force by their own words: drafts (征求意见稿, 草案; LANGUAGE 10), and those whose page says that they ended."""

from __future__ import annotations

import re

_DRAFT = re.compile(r"[(（](?P<stage>[^()（）]{0,6}(?:征求意见稿|[送报]审稿|讨论稿|草案)[^()（）]{0,6})[)）]")
# 关于公开征求《某某办法》意见的公告: what it brings is a draft, whether it says so or not.
_ASKED = re.compile(r"征[求集]《[^》]+》[^,。]{0,12}(?:意见|建议)的?(?:公告|通知|函|启事)?\Z")
# 有效性:失效, 【时效性】已被修改, 文件状态 废止: a field of a site's register; 失效日期 is a date.
_ENDED = re.compile(
    r"(?:有效性|时效性|(?:文件|效力)状态|是否有效)[】\]\s:：|]{1,4}(?P<state>(?:已|全文|部分|现已)?(?:失效|废止|无效)|否)(?=[\s•|【,，。;；]|\Z)"
    r"|[\[【](?P<mark>已?(?:全文|部分)?(?:失效|废止))[\]】]|(?<=[知定见法则案])[(（](?P<title>已?(?:全文)?(?:失效|废止))[)）](?=\s*\n)"
)


def draft_stage(title: str) -> str | None:
    """The words by which a title says that its paper is a draft; None of a paper that is issued."""
    found = _DRAFT.search(title)
    return found["stage"] if found else "征求意见" if _ASKED.search(title) else None


def ended(source: str, before: int) -> tuple[int, int] | None:
    """Where the page round a paper says, before a place in the source, that it is no longer in force."""
    found = _ENDED.search(source, 0, before)
    return found.span(found.lastgroup or 0) if found else None
