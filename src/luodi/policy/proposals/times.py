"""One fact for one time: what a paper bounds in years here and in months there (经营满1年; 经营满18个月) is asked once, in months."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from luodi.policy.proposals.words import Entry, Words

_IN_YEARS, _IN_MONTHS = re.compile(r"年[限数]\Z"), "月数"
_MONTHS = 12


def in_one_unit(rules: Sequence[Entry], words: Words) -> None:
    """Ask in months alone what the tests of some rules compare in years and those of others in months."""
    for years in [name for name, fact in words.facts.items() if _IN_YEARS.search(name) and fact["unit"] == "年"]:
        months = _IN_YEARS.sub(_IN_MONTHS, years)
        told = [test for rule in rules for test in _reads(rule, years)]
        if months in words.facts and all(isinstance(test.get("value"), int | float) for test in told):
            for test in told:
                test |= {"fact": months, "value": test["value"] * _MONTHS}
            del words.facts[years]
            for rule in rules:
                known = {str(each["test"]): each for each in reversed(rule["conditions"])}
                rule["conditions"] = [each for each in rule["conditions"] if known[str(each["test"])] is each]


def _reads(part: Any, fact: str) -> Iterator[Entry]:
    """The parts of a rule that read a fact."""
    if isinstance(part, dict) and part.get("fact") == fact:
        yield part
    inside = part.values() if isinstance(part, Mapping) else part if isinstance(part, list) else ()
    for each in inside:
        yield from _reads(each, fact)
