"""Rules proposed for whole papers demand and pay what stands beside each paper (``papers/*.yaml``), but for named exceptions."""

from pathlib import Path

import pytest

from expected_rules import Deviation, figures, unexplained

PAPERS = sorted((Path(__file__).parent / "papers").glob("*.txt"))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_rules_demand_and_pay_what_is_expected(paper: Path) -> None:
    told = figures(paper)
    print(f"{paper.stem}: {told}")
    assert unexplained(paper, told.deviations) == []


def test_an_exception_that_deviates_no_more_and_a_deviation_without_one_are_told() -> None:
    paper = next(one for one in PAPERS if one.stem == "opinions-2019")
    told = figures(paper).deviations
    assert unexplained(paper, told) == []
    assert unexplained(paper, told[1:]) != []
    assert unexplained(paper, [*told, Deviation("四.(九) 50万元", "wrong", "注册资本")]) == [
        "四.(九) 50万元: wrong 注册资本"
    ]
