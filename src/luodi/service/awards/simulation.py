"""Simulated changes of a policy over the registered units: the baseline kept in memory, the outcome as plain figures.

Rules of items that are published as one figure only take no part (:mod:`.wholes` has them): they cannot be changed here, and nothing of them
stands in a figure, since a changed sum times its takers would tell how many hold which grade.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from luodi import clock
from luodi.entitlement.rule import RuleSet
from luodi.entitlement.simulation.change import Change, Field, changeable, parse_change
from luodi.entitlement.simulation.values import written
from luodi.errors import UsageError
from luodi.policy.pack import Pack
from luodi.service.awards.contents import NO_SECTOR, SEVERAL, UNPLACED, by_size, district_names, size_of
from luodi.service.awards.freezing import restricted_items, rules_digest
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.queries import load_pack
from luodi.service.registry.models import SectorEntry, Unit
from luodi.service.registry.queries import SIZE, population

if TYPE_CHECKING:
    from luodi.entitlement.simulation.baseline import Baseline
    from luodi.entitlement.simulation.simulate import GroupOutcome, Outcome
    from luodi.entitlement.simulation.sums import Sums

AT_ONCE = 50_000
"""Up to so many units a simulation is answered in the page; more are a job."""

GROUPS = {"district": "区县", "kind": "单位类别", "sector": "产业领域", "size": "企业规模"}
SIDES = ("before", "after")
READINGS = {"strict": "可确定金额", "generous": "最高可能金额"}
MOST_CHANGES = 60


def open_fields(rules: RuleSet, pack: Pack) -> tuple[Field, ...]:
    """What may be changed: the fields of all rules but those of items published as one figure."""
    return tuple(field for field in changeable(rules) if field.rule in open_rules(pack))


def open_rules(pack: Pack) -> list[str]:
    """The rules that take part."""
    apart = restricted_items(pack)
    return [rule["id"] for rule in pack.rules if rule["item"] not in apart]


def read_changes(texts: Iterable[str], rules: RuleSet, pack: Pack) -> tuple[Change, ...]:
    """Changes written as ``RULE.FIELD=VALUE``.

    Raises:
        UsageError: too many, not readable, or of a rule that takes no part.
    """
    changes = tuple(parse_change(text, rules) for text in texts)
    if len(changes) > MOST_CHANGES:
        raise UsageError(f"一次最多改 {MOST_CHANGES} 处，现在是 {len(changes)} 处。请分成几个方案。")
    allowed = open_rules(pack)
    for change in changes:
        if change.rule not in allowed:
            raise UsageError(
                f"规则 {change.rule} 的事项只公布总数，不参与模拟：改动的结果会推算出单个单位的情况。请去掉这一处改动。"
            )
    return changes


@dataclass(frozen=True)
class Simulated:
    """An outcome as plain JSON figures, and what it rests on."""

    figures: dict[str, Any]
    digest: str
    outcome: Outcome


def simulated(version: PolicyVersion, changes: Sequence[Change]) -> Simulated:
    """Simulate changes over the units of the version's region on the business date."""
    from luodi.entitlement.simulation.simulate import simulate  # noqa: PLC0415 - numpy is loaded only when it is used

    pack = load_pack(version)
    base = kept_baseline(version, clock.today())
    outcome = simulate(base, changes).only(open_rules(pack))
    return Simulated(_figures(outcome, version), rules_digest(pack), outcome)


def kept_baseline(version: PolicyVersion, day: dt.date) -> Baseline:
    """The baseline of a version on a day; computed anew once rules or registry have changed."""
    return _baseline(version.pk, rules_digest(load_pack(version)), day, _registry_mark())


@lru_cache(maxsize=2)
def _baseline(version_id: UUID, rules: str, day: dt.date, mark: tuple[Any, ...]) -> Baseline:
    from luodi.entitlement.simulation.baseline import baseline  # noqa: PLC0415 - numpy is loaded only when it is used

    version = PolicyVersion.objects.select_related("policy").get(pk=version_id)
    pack = load_pack(version)
    units, events = population(version.policy.region, pack.vocabulary["facts"])
    kept = baseline(pack, _with_groups(units, version.policy.region), events, day, by=[*map(_column, GROUPS)])
    kept.make_ready()
    return kept


def _registry_mark() -> tuple[Any, ...]:
    """What changes whenever a unit, a fact or an event does: the ends of their histories, and the listings."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT max(pgh_id) FROM registry_unithistory), (SELECT max(pgh_id) FROM registry_facthistory),"
            " (SELECT max(pgh_id) FROM registry_eventhistory), (SELECT max(id) FROM registry_sectorentry)"
        )
        return tuple(cursor.fetchone())


def _column(group: str) -> str:
    """The name of a group's column; no fact can bear it."""
    return f"分组：{group}"


def _with_groups(units: Any, region: str) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - loaded only when it is used

    ids = units["unit_id"].to_pylist()
    districts = {str(pk): code for pk, code in Unit.objects.filter(region=region).values_list("pk", "district")}
    sectors: dict[str, set[str]] = defaultdict(set)
    for pk, sector in SectorEntry.objects.filter(unit__region=region).values_list("unit_id", "sector"):
        sectors[str(pk)].add(sector)
    sizes = units[SIZE].to_pylist() if SIZE in units.column_names else [None] * len(ids)
    values = {
        "district": [districts.get(each) for each in ids],
        "kind": units["kind"].to_pylist(),
        "sector": [
            next(iter(s)) if len(s) == 1 else SEVERAL if s else NO_SECTOR for s in map(sectors.__getitem__, ids)
        ],
        "size": [size_of(kind, size) for kind, size in zip(units["kind"].to_pylist(), sizes, strict=True)],
    }
    for group, column in values.items():
        units = units.append_column(_column(group), pa.array(column, pa.string()))
    return units


