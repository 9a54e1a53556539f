"""Numbers of a year that is over (2021年,产值达… in a paper of 2022): what was reached, no goals (LANGUAGE 4)."""

from __future__ import annotations

import re

from luodi.policy.goals.deadlines import Deadlines
from luodi.policy.goals.exclusions import Where
from luodi.policy.goals.past import is_to_come
from luodi.policy.passages import Passage, Phrase

_YEAR_OPENS = re.compile(
    r"(?:[^,。;\d]{0,12}(?:预计|统计|核算|说),?)?(?:其中[:,]?|[全我][市省县区国])?(20\d\d)年(?:度|底|末)?(?:,|[全我][市省县区国])"
)
_UNTIL = re.compile(r"(?:\A|(?<=[。;]))截[至止]到?(20\d\d)年(?![^。;]*(?:力争|将|要(?!求)|确保))")
_TO_COME = re.compile(r"力争|争取|确保|计划|将|要(?!求|素)|目标|今年|明年|到20")


def is_past(where: Where, issued: int) -> bool:
    """Whether a number is due before the paper's own year."""
    return where.deadline is not None and int(where.deadline[:4]) < issued


def reached_until(passage: Passage) -> int:
    """The year behind the last one until which a passage says that something was so (``截至2021年底,…。``); 0 where it says none."""
    reached = (at for at in _UNTIL.finditer(passage.text) if not is_to_come(passage, at.start()))
    return max((int(at[1]) + 1 for at in reached), default=0)


def opens_in_past(passage: Passage, phrase: Phrase, issued: int) -> bool:
    """Whether the sentence opens with a year before the paper's own (``2021年,…`` in 2022)."""
    at = _YEAR_OPENS.match(passage.text, passage.stretch(sentence=phrase.sentence)[0])
    return at is not None and int(at[1]) < issued


def is_of_earlier_year(passage: Passage, phrase: Phrase, own: Where, deadlines: Deadlines, *, passed: bool) -> bool:
    """Whether a sentence opens with a year of its own before the one that the sentences before leave to it (``2012年,产值达…``).

    ``passed``: the sentence before did; without a word of what is to come it goes on so.
    """
    start = passage.stretch(sentence=phrase.sentence)[0]
    at = _YEAR_OPENS.match(passage.text, start)
    if at is None and passed:
        return deadlines.told(phrase.end, start) is None and not _TO_COME.search(passage.text, start, phrase.end)
    own_year = at is not None and deadlines.told(phrase.end, start) is None
    return bool(at and own_year and own.deadline and int(at[1]) < int(own.deadline[:4]))
