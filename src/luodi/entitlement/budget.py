"""Cuts under a total budget (按比例核减), only where a paper decides so: each sum in proportion, to the fen.

:func:`shared_out` is the meaning. A population's rows are cut by :func:`cut`, the same in SQL, after everything else;
one unit alone cannot know its cut, so ``explain`` gives the sum before it and says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from luodi.entitlement.engines.dialect import Dialect
from luodi.entitlement.rule import Cap, RuleSet


def shared_out(sums: Sequence[int], budget: int) -> list[int]:
    """Sums in fen, in the order of units and rules, cut in proportion so that they use up the budget exactly.

    Each is rounded down; the fen that remain go one each to the largest remainders, ties to the first. Sums that fit
    the budget stay as they are.
    """
    total = sum(sums)
    if total <= budget:
        return list(sums)
    kept = [fen * budget // total for fen in sums]
    by_remainder = sorted(range(len(sums)), key=lambda at: (-(sums[at] * budget % total), at))
    for at in by_remainder[: budget - sum(kept)]:
        kept[at] += 1
    return kept


def cut(rows: str, rules: RuleSet, dialect: Dialect) -> str:
    """A query of ``unit_id, rule, fen`` (``rule`` is the place) with every budget of the rules applied, in their order."""
    for budget in rules.budgets():
        rows = _cut(rows, budget, rules, dialect)
    return rows


def _cut(rows: str, budget: Cap, rules: RuleSet, dialect: Dialect) -> str:
    places = ", ".join(str(at) for at, rule in enumerate(rules.rules) if rule.id in budget.rules)
    fen, whole = dialect.cast("fen", dialect.wide), dialect.cast(str(budget.fen), dialect.wide)
    share = dialect.divided(f"({fen} * {whole})", "total", wide=True)
    shared = f"rule IN ({places}) AND total > {budget.fen}"
    return f"""SELECT unit_id, rule, {dialect.cast("fen", dialect.whole)} AS fen FROM (
  SELECT unit_id, rule, CASE WHEN NOT ({shared}) THEN fen WHEN place <= {budget.fen} - kept THEN share + 1 ELSE share END AS fen
  FROM (
    SELECT *, sum(share) OVER (PARTITION BY bound) AS kept, row_number() OVER (
      PARTITION BY bound ORDER BY {fen} * {whole} - share * total DESC, {dialect.ordered("unit_id")}, rule) AS place
    FROM (
      SELECT *, CASE WHEN {shared} THEN {share} ELSE fen END AS share
      FROM (SELECT *, rule IN ({places}) AS bound, sum({fen}) OVER (PARTITION BY rule IN ({places})) AS total FROM ({rows}) r)  t
    ) s
  ) p
) c WHERE fen > 0"""
