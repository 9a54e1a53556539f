"""How much of a measure is paid for at most: ``补贴面积最高1000平方米`` behind a sum for each square metre or a share of the rent (LANGUAGE 6.6)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from luodi.policy.awards.rows.row import Row
from luodi.policy.passages import Passage

_NUMBER = r"\d[\d.]*万?"
_MEASURE = r"(?:平方米|立方米|亩|公顷)"
# No bound of those who are meant: 租赁面积不超过1000平方米的企业.
_LIMIT = re.compile(
    r"(?:面积|体积|规模)?(?:最[高多大]|不超过|不高于|不大于|上限|限额?)(?:不超过)?(?:分别)?(?:为|是)?"
    rf"(?P<values>{_NUMBER}{_MEASURE}(?:[、和]{_NUMBER}{_MEASURE})*)(?:以内)?(?=[,。;)、]|的?标准|给予|\Z)"
)
_VALUE = re.compile(rf"(?P<number>{_NUMBER})(?P<measure>{_MEASURE})")
# 免费提供, 配建: no sum is paid for the area.
_OF_ANOTHER = re.compile(r"免费|购买|申请|公寓|占地|用地|建筑面积\Z")


@dataclass(frozen=True, slots=True)
class MeasureLimit:
    """At most ``value`` units of ``measure`` are paid for."""

    value: int
    measure: str


def measure_limits(passage: Passage, rows: Sequence[Row]) -> Mapping[int, MeasureLimit]:
    """The limit of each row that has one, by the row's identity.

    A limit stands behind the sums that it bounds, in their clause or the sentence after it; several values, told in a
    list (分别), are those of the rows of one list in order. Values that cannot be counted out have no rows and bound nothing.
    """
    found: dict[int, MeasureLimit] = {}
    for at in _LIMIT.finditer(passage.text):
        phrase = next((one for one in passage.phrases if one.start <= at.start() < one.end), None)
        if phrase is None or _OF_ANOTHER.search(passage.text, phrase.start, at.start()):
            continue
        values = [_limit(value) for value in _VALUE.finditer(at["values"])]
        bound = _bounded(rows, at.start(), phrase.sentence, phrase.clause, values)
        for row, value in zip(bound, values if len(values) > 1 else values * len(bound), strict=False):
            if value and (row.rated or value.measure in (row.per or row.item.per or "")):
                found.setdefault(id(row), value)
    return found


def _bounded(
    rows: Sequence[Row], place: int, sentence: int, clause: int, values: Sequence[MeasureLimit | None]
) -> list[Row]:
    """The rows that a limit at a place is told of: those before it in its clause, else of the last clause that pays; else the next behind it."""
    near = [row for row in rows if not row.of_group and sentence - 1 <= row.sentence <= sentence]
    before = [row for row in near if row.sum.start < place]
    own = [row for row in before if row.clause == clause] or [row for row in before if row.clause == before[-1].clause]
    told = own or [row for row in near if row.clause == clause]
    if len(values) == 1:
        return told
    listed = [row for row in told if row.kind in ("per_unit", "capped") or row.rated][-len(values) :]
    return listed if len(listed) == len(values) else []


def _limit(at: re.Match[str]) -> MeasureLimit | None:
    number = Fraction(at["number"].rstrip("万").rstrip(".")) * (10_000 if at["number"].endswith("万") else 1)
    return MeasureLimit(int(number), at["measure"]) if number.denominator == 1 else None
