"""Items of a list of conditions that are classes with demands of their own: of one class all, of several classes one.

``专项条件:1.垂直类直播基地(1)面积1000平方米以上…2.综合类直播基地(1)面积2000平方米以上…``: nobody is both. What stands under 申报企业 and
申报项目 is demanded of every applicant.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from luodi.document.tree import Document
from luodi.policy.award_terms import PAYEE
from luodi.policy.conditions.headings import upwards
from luodi.policy.facts import Condition

_CLASS = re.compile(
    rf"(?!申[报请]|合作|牵头|参与|联合|承担|项目|企业|单位)[^,。;:]{{3,24}}(?:{PAYEE}|中心|实验室|工作站|楼宇|街区)\Z"
)
_COMMON_NOUN = 3  # characters that the names of classes end in alike


def class_item(document: Document, at: int, owner: int | None) -> int | None:
    """The item over a place that is one of several classes side by side in a list, each with demands of its own."""
    for one in upwards(document, at):
        if one == owner:
            return None
        if _name(document, one) and _has_another_beside(document, one):
            return one
    return None


def _name(document: Document, one: int) -> str:
    """The class that an item names by its heading, above items of its own."""
    heading = re.sub(r"\([^()]*\)", "", document.articles[one].heading or "")
    has_items = any(each.parent == one for each in document.articles[one + 1 : one + 2])
    return heading if has_items and _CLASS.fullmatch(heading) else ""


def _has_another_beside(document: Document, one: int) -> bool:
    name, parent = _name(document, one), document.articles[one].parent
    beside = (at for at, each in enumerate(document.articles) if each.parent == parent and at != one)
    others = (other for at in beside if (other := _name(document, at)) and other != name)
    return any(len(os.path.commonprefix([name[::-1], other[::-1]])) >= _COMMON_NOUN for other in others)


def with_more(said: Sequence[Condition], written: Condition, parts: Iterable[Condition]) -> Condition:
    """The alternatives ``said`` so far, the last of which demands ``parts`` too."""
    (one,) = said
    *before, last = one.alternatives
    span = type(one.span)(one.span.start, written.span.end)
    return replace(
        one,
        text=f"{one.text},{written.text}",
        span=span,
        alternatives=(*before, (*last, *(tuple(parts) or (written,)))),
    )
