"""What an official answer would change: both sums of each touched rule before and after, over the policy's region."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from luodi import clock
from luodi.policy.pack import Pack, pack_from
from luodi.service.awards.actions import restricted_items
from luodi.service.policies.effects import Case, Change, Touched
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.queries import load_pack
from luodi.service.registry.models import Unit
from luodi.service.registry.queries import population

Sums = dict[tuple[str, str], tuple[int, int]]


def answer_effect(version: PolicyVersion, ambiguity: str, answer: Mapping[str, Any]) -> list[Change]:
    """One change a touched rule; rules whose results are never listed are told without numbers."""
    from luodi.entitlement.population import evaluate  # noqa: PLC0415 - loads duckdb, only when it is used

    pack = load_pack(version)
    register = [{**each, "answer": dict(answer)} if each["id"] == ambiguity else each for each in pack.ambiguities]
    answered = pack_from({**pack.data, "ambiguities": register}, version.policy.slug)
    touched = next(each["rules"] for each in register if each["id"] == ambiguity)
    units, events = population(version.policy.region, pack.vocabulary["facts"])
    before, after = (_sums(evaluate(p, units, events, clock.today()).to_pylist(), touched) for p in (pack, answered))
    return [_change(pack, rule, before, after) for rule in pack.rules if rule["id"] in touched]


def touched_cases(version: PolicyVersion, ambiguity: str) -> list[Touched]:
    """The units of each touched rule whose sums differ between the readings; of a restricted rule nothing."""
    from luodi.entitlement.population import evaluate  # noqa: PLC0415 - loads duckdb, only when it is used

    pack = load_pack(version)
    entry = next(each for each in pack.ambiguities if each["id"] == ambiguity)
    options = {option["takes"]: option["id"] for option in entry["options"] if option.get("takes")}
    if not entry["rules"] or set(options) != {"strict", "generous"}:
        return []
    units, events = population(version.policy.region, pack.vocabulary["facts"])
    day = clock.today()
    strict, generous = (
        _sums(evaluate(_read(version, pack, ambiguity, options[side]), units, events, day).to_pylist(), entry["rules"])
        for side in ("strict", "generous")
    )
    return [_touched(pack, rule, strict, generous) for rule in pack.rules if rule["id"] in entry["rules"]]


def _read(version: PolicyVersion, pack: Pack, ambiguity: str, option: str) -> Pack:
    """The pack as if the question had been answered so, for all time."""
    answer = {"option": option, "paper": "测算", "from": "1900-01-01", "retroactive": True}
    register = [{**each, "answer": answer} if each["id"] == ambiguity else each for each in pack.ambiguities]
    return pack_from({**pack.data, "ambiguities": register}, version.policy.slug)


def _touched(pack: Pack, rule: Mapping[str, Any], strict: Sums, generous: Sums) -> Touched:
    if rule["item"] in restricted_items(pack):
        return Touched(rule["id"], rule["title"], True, None, [], (0, 0), (0, 0))
    own = {unit for name, unit in (*strict, *generous) if name == rule["id"]}
    pairs = {unit: tuple(side.get((rule["id"], unit), (0, 0)) for side in (strict, generous)) for unit in own}
    differing = {unit: pair for unit, pair in pairs.items() if pair[0] != pair[1]}
    totals = [
        (sum(p[side][0] for p in differing.values()), sum(p[side][1] for p in differing.values())) for side in (0, 1)
    ]
    names = {str(pk): name for pk, name in Unit.objects.filter(pk__in=differing).values_list("pk", "name")}
    cases = [Case(unit, names[unit], pair[0], pair[1]) for unit, pair in differing.items()]
    cases.sort(key=lambda case: (case.strict[1] - case.generous[1], case.name))
    return Touched(rule["id"], rule["title"], False, len(cases), cases, totals[0], totals[1])


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
