"""Facts follow the text: a document rewritten mechanically gives its reference facts rewritten the same way."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rewriting import REWRITES, Policy, hard_wraps, other_numerals, other_width, rewritten

from agreement import compiled, differences, reference
from luodi.policy.provisions import SECTIONS

PACKS = Path(__file__).parents[2] / "packs"
EXAMPLES = ("yunlan-2026-mci", "yunlan-2026-manufacturing")
SEEDS = range(12)


@cache
def example(name: str) -> Policy:
    folder = PACKS / name
    facts = reference(folder / "reference.json") | {"own": True}
    return Policy((folder / "document.txt").read_text("utf-8"), facts)


def provisions_of(text: str) -> dict:
    """The facts beside the counted kinds, without their places and, for words, without the form of punctuation."""
    found = compiled(text)
    rows = {name: [{**row, "span": None, "confidence": None} for row in found[name]] for name in SECTIONS}
    return {
        name: [
            re.sub(r"\W|\d+(?=,)|_", "", unicodedata.normalize("NFKC", str({**row, "parts": None}))) for row in listed
        ]
        for name, listed in rows.items()
    }


def check(policy: Policy, technologies: float = 1.0) -> None:
    wrong = differences(compiled(policy.text), policy.facts, technologies)
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("rewrite", REWRITES, ids=lambda one: one.__name__)
def test_each_rewriting_changes_a_text_and_the_facts_follow(rewrite) -> None:
    policies = {name: rewritten(example(name), [rewrite], seed=1) for name in EXAMPLES}
    assert any(policy.text != example(name).text for name, policy in policies.items())
    for policy in policies.values():
        check(policy)


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("seed", SEEDS)
def test_all_rewritings_together(name: str, seed: int) -> None:
    check(rewritten(example(name), REWRITES, seed))


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("rewrite", [other_numerals, other_width, hard_wraps], ids=lambda one: one.__name__)
def test_provisions_do_not_hang_on_the_form_of_a_copy(name: str, rewrite) -> None:
    before, after = (provisions_of(text) for text in (example(name).text, rewritten(example(name), [rewrite], 3).text))
    assert before == after and any(before.values())


@settings(max_examples=30, deadline=None, derandomize=True)
@given(
    name=st.sampled_from(EXAMPLES),
    rewrites=st.sets(st.sampled_from(REWRITES), min_size=1),
    seed=st.integers(0, 2**32),
)
def test_any_rewritings(name: str, rewrites, seed: int) -> None:
    check(rewritten(example(name), rewrites, seed))


@pytest.mark.corpus
@pytest.mark.parametrize("seed", SEEDS)
def test_an_official_text_rewritten(corpus: Path, seed: int) -> None:
    name = "hangzhou-2018-mci"
    text = (corpus / "dev" / f"{name}.txt").read_text("utf-8")
    check(rewritten(Policy(text, reference(corpus / "gold" / f"{name}.json")), REWRITES, seed), 0.9)
