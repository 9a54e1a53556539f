"""The sums of each unit after exclusive groups (就高) and caps."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numba import carray, int64  # type: ignore[attr-defined]

SIGNATURES = {
    "settle": ("int64",) * 6
    + (
        "*int32",
        "*int32",
        "*int32",
        "*int32",
        "*int32",
        "*int64",
        "*int64",
        "*int64",
        "*int32",
        "*uint8",
        "*int64",
        "*uint8",
    )
    + ("*uint8", "*uint8", "*int64", "*int32", "*int32", "*int32", "*int32", "*int32", "*int64", "*int64", "*int64")
    + ("*int32", "*int32", "*uint8", "*int64", "*int64"),
}
CELL = 4
"""Numbers of a cell: rule, year, flags, and whether a yearly cap has seen it."""


def settle(
    units: int,
    items: int,
    parts: int,
    rules: int,
    groups: int,
    caps: int,
    first_p: Any,
    place_p: Any,
    fixed_p: Any,
    unit_p: Any,
    year_p: Any,
    sure_p: Any,
    upto_p: Any,
    flags_p: Any,
    group_p: Any,
    rivals_p: Any,
    cap_p: Any,
    yearly_p: Any,
    member_p: Any,
    knotty_p: Any,
    dense_p: Any,
    winner_p: Any,
    slow_p: Any,
    part_p: Any,
    start_p: Any,
    order_p: Any,
    best_p: Any,
    cells_p: Any,
    sums_p: Any,
    out_unit_p: Any,
    out_rule_p: Any,
    out_group_p: Any,
    out_sure_p: Any,
    out_upto_p: Any,
) -> int:
    """The sums of each unit and rule after exclusive groups and caps; returns how many rows it wrote.

    Items stand part by part, a part for a rule (``place``), by unit in each; ``fixed`` is the year of its items, or -1
    where ``year`` has it. ``group``: each rule's exclusive group or -1; ``rivals``: what is sure of its others
    comes off the possible sum; ``cap``, ``yearly``, ``member``: the caps in
    their order, whether they hold for a year, and which rules they cover. Written: unit, rule, what users see it
    under (1 sure, 2 possible, 3 waits for the authority), both sums. Units that no cap cuts and that have at most one
    item for a rule are done item by item, the knotty others cell by cell.
    """
    first, place, fixed = carray(first_p, parts + 1), carray(place_p, parts), carray(fixed_p, parts)
    unit, year = carray(unit_p, items), carray(year_p, items)
    sure, upto, flags = carray(sure_p, items), carray(upto_p, items), carray(flags_p, items)
    group, cap, yearly = carray(group_p, rules), carray(cap_p, caps), carray(yearly_p, caps)
    rivals = carray(rivals_p, rules)
    member, knotty = carray(member_p, caps * rules), carray(knotty_p, units)
    dense, winner = carray(dense_p, 2 * units), carray(winner_p, 2 * units)
    slow, slow_part = carray(slow_p, items), carray(part_p, items)
    start, order, best = carray(start_p, units + 1), carray(order_p, items), carray(best_p, 4 * groups)
    cell, total = carray(cells_p, CELL * items), carray(sums_p, 2 * items)
    out_unit, out_rule, out_group = carray(out_unit_p, items), carray(out_rule_p, items), carray(out_group_p, items)
    out_sure, out_upto = carray(out_sure_p, items), carray(out_upto_p, items)

    find_repeated(units, parts, first, fixed, unit, knotty)
    for name in range(groups):
        keep_highest_items(name, parts, first, place, group, rivals, unit, sure, upto, knotty, dense, winner)
    for number in range(caps):
        covered = member[number * rules : (number + 1) * rules]
        find_cut(cap[number], parts, first, place, covered, unit, sure, upto, knotty, dense)
    given, written = (first, place, unit, sure, upto, flags), (out_unit, out_rule, out_group, out_sure, out_upto)
    out, knots = write_plain(parts, given, knotty, slow, slow_part, written)
    by_unit(units, knots, slow, unit, start, order)
    begin = 0
    while begin < knots:
        owner = unit[slow[order[begin]]]
        end = start[owner]
        count = gather(begin, end, order, slow, slow_part, place, fixed, year, sure, upto, flags, cell, total)
        if count > 1 and groups > 0 and clash(count, group, cell):
            keep_highest(count, groups, group, best, cell, total)
        for number in range(caps):
            cut(count, cap[number], yearly[number], member[number * rules : (number + 1) * rules], cell, total)
        if groups > 0:
            replace_sure(count, groups, group, rivals, best, cell, total)
        out = write(count, owner, out, cell, total, out_unit, out_rule, out_group, out_sure, out_upto)
        begin = end
    return int(out)


def find_repeated(units: int, parts: int, first: Any, fixed: Any, unit: Any, knotty: Any) -> None:
    """Mark the units that have several items for one rule."""
    for owner in range(units):
        knotty[owner] = 0
    for part in range(parts):
        if fixed[part] < 0:
            for item in range(first[part] + 1, first[part + 1]):
                if unit[item] == unit[item - 1]:
                    knotty[unit[item]] = 1


def keep_highest_items(
    name: int,
    parts: int,
    first: Any,
    place: Any,
    group: Any,
    rivals: Any,
    unit: Any,
    sure: Any,
    upto: Any,
    knotty: Any,
    dense: Any,
    winner: Any,
) -> None:
    """In one exclusive group the highest item of each unit stays, the first of equals, for each of the two sums.

    Units where another may come in place of what is sure are marked.
    """
    for step in range(3):
        for part in range(parts):
            if group[place[part]] != name:
                continue
            for item in range(first[part], first[part + 1]):
                owner = 2 * unit[item]
                if step == 0:
                    dense[owner] = dense[owner + 1] = -1
                elif step == 1:
                    if sure[item] > dense[owner]:
                        dense[owner], winner[owner] = sure[item], part
                    if upto[item] > dense[owner + 1]:
                        dense[owner + 1], winner[owner + 1] = upto[item], part
                elif (rivals[place[part]] != 0) & (dense[owner] > 0) & (winner[owner] != winner[owner + 1]):
                    knotty[unit[item]] = 1
                elif knotty[unit[item]] == 0:
                    sure[item] = sure[item] if winner[owner] == part else 0
                    upto[item] = upto[item] if winner[owner + 1] == part else 0


def find_cut(
    fen: int,
    parts: int,
    first: Any,
    place: Any,
    covered: Any,
    unit: Any,
    sure: Any,
    upto: Any,
    knotty: Any,
    dense: Any,
) -> None:
    """Mark the units that a cap may cut: those with more than ``fen`` in all its rules and years."""
    for step in range(2):
        for part in range(parts):
            if covered[place[part]] == 0:
                continue
            for item in range(first[part], first[part + 1]):
                owner = 2 * unit[item]
                if step == 0:
                    dense[owner] = dense[owner + 1] = 0
                else:
                    dense[owner] += sure[item]
                    dense[owner + 1] += upto[item]
                    if max(dense[owner], dense[owner + 1]) > fen:
                        knotty[unit[item]] = 1


def write_plain(parts: int, given: Any, knotty: Any, slow: Any, slow_part: Any, written: Any) -> Any:
    """One row for each item of a plain unit, the others put aside with their part; returns how many of each."""
    first, place, unit, sure, upto, flags = given
    out_unit, out_rule, out_group, out_sure, out_upto = written
    out = knots = 0
    for part in range(parts):
        for item in range(first[part], first[part + 1]):
            if knotty[unit[item]]:
                slow[knots], slow_part[knots] = item, part
                knots += 1
            elif (sure[item] > 0) | (upto[item] > 0) | ((flags[item] & 4) != 0):
                out_unit[out], out_rule[out] = unit[item], place[part]
                out_group[out] = 1 if sure[item] > 0 else 3 if (flags[item] & 3) == 2 else 2
                out_sure[out], out_upto[out] = sure[item], max(sure[item], upto[item])
                out += 1
    return out, knots


def by_unit(units: int, items: int, slow: Any, unit: Any, start: Any, order: Any) -> None:
    """The places of items by unit, in the order in which they stand; ``start`` ends as each unit's end."""
    for place in range(units + 1):
        start[place] = 0
    for at in range(items):
        start[unit[slow[at]] + 1] += 1
    for place in range(units):
        start[place + 1] += start[place]
    for at in range(items):
        owner = unit[slow[at]]
        order[start[owner]] = at
        start[owner] += 1


