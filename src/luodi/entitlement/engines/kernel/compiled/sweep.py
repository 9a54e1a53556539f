"""A unit's sums as functions of one sum that changes: exclusive groups and caps settled for a whole interval at once.

Every number is a line ``fen + slope × s`` in the changed sum s. Settling at one s takes the same turns up to some
larger s: each comparison says how far it holds. So a unit is settled once for each interval, from ``first`` to
``last``, and what differs from the interval before is written.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numba import carray, int64  # type: ignore[attr-defined]

SIGNATURES = {
    "sweep": ("int64",) * 8
    + ("*int32", "*int32", "*int32", "*int64", "*int64", "*int64", "*int32", "*uint8", "*int64", "*uint8")
    + ("*uint8", "*int64", "*int64", "*int64", "*int64", "*int64", "*int32", "*int64", "*int64", "*int32"),
}
CELL, LINE, COLUMN = 3, 4, 3
"""Numbers of a cell (rule, year, seen by a yearly cap), of its lines (both sums), of a column (line, units)."""
EXTRA = 5
"""Columns for each sum after those of the rules: all rules together, units that gain, lose, come in, drop out."""


def sweep(
    items: int,
    rules: int,
    groups: int,
    caps: int,
    first: int,
    now: int,
    last: int,
    room: int,
    unit_p: Any,
    rule_p: Any,
    year_p: Any,
    low_p: Any,
    slope_p: Any,
    high_p: Any,
    group_p: Any,
    rivals_p: Any,
    cap_p: Any,
    yearly_p: Any,
    member_p: Any,
    cell_p: Any,
    line_p: Any,
    best_p: Any,
    column_p: Any,
    at_p: Any,
    key_p: Any,
    fen_p: Any,
    steep_p: Any,
    units_p: Any,
) -> int:
    """What each unit adds to the columns, interval by interval; returns how many lines it wrote, -1 without room.

    Items stand by unit and are worth ``max(low, min(slope × s, high))``, for both sums side by side. ``now`` is s
    in force. Written: from which s on, the column (twice the rule, one more
    for the possible sum, ``EXTRA`` behind them), and what its line and its number of units gain from there.
    """
    unit, rule, year = carray(unit_p, items), carray(rule_p, items), carray(year_p, items)
    low, slope, high = carray(low_p, 2 * items), carray(slope_p, 2 * items), carray(high_p, 2 * items)
    group, cap, yearly = carray(group_p, rules), carray(cap_p, caps), carray(yearly_p, caps)
    rivals = carray(rivals_p, rules)
    member, cell, line = carray(member_p, caps * rules), carray(cell_p, CELL * items), carray(line_p, LINE * items)
    columns = 2 * (rules + EXTRA)
    best, column = carray(best_p, 8 * max(groups, 1)), carray(column_p, 2 * COLUMN * columns)
    at, key, units = carray(at_p, room), carray(key_p, room), carray(units_p, room)
    fen, steep = carray(fen_p, room), carray(steep_p, room)
    written = begin = 0
    while begin < items:
        end = begin + 1
        while end < items and unit[end] == unit[begin]:
            end += 1
        s = now
        had_sure = had_upto = -1
        count = 0
        for number in range(2 * COLUMN * columns if begin == 0 else 0):
            column[number] = 0
        while s <= last:
            count, until = gather(begin, end, s, last, rule, year, low, slope, high, cell, line)
            if groups > 0 and count > 1:
                until = keep_highest(count, groups, s, until, group, best, cell, line)
            for number in range(caps):
                until = cut(count, cap[number], s, until, yearly[number], number * rules, member, cell, line)
            if groups > 0:
                replace_sure(count, groups, group, rivals, best, cell, line)
            until = add_up(count, rules, s, until, had_sure, had_upto, cell, line, column)
            if had_sure < 0:
                total = COLUMN * 2 * rules
                had_sure = column[total] + column[total + 1] * s
                had_upto = column[total + COLUMN] + column[total + COLUMN + 1] * s
                s = first
                continue
            if written + columns > room:
                return -1
            written = write(count, rules, s, written, cell, column, at, key, fen, steep, units)
            s = until + 1
        for slot in range(2 * (count + EXTRA)):
            for part in range(COLUMN):
                column[COLUMN * (columns + number_of(slot, count, rules, cell)) + part] = 0
        begin = end
    return written


def number_of(slot: int, count: int, rules: int, cell: Any) -> int:
    """The column behind a slot: those of the cells' rules, both sums of each, then those behind all rules."""
    return 2 * cell[CELL * (slot >> 1)] + (slot & 1) if slot < 2 * count else 2 * (rules - count) + slot


