"""Names for lists that have the same keys: each key with whom or what its list is for (LANGUAGE 6.3)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from luodi.policy.awards.names.clause_names import GENERIC
from luodi.policy.awards.rows.naming import name_in
from luodi.policy.awards.rows.row import Row
from luodi.policy.passages import Passage

_EACH = re.compile(r"(?:按照?[^,。;:]*)?分别.*\Z")
_LONGEST = 12


def lists_apart(passage: Passage, rows: Sequence[Row]) -> dict[int, str]:
    """``属国家级的分别奖励A、B;属省级的分别奖励C、D`` by the same grades: 国家级一等, 省级一等, by the id of the row.

    All lists of the same keys are named so, or none. The rows keep their keys, which conditions are made of.
    """
    lists: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if row.keys and row.selector:
            lists[row.sum.start].append(row)
    alike: defaultdict[tuple[str | None, ...], list[list[Row]]] = defaultdict(list)
    for own in lists.values():
        if len(own) > 1:
            alike[tuple(row.selector for row in own)].append(own)
    found: dict[int, str] = {}
    for group in alike.values():
        names = [_name(passage, own[0]) for own in group]
        if len(group) > 1 and all(names) and len(set(names)) == len(names):
            found |= {id(row): f"{name}{row.selector}" for own, name in zip(group, names, strict=True) for row in own}
    return found


def _name(passage: Passage, row: Row) -> str | None:
    """Whom the words right before 分别 name."""
    name = name_in(_EACH.sub("", passage.text[row.sum.phrase.start : row.sum.start]))
    short = name is not None and len(name) <= _LONGEST and not (GENERIC.match(name) or re.search(r"\d", name))
    return name if short and name and name not in (row.selector or "") else None
