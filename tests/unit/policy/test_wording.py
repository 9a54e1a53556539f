"""What is read for what: the quick look for a way of saying misses none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.policy.wording import BEGINS, READ_AS


@pytest.mark.parametrize("said", [said for said, _ in READ_AS])
@given(st.data())
def test_every_way_of_saying_begins_with_a_character_that_is_looked_for(said: str, data: st.DataObject) -> None:
    at = re.search(said, data.draw(st.from_regex(said)))
    assert at
    assert re.match(BEGINS, at[0])
