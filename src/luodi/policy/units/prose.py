"""Tasks that running text gives to units (``市甲局负责…``, ``由市甲局会同市乙局组织实施``; LANGUAGE 5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from luodi.policy.passages import Passage
from luodi.policy.units.names import is_office, split_units, without_short_names

_UNITS = r"[^,。;:()\d]{3,60}?"
_WITH = r"(?:(?:牵头)?(?:会同|商(?!务))(?P<others>[^,。;:\d]{2,60}?))?"
_BY_DUTY = r"(?:(?:按照?|依据?|依照|根据)?(?:各自)?(?:的)?(?:职[责能]|规定)(?:分工)?(?:范围)?)?"
_HOW = r"(?:应当?|须|要|具体|主要|统一|共同|分别|组织|统筹|牵头|总|、)*"
# 负责人, 负责同志, 负责制, 负责任, 负责的: who or what, no task; 负责解释 is a provision of its own.
_TASK = r"(?:(?:总?牵头|负责)(?!人|同志|制(?!定|订)|任|的|单位|部门|起草)(?:负责)?)(?![^,。;:]{0,6}解释)[^,。;:]{2,}"
# 市甲局负责…; 市甲局会同市乙局…负责…: the subject of its phrase.
_SUBJECT = re.compile(rf"(?:其中|并|同时)?(?P<units>{_UNITS}){_WITH}{_HOW}{_BY_DUTY}{_HOW}{_TASK}")
# 由市甲局牵头…, 由市甲局会同市乙局组织实施
_BY = re.compile(
    rf"由(?P<units>{_UNITS}){_WITH}{_HOW}{_BY_DUTY}{_HOW}(?:{_TASK}|(?:负责|牵头|组织实施|承办|承担)(?!人|同志|单位|部门|的|[^,。;:]{{0,8}}解释))"
)
# 领导小组办公室设在市甲局
_SEATED = re.compile(r"办公室(?:挂靠|设)(?:在|于)(?P<units>[^,。;:()]{3,30})")
_SIGN = re.compile("负责|牵头|组织实施|承办|承担|办公室(?:挂靠|设)")
_CONDITION = re.compile(r"的\Z")  # 由市甲局负责的项目; 由市甲局牵头实施的
# 其户籍所在地的残联, 积极完善政府牵头: no name of an office, or one with the words before it.
_NO_NAME = re.compile(
    r".*的|(?:其|该|本|所在|积极|[^省市县区州盟旗镇乡]*(?:建立|完善|推动|形成|加强|坚持|发挥|健全))|政府\Z"
)


class ProseDuty(NamedTuple):
    """Units with a task in a phrase, ``[start, end)`` in the passage."""

    start: int
    end: int
    lead: tuple[str, ...]
    participants: tuple[str, ...]


def prose_duties(passage: Passage) -> Iterator[ProseDuty]:
    """Every task of a passage that a sentence gives to offices, in text order; each with its clause or its part of it.

    Only where every unit named is an office beyond doubt; a condition (``由市甲局牵头实施的``) is none.
    """
    if not _SIGN.search(passage.text):
        return
    found = [(phrase, roles) for phrase in passage.phrases if (roles := _roles(passage.phrase_text(phrase)))]
    for at, (phrase, (lead, participants)) in enumerate(found):
        start, end = passage.stretch(clause=phrase.clause)
        if any(before.clause == phrase.clause for before, _ in found[at - 1 : at]):
            start = phrase.start
        for following, _ in found[at + 1 : at + 2]:
            end = following.start - 1 if following.clause == phrase.clause else end
        yield ProseDuty(start, end, lead, participants)


def _roles(words: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Who leads and who takes part in the task that a phrase gives."""
    words = without_short_names(words)
    at = _BY.search(words) or _SUBJECT.match(words) or _SEATED.search(words)
    if at is None or _CONDITION.search(words):
        return None
    lead, told = _offices(at["units"]), at.groupdict().get("others")
    others = _offices(told) if told else ()
    return (lead, tuple(one for one in others if one not in lead)) if lead else None


def _offices(text: str) -> tuple[str, ...]:
    """The units of a list that are all offices; else none."""
    names = tuple(dict.fromkeys(unit.name for unit in split_units(text)))
    return names if names and all(is_office(name) and not _NO_NAME.match(name) for name in names) else ()
