"""The example documents of the invented city give exactly their reference facts."""

from pathlib import Path

import pytest

from agreement import compiled, differences, reference

PACKS = Path(__file__).parents[2] / "packs"
EXAMPLES = ("yunlan-2026-mci", "yunlan-2026-manufacturing")


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_gives_its_reference_facts(name: str) -> None:
    folder = PACKS / name
    assert differences(compiled(folder / "document.txt"), reference(folder / "reference.json"), 0.9) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_fact_opens_its_place(name: str) -> None:
    folder = PACKS / name
    source = (folder / "document.txt").read_text("utf-8")
    found = compiled(folder / "document.txt")
    for kind in ("goals", "duties", "benefits", "sectors", "references", "articles"):
        for row in found[kind]:
            start, end = row["span"]
            assert 0 <= start < end <= len(source), (kind, row)
    for row in found["duties"]:
        assert "责任单位" in source[slice(*row["span"])]
    for row in found["sectors"]:
        assert source[slice(*row["span"])] == row["name"]


def test_the_difference_is_seen() -> None:
    """The comparison itself notices a changed sum, unit, date and heading."""
    folder = PACKS / EXAMPLES[0]
    found = compiled(folder / "document.txt")
    for kind, key, value in (("benefits", "amount", 1), ("duties", "lead", ["市甲局"]), ("goals", "value", 7)):
        wrong = reference(folder / "reference.json")
        wrong[kind][-1][key] = value
        assert differences(found, wrong), kind
    wrong = reference(folder / "reference.json")
    wrong["articles"][1]["heading"] = "别的"
    assert differences(found, wrong)
