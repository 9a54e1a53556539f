"""A rule set, specialised once for many units: a judge for each rule, and how their sums meet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from luodi.entitlement.assess import Judge
from luodi.entitlement.rule import Rule, RuleSet
from luodi.entitlement.specialised import Specialised, Verdicts
from luodi.entitlement.stacking import Item, Settlement, Sums
from luodi.entitlement.unit import Unit
from luodi.entitlement.vocabulary import Value


class Ready:
    """``judges`` by place of the rule; ``stated`` is what each rule says of itself whatever the unit."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.judges = [Judge(rule, rules) for rule in rules.rules]
        self.stated = [_stated(rule) for rule in rules.rules]
        self._settlement = Settlement(rules)
        self._nothing: list[Sums] = [(0, 0)] * len(rules.rules)

    @cached_property
    def specialised(self) -> Specialised:
        """All rules as one function."""
        return Specialised(self.rules, self.judges, self._settlement)

    def sums(self, unit: Unit, facts: Mapping[str, Value | None], as_of: dt.date) -> tuple[list[Sums], Verdicts | None]:
        """Both sums of each rule, and the verdicts of the rules spelled out; ``facts`` with ``day`` and ``as_of``.

        A branch has no verdicts and nothing: its legal person applies.
        """
        if unit.legal_person is not None:
            return self._nothing, None
        return self.specialised.judge(unit, facts, as_of)

    def items(self, unit: Unit, facts: Mapping[str, Value | None], as_of: dt.date) -> list[Sequence[Item]]:
        """The unit's items under each rule, by the rules' judges: the reference for :meth:`sums`, and what words need."""
        return [judge.items(unit, facts, as_of) for judge in self.judges]

    def settled(self, items: Sequence[Sequence[Item]], facts: Mapping[str, Value | None]) -> list[Sums]:
        """The sums of judged items: what :meth:`sums` must equal."""
        return self._settlement.sums(items, facts)


@lru_cache(maxsize=16)
def ready(rules: RuleSet) -> Ready:
    """The rules made ready; the last few sets are kept."""
    return Ready(rules)


def _stated(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "article": rule.article,
        "item": rule.item,
        "title": rule.title,
        "mode": rule.mode,
        "attest": dict(rule.attest) if rule.attest else None,
        "publication": rule.publication,
        "paid_why": rule.paid_why,
        "span": rule.span,
    }
