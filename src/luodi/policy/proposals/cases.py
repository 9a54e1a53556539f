"""The rows of one award as cases of it: what some of them alone wait for, and which are awards of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from luodi.policy.proposals.amount import is_same, sum_of
from luodi.policy.proposals.words import Row


def of_some_cases(rows: Sequence[Row]) -> list[Row]:
    """Tiers by sums: an event that some are for (突破1亿元,奖励A;突破5亿元且通过甲认证,奖励B) is a condition of those, not what all wait for."""
    told = [bool(row["events"]) for row in rows]
    if all(told) or not any(told) or any(sum_of(row["selector"]) is None for row in rows):
        return list(rows)
    return [_waiting(row) if row["events"] else row for row in rows]


def _waiting(row: Row) -> Row:
    told = {
        "text": "或".join(row["events"]),
        "fact": None,
        "op": None,
        "value": None,
        "unit": None,
        "span": row["span"],
    }
    return {**row, "events": [], "conditions": [*row["conditions"], told]}


def apart(groups: Sequence[list[Row]]) -> Iterator[list[Row]]:
    """The awards with those parted whose tiers measure different things (出口额1亿元以上,奖励A;进口额2亿元以上,奖励B): one may have both.

    The first keeps the number of the award; the others take the next ones of their article. What each counts is told apart by what it measures.
    """
    raised = {(row["article"], row.get("instead_of")) for rows in groups for row in rows}
    last: dict[str, int] = {}
    for first, *_ in groups:
        last[first["article"]] = max(first["award"], last.get(first["article"], 0))
    for rows in groups:
        measured = [] if (rows[0]["article"], rows[0]["award"]) in raised else _measured_apart(rows)
        if not measured:
            yield rows
            continue
        for at, (row, fact) in enumerate(zip(rows, measured, strict=True)):
            last[row["article"]] += at > 0
            yield [
                {**row, "award": last[row["article"]] if at else row["award"], "told_apart": f"{row['article']}{fact}"}
            ]


def _measured_apart(rows: Sequence[Row]) -> list[str]:
    """What each row measures of its own, where none of it is what another row measures, in other words; nothing else."""
    if len(rows) < 2 or any(row["events"] or row.get("instead_of") for row in rows):
        return []
    shared = [
        each
        for each in rows[0]["conditions"]
        if all(any(is_same(each, one) for one in row["conditions"]) for row in rows)
    ]
    measured = [
        [each["fact"] for each in row["conditions"] if each["unit"] and not any(is_same(each, one) for one in shared)]
        for row in rows
    ]
    alike = any(
        _alike(one, other)
        for at, facts in enumerate(measured)
        for others in measured[at + 1 :]
        for one in facts
        for other in others
    )
    return [] if alike or not all(measured) else [facts[0].removesuffix("面积") for facts in measured]


_BARE = str.maketrans("", "", "年度上当额总量的")


def _alike(one: str, other: str) -> bool:
    """Whether one name may be the other in short (营业收入, 主营业务收入): its characters stand in the other in order."""
    short, long = sorted((one.translate(_BARE), other.translate(_BARE)), key=len)
    rest = iter(long)
    return all(char in rest for char in short)
