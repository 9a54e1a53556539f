"""Official texts, where they are at hand: what is compiled is what the reference says."""

from pathlib import Path

import pytest

from agreement import compiled, differences, reference

pytestmark = pytest.mark.corpus


def test_the_first_policy(corpus: Path) -> None:
    name = "hangzhou-2018-mci"
    found = compiled(corpus / "dev" / f"{name}.txt")
    assert differences(found, reference(corpus / "gold" / f"{name}.json"), 0.9) == []


def test_the_duties_of_every_text(corpus: Path) -> None:
    for gold in sorted((corpus / "gold").glob("*.json")):
        wrong = differences(compiled(corpus / "dev" / f"{gold.stem}.txt"), reference(gold), 0.9)
        assert [line for line in wrong if line.startswith("duties")] == [], gold.stem
