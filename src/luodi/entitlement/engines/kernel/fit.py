"""What the kernel takes: sums that are proven exact beforehand."""

from __future__ import annotations

from luodi.entitlement.query.node import Arithmetic, Node, parts_of
from luodi.entitlement.query.ranges import Ranges, range_of

LIMIT = 2**62


class Unfit(Exception):
    """The kernel cannot promise exact sums here, or the input is not sound: the general engine takes over."""


def prove(node: Node, ranges: Ranges) -> None:
    """Prove that nothing within a node can leave 62 bits.

    Raises:
        Unfit: something may.
    """
    if isinstance(node, Arithmetic):
        found = range_of(node, ranges)
        if found.low <= found.high and max(-found.low, found.high) > LIMIT:
            raise Unfit("a number may leave 62 bits")
    for part in parts_of(node):
        prove(part, ranges)
