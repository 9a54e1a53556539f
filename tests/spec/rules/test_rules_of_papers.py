"""Rules proposed for whole papers demand and pay what stands beside each paper (``papers/*.yaml``), but for named exceptions."""

from pathlib import Path

import pytest

from expected_rules import figures, unexplained

PAPERS = sorted((Path(__file__).parent / "papers").glob("*.txt"))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_rules_demand_and_pay_what_is_expected(paper: Path) -> None:
    told = figures(paper)
    print(f"{paper.stem}: {told}")
    assert unexplained(paper, told.deviations) == []