def gather(
    begin: int,
    end: int,
    order: Any,
    slow: Any,
    slow_part: Any,
    places: Any,
    fixed: Any,
    years: Any,
    sure: Any,
    upto: Any,
    flags: Any,
    cell: Any,
    total: Any,
) -> int:
    """The items of one unit as cells, one for each rule and year, in that order; returns how many."""
    count = 0
    for at in range(begin, end):
        item, part = slow[order[at]], slow_part[order[at]]
        if (sure[item] <= 0) & (upto[item] <= 0) & ((flags[item] & 4) == 0):
            continue
        rule, year = places[part], fixed[part]
        if year < 0:
            year = years[item]
        place = place_of(rule, year, count, cell)
        back = place - 1
        if place > 0 and cell[CELL * back] == rule and cell[CELL * back + 1] == year:
            cell[CELL * back + 2] |= flags[item] & 7
            total[2 * back] += sure[item]
            total[2 * back + 1] += upto[item]
            continue
        for to in range(count, place, -1):
            for number in range(CELL):
                cell[CELL * to + number] = cell[CELL * (to - 1) + number]
            total[2 * to], total[2 * to + 1] = total[2 * to - 2], total[2 * to - 1]
        cell[CELL * place], cell[CELL * place + 1], cell[CELL * place + 2] = rule, year, flags[item] & 7
        total[2 * place], total[2 * place + 1] = sure[item], upto[item]
        count += 1
    return count


