"""A what-if as people read it in a terminal, and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from luodi.entitlement.show import both_sums, yuan
from luodi.entitlement.simulation.change import changeable

if TYPE_CHECKING:
    from rich.console import Console

    from luodi.entitlement.simulation.simulate import Moves, Outcome
    from luodi.entitlement.simulation.sums import Sums


def show_outcome(outcome: Outcome, console: Console) -> None:
    """Print the changes, the budget before and after, rule by rule, and who gains and loses."""
    from rich.table import Table  # noqa: PLC0415 - only this command draws a table

    for line in _changes(outcome):
        console.print("改动　{rule} {label}：{before} → {after}".format(**line), highlight=False, markup=False)
    table = Table("规则", "事项", "现行", "改动后", "增减（可确定）", "单位数", box=None, pad_edge=False)
    for rule in outcome.rules:
        if rule.before != rule.after:
            table.add_row(rule.rule, rule.title, *_compared(rule.before, rule.after))
    table.add_row("合计", "", *_compared(outcome.before, outcome.after))
    console.print(table, highlight=False, markup=False)
    for words, reading in (("可确定金额", "strict"), ("最高可能金额", "generous")):
        console.print(f"{words}：{_moved(outcome.moves(reading))}", highlight=False, markup=False)  # type: ignore[arg-type]
    console.print("测算结果仅供参考；未列出的规则没有变化。", highlight=False, markup=False)


def _changes(outcome: Outcome) -> list[dict[str, str]]:
    before, after = (
        {(field.rule, field.name): field for field in changeable(rules)}
        for rules in (outcome.baseline.rules, outcome.after_rules)
    )
    keys = dict.fromkeys((change.rule, change.field) for change in outcome.changes)
    return [
        {
            "rule": key[0],
            "field": key[1],
            "label": before[key].label,
            "before": before[key].shown,
            "after": after[key].shown,
        }
        for key in keys
    ]


def _compared(before: Sums, after: Sums) -> tuple[str, str, str, str]:
    more = after.sure_fen - before.sure_fen
    sign = "+" if more > 0 else "−" if more < 0 else ""
    units = f"{before.sure_units:,} → {after.sure_units:,}"
    sums = (both_sums(each.sure_fen, each.upto_fen) for each in (before, after))
    return (*sums, sign + yuan(abs(more)), units)  # type: ignore[return-value]


def _moved(moves: Moves) -> str:
    return (
        f"{moves.gaining:,} 个单位增加（其中新受益 {moves.newly_in:,} 个），"
        f"{moves.losing:,} 个单位减少（其中不再受益 {moves.newly_out:,} 个）"
    )


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """The same as JSON; money in fen."""
    return {
        "as_of": outcome.baseline.as_of.isoformat(),
        "changes": _changes(outcome),
        "before": asdict(outcome.before),
        "after": asdict(outcome.after),
        "rules": [asdict(rule) for rule in outcome.rules],
        "strict": asdict(outcome.moves("strict")),
        "generous": asdict(outcome.moves("generous")),
    }
