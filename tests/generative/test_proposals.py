"""Every benefit row of any text becomes a rule that runs: explain and the population agree on it, to the fen."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from test_agreement import computed, explained
from vocabulary_population import population

from luodi.document import read
from luodi.entitlement.engines import open_engine
from luodi.entitlement.loading import load_rules
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.policy.pack import Pack

PACKS = Path(__file__).parents[2] / "packs"
EXAMPLES = ("yunlan-2026-mci", "yunlan-2026-manufacturing")
AS_OF = dt.date(2024, 6, 30)


def check(path: Path) -> int:
    """Build the bare proposal of a text, run every rule of it; the number of rules."""
    document = read(path)
    compiled = compile_document(document)
    pack = build(compiled)
    every_rule_has_its_place(pack, len(document.text.source))
    rules = load_rules(pack)
    units, events = population(pack, rules, seed=7)
    with tempfile.TemporaryDirectory() as folder, open_engine("duckdb", Path(folder)) as engine:
        found = computed(rules, units, events, AS_OF, engine)
    assert found == explained(rules, units.to_pylist(), events.to_pylist(), AS_OF)
    assert {rule for _, rule in found} >= {
        rule.id for rule in rules.rules if not rule.case_by_case and not rule.trigger
    }
    return len(rules.rules)


def every_rule_has_its_place(pack: Pack, length: int) -> None:
    awards = {(row["article"], row["award"]) for row in pack.facts["benefits"]}
    for rule in pack.rules:
        start, end = rule["span"]
        assert 0 <= start < end <= length
        assert (rule["article"], int(rule["id"].rpartition("#")[2])) in awards


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_rules_of_an_example_run(name: str) -> None:
    assert check(PACKS / name / "document.txt") > 0


@pytest.mark.corpus
def test_the_rules_of_every_official_text_run(corpus: Path) -> None:
    texts = sorted([*(corpus / "dev").glob("*.txt"), *(corpus / "raw").glob("*.txt")])
    assert len(texts) == 41
    assert sum(check(path) for path in texts) > 100