def place_of(rule: int, year: int, count: int, cell: Any) -> int:
    """Where a cell of a rule and year belongs among the cells in order: behind those that are not larger."""
    place = count
    while place > 0 and (
        cell[CELL * (place - 1)] > rule or (cell[CELL * (place - 1)] == rule and cell[CELL * (place - 1) + 1] > year)
    ):
        place -= 1
    return place


def write(
    count: int,
    owner: int,
    out: int,
    cell: Any,
    total: Any,
    out_unit: Any,
    out_rule: Any,
    out_group: Any,
    out_sure: Any,
    out_upto: Any,
) -> int:
    """One row for each rule of a unit that is due or may be; returns how many rows there are then."""
    at = 0
    while at < count:
        last = at
        whole_sure = whole_upto = said = int64(0)
        while last < count and cell[CELL * last] == cell[CELL * at]:
            whole_sure += total[2 * last]
            whole_upto += total[2 * last + 1]
            said |= cell[CELL * last + 2]
            last += 1
        if (whole_sure > 0) | (whole_upto > 0) | ((said & 4) != 0):
            out_unit[out], out_rule[out] = owner, cell[CELL * at]
            out_group[out] = 1 if whole_sure > 0 else 3 if (said & 3) == 2 else 2
            out_sure[out], out_upto[out] = whole_sure, max(whole_sure, whole_upto)
            out += 1
        at = last
    return out


def clash(count: int, group: Any, cell: Any) -> bool:
    """Whether two rules of one exclusive group are among the cells."""
    seen = int64(0)
    for at in range(count):
        name = group[cell[CELL * at]]
        if name >= 0 and (at == 0 or cell[CELL * at] != cell[CELL * (at - 1)]):
            bit = int64(1) << (name & 63)
            if seen & bit:
                return True
            seen |= bit
    return False


def keep_highest(count: int, groups: int, group: Any, best: Any, cell: Any, total: Any) -> None:
    """In each exclusive group the highest rule stays, the first of equals, for each of the two sums."""
    for place in range(2 * groups):
        best[place] = -1
    at = 0
    while at < count:
        last = at
        whole_sure = whole_upto = int64(0)
        while last < count and cell[CELL * last] == cell[CELL * at]:
            whole_sure += total[2 * last]
            whole_upto += total[2 * last + 1]
            last += 1
        name = group[cell[CELL * at]]
        if name >= 0:
            if whole_sure > best[2 * name]:
                best[2 * name] = whole_sure
                best[2 * (groups + name)] = cell[CELL * at]
            if whole_upto > best[2 * name + 1]:
                best[2 * name + 1] = whole_upto
                best[2 * (groups + name) + 1] = cell[CELL * at]
        at = last
    for at in range(count):
        name = group[cell[CELL * at]]
        if name >= 0:
            for side in range(2):
                if best[2 * (groups + name) + side] != cell[CELL * at]:
                    total[2 * at + side] = 0


def replace_sure(count: int, groups: int, group: Any, rivals: Any, best: Any, cell: Any, total: Any) -> None:
    """What a rule may pay in place of the sure sum of another of its group counts by what it adds."""
    for name in range(groups):
        best[name] = 0
    for at in range(count):
        if group[cell[CELL * at]] >= 0:
            best[group[cell[CELL * at]]] += total[2 * at]
    at = 0
    while at < count:
        last = at
        own = int64(0)
        while last < count and cell[CELL * last] == cell[CELL * at]:
            own += total[2 * last]
            last += 1
        if rivals[cell[CELL * at]] != 0:
            total[2 * at + 1] -= best[group[cell[CELL * at]]] - own
        at = last


def cut(count: int, fen: int, yearly: int, member: Any, cell: Any, total: Any) -> None:
    """Cut each cell that a cap covers to what the cells before it (of its year) leave."""
    for at in range(count):
        cell[CELL * at + 3] = 0
    for first in range(count):
        if cell[CELL * first + 3] == 1 or member[cell[CELL * first]] == 0:
            continue
        left_sure = left_upto = int64(fen)
        for at in range(first, count):
            same = (yearly == 0) | (cell[CELL * at + 1] == cell[CELL * first + 1])
            if member[cell[CELL * at]] == 1 and same:
                total[2 * at] = min(total[2 * at], left_sure)
                total[2 * at + 1] = min(total[2 * at + 1], left_upto)
                left_sure -= total[2 * at]
                left_upto -= total[2 * at + 1]
                cell[CELL * at + 3] = 1