def write(
    count: int,
    rules: int,
    s: int,
    written: int,
    cell: Any,
    column: Any,
    at: Any,
    key: Any,
    fen: Any,
    steep: Any,
    units: Any,
) -> int:
    """Write what the columns differ from ``s`` on, and keep them as they are now; returns how many lines there are."""
    columns = 2 * (rules + EXTRA)
    for slot in range(2 * (count + EXTRA)):
        number = number_of(slot, count, rules, cell)
        new, old = COLUMN * number, COLUMN * (columns + number)
        risen, turned = column[new] - column[old], column[new + 1] - column[old + 1]
        more = column[new + 2] - column[old + 2]
        if (risen != 0) | (turned != 0) | (more != 0):
            at[written], key[written], units[written] = s, number, more
            fen[written], steep[written] = risen, turned
            column[old], column[old + 1], column[old + 2] = column[new], column[new + 1], column[new + 2]
            written += 1
    return written


def while_holds(until: int, s: int, ahead: int, turn: int) -> int:
    """Up to where a line that is ``ahead`` of another (zero or more) stays so, if it gains ``turn`` with each step."""
    return min(until, s + ahead // -turn) if turn < 0 else until


def gather(
    begin: int,
    end: int,
    s: int,
    last: int,
    rules: Any,
    years: Any,
    low: Any,
    slope: Any,
    high: Any,
    cell: Any,
    line: Any,
) -> Any:
    """The items of a unit as cells by rule and year, in that order, with their lines; how many, and up to where."""
    count, until = 0, last
    for item in range(begin, end):
        rule, year = rules[item], years[item]
        place = place_of(rule, year, count, cell)
        to = place - 1
        if place == 0 or cell[CELL * to] != rule or cell[CELL * to + 1] != year:
            for back in range(count, place, -1):
                for number in range(CELL):
                    cell[CELL * back + number] = cell[CELL * (back - 1) + number]
                for number in range(LINE):
                    line[LINE * back + number] = line[LINE * (back - 1) + number]
            cell[CELL * place], cell[CELL * place + 1] = rule, year
            for number in range(LINE):
                line[LINE * place + number] = 0
            to = place
            count += 1
        for side in range(2):
            least, rise, most = low[2 * item + side], slope[2 * item + side], high[2 * item + side]
            if rise > 0 and least < rise * s and rise * s <= most:
                line[LINE * to + 2 * side + 1] += rise
                until = min(until, most // rise)
            elif rise > 0 and rise * s <= least and least < most:
                line[LINE * to + 2 * side] += least
                until = min(until, least // rise)
            else:
                line[LINE * to + 2 * side] += max(least, most)
    return count, until


def place_of(rule: int, year: int, count: int, cell: Any) -> int:
    """Where a cell of a rule and year belongs among the cells in order: behind those that are not larger."""
    place = count
    while place > 0 and (
        cell[CELL * (place - 1)] > rule or (cell[CELL * (place - 1)] == rule and cell[CELL * (place - 1) + 1] > year)
    ):
        place -= 1
    return place


def keep_highest(count: int, groups: int, s: int, until: int, group: Any, best: Any, cell: Any, line: Any) -> int:
    """In each exclusive group the highest rule stays, the first of equals, for each of the two sums."""
    for side in range(2):
        for name in range(groups):
            best[3 * name], best[3 * name + 1], best[3 * name + 2] = -1, 0, -1
        at = 0
        while at < count:
            behind = at
            fen = slope = int64(0)
            while behind < count and cell[CELL * behind] == cell[CELL * at]:
                fen += line[LINE * behind + 2 * side]
                slope += line[LINE * behind + 2 * side + 1]
                behind += 1
            name = group[cell[CELL * at]]
            if name >= 0:
                turn = slope - best[3 * name + 1]
                ahead = fen - best[3 * name] + turn * s
                if ahead > 0:
                    until = while_holds(until, s, ahead - 1, turn)
                    best[3 * name], best[3 * name + 1], best[3 * name + 2] = fen, slope, cell[CELL * at]
                else:
                    until = while_holds(until, s, -ahead, -turn)
            at = behind
        for at in range(count):
            name = group[cell[CELL * at]]
            if name >= 0 and best[3 * name + 2] != cell[CELL * at]:
                line[LINE * at + 2 * side] = line[LINE * at + 2 * side + 1] = 0
    return until


def replace_sure(count: int, groups: int, group: Any, rivals: Any, best: Any, cell: Any, line: Any) -> None:
    """What a rule may pay in place of the sure sum of another of its group counts by what it adds."""
    for number in range(2 * groups):
        best[number] = 0
    for at in range(count):
        name = group[cell[CELL * at]]
        if name >= 0:
            best[2 * name] += line[LINE * at]
            best[2 * name + 1] += line[LINE * at + 1]
    at = 0
    while at < count:
        last = at
        fen = slope = int64(0)
        while last < count and cell[CELL * last] == cell[CELL * at]:
            fen += line[LINE * last]
            slope += line[LINE * last + 1]
            last += 1
        if rivals[cell[CELL * at]] != 0:
            name = group[cell[CELL * at]]
            line[LINE * at + 2] -= best[2 * name] - fen
            line[LINE * at + 3] -= best[2 * name + 1] - slope
        at = last


def cut(
    count: int,
    fen: int,
    s: int,
    until: int,
    yearly: int,
    row: int,
    member: Any,
    cell: Any,
    line: Any,
) -> int:
    """Cut each cell that a cap covers to what the cells before it (of its year) leave."""
    for at in range(count):
        cell[CELL * at + 2] = 0
    for head in range(count):
        if cell[CELL * head + 2] == 1 or member[row + cell[CELL * head]] == 0:
            continue
        for side in range(2):
            left, turn_left = int64(fen), int64(0)
            for at in range(head, count):
                same = (yearly == 0) | (cell[CELL * at + 1] == cell[CELL * head + 1])
                if member[row + cell[CELL * at]] == 0 or not same:
                    continue
                here = LINE * at + 2 * side
                turn = turn_left - line[here + 1]
                ahead = left - line[here] + turn * s
                if ahead >= 0:
                    until = while_holds(until, s, ahead, turn)
                else:
                    until = while_holds(until, s, -ahead, -turn)
                    line[here], line[here + 1] = left, turn_left
                left -= line[here]
                turn_left -= line[here + 1]
                cell[CELL * at + 2] = 1
    return until


def add_up(
    count: int,
    rules: int,
    s: int,
    until: int,
    had_sure: int,
    had_upto: int,
    cell: Any,
    line: Any,
    column: Any,
) -> int:
    """The columns of a unit: each rule, all together, and how that moves against what the unit had."""
    for at in range(count):
        for number in range(2 * COLUMN):
            column[2 * COLUMN * cell[CELL * at] + number] = 0
    for number in range(2 * COLUMN * rules, 2 * COLUMN * (rules + EXTRA)):
        column[number] = 0
    for at in range(count):
        for side in range(2):
            to = COLUMN * (2 * cell[CELL * at] + side)
            column[to] += line[LINE * at + 2 * side]
            column[to + 1] += line[LINE * at + 2 * side + 1]
    for at in range(count):
        rule = cell[CELL * at]
        if at > 0 and cell[CELL * (at - 1)] == rule:
            continue
        sure, upto = COLUMN * 2 * rule, COLUMN * (2 * rule + 1)
        turn = column[upto + 1] - column[sure + 1]
        ahead = column[upto] - column[sure] + turn * s
        if ahead >= 0:
            until = while_holds(until, s, ahead, turn)
        else:
            until = while_holds(until, s, -ahead, -turn)
            column[upto], column[upto + 1] = column[sure], column[sure + 1]
        for side in range(2):
            until = count_more(2 * rule + side, s, until, 0, 2 * rule + side, column)
            for number in range(2):
                column[COLUMN * (2 * rules + side) + number] += column[COLUMN * (2 * rule + side) + number]
    until = count_moves(2 * rules, s, until, had_sure, column)
    return count_moves(2 * rules + 1, s, until, had_upto, column)


def count_moves(total: int, s: int, until: int, had: int, column: Any) -> int:
    """Count the unit among those that gain, lose, come in or drop out, by one of its two sums over all rules."""
    until = count_more(total, s, until, 0, total, column)
    until = count_more(total, s, until, had, total + 2, column)
    has = column[COLUMN * total + 2]
    is_same = column[COLUMN * total] + column[COLUMN * total + 1] * s == had
    column[COLUMN * (total + 4) + 2] = 1 - column[COLUMN * (total + 2) + 2] - (1 if is_same else 0)
    if is_same and column[COLUMN * total + 1] != 0:
        until = min(until, s)
    elif not is_same and column[COLUMN * (total + 2) + 2] == 0 and column[COLUMN * total + 1] > 0:
        short = had - column[COLUMN * total] - column[COLUMN * total + 1] * s
        until = while_holds(until, s, short - 1, -column[COLUMN * total + 1])
    column[COLUMN * (total + 6) + 2] = has if had == 0 else 0
    column[COLUMN * (total + 8) + 2] = 1 - has if had > 0 else 0
    return until


def count_more(source: int, s: int, until: int, than: int, to: int, column: Any) -> int:
    """Count the unit in a column if a line is above ``than``."""
    turn = column[COLUMN * source + 1]
    ahead = column[COLUMN * source] + turn * s - than
    if ahead > 0:
        column[COLUMN * to + 2] = 1
        return while_holds(until, s, ahead - 1, turn)
    return while_holds(until, s, -ahead, -turn)
