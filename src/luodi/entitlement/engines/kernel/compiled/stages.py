"""Events of one group count by what they add to the largest before them (差额, 只计一次)."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numba import carray, int64  # type: ignore[attr-defined]

SIGNATURES = {
    "stage": ("int64",) * 3 + ("*int32", "*int64", "*int32", "*int32", "*int64", "*int64", "*int64", "*int32"),
}


def stage(
    items: int,
    shift: int,
    later: int,
    unit_p: Any,
    key_p: Any,
    day_p: Any,
    rank_p: Any,
    sure_p: Any,
    upto_p: Any,
    flags_p: Any,
    order_p: Any,
) -> int:
    """Let the items of each group (unit, key) count by what they add to the largest before them.

    Items stand by unit. Flags say, four bits for each stage from bit 3 on: may take part, does so for certain, spared
    when sure, cut when possible; ``shift`` is the stage's first bit. Returns how many pairs only ``rank`` could put in
    order where that matters (``later``: it may matter to a stage behind this one).
    """
    unit, key, day, rank = carray(unit_p, items), carray(key_p, items), carray(day_p, items), carray(rank_p, items)
    sure, upto, flags, order = (
        carray(sure_p, items),
        carray(upto_p, items),
        carray(flags_p, items),
        carray(order_p, items),
    )
    ties = 0
    begin = 0
    while begin < items:
        end = begin + 1
        while end < items and unit[end] == unit[begin]:
            end += 1
        if end - begin > 1:
            count = 0
            for item in range(begin, end):
                if (flags[item] >> shift) & 1:
                    ties += insert(item, begin, count, later, key, day, rank, sure, upto, flags, order)
                    count += 1
            count_by_increase(begin, begin + count, shift, key, sure, upto, flags, order)
        begin = end
    return ties


def insert(
    item: int,
    begin: int,
    count: int,
    later: int,
    key: Any,
    day: Any,
    rank: Any,
    sure: Any,
    upto: Any,
    flags: Any,
    order: Any,
) -> int:
    """Put an item in its place among ``count`` others of its unit: by key, day, sums, rank; returns the ties met."""
    ties = 0
    place = begin + count
    while place > begin:
        other = order[place - 1]
        if key[other] != key[item]:
            behind = key[other] > key[item]
        elif day[other] != day[item]:
            behind = day[other] > day[item]
        elif upto[other] != upto[item]:
            behind = upto[other] > upto[item]
        elif sure[other] != sure[item]:
            behind = sure[other] > sure[item]
        else:
            if later or flags[other] != flags[item]:
                ties += 1
            behind = rank[other] > rank[item]
        if not behind:
            break
        order[place] = other
        place -= 1
    order[place] = item
    return ties


def count_by_increase(begin: int, end: int, shift: int, key: Any, sure: Any, upto: Any, flags: Any, order: Any) -> None:
    """Each item of a group less the largest before it."""
    most_sure = most_upto = int64(0)
    for place in range(begin, end):
        item = order[place]
        if place == begin or key[order[place - 1]] != key[item]:
            most_sure = most_upto = int64(0)
        was_sure, was_upto = sure[item], upto[item]
        if not (flags[item] >> (shift + 2)) & 1:
            sure[item] = max(int64(0), was_sure - most_sure)
        if (flags[item] >> (shift + 3)) & 1:
            upto[item] = max(int64(0), was_upto - most_upto)
        most_sure = max(most_sure, was_sure)
        if (flags[item] >> (shift + 1)) & 1:
            most_upto = max(most_upto, was_upto)
