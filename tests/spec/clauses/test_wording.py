"""What is paid does not hang on the word for it: every construction of benefits, said in other words."""

import re

import pytest
from test_constructions import benefit, cases, found, without_selectors

# (how the examples say it, how other papers do), all at once
WORDINGS = [
    [
        ("给予", "予以"),
        (r"不超过(?=\d)", "不得超过"),
        (r"(?<!最)最高(?=[\d.]+[万亿]?元)", "最多"),
        (r"(?<=\d万)元(?![/A-Za-z]|人民币)", "元人民币"),
    ],
    [
        ("给予", "给与"),
        (r"不超过(?=[\d.]+[万亿]?元)", "不高于"),
        (r"(?<!最)最高(?=[\d.]+[万亿]?元)", "至多"),
        ("每年(?!度)", "每年度"),
        ("奖励(?!基金)", "奖补"),
    ],
]


@pytest.mark.parametrize("wording", WORDINGS, ids=["予以", "给与"])
@pytest.mark.parametrize("case", cases("benefits"))
def test_the_rows_of_an_example_in_other_words(case: dict, wording: list[tuple[str, str]]) -> None:
    text = case["text"]
    for said, instead in wording:
        text = re.sub(said, instead, text)
    rows = [without_selectors(benefit(row)) for row in found({**case, "text": text}, "benefits")]
    assert sorted(rows) == sorted(without_selectors(row) for row in case["rows"])
