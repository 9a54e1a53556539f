"""Papers that are not issued yet: drafts for comments, review or debate (征求意见稿, 送审稿, 草案; LANGUAGE 10)."""

from __future__ import annotations

import re

_DRAFT = re.compile(r"[(（](?P<stage>[^()（）]{0,6}(?:征求意见稿|[送报]审稿|讨论稿|草案)[^()（）]{0,6})[)）]")
# 关于公开征求《某某办法》意见的公告: what it brings is a draft, whether it says so or not.
_ASKED = re.compile(r"征[求集]《[^》]+》[^,。]{0,12}(?:意见|建议)的?(?:公告|通知|函|启事)?\Z")


def draft_stage(title: str) -> str | None:
    """The words by which a title says that its paper is a draft; None of a paper that is issued."""
    found = _DRAFT.search(title)
    return found["stage"] if found else "征求意见" if _ASKED.search(title) else None
