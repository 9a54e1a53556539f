"""Numbers that a person must look at: they lost a sign, or a remark does not say whom they are for; to be said, not to be used."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.numbers import find_groups
from luodi.policy.awards.numbers.remark_values import IN_REMARK, SUM_WORDS
from luodi.policy.passages import Passage
from luodi.quantities.money import find_money

_LOST_SIGN = re.compile(
    r"按照?(?P<numbers>\d{1,2}(?:\.\d{1,2})?(?:[、和及]\d{1,2}(?:\.\d{1,2})?){0,8})(?:的?比例)?(?:分别)?(?=给予|奖励|补)"
)
_SECOND_VALUE = re.compile(rf"(?P<first>{SUM_WORDS}){IN_REMARK.pattern}")


def find_suspects(passage: Passage) -> list[tuple[int, int]]:
    """Numbers that lost a dash or a percent sign (``100万500万元``, ``按5、8和10给予``): to be said, not to be used."""
    if not terms.AWARD.search(passage.text):
        return []
    places = [(one.start, one.end) for one in find_money(passage.text) if one.suspect]
    places += [(at.start("numbers"), at.end("numbers")) for at in _LOST_SIGN.finditer(passage.text)]
    return sorted(places)


def find_second_values(passage: Passage) -> list[tuple[int, int]]:
    """``10万元(5万元)``: another sum in a remark that does not say whom it is for: to be said, not to be used."""
    found = [
        at.span("other")
        for at in _SECOND_VALUE.finditer(passage.text)
        if {one.fen for one in find_money(at["first"])} != {one.fen for one in find_money(at["other"])}
    ]
    if not found:
        return []
    read = {group.floor for group in find_groups(passage) if group.bracketed and group.items[0].key}
    return [other for other in found if other[0] not in read]
