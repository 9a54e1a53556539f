"""Simplifying the population query: what no unit can meet is not asked of the database."""

import pytest

from luodi.entitlement.query.node import NO, UNKNOWN, YES, ZERO, Choice, Column, Constant, Every, Node, Some
from luodi.entitlement.query.simplify import simplify

MET = Column("met")


@pytest.mark.parametrize(
    ("test", "kept"),
    [
        (UNKNOWN, None),
        (Every((MET, UNKNOWN)), None),
        (Some((UNKNOWN, Every((MET, UNKNOWN)))), None),
        (Some((MET, UNKNOWN)), Some((MET, UNKNOWN))),
        (Every((MET, YES)), MET),
        (Every((MET, NO)), None),
    ],
)
def test_a_case_whose_test_is_true_for_nobody_is_dropped(test: Node, kept: Node | None) -> None:
    """A bare NULL as a test is no boolean to Spark: it refused the whole query."""
    chosen = simplify(Choice(((test, Constant(5)),), ZERO), {})
    assert chosen == (Choice(((kept, Constant(5)),), ZERO) if kept else ZERO)
