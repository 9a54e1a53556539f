"""Every benefit row of any text becomes a rule that runs: explain and the population agree on it, to the fen."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_agreement import computed, explained
from vocabulary_population import population

from luodi.document import read
from luodi.document.reading import parse
from luodi.entitlement.engines import open_engine
from luodi.entitlement.loading import load_rules
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.policy.pack import Pack, read_yaml

PACKS = Path(__file__).parents[2] / "packs"
EXAMPLES = ("yunlan-2026-mci", "yunlan-2026-manufacturing")
AS_OF = dt.date(2024, 6, 30)
TITLE = "云岭市若干措施\n"
CONSTRUCTIONS = sorted((Path(__file__).parents[1] / "spec" / "clauses" / "constructions").rglob("*.yaml"))


def texts(told: object) -> list[str]:
    """Every example text of a file of constructions, however deep it stands."""
    if isinstance(told, dict):
        return [text for name, value in told.items() for text in ([value] if name == "text" else texts(value))]
    return [text for value in told for text in texts(value)] if isinstance(told, list) else []


EXAMPLE_TEXTS = [text for path in CONSTRUCTIONS for text in texts(read_yaml(path)) if isinstance(text, str)]


def check(path: Path) -> int:
    """Build the bare proposal of a text, run every rule of it; the number of rules."""
    document = read(path)
    compiled = compile_document(document)
    pack = build(compiled)
    assert misplaced(pack, len(document.text.source)) == []
    rules = load_rules(pack)
    units, events = population(pack, rules, seed=7)
    with tempfile.TemporaryDirectory() as folder, open_engine("duckdb", Path(folder)) as engine:
        found = computed(rules, units, events, AS_OF, engine)
    assert found == explained(rules, units.to_pylist(), events.to_pylist(), AS_OF)
    assert {rule for _, rule in found} >= {
        rule.id for rule in rules.rules if not rule.case_by_case and not rule.trigger
    }
    return len(rules.rules)


def misplaced(pack: Pack, length: int) -> list[str]:
    """The rules that stand outside the text or for no award of the facts."""
    awards = {f"{row['article']}#{row['award']}" for row in pack.facts["benefits"]}
    within = {rule["id"] for rule in pack.rules if 0 <= rule["span"][0] < rule["span"][1] <= length}
    return [rule["id"] for rule in pack.rules if rule["id"] not in within & awards]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_rules_of_an_example_run(name: str) -> None:
    assert check(PACKS / name / "document.txt") > 0


@pytest.mark.corpus
def test_the_rules_of_every_official_text_run(corpus: Path) -> None:
    texts = sorted([*(corpus / "dev").glob("*.txt"), *(corpus / "raw").glob("*.txt")])
    assert len(texts) == 41
    assert sum(check(path) for path in texts) > 100


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_sentences_mixed_and_damaged_still_make_a_sound_pack(data: st.DataObject) -> None:
    """What one construction leaves open another may fill wrongly: each pack passes its own schema, whatever stands beside what."""
    text = "".join(data.draw(st.lists(st.sampled_from(EXAMPLE_TEXTS), min_size=1, max_size=6)))
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 8))
        text = (
            text[:at] + data.draw(st.sampled_from(("", "、", "(", ":", "\n", "1亿元", "的", "5%"))) + text[at + cut :]
        )
    pack = build(compile_document(parse(TITLE + text)))
    assert misplaced(pack, len(text) + len(TITLE)) == []
