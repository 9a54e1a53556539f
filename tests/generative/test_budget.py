"""Cuts under a budget: the plain definition and the population agree, use the budget up exactly and keep proportion."""

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_sets import AS_OF

from luodi.entitlement.budget import shared_out
from luodi.entitlement.loading import load_rules
from luodi.entitlement.population import entitled

SUMS = st.lists(st.one_of(st.integers(0, 10), st.integers(0, 10**12)), min_size=1, max_size=8)


@given(SUMS, st.integers(0, 10**13))
def test_a_budget_is_used_up_to_the_fen_and_nobody_gains(sums, budget):
    kept = shared_out(sums, budget)
    assert sum(kept) == min(budget, sum(sums))
    for before, after in zip(sums, kept, strict=True):
        assert after <= before and (sum(sums) <= budget or abs(after * sum(sums) - before * budget) < sum(sums))


def test_remainders_go_to_the_largest_and_ties_to_the_first():
    assert shared_out([1, 1, 1], 2) == [1, 1, 0]
    assert shared_out([5, 3, 2], 9) == [4, 3, 2]


def pack(budget, paper):
    fact = {"type": "money", "unit": "分", "question": "？"}
    rules = []
    for name in ("A", "B"):
        amount = {"rate": {"rate": [1, 1], "base": name, "cap": None}}
        rules.append({"id": name, "article": "一", "title": name, "amount": amount, "trigger": None})
    rules[0]["caps"] = [{"per": "total", "fen": budget, "rules": ["A", "B"], "paper": paper}]
    return {
        "id": "budget", "version": 1, "ambiguities": [], "rules": rules,
        "vocabulary": {"events": [], "facts": [{"id": name, "words": [name], **fact} for name in ("A", "B")]},
    }  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(SUMS, SUMS, st.integers(0, 10**12))
def test_the_population_is_cut_as_defined(a, b, budget):
    count = min(len(a), len(b))
    table = pa.table({"unit_id": [f"U{at}" for at in range(count)], "A": a[:count], "B": b[:count]})
    events = pa.table({"unit_id": pa.array([], pa.string()), "kind": pa.array([], pa.string()),
                       "grade": pa.array([], pa.string()), "date": pa.array([], pa.date32())})  # fmt: skip
    given = [(f"U{at}", rule, fen) for at in range(count) for rule, fen in (("A", a[at]), ("B", b[at])) if fen]
    kept = shared_out([fen for *_, fen in given], budget)

    def found(paper):
        rows = entitled(load_rules(pack(budget, paper)), table, events, AS_OF).to_pylist()
        return {(row["enterprise_id"], row["rule"]): row["amount_fen"] for row in rows}

    assert found("办法第九条") == {(u, r): fen for (u, r, _), fen in zip(given, kept, strict=True) if fen}
    assert found(None) == {(u, r): fen for u, r, fen in given}
