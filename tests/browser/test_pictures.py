"""The pages that the README shows."""

import pytest

from browser.pictures import keep


@pytest.mark.parametrize(
    ("name", "address", "words"),
    [
        ("duty-board", "/duties/?policy=hangzhou-2018-mci", "逾期"),
        ("policy-text", "/policies/yunlan-2026-mci/text/", "定位原文"),
        ("goals", "/goals/?policy=hangzhou-2018-mci", "缺口"),
    ],
)
def test_public_picture(visit, name, address, words, tmp_path):
    page = visit(None).open(address)
    assert words in page.inner_text("main")
    keep(page, name, tmp_path)


def test_picture_of_the_totals(visit, tmp_path):
    page = visit("lead").open("/totals/")
    assert "按区县" in page.inner_text("main")
    keep(page, "totals", tmp_path)
