"""The least that is paid, told beside the most (按3%、最低5万元、最高50万元; 补助不低于20万元、不高于300万元)."""

from __future__ import annotations

import re

from luodi.policy.award_terms import KIND
from luodi.policy.awards.numbers.number_groups import Sum
from luodi.policy.awards.numbers.numbers import LEAST
from luodi.policy.awards.rows.row import Assembly, Row
from luodi.policy.awards.words.periods import frequency
from luodi.quantities.money import find_money
from luodi.quantities.numerals import ARABIC

# 最低10万元,最高100万元: the least in a phrase of its own, just before the most.
_LEAST_BEFORE = re.compile(
    rf"[、,](?:最低|不低于|不少于)(?:给予|补助|奖励|补贴|资助)?(?P<sum>{ARABIC}[万亿]?元)[、,](?:且|但)?[^,。;\d]{{0,6}}\Z"
)

# 按研发费用15%,给予10万元—100万元补贴: what the share may come to.
_GIVEN_NEXT = re.compile(r"[、,](?:给予)")
_LEAST_BEHIND = re.compile(r"[、,](?:且|但)?(?:最低|不低于|不少于)(?:为|给予|补助|奖励|补贴|资助)?")

# 按罚没款的5%给予奖励。按此计算不足5000元的,给予5000元奖励: the least of the share told before.
_TOPPED_UP = re.compile(
    rf"[^,。;\d]{{0,10}}[。;,](?:(?:按此|据此|经|按上述[^,。;]{{0,6}}|按[^,。;\d]{{0,6}}比例)?"
    rf"(?:计算|核算|测算)后?)?[^,。;\d]{{0,8}}(?:不足|低于)(?P<sum>{ARABIC}[万亿]?元)的,?(?:按照?|给予|补足[到至]?|补[到至])"
)

# 支持强度不低于100万元,最高1000万元; 可获10万元以上奖励,数额不超过20万元: both bounds of one sum.
_LEAST_TOLD = re.compile(
    rf"(?:{KIND}|强度|额度|经费|金额)[^,。;\d]{{0,8}}(?:不低于|不少于|最低)(?P<least>{ARABIC}[万亿]?元),[^,。;\d]{{0,8}}\Z"
    rf"|(?P<more>{ARABIC}[万亿]?元)以上的?{KIND}金?,[^,。;\d]{{0,6}}\Z"
)


def set_least(assembly: Assembly, row: Row) -> None:
    """``支持强度不低于100万元,最高1000万元``: a maximum alone is the upper end of a range where the least stands before it."""
    told = _LEAST_TOLD.search(assembly.passage.text[: row.sum.start])
    least = find_money(told["least"] or told["more"])[0].fen if told else None
    if row.kind == "capped" and least is not None and row.cap is not None and least < row.cap:
        row.kind, row.floor = "range", least


def bind_topped_up(assembly: Assembly, one: Sum) -> bool:
    """``…按5%奖励,不足5000元的,给予5000元``: what a share comes to at least."""
    row = assembly.rows[-1] if assembly.rows else None
    if row is None or not row.rated or row.floor is not None or len(one.items) > 1:
        return False
    told = _TOPPED_UP.fullmatch(assembly.passage.text, row.sum.end, one.start)
    if not told or [at.fen for at in find_money(told["sum"])] != [one.items[0].fen]:
        return False
    row.floor = one.items[0].fen
    return True


# 按15%给予不低于40万元的奖励: the least that the share comes to.
_LEAST_OF_SHARE = re.compile(r"的?(?:给予)(?:最低|不低于|不少于)")


def bind_least(assembly: Assembly, one: Sum) -> bool:
    """``按50%给予最高30万元、最低1万元的补助``: the least told just behind the most of a share, or of a sum."""
    row = assembly.rows[-1] if assembly.rows else None
    of_share = row is not None and row.rated and row.floor is None and len(one.items) == 1
    if row and of_share and _LEAST_OF_SHARE.fullmatch(assembly.passage.text, row.sum.end, one.start):
        row.floor = one.items[0].fen
        row.frequency = row.frequency or frequency(one.left, one.right, None)
        return True
    most = (row.cap_sum or (row.sum if row.kind == "capped" else None)) if row and len(one.items) == 1 else None
    if row is None or most is None or row.floor is not None or row.of_group or row.clause != one.phrase.clause:
        return False
    least = one.items[0].fen
    between = assembly.passage.text[most.end : one.start]
    if least is None or row.cap is None or least >= row.cap or not _LEAST_BEHIND.fullmatch(between):
        return False
    row.floor, row.kind = least, "range" if row.kind == "capped" else row.kind
    return True


def bind_span(assembly: Assembly, one: Sum) -> bool:
    """``按10%补助,不低于20万元、不高于300万元``: both bounds are those of the share that the clause tells."""
    last = assembly.rows[-1] if assembly.rows else None
    given = last and last.rated and _GIVEN_NEXT.fullmatch(assembly.passage.text, last.sum.end, one.start)
    if not one.is_range or len(one.items) > 1 or not (LEAST.search(one.left) or given):
        return False
    shares = [row for row in assembly.rows if row.rated and row.clause == one.phrase.clause and row.cap is None]
    for row in shares:
        row.floor, row.cap, row.cap_sum = one.items[0].low, one.items[0].fen, one
    return bool(shares)


def set_floor(assembly: Assembly, row: Row, cap: Sum) -> None:
    """``按10%补助,最低10万元,最高100万元``: the least of a share that the words before its maximum tell."""
    told = _LEAST_BEFORE.search(assembly.passage.text, row.sum.end, cap.start) if row.rated else None
    found = [one.fen for one in find_money(told["sum"]) if one.fen is not None] if told else []
    if found and row.floor is None:
        row.floor = found[0]
