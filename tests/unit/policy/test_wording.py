"""What is read for what: the quick look for a way of saying misses none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.document import parse
from luodi.policy.wording import BEGINS, READ_AS, plain_passages


@pytest.mark.parametrize("said", [said for said, _ in READ_AS])
@given(st.data())
def test_every_way_of_saying_begins_with_a_character_that_is_looked_for(said: str, data: st.DataObject) -> None:
    at = re.search(said, data.draw(st.from_regex(said)))
    assert at
    assert re.match(BEGINS, at[0])


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("按百分之二十给予", "按20%给予"),
        ("百分之五至百分之十", "5%至10%"),
        ("百分之百", "100%"),
        ("百分之三百", "300%"),
        ("百分之百一次性补偿", "100%一次性补偿"),
        ("百分之一百五十", "百分之一百五十"),
        ("百分之十一次性补偿", "10%一次性补偿"),
        ("百分之三点五", "百分之三点五"),
        ("百分之五至八", "百分之五至八"),
    ],
)
def test_shares_in_words(said: str, read: str) -> None:
    passage = plain_passages(parse(f"一、甲\n{said}。\n"))[-1]
    assert passage.text.startswith(read)