def _figures(outcome: Outcome, version: PolicyVersion) -> dict[str, Any]:
    """Everything a page shows of an outcome, before suppression."""
    taking_part = open_rules(load_pack(version))
    changed = {reading: outcome.changed_units(reading).to_pylist() for reading in READINGS}  # type: ignore[arg-type]
    return {
        "units": len(outcome.baseline.unit_ids),
        "before": _sums(outcome.before), "after": _sums(outcome.after),
        "moves": {reading: _moves(_net(rows)) for reading, rows in changed.items()},
        "rules": [
            {"rule": rule.rule, "name": rule.title, "article": rule.article, "before": _sums(rule.before),
             "after": _sums(rule.after), "moves": {
                 reading: _moves(_net(row for row in rows if row["rule"] == rule.rule))
                 for reading, rows in changed.items()}}
            for rule in outcome.rules if rule.rule in taking_part
        ],
        "groups": {group: _groups(outcome, group, version, changed) for group in GROUPS},
    }  # fmt: skip


def _sums(sums: Sums) -> dict[str, int]:
    return {"sure_fen": sums.sure_fen, "upto_fen": sums.upto_fen, "sure_units": sums.sure_units,
            "upto_units": sums.upto_units}  # fmt: skip


def _net(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """What each unit gets more or less over the rows, in fen; units with no difference left out."""
    net: dict[str, int] = defaultdict(int)
    for row in rows:
        net[row["unit_id"]] += row["after"] - row["before"]
    return {unit: fen for unit, fen in net.items() if fen}


def _moves(net: Mapping[str, int]) -> dict[str, int]:
    more, less = [fen for fen in net.values() if fen > 0], [fen for fen in net.values() if fen < 0]
    return {"gaining": len(more), "gain_fen": sum(more), "losing": len(less), "loss_fen": -sum(less)}


def _groups(
    outcome: Outcome, group: str, version: PolicyVersion, changed: Mapping[str, Sequence[Mapping[str, Any]]]
) -> list[dict[str, Any]]:
    """The values of one attribute: budget before and after, and who gains and loses, under both readings."""
    column = outcome.baseline.groups[_column(group)]
    place = dict(zip(outcome.baseline.unit_ids.to_pylist(), column.to_pylist(), strict=True))
    nets = {reading: _net(rows) for reading, rows in changed.items()}
    names = _names(group, version)
    return [
        {"value": line.value, "name": names.get(line.value or "", line.value or UNPLACED), "before": _sums(line.before),
         "after": _sums(line.after), "moves": {
             reading: _moves({unit: fen for unit, fen in net.items() if place[unit] == line.value})
             for reading, net in nets.items()}}
        for line in _ordered(outcome, group)
    ]  # fmt: skip


def _ordered(outcome: Outcome, group: str) -> Sequence[GroupOutcome]:
    found = outcome.by(_column(group))
    return sorted(found, key=lambda line: by_size(line.value or "")) if group == "size" else found


def behind(outcome: Outcome) -> list[Any]:
    """Who stands behind an outcome's figures, as plain JSON: each unit that is owed anything before or after.

    ``{"unit": its id, "groups": {list: its value there}, "owed": {award: {"before": sums, "after": sums}}}``, where sums
    are ``{"strict": fen, "generous": fen}``.
    """
    ids, rows = outcome.baseline.unit_ids.to_pylist(), outcome.baseline.rows
    names = [rule.id for rule in outcome.baseline.rules.rules]
    found: dict[str, dict[str, dict[str, dict[str, int]]]] = defaultdict(dict)
    for unit, rule, *sums in zip(*(each.tolist() for each in (rows.unit, rows.rule, rows.sure, rows.upto)),
                                 strict=True):  # fmt: skip
        found[ids[unit]][names[rule]] = {side: dict(zip(READINGS, sums, strict=True)) for side in SIDES}
    for reading in READINGS:
        for row in outcome.changed_units(reading).to_pylist():  # type: ignore[arg-type]
            nothing = {side: dict.fromkeys(READINGS, 0) for side in SIDES}
            owed = found[row["unit_id"]].setdefault(row["rule"], nothing)
            for side in SIDES:
                owed[side][reading] = row[side]
    columns = {group: outcome.baseline.groups[_column(group)].to_pylist() for group in GROUPS}
    return [
        {"unit": unit, "groups": {group: column[at] for group, column in columns.items()}, "owed": found[unit]}
        for at, unit in enumerate(ids) if unit in found
    ]  # fmt: skip


def _names(group: str, version: PolicyVersion) -> dict[str, str]:
    if group == "district":
        return {"": UNPLACED, **district_names(version.policy.region, clock.today())}
    return {str(code): str(label) for code, label in Unit.Kind.choices} if group == "kind" else {}


def described(changes: Iterable[Change], rules: RuleSet) -> list[dict[str, str]]:
    """Changes in words: rule, what of it, before, after, where the text decides it."""
    titles = {rule.id: rule.title for rule in rules.rules}
    before = {(field.rule, field.name): field for field in changeable(rules)}
    lines = []
    for change in changes:
        field = before[change.rule, change.field]
        lines.append({"rule": change.rule, "title": titles[change.rule], "label": field.label, "before": field.shown,
                      "after": written(field.kind, change.value), "article": field.article})  # fmt: skip
    return lines
