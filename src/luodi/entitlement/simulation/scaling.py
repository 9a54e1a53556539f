"""Budgets that are amounts times numbers: where no cap, group or tie depends on a sum, a new sum needs no evaluation.

A rule scales when it pays fixed sums (all in one, or by grade), stands in no exclusive group and under no cap, and lets
only events of one grade meet each other. Then each of its items is nothing or the whole sum, whatever the sum is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from luodi.entitlement.amount import Amount, ByGrade, Fixed
from luodi.entitlement.rule import Rule, RuleSet

if TYPE_CHECKING:
    from luodi.entitlement.engines.kernel.plan import Items

Scale = tuple[Mapping[int, int], Mapping[int, int]]
"""How many items have each sum, under the strict reading and under the generous one."""


def sums_of(rule: Rule) -> list[int] | None:
    """The sums that a rule pays, if it scales with them: all above zero and different."""
    match rule.amount:
        case Fixed(fen):
            found = [fen]
        case ByGrade(sums) if all("grade" in stage.keys for stage in rule.stages):
            found = [fixed.fen for _, fixed in sums]
        case _:
            return None
    return found if min(found, default=0) > 0 and len(set(found)) == len(found) else None


def scales(rules: RuleSet, items: Sequence[Sequence[Items]]) -> dict[int, Scale]:
    """The rules that scale, by place, with their items counted; ``items`` stand by batch and computed rule."""
    import numpy as np  # noqa: PLC0415 - only a population needs it

    capped = {name for cap in rules.caps() for name in cap.rules}
    found: dict[int, Scale] = {}
    computed = (at for at, rule in enumerate(rules.rules) if not rule.case_by_case)
    for part, at in enumerate(computed):
        rule = rules.rules[at]
        paid = sums_of(rule) if rule.exclusive is None and rule.id not in capped else None
        if paid is None:
            continue
        counted: Scale = (Counter(), Counter())
        for batch in items:
            for counts, fen in zip(counted, (batch[part].sure, batch[part].upto), strict=True):
                values, numbers = np.unique(fen[fen > 0], return_counts=True)
                counts.update(dict(zip(values.tolist(), numbers.tolist(), strict=True)))  # type: ignore[attr-defined]
        if all(set(counts) <= set(paid) for counts in counted):
            found[at] = counted
    return found


def rescaled(old: RuleSet, new: RuleSet, known: Mapping[int, Scale]) -> dict[int, tuple[int, int]] | None:
    """Both sums of each changed rule, by place; null where anything but scaling amounts has changed."""
    found: dict[int, tuple[int, int]] = {}
    for at, (before, after) in enumerate(zip(old.rules, new.rules, strict=True)):
        if before is after or before == after:
            continue
        was, now = sums_of(before), sums_of(after)
        same = replace(after, amount=before.amount) == before and _alike(before.amount, after.amount)
        if at not in known or was is None or now is None or not same or was.index(max(was)) != now.index(max(now)):
            return None
        sums = dict(zip(was, now, strict=True))
        sure, upto = (sum(sums[fen] * count for fen, count in counts.items()) for counts in known[at])
        found[at] = (sure, upto)
    return found


def _alike(old: Amount, new: Amount) -> bool:
    """Whether two amounts are of one kind with the same grades."""
    if isinstance(old, ByGrade) and isinstance(new, ByGrade):
        return [grade for grade, _ in old.sums] == [grade for grade, _ in new.sums]
    return isinstance(old, Fixed) and isinstance(new, Fixed)
