"""What an official answer would change: both sums of each touched rule before and after, over the policy's region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from luodi import clock
from luodi.policy.pack import Pack, pack_from
from luodi.service.awards.actions import restricted_items
from luodi.service.policies.effects import Change
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.queries import load_pack
from luodi.service.registry.queries import population

Sums = dict[tuple[str, str], tuple[int, int]]


def answer_effect(version: PolicyVersion, ambiguity: str, answer: Mapping[str, Any]) -> list[Change]:
    """One change a touched rule; rules whose results are never listed are told without numbers."""
    from luodi.entitlement.population import evaluate  # noqa: PLC0415 - loads duckdb, only when it is used

    pack = load_pack(version)
    register = [{**each, "answer": dict(answer)} if each["id"] == ambiguity else each for each in pack.ambiguities]
    answered = pack_from({**pack.data, "ambiguities": register}, version.policy.slug)
    touched = next(each["rules"] for each in register if each["id"] == ambiguity)
    units, events = population(version.policy.region)
    before, after = (_sums(evaluate(p, units, events, clock.today()).to_pylist(), touched) for p in (pack, answered))
    return [_change(pack, rule, before, after) for rule in pack.rules if rule["id"] in touched]


def _sums(rows: Iterable[Mapping[str, Any]], touched: Iterable[str]) -> Sums:
    wanted = set(touched)
    return {(row["rule"], row["unit_id"]): (row["sure_fen"], row["upto_fen"]) for row in rows if row["rule"] in wanted}


def _change(pack: Pack, rule: Mapping[str, Any], before: Sums, after: Sums) -> Change:
    if rule["item"] in restricted_items(pack):
        return Change(rule["id"], rule["title"], None, (0, 0), (0, 0), 0)
    own: dict[str, list[tuple[int, int]]] = defaultdict(lambda: [(0, 0), (0, 0)])
    for place, sums in enumerate((before, after)):
        for (name, unit), pair in sums.items():
            if name == rule["id"]:
                own[unit][place] = pair
    totals = [tuple(sum(pair[place][at] for pair in own.values()) for at in (0, 1)) for place in (0, 1)]
    affected = sum(any(pair[0]) for pair in own.values())
    changed = sum(pair[0] != pair[1] for pair in own.values())
    return Change(rule["id"], rule["title"], affected, totals[0], totals[1], changed)  # type: ignore[arg-type]
